//! What can be done with the shipped models: that they are what they say, that training goes on from them, and that they
//! can be steered.

// Helpers outside of #[test] functions may fail a test as well.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use burn::{module::Module, tensor::Device};
use common::trainer;
use gan_playground::{
    checkpoint::{Model, Part},
    classifier::Classifier,
    experiment::{Experiment, presets::presets},
    latent::{
        Eye,
        trials::{Plan, Trial, trials},
    },
};
use pollster::block_on;

fn asset(path: &str) -> Vec<u8> {
    let path = format!("{}/assets/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Each is what `gan-train` made of its preset, at most 1.5 MB, with its experiment beside it, and all of it can go on.
#[test]
fn the_shipped_models_are_those_of_their_presets() {
    let mut seen = 0;
    for preset in presets() {
        let Some(path) = preset.model else { continue };
        seen += 1;
        let bytes = asset(&path);
        assert!(bytes.len() <= 1_500_000, "{path} has {} bytes", bytes.len());
        let model = Model::read(&bytes, &Device::flex()).unwrap();
        let about = model.about();
        assert_eq!(about.experiment, preset.experiment, "{path}");
        assert_eq!(about.step, preset.experiment.training.steps);
        for part in [Part::Generator, Part::Discriminator] {
            assert!(model.has(part), "{path}: {part:?}");
        }
        let beside = asset(&path.replace(".safetensors", ".json"));
        let beside = Experiment::read(&serde_json::from_slice(&beside).unwrap()).unwrap();
        assert_eq!(beside, preset.experiment);
    }
    assert_eq!(seen, 5);
}

/// The Frechet distance that a model reached is there at once, and still after some more steps.
#[test]
fn training_goes_on_from_a_shipped_model() {
    for name in ["faces", "digits"] {
        let path = format!("models/{name}.safetensors");
        let preset = presets()
            .into_iter()
            .find(|one| one.model.as_deref() == Some(&*path));
        let experiment = preset.unwrap().experiment;
        let mut trainer = trainer(&experiment);
        let distance = |trainer: &mut gan_playground::train::Trainer| {
            let (measures, _) = block_on(trainer.measure()).unwrap();
            measures.pictures.unwrap().frechet
        };
        let untrained = distance(&mut trainer);
        trainer
            .resume(&Model::read(&asset(&path), &Device::flex()).unwrap())
            .unwrap();
        let resumed = distance(&mut trainer);
        assert!(
            resumed < untrained / 4.0,
            "{name}: {resumed}, {untrained} before"
        );
        for _ in 0..20 {
            trainer.step();
        }
        block_on(trainer.report()).unwrap();
        let after = distance(&mut trainer);
        assert!(
            after < 1.3 * resumed,
            "{name}: {after} after, {resumed} before"
        );
        assert_eq!(trainer.steps(), experiment.training.steps + 20);
    }
}

fn steered(model: &str, classifier: &str, attribute: &str, hold: bool) -> (usize, Vec<Vec<Trial>>) {
    let device = Device::flex().autodiff();
    let bytes = asset(&format!("models/{model}.safetensors"));
    let model = Model::read(&bytes, &device).unwrap();
    let generator = model.generator(&device).unwrap().no_grad();
    let bytes = asset(&format!("classifiers/{classifier}.safetensors"));
    let eye = Eye::new(Classifier::load(&bytes, &device).unwrap());
    let attributes = &eye.classifier().about().attributes;
    let at = attributes
        .iter()
        .position(|known| known.name == attribute)
        .unwrap();
    let plan = Plan {
        attribute: at,
        class: None,
        count: 100,
        seed: 1,
    };
    let others = (0..attributes.len()).filter(|other| *other != at).collect();
    let holds = if hold {
        vec![Vec::new(), others]
    } else {
        vec![Vec::new()]
    };
    let nets = (&generator, &eye);
    let runs = block_on(trials(&plan, &holds, model.about(), nets, &device)).unwrap();
    (at, runs)
}

fn reached(trials: &[Trial]) -> usize {
    assert_eq!(trials.len(), 100);
    trials
        .iter()
        .filter(|trial| trial.probability > 0.9)
        .count()
}

#[test]
fn digits_are_steered_to_any_other() {
    let (_, runs) = steered("digits-mixed", "digits", "digit", false);
    assert!(reached(&runs[0]) >= 90, "{} of 100", reached(&runs[0]));
    // Codes stay where G has learnt.
    let length = runs[0].iter().map(|trial| trial.length).sum::<f32>() / 100.0;
    assert!((0.9..1.2).contains(&length), "{length}");
}

#[test]
fn faces_put_on_glasses_and_hold_the_rest() {
    let (at, runs) = steered("faces", "faces", "glasses", true);
    for trials in &runs {
        assert!(reached(trials) >= 90, "{} of 100", reached(trials));
    }
    let others = |trials: &[Trial]| -> f32 {
        let but = |trial: &Trial| trial.changes.iter().sum::<f32>() - trial.changes[at];
        trials.iter().map(but).sum()
    };
    let ratio = others(&runs[1]) / others(&runs[0]);
    assert!(
        ratio <= 0.5,
        "held attributes still change by {ratio} of what they did"
    );
}
