//! Sheets: many images of one size in one PNG, row by row, so that a person can look at a data set and a browser can
//! decode it. Lossless; the last row's empty places are black.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use png::{BitDepth, ColorType, Compression, Encoder, Filter};

use super::manifest::Image;

/// Writes `images`, each `height` x `width` x `channels` bytes, `columns` of them in a row.
pub fn write(file: &Path, image: Image, columns: usize, images: &[&[u8]]) -> Result<()> {
    let color = match image.channels {
        1 => ColorType::Grayscale,
        3 => ColorType::Rgb,
        other => bail!("a sheet has 1 channel or 3, not {other}"),
    };
    let (width, height) = (
        columns * image.width,
        images.len().div_ceil(columns) * image.height,
    );
    let pixels = arrange(image, columns, images)?;

    let (width, height) = (u32::try_from(width)?, u32::try_from(height)?);
    let encode = |filter| encode(color, width, height, filter, &pixels);
    // On an empty ground, differences between neighbours compress worse than what is there; on shaded images, better.
    let (plain, filtered) = (encode(Filter::NoFilter)?, encode(Filter::MinEntropy)?);
    let smaller = if filtered.len() < plain.len() {
        filtered
    } else {
        plain
    };
    fs::write(file, smaller).with_context(|| format!("{} cannot be written", file.display()))
}

fn encode(
    color: ColorType,
    width: u32,
    height: u32,
    filter: Filter,
    pixels: &[u8],
) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, width, height);
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    encoder.set_filter(filter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(bytes)
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
        let mut reader = png::Decoder::new(BufReader::new(File::open(file).unwrap()))
            .read_info()
            .unwrap();
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

    #[test]
    fn every_byte_comes_back_grey_and_colour_with_a_last_row_not_full() {
        let folder = std::env::temp_dir().join(format!("xtask-sheet-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for channels in [1, 3] {
            let image = Image {
                width: 5,
                height: 4,
                channels,
            };
            // Seven images that all differ, in every byte's whole range.
            let images: Vec<Vec<u8>> = (0..7_usize)
                .map(|index| {
                    (0..20 * channels)
                        .map(|byte| ((index * 97 + byte * 31) % 256) as u8)
                        .collect()
                })
                .collect();
            let slices: Vec<&[u8]> = images.iter().map(Vec::as_slice).collect();
            let file = folder.join(format!("{channels}.png"));
            write(&file, image, 3, &slices).unwrap();
            assert_eq!(cut(&file, image, 3, 7), images);
        }
        std::fs::remove_dir_all(&folder).unwrap();
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
