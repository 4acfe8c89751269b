//! Every parser of bytes, against bytes that nobody would write.
//!
//! A case is a seed, from which its bytes are made: any bytes at all, or a good file that was flipped, cut, spliced
//! and overwritten, or the good file itself, which must come back as it was. Every case must end without a panic and
//! within the limits. proptest draws the seeds, new ones in each run, and prints the one that fails; calling the
//! target with it tries the case again.
//!
//! Each run tries a million cases of each target: `archive` in 14 s, `gzip` 5, `idx` 2, `header` 1, `numbers` 45 and
//! `pixels` 3, of one core in the dev profile. Besides, ten million of each were tried once as wasm32 with checks for
//! overflow, because there a usize has 32 bits; that is how imagesize's AVIF was found out.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::{
    archive::tests::archives,
    gunzip, pictures,
    resize::{Channels, Fit, Target, resize},
    sheet::Sheet,
    size, table,
};

/// Cases of each target in each run.
const CASES: u32 = 1_000_000;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        // A smaller seed is no smaller case.
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    })]

    #[test]
    fn archive(seed: u64) {
        try_archive(&mut Random(seed));
    }

    #[test]
    fn gzip(seed: u64) {
        try_gzip(&mut Random(seed));
    }

    #[test]
    fn idx(seed: u64) {
        try_idx(&mut Random(seed));
    }

    #[test]
    fn header(seed: u64) {
        try_header(&mut Random(seed));
    }

    #[test]
    fn numbers(seed: u64) {
        try_table(&mut Random(seed));
    }

    /// No parser, but as open to what a visitor asks for.
    #[test]
    fn pixels(seed: u64) {
        try_pixels(&mut Random(seed));
    }
}

fn try_archive(random: &mut Random) {
    static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(archives::good);
    let case = Case::new(
        random,
        &GOOD,
        &[
            b"PK\x01\x02",
            b"PK\x03\x04",
            b"PK\x05\x06",
            b"PK\x06\x06",
            b"PK\x06\x07",
            b"PK\x07\x08",
        ],
    );
    archives::check(&case.bytes, case.good);
}

fn try_gzip(random: &mut Random) {
    static CONTENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        gunzip::tests::good()
            .into_iter()
            .map(|(unpacked, _)| unpacked)
            .collect()
    });
    static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        gunzip::tests::good()
            .into_iter()
            .map(|(_, packed)| packed)
            .collect()
    });
    const LIMIT: u64 = 1000;
    let case = Case::new(random, &GOOD, &[b"\x1f\x8b\x08"]);
    let unpacked = gunzip::within(&case.bytes, LIMIT);
    if let Some(index) = case.good {
        assert_eq!(unpacked.as_ref(), Ok(&CONTENTS[index]));
    }
    if let Ok(unpacked) = unpacked {
        assert!(unpacked.len() as u64 <= LIMIT);
    }
}

fn try_idx(random: &mut Random) {
    static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        use pictures::tests::idx;
        let values: Vec<u8> = (0..36).collect();
        vec![
            idx(&[3, 3, 4], &values),
            idx(&[2, 2, 3, 3], &values),
            idx(&[2, 3, 3, 2], &values),
            idx(&[36], &values),
        ]
    });
    let case = Case::new(random, &GOOD, &[b"\0\0\x08\x03"]);
    let Ok(file) = pictures::read(&case.bytes) else {
        assert_eq!(case.good, None);
        return;
    };
    match file {
        pictures::File::Labels(labels) => {
            assert_eq!(labels, case.bytes[8..]);
        }
        pictures::File::Pictures(pictures) => {
            assert!(!pictures.is_empty());
            let size = pictures.width * pictures.height;
            let values: usize = (0..pictures.len())
                .map(|index| {
                    let rgba = pictures.rgba(index).map(|rgba| rgba.len());
                    assert_eq!(rgba, Some(size * 4));
                    size * pictures.channels
                })
                .sum();
            // A header has 16 or 20 bytes.
            assert!(values == case.bytes.len() - 16 || values == case.bytes.len() - 20);
            assert_eq!(pictures.rgba(pictures.len()), None);
            if let Ok(labels) = pictures.labels(&case.bytes[..pictures.len()]) {
                assert_eq!(labels.of.len(), pictures.len());
            }
        }
    }
}

fn try_header(random: &mut Random) {
    static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        size::tests::headers()
            .into_iter()
            .map(|(_, bytes)| bytes)
            .collect()
    });
    let case = Case::new(
        random,
        &GOOD,
        &[
            b"\xff\xd8\xff",
            b"\x89PNG\r\n\x1a\n",
            b"ispe",
            b"ipco",
            b"VP8X",
        ],
    );
    let found = size::size(&case.bytes);
    if case.good.is_some() {
        assert_eq!(found, Some((300, 200)));
    }
    if let Some((width, height)) = found {
        assert!(width > 0 && height > 0);
        if size::check(width, height).is_ok() {
            assert!(u64::from(width) * u64::from(height) <= size::MEGAPIXELS * 1_000_000);
        }
    }
}

fn try_table(random: &mut Random) {
    if random.below(16) == 0 {
        return try_written(random);
    }
    static GOOD: LazyLock<Vec<Vec<u8>>> = LazyLock::new(table::tests::good);
    let case = Case::new(
        random,
        &GOOD,
        &[
            b",",
            b";",
            b"\t",
            b" ",
            b"\"",
            b"\n",
            b"\r",
            b".",
            b"-",
            b"NaN",
            b"inf",
            b"1e400",
            b"\xef\xbb\xbf",
        ],
    );
    let read = table::read(&case.bytes);
    if case.good.is_some() {
        assert_eq!(
            read.as_ref().map(|table| table.rows),
            Ok(table::tests::GOOD_ROWS)
        );
    }
    let Ok(table) = read else {
        return;
    };
    assert!(table.rows >= table::FEWEST_ROWS && !table.columns.is_empty());
    assert!(table.columns.len() + table.left_out.len() <= table::MOST_COLUMNS);
    for column in &table.columns {
        assert_eq!(column.values.len(), table.rows);
        assert!(column.values.iter().all(|value| value.is_finite()));
        assert!(column.deviation.is_finite() && !column.name.is_empty());
        assert_eq!(column.constant, column.least == column.greatest);
    }
    for labels in &table.labels {
        assert_eq!(labels.of.len(), table.rows);
        assert!(
            labels
                .of
                .iter()
                .all(|class| usize::from(*class) < labels.classes.len())
        );
    }
    let _ = table::report(&table.skipped);
}

/// Numbers that are written in any form must be read as they were.
fn try_written(random: &mut Random) {
    let (rows, columns) = (10 + random.below(5), 2 + random.below(3));
    let numbers: Vec<f64> = std::iter::repeat_with(|| {
        let whole = random.next() as i32;
        f64::from(whole) / [1.0, 4.0, 1000.0, 1e9][random.below(4)]
    })
    .take(rows * columns)
    .collect();
    let delimiter = [",", ";", "\t", " ", "   "][random.below(5)];
    let decimal_comma = delimiter != "," && random.below(2) == 0;
    let end = ["\n", "\r\n", "\r"][random.below(3)];
    let exponent = random.below(2) == 0;
    let mut text = ["", "\u{feff}", "x"][random.below(3)].to_owned();
    if text == "x" {
        text = vec!["x"; columns].join(delimiter) + end;
    }
    for row in numbers.chunks_exact(columns) {
        let cell = |number: &f64| {
            let cell = if exponent {
                format!("{number:e}")
            } else {
                number.to_string()
            };
            if decimal_comma {
                cell.replace('.', ",")
            } else {
                cell
            }
        };
        text += &row.iter().map(cell).collect::<Vec<_>>().join(delimiter);
        text += end;
    }
    let bytes = if random.below(4) == 0 {
        let text = text.trim_start_matches('\u{feff}');
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    } else {
        text.clone().into_bytes()
    };
    let table = table::read(&bytes)
        .map_err(|error| format!("{error}: {text:?}"))
        .unwrap();
    assert_eq!(
        (table.columns.len(), table.rows),
        (columns, rows),
        "{text:?}"
    );
    for (index, column) in table.columns.iter().enumerate() {
        let written = numbers.iter().skip(index).step_by(columns);
        assert!(column.values.iter().eq(written), "{text:?}");
    }
}

fn try_pixels(random: &mut Random) {
    let (width, height) = (random.below(12), random.below(12));
    let mut rgba = random.bytes(width * height * 4);
    if random.below(16) == 0 {
        rgba.pop();
    }
    let fit = [Fit::Crop, Fit::Whole(None), Fit::Whole(Some([1, 2, 3]))][random.below(3)];
    let target = Target {
        side: random.below(10),
        channels: [Channels::Grey, Channels::Colour][random.below(2)],
        fit,
        under: [255; 3],
    };
    match resize(&rgba, width as u32, height as u32, &target) {
        Ok(out) => assert_eq!(
            out.len(),
            target.channels.count() * target.side * target.side
        ),
        Err(_) => assert!(rgba.len() != width * height * 4 || rgba.is_empty() || target.side == 0),
    }
    let tile = (random.below(5), random.below(5));
    if let Ok(sheet) = Sheet::cut(&rgba, (width, height), tile, random.below(2) == 0) {
        for index in 0..sheet.len() {
            let pixels = sheet.tile(index).map(|tile| tile.len());
            assert_eq!(pixels, Some(tile.0 * tile.1 * 4));
        }
        assert!(!sheet.is_empty() && sheet.len() <= sheet.columns * sheet.rows);
        assert!(!sheet.report().is_empty());
    }
}

/// The bytes of a case, and which good file they are, if they are one.
struct Case {
    bytes: Vec<u8>,
    good: Option<usize>,
}

impl Case {
    /// `tokens` are what the format is made of.
    fn new(random: &mut Random, good: &[Vec<u8>], tokens: &[&[u8]]) -> Self {
        let index = random.below(good.len());
        match random.below(16) {
            0 => {
                let count = random.below(300);
                Self {
                    bytes: random.bytes(count),
                    good: None,
                }
            }
            1 => Self {
                bytes: good[index].clone(),
                good: Some(index),
            },
            _ => {
                let mut bytes = good[index].clone();
                for _ in 0..=random.below(6) {
                    let other = &good[random.below(good.len())];
                    random.spoil(&mut bytes, other, tokens);
                }
                Self { bytes, good: None }
            }
        }
    }
}

/// Bytes and numbers that lie on the edge of something.
const EDGES: [u64; 12] = [
    0,
    1,
    0x7f,
    0x80,
    0xff,
    0x7fff,
    0xffff,
    0x7fff_ffff,
    0xffff_ffff,
    0x1_0000_0000,
    0x7fff_ffff_ffff_ffff,
    u64::MAX,
];

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 on, below a limit; nearly even, which is even enough here.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        let words = std::iter::repeat_with(|| self.next().to_le_bytes());
        words.flatten().take(count).collect()
    }

    /// A part of so many bytes, mostly a short one.
    fn part(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length } else { 8 };
        start..length.min(start + self.below(most + 1))
    }

    /// Changes a file once; `other` is a good one.
    fn spoil(&mut self, bytes: &mut Vec<u8>, other: &[u8], tokens: &[&[u8]]) {
        let at = self.below(bytes.len());
        match self.below(11) {
            _ if bytes.is_empty() => *bytes = self.bytes(8),
            0 | 1 => bytes[at] ^= 1 << self.below(8),
            2 => bytes[at] = self.next() as u8,
            3 => {
                // A number on the edge, in either order of bytes.
                let number = EDGES[self.below(EDGES.len())];
                let width = 1 << self.below(4);
                let little = number.to_le_bytes();
                let big = number.to_be_bytes();
                let number = [&little[..width], &big[8 - width..]][self.below(2)];
                for (byte, new) in bytes[at..].iter_mut().zip(number) {
                    *byte = *new;
                }
            }
            4 => bytes.truncate(at),
            5 => {
                let part = self.part(bytes.len());
                bytes.drain(part);
            }
            6 => {
                let copy = bytes[self.part(bytes.len())].to_vec();
                bytes.splice(at..at, copy);
            }
            7 => {
                let part = other[self.part(other.len())].to_vec();
                bytes.splice(at..at, part);
            }
            8 | 9 => {
                let token = tokens[self.below(tokens.len())];
                let end = if self.below(2) == 0 {
                    at
                } else {
                    bytes.len().min(at + token.len())
                };
                bytes.splice(at..end, token.iter().copied());
            }
            _ => {
                // The beginning of one and the end of the other.
                let end = &other[self.below(other.len())..];
                bytes.truncate(at);
                bytes.extend(end);
            }
        }
    }
}
