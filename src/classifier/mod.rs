//! A small convolutional classifier of pictures: what a metric sees with.
//!
//! Its 32 features are what the Frechet distance compares real and fake pictures by, in place of an Inception net's
//! 2,048 (Heusel et al. 2017), and its logits say which classes the fakes are of: of one attribute, such as the digit, or
//! of several, such as a face's glasses and hat. `assets/classifiers/` has one for each shipped set of pictures.

mod file;
mod net;
mod train;

pub use net::{FEATURES, Scores};
pub use train::{Examples, Settings, Training, train};

use std::ops::Range;

use burn::tensor::{Device, Tensor, TensorData};
use net::Net;
use serde::{Deserialize, Serialize};

use crate::{
    data::images::{ImageFormat, Images, ImagesError},
    metrics::classes::likeliest,
    readback::Transaction,
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
    /// What it tells of a picture, in the order of the logits: the classes of the first attribute come first.
    pub attributes: Vec<Attribute>,
    /// What it was trained on.
    pub data: String,
    /// The command that trained it.
    pub command: String,
    /// Of each attribute, the share of test images that it puts into their class, 0 to 1; empty where it was not tested.
    pub accuracy: Vec<f64>,
}

impl About {
    /// How many logits there are.
    fn logits(&self) -> usize {
        self.attributes
            .iter()
            .map(|attribute| attribute.classes.len())
            .sum()
    }
}

/// Something that pictures differ in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub name: String,
    pub classes: Vec<String>,
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
    #[error("the classifier does not know the attribute {0}, or other classes of it")]
    Attribute(String),
    #[error("there are {found} labels of {attribute} for {pictures} pictures")]
    Labels {
        attribute: String,
        found: usize,
        pictures: usize,
    },
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

    /// One that has learnt nothing, as constants, of attributes with so many classes each.
    #[cfg(test)]
    pub fn untrained(image: ImageFormat, attributes: &[(&str, usize)], device: &Device) -> Self {
        use burn::module::Module;
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(name, classes)| Attribute {
                name: (*name).into(),
                classes: (0..*classes).map(|class| class.to_string()).collect(),
            })
            .collect();
        let about = About {
            architecture: net::ARCHITECTURE.into(),
            image,
            attributes,
            data: String::new(),
            command: String::new(),
            accuracy: Vec::new(),
        };
        let mut rng = crate::rng::stream(1, crate::rng::Stream::ClassifierWeights);
        let net = Net::new(image, about.logits(), &mut rng, device).unwrap();
        Self {
            net: net.no_grad(),
            about,
        }
    }

    /// Whether it can judge pictures such as these by their label set.
    ///
    /// # Errors
    /// When it was made for pictures of another size or colour, or for other classes.
    pub fn check_kind(&self, images: &Images) -> Result<(), ClassifierError> {
        check_format(images, self.about.image)?;
        if self.logits_of(images).is_none() {
            let name = images.label_set().map(|set| set.name.clone());
            return Err(ClassifierError::Attribute(name.unwrap_or_default()));
        }
        Ok(())
    }

    /// How many logits it gives.
    pub fn logits(&self) -> usize {
        self.about.logits()
    }

    /// Where the classes of the pictures' label set stand among the logits; none where it does not know them.
    pub fn logits_of(&self, images: &Images) -> Option<Range<usize>> {
        let set = images.label_set()?;
        self.range(|attribute| attribute.name == set.name && attribute.classes == set.classes)
    }

    fn range(&self, wanted: impl Fn(&Attribute) -> bool) -> Option<Range<usize>> {
        let mut start = 0;
        for attribute in &self.about.attributes {
            let end = start + attribute.classes.len();
            if wanted(attribute) {
                return Some(start..end);
            }
            start = end;
        }
        None
    }

    /// Pictures `[batch, channels * height * width]` in [-1, 1], as a generator makes them, to features
    /// `[batch, FEATURES]` and logits `[batch, classes of all attributes]`. They have to be on the classifier's own device.
    pub fn forward(&self, rows: Tensor<2>) -> Scores {
        self.net.forward(rows)
    }

    /// With its accuracy on these examples as what its file says of it.
    ///
    /// # Errors
    /// As of [`Classifier::accuracy`].
    pub async fn tested(mut self, test: &Examples) -> Result<Self, ClassifierError> {
        let all: Vec<usize> = (0..test.images.len()).collect();
        self.about.accuracy = self.accuracy(test, &all).await?;
        Ok(self)
    }

    /// Of each attribute, the share of the `chosen` pictures that the classifier puts into their class, 0 to 1.
    ///
    /// # Errors
    /// When the pictures or their classes are not of the classifier's kind, or the device fails.
    pub async fn accuracy(
        &self,
        examples: &Examples,
        chosen: &[usize],
    ) -> Result<Vec<f64>, ClassifierError> {
        examples.check()?;
        let images = &examples.images;
        check_format(images, self.about.image)?;
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
        let mut shares = Vec::new();
        for (attribute, labels) in &examples.labels {
            let range = self
                .range(|known| known == attribute)
                .ok_or_else(|| ClassifierError::Attribute(attribute.name.clone()))?;
            let right = logits
                .chunks_exact(self.logits())
                .zip(chosen)
                .filter(|(logits, index)| {
                    likeliest(&logits[range.clone()]) == usize::from(labels[**index])
                })
                .count();
            shares.push(right as f64 / chosen.len().max(1) as f64);
        }
        Ok(shares)
    }
}

/// Pictures that are looked at together where nothing is learnt.
const BATCH: usize = 500;

/// Whether pictures are of the size and colour that a classifier is for.
fn check_format(images: &Images, image: ImageFormat) -> Result<(), ClassifierError> {
    let kind = |image: ImageFormat| {
        let ImageFormat {
            width,
            height,
            channels,
        } = image;
        format!("{width}x{height} with {channels} channels")
    };
    let found = images.manifest().image;
    if found != image {
        return Err(ClassifierError::OtherPictures {
            found: kind(found),
            expected: kind(image),
        });
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
    use crate::data::shipped;

    fn asset(path: &str) -> Vec<u8> {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
        fs::read(assets.join(path)).unwrap()
    }

    /// The shipped classifier of a shipped set puts these shares of pictures into their class, at least: of the test
    /// images when it was made, and of some of the first sheet's now.
    fn shipped(name: &str, attribute: Option<&str>, tested: f64, wanted: f64) {
        let bytes = asset(&format!("classifiers/{name}.safetensors"));
        assert!(bytes.len() <= 260_000, "{} bytes", bytes.len());
        let classifier = Classifier::load(&bytes, &Device::flex()).unwrap();

        assert_eq!(pollster::block_on(classifier.save()).unwrap(), bytes);

        let file = |file: &str| asset(&format!("datasets/{name}/{file}"));
        let labels = match attribute {
            None => file("labels.bin"),
            Some(attribute) => file(&format!("labels-{attribute}.bin")),
        };
        let sheets = [file("sheet.png")];
        let images = shipped::read(&file("manifest.json"), &sheets, &labels, attribute).unwrap();
        classifier.check_kind(&images).unwrap();
        let wanted_name = &images.label_set().unwrap().name;
        let known = &classifier.about().attributes;
        let named = |known: &Attribute| known.name == *wanted_name;
        let at = known.iter().position(named).unwrap();
        assert!(classifier.about().accuracy[at] >= tested);
        let some: Vec<usize> = (0..images.len()).step_by(13).collect();
        let examples = Examples::of(images).unwrap();
        let accuracy = pollster::block_on(classifier.accuracy(&examples, &some)).unwrap()[0];
        assert!(accuracy >= wanted, "{accuracy}");
    }

    #[test]
    fn the_shipped_classifier_knows_digits() {
        shipped("digits", None, 0.99, 0.985);
    }

    #[test]
    fn the_shipped_classifier_knows_fashion_articles() {
        shipped("fashion", None, 0.90, 0.90);
    }

    #[test]
    fn the_shipped_classifier_knows_animals() {
        shipped("animals", None, 0.92, 0.92);
    }

    #[test]
    fn the_shipped_classifier_knows_every_attribute_of_faces() {
        for (attribute, share) in [
            ("glasses", 0.99),
            ("hat", 0.99),
            ("beard", 0.99),
            ("hair-length", 0.99),
            ("hair-colour", 0.98),
            ("mouth", 0.9),
            ("skin", 0.96),
            ("background", 0.99),
        ] {
            shipped("faces", Some(attribute), share, share - 0.02);
        }
    }

    #[test]
    fn pictures_of_another_kind_are_refused() {
        let bytes = asset("classifiers/digits.safetensors");
        let classifier = Classifier::load(&bytes, &Device::flex()).unwrap();
        let idx = [
            &[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 20][..],
            &[0; 560],
        ]
        .concat();
        let classes = vec!["only".into()];
        let images = Images::from_idx(&idx, &[0, 0, 8, 1, 0, 0, 0, 1, 0], classes, "").unwrap();
        assert_eq!(
            classifier.check_kind(&images).unwrap_err().to_string(),
            "the pictures are 20x28 with 1 channels, and have to be 28x28 with 1 channels"
        );
    }

    #[test]
    fn classes_that_it_does_not_know_are_refused() {
        let bytes = asset("classifiers/digits.safetensors");
        let classifier = Classifier::load(&bytes, &Device::flex()).unwrap();
        let idx = [
            &[0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28][..],
            &[0; 784],
        ]
        .concat();
        let classes = vec!["only".into()];
        let images = Images::from_idx(&idx, &[0, 0, 8, 1, 0, 0, 0, 1, 0], classes, "").unwrap();
        assert_eq!(
            classifier.check_kind(&images).unwrap_err().to_string(),
            "the classifier does not know the attribute class, or other classes of it"
        );
    }
}
