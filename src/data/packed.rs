//! A set of pictures or a table as one file, which the browser keeps of what a visitor brought: the values, then a description of them as JSON, its
//! length (four bytes, little-endian), and eight bytes that tell what it is.
//!
//! The description comes last, so that neither writing nor reading moves the values, which may be 150 MB.

use serde::{Serialize, de::DeserializeOwned};

use crate::json;

/// What a packed file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Pictures,
    Table,
}

impl Kind {
    fn magic(self) -> &'static [u8; 8] {
        match self {
            Self::Pictures => b"GANPICS1",
            Self::Table => b"GANTABL1",
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PackedError {
    #[error("this is not a file of the playground's, or it is cut off")]
    Magic,
    #[error("its description cannot be read: {0}")]
    Header(#[from] serde_json::Error),
    #[error("it holds {found} values, and its description promises {promised}")]
    Length { found: usize, promised: usize },
}

/// Appends the description of `values` to them.
///
/// # Errors
/// When the description is longer than 4 GB.
pub fn pack(
    kind: Kind,
    mut values: Vec<u8>,
    header: &impl Serialize,
) -> Result<Vec<u8>, PackedError> {
    let header = json::write(header)?;
    let length = u32::try_from(header.len()).map_err(|_| PackedError::Magic)?;
    values.reserve_exact(header.len() + 12);
    values.extend(header.bytes());
    values.extend(length.to_le_bytes());
    values.extend(kind.magic());
    Ok(values)
}

/// The values and their description.
///
/// # Errors
/// When the file is cut off, damaged, or of another kind.
pub fn unpack<T: DeserializeOwned>(
    kind: Kind,
    mut bytes: Vec<u8>,
) -> Result<(Vec<u8>, T), PackedError> {
    let (rest, magic) = bytes.split_last_chunk::<8>().ok_or(PackedError::Magic)?;
    if magic != kind.magic() {
        return Err(PackedError::Magic);
    }
    let (rest, length) = rest.split_last_chunk::<4>().ok_or(PackedError::Magic)?;
    let length = u32::from_le_bytes(*length) as usize;
    let start = rest.len().checked_sub(length).ok_or(PackedError::Magic)?;
    let header = json::read(&rest[start..])?;
    bytes.truncate(start);
    Ok((bytes, header))
}

/// Sixteen hexadecimal digits that two different files hardly share (FNV-1a): the name that a file is kept under.
pub fn fingerprint(bytes: &[u8]) -> String {
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{images::Images, table::Table};

    /// From the reference's own table of test vectors.
    #[test]
    fn fingerprints_are_fnv_1a() {
        assert_eq!(fingerprint(b""), "cbf29ce484222325");
        assert_eq!(fingerprint(b"foobar"), "85944171f73967e8");
    }

    #[test]
    fn values_and_description_come_back() {
        let packed = pack(Kind::Table, vec![1, 2, 3], &["a", "b"]).unwrap();
        let (values, header): (_, Vec<String>) = unpack(Kind::Table, packed.clone()).unwrap();
        assert_eq!(values, [1, 2, 3]);
        assert_eq!(header, ["a", "b"]);
        assert!(unpack::<Vec<String>>(Kind::Pictures, packed).is_err());
    }

    /// A million stored sets and tables with bytes flipped, cut off and written over, or of nothing but random bytes: each
    /// is read or refused, without a panic. Some 20 s in the dev profile.
    #[test]
    fn a_million_damaged_files_do_no_harm() {
        use rand::RngExt;

        let manifest = serde_json::json!({
            "name": "own", "title": "t", "image": {"width": 2, "height": 1, "channels": 1}, "count": 3, "sheets": [],
            "labels": [{"name": "folder", "file": "", "classes": ["a", "b"], "counts": [2, 1]}],
            "source": {"registry": "", "package": "", "version": "", "sha256": "", "part": ""},
            "licence": {"name": "", "url": ""}, "credit": ""
        });
        let pictures = pack(Kind::Pictures, vec![1, 2, 3, 4, 5, 6, 0, 1, 0], &manifest).unwrap();
        Images::unpack(pictures.clone()).unwrap();
        let header = serde_json::json!({
            "title": "t", "columns": ["a", "b"], "rows": 10, "classes": []
        });
        let values = (0..20u8)
            .flat_map(|x| f32::from(x % 7).to_le_bytes())
            .collect();
        let table = pack(Kind::Table, values, &header).unwrap();
        Table::unpack(&table, &[0, 1]).unwrap();
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        for case in 0..1_000_000u32 {
            let mut bytes = match case % 8 {
                0 => vec![0; rng.random_range(0..40)],
                1..4 => pictures.clone(),
                _ => table.clone(),
            };
            if case % 8 == 0 {
                bytes.iter_mut().for_each(|byte| *byte = rng.random());
            }
            for _ in 0..rng.random_range(0..4) {
                if bytes.is_empty() {
                    break;
                }
                let at = rng.random_range(0..bytes.len());
                match rng.random_range(0..4) {
                    0 => bytes.truncate(at),
                    1 => bytes[at] = b"0123456789{}[]\",-"[rng.random_range(0..17)],
                    2 => bytes[at] ^= 1 << rng.random_range(0..8),
                    _ => bytes[at] = rng.random(),
                }
            }
            if let Ok(images) = Images::unpack(bytes.clone()) {
                assert!(
                    images
                        .labels()
                        .iter()
                        .all(|label| usize::from(*label) < images.classes())
                );
                assert_eq!(
                    images.picture(images.len() - 1).len(),
                    images.shape().features()
                );
            }
            if let Ok(table) = Table::unpack(&bytes, &[1, 0]) {
                assert!(table.extent().is_finite() && table.len() >= 10);
            }
        }
    }

    #[test]
    fn a_file_cut_or_changed_anywhere_at_its_end_is_refused() {
        let packed = pack(Kind::Table, vec![7; 5], &("header", 3)).unwrap();
        for length in 0..packed.len() {
            let cut = packed[..length].to_vec();
            assert!(
                unpack::<(String, u32)>(Kind::Table, cut).is_err(),
                "{length}"
            );
        }
        let mut lie = packed.clone();
        let at = lie.len() - 9;
        lie[at] = 0xff;
        assert!(unpack::<(String, u32)>(Kind::Table, lie).is_err());
    }
}
