//! Reading back: the one place where training waits for the device.

use burn::tensor::{Tensor, TensorData, Transaction};

use super::{
    TrainError,
    display::{Display, Frame, Picture},
    trainer::DiscriminatorLosses,
};
use crate::{data::Dataset, metrics::balance::Accuracy};

/// What a run has to say since it was last asked.
#[derive(Clone, Debug)]
pub struct Report {
    /// Steps done so far.
    pub step: u64,
    /// Each net's loss at every step since the last report, oldest first.
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
    logits: Option<[Tensor<2>; 2]>,
}

impl Unread {
    pub fn push(&mut self, discriminator: DiscriminatorLosses, generator_loss: Tensor<1>) {
        self.losses.push([discriminator.loss, generator_loss]);
        self.logits = Some([discriminator.real_logits, discriminator.fake_logits]);
    }

    /// Reads everything in one transaction and makes it a report.
    pub async fn read(
        self,
        step: u64,
        frame: Frame,
        display: &Display,
        data: &Dataset,
    ) -> Result<Report, TrainError> {
        let steps = self.losses.len();
        let mut transaction = Transaction::default()
            .register(frame.fake)
            .register(frame.logits);
        for loss in self.losses.into_iter().flatten() {
            transaction = transaction.register(loss);
        }
        for logits in self.logits.into_iter().flatten() {
            transaction = transaction.register(logits);
        }
        let read = transaction
            .execute_async()
            .await
            .map_err(|error| TrainError::Device(error.to_string()))?;
        let mut read = read.into_iter();
        let mut next = || numbers(read.next());

        let (fake, logits) = (next()?, next()?);
        let (mut discriminator_losses, mut generator_losses) = (Vec::new(), Vec::new());
        for _ in 0..steps {
            discriminator_losses.extend(next()?);
            generator_losses.extend(next()?);
        }
        let accuracy = match steps {
            0 => None,
            _ => Some(Accuracy::of(&next()?, &next()?)),
        };
        for (quantity, values) in [
            ("the discriminator's loss", &discriminator_losses),
            ("the generator's loss", &generator_losses),
            ("a number that the generator drew", &fake),
            ("a score of the discriminator", &logits),
        ] {
            if let Some(value) = values.iter().copied().find(|value| !value.is_finite()) {
                return Err(TrainError::NotFinite {
                    quantity,
                    value,
                    step,
                });
            }
        }
        Ok(Report {
            step,
            discriminator_losses,
            generator_losses,
            accuracy,
            picture: display.picture(data, fake, &logits),
        })
    }
}

fn numbers(data: Option<TensorData>) -> Result<Vec<f32>, TrainError> {
    data.ok_or_else(|| TrainError::Device("fewer results than were asked for".into()))?
        .try_to_vec()
        .map_err(|error| TrainError::Device(error.to_string()))
}
