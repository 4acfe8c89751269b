//! What shape an operation's result will have: Burn's fusion asks before the operation is run.

use burn::{backend::fusion::custom::TensorSpec, tensor::Shape};

use super::{End, Kernel};

pub fn dense(x: &Shape, weight: &Shape) -> Shape {
    Shape::from([x[0], weight[1]])
}

pub fn dense_input(gradient: &Shape, weight: &Shape) -> Shape {
    Shape::from([gradient[0], weight[0]])
}

pub fn dense_weights(
    gradient: &TensorSpec,
    _output: &TensorSpec,
    x: &TensorSpec,
    _end: &End,
) -> (TensorSpec, TensorSpec) {
    let [inputs, outputs] = [x.shape[1], gradient.shape[1]];
    (
        TensorSpec::new(Shape::from([inputs, outputs]), gradient.dtype),
        TensorSpec::new(Shape::from([outputs]), gradient.dtype),
    )
}

/// What a convolution makes of the large side.
pub fn small(large: &Shape, weight: &Shape, kernel: &Kernel) -> Shape {
    let [height, width] = [2, 3].map(|side| kernel.shrunk(large[side]));
    Shape::from([large[0], weight[0], height, width])
}

/// What a transposed convolution makes of the small side.
pub fn large(small: &Shape, weight: &Shape, kernel: &Kernel) -> Shape {
    let [height, width] = [2, 3].map(|side| kernel.grown(small[side]));
    Shape::from([small[0], weight[1], height, width])
}

pub fn weights(large: &Shape, small: &Shape, kernel: &Kernel) -> Shape {
    Shape::from([small[1], large[1], kernel.side, kernel.side])
}

pub fn channels(gradient: &Shape) -> Shape {
    Shape::from([gradient[1]])
}
