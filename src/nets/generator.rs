//! G: noise in, an example out.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::{conv::ConvGenerator, mlp::Mlp};
use crate::{data::Shape, experiment::Net};

/// Maps noise to examples in the data's own units: points as they are, pixels squashed to [-1, 1] by tanh.
#[derive(Module, Debug)]
pub struct Generator {
    net: GeneratorNet,
    #[module(skip)]
    bounded: bool,
}

#[derive(Module, Debug)]
enum GeneratorNet {
    Mlp(Mlp),
    Conv(ConvGenerator),
}

impl Generator {
    /// A generator of examples of `shape` from `noise` numbers, its weights drawn from `rng`.
    pub fn new(
        net: &Net,
        noise: usize,
        shape: Shape,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let (net, bounded) = match (net, shape) {
            (
                Net::Conv { channels },
                Shape::Image {
                    channels: colours,
                    height,
                    width,
                },
            ) => {
                let picture = [colours, height, width];
                let conv = ConvGenerator::new(noise, *channels, picture, rng, device);
                (GeneratorNet::Conv(conv), true)
            }
            (net, shape) => {
                let mlp = Mlp::new(noise, net.hidden(), shape.features(), rng, device);
                (GeneratorNet::Mlp(mlp), shape != Shape::Point)
            }
        };
        Self { net, bounded }
    }

    /// `[batch, noise]` to `[batch, features]`.
    pub fn forward(&self, noise: Tensor<2>) -> Tensor<2> {
        let examples = match &self.net {
            GeneratorNet::Mlp(net) => net.forward(noise),
            GeneratorNet::Conv(net) => net.forward(noise),
        };
        if self.bounded {
            examples.tanh()
        } else {
            examples
        }
    }
}
