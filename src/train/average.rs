//! The exponential moving average of G's weights (Yazici et al. 2019): it smooths out the game's circling, and draws
//! better samples than G as it is at any one step.

use burn::tensor::Tensor;

/// The average of a net's weights, as [`Player::weights`](super::player::Player::weights) gives them.
pub struct Average {
    weights: Tensor<1>,
    half_life: f64,
    updates: u64,
}

impl Average {
    /// Starts at `weights`, which are the average of so many `updates` already. A weight's share halves in `half_life`
    /// updates.
    pub fn new(weights: Tensor<1>, half_life: f64, updates: u64) -> Self {
        Self {
            weights,
            half_life,
            updates,
        }
    }

    /// What it has taken in so far.
    pub fn updates(&self) -> u64 {
        self.updates
    }

    pub fn weights(&self) -> &Tensor<1> {
        &self.weights
    }

    /// Takes in the weights as they are now.
    pub fn update(&mut self, weights: &Tensor<1>) {
        let keep = keep(self.half_life, self.updates) as f32;
        self.weights = self.weights.clone() * keep + weights.clone() * (1.0 - keep);
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
