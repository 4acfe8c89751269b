//! Training: the two alternating phases, and what a run reports.
//!
//! - [`Trainer`]: a run, step by step
//! - `phases`: each net's loss, on whatever inputs
//! - `inputs`: everything random that goes into a step
//! - `player`, `average`, `gradients`, `schedule`: how a loss becomes a change of weights
//! - `display`, `report`: what is shown, read back in one go
//! - `anatomy`, `deal`: a step taken apart, and examples to tell apart, for whoever wants to look closer
//! - `state`: all that a run needs to go on on another device
//! - `measure`, `watch`: the metrics, on samples of their own, and what they say of the game

mod anatomy;
mod average;
mod deal;
mod display;
mod gradients;
mod inputs;
mod measure;
mod phases;
mod player;
mod report;
mod schedule;
mod state;
mod trainer;
mod watch;

pub use anatomy::{Anatomy, DiscriminatorPart, GeneratorPart, LayerChange, Shown};
pub use deal::Deal;
pub use display::{
    ImagesPicture, Picture, PointsPicture, TablePicture, interleave, interleave_planar,
};
pub use inputs::{noise, one_hot};
pub use measure::{FigureMeasures, LabelScores, Measures, PictureMeasures};
pub(crate) use player::Player;
pub use report::Report;
pub use report::{execute, numbers};
pub use trainer::Trainer;

use crate::{
    checkpoint::CheckpointError, classifier::ClassifierError, data::DataError,
    experiment::ExperimentError,
};

/// Why a run cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error(transparent)]
    Classifier(#[from] ClassifierError),
    #[error("the model cannot be gone on from: {0}")]
    Model(#[from] CheckpointError),
    #[error("the run cannot be gone on with elsewhere: {0}")]
    State(String),
    /// Training has diverged: from here on every number is lost.
    #[error("{quantity} is {value} by step {step}")]
    NotFinite {
        quantity: &'static str,
        value: f32,
        step: u64,
    },
    /// The device failed while it was asked for results.
    #[error("the device gave no results: {0}")]
    Device(String),
}
