//! A ring of Gaussians: the field's first test of mode collapse (Srivastava et al. 2017, VEEGAN).

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::rng;

/// `modes` equal Gaussians of standard deviation `sigma`, evenly spaced on a circle of `radius`; the first
/// one sits on the positive x axis. All in data units.
#[derive(Clone, Debug)]
pub struct Ring {
    pub modes: usize,
    pub radius: f32,
    pub sigma: f32,
}

impl Ring {
    /// The centre of each mode, x and y.
    pub fn centres(&self) -> Vec<[f32; 2]> {
        (0..self.modes)
            .map(|mode| {
                let angle = mode as f32 / self.modes as f32 * std::f32::consts::TAU;
                [self.radius * angle.cos(), self.radius * angle.sin()]
            })
            .collect()
    }

    /// Half the side of the square, centred on the origin, that shows all of the data with room around it.
    pub fn extent(&self) -> f32 {
        1.3 * (self.radius + 3.0 * self.sigma)
    }

    /// `count` points, `[count, 2]` row by row.
    pub fn sample(&self, rng: &mut ChaCha8Rng, count: usize) -> Vec<f32> {
        let centres = self.centres();
        let mut points = rng::normals(rng, count * 2, self.sigma);
        for point in points.chunks_exact_mut(2) {
            let [x, y] = centres[rng.random_range(0..centres.len())];
            point[0] += x;
            point[1] += y;
        }
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn samples_are_spread_over_the_modes_with_the_given_sigma() {
        let ring = Ring {
            modes: 8,
            radius: 2.0,
            sigma: 0.1,
        };
        let points = ring.sample(&mut rng::stream(1, Stream::Batches), 8000);
        let mut counts = [0; 8];
        let mut squares = 0.0;
        for point in points.chunks_exact(2) {
            let (mode, squared) = ring
                .centres()
                .iter()
                .map(|[x, y]| (point[0] - x).powi(2) + (point[1] - y).powi(2))
                .enumerate()
                .min_by(|a, b| a.1.total_cmp(&b.1))
                .unwrap();
            counts[mode] += 1;
            squares += squared;
        }
        // Binomial(8000, 1/8) has a standard deviation of 30.
        assert!(counts.iter().all(|n| (850..1150).contains(n)), "{counts:?}");
        let sigma = (squares / 16_000.0).sqrt();
        assert!((sigma - 0.1).abs() < 0.003, "sigma {sigma}");
    }
}
