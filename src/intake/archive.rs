//! A ZIP archive in memory: what is in it, and one file after the other.
//!
//! Structure is read by `rawzip`, which trusts no header and holds no list; files are unpacked by `flate2`. Nothing is
//! written anywhere, so that a path is a name to show and no more. What hurts is size, which is limited three times
//! over: by what a file's header declares, by what comes out of it, and by the sum of all.
//!
//! An archive that ends early has lost its list of files, which is its last part: then `salvage` walks through the
//! files themselves.

use std::{io::Read, ops::Range};

use flate2::{Crc, bufread::DeflateDecoder};
use rawzip::{CompressionMethod, ErrorKind, ZipLocator};
use serde::Serialize;

use super::{
    labels::{Labels, NoLabels},
    skipped::{Reason, Skipped},
    words::{bytes, count},
};

mod names;
mod salvage;

/// Largest archive that is opened, in bytes: it lies in memory as a whole.
pub const LARGEST: u64 = 512 << 20;

/// Limits on what is in one archive.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Bytes that one file unpacks to.
    file: u64,
    /// Bytes that all files together unpack to.
    all: u64,
    files: usize,
}

const LIMITS: Limits = Limits {
    file: 64 << 20,
    all: 3 << 29,
    files: 100_000,
};

/// No file can be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    #[error("it is no ZIP archive")]
    NotZip,
    #[error(
        "it has {}, and archives of at most {} are opened: bring it in parts",
        bytes(*.0), bytes(LARGEST)
    )]
    TooLarge(u64),
    #[error("it has more than {} files: bring them in several archives", count(*.0 as u64))]
    TooMany(usize),
    #[error("it is empty")]
    Empty,
    #[error("it ends early, before its first file is whole: copy or download it again")]
    EndsEarly,
}

/// One file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    #[error("it is encrypted: pack it without a password")]
    Encrypted,
    #[error("it is packed by {0}, and only plain ZIP (deflate) is read")]
    Method(String),
    #[error(
        "it would unpack to {}{}, and at most {} are read of one file",
        bytes(*.size), ratio(*.size, *.packed), bytes(*.limit)
    )]
    TooLarge { size: u64, packed: u64, limit: u64 },
    #[error("with it, more than {} would be unpacked: bring it in an archive of its own", bytes(*.0))]
    Beyond(u64),
    #[error("it is itself an archive, and those within another are not opened")]
    Nested,
    #[error("its name has {} bytes, which is more than a name has", count(*.0 as u64))]
    Name(usize),
    #[error("the archive ends before it does")]
    CutOff,
    #[error("its length is lost, as the end of the archive is")]
    NoLength,
    #[error("its data are damaged")]
    Damaged,
    #[error("it unpacks to another length than the {} that the archive states", bytes(*.0))]
    Length(u64),
    #[error("its data are damaged: their checksum is wrong")]
    Checksum,
}

impl EntryError {
    pub fn reason(&self) -> Reason {
        match self {
            Self::Encrypted => Reason::Encrypted,
            Self::Method(_) => Reason::Packed,
            Self::TooLarge { .. } => Reason::TooLarge,
            Self::Beyond(_) => Reason::Beyond,
            Self::Nested => Reason::Nested,
            Self::CutOff | Self::NoLength => Reason::CutOff,
            Self::Name(_) | Self::Damaged | Self::Length(_) | Self::Checksum => Reason::Broken,
        }
    }
}

fn ratio(size: u64, packed: u64) -> String {
    match size.checked_div(packed) {
        None | Some(0..10) => String::new(),
        Some(ratio) => format!(", {} times what it is packed into", count(ratio)),
    }
}

/// A file in the archive that can be tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Folders and name, parted by slashes, fit to be shown.
    pub path: String,
    /// Bytes in the archive.
    pub packed: u64,
    /// Bytes when unpacked, as the archive states.
    pub size: u64,
    #[serde(skip)]
    data: Data,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Data {
    /// Where in the archive.
    range: Range<usize>,
    deflated: bool,
    checksum: u32,
}

/// An archive and what is in it.
#[derive(Debug)]
pub struct Archive<B> {
    bytes: B,
    listing: Listing,
    ends_early: bool,
}

/// Whether a file begins as a ZIP archive does.
pub fn is_zip(bytes: &[u8]) -> bool {
    [b"PK\x03\x04", b"PK\x05\x06"]
        .iter()
        .any(|magic| bytes.starts_with(*magic))
}

impl<B: AsRef<[u8]>> Archive<B> {
    /// Lists the files of an archive. What cannot be read is in [`skipped`](Self::skipped); what no visitor means to
    /// bring (folders, dot files, `__MACOSX`, `Thumbs.db`) is nowhere.
    ///
    /// # Errors
    /// When it is no ZIP archive, is empty, or so damaged that no file is found; when it is larger than [`LARGEST`]
    /// or has more than 100,000 files.
    pub fn open(bytes: B) -> Result<Self, ArchiveError> {
        Self::open_within(bytes, LIMITS)
    }

    fn open_within(archive: B, limits: Limits) -> Result<Self, ArchiveError> {
        let bytes = archive.as_ref();
        if bytes.len() as u64 > LARGEST {
            return Err(ArchiveError::TooLarge(bytes.len() as u64));
        }
        let mut listing = Listing::new(limits);
        let whole = list(bytes, &mut listing)?;
        if !whole {
            listing = Listing::new(limits);
            salvage::walk(bytes, &mut listing)?;
        }
        if listing.entries.is_empty() && listing.skipped.is_empty() {
            return Err(match (whole, is_zip(bytes)) {
                (true, _) => ArchiveError::Empty,
                (false, true) => ArchiveError::EndsEarly,
                (false, false) => ArchiveError::NotZip,
            });
        }
        Ok(Self {
            bytes: archive,
            listing,
            ends_early: !whole,
        })
    }

    /// The files that can be tried, in the archive's order.
    pub fn entries(&self) -> &[Entry] {
        &self.listing.entries
    }

    /// The files that cannot, known without unpacking them.
    pub fn skipped(&self) -> &[Skipped] {
        &self.listing.skipped
    }

    /// Whether its end is missing or damaged, so that there may have been more files.
    pub fn ends_early(&self) -> bool {
        self.ends_early
    }

    /// Unpacks one of [`entries`](Self::entries).
    ///
    /// # Errors
    /// When its data are damaged, or are not what the archive states.
    pub fn read(&self, entry: &Entry) -> Result<Vec<u8>, EntryError> {
        let Data {
            range,
            deflated,
            checksum,
        } = &entry.data;
        let packed = self
            .bytes
            .as_ref()
            .get(range.clone())
            .ok_or(EntryError::CutOff)?;
        let unpacked = if *deflated {
            // A byte of deflate holds at most 1,032: no large buffer for a small file that states a large size.
            let capacity = entry.size.min(1032 * entry.packed + 1);
            let mut unpacked = Vec::with_capacity(capacity as usize);
            DeflateDecoder::new(packed)
                .take(entry.size + 1)
                .read_to_end(&mut unpacked)
                .map_err(|_| EntryError::Damaged)?;
            unpacked
        } else {
            packed.to_vec()
        };
        if unpacked.len() as u64 != entry.size {
            return Err(EntryError::Length(entry.size));
        }
        let mut found = Crc::new();
        found.update(&unpacked);
        if found.sum() != *checksum {
            return Err(EntryError::Checksum);
        }
        Ok(unpacked)
    }
}

/// The folder that a file lies in, by which class folders tell pictures apart; none at the top.
pub fn label(path: &str) -> Option<&str> {
    let (folders, _) = path.rsplit_once('/')?;
    folders.rsplit('/').next().filter(|name| !name.is_empty())
}

/// What files outside any folder are called, where others have one.
pub const NO_FOLDER: &str = "(no folder)";

/// Labels from the folders of all pictures, if those tell anything apart.
///
/// # Errors
/// When all lie in one folder, or in more than there may be classes.
pub fn labels<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<Labels, NoLabels> {
    let folders = paths
        .into_iter()
        .map(|path| label(path).unwrap_or(NO_FOLDER));
    Labels::new("folder", folders)
}

/// What an archive says of one of its files.
struct Found<'a> {
    name: &'a [u8],
    encrypted: bool,
    method: CompressionMethod,
    checksum: u32,
    packed: u64,
    size: u64,
    /// Where its data are.
    data: Result<Range<usize>, EntryError>,
}

/// The files as they are found, sorted into what can be read and what cannot.
#[derive(Debug)]
struct Listing {
    limits: Limits,
    entries: Vec<Entry>,
    skipped: Vec<Skipped>,
    /// Bytes that all entries unpack to.
    size: u64,
}

impl Listing {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            entries: Vec::new(),
            skipped: Vec::new(),
            size: 0,
        }
    }

    fn add(&mut self, found: Found<'_>) -> Result<(), ArchiveError> {
        let Some(path) = names::wanted(found.name) else {
            return Ok(());
        };
        match self.check(&path, &found) {
            Ok(data) => {
                self.make_room()?;
                self.size += found.size;
                self.entries.push(Entry {
                    path,
                    packed: found.packed,
                    size: found.size,
                    data,
                });
                Ok(())
            }
            Err(error) => self.skip(path, &error),
        }
    }

    /// Notes a file that cannot be read, if it is one that is wanted.
    fn add_unreadable(&mut self, name: &[u8], error: &EntryError) -> Result<(), ArchiveError> {
        match names::wanted(name) {
            Some(path) => self.skip(path, error),
            None => Ok(()),
        }
    }

    fn skip(&mut self, path: String, error: &EntryError) -> Result<(), ArchiveError> {
        self.make_room()?;
        self.skipped.push(Skipped {
            what: path,
            why: error.to_string(),
            reason: error.reason(),
        });
        Ok(())
    }

    fn make_room(&self) -> Result<(), ArchiveError> {
        if self.entries.len() + self.skipped.len() >= self.limits.files {
            return Err(ArchiveError::TooMany(self.limits.files));
        }
        Ok(())
    }

    fn check(&self, path: &str, found: &Found<'_>) -> Result<Data, EntryError> {
        let Limits { file, all, .. } = self.limits;
        if found.name.len() > names::LONGEST {
            return Err(EntryError::Name(found.name.len()));
        }
        if names::is_archive(path) {
            return Err(EntryError::Nested);
        }
        if found.encrypted {
            return Err(EntryError::Encrypted);
        }
        let deflated = match found.method {
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => true,
            other => {
                let number = other.as_u16();
                let name = other
                    .name()
                    .map_or(format!("method {number}"), str::to_owned);
                return Err(EntryError::Method(name));
            }
        };
        if found.size > file {
            return Err(EntryError::TooLarge {
                size: found.size,
                packed: found.packed,
                limit: file,
            });
        }
        let range = found.data.clone()?;
        if !deflated && found.size != found.packed {
            return Err(EntryError::Length(found.size));
        }
        if self.size + found.size > all {
            return Err(EntryError::Beyond(all));
        }
        Ok(Data {
            range,
            deflated,
            checksum: found.checksum,
        })
    }
}

/// Times that what looks like the end of an archive may turn out not to be.
const FALSE_ENDS: usize = 16;

/// Lists what the archive's own list has; false where it is missing or damaged.
fn list(bytes: &[u8], listing: &mut Listing) -> Result<bool, ArchiveError> {
    let mut end = bytes.len();
    for _ in 0..FALSE_ENDS {
        let archive = match ZipLocator::new().locate_in_slice(&bytes[..end]) {
            Ok(archive) => archive,
            Err((_, error)) => {
                let sooner = error.eocd_offset().and_then(|at| usize::try_from(at).ok());
                let Some(sooner) = sooner.filter(|sooner| *sooner < end) else {
                    return Ok(false);
                };
                end = sooner;
                continue;
            }
        };
        for record in archive.entries() {
            let Ok(record) = record else {
                return Ok(false);
            };
            let data = match archive.get_entry(record.wayfinder()) {
                Ok(entry) => {
                    // It is there, and so fits a usize.
                    let (start, end) = entry.compressed_data_range();
                    Ok(start as usize..end as usize)
                }
                Err(error) => Err(match error.kind() {
                    ErrorKind::Eof => EntryError::CutOff,
                    _ => EntryError::Damaged,
                }),
            };
            listing.add(Found {
                name: record.file_path().as_ref(),
                encrypted: record.flags().is_encrypted(),
                method: record.compression_method(),
                checksum: record.crc32(),
                packed: record.compressed_size_hint(),
                size: record.uncompressed_size_hint(),
                data,
            })?;
        }
        return Ok(true);
    }
    Ok(false)
}

#[cfg(test)]
pub(super) mod tests;
