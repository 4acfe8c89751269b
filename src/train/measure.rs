//! The metrics of a run, on samples of their own: noise and real examples that are drawn once and stay the same, so
//! that a change of a figure is a change of the nets, and measuring draws nothing from training.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use super::{
    TrainError,
    inputs::{Inputs, noise, one_hot},
    phases,
    player::Player,
    report::{execute, numbers},
    schedule::StepSettings,
};
use crate::{
    classifier::Classifier,
    data::{Batches, Dataset, images::Images},
    device::rows,
    experiment::Experiment,
    metrics::{
        balance::Accuracy,
        classes::{Classes, likeliest},
        divergence::{Grid, Histogram, jensen_shannon},
        diversity::mean_pairwise_distance,
        frechet::Gaussian,
        gradients::{Gradients, saturation},
        modes::Modes,
        transport::Sliced,
    },
    nets::{Discriminator, Examples, Generator},
    readback::Transaction,
    rng::{self, Stream},
};

/// Points that a figure is scored on, as in the papers.
const POINTS: usize = 2500;
/// Sets of points that the floor of a distance is a mean over.
const FLOOR_DRAWS: usize = 10;
/// Pictures that are made and judged at a time, so that a large sample needs no large buffers.
const CHUNK: usize = 250;
/// Examples of each kind that D is asked about, at most.
const JUDGED: usize = 512;

/// How a run stands by every figure that its data allows.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Steps done so far.
    pub step: u64,
    /// Of the loss that each net descends on, over one batch.
    pub discriminator_gradients: Gradients,
    pub generator_gradients: Gradients,
    pub accuracy: Accuracy,
    /// Share of D's probabilities within 1 % of 0 or 1.
    pub saturation: f32,
    /// Mean pairwise distance of fakes over that of reals: 0 when all fakes are one.
    pub diversity: f32,
    /// Sliced Wasserstein distance from fakes to reals, in data units.
    pub sliced: f32,
    /// The same from other reals to those: what a perfect G would score.
    pub sliced_floor: f32,
    pub labels: Option<LabelScores>,
    pub figure: Option<FigureMeasures>,
    pub pictures: Option<PictureMeasures>,
}

/// Whether D looks at the class: its mean probability of "real" for real examples under their own class and under
/// another.
#[derive(Clone, Copy, Debug)]
pub struct LabelScores {
    pub right: f32,
    pub swapped: f32,
}

/// How well a figure in the plane is met, on 2,500 points.
#[derive(Clone, Debug)]
pub struct FigureMeasures {
    pub modes: Modes,
    /// From the exact density, on a grid, in nats: 0 to ln 2.
    pub jensen_shannon: f32,
    /// In a conditional run, the share of points whose nearest part is of the class that G was asked for.
    pub asked_for: Option<f32>,
}

/// Figures of pictures, through a classifier's eyes.
#[derive(Clone, Debug)]
pub struct PictureMeasures {
    /// Frechet distance of the classifier's features from those of real pictures.
    pub frechet: f32,
    /// The same between two sets of real pictures, of as many each.
    pub frechet_floor: f32,
    pub classes: Classes,
    /// In a conditional run, the share of fakes that the classifier sees as what G was asked for.
    pub asked_for: Option<f32>,
}

/// What a run is measured on.
pub struct Measure {
    noise: Tensor<2>,
    /// What G is asked for, in a conditional run.
    asked: Option<Vec<usize>>,
    classes: Option<Tensor<2>>,
    /// As the nets see them, `[count, features]`.
    real: Vec<f32>,
    real_labels: Vec<usize>,
    real_diversity: f32,
    sliced: Sliced,
    sliced_floor: f32,
    /// Exact masses of a figure on its grid.
    density: Option<(Grid, Histogram)>,
    eye: Option<Eye>,
    /// For the gradients.
    inputs: Inputs,
    device: Device,
}

/// What other real examples score, in data units. Of points the mean over several draws, as one alone scatters
/// threefold; of rows and pictures there are no others to draw.
fn sliced_floor(sliced: &Sliced, data: &Dataset, others: &[f32], batches: &mut Batches) -> f32 {
    let first = sliced.distance(others);
    let mean = match data {
        Dataset::Images(_) | Dataset::Table(_) => first,
        Dataset::Figure(_) => {
            let more = (1..FLOOR_DRAWS).map(|_| sliced.distance(&batches.next(data, POINTS).rows));
            more.fold(first, |sum, distance| sum + distance) / FLOOR_DRAWS as f32
        }
    };
    mean * data.scale()
}

/// A classifier, and what it saw in real pictures.
struct Eye {
    classifier: Classifier,
    /// Share of each of the attribute's classes in the data.
    shares: Vec<f32>,
    /// Of those, the classes that are used.
    chosen: Vec<usize>,
    /// Where the attribute's classes stand among the logits.
    logits: std::ops::Range<usize>,
    /// Features of two sets of real pictures, once they are read.
    real: Option<(Gaussian, f32)>,
    /// The second set of real pictures, until then.
    others: Vec<f32>,
}

impl Eye {
    /// None where the classifier does not know the classes.
    fn new(classifier: Classifier, images: &Images, others: Vec<f32>) -> Option<Self> {
        let logits = classifier.logits_of(images)?;
        let chosen = images.chosen_classes().to_vec();
        let mut shares = vec![0.0; logits.len()];
        for (class, share) in chosen.iter().zip(images.shares()) {
            shares[*class] = share;
        }
        Some(Self {
            classifier,
            shares,
            chosen,
            logits,
            real: None,
            others,
        })
    }
}

/// What measuring issues on the device, before it is read.
struct Issued {
    transaction: Transaction,
    /// Paths of D's parameters, then of G's.
    paths: [Vec<String>; 2],
    judged_labels: bool,
    seen: usize,
}

impl Measure {
    /// Draws what a run is measured on: 2,500 points or rows, or `pictures` pictures; of data that come to an end, half
    /// of them at most, as the other half is what they are compared with.
    pub fn new(
        experiment: &Experiment,
        data: &Dataset,
        classifier: Option<Classifier>,
        pictures: usize,
        device: &Device,
    ) -> Self {
        let stream = |name| rng::measuring_stream(experiment.seed, name);
        let count = match data {
            Dataset::Figure(_) => POINTS,
            Dataset::Table(table) => POINTS.min(table.len() / 2),
            Dataset::Images(images) => pictures.min(images.len() / 2),
        }
        // D judges whole packs.
        .max(experiment.stabilisers.packing);
        let mut batches = data.batches(stream(Stream::Display));
        let real = batches.next(data, count);
        // Of pictures these are others than the first ones, as an epoch is not over.
        let others = batches.next(data, count);
        let features = data.shape().features();
        let sliced = Sliced::new(&real.rows, features, &mut stream(Stream::Interpolates));
        // Classes in turn, so that each is asked for equally often.
        let asked: Option<Vec<_>> = experiment
            .conditional
            .then(|| (0..count).map(|at| at % data.classes()).collect());
        Self {
            noise: noise(&mut stream(Stream::Noise), &experiment.noise, count, device),
            classes: asked
                .as_ref()
                .map(|asked| one_hot(asked, data.classes(), device)),
            asked,
            real_diversity: mean_pairwise_distance(&real.rows, features),
            sliced_floor: sliced_floor(&sliced, data, &others.rows, &mut batches),
            sliced,
            density: match data {
                Dataset::Figure(figure) => {
                    let grid = Grid::over(figure.extent());
                    let masses = grid.figure(figure);
                    Some((grid, masses))
                }
                Dataset::Table(_) | Dataset::Images(_) => None,
            },
            eye: match (data, classifier) {
                (Dataset::Images(images), Some(classifier)) => {
                    Eye::new(classifier, images, others.rows)
                }
                _ => None,
            },
            real: real.rows,
            real_labels: real.labels,
            inputs: Inputs::new(stream, data, device),
            device: device.clone(),
        }
    }

    /// Takes every figure. `shown` is G as samples are drawn from it, without autodiff: they are what is judged for
    /// quality. How the game stands is taken between the nets that play it.
    pub async fn take(
        &mut self,
        step: u64,
        experiment: &Experiment,
        data: &Dataset,
        players: (&Player<Generator>, &Player<Discriminator>),
        shown: &Generator,
    ) -> Result<Measures, TrainError> {
        let issued = self.issue(step, experiment, data, players, shown)?;
        let Issued {
            transaction,
            paths,
            judged_labels,
            seen,
        } = issued;
        let mut read = execute(transaction).await?;
        let mut next = || numbers(read.next());

        let fake = next()?;
        if let Some(value) = fake.iter().copied().find(|value| !value.is_finite()) {
            return Err(TrainError::NotFinite {
                quantity: "a number that the generator drew",
                value,
                step,
            });
        }
        let (real_scores, fake_scores) = (next()?, next()?);
        let reading = experiment.objective.reading(&real_scores, &fake_scores);
        let logits = |scores: Vec<f32>| -> Vec<f32> {
            scores.iter().map(|score| reading.logit(*score)).collect()
        };
        let (real_logits, fake_logits) = (logits(real_scores), logits(fake_scores));
        let swapped_logits = match judged_labels {
            true => Some(logits(next()?)),
            false => None,
        };
        let mut squares = paths.into_iter().map(|paths| {
            let squares: Result<Vec<_>, TrainError> = paths
                .into_iter()
                .map(|path| Ok((path, next()?.iter().sum::<f32>())))
                .collect();
            squares.map(|squares| {
                Gradients::of(
                    squares
                        .iter()
                        .map(|(path, square)| (path.as_str(), *square)),
                )
            })
        });
        let discriminator_gradients = squares.next().transpose()?.unwrap_or_default();
        let generator_gradients = squares.next().transpose()?.unwrap_or_default();
        drop(squares);
        let chunks: Vec<_> = (0..seen)
            .map(|_| Ok((next()?, next()?)))
            .collect::<Result<_, TrainError>>()?;

        let features = data.shape().features();
        let all: Vec<f32> = real_logits.iter().chain(&fake_logits).copied().collect();
        Ok(Measures {
            step,
            accuracy: Accuracy::of(&real_logits, &fake_logits),
            saturation: saturation(&all),
            diversity: mean_pairwise_distance(&fake, features) / self.real_diversity,
            sliced: self.sliced.distance(&fake) * data.scale(),
            sliced_floor: self.sliced_floor,
            labels: swapped_logits.map(|swapped| LabelScores {
                right: mean_probability(&real_logits),
                swapped: mean_probability(&swapped),
            }),
            figure: self.figure(data, &fake),
            pictures: self.pictures(chunks),
            discriminator_gradients,
            generator_gradients,
        })
    }

    /// Issues all of the device's part.
    fn issue(
        &mut self,
        step: u64,
        experiment: &Experiment,
        data: &Dataset,
        (generator, discriminator): (&Player<Generator>, &Player<Discriminator>),
        shown: &Generator,
    ) -> Result<Issued, TrainError> {
        let fake = self.make(shown);
        let packing = experiment.stabilisers.packing;
        let [count, _] = fake.rows.dims();
        // Whole packs.
        let judged = count.min(JUDGED) / packing * packing;
        let judge = discriminator.net.valid();
        let part = |all: &Tensor<2>| all.clone().narrow(0, 0, judged);
        let opponent = generator.net.valid();
        let opponents = opponent.forward(part(&self.noise), self.classes.as_ref().map(part));
        let real = |labels: &[usize]| Examples {
            classes: experiment
                .conditional
                .then(|| one_hot(labels, data.classes(), &self.device)),
            rows: self.real_rows(judged, data),
        };
        let labels = &self.real_labels[..judged];
        let mut transaction = Transaction::default()
            .register(fake.rows.clone())
            .register(judge.forward(real(labels)))
            .register(judge.forward(opponents));
        let judged_labels = experiment.conditional && data.classes() > 1;
        if judged_labels {
            let next = |label: &usize| (label + 1) % data.classes();
            let swapped: Vec<_> = labels.iter().map(next).collect();
            transaction = transaction.register(judge.forward(real(&swapped)));
        }

        let mut paths = [Vec::new(), Vec::new()];
        let gradients = self.gradients(step, experiment, data, generator, discriminator);
        for (paths, squares) in paths.iter_mut().zip(gradients) {
            for (path, square) in squares {
                paths.push(path);
                transaction = transaction.register(square);
            }
        }

        let mut seen = 0;
        if let Some(eye) = &self.eye {
            let mut look = |rows: Tensor<2>, mut transaction: Transaction| {
                let [count, _] = rows.dims();
                for start in (0..count).step_by(CHUNK) {
                    let chunk = rows.clone().narrow(0, start, CHUNK.min(count - start));
                    let scores = eye.classifier.forward(chunk);
                    transaction = transaction
                        .register(scores.features)
                        .register(scores.logits);
                    seen += 1;
                }
                transaction
            };
            transaction = look(fake.rows, transaction);
            if eye.real.is_none() {
                let upload = |numbers: &[f32]| rows(numbers.to_vec(), count, &self.device);
                transaction = look(upload(&self.real), transaction);
                transaction = look(upload(&eye.others), transaction);
            }
        }
        Ok(Issued {
            transaction,
            paths,
            judged_labels,
            seen,
        })
    }

    /// All fakes, made a part at a time.
    fn make(&self, generator: &Generator) -> Examples {
        let [count, _] = self.noise.dims();
        let chunk = if self.eye.is_some() { CHUNK } else { count };
        (0..count)
            .step_by(chunk)
            .map(|start| {
                let size = chunk.min(count - start);
                let part = |all: &Tensor<2>| all.clone().narrow(0, start, size);
                generator.forward(part(&self.noise), self.classes.as_ref().map(part))
            })
            .reduce(Examples::cat)
            .unwrap_or(Examples {
                rows: self.noise.clone(),
                classes: None,
            })
    }

    /// The first `count` real examples.
    fn real_rows(&self, count: usize, data: &Dataset) -> Tensor<2> {
        let numbers = self.real[..count * data.shape().features()].to_vec();
        rows(numbers, count, &self.device)
    }

    /// Squared norms of the gradient of each net's loss, D's and G's, over one batch that is not trained on.
    fn gradients(
        &mut self,
        step: u64,
        experiment: &Experiment,
        data: &Dataset,
        generator: &Player<Generator>,
        discriminator: &Player<Discriminator>,
    ) -> [Vec<(String, Tensor<1>)>; 2] {
        let settings = StepSettings::at(experiment, step);
        let judged = self
            .inputs
            .judged(experiment, data, &settings, &generator.net.valid());
        let phase = phases::discriminator(
            &discriminator.net,
            experiment.objective,
            &settings,
            judged,
            |count| self.inputs.shares(count, experiment.stabilisers.packing),
        );
        let (noise, classes) = self.inputs.seeds(experiment, data);
        let fake = generator.net.forward(noise, classes);
        let fake = self.inputs.blurred(fake, settings.instance_noise);
        let real = || self.inputs.blurred_real(experiment, data, &settings);
        let loss = phases::generator(&discriminator.net, experiment.objective, fake, real);
        [
            discriminator.squared_norms(&phase.total),
            generator.squared_norms(&loss),
        ]
    }

    fn figure(&self, data: &Dataset, fake: &[f32]) -> Option<FigureMeasures> {
        let (Dataset::Figure(figure), Some((grid, density))) = (data, &self.density) else {
            return None;
        };
        let mut fake = fake.to_vec();
        data.units().from_nets(&mut fake);
        let asked_for = self.asked.as_ref().map(|asked| {
            let right = fake
                .chunks_exact(2)
                .zip(asked)
                .filter(|(point, asked)| {
                    figure.parts()[figure.nearest(point).part].class == **asked
                })
                .count();
            right as f32 / asked.len() as f32
        });
        Some(FigureMeasures {
            modes: Modes::of(&fake, figure),
            jensen_shannon: jensen_shannon(density, &grid.histogram(&fake)),
            asked_for,
        })
    }

    fn pictures(&mut self, chunks: Vec<(Vec<f32>, Vec<f32>)>) -> Option<PictureMeasures> {
        let eye = self.eye.as_mut()?;
        let parts = if eye.real.is_none() { 3 } else { 1 };
        let mut sets = chunks.chunks(chunks.len() / parts).map(|chunks| {
            let features: Vec<f32> = chunks.iter().flat_map(|(f, _)| f).copied().collect();
            Gaussian::fit(&features, crate::classifier::FEATURES)
        });
        let fake = sets.next()?;
        if let (Some(real), Some(others)) = (sets.next(), sets.next()) {
            let floor = real.distance(&others) as f32;
            eye.real = Some((real, floor));
            eye.others = Vec::new();
        }
        let (real, floor) = eye.real.as_ref()?;
        let width = eye.classifier.logits();
        let logits: Vec<f32> = chunks[..chunks.len() / parts]
            .iter()
            .flat_map(|(_, logits)| logits.chunks_exact(width))
            .flat_map(|logits| &logits[eye.logits.clone()])
            .copied()
            .collect();
        let asked_for = self.asked.as_ref().map(|asked| {
            let right = logits
                .chunks_exact(eye.shares.len())
                .zip(asked)
                .filter(|(logits, asked)| likeliest(logits) == eye.chosen[**asked])
                .count();
            right as f32 / asked.len() as f32
        });
        Some(PictureMeasures {
            frechet: fake.distance(real) as f32,
            frechet_floor: *floor,
            classes: Classes::of(&logits, &eye.shares),
            asked_for,
        })
    }
}

fn mean_probability(logits: &[f32]) -> f32 {
    let sum: f32 = logits.iter().map(|l| 1.0 / (1.0 + (-l).exp())).sum();
    sum / logits.len() as f32
}
