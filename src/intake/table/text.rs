//! The letters of a file in whatever encoding it has.

use std::borrow::Cow;

/// UTF-8, UTF-16 if its mark says so, else Latin-1, which every file is; `None` where there are zeros in it, as in no
/// text.
pub fn decode(file: &[u8]) -> Option<Cow<'_, str>> {
    let text = if let Some(rest) = file.strip_prefix(b"\xff\xfe") {
        Cow::Owned(utf_16(rest, u16::from_le_bytes))
    } else if let Some(rest) = file.strip_prefix(b"\xfe\xff") {
        Cow::Owned(utf_16(rest, u16::from_be_bytes))
    } else {
        let rest = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        match std::str::from_utf8(rest) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => Cow::Owned(rest.iter().copied().map(char::from).collect()),
        }
    };
    (!text.contains('\0')).then_some(text)
}

/// A last byte without its other half is passed over; a half letter is shown as one that is unknown.
fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, _) = bytes.as_chunks::<2>();
    char::decode_utf16(units.iter().map(|bytes| unit(*bytes)))
        .map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_in_every_encoding() {
        let text = "Größe;1\r\n";
        let utf_16 =
            |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
        for file in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            [b"\xff\xfe", &utf_16(u16::to_le_bytes)[..]].concat(),
            [b"\xfe\xff", &utf_16(u16::to_be_bytes)[..]].concat(),
            b"Gr\xf6\xdfe;1\r\n".to_vec(),
        ] {
            assert_eq!(decode(&file).unwrap(), text, "{file:?}");
        }
    }

    #[test]
    fn half_letters_do_no_harm() {
        assert_eq!(decode(b"\xff\xfea\0b").unwrap(), "a");
        assert_eq!(decode(b"\xff\xfe\0\xd8a\0").unwrap(), "\u{fffd}a");
        assert_eq!(decode(b"\xff\xfe").unwrap(), "");
        assert_eq!(decode(b"").unwrap(), "");
    }

    #[test]
    fn what_has_zeros_is_no_text() {
        assert_eq!(decode(b"PK\x03\x04\x14\0\0"), None);
        assert_eq!(decode(b"\xff\xfe\0\0"), None);
    }
}
