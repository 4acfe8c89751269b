//! Every random number of a run, drawn on the CPU from one seed.
//!
//! A device's own generator would give each device its own weights and noise. Drawing here makes a run
//! repeatable, and lets the CPU and WebGPU be held to the same losses. Each use has a stream of its own, so that
//! drawing more of one (a larger picture, say) leaves the others as they were.

use rand::{RngExt, SeedableRng};
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
    /// Classes that G is asked for, and wrong classes for real examples.
    Classes = 5,
    /// Noise on what D sees.
    InstanceNoise = 6,
    /// Where between real and fake the gradient penalty looks.
    Interpolates = 7,
    /// First guesses of singular vectors.
    SpectralNorm = 8,
    /// Noise of samples that are taken along.
    Samples = 9,
    /// Examples, real and fake, that a visitor is to tell apart.
    Deals = 10,
    /// A classifier's weights at the start.
    ClassifierWeights = 16,
    /// Which pictures make a batch of a classifier.
    ClassifierBatches = 17,
    /// How far a classifier's pictures are moved.
    ClassifierShifts = 18,
}

/// The generator for one use in one run.
pub fn stream(seed: u32, stream: Stream) -> ChaCha8Rng {
    numbered(seed, stream as u64)
}

/// The same for what a run is measured on, so that measuring draws nothing from training.
pub fn measuring_stream(seed: u32, stream: Stream) -> ChaCha8Rng {
    numbered(seed, 1000 + stream as u64)
}

fn numbered(seed: u32, number: u64) -> ChaCha8Rng {
    let mut rng = ChaCha8Rng::seed_from_u64(seed.into());
    rng.set_stream(number);
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

/// `count` draws of mean 0 and variance 1 from an even distribution.
pub fn evens(rng: &mut ChaCha8Rng, count: usize) -> Vec<f32> {
    let bound = 3f32.sqrt();
    (0..count)
        .map(|_| rng.random_range(-bound..bound))
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
        let measuring = normals(&mut measuring_stream(7, Stream::Noise), 4, 1.0);
        assert_ne!(draw(7, Stream::Noise), measuring);
    }

    #[test]
    fn draws_have_the_asked_for_moments() {
        let moments = |draws: Vec<f32>| {
            let mean = draws.iter().sum::<f32>() / draws.len() as f32;
            let variance =
                draws.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / draws.len() as f32;
            (mean, variance)
        };
        let mut rng = stream(1, Stream::Noise);
        let (mean, variance) = moments(normals(&mut rng, 100_000, 2.0));
        assert!(mean.abs() < 0.03, "mean {mean}");
        assert!((variance - 4.0).abs() < 0.1, "variance {variance}");
        let (mean, variance) = moments(evens(&mut rng, 100_000));
        assert!(mean.abs() < 0.02, "mean {mean}");
        assert!((variance - 1.0).abs() < 0.02, "variance {variance}");
    }
}
