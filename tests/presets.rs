//! The idea presets from the outside: each does what its name says from five seeds, by the metrics, and the diagnosis
//! says so.
//!
//! Bounds leave room for other seeds and for rounding, and are far from what a preset of another idea reaches.

// Helpers outside of #[test] functions may fail a test as well.
#![allow(clippy::unwrap_used, clippy::panic)]

use burn::tensor::Device;
use gan_playground::{
    experiment::presets::preset,
    metrics::diagnosis::Diagnosis,
    train::{FigureMeasures, Measures, Trainer},
};
use pollster::block_on;

const SEEDS: std::ops::RangeInclusive<u32> = 1..=5;
/// Steps from one look at the metrics to the next.
const EVERY: u64 = 100;
/// Steps that a run is followed for, if the preset does not end before.
const STEPS: u64 = 3000;

/// A run, look by look.
struct Course {
    name: &'static str,
    seed: u32,
    /// Norm of G's gradient before the first step.
    gradient_at_start: f32,
    looks: Vec<(Measures, Diagnosis)>,
}

impl Course {
    fn of(name: &'static str, seed: u32) -> Self {
        let mut experiment = preset(name).unwrap();
        experiment.seed = seed;
        let steps = experiment.training.steps.min(STEPS);
        let made = || Trainer::new(&experiment, Vec::new(), &Device::flex().autodiff()).unwrap();
        // By a trainer of its own, so that the diagnosis has no look more than it has in the page.
        let (start, _) = block_on(made().measure()).unwrap();
        let mut trainer = made();
        let looks = (0..steps / EVERY).map(|_| {
            (0..EVERY).for_each(|_| trainer.step());
            block_on(trainer.report()).unwrap();
            block_on(trainer.measure()).unwrap()
        });
        let course = Self {
            gradient_at_start: start.generator_gradients.total,
            looks: looks.collect(),
            name,
            seed,
        };
        println!("{}", course.summary());
        course
    }

    fn second_half(&self) -> &[(Measures, Diagnosis)] {
        &self.looks[self.looks.len() / 2..]
    }

    /// The mean of a figure over the second half.
    fn mean(&self, figure: impl Fn(&Measures) -> f32) -> f32 {
        let half = self.second_half();
        half.iter().map(|(m, _)| figure(m)).sum::<f32>() / half.len() as f32
    }

    /// The mean of a figure over the last five looks.
    fn end(&self, figure: impl Fn(&Measures) -> f32) -> f32 {
        let last = &self.looks[self.looks.len() - 5..];
        last.iter().map(|(m, _)| figure(m)).sum::<f32>() / last.len() as f32
    }

    /// The share of the second half in which something holds.
    fn share(&self, holds: impl Fn(&Measures, Diagnosis) -> bool) -> f32 {
        let half = self.second_half();
        let count = half.iter().filter(|(m, d)| holds(m, *d)).count();
        count as f32 / half.len() as f32
    }

    /// Fails unless the diagnosis is of this kind in most of the second half (60 %), and at the end.
    fn says(&self, is: impl Fn(Diagnosis) -> bool) {
        let (_, last) = self.looks.last().unwrap();
        let share = self.share(|_, diagnosis| is(diagnosis));
        assert!(share >= 0.6 && is(*last), "{}", self.summary());
    }

    fn summary(&self) -> String {
        let mut states: Vec<(&'static str, usize)> = Vec::new();
        for (_, diagnosis) in &self.looks {
            let kind = kind(*diagnosis);
            match states.last_mut() {
                Some((last, count)) if *last == kind => *count += 1,
                _ => states.push((kind, 1)),
            }
        }
        format!(
            "{} {}: quality {:.3}, distance {:.1} floors, modes {:.1}, JS {:.3}, D right on {:.3} and {:.3}, \
             saturated {:.2}, G's gradient {:.2e} of {:.2e}, {states:?}",
            self.name,
            self.seed,
            self.end(quality),
            self.end(distance),
            self.end(effective_modes),
            self.end(|m| mixture(m).jensen_shannon),
            self.mean(|m| m.accuracy.real),
            self.mean(|m| m.accuracy.fake),
            self.mean(|m| m.saturation),
            self.mean(|m| m.generator_gradients.total),
            self.gradient_at_start,
        )
    }
}

fn kind(diagnosis: Diagnosis) -> &'static str {
    match diagnosis {
        Diagnosis::WarmingUp => "warming up",
        Diagnosis::Learning => "learning",
        Diagnosis::Healthy => "healthy",
        Diagnosis::DiscriminatorWins => "D wins",
        Diagnosis::VanishingGradient => "vanishing",
        Diagnosis::GeneratorWins => "G wins",
        Diagnosis::ModeCollapse { .. } => "collapse",
        Diagnosis::LowDiversity => "alike",
        Diagnosis::Oscillating => "oscillating",
        Diagnosis::Diverging => "diverging",
        Diagnosis::Converged => "converged",
    }
}

fn mixture(measures: &Measures) -> &FigureMeasures {
    measures.figure.as_ref().unwrap()
}

/// Share of samples of high quality.
fn quality(measures: &Measures) -> f32 {
    mixture(measures).modes.high_quality
}

/// Sliced distance from reals, in that of other reals.
fn distance(measures: &Measures) -> f32 {
    measures.sliced / measures.sliced_floor
}

/// As many modes as have, with equal shares, the entropy of the samples' shares.
fn effective_modes(measures: &Measures) -> f32 {
    let modes = &mixture(measures).modes;
    modes.total as f32 * (-modes.reverse_kl()).exp()
}

fn captured(measures: &Measures) -> f32 {
    mixture(measures).modes.captured as f32
}

/// D's accuracy on the kind that it is worse at.
fn right_on_both(measures: &Measures) -> f32 {
    measures.accuracy.real.min(measures.accuracy.fake)
}

fn courses(name: &'static str) -> impl Iterator<Item = Course> {
    SEEDS.map(move |seed| Course::of(name, seed))
}

/// All modes, most samples on them, and evenly.
#[test]
fn healthy_finds_the_ring() {
    for run in courses("healthy") {
        assert_eq!(run.end(captured), 8.0, "{}", run.summary());
        assert!(run.end(quality) >= 0.6, "{}", run.summary());
        assert!(run.end(effective_modes) >= 7.0, "{}", run.summary());
        run.says(|d| matches!(d, Diagnosis::Healthy | Diagnosis::Converged));
    }
}

/// Samples on modes, but on five of eight at the very most, and never on all again.
#[test]
fn collapse_stays_on_a_few_modes() {
    for run in courses("collapse") {
        let few = run.share(|m, _| effective_modes(m) <= 5.0);
        assert!(few >= 0.9, "{}", run.summary());
        assert!(run.mean(quality) >= 0.4, "{}", run.summary());
        run.says(|d| {
            matches!(
                d,
                Diagnosis::ModeCollapse {
                    captured: 1..=5,
                    ..
                }
            )
        });
    }
}

/// G's gradient sinks to 2 % of what it was before the first step and stays there, at least at nine looks of ten; G does
/// not get anywhere.
#[test]
fn vanishing_leaves_g_without_a_gradient() {
    for run in courses("vanishing") {
        let least = 0.02 * run.gradient_at_start;
        let gone = run.share(|m, _| m.generator_gradients.total <= least);
        assert!(gone >= 0.9, "{}", run.summary());
        assert!(run.end(quality) <= 0.05, "{}", run.summary());
        run.says(|d| d == Diagnosis::VanishingGradient);
    }
}

/// With the same seed the non-saturating G has most samples on all modes when the minimax G still has few there.
#[test]
fn minimax_crawls_where_non_saturating_learns() {
    for (stuck, learns) in courses("minimax").zip(courses("non-saturating")) {
        let both = format!("{}\n{}", stuck.summary(), learns.summary());
        assert!(stuck.end(quality) <= 0.35, "{both}");
        assert!(learns.end(quality) >= 0.5, "{both}");
        assert_eq!(learns.end(captured), 8.0, "{both}");
        let js = |m: &Measures| mixture(m).jensen_shannon;
        assert!(learns.end(js) <= stuck.end(js) - 0.1, "{both}");
        stuck.says(|d| d == Diagnosis::Learning);
        // It gets there on the way: what counts is where it ends.
        let (_, last) = learns.looks.last().unwrap();
        assert_eq!(*last, Diagnosis::Healthy, "{both}");
    }
}

/// With the same seed the penalised critic brings G at least three times the samples on modes, and less than two thirds
/// of the distance.
#[test]
fn a_gradient_penalty_beats_clipping() {
    for (clipped, penalised) in courses("wgan-clipping").zip(courses("wgan-gp")) {
        let both = format!("{}\n{}", clipped.summary(), penalised.summary());
        assert!(
            clipped.end(quality) <= penalised.end(quality) / 3.0,
            "{both}"
        );
        assert!(
            clipped.end(distance) >= 1.5 * penalised.end(distance),
            "{both}"
        );
        assert!(penalised.end(quality) >= 0.45, "{both}");
        assert_eq!(penalised.end(captured), 8.0, "{both}");
        clipped.says(|d| d == Diagnosis::Learning);
        penalised.says(|d| d == Diagnosis::Healthy);
    }
}

/// Hardly a sample comes near the data, and the numbers run away without ceasing to be numbers, which ends a run.
#[test]
fn unstable_runs_away() {
    for run in courses("unstable") {
        assert!(run.mean(quality) <= 0.1, "{}", run.summary());
        // Samples that are anywhere near have a gradient below 100 in every other preset.
        let steep = run.share(|m, _| m.generator_gradients.total >= 1e3);
        assert!(steep >= 0.8, "{}", run.summary());
        run.says(|d| d == Diagnosis::Diverging);
    }
}

/// D is right on 94 % of each kind on average and sure of itself, and G is about where it was.
#[test]
fn a_strong_d_is_right_and_g_hardly_improves() {
    for run in courses("strong-discriminator") {
        assert!(run.mean(right_on_both) >= 0.94, "{}", run.summary());
        assert!(run.mean(|m| m.saturation) >= 0.5, "{}", run.summary());
        assert!(run.end(quality) <= 0.1, "{}", run.summary());
        assert!(run.end(distance) >= 6.0, "{}", run.summary());
        run.says(|d| d == Diagnosis::DiscriminatorWins);
    }
}

/// D only guesses, before samples that are not on the modes, yet near: no farther from reals than reals all at one
/// place would be.
#[test]
fn a_strong_g_fools_d_with_bad_samples() {
    for run in courses("strong-generator") {
        let right = run.mean(|m| (m.accuracy.real + m.accuracy.fake) / 2.0);
        assert!((0.4..=0.56).contains(&right), "{}", run.summary());
        assert!(run.end(quality) <= 0.15, "{}", run.summary());
        assert!(
            (6.0..=40.0).contains(&run.end(distance)),
            "{}",
            run.summary()
        );
        run.says(|d| d == Diagnosis::GeneratorWins);
    }
}
