//! The non-saturating GAN loss (Goodfellow et al. 2014, section 3), as binary cross-entropy on logits.
//!
//! With l = D(x) before the sigmoid and softplus(l) = ln(1 + e^l):
//!
//! - D minimises  mean softplus(-l_real) + mean softplus(l_fake),
//!   which is -E ln D(x) - E ln(1 - D(G(z))). At a D that cannot tell, it is 2 ln 2 = 1.386.
//! - G minimises  mean softplus(-l_fake) = -E ln D(G(z)), which keeps its gradient when D is sure of itself,
//!   unlike the minimax form ln(1 - D(G(z))). At a D that cannot tell, it is ln 2 = 0.693.

use burn::tensor::{Tensor, activation::log_sigmoid};

pub fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    // softplus(l) = -ln sigmoid(-l), and Burn's log_sigmoid neither overflows nor loses small terms.
    -(log_sigmoid(real).mean() + log_sigmoid(-fake).mean())
}

pub fn generator_loss(fake: Tensor<2>) -> Tensor<1> {
    -log_sigmoid(fake).mean()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    fn logits<const N: usize>(values: [f32; N]) -> Tensor<2> {
        Tensor::<1>::from_floats(values, &Device::flex()).reshape([N, 1])
    }

    fn value(loss: Tensor<1>) -> f32 {
        loss.into_scalar()
    }

    #[test]
    fn hand_computed_values() {
        // softplus(-2) = ln(1 + e^-2) = 0.126928, softplus(1) = ln(1 + e) = 1.313262
        let d = value(discriminator_loss(logits([2.0]), logits([1.0])));
        assert!((d - (0.126_928 + 1.313_262)).abs() < 1e-5, "{d}");
        // softplus(-1) = 0.313262, softplus(3) = 3.048587; their mean
        let g = value(generator_loss(logits([1.0, -3.0])));
        assert!((g - (0.313_262 + 3.048_587) / 2.0).abs() < 1e-5, "{g}");
    }

    #[test]
    fn a_discriminator_that_cannot_tell_costs_two_ln_two() {
        let d = value(discriminator_loss(logits([0.0, 0.0]), logits([0.0, 0.0])));
        assert!((d - 2.0 * std::f32::consts::LN_2).abs() < 1e-6, "{d}");
        let g = value(generator_loss(logits([0.0])));
        assert!((g - std::f32::consts::LN_2).abs() < 1e-6, "{g}");
    }

    #[test]
    fn a_discriminator_that_is_sure_neither_overflows_nor_vanishes() {
        let wrong = value(discriminator_loss(logits([-500.0]), logits([500.0])));
        assert_eq!(wrong, 1000.0);
        // ln(1 + e^-30) is e^-30 to first order: lost if computed as ln(1 + tiny) in f32.
        let right = value(generator_loss(logits([30.0])));
        assert!((right / (-30f32).exp() - 1.0).abs() < 1e-3, "{right}");
    }

    #[test]
    fn gradients_are_those_of_binary_cross_entropy() {
        let device = Device::flex().autodiff();
        for l in [-40.0f32, -1.5, 0.0, 0.7, 40.0] {
            let logit = Tensor::<2>::from_floats([[l]], &device).require_grad();
            let gradients = generator_loss(logit.clone()).backward();
            let gradient: f32 = logit.grad(&gradients).unwrap().into_scalar();
            // d softplus(-l) / dl = sigmoid(l) - 1, in f64
            let expected = (1.0 / (1.0 + (-f64::from(l)).exp()) - 1.0) as f32;
            assert!(
                (gradient - expected).abs() <= 1e-6 * expected.abs().max(1e-6),
                "at {l}: {gradient} against {expected}"
            );
        }
    }
}
