//! A decoded picture of any size as the nets read it: a small square, channel by channel.
//!
//! Made smaller, each new pixel is the exact mean of the area that it covers, rounded once to the nearest byte. The
//! mean is of the bytes as they are, in sRGB, and not of light: what canvases and other tools do, and what keeps a
//! sharp picture of black and white as grey as it looks. So a picture of the right size stays as it is byte for byte.
//! Made larger, each new pixel is the nearest old one, so that pixel art stays crisp.

use serde::{Deserialize, Serialize};

use super::size::{SizeError, check};

/// Longest side that a picture may be resized to: as much as a data set may have.
pub const LONGEST_SIDE: usize = 64;

/// What a picture is made into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// Width and height, in pixels.
    pub side: usize,
    pub channels: Channels,
    pub fit: Fit,
    /// What shows through where the picture is transparent: red, green, blue.
    pub under: [u8; 3],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channels {
    /// The luma of Rec. 601, .299 red + .587 green + .114 blue: what "grey" is to JPEG and to most tools. Grey stays
    /// what it is.
    Grey,
    Colour,
}

impl Channels {
    pub fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Colour => 3,
        }
    }
}

/// How a picture that is no square becomes one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// Its largest square in the centre.
    Crop,
    /// All of it, between bars of this colour; else of the mean of its edge, which is its background as a rule.
    Whole(Option<[u8; 3]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResizeError {
    #[error(transparent)]
    Size(#[from] SizeError),
    #[error("its pixels do not fit its size: {0} bytes for {1} x {2} pixels")]
    Length(usize, u32, u32),
    #[error("{0} pixels a side are asked for, and 1 to {LONGEST_SIDE} can be had")]
    Side(usize),
}

/// Resizes a picture of `width * height` pixels (red, green, blue, alpha; alpha not multiplied in) to
/// `[channels, side, side]`.
///
/// # Errors
/// When the picture is too large or has no pixels (see [`check`]), its bytes do not fit its size, or the target is
/// none.
pub fn resize(
    rgba: &[u8],
    width: u32,
    height: u32,
    target: &Target,
) -> Result<Vec<u8>, ResizeError> {
    check(width, height)?;
    let (columns, rows) = (width as usize, height as usize);
    // At most 64 million pixels, as checked: nothing overflows.
    if rgba.len() != columns * rows * 4 {
        return Err(ResizeError::Length(rgba.len(), width, height));
    }
    let side = target.side;
    if side == 0 || side > LONGEST_SIDE {
        return Err(ResizeError::Side(side));
    }
    let (short, long) = (columns.min(rows), columns.max(rows));
    let (across, down) = match target.fit {
        Fit::Crop => (
            Axis::new((columns - short) / 2, short, side),
            Axis::new((rows - short) / 2, short, side),
        ),
        Fit::Whole(_) => {
            // Rounded, and never nothing of a picture that is thin.
            let scaled = |length: usize| ((2 * length * side + long) / (2 * long)).max(1);
            (
                Axis::new(0, columns, scaled(columns)),
                Axis::new(0, rows, scaled(rows)),
            )
        }
    };

    let picture = Picture {
        rgba,
        columns,
        rows,
        under: target.under.map(u32::from),
    };
    let plane = side * side;
    let mut out = vec![0; target.channels.count() * plane];
    let bars = (across.spans.len(), down.spans.len()) != (side, side);
    if let (Fit::Whole(colour), true) = (target.fit, bars) {
        let colour = match colour {
            Some(colour) => mean(colour.map(u64::from), 1, target.channels),
            None => {
                let (sums, pixels) = picture.edge();
                mean(sums, pixels * u64::from(OPAQUE), target.channels)
            }
        };
        for (channel, byte) in out.chunks_exact_mut(plane).zip(colour) {
            channel.fill(byte);
        }
    }
    let left = (side - across.spans.len()) / 2;
    let top = (side - down.spans.len()) / 2;
    let weight = across.total * down.total * u64::from(OPAQUE);
    let mut sums = vec![[0; 3]; across.spans.len()];
    for (j, line) in down.spans.iter().enumerate() {
        sums.fill([0; 3]);
        for y in line.start..line.end {
            picture.add_line(y, line.weight(y), &across, &mut sums);
        }
        for (i, sums) in sums.iter().enumerate() {
            let bytes = mean(*sums, weight, target.channels);
            for (channel, byte) in out.chunks_exact_mut(plane).zip(bytes) {
                channel[(top + j) * side + left + i] = byte;
            }
        }
    }
    Ok(out)
}

/// Which old pixels each new one is made of, along one side.
struct Axis {
    spans: Vec<Span>,
    /// What the weights of each span add up to.
    total: u64,
}

/// Old pixels `start..end`, and the weights of the first, the last and those between. Of a single pixel, `first` is
/// the weight.
struct Span {
    start: usize,
    end: usize,
    first: u64,
    inner: u64,
    last: u64,
}

impl Axis {
    /// `length` old pixels from `offset` on become `count` new ones.
    fn new(offset: usize, length: usize, count: usize) -> Self {
        if length < count {
            // The old pixel that holds the centre of the new one.
            let nearest = |new: usize| Span::single(offset + (2 * new + 1) * length / (2 * count));
            return Self {
                spans: (0..count).map(nearest).collect(),
                total: 1,
            };
        }
        // In units of which an old pixel has `count` and a new one `length`, all edges are whole numbers.
        let cover = |new: usize| {
            let (from, to) = (new * length, (new + 1) * length);
            let (start, end) = (from / count, to.div_ceil(count));
            Span {
                start: offset + start,
                end: offset + end,
                // A new pixel is no smaller than an old one, so that each of the outer two lies on one side of it.
                first: ((start + 1) * count - from) as u64,
                inner: count as u64,
                last: (to - (end - 1) * count) as u64,
            }
        };
        Self {
            spans: (0..count).map(cover).collect(),
            total: length as u64,
        }
    }
}

impl Span {
    fn single(pixel: usize) -> Self {
        Self {
            start: pixel,
            end: pixel + 1,
            first: 1,
            inner: 1,
            last: 1,
        }
    }

    fn weight(&self, pixel: usize) -> u64 {
        if pixel == self.start {
            self.first
        } else if pixel + 1 == self.end {
            self.last
        } else {
            self.inner
        }
    }
}

/// What an opaque pixel's alpha is.
const OPAQUE: u32 = 255;

struct Picture<'a> {
    rgba: &'a [u8],
    columns: usize,
    rows: usize,
    under: [u32; 3],
}

impl Picture<'_> {
    /// A pixel over what shows through, times [`OPAQUE`], so that nothing is rounded.
    fn pixel(&self, rgba: &[u8]) -> [u32; 3] {
        let &[red, green, blue, alpha] = rgba else {
            return [0; 3];
        };
        let alpha = u32::from(alpha);
        let over = |byte: u8, under: u32| u32::from(byte) * alpha + under * (OPAQUE - alpha);
        [
            over(red, self.under[0]),
            over(green, self.under[1]),
            over(blue, self.under[2]),
        ]
    }

    /// Adds old line `y`, with a weight, to the sums of the new pixels that it is part of.
    fn add_line(&self, y: usize, weight: u64, across: &Axis, sums: &mut [[u64; 3]]) {
        let line = &self.rgba[y * self.columns * 4..(y + 1) * self.columns * 4];
        for (span, sums) in across.spans.iter().zip(sums) {
            let pixels = &line[span.start * 4..span.end * 4];
            let mut add = |value: [u32; 3], part: u64| {
                for (sum, value) in sums.iter_mut().zip(value) {
                    *sum += u64::from(value) * part * weight;
                }
            };
            let Some((first, rest)) = pixels.split_first_chunk::<4>() else {
                continue;
            };
            add(self.pixel(first), span.first);
            if let Some((inner, last)) = rest.split_last_chunk::<4>() {
                let mut total = [0_u32; 3];
                for pixel in inner.chunks_exact(4) {
                    // A side has at most 2^14 pixels, and each value less than 2^16.
                    for (total, value) in total.iter_mut().zip(self.pixel(pixel)) {
                        *total += value;
                    }
                }
                add(total, span.inner);
                add(self.pixel(last), span.last);
            }
        }
    }

    /// The sum of all pixels on its edge, and how many they are.
    fn edge(&self) -> ([u64; 3], u64) {
        let (mut sums, mut count) = ([0; 3], 0);
        let (right, bottom) = (self.columns - 1, self.rows - 1);
        let mut add = |x: usize, y: usize| {
            let start = (y * self.columns + x) * 4;
            let pixel = self.pixel(&self.rgba[start..start + 4]);
            for (sum, value) in sums.iter_mut().zip(pixel) {
                *sum += u64::from(value);
            }
            count += 1;
        };
        for y in 0..self.rows {
            if y == 0 || y == bottom {
                (0..self.columns).for_each(|x| add(x, y));
            } else {
                add(0, y);
                if right > 0 {
                    add(right, y);
                }
            }
        }
        (sums, count)
    }
}

/// The bytes of a pixel from the sums of its colours and what their weights add up to, rounded to nearest, half up.
/// Of a grey one, the first alone counts.
fn mean([red, green, blue]: [u64; 3], weight: u64, channels: Channels) -> [u8; 3] {
    let round = |sum: u64, weight: u64| ((sum + weight / 2) / weight) as u8;
    match channels {
        Channels::Grey => {
            // At most 2^16 * 2^26 * 1000: far below what fits.
            let luma = 299 * red + 587 * green + 114 * blue;
            [round(luma, 1000 * weight); 3]
        }
        Channels::Colour => [red, green, blue].map(|sum| round(sum, weight)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: [u8; 3] = [255; 3];

    fn target(side: usize, channels: Channels, fit: Fit) -> Target {
        Target {
            side,
            channels,
            fit,
            under: WHITE,
        }
    }

    fn grey(side: usize, fit: Fit) -> Target {
        target(side, Channels::Grey, fit)
    }

    fn greys(greys: &[u8]) -> Vec<u8> {
        greys
            .iter()
            .flat_map(|grey| [*grey, *grey, *grey, 255])
            .collect()
    }

    /// Bytes that look random, from a seed.
    fn noise(seed: u64, count: usize) -> Vec<u8> {
        let mut state = seed;
        std::iter::repeat_with(|| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            (state >> 56) as u8
        })
        .take(count)
        .collect()
    }

    #[test]
    fn a_picture_of_the_right_size_stays_as_it_is() {
        for side in [1, 16, 28, 32] {
            let mut rgba = noise(side as u64, side * side * 4);
            rgba.chunks_exact_mut(4).for_each(|pixel| pixel[3] = 255);
            for fit in [Fit::Crop, Fit::Whole(None)] {
                let target = target(side, Channels::Colour, fit);
                let out = resize(&rgba, side as u32, side as u32, &target).unwrap();
                let planes = (0..3).flat_map(|channel| rgba.iter().skip(channel).step_by(4));
                assert!(out.iter().eq(planes), "{side}");
            }
        }
    }

    #[test]
    fn every_grey_stays_what_it_is() {
        let all: Vec<u8> = (0..=255).collect();
        let out = resize(&greys(&all), 16, 16, &grey(16, Fit::Crop)).unwrap();
        assert_eq!(out, all);
    }

    #[test]
    fn grey_is_the_luma_of_rec_601() {
        for (pixel, luma) in [
            ([255, 0, 0], 76),    // 76.245
            ([0, 255, 0], 150),   // 149.685
            ([0, 0, 255], 29),    // 29.07
            ([10, 200, 30], 124), // 123.81
        ] {
            let [red, green, blue] = pixel;
            let out = resize(&[red, green, blue, 255], 1, 1, &grey(1, Fit::Crop)).unwrap();
            assert_eq!(out, [luma], "{pixel:?}");
        }
    }

    #[test]
    fn half_the_size_is_the_mean_of_four() {
        let rgba = greys(&[
            0, 255, 1, 2, //
            0, 255, 2, 2, //
            9, 9, 0, 0, //
            9, 9, 0, 2,
        ]);
        // 127.5 is rounded up, as 1.75 and 0.5 are.
        let out = resize(&rgba, 4, 4, &grey(2, Fit::Crop)).unwrap();
        assert_eq!(out, [128, 2, 9, 1]);
    }

    #[test]
    fn three_pixels_become_two_by_their_shares() {
        // (2 * 30 + 60) / 3 and (60 + 2 * 90) / 3
        let rgba = greys(&[30, 60, 90, 30, 60, 90, 30, 60, 90]);
        let out = resize(&rgba, 3, 3, &grey(2, Fit::Crop)).unwrap();
        assert_eq!(out, [40, 80, 40, 80]);
    }

    #[test]
    fn pixel_art_is_enlarged_without_a_blur() {
        let rgba = greys(&[1, 2, 3, 4]);
        let out = resize(&rgba, 2, 2, &grey(4, Fit::Crop)).unwrap();
        assert_eq!(out, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4]);
        // The centres .5, 1.5, 2.5 of three lie in pixels 0, 1 (from 1 on) and 1 of two.
        let out = resize(&rgba, 2, 2, &grey(3, Fit::Crop)).unwrap();
        assert_eq!(out, [1, 2, 2, 3, 4, 4, 3, 4, 4]);
    }

    #[test]
    fn a_crop_is_the_centre() {
        let rgba = greys(&[9, 1, 2, 9, 9, 9, 3, 4, 9, 9]);
        let out = resize(&rgba, 5, 2, &grey(2, Fit::Crop)).unwrap();
        assert_eq!(out, [1, 2, 3, 4]);
        // The same column, standing.
        let tall = greys(&[9, 1, 9]);
        assert_eq!(resize(&tall, 1, 3, &grey(1, Fit::Crop)).unwrap(), [1]);
    }

    #[test]
    fn a_whole_picture_lies_between_bars() {
        let rgba = greys(&[10, 20, 30, 40]);
        let red = target(4, Channels::Colour, Fit::Whole(Some([200, 0, 7])));
        let out = resize(&rgba, 4, 1, &red).unwrap();
        let bar = |byte| [byte; 4];
        let inside = [10, 20, 30, 40];
        // One row of four: one bar above, two below.
        let plane = |byte| [bar(byte), inside, bar(byte), bar(byte)].concat();
        assert_eq!(out, [plane(200), plane(0), plane(7)].concat());
        // Of its own edge, which is all of it: 25.
        let out = resize(&rgba, 4, 1, &grey(4, Fit::Whole(None))).unwrap();
        assert_eq!(out, plane(25));
        // Standing: bars at the sides.
        let out = resize(&rgba, 1, 4, &grey(4, Fit::Whole(Some([0; 3])))).unwrap();
        assert_eq!(out, [0, 10, 0, 0, 0, 20, 0, 0, 0, 30, 0, 0, 0, 40, 0, 0]);
    }

    #[test]
    fn the_bars_are_the_mean_of_the_edge_and_not_of_the_inside() {
        // 3 x 4 with an edge of ten: nine of 100 and one of 200.
        let rgba = greys(&[100, 100, 100, 100, 0, 200, 100, 0, 100, 100, 100, 100]);
        let out = resize(&rgba, 3, 4, &grey(4, Fit::Whole(None))).unwrap();
        let right: Vec<u8> = out.iter().skip(3).step_by(4).copied().collect();
        assert_eq!(right, [110; 4]);
        // Of a line, each pixel counts once.
        let line = greys(&[0, 100, 0, 0]);
        for (width, height) in [(1, 4), (4, 1)] {
            let out = resize(&line, width, height, &grey(4, Fit::Whole(None))).unwrap();
            assert_eq!(out[15], 25);
        }
    }

    #[test]
    fn a_line_of_one_pixel_does_not_vanish() {
        let rgba = greys(&[50; 1000]);
        let out = resize(&rgba, 1000, 1, &grey(16, Fit::Whole(Some([0; 3])))).unwrap();
        assert_eq!(out.iter().filter(|byte| **byte == 50).count(), 16);
    }

    #[test]
    fn what_is_transparent_shows_what_is_under_it() {
        let rgba = [
            200, 100, 0, 0, 200, 100, 0, 255, 200, 100, 0, 51, 0, 0, 0, 51,
        ];
        let over = |under| Target {
            under,
            ..target(2, Channels::Colour, Fit::Crop)
        };
        let out = resize(&rgba, 2, 2, &over(WHITE)).unwrap();
        // A fifth of the colour, four of white.
        assert_eq!(out[..4], [255, 200, 244, 204]);
        assert_eq!(out[4..8], [255, 100, 224, 204]);
        let out = resize(&rgba, 2, 2, &over([0, 10, 20])).unwrap();
        assert_eq!(out[8..], [20, 0, 16, 16]);
    }

    /// Each new pixel from its area by floating-point numbers, pixel by pixel.
    fn reference(rgba: &[u8], width: usize, height: usize, target: &Target) -> Vec<f64> {
        let side = target.side as f64;
        let short = width.min(height);
        let (left, top) = ((width - short) / 2, (height - short) / 2);
        let overlap = |pixel: usize, from: f64, to: f64| {
            (to.min(pixel as f64 + 1.0) - from.max(pixel as f64)).max(0.0)
        };
        let mut planes = vec![Vec::new(); target.channels.count()];
        for j in 0..target.side {
            for i in 0..target.side {
                let scale = short as f64 / side;
                let area = |new: usize, offset: usize| {
                    let from = offset as f64 + new as f64 * scale;
                    if short < target.side {
                        // In one division, which is exact where the centre lies on an edge.
                        let centre = ((2 * new + 1) * short) as f64 / (2.0 * side);
                        let old = offset as f64 + centre.floor();
                        (old, old + 1.0)
                    } else {
                        (from, from + scale)
                    }
                };
                let ((x0, x1), (y0, y1)) = (area(i, left), area(j, top));
                let mut sums = [0.0; 3];
                for y in 0..height {
                    for x in 0..width {
                        let share = overlap(x, x0, x1) * overlap(y, y0, y1);
                        let pixel = &rgba[(y * width + x) * 4..][..4];
                        let alpha = f64::from(pixel[3]) / 255.0;
                        for channel in 0..3 {
                            let under = f64::from(target.under[channel]);
                            let value = f64::from(pixel[channel]) * alpha + under * (1.0 - alpha);
                            sums[channel] += share * value / ((x1 - x0) * (y1 - y0));
                        }
                    }
                }
                match target.channels {
                    Channels::Grey => {
                        planes[0].push(0.299 * sums[0] + 0.587 * sums[1] + 0.114 * sums[2]);
                    }
                    Channels::Colour => {
                        (0..3).for_each(|channel| planes[channel].push(sums[channel]));
                    }
                }
            }
        }
        planes.concat()
    }

    #[test]
    fn any_size_agrees_with_a_plain_sum_over_areas() {
        for case in 0..300_usize {
            let (width, height) = (1 + case * 7 % 40, 1 + case * 11 % 37);
            let rgba = noise(case as u64, width * height * 4);
            let channels = [Channels::Grey, Channels::Colour][case % 2];
            let target = Target {
                under: [40, 90, 250],
                ..target(1 + case * 5 % 20, channels, Fit::Crop)
            };
            let out = resize(&rgba, width as u32, height as u32, &target).unwrap();
            let reference = reference(&rgba, width, height, &target);
            assert_eq!(out.len(), reference.len());
            for (byte, value) in out.iter().zip(&reference) {
                let error = (f64::from(*byte) - value).abs();
                assert!(
                    error <= 0.5 + 1e-6,
                    "{width} x {height}: {byte}, not {value}"
                );
            }
        }
    }

    /// Of a picture scaled whole, what lies between the bars is what it would be as a square of its own.
    #[test]
    fn a_whole_picture_is_scaled_as_a_crop_is() {
        let square = noise(5, 30 * 30 * 4);
        let doubled: Vec<u8> = square
            .chunks_exact(120)
            .flat_map(|line| [line, line].concat())
            .collect();
        let wide = resize(&doubled, 60, 30, &grey(20, Fit::Whole(None))).unwrap();
        let once = resize(&square, 30, 30, &grey(10, Fit::Crop)).unwrap();
        for (j, line) in once.chunks_exact(10).enumerate() {
            let start = (5 + j) * 20;
            assert_eq!(&wide[start..start + 10], line);
            assert_eq!(&wide[start + 10..start + 20], line);
        }
    }

    #[test]
    fn what_cannot_be_resized_says_why() {
        let crop = |side| grey(side, Fit::Crop);
        let refusal = |rgba: &[u8], width, height, side| {
            resize(rgba, width, height, &crop(side))
                .unwrap_err()
                .to_string()
        };
        assert!(refusal(&[0; 4], 1, 1, 0).contains("0 pixels a side"));
        assert!(refusal(&[0; 4], 1, 1, 65).contains("65 pixels a side"));
        assert!(refusal(&[0; 8], 1, 1, 1).contains("8 bytes for 1 x 1"));
        assert!(refusal(&[], 0, 1, 1).contains("no pixels"));
        assert!(refusal(&[], 20_000, 20_000, 1).contains("20,000 x 20,000"));
        assert!(refusal(&[], u32::MAX, u32::MAX, 1).contains("16,384"));
    }

    /// The largest sums that there can be.
    #[test]
    fn a_white_line_of_the_longest_side_stays_white() {
        let rgba = vec![255; 16_384 * 64 * 4];
        let white = resize(&rgba, 16_384, 64, &grey(7, Fit::Whole(Some(WHITE)))).unwrap();
        assert_eq!(white, [255; 49]);
    }
}
