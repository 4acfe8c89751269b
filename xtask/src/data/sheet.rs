//! Sheets: many images of one size in one PNG, row by row, so that a person can look at a data set and a browser can
//! decode it. Lossless, in the fewest bits that hold it: a reader expands what it gets to bytes of grey or of red, green
//! and blue. The last row's empty places are black.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::manifest::Image;

/// Writes `images`, each `height` x `width` x `channels` bytes, `columns` of them in a row.
pub fn write(file: &Path, image: Image, columns: usize, images: &[&[u8]]) -> Result<()> {
    let (width, height) = (
        columns * image.width,
        images.len().div_ceil(columns) * image.height,
    );
    let pixels = arrange(image, columns, images)?;
    let raster = match image.channels {
        1 => Raster::grey(&pixels, width),
        3 => Raster::colour(pixels),
        other => bail!("a sheet has 1 channel or 3, not {other}"),
    };

    let (width, height) = (u32::try_from(width)?, u32::try_from(height)?);
    let encode = |filter| raster.encode(width, height, filter);
    // On an empty ground, differences between neighbours compress worse than what is there; on shaded images, better.
    let (plain, filtered) = (encode(Filter::NoFilter)?, encode(Filter::MinEntropy)?);
    let smaller = if filtered.len() < plain.len() {
        filtered
    } else {
        plain
    };
    fs::write(file, smaller).with_context(|| format!("{} cannot be written", file.display()))
}

/// Pixels as PNG stores them.
struct Raster {
    color: ColorType,
    depth: BitDepth,
    /// Red, green and blue of each colour; none where the pixels are no indices.
    palette: Option<Vec<u8>>,
    rows: Vec<u8>,
}

impl Raster {
    /// Grey bytes. PNG spreads the values of fewer bits evenly from 0 to 255, so that such values alone can have them.
    fn grey(pixels: &[u8], width: usize) -> Self {
        let depths = [(BitDepth::One, 1), (BitDepth::Two, 2), (BitDepth::Four, 4)];
        let few = depths.into_iter().find_map(|(depth, bits)| {
            let step = u8::MAX / ((1 << bits) - 1);
            let fits = pixels.iter().all(|pixel| pixel % step == 0);
            fits.then(|| (depth, packed(pixels, width, bits, step)))
        });
        let (depth, rows) = few.unwrap_or((BitDepth::Eight, pixels.to_vec()));
        Self {
            color: ColorType::Grayscale,
            depth,
            palette: None,
            rows,
        }
    }

    /// Red, green and blue of each pixel: indices, where there are no more colours than a byte can tell apart.
    fn colour(pixels: Vec<u8>) -> Self {
        let depth = BitDepth::Eight;
        let (triples, _) = pixels.as_chunks::<3>();
        let colours: BTreeSet<[u8; 3]> = triples.iter().copied().collect();
        let colours: Vec<_> = colours.into_iter().collect();
        // A colour that is not found stands for too many of them: its index does not fit into a byte.
        let index = |triple| {
            let place = colours.binary_search(triple).unwrap_or(usize::MAX);
            u8::try_from(place).ok()
        };
        match triples.iter().map(index).collect() {
            Some(rows) => Self {
                color: ColorType::Indexed,
                depth,
                palette: Some(colours.concat()),
                rows,
            },
            None => Self {
                color: ColorType::Rgb,
                depth,
                palette: None,
                rows: pixels,
            },
        }
    }

    fn encode(&self, width: u32, height: u32, filter: Filter) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, width, height);
        encoder.set_color(self.color);
        encoder.set_depth(self.depth);
        if let Some(palette) = &self.palette {
            encoder.set_palette(palette);
        }
        encoder.set_compression(Compression::High);
        encoder.set_filter(filter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.rows)?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// Multiples of `step` in so many bits each, the first pixel in the highest; a row begins with a byte of its own.
fn packed(pixels: &[u8], width: usize, bits: usize, step: u8) -> Vec<u8> {
    let in_a_byte = 8 / bits;
    let pack = |pixels: &[u8]| {
        let shifts = (0..in_a_byte).map(|place| 8 - bits * (place + 1));
        let parts = pixels.iter().zip(shifts);
        parts.fold(0, |byte, (pixel, shift)| byte | ((pixel / step) << shift))
    };
    pixels
        .chunks(width)
        .flat_map(|row| row.chunks(in_a_byte).map(pack))
        .collect()
}

/// The sheet's pixels, row by row.
fn arrange(image: Image, columns: usize, images: &[&[u8]]) -> Result<Vec<u8>> {
    ensure!(columns > 0, "a sheet has at least one column");
    let line = image.width * image.channels;
    let row = columns * line;
    let mut pixels = vec![0; images.len().div_ceil(columns) * image.height * row];
    for (index, values) in images.iter().enumerate() {
        ensure!(
            values.len() == image.height * line,
            "image {index} has {} bytes instead of {}",
            values.len(),
            image.height * line
        );
        let corner = (index / columns) * image.height * row + (index % columns) * line;
        for (y, values) in values.chunks_exact(line).enumerate() {
            let start = corner + y * row;
            pixels[start..start + line].copy_from_slice(values);
        }
    }
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::File;
    use std::io::BufReader;

    /// Cuts a sheet up again, as a reader must.
    fn cut(file: &Path, image: Image, columns: usize, count: usize) -> Vec<Vec<u8>> {
        let mut decoder = png::Decoder::new(BufReader::new(File::open(file).unwrap()));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        assert_eq!(reader.output_color_type().0.samples(), image.channels);
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!(info.width as usize, columns * image.width);
        assert_eq!(info.height as usize, count.div_ceil(columns) * image.height);
        let at = |index: usize, y: usize, x: usize, channel: usize| {
            let (row, column) = (
                index / columns * image.height + y,
                index % columns * image.width + x,
            );
            pixels[(row * info.width as usize + column) * image.channels + channel]
        };
        (0..count)
            .map(|index| {
                let mut values = Vec::new();
                for y in 0..image.height {
                    for x in 0..image.width {
                        values.extend((0..image.channels).map(|channel| at(index, y, x, channel)));
                    }
                }
                values
            })
            .collect()
    }

    /// `count` images of 5 x 4 that all differ: each byte is `step` times a number of at most `levels`.
    fn images(channels: usize, count: usize, levels: usize, step: usize) -> (Image, Vec<Vec<u8>>) {
        let image = Image {
            width: 5,
            height: 4,
            channels,
        };
        let bytes = |index| {
            (0..20 * channels)
                .map(|byte| ((index * 97 + byte * 31 + byte * byte) % (levels + 1) * step) as u8)
                .collect()
        };
        (image, (0..count).map(bytes).collect())
    }

    /// Writes three images in a row and cuts them again; the depth and the kind that they were stored in.
    fn there_and_back(name: &str, image: Image, images: &[Vec<u8>]) -> (BitDepth, ColorType) {
        let file = std::env::temp_dir().join(format!("xtask-{name}-{}.png", std::process::id()));
        let slices: Vec<&[u8]> = images.iter().map(Vec::as_slice).collect();
        write(&file, image, 3, &slices).unwrap();
        assert_eq!(cut(&file, image, 3, images.len()), images, "{name}");
        let decoder = png::Decoder::new(BufReader::new(File::open(&file).unwrap()));
        let info = decoder.read_info().unwrap().info().clone();
        fs::remove_file(&file).unwrap();
        (info.bit_depth, info.color_type)
    }

    #[test]
    fn every_byte_of_grey_comes_back_out_of_the_fewest_bits_with_a_last_row_not_full() {
        for (depth, levels, step) in [
            (BitDepth::One, 1, 255),
            (BitDepth::Two, 3, 85),
            (BitDepth::Four, 15, 17),
            (BitDepth::Eight, 255, 1),
            // Few values, but not those of fewer bits.
            (BitDepth::Eight, 1, 254),
        ] {
            let (image, images) = images(1, 7, levels, step);
            let name = format!("grey-{levels}-{step}");
            // Rows of 15 pixels, which fill no whole number of bytes.
            let stored = there_and_back(&name, image, &images);
            assert_eq!(stored, (depth, ColorType::Grayscale));
        }
    }

    #[test]
    fn every_colour_comes_back_as_an_index_or_as_itself() {
        let (image, few) = images(3, 7, 4, 50);
        let stored = there_and_back("few", image, &few);
        assert_eq!(stored, (BitDepth::Eight, ColorType::Indexed));
        let (image, many) = images(3, 20, 255, 1);
        let stored = there_and_back("many", image, &many);
        assert_eq!(stored, (BitDepth::Eight, ColorType::Rgb));
    }

    #[test]
    fn a_palette_has_256_colours_at_most() {
        let grey = |count: u16| (0..count).flat_map(|level| [level as u8, (level >> 8) as u8, 0]);
        assert!(Raster::colour(grey(256).collect()).palette.is_some());
        assert!(Raster::colour(grey(257).collect()).palette.is_none());
    }

    #[test]
    fn an_image_of_another_size_is_refused() {
        let image = Image {
            width: 2,
            height: 2,
            channels: 1,
        };
        let error = arrange(image, 1, &[&[0; 4], &[0; 5]])
            .unwrap_err()
            .to_string();
        assert_eq!(error, "image 1 has 5 bytes instead of 4");
    }
}
