//! `Studio`: what `www/studio/worker.js` sees of [`crate::latent`] and of models that were saved. It has a G of its own, on
//! the CPU. Whatever it refuses, it throws a sentence, and is as it was before.

use burn::{
    module::Module,
    tensor::{Device, Tensor},
};
use js_sys::Uint8Array;
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::values::{self, floats, object};
use crate::{
    checkpoint::{About, CheckpointError, Model},
    classifier::Classifier,
    data::{Shape, images::Images},
    device::{self, DeviceName, rows},
    experiment::Family,
    latent::{
        Directions, Eye, Lesson, Steering, Wish,
        directions::{pca, sefa},
        entangle::Jacobian,
    },
    nets::Generator,
    readback::Transaction,
    rng::{self, Stream},
    train::{execute, interleave, noise, numbers},
};

/// Samples that entanglement is averaged over.
const LOOKED_AT: usize = 32;

/// What a classifier tells: `Attribute` in `www/studio/protocol.js`.
#[derive(Serialize)]
struct Attribute<'a> {
    name: &'a str,
    classes: &'a [String],
    accuracy: Option<f64>,
}

/// A model that is open.
struct Open {
    model: Model,
    /// Without autodiff.
    generator: Generator,
}

impl Open {
    fn about(&self) -> &About {
        self.model.about()
    }

    /// G as constants on a device with autodiff, for gradients on codes.
    fn constant(&self, device: &Device) -> Result<Generator, JsValue> {
        let generator = self.model.generator(device).map_err(sentence)?;
        Ok(generator.no_grad())
    }
}

#[wasm_bindgen]
pub struct Studio {
    /// With autodiff.
    device: Device,
    open: Option<Open>,
    eye: Option<Eye>,
    /// With the G that it goes through.
    steering: Option<(Steering, Generator)>,
    lesson: Option<Lesson>,
}

#[wasm_bindgen]
impl Studio {
    /// Opens the CPU.
    pub async fn create() -> Result<Studio, JsValue> {
        let device = device::open(DeviceName::Cpu).await.map_err(sentence)?;
        Ok(Self {
            device,
            open: None,
            eye: None,
            steering: None,
            lesson: None,
        })
    }

    /// Says what a model's file is, `ModelAbout`, and keeps nothing of it.
    pub fn inspect(&self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let model = Model::read(bytes, &self.device.clone().inner()).map_err(sentence)?;
        about_to_js(model.about())
    }

    /// Takes a model in place of the one before.
    pub fn open(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let plain = self.device.clone().inner();
        // Snapshots of one run come many times a second.
        let again = self.open.as_ref().map(|open| {
            let model = open.model.read_again(bytes)?;
            Ok(model.map(|model| (model, open.generator.clone())))
        });
        let again = again
            .transpose()
            .map_err(|error: CheckpointError| sentence(error))?;
        let (model, generator) = match again.flatten() {
            Some((model, before)) => {
                let generator = model.fill_generator(before).map_err(sentence)?;
                (model, generator)
            }
            None => {
                let model = Model::read(bytes, &plain).map_err(sentence)?;
                let generator = model.generator(&plain).map_err(sentence)?;
                // What was on its way went through another G.
                self.steering = None;
                (model, generator)
            }
        };
        let about = about_to_js(model.about())?;
        if let Some((_, constant)) = &mut self.steering {
            // What is being steered goes on with G as it is now.
            *constant = model.fill_generator(constant.clone()).map_err(sentence)?;
        }
        self.open = Some(Open { model, generator });
        Ok(about)
    }

    /// Takes a classifier's file, and says what it tells: `Attribute[]`.
    pub fn look(&mut self, bytes: &[u8]) -> Result<JsValue, JsValue> {
        let classifier = Classifier::load(bytes, &self.device).map_err(sentence)?;
        self.see(classifier)
    }

    /// Forgets the classifier.
    pub fn blind(&mut self) {
        self.eye = None;
        self.steering = None;
    }

    /// Draws `{rows, pixels, probabilities}` of `codes`, `[count, noise]`, and `classes`, `[count, classes]` or empty.
    pub async fn draw(
        &self,
        codes: Vec<f32>,
        classes: Vec<f32>,
        seen: bool,
    ) -> Result<JsValue, JsValue> {
        let open = self.opened()?;
        let (about, generator) = (open.about(), &open.generator);
        let count = count(about, &codes)?;
        let plain = self.device.clone().inner();
        let classes = asked(about, classes, count, &plain)?;
        let made = generator.forward(rows(codes, count, &plain), classes).rows;
        let mut transaction = Transaction::default().register(made.clone());
        let eye = self.eye.as_ref().filter(|eye| seen && fits(about, eye));
        if let Some(eye) = eye {
            transaction = transaction.register(eye.log_probabilities(made).exp().inner());
        }
        let mut read = execute(transaction).await.map_err(sentence)?;
        let mut made = numbers(read.next()).map_err(sentence)?;
        let probabilities = match eye {
            Some(_) => numbers(read.next()).map_err(sentence)?,
            None => Vec::new(),
        };
        let pixels = match about.shape {
            Shape::Image {
                channels,
                height,
                width,
            } => interleave(&std::mem::take(&mut made), channels, width * height),
            Shape::Row { .. } => Vec::new(),
        };
        // The stage shows tables standardised, as the nets see them.
        if about.experiment.data.family() == Family::Figure {
            about.units.from_nets(&mut made);
        }
        object([
            ("rows", floats(&made)),
            ("pixels", Uint8Array::from(pixels.as_slice()).into()),
            ("probabilities", floats(&probabilities)),
        ])
    }

    /// `{vectors, values}`: the first `count` directions by "sefa" or "pca".
    pub async fn directions(
        &self,
        method: &str,
        count: usize,
        classes: Vec<f32>,
    ) -> Result<JsValue, JsValue> {
        let open = self.opened()?;
        let (about, generator) = (open.about(), &open.generator);
        let plain = self.device.clone().inner();
        let found = match method {
            "sefa" => sefa(generator, count).await,
            _ => {
                let classes = asked(about, classes, 1, &plain)?;
                let like = &about.experiment.noise;
                pca(generator, like, classes, count, &mut self.rng(), &plain).await
            }
        };
        let Directions { vectors, shares } = found.map_err(sentence)?;
        object([
            ("vectors", floats(&vectors.concat())),
            ("values", floats(&shares)),
        ])
    }

    /// Starts to steer a code; `steerStep` goes on.
    pub fn steer(
        &mut self,
        code: Vec<f32>,
        classes: Vec<f32>,
        attribute: usize,
        class: usize,
        hold: Vec<usize>,
    ) -> Result<(), JsValue> {
        let wish = Wish {
            attribute,
            class,
            hold,
        };
        let (open, eye) = (self.opened()?, self.seeing()?);
        let about = open.about();
        if count(about, &code)? != 1 || !wish.fits(eye) {
            return Err(sentence("what is wanted does not go with this model"));
        }
        let classes = asked(about, classes, 1, &self.device)?;
        let distribution = about.experiment.noise.distribution;
        let steering = Steering::new(wish, distribution, code, 1, classes, &self.device);
        self.steering = Some((steering, open.constant(&self.device)?));
        Ok(())
    }

    /// One step on the way: `{code, step, probabilities, changes, state}`.
    #[wasm_bindgen(js_name = steerStep)]
    pub async fn steer_step(&mut self) -> Result<JsValue, JsValue> {
        // Taken out, so that what fails on the way is not gone on with.
        let steering = self.steering.take();
        let (mut steering, generator) =
            steering.ok_or_else(|| sentence("nothing is being steered"))?;
        let (open, eye) = (self.opened()?, self.seeing()?);
        if steering.codes().len() != open.about().noise {
            return Err(sentence("another model has taken this one's place"));
        }
        let code = steering.codes().to_vec();
        steering.step(&generator, eye).await.map_err(sentence)?;
        let state = match (steering.reached(eye), steering.ended(eye)) {
            (true, _) => "reached",
            (false, true) => "stuck",
            (false, false) => "moving",
        };
        let result = object([
            // What was seen is of the code from before the step.
            ("code", floats(&code)),
            ("step", steering.steps().into()),
            ("probabilities", floats(steering.probabilities())),
            ("changes", floats(&steering.changes(eye, 0))),
            ("state", state.into()),
        ])?;
        if state == "moving" {
            self.steering = Some((steering, generator));
        }
        Ok(result)
    }

    /// Leaves the code where it is.
    #[wasm_bindgen(js_name = stopSteering)]
    pub fn stop_steering(&mut self) {
        self.steering = None;
    }

    /// `{before, after}`, each `[directions, attributes]`; `after` is null where nothing is held.
    pub async fn entangle(
        &self,
        directions: Vec<f32>,
        classes: Vec<f32>,
        hold: Vec<usize>,
    ) -> Result<JsValue, JsValue> {
        let (open, eye) = (self.opened()?, self.seeing()?);
        count(open.about(), &directions)?;
        if hold.iter().any(|held| *held >= eye.ranges().len()) {
            return Err(sentence("the classifier does not know what is to be held"));
        }
        let like = &open.about().experiment.noise;
        let codes = noise(
            &mut self.rng(),
            like,
            LOOKED_AT,
            &self.device.clone().inner(),
        );
        let mut read = execute(Transaction::default().register(codes))
            .await
            .map_err(sentence)?;
        let codes = numbers(read.next()).map_err(sentence)?;
        let classes = asked(open.about(), classes, 1, &self.device)?;
        let classes = classes.map(|row| {
            let [_, width] = row.dims();
            row.expand([LOOKED_AT, width])
        });
        let constant = open.constant(&self.device)?;
        let jacobian = Jacobian::at(&codes, LOOKED_AT, classes, &constant, eye, &self.device);
        let jacobian = jacobian.await.map_err(sentence)?;
        let before = jacobian.entanglement(&directions, &[], eye);
        let after = match hold.is_empty() {
            true => JsValue::NULL,
            false => floats(&jacobian.entanglement(&directions, &hold, eye)),
        };
        object([("before", floats(&before)), ("after", after)])
    }

    /// Starts to learn a classifier from a visitor's own labelled pictures, as they were packed, and says how many steps it
    /// takes.
    pub fn learn(&mut self, packed: Vec<u8>) -> Result<usize, JsValue> {
        let images = Images::unpack(packed).map_err(sentence)?;
        let lesson = Lesson::new(&images, &self.device).map_err(sentence)?;
        let steps = lesson.steps();
        self.lesson = Some(lesson);
        Ok(steps)
    }

    /// One step of it; says how many are left.
    #[wasm_bindgen(js_name = learnStep)]
    pub fn learn_step(&mut self) -> usize {
        match &mut self.lesson {
            Some(lesson) => {
                lesson.step();
                lesson.left()
            }
            None => 0,
        }
    }

    /// Looks with what was learnt: `{attributes, accuracy, bytes}`.
    pub async fn learned(&mut self) -> Result<JsValue, JsValue> {
        let lesson = self.lesson.take();
        let lesson = lesson.ok_or_else(|| sentence("nothing is being learnt"))?;
        let learnt = lesson.finish().await.map_err(sentence)?;
        let bytes = learnt.save().await.map_err(sentence)?;
        let accuracy = learnt.about().accuracy.first().copied();
        // Read again from its file: its weights are to be constants on this device.
        let attributes = self.look(&bytes)?;
        object([
            ("attributes", attributes),
            ("accuracy", accuracy.unwrap_or_default().into()),
            ("bytes", Uint8Array::from(bytes.as_slice()).into()),
        ])
    }
}

impl Studio {
    fn opened(&self) -> Result<&Open, JsValue> {
        self.open
            .as_ref()
            .ok_or_else(|| sentence("no model is open"))
    }

    /// The eye, if it can see what the model makes.
    fn seeing(&self) -> Result<&Eye, JsValue> {
        let about = self.opened()?.about();
        self.eye
            .as_ref()
            .filter(|eye| fits(about, eye))
            .ok_or_else(|| sentence("no classifier is there that sees such pictures"))
    }

    fn see(&mut self, classifier: Classifier) -> Result<JsValue, JsValue> {
        let eye = Eye::new(classifier);
        let about = eye.classifier().about();
        let attributes: Vec<_> = about
            .attributes
            .iter()
            .enumerate()
            .map(|(at, attribute)| Attribute {
                name: &attribute.name,
                classes: &attribute.classes,
                accuracy: about.accuracy.get(at).copied(),
            })
            .collect();
        let attributes = values::write(&attributes)?;
        self.eye = Some(eye);
        self.steering = None;
        Ok(attributes)
    }

    /// Always the same samples, so that a change of a figure is a change of G.
    fn rng(&self) -> ChaCha8Rng {
        let seed = self
            .open
            .as_ref()
            .map_or(0, |open| open.about().experiment.seed);
        rng::measuring_stream(seed, Stream::Display)
    }
}

/// How many codes these numbers are.
fn count(about: &About, codes: &[f32]) -> Result<usize, JsValue> {
    match codes.len() / about.noise {
        0 => Err(sentence("no codes were given")),
        count if count * about.noise != codes.len() => {
            Err(sentence(format!("codes have {} dimensions", about.noise)))
        }
        count => Ok(count),
    }
}

/// Classes for so many codes, or none where G is told none.
fn asked(
    about: &About,
    classes: Vec<f32>,
    count: usize,
    device: &Device,
) -> Result<Option<Tensor<2>>, JsValue> {
    if about.classes == 0 {
        return Ok(None);
    }
    match classes.len() == count * about.classes {
        true => Ok(Some(rows(classes, count, device))),
        false => Err(sentence(format!("a code needs {} classes", about.classes))),
    }
}

fn fits(about: &About, eye: &Eye) -> bool {
    let image = eye.classifier().about().image;
    about.shape
        == Shape::Image {
            channels: image.channels,
            height: image.height,
            width: image.width,
        }
}

fn about_to_js(about: &About) -> Result<JsValue, JsValue> {
    Ok(values::write(about)?)
}

fn sentence(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}
