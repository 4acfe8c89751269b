//! `cargo xtask <verb>`: every command of this repository, each doing the set-up that it needs.
//!
//! One module a verb, and one a tool that verbs share. Nothing here knows of GANs, and the crate knows nothing of this.

mod apt;
mod bench;
mod browser;
mod build;
mod data;
mod node;
mod paths;
mod process;
mod python;
mod serve;
mod site;
mod sizes;
mod stage;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Builds, serves, tests and measures the playground"
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Set up what is missing, build the page's modules and serve the page on this machine
    Serve(serve::Arguments),
    /// Build the static site into dist/ and show what it weighs
    Build(build::Arguments),
    /// Run every check: format, clippy, Rust tests, lint, types, end-to-end tests in a browser, model files in
    /// PyTorch
    Test(test::Arguments),
    /// Make a data set of assets/datasets/ from its package
    Data(data::Arguments),
    /// Measure training in a browser, beside its peers, into target/bench/web.json
    Bench,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Serve(arguments) => serve::serve(&arguments),
        Verb::Build(arguments) => build::build(&arguments),
        Verb::Test(arguments) => test::test(&arguments),
        Verb::Data(arguments) => data::data(&arguments),
        Verb::Bench => bench::bench(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}
