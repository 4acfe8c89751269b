//! One side of the game: a net with the optimiser that trains it.

use burn::{
    module::Module,
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::Tensor,
};

use crate::experiment::Training;

/// A net, and Adam with its state for it.
pub struct Player<N> {
    pub net: N,
    optimiser: ModuleOptimizer,
}

impl<N: Module> Player<N> {
    pub fn new(net: N, training: &Training) -> Self {
        let adam = AdamConfig::new()
            .with_beta_1(training.beta1 as f32)
            .with_beta_2(training.beta2 as f32)
            // The paper's (Kingma & Ba 2015); Burn's default is a thousand times larger.
            .with_epsilon(1e-8);
        Self {
            net,
            optimiser: adam.init(),
        }
    }

    /// One step of Adam down the gradient of `loss` with respect to this net alone.
    pub fn descend(&mut self, loss: &Tensor<1>, learning_rate: f64) {
        let gradients = GradientsParams::from_grads(loss.backward(), &self.net);
        self.net = self
            .optimiser
            .step(learning_rate, self.net.clone(), gradients);
    }
}
