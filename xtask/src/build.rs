//! `cargo xtask build`: the static site in dist/, which any web server can offer under any path, and what it weighs.

use anyhow::Result;

use crate::node::Node;
use crate::wasm::{self, Module, Profile};
use crate::{paths, site, sizes};

#[derive(clap::Args)]
pub struct Arguments {
    /// Build what visitors should get: smaller and faster, and many minutes in the making
    #[arg(long)]
    release: bool,
    /// Build one of the modules alone, and no site
    #[arg(long)]
    module: Option<Module>,
}

pub fn build(arguments: &Arguments) -> Result<()> {
    let node = Node::ready()?;
    let profile = Profile::chosen(arguments.release);
    if let Some(module) = arguments.module {
        return wasm::build_modules(&[module], profile, &node);
    }
    wasm::build_modules(&Module::ALL, profile, &node)?;
    let dist = paths::root()?.join("dist");
    site::bundle(&dist, &node)?;
    sizes::print(&dist)?;
    println!("The site is in {}", dist.display());
    Ok(())
}
