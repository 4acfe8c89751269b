//! What a run leaves behind: `experiment.json`, `metrics.csv`, `samples-STEP.png`, `model.safetensors`.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use gan_playground::{
    experiment::Experiment,
    metrics::diagnosis::Diagnosis,
    train::{ImagesPicture, Measures, Picture, PointsPicture, Report, Trainer},
};
use pollster::block_on;

/// Pixels along a side of a picture of points.
const PLOT: usize = 512;
/// How many times larger than itself a picture is drawn in a sheet.
const ZOOM: usize = 2;

/// A run's folder.
pub struct Folder {
    path: PathBuf,
    metrics: BufWriter<File>,
    sheets_from: u64,
}

/// One row of `metrics.csv`.
pub struct Row<'a> {
    pub seconds: f64,
    pub report: &'a Report,
    pub measures: &'a Measures,
    pub diagnosis: Diagnosis,
}

const COLUMNS: [&str; 25] = [
    "step",
    "seconds",
    "d_loss",
    "g_loss",
    "d_accuracy_real",
    "d_accuracy_fake",
    "d_saturation",
    "d_gradient_norm",
    "g_gradient_norm",
    "diversity",
    "sliced_wasserstein",
    "sliced_wasserstein_floor",
    "modes",
    "high_quality",
    "mode_width",
    "reverse_kl",
    "jensen_shannon",
    "frechet",
    "frechet_floor",
    "class_worst_ratio",
    "asked_for",
    "score_right_label",
    "score_swapped_label",
    "layer_gradient_norms",
    "diagnosis",
];

impl Folder {
    pub fn create(path: &Path, experiment: &Experiment) -> Result<Self> {
        std::fs::create_dir_all(path)
            .with_context(|| format!("the folder {} cannot be made", path.display()))?;
        let json = serde_json::to_string_pretty(experiment)? + "\n";
        std::fs::write(path.join("experiment.json"), json)?;
        let mut metrics = BufWriter::new(File::create(path.join("metrics.csv"))?);
        writeln!(metrics, "{}", COLUMNS.join(","))?;
        Ok(Self {
            path: path.to_owned(),
            metrics,
            sheets_from: 1,
        })
    }

    /// Adds a row, and a sheet of samples whenever the run has doubled since the last one.
    pub fn record(&mut self, row: &Row<'_>) -> Result<()> {
        let Row {
            seconds,
            report,
            measures,
            diagnosis,
        } = row;
        let figure = measures.figure.as_ref();
        let pictures = measures.pictures.as_ref();
        let labels = measures.labels;
        let asked_for = figure
            .and_then(|m| m.asked_for)
            .or(pictures.and_then(|p| p.asked_for));
        let layers: Vec<_> = [
            ("D", &measures.discriminator_gradients),
            ("G", &measures.generator_gradients),
        ]
        .iter()
        .flat_map(|(net, gradients)| {
            gradients
                .layers
                .iter()
                .map(move |layer| format!("{net}.{}={:.4e}", layer.layer, layer.norm))
        })
        .collect();
        let cells = [
            report.step.to_string(),
            format!("{seconds:.2}"),
            mean(&report.discriminator_losses),
            mean(&report.generator_losses),
            number(Some(measures.accuracy.real)),
            number(Some(measures.accuracy.fake)),
            number(Some(measures.saturation)),
            number(Some(measures.discriminator_gradients.total)),
            number(Some(measures.generator_gradients.total)),
            number(Some(measures.diversity)),
            number(Some(measures.sliced)),
            number(Some(measures.sliced_floor)),
            figure.map_or(String::new(), |m| m.modes.captured.to_string()),
            number(figure.map(|m| m.modes.high_quality)),
            number(figure.map(|m| m.modes.width)),
            number(figure.map(|m| m.modes.reverse_kl())),
            number(figure.map(|m| m.jensen_shannon)),
            number(pictures.map(|p| p.frechet)),
            number(pictures.map(|p| p.frechet_floor)),
            number(pictures.map(|p| p.classes.worst_ratio)),
            number(asked_for),
            number(labels.map(|l| l.right)),
            number(labels.map(|l| l.swapped)),
            layers.join(" "),
            format!("\"{}\"", diagnosis.sentence()),
        ];
        writeln!(self.metrics, "{}", cells.join(","))?;
        self.metrics.flush()?;
        if report.step >= self.sheets_from {
            self.sheet(report)?;
            self.sheets_from = 2 * report.step;
        }
        Ok(())
    }

    /// Writes the last sheet and the nets; `lean` is of [`Train`](crate::args::Train).
    pub fn finish(self, trainer: &Trainer, report: &Report, lean: bool) -> Result<()> {
        self.sheet(report)?;
        let bytes = match lean {
            true => block_on(trainer.save_shown())?,
            false => block_on(trainer.save(Vec::new()))?,
        };
        std::fs::write(self.path.join("model.safetensors"), bytes)?;
        Ok(())
    }

    fn sheet(&self, report: &Report) -> Result<()> {
        let path = self.path.join(format!("samples-{:06}.png", report.step));
        let (size, pixels) = match &report.picture {
            Picture::Points(picture) => ([PLOT; 2], plot(picture)),
            Picture::Images(picture) => sheet(picture),
            // Numbers are for `--export`.
            Picture::Table(_) => return Ok(()),
        };
        let mut encoder = png::Encoder::new(
            BufWriter::new(File::create(&path)?),
            size[0] as u32,
            size[1] as u32,
        );
        encoder.set_color(png::ColorType::Rgb);
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(())
    }
}

/// Empty where there is none.
fn number(value: Option<f32>) -> String {
    value.map_or(String::new(), |value| format!("{value:.6}"))
}

fn mean(values: &[f32]) -> String {
    number((!values.is_empty()).then(|| values.iter().sum::<f32>() / values.len() as f32))
}

/// Real points in blue and fakes in orange over D's surface in grey, `[PLOT, PLOT, 3]`.
fn plot(picture: &PointsPicture) -> Vec<u8> {
    let mut pixels = vec![0; PLOT * PLOT * 3];
    for (at, pixel) in pixels.chunks_exact_mut(3).enumerate() {
        let cell = |pixel: usize| pixel * picture.surface_size / PLOT;
        // The surface's first row is the lowest, the plot's the highest.
        let row = picture.surface_size - 1 - cell(at / PLOT);
        let score = picture.surface[row * picture.surface_size + cell(at % PLOT)];
        pixel.fill(225 + (30.0 * score) as u8);
    }
    let mut dots = |points: &[f32], colour: [u8; 3]| {
        for point in points.chunks_exact(2) {
            let at = |coordinate: f32| {
                let share = (coordinate / picture.extent + 1.0) / 2.0;
                (share * PLOT as f32) as isize
            };
            let (x, y) = (at(point[0]), PLOT as isize - 1 - at(point[1]));
            for (dx, dy) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let (x, y) = (x + dx, y + dy);
                let inside = 0..PLOT as isize;
                if inside.contains(&x) && inside.contains(&y) {
                    let at = (y as usize * PLOT + x as usize) * 3;
                    pixels[at..at + 3].copy_from_slice(&colour);
                }
            }
        }
    };
    dots(&picture.real, [60, 110, 200]);
    dots(&picture.fake, [225, 105, 20]);
    pixels
}

/// Fakes in rows, `ZOOM` times enlarged, as width and height and `[height, width, 3]`.
fn sheet(picture: &ImagesPicture) -> ([usize; 2], Vec<u8>) {
    let size = picture.width * picture.height * picture.channels;
    let count = picture.fake.len() / size;
    let rows = count.div_ceil(picture.columns);
    let width = picture.columns * picture.width * ZOOM;
    let height = rows * picture.height * ZOOM;
    let mut pixels = vec![255; width * height * 3];
    for (at, pixel) in pixels.chunks_exact_mut(3).enumerate() {
        let (x, y) = (at % width / ZOOM, at / width / ZOOM);
        let index = y / picture.height * picture.columns + x / picture.width;
        if index < count {
            let inside = y % picture.height * picture.width + x % picture.width;
            let from = index * size + inside * picture.channels;
            for (channel, value) in pixel.iter_mut().enumerate() {
                *value = picture.fake[from + channel.min(picture.channels - 1)];
            }
        }
    }
    ([width, height], pixels)
}

/// A file of rows as NumPy reads them: format 1.0, float32, little-endian, C order.
pub struct Npy {
    file: BufWriter<File>,
}

impl Npy {
    /// Makes the file, and the folder that it is in.
    pub fn create(path: &Path) -> Result<Self> {
        let made = || -> std::io::Result<File> {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            File::create(path)
        };
        let file = made().with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self {
            file: BufWriter::new(file),
        })
    }

    /// Writes `rows`, `[count, features]` row by row, and ends the file.
    pub fn write(mut self, rows: &[f32], features: usize) -> Result<()> {
        self.file.write_all(&npy(rows, features))?;
        self.file.flush()?;
        Ok(())
    }
}

fn npy(rows: &[f32], features: usize) -> Vec<u8> {
    let mut header = format!(
        "{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {features}), }}",
        rows.len() / features
    );
    // Magic, version, length and header together must divide by 64; the header ends in a newline.
    let before = 10;
    let padding = (64 - (before + header.len() + 1) % 64) % 64;
    header.push_str(&" ".repeat(padding));
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(rows.iter().flat_map(|number| number.to_le_bytes()));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Byte for byte what `numpy.save` of NumPy 2 writes for `[[1.5, -2.0]]`.
    #[test]
    fn rows_are_written_as_numpy_writes_them() {
        let bytes = npy(&[1.5, -2.0], 2);
        let header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
        assert_eq!(&bytes[..8], b"\x93NUMPY\x01\x00");
        assert_eq!(bytes[8..10], [118, 0]);
        assert_eq!(&bytes[10..10 + header.len()], header);
        assert!(
            bytes[10 + header.len()..127]
                .iter()
                .all(|byte| *byte == b' ')
        );
        assert_eq!(bytes[127], b'\n');
        assert_eq!(bytes[128..], [0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0]);
    }
}
