//! Each net's loss in its phase of a step, from given inputs. Nothing is drawn, updated or read here, so that
//! training and measuring go through the very same expressions.

use burn::{module::Module, tensor::Tensor};

use super::{inputs::JudgedBatch, schedule::StepSettings};
use crate::{
    experiment::Objective,
    nets::{Discriminator, Examples},
    objective::{Scores, penalty},
};

/// Weight of telling real examples from those under a wrong class, beside telling them from fakes.
const MISLABELLED: f64 = 0.5;

/// What D's phase leaves: its loss with all that is added to it and without, and its scores on both halves of the
/// batch.
pub struct DiscriminatorPhase {
    /// What D descends on.
    pub total: Tensor<1>,
    /// The objective alone.
    pub loss: Tensor<1>,
    pub scores: Scores,
}

/// D's loss on real examples and on as many fakes, all without a graph. Real examples under wrong classes are fakes
/// too: their term stands beside the others, so that D's scores of the others mean what they mean in any run, and is no part of the
/// penalties.
///
/// `shares` says how far each interpolate of WGAN-GP lies towards its real example, `[batch, 1]`; it is only asked
/// for where that penalty has weight.
pub fn discriminator(
    net: &Discriminator,
    objective: Objective,
    settings: &StepSettings,
    judged: JudgedBatch,
    shares: impl FnOnce(usize) -> Tensor<2>,
) -> DiscriminatorPhase {
    let JudgedBatch {
        real,
        fake,
        mislabelled,
        ..
    } = judged;
    let [batch, _] = real.rows.dims();
    // One pass over both halves: D has no normalisation, so that they cannot see each other.
    let both = Examples::cat(real.clone(), fake.clone());
    let (scores, gradient) = if settings.r1 > 0.0 || settings.r2 > 0.0 {
        let (scores, gradient) = net.forward_with_gradient(both);
        (scores, Some(gradient))
    } else {
        (net.forward(both), None)
    };
    let [packs, _] = scores.dims();
    let half = packs / 2;
    let scores = Scores {
        both: scores,
        real: half,
    };
    let loss = objective.discriminator_loss(scores.clone());

    let mut total = loss.clone();
    if let Some(mislabelled) = mislabelled {
        let wrong = net.forward(mislabelled);
        let [count, _] = wrong.dims();
        let right = scores.both.clone().narrow(0, 0, count);
        let told = Scores::of(right, wrong);
        total = total + objective.discriminator_loss(told) * MISLABELLED;
    }
    if let Some(gradient) = gradient {
        if settings.r1 > 0.0 {
            let on_real = gradient.clone().narrow(0, 0, half);
            total = total + penalty::zero_centred(on_real) * settings.r1;
        }
        if settings.r2 > 0.0 {
            let on_fake = gradient.narrow(0, half, half);
            total = total + penalty::zero_centred(on_fake) * settings.r2;
        }
    }
    if settings.gradient_penalty > 0.0 {
        let between = Examples {
            rows: penalty::interpolates(real.rows, fake.rows, shares(batch)),
            // Between two classes there is none: D is asked about the real example's.
            classes: real.classes,
        };
        let (_, gradient) = net.forward_with_gradient(between);
        total = total + penalty::one_centred(gradient) * settings.gradient_penalty;
    }
    DiscriminatorPhase {
        total,
        loss,
        scores,
    }
}

/// G's loss on its own fakes; `real` gives real examples where the objective compares them. D is frozen: the gradient
/// goes through it, but not into it.
pub fn generator(
    discriminator: &Discriminator,
    objective: Objective,
    fake: Examples,
    real: impl FnOnce() -> Examples,
) -> Tensor<1> {
    let judge = discriminator.clone().no_grad();
    objective.generator_loss(judge.forward(fake), || judge.forward(real()))
}

/// Minus the gradient of G's loss with respect to each fake, `[batch, features]` without a graph: where a fake would have to
/// go for that loss to fall.
pub fn pull(
    discriminator: &Discriminator,
    objective: Objective,
    fake: Examples,
    real: impl FnOnce() -> Examples,
) -> Tensor<2> {
    let rows = Tensor::from_inner(fake.rows.inner()).require_grad();
    let fake = Examples {
        rows: rows.clone(),
        ..fake
    };
    let gradients = generator(discriminator, objective, fake, real).backward();
    match rows.grad(&gradients) {
        Some(gradient) => gradient.neg(),
        // A loss that does not depend on the fakes pulls none of them.
        None => rows.inner().zeros_like(),
    }
}
