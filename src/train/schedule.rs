//! What is left of learning rates, penalties and instance noise at a step.

use crate::experiment::{Experiment, Schedule, Stabilisers, Training};

impl Schedule {
    /// Share of the learning rates at `step` of `steps`.
    pub fn learning_rate(&self, step: u64, steps: u64) -> f64 {
        match self {
            Self::Constant {} => 1.0,
            Self::Linear {
                learning_rate_end, ..
            } => towards(*learning_rate_end, done(step, steps)),
            Self::Cosine {
                learning_rate_end, ..
            } => towards(*learning_rate_end, cosine(done(step, steps))),
        }
    }

    /// Share of the penalties' weights at `step` of `steps`.
    pub fn penalty(&self, step: u64, steps: u64) -> f64 {
        match self {
            Self::Constant {} => 1.0,
            Self::Linear { penalty_end, .. } => towards(*penalty_end, done(step, steps)),
            Self::Cosine { penalty_end, .. } => towards(*penalty_end, cosine(done(step, steps))),
        }
    }
}

impl Stabilisers {
    /// Standard deviation of instance noise at `step`.
    pub fn instance_noise_at(&self, step: u64) -> f64 {
        self.instance_noise * (1.0 - done(step, self.instance_noise_steps))
    }
}

/// The settings of one step, with every schedule applied.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepSettings {
    pub d_learning_rate: f64,
    pub g_learning_rate: f64,
    pub gradient_penalty: f64,
    pub r1: f64,
    pub r2: f64,
    /// Standard deviation, in the nets' units.
    pub instance_noise: f64,
}

impl StepSettings {
    /// Those of `step`, counted from 0.
    pub fn at(experiment: &Experiment, step: u64) -> Self {
        let Experiment {
            training,
            schedule,
            lipschitz,
            stabilisers,
            ..
        } = experiment;
        let Training {
            d_learning_rate,
            g_learning_rate,
            steps,
            ..
        } = *training;
        let rate = schedule.learning_rate(step, steps);
        let penalty = schedule.penalty(step, steps);
        Self {
            d_learning_rate: d_learning_rate * rate,
            g_learning_rate: g_learning_rate * rate,
            gradient_penalty: lipschitz.gradient_penalty * penalty,
            r1: lipschitz.r1 * penalty,
            r2: lipschitz.r2 * penalty,
            instance_noise: stabilisers.instance_noise_at(step),
        }
    }
}

/// Share of the run that is done, 0 to 1.
fn done(step: u64, steps: u64) -> f64 {
    if steps == 0 {
        1.0
    } else {
        (step as f64 / steps as f64).min(1.0)
    }
}

/// Half a cosine, slow at both ends, from 0 to 1.
fn cosine(done: f64) -> f64 {
    (1.0 - (std::f64::consts::PI * done).cos()) / 2.0
}

/// From 1 to `end` as `share` goes from 0 to 1.
fn towards(end: f64, share: f64) -> f64 {
    1.0 + (end - 1.0) * share
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 1e-12, "{value} for {expected}");
    }

    #[test]
    fn schedules_start_whole_and_end_where_they_say() {
        let linear = Schedule::Linear {
            learning_rate_end: 0.2,
            penalty_end: 0.0,
        };
        let cosine = Schedule::Cosine {
            learning_rate_end: 0.2,
            penalty_end: 0.0,
        };
        for schedule in [&linear, &cosine] {
            assert_close(schedule.learning_rate(0, 100), 1.0);
            assert_close(schedule.learning_rate(50, 100), 0.6);
            assert_close(schedule.learning_rate(100, 100), 0.2);
            assert_close(schedule.learning_rate(1000, 100), 0.2);
            assert_close(schedule.penalty(100, 100), 0.0);
        }
        assert_close(linear.learning_rate(25, 100), 0.8);
        // (1 - cos 45 degrees) / 2 = 0.146447 of the way from 1 to 0.2
        let quarter = cosine.learning_rate(25, 100);
        assert!((quarter - 0.882_843).abs() < 1e-6, "{quarter}");
    }

    #[test]
    fn instance_noise_is_gone_after_its_steps() {
        let mut run = crate::experiment::presets::healthy();
        run.stabilisers.instance_noise = 0.4;
        run.stabilisers.instance_noise_steps = 10;
        assert_close(StepSettings::at(&run, 0).instance_noise, 0.4);
        assert_close(StepSettings::at(&run, 5).instance_noise, 0.2);
        assert_close(StepSettings::at(&run, 11).instance_noise, 0.0);
        run.stabilisers.instance_noise_steps = 0;
        assert_close(StepSettings::at(&run, 0).instance_noise, 0.0);
    }
}
