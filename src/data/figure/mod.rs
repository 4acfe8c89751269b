//! Figures in the plane: dots, lines and squares, blurred by round Gaussian noise.
//!
//! A figure is made of parts, which G may make or miss. Equal dots are the field's test of mode collapse, as every mode
//! can be counted (Srivastava et al. 2017, VEEGAN); a curve is cut into stretches, so that what G misses of it can be
//! counted too. The density of every figure is known exactly: see [`crate::metrics::divergence::Grid::figure`].

pub mod drawing;
pub mod gallery;
mod piece;

pub use piece::Piece;

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use crate::rng;

/// What of a figure can be missed: a mode of a mixture, a stretch of a curve, a square of the checkerboard.
#[derive(Clone, Debug)]
pub struct Part {
    /// What a conditional run calls it: an arm of the spiral, a mode of the ring.
    pub class: usize,
    /// Share of the examples that come from it.
    pub weight: f32,
    /// With the share of the part's examples that each takes.
    pieces: Vec<(f32, Piece)>,
}

impl Part {
    /// A part of pieces that share its examples by their [`size`](Piece::size).
    pub fn new(class: usize, weight: f32, pieces: Vec<Piece>) -> Self {
        let whole: f32 = pieces.iter().map(|piece| piece.size()).sum();
        let pieces = pieces
            .into_iter()
            .map(|piece| (piece.size() / whole, piece))
            .collect();
        Self {
            class,
            weight,
            pieces,
        }
    }

    pub fn pieces(&self) -> &[(f32, Piece)] {
        &self.pieces
    }
}

/// Parts around which examples scatter with standard deviation `sigma` along both axes. All in data units.
#[derive(Clone, Debug)]
pub struct Figure {
    parts: Vec<Part>,
    classes: usize,
    sigma: f32,
    /// Largest coordinate without the noise.
    reach: f32,
    centre: [f32; 2],
    scale: f32,
    /// Whether all parts have the same weight, which makes drawing one quick.
    equal: bool,
}

impl Figure {
    /// A figure of at least one part. Weights are brought to a sum of 1.
    pub fn new(mut parts: Vec<Part>, sigma: f32) -> Self {
        let whole: f32 = parts.iter().map(|part| part.weight).sum();
        parts.iter_mut().for_each(|part| part.weight /= whole);
        let pieces = || {
            parts.iter().flat_map(|part| {
                let share = move |(share, piece): &(f32, Piece)| (part.weight * share, *piece);
                part.pieces.iter().map(share)
            })
        };
        let reach = pieces().fold(0f32, |reach, (_, piece)| reach.max(piece.reach()));
        let (mut centre, mut squares) = ([0f32; 2], [0f32; 2]);
        for (share, piece) in pieces() {
            for axis in 0..2 {
                let (mean, square) = piece.moments(axis);
                centre[axis] += share * mean;
                squares[axis] += share * square;
            }
        }
        // A symmetric figure is centred but for rounding, and is then left where it is.
        if centre.iter().all(|mean| mean.abs() <= 1e-5 * reach) {
            centre = [0.0; 2];
        }
        let variance = (0..2).map(|axis| squares[axis] - centre[axis] * centre[axis]);
        let scale = (variance.sum::<f32>() / 2.0 + sigma * sigma).sqrt();
        let equal = parts.windows(2).all(|two| two[0].weight == two[1].weight);
        Self {
            equal,
            classes: parts.iter().map(|part| part.class + 1).max().unwrap_or(1),
            parts,
            sigma,
            reach,
            centre,
            scale,
        }
    }

    /// Equal Gaussians around `centres`, each a class of its own.
    pub fn mixture(centres: &[[f32; 2]], sigma: f32) -> Self {
        let part = |(class, at): (usize, &[f32; 2])| Part::new(class, 1.0, vec![Piece::Dot(*at)]);
        Self::new(centres.iter().enumerate().map(part).collect(), sigma)
    }

    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The share of examples that each part has.
    pub fn shares(&self) -> Vec<f32> {
        self.parts.iter().map(|part| part.weight).collect()
    }

    /// How many classes its parts are of.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Standard deviation of the noise, in x as in y.
    pub fn sigma(&self) -> f32 {
        self.sigma
    }

    /// Whether every part is a round Gaussian, whose width can be told.
    pub fn is_mixture(&self) -> bool {
        let is_dot = |(_, piece): &(f32, Piece)| matches!(piece, Piece::Dot(_));
        self.parts
            .iter()
            .all(|part| part.pieces.len() == 1 && part.pieces.iter().all(is_dot))
    }

    /// Half the side of the square, centred on the origin, that shows all of the data with room around it.
    pub fn extent(&self) -> f32 {
        1.3 * (self.reach + 3.0 * self.sigma)
    }

    /// Mean of the examples.
    pub fn centre(&self) -> [f32; 2] {
        self.centre
    }

    /// Standard deviation of a coordinate over the whole figure, x and y alike.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// The part that a point is nearest to, the first of them on a tie.
    pub fn nearest(&self, point: &[f32]) -> Nearest {
        let mut nearest = Nearest {
            part: 0,
            offset: [f32::INFINITY; 2],
            squared: f32::INFINITY,
        };
        for (part, of) in self.parts.iter().enumerate() {
            for (_, piece) in &of.pieces {
                let offset = piece.offset(point);
                let squared = offset[0].powi(2) + offset[1].powi(2);
                if squared < nearest.squared {
                    nearest = Nearest {
                        part,
                        offset,
                        squared,
                    };
                }
            }
        }
        nearest
    }

    /// Appends one point to `rows`, and returns the class of the part that it came from.
    pub fn append(&self, rng: &mut ChaCha8Rng, rows: &mut Vec<f32>) -> usize {
        let part = &self.parts[self.draw_part(rng)];
        let place = draw(&part.pieces, rng).place(rng);
        let offset = rng::normals(rng, 2, self.sigma);
        rows.extend(place.iter().zip(offset).map(|(x, d)| x + d));
        part.class
    }

    /// `count` points, `[count, 2]` row by row.
    pub fn sample(&self, rng: &mut ChaCha8Rng, count: usize) -> Vec<f32> {
        let mut rows = Vec::with_capacity(2 * count);
        (0..count).for_each(|_| {
            self.append(rng, &mut rows);
        });
        rows
    }

    fn draw_part(&self, rng: &mut ChaCha8Rng) -> usize {
        if self.equal {
            return rng.random_range(0..self.parts.len());
        }
        let mut left: f32 = rng.random();
        let reached = |part: &Part| {
            left -= part.weight;
            left < 0.0
        };
        let last = self.parts.len() - 1;
        self.parts.iter().position(reached).unwrap_or(last)
    }
}

/// One of the pieces by its share. A single one needs no random number.
fn draw(pieces: &[(f32, Piece)], rng: &mut ChaCha8Rng) -> Piece {
    let (last, others) = match pieces {
        [others @ .., (_, last)] => (*last, others),
        [] => return Piece::Dot([0.0; 2]),
    };
    if others.is_empty() {
        return last;
    }
    let mut left: f32 = rng.random();
    let reached = |(share, _): &&(f32, Piece)| {
        left -= share;
        left < 0.0
    };
    others
        .iter()
        .find(reached)
        .map_or(last, |(_, piece)| *piece)
}

/// The part that a point is nearest to.
#[derive(Clone, Copy, Debug)]
pub struct Nearest {
    pub part: usize,
    /// From the part's nearest place to the point.
    pub offset: [f32; 2],
    /// Length of the offset, squared; infinite from a point that is not finite.
    pub squared: f32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    fn measured(figure: &Figure) -> ([f32; 2], f32) {
        let points = figure.sample(&mut rng::stream(1, Stream::Batches), 40_000);
        let mut centre = [0f32; 2];
        for point in points.chunks_exact(2) {
            (0..2).for_each(|axis| centre[axis] += point[axis] / 40_000.0);
        }
        let squares: f32 = points
            .chunks_exact(2)
            .map(|point| {
                (0..2)
                    .map(|axis| (point[axis] - centre[axis]).powi(2))
                    .sum::<f32>()
            })
            .sum();
        (centre, (squares / 80_000.0).sqrt())
    }

    #[test]
    fn samples_are_spread_over_the_modes_with_the_given_sigma() {
        let ring = gallery::ring(8, 2.0, 0.1);
        let mut rng = rng::stream(1, Stream::Batches);
        let mut counts = [0; 8];
        let mut squares = 0.0;
        for _ in 0..8000 {
            let mut point = Vec::new();
            let mode = ring.append(&mut rng, &mut point);
            let nearest = ring.nearest(&point);
            assert_eq!(nearest.part, mode);
            counts[mode] += 1;
            squares += nearest.squared;
        }
        // Binomial(8000, 1/8) has a standard deviation of 30.
        assert!(counts.iter().all(|n| (850..1150).contains(n)), "{counts:?}");
        let sigma = (squares / 16_000.0f32).sqrt();
        assert!((sigma - 0.1).abs() < 0.003, "sigma {sigma}");
    }

    #[test]
    fn unequal_parts_get_their_shares() {
        let dot = |class, weight, x| Part::new(class, weight, vec![Piece::Dot([x, 0.0])]);
        let figure = Figure::new(
            vec![dot(0, 6.0, -1.0), dot(1, 3.0, 0.0), dot(2, 1.0, 1.0)],
            0.01,
        );
        assert_eq!(figure.shares(), [0.6, 0.3, 0.1]);
        let mut rng = rng::stream(1, Stream::Batches);
        let mut counts = [0f32; 3];
        (0..10_000).for_each(|_| counts[figure.append(&mut rng, &mut Vec::new())] += 1e-4);
        for (count, share) in counts.iter().zip(figure.shares()) {
            assert!((count - share).abs() < 0.02, "{counts:?}");
        }
    }

    /// Centre and scale, from which the nets' numbers are made, are those of samples.
    #[test]
    fn every_figure_is_as_wide_as_its_samples() {
        let mut figures: Vec<_> = gallery::all(0.1).into_iter().collect();
        figures.push(("ring", gallery::ring(8, 3.0, 0.5)));
        figures.push(("aside", Figure::mixture(&[[3.0, 1.0], [5.0, 1.0]], 0.2)));
        for (name, figure) in figures {
            let (centre, scale) = measured(&figure);
            assert!(
                (scale / figure.scale() - 1.0).abs() < 0.02,
                "{name}: {scale}"
            );
            for axis in 0..2 {
                let off = (centre[axis] - figure.centre()[axis]).abs();
                assert!(off < 0.02 * scale, "{name}: {centre:?}");
            }
        }
    }

    /// Samples are within three sigma of the part that they came from, but for one in a hundred.
    #[test]
    fn samples_lie_on_their_figure() {
        for (name, figure) in gallery::all(0.02) {
            let points = figure.sample(&mut rng::stream(2, Stream::Batches), 2_000);
            let far = points
                .chunks_exact(2)
                .filter(|point| figure.nearest(point).squared > (3.0f32 * 0.02).powi(2))
                .count();
            assert!(far <= 40, "{name}: {far}");
            assert!(points.iter().all(|x| x.abs() < figure.extent()), "{name}");
        }
    }
}
