//! Small DCGAN nets for pictures whose sides divide by four (Radford et al. 2016), without its normalisation.

use burn::{
    module::Module,
    nn::{
        Linear,
        conv::{Conv2d, ConvTranspose2d},
    },
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::layers::{Gain, conv, conv_transpose, leaky_relu, linear};

/// Size of a picture, `[channels, height, width]`.
pub type Picture = [usize; 3];

/// Noise, a linear layer to a quarter of the size, then twice doubled.
#[derive(Module, Debug)]
pub struct ConvGenerator {
    project: Linear,
    inner: ConvTranspose2d,
    outer: ConvTranspose2d,
    #[module(skip)]
    seed_shape: Picture,
}

impl ConvGenerator {
    pub fn new(
        noise: usize,
        channels: usize,
        [colours, height, width]: Picture,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let seed_shape = [2 * channels, height / 4, width / 4];
        Self {
            project: linear(
                noise,
                seed_shape.iter().product(),
                Gain::LeakyRelu,
                rng,
                device,
            ),
            inner: conv_transpose(2 * channels, channels, Gain::LeakyRelu, rng, device),
            outer: conv_transpose(channels, colours, Gain::Output, rng, device),
            seed_shape,
        }
    }

    /// `[batch, noise]` to flat pictures before tanh, `[batch, channels * height * width]`.
    pub fn forward(&self, noise: Tensor<2>) -> Tensor<2> {
        let [batch, _] = noise.dims();
        let [channels, height, width] = self.seed_shape;
        let x = leaky_relu(self.project.forward(noise));
        let x = x.reshape([batch, channels, height, width]);
        let x = leaky_relu(self.inner.forward(x));
        self.outer.forward(x).flatten(1, 3)
    }
}

/// Twice halved, then a linear layer to one number.
#[derive(Module, Debug)]
pub struct ConvDiscriminator {
    outer: Conv2d,
    inner: Conv2d,
    judge: Linear,
    #[module(skip)]
    picture: Picture,
}

impl ConvDiscriminator {
    pub fn new(
        channels: usize,
        picture @ [colours, height, width]: Picture,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let features = 2 * channels * (height / 4) * (width / 4);
        Self {
            outer: conv(colours, channels, Gain::LeakyRelu, rng, device),
            inner: conv(channels, 2 * channels, Gain::LeakyRelu, rng, device),
            judge: linear(features, 1, Gain::Output, rng, device),
            picture,
        }
    }

    /// Flat pictures, `[batch, channels * height * width]`, to logits, `[batch, 1]`.
    pub fn forward(&self, pictures: Tensor<2>) -> Tensor<2> {
        let [batch, _] = pictures.dims();
        let [colours, height, width] = self.picture;
        let x = pictures.reshape([batch, colours, height, width]);
        let x = leaky_relu(self.outer.forward(x));
        let x = leaky_relu(self.inner.forward(x));
        self.judge.forward(x.flatten(1, 3))
    }
}
