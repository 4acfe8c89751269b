//! What can be asked for on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gan_playground::device::DeviceName;

/// Trains a GAN and writes down what happened.
#[derive(Debug, Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub train: Train,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Many seeds of the presets that are held against published figures.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
    /// Trains the classifier through whose eyes fakes of a data set are judged, and tests it.
    Classifier {
        /// The data set: a folder of `--files` with its four idx files, and of the assets with its manifest.
        name: String,
        /// Where `cargo xtask data NAME` leaves idx files.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/data"))]
        files: PathBuf,
        /// The repository's assets folder: the classifier goes to `classifiers/NAME.safetensors` below it.
        #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/assets"))]
        assets: PathBuf,
        #[arg(long, value_enum, default_value_t = Device::Cpu)]
        device: Device,
    },
    /// Draws samples of a model, and writes what it drew them from beside them.
    Sample {
        /// A file that a run left, such as `runs/model.safetensors`.
        model: PathBuf,
        #[arg(long, default_value_t = 16, value_parser = clap::value_parser!(u32).range(1..))]
        count: u32,
        #[arg(long, default_value_t = 1)]
        seed: u32,
        /// What G is given: noise, and in a conditional run every class in turn, float32 [count, noise + classes], as .npy.
        #[arg(long)]
        codes: PathBuf,
        /// What it makes of that, in data units, float32 [count, features], as .npy.
        #[arg(long)]
        export: PathBuf,
        /// D's scores of those, float32 [count, 1], as .npy.
        #[arg(long)]
        scores: Option<PathBuf>,
    },
    /// Steers samples of a model by a classifier's gradient until it sees another class, and tells how often and at what
    /// cost to everything else.
    Steer {
        model: PathBuf,
        #[arg(long)]
        classifier: PathBuf,
        /// The attribute that is to change; otherwise the first one.
        #[arg(long)]
        attribute: Option<String>,
        /// The class that is wanted; otherwise every try another one.
        #[arg(long)]
        class: Option<String>,
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
        tries: u32,
        #[arg(long, default_value_t = 1)]
        seed: u32,
    },
    /// Lists the presets.
    Presets,
}

#[derive(Debug, Subcommand)]
pub enum Bench {
    /// Ring and grid by VEEGAN's rules: modes captured and high-quality share of 2,500 samples.
    Modes {
        #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
        seeds: u32,
        /// Presets to run.
        #[arg(long, value_delimiter = ',', default_value = "ring,grid")]
        presets: Vec<String>,
        #[arg(long, value_enum, default_value_t = Device::Cpu)]
        device: Device,
    },
    /// Digits and fashion by the Frechet distance on a classifier's features, beside that of real against real.
    Frechet {
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
        seeds: u32,
        #[arg(
            long,
            value_delimiter = ',',
            default_value = "digits-best,fashion-best"
        )]
        presets: Vec<String>,
        #[arg(long, value_enum, default_value_t = Device::Cpu)]
        device: Device,
    },
}

#[derive(Debug, Args)]
pub struct Train {
    /// A preset's name, or a file with an experiment as JSON.
    #[arg(long, visible_alias = "preset", default_value = "healthy")]
    pub experiment: String,
    /// Leaves G's average in `model.safetensors` in place of G beside it: a smaller file.
    #[arg(long)]
    pub lean: bool,
    /// A model to go on from, in place of fresh nets.
    #[arg(long)]
    pub model: Option<PathBuf>,
    #[arg(long, value_enum, default_value_t = Device::Cpu)]
    pub device: Device,
    /// The seed, or with --seeds the first one; otherwise the experiment's own.
    #[arg(long)]
    pub seed: Option<u32>,
    /// How many seeds to run, one after another.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub seeds: u32,
    /// Steps, instead of the experiment's own; schedules stretch with it.
    #[arg(long)]
    pub steps: Option<u64>,
    /// Steps between two rows of metrics.csv.
    #[arg(long, default_value_t = 500)]
    pub every: u64,
    /// Fakes that pictures' metrics are taken on.
    #[arg(long, default_value_t = 2000)]
    pub pictures: usize,
    /// Folder for experiment.json, metrics.csv, sample sheets and model.safetensors; one in it for each seed where
    /// there are several.
    #[arg(long, default_value = "runs")]
    pub out: PathBuf,
    /// Also writes samples of the trained generator to this .npy file, in data units, float32 [samples, features].
    #[arg(long)]
    pub export: Option<PathBuf>,
    /// How many samples to export.
    #[arg(long, default_value_t = 2500)]
    pub samples: usize,
    /// The repository's assets folder, for pictures.
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/assets"))]
    pub assets: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Device {
    Cpu,
    /// Vulkan, Metal or DirectX; in builds with the feature `webgpu`.
    Wgpu,
    /// NVIDIA; in builds with the feature `cuda`.
    Cuda,
}

impl From<Device> for DeviceName {
    fn from(device: Device) -> Self {
        match device {
            Device::Cpu => Self::Cpu,
            Device::Wgpu => Self::Webgpu,
            Device::Cuda => Self::Cuda,
        }
    }
}
