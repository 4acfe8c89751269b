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
