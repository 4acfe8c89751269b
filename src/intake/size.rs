//! Width and height of a picture from the header of its file, so that one that is too large is never decoded.
//!
//! A courtesy, no defence: the browser decodes, and has its own limits. What is not known here may still be a picture.

use imagesize::{ImageError, ImageSize};

use super::words::count;

/// Longest side of a picture that is decoded, in pixels: what canvases everywhere bear.
pub const LONGEST_SIDE: u32 = 16_384;

/// Most pixels of a picture that is decoded, in millions: 256 MB as RGBA.
pub const MEGAPIXELS: u64 = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SizeError {
    #[error("it has no pixels: {width} x {height}")]
    Empty { width: u32, height: u32 },
    #[error(
        "it has {} x {} pixels, and sides of at most {} are read: make it smaller",
        count((*.width).into()), count((*.height).into()), count(LONGEST_SIDE.into())
    )]
    Side { width: u32, height: u32 },
    #[error(
        "it has {} x {} pixels, {} megapixels, and at most {MEGAPIXELS} are read: make it smaller",
        count((*.width).into()), count((*.height).into()), megapixels(*.width, *.height)
    )]
    Pixels { width: u32, height: u32 },
}

fn pixels(width: u32, height: u32) -> u64 {
    u64::from(width) * u64::from(height)
}

fn megapixels(width: u32, height: u32) -> String {
    count(pixels(width, height).div_ceil(1_000_000))
}

/// Width and height by the header of a PNG, JPEG, GIF, WebP, AVIF or BMP; nothing for any other format, which the
/// browser may know, and for a header that makes no sense.
pub fn size(file: &[u8]) -> Option<(u32, u32)> {
    let own = bitmap(file).or_else(|| avif(file));
    let (width, height) = own.or_else(|| {
        let size: Result<ImageSize, ImageError> = imagesize::blob_size(file);
        let ImageSize { width, height } = size.ok()?;
        Some((u32::try_from(width).ok()?, u32::try_from(height).ok()?))
    })?;
    (width > 0 && height > 0).then_some((width, height))
}

/// Of a BMP, read here because imagesize knows neither pictures whose first row is the top one, of which the height
/// is negative, nor the oldest header.
fn bitmap(file: &[u8]) -> Option<(u32, u32)> {
    let header = file.strip_prefix(b"BM")?.get(12..)?;
    let (length, sizes) = header.split_first_chunk::<4>()?;
    if u32::from_le_bytes(*length) == 12 {
        let [width @ .., _, _] = *sizes.first_chunk::<4>()?;
        let [_, _, height @ ..] = *sizes.first_chunk::<4>()?;
        return Some((
            u16::from_le_bytes(width).into(),
            u16::from_le_bytes(height).into(),
        ));
    }
    let (width, sizes) = sizes.split_first_chunk::<4>()?;
    let height = sizes.first_chunk::<4>()?;
    Some((
        u32::from_le_bytes(*width),
        i32::from_le_bytes(*height).unsigned_abs(),
    ))
}

/// Of an AVIF, read here because imagesize multiplies sides in 32 bits where pointers have 32. Its parts each state
/// their size in a box called "ispe"; the largest is that of the whole.
fn avif(file: &[u8]) -> Option<(u32, u32)> {
    let kind = file.get(4..12)?;
    if !matches!(kind, b"ftypavif" | b"ftypavis" | b"ftypmif1" | b"ftypmiaf") {
        return None;
    }
    let side = |bytes: &[u8], at: usize| {
        let bytes = bytes.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_be_bytes(*bytes))
    };
    // They come before the data.
    let head = &file[..file.len().min(1 << 16)];
    head.windows(4)
        .enumerate()
        .filter(|(_, name)| name == b"ispe")
        .filter_map(|(at, _)| Some((side(head, at + 8)?, side(head, at + 12)?)))
        .max_by_key(|(width, height)| pixels(*width, *height))
}

/// Whether a picture of this size is decoded.
///
/// # Errors
/// When a side is longer than [`LONGEST_SIDE`], or there are more than [`MEGAPIXELS`], or no pixels.
pub fn check(width: u32, height: u32) -> Result<(), SizeError> {
    if width == 0 || height == 0 {
        return Err(SizeError::Empty { width, height });
    }
    if width.max(height) > LONGEST_SIDE {
        return Err(SizeError::Side { width, height });
    }
    if pixels(width, height) > MEGAPIXELS * 1_000_000 {
        return Err(SizeError::Pixels { width, height });
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A picture of 300 x 200 in each format, cut off after its header. PNG, GIF, WebP and AVIF are the first bytes
    /// of files that Pillow 13 wrote, the others are made by hand.
    pub fn headers() -> Vec<(&'static str, Vec<u8>)> {
        vec![
            (
                "png",
                b"\x89PNG\x0d\x0a\x1a\x0a\0\0\0\x0dIHDR\0\0\x01,\0\0\0\xc8\x08\x02\0\0\0\xdd\xbdK\x02".to_vec(),
            ),
            (
                "gif",
                b"GIF87a,\x01\xc8\0\x81\0".to_vec(),
            ),
            (
                "jpeg",
                b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc2\0\x11\x08\0\xc8\x01,\
                    \x03".to_vec(),
            ),
            (
                "webp",
                b"RIFF\xd6\0\0\0WEBPVP8 \xca\0\0\0\xd0\x10\0\x9d\x01*,\x01\xc8\0>\xd1".to_vec(),
            ),
            (
                "webp, lossless",
                b"RIFF$\0\0\0WEBPVP8L\x18\0\0\0/+\xc11\0\x07P\x85".to_vec(),
            ),
            (
                "avif",
                b"\0\0\0 ftypavif\0\0\0\0avifmif1miafMA1B\0\0\0\xebmeta\0\0\0\0\0\0\0!hdlr\0\0\0\0\0\0\
                    \0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0epitm\0\0\0\0\0\x01\0\0\0\x1eiloc\0\0\0\0\
                    D\0\0\x01\0\x01\0\0\0\x01\0\0\x01\x13\0\0\0P\0\0\0(iinf\0\0\0\0\0\x01\0\0\0\x1ainfe\
                    \x02\0\0\0\0\x01\0\0av01Color\0\0\0\0jiprp\0\0\0Kipco\0\0\0\x14ispe\0\0\0\0\0\0\x01,\
                    \0\0\0\xc8".to_vec(),
            ),
            ("bmp", bmp(40, &[&300_i32.to_le_bytes(), &200_i32.to_le_bytes()])),
            (
                "bmp from the top",
                bmp(40, &[&300_i32.to_le_bytes(), &(-200_i32).to_le_bytes()]),
            ),
            (
                "bmp of OS/2",
                bmp(12, &[&300_u16.to_le_bytes(), &200_u16.to_le_bytes()]),
            ),
        ]
    }

    fn bmp(header: u32, sizes: &[&[u8]]) -> Vec<u8> {
        let mut file = b"BM\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
        file.extend(header.to_le_bytes());
        file.extend(sizes.concat());
        file
    }

    #[test]
    fn every_format_says_its_size() {
        for (format, bytes) in headers() {
            assert_eq!(size(&bytes), Some((300, 200)), "{format}");
        }
    }

    #[test]
    fn a_header_cut_anywhere_is_no_error() {
        for (format, bytes) in headers() {
            for length in 0..bytes.len() {
                let known = size(&bytes[..length]);
                assert!(
                    known.is_none() || known == Some((300, 200)),
                    "{format} after {length} bytes: {known:?}"
                );
            }
        }
    }

    #[test]
    fn an_avif_of_several_parts_is_as_large_as_the_largest() {
        let mut headers = headers().into_iter();
        let (_, one) = headers.find(|(format, _)| *format == "avif").unwrap();
        let part = |width: u32, height: u32| {
            let sides = [width.to_be_bytes(), height.to_be_bytes()].concat();
            [&b"\0\0\0\x14ispe\0\0\0\0"[..], &sides].concat()
        };
        let parts = [one.clone(), part(500, 400), part(64, 64)].concat();
        assert_eq!(size(&parts), Some((500, 400)));
        // More pixels than 32 bits count.
        let parts = [one, part(1 << 16, 1 << 16)].concat();
        assert_eq!(size(&parts), Some((1 << 16, 1 << 16)));
    }

    #[test]
    fn other_files_have_no_size() {
        for bytes in [
            &b""[..],
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20000\" height=\"20000\"/>",
            b"a text about a cat",
            b"PK\x03\x04 and an archive",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0\x08",
        ] {
            assert_eq!(size(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_picture_of_twenty_thousand_pixels_is_refused_with_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x3a\x98\x08";
        let (width, height) = size(png).unwrap();
        assert_eq!(
            check(width, height).unwrap_err().to_string(),
            "it has 20,000 x 15,000 pixels, and sides of at most 16,384 are read: make it smaller"
        );
        assert_eq!(
            check(16_000, 12_000).unwrap_err().to_string(),
            "it has 16,000 x 12,000 pixels, 192 megapixels, and at most 64 are read: make it smaller"
        );
        assert_eq!(check(16_000, 4_000), Ok(()));
        assert!(check(16_000, 4_001).is_err());
        assert_eq!(check(16_384, 1), Ok(()));
        assert!(check(16_385, 1).is_err());
        assert!(check(0, 1).is_err());
        assert!(check(u32::MAX, u32::MAX).is_err());
    }
}
