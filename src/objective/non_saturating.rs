//! The non-saturating GAN loss (Goodfellow et al. 2014, section 3), as binary cross-entropy on logits.
//!
//! With l = D(x) before the sigmoid, softplus(l) = ln(1 + e^l), and a real target of t = 1 - label smoothing
//! (one-sided, Salimans et al. 2016):
//!
//! - D minimises  mean [t softplus(-l_real) + (1 - t) softplus(l_real)] + mean softplus(l_fake),
//!   which for t = 1 is -E ln D(x) - E ln(1 - D(G(z))). At a D that cannot tell, it is 2 ln 2 = 1.386.
//! - G minimises  mean softplus(-l_fake) = -E ln D(G(z)), which keeps its gradient when D is sure of itself,
//!   unlike the minimax form ln(1 - D(G(z))). At a D that cannot tell, it is ln 2 = 0.693.

use burn::tensor::Tensor;

use super::Scores;
use crate::fused;

pub fn discriminator_loss(scores: Scores, label_smoothing: f64) -> Tensor<1> {
    fused::cross_entropy(scores.both, scores.real, label_smoothing)
}

pub fn generator_loss(fake: Tensor<2>) -> Tensor<1> {
    let [packs, _] = fake.dims();
    fused::cross_entropy(fake, packs, 0.0)
}

#[cfg(test)]
mod tests {
    use super::{Scores, generator_loss};
    use burn::tensor::Tensor;

    use crate::objective::testing::{assert_close, scores, slope};

    fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>, label_smoothing: f64) -> Tensor<1> {
        super::discriminator_loss(Scores::of(real, fake), label_smoothing)
    }

    #[test]
    fn hand_computed_values() {
        // softplus(-2) = ln(1 + e^-2) = 0.126928, softplus(1) = ln(1 + e) = 1.313262
        let (real, fake) = (scores([2.0]), scores([1.0]));
        assert_close(discriminator_loss(real, fake, 0.0), 0.126_928 + 1.313_262);
        // softplus(-1) = 0.313262, softplus(3) = 3.048587; their mean
        assert_close(
            generator_loss(scores([1.0, -3.0])),
            (0.313_262 + 3.048_587) / 2.0,
        );
    }

    #[test]
    fn a_smoothed_label_is_a_mixture_of_both_targets() {
        // 0.9 softplus(-2) + 0.1 softplus(2) = 0.9 * 0.126928 + 0.1 * 2.126928, and softplus(0) = ln 2
        assert_close(
            discriminator_loss(scores([2.0]), scores([0.0]), 0.1),
            0.114_235 + 0.212_693 + std::f32::consts::LN_2,
        );
        // Its minimum is where the probability is the target: ln(0.9 / 0.1).
        let real = |score| discriminator_loss(score, scores([0.0]), 0.1);
        assert!(slope(real, 9f32.ln()).abs() < 1e-6);
    }

    #[test]
    fn a_discriminator_that_cannot_tell_costs_two_ln_two() {
        let undecided = scores([0.0, 0.0]);
        let two = 2.0 * std::f32::consts::LN_2;
        assert_close(discriminator_loss(undecided.clone(), undecided, 0.0), two);
        assert_close(generator_loss(scores([0.0])), two / 2.0);
    }

    #[test]
    fn a_discriminator_that_is_sure_neither_overflows_nor_vanishes() {
        assert_close(
            discriminator_loss(scores([-500.0]), scores([500.0]), 0.0),
            1000.0,
        );
        // ln(1 + e^-30) is e^-30 to first order: lost if computed as ln(1 + tiny) in f32.
        let right: f32 = generator_loss(scores([30.0])).into_scalar();
        assert!((right / (-30f32).exp() - 1.0).abs() < 1e-3, "{right}");
    }

    #[test]
    fn gradients_are_those_of_binary_cross_entropy() {
        for l in [-40.0f32, -1.5, 0.0, 0.7, 40.0] {
            let gradient = slope(generator_loss, l);
            // d softplus(-l) / dl = sigmoid(l) - 1, in f64
            let expected = (1.0 / (1.0 + (-f64::from(l)).exp()) - 1.0) as f32;
            assert!(
                (gradient - expected).abs() <= 1e-6 * expected.abs().max(1e-6),
                "at {l}: {gradient} against {expected}"
            );
        }
    }
}
