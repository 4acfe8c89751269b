//! Training a classifier: cross-entropy, Adam (Kingma & Ba 2015), a learning rate that falls to 0 on a cosine
//! (Loshchilov & Hutter 2017), and pictures moved by a pixel, so that a net so small learns shapes and not places.

use std::f64::consts::PI;

use burn::{
    module::Module,
    tensor::{Device, Tensor, TensorData, activation::log_softmax},
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{
    About, Attribute, Classifier, ClassifierError, check_format,
    net::{ARCHITECTURE, Net},
};
use crate::{
    data::{
        Batches,
        images::{ImageFormat, Images},
    },
    experiment::Optimiser,
    rng::{self, Stream},
    train::Player,
};

/// With the paper's decay rates.
const ADAM: Optimiser = Optimiser::Adam {
    beta1: 0.9,
    beta2: 0.999,
};

/// How long and how fast a classifier learns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How often every picture is seen.
    pub epochs: usize,
    /// Pictures in a step.
    pub batch: usize,
    /// At the start.
    pub learning_rate: f64,
    /// How far a picture is moved at most, in pixels, each way.
    pub shift: u8,
    /// Of weights, batches and shifts.
    pub seed: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 10,
            batch: 64,
            learning_rate: 2e-3,
            shift: 1,
            seed: 1,
        }
    }
}

/// Pictures, and of each attribute that is to be told of them the class of every one.
#[derive(Clone, Debug)]
pub struct Examples {
    pub images: Images,
    pub labels: Vec<(Attribute, Vec<u8>)>,
}

impl Examples {
    /// Pictures with their own label set, which must have a name.
    ///
    /// # Errors
    /// When they have none.
    pub fn of(images: Images) -> Result<Self, ClassifierError> {
        let set = images
            .label_set()
            .ok_or(ClassifierError::Settings("pictures with labels"))?;
        let attribute = Attribute {
            name: set.name.clone(),
            classes: images.class_names(),
        };
        Ok(Self {
            labels: vec![(attribute, images.labels().to_vec())],
            images,
        })
    }

    /// A label for each picture, of each attribute, and of its classes.
    pub(super) fn check(&self) -> Result<(), ClassifierError> {
        for (attribute, labels) in &self.labels {
            let known = |label: &u8| usize::from(*label) < attribute.classes.len();
            if labels.len() != self.images.len() || !labels.iter().all(known) {
                return Err(ClassifierError::Labels {
                    attribute: attribute.name.clone(),
                    found: labels.iter().filter(|label| known(label)).count(),
                    pictures: self.images.len(),
                });
            }
        }
        Ok(())
    }

    /// Classes of all attributes together.
    fn classes(&self) -> usize {
        self.labels
            .iter()
            .map(|(attribute, _)| attribute.classes.len())
            .sum()
    }
}

/// A net that learns. It issues work and reads nothing back, so that a GPU is never waited for inside it.
pub struct Training {
    learner: Player<Net>,
    examples: Examples,
    batches: Batches,
    shifts: ChaCha8Rng,
    settings: Settings,
    /// Steps done, and steps in all.
    step: usize,
    steps: usize,
    /// Without autodiff: a batch is a constant to the net.
    device: Device,
}

impl Training {
    /// Prepares a net for `examples` on `device`, which must have autodiff on.
    ///
    /// # Errors
    /// When there is no net for such pictures, labels do not fit them, or a setting is 0 that may not be.
    pub fn new(
        examples: Examples,
        settings: Settings,
        device: &Device,
    ) -> Result<Self, ClassifierError> {
        if settings.epochs == 0 || settings.batch == 0 {
            return Err(ClassifierError::Settings(
                "at least one epoch, and one picture in a batch",
            ));
        }
        examples.check()?;
        let net = Net::new(
            examples.images.manifest().image,
            examples.classes(),
            &mut rng::stream(settings.seed, Stream::ClassifierWeights),
            device,
        )?;
        Ok(Self {
            learner: Player::new(net, &ADAM),
            batches: Batches::new(rng::stream(settings.seed, Stream::ClassifierBatches)),
            shifts: rng::stream(settings.seed, Stream::ClassifierShifts),
            settings,
            step: 0,
            steps: (settings.epochs * examples.images.len()).div_ceil(settings.batch),
            examples,
            device: device.clone().inner(),
        })
    }

    /// Steps that are not done yet.
    pub fn left(&self) -> usize {
        self.steps - self.step
    }

    /// One step down the gradient, and its loss in nats: the sum of the attributes' own. After the last one the learning
    /// rate is 0.
    pub fn step(&mut self) -> Tensor<1> {
        let (rows, classes) = self.batch();
        let logits = self.learner.net.forward(rows).logits;
        let mut start = 0;
        let losses = self.examples.labels.iter().map(|(attribute, _)| {
            let size = attribute.classes.len();
            let of = |all: &Tensor<2>| all.clone().narrow(1, start, size);
            let loss = -(log_softmax(of(&logits), 1) * of(&classes)).sum();
            start += size;
            loss
        });
        let sum = losses.reduce(|all, loss| all + loss);
        let loss = sum.unwrap_or_else(|| logits.sum()) / self.settings.batch as f64;
        self.learner.descend(&loss, self.learning_rate(), 0.0, 0.0);
        self.step = (self.step + 1).min(self.steps);
        loss.inner()
    }

    /// Of the next step.
    fn learning_rate(&self) -> f64 {
        let done = self.step as f64 / self.steps as f64;
        self.settings.learning_rate * (1.0 + (PI * done).cos()) / 2.0
    }

    /// The classifier as it is now, without autodiff. `data` and `command` are for its file.
    pub fn classifier(&self, data: &str, command: &str) -> Classifier {
        Classifier {
            net: self.learner.net.valid(),
            about: About {
                architecture: ARCHITECTURE.into(),
                image: self.examples.images.manifest().image,
                attributes: self
                    .examples
                    .labels
                    .iter()
                    .map(|(a, _)| a.clone())
                    .collect(),
                data: data.into(),
                command: command.into(),
                accuracy: Vec::new(),
            },
        }
    }

    /// The next pictures, `[batch, features]`, and their classes, one-hot for each attribute, `[batch, classes]`.
    fn batch(&mut self) -> (Tensor<2>, Tensor<2>) {
        let Examples { images, labels } = &self.examples;
        let (batch, classes) = (self.settings.batch, self.examples.classes());
        let features = images.shape().features();
        let mut rows = Vec::with_capacity(batch * features);
        let mut picture = Vec::new();
        let mut hot = vec![0f32; batch * classes];
        let reach = i32::from(self.settings.shift);
        for mut hot in hot.chunks_exact_mut(classes) {
            let index = self.batches.next_index(images.len());
            picture.clear();
            images.append(index, &mut picture);
            let by = [(); 2].map(|()| self.shifts.random_range(-reach..=reach));
            append_shifted(&picture, images.manifest().image, by, &mut rows);
            for (attribute, labels) in labels {
                let (of_attribute, rest) = hot.split_at_mut(attribute.classes.len());
                of_attribute[usize::from(labels[index])] = 1.0;
                hot = rest;
            }
        }
        let tensor = |values, width| {
            Tensor::from_inner(Tensor::from_data(
                TensorData::new(values, [batch, width]),
                &self.device,
            ))
        };
        (tensor(rows, features), tensor(hot, classes))
    }
}

/// Appends a picture moved right and down by so many pixels to `rows`. What comes into view repeats its border.
fn append_shifted(
    picture: &[f32],
    image: ImageFormat,
    [right, down]: [i32; 2],
    rows: &mut Vec<f32>,
) {
    let ImageFormat { width, height, .. } = image;
    let from =
        |at: usize, by: i32, side: usize| (at as i32 - by).clamp(0, side as i32 - 1) as usize;
    for channel in picture.chunks_exact(width * height) {
        for y in 0..height {
            let line = &channel[from(y, down, height) * width..][..width];
            rows.extend((0..width).map(|x| line[from(x, right, width)]));
        }
    }
}

/// Trains a classifier, and tests it on other examples. `data`, the set's name for people, and `command` are for the
/// classifier's file. `progress` is told the steps that are left, before each.
///
/// # Errors
/// When the examples cannot be used or do not fit each other, or the device fails.
pub async fn train(
    learn: Examples,
    test: &Examples,
    [data, command]: [&str; 2],
    settings: Settings,
    device: &Device,
    mut progress: impl FnMut(usize),
) -> Result<Classifier, ClassifierError> {
    test.check()?;
    check_format(&test.images, learn.images.manifest().image)?;
    let mut training = Training::new(learn, settings, device)?;
    while training.left() > 0 {
        progress(training.left());
        training.step();
    }
    training.classifier(data, command).tested(test).await
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLASSES: [&str; 2] = ["upright", "flat"];

    fn idx(sizes: &[u32], values: Vec<u8>) -> Vec<u8> {
        let mut bytes = vec![0, 0, 8, sizes.len() as u8];
        bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
        bytes.extend(values);
        bytes
    }

    /// Pictures of 8x8 with a bar somewhere, upright or flat, and their labels, as idx files.
    fn bars() -> (Vec<u8>, Vec<u8>) {
        let (mut pixels, mut labels) = (Vec::new(), Vec::new());
        for picture in 0..96 {
            let (class, at) = (picture % 2, 2 + picture / 2 % 4);
            labels.push(class as u8);
            for y in 0..8 {
                for x in 0..8 {
                    let along = if class == 0 { x } else { y };
                    pixels.push(if along == at { 200 } else { 10 });
                }
            }
        }
        (idx(&[96, 8, 8], pixels), idx(&[96], labels))
    }

    fn examples() -> Examples {
        let (images, labels) = bars();
        let classes = CLASSES.map(String::from).to_vec();
        Examples::of(Images::from_idx(&images, &labels, classes, "Bars").unwrap()).unwrap()
    }

    fn trained(settings: Settings) -> Classifier {
        let device = Device::flex().autodiff();
        let mut told = 0;
        let learn = examples();
        let trained = train(
            learn.clone(),
            &learn,
            ["Bars", "test"],
            settings,
            &device,
            |_| told += 1,
        );
        let trained = pollster::block_on(trained).unwrap();
        assert_eq!(told, settings.epochs * 6);
        trained
    }

    const SETTINGS: Settings = Settings {
        epochs: 4,
        batch: 16,
        learning_rate: 3e-3,
        shift: 1,
        seed: 3,
    };

    #[test]
    fn bars_are_told_apart_and_training_repeats() {
        let first = trained(SETTINGS);
        assert_eq!(first.about().accuracy, [1.0]);
        assert_eq!(first.about().attributes[0].classes, CLASSES);
        let save = |classifier: Classifier| pollster::block_on(classifier.save()).unwrap();
        let first = save(first);
        assert_eq!(first, save(trained(SETTINGS)));
        let other = Settings {
            seed: 4,
            ..SETTINGS
        };
        assert_ne!(first, save(trained(other)));
    }

    #[test]
    fn the_loss_falls_from_that_of_guessing_and_the_learning_rate_to_nothing() {
        let device = Device::flex().autodiff();
        let mut training = Training::new(examples(), SETTINGS, &device).unwrap();
        assert_eq!(training.left(), 24);
        let first: f32 = training.step().into_scalar();
        // ln 2 from two classes that are equally likely; the weights' first draws move it a little.
        assert!((first - 2f32.ln()).abs() < 0.4, "{first}");
        let (mut last, mut rates) = (first, vec![]);
        while training.left() > 0 {
            rates.push(training.learning_rate());
            last = training.step().into_scalar();
        }
        assert!(last < first / 2.0, "{first}, then {last}");
        // Half of it when half of the 24 steps are done; (1 + cos(pi / 6)) / 2 after a sixth.
        assert!((rates[11] - 1.5e-3).abs() < 1e-12);
        assert!((rates[3] - 3e-3 * 0.933_012_701_892).abs() < 1e-12);
        assert_eq!(training.learning_rate(), 0.0);
    }

    #[test]
    fn a_picture_moves_and_its_border_is_repeated() {
        let image = ImageFormat {
            width: 3,
            height: 2,
            channels: 2,
        };
        let picture: Vec<f32> = (0u8..12).map(f32::from).collect();
        let moved = |by| {
            let mut rows = Vec::new();
            append_shifted(&picture, image, by, &mut rows);
            rows
        };
        assert_eq!(moved([0, 0]), picture);
        let right = [0, 0, 1, 3, 3, 4, 6, 6, 7, 9, 9, 10];
        assert_eq!(moved([1, 0]), right.map(|value| value as f32));
        let left_and_down = [1, 2, 2, 1, 2, 2, 7, 8, 8, 7, 8, 8];
        assert_eq!(moved([-1, 1]), left_and_down.map(|value| value as f32));
    }

    /// Which way the bar goes, and whether it is in the first half: from one net, each as if it were alone.
    #[test]
    fn several_attributes_are_told_at_once() {
        let mut both = examples();
        let half = Attribute {
            name: "half".into(),
            classes: vec!["first".into(), "second".into()],
        };
        let labels = (0..96u8).map(|picture| picture / 2 % 4 / 2).collect();
        both.labels.push((half, labels));
        let settings = Settings {
            epochs: 12,
            shift: 0,
            ..SETTINGS
        };
        let device = Device::flex().autodiff();
        let trained = train(both.clone(), &both, ["", ""], settings, &device, |_| {});
        let classifier = pollster::block_on(trained).unwrap();
        assert_eq!(classifier.about().accuracy, [1.0, 1.0]);
        assert_eq!(classifier.logits(), 4);
    }

    #[test]
    fn examples_and_settings_that_do_not_fit_are_refused() {
        let refusal = |learn: Examples, test: Examples, settings| {
            let device = Device::flex().autodiff();
            let trained = train(learn, &test, ["", ""], settings, &device, |_| {});
            pollster::block_on(trained).unwrap_err().to_string()
        };
        let of = |sizes: &[usize; 2]| {
            let [height, width] = *sizes;
            let images = idx(
                &[96, height as u32, width as u32],
                vec![0; 96 * height * width],
            );
            let (_, labels) = bars();
            let classes = CLASSES.map(String::from).to_vec();
            Examples::of(Images::from_idx(&images, &labels, classes, "").unwrap()).unwrap()
        };
        let sentence = refusal(examples(), of(&[8, 12]), SETTINGS);
        assert!(sentence.contains("the pictures are 12x8"), "{sentence}");
        let mut few = examples();
        few.labels[0].1.pop();
        let sentence = refusal(few, examples(), SETTINGS);
        assert!(
            sentence.contains("95 labels of class for 96 pictures"),
            "{sentence}"
        );
        let none = Settings {
            epochs: 0,
            ..SETTINGS
        };
        assert!(refusal(examples(), examples(), none).contains("at least one epoch"));
        // Seven pixels do not halve twice.
        let sentence = refusal(of(&[8, 7]), of(&[8, 7]), SETTINGS);
        assert!(sentence.contains("not 7x8 with 1"), "{sentence}");
    }
}
