//! The arithmetic of small nets' layers for one thread and vectors of four numbers, as WebAssembly has them: matrix
//! products, convolutions both ways, an optimiser's step. Plain slices in, plain vectors out; it knows nothing of tensors,
//! devices or gradients' paths, which are the playground's.
//!
//! A crate of its own, as all of it must be compiled for speed, while the playground around it is compiled for size.

mod conv;
mod dense;
mod descent;
mod end;
mod kernel;
mod loss;
mod matmul;

pub use conv::Pair;
pub use dense::{forward, input_gradient, weight_gradient};
pub use descent::Descent;
pub use end::{End, SLOPE};
pub use kernel::Kernel;
pub use loss::Targets;

/// `[batch, inputs, outputs]` of a fully connected layer.
pub type Sizes = [usize; 3];

/// The sum of each channel of pictures `[batch, channels, plane]`.
pub fn channel_sums(pictures: &[f32], channels: usize, plane: usize) -> Vec<f32> {
    let mut sums = vec![0f32; channels];
    for picture in pictures.chunks_exact(channels * plane) {
        for (sum, plane) in sums.iter_mut().zip(picture.chunks_exact(plane)) {
            // Eight sums side by side: one alone would wait for every addition.
            let mut lanes = [0f32; 8];
            let eights = plane.chunks_exact(lanes.len());
            *sum += eights.remainder().iter().sum::<f32>();
            for eight in eights {
                for (lane, number) in lanes.iter_mut().zip(eight) {
                    *lane += number;
                }
            }
            *sum += lanes.iter().sum::<f32>();
        }
    }
    sums
}
