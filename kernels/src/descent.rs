//! An optimiser's step.

/// One step of an optimiser. With g a weight's gradient, m and v what is kept for it, both 0 at first:
///
/// ```text
/// m <- keep_m m + take_m g
/// v <- keep_v v + take_v g^2
/// w <- shrink w - rate scale_m m / (sqrt(scale_v v) + epsilon), held within bound of 0
/// ```
///
/// Every optimiser here is this with numbers of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Descent {
    pub keep_m: f32,
    pub take_m: f32,
    pub keep_v: f32,
    pub take_v: f32,
    pub scale_m: f32,
    pub scale_v: f32,
    pub epsilon: f32,
    pub shrink: f32,
    pub rate: f32,
    /// The largest number there is, where weights are not held.
    pub bound: f32,
}

impl Descent {
    /// Plain steps down the gradient: m is g, and the root is 1.
    pub fn plain(rate: f32) -> Self {
        Self {
            keep_m: 0.0,
            take_m: 1.0,
            keep_v: 0.0,
            take_v: 0.0,
            scale_m: 1.0,
            scale_v: 1.0,
            epsilon: 1.0,
            shrink: 1.0,
            rate,
            bound: f32::MAX,
        }
    }

    /// Does it, on all weights and what is kept for them.
    pub fn apply(&self, weights: &mut [f32], m: &mut [f32], v: &mut [f32], gradient: &[f32]) {
        for (((weight, m), v), gradient) in weights.iter_mut().zip(m).zip(v).zip(gradient) {
            *m = self.keep_m * *m + self.take_m * gradient;
            *v = self.keep_v * *v + self.take_v * gradient * gradient;
            let step = self.scale_m * *m / ((self.scale_v * *v).sqrt() + self.epsilon);
            let moved = self.shrink * *weight - self.rate * step;
            // Not `clamp`, which has to look for NaN.
            let moved = if moved > self.bound {
                self.bound
            } else {
                moved
            };
            *weight = if moved < -self.bound {
                -self.bound
            } else {
                moved
            };
        }
    }
}
