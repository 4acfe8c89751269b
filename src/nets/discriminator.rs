//! D: examples in, one logit out for each pack of them.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use rand_chacha::ChaCha8Rng;

use super::{
    Examples, conv::ConvDiscriminator, mlp::Mlp, residual::ResidualDiscriminator,
    spectral::FIRST_ITERATIONS,
};
use crate::{data::Shape, experiment::Net};

/// Scores examples. The score is a logit: above 0 D holds the example to be real, and sigmoid of it is D's
/// probability of that. (Trained with Wasserstein's objective it is a critic, and its score has no such meaning.)
#[derive(Module, Debug)]
pub struct Discriminator {
    net: DiscriminatorNet,
    /// Numbers in one example, without its class.
    #[module(skip)]
    features: usize,
    /// Copies of each class's one-hot number: one for an MLP, a whole plane for convolutions.
    #[module(skip)]
    plane: usize,
    /// Examples judged at a time.
    #[module(skip)]
    packing: usize,
}

#[derive(Module, Debug)]
enum DiscriminatorNet {
    Mlp(Mlp),
    Conv(ConvDiscriminator),
    Residual(ResidualDiscriminator),
}

/// What a discriminator judges.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    pub shape: Shape,
    /// 0 in a run that is not conditional.
    pub classes: usize,
    /// Examples at a time, side by side (PacGAN).
    pub packing: usize,
}

impl Discriminator {
    /// A discriminator of what `judged` says, its weights drawn from `rng`; normalised by their spectral norm where
    /// there is a stream to draw its first guesses from.
    pub fn new(
        net: &Net,
        judged: Judged,
        mut spectral_norm: Option<ChaCha8Rng>,
        rng: &mut ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let Judged {
            shape,
            classes,
            packing,
        } = judged;
        let features = shape.features();
        let activation = net.activation();
        // The picture that convolutions see: all pictures of a pack, and a plane for each of their classes.
        let picture = match shape {
            Shape::Row { .. } => [packing * (features + classes), 1, 1],
            Shape::Image {
                channels,
                height,
                width,
            } => [packing * (channels + classes), height, width],
        };
        let mut plane = picture[1] * picture[2];
        let net = match net {
            Net::Mlp { hidden, .. } => {
                plane = 1;
                let inputs = packing * (features + classes);
                let net = Mlp::new(inputs, hidden, 1, activation, rng, device);
                DiscriminatorNet::Mlp(match &mut spectral_norm {
                    Some(rng) => net.with_spectral_norm(rng),
                    None => net,
                })
            }
            Net::Conv { channels, .. } => {
                let net = ConvDiscriminator::new(*channels, picture, activation, rng, device);
                DiscriminatorNet::Conv(match &mut spectral_norm {
                    Some(rng) => net.with_spectral_norm(rng),
                    None => net,
                })
            }
            Net::Residual { channels, .. } => {
                let net = ResidualDiscriminator::new(*channels, picture, activation, rng, device);
                DiscriminatorNet::Residual(match &mut spectral_norm {
                    Some(rng) => net.with_spectral_norm(rng),
                    None => net,
                })
            }
        };
        Self {
            net,
            features,
            plane,
            packing,
        }
    }

    /// Examples, `[batch, features]`, to logits, `[batch / packing, 1]`.
    pub fn forward(&self, examples: Examples) -> Tensor<2> {
        let input = self.join(examples);
        match &self.net {
            DiscriminatorNet::Mlp(net) => net.forward(input),
            DiscriminatorNet::Conv(net) => net.forward(input),
            DiscriminatorNet::Residual(net) => net.forward(input),
        }
    }

    /// Logits, `[batch / packing, 1]`, and their gradient with respect to every number of the pack,
    /// `[batch / packing, packing * features]`; classes, which are given, have none.
    ///
    /// The gradient is itself an expression in the weights that autodiff can go through: first-order autodiff
    /// cannot differentiate its own backward pass, but it can differentiate one that is written out. It is exact:
    /// a piecewise linear net's second derivative is zero almost everywhere, and that of a smooth activation is in
    /// its derivative's expression.
    pub fn forward_with_gradient(&self, examples: Examples) -> (Tensor<2>, Tensor<2>) {
        let input = self.join(examples);
        let [packs, width] = input.dims();
        let (logits, gradient) = match &self.net {
            DiscriminatorNet::Mlp(net) => net.forward_with_gradient(input),
            DiscriminatorNet::Conv(net) => net.forward_with_gradient(input),
            DiscriminatorNet::Residual(net) => net.forward_with_gradient(input),
        };
        let (batch, width) = (packs * self.packing, width / self.packing);
        if width == self.features {
            return (logits, gradient);
        }
        let gradient = gradient
            .reshape([batch, width])
            .narrow(1, 0, self.features)
            .reshape([packs, self.packing * self.features]);
        (logits, gradient)
    }

    /// One power iteration of every layer, where there is spectral normalisation.
    pub fn iterate(self) -> Self {
        let net = match self.net {
            DiscriminatorNet::Mlp(net) => DiscriminatorNet::Mlp(net.iterate()),
            DiscriminatorNet::Conv(net) => DiscriminatorNet::Conv(net.iterate()),
            DiscriminatorNet::Residual(net) => DiscriminatorNet::Residual(net.iterate()),
        };
        Self { net, ..self }
    }

    /// With estimates of spectral norms that are good for weights from elsewhere.
    pub fn settled(self) -> Self {
        (0..FIRST_ITERATIONS).fold(self, |net, _| net.iterate())
    }

    /// Puts each example's class beside it, and the examples of a pack side by side: `[batch / packing, inputs]`.
    fn join(&self, Examples { rows, classes }: Examples) -> Tensor<2> {
        let [batch, features] = rows.dims();
        let rows = match classes {
            None => rows,
            Some(classes) => {
                let [_, count] = classes.dims();
                let planes: Tensor<3> = classes.reshape([batch, count, 1]);
                let planes = planes.expand([batch, count, self.plane]);
                Tensor::cat(vec![rows, planes.reshape([batch, count * self.plane])], 1)
            }
        };
        if self.packing == 1 {
            return rows;
        }
        debug_assert_eq!(features, self.features);
        let [_, width] = rows.dims();
        rows.reshape([batch / self.packing, self.packing * width])
    }
}
