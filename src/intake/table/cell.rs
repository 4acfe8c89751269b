//! One cell of a table: a number or none.

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// Finite, also in 32 bits.
    Number(f64),
    /// Infinite, or beyond what 32 bits hold.
    Infinite,
    Missing,
    Text,
}

/// What programs write where there is no number.
const SIGNS_FOR_MISSING: [&str; 9] = ["nan", "na", "n/a", "#n/a", "null", "nil", "none", "-", "?"];

impl Cell {
    /// `cell` has no spaces around it. With `decimal_comma`, "1,5" is one and a half; "1.5" always is.
    pub fn read(cell: &str, decimal_comma: bool) -> Self {
        let parsed = if decimal_comma && cell.contains(',') {
            with_point(cell).and_then(|cell| cell.parse().ok())
        } else {
            cell.parse().ok()
        };
        match parsed {
            Some(number) if f64::is_nan(number) => Self::Missing,
            // What has no place in 32 bits, in which nets reckon, is none in 64.
            Some(number) if !(number as f32).is_finite() => Self::Infinite,
            Some(number) => Self::Number(number),
            None if is_missing(cell) => Self::Missing,
            None => Self::Text,
        }
    }
}

/// A number with a point for its one comma; none where there is a point already, as thousands are written.
fn with_point(cell: &str) -> Option<String> {
    let one = cell
        .bytes()
        .filter(|byte| matches!(byte, b',' | b'.'))
        .count()
        == 1;
    one.then(|| cell.replace(',', "."))
}

fn is_missing(cell: &str) -> bool {
    cell.is_empty()
        || SIGNS_FOR_MISSING
            .iter()
            .any(|sign| cell.eq_ignore_ascii_case(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(cell: &str) -> Cell {
        Cell::read(cell, false)
    }

    #[test]
    fn numbers_are_read_as_programs_write_them() {
        for (cell, number) in [
            ("0", 0.0),
            ("-1.5", -1.5),
            ("+.5", 0.5),
            ("5.", 5.0),
            ("1e-3", 0.001),
            ("6.02E23", 6.02e23),
        ] {
            assert_eq!(point(cell), Cell::Number(number), "{cell}");
            assert_eq!(Cell::read(cell, true), Cell::Number(number), "{cell}");
        }
    }

    #[test]
    fn a_comma_is_a_point_where_it_can_be() {
        for (cell, read) in [
            ("1,5", Cell::Number(1.5)),
            ("-,5e2", Cell::Number(-50.0)),
            ("1.234,5", Cell::Text),
            ("1,2,3", Cell::Text),
            (",", Cell::Text),
        ] {
            assert_eq!(Cell::read(cell, true), read, "{cell}");
        }
        assert_eq!(point("1,5"), Cell::Text);
    }

    #[test]
    fn what_is_no_number_is_missing_infinite_or_text() {
        for cell in ["", "NaN", "nan", "NA", "n/a", "NULL", "None", "-", "?"] {
            assert_eq!(point(cell), Cell::Missing, "{cell}");
        }
        for cell in ["inf", "-Infinity", "1e39", "-1e400"] {
            assert_eq!(point(cell), Cell::Infinite, "{cell}");
        }
        for cell in ["cat", "1 2", "0x1f", "12%", "1_000", "--1", "1e"] {
            assert_eq!(point(cell), Cell::Text, "{cell}");
        }
        assert_eq!(point("3e38"), Cell::Number(3e38));
    }
}
