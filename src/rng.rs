//! Every random number of a run, drawn on the CPU from one seed.
//!
//! A device's own generator would give each device its own weights and noise. Drawing here makes a run
//! repeatable, and lets the CPU and WebGPU be held to the same losses. Each use has a stream of its own, so that
//! drawing more of one (a larger picture, say) leaves the others as they were.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

/// What random numbers are drawn for.
#[derive(Clone, Copy, Debug)]
pub enum Stream {
    GeneratorWeights = 0,
    DiscriminatorWeights = 1,
    /// Noise that G is trained on.
    Noise = 2,
    /// Which real examples make a batch.
    Batches = 3,
    /// Noise and real examples that are shown; they stay the same all through a run.
    Display = 4,
}

/// The generator for one use in one run.
pub fn stream(seed: u32, stream: Stream) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.into());
    rng.set_stream(stream as u64);
    rng
}

/// `count` draws from a Gaussian of mean 0 and the given standard deviation.
pub fn normals(rng: &mut ChaCha8Rng, count: usize, std: f32) -> Vec<f32> {
    (0..count)
        .map(|_| {
            let draw: f32 = StandardNormal.sample(rng);
            draw * std
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_repeat_and_differ() {
        let draw = |seed, name| normals(&mut stream(seed, name), 4, 1.0);
        assert_eq!(draw(7, Stream::Noise), draw(7, Stream::Noise));
        assert_ne!(draw(7, Stream::Noise), draw(8, Stream::Noise));
        assert_ne!(draw(7, Stream::Noise), draw(7, Stream::Batches));
    }

    #[test]
    fn normals_have_the_asked_for_moments() {
        let draws = normals(&mut stream(1, Stream::Noise), 100_000, 2.0);
        let mean = draws.iter().sum::<f32>() / 1e5;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 1e5;
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((variance - 4.0).abs() < 0.1, "variance {variance}");
    }
}
