//! A yardstick for `cargo xtask bench`: square matrix products and nothing else, by the fastest kernel that is known here,
//! which is training's own. (The `gemm` crate's does two thirds of it in a browser.)

use gan_kernels::{End, forward};

/// Multiplies two square matrices some times over; the sum of what came out, so that none of it can be left out.
#[unsafe(no_mangle)]
pub extern "C" fn matmul(size: usize, times: usize) -> f32 {
    let numbers = |seed: usize| -> Vec<f32> {
        let number = |at: usize| ((at * 7 + seed) % 11) as f32 - 5.0;
        (0..size * size).map(number).collect()
    };
    let (left, right, bias) = (numbers(1), numbers(2), vec![0.0; size]);
    (0..times)
        .map(|_| forward(&left, &right, &bias, [size; 3], End::Linear)[0])
        .sum()
}
