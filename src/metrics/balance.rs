//! Who is winning: how often D is right on real and on fake examples.
//!
//! At the equilibrium of the game D can only guess, and both shares are one half.

/// Shares of a batch, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accuracy {
    /// Of real examples that D calls real.
    pub real: f32,
    /// Of fakes that D calls fake.
    pub fake: f32,
}

impl Accuracy {
    /// From D's logits; a logit of exactly 0 is a guess, and counts half.
    pub fn of(real_logits: &[f32], fake_logits: &[f32]) -> Self {
        Self {
            real: share_above_zero(real_logits),
            fake: 1.0 - share_above_zero(fake_logits),
        }
    }
}

fn share_above_zero(logits: &[f32]) -> f32 {
    let above = logits.iter().filter(|logit| **logit > 0.0).count();
    let guesses = logits.iter().filter(|logit| **logit == 0.0).count();
    (above as f32 + 0.5 * guesses as f32) / logits.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_right_answers_and_halves_guesses() {
        let accuracy = Accuracy::of(&[1.0, 2.0, -1.0, 0.5], &[-1.0, 0.0, 3.0, -0.1]);
        assert_eq!(
            accuracy,
            Accuracy {
                real: 0.75,
                fake: 0.625
            }
        );
    }
}
