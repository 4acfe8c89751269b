//! What sets in MNIST's layout share: four idx files, ten classes, grey images of 28 x 28. The first so many training
//! images of each class are shipped, so that a visitor's download stays small and no class is rarer than another: the
//! choice is by order alone, never by looks. All four files are left, unpacked, where a classifier can be trained on
//! them.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::idx::Idx;
use super::manifest::{self, Image, Labels, Licence, Manifest, Sheet, Source};
use super::{folder, sheet, whole};
use crate::stage::stage;

const IMAGE: Image = Image {
    width: 28,
    height: 28,
    channels: 1,
};
const CLASSES: usize = 10;
const COLUMNS: usize = 100;
const SHEET_FILE: &str = "sheet.png";
const LABELS_FILE: &str = "labels.bin";
/// The largest sheet that a visitor is made to wait for, in bytes.
const LIMIT: u64 = 2_500_000;

pub const TRAIN_IMAGES: &str = "train-images-idx3-ubyte";
pub const TRAIN_LABELS: &str = "train-labels-idx1-ubyte";
/// The names that all such sets use for their files.
pub const FILES: [&str; 4] = [
    TRAIN_IMAGES,
    TRAIN_LABELS,
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
];

/// How a set is shipped.
pub struct Recipe {
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What its labels say.
    pub attribute: &'static str,
    pub classes: [&'static str; CLASSES],
    /// Images of each class.
    pub each: usize,
    pub source: Source,
    pub licence: Licence,
    pub credit: &'static str,
}

impl Recipe {
    /// Makes the set from its four files, which `file` finds by their names.
    pub fn make(self, file: impl Fn(&str) -> Result<Vec<u8>>) -> Result<()> {
        let whole = whole(self.name)?;
        stage("Unpacking all of it", || {
            for name in FILES {
                fs::write(whole.join(name), file(name)?)
                    .with_context(|| format!("{name} cannot be written"))?;
            }
            Ok(())
        })?;
        println!("Its idx files are in {}", whole.display());
        let read = |name| {
            fs::read(whole.join(name))
                .map_err(anyhow::Error::from)
                .and_then(|bytes| Ok(Idx::read(&bytes)?))
                .with_context(|| format!("{name} cannot be used"))
        };
        let (images, labels) = (read(TRAIN_IMAGES)?, read(TRAIN_LABELS)?);
        check(&images, &labels)?;
        let chosen = choose(&labels.values, self.each)?;

        let folder = folder(self.name)?;
        stage("Writing the sheet", || {
            let size = IMAGE.width * IMAGE.height;
            let pictures: Vec<&[u8]> = chosen
                .iter()
                .map(|index| &images.values[index * size..][..size])
                .collect();
            let file = folder.join(SHEET_FILE);
            sheet::write(&file, IMAGE, COLUMNS, &pictures)?;
            let size = file.metadata()?.len();
            ensure!(
                size <= LIMIT,
                "{} has {size} bytes, and may have {LIMIT}: take fewer of each class",
                file.display()
            );
            let classes: Vec<u8> = chosen.iter().map(|index| labels.values[*index]).collect();
            fs::write(folder.join(LABELS_FILE), classes).context("the labels cannot be written")?;
            self.manifest().write(&folder)
        })?;
        println!(
            "{} images are in {}, described by its {}",
            chosen.len(),
            folder.display(),
            manifest::FILE
        );
        Ok(())
    }

    fn manifest(self) -> Manifest {
        let count = CLASSES * self.each;
        Manifest {
            name: self.name.into(),
            title: self.title.into(),
            image: IMAGE,
            count,
            sheets: vec![Sheet {
                file: SHEET_FILE.into(),
                count,
                columns: COLUMNS,
            }],
            labels: vec![Labels {
                name: self.attribute.into(),
                file: LABELS_FILE.into(),
                classes: self.classes.map(String::from).into(),
                counts: vec![self.each; CLASSES],
            }],
            source: self.source,
            licence: self.licence,
            credit: self.credit.into(),
        }
    }
}

/// The training set is images `[count, 28, 28]` and labels `[count]`.
fn check(images: &Idx, labels: &Idx) -> Result<()> {
    ensure!(
        images.sizes.len() == 3 && images.sizes[1..] == [IMAGE.height, IMAGE.width],
        "{TRAIN_IMAGES} holds {:?} and not images of 28 x 28",
        images.sizes
    );
    ensure!(
        labels.sizes == images.sizes[..1],
        "there are {} images and labels of {:?}",
        images.sizes[0],
        labels.sizes
    );
    Ok(())
}

/// Indices of the first `each` images of every class, in the order in which the source has them.
fn choose(labels: &[u8], each: usize) -> Result<Vec<usize>> {
    let mut taken = [0; CLASSES];
    let mut chosen = Vec::new();
    for (index, label) in labels.iter().enumerate() {
        let count = taken.get_mut(usize::from(*label)).with_context(|| {
            format!("image {index} has the label {label}, and there are {CLASSES} classes")
        })?;
        if *count < each {
            *count += 1;
            chosen.push(index);
        }
    }
    ensure!(
        taken == [each; CLASSES],
        "the source has too few of some classes: {taken:?}"
    );
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_class_are_taken_in_source_order() {
        // 1,100 rounds of 0 to 9: the last hundred rounds are not needed.
        let labels: Vec<u8> = (0..1_100).flat_map(|_| 0..10).collect();
        assert_eq!(
            choose(&labels, 1_000).unwrap(),
            (0..10_000).collect::<Vec<_>>()
        );
        // With a class that comes late, the others' surplus before it is passed over.
        let late: Vec<u8> = (0..1_100).flat_map(|_| 0..9).chain([9; 1_000]).collect();
        let chosen = choose(&late, 1_000).unwrap();
        assert_eq!(chosen[8_999], 8_999);
        assert_eq!(chosen[9_000], 9_900);
    }

    #[test]
    fn too_few_of_a_class_or_a_label_without_one_is_refused() {
        let labels: Vec<u8> = (0..1_000).flat_map(|_| 0..9).collect();
        let refusal = |labels: &[u8]| choose(labels, 1_000).unwrap_err().to_string();
        assert!(refusal(&labels).contains("too few"));
        assert!(refusal(&[0, 1, 10]).contains("image 2 has the label 10"));
    }

    #[test]
    fn other_images_and_labels_than_mnist_has_are_refused() {
        let idx = |sizes: &[usize]| Idx {
            sizes: sizes.to_vec(),
            values: Vec::new(),
        };
        let good = idx(&[5, 28, 28]);
        check(&good, &idx(&[5])).unwrap();
        for (images, labels) in [
            (&idx(&[5, 28, 27]), &idx(&[5])),
            (&idx(&[5]), &idx(&[5])),
            (&good, &idx(&[4])),
            (&good, &good),
        ] {
            assert!(check(images, labels).is_err());
        }
    }
}
