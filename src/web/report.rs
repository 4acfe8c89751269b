//! A report as JavaScript draws it: plain objects around typed arrays, whose buffers the worker can transfer.

use js_sys::{Array, Uint8Array, Uint32Array};
use wasm_bindgen::JsValue;

use super::values::{self, floats, object};
use crate::{
    data::table::Column,
    metrics::{diagnosis::Diagnosis, gradients::Gradients},
    train::{ImagesPicture, Measures, Picture, PointsPicture, Report, TablePicture},
};

/// `Report` in `www/protocol.js`.
pub fn to_js(report: &Report) -> Result<JsValue, JsValue> {
    let accuracy = |share: Option<f32>| share.unwrap_or(f32::NAN);
    object([
        ("step", (report.step as f64).into()),
        ("lossesD", floats(&report.discriminator_losses)),
        ("lossesG", floats(&report.generator_losses)),
        (
            "accuracyReal",
            accuracy(report.accuracy.map(|share| share.real)).into(),
        ),
        (
            "accuracyFake",
            accuracy(report.accuracy.map(|share| share.fake)).into(),
        ),
        (
            "picture",
            match &report.picture {
                Picture::Points(picture) => points(picture)?,
                Picture::Table(picture) => table(picture)?,
                Picture::Images(picture) => images(picture)?,
            },
        ),
    ])
}

fn points(picture: &PointsPicture) -> Result<JsValue, JsValue> {
    object([
        ("kind", "points".into()),
        ("columns", columns(&picture.columns)?),
        ("extent", picture.extent.into()),
        ("real", floats(&picture.real)),
        ("fake", floats(&picture.fake)),
        ("surfaceSize", picture.surface_size.into()),
        ("surface", floats(&picture.surface)),
        (
            "transport",
            optional(picture.transport.as_ref(), |transport| {
                let pairs: Vec<u32> = transport.real_of.iter().map(|at| *at as u32).collect();
                object([
                    ("realOf", Uint32Array::from(pairs.as_slice()).into()),
                    ("meanLength", transport.mean_length.into()),
                ])
            })?,
        ),
    ])
}

fn table(picture: &TablePicture) -> Result<JsValue, JsValue> {
    object([
        ("kind", "table".into()),
        ("columns", columns(&picture.columns)?),
        ("real", floats(&picture.real)),
        ("fake", floats(&picture.fake)),
    ])
}

/// `[{name, centre, scale}]`
fn columns(columns: &[Column]) -> Result<JsValue, JsValue> {
    Ok(values::write(&columns)?)
}

fn images(picture: &ImagesPicture) -> Result<JsValue, JsValue> {
    object([
        ("kind", "images".into()),
        ("width", picture.width.into()),
        ("height", picture.height.into()),
        ("channels", picture.channels.into()),
        ("columns", picture.columns.into()),
        (
            "rowClasses",
            picture
                .row_classes
                .iter()
                .map(|name| JsValue::from_str(name))
                .collect::<Array>()
                .into(),
        ),
        ("real", Uint8Array::from(picture.real.as_slice()).into()),
        ("realScores", floats(&picture.real_scores)),
        ("fake", Uint8Array::from(picture.fake.as_slice()).into()),
        ("fakeScores", floats(&picture.fake_scores)),
    ])
}

/// `Measures` in `www/protocol.js`. What the data does not allow is null.
pub fn measures_to_js(measures: &Measures, diagnosis: Diagnosis) -> Result<JsValue, JsValue> {
    let state = values::write(&diagnosis)?;
    object([
        ("step", (measures.step as f64).into()),
        ("diagnosis", state),
        ("accuracyReal", measures.accuracy.real.into()),
        ("accuracyFake", measures.accuracy.fake.into()),
        ("saturation", measures.saturation.into()),
        ("diversity", measures.diversity.into()),
        ("sliced", measures.sliced.into()),
        ("slicedFloor", measures.sliced_floor.into()),
        ("gradientsD", gradients(&measures.discriminator_gradients)?),
        ("gradientsG", gradients(&measures.generator_gradients)?),
        (
            "labels",
            optional(measures.labels, |labels| {
                object([
                    ("right", labels.right.into()),
                    ("swapped", labels.swapped.into()),
                ])
            })?,
        ),
        (
            "figure",
            optional(measures.figure.as_ref(), |figure| {
                let counts: Vec<f32> = figure.modes.good.iter().map(|n| *n as f32).collect();
                object([
                    ("captured", figure.modes.captured.into()),
                    ("total", figure.modes.total.into()),
                    ("highQuality", figure.modes.high_quality.into()),
                    ("width", figure.modes.width.into()),
                    ("counts", floats(&counts)),
                    ("jensenShannon", figure.jensen_shannon.into()),
                    ("askedFor", share(figure.asked_for)),
                ])
            })?,
        ),
        (
            "pictures",
            optional(measures.pictures.as_ref(), |pictures| {
                object([
                    ("frechet", pictures.frechet.into()),
                    ("frechetFloor", pictures.frechet_floor.into()),
                    ("classShares", floats(&pictures.classes.shares)),
                    ("askedFor", share(pictures.asked_for)),
                ])
            })?,
        ),
    ])
}

/// `{total, layers: [{name, norm}]}`
fn gradients(gradients: &Gradients) -> Result<JsValue, JsValue> {
    let layers = gradients
        .layers
        .iter()
        .map(|layer| {
            object([
                ("name", layer.layer.as_str().into()),
                ("norm", layer.norm.into()),
            ])
        })
        .collect::<Result<Array, _>>()?;
    object([("total", gradients.total.into()), ("layers", layers.into())])
}

fn share(value: Option<f32>) -> JsValue {
    value.map_or(JsValue::NULL, JsValue::from)
}

fn optional<T>(
    value: Option<T>,
    make: impl FnOnce(T) -> Result<JsValue, JsValue>,
) -> Result<JsValue, JsValue> {
    value.map_or(Ok(JsValue::NULL), make)
}
