//! G: noise in, an example out.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::{Examples, conv::ConvGenerator, mlp::Mlp, residual::ResidualGenerator};
use crate::{
    data::Shape,
    experiment::{Net, Output},
};

/// Maps noise to examples in the nets' units.
#[derive(Module, Debug)]
pub struct Generator {
    net: GeneratorNet,
    /// What tanh is multiplied with, where the output is bounded.
    #[module(skip)]
    bound: Option<f32>,
    /// Dimensions of the noise, which come before the classes.
    #[module(skip)]
    noise: usize,
}

#[derive(Module, Debug)]
enum GeneratorNet {
    Mlp(Mlp),
    Conv(ConvGenerator),
    Residual(ResidualGenerator),
}

/// What a generator makes, and what from.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    pub shape: Shape,
    pub noise: usize,
    /// 0 in a run that is not conditional.
    pub classes: usize,
    /// The largest number that a bounded output gives.
    pub bound: f32,
}

impl Generator {
    /// A generator of what `made` says, its weights drawn from `rng`.
    pub fn new(
        net: &Net,
        output: Output,
        made: Made,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let inputs = made.noise + made.classes;
        let activation = net.activation();
        let picture = match made.shape {
            Shape::Row { .. } => [made.shape.features(), 1, 1],
            Shape::Image {
                channels,
                height,
                width,
            } => [channels, height, width],
        };
        let net = match net {
            Net::Mlp { hidden, .. } => {
                let outputs = made.shape.features();
                GeneratorNet::Mlp(Mlp::new(inputs, hidden, outputs, activation, rng, device))
            }
            Net::Conv { channels, .. } => GeneratorNet::Conv(ConvGenerator::new(
                inputs, *channels, picture, activation, rng, device,
            )),
            Net::Residual { channels, .. } => GeneratorNet::Residual(ResidualGenerator::new(
                inputs, *channels, picture, activation, rng, device,
            )),
        };
        Self {
            net,
            bound: matches!(output, Output::Tanh).then_some(made.bound),
            noise: made.noise,
        }
    }

    /// Noise, `[batch, noise]`, and in a conditional run classes, `[batch, classes]`, to examples of those
    /// classes, `[batch, features]`.
    pub fn forward(&self, noise: Tensor<2>, classes: Option<Tensor<2>>) -> Examples {
        let input = join(noise, classes.clone());
        let rows = match &self.net {
            GeneratorNet::Mlp(net) => net.forward(input),
            GeneratorNet::Conv(net) => net.forward(input),
            GeneratorNet::Residual(net) => net.forward(input),
        };
        let rows = match self.bound {
            None => rows,
            Some(1.0) => rows.tanh(),
            Some(bound) => rows.tanh() * bound,
        };
        Examples { rows, classes }
    }

    /// The first layer's weights on the noise, `[noise, outputs]`, without autodiff.
    pub fn first_weights(&self) -> Tensor<2> {
        let layer = match &self.net {
            GeneratorNet::Mlp(net) => net.first(),
            GeneratorNet::Conv(net) => net.first(),
            GeneratorNet::Residual(net) => net.first(),
        };
        layer.weights().narrow(0, 0, self.noise)
    }

    /// What the first layer makes of noise and classes, as the next one gets it, `[batch, outputs]`.
    pub fn early(&self, noise: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
        let input = join(noise, classes);
        match &self.net {
            GeneratorNet::Mlp(net) => net.early(input),
            GeneratorNet::Conv(net) => net.early(input),
            GeneratorNet::Residual(net) => net.early(input),
        }
    }
}

/// What goes into the first layer.
fn join(noise: Tensor<2>, classes: Option<Tensor<2>>) -> Tensor<2> {
    match classes {
        None => noise,
        Some(classes) => Tensor::cat(vec![noise, classes], 1),
    }
}
