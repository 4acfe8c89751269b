//! A fully connected net with LeakyReLU between its layers.

use burn::{
    module::Module,
    nn::Linear,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::layers::{Gain, leaky_relu, linear};

#[derive(Module, Debug)]
pub struct Mlp {
    hidden: Vec<Linear>,
    output: Linear,
}

impl Mlp {
    /// `inputs` numbers in, `hidden` widths in between, `outputs` numbers out.
    pub fn new(
        inputs: usize,
        hidden: &[usize],
        outputs: usize,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let mut width = inputs;
        let layers = hidden
            .iter()
            .map(|&next| {
                let layer = linear(width, next, Gain::LeakyRelu, rng, device);
                width = next;
                layer
            })
            .collect();
        Self {
            hidden: layers,
            output: linear(width, outputs, Gain::Output, rng, device),
        }
    }

    /// `[batch, inputs]` to `[batch, outputs]`, linear at the end.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let x = self
            .hidden
            .iter()
            .fold(x, |x, layer| leaky_relu(layer.forward(x)));
        self.output.forward(x)
    }
}
