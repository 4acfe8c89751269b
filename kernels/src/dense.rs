//! Fully connected layers: three matrix products, each with its right side packed into panels.

use crate::{
    End, Sizes,
    matmul::{COLUMNS, DEPTH, Left, Panel, add, multiply, put},
};

/// `x`, `[batch, inputs]`, to `[batch, outputs]`.
pub fn forward(
    x: &[f32],
    weight: &[f32],
    bias: &[f32],
    [batch, inputs, outputs]: Sizes,
    end: End,
) -> Vec<f32> {
    let mut y = vec![0f32; batch * outputs];
    let mut panel = vec![[0f32; COLUMNS]; inputs];
    let x = Left::by_rows(x, inputs);
    for start in (0..outputs).step_by(COLUMNS) {
        let width = COLUMNS.min(outputs - start);
        pack(&mut panel, weight, outputs, start, width);
        let mut biases = [0f32; COLUMNS];
        biases[..width].copy_from_slice(&bias[start..start + width]);
        multiply(x, batch, 0, &panel, |row, sums| {
            for (at, sums) in sums.iter().enumerate() {
                let with_bias = std::array::from_fn(|lane| sums[lane] + biases[lane]);
                put(&with_bias, &mut y[(row + at) * outputs + start..], width);
            }
        });
    }
    end.apply(&mut y);
    y
}

/// The gradient before the activation, `[batch, outputs]`, to that with respect to the input, `[batch, inputs]`.
pub fn input_gradient(before: &[f32], weight: &[f32], [batch, inputs, outputs]: Sizes) -> Vec<f32> {
    let mut gradient = vec![0f32; batch * inputs];
    let mut panel = vec![[0f32; COLUMNS]; outputs];
    let before = Left::by_rows(before, outputs);
    for start in (0..inputs).step_by(COLUMNS) {
        let width = COLUMNS.min(inputs - start);
        // The transposed weights: a panel's column is a row of them.
        for (column, row) in weight[start * outputs..]
            .chunks_exact(outputs)
            .take(width)
            .enumerate()
        {
            for (panel, weight) in panel.iter_mut().zip(row) {
                panel[column] = *weight;
            }
        }
        multiply(before, batch, 0, &panel, |row, sums| {
            for (at, sums) in sums.iter().enumerate() {
                put(sums, &mut gradient[(row + at) * inputs + start..], width);
            }
        });
    }
    gradient
}

/// The gradient before the activation, `[batch, outputs]`, and `x`, `[batch, inputs]`, to the gradients with respect to
/// weights, `[inputs, outputs]`, and bias, `[outputs]`.
pub fn weight_gradient(
    before: &[f32],
    x: &[f32],
    [batch, inputs, outputs]: Sizes,
) -> (Vec<f32>, Vec<f32>) {
    let mut weight = vec![0f32; inputs * outputs];
    let mut bias = vec![0f32; outputs];
    let mut panel = vec![[0f32; COLUMNS]; DEPTH.min(batch)];
    let x = Left::by_columns(x, inputs);
    for start in (0..outputs).step_by(COLUMNS) {
        let width = COLUMNS.min(outputs - start);
        let (mut sums, mut lost) = ([0f32; COLUMNS], [0f32; COLUMNS]);
        for first in (0..batch).step_by(DEPTH) {
            let panel = &mut panel[..DEPTH.min(batch - first)];
            pack(panel, &before[first * outputs..], outputs, start, width);
            for row in &*panel {
                // What rounding loses is made up for (Kahan 1965): where a bias cannot matter, a critic's last one for one,
                // its gradients cancel out, and Adam would take what is left of them for a gradient.
                for ((sum, lost), gradient) in sums.iter_mut().zip(&mut lost).zip(row) {
                    let wanted = gradient - *lost;
                    let next = *sum + wanted;
                    *lost = (next - *sum) - wanted;
                    *sum = next;
                }
            }
            multiply(x, inputs, first, panel, |row, sums| {
                for (at, sums) in sums.iter().enumerate() {
                    add(sums, &mut weight[(row + at) * outputs + start..], width);
                }
            });
        }
        bias[start..start + width].copy_from_slice(&sums[..width]);
    }
    (weight, bias)
}

/// Some columns of a matrix, row by row; what a panel has beyond them stays as it is, and is never stored.
fn pack(panel: &mut [Panel], matrix: &[f32], columns: usize, start: usize, width: usize) {
    for (panel, row) in panel.iter_mut().zip(matrix.chunks_exact(columns)) {
        match row[start..].first_chunk::<COLUMNS>() {
            Some(whole) => *panel = *whole,
            None => panel[..width].copy_from_slice(&row[start..]),
        }
    }
}
