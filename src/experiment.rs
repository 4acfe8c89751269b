//! `Experiment`: the one description of a run, and the only place that knows defaults and ranges.
//!
//! The same JSON is the page's link, the preset and what a run is rebuilt from. Whatever a visitor may type
//! arrives here: every field is checked, and an error names the field, the value and what is allowed.
//! The page draws its controls from [`fields`] (written to `www/fields.json`), so the two cannot disagree.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Everything that defines a run. The same experiment on the same device gives the same numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Experiment {
    /// Start of every random stream: weights, noise, batch order, displayed noise.
    pub seed: u32,
    pub device: DevicePreference,
    pub data: Data,
    pub noise: Noise,
    pub generator: Net,
    pub discriminator: Net,
    pub objective: Objective,
    pub training: Training,
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
    /// MNIST, 28x28, grey.
    Digits {},
}

/// G's input: independent standard Gaussians.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Noise {
    pub dims: usize,
}

/// The shape of G or of D.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Net {
    /// Fully connected; `hidden` lists the width of each hidden layer.
    Mlp { hidden: Vec<usize> },
    /// Two strided 4x4 convolutions (D) or transposed ones (G), after DCGAN. `channels` is the width
    /// next to the picture; the inner layer is twice as wide.
    Conv { channels: usize },
}

impl Net {
    /// Widths of the hidden layers of a fully connected net; none for any other.
    pub fn hidden(&self) -> &[usize] {
        match self {
            Self::Mlp { hidden } => hidden,
            Self::Conv { .. } => &[],
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    NonSaturating,
}

/// How a step is made. Learning rates may change while training; the rest defines the run.
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
    /// Adam's decay of the gradient's running mean.
    pub beta1: f64,
    /// Adam's decay of the squared gradient's running mean.
    pub beta2: f64,
}

/// A field that cannot be: which one, what it was, and what would do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{field} is {value}, but {allowed}")]
pub struct ExperimentError {
    pub field: String,
    pub value: String,
    pub allowed: String,
}

impl Experiment {
    /// Eight Gaussians on a ring: the smallest GAN that shows everything.
    pub fn ring() -> Self {
        Self {
            seed: 1,
            device: DevicePreference::Auto,
            data: Data::Ring {
                modes: 8,
                radius: 1.0,
                sigma: 0.05,
            },
            noise: Noise { dims: 8 },
            generator: Net::Mlp {
                hidden: vec![64, 64],
            },
            discriminator: Net::Mlp {
                hidden: vec![64, 64],
            },
            objective: Objective::NonSaturating,
            training: Training {
                batch: 128,
                d_updates: 1,
                g_updates: 1,
                d_learning_rate: 1e-3,
                g_learning_rate: 1e-3,
                beta1: 0.5,
                beta2: 0.999,
            },
        }
    }

    /// Handwritten digits with a small DCGAN.
    pub fn digits() -> Self {
        Self {
            data: Data::Digits {},
            noise: Noise { dims: 32 },
            generator: Net::Conv { channels: 16 },
            discriminator: Net::Conv { channels: 16 },
            training: Training {
                batch: 64,
                // Ten times DCGAN's: these nets are small, and a visitor waits minutes, not hours. Digits can be
                // read after some 1,000 steps; at 5e-4 they are blobs at 1,500.
                d_learning_rate: 2e-3,
                g_learning_rate: 2e-3,
                ..Self::ring().training
            },
            ..Self::ring()
        }
    }

    /// Checks every field against its range, and the fields against each other.
    ///
    /// # Errors
    /// The first field that is out of range or does not fit.
    pub fn validate(&self) -> Result<(), ExperimentError> {
        let value = serde_json::to_value(self).map_err(|error| ExperimentError {
            field: "experiment".into(),
            value: error.to_string(),
            allowed: "it must be a plain description of a run".into(),
        })?;
        for field in fields() {
            field.check(&value)?;
        }
        for (name, net) in [
            ("generator.kind", &self.generator),
            ("discriminator.kind", &self.discriminator),
        ] {
            if matches!(net, Net::Conv { .. }) && matches!(self.data, Data::Ring { .. }) {
                return Err(ExperimentError {
                    field: name.into(),
                    value: "conv".into(),
                    allowed: "points in 2-D need mlp: convolutions are for pictures".into(),
                });
            }
        }
        if self.training.d_updates + self.training.g_updates == 0 {
            return Err(ExperimentError {
                field: "training.g_updates".into(),
                value: "0".into(),
                allowed: "at least one of D and G must be updated in a step".into(),
            });
        }
        Ok(())
    }
}

/// One control of the page: where it sits in the experiment, and what it takes.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Dotted, as in `training.batch`.
    pub path: &'static str,
    #[serde(flatten)]
    pub range: Range,
    /// Whether a change starts the run over; the others take effect at the next step.
    pub rebuilds: bool,
    /// For which values of which choice the field exists, such as `data.sigma` for `data.kind` = `ring`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<&'static str, [&'static str; 1]>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(
    tag = "type",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
pub enum Range {
    Integer {
        min: u64,
        max: u64,
    },
    Number {
        min: f64,
        max: f64,
    },
    Choice {
        options: &'static [&'static str],
    },
    /// Whole numbers, such as layer widths.
    List {
        min: u64,
        max: u64,
        min_items: usize,
        max_items: usize,
    },
}

/// Every field of an [`Experiment`], in the order in which the page shows them.
pub fn fields() -> Vec<Field> {
    use Range::{Choice, Integer, List, Number};
    let field = |path, range| Field {
        path,
        range,
        rebuilds: true,
        kinds: BTreeMap::new(),
    };
    let live = |path, range| Field {
        rebuilds: false,
        ..field(path, range)
    };
    let only = |choice, value, path, range| Field {
        kinds: BTreeMap::from([(choice, [value])]),
        ..field(path, range)
    };
    const RING: (&str, &str) = ("data.kind", "ring");
    let hidden = List {
        min: 1,
        max: 512,
        min_items: 0,
        max_items: 5,
    };
    let nets = Choice {
        options: &["mlp", "conv"],
    };
    let channels = Integer { min: 4, max: 64 };
    // Far past what any net learns with: a run that flies apart is worth seeing too.
    let rate = Number {
        min: 0.0,
        max: 100.0,
    };
    // Adam divides by 1 - beta^t, so that 1 itself is out.
    let beta = Number {
        min: 0.0,
        max: 0.9999,
    };
    vec![
        field(
            "seed",
            Integer {
                min: 0,
                max: u32::MAX.into(),
            },
        ),
        field(
            "device",
            Choice {
                options: &["auto", "cpu", "webgpu"],
            },
        ),
        field(
            "data.kind",
            Choice {
                options: &["ring", "digits"],
            },
        ),
        only(RING.0, RING.1, "data.modes", Integer { min: 1, max: 16 }),
        only(
            RING.0,
            RING.1,
            "data.radius",
            Number {
                min: 0.1,
                max: 10.0,
            },
        ),
        only(
            RING.0,
            RING.1,
            "data.sigma",
            Number {
                min: 0.001,
                max: 1.0,
            },
        ),
        field("noise.dims", Integer { min: 1, max: 256 }),
        field("generator.kind", nets.clone()),
        only("generator.kind", "mlp", "generator.hidden", hidden.clone()),
        only(
            "generator.kind",
            "conv",
            "generator.channels",
            channels.clone(),
        ),
        field("discriminator.kind", nets),
        only("discriminator.kind", "mlp", "discriminator.hidden", hidden),
        only(
            "discriminator.kind",
            "conv",
            "discriminator.channels",
            channels,
        ),
        field(
            "objective",
            Choice {
                options: &["non-saturating"],
            },
        ),
        field("training.batch", Integer { min: 2, max: 1024 }),
        field("training.d_updates", Integer { min: 0, max: 10 }),
        field("training.g_updates", Integer { min: 0, max: 10 }),
        live("training.d_learning_rate", rate.clone()),
        live("training.g_learning_rate", rate),
        field("training.beta1", beta.clone()),
        field("training.beta2", beta),
    ]
}

impl Field {
    /// Checks the field's value in `experiment`; a field that does not exist there is fine, as serde has
    /// already seen to the structure.
    fn check(&self, experiment: &serde_json::Value) -> Result<(), ExperimentError> {
        let pointer = format!("/{}", self.path.replace('.', "/"));
        let Some(value) = experiment.pointer(&pointer) else {
            return Ok(());
        };
        self.range.check(value).map_err(|allowed| ExperimentError {
            field: self.path.into(),
            // JSON has no NaN or infinity: serde writes null for them.
            value: if value.is_null() {
                "not a finite number".into()
            } else {
                value.to_string()
            },
            allowed,
        })
    }
}

impl Range {
    fn check(&self, value: &serde_json::Value) -> Result<(), String> {
        match self {
            Range::Integer { min, max } => match value.as_u64() {
                Some(number) if (*min..=*max).contains(&number) => Ok(()),
                _ => Err(format!("it must be a whole number from {min} to {max}")),
            },
            Range::Number { min, max } => match value.as_f64() {
                Some(number) if (*min..=*max).contains(&number) => Ok(()),
                _ => Err(format!("it must be from {min} to {max}")),
            },
            Range::Choice { options } => match value.as_str() {
                Some(text) if options.contains(&text) => Ok(()),
                _ => Err(format!("it must be one of {}", options.join(", "))),
            },
            Range::List {
                min,
                max,
                min_items,
                max_items,
            } => {
                let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let each = Range::Integer {
                    min: *min,
                    max: *max,
                };
                if (*min_items..=*max_items).contains(&items.len())
                    && items.iter().all(|item| each.check(item).is_ok())
                {
                    Ok(())
                } else {
                    Err(format!(
                        "it must list {min_items} to {max_items} whole numbers from {min} to {max}"
                    ))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_are_valid_and_survive_json() {
        for preset in [Experiment::ring(), Experiment::digits()] {
            preset.validate().unwrap();
            let text = serde_json::to_string(&preset).unwrap();
            assert_eq!(serde_json::from_str::<Experiment>(&text).unwrap(), preset);
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
        for preset in [Experiment::ring(), Experiment::digits()] {
            let mut paths = Vec::new();
            leaves(
                &serde_json::to_value(preset).unwrap(),
                String::new(),
                &mut paths,
            );
            for path in paths {
                assert!(known.contains(&path.as_str()), "{path} has no field");
            }
        }
    }

    #[test]
    fn an_error_names_field_value_and_range() {
        let mut experiment = Experiment::ring();
        experiment.training.batch = 5000;
        assert_eq!(
            experiment.validate().unwrap_err().to_string(),
            "training.batch is 5000, but it must be a whole number from 2 to 1024"
        );
        experiment = Experiment::ring();
        experiment.generator = Net::Mlp {
            hidden: vec![64, 0],
        };
        assert_eq!(
            experiment.validate().unwrap_err().to_string(),
            "generator.hidden is [64,0], but it must list 0 to 5 whole numbers from 1 to 512"
        );
        experiment = Experiment::ring();
        experiment.training.beta1 = f64::NAN;
        assert_eq!(
            experiment.validate().unwrap_err().to_string(),
            "training.beta1 is not a finite number, but it must be from 0 to 0.9999"
        );
    }

    #[test]
    fn fields_that_do_not_fit_each_other_are_refused() {
        let mut experiment = Experiment::ring();
        experiment.discriminator = Net::Conv { channels: 16 };
        assert_eq!(
            experiment.validate().unwrap_err().field,
            "discriminator.kind"
        );
        experiment = Experiment::ring();
        experiment.training.d_updates = 0;
        experiment.training.g_updates = 0;
        assert_eq!(
            experiment.validate().unwrap_err().field,
            "training.g_updates"
        );
    }

    /// The page's controls come from `www/fields.json`; `UPDATE_FIELDS=1 cargo test` writes it anew.
    #[test]
    fn the_pages_fields_file_is_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/www/fields.json");
        let expected = serde_json::json!({
            "presets": {"ring": Experiment::ring(), "digits": Experiment::digits()},
            "fields": fields(),
        });
        if std::env::var_os("UPDATE_FIELDS").is_some() {
            let text = serde_json::to_string_pretty(&expected).unwrap() + "\n";
            std::fs::write(path, text).unwrap();
        }
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            expected,
            "www/fields.json is out of date: run UPDATE_FIELDS=1 cargo test fields_file"
        );
    }
}
