//! A Python that has PyTorch, and says which: the one that GAN_PYTHON names, the environment below target/, one on PATH
//! that has it, else that environment made anew with the versions of tests/pytorch/requirements.txt. Installs nothing
//! into a Python that is there already.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow, bail};

use crate::{apt, paths, process, stage::stage};

/// Names a Python that has what is needed.
const VARIABLE: &str = "GAN_PYTHON";
const NAME: &str = "python3";
/// What the checks import; PyTorch's optimisers need sympy.
const MODULES: &str = "torch, safetensors, numpy, sympy";
const REQUIREMENTS: &str = "tests/pytorch/requirements.txt";
/// What those versions ask for.
const OLDEST: (u32, u32) = (3, 11);
/// Debian's part of Python that makes environments, and Python with it.
const DEBIAN_PACKAGE: &str = "python3-venv";
/// PyTorch is a gigabyte of libraries, which a cold disk takes long to read.
const IMPORT_LIMIT: Duration = Duration::from_secs(180);

/// The interpreter.
pub fn with_torch() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        return taken(&named, VARIABLE).ok_or_else(|| {
            anyhow!(
                "{VARIABLE} names {}, which cannot import {MODULES}: install them there, or unset it.",
                named.display()
            )
        });
    }
    let requirements = paths::root()?.join(REQUIREMENTS);
    let environment = Environment::below(&paths::target()?);
    if environment.is_current(&requirements)
        && let Some(python) = taken(&environment.python(), "made before")
    {
        return Ok(python);
    }
    if let Some(python) = process::on_path(NAME).and_then(|found| taken(&found, "found on PATH")) {
        return Ok(python);
    }
    environment
        .make(&requirements)
        .map_err(|error| anyhow!("PyTorch could not be set up: {error:#}\n{}", ways()))?;
    taken(&environment.python(), "made now").with_context(|| {
        format!(
            "PyTorch is installed in {}, but cannot be imported there.\n{}",
            environment.folder.display(),
            ways()
        )
    })
}

fn ways() -> String {
    format!("{VARIABLE} may name a Python that can import {MODULES}, of any version.")
}

/// The interpreter, if it can import what is needed; says so.
fn taken(python: &Path, whence: &str) -> Option<PathBuf> {
    let question = format!("import {MODULES}; print(torch.__version__)");
    let answer =
        process::ask_within(Command::new(python).args(["-c", &question]), IMPORT_LIMIT).ok()?;
    let version = answer.stdout.trim();
    if !answer.success || version.is_empty() {
        return None;
    }
    println!("PyTorch: {version} ({whence}: {})", python.display());
    Some(python.to_owned())
}

/// A folder with an interpreter that has its own packages.
struct Environment {
    folder: PathBuf,
}

impl Environment {
    fn below(target: &Path) -> Self {
        Self {
            folder: target.join("pytorch"),
        }
    }

    fn python(&self) -> PathBuf {
        self.folder.join("bin/python")
    }

    /// A copy of the requirements that it was made from, written when all else was done.
    fn made_from(&self) -> PathBuf {
        self.folder.join("requirements.txt")
    }

    /// Whether it was made to its end, and from these requirements.
    fn is_current(&self, requirements: &Path) -> bool {
        let wanted = std::fs::read(requirements).ok();
        wanted.is_some() && std::fs::read(self.made_from()).ok() == wanted
    }

    /// Makes it, or brings one that is there to these requirements.
    fn make(&self, requirements: &Path) -> Result<()> {
        let base = base()?;
        let what = "Installing PyTorch (on Linux 2.5 GB to fetch, 4 GB on the disk)";
        stage(what, || {
            // What is there already and is still wanted need not be fetched again.
            process::run(Command::new(&base).args(["-m", "venv"]).arg(&self.folder))?;
            // The archives are needed once: pip would keep another 2.5 GB of them.
            process::run(
                Command::new(self.python())
                    .args(["-m", "pip", "install", "--quiet", "--no-cache-dir"])
                    .args(["--disable-pip-version-check", "--no-deps", "--requirement"])
                    .arg(requirements),
            )
        })?;
        std::fs::copy(requirements, self.made_from())
            .with_context(|| format!("{} cannot be written", self.made_from().display()))?;
        Ok(())
    }
}

/// A Python that is new enough and can make environments.
fn base() -> Result<PathBuf> {
    if let Some(python) = process::on_path(NAME)
        && can_make_environments(&python)
    {
        return check_age(python);
    }
    println!("No {NAME} on PATH can make an environment; installing Debian's {DEBIAN_PACKAGE}");
    let installed = apt::install(&[DEBIAN_PACKAGE]);
    match process::on_path(NAME) {
        Some(python) if can_make_environments(&python) => check_age(python),
        found => {
            let found = match found {
                Some(python) => format!("{} lacks `venv` or `ensurepip`", python.display()),
                None => format!("no `{NAME}` is on PATH"),
            };
            let reason = installed.err().map_or_else(
                || "that did not help".to_owned(),
                |error| format!("{error:#}"),
            );
            bail!(
                "{found}, and Debian's {DEBIAN_PACKAGE} could not be used: {reason}. \
                 Install Python with `venv` and `ensurepip`, then try again."
            )
        }
    }
}

fn can_make_environments(python: &Path) -> bool {
    answers(python, "import venv, ensurepip")
}

fn check_age(python: PathBuf) -> Result<PathBuf> {
    // Python writes a pair as Rust does.
    let new_enough = format!("import sys; sys.exit(sys.version_info < {OLDEST:?})");
    if !answers(&python, &new_enough) {
        let version = process::first_line(Command::new(&python).arg("--version"));
        bail!(
            "{} is {}, and the PyTorch of {REQUIREMENTS} needs {}.{} or newer.",
            python.display(),
            version.as_deref().unwrap_or("a Python of no version"),
            OLDEST.0,
            OLDEST.1
        );
    }
    Ok(python)
}

/// Whether a line of Python ends well.
fn answers(python: &Path, line: &str) -> bool {
    process::ask_within(
        Command::new(python).args(["-c", line]),
        Duration::from_secs(20),
    )
    .is_ok_and(|answer| answer.success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_environment_is_current_while_its_requirements_are_the_same() {
        let folder = std::env::temp_dir().join(format!("xtask-python-{}", std::process::id()));
        let environment = Environment::below(&folder);
        std::fs::create_dir_all(&environment.folder).unwrap();
        let requirements = folder.join("wanted.txt");
        assert!(
            !environment.is_current(&requirements),
            "neither file is there"
        );
        std::fs::write(&requirements, "torch==1.0\n").unwrap();
        assert!(!environment.is_current(&requirements), "made half");
        std::fs::copy(&requirements, environment.made_from()).unwrap();
        assert!(environment.is_current(&requirements));
        std::fs::write(&requirements, "torch==1.1\n").unwrap();
        assert!(!environment.is_current(&requirements), "of another version");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    /// `--no-deps` brings nothing that is not named, and what has no version would change under the tests.
    #[test]
    fn every_requirement_has_its_version_and_what_is_imported_is_among_them() {
        let text = include_str!("../../tests/pytorch/requirements.txt");
        let names: Vec<_> = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| {
                let (name, version) = line.split_once("==").unwrap();
                assert!(version.starts_with(|c: char| c.is_ascii_digit()), "{line}");
                name
            })
            .collect();
        for module in MODULES.split(", ") {
            assert!(names.contains(&module), "{module}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_python_that_cannot_import_is_not_taken() {
        // Whatever it is asked, it succeeds and prints nothing.
        assert_eq!(taken(Path::new("true"), "test"), None);
        assert_eq!(taken(Path::new("/no/such/python"), "test"), None);
    }
}
