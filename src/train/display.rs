//! What is shown of a run: fakes from noise that never changes, real examples beside them, and D's view of both.

use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use super::trainer::rows;
use crate::{
    data::{Dataset, Shape, images},
    metrics::modes::Modes,
    nets::{Discriminator, Generator},
    rng,
};

/// Points of each kind in a picture of 2-D data.
const POINTS: usize = 512;
/// Cells along a side of D's surface.
const SURFACE: usize = 32;
/// Pictures of each kind: a square of six by six.
const IMAGES: usize = 36;

/// One picture of the run, ready to be drawn.
#[derive(Clone, Debug)]
pub enum Picture {
    Points(PointsPicture),
    Images(ImagesPicture),
}

/// Points and D's surface over the square [-extent, extent]^2.
#[derive(Clone, Debug)]
pub struct PointsPicture {
    pub extent: f32,
    /// `[count, 2]`
    pub real: Vec<f32>,
    /// `[count, 2]`
    pub fake: Vec<f32>,
    pub surface_size: usize,
    /// D's probability of "real" at the centre of each cell, row by row, lowest y first.
    pub surface: Vec<f32>,
    pub modes: Modes,
}

/// Pictures with D's probability of "real" for each.
#[derive(Clone, Debug)]
pub struct ImagesPicture {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
    /// `[count, height, width, channels]`
    pub real: Vec<u8>,
    pub real_scores: Vec<f32>,
    /// `[count, height, width, channels]`
    pub fake: Vec<u8>,
    pub fake_scores: Vec<f32>,
}

/// The tensors that a picture is made of, before they are read: `[count, features]` fakes, and D's logits
/// `[count, 1]` on fakes and reals, or on the surface's cells.
pub struct Frame {
    pub fake: Tensor<2>,
    pub logits: Tensor<2>,
}

/// Noise and examples that stay the same all through a run, so that change in the picture is change in the nets.
pub struct Display {
    noise: Tensor<2>,
    real: Vec<f32>,
    /// What D is asked about: real pictures, or the surface's cells.
    asked: Tensor<2>,
    /// Whether D is asked about the fakes first; in 2-D its surface shows that already.
    score_fakes: bool,
}

impl Display {
    pub fn new(data: &Dataset, noise_dims: usize, mut rng: ChaCha8Rng, device: &Device) -> Self {
        let count = match data.shape() {
            Shape::Point => POINTS,
            Shape::Image { .. } => IMAGES,
        };
        let noise = rng::normals(&mut rng, count * noise_dims, 1.0);
        let real = data.batches(rng).next(data, count);
        let asked = match data {
            Dataset::Ring(ring) => rows(surface_cells(ring.extent()), SURFACE * SURFACE, device),
            Dataset::Images(_) => rows(real.clone(), count, device),
        };
        Self {
            noise: rows(noise, count, device),
            real,
            asked,
            score_fakes: matches!(data, Dataset::Images(_)),
        }
    }

    /// Issues the picture of now from both nets, which must be without autodiff.
    pub fn frame(&self, generator: &Generator, discriminator: &Discriminator) -> Frame {
        let fake = generator.forward(self.noise.clone());
        let asked = match self.score_fakes {
            true => Tensor::cat(vec![fake.clone(), self.asked.clone()], 0),
            false => self.asked.clone(),
        };
        Frame {
            fake,
            logits: discriminator.forward(asked),
        }
    }

    /// Makes the picture from a frame's numbers.
    pub fn picture(&self, data: &Dataset, fake: Vec<f32>, logits: &[f32]) -> Picture {
        let scores: Vec<f32> = logits.iter().map(|logit| sigmoid(*logit)).collect();
        match data {
            Dataset::Ring(ring) => Picture::Points(PointsPicture {
                extent: ring.extent(),
                modes: Modes::of(&fake, &ring.centres(), ring.sigma),
                real: self.real.clone(),
                fake,
                surface_size: SURFACE,
                surface: scores,
            }),
            Dataset::Images(set) => {
                let format = set.manifest().image;
                let bytes =
                    |rows: &[f32]| interleave(rows, format.channels, format.width * format.height);
                let (fake_scores, real_scores) = scores.split_at(scores.len() / 2);
                Picture::Images(ImagesPicture {
                    width: format.width,
                    height: format.height,
                    channels: format.channels,
                    real: bytes(&self.real),
                    real_scores: real_scores.to_vec(),
                    fake: bytes(&fake),
                    fake_scores: fake_scores.to_vec(),
                })
            }
        }
    }
}

/// Centres of the surface's cells, `[SURFACE * SURFACE, 2]`, row by row from the lowest y.
fn surface_cells(extent: f32) -> Vec<f32> {
    let centre = |cell: usize| extent * (2.0 * (cell as f32 + 0.5) / SURFACE as f32 - 1.0);
    (0..SURFACE * SURFACE)
        .flat_map(|cell| [centre(cell % SURFACE), centre(cell / SURFACE)])
        .collect()
}

/// `[count, channels, pixels]` in [-1, 1] to `[count, pixels, channels]` in bytes.
fn interleave(rows: &[f32], channels: usize, pixels: usize) -> Vec<u8> {
    rows.chunks_exact(channels * pixels)
        .flat_map(|picture| {
            (0..pixels * channels).map(move |at| picture[at % channels * pixels + at / channels])
        })
        .map(images::to_byte)
        .collect()
}

fn sigmoid(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surface_cells_span_the_square_from_its_lowest_row() {
        let cells = surface_cells(1.6);
        assert_eq!(cells.len(), 2 * SURFACE * SURFACE);
        let half_cell = 1.6 / SURFACE as f32;
        assert!((cells[0] + 1.6 - half_cell).abs() < 1e-6);
        assert!((cells[1] + 1.6 - half_cell).abs() < 1e-6);
        assert!(cells[2] > cells[0] && cells[3] == cells[1]);
    }

    #[test]
    fn colour_planes_are_interleaved() {
        let planes = [-1.0, 1.0, 0.0, -1.0, 1.0, 1.0];
        assert_eq!(interleave(&planes, 3, 2), [0, 128, 255, 255, 0, 255]);
    }
}
