//! Mixtures of equal round Gaussians in 2-D: the field's test of mode collapse, as every mode can be counted
//! (Srivastava et al. 2017, VEEGAN).

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::rng;

/// Equal Gaussians of standard deviation `sigma` around `centres`. All in data units.
#[derive(Clone, Debug)]
pub struct Mixture {
    centres: Vec<[f32; 2]>,
    sigma: f32,
}

impl Mixture {
    /// `modes` Gaussians evenly spaced on a circle of `radius`, the first on the positive x axis.
    pub fn ring(modes: usize, radius: f32, sigma: f32) -> Self {
        let centre = |mode| {
            let angle = mode as f32 / modes as f32 * std::f32::consts::TAU;
            [radius * angle.cos(), radius * angle.sin()]
        };
        Self {
            centres: (0..modes).map(centre).collect(),
            sigma,
        }
    }

    /// `side` by `side` Gaussians, `spacing` apart, row by row from the lowest y.
    pub fn grid(side: usize, spacing: f32, sigma: f32) -> Self {
        let at = |index: usize| (index as f32 - (side as f32 - 1.0) / 2.0) * spacing;
        Self {
            centres: (0..side * side)
                .map(|mode| [at(mode % side), at(mode / side)])
                .collect(),
            sigma,
        }
    }

    /// The centre of each mode, x and y.
    pub fn centres(&self) -> &[[f32; 2]] {
        &self.centres
    }

    /// Standard deviation of each mode, in x as in y.
    pub fn sigma(&self) -> f32 {
        self.sigma
    }

    /// Half the side of the square, centred on the origin, that shows all of the data with room around it.
    pub fn extent(&self) -> f32 {
        let reach = self
            .centres
            .iter()
            .flatten()
            .fold(0f32, |reach, coordinate| reach.max(coordinate.abs()));
        1.3 * (reach + 3.0 * self.sigma)
    }

    /// Root mean square of a coordinate over the whole mixture, x and y alike: about the origin, the standard deviation.
    pub fn scale(&self) -> f32 {
        let squares: f32 = self.centres.iter().flatten().map(|x| x * x).sum();
        (squares / (2 * self.centres.len()) as f32 + self.sigma * self.sigma).sqrt()
    }

    /// Appends one point to `rows`, and returns the mode that it came from.
    pub fn append(&self, rng: &mut ChaCha8Rng, rows: &mut Vec<f32>) -> usize {
        let mode = rng.random_range(0..self.centres.len());
        let offset = rng::normals(rng, 2, self.sigma);
        rows.extend(self.centres[mode].iter().zip(offset).map(|(x, d)| x + d));
        mode
    }

    /// `count` points, `[count, 2]` row by row.
    pub fn sample(&self, rng: &mut ChaCha8Rng, count: usize) -> Vec<f32> {
        let mut rows = Vec::with_capacity(2 * count);
        (0..count).for_each(|_| {
            self.append(rng, &mut rows);
        });
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    #[test]
    fn samples_are_spread_over_the_modes_with_the_given_sigma() {
        let ring = Mixture::ring(8, 2.0, 0.1);
        let mut rng = rng::stream(1, Stream::Batches);
        let mut counts = [0; 8];
        let mut squares = 0.0;
        for _ in 0..8000 {
            let mut point = Vec::new();
            let mode = ring.append(&mut rng, &mut point);
            let [x, y] = ring.centres()[mode];
            counts[mode] += 1;
            squares += (point[0] - x).powi(2) + (point[1] - y).powi(2);
        }
        // Binomial(8000, 1/8) has a standard deviation of 30.
        assert!(counts.iter().all(|n| (850..1150).contains(n)), "{counts:?}");
        let sigma = (squares / 16_000.0f32).sqrt();
        assert!((sigma - 0.1).abs() < 0.003, "sigma {sigma}");
    }

    #[test]
    fn the_grid_is_that_of_the_papers() {
        let grid = Mixture::grid(5, 2.0, 0.05);
        assert_eq!(grid.centres().len(), 25);
        assert_eq!(grid.centres()[0], [-4.0, -4.0]);
        assert_eq!(grid.centres()[1], [-2.0, -4.0]);
        assert_eq!(grid.centres()[24], [4.0, 4.0]);
        // Coordinates -4, -2, 0, 2, 4 have a variance of 8.
        assert!((grid.scale() - (8.0f32 + 0.0025).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn the_scale_is_the_standard_deviation_of_a_sample() {
        let ring = Mixture::ring(8, 3.0, 0.5);
        let points = ring.sample(&mut rng::stream(1, Stream::Batches), 20_000);
        let squares: f32 = points.iter().map(|x| x * x).sum();
        let measured = (squares / points.len() as f32).sqrt();
        assert!((measured / ring.scale() - 1.0).abs() < 0.02, "{measured}");
    }
}
