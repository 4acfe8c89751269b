//! Node and the packages of package-lock.json, which bundle, lint and test the page. Installs packages, never Node itself.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result, anyhow, bail};

use crate::{paths, process, stage::stage};

/// What Vite asks for.
const OLDEST: (u32, u32) = (20, 19);

/// Node with the packages in place.
pub struct Node(());

impl Node {
    /// Checks Node's version and installs the packages if they are missing or older than the lock file.
    pub fn ready() -> Result<Self> {
        check()?;
        let root = paths::root()?;
        if !is_current(&root) {
            let verb = if root.join("package-lock.json").exists() {
                "ci"
            } else {
                "install"
            };
            stage("Installing npm's packages", || {
                process::run(Command::new("npm").args([verb]).current_dir(&root))
            })?;
        }
        Ok(Self(()))
    }

    /// A tool that the packages bring. Called directly and not by `npx`, so that ending it ends it.
    pub fn tool(&self, name: &str) -> Result<Command> {
        let root = paths::root()?;
        let mut command = Command::new(root.join("node_modules/.bin").join(name));
        command.current_dir(root);
        Ok(command)
    }

    /// A script of package.json.
    pub fn script(&self, name: &str) -> Result<Command> {
        let mut command = Command::new("npm");
        command
            .args(["run", "--silent", name])
            .current_dir(paths::root()?);
        Ok(command)
    }

    /// `node`, in the repository's top folder.
    pub fn node(&self) -> Result<Command> {
        let mut command = Command::new("node");
        command.current_dir(paths::root()?);
        Ok(command)
    }
}

/// Whether `node` and `npm` are there and new enough.
pub fn check() -> Result<()> {
    let ways = format!("Install Node {}.{} or newer, with npm.", OLDEST.0, OLDEST.1);
    let version = process::first_line(Command::new("node").arg("--version"))
        .ok_or_else(|| anyhow!("The page needs Node, and no `node` on PATH answers. {ways}"))?;
    if parse_version(&version).with_context(|| format!("`node --version` says {version:?}"))?
        < OLDEST
    {
        bail!("The page needs a newer Node than {version}. {ways}");
    }
    process::first_line(Command::new("npm").arg("--version"))
        .ok_or_else(|| anyhow!("The page needs npm, and no `npm` on PATH answers. {ways}"))?;
    Ok(())
}

/// `v20.19.1` as (20, 19).
fn parse_version(text: &str) -> Result<(u32, u32)> {
    let mut parts = text.trim_start_matches('v').split('.');
    let mut part = || {
        parts
            .next()
            .context("it has too few parts")?
            .parse()
            .context("it is not a number")
    };
    Ok((part()?, part()?))
}

/// npm notes each installation in a lock file of its own inside node_modules.
fn is_current(root: &Path) -> bool {
    let changed =
        |file: &str| -> Option<SystemTime> { root.join(file).metadata().ok()?.modified().ok() };
    let Some(installed) = changed("node_modules/.package-lock.json") else {
        return false;
    };
    let wanted = changed("package-lock.json").or_else(|| changed("package.json"));
    wanted.is_some_and(|wanted| installed >= wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert_eq!(parse_version("v20.19.1").unwrap(), (20, 19));
        assert!(parse_version("v20.9.0").unwrap() < OLDEST);
        assert!(parse_version("v100.0.0").unwrap() > OLDEST);
        assert!(parse_version("banana").is_err());
    }
}
