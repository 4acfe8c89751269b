//! A data set as it is shipped: its sheets, a file of labels for each attribute, and the manifest that describes them.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use super::manifest::{self, Image, Labels, Licence, Manifest, Sheet, Source};
use super::sheet;
use crate::stage::stage;

/// The largest first sheet, in bytes: a visitor waits for that one before anything is learnt, for the others not.
const LIMIT: u64 = 2_500_000;

pub struct Set<'a> {
    pub name: &'static str,
    /// For people.
    pub title: &'static str,
    pub image: Image,
    /// Images in a row of a sheet.
    pub columns: usize,
    /// The images of each sheet, each `height` x `width` x `channels` bytes.
    pub sheets: Vec<Vec<&'a [u8]>>,
    pub attributes: Vec<Attribute>,
    pub source: Source,
    pub licence: Licence,
    pub credit: &'static str,
}

pub struct Attribute {
    pub name: String,
    pub file: String,
    pub classes: Vec<String>,
    /// One an image, over all sheets in order: an index into `classes`.
    pub labels: Vec<u8>,
}

impl Set<'_> {
    /// Writes the set's files into `folder`, and says what they weigh.
    pub fn write(self, folder: &Path) -> Result<()> {
        let count = self.sheets.iter().map(Vec::len).sum();
        // Checked first, so that a set with a mistake leaves no half of itself.
        let labels = self
            .attributes
            .iter()
            .map(|attribute| attribute.described(count))
            .collect::<Result<_>>()?;
        let mut sheets = Vec::new();
        for (index, images) in self.sheets.iter().enumerate() {
            let name = sheet_file(index);
            let file = folder.join(&name);
            let bytes = stage(&format!("Writing {name}"), || {
                sheet::write(&file, self.image, self.columns, images)?;
                Ok(file.metadata()?.len())
            })?;
            println!("{name}: {} images, {bytes} bytes", images.len());
            ensure!(
                index > 0 || bytes <= LIMIT,
                "{} has {bytes} bytes, and may have {LIMIT}: take fewer images",
                file.display()
            );
            sheets.push(Sheet {
                file: name,
                count: images.len(),
                columns: self.columns,
            });
        }
        for attribute in &self.attributes {
            fs::write(folder.join(&attribute.file), &attribute.labels)
                .with_context(|| format!("{} cannot be written", attribute.file))?;
        }
        Manifest {
            name: self.name.into(),
            title: self.title.into(),
            image: self.image,
            count,
            sheets,
            labels,
            source: self.source,
            licence: self.licence,
            credit: self.credit.into(),
        }
        .write(folder)?;
        println!(
            "{count} images are in {}, described by its {}",
            folder.display(),
            manifest::FILE
        );
        Ok(())
    }
}

impl Attribute {
    /// What the manifest says of it, with `images` images.
    fn described(&self, images: usize) -> Result<Labels> {
        ensure!(
            self.labels.len() == images,
            "there are {} labels of {} for {images} images",
            self.labels.len(),
            self.name
        );
        let mut counts = vec![0; self.classes.len()];
        for (image, label) in self.labels.iter().enumerate() {
            *counts.get_mut(usize::from(*label)).with_context(|| {
                format!(
                    "image {image} has class {label} of {}, and there are {}",
                    self.name,
                    self.classes.len()
                )
            })? += 1;
        }
        Ok(Labels {
            name: self.name.clone(),
            file: self.file.clone(),
            classes: self.classes.clone(),
            counts,
        })
    }
}

/// sheet.png, sheet-2.png, sheet-3.png, ...
fn sheet_file(index: usize) -> String {
    match index {
        0 => "sheet.png".into(),
        _ => format!("sheet-{}.png", index + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<'a>(sheets: Vec<Vec<&'a [u8]>>, labels: &[u8]) -> Set<'a> {
        Set {
            name: "pets",
            title: "Pets",
            image: Image {
                width: 2,
                height: 1,
                channels: 1,
            },
            columns: 2,
            sheets,
            attributes: vec![Attribute {
                name: "kind".into(),
                file: "labels-kind.bin".into(),
                classes: vec!["cat".into(), "dog".into()],
                labels: labels.to_vec(),
            }],
            source: Source {
                registry: String::new(),
                package: String::new(),
                version: String::new(),
                sha256: String::new(),
                part: String::new(),
            },
            licence: Licence {
                name: String::new(),
                url: String::new(),
            },
            credit: "",
        }
    }

    #[test]
    fn labels_run_over_all_sheets_in_order() {
        let folder = std::env::temp_dir().join(format!("xtask-set-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let sheets: Vec<Vec<&[u8]>> = vec![vec![&[1, 2], &[3, 4], &[5, 6]], vec![&[7, 8]]];
        set(sheets, &[1, 0, 1, 1]).write(&folder).unwrap();
        let text = fs::read_to_string(folder.join(manifest::FILE)).unwrap();
        let read: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(read["count"], 4);
        let sheet = |index: usize| {
            (
                &read["sheets"][index]["file"],
                &read["sheets"][index]["count"],
            )
        };
        assert_eq!(sheet(0), (&"sheet.png".into(), &3.into()));
        assert_eq!(sheet(1), (&"sheet-2.png".into(), &1.into()));
        assert_eq!(read["labels"][0]["counts"], serde_json::json!([1, 3]));
        for name in ["sheet.png", "sheet-2.png"] {
            assert!(folder.join(name).exists());
        }
        assert_eq!(
            fs::read(folder.join("labels-kind.bin")).unwrap(),
            [1, 0, 1, 1]
        );
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn labels_that_do_not_fit_are_refused_before_anything_is_written() {
        let nowhere = Path::new("/no/such/folder");
        let refusal = |labels: &[u8]| {
            let sheets: Vec<Vec<&[u8]>> = vec![vec![&[1, 2], &[3, 4]]];
            set(sheets, labels).write(nowhere).unwrap_err().to_string()
        };
        assert_eq!(refusal(&[0]), "there are 1 labels of kind for 2 images");
        assert_eq!(
            refusal(&[0, 2]),
            "image 1 has class 2 of kind, and there are 2"
        );
    }
}
