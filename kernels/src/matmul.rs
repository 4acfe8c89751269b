//! A matrix product for one thread and vectors of four numbers, as WebAssembly has them.
//!
//! The right side is packed into panels of eight columns, which stay in the nearest cache while every row of the left side
//! goes by; four rows at a time are summed up against a panel in eight vectors, which is what sixteen registers can hold
//! beside their operands. In the browser that is half as fast again as the `gemm` crate's 8x4 kernel, and its panels can be
//! gathered from wherever the caller has the numbers, so that a convolution needs no unrolled copy of its input.

/// Columns of a panel.
pub const COLUMNS: usize = 8;
/// Rows that are summed up at a time.
const ROWS: usize = 4;
/// Summands that are taken at a time where there are many: a panel of so many rows is 8 KiB.
pub const DEPTH: usize = 256;

/// One row of a panel.
pub type Panel = [f32; COLUMNS];

/// Writes the first `width` sums of a row.
#[inline(always)]
pub fn put(sums: &Panel, row: &mut [f32], width: usize) {
    // Of a known length this is two stores.
    match row.first_chunk_mut() {
        Some(whole) if width == COLUMNS => *whole = *sums,
        _ => row[..width].copy_from_slice(&sums[..width]),
    }
}

/// Adds the first `width` sums of a row.
#[inline(always)]
pub fn add(sums: &Panel, row: &mut [f32], width: usize) {
    match row.first_chunk_mut::<COLUMNS>() {
        Some(whole) if width == COLUMNS => {
            for (number, sum) in whole.iter_mut().zip(sums) {
                *number += sum;
            }
        }
        _ => {
            for (number, sum) in row.iter_mut().zip(sums).take(width) {
                *number += sum;
            }
        }
    }
}

/// The left side: element (row, depth) is `values[row * row_step + depth * depth_step]`. One of both steps must be 1.
#[derive(Clone, Copy)]
pub struct Left<'a> {
    pub values: &'a [f32],
    pub row_step: usize,
    pub depth_step: usize,
}

impl<'a> Left<'a> {
    /// A matrix of `depth` columns, row by row.
    pub fn by_rows(values: &'a [f32], depth: usize) -> Self {
        Self {
            values,
            row_step: depth,
            depth_step: 1,
        }
    }

    /// The transposed of a matrix of `rows` columns.
    pub fn by_columns(values: &'a [f32], rows: usize) -> Self {
        Self {
            values,
            row_step: 1,
            depth_step: rows,
        }
    }

    fn from(self, row: usize, depth: usize) -> &'a [f32] {
        &self.values[row * self.row_step + depth * self.depth_step..]
    }
}

/// Multiplies `rows` rows of `left`, from `depth` on, with a panel, and gives `store` four rows or fewer of the product at
/// a time, with the number of the first one. `store` must be small, to become a part of the loop.
#[inline(always)]
pub fn multiply(
    left: Left<'_>,
    rows: usize,
    depth: usize,
    panel: &[Panel],
    mut store: impl FnMut(usize, &[Panel]),
) {
    if rows == 0 || panel.is_empty() {
        return;
    }
    // All that `sums` will read: checked once here in place of every time there.
    let last = (rows - 1) * left.row_step + (depth + panel.len() - 1) * left.depth_step;
    assert!(last < left.values.len(), "the left side is too short");
    let mut row = 0;
    while row + ROWS <= rows {
        store(row, &sums::<ROWS>(left, row, depth, panel));
        row += ROWS;
    }
    match rows - row {
        3 => store(row, &sums::<3>(left, row, depth, panel)),
        2 => store(row, &sums::<2>(left, row, depth, panel)),
        1 => store(row, &sums::<1>(left, row, depth, panel)),
        _ => {}
    }
}

/// With the step that is 1 as a constant, an address is one addition.
#[inline(always)]
fn sums<const R: usize>(left: Left<'_>, row: usize, depth: usize, panel: &[Panel]) -> [Panel; R] {
    let values = left.from(row, depth);
    match left.depth_step {
        1 => sums_of::<R>(values, left.row_step, 1, panel),
        step => sums_of::<R>(values, 1, step, panel),
    }
}

#[inline(always)]
fn sums_of<const R: usize>(
    left: &[f32],
    row_step: usize,
    depth_step: usize,
    panel: &[Panel],
) -> [Panel; R] {
    let mut sums = [[0f32; COLUMNS]; R];
    for (depth, right) in panel.iter().enumerate() {
        for (row, sums) in sums.iter_mut().enumerate() {
            // SAFETY: `multiply` has checked the last of these; all others lie before it.
            let factor = unsafe { *left.get_unchecked(row * row_step + depth * depth_step) };
            for (sum, right) in sums.iter_mut().zip(right) {
                *sum += factor * right;
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small whole numbers, whose products and sums are exact in any order.
    fn numbers(count: usize, seed: usize) -> Vec<f32> {
        (0..count)
            .map(|at| ((at * 7 + seed) % 11) as f32 - 5.0)
            .collect()
    }

    #[test]
    fn products_are_those_of_the_definition() {
        for (rows, depth) in [(1, 1), (3, 5), (4, 8), (6, 3), (13, 17)] {
            let left = numbers(rows * depth, 1);
            let mut turned = vec![0.0; left.len()];
            for (at, value) in left.iter().enumerate() {
                turned[at % depth * rows + at / depth] = *value;
            }
            let panel: Vec<Panel> = (0..depth)
                .map(|at| numbers(COLUMNS, at).try_into().unwrap())
                .collect();
            for left in [Left::by_rows(&left, depth), Left::by_columns(&turned, rows)] {
                let mut found = Vec::new();
                multiply(left, rows, 0, &panel, |_, rows| {
                    found.extend_from_slice(rows)
                });
                assert_eq!(found.len(), rows);
                for (row, found) in found.iter().enumerate() {
                    for (column, found) in found.iter().enumerate() {
                        let expected: f32 = (0..depth)
                            .map(|at| {
                                left.values[row * left.row_step + at * left.depth_step]
                                    * panel[at][column]
                            })
                            .sum();
                        assert_eq!(*found, expected);
                    }
                }
            }
        }
    }

    #[test]
    #[should_panic(expected = "too short")]
    fn a_left_side_that_is_too_short_is_refused() {
        multiply(Left::by_rows(&[0.0; 7], 2), 4, 0, &[[0.0; 8]; 2], |_, _| {});
    }
}
