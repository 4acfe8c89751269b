//! Spectral normalisation: a weight matrix divided by its largest singular value (Miyato et al. 2018).

use burn::{module::Module, tensor::Tensor};
use rand_chacha::ChaCha8Rng;

use crate::{device::rows, fused::product, rng};

/// Kept under every division.
const SMALLEST: f64 = 1e-12;

/// Iterations before the first step; later there is one a step, as weights move slowly.
pub const FIRST_ITERATIONS: usize = 20;

/// The leading singular vectors of a matrix `[rows, columns]`, as far as the power iteration has got. They are
/// constants to autodiff, as in the paper.
#[derive(Module, Debug)]
pub struct Spectral {
    /// `[1, rows]`
    left: Tensor<2>,
    /// `[columns, 1]`
    right: Tensor<2>,
}

impl Spectral {
    /// Starts from a random vector.
    pub fn new(matrix: Tensor<2>, rng: &mut ChaCha8Rng) -> Self {
        let device = matrix.device().inner();
        let matrix = matrix.inner();
        let [height, width] = matrix.dims();
        let mut spectral = Self {
            left: unit(rows(rng::normals(rng, height, 1.0), 1, &device)),
            right: Tensor::zeros([width, 1], &device),
        };
        for _ in 0..FIRST_ITERATIONS {
            spectral = spectral.iterate(matrix.clone());
        }
        spectral
    }

    /// One power iteration on the matrix as it is now, without autodiff, in the matrix's precision.
    pub fn iterate(self, matrix: Tensor<2>) -> Self {
        let left = self.left.cast(matrix.dtype());
        let right = unit(product(left, matrix.clone())).transpose();
        let left = unit(product(matrix, right.clone()).transpose());
        Self { left, right }
    }

    /// The largest singular value, `[1, 1]`; of a zero matrix all but zero, so that it can be divided by.
    pub fn norm(&self, matrix: Tensor<2>) -> Tensor<2> {
        product(product(self.left.clone(), matrix), self.right.clone()) + SMALLEST
    }
}

/// The vector at length 1; a zero one stays as it is.
fn unit(vector: Tensor<2>) -> Tensor<2> {
    let length = vector.clone().square().sum().sqrt() + SMALLEST;
    vector / length.unsqueeze()
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::rng::Stream;

    #[test]
    fn the_norm_is_the_largest_singular_value() {
        // [[3, 0], [4, 5]] has the singular values sqrt(45) and sqrt(5).
        let matrix = Tensor::<2>::from_floats([[3.0, 0.0], [4.0, 5.0]], &Device::flex());
        let mut rng = rng::stream(1, Stream::SpectralNorm);
        let norm: f32 = Spectral::new(matrix.clone(), &mut rng)
            .norm(matrix)
            .into_scalar();
        assert!((norm - 45f32.sqrt()).abs() < 1e-4, "{norm}");
    }

    #[test]
    fn a_zero_matrix_divided_by_its_norm_is_zero() {
        let matrix = Tensor::<2>::zeros([3, 2], &Device::flex());
        let mut rng = rng::stream(1, Stream::SpectralNorm);
        let norm = Spectral::new(matrix.clone(), &mut rng).norm(matrix.clone());
        let divided: f32 = (matrix / norm).abs().sum().into_scalar();
        assert_eq!(divided, 0.0);
    }
}
