//! What is shown of a run: fakes from noise that never changes, real examples beside them, and D's view of both.

use burn::tensor::{Device, Tensor};
use rand_chacha::ChaCha8Rng;

use super::inputs::{examples, noise, one_hot};
use crate::{
    data::{Batch, Dataset, figure::Figure, images, table},
    experiment::Experiment,
    metrics::transport::Assignment,
    nets::{Discriminator, Examples, Generator},
    objective::reading::Reading,
};

/// Points of each kind in a picture of 2-D data, at most.
const POINTS: usize = 512;
/// Rows of each kind in a picture of a wider table, at most.
const ROWS: usize = 256;
/// Points of each kind that the optimal assignment is drawn between.
const MOVED: usize = 200;
/// Cells along a side of D's surface.
const SURFACE: usize = 32;
/// Pictures of each kind: a square of six by six.
const IMAGES: usize = 36;
/// Pictures of each class in a conditional run, one class a row.
const IMAGES_OF_A_CLASS: usize = 6;

/// One picture of the run, ready to be drawn.
#[derive(Clone, Debug)]
pub enum Picture {
    Points(PointsPicture),
    Table(TablePicture),
    Images(ImagesPicture),
}

/// Rows of more than two columns.
#[derive(Clone, Debug)]
pub struct TablePicture {
    /// With the units that the standardised numbers are in.
    pub columns: Vec<table::Column>,
    /// `[count, columns]`, standardised.
    pub real: Vec<f32>,
    /// `[count, columns]`, standardised.
    pub fake: Vec<f32>,
}

/// Points and D's surface over the square [-extent, extent]^2: in data units, or of a table's two columns standardised.
#[derive(Clone, Debug)]
pub struct PointsPicture {
    /// Of a table, its columns.
    pub columns: Vec<table::Column>,
    pub extent: f32,
    /// `[count, 2]`
    pub real: Vec<f32>,
    /// `[count, 2]`
    pub fake: Vec<f32>,
    pub surface_size: usize,
    /// D's probability of "real" at the centre of each cell, row by row, lowest y first. In a conditional run each
    /// cell is asked about as the class of what is nearest.
    pub surface: Vec<f32>,
    /// Where it is asked for: the cheapest way to move the first 200 fakes to the first 200 real points.
    pub transport: Option<Assignment>,
}

/// Pictures with D's probability of "real" for each.
#[derive(Clone, Debug)]
pub struct ImagesPicture {
    pub width: usize,
    pub height: usize,
    pub channels: usize,
    /// Pictures in a row.
    pub columns: usize,
    /// In a conditional run, what each row is asked to be; otherwise empty.
    pub row_classes: Vec<String>,
    /// `[count, height, width, channels]`
    pub real: Vec<u8>,
    pub real_scores: Vec<f32>,
    /// `[count, height, width, channels]`
    pub fake: Vec<u8>,
    pub fake_scores: Vec<f32>,
}

/// The tensors that a picture is made of, before they are read: `[count, features]` fakes, and D's scores
/// `[count, 1]` of fakes and reals, or of the surface's cells.
pub struct Frame {
    pub fake: Tensor<2>,
    pub scores: Option<Tensor<2>>,
}

/// Noise and examples that stay the same all through a run, so that change in the picture is change in the nets.
pub struct Display {
    noise: Tensor<2>,
    classes: Option<Tensor<2>>,
    /// As the nets see them.
    real: Vec<f32>,
    /// What D is asked about, if anything: real pictures, or the surface's cells.
    asked: Option<Examples>,
    /// Whether D is asked about the fakes first; in 2-D its surface shows that already.
    score_fakes: bool,
    show_transport: bool,
    /// What a pack is filled up with, as D never sees an example alone: real examples, `[rest of the pack, features]`.
    /// A fake's score is how real D finds a pack in which it is the only fake.
    company: Option<Examples>,
}

impl Display {
    pub fn new(
        experiment: &Experiment,
        data: &Dataset,
        mut rng: ChaCha8Rng,
        device: &Device,
    ) -> Self {
        let packing = experiment.stabilisers.packing;
        let count = match data {
            Dataset::Figure(_) => POINTS,
            Dataset::Table(table) if table.columns().len() == 2 => POINTS.min(table.len()),
            Dataset::Table(table) => ROWS.min(table.len()),
            Dataset::Images(_) if experiment.conditional => data.classes() * IMAGES_OF_A_CLASS,
            Dataset::Images(_) => IMAGES,
        };
        let noise = noise(&mut rng, &experiment.noise, count, device);
        let mut batches = data.batches(rng);
        let batch = match data {
            Dataset::Images(images) if experiment.conditional => {
                of_each_class(images, IMAGES_OF_A_CLASS)
            }
            _ => batches.next(data, count),
        };
        let classes = experiment
            .conditional
            .then(|| one_hot(&batch.labels, data.classes(), device));
        let asked = match data {
            Dataset::Figure(figure) => Some(figure_surface(experiment, data, figure, device)),
            Dataset::Table(table) if table.columns().len() == 2 => {
                Some(table_surface(experiment, data, table, device))
            }
            // D's score of a row shows nothing.
            Dataset::Table(_) => None,
            Dataset::Images(_) => Some(examples(batch.clone(), experiment, data, device)),
        };
        let company = (packing > 1).then(|| {
            let others = batches.next(data, packing - 1);
            examples(others, experiment, data, device)
        });
        Self {
            noise,
            classes,
            real: batch.rows,
            asked,
            score_fakes: matches!(data, Dataset::Images(_)),
            show_transport: false,
            company,
        }
    }

    /// Where its tensors are, without autodiff.
    pub fn device(&self) -> Device {
        self.noise.device()
    }

    /// Whether pictures of points have the optimal assignment from now on.
    pub fn show_transport(&mut self, shown: bool) {
        self.show_transport = shown;
    }

    /// Issues the picture of now from both nets, which must be without autodiff.
    pub fn frame(&self, generator: &Generator, discriminator: &Discriminator) -> Frame {
        let fake = generator.forward(self.noise.clone(), self.classes.clone());
        let asked = match (&self.asked, self.score_fakes) {
            (Some(asked), true) => Some(Examples::cat(fake.clone(), asked.clone())),
            (asked, _) => asked.clone(),
        };
        Frame {
            fake: fake.rows,
            scores: asked.map(|asked| discriminator.forward(self.in_company(asked))),
        }
    }

    /// Each example at the head of a pack, so that there is a score for each.
    pub fn in_company(&self, examples: Examples) -> Examples {
        let Some(company) = &self.company else {
            return examples;
        };
        let fill = |heads: Tensor<2>, company: &Tensor<2>| {
            let [count, width] = heads.dims();
            let [others, _] = company.dims();
            let company: Tensor<3> = company.clone().reshape([1, others, width]);
            let packs = Tensor::cat(
                vec![
                    heads.reshape([count, 1, width]),
                    company.expand([count, others, width]),
                ],
                1,
            );
            packs.reshape([count * (others + 1), width])
        };
        Examples {
            rows: fill(examples.rows, &company.rows),
            classes: match (examples.classes, &company.classes) {
                (Some(classes), Some(others)) => Some(fill(classes, others)),
                _ => None,
            },
        }
    }

    /// Makes the picture from a frame's numbers; `reading` tells how D's scores are meant.
    pub fn picture(
        &self,
        data: &Dataset,
        fake: &[f32],
        scores: &[f32],
        reading: Reading,
    ) -> Picture {
        let scores: Vec<f32> = scores.iter().map(|l| reading.probability(*l)).collect();
        match data {
            Dataset::Figure(figure) => {
                let units = data.units();
                let (mut real, mut fake) = (self.real.clone(), fake.to_vec());
                units.from_nets(&mut real);
                units.from_nets(&mut fake);
                Picture::Points(PointsPicture {
                    columns: Vec::new(),
                    extent: figure.extent(),
                    transport: self.transport(&real, &fake),
                    real,
                    fake,
                    surface_size: SURFACE,
                    surface: scores,
                })
            }
            Dataset::Table(table) => {
                let (columns, real, fake) =
                    (table.columns().to_vec(), self.real.clone(), fake.to_vec());
                match table.columns() {
                    [_, _] => Picture::Points(PointsPicture {
                        columns,
                        extent: table.extent(),
                        transport: self.transport(&real, &fake),
                        real,
                        fake,
                        surface_size: SURFACE,
                        surface: scores,
                    }),
                    _ => Picture::Table(TablePicture {
                        columns,
                        real,
                        fake,
                    }),
                }
            }
            Dataset::Images(set) => {
                let format = set.manifest().image;
                let bytes =
                    |rows: &[f32]| interleave(rows, format.channels, format.width * format.height);
                let (fake_scores, real_scores) = scores.split_at(scores.len() / 2);
                let row_classes = match &self.classes {
                    None => Vec::new(),
                    Some(_) => set.class_names(),
                };
                Picture::Images(ImagesPicture {
                    width: format.width,
                    height: format.height,
                    channels: format.channels,
                    columns: IMAGES_OF_A_CLASS,
                    row_classes,
                    real: bytes(&self.real),
                    real_scores: real_scores.to_vec(),
                    fake: bytes(fake),
                    fake_scores: fake_scores.to_vec(),
                })
            }
        }
    }

    /// The optimal assignment between the first points, where it is asked for.
    fn transport(&self, real: &[f32], fake: &[f32]) -> Option<Assignment> {
        let count = 2 * MOVED.min(real.len() / 2);
        self.show_transport
            .then(|| Assignment::of(&real[..count], &fake[..count]))
    }
}

/// The first `count` pictures of each class, class by class.
fn of_each_class(images: &images::Images, count: usize) -> Batch {
    let mut batch = Batch {
        rows: Vec::new(),
        labels: Vec::new(),
    };
    for class in 0..images.classes() {
        let of_class = images
            .labels()
            .iter()
            .enumerate()
            .filter(|(_, label)| usize::from(**label) == class)
            .map(|(index, _)| index);
        // A class with too few pictures shows them again, and one with none a grey one.
        let mut shown = of_class.cycle();
        for _ in 0..count {
            match shown.next() {
                Some(index) => images.append(index, &mut batch.rows),
                None => batch.rows.extend(vec![0.0; images.shape().features()]),
            }
            batch.labels.push(class);
        }
    }
    batch
}

/// Centres of the surface's cells as D sees them, row by row from the lowest y. In a conditional run each cell is asked
/// about as the class of the part that is nearest.
fn figure_surface(
    experiment: &Experiment,
    data: &Dataset,
    figure: &Figure,
    device: &Device,
) -> Examples {
    let mut centres = cell_centres(figure.extent());
    let class = |cell: &[f32]| figure.parts()[figure.nearest(cell).part].class;
    let labels = centres.chunks_exact(2).map(class).collect();
    data.units().to_nets(&mut centres);
    surface(centres, labels, experiment, data, device)
}

/// The same of a table, whose rows are standardised already; the nearest row lends its class.
fn table_surface(
    experiment: &Experiment,
    data: &Dataset,
    table: &table::Table,
    device: &Device,
) -> Examples {
    let centres = cell_centres(table.extent());
    let labels = match experiment.conditional {
        true => centres
            .chunks_exact(2)
            .map(|cell| table.nearest_label(cell))
            .collect(),
        false => vec![0; SURFACE * SURFACE],
    };
    surface(centres, labels, experiment, data, device)
}

fn surface(
    centres: Vec<f32>,
    labels: Vec<usize>,
    experiment: &Experiment,
    data: &Dataset,
    device: &Device,
) -> Examples {
    let batch = Batch {
        rows: centres,
        labels,
    };
    examples(batch, experiment, data, device)
}

/// `[SURFACE * SURFACE, 2]` in the units of `extent`.
fn cell_centres(extent: f32) -> Vec<f32> {
    let centre = |cell: usize| extent * (2.0 * (cell as f32 + 0.5) / SURFACE as f32 - 1.0);
    (0..SURFACE * SURFACE)
        .flat_map(|cell| [centre(cell % SURFACE), centre(cell / SURFACE)])
        .collect()
}

/// One picture `[channels, pixels]` to `[pixels, channels]`.
pub fn interleave_planar<T: Copy>(planar: &[T], channels: usize) -> Vec<T> {
    let pixels = planar.len() / channels.max(1);
    (0..planar.len())
        .map(|at| planar[at % channels * pixels + at / channels])
        .collect()
}

/// `[count, channels, pixels]` in [-1, 1] to `[count, pixels, channels]` in bytes.
pub fn interleave(rows: &[f32], channels: usize, pixels: usize) -> Vec<u8> {
    let bytes: Vec<u8> = rows.iter().map(|pixel| images::to_byte(*pixel)).collect();
    bytes
        .chunks_exact(channels * pixels)
        .flat_map(|picture| interleave_planar(picture, channels))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surface_cells_span_the_square_from_its_lowest_row() {
        let cells = cell_centres(1.6);
        assert_eq!(cells.len(), 2 * SURFACE * SURFACE);
        let half_cell = 1.6 / SURFACE as f32;
        assert!((cells[0] + 1.6 - half_cell).abs() < 1e-6);
        assert!((cells[1] + 1.6 - half_cell).abs() < 1e-6);
        assert!(cells[2] > cells[0] && cells[3] == cells[1]);
    }

    #[test]
    fn colour_planes_are_interleaved() {
        let planes = [-1.0, 1.0, 0.0, -1.0, 1.0, 1.0];
        assert_eq!(interleave(&planes, 3, 2), [0, 128, 255, 255, 0, 255]);
    }
}
