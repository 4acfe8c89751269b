//! Finds a Rust that can build for wasm32-unknown-unknown, in the order of least trouble, and says which one it took:
//! the one that runs this, Debian's if it is there, the first after `rustup target add`, Debian's from its packages.
//! With GAN_WASM_TOOLCHAIN=debian rustup is never asked. Must not change the native toolchain.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};

use crate::{apt, process};

pub const TARGET: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 5] = [
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/rust-lld";

/// A slow network is given this long; one that is cut off usually says so at once.
const RUSTUP_LIMIT: Duration = Duration::from_secs(300);

/// A way to build for [`TARGET`].
pub enum Toolchain {
    /// The cargo that runs this, whose standard library for the target is there.
    Plain,
    /// Debian's cargo and rustc, which have the standard library's sources and build it along.
    Debian,
}

impl Toolchain {
    pub fn find() -> Result<Self> {
        if has_target() {
            println!("Toolchain: the installed Rust, which has {TARGET}");
            return Ok(Self::Plain);
        }
        if !debian_is_there() {
            if !debian_is_asked_for() {
                match add_by_rustup() {
                    Ok(()) => {
                        println!(
                            "Toolchain: the installed Rust, to which rustup has added {TARGET}"
                        );
                        return Ok(Self::Plain);
                    }
                    Err(error) => {
                        println!("rustup could not add {TARGET} ({error:#}); trying Debian's Rust");
                    }
                }
            }
            println!("Installing Debian's {}", DEBIAN_PACKAGES.join(", "));
            apt::install(&DEBIAN_PACKAGES).map_err(|error| nothing_left(&error))?;
            if !debian_is_there() {
                return Err(nothing_left(&anyhow!(
                    "they are installed, but Rust's sources or its linker are not there"
                )));
            }
        }
        println!("Toolchain: Debian's Rust, which builds the standard library for {TARGET} along");
        Ok(Self::Debian)
    }

    /// `cargo build --target wasm32-unknown-unknown`, ready for more arguments.
    pub fn cargo_build(&self) -> Command {
        let mut command = match self {
            Self::Plain => native_cargo(),
            Self::Debian => debian_cargo(),
        };
        // A RUSTFLAGS of the environment would replace those of .cargo/config.toml, and SIMD with them.
        command
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS");
        command.args(["build", "--target", TARGET]);
        if matches!(self, Self::Debian) {
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command
    }
}

/// The cargo that runs this, for native work.
pub fn native_cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn debian_cargo() -> Command {
    let mut command = Command::new(DEBIAN_CARGO);
    // The outer cargo tells its children which toolchain they belong to; these would lead back to it.
    for name in [
        "CARGO",
        "RUSTUP_TOOLCHAIN",
        "RUSTDOC",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "LD_LIBRARY_PATH",
    ] {
        command.env_remove(name);
    }
    let mut path = vec![PathBuf::from("/usr/bin")];
    path.extend(
        std::env::var_os("PATH")
            .iter()
            .flat_map(std::env::split_paths),
    );
    // Joining fails only on a folder with a colon in its name, and none that was split at colons has one.
    if let Ok(path) = std::env::join_paths(path) {
        command.env("PATH", path);
    }
    // Building the standard library along is unstable, and Debian's compiler is a stable one.
    command
        .env("RUSTC", DEBIAN_RUSTC)
        .env("RUSTC_BOOTSTRAP", "1");
    command
}

/// Whether the compiler that cargo uses has a standard library for the target, whoever installed it.
fn has_target() -> bool {
    process::first_line(Command::new("rustc").args([
        "--print",
        "target-libdir",
        "--target",
        TARGET,
    ]))
    .is_some_and(|folder| Path::new(&folder).is_dir())
}

fn add_by_rustup() -> Result<()> {
    if process::on_path("rustup").is_none() {
        bail!("there is no rustup");
    }
    println!(
        "Asking rustup for {TARGET}, for {} s at most",
        RUSTUP_LIMIT.as_secs()
    );
    let mut command = Command::new("rustup");
    // With backtraces off, rustup gives an error with all its causes in one line.
    command
        .args(["target", "add", TARGET])
        .env("RUST_BACKTRACE", "0");
    let answer = process::ask_within(&mut command, RUSTUP_LIMIT)?;
    if !answer.success {
        bail!("{}", rustup_reason(&answer.stderr));
    }
    if !has_target() {
        bail!("rustup has added it, but not to the rustc on PATH");
    }
    Ok(())
}

/// rustup's error without the causes between the outermost and the innermost, which all say nearly the same.
fn rustup_reason(stderr: &str) -> String {
    let Some(error) = stderr.lines().find_map(|line| line.strip_prefix("error: ")) else {
        return "it gave no reason".to_owned();
    };
    match (error.split_once(": "), error.rsplit_once(": ")) {
        (Some((outermost, _)), Some((_, innermost))) => format!("{outermost}: {innermost}"),
        _ => error.to_owned(),
    }
}

/// For machines that reach package registries and nothing else.
fn debian_is_asked_for() -> bool {
    std::env::var_os("GAN_WASM_TOOLCHAIN").is_some_and(|value| value == "debian")
}

fn debian_is_there() -> bool {
    let sources = process::first_line(Command::new(DEBIAN_RUSTC).args(["--print", "sysroot"]))
        .is_some_and(|sysroot| {
            Path::new(&sysroot)
                .join("lib/rustlib/src/rust/library/std")
                .is_dir()
        });
    sources
        && [DEBIAN_CARGO, DEBIAN_LINKER]
            .iter()
            .all(|file| Path::new(file).exists())
}

fn nothing_left(error: &anyhow::Error) -> anyhow::Error {
    anyhow!(
        "No Rust here can build for {TARGET}, and Debian's could not be installed: {error:#}.\n\
         Do one of these, then try again:\n\
         - with rustup, where its server can be reached: rustup target add {TARGET}\n\
         - on Debian, as root: apt-get install {}",
        DEBIAN_PACKAGES.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rustups_reason_is_its_outermost_and_innermost_cause() {
        let stderr = "info: downloading component rust-std\nerror: component download failed: could not download \
                      file: tcp connect error: Connection refused (os error 111)\n";
        assert_eq!(
            rustup_reason(stderr),
            "component download failed: Connection refused (os error 111)"
        );
        assert_eq!(
            rustup_reason("error: no default toolchain\n"),
            "no default toolchain"
        );
        assert_eq!(rustup_reason(""), "it gave no reason");
    }

    #[test]
    fn debians_cargo_is_not_led_back_to_rustups() {
        let command = Toolchain::Debian.cargo_build();
        let set = |name: &str| {
            command
                .get_envs()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        for name in ["CARGO", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "RUSTFLAGS"] {
            assert_eq!(set(name), Some(None), "{name} must be removed");
        }
        let path = set("PATH").flatten().unwrap();
        assert_eq!(
            std::env::split_paths(path).next().unwrap(),
            Path::new("/usr/bin")
        );
    }
}
