//! Frechet distance between Gaussians fitted to two sets of features (Dowson & Landau 1982; on a classifier's
//! features it is the FID of Heusel et al. 2017).
//!
//! ```text
//! |m1 - m2|^2 + Tr(S1 + S2 - 2 (S1 S2)^(1/2))
//! ```
//!
//! It is a squared length, in units of the features squared. Few rows make it too large: what two sets of reals
//! of the same counts score is its zero in practice, so that only scores of equal counts compare.
//!
//! S1 S2 is not symmetric, but its square root has the trace of (S1^(1/2) S2 S1^(1/2))^(1/2), which is. Two
//! symmetric eigenproblems are all that is needed, singular covariances included.

use nalgebra::{DMatrix, DVector, SymmetricEigen};

/// An eigenproblem takes about two iterations a dimension; more than this means numbers that are not finite.
const ITERATIONS_PER_DIMENSION: usize = 30;

/// Mean and covariance of a set of features. Made for up to 64 dimensions: comparing costs their cube.
#[derive(Clone, Debug)]
pub struct Gaussian {
    mean: DVector<f64>,
    covariance: DMatrix<f64>,
}

impl Gaussian {
    /// Fits `rows` (`[count, dims]` row by row); the covariance is divided by count - 1, and one row has none.
    pub fn fit(rows: &[f32], dims: usize) -> Self {
        let count = rows.len() / dims;
        // A column for each row of features, as both lie in memory.
        let rows = rows.iter().take(count * dims).map(|x| f64::from(*x));
        let mut features = DMatrix::from_iterator(dims, count, rows);
        let mean = features.column_mean();
        for mut column in features.column_iter_mut() {
            column -= &mean;
        }
        let covariance = &features * features.transpose() / count.saturating_sub(1).max(1) as f64;
        Self { mean, covariance }
    }

    /// Frechet distance to `other`, which has the same dimensions: 0 when they are equal, never below. NaN where
    /// features are not finite.
    pub fn distance(&self, other: &Self) -> f64 {
        let overlap = square_root(&self.covariance)
            .and_then(|root| eigen(&root * &other.covariance * &root))
            .map_or(f64::NAN, |eigen| {
                eigen.eigenvalues.map(non_negative_root).sum()
            });
        let shift = (&self.mean - &other.mean).norm_squared();
        let distance = shift + self.covariance.trace() + other.covariance.trace() - 2.0 * overlap;
        // Rounding can take equal sets a hair below zero.
        match distance < 0.0 {
            true => 0.0,
            false => distance,
        }
    }
}

fn eigen(symmetric: DMatrix<f64>) -> Option<SymmetricEigen<f64, nalgebra::Dyn>> {
    let limit = ITERATIONS_PER_DIMENSION * symmetric.nrows();
    SymmetricEigen::try_new(symmetric, f64::EPSILON, limit)
}

/// The symmetric square root of a covariance.
fn square_root(covariance: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    let eigen = eigen(covariance.clone())?;
    let roots = DMatrix::from_diagonal(&eigen.eigenvalues.map(non_negative_root));
    Some(&eigen.eigenvectors * roots * eigen.eigenvectors.transpose())
}

/// Rounding can make the eigenvalues of a singular covariance negative; they count as zero.
fn non_negative_root(value: f64) -> f64 {
    value.max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{self, Stream};

    fn normals(seed: u32, count: usize) -> Vec<f32> {
        rng::normals(&mut rng::stream(seed, Stream::Batches), count, 1.0)
    }

    fn gaussian(mean: &[f64], covariance: &[f64]) -> Gaussian {
        Gaussian {
            mean: DVector::from_column_slice(mean),
            covariance: DMatrix::from_row_slice(mean.len(), mean.len(), covariance),
        }
    }

    fn diagonal(values: &[f64]) -> Vec<f64> {
        let size = values.len();
        (0..size * size)
            .map(|at| {
                if at / size == at % size {
                    values[at % size]
                } else {
                    0.0
                }
            })
            .collect()
    }

    fn close(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance, "{a} against {b}");
    }

    #[test]
    fn fits_mean_and_covariance() {
        let fitted = Gaussian::fit(&[1.0, 0.0, 3.0, 2.0, 5.0, 7.0], 2);
        for mean in fitted.mean.iter() {
            close(*mean, 3.0, 1e-12);
        }
        // Deviations (-2, -3), (0, -1), (2, 4), over 3 - 1
        for (found, expected) in fitted.covariance.iter().zip([4.0, 7.0, 7.0, 13.0]) {
            close(*found, expected, 1e-12);
        }
    }

    /// Diagonal covariances: the distance is the sum of (sqrt(a) - sqrt(b))^2.
    #[test]
    fn diagonal_covariances() {
        let a = gaussian(&[0.0, 1.0, 0.0], &diagonal(&[1.0, 4.0, 9.0]));
        let b = gaussian(&[3.0, 1.0, 4.0], &diagonal(&[16.0, 0.25, 0.0]));
        close(a.distance(&b), 25.0 + 9.0 + 2.25 + 9.0, 1e-9);
        close(b.distance(&a), 25.0 + 9.0 + 2.25 + 9.0, 1e-9);
    }

    /// diag(a, b) against the same turned by an angle: for 2x2, Tr M^(1/2) is sqrt(Tr M + 2 sqrt(det M)), with
    /// Tr(S1 S2) = (a^2 + b^2) cos^2 + 2ab sin^2 and det(S1 S2) = (ab)^2.
    #[test]
    fn a_rotation() {
        let (a, b, angle) = (5.0f64, 0.5, 0.6f64);
        let (cos, sin) = (angle.cos(), angle.sin());
        let turned = [
            a * cos * cos + b * sin * sin,
            (a - b) * cos * sin,
            (a - b) * cos * sin,
            a * sin * sin + b * cos * cos,
        ];
        let product = (a * a + b * b) * cos * cos + 2.0 * a * b * sin * sin;
        let expected = 2.0 * (a + b) - 2.0 * (product + 2.0 * a * b).sqrt();
        let straight = gaussian(&[0.0; 2], &diagonal(&[a, b]));
        close(
            straight.distance(&gaussian(&[0.0; 2], &turned)),
            expected,
            1e-9,
        );
    }

    #[test]
    fn equal_sets_are_no_distance_apart_and_a_shift_its_square() {
        for dims in [1, 2, 32, 64] {
            // Correlated, and of very different scales
            let mut rows = normals(dims as u32, 300 * dims);
            for row in rows.chunks_exact_mut(dims) {
                for at in 1..dims {
                    row[at] = row[at] / at as f32 + 0.9 * row[at - 1];
                }
            }
            let fitted = Gaussian::fit(&rows, dims);
            close(fitted.distance(&fitted), 0.0, 1e-6);
            let shifted: Vec<f32> = rows
                .iter()
                .enumerate()
                .map(|(at, x)| if at % dims == 0 { x + 3.0 } else { *x })
                .collect();
            close(fitted.distance(&Gaussian::fit(&shifted, dims)), 9.0, 1e-4);
        }
    }

    /// Scaling all features by c scales covariances by c^2: the distance is (1 - c)^2 Tr S.
    #[test]
    fn scaled_features_in_64_dimensions() {
        let mut rows = normals(3, 500 * 64);
        for at in 1..rows.len() {
            rows[at] += 0.5 * rows[at - 1];
        }
        let mean = Gaussian::fit(&rows, 64).mean;
        for (at, x) in rows.iter_mut().enumerate() {
            *x -= mean[at % 64] as f32;
        }
        let scaled: Vec<f32> = rows.iter().map(|x| 1.5 * x).collect();
        let fitted = Gaussian::fit(&rows, 64);
        let expected = 0.25 * fitted.covariance.trace();
        close(
            fitted.distance(&Gaussian::fit(&scaled, 64)),
            expected,
            1e-4 * expected,
        );
    }

    #[test]
    fn fewer_rows_than_dimensions() {
        let (a, b) = (
            Gaussian::fit(&normals(1, 10 * 32), 32),
            Gaussian::fit(&normals(2, 10 * 32), 32),
        );
        let distance = a.distance(&b);
        assert!(distance.is_finite() && distance > 0.0, "{distance}");
        close(distance, b.distance(&a), 1e-5 * distance);
        close(a.distance(&a), 0.0, 1e-5);
        // One row each: only the means are left.
        let (a, b) = (Gaussian::fit(&[1.0, 2.0], 2), Gaussian::fit(&[4.0, 6.0], 2));
        close(a.distance(&b), 25.0, 1e-12);
    }

    /// It must neither hang nor pass for a distance.
    #[test]
    fn features_that_are_not_finite() {
        let fitted = Gaussian::fit(&normals(1, 10 * 4), 4);
        for bad in [f32::NAN, f32::INFINITY] {
            let mut rows = normals(2, 10 * 4);
            rows[5] = bad;
            let broken = Gaussian::fit(&rows, 4);
            assert!(fitted.distance(&broken).is_nan());
            assert!(broken.distance(&fitted).is_nan());
        }
    }
}
