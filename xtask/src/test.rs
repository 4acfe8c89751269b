//! `cargo xtask test`: every check, with its own set-up. A failing stage does not hold up those that do not need it;
//! the verdict, a line a stage, comes last. Runners print what they have to say themselves.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};
use clap::ValueEnum;

use crate::node::Node;
use crate::toolchain::native_cargo;
use crate::wasm::{self, Module, Profile};
use crate::{browser, node, paths, process, python, site};

#[derive(clap::Args)]
pub struct Arguments {
    /// Run these alone, separated by commas
    #[arg(long, value_delimiter = ',')]
    only: Vec<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    Fmt,
    Clippy,
    Rust,
    Js,
    Web,
    Pytorch,
}

pub fn test(arguments: &Arguments) -> Result<()> {
    let wanted = |part| arguments.only.is_empty() || arguments.only.contains(&part);
    let mut report = Report::default();
    if wanted(Part::Fmt) {
        report.stage("fmt", || cargo(&["fmt", "--all", "--check"]));
    }
    if wanted(Part::Clippy) {
        report.stage("clippy", || {
            let features = ["--features", "gan-playground/webgpu"];
            cargo(
                &[
                    &["clippy", "--workspace", "--all-targets"],
                    &features[..],
                    &["--", "-D", "warnings"],
                ]
                .concat(),
            )
        });
    }
    if wanted(Part::Rust) {
        report.stage("rust tests", || cargo(&["test", "--workspace"]));
    }
    if wanted(Part::Js) || wanted(Part::Web) {
        let node = report.stage("npm", Node::ready);
        if wanted(Part::Js) {
            report.stage_with("lint", node.as_ref(), |node| {
                process::run(&mut node.script("lint")?)
            });
            report.stage_with("types", node.as_ref(), |node| {
                process::run(&mut node.script("check")?)
            });
        }
        if wanted(Part::Web) {
            web(&mut report, node.as_ref())?;
        }
    }
    if wanted(Part::Pytorch) {
        pytorch(&mut report);
    }
    report.verdict()
}

/// The page in a real browser, from the site that a visitor would get.
fn web(report: &mut Report, node: Option<&Node>) -> Result<()> {
    let folder = paths::target()?.join("test-site");
    let modules = report.stage_with("modules", node, |node| {
        wasm::build_modules(&Module::ALL, Profile::Serve, node)
    });
    let bundled = report.stage_with("site", node.zip(modules), |(node, ())| {
        site::bundle(&folder, node)
    });
    let browser = report.stage_with("browser", node, browser::find);
    let ready = node.zip(bundled).zip(browser);
    report.stage_with("end-to-end", ready, |((node, ()), browser)| {
        process::run(&mut playwright(node, &browser, &folder)?)
    });
    Ok(())
}

/// Model files, and the scripts that the page writes, held against PyTorch.
fn pytorch(report: &mut Report) {
    let python = report.stage("python", python::with_torch);
    let gan_train = report.stage("gan-train", gan_train);
    let check = |file: &str, python: &PathBuf, gan_train: &PathBuf| {
        process::run(
            Command::new(python)
                .arg(paths::root()?.join("tests/pytorch").join(file))
                .arg(gan_train),
        )
    };
    let both = python.zip(gan_train);
    report.stage_with("pytorch", both.clone(), |(python, gan_train)| {
        check("check.py", &python, &gan_train)
    });
    report.stage_with("scripts", both, |(python, gan_train)| {
        // They are written by the page's own code, which asks for Node alone.
        node::check()?;
        check("scripts.py", &python, &gan_train)
    });
}

/// Builds `gan-train` as the Rust tests do, from what they have built. On its own it would be built anew, and Burn with
/// it: what only tests depend on asks more of some crates below Burn.
fn gan_train() -> Result<PathBuf> {
    let target = paths::target()?;
    process::run(
        native_cargo()
            .args(["build", "--workspace", "--bin", "gan-train"])
            .args(["--test", "training", "--target-dir"])
            .arg(&target)
            .current_dir(paths::root()?),
    )?;
    Ok(target.join("debug/gan-train"))
}

fn playwright(node: &Node, browser: &PathBuf, site: &PathBuf) -> Result<Command> {
    let mut command = node.tool("playwright")?;
    command
        .arg("test")
        .env(browser::VARIABLE, browser)
        .env("GAN_SITE", site);
    // What the Rust tests have built, or an earlier run: without it the tests of command lines are skipped.
    let gan_train = paths::target()?.join("debug/gan-train");
    if gan_train.exists() {
        command.env("GAN_TRAIN", gan_train);
    }
    Ok(command)
}

fn cargo(arguments: &[&str]) -> Result<()> {
    process::run(native_cargo().args(arguments).current_dir(paths::root()?))
}

/// How each stage went.
#[derive(Default)]
struct Report {
    stages: Vec<(&'static str, State)>,
}

enum State {
    Passed {
        seconds: f64,
    },
    Failed {
        seconds: f64,
    },
    /// Something that it needs has failed before.
    Skipped,
}

impl Report {
    /// Runs a stage; what it made, if it passed.
    fn stage<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        println!("\n== {name}");
        let begun = Instant::now();
        let result = work();
        let seconds = begun.elapsed().as_secs_f64();
        match result {
            Ok(made) => {
                self.stages.push((name, State::Passed { seconds }));
                Some(made)
            }
            Err(error) => {
                eprintln!("{error:#}");
                self.stages.push((name, State::Failed { seconds }));
                None
            }
        }
    }

    /// As [`Report::stage`], if what it needs is there.
    fn stage_with<N, T>(
        &mut self,
        name: &'static str,
        needs: Option<N>,
        work: impl FnOnce(N) -> Result<T>,
    ) -> Option<T> {
        match needs {
            Some(needs) => self.stage(name, || work(needs)),
            None => {
                self.stages.push((name, State::Skipped));
                None
            }
        }
    }

    fn verdict(&self) -> Result<()> {
        println!();
        for (name, state) in &self.stages {
            match state {
                State::Passed { seconds } => println!("{name:<12} passed  {seconds:>7.1} s"),
                State::Failed { seconds } => println!("{name:<12} FAILED  {seconds:>7.1} s"),
                State::Skipped => println!("{name:<12} skipped, as a stage before it failed"),
            }
        }
        let failed: Vec<_> = self
            .stages
            .iter()
            .filter(|(_, state)| matches!(state, State::Failed { .. }))
            .collect();
        if !failed.is_empty() {
            let names: Vec<_> = failed.iter().map(|(name, _)| *name).collect();
            bail!("Failed: {}", names.join(", "));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failure_fails_the_whole_and_skips_what_needs_it() {
        let mut report = Report::default();
        let good = report.stage("good", || Ok(1));
        let bad: Option<()> = report.stage("bad", || bail!("on purpose"));
        let after = report.stage_with("after", bad, |()| Ok(2));
        let beside = report.stage_with("beside", good, |one| Ok(one + 2));
        assert_eq!((good, after, beside), (Some(1), None, Some(3)));
        assert!(matches!(report.stages[2], ("after", State::Skipped)));
        assert_eq!(report.verdict().unwrap_err().to_string(), "Failed: bad");
    }

    #[test]
    fn all_passed_passes() {
        let mut report = Report::default();
        report.stage("good", || Ok(()));
        report.verdict().unwrap();
    }
}
