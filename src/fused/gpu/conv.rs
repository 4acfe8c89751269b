//! Convolutions between a large and a small picture. A unit sums up eight channels of eight places, so that each number
//! that it loads is used eight times: with fewer, loading is what takes the time. Kernel, stride and padding are constants;
//! lengths are not.

use burn::cubecl::{self, prelude::*};
use burn_cubecl::tensor::CubeTensor;

use super::{End, Kernel, UNITS, before, buffer, cubes, dims, empty, ended, vector_size};

/// Places of a unit, as vectors of four.
const GROUPS: usize = 2;
const LANES: usize = 4;
const PLACES: usize = GROUPS * LANES;
/// Channels of a unit, where there are so many.
const CHANNELS: usize = 8;
/// A cube that sums up weights' gradients has a unit for each of its sums.
const _: () = assert!(CHANNELS * PLACES == UNITS as usize);
/// Four places of one channel.
type Lanes = Vector<f32, Const<LANES>>;

/// A picture of one channel has no use for more.
fn tile(channels: usize) -> usize {
    channels.next_power_of_two().min(CHANNELS)
}

/// Sums that start at 0, for each channel its groups.
#[cube]
fn zeros(#[comptime] channels: usize) -> Sequence<RuntimeCell<Lanes>> {
    let mut sums = Sequence::<RuntimeCell<Lanes>>::new();
    #[unroll]
    for _ in 0..channels * GROUPS {
        sums.push(RuntimeCell::new(Lanes::new(0.0)));
    }
    sums
}

/// The numbers at eight places, so many further on; 0 where a place is not inside.
#[cube]
fn look(
    numbers: &[f32],
    at: &Sequence<usize>,
    inside: &Sequence<bool>,
    further: usize,
) -> Sequence<Lanes> {
    let mut seen = Sequence::<Lanes>::new();
    #[unroll]
    for group in 0..GROUPS {
        let mut lanes = Lanes::new(0.0);
        #[unroll]
        for lane in 0..LANES {
            let place = comptime!(group * LANES + lane);
            let number = numbers[at[place] + further];
            lanes.insert(lane, select(inside[place], number, 0.0));
        }
        seen.push(lanes);
    }
    seen
}

/// Adds what was seen, times a factor, to a channel's sums.
#[cube]
fn add(
    sums: &Sequence<RuntimeCell<Lanes>>,
    #[comptime] channel: usize,
    factor: f32,
    seen: &Sequence<Lanes>,
) {
    #[unroll]
    for group in 0..GROUPS {
        let sum = comptime!(channel * GROUPS + group);
        sums[sum].store(sums[sum].read() + Lanes::new(factor) * seen[group]);
    }
}

/// What is added to a channel's sums: the bias, and then the end.
#[cube]
fn finished(
    sum: Lanes,
    bias: &ComptimeOption<&[f32]>,
    channel: usize,
    #[comptime] end: End,
) -> Lanes {
    let mut sum = sum;
    #[comptime]
    if let ComptimeOption::Some(bias) = bias {
        sum += Lanes::new(bias[channel]);
    }
    ended(sum, end)
}

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
    let tiles = (batch * small_height * small_width).div_ceil(PLACES);
    let (count, dim) = cubes(&large.client, to.div_ceil(tile(to)) * tiles);
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
            tile(to),
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
    #[comptime] channels: usize,
    #[comptime] kernel: Kernel,
    #[comptime] end: End,
) {
    let side = comptime!(kernel.side);
    let plane = lengths.small_height * lengths.small_width;
    let large_plane = lengths.large_height * lengths.large_width;
    let places = lengths.batch * plane;
    let tiles = places.div_ceil(PLACES);
    // Units side by side have places side by side.
    let first_place = ABSOLUTE_POS % tiles * PLACES;
    let first_channel = ABSOLUTE_POS / tiles * channels;
    if first_channel >= lengths.small_channels {
        terminate!();
    }
    let taps = lengths.large_channels * comptime!(kernel.side * kernel.side);

    // Where each place starts to look. Beyond the last place the last one is summed up again, and so it is with channels.
    let mut start = Sequence::<usize>::new();
    let mut top = Sequence::<usize>::new();
    let mut left = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..PLACES {
        let place = min(first_place + lane, places - 1);
        let at = place % plane;
        start.push(place / plane * lengths.large_channels * large_plane);
        top.push(at / lengths.small_width * comptime!(kernel.stride));
        left.push(at % lengths.small_width * comptime!(kernel.stride));
    }
    let mut row = Sequence::<usize>::new();
    #[unroll]
    for channel in 0..channels {
        row.push(min(first_channel + channel, lengths.small_channels - 1) * taps);
    }

    let sums = zeros(channels);
    for ky in 0..side {
        for kx in 0..side {
            // Where a place looks stays the same for all channels. In the padding its coordinates wrap around to large ones.
            let mut at = Sequence::<usize>::new();
            let mut inside = Sequence::<bool>::new();
            #[unroll]
            for lane in 0..PLACES {
                let y = top[lane] + ky - comptime!(kernel.padding);
                let x = left[lane] + kx - comptime!(kernel.padding);
                let there = y < lengths.large_height && x < lengths.large_width;
                inside.push(there);
                at.push(select(there, start[lane] + y * lengths.large_width + x, 0));
            }
            for channel in 0..lengths.large_channels {
                let seen = look(large, &at, &inside, channel * large_plane);
                let tap = (channel * side + ky) * side + kx;
                #[unroll]
                for channel in 0..channels {
                    add(&sums, channel, weight[row[channel] + tap], &seen);
                }
            }
        }
    }
    #[unroll]
    for channel in 0..channels {
        let number = min(first_channel + channel, lengths.small_channels - 1);
        #[unroll]
        for group in 0..GROUPS {
            let sum = sums[comptime!(channel * GROUPS + group)].read();
            let sum = finished(sum, &bias, number, end);
            #[unroll]
            for lane in 0..LANES {
                let place = min(first_place + comptime!(group * LANES + lane), places - 1);
                let picture = place / plane * lengths.small_channels;
                small[(picture + number) * plane + place % plane] = sum.extract(lane);
            }
        }
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
    let tiles = (batch * rows * columns).div_ceil(PLACES);
    let phases = kernel.stride * kernel.stride;
    let (count, dim) = cubes(&small.client, to.div_ceil(tile(to)) * phases * tiles);
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
            tile(to),
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
    #[comptime] channels: usize,
    #[comptime] kernel: Kernel,
    #[comptime] end: End,
) {
    let side = comptime!(kernel.side);
    let stride = comptime!(kernel.stride);
    let rows = lengths.large_height.div_ceil(stride);
    let columns = lengths.large_width.div_ceil(stride);
    let plane = rows * columns;
    let small_plane = lengths.small_height * lengths.small_width;
    let places = lengths.batch * plane;
    let tiles = places.div_ceil(PLACES);
    let first_place = ABSOLUTE_POS % tiles * PLACES;
    let phase = ABSOLUTE_POS / tiles % comptime!(kernel.stride * kernel.stride);
    let first_channel = ABSOLUTE_POS / tiles / comptime!(kernel.stride * kernel.stride) * channels;
    if first_channel >= lengths.large_channels {
        terminate!();
    }
    let kernel_plane = comptime!(kernel.side * kernel.side);

    // Of weights whose place in the kernel leaves this rest, a place in the phase is reached.
    let rest_y = (phase / stride + comptime!(kernel.padding)) % stride;
    let rest_x = (phase % stride + comptime!(kernel.padding)) % stride;
    // Where the first of these weights reaches the place from.
    let mut start = Sequence::<usize>::new();
    let mut top = Sequence::<usize>::new();
    let mut left = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..PLACES {
        let place = min(first_place + lane, places - 1);
        let at = place % plane;
        let y = at / columns * stride + phase / stride;
        let x = at % columns * stride + phase % stride;
        start.push(place / plane * lengths.small_channels * small_plane);
        top.push((y + comptime!(kernel.padding) - rest_y) / stride);
        left.push((x + comptime!(kernel.padding) - rest_x) / stride);
    }
    let mut column = Sequence::<usize>::new();
    #[unroll]
    for channel in 0..channels {
        column.push(min(first_channel + channel, lengths.large_channels - 1) * kernel_plane);
    }

    let sums = zeros(channels);
    for step_y in 0..comptime!(kernel.side.div_ceil(kernel.stride)) {
        for step_x in 0..comptime!(kernel.side.div_ceil(kernel.stride)) {
            let ky = rest_y + step_y * stride;
            let kx = rest_x + step_x * stride;
            // Where the side is no multiple of the stride, some rests have one weight less.
            let reaches = ky < side && kx < side;
            let tap = select(reaches, ky * side + kx, 0);
            let mut at = Sequence::<usize>::new();
            let mut inside = Sequence::<bool>::new();
            #[unroll]
            for lane in 0..PLACES {
                let y = top[lane] - step_y;
                let x = left[lane] - step_x;
                let there = reaches && y < lengths.small_height && x < lengths.small_width;
                inside.push(there);
                at.push(select(there, start[lane] + y * lengths.small_width + x, 0));
            }
            for channel in 0..lengths.small_channels {
                let seen = look(small, &at, &inside, channel * small_plane);
                let row = channel * lengths.large_channels * kernel_plane + tap;
                #[unroll]
                for channel in 0..channels {
                    add(&sums, channel, weight[row + column[channel]], &seen);
                }
            }
        }
    }
    let large_plane = lengths.large_height * lengths.large_width;
    #[unroll]
    for channel in 0..channels {
        let number = min(first_channel + channel, lengths.large_channels - 1);
        #[unroll]
        for group in 0..GROUPS {
            let sum = sums[comptime!(channel * GROUPS + group)].read();
            let sum = finished(sum, &bias, number, end);
            #[unroll]
            for lane in 0..LANES {
                let place = min(first_place + comptime!(group * LANES + lane), places - 1);
                let at = place % plane;
                let y = at / columns * stride + phase / stride;
                let x = at % columns * stride + phase % stride;
                if y < lengths.large_height && x < lengths.large_width {
                    let picture = place / plane * lengths.large_channels;
                    let at = y * lengths.large_width + x;
                    large[(picture + number) * large_plane + at] = sum.extract(lane);
                }
            }
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
    let tiles = to.div_ceil(CHANNELS) * taps.div_ceil(PLACES);
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

/// There are far more places to sum over than there are weights: a cube has eight channels by eight weights, and its units
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
    let tiles = taps.div_ceil(PLACES);
    let plane = lengths.small_height * lengths.small_width;
    let large_plane = lengths.large_height * lengths.large_width;
    let places = lengths.batch * plane;
    let first_tap = CUBE_POS % tiles * PLACES;
    let first_channel = CUBE_POS / tiles * CHANNELS;

    // Where each weight looks, seen from where its place starts to.
    let mut start = Sequence::<usize>::new();
    let mut down = Sequence::<usize>::new();
    let mut right = Sequence::<usize>::new();
    #[unroll]
    for lane in 0..PLACES {
        let tap = min(first_tap + lane, taps - 1);
        start.push(tap / comptime!(kernel.side * kernel.side) * large_plane);
        down.push(tap / side % side);
        right.push(tap % side);
    }
    let mut row = Sequence::<usize>::new();
    #[unroll]
    for channel in 0..CHANNELS {
        row.push(min(first_channel + channel, lengths.small_channels - 1) * plane);
    }

    let sums = zeros(CHANNELS);
    for place in range_stepped(UNIT_POS as usize, places, comptime!(UNITS as usize)) {
        let picture = place / plane;
        let at = place % plane;
        let top = at / lengths.small_width * comptime!(kernel.stride);
        let left = at % lengths.small_width * comptime!(kernel.stride);
        let from = picture * lengths.large_channels * large_plane;
        let mut spots = Sequence::<usize>::new();
        let mut inside = Sequence::<bool>::new();
        #[unroll]
        for lane in 0..PLACES {
            let y = top + down[lane] - comptime!(kernel.padding);
            let x = left + right[lane] - comptime!(kernel.padding);
            let there = y < lengths.large_height && x < lengths.large_width;
            inside.push(there);
            spots.push(select(
                there,
                from + start[lane] + y * lengths.large_width + x,
                0,
            ));
        }
        let seen = look(large, &spots, &inside, 0);
        let from = picture * lengths.small_channels * plane + at;
        #[unroll]
        for channel in 0..CHANNELS {
            add(&sums, channel, small[from + row[channel]], &seen);
        }
    }

    // As much as every WebGPU device has for a cube.
    let mut shared = Shared::<[f32]>::new_slice(comptime!(CHANNELS * PLACES * UNITS as usize));
    let unit = UNIT_POS as usize;
    #[unroll]
    for sum in 0..CHANNELS * GROUPS {
        let lanes = sums[sum].read();
        #[unroll]
        for lane in 0..LANES {
            let number = comptime!((sum * LANES + lane) * UNITS as usize);
            shared[number + unit] = lanes.extract(lane);
        }
    }
    sync_cube();
    // A unit for each of the sums.
    let tap = first_tap + unit % PLACES;
    let channel = first_channel + unit / PLACES;
    let mut sum = 0f32;
    for at in 0..comptime!(UNITS as usize) {
        sum += shared[unit * comptime!(UNITS as usize) + at];
    }
    if channel < lengths.small_channels && tap < taps {
        weight[channel * taps + tap] = sum;
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
