//! wasm-bindgen's second half, as a library: writes the JavaScript and the types beside the module.
//! Must be of the version that the crate links, or the two do not understand each other.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;

use crate::paths;

/// As in this package's Cargo.toml.
pub const VERSION: &str = "0.2.130";
const NAME: &str = "gan_playground";
pub const WASM_FILE: &str = "gan_playground_bg.wasm";

/// Writes the JavaScript module, its types and the bound wasm into `folder`.
pub fn generate(raw: &[u8], folder: &Path) -> Result<()> {
    Bindgen::new()
        .input_bytes(NAME, raw.to_vec())
        .web(true)?
        .typescript(true)
        // The worker names no file: the JavaScript itself says where its module is, and Vite finds it there.
        .omit_default_module_path(false)
        .generate(folder)
        .context("wasm-bindgen could not bind the module")
}

/// That Cargo.lock has one version of both halves, the one that this was built with.
pub fn check_version() -> Result<()> {
    let file = paths::root()?.join("Cargo.lock");
    let text = std::fs::read_to_string(&file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    check_lock(&text)
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
}

fn check_lock(text: &str) -> Result<()> {
    let lock: Lock = toml::from_str(text).context("Cargo.lock is not what Cargo writes")?;
    for name in ["wasm-bindgen", "wasm-bindgen-cli-support"] {
        let package = lock.package.iter().find(|package| package.name == name);
        let version = package
            .with_context(|| format!("Cargo.lock does not list {name}"))?
            .version
            .as_str();
        if version != VERSION {
            bail!(
                "Cargo.lock has {name} {version}, but the build tool binds for {VERSION}, and the two must agree: set \
                 wasm-bindgen-cli-support in xtask/Cargo.toml and VERSION in xtask/src/wasm/bindgen.rs to the version \
                 that wasm-bindgen has."
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock(library: &str, tool: &str) -> String {
        format!(
            "version = 4\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"{library}\"\n\
             [[package]]\nname = \"wasm-bindgen-cli-support\"\nversion = \"{tool}\"\n"
        )
    }

    #[test]
    fn this_checkout_has_both_halves_of_one_version() {
        check_version().unwrap();
    }

    #[test]
    fn a_newer_library_is_refused_with_what_to_change() {
        let error = check_lock(&lock("0.2.999", VERSION))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("wasm-bindgen 0.2.999") && error.contains("xtask/Cargo.toml"),
            "{error}"
        );
        assert!(check_lock(&lock(VERSION, "0.2.999")).is_err());
        check_lock(&lock(VERSION, VERSION)).unwrap();
    }

    #[test]
    fn a_lock_without_wasm_bindgen_is_refused() {
        let error = check_lock("version = 4\n[[package]]\nname = \"other\"\nversion = \"1.0.0\"\n")
            .unwrap_err();
        assert!(
            error.to_string().contains("does not list wasm-bindgen"),
            "{error}"
        );
    }
}
