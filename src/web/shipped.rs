//! What `www/worker.js` sees of [`crate::data::shipped`].

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{failure, values};
use crate::data::shipped;

/// Makes of the bytes of `dataFiles` what `Playground.create` wants of them: a shipped set's manifest, sheets and labels
/// become one. Throws `{code, detail, field?}`.
#[wasm_bindgen(js_name = packShipped)]
pub fn pack_shipped(
    experiment: JsValue,
    files: Vec<Uint8Array>,
) -> Result<Vec<Uint8Array>, JsValue> {
    let experiment = values::experiment(experiment)?;
    let files = files.iter().map(Uint8Array::to_vec).collect();
    let packed =
        shipped::pack(&experiment.data, files).map_err(|error| failure::from_data(&error))?;
    Ok(packed
        .iter()
        .map(|file| Uint8Array::from(file.as_slice()))
        .collect())
}
