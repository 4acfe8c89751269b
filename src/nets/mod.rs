//! Generator and discriminator, as Burn modules.
//!
//! Both take and give flat rows, `[batch, features]`, whatever is inside, so that the trainer needs to know
//! nothing of shapes. Neither normalises: D may not, for the penalties to be exact, and G need not at this size.

mod conv;
mod discriminator;
mod generator;
mod layers;
mod mlp;

pub use discriminator::Discriminator;
pub use generator::Generator;

use crate::{
    data::{Shape, images::ImagesError},
    experiment::Net,
};

impl Net {
    /// Whether this net can work on examples of `shape`.
    ///
    /// # Errors
    /// When a convolutional net, which halves a picture twice, is given sides that do not divide by four.
    pub fn check_shape(&self, shape: Shape) -> Result<(), ImagesError> {
        match (self, shape) {
            (Self::Conv { .. }, Shape::Image { height, width, .. })
                if height % 4 != 0 || width % 4 != 0 =>
            {
                Err(ImagesError::Unsupported(format!(
                    "pictures of {width}x{height}, but convolutions need sides that divide by four"
                )))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn convolutions_refuse_sides_that_do_not_divide_by_four() {
        let picture = |side| Shape::Image {
            channels: 1,
            height: 28,
            width: side,
        };
        let conv = Net::Conv { channels: 8 };
        assert!(conv.check_shape(picture(28)).is_ok());
        assert!(conv.check_shape(picture(30)).is_err());
        let mlp = Net::Mlp { hidden: vec![8] };
        assert!(mlp.check_shape(picture(30)).is_ok());
    }
}
