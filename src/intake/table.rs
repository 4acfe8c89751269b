//! A table of numbers from a text: CSV and its kin, as spreadsheets, scripts and instruments write them.
//!
//! The text is gone through twice. The first time it is measured: how many columns, which of them hold numbers. The
//! second time the rows that are whole are taken, and the others counted by what is wrong with them. So that one
//! column of words loses no row, and one bad cell loses one row.

use serde::Serialize;

use super::{
    labels::{Gathering, Labels},
    words::{bytes, count, some},
};
use cell::Cell;
use form::Form;

mod cell;
mod form;
mod rows;
mod text;

/// Largest file that is read, in bytes.
pub const LARGEST: u64 = 200 << 20;
pub const MOST_ROWS: usize = 2_000_000;
pub const MOST_COLUMNS: usize = 256;
/// Most numbers in all: 128 MB of them.
pub const MOST_CELLS: usize = 16_000_000;
/// Fewest rows from which anything can be learned.
pub const FEWEST_ROWS: usize = 10;

/// What can be learned from a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// Whole rows, in all of which every column has a number.
    pub rows: usize,
    /// The columns of numbers, in the table's order.
    pub columns: Vec<Column>,
    /// Columns that tell classes apart: words, or whole numbers, of few kinds. One of numbers is in `columns`, too.
    pub labels: Vec<Labels>,
    pub left_out: Vec<LeftOut>,
    /// Rows that are not whole, by what is wrong first.
    pub skipped: Vec<Skipped>,
}

/// A column of numbers; `values` has one for each whole row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    pub name: String,
    #[serde(skip)]
    pub values: Vec<f64>,
    pub least: f64,
    pub greatest: f64,
    pub mean: f64,
    /// Standard deviation, with n below the line.
    pub deviation: f64,
    /// Whether all values are the same, so that there is nothing to divide by.
    pub constant: bool,
}

/// A column of which less than half is numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    pub name: String,
    /// Of what there is more than of numbers.
    pub why: Fault,
}

/// Rows that have the same fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Skipped {
    pub why: Fault,
    pub count: usize,
    /// Where the first is, counted from 1.
    pub line: usize,
}

/// Why a cell is no number, or a row not whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// More or fewer cells than the other rows.
    Ragged,
    Text,
    /// Nothing, or a sign for it: NaN, NA, null, ?.
    Missing,
    /// Infinite, or beyond what 32 bits hold.
    Infinite,
}

const FAULTS: [Fault; 4] = [Fault::Ragged, Fault::Text, Fault::Missing, Fault::Infinite];

impl Fault {
    fn words(self, one: bool) -> &'static str {
        match (self, one) {
            (Self::Ragged, true) => "has more or fewer cells than the others",
            (Self::Ragged, false) => "have more or fewer cells than the others",
            (Self::Text, true) => "has text among the numbers",
            (Self::Text, false) => "have text among the numbers",
            (Self::Missing, true) => "has an empty cell or NaN",
            (Self::Missing, false) => "have an empty cell or NaN",
            (Self::Infinite, true) => "has a number that is infinite or too large",
            (Self::Infinite, false) => "have a number that is infinite or too large",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("it has {}, and at most {} are read: save fewer rows", bytes(*.0), bytes(LARGEST))]
    TooLarge(u64),
    #[error("it is no text: from a spreadsheet, save as CSV")]
    NoText,
    #[error("it is empty")]
    Empty,
    #[error(
        "it has more than {} rows: save fewer",
        count(MOST_ROWS as u64)
    )]
    TooManyRows,
    #[error("it has more than {MOST_COLUMNS} columns: save fewer")]
    TooManyColumns,
    #[error(
        "it has {} of {}, and at most {} numbers are read: save fewer of either",
        some(*.columns as u64, "column", "columns"),
        some(*.rows as u64, "row", "rows"),
        count(MOST_CELLS as u64)
    )]
    TooManyCells { columns: usize, rows: usize },
    #[error("no column of it holds mostly numbers")]
    NoNumbers,
    #[error(
        "{} of it {} whole, and at least {FEWEST_ROWS} are needed{}",
        some(*.whole as u64, "row", "rows"),
        if *.whole == 1 { "is" } else { "are" },
        report(skipped).map(|skipped| format!("; {skipped}")).unwrap_or_default()
    )]
    TooFew { whole: usize, skipped: Vec<Skipped> },
}

/// What was skipped, in one line; nothing where nothing was: "3 rows were skipped: 2 have text among the numbers (the
/// first in line 7), 1 has an empty cell or NaN (line 9)".
pub fn report(skipped: &[Skipped]) -> Option<String> {
    let part = |skipped: &Skipped| {
        let first = if skipped.count == 1 {
            ""
        } else {
            "the first in "
        };
        format!(
            "{} ({first}line {})",
            skipped.why.words(skipped.count == 1),
            count(skipped.line as u64)
        )
    };
    let total: usize = skipped.iter().map(|skipped| skipped.count).sum();
    match (total, skipped) {
        (0, _) => None,
        (1, [one, ..]) => Some(format!("1 row was skipped: it {}", part(one))),
        _ => {
            let parts: Vec<String> = skipped
                .iter()
                .map(|skipped| format!("{} {}", count(skipped.count as u64), part(skipped)))
                .collect();
            let total = count(total as u64);
            Some(format!("{total} rows were skipped: {}", parts.join(", ")))
        }
    }
}

/// Reads a whole file.
///
/// # Errors
/// When it is no text, is larger than is read, or has no columns of numbers or fewer than [`FEWEST_ROWS`] whole rows.
pub fn read(file: &[u8]) -> Result<Table, TableError> {
    if file.len() as u64 > LARGEST {
        return Err(TableError::TooLarge(file.len() as u64));
    }
    let text = text::decode(file).ok_or(TableError::NoText)?;
    // As NumPy marks a header.
    let text = text.strip_prefix('#').unwrap_or(&text);
    collect(text, measure(text)?)
}

/// What the first pass has found out about a column.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    numbers: usize,
    text: usize,
    missing: usize,
}

impl Seen {
    fn is_numbers(self) -> bool {
        // Half of them is enough: with as many gaps as numbers, it is still a column of numbers.
        self.numbers > 0 && self.numbers >= self.text + self.missing
    }
}

/// The first pass over a text, in one form.
#[derive(Debug)]
struct Survey<'a> {
    form: Form<'a>,
    columns: Vec<Seen>,
    rows: usize,
    /// Rows that have as many cells as there are columns.
    fitting: usize,
    /// Whether any row goes over several lines.
    over_lines: bool,
}

/// Goes through the text in the form that makes the most of it.
fn measure(text: &str) -> Result<Survey<'_>, TableError> {
    let mut survey = survey(text, true)?;
    // A quotation mark that is never closed swallows rows: then it is a letter like others.
    if survey.over_lines
        && let Ok(plain) = self::survey(text, false)
        && plain.fitting > survey.fitting
    {
        survey = plain;
    }
    let columns = survey
        .columns
        .iter()
        .filter(|seen| seen.is_numbers())
        .count();
    if columns == 0 {
        return Err(TableError::NoNumbers);
    }
    let rows = survey.rows;
    if columns.saturating_mul(rows) > MOST_CELLS {
        return Err(TableError::TooManyCells { columns, rows });
    }
    Ok(survey)
}

fn survey(text: &str, quoting: bool) -> Result<Survey<'_>, TableError> {
    let mut form = form::guess(text, quoting).ok_or(TableError::Empty)?;
    if form.columns > MOST_COLUMNS {
        return Err(TableError::TooManyColumns);
    }
    let mut columns = vec![Seen::default(); form.columns];
    let (mut count, mut fitting, mut over_lines) = (0, 0, false);
    form.rewind();
    while let Some(row) = form.rows.next_row() {
        count += 1;
        if count > MOST_ROWS {
            return Err(TableError::TooManyRows);
        }
        over_lines |= row.over_lines;
        if row.len() != form.columns {
            continue;
        }
        fitting += 1;
        for (cell, seen) in row.cells().zip(&mut columns) {
            match Cell::read(cell, form.decimal_comma) {
                Cell::Number(_) | Cell::Infinite => seen.numbers += 1,
                Cell::Text => seen.text += 1,
                Cell::Missing => seen.missing += 1,
            }
        }
    }
    Ok(Survey {
        form,
        columns,
        rows: count,
        fitting,
        over_lines,
    })
}

/// The second pass: the numbers.
fn collect(text: &str, survey: Survey<'_>) -> Result<Table, TableError> {
    let Survey {
        mut form, columns, ..
    } = survey;
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); columns.len()];
    let mut words: Vec<Gathering> = vec![Gathering::default(); columns.len()];
    let mut numbers = vec![0.0; columns.len()];
    let mut tally = Tally::default();
    let mut whole = 0;
    form.rewind();
    while let Some(row) = form.rows.next_row() {
        let filled = if row.len() == columns.len() {
            fill(&mut numbers, row.cells().zip(&columns), form.decimal_comma)
        } else {
            Err(Fault::Ragged)
        };
        if let Err(fault) = filled {
            tally.note(fault, row.start);
            continue;
        }
        whole += 1;
        for (index, cell) in row.cells().enumerate() {
            if columns[index].is_numbers() {
                values[index].push(numbers[index]);
            } else {
                words[index].push(if cell.is_empty() { EMPTY } else { cell });
            }
        }
    }
    let skipped = tally.skipped(text);
    if whole < FEWEST_ROWS {
        return Err(TableError::TooFew { whole, skipped });
    }

    let mut table = Table {
        rows: whole,
        columns: Vec::new(),
        labels: Vec::new(),
        left_out: Vec::new(),
        skipped,
    };
    for (index, (values, words)) in values.into_iter().zip(words).enumerate() {
        let name = form.name(index);
        if columns[index].is_numbers() {
            table.labels.extend(classes(&name, &values));
            table.columns.push(Column::new(name, values));
        } else {
            table.labels.extend(words.finish(&name));
            let why = if columns[index].text > columns[index].missing {
                Fault::Text
            } else {
                Fault::Missing
            };
            table.left_out.push(LeftOut { name, why });
        }
    }
    Ok(table)
}

/// How many rows have each fault, and where the first begins.
#[derive(Default)]
struct Tally([(usize, usize); FAULTS.len()]);

impl Tally {
    fn note(&mut self, fault: Fault, start: usize) {
        let (count, first) = &mut self.0[fault as usize];
        if *count == 0 {
            *first = start;
        }
        *count += 1;
    }

    /// The commonest first.
    fn skipped(self, text: &str) -> Vec<Skipped> {
        let mut skipped: Vec<Skipped> = FAULTS
            .into_iter()
            .zip(self.0)
            .filter(|(_, (count, _))| *count > 0)
            .map(|(why, (count, first))| Skipped {
                why,
                count,
                line: 1 + line_ends(&text.as_bytes()[..first]),
            })
            .collect();
        skipped.sort_by_key(|skipped| std::cmp::Reverse(skipped.count));
        skipped
    }
}

/// A line ends with either of its two signs, or with both.
fn line_ends(text: &[u8]) -> usize {
    let next = text.iter().skip(1).chain(std::iter::once(&b' '));
    text.iter()
        .zip(next)
        .filter(|pair| matches!(pair, (b'\n', _)) || (*pair.0 == b'\r' && *pair.1 != b'\n'))
        .count()
}

/// What an empty cell is called among the classes of a column of words.
const EMPTY: &str = "(empty)";

/// Reads the numbers of a row.
fn fill<'a>(
    numbers: &mut [f64],
    cells: impl Iterator<Item = (&'a str, &'a Seen)>,
    decimal_comma: bool,
) -> Result<(), Fault> {
    for (number, (cell, seen)) in numbers.iter_mut().zip(cells) {
        if seen.is_numbers() {
            *number = match Cell::read(cell, decimal_comma) {
                Cell::Number(number) => number,
                Cell::Text => return Err(Fault::Text),
                Cell::Missing => return Err(Fault::Missing),
                Cell::Infinite => return Err(Fault::Infinite),
            };
        }
    }
    Ok(())
}

/// Classes from whole numbers of few kinds, as most tables have them.
fn classes(name: &str, values: &[f64]) -> Option<Labels> {
    // A number of more digits than these is a measure or a date.
    let whole = |value: &f64| value.fract() == 0.0 && (0.0..1e6).contains(value);
    if !values.iter().all(whole) {
        return None;
    }
    let mut gathered = Gathering::default();
    for value in values {
        gathered.push(&(*value as u32).to_string());
    }
    gathered.finish(name).ok()
}

impl Column {
    fn new(name: String, values: Vec<f64>) -> Self {
        let count = values.len() as f64;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let greatest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mean = values.iter().sum::<f64>() / count;
        let variance = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / count;
        Self {
            constant: least == greatest,
            deviation: variance.sqrt(),
            name,
            values,
            least,
            greatest,
            mean,
        }
    }
}

#[cfg(test)]
pub(super) mod tests;
