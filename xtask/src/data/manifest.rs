//! manifest.json, which describes an image data set to the crate and to the page: what is in its files, where it comes
//! from and under which licence. The format is general; a data set fills it in. Written here, never read.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde::Serialize;

pub const FILE: &str = "manifest.json";

#[derive(Serialize)]
pub struct Manifest {
    pub name: String,
    /// For people.
    pub title: String,
    pub image: Image,
    /// Images in all sheets together.
    pub count: usize,
    /// The images, in order.
    pub sheets: Vec<Sheet>,
    pub labels: Vec<Labels>,
    pub source: Source,
    pub licence: Licence,
    pub credit: String,
}

#[derive(Clone, Copy, Serialize)]
pub struct Image {
    pub width: usize,
    pub height: usize,
    /// 1 is grey, 3 is red, green and blue.
    pub channels: usize,
}

/// One PNG with `count` images, `columns` of them in a row, row by row.
#[derive(Serialize)]
pub struct Sheet {
    pub file: String,
    pub count: usize,
    pub columns: usize,
}

/// One attribute of every image: a byte for each, an index into `classes`.
#[derive(Serialize)]
pub struct Labels {
    pub name: String,
    pub file: String,
    pub classes: Vec<String>,
    /// Images of each class.
    pub counts: Vec<usize>,
}

/// The package of a registry that the images were taken out of.
#[derive(Clone, Serialize)]
pub struct Source {
    pub registry: String,
    pub package: String,
    pub version: String,
    pub sha256: String,
    /// Which of the images in it.
    pub part: String,
}

#[derive(Clone, Serialize)]
pub struct Licence {
    pub name: String,
    pub url: String,
}

impl Manifest {
    pub fn write(&self, folder: &Path) -> Result<()> {
        let file = folder.join(FILE);
        let text = serde_json::to_string_pretty(self)?;
        fs::write(&file, text + "\n")
            .with_context(|| format!("{} cannot be written", file.display()))
    }
}
