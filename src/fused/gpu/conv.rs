//! Convolutions between a large and a small picture. A unit sums up four channels of four places, so that each number
//! that it loads is used four times. Kernel, stride and padding are constants; lengths are not.

use burn::cubecl::{self, prelude::*};
use burn_cubecl::tensor::CubeTensor;

use super::{End, Kernel, UNITS, before, buffer, cubes, dims, empty, ended, vector_size};

/// Channels, and places, of a unit.
const TILE: usize = 4;
/// The vector of a unit's places.
type Places = Vector<f32, Const<TILE>>;

/// Lengths of what a kernel connects.
#[derive(CubeType, CubeLaunch, Clone, Copy)]
struct Lengths {
    batch: usize,
    large_channels: usize,
    large_height: usize,
    large_width: usize,
    small_channels: usize,
    small_height: usize,
    small_width: usize,
}

/// The same before they are a kernel's argument, `[channels, height, width]` each.
struct Pair {
    batch: usize,
    large: [usize; 3],
    small: [usize; 3],
}

impl Pair {
    fn launch(&self) -> LengthsLaunch {
        let Self {
            batch,
            large: [large_channels, large_height, large_width],
            small: [small_channels, small_height, small_width],
        } = *self;
        LengthsLaunch::new(
            batch,
            large_channels,
            large_height,
            large_width,
            small_channels,
            small_height,
            small_width,
        )
    }
}

/// Large to small: a convolution, or what a transposed one does to gradients. Without a bias nothing is added.
pub fn shrink(
    large: CubeTensor,
    weight: CubeTensor,
    bias: Option<CubeTensor>,
    kernel: Kernel,
    end: End,
) -> CubeTensor {
    let [batch, from, height, width] = dims(&large);
    let [to, ..] = dims::<4>(&weight);
    let [small_height, small_width] = [height, width].map(|length| kernel.shrunk(length));
    let pair = Pair {
        batch,
        large: [from, height, width],
        small: [to, small_height, small_width],
    };
    let small = empty(&large, [batch, to, small_height, small_width]);
    let places = (batch * small_height * small_width).div_ceil(TILE);
    let (count, dim) = cubes(&large.client, to.div_ceil(TILE) * places);
    // SAFETY: every unit beyond the last channel ends at once, and no other looks outside.
    unsafe {
        shrink_kernel::launch_unchecked(
            &large.client,
            count,
            dim,
            buffer(&large),
            buffer(&weight),
            bias.as_ref().map(buffer).into(),
            buffer(&small),
            pair.launch(),
            kernel,
            end,
        );
    }
    small
}

#[cube(launch_unchecked)]
fn shrink_kernel(
    large: &[f32],
    weight: &[f32],
    bias: ComptimeOption<&[f32]>,
    small: &mut [f32],
    lengths: Lengths,
    #[comptime] kernel: Kernel,
    #[comptime] end: End,
) {
    let plane = lengths.small_height * lengths.small_width;
    let places = lengths.batch * plane;
    let tiles = places.div_ceil(TILE);
    // Units side by side have places side by side.
    let first = ABSOLUTE_POS % tiles * TILE;
    let channel_a = ABSOLUTE_POS / tiles * TILE;
    if channel_a >= lengths.small_channels {
        terminate!();
    }
    let channel_b = min(channel_a + 1, lengths.small_channels - 1);
    let channel_c = min(channel_a + 2, lengths.small_channels - 1);
    let channel_d = min(channel_a + 3, lengths.small_channels - 1);
    let taps = lengths.large_channels * comptime!(kernel.side * kernel.side);

    // Where each place starts to look. Beyond the last place the last one is summed up again.
    let mut picture = Sequence::<usize>::new();
    let mut top = Sequence::<usize>::new();
    let mut left = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..TILE {
        let place = min(first + lane, places - 1);
        let at = place % plane;
        picture.push(place / plane * lengths.large_channels);
        top.push(at / lengths.small_width * comptime!(kernel.stride));
        left.push(at % lengths.small_width * comptime!(kernel.stride));
    }

    let mut a = Places::new(0.0);
    let mut b = Places::new(0.0);
    let mut c = Places::new(0.0);
    let mut d = Places::new(0.0);
    for channel in 0..lengths.large_channels {
        for ky in 0..comptime!(kernel.side) {
            for kx in 0..comptime!(kernel.side) {
                let mut seen = Places::new(0.0);
                #[unroll]
                for lane in 0..TILE {
                    // In the padding both wrap around to large numbers.
                    let y = top[lane] + ky - comptime!(kernel.padding);
                    let x = left[lane] + kx - comptime!(kernel.padding);
                    let inside = y < lengths.large_height && x < lengths.large_width;
                    let row = (picture[lane] + channel) * lengths.large_height;
                    let at = select(inside, (row + y) * lengths.large_width + x, 0);
                    seen.insert(lane, select(inside, large[at], 0.0));
                }
                let tap = (channel * comptime!(kernel.side) + ky) * comptime!(kernel.side) + kx;
                a += Places::new(weight[channel_a * taps + tap]) * seen;
                b += Places::new(weight[channel_b * taps + tap]) * seen;
                c += Places::new(weight[channel_c * taps + tap]) * seen;
                d += Places::new(weight[channel_d * taps + tap]) * seen;
            }
        }
    }
    #[comptime]
    if let ComptimeOption::Some(bias) = bias {
        a += Places::new(bias[channel_a]);
        b += Places::new(bias[channel_b]);
        c += Places::new(bias[channel_c]);
        d += Places::new(bias[channel_d]);
    }
    a = ended(a, end);
    b = ended(b, end);
    c = ended(c, end);
    d = ended(d, end);
    #[unroll]
    for lane in 0..TILE {
        let place = min(first + lane, places - 1);
        let start = place / plane * lengths.small_channels;
        let at = place % plane;
        small[(start + channel_a) * plane + at] = a.extract(lane);
        small[(start + channel_b) * plane + at] = b.extract(lane);
        small[(start + channel_c) * plane + at] = c.extract(lane);
        small[(start + channel_d) * plane + at] = d.extract(lane);
    }
}

/// Small to large: a transposed convolution, or what a convolution does to gradients.
pub fn grow(
    small: CubeTensor,
    weight: CubeTensor,
    bias: Option<CubeTensor>,
    kernel: Kernel,
    end: End,
) -> CubeTensor {
    let [batch, from, height, width] = dims(&small);
    let [_, to, ..] = dims::<4>(&weight);
    let [large_height, large_width] = [height, width].map(|length| kernel.grown(length));
    let pair = Pair {
        batch,
        large: [to, large_height, large_width],
        small: [from, height, width],
    };
    let large = empty(&small, [batch, to, large_height, large_width]);
    let [rows, columns] = [large_height, large_width].map(|length| length.div_ceil(kernel.stride));
    let tiles = (batch * rows * columns).div_ceil(TILE);
    let phases = kernel.stride * kernel.stride;
    let (count, dim) = cubes(&small.client, to.div_ceil(TILE) * phases * tiles);
    // SAFETY: as above.
    unsafe {
        grow_kernel::launch_unchecked(
            &small.client,
            count,
            dim,
            buffer(&small),
            buffer(&weight),
            bias.as_ref().map(buffer).into(),
            buffer(&large),
            pair.launch(),
            kernel,
            end,
        );
    }
    large
}

/// Places whose coordinates leave the same rest when divided by the stride, a phase, are reached by the same weights: a
/// unit has four of one phase, and each of its sums only the terms that are there.
#[cube(launch_unchecked)]
fn grow_kernel(
    small: &[f32],
    weight: &[f32],
    bias: ComptimeOption<&[f32]>,
    large: &mut [f32],
    lengths: Lengths,
    #[comptime] kernel: Kernel,
    #[comptime] end: End,
) {
    let stride = comptime!(kernel.stride);
    let rows = lengths.large_height.div_ceil(stride);
    let columns = lengths.large_width.div_ceil(stride);
    let plane = rows * columns;
    let places = lengths.batch * plane;
    let tiles = places.div_ceil(TILE);
    let first = ABSOLUTE_POS % tiles * TILE;
    let phase = ABSOLUTE_POS / tiles % comptime!(kernel.stride * kernel.stride);
    let channel_a = ABSOLUTE_POS / tiles / comptime!(kernel.stride * kernel.stride) * TILE;
    if channel_a >= lengths.large_channels {
        terminate!();
    }
    let channel_b = min(channel_a + 1, lengths.large_channels - 1);
    let channel_c = min(channel_a + 2, lengths.large_channels - 1);
    let channel_d = min(channel_a + 3, lengths.large_channels - 1);
    let kernel_plane = comptime!(kernel.side * kernel.side);

    // Of weights whose place in the kernel leaves this rest, a place in the phase is reached.
    let rest_y = (phase / stride + comptime!(kernel.padding)) % stride;
    let rest_x = (phase % stride + comptime!(kernel.padding)) % stride;
    // What the first of these weights reaches the place from.
    let mut picture = Sequence::<usize>::new();
    let mut top = Sequence::<usize>::new();
    let mut left = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..TILE {
        let place = min(first + lane, places - 1);
        let at = place % plane;
        let y = at / columns * stride + phase / stride;
        let x = at % columns * stride + phase % stride;
        picture.push(place / plane * lengths.small_channels);
        top.push((y + comptime!(kernel.padding) - rest_y) / stride);
        left.push((x + comptime!(kernel.padding) - rest_x) / stride);
    }

    let mut a = Places::new(0.0);
    let mut b = Places::new(0.0);
    let mut c = Places::new(0.0);
    let mut d = Places::new(0.0);
    for channel in 0..lengths.small_channels {
        for step_y in 0..comptime!(kernel.side.div_ceil(kernel.stride)) {
            for step_x in 0..comptime!(kernel.side.div_ceil(kernel.stride)) {
                let ky = rest_y + step_y * stride;
                let kx = rest_x + step_x * stride;
                // Where the side is no multiple of the stride, some rests have one weight less.
                let there = ky < comptime!(kernel.side) && kx < comptime!(kernel.side);
                let mut seen = Places::new(0.0);
                #[unroll]
                for lane in 0..TILE {
                    let y = top[lane] - step_y;
                    let x = left[lane] - step_x;
                    let inside = there && y < lengths.small_height && x < lengths.small_width;
                    let row = (picture[lane] + channel) * lengths.small_height;
                    let at = select(inside, (row + y) * lengths.small_width + x, 0);
                    seen.insert(lane, select(inside, small[at], 0.0));
                }
                let tap = select(there, ky * comptime!(kernel.side) + kx, 0);
                let row = channel * lengths.large_channels;
                a += Places::new(weight[(row + channel_a) * kernel_plane + tap]) * seen;
                b += Places::new(weight[(row + channel_b) * kernel_plane + tap]) * seen;
                c += Places::new(weight[(row + channel_c) * kernel_plane + tap]) * seen;
                d += Places::new(weight[(row + channel_d) * kernel_plane + tap]) * seen;
            }
        }
    }
    #[comptime]
    if let ComptimeOption::Some(bias) = bias {
        a += Places::new(bias[channel_a]);
        b += Places::new(bias[channel_b]);
        c += Places::new(bias[channel_c]);
        d += Places::new(bias[channel_d]);
    }
    a = ended(a, end);
    b = ended(b, end);
    c = ended(c, end);
    d = ended(d, end);
    #[unroll]
    for lane in 0..TILE {
        let place = min(first + lane, places - 1);
        let at = place % plane;
        let y = at / columns * stride + phase / stride;
        let x = at % columns * stride + phase % stride;
        if y < lengths.large_height && x < lengths.large_width {
            let start = place / plane * lengths.large_channels;
            let at = y * lengths.large_width + x;
            let plane = lengths.large_height * lengths.large_width;
            large[(start + channel_a) * plane + at] = a.extract(lane);
            large[(start + channel_b) * plane + at] = b.extract(lane);
            large[(start + channel_c) * plane + at] = c.extract(lane);
            large[(start + channel_d) * plane + at] = d.extract(lane);
        }
    }
}

/// The gradient with respect to the weights between both, `[channels of small, channels of large, side, side]`.
pub fn weight_gradient(large: CubeTensor, small: CubeTensor, kernel: Kernel) -> CubeTensor {
    let [batch, from, height, width] = dims(&large);
    let [_, to, small_height, small_width] = dims(&small);
    let pair = Pair {
        batch,
        large: [from, height, width],
        small: [to, small_height, small_width],
    };
    let weight = empty(&large, [to, from, kernel.side, kernel.side]);
    let taps = from * kernel.side * kernel.side;
    let tiles = to.div_ceil(TILE) * taps.div_ceil(TILE);
    // SAFETY: as above.
    unsafe {
        weight_gradient_kernel::launch_unchecked(
            &large.client,
            CubeCount::Static(tiles as u32, 1, 1),
            CubeDim::new_1d(UNITS),
            buffer(&large),
            buffer(&small),
            buffer(&weight),
            pair.launch(),
            kernel,
        );
    }
    weight
}

/// There are far more places to sum over than there are weights: a cube has four channels by four weights, and its units
/// share the places.
#[cube(launch_unchecked)]
fn weight_gradient_kernel(
    large: &[f32],
    small: &[f32],
    weight: &mut [f32],
    lengths: Lengths,
    #[comptime] kernel: Kernel,
) {
    let side = comptime!(kernel.side);
    let taps = lengths.large_channels * comptime!(kernel.side * kernel.side);
    let tiles = taps.div_ceil(TILE);
    let plane = lengths.small_height * lengths.small_width;
    let places = lengths.batch * plane;
    let tile = CUBE_POS;
    let first = tile % tiles * TILE;
    let channel_a = tile / tiles * TILE;
    let channel_b = min(channel_a + 1, lengths.small_channels - 1);
    let channel_c = min(channel_a + 2, lengths.small_channels - 1);
    let channel_d = min(channel_a + 3, lengths.small_channels - 1);

    // Where each weight looks, seen from where its place starts to.
    let mut row = Sequence::<usize>::new();
    let mut down = Sequence::<usize>::new();
    let mut right = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..TILE {
        let tap = min(first + lane, taps - 1);
        row.push(tap / comptime!(kernel.side * kernel.side));
        down.push(tap / side % side);
        right.push(tap % side);
    }

    let mut a = Places::new(0.0);
    let mut b = Places::new(0.0);
    let mut c = Places::new(0.0);
    let mut d = Places::new(0.0);
    for place in range_stepped(UNIT_POS as usize, places, comptime!(UNITS as usize)) {
        let picture = place / plane;
        let at = place % plane;
        let top = at / lengths.small_width * comptime!(kernel.stride);
        let left = at % lengths.small_width * comptime!(kernel.stride);
        let mut seen = Places::new(0.0);
        #[unroll]
        for lane in 0..TILE {
            let y = top + down[lane] - comptime!(kernel.padding);
            let x = left + right[lane] - comptime!(kernel.padding);
            let inside = y < lengths.large_height && x < lengths.large_width;
            let start = (picture * lengths.large_channels + row[lane]) * lengths.large_height;
            let from = select(inside, (start + y) * lengths.large_width + x, 0);
            seen.insert(lane, select(inside, large[from], 0.0));
        }
        let start = picture * lengths.small_channels;
        a += Places::new(small[(start + channel_a) * plane + at]) * seen;
        b += Places::new(small[(start + channel_b) * plane + at]) * seen;
        c += Places::new(small[(start + channel_c) * plane + at]) * seen;
        d += Places::new(small[(start + channel_d) * plane + at]) * seen;
    }

    let mut shared = Shared::<[f32]>::new_slice(comptime!(TILE * TILE * UNITS as usize));
    let unit = UNIT_POS as usize;
    #[unroll]
    for lane in 0..TILE {
        shared[comptime!(lane * UNITS as usize) + unit] = a.extract(lane);
        shared[comptime!((TILE + lane) * UNITS as usize) + unit] = b.extract(lane);
        shared[comptime!((2 * TILE + lane) * UNITS as usize) + unit] = c.extract(lane);
        shared[comptime!((3 * TILE + lane) * UNITS as usize) + unit] = d.extract(lane);
    }
    sync_cube();
    // One unit for each of the sixteen sums.
    if unit < comptime!(TILE * TILE) {
        let tap = first + unit % TILE;
        let channel = channel_a + unit / TILE;
        let mut sum = 0f32;
        for at in 0..comptime!(UNITS as usize) {
            sum += shared[unit * comptime!(UNITS as usize) + at];
        }
        if channel < lengths.small_channels && tap < taps {
            weight[channel * taps + tap] = sum;
        }
    }
}

/// The sum of each channel over all pictures and places, `[channels]`.
pub fn channel_sums(gradient: CubeTensor) -> CubeTensor {
    let [batch, channels, height, width] = dims(&gradient);
    let sums = empty(&gradient, [channels]);
    // SAFETY: a cube for each channel, whose units stop at the last place.
    unsafe {
        channel_sums_kernel::launch_unchecked(
            &gradient.client,
            CubeCount::Static(channels as u32, 1, 1),
            CubeDim::new_1d(UNITS),
            buffer(&gradient),
            buffer(&sums),
            batch,
            channels,
            height * width,
        );
    }
    sums
}

#[cube(launch_unchecked)]
fn channel_sums_kernel(
    gradient: &[f32],
    sums: &mut [f32],
    batch: usize,
    channels: usize,
    plane: usize,
) {
    let channel = CUBE_POS;
    let unit = UNIT_POS as usize;
    let mut sum = 0f32;
    for place in range_stepped(unit, batch * plane, comptime!(UNITS as usize)) {
        sum += gradient[(place / plane * channels + channel) * plane + place % plane];
    }
    let mut shared = Shared::<[f32]>::new_slice(comptime!(UNITS as usize));
    shared[unit] = sum;
    sync_cube();
    if unit == 0 {
        let mut total = 0f32;
        for at in 0..comptime!(UNITS as usize) {
            total += shared[at];
        }
        sums[channel] = total;
    }
}

/// A gradient carried back over an activation.
pub fn before_end(gradient: CubeTensor, output: CubeTensor, end: End) -> CubeTensor {
    let made = empty(&gradient, gradient.meta.shape().clone());
    let length = gradient.meta.num_elements();
    let size = vector_size(length);
    let (count, dim) = cubes(&gradient.client, length / size);
    // SAFETY: every unit beyond the last vector ends at once.
    unsafe {
        before_end_kernel::launch_unchecked(
            &gradient.client,
            count,
            dim,
            size,
            buffer(&gradient),
            buffer(&output),
            buffer(&made),
            length / size,
            end,
        );
    }
    made
}

#[cube(launch_unchecked)]
fn before_end_kernel<N: Size>(
    gradient: &[Vector<f32, N>],
    output: &[Vector<f32, N>],
    made: &mut [Vector<f32, N>],
    length: usize,
    #[comptime] end: End,
) {
    if ABSOLUTE_POS >= length {
        terminate!();
    }
    made[ABSOLUTE_POS] = before(gradient[ABSOLUTE_POS], output[ABSOLUTE_POS], end);
}
