//! Fully connected layers. A unit sums up four rows of a vector of columns each.

use burn::cubecl::{self, prelude::*};
use burn_cubecl::tensor::CubeTensor;

use super::{End, before, buffer, cubes, dims, empty, ended, vector_size};

/// Rows of a unit.
const ROWS: usize = 4;

/// `x`, `[batch, inputs]`, to `[batch, outputs]`.
pub fn forward(x: CubeTensor, weight: CubeTensor, bias: CubeTensor, end: End) -> CubeTensor {
    let [batch, inputs] = dims(&x);
    let [_, outputs] = dims(&weight);
    let y = empty(&x, [batch, outputs]);
    let size = vector_size(outputs);
    let columns = outputs / size;
    let (count, dim) = cubes(&x.client, batch.div_ceil(ROWS) * columns);
    // SAFETY: every unit beyond the last row ends at once, and no other looks outside.
    unsafe {
        forward_kernel::launch_unchecked(
            &x.client,
            count,
            dim,
            size,
            buffer(&x),
            buffer(&weight),
            buffer(&bias),
            buffer(&y),
            batch,
            inputs,
            columns,
            end,
        );
    }
    y
}

#[cube(launch_unchecked)]
fn forward_kernel<N: Size>(
    x: &[f32],
    weight: &[Vector<f32, N>],
    bias: &[Vector<f32, N>],
    y: &mut [Vector<f32, N>],
    batch: usize,
    inputs: usize,
    columns: usize,
    #[comptime] end: End,
) {
    let column = ABSOLUTE_POS % columns;
    let row_a = ABSOLUTE_POS / columns * ROWS;
    if row_a >= batch {
        terminate!();
    }
    // Where there are fewer rows, the last one is summed up again.
    let row_b = min(row_a + 1, batch - 1);
    let row_c = min(row_a + 2, batch - 1);
    let row_d = min(row_a + 3, batch - 1);
    let mut a = bias[column];
    let mut b = bias[column];
    let mut c = bias[column];
    let mut d = bias[column];
    for input in 0..inputs {
        let factor = weight[input * columns + column];
        a += Vector::new(x[row_a * inputs + input]) * factor;
        b += Vector::new(x[row_b * inputs + input]) * factor;
        c += Vector::new(x[row_c * inputs + input]) * factor;
        d += Vector::new(x[row_d * inputs + input]) * factor;
    }
    y[row_a * columns + column] = ended(a, end);
    y[row_b * columns + column] = ended(b, end);
    y[row_c * columns + column] = ended(c, end);
    y[row_d * columns + column] = ended(d, end);
}

/// The gradient with respect to the output, `[batch, outputs]`, to that with respect to the input, `[batch, inputs]`.
pub fn input_gradient(
    gradient: CubeTensor,
    output: CubeTensor,
    weight: CubeTensor,
    end: End,
) -> CubeTensor {
    let [batch, outputs] = dims(&gradient);
    let [inputs, _] = dims(&weight);
    let made = empty(&gradient, [batch, inputs]);
    let size = vector_size(outputs);
    let (count, dim) = cubes(&gradient.client, batch.div_ceil(ROWS) * inputs);
    // SAFETY: as above.
    unsafe {
        input_gradient_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            size,
            buffer(&gradient),
            buffer(&output),
            buffer(&weight),
            buffer(&made),
            batch,
            inputs,
            outputs / size,
            end,
        );
    }
    made
}

#[cube(launch_unchecked)]
fn input_gradient_kernel<N: Size>(
    gradient: &[Vector<f32, N>],
    output: &[Vector<f32, N>],
    weight: &[Vector<f32, N>],
    made: &mut [f32],
    batch: usize,
    inputs: usize,
    columns: usize,
    #[comptime] end: End,
) {
    let input = ABSOLUTE_POS % inputs;
    let row_a = ABSOLUTE_POS / inputs * ROWS;
    if row_a >= batch {
        terminate!();
    }
    let row_b = min(row_a + 1, batch - 1);
    let row_c = min(row_a + 2, batch - 1);
    let row_d = min(row_a + 3, batch - 1);
    let mut a = Vector::<f32, N>::new(0.0);
    let mut b = Vector::<f32, N>::new(0.0);
    let mut c = Vector::<f32, N>::new(0.0);
    let mut d = Vector::<f32, N>::new(0.0);
    for column in 0..columns {
        let factor = weight[input * columns + column];
        let at_a = row_a * columns + column;
        let at_b = row_b * columns + column;
        let at_c = row_c * columns + column;
        let at_d = row_d * columns + column;
        a += before(gradient[at_a], output[at_a], end) * factor;
        b += before(gradient[at_b], output[at_b], end) * factor;
        c += before(gradient[at_c], output[at_c], end) * factor;
        d += before(gradient[at_d], output[at_d], end) * factor;
    }
    made[row_a * inputs + input] = total(a);
    made[row_b * inputs + input] = total(b);
    made[row_c * inputs + input] = total(c);
    made[row_d * inputs + input] = total(d);
}

/// The sum of a vector's numbers.
#[cube]
fn total<N: Size>(vector: Vector<f32, N>) -> f32 {
    let mut sum = vector.extract(0usize);
    #[unroll]
    for at in 1..N::value() {
        sum += vector.extract(at);
    }
    sum
}

/// The gradients with respect to weights, `[inputs, outputs]`, and bias, `[outputs]`. A unit sums up four inputs of a vector
/// of outputs; one more row of units has the bias.
pub fn weight_gradient(
    gradient: CubeTensor,
    output: CubeTensor,
    x: CubeTensor,
    end: End,
) -> (CubeTensor, CubeTensor) {
    let [batch, outputs] = dims(&gradient);
    let [_, inputs] = dims(&x);
    let weight = empty(&gradient, [inputs, outputs]);
    let bias = empty(&gradient, [outputs]);
    let size = vector_size(outputs);
    let columns = outputs / size;
    let (count, dim) = cubes(&gradient.client, (inputs.div_ceil(ROWS) + 1) * columns);
    // SAFETY: as above.
    unsafe {
        weight_gradient_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            size,
            buffer(&gradient),
            buffer(&output),
            buffer(&x),
            buffer(&weight),
            buffer(&bias),
            batch,
            inputs,
            columns,
            end,
        );
    }
    (weight, bias)
}

#[cube(launch_unchecked)]
fn weight_gradient_kernel<N: Size>(
    gradient: &[Vector<f32, N>],
    output: &[Vector<f32, N>],
    x: &[f32],
    weight: &mut [Vector<f32, N>],
    bias: &mut [Vector<f32, N>],
    batch: usize,
    inputs: usize,
    columns: usize,
    #[comptime] end: End,
) {
    let column = ABSOLUTE_POS % columns;
    let tile = ABSOLUTE_POS / columns;
    // The bias comes first, and is summed up where its inputs would be.
    if tile == 0 {
        // What rounding loses is made up for, as on the CPU, as far as a driver leaves the order of sums alone.
        let mut sum = Vector::<f32, N>::new(0.0);
        let mut lost = Vector::<f32, N>::new(0.0);
        for row in 0..batch {
            let at = row * columns + column;
            let wanted = before(gradient[at], output[at], end) - lost;
            let next = sum + wanted;
            lost = (next - sum) - wanted;
            sum = next;
        }
        bias[column] = sum;
        terminate!();
    }
    let input_a = (tile - 1) * ROWS;
    if input_a >= inputs {
        terminate!();
    }
    let input_b = min(input_a + 1, inputs - 1);
    let input_c = min(input_a + 2, inputs - 1);
    let input_d = min(input_a + 3, inputs - 1);
    let mut a = Vector::<f32, N>::new(0.0);
    let mut b = Vector::<f32, N>::new(0.0);
    let mut c = Vector::<f32, N>::new(0.0);
    let mut d = Vector::<f32, N>::new(0.0);
    for row in 0..batch {
        let at = row * columns + column;
        let factor = before(gradient[at], output[at], end);
        a += Vector::new(x[row * inputs + input_a]) * factor;
        b += Vector::new(x[row * inputs + input_b]) * factor;
        c += Vector::new(x[row * inputs + input_c]) * factor;
        d += Vector::new(x[row * inputs + input_d]) * factor;
    }
    weight[input_a * columns + column] = a;
    weight[input_b * columns + column] = b;
    weight[input_c * columns + column] = c;
    weight[input_d * columns + column] = d;
}
