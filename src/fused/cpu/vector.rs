//! A net's weights as one vector: on the CPU its parts are views into it, which Flex has anyway.

use burn::backend::Flex;

use super::{CpuTensor, numbers, tensor};
use crate::fused::{
    Descent,
    vector::{Descents, Layout, List, Parts},
};

impl Descents for Flex {
    fn descend_along(
        weights: CpuTensor,
        moments: CpuTensor,
        gradient: CpuTensor,
        descent: Descent,
    ) -> (CpuTensor, CpuTensor) {
        let gradient = numbers(&gradient);
        let (mut weights, mut moments) = (numbers(&weights).to_vec(), numbers(&moments).to_vec());
        let length = weights.len();
        let (m, v) = moments.split_at_mut(length);
        descent.apply(&mut weights, m, v, &gradient);
        (tensor(weights, [length]), tensor(moments, [2 * length]))
    }
}

impl Parts for Flex {
    fn gathered(parts: List<Self>, layout: Layout) -> CpuTensor {
        let mut vector = vec![0f32; layout.length()];
        for (values, part) in parts.0.iter().zip(layout.parts()) {
            vector[part.start..][..part.len()].copy_from_slice(&numbers(values));
        }
        tensor(vector, [layout.length()])
    }

    fn parts_of(vector: CpuTensor, layout: Layout) -> Vec<CpuTensor> {
        layout
            .parts()
            .iter()
            .map(|part| {
                vector
                    .narrow(0, part.start, part.len())
                    .reshape(part.shape.clone())
            })
            .collect()
    }
}
