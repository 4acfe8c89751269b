//! Models as files: safetensors that hold the nets of a run, and in their metadata what the run is.
//!
//! A file has every weight as float32, by net and path: `generator.project.weight`, `discriminator.judge.bias`, and
//! where the run keeps an average of G, `average.project.weight`. Shapes are PyTorch's: a linear layer's weights are
//! `[outputs, inputs]`, a convolution's `[outputs, inputs, side, side]`, a transposed one's `[inputs, outputs, side,
//! side]`; so that `load_state_dict` takes them as they are. The metadata's one key, `gan`, is [`About`] as JSON.
//!
//! - `write`: nets to bytes
//! - `read`: bytes that nobody has checked to a [`Model`]

mod read;
mod write;

pub use read::Model;
pub use write::Writer;

use serde::{Deserialize, Serialize};

use crate::{
    data::{Dataset, Shape, Units},
    experiment::{Experiment, ExperimentError},
    nets::Made,
    train::TrainError,
};

/// Of the layout described above. A reader refuses what is newer than itself.
pub const VERSION: u32 = 1;

/// The metadata's key. One alone: several would be written in an order that changes from run to run.
const KEY: &str = "gan";

/// Steps that a file may say: as far as JavaScript counts.
const MOST_STEPS: u64 = (1 << 53) - 1;

/// Directions that a file may have; `www/studio/state.js` allows no more.
const MOST_DIRECTIONS: usize = 64;

/// Which of a run's nets a weight is of, as the first part of its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Generator,
    /// The exponential moving average of G.
    Average,
    Discriminator,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Generator => "generator",
            Self::Average => "average",
            Self::Discriminator => "discriminator",
        }
    }
}

/// What a model file says of itself: enough to draw samples without the data that it was trained on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    pub version: u32,
    pub experiment: Experiment,
    /// Steps that the nets were trained for.
    pub step: u64,
    /// Of what G makes.
    pub shape: Shape,
    /// Dimensions of the noise.
    pub noise: usize,
    /// Classes that G is told apart; 0 in a run that is not conditional.
    pub classes: usize,
    /// What tanh is multiplied with where G ends in it.
    pub bound: f32,
    /// Of those classes; empty where they have none.
    pub class_names: Vec<String>,
    /// How the nets' numbers become the data's.
    pub units: Units,
    /// Directions in the space of noise that a visitor named.
    pub directions: Vec<Direction>,
}

/// A direction in the space of noise, with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Direction {
    pub name: String,
    /// `[noise]`
    pub vector: Vec<f32>,
}

impl Direction {
    fn fits(&self, noise: usize) -> bool {
        self.vector.len() == noise && self.vector.iter().all(|x| x.is_finite())
    }
}

impl About {
    /// Of a run on `data` after so many steps; `made` is what its G makes.
    pub fn new(experiment: &Experiment, data: &Dataset, made: Made, step: u64) -> Self {
        Self {
            version: VERSION,
            experiment: experiment.clone(),
            step,
            shape: made.shape,
            noise: made.noise,
            classes: made.classes,
            bound: made.bound,
            class_names: match made.classes {
                0 => Vec::new(),
                _ => data.class_names(),
            },
            units: data.units(),
            directions: Vec::new(),
        }
    }

    /// With those of the directions that it can have: of its noise, and not too many.
    pub fn with_directions(mut self, directions: Vec<Direction>) -> Self {
        self.directions = directions;
        self.directions
            .retain(|direction| direction.fits(self.noise));
        self.directions.truncate(MOST_DIRECTIONS);
        self
    }

    /// What its G makes, and what from.
    pub fn made(&self) -> Made {
        Made {
            shape: self.shape,
            noise: self.noise,
            classes: self.classes,
            bound: self.bound,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error("it is no safetensors file, or only a part of one: {0}")]
    Format(#[from] safetensors::SafeTensorError),
    #[error(
        "it is a safetensors file, but not one of this playground: its metadata has no {KEY:?}"
    )]
    Foreign,
    #[error("what it says of itself cannot be read: {0}")]
    About(String),
    #[error(
        "it is of version {0}, and this page reads versions up to {VERSION}: reload the page for a newer one"
    )]
    Newer(u64),
    #[error("its experiment cannot be run: {0}")]
    Experiment(#[from] ExperimentError),
    #[error("it lacks the weights {0}")]
    Missing(String),
    #[error("it has the weights {0}, which its nets have not")]
    Unknown(String),
    #[error("its weights {name} are {found}, and have to be {expected}")]
    Weights {
        name: String,
        found: String,
        expected: String,
    },
    #[error("its weights {name} hold {value}, which is no finite number")]
    NotFinite { name: String, value: f32 },
    #[error("it is a model of {found}, and this run is of {expected}")]
    OtherRun { found: String, expected: String },
    #[error(transparent)]
    Read(#[from] Box<TrainError>),
}

#[cfg(test)]
pub(crate) mod tests;
