//! Layers with weights drawn from the run's seed. D's layers can also carry a gradient back to their input as a
//! plain expression (`input_gradient`), and divide their weights by their spectral norm.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor, TensorData, module::avg_pool2d, ops::AvgPoolOptions},
};
use rand_chacha::ChaCha8Rng;

use super::spectral::Spectral;
use crate::{
    experiment::Activation,
    fused::{self, End, Kernel},
    rng,
};

/// A fully connected layer, `[batch, inputs]` to `[batch, outputs]`.
#[derive(Module, Debug)]
pub struct Dense {
    /// `[inputs, outputs]`
    weight: Param<Tensor<2>>,
    bias: Param<Tensor<1>>,
    spectral: Option<Spectral>,
}

impl Dense {
    /// `gain` is what the variance 1 / inputs of the weights is multiplied with.
    pub fn new(
        inputs: usize,
        outputs: usize,
        gain: f32,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let std = (gain / inputs as f32).sqrt();
        Self {
            weight: weights([inputs, outputs], std, rng, device),
            bias: zeros(outputs, device),
            spectral: None,
        }
    }

    pub fn with_spectral_norm(mut self, rng: &mut ChaCha8Rng) -> Self {
        self.spectral = Some(Spectral::new(self.weight.val(), rng));
        self
    }

    /// One power iteration, where there is a spectral norm.
    pub fn iterate(mut self) -> Self {
        let weight = &self.weight;
        self.spectral = self
            .spectral
            .map(|spectral| spectral.iterate(weight.val().inner()));
        self
    }

    pub fn forward(&self, x: Tensor<2>) -> Tensor<2> {
        fused::dense(x, self.effective(), self.bias.val(), End::Linear)
    }

    /// The layer and the activation after it.
    pub fn activated(&self, x: Tensor<2>, activation: Activation) -> Tensor<2> {
        activation.after(|end| fused::dense(x, self.effective(), self.bias.val(), end))
    }

    /// `[inputs, outputs]`, without autodiff.
    pub fn weights(&self) -> Tensor<2> {
        self.weight.val().inner()
    }

    /// Carries a gradient with respect to the output, `[batch, outputs]`, back to the input.
    pub fn input_gradient(&self, gradient: Tensor<2>) -> Tensor<2> {
        fused::product(gradient, self.effective().transpose())
    }

    fn effective(&self) -> Tensor<2> {
        let weight = self.weight.val();
        match &self.spectral {
            None => weight,
            Some(spectral) => weight.clone() / spectral.norm(weight),
        }
    }
}

/// A convolution, `[batch, inputs, height, width]` to `[batch, outputs, height / stride, width / stride]`.
#[derive(Module, Debug)]
pub struct Conv {
    /// `[outputs, inputs, side, side]`
    weight: Param<Tensor<4>>,
    bias: Param<Tensor<1>>,
    #[module(skip)]
    kernel: Kernel,
    spectral: Option<Spectral>,
}

impl Conv {
    pub fn new(
        kernel: Kernel,
        inputs: usize,
        outputs: usize,
        gain: f32,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let Kernel { side, .. } = kernel;
        let std = (gain / (inputs * side * side) as f32).sqrt();
        Self {
            weight: weights([outputs, inputs, side, side], std, rng, device),
            bias: zeros(outputs, device),
            kernel,
            spectral: None,
        }
    }

    pub fn with_spectral_norm(mut self, rng: &mut ChaCha8Rng) -> Self {
        self.spectral = Some(Spectral::new(self.weight.val().flatten(1, 3), rng));
        self
    }

    /// One power iteration, where there is a spectral norm.
    pub fn iterate(mut self) -> Self {
        let weight = &self.weight;
        self.spectral = self
            .spectral
            .map(|spectral| spectral.iterate(weight.val().inner().flatten(1, 3)));
        self
    }

    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let bias = self.bias.val();
        fused::conv(x, self.effective(), bias, self.kernel, End::Linear)
    }

    /// The layer and the activation after it.
    pub fn activated(&self, x: Tensor<4>, activation: Activation) -> Tensor<4> {
        let bias = self.bias.val();
        activation.after(|end| fused::conv(x, self.effective(), bias, self.kernel, end))
    }

    /// Carries a gradient with respect to the output back to the input: the transposed convolution with the
    /// very same weights. A stride of 2 needs an input of even sides, which [`Kernel::HALVING`] is only given.
    pub fn input_gradient(&self, gradient: Tensor<4>) -> Tensor<4> {
        let weight = self.effective();
        let [_, inputs, ..] = weight.dims();
        let bias = Tensor::zeros([inputs], (&gradient.device(), gradient.dtype()));
        fused::conv_transpose(gradient, weight, bias, self.kernel, End::Linear)
    }

    fn effective(&self) -> Tensor<4> {
        let weight = self.weight.val();
        match &self.spectral {
            None => weight,
            Some(spectral) => {
                let norm = spectral.norm(weight.clone().flatten(1, 3));
                weight / norm.unsqueeze()
            }
        }
    }
}

/// A transposed convolution of [`Kernel::HALVING`]: `[batch, inputs, h, w]` to `[batch, outputs, 2h, 2w]`.
#[derive(Module, Debug)]
pub struct ConvTranspose {
    /// `[inputs, outputs, side, side]`
    weight: Param<Tensor<4>>,
    bias: Param<Tensor<1>>,
}

impl ConvTranspose {
    pub fn new(
        inputs: usize,
        outputs: usize,
        gain: f32,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let Kernel { side, stride, .. } = Kernel::HALVING;
        // Each output pixel sums over a quarter of the kernel, as the stride spreads the input out.
        let std = (gain / (inputs * (side / stride).pow(2)) as f32).sqrt();
        Self {
            weight: weights([inputs, outputs, side, side], std, rng, device),
            bias: zeros(outputs, device),
        }
    }

    pub fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let (weight, bias) = (self.weight.val(), self.bias.val());
        fused::conv_transpose(x, weight, bias, Kernel::HALVING, End::Linear)
    }

    /// The layer and the activation after it.
    pub fn activated(&self, x: Tensor<4>, activation: Activation) -> Tensor<4> {
        let (weight, bias) = (self.weight.val(), self.bias.val());
        activation.after(|end| fused::conv_transpose(x, weight, bias, Kernel::HALVING, end))
    }
}

/// Every pixel four times: `[batch, channels, h, w]` to `[batch, channels, 2h, 2w]`.
pub fn upsample(x: Tensor<4>) -> Tensor<4> {
    let [batch, channels, height, width] = x.dims();
    // Burn's interpolation has no exact backward pass on the GPU; a view that repeats has.
    x.reshape([batch, channels, height, 1, width, 1])
        .expand([batch, channels, height, 2, width, 2])
        .reshape([batch, channels, 2 * height, 2 * width])
}

/// The mean of every two by two pixels: `[batch, channels, 2h, 2w]` to `[batch, channels, h, w]`.
pub fn downsample(x: Tensor<4>) -> Tensor<4> {
    avg_pool2d(x, AvgPoolOptions::new([2; 2]))
}

/// Carries a gradient with respect to the output of [`downsample`] back to its input.
pub fn downsample_input_gradient(gradient: Tensor<4>) -> Tensor<4> {
    upsample(gradient) * 0.25
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
