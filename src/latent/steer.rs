//! Controllable generation: gradient steps on codes, through G and a classifier, until the classifier sees what is wanted
//! (Nguyen et al. 2016 on images; for GANs the recipe is z <- z + eta grad_z log p(y | G(z))).
//!
//! What is held is penalised when it moves, by the divergence of its probabilities from where they were. A weak prior
//! keeps codes where G has learnt: far out every picture is certain, and none is good.

use burn::tensor::{Device, Tensor};

use super::Eye;
use crate::{
    device::rows,
    experiment::NoiseDistribution,
    nets::Generator,
    readback::Transaction,
    train::{TrainError, execute, numbers},
};

/// Probability of the wanted class from which on nothing is left to do.
const REACHED: f32 = 0.99;
/// After so many steps it is given up.
pub const MOST_STEPS: usize = 200;
/// How far a step moves a code, in standard deviations; Adam's learning rate.
const RATE: f32 = 0.06;
/// Adam's (Kingma & Ba 2015); the second one is short, as there are few steps.
const BETAS: [f32; 2] = [0.8, 0.95];
const EPSILON: f32 = 1e-8;
/// What the held attributes' divergence is multiplied with.
const HOLD: f64 = 6.0;
/// What half a code's squared length is multiplied with.
const PRIOR: f64 = 0.02;

/// What is wanted: one class of one attribute, and attributes that should stay as they are, by their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub attribute: usize,
    pub class: usize,
    pub hold: Vec<usize>,
}

impl Wish {
    /// Whether the eye knows what it speaks of.
    pub fn fits(&self, eye: &Eye) -> bool {
        let ranges = eye.ranges();
        let wanted = ranges.get(self.attribute);
        wanted.is_some_and(|range| self.class < range.len())
            && self.hold.iter().all(|held| *held < ranges.len())
            && !self.hold.contains(&self.attribute)
    }
}

/// Codes on their way. Each goes its own way, and rests once it has arrived.
pub struct Steering {
    wish: Wish,
    distribution: NoiseDistribution,
    /// `[count, noise]`
    codes: Vec<f32>,
    count: usize,
    classes: Option<Tensor<2>>,
    /// Adam's two averages for each number.
    moments: [Vec<f32>; 2],
    /// Probabilities at the beginning and now, `[count, logits]`; none before the first look.
    before: Option<Vec<f32>>,
    now: Vec<f32>,
    step: usize,
    device: Device,
}

impl Steering {
    /// Starts `count` codes, `[count, noise]`, on `device`, which must have autodiff on. In a conditional run `classes`,
    /// `[count, classes]`, stay as they are.
    pub fn new(
        wish: Wish,
        distribution: NoiseDistribution,
        codes: Vec<f32>,
        count: usize,
        classes: Option<Tensor<2>>,
        device: &Device,
    ) -> Self {
        Self {
            wish,
            distribution,
            moments: [vec![0.0; codes.len()], vec![0.0; codes.len()]],
            codes,
            count,
            classes,
            before: None,
            now: Vec::new(),
            step: 0,
            device: device.clone(),
        }
    }

    /// One look at where the codes are, and, for those that have not arrived, one step from there. `generator` and `eye`
    /// must be constants on the device with autodiff.
    ///
    /// # Errors
    /// When the device fails, or a number is lost on the way.
    pub async fn step(&mut self, generator: &Generator, eye: &Eye) -> Result<(), TrainError> {
        let codes = rows(self.codes.clone(), self.count, &self.device).require_grad();
        let made = generator.forward(codes.clone(), self.classes.clone());
        let seen = eye.log_probabilities(made.rows);
        let loss = self.loss(&seen, &codes, eye);
        let gradients = loss.backward();
        let mut transaction = Transaction::default().register(seen.inner());
        let gradient = codes.grad(&gradients);
        if let Some(gradient) = gradient {
            transaction = transaction.register(gradient);
        }
        let mut read = execute(transaction).await?;
        self.now = numbers(read.next())?.into_iter().map(f32::exp).collect();
        let gradient = numbers(read.next())?;
        if let Some(value) = gradient.iter().find(|value| !value.is_finite()) {
            return Err(TrainError::NotFinite {
                quantity: "a gradient on a code",
                value: *value,
                step: self.step as u64,
            });
        }
        self.before.get_or_insert_with(|| self.now.clone());
        if !self.ended(eye) {
            self.descend(&gradient, eye);
            self.step += 1;
        }
        Ok(())
    }

    /// Summed over the codes, so that none changes another's way.
    fn loss(&self, seen: &Tensor<2>, codes: &Tensor<2>, eye: &Eye) -> Tensor<1> {
        let wanted = eye.ranges()[self.wish.attribute].start + self.wish.class;
        let mut loss =
            -seen.clone().narrow(1, wanted, 1).sum() + codes.clone().square().sum() * (PRIOR / 2.0);
        if let Some(before) = &self.before {
            let before = rows(before.clone(), self.count, &self.device);
            for held in &self.wish.hold {
                let range = &eye.ranges()[*held];
                let of = |all: &Tensor<2>| all.clone().narrow(1, range.start, range.len());
                // Less a constant, the divergence from how it was to how it is.
                loss = loss - (of(&before) * of(seen)).sum() * HOLD;
            }
        }
        loss
    }

    /// A step of Adam for each code that is not there yet.
    fn descend(&mut self, gradient: &[f32], eye: &Eye) {
        let dims = self.codes.len() / self.count;
        let time = (self.step + 1) as i32;
        let [first, second] = BETAS;
        let bound = match self.distribution {
            NoiseDistribution::Gaussian => f32::INFINITY,
            NoiseDistribution::Uniform => 3f32.sqrt(),
        };
        for sample in 0..self.count {
            if self.probability(eye, sample) >= REACHED {
                continue;
            }
            for at in sample * dims..(sample + 1) * dims {
                let [mean, square] = &mut self.moments;
                mean[at] = first * mean[at] + (1.0 - first) * gradient[at];
                square[at] = second * square[at] + (1.0 - second) * gradient[at].powi(2);
                let mean = mean[at] / (1.0 - first.powi(time));
                let square = square[at] / (1.0 - second.powi(time));
                let moved = self.codes[at] - RATE * mean / (square.sqrt() + EPSILON);
                self.codes[at] = moved.clamp(-bound, bound);
            }
        }
    }

    /// Of the wanted class, as it was seen last.
    pub fn probability(&self, eye: &Eye, sample: usize) -> f32 {
        let logits = self.now.len() / self.count;
        let wanted = eye.ranges()[self.wish.attribute].start + self.wish.class;
        self.now[sample * logits + wanted]
    }

    /// Whether all have arrived.
    pub fn reached(&self, eye: &Eye) -> bool {
        !self.now.is_empty()
            && (0..self.count).all(|sample| self.probability(eye, sample) >= REACHED)
    }

    /// Whether nothing moves any more: all have arrived, or it is given up.
    pub fn ended(&self, eye: &Eye) -> bool {
        self.reached(eye) || self.step >= MOST_STEPS
    }

    /// Steps done so far.
    pub fn steps(&self) -> usize {
        self.step
    }

    /// `[count, noise]`
    pub fn codes(&self) -> &[f32] {
        &self.codes
    }

    /// What the classifier saw last, `[count, logits]`; before the codes' last step.
    pub fn probabilities(&self) -> &[f32] {
        &self.now
    }

    /// How far each attribute of a sample has moved since the beginning (see [`Eye::changes`]).
    pub fn changes(&self, eye: &Eye, sample: usize) -> Vec<f32> {
        let logits = self.now.len() / self.count;
        let of = |all: &[f32]| all[sample * logits..(sample + 1) * logits].to_vec();
        match &self.before {
            Some(before) => eye.changes(&of(before), &of(&self.now)),
            None => vec![0.0; eye.ranges().len()],
        }
    }
}
