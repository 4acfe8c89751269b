//! Binary cross-entropy on logits as one operation: its forward and backward pass over a few hundred scores would
//! otherwise be a third of all launches of a step.

#[cfg(feature = "gpu")]
use burn::tensor::Shape;
use burn::{
    backend::{
        Autodiff, Backend, Dispatch,
        autodiff::{
            checkpoint::{base::Checkpointer, strategy::CheckpointStrategy},
            grads::Gradients,
            ops::{Backward, Ops, OpsKind},
        },
        backend_extension,
        tensor::FloatTensor,
    },
    tensor::Tensor,
};
use gan_kernels::Targets;

use super::plain;

#[backend_extension(
    Flex: cfg(feature = "cpu"),
    Cube: cfg(feature = "gpu"),
    Fusion: cfg(feature = "gpu"),
    Autodiff
)]
pub(crate) trait Losses: Backend {
    #[fusion(dtype = scores, shape = Shape::from([1]))]
    fn cross_entropy_of(scores: FloatTensor<Self>, targets: Targets) -> FloatTensor<Self>;
}

#[backend_extension(
    Flex: cfg(feature = "cpu"),
    Cube: cfg(feature = "gpu"),
    Fusion: cfg(feature = "gpu")
)]
pub(crate) trait LossGradients: Backend {
    /// `gradient`, `[1]`, is of whatever the loss went into.
    #[fusion(dtype = scores, shape = scores)]
    fn cross_entropy_gradient(
        gradient: FloatTensor<Self>,
        scores: FloatTensor<Self>,
        targets: Targets,
    ) -> FloatTensor<Self>;
}

impl<B: Losses + LossGradients, C: CheckpointStrategy> Losses for Autodiff<B, C> {
    fn cross_entropy_of(scores: FloatTensor<Self>, targets: Targets) -> FloatTensor<Self> {
        let prepared = CrossEntropy { targets }
            .prepare::<C>([scores.node()])
            .compute_bound()
            .stateful();
        let scores = scores.primitive().clone();
        match prepared {
            OpsKind::Tracked(prepared) => {
                prepared.finish(scores.clone(), B::cross_entropy_of(scores, targets))
            }
            OpsKind::UnTracked(prepared) => prepared.finish(B::cross_entropy_of(scores, targets)),
        }
    }
}

#[derive(Debug)]
struct CrossEntropy {
    targets: Targets,
}

impl<B: LossGradients> Backward<B, 1> for CrossEntropy {
    type State = FloatTensor<B>;

    fn backward(self, ops: Ops<Self::State, 1>, grads: &mut Gradients, _: &mut Checkpointer) {
        let gradient = grads.consume::<B>(&ops.node);
        if let [Some(node)] = ops.parents {
            let gradient = B::cross_entropy_gradient(gradient, ops.state, self.targets);
            grads.register::<B>(node.id, gradient);
        }
    }
}

/// Binary cross-entropy of logits `[rows, 1]` whose first `real` rows should be taken for real and all others for fake:
/// the mean over the first, whose target is 1 - `smoothing`, plus the mean over the others, `[1]`. Either may be empty.
pub fn cross_entropy(scores: Tensor<2>, real: usize, smoothing: f64) -> Tensor<1> {
    let [rows, _] = scores.dims();
    if plain::wanted(scores.dtype()) {
        return plain::cross_entropy(scores, real, smoothing);
    }
    let targets = Targets {
        real,
        fake: rows - real,
        smoothing: smoothing as f32,
    };
    Tensor::from_dispatch(Dispatch::cross_entropy_of(scores.into_dispatch(), targets))
}
