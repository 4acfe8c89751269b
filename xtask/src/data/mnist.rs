//! What sets in MNIST's layout share: four idx files, ten classes, grey images of 28 x 28. The first so many training
//! images of each class make the first sheet, the next so many the second, so that a visitor's download stays small and
//! in no sheet is one class rarer than another: the choice is by order alone, never by looks. All four files are left,
//! unpacked, where a classifier can be trained on them.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::idx::Idx;
use super::manifest::{Image, Licence, Source};
use super::set::{Attribute, Set};
use super::{folder, whole};
use crate::stage::stage;

pub const IMAGE: Image = Image {
    width: 28,
    height: 28,
    channels: 1,
};
pub const CLASSES: usize = 10;
const COLUMNS: usize = 100;

pub const TRAIN_IMAGES: &str = "train-images-idx3-ubyte";
pub const TRAIN_LABELS: &str = "train-labels-idx1-ubyte";
pub const TEST_IMAGES: &str = "t10k-images-idx3-ubyte";
pub const TEST_LABELS: &str = "t10k-labels-idx1-ubyte";
/// The names that all such sets use for their files.
const FILES: [&str; 4] = [TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS];

/// How a set is shipped.
pub struct Recipe {
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    /// What its labels say.
    pub attribute: &'static str,
    pub classes: [&'static str; CLASSES],
    /// Images of each class in each sheet.
    pub each: usize,
    pub sheets: usize,
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
        let chosen = choose(&labels.values, self.each, self.sheets)?;

        let size = IMAGE.width * IMAGE.height;
        let picture = |index: &usize| &images.values[index * size..][..size];
        Set {
            name: self.name,
            title: self.title,
            image: IMAGE,
            columns: COLUMNS,
            sheets: chosen
                .iter()
                .map(|sheet| sheet.iter().map(picture).collect())
                .collect(),
            attributes: vec![Attribute {
                name: self.attribute.into(),
                file: "labels.bin".into(),
                classes: self.classes.map(String::from).into(),
                labels: chosen
                    .iter()
                    .flatten()
                    .map(|index| labels.values[*index])
                    .collect(),
            }],
            source: self.source,
            licence: self.licence,
            credit: self.credit,
        }
        .write(&folder(self.name)?)
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

/// Indices of the first `each` images of every class, in the order in which the source has them, then of the next
/// `each`, and so on: a list a sheet.
fn choose(labels: &[u8], each: usize, sheets: usize) -> Result<Vec<Vec<usize>>> {
    let mut taken = [0; CLASSES];
    let mut chosen = vec![Vec::new(); sheets];
    for (index, label) in labels.iter().enumerate() {
        let count = taken.get_mut(usize::from(*label)).with_context(|| {
            format!("image {index} has the label {label}, and there are {CLASSES} classes")
        })?;
        if let Some(sheet) = chosen.get_mut(*count / each) {
            *count += 1;
            sheet.push(index);
        }
    }
    ensure!(
        taken == [each * sheets; CLASSES],
        "the source has too few of some classes: {taken:?}"
    );
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_each_class_are_taken_in_source_order_then_the_next() {
        // 1,100 rounds of 0 to 9: the last hundred rounds are not needed.
        let labels: Vec<u8> = (0..1_100).flat_map(|_| 0..10).collect();
        let halves = choose(&labels, 500, 2).unwrap();
        assert_eq!(halves[0], (0..5_000).collect::<Vec<_>>());
        assert_eq!(halves[1], (5_000..10_000).collect::<Vec<_>>());
        // With a class that comes late, the others' surplus before it goes to the next sheet or is passed over.
        let late: Vec<u8> = (0..1_100).flat_map(|_| 0..9).chain([9; 1_000]).collect();
        let halves = choose(&late, 500, 2).unwrap();
        assert_eq!(halves[0][4_499..4_501], [4_499, 9_900]);
        assert_eq!(halves[1][0], 4_500);
        assert_eq!(halves[1][4_499..4_501], [8_999, 10_400]);
    }

    #[test]
    fn too_few_of_a_class_or_a_label_without_one_is_refused() {
        let labels: Vec<u8> = (0..1_000).flat_map(|_| 0..9).collect();
        let refusal = |labels: &[u8]| choose(labels, 1_000, 1).unwrap_err().to_string();
        assert!(refusal(&labels).contains("too few"));
        assert!(refusal(&[0, 1, 10]).contains("image 2 has the label 10"));
        let once: Vec<u8> = (0..1_999).flat_map(|_| 0..10).collect();
        assert!(choose(&once, 1_000, 2).is_err());
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
