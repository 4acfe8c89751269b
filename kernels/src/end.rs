//! What a layer ends in.

use std::borrow::Cow;

/// LeakyReLU's slope below zero, as in DCGAN (Radford et al. 2016).
pub const SLOPE: f32 = 0.2;

/// An activation whose derivative can be told from its value, so that nothing else need be kept for the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    Linear,
    /// max(x, 0.2 x)
    LeakyRelu,
    Relu,
    Tanh,
}

impl End {
    /// Makes a layer's output of what stands before the activation.
    #[inline(always)]
    pub(crate) fn apply(self, numbers: &mut [f32]) {
        // One loop for each, so that the choice is not made for every number.
        match self {
            Self::Linear => {}
            Self::LeakyRelu => numbers.iter_mut().for_each(|x| *x = larger(*x, SLOPE * *x)),
            Self::Relu => numbers.iter_mut().for_each(|x| *x = larger(*x, 0.0)),
            Self::Tanh => numbers.iter_mut().for_each(|x| *x = x.tanh()),
        }
    }

    /// Carries a gradient with respect to a layer's output back over the activation; `output` is that output. Where there
    /// is no activation nothing is copied.
    pub fn before<'a>(self, gradient: &'a [f32], output: &[f32]) -> Cow<'a, [f32]> {
        let pairs = gradient.iter().zip(output);
        match self {
            Self::Linear => gradient.into(),
            Self::LeakyRelu => pairs
                .map(|(g, y)| g * if *y > 0.0 { 1.0 } else { SLOPE })
                .collect(),
            Self::Relu => pairs
                .map(|(g, y)| g * if *y > 0.0 { 1.0 } else { 0.0 })
                .collect(),
            Self::Tanh => pairs.map(|(g, y)| g * (1.0 - y * y)).collect(),
        }
    }
}

/// One instruction for four numbers, which `max` is not: it has to look for NaN first. Of NaN this makes NaN.
#[inline(always)]
fn larger(x: f32, other: f32) -> f32 {
    if other > x { other } else { x }
}
