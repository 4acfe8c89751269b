//! What G learns to imitate: batches of real examples, as plain rows of numbers.
//!
//! A data set draws its batches on the CPU from the run's seed; the trainer uploads them. An example is one
//! row of `features()` numbers as the nets see them: coordinates of a point divided by the data's standard
//! deviation, or pixels in [-1, 1], channel by channel. Every example has a label, which a conditional run uses.

pub mod idx;
pub mod images;
pub mod mixture;

use rand_chacha::ChaCha8Rng;

use crate::experiment::Data;
use images::{Images, ImagesError};
use mixture::Mixture;

/// The data of one run.
#[derive(Clone, Debug)]
pub enum Dataset {
    Mixture(Mixture),
    Images(Images),
}

/// How to read one example, and so how to draw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A point in 2-D.
    Point,
    /// A picture, stored `[channels, height, width]`.
    Image {
        channels: usize,
        height: usize,
        width: usize,
    },
}

impl Shape {
    /// Numbers in one example.
    pub fn features(self) -> usize {
        match self {
            Shape::Point => 2,
            Shape::Image {
                channels,
                height,
                width,
            } => channels * height * width,
        }
    }
}

impl Dataset {
    /// Files that the data is read from, below `assets/`, in the order in which [`Dataset::load`] takes their bytes;
    /// the last is the data's classifier, where it has one.
    pub fn files(data: &Data) -> &'static [&'static str] {
        match data {
            Data::Ring { .. } | Data::Grid { .. } => &[],
            Data::Digits {} => &[
                "datasets/digits/manifest.json",
                "datasets/digits/sheet.png",
                "datasets/digits/labels.bin",
                "classifiers/digits.safetensors",
            ],
            Data::Fashion {} => &[
                "datasets/fashion/manifest.json",
                "datasets/fashion/sheet.png",
                "datasets/fashion/labels.bin",
                "classifiers/fashion.safetensors",
            ],
        }
    }

    /// Makes the data set from its description and the bytes of its [`files`](Dataset::files).
    ///
    /// # Errors
    /// When a file is missing, broken, or disagrees with its manifest.
    pub fn load(data: &Data, files: &[Vec<u8>]) -> Result<Self, ImagesError> {
        match *data {
            Data::Ring {
                modes,
                radius,
                sigma,
            } => Ok(Self::Mixture(Mixture::ring(
                modes,
                radius as f32,
                sigma as f32,
            ))),
            Data::Grid {
                side,
                spacing,
                sigma,
            } => Ok(Self::Mixture(Mixture::grid(
                side,
                spacing as f32,
                sigma as f32,
            ))),
            Data::Digits {} | Data::Fashion {} => {
                let [manifest, sheet, labels, _classifier] = files else {
                    return Err(ImagesError::Missing {
                        wanted: Self::files(data).len(),
                        given: files.len(),
                    });
                };
                Images::read(manifest, &[sheet], labels).map(Self::Images)
            }
        }
    }

    pub fn shape(&self) -> Shape {
        match self {
            Self::Mixture(_) => Shape::Point,
            Self::Images(images) => images.shape(),
        }
    }

    /// How many labels there are: modes of a mixture, classes of pictures.
    pub fn classes(&self) -> usize {
        match self {
            Self::Mixture(mixture) => mixture.centres().len(),
            Self::Images(images) => images.classes(),
        }
    }

    /// What the nets' numbers are multiplied with to be in data units.
    pub fn scale(&self) -> f32 {
        match self {
            Self::Mixture(mixture) => mixture.scale(),
            Self::Images(_) => 1.0,
        }
    }

    /// Starts drawing batches; see [`Batches`].
    pub fn batches(&self, rng: ChaCha8Rng) -> Batches {
        Batches::new(rng)
    }
}

/// The order in which real examples come: fresh draws from a distribution; for pictures, every one once in
/// each epoch, shuffled anew.
#[derive(Clone, Debug)]
pub struct Batches {
    rng: ChaCha8Rng,
    order: Vec<u32>,
    next: usize,
}

/// Real examples as the nets see them.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `[count, features]` row by row.
    pub rows: Vec<f32>,
    /// The class of each.
    pub labels: Vec<usize>,
}

impl Batches {
    pub fn new(rng: ChaCha8Rng) -> Self {
        Self {
            rng,
            order: Vec::new(),
            next: 0,
        }
    }

    /// The next `count` examples.
    pub fn next(&mut self, data: &Dataset, count: usize) -> Batch {
        let mut rows = Vec::with_capacity(count * data.shape().features());
        let labels = match data {
            Dataset::Mixture(mixture) => {
                let labels = (0..count)
                    .map(|_| mixture.append(&mut self.rng, &mut rows))
                    .collect();
                let scale = data.scale();
                rows.iter_mut().for_each(|coordinate| *coordinate /= scale);
                labels
            }
            Dataset::Images(images) => (0..count)
                .map(|_| {
                    let index = self.next_index(images.len());
                    images.append(index, &mut rows);
                    usize::from(images.labels()[index])
                })
                .collect(),
        };
        Batch { rows, labels }
    }

    /// Which of `len` pictures comes next.
    pub fn next_index(&mut self, len: usize) -> usize {
        use rand::seq::SliceRandom;
        if self.next == self.order.len() {
            self.order = (0..len as u32).collect();
            self.order.shuffle(&mut self.rng);
            self.next = 0;
        }
        let index = self.order[self.next];
        self.next += 1;
        index as usize
    }
}
