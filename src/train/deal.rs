//! Examples for a visitor who plays the discriminator: fresh real ones and fresh fakes, shuffled, with D's answers. They
//! are drawn from streams of their own, so that the run never notices.

use rand::{RngExt, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    TrainError,
    anatomy::Shown,
    display::Display,
    inputs::{examples, noise, one_hot},
    report::{execute, numbers},
};
use crate::{
    data::{Batches, Dataset},
    experiment::Experiment,
    nets::{Discriminator, Examples, Generator},
    objective::reading::Reading,
    readback::Transaction,
    rng::{self, Stream},
};

/// Enough for a round of a game.
const MOST: usize = 64;

/// Examples in a random order.
#[derive(Clone, Debug)]
pub struct Deal {
    pub examples: Shown,
    /// Which of them are real.
    pub real: Vec<bool>,
    /// D's probability of "real" for each.
    pub probabilities: Vec<f32>,
    /// In a conditional run the class that each is of, or was asked to be.
    pub classes: Vec<usize>,
}

/// Where the next ones come from.
pub struct Deals {
    rng: ChaCha8Rng,
    batches: Batches,
}

impl Deals {
    pub fn new(seed: u32, data: &Dataset) -> Self {
        let mut rng = rng::measuring_stream(seed, Stream::Deals);
        let batches = data.batches(rng::measuring_stream(rng.random(), Stream::Deals));
        Self { rng, batches }
    }

    /// `count` examples, 2 to 64, of which each is real or fake by the toss of a coin, but not all of one kind. The nets
    /// are without autodiff.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device failed.
    pub async fn next(
        &mut self,
        count: usize,
        (experiment, data): (&Experiment, &Dataset),
        (generator, discriminator): (&Generator, &Discriminator),
        (display, reading): (&Display, Reading),
    ) -> Result<Deal, TrainError> {
        let count = count.clamp(2, MOST);
        let tosses = (0..count).filter(|_| self.rng.random_bool(0.5)).count();
        let reals = tosses.clamp(1, count - 1);
        let device = display.device();
        let batch = self.batches.next(data, reals);
        let mut labels = batch.labels.clone();
        let (rows, wanted) = (batch.rows.clone(), count - reals);
        let asked: Vec<usize> = (0..wanted)
            .map(|_| self.rng.random_range(0..data.classes()))
            .collect();
        let fake = generator.forward(
            noise(&mut self.rng, &experiment.noise, wanted, &device),
            experiment
                .conditional
                .then(|| one_hot(&asked, data.classes(), &device)),
        );
        labels.extend(&asked);
        let all = Examples::cat(examples(batch, experiment, data, &device), fake.clone());
        let scores = discriminator.forward(display.in_company(all));
        let mut read = execute(Transaction::default().register(fake.rows).register(scores)).await?;
        let mut numbers_of_all = rows;
        numbers_of_all.extend(numbers(read.next())?);
        let scores = numbers(read.next())?;

        let mut order: Vec<usize> = (0..count).collect();
        order.shuffle(&mut self.rng);
        let features = data.shape().features();
        let shuffled = order
            .iter()
            .flat_map(|at| &numbers_of_all[at * features..(at + 1) * features])
            .copied()
            .collect();
        Ok(Deal {
            examples: Shown::of(data, shuffled),
            real: order.iter().map(|at| *at < reals).collect(),
            probabilities: order
                .iter()
                .map(|at| reading.probability(scores[*at]))
                .collect(),
            classes: match experiment.conditional {
                true => order.iter().map(|at| labels[*at]).collect(),
                false => Vec::new(),
            },
        })
    }
}
