//! The GAN's training step: two phases, in each of which one net learns and the other is frozen.
//!
//! A step issues work and reads nothing back, so that a GPU is never waited for inside it. What happened is
//! kept as tensors until [`Trainer::report`] reads all of it at once.

use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData},
};
use rand_chacha::ChaCha8Rng;

use super::{
    TrainError,
    display::Display,
    player::Player,
    report::{Report, Unread},
};
use crate::{
    data::{Batches, Dataset},
    experiment::{Experiment, ExperimentError, Training},
    nets::{Discriminator, Generator},
    rng::{self, Stream},
};

/// A run: nets, optimisers, data, and the random streams that feed them.
pub struct Trainer {
    /// Kept whole, with its learning rates as they are now.
    experiment: Experiment,
    data: Dataset,
    discriminator: Player<Discriminator>,
    generator: Player<Generator>,
    noise: ChaCha8Rng,
    batches: Batches,
    /// Without autodiff: what is made here is a constant to the nets.
    device: Device,
    display: Display,
    step: u64,
    unread: Unread,
}

impl Trainer {
    /// Prepares a run on `device`, which must have autodiff on; `files` are the bytes of [`Dataset::files`].
    ///
    /// # Errors
    /// When the experiment is out of range, or its data cannot be read.
    pub fn new(
        experiment: &Experiment,
        files: &[Vec<u8>],
        device: &Device,
    ) -> Result<Self, TrainError> {
        experiment.validate()?;
        let data = Dataset::load(&experiment.data, files)?;
        for net in [&experiment.generator, &experiment.discriminator] {
            net.check_shape(data.shape())?;
        }
        let (seed, training, shape) = (experiment.seed, &experiment.training, data.shape());
        let constants = device.clone().inner();
        let generator = Generator::new(
            &experiment.generator,
            experiment.noise.dims,
            shape,
            &mut rng::stream(seed, Stream::GeneratorWeights),
            device,
        );
        let discriminator = Discriminator::new(
            &experiment.discriminator,
            shape,
            &mut rng::stream(seed, Stream::DiscriminatorWeights),
            device,
        );
        Ok(Self {
            discriminator: Player::new(discriminator, training),
            generator: Player::new(generator, training),
            noise: rng::stream(seed, Stream::Noise),
            batches: data.batches(rng::stream(seed, Stream::Batches)),
            display: Display::new(
                &data,
                experiment.noise.dims,
                rng::stream(seed, Stream::Display),
                &constants,
            ),
            device: constants,
            data,
            experiment: experiment.clone(),
            step: 0,
            unread: Unread::default(),
        })
    }

    /// One step: D's updates against a frozen G, then G's against a frozen D.
    ///
    /// A net with no updates in a step is not changed, but its loss is still taken, so that it can be watched.
    pub fn step(&mut self) {
        let Training {
            d_updates,
            g_updates,
            ..
        } = self.experiment.training;
        let mut losses = self.discriminator_phase(d_updates > 0);
        for _ in 1..d_updates {
            losses = self.discriminator_phase(true);
        }
        let mut generator_loss = self.generator_phase(g_updates > 0);
        for _ in 1..g_updates {
            generator_loss = self.generator_phase(true);
        }
        self.step += 1;
        self.unread.push(losses, generator_loss);
    }

    /// Sets both learning rates from the next step on.
    ///
    /// # Errors
    /// When one is out of range; then neither is changed.
    pub fn set_learning_rates(
        &mut self,
        generator: f64,
        discriminator: f64,
    ) -> Result<(), ExperimentError> {
        let mut changed = self.experiment.clone();
        changed.training.g_learning_rate = generator;
        changed.training.d_learning_rate = discriminator;
        changed.validate()?;
        self.experiment = changed;
        Ok(())
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
            .frame(&self.generator.net.valid(), &self.discriminator.net.valid());
        unread
            .read(self.step, frame, &self.display, &self.data)
            .await
    }

    /// D learns to tell real from fake. G is frozen: its fakes come without a graph.
    fn discriminator_phase(&mut self, update: bool) -> DiscriminatorLosses {
        let batch = self.experiment.training.batch;
        let real = self.batches.next(&self.data, batch);
        let real = rows(real, batch, &self.device);
        let noise = self.draw_noise();
        let fake = self.generator.net.valid().forward(noise);
        // One pass over both halves: D has no normalisation, so that they cannot see each other.
        let logits = self
            .discriminator
            .net
            .forward(Tensor::cat(vec![real, fake], 0));
        let real = logits.clone().narrow(0, 0, batch);
        let fake = logits.narrow(0, batch, batch);
        let objective = self.experiment.objective;
        let loss = objective.discriminator_loss(real.clone(), fake.clone());
        if update {
            let rate = self.experiment.training.d_learning_rate;
            self.discriminator.descend(&loss, rate);
        }
        DiscriminatorLosses {
            loss: loss.inner(),
            real_logits: real.inner(),
            fake_logits: fake.inner(),
        }
    }

    /// G learns to be taken for real. D is frozen: the gradient goes through it, but not into it.
    fn generator_phase(&mut self, update: bool) -> Tensor<1> {
        let noise = self.draw_noise();
        let fake = self.generator.net.forward(noise);
        let judge = self.discriminator.net.clone().no_grad();
        let objective = self.experiment.objective;
        let loss = objective.generator_loss(judge.forward(fake));
        if update {
            let rate = self.experiment.training.g_learning_rate;
            self.generator.descend(&loss, rate);
        }
        loss.inner()
    }

    /// A batch of noise, `[batch, noise]`.
    fn draw_noise(&mut self) -> Tensor<2> {
        let (batch, dims) = (self.experiment.training.batch, self.experiment.noise.dims);
        rows(
            rng::normals(&mut self.noise, batch * dims, 1.0),
            batch,
            &self.device,
        )
    }
}

/// What D's phase leaves to be read: its loss, and its logits on both halves of the batch, `[batch, 1]`.
pub struct DiscriminatorLosses {
    pub loss: Tensor<1>,
    pub real_logits: Tensor<2>,
    pub fake_logits: Tensor<2>,
}

/// `values` as `[count, values.len() / count]` on the device.
pub fn rows(values: Vec<f32>, count: usize, device: &Device) -> Tensor<2> {
    let width = values.len() / count;
    Tensor::from_data(TensorData::new(values, [count, width]), device)
}

#[cfg(test)]
mod tests {
    use burn::module::{ModuleVisitor, Param};

    use super::*;
    use crate::experiment::Net;

    /// All weights of a net, one after another.
    fn weights(net: &impl Module) -> Vec<f32> {
        struct Collect(Vec<f32>);
        impl ModuleVisitor for Collect {
            fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
                self.0
                    .extend(param.val().into_data().try_to_vec::<f32>().unwrap());
            }
        }
        let mut collect = Collect(Vec::new());
        net.visit(&mut collect);
        collect.0
    }

    fn trainer(change: impl FnOnce(&mut Experiment)) -> Trainer {
        let mut experiment = Experiment::ring();
        experiment.generator = Net::Mlp { hidden: vec![16] };
        experiment.discriminator = Net::Mlp { hidden: vec![16] };
        change(&mut experiment);
        Trainer::new(&experiment, &[], &Device::flex().autodiff()).unwrap()
    }

    #[test]
    fn each_phase_leaves_the_other_net_frozen() {
        let mut trainer = trainer(|_| {});
        let before = (
            weights(&trainer.generator.net),
            weights(&trainer.discriminator.net),
        );
        trainer.discriminator_phase(true);
        assert_eq!(weights(&trainer.generator.net), before.0);
        let taught = weights(&trainer.discriminator.net);
        assert_ne!(taught, before.1);
        trainer.generator_phase(true);
        assert_ne!(weights(&trainer.generator.net), before.0);
        assert_eq!(weights(&trainer.discriminator.net), taught);
    }

    #[test]
    fn a_net_without_updates_is_watched_but_not_changed() {
        let mut trainer = trainer(|experiment| experiment.training.g_updates = 0);
        let before = weights(&trainer.generator.net);
        trainer.step();
        assert_eq!(weights(&trainer.generator.net), before);
        let report = pollster::block_on(trainer.report()).unwrap();
        assert_eq!(report.generator_losses.len(), 1);
    }

    /// Adam's very first step moves every weight by the learning rate against the sign of its gradient,
    /// whatever the gradient's size (Kingma & Ba 2015, section 2.1).
    #[test]
    fn the_first_step_of_adam_is_the_learning_rate() {
        let mut trainer = trainer(|experiment| experiment.training.d_learning_rate = 0.01);
        let before = weights(&trainer.discriminator.net);
        trainer.discriminator_phase(true);
        let moved: Vec<f32> = weights(&trainer.discriminator.net)
            .iter()
            .zip(&before)
            .map(|(after, before)| (after - before).abs())
            .collect();
        let typical = moved.iter().filter(|step| (**step - 0.01).abs() < 1e-4);
        assert!(
            typical.count() > moved.len() * 9 / 10,
            "steps were {moved:?}"
        );
    }

    /// Descending along the gradient of D's loss lowers it at the rate that the gradient's norm foretells:
    /// the whole of a phase, autodiff included, against finite differences of the loss itself.
    #[test]
    fn gradients_agree_with_finite_differences() {
        let trainer = trainer(|experiment| experiment.training.batch = 16);
        let objective = trainer.experiment.objective;
        let inputs = |seed| {
            let mut rng = rng::stream(seed, Stream::Noise);
            rows(rng::normals(&mut rng, 32, 1.0), 16, &trainer.device)
        };
        let (real, fake) = (inputs(1), inputs(2));
        let loss = |net: &Discriminator| {
            objective.discriminator_loss(net.forward(real.clone()), net.forward(fake.clone()))
        };
        let net = trainer.discriminator.net.clone();
        let mut gradients = loss(&net).backward();
        let gradients = burn::optim::GradientsParams::from_module(&mut gradients, &net);

        struct Along<'a>(&'a burn::optim::GradientsParams, f32, f32);
        impl burn::module::ModuleMapper for Along<'_> {
            fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
                let gradient = self.0.get::<D>(param.id).unwrap();
                self.2 += gradient.clone().square().sum().into_scalar::<f32>();
                let step = self.1;
                param.map(|weights| Tensor::from_inner(weights.inner() + gradient * step))
            }
        }
        let mut ahead = Along(&gradients, 1e-3, 0.0);
        let mut behind = Along(&gradients, -1e-3, 0.0);
        let difference = loss(&net.clone().map(&mut ahead)).into_scalar::<f32>()
            - loss(&net.clone().map(&mut behind)).into_scalar::<f32>();
        let measured = difference / 2e-3;
        assert!(
            (measured / ahead.2 - 1.0).abs() < 1e-2,
            "finite differences {measured}, squared norm of the gradient {}",
            ahead.2
        );
    }
}
