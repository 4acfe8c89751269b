//! What each net minimises; one file an objective, each with its formula and paper.
//!
//! All work on D's scores, which are logits where the objective has probabilities, and give a mean over the batch
//! as a tensor of one number. [`penalty`] has what is added to D's loss to keep it smooth, and [`reading`] how a
//! score is to be read under each objective.

mod hinge;
mod least_squares;
mod minimax;
mod non_saturating;
pub mod penalty;
pub mod reading;
mod relativistic;
mod wasserstein;

use burn::tensor::Tensor;

use crate::experiment::Objective;

/// D's scores on a real and then on a fake batch.
#[derive(Clone, Debug)]
pub struct Scores {
    /// `[packs, 1]`
    pub both: Tensor<2>,
    /// How many of them are of real packs.
    pub real: usize,
}

impl Scores {
    /// Of two batches, each `[packs, 1]`.
    pub fn of(real: Tensor<2>, fake: Tensor<2>) -> Self {
        let [count, _] = real.dims();
        Self {
            both: Tensor::cat(vec![real, fake], 0),
            real: count,
        }
    }

    /// Real and fake ones, each `[packs, 1]`.
    pub fn apart(self) -> (Tensor<2>, Tensor<2>) {
        let [packs, _] = self.both.dims();
        (
            self.both.clone().narrow(0, 0, self.real),
            self.both.narrow(0, self.real, packs - self.real),
        )
    }
}

impl Objective {
    /// D's loss from its scores on a real and on a fake batch. Only a relativistic D needs as many of one as of the other.
    pub fn discriminator_loss(self, scores: Scores) -> Tensor<1> {
        let apart = |loss: fn(Tensor<2>, Tensor<2>) -> Tensor<1>| {
            let (real, fake) = scores.clone().apart();
            loss(real, fake)
        };
        match self {
            // Minimax and non-saturating differ in what G does.
            Self::Minimax { label_smoothing } | Self::NonSaturating { label_smoothing } => {
                non_saturating::discriminator_loss(scores, label_smoothing)
            }
            Self::LeastSquares { label_smoothing } => {
                let (real, fake) = scores.apart();
                least_squares::discriminator_loss(real, fake, label_smoothing)
            }
            Self::Hinge {} => apart(hinge::discriminator_loss),
            Self::Wasserstein {} => apart(wasserstein::discriminator_loss),
            Self::Relativistic {} => apart(relativistic::discriminator_loss),
        }
    }

    /// G's loss from D's scores on a fake batch, `[packs, 1]`. `real` gives those on a real one; only a relativistic
    /// G, which compares them, asks for it.
    pub fn generator_loss(self, fake: Tensor<2>, real: impl FnOnce() -> Tensor<2>) -> Tensor<1> {
        match self {
            Self::Minimax { .. } => minimax::generator_loss(fake),
            Self::NonSaturating { .. } => non_saturating::generator_loss(fake),
            Self::LeastSquares { .. } => least_squares::generator_loss(fake),
            Self::Hinge {} => hinge::generator_loss(fake),
            Self::Wasserstein {} => wasserstein::generator_loss(fake),
            Self::Relativistic {} => relativistic::generator_loss(real(), fake),
        }
    }
}

#[cfg(test)]
mod testing {
    use burn::tensor::{Device, Tensor};

    pub fn scores<const N: usize>(values: [f32; N]) -> Tensor<2> {
        Tensor::<1>::from_floats(values, &Device::flex()).reshape([N, 1])
    }

    pub fn assert_close(loss: Tensor<1>, expected: f32) {
        let value: f32 = loss.into_scalar();
        assert!(
            (value - expected).abs() < 1e-5,
            "{value} instead of {expected}"
        );
    }

    /// The derivative of a loss of one score with respect to that score.
    pub fn slope(loss: impl Fn(Tensor<2>) -> Tensor<1>, at: f32) -> f32 {
        let score = Tensor::<2>::from_floats([[at]], &Device::flex().autodiff()).require_grad();
        let gradients = loss(score.clone()).backward();
        score.grad(&gradients).unwrap().into_scalar()
    }
}
