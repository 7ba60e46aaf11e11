//! Writes a WACZ (1.1.1) in one pass: each WARC is read once, and while its
//! bytes go into the ZIP they are hashed and their records indexed.
//!
//! The same input gives the same bytes: no clock, no file times, names in the
//! order in which the caller brought them.

use crate::case::reader::ArchiveReader;
use crate::case::store::FolderStore;
use crate::error::ArchiveError;
use crate::input::decoded::Decoded;
use crate::input::raw::Source;
use crate::input::sniff::{Container, sniff};
use crate::package::blocks::Blocks;
use crate::package::cdxj::{Capture, IndexEntry, quoted};
use crate::package::entries::{Package, is_inside};
use crate::package::signature::PackageKey;
use crate::package::sorted::Sorter;
use crate::warc::records::{Records, Step};
use plainsight_model::{Complaint, ComplaintKind, Digest, Store as _};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The version that is written and that `wacz validate` asks for.
pub(crate) const VERSION: &str = "1.1.1";

/// What a package says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageText {
    /// Its title.
    pub title: Option<String>,
    /// What it is about.
    pub description: Option<String>,
    /// The moment it counts as made, RFC 3339 with `Z` and whole seconds; the
    /// caller's clock, or the day of a ledger's head where the bytes must repeat.
    pub created: String,
    /// Address and moment of the page that a reader should open first.
    pub main_page: Option<(String, String)>,
}

/// A page that a reader of the package can open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address, as the record has it.
    pub url: String,
    /// The record's WARC-Date, RFC 3339 with `Z`.
    pub time: String,
    /// Its title; the address where there is none.
    pub title: Option<String>,
}

/// A package that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageMade {
    /// SHA-256 of `datapackage.json`, which binds everything else.
    pub manifest: Digest,
    /// Records in all its WARCs.
    pub records: u64,
    /// Lines of its index.
    pub indexed: u64,
    /// Pages it lists.
    pub pages: u64,
    /// What was damaged or odd in the WARCs; their bytes were taken as they are.
    pub complaints: Vec<Complaint>,
}

/// A ZIP entry's bytes on their way out.
struct Output {
    zip: ZipWriter<File>,
    hash: Sha256,
    length: u64,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.zip.write_all(bytes)?;
        self.hash.update(bytes);
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}

/// A WARC that is read and written on in one go.
struct Through {
    source: Box<dyn Source>,
    output: Rc<RefCell<Output>>,
}

impl Read for Through {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.source.read(buffer)?;
        self.output.borrow_mut().write_all(&buffer[..got])?;
        Ok(got)
    }
}
impl Source for Through {
    /// Going back would write bytes twice; what a damaged file holds behind
    /// its damage is copied, but not indexed.
    fn seek_to(&mut self, _: u64) -> io::Result<bool> {
        Ok(false)
    }
}

/// A package that is being written.
pub struct PackageWriter {
    path: PathBuf,
    beside: PathBuf,
    output: Option<Rc<RefCell<Output>>>,
    text: PackageText,
    names: BTreeSet<String>,
    resources: Vec<Value>,
    index: Sorter,
    pages: Sorter,
    page_count: u64,
    /// Pages that the records suggest, used where the caller brings none.
    found: Sorter,
    made: PackageMade,
}

impl PackageWriter {
    /// Begins a package. It appears at `path` only once [`Self::finish`] is done.
    pub fn create(path: &Path, text: PackageText) -> Result<Self, ArchiveError> {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".new");
        let beside = path.with_file_name(name);
        let file = File::create(&beside).map_err(ArchiveError::io(&beside))?;
        let output = Output { zip: ZipWriter::new(file), hash: Sha256::new(), length: 0 };
        Ok(Self {
            path: path.to_owned(),
            beside,
            output: Some(Rc::new(RefCell::new(output))),
            text,
            names: BTreeSet::new(),
            resources: Vec::new(),
            index: Sorter::default(),
            pages: Sorter::default(),
            page_count: 0,
            found: Sorter::default(),
            made: PackageMade {
                manifest: Digest([0; 32]),
                records: 0,
                indexed: 0,
                pages: 0,
                complaints: Vec::new(),
            },
        })
    }

    /// Puts a WARC or ARC in as `archive/NAME`, byte for byte.
    pub fn warc(&mut self, name: &str, source: &Path) -> Result<(), ArchiveError> {
        let file = File::open(source).map_err(ArchiveError::io(source))?;
        let length = file.metadata().map_err(ArchiveError::io(source))?.len();
        self.take(name, Box::new(file), length, source)
    }

    /// Puts in what a case's archive holds under a name that
    /// [`ArchiveReader::files`] gave: a WARC or ARC as it is, of a received
    /// package each of its WARCs. Says what they are called in here.
    pub fn archived(&mut self, archive: &ArchiveReader, file: &str) -> Result<Vec<String>, ArchiveError> {
        let path = archive.folder().join(file);
        let own = file.rsplit('/').next().unwrap_or_default();
        if sniff(&path).map_err(ArchiveError::io(&path))? != Container::Wacz {
            self.warc(own, &path)?;
            return Ok(vec![own.to_owned()]);
        }
        let package = Package::open(&path).map_err(|why| ArchiveError::io(&path)(io::Error::other(why)))?;
        let mut names = Vec::new();
        for entry in package.archives() {
            let last = entry.name.rsplit('/').next().unwrap_or_default();
            let name = format!("{}-{last}", crate::case::forget::family(file));
            let source = package.source(&entry).map_err(ArchiveError::io(&path))?;
            self.take(&name, source, entry.size, &path)?;
            names.push(name);
        }
        Ok(names)
    }

    fn take(
        &mut self,
        name: &str,
        source: Box<dyn Source>,
        length: u64,
        path: &Path,
    ) -> Result<(), ArchiveError> {
        let entry = format!("archive/{name}");
        self.begin(&entry, CompressionMethod::Stored, length)?;
        let through = Through { source, output: self.output() };
        let mut records = Records::new(Decoded::new(Box::new(through)));
        let before = self.made.records;
        if records.is_known() {
            self.index_records(&mut records, name).map_err(ArchiveError::io(&self.beside))?;
        } else {
            self.complain("neither WARC nor ARC: taken, but not indexed", entry.clone());
        }
        records.drain().map_err(ArchiveError::io(path))?;
        drop(records);
        let count = self.made.records - before;
        self.end(&entry, Some(count));
        Ok(())
    }

    fn index_records(&mut self, records: &mut Records, name: &str) -> io::Result<()> {
        loop {
            match records.next() {
                Step::End => return Ok(()),
                Step::Damage(damage) => {
                    self.complain(&damage.what, format!("archive/{name}, byte {}", damage.at));
                }
                Step::Record(head) => {
                    self.made.records += 1;
                    let capture = Capture::read(records, &head, &mut |_| {});
                    let ending = records.finish();
                    let Some(entry) = capture.and_then(|capture| capture.entry(&head, &ending, name)) else {
                        continue;
                    };
                    if let Some(date) = head.date().filter(|_| is_page(&entry)) {
                        let page = Page { url: entry.url.clone(), time: date.to_owned(), title: None };
                        self.found.push(page_line(&page))?;
                    }
                    self.index.push(entry.line())?;
                }
            }
        }
    }

    /// Lists a page. Without any, every HTML response with status 200 and
    /// every HTML resource is listed.
    pub fn page(&mut self, page: &Page) -> Result<(), ArchiveError> {
        self.page_count += 1;
        self.pages.push(page_line(page)).map_err(ArchiveError::io(&self.beside))
    }

    /// Puts another file in, as `logs/x.log`; its hash stands in the manifest.
    pub fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.begin(name, CompressionMethod::Stored, bytes.len() as u64)?;
        self.output().borrow_mut().write_all(bytes).map_err(ArchiveError::io(&self.beside))?;
        self.end(name, None);
        Ok(())
    }

    /// Writes index, pages, manifest and digest file; signs the manifest where
    /// a key is given. The package is on disk when this returns.
    pub fn finish(mut self, key: Option<&PackageKey>) -> Result<PackageMade, ArchiveError> {
        self.write_index()?;
        self.write_pages()?;
        let manifest = self.manifest();
        self.made.manifest = Digest::of(manifest.as_bytes());
        self.begin("datapackage.json", CompressionMethod::Deflated, 0)?;
        self.put(manifest.as_bytes())?;
        let hash = format!("sha256:{}", self.made.manifest.hex());
        let mut digest = json!({ "path": "datapackage.json", "hash": hash });
        if let Some(key) = key {
            digest["signedData"] = key.sign(&hash, &self.text.created);
        }
        self.begin("datapackage-digest.json", CompressionMethod::Deflated, 0)?;
        self.put(pretty(&digest).as_bytes())?;
        self.close()?;
        Ok(self.made.clone())
    }

    fn close(&mut self) -> Result<(), ArchiveError> {
        let shared = self.output.take().and_then(|output| Rc::try_unwrap(output).ok());
        let output = shared.expect("no walk over a WARC is left").into_inner();
        let file = output.zip.finish().map_err(io::Error::from);
        let placed = file
            .and_then(|file| file.sync_all())
            .and_then(|()| std::fs::rename(&self.beside, &self.path))
            .and_then(|()| FolderStore.sync_folder(folder_of(&self.path)));
        placed.map_err(ArchiveError::io(&self.path))
    }

    fn output(&self) -> Rc<RefCell<Output>> {
        self.output.clone().expect("open until it is closed")
    }

    fn put(&self, bytes: &[u8]) -> Result<(), ArchiveError> {
        self.output().borrow_mut().write_all(bytes).map_err(ArchiveError::io(&self.beside))
    }

    fn begin(&mut self, name: &str, method: CompressionMethod, length: u64) -> Result<(), ArchiveError> {
        if !is_inside(name) || !self.names.insert(name.to_owned()) {
            let why = "a name that stands twice or leaves the package".to_owned();
            return Err(ArchiveError::Package { path: self.path.clone(), name: name.to_owned(), why });
        }
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644)
            .large_file(length >= u64::from(u32::MAX));
        let output = self.output();
        let mut output = output.borrow_mut();
        (output.hash, output.length) = (Sha256::new(), 0);
        let begun = output.zip.start_file(name, options);
        begun.map_err(|error| ArchiveError::io(&self.beside)(error.into()))
    }

    fn end(&mut self, name: &str, records: Option<u64>) {
        let output = self.output();
        let output = output.borrow();
        let hash = Digest(output.hash.clone().finalize().into());
        let mut resource = Map::new();
        resource.insert("name".into(), self.resource_name(name).into());
        resource.insert("path".into(), name.into());
        resource.insert("hash".into(), format!("sha256:{}", hash.hex()).into());
        resource.insert("bytes".into(), output.length.into());
        if let Some(records) = records {
            // Whole records that were dropped leave no trace in the container;
            // their number under the signed manifest does.
            resource.insert("records".into(), records.into());
        }
        self.resources.push(Value::Object(resource));
    }

    /// The last part in the letters that Frictionless allows, made to stand once.
    fn resource_name(&self, name: &str) -> String {
        let last = name.rsplit('/').next().unwrap_or_default().to_lowercase();
        let plain: String = last
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() || "-._".contains(c) { c } else { '-' })
            .collect();
        let taken = |name: &str| self.resources.iter().any(|resource| resource["name"] == name);
        if taken(&plain) { format!("{plain}-{}", self.resources.len() + 1) } else { plain }
    }

    fn write_index(&mut self) -> Result<(), ArchiveError> {
        let index = std::mem::take(&mut self.index);
        self.begin("indexes/index.cdx.gz", CompressionMethod::Stored, 0)?;
        let output = self.output();
        let mut output = output.borrow_mut();
        let mut blocks = Blocks::new(&mut *output);
        let written = index.each(&mut |line| blocks.push(line)).and_then(|()| blocks.flush());
        written.map_err(ArchiveError::io(&self.beside))?;
        self.made.indexed = blocks.lines;
        let summary = std::mem::take(&mut blocks.summary);
        drop(output);
        self.end("indexes/index.cdx.gz", None);
        self.begin("indexes/index.idx", CompressionMethod::Deflated, 0)?;
        self.put(summary.as_bytes())?;
        self.end("indexes/index.idx", None);
        Ok(())
    }

    fn write_pages(&mut self) -> Result<(), ArchiveError> {
        let found = std::mem::take(&mut self.found);
        let given = std::mem::take(&mut self.pages);
        let pages = if self.page_count > 0 { given } else { found };
        self.begin("pages/pages.jsonl", CompressionMethod::Deflated, 0)?;
        self.put(b"{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"Pages\"}\n")?;
        let output = self.output();
        let mut output = output.borrow_mut();
        let mut out = BufWriter::new(&mut *output);
        let mut count = 0;
        let written = pages.each(&mut |line| {
            count += 1;
            writeln!(out, "{line}")
        });
        written.and_then(|()| out.flush()).map_err(ArchiveError::io(&self.beside))?;
        drop(out);
        drop(output);
        self.made.pages = count;
        self.end("pages/pages.jsonl", None);
        Ok(())
    }

    fn manifest(&self) -> String {
        let mut manifest = Map::new();
        manifest.insert("profile".into(), "data-package".into());
        manifest.insert("resources".into(), self.resources.clone().into());
        manifest.insert("wacz_version".into(), VERSION.into());
        manifest.insert("software".into(), software().into());
        manifest.insert("created".into(), self.text.created.clone().into());
        let further = [("title", &self.text.title), ("description", &self.text.description)];
        for (name, value) in further {
            if let Some(value) = value {
                manifest.insert(name.into(), value.clone().into());
            }
        }
        if let Some((url, time)) = &self.text.main_page {
            manifest.insert("mainPageURL".into(), url.clone().into());
            manifest.insert("mainPageDate".into(), time.clone().into());
        }
        pretty(&Value::Object(manifest))
    }

    fn complain(&mut self, what: &str, place: String) {
        self.made.complaints.push(Complaint::new(ComplaintKind::Damaged, what, place));
    }
}

impl Drop for PackageWriter {
    fn drop(&mut self) {
        // Half a package is none.
        if self.output.take().is_some() {
            let _ = std::fs::remove_file(&self.beside);
        }
    }
}

/// How packages and signatures name this program.
pub(crate) fn software() -> String {
    format!("plainsight/{}", env!("CARGO_PKG_VERSION"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("a JSON value can be written")
}

/// Whether a person would call it a page.
fn is_page(entry: &IndexEntry) -> bool {
    let html = matches!(entry.mime.as_deref(), Some("text/html" | "application/xhtml+xml"));
    html && entry.status.as_deref().is_none_or(|status| status == "200")
}

/// The moment stands first, so that the lines' order is that of time.
fn page_line(page: &Page) -> String {
    let id = &Digest::of(format!("{} {}", page.time, page.url).as_bytes()).hex()[..32];
    let title = page.title.as_deref().unwrap_or(&page.url);
    let [time, url, title] = [&page.time, page.url.as_str(), title].map(quoted);
    format!("{{\"ts\": {time}, \"url\": {url}, \"title\": {title}, \"id\": \"{id}\"}}")
}
