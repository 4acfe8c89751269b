//! The wasm-bindgen surface: what `www/worker.js` sees of the crate (typed in `www/protocol.js`).
//!
//! Thin on purpose: it turns JavaScript's values into ours and back, and every error into a plain object
//! `{code, detail, field?}` that the page has a sentence for. Nothing of training is decided here.

#[cfg(feature = "training")]
mod about;
#[cfg(feature = "training")]
mod closer;
mod failure;
#[cfg(feature = "files")]
mod intake;
#[cfg(feature = "training")]
mod playground;
#[cfg(feature = "training")]
mod report;
#[cfg(feature = "files")]
mod shipped;
#[cfg(feature = "training")]
mod studio;
mod values;

#[cfg(feature = "files")]
pub use intake::{Intake, report_skipped};
#[cfg(feature = "training")]
pub use playground::{Playground, crash_on_purpose, data_files};
#[cfg(feature = "files")]
pub use shipped::pack_shipped;
#[cfg(feature = "training")]
pub use studio::Studio;

/// Runs once when the module is loaded.
#[cfg(target_family = "wasm")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    // Calling the static constructors ourselves is what makes this a library to the linker. Otherwise it wraps
    // every export in a call of all of them (cubecl registers thousands), and a step takes a hundred times longer.
    // SAFETY: the linker defines the function, it takes and returns nothing, and nothing has run before it.
    unsafe { __wasm_call_ctors() };
    std::panic::set_hook(Box::new(|panic| {
        failure::remember_panic(&panic.to_string());
        console_error_panic_hook::hook(panic);
    }));
}
