//! The exponential moving average of G's weights (Yazici et al. 2019): it smooths out the game's circling, and draws
//! better samples than G as it is at any one step.

use std::vec;

use burn::{
    module::{Module, ModuleMapper, ModuleVisitor, Param},
    tensor::Tensor,
};

/// The average of a net, without autodiff.
pub struct Average<N> {
    net: N,
    half_life: f64,
    updates: u64,
}

impl<N: Module> Average<N> {
    /// Starts at `net`, which must be without autodiff and the average of so many `updates` already. A weight's share
    /// halves in `half_life` updates.
    pub fn new(net: N, half_life: f64, updates: u64) -> Self {
        Self {
            net,
            half_life,
            updates,
        }
    }

    pub fn net(&self) -> &N {
        &self.net
    }

    /// Takes in the net as it is now, which must be without autodiff.
    pub fn update(&mut self, net: &N) {
        let mut weights = Weights(Vec::new());
        net.visit(&mut weights);
        let mut towards = Towards {
            weights: weights.0.into_iter(),
            keep: keep(self.half_life, self.updates) as f32,
        };
        self.net = self.net.clone().map(&mut towards);
        self.updates += 1;
    }
}

/// Share of the average that is kept at an update. A young average forgets faster, so that the random start does not
/// linger for many half-lives.
fn keep(half_life: f64, updates: u64) -> f64 {
    let settled = 0.5f64.powf(1.0 / half_life);
    let young = (1.0 + updates as f64) / (10.0 + updates as f64);
    settled.min(young)
}

/// Every weight of a net in the order of its layers, flat.
struct Weights(Vec<Tensor<1>>);

impl ModuleVisitor for Weights {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        let weights = param.val();
        let count = weights.dims().iter().product::<usize>();
        self.0.push(weights.reshape([count]));
    }
}

struct Towards {
    weights: vec::IntoIter<Tensor<1>>,
    keep: f32,
}

impl ModuleMapper for Towards {
    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let Some(weights) = self.weights.next() else {
            return param;
        };
        let keep = self.keep;
        param.map(|average| {
            let weights = weights.reshape(average.shape());
            average * keep + weights * (1.0 - keep)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settled_average_halves_in_its_half_life() {
        let kept: f64 = (0..100).map(|at| keep(100.0, 100_000 + at)).product();
        assert!((kept - 0.5).abs() < 1e-9, "{kept}");
    }

    #[test]
    fn a_young_average_forgets_its_start() {
        let kept: f64 = (0..50).map(|at| keep(10_000.0, at)).product();
        assert!(kept < 1e-6, "{kept}");
    }
}
