//! Fashion-MNIST, Zalando's articles of clothing in MNIST's layout (Xiao, Rasul and Vollgraf 2017): 6,000 of its
//! training images.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use flate2::read::GzDecoder;

use super::manifest::{Licence, Source};
use super::mnist::Recipe;
use super::registry::DebianPackage;
use crate::stage::stage;

const PACKAGE: DebianPackage = DebianPackage {
    name: "dataset-fashion-mnist",
    version: "0.0~git20200523.55506a9-1",
    sha256: "39e172fe32dd318ebb3e512220c3beea2fa47d7e20bab348fb4e0922d6beefc0",
};
/// Where the package has its files.
const FOLDER: &str = "usr/share/datasets/fashion-mnist";

pub fn make() -> Result<()> {
    let package = stage("Fetching Fashion-MNIST", || PACKAGE.unpacked())?;
    let recipe = Recipe {
        name: "fashion",
        title: "Fashion articles",
        attribute: "article",
        classes: [
            "T-shirt/top",
            "Trouser",
            "Pullover",
            "Dress",
            "Coat",
            "Sandal",
            "Shirt",
            "Sneaker",
            "Bag",
            "Ankle boot",
        ],
        each: 600,
        source: Source {
            registry: "Debian".into(),
            package: PACKAGE.name.into(),
            version: PACKAGE.version.into(),
            sha256: PACKAGE.sha256.into(),
            part: "the first 600 of each class of the training set, in source order".into(),
        },
        licence: Licence {
            name: "MIT".into(),
            url: "https://github.com/zalandoresearch/fashion-mnist/blob/master/LICENSE".into(),
        },
        credit: "Fashion-MNIST: Han Xiao, Kashif Rasul and Roland Vollgraf; © 2017 Zalando SE",
    };
    let folder = package.join(FOLDER);
    recipe.make(|file| unzipped(&folder.join(format!("{file}.gz"))))
}

fn unzipped(path: &Path) -> Result<Vec<u8>> {
    let file = File::open(path).with_context(|| format!("{} cannot be opened", path.display()))?;
    let mut bytes = Vec::new();
    GzDecoder::new(BufReader::new(file))
        .read_to_end(&mut bytes)
        .with_context(|| format!("{} cannot be unpacked", path.display()))?;
    Ok(bytes)
}
