//! Steering, measured: many samples steered to a class that they are not of, with some attributes held.

use burn::tensor::Device;
use rand::RngExt;

use super::{Eye, Steering, Wish};
use crate::{
    checkpoint::About,
    metrics::classes::likeliest,
    nets::Generator,
    readback::Transaction,
    rng::{self, Stream},
    train::{TrainError, execute, noise, numbers, one_hot},
};

/// Samples that are looked at, at most, for each that is of another class than the wanted one.
const PATIENCE: usize = 100;

/// How one sample fared.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Of the wanted class, at the end.
    pub probability: f32,
    pub steps: usize,
    /// How far each attribute's probabilities have moved (total variation).
    pub changes: Vec<f32>,
    /// Root mean square of the code's numbers at the end, in standard deviations.
    pub length: f32,
}

/// What is tried: samples to be steered until they are of `class`, or each of another class than its own at random.
#[derive(Clone, Debug)]
pub struct Plan {
    pub attribute: usize,
    pub class: Option<usize>,
    pub count: usize,
    pub seed: u32,
}

/// Steers the same samples once for each set of attributes in `holds`. `generator` and `eye` must be constants on `device`,
/// which must have autodiff on. Fewer come back where hardly a sample is of another class than the wanted one.
///
/// # Errors
/// When the device fails.
pub async fn trials(
    plan: &Plan,
    holds: &[Vec<usize>],
    about: &About,
    (generator, eye): (&Generator, &Eye),
    device: &Device,
) -> Result<Vec<Vec<Trial>>, TrainError> {
    let mut rng = rng::measuring_stream(plan.seed, Stream::Samples);
    let plain = device.clone().inner();
    let like = &about.experiment.noise;
    let range = eye.ranges()[plan.attribute].clone();
    let mut results = vec![Vec::new(); holds.len()];
    for _ in 0..PATIENCE * plan.count {
        if results.iter().all(|tried| tried.len() == plan.count) {
            break;
        }
        let code = noise(&mut rng, like, 1, &plain);
        let label = [rng.random_range(0..about.classes.max(1))];
        let asked = (about.classes > 0).then(|| one_hot(&label, about.classes, &plain));
        let made = generator.forward(code.clone(), asked.clone()).rows;
        let transaction = Transaction::default()
            .register(code)
            .register(eye.log_probabilities(made).inner());
        let mut read = execute(transaction).await?;
        let (code, seen) = (numbers(read.next())?, numbers(read.next())?);
        let is = likeliest(&seen[range.clone()]);
        let other = (is + rng.random_range(1..range.len())) % range.len();
        let class = plan.class.unwrap_or(other);
        if class == is {
            continue;
        }
        for (hold, tried) in holds.iter().zip(&mut results) {
            let wish = Wish {
                attribute: plan.attribute,
                class,
                hold: hold.clone(),
            };
            let code = code.clone();
            let asked = asked.clone();
            let mut steering = Steering::new(wish, like.distribution, code, 1, asked, device);
            while !steering.ended(eye) {
                steering.step(generator, eye).await?;
            }
            let square: f32 = steering.codes().iter().map(|x| x * x).sum();
            tried.push(Trial {
                probability: steering.probability(eye, 0),
                steps: steering.steps(),
                changes: steering.changes(eye, 0),
                length: (square / like.dims as f32).sqrt(),
            });
        }
    }
    Ok(results)
}
