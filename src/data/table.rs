//! A visitor's columns of numbers, standardised for the nets: GANs make tables as they make pictures.

use serde::{Deserialize, Serialize};

use super::packed::{self, Kind, PackedError};

/// Rows that are needed to learn anything at all.
pub const FEWEST_ROWS: usize = 10;

/// What a stored table says of itself; its values are `[rows, columns]` little-endian float32, then a byte a row of
/// labels, where it has classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Header {
    /// For people.
    pub title: String,
    pub columns: Vec<String>,
    pub rows: usize,
    /// Names of the rows' classes; empty where they have none.
    pub classes: Vec<String>,
}

/// One number of every row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    pub name: String,
    /// Mean of its values.
    pub centre: f32,
    /// Standard deviation of its values.
    pub scale: f32,
}

#[derive(Debug, thiserror::Error)]
pub enum TableError {
    #[error("the stored table cannot be used: {0}")]
    Packed(#[from] PackedError),
    #[error("there is no column {column}: the table has {columns}, counted from 0")]
    NoColumn { column: usize, columns: usize },
    #[error(
        "the column {name:?} has the same value in every row, so that there is nothing to learn: choose another"
    )]
    Constant { name: String },
    #[error("the column {name:?} has a value that is no finite number")]
    NotFinite { name: String },
    #[error("the table has {0} rows, and at least {FEWEST_ROWS} are needed")]
    Rows(usize),
    #[error("a row has the class {label}, and there are {classes}")]
    Label { label: u8, classes: usize },
}

/// Rows of the chosen columns, as the nets see them.
#[derive(Clone, Debug)]
pub struct Table {
    title: String,
    columns: Vec<Column>,
    /// `[rows, columns]`, each column of mean 0 and standard deviation 1.
    numbers: Vec<f32>,
    classes: Vec<String>,
    labels: Vec<u8>,
}

impl Table {
    /// Stores rows `[rows, columns]`, and their classes where `header` names any.
    ///
    /// # Errors
    /// When there are other than the values that `header` promises.
    pub fn pack(header: &Header, values: &[f32], labels: &[u8]) -> Result<Vec<u8>, TableError> {
        let mut bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        bytes.extend(labels);
        header.check(bytes.len())?;
        Ok(packed::pack(Kind::Table, bytes, header)?)
    }

    /// Reads a stored table, and of it the columns with the `chosen` numbers.
    ///
    /// # Errors
    /// When the file is damaged, has too few rows, or one of the columns is not there or cannot be standardised.
    pub fn unpack(bytes: &[u8], chosen: &[usize]) -> Result<Self, TableError> {
        let (values, header): (_, Header) = packed::unpack(Kind::Table, bytes.to_vec())?;
        header.check(values.len())?;
        let (rows, width) = (header.rows, header.columns.len());
        // Rows of no columns take no bytes, so that any number of them could be promised.
        if rows < FEWEST_ROWS || width == 0 {
            return Err(TableError::Rows(if width == 0 { 0 } else { rows }));
        }
        let (values, labels) = values.split_at(4 * rows * width);
        let (values, _) = values.as_chunks::<4>();
        let classes = header.classes.len();
        if let Some(label) = labels.iter().find(|label| usize::from(**label) >= classes) {
            return Err(TableError::Label {
                label: *label,
                classes,
            });
        }
        let mut numbers = vec![0.0; rows * chosen.len()];
        let mut columns = Vec::new();
        for (to, from) in chosen.iter().enumerate() {
            let name = header.columns.get(*from).ok_or(TableError::NoColumn {
                column: *from,
                columns: width,
            })?;
            let of_column = || {
                values[*from..]
                    .iter()
                    .step_by(width)
                    .map(|v| f32::from_le_bytes(*v))
            };
            let column = standard(name, of_column)?;
            for (row, value) in of_column().enumerate() {
                numbers[row * chosen.len() + to] = (value - column.centre) / column.scale;
            }
            columns.push(column);
        }
        Ok(Self {
            title: header.title,
            columns,
            numbers,
            classes: header.classes,
            labels: labels.to_vec(),
        })
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.numbers.len() / self.columns.len().max(1)
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    pub fn class_names(&self) -> &[String] {
        &self.classes
    }

    /// Classes of the rows; rows without any are all of one.
    pub fn classes(&self) -> usize {
        self.classes.len().max(1)
    }

    /// The class of a row.
    pub fn label(&self, row: usize) -> usize {
        self.labels.get(row).copied().unwrap_or_default().into()
    }

    /// The class of the row that is nearest to these standardised numbers.
    pub fn nearest_label(&self, to: &[f32]) -> usize {
        let squared =
            |row: &[f32]| -> f32 { row.iter().zip(to).map(|(a, b)| (a - b).powi(2)).sum() };
        let rows = self
            .numbers
            .chunks_exact(self.columns.len().max(1))
            .map(squared);
        let nearest = rows.enumerate().min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.map_or(0, |(row, _)| self.label(row))
    }

    /// Appends a row to `rows`, standardised.
    pub fn append(&self, row: usize, rows: &mut Vec<f32>) {
        let width = self.columns.len();
        rows.extend(&self.numbers[row * width..(row + 1) * width]);
    }

    /// Half the side of the square, centred on the origin, that shows the standardised numbers. What lies further out
    /// than five standard deviations is left outside.
    pub fn extent(&self) -> f32 {
        let furthest = self.numbers.iter().fold(0f32, |most, x| most.max(x.abs()));
        1.15 * furthest.min(5.0)
    }
}

impl Header {
    fn check(&self, found: usize) -> Result<(), PackedError> {
        let values = self.rows.checked_mul(self.columns.len());
        let labels = if self.classes.is_empty() {
            0
        } else {
            self.rows
        };
        let promised = values
            .and_then(|values| values.checked_mul(4))
            .and_then(|bytes| bytes.checked_add(labels))
            .unwrap_or(usize::MAX);
        if found != promised {
            return Err(PackedError::Length { found, promised });
        }
        Ok(())
    }
}

/// Mean and standard deviation of a column.
fn standard<I: Iterator<Item = f32>>(
    name: &str,
    values: impl Fn() -> I,
) -> Result<Column, TableError> {
    let name = name.to_owned();
    if values().any(|value| !value.is_finite()) {
        return Err(TableError::NotFinite { name });
    }
    let count = values().count() as f64;
    let centre = values().map(f64::from).sum::<f64>() / count;
    let variance = values()
        .map(|x| (f64::from(x) - centre).powi(2))
        .sum::<f64>()
        / count;
    let scale = variance.sqrt();
    // Below float32's own grain there is nothing but rounding.
    if scale <= 1e-6 * centre.abs() || scale < f64::from(f32::MIN_POSITIVE) {
        return Err(TableError::Constant { name });
    }
    Ok(Column {
        name,
        centre: centre as f32,
        scale: scale as f32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(rows: usize, classes: &[&str]) -> Header {
        Header {
            title: "Trees".into(),
            columns: ["height", "girth", "same"].map(String::from).to_vec(),
            rows,
            classes: classes.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn values(rows: usize) -> Vec<f32> {
        (0..rows)
            .flat_map(|row| [row as f32, 100.0 - 2.0 * row as f32, 7.0])
            .collect()
    }

    #[test]
    fn chosen_columns_come_back_standardised() {
        let labels: Vec<u8> = (0..11).map(|row| row % 2).collect();
        let packed = Table::pack(&header(11, &["oak", "ash"]), &values(11), &labels).unwrap();
        let table = Table::unpack(&packed, &[1, 0]).unwrap();
        assert_eq!((table.len(), table.classes()), (11, 2));
        // 0 to 10 has the mean 5 and the variance 10.
        let [girth, height] = table.columns() else {
            panic!("{:?}", table.columns());
        };
        assert_eq!((height.centre, height.scale), (5.0, 10f32.sqrt()));
        assert_eq!((girth.centre, girth.scale), (90.0, 40f32.sqrt()));
        let mut row = Vec::new();
        table.append(10, &mut row);
        let end = 5.0 / 10f32.sqrt();
        assert!((row[0] + end).abs() < 1e-6 && (row[1] - end).abs() < 1e-6);
        assert_eq!((table.label(9), table.label(10)), (1, 0));
    }

    #[test]
    fn what_cannot_be_used_is_refused() {
        let packed = Table::pack(&header(11, &[]), &values(11), &[]).unwrap();
        let refusal = |packed: &[u8], chosen: &[usize]| {
            Table::unpack(packed, chosen).unwrap_err().to_string()
        };
        assert!(refusal(&packed, &[0, 3]).contains("no column 3: the table has 3"));
        assert!(refusal(&packed, &[0, 2]).contains("\"same\" has the same value"));
        let few = Table::pack(&header(9, &[]), &values(9), &[]).unwrap();
        assert!(refusal(&few, &[0, 1]).contains("has 9 rows"));
        let none = Header {
            columns: Vec::new(),
            ..header(usize::MAX, &[])
        };
        let none = Table::pack(&none, &[], &[]).unwrap();
        assert!(refusal(&none, &[0, 1]).contains("has 0 rows"));
        let mut infinite = values(11);
        infinite[3] = f32::INFINITY;
        let infinite = Table::pack(&header(11, &[]), &infinite, &[]).unwrap();
        assert!(refusal(&infinite, &[0, 1]).contains("no finite number"));
        let labels = [[0; 10].as_slice(), &[2]].concat();
        let label = Table::pack(&header(11, &["a", "b"]), &values(11), &labels).unwrap();
        assert!(refusal(&label, &[0, 1]).contains("has the class 2"));
        let short = Table::pack(&header(11, &[]), &values(10), &[]).unwrap_err();
        assert!(short.to_string().contains("holds 120 values"), "{short}");
    }
}
