//! What is added to D's loss to keep it smooth, from D's gradient with respect to its input
//! ([`Discriminator::forward_with_gradient`](crate::nets::Discriminator::forward_with_gradient)).
//!
//! A gradient is `[packs, numbers]`; each penalty is a mean over the packs, before it is weighted.

use burn::tensor::Tensor;

/// Kept under the root, whose slope at 0 is infinite: the gradient of D can be 0 at first. Far below what f32 could
/// tell from 1, where the penalty holds the norm.
const EPSILON: f64 = 1e-12;

/// R1 on real examples, R2 on fakes: mean |grad|^2 / 2 (Mescheder et al. 2018, equations 9 and 10), to be weighted
/// with gamma.
pub fn zero_centred(gradient: Tensor<2>) -> Tensor<1> {
    gradient.square().sum_dim(1).mean() * 0.5
}

/// The gradient penalty of WGAN-GP: mean (|grad| - 1)^2 (Gulrajani et al. 2017, equation 3), to be weighted with
/// lambda; the gradient is that at [`interpolates`].
pub fn one_centred(gradient: Tensor<2>) -> Tensor<1> {
    let norm = (gradient.square().sum_dim(1) + EPSILON).sqrt();
    (norm - 1.0).square().mean()
}

/// eta real + (1 - eta) fake, with an eta of its own for each pair: `real` and `fake` are `[batch, features]`, `eta`
/// is `[batch, 1]` within 0..1.
pub fn interpolates(real: Tensor<2>, fake: Tensor<2>, eta: Tensor<2>) -> Tensor<2> {
    fake.clone() + (real - fake) * eta
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::objective::testing::assert_close;

    fn gradients() -> Tensor<2> {
        Tensor::from_floats([[3.0, 4.0], [0.0, 0.5]], &Device::flex())
    }

    #[test]
    fn hand_computed_values() {
        // (25 + 0.25) / 2, halved
        assert_close(zero_centred(gradients()), 6.3125);
        // ((5 - 1)^2 + (0.5 - 1)^2) / 2
        assert_close(one_centred(gradients()), 8.125);
    }

    #[test]
    fn interpolates_lie_between() {
        let device = Device::flex();
        let real = Tensor::<2>::from_floats([[1.0, 2.0], [1.0, 2.0], [1.0, 2.0]], &device);
        let fake = Tensor::<2>::from_floats([[3.0, 0.0], [3.0, 0.0], [3.0, 0.0]], &device);
        let eta = Tensor::<2>::from_floats([[1.0], [0.0], [0.25]], &device);
        let points = interpolates(real, fake, eta).into_data();
        assert_eq!(
            points.try_to_vec::<f32>().unwrap(),
            [1.0, 2.0, 3.0, 0.0, 2.5, 0.5]
        );
    }

    #[test]
    fn a_discriminator_that_is_flat_does_not_break_the_penalty() {
        let device = Device::flex().autodiff();
        let flat = Tensor::<2>::zeros([2, 3], &device).require_grad();
        let gradients = one_centred(flat.clone()).backward();
        let slope = flat.grad(&gradients).unwrap().abs().sum();
        assert_close(slope, 0.0);
    }
}
