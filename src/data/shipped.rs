//! The files of a set that is shipped with the page, as `cargo xtask data` makes them: a manifest (JSON), sheets (PNG:
//! pictures side by side, row by row, which a person can look at), and labels (one byte a picture for each label set).
//!
//! A run reads them as one packed file (see [`super::images`]), which [`pack`] makes of them: decoding PNG is then no part
//! of the module that trains. Whatever a server sent is held against the manifest.

use super::{
    DataError, Dataset,
    images::{ImageFormat, Images, ImagesError, Labels, Manifest, Sheet},
};
use crate::{experiment::Data, json};

/// The largest sheet that is read, in bytes of pixels: far above what is shipped, far below what hurts a tab.
const SHEET_LIMIT: usize = 256 << 20;

/// Makes of the bytes of [`Dataset::files`] what [`Dataset::load`] reads, and a classifier after it where there is one: of
/// a shipped set one file, and of anything else what it is already.
///
/// # Errors
/// When a file is missing, broken, or disagrees with its manifest.
pub fn pack(data: &Data, mut files: Vec<Vec<u8>>) -> Result<Vec<Vec<u8>>, DataError> {
    let attribute = match data {
        Data::Digits { .. } | Data::Fashion { .. } | Data::Animals { .. } => None,
        Data::Faces { attribute, .. } => Some(attribute.as_str()),
        _ => return Ok(files),
    };
    let wanted = Dataset::files(data).len();
    let given = files.len();
    let other = || DataError::Files { wanted, given };
    if given != wanted {
        return Err(other());
    }
    let classifier = files.pop_if(|_| data.has_classifier());
    let [manifest, sheets @ .., labels] = files.as_slice() else {
        return Err(other());
    };
    let parts = Parts::read(manifest, sheets, labels, attribute)?;
    let labels: &[u8] = match parts.manifest.labels.is_empty() {
        true => &[],
        false => &parts.labels,
    };
    let packed = Images::pack(&parts.manifest, parts.pixels, labels)?;
    Ok([packed].into_iter().chain(classifier).collect())
}

/// Reads a set from the bytes of its files: manifest, the first sheets in the manifest's order, as many as there are, and
/// the labels of `attribute`, its name with dashes between words, or else the manifest's first.
///
/// # Errors
/// When a file is broken or disagrees with the manifest.
pub fn read(
    manifest: &[u8],
    sheets: &[impl AsRef<[u8]>],
    labels: &[u8],
    attribute: Option<&str>,
) -> Result<Images, ImagesError> {
    let parts = Parts::read(manifest, sheets, labels, attribute)?;
    Images::new(parts.manifest, parts.pixels, parts.labels)
}

/// A set whose files agree with its manifest, which then has one label set.
struct Parts {
    manifest: Manifest,
    /// `[count, channels, height, width]`
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Parts {
    fn read(
        manifest: &[u8],
        sheets: &[impl AsRef<[u8]>],
        labels: &[u8],
        attribute: Option<&str>,
    ) -> Result<Self, ImagesError> {
        let mut manifest: Manifest = json::read(manifest)?;
        manifest.image.check()?;
        if sheets.is_empty() || sheets.len() > manifest.sheets.len() {
            return Err(ImagesError::Sheets {
                sheets: manifest.sheets.len(),
                given: sheets.len(),
            });
        }
        if labels.len() != manifest.count {
            return Err(ImagesError::LabelCount {
                found: labels.len(),
                expected: manifest.count,
            });
        }
        manifest.labels = chosen(manifest.labels, attribute)?;
        manifest.sheets.truncate(sheets.len());
        let mut pixels = Vec::new();
        for (number, (sheet, bytes)) in manifest.sheets.iter().zip(sheets).enumerate() {
            cut(number, sheet, manifest.image, bytes.as_ref(), &mut pixels)?;
        }
        manifest.count = manifest.sheets.iter().map(|sheet| sheet.count).sum();
        let labels = labels.get(..manifest.count).unwrap_or(labels).to_vec();
        Ok(Self {
            manifest,
            pixels,
            labels,
        })
    }
}

/// The label set of that name, alone.
fn chosen(sets: Vec<Labels>, attribute: Option<&str>) -> Result<Vec<Labels>, ImagesError> {
    let Some(wanted) = attribute else {
        return Ok(sets.into_iter().take(1).collect());
    };
    let known = sets.iter().map(|set| set.name.clone()).collect();
    let mut sets = sets.into_iter();
    match sets.find(|set| set.name.replace(' ', "-") == wanted) {
        Some(set) => Ok(vec![set]),
        None => Err(ImagesError::Attribute {
            wanted: wanted.to_owned(),
            known,
        }),
    }
}

/// Decodes one sheet and appends its pictures to `pixels`, each `[channels, height, width]`.
fn cut(
    number: usize,
    sheet: &Sheet,
    format: ImageFormat,
    bytes: &[u8],
    pixels: &mut Vec<u8>,
) -> Result<(), ImagesError> {
    let broken = |cause: png::DecodingError| ImagesError::Png {
        sheet: number,
        cause: cause.to_string(),
    };
    let mut decoder = png::Decoder::new_with_limits(
        std::io::Cursor::new(bytes),
        png::Limits { bytes: SHEET_LIMIT },
    );
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(broken)?;
    let (color, _) = reader.output_color_type();
    let (sheet_width, sheet_height) = (reader.info().width as usize, reader.info().height as usize);
    let samples = color.samples();
    let rows = sheet.count.div_ceil(sheet.columns.max(1));
    if samples != format.channels
        || Some(sheet_width) != sheet.columns.checked_mul(format.width)
        || Some(sheet_height) != rows.checked_mul(format.height)
    {
        return Err(ImagesError::Format {
            sheet: number,
            found: format!("{sheet_width}x{sheet_height} with {samples} channels"),
            expected: format!(
                "{} pictures of {}x{} in rows of {} with {} channels",
                sheet.count, format.width, format.height, sheet.columns, format.channels
            ),
        });
    }
    let size = reader
        .output_buffer_size()
        .filter(|size| *size <= SHEET_LIMIT)
        .ok_or_else(|| broken(png::DecodingError::LimitsExceeded))?;
    let mut decoded = vec![0; size];
    reader.next_frame(&mut decoded).map_err(broken)?;

    // What there is, and not what the manifest promises. Doubling would take half as much again, of tens of megabytes.
    pixels.reserve_exact(decoded.len());
    let stride = sheet_width * samples;
    for index in 0..sheet.count {
        let left = index % sheet.columns * format.width;
        let top = index / sheet.columns * format.height;
        for channel in 0..samples {
            for y in top..top + format.height {
                let row = &decoded[y * stride..(y + 1) * stride];
                pixels.extend((left..left + format.width).map(|x| row[x * samples + channel]));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::presets::preset;

    fn files(data: &Data) -> Vec<Vec<u8>> {
        let assets = concat!(env!("CARGO_MANIFEST_DIR"), "/assets");
        Dataset::files(data)
            .iter()
            .map(|file| std::fs::read(format!("{assets}/{file}")).unwrap())
            .collect()
    }

    #[test]
    fn what_is_packed_is_what_was_shipped() {
        for name in ["digits", "faces"] {
            let data = preset(name).unwrap().data;
            let raw = files(&data);
            let [manifest, sheets @ .., labels, classifier] = raw.as_slice() else {
                panic!("{name} has too few files")
            };
            let attribute = match &data {
                Data::Faces { attribute, .. } => Some(attribute.as_str()),
                _ => None,
            };
            let shipped = read(manifest, sheets, labels, attribute).unwrap();
            let mut packed = pack(&data, raw.clone()).unwrap();
            assert_eq!(packed.pop().as_ref(), Some(classifier));
            let Dataset::Images(loaded) = Dataset::load(&data, packed).unwrap() else {
                panic!("{name} is no set of pictures")
            };
            assert_eq!(loaded.labels(), shipped.labels());
            assert_eq!(loaded.class_names(), shipped.class_names());
            for picture in [0, shipped.len() - 1] {
                assert_eq!(loaded.picture(picture), shipped.picture(picture));
            }
        }
    }

    #[test]
    fn files_too_few_or_of_something_else_are_refused() {
        let data = preset("faces").unwrap().data;
        let mut raw = files(&data);
        let Data::Faces { only, .. } = data.clone() else {
            panic!("faces are faces")
        };
        let shoes = Data::Faces {
            attribute: "shoes".into(),
            only,
        };
        let error = pack(&shoes, raw.clone()).unwrap_err().to_string();
        assert!(error.contains("no attribute shoes, only"), "{error}");
        raw.pop();
        let error = pack(&data, raw).unwrap_err().to_string();
        assert!(
            error.contains("the number of data files is 3, and should be 4"),
            "{error}"
        );
    }

    #[test]
    fn what_is_drawn_from_a_formula_has_nothing_to_pack() {
        let data = preset("ring").unwrap().data;
        assert!(pack(&data, Vec::new()).unwrap().is_empty());
    }
}
