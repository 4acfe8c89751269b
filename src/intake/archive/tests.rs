use super::*;
use crate::intake::skipped::report;

/// A file to be put into an archive, well or badly.
pub struct File<'a> {
    pub name: &'a [u8],
    pub data: &'a [u8],
    pub deflate: bool,
    /// Checksum and lengths come after the data, and nothing before.
    pub descriptor: bool,
    /// Lengths in an extra field.
    pub zip64: bool,
    pub encrypted: bool,
    /// Stated in place of the true ones.
    pub method: Option<u16>,
    pub checksum: Option<u32>,
    pub size: Option<u32>,
}

impl<'a> File<'a> {
    pub fn new(name: &'a str, data: &'a [u8]) -> Self {
        Self {
            name: name.as_bytes(),
            data,
            deflate: true,
            descriptor: false,
            zip64: false,
            encrypted: false,
            method: None,
            checksum: None,
            size: None,
        }
    }

    fn stored(name: &'a str, data: &'a [u8]) -> Self {
        Self {
            deflate: false,
            ..Self::new(name, data)
        }
    }
}

/// Writes an archive by APPNOTE.TXT of PKWARE, sections 4.3.7 to 4.3.16.
pub fn zip(files: &[File<'_>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut list = Vec::new();
    for file in files {
        let start = out.len() as u32;
        let packed = if file.deflate {
            let mut packed = Vec::new();
            flate2::bufread::DeflateEncoder::new(file.data, flate2::Compression::best())
                .read_to_end(&mut packed)
                .unwrap();
            packed
        } else {
            file.data.to_vec()
        };
        let mut crc = Crc::new();
        crc.update(file.data);
        let checksum = file.checksum.unwrap_or(crc.sum());
        let size = file.size.unwrap_or(file.data.len() as u32);
        let lengths = [packed.len() as u32, size];

        let flags = u16::from(file.encrypted) | u16::from(file.descriptor) << 3 | 1 << 11;
        let method = file.method.unwrap_or(if file.deflate { 8 } else { 0 });
        let mut extra = Vec::new();
        let mut shown = lengths;
        if file.zip64 {
            extra.extend(1_u16.to_le_bytes());
            extra.extend(16_u16.to_le_bytes());
            extra.extend(u64::from(lengths[1]).to_le_bytes());
            extra.extend(u64::from(lengths[0]).to_le_bytes());
            shown = [u32::MAX; 2];
        }
        let common = |checksum: u32, lengths: [u32; 2], extra: &[u8]| {
            let mut bytes = Vec::new();
            for short in [20, flags, method, 0, 33] {
                bytes.extend(short.to_le_bytes());
            }
            for long in [checksum, lengths[0], lengths[1]] {
                bytes.extend(long.to_le_bytes());
            }
            bytes.extend((file.name.len() as u16).to_le_bytes());
            bytes.extend((extra.len() as u16).to_le_bytes());
            bytes
        };

        out.extend(b"PK\x03\x04");
        if file.descriptor {
            out.extend(common(0, [0; 2], &[]));
            out.extend(file.name);
        } else {
            out.extend(common(checksum, shown, &extra));
            out.extend(file.name);
            out.extend(&extra);
        }
        out.extend(packed);
        if file.descriptor {
            out.extend(b"PK\x07\x08");
            for long in [checksum, lengths[0], lengths[1]] {
                out.extend(long.to_le_bytes());
            }
        }

        list.extend(b"PK\x01\x02\x14\0");
        list.extend(common(checksum, shown, &extra));
        list.extend([0; 10]);
        list.extend(start.to_le_bytes());
        list.extend(file.name);
        list.extend(extra);
    }
    let start = out.len() as u64;
    let count = files.len() as u16;
    out.extend(&list);
    let zip64 = files.iter().any(|file| file.zip64);
    if zip64 {
        let end = out.len() as u64;
        out.extend(b"PK\x06\x06");
        out.extend(44_u64.to_le_bytes());
        out.extend([45, 0, 45, 0]);
        out.extend([0; 8]);
        for number in [count.into(), count.into(), list.len() as u64, start] {
            out.extend(number.to_le_bytes());
        }
        out.extend(b"PK\x06\x07\0\0\0\0");
        out.extend(end.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
    }
    out.extend(b"PK\x05\x06\0\0\0\0");
    let (count, length, start) = if zip64 {
        (u16::MAX, u32::MAX, u32::MAX)
    } else {
        (count, list.len() as u32, start as u32)
    };
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// What Python 3.13's zipfile writes to a file that it cannot seek in: a folder, a deflated file, a stored one.
const OF_PYTHON: &[u8] = b"PK\x03\x04\x14\0\x08\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0cats/PK\x07\
    \x08\0\0\0\0\0\0\0\0\0\0\0\0PK\x03\x04\x14\0\x08\x08\x08\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x0b\0\0\0cats\
    /\xc3\xa4.txtKN,QH\xc6\x83\x01PK\x07\x08l(\xe7\xa3\x08\0\0\0\x20\0\0\0PK\x03\x04\x14\0\x08\0\0\0\0\0!\0\
    \0\0\0\0\0\0\0\0\0\0\0\0\x07\0\0\0dog.txtdogPK\x07\x08}9,\x81\x03\0\0\0\x03\0\0\0PK\x01\x02\x14\x03\x14\
    \0\x08\0\0\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\x80\x01\0\0\0\0cats/PK\x01\x02\
    \x14\x03\x14\0\x08\x08\x08\0\0\0!\0l(\xe7\xa3\x08\0\0\0\x20\0\0\0\x0b\0\0\0\0\0\0\0\0\0\0\0\x80\x013\0\0\
    \0cats/\xc3\xa4.txtPK\x01\x02\x14\x03\x14\0\x08\0\0\0\0\0!\0}9,\x81\x03\0\0\0\x03\0\0\0\x07\0\0\0\0\0\0\0\
    \0\0\0\0\x80\x01t\0\0\0dog.txtPK\x05\x06\0\0\0\0\x03\0\x03\0\xa1\0\0\0\xac\0\0\0\0\0";

const LENGTH_OF_PYTHON: usize = 355;

/// Noise that deflate cannot make smaller.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1_u32;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    })
    .take(count)
    .collect()
}

fn open(bytes: &[u8]) -> Archive<&[u8]> {
    Archive::open(bytes).unwrap()
}

/// Path and content of each file, or why it cannot be read.
fn all(archive: &Archive<&[u8]>) -> Vec<(String, Result<Vec<u8>, String>)> {
    let read = |entry: &Entry| archive.read(entry).map_err(|error| error.to_string());
    let entries = archive.entries().iter();
    let skipped = archive.skipped().iter();
    entries
        .map(|entry| (entry.path.clone(), read(entry)))
        .chain(skipped.map(|skipped| (skipped.what.clone(), Err(skipped.why.clone()))))
        .collect()
}

fn refusal(file: File<'_>) -> String {
    let bytes = zip(&[File::new("good.txt", b"good"), file]);
    let mut all = all(&open(&bytes));
    let bad = all.iter().position(|(_, data)| data.is_err()).unwrap();
    let (_, error) = all.remove(bad);
    // One bad file spoils no other.
    assert_eq!(all, [("good.txt".to_owned(), Ok(b"good".to_vec()))]);
    error.unwrap_err()
}

#[test]
fn files_are_listed_and_read() {
    let cat = noise(500);
    let bytes = zip(&[
        File::new("cats/", b""),
        File::new("cats/a.png", &cat),
        File::new("dogs/b.txt", &[b'w'; 2000]),
        File::stored("c.bin", b"stored"),
        File::stored("empty", b""),
        File::new("__MACOSX/cats/._a.png", b"?"),
        File {
            descriptor: true,
            ..File::new("d.txt", b"described after")
        },
    ]);
    let archive = open(&bytes);
    assert_eq!(
        all(&archive),
        [
            ("cats/a.png".to_owned(), Ok(cat)),
            ("dogs/b.txt".to_owned(), Ok(vec![b'w'; 2000])),
            ("c.bin".to_owned(), Ok(b"stored".to_vec())),
            ("empty".to_owned(), Ok(Vec::new())),
            ("d.txt".to_owned(), Ok(b"described after".to_vec())),
        ]
    );
    assert!(!archive.ends_early());
    let words = &archive.entries()[1];
    assert_eq!(words.size, 2000);
    assert!(words.packed < 40, "{}", words.packed);
}

#[test]
fn an_archive_of_python_is_read() {
    assert_eq!(OF_PYTHON.len(), LENGTH_OF_PYTHON);
    let expected = [
        ("cats/ä.txt".to_owned(), Ok(b"cat ".repeat(8))),
        ("dog.txt".to_owned(), Ok(b"dog".to_vec())),
    ];
    assert_eq!(all(&open(OF_PYTHON)), expected);
    // Without its list, which begins with the first of these.
    let list = OF_PYTHON.windows(4).position(|four| four == b"PK\x01\x02");
    let cut = open(&OF_PYTHON[..list.unwrap()]);
    assert_eq!(all(&cut), expected);
    assert!(cut.ends_early());
}

#[test]
fn zip64_is_read_whole_and_cut_off() {
    let file = |name| File {
        zip64: true,
        ..File::new(name, b"sixty-four")
    };
    let bytes = zip(&[file("a.txt"), file("b.txt")]);
    let expected = ["a.txt", "b.txt"].map(|name| (name.to_owned(), Ok(b"sixty-four".to_vec())));
    assert_eq!(all(&open(&bytes)), expected);
    assert_eq!(all(&open(&bytes[..bytes.len() - 1])), expected);
}

#[test]
fn what_lies_before_and_behind_an_archive_does_no_harm() {
    let mut bytes = noise(100);
    bytes.extend(zip(&[File::new("a.txt", b"inside")]));
    bytes.extend(b"PK\x05\x06 is no end of an archive here");
    assert_eq!(
        all(&open(&bytes)),
        [("a.txt".to_owned(), Ok(b"inside".to_vec()))]
    );
}

/// Wherever it is cut, all files before the cut are saved, and none is read that is not as it was.
#[test]
fn an_archive_cut_anywhere_keeps_what_is_before() {
    for descriptor in [false, true] {
        let names = ["cats/a.png", "cats/b.png", "dogs/c.png"];
        let data: Vec<Vec<u8>> = (1..=3).map(|part| noise(40 * part)).collect();
        let files: Vec<File<'_>> = names
            .iter()
            .zip(&data)
            .enumerate()
            .map(|(index, (name, data))| File {
                descriptor,
                deflate: index != 1,
                ..File::new(name, data)
            })
            .collect();
        // Where each ends: its data are all there from here on.
        let ends: Vec<usize> = (1..=3)
            .map(|count| {
                let part = zip(&files[..count]);
                let list = part.windows(4).position(|four| four == b"PK\x01\x02");
                list.unwrap() - if descriptor { 16 } else { 0 }
            })
            .collect();
        let whole = zip(&files);
        for length in 0..whole.len() {
            let saved = ends.iter().filter(|end| **end <= length).count();
            let archive = match Archive::open(&whole[..length]) {
                Ok(archive) => archive,
                Err(error) => {
                    assert_eq!(saved, 0, "cut after {length} bytes: {error}");
                    let begins = length >= 4;
                    let expected = [ArchiveError::NotZip, ArchiveError::EndsEarly];
                    assert_eq!(error, expected[usize::from(begins)], "{length}");
                    continue;
                }
            };
            assert!(archive.ends_early());
            let read: Vec<(String, Vec<u8>)> = all(&archive)
                .into_iter()
                .filter_map(|(name, data)| Some((name, data.ok()?)))
                .collect();
            // A stored file whose length is in its lost descriptor is lost, too.
            let lost = descriptor && saved == 2 && length < ends[1] + 12;
            assert_eq!(read.len(), saved - usize::from(lost), "{length}");
            for (index, (name, bytes)) in read.iter().enumerate() {
                assert_eq!((name.as_str(), bytes), (names[index], &data[index]));
            }
        }
    }
}

#[test]
fn a_stored_file_may_look_as_if_it_ended() {
    let data = b"a picture PK\x07\x08 and more PK\x07\x08 of it, until here";
    let bytes = zip(&[File {
        descriptor: true,
        ..File::stored("a.png", data)
    }]);
    let cut = &bytes[..bytes.len() - 22];
    assert_eq!(all(&open(cut)), [("a.png".to_owned(), Ok(data.to_vec()))]);
}

#[test]
fn a_file_that_is_cut_off_is_told_of() {
    let bytes = zip(&[
        File::stored("a.png", &[1; 50]),
        File::stored("b.png", &[2; 50]),
    ]);
    let archive = open(&bytes[..150]);
    assert!(archive.ends_early());
    assert_eq!(
        report(archive.skipped()).unwrap(),
        "b.png was skipped: the archive ends before it does"
    );
}

#[test]
fn a_bomb_does_not_go_off() {
    // 65 MB of zeros, in 65 kB.
    let zeros = vec![0; (64 << 20) + 1];
    let bytes = zip(&[File::new("bomb.png", &zeros)]);
    assert!(bytes.len() < 70_000);
    let archive = open(&bytes);
    assert_eq!(archive.entries(), []);
    let report = report(archive.skipped()).unwrap();
    let begin = "bomb.png was skipped: it would unpack to 64 MB, 1,02";
    assert!(report.starts_with(begin), "{report}");
    let end = " times what it is packed into, and at most 64 MB are read of one file";
    assert!(report.ends_with(end), "{report}");
    // The same, where its length is known from unpacking it alone.
    let salvaged = zip(&[File {
        descriptor: true,
        ..File::new("bomb.png", &zeros)
    }]);
    let archive = open(&salvaged[..salvaged.len() - 60]);
    assert_eq!(archive.entries(), []);
    assert_eq!(archive.skipped()[0].reason, Reason::TooLarge);
}

#[test]
fn a_bomb_that_states_a_small_size_is_stopped_there() {
    let zeros = vec![0; 1 << 20];
    let error = refusal(File {
        size: Some(100),
        ..File::new("liar.png", &zeros)
    });
    assert_eq!(
        error,
        "it unpacks to another length than the 100 bytes that the archive states"
    );
    let error = refusal(File {
        size: Some(64 << 20),
        ..File::new("liar.png", b"less")
    });
    assert!(error.contains("than the 64 MB that"), "{error}");
    let error = refusal(File {
        size: Some(3),
        ..File::stored("liar.png", b"more")
    });
    assert!(error.contains("than the 3 bytes that"), "{error}");
    // Nothing is unpacked beyond what is stated: else the damage after it would be found first.
    let mut packed = Vec::new();
    flate2::bufread::DeflateEncoder::new(&zeros[..], flate2::Compression::best())
        .read_to_end(&mut packed)
        .unwrap();
    packed.truncate(packed.len() - 8);
    let error = refusal(File {
        size: Some(100),
        method: Some(8),
        ..File::stored("liar.png", &packed)
    });
    assert!(error.contains("than the 100 bytes that"), "{error}");
    let bytes = zip(&[File {
        size: Some(3),
        ..File::stored("liar.png", b"more")
    }]);
    assert!(open(&bytes).entries().is_empty());
}

#[test]
fn all_files_together_have_a_limit() {
    let files: Vec<File<'_>> = ["a", "b", "c"]
        .iter()
        .map(|name| File::new(name, &[0; 100]))
        .collect();
    let bytes = zip(&files);
    let limits = Limits { all: 250, ..LIMITS };
    let archive = Archive::open_within(&bytes[..], limits).unwrap();
    assert_eq!(archive.entries().len(), 2);
    assert_eq!(archive.skipped()[0].reason, Reason::Beyond);
    assert_eq!(
        archive.skipped()[0].why,
        "with it, more than 250 bytes would be unpacked: bring it in an archive of its own"
    );
    let limits = Limits { files: 2, ..LIMITS };
    let error = Archive::open_within(&bytes[..], limits).unwrap_err();
    assert_eq!(
        error.to_string(),
        "it has more than 2 files: bring them in several archives"
    );
    assert_eq!(LIMITS.all, 24 * LIMITS.file);
    let error = Archive::open(vec![0; LARGEST as usize + 1]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "it has 512 MB, and archives of at most 512 MB are opened: bring it in parts"
    );
}

/// Many files over the same few bytes (D. Fifield, "A better zip bomb", WOOT 2019): each within the limits.
#[test]
fn files_that_overlap_count_each_for_itself() {
    let one = zip(&[File::new("a", &[0; 1000])]);
    let list = one
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    let (data, rest) = one.split_at(list);
    let (record, end) = rest.split_at(rest.len() - 22);
    let mut bytes = data.to_vec();
    let length = (record.len() * 20) as u32;
    bytes.extend(record.repeat(20));
    let mut end = end.to_vec();
    end[8..12].copy_from_slice(&[20, 0, 20, 0]);
    end[12..16].copy_from_slice(&length.to_le_bytes());
    bytes.extend(end);
    let limits = Limits {
        all: 5_500,
        ..LIMITS
    };
    let archive = Archive::open_within(&bytes[..], limits).unwrap();
    assert_eq!((archive.entries().len(), archive.skipped().len()), (5, 15));
}

/// Headers within data without a length, each of which looks like the beginning of a file.
#[test]
fn headers_within_headers_come_to_an_end() {
    let limits = Limits {
        all: 8 << 20,
        ..LIMITS
    };
    for deflate in [false, true] {
        let file = zip(&[File {
            descriptor: true,
            deflate,
            ..File::new("a", b"")
        }]);
        let mut bytes = Vec::new();
        for _ in 0..20_000 {
            // Each is followed by stored blocks of deflate: an empty one, and one that holds the next header.
            bytes.extend(&file[..31]);
            bytes.extend([0, 0, 0, 0xff, 0xff, 0, 31, 0, !31, 0xff]);
        }
        let archive = Archive::open_within(&bytes[..], limits).unwrap();
        assert!(archive.entries().is_empty());
        assert_eq!(archive.skipped().len(), 20_000);
        // To look through all of it for each would take 8 GB of reading.
        let given_up = EntryError::NoLength.to_string();
        let given_up = archive
            .skipped()
            .iter()
            .filter(|skipped| skipped.why == given_up);
        assert!(given_up.count() > 15_000);
    }
}

#[test]
fn files_that_cannot_be_read_say_why_and_spoil_no_other() {
    for (file, sentence) in [
        (
            File {
                encrypted: true,
                ..File::new("a.png", b"secret")
            },
            "it is encrypted: pack it without a password",
        ),
        (
            File {
                method: Some(14),
                ..File::new("a.png", b"lzma")
            },
            "it is packed by LZMA, and only plain ZIP (deflate) is read",
        ),
        (
            File {
                method: Some(77),
                ..File::new("a.png", b"?")
            },
            "it is packed by method 77, and only plain ZIP (deflate) is read",
        ),
        (
            File {
                checksum: Some(1),
                ..File::new("a.png", b"damaged")
            },
            "its data are damaged: their checksum is wrong",
        ),
        (
            File {
                checksum: Some(1),
                ..File::stored("a.png", b"damaged")
            },
            "its data are damaged: their checksum is wrong",
        ),
        (
            File {
                method: Some(8),
                ..File::stored("a.png", b"\xff\xff no deflate")
            },
            "its data are damaged",
        ),
        (
            File::new("more.zip", b"PK"),
            "it is itself an archive, and those within another are not opened",
        ),
        (
            File::new(&"a".repeat(1025), b"long"),
            "its name has 1,025 bytes, which is more than a name has",
        ),
    ] {
        assert_eq!(refusal(file), sentence);
    }
}

#[test]
fn a_list_that_points_elsewhere_is_noticed() {
    let bytes = zip(&[File::new("a.png", b"one"), File::new("b.png", b"two")]);
    let list = bytes
        .windows(4)
        .position(|four| four == b"PK\x01\x02")
        .unwrap();
    for (place, sentence) in [
        (3_u32, "its data are damaged"),
        (u32::MAX - 1, "the archive ends before it does"),
    ] {
        let mut bytes = bytes.clone();
        bytes[list + 42..list + 46].copy_from_slice(&place.to_le_bytes());
        let archive = open(&bytes);
        assert_eq!(archive.skipped()[0].why, sentence);
        assert_eq!(archive.read(&archive.entries()[0]).unwrap(), b"two");
    }
}

#[test]
fn other_files_are_no_archive() {
    let refusal = |bytes: &[u8]| Archive::open(bytes).unwrap_err();
    assert_eq!(refusal(b""), ArchiveError::NotZip);
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n"), ArchiveError::NotZip);
    assert_eq!(refusal(&noise(5000)), ArchiveError::NotZip);
    assert_eq!(refusal(&zip(&[])), ArchiveError::Empty);
    assert_eq!(
        refusal(&zip(&[File::new("__MACOSX/x", b"")])),
        ArchiveError::Empty
    );
    assert!(is_zip(&zip(&[])) && is_zip(OF_PYTHON) && !is_zip(b"PK"));
}

#[test]
fn the_folder_that_a_file_lies_in_is_its_label() {
    for (path, name) in [
        ("a.png", None),
        ("cats/a.png", Some("cats")),
        ("animals/cats/a.png", Some("cats")),
        ("/a.png", None),
    ] {
        assert_eq!(label(path), name, "{path}");
    }
}

#[test]
fn folders_are_labels_if_they_tell_pictures_apart() {
    let found = labels([
        "all/dogs/1.png",
        "all/cats/1.png",
        "2.png",
        "more/dogs/2.png",
    ])
    .unwrap();
    assert_eq!(found.name, "folder");
    assert_eq!(found.classes, [NO_FOLDER, "cats", "dogs"]);
    assert_eq!(found.of, [2, 1, 0, 2]);
    assert_eq!(labels(["cats/1.png", "cats/2.png"]), Err(NoLabels::One));
    assert_eq!(labels(["1.png", "2.png"]), Err(NoLabels::One));
    let many: Vec<String> = (0..65).map(|folder| format!("{folder}/a.png")).collect();
    let error = labels(many.iter().map(String::as_str)).unwrap_err();
    assert_eq!(error.to_string(), "there are more than 64 classes");
}

/// For the fuzz targets, whose limits are so low that they are met often.
pub mod archives {
    use super::*;

    const LOW: Limits = Limits {
        file: 1000,
        all: 2500,
        files: 6,
    };

    /// What is in each good archive.
    const CONTENTS: [&[u8]; 4] = [b"a cat", &[b'o'; 900], b"", b"\0\x01\x02\x03\xff"];

    /// Archives written in all the ways that are read.
    pub fn good() -> Vec<Vec<u8>> {
        (0..16)
            .map(|ways| {
                let file = |index: usize, name| File {
                    deflate: (index + ways).is_multiple_of(2),
                    descriptor: ways & 2 != 0,
                    zip64: ways & 4 != 0,
                    ..File::new(name, CONTENTS[index])
                };
                let mut files = vec![file(0, "cats/a"), file(1, "cats/b")];
                if ways & 8 != 0 {
                    files.extend([file(2, "c"), file(3, "d")]);
                }
                zip(&files)
            })
            .collect()
    }

    /// Opens an archive and reads all that is in it, which is known if it is a good one.
    pub fn check(bytes: &[u8], good: Option<usize>) {
        let archive = match Archive::open_within(bytes, LOW) {
            Ok(archive) => archive,
            Err(error) => {
                assert!(good.is_none(), "{error}");
                return;
            }
        };
        let (entries, skipped) = (archive.entries(), archive.skipped());
        assert!((1..=LOW.files).contains(&(entries.len() + skipped.len())));
        assert!(entries.iter().map(|entry| entry.size).sum::<u64>() <= LOW.all);
        for (index, entry) in entries.iter().enumerate() {
            assert!(entry.size <= LOW.file && !entry.path.is_empty());
            let data = archive.read(entry);
            if good.is_some() {
                assert_eq!(data.as_deref(), Ok(CONTENTS[index]));
            }
            if let Ok(data) = data {
                assert_eq!(data.len() as u64, entry.size);
            }
        }
        if good.is_some() {
            assert!(skipped.is_empty() && !archive.ends_early());
            assert!(matches!(entries.len(), 2 | 4));
        }
        let _ = report(skipped);
    }
}
