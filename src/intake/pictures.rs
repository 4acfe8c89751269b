//! idx files of pictures and of labels, told apart by their dimensions.
//!
//! Pictures are `[count, height, width]` (grey), or with a fourth dimension of 1 (grey) or 3 (red, green, blue),
//! last or second: `[count, height, width, 3]`, `[count, 3, height, width]`. Labels are `[count]`.

use super::{
    labels::{Labels, NoLabels},
    words::some,
};
use crate::data::idx::{Idx, IdxError};

/// Longest side of a picture, in pixels.
pub const LONGEST_SIDE: usize = 512;

/// What an idx file holds.
#[derive(Debug, PartialEq, Eq)]
pub enum File {
    Pictures(Pictures),
    /// One number for each picture of another file.
    Labels(Vec<u8>),
}

#[derive(Debug, PartialEq, Eq)]
pub struct Pictures {
    pub height: usize,
    pub width: usize,
    /// 1 or 3.
    pub channels: usize,
    /// Whether a picture's channels come one after the other, and not pixel by pixel.
    planar: bool,
    values: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PicturesError {
    #[error(transparent)]
    Idx(#[from] IdxError),
    #[error(
        "its sizes are {0:?}: pictures have a count, a height and a width, and perhaps 3 channels; labels have a count"
    )]
    Sizes(Vec<usize>),
    #[error("it is empty")]
    Empty,
    #[error(
        "its pictures have {width} x {height} pixels, and sides from 1 to {LONGEST_SIDE} are read"
    )]
    Side { width: usize, height: usize },
    #[error("there are {} for {}", some(*.labels as u64, "label", "labels"), some(*.pictures as u64, "picture", "pictures"))]
    Count { labels: usize, pictures: usize },
    #[error("the labels tell nothing apart: {0}")]
    Labels(#[from] NoLabels),
}

/// Whether a file begins as an idx file of unsigned bytes does.
pub fn is_idx(bytes: &[u8]) -> bool {
    matches!(bytes, [0, 0, 0x08, 1..=4, ..])
}

/// Reads a whole file.
///
/// # Errors
/// When it is no idx file, its header lies, or its sizes are those of neither pictures nor labels.
pub fn read(bytes: &[u8]) -> Result<File, PicturesError> {
    let Idx { sizes, values } = Idx::read(bytes)?;
    let (height, width, channels, planar) = match sizes[..] {
        [0, ..] => return Err(PicturesError::Empty),
        [_] => return Ok(File::Labels(values)),
        [_, height, width] => (height, width, 1, false),
        [_, height, width, channels @ (1 | 3)] => (height, width, channels, false),
        [_, channels @ (1 | 3), height, width] => (height, width, channels, true),
        _ => return Err(PicturesError::Sizes(sizes)),
    };
    let sides = 1..=LONGEST_SIDE;
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(PicturesError::Side { width, height });
    }
    Ok(File::Pictures(Pictures {
        height,
        width,
        channels,
        planar,
        values,
    }))
}

impl Pictures {
    pub fn len(&self) -> usize {
        self.values.len() / (self.height * self.width * self.channels)
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Picture `index` as [`resize`](super::resize) takes it: `height * width` opaque pixels of red, green, blue and
    /// alpha.
    pub fn rgba(&self, index: usize) -> Option<Vec<u8>> {
        let pixels = self.height * self.width;
        let size = pixels * self.channels;
        let start = index.checked_mul(size)?;
        let picture = self.values.get(start..start.checked_add(size)?)?;
        let rgba = match (self.channels, self.planar) {
            (1, _) => picture
                .iter()
                .flat_map(|grey| [*grey, *grey, *grey, u8::MAX])
                .collect(),
            (_, false) => picture
                .chunks_exact(3)
                .flat_map(|pixel| [pixel[0], pixel[1], pixel[2], u8::MAX])
                .collect(),
            (_, true) => (0..pixels)
                .flat_map(|pixel| {
                    let of = |channel| picture[channel * pixels + pixel];
                    [of(0), of(1), of(2), u8::MAX]
                })
                .collect(),
        };
        Some(rgba)
    }

    /// The classes of the pictures, from the numbers of a file of labels.
    ///
    /// # Errors
    /// When there is not one label for each picture, or they are no [`Labels`].
    pub fn labels(&self, labels: &[u8]) -> Result<Labels, PicturesError> {
        if labels.len() != self.len() {
            return Err(PicturesError::Count {
                labels: labels.len(),
                pictures: self.len(),
            });
        }
        let words: Vec<String> = (0..=u8::MAX).map(|label| label.to_string()).collect();
        let words = labels
            .iter()
            .map(|label| words[usize::from(*label)].as_str());
        Ok(Labels::new("label", words)?)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn idx(sizes: &[u32], values: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, sizes.len() as u8];
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(values);
        bytes
    }

    fn pictures(sizes: &[u32], values: &[u8]) -> Pictures {
        match read(&idx(sizes, values)).unwrap() {
            File::Pictures(pictures) => pictures,
            File::Labels(_) => panic!("labels"),
        }
    }

    fn refusal(sizes: &[u32], values: &[u8]) -> String {
        read(&idx(sizes, values)).unwrap_err().to_string()
    }

    #[test]
    fn grey_pictures_become_opaque_pixels() {
        let grey = pictures(&[2, 1, 2], &[1, 2, 3, 4]);
        assert_eq!((grey.len(), grey.height, grey.width), (2, 1, 2));
        assert_eq!(grey.rgba(1).unwrap(), [3, 3, 3, 255, 4, 4, 4, 255]);
        assert_eq!(grey.rgba(2), None);
        assert_eq!(grey.rgba(usize::MAX), None);
        for sizes in [[2, 1, 2, 1], [2, 1, 1, 2]] {
            let other = pictures(&sizes, &[1, 2, 3, 4]);
            assert_eq!(other.rgba(0), grey.rgba(0), "{sizes:?}");
        }
    }

    #[test]
    fn colours_come_by_pixel_or_by_channel() {
        let pixels = [10, 20, 30, 255, 11, 21, 31, 255];
        let last = pictures(&[1, 1, 2, 3], &[10, 20, 30, 11, 21, 31]);
        assert_eq!(last.rgba(0).unwrap(), pixels);
        let second = pictures(&[1, 3, 1, 2], &[10, 11, 20, 21, 30, 31]);
        assert_eq!(second.rgba(0).unwrap(), pixels);
        assert_eq!((second.channels, second.height, second.width), (3, 1, 2));
    }

    #[test]
    fn one_dimension_is_labels_and_they_fit_their_pictures() {
        let File::Labels(labels) = read(&idx(&[3], &[7, 0, 7])).unwrap() else {
            panic!("pictures");
        };
        let three = pictures(&[3, 1, 1], &[0; 3]);
        let classes = three.labels(&labels).unwrap();
        assert_eq!(classes.classes, ["0", "7"]);
        assert_eq!(classes.of, [1, 0, 1]);
        let error = three.labels(&[1]).unwrap_err().to_string();
        assert_eq!(error, "there are 1 label for 3 pictures");
        let error = three.labels(&[1; 3]).unwrap_err().to_string();
        assert!(error.ends_with("there is only one class"), "{error}");
    }

    #[test]
    fn headers_that_lie_and_sizes_of_something_else_are_refused() {
        for (sizes, values, sentence) in [
            (
                &[3, 2, 2][..],
                11,
                "promises 12 values ([3, 2, 2]), and 11 follow",
            ),
            (&[u32::MAX; 3], 0, "more values than can be"),
            (&[2, 2], 4, "its sizes are [2, 2]: pictures have"),
            (&[1, 2, 2, 4], 16, "its sizes are [1, 2, 2, 4]"),
            (&[1, 1, 1, 1, 1], 1, "its sizes are [1, 1, 1, 1, 1]"),
            (&[0], 0, "it is empty"),
            (&[0, 28, 28], 0, "it is empty"),
            (
                &[1, 0, 28],
                0,
                "pictures have 28 x 0 pixels, and sides from 1 to 512",
            ),
            (&[1, 1, 513], 513, "pictures have 513 x 1 pixels"),
            // No values promised and none there: the sizes alone lie.
            (&[u32::MAX, 0, u32::MAX], 0, "4294967295 x 0 pixels"),
        ] {
            let error = refusal(sizes, &vec![0; values]);
            assert!(error.contains(sentence), "{error:?}, not {sentence:?}");
        }
        pictures(&[1, 1, 512], &[0; 512]);
    }

    #[test]
    fn idx_files_are_known_by_their_first_bytes() {
        assert!(is_idx(&idx(&[1], &[1])));
        for bytes in [
            &b"\0\0\x01\0"[..],
            b"PK\x03\x04",
            b"\0\0\x08",
            b"\0\0\x0d\x01",
        ] {
            assert!(!is_idx(bytes), "{bytes:?}");
        }
    }
}
