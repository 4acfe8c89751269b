//! The GAN playground: train, see and steer a small GAN, natively or in a browser.
//!
//! Everything of GAN training is here, and nothing of browsers outside [`web`]. Data flows one way:
//!
//! ```text
//! Experiment ──> Trainer::step() ──> Trainer::step() ──> Trainer::report() ──> Report
//!                issues work, reads nothing back         one transaction       numbers to draw
//!                                                ──> Trainer::measure() ──> Measures
//!                                                     now and then           metrics
//! ```
//!
//! - [`experiment`]: the one description of a run; defaults, ranges, errors that name the field
//! - [`device`]: the CPU or WebGPU
//! - [`readback`]: reading results from the device
//! - [`rng`]: every random number, from the run's seed, the same on every device
//! - [`data`]: what G learns to imitate
//! - [`intake`]: what a visitor brings: archives, pictures, tables, from bytes that nobody has checked
//! - [`classifier`]: a small net that tells the classes of pictures, through whose eyes fakes are judged
//! - [`nets`]: generator and discriminator
//! - [`fused`]: what nets and optimisers are made of, as few large operations: on the CPU, and as kernels on a GPU
//! - [`objective`]: what each minimises
//! - [`train`]: the two alternating phases, and what a run reports
//! - [`metrics`]: how the game stands, and how good the fakes are
//! - [`latent`]: the space of noise: its directions, and how to steer through it
//! - [`checkpoint`]: a run's nets as a file
//! - [`json`]: our own types as text
//! - [`web`]: the wasm-bindgen surface that the page's worker talks to

#[cfg(feature = "training")]
pub mod checkpoint;
#[cfg(feature = "training")]
pub mod classifier;
pub mod data;
#[cfg(feature = "training")]
pub mod device;
pub mod experiment;
#[cfg(feature = "training")]
pub mod fused;
#[cfg(feature = "files")]
pub mod intake;
pub mod json;
#[cfg(feature = "training")]
pub mod latent;
#[cfg(feature = "training")]
pub mod metrics;
#[cfg(feature = "training")]
pub mod nets;
#[cfg(feature = "training")]
pub mod objective;
#[cfg(feature = "training")]
pub mod readback;
pub mod rng;
#[cfg(feature = "training")]
pub mod train;
pub mod web;
