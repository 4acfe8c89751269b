//! How far fakes would have to be moved to become the reals: Wasserstein-1 (earth mover's) distances.
//!
//! On a line the distance is exact by sorting. [`Sliced`] is its mean over projections on directions (Rabin et
//! al. 2011), for points of any dimensions. [`Assignment`] is the distance itself, for a few hundred points of
//! the plane, with who goes where. All are Euclidean, in data units.

use std::f64::consts::PI;

use rand_chacha::ChaCha8Rng;

use crate::rng;

/// Directions in the plane, evenly spaced over half a turn: the mean of |cos| over them is that over all angles
/// to 0.1 %.
const PLANE_DIRECTIONS: usize = 32;
/// Directions in more dimensions, drawn at random. The figure then depends on the draw, by some 7 % for a pure
/// shift, so that only figures by the same directions compare.
const RANDOM_DIRECTIONS: usize = 128;

/// Wasserstein-1 between two sorted samples on a line, whatever their counts; NaN where one has none: the integral
/// over u in [0, 1] of |A(u) - B(u)|, where A and B are the samples' quantile functions, steps of width 1 / a.len() and 1 / b.len().
fn between_sorted(a: &[f32], b: &[f32]) -> f64 {
    let (wide, narrow) = (a.len() as u64, b.len() as u64);
    // Levels are counted in whole 1 / (a.len() * b.len()), so that steps that should end together do.
    let (mut i, mut j, mut level, mut sum) = (0, 0, 0, 0.0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (end_a, end_b) = ((i as u64 + 1) * narrow, (j as u64 + 1) * wide);
        let end = end_a.min(end_b);
        sum += (end - level) as f64 * (f64::from(*x) - f64::from(*y)).abs();
        level = end;
        i += usize::from(end == end_a);
        j += usize::from(end == end_b);
    }
    sum / (wide * narrow) as f64
}

/// Sliced Wasserstein-1 from a set of reals, which is projected and sorted once.
///
/// For a pure shift by d it is |d| times the mean of |cos| over directions: 2/pi in the plane, and about
/// sqrt(2 / (pi dims)) in many dimensions.
#[derive(Clone, Debug)]
pub struct Sliced {
    /// `[directions, dims]`, of length 1.
    directions: Vec<f32>,
    dims: usize,
    /// The reals along each direction, sorted.
    real: Vec<Vec<f32>>,
}

impl Sliced {
    /// Prepares the distance from `real` (`[count, dims]` row by row). Directions are drawn from `rng` beyond the
    /// plane.
    pub fn new(real: &[f32], dims: usize, rng: &mut ChaCha8Rng) -> Self {
        let directions = match dims {
            1 => vec![1.0],
            2 => plane_directions(),
            _ => random_directions(dims, rng),
        };
        let real = directions
            .chunks_exact(dims)
            .map(|direction| project(real, direction))
            .collect();
        Self {
            directions,
            dims,
            real,
        }
    }

    /// To `fake` (`[count, dims]` row by row), of any count.
    pub fn distance(&self, fake: &[f32]) -> f32 {
        let sum: f64 = self
            .directions
            .chunks_exact(self.dims)
            .zip(&self.real)
            .map(|(direction, real)| between_sorted(real, &project(fake, direction)))
            .sum();
        (sum / self.real.len() as f64) as f32
    }
}

fn plane_directions() -> Vec<f32> {
    (0..PLANE_DIRECTIONS)
        .flat_map(|at| {
            let angle = (at as f64 + 0.5) * PI / PLANE_DIRECTIONS as f64;
            [angle.cos() as f32, angle.sin() as f32]
        })
        .collect()
}

/// Gaussians made to length 1 are even over the sphere.
fn random_directions(dims: usize, rng: &mut ChaCha8Rng) -> Vec<f32> {
    let mut directions = rng::normals(rng, RANDOM_DIRECTIONS * dims, 1.0);
    for direction in directions.chunks_exact_mut(dims) {
        let length = direction.iter().map(|x| x * x).sum::<f32>().sqrt();
        direction.iter_mut().for_each(|x| *x /= length);
    }
    directions
}

/// Rows along a direction, sorted.
fn project(rows: &[f32], direction: &[f32]) -> Vec<f32> {
    let mut along: Vec<f32> = rows
        .chunks_exact(direction.len())
        .map(|row| row.iter().zip(direction).map(|(x, d)| x * d).sum())
        .collect();
    along.sort_unstable_by(f32::total_cmp);
    along
}

/// The cheapest way to pair fakes with reals.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// Which real each fake goes to.
    pub real_of: Vec<usize>,
    /// Mean length of the ways, in data units: the earth mover's distance.
    pub mean_length: f32,
}

impl Assignment {
    /// Pairs `real` and `fake` points, each `[count, 2]` row by row; of unequal counts, the first of the larger
    /// set. With a point that is not finite all stay in order, and the length is not finite either.
    ///
    /// The time grows with the cube of the count, at worst.
    pub fn of(real: &[f32], fake: &[f32]) -> Self {
        let size = real.len().min(fake.len()) / 2;
        let (real, fake) = (&real[..2 * size], &fake[..2 * size]);
        let costs: Vec<f64> = fake
            .chunks_exact(2)
            .flat_map(|from| real.chunks_exact(2).map(move |to| length(from, to)))
            .collect();
        let real_of = match costs.iter().all(|cost| cost.is_finite()) {
            true => assign(&costs, size),
            false => (0..size).collect(),
        };
        let sum: f64 = real_of
            .iter()
            .enumerate()
            .map(|(fake, real)| costs[fake * size + real])
            .sum();
        Self {
            real_of,
            mean_length: (sum / size as f64) as f32,
        }
    }
}

fn length(from: &[f32], to: &[f32]) -> f64 {
    let along = |axis: usize| f64::from(from[axis]) - f64::from(to[axis]);
    along(0).hypot(along(1))
}

/// The column of each row that makes the sum of `costs` (`[size, size]` row by row, finite) least.
fn assign(costs: &[f64], size: usize) -> Vec<usize> {
    let mut matching = Matching::with_cheapest_pairs(costs, size);
    for row in 0..size {
        if matching.column_of[row].is_none() {
            matching.augment(row);
        }
    }
    matching.column_of.into_iter().flatten().collect()
}

/// A growing set of pairs, by shortest augmenting paths (Jonker & Volgenant 1987).
///
/// `price` is kept such that each pair is the cheapest of its row after its column's price is taken off: that
/// makes the pairs so far the best ones for their rows and columns.
struct Matching<'a> {
    costs: &'a [f64],
    size: usize,
    /// Of each column.
    price: Vec<f64>,
    row_of: Vec<Option<usize>>,
    column_of: Vec<Option<usize>>,
}

impl<'a> Matching<'a> {
    /// Starts at prices that make each column free of cost somewhere, and pairs each row with its cheapest column
    /// where no row before it has taken that.
    fn with_cheapest_pairs(costs: &'a [f64], size: usize) -> Self {
        let mut matching = Self {
            costs,
            size,
            price: vec![f64::INFINITY; size],
            row_of: vec![None; size],
            column_of: vec![None; size],
        };
        for (at, cost) in costs.iter().enumerate() {
            let price = &mut matching.price[at % size];
            *price = price.min(*cost);
        }
        for row in 0..size {
            let cheapest = (0..size).min_by(|a, b| {
                matching
                    .reduced(row, *a)
                    .total_cmp(&matching.reduced(row, *b))
            });
            if let Some(column) = cheapest
                && matching.row_of[column].is_none()
            {
                matching.row_of[column] = Some(row);
                matching.column_of[row] = Some(column);
            }
        }
        matching
    }

    fn reduced(&self, row: usize, column: usize) -> f64 {
        self.costs[row * self.size + column] - self.price[column]
    }

    /// Gives `start`, a row without a column, one by the cheapest chain of exchanges, which Dijkstra's search
    /// finds; prices follow.
    fn augment(&mut self, start: usize) {
        // Way to each column that is still open. Columns whose way is known for good are below all numbers here,
        // so that no way is shorter.
        let mut open = vec![f64::INFINITY; self.size];
        // The row from which each column is reached.
        let mut from = vec![start; self.size];
        let mut settled: Vec<(usize, f64)> = Vec::new();
        let (mut row, mut offset) = (start, 0.0);
        let (end, length) = loop {
            let mut nearest = (0, f64::INFINITY);
            let costs = self.costs[row * self.size..].iter().zip(&self.price);
            let columns = open.iter_mut().zip(&mut from).zip(costs).enumerate();
            for (column, ((way, from), (cost, price))) in columns {
                let through = offset + cost - price;
                if through < *way {
                    *way = through;
                    *from = row;
                }
                if *way < nearest.1 && *way > f64::NEG_INFINITY {
                    nearest = (column, *way);
                }
            }
            let (column, way) = nearest;
            // There are as many columns as rows, so that a free one is found before all are settled.
            if way == f64::INFINITY {
                return;
            }
            let Some(next) = self.row_of[column] else {
                break nearest;
            };
            settled.push((column, way));
            open[column] = f64::NEG_INFINITY;
            (row, offset) = (next, way - self.reduced(next, column));
        };
        for (column, way) in settled {
            self.price[column] += way - length;
        }
        let mut column = end;
        loop {
            let row = from[column];
            self.row_of[column] = Some(row);
            match self.column_of[row].replace(column) {
                Some(left) => column = left,
                None => break,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Stream;

    /// Wasserstein-1 between two samples on a line, whatever their counts; NaN where one has none.
    fn on_a_line(a: &[f32], b: &[f32]) -> f64 {
        let sorted = |values: &[f32]| {
            let mut values = values.to_vec();
            values.sort_unstable_by(f32::total_cmp);
            values
        };
        between_sorted(&sorted(a), &sorted(b))
    }

    fn close(a: impl Into<f64>, b: f64, tolerance: f64) {
        let a = a.into();
        assert!((a - b).abs() <= tolerance, "{a} against {b}");
    }

    fn normals(seed: u32, count: usize) -> Vec<f32> {
        rng::normals(&mut rng::stream(seed, Stream::Batches), count, 1.0)
    }

    fn sliced(real: &[f32], fake: &[f32], dims: usize) -> f32 {
        Sliced::new(real, dims, &mut rng::stream(0, Stream::Display)).distance(fake)
    }

    #[test]
    fn a_line_by_hand() {
        close(
            on_a_line(&[3.0, 1.0, 2.0], &[2.5, 0.0, 4.0]),
            (1.0 + 0.5 + 1.0) / 3.0,
            1e-9,
        );
        // Quantiles: A = 0 on [0, 1/2], 6 on [1/2, 1]; B = 1, 3, 6 a third each.
        // A third by |0 - 1|, a sixth by |0 - 3|, a sixth by |6 - 3|, a third by 0.
        let expected = 1.0 / 3.0 + 3.0 / 6.0 + 3.0 / 6.0;
        close(on_a_line(&[6.0, 0.0], &[3.0, 6.0, 1.0]), expected, 1e-9);
        close(on_a_line(&[3.0, 6.0, 1.0], &[0.0, 6.0]), expected, 1e-9);
        // Each point twice is the same sample.
        close(on_a_line(&[1.0, 2.0], &[1.0, 1.0, 2.0, 2.0]), 0.0, 0.0);
        assert!(on_a_line(&[], &[1.0]).is_nan());
    }

    /// W1 between N(0, s) and N(0, t) is |s - t| sqrt(2 / pi), as quantiles scale.
    #[test]
    fn a_line_of_scaled_gaussians() {
        let narrow = normals(1, 50_000);
        let wide: Vec<f32> = normals(2, 30_000).iter().map(|x| 3.0 * x).collect();
        let expected = 2.0 * (2.0 / PI).sqrt();
        close(on_a_line(&narrow, &wide), expected, 0.03);
    }

    #[test]
    fn a_shift_in_the_plane_is_foreshortened_by_two_over_pi() {
        let real = normals(1, 2 * 500);
        for angle in [0.0f32, 0.7, 1.6, 3.0] {
            let shift = [5.0 * angle.cos(), 5.0 * angle.sin()];
            let fake: Vec<f32> = real
                .chunks_exact(2)
                .flat_map(|point| [point[0] + shift[0], point[1] + shift[1]])
                .collect();
            close(sliced(&real, &fake, 2), 10.0 / PI, 1e-3 * 10.0 / PI);
        }
        assert_eq!(sliced(&real, &real, 2), 0.0);
    }

    #[test]
    fn scaled_gaussians_in_the_plane() {
        let real = normals(1, 2 * 20_000);
        let fake: Vec<f32> = normals(2, 2 * 10_000).iter().map(|x| 0.5 * x).collect();
        close(sliced(&real, &fake, 2), 0.5 * (2.0 / PI).sqrt(), 0.01);
    }

    /// The mean of |cos| over the sphere is gamma(n / 2) / (sqrt(pi) gamma((n + 1) / 2)) in n dimensions: 1/2 in
    /// three, 0.2587 in ten.
    #[test]
    fn a_shift_in_more_dimensions() {
        for (dims, mean) in [(3, 0.5), (10, 0.258_7)] {
            let real = normals(1, dims * 200);
            let fake: Vec<f32> = real
                .iter()
                .enumerate()
                .map(|(at, x)| if at % dims == 1 { x + 2.0 } else { *x })
                .collect();
            // Three standard errors of a mean over 128 directions
            close(sliced(&real, &fake, dims), 2.0 * mean, 0.2 * 2.0 * mean);
        }
    }

    fn random_points(seed: u32, count: usize) -> (Vec<f32>, Vec<f32>) {
        let mut both = normals(seed, 4 * count);
        let fake = both.split_off(2 * count);
        (both, fake)
    }

    fn mean_length(real: &[f32], fake: &[f32], real_of: &[usize]) -> f64 {
        let sum: f64 = real_of
            .iter()
            .enumerate()
            .map(|(at, to)| length(&fake[2 * at..2 * at + 2], &real[2 * to..2 * to + 2]))
            .sum();
        sum / real_of.len() as f64
    }

    fn is_permutation(of: &[usize]) -> bool {
        let mut sorted = of.to_vec();
        sorted.sort_unstable();
        sorted.iter().copied().eq(0..of.len())
    }

    /// The least mean length over all ways to extend `chosen`.
    fn brute_force(real: &[f32], fake: &[f32], chosen: &mut Vec<usize>) -> f64 {
        let size = real.len() / 2;
        if chosen.len() == size {
            return mean_length(real, fake, chosen);
        }
        let mut best = f64::INFINITY;
        for next in 0..size {
            if !chosen.contains(&next) {
                chosen.push(next);
                best = best.min(brute_force(real, fake, chosen));
                chosen.pop();
            }
        }
        best
    }

    #[test]
    fn no_permutation_is_shorter() {
        for size in 1..=7 {
            for seed in 0..8 {
                let (real, mut fake) = random_points(seed * 10 + size as u32, size);
                // Huddled fakes all want the same reals, which takes the longest chains.
                let scale = if seed % 2 == 0 { 1.0 } else { 0.1 };
                fake.iter_mut().for_each(|x| *x *= scale);
                let found = Assignment::of(&real, &fake);
                assert!(is_permutation(&found.real_of), "{found:?}");
                close(
                    found.mean_length,
                    mean_length(&real, &fake, &found.real_of),
                    1e-6,
                );
                let best = brute_force(&real, &fake, &mut Vec::new());
                close(found.mean_length, best, 1e-6);
            }
        }
    }

    /// A matching is the best exactly when no ring of fakes gains by each taking the next one's real: when the
    /// graph of such exchanges has no negative cycle. Floyd and Warshall's shortest paths would find one.
    fn gain_by_exchange(real: &[f32], fake: &[f32], real_of: &[usize]) -> f64 {
        let size = real_of.len();
        let way = |from: usize, to: usize| {
            length(
                &fake[2 * from..2 * from + 2],
                &real[2 * real_of[to]..2 * real_of[to] + 2],
            )
        };
        let mut paths: Vec<f64> = (0..size * size)
            .map(|at| way(at / size, at % size) - way(at / size, at / size))
            .collect();
        for over in 0..size {
            for from in 0..size {
                for to in 0..size {
                    let around = paths[from * size + over] + paths[over * size + to];
                    paths[from * size + to] = paths[from * size + to].min(around);
                }
            }
        }
        let cycles = (0..size).map(|at| -paths[at * size + at]);
        cycles.fold(0.0, f64::max)
    }

    #[test]
    fn no_exchange_shortens_two_hundred_points() {
        for (scale, shift) in [(1.0, 0.0), (0.01, 1.0), (0.3, -0.5), (5.0, 0.0)] {
            let (real, mut fake) = random_points(8, 200);
            fake.iter_mut().for_each(|x| *x = scale * *x + shift);
            let found = Assignment::of(&real, &fake);
            let gain = gain_by_exchange(&real, &fake, &found.real_of);
            assert!(gain < 1e-9, "{gain} at scale {scale}");
        }
        // It can see one.
        let (real, fake) = random_points(8, 20);
        let in_order: Vec<usize> = (0..20).collect();
        assert!(gain_by_exchange(&real, &fake, &in_order) > 0.1);
    }

    #[test]
    fn on_a_line_it_is_the_sorted_matching() {
        let on_axis = |values: &[f32]| values.iter().flat_map(|x| [*x, 0.0]).collect::<Vec<_>>();
        let (real, fake) = (normals(1, 100), normals(2, 100));
        let found = Assignment::of(&on_axis(&real), &on_axis(&fake));
        close(found.mean_length, on_a_line(&real, &fake), 1e-6);
    }

    #[test]
    fn two_hundred_points_beat_every_random_matching() {
        use rand::seq::SliceRandom;
        let (real, mut fake) = random_points(5, 200);
        // Many equal points: ties everywhere.
        fake[..200].fill(0.25);
        let found = Assignment::of(&real, &fake);
        assert!(is_permutation(&found.real_of));
        let mut other: Vec<usize> = (0..200).collect();
        let mut rng = rng::stream(5, Stream::Noise);
        for _ in 0..200 {
            other.shuffle(&mut rng);
            assert!(f64::from(found.mean_length) <= mean_length(&real, &fake, &other));
        }
        // It can be no shorter than any projection is.
        assert!(found.mean_length >= sliced(&real, &fake, 2));
    }

    #[test]
    fn odd_inputs_do_not_hang_it() {
        let found = Assignment::of(&[0.0, 0.0, 1.0, 0.0], &[f32::NAN, 0.0, 1.0, 0.0]);
        assert_eq!(found.real_of, [0, 1]);
        assert!(found.mean_length.is_nan());
        let none = Assignment::of(&[], &[]);
        assert!(none.real_of.is_empty() && none.mean_length.is_nan());
        let unequal = Assignment::of(&[0.0, 0.0, 9.0, 9.0], &[1.0, 0.0]);
        assert_eq!((unequal.real_of, unequal.mean_length), (vec![0], 1.0));
    }
}
