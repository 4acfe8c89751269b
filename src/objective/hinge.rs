//! The hinge loss (Lim & Ye 2017, "Geometric GAN"; Miyato et al. 2018, equation 16).
//!
//! - D minimises  mean max(0, 1 - l_real) + mean max(0, 1 + l_fake): what is past the margin teaches it nothing.
//! - G minimises  -mean l_fake.

use burn::tensor::{Tensor, activation::relu};

pub fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    relu(-real + 1.0).mean() + relu(fake + 1.0).mean()
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
        // (0 + 1.5) / 2 for real, (3 + 0) / 2 for fakes
        let (real, fake) = (scores([2.0, -0.5]), scores([2.0, -4.0]));
        assert_close(discriminator_loss(real, fake.clone()), 2.25);
        assert_close(generator_loss(fake), 1.0);
    }

    #[test]
    fn past_the_margin_nothing_is_learnt() {
        assert_close(discriminator_loss(scores([1.0]), scores([-1.0])), 0.0);
    }
}
