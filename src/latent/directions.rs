//! Directions in the space of noise along which G's pictures change most, found without labels.
//!
//! Both methods look at G's first layer alone. Nothing says that a direction means something to a person; often one does.

use burn::tensor::{Device, Tensor};
use nalgebra::{DMatrix, SymmetricEigen};
use rand_chacha::ChaCha8Rng;

use crate::{
    experiment::Noise,
    fused::product,
    nets::Generator,
    readback::Transaction,
    train::{TrainError, execute, noise, numbers},
};

/// Samples that a principal component analysis is made from: four for each dimension of noise, within these bounds. More
/// hardly move the first components, and an eigenvalue problem of their number is to be solved.
const SAMPLES: std::ops::RangeInclusive<usize> = 256..=512;

/// Below this share of the sum of all an eigenvalue is rounding.
const ROUNDING: f64 = 1e-7;
/// Rotations after which an eigenvalue problem of such a size is given up; a tenth is enough.
const MOST_ROTATIONS: usize = 100_000;

/// Directions of unit length, the strongest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Directions {
    /// Each `[noise]`.
    pub vectors: Vec<Vec<f32>>,
    /// The eigenvalue of each, as a share of the sum of all.
    pub shares: Vec<f32>,
}

/// SeFa (Shen & Zhou 2021): the eigenvectors of A^T A with the largest eigenvalues, where A is the first layer's matrix
/// with each output's weights on the noise at unit length. Along the first one the most outputs change.
///
/// # Errors
/// When the device gives no weights.
pub async fn sefa(generator: &Generator, count: usize) -> Result<Directions, TrainError> {
    let weights = generator.first_weights();
    let [dims, outputs] = weights.dims();
    let read = execute(Transaction::default().register(weights))
        .await?
        .next();
    let weights = matrix(&numbers(read)?, dims, outputs);
    let mut units = weights;
    for mut column in units.column_iter_mut() {
        let length = column.norm();
        if length > 0.0 {
            column /= length;
        }
    }
    let (values, vectors) = eigen(&units * units.transpose());
    Ok(pick(&values, count, |at| {
        vectors.column(at).iter().copied().collect()
    }))
}

/// GANSpace (Harkonen et al. 2020): the principal components of the first layer's activations over samples, each carried
/// back to the noise by least squares. `classes` is the mixture that samples are asked for, `[1, classes]`.
///
/// # Errors
/// When the device gives no activations.
pub async fn pca(
    generator: &Generator,
    like: &Noise,
    classes: Option<Tensor<2>>,
    count: usize,
    rng: &mut ChaCha8Rng,
    device: &Device,
) -> Result<Directions, TrainError> {
    let samples = (4 * like.dims).clamp(*SAMPLES.start(), *SAMPLES.end());
    let codes = noise(rng, like, samples, device);
    let classes = classes.map(|row| {
        let [_, width] = row.dims();
        row.expand([samples, width])
    });
    let activations = generator.early(codes.clone(), classes);
    let centred = activations.clone() - activations.mean_dim(0);
    // The samples' matrix has the eigenvalues of the activations', of which pictures have thousands.
    let gram = product(centred.clone(), centred.transpose()) / samples as f64;
    let transaction = Transaction::default().register(gram).register(codes);
    let mut read = execute(transaction).await?;
    let gram = numbers(read.next())?;
    if let Some(value) = gram.iter().copied().find(|value| !value.is_finite()) {
        return Err(TrainError::NotFinite {
            quantity: "a product of early activations",
            value,
            step: 0,
        });
    }
    let gram = matrix(&gram, samples, samples);
    let codes = matrix(&numbers(read.next())?, samples, like.dims);

    let (values, scores) = eigen(gram);
    // The codes' covariance is all but the identity; with that of these samples the fit is exact where it can be.
    let covariance = (codes.transpose() * &codes).cholesky();
    Ok(pick(&values, count, |at| {
        let along = codes.transpose() * scores.column(at);
        let fit = match &covariance {
            Some(covariance) => covariance.solve(&along),
            None => along,
        };
        fit.iter().copied().collect()
    }))
}

fn matrix(values: &[f32], rows: usize, columns: usize) -> DMatrix<f64> {
    DMatrix::from_row_iterator(rows, columns, values.iter().map(|x| f64::from(*x)))
}

/// Eigenvalues, the largest first, and their vectors as columns; none where they are not found.
fn eigen(symmetric: DMatrix<f64>) -> (Vec<f64>, DMatrix<f64>) {
    let size = symmetric.nrows();
    let found = SymmetricEigen::try_new(symmetric, f64::EPSILON, MOST_ROTATIONS);
    let Some(SymmetricEigen {
        eigenvalues,
        eigenvectors,
    }) = found
    else {
        return (Vec::new(), DMatrix::zeros(size, 0));
    };
    let mut order: Vec<usize> = (0..eigenvalues.len()).collect();
    order.sort_by(|a, b| eigenvalues[*b].total_cmp(&eigenvalues[*a]));
    let vectors = eigenvectors.select_columns(&order);
    (order.iter().map(|at| eigenvalues[*at]).collect(), vectors)
}

/// The first `count` directions that are there at all, at unit length. The sign, which an eigenvector has not, makes the
/// largest component positive.
fn pick(values: &[f64], count: usize, vector: impl Fn(usize) -> Vec<f64>) -> Directions {
    let sum: f64 = values.iter().map(|value| value.max(0.0)).sum();
    let mut directions = Directions {
        vectors: Vec::new(),
        shares: Vec::new(),
    };
    for (at, value) in values.iter().enumerate().take(count) {
        let vector = vector(at);
        let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
        if !(*value > ROUNDING * sum && length.is_normal()) {
            break;
        }
        let largest = vector.iter().copied().fold(
            0.0,
            |most: f64, x| {
                if x.abs() > most.abs() { x } else { most }
            },
        );
        let scale = largest.signum() / length;
        directions
            .vectors
            .push(vector.iter().map(|x| (x * scale) as f32).collect());
        directions.shares.push((value / sum) as f32);
    }
    directions
}

#[cfg(test)]
mod tests {
    use burn::{
        module::{Module, ModuleMapper, Param},
        tensor::TensorData,
    };
    use pollster::block_on;

    use super::*;
    use crate::{
        data::Shape,
        experiment::{Activation, Net, NoiseDistribution, Output},
        nets::Made,
        rng::{self, Stream},
    };

    /// An MLP from three dimensions of noise over four hidden units, whose first weights are `first`, `[3, 4]`.
    fn generator(first: [[f32; 4]; 3], activation: Activation) -> Generator {
        struct Set(Option<Vec<f32>>);
        impl ModuleMapper for Set {
            fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
                match (D, self.0.take()) {
                    (2, Some(values)) => param.map(|weights| {
                        let data = TensorData::new(values, weights.dims());
                        Tensor::from_data(data, &weights.device())
                    }),
                    (_, rest) => {
                        self.0 = rest;
                        param
                    }
                }
            }
        }
        let net = Net::Mlp {
            hidden: vec![4],
            activation,
        };
        let made = Made {
            shape: Shape::POINT,
            noise: 3,
            classes: 0,
            bound: 1.0,
        };
        let mut rng = rng::stream(1, Stream::GeneratorWeights);
        let net = Generator::new(&net, Output::Linear, made, &mut rng, &Device::flex());
        net.map(&mut Set(Some(first.concat())))
    }

    fn close(a: &[f32], b: &[f32], within: f32) {
        assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(b) {
            assert!((a - b).abs() < within, "{a} and {b}");
        }
    }

    /// Three outputs listen to the third dimension and one to the first, however loudly: eigenvalues 3 and 1 by hand.
    #[test]
    fn sefa_counts_the_outputs_that_listen() {
        let first = [
            [0.0, 0.0, 0.0, 9.0],
            [0.0, 0.0, 0.0, 0.0],
            [0.1, -0.2, 0.5, 0.0],
        ];
        let found = block_on(sefa(&generator(first, Activation::Relu), 3)).unwrap();
        assert_eq!(found.vectors.len(), 2, "the second dimension does nothing");
        close(&found.shares, &[0.75, 0.25], 1e-6);
        close(&found.vectors[0], &[0.0, 0.0, 1.0], 1e-6);
        close(&found.vectors[1], &[1.0, 0.0, 0.0], 1e-6);
    }

    /// Of the matrix [[1, 1], [1, 0], ...] with columns at unit length: A A^T = [[1.5, .5], [.5, .5]], whose eigenvalues
    /// are 1 +- sqrt(.5), found by hand.
    #[test]
    fn sefa_mixes_dimensions() {
        let first = [[2.0, 1.0, 0.0, 0.0], [2.0, 0.0, 0.0, 0.0], [0.0; 4]];
        let found = block_on(sefa(&generator(first, Activation::Relu), 1)).unwrap();
        let root = 0.5f32.sqrt();
        close(&found.shares, &[(1.0 + root) / 2.0], 1e-6);
        let angle = std::f32::consts::PI / 8.0;
        close(&found.vectors[0], &[angle.cos(), angle.sin(), 0.0], 1e-6);
    }

    /// Where tanh is all but linear, components are those of the weights: variances 4, 1 and .25 along the axes.
    #[test]
    fn pca_finds_the_axes_of_a_linear_layer() {
        let e = 1e-3;
        let first = [
            [e, 0.0, 0.0, 0.0],
            [0.0, 2.0 * e, 0.0, 0.0],
            [0.0, 0.0, 0.5 * e, 0.0],
        ];
        let generator = generator(first, Activation::Tanh);
        let like = Noise {
            dims: 3,
            distribution: NoiseDistribution::Gaussian,
        };
        let mut rng = rng::stream(1, Stream::Samples);
        let device = Device::flex();
        let found = block_on(pca(&generator, &like, None, 3, &mut rng, &device)).unwrap();
        // Of 256 samples: their own covariance is off by some percent.
        close(&found.shares, &[4.0 / 5.25, 1.0 / 5.25, 0.25 / 5.25], 0.05);
        for (vector, axis) in found.vectors.iter().zip([1, 0, 2]) {
            assert!(vector[axis] > 0.98, "{vector:?}");
        }
    }
}
