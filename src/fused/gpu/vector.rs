//! A net's weights as one vector: gathered, moved, and looked at in parts.

use burn::{
    backend::tensor::FloatTensor,
    cubecl::{self, prelude::*},
    tensor::DType,
};
use burn_cubecl::{CubeBackend, tensor::CubeTensor};

use super::{buffer, cubes, empty, rows};
use crate::fused::{
    Descent,
    vector::{Descents, Layout, List, Part, Parts},
};

/// Parts that one launch gathers: with what it fills and CubeCL's own, eight buffers, which every WebGPU device can bind.
const PARTS: usize = 6;

impl Descents for CubeBackend {
    fn descend_along(
        weights: FloatTensor<Self>,
        moments: FloatTensor<Self>,
        gradient: FloatTensor<Self>,
        descent: Descent,
    ) -> (FloatTensor<Self>, FloatTensor<Self>) {
        let [weights, moments, gradient] = [weights, moments, gradient].map(rows);
        let length = weights.meta.num_elements();
        let (new_weights, new_moments) = (empty(&weights, [length]), empty(&weights, [2 * length]));
        let numbers = numbers(&weights, &descent);
        let (count, dim) = cubes(&weights.client, length);
        // SAFETY: every unit beyond the last number ends at once.
        unsafe {
            descend_kernel::launch_unchecked(
                &weights.client,
                count,
                dim,
                buffer(&weights),
                buffer(&moments),
                buffer(&gradient),
                buffer(&numbers),
                buffer(&new_weights),
                buffer(&new_moments),
                length,
            );
        }
        (new_weights, new_moments)
    }
}

/// A descent's numbers, in the kernel's order. A buffer and not arguments, for they differ from step to step: CubeCL keeps
/// the arguments that it has seen, some thousands of them.
fn numbers(like: &CubeTensor, descent: &Descent) -> CubeTensor {
    let numbers = [
        descent.keep_m,
        descent.take_m,
        descent.keep_v,
        descent.take_v,
        descent.scale_m,
        descent.scale_v,
        descent.epsilon,
        descent.shrink,
        descent.rate,
        descent.bound,
    ];
    CubeTensor::new_contiguous(
        like.client.clone(),
        like.device.clone(),
        [numbers.len()].into(),
        like.client.create_from_slice(f32::as_bytes(&numbers)),
        DType::F32,
    )
}

/// What [`Descent`] says.
#[cube(launch_unchecked)]
fn descend_kernel(
    weights: &[f32],
    moments: &[f32],
    gradient: &[f32],
    numbers: &[f32],
    new_weights: &mut [f32],
    new_moments: &mut [f32],
    length: usize,
) {
    let at = ABSOLUTE_POS;
    if at >= length {
        terminate!();
    }
    let (keep_m, take_m, keep_v, take_v) = (numbers[0], numbers[1], numbers[2], numbers[3]);
    let (scale_m, scale_v, epsilon) = (numbers[4], numbers[5], numbers[6]);
    let (shrink, rate, bound) = (numbers[7], numbers[8], numbers[9]);
    let g = gradient[at];
    let m = keep_m * moments[at] + take_m * g;
    let v = keep_v * moments[length + at] + take_v * g * g;
    let step = scale_m * m / ((scale_v * v).sqrt() + epsilon);
    let moved = shrink * weights[at] - rate * step;
    new_weights[at] = min(max(moved, -bound), bound);
    new_moments[at] = m;
    new_moments[length + at] = v;
}

impl Parts for CubeBackend {
    fn gathered(parts: List<Self>, layout: Layout) -> FloatTensor<Self> {
        let parts: Vec<_> = parts.0.into_iter().map(rows).collect();
        let vector = empty(&parts[0], [layout.length()]);
        for (tensors, places) in parts.chunks(PARTS).zip(layout.parts().chunks(PARTS)) {
            gather_some(tensors, places, &vector);
        }
        vector
    }

    fn parts_of(vector: FloatTensor<Self>, layout: Layout) -> Vec<FloatTensor<Self>> {
        let vector = rows(vector);
        layout
            .parts()
            .iter()
            .map(|part| view(&vector, part))
            .collect()
    }
}

fn view(vector: &CubeTensor, part: &Part) -> CubeTensor {
    let bytes = |numbers: usize| (numbers * size_of::<f32>()) as u64;
    let beyond = vector.meta.num_elements() - part.start - part.len();
    let handle = vector.handle.clone();
    CubeTensor::new_contiguous(
        vector.client.clone(),
        vector.device.clone(),
        part.shape.clone(),
        handle
            .offset_start(bytes(part.start))
            .offset_end(bytes(beyond)),
        DType::F32,
    )
}

/// Puts at most [`PARTS`] tensors to their places, and 0 into the gaps between.
fn gather_some(tensors: &[CubeTensor], places: &[Part], vector: &CubeTensor) {
    let first = places[0].start;
    let end = places[places.len() - 1].end();
    // One that is not there is empty, and stands where nothing is asked for.
    let part = |at: usize| buffer(&tensors[at.min(tensors.len() - 1)]);
    let mut starts = SequenceArg::<usize>::new();
    let mut ends = SequenceArg::<usize>::new();
    for at in 0..PARTS {
        let (start, length) = places
            .get(at)
            .map_or((end, 0), |part| (part.start, part.len()));
        starts.push(start);
        ends.push(start + length);
    }
    let (count, dim) = cubes(&vector.client, end - first);
    // SAFETY: every unit beyond the last place ends at once, and a part is read within its length.
    unsafe {
        gather_kernel::launch_unchecked(
            &vector.client,
            count,
            dim,
            part(0),
            part(1),
            part(2),
            part(3),
            part(4),
            part(5),
            buffer(vector),
            starts,
            ends,
            first,
            end,
        );
    }
}

#[cube(launch_unchecked)]
#[allow(clippy::too_many_arguments)]
fn gather_kernel(
    a: &[f32],
    b: &[f32],
    c: &[f32],
    d: &[f32],
    e: &[f32],
    f: &[f32],
    vector: &mut [f32],
    starts: Sequence<usize>,
    ends: Sequence<usize>,
    first: usize,
    end: usize,
) {
    let at = first + ABSOLUTE_POS;
    if at >= end {
        terminate!();
    }
    let mut number = 0f32;
    if at >= starts[0] && at < ends[0] {
        number = a[at - starts[0]];
    } else if at >= starts[1] && at < ends[1] {
        number = b[at - starts[1]];
    } else if at >= starts[2] && at < ends[2] {
        number = c[at - starts[2]];
    } else if at >= starts[3] && at < ends[3] {
        number = d[at - starts[3]];
    } else if at >= starts[4] && at < ends[4] {
        number = e[at - starts[4]];
    } else if at >= starts[5] && at < ends[5] {
        number = f[at - starts[5]];
    }
    vector[at] = number;
}
