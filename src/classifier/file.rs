//! A classifier's file: safetensors, as any tool reads them, with everything of [`About`] as JSON under one key of the
//! file's own metadata. Several keys would be written in another order each time.
//!
//! A file may come from anywhere, so that nothing in it is trusted.

use burn::{
    module::{Module, ModuleVisitor, Param},
    tensor::{Device, Tensor},
};
use safetensors::{
    Dtype, SafeTensors,
    tensor::{TensorView, serialize},
};

use super::{
    About, Classifier, ClassifierError,
    net::{ARCHITECTURE, Net, Slot},
    read as read_back,
};
use crate::{json, readback::Transaction};

/// The key of the metadata.
const KEY: &str = "classifier";

pub fn read(bytes: &[u8], device: &Device) -> Result<Classifier, ClassifierError> {
    let (_, metadata) = SafeTensors::read_metadata(bytes)?;
    let tensors = SafeTensors::deserialize(bytes)?;
    let about = metadata
        .metadata()
        .as_ref()
        .and_then(|metadata| metadata.get(KEY))
        .ok_or_else(|| ClassifierError::About(format!("{KEY:?} is not in its metadata")))?;
    let about: About =
        json::read(about.as_bytes()).map_err(|error| ClassifierError::About(error.to_string()))?;
    if about.architecture != ARCHITECTURE {
        return Err(ClassifierError::Architecture {
            found: about.architecture,
            expected: ARCHITECTURE,
        });
    }
    let mut known = Vec::new();
    let net = Net::with(about.image, about.logits(), device, |slot| {
        known.push(slot.name);
        values(&tensors, slot)
    })?;
    if let Some(name) = tensors
        .names()
        .into_iter()
        .find(|name| !known.contains(name))
    {
        return Err(ClassifierError::Unknown(name.to_owned()));
    }
    Ok(Classifier {
        net: net.no_grad(),
        about,
    })
}

/// The weights for one slot of the net.
fn values(tensors: &SafeTensors<'_>, slot: Slot<'_>) -> Result<Vec<f32>, ClassifierError> {
    let Slot { name, shape, .. } = slot;
    let tensor = tensors
        .tensor(name)
        .map_err(|_| ClassifierError::Missing(name))?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        return Err(ClassifierError::Weights {
            name,
            found: format!("{} {:?}", tensor.dtype(), tensor.shape()),
            expected: format!("{} {shape:?}", Dtype::F32),
        });
    }
    let (numbers, _) = tensor.data().as_chunks();
    let values: Vec<f32> = numbers
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    match values.iter().find(|value| !value.is_finite()) {
        Some(&value) => Err(ClassifierError::NotFinite { name, value }),
        None => Ok(values),
    }
}

pub async fn write(classifier: &Classifier) -> Result<Vec<u8>, ClassifierError> {
    let mut collect = Collect::default();
    classifier.net.visit(&mut collect);
    let read = read_back(collect.values).await?;
    let bytes: Vec<Vec<u8>> = read
        .into_iter()
        .map(|values| values.into_iter().flat_map(f32::to_le_bytes).collect())
        .collect();
    let mut tensors = Vec::new();
    for ((name, shape), bytes) in collect.slots.into_iter().zip(&bytes) {
        tensors.push((name, TensorView::new(Dtype::F32, shape, bytes)?));
    }
    let about = json::write(&classifier.about)
        .map_err(|error| ClassifierError::About(error.to_string()))?;
    let metadata = [(KEY.to_owned(), about)].into_iter().collect();
    Ok(serialize(tensors, Some(metadata))?)
}

/// Names, shapes and values of all weights of a net, in its order.
#[derive(Default)]
struct Collect {
    path: Vec<String>,
    slots: Vec<(String, Vec<usize>)>,
    values: Transaction,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, _: &str) {
        self.path.push(name.to_owned());
    }

    fn exit_module(&mut self, _: &str, _: &str) {
        self.path.pop();
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let weights = param.val();
        self.slots
            .push((self.path.join("."), weights.dims().to_vec()));
        self.values = std::mem::take(&mut self.values).register(weights);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{
        classifier::Attribute,
        data::images::ImageFormat,
        rng::{self, Stream},
    };

    const IMAGE: ImageFormat = ImageFormat {
        width: 8,
        height: 12,
        channels: 3,
    };

    fn classifier() -> Classifier {
        let mut rng = rng::stream(1, Stream::ClassifierWeights);
        let device = Device::flex();
        Classifier {
            net: Net::new(IMAGE, 3, &mut rng, &device).unwrap(),
            about: About {
                architecture: ARCHITECTURE.into(),
                image: IMAGE,
                attributes: vec![Attribute {
                    name: "letter".into(),
                    classes: vec!["a".into(), "b".into(), "c".into()],
                }],
                data: "Nothing".into(),
                command: "none".into(),
                accuracy: vec![0.5],
            },
        }
    }

    fn bytes() -> Vec<u8> {
        pollster::block_on(classifier().save()).unwrap()
    }

    fn refusal(bytes: &[u8]) -> String {
        Classifier::load(bytes, &Device::flex())
            .unwrap_err()
            .to_string()
    }

    fn with_header(change: impl Fn(String) -> String) -> Vec<u8> {
        crate::checkpoint::tests::with_header(&bytes(), change)
    }

    #[test]
    fn what_is_saved_is_loaded_again() {
        let before = classifier();
        let bytes = bytes();
        let after = Classifier::load(&bytes, &Device::flex()).unwrap();
        assert_eq!(after.about(), before.about());
        assert_eq!(pollster::block_on(after.save()).unwrap(), bytes);
        let rows = Tensor::<2>::from_floats([[0.1f32; 288], [-0.7; 288]], &Device::flex());
        let (before, after) = (before.forward(rows.clone()), after.forward(rows));
        assert_eq!(after.features.dims(), [2, super::super::FEATURES]);
        assert_eq!(after.logits.dims(), [2, 3]);
        assert_eq!(
            after.logits.into_data().try_to_vec::<f32>().unwrap(),
            before.logits.into_data().try_to_vec::<f32>().unwrap()
        );
    }

    #[test]
    fn no_gradient_goes_into_what_is_loaded() {
        let device = Device::flex().autodiff();
        let loaded = Classifier::load(&bytes(), &device).unwrap();
        let rows = Tensor::<2>::from_floats([[0.1f32; 288]], &device);
        assert!(!loaded.forward(rows.clone()).logits.is_require_grad());
        // But one goes through it, to what it looks at.
        let rows = rows.require_grad();
        let gradients = loaded.forward(rows.clone()).logits.sum().backward();
        assert!(rows.grad(&gradients).is_some());
    }

    #[test]
    fn a_file_cut_anywhere_or_too_long_is_refused() {
        let mut bytes = bytes();
        for length in (0..2_000).chain((2_000..bytes.len()).step_by(997)) {
            let sentence = refusal(&bytes[..length]);
            assert!(sentence.contains("cannot be read"), "{length}: {sentence}");
        }
        bytes.push(0);
        assert!(refusal(&bytes).contains("cannot be read"));
    }

    #[test]
    fn weights_of_another_name_shape_or_type_are_refused() {
        let renamed = with_header(|header| header.replace("embed.bias", "embed.b"));
        assert_eq!(
            refusal(&renamed),
            "the classifier's file lacks the weights embed.bias"
        );
        let shaped = with_header(|header| header.replace("[16,3,4,4]", "[3,16,4,4]"));
        assert_eq!(
            refusal(&shaped),
            "the classifier's weights outer.weight are F32 [3, 16, 4, 4], and have to be F32 [16, 3, 4, 4]"
        );
        let typed = with_header(|header| header.replace("F32", "I32"));
        assert!(refusal(&typed).contains("are I32 [16, 3, 4, 4]"));
        let more = with_header(|header| {
            let empty = r#","more":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"embed"#;
            header.replacen(r#","embed"#, empty, 1)
        });
        assert_eq!(
            refusal(&more),
            "the classifier's file has the weights more, which its net has not"
        );
    }

    #[test]
    fn weights_that_are_no_finite_numbers_are_refused() {
        for (value, shown) in [(f32::NAN, "NaN"), (f32::NEG_INFINITY, "-inf")] {
            let mut bytes = bytes();
            let last = bytes.len() - 4;
            bytes[last..].copy_from_slice(&value.to_le_bytes());
            let sentence = refusal(&bytes);
            assert!(
                sentence.contains(&format!("sort.weight hold {shown}")),
                "{sentence}"
            );
        }
    }

    #[test]
    fn a_file_that_is_no_classifier_or_another_is_refused() {
        for (from, to, sentence) in [
            (
                r#""classifier""#,
                r#""classified""#,
                r#""classifier" is not in its metadata"#,
            ),
            (r#"\"command\""#, r#"\"order\""#, "missing field `command`"),
            ("conv4s2-16", "conv5s2-16", "is of the layers"),
            (r#"\"width\":8"#, r#"\"width\":10"#, "not 10x12 with 3"),
            (r#"\"width\":8"#, r#"\"width\":0"#, "not 0x12 with 3"),
            (r#"\"width\":8"#, r#"\"width\":128"#, "not 128x12 with 3"),
            (
                r#"\"width\":8"#,
                r#"\"width\":12"#,
                "embed.weight are F32 [192, 32], and have to be F32 [288, 32]",
            ),
            (r#"\"channels\":3"#, r#"\"channels\":2"#, "not 8x12 with 2"),
            (
                r#"[\"a\",\"b\",\"c\"]"#,
                r#"[\"a\"]"#,
                "2 to 256 classes apart, not 1",
            ),
        ] {
            let found = refusal(&with_header(|header| header.replace(from, to)));
            assert!(found.contains(sentence), "{found:?}, not {sentence:?}");
        }
        let plain = serialize(HashMap::<String, TensorView<'_>>::new(), None).unwrap();
        assert!(refusal(&plain).contains("does not say what it is"));
    }
}
