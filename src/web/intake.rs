//! `Intake`: what `www/own/intake-worker.js` sees of [`crate::intake`]. It looks at files one after another, gathers the
//! pictures that the browser has decoded, and packs what there is for the browser to keep.

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::values::{self, object};
use crate::{
    data::{
        images::{ImageFormat, Images, Labels as LabelSet, Licence, Manifest, Source},
        packed::fingerprint,
        table::{Header, Table},
    },
    intake::{
        archive::{self, Archive},
        gather::Gathering,
        gunzip,
        labels::Labels,
        pictures::{self, File, Pictures},
        resize::{LONGEST_SIDE, Target, resize},
        sheet::Sheet,
        size, skipped, table,
    },
};

/// What a file turned out to be, and how much of it is told to the page: `Inspected` in `www/own/protocol.js`.
#[derive(Serialize)]
#[serde(
    tag = "kind",
    rename_all = "kebab-case",
    rename_all_fields = "camelCase"
)]
enum Inspected {
    /// Its files can be asked for by their places in `paths`.
    Archive {
        archive: usize,
        paths: Vec<String>,
        ends_early: bool,
        skipped: Vec<skipped::Skipped>,
    },
    IdxPictures {
        count: usize,
        width: usize,
        height: usize,
        channels: usize,
    },
    IdxLabels {
        count: usize,
    },
    Table {
        rows: usize,
        columns: Vec<TableColumn>,
        /// Columns that can be the classes.
        labels: Vec<String>,
        left_out: Vec<String>,
        skipped: Option<String>,
    },
    /// For the browser to decode; its size where the header says it.
    Picture {
        size: Option<(u32, u32)>,
    },
}

#[derive(Serialize)]
struct TableColumn {
    name: String,
    least: f64,
    greatest: f64,
    constant: bool,
}

/// What is made of all files, at last.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    title: String,
    /// For pictures, whether their folders or their idx file of labels are classes; for a table, which column is.
    labels: Option<String>,
}

/// Files that a visitor brought.
#[wasm_bindgen]
#[derive(Default)]
pub struct Intake {
    archives: Vec<Archive<Vec<u8>>>,
    idx: Option<Pictures>,
    idx_labels: Option<Vec<u8>>,
    table: Option<table::Table>,
    gathering: Option<(Target, Gathering)>,
}

#[wasm_bindgen]
impl Intake {
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Looks at a whole file. Throws the rest of a sentence that begins with its name.
    pub fn inspect(&mut self, name: &str, bytes: Vec<u8>) -> Result<JsValue, JsValue> {
        let inspected = self
            .look(name, bytes)
            .map_err(|why| JsValue::from_str(&why))?;
        Ok(values::write(&inspected)?)
    }

    /// Unpacks file `index` of an archive; throws the rest of a sentence that begins with its path.
    pub fn entry(&self, archive: usize, index: usize) -> Result<Vec<u8>, JsValue> {
        let archive = self.archives.get(archive);
        let entry = archive.and_then(|archive| Some((archive, archive.entries().get(index)?)));
        let (archive, entry) = entry.ok_or_else(|| JsValue::from_str("it is not there"))?;
        archive.read(entry).map_err(sentence)
    }

    /// Throws, as the rest of a sentence, why a picture of this size is not decoded.
    #[wasm_bindgen(js_name = checkSize)]
    pub fn check_size(&self, width: u32, height: u32) -> Result<(), JsValue> {
        size::check(width, height).map_err(sentence)
    }

    /// Begins to gather pictures anew, about so many, each made into `target`.
    pub fn begin(&mut self, target: JsValue, count: usize) -> Result<(), JsValue> {
        let target: Target = values::read(target)?;
        // Of two sets at a time there would be too much.
        self.gathering = None;
        let size = target.side.min(LONGEST_SIDE).pow(2) * target.channels.count();
        self.gathering = Some((target, Gathering::for_about(count, size)));
        Ok(())
    }

    /// Takes a decoded picture, red, green, blue and alpha of each pixel.
    pub fn add(&mut self, path: &str, rgba: &[u8], width: u32, height: u32) -> Result<(), JsValue> {
        let (target, gathering) = self.gathering.as_mut().ok_or_else(not_begun)?;
        let picture = resize(rgba, width, height, target).map_err(sentence)?;
        let folder = archive::label(path).unwrap_or(archive::NO_FOLDER);
        gathering.push(&picture, folder).map_err(sentence)
    }

    /// Takes every tile of a decoded sheet, and says what it was cut into.
    #[wasm_bindgen(js_name = addSheet)]
    pub fn add_sheet(
        &mut self,
        rgba: &[u8],
        width: u32,
        height: u32,
        tile_width: usize,
        tile_height: usize,
    ) -> Result<String, JsValue> {
        let (target, gathering) = self.gathering.as_mut().ok_or_else(not_begun)?;
        let size = (width as usize, height as usize);
        let sheet = Sheet::cut(rgba, size, (tile_width, tile_height), true).map_err(sentence)?;
        for index in 0..sheet.len() {
            let Some(tile) = sheet.tile(index) else { break };
            let picture = resize(&tile, tile_width as u32, tile_height as u32, target);
            gathering
                .push(&picture.map_err(sentence)?, "")
                .map_err(sentence)?;
        }
        Ok(sheet.report())
    }

    /// Takes the pictures of the idx file that was looked at last, at most so many.
    #[wasm_bindgen(js_name = addIdx)]
    pub fn add_idx(&mut self, most: usize) -> Result<(), JsValue> {
        let (target, gathering) = self.gathering.as_mut().ok_or_else(not_begun)?;
        let Some(pictures) = &self.idx else {
            return Ok(());
        };
        let (width, height) = (pictures.width as u32, pictures.height as u32);
        for index in 0..pictures.len().min(most) {
            let Some(rgba) = pictures.rgba(index) else {
                break;
            };
            let picture = resize(&rgba, width, height, target).map_err(sentence)?;
            gathering.push(&picture, "").map_err(sentence)?;
        }
        Ok(())
    }

    /// What the gathered pictures can be told apart by, `{name, classes}`, or null.
    pub fn labels(&self) -> Result<JsValue, JsValue> {
        match self.picture_labels() {
            Some(labels) => Ok(values::write(&labels)?),
            None => Ok(JsValue::NULL),
        }
    }

    /// Packs the gathered pictures: `{id, count, bytes}`. Throws a sentence that says what is wrong with them all.
    #[wasm_bindgen(js_name = packPictures)]
    pub fn pack_pictures(&mut self, wanted: JsValue) -> Result<JsValue, JsValue> {
        let wanted: Wanted = values::read(wanted)?;
        let labels = wanted.labels.and_then(|_| self.picture_labels());
        let (target, gathering) = self.gathering.take().ok_or_else(not_begun)?;
        let (count, pixels) = gathering.finish().map_err(sentence)?;
        let manifest = Manifest {
            name: "own".into(),
            title: wanted.title,
            image: ImageFormat {
                width: target.side,
                height: target.side,
                channels: target.channels.count(),
            },
            count,
            sheets: Vec::new(),
            labels: labels.iter().map(label_set).collect(),
            source: Source::default(),
            licence: Licence::default(),
            credit: String::new(),
        };
        let of = labels.map(|labels| labels.of).unwrap_or_default();
        let packed = Images::pack(&manifest, pixels, &of).map_err(sentence)?;
        packed_to_js(count, &packed)
    }

    /// Packs the table that was looked at last: `{id, count, bytes}`.
    #[wasm_bindgen(js_name = packTable)]
    pub fn pack_table(&mut self, wanted: JsValue) -> Result<JsValue, JsValue> {
        let wanted: Wanted = values::read(wanted)?;
        let table = self.table.as_ref().ok_or_else(not_begun)?;
        let labels = table
            .labels
            .iter()
            .find(|labels| Some(&labels.name) == wanted.labels.as_ref());
        let header = Header {
            title: wanted.title,
            columns: table
                .columns
                .iter()
                .map(|column| column.name.clone())
                .collect(),
            rows: table.rows,
            classes: labels
                .map(|labels| labels.classes.clone())
                .unwrap_or_default(),
        };
        let columns = &table.columns;
        let values: Vec<f32> = (0..table.rows)
            .flat_map(|row| columns.iter().map(move |column| column.values[row] as f32))
            .collect();
        let of = labels
            .map(|labels| labels.of.as_slice())
            .unwrap_or_default();
        let packed = Table::pack(&header, &values, of).map_err(sentence)?;
        packed_to_js(table.rows, &packed)
    }

    fn look(&mut self, name: &str, bytes: Vec<u8>) -> Result<Inspected, String> {
        if archive::is_zip(&bytes) {
            let archive = Archive::open(bytes).map_err(|error| error.to_string())?;
            let inspected = Inspected::Archive {
                archive: self.archives.len(),
                paths: archive
                    .entries()
                    .iter()
                    .map(|entry| entry.path.clone())
                    .collect(),
                ends_early: archive.ends_early(),
                skipped: archive.skipped().to_vec(),
            };
            self.archives.push(archive);
            return Ok(inspected);
        }
        if gunzip::is_gzip(&bytes) {
            let inner = gunzip::gunzip(&bytes).map_err(|error| error.to_string())?;
            if gunzip::is_gzip(&inner) || archive::is_zip(&inner) {
                return Err("it holds an archive, and those within another are not opened".into());
            }
            return self.look(name.trim_end_matches(".gz"), inner);
        }
        if pictures::is_idx(&bytes) {
            return match pictures::read(&bytes).map_err(|error| error.to_string())? {
                File::Labels(labels) => {
                    let count = labels.len();
                    self.idx_labels = Some(labels);
                    Ok(Inspected::IdxLabels { count })
                }
                File::Pictures(pictures) => {
                    let inspected = Inspected::IdxPictures {
                        count: pictures.len(),
                        width: pictures.width,
                        height: pictures.height,
                        channels: pictures.channels,
                    };
                    self.idx = Some(pictures);
                    Ok(inspected)
                }
            };
        }
        let size = size::size(&bytes);
        if size.is_some() || !is_table(name) {
            return Ok(Inspected::Picture { size });
        }
        let table = table::read(&bytes).map_err(|error| error.to_string())?;
        let inspected = Inspected::Table {
            rows: table.rows,
            columns: table
                .columns
                .iter()
                .map(|column| TableColumn {
                    name: column.name.clone(),
                    least: column.least,
                    greatest: column.greatest,
                    constant: column.constant,
                })
                .collect(),
            labels: table
                .labels
                .iter()
                .map(|labels| labels.name.clone())
                .collect(),
            left_out: table
                .left_out
                .iter()
                .map(|column| column.name.clone())
                .collect(),
            skipped: table::report(&table.skipped),
        };
        self.table = Some(table);
        Ok(inspected)
    }

    /// From the idx file of labels, if it fits the gathered pictures, else from folders.
    fn picture_labels(&self) -> Option<Labels> {
        let (_, gathering) = self.gathering.as_ref()?;
        match (&self.idx, &self.idx_labels) {
            (Some(pictures), Some(labels)) if pictures.len() == gathering.len() => {
                pictures.labels(labels).ok()
            }
            _ => gathering.labels(),
        }
    }
}

/// Whether a name is that of a text with numbers; whatever else there is, the browser may know how to decode.
fn is_table(name: &str) -> bool {
    let name = name.to_lowercase();
    [".csv", ".tsv", ".tab", ".txt", ".dat", ".data"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn label_set(labels: &Labels) -> LabelSet {
    let count = |class: usize| {
        labels
            .of
            .iter()
            .filter(|of| usize::from(**of) == class)
            .count()
    };
    LabelSet {
        name: labels.name.clone(),
        file: String::new(),
        counts: (0..labels.classes.len()).map(count).collect(),
        classes: labels.classes.clone(),
    }
}

fn packed_to_js(count: usize, packed: &[u8]) -> Result<JsValue, JsValue> {
    object([
        ("id", fingerprint(packed).into()),
        ("count", count.into()),
        ("bytes", Uint8Array::from(packed).into()),
    ])
}

fn sentence(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}

fn not_begun() -> JsValue {
    JsValue::from_str("nothing was chosen to be packed")
}

/// What was left out, in one line: `report(skipped)` of `[{what, why, reason}]`.
#[wasm_bindgen(js_name = reportSkipped)]
pub fn report_skipped(all: JsValue) -> Result<Option<String>, JsValue> {
    let all: Vec<skipped::Skipped> = values::read(all)?;
    Ok(skipped::report(&all))
}
