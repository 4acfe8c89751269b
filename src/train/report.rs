//! Reading back: the one place where training waits for the device.

use burn::tensor::{Tensor, TensorData};

use super::{
    TrainError,
    display::{Display, Frame, Picture},
    phases::DiscriminatorPhase,
};
use crate::{
    data::Dataset,
    metrics::balance::Accuracy,
    objective::{Scores, reading::Reading},
    readback::Transaction,
};

/// What a run has to say since it was last asked.
#[derive(Clone, Debug)]
pub struct Report {
    /// Steps done so far.
    pub step: u64,
    /// Each net's loss at every step since the last report, oldest first; D's without the penalties.
    pub discriminator_losses: Vec<f32>,
    pub generator_losses: Vec<f32>,
    /// On the last step's batches; none before the first.
    pub accuracy: Option<Accuracy>,
    pub picture: Picture,
}

/// Results of steps that nobody has read yet.
#[derive(Default)]
pub struct Unread {
    losses: Vec<[Tensor<1>; 2]>,
    scores: Option<Scores>,
}

/// The same as numbers.
pub struct Read {
    step: u64,
    discriminator_losses: Vec<f32>,
    generator_losses: Vec<f32>,
    /// Of the last step's batches, real and fake.
    pub scores: Option<(Vec<f32>, Vec<f32>)>,
    fake: Vec<f32>,
    frame_scores: Vec<f32>,
}

impl Unread {
    pub fn push(&mut self, discriminator: DiscriminatorPhase, generator_loss: Tensor<1>) {
        self.losses
            .push([discriminator.loss.inner(), generator_loss]);
        self.scores = Some(discriminator.scores);
    }

    /// Reads everything, and a frame, in one transaction.
    pub async fn read(self, step: u64, frame: Frame) -> Result<Read, TrainError> {
        let steps = self.losses.len();
        let scored = self.scores.as_ref().map(|scores| scores.real);
        let mut transaction = Transaction::default().register(frame.fake);
        let frame_scored = frame.scores.is_some();
        if let Some(scores) = frame.scores {
            transaction = transaction.register(scores);
        }
        for loss in self.losses.into_iter().flatten() {
            transaction = transaction.register(loss);
        }
        if let Some(scores) = self.scores {
            transaction = transaction.register(scores.both.inner());
        }
        let mut read = execute(transaction).await?;
        let mut next = || numbers(read.next());

        let fake = next()?;
        let frame_scores = match frame_scored {
            true => next()?,
            false => Vec::new(),
        };
        let (mut discriminator_losses, mut generator_losses) = (Vec::new(), Vec::new());
        for _ in 0..steps {
            discriminator_losses.extend(next()?);
            generator_losses.extend(next()?);
        }
        let scores = match scored {
            Some(real) => {
                let mut real_scores = next()?;
                let fake_scores = real_scores.split_off(real);
                Some((real_scores, fake_scores))
            }
            None => None,
        };
        for (quantity, values) in [
            ("the discriminator's loss", &discriminator_losses),
            ("the generator's loss", &generator_losses),
            ("a number that the generator drew", &fake),
            ("a score of the discriminator", &frame_scores),
        ] {
            if let Some(value) = values.iter().copied().find(|value| !value.is_finite()) {
                return Err(TrainError::NotFinite {
                    quantity,
                    value,
                    step,
                });
            }
        }
        Ok(Read {
            step,
            discriminator_losses,
            generator_losses,
            scores,
            fake,
            frame_scores,
        })
    }
}

impl Read {
    /// Makes the numbers a report; `reading` tells how D's scores are meant.
    pub fn report(self, display: &Display, data: &Dataset, reading: Reading) -> Report {
        let fence = |scores: &[f32]| -> Vec<f32> {
            scores.iter().map(|score| reading.logit(*score)).collect()
        };
        Report {
            step: self.step,
            accuracy: self
                .scores
                .map(|(real, fake)| Accuracy::of(&fence(&real), &fence(&fake))),
            discriminator_losses: self.discriminator_losses,
            generator_losses: self.generator_losses,
            picture: display.picture(data, &self.fake, &self.frame_scores, reading),
        }
    }
}

/// Waits for all of a transaction's tensors, in their order.
pub async fn execute(
    transaction: Transaction,
) -> Result<impl Iterator<Item = TensorData>, TrainError> {
    transaction
        .execute_async()
        .await
        .map(Vec::into_iter)
        .map_err(|error| TrainError::Device(error.to_string()))
}

/// The next of a transaction's results.
pub fn numbers(data: Option<TensorData>) -> Result<Vec<f32>, TrainError> {
    data.ok_or_else(|| TrainError::Device("fewer results than were asked for".into()))?
        .try_to_vec()
        .map_err(|error| TrainError::Device(error.to_string()))
}
