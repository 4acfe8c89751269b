//! Reading tensors back from their device, all in one go: on a GPU each wait costs more than what is read.

use burn::{
    backend::ExecutionError,
    tensor::{Tensor, TensorData},
};

/// Tensors that are to be read.
#[derive(Default)]
pub struct Transaction {
    #[allow(clippy::disallowed_types, reason = "this is what stands before it")]
    reads: burn::tensor::Transaction,
    /// The same once more. Burn's fusion never forgets a tensor that a transaction was given whole, though it frees its
    /// memory: some twenty bytes for each, for ever. One that is let go of later it forgets. Elsewhere a second owner
    /// would only make a copy of what is read.
    #[cfg(feature = "gpu")]
    kept: Vec<crate::fused::AnyTensor>,
}

impl Transaction {
    #[must_use]
    pub fn register<const D: usize>(mut self, tensor: Tensor<D>) -> Self {
        #[cfg(feature = "gpu")]
        self.kept.push(tensor.clone().into_dispatch());
        self.reads = self.reads.register(tensor);
        self
    }

    /// Waits for all of them, in their order.
    ///
    /// # Errors
    /// When the device gives no numbers.
    pub async fn execute_async(self) -> Result<Vec<TensorData>, ExecutionError> {
        let read = self.reads.execute_async().await;
        #[cfg(feature = "gpu")]
        drop(self.kept);
        read
    }
}
