//! Follows a run's figures and says how the game stands; the rules are in [`crate::metrics::diagnosis`].

use serde::{Deserialize, Serialize};

use super::measure::Measures;
use crate::{
    experiment::{Experiment, Family, Objective},
    metrics::{
        diagnosis::{Coverage, Diagnosis, Observer, Signs},
        gradients::Reference,
        losses::Losses,
    },
};

/// The least that G's gradient is taken for at the start. Data, weights and scores are all made to be of size 1, so that
/// it is about 1 before D knows anything; under a head start the first one that is seen may be next to nothing already.
const LEAST_GRADIENT_AT_START: f32 = 1.0;

/// What must be remembered of a run to judge it.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Watch {
    losses: Losses,
    gradient_at_start: Reference,
    observer: Observer,
    /// The last verdict, and at which step.
    last: Option<(u64, Diagnosis)>,
}

impl Watch {
    /// Takes in the losses of a report.
    pub fn hear(&mut self, discriminator: &[f32], generator: &[f32]) {
        self.losses.update(discriminator, generator);
    }

    /// How the game stands, by these figures and those before them.
    ///
    /// A vote is a measure: the same step measured again has no second one.
    pub fn judge(&mut self, experiment: &Experiment, measures: &Measures) -> Diagnosis {
        if let Some((step, diagnosis)) = self.last
            && step == measures.step
        {
            return diagnosis;
        }
        let gradient = measures.generator_gradients.total;
        let figure = measures.figure.as_ref();
        // A critic's scores are no probabilities.
        let critic = matches!(experiment.objective, Objective::Wasserstein {});
        // Pixel by pixel, pictures are near to what they do not look like.
        let pictures = experiment.data.family() == Family::Pictures;
        let signs = Signs {
            step: measures.step,
            not_finite: !gradient.is_finite(),
            loss_growth: self.losses.growth(),
            oscillation: self.losses.oscillation(),
            accuracy: (!critic).then_some(measures.accuracy),
            saturation: (!critic).then_some(measures.saturation),
            generator_gradient: Some(gradient),
            // Before the first step nothing has been decided; from there on the reference is made.
            generator_gradient_at_start: self
                .gradient_at_start
                .update(gradient)
                .map(|start| start.max(LEAST_GRADIENT_AT_START)),
            coverage: figure.map(|figure| Coverage::of(&figure.modes)),
            high_quality: figure.map(|figure| figure.modes.high_quality),
            diversity: Some(measures.diversity),
            distance: (!pictures).then_some(measures.sliced / measures.sliced_floor),
            frechet: measures
                .pictures
                .as_ref()
                .map(|pictures| pictures.frechet / pictures.frechet_floor),
        };
        let diagnosis = self.observer.observe(&signs);
        self.last = Some((measures.step, diagnosis));
        diagnosis
    }
}
