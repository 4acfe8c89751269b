//! The net: a picture twice halved by convolutions, then two linear layers.

use burn::{
    module::{Module, Param},
    nn::{Linear, PaddingConfig2d, conv::Conv2d},
    tensor::{Device, Tensor, TensorData, activation::relu},
};
use rand_chacha::ChaCha8Rng;

use super::ClassifierError;
use crate::{data::images::ImageFormat, rng};

/// The layers, as a file names them.
pub const ARCHITECTURE: &str = "conv4s2-16 conv4s2-32 linear-32 linear";
/// Features of a picture.
pub const FEATURES: usize = 32;

/// Outputs of the two convolutions.
const OUTER: usize = 16;
const INNER: usize = 32;
/// Kernels of 4x4 with stride 2 and padding 1 halve a picture exactly.
const KERNEL: usize = 4;
const STRIDE: usize = 2;
const PADDING: usize = 1;
/// LeakyReLU's slope below zero.
const SLOPE: f32 = 0.2;

/// What the net makes of a batch of pictures.
#[derive(Clone, Debug)]
pub struct Scores {
    /// `[batch, FEATURES]`, after the activation.
    pub features: Tensor<2>,
    /// `[batch, classes]`; their softmax is the probability of each class.
    pub logits: Tensor<2>,
}

#[derive(Module, Debug)]
pub struct Net {
    outer: Conv2d,
    inner: Conv2d,
    embed: Linear,
    sort: Linear,
    #[module(skip)]
    image: ImageFormat,
}

/// The weights of one layer, or its biases.
pub struct Slot<'a> {
    pub name: &'static str,
    pub shape: &'a [usize],
    /// Standard deviation that they start with, 0 for biases (He et al. 2015).
    pub std: f32,
}

impl Net {
    /// An untrained net, its weights drawn from `rng`.
    ///
    /// # Errors
    /// When there is no such net for pictures of this size, or for so many classes.
    pub fn new(
        image: ImageFormat,
        classes: usize,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Result<Self, ClassifierError> {
        Self::with(image, classes, device, |slot| {
            Ok(rng::normals(rng, slot.shape.iter().product(), slot.std))
        })
    }

    /// A net with the weights that `fill` gives for each slot.
    pub fn with(
        image: ImageFormat,
        classes: usize,
        device: &Device,
        mut fill: impl FnMut(Slot<'_>) -> Result<Vec<f32>, ClassifierError>,
    ) -> Result<Self, ClassifierError> {
        let ImageFormat {
            width,
            height,
            channels,
        } = image;
        let divides = |side: usize| side.is_multiple_of(4) && (4..=64).contains(&side);
        if !divides(width) || !divides(height) || !matches!(channels, 1 | 3) {
            return Err(ClassifierError::Image {
                width,
                height,
                channels,
            });
        }
        if !(2..=256).contains(&classes) {
            return Err(ClassifierError::Classes(classes));
        }
        let quarter = INNER * (width / 4) * (height / 4);
        let mut layers = Layers {
            device,
            fill: &mut fill,
        };
        Ok(Self {
            outer: layers.conv(["outer.weight", "outer.bias"], channels, OUTER)?,
            inner: layers.conv(["inner.weight", "inner.bias"], OUTER, INNER)?,
            embed: layers.linear(["embed.weight", "embed.bias"], quarter, FEATURES)?,
            sort: layers.linear(["sort.weight", "sort.bias"], FEATURES, classes)?,
            image,
        })
    }

    /// Where its weights are.
    pub fn device(&self) -> Device {
        self.outer.weight.device()
    }

    /// Pictures `[batch, channels * height * width]` in [-1, 1].
    pub fn forward(&self, rows: Tensor<2>) -> Scores {
        let [batch, _] = rows.dims();
        let ImageFormat {
            width,
            height,
            channels,
        } = self.image;
        let x = rows.reshape([batch, channels, height, width]);
        let x = leaky_relu(self.outer.forward(x));
        let x = leaky_relu(self.inner.forward(x));
        let features = leaky_relu(self.embed.forward(x.flatten(1, 3)));
        Scores {
            logits: self.sort.forward(features.clone()),
            features,
        }
    }
}

/// max(x, 0.2 x), written so that it costs no mask.
fn leaky_relu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    relu(x.clone()) * (1.0 - SLOPE) + x * SLOPE
}

/// Makes layers, and asks for their weights one after another.
struct Layers<'a, F> {
    device: &'a Device,
    fill: &'a mut F,
}

impl<F: FnMut(Slot<'_>) -> Result<Vec<f32>, ClassifierError>> Layers<'_, F> {
    fn conv(
        &mut self,
        [weight, bias]: [&'static str; 2],
        inputs: usize,
        outputs: usize,
    ) -> Result<Conv2d, ClassifierError> {
        let shape = [outputs, inputs, KERNEL, KERNEL];
        Ok(Conv2d {
            weight: self.param(weight, shape, inputs * KERNEL * KERNEL)?,
            bias: Some(self.bias(bias, outputs)?),
            stride: [STRIDE; 2],
            kernel_size: [KERNEL; 2],
            dilation: [1; 2],
            groups: 1,
            padding: PaddingConfig2d::Explicit(PADDING, PADDING, PADDING, PADDING),
        })
    }

    fn linear(
        &mut self,
        [weight, bias]: [&'static str; 2],
        inputs: usize,
        outputs: usize,
    ) -> Result<Linear, ClassifierError> {
        Ok(Linear {
            weight: self.param(weight, [inputs, outputs], inputs)?,
            bias: Some(self.bias(bias, outputs)?),
        })
    }

    fn param<const D: usize>(
        &mut self,
        name: &'static str,
        shape: [usize; D],
        fan_in: usize,
    ) -> Result<Param<Tensor<D>>, ClassifierError> {
        let gain = 2.0 / (1.0 + SLOPE * SLOPE);
        self.filled(name, shape, (gain / fan_in as f32).sqrt())
    }

    fn bias(
        &mut self,
        name: &'static str,
        len: usize,
    ) -> Result<Param<Tensor<1>>, ClassifierError> {
        self.filled(name, [len], 0.0)
    }

    fn filled<const D: usize>(
        &mut self,
        name: &'static str,
        shape: [usize; D],
        std: f32,
    ) -> Result<Param<Tensor<D>>, ClassifierError> {
        let values = (self.fill)(Slot {
            name,
            shape: &shape,
            std,
        })?;
        Ok(Param::from_data(
            TensorData::new(values, shape),
            self.device,
        ))
    }
}
