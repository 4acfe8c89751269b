//! Figures that say how the game stands and how good the fakes are, from numbers already read back.

pub mod balance;
pub mod classes;
pub mod diagnosis;
pub mod divergence;
pub mod diversity;
pub mod frechet;
pub mod gradients;
pub mod losses;
pub mod modes;
pub mod transport;
