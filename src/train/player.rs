//! One side of the game: a net with the optimiser that trains it.

use burn::{
    module::{Module, ModuleMapper, Param},
    optim::{
        AdamConfig, AdamWConfig, GradientsParams, ModuleOptimizer, RmsPropConfig, SgdConfig,
        momentum::MomentumConfig,
    },
    tensor::Tensor,
};

use super::gradients;
use crate::experiment::Optimiser;

/// The papers' (Kingma & Ba 2015); Burn's default is a thousand times larger.
const EPSILON: f32 = 1e-8;

/// A net, and the optimiser with its state for it.
pub struct Player<N> {
    pub net: N,
    optimiser: ModuleOptimizer,
}

impl<N: Module> Player<N> {
    pub fn new(net: N, optimiser: &Optimiser) -> Self {
        Self {
            net,
            optimiser: build(optimiser),
        }
    }

    /// One step down the gradient of `loss` with respect to this net alone, shortened to the norm `clip` unless that
    /// is 0.
    pub fn descend(&mut self, loss: &Tensor<1>, learning_rate: f64, clip: f64) {
        let mut gradients = self.gradients(loss);
        if clip > 0.0 {
            gradients = gradients::clip(&self.net, gradients, clip);
        }
        self.net = self
            .optimiser
            .step(learning_rate, self.net.clone(), gradients);
    }

    /// The squared norm of the gradient of `loss` with respect to each of this net's parameters, by its path.
    pub fn squared_norms(&self, loss: &Tensor<1>) -> Vec<(String, Tensor<1>)> {
        gradients::squared_norms(&self.net, &self.gradients(loss))
    }

    /// The gradient of `loss` with respect to this net alone.
    fn gradients(&self, loss: &Tensor<1>) -> GradientsParams {
        GradientsParams::from_grads(loss.backward(), &self.net)
    }

    /// Holds every weight and bias within `bound` of 0 (WGAN's clipping).
    pub fn clip_weights(&mut self, bound: f64) {
        struct Clamp(f64);
        impl ModuleMapper for Clamp {
            fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
                let bound = self.0;
                // A new leaf: the clamp is no part of any gradient.
                param.map(|weights| {
                    let clamped = weights.inner().clamp(-bound, bound);
                    Tensor::from_inner(clamped).require_grad()
                })
            }
        }
        self.net = self.net.clone().map(&mut Clamp(bound));
    }
}

fn build(optimiser: &Optimiser) -> ModuleOptimizer {
    match *optimiser {
        Optimiser::Adam { beta1, beta2 } => AdamConfig::new()
            .with_beta_1(beta1 as f32)
            .with_beta_2(beta2 as f32)
            .with_epsilon(EPSILON)
            .init(),
        Optimiser::AdamW {
            beta1,
            beta2,
            weight_decay,
        } => AdamWConfig::new()
            .with_beta_1(beta1 as f32)
            .with_beta_2(beta2 as f32)
            .with_epsilon(EPSILON)
            .with_weight_decay(weight_decay as f32)
            .init(),
        Optimiser::Sgd {} => SgdConfig::new().init(),
        // Plain heavy ball: v <- momentum v + gradient (Polyak 1964), without Burn's dampening.
        Optimiser::Momentum { momentum } => SgdConfig::new()
            .with_momentum(Some(
                MomentumConfig::new()
                    .with_momentum(momentum)
                    .with_dampening(0.0)
                    .with_nesterov(false),
            ))
            .init(),
        Optimiser::RmsProp { decay } => RmsPropConfig::new()
            .with_alpha(decay as f32)
            .with_momentum(0.0)
            .with_epsilon(EPSILON)
            .init(),
    }
}
