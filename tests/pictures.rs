//! Pictures: conditional runs, and what a classifier says of the fakes.

// Helpers outside of #[test] functions may fail a test as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use gan_playground::{
    experiment::{Activation, Net, presets},
    train::{ImagesPicture, Picture, PictureMeasures},
};
use pollster::block_on;

/// After a minute's training G draws the digit that it is asked for more often than not, where a G that does not
/// look at the class would be right in one of ten; and D holds a real digit under another's name for a fake.
#[test]
fn a_conditional_generator_draws_what_it_is_asked_for() {
    let mut trainer = common::trained(&presets::conditional_digits(), 500);
    let report = block_on(trainer.report()).unwrap();
    let Picture::Images(picture) = report.picture else {
        panic!("digits are drawn as pictures")
    };
    assert_eq!(picture.row_classes.len(), 10);
    let count = picture.row_classes.len() * picture.columns;
    assert_eq!(picture.fake_scores.len(), count);
    assert_eq!(picture.real.len(), count * 28 * 28);

    let (measures, _) = block_on(trainer.measure()).unwrap();
    let asked_for = measures.pictures.unwrap().asked_for.unwrap();
    assert!(asked_for > 0.5, "asked for: {asked_for}");
    let labels = measures.labels.unwrap();
    assert!(labels.right > labels.swapped + 0.2, "{labels:?}");
}

/// Untrained fakes are far from real digits, and training brings them nearer; two sets of real ones are nearest.
#[test]
fn the_frechet_distance_falls_with_training() {
    let mut experiment = presets::digits();
    let net = Net::Conv {
        channels: 8,
        activation: Activation::LeakyRelu,
    };
    experiment.generator = net.clone();
    experiment.discriminator = net;
    let mut trainer = common::trainer(&experiment);
    let distance = |trainer: &mut gan_playground::train::Trainer| {
        block_on(trainer.measure()).unwrap().0.pictures.unwrap()
    };
    let before = distance(&mut trainer);
    (0..300).for_each(|_| trainer.step());
    let after = distance(&mut trainer);
    assert!(
        after.frechet < 0.5 * before.frechet,
        "{} became {}",
        before.frechet,
        after.frechet
    );
    assert!(after.frechet_floor < 0.2 * after.frechet);
    assert_eq!(before.frechet_floor, after.frechet_floor);
}

#[test]
fn residual_nets_train_with_a_penalty() {
    let mut experiment = presets::digits();
    let net = Net::Residual {
        channels: 4,
        activation: Activation::Silu,
    };
    experiment.generator = net.clone();
    experiment.discriminator = net;
    experiment.training.batch = 8;
    experiment.lipschitz.r1 = 1.0;
    experiment.lipschitz.gradient_penalty = 1.0;
    experiment.stabilisers.packing = 2;
    let mut trainer = common::trained(&experiment, 3);
    let report = block_on(trainer.report()).unwrap();
    assert_eq!(report.discriminator_losses.len(), 3);
}

#[test]
fn clothes_are_loaded_with_their_classifier() {
    let mut trainer = common::trainer(&presets::fashion());
    let (measures, _) = block_on(trainer.measure()).unwrap();
    let pictures = measures.pictures.unwrap();
    assert_eq!(pictures.classes.shares.len(), 10);
    assert!(pictures.frechet > 10.0 * pictures.frechet_floor);
}

/// Writes what is shown as a PNG, for whoever wants to see what a figure stands for.
fn keep_sheet(name: &str, picture: &ImagesPicture) {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/samples");
    std::fs::create_dir_all(folder).unwrap();
    let ImagesPicture {
        width,
        height,
        channels,
        columns,
        ..
    } = *picture;
    let rows = picture.fake.len() / (width * height * channels * columns);
    let line = columns * width * channels;
    let pixels: Vec<u8> = (0..rows * height * line)
        .map(|at| {
            let (y, x) = (at / line, at % line);
            let index = y / height * columns + x / (width * channels);
            picture.fake[(index * height + y % height) * width * channels + x % (width * channels)]
        })
        .collect();
    let file = std::fs::File::create(format!("{folder}/{name}.png")).unwrap();
    let mut encoder = png::Encoder::new(file, (columns * width) as u32, (rows * height) as u32);
    encoder.set_color(match channels {
        1 => png::ColorType::Grayscale,
        _ => png::ColorType::Rgb,
    });
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
}

/// A preset after a part of its run, well within what a visitor waits: its sheet is kept, and its figures returned with
/// the diversity of its fakes.
fn shown(name: &str, steps: u64) -> (PictureMeasures, f32) {
    let mut trainer = common::trained(&presets::preset(name).unwrap(), steps);
    let report = block_on(trainer.report()).unwrap();
    let Picture::Images(picture) = report.picture else {
        panic!("{name} is drawn as pictures")
    };
    keep_sheet(name, &picture);
    let (measures, _) = block_on(trainer.measure()).unwrap();
    (measures.pictures.unwrap(), measures.diversity)
}

/// Noise scores about 800: by here skin, hair, eyes and clothes are in their places, and no two faces are alike.
#[test]
fn faces_are_soon_to_be_recognised() {
    let (pictures, diversity) = shown("faces", 1_000);
    assert!(pictures.frechet < 160.0, "{}", pictures.frechet);
    assert!(diversity > 0.85, "{diversity}");
}

#[test]
fn animals_are_soon_to_be_recognised() {
    let (pictures, diversity) = shown("animals", 500);
    assert!(pictures.frechet < 200.0, "{}", pictures.frechet);
    assert!(diversity > 0.85, "{diversity}");
}

/// A twentieth of the long run: most fakes are the digit that was asked for already. All of it is for
/// `gan-train bench frechet`.
#[test]
fn the_long_run_of_digits_starts_well() {
    let (pictures, _) = shown("digits-best", 400);
    assert!(pictures.frechet < 80.0, "{}", pictures.frechet);
    assert!(
        pictures.asked_for.unwrap() > 0.6,
        "{:?}",
        pictures.asked_for
    );
}
