//! Whether an experiment can be run: every field against its range, and the fields against each other.
//!
//! Whatever a visitor may type arrives here, and an error names the field, the value, and what would do.

use serde_json::Value;

use super::{Data, Experiment, Family, Field, Net, fields};
use crate::data::figure::drawing;

/// A field that cannot be: which one, what it was, and what would do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{field} is {value}, but {allowed}")]
pub struct ExperimentError {
    pub field: String,
    pub value: String,
    pub allowed: String,
}

impl ExperimentError {
    pub fn new(field: impl Into<String>, value: impl ToString, allowed: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            value: value.to_string(),
            allowed: allowed.into(),
        }
    }
}

impl Experiment {
    /// Reads an experiment from JSON. Ranges are checked first, so that an error names the field wherever it can.
    ///
    /// # Errors
    /// The first field that is out of range, or what is missing or not known.
    pub fn read(json: &Value) -> Result<Self, ExperimentError> {
        for field in fields() {
            field.check(json)?;
        }
        let experiment: Self = serde_json::from_value(json.clone()).map_err(|error| {
            ExperimentError::new(
                "experiment",
                format!("not readable ({error})"),
                "it must have the fields of a preset, no more and no fewer",
            )
        })?;
        experiment.validate()?;
        Ok(experiment)
    }

    /// Checks every field against its range, and the fields against each other.
    ///
    /// # Errors
    /// The first field that is out of range or does not fit.
    pub fn validate(&self) -> Result<(), ExperimentError> {
        let value = self.to_value()?;
        for field in fields() {
            field.check(&value)?;
        }
        self.check_nets()?;
        self.check_data()?;
        let Self {
            training,
            stabilisers,
            ..
        } = self;
        if training.d_updates + training.g_updates == 0 {
            return Err(ExperimentError::new(
                "training.g_updates",
                0,
                "at least one of D and G must be updated in a step",
            ));
        }
        if training.batch % stabilisers.packing != 0 {
            return Err(ExperimentError::new(
                "stabilisers.packing",
                stabilisers.packing,
                format!("the batch of {} must divide by it", training.batch),
            ));
        }
        Ok(())
    }

    /// Checks that `next` differs from this experiment only in what may change while a run goes on.
    ///
    /// # Errors
    /// When `next` is not valid itself, or the first field whose change needs a new run.
    pub fn check_change(&self, next: &Experiment) -> Result<(), ExperimentError> {
        next.validate()?;
        let (before, after) = (self.to_value()?, next.to_value()?);
        for field in fields().iter().filter(|field| field.rebuilds) {
            let (before, after) = (field.read(&before), field.read(&after));
            if before != after {
                return Err(ExperimentError::new(
                    field.path,
                    after.unwrap_or(&Value::Null),
                    "it cannot change while the run goes on: start a new run",
                ));
            }
        }
        Ok(())
    }

    fn check_nets(&self) -> Result<(), ExperimentError> {
        for (name, net) in [
            ("generator.kind", &self.generator),
            ("discriminator.kind", &self.discriminator),
        ] {
            if !matches!(net, Net::Mlp { .. }) && self.data.family() != Family::Pictures {
                return Err(ExperimentError::new(
                    name,
                    net.kind(),
                    "points and tables need mlp: convolutions are for pictures",
                ));
            }
        }
        Ok(())
    }

    fn check_data(&self) -> Result<(), ExperimentError> {
        match &self.data {
            Data::Drawn { strokes, .. } => drawing::read(strokes).map(|_| ()).map_err(|error| {
                let shown: String = strokes.chars().take(12).collect();
                ExperimentError::new("data.strokes", format!("\"{shown}...\""), error.to_string())
            }),
            Data::Fashion { sheets, .. } if *sheets > 2 => Err(ExperimentError::new(
                "data.sheets",
                sheets,
                "there are 2 sheets of fashion",
            )),
            Data::OwnTable { columns, .. } => {
                let twice = |at: usize| columns[..at].contains(&columns[at]);
                match (0..columns.len()).find(|at| twice(*at)) {
                    None => Ok(()),
                    Some(at) => Err(ExperimentError::new(
                        "data.columns",
                        serde_json::json!(columns),
                        format!("column {} must be named only once", columns[at]),
                    )),
                }
            }
            _ => Ok(()),
        }
    }

    fn to_value(&self) -> Result<Value, ExperimentError> {
        serde_json::to_value(self).map_err(|error| {
            ExperimentError::new(
                "experiment",
                error,
                "it must be a plain description of a run",
            )
        })
    }
}

impl Field {
    /// The field's value in an experiment, if it exists there.
    fn read<'a>(&self, experiment: &'a Value) -> Option<&'a Value> {
        experiment.pointer(&format!("/{}", self.path.replace('.', "/")))
    }

    /// Checks the field's value in `experiment`; a field that does not exist there is fine, as serde has
    /// already seen to the structure.
    fn check(&self, experiment: &Value) -> Result<(), ExperimentError> {
        let Some(value) = self.read(experiment) else {
            return Ok(());
        };
        self.range.check(value).map_err(|allowed| {
            // JSON has no NaN or infinity: serde writes null for them.
            let value = if value.is_null() {
                "not a finite number".into()
            } else {
                value.to_string()
            };
            ExperimentError::new(self.path, value, allowed)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Activation, presets::healthy};

    fn refused(change: impl FnOnce(&mut Experiment)) -> ExperimentError {
        let mut experiment = healthy();
        change(&mut experiment);
        experiment.validate().unwrap_err()
    }

    #[test]
    fn an_error_names_field_value_and_range() {
        assert_eq!(
            refused(|run| run.training.batch = 5000).to_string(),
            "training.batch is 5000, but it must be a whole number from 2 to 1024"
        );
        assert_eq!(
            refused(|run| run.generator = Net::Mlp {
                hidden: vec![64, 0],
                activation: Activation::Relu
            })
            .to_string(),
            "generator.hidden is [64,0], but it must list 0 to 5 whole numbers from 1 to 512"
        );
        assert_eq!(
            refused(|run| run.lipschitz.r1 = f64::NAN).to_string(),
            "lipschitz.r1 is not a finite number, but it must be from 0 to 1000"
        );
    }

    #[test]
    fn what_no_number_can_be_is_named_too() {
        let json = |path: &str, value: Value| {
            let mut json = serde_json::to_value(healthy()).unwrap();
            *json.pointer_mut(path).unwrap() = value;
            Experiment::read(&json).unwrap_err().to_string()
        };
        assert_eq!(
            json("/training/batch", (-1).into()),
            "training.batch is -1, but it must be a whole number from 2 to 1024"
        );
        assert_eq!(
            json("/training/steps", 1.5.into()),
            "training.steps is 1.5, but it must be a whole number from 1 to 10000000"
        );
        assert_eq!(
            json("/data/kind", "moon".into()),
            "data.kind is \"moon\", but it must be one of ring, grid, line, two-gaussians, unequal, blobs, moons, circles, spiral, swiss-roll, \
             checkerboard, star, drawn, digits, fashion, animals, faces, own-pictures, own-table"
        );
        assert!(json("/noise", 5.into()).contains("it must have the fields of a preset"));
        let whole = serde_json::to_value(healthy()).unwrap();
        assert_eq!(Experiment::read(&whole).unwrap(), healthy());
    }

    #[test]
    fn fields_that_do_not_fit_each_other_are_refused() {
        let conv = Net::Conv {
            channels: 16,
            activation: Activation::LeakyRelu,
        };
        assert_eq!(
            refused(|run| run.discriminator = conv).field,
            "discriminator.kind"
        );
        let still = refused(|run| {
            run.training.d_updates = 0;
            run.training.g_updates = 0;
        });
        assert_eq!(still.field, "training.g_updates");
        let few = refused(|run| {
            run.data = Data::Drawn {
                strokes: "AAAA.____".into(),
                sigma: 0.05,
            }
        });
        assert_eq!(few.field, "data.strokes");
        assert!(few.to_string().contains("it has 2 points"), "{few}");
        let twice = refused(|run| {
            run.data = Data::OwnTable {
                id: "0".into(),
                columns: vec![0, 3, 3],
            }
        });
        assert_eq!(
            twice.to_string(),
            "data.columns is [0,3,3], but column 3 must be named only once"
        );
        assert_eq!(
            refused(|run| run.stabilisers.packing = 3).to_string(),
            "stabilisers.packing is 3, but the batch of 128 must divide by it"
        );
    }

    #[test]
    fn only_live_fields_change_while_a_run_goes_on() {
        let run = healthy();
        let mut next = run.clone();
        next.training.d_learning_rate = 0.5;
        next.lipschitz.r1 = 1.0;
        run.check_change(&next).unwrap();
        next.lipschitz.spectral_norm = true;
        let error = run.check_change(&next).unwrap_err();
        assert_eq!(
            error.to_string(),
            "lipschitz.spectral_norm is true, but it cannot change while the run goes on: start a new run"
        );
    }
}
