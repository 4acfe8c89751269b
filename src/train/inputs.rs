//! What goes into the nets in a step: noise, classes, real examples, and the noise on what D sees. Everything is
//! drawn on the CPU from the run's streams and uploaded as constants.

use burn::tensor::{Device, Tensor};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use super::schedule::StepSettings;
use crate::{
    data::{Batch, Batches, Dataset},
    device::rows,
    experiment::{Experiment, Noise, NoiseDistribution},
    nets::{Examples, Generator},
    rng::{self, Stream},
};

/// The random streams of training, and what they are drawn for.
pub struct Inputs {
    streams: Streams,
    /// Without autodiff: what is made here is a constant to the nets.
    device: Device,
}

/// Written down, they go on from where they stand.
#[derive(Clone, Serialize, Deserialize)]
pub struct Streams {
    noise: ChaCha8Rng,
    batches: Batches,
    classes: ChaCha8Rng,
    instance_noise: ChaCha8Rng,
    interpolates: ChaCha8Rng,
}

impl Inputs {
    /// Starts the streams that `stream` gives, such as [`rng::stream`] of the run's seed.
    pub fn new(stream: impl Fn(Stream) -> ChaCha8Rng, data: &Dataset, device: &Device) -> Self {
        let streams = Streams {
            noise: stream(Stream::Noise),
            batches: data.batches(stream(Stream::Batches)),
            classes: stream(Stream::Classes),
            instance_noise: stream(Stream::InstanceNoise),
            interpolates: stream(Stream::Interpolates),
        };
        Self {
            streams,
            device: device.clone(),
        }
    }

    pub fn streams(&self) -> &Streams {
        &self.streams
    }

    /// Goes on with streams from elsewhere.
    pub fn restore(&mut self, streams: Streams) {
        self.streams = streams;
    }

    /// What G makes a batch from: noise, `[batch, noise]`, and in a conditional run classes, all equally likely,
    /// `[batch, classes]`.
    pub fn seeds(
        &mut self,
        experiment: &Experiment,
        data: &Dataset,
    ) -> (Tensor<2>, Option<Tensor<2>>) {
        let batch = experiment.training.batch;
        let noise = noise(
            &mut self.streams.noise,
            &experiment.noise,
            batch,
            &self.device,
        );
        let classes = experiment.conditional.then(|| {
            let labels: Vec<_> = (0..batch)
                .map(|_| self.streams.classes.random_range(0..data.classes()))
                .collect();
            one_hot(&labels, data.classes(), &self.device)
        });
        (noise, classes)
    }

    /// A batch of real examples.
    pub fn real(&mut self, experiment: &Experiment, data: &Dataset) -> Examples {
        let batch = self.streams.batches.next(data, experiment.training.batch);
        examples(batch, experiment, data, &self.device)
    }

    /// A batch of real examples as D sees them.
    pub fn blurred_real(
        &mut self,
        experiment: &Experiment,
        data: &Dataset,
        settings: &StepSettings,
    ) -> Examples {
        let real = self.real(experiment, data);
        self.blurred(real, settings.instance_noise)
    }

    /// All that D judges in its phase of a step. `generator` is without autodiff: its fakes come without a graph.
    pub fn judged(
        &mut self,
        experiment: &Experiment,
        data: &Dataset,
        settings: &StepSettings,
        generator: &Generator,
    ) -> JudgedBatch {
        let (noise, classes) = self.seeds(experiment, data);
        let real = self.real(experiment, data);
        let fake = generator.forward(noise.clone(), classes);
        let mislabelled = (experiment.conditional && data.classes() > 1)
            .then(|| self.mislabelled(data, mislabelled(experiment)));
        let std = settings.instance_noise;
        JudgedBatch {
            noise,
            real: self.blurred(real, std),
            fake: self.blurred(fake, std),
            mislabelled: mislabelled.map(|examples| self.blurred(examples, std)),
        }
    }

    /// `count` real examples, each under a class that is not its own.
    fn mislabelled(&mut self, data: &Dataset, count: usize) -> Examples {
        let classes = data.classes();
        let Batch {
            rows: numbers,
            labels,
        } = self.streams.batches.next(data, count);
        let wrong: Vec<_> = labels
            .iter()
            .map(|label| (label + self.streams.classes.random_range(1..classes)) % classes)
            .collect();
        Examples {
            rows: rows(numbers, count, &self.device),
            classes: Some(one_hot(&wrong, classes, &self.device)),
        }
    }

    /// The examples with noise of standard deviation `std` on them.
    pub fn blurred(&mut self, examples: Examples, std: f64) -> Examples {
        if std == 0.0 {
            return examples;
        }
        let [count, features] = examples.rows.dims();
        let noise = rng::normals(
            &mut self.streams.instance_noise,
            count * features,
            std as f32,
        );
        Examples {
            rows: examples.rows + rows(noise, count, &self.device),
            ..examples
        }
    }

    /// An even draw within 0..1 for each of `count` pairs, `[count, 1]`; the same for all of a pack, which is one input
    /// of D.
    pub fn shares(&mut self, count: usize, packing: usize) -> Tensor<2> {
        let draws = (0..count / packing)
            .flat_map(|_| {
                let share: f32 = self.streams.interpolates.random_range(0.0..1.0);
                std::iter::repeat_n(share, packing)
            })
            .collect();
        rows(draws, count, &self.device)
    }
}

/// What D judges in its phase of a step, each with instance noise.
#[derive(Clone)]
pub struct JudgedBatch {
    /// What the fakes were made from, `[batch, noise]`.
    pub noise: Tensor<2>,
    pub real: Examples,
    pub fake: Examples,
    /// In a conditional run real examples under wrong classes (Reed et al. 2016): D can only tell by looking at the
    /// class.
    pub mislabelled: Option<Examples>,
}

/// A quarter of a batch, in whole packs and at least one.
fn mislabelled(experiment: &Experiment) -> usize {
    let packing = experiment.stabilisers.packing;
    (experiment.training.batch / 4 / packing).max(1) * packing
}

/// `count` rows of noise, `[count, noise]`.
pub fn noise(rng: &mut ChaCha8Rng, noise: &Noise, count: usize, device: &Device) -> Tensor<2> {
    let numbers = count * noise.dims;
    let draws = match noise.distribution {
        NoiseDistribution::Gaussian => rng::normals(rng, numbers, 1.0),
        NoiseDistribution::Uniform => rng::evens(rng, numbers),
    };
    rows(draws, count, device)
}

/// A batch on the device, with its classes in a conditional run.
pub fn examples(
    batch: Batch,
    experiment: &Experiment,
    data: &Dataset,
    device: &Device,
) -> Examples {
    let count = batch.labels.len();
    Examples {
        rows: rows(batch.rows, count, device),
        classes: experiment
            .conditional
            .then(|| one_hot(&batch.labels, data.classes(), device)),
    }
}

/// `[labels.len(), classes]`: a 1 at each one's class, 0 elsewhere.
pub fn one_hot(labels: &[usize], classes: usize, device: &Device) -> Tensor<2> {
    let mut numbers = vec![0f32; labels.len() * classes];
    for (row, label) in numbers.chunks_exact_mut(classes).zip(labels) {
        row[*label] = 1.0;
    }
    rows(numbers, labels.len(), device)
}
