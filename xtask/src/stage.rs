//! How a verb says what it is doing: a line when a stage begins, and one with its time when it is done.
//! Says nothing of failures: those travel up as errors and are told once.

use std::time::Instant;

use anyhow::Result;

/// Runs one stage. `what` is a phrase such as "Building the cpu module".
pub fn stage<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{what} ...");
    let begun = Instant::now();
    let result = work()?;
    println!("{what}: done in {:.1} s", begun.elapsed().as_secs_f64());
    Ok(result)
}
