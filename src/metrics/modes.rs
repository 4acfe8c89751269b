//! Modes captured and high-quality share of a mixture, by VEEGAN's rules (Srivastava et al. 2017).
//!
//! A sample is of *high quality* within three standard deviations of its nearest mode; a mode is *captured*
//! when it has at least one such sample.

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
    /// right; a G that draws every mode as a dot has 0 and, by VEEGAN's rules alone, a perfect quality. NaN of none.
    pub width: f32,
}

impl Modes {
    /// Scores `points` (`[count, 2]` row by row) against modes at `centres` of standard deviation `sigma`.
    pub fn of(points: &[f32], centres: &[[f32; 2]], sigma: f32) -> Self {
        let mut counts = vec![0usize; centres.len()];
        let mut good = vec![0usize; centres.len()];
        for point in points.chunks_exact(2) {
            let Nearest { mode, squared, .. } = nearest(point, centres);
            counts[mode] += 1;
            good[mode] += usize::from(squared <= (WITHIN * sigma).powi(2));
        }
        Self {
            captured: good.iter().filter(|count| **count > 0).count(),
            total: centres.len(),
            high_quality: good.iter().sum::<usize>() as f32 / (points.len() / 2).max(1) as f32,
            nearest: counts,
            good,
            width: width(points, centres, sigma),
        }
    }

    /// Kullback-Leibler divergence of the modes' shares of all samples from equal shares, in nats (PacGAN, Lin et
    /// al. 2018): 0 when each has as many, ln(total) when one has them all. NaN of no samples.
    pub fn reverse_kl(&self) -> f32 {
        let samples: usize = self.nearest.iter().sum();
        let sum: f64 = self
            .nearest
            .iter()
            .map(|count| *count as f64 / samples as f64)
            // A mode without samples adds nothing; of no samples at all, each share is NaN and stays.
            .filter(|share| *share != 0.0)
            .map(|share| share * (share * self.total as f64).ln())
            .sum();
        sum as f32
    }
}

/// The mode that a point is nearest to.
#[derive(Clone, Copy, Debug)]
pub struct Nearest {
    pub mode: usize,
    /// From the mode's centre to the point.
    pub offset: [f32; 2],
    /// Length of the offset, squared; infinite where there are no modes.
    pub squared: f32,
}

/// Which of the modes at `centres` a point is nearest to, the first of them on a tie.
pub fn nearest(point: &[f32], centres: &[[f32; 2]]) -> Nearest {
    centres
        .iter()
        .enumerate()
        .map(|(mode, [x, y])| {
            let offset = [point[0] - x, point[1] - y];
            let squared = offset[0].powi(2) + offset[1].powi(2);
            Nearest {
                mode,
                offset,
                squared,
            }
        })
        .min_by(|a, b| a.squared.total_cmp(&b.squared))
        .unwrap_or(Nearest {
            mode: 0,
            offset: [f32::INFINITY; 2],
            squared: f32::INFINITY,
        })
}

/// [`Modes::width`]. Samples that lie between two modes belong to none.
fn width(points: &[f32], centres: &[[f32; 2]], sigma: f32) -> f32 {
    // Of each mode: samples, their sum, and the sum of their squares, all relative to its centre.
    let mut sums = vec![(0usize, [0f64; 2], 0f64); centres.len()];
    for point in points.chunks_exact(2) {
        let Nearest {
            mode,
            offset: [x, y],
            squared,
        } = nearest(point, centres);
        if squared <= (BELONGS * sigma).powi(2) {
            let (count, sum, squares) = &mut sums[mode];
            *count += 1;
            sum[0] += f64::from(x);
            sum[1] += f64::from(y);
            *squares += f64::from(squared);
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

    #[test]
    fn a_sample_counts_for_its_nearest_mode_within_three_sigma() {
        let centres = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let points = [0.0, 2.9, 0.0, 3.1, 10.0, -1.0, 10.0, 1.0];
        let modes = Modes::of(&points, &centres, 1.0);
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
        let modes = Modes::of(&[0.0, 4.0, 10.0, 0.0], &[[0.0, 0.0], [10.0, 0.0]], 1.0);
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
            Modes::of(&points, &centres, 1.0).reverse_kl()
        };
        assert!((of(&[0.0; 9]) - 4f32.ln()).abs() < 1e-6);
        assert!((of(&[0.0, 10.0]) - 2f32.ln()).abs() < 1e-6);
        // Shares 3/4 and 1/4: (3/4) ln 3 + (1/4) ln 1
        assert!((of(&[0.0, 0.0, 0.0, 20.0]) - 0.75 * 3f32.ln()).abs() < 1e-6);
        assert!(of(&[]).is_nan());
    }

    #[test]
    fn samples_of_the_mixture_itself_reach_the_ceiling() {
        // P(chi^2 with 2 degrees of freedom <= 9) = 1 - e^-4.5 = 98.9 %
        let ring = crate::data::mixture::Mixture::ring(8, 1.0, 0.01);
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        let modes = Modes::of(&ring.sample(&mut rng, 20_000), ring.centres(), ring.sigma());
        assert_eq!(modes.captured, 8);
        assert!((modes.high_quality - 0.989).abs() < 0.003, "{modes:?}");
        // 40,000 coordinates: the standard deviation is known to 0.35 %.
        assert!((modes.width - 1.0).abs() < 0.02, "{modes:?}");
        // 2n times the divergence is chi^2 with 7 degrees of freedom, of which one in 10^6 exceeds 40.
        assert!(modes.reverse_kl() < 40.0 / 40_000.0, "{modes:?}");
    }
}
