//! Pictures with labels, read from the files that `cargo xtask data` makes.
//!
//! A set is a manifest (JSON), sheets (PNG: pictures side by side, row by row, which a person can look at), and
//! labels (one byte a picture for each label set). Everything here is a visitor's or a server's bytes, so
//! nothing is trusted: what does not fit the manifest is an error that says what was expected.

use serde::{Deserialize, Serialize};

use super::{
    Shape,
    idx::{Idx, IdxError},
};

/// What is in a data set, where it comes from, and under which licence.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub name: String,
    pub title: String,
    pub image: ImageFormat,
    pub count: usize,
    pub sheets: Vec<Sheet>,
    pub labels: Vec<Labels>,
    pub source: Source,
    pub licence: Licence,
    pub credit: String,
}

/// Size of one picture; `channels` is 1 (grey) or 3 (red, green, blue).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImageFormat {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
}

impl ImageFormat {
    fn check(self) -> Result<(), ImagesError> {
        let sides = 1..=64;
        if matches!(self.channels, 1 | 3)
            && sides.contains(&self.width)
            && sides.contains(&self.height)
        {
            return Ok(());
        }
        Err(ImagesError::Unsupported(format!(
            "pictures of {}x{} with {} channels",
            self.width, self.height, self.channels
        )))
    }
}

/// `count` pictures in rows of `columns`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sheet {
    pub file: String,
    pub count: usize,
    pub columns: usize,
}

/// One attribute of each picture, as an index into `classes`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Labels {
    pub name: String,
    pub file: String,
    pub classes: Vec<String>,
    /// Pictures in each class.
    pub counts: Vec<usize>,
}

/// The package that the data was made from; empty where it is not known.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Source {
    pub registry: String,
    pub package: String,
    pub version: String,
    pub sha256: String,
    /// Which part of the package was taken.
    pub part: String,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Licence {
    pub name: String,
    pub url: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ImagesError {
    #[error("{wanted} data files are needed, but {given} were given")]
    Missing { wanted: usize, given: usize },
    #[error("the manifest cannot be read: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error("the data set has {0}, which this run cannot use")]
    Unsupported(String),
    #[error("sheet {sheet} is not a whole PNG: {cause}")]
    Png {
        sheet: usize,
        cause: png::DecodingError,
    },
    #[error("sheet {sheet} is {found}, but its manifest asks for {expected}")]
    Format {
        sheet: usize,
        found: String,
        expected: String,
    },
    #[error("the file of {file} cannot be used: {cause}")]
    Idx { file: &'static str, cause: IdxError },
    #[error("the file of {file} holds sizes {found:?}, not {expected}")]
    IdxSizes {
        file: &'static str,
        found: Vec<usize>,
        expected: &'static str,
    },
    #[error("there are {found} labels for {expected} pictures")]
    LabelCount { found: usize, expected: usize },
    #[error("picture {picture} has label {label}, but there are {classes} classes")]
    Label {
        picture: usize,
        label: u8,
        classes: usize,
    },
}

/// The largest sheet that is read, in bytes of pixels: far above what is shipped, far below what hurts a tab.
const SHEET_LIMIT: usize = 256 << 20;

/// All pictures of a set, as bytes, and their first label set.
#[derive(Clone, Debug)]
pub struct Images {
    manifest: Manifest,
    /// `[count, channels, height, width]`
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Images {
    /// Reads a set from the bytes of its files: manifest, sheets in the manifest's order, first label set.
    ///
    /// # Errors
    /// When a file is broken or disagrees with the manifest.
    pub fn read(
        manifest: &[u8],
        sheets: &[impl AsRef<[u8]>],
        labels: &[u8],
    ) -> Result<Self, ImagesError> {
        let manifest: Manifest = serde_json::from_slice(manifest)?;
        manifest.image.check()?;
        if sheets.len() != manifest.sheets.len() {
            return Err(ImagesError::Missing {
                wanted: manifest.sheets.len() + 2,
                given: sheets.len() + 2,
            });
        }
        let mut pixels = Vec::new();
        for (number, (sheet, bytes)) in manifest.sheets.iter().zip(sheets).enumerate() {
            cut(number, sheet, manifest.image, bytes.as_ref(), &mut pixels)?;
        }
        Self::new(manifest, pixels, labels.to_vec())
    }

    /// A set from two whole idx files (see [`super::idx`]): grey images `[count, height, width]`, and labels
    /// `[count]`, indices into `classes`. Its manifest knows no source and no licence.
    ///
    /// # Errors
    /// When a file is broken, holds something else, or does not fit the other or `classes`.
    pub fn from_idx(
        images: &[u8],
        labels: &[u8],
        classes: Vec<String>,
        title: &str,
    ) -> Result<Self, ImagesError> {
        let read = |file, bytes| Idx::read(bytes).map_err(|cause| ImagesError::Idx { file, cause });
        let (images, labels) = (read("images", images)?, read("labels", labels)?);
        let [count, height, width] = images.sizes[..] else {
            return Err(ImagesError::IdxSizes {
                file: "images",
                found: images.sizes,
                expected: "count, height and width",
            });
        };
        if labels.sizes.len() != 1 {
            return Err(ImagesError::IdxSizes {
                file: "labels",
                found: labels.sizes,
                expected: "a count alone",
            });
        }
        let mut counts = vec![0; classes.len()];
        for label in &labels.values {
            // A label without a class is told of below.
            if let Some(count) = counts.get_mut(usize::from(*label)) {
                *count += 1;
            }
        }
        let manifest = Manifest {
            name: "idx".into(),
            title: title.into(),
            image: ImageFormat {
                width,
                height,
                channels: 1,
            },
            count,
            sheets: Vec::new(),
            labels: vec![Labels {
                name: "class".into(),
                file: String::new(),
                classes,
                counts,
            }],
            source: Source::default(),
            licence: Licence::default(),
            credit: String::new(),
        };
        manifest.image.check()?;
        Self::new(manifest, images.values, labels.values)
    }

    /// Holds pixels and labels against the manifest, whose image format is checked already.
    fn new(manifest: Manifest, pixels: Vec<u8>, labels: Vec<u8>) -> Result<Self, ImagesError> {
        let ImageFormat {
            width,
            height,
            channels,
        } = manifest.image;
        let count = pixels.len() / (width * height * channels);
        if labels.len() != count || count != manifest.count || count == 0 {
            return Err(ImagesError::LabelCount {
                found: labels.len(),
                expected: manifest.count,
            });
        }
        let classes = manifest.labels.first().map_or(0, |set| set.classes.len());
        if let Some(picture) = labels
            .iter()
            .position(|label| usize::from(*label) >= classes)
        {
            return Err(ImagesError::Label {
                picture,
                label: labels[picture],
                classes,
            });
        }
        Ok(Self {
            manifest,
            pixels,
            labels,
        })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub fn len(&self) -> usize {
        self.labels.len()
    }

    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Names of the classes of the first label set.
    pub fn class_names(&self) -> &[String] {
        match self.manifest.labels.first() {
            Some(set) => &set.classes,
            None => &[],
        }
    }

    /// Classes of the first label set.
    pub fn classes(&self) -> usize {
        self.class_names().len()
    }

    /// Share of each class among the pictures.
    pub fn shares(&self) -> Vec<f32> {
        let mut counts = vec![0usize; self.classes()];
        for label in &self.labels {
            counts[usize::from(*label)] += 1;
        }
        let share = |count| count as f32 / self.len() as f32;
        counts.into_iter().map(share).collect()
    }

    pub fn shape(&self) -> Shape {
        let ImageFormat {
            width,
            height,
            channels,
        } = self.manifest.image;
        Shape::Image {
            channels,
            height,
            width,
        }
    }

    /// Appends picture `index` to `rows`, its pixels mapped from 0..=255 to [-1, 1].
    pub fn append(&self, index: usize, rows: &mut Vec<f32>) {
        let size = self.shape().features();
        let pixels = &self.pixels[index * size..(index + 1) * size];
        rows.extend(pixels.iter().map(|pixel| f32::from(*pixel) / 127.5 - 1.0));
    }
}

/// The byte that a pixel in [-1, 1] is shown as.
pub fn to_byte(pixel: f32) -> u8 {
    // Rust's cast saturates, and sends NaN to 0.
    ((pixel + 1.0) * 127.5).round() as u8
}

/// Decodes one sheet and appends its pictures to `pixels`, each `[channels, height, width]`.
fn cut(
    number: usize,
    sheet: &Sheet,
    format: ImageFormat,
    bytes: &[u8],
    pixels: &mut Vec<u8>,
) -> Result<(), ImagesError> {
    let broken = |cause| ImagesError::Png {
        sheet: number,
        cause,
    };
    let mut decoder = png::Decoder::new_with_limits(
        std::io::Cursor::new(bytes),
        png::Limits { bytes: SHEET_LIMIT },
    );
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (color, _) = reader.output_color_type();
    let (sheet_width, sheet_height) = (reader.info().width as usize, reader.info().height as usize);
    let samples = color.samples();
    let rows = sheet.count.div_ceil(sheet.columns.max(1));
    if samples != format.channels
        || Some(sheet_width) != sheet.columns.checked_mul(format.width)
        || Some(sheet_height) != rows.checked_mul(format.height)
    {
        return Err(ImagesError::Format {
            sheet: number,
            found: format!("{sheet_width}x{sheet_height} with {samples} channels"),
            expected: format!(
                "{} pictures of {}x{} in rows of {} with {} channels",
                sheet.count, format.width, format.height, sheet.columns, format.channels
            ),
        });
    }
    let size = reader
        .output_buffer_size()
        .filter(|size| *size <= SHEET_LIMIT)
        .ok_or_else(|| broken(png::DecodingError::LimitsExceeded))?;
    let mut decoded = vec![0; size];
    reader.next_frame(&mut decoded).map_err(broken)?;

    let stride = sheet_width * samples;
    for index in 0..sheet.count {
        let left = index % sheet.columns * format.width;
        let top = index / sheet.columns * format.height;
        for channel in 0..samples {
            for y in top..top + format.height {
                let row = &decoded[y * stride..(y + 1) * stride];
                pixels.extend((left..left + format.width).map(|x| row[x * samples + channel]));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn idx(sizes: &[u32], values: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, sizes.len() as u8];
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(values);
        bytes
    }

    fn read(images: &[u8], labels: &[u8]) -> Result<Images, ImagesError> {
        Images::from_idx(images, labels, vec!["cat".into(), "dog".into()], "Pets")
    }

    #[test]
    fn idx_files_become_a_set_with_a_manifest() {
        let pixels: Vec<u8> = (0..18).collect();
        let images = read(&idx(&[3, 2, 3], &pixels), &idx(&[3], &[1, 0, 1])).unwrap();
        let shape = Shape::Image {
            channels: 1,
            height: 2,
            width: 3,
        };
        assert_eq!((images.len(), images.shape()), (3, shape));
        assert_eq!(images.labels(), [1, 0, 1]);
        let manifest = images.manifest();
        assert_eq!((manifest.title.as_str(), manifest.count), ("Pets", 3));
        assert_eq!(manifest.labels[0].counts, [1, 2]);
        let mut row = Vec::new();
        images.append(2, &mut row);
        let bytes: Vec<u8> = row.into_iter().map(to_byte).collect();
        assert_eq!(bytes, [12, 13, 14, 15, 16, 17]);
    }

    #[test]
    fn idx_files_that_lie_or_do_not_fit_are_refused() {
        let (images, labels) = (idx(&[3, 2, 3], &[0; 18]), idx(&[3], &[0; 3]));
        for (images, labels, sentence) in [
            (
                &images[..20],
                &labels[..],
                "the file of images cannot be used: its header promises 18 values",
            ),
            (
                &images,
                &labels[..9],
                "the file of labels cannot be used: its header promises 3 values",
            ),
            (
                &labels,
                &labels,
                "the file of images holds sizes [3], not count, height and width",
            ),
            (
                &images,
                &images,
                "the file of labels holds sizes [3, 2, 3], not a count alone",
            ),
            (
                &images,
                &idx(&[2], &[0; 2]),
                "there are 2 labels for 3 pictures",
            ),
            (
                &images,
                &idx(&[3], &[0, 1, 2]),
                "picture 2 has label 2, but there are 2 classes",
            ),
            (
                &idx(&[0, 2, 3], &[]),
                &idx(&[0], &[]),
                "there are 0 labels for 0 pictures",
            ),
            (&idx(&[3, 0, 6], &[]), &labels, "pictures of 6x0"),
            (
                &idx(&[1, 1, 65], &[0; 65]),
                &idx(&[1], &[0]),
                "pictures of 65x1",
            ),
            // No values promised, and none there: only the sizes lie.
            (
                &idx(&[u32::MAX, 0, u32::MAX], &[]),
                &labels,
                "pictures of 4294967295x0",
            ),
        ] {
            let error = read(images, labels).unwrap_err().to_string();
            assert!(error.contains(sentence), "{error:?}, not {sentence:?}");
        }
    }
}
