//! Runs that show one thing each.
//!
//! Each idea on the ring does what its name says from its own seed and from four others (`tests/presets.rs`). `ring` and
//! `grid` are held against published figures: one seed by `tests/published.rs`, ten by `gan-train bench modes`. Pictures
//! take too long for that; `tests/pictures.rs` sees that conditional digits are those that were asked for. The page's
//! sentences about all of them are in `www/texts.js`.

use serde::Serialize;

use super::{
    Activation, Data, DevicePreference, Experiment, Lipschitz, Net, Noise, NoiseDistribution,
    Objective, Optimiser, Output, Schedule, Stabilisers, Training, fields::FIRST_DRAWING,
};

/// A run with a name, as in `gan-train --preset NAME`.
#[derive(Clone, Debug, Serialize)]
pub struct Preset {
    pub name: &'static str,
    pub experiment: Experiment,
    /// The model that it goes on from, below `assets/`, where its nets are trained already. The file's own experiment is
    /// this one.
    pub model: Option<String>,
}

/// All presets, in the order in which the page lists them.
pub fn presets() -> Vec<Preset> {
    let preset = |name, experiment| Preset {
        name,
        experiment,
        model: None,
    };
    vec![
        preset("healthy", healthy()),
        preset("collapse", collapse()),
        preset("vanishing", vanishing()),
        preset("minimax", minimax()),
        preset("non-saturating", non_saturating()),
        preset("wgan-clipping", wgan_clipping()),
        preset("wgan-gp", wgan_gp()),
        preset("unstable", unstable()),
        preset("strong-discriminator", strong_discriminator()),
        preset("strong-generator", strong_generator()),
        preset("ring", ring()),
        preset("grid", grid()),
        preset("digits", digits()),
        preset("conditional-digits", conditional_digits()),
        preset("digits-best", digits_best()),
        preset("fashion", fashion()),
        preset("fashion-best", fashion_best()),
        preset("animals", animals()),
        preset("faces", faces()),
        preset("own-pictures", own_pictures()),
        preset("own-table", own_table()),
    ]
    .into_iter()
    .chain(shapes().map(|(name, data)| preset(name, shape(data))))
    .chain(trained())
    .collect()
}

/// Runs of `assets/models/`, each of which `gan-train --lean --preset NAME` made, and goes on from there.
fn trained() -> impl Iterator<Item = Preset> {
    [
        ("trained-digits", "digits", trained_digits()),
        (
            "trained-digits-mixed",
            "digits-mixed",
            trained_digits_mixed(),
        ),
        ("trained-fashion", "fashion", trained_fashion()),
        ("trained-animals", "animals", trained_animals()),
        ("trained-faces", "faces", trained_faces()),
    ]
    .into_iter()
    .map(|(name, model, experiment)| Preset {
        name,
        experiment,
        model: Some(format!("models/{model}.safetensors")),
    })
}

/// The preset of that name.
pub fn preset(name: &str) -> Option<Experiment> {
    presets()
        .into_iter()
        .find(|preset| preset.name == name)
        .map(|preset| preset.experiment)
}

/// The preset that a kind of data starts from, for hardly a setting suits two: kind and name.
pub const STARTS: [(&str, &str); 19] = [
    ("ring", "healthy"),
    ("grid", "grid"),
    ("line", "line"),
    ("two-gaussians", "two-gaussians"),
    ("unequal", "unequal"),
    ("blobs", "blobs"),
    ("moons", "moons"),
    ("circles", "circles"),
    ("spiral", "spiral"),
    ("swiss-roll", "swiss-roll"),
    ("checkerboard", "checkerboard"),
    ("star", "star"),
    ("drawn", "drawn"),
    ("digits", "digits"),
    ("fashion", "fashion"),
    ("animals", "animals"),
    ("faces", "faces"),
    ("own-pictures", "own-pictures"),
    ("own-table", "own-table"),
];

fn mlp<const N: usize>(hidden: [usize; N]) -> Net {
    Net::Mlp {
        hidden: hidden.to_vec(),
        activation: Activation::LeakyRelu,
    }
}

/// Eight Gaussians on a ring: the smallest GAN that shows everything.
pub fn healthy() -> Experiment {
    Experiment {
        seed: 1,
        device: DevicePreference::Auto,
        data: Data::Ring {
            modes: 8,
            radius: 1.0,
            sigma: 0.05,
        },
        conditional: false,
        noise: Noise {
            // As many as the points have. With 8 the eight modes take longer, and one may be lost.
            dims: 2,
            distribution: NoiseDistribution::Gaussian,
        },
        generator: mlp([64, 64]),
        output: Output::Linear,
        discriminator: mlp([64, 64]),
        objective: Objective::NonSaturating {
            label_smoothing: 0.0,
        },
        lipschitz: Lipschitz {
            gradient_penalty: 0.0,
            r1: 0.0,
            r2: 0.0,
            weight_clip: 0.0,
            spectral_norm: false,
        },
        optimiser: Optimiser::Adam {
            beta1: 0.5,
            beta2: 0.999,
        },
        training: Training {
            batch: 128,
            d_updates: 1,
            g_updates: 1,
            // D the faster of the two (Heusel et al. 2017): G follows what D has seen, and does not run ahead of it.
            d_learning_rate: 2e-3,
            g_learning_rate: 1e-3,
            steps: 5000,
        },
        schedule: Schedule::Constant {},
        stabilisers: Stabilisers {
            d_head_start: 0,
            packing: 1,
            instance_noise: 0.0,
            instance_noise_steps: 2000,
            gradient_clip: 0.0,
            ema_half_life: 0.0,
            ema_shown: true,
        },
    }
}

/// Handwritten digits with a small DCGAN.
pub fn digits() -> Experiment {
    let conv = Net::Conv {
        channels: 16,
        activation: Activation::LeakyRelu,
    };
    Experiment {
        data: Data::Digits {
            sheets: 1,
            only: Vec::new(),
        },
        noise: Noise {
            dims: 32,
            ..healthy().noise
        },
        generator: conv.clone(),
        output: Output::Tanh,
        discriminator: conv,
        training: Training {
            batch: 64,
            // Ten times DCGAN's: these nets are small, and a visitor waits minutes, not hours. Digits can be
            // read after some 1,000 steps; at 5e-4 they are blobs at 1,500.
            d_learning_rate: 2e-3,
            g_learning_rate: 2e-3,
            steps: 5000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// Silhouettes with the same nets as [`digits`].
pub fn animals() -> Experiment {
    Experiment {
        data: Data::Animals { only: Vec::new() },
        ..steady()
    }
}

/// Faces in colour, a third of a digit's pixels: the same nets are much faster.
pub fn faces() -> Experiment {
    Experiment {
        data: Data::Faces {
            attribute: "glasses".into(),
            only: Vec::new(),
        },
        ..steady()
    }
}

/// Whatever pictures a visitor brings.
pub fn own_pictures() -> Experiment {
    Experiment {
        data: Data::OwnPictures {
            id: String::new(),
            only: Vec::new(),
        },
        ..steady()
    }
}

/// Whatever columns a visitor brings, with the settings of the [`shape`]s.
pub fn own_table() -> Experiment {
    let data = Data::OwnTable {
        id: String::new(),
        columns: vec![0, 1],
    };
    Experiment {
        noise: Noise {
            dims: 8,
            ..healthy().noise
        },
        ..shape(data)
    }
}

/// A figure of the gallery, or a drawing: curves need nets that bend more than the ring's, and a game that holds still.
pub fn shape(data: Data) -> Experiment {
    Experiment {
        data,
        generator: mlp([64, 64, 64]),
        discriminator: mlp([64, 64, 64]),
        objective: Objective::Relativistic {},
        lipschitz: Lipschitz {
            r1: 0.02,
            r2: 0.02,
            ..healthy().lipschitz
        },
        optimiser: ring().optimiser,
        training: Training {
            steps: 10_000,
            ..ring().training
        },
        stabilisers: Stabilisers {
            ema_half_life: 100.0,
            ..healthy().stabilisers
        },
        ..healthy()
    }
}

/// The gallery's figures with the noise that suits each, and a first drawing.
fn shapes() -> impl Iterator<Item = (&'static str, Data)> {
    [
        ("line", Data::Line { sigma: 0.05 }),
        ("two-gaussians", Data::TwoGaussians { sigma: 0.15 }),
        ("unequal", Data::Unequal { sigma: 0.08 }),
        ("blobs", Data::Blobs { sigma: 0.15 }),
        ("moons", Data::Moons { sigma: 0.05 }),
        ("circles", Data::Circles { sigma: 0.04 }),
        ("spiral", Data::Spiral { sigma: 0.03 }),
        ("swiss-roll", Data::SwissRoll { sigma: 0.03 }),
        ("checkerboard", Data::Checkerboard { sigma: 0.01 }),
        ("star", Data::Star { sigma: 0.03 }),
        (
            "drawn",
            Data::Drawn {
                strokes: FIRST_DRAWING.into(),
                sigma: 0.03,
            },
        ),
    ]
    .into_iter()
}

/// VEEGAN's ring, with R3GAN's objective and penalties.
pub fn ring() -> Experiment {
    Experiment {
        data: Data::Ring {
            modes: 8,
            radius: 1.0,
            sigma: 0.01,
        },
        noise: Noise {
            dims: 2,
            ..healthy().noise
        },
        generator: Net::Mlp {
            hidden: vec![64; 3],
            // Bends sharply enough to leave next to nothing between two modes; with LeakyReLU a tenth of the samples
            // lie on the bridges.
            activation: Activation::Tanh,
        },
        objective: Objective::Relativistic {},
        lipschitz: Lipschitz {
            r1: 0.01,
            r2: 0.01,
            ..healthy().lipschitz
        },
        optimiser: Optimiser::Adam {
            beta1: 0.0,
            beta2: 0.99,
        },
        training: Training {
            d_learning_rate: 4e-3,
            g_learning_rate: 2e-3,
            steps: 26_000,
            ..healthy().training
        },
        schedule: Schedule::Cosine {
            learning_rate_end: 0.1,
            penalty_end: 0.01,
        },
        stabilisers: Stabilisers {
            ema_half_life: 200.0,
            ..healthy().stabilisers
        },
        ..healthy()
    }
}

/// VEEGAN's grid of 25, likewise.
pub fn grid() -> Experiment {
    Experiment {
        data: Data::Grid {
            side: 5,
            spacing: 2.0,
            sigma: 0.05,
        },
        lipschitz: Lipschitz {
            r1: 0.02,
            r2: 0.02,
            ..healthy().lipschitz
        },
        training: Training {
            steps: 51_000,
            ..ring().training
        },
        schedule: Schedule::Cosine {
            learning_rate_end: 0.1,
            penalty_end: 0.01,
        },
        stabilisers: Stabilisers {
            ema_half_life: 2000.0,
            ..healthy().stabilisers
        },
        ..ring()
    }
}

/// G gathers on two to four modes, and stays there. Before a D that is nearly the best possible one, the non-saturating
/// loss hardly asks for the modes that G lacks: it is KL(fakes, reals) less twice the Jensen-Shannon divergence
/// (Arjovsky & Bottou 2017, theorem 2.5), and that counts bad samples, not missing ones. High rates take G to the modes
/// that it happens to touch before D can point to the others.
pub fn collapse() -> Experiment {
    Experiment {
        noise: Noise {
            dims: 8,
            ..healthy().noise
        },
        training: Training {
            d_updates: 2,
            d_learning_rate: 1e-2,
            g_learning_rate: 1e-2,
            steps: 3000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// The saturating loss before a D that is sure: G's gradient is all but nothing (Goodfellow et al. 2014, section 3).
/// The fakes start on a short curve that meets no mode, and reals and fakes on sets apart are what lets D be right
/// everywhere (Arjovsky & Bottou 2017, theorem 2.1); its head start makes it so. From some seeds the curve does meet a
/// mode, and then nothing vanishes: this shape keeps clear of them from the first five. G's rate is low as Adam divides
/// by the gradient's size, and would take up even this one.
pub fn vanishing() -> Experiment {
    Experiment {
        data: Data::Ring {
            modes: 8,
            radius: 1.0,
            sigma: 0.02,
        },
        noise: Noise {
            dims: 1,
            distribution: NoiseDistribution::Uniform,
        },
        generator: Net::Mlp {
            hidden: vec![8, 16, 8],
            activation: Activation::Tanh,
        },
        discriminator: mlp([64, 64, 64]),
        objective: minimax().objective,
        training: Training {
            d_updates: 2,
            d_learning_rate: 2e-3,
            g_learning_rate: 5e-6,
            steps: 2000,
            ..healthy().training
        },
        stabilisers: Stabilisers {
            d_head_start: 500,
            ..healthy().stabilisers
        },
        ..healthy()
    }
}

/// The textbook's first game: G minimises what D maximises (Goodfellow et al. 2014, equation 1). D, with three updates
/// a step, finds nearly all fakes, and those teach G next to nothing: it crawls. Its twin is [`non_saturating`].
pub fn minimax() -> Experiment {
    Experiment {
        objective: Objective::Minimax {
            label_smoothing: 0.0,
        },
        training: Training {
            d_updates: 3,
            d_learning_rate: 1e-3,
            g_learning_rate: 2e-4,
            steps: 1800,
            ..healthy().training
        },
        ..healthy()
    }
}

/// The same as [`minimax`], but for what G minimises: here the fakes that D finds teach G the most, and it learns.
pub fn non_saturating() -> Experiment {
    Experiment {
        objective: healthy().objective,
        ..minimax()
    }
}

/// WGAN as first published (Arjovsky et al. 2017): the critic's weights are clipped to 0.01, and RMSProp, as momentum
/// does not go with that. A critic of small weights is nearly linear (Gulrajani et al. 2017, section 3): it points to the
/// modes coarsely, and G learns slowly. Its twin is [`wgan_gp`].
pub fn wgan_clipping() -> Experiment {
    Experiment {
        objective: Objective::Wasserstein {},
        lipschitz: Lipschitz {
            weight_clip: 0.01,
            ..healthy().lipschitz
        },
        optimiser: Optimiser::RmsProp { decay: 0.99 },
        training: Training {
            d_updates: 3,
            steps: 2000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// The same critic held by a gradient penalty, and Adam without momentum in place of RMSProp (Gulrajani et al. 2017). It
/// bends as sharply as the data asks for. A weight of 0.1 is what they take for such toys.
pub fn wgan_gp() -> Experiment {
    Experiment {
        lipschitz: Lipschitz {
            gradient_penalty: 0.1,
            ..healthy().lipschitz
        },
        optimiser: Optimiser::Adam {
            beta1: 0.0,
            beta2: 0.9,
        },
        ..wgan_clipping()
    }
}

/// Learning rates that no game survives: Adam moves every weight by about its rate in a step, and a rate of 1 is more
/// than the weights are large. Losses reach millions. With the betas of [`healthy`] some seeds calm down after a
/// thousand steps, as Adam remembers how large gradients have been; with these it forgets.
pub fn unstable() -> Experiment {
    Experiment {
        optimiser: Optimiser::Adam {
            beta1: 0.9,
            beta2: 0.9,
        },
        training: Training {
            d_learning_rate: 1.0,
            g_learning_rate: 1.0,
            steps: 2000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// D learns so much faster than G that it always knows. G has a gradient to go by, but at its rate it never catches up.
pub fn strong_discriminator() -> Experiment {
    Experiment {
        data: Data::Ring {
            modes: 8,
            radius: 1.0,
            sigma: 0.01,
        },
        noise: Noise {
            dims: 8,
            ..healthy().noise
        },
        generator: mlp([16]),
        discriminator: mlp([64, 64, 64]),
        training: Training {
            d_updates: 2,
            d_learning_rate: 5e-3,
            g_learning_rate: 5e-5,
            steps: 2000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// D has no hidden layer, and so sees no more than where the samples are on average. G puts that right within some
/// steps, and D can only guess from then on, though hardly a sample is on a mode: without a D that sees, G has no
/// reason to get better. R1 and plain gradient descent let the two come to rest rather than circle around it, as they
/// do with linear nets (Mescheder et al. 2018).
pub fn strong_generator() -> Experiment {
    Experiment {
        discriminator: mlp([]),
        lipschitz: Lipschitz {
            r1: 1.0,
            ..healthy().lipschitz
        },
        optimiser: Optimiser::Sgd {},
        training: Training {
            d_learning_rate: 0.1,
            g_learning_rate: 0.05,
            steps: 2000,
            ..healthy().training
        },
        ..healthy()
    }
}

/// Digits on demand: both nets are told the class.
pub fn conditional_digits() -> Experiment {
    Experiment {
        conditional: true,
        ..digits()
    }
}

/// A game for pictures that holds still, with R3GAN's objective and penalties and an average that takes G's circling out.
fn steady() -> Experiment {
    Experiment {
        objective: Objective::Relativistic {},
        lipschitz: Lipschitz {
            r1: 0.1,
            r2: 0.1,
            ..healthy().lipschitz
        },
        optimiser: ring().optimiser,
        stabilisers: Stabilisers {
            ema_half_life: 200.0,
            ..healthy().stabilisers
        },
        ..digits()
    }
}

/// The best digits that these nets give in eight and a half epochs of 60,000. Both nets are told the digit: one continuous
/// G that makes all ten from one cloud of noise makes things between them too, and after as many steps is at about five
/// times the distance. The rates fall to nothing.
pub fn digits_best() -> Experiment {
    let conv = Net::Conv {
        channels: 32,
        activation: Activation::LeakyRelu,
    };
    Experiment {
        conditional: true,
        generator: conv.clone(),
        discriminator: conv,
        schedule: Schedule::Cosine {
            learning_rate_end: 0.0,
            penalty_end: 1.0,
        },
        stabilisers: Stabilisers {
            ema_half_life: 500.0,
            ..healthy().stabilisers
        },
        training: Training {
            steps: 8_000,
            ..digits().training
        },
        ..steady()
    }
}

/// Clothes with the same nets as [`digits`].
pub fn fashion() -> Experiment {
    Experiment {
        data: Data::Fashion {
            sheets: 1,
            only: Vec::new(),
        },
        ..digits()
    }
}

/// The same for clothes.
pub fn fashion_best() -> Experiment {
    Experiment {
        data: Data::Fashion {
            sheets: 1,
            only: Vec::new(),
        },
        ..digits_best()
    }
}

/// Half the steps of [`digits_best`], and rates that do not fall to nothing, so that training can go on.
pub fn trained_digits() -> Experiment {
    Experiment {
        schedule: Schedule::Cosine {
            learning_rate_end: 0.1,
            penalty_end: 1.0,
        },
        training: Training {
            steps: 4_000,
            ..digits_best().training
        },
        ..digits_best()
    }
}

/// The same without being told the digit, so that it is the noise that says which: for steering.
pub fn trained_digits_mixed() -> Experiment {
    Experiment {
        conditional: false,
        training: Training {
            steps: 6_000,
            ..digits_best().training
        },
        ..trained_digits()
    }
}

pub fn trained_fashion() -> Experiment {
    Experiment {
        data: fashion().data,
        ..trained_digits()
    }
}

pub fn trained_animals() -> Experiment {
    Experiment {
        data: animals().data,
        ..trained_digits()
    }
}

/// Faces of all kinds from noise alone, every attribute to be steered.
pub fn trained_faces() -> Experiment {
    Experiment {
        data: faces().data,
        ..trained_digits_mixed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::fields;

    #[test]
    fn presets_are_valid_and_survive_json() {
        for Preset {
            name, experiment, ..
        } in presets()
        {
            experiment.validate().unwrap();
            let text = serde_json::to_string(&experiment).unwrap();
            let read: Experiment = serde_json::from_str(&text).unwrap();
            assert_eq!(read, experiment, "{name}");
        }
    }

    #[test]
    fn every_kind_of_data_starts_from_a_preset_of_its_own() {
        for (kind, name) in STARTS {
            let data = serde_json::to_value(preset(name).unwrap().data).unwrap();
            assert_eq!(data["kind"], kind);
        }
    }

    #[test]
    fn every_leaf_of_the_presets_has_a_field() {
        fn leaves(value: &serde_json::Value, path: String, out: &mut Vec<String>) {
            match value.as_object() {
                Some(map) => map.iter().for_each(|(key, value)| {
                    let dot = if path.is_empty() { "" } else { "." };
                    leaves(value, format!("{path}{dot}{key}"), out);
                }),
                None => out.push(path),
            }
        }
        let known: Vec<_> = fields().iter().map(|field| field.path).collect();
        for preset in presets() {
            let mut paths = Vec::new();
            let value = serde_json::to_value(preset.experiment).unwrap();
            leaves(&value, String::new(), &mut paths);
            for path in paths {
                assert!(known.contains(&path.as_str()), "{path} has no field");
            }
        }
    }

    /// A net of another kind is made of the fields of that kind, each at its default.
    #[test]
    fn every_kind_of_everything_can_be_made_from_defaults() {
        let value = serde_json::to_value(healthy()).unwrap();
        for choice in fields()
            .iter()
            .filter(|field| field.path.ends_with(".kind"))
        {
            let crate::experiment::Range::Choice { options } = choice.range else {
                panic!("a kind is a choice")
            };
            let owner = choice.path.trim_end_matches(".kind");
            for kind in options {
                let mut value = value.clone();
                value[owner] = serde_json::json!({"kind": kind});
                for field in fields() {
                    let Some(name) = field.path.strip_prefix(&format!("{owner}.")) else {
                        continue;
                    };
                    let exists = field.kinds.iter().all(|(_, kinds)| kinds.contains(kind));
                    if name != "kind" && exists {
                        value[owner][name] = field.default.clone();
                    }
                }
                let made: Result<Experiment, _> = serde_json::from_value(value);
                made.unwrap_or_else(|error| panic!("{owner} of kind {kind}: {error}"));
            }
        }
    }

    /// The family of each kind of data.
    fn families() -> std::collections::BTreeMap<String, crate::experiment::Family> {
        let of = |(kind, name): (&str, &str)| {
            let family = preset(name).map(|experiment| experiment.data.family());
            family.map(|family| (kind.to_owned(), family))
        };
        STARTS.into_iter().filter_map(of).collect()
    }

    /// The page's controls come from `www/fields.json`; `UPDATE_FIELDS=1 cargo test` writes it anew.
    #[test]
    fn the_pages_fields_file_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/fields.json");
        let starts: std::collections::BTreeMap<_, _> = STARTS.into();
        let expected = serde_json::json!({
            "presets": presets(),
            "starts": starts,
            "families": families(),
            "fields": fields(),
        });
        if std::env::var_os("UPDATE_FIELDS").is_some() {
            let text = serde_json::to_string_pretty(&expected).unwrap() + "\n";
            std::fs::write(path, text).unwrap();
        }
        let text = std::fs::read_to_string(path).unwrap();
        // Both are too long to be printed.
        assert!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap() == expected,
            "www/fields.json is out of date: run UPDATE_FIELDS=1 cargo test fields_file"
        );
    }
}
