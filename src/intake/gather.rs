//! Pictures gathered one after another into a set: all of one size, each with the folder that it came from.

use super::{
    labels::{Gathering as Folders, Labels},
    words::{count, some},
};

/// Most pictures in a set: at 32 x 32 in colour, 150 MB.
pub const MOST: usize = 50_000;
/// Fewest pictures that anything can be learned from, and measured on.
pub const FEWEST: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatherError {
    #[error("it is more than the {} pictures that a set can have", count(MOST as u64))]
    Full,
    #[error(
        "There {} {}, and at least {FEWEST} are needed to learn from: add more",
        if *.0 == 1 { "is" } else { "are" }, some(*.0 as u64, "picture", "pictures")
    )]
    Few(usize),
    #[error("All {} pictures are the same, so that there is nothing to learn: add others", count(*.0 as u64))]
    Same(usize),
}

/// Bytes of a set's description, about.
const PACKED_WITH: usize = 1 << 16;

/// A set that is being gathered.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    /// `[count, channels, height, width]`
    pixels: Vec<u8>,
    /// Bytes of one picture.
    size: usize,
    count: usize,
    folders: Folders,
}

impl Gathering {
    /// Room for so many pictures of `size` bytes, and for what is packed with them: a buffer that doubles as it grows takes
    /// three times what is in it.
    pub fn for_about(count: usize, size: usize) -> Self {
        let room = count.min(MOST) * (size + 1) + PACKED_WITH;
        Self {
            pixels: Vec::with_capacity(room),
            ..Self::default()
        }
    }

    /// Adds a picture, as large as all others, from a folder.
    ///
    /// # Errors
    /// When the set is full.
    pub fn push(&mut self, picture: &[u8], folder: &str) -> Result<(), GatherError> {
        if self.count == MOST {
            return Err(GatherError::Full);
        }
        self.size = picture.len();
        self.pixels.extend(picture);
        self.folders.push(folder);
        self.count += 1;
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The pictures so far.
    pub fn pictures(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.size.max(1))
    }

    /// Classes by folder, if folders tell anything apart.
    pub fn labels(&self) -> Option<Labels> {
        self.folders.clone().finish("folder").ok()
    }

    /// How many pictures there are, and the bytes of all of them.
    ///
    /// # Errors
    /// When there are too few, or all are the same.
    pub fn finish(self) -> Result<(usize, Vec<u8>), GatherError> {
        if self.count < FEWEST {
            return Err(GatherError::Few(self.count));
        }
        let first = &self.pixels[..self.size];
        if self.pictures().all(|picture| picture == first) {
            return Err(GatherError::Same(self.count));
        }
        Ok((self.count, self.pixels))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(pictures: &[[u8; 2]]) -> Gathering {
        let mut gathering = Gathering::default();
        for (index, picture) in pictures.iter().enumerate() {
            let folder = if index % 2 == 0 { "cat" } else { "dog" };
            gathering.push(picture, folder).unwrap();
        }
        gathering
    }

    #[test]
    fn pictures_and_folders_are_kept_in_order() {
        let pictures: Vec<[u8; 2]> = (0..8).map(|at| [at, 255 - at]).collect();
        let gathering = gathered(&pictures);
        let labels = gathering.labels().unwrap();
        assert_eq!(labels.classes, ["cat", "dog"]);
        assert_eq!(labels.of, [0, 1, 0, 1, 0, 1, 0, 1]);
        assert_eq!(gathering.pictures().nth(3).unwrap(), [3, 252]);
        assert_eq!(gathering.finish().unwrap(), (8, pictures.concat()));
    }

    #[test]
    fn too_few_and_all_the_same_are_refused() {
        assert_eq!(gathered(&[[1, 2]; 3]).finish(), Err(GatherError::Few(3)));
        assert_eq!(gathered(&[[1, 2]; 9]).finish(), Err(GatherError::Same(9)));
        assert_eq!(
            GatherError::Few(1).to_string(),
            "There is 1 picture, and at least 8 are needed to learn from: add more"
        );
        let mut full = Gathering::default();
        (0..MOST).for_each(|_| full.push(&[0], "").unwrap());
        assert_eq!(full.push(&[0], ""), Err(GatherError::Full));
    }
}
