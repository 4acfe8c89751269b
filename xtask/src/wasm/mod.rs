//! Builds the page's modules, "cpu", "webgpu" and "files", from the one crate, each into www/pkg/<name>/.
//! Cargo, the check against a known trap, traps for what is never run, wasm-bindgen, wasm-opt: in this order, one module
//! after the other.

mod bindgen;
mod constructors;
mod optimise;
mod unreached;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use sha2::{Digest as _, Sha256};

use crate::node::Node;
use crate::toolchain::{TARGET, Toolchain};
use crate::{paths, process, stage::stage};

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Module {
    Cpu,
    #[value(name = "webgpu")]
    WebGpu,
    /// Reads what visitors bring, and shipped pictures.
    Files,
}

/// A profile of the workspace's Cargo.toml.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Built in seconds after a change; a little slower and larger.
    Serve,
    /// What visitors get.
    Release,
}

impl Profile {
    pub fn chosen(release: bool) -> Self {
        if release { Self::Release } else { Self::Serve }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Serve => "serve",
            Self::Release => "site",
        }
    }
}

impl Module {
    pub const ALL: [Self; 3] = [Self::Cpu, Self::WebGpu, Self::Files];

    pub fn name(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::WebGpu => "webgpu",
            Self::Files => "files",
        }
    }

    fn features(self) -> &'static [&'static str] {
        match self {
            Self::Cpu => &["--no-default-features", "--features", "cpu"],
            Self::WebGpu => &["--no-default-features", "--features", "webgpu"],
            Self::Files => &["--no-default-features", "--features", "files"],
        }
    }

    /// Where the worker imports it from.
    pub fn package(self) -> Result<PathBuf> {
        Ok(paths::root()?.join("www/pkg").join(self.name()))
    }

    /// The module itself, as the worker fetches it.
    pub fn wasm(self) -> Result<PathBuf> {
        Ok(self.package()?.join(bindgen::WASM_FILE))
    }
}

/// Builds modules; what has not changed since the last time is kept.
pub fn build_modules(modules: &[Module], profile: Profile, node: &Node) -> Result<()> {
    bindgen::check_version()?;
    let toolchain = Toolchain::find()?;
    for &module in modules {
        let raw = compile(module, profile, &toolchain)?;
        let bytes = fs::read(&raw).with_context(|| format!("{} cannot be read", raw.display()))?;
        constructors::check(&bytes)
            .with_context(|| format!("The {} module must not be served", module.name()))?;
        let (bytes, trapped) = unreached::trap(&bytes)?;
        if module == Module::Cpu && profile == Profile::Release && trapped == 0 {
            bail!(
                "No function of the cpu module is known to be never run, which makes it a sixth larger: Burn has other \
                 names for them now. See xtask/src/wasm/unreached.rs."
            );
        }
        package(module, profile, &bytes, node)?;
    }
    Ok(())
}

/// Builds the benchmark's yardstick, which needs no JavaScript beside it.
pub fn build_peak(to: &Path) -> Result<()> {
    let toolchain = Toolchain::find()?;
    stage("Compiling the benchmark's matrix product", || {
        let target = paths::target()?.join("wasm");
        process::run(
            toolchain
                .cargo_build()
                .current_dir(paths::root()?)
                .args([
                    "--package",
                    "gan-peak",
                    "--profile",
                    Profile::Release.name(),
                ])
                .arg("--target-dir")
                .arg(&target),
        )?;
        let built = target.join(TARGET).join(Profile::Release.name());
        copy(&built.join("gan_peak.wasm"), to)
    })
}

/// Compiles the crate for one module and returns a copy of what came out: all modules get the same file name from
/// Cargo, and the next one replaces it.
fn compile(module: Module, profile: Profile, toolchain: &Toolchain) -> Result<PathBuf> {
    let what = format!(
        "Compiling the {} module, profile {} (minutes the first time)",
        module.name(),
        profile.name()
    );
    stage(&what, || {
        let target = paths::target()?.join("wasm");
        process::run(
            toolchain
                .cargo_build()
                .current_dir(paths::root()?)
                .args([
                    "--package",
                    "gan-playground",
                    "--lib",
                    "--profile",
                    profile.name(),
                ])
                .args(module.features())
                .arg("--target-dir")
                .arg(&target),
        )?;
        let built = target
            .join(TARGET)
            .join(profile.name())
            .join("gan_playground.wasm");
        let raw = target
            .join("raw")
            .join(profile.name())
            .join(module.name())
            .with_extension("wasm");
        copy(&built, &raw)?;
        Ok(raw)
    })
}

/// Makes what the worker imports, unless it has been made of the very same bytes already.
fn package(module: Module, profile: Profile, raw: &[u8], node: &Node) -> Result<()> {
    let folder = module.package()?;
    let note = folder.join("made-from.txt");
    let made_from = format!(
        "{} {} {:x}\n",
        profile.name(),
        bindgen::VERSION,
        Sha256::digest(raw)
    );
    if module.wasm()?.exists() && fs::read_to_string(&note).is_ok_and(|before| before == made_from)
    {
        println!("The {} module has not changed", module.name());
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("{} cannot be replaced", folder.display()))?;
    }
    stage(
        &format!("Binding the {} module to JavaScript", module.name()),
        || bindgen::generate(raw, &folder),
    )?;
    if profile == Profile::Release {
        let what = format!("Optimising the {} module", module.name());
        stage(&what, || optimise::optimise(&module.wasm()?, node))?;
    }
    // Written last, so that a run cut short is not taken for a finished one.
    fs::write(&note, made_from).with_context(|| format!("{} cannot be written", note.display()))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    fs::copy(from, to)
        .with_context(|| format!("{} cannot be copied to {}", from.display(), to.display()))?;
    Ok(())
}
