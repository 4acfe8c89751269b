//! A classifier's answers about pictures, attribute by attribute.

use std::ops::Range;

use burn::tensor::{Tensor, activation::log_softmax};

use crate::classifier::Classifier;

/// A classifier that looks at what G makes.
#[derive(Clone, Debug)]
pub struct Eye {
    classifier: Classifier,
    /// Where each attribute's classes stand among the logits.
    ranges: Vec<Range<usize>>,
}

impl Eye {
    pub fn new(classifier: Classifier) -> Self {
        let mut start = 0;
        let ranges = classifier
            .about()
            .attributes
            .iter()
            .map(|attribute| {
                let range = start..start + attribute.classes.len();
                start = range.end;
                range
            })
            .collect();
        Self { classifier, ranges }
    }

    pub fn classifier(&self) -> &Classifier {
        &self.classifier
    }

    /// Where each attribute's classes stand among the logits.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// Logarithms of probabilities, `[batch, logits]`; those of an attribute's classes sum, as probabilities, to 1.
    pub fn log_probabilities(&self, pictures: Tensor<2>) -> Tensor<2> {
        let logits = self.classifier.forward(pictures).logits;
        let of = |range: &Range<usize>| {
            let part = logits.clone().narrow(1, range.start, range.len());
            log_softmax(part, 1)
        };
        Tensor::cat(self.ranges.iter().map(of).collect(), 1)
    }

    /// For each attribute the total variation between two rows of probabilities, 0 to 1.
    pub fn changes(&self, before: &[f32], after: &[f32]) -> Vec<f32> {
        self.ranges
            .iter()
            .map(|range| {
                let apart = before[range.clone()].iter().zip(&after[range.clone()]);
                apart
                    .map(|(before, after)| (before - after).abs())
                    .sum::<f32>()
                    / 2.0
            })
            .collect()
    }
}
