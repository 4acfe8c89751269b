//! Modes captured and high-quality share of a mixture, by VEEGAN's rules (Srivastava et al. 2017).
//!
//! A sample is of *high quality* within three standard deviations of its nearest mode; a mode is *captured*
//! when it has at least one such sample. The same rules serve a figure of curves, whose modes are its parts and whose
//! distances are those from the curve.

use crate::data::figure::{Figure, Nearest};

/// Three standard deviations.
const WITHIN: f32 = 3.0;
/// A sample this many standard deviations from its nearest mode does not belong to it.
const BELONGS: f32 = 6.0;

#[derive(Clone, Debug, PartialEq)]
pub struct Modes {
    pub captured: usize,
    pub total: usize,
    /// Share of samples of high quality, 0 to 1.
    pub high_quality: f32,
    /// Samples that each mode is the nearest to, of whatever quality.
    pub nearest: Vec<usize>,
    /// Those of them that are of high quality.
    pub good: Vec<usize>,
    /// How wide G makes a mode: standard deviation of its samples about their own mean, over that of the data. 1 is
    /// right; a G that draws every mode as a dot has 0 and, by VEEGAN's rules alone, a perfect quality. NaN of none, and
    /// of curves.
    pub width: f32,
    /// The share of samples that each mode has in the data.
    pub shares: Vec<f32>,
}

impl Modes {
    /// Scores `points` (`[count, 2]` row by row) against the parts of `figure`.
    pub fn of(points: &[f32], figure: &Figure) -> Self {
        let total = figure.parts().len();
        let within = (WITHIN * figure.sigma()).powi(2);
        let found: Vec<Nearest> = points
            .chunks_exact(2)
            .map(|point| figure.nearest(point))
            .collect();
        let mut counts = vec![0usize; total];
        let mut good = vec![0usize; total];
        for nearest in &found {
            counts[nearest.part] += 1;
            good[nearest.part] += usize::from(nearest.squared <= within);
        }
        Self {
            captured: good.iter().filter(|count| **count > 0).count(),
            total,
            high_quality: good.iter().sum::<usize>() as f32 / found.len().max(1) as f32,
            nearest: counts,
            good,
            shares: figure.shares(),
            width: match figure.is_mixture() {
                true => width(&found, figure),
                false => f32::NAN,
            },
        }
    }

    /// Kullback-Leibler divergence of the modes' shares of all samples from their shares in the data, in nats (PacGAN,
    /// Lin et al. 2018): 0 when each has its share, ln(total) when one of equal modes has them all. NaN of no samples.
    pub fn reverse_kl(&self) -> f32 {
        let samples: usize = self.nearest.iter().sum();
        let sum: f64 = self
            .nearest
            .iter()
            .map(|count| *count as f64 / samples as f64)
            .zip(&self.shares)
            // A mode without samples adds nothing; of no samples at all, each share is NaN and stays.
            .filter(|(share, _)| *share != 0.0)
            .map(|(share, fair)| share * (share / f64::from(*fair)).ln())
            .sum();
        sum as f32
    }
}

/// [`Modes::width`]. Samples that lie between two modes belong to none.
fn width(found: &[Nearest], figure: &Figure) -> f32 {
    let sigma = figure.sigma();
    // Of each mode: samples, their sum, and the sum of their squares, all relative to its centre.
    let mut sums = vec![(0usize, [0f64; 2], 0f64); figure.parts().len()];
    for Nearest {
        part,
        offset: [x, y],
        squared,
    } in found
    {
        if *squared <= (BELONGS * sigma).powi(2) {
            let (count, sum, squares) = &mut sums[*part];
            *count += 1;
            sum[0] += f64::from(*x);
            sum[1] += f64::from(*y);
            *squares += f64::from(*squared);
        }
    }
    let (mut squares, mut freedom) = (0.0, 0.0);
    for (count, sum, all) in sums.into_iter().filter(|(count, ..)| *count > 0) {
        squares += all - (sum[0] * sum[0] + sum[1] * sum[1]) / count as f64;
        freedom += 2.0 * (count - 1) as f64;
    }
    ((squares / freedom).sqrt() / f64::from(sigma)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::figure::{Part, Piece};

    #[test]
    fn a_sample_counts_for_its_nearest_mode_within_three_sigma() {
        let centres = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let points = [0.0, 2.9, 0.0, 3.1, 10.0, -1.0, 10.0, 1.0];
        let modes = Modes::of(&points, &Figure::mixture(&centres, 1.0));
        assert_eq!((modes.captured, modes.total), (2, 3));
        assert_eq!(modes.high_quality, 0.75);
        assert_eq!(modes.nearest, [2, 2, 0]);
        assert_eq!(modes.good, [1, 2, 0]);
        // About their own means: 0.1^2 twice and 1^2 twice, over two degrees of freedom for each mode.
        assert!(
            (modes.width - (2.02f32 / 4.0).sqrt()).abs() < 1e-3,
            "{modes:?}"
        );
    }

    #[test]
    fn a_mode_with_poor_samples_only_is_not_captured() {
        let modes = Modes::of(
            &[0.0, 4.0, 10.0, 0.0],
            &Figure::mixture(&[[0.0, 0.0], [10.0, 0.0]], 1.0),
        );
        assert_eq!((modes.captured, modes.high_quality), (1, 0.5));
        assert_eq!(modes.nearest, [1, 1]);
        assert_eq!(modes.good, [0, 1]);
        assert_eq!(modes.reverse_kl(), 0.0);
    }

    #[test]
    fn reverse_kl_by_hand() {
        let centres = [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [30.0, 0.0]];
        let of = |xs: &[f32]| {
            let points: Vec<f32> = xs.iter().flat_map(|x| [*x, 0.0]).collect();
            Modes::of(&points, &Figure::mixture(&centres, 1.0)).reverse_kl()
        };
        assert!((of(&[0.0; 9]) - 4f32.ln()).abs() < 1e-6);
        assert!((of(&[0.0, 10.0]) - 2f32.ln()).abs() < 1e-6);
        // Shares 3/4 and 1/4: (3/4) ln 3 + (1/4) ln 1
        assert!((of(&[0.0, 0.0, 0.0, 20.0]) - 0.75 * 3f32.ln()).abs() < 1e-6);
        assert!(of(&[]).is_nan());
    }

    /// Shares of 3/4 and 1/4 are right where those are the data's own, and equal ones are not.
    #[test]
    fn unequal_modes_have_unequal_fair_shares() {
        let dot = |class, weight, x| Part::new(class, weight, vec![Piece::Dot([x, 0.0])]);
        let figure = Figure::new(vec![dot(0, 3.0, 0.0), dot(1, 1.0, 10.0)], 1.0);
        let of = |xs: &[f32]| {
            let points: Vec<f32> = xs.iter().flat_map(|x| [*x, 0.0]).collect();
            Modes::of(&points, &figure).reverse_kl()
        };
        assert!(of(&[0.0, 0.0, 0.0, 10.0]).abs() < 1e-6);
        let equal = 0.5 * (2f32 / 3.0).ln() + 0.5 * 2f32.ln();
        assert!((of(&[0.0, 10.0]) - equal).abs() < 1e-6);
    }

    #[test]
    fn samples_of_a_curve_are_of_high_quality_and_reach_all_its_parts() {
        let spiral = crate::data::figure::gallery::spiral(0.02);
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        let modes = Modes::of(&spiral.sample(&mut rng, 2_500), &spiral);
        assert_eq!((modes.captured, modes.total), (16, 16));
        // Across a straight line 99.7 % are within three sigma; past its ends and around bends a little differs.
        assert!(modes.high_quality > 0.99, "{modes:?}");
        assert!(modes.width.is_nan() && modes.reverse_kl() < 40.0 / 5_000.0);
    }

    #[test]
    fn samples_of_the_mixture_itself_reach_the_ceiling() {
        // P(chi^2 with 2 degrees of freedom <= 9) = 1 - e^-4.5 = 98.9 %
        let ring = crate::data::figure::gallery::ring(8, 1.0, 0.01);
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        let modes = Modes::of(&ring.sample(&mut rng, 20_000), &ring);
        assert_eq!(modes.captured, 8);
        assert!((modes.high_quality - 0.989).abs() < 0.003, "{modes:?}");
        // 40,000 coordinates: the standard deviation is known to 0.35 %.
        assert!((modes.width - 1.0).abs() < 0.02, "{modes:?}");
        // 2n times the divergence is chi^2 with 7 degrees of freedom, of which one in 10^6 exceeds 40.
        assert!(modes.reverse_kl() < 40.0 / 40_000.0, "{modes:?}");
    }
}
