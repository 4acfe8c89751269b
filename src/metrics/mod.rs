//! Figures that say how the game stands and how good the fakes are, from numbers already read back.

pub mod balance;
pub mod modes;
