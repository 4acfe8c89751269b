//! How different the samples of one set are from each other: 0 when G has collapsed to a single sample.
//!
//! The mean Euclidean distance over all pairs, divided by sqrt(dims): for independent standard Gaussians it is
//! near sqrt(2), whatever the dimensions. Only beside the same figure of the reals does it say much.

/// Rows up to which every pair is measured: 8,128 of them.
const EXACT_UP_TO: usize = 128;

/// Mean distance between the rows of a set (`[count, dims]` row by row), in units of one feature. Beyond 128 rows
/// it is that between 128 of them, evenly spaced. NaN with fewer than two rows.
pub fn mean_pairwise_distance(rows: &[f32], dims: usize) -> f32 {
    let count = rows.len() / dims;
    let used = count.min(EXACT_UP_TO);
    let row = |at: usize| {
        let from = at * count / used * dims;
        &rows[from..from + dims]
    };
    let mut sum = 0.0;
    for a in 0..used {
        for b in 0..a {
            sum += f64::from(squared_distance(row(a), row(b))).sqrt();
        }
    }
    let pairs = used * used.saturating_sub(1) / 2;
    (sum / pairs as f64 / (dims as f64).sqrt()) as f32
}

fn squared_distance(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{self, Stream};

    #[test]
    fn a_triangle_by_hand() {
        // Sides 3, 4, 5: their mean is 4
        let triangle = [0.0, 0.0, 3.0, 0.0, 0.0, 4.0];
        assert!((mean_pairwise_distance(&triangle, 2) - 4.0 / 2f32.sqrt()).abs() < 1e-6);
        assert_eq!(mean_pairwise_distance(&[1.0, 4.0], 1), 3.0);
    }

    #[test]
    fn a_collapsed_set_has_none() {
        assert_eq!(
            mean_pairwise_distance(&[0.3, -0.7, 0.1].repeat(500), 3),
            0.0
        );
    }

    #[test]
    fn one_row_makes_no_pair() {
        assert!(mean_pairwise_distance(&[1.0, 2.0], 2).is_nan());
        assert!(mean_pairwise_distance(&[], 2).is_nan());
    }

    /// The distance of two standard Gaussians in the plane is sqrt(2) times a Rayleigh variable of mean
    /// sqrt(pi / 2), so sqrt(pi); in many dimensions it nears sqrt(2 dims).
    #[test]
    fn gaussians_come_near_their_expectation() {
        let of = |dims: usize, count: usize| {
            let rows = rng::normals(&mut rng::stream(1, Stream::Batches), dims * count, 1.0);
            mean_pairwise_distance(&rows, dims)
        };
        let plane = (std::f32::consts::PI / 2.0).sqrt();
        for count in [EXACT_UP_TO, 2500] {
            assert!((of(2, count) - plane).abs() < 0.1, "{}", of(2, count));
        }
        assert!((of(784, 40) - 2f32.sqrt()).abs() < 0.01, "{}", of(784, 40));
    }

    /// Rows sorted by kind, as labelled pictures may be: the rows used are of each kind in proportion.
    #[test]
    fn the_rows_used_are_spread_over_the_set() {
        let mut rows = vec![0.0; 1000];
        rows[500..].fill(1.0);
        // 64 against 64: 64 * 64 of 8128 pairs are 1 apart
        assert_eq!(mean_pairwise_distance(&rows, 1), 4096.0 / 8128.0);
    }
}
