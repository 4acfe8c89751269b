//! What a visitor brings: archives, idx files, sheets of tiles and tables, read from bytes that nobody has checked.
//!
//! Nothing here panics on any bytes, or allocates by a number that they state without holding it against a limit
//! first; `fuzz` is where that is tried. What cannot be used is told of in a sentence and the rest is kept: an error
//! is for a file of which nothing can be used, [`skipped::Skipped`] for a part of it. Errors read on from the file's
//! name: "photos.zip cannot be used: it ends early ...".
//!
//! No files, no clock, no threads and no browser: pictures are decoded by the page, and come here as RGBA.
//!
//! - [`archive`]: a ZIP, whole or cut off, and what its folders are called
//! - [`gather`]: decoded pictures, until they are a set
//! - [`gunzip`]: a `.gz`
//! - [`pictures`]: idx files of pictures and of labels
//! - [`size`]: width and height of a picture, before it is decoded
//! - [`resize`]: a decoded picture as the nets read it
//! - [`sheet`]: a decoded sheet, cut into tiles
//! - [`table`]: numbers from CSV and its kin
//! - [`labels`]: one class for each example, whichever of these it comes from
//! - [`skipped`]: what was left out, and why, in one line

pub mod archive;
pub mod gather;
pub mod gunzip;
pub mod labels;
pub mod pictures;
pub mod resize;
pub mod sheet;
pub mod size;
pub mod skipped;
pub mod table;

#[cfg(test)]
mod fuzz;
mod words;
