//! How both losses behave in the course of a run: whether they run away, and whether G's swings to and fro.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// Steps whose mean is one value here, so that nothing depends on how often a run is asked.
const CHUNK: u32 = 20;
/// Values that are looked at; two whole swings must fit.
const WINDOW: usize = 64;
/// Below this many values nothing is said of oscillation.
const ENOUGH: usize = 32;
/// Times that G's loss must have gone from one side of its mean to the other: two whole swings. Fewer are a trend.
const CROSSINGS: usize = 4;
/// What a level at the start may be, for later ones to be compared with it. A Wasserstein loss starts near 0, and any
/// growth from there would look boundless; and rates that no game survives have done their work within some steps.
/// Under cross-entropy a D that only guesses has a level of 3 ln 2, about 2.
const START: (f32, f32) = (0.5, 2.0);
/// A lone spike is no growth: the level that so many values reach counts.
const REACHED: usize = 3;

/// A run's losses, as far as they are needed to judge their course.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Losses {
    /// Of the steps since the last value: sums of both sizes and of G's loss, and their count.
    open: (f32, f32, u32),
    /// The first level.
    start: Option<f32>,
    /// |D's loss| + |G's loss|, and G's loss; oldest first.
    levels: VecDeque<f32>,
    generator: VecDeque<f32>,
}

impl Losses {
    /// Takes in each net's losses at the steps since the last report.
    pub fn update(&mut self, discriminator: &[f32], generator: &[f32]) {
        for (d, g) in discriminator.iter().zip(generator) {
            let (level, loss, count) = self.open;
            self.open = (level + d.abs() + g.abs(), loss + g, count + 1);
            if self.open.2 == CHUNK {
                self.close();
            }
        }
    }

    /// Makes a value of the steps since the last one.
    fn close(&mut self) {
        let (level, loss, count) = std::mem::take(&mut self.open);
        let level = level / count as f32;
        self.start.get_or_insert(level.clamp(START.0, START.1));
        for (values, value) in [
            (&mut self.levels, level),
            (&mut self.generator, loss / count as f32),
        ] {
            if values.len() == WINDOW {
                values.pop_front();
            }
            values.push_back(value);
        }
    }

    /// The level |D's loss| + |G's loss| that was reached three times in the last 1,280 steps, each time on the mean of
    /// 20, as a multiple of that of the first 20, which is taken for 0.5 to 2. None before step 60.
    pub fn growth(&self) -> Option<f32> {
        let mut levels: Vec<_> = self.levels.iter().copied().collect();
        // As elsewhere, and then turned round: each order of sorting is code that a visitor has to fetch.
        levels.sort_unstable_by(f32::total_cmp);
        levels.reverse();
        Some(levels.get(REACHED - 1)? / self.start?)
    }

    /// Standard deviation of G's loss over the last 1,280 steps, by means of 20, as a share of its mean size; 0 unless
    /// it has gone to and fro at least twice, so that a loss on its way up or down does not count. A pure sine
    /// between 0 and 2 has 0.71; what the choice of batches alone does stays below 0.2. None before step 640.
    pub fn oscillation(&self) -> Option<f32> {
        if self.generator.len() < ENOUGH {
            return None;
        }
        let values = || self.generator.iter().copied();
        let centre = mean(values());
        let deviation = mean(values().map(|x| (x - centre).powi(2))).sqrt();
        let size = mean(values().map(f32::abs)).max(START.0);
        // Half a deviation to either side counts as the middle, so that noise on a slope makes no crossings.
        let sides =
            values().filter_map(|x| ((x - centre).abs() > deviation / 2.0).then_some(x > centre));
        let crossings = sides.clone().zip(sides.skip(1)).filter(|(a, b)| a != b);
        match crossings.count() >= CROSSINGS {
            true => Some(deviation / size),
            false => Some(0.0),
        }
    }
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), x| (sum + x, count + 1));
    sum / count as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{self, Stream};

    /// One value, in reports of 7 steps at most.
    fn hear(losses: &mut Losses, discriminator: f32, generator: f32) {
        for steps in [7, 7, 6] {
            losses.update(&vec![discriminator; steps], &vec![generator; steps]);
        }
    }

    fn oscillation(generator: impl Iterator<Item = f32>) -> Option<f32> {
        let mut losses = Losses::default();
        generator.for_each(|loss| hear(&mut losses, 1.0, loss));
        losses.oscillation()
    }

    #[test]
    fn growth_is_what_three_values_reach_against_the_start() {
        let mut losses = Losses::default();
        hear(&mut losses, 1.0, -0.5);
        hear(&mut losses, 1.0, 0.5);
        assert_eq!(losses.growth(), None);
        hear(&mut losses, -1.0, 0.5);
        assert_eq!(losses.growth(), Some(1.0));
        for growth in [1.0, 1.0, 100.0] {
            hear(&mut losses, -100.0, 50.0);
            assert_eq!(losses.growth(), Some(growth));
        }
        // Steps that make no whole value, and none at all, change nothing.
        losses.update(&[1e6; 19], &[1e6; 19]);
        losses.update(&[], &[]);
        assert_eq!(losses.growth(), Some(100.0));
    }

    #[test]
    fn growth_is_forgotten_after_the_window() {
        let mut losses = Losses::default();
        for _ in 0..3 {
            hear(&mut losses, 100.0, 100.0);
        }
        // A start that is far up already is taken for 2.
        assert_eq!(losses.growth(), Some(100.0));
        for _ in 0..61 {
            hear(&mut losses, 1.0, 1.0);
        }
        assert_eq!(losses.growth(), Some(100.0));
        hear(&mut losses, 1.0, 1.0);
        assert_eq!(losses.growth(), Some(1.0));
    }

    #[test]
    fn losses_that_start_near_zero_are_not_said_to_explode() {
        let mut losses = Losses::default();
        for level in [1e-4, 0.5, 0.5, 0.5] {
            hear(&mut losses, level, level);
        }
        assert_eq!(losses.growth(), Some(2.0));
    }

    #[test]
    fn a_sine_has_its_deviation_over_its_mean() {
        let sine = (0..64).map(|n| 1.0 + (n as f32 / 16.0 * std::f32::consts::TAU).sin());
        let found = oscillation(sine).unwrap();
        assert!((found - 0.5f32.sqrt()).abs() < 1e-3, "{found}");
    }

    #[test]
    fn neither_a_trend_nor_noise_is_an_oscillation() {
        let noise = rng::normals(&mut rng::stream(1, Stream::Noise), 64, 0.1);
        for fall in [0.02, 0.07] {
            let slope = noise.iter().enumerate();
            let slope = slope.map(|(n, x)| 5.0 - fall * n as f32 + x);
            assert_eq!(oscillation(slope), Some(0.0));
        }
        let level = oscillation(noise.iter().map(|x| 0.7 + x)).unwrap();
        assert!(level < 0.2, "{level}");
        assert_eq!(oscillation([1.0; 31].into_iter()), None);
        assert_eq!(oscillation([1.0; 64].into_iter()), Some(0.0));
    }
}
