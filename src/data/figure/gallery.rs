//! The figures that are offered. Those of the literature have its proportions; all but the grid fill about [-1, 1]^2,
//! so that learning rates and noise mean much the same for each.

use std::f32::consts::{PI, TAU};

use super::{Figure, Part, Piece};

/// `modes` Gaussians evenly spaced on a circle of `radius`, the first on the positive x axis.
pub fn ring(modes: usize, radius: f32, sigma: f32) -> Figure {
    let centre = |mode| {
        let angle = mode as f32 / modes as f32 * TAU;
        [radius * angle.cos(), radius * angle.sin()]
    };
    Figure::mixture(&(0..modes).map(centre).collect::<Vec<_>>(), sigma)
}

/// `side` by `side` Gaussians, `spacing` apart, row by row from the lowest y.
pub fn grid(side: usize, spacing: f32, sigma: f32) -> Figure {
    let at = |index: usize| (index as f32 - (side as f32 - 1.0) / 2.0) * spacing;
    let centre = |mode| [at(mode % side), at(mode / side)];
    Figure::mixture(&(0..side * side).map(centre).collect::<Vec<_>>(), sigma)
}

/// A straight line, rising to the right.
pub fn line(sigma: f32) -> Figure {
    let curve = |t: f32| [2.0 * t - 1.0, 1.2 * t - 0.6];
    Figure::new(stretches(curve, 8, 1, 0, 1.0), sigma)
}

/// Two Gaussians, the smallest mixture that can collapse.
pub fn two_gaussians(sigma: f32) -> Figure {
    Figure::mixture(&[[-0.7, -0.5], [0.7, 0.5]], sigma)
}

/// Four Gaussians of which each has half the examples of the one before: G may miss the rare.
pub fn unequal(sigma: f32) -> Figure {
    let centres = [[-0.8, 0.8], [0.8, 0.8], [0.8, -0.8], [-0.8, -0.8]];
    let parts = centres.into_iter().zip([8.0, 4.0, 2.0, 1.0]).enumerate();
    let part = |(class, (at, weight))| Part::new(class, weight, vec![Piece::Dot(at)]);
    Figure::new(parts.map(part).collect(), sigma)
}

/// Three Gaussians far apart.
pub fn blobs(sigma: f32) -> Figure {
    Figure::mixture(&[[-0.8, -0.6], [0.9, -0.3], [-0.1, 0.9]], sigma)
}

/// Two half circles that reach into each other, with the proportions of scikit-learn's `make_moons`.
pub fn moons(sigma: f32) -> Figure {
    let placed = |[x, y]: [f32; 2]| [(x - 0.5) / 1.5, (y - 0.25) / 1.5];
    let upper = |t: f32| placed([(PI * t).cos(), (PI * t).sin()]);
    let lower = |t: f32| placed([1.0 - (PI * t).cos(), 0.5 - (PI * t).sin()]);
    let parts = [
        stretches(upper, 6, 8, 0, 1.0),
        stretches(lower, 6, 8, 1, 1.0),
    ];
    Figure::new(parts.concat(), sigma)
}

/// Two circles, one in the other, each with half of the examples.
pub fn circles(sigma: f32) -> Figure {
    let circle = |radius: f32| move |t: f32| [radius * (TAU * t).cos(), radius * (TAU * t).sin()];
    let parts = [
        stretches(circle(0.5), 6, 8, 0, 1.0),
        stretches(circle(1.0), 12, 8, 1, 0.5),
    ];
    Figure::new(parts.concat(), sigma)
}

/// Two arms of a spiral of Archimedes, each once around.
pub fn spiral(sigma: f32) -> Figure {
    let arm = |turned: f32| {
        move |t: f32| {
            let (radius, angle) = (0.15 + 0.85 * t, TAU * t + turned);
            [radius * angle.cos(), radius * angle.sin()]
        }
    };
    let parts = [
        stretches(arm(0.0), 8, 8, 0, 1.0),
        stretches(arm(PI), 8, 8, 1, 1.0),
    ];
    Figure::new(parts.concat(), sigma)
}

/// The swiss roll seen from its side, as in WGAN-GP's figures: evenly spread over the angle, and so denser inside.
pub fn swiss_roll(sigma: f32) -> Figure {
    let curve = |t: f32| {
        let angle = 1.5 * PI * (1.0 + 2.0 * t);
        let radius = angle / (4.5 * PI);
        [radius * angle.cos(), radius * angle.sin()]
    };
    Figure::new(stretches(curve, 12, 12, 0, 1.0), sigma)
}

/// Eight of a board's sixteen squares.
pub fn checkerboard(sigma: f32) -> Figure {
    let corner = |square: usize| {
        let (row, column) = (square / 2, 2 * (square % 2) + square / 2 % 2);
        [column, row].map(|at| at as f32 / 2.0 - 1.0)
    };
    let part = |square| {
        let low = corner(square);
        let high = low.map(|at| at + 0.5);
        Part::new(square, 1.0, vec![Piece::Square { low, high }])
    };
    Figure::new((0..8).map(part).collect(), sigma)
}

/// The outline of a star with five points.
pub fn star(sigma: f32) -> Figure {
    let corner = |at: usize| {
        let radius = if at.is_multiple_of(2) { 1.0 } else { 0.45 };
        let angle = PI / 2.0 + at as f32 * PI / 5.0;
        [radius * angle.cos(), radius * angle.sin()]
    };
    let side = |at| Piece::Line {
        from: corner(at),
        to: corner(at + 1),
    };
    let part = |at| Part::new(0, 1.0, vec![side(at)]);
    Figure::new((0..10).map(part).collect(), sigma)
}

/// A curve over t from 0 to 1 as `count` parts of `class`, each of `weight` and over as much of t, made of so many
/// straight `lines`.
fn stretches(
    curve: impl Fn(f32) -> [f32; 2],
    count: usize,
    lines: usize,
    class: usize,
    weight: f32,
) -> Vec<Part> {
    let at = |line: usize| curve(line as f32 / (count * lines) as f32);
    let line = |line: usize| Piece::Line {
        from: at(line),
        to: at(line + 1),
    };
    (0..count)
        .map(|part| {
            let pieces = (part * lines..(part + 1) * lines).map(line);
            Part::new(class, weight, pieces.collect())
        })
        .collect()
}

/// Every figure that has no more to set than its noise, with its name in an experiment.
#[cfg(test)]
pub fn all(sigma: f32) -> [(&'static str, Figure); 10] {
    [
        ("line", line(sigma)),
        ("two-gaussians", two_gaussians(sigma)),
        ("unequal", unequal(sigma)),
        ("blobs", blobs(sigma)),
        ("moons", moons(sigma)),
        ("circles", circles(sigma)),
        ("spiral", spiral(sigma)),
        ("swiss-roll", swiss_roll(sigma)),
        ("checkerboard", checkerboard(sigma)),
        ("star", star(sigma)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dots(figure: &Figure) -> Vec<[f32; 2]> {
        let dot = |(_, piece): &(f32, Piece)| match piece {
            Piece::Dot(at) => *at,
            other => panic!("{other:?}"),
        };
        figure
            .parts()
            .iter()
            .flat_map(|part| part.pieces().iter().map(dot))
            .collect()
    }

    #[test]
    fn the_grid_is_that_of_the_papers() {
        let grid = grid(5, 2.0, 0.05);
        let centres = dots(&grid);
        assert_eq!(centres.len(), 25);
        assert_eq!(centres[0], [-4.0, -4.0]);
        assert_eq!(centres[1], [-2.0, -4.0]);
        assert_eq!(centres[24], [4.0, 4.0]);
        // Coordinates -4, -2, 0, 2, 4 have a variance of 8.
        assert!((grid.scale() - (8.0f32 + 0.0025).sqrt()).abs() < 1e-6);
        assert_eq!(grid.centre(), [0.0; 2]);
    }

    #[test]
    fn no_two_squares_of_the_checkerboard_touch_along_a_side() {
        let board = checkerboard(0.01);
        let middles: Vec<[f32; 2]> = board
            .parts()
            .iter()
            .map(|part| [0, 1].map(|axis| part.pieces()[0].1.moments(axis).0))
            .collect();
        for (i, a) in middles.iter().enumerate() {
            for b in &middles[..i] {
                let apart = (a[0] - b[0]).abs() + (a[1] - b[1]).abs();
                assert!(apart > 0.9, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn every_part_of_a_curve_has_its_share_and_curves_their_classes() {
        for (name, figure) in all(0.05) {
            let sum: f32 = figure.shares().iter().sum();
            assert!((sum - 1.0).abs() < 1e-5, "{name}");
            let classes = match name {
                "line" | "swiss-roll" | "star" => 1,
                "two-gaussians" | "moons" | "circles" | "spiral" => 2,
                "blobs" => 3,
                "unequal" => 4,
                _ => 8,
            };
            assert_eq!(figure.classes(), classes, "{name}");
        }
        assert!(unequal(0.1).is_mixture() && !star(0.1).is_mixture());
    }
}
