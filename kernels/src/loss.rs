//! Binary cross-entropy on logits.

/// What scores should have been: the first `real` of them real, with the target 1 - `smoothing`, the rest fake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Targets {
    pub real: usize,
    pub fake: usize,
    pub smoothing: f32,
}

impl Targets {
    /// The mean over real plus the mean over fake ones.
    pub fn cross_entropy(&self, scores: &[f32]) -> f32 {
        let (real, fake) = scores.split_at(self.real);
        // softplus(l) = softplus(-l) + l, so that a smoothed target costs one linear term.
        let right: f32 = real.iter().map(|l| softplus(-l) + self.smoothing * l).sum();
        let wrong: f32 = fake.iter().map(|l| softplus(*l)).sum();
        right * self.share_of_real() + wrong * self.share_of_fake()
    }

    /// What each real score counts in their mean; of none there is no mean.
    pub fn share_of_real(&self) -> f32 {
        share(self.real)
    }

    /// The same of fake ones.
    pub fn share_of_fake(&self) -> f32 {
        share(self.fake)
    }

    /// Its gradient with respect to each score, times `factor`.
    pub fn gradient(&self, factor: f32, scores: &[f32]) -> Vec<f32> {
        let (real, fake) = scores.split_at(self.real);
        let of_real = factor * self.share_of_real();
        let of_fake = factor * self.share_of_fake();
        let right = real
            .iter()
            .map(|l| of_real * (self.smoothing - sigmoid(-l)));
        let wrong = fake.iter().map(|l| of_fake * sigmoid(*l));
        right.chain(wrong).collect()
    }
}

fn share(count: usize) -> f32 {
    if count == 0 { 0.0 } else { 1.0 / count as f32 }
}

/// ln(1 + e^x), which neither overflows nor loses small terms.
fn softplus(x: f32) -> f32 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
