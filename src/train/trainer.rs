//! The GAN's training step: two phases, in each of which one net learns and the other is frozen.
//!
//! A step issues work and reads nothing back, so that a GPU is never waited for inside it. What happened is
//! kept as tensors until [`Trainer::report`] reads all of it at once.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};

use super::{
    TrainError,
    anatomy::{
        Anatomy, Circumstances, DiscriminatorTensors, Dissection, GeneratorTensors, WatchedDescent,
    },
    average::Average,
    deal::{Deal, Deals},
    display::Display,
    inputs::{Inputs, noise, one_hot},
    measure::{Measure, Measures},
    phases::{self, DiscriminatorPhase},
    player::Player,
    report::{Report, Unread, execute, numbers},
    schedule::StepSettings,
    state,
    watch::Watch,
};
use crate::{
    checkpoint::{About, CheckpointError, Direction, Model, Part, Writer},
    classifier::Classifier,
    data::Dataset,
    experiment::{Experiment, ExperimentError},
    metrics::{balance::Accuracy, diagnosis::Diagnosis},
    nets::{Discriminator, Examples, Generator, Judged, Made},
    objective::reading::Reading,
    readback::Transaction,
    rng::{self, Stream},
};

/// Pictures that the live metrics are taken on: enough for a Frechet distance to mean something, few enough for a page.
const MEASURED_PICTURES: usize = 500;
/// Samples that are drawn at a time, so that many need no large buffers.
const SAMPLED_AT_A_TIME: usize = 500;

/// A run: nets, optimisers, data, and the random streams that feed them.
pub struct Trainer {
    /// Kept whole, with its live settings as they are now.
    experiment: Experiment,
    data: Dataset,
    discriminator: Player<Discriminator>,
    generator: Player<Generator>,
    average: Option<Average>,
    inputs: Inputs,
    /// Without autodiff.
    device: Device,
    display: Display,
    measure: Measure,
    deals: Deals,
    watch: Watch,
    /// How D's scores were to be read when it last judged a batch.
    reading: Reading,
    /// On the last step's batches, when they were read.
    accuracy: Option<Accuracy>,
    step: u64,
    unread: Unread,
}

impl Trainer {
    /// Prepares a run on `device`, which must have autodiff on; `files` are the bytes of
    /// [`Dataset::files`], of pictures as `data::shipped::pack` makes one of them.
    ///
    /// # Errors
    /// When the experiment is out of range or too large, or its data cannot be read.
    pub fn new(
        experiment: &Experiment,
        files: Vec<Vec<u8>>,
        device: &Device,
    ) -> Result<Self, TrainError> {
        Self::measured_on(experiment, files, MEASURED_PICTURES, device)
    }

    /// The same, with as many `pictures` as the metrics of pictures are to be taken on.
    ///
    /// # Errors
    /// When the experiment is out of range or too large, or its data or their classifier cannot be used.
    pub fn measured_on(
        experiment: &Experiment,
        mut files: Vec<Vec<u8>>,
        pictures: usize,
        device: &Device,
    ) -> Result<Self, TrainError> {
        experiment.validate()?;
        let constants = device.clone().inner();
        // What a visitor brought has none.
        let classifier = match files.pop_if(|_| experiment.data.has_classifier()) {
            Some(bytes) => Some(Classifier::load(&bytes, &constants)?),
            None => None,
        };
        let data = Dataset::load(&experiment.data, files)?;
        if let (Dataset::Images(images), Some(classifier)) = (&data, &classifier) {
            classifier.check_kind(images)?;
        }
        experiment.check_size(data.shape(), data.classes())?;
        let stream = |name| rng::stream(experiment.seed, name);
        let (generator, discriminator) = nets(experiment, &data, device);
        let generator = Player::new(generator, &experiment.optimiser);
        let half_life = experiment.stabilisers.ema_half_life;
        let average = || Average::new(generator.weights().clone(), half_life, 0);
        Ok(Self {
            average: (half_life > 0.0).then(average),
            discriminator: Player::new(discriminator, &experiment.optimiser),
            generator,
            inputs: Inputs::new(stream, &data, &constants),
            display: Display::new(experiment, &data, stream(Stream::Display), &constants),
            device: constants.clone(),
            deals: Deals::new(experiment.seed, &data),
            measure: Measure::new(experiment, &data, classifier, pictures, &constants),
            watch: Watch::default(),
            reading: Reading::default(),
            accuracy: None,
            data,
            experiment: experiment.clone(),
            step: 0,
            unread: Unread::default(),
        })
    }

    /// Goes on from a model: its weights, and its count of steps, from which schedules go on. Optimisers start anew, as
    /// their state is not in a file; so does what the metrics remember. A model without D leaves D as it is.
    ///
    /// # Errors
    /// When the model's nets are not this run's; then nothing is changed.
    pub fn resume(&mut self, model: &Model) -> Result<(), TrainError> {
        model.check_fits(&self.experiment, made(&self.experiment, &self.data))?;
        let optimiser = &self.experiment.optimiser;
        let player = |part| -> Result<_, CheckpointError> {
            let net = model.fill(part, self.generator.net.clone())?;
            Ok(Player::new(net, optimiser))
        };
        let generator = player(Part::Generator)?;
        let average = match model.has(Part::Average) {
            true => player(Part::Average)?.weights().clone(),
            false => generator.weights().clone(),
        };
        if model.has(Part::Discriminator) {
            let discriminator = model.fill(Part::Discriminator, self.discriminator.net.clone())?;
            self.discriminator = Player::new(discriminator.settled(), optimiser);
        }
        self.generator = generator;
        self.step = model.about().step;
        let half_life = self.experiment.stabilisers.ema_half_life;
        self.average = (half_life > 0.0).then(|| Average::new(average, half_life, self.step));
        Ok(())
    }

    /// All that a run needs to go on elsewhere, as [`Trainer::restore`] takes it. What has happened since the last report
    /// is no part of it.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device gives no numbers.
    pub async fn state(&self) -> Result<Vec<u8>, TrainError> {
        let ((d_moments, d_descents), (g_moments, g_descents)) =
            (self.discriminator.memory(), self.generator.memory());
        let mut writer = state::Writer::default()
            .with("discriminator.weights", self.discriminator.weights())
            .with("discriminator.moments", d_moments)
            .with("generator.weights", self.generator.weights())
            .with("generator.moments", g_moments);
        if let Some(average) = &self.average {
            writer = writer.with("average", average.weights());
        }
        let rest = state::Rest {
            step: self.step,
            shapes: [self.discriminator.shapes(), self.generator.shapes()],
            descents: [d_descents, g_descents],
            averaged: self.average.as_ref().map(Average::updates),
            streams: self.inputs.streams().clone(),
            watch: self.watch.clone(),
        };
        writer.bytes(&rest).await
    }

    /// Goes on from where a run of the same experiment stood, on whatever device.
    ///
    /// # Errors
    /// [`TrainError::State`] when the bytes are of something else; then nothing is changed.
    pub fn restore(&mut self, bytes: &[u8]) -> Result<(), TrainError> {
        let reader = state::Reader::new(bytes)?;
        let rest: state::Rest = reader.rest()?;
        rest.check([self.discriminator.shapes(), self.generator.shapes()])?;
        let vector = |name: &str, length| reader.vector(name, length, &self.device);
        let d = self.discriminator.length();
        let g = self.generator.length();
        let (d_weights, d_moments) = (
            vector("discriminator.weights", d)?,
            vector("discriminator.moments", 2 * d)?,
        );
        let (g_weights, g_moments) = (
            vector("generator.weights", g)?,
            vector("generator.moments", 2 * g)?,
        );
        let half_life = self.experiment.stabilisers.ema_half_life;
        self.average = match rest.averaged {
            Some(updates) => Some(Average::new(vector("average", g)?, half_life, updates)),
            None => None,
        };
        let [d_descents, g_descents] = rest.descents;
        self.discriminator.restore(d_weights, d_moments, d_descents);
        self.generator.restore(g_weights, g_moments, g_descents);
        if self.experiment.lipschitz.spectral_norm {
            self.discriminator.net = self.discriminator.net.clone().settled();
        }
        self.inputs.restore(rest.streams);
        self.watch = rest.watch;
        self.step = rest.step;
        self.unread = Unread::default();
        Ok(())
    }

    /// One step: D's updates against a frozen G, then G's against a frozen D.
    ///
    /// A net with no updates in a step is not changed, but its loss is still taken, so that it can be watched.
    pub fn step(&mut self) {
        self.take_step(None);
    }

    /// The same, and what happened in it. This waits for the device.
    ///
    /// # Errors
    /// [`TrainError::NotFinite`] when training has diverged, [`TrainError::Device`] when the device failed.
    pub async fn dissect(&mut self) -> Result<Anatomy, TrainError> {
        let settings = StepSettings::at(&self.experiment, self.step);
        let mut dissection = Dissection::default();
        let updates = self.take_step(Some(&mut dissection));
        let circumstances = Circumstances {
            step: self.step,
            data: &self.data,
            objective: self.experiment.objective,
            packing: self.experiment.stabilisers.packing,
            updates,
            learning_rates: [settings.d_learning_rate, settings.g_learning_rate],
        };
        dissection
            .read(circumstances, &self.discriminator, &self.generator)
            .await
    }

    /// Fresh examples, real and fake, with D's answers, `count` of them, 2 to 64. The run is as if nothing had been asked.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device failed.
    pub async fn deal(&mut self, count: usize) -> Result<Deal, TrainError> {
        let generator = self.shown_generator();
        self.deals
            .next(
                count,
                (&self.experiment, &self.data),
                (&generator, &self.discriminator.net.valid()),
                (&self.display, self.reading),
            )
            .await
    }

    /// One step, and how many updates D and G had in it; the last of each is kept where somebody looks.
    fn take_step(&mut self, mut looked_at: Option<&mut Dissection>) -> [usize; 2] {
        let training = &self.experiment.training;
        let d_updates = training.d_updates;
        let ahead = self.step < self.experiment.stabilisers.d_head_start;
        let g_updates = if ahead { 0 } else { training.g_updates };
        let settings = StepSettings::at(&self.experiment, self.step);
        for _ in 1..d_updates {
            self.discriminator_phase(&settings, true, None);
        }
        let phase = self.discriminator_phase(&settings, d_updates > 0, looked_at.as_deref_mut());
        for _ in 1..g_updates {
            self.generator_phase(&settings, true, None);
        }
        let looked_at = looked_at.filter(|_| !ahead);
        let generator_loss = self.generator_phase(&settings, g_updates > 0, looked_at);
        self.step += 1;
        self.unread.push(phase, generator_loss);
        [d_updates, g_updates]
    }

    /// Goes on with other live settings from the next step on.
    ///
    /// # Errors
    /// When one is out of range, or something else would change too; then nothing is changed.
    pub fn change(&mut self, experiment: &Experiment) -> Result<(), ExperimentError> {
        self.experiment.check_change(experiment)?;
        self.experiment = experiment.clone();
        Ok(())
    }

    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    pub fn data(&self) -> &Dataset {
        &self.data
    }

    /// Where it trains, without autodiff.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Steps done so far.
    pub fn steps(&self) -> u64 {
        self.step
    }

    /// Trainable numbers in G and in D.
    pub fn parameters(&self) -> (usize, usize) {
        (
            self.generator.net.num_params(),
            self.discriminator.net.num_params(),
        )
    }

    /// Reads back everything since the last report, and the picture of now, in one transaction.
    ///
    /// # Errors
    /// [`TrainError::NotFinite`] when training has diverged, [`TrainError::Device`] when the device failed.
    pub async fn report(&mut self) -> Result<Report, TrainError> {
        let unread = std::mem::take(&mut self.unread);
        let frame = self
            .display
            .frame(&self.shown_generator(), &self.discriminator.net.valid());
        let read = unread.read(self.step, frame).await?;
        if let Some((real, fake)) = &read.scores {
            self.reading = self.experiment.objective.reading(real, fake);
        }
        let mut report = read.report(&self.display, &self.data, self.reading);
        // A report without new steps, such as that of a pause, has the last step's.
        self.accuracy = report.accuracy.or(self.accuracy);
        report.accuracy = self.accuracy;
        self.watch
            .hear(&report.discriminator_losses, &report.generator_losses);
        Ok(report)
    }

    /// Whether reports of points have the optimal assignment between real points and fakes from now on.
    pub fn show_transport(&mut self, shown: bool) {
        self.display.show_transport(shown);
    }

    /// Takes every metric of now, and says how the game stands. This waits for the device, and costs about as much as
    /// some steps: it is for now and then.
    ///
    /// # Errors
    /// [`TrainError::NotFinite`] when training has diverged, [`TrainError::Device`] when the device failed.
    pub async fn measure(&mut self) -> Result<(Measures, Diagnosis), TrainError> {
        let shown = self.shown_generator();
        let measures = self
            .measure
            .take(
                self.step,
                &self.experiment,
                &self.data,
                (&self.generator, &self.discriminator),
                &shown,
            )
            .await?;
        let diagnosis = self.watch.judge(&self.experiment, &measures);
        Ok((measures, diagnosis))
    }

    /// `count` samples of G, or of its average where that is shown, in data units, `[count, features]`; in a
    /// conditional run of every class in turn.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device failed.
    pub async fn sample(&self, count: usize) -> Result<Vec<f32>, TrainError> {
        let mut rng = rng::measuring_stream(self.experiment.seed, Stream::Samples);
        let classes = self.data.classes();
        let mut samples = Vec::with_capacity(count * self.data.shape().features());
        for start in (0..count).step_by(SAMPLED_AT_A_TIME) {
            let part = SAMPLED_AT_A_TIME.min(count - start);
            let noise = noise(&mut rng, &self.experiment.noise, part, &self.device);
            let labels: Vec<_> = (start..start + part).map(|at| at % classes).collect();
            let asked = self.experiment.conditional;
            let asked = asked.then(|| one_hot(&labels, classes, &self.device));
            let fakes = self.shown_generator().forward(noise, asked).rows;
            let read = execute(Transaction::default().register(fakes))
                .await?
                .next();
            samples.extend(numbers(read)?);
        }
        self.data.units().from_nets(&mut samples);
        Ok(samples)
    }

    /// The bytes of a file that a run can go on from (see [`checkpoint`](crate::checkpoint)): both nets, the average of G
    /// where it is kept, and the directions that a visitor named.
    ///
    /// # Errors
    /// When the device gives no weights.
    pub async fn save(&self, directions: Vec<Direction>) -> Result<Vec<u8>, TrainError> {
        let mut writer = Writer::default()
            .with(Part::Generator, &self.generator.net.valid())
            .with(Part::Discriminator, &self.discriminator.net.valid());
        if let Some(average) = &self.average {
            let average = self.generator.net_of(average.weights().clone());
            writer = writer.with(Part::Average, &average);
        }
        let about = self.about().with_directions(directions);
        Ok(writer.bytes(&about).await?)
    }

    /// The same with G's average, where that is shown, in place of G: smaller by that, and what goes on from there goes on
    /// from the average.
    ///
    /// # Errors
    /// When the device gives no weights.
    pub async fn save_shown(&self) -> Result<Vec<u8>, TrainError> {
        let writer = Writer::default()
            .with(Part::Generator, &self.shown_generator())
            .with(Part::Discriminator, &self.discriminator.net.valid());
        Ok(writer.bytes(&self.about()).await?)
    }

    /// The same of that G alone: enough to draw more.
    ///
    /// # Errors
    /// When the device gives no weights.
    pub async fn snapshot(&self) -> Result<Vec<u8>, TrainError> {
        let writer = Writer::default().with(Part::Generator, &self.shown_generator());
        Ok(writer.bytes(&self.about()).await?)
    }

    fn about(&self) -> About {
        let made = made(&self.experiment, &self.data);
        About::new(&self.experiment, &self.data, made, self.step)
    }

    /// G as samples are drawn from it: as it is, or its average. Without autodiff.
    pub fn shown_generator(&self) -> Generator {
        match &self.average {
            Some(average) if self.experiment.stabilisers.ema_shown => {
                self.generator.net_of(average.weights().clone())
            }
            _ => self.generator.net.valid(),
        }
    }

    /// D learns to tell real from fake. G is frozen: its fakes come without a graph.
    fn discriminator_phase(
        &mut self,
        settings: &StepSettings,
        update: bool,
        looked_at: Option<&mut Dissection>,
    ) -> DiscriminatorPhase {
        let (experiment, data) = (&self.experiment, &self.data);
        let judged = self
            .inputs
            .judged(experiment, data, settings, &self.generator.net.valid());
        if update && experiment.lipschitz.spectral_norm {
            self.discriminator.net = self.discriminator.net.clone().iterate();
        }
        let seen = looked_at.is_some().then(|| judged.clone());
        let phase = phases::discriminator(
            &self.discriminator.net,
            experiment.objective,
            settings,
            judged,
            |count| self.inputs.shares(count, experiment.stabilisers.packing),
        );
        let (rate, clip, bound) = (
            settings.d_learning_rate,
            experiment.stabilisers.gradient_clip,
            experiment.lipschitz.weight_clip,
        );
        match (looked_at, seen) {
            (Some(looked_at), Some(seen)) => {
                let descent =
                    WatchedDescent::of(&mut self.discriminator, &phase.total, |player, found| {
                        if update {
                            player.follow(found, rate, clip, bound);
                        }
                    });
                looked_at.discriminator = Some(DiscriminatorTensors {
                    noise: seen.noise,
                    fake: seen.fake.rows,
                    real: seen.real.rows,
                    scores: phase.scores.both.clone().inner(),
                    real_packs: phase.scores.real,
                    loss: phase.loss.clone().inner(),
                    total: phase.total.clone().inner(),
                    descent,
                });
            }
            _ if update => self.discriminator.descend(&phase.total, rate, clip, bound),
            _ => {}
        }
        phase
    }

    /// G learns to be taken for real. D is frozen.
    fn generator_phase(
        &mut self,
        settings: &StepSettings,
        update: bool,
        looked_at: Option<&mut Dissection>,
    ) -> Tensor<1> {
        let (experiment, data) = (&self.experiment, &self.data);
        let objective = experiment.objective;
        // What nobody looks at is kept nowhere: a tensor with two owners costs the step a copy.
        let watched = looked_at.is_some();
        let (noise, classes) = self.inputs.seeds(experiment, data);
        let seeds = watched.then(|| (noise.clone(), classes.clone()));
        let fake = self.generator.net.forward(noise, classes);
        let fake = self.inputs.blurred(fake, settings.instance_noise);
        let seen = watched.then(|| fake.clone());
        // Drawn where the objective asks for it alone, and then once.
        let mut compared: Option<Examples> = None;
        let mut real = || match &compared {
            Some(real) => real.clone(),
            None => {
                let real = self.inputs.blurred_real(experiment, data, settings);
                compared = watched.then(|| real.clone());
                real
            }
        };
        let judge = &self.discriminator.net;
        let loss = phases::generator(judge, objective, fake, &mut real);
        let (rate, clip) = (
            settings.g_learning_rate,
            experiment.stabilisers.gradient_clip,
        );
        match (looked_at, seeds, seen) {
            (Some(looked_at), Some((noise, classes)), Some(fake)) => {
                let pull = phases::pull(judge, objective, fake.clone(), &mut real);
                let descent = WatchedDescent::of(&mut self.generator, &loss, |player, found| {
                    if update {
                        player.follow(found, rate, clip, 0.0);
                    }
                });
                let fake = Examples {
                    rows: fake.rows.inner(),
                    ..fake
                };
                let judge = judge.valid();
                looked_at.generator = Some(GeneratorTensors {
                    fake: fake.rows.clone(),
                    scores: judge.forward(fake),
                    real_scores: compared.map(|real| judge.forward(real)),
                    pull,
                    after: self
                        .generator
                        .net
                        .valid()
                        .forward(noise.clone(), classes)
                        .rows,
                    noise,
                    loss: loss.clone().inner(),
                    descent,
                });
            }
            _ if update => self.generator.descend(&loss, rate, clip, 0.0),
            _ => {}
        }
        if update && let Some(average) = &mut self.average {
            average.update(self.generator.weights());
        }
        loss.inner()
    }
}

/// What G makes, and what from.
fn made(experiment: &Experiment, data: &Dataset) -> Made {
    Made {
        shape: data.shape(),
        noise: experiment.noise.dims,
        classes: match experiment.conditional {
            true => data.classes(),
            false => 0,
        },
        bound: match data {
            Dataset::Figure(figure) => {
                // The square is centred on the origin, and the nets' numbers on the figure.
                let [x, y] = figure.centre();
                (figure.extent() + x.abs().max(y.abs())) / figure.scale()
            }
            Dataset::Table(table) => table.extent(),
            Dataset::Images(_) => 1.0,
        },
    }
}

/// Both nets at their start.
fn nets(experiment: &Experiment, data: &Dataset, device: &Device) -> (Generator, Discriminator) {
    let made = made(experiment, data);
    let generator = Generator::new(
        &experiment.generator,
        experiment.output,
        made,
        &mut rng::stream(experiment.seed, Stream::GeneratorWeights),
        device,
    );
    let judged = Judged {
        shape: made.shape,
        classes: made.classes,
        packing: experiment.stabilisers.packing,
    };
    let spectral_norm = experiment
        .lipschitz
        .spectral_norm
        .then(|| rng::stream(experiment.seed, Stream::SpectralNorm));
    let discriminator = Discriminator::new(
        &experiment.discriminator,
        judged,
        spectral_norm,
        &mut rng::stream(experiment.seed, Stream::DiscriminatorWeights),
        device,
    );
    (generator, discriminator)
}

#[cfg(test)]
mod tests;
