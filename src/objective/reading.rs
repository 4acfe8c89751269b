//! How one of D's scores is to be read: which side of the fence, and how sure.
//!
//! Under cross-entropy a score is a logit, and everybody knows how to read one. Other objectives put the fence
//! elsewhere: least squares half-way between its targets 0 and 1; Wasserstein and relativistic pairing nowhere, as
//! only differences of their scores mean anything, and then the middle between the means of real and fake is taken.

use crate::experiment::Objective;

/// Keeps the slope finite where a critic gives everything the same score.
const SMALLEST_GAP: f32 = 1e-12;

/// The fence between real and fake, and how fast surety grows away from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    fence: f32,
    slope: f32,
}

impl Objective {
    /// How to read scores, given D's on a real and on a fake batch.
    pub fn reading(self, real: &[f32], fake: &[f32]) -> Reading {
        let mean = |scores: &[f32]| scores.iter().sum::<f32>() / scores.len().max(1) as f32;
        let (real, fake) = (mean(real), mean(fake));
        let fence = (real + fake) / 2.0;
        match self {
            Self::Minimax { .. } | Self::NonSaturating { .. } | Self::Hinge {} => Reading {
                fence: 0.0,
                slope: 1.0,
            },
            // A score at either target is read as 0.88 or 0.12.
            Self::LeastSquares { .. } => Reading {
                fence: 0.5,
                slope: 4.0,
            },
            Self::Relativistic {} => Reading { fence, slope: 1.0 },
            // A critic's scores have no scale either: the means of real and fake are read as 0.88 and 0.12.
            Self::Wasserstein {} => Reading {
                fence,
                slope: 4.0 / (real - fake).abs().max(SMALLEST_GAP),
            },
        }
    }
}

/// Before D has judged a batch.
impl Default for Reading {
    fn default() -> Self {
        Self {
            fence: 0.0,
            slope: 1.0,
        }
    }
}

impl Reading {
    /// The score against the fence: above 0 D calls the example real.
    pub fn logit(self, score: f32) -> f32 {
        (score - self.fence) * self.slope
    }

    /// D's probability of "real".
    pub fn probability(self, score: f32) -> f32 {
        1.0 / (1.0 + (-self.logit(score)).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_objective_has_its_fence() {
        let (real, fake) = ([3.0, 5.0], [-1.0, 1.0]);
        let undecided = |objective: Objective, score: f32| {
            let reading = objective.reading(&real, &fake);
            assert_eq!(reading.probability(score), 0.5, "{objective:?}");
        };
        let label_smoothing = 0.0;
        undecided(Objective::NonSaturating { label_smoothing }, 0.0);
        undecided(Objective::LeastSquares { label_smoothing }, 0.5);
        undecided(Objective::Hinge {}, 0.0);
        undecided(Objective::Relativistic {}, 2.0);
        undecided(Objective::Wasserstein {}, 2.0);
    }

    #[test]
    fn a_critic_is_read_on_its_own_scale() {
        for scale in [1e-3, 1.0, 1e3] {
            let reading = Objective::Wasserstein {}.reading(&[2.0 * scale], &[-2.0 * scale]);
            assert!((reading.probability(2.0 * scale) - 0.881).abs() < 1e-3);
        }
        // D that gives everything the same score is undecided, not NaN.
        let reading = Objective::Wasserstein {}.reading(&[1.0], &[1.0]);
        assert_eq!(reading.probability(1.0), 0.5);
    }
}
