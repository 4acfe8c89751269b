//! Trains the classifier of a data set on its whole training set, and writes it with its test accuracy inside.

use std::path::Path;

use anyhow::{Context, Result};
use gan_playground::{
    classifier::{self, Files, Settings},
    data::images::Manifest,
    device::{self, DeviceName},
};
use indicatif::ProgressBar;
use pollster::block_on;

pub fn run(name: &str, files: &Path, assets: &Path, device: DeviceName) -> Result<()> {
    let folder = files.join(name);
    let idx = |file: &str| {
        let path = folder.join(file);
        std::fs::read(&path).with_context(|| {
            format!(
                "{} cannot be read: `cargo xtask data {name}` leaves it there",
                path.display()
            )
        })
    };
    let [train_images, train_labels, test_images, test_labels] = [
        idx("train-images-idx3-ubyte")?,
        idx("train-labels-idx1-ubyte")?,
        idx("t10k-images-idx3-ubyte")?,
        idx("t10k-labels-idx1-ubyte")?,
    ];
    let manifest = assets.join("datasets").join(name).join("manifest.json");
    let manifest = std::fs::read(&manifest)
        .with_context(|| format!("{} cannot be read", manifest.display()))?;
    let manifest: Manifest = serde_json::from_slice(&manifest)?;
    let classes = &manifest
        .labels
        .first()
        .with_context(|| format!("{name} has no labels to learn"))?
        .classes;

    let device = block_on(device::open(device))?;
    let bar = ProgressBar::no_length();
    let trained = block_on(classifier::train(
        Files {
            train_images: &train_images,
            train_labels: &train_labels,
            test_images: &test_images,
            test_labels: &test_labels,
        },
        classes,
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
    println!(
        "{}: {:.2} % of the test images in their class",
        out.display(),
        100.0 * trained.about().accuracy.unwrap_or_default()
    );
    Ok(())
}
