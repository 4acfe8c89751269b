//! Many seeds of one preset, and their mean and deviation beside published figures.

use std::{path::Path, time::Instant};

use anyhow::{Context, Result};
use gan_playground::{
    device::DeviceName,
    train::{Measures, TrainError, Trainer},
};
use pollster::block_on;

use crate::{
    args::Bench,
    run::{read, trainer},
};

/// Fakes, and real pictures of each set, that a Frechet distance is taken on.
const PICTURES: usize = 5000;

/// The field's figures on 2,500 samples: modes and high-quality share in per cent, ring and then grid. Sources: VEEGAN
/// (Srivastava et al. 2017) and PacGAN (Lin et al. 2018).
const PUBLISHED: [(&str, [&str; 4]); 7] = [
    ("GAN (VEEGAN paper)", ["1", "99.3", "3.3", "0.5"]),
    ("Unrolled GAN", ["7.6", "35.6", "23.6", "16"]),
    ("VEEGAN", ["8", "52.9", "24.6", "40"]),
    (
        "GAN (PacGAN paper)",
        ["6.3 ± .5", "98.2", "17.3 ± .8", "94.8"],
    ),
    ("PacGAN2", ["7.9 ± .1", "95.6", "23.8 ± .7", "91.3"]),
    ("PacGAN4", ["7.8 ± .1", "95.9", "24.8 ± .2", "93.6"]),
    ("a perfect G", ["8", "98.9", "25", "98.9"]),
];

pub fn run(what: &Bench) -> Result<()> {
    let assets = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/assets"));
    match what {
        Bench::Modes {
            seeds,
            presets,
            device,
        } => {
            println!("| | ring modes /8 | ring HQ % | grid modes /25 | grid HQ % |");
            println!("|---|---|---|---|---|");
            for (name, figures) in PUBLISHED {
                println!("| {name} | {} |", figures.join(" | "));
            }
            for preset in presets {
                modes(preset, *seeds, (*device).into(), assets)?;
            }
        }
        Bench::Frechet {
            seeds,
            presets,
            device,
        } => {
            for preset in presets {
                frechet(preset, *seeds, (*device).into(), assets)?;
            }
        }
    }
    Ok(())
}

fn modes(preset: &str, seeds: u32, device: DeviceName, assets: &Path) -> Result<()> {
    let mut rows = Vec::new();
    each(preset, seeds, device, assets, |seed, seconds, measures| {
        let mixture = measures
            .figure
            .as_ref()
            .with_context(|| format!("{preset} is no mixture: it has no modes to count"))?;
        let modes = &mixture.modes;
        println!(
            "{preset}, seed {seed}: {} of {} modes, {:.1} % of high quality, {seconds:.0} s",
            modes.captured,
            modes.total,
            100.0 * modes.high_quality
        );
        rows.push([
            modes.captured as f64,
            100.0 * f64::from(modes.high_quality),
            f64::from(modes.width),
            f64::from(mixture.jensen_shannon),
            f64::from(measures.sliced / measures.sliced_floor),
            seconds,
        ]);
        Ok(())
    })?;
    let column = |at: usize| mean_and_deviation(rows.iter().map(|row| row[at]));
    println!(
        "{preset}, {seeds} seeds: {} modes, {} % of high quality, modes {} times as wide as the data's, Jensen-Shannon {} \
         nats, sliced distance {} times real against real, {} s a seed",
        column(0),
        column(1),
        column(2),
        column(3),
        column(4),
        column(5)
    );
    Ok(())
}

fn frechet(preset: &str, seeds: u32, device: DeviceName, assets: &Path) -> Result<()> {
    let mut rows = Vec::new();
    each(preset, seeds, device, assets, |seed, seconds, measures| {
        let pictures = measures
            .pictures
            .as_ref()
            .with_context(|| format!("{preset} makes no pictures"))?;
        println!(
            "{preset}, seed {seed}: Frechet distance {:.3}, real against real {:.3}, classes within a factor of {:.2} \
             of their share, {seconds:.0} s",
            pictures.frechet, pictures.frechet_floor, pictures.classes.worst_ratio
        );
        rows.push(f64::from(pictures.frechet / pictures.frechet_floor));
        Ok(())
    })?;
    println!(
        "{preset}, {seeds} seeds: {} times real against real",
        mean_and_deviation(rows.into_iter())
    );
    Ok(())
}

/// Trains seeds 1 to `seeds` and hands over what each ends with.
fn each(
    preset: &str,
    seeds: u32,
    device: DeviceName,
    assets: &Path,
    mut take: impl FnMut(u32, f64, &Measures) -> Result<()>,
) -> Result<()> {
    let mut experiment = read(preset)?;
    for seed in 1..=seeds {
        experiment.seed = seed;
        let begun = Instant::now();
        let mut trainer = trainer(&experiment, device, PICTURES, assets)?;
        match finish(&mut trainer) {
            Ok(measures) => take(seed, begun.elapsed().as_secs_f64(), &measures)?,
            // A seed that is lost must be seen, and the others be run.
            Err(error @ TrainError::NotFinite { .. }) => {
                println!("{preset}, seed {seed}: diverged and left out, {error}");
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Trains to the end, and measures there.
fn finish(trainer: &mut Trainer) -> Result<Measures, TrainError> {
    for step in 1..=trainer.experiment().training.steps {
        trainer.step();
        if step % 100 == 0 {
            block_on(trainer.report())?;
        }
    }
    let (measures, _) = block_on(trainer.measure())?;
    Ok(measures)
}

/// Mean and standard deviation, as a person writes them.
fn mean_and_deviation(values: impl Iterator<Item = f64> + Clone) -> String {
    let count = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / count;
    let squares = values.map(|value| (value - mean).powi(2)).sum::<f64>();
    let deviation = (squares / (count - 1.0).max(1.0)).sqrt();
    format!("{mean:.2} ± {deviation:.2}")
}
