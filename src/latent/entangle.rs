//! Entanglement: what else changes along a direction in the space of noise.
//!
//! Through the classifier's Jacobian at samples: its probabilities' change for one standard deviation along a direction,
//! to the first order. With attributes held, the part of the direction that would change them is taken out at each sample.

use burn::tensor::{Device, Tensor};

use super::Eye;
use crate::{
    device::rows,
    nets::Generator,
    readback::Transaction,
    train::{TrainError, execute, numbers},
};

/// What is left of a direction, squared, below which nothing is.
const NOTHING: f64 = 1e-8;

/// The classifier's probabilities at samples, and how they change with the code.
pub struct Jacobian {
    dims: usize,
    logits: usize,
    /// `[samples, logits]`
    probabilities: Vec<f64>,
    /// Of the probabilities, `[samples, logits, noise]`.
    gradients: Vec<f64>,
}

impl Jacobian {
    /// At `codes`, `[samples, noise]`, `samples` of them; in a conditional run with `classes`, `[samples, classes]`. `generator` and `eye` must
    /// be constants on `device`, which must have autodiff on. It takes a backward pass for each logit.
    ///
    /// # Errors
    /// When the device fails.
    pub async fn at(
        codes: &[f32],
        samples: usize,
        classes: Option<Tensor<2>>,
        generator: &Generator,
        eye: &Eye,
        device: &Device,
    ) -> Result<Self, TrainError> {
        let dims = codes.len() / samples;
        let logits = eye.classifier().logits();
        let mut gradients = vec![0.0; samples * logits * dims];
        let mut probabilities = Vec::new();
        // Burn's graph is used up by going back through it: a forward pass for each logit, too.
        for logit in 0..logits {
            let codes = rows(codes.to_vec(), samples, device).require_grad();
            let made = generator.forward(codes.clone(), classes.clone());
            let seen = eye.log_probabilities(made.rows);
            let back = seen.clone().narrow(1, logit, 1).sum().backward();
            let mut transaction = Transaction::default().register(seen.inner());
            if let Some(gradient) = codes.grad(&back) {
                transaction = transaction.register(gradient);
            }
            let mut read = execute(transaction).await?;
            probabilities = numbers(read.next())?
                .into_iter()
                .map(|log| f64::from(log).exp())
                .collect();
            let gradient = numbers(read.next())?;
            for (sample, gradient) in gradient.chunks_exact(dims).enumerate() {
                let probability: f64 = probabilities[sample * logits + logit];
                let start = (sample * logits + logit) * dims;
                for (to, from) in gradients[start..start + dims].iter_mut().zip(gradient) {
                    *to = f64::from(*from) * probability;
                }
            }
        }
        Ok(Self {
            dims,
            logits,
            probabilities,
            gradients,
        })
    }

    /// `[directions, attributes]`: by how much (total variation) an attribute's probabilities change for one standard
    /// deviation along each of `directions`, `[directions, noise]` of unit length, averaged over the samples. With
    /// attributes in `hold`, along what is left of the direction without their gradients, at unit length again.
    pub fn entanglement(&self, directions: &[f32], hold: &[usize], eye: &Eye) -> Vec<f32> {
        let samples = self.probabilities.len() / self.logits;
        let attributes = eye.ranges().len();
        let mut table = vec![0.0; directions.len() / self.dims * attributes];
        for sample in 0..samples {
            let held = self.held(sample, hold, eye);
            for (direction, cells) in directions
                .chunks_exact(self.dims)
                .zip(table.chunks_exact_mut(attributes))
            {
                let along = without(direction, &held);
                for (range, cell) in eye.ranges().iter().zip(cells) {
                    let change = |logit| dot(self.gradient(sample, logit), &along).abs();
                    *cell += range.clone().map(change).sum::<f64>() / 2.0;
                }
            }
        }
        table
            .into_iter()
            .map(|sum| (sum / samples as f64) as f32)
            .collect()
    }

    /// An orthonormal basis of what would change the held attributes at a sample.
    fn held(&self, sample: usize, hold: &[usize], eye: &Eye) -> Vec<Vec<f64>> {
        let mut basis: Vec<Vec<f64>> = Vec::new();
        for logit in hold.iter().flat_map(|held| eye.ranges()[*held].clone()) {
            let gradient = self.gradient(sample, logit);
            let size = dot(gradient, gradient);
            let mut rest = gradient.to_vec();
            take_out(&mut rest, &basis);
            let left = dot(&rest, &rest);
            // Gradients of one attribute's probabilities sum to nothing: the last one is in the span of the others.
            if left > NOTHING * size && size > 0.0 {
                let scale = left.sqrt().recip();
                rest.iter_mut().for_each(|x| *x *= scale);
                basis.push(rest);
            }
        }
        basis
    }

    fn gradient(&self, sample: usize, logit: usize) -> &[f64] {
        let start = (sample * self.logits + logit) * self.dims;
        &self.gradients[start..start + self.dims]
    }
}

/// What is left of a direction without the span of an orthonormal basis, at unit length; zero where nothing is.
fn without(direction: &[f32], basis: &[Vec<f64>]) -> Vec<f64> {
    let mut rest: Vec<f64> = direction.iter().map(|x| f64::from(*x)).collect();
    let before = dot(&rest, &rest);
    take_out(&mut rest, basis);
    let left = dot(&rest, &rest);
    let scale = match left > NOTHING * before {
        true => (before / left).sqrt(),
        false => 0.0,
    };
    rest.iter_mut().for_each(|x| *x *= scale);
    rest
}

fn take_out(vector: &mut [f64], basis: &[Vec<f64>]) {
    for unit in basis {
        let share = dot(vector, unit);
        for (x, unit) in vector.iter_mut().zip(unit) {
            *x -= share * unit;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use burn::module::Module;
    use pollster::block_on;

    use super::*;
    use crate::{
        classifier::Classifier,
        data::images::ImageFormat,
        device::rows,
        experiment::{Activation, Net, Output},
        nets::Made,
        rng::{self, Stream},
    };

    const DIMS: usize = 3;
    const SAMPLES: usize = 5;

    /// A G of small pictures and a classifier of two attributes, both untrained and smooth enough to differ.
    fn nets(device: &Device) -> (Generator, Eye) {
        let made = Made {
            shape: crate::data::Shape::Image {
                channels: 1,
                height: 8,
                width: 8,
            },
            noise: DIMS,
            classes: 0,
            bound: 1.0,
        };
        let net = Net::Mlp {
            hidden: vec![16],
            activation: Activation::Tanh,
        };
        let mut rng = rng::stream(4, Stream::GeneratorWeights);
        let generator = Generator::new(&net, Output::Tanh, made, &mut rng, device).no_grad();
        let image = ImageFormat {
            width: 8,
            height: 8,
            channels: 1,
        };
        let attributes = [("one", 3), ("other", 2)];
        (
            generator,
            Eye::new(Classifier::untrained(image, &attributes, device)),
        )
    }

    fn probabilities(codes: &[f32], generator: &Generator, eye: &Eye, device: &Device) -> Vec<f32> {
        let made = generator.forward(rows(codes.to_vec(), SAMPLES, device), None);
        let seen = eye.log_probabilities(made.rows).exp().inner();
        seen.into_data().try_to_vec().unwrap()
    }

    fn codes() -> Vec<f32> {
        rng::normals(&mut rng::stream(5, Stream::Noise), SAMPLES * DIMS, 1.0)
    }

    #[test]
    fn entanglement_is_the_slope_that_finite_differences_find() {
        let device = Device::flex().autodiff();
        let (generator, eye) = nets(&device);
        let codes = codes();
        let at = Jacobian::at(&codes, SAMPLES, None, &generator, &eye, &device);
        let direction = [0.6, 0.0, -0.8];
        let found = block_on(at).unwrap().entanglement(&direction, &[], &eye);

        let step = 0.001;
        let moved = |by: f32| {
            let moved: Vec<f32> = codes
                .iter()
                .enumerate()
                .map(|(at, x)| x + by * direction[at % DIMS])
                .collect();
            probabilities(&moved, &generator, &eye, &device)
        };
        let (before, after) = (moved(-step), moved(step));
        let mut expected = vec![0.0; 2];
        for sample in 0..SAMPLES {
            let of = |all: &[f32]| all[sample * 5..(sample + 1) * 5].to_vec();
            let changes = eye.changes(&of(&before), &of(&after));
            for (sum, change) in expected.iter_mut().zip(changes) {
                *sum += change / (2.0 * step) / SAMPLES as f32;
            }
        }
        for (found, expected) in found.iter().zip(&expected) {
            assert!(*expected > 1e-3, "{expected}");
            assert!(
                (found / expected - 1.0).abs() < 0.02,
                "{found}, not {expected}"
            );
        }
    }

    #[test]
    fn what_is_held_does_not_change_and_the_rest_does() {
        let device = Device::flex().autodiff();
        let (generator, eye) = nets(&device);
        let codes = codes();
        let at = Jacobian::at(&codes, SAMPLES, None, &generator, &eye, &device);
        let jacobian = block_on(at).unwrap();
        let direction = [0.6, 0.0, -0.8];
        let free = jacobian.entanglement(&direction, &[], &eye);
        // Two classes are one gradient: two of three dimensions are left.
        let held = jacobian.entanglement(&direction, &[1], &eye);
        assert!(held[1] < 1e-5 * free[1], "{held:?}, {free:?} before");
        assert!(held[0] > 1e-2 * free[0], "{held:?}, {free:?} before");
        // All five probabilities have three gradients: nothing is left.
        let all = jacobian.entanglement(&direction, &[0, 1], &eye);
        assert!(all.iter().all(|change| *change < 1e-3 * free[0]), "{all:?}");
    }
}
