//! Residual nets for pictures whose sides divide by four: R3GAN (Huang et al. 2024) made small. No normalisation;
//! plain resampling, never a strided convolution; the last convolution of each block starts near zero, so that a
//! block is all but the identity at first (Zhang et al. 2019, Fixup).

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::{
    conv::Picture,
    layers::{Conv, Dense, downsample, downsample_input_gradient, upsample},
};
use crate::{experiment::Activation, fused::Kernel};

/// What the variance of a block's last convolution is multiplied with. Not 0, which would have no spectral norm; under
/// spectral normalisation, which takes any scale away, a block starts as large as its input instead.
const BRANCH_GAIN: f32 = 1e-4;

/// x + outer(act(inner(act(x)))), all of one width.
#[derive(Module, Debug)]
struct Block {
    inner: Conv,
    outer: Conv,
    #[module(skip)]
    activation: Activation,
}

impl Block {
    fn new(channels: usize, activation: Activation, rng: &mut ChaCha8Rng, device: &Device) -> Self {
        let gain = activation.gain();
        Self {
            inner: Conv::new(Kernel::SQUARE, channels, channels, gain, rng, device),
            outer: Conv::new(
                Kernel::SQUARE,
                channels,
                channels,
                gain * BRANCH_GAIN,
                rng,
                device,
            ),
            activation,
        }
    }

    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let inner = self
            .inner
            .activated(self.activation.forward(x.clone()), self.activation);
        x + self.outer.forward(inner)
    }

    /// The output, and what carries a gradient back from there.
    fn trace(&self, x: Tensor<4>) -> (Tensor<4>, impl FnOnce(Tensor<4>) -> Tensor<4>) {
        let inner = self.inner.forward(self.activation.forward(x.clone()));
        let slopes = [
            self.activation.derivative(x.clone()),
            self.activation.derivative(inner.clone()),
        ];
        let output = x + self.outer.forward(self.activation.forward(inner));
        let back = move |gradient: Tensor<4>| {
            let [outer, inner] = slopes;
            let branch = self.outer.input_gradient(gradient.clone()) * inner;
            gradient + self.inner.input_gradient(branch) * outer
        };
        (output, back)
    }

    fn map_layers(mut self, mut change: impl FnMut(Conv) -> Conv) -> Self {
        self.inner = change(self.inner);
        self.outer = change(self.outer);
        self
    }
}

/// Noise, a linear layer to a quarter of the size, then a block and a doubling, twice.
#[derive(Module, Debug)]
pub struct ResidualGenerator {
    project: Dense,
    inner: Block,
    narrow: Conv,
    outer: Block,
    colour: Conv,
    #[module(skip)]
    seed_shape: Picture,
    #[module(skip)]
    activation: Activation,
}

impl ResidualGenerator {
    pub fn new(
        noise: usize,
        channels: usize,
        [colours, height, width]: Picture,
        activation: Activation,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let seed_shape = [2 * channels, height / 4, width / 4];
        Self {
            project: Dense::new(noise, seed_shape.iter().product(), 1.0, rng, device),
            inner: Block::new(2 * channels, activation, rng, device),
            narrow: Conv::new(Kernel::PIXEL, 2 * channels, channels, 1.0, rng, device),
            outer: Block::new(channels, activation, rng, device),
            colour: Conv::new(Kernel::SQUARE, channels, colours, 1.0, rng, device),
            seed_shape,
            activation,
        }
    }

    /// `[batch, noise]` to flat pictures before the output's squashing, `[batch, channels * height * width]`.
    pub fn forward(&self, noise: Tensor<2>) -> Tensor<2> {
        let [batch, _] = noise.dims();
        let [channels, height, width] = self.seed_shape;
        let x = self.early(noise);
        let x = self
            .inner
            .forward(x.reshape([batch, channels, height, width]));
        // Channels are mixed before the doubling, where it costs a quarter; the result is the same.
        let x = self.outer.forward(upsample(self.narrow.forward(x)));
        self.colour
            .forward(upsample(self.activation.forward(x)))
            .flatten(1, 3)
    }
}

impl ResidualGenerator {
    pub fn first(&self) -> &Dense {
        &self.project
    }

    /// `[batch, noise]` to what the first layer makes of it; its activation belongs to the block after it.
    pub fn early(&self, noise: Tensor<2>) -> Tensor<2> {
        self.project.forward(noise)
    }
}

/// A halving and a block, twice, then a linear layer to one number.
#[derive(Module, Debug)]
pub struct ResidualDiscriminator {
    colour: Conv,
    outer: Block,
    widen: Conv,
    inner: Block,
    judge: Dense,
    #[module(skip)]
    picture: Picture,
    #[module(skip)]
    activation: Activation,
}

impl ResidualDiscriminator {
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
            colour: Conv::new(Kernel::SQUARE, colours, channels, gain, rng, device),
            outer: Block::new(channels, activation, rng, device),
            widen: Conv::new(Kernel::PIXEL, channels, 2 * channels, 1.0, rng, device),
            inner: Block::new(2 * channels, activation, rng, device),
            judge: Dense::new(features, 1, 1.0, rng, device),
            picture,
            activation,
        }
    }

    pub fn with_spectral_norm(self, rng: &mut ChaCha8Rng) -> Self {
        let judge = self.judge.clone().with_spectral_norm(rng);
        Self {
            judge,
            ..self.map_layers(|layer| layer.with_spectral_norm(rng))
        }
    }

    pub fn iterate(self) -> Self {
        let judge = self.judge.clone().iterate();
        Self {
            judge,
            ..self.map_layers(Conv::iterate)
        }
    }

    /// Flat pictures, `[batch, channels * height * width]`, to logits, `[batch, 1]`.
    pub fn forward(&self, pictures: Tensor<2>) -> Tensor<2> {
        let x = self
            .colour
            .activated(self.unflatten(pictures), self.activation);
        let x = self
            .widen
            .forward(downsample(self.outer.forward(downsample(x))));
        let x = self.activation.forward(self.inner.forward(x));
        self.judge.forward(x.flatten(1, 3))
    }

    /// Logits, and their gradient with respect to each pixel, `[batch, channels * height * width]`.
    pub fn forward_with_gradient(&self, pictures: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
        let colour = self.colour.forward(self.unflatten(pictures));
        let x = downsample(self.activation.forward(colour.clone()));
        let (x, outer_back) = self.outer.trace(x);
        let (inner, inner_back) = self.inner.trace(self.widen.forward(downsample(x)));
        let [batch, channels, height, width] = inner.dims();
        let logits = self
            .judge
            .forward(self.activation.forward(inner.clone()).flatten(1, 3));

        let ones = Tensor::ones([batch, 1], (&logits.device(), logits.dtype()));
        let gradient = self
            .judge
            .input_gradient(ones)
            .reshape([batch, channels, height, width]);
        let gradient = inner_back(gradient * self.activation.derivative(inner));
        let gradient = downsample_input_gradient(self.widen.input_gradient(gradient));
        let gradient = downsample_input_gradient(outer_back(gradient));
        let gradient = self
            .colour
            .input_gradient(gradient * self.activation.derivative(colour));
        (logits, gradient.flatten(1, 3))
    }

    fn unflatten(&self, pictures: Tensor<2>) -> Tensor<4> {
        let [batch, _] = pictures.dims();
        let [colours, height, width] = self.picture;
        pictures.reshape([batch, colours, height, width])
    }

    fn map_layers(mut self, mut change: impl FnMut(Conv) -> Conv) -> Self {
        self.colour = change(self.colour);
        self.outer = self.outer.map_layers(&mut change);
        self.widen = change(self.widen);
        self.inner = self.inner.map_layers(&mut change);
        self
    }
}
