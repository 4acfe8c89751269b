//! A layer as one operation: product, bias and activation together, forwards and back.
//!
//! Written with Burn's own operations, a step of a small GAN is hundreds of them, and most of its time goes to what
//! surrounds the arithmetic: on a GPU to launches, on the CPU to passes over memory. Here a layer is one operation
//! forwards, and two backwards: the gradient with respect to its input, and that with respect to its weights. They are a
//! backend extension of Burn's, and take part in its autodiff (`autodiff`); the arithmetic is in the crate `gan-kernels`,
//! called from `cpu`, and in `gpu`. What they must compute is what the same layers written with Burn's operations do; the
//! tests hold them to that.
//!
//! Tensors hold pictures as `[batch, channels, height, width]`. Numbers other than f32 go the plain way.

mod autodiff;
#[cfg(feature = "cpu")]
mod cpu;
#[cfg(feature = "gpu")]
mod gpu;
mod loss;
mod plain;
#[cfg(feature = "gpu")]
mod shapes;
#[cfg(test)]
mod tests;
mod vector;

use burn::{
    backend::{Backend, Dispatch, backend_extension, tensor::FloatTensor},
    tensor::Tensor,
};

pub use gan_kernels::{Descent, End, Kernel, SLOPE};
pub use loss::cross_entropy;
pub use vector::{AnyTensor, Layout, descend, gather, parts};

/// Layers, forwards.
#[backend_extension(
    Flex: cfg(feature = "cpu"),
    Cube: cfg(feature = "gpu"),
    Fusion: cfg(feature = "gpu"),
    Autodiff
)]
pub(crate) trait Layers: Backend {
    #[fusion(dtype = x, shape = shapes::dense(x, weight))]
    fn dense_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self>;

    #[fusion(dtype = x, shape = shapes::small(x, weight, kernel))]
    fn conv_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self>;

    #[fusion(dtype = x, shape = shapes::large(x, weight, kernel))]
    fn conv_transpose_layer(
        x: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        bias: FloatTensor<Self>,
        kernel: Kernel,
        end: End,
    ) -> FloatTensor<Self>;
}

/// Layers, backwards. `gradient` is of a loss with respect to a layer's output, of its shape, and `output` that output
/// itself, which tells the activation's derivative.
#[backend_extension(
    Flex: cfg(feature = "cpu"),
    Cube: cfg(feature = "gpu"),
    Fusion: cfg(feature = "gpu")
)]
pub(crate) trait LayerGradients: Backend {
    /// The gradient with respect to what stands before the activation, as all of a convolution's gradients need it.
    #[fusion(dtype = gradient, shape = gradient)]
    fn before_end(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self>;

    /// With respect to the input, `[batch, inputs]`.
    #[fusion(dtype = gradient, shape = shapes::dense_input(gradient, weight))]
    fn dense_input_gradient(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        end: End,
    ) -> FloatTensor<Self>;

    /// With respect to weights, `[inputs, outputs]`, and bias, `[outputs]`.
    #[fusion(meta = shapes::dense_weights)]
    fn dense_weight_gradient(
        gradient: FloatTensor<Self>,
        output: FloatTensor<Self>,
        x: FloatTensor<Self>,
        end: End,
    ) -> (FloatTensor<Self>, FloatTensor<Self>);

    /// Of a convolution with respect to its input, `[batch, inputs, height, width]`.
    #[fusion(dtype = gradient, shape = shapes::large(gradient, weight, kernel))]
    fn conv_input_gradient(
        gradient: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self>;

    /// Of a transposed convolution with respect to its input: a convolution with the very same weights.
    #[fusion(dtype = gradient, shape = shapes::small(gradient, weight, kernel))]
    fn conv_transpose_input_gradient(
        gradient: FloatTensor<Self>,
        weight: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self>;

    /// Of either with respect to its weights, `[channels of small, channels of large, side, side]`. A convolution's input is
    /// the large side and its output the small one; a transposed one's are the other way round.
    #[fusion(dtype = large, shape = shapes::weights(large, small, kernel))]
    fn conv_weight_gradient(
        large: FloatTensor<Self>,
        small: FloatTensor<Self>,
        kernel: Kernel,
    ) -> FloatTensor<Self>;

    /// With respect to a bias of channels: the sum over all else, `[channels]`.
    #[fusion(dtype = gradient, shape = shapes::channels(gradient))]
    fn channel_sums(gradient: FloatTensor<Self>) -> FloatTensor<Self>;
}

/// A fully connected layer: `x`, `[batch, inputs]`, times `weight`, `[inputs, outputs]`, plus `bias`, `[outputs]`.
pub fn dense(x: Tensor<2>, weight: Tensor<2>, bias: Tensor<1>, end: End) -> Tensor<2> {
    if plain::wanted(x.dtype()) {
        return plain::dense(x, weight, bias, end);
    }
    Tensor::from_dispatch(Dispatch::dense_layer(
        x.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        end,
    ))
}

/// The product of `left`, `[rows, inner]`, and `right`, `[inner, columns]`: a layer without a bias, so that a module needs
/// no other matrix product.
pub fn product(left: Tensor<2>, right: Tensor<2>) -> Tensor<2> {
    let [_, columns] = right.dims();
    let bias = Tensor::zeros([columns], (&right.device(), right.dtype()));
    dense(left, right, bias, End::Linear)
}

/// A convolution: `x`, `[batch, inputs, height, width]`, under `weight`, `[outputs, inputs, side, side]`, plus `bias`,
/// `[outputs]`.
pub fn conv(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    kernel: Kernel,
    end: End,
) -> Tensor<4> {
    if plain::wanted(x.dtype()) {
        return plain::conv(x, weight, bias, kernel, end);
    }
    Tensor::from_dispatch(Dispatch::conv_layer(
        x.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        kernel,
        end,
    ))
}

/// A transposed convolution: `x`, `[batch, inputs, height, width]`, under `weight`, `[inputs, outputs, side, side]`, plus
/// `bias`, `[outputs]`.
pub fn conv_transpose(
    x: Tensor<4>,
    weight: Tensor<4>,
    bias: Tensor<1>,
    kernel: Kernel,
    end: End,
) -> Tensor<4> {
    if plain::wanted(x.dtype()) {
        return plain::conv_transpose(x, weight, bias, kernel, end);
    }
    Tensor::from_dispatch(Dispatch::conv_transpose_layer(
        x.into_dispatch(),
        weight.into_dispatch(),
        bias.into_dispatch(),
        kernel,
        end,
    ))
}
