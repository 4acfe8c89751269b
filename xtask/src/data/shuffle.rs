//! A shuffle that is the same on every machine and in every year, since what it orders is committed: the numbers are
//! SplitMix64's (Steele, Lea and Flood 2014), in a dozen lines that no new version of a library changes.

pub struct Shuffler {
    state: u64,
}

impl Shuffler {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Orders `items` anew: by Fisher and Yates, from the last to the first.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.below(last + 1);
            items.swap(last, other);
        }
    }

    /// A number below `count`. The high half of a product prefers none by more than one in 2^64 / `count`.
    fn below(&mut self, count: usize) -> usize {
        let product = u128::from(self.next()) * count as u128;
        (product >> 64) as usize
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_splitmix64s() {
        // The reference implementation's first numbers of seed 1234567.
        let mut shuffler = Shuffler::new(1_234_567);
        assert_eq!(
            [shuffler.next(), shuffler.next(), shuffler.next()],
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn every_order_of_three_is_as_likely_as_another() {
        let mut shuffler = Shuffler::new(0);
        let mut counts = std::collections::BTreeMap::new();
        for _ in 0..6_000 {
            let mut items = [0, 1, 2];
            shuffler.shuffle(&mut items);
            *counts.entry(items).or_insert(0) += 1;
        }
        // Six orders, a thousand of each but for chance, whose deviation is 29.
        assert_eq!(counts.len(), 6);
        assert!(
            counts.values().all(|count| (880..1_120).contains(count)),
            "{counts:?}"
        );
    }
}
