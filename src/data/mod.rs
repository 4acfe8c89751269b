//! What G learns to imitate: batches of real examples, as plain rows of numbers.
//!
//! A data set draws its batches on the CPU from the run's seed; the trainer uploads them. An example is one
//! row of `features()` numbers: coordinates of a point, or pixels in [-1, 1], channel by channel.

pub mod images;
pub mod ring;

use rand_chacha::ChaCha8Rng;

use crate::experiment::Data;
use images::{Images, ImagesError};
use ring::Ring;

/// The data of one run.
#[derive(Clone, Debug)]
pub enum Dataset {
    Ring(Ring),
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
    /// Files that the data is read from, below `assets/datasets/`, in the order in which [`Dataset::load`]
    /// takes their bytes.
    pub fn files(data: &Data) -> &'static [&'static str] {
        match data {
            Data::Ring { .. } => &[],
            Data::Digits {} => &[
                "digits/manifest.json",
                "digits/sheet.png",
                "digits/labels.bin",
            ],
        }
    }

    /// Makes the data set from its description and the bytes of its [`files`](Dataset::files).
    ///
    /// # Errors
    /// When a file is missing, broken, or disagrees with its manifest.
    pub fn load(data: &Data, files: &[Vec<u8>]) -> Result<Self, ImagesError> {
        match data {
            Data::Ring {
                modes,
                radius,
                sigma,
            } => Ok(Self::Ring(Ring {
                modes: *modes,
                radius: *radius as f32,
                sigma: *sigma as f32,
            })),
            Data::Digits {} => {
                let [manifest, sheet, labels] = files else {
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
            Self::Ring(_) => Shape::Point,
            Self::Images(images) => images.shape(),
        }
    }

    /// Starts drawing batches; see [`Batches`].
    pub fn batches(&self, rng: ChaCha8Rng) -> Batches {
        Batches {
            rng,
            order: Vec::new(),
            next: 0,
        }
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

impl Batches {
    /// The next `count` examples, `[count, features]` row by row.
    pub fn next(&mut self, data: &Dataset, count: usize) -> Vec<f32> {
        match data {
            Dataset::Ring(ring) => ring.sample(&mut self.rng, count),
            Dataset::Images(images) => {
                let mut rows = Vec::with_capacity(count * images.shape().features());
                for _ in 0..count {
                    let index = self.next_index(images.len());
                    images.append(index, &mut rows);
                }
                rows
            }
        }
    }

    fn next_index(&mut self, len: usize) -> usize {
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
