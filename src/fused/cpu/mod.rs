//! The layers on Burn's CPU backend, Flex: the crate `gan-kernels` on its tensors.

mod loss;
mod vector;

use burn::{
    backend::{Flex, tensor::FloatTensor},
    tensor::{Shape, TensorData},
};
use gan_kernels::Pair;

use super::{End, Kernel, LayerGradients, Layers};

type CpuTensor = FloatTensor<Flex>;

impl Layers for Flex {
    fn dense_layer(x: CpuTensor, weight: CpuTensor, bias: CpuTensor, end: End) -> CpuTensor {
        let [batch, inputs] = dims(&x);
        let [_, outputs] = dims(&weight);
        let (x, weight, bias) = (numbers(&x), numbers(&weight), numbers(&bias));
        let y = gan_kernels::forward(&x, &weight, &bias, [batch, inputs, outputs], end);
        tensor(y, [batch, outputs])
    }

    fn conv_layer(
        x: CpuTensor,
        weight: CpuTensor,
        bias: CpuTensor,
        kernel: Kernel,
        end: End,
    ) -> CpuTensor {
        let pair = Pair::of_large(dims(&x), dims(&weight), kernel);
        let made = pair.shrink(&numbers(&x), &numbers(&weight), Some(&numbers(&bias)), end);
        tensor(made, pair.small_shape())
    }

    fn conv_transpose_layer(
        x: CpuTensor,
        weight: CpuTensor,
        bias: CpuTensor,
        kernel: Kernel,
        end: End,
    ) -> CpuTensor {
        let pair = Pair::of_small(dims(&x), dims(&weight), kernel);
        let made = pair.grow(&numbers(&x), &numbers(&weight), Some(&numbers(&bias)), end);
        tensor(made, pair.large_shape())
    }
}

impl LayerGradients for Flex {
    fn before_end(gradient: CpuTensor, output: CpuTensor, end: End) -> CpuTensor {
        let shape = gradient.layout().shape().clone();
        let (gradient, output) = (numbers(&gradient), numbers(&output));
        tensor(end.before(&gradient, &output).into_owned(), shape)
    }

    fn dense_input_gradient(
        gradient: CpuTensor,
        output: CpuTensor,
        weight: CpuTensor,
        end: End,
    ) -> CpuTensor {
        let [batch, outputs] = dims(&gradient);
        let [inputs, _] = dims(&weight);
        let (gradient, output) = (numbers(&gradient), numbers(&output));
        let before = end.before(&gradient, &output);
        let sizes = [batch, inputs, outputs];
        let made = gan_kernels::input_gradient(&before, &numbers(&weight), sizes);
        tensor(made, [batch, inputs])
    }

    fn dense_weight_gradient(
        gradient: CpuTensor,
        output: CpuTensor,
        x: CpuTensor,
        end: End,
    ) -> (CpuTensor, CpuTensor) {
        let [batch, outputs] = dims(&gradient);
        let [_, inputs] = dims(&x);
        let (gradient, output) = (numbers(&gradient), numbers(&output));
        let before = end.before(&gradient, &output);
        let sizes = [batch, inputs, outputs];
        let (weight, bias) = gan_kernels::weight_gradient(&before, &numbers(&x), sizes);
        (tensor(weight, [inputs, outputs]), tensor(bias, [outputs]))
    }

    fn conv_input_gradient(gradient: CpuTensor, weight: CpuTensor, kernel: Kernel) -> CpuTensor {
        let pair = Pair::of_small(dims(&gradient), dims(&weight), kernel);
        let made = pair.grow(&numbers(&gradient), &numbers(&weight), None, End::Linear);
        tensor(made, pair.large_shape())
    }

    fn conv_transpose_input_gradient(
        gradient: CpuTensor,
        weight: CpuTensor,
        kernel: Kernel,
    ) -> CpuTensor {
        let pair = Pair::of_large(dims(&gradient), dims(&weight), kernel);
        let made = pair.shrink(&numbers(&gradient), &numbers(&weight), None, End::Linear);
        tensor(made, pair.small_shape())
    }

    fn conv_weight_gradient(large: CpuTensor, small: CpuTensor, kernel: Kernel) -> CpuTensor {
        let pair = Pair::between(dims(&large), dims(&small), kernel);
        let made = pair.weight_gradient(&numbers(&large), &numbers(&small));
        tensor(made, pair.weight_shape())
    }

    fn channel_sums(gradient: CpuTensor) -> CpuTensor {
        let [_, channels, height, width] = dims(&gradient);
        let sums = gan_kernels::channel_sums(&numbers(&gradient), channels, height * width);
        tensor(sums, [channels])
    }
}

fn tensor(values: Vec<f32>, shape: impl Into<Shape>) -> CpuTensor {
    CpuTensor::from_data(TensorData::new(values, shape))
}

/// The lengths of a tensor of so many dimensions.
fn dims<const D: usize>(tensor: &CpuTensor) -> [usize; D] {
    let shape = tensor.layout().shape();
    std::array::from_fn(|at| shape[at])
}

/// A tensor's numbers in their order, copied only where they do not lie so.
fn numbers(tensor: &CpuTensor) -> Numbers {
    let tensor = match tensor.is_contiguous() {
        true => tensor.clone(),
        false => tensor.to_contiguous(),
    };
    Numbers(tensor)
}

struct Numbers(CpuTensor);

impl std::ops::Deref for Numbers {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        let start = self.0.layout().start_offset();
        let count = self.0.layout().num_elements();
        &self.0.storage::<f32>()[start..start + count]
    }
}
