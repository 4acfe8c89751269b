//! A step taken apart, and examples to tell apart, as JavaScript's plain objects around typed arrays.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::values::{floats, object};
use crate::{
    data::Dataset,
    train::{Anatomy, Deal, DiscriminatorPart, GeneratorPart, LayerChange, Shown},
};

/// `Anatomy` in `www/protocol.js`.
pub fn anatomy_to_js(anatomy: &Anatomy, dims: usize) -> Result<JsValue, JsValue> {
    let generator = match &anatomy.generator {
        Some(part) => generator(part, dims)?,
        None => JsValue::NULL,
    };
    object([
        ("step", (anatomy.step as f64).into()),
        (
            "discriminator",
            discriminator(&anatomy.discriminator, dims)?,
        ),
        ("generator", generator),
    ])
}

fn discriminator(part: &DiscriminatorPart, dims: usize) -> Result<JsValue, JsValue> {
    object([
        ("updates", part.updates.into()),
        ("noise", floats(&part.noise)),
        ("dims", dims.into()),
        ("fake", shown(&part.fake)),
        ("real", shown(&part.real)),
        ("fakeScores", floats(&part.fake_scores)),
        ("realScores", floats(&part.real_scores)),
        ("fakeProbabilities", floats(&part.fake_probabilities)),
        ("realProbabilities", floats(&part.real_probabilities)),
        ("loss", part.loss.into()),
        ("penalty", part.penalty.into()),
        ("layers", layers(&part.layers)?),
        ("learningRate", part.learning_rate.into()),
    ])
}

fn generator(part: &GeneratorPart, dims: usize) -> Result<JsValue, JsValue> {
    object([
        ("updates", part.updates.into()),
        ("noise", floats(&part.noise)),
        ("dims", dims.into()),
        ("fake", shown(&part.fake)),
        ("scores", floats(&part.scores)),
        ("probabilities", floats(&part.probabilities)),
        ("realScores", floats(&part.real_scores)),
        ("pull", floats(&part.pull)),
        ("after", shown(&part.after)),
        ("loss", part.loss.into()),
        ("layers", layers(&part.layers)?),
        ("learningRate", part.learning_rate.into()),
    ])
}

/// `[{name, gradient, weights, change}]`
fn layers(layers: &[LayerChange]) -> Result<JsValue, JsValue> {
    let each = layers.iter().map(|layer| {
        object([
            ("name", layer.layer.as_str().into()),
            ("gradient", layer.gradient.into()),
            ("weights", layer.weights.into()),
            ("change", layer.change.into()),
        ])
    });
    Ok(each.collect::<Result<Array, _>>()?.into())
}

/// `Deal` in `www/protocol.js`.
pub fn deal_to_js(deal: &Deal, step: u64, data: &Dataset) -> Result<JsValue, JsValue> {
    let (kind, [width, height, channels]) = match data {
        Dataset::Images(images) => {
            let format = images.manifest().image;
            ("images", [format.width, format.height, format.channels])
        }
        Dataset::Table(table) if table.columns().len() > 2 => ("table", [0; 3]),
        _ => ("points", [0; 3]),
    };
    let extent = match data {
        Dataset::Figure(figure) => figure.extent(),
        Dataset::Table(table) => table.extent(),
        Dataset::Images(_) => 0.0,
    };
    let names = data.class_names();
    let asked = deal.classes.iter().map(|class| match names.get(*class) {
        Some(name) => JsValue::from_str(name),
        None => JsValue::from_str(&class.to_string()),
    });
    let real: Vec<u8> = deal.real.iter().map(|real| u8::from(*real)).collect();
    object([
        ("kind", kind.into()),
        ("step", (step as f64).into()),
        ("examples", shown(&deal.examples)),
        ("real", Uint8Array::from(real.as_slice()).into()),
        ("probabilities", floats(&deal.probabilities)),
        ("asked", asked.collect::<Array>().into()),
        ("width", width.into()),
        ("height", height.into()),
        ("channels", channels.into()),
        ("extent", extent.into()),
    ])
}

fn shown(examples: &Shown) -> JsValue {
    match examples {
        Shown::Numbers(numbers) => floats(numbers),
        Shown::Bytes(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    }
}
