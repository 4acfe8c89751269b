//! Steering, measured: how often the classifier comes to see what is wanted, and how much of all else changes on the way,
//! with and without holding it.

use std::path::Path;

use anyhow::{Context, Result, bail};
use burn::{module::Module, tensor::Device};
use gan_playground::{
    classifier::Classifier,
    latent::{
        Eye,
        trials::{Plan, Trial, trials},
    },
};
use pollster::block_on;

use crate::sample;

/// The probability that a try has to reach.
const WANTED: f32 = 0.9;

pub fn run(
    file: &Path,
    classifier: &Path,
    [attribute, class]: [Option<&str>; 2],
    count: usize,
    seed: u32,
) -> Result<()> {
    let device = Device::flex().autodiff();
    let model = sample::model(file, &device)?;
    let generator = model.generator(&device)?.no_grad();
    let bytes = std::fs::read(classifier)
        .with_context(|| format!("{} cannot be read", classifier.display()))?;
    let eye = Eye::new(Classifier::load(&bytes, &device)?);
    let attributes = &eye.classifier().about().attributes;
    let at = match attribute {
        None => 0,
        Some(name) => attributes
            .iter()
            .position(|attribute| attribute.name == name)
            .with_context(|| format!("the classifier knows no {name}"))?,
    };
    let classes = &attributes[at].classes;
    let named = |name: &str| {
        let found = classes.iter().position(|class| class == name);
        found.with_context(|| format!("{name} is none of {}", classes.join(", ")))
    };
    let plan = Plan {
        attribute: at,
        class: class.map(named).transpose()?,
        count,
        seed,
    };
    let others: Vec<usize> = (0..attributes.len()).filter(|other| *other != at).collect();
    let holds = match others.is_empty() {
        true => vec![Vec::new()],
        false => vec![Vec::new(), others],
    };
    let runs = block_on(trials(
        &plan,
        &holds,
        model.about(),
        (&generator, &eye),
        &device,
    ))?;
    if runs.iter().any(Vec::is_empty) {
        bail!("no sample is of another class: there is nothing to steer");
    }
    for (hold, tried) in holds.iter().zip(&runs) {
        let held = match hold.is_empty() {
            true => "nothing held",
            false => "all else held",
        };
        tell(held, tried);
    }
    println!("mean change of each attribute's probabilities (total variation)");
    for (number, attribute) in attributes.iter().enumerate() {
        let mean = |tried: &Vec<Trial>| {
            let sum: f32 = tried.iter().map(|one| one.changes[number]).sum();
            format!("{:.3}", sum / tried.len() as f32)
        };
        let means: Vec<_> = runs.iter().map(mean).collect();
        println!("  {}: {}", attribute.name, means.join(", held "));
    }
    if let [free, held] = &runs[..] {
        let all = |tried: &[Trial]| -> f32 {
            let but = |one: &Trial| one.changes.iter().sum::<f32>() - one.changes[at];
            tried.iter().map(but).sum()
        };
        println!(
            "  all but {}: held is {:.2} of what it is otherwise",
            attributes[at].name,
            all(held) / all(free)
        );
    }
    Ok(())
}

fn tell(held: &str, tried: &[Trial]) {
    let reached = tried.iter().filter(|one| one.probability > WANTED).count();
    let mut steps: Vec<_> = tried.iter().map(|one| one.steps).collect();
    steps.sort_unstable();
    let length: f32 = tried.iter().map(|one| one.length).sum::<f32>() / tried.len() as f32;
    println!(
        "{held}: {reached} of {} tries reach p > {WANTED}; median {} steps, 95 % within {}; codes end {length:.2} sigma from \
         the middle",
        tried.len(),
        steps[steps.len() / 2],
        steps[steps.len() * 95 / 100],
    );
}
