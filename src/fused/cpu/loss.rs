//! Binary cross-entropy on logits.

use burn::backend::Flex;
use gan_kernels::Targets;

use super::{CpuTensor, numbers, tensor};
use crate::fused::loss::{LossGradients, Losses};

impl Losses for Flex {
    fn cross_entropy_of(scores: CpuTensor, targets: Targets) -> CpuTensor {
        tensor(vec![targets.cross_entropy(&numbers(&scores))], [1])
    }
}

impl LossGradients for Flex {
    fn cross_entropy_gradient(
        gradient: CpuTensor,
        scores: CpuTensor,
        targets: Targets,
    ) -> CpuTensor {
        let made = targets.gradient(numbers(&gradient)[0], &numbers(&scores));
        tensor(made, scores.layout().shape().clone())
    }
}
