//! What was left out of what a visitor brought, folded into one line however much it is.

use serde::{Deserialize, Serialize};

use super::words::some;

/// One file that was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Its name, as the visitor knows it.
    pub what: String,
    /// The rest of a sentence that begins with its name and a colon.
    pub why: String,
    pub reason: Reason,
}

/// What kind of thing was wrong, under which many are told of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    NoPicture,
    Broken,
    CutOff,
    Encrypted,
    /// By a method that is not read here.
    Packed,
    TooLarge,
    /// An archive within an archive.
    Nested,
    /// More than is taken in all.
    Beyond,
}

impl Reason {
    fn one(self) -> &'static str {
        match self {
            Self::NoPicture => "is no picture",
            Self::Broken => "is broken",
            Self::CutOff => "is cut off",
            Self::Encrypted => "is encrypted",
            Self::Packed => "is packed in a way that is not read here",
            Self::TooLarge => "is too large",
            Self::Nested => "is itself an archive",
            Self::Beyond => "is more than is taken",
        }
    }

    fn many(self) -> &'static str {
        match self {
            Self::NoPicture => "are no pictures",
            Self::Broken => "are broken",
            Self::CutOff => "are cut off",
            Self::Encrypted => "are encrypted",
            Self::Packed => "are packed in a way that is not read here",
            Self::TooLarge => "are too large",
            Self::Nested => "are themselves archives",
            Self::Beyond => "are more than is taken",
        }
    }
}

/// Names that are given for each reason.
const NAMES: usize = 3;

/// All that was left out in one line, the commonest reason first; nothing where nothing was.
///
/// One file is told of with its own `why`: "a.png was skipped: it is encrypted ...". More are counted by reason:
/// "12 files were skipped: 9 are no pictures (notes.txt, b.txt, c.txt, ...), 3 are broken (a.png, b.png, c.png)".
pub fn report(skipped: &[Skipped]) -> Option<String> {
    match skipped {
        [] => return None,
        [one] => return Some(format!("{} was skipped: {}", one.what, one.why)),
        _ => {}
    }
    let mut groups: Vec<(Reason, Vec<&str>)> = Vec::new();
    for item in skipped {
        match groups.iter_mut().find(|(reason, _)| *reason == item.reason) {
            Some((_, names)) => names.push(&item.what),
            None => groups.push((item.reason, vec![&item.what])),
        }
    }
    groups.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    let parts: Vec<String> = groups
        .iter()
        .map(|(reason, names)| {
            let number = names.len() as u64;
            let dots = if names.len() > NAMES { ", ..." } else { "" };
            let names = names[..names.len().min(NAMES)].join(", ");
            format!(
                "{} ({names}{dots})",
                some(number, reason.one(), reason.many())
            )
        })
        .collect();
    Some(format!(
        "{} skipped: {}",
        some(skipped.len() as u64, "file was", "files were"),
        parts.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skipped(what: &str, reason: Reason) -> Skipped {
        Skipped {
            what: what.to_owned(),
            why: "it is what it is".to_owned(),
            reason,
        }
    }

    #[test]
    fn nothing_and_one_are_told_of_as_they_are() {
        assert_eq!(report(&[]), None);
        let one = report(&[skipped("a.png", Reason::Broken)]).unwrap();
        assert_eq!(one, "a.png was skipped: it is what it is");
    }

    #[test]
    fn many_are_counted_by_reason_with_three_names_at_most() {
        let mut all = vec![skipped("a.png", Reason::Broken)];
        all.extend((0..9).map(|index| skipped(&format!("{index}.txt"), Reason::NoPicture)));
        all.push(skipped("b.png", Reason::Broken));
        all.push(skipped("old.zip", Reason::Nested));
        assert_eq!(
            report(&all).unwrap(),
            "12 files were skipped: 9 are no pictures (0.txt, 1.txt, 2.txt, ...), \
             2 are broken (a.png, b.png), 1 is itself an archive (old.zip)"
        );
    }
}
