//! A file that is not what it should be is told from one that is, whatever is wrong with it.

use burn::tensor::Device;
use pollster::block_on;

use super::*;
use crate::{experiment::presets::healthy, train::Trainer};

/// A small run with an average, packs and classes, and directions with names.
fn file() -> Vec<u8> {
    let mut experiment = healthy();
    experiment.conditional = true;
    experiment.noise.dims = 3;
    experiment.stabilisers.packing = 2;
    experiment.stabilisers.ema_half_life = 10.0;
    let mut trainer = Trainer::new(&experiment, Vec::new(), &Device::flex().autodiff()).unwrap();
    trainer.step();
    let up = Direction {
        name: "up".into(),
        vector: vec![0.0, 1.0, 0.0],
    };
    block_on(trainer.save(vec![up])).unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    let refused = Model::read(bytes, &Device::flex());
    refused.unwrap_err().to_string()
}

/// A safetensors file with its header changed as text, its length with it.
pub fn with_header(bytes: &[u8], change: impl Fn(String) -> String) -> Vec<u8> {
    let (length, rest) = bytes.split_first_chunk().unwrap();
    let (header, data) = rest.split_at(u64::from_le_bytes(*length) as usize);
    let before = String::from_utf8(header.to_vec()).unwrap();
    let after = change(before.clone());
    assert_ne!(before, after);
    let mut file = (after.len() as u64).to_le_bytes().to_vec();
    file.extend(after.into_bytes());
    file.extend(data);
    file
}

#[test]
fn a_file_says_what_it_is() {
    let model = Model::read(&file(), &Device::flex()).unwrap();
    let about = model.about();
    assert_eq!((about.step, about.noise, about.classes), (1, 3, 8));
    assert_eq!(about.shape, Shape::POINT);
    assert_eq!(about.directions[0].name, "up");
    let parts = [Part::Generator, Part::Average, Part::Discriminator];
    assert!(parts.iter().all(|part| model.has(*part)));
    assert!(model.discriminator(&Device::flex()).unwrap().is_some());
}

/// What is known of a run's file need not be checked again, and what is of another run is.
#[test]
fn a_later_file_of_the_run_is_read_by_its_weights_alone() {
    let mut trainer = Trainer::new(&healthy(), Vec::new(), &Device::flex().autodiff()).unwrap();
    let device = Device::flex();
    let first = Model::read(&block_on(trainer.snapshot()).unwrap(), &device).unwrap();
    trainer.step();
    let later = block_on(trainer.snapshot()).unwrap();
    let again = first.read_again(&later).unwrap().unwrap();
    let whole = Model::read(&later, &device).unwrap();
    assert_eq!(again.about(), whole.about());
    let made = |model: &Model| {
        let codes = crate::device::rows(vec![0.5; 2 * model.about().noise], 2, &device);
        let generator = model.generator(&device).unwrap();
        let rows = generator.forward(codes, None).rows;
        rows.into_data().try_to_vec::<f32>().unwrap()
    };
    assert_eq!(made(&again), made(&whole));
    assert_ne!(made(&again), made(&first));
    assert!(first.read_again(&file()).unwrap().is_none());
    let mut spoilt = later.clone();
    let last = spoilt.len() - 4;
    spoilt[last..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(first.read_again(&spoilt).is_err());
}

/// PyTorch's `nn.Linear` keeps `[outputs, inputs]`.
#[test]
fn linear_layers_lie_as_in_pytorch() {
    let bytes = file();
    let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
    let shape = |name| tensors.tensor(name).unwrap().shape().to_vec();
    let hidden = match &healthy().generator {
        crate::experiment::Net::Mlp { hidden, .. } => hidden.clone(),
        _ => unreachable!(),
    };
    assert_eq!(shape("generator.hidden.0.weight"), [hidden[0], 3 + 8]);
    assert_eq!(
        shape("average.output.weight"),
        [2, hidden[hidden.len() - 1]]
    );
    assert_eq!(shape("discriminator.hidden.0.weight")[1], 2 * (2 + 8));
}

#[test]
fn a_file_cut_anywhere_or_too_long_is_refused() {
    let mut bytes = file();
    for length in (0..3_000)
        .step_by(7)
        .chain((3_000..bytes.len()).step_by(997))
    {
        let sentence = refusal(&bytes[..length]);
        assert!(
            sentence.contains("or only a part of one"),
            "{length}: {sentence}"
        );
    }
    bytes.push(0);
    assert!(refusal(&bytes).contains("or only a part of one"));
    assert!(refusal(b"GIF89a").contains("it is no safetensors file"));
}

#[test]
fn what_does_not_go_together_is_refused() {
    let bytes = file();
    for (from, to, sentence) in [
        (r#""gan""#, r#""gun""#, "not one of this playground"),
        (r#"\"version\":1"#, r#"\"version\":2"#, "it is of version 2"),
        (
            r#"\"version\":1"#,
            r#"\"veršion\":1"#,
            "it names no version",
        ),
        (r#"\"seed\":1"#, r#"\"seed\":-1"#, "seed is -1"),
        (r#"\"step\":1"#, r#"\"step\":-1"#, "cannot be read"),
        (
            r#"\"noise\":3"#,
            r#"\"noise\":4"#,
            "its noise is not that of",
        ),
        (r#"\"dims\":3"#, r#"\"dims\":4"#, "its noise is not that of"),
        (
            r#"\"classes\":8"#,
            r#"\"classes\":0"#,
            "its classes do not go",
        ),
        (
            r#"\"classes\":8"#,
            r#"\"classes\":9"#,
            "generator.hidden.0.weight are F32 [64, 11], and have to be F32 [64, 12]",
        ),
        (
            r#"\"numbers\":2"#,
            r#"\"numbers\":900"#,
            "the shape of what it makes",
        ),
        (
            r#"\"bound\":"#,
            r#"\"bound\":-"#,
            "its bound is no positive number",
        ),
        (
            r#"[0.0,1.0,0.0]"#,
            r#"[0.0,1.0]"#,
            "its directions do not go",
        ),
        (
            "average.output.bias",
            "average.output.b",
            "lacks the weights average.output.bias",
        ),
        (
            "generator.output.bias",
            "generator.output.b",
            "lacks the weights generator.output.bias",
        ),
        (r#""F32""#, r#""I32""#, "are I32"),
        (
            r#""generator.output.bias""#,
            r#""more":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"generator.output.bias""#,
            "has the weights more",
        ),
    ] {
        let found = refusal(&with_header(&bytes, |header| header.replacen(from, to, 1)));
        assert!(found.contains(sentence), "{found:?}, not {sentence:?}");
    }
}

#[test]
fn weights_that_are_no_finite_numbers_are_refused() {
    for (value, shown) in [(f32::NAN, "NaN"), (f32::INFINITY, "inf")] {
        let mut bytes = file();
        let last = bytes.len() - 4;
        bytes[last..].copy_from_slice(&value.to_le_bytes());
        let sentence = refusal(&bytes);
        assert!(sentence.contains(&format!("hold {shown}")), "{sentence}");
    }
}

/// Bytes changed at random are read as what they are, or refused; nothing panics and nothing is made too large.
#[test]
fn damaged_files_do_no_harm() {
    use rand::RngExt;
    let bytes = file();
    let mut rng = crate::rng::stream(1, crate::rng::Stream::Noise);
    let header = 2_500.min(bytes.len());
    for _ in 0..3_000 {
        let mut damaged = bytes.clone();
        for _ in 0..rng.random_range(1..4) {
            let at = rng.random_range(0..header);
            damaged[at] = rng.random();
        }
        let _ = Model::read(&damaged, &Device::flex());
    }
}
