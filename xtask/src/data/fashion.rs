//! Fashion-MNIST, Zalando's articles of clothing in MNIST's layout (Xiao, Rasul and Vollgraf 2017): 12,000 of its
//! training images, in two sheets.

use anyhow::Result;

use super::gunzip;
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
        sheets: 2,
        source: Source {
            registry: "Debian".into(),
            package: PACKAGE.name.into(),
            version: PACKAGE.version.into(),
            sha256: PACKAGE.sha256.into(),
            part: "the first 1,200 of each class of the training set, in source order, 600 a sheet"
                .into(),
        },
        licence: Licence {
            name: "MIT".into(),
            url: "https://github.com/zalandoresearch/fashion-mnist/blob/master/LICENSE".into(),
        },
        credit: "Fashion-MNIST: Han Xiao, Kashif Rasul and Roland Vollgraf; © 2017 Zalando SE",
    };
    let folder = package.join(FOLDER);
    recipe.make(|file| gunzip(&folder.join(format!("{file}.gz"))))
}
