//! Pictures with labels.
//!
//! A set comes as one [`packed`] file, whether a visitor brought it or it is made of the files of a [shipped](super::shipped)
//! one: a manifest, the pixels, and a byte for each label. These may be anybody's bytes, so nothing is trusted: what does
//! not fit the manifest is an error that says what was expected.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Shape,
    idx::{Idx, IdxError},
    packed::{self, Kind, PackedError},
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
    pub(super) fn check(self) -> Result<(), ImagesError> {
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
    #[error("the manifest cannot be read: {0}")]
    Manifest(#[from] serde_json::Error),
    #[error("the data set has {0}, which this run cannot use")]
    Unsupported(String),
    #[error("sheet {sheet} is not a whole PNG: {cause}")]
    Png { sheet: usize, cause: String },
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
    #[error("the set has {sheets} sheets, and {given} are asked for")]
    Sheets { sheets: usize, given: usize },
    #[error("the pictures have no attribute {wanted}, only {}", known.join(", "))]
    Attribute { wanted: String, known: Vec<String> },
    #[error("there is no class {class}: the pictures have {classes}, counted from 0")]
    NoClass { class: usize, classes: usize },
    #[error("none of the pictures is of the chosen classes")]
    NoneChosen,
    #[error("the stored pictures cannot be used: {0}")]
    Packed(#[from] PackedError),
}

/// The pictures of a set that a run uses, as bytes, and one of their label sets.
#[derive(Clone, Debug)]
pub struct Images {
    manifest: Manifest,
    /// `[count, channels, height, width]` of all pictures; parts of a set share them.
    pixels: Arc<Vec<u8>>,
    /// Which of them are used.
    chosen: Vec<u32>,
    /// Of those, indices into `classes`.
    labels: Vec<u8>,
    /// Of the chosen label set, those classes that are used, as indices into it; empty where pictures have no labels.
    classes: Vec<usize>,
}

impl Images {
    /// Reads pictures as [`Images::pack`] stored them.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn unpack(bytes: Vec<u8>) -> Result<Self, ImagesError> {
        let (mut pixels, manifest): (_, Manifest) = packed::unpack(Kind::Pictures, bytes)?;
        manifest.image.check()?;
        let ImageFormat {
            width,
            height,
            channels,
        } = manifest.image;
        let promised = manifest
            .count
            .checked_mul(width * height * channels)
            .filter(|promised| *promised <= pixels.len());
        let Some(promised) = promised else {
            return Err(ImagesError::LabelCount {
                found: pixels.len() / (width * height * channels),
                expected: manifest.count,
            });
        };
        let mut labels = pixels.split_off(promised);
        if manifest.labels.is_empty() && labels.is_empty() {
            labels = vec![0; manifest.count];
        }
        Self::new(manifest, pixels, labels)
    }

    /// Stores pictures `[count, channels, height, width]`, and a label each where `manifest` has a label set.
    ///
    /// # Errors
    /// When there are other than the pictures that the manifest promises.
    pub fn pack(
        manifest: &Manifest,
        mut pixels: Vec<u8>,
        labels: &[u8],
    ) -> Result<Vec<u8>, ImagesError> {
        manifest.image.check()?;
        let size = manifest.image.width * manifest.image.height * manifest.image.channels;
        let wanted = if manifest.labels.is_empty() {
            0
        } else {
            manifest.count
        };
        if labels.len() != wanted || pixels.len() != manifest.count * size {
            return Err(ImagesError::LabelCount {
                found: labels.len(),
                expected: wanted,
            });
        }
        pixels.extend(labels);
        Ok(packed::pack(Kind::Pictures, pixels, manifest)?)
    }

    /// Of these pictures those whose class is one of `only`, indices into the label set; with none named, all of them.
    ///
    /// # Errors
    /// When there is no such class, or no picture of one.
    pub fn select(mut self, only: &[usize]) -> Result<Self, ImagesError> {
        if only.is_empty() {
            return Ok(self);
        }
        let classes = self.classes.len();
        if let Some(class) = only.iter().copied().find(|class| *class >= classes) {
            return Err(ImagesError::NoClass { class, classes });
        }
        let mut wanted = only.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let kept = |(picture, label): (&u32, &u8)| {
            let class = wanted
                .iter()
                .position(|class| *class == usize::from(*label))?;
            Some((*picture, class as u8))
        };
        (self.chosen, self.labels) = self
            .chosen
            .iter()
            .zip(&self.labels)
            .filter_map(kept)
            .unzip();
        self.classes = wanted;
        if self.chosen.is_empty() {
            return Err(ImagesError::NoneChosen);
        }
        Ok(self)
    }

    /// All but every `nth` picture, and those: to learn from, and to test on.
    pub fn hold_out(&self, nth: usize) -> (Self, Self) {
        let part = |held: bool| {
            let mine = |at: &usize| at.is_multiple_of(nth) == held;
            let indices = || (0..self.len()).filter(mine);
            Self {
                chosen: indices().map(|at| self.chosen[at]).collect(),
                labels: indices().map(|at| self.labels[at]).collect(),
                ..self.clone()
            }
        };
        (part(false), part(true))
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

    /// Holds pixels and labels, of the first label set if there is one, against the manifest, whose image format is
    /// checked already.
    pub(super) fn new(
        manifest: Manifest,
        pixels: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, ImagesError> {
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
        // Pictures without labels are all of one class, which has no name.
        if let Some(picture) = labels
            .iter()
            .position(|label| usize::from(*label) >= classes.max(1))
        {
            return Err(ImagesError::Label {
                picture,
                label: labels[picture],
                classes,
            });
        }
        Ok(Self {
            manifest,
            pixels: Arc::new(pixels),
            chosen: (0..count as u32).collect(),
            labels,
            classes: (0..classes).collect(),
        })
    }

    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// How many pictures are used.
    pub fn len(&self) -> usize {
        self.chosen.len()
    }

    pub fn is_empty(&self) -> bool {
        self.chosen.is_empty()
    }

    /// The class of each picture, from 0 to [`classes`](Self::classes).
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The chosen label set; none where pictures have no labels.
    pub fn label_set(&self) -> Option<&Labels> {
        self.manifest.labels.first()
    }

    /// Names of the classes that are used.
    pub fn class_names(&self) -> Vec<String> {
        let Some(set) = self.label_set() else {
            return Vec::new();
        };
        self.classes
            .iter()
            .map(|class| set.classes[*class].clone())
            .collect()
    }

    /// Of the label set, the classes that are used, in the order of [`labels`](Self::labels).
    pub fn chosen_classes(&self) -> &[usize] {
        &self.classes
    }

    /// Classes that are used; pictures without labels are all of one.
    pub fn classes(&self) -> usize {
        self.classes.len().max(1)
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

    /// The mean of all pictures that are used, `[channels, height, width]`.
    pub fn mean(&self) -> Vec<u8> {
        let mut sums = vec![0u64; self.shape().features()];
        for index in 0..self.len() {
            for (sum, pixel) in sums.iter_mut().zip(self.picture(index)) {
                *sum += u64::from(*pixel);
            }
        }
        let count = self.len().max(1) as f64;
        sums.into_iter()
            .map(|sum| (sum as f64 / count).round() as u8)
            .collect()
    }

    /// The picture that is nearest to `pixels`, `[channels, height, width]`, by squared differences, and the root of
    /// their mean over all pixels, 0 to 255: whether a fake is but a copy.
    pub fn nearest(&self, pixels: &[u8]) -> Option<(usize, f32)> {
        let squared = |index: usize| -> u64 {
            let difference = |(a, b): (&u8, &u8)| u64::from(a.abs_diff(*b)).pow(2);
            self.picture(index).iter().zip(pixels).map(difference).sum()
        };
        let (index, squares) = (0..self.len())
            .map(|index| (index, squared(index)))
            .min_by_key(|(_, squares)| *squares)?;
        Some((index, (squares as f32 / pixels.len().max(1) as f32).sqrt()))
    }

    /// The bytes of a picture, `[channels, height, width]`.
    pub fn picture(&self, index: usize) -> &[u8] {
        let size = self.shape().features();
        let at = self.chosen[index] as usize;
        &self.pixels[at * size..(at + 1) * size]
    }

    /// Appends picture `index` to `rows`, its pixels mapped from 0..=255 to [-1, 1].
    pub fn append(&self, index: usize, rows: &mut Vec<f32>) {
        let pixels = self.picture(index).iter();
        rows.extend(pixels.map(|pixel| f32::from(*pixel) / 127.5 - 1.0));
    }
}

/// The byte that a pixel in [-1, 1] is shown as.
pub fn to_byte(pixel: f32) -> u8 {
    // Rust's cast saturates, and sends NaN to 0.
    ((pixel + 1.0) * 127.5).round() as u8
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

    fn pets() -> Images {
        let pixels: Vec<u8> = (0..24).map(|at| at * 10).collect();
        read(&idx(&[4, 2, 3], &pixels), &idx(&[4], &[1, 0, 1, 0])).unwrap()
    }

    #[test]
    fn chosen_classes_are_counted_from_nought() {
        let dogs = pets().select(&[1]).unwrap();
        assert_eq!((dogs.len(), dogs.classes()), (2, 1));
        assert_eq!(dogs.labels(), [0, 0]);
        assert_eq!(dogs.class_names(), ["dog"]);
        assert_eq!(dogs.chosen_classes(), [1]);
        assert_eq!(dogs.picture(1), [120, 130, 140, 150, 160, 170]);
        let sentence = |only: &[usize]| pets().select(only).unwrap_err().to_string();
        assert!(sentence(&[2]).contains("there is no class 2"));
        assert!(dogs.select(&[0]).is_ok());
    }

    #[test]
    fn the_mean_and_the_nearest_picture_by_hand() {
        let pets = pets();
        assert_eq!(pets.mean(), [90, 100, 110, 120, 130, 140]);
        // Picture 2 is 120, 130 ...: each pixel is 3 away, but for one that is 9.
        let (index, rms) = pets.nearest(&[123, 127, 143, 147, 163, 179]).unwrap();
        assert_eq!(index, 2);
        assert!((rms - (126f32 / 6.0).sqrt()).abs() < 1e-5);
    }

    #[test]
    fn what_is_packed_comes_back_with_labels_and_without() {
        let mut manifest = pets().manifest;
        let pixels: Vec<u8> = (0..24).collect();
        let packed = Images::pack(&manifest, pixels.clone(), &[1, 0, 1, 0]).unwrap();
        let again = Images::unpack(packed.clone()).unwrap();
        assert_eq!(again.labels(), [1, 0, 1, 0]);
        assert_eq!(again.picture(3), &pixels[18..]);
        manifest.labels.clear();
        let plain = Images::unpack(Images::pack(&manifest, pixels.clone(), &[]).unwrap()).unwrap();
        assert_eq!((plain.classes(), plain.class_names().len()), (1, 0));
        assert!(Images::pack(&manifest, pixels, &[0]).is_err());
        for length in 0..packed.len() {
            assert!(
                Images::unpack(packed[..length].to_vec()).is_err(),
                "{length}"
            );
        }
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
