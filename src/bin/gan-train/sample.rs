//! Samples of a model that was saved, with what they were drawn from: for whoever draws them elsewhere, too.

use std::path::Path;

use anyhow::{Context, Result, bail};
use burn::tensor::{Device, Tensor};
use gan_playground::{
    checkpoint::Model,
    nets::Examples,
    readback::Transaction,
    rng::{self, Stream},
    train::{execute, noise, numbers, one_hot},
};
use pollster::block_on;

use crate::files::Npy;

/// Reads a model's file.
pub fn model(file: &Path, device: &Device) -> Result<Model> {
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Model::read(&bytes, device).with_context(|| format!("{} is no model", file.display()))
}

pub fn run(
    file: &Path,
    (count, seed): (usize, u32),
    codes: &Path,
    export: &Path,
    scores: Option<&Path>,
) -> Result<()> {
    let device = Device::flex();
    let model = model(file, &device)?;
    let about = model.about();
    let like = &about.experiment.noise;
    let drawn = noise(
        &mut rng::measuring_stream(seed, Stream::Samples),
        like,
        count,
        &device,
    );
    let labels: Vec<usize> = (0..count).map(|at| at % about.classes.max(1)).collect();
    let classes = (about.classes > 0).then(|| one_hot(&labels, about.classes, &device));
    let given = match &classes {
        Some(classes) => Tensor::cat(vec![drawn.clone(), classes.clone()], 1),
        None => drawn.clone(),
    };
    let made = model.generator(&device)?.forward(drawn, classes);
    let scored = match scores {
        None => None,
        Some(_) if about.experiment.stabilisers.packing > 1 => {
            bail!("a D that judges packs has no score for a sample alone")
        }
        Some(_) => {
            let discriminator = model.discriminator(&device)?;
            let discriminator = discriminator.context("the model has no D")?;
            let examples = Examples {
                rows: made.rows.clone(),
                classes: made.classes,
            };
            Some(discriminator.forward(examples))
        }
    };
    let mut transaction = Transaction::default().register(given).register(made.rows);
    if let Some(scored) = scored {
        transaction = transaction.register(scored);
    }
    let mut read = block_on(execute(transaction))?;
    let given = numbers(read.next())?;
    let mut made = numbers(read.next())?;
    about.units.from_nets(&mut made);
    Npy::create(codes)?.write(&given, about.noise + about.classes)?;
    Npy::create(export)?.write(&made, about.shape.features())?;
    if let Some(file) = scores {
        Npy::create(file)?.write(&numbers(read.next())?, 1)?;
    }
    Ok(())
}
