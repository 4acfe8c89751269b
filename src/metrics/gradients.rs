//! How strongly each net is pulled: norms of the gradients that reach its layers, and how sure of itself D is.
//!
//! A saturated D gives the minimax G nothing to go by (Goodfellow et al. 2014, section 3; Arjovsky & Bottou
//! 2017): its probabilities stick to 0 and 1, and the norms in G sink to nothing.

/// Logit at which a probability is 1 % away from certain: ln(0.99 / 0.01).
const SATURATED_LOGIT: f32 = 4.595_12;

/// Norms that a [`Reference`] is the mean of.
const REFERENCE_NORMS: usize = 5;

/// The gradient of one layer's parameters, all of them taken as one vector.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradient {
    /// The parameters' common path in the net.
    pub layer: String,
    /// L2 norm.
    pub norm: f32,
}

/// Gradient norms of a net, layer by layer in the order of its parameters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gradients {
    pub layers: Vec<LayerGradient>,
    /// L2 norm over all parameters.
    pub total: f32,
}

impl Gradients {
    /// From each parameter's path, such as `layers.0.weight`, and the sum of squares of its gradient. Parameters
    /// whose paths differ in the last name only are of one layer.
    pub fn of<'a>(parameters: impl IntoIterator<Item = (&'a str, f32)>) -> Self {
        let mut squares: Vec<(&str, f64)> = Vec::new();
        for (path, square) in parameters {
            let layer = path.rsplit_once('.').map_or(path, |(layer, _)| layer);
            match squares.iter_mut().find(|(known, _)| *known == layer) {
                Some((_, sum)) => *sum += f64::from(square),
                None => squares.push((layer, f64::from(square))),
            }
        }
        let total: f64 = squares.iter().map(|(_, square)| square).sum();
        Self {
            layers: squares
                .into_iter()
                .map(|(layer, square)| LayerGradient {
                    layer: layer.into(),
                    norm: square.sqrt() as f32,
                })
                .collect(),
            total: total.sqrt() as f32,
        }
    }
}

/// Share of D's probabilities within 1 % of 0 or 1, from its logits; NaN of none.
pub fn saturation(logits: &[f32]) -> f32 {
    let sure = logits
        .iter()
        .filter(|logit| logit.abs() >= SATURATED_LOGIT)
        .count();
    sure as f32 / logits.len() as f32
}

/// What a gradient's norm was at the start of a run, before anybody had won: a running mean that stops after
/// five norms.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Reference {
    sum: f32,
    count: usize,
}

impl Reference {
    /// Takes `norm` into account if the start is not over, and gives the reference, if there is one yet.
    pub fn update(&mut self, norm: f32) -> Option<f32> {
        if self.count < REFERENCE_NORMS && norm.is_finite() {
            self.sum += norm;
            self.count += 1;
        }
        (self.count > 0).then(|| self.sum / self.count as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_of_a_layer_make_one_norm() {
        let gradients = Gradients::of([
            ("layers.0.weight", 9.0),
            ("layers.0.bias", 16.0),
            ("layers.1.weight", 0.0),
            ("scale", 144.0),
        ]);
        let layers: Vec<_> = gradients
            .layers
            .iter()
            .map(|layer| (layer.layer.as_str(), layer.norm))
            .collect();
        assert_eq!(
            layers,
            [("layers.0", 5.0), ("layers.1", 0.0), ("scale", 12.0)]
        );
        assert_eq!(gradients.total, 13.0);
    }

    #[test]
    fn no_parameters_have_no_gradient() {
        assert_eq!(Gradients::of([]), Gradients::default());
    }

    #[test]
    fn saturation_is_by_probability() {
        let logit = |p: f32| (p / (1.0 - p)).ln();
        let logits = [0.995, 0.985, 0.5, 0.005, 0.015, 0.0].map(logit);
        assert_eq!(saturation(&logits), 0.5);
    }

    #[test]
    fn the_reference_is_the_mean_of_the_first_norms() {
        let mut reference = Reference::default();
        assert_eq!(reference.update(f32::NAN), None);
        assert_eq!(reference.update(1.0), Some(1.0));
        for norm in [2.0, 3.0, 4.0] {
            reference.update(norm);
        }
        assert_eq!(reference.update(5.0), Some(3.0));
        assert_eq!(reference.update(1e6), Some(3.0));
    }
}
