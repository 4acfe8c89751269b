//! All that a run needs to go on elsewhere, on another device say, as bytes: it takes the very steps there that it would
//! have taken here, up to rounding. Unlike a model file it is for the same build, at once, and for nobody's eyes: weights
//! and what optimisers remember as vectors, the random streams where they stand, what the verdict on the game remembers.
//!
//! Spectral norms are estimated anew, from the weights.

use burn::tensor::{Device, Tensor, TensorData};
use safetensors::{
    SafeTensors,
    tensor::{Dtype, TensorView},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    TrainError,
    inputs::Streams,
    report::{execute, numbers},
    watch::Watch,
};
use crate::{json, readback::Transaction};

/// Where the rest stands among a file's metadata.
const KEY: &str = "state";

/// Vectors by name, and the rest as JSON.
#[derive(Default)]
pub struct Writer {
    names: Vec<&'static str>,
    transaction: Transaction,
}

impl Writer {
    pub fn with(mut self, name: &'static str, vector: &Tensor<1>) -> Self {
        self.names.push(name);
        self.transaction = self.transaction.register(vector.clone());
        self
    }

    /// Waits for all vectors.
    ///
    /// # Errors
    /// [`TrainError::Device`] when the device gives none.
    pub async fn bytes(self, rest: &impl Serialize) -> Result<Vec<u8>, TrainError> {
        let mut read = execute(self.transaction).await?;
        let mut vectors = Vec::with_capacity(self.names.len());
        for name in self.names {
            let values = numbers(read.next())?;
            let bytes: Vec<u8> = values.into_iter().flat_map(f32::to_le_bytes).collect();
            vectors.push((name, bytes));
        }
        let views = vectors
            .iter()
            .map(|(name, bytes)| {
                let length = bytes.len() / size_of::<f32>();
                TensorView::new(Dtype::F32, vec![length], bytes).map(|view| (*name, view))
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| unusable(&error))?;
        let rest = json::write(rest).map_err(|error| unusable(&error))?;
        let metadata = [(KEY.to_owned(), rest)].into_iter().collect();
        safetensors::serialize(views, Some(metadata)).map_err(|error| unusable(&error))
    }
}

/// What a [`Writer`] wrote.
pub struct Reader<'a> {
    vectors: SafeTensors<'a>,
    rest: String,
}

impl<'a> Reader<'a> {
    /// # Errors
    /// [`TrainError::State`] when that is not what the bytes are.
    pub fn new(bytes: &'a [u8]) -> Result<Self, TrainError> {
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|error| unusable(&error))?;
        let rest = header.metadata().as_ref().and_then(|all| all.get(KEY));
        Ok(Self {
            rest: rest
                .cloned()
                .ok_or_else(|| unusable(&"it says nothing of the run"))?,
            vectors: SafeTensors::deserialize(bytes).map_err(|error| unusable(&error))?,
        })
    }

    /// # Errors
    /// [`TrainError::State`] when it is of something else.
    pub fn rest<T: DeserializeOwned>(&self) -> Result<T, TrainError> {
        json::read(self.rest.as_bytes()).map_err(|error| unusable(&error))
    }

    /// A vector of so many numbers.
    ///
    /// # Errors
    /// [`TrainError::State`] when there is none of this name and length.
    pub fn vector(
        &self,
        name: &str,
        length: usize,
        device: &Device,
    ) -> Result<Tensor<1>, TrainError> {
        let view = self
            .vectors
            .tensor(name)
            .map_err(|error| unusable(&error))?;
        let (bytes, _) = view.data().as_chunks();
        if bytes.len() != length {
            let found = bytes.len();
            return Err(unusable(&format!(
                "{name} has {found} numbers, not {length}"
            )));
        }
        let values: Vec<f32> = bytes.iter().copied().map(f32::from_le_bytes).collect();
        Ok(Tensor::from_data(TensorData::new(values, [length]), device))
    }
}

impl Rest {
    /// # Errors
    /// [`TrainError::State`] when it is of nets of other shapes.
    pub fn check(&self, shapes: [Vec<Vec<usize>>; 2]) -> Result<(), TrainError> {
        match self.shapes == shapes {
            true => Ok(()),
            false => Err(unusable(&"its nets are others")),
        }
    }
}

fn unusable(cause: &impl ToString) -> TrainError {
    TrainError::State(cause.to_string())
}

/// What of a run is neither a vector nor in its experiment.
#[derive(Serialize, Deserialize)]
pub struct Rest {
    pub step: u64,
    /// Of D's weights and of G's, layer by layer: vectors of other nets can have the same length.
    pub shapes: [Vec<Vec<usize>>; 2],
    /// Descents so far, of D and of G.
    pub descents: [i32; 2],
    /// What G's average has taken in, where it is kept.
    pub averaged: Option<u64>,
    pub streams: Streams,
    pub watch: Watch,
}
