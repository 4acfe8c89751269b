//! Errors as the page wants them: a code that picks a sentence, and the technical cause.

use serde::Serialize;
use wasm_bindgen::JsValue;

use super::values::{self, ValueError};
use crate::{data::DataError, experiment::ExperimentError};
#[cfg(feature = "training")]
use crate::{
    device::{DeviceError, DeviceName},
    train::TrainError,
};

/// `RunError` in `www/protocol.js`.
#[derive(Serialize)]
struct Failure {
    code: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
}

impl Failure {
    fn new(code: &'static str, detail: String) -> Self {
        Self {
            code,
            detail,
            field: None,
        }
    }

    fn into_js(self) -> JsValue {
        values::write(&self).unwrap_or_else(|_| JsValue::from_str(&self.detail))
    }
}

impl From<&ExperimentError> for Failure {
    fn from(error: &ExperimentError) -> Self {
        Self {
            field: Some(error.field.clone()),
            ..Self::new("experiment", error.to_string())
        }
    }
}

pub fn from_experiment(error: &ExperimentError) -> JsValue {
    Failure::from(error).into_js()
}

/// An experiment whose very structure cannot be read.
pub fn from_structure(error: &ValueError) -> JsValue {
    Failure::new("experiment", error.to_string()).into_js()
}

/// Data that cannot be used.
pub fn from_data(error: &DataError) -> JsValue {
    Failure::new("data", error.to_string()).into_js()
}

#[cfg(feature = "training")]
pub fn from_device(error: &DeviceError) -> JsValue {
    Failure::new("adapter-refused", error.to_string()).into_js()
}

/// An error of a run on `device`.
#[cfg(feature = "training")]
pub fn from_train(error: &TrainError, device: DeviceName) -> JsValue {
    let code = match error {
        TrainError::Experiment(error) => return from_experiment(error),
        TrainError::Data(error) => return from_data(error),
        TrainError::Classifier(_) => "data",
        TrainError::Model(_) => "model",
        TrainError::State(_) => "state",
        TrainError::NotFinite { .. } => "not-finite",
        // The CPU does not go away: whatever this is, nobody has foreseen it.
        TrainError::Device(_) if device == DeviceName::Cpu => "worker",
        TrainError::Device(_) => "device-lost",
    };
    Failure::new(code, error.to_string()).into_js()
}

/// Leaves a panic's text where the worker finds it: the trap that follows carries none, and a promise that was
/// under way is never settled.
#[cfg(target_family = "wasm")]
pub fn remember_panic(text: &str) {
    // Fails only if the global scope is frozen; the console has the text in any case.
    let _ = js_sys::Reflect::set(&js_sys::global(), &"lastPanic".into(), &text.into());
}
