//! Nets to the bytes of a file.

use burn::{
    module::{Module, ModuleVisitor, Param},
    tensor::Tensor,
};
use safetensors::tensor::{Dtype, TensorView};

use super::{About, CheckpointError, KEY, Part};
use crate::{
    json,
    nets::Path,
    readback::Transaction,
    train::{execute, numbers},
};

/// Gathers the weights of nets, to be read from their device in one go.
#[derive(Default)]
pub struct Writer {
    slots: Vec<(String, Vec<usize>)>,
    transaction: Transaction,
}

impl Writer {
    /// Takes the weights that `net` has now.
    pub fn with(self, part: Part, net: &impl Module) -> Self {
        let mut collect = Collect {
            part,
            path: Path::default(),
            writer: self,
        };
        net.visit(&mut collect);
        collect.writer
    }

    /// Names and shapes of what was gathered, as a file has them.
    pub(super) fn into_slots(self) -> Vec<(String, Vec<usize>)> {
        self.slots
    }

    /// The bytes of a file; the same nets give the same bytes.
    ///
    /// # Errors
    /// When the device gives no weights.
    pub async fn bytes(self, about: &About) -> Result<Vec<u8>, CheckpointError> {
        let mut read = execute(self.transaction).await.map_err(Box::new)?;
        let mut tensors = Vec::with_capacity(self.slots.len());
        for (name, shape) in self.slots {
            let values = numbers(read.next()).map_err(Box::new)?;
            let bytes: Vec<u8> = values.into_iter().flat_map(f32::to_le_bytes).collect();
            tensors.push((name, shape, bytes));
        }
        let views = tensors
            .iter()
            .map(|(name, shape, bytes)| {
                TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (name.as_str(), view))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let about =
            json::write(about).map_err(|error| CheckpointError::About(error.to_string()))?;
        let metadata = [(KEY.to_owned(), about)];
        Ok(safetensors::serialize(
            views,
            Some(metadata.into_iter().collect()),
        )?)
    }
}

struct Collect {
    part: Part,
    path: Path,
    writer: Writer,
}

impl ModuleVisitor for Collect {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.enter(name, container);
    }

    fn exit_module(&mut self, _name: &str, container: &str) {
        self.path.exit(container);
    }

    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let weights = param.val();
        // What has two dimensions is a linear layer, which PyTorch keeps the other way round.
        let weights = if D == 2 { weights.transpose() } else { weights };
        let name = format!("{}.{}", self.part.name(), self.path.name());
        self.writer.slots.push((name, weights.dims().to_vec()));
        let transaction = std::mem::take(&mut self.writer.transaction);
        self.writer.transaction = transaction.register(weights);
    }
}
