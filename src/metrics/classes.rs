//! Which classes a classifier sees in the fakes, as a histogram: the modes of labelled pictures.

/// How often each class was seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Classes {
    /// Share of the samples in each class, 0 to 1.
    pub shares: Vec<f32>,
    /// The largest factor between a class' share and the one that it should have, whichever is larger: 1 at
    /// best, infinite when a class is missing.
    pub worst_ratio: f32,
}

impl Classes {
    /// From a classifier's logits, `[count, classes]` row by row; `expected` has the share of each class in the
    /// data. A sample belongs to the class of its largest logit, the first of them on a tie.
    pub fn of(logits: &[f32], expected: &[f32]) -> Self {
        let mut counts = vec![0usize; expected.len()];
        for row in logits.chunks_exact(expected.len()) {
            counts[likeliest(row)] += 1;
        }
        let total = (logits.len() / expected.len()).max(1) as f32;
        let shares: Vec<f32> = counts.iter().map(|count| *count as f32 / total).collect();
        let worst_ratio = shares
            .iter()
            .zip(expected)
            .map(|(share, expected)| ratio(*share, *expected))
            .fold(1.0, f32::max);
        Self {
            shares,
            worst_ratio,
        }
    }
}

/// The class of the largest logit, the first of them on a tie.
pub fn likeliest(logits: &[f32]) -> usize {
    let largest = logits.iter().enumerate().rev();
    largest
        .max_by(|a, b| a.1.total_cmp(b.1))
        .map_or(0, |(class, _)| class)
}

fn ratio(a: f32, b: f32) -> f32 {
    match a == b {
        // Both may be zero.
        true => 1.0,
        false => a.max(b) / a.min(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Logits whose largest is at the given class.
    fn logits(classes: &[usize], of: usize) -> Vec<f32> {
        classes
            .iter()
            .flat_map(|class| (0..of).map(move |at| if at == *class { 2.0 } else { -1.0 }))
            .collect()
    }

    #[test]
    fn counts_the_largest_logit() {
        let classes = Classes::of(&logits(&[0, 2, 2, 1, 2, 0, 0, 0], 3), &[0.25, 0.25, 0.5]);
        assert_eq!(classes.shares, [0.5, 0.125, 0.375]);
        // The first class has twice its share, the second half of it.
        assert_eq!(classes.worst_ratio, 2.0);
        assert_eq!(Classes::of(&[1.0, 1.0], &[0.5, 0.5]).shares, [1.0, 0.0]);
    }

    #[test]
    fn equal_shares_are_at_one() {
        let classes = Classes::of(&logits(&[0, 1, 2, 3], 4), &[0.25; 4]);
        assert_eq!(classes.worst_ratio, 1.0);
    }

    #[test]
    fn a_missing_class_is_infinitely_off_unless_the_data_lacks_it_too() {
        assert_eq!(
            Classes::of(&logits(&[0, 0], 2), &[0.5, 0.5]).worst_ratio,
            f32::INFINITY
        );
        assert_eq!(
            Classes::of(&logits(&[0, 0], 2), &[1.0, 0.0]).worst_ratio,
            1.0
        );
    }
}
