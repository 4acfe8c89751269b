//! What figures are made of, and its geometry.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;

/// A place, or places that are equally likely. In data units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    Dot([f32; 2]),
    Line {
        from: [f32; 2],
        to: [f32; 2],
    },
    /// With sides along the axes.
    Square {
        low: [f32; 2],
        high: [f32; 2],
    },
}

impl Piece {
    /// Length of a line, area of a square; a dot, which has neither, counts 1.
    pub fn size(self) -> f32 {
        match self {
            Self::Dot(_) => 1.0,
            Self::Line { from, to } => (to[0] - from[0]).hypot(to[1] - from[1]),
            Self::Square { low, high } => (high[0] - low[0]) * (high[1] - low[1]),
        }
    }

    /// The largest coordinate, without its sign.
    pub fn reach(self) -> f32 {
        let (a, b) = self.ends();
        a.iter().chain(&b).fold(0f32, |reach, x| reach.max(x.abs()))
    }

    /// Mean of a coordinate and of its square.
    pub fn moments(self, axis: usize) -> (f32, f32) {
        let (a, b) = self.ends();
        let (a, b) = (a[axis], b[axis]);
        ((a + b) / 2.0, (a * a + a * b + b * b) / 3.0)
    }

    /// A place on it.
    pub fn place(self, rng: &mut ChaCha8Rng) -> [f32; 2] {
        match self {
            Self::Dot(at) => at,
            Self::Line { from, to } => {
                let share: f32 = rng.random();
                [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]))
            }
            Self::Square { low, high } => {
                [0, 1].map(|axis| low[axis] + rng.random::<f32>() * (high[axis] - low[axis]))
            }
        }
    }

    /// From its nearest place to `point`.
    pub fn offset(self, point: &[f32]) -> [f32; 2] {
        let nearest = match self {
            Self::Dot(at) => at,
            Self::Line { from, to } => {
                let along = [to[0] - from[0], to[1] - from[1]];
                let square = along[0] * along[0] + along[1] * along[1];
                let dot = (point[0] - from[0]) * along[0] + (point[1] - from[1]) * along[1];
                // A line without length is a dot.
                let share = if square > 0.0 {
                    (dot / square).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                [0, 1].map(|axis| from[axis] + share * along[axis])
            }
            Self::Square { low, high } => {
                [0, 1].map(|axis| point[axis].clamp(low[axis], high[axis]))
            }
        };
        [point[0] - nearest[0], point[1] - nearest[1]]
    }

    /// Two places that span it.
    fn ends(self) -> ([f32; 2], [f32; 2]) {
        match self {
            Self::Dot(at) => (at, at),
            Self::Line { from, to } => (from, to),
            Self::Square { low, high } => (low, high),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_from_the_nearest_place() {
        let line = Piece::Line {
            from: [0.0, 0.0],
            to: [4.0, 0.0],
        };
        assert_eq!(line.offset(&[1.0, 2.0]), [0.0, 2.0]);
        assert_eq!(line.offset(&[6.0, -1.0]), [2.0, -1.0]);
        assert_eq!(line.offset(&[-3.0, 0.0]), [-3.0, 0.0]);
        let square = Piece::Square {
            low: [0.0, 0.0],
            high: [1.0, 2.0],
        };
        assert_eq!(square.offset(&[0.5, 1.5]), [0.0, 0.0]);
        assert_eq!(square.offset(&[3.0, 5.0]), [2.0, 3.0]);
        let nowhere = Piece::Line {
            from: [1.0, 1.0],
            to: [1.0, 1.0],
        };
        assert_eq!(nowhere.offset(&[2.0, 1.0]), [1.0, 0.0]);
    }
}
