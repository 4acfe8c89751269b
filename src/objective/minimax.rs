//! The minimax game as it stands in equation 1 of Goodfellow et al. (2014): G minimises what D maximises.
//!
//! - D minimises the same as in [`super::non_saturating`].
//! - G minimises  E ln(1 - D(G(z))) = mean -softplus(l_fake). Its gradient is -sigmoid(l), which vanishes where D
//!   is sure that the sample is fake: exactly where G would need it most.

use burn::tensor::Tensor;

use crate::fused;

pub fn generator_loss(fake: Tensor<2>) -> Tensor<1> {
    -fused::cross_entropy(fake, 0, 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::{
        non_saturating,
        testing::{assert_close, scores, slope},
    };

    #[test]
    fn hand_computed_values() {
        // -softplus(1) = -1.313262, -softplus(-3) = -0.048587; their mean
        assert_close(
            generator_loss(scores([1.0, -3.0])),
            -(1.313_262 + 0.048_587) / 2.0,
        );
        assert_close(generator_loss(scores([0.0])), -std::f32::consts::LN_2);
    }

    #[test]
    fn it_saturates_where_the_other_does_not() {
        // At l = -10 a fake is caught with p = 4.5e-5.
        let minimax = slope(generator_loss, -10.0);
        assert!((minimax / -4.54e-5 - 1.0).abs() < 1e-3, "{minimax}");
        let other = slope(non_saturating::generator_loss, -10.0);
        assert!((other + 1.0).abs() < 1e-4, "{other}");
    }
}
