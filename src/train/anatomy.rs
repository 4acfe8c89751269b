//! A step taken apart: the tensors of one real step, kept for looking at. Nothing here changes what a step does.

use burn::{module::Module, tensor::Tensor};

use super::{
    TrainError,
    display::interleave_planar,
    gradients,
    player::Player,
    report::{execute, numbers},
};
use crate::{
    data::Dataset, experiment::Objective, metrics::gradients::Gradients,
    objective::reading::Reading, readback::Transaction, train::interleave,
};

/// Examples of a batch that are shown, at most.
const ROWS: usize = 64;
const PICTURES: usize = 16;

/// One step, stage by stage. Examples are the first few of the batch, scores those of all of it, and losses its means.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// The number of the step, from 1.
    pub step: u64,
    /// The last update of D in the step.
    pub discriminator: DiscriminatorPart,
    /// The last of G; none where D has a head start.
    pub generator: Option<GeneratorPart>,
}

/// D's phase.
#[derive(Clone, Debug)]
pub struct DiscriminatorPart {
    pub updates: usize,
    /// `[examples, noise]`
    pub noise: Vec<f32>,
    pub fake: Shown,
    pub real: Shown,
    /// Before the update, one for each pack of the batch.
    pub fake_scores: Vec<f32>,
    pub real_scores: Vec<f32>,
    /// The same as probabilities of "real".
    pub fake_probabilities: Vec<f32>,
    pub real_probabilities: Vec<f32>,
    /// Without what is added to it.
    pub loss: f32,
    /// What is added: penalties, and in a conditional run the real examples under wrong classes.
    pub penalty: f32,
    pub layers: Vec<LayerChange>,
    pub learning_rate: f64,
}

/// G's phase, against D as its own phase has left it.
#[derive(Clone, Debug)]
pub struct GeneratorPart {
    pub updates: usize,
    /// `[examples, noise]`
    pub noise: Vec<f32>,
    /// Before the update.
    pub fake: Shown,
    pub scores: Vec<f32>,
    pub probabilities: Vec<f32>,
    /// Of the real examples that a relativistic G is compared with; otherwise empty.
    pub real_scores: Vec<f32>,
    /// Minus the gradient of the loss with respect to each fake, laid out as `fake`, in data units of points.
    pub pull: Vec<f32>,
    /// What the same noise gives after the update.
    pub after: Shown,
    pub loss: f32,
    pub layers: Vec<LayerChange>,
    pub learning_rate: f64,
}

/// Norms of one layer's parameters: of their gradient before any clipping, of themselves before the update, and of the
/// update.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerChange {
    pub layer: String,
    pub gradient: f32,
    pub weights: f32,
    pub change: f32,
}

/// Examples as the page shows them: rows of numbers, in data units where they are points of a figure and standardised
/// where they are of a table; or pictures in bytes, `[count, height, width, channels]`.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    Numbers(Vec<f32>),
    Bytes(Vec<u8>),
}

impl Shown {
    /// From numbers as the nets have them.
    pub fn of(data: &Dataset, mut rows: Vec<f32>) -> Self {
        match data {
            Dataset::Figure(_) => {
                data.units().from_nets(&mut rows);
                Self::Numbers(rows)
            }
            Dataset::Table(_) => Self::Numbers(rows),
            Dataset::Images(set) => {
                let format = set.manifest().image;
                Self::Bytes(interleave(
                    &rows,
                    format.channels,
                    format.width * format.height,
                ))
            }
        }
    }
}

/// What is kept of a step while it is done.
#[derive(Default)]
pub struct Dissection {
    pub discriminator: Option<DiscriminatorTensors>,
    pub generator: Option<GeneratorTensors>,
}

/// Without graphs, as all that follows.
pub struct DiscriminatorTensors {
    pub noise: Tensor<2>,
    pub fake: Tensor<2>,
    pub real: Tensor<2>,
    /// Of the real packs and then of the fake ones, `[packs, 1]`, and how many are real.
    pub scores: Tensor<2>,
    pub real_packs: usize,
    pub loss: Tensor<1>,
    pub total: Tensor<1>,
    pub descent: WatchedDescent,
}

pub struct GeneratorTensors {
    pub noise: Tensor<2>,
    pub fake: Tensor<2>,
    pub scores: Tensor<2>,
    pub real_scores: Option<Tensor<2>>,
    pub pull: Tensor<2>,
    pub after: Tensor<2>,
    pub loss: Tensor<1>,
    pub descent: WatchedDescent,
}

/// What one descent did to a net.
pub struct WatchedDescent {
    squares: Vec<(String, Tensor<1>)>,
    before: Tensor<1>,
    after: Tensor<1>,
}

impl WatchedDescent {
    /// Moves `player` down the gradient of `loss` by `follow`, or leaves it where it is.
    pub fn of<N: Module>(
        player: &mut Player<N>,
        loss: &Tensor<1>,
        follow: impl FnOnce(&mut Player<N>, burn::optim::GradientsParams),
    ) -> Self {
        let before = player.weights().clone();
        let found = player.gradients(loss);
        let squares = gradients::squared_norms(&player.net, &found);
        follow(player, found);
        Self {
            squares,
            before,
            after: player.weights().clone(),
        }
    }

    fn register(&self, transaction: Transaction) -> Transaction {
        let squares = self.squares.iter();
        squares
            .fold(transaction, |all, (_, square)| all.register(square.clone()))
            .register(self.before.clone())
            .register(self.after.clone())
    }

    /// Layer by layer, from the numbers in the order in which they were registered.
    fn layers<N: Module>(
        &self,
        player: &Player<N>,
        mut next: impl FnMut() -> Result<Vec<f32>, TrainError>,
    ) -> Result<Vec<LayerChange>, TrainError> {
        let mut squares = Vec::new();
        for (path, _) in &self.squares {
            squares.push((path.as_str(), next()?.first().copied().unwrap_or(f32::NAN)));
        }
        let (before, after) = (next()?, next()?);
        let change: Vec<f32> = before.iter().zip(&after).map(|(b, a)| a - b).collect();
        let square = |slice: &[f32]| slice.iter().map(|x| x * x).sum::<f32>();
        let norms = |numbers: &[f32]| {
            let parts = player.by_path(numbers);
            Gradients::of(
                parts
                    .iter()
                    .map(|(path, part)| (path.as_str(), square(part))),
            )
            .layers
        };
        let gradients = Gradients::of(squares).layers;
        let of_layer = |layer: &str| {
            let found = gradients.iter().find(|one| one.layer == layer);
            // What had no part in the loss is not pulled.
            found.map_or(0.0, |one| one.norm)
        };
        Ok(norms(&before)
            .into_iter()
            .zip(norms(&change))
            .map(|(weights, change)| LayerChange {
                gradient: of_layer(&weights.layer),
                layer: weights.layer,
                weights: weights.norm,
                change: change.norm,
            })
            .collect())
    }
}

/// What an anatomy says besides tensors.
pub struct Circumstances<'a> {
    pub step: u64,
    pub data: &'a Dataset,
    pub objective: Objective,
    pub packing: usize,
    pub updates: [usize; 2],
    pub learning_rates: [f64; 2],
}

impl Dissection {
    /// Reads all that was kept, in one transaction.
    ///
    /// # Errors
    /// [`TrainError::NotFinite`] when training has diverged, [`TrainError::Device`] when the device failed.
    pub async fn read<D: Module, G: Module>(
        self,
        of: Circumstances<'_>,
        discriminator: &Player<D>,
        generator: &Player<G>,
    ) -> Result<Anatomy, TrainError> {
        let Some(d) = self.discriminator else {
            return Err(TrainError::Device(
                "the step left nothing to look at".into(),
            ));
        };
        let most = match of.data {
            Dataset::Images(_) => PICTURES,
            _ => ROWS,
        };
        let [batch, _] = d.noise.dims();
        // Whole packs, so that each shown one's score is there.
        let count = batch.min(most / of.packing * of.packing).max(of.packing);
        let few = |rows: Tensor<2>| rows.narrow(0, 0, count);

        let mut transaction = Transaction::default()
            .register(few(d.noise))
            .register(few(d.fake))
            .register(few(d.real))
            .register(d.scores)
            .register(d.loss)
            .register(d.total);
        transaction = d.descent.register(transaction);
        if let Some(g) = &self.generator {
            transaction = transaction
                .register(few(g.noise.clone()))
                .register(few(g.fake.clone()))
                .register(g.scores.clone())
                .register(few(g.pull.clone()))
                .register(few(g.after.clone()))
                .register(g.loss.clone());
            if let Some(real) = &g.real_scores {
                transaction = transaction.register(real.clone());
            }
            transaction = g.descent.register(transaction);
        }
        let mut read = execute(transaction).await?;
        let mut next = || numbers(read.next());
        let finite = |quantity, numbers: Vec<f32>| {
            let value = numbers.first().copied().unwrap_or(f32::NAN);
            match value.is_finite() {
                true => Ok(value),
                false => Err(TrainError::NotFinite {
                    quantity,
                    value,
                    step: of.step,
                }),
            }
        };
        let shown = |rows| Shown::of(of.data, rows);

        let (noise, fake, real) = (next()?, next()?, next()?);
        let mut real_scores = next()?;
        let fake_scores = real_scores.split_off(d.real_packs);
        let loss = finite("the discriminator's loss", next()?)?;
        let total = finite("the discriminator's loss", next()?)?;
        let reading = of.objective.reading(&real_scores, &fake_scores);
        let discriminator = DiscriminatorPart {
            updates: of.updates[0],
            noise,
            fake: shown(fake),
            real: shown(real),
            fake_probabilities: probabilities(reading, &fake_scores),
            real_probabilities: probabilities(reading, &real_scores),
            fake_scores,
            real_scores,
            loss,
            penalty: total - loss,
            layers: d.descent.layers(discriminator, &mut next)?,
            learning_rate: of.learning_rates[0],
        };
        let generator = match self.generator {
            None => None,
            Some(g) => {
                let (noise, fake, scores, pull, after) =
                    (next()?, next()?, next()?, next()?, next()?);
                Some(GeneratorPart {
                    updates: of.updates[1],
                    noise,
                    fake: shown(fake),
                    probabilities: probabilities(reading, &scores),
                    scores,
                    pull: laid_out(of.data, pull),
                    after: shown(after),
                    loss: finite("the generator's loss", next()?)?,
                    real_scores: match g.real_scores {
                        Some(_) => next()?,
                        None => Vec::new(),
                    },
                    layers: g.descent.layers(generator, &mut next)?,
                    learning_rate: of.learning_rates[1],
                })
            }
        };
        Ok(Anatomy {
            step: of.step,
            discriminator,
            generator,
        })
    }
}

fn probabilities(reading: Reading, scores: &[f32]) -> Vec<f32> {
    scores.iter().map(|s| reading.probability(*s)).collect()
}

/// A gradient with respect to the nets' numbers as one with respect to what is shown.
fn laid_out(data: &Dataset, gradient: Vec<f32>) -> Vec<f32> {
    match data {
        // A data unit is so many of the nets'.
        Dataset::Figure(figure) => gradient.iter().map(|g| g / figure.scale()).collect(),
        Dataset::Table(_) => gradient,
        Dataset::Images(set) => {
            let format = set.manifest().image;
            let picture = format.channels * format.width * format.height;
            gradient
                .chunks_exact(picture)
                .flat_map(|one| interleave_planar(one, format.channels))
                .collect()
        }
    }
}
