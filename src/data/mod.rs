//! What G learns to imitate: batches of real examples, as plain rows of numbers.
//!
//! A data set draws its batches on the CPU from the run's seed; the trainer uploads them. An example is one
//! row of `features()` numbers as the nets see them: coordinates or columns less their mean and divided by their standard
//! deviation, or pixels in [-1, 1], channel by channel. Every example has a label, which a conditional run uses.
//!
//! - [`figure`]: figures in the plane, whose density is known, and what a visitor drew
//! - [`table`]: columns of numbers that a visitor brought
//! - [`images`]: pictures, from one packed file
//! - [`shipped`]: that file, of those of a set that comes with the page

pub mod figure;
pub mod idx;
pub mod images;
pub mod packed;
#[cfg(feature = "files")]
pub mod shipped;
pub mod table;

use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::experiment::Data;
use figure::{
    Figure,
    drawing::{self, DrawingError},
    gallery,
};
use images::{Images, ImagesError};
use table::{Table, TableError};

/// The data of one run.
#[derive(Clone, Debug)]
pub enum Dataset {
    Figure(Figure),
    Table(Table),
    Images(Images),
}

/// How to read one example, and so how to draw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Shape {
    /// So many numbers: two are a point in the plane.
    Row { numbers: usize },
    /// A picture, stored `[channels, height, width]`.
    Image {
        channels: usize,
        height: usize,
        width: usize,
    },
}

impl Shape {
    /// A point in the plane.
    pub const POINT: Self = Self::Row { numbers: 2 };

    /// Numbers in one example.
    pub fn features(self) -> usize {
        match self {
            Shape::Row { numbers } => numbers,
            Shape::Image {
                channels,
                height,
                width,
            } => channels * height * width,
        }
    }
}

/// Why there is no data to train on.
#[derive(Debug, thiserror::Error)]
pub enum DataError {
    #[error("the number of data files is {given}, and should be {wanted}")]
    Files { wanted: usize, given: usize },
    #[error(transparent)]
    Images(#[from] ImagesError),
    #[error(transparent)]
    Table(#[from] TableError),
    #[error("the drawing cannot be used: {0}")]
    Drawing(#[from] DrawingError),
}

/// From data units to the nets' numbers and back: for each number of an example, what is taken off and what it is then
/// divided by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Units {
    columns: Vec<(f32, f32)>,
}

impl Units {
    /// Whether they can be of examples of so many numbers, and be gone through both ways.
    pub fn fit(&self, features: usize) -> bool {
        let usable = |(centre, scale): &(f32, f32)| centre.is_finite() && scale.is_normal();
        (self.columns.len() == 1 || self.columns.len() == features)
            && self.columns.iter().all(usable)
    }

    /// Of examples that the nets see as they are.
    fn plain() -> Self {
        Self {
            columns: vec![(0.0, 1.0)],
        }
    }

    pub fn to_nets(&self, rows: &mut [f32]) {
        let columns = self.columns.iter().cycle();
        for (number, (centre, scale)) in rows.iter_mut().zip(columns) {
            *number = (*number - centre) / scale;
        }
    }

    pub fn from_nets(&self, rows: &mut [f32]) {
        let columns = self.columns.iter().cycle();
        for (number, (centre, scale)) in rows.iter_mut().zip(columns) {
            *number = *number * scale + centre;
        }
    }
}

impl Dataset {
    /// Files that the data is read from, below `assets/`, in the order in which [`shipped::pack`] takes their bytes;
    /// the last is the data's classifier, where it has one. What a visitor brought is one file below `own/`, which only
    /// their browser has.
    pub fn files(data: &Data) -> Vec<String> {
        let shipped = |name: &str, sheets: usize, labels: &str| {
            let sheet = |number| match number {
                1 => format!("datasets/{name}/sheet.png"),
                number => format!("datasets/{name}/sheet-{number}.png"),
            };
            let mut files = vec![format!("datasets/{name}/manifest.json")];
            files.extend((1..=sheets).map(sheet));
            files.push(format!("datasets/{name}/{labels}.bin"));
            files.push(format!("classifiers/{name}.safetensors"));
            files
        };
        match data {
            Data::Digits { sheets, .. } => shipped("digits", *sheets, "labels"),
            Data::Fashion { sheets, .. } => shipped("fashion", *sheets, "labels"),
            Data::Animals { .. } => shipped("animals", 1, "labels"),
            Data::Faces { attribute, .. } => shipped("faces", 1, &format!("labels-{attribute}")),
            Data::OwnPictures { id, .. } | Data::OwnTable { id, .. } => vec![format!("own/{id}")],
            _ => Vec::new(),
        }
    }

    /// Makes the data set from its description and what [`shipped::pack`] made of its files, without the classifier.
    ///
    /// # Errors
    /// When a file is missing, broken, or disagrees with its manifest.
    pub fn load(data: &Data, mut files: Vec<Vec<u8>>) -> Result<Self, DataError> {
        // One packed file, unless the data are drawn from a formula.
        let wanted = usize::from(!Self::files(data).is_empty());
        if files.len() != wanted {
            return Err(DataError::Files {
                wanted,
                given: files.len(),
            });
        }
        let figure = |make: fn(f32) -> Figure, sigma: f64| Ok(Self::Figure(make(sigma as f32)));
        match data {
            Data::Ring {
                modes,
                radius,
                sigma,
            } => Ok(Self::Figure(gallery::ring(
                *modes,
                *radius as f32,
                *sigma as f32,
            ))),
            Data::Grid {
                side,
                spacing,
                sigma,
            } => Ok(Self::Figure(gallery::grid(
                *side,
                *spacing as f32,
                *sigma as f32,
            ))),
            Data::Line { sigma } => figure(gallery::line, *sigma),
            Data::TwoGaussians { sigma } => figure(gallery::two_gaussians, *sigma),
            Data::Unequal { sigma } => figure(gallery::unequal, *sigma),
            Data::Blobs { sigma } => figure(gallery::blobs, *sigma),
            Data::Moons { sigma } => figure(gallery::moons, *sigma),
            Data::Circles { sigma } => figure(gallery::circles, *sigma),
            Data::Spiral { sigma } => figure(gallery::spiral, *sigma),
            Data::SwissRoll { sigma } => figure(gallery::swiss_roll, *sigma),
            Data::Checkerboard { sigma } => figure(gallery::checkerboard, *sigma),
            Data::Star { sigma } => figure(gallery::star, *sigma),
            Data::Drawn { strokes, sigma } => {
                let strokes = drawing::read(strokes)?;
                Ok(Self::Figure(drawing::figure(&strokes, *sigma as f32)))
            }
            Data::OwnTable { columns, .. } => {
                let table = Table::unpack(&files.swap_remove(0), columns)?;
                Ok(Self::Table(table))
            }
            Data::OwnPictures { only, .. }
            | Data::Digits { only, .. }
            | Data::Fashion { only, .. }
            | Data::Animals { only }
            | Data::Faces { only, .. } => {
                let images = Images::unpack(files.swap_remove(0))?;
                Ok(Self::Images(images.select(only)?))
            }
        }
    }

    pub fn shape(&self) -> Shape {
        match self {
            Self::Figure(_) => Shape::POINT,
            Self::Table(table) => Shape::Row {
                numbers: table.columns().len(),
            },
            Self::Images(images) => images.shape(),
        }
    }

    /// How many labels there are: classes of a figure's parts, of a table's rows, of pictures.
    pub fn classes(&self) -> usize {
        match self {
            Self::Figure(figure) => figure.classes(),
            Self::Table(table) => table.classes(),
            Self::Images(images) => images.classes(),
        }
    }

    /// What its labels are called; empty where they have no names.
    pub fn class_names(&self) -> Vec<String> {
        match self {
            Self::Figure(_) => Vec::new(),
            Self::Table(table) => table.class_names().to_vec(),
            Self::Images(images) => images.class_names(),
        }
    }

    /// How its numbers become the nets'.
    pub fn units(&self) -> Units {
        match self {
            Self::Figure(figure) => Units {
                columns: figure.centre().map(|x| (x, figure.scale())).to_vec(),
            },
            Self::Table(table) => Units {
                columns: table
                    .columns()
                    .iter()
                    .map(|column| (column.centre, column.scale))
                    .collect(),
            },
            Self::Images(_) => Units::plain(),
        }
    }

    /// What a distance between the nets' numbers is multiplied with to be in data units. The columns of a table have
    /// units of their own, so that theirs stays in standard deviations.
    pub fn scale(&self) -> f32 {
        match self {
            Self::Figure(figure) => figure.scale(),
            Self::Table(_) | Self::Images(_) => 1.0,
        }
    }

    /// Starts drawing batches; see [`Batches`].
    pub fn batches(&self, rng: ChaCha8Rng) -> Batches {
        Batches::new(rng)
    }
}

/// The order in which real examples come: fresh draws from a distribution; of rows and pictures, every one once
/// in each epoch, shuffled anew.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
            Dataset::Figure(figure) => {
                let labels = (0..count)
                    .map(|_| figure.append(&mut self.rng, &mut rows))
                    .collect();
                data.units().to_nets(&mut rows);
                labels
            }
            Dataset::Table(table) => (0..count)
                .map(|_| {
                    let index = self.next_index(table.len());
                    table.append(index, &mut rows);
                    table.label(index)
                })
                .collect(),
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

    /// Which of `len` examples comes next.
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
