//! `Experiment`: the one description of a run.
//!
//! The same JSON is the page's link, the preset, what a run is rebuilt from, and `gan-train --experiment`.
//!
//! - here: what a run is made of
//! - [`fields`](mod@fields): every setting with its range and default, from which the page draws its controls
//! - [`presets`]: runs that show one thing each
//! - [`check`]: every field against its range, and the fields against each other

pub mod check;
pub mod fields;
pub mod presets;

pub use check::ExperimentError;
pub use fields::{Field, Range, fields};

use serde::{Deserialize, Serialize};

/// Everything that defines a run. The same experiment on the same device gives the same numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// Start of every random stream: weights, noise, batch order, displayed noise.
    pub seed: u32,
    pub device: DevicePreference,
    pub data: Data,
    /// Whether both nets are told the class: the digit, or which Gaussian (Mirza & Osindero 2014).
    pub conditional: bool,
    pub noise: Noise,
    pub generator: Net,
    pub output: Output,
    pub discriminator: Net,
    pub objective: Objective,
    pub lipschitz: Lipschitz,
    pub optimiser: Optimiser,
    pub training: Training,
    pub schedule: Schedule,
    pub stabilisers: Stabilisers,
}

/// What the visitor asks for; `Auto` leaves it to whoever runs the experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DevicePreference {
    Auto,
    Cpu,
    Webgpu,
}

/// The distribution that G is to learn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Data {
    /// Equal Gaussians, evenly spaced on a circle in 2-D.
    Ring {
        modes: usize,
        /// Of the circle, in data units.
        radius: f64,
        /// Standard deviation of each Gaussian, in data units.
        sigma: f64,
    },
    /// Equal Gaussians on a square grid around the origin in 2-D.
    Grid {
        /// Gaussians along a side.
        side: usize,
        /// Between neighbours, in data units.
        spacing: f64,
        /// Standard deviation of each Gaussian, in data units.
        sigma: f64,
    },
    /// Figures of about [-1, 1]^2, each with noise of standard deviation `sigma` in data units; see
    /// [`crate::data::figure::gallery`].
    Line {
        sigma: f64,
    },
    TwoGaussians {
        sigma: f64,
    },
    /// Four Gaussians, each half as frequent as the one before.
    Unequal {
        sigma: f64,
    },
    Blobs {
        sigma: f64,
    },
    Moons {
        sigma: f64,
    },
    Circles {
        sigma: f64,
    },
    Spiral {
        sigma: f64,
    },
    SwissRoll {
        sigma: f64,
    },
    Checkerboard {
        sigma: f64,
    },
    Star {
        sigma: f64,
    },
    /// What the visitor drew.
    Drawn {
        /// See [`crate::data::figure::drawing`].
        strokes: String,
        sigma: f64,
    },
    /// Columns of numbers that the visitor brought.
    OwnTable {
        /// Of the file that their browser keeps.
        id: String,
        /// Which of its columns, counted from 0; two are points in the plane.
        columns: Vec<usize>,
    },
    /// MNIST, 28x28, grey.
    Digits {
        /// How many of its sheets: more pictures, and longer to fetch.
        sheets: usize,
        /// The classes that are used, counted from 0; none named are all.
        only: Vec<usize>,
    },
    /// Fashion-MNIST, 28x28, grey.
    Fashion {
        sheets: usize,
        only: Vec<usize>,
    },
    /// Silhouettes of animals, 28x28, grey.
    Animals {
        only: Vec<usize>,
    },
    /// Pixel-art faces of people who do not exist, 16x16, colour.
    Faces {
        /// Which of a face's attributes its classes are.
        attribute: String,
        only: Vec<usize>,
    },
    /// Pictures that the visitor brought.
    OwnPictures {
        /// Of the file that their browser keeps.
        id: String,
        only: Vec<usize>,
    },
}

/// What kind of examples data has, and so which nets can make them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Points in the plane, of a figure whose density is known.
    Figure,
    /// Rows of numbers.
    Table,
    Pictures,
}

impl Data {
    /// Whether its pictures come with a classifier that judges fakes of them.
    pub fn has_classifier(&self) -> bool {
        self.family() == Family::Pictures && !matches!(self, Self::OwnPictures { .. })
    }

    pub fn family(&self) -> Family {
        match self {
            Self::OwnTable { .. } => Family::Table,
            Self::Digits { .. }
            | Self::Fashion { .. }
            | Self::Animals { .. }
            | Self::Faces { .. }
            | Self::OwnPictures { .. } => Family::Pictures,
            _ => Family::Figure,
        }
    }
}

/// G's input: independent numbers of mean 0 and variance 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    pub dims: usize,
    pub distribution: NoiseDistribution,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoiseDistribution {
    Gaussian,
    /// Between -sqrt(3) and sqrt(3), which has variance 1.
    Uniform,
}

/// The shape of G or of D.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Net {
    /// Fully connected; `hidden` lists the width of each hidden layer.
    Mlp {
        hidden: Vec<usize>,
        activation: Activation,
    },
    /// Two strided 4x4 convolutions (D) or transposed ones (G), after DCGAN (Radford et al. 2016). `channels` is
    /// the width next to the picture; the inner layer is twice as wide.
    Conv {
        channels: usize,
        activation: Activation,
    },
    /// Residual blocks of 3x3 convolutions between plain resampling, after R3GAN (Huang et al. 2024), made small.
    Residual {
        channels: usize,
        activation: Activation,
    },
}

impl Net {
    pub fn activation(&self) -> Activation {
        match self {
            Self::Mlp { activation, .. }
            | Self::Conv { activation, .. }
            | Self::Residual { activation, .. } => *activation,
        }
    }

    /// The name of this kind in JSON.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Mlp { .. } => "mlp",
            Self::Conv { .. } => "conv",
            Self::Residual { .. } => "residual",
        }
    }
}

/// What stands between a net's layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Activation {
    /// max(x, 0.2 x)
    LeakyRelu,
    Relu,
    Tanh,
    /// x sigmoid(x)
    Silu,
}

/// What G ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Output {
    Linear,
    /// Bounded: to [-1, 1] for pixels, to the square that is shown for points.
    Tanh,
}

/// What each net minimises; see [`crate::objective`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Objective {
    /// The saturating game of Goodfellow et al. (2014), equation 1.
    Minimax {
        label_smoothing: f64,
    },
    NonSaturating {
        /// How far below 1 the target of real examples lies: one-sided (Salimans et al. 2016).
        label_smoothing: f64,
    },
    LeastSquares {
        label_smoothing: f64,
    },
    Hinge {},
    Wasserstein {},
    /// Relativistic pairing (Jolicoeur-Martineau 2019; RpGAN in Huang et al. 2024).
    Relativistic {},
}

/// What keeps D smooth: any may be combined with any, and 0 is off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lipschitz {
    /// Weight lambda of (|gradient| - 1)^2 between real and fake (WGAN-GP, Gulrajani et al. 2017).
    pub gradient_penalty: f64,
    /// Weight gamma of |gradient|^2 / 2 on real examples (Mescheder et al. 2018).
    pub r1: f64,
    /// The same on fakes.
    pub r2: f64,
    /// D's weights and biases are held within this of 0 (WGAN, Arjovsky et al. 2017).
    pub weight_clip: f64,
    /// D's weight matrices are divided by their largest singular value (Miyato et al. 2018).
    pub spectral_norm: bool,
}

/// How a gradient becomes a change of weights; both nets use the same, each with its own learning rate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Optimiser {
    /// Kingma & Ba (2015).
    Adam {
        /// Decay of the gradient's running mean.
        beta1: f64,
        /// Decay of the squared gradient's running mean.
        beta2: f64,
    },
    /// Adam with decoupled weight decay (Loshchilov & Hutter 2019).
    AdamW {
        beta1: f64,
        beta2: f64,
        weight_decay: f64,
    },
    Sgd {},
    Momentum {
        momentum: f64,
    },
    RmsProp {
        /// Decay of the squared gradient's running mean.
        decay: f64,
    },
}

/// How a step is made, and how long a run is meant to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    pub batch: usize,
    /// Updates of D in one step, before G's turn.
    pub d_updates: usize,
    /// Updates of G in one step.
    pub g_updates: usize,
    pub d_learning_rate: f64,
    pub g_learning_rate: f64,
    /// Length of a run: schedules end here, and `gan-train` stops. The page goes on as long as it is asked to.
    pub steps: u64,
}

/// How learning rates and penalties change over [`Training::steps`]; afterwards they stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Schedule {
    Constant {},
    Linear {
        /// Share of the learning rates that is left at the end.
        learning_rate_end: f64,
        /// Share of the penalties' weights that is left at the end.
        penalty_end: f64,
    },
    Cosine {
        learning_rate_end: f64,
        penalty_end: f64,
    },
}

/// The tricks of the trade; 0 is off, and a packing of 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stabilisers {
    /// Steps in which D alone learns, before G's first.
    pub d_head_start: u64,
    /// Examples that D judges at a time, side by side (PacGAN, Lin et al. 2018).
    pub packing: usize,
    /// Standard deviation of the noise on everything that D sees, in units of the data's own; it falls to 0 in
    /// a straight line (Sonderby et al. 2017; Arjovsky & Bottou 2017).
    pub instance_noise: f64,
    /// Steps until it is 0.
    pub instance_noise_steps: u64,
    /// Largest norm of a net's whole gradient; a longer one is shortened to it.
    pub gradient_clip: f64,
    /// Updates of G in which a weight's share of its exponential moving average halves.
    pub ema_half_life: f64,
    /// Whether samples are drawn by the average of G rather than by G as it is.
    pub ema_shown: bool,
}
