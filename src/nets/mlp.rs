//! A fully connected net.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::layers::Dense;
use crate::experiment::Activation;

#[derive(Module, Debug)]
pub struct Mlp {
    hidden: Vec<Dense>,
    output: Dense,
    #[module(skip)]
    activation: Activation,
}

impl Mlp {
    /// `inputs` numbers in, `hidden` widths in between, `outputs` numbers out.
    pub fn new(
        inputs: usize,
        hidden: &[usize],
        outputs: usize,
        activation: Activation,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let mut width = inputs;
        let layers = hidden
            .iter()
            .map(|&next| {
                let layer = Dense::new(width, next, activation.gain(), rng, device);
                width = next;
                layer
            })
            .collect();
        Self {
            hidden: layers,
            output: Dense::new(width, outputs, 1.0, rng, device),
            activation,
        }
    }

    pub fn with_spectral_norm(self, rng: &mut ChaCha8Rng) -> Self {
        self.map_layers(|layer| layer.with_spectral_norm(rng))
    }

    pub fn iterate(self) -> Self {
        self.map_layers(Dense::iterate)
    }

    /// `[batch, inputs]` to `[batch, outputs]`, linear at the end.
    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        let x = self
            .hidden
            .iter()
            .fold(x, |x, layer| layer.activated(x, self.activation));
        self.output.forward(x)
    }

    pub fn first(&self) -> &Dense {
        self.hidden.first().unwrap_or(&self.output)
    }

    /// `[batch, inputs]` to what the first layer makes of it, after the activation where there is one.
    pub fn early(&self, x: Tensor<2>) -> Tensor<2> {
        match self.hidden.is_empty() {
            true => self.first().forward(x),
            false => self.first().activated(x, self.activation),
        }
    }

    /// The one output of a discriminator, `[batch, 1]`, and its gradient with respect to each row of the input,
    /// `[batch, inputs]`, as an expression in the weights.
    pub fn forward_with_gradient(&self, x: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let [batch, inputs] = x.dims();
        let mut slopes = Vec::with_capacity(self.hidden.len());
        let x = self.hidden.iter().fold(x, |x, layer| {
            let x = layer.forward(x);
            slopes.push(self.activation.derivative(x.clone()));
            self.activation.forward(x)
        });
        let ones = Tensor::ones([1, 1], (&x.device(), x.dtype()));
        // One row to begin with, the same for every example; the first slope makes it a row for each.
        let gradient = self.hidden.iter().zip(slopes).rev().fold(
            self.output.input_gradient(ones),
            |gradient, (layer, slope)| layer.input_gradient(gradient * slope),
        );
        (self.output.forward(x), gradient.expand([batch, inputs]))
    }

    fn map_layers(mut self, mut change: impl FnMut(Dense) -> Dense) -> Self {
        self.hidden = self.hidden.into_iter().map(&mut change).collect();
        self.output = change(self.output);
        self
    }
}
