//! Files of an archive whose list is lost: each has a header of its own before its data, one after the other.
//!
//! Many writers do not know a file's length when they write its header and leave it empty there; what was deflated
//! says itself where it ends, so that it is unpacked once to find out.

use flate2::{Crc, Decompress, FlushDecompress, Status};
use rawzip::{
    CompressionMethod,
    extra_fields::{ExtraFieldId, ExtraFields},
};

use super::{ArchiveError, EntryError, Found, Listing};

const FILE: [u8; 4] = *b"PK\x03\x04";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

/// A number in 4 bytes that says that the true one is in an extra field of 8.
const IN_EXTRA_FIELD: u32 = u32::MAX;

/// Lists all files from the first header on.
pub fn walk(bytes: &[u8], listing: &mut Listing) -> Result<(), ArchiveError> {
    let mut search = Search::new(listing.limits.all + bytes.len() as u64);
    let mut at = 0;
    while let Some(start) = next_file(bytes, at) {
        let Some(header) = Header::read(bytes, start) else {
            // Its name is cut off: nothing to tell of.
            break;
        };
        at = file(bytes, &header, &mut search, listing)?;
    }
    Ok(())
}

/// Adds one file, and says where to look for the next.
fn file(
    bytes: &[u8],
    header: &Header<'_>,
    search: &mut Search,
    listing: &mut Listing,
) -> Result<usize, ArchiveError> {
    let end = if !header.descriptor_follows || header.packed > 0 {
        header.stated_end(bytes)
    } else {
        search.find_end(bytes, header, listing.limits.file)
    };
    match end {
        Ok(end) => {
            listing.add(Found {
                name: header.name,
                encrypted: header.encrypted,
                method: header.method,
                checksum: end.checksum,
                packed: (end.at - header.data) as u64,
                size: end.size,
                data: Ok(header.data..end.at),
            })?;
            Ok(end.at)
        }
        Err(error) => {
            listing.add_unreadable(header.name, &error)?;
            // Its length is wrong or unknown: the next one may be anywhere.
            Ok(header.data)
        }
    }
}

/// The next file's header at or after `at`.
fn next_file(bytes: &[u8], at: usize) -> Option<usize> {
    let found = bytes
        .get(at..)?
        .windows(FILE.len())
        .position(|window| window == FILE)?;
    Some(at + found)
}

struct Header<'a> {
    name: &'a [u8],
    encrypted: bool,
    /// Whether checksum and lengths come after the data, and may be missing here.
    descriptor_follows: bool,
    method: CompressionMethod,
    checksum: u32,
    packed: u64,
    size: u64,
    /// Where the data begin.
    data: usize,
}

/// Bytes of a header before the name.
const FIXED: usize = 30;

impl<'a> Header<'a> {
    fn read(bytes: &'a [u8], start: usize) -> Option<Self> {
        let fixed = bytes.get(start..)?.first_chunk::<FIXED>()?;
        let short = |at: usize| u16::from_le_bytes([fixed[at], fixed[at + 1]]);
        let long = |at: usize| {
            u32::from_le_bytes([fixed[at], fixed[at + 1], fixed[at + 2], fixed[at + 3]])
        };
        let flags = short(6);
        let (packed, size) = (long(18), long(22));
        let name_start = start + FIXED;
        let name_end = name_start + usize::from(short(26));
        let data = name_end + usize::from(short(28));
        let name = bytes.get(name_start..name_end)?;
        let extra = ExtraFields::new(bytes.get(name_end..data)?)
            .find(|(id, _)| *id == ExtraFieldId::ZIP64)
            .map_or(&[][..], |(_, field)| field);
        // The size comes first there, and each number only where its own is missing.
        let (true_size, extra) = full(size, extra);
        let (true_packed, _) = full(packed, extra);
        Some(Self {
            name,
            encrypted: flags & 1 != 0,
            descriptor_follows: flags & 1 << 3 != 0,
            method: CompressionMethod::new(short(8)),
            checksum: long(14),
            packed: true_packed,
            size: true_size,
            data,
        })
    }

    /// The end by the length that the header states.
    fn stated_end(&self, bytes: &[u8]) -> Result<End, EntryError> {
        let packed = usize::try_from(self.packed).map_err(|_| EntryError::CutOff)?;
        let end = self.data.checked_add(packed);
        Ok(End {
            at: end
                .filter(|end| *end <= bytes.len())
                .ok_or(EntryError::CutOff)?,
            size: self.size,
            checksum: self.checksum,
        })
    }
}

fn full(number: u32, extra: &[u8]) -> (u64, &[u8]) {
    match extra.split_first_chunk::<8>() {
        Some((true_number, rest)) if number == IN_EXTRA_FIELD => {
            (u64::from_le_bytes(*true_number), rest)
        }
        _ => (number.into(), extra),
    }
}

/// Where a file's data end, and what they unpack to.
struct End {
    at: usize,
    size: u64,
    checksum: u32,
}

/// What follows data whose header states no length: their checksum and length.
struct Descriptor {
    checksum: u32,
    packed: u32,
}

impl Descriptor {
    /// Its signature may be missing. Of an archive larger than is opened, the lengths would have 8 bytes.
    fn read(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.strip_prefix(&DESCRIPTOR).unwrap_or(bytes);
        let (checksum, bytes) = bytes.split_first_chunk()?;
        Some(Self {
            checksum: u32::from_le_bytes(*checksum),
            packed: u32::from_le_bytes(*bytes.first_chunk()?),
        })
    }
}

/// Finds where data end.
struct Search {
    inflate: Decompress,
    chunk: Vec<u8>,
    /// Bytes that may yet be looked at, packed and unpacked: data whose end is not found are looked at again from the
    /// next header within them, which would never end for data made of headers.
    budget: u64,
}

impl Search {
    fn new(budget: u64) -> Self {
        Self {
            inflate: Decompress::new(false),
            chunk: vec![0; 1 << 15],
            budget,
        }
    }

    fn spend(&mut self, spent: u64) {
        self.budget = self.budget.saturating_sub(spent);
    }

    /// As much of the data as may yet be looked at.
    fn affordable<'a>(&self, data: &'a [u8]) -> Result<&'a [u8], EntryError> {
        if self.budget == 0 {
            return Err(EntryError::NoLength);
        }
        let most = usize::try_from(self.budget).unwrap_or(usize::MAX);
        Ok(&data[..data.len().min(most)])
    }

    fn find_end(
        &mut self,
        bytes: &[u8],
        header: &Header<'_>,
        limit: u64,
    ) -> Result<End, EntryError> {
        match header.method {
            _ if header.encrypted => Err(EntryError::Encrypted),
            CompressionMethod::DEFLATE => self.deflated(bytes, header.data, limit),
            CompressionMethod::STORE => self.stored(bytes, header.data),
            _ => Err(EntryError::NoLength),
        }
    }

    /// Stored data end where a descriptor states just the length that is before it.
    fn stored(&mut self, bytes: &[u8], data: usize) -> Result<End, EntryError> {
        let mut at = data;
        loop {
            let rest = self.affordable(&bytes[at..])?;
            let found = rest
                .windows(DESCRIPTOR.len())
                .position(|window| window == DESCRIPTOR);
            self.spend(found.unwrap_or(rest.len()) as u64);
            at += found.ok_or(EntryError::CutOff)?;
            let descriptor = Descriptor::read(&bytes[at..]).ok_or(EntryError::CutOff)?;
            if descriptor.packed as usize == at - data {
                return Ok(End {
                    at,
                    size: descriptor.packed.into(),
                    checksum: descriptor.checksum,
                });
            }
            at += DESCRIPTOR.len();
        }
    }

    /// Deflated data say themselves where they end, and are unpacked to find out.
    fn deflated(&mut self, bytes: &[u8], data: usize, limit: u64) -> Result<End, EntryError> {
        let packed = &bytes[data..];
        let mut checksum = Crc::new();
        self.inflate.reset(false);
        loop {
            let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
            let rest = self.affordable(&packed[read as usize..])?;
            // Data that unpack to nothing fill no chunk: no more of them at once than of others.
            let rest = &rest[..rest.len().min(2 * self.chunk.len())];
            let status = self
                .inflate
                .decompress(rest, &mut self.chunk, FlushDecompress::None);
            let (packed, size) = (self.inflate.total_in(), self.inflate.total_out());
            self.spend(packed - read + size - written);
            let status = status.map_err(|_| EntryError::Damaged)?;
            checksum.update(&self.chunk[..(size - written) as usize]);
            if size > limit {
                return Err(EntryError::TooLarge {
                    size,
                    packed,
                    limit,
                });
            }
            if status == Status::StreamEnd {
                let at = data + packed as usize;
                // If the archive ends here, what was unpacked whole is taken as it is.
                let stated = Descriptor::read(&bytes[at..]).map(|stated| stated.checksum);
                return Ok(End {
                    at,
                    size,
                    checksum: stated.unwrap_or_else(|| checksum.sum()),
                });
            }
            if (packed, size) == (read, written) {
                return Err(EntryError::CutOff);
            }
        }
    }
}
