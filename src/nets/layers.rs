//! Layers with weights drawn from the run's seed, and the one activation.

use burn::{
    module::Param,
    nn::{
        Linear, PaddingConfig2d,
        conv::{Conv2d, ConvTranspose2d},
    },
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand_chacha::ChaCha8Rng;

use crate::rng;

/// LeakyReLU's slope below zero, as in DCGAN (Radford et al. 2016).
pub const SLOPE: f32 = 0.2;

/// Side of every convolution kernel; with stride 2 and padding 1 it halves or doubles a picture exactly.
const KERNEL: usize = 4;
const STRIDE: usize = 2;
const PADDING: usize = 1;

/// What a layer's output goes into, which decides how large its weights start (He et al. 2015).
#[derive(Clone, Copy, Debug)]
pub enum Gain {
    LeakyRelu,
    /// The net's output, linear or tanh.
    Output,
}

impl Gain {
    /// Standard deviation of the weights of a unit that sums `fan_in` inputs.
    fn std(self, fan_in: usize) -> f32 {
        let squared = match self {
            Gain::LeakyRelu => 2.0 / (1.0 + SLOPE * SLOPE),
            Gain::Output => 1.0,
        };
        (squared / fan_in as f32).sqrt()
    }
}

/// max(x, 0.2 x), written as 0.8 relu(x) + 0.2 x: Burn's own goes through a mask that costs more than the
/// matrix product before it.
pub fn leaky_relu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    relu(x.clone()) * (1.0 - SLOPE) + x * SLOPE
}

/// `[batch, inputs]` to `[batch, outputs]`.
pub fn linear(
    inputs: usize,
    outputs: usize,
    gain: Gain,
    rng: &mut ChaCha8Rng,
    device: &Device,
) -> Linear {
    Linear {
        weight: weights([inputs, outputs], gain.std(inputs), rng, device),
        bias: Some(zeros(outputs, device)),
    }
}

/// Halves a picture: `[batch, inputs, 2h, 2w]` to `[batch, outputs, h, w]`.
pub fn conv(
    inputs: usize,
    outputs: usize,
    gain: Gain,
    rng: &mut ChaCha8Rng,
    device: &Device,
) -> Conv2d {
    let std = gain.std(inputs * KERNEL * KERNEL);
    Conv2d {
        weight: weights([outputs, inputs, KERNEL, KERNEL], std, rng, device),
        bias: Some(zeros(outputs, device)),
        stride: [STRIDE; 2],
        kernel_size: [KERNEL; 2],
        dilation: [1; 2],
        groups: 1,
        padding: PaddingConfig2d::Explicit(PADDING, PADDING, PADDING, PADDING),
    }
}

/// Doubles a picture: `[batch, inputs, h, w]` to `[batch, outputs, 2h, 2w]`.
pub fn conv_transpose(
    inputs: usize,
    outputs: usize,
    gain: Gain,
    rng: &mut ChaCha8Rng,
    device: &Device,
) -> ConvTranspose2d {
    // Each output pixel sums over a quarter of the kernel, as the stride spreads the input out.
    let std = gain.std(inputs * (KERNEL / STRIDE) * (KERNEL / STRIDE));
    ConvTranspose2d {
        weight: weights([inputs, outputs, KERNEL, KERNEL], std, rng, device),
        bias: Some(zeros(outputs, device)),
        stride: [STRIDE; 2],
        kernel_size: [KERNEL; 2],
        dilation: [1; 2],
        groups: 1,
        padding: [PADDING; 2],
        padding_out: [0; 2],
        channels: [inputs, outputs],
    }
}

fn weights<const D: usize>(
    shape: [usize; D],
    std: f32,
    rng: &mut ChaCha8Rng,
    device: &Device,
) -> Param<Tensor<D>> {
    let values = rng::normals(rng, shape.iter().product(), std);
    Param::from_data(TensorData::new(values, shape), device)
}

fn zeros(len: usize, device: &Device) -> Param<Tensor<1>> {
    Param::from_data(TensorData::new(vec![0f32; len], [len]), device)
}
