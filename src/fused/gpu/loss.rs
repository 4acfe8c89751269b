//! Binary cross-entropy on logits.

use burn::{
    backend::tensor::FloatTensor,
    cubecl::{self, prelude::*},
};
use burn_cubecl::CubeBackend;
use gan_kernels::Targets;

use super::{UNITS, buffer, cubes, empty, rows};
use crate::fused::loss::{LossGradients, Losses};

impl Losses for CubeBackend {
    fn cross_entropy_of(scores: FloatTensor<Self>, targets: Targets) -> FloatTensor<Self> {
        let scores = rows(scores);
        let loss = empty(&scores, [1]);
        // SAFETY: one cube, whose units stop at the last score.
        unsafe {
            loss_kernel::launch_unchecked(
                &scores.client,
                CubeCount::new_single(),
                CubeDim::new_1d(UNITS),
                buffer(&scores),
                buffer(&loss),
                targets.real,
                scores.meta.num_elements(),
                targets.share_of_real(),
                targets.share_of_fake(),
                targets.smoothing,
            );
        }
        loss
    }
}

impl LossGradients for CubeBackend {
    fn cross_entropy_gradient(
        gradient: FloatTensor<Self>,
        scores: FloatTensor<Self>,
        targets: Targets,
    ) -> FloatTensor<Self> {
        let [gradient, scores] = [gradient, scores].map(rows);
        let made = empty(&scores, scores.meta.shape().clone());
        let count = scores.meta.num_elements();
        let (cube_count, dim) = cubes(&scores.client, count);
        // SAFETY: every unit beyond the last score ends at once.
        unsafe {
            gradient_kernel::launch_unchecked(
                &scores.client,
                cube_count,
                dim,
                buffer(&gradient),
                buffer(&scores),
                buffer(&made),
                targets.real,
                count,
                targets.share_of_real(),
                targets.share_of_fake(),
                targets.smoothing,
            );
        }
        made
    }
}

#[cube(launch_unchecked)]
fn loss_kernel(
    scores: &[f32],
    loss: &mut [f32],
    real: usize,
    count: usize,
    of_real: f32,
    of_fake: f32,
    smoothing: f32,
) {
    let unit = UNIT_POS as usize;
    let mut sum = 0f32;
    for at in range_stepped(unit, count, comptime!(UNITS as usize)) {
        let score = scores[at];
        if at < real {
            sum += of_real * (softplus(-score) + smoothing * score);
        } else {
            sum += of_fake * softplus(score);
        }
    }
    let mut shared = Shared::<[f32]>::new_slice(comptime!(UNITS as usize));
    shared[unit] = sum;
    sync_cube();
    if unit == 0 {
        let mut total = 0f32;
        for at in 0..comptime!(UNITS as usize) {
            total += shared[at];
        }
        loss[0] = total;
    }
}

#[cube(launch_unchecked)]
fn gradient_kernel(
    gradient: &[f32],
    scores: &[f32],
    made: &mut [f32],
    real: usize,
    count: usize,
    of_real: f32,
    of_fake: f32,
    smoothing: f32,
) {
    let at = ABSOLUTE_POS;
    if at >= count {
        terminate!();
    }
    let score = scores[at];
    if at < real {
        made[at] = gradient[0] * of_real * (smoothing - sigmoid(-score));
    } else {
        made[at] = gradient[0] * of_fake * sigmoid(score);
    }
}

/// ln(1 + e^x), which neither overflows nor loses small terms: the logarithm of 1 and next to nothing is that by its series.
#[cube]
fn softplus(x: f32) -> f32 {
    let e = (-x.abs()).exp();
    max(x, 0.0) + select(e < 1e-3, e - e * e / 2.0, (1.0 + e).ln())
}

#[cube]
fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
