//! A sheet of pictures of one size, cut into them row by row.

use super::words::{count, some};

/// Most pictures that one sheet is cut into.
pub const MOST_TILES: usize = 100_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error("its pixels do not fit its size: {0} bytes for {1} x {2} pixels")]
    Length(usize, usize, usize),
    #[error("a tile of {tile_width} x {tile_height} pixels is no tile")]
    Empty {
        tile_width: usize,
        tile_height: usize,
    },
    #[error(
        "it has {width} x {height} pixels, and a tile of {tile_width} x {tile_height} does not fit"
    )]
    Larger {
        width: usize,
        height: usize,
        tile_width: usize,
        tile_height: usize,
    },
    #[error(
        "it would be cut into {} tiles, and at most {} are taken: are they larger?",
        count(*.0 as u64), count(MOST_TILES as u64)
    )]
    Many(usize),
    #[error("each of its tiles has one colour alone")]
    Plain,
}

/// A decoded sheet and where its tiles are.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    /// Red, green, blue, alpha of each pixel, row by row.
    rgba: &'a [u8],
    width: usize,
    tile_width: usize,
    tile_height: usize,
    pub columns: usize,
    pub rows: usize,
    /// Left and top of each tile that is kept.
    places: Vec<(usize, usize)>,
    /// Pixels right of and below the last tiles.
    pub margin: (usize, usize),
}

impl<'a> Sheet<'a> {
    /// Cuts a decoded sheet of `width * height` pixels (red, green, blue, alpha), in the order in which one reads.
    /// Tiles whose pixels are all alike are left out if `drop_plain`: what most sheets end with.
    ///
    /// # Errors
    /// When not one tile fits, more than [`MOST_TILES`] would come of it, or none is left.
    pub fn cut(
        rgba: &'a [u8],
        (width, height): (usize, usize),
        (tile_width, tile_height): (usize, usize),
        drop_plain: bool,
    ) -> Result<Self, SheetError> {
        let pixels = width.checked_mul(height);
        if pixels.and_then(|pixels| pixels.checked_mul(4)) != Some(rgba.len()) {
            return Err(SheetError::Length(rgba.len(), width, height));
        }
        if tile_width == 0 || tile_height == 0 {
            return Err(SheetError::Empty {
                tile_width,
                tile_height,
            });
        }
        let (columns, rows) = (width / tile_width, height / tile_height);
        if columns == 0 || rows == 0 {
            return Err(SheetError::Larger {
                width,
                height,
                tile_width,
                tile_height,
            });
        }
        // No more than there are pixels, so that it cannot overflow.
        if columns * rows > MOST_TILES {
            return Err(SheetError::Many(columns * rows));
        }
        let mut sheet = Self {
            rgba,
            width,
            tile_width,
            tile_height,
            columns,
            rows,
            places: (0..columns * rows)
                .map(|tile| (tile % columns * tile_width, tile / columns * tile_height))
                .collect(),
            margin: (width % tile_width, height % tile_height),
        };
        if drop_plain {
            let places = std::mem::take(&mut sheet.places);
            sheet.places = places
                .into_iter()
                .filter(|place| !sheet.is_plain(*place))
                .collect();
            if sheet.places.is_empty() {
                return Err(SheetError::Plain);
            }
        }
        Ok(sheet)
    }

    /// Tiles that are kept.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Tile `index` of those kept, as a picture of its own.
    pub fn tile(&self, index: usize) -> Option<Vec<u8>> {
        let place = self.places.get(index)?;
        Some(self.lines(*place).flatten().copied().collect())
    }

    /// What the sheet was cut into and what was left over, in a sentence.
    pub fn report(&self) -> String {
        let all = self.columns * self.rows;
        let mut words = format!(
            "{} in {} of {}",
            some(self.len() as u64, "tile", "tiles"),
            some(self.rows as u64, "row", "rows"),
            self.columns
        );
        if self.len() < all {
            let plain = (all - self.len()) as u64;
            words += &format!(
                "; {} left out",
                some(plain, "of one colour was", "of one colour were")
            );
        }
        let (right, below) = self.margin;
        let margins: Vec<String> = [(right, "on the right"), (below, "at the bottom")]
            .into_iter()
            .filter(|(margin, _)| *margin > 0)
            .map(|(margin, place)| format!("{} {place}", some(margin as u64, "pixel", "pixels")))
            .collect();
        if !margins.is_empty() {
            words += &format!("; {} in no tile: is the size right?", margins.join(" and "));
        }
        words
    }

    /// The rows of pixels of the tile at a place.
    fn lines(&self, (left, top): (usize, usize)) -> impl Iterator<Item = &'a [u8]> {
        let (rgba, width, tile_width) = (self.rgba, self.width, self.tile_width);
        (top..top + self.tile_height).map(move |y| {
            let start = y * width + left;
            &rgba[start * 4..(start + tile_width) * 4]
        })
    }

    fn is_plain(&self, place: (usize, usize)) -> bool {
        // The colour of what cannot be seen does not count.
        let seen = |pixel: &[u8]| match *pixel {
            [_, _, _, 0] => [0; 4],
            [red, green, blue, alpha] => [red, green, blue, alpha],
            _ => [0; 4],
        };
        let mut pixels = self.lines(place).flat_map(|line| line.chunks_exact(4));
        let first = pixels.next().map(seen);
        pixels.all(|pixel| Some(seen(pixel)) == first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Opaque greys.
    fn greys(greys: &[u8]) -> Vec<u8> {
        greys
            .iter()
            .flat_map(|grey| [*grey, *grey, *grey, 255])
            .collect()
    }

    fn first(tile: &[u8]) -> Vec<u8> {
        tile.chunks_exact(4).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn tiles_come_in_the_order_of_reading() {
        let values: Vec<u8> = (0..24).collect();
        let pixels = greys(&values);
        let sheet = Sheet::cut(&pixels, (6, 4), (3, 2), false).unwrap();
        let tiles: Vec<Vec<u8>> = (0..sheet.len())
            .map(|index| first(&sheet.tile(index).unwrap()))
            .collect();
        assert_eq!(
            tiles,
            [
                [0, 1, 2, 6, 7, 8],
                [3, 4, 5, 9, 10, 11],
                [12, 13, 14, 18, 19, 20],
                [15, 16, 17, 21, 22, 23],
            ]
        );
        assert_eq!(sheet.tile(4), None);
        assert_eq!(sheet.report(), "4 tiles in 2 rows of 2");
    }

    #[test]
    fn what_is_left_over_is_told_of() {
        let pixels = greys(&[7; 35]);
        let sheet = Sheet::cut(&pixels, (7, 5), (3, 2), false).unwrap();
        assert_eq!(sheet.margin, (1, 1));
        assert_eq!(
            sheet.report(),
            "4 tiles in 2 rows of 2; 1 pixel on the right and 1 pixel at the bottom in no tile: is the size right?"
        );
    }

    #[test]
    fn tiles_of_one_colour_are_left_out_if_asked() {
        let mut pixels = greys(&[1, 2, 9, 9, 5, 5]);
        // Two colours that cannot be seen are one.
        pixels[16..24].copy_from_slice(&[1, 2, 3, 0, 4, 5, 6, 0]);
        let sheet = Sheet::cut(&pixels, (6, 1), (2, 1), true).unwrap();
        assert_eq!(sheet.len(), 1);
        assert_eq!(first(&sheet.tile(0).unwrap()), [1, 2]);
        assert_eq!(
            sheet.report(),
            "1 tile in 1 row of 3; 2 of one colour were left out"
        );
        let all = Sheet::cut(&pixels, (6, 1), (2, 1), false).unwrap();
        assert_eq!(all.len(), 3);
        let plain = greys(&[3; 4]);
        let none = Sheet::cut(&plain, (2, 2), (2, 2), true);
        assert_eq!(none.unwrap_err(), SheetError::Plain);
    }

    #[test]
    fn what_cannot_be_cut_says_why() {
        let pixels = greys(&[0; 12]);
        let cut = |size, tile| {
            Sheet::cut(&pixels, size, tile, false)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            cut((4, 3), (5, 1)),
            "it has 4 x 3 pixels, and a tile of 5 x 1 does not fit"
        );
        assert!(cut((4, 3), (0, 1)).contains("is no tile"));
        assert!(cut((4, 4), (1, 1)).contains("48 bytes for 4 x 4"));
        assert!(cut((usize::MAX, 2), (1, 1)).contains("do not fit its size"));
        let wide = vec![0; 4 * 100_001];
        let error = Sheet::cut(&wide, (100_001, 1), (1, 1), false).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("into 100,001 tiles, and at most 100,000")
        );
        assert!(Sheet::cut(&wide[4..], (100_000, 1), (1, 1), false).is_ok());
    }
}
