//! A report as JavaScript draws it: plain objects around typed arrays, whose buffers the worker can transfer.

use js_sys::{Float32Array, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;

use crate::train::{ImagesPicture, Picture, PointsPicture, Report};

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
                Picture::Images(picture) => images(picture)?,
            },
        ),
    ])
}

fn points(picture: &PointsPicture) -> Result<JsValue, JsValue> {
    object([
        ("kind", "points".into()),
        ("extent", picture.extent.into()),
        ("real", floats(&picture.real)),
        ("fake", floats(&picture.fake)),
        ("surfaceSize", picture.surface_size.into()),
        ("surface", floats(&picture.surface)),
        ("modesCaptured", picture.modes.captured.into()),
        ("modesTotal", picture.modes.total.into()),
        ("highQuality", picture.modes.high_quality.into()),
    ])
}

fn images(picture: &ImagesPicture) -> Result<JsValue, JsValue> {
    object([
        ("kind", "images".into()),
        ("width", picture.width.into()),
        ("height", picture.height.into()),
        ("channels", picture.channels.into()),
        ("real", Uint8Array::from(picture.real.as_slice()).into()),
        ("realScores", floats(&picture.real_scores)),
        ("fake", Uint8Array::from(picture.fake.as_slice()).into()),
        ("fakeScores", floats(&picture.fake_scores)),
    ])
}

fn floats(values: &[f32]) -> JsValue {
    Float32Array::from(values).into()
}

/// A plain object with the given properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object.into())
}
