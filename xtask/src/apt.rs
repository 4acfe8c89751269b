//! Debian's package manager, for what a machine lacks and no other way provides. Only ever installs.

use std::process::Command;

use anyhow::{Result, bail};

use crate::process;

/// Installs packages, as root or through a `sudo` that asks no password.
pub fn install(packages: &[&str]) -> Result<()> {
    if process::on_path("apt-get").is_none() {
        bail!("this system has no apt-get");
    }
    process::run(apt_get()?.arg("update"))?;
    process::run(
        apt_get()?
            .args(["install", "--yes", "--no-install-recommends"])
            .args(packages),
    )
}

fn apt_get() -> Result<Command> {
    let noninteractive = ["DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let mut command;
    if process::first_line(Command::new("id").arg("-u")).as_deref() == Some("0") {
        command = Command::new("env");
    } else if process::on_path("sudo").is_some() {
        command = Command::new("sudo");
        command.args(["-n", "env"]);
    } else {
        bail!("apt-get needs root, and there is no sudo");
    }
    command.args(noninteractive);
    Ok(command)
}
