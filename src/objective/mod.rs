//! What each net minimises; one file a loss, each with its formula and paper.
//!
//! All work on D's logits and give a mean over the batch, as a tensor of one number.

mod non_saturating;

use burn::tensor::Tensor;

use crate::experiment::Objective;

impl Objective {
    /// D's loss from its logits on a real and on a fake batch, each `[batch, 1]`.
    pub fn discriminator_loss(self, real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
        match self {
            Self::NonSaturating => non_saturating::discriminator_loss(real, fake),
        }
    }

    /// G's loss from D's logits on a fake batch, `[batch, 1]`.
    pub fn generator_loss(self, fake: Tensor<2>) -> Tensor<1> {
        match self {
            Self::NonSaturating => non_saturating::generator_loss(fake),
        }
    }
}
