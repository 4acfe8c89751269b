//! Finds a Chromium for the tests and says which: the one that GAN_CHROMIUM names, one on PATH, Playwright's, Debian's.
//! Takes none that does not start.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, anyhow, bail};

use crate::{apt, node::Node, process};

/// Names the browser to a person's liking, and passes on to the tests which one was found.
pub const VARIABLE: &str = "GAN_CHROMIUM";

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const PLAYWRIGHT_LIMIT: Duration = Duration::from_secs(300);

/// The browser's executable.
pub fn find(node: &Node) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE).map(PathBuf::from) {
        return taken(&named, VARIABLE).ok_or_else(|| {
            anyhow!(
                "{VARIABLE} names {}, which does not start: correct it, or unset it.",
                named.display()
            )
        });
    }
    if let Some(found) = on_path() {
        return Ok(found);
    }
    match playwrights(node) {
        Ok(found) => return Ok(found),
        Err(error) => {
            println!("Playwright has no browser for this machine ({error:#}); trying Debian's")
        }
    }
    let installed = apt::install(&["chromium"]);
    on_path().ok_or_else(|| {
        let reason = installed.err().map_or_else(
            || "it does not start".to_owned(),
            |error| format!("{error:#}"),
        );
        anyhow!(
            "No Chromium was found, and Debian's could not be used: {reason}.\n\
             Install Chromium or Chrome, or set {VARIABLE} to its executable, then try again."
        )
    })
}

fn on_path() -> Option<PathBuf> {
    NAMES
        .iter()
        .filter_map(|name| process::on_path(name))
        .find_map(|found| taken(&found, "found on PATH"))
}

fn playwrights(node: &Node) -> Result<PathBuf> {
    let print_path = "console.log(require('@playwright/test').chromium.executablePath())";
    let file = process::first_line(node.node()?.args(["-e", print_path]))
        .map(PathBuf::from)
        .ok_or_else(|| anyhow!("it does not say where its browser would be"))?;
    if !file.exists() {
        println!(
            "Asking Playwright for its Chromium, for {} s at most",
            PLAYWRIGHT_LIMIT.as_secs()
        );
        process::run_within(
            node.tool("playwright")?
                .args(["install", "--no-shell", "chromium"]),
            PLAYWRIGHT_LIMIT,
        )?;
    }
    let Some(found) = taken(&file, "Playwright's") else {
        bail!("its Chromium does not start")
    };
    Ok(found)
}

/// The browser, if it starts; says so.
fn taken(file: &Path, whence: &str) -> Option<PathBuf> {
    let version = process::first_line(Command::new(file).arg("--version"))?;
    println!("Browser: {version} ({whence}: {})", file.display());
    Some(file.to_owned())
}
