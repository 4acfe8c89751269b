//! Our own types as JavaScript's plain objects and back, by way of [`Value`] as in [`crate::json`], whose one reader and
//! writer of each type serve here too. What is not there is null.

use js_sys::{Object, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::JsValue;

use super::failure;
use crate::experiment::Experiment;

/// A value that is not what its type says, which is the page's own mistake.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    #[error("it is no plain object: {0}")]
    Foreign(#[from] serde_wasm_bindgen::Error),
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

impl From<ValueError> for JsValue {
    fn from(error: ValueError) -> Self {
        js_sys::Error::new(&error.to_string()).into()
    }
}

/// A `T` from JavaScript.
///
/// # Errors
/// When it is no plain object, or not of a `T`.
pub fn read<T: DeserializeOwned>(from: JsValue) -> Result<T, ValueError> {
    let value: Value = serde_wasm_bindgen::from_value(from)?;
    Ok(serde_json::from_value(value)?)
}

/// An experiment, checked.
///
/// # Errors
/// `{code, detail, field?}`, when its structure cannot be read or a field does not fit.
pub fn experiment(from: JsValue) -> Result<Experiment, JsValue> {
    let json: Value = read(from).map_err(|error| failure::from_structure(&error))?;
    Experiment::read(&json).map_err(|error| failure::from_experiment(&error))
}

/// `what` for JavaScript.
///
/// # Errors
/// When something in it has no form in JSON.
pub fn write(what: &impl Serialize) -> Result<JsValue, ValueError> {
    let value = serde_json::to_value(what)?;
    Ok(value.serialize(&Serializer::json_compatible())?)
}

/// A plain object with the given properties.
pub fn object<const N: usize>(properties: [(&str, JsValue); N]) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object.into())
}

/// Numbers as a typed array, whose buffer the worker can transfer.
#[cfg(feature = "training")]
pub fn floats(numbers: &[f32]) -> JsValue {
    js_sys::Float32Array::from(numbers).into()
}
