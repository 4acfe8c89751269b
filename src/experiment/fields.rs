//! Every setting of an experiment: where it sits, what it takes, and what it is at first.
//!
//! The page draws its controls from this list (written to `www/fields.json`), so the two cannot disagree.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::data::figure::drawing;

/// One control of the page.
#[derive(Clone, Debug, Serialize)]
pub struct Field {
    /// Dotted, as in `training.batch`.
    pub path: &'static str,
    #[serde(flatten)]
    pub range: Range,
    /// What it is when its owner becomes of a kind that has it, such as `optimiser.momentum`.
    pub default: Value,
    /// Whether a change starts the run over; the others take effect at the next step.
    pub rebuilds: bool,
    /// For which values of which choice the field exists, such as `data.radius` for `data.kind` = `ring`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<&'static str, &'static [&'static str]>,
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
    Switch,
    /// Whole numbers, such as layer widths.
    List {
        min: u64,
        max: u64,
        min_items: usize,
        max_items: usize,
    },
    /// Letters and digits, `.`, `-` and `_`: what a link carries as it is.
    Text {
        max_length: usize,
    },
}

impl Range {
    /// Whether `value` is within the range.
    ///
    /// # Errors
    /// What would be, as the rest of a sentence.
    pub fn check(&self, value: &Value) -> Result<(), String> {
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
            Range::Switch => match value {
                Value::Bool(_) => Ok(()),
                _ => Err("it must be true or false".into()),
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
            Range::Text { max_length } => {
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
                match value.as_str() {
                    Some(text) if text.len() <= *max_length && text.chars().all(plain) => Ok(()),
                    _ => Err(format!(
                        "it must be at most {max_length} letters, digits and . - _"
                    )),
                }
            }
        }
    }
}

impl Field {
    fn new(path: &'static str, range: Range, default: impl Into<Value>) -> Self {
        Self {
            path,
            range,
            default: default.into(),
            rebuilds: true,
            kinds: BTreeMap::new(),
        }
    }

    /// May change while the run goes on.
    fn live(self) -> Self {
        Self {
            rebuilds: false,
            ..self
        }
    }

    /// Exists only where `choice` is one of `values`.
    fn only(mut self, choice: &'static str, values: &'static [&'static str]) -> Self {
        self.kinds.insert(choice, values);
        self
    }
}

fn integer(min: u64, max: u64) -> Range {
    Range::Integer { min, max }
}

fn number(min: f64, max: f64) -> Range {
    Range::Number { min, max }
}

/// Every field of an [`Experiment`](super::Experiment), in the order in which the page shows them.
pub fn fields() -> Vec<Field> {
    [
        vec![
            Field::new("seed", integer(0, u32::MAX.into()), 1),
            Field::new(
                "device",
                Range::Choice {
                    options: &["auto", "cpu", "webgpu"],
                },
                "auto",
            ),
        ],
        data(),
        nets(),
        objective(),
        optimiser(),
        training(),
        stabilisers(),
    ]
    .concat()
}

/// In the order in which the page lists them.
pub const DATA_KINDS: &[&str] = &[
    "ring",
    "grid",
    "line",
    "two-gaussians",
    "unequal",
    "blobs",
    "moons",
    "circles",
    "spiral",
    "swiss-roll",
    "checkerboard",
    "star",
    "drawn",
    "digits",
    "fashion",
    "animals",
    "faces",
    "own-pictures",
    "own-table",
];

/// The kinds that are figures in the plane come first.
const FIGURES: &[&str] = DATA_KINDS.split_at(13).0;

/// A smiling face, for whoever has not drawn yet.
pub const FIRST_DRAWING: &str = concat!(
    "gA8yYj7zRm47Lo0XHEuZEMncDNgAEMYjHERmLoLoRmHEYjEMf_DNncEMuZHE0XLo47Rm7zYj8yf_7znc47uZ0X0XuZ47nc7zgA8y",
    ".SJYAUsUsYASJb3Qjf_QAkIQjn_SJrTUst2YA.VcpmVckz.qjpmqjkz"
);

/// Of columns or classes.
fn indices(min_items: usize, max_items: usize) -> Range {
    Range::List {
        min: 0,
        max: 255,
        min_items,
        max_items,
    }
}

fn data() -> Vec<Field> {
    const KIND: &str = "data.kind";
    vec![
        Field::new(
            KIND,
            Range::Choice {
                options: DATA_KINDS,
            },
            "ring",
        ),
        Field::new("data.modes", integer(1, 16), 8).only(KIND, &["ring"]),
        Field::new("data.radius", number(0.1, 10.0), 1.0).only(KIND, &["ring"]),
        Field::new("data.side", integer(1, 7), 5).only(KIND, &["grid"]),
        Field::new("data.spacing", number(0.1, 10.0), 2.0).only(KIND, &["grid"]),
        Field::new("data.sigma", number(0.001, 1.0), 0.05).only(KIND, FIGURES),
        Field::new(
            "data.strokes",
            Range::Text {
                max_length: drawing::LONGEST,
            },
            FIRST_DRAWING,
        )
        .only(KIND, &["drawn"]),
        Field::new("data.id", Range::Text { max_length: 64 }, "")
            .only(KIND, &["own-pictures", "own-table"]),
        Field::new("data.columns", indices(2, 16), json!([0, 1])).only(KIND, &["own-table"]),
        Field::new("data.sheets", integer(1, 3), 1).only(KIND, &["digits", "fashion"]),
        Field::new(
            "data.attribute",
            Range::Choice {
                options: &[
                    "glasses",
                    "hat",
                    "beard",
                    "hair-length",
                    "hair-colour",
                    "mouth",
                    "skin",
                    "background",
                ],
            },
            "glasses",
        )
        .only(KIND, &["faces"]),
        Field::new("data.only", indices(0, 64), json!([])).only(
            KIND,
            &["digits", "fashion", "animals", "faces", "own-pictures"],
        ),
        Field::new("conditional", Range::Switch, false),
    ]
}

fn nets() -> Vec<Field> {
    const KINDS: &[&str] = &["mlp", "conv", "residual"];
    const ACTIVATIONS: &[&str] = &["leaky-relu", "relu", "tanh", "silu"];
    // The paths must be 'static, so that a net's name cannot be put in front of them here.
    let net = |kind, hidden, channels, activation| {
        vec![
            Field::new(kind, Range::Choice { options: KINDS }, "mlp"),
            Field::new(
                hidden,
                Range::List {
                    min: 1,
                    max: 512,
                    min_items: 0,
                    max_items: 5,
                },
                json!([64, 64]),
            )
            .only(kind, &["mlp"]),
            Field::new(channels, integer(4, 64), 16).only(kind, &["conv", "residual"]),
            Field::new(
                activation,
                Range::Choice {
                    options: ACTIVATIONS,
                },
                "leaky-relu",
            ),
        ]
    };
    [
        vec![
            Field::new("noise.dims", integer(1, 256), 8),
            Field::new(
                "noise.distribution",
                Range::Choice {
                    options: &["gaussian", "uniform"],
                },
                "gaussian",
            ),
        ],
        net(
            "generator.kind",
            "generator.hidden",
            "generator.channels",
            "generator.activation",
        ),
        vec![Field::new(
            "output",
            Range::Choice {
                options: &["linear", "tanh"],
            },
            "linear",
        )],
        net(
            "discriminator.kind",
            "discriminator.hidden",
            "discriminator.channels",
            "discriminator.activation",
        ),
    ]
    .concat()
}

fn objective() -> Vec<Field> {
    const KIND: &str = "objective.kind";
    vec![
        Field::new(
            KIND,
            Range::Choice {
                options: &[
                    "minimax",
                    "non-saturating",
                    "least-squares",
                    "hinge",
                    "wasserstein",
                    "relativistic",
                ],
            },
            "non-saturating",
        ),
        Field::new("objective.label_smoothing", number(0.0, 0.5), 0.0)
            .only(KIND, &["minimax", "non-saturating", "least-squares"])
            .live(),
        Field::new("lipschitz.gradient_penalty", number(0.0, 1000.0), 0.0).live(),
        Field::new("lipschitz.r1", number(0.0, 1000.0), 0.0).live(),
        Field::new("lipschitz.r2", number(0.0, 1000.0), 0.0).live(),
        Field::new("lipschitz.weight_clip", number(0.0, 10.0), 0.0).live(),
        Field::new("lipschitz.spectral_norm", Range::Switch, false),
    ]
}

fn optimiser() -> Vec<Field> {
    const KIND: &str = "optimiser.kind";
    // Adam divides by 1 - beta^t, so that 1 itself is out.
    let decay = || number(0.0, 0.9999);
    vec![
        Field::new(
            KIND,
            Range::Choice {
                options: &["adam", "adam-w", "sgd", "momentum", "rms-prop"],
            },
            "adam",
        ),
        Field::new("optimiser.beta1", decay(), 0.5).only(KIND, &["adam", "adam-w"]),
        Field::new("optimiser.beta2", decay(), 0.999).only(KIND, &["adam", "adam-w"]),
        Field::new("optimiser.weight_decay", number(0.0, 1.0), 0.01).only(KIND, &["adam-w"]),
        Field::new("optimiser.momentum", decay(), 0.9).only(KIND, &["momentum"]),
        Field::new("optimiser.decay", decay(), 0.99).only(KIND, &["rms-prop"]),
    ]
}

fn training() -> Vec<Field> {
    const SCHEDULE: &str = "schedule.kind";
    // Far past what any net learns with: a run that flies apart is worth seeing too.
    let rate = || number(0.0, 100.0);
    vec![
        Field::new("training.batch", integer(2, 1024), 128),
        Field::new("training.d_updates", integer(0, 10), 1).live(),
        Field::new("training.g_updates", integer(0, 10), 1).live(),
        Field::new("training.d_learning_rate", rate(), 1e-3).live(),
        Field::new("training.g_learning_rate", rate(), 1e-3).live(),
        Field::new("training.steps", integer(1, 10_000_000), 10_000).live(),
        Field::new(
            SCHEDULE,
            Range::Choice {
                options: &["constant", "linear", "cosine"],
            },
            "constant",
        ),
        Field::new("schedule.learning_rate_end", number(0.0, 1.0), 0.0)
            .only(SCHEDULE, &["linear", "cosine"])
            .live(),
        Field::new("schedule.penalty_end", number(0.0, 1.0), 1.0)
            .only(SCHEDULE, &["linear", "cosine"])
            .live(),
    ]
}

fn stabilisers() -> Vec<Field> {
    let steps = || integer(0, 10_000_000);
    vec![
        Field::new("stabilisers.d_head_start", steps(), 0),
        Field::new("stabilisers.packing", integer(1, 8), 1),
        Field::new("stabilisers.instance_noise", number(0.0, 10.0), 0.0).live(),
        Field::new("stabilisers.instance_noise_steps", steps(), 2000).live(),
        Field::new("stabilisers.gradient_clip", number(0.0, 1000.0), 0.0).live(),
        Field::new("stabilisers.ema_half_life", number(0.0, 100_000.0), 0.0),
        Field::new("stabilisers.ema_shown", Range::Switch, true).live(),
    ]
}
