//! `cargo xtask data <name>`: makes a data set of assets/datasets/ from the package that it comes in. What is made is
//! committed, so that only who changes a data set, or trains a classifier on all of it, runs this. One file a data set;
//! the rest is what they share.

mod animals;
mod digits;
mod faces;
mod fashion;
// The crate's own reader, as a file: depending on the crate would mean building Burn first.
#[path = "../../../src/data/idx.rs"]
mod idx;
mod manifest;
mod mnist;
mod registry;
mod set;
mod sheet;
mod shuffle;

use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use flate2::read::GzDecoder;

use crate::paths;

#[derive(clap::Args)]
pub struct Arguments {
    /// Which one
    name: Name,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    Animals,
    Digits,
    Faces,
    Fashion,
}

pub fn data(arguments: &Arguments) -> Result<()> {
    match arguments.name {
        Name::Animals => animals::make(),
        Name::Digits => digits::make(),
        Name::Faces => faces::make(),
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

/// Where what is not shipped of a data set is left: all of it, or its held-out part.
fn whole(name: &str) -> Result<PathBuf> {
    made(downloads()?.join(name))
}

fn made(folder: PathBuf) -> Result<PathBuf> {
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    Ok(folder)
}

/// What is in a gzipped file.
fn gunzip(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut bytes = Vec::new();
    GzDecoder::new(BufReader::new(file))
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} cannot be unpacked", path.display()))?;
    Ok(bytes)
}
