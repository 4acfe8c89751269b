//! One run, from its experiment to its files.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result, bail};
use gan_playground::{
    data::{Dataset, shipped},
    device::{self, DeviceName},
    experiment::{Experiment, presets},
    metrics::diagnosis::Diagnosis,
    train::{Measures, TrainError, Trainer},
};
use indicatif::{ProgressBar, ProgressStyle};
use pollster::block_on;

use crate::{
    args::Train,
    files::{Folder, Row},
};

/// Trains every seed that is asked for.
pub fn seeds(train: &Train) -> Result<()> {
    let mut experiment = read(&train.experiment)?;
    if let Some(seed) = train.seed {
        experiment.seed = seed;
    }
    if let Some(steps) = train.steps {
        experiment.training.steps = steps;
    }
    let first = experiment.seed;
    for offset in 0..train.seeds {
        experiment.seed = first.wrapping_add(offset);
        let mut out = train.out.clone();
        let mut export = train.export.clone();
        if train.seeds > 1 {
            out.push(format!("seed-{}", experiment.seed));
            export = export.map(|file| numbered(&file, experiment.seed));
        }
        if let Err(error) = one(&experiment, train, &out, export.as_deref()) {
            // One seed that diverges is a result; only what no seed could do ends all of them.
            let diverged = matches!(error.downcast_ref(), Some(TrainError::NotFinite { .. }));
            if !diverged || train.seeds == 1 {
                return Err(error);
            }
            println!("seed {}: diverged, {error}", experiment.seed);
        }
    }
    Ok(())
}

/// A preset's name, or a file.
pub fn read(experiment: &str) -> Result<Experiment> {
    if let Some(preset) = presets::preset(experiment) {
        return Ok(preset);
    }
    let path = Path::new(experiment);
    if !path.exists() {
        let names: Vec<_> = presets::presets().iter().map(|p| p.name).collect();
        bail!(
            "there is no preset or file {experiment}; presets are {}",
            names.join(", ")
        );
    }
    let text =
        std::fs::read_to_string(path).with_context(|| format!("{experiment} cannot be read"))?;
    let json = serde_json::from_str(&text).with_context(|| format!("{experiment} is no JSON"))?;
    Ok(Experiment::read(&json)?)
}

/// A trainer that judges pictures by a sample of so many.
pub fn trainer(
    experiment: &Experiment,
    device: DeviceName,
    pictures: usize,
    assets: &Path,
) -> Result<Trainer> {
    experiment.validate()?;
    let device = block_on(device::open(device))?;
    let files = Dataset::files(&experiment.data)
        .iter()
        .map(|file| {
            let path = assets.join(file);
            std::fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))
        })
        .collect::<Result<Vec<_>>>()?;
    let files = shipped::pack(&experiment.data, files)?;
    Ok(Trainer::measured_on(experiment, files, pictures, &device)?)
}

fn one(experiment: &Experiment, train: &Train, out: &Path, export: Option<&Path>) -> Result<()> {
    let mut trainer = trainer(
        experiment,
        train.device.into(),
        train.pictures,
        &train.assets,
    )?;
    if let Some(file) = &train.model {
        trainer.resume(&crate::sample::model(file, trainer.device())?)?;
    }
    let (generator, discriminator) = trainer.parameters();
    println!(
        "seed {}: {generator} parameters in G, {discriminator} in D, {} steps from {}",
        experiment.seed,
        experiment.training.steps,
        trainer.steps()
    );
    let mut folder = Folder::create(out, experiment)?;
    // Before the training, not after it: a file that cannot be written should be known at once.
    let export = export.map(crate::files::Npy::create).transpose()?;
    let steps = experiment.training.steps;
    let bar = ProgressBar::new(steps).with_style(ProgressStyle::with_template(
        "{bar:30} {pos}/{len} steps, {per_sec}, {eta} left  {msg}",
    )?);
    let begun = Instant::now();
    let mut last = None;
    while trainer.steps() < steps {
        let until = steps.min(trainer.steps() + train.every.max(1));
        while trainer.steps() < until {
            trainer.step();
            // Tensors that nobody reads would pile up.
            if trainer.steps().is_multiple_of(100) && trainer.steps() < until {
                block_on(trainer.report())?;
            }
            bar.set_position(trainer.steps());
        }
        let report = block_on(trainer.report())?;
        let (measures, diagnosis) = block_on(trainer.measure())?;
        bar.set_message(summary(&measures, diagnosis));
        folder.record(&Row {
            seconds: begun.elapsed().as_secs_f64(),
            report: &report,
            measures: &measures,
            diagnosis,
        })?;
        last = Some((report, measures, diagnosis));
    }
    bar.finish_and_clear();
    let Some((report, measures, diagnosis)) = last else {
        bail!("no step was done, and so there is nothing to show");
    };
    folder.finish(&trainer, &report, train.lean)?;
    if let Some(file) = export {
        let samples = block_on(trainer.sample(train.samples))?;
        file.write(&samples, trainer.data().shape().features())?;
    }
    println!(
        "seed {}: {:.0} s, {}; files in {}",
        experiment.seed,
        begun.elapsed().as_secs_f64(),
        summary(&measures, diagnosis),
        out.display()
    );
    Ok(())
}

/// The figures that matter most, in a line.
fn summary(measures: &Measures, diagnosis: Diagnosis) -> String {
    let mut parts = Vec::new();
    if let Some(mixture) = &measures.figure {
        parts.push(format!(
            "{} of {} modes, {:.1} % of high quality",
            mixture.modes.captured,
            mixture.modes.total,
            100.0 * mixture.modes.high_quality
        ));
    }
    if let Some(pictures) = &measures.pictures {
        parts.push(format!(
            "Frechet distance {:.2} (real against real {:.2})",
            pictures.frechet, pictures.frechet_floor
        ));
    }
    parts.push(diagnosis.sentence());
    parts.join(", ")
}

/// `samples.npy` of seed 3 is `samples-3.npy`.
fn numbered(file: &Path, seed: u32) -> std::path::PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_os_string();
    name.push(format!("-{seed}"));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}
