//! A net as a file: safetensors, with the experiment that it came from in its metadata.

use burn::{
    module::{Module, ModuleVisitor, Param},
    tensor::{Tensor, Transaction},
};
use safetensors::tensor::{Dtype, TensorView};

use crate::{
    experiment::Experiment,
    nets::Path,
    train::{TrainError, execute, numbers},
};

#[derive(Debug, thiserror::Error)]
pub enum CheckpointError {
    #[error(transparent)]
    Read(#[from] TrainError),
    #[error("the weights could not be written down: {0}")]
    Format(#[from] safetensors::SafeTensorError),
}

/// The bytes of a file with every weight of `net` by its path, and in the metadata, as JSON under `gan`, the
/// `experiment` and the `step`.
///
/// # Errors
/// When the device gives no weights.
pub async fn save(
    net: &impl Module,
    experiment: &Experiment,
    step: u64,
) -> Result<Vec<u8>, CheckpointError> {
    let mut weights = Weights::default();
    net.visit(&mut weights);
    let Weights {
        shapes,
        transaction,
        ..
    } = weights;
    let mut read = execute(transaction).await?;
    let mut tensors = Vec::new();
    for (path, shape) in shapes {
        let values = numbers(read.next())?;
        let bytes: Vec<u8> = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        tensors.push((path, shape, bytes));
    }
    let views = tensors
        .iter()
        .map(|(path, shape, bytes)| {
            TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (path.as_str(), view))
        })
        .collect::<Result<Vec<_>, _>>()?;
    // One key alone: several would be written in an order that changes from run to run.
    let about = serde_json::json!({"experiment": experiment, "step": step});
    let metadata = [("gan".to_owned(), about.to_string())];
    Ok(safetensors::serialize(
        views,
        Some(metadata.into_iter().collect()),
    )?)
}

#[derive(Default)]
struct Weights {
    path: Path,
    shapes: Vec<(String, Vec<usize>)>,
    transaction: Transaction,
}

impl ModuleVisitor for Weights {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.enter(name, container);
    }

    fn exit_module(&mut self, _name: &str, container: &str) {
        self.path.exit(container);
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let weights = param.val();
        self.shapes
            .push((self.path.name(), weights.dims().to_vec()));
        let transaction = std::mem::take(&mut self.transaction);
        self.transaction = transaction.register(weights);
    }
}
