//! Training: the two alternating phases, and what a run reports.

mod display;
mod player;
mod report;
mod trainer;

pub use display::{ImagesPicture, Picture, PointsPicture};
pub use report::Report;
pub use trainer::Trainer;

use crate::{data::images::ImagesError, experiment::ExperimentError};

/// Why a run cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum TrainError {
    #[error(transparent)]
    Experiment(#[from] ExperimentError),
    #[error(transparent)]
    Data(#[from] ImagesError),
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
