//! The static site: the page, its worker and the modules, bundled by Vite into one folder. Vite's settings are its
//! own, in vite.config.js; only where the site goes is said here.

use std::path::Path;

use anyhow::Result;

use crate::{node::Node, process, stage::stage};

/// Bundles into `folder`, replacing what was there.
pub fn bundle(folder: &Path, node: &Node) -> Result<()> {
    stage("Bundling the page", || {
        process::run(
            node.tool("vite")?
                .args(["build", "--emptyOutDir", "--outDir"])
                .arg(folder),
        )
    })
}
