//! What the built site weighs: raw, and compressed as web servers send it. Tells apart what a visitor of the default
//! experiment (on the CPU) downloads from what WebGPU and the data sets add. Reads the site, changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, write::GzEncoder};

use crate::stage::stage;
use crate::wasm::Module;

/// Bytes of one file or of several.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl AddAssign for Size {
    fn add_assign(&mut self, other: Self) {
        self.raw += other.raw;
        self.gzip += other.gzip;
        self.brotli += other.brotli;
    }
}

/// Prints the table.
pub fn print(site: &Path) -> Result<()> {
    let files = files(site)?;
    let others = [Module::WebGpu, Module::Files]
        .into_iter()
        .map(|module| Ok(fs::read(module.wasm()?)?))
        .collect::<Result<Vec<_>>>()
        .context("a module cannot be read")?;
    let first_visit = reachable(&files, &others);
    let rows = stage("Weighing the site", || {
        files
            .iter()
            .map(|file| size(&file.bytes))
            .collect::<Result<Vec<_>>>()
    })?;

    println!(
        "\n{:<52} {:>12} {:>12} {:>12}",
        "bytes", "raw", "gzip", "brotli"
    );
    let (mut visit, mut rest) = (Size::default(), Size::default());
    for (file, size) in files.iter().zip(&rows) {
        let mark = if first_visit.contains(&file.path) {
            visit += *size;
            '*'
        } else {
            rest += *size;
            ' '
        };
        row(&format!("{mark} {}", file.path.display()), *size);
    }
    row("* a first visit: the default experiment, on the CPU", visit);
    row("  the rest: WebGPU, files, data sets, trained models", rest);
    println!();
    Ok(())
}

fn row(name: &str, size: Size) {
    println!(
        "{name:<52} {:>12} {:>12} {:>12}",
        size.raw, size.gzip, size.brotli
    );
}

fn size(bytes: &[u8]) -> Result<Size> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    let mut brotli = Vec::new();
    // The highest quality, as for files that are compressed once and sent often.
    let best = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut &bytes[..], &mut brotli, &best)?;
    Ok(Size {
        raw: bytes.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli.len(),
    })
}

struct SiteFile {
    /// Inside the site.
    path: PathBuf,
    bytes: Vec<u8>,
}

impl SiteFile {
    fn name(&self) -> String {
        self.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

fn files(site: &Path) -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    let mut folders = vec![site.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder)
            .with_context(|| format!("{} cannot be read", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(&path)
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                files.push(SiteFile {
                    path: path.strip_prefix(site)?.to_owned(),
                    bytes,
                });
            }
        }
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

/// The files that index.html leads to without the modules of `others`, and without the JavaScript that is only there to
/// load one of them. The bundler gives each file a name of its own and writes it where the file is asked for, so a file
/// leads to those whose names it holds. The code names data sets and models as well, but the default experiment computes
/// its data and asks for none.
fn reachable(files: &[SiteFile], others: &[Vec<u8>]) -> BTreeSet<PathBuf> {
    let is_module = |file: &SiteFile| file.path.extension().is_some_and(|end| end == "wasm");
    let is_other = |file: &SiteFile| others.contains(&file.bytes);
    let loads_only_others = |file: &SiteFile| {
        let mut modules = files
            .iter()
            .filter(|other| is_module(other) && holds(file, &other.name()))
            .peekable();
        modules.peek().is_some() && modules.all(is_other)
    };
    let mut found = BTreeSet::new();
    let mut open: Vec<_> = files
        .iter()
        .filter(|file| file.path == Path::new("index.html"))
        .collect();
    while let Some(file) = open.pop() {
        let not_asked_for = is_other(file) || loads_only_others(file) || is_of_a_choice(&file.path);
        if not_asked_for || !found.insert(file.path.clone()) {
            continue;
        }
        if !is_module(file) {
            open.extend(files.iter().filter(|other| holds(file, &other.name())));
        }
    }
    found
}

/// Whether a file is fetched only by who chooses what it is of, or after the first step: the service worker, which names
/// every file.
fn is_of_a_choice(path: &Path) -> bool {
    ["datasets", "classifiers", "models", "service-worker.js"]
        .iter()
        .any(|start| path.starts_with(start))
}

/// Whether a file's text holds a name.
fn holds(file: &SiteFile, name: &str) -> bool {
    file.bytes
        .windows(name.len())
        .any(|window| window == name.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SiteFile {
        SiteFile {
            path: path.into(),
            bytes: text.as_bytes().to_vec(),
        }
    }

    #[test]
    fn a_first_visit_is_what_the_page_leads_to_without_other_modules() {
        let files = [
            file("index.html", "<script src=./assets/app-1.js>"),
            file(
                "assets/app-1.js",
                "new Worker('worker-2.js'), 'digits/manifest.json', 'models/digits.safetensors', 'service-worker.js'",
            ),
            file(
                "assets/worker-2.js",
                "cpu ? import('./bound-3.js') : import('./bound-4.js')",
            ),
            file("assets/bound-3.js", "fetch('bound_bg-5.wasm')"),
            file("assets/bound-4.js", "fetch('bound_bg-6.wasm')"),
            file("assets/bound_bg-5.wasm", "the cpu module"),
            file("assets/bound_bg-6.wasm", "the webgpu module"),
            file("service-worker.js", "bound_bg-6.wasm, film-7.js"),
            file("assets/film-7.js", "opened later"),
            file("datasets/digits/manifest.json", "sheet.png"),
            file("datasets/digits/sheet.png", "pixels"),
            file("models/digits.safetensors", "weights"),
        ];
        let found = reachable(&files, &[b"the webgpu module".to_vec()]);
        let expected = [
            "index.html",
            "assets/app-1.js",
            "assets/worker-2.js",
            "assets/bound-3.js",
            "assets/bound_bg-5.wasm",
        ];
        assert_eq!(found, expected.iter().map(PathBuf::from).collect());
    }

    #[test]
    fn compressing_makes_what_repeats_smaller() {
        let size = size(&[7; 100_000]).unwrap();
        assert_eq!(size.raw, 100_000);
        assert!(size.gzip < 1_000 && size.brotli < 1_000);
    }
}
