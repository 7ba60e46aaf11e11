//! The folder `archive/` of a case: records of ours, and files as received.

use crate::case::reader::{ArchiveReader, RecordBytes};
use crate::case::store::{Disk, FolderStore, append, cut, replace};
use crate::case::torn::whole_until;
use crate::error::ArchiveError;
use crate::input::meter;
use crate::warc::write::{NewRecord, packed, plain, record_id, warcinfo};
use plainsight_model::{Complaint, ComplaintKind, Digest, RecordPlace, Store};
use sha2::{Digest as _, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file is closed and the next begun once it has so many bytes.
const ROLL: u64 = 1024 * 1024 * 1024;

/// The folder's name for files that somebody handed over.
pub(crate) const RECEIVED: &str = "received";

/// The lock's name in `archive/`.
pub(crate) const LOCK: &str = "lock";

/// The bytes of one file that becomes a `resource` record.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// The bytes, never changed.
    pub bytes: &'a [u8],
    /// The address; `file:///…` for a file that somebody handed over.
    pub uri: &'a str,
    /// The content type, where it is known.
    pub media_type: Option<&'a str>,
    /// The moment, RFC 3339 with `Z`.
    pub date: &'a str,
}

/// Records that belong together, with their ids, as they will stand in a plain WARC.
pub(crate) struct Fresh {
    /// The moment of the first, RFC 3339 with `Z`.
    pub(crate) date: String,
    pub(crate) records: Vec<(String, Vec<u8>)>,
}

/// A case's archive, to be written by this process alone.
pub struct Archive {
    folder: PathBuf,
    store: Disk,
    reader: ArchiveReader,
    ids: Box<dyn FnMut() -> Result<[u8; 16], ArchiveError> + Send>,
    roll: u64,
    complaints: Vec<Complaint>,
    /// A write failed; what it left is cut off before the next one.
    is_torn: bool,
    /// Held as long as the archive is open.
    _lock: File,
}

impl Archive {
    /// Makes the folder and opens it; also one where making it was cut short,
    /// so that nothing is in it.
    pub fn create(folder: &Path) -> Result<Self, ArchiveError> {
        Self::create_in(folder, Arc::new(FolderStore))
    }

    /// As [`Archive::create`], for tests with a store that fails.
    #[doc(hidden)]
    pub fn create_in(folder: &Path, store: Disk) -> Result<Self, ArchiveError> {
        if folder.join(LOCK).exists() {
            return Err(ArchiveError::Exists { path: folder.to_owned() });
        }
        store.make_folder(&folder.join(RECEIVED)).map_err(ArchiveError::io(folder))?;
        store.sync_folder(folder).map_err(ArchiveError::io(folder))?;
        if let Some(above) = folder.parent() {
            store.sync_folder(above).map_err(ArchiveError::io(above))?;
        }
        Self::open_in(folder, store).inspect_err(|_| {
            // The lock says that an archive was made here.
            let _ = std::fs::remove_file(folder.join(LOCK));
        })
    }

    /// Opens the archive in a folder; [`ArchiveError::Busy`] where another
    /// process has it open. What a fall left half written is cut off, with a
    /// complaint: it was never acknowledged.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        Self::open_in(folder, Arc::new(FolderStore))
    }

    /// As [`Archive::open`], for tests with a store that fails.
    #[doc(hidden)]
    pub fn open_in(folder: &Path, store: Disk) -> Result<Self, ArchiveError> {
        let path = folder.join(LOCK);
        let lock = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let lock = lock.map_err(ArchiveError::io(&path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Busy { path }),
            Err(TryLockError::Error(error)) => return Err(ArchiveError::io(&path)(error)),
        }
        let mut archive = Self {
            folder: folder.to_owned(),
            store,
            reader: ArchiveReader::new(folder),
            ids: Box::new(|| {
                let mut random = [0; 16];
                getrandom::fill(&mut random).map_err(ArchiveError::NoRandom)?;
                Ok(random)
            }),
            roll: ROLL,
            complaints: Vec::new(),
            is_torn: false,
            _lock: lock,
        };
        archive.repair()?;
        Ok(archive)
    }

    /// Takes record ids from elsewhere, for tests that compare bytes.
    pub fn with_ids(mut self, mut ids: impl FnMut() -> [u8; 16] + Send + 'static) -> Self {
        self.ids = Box::new(move || Ok(ids()));
        self
    }

    /// Begins a new file after so many bytes (1 GiB unless said otherwise).
    pub fn with_roll(mut self, bytes: u64) -> Self {
        self.roll = bytes;
        self
    }

    /// What opening had to repair.
    pub fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// Reads this archive.
    pub fn reader(&self) -> &ArchiveReader {
        &self.reader
    }

    /// See [`ArchiveReader::files`].
    pub fn files(&self) -> Result<Vec<String>, ArchiveError> {
        self.reader.files()
    }

    /// See [`ArchiveReader::record`].
    pub fn record(&self, place: &RecordPlace) -> Result<RecordBytes, ArchiveError> {
        self.reader.record(place)
    }

    /// See [`ArchiveReader::payload`].
    pub fn payload(&self, place: &RecordPlace) -> Result<Vec<u8>, ArchiveError> {
        self.reader.payload(place)
    }

    /// Keeps bytes as a `resource` record; they are safe when this returns.
    pub fn put(&mut self, resource: &Resource<'_>) -> Result<RecordPlace, ArchiveError> {
        let places = self.put_all(std::slice::from_ref(resource))?;
        Ok(places.into_iter().next().expect("one resource gives one place"))
    }

    /// Keeps many with one wait for the disk; all are safe when this returns.
    pub fn put_all(&mut self, resources: &[Resource<'_>]) -> Result<Vec<RecordPlace>, ArchiveError> {
        let mut fresh = Vec::new();
        for resource in resources {
            let id = self.new_id()?;
            let record = resource_record(resource, id.clone())?;
            fresh.push(Fresh { date: resource.date.to_owned(), records: vec![(id, record)] });
        }
        self.keep(fresh)
    }

    /// Keeps records, those of one [`Fresh`] behind each other in one file;
    /// gives a place each. All are safe when this returns.
    pub(crate) fn keep(&mut self, fresh: Vec<Fresh>) -> Result<Vec<RecordPlace>, ArchiveError> {
        if self.is_torn {
            self.repair()?;
            self.is_torn = false;
        }
        let mut places = Vec::new();
        let mut fresh = fresh.into_iter().peekable();
        while let Some(first) = fresh.peek() {
            let (file, start) = self.current()?;
            let mut bytes = Vec::new();
            if start == 0 {
                let date = first.date.clone();
                let info = warcinfo(self.new_id()?, &date, &file)?;
                bytes = packed(&info).map_err(ArchiveError::io(&self.folder))?;
            }
            for group in fresh.by_ref() {
                for (record_id, record) in group.records {
                    let offset = start + bytes.len() as u64;
                    bytes.extend(packed(&record).map_err(ArchiveError::io(&self.folder))?);
                    places.push(RecordPlace { file: file.clone(), offset, record_id });
                }
                if start + bytes.len() as u64 >= self.roll {
                    break;
                }
            }
            self.append(&file, start, &bytes)?;
        }
        Ok(places)
    }

    /// Copies a file byte for byte to `received/`; gives its name relative to
    /// `archive/` and its SHA-256. A file that is there already is left alone.
    /// `name` is only a label: whatever it holds, it never becomes a path.
    pub fn receive(&mut self, source: &Path, name: &str) -> Result<(String, Digest), ArchiveError> {
        let digest = hash_file(source)?;
        let file = format!("{RECEIVED}/{}-{}", &digest.hex()[..16], safe_name(name));
        let target = self.folder.join(&file);
        if target.exists() && hash_file(&target)? == digest {
            // An earlier try may have come as far as the name, and not made it durable.
            let folder = self.folder.join(RECEIVED);
            self.store.sync_folder(&folder).map_err(ArchiveError::io(&folder))?;
            return Ok((file, digest));
        }
        let mut input = File::open(source).map_err(ArchiveError::io(source))?;
        let mut copied = Sha256::new();
        replace(&*self.store, &target, |output| copy_hashed(&mut input, output, &mut copied))
            .map_err(ArchiveError::io(&target))?;
        if Digest(copied.finalize().into()) != digest {
            // Somebody wrote to it while it was copied; what was kept is not what was hashed.
            self.store.remove(&target).map_err(ArchiveError::io(&target))?;
            let changed = io::Error::other("the file changed while it was copied");
            return Err(ArchiveError::io(source)(changed));
        }
        Ok((file, digest))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.store
    }

    pub(crate) fn new_id(&mut self) -> Result<String, ArchiveError> {
        Ok(record_id((self.ids)()?))
    }

    /// The file that is written to and its length.
    fn current(&self) -> Result<(String, u64), ArchiveError> {
        let number = self.numbers()?.last().copied().unwrap_or(1);
        let path = self.folder.join(file_name(number));
        match std::fs::metadata(&path) {
            Ok(meta) if meta.len() >= self.roll => Ok((file_name(number + 1), 0)),
            Ok(meta) => Ok((file_name(number), meta.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((file_name(number), 0)),
            Err(error) => Err(ArchiveError::io(&path)(error)),
        }
    }

    fn numbers(&self) -> Result<Vec<u32>, ArchiveError> {
        let files = self.files()?;
        let number = |file: &String| file.strip_prefix("plainsight-")?.strip_suffix(".warc.gz")?.parse().ok();
        let mut numbers: Vec<u32> = files.iter().filter_map(number).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn append(&mut self, file: &str, start: u64, bytes: &[u8]) -> Result<(), ArchiveError> {
        let path = self.folder.join(file);
        let written = append(&*self.store, &path, start, bytes).and_then(|()| match start {
            0 => self.store.sync_folder(&self.folder),
            _ => Ok(()),
        });
        self.is_torn = written.is_err();
        written.map_err(ArchiveError::io(&path))
    }

    /// Cuts off what a fall left half written at the end of the last file,
    /// removes files that were being put beside, and makes durable what names
    /// there are: a process that was killed may not have come to that.
    fn repair(&mut self) -> Result<(), ArchiveError> {
        for folder in [self.folder.clone(), self.folder.join(RECEIVED)] {
            for entry in std::fs::read_dir(&folder).map_err(ArchiveError::io(&folder))?.flatten() {
                if entry.file_name().to_string_lossy().ends_with(".new") {
                    self.store.remove(&entry.path()).map_err(ArchiveError::io(&entry.path()))?;
                }
            }
            self.store.sync_folder(&folder).map_err(ArchiveError::io(&folder))?;
        }
        let Some(number) = self.numbers()?.last().copied() else { return Ok(()) };
        let file = file_name(number);
        let path = self.folder.join(&file);
        let length = std::fs::metadata(&path).map_err(ArchiveError::io(&path))?.len();
        let whole = whole_until(&path).map_err(ArchiveError::io(&path))?;
        if whole == 0 {
            // A name without a record in it is no archive file.
            self.store.remove(&path).map_err(ArchiveError::io(&path))?;
            self.store.sync_folder(&self.folder).map_err(ArchiveError::io(&self.folder))?;
        } else if whole < length {
            cut(&*self.store, &path, whole).map_err(ArchiveError::io(&path))?;
        }
        if whole < length {
            let what = format!("{} bytes that were never acknowledged were cut off", length - whole);
            self.complaints.push(Complaint::new(
                ComplaintKind::Damaged,
                what,
                format!("{file}, byte {whole}"),
            ));
        }
        Ok(())
    }
}

fn file_name(number: u32) -> String {
    format!("plainsight-{number:05}.warc.gz")
}

fn resource_record(resource: &Resource<'_>, id: String) -> Result<Vec<u8>, ArchiveError> {
    plain(&NewRecord {
        kind: "resource",
        id,
        date: resource.date,
        uri: Some(resource.uri),
        media_type: resource.media_type,
        more: Vec::new(),
        block: resource.bytes,
    })
}

/// SHA-256 of a file, read in pieces.
pub fn hash_file(path: &Path) -> Result<Digest, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io(path))?;
    let mut hash = Sha256::new();
    copy_hashed(&mut file, &mut io::sink(), &mut hash).map_err(ArchiveError::io(path))?;
    Ok(Digest(hash.finalize().into()))
}

pub(crate) fn copy_hashed(
    input: &mut impl Read,
    output: &mut (impl Write + ?Sized),
    hash: &mut Sha256,
) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let got = input.read(&mut buffer)?;
        if got == 0 {
            return Ok(());
        }
        meter::count(got);
        meter::count(got);
        hash.update(&buffer[..got]);
        output.write_all(&buffer[..got])?;
    }
}

/// A label for people: the last part of a name with nothing in it that a
/// file system or a shell would read otherwise.
fn safe_name(name: &str) -> String {
    const LONGEST: usize = 50;
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let safe: String = last
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '_' })
        .collect();
    let safe = safe.trim_start_matches('.');
    let characters: Vec<char> = safe.chars().collect();
    // The end is kept: it tells people what kind of file it is.
    let kept: String = characters[characters.len().saturating_sub(LONGEST)..].iter().collect();
    if kept.is_empty() { "file".into() } else { kept }
}
