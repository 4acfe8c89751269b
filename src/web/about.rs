//! What the page says of a run's data: `About` in `www/protocol.js`.

use js_sys::Uint8Array;
use serde::Serialize;
use wasm_bindgen::JsValue;

use super::values::{self, object};
use crate::{
    data::{
        Dataset,
        images::{ImageFormat, Images, Licence, Source},
    },
    train::interleave_planar,
};

/// One class, and how many examples are of it.
#[derive(Serialize)]
struct Class {
    name: String,
    count: usize,
    /// Whether the run uses it.
    used: bool,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct About {
    title: String,
    /// Examples that the run uses; none where they are drawn from a distribution.
    count: Option<usize>,
    /// What the classes tell apart.
    attribute: String,
    classes: Vec<Class>,
    /// Of a table.
    columns: Vec<String>,
    image: Option<ImageFormat>,
    licence: Licence,
    credit: String,
    source: Source,
}

pub fn to_js(data: &Dataset) -> Result<JsValue, JsValue> {
    let about = match data {
        Dataset::Figure(figure) => About {
            classes: (1..=figure.classes())
                .map(|number| Class {
                    name: number.to_string(),
                    count: 0,
                    used: true,
                })
                .collect(),
            ..About::default()
        },
        Dataset::Table(table) => {
            let of = |class| {
                (0..table.len())
                    .filter(|row| table.label(*row) == class)
                    .count()
            };
            let class = |(class, name): (usize, &String)| Class {
                name: name.clone(),
                count: of(class),
                used: true,
            };
            About {
                title: table.title().into(),
                count: Some(table.len()),
                classes: table.class_names().iter().enumerate().map(class).collect(),
                columns: table
                    .columns()
                    .iter()
                    .map(|column| column.name.clone())
                    .collect(),
                ..About::default()
            }
        }
        Dataset::Images(images) => pictures(images),
    };
    Ok(values::write(&about)?)
}

fn pictures(images: &Images) -> About {
    let manifest = images.manifest();
    let shares = images.shares();
    let count = |class: usize| {
        let at = images
            .chosen_classes()
            .iter()
            .position(|chosen| *chosen == class);
        let share = at
            .and_then(|at| shares.get(at))
            .copied()
            .unwrap_or_default();
        (share * images.len() as f32).round() as usize
    };
    let classes = images.label_set().map_or(&[][..], |set| &set.classes);
    About {
        title: manifest.title.clone(),
        count: Some(images.len()),
        attribute: images
            .label_set()
            .map(|set| set.name.clone())
            .unwrap_or_default(),
        classes: classes
            .iter()
            .enumerate()
            .map(|(class, name)| Class {
                name: name.clone(),
                count: count(class),
                used: images.chosen_classes().contains(&class),
            })
            .collect(),
        columns: Vec::new(),
        image: Some(manifest.image),
        licence: manifest.licence.clone(),
        credit: manifest.credit.clone(),
        source: manifest.source.clone(),
    }
}

/// The mean of all pictures, `[height, width, channels]`; empty where the data are none. It goes over all of them, and
/// is for whoever asks.
pub fn mean(data: &Dataset) -> Uint8Array {
    let mean = match data {
        Dataset::Images(images) => {
            interleave_planar(&images.mean(), images.manifest().image.channels)
        }
        Dataset::Figure(_) | Dataset::Table(_) => Vec::new(),
    };
    Uint8Array::from(mean.as_slice())
}

/// `Nearest` in `www/protocol.js`: the picture of the data that is nearest to a fake, `[height, width, channels]`. Null
/// where the data are no pictures, or of another size.
pub fn nearest_to_js(data: &Dataset, fake: &[u8]) -> Result<JsValue, JsValue> {
    let Dataset::Images(images) = data else {
        return Ok(JsValue::NULL);
    };
    let channels = images.manifest().image.channels;
    if fake.len() != images.shape().features() {
        return Ok(JsValue::NULL);
    }
    let pixels = fake.len() / channels;
    let planar: Vec<u8> = (0..fake.len())
        .map(|at| fake[at % pixels * channels + at / pixels])
        .collect();
    let Some((index, distance)) = images.nearest(&planar) else {
        return Ok(JsValue::NULL);
    };
    let names = images.class_names();
    let name = names.get(usize::from(images.labels()[index]));
    let picture = interleave_planar(images.picture(index), channels);
    object([
        ("index", index.into()),
        ("distance", distance.into()),
        ("className", name.cloned().unwrap_or_default().into()),
        ("pixels", Uint8Array::from(picture.as_slice()).into()),
    ])
}
