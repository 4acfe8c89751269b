//! Generator and discriminator, as Burn modules.
//!
//! Both take and give flat rows, `[batch, features]`, whatever is inside, so that the trainer needs to know
//! nothing of shapes. Neither normalises: D may not, for the penalties to be exact, and G need not at this size.

mod activation;
mod conv;
mod discriminator;
mod generator;
mod layers;
mod mlp;
mod path;
mod residual;
mod size;
mod spectral;

pub use discriminator::{Discriminator, Judged};
pub use generator::{Generator, Made};
pub use path::Path;

use burn::tensor::Tensor;

/// A batch, real or fake: rows of numbers, `[batch, features]`, and in a conditional run the class of each,
/// one-hot, `[batch, classes]`.
#[derive(Clone, Debug)]
pub struct Examples {
    pub rows: Tensor<2>,
    pub classes: Option<Tensor<2>>,
}

impl Examples {
    /// One batch after the other.
    pub fn cat(first: Self, second: Self) -> Self {
        let classes = match (first.classes, second.classes) {
            (Some(first), Some(second)) => Some(Tensor::cat(vec![first, second], 0)),
            _ => None,
        };
        Self {
            rows: Tensor::cat(vec![first.rows, second.rows], 0),
            classes,
        }
    }

    /// The first `count` examples.
    pub fn take(self, count: usize) -> Self {
        Self {
            rows: self.rows.narrow(0, 0, count),
            classes: self.classes.map(|classes| classes.narrow(0, 0, count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::{
        module::{Module, ModuleMapper, ModuleVisitor, Param},
        optim::GradientsParams,
        tensor::{DType, Device},
    };

    use super::*;
    use crate::{
        data::Shape,
        device::rows,
        experiment::{Activation, Net},
        objective::penalty::{one_centred, zero_centred},
        rng::{self, Stream},
    };

    const ACTIVATIONS: [Activation; 4] = [
        Activation::LeakyRelu,
        Activation::Relu,
        Activation::Tanh,
        Activation::Silu,
    ];
    const PICTURE: Shape = Shape::Image {
        channels: 1,
        height: 8,
        width: 8,
    };

    /// Every kind of D, on what it can judge.
    fn kinds(activation: Activation) -> Vec<(Net, Shape)> {
        let mlp = |hidden: &[usize]| Net::Mlp {
            hidden: hidden.to_vec(),
            activation,
        };
        let channels = 4;
        vec![
            (mlp(&[]), Shape::POINT),
            (mlp(&[16, 12, 8]), Shape::POINT),
            (mlp(&[16]), PICTURE),
            (
                Net::Conv {
                    channels,
                    activation,
                },
                PICTURE,
            ),
            (
                Net::Residual {
                    channels,
                    activation,
                },
                PICTURE,
            ),
        ]
    }

    fn discriminator(net: &Net, judged: Judged, spectral: bool, device: &Device) -> Discriminator {
        let stream = |name| rng::stream(3, name);
        let net = Discriminator::new(
            net,
            judged,
            spectral.then(|| stream(Stream::SpectralNorm)),
            &mut stream(Stream::DiscriminatorWeights),
            device,
        );
        // Biases and the last layers of blocks start at zero, where mistakes could hide.
        let net = net.map(&mut Shake(stream(Stream::Noise)));
        (0..20).fold(net, |net, _| net.iterate())
    }

    struct Shake(rand_chacha::ChaCha8Rng);
    impl ModuleMapper for Shake {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            param.map(|weights| {
                let active = weights.is_require_grad();
                let inner = weights.inner();
                let count = inner.dims().iter().product();
                let noise = rng::normals(&mut self.0, count, 0.2);
                let noise = rows(noise, 1, &inner.device()).reshape(inner.shape());
                let shaken = inner + noise;
                if active {
                    Tensor::from_inner(shaken).require_grad()
                } else {
                    shaken
                }
            })
        }
    }

    fn judged(shape: Shape) -> Judged {
        Judged {
            shape,
            classes: 0,
            packing: 1,
        }
    }

    fn draw(count: usize, shape: Shape, device: &Device) -> Examples {
        let mut rng = rng::stream(5, Stream::Batches);
        let numbers = rng::normals(&mut rng, count * shape.features(), 1.0);
        Examples {
            rows: rows(numbers, count, device),
            classes: None,
        }
    }

    fn values<const D: usize>(tensor: Tensor<D>) -> Vec<f32> {
        tensor.into_data().try_to_vec().unwrap()
    }

    /// How far apart two vectors are, relative to their length.
    fn difference(a: &[f32], b: &[f32]) -> f32 {
        let length = |values: &mut dyn Iterator<Item = f32>| values.map(|x| x * x).sum::<f32>();
        let apart = length(&mut a.iter().zip(b).map(|(a, b)| a - b));
        (apart / length(&mut b.iter().copied())).sqrt()
    }

    /// The written-out gradient is the one that autodiff finds by going backwards.
    #[test]
    fn the_input_gradient_is_that_of_autodiff() {
        let device = Device::flex().autodiff();
        for activation in ACTIVATIONS {
            for (net, shape) in kinds(activation) {
                for spectral in [false, true] {
                    let d = discriminator(&net, judged(shape), spectral, &device);
                    let examples = draw(3, shape, &device.clone().inner());
                    let input = Tensor::from_inner(examples.rows.clone()).require_grad();
                    let scores = d.forward(Examples {
                        rows: input.clone(),
                        classes: None,
                    });
                    let expected = values(input.grad(&scores.clone().sum().backward()).unwrap());
                    let (again, gradient) = d.forward_with_gradient(examples);
                    assert!(difference(&values(again), &values(scores)) < 1e-5);
                    let apart = difference(&values(gradient), &expected);
                    assert!(apart < 1e-5, "{net:?}, spectral {spectral}: {apart}");
                }
            }
        }
    }

    #[test]
    fn the_input_gradient_of_packs_leaves_classes_out() {
        let device = Device::flex().autodiff();
        let plain = device.clone().inner();
        for (net, shape) in kinds(Activation::Silu) {
            let d = discriminator(
                &net,
                Judged {
                    shape,
                    classes: 3,
                    packing: 2,
                },
                false,
                &device,
            );
            let labels = rows(vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0], 2, &plain);
            let input = Tensor::from_inner(draw(2, shape, &plain).rows).require_grad();
            let packed = |rows: Tensor<2>| Examples {
                rows,
                classes: Some(labels.clone()),
            };
            let scores = d.forward(packed(input.clone()));
            assert_eq!(scores.dims(), [1, 1]);
            let expected = values(input.grad(&scores.sum().backward()).unwrap());
            let (_, gradient) = d.forward_with_gradient(packed(input.inner()));
            assert_eq!(gradient.dims(), [1, 2 * shape.features()]);
            assert!(difference(&values(gradient), &expected) < 1e-5, "{net:?}");
        }
    }

    /// Autodiff's gradient of a penalty with respect to the weights, against finite differences of the penalty along
    /// that gradient, whose slope must be its squared norm. In f64, where differences are exact enough to tell.
    #[test]
    fn penalties_have_the_gradient_that_finite_differences_find() {
        let device = Device::flex().autodiff();
        for activation in ACTIVATIONS {
            for (net, shape) in kinds(activation) {
                for spectral in [false, true] {
                    if spectral && matches!(&net, Net::Mlp { hidden, .. } if hidden.is_empty()) {
                        // One layer alone, divided by its norm, has a slope of 1 whatever its weights.
                        continue;
                    }
                    for penalty in [zero_centred, one_centred] {
                        let d = discriminator(&net, judged(shape), spectral, &device);
                        let d = (0..50).fold(d.map(&mut Precise), |d, _| d.iterate());
                        let mut examples = draw(4, shape, &device.clone().inner());
                        examples.rows = examples.rows.cast(DType::F64);
                        let value = |d: &Discriminator| {
                            penalty(d.forward_with_gradient(examples.clone()).1)
                        };
                        let mut gradients = value(&d).backward();
                        let gradients = GradientsParams::from_module(&mut gradients, &d);
                        let mut square = Square(&gradients, 0.0);
                        d.visit(&mut square);
                        let step = 1e-6 / square.1.sqrt();
                        let at = |step: f64| -> f64 {
                            value(&d.clone().map(&mut Along(&gradients, step))).into_scalar()
                        };
                        let slope = (at(step) - at(-step)) / (2.0 * step);
                        assert!(
                            (slope / square.1 - 1.0).abs() < 1e-3,
                            "{net:?}, spectral {spectral}: {slope} against {}",
                            square.1
                        );
                    }
                }
            }
        }
    }

    struct Precise;
    impl ModuleMapper for Precise {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            param.map(|weights| Tensor::from_inner(weights.inner().cast(DType::F64)).require_grad())
        }
    }

    struct Square<'a>(&'a GradientsParams, f64);
    impl ModuleVisitor for Square<'_> {
        fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
            if let Some(gradient) = self.0.get::<D>(param.id) {
                self.1 += gradient.square().sum().into_scalar::<f64>();
            }
        }
    }

    struct Along<'a>(&'a GradientsParams, f64);
    impl ModuleMapper for Along<'_> {
        fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
            let Some(gradient) = self.0.get::<D>(param.id) else {
                return param;
            };
            param.map(|weights| {
                Tensor::from_inner(weights.inner() + gradient * self.1).require_grad()
            })
        }
    }

    /// A net of spectral norm 1 in every layer cannot stretch any distance (Miyato et al. 2018, equation 7).
    #[test]
    fn spectral_normalisation_makes_a_net_one_lipschitz() {
        let device = Device::flex();
        for (net, shape) in kinds(Activation::Relu) {
            if matches!(net, Net::Conv { .. } | Net::Residual { .. }) {
                // The paper's norm of a reshaped kernel is no bound for the convolution itself.
                continue;
            }
            let mut d = discriminator(&net, judged(shape), true, &device);
            for _ in 0..50 {
                d = d.iterate();
            }
            let (_, gradient) = d.forward_with_gradient(draw(256, shape, &device));
            let steepest: f32 = gradient.square().sum_dim(1).sqrt().max().into_scalar();
            assert!(steepest < 1.0 + 1e-4, "{net:?}: {steepest}");
            assert!(steepest > 0.05, "{net:?}: {steepest}");
        }
    }

    #[test]
    fn pictures_of_every_size_and_colour_go_through_both_nets() {
        let device = Device::flex();
        for (side, colours) in [(16, 3), (28, 1), (28, 3), (32, 1), (32, 3)] {
            let shape = Shape::Image {
                channels: colours,
                height: side,
                width: side,
            };
            for (net, _) in kinds(Activation::LeakyRelu).into_iter().skip(2) {
                let made = Made {
                    shape,
                    noise: 5,
                    classes: 0,
                    bound: 1.0,
                };
                let output = crate::experiment::Output::Tanh;
                let mut rng = rng::stream(1, Stream::GeneratorWeights);
                let g = Generator::new(&net, output, made, &mut rng, &device);
                let d = discriminator(&net, judged(shape), false, &device);
                let noise = rows(rng::normals(&mut rng, 10, 1.0), 2, &device);
                let (scores, gradient) = d.forward_with_gradient(g.forward(noise, None));
                assert_eq!(scores.dims(), [2, 1]);
                assert_eq!(gradient.dims(), [2, colours * side * side]);
            }
        }
    }

    #[test]
    fn generators_make_what_they_are_asked_for() {
        let device = Device::flex();
        for (net, shape) in kinds(Activation::LeakyRelu) {
            let made = Made {
                shape,
                noise: 5,
                classes: 3,
                bound: 1.5,
            };
            for output in [
                crate::experiment::Output::Linear,
                crate::experiment::Output::Tanh,
            ] {
                let mut rng = rng::stream(1, Stream::GeneratorWeights);
                let g = Generator::new(&net, output, made, &mut rng, &device);
                let noise = rows(rng::normals(&mut rng, 20, 100.0), 4, &device);
                let classes = Tensor::zeros([4, 3], &device);
                let fake = g.forward(noise, Some(classes)).rows;
                assert_eq!(fake.dims(), [4, shape.features()]);
                let largest: f32 = fake.abs().max().into_scalar();
                assert_eq!(
                    largest <= 1.5,
                    output == crate::experiment::Output::Tanh,
                    "{net:?}: {largest}"
                );
            }
        }
    }
}
