//! A classifier learnt on the spot, from a visitor's own labelled pictures, so that their G can be steered, too.

use burn::tensor::Device;

use crate::{
    classifier::{Classifier, ClassifierError, Examples, Settings, Training},
    data::images::Images,
};

/// Every so many pictures one is kept to test on.
const HELD_OUT: usize = 6;
/// Steps that are enough for pictures as small as these; less where they were seen often enough before.
const STEPS: usize = 1200;
/// How often each picture is seen at most.
const MOST_EPOCHS: usize = 60;
/// Fewer pictures than this teach nothing.
const FEWEST: usize = 24;

/// A classifier in training.
pub struct Lesson {
    training: Training,
    test: Examples,
    title: String,
    /// Steps in all.
    steps: usize,
}

impl Lesson {
    /// Prepares to learn the pictures' own labels on `device`, which must have autodiff on.
    ///
    /// # Errors
    /// When the pictures have no labels of at least two classes, are too few, or of a size that the net cannot see.
    pub fn new(images: &Images, device: &Device) -> Result<Self, ClassifierError> {
        if images.len() < FEWEST {
            return Err(ClassifierError::Settings("at least 24 pictures"));
        }
        let (learn, test) = images.hold_out(HELD_OUT);
        let batch = Settings::default().batch;
        let settings = Settings {
            epochs: (STEPS * batch / learn.len()).clamp(1, MOST_EPOCHS),
            ..Settings::default()
        };
        let training = Training::new(Examples::of(learn)?, settings, device)?;
        Ok(Self {
            steps: training.left(),
            training,
            test: Examples::of(test)?,
            title: images.manifest().title.clone(),
        })
    }

    /// Steps in all.
    pub fn steps(&self) -> usize {
        self.steps
    }

    /// Steps that are not done yet.
    pub fn left(&self) -> usize {
        self.training.left()
    }

    pub fn step(&mut self) {
        self.training.step();
    }

    /// The classifier as it is now, tested on the pictures that were kept out.
    ///
    /// # Errors
    /// When the device fails.
    pub async fn finish(&self) -> Result<Classifier, ClassifierError> {
        let command = "in the page";
        let classifier = self.training.classifier(&self.title, command);
        classifier.tested(&self.test).await
    }
}
