//! What stands between a net's layers, with its derivative as an expression that autodiff can go through again:
//! an exact gradient penalty needs it (see [`super::Discriminator::forward_with_gradient`]).

use burn::tensor::{
    Tensor,
    activation::{relu, sigmoid, silu},
};

use crate::{
    experiment::Activation,
    fused::{End, SLOPE},
};

impl Activation {
    /// What a layer that is told its end makes, with this activation after it: at its end where a layer can have it there.
    pub fn after<const D: usize>(self, layer: impl FnOnce(End) -> Tensor<D>) -> Tensor<D> {
        match self {
            Self::LeakyRelu => layer(End::LeakyRelu),
            Self::Relu => layer(End::Relu),
            Self::Tanh => layer(End::Tanh),
            // Its derivative cannot be told from its value.
            Self::Silu => silu(layer(End::Linear)),
        }
    }

    pub fn forward<const D: usize>(self, x: Tensor<D>) -> Tensor<D> {
        match self {
            // max(x, 0.2 x) as 0.8 relu(x) + 0.2 x: Burn's own goes through a mask that costs more than the
            // matrix product before it.
            Self::LeakyRelu => relu(x.clone()) * (1.0 - SLOPE) + x * SLOPE,
            Self::Relu => relu(x),
            Self::Tanh => x.tanh(),
            Self::Silu => silu(x),
        }
    }

    /// The derivative at `x`. That of a piecewise linear activation is constant almost everywhere, and so
    /// carries no gradient of its own.
    pub fn derivative<const D: usize>(self, x: Tensor<D>) -> Tensor<D> {
        // -1 below 0, 1 above.
        let side = |x: Tensor<D>| x.detach().sign();
        match self {
            Self::LeakyRelu => side(x) * ((1.0 - SLOPE) / 2.0) + (1.0 + SLOPE) / 2.0,
            Self::Relu => side(x) * 0.5 + 0.5,
            Self::Tanh => -x.tanh().square() + 1.0,
            Self::Silu => {
                let gate = sigmoid(x.clone());
                gate.clone() + x * gate.clone() * (-gate + 1.0)
            }
        }
    }

    /// What the variance of weights is multiplied with, so that a signal keeps its size on its way through
    /// (He et al. 2015): 1 over the mean square of the activation of a standard Gaussian.
    pub fn gain(self) -> f32 {
        match self {
            Self::LeakyRelu => 2.0 / (1.0 + SLOPE * SLOPE),
            Self::Relu => 2.0,
            Self::Tanh => 2.54,
            Self::Silu => 2.81,
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    const ALL: [Activation; 4] = [
        Activation::LeakyRelu,
        Activation::Relu,
        Activation::Tanh,
        Activation::Silu,
    ];

    fn value(tensor: Tensor<1>) -> f32 {
        tensor.into_scalar()
    }

    #[test]
    fn derivatives_are_those_of_finite_differences() {
        let device = Device::flex();
        let at = |x: f32| Tensor::<1>::from_floats([x], &device);
        for activation in ALL {
            for x in [-3.0, -0.4, 0.3, 2.0f32] {
                let h = 1e-2;
                let ahead = value(activation.forward(at(x + h)));
                let behind = value(activation.forward(at(x - h)));
                let measured = (ahead - behind) / (2.0 * h);
                let derivative = value(activation.derivative(at(x)));
                assert!(
                    (measured - derivative).abs() < 1e-4,
                    "{activation:?} at {x}: {measured} against {derivative}"
                );
            }
        }
    }

    #[test]
    fn gains_undo_the_loss_of_a_standard_gaussian() {
        let device = Device::flex();
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Noise);
        let draws = crate::rng::normals(&mut rng, 200_000, 1.0);
        let draws = Tensor::<1>::from_floats(draws.as_slice(), &device);
        for activation in ALL {
            let square = value(activation.forward(draws.clone()).square().mean());
            assert!(
                (square * activation.gain() - 1.0).abs() < 0.02,
                "{activation:?}: {square}"
            );
        }
    }
}
