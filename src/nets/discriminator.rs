//! D: an example in, one logit out.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::{conv::ConvDiscriminator, mlp::Mlp};
use crate::{data::Shape, experiment::Net};

/// Scores examples. The score is a logit: above 0 D holds the example to be real, and sigmoid of it is D's
/// probability of that.
#[derive(Module, Debug)]
pub struct Discriminator {
    net: DiscriminatorNet,
}

#[derive(Module, Debug)]
enum DiscriminatorNet {
    Mlp(Mlp),
    Conv(ConvDiscriminator),
}

impl Discriminator {
    /// A discriminator of examples of `shape`, its weights drawn from `rng`.
    pub fn new(net: &Net, shape: Shape, rng: &mut ChaCha8Rng, device: &Device) -> Self {
        let net = match (net, shape) {
            (
                Net::Conv { channels },
                Shape::Image {
                    channels: colours,
                    height,
                    width,
                },
            ) => {
                let picture = [colours, height, width];
                DiscriminatorNet::Conv(ConvDiscriminator::new(*channels, picture, rng, device))
            }
            (net, shape) => {
                DiscriminatorNet::Mlp(Mlp::new(shape.features(), net.hidden(), 1, rng, device))
            }
        };
        Self { net }
    }

    /// `[batch, features]` to logits, `[batch, 1]`.
    pub fn forward(&self, examples: Tensor<2>) -> Tensor<2> {
        match &self.net {
            DiscriminatorNet::Mlp(net) => net.forward(examples),
            DiscriminatorNet::Conv(net) => net.forward(examples),
        }
    }
}
