//! Names of files in an archive: which are wanted, and how they are shown.

/// Longest name that is taken, in bytes; folders are part of it.
pub const LONGEST: usize = 1024;

/// The path of a file that a visitor means to bring, fit to be shown; `None` for folders and for what systems leave
/// behind.
pub fn wanted(name: &[u8]) -> Option<String> {
    // A name that is too long is told of by its beginning.
    let path = path(&name[..name.len().min(LONGEST)]);
    if path.is_empty() || matches!(name, [.., b'/' | b'\\']) {
        return None;
    }
    let left_behind = path.split('/').any(|part| {
        part.starts_with('.')
            || [
                "__MACOSX",
                "Thumbs.db",
                "ehthumbs.db",
                "desktop.ini",
                "Icon\u{fffd}",
            ]
            .iter()
            .any(|junk| part.eq_ignore_ascii_case(junk))
    });
    (!left_behind).then_some(path)
}

/// Whether a file is an archive by its name. A `.gz` is none: it may hold an idx file.
pub fn is_archive(path: &str) -> bool {
    let Some((_, ending)) = path.rsplit_once('.') else {
        return false;
    };
    ["zip", "7z", "rar", "tar", "tgz", "bz2", "xz", "zst"]
        .iter()
        .any(|archive| ending.eq_ignore_ascii_case(archive))
}

/// Parts joined by slashes, without those that lead elsewhere, and without letters that cannot be seen or that turn
/// others around.
fn path(name: &[u8]) -> String {
    let text = text(name).replace('\\', "/");
    let parts: Vec<&str> = text
        .split('/')
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect();
    let shown = |letter: char| match letter {
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER,
        letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
        letter => letter,
    };
    parts.join("/").chars().map(shown).collect()
}

/// UTF-8 if it is, whatever its flag says: many that write it do not say so. Else code page 437, as the format has it.
fn text(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => return text.to_owned(),
        // Cut within its last letter, because it was too long.
        Err(error) if error.error_len().is_none() && name.len() == LONGEST => {
            return String::from_utf8_lossy(&name[..error.valid_up_to()]).into_owned();
        }
        Err(_) => {}
    }
    let upper: Vec<char> = CODE_PAGE_437.chars().collect();
    name.iter()
        .map(|byte| match byte.checked_sub(128) {
            None => char::from(*byte),
            Some(index) => upper[usize::from(index)],
        })
        .collect()
}

/// Its letters from 128 on.
const CODE_PAGE_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str) -> Option<String> {
        wanted(name.as_bytes())
    }

    #[test]
    fn what_systems_leave_behind_is_not_wanted() {
        for name in [
            "",
            "cats/",
            "cats\\",
            "/",
            "..",
            "__MACOSX/cats/._a.png",
            "cats/._a.png",
            "cats/.DS_Store",
            ".git/config",
            "cats/Thumbs.db",
            "thumbs.DB",
            "desktop.ini",
        ] {
            assert_eq!(shown(name), None, "{name:?}");
        }
        assert_eq!(shown("cats/a.png").unwrap(), "cats/a.png");
    }

    #[test]
    fn a_path_leads_nowhere_else() {
        for (name, path) in [
            ("../../etc/passwd", "etc/passwd"),
            ("/etc/passwd", "etc/passwd"),
            ("cats\\a.png", "cats/a.png"),
            ("cats//./a.png", "cats/a.png"),
            ("C:\\cats\\a.png", "C:/cats/a.png"),
            ("a\0b\n.png", "a\u{fffd}b\u{fffd}.png"),
            ("a\u{202e}gnp.exe", "a\u{fffd}gnp.exe"),
        ] {
            assert_eq!(shown(name).unwrap(), path, "{name:?}");
        }
    }

    #[test]
    fn names_are_utf_8_or_else_of_code_page_437() {
        assert_eq!(shown("Kätzchen.png").unwrap(), "Kätzchen.png");
        assert_eq!(wanted(b"K\x84tzchen.png").unwrap(), "Kätzchen.png");
        assert_eq!(wanted(b"\xe1\xff.png").unwrap(), "ß\u{a0}.png");
        assert_eq!(CODE_PAGE_437.chars().count(), 128);
    }

    #[test]
    fn a_name_that_is_too_long_is_shown_by_its_beginning() {
        let long = wanted(&vec![b'a'; 2000]).unwrap();
        assert_eq!(long, "a".repeat(LONGEST));
        let cut = shown(&"ä".repeat(600).replacen('ä', "a", 1)).unwrap();
        assert_eq!(cut, format!("a{}", "ä".repeat(511)));
    }

    #[test]
    fn archives_are_known_by_their_names() {
        for name in ["a.zip", "cats/b.ZIP", "c.tar", "d.7z", "e.tgz"] {
            assert!(is_archive(name), "{name}");
        }
        for name in ["zip", "a.png", "train.idx3.gz", "a.zip/b.png"] {
            assert!(!is_archive(name), "{name}");
        }
    }
}
