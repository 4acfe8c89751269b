//! What the tests of whole runs share.

use burn::tensor::Device;
use gan_playground::{
    data::{Dataset, shipped},
    experiment::Experiment,
    train::Trainer,
};
use pollster::block_on;

/// The bytes of the files that an experiment's data needs, as they are shipped.
pub fn files(experiment: &Experiment) -> Vec<Vec<u8>> {
    Dataset::files(&experiment.data)
        .iter()
        .map(|file| {
            let path = format!("{}/assets/{file}", env!("CARGO_MANIFEST_DIR"));
            std::fs::read(path).unwrap()
        })
        .collect()
}

/// A trainer on the CPU.
pub fn trainer(experiment: &Experiment) -> Trainer {
    let files = shipped::pack(&experiment.data, files(experiment)).unwrap();
    Trainer::new(experiment, files, &Device::flex().autodiff()).unwrap()
}

/// A trainer that has done so many steps.
#[allow(dead_code, reason = "not every file of tests trains for long")]
pub fn trained(experiment: &Experiment, steps: u64) -> Trainer {
    let mut trainer = trainer(experiment);
    for step in 1..=steps {
        trainer.step();
        // Tensors that nobody reads would pile up.
        if step % 200 == 0 {
            block_on(trainer.report()).unwrap();
        }
    }
    trainer
}
