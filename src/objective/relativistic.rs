//! Relativistic pairing (Jolicoeur-Martineau 2019; as RpGAN in Huang et al. 2024, "The GAN is dead; long live the
//! GAN!", equation 2): a fake is only ever judged beside a real example.
//!
//! - D minimises  mean softplus(-(l_real - l_fake))
//! - G minimises  mean softplus(-(l_fake - l_real))
//!
//! Both are ln 2 at a D that cannot tell. No fake can hide behind D's boundary, as there is none: mode dropping is
//! no longer a minimum (Sun et al. 2020). Scores have no zero of their own.

use burn::tensor::Tensor;

use crate::fused;

pub fn discriminator_loss(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    taken_for_real(real - fake)
}

pub fn generator_loss(real: Tensor<2>, fake: Tensor<2>) -> Tensor<1> {
    taken_for_real(fake - real)
}

fn taken_for_real(scores: Tensor<2>) -> Tensor<1> {
    let [pairs, _] = scores.dims();
    fused::cross_entropy(scores, pairs, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::testing::{assert_close, scores, slope};

    #[test]
    fn hand_computed_values() {
        // Differences 1 and -3: softplus(-1) = 0.313262, softplus(3) = 3.048587
        let (real, fake) = (scores([3.0, 1.0]), scores([2.0, 4.0]));
        assert_close(
            discriminator_loss(real.clone(), fake.clone()),
            (0.313_262 + 3.048_587) / 2.0,
        );
        // and the other way round: softplus(1) = 1.313262, softplus(-3) = 0.048587
        assert_close(generator_loss(real, fake), (1.313_262 + 0.048_587) / 2.0);
    }

    #[test]
    fn only_the_difference_counts() {
        let loss = |shift: f32| discriminator_loss(scores([1.0 + shift]), scores([shift]));
        assert_close(loss(50.0) - loss(0.0), 0.0);
        let of_fake = |fake| generator_loss(scores([0.0]), fake);
        // d softplus(-l) / dl = sigmoid(l) - 1
        assert!((slope(of_fake, 0.0) + 0.5).abs() < 1e-6);
    }
}
