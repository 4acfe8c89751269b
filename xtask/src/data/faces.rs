//! Pixel-art faces of people who do not exist, 16 x 16 in colour, drawn by DiceBear's Pixel Art. Every attribute of a
//! face is known, since faces/draw.mjs chooses it, and no attribute is tied to another: a block has one face of every
//! combination. Five blocks are shipped, each shuffled, so that any stretch of the sheet is fair; one more is left as a
//! set of its own for testing a classifier.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use super::manifest::{Image, Licence, Source};
use super::registry::NpmPackage;
use super::set::{self, Set};
use super::shuffle::Shuffler;
use super::{folder, made, whole};
use crate::process;
use crate::stage::stage;

/// The art. npm fetches it once more by faces/package-lock.json, with what draws it, and checks that by SHA-512; this is
/// for the checksum that the manifest gives.
const ART: NpmPackage = NpmPackage {
    name: "@dicebear/pixel-art",
    version: "9.4.3",
    sha256: "1252d798c632c20f194e7d8b2fbc18b23ad76b2511e668668d0051084bfaa754",
};

const SCRIPT: &str = "draw.mjs";
const LOCK: &str = include_str!("faces/package-lock.json");
/// What is needed to draw, as it lies beside this file: the script finds its packages where it lies itself.
const FILES: [(&str, &str); 3] = [
    (SCRIPT, include_str!("faces/draw.mjs")),
    ("package.json", include_str!("faces/package.json")),
    ("package-lock.json", LOCK),
];

const IMAGE: Image = Image {
    width: 16,
    height: 16,
    channels: 3,
};
const SIZE: usize = IMAGE.width * IMAGE.height * IMAGE.channels;
/// Five blocks fill 120 rows of so many.
const COLUMNS: usize = 128;
const SHIPPED: usize = 5;
const HELD_OUT: usize = 1;
const SEED: u64 = 1;

pub fn make() -> Result<()> {
    stage("Fetching the art", || ART.tarball())?;
    let whole = whole("faces")?;
    let packages = made(whole.join("packages"))?;
    let faces = stage("Drawing the faces, which takes a minute", || {
        Faces::draw(&packages)
    })?;
    let blocks = faces.shuffled()?;
    let (shipped, held_out) = blocks
        .split_at_checked(SHIPPED)
        .context("there are too few faces")?;
    faces.set(shipped, "five").write(&folder("faces")?)?;
    faces
        .set(held_out, "one more")
        .write(&made(whole.join("test"))?)
}

/// What the script has drawn, block by block.
struct Faces {
    pixels: Vec<u8>,
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
struct Attribute {
    name: String,
    classes: Vec<String>,
    labels: Vec<u8>,
}

impl Faces {
    /// Installs the packages into `folder` and runs the script there.
    fn draw(folder: &Path) -> Result<Self> {
        for (name, text) in FILES {
            fs::write(folder.join(name), text)
                .with_context(|| format!("{name} cannot be written"))?;
        }
        process::run(
            Command::new("npm")
                .args(["ci", "--silent", "--ignore-scripts"])
                .current_dir(folder),
        )?;
        process::run(
            Command::new("node")
                .arg(SCRIPT)
                .arg((SHIPPED + HELD_OUT).to_string())
                .current_dir(folder),
        )?;
        let read = |name: &str| {
            fs::read(folder.join(name)).with_context(|| format!("{SCRIPT} has left no {name}"))
        };
        Ok(Self {
            pixels: read("pixels.bin")?,
            attributes: serde_json::from_slice(&read("attributes.json")?)
                .context("attributes.json cannot be used")?,
        })
    }

    /// Faces in a block: one of every combination of classes.
    fn combinations(&self) -> usize {
        let classes = |attribute: &Attribute| attribute.classes.len();
        self.attributes.iter().map(classes).product()
    }

    /// The faces of each block, in an order drawn anew for each. A block that lacks a combination is refused.
    fn shuffled(&self) -> Result<Vec<Vec<usize>>> {
        let (images, size) = (self.pixels.len() / SIZE, self.combinations());
        ensure!(
            images * SIZE == self.pixels.len() && images == (SHIPPED + HELD_OUT) * size,
            "there are {} bytes of faces, not {} blocks of {size} faces",
            self.pixels.len(),
            SHIPPED + HELD_OUT
        );
        for attribute in &self.attributes {
            ensure!(
                attribute.labels.len() == images,
                "there are {} labels of {} for {images} faces",
                attribute.labels.len(),
                attribute.name
            );
        }
        let mut shuffler = Shuffler::new(SEED);
        let faces: Vec<usize> = (0..images).collect();
        let blocks = faces.chunks(size).map(|block| {
            let mut found: Vec<Vec<u8>> = block.iter().map(|face| self.classes(*face)).collect();
            found.sort_unstable();
            found.dedup();
            ensure!(
                found.len() == size,
                "a block has {} of {size} combinations",
                found.len()
            );
            let mut block = block.to_vec();
            shuffler.shuffle(&mut block);
            Ok(block)
        });
        blocks.collect()
    }

    /// The class of each attribute of a face.
    fn classes(&self, face: usize) -> Vec<u8> {
        let label = |attribute: &Attribute| attribute.labels[face];
        self.attributes.iter().map(label).collect()
    }

    /// A set of these blocks, all in one sheet.
    fn set(&self, blocks: &[Vec<usize>], how_many: &str) -> Set<'_> {
        let picture = |face: &usize| &self.pixels[face * SIZE..][..SIZE];
        let attribute = |attribute: &Attribute| set::Attribute {
            name: attribute.name.clone(),
            file: format!("labels-{}.bin", attribute.name.replace(' ', "-")),
            classes: attribute.classes.clone(),
            labels: blocks
                .iter()
                .flatten()
                .map(|face| attribute.labels[*face])
                .collect(),
        };
        Set {
            name: "faces",
            title: "Pixel-art faces",
            image: IMAGE,
            columns: COLUMNS,
            sheets: vec![blocks.iter().flatten().map(picture).collect()],
            attributes: self.attributes.iter().map(attribute).collect(),
            source: Source {
                registry: "npm".into(),
                package: ART.name.into(),
                version: ART.version.into(),
                sha256: ART.sha256.into(),
                part: format!(
                    "drawn from it: {how_many} of every combination of the attributes, beards in the colour of the hair"
                ),
            },
            licence: Licence {
                name: "CC0 1.0".into(),
                url: "https://creativecommons.org/publicdomain/zero/1.0/".into(),
            },
            credit: "Pixel Art: DiceBear; code MIT, © 2024 Florian Körner",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six blocks of two times three combinations; the first byte of a face is its number.
    fn faces() -> Faces {
        let attribute = |name: &str, classes: &[&str], label: fn(u8) -> u8| Attribute {
            name: name.into(),
            classes: classes.iter().map(|class| (*class).into()).collect(),
            labels: (0..36).map(label).collect(),
        };
        let pixels = (0..36).flat_map(|face| [&[face], &[0; SIZE - 1][..]].concat());
        Faces {
            pixels: pixels.collect(),
            attributes: vec![
                attribute("hat", &["no", "yes"], |face| face % 6 / 3),
                attribute("hair colour", &["black", "brown", "blond"], |face| face % 3),
            ],
        }
    }

    #[test]
    fn each_block_is_shuffled_in_itself_and_pictures_keep_their_labels() {
        let faces = faces();
        let blocks = faces.shuffled().unwrap();
        for (index, block) in blocks.iter().enumerate() {
            let mut sorted = block.clone();
            sorted.sort_unstable();
            assert_eq!(sorted, (index * 6..index * 6 + 6).collect::<Vec<_>>());
        }
        // Of 720 orders, six blocks of them: not all are the first.
        assert!(blocks.iter().any(|block| !block.is_sorted()));

        let set = faces.set(&blocks[..2], "two");
        assert_eq!(set.sheets[0].len(), 12);
        for (picture, label) in set.sheets[0].iter().zip(&set.attributes[1].labels) {
            assert_eq!(picture[0] % 3, *label);
        }
        assert_eq!(set.attributes[1].file, "labels-hair-colour.bin");
    }

    #[test]
    fn a_missing_combination_and_faces_without_labels_are_refused() {
        let refusal = |faces: &Faces| faces.shuffled().unwrap_err().to_string();
        let mut twice = faces();
        twice.attributes[0].labels[7] = 1;
        assert_eq!(refusal(&twice), "a block has 5 of 6 combinations");
        let mut few = faces();
        few.attributes[1].labels.pop();
        assert!(refusal(&few).contains("35 labels of hair colour for 36 faces"));
        let mut short = faces();
        short.pixels.pop();
        assert!(refusal(&short).contains("not 6 blocks of 6 faces"));
    }

    #[test]
    fn npm_checks_every_package_and_installs_the_art_that_the_manifest_names() {
        let lock: serde_json::Value = serde_json::from_str(LOCK).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
            let integrity = package["integrity"].as_str().unwrap_or_default();
            assert!(integrity.starts_with("sha512-"), "{name}");
        }
        let art = &packages[&format!("node_modules/{}", ART.name)];
        assert_eq!(art["version"], ART.version);
    }
}
