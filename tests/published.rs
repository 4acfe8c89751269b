//! The presets that are held against published figures: one seed each of what `gan-train bench modes` does with ten.

// Helpers outside of #[test] functions may fail a test as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use gan_playground::{experiment::presets, train::FigureMeasures};
use pollster::block_on;

/// Trains a preset to its end and scores 2,500 samples.
fn scored(preset: &str) -> FigureMeasures {
    let experiment = presets::preset(preset).unwrap();
    let mut trainer = common::trained(&experiment, experiment.training.steps);
    let (measures, _) = block_on(trainer.measure()).unwrap();
    measures.figure.unwrap()
}

/// At least level with PacGAN4's 7.8 modes and 95.9 %.
#[test]
fn the_ring_is_captured_whole_and_sharp() {
    let ring = scored("ring");
    assert_eq!(ring.modes.captured, 8, "{:?}", ring.modes);
    assert!(ring.modes.high_quality >= 0.95, "{:?}", ring.modes);
}

/// At least level with PacGAN4's 24.8 modes and 93.6 %.
#[test]
fn the_grid_is_captured_whole_and_sharp() {
    let grid = scored("grid");
    assert_eq!(grid.modes.captured, 25, "{:?}", grid.modes);
    assert!(grid.modes.high_quality >= 0.936, "{:?}", grid.modes);
}
