//! Training a classifier: cross-entropy, Adam (Kingma & Ba 2015), a learning rate that falls to 0 on a cosine
//! (Loshchilov & Hutter 2017), and pictures moved by a pixel, so that a net so small learns shapes and not places.

use std::f64::consts::PI;

use burn::{
    module::Module,
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Tensor, TensorData, activation::log_softmax},
};
use rand::RngExt;
use rand_chacha::ChaCha8Rng;

use super::{
    About, Classifier, ClassifierError, check_kind,
    net::{ARCHITECTURE, Net},
};
use crate::{
    data::{
        Batches,
        images::{ImageFormat, Images},
    },
    rng::{self, Stream},
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

/// A net that learns. It issues work and reads nothing back, so that a GPU is never waited for inside it.
pub struct Training {
    net: Net,
    adam: ModuleOptimizer,
    images: Images,
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
    /// Prepares a net for `images` and their first label set on `device`, which must have autodiff on.
    ///
    /// # Errors
    /// When there is no net for such pictures, or a setting is 0 that may not be.
    pub fn new(
        images: Images,
        settings: Settings,
        device: &Device,
    ) -> Result<Self, ClassifierError> {
        if settings.epochs == 0 || settings.batch == 0 {
            return Err(ClassifierError::Settings(
                "at least one epoch, and one picture in a batch",
            ));
        }
        let net = Net::new(
            images.manifest().image,
            images.class_names().len(),
            &mut rng::stream(settings.seed, Stream::ClassifierWeights),
            device,
        )?;
        Ok(Self {
            net,
            // The paper's epsilon; Burn's default is a thousand times larger.
            adam: AdamConfig::new().with_epsilon(1e-8).init(),
            batches: Batches::new(rng::stream(settings.seed, Stream::ClassifierBatches)),
            shifts: rng::stream(settings.seed, Stream::ClassifierShifts),
            settings,
            step: 0,
            steps: (settings.epochs * images.len()).div_ceil(settings.batch),
            images,
            device: device.clone().inner(),
        })
    }

    /// Steps that are not done yet.
    pub fn left(&self) -> usize {
        self.steps - self.step
    }

    /// One step down the gradient, and its loss in nats. After the last one the learning rate is 0.
    pub fn step(&mut self) -> Tensor<1> {
        let (rows, classes) = self.batch();
        let logits = self.net.forward(rows).logits;
        let loss = -(log_softmax(logits, 1) * classes).sum() / self.settings.batch as f64;
        let gradients = GradientsParams::from_grads(loss.backward(), &self.net);
        self.net = self
            .adam
            .step(self.learning_rate(), self.net.clone(), gradients);
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
            net: self.net.valid(),
            about: About {
                architecture: ARCHITECTURE.into(),
                image: self.images.manifest().image,
                classes: self.images.class_names().to_vec(),
                data: data.into(),
                command: command.into(),
                accuracy: None,
            },
        }
    }

    /// The next pictures, `[batch, features]`, and their classes, one-hot, `[batch, classes]`.
    fn batch(&mut self) -> (Tensor<2>, Tensor<2>) {
        let (batch, classes) = (self.settings.batch, self.images.class_names().len());
        let mut rows = Vec::with_capacity(batch * self.images.shape().features());
        let mut picture = Vec::new();
        let mut labels = vec![0f32; batch * classes];
        let reach = i32::from(self.settings.shift);
        for labels in labels.chunks_exact_mut(classes) {
            let index = self.batches.next_index(self.images.len());
            picture.clear();
            self.images.append(index, &mut picture);
            let by = [(); 2].map(|()| self.shifts.random_range(-reach..=reach));
            append_shifted(&picture, self.images.manifest().image, by, &mut rows);
            labels[usize::from(self.images.labels()[index])] = 1.0;
        }
        let features = self.images.shape().features();
        let tensor = |values, width| {
            Tensor::from_inner(Tensor::from_data(
                TensorData::new(values, [batch, width]),
                &self.device,
            ))
        };
        (tensor(rows, features), tensor(labels, classes))
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

/// The four files of a set in MNIST's layout: idx, not zipped.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    pub train_images: &'a [u8],
    pub train_labels: &'a [u8],
    pub test_images: &'a [u8],
    pub test_labels: &'a [u8],
}

/// Trains a classifier on all of a set's training images, and tests it on all of its test images. `classes` are the
/// labels' names; `data`, the set's name for people, and `command` are for the classifier's file. `progress` is told
/// the steps that are left, before each.
///
/// # Errors
/// When the files cannot be used or do not fit each other, or the device fails.
pub async fn train(
    files: Files<'_>,
    classes: &[String],
    [data, command]: [&str; 2],
    settings: Settings,
    device: &Device,
    mut progress: impl FnMut(usize),
) -> Result<Classifier, ClassifierError> {
    let read = |images, labels| Images::from_idx(images, labels, classes.to_vec(), data);
    let learn = read(files.train_images, files.train_labels)?;
    let test = read(files.test_images, files.test_labels)?;
    check_kind(&test, learn.manifest().image, classes.len())?;

    let mut training = Training::new(learn, settings, device)?;
    while training.left() > 0 {
        progress(training.left());
        training.step();
    }
    let mut classifier = training.classifier(data, command);
    let all: Vec<usize> = (0..test.len()).collect();
    classifier.about.accuracy = Some(classifier.accuracy(&test, &all).await?);
    Ok(classifier)
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

    fn trained(settings: Settings) -> Classifier {
        let (images, labels) = bars();
        let files = Files {
            train_images: &images,
            train_labels: &labels,
            test_images: &images,
            test_labels: &labels,
        };
        let device = Device::flex().autodiff();
        let classes = CLASSES.map(String::from);
        let mut told = 0;
        let trained = train(files, &classes, ["Bars", "test"], settings, &device, |_| {
            told += 1
        });
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
        assert_eq!(first.about().accuracy, Some(1.0));
        assert_eq!(first.about().classes, CLASSES);
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
        let (images, labels) = bars();
        let classes = CLASSES.map(String::from).to_vec();
        let images = Images::from_idx(&images, &labels, classes, "Bars").unwrap();
        let device = Device::flex().autodiff();
        let mut training = Training::new(images, SETTINGS, &device).unwrap();
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

    #[test]
    fn files_and_settings_that_do_not_fit_are_refused() {
        let (images, labels) = bars();
        let wide = idx(&[1, 8, 12], vec![0; 96]);
        let refusal = |train_images: &[u8], test_images: &[u8], test_labels: &[u8], settings| {
            let files = Files {
                train_images,
                train_labels: &labels,
                test_images,
                test_labels,
            };
            let device = Device::flex().autodiff();
            let classes = CLASSES.map(String::from);
            let trained = train(files, &classes, ["", ""], settings, &device, |_| {});
            pollster::block_on(trained).unwrap_err().to_string()
        };
        let one = idx(&[1], vec![0]);
        let sentence = refusal(&images, &wide, &one, SETTINGS);
        assert!(sentence.contains("the pictures are 12x8"), "{sentence}");
        let sentence = refusal(&images[..99], &images, &labels, SETTINGS);
        assert!(
            sentence.contains("the file of images cannot be used"),
            "{sentence}"
        );
        let none = Settings {
            epochs: 0,
            ..SETTINGS
        };
        assert!(refusal(&images, &images, &labels, none).contains("at least one epoch"));
        // Seven pixels do not halve twice.
        let odd = idx(&[96, 8, 7], vec![0; 96 * 56]);
        let sentence = refusal(&odd, &odd, &labels, SETTINGS);
        assert!(sentence.contains("not 7x8 with 1"), "{sentence}");
    }
}
