//! A small convolutional classifier of pictures: what a metric sees with.
//!
//! Its 32 features are what the Frechet distance compares real and fake pictures by, in place of an Inception net's
//! 2,048 (Heusel et al. 2017), and its logits say which classes the fakes are of. `assets/classifiers/` has one for
//! each shipped set of pictures, trained on all of the set's 60,000 training images; on others' pictures one is
//! trained in the page.

mod file;
mod net;
mod train;

pub use net::{FEATURES, Scores};
pub use train::{Files, Settings, Training, train};

use burn::tensor::{Device, Tensor, TensorData, Transaction};
use net::Net;
use serde::{Deserialize, Serialize};

use crate::{
    data::images::{ImageFormat, Images, ImagesError},
    metrics::classes::likeliest,
};

/// A trained net, and what it is.
#[derive(Clone, Debug)]
pub struct Classifier {
    net: Net,
    about: About,
}

/// What a classifier's file says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Layers of the net.
    pub architecture: String,
    pub image: ImageFormat,
    /// Names of the classes, in the order of the logits.
    pub classes: Vec<String>,
    /// What it was trained on.
    pub data: String,
    /// The command that trained it.
    pub command: String,
    /// Share of test images that it puts into their class, 0 to 1; none where it was not tested.
    pub accuracy: Option<f64>,
}

#[derive(Debug, thiserror::Error)]
pub enum ClassifierError {
    #[error("the classifier's file cannot be read: {0}")]
    File(#[from] safetensors::SafeTensorError),
    #[error("the classifier's file does not say what it is: {0}")]
    About(String),
    #[error("the classifier is of the layers {found:?}, and {expected:?} are known")]
    Architecture {
        found: String,
        expected: &'static str,
    },
    #[error(
        "a classifier sees pictures with sides that divide by four, up to 64, and 1 channel or 3, not {width}x{height} \
         with {channels}"
    )]
    Image {
        width: usize,
        height: usize,
        channels: usize,
    },
    #[error("a classifier tells 2 to 256 classes apart, not {0}")]
    Classes(usize),
    #[error("the classifier's file lacks the weights {0}")]
    Missing(&'static str),
    #[error("the classifier's file has the weights {0}, which its net has not")]
    Unknown(String),
    #[error("the classifier's weights {name} are {found}, and have to be {expected}")]
    Weights {
        name: &'static str,
        found: String,
        expected: String,
    },
    #[error("the classifier's weights {name} hold {value}, which is no finite number")]
    NotFinite { name: &'static str, value: f32 },
    #[error(transparent)]
    Images(#[from] ImagesError),
    #[error("the pictures are {found}, and have to be {expected}")]
    OtherPictures { found: String, expected: String },
    #[error("training needs {0}")]
    Settings(&'static str),
    #[error("the classifier could not be read from the device: {0}")]
    Device(String),
}

impl Classifier {
    /// Reads a classifier from the bytes of its file. Its weights are constants: no gradient goes into them.
    ///
    /// # Errors
    /// When the file is broken, is of another net, or has a weight that is no finite number.
    pub fn load(bytes: &[u8], device: &Device) -> Result<Self, ClassifierError> {
        file::read(bytes, device)
    }

    /// The bytes of the classifier's file, a safetensors file of float32. The same weights give the same bytes.
    ///
    /// # Errors
    /// When the weights cannot be read back.
    pub async fn save(&self) -> Result<Vec<u8>, ClassifierError> {
        file::write(self).await
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// Whether it can judge pictures such as these.
    ///
    /// # Errors
    /// When it was made for pictures of another size or colour, or for other classes.
    pub fn check_kind(&self, images: &Images) -> Result<(), ClassifierError> {
        check_kind(images, self.about.image, self.about.classes.len())
    }

    /// Pictures `[batch, channels * height * width]` in [-1, 1], as a generator makes them, to features
    /// `[batch, FEATURES]` and logits `[batch, classes]`. They have to be on the classifier's own device.
    pub fn forward(&self, rows: Tensor<2>) -> Scores {
        self.net.forward(rows)
    }

    /// Share of the `chosen` pictures that the classifier puts into their class, 0 to 1.
    ///
    /// # Errors
    /// When the pictures or their classes are not of the classifier's kind, or the device fails.
    pub async fn accuracy(
        &self,
        images: &Images,
        chosen: &[usize],
    ) -> Result<f64, ClassifierError> {
        self.check_kind(images)?;
        let classes = self.about.classes.len();
        let mut transaction = Transaction::default();
        for chosen in chosen.chunks(BATCH) {
            let mut rows = Vec::new();
            for index in chosen {
                images.append(*index, &mut rows);
            }
            let data = TensorData::new(rows, [chosen.len(), images.shape().features()]);
            let scores = self.forward(Tensor::from_data(data, &self.net.device()));
            transaction = transaction.register(scores.logits);
        }
        let logits = read(transaction).await?.concat();
        let right = logits
            .chunks_exact(classes)
            .zip(chosen)
            .filter(|(logits, index)| likeliest(logits) == usize::from(images.labels()[**index]))
            .count();
        Ok(right as f64 / chosen.len().max(1) as f64)
    }
}

/// Pictures that are looked at together where nothing is learnt.
const BATCH: usize = 500;

/// Whether pictures are of the size and the number of classes that a classifier is for.
fn check_kind(images: &Images, image: ImageFormat, classes: usize) -> Result<(), ClassifierError> {
    let kind = |image: ImageFormat, classes: usize| {
        let ImageFormat {
            width,
            height,
            channels,
        } = image;
        format!("{width}x{height} with {channels} channels, in {classes} classes")
    };
    let found = kind(images.manifest().image, images.class_names().len());
    let expected = kind(image, classes);
    if found != expected {
        return Err(ClassifierError::OtherPictures { found, expected });
    }
    Ok(())
}

/// Waits for the device.
async fn read(transaction: Transaction) -> Result<Vec<Vec<f32>>, ClassifierError> {
    let device = |error: String| ClassifierError::Device(error);
    let read = transaction
        .execute_async()
        .await
        .map_err(|error| device(error.to_string()))?;
    read.into_iter()
        .map(|data| data.try_to_vec().map_err(|error| device(error.to_string())))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn asset(path: &str) -> Vec<u8> {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        fs::read(assets.join(path)).unwrap()
    }

    /// The shipped classifier of a shipped set puts these shares of pictures into their class, at least: of the
    /// 10,000 test images when it was made, and of some of the sheet's now.
    fn shipped(name: &str, tested: f64, wanted: f64) {
        let bytes = asset(&format!("classifiers/{name}.safetensors"));
        assert!(bytes.len() <= 260_000, "{} bytes", bytes.len());
        let classifier = Classifier::load(&bytes, &Device::flex()).unwrap();
        assert!(classifier.about().accuracy.unwrap() >= tested);

        assert_eq!(pollster::block_on(classifier.save()).unwrap(), bytes);

        let file = |file| asset(&format!("datasets/{name}/{file}"));
        let sheets = [file("sheet.png")];
        let images = Images::read(&file("manifest.json"), &sheets, &file("labels.bin")).unwrap();
        assert_eq!(classifier.about().classes, images.class_names());
        let some: Vec<usize> = (0..images.len()).step_by(13).collect();
        let accuracy = pollster::block_on(classifier.accuracy(&images, &some)).unwrap();
        assert!(accuracy >= wanted, "{accuracy}");
    }

    #[test]
    fn the_shipped_classifier_knows_digits() {
        shipped("digits", 0.99, 0.985);
    }

    #[test]
    fn the_shipped_classifier_knows_fashion_articles() {
        shipped("fashion", 0.90, 0.90);
    }

    #[test]
    fn pictures_of_another_kind_are_refused() {
        let bytes = asset("classifiers/digits.safetensors");
        let classifier = Classifier::load(&bytes, &Device::flex()).unwrap();
        let idx = [
            &[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28][..],
            &[0; 784],
        ]
        .concat();
        let classes = vec!["only".into()];
        let images = Images::from_idx(&idx, &[0, 0, 8, 1, 0, 0, 0, 1, 0], classes, "").unwrap();
        let accuracy = classifier.accuracy(&images, &[0]);
        assert_eq!(
            pollster::block_on(accuracy).unwrap_err().to_string(),
            "the pictures are 28x28 with 1 channels, in 1 classes, and have to be 28x28 with 1 channels, in 10 classes"
        );
    }
}
