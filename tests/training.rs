//! Runs from the outside: what a GAN must do, seen through the same reports that the page draws.

// Helpers outside of #[test] functions may fail a test as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use common::{files, trainer};
use gan_playground::{
    experiment::{
        Activation, Experiment, Net,
        presets::{digits, healthy},
    },
    train::{Picture, Report, TrainError},
};
use pollster::block_on;

fn run(experiment: &Experiment, steps: usize) -> Report {
    let mut trainer = trainer(experiment);
    (0..steps).for_each(|_| trainer.step());
    block_on(trainer.report()).unwrap()
}

#[test]
fn the_ring_is_found_whole() {
    let mut trainer = common::trained(&healthy(), 3000);
    let (measures, _) = block_on(trainer.measure()).unwrap();
    let modes = measures.figure.unwrap().modes;
    assert_eq!(modes.captured, 8, "{modes:?}");
    assert!(modes.high_quality > 0.5, "{modes:?}");
}

#[test]
fn the_same_experiment_gives_the_same_numbers_and_another_seed_others() {
    let experiment = healthy();
    let first = run(&experiment, 5);
    let again = run(&experiment, 5);
    assert_eq!(first.discriminator_losses, again.discriminator_losses);
    assert_eq!(first.generator_losses, again.generator_losses);
    let other = run(
        &Experiment {
            seed: 2,
            ..experiment
        },
        5,
    );
    assert_ne!(first.discriminator_losses, other.discriminator_losses);
}

#[test]
fn reading_between_steps_does_not_change_them() {
    let experiment = healthy();
    let whole = run(&experiment, 4);
    let mut trainer = trainer(&experiment);
    let mut losses = Vec::new();
    for _ in 0..4 {
        trainer.step();
        losses.extend(block_on(trainer.report()).unwrap().discriminator_losses);
    }
    assert_eq!(losses, whole.discriminator_losses);
}

#[test]
fn a_report_before_the_first_step_has_a_picture_and_no_losses() {
    let mut trainer = trainer(&healthy());
    let report = block_on(trainer.report()).unwrap();
    assert_eq!(report.step, 0);
    assert!(report.discriminator_losses.is_empty() && report.accuracy.is_none());
    let Picture::Points(picture) = report.picture else {
        panic!("a ring is drawn as points")
    };
    assert_eq!(picture.real.len(), picture.fake.len());
    assert_eq!(picture.surface.len(), picture.surface_size.pow(2));
    // And one without new steps goes on saying how the last one went.
    trainer.step();
    let accuracy = block_on(trainer.report()).unwrap().accuracy;
    assert!(accuracy.is_some());
    let again = block_on(trainer.report()).unwrap();
    assert!(again.discriminator_losses.is_empty());
    assert_eq!(again.accuracy, accuracy);
}

#[test]
fn digits_train_with_convolutions_and_are_drawn_with_scores() {
    let mut experiment = digits();
    let net = Net::Conv {
        channels: 4,
        activation: Activation::LeakyRelu,
    };
    experiment.generator = net.clone();
    experiment.discriminator = net;
    experiment.training.batch = 16;
    let report = run(&experiment, 20);
    let Picture::Images(picture) = report.picture else {
        panic!("digits are drawn as pictures")
    };
    assert_eq!(
        (picture.width, picture.height, picture.channels),
        (28, 28, 1)
    );
    assert_eq!(picture.fake.len(), picture.fake_scores.len() * 28 * 28);
    assert_eq!(picture.real.len(), picture.fake.len());
    // Digits are ink on nothing: most pixels of a real one are exactly black.
    let black = picture.real.iter().filter(|pixel| **pixel == 0).count();
    assert!(black > picture.real.len() / 2);
}

#[test]
fn live_settings_change_between_steps_and_nothing_else_does() {
    let mut experiment = healthy();
    let mut trainer = trainer(&experiment);
    experiment.training.d_learning_rate = 0.0;
    experiment.training.g_learning_rate = 0.0;
    trainer.change(&experiment).unwrap();
    let before = block_on(trainer.report()).unwrap();
    trainer.step();
    let after = block_on(trainer.report()).unwrap();
    let points = |report: Report| match report.picture {
        Picture::Points(picture) => picture.fake,
        Picture::Images(_) | Picture::Table(_) => panic!("a ring is drawn as points"),
    };
    assert_eq!(points(before), points(after));
    experiment.training.d_learning_rate = 200.0;
    let error = trainer.change(&experiment).unwrap_err();
    assert_eq!(
        error.to_string(),
        "training.d_learning_rate is 200.0, but it must be from 0 to 100"
    );
    experiment.training.d_learning_rate = 0.1;
    experiment.training.batch = 64;
    let error = trainer.change(&experiment).unwrap_err();
    assert_eq!(error.field, "training.batch");
}

#[test]
fn divergence_is_told_and_not_drawn() {
    let mut experiment = healthy();
    let deep = Net::Mlp {
        hidden: vec![512; 5],
        activation: Activation::LeakyRelu,
    };
    experiment.generator = deep.clone();
    experiment.discriminator = deep;
    experiment.training.g_learning_rate = 100.0;
    experiment.training.d_learning_rate = 100.0;
    let mut trainer = trainer(&experiment);
    for _ in 0..20 {
        trainer.step();
        match block_on(trainer.report()) {
            Ok(_) => {}
            Err(TrainError::NotFinite { .. }) => return,
            Err(error) => panic!("{error}"),
        }
    }
    panic!("five layers at a learning rate of 100 did not diverge");
}

mod broken_data {
    use gan_playground::data::{
        images::{Images, ImagesError},
        shipped,
    };

    use super::*;

    fn read(change: impl FnOnce(&mut [Vec<u8>])) -> Result<Images, ImagesError> {
        let mut files = files(&digits());
        change(&mut files);
        let [manifest, sheet, labels, _classifier] = files.as_slice() else {
            panic!("digits have four files")
        };
        shipped::read(manifest, &[sheet], labels, None)
    }

    #[test]
    fn whole_files_are_read_and_balanced() {
        let images = read(|_| {}).unwrap();
        assert_eq!(images.len(), 10_000);
        for class in 0..10 {
            let count = images
                .labels()
                .iter()
                .filter(|label| **label == class)
                .count();
            assert_eq!(count, 1000, "of {class}");
        }
    }

    #[test]
    fn each_damage_has_its_error() {
        let half = |file: &mut Vec<u8>| file.truncate(file.len() / 2);
        assert!(matches!(
            read(|files| half(&mut files[0])),
            Err(ImagesError::Manifest(_))
        ));
        assert!(matches!(
            read(|files| half(&mut files[1])),
            Err(ImagesError::Png { sheet: 0, .. })
        ));
        assert!(matches!(
            read(|files| files[1] = b"<!doctype html>".to_vec()),
            Err(ImagesError::Png { sheet: 0, .. })
        ));
        assert!(matches!(
            read(|files| half(&mut files[2])),
            Err(ImagesError::LabelCount { .. })
        ));
        assert!(matches!(
            read(|files| files[2][17] = 10),
            Err(ImagesError::Label {
                picture: 17,
                label: 10,
                ..
            })
        ));
    }
}
