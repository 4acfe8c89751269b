//! Small DCGAN nets for pictures whose sides divide by four (Radford et al. 2016), without its normalisation.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::layers::{Conv, ConvTranspose, Dense};
use crate::{experiment::Activation, fused::Kernel};

/// Size of a picture, `[channels, height, width]`.
pub type Picture = [usize; 3];

/// Noise, a linear layer to a quarter of the size, then twice doubled.
#[derive(Module, Debug)]
pub struct ConvGenerator {
    project: Dense,
    inner: ConvTranspose,
    outer: ConvTranspose,
    #[module(skip)]
    seed_shape: Picture,
    #[module(skip)]
    activation: Activation,
}

impl ConvGenerator {
    pub fn new(
        noise: usize,
        channels: usize,
        [colours, height, width]: Picture,
        activation: Activation,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let seed_shape = [2 * channels, height / 4, width / 4];
        let gain = activation.gain();
        Self {
            project: Dense::new(noise, seed_shape.iter().product(), gain, rng, device),
            inner: ConvTranspose::new(2 * channels, channels, gain, rng, device),
            outer: ConvTranspose::new(channels, colours, 1.0, rng, device),
            seed_shape,
            activation,
        }
    }

    /// `[batch, noise]` to flat pictures before the output's squashing, `[batch, channels * height * width]`.
    pub fn forward(&self, noise: Tensor<2>) -> Tensor<2> {
        let [batch, _] = noise.dims();
        let [channels, height, width] = self.seed_shape;
        let x = self.early(noise).reshape([batch, channels, height, width]);
        let x = self.inner.activated(x, self.activation);
        self.outer.forward(x).flatten(1, 3)
    }

    pub fn first(&self) -> &Dense {
        &self.project
    }

    /// `[batch, noise]` to what the first layer makes of it, after the activation.
    pub fn early(&self, noise: Tensor<2>) -> Tensor<2> {
        self.project.activated(noise, self.activation)
    }
}

/// Twice halved, then a linear layer to one number.
#[derive(Module, Debug)]
pub struct ConvDiscriminator {
    outer: Conv,
    inner: Conv,
    judge: Dense,
    #[module(skip)]
    picture: Picture,
    #[module(skip)]
    activation: Activation,
}

impl ConvDiscriminator {
    pub fn new(
        channels: usize,
        picture @ [colours, height, width]: Picture,
        activation: Activation,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let features = 2 * channels * (height / 4) * (width / 4);
        let gain = activation.gain();
        Self {
            outer: Conv::new(Kernel::HALVING, colours, channels, gain, rng, device),
            inner: Conv::new(Kernel::HALVING, channels, 2 * channels, gain, rng, device),
            judge: Dense::new(features, 1, 1.0, rng, device),
            picture,
            activation,
        }
    }

    pub fn with_spectral_norm(mut self, rng: &mut ChaCha8Rng) -> Self {
        self.outer = self.outer.with_spectral_norm(rng);
        self.inner = self.inner.with_spectral_norm(rng);
        self.judge = self.judge.with_spectral_norm(rng);
        self
    }

    pub fn iterate(mut self) -> Self {
        self.outer = self.outer.iterate();
        self.inner = self.inner.iterate();
        self.judge = self.judge.iterate();
        self
    }

    /// Flat pictures, `[batch, channels * height * width]`, to logits, `[batch, 1]`.
    pub fn forward(&self, pictures: Tensor<2>) -> Tensor<2> {
        let x = self
            .outer
            .activated(self.unflatten(pictures), self.activation);
        let x = self.inner.activated(x, self.activation);
        self.judge.forward(x.flatten(1, 3))
    }

    /// Logits, and their gradient with respect to each pixel, `[batch, channels * height * width]`.
    pub fn forward_with_gradient(&self, pictures: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let outer = self.outer.forward(self.unflatten(pictures));
        let inner = self.inner.forward(self.activation.forward(outer.clone()));
        let [_, channels, height, width] = inner.dims();
        let logits = self
            .judge
            .forward(self.activation.forward(inner.clone()).flatten(1, 3));
        let ones = Tensor::ones([1, 1], (&logits.device(), logits.dtype()));
        let gradient = self
            .judge
            .input_gradient(ones)
            .reshape([1, channels, height, width]);
        let gradient = self
            .inner
            .input_gradient(gradient * self.activation.derivative(inner));
        let gradient = self
            .outer
            .input_gradient(gradient * self.activation.derivative(outer));
        (logits, gradient.flatten(1, 3))
    }

    fn unflatten(&self, pictures: Tensor<2>) -> Tensor<4> {
        let [batch, _] = pictures.dims();
        let [colours, height, width] = self.picture;
        pictures.reshape([batch, colours, height, width])
    }
}
