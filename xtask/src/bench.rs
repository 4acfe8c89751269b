//! `cargo xtask bench`: measures training in a browser, beside its peers. What is measured, and how, is in benches/web;
//! this builds what it needs.

use std::fs;

use anyhow::{Context as _, Result};

use crate::node::Node;
use crate::wasm::{self, Module, Profile};
use crate::{browser, paths, process, site};

pub fn bench() -> Result<()> {
    let node = Node::ready()?;
    let browser = browser::find(&node)?;
    wasm::build_modules(&Module::ALL, Profile::Release, &node)?;
    let folder = paths::target()?.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let peak = folder.join("peak.wasm");
    wasm::build_peak(&peak)?;
    let bundled = folder.join("site");
    site::bundle(&bundled, &node)?;
    process::run(
        node.node()?
            .arg("benches/web/run.mjs")
            .env(browser::VARIABLE, browser)
            .env("GAN_SITE", bundled)
            .env("GAN_PEAK", peak)
            .env("GAN_BENCH_OUT", folder.join("web.json")),
    )
}
