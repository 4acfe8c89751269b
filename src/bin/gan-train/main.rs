//! `gan-train`: the page's trainer at a terminal, for files and scripts.
//!
//! - `args`: what can be asked for
//! - `run`: one run, from its experiment to its files
//! - `files`: what a run leaves behind
//! - `bench`: many seeds, in a table
//! - `classifier`: what the metrics see pictures with
//! - `sample`, `steer`: what a model that was saved can do

#[cfg(not(target_arch = "wasm32"))]
mod args;
#[cfg(not(target_arch = "wasm32"))]
mod bench;
#[cfg(not(target_arch = "wasm32"))]
mod classifier;
#[cfg(not(target_arch = "wasm32"))]
mod files;
#[cfg(not(target_arch = "wasm32"))]
mod run;
#[cfg(not(target_arch = "wasm32"))]
mod sample;
#[cfg(not(target_arch = "wasm32"))]
mod steer;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use clap::Parser;
    match carry_out(&args::Arguments::parse()) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn carry_out(arguments: &args::Arguments) -> anyhow::Result<()> {
    match &arguments.command {
        None => run::seeds(&arguments.train),
        Some(args::Command::Bench { what }) => bench::run(what),
        Some(args::Command::Classifier {
            name,
            files,
            assets,
            device,
        }) => classifier::run(name, files, assets, (*device).into()),
        Some(args::Command::Sample {
            model,
            count,
            seed,
            codes,
            export,
            scores,
        }) => sample::run(
            model,
            (*count as usize, *seed),
            codes,
            export,
            scores.as_deref(),
        ),
        Some(args::Command::Steer {
            model,
            classifier,
            attribute,
            class,
            tries,
            seed,
        }) => steer::run(
            model,
            classifier,
            [attribute.as_deref(), class.as_deref()],
            *tries as usize,
            *seed,
        ),
        Some(args::Command::Presets) => {
            for preset in gan_playground::experiment::presets::presets() {
                println!("{}", preset.name);
            }
            Ok(())
        }
    }
}

/// There is no terminal in a browser.
#[cfg(target_arch = "wasm32")]
fn main() {}
