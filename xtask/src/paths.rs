//! Where things lie in the repository, so that no other module spells out a path twice. Creates nothing.

use std::path::PathBuf;

use anyhow::{Context as _, Result};

/// The repository's top. Cargo says at run time where this package lies, so a checkout may be moved.
pub fn root() -> Result<PathBuf> {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .context("Cargo has not said where the repository is: start this as `cargo xtask`.")?;
    let root = PathBuf::from(package);
    root.parent()
        .map(PathBuf::from)
        .with_context(|| format!("{} has no folder above it", root.display()))
}

pub fn target() -> Result<PathBuf> {
    Ok(root()?.join("target"))
}
