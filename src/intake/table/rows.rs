//! Rows of a text, cell by cell, in memory that does not grow with what is in them.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// Most cells of a row that are kept; many more than columns are read, as a row of runs of spaces has.
const CELLS: usize = 1 << 12;
/// Most bytes of a row that are kept.
const BYTES: usize = 1 << 16;

/// Gone through more than once by the same reader, which takes longer to make than a small table to read. (It cannot
/// be cloned: csv-core 0.1.13 clones half of it.)
#[derive(Debug)]
pub struct Rows<'a> {
    text: &'a [u8],
    at: usize,
    reader: Reader,
    /// Whether several delimiters in a row are one.
    spaces: bool,
    row: Vec<u8>,
    ends: Vec<usize>,
}

/// One row.
pub struct Row<'r> {
    row: &'r [u8],
    ends: &'r [usize],
    /// Cells that it has, kept or not.
    all: usize,
    spaces: bool,
    /// Where it begins in the text.
    pub start: usize,
    /// Whether it goes over several lines, as it does within quotation marks.
    pub over_lines: bool,
}

impl<'a> Rows<'a> {
    /// All rows that are not empty, cut at a delimiter; with `quoting`, not within quotation marks.
    pub fn new(text: &'a str, delimiter: u8, quoting: bool) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            reader: ReaderBuilder::new()
                .delimiter(delimiter)
                .quoting(quoting)
                .build(),
            spaces: delimiter == b' ',
            row: vec![0; 1 << 8],
            ends: vec![0; 1 << 5],
        }
    }

    /// Goes back to the first row.
    pub fn rewind(&mut self) {
        self.at = 0;
        self.reader.reset();
    }

    pub fn next_row(&mut self) -> Option<Row<'_>> {
        loop {
            // The reader would pass over empty lines, too, but not say where the row begins.
            let line_ends = self.text[self.at..]
                .iter()
                .take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let start = self.at + line_ends.count();
            self.at = start;
            let (length, cells) = self.read()?;
            if !self.row(start, length, cells).is_blank() {
                return Some(self.row(start, length, cells));
            }
        }
    }

    fn row(&self, start: usize, length: usize, cells: usize) -> Row<'_> {
        let fits = length <= self.row.len() && cells <= self.ends.len();
        let line = self.text[start..self.at].trim_ascii_end();
        Row {
            row: if fits { &self.row[..length] } else { &[] },
            ends: if fits { &self.ends[..cells] } else { &[] },
            all: cells,
            spaces: self.spaces,
            start,
            over_lines: line.contains(&b'\n'),
        }
    }

    /// Reads up to the end of a row; its length and number of cells, of which only what fits is kept.
    fn read(&mut self) -> Option<(usize, usize)> {
        let (mut length, mut cells) = (0, 0);
        loop {
            let input = &self.text[self.at..];
            // What does not fit is read over what came before: the row is of no use any more.
            let row_at = if length < self.row.len() { length } else { 0 };
            let ends_at = if cells < self.ends.len() { cells } else { 0 };
            let row = &mut self.row[row_at..];
            let ends = &mut self.ends[ends_at..];
            let (result, read, written, ended) = self.reader.read_record(input, row, ends);
            self.at += read;
            length += written;
            cells += ended;
            match result {
                ReadRecordResult::Record => return Some((length, cells)),
                ReadRecordResult::End => return None,
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => grow(&mut self.row, BYTES, 0),
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, CELLS, 0),
            }
        }
    }
}

fn grow<T: Clone>(buffer: &mut Vec<T>, most: usize, empty: T) {
    let larger = (2 * buffer.len()).min(most);
    buffer.resize(larger, empty);
}

impl Row<'_> {
    /// Its cells, without spaces around them; none of a row that is longer than any is.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(self.ends)
            .map(|(start, end)| {
                // Cut at delimiters, and so between letters.
                let cell = self.row.get(start..*end).unwrap_or_default();
                std::str::from_utf8(cell).unwrap_or_default().trim()
            })
            .filter(|cell| !self.spaces || !cell.is_empty())
    }

    fn is_blank(&self) -> bool {
        !self.row.is_empty() && self.len() <= 1 && self.cells().all(str::is_empty)
    }

    /// How many cells it has, were they too many to be kept.
    pub fn len(&self) -> usize {
        if self.spaces && !self.ends.is_empty() {
            self.cells().count()
        } else {
            self.all
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut rows = Rows::new(text, delimiter, true);
        let mut all = Vec::new();
        while let Some(row) = rows.next_row() {
            all.push(row.cells().map(str::to_owned).collect());
        }
        all
    }

    #[test]
    fn lines_end_in_every_way_and_empty_ones_are_none() {
        for text in [
            "1,2\n3,4\n",
            "1,2\r\n3,4",
            "1,2\r3,4\r",
            "\n\n1,2\n\r\n  \n3,4\n\n",
        ] {
            assert_eq!(rows(text, b','), [["1", "2"], ["3", "4"]], "{text:?}");
        }
        assert!(rows("", b',').is_empty());
        assert!(rows("\n \n\n", b',').is_empty());
    }

    #[test]
    fn cells_are_trimmed_and_quotation_marks_keep_what_is_in_them() {
        assert_eq!(
            rows(" 1 , \"2\",\"a, b\",\"say \"\"hi\"\"\"\n,,,\n", b','),
            [vec!["1", "\"2\"", "a, b", "say \"hi\""], vec![""; 4]]
        );
    }

    #[test]
    fn several_spaces_are_one() {
        assert_eq!(rows("  1   2 \n3 4\n", b' '), [["1", "2"], ["3", "4"]]);
    }

    #[test]
    fn a_row_knows_where_it_begins_and_whether_it_goes_over_lines() {
        let text = "\n1\r\n\r\n\"a\nb\"\n2\n";
        let mut rows = Rows::new(text, b',', true);
        let mut all = Vec::new();
        while let Some(row) = rows.next_row() {
            all.push((row.start, row.over_lines));
        }
        assert_eq!(all, [(1, false), (6, true), (12, false)]);
    }

    #[test]
    fn a_row_that_is_too_long_is_none_and_the_next_is_whole() {
        for long in ["1".repeat(3 * BYTES), ",".repeat(3 * CELLS)] {
            let text = format!("1,2\n{long}\n3,4\n");
            assert_eq!(rows(&text, b','), [vec!["1", "2"], vec![], vec!["3", "4"]]);
        }
        let many = ",".repeat(3 * CELLS);
        let length = Rows::new(&many, b',', true).next_row().map(|row| row.len());
        assert_eq!(length, Some(3 * CELLS + 1));
        let just = "1".repeat(BYTES);
        assert_eq!(rows(&just, b','), [[just.as_str()]]);
        assert_eq!(rows(&",".repeat(CELLS - 1), b',')[0].len(), CELLS);
    }
}
