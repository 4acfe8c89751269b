//! The space of noise that G draws from: which ways through it change what, and how to get to what one wants.
//!
//! A code is a point of it, `[noise]`, in standard deviations. How codes are mixed and walked between is arithmetic on
//! plain numbers, which the page does by itself (`www/studio/codes.js`); what needs the nets is here.
//!
//! - [`directions`]: found in G without anybody's labels (SeFa, GANSpace)
//! - [`steer`]: gradient steps on a code until a classifier sees what is wanted
//! - [`trials`]: how well that goes, over many samples
//! - [`entangle`]: what else changes along a direction
//! - [`eye`]: the classifier's answers, attribute by attribute
//! - [`lesson`]: a classifier learnt on the spot

pub mod directions;
pub mod entangle;
pub mod eye;
pub mod lesson;
pub mod steer;
pub mod trials;

pub use directions::Directions;
pub use eye::Eye;
pub use lesson::Lesson;
pub use steer::{Steering, Wish};
