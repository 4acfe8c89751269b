//! `Playground`: one run, as the worker holds it.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{about, closer, failure, report, values};
use crate::{
    checkpoint::{Direction, Model},
    data::Dataset,
    device::{self, DeviceName},
    train::{TrainError, Trainer},
};

/// Files that an experiment's data needs, below `assets/`, in the order that `Playground.create` wants their bytes, or
/// `packShipped` before it, where there are pictures among them. Checks the experiment first, so that nothing is fetched
/// for one that cannot run.
#[wasm_bindgen(js_name = dataFiles)]
pub fn data_files(experiment: JsValue) -> Result<Vec<String>, JsValue> {
    let experiment = values::experiment(experiment)?;
    let files = Dataset::files(&experiment.data);
    Ok(files)
}

/// Panics, so that the tests can see a real panic reach the page.
#[wasm_bindgen(js_name = crashOnPurpose)]
#[allow(clippy::panic)]
pub fn crash_on_purpose() {
    panic!("crashed on purpose, to see that a panic is told to the visitor");
}

/// One run on one device.
#[wasm_bindgen]
pub struct Playground {
    trainer: Trainer,
    device: DeviceName,
}

#[wasm_bindgen]
impl Playground {
    /// Opens the device, reads the data, builds the nets, and goes on from a model where one is given; rejects with
    /// `{code, detail, field?}`.
    pub async fn create(
        experiment: JsValue,
        device: JsValue,
        files: Vec<Uint8Array>,
        model: Option<Vec<u8>>,
    ) -> Result<Playground, JsValue> {
        let experiment = values::experiment(experiment)?;
        let name: DeviceName =
            values::read(device).map_err(|error| failure::from_structure(&error))?;
        let opened = device::open(name)
            .await
            .map_err(|error| failure::from_device(&error))?;
        let files: Vec<_> = files.iter().map(Uint8Array::to_vec).collect();
        let mut trainer = Trainer::new(&experiment, files, &opened)
            .map_err(|error| failure::from_train(&error, name))?;
        if let Some(bytes) = model {
            Model::read(&bytes, trainer.device())
                .map_err(TrainError::from)
                .and_then(|model| trainer.resume(&model))
                .map_err(|error| failure::from_train(&error, name))?;
        }
        // For whoever opens the console to report a problem.
        let version = env!("CARGO_PKG_VERSION");
        web_sys::console::debug_1(&format!("GAN playground {version}: a run on {name:?}").into());
        Ok(Self {
            trainer,
            device: name,
        })
    }

    /// Issues one training step; reads nothing back.
    pub fn step(&mut self) {
        self.trainer.step();
    }

    /// Does one training step, and tells what happened in it: `Anatomy` in `www/protocol.js`.
    pub async fn dissect(&mut self) -> Result<JsValue, JsValue> {
        let taken = self.trainer.dissect().await;
        let anatomy = taken.map_err(|error| failure::from_train(&error, self.device))?;
        closer::anatomy_to_js(&anatomy, self.trainer.experiment().noise.dims)
    }

    /// Fresh examples, real and fake, with D's answers; the run does not notice: `Deal` in `www/protocol.js`.
    pub async fn deal(&mut self, count: usize) -> Result<JsValue, JsValue> {
        let dealt = self.trainer.deal(count).await;
        let deal = dealt.map_err(|error| failure::from_train(&error, self.device))?;
        closer::deal_to_js(&deal, self.trainer.steps(), self.trainer.data())
    }

    /// Goes on with other live settings from the next step on; throws where more than those would change.
    pub fn change(&mut self, experiment: JsValue) -> Result<(), JsValue> {
        self.trainer
            .change(&values::experiment(experiment)?)
            .map_err(|error| failure::from_experiment(&error))
    }

    /// Takes every metric of now; waits for the device, and costs about as much as some steps.
    pub async fn measure(&mut self) -> Result<JsValue, JsValue> {
        let measured = self.trainer.measure().await;
        let (measures, diagnosis) =
            measured.map_err(|error| failure::from_train(&error, self.device))?;
        report::measures_to_js(&measures, diagnosis)
    }

    /// Whether reports of points have the optimal assignment from now on.
    #[wasm_bindgen(js_name = showTransport)]
    pub fn show_transport(&mut self, shown: bool) {
        self.trainer.show_transport(shown);
    }

    /// Reads back everything since the last report in one go.
    pub async fn report(&mut self) -> Result<JsValue, JsValue> {
        let read = self.trainer.report().await;
        report::to_js(&read.map_err(|error| failure::from_train(&error, self.device))?)
    }

    /// Steps done so far.
    pub fn steps(&self) -> f64 {
        self.trainer.steps() as f64
    }

    /// The bytes of a file that a run can go on from; `directions` are `[{name, vector}]`.
    pub async fn save(&self, directions: JsValue) -> Result<Uint8Array, JsValue> {
        let directions: Vec<Direction> = values::read(directions)?;
        let saved = self.trainer.save(directions).await;
        let bytes = saved.map_err(|error| failure::from_train(&error, self.device))?;
        Ok(Uint8Array::from(bytes.as_slice()))
    }

    /// The same of G alone, as samples are drawn from it.
    pub async fn snapshot(&self) -> Result<Uint8Array, JsValue> {
        let taken = self.trainer.snapshot().await;
        let bytes = taken.map_err(|error| failure::from_train(&error, self.device))?;
        Ok(Uint8Array::from(bytes.as_slice()))
    }

    /// All that the run needs to go on elsewhere; what has happened since the last report is no part of it.
    pub async fn state(&self) -> Result<Uint8Array, JsValue> {
        let taken = self.trainer.state().await;
        let bytes = taken.map_err(|error| failure::from_train(&error, self.device))?;
        Ok(Uint8Array::from(bytes.as_slice()))
    }

    /// Goes on from where a run of the same experiment stood, on whatever device.
    pub fn restore(&mut self, state: &[u8]) -> Result<(), JsValue> {
        let restored = self.trainer.restore(state);
        restored.map_err(|error| failure::from_train(&error, self.device))
    }

    /// The mean of all pictures, pixel by pixel, `[height, width, channels]`; empty where there are none.
    pub fn mean(&self) -> Uint8Array {
        about::mean(self.trainer.data())
    }

    /// What the run is trained on.
    pub fn about(&self) -> Result<JsValue, JsValue> {
        about::to_js(self.trainer.data())
    }

    /// The picture of the data that is nearest to a fake, whose bytes are as a report has them; null where there is none.
    pub fn nearest(&self, fake: &[u8]) -> Result<JsValue, JsValue> {
        about::nearest_to_js(self.trainer.data(), fake)
    }

    /// Trainable numbers in each net, `{generator, discriminator}`.
    pub fn parameters(&self) -> Result<JsValue, JsValue> {
        let (generator, discriminator) = self.trainer.parameters();
        values::object([
            ("generator", generator.into()),
            ("discriminator", discriminator.into()),
        ])
    }
}
