//! The animal silhouettes of animal-mnist: ten kinds in MNIST's layout. The package has a thousand of each as arrays that
//! Python pickled, one kind after another and some of them twice. Here each is cleaned and centred, each further copy is
//! dropped, and the rest is shuffled and split: a hundred of each kind for tests, seven hundred shipped, what is left over
//! for training a classifier.

use std::collections::HashSet;

use anyhow::{Context as _, Result, bail, ensure};

use super::gunzip;
use super::manifest::{Licence, Source};
use super::mnist::{self, CLASSES, IMAGE, Recipe};
use super::registry::PypiPackage;
use super::shuffle::Shuffler;
use crate::stage::stage;

const PACKAGE: PypiPackage = PypiPackage {
    name: "animal-mnist",
    version: "0.4",
    wheel: "animal_mnist-0.4-py3-none-any.whl",
    sha256: "aeebf3d9de4552d6fd2d5701424e1a5b9020f8e5115d68df9db252f2f53ce2ce",
};
/// Where the package has its files.
const FOLDER: &str = "animal_mnist/data/Animal_MNIST";
/// Its classes, in the order of their labels.
const KINDS: [&str; CLASSES] = [
    "bear", "bird", "cat", "cow", "dog", "elephant", "giraffe", "horse", "sheep", "zebra",
];
/// Where the bytes of each array begin, behind what the pickle says of it.
const IMAGES_AT: usize = 150;
const LABELS_AT: usize = 146;

const SIDE: usize = IMAGE.width;
const SIZE: usize = SIDE * IMAGE.height;
/// Pictures of each kind that no sheet has and no net is trained on.
const HELD_OUT: usize = 100;
const SEED: u64 = 1;

pub fn make() -> Result<()> {
    let package = stage("Fetching animal-mnist", || PACKAGE.unpacked())?;
    let folder = package.join(FOLDER);
    let array = |file: &str, at| {
        let bytes = gunzip(&folder.join(file))?;
        payload(&bytes, at)
            .map(<[u8]>::to_vec)
            .with_context(|| format!("{file} cannot be used"))
    };
    let images = array("animal_data_version_3.gz", IMAGES_AT)?;
    let labels = array("animal_label_version_3.gz", LABELS_AT)?;

    let kinds = distinct(&images, &labels)?;
    for (name, kind) in KINDS.iter().zip(&kinds) {
        let (kept, copies) = (kind.pictures.len(), kind.copies);
        println!("{name}: {kept} pictures, {copies} copies dropped");
    }
    let (test, train) = split(kinds.map(|kind| kind.pictures))?;
    let recipe = Recipe {
        name: "animals",
        title: "Animal silhouettes",
        attribute: "animal",
        classes: KINDS,
        each: 700,
        sheets: 1,
        source: Source {
            registry: "PyPI".into(),
            package: PACKAGE.name.into(),
            version: PACKAGE.version.into(),
            sha256: PACKAGE.sha256.into(),
            part: "700 of each class, none of them twice; brought to 16 greys, centred, shuffled"
                .into(),
        },
        licence: Licence {
            name: "MIT".into(),
            url: "https://opensource.org/license/mit".into(),
        },
        credit: "animal-mnist: Sina Mohammadi; © 2025 SinaSR-6",
    };
    recipe.make(|file| match file {
        mnist::TRAIN_IMAGES => train.images(),
        mnist::TRAIN_LABELS => train.labels(),
        mnist::TEST_IMAGES => test.images(),
        mnist::TEST_LABELS => test.labels(),
        other => bail!("there is no {other}"),
    })
}

/// The bytes of an array that begin at `at`. Before them a pickle of protocol 4 has the letter B and their number, which
/// must be what follows, but for the few bytes that close the pickle.
fn payload(pickle: &[u8], at: usize) -> Result<&[u8]> {
    let announced = pickle.get(at - 5..at).context("it is too short")?;
    let [b'B', length @ ..] = announced else {
        bail!("it has no bytes at {at}");
    };
    let length = length
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | usize::from(*byte));
    pickle
        .get(at..at + length)
        .with_context(|| format!("it ends before its {length} bytes do"))
}

#[derive(Default)]
struct Kind {
    pictures: Vec<Vec<u8>>,
    /// Pictures that were there already.
    copies: usize,
}

/// The pictures of each kind, cleaned and centred, each once. `labels` are numbers of eight bytes, the lowest first.
fn distinct(images: &[u8], labels: &[u8]) -> Result<[Kind; CLASSES]> {
    let (pictures, cut) = images.as_chunks::<SIZE>();
    let (labels, cut_label) = labels.as_chunks::<8>();
    ensure!(
        cut.is_empty() && cut_label.is_empty() && pictures.len() == labels.len(),
        "there are {} bytes of images for {} labels",
        images.len(),
        labels.len()
    );
    let mut kinds = <[Kind; CLASSES]>::default();
    let mut seen = HashSet::new();
    for (index, (picture, label)) in pictures.iter().zip(labels).enumerate() {
        let label = u64::from_le_bytes(*label);
        let kind = usize::try_from(label)
            .ok()
            .and_then(|label| kinds.get_mut(label))
            .with_context(|| format!("image {index} has the label {label}"))?;
        let picture =
            centred(&cleaned(picture)).with_context(|| format!("image {index} shows nothing"))?;
        if seen.insert(picture.clone()) {
            kind.pictures.push(picture);
        } else {
            kind.copies += 1;
        }
    }
    Ok(kinds)
}

/// The nearest of 16 greys, from black to white. What JPEG once left around the figures is nearest to black, and the
/// sheet is half as large.
fn cleaned(picture: &[u8]) -> Vec<u8> {
    picture
        .iter()
        .map(|pixel| (pixel / 17 + (pixel % 17) / 9) * 17)
        .collect()
}

/// Moves the figure by whole pixels, so that its bounding box is in the middle: most are so already, and their size
/// leaves no room for centring them by mass. None where there is no figure.
fn centred(picture: &[u8]) -> Option<Vec<u8>> {
    let bright = |index: usize| picture[index] >= 128;
    let columns = extent(|x| (0..SIDE).any(|y| bright(y * SIDE + x)))?;
    let rows = extent(|y| (0..SIDE).any(|x| bright(y * SIDE + x)))?;
    let (left, top) = (offset(columns), offset(rows));
    // What moves in from outside is black.
    let at = |y: usize, x: usize| {
        let (y, x) = (y.checked_add_signed(-top)?, x.checked_add_signed(-left)?);
        (y < SIDE && x < SIDE).then(|| picture[y * SIDE + x])
    };
    let places = (0..SIZE).map(|index| at(index / SIDE, index % SIDE).unwrap_or(0));
    Some(places.collect())
}

/// The first and the last place of a row or column where there is something.
fn extent(is_there: impl Fn(usize) -> bool) -> Option<(usize, usize)> {
    let first = (0..SIDE).find(|place| is_there(*place))?;
    let last = (0..SIDE).rfind(|place| is_there(*place))?;
    Some((first, last))
}

/// How far to move what reaches from `first` to `last`: until the margins are equal, or differ by one where they must,
/// the side that has more of it now keeping it.
fn offset((first, last): (usize, usize)) -> isize {
    let (before, after) = (first as isize, (SIDE - 1 - last) as isize);
    (after - before) / 2
}

/// Pictures with their labels, in order.
#[derive(Default)]
struct Part {
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

impl Part {
    fn images(&self) -> Result<Vec<u8>> {
        idx(&[self.labels.len(), IMAGE.height, SIDE], &self.pixels)
    }

    fn labels(&self) -> Result<Vec<u8>> {
        idx(&[self.labels.len()], &self.labels)
    }
}

/// Shuffles each kind, holds some of it out, and lines all up in rounds of one of each kind, their order drawn anew in
/// each round: so any stretch of it has about as many of each, as long as no kind has run out.
fn split(mut kinds: [Vec<Vec<u8>>; CLASSES]) -> Result<(Part, Part)> {
    let mut shuffler = Shuffler::new(SEED);
    for (name, kind) in KINDS.iter().zip(&mut kinds) {
        ensure!(
            kind.len() > HELD_OUT,
            "there are {} pictures of {name}, too few to hold out {HELD_OUT}",
            kind.len()
        );
        shuffler.shuffle(kind);
    }
    let rounds = kinds.iter().map(Vec::len).max().unwrap_or(0);
    let (mut test, mut train) = (Part::default(), Part::default());
    for round in 0..rounds {
        let part = if round < HELD_OUT {
            &mut test
        } else {
            &mut train
        };
        let mut order: [usize; CLASSES] = std::array::from_fn(|class| class);
        shuffler.shuffle(&mut order);
        for class in order {
            if let Some(picture) = kinds[class].get(round) {
                part.pixels.extend(picture);
                part.labels.push(u8::try_from(class)?);
            }
        }
    }
    Ok((test, train))
}

/// An idx file of bytes.
fn idx(sizes: &[usize], values: &[u8]) -> Result<Vec<u8>> {
    let mut bytes = vec![0, 0, 8, u8::try_from(sizes.len())?];
    for size in sizes {
        bytes.extend(u32::try_from(*size)?.to_be_bytes());
    }
    bytes.extend(values);
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::idx::Idx;

    /// A black picture with white pixels at these rows and columns.
    fn picture(white: &[(usize, usize)]) -> Vec<u8> {
        let mut pixels = vec![0; SIZE];
        for (y, x) in white {
            pixels[y * SIDE + x] = 255;
        }
        pixels
    }

    #[test]
    fn bytes_are_taken_that_the_pickle_announces() {
        let pickle = |length: [u8; 4]| [&b"..B"[..], &length, b"abcd."].concat();
        assert_eq!(payload(&pickle([4, 0, 0, 0]), 7).unwrap(), b"abcd");
        assert_eq!(payload(&pickle([2, 0, 0, 0]), 7).unwrap(), b"ab");
        let refusal = |at, length| payload(&pickle(length), at).unwrap_err().to_string();
        assert_eq!(refusal(7, [0, 1, 0, 0]), "it ends before its 256 bytes do");
        assert_eq!(refusal(6, [4, 0, 0, 0]), "it has no bytes at 6");
        assert_eq!(refusal(70, [4, 0, 0, 0]), "it is too short");
    }

    #[test]
    fn a_grey_becomes_the_nearest_of_sixteen() {
        let all: Vec<u8> = (0..=255).collect();
        for (grey, clean) in all.iter().zip(cleaned(&all)) {
            let distance = |level: &u8| level.abs_diff(*grey);
            let nearest = (0..=15)
                .map(|level| level * 17)
                .min_by_key(distance)
                .unwrap();
            assert_eq!(clean, nearest, "{grey}");
        }
    }

    #[test]
    fn a_figure_is_moved_to_the_middle_with_all_its_pixels() {
        // Two pixels high and four wide, in the corner: margins of 13 and of 12 are left.
        let corner = picture(&[(0, 0), (1, 3), (1, 2)]);
        let middle = picture(&[(13, 12), (14, 15), (14, 14)]);
        assert_eq!(centred(&corner).unwrap(), middle);
        assert_eq!(centred(&middle).unwrap(), middle);
        // Three pixels wide, one high: one pixel off the middle either way is as near as it gets.
        for row in [13, 14] {
            let odd = picture(&[(row, 13), (row, 14), (row, 15)]);
            assert_eq!(centred(&odd).unwrap(), odd);
        }
        let far = centred(&picture(&[(27, 25), (27, 27)])).unwrap();
        assert_eq!(far, picture(&[(14, 13), (14, 15)]));
        assert!(centred(&picture(&[])).is_none());
    }

    #[test]
    fn copies_are_dropped_and_counted_wherever_they_are_in_the_frame() {
        let (small, moved, other) = (
            picture(&[(3, 3), (4, 4)]),
            picture(&[(20, 20), (21, 21)]),
            picture(&[(3, 4), (4, 3)]),
        );
        let images = [small, moved, other].concat();
        let labels = |labels: [u64; 3]| labels.map(u64::to_le_bytes).concat();
        let kinds = distinct(&images, &labels([2, 2, 9])).unwrap();
        let counts = |kind: &Kind| (kind.pictures.len(), kind.copies);
        assert_eq!(counts(&kinds[2]), (1, 1));
        assert_eq!(counts(&kinds[9]), (1, 0));
        assert!(distinct(&images, &labels([2, 2, 10])).is_err());
        assert!(distinct(&images[1..], &labels([2, 2, 9])).is_err());
        assert!(distinct(&images[..2 * SIZE], &labels([2, 2, 9])).is_err());
    }

    #[test]
    fn every_picture_is_in_one_part_and_rounds_have_one_of_each_kind() {
        // Kind k has 105 + k pictures, each of which is known by two of its pixels.
        let kinds: [Vec<Vec<u8>>; CLASSES] = std::array::from_fn(|class| {
            let mark = |number: usize| picture(&[(class, 0), (number / SIDE + 10, number % SIDE)]);
            (0..105 + class).map(mark).collect()
        });
        let all: HashSet<Vec<u8>> = kinds.iter().flatten().cloned().collect();
        let (test, train) = split(kinds.clone()).unwrap();
        let parts = [&test.pixels, &train.pixels].map(|pixels| pixels.chunks(SIZE));
        let found: Vec<&[u8]> = parts.into_iter().flatten().collect();
        assert_eq!(found.len(), all.len());
        assert!(found.iter().all(|picture| all.contains(*picture)));
        assert_eq!(found.iter().collect::<HashSet<_>>().len(), all.len());

        assert_eq!(test.labels.len(), CLASSES * HELD_OUT);
        let rounds = |labels: &[u8]| {
            labels
                .chunks(CLASSES)
                .map(<[u8]>::to_vec)
                .collect::<Vec<_>>()
        };
        for mut round in rounds(&test.labels)
            .into_iter()
            .chain(rounds(&train.labels[..50]))
        {
            round.sort_unstable();
            assert_eq!(round, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        }
        let labelled = |part: &Part| {
            let pictures = part.pixels.chunks(SIZE);
            let mut pairs = pictures.zip(&part.labels);
            pairs.all(|(picture, label)| picture[usize::from(*label) * SIDE] == 255)
        };
        assert!(labelled(&test) && labelled(&train));

        let images = Idx::read(&test.images().unwrap()).unwrap();
        assert_eq!(images.sizes, [1_000, 28, 28]);
        assert_eq!(images.values, test.pixels);
        let labels = Idx::read(&test.labels().unwrap()).unwrap();
        assert_eq!((labels.sizes, &labels.values), (vec![1_000], &test.labels));

        let mut few = kinds;
        few[3].truncate(HELD_OUT);
        assert!(split(few).is_err());
    }
}
