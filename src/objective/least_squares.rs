//! Least squares GAN (Mao et al. 2017, equation 9), on scores without a sigmoid.
//!
//! - D minimises  mean (l_real - t)^2 / 2 + mean l_fake^2 / 2, with the target t = 1 - label smoothing.
//! - G minimises  mean (l_fake - 1)^2 / 2.
//!
//! At a D that cannot tell, every score is 1/2 and D's loss is 1/4, G's 1/8.

use burn::tensor::Tensor;

pub fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>, label_smoothing: f64) -> Tensor<1> {
    let target = 1.0 - label_smoothing;
    ((real - target).square().mean() + fake.square().mean()) * 0.5
}

pub fn generator_loss(fake: Tensor<2>) -> Tensor<1> {
    (fake - 1.0).square().mean() * 0.5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::testing::{assert_close, scores};

    #[test]
    fn hand_computed_values() {
        // ((2 - 1)^2 + (0 - 1)^2) / 2 = 1 and (3^2 + 1^2) / 2 = 5, their sum halved
        let (real, fake) = (scores([2.0, 0.0]), scores([3.0, -1.0]));
        assert_close(discriminator_loss(real.clone(), fake.clone(), 0.0), 3.0);
        // ((2 - 0.9)^2 + (0 - 0.9)^2) / 2 = 1.01
        assert_close(discriminator_loss(real, fake.clone(), 0.1), 3.005);
        // ((3 - 1)^2 + (-1 - 1)^2) / 2, halved
        assert_close(generator_loss(fake), 2.0);
        let undecided = scores([0.5]);
        assert_close(
            discriminator_loss(undecided.clone(), undecided.clone(), 0.0),
            0.25,
        );
        assert_close(generator_loss(undecided), 0.125);
    }
}
