//! The idx format, in which MNIST and its kin come: two zero bytes, the type, the number of dimensions, their sizes
//! (big-endian), then the values. Unsigned bytes alone are read here, which is all that images and labels need.
//!
//! Plain Rust, because `cargo xtask data` reads with this very file and does not depend on the crate.

#[derive(Debug, PartialEq, Eq)]
pub struct Idx {
    /// Sizes, slowest first: images are `[count, height, width]`, labels `[count]`.
    pub sizes: Vec<usize>,
    pub values: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdxError {
    #[error("it has {0} bytes, and an idx file has at least four")]
    Short(usize),
    #[error("it does not begin as an idx file does: {0:02x?}")]
    Magic([u8; 4]),
    #[error("its values are of type {0:#04x}, and only unsigned bytes (0x08) are read")]
    Type(u8),
    #[error("its header says that it has no dimensions")]
    NoDimensions,
    #[error("its header ends before the size of dimension {0}")]
    Header(u8),
    #[error("its header promises more values than can be: {0:?}")]
    Overflow(Vec<usize>),
    #[error("its header promises {promised} values ({sizes:?}), and {found} follow")]
    Length {
        promised: usize,
        sizes: Vec<usize>,
        found: usize,
    },
}

const UNSIGNED_BYTE: u8 = 0x08;

impl Idx {
    /// Reads a whole file.
    ///
    /// # Errors
    /// When its header does not promise exactly what follows it, or promises other than unsigned bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, IdxError> {
        let (magic, mut rest) = bytes
            .split_first_chunk::<4>()
            .ok_or(IdxError::Short(bytes.len()))?;
        let [0, 0, kind, dimensions] = *magic else {
            return Err(IdxError::Magic(*magic));
        };
        if kind != UNSIGNED_BYTE {
            return Err(IdxError::Type(kind));
        }
        if dimensions == 0 {
            return Err(IdxError::NoDimensions);
        }
        let mut sizes = Vec::new();
        for dimension in 0..dimensions {
            let (size, after) = rest
                .split_first_chunk::<4>()
                .ok_or(IdxError::Header(dimension))?;
            sizes.push(u32::from_be_bytes(*size) as usize);
            rest = after;
        }
        let promised = sizes
            .iter()
            .try_fold(1_usize, |product, size| product.checked_mul(*size));
        let Some(promised) = promised else {
            return Err(IdxError::Overflow(sizes));
        };
        if rest.len() != promised {
            return Err(IdxError::Length {
                promised,
                sizes,
                found: rest.len(),
            });
        }
        Ok(Self {
            sizes,
            values: rest.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: [u8; 4], sizes: &[u32], values: &[u8]) -> Vec<u8> {
        let mut bytes = header.to_vec();
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(values);
        bytes
    }

    fn refusal(bytes: &[u8]) -> String {
        Idx::read(bytes).unwrap_err().to_string()
    }

    #[test]
    fn sizes_are_big_endian_and_values_follow() {
        let values: Vec<u8> = (0..12).collect();
        let idx = Idx::read(&file([0, 0, 8, 3], &[2, 2, 3], &values)).unwrap();
        assert_eq!(
            idx,
            Idx {
                sizes: vec![2, 2, 3],
                values
            }
        );
    }

    #[test]
    fn a_file_cut_anywhere_is_refused() {
        let whole = file([0, 0, 8, 2], &[2, 3], &[1; 6]);
        Idx::read(&whole).unwrap();
        for length in 0..whole.len() {
            assert!(
                Idx::read(&whole[..length]).is_err(),
                "cut after {length} bytes"
            );
        }
    }

    #[test]
    fn a_header_that_promises_too_little_or_too_much_is_refused() {
        assert!(
            refusal(&file([0, 0, 8, 1], &[5], &[1; 6]))
                .contains("promises 5 values ([5]), and 6 follow")
        );
        assert!(
            refusal(&file([0, 0, 8, 1], &[7], &[1; 6]))
                .contains("promises 7 values ([7]), and 6 follow")
        );
        assert!(
            refusal(&file([0, 0, 8, 3], &[u32::MAX; 3], &[1; 6]))
                .contains("more values than can be")
        );
        assert!(refusal(&[0, 0, 8, 255]).contains("before the size of dimension 0"));
    }

    #[test]
    fn other_types_and_other_files_are_refused() {
        assert!(refusal(&file([0, 0, 0x0d, 1], &[1], &[0; 4])).contains("0x0d"));
        assert!(refusal(b"\x89PNG\r\n").contains("does not begin"));
        assert!(refusal(&[0, 0, 8, 0]).contains("no dimensions"));
        assert!(refusal(&[0, 0]).contains("has 2 bytes"));
    }
}
