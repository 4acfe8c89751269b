//! The layers in Burn's own operations: what the fused ones must do, and how other numbers than f32 go.

use burn::tensor::{
    DType, Tensor,
    activation::{leaky_relu, log_sigmoid, relu},
    module::{conv_transpose2d, conv2d, linear},
    ops::{ConvOptions, ConvTransposeOptions},
};

use super::{End, Kernel, SLOPE};

/// Whether numbers of this kind go the plain way. In a browser there are none: only tests that compare with finite
/// differences need more digits, and a visitor need not fetch Burn's convolutions for them.
pub fn wanted(numbers: DType) -> bool {
    cfg!(not(target_family = "wasm")) && numbers != DType::F32
}

/// As [`dense`](super::dense).
pub fn dense(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<1>, end: End) -> Tensor<2> {
    ended(linear(x, weight, Some(bias)), end)
}

/// As [`conv`](super::conv).
pub fn conv(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    kernel: Kernel,
    end: End,
) -> Tensor<4> {
    let options = ConvOptions::new([kernel.stride; 2], [kernel.padding; 2], [1; 2], 1);
    ended(conv2d(x, weight, Some(bias), options), end)
}

/// As [`conv_transpose`](super::conv_transpose).
pub fn conv_transpose(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    kernel: Kernel,
    end: End,
) -> Tensor<4> {
    let (stride, padding) = ([kernel.stride; 2], [kernel.padding; 2]);
    let options = ConvTransposeOptions::new(stride, padding, [0; 2], [1; 2], 1);
    ended(conv_transpose2d(x, weight, Some(bias), options), end)
}

fn ended<const D: usize>(x: Tensor<D>, end: End) -> Tensor<D> {
    match end {
        End::Linear => x,
        End::LeakyRelu => leaky_relu(x, SLOPE.into()),
        End::Relu => relu(x),
        End::Tanh => x.tanh(),
    }
}

/// As [`cross_entropy`](super::cross_entropy).
pub fn cross_entropy(scores: Tensor<2>, real: usize, smoothing: f64) -> Tensor<1> {
    let [rows, _] = scores.dims();
    // softplus(l) = -ln sigmoid(-l), and Burn's log_sigmoid neither overflows nor loses small terms.
    let right = |scores: Tensor<2>| scores.clone().mean() * smoothing - log_sigmoid(scores).mean();
    let wrong = |scores: Tensor<2>| -log_sigmoid(-scores).mean();
    match (real, rows - real) {
        (_, 0) => right(scores),
        (0, _) => wrong(scores),
        (real, fake) => {
            right(scores.clone().narrow(0, 0, real)) + wrong(scores.narrow(0, real, fake))
        }
    }
}
