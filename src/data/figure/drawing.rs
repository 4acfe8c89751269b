//! A visitor's drawing as a figure, from the text that a link carries.
//!
//! Strokes are separated by `.`; a point is four characters of URL-safe base64 (`A-Za-z0-9-_`), six bits each: x as
//! twelve bits, high ones first, from 0 for -1 to 4095 for 1, then y likewise, upwards. `www/strokes.js` writes it.

use super::{Figure, Part, Piece};

/// Points that a drawing may have: as many as a link can carry.
pub const MOST_POINTS: usize = 1_000;
/// Fewer would leave nothing to learn.
pub const FEWEST_POINTS: usize = 3;
/// Characters in the longest drawing's text, each of its points a stroke of its own.
pub const LONGEST: usize = 5 * MOST_POINTS;
/// Parts that the whole drawing is cut into, about.
const PARTS: f32 = 16.0;
/// What a dot counts for beside lines, as a length.
const DOT: f32 = 0.1;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawingError {
    #[error("it has the character {0:?}, which no drawing has")]
    Character(char),
    #[error("a stroke in it ends in the middle of a point")]
    Cut,
    #[error(
        "it has {0} points, and a drawing needs at least {FEWEST_POINTS}: draw a line, or some dots"
    )]
    Few(usize),
    #[error("it has {0} points, and a drawing can have {MOST_POINTS}")]
    Many(usize),
}

/// Strokes, each of one point or more, in [-1, 1]^2.
///
/// # Errors
/// When the text is not of a drawing, or of one with too few points or too many.
pub fn read(text: &str) -> Result<Vec<Vec<[f32; 2]>>, DrawingError> {
    let mut strokes = Vec::new();
    for stroke in text.split('.').filter(|stroke| !stroke.is_empty()) {
        let digits = stroke.chars().map(digit).collect::<Result<Vec<_>, _>>()?;
        let (points, rest) = digits.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(DrawingError::Cut);
        }
        let coordinate = |high: u16, low: u16| f32::from(high << 6 | low) / 4095.0 * 2.0 - 1.0;
        let point = |[a, b, c, d]: &[u16; 4]| [coordinate(*a, *b), coordinate(*c, *d)];
        strokes.push(points.iter().map(point).collect::<Vec<_>>());
    }
    match strokes.iter().map(Vec::len).sum() {
        few if few < FEWEST_POINTS => Err(DrawingError::Few(few)),
        many if many > MOST_POINTS => Err(DrawingError::Many(many)),
        _ => Ok(strokes),
    }
}

fn digit(character: char) -> Result<u16, DrawingError> {
    match character {
        'A'..='Z' => Ok(character as u16 - 'A' as u16),
        'a'..='z' => Ok(character as u16 - 'a' as u16 + 26),
        '0'..='9' => Ok(character as u16 - '0' as u16 + 52),
        '-' => Ok(62),
        '_' => Ok(63),
        other => Err(DrawingError::Character(other)),
    }
}

/// The figure that strokes draw: examples are spread evenly along them, and each stroke is a class.
pub fn figure(strokes: &[Vec<[f32; 2]>], sigma: f32) -> Figure {
    let lines = |stroke: &[[f32; 2]]| -> Vec<Piece> {
        stroke
            .array_windows()
            .filter(|[from, to]| from != to)
            .map(|[from, to]| Piece::Line {
                from: *from,
                to: *to,
            })
            .collect()
    };
    let length = |pieces: &[Piece]| -> f32 { pieces.iter().map(|piece| piece.size()).sum() };
    let all: Vec<(usize, Vec<Piece>)> = strokes
        .iter()
        .enumerate()
        .map(|(class, stroke)| (class, lines(stroke)))
        .collect();
    let whole: f32 = all.iter().map(|(_, pieces)| length(pieces)).sum();
    let mut parts = Vec::new();
    for (class, pieces) in all {
        if pieces.is_empty() {
            parts.extend(
                strokes[class]
                    .first()
                    .map(|at| Part::new(class, DOT, vec![Piece::Dot(*at)])),
            );
            continue;
        }
        // Whole lines go into a part until it has its length: what was drawn has corners enough.
        let wanted = length(&pieces) / (length(&pieces) / whole * PARTS).round().max(1.0);
        let mut part = Vec::new();
        for piece in pieces {
            part.push(piece);
            if length(&part) >= 0.999 * wanted {
                let done = std::mem::take(&mut part);
                parts.push(Part::new(class, length(&done), done));
            }
        }
        if !part.is_empty() {
            parts.push(Part::new(class, length(&part), part));
        }
    }
    Figure::new(parts, sigma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_becomes_strokes() {
        // AA is 0, __ is 4095, gA is 32 * 64 = 2048.
        let strokes = read("AAAA____.gAAA").unwrap();
        assert_eq!(strokes[0], [[-1.0, -1.0], [1.0, 1.0]]);
        assert!((strokes[1][0][0] - 1.0 / 4095.0).abs() < 1e-6);
        assert_eq!(strokes.len(), 2);
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert_eq!(read("AAA"), Err(DrawingError::Cut));
        assert_eq!(read("AA?A"), Err(DrawingError::Character('?')));
        assert_eq!(read(""), Err(DrawingError::Few(0)));
        assert_eq!(read("AAAA.____"), Err(DrawingError::Few(2)));
        assert_eq!(read(&"AAAA".repeat(1001)), Err(DrawingError::Many(1001)));
    }

    /// A million texts of the right letters and some wrong ones: each is a drawing of finite points, or refused.
    #[test]
    fn a_million_texts_do_no_harm() {
        use rand::RngExt;

        let mut rng = crate::rng::stream(1, crate::rng::Stream::Batches);
        let letters: Vec<char> = "AZaz09-_AZaz09-_AZaz09-_AZaz09-_..?é".chars().collect();
        let mut drawings = 0;
        for _ in 0..1_000_000 {
            let length = rng.random_range(0..40);
            let text: String = (0..length)
                .map(|_| letters[rng.random_range(0..letters.len())])
                .collect();
            if let Ok(strokes) = read(&text) {
                drawings += 1;
                let figure = figure(&strokes, 0.05);
                assert!(figure.scale().is_finite() && figure.scale() > 0.0, "{text}");
                assert!(
                    figure.shares().iter().all(|share| share.is_finite()),
                    "{text}"
                );
            }
        }
        assert!(drawings > 1_000, "{drawings}");
    }

    #[test]
    fn examples_are_spread_along_the_strokes() {
        // A line of length 2 along the lower side, and a dot in the upper right corner.
        let strokes = vec![
            vec![[-1.0, -1.0], [0.0, -1.0], [1.0, -1.0]],
            vec![[1.0, 1.0]],
        ];
        let figure = figure(&strokes, 0.01);
        assert_eq!(figure.classes(), 2);
        let of = |class| -> f32 {
            let parts = figure.parts().iter().filter(|part| part.class == class);
            parts.map(|part| part.weight).sum()
        };
        assert!((of(0) - 2.0 / 2.1).abs() < 1e-5 && (of(1) - 0.1 / 2.1).abs() < 1e-5);
    }

    /// One place drawn three times has no length at all.
    #[test]
    fn strokes_without_length_are_dots() {
        let figure = figure(&[vec![[0.5, 0.5]; 3]], 0.05);
        assert_eq!(figure.parts().len(), 1);
        assert!(figure.is_mixture());
    }
}
