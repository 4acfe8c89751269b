//! Modes captured and high-quality share of a mixture, by VEEGAN's rules (Srivastava et al. 2017).
//!
//! A sample is of *high quality* within three standard deviations of its nearest mode; a mode is *captured*
//! when it has at least one such sample.

/// Three standard deviations.
const WITHIN: f32 = 3.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Modes {
    pub captured: usize,
    pub total: usize,
    /// Share of samples of high quality, 0 to 1.
    pub high_quality: f32,
}

impl Modes {
    /// Scores `points` (`[count, 2]` row by row) against modes at `centres` of standard deviation `sigma`.
    pub fn of(points: &[f32], centres: &[[f32; 2]], sigma: f32) -> Self {
        let mut captured = vec![false; centres.len()];
        let mut good = 0usize;
        for point in points.chunks_exact(2) {
            let nearest = centres
                .iter()
                .map(|[x, y]| (point[0] - x).powi(2) + (point[1] - y).powi(2))
                .enumerate()
                .min_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((mode, squared)) = nearest
                && squared <= (WITHIN * sigma).powi(2)
            {
                captured[mode] = true;
                good += 1;
            }
        }
        Self {
            captured: captured.iter().filter(|mode| **mode).count(),
            total: centres.len(),
            high_quality: good as f32 / (points.len() / 2).max(1) as f32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_counts_for_its_nearest_mode_within_three_sigma() {
        let centres = [[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]];
        let points = [0.0, 2.9, 0.0, 3.1, 10.0, -1.0, 10.0, 1.0];
        assert_eq!(
            Modes::of(&points, &centres, 1.0),
            Modes {
                captured: 2,
                total: 3,
                high_quality: 0.75
            }
        );
    }

    #[test]
    fn samples_of_the_mixture_itself_reach_the_ceiling() {
        // P(chi^2 with 2 degrees of freedom <= 9) = 1 - e^-4.5 = 98.9 %
        let ring = crate::data::ring::Ring {
            modes: 8,
            radius: 1.0,
            sigma: 0.01,
        };
        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        let modes = Modes::of(&ring.sample(&mut rng, 20_000), &ring.centres(), ring.sigma);
        assert_eq!(modes.captured, 8);
        assert!((modes.high_quality - 0.989).abs() < 0.003, "{modes:?}");
    }
}
