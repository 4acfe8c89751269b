//! `cargo xtask data <name>`: makes a data set of assets/datasets/ from the package that it comes in. What is made is
//! committed, so that only who changes a data set, or trains a classifier on all of it, runs this. One file a data set;
//! the rest is what they share.

mod digits;
mod fashion;
// The crate's own reader, as a file: depending on the crate would mean building Burn first.
#[path = "../../../src/data/idx.rs"]
mod idx;
mod manifest;
mod mnist;
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
    Fashion,
}

pub fn data(arguments: &Arguments) -> Result<()> {
    match arguments.name {
        Name::Digits => digits::make(),
        Name::Fashion => fashion::make(),
    }
}

/// The folder that a data set is shipped in.
fn folder(name: &str) -> Result<PathBuf> {
    made(paths::root()?.join("assets/datasets").join(name))
}

/// Where packages are downloaded to.
fn downloads() -> Result<PathBuf> {
    made(paths::target()?.join("data"))
}

/// Where all of a data set is left, as its source has it.
fn whole(name: &str) -> Result<PathBuf> {
    made(downloads()?.join(name))
}

fn made(folder: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}
