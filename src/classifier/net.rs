//! The net: a picture twice halved by convolutions, then two linear layers.

use burn::{
    module::{Module, Param},
    tensor::{Device, Tensor, TensorData},
};
use rand_chacha::ChaCha8Rng;

use super::ClassifierError;
use crate::{
    data::images::ImageFormat,
    fused::{self, End, Kernel, SLOPE},
    rng,
};

/// The layers, as a file names them.
pub const ARCHITECTURE: &str = "conv4s2-16 conv4s2-32 linear-32 linear";
/// Features of a picture.
pub const FEATURES: usize = 32;

/// Outputs of the two convolutions.
const OUTER: usize = 16;
const INNER: usize = 32;

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
    outer: Layer<4>,
    inner: Layer<4>,
    embed: Layer<2>,
    sort: Layer<2>,
    #[module(skip)]
    image: ImageFormat,
}

/// A layer's weights, as the fused operations want them, and its bias.
#[derive(Module, Debug)]
struct Layer<const D: usize> {
    weight: Param<Tensor<D>>,
    bias: Param<Tensor<1>>,
}

impl Layer<4> {
    fn forward(&self, x: Tensor<4>) -> Tensor<4> {
        let (weight, bias) = (self.weight.val(), self.bias.val());
        fused::conv(x, weight, bias, Kernel::HALVING, End::LeakyRelu)
    }
}

impl Layer<2> {
    fn forward(&self, x: Tensor<2>, end: End) -> Tensor<2> {
        fused::dense(x, self.weight.val(), self.bias.val(), end)
    }
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
        let x = self.inner.forward(self.outer.forward(x));
        let features = self.embed.forward(x.flatten(1, 3), End::LeakyRelu);
        Scores {
            logits: self.sort.forward(features.clone(), End::Linear),
            features,
        }
    }
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
    ) -> Result<Layer<4>, ClassifierError> {
        let side = Kernel::HALVING.side;
        Ok(Layer {
            weight: self.param(weight, [outputs, inputs, side, side], inputs * side * side)?,
            bias: self.bias(bias, outputs)?,
        })
    }

    fn linear(
        &mut self,
        [weight, bias]: [&'static str; 2],
        inputs: usize,
        outputs: usize,
    ) -> Result<Layer<2>, ClassifierError> {
        Ok(Layer {
            weight: self.param(weight, [inputs, outputs], inputs)?,
            bias: self.bias(bias, outputs)?,
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
