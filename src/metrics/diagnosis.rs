//! The state of the game in plain words, from the course of the figures.
//!
//! Rules in order of precedence; the first that holds names the state. Figures of a game that goes wrong jump from
//! report to report, so that rules vote: each is entered when so many of the last reports speak for it, and left when
//! few of them still do, by a threshold that is easier to keep than to reach. The count of modes that is told moves by
//! the same vote.
//!
//! | state | a report speaks for it when | once entered, when | enter; leave | why there |
//! |---|---|---|---|---|
//! | diverging | a loss, weight or sample is not finite | the same | 1 of 1; 0 | nothing else means anything then |
//! | diverging | losses have been 50 times those of a healthy start | 20 times | 3 of 8; 1 | some 100 nats under cross-entropy: a D that merely wins brings G's loss to 30 |
//! | diverging | fakes 4 times as far apart as reals, or 150 times as far from reals as reals are | 2.5 times, or 80 times | 6 of 8; 2 | samples that all sit on one mode of the ring are at 30 to 60 |
//! | vanishing gradient | G's gradient is 2 % of the start's (of 1, if that is more), and D right on 90 % of each kind or 90 % saturated | 5 %, or 80 % | 6 of 8; 2 | at an equilibrium G's gradient is small too, but there D is not sure |
//! | low diversity (no modes to count) | fakes 0.4 times as far apart as reals | 0.55 times | 6 of 8; 2 | one class of the digits alone reaches 0.66 (the ones) to 1.0 |
//! | discriminator wins | D is right on 95 % of each kind and half saturated, and not 70 % of the samples are of high quality, if known | 88 %, 30 %, 80 % | 6 of 8; 2 | against fakes that sit on one of K modes D can be right on 1 - 1/K of reals: collapse is not taken for this, whatever K |
//! | mode collapse | 65 % of the modes or fewer get a quarter of their fair share of samples, good or bad | 80 % or fewer | 6 of 8; 2 | 5 of 8 modes; samples that hop from mode to mode are good on none of them |
//! | generator wins | D is right on 55 %, and samples are bad: 6 times as far from reals as reals are (or, if unknown, 30 % of high quality; or diversity 0.5) | 62 %, and 4.5 times (45 %; 0.65) | 6 of 8; 2 | a D that only guesses is right of good samples, and a failure of D before bad ones |
//! | oscillating | G's loss deviates by 35 % of its size, to and fro | 20 % | 6 of 8; 2 | batches alone made it deviate by 18 % at most, on the ring and on digits |
//! | converged | 90 % of high quality, all modes, and within twice the distance of reals from reals, as far as known | 85 %, 95 %, 3 times | 18 of 20; 10 | the ceiling of quality is 98.9 % by VEEGAN's rules |
//! | healthy | samples are near: within twice the distance of reals from reals, whatever their finest scale; or within 15 times (pictures: 30 times their Frechet distance), with 30 % of high quality and 80 % of the modes as far as known | 3 times; or 20 times (40 times), 20 % and 65 % | 6 of 8; 2 | a G at its start is at 8 to 20 times on the ring, with 7 % of high quality |
//! | warming up | before step 200, and 6 reports from there | | | all nets start with bad samples and a D that guesses |
//! | learning | nothing else holds | | | |

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use super::{balance::Accuracy, modes::Modes};

/// Steps before which only divergence is told.
const WARM_UP_STEPS: u64 = 200;

/// How most rules vote.
const VOTE: Vote = Vote {
    of: 8,
    enter: 6,
    leave: 2,
};

/// A mode counts as made from this part of its fair share of the samples.
const PART_OF_FAIR_SHARE: f32 = 0.25;

const GROWTH: Band = Band::new(50.0, 20.0);
const SCATTERED: Band = Band::new(4.0, 2.5);
const AWAY: Band = Band::new(150.0, 80.0);
const VANISHED: Band = Band::new(0.02, 0.05);
const SURE: Band = Band::new(0.9, 0.8);
const ALIKE: Band = Band::new(0.4, 0.55);
const WINS: Band = Band::new(0.95, 0.88);
const NOT_ON_MODES: Band = Band::new(0.7, 0.8);
const HALF_SATURATED: Band = Band::new(0.5, 0.3);
const FEW_MODES: Band = Band::new(0.65, 0.8);
const GUESSES: Band = Band::new(0.55, 0.62);
const FAR: Band = Band::new(6.0, 4.5);
const POOR: Band = Band::new(0.3, 0.45);
const DULL: Band = Band::new(0.5, 0.65);
const SWINGS: Band = Band::new(0.35, 0.2);
const GOOD: Band = Band::new(0.9, 0.85);
const ALL_MODES: Band = Band::new(1.0, 0.95);
const AS_REALS: Band = Band::new(2.0, 3.0);
const NEAR: Band = Band::new(15.0, 20.0);
const NEAR_PICTURES: Band = Band::new(30.0, 40.0);
const FAIR: Band = Band::new(0.3, 0.2);
const MOST_MODES: Band = Band::new(0.8, 0.65);

/// What is known of the game at one report. A figure that is left out, or NaN, speaks neither for nor against a
/// rule.
#[derive(Clone, Debug, Default)]
pub struct Signs {
    /// Steps done so far.
    pub step: u64,
    /// Whether a loss, a weight or a sample is not a finite number.
    pub not_finite: bool,
    /// As [`super::losses::Losses::growth`].
    pub loss_growth: Option<f32>,
    /// As [`super::losses::Losses::oscillation`].
    pub oscillation: Option<f32>,
    /// D's; leave it out for a critic, whose sign means nothing.
    pub accuracy: Option<Accuracy>,
    /// As [`super::gradients::saturation`]; leave it out for a critic.
    pub saturation: Option<f32>,
    /// Norm of G's whole gradient.
    pub generator_gradient: Option<f32>,
    /// What it was at the start, as [`super::gradients::Reference`].
    pub generator_gradient_at_start: Option<f32>,
    /// Where the data has modes.
    pub coverage: Option<Coverage>,
    /// Share of samples of high quality, 0 to 1.
    pub high_quality: Option<f32>,
    /// Mean pairwise distance of fakes over that of reals.
    pub diversity: Option<f32>,
    /// Sliced distance from fakes to reals over that from reals to as many other reals, the latter a mean over
    /// several draws, as one alone scatters threefold. Made for some 2,500 points: of 512, a mode that is lost
    /// can hardly be told. Leave it out for pictures: small sets of them are about as far apart as anything.
    pub distance: Option<f32>,
    /// For pictures: their Frechet distance from reals over that of as many other reals.
    pub frechet: Option<f32>,
}

/// Modes that get at least a quarter of their fair share of the samples, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    pub made: usize,
    pub total: usize,
}

impl Coverage {
    /// From how many samples are nearest to each mode.
    pub fn of(modes: &Modes) -> Self {
        let samples: usize = modes.nearest.iter().sum();
        let made = |(count, share): &(&usize, &f32)| {
            **count > 0 && **count as f32 >= PART_OF_FAIR_SHARE * **share * samples as f32
        };
        Self {
            made: modes.nearest.iter().zip(&modes.shares).filter(made).count(),
            total: modes.total,
        }
    }
}

/// The state of the game; `kind` is its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Diagnosis {
    WarmingUp,
    /// What is left when nothing else holds.
    Learning,
    Healthy,
    DiscriminatorWins,
    VanishingGradient,
    /// D cannot tell, though the samples are bad.
    GeneratorWins,
    ModeCollapse {
        captured: usize,
        total: usize,
    },
    /// Collapse where there are no modes to count.
    LowDiversity,
    Oscillating,
    Diverging,
    Converged,
}

impl Diagnosis {
    /// One English sentence, without a full stop.
    pub fn sentence(self) -> String {
        match self {
            Self::WarmingUp => "Warming up: too early to tell".into(),
            Self::Learning => "Learning: the samples are still far from the data".into(),
            Self::Healthy => "Healthy: the samples are near the data, and neither net wins".into(),
            Self::DiscriminatorWins => "D wins: it tells nearly all fakes from reals".into(),
            Self::VanishingGradient => "D wins: G's gradient has all but vanished".into(),
            Self::GeneratorWins => "G wins: D cannot tell, though the samples are bad".into(),
            Self::ModeCollapse { captured, total } => {
                format!("Mode collapse: G makes {captured} of {total} modes")
            }
            Self::LowDiversity => "Collapse: G's samples are nearly alike".into(),
            Self::Oscillating => "Oscillating: the nets chase each other in circles".into(),
            Self::Diverging => "Diverging: the numbers run away".into(),
            Self::Converged => "Converged: the fakes are as good as the reals".into(),
        }
    }
}

/// Hears a run's reports one after another, and says how the game stands.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Observer {
    latches: [Latch; RULES.len()],
    /// Reports after the warm-up.
    judged: u32,
    coverage: SteadyCoverage,
}

impl Observer {
    /// The state at this report, in view of those before it.
    pub fn observe(&mut self, signs: &Signs) -> Diagnosis {
        let warm = signs.step >= WARM_UP_STEPS;
        self.judged += u32::from(warm);
        if let Some(coverage) = signs.coverage {
            self.coverage.update(coverage);
        }
        for (latch, rule) in self.latches.iter_mut().zip(&RULES) {
            if warm || rule.always {
                latch.update((rule.holds)(signs, latch.on), rule);
            }
        }
        let first = self
            .latches
            .iter()
            .zip(&RULES)
            .find(|(latch, _)| latch.on)
            .map(|(_, rule)| rule.diagnosis);
        match first {
            Some(Diagnosis::ModeCollapse { .. }) => Diagnosis::ModeCollapse {
                captured: self.coverage.told.made,
                total: self.coverage.told.total,
            },
            Some(diagnosis) => diagnosis,
            None if self.judged < VOTE.enter => Diagnosis::WarmingUp,
            None => Diagnosis::Learning,
        }
    }
}

struct Rule {
    diagnosis: Diagnosis,
    /// Whether a report speaks for it, given whether it has been entered; none when figures that it needs are not
    /// known.
    holds: fn(&Signs, bool) -> Option<bool>,
    vote: Vote,
    /// Whether it is told during the warm-up too.
    always: bool,
}

impl Rule {
    const fn new(diagnosis: Diagnosis, holds: fn(&Signs, bool) -> Option<bool>) -> Self {
        Self {
            diagnosis,
            holds,
            vote: VOTE,
            always: false,
        }
    }
}

/// How many of the last reports must speak for a rule before it is entered, and at how few it is left.
struct Vote {
    /// Reports that vote, at most 32.
    of: u32,
    enter: u32,
    leave: u32,
}

/// In order of precedence; the table at the top of this file says why.
const RULES: [Rule; 11] = [
    Rule {
        vote: Vote {
            of: 1,
            enter: 1,
            leave: 0,
        },
        always: true,
        ..Rule::new(Diagnosis::Diverging, |signs, _| Some(signs.not_finite))
    },
    Rule {
        vote: Vote {
            of: 8,
            enter: 3,
            leave: 1,
        },
        always: true,
        ..Rule::new(Diagnosis::Diverging, |signs, on| {
            GROWTH.above(signs.loss_growth, on)
        })
    },
    Rule::new(Diagnosis::Diverging, samples_run_away),
    Rule::new(Diagnosis::VanishingGradient, gradient_vanishes),
    Rule::new(Diagnosis::LowDiversity, samples_are_alike),
    Rule::new(Diagnosis::DiscriminatorWins, discriminator_wins),
    Rule::new(
        Diagnosis::ModeCollapse {
            captured: 0,
            total: 0,
        },
        modes_are_lost,
    ),
    Rule::new(Diagnosis::GeneratorWins, generator_wins),
    Rule::new(Diagnosis::Oscillating, |signs, on| {
        SWINGS.above(signs.oscillation, on)
    }),
    Rule {
        vote: Vote {
            of: 20,
            enter: 18,
            leave: 10,
        },
        ..Rule::new(Diagnosis::Converged, has_converged)
    },
    Rule::new(Diagnosis::Healthy, samples_are_near),
];

fn samples_run_away(signs: &Signs, on: bool) -> Option<bool> {
    // A single Gaussian is so small beside any G at its start that only where there are modes does it mean anything.
    match has_modes(signs) {
        true => either([
            SCATTERED.above(signs.diversity, on),
            AWAY.above(signs.distance, on),
        ]),
        false => SCATTERED
            .above(signs.diversity, on)
            .filter(|_| signs.coverage.is_none()),
    }
}

fn gradient_vanishes(signs: &Signs, on: bool) -> Option<bool> {
    let left = signs
        .generator_gradient
        .zip(signs.generator_gradient_at_start)
        .map(|(now, start)| now / start);
    let sure = either([
        SURE.above(right_on_both(signs), on),
        SURE.above(signs.saturation, on),
    ]);
    both([VANISHED.below(left, on), sure])
}

fn samples_are_alike(signs: &Signs, on: bool) -> Option<bool> {
    match has_modes(signs) {
        true => Some(false),
        false => ALIKE.below(signs.diversity, on),
    }
}

fn discriminator_wins(signs: &Signs, on: bool) -> Option<bool> {
    // Of how sure it is not every D has a measure.
    let sure = HALF_SATURATED.above(signs.saturation, on).unwrap_or(true);
    // Samples that D finds because they all sit on a mode are good: that is collapse.
    let bad = NOT_ON_MODES.below(signs.high_quality, on).unwrap_or(true);
    both([WINS.above(right_on_both(signs), on), Some(sure && bad)])
}

fn modes_are_lost(signs: &Signs, on: bool) -> Option<bool> {
    match has_modes(signs) {
        true => FEW_MODES.below(share_of_modes(signs), on),
        false => signs.coverage.map(|_| false),
    }
}

fn generator_wins(signs: &Signs, on: bool) -> Option<bool> {
    let right = signs
        .accuracy
        .map(|accuracy| (accuracy.real + accuracy.fake) / 2.0);
    // The distance sees most. Samples may be of low quality, and all the same where reals are, but for their finest
    // scale.
    let bad = FAR
        .above(signs.distance, on)
        .or(POOR.below(signs.high_quality, on))
        .or(DULL.below(signs.diversity, on));
    both([GUESSES.below(right, on), bad])
}

fn has_converged(signs: &Signs, on: bool) -> Option<bool> {
    let known = [
        GOOD.above(signs.high_quality, on),
        ALL_MODES.above(share_of_modes(signs), on),
        AS_REALS.below(signs.distance, on),
    ];
    // Modes may all be made by samples that are good on none: that alone is not enough.
    both([known[0].or(known[2]), Some(!known.contains(&Some(false)))])
}

fn samples_are_near(signs: &Signs, on: bool) -> Option<bool> {
    let near = NEAR
        .below(signs.distance, on)
        .or(NEAR_PICTURES.below(signs.frechet, on));
    let known = [
        FAIR.above(signs.high_quality, on),
        MOST_MODES.above(share_of_modes(signs), on),
    ];
    let fair = both([near, Some(!known.contains(&Some(false)))]);
    either([AS_REALS.below(signs.distance, on), fair])
}

/// One mode cannot be told from none: then only diversity shows collapse.
fn has_modes(signs: &Signs) -> bool {
    signs.coverage.is_some_and(|coverage| coverage.total > 1)
}

fn share_of_modes(signs: &Signs) -> Option<f32> {
    signs
        .coverage
        .map(|coverage| coverage.made as f32 / coverage.total as f32)
}

/// D's accuracy on the kind that it is worse at.
fn right_on_both(signs: &Signs) -> Option<f32> {
    signs
        .accuracy
        .map(|accuracy| accuracy.real.min(accuracy.fake))
}

/// Both hold; not known while one is not known.
fn both(conditions: [Option<bool>; 2]) -> Option<bool> {
    let [a, b] = conditions;
    Some(a? && b?)
}

/// At least one holds, of those that are known.
fn either(conditions: [Option<bool>; 2]) -> Option<bool> {
    let [a, b] = conditions;
    match (a, b) {
        (Some(a), Some(b)) => Some(a || b),
        _ => a.or(b),
    }
}

/// A threshold to come in by, and one to go out by.
struct Band {
    enter: f32,
    leave: f32,
}

impl Band {
    const fn new(enter: f32, leave: f32) -> Self {
        Self { enter, leave }
    }

    fn limit(&self, on: bool) -> f32 {
        match on {
            true => self.leave,
            false => self.enter,
        }
    }

    fn above(&self, value: Option<f32>, on: bool) -> Option<bool> {
        let value = value.filter(|value| !value.is_nan())?;
        Some(value >= self.limit(on))
    }

    fn below(&self, value: Option<f32>, on: bool) -> Option<bool> {
        let value = value.filter(|value| !value.is_nan())?;
        Some(value <= self.limit(on))
    }
}

/// Whether a rule has been entered and not left.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Latch {
    on: bool,
    /// How the last reports voted, the newest in the lowest bit; ones that do not know are passed over.
    votes: u32,
}

impl Latch {
    fn update(&mut self, holds: Option<bool>, rule: &Rule) {
        let Some(holds) = holds else { return };
        let Vote { of, enter, leave } = rule.vote;
        self.votes = self.votes << 1 | u32::from(holds);
        let speak = (self.votes << (u32::BITS - of)).count_ones();
        self.on = match self.on {
            true => speak > leave,
            false => speak >= enter,
        };
    }
}

/// Modes made, as told: the number moves to the median of the last reports once enough of them are above it, or
/// below.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct SteadyCoverage {
    told: Coverage,
    /// Modes made in the last reports, oldest first.
    made: VecDeque<usize>,
}

impl SteadyCoverage {
    fn update(&mut self, now: Coverage) {
        if self.told.total != now.total {
            *self = Self {
                told: now,
                ..Self::default()
            };
        }
        if self.made.len() == VOTE.of as usize {
            self.made.pop_front();
        }
        self.made.push_back(now.made);
        let count = |differs: fn(&usize, &usize) -> bool| {
            let differ = self
                .made
                .iter()
                .filter(|made| differs(made, &self.told.made));
            differ.count()
        };
        if count(usize::gt).max(count(usize::lt)) >= VOTE.enter as usize {
            let mut sorted: Vec<_> = self.made.iter().copied().collect();
            sorted.sort_unstable();
            self.told.made = sorted[sorted.len() / 2];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{self, Stream};

    /// A healthy ring half way: nothing stands out.
    fn healthy() -> Signs {
        Signs {
            step: 5000,
            not_finite: false,
            loss_growth: Some(1.0),
            oscillation: Some(0.1),
            accuracy: accuracy(0.7, 0.72),
            saturation: Some(0.05),
            generator_gradient: Some(0.5),
            generator_gradient_at_start: Some(1.0),
            coverage: coverage(8),
            high_quality: Some(0.6),
            diversity: Some(1.0),
            distance: Some(3.5),
            frechet: None,
        }
    }

    fn accuracy(real: f32, fake: f32) -> Option<Accuracy> {
        Some(Accuracy { real, fake })
    }

    fn coverage(made: usize) -> Option<Coverage> {
        Some(Coverage { made, total: 8 })
    }

    fn with(change: impl FnOnce(&mut Signs)) -> Signs {
        let mut signs = healthy();
        change(&mut signs);
        signs
    }

    /// The last diagnosis after `count` reports of the same signs.
    fn hear(observer: &mut Observer, signs: &Signs, count: usize) -> Diagnosis {
        (0..count).map(|_| observer.observe(signs)).last().unwrap()
    }

    fn settled(signs: &Signs) -> Diagnosis {
        hear(&mut Observer::default(), signs, 40)
    }

    /// How often the diagnosis changes, after it has settled on the first signs.
    fn changes(series: impl IntoIterator<Item = Signs>) -> usize {
        let mut observer = Observer::default();
        let mut series = series.into_iter();
        let mut last = hear(&mut observer, &series.next().unwrap(), 40);
        let mut changes = 0;
        for signs in series {
            let now = observer.observe(&signs);
            changes += usize::from(now != last);
            last = now;
        }
        changes
    }

    #[test]
    fn each_state_has_its_signs() {
        use Diagnosis::*;
        for (signs, expected) in [
            (healthy(), Healthy),
            (with(|s| s.loss_growth = Some(1e4)), Diverging),
            (
                with(|s| {
                    s.generator_gradient = Some(0.001);
                    s.accuracy = accuracy(1.0, 1.0);
                    s.saturation = Some(1.0);
                    s.coverage = coverage(0);
                    s.high_quality = Some(0.0);
                    s.diversity = Some(0.1);
                }),
                VanishingGradient,
            ),
            (
                with(|s| {
                    s.generator_gradient = Some(3.0);
                    s.accuracy = accuracy(0.99, 1.0);
                    s.saturation = Some(0.9);
                    s.coverage = coverage(1);
                    s.high_quality = Some(0.02);
                    s.diversity = Some(0.2);
                }),
                DiscriminatorWins,
            ),
            (
                with(|s| {
                    s.accuracy = accuracy(0.5, 0.52);
                    s.high_quality = Some(0.01);
                    s.distance = Some(30.0);
                }),
                GeneratorWins,
            ),
            // D says "real" of everything: it can tell nothing either.
            (
                with(|s| {
                    s.accuracy = accuracy(1.0, 0.0);
                    s.high_quality = Some(0.01);
                    s.distance = None;
                }),
                GeneratorWins,
            ),
            (with(|s| s.oscillation = Some(0.8)), Oscillating),
            // Not every net that has not won is near.
            (
                with(|s| {
                    s.high_quality = Some(0.08);
                    s.distance = Some(10.0);
                }),
                Learning,
            ),
            // Far outside, and flung about
            (with(|s| s.distance = Some(300.0)), Diverging),
            (with(|s| s.diversity = Some(6.0)), Diverging),
            (
                with(|s| {
                    s.high_quality = Some(0.96);
                    s.distance = Some(1.1);
                    s.accuracy = accuracy(0.5, 0.5);
                }),
                Converged,
            ),
        ] {
            assert_eq!(settled(&signs), expected, "{signs:?}");
        }
    }

    /// Against fakes that all sit on one of 8 equal modes the best D calls that mode fake, and is right on 7/8 of
    /// reals and on all fakes: that is collapse, not D's victory.
    #[test]
    fn collapse_onto_a_mode_is_not_taken_for_ds_victory() {
        let signs = with(|s| {
            s.accuracy = accuracy(7.0 / 8.0, 1.0);
            s.saturation = Some(0.8);
            s.coverage = coverage(1);
            s.high_quality = Some(0.95);
            s.diversity = Some(0.02);
        });
        let collapse = Diagnosis::ModeCollapse {
            captured: 1,
            total: 8,
        };
        assert_eq!(settled(&signs), collapse);
        let one_of_many = with(|s| {
            s.accuracy = accuracy(0.99, 1.0);
            s.saturation = Some(0.8);
            s.coverage = Some(Coverage { made: 1, total: 49 });
            s.high_quality = Some(0.95);
        });
        assert_eq!(
            settled(&one_of_many),
            Diagnosis::ModeCollapse {
                captured: 1,
                total: 49
            }
        );
        // On its way from one mode to the next nothing is of high quality.
        let hopping = with(|s| {
            s.coverage = coverage(2);
            s.high_quality = Some(0.0);
            s.diversity = Some(0.9);
        });
        assert_eq!(
            settled(&hopping),
            Diagnosis::ModeCollapse {
                captured: 2,
                total: 8
            }
        );
        // Samples between the modes that lean to none of them: still looking.
        let early = with(|s| {
            s.high_quality = Some(0.04);
            s.distance = Some(10.0);
        });
        assert_eq!(settled(&early), Diagnosis::Learning);
    }

    /// Eight modes and 800 samples: a fair share is 100, a quarter of it 25.
    #[test]
    fn a_mode_is_made_from_a_quarter_of_its_fair_share() {
        let modes = |nearest: &[usize]| {
            let total = nearest.len();
            Modes {
                captured: total,
                total,
                high_quality: 1.0,
                nearest: nearest.to_vec(),
                good: nearest.to_vec(),
                width: 1.0,
                shares: vec![1.0 / total as f32; total],
            }
        };
        let made = |nearest: &[usize]| Coverage::of(&modes(nearest)).made;
        assert_eq!(made(&[100; 8]), 8);
        assert_eq!(made(&[800, 0, 0, 0, 0, 0, 0, 0]), 1);
        assert_eq!(made(&[700, 25, 25, 25, 24, 1, 0, 0]), 4);
        assert_eq!(
            Coverage::of(&modes(&[0, 0])),
            Coverage { made: 0, total: 2 }
        );
        // Of unequal modes the rare ones are made by few: 6 of 100 are a quarter of 24.
        let unequal = Modes {
            shares: vec![0.76, 0.24],
            ..modes(&[94, 6])
        };
        assert_eq!(Coverage::of(&unequal).made, 2);
    }

    #[test]
    fn collapse_is_told_with_a_steady_count_of_modes() {
        let mut observer = Observer::default();
        let few = |captured| with(|s| s.coverage = coverage(captured));
        let told = |captured| Diagnosis::ModeCollapse { captured, total: 8 };
        assert_eq!(hear(&mut observer, &few(2), 20), told(2));
        // Up and down from report to report, it stays.
        for captured in [1, 3, 2, 4, 1, 1, 3].repeat(9) {
            assert_eq!(observer.observe(&few(captured)), told(2));
        }
        hear(&mut observer, &few(2), 8);
        assert_eq!(hear(&mut observer, &few(4), 5), told(2));
        assert_eq!(hear(&mut observer, &few(4), 1), told(4));
        // 6 of 8 would not enter it, but do not leave it.
        assert_eq!(hear(&mut observer, &few(6), 30), told(6));
        assert_eq!(settled(&few(6)), Diagnosis::Learning);
        assert_eq!(hear(&mut observer, &few(7), 30), Diagnosis::Healthy);
    }

    /// Pictures have no modes to count, nor has a single Gaussian any to lose.
    #[test]
    fn without_modes_diversity_shows_collapse() {
        let alike = |coverage| {
            with(|s| {
                s.coverage = coverage;
                s.high_quality = None;
                s.distance = None;
                s.diversity = Some(0.1);
                s.accuracy = accuracy(1.0, 1.0);
                s.saturation = Some(1.0);
            })
        };
        let single = Coverage { made: 1, total: 1 };
        assert_eq!(settled(&alike(None)), Diagnosis::LowDiversity);
        assert_eq!(settled(&alike(Some(single))), Diagnosis::LowDiversity);
    }

    #[test]
    fn the_warm_up_tells_nothing_but_divergence() {
        let mut observer = Observer::default();
        let losing = |step| {
            with(|s| {
                s.step = step;
                s.accuracy = accuracy(1.0, 1.0);
                s.saturation = Some(1.0);
            })
        };
        for step in (0..WARM_UP_STEPS).step_by(2) {
            assert_eq!(observer.observe(&losing(step)), Diagnosis::WarmingUp);
        }
        // And from there to the first verdict, with no other state between.
        for _ in 1..VOTE.enter {
            assert_eq!(
                observer.observe(&losing(WARM_UP_STEPS)),
                Diagnosis::WarmingUp
            );
        }
        assert_eq!(
            observer.observe(&losing(WARM_UP_STEPS)),
            Diagnosis::DiscriminatorWins
        );
        let broken = with(|s| {
            s.step = 3;
            s.not_finite = true;
        });
        assert_eq!(Observer::default().observe(&broken), Diagnosis::Diverging);
    }

    #[test]
    fn six_of_eight_enter_a_state_and_two_of_eight_leave_it() {
        use Diagnosis::{DiscriminatorWins, Healthy};
        let losing = with(|s| {
            s.accuracy = accuracy(0.98, 0.99);
            s.saturation = Some(0.7);
        });
        let mut observer = Observer::default();
        let fine = healthy();
        let mut after = |reports: &str| {
            let signs = |report| if report == 'L' { &losing } else { &fine };
            let states = reports
                .chars()
                .map(|report| observer.observe(signs(report)));
            states.last().unwrap()
        };
        assert_eq!(after("hhhhhhhhhhhhhhhhhhhh"), Healthy);
        assert_eq!(after("LLLLL"), Healthy);
        // Two others among eight do not matter, three do.
        assert_eq!(after("hhhhLLLhLLhhLLL"), Healthy);
        assert_eq!(after("L"), DiscriminatorWins);
        assert_eq!(after("LLLLLLLLhhhhh"), DiscriminatorWins);
        assert_eq!(after("h"), Healthy);
    }

    /// A run whose accuracy comes and goes would never be seen by reports in a row.
    #[test]
    fn figures_that_jump_are_seen_all_the_same() {
        let at = |right: f32| {
            with(|s| {
                s.accuracy = accuracy(right, 1.0);
                s.saturation = Some(0.9);
            })
        };
        let mut observer = Observer::default();
        for right in [0.99, 0.98, 0.85, 0.99, 1.0].repeat(10) {
            observer.observe(&at(right));
        }
        assert_eq!(observer.observe(&at(0.99)), Diagnosis::DiscriminatorWins);
    }

    /// Between its thresholds a rule stays as it was, whichever way it came.
    #[test]
    fn between_its_thresholds_a_rule_stays_as_it_was() {
        let at = |right: f32| {
            with(|s| {
                s.accuracy = accuracy(right, right);
                s.saturation = Some(0.9);
            })
        };
        let mut observer = Observer::default();
        assert_eq!(hear(&mut observer, &at(0.93), 50), Diagnosis::Healthy);
        hear(&mut observer, &at(0.99), 20);
        assert_eq!(
            hear(&mut observer, &at(0.93), 50),
            Diagnosis::DiscriminatorWins
        );
        assert_eq!(hear(&mut observer, &at(0.85), 20), Diagnosis::Healthy);
    }

    #[test]
    fn figures_that_scatter_about_a_threshold_do_not_flicker() {
        // To and fro over the way in, and over the way out
        let at = |right: f32| {
            with(|s| {
                s.accuracy = accuracy(right, right);
                s.saturation = Some(0.9);
            })
        };
        let mut entering = vec![healthy()];
        entering.extend((0..500).map(|n| at(if n % 2 == 0 { 0.96 } else { 0.94 })));
        assert_eq!(changes(entering), 0);
        let mut leaving = vec![at(0.99)];
        leaving.extend((0..500).map(|n| at(if n % 2 == 0 { 0.87 } else { 0.89 })));
        assert_eq!(changes(leaving), 0);

        // What batches of 64 do to D's accuracy about the way in, and to quality about both ways of convergence
        let noise = rng::normals(&mut rng::stream(1, Stream::Noise), 4000, 1.0);
        let scattered = noise.chunks_exact(2).map(|noise| {
            with(|s| {
                let right = |noise: f32| (0.95 + 0.02 * noise).min(1.0);
                s.accuracy = accuracy(right(noise[0]), right(noise[1]));
                s.saturation = Some(0.5 + 0.05 * noise[0]);
            })
        });
        assert!(changes(scattered) <= 1);
        let converging = noise.chunks_exact(2).map(|noise| {
            with(|s| {
                s.high_quality = Some(0.88 + 0.015 * noise[0]);
                s.distance = Some(2.0 + 0.3 * noise[1]);
                s.coverage = coverage(8);
            })
        });
        assert!(changes(converging) <= 1);
    }

    #[test]
    fn reports_that_lack_a_figure_neither_enter_nor_leave() {
        let mut observer = Observer::default();
        let collapsed = with(|s| s.coverage = coverage(1));
        let unknown = with(|s| {
            s.coverage = None;
            s.high_quality = None;
            s.diversity = None;
            s.distance = None;
        });
        for _ in 0..6 {
            hear(&mut observer, &collapsed, 1);
            hear(&mut observer, &unknown, 9);
        }
        let collapse = Diagnosis::ModeCollapse {
            captured: 1,
            total: 8,
        };
        assert_eq!(hear(&mut observer, &unknown, 100), collapse);
        assert_eq!(
            settled(&Signs {
                step: 5000,
                high_quality: Some(f32::NAN),
                distance: Some(f32::NAN),
                ..Signs::default()
            }),
            Diagnosis::Learning
        );
    }

    #[test]
    fn a_small_gradient_before_an_unsure_d_has_not_vanished() {
        let flat = with(|s| {
            s.generator_gradient = Some(0.001);
            s.accuracy = accuracy(0.5, 0.5);
        });
        assert_eq!(settled(&flat), Diagnosis::Healthy);
    }

    /// Fakes where reals are, but for their finest scale, before a D that rightly guesses
    #[test]
    fn fakes_that_are_near_are_not_bad() {
        let near = with(|s| {
            s.accuracy = accuracy(0.52, 0.53);
            s.high_quality = Some(0.2);
            s.distance = Some(1.5);
        });
        assert_eq!(settled(&near), Diagnosis::Healthy);
    }

    #[test]
    fn a_distance_alone_can_show_good_samples_and_coverage_alone_cannot() {
        let known = |change: fn(&mut Signs)| {
            let mut signs = Signs {
                step: 5000,
                ..Signs::default()
            };
            change(&mut signs);
            settled(&signs)
        };
        assert_eq!(known(|s| s.distance = Some(1.2)), Diagnosis::Converged);
        assert_eq!(known(|s| s.distance = Some(8.0)), Diagnosis::Healthy);
        assert_eq!(known(|s| s.distance = Some(25.0)), Diagnosis::Learning);
        assert_eq!(known(|s| s.frechet = Some(20.0)), Diagnosis::Healthy);
        assert_eq!(known(|s| s.frechet = Some(50.0)), Diagnosis::Learning);
        assert_eq!(known(|s| s.coverage = coverage(8)), Diagnosis::Learning);
        assert_eq!(
            known(|s| {
                s.distance = Some(1.2);
                s.high_quality = Some(0.5);
            }),
            Diagnosis::Healthy
        );
        assert_eq!(
            known(|s| {
                s.distance = Some(8.0);
                s.high_quality = Some(0.1);
            }),
            Diagnosis::Learning
        );
    }

    /// A single Gaussian is small beside any G at its start.
    #[test]
    fn a_wide_start_around_a_single_gaussian_is_no_divergence() {
        let signs = with(|s| {
            s.coverage = Some(Coverage { made: 1, total: 1 });
            s.diversity = Some(8.0);
            s.distance = Some(400.0);
            s.high_quality = Some(0.0);
        });
        assert_eq!(settled(&signs), Diagnosis::Learning);
    }

    #[test]
    fn a_run_through_several_states() {
        let mut observer = Observer::default();
        assert_eq!(hear(&mut observer, &healthy(), 30), Diagnosis::Healthy);
        let growing = with(|s| s.loss_growth = Some(60.0));
        assert_eq!(hear(&mut observer, &growing, 2), Diagnosis::Healthy);
        assert_eq!(hear(&mut observer, &growing, 1), Diagnosis::Diverging);
        let broken = with(|s| s.not_finite = true);
        assert_eq!(observer.observe(&broken), Diagnosis::Diverging);
        // The last of three reports of growth and the broken one leave the vote one after the other.
        assert_eq!(hear(&mut observer, &healthy(), 5), Diagnosis::Diverging);
        assert_eq!(hear(&mut observer, &healthy(), 3), Diagnosis::Healthy);
    }

    #[test]
    fn keys_are_kebab_case_and_sentences_name_figures() {
        let json = |diagnosis| serde_json::to_string(&diagnosis).unwrap();
        assert_eq!(
            json(Diagnosis::VanishingGradient),
            r#"{"kind":"vanishing-gradient"}"#
        );
        let collapse = Diagnosis::ModeCollapse {
            captured: 2,
            total: 8,
        };
        assert_eq!(
            json(collapse),
            r#"{"kind":"mode-collapse","captured":2,"total":8}"#
        );
        assert_eq!(collapse.sentence(), "Mode collapse: G makes 2 of 8 modes");
    }
}
