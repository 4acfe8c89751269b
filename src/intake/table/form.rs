//! How a text of numbers is written, guessed from its first rows.

use super::{MOST_COLUMNS, cell::Cell, rows::Rows};

/// How a text is written.
#[derive(Debug)]
pub struct Form<'a> {
    pub rows: Rows<'a>,
    pub decimal_comma: bool,
    /// Cells in most rows.
    pub columns: usize,
    /// The first row, if it is a header.
    pub header: Option<Vec<String>>,
}

/// Longest name of a column, in letters.
const LONGEST_NAME: usize = 100;

impl Form<'_> {
    /// Goes back to the first row of data.
    pub fn rewind(&mut self) {
        self.rows.rewind();
        if self.header.is_some() {
            self.rows.next_row();
        }
    }

    /// The name of a column: from the header, and told apart from one before it that has the same.
    pub fn name(&self, index: usize) -> String {
        let number = format!("column {}", index + 1);
        let Some(header) = &self.header else {
            return number;
        };
        let Some(name) = header.get(index).filter(|name| !name.is_empty()) else {
            return number;
        };
        let short: String = name.chars().take(LONGEST_NAME).collect();
        if header[..index].contains(name) {
            format!("{short} ({number})")
        } else {
            short
        }
    }
}

/// Rows that are looked at.
const SAMPLE: usize = 200;

/// In the order in which they are preferred when they do as well: "1,5;2,5" could be parted at its commas.
const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b' '];

/// The form by which most of the first rows have equally many cells, and most of those are numbers; `None` where there
/// are no rows.
pub fn guess(text: &str, quoting: bool) -> Option<Form<'_>> {
    let mut best: Option<(f64, Form<'_>)> = None;
    let there = |delimiter: &u8| text.as_bytes().contains(delimiter);
    for delimiter in DELIMITERS {
        // One that is nowhere finds one column, as the comma does where there is none.
        if delimiter != b',' && !there(&delimiter) {
            continue;
        }
        let mut rows = Rows::new(text, delimiter, quoting);
        let sample = sample(&mut rows);
        if sample.is_empty() {
            return None;
        }
        let columns = usual_length(&sample);
        let decimal_comma =
            delimiter != b',' && !sample.iter().flatten().any(|cell| is_grouped(cell));
        let score = score(&sample, columns, decimal_comma);
        if best.as_ref().is_none_or(|(least, _)| score > *least) {
            let header = header(&sample, columns, decimal_comma);
            let form = Form {
                rows,
                decimal_comma,
                columns,
                header,
            };
            best = Some((score, form));
        }
    }
    best.map(|(_, form)| form)
}

fn sample(rows: &mut Rows<'_>) -> Vec<Vec<String>> {
    let mut sample = Vec::new();
    while sample.len() < SAMPLE
        && let Some(row) = rows.next_row()
    {
        let mut cells: Vec<String> = row.cells().map(str::to_owned).collect();
        // Of a row with more cells than are kept, only their number matters.
        cells.resize(row.len().min(MOST_COLUMNS + 1), String::new());
        sample.push(cells);
    }
    sample
}

/// The commonest length; of those that are as common, the greatest.
fn usual_length(sample: &[Vec<String>]) -> usize {
    let times = |length| sample.iter().filter(|row| row.len() == length).count();
    sample
        .iter()
        .map(Vec::len)
        .max_by_key(|length| (times(*length), *length))
        .unwrap_or_default()
}

/// The share of rows of the usual length, times that of numbers in them.
fn score(sample: &[Vec<String>], columns: usize, decimal_comma: bool) -> f64 {
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let rows = sample.iter().filter(|row| row.len() == columns);
    let cells = rows.clone().flatten();
    let numbers = cells
        .clone()
        .filter(|cell| matches!(Cell::read(cell, decimal_comma), Cell::Number(_)));
    share(rows.count(), sample.len()) * share(numbers.count(), cells.count())
}

/// Whether a number has commas between thousands: several, or one before a point.
fn is_grouped(cell: &str) -> bool {
    let commas = cell.matches(',').count();
    let before_point = cell.find(',') < cell.find('.') && commas > 0;
    cell.bytes()
        .all(|byte| byte.is_ascii_digit() || b",.+-".contains(&byte))
        && (commas > 1 || before_point)
}

/// The first row, if it has words that are none of its column's values. A first row of data may have words, too, but
/// of a kind that comes again: "5.1,3.5,setosa".
fn header(sample: &[Vec<String>], columns: usize, decimal_comma: bool) -> Option<Vec<String>> {
    let (first, rest) = sample.split_first()?;
    let is_text = |cell: &String| Cell::read(cell, decimal_comma) == Cell::Text;
    // R writes no name over the names of its rows.
    if columns > 1 && first.len() == columns - 1 && first.iter().all(is_text) {
        return Some([&[String::new()], &first[..]].concat());
    }
    if first.len() != columns {
        return None;
    }
    let comes_again = |index: usize| {
        rest.iter()
            .any(|row| row.len() == columns && row[index] == first[index])
    };
    let is_header = (0..columns).any(|index| is_text(&first[index]) && !comes_again(index));
    is_header.then(|| first.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> Form<'_> {
        guess(text, true).unwrap()
    }

    #[test]
    fn the_delimiter_is_the_one_that_parts_numbers() {
        for (text, row) in [
            ("1,2\n3,4\n", &["1", "2"][..]),
            ("1, 2, 3\n4, 5, 6\n", &["1", "2", "3"]),
            ("1;2\n3;4\n", &["1", "2"]),
            ("1,5;2,5\n3,5;4,5\n", &["1,5", "2,5"]),
            ("1\t2\n3\t4\n", &["1", "2"]),
            ("1,5\t2,5\n3,5\t4,5\n", &["1,5", "2,5"]),
            ("  1.0   2.0\n 13.0   4.0\n", &["1.0", "2.0"]),
            ("1,5 2,5\n3,5 4,5\n", &["1,5", "2,5"]),
            (
                "name,city,x\nAda,New York,1\nBob,Rio,2\n",
                &["name", "city", "x"],
            ),
            (
                "2024-01-01 10:00,1.5\n2024-01-01 11:00,2.5\n",
                &["2024-01-01 10:00", "1.5"],
            ),
        ] {
            let mut form = form(text);
            form.rows.rewind();
            let first = form.rows.next_row().unwrap();
            assert!(first.cells().eq(row.iter().copied()), "{text:?}");
            assert_eq!(form.columns, row.len(), "{text:?}");
        }
        assert_eq!(form("1\n2\n3\n").columns, 1);
        assert!(guess("\n\n", true).is_none());
    }

    #[test]
    fn the_usual_length_is_that_of_most_rows() {
        assert_eq!(form("a title\n1,2,3\n4,5,6\n7,8\n").columns, 3);
    }

    #[test]
    fn commas_are_decimal_unless_they_part_cells_or_thousands() {
        assert!(form("1,5;2,5\n").decimal_comma);
        assert!(!form("1,5\n").decimal_comma);
        assert!(!form("1,234.5\t2\n1,5\t3\n").decimal_comma);
        assert!(!form("1,234,567\t2\n1,5\t3\n").decimal_comma);
        assert!(form("1.234,5;2\n1,5;3\n").decimal_comma);
    }

    #[test]
    fn a_header_has_words_that_are_no_values() {
        for (text, header) in [
            ("x,y\n1,2\n3,4\n", Some(vec!["x", "y"])),
            ("kind,2000\ncat,1\ncat,2\n", Some(vec!["kind", "2000"])),
            ("1,2\n3,4\n", None),
            ("5.1,setosa\n4.9,setosa\n", None),
            ("NaN,1\n2,3\n", None),
            (",x\n0,1\n1,2\n", Some(vec!["", "x"])),
            (
                "\"x\" \"y\"\n\"1\" 3 4\n\"2\" 5 6\n",
                Some(vec!["", "x", "y"]),
            ),
        ] {
            let found = form(text).header;
            let found = found
                .as_ref()
                .map(|cells| cells.iter().map(String::as_str).collect());
            assert_eq!(found, header, "{text:?}");
        }
    }

    #[test]
    fn columns_have_distinct_names() {
        let form = form("x,,x\n1,2,3\n");
        let names: Vec<String> = (0..4).map(|index| form.name(index)).collect();
        assert_eq!(names, ["x", "column 2", "x (column 3)", "column 4"]);
        assert_eq!(self::form("1,2\n").name(1), "column 2");
    }
}
