//! The layers as kernels of CubeCL, which makes WebGPU's, Vulkan's, Metal's and CUDA's own out of them.
//!
//! Written for small nets, where a launch costs more than what it launches, and for whatever GPU a visitor has, software
//! included: one kernel an operation, each unit a small tile of sums in registers, no barrier where none is needed, and
//! lengths as numbers and not as constants, so that a kernel is compiled once for all batches.

mod conv;
mod dense;
mod loss;
mod parts;
mod vector;

use burn::{
    backend::tensor::FloatTensor,
    cubecl::{self, calculate_cube_count_elemwise, prelude::*},
    tensor::{DType, Shape},
};
use burn_cubecl::{CubeBackend, kernel::into_contiguous, tensor::CubeTensor};

use super::{End, Kernel, LayerGradients, Layers, SLOPE};

/// Units of a cube: what every device has, and a whole number of the groups that run in step.
const UNITS: u32 = 64;

impl Layers for CubeBackend {
    fn dense_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self> {
        dense::forward(rows(x), rows(weight), rows(bias), end)
    }

    fn conv_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self> {
        conv::shrink(rows(x), rows(weight), Some(rows(bias)), kernel, end)
    }

    fn conv_transpose_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self> {
        conv::grow(rows(x), rows(weight), Some(rows(bias)), kernel, end)
    }
}

impl LayerGradients for CubeBackend {
    fn before_end(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self> {
        conv::before_end(rows(gradient), rows(output), end)
    }

    fn dense_input_gradient(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self> {
        dense::input_gradient(rows(gradient), rows(output), rows(weight), end)
    }

    fn dense_weight_gradient(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        x: FloatTensor<Self>,
        end: End,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        dense::weight_gradient(rows(gradient), rows(output), rows(x), end)
    }

    fn conv_input_gradient(
        gradient: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self> {
        conv::grow(rows(gradient), rows(weight), None, kernel, End::Linear)
    }

    fn conv_transpose_input_gradient(
        gradient: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self> {
        conv::shrink(rows(gradient), rows(weight), None, kernel, End::Linear)
    }

    fn conv_weight_gradient(
        large: FloatTensor<Self>,
        small: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self> {
        conv::weight_gradient(rows(large), rows(small), kernel)
    }

    fn channel_sums(gradient: FloatTensor<Self>) -> FloatTensor<Self> {
        conv::channel_sums(rows(gradient))
    }
}

/// What a layer ends in, inside a kernel.
#[cube]
fn ended<N: Size>(x: Vector<f32, N>, #[comptime] end: End) -> Vector<f32, N> {
    match comptime!(end) {
        End::Linear => x,
        End::LeakyRelu => max(x, x * Vector::new(SLOPE)),
        End::Relu => max(x, Vector::new(0.0)),
        End::Tanh => x.tanh(),
    }
}

/// A gradient carried back over that, where `y` is the output.
#[cube]
fn before<N: Size>(
    gradient: Vector<f32, N>,
    y: Vector<f32, N>,
    #[comptime] end: End,
) -> Vector<f32, N> {
    match comptime!(end) {
        End::Linear => gradient,
        // max(sign(y), slope) is 1 above 0, and the slope from there on down.
        End::LeakyRelu => gradient * max(sign(y), Vector::new(SLOPE)),
        End::Relu => gradient * max(sign(y), Vector::new(0.0)),
        End::Tanh => gradient * (Vector::new(1.0) - y * y),
    }
}

/// 1 above 0, at most 0 elsewhere.
#[cube]
fn sign<N: Size>(y: Vector<f32, N>) -> Vector<f32, N> {
    // Any number above 0, the smallest included, comes out above 1.
    min(
        max(y * Vector::new(1e38), Vector::new(0.0)),
        Vector::new(1.0),
    )
}

/// A tensor whose numbers lie in their order.
fn rows(tensor: CubeTensor) -> CubeTensor {
    into_contiguous(tensor)
}

/// The lengths of a tensor of so many dimensions.
fn dims<const D: usize>(tensor: &CubeTensor) -> [usize; D] {
    tensor.meta.shape().dims()
}

/// A tensor beside `like` for a kernel to fill.
fn empty(like: &CubeTensor, shape: impl Into<Shape>) -> CubeTensor {
    let shape = shape.into();
    let handle = like.client.empty(shape.num_elements() * size_of::<f32>());
    CubeTensor::new_contiguous(
        like.client.clone(),
        like.device.clone(),
        shape,
        handle,
        DType::F32,
    )
}

/// A tensor's numbers as a kernel's argument.
fn buffer(tensor: &CubeTensor) -> BufferArg {
    let length = tensor.meta.num_elements();
    // SAFETY: `empty` and `rows` give tensors of so many numbers.
    unsafe { BufferArg::from_raw_parts(tensor.handle.clone(), length) }
}

/// How many numbers a vector can have for whole vectors to fill a row.
fn vector_size(length: usize) -> usize {
    match length {
        length if length.is_multiple_of(4) => 4,
        length if length.is_multiple_of(2) => 2,
        _ => 1,
    }
}

/// Cubes for so many units.
fn cubes(client: &burn::cubecl::client::Client, units: usize) -> (CubeCount, CubeDim) {
    let dim = CubeDim::new_1d(UNITS);
    (calculate_cube_count_elemwise(client, units, dim), dim)
}
