//! wasm-opt (npm's binaryen) on a bound module that visitors will download: smaller, faster, and its names stripped.
//! Runs after wasm-bindgen, which needs what stripping takes away.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::{node::Node, process};

/// What rustc was told to use in .cargo/config.toml, and what its target has by default.
const FEATURES: [&str; 8] = [
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-sign-ext",
    "--enable-mutable-globals",
];

/// Replaces `module` by its optimised form.
pub fn optimise(module: &Path, node: &Node) -> Result<()> {
    let smaller = module.with_extension("wasm.opt");
    process::run(
        node.tool("wasm-opt")?
            // Hardly larger than the smallest, and a few hundredths faster.
            .args(["-O3", "--strip-debug", "--strip-producers"])
            .args(FEATURES)
            .arg(module)
            .arg("--output")
            .arg(&smaller),
    )?;
    fs::rename(&smaller, module).with_context(|| format!("{} cannot be replaced", module.display()))
}
