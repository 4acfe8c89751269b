//! A `.gz`, unpacked within a limit.

use std::io::Read;

use flate2::bufread::GzDecoder;

use super::words::bytes;

/// Most bytes that a file may unpack to: ten times MNIST's images.
pub const LIMIT: u64 = 512 << 20;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GunzipError {
    #[error("it is no gzip file")]
    NotGzip,
    #[error("it unpacks to more than {}, which is more than is read", bytes(*.0))]
    TooLarge(u64),
    #[error("it ends early: it was not copied or downloaded to its end")]
    EndsEarly,
    #[error("its data are damaged: copy or download it again")]
    Damaged,
}

/// Whether a file begins as a gzip file does.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Unpacks a file, which may be several gzip files one after the other; what follows and is no gzip is passed over,
/// as `gzip` does.
///
/// # Errors
/// When it is no gzip file, is damaged or cut off, or unpacks to more than [`LIMIT`].
pub fn gunzip(packed: &[u8]) -> Result<Vec<u8>, GunzipError> {
    within(packed, LIMIT)
}

pub(super) fn within(packed: &[u8], limit: u64) -> Result<Vec<u8>, GunzipError> {
    if !is_gzip(packed) {
        return Err(GunzipError::NotGzip);
    }
    let mut unpacked = Vec::new();
    let mut rest = packed;
    while is_gzip(rest) {
        let mut member = GzDecoder::new(rest);
        // One more than is left, so that a file of just the limit is told from a longer one.
        let left = limit - unpacked.len() as u64;
        let read = member.by_ref().take(left + 1).read_to_end(&mut unpacked);
        if unpacked.len() as u64 > limit {
            return Err(GunzipError::TooLarge(limit));
        }
        if let Err(error) = read {
            return Err(match error.kind() {
                std::io::ErrorKind::UnexpectedEof => GunzipError::EndsEarly,
                std::io::ErrorKind::OutOfMemory => GunzipError::TooLarge(limit),
                _ => GunzipError::Damaged,
            });
        }
        rest = member.into_inner();
    }
    Ok(unpacked)
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// Good files, and what is in them.
    pub fn good() -> Vec<(Vec<u8>, Vec<u8>)> {
        let text = b"a picture of a cat, a picture of a dog, a picture of a cat".to_vec();
        let bytes = [gzip(b"one "), gzip(b"two")].concat();
        vec![
            (vec![7; 900], gzip(&[7; 900])),
            (b"one two".to_vec(), bytes),
            (Vec::new(), gzip(b"")),
            (text.clone(), gzip(&text)),
        ]
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_packed_comes_out() {
        let bytes: Vec<u8> = (0..10_000_u32).map(|value| (value * value) as u8).collect();
        assert_eq!(gunzip(&gzip(&bytes)), Ok(bytes));
        assert_eq!(gunzip(&gzip(b"")), Ok(Vec::new()));
    }

    /// `printf 'cat\n' | gzip -9 --no-name`, by GNU gzip.
    #[test]
    fn a_file_of_gnu_gzip_is_read() {
        let file = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0x4b, 0x4e, 0x2c, 0xe1, 2, 0, 0x0a, 0x73, 0x44,
            0xea, 4, 0, 0, 0,
        ];
        assert_eq!(gunzip(&file).unwrap(), b"cat\n");
    }

    #[test]
    fn files_in_a_row_are_joined_and_a_tail_is_passed_over() {
        let mut file = gzip(b"one ");
        file.extend(gzip(b"two"));
        file.extend([0; 9]);
        assert_eq!(gunzip(&file).unwrap(), b"one two");
    }

    #[test]
    fn a_file_cut_anywhere_says_so() {
        let whole = gzip(b"a picture of a cat, a picture of a dog, a picture of a cat");
        assert_eq!(gunzip(b""), Err(GunzipError::NotGzip));
        assert_eq!(gunzip(&whole[..1]), Err(GunzipError::NotGzip));
        for length in 2..whole.len() {
            let error = gunzip(&whole[..length]).unwrap_err();
            assert_eq!(error, GunzipError::EndsEarly, "cut after {length} bytes");
        }
    }

    #[test]
    fn damage_is_noticed_by_the_checksum() {
        let mut file = gzip(b"a picture of a cat");
        let checksum = file.len() - 8;
        file[checksum] ^= 1;
        assert_eq!(gunzip(&file), Err(GunzipError::Damaged));
        assert_eq!(gunzip(b"PK\x03\x04"), Err(GunzipError::NotGzip));
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let bomb = gzip(&vec![0; 8 << 20]);
        assert!(bomb.len() < 16 << 10, "{}", bomb.len());
        let limit = 8 << 20;
        assert_eq!(within(&bomb, limit).unwrap().len() as u64, limit);
        let error = within(&bomb, limit - 1).unwrap_err();
        assert_eq!(error, GunzipError::TooLarge(limit - 1));
        let twice = [gzip(&[0; 60]), gzip(&[0; 60])].concat();
        assert_eq!(within(&twice, 119), Err(GunzipError::TooLarge(119)));
        assert_eq!(within(&twice, 120).unwrap().len(), 120);
        // Nothing is unpacked beyond the limit: else the damage after it would be found first.
        let mut damaged = [gzip(b"one"), bomb].concat();
        damaged.truncate(damaged.len() - 12);
        assert_eq!(
            within(&damaged, 1 << 20),
            Err(GunzipError::TooLarge(1 << 20))
        );
        assert_eq!(within(&damaged, limit), Err(GunzipError::EndsEarly));
        assert_eq!(
            GunzipError::TooLarge(LIMIT).to_string(),
            "it unpacks to more than 512 MB, which is more than is read"
        );
    }
}
