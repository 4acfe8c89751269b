//! Trains the classifier of a data set on its whole training set, and writes it with its test accuracy inside.

use std::path::Path;

use anyhow::{Context, Result};
use gan_playground::{
    classifier::{self, Attribute, Examples, Settings},
    data::{
        images::{Images, Manifest},
        shipped,
    },
    device::{self, DeviceName},
};
use indicatif::ProgressBar;
use pollster::block_on;

pub fn run(name: &str, files: &Path, assets: &Path, device: DeviceName) -> Result<()> {
    let whole = files.join(name);
    let shipped = assets.join("datasets").join(name);
    let manifest = manifest(&shipped)?;
    // A set that came as idx files was left as such; of others a test part was, in the form of the set itself.
    let (learn, test) = match whole.join("test").exists() {
        true => (sheets(&shipped)?, sheets(&whole.join("test"))?),
        false => {
            let idx = |part: &str| idx(&whole, part, name, &manifest);
            (idx("train")?, idx("t10k")?)
        }
    };
    let device = block_on(device::open(device))?;
    let bar = ProgressBar::no_length();
    let trained = block_on(classifier::train(
        learn,
        &test,
        [&manifest.title, &format!("gan-train classifier {name}")],
        Settings::default(),
        &device,
        |left| {
            // Told before each step: the first time, nothing is done yet.
            if bar.length().is_none() {
                bar.set_length(left as u64);
            }
            bar.set_position(bar.length().unwrap_or_default().saturating_sub(left as u64));
        },
    ))?;
    bar.finish_and_clear();

    let out = assets.join("classifiers");
    std::fs::create_dir_all(&out)?;
    let out = out.join(format!("{name}.safetensors"));
    std::fs::write(&out, block_on(trained.save())?)
        .with_context(|| format!("{} cannot be written", out.display()))?;
    println!("{}: share of test images in their class", out.display());
    let about = trained.about();
    for (attribute, accuracy) in about.attributes.iter().zip(&about.accuracy) {
        println!("  {}: {:.2} %", attribute.name, 100.0 * accuracy);
    }
    Ok(())
}

fn manifest(folder: &Path) -> Result<Manifest> {
    let bytes = read(&folder.join("manifest.json"))?;
    Ok(serde_json::from_slice(&bytes)?)
}

/// All sheets of a set, with all its attributes.
fn sheets(folder: &Path) -> Result<Examples> {
    let of = manifest(folder)?;
    let file = |file: &str| read(&folder.join(file));
    let sheets = of
        .sheets
        .iter()
        .map(|sheet| file(&sheet.file))
        .collect::<Result<Vec<_>>>()?;
    let first = of
        .labels
        .first()
        .context("the set has no labels to learn")?;
    let text = file("manifest.json")?;
    let images = shipped::read(&text, &sheets, &file(&first.file)?, None)?;
    let labels = of
        .labels
        .iter()
        .map(|set| {
            let attribute = Attribute {
                name: set.name.clone(),
                classes: set.classes.clone(),
            };
            Ok((attribute, file(&set.file)?))
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(Examples { images, labels })
}

/// A part of a set in MNIST's layout: `train` or `t10k`.
fn idx(folder: &Path, part: &str, name: &str, manifest: &Manifest) -> Result<Examples> {
    let file = |kind: &str| {
        read(&folder.join(format!("{part}-{kind}-ubyte")))
            .with_context(|| format!("`cargo xtask data {name}` leaves it there"))
    };
    let set = manifest
        .labels
        .first()
        .context("the set has no labels to learn")?;
    let (images, labels) = (file("images-idx3")?, file("labels-idx1")?);
    let images = Images::from_idx(&images, &labels, set.classes.clone(), &manifest.title)?;
    let attribute = Attribute {
        name: set.name.clone(),
        classes: set.classes.clone(),
    };
    Ok(Examples {
        labels: vec![(attribute, images.labels().to_vec())],
        images,
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}
