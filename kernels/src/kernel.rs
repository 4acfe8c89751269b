//! The geometry of convolutions: which shapes belong together.
//!
//! A convolution goes from a large picture to one that is as large or smaller, and a transposed one back. Both have
//! weights `[channels of small, channels of large, side, side]`, so that each is the other's gradient.

/// Side, stride and padding of a convolution's kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Kernel {
    pub side: usize,
    pub stride: usize,
    pub padding: usize,
}

impl Kernel {
    /// Halves (or, transposed, doubles) a picture exactly.
    pub const HALVING: Self = Self {
        side: 4,
        stride: 2,
        padding: 1,
    };
    /// Keeps a picture's size and looks at neighbours.
    pub const SQUARE: Self = Self {
        side: 3,
        stride: 1,
        padding: 1,
    };
    /// Mixes channels, pixel by pixel.
    pub const PIXEL: Self = Self {
        side: 1,
        stride: 1,
        padding: 0,
    };

    /// Length of the small side that belongs to a large one.
    pub fn shrunk(self, length: usize) -> usize {
        (length + 2 * self.padding - self.side) / self.stride + 1
    }

    /// Length of the large side that belongs to a small one, of those that a stride could have come from the shortest.
    pub fn grown(self, length: usize) -> usize {
        (length - 1) * self.stride + self.side - 2 * self.padding
    }
}
