//! One class for each example, from whatever the visitor has for it: folders, a column of words, an idx file.

use std::collections::BTreeMap;

use serde::Serialize;

/// Most classes that examples are told apart by: what a conditional run and a legend bear.
pub const MOST_CLASSES: usize = 64;

/// Longest name of a class, in bytes: beyond it, words are a text and no class.
const LONGEST_NAME: usize = 100;

/// The class of each example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// What tells them apart: "folder", or the name of a column.
    pub name: String,
    /// 2 to [`MOST_CLASSES`] names, numbers by their size before words by the alphabet.
    pub classes: Vec<String>,
    /// An index into `classes` for each example.
    #[serde(skip)]
    pub of: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLabels {
    #[error("there is only one class")]
    One,
    #[error("there are more than {MOST_CLASSES} classes")]
    TooMany,
    #[error("some are texts of more than {LONGEST_NAME} letters")]
    Texts,
}

impl Labels {
    /// # Errors
    /// When there are fewer than two distinct words, more than [`MOST_CLASSES`], or texts among them.
    pub fn new<'a>(name: &str, words: impl IntoIterator<Item = &'a str>) -> Result<Self, NoLabels> {
        let mut gathered = Gathering::default();
        words.into_iter().for_each(|word| gathered.push(word));
        gathered.finish(name)
    }
}

/// Labels that come one after the other.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    /// Number of each class in order of appearance.
    numbers: BTreeMap<String, u8>,
    of: Vec<u8>,
    refusal: Option<NoLabels>,
}

impl Gathering {
    pub fn push(&mut self, word: &str) {
        if self.refusal.is_some() {
            return;
        }
        let number = match self.numbers.get(word) {
            Some(number) => *number,
            None if self.numbers.len() == MOST_CLASSES => return self.refuse(NoLabels::TooMany),
            None if word.len() > LONGEST_NAME => return self.refuse(NoLabels::Texts),
            None => {
                let number = self.numbers.len() as u8;
                self.numbers.insert(word.to_owned(), number);
                number
            }
        };
        self.of.push(number);
    }

    fn refuse(&mut self, refusal: NoLabels) {
        *self = Self {
            refusal: Some(refusal),
            ..Self::default()
        };
    }

    /// # Errors
    /// As [`Labels::new`].
    pub fn finish(self, name: &str) -> Result<Labels, NoLabels> {
        if let Some(refusal) = self.refusal {
            return Err(refusal);
        }
        if self.numbers.len() < 2 {
            return Err(NoLabels::One);
        }
        let mut sorted: Vec<(String, u8)> = self.numbers.into_iter().collect();
        // Stable, so that words stay in the map's order: "2" comes before "10", and both before "cat".
        sorted.sort_by_key(|(word, _)| word.parse::<u64>().unwrap_or(u64::MAX));
        let mut place = [0; MOST_CLASSES];
        for (index, (_, number)) in sorted.iter().enumerate() {
            place[usize::from(*number)] = index as u8;
        }
        Ok(Labels {
            name: name.to_owned(),
            classes: sorted.into_iter().map(|(word, _)| word).collect(),
            of: self
                .of
                .into_iter()
                .map(|number| place[usize::from(number)])
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_in_order_and_examples_point_at_theirs() {
        let words = ["cat", "10", "ant", "2", "cat", "2"];
        let labels = Labels::new("kind", words).unwrap();
        assert_eq!(labels.name, "kind");
        assert_eq!(labels.classes, ["2", "10", "ant", "cat"]);
        assert_eq!(labels.of, [3, 1, 2, 0, 3, 0]);
    }

    #[test]
    fn one_class_and_sixty_five_are_no_labels_but_sixty_four_are() {
        assert_eq!(Labels::new("", ["cat", "cat"]), Err(NoLabels::One));
        assert_eq!(Labels::new("", []), Err(NoLabels::One));
        let names: Vec<String> = (0..65).map(|number| format!("{number}")).collect();
        let of = |count| Labels::new("", names[..count].iter().map(String::as_str));
        let all: Vec<u8> = (0..64).collect();
        assert_eq!(of(64).unwrap().of, all);
        assert_eq!(of(65), Err(NoLabels::TooMany));
    }

    #[test]
    fn texts_are_no_classes() {
        let text = "a".repeat(101);
        assert_eq!(Labels::new("", ["cat", &text]), Err(NoLabels::Texts));
        assert_eq!(Labels::new("", ["cat", &text[1..]]).unwrap().of, [1, 0]);
    }
}
