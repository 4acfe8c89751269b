//! Wasserstein GAN (Arjovsky et al. 2017): D is a critic whose scores are not probabilities.
//!
//! - D minimises  mean l_fake - mean l_real. For a D that is 1-Lipschitz, minus its minimum is the earth mover's
//!   distance between real and fake; [`crate::experiment::Lipschitz`] has what keeps it so.
//! - G minimises  -mean l_fake.

use burn::tensor::Tensor;

pub fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    fake.mean() - real.mean()
}

pub fn generator_loss(fake: Tensor<2>) -> Tensor<1> {
    -fake.mean()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::testing::{assert_close, scores};

    #[test]
    fn hand_computed_values() {
        let (real, fake) = (scores([2.0, 4.0]), scores([-1.0, 2.0]));
        assert_close(discriminator_loss(real, fake.clone()), 0.5 - 3.0);
        assert_close(generator_loss(fake), -0.5);
    }
}
