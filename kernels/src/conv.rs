//! Convolutions between a large and a small picture, as matrix products whose right side is gathered from the pictures
//! straight into panels: no unrolled copy of a picture is ever written.
//!
//! Eight pictures are done at a time, so that the positions of whatever picture fill whole panels. A large picture gets a
//! frame of zeros first, after which no place needs to be looked at for whether it lies inside.

use crate::{
    End, Kernel,
    matmul::{COLUMNS, Left, Panel, add, multiply},
};

/// Pictures at a time.
const GROUP: usize = COLUMNS;

/// A large and a small picture that a kernel connects. Weights are `[channels of small, channels of large, side, side]`.
pub struct Pair {
    kernel: Kernel,
    batch: usize,
    /// `[channels, height, width]`
    large: [usize; 3],
    /// `[channels, height, width]`
    small: [usize; 3],
}

impl Pair {
    /// Where a convolution goes from and how.
    pub fn of_large(
        [batch, channels, height, width]: [usize; 4],
        [outputs, ..]: [usize; 4],
        kernel: Kernel,
    ) -> Self {
        Self {
            kernel,
            batch,
            large: [channels, height, width],
            small: [outputs, kernel.shrunk(height), kernel.shrunk(width)],
        }
    }

    /// Where a transposed convolution goes from and how.
    pub fn of_small(
        [batch, channels, height, width]: [usize; 4],
        [_, outputs, ..]: [usize; 4],
        kernel: Kernel,
    ) -> Self {
        Self {
            kernel,
            batch,
            large: [outputs, kernel.grown(height), kernel.grown(width)],
            small: [channels, height, width],
        }
    }

    pub fn between(large: [usize; 4], small: [usize; 4], kernel: Kernel) -> Self {
        Self {
            kernel,
            batch: large[0],
            large: [large[1], large[2], large[3]],
            small: [small[1], small[2], small[3]],
        }
    }

    pub fn large_shape(&self) -> [usize; 4] {
        let [channels, height, width] = self.large;
        [self.batch, channels, height, width]
    }

    pub fn small_shape(&self) -> [usize; 4] {
        let [channels, height, width] = self.small;
        [self.batch, channels, height, width]
    }

    pub fn weight_shape(&self) -> [usize; 4] {
        let side = self.kernel.side;
        [self.small[0], self.large[0], side, side]
    }

    /// Large to small: a convolution. The bias has a number for each small channel.
    pub fn shrink(
        &self,
        large: &[f32],
        weight: &[f32],
        bias: Option<&[f32]>,
        end: End,
    ) -> Vec<f32> {
        let [channels, ..] = self.small;
        let (plane, taps) = (self.small_plane(), self.taps());
        let mut small = vec![0f32; self.batch * channels * plane];
        let weights = Left::by_rows(weight, taps.len());
        let mut panel = vec![[0f32; COLUMNS]; taps.len()];
        let mut framed = self.frame();
        for (pictures, made) in large
            .chunks(GROUP * self.large_size())
            .zip(small.chunks_mut(GROUP * channels * plane))
        {
            self.put_into_frame(pictures, &mut framed);
            let positions = self.positions(pictures.len() / self.large_size());
            for (number, places) in positions.chunks(COLUMNS).enumerate() {
                gather(&mut panel, &framed, &taps, places);
                let spots = Spots::new(number * COLUMNS, places.len(), plane, channels);
                multiply(weights, channels, 0, &panel, |channel, rows| {
                    for (channel, sums) in (channel..).zip(rows) {
                        spots.put(sums, made, channel * plane);
                    }
                });
            }
            finish(made, bias, plane, end);
        }
        small
    }

    /// Small to large: a transposed convolution. The bias has a number for each large channel.
    pub fn grow(&self, small: &[f32], weight: &[f32], bias: Option<&[f32]>, end: End) -> Vec<f32> {
        let [channels, ..] = self.small;
        let (plane, taps) = (self.small_plane(), self.taps());
        let mut large = vec![0f32; self.batch * self.large_size()];
        // Every weight of a small channel is a row's factor: the transposed weights.
        let weights = Left::by_columns(weight, taps.len());
        let mut panel = vec![[0f32; COLUMNS]; channels];
        let rows: Vec<_> = (0..channels).map(|channel| channel * plane).collect();
        let mut framed = self.frame();
        for (pictures, made) in small
            .chunks(GROUP * channels * plane)
            .zip(large.chunks_mut(GROUP * self.large_size()))
        {
            framed.fill(0.0);
            let positions = self.positions(pictures.len() / (channels * plane));
            for (number, places) in positions.chunks(COLUMNS).enumerate() {
                let spots = Spots::new(number * COLUMNS, places.len(), plane, channels);
                gather(&mut panel, pictures, &rows, &spots.starts[..places.len()]);
                multiply(weights, taps.len(), 0, &panel, |tap, sums| {
                    scatter(sums, &mut framed, &taps[tap..], places);
                });
            }
            self.take_from_frame(&framed, made, bias, end);
        }
        large
    }

    /// The gradient with respect to the weights of a convolution from `large`, whose output has the gradient `small`; of a
    /// transposed one the other way round.
    pub fn weight_gradient(&self, large: &[f32], small: &[f32]) -> Vec<f32> {
        let [channels, ..] = self.small;
        let (plane, taps) = (self.small_plane(), self.taps());
        let mut weight = vec![0f32; channels * taps.len()];
        let mut panel = vec![[0f32; COLUMNS]; plane];
        let mut framed = self.frame();
        let positions = self.positions(1);
        for (pictures, gradients) in large
            .chunks(GROUP * self.large_size())
            .zip(small.chunks(GROUP * channels * plane))
        {
            self.put_into_frame(pictures, &mut framed);
            for (picture, gradient) in gradients.chunks_exact(channels * plane).enumerate() {
                let framed = &framed[picture * self.framed_size()..];
                let gradient = Left::by_rows(gradient, plane);
                for (number, taps) in taps.chunks(COLUMNS).enumerate() {
                    gather(&mut panel, framed, &positions, taps);
                    multiply(gradient, channels, 0, &panel, |channel, sums| {
                        for (at, sums) in sums.iter().enumerate() {
                            let row = (channel + at) * self.taps_len() + number * COLUMNS;
                            add(sums, &mut weight[row..], taps.len());
                        }
                    });
                }
            }
        }
        weight
    }

    fn small_plane(&self) -> usize {
        self.small[1] * self.small[2]
    }

    fn large_size(&self) -> usize {
        self.large.iter().product()
    }

    /// Sides of a large picture in its frame.
    fn framed_sides(&self) -> [usize; 2] {
        [1, 2].map(|side| self.large[side] + 2 * self.kernel.padding)
    }

    fn framed_size(&self) -> usize {
        self.large[0] * self.framed_sides().iter().product::<usize>()
    }

    fn frame(&self) -> Vec<f32> {
        vec![0f32; GROUP.min(self.batch) * self.framed_size()]
    }

    fn taps_len(&self) -> usize {
        self.large[0] * self.kernel.side * self.kernel.side
    }

    /// Where in a framed picture each weight of a small channel looks, from the first place on.
    fn taps(&self) -> Vec<usize> {
        let [height, width] = self.framed_sides();
        let side = self.kernel.side;
        (0..self.taps_len())
            .map(|tap| {
                let (channel, y, x) = (tap / (side * side), tap / side % side, tap % side);
                (channel * height + y) * width + x
            })
            .collect()
    }

    /// Where in so many framed pictures each place of the small ones starts to look.
    fn positions(&self, pictures: usize) -> Vec<usize> {
        let [_, width] = self.framed_sides();
        let plane = self.small_plane();
        let [_, _, columns] = self.small;
        (0..pictures * plane)
            .map(|position| {
                let (picture, place) = (position / plane, position % plane);
                let [y, x] = [place / columns, place % columns].map(|at| at * self.kernel.stride);
                picture * self.framed_size() + y * width + x
            })
            .collect()
    }

    /// The frame itself stays as it is: zeros.
    fn put_into_frame(&self, pictures: &[f32], framed: &mut [f32]) {
        for (from, to) in self.rows(pictures.len()) {
            let [_, _, width] = self.large;
            framed[to..to + width].copy_from_slice(&pictures[from..from + width]);
        }
    }

    fn take_from_frame(
        &self,
        framed: &[f32],
        pictures: &mut [f32],
        bias: Option<&[f32]>,
        end: End,
    ) {
        let [_, height, width] = self.large;
        for (from, to) in self.rows(pictures.len()) {
            pictures[from..from + width].copy_from_slice(&framed[to..to + width]);
        }
        finish(pictures, bias, height * width, end);
    }

    /// Where each row of so many numbers of pictures starts, and where in their frames.
    fn rows(&self, numbers: usize) -> impl Iterator<Item = (usize, usize)> + use<> {
        let [_, height, width] = self.large;
        let [framed_height, framed_width] = self.framed_sides();
        let padding = self.kernel.padding;
        (0..numbers / width).map(move |row| {
            let (plane, y) = (row / height, row % height);
            let framed = (plane * framed_height + y + padding) * framed_width + padding;
            (row * width, framed)
        })
    }
}

/// What a layer does to the sums of its channels.
fn finish(pictures: &mut [f32], bias: Option<&[f32]>, plane: usize, end: End) {
    if let Some(bias) = bias {
        for (plane, bias) in pictures.chunks_exact_mut(plane).zip(bias.iter().cycle()) {
            plane.iter_mut().for_each(|sum| *sum += bias);
        }
    }
    end.apply(pictures);
}

/// Where in small pictures the columns of one panel lie, in their first channel.
struct Spots {
    starts: [usize; COLUMNS],
    count: usize,
    /// Whether they lie side by side.
    run: bool,
}

impl Spots {
    fn new(first: usize, count: usize, plane: usize, channels: usize) -> Self {
        let mut starts = [0; COLUMNS];
        for (start, position) in starts.iter_mut().zip(first..first + count) {
            *start = position / plane * channels * plane + position % plane;
        }
        Self {
            starts,
            count,
            run: count == COLUMNS && starts[COLUMNS - 1] - starts[0] == COLUMNS - 1,
        }
    }

    #[inline(always)]
    fn put(&self, sums: &Panel, pictures: &mut [f32], channel: usize) {
        if self.run {
            pictures[channel + self.starts[0]..][..COLUMNS].copy_from_slice(sums);
            return;
        }
        for (start, sum) in self.starts[..self.count].iter().zip(sums) {
            pictures[channel + start] = *sum;
        }
    }
}

/// Fills a panel: its row r has the numbers at `rows[r]` plus each of `columns`, of which there may be fewer than it has;
/// what is beyond them is never stored.
#[inline(always)]
fn gather(panel: &mut [Panel], values: &[f32], rows: &[usize], columns: &[usize]) {
    let mut all = [columns[0]; COLUMNS];
    all[..columns.len()].copy_from_slice(columns);
    assert!(
        furthest(rows, columns) < values.len(),
        "the pictures are too short"
    );
    for (panel, row) in panel.iter_mut().zip(rows) {
        for (number, column) in panel.iter_mut().zip(all) {
            // SAFETY: the furthest of them lies inside.
            *number = unsafe { *values.get_unchecked(row + column) };
        }
    }
}

/// Adds each row of sums to the numbers at its place in `rows` plus each of `columns`.
#[inline(always)]
fn scatter(sums: &[Panel], values: &mut [f32], rows: &[usize], columns: &[usize]) {
    let rows = &rows[..sums.len()];
    assert!(
        furthest(rows, columns) < values.len(),
        "the pictures are too short"
    );
    for (sums, row) in sums.iter().zip(rows) {
        for (sum, column) in sums.iter().zip(columns) {
            // SAFETY: the furthest of them lies inside.
            unsafe { *values.get_unchecked_mut(row + column) += sum };
        }
    }
}

/// The largest sum of one of each.
fn furthest(rows: &[usize], columns: &[usize]) -> usize {
    let largest = |places: &[usize]| places.iter().max().copied().unwrap_or_default();
    largest(rows) + largest(columns)
}
