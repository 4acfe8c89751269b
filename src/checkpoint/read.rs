//! A file's bytes, which may come from anywhere, to nets. Nothing in it is trusted: whatever is wrong is found before
//! anything is built from it.

use std::collections::BTreeMap;

use burn::{
    module::{Module, ModuleMapper, Param},
    tensor::{Device, Tensor, TensorData},
};
use safetensors::{Dtype, SafeTensors};

use super::{About, CheckpointError, KEY, MOST_STEPS, Part, VERSION, Writer};
use crate::{
    data::Shape,
    experiment::Experiment,
    json,
    nets::{Discriminator, Generator, Judged, Made, Path},
    rng::{self, Stream},
};

/// A model that has been read: every weight is there, of the right shape, and a finite number.
#[derive(Clone, Debug)]
pub struct Model {
    about: About,
    /// By name, in the file's layout.
    weights: BTreeMap<String, Weights>,
}

#[derive(Clone, Debug)]
struct Weights {
    shape: Vec<usize>,
    values: Vec<f32>,
}

impl Model {
    /// Reads a file. The nets that it should have are made on `device`, for their shapes.
    ///
    /// # Errors
    /// When it is broken or no model, from a newer version, of an experiment that cannot be run, or has weights that
    /// are missing, too many, of another shape or type, or no finite numbers.
    pub fn read(bytes: &[u8], device: &Device) -> Result<Self, CheckpointError> {
        let (tensors, about) = parts(bytes)?;
        let about = read_about(about.as_deref().ok_or(CheckpointError::Foreign)?)?;
        let names = tensors.names();
        let has = |part: Part| names.iter().any(|name| name.starts_with(part.name()));
        let expected = expected(&about, has, device);
        let weights = weights(&tensors, expected)?;
        Ok(Self { about, weights })
    }

    /// Reads a file of the same run at another step, for which all that [`Model::read`] checks is known but the weights;
    /// nothing where it is of another run.
    ///
    /// # Errors
    /// As of [`Model::read`].
    pub fn read_again(&self, bytes: &[u8]) -> Result<Option<Self>, CheckpointError> {
        let (tensors, about) = parts(bytes)?;
        let about: Option<About> = about.and_then(|about| json::read(about.as_bytes()).ok());
        let same = |about: &About| {
            let then = About {
                step: self.about.step,
                directions: self.about.directions.clone(),
                ..about.clone()
            };
            then == self.about && about.directions.is_empty()
        };
        let Some(about) = about.filter(same) else {
            return Ok(None);
        };
        let known = |(name, weights): (&String, &Weights)| (name.clone(), weights.shape.clone());
        let weights = weights(&tensors, self.weights.iter().map(known))?;
        Ok(Some(Self { about, weights }))
    }

    pub fn about(&self) -> &About {
        &self.about
    }

    /// Whether the file has this net.
    pub fn has(&self, part: Part) -> bool {
        self.weights
            .keys()
            .any(|name| name.starts_with(part.name()))
    }

    /// The net with the file's weights of `part` in place of its own.
    ///
    /// # Errors
    /// When the file has not just those.
    pub fn fill<N: Module>(&self, part: Part, net: N) -> Result<N, CheckpointError> {
        let mut fill = Fill {
            part,
            path: Path::default(),
            weights: &self.weights,
            missing: None,
        };
        let net = net.map(&mut fill);
        match fill.missing {
            Some(name) => Err(CheckpointError::Missing(name)),
            None => Ok(net),
        }
    }

    /// G as the run's samples are drawn from it: its average where that is kept and shown.
    ///
    /// # Errors
    /// When the file has no G.
    pub fn generator(&self, device: &Device) -> Result<Generator, CheckpointError> {
        self.fill_generator(blank_generator(&self.about, device))
    }

    /// The same into a G of this run.
    ///
    /// # Errors
    /// As of [`Model::fill`].
    pub fn fill_generator(&self, generator: Generator) -> Result<Generator, CheckpointError> {
        let shown = self.about.experiment.stabilisers.ema_shown && self.has(Part::Average);
        let part = if shown {
            Part::Average
        } else {
            Part::Generator
        };
        self.fill(part, generator)
    }

    /// D, where the file has it.
    ///
    /// # Errors
    /// When the file has not all of it.
    pub fn discriminator(&self, device: &Device) -> Result<Option<Discriminator>, CheckpointError> {
        if !self.has(Part::Discriminator) {
            return Ok(None);
        }
        let blank = blank_discriminator(&self.about, device);
        let filled = self.fill(Part::Discriminator, blank)?;
        Ok(Some(filled.settled()))
    }

    /// Whether a run with such nets can go on from here.
    ///
    /// # Errors
    /// When G is of another shape, has other noise or classes, or a net other layers.
    pub fn check_fits(&self, experiment: &Experiment, made: Made) -> Result<(), CheckpointError> {
        let say = |experiment: &Experiment, made: Made| {
            let of = match made.shape {
                Shape::Row { numbers } => format!("{numbers} numbers"),
                Shape::Image {
                    channels,
                    height,
                    width,
                } => format!("{width}x{height} pictures with {channels} channels"),
            };
            let nets = [&experiment.generator, &experiment.discriminator]
                .map(|net| json::write(net).unwrap_or_else(|_| net.kind().to_owned()));
            format!(
                "{of} from {} dimensions of noise and {} classes, with the nets {} and {}, {} in a pack, {:?} at the end and {} spectral norm",
                made.noise,
                made.classes,
                nets[0],
                nets[1],
                experiment.stabilisers.packing,
                experiment.output,
                if experiment.lipschitz.spectral_norm {
                    "a"
                } else {
                    "no"
                }
            )
        };
        let found = say(&self.about.experiment, self.about.made());
        let expected = say(experiment, made);
        match found == expected {
            true => Ok(()),
            false => Err(CheckpointError::OtherRun { found, expected }),
        }
    }
}

/// A file's tensors, and what it says of itself.
fn parts(bytes: &[u8]) -> Result<(SafeTensors<'_>, Option<String>), CheckpointError> {
    let (_, header) = SafeTensors::read_metadata(bytes)?;
    let tensors = SafeTensors::deserialize(bytes)?;
    let about = header.metadata().as_ref().and_then(|all| all.get(KEY));
    Ok((tensors, about.cloned()))
}

/// All weights of a file, which has to have just those of `expected`, names and shapes.
fn weights(
    tensors: &SafeTensors<'_>,
    expected: impl IntoIterator<Item = (String, Vec<usize>)>,
) -> Result<BTreeMap<String, Weights>, CheckpointError> {
    let mut weights = BTreeMap::new();
    for (name, shape) in expected {
        let values = values(tensors, &name, &shape)?;
        weights.insert(name, Weights { shape, values });
    }
    let names = tensors.names();
    match names.iter().find(|name| !weights.contains_key(**name)) {
        Some(name) => Err(CheckpointError::Unknown((*name).to_owned())),
        None => Ok(weights),
    }
}

/// Reads and checks what a file says of itself. The version comes first: a newer one may say all else differently.
fn read_about(text: &str) -> Result<About, CheckpointError> {
    let unreadable = |error: &dyn std::fmt::Display| CheckpointError::About(error.to_string());
    let json: serde_json::Value =
        json::read(text.as_bytes()).map_err(|error| unreadable(&error))?;
    match json.get("version").and_then(serde_json::Value::as_u64) {
        None => return Err(unreadable(&"it names no version")),
        Some(version) if version > u64::from(VERSION) => {
            return Err(CheckpointError::Newer(version));
        }
        Some(_) => {}
    }
    let experiment = json.get("experiment").unwrap_or(&serde_json::Value::Null);
    Experiment::read(experiment)?;
    let about: About = serde_json::from_value(json).map_err(|error| unreadable(&error))?;
    let experiment = &about.experiment;
    let sides = 1..=64usize;
    let shape_fits = match about.shape {
        Shape::Row { numbers } => (1..=64).contains(&numbers),
        Shape::Image {
            channels,
            height,
            width,
        } => matches!(channels, 1 | 3) && sides.contains(&height) && sides.contains(&width),
    };
    let classes_fit = match experiment.conditional {
        true => (1..=256).contains(&about.classes),
        false => about.classes == 0,
    };
    for (fits, what) in [
        (shape_fits, "the shape of what it makes is none"),
        (
            about.noise == experiment.noise.dims,
            "its noise is not that of its experiment",
        ),
        (classes_fit, "its classes do not go with its experiment"),
        (
            about.class_names.is_empty() || about.class_names.len() == about.classes,
            "it has other names of classes than classes",
        ),
        (
            about.bound.is_finite() && about.bound > 0.0,
            "its bound is no positive number",
        ),
        (
            about.units.fit(about.shape.features()),
            "its units do not go with what it makes",
        ),
        (
            about.clone().with_directions(about.directions.clone()) == about,
            "its directions do not go with its noise",
        ),
        (
            about.step <= MOST_STEPS,
            "it has more steps than can be counted",
        ),
    ] {
        if !fits {
            return Err(unreadable(&what));
        }
    }
    // Before any net of it is made: it may be larger than the memory.
    experiment.check_size(about.shape, about.classes)?;
    Ok(about)
}

/// G with whatever weights, to be filled.
fn blank_generator(about: &About, device: &Device) -> Generator {
    let Experiment {
        generator, output, ..
    } = &about.experiment;
    let mut rng = rng::stream(0, Stream::GeneratorWeights);
    Generator::new(generator, *output, about.made(), &mut rng, device)
}

/// D likewise. Estimates of spectral norms are no weights, and are taken anew of the filled net.
fn blank_discriminator(about: &About, device: &Device) -> Discriminator {
    let Experiment {
        discriminator,
        lipschitz,
        stabilisers,
        ..
    } = &about.experiment;
    let judged = Judged {
        shape: about.shape,
        classes: about.classes,
        packing: stabilisers.packing,
    };
    let stream = |name| rng::stream(0, name);
    Discriminator::new(
        discriminator,
        judged,
        lipschitz
            .spectral_norm
            .then(|| stream(Stream::SpectralNorm)),
        &mut stream(Stream::DiscriminatorWeights),
        device,
    )
}

/// Names and shapes of all weights that the file must have: of G, and of those others that it `has` anything of.
fn expected(
    about: &About,
    has: impl Fn(Part) -> bool,
    device: &Device,
) -> Vec<(String, Vec<usize>)> {
    let mut slots = Writer::default().with(Part::Generator, &blank_generator(about, device));
    if has(Part::Average) {
        slots = slots.with(Part::Average, &blank_generator(about, device));
    }
    if has(Part::Discriminator) {
        slots = slots.with(Part::Discriminator, &blank_discriminator(about, device));
    }
    slots.into_slots()
}

fn values(
    tensors: &SafeTensors<'_>,
    name: &str,
    shape: &[usize],
) -> Result<Vec<f32>, CheckpointError> {
    let tensor = tensors
        .tensor(name)
        .map_err(|_| CheckpointError::Missing(name.to_owned()))?;
    if tensor.dtype() != Dtype::F32 || tensor.shape() != shape {
        return Err(CheckpointError::Weights {
            name: name.to_owned(),
            found: format!("{} {:?}", tensor.dtype(), tensor.shape()),
            expected: format!("{} {shape:?}", Dtype::F32),
        });
    }
    let (numbers, _) = tensor.data().as_chunks();
    let values: Vec<f32> = numbers.iter().copied().map(f32::from_le_bytes).collect();
    match values.iter().find(|value| !value.is_finite()) {
        Some(&value) => Err(CheckpointError::NotFinite {
            name: name.to_owned(),
            value,
        }),
        None => Ok(values),
    }
}

struct Fill<'a> {
    part: Part,
    path: Path,
    weights: &'a BTreeMap<String, Weights>,
    missing: Option<String>,
}

impl ModuleMapper for Fill<'_> {
    fn enter_module(&mut self, name: &str, container: &str) {
        self.path.enter(name, container);
    }

    fn exit_module(&mut self, _name: &str, container: &str) {
        self.path.exit(container);
    }

    fn map_float<const D: usize>(&mut self, param: Param<Tensor<D>>) -> Param<Tensor<D>> {
        let name = format!("{}.{}", self.part.name(), self.path.name());
        let shape = param.val().dims();
        let values = match self.weights.get(&name) {
            Some(Weights { values, .. }) if values.len() == shape.iter().product::<usize>() => {
                values
            }
            _ => {
                self.missing.get_or_insert(name);
                return param;
            }
        };
        let values = match shape[..] {
            [inputs, outputs] => transposed(values, outputs, inputs),
            _ => values.clone(),
        };
        param.map(|before| {
            let (active, device) = (before.is_require_grad(), before.device());
            let filled = Tensor::from_data(TensorData::new(values, shape), &device);
            if active {
                filled.require_grad()
            } else {
                filled
            }
        })
    }
}

/// `[rows, columns]` to `[columns, rows]`.
fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    (0..rows * columns)
        .map(|at| values[at % rows * columns + at / rows])
        .collect()
}
