//! A WACZ: a ZIP whose entries are read where they lie, nothing unpacked.

use crate::error::ArchiveError;
use crate::input::decoded::Decoded;
use crate::input::raw::{FileRange, Inflated, Source};
use crate::input::sniff::is_zip;
use crate::warc::records::Records;
use plainsight_model::{Complaint, ComplaintKind};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use zip::CompressionMethod;

/// An entry of a ZIP that may be read.
#[derive(Clone, Debug)]
pub(crate) struct PackageEntry {
    pub(crate) name: String,
    start: u64,
    compressed: u64,
    deflated: bool,
    /// Bytes that the directory claims, unpacked.
    pub(crate) size: u64,
    /// CRC-32 that the directory claims.
    pub(crate) crc: u32,
}

/// A ZIP with the entries that may be read, and what is wrong with the others.
pub(crate) struct Package {
    path: PathBuf,
    pub(crate) entries: BTreeMap<String, PackageEntry>,
    pub(crate) complaints: Vec<Complaint>,
}

impl Package {
    /// Reads the directory. An entry is refused whose name stands twice (two
    /// readers would see two files), leaves the folder, or is encrypted.
    pub(crate) fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        let mut zip = zip::ZipArchive::new(BufReader::new(file)).map_err(|error| error.to_string())?;
        let mut package = Self { path: path.to_owned(), entries: BTreeMap::new(), complaints: Vec::new() };
        let mut twice = BTreeSet::new();
        let mut file = File::open(path).map_err(|error| error.to_string())?;
        let mut places = Vec::new();
        if zip.has_duplicate_names() {
            package.complain("two entries have one name", "the directory");
        }
        if zip.has_overlapping_entries().unwrap_or(true) {
            package.complain("entries overlap", "the directory");
        }
        for number in 0..zip.len() {
            let entry = match zip.by_index_raw(number) {
                Ok(entry) => entry,
                Err(error) => {
                    package.complain(&error.to_string(), &format!("entry {number}"));
                    continue;
                }
            };
            let raw = String::from_utf8_lossy(entry.name_raw()).into_owned();
            if entry.is_dir() && is_inside(raw.trim_end_matches('/')) {
                continue;
            }
            let method = entry.compression();
            let known = matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated);
            match entry.data_start() {
                _ if !is_inside(&raw) => package.complain("the name leaves the package: refused", &raw),
                _ if entry.encrypted() => package.complain("encrypted: not read", &raw),
                _ if !known => package.complain("neither stored nor deflated: not read", &raw),
                None => package.complain("the entry has no data", &raw),
                Some(start) => {
                    let deflated = method == CompressionMethod::Deflated;
                    let compressed = entry.compressed_size();
                    if let Some(what) = local_header(&mut file, entry.header_start(), entry.name_raw()) {
                        package.complain(what, &raw);
                    }
                    places.push((entry.header_start(), start.saturating_add(compressed)));
                    let (size, crc) = (entry.size(), entry.crc32());
                    let entry = PackageEntry { name: raw.clone(), start, compressed, deflated, size, crc };
                    if package.entries.insert(raw.clone(), entry).is_some() {
                        twice.insert(raw);
                    }
                }
            }
        }
        places.push((zip.central_directory_start(), zip.central_directory_start()));
        if let Some(at) = hidden_entry(&mut file, places).map_err(|error| error.to_string())? {
            package.complain("an entry stands here that the directory does not name", &format!("byte {at}"));
        }
        for name in twice {
            package.entries.remove(&name);
            package.complain("the name stands twice: refused", &name);
        }
        Ok(package)
    }

    fn complain(&mut self, what: &str, place: &str) {
        self.complaints.push(Complaint::new(ComplaintKind::Damaged, what, place));
    }

    /// The entry's bytes.
    pub(crate) fn source(&self, entry: &PackageEntry) -> io::Result<Box<dyn Source>> {
        let range = FileRange::new(File::open(&self.path)?, entry.start, entry.compressed)?;
        Ok(match entry.deflated {
            true => Box::new(Inflated::new(range, entry.size)),
            false => Box::new(range),
        })
    }

    /// A small entry as a whole; `None` if it is missing, longer than `most`, or broken.
    pub(crate) fn small(&self, name: &str, most: u64) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.source(self.entries.get(name)?).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
        (bytes.len() as u64 <= most).then_some(bytes)
    }

    /// The WARC and ARC files inside, by name.
    pub(crate) fn archives(&self) -> Vec<PackageEntry> {
        self.entries.values().filter(|entry| entry.name.starts_with("archive/")).cloned().collect()
    }
}

/// A reader that goes from entry to entry sees the names in front of the data;
/// one that opens the directory sees those behind it. Both must be the same.
fn local_header(file: &mut File, at: u64, name: &[u8]) -> Option<&'static str> {
    let mut head = [0; 30];
    let mut own = vec![0; name.len()];
    let read = file
        .seek(SeekFrom::Start(at))
        .and_then(|_| file.read_exact(&mut head))
        .and_then(|()| file.read_exact(&mut own));
    let length = usize::from(u16::from_le_bytes([head[26], head[27]]));
    match read {
        Ok(()) if head.starts_with(LOCAL) && length == name.len() && own == name => None,
        _ => Some("the name in front of the data is not that of the directory"),
    }
}

const LOCAL: &[u8] = b"PK\x03\x04";

/// The first entry that stands between those the directory names. Bytes that
/// are no entry are let be: tools align entries and put descriptors behind them.
fn hidden_entry(file: &mut File, mut places: Vec<(u64, u64)>) -> io::Result<Option<u64>> {
    /// A gap of more is not looked at to its end; nothing pads so much.
    const MOST: u64 = 16 * 1024 * 1024;
    places.sort_unstable();
    let mut end = 0;
    for (from, until) in places {
        if from > end + 3 {
            let mut gap = Vec::new();
            file.seek(SeekFrom::Start(end))?;
            file.by_ref().take((from - end).min(MOST)).read_to_end(&mut gap)?;
            if let Some(at) = memchr::memmem::find(&gap, LOCAL) {
                return Ok(Some(end + at as u64));
            }
        }
        end = end.max(until);
    }
    Ok(None)
}

/// Whether a ZIP entry's name stays inside whatever folder it were put into.
pub(crate) fn is_inside(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(['\\', '\0'])
        && name.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
        && !name.split('/').next().is_some_and(|first| first.ends_with(':'))
}

/// The walks over the records of a WARC, ARC or WACZ, with the name that places give each.
pub(crate) type Walks = Box<dyn Iterator<Item = (String, Records)>>;

/// Opens a file; a WACZ gives a walk for each WARC inside.
pub(crate) fn walks(path: &Path, name: &str) -> Result<(Walks, Vec<Complaint>), ArchiveError> {
    let mut head = [0; 4];
    let mut file = File::open(path).map_err(ArchiveError::io(path))?;
    let got = crate::input::sniff::read_up_to(&mut file, &mut head).map_err(ArchiveError::io(path))?;
    if !is_zip(&head[..got]) {
        let decoded = Decoded::open(path).map_err(ArchiveError::io(path))?;
        let walk = (name.to_owned(), Records::new(decoded));
        return Ok((Box::new(std::iter::once(walk)), Vec::new()));
    }
    let package = match Package::open(path) {
        Ok(package) => package,
        Err(why) => {
            let complaint = Complaint::new(ComplaintKind::Damaged, why, name);
            return Ok((Box::new(std::iter::empty()), vec![complaint]));
        }
    };
    let complaints = package.complaints.clone();
    let prefix = if name.is_empty() { String::new() } else { format!("{name}!/") };
    let walks = package.archives().into_iter().map(move |entry| {
        let decoded = match package.source(&entry) {
            Ok(source) => Decoded::new(source),
            Err(_) => Decoded::of_bytes(Vec::new()),
        };
        (format!("{prefix}{}", entry.name), Records::new(decoded))
    });
    Ok((Box::new(walks), complaints))
}

/// Opens one walk by the name that [`walks`] gave it, `name!/entry` for a WACZ under `root`.
pub(crate) fn walk_of(root: &Path, file: &str) -> io::Result<Records> {
    let decoded = match file.split_once("!/") {
        None => Decoded::open(&root.join(file))?,
        Some((outer, inner)) => {
            let package = Package::open(&root.join(outer)).map_err(io::Error::other)?;
            let entry = package.entries.get(inner).ok_or(io::ErrorKind::NotFound)?;
            Decoded::new(package.source(entry)?)
        }
    };
    Ok(Records::new(decoded))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_leave_the_package_are_told() {
        for good in ["archive/data.warc.gz", "a", "海/报.txt", "..a/b"] {
            assert!(is_inside(good), "{good}");
        }
        for bad in ["", "../x", "/etc/x", "a/../b", "a//b", "C:/x", "a\\..\\b", "."] {
            assert!(!is_inside(bad), "{bad}");
        }
    }
}
