//! Forgetting: the one thing that changes archived bytes.
//!
//! A file is written anew beside the old one without the named records; a
//! tombstone stands in the place of each, all other records are copied byte
//! for byte. Records that speak of a forgotten one (its request, its metadata,
//! a revisit or a copy with the same payload digest) go with it, because their
//! headers would still show its address or digest.

use crate::case::folder::{Archive, RECEIVED};
use crate::case::reader::ArchiveReader;
use crate::case::store::replace;
use crate::case::tombstone::{self, Forgotten, MARK, Tombstone};
use crate::error::ArchiveError;
use crate::input::decoded::Decoded;
use crate::input::raw::Source;
use crate::package::entries::{Package, walks};
use crate::warc::head::Head;
use crate::warc::records::{Records, Step};
use crate::warc::write::packed;
use plainsight_model::{Output, RecordPlace};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;

/// What forgetting some records will touch. The `forget` entry of the ledger
/// names it before [`Archive::forget`] is called, so that a fall in between
/// leaves nothing that `verify` could not explain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForgetPlan {
    /// The records that go: those named, and those that speak of them.
    pub records: Vec<RecordPlace>,
    /// Received files that will no longer be as received: `received/` and the
    /// 16 digits their names begin with, since a name may show what is forgotten.
    pub received: Vec<String>,
}

impl ForgetPlan {
    /// The WARC-Record-IDs, as the body of the `forget` entry lists them under `records`.
    pub fn record_ids(&self) -> Vec<String> {
        let ids: BTreeSet<&String> = self.records.iter().map(|place| &place.record_id).collect();
        ids.into_iter().filter(|id| !id.is_empty()).cloned().collect()
    }
}

/// A record that stands elsewhere now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Where it stood.
    pub from: RecordPlace,
    /// Where it stands.
    pub to: RecordPlace,
}

/// What a received file keeps of its name whatever is made of it: the first
/// digits of its digest. A file of ours is its own family.
pub(crate) fn family(file: &str) -> &str {
    match file.strip_prefix("received/") {
        Some(name) => name.get(..16).unwrap_or(name),
        None => file,
    }
}

impl ArchiveReader {
    /// Finds what has to go with the named records.
    pub fn plan_forget(&self, places: &[RecordPlace]) -> Result<ForgetPlan, ArchiveError> {
        let mut named = BTreeSet::new();
        for place in places {
            let place = self.locate(place)?;
            named.insert((place.file, place.offset, place.record_id));
        }
        let ids: BTreeSet<String> =
            named.iter().map(|(_, _, id)| id.clone()).filter(|id| !id.is_empty()).collect();
        let mut digests: BTreeSet<String> = BTreeSet::new();
        let mut answered: BTreeSet<String> = BTreeSet::new();
        self.each_head(&mut |file, head| {
            let key = (file.to_owned(), head.offset, head.key());
            if named.contains(&key) {
                digests.extend(head.fields.all("WARC-Payload-Digest").map(str::to_owned));
                answered.extend(head.fields.all("WARC-Concurrent-To").map(str::to_owned));
            }
        })?;
        let mut records: BTreeSet<(String, u64, String)> = named.clone();
        self.each_head(&mut |file, head| {
            let id = head.key();
            let speaks = ["WARC-Concurrent-To", "WARC-Refers-To"]
                .iter()
                .any(|field| head.fields.all(field).any(|to| ids.contains(to)));
            let same = head.fields.all("WARC-Payload-Digest").any(|digest| digests.contains(digest));
            let asked = answered.contains(&id) && !head.is("warcinfo");
            if (speaks || same || asked) && head.fields.get(MARK).is_none() {
                records.insert((file.to_owned(), head.offset, id));
            }
        })?;
        let place = |(file, offset, record_id)| RecordPlace { file, offset, record_id };
        let records: Vec<RecordPlace> = records.into_iter().map(place).collect();
        let outer = records.iter().map(|place| outer(&place.file).to_owned());
        let received: BTreeSet<String> = outer
            .filter(|file| file.starts_with("received/"))
            .map(|file| format!("{RECEIVED}/{}", family(&file)))
            .collect();
        Ok(ForgetPlan { records, received: received.into_iter().collect() })
    }

    /// Where the records with these ids stand, each with its address (empty where it has none).
    pub fn named(&self, ids: &BTreeSet<String>) -> Result<Vec<(RecordPlace, String)>, ArchiveError> {
        let mut found = Vec::new();
        if ids.is_empty() {
            return Ok(found);
        }
        self.each_head(&mut |file, head| {
            if let Some(id) = head.id().filter(|id| ids.contains(*id)) {
                let record_id = id.to_owned();
                let place = RecordPlace { file: file.to_owned(), offset: head.offset, record_id };
                found.push((place, head.uri().unwrap_or_default()));
            }
        })?;
        Ok(found)
    }

    fn each_head(&self, each: &mut dyn FnMut(&str, &Head)) -> Result<(), ArchiveError> {
        for file in self.files()? {
            let (walks, _) = walks(&self.folder().join(&file), &file)?;
            for (name, mut records) in walks {
                loop {
                    match records.next() {
                        Step::End => break,
                        Step::Damage(_) => {}
                        Step::Record(head) => each(&name, &head),
                    }
                }
            }
        }
        Ok(())
    }
}

impl Archive {
    /// Rewrites every file that holds a record of the plan. Says where the
    /// surviving records of those files stand now. Old places still lead to
    /// records that have an id ([`ArchiveReader::locate`]).
    pub fn forget(&mut self, plan: &ForgetPlan, stone: &Tombstone<'_>) -> Result<Vec<Moved>, ArchiveError> {
        let mut by_file: BTreeMap<String, BTreeSet<(String, u64, String)>> = BTreeMap::new();
        for place in &plan.records {
            let key = (place.file.clone(), place.offset, place.record_id.clone());
            by_file.entry(outer(&place.file).to_owned()).or_default().insert(key);
        }
        let mut moved = Vec::new();
        for (file, gone) in by_file {
            match self.folder().join(&file).exists() {
                true if crate::input::sniff::sniff(&self.folder().join(&file)).ok()
                    == Some(crate::Container::Wacz) =>
                {
                    self.unpack(&file, &gone, stone, &mut moved)?;
                }
                true => self.rewrite_in_place(&file, &gone, stone, &mut moved)?,
                // A fall after the last step of an earlier try.
                false => {}
            }
        }
        Ok(moved)
    }

    fn rewrite_in_place(
        &mut self,
        file: &str,
        gone: &BTreeSet<(String, u64, String)>,
        stone: &Tombstone<'_>,
        moved: &mut Vec<Moved>,
    ) -> Result<(), ArchiveError> {
        let to = fit_name(file, stone.words);
        let path = self.folder().join(file);
        let open = || File::open(&path).map(|file| Box::new(file) as Box<dyn Source>);
        self.rewrite(&open, file, &to, gone, stone, moved)?;
        if to != file {
            self.store().remove(&path).map_err(ArchiveError::io(&path))?;
            self.sync_received()?;
        }
        Ok(())
    }

    /// A package whose WARC was rewritten would no longer bind: its manifest
    /// and index name what is gone. Its WARCs are kept as files of their own.
    fn unpack(
        &mut self,
        file: &str,
        gone: &BTreeSet<(String, u64, String)>,
        stone: &Tombstone<'_>,
        moved: &mut Vec<Moved>,
    ) -> Result<(), ArchiveError> {
        let path = self.folder().join(file);
        let no = |why: String| ArchiveError::NoRewrite { file: file.to_owned(), why };
        let package = Package::open(&path).map_err(no)?;
        for (number, entry) in package.archives().into_iter().enumerate() {
            let from = format!("{file}!/{}", entry.name);
            let end = if entry.name.ends_with(".gz") { "warc.gz" } else { "warc" };
            let to = format!("{RECEIVED}/{}-{}.{end}", family(file), number + 1);
            self.rewrite(&|| package.source(&entry), &from, &to, gone, stone, moved)?;
        }
        self.store().remove(&path).map_err(ArchiveError::io(&path))?;
        self.sync_received()
    }

    fn sync_received(&self) -> Result<(), ArchiveError> {
        let folder = self.folder().join(RECEIVED);
        self.store().sync_folder(&folder).map_err(ArchiveError::io(&folder))
    }

    fn rewrite(
        &mut self,
        open: &dyn Fn() -> io::Result<Box<dyn Source>>,
        from: &str,
        to: &str,
        gone: &BTreeSet<(String, u64, String)>,
        stone: &Tombstone<'_>,
        moved: &mut Vec<Moved>,
    ) -> Result<(), ArchiveError> {
        let target = self.folder().join(to);
        let no = |why: &str| ArchiveError::NoRewrite { file: from.to_owned(), why: why.to_owned() };
        let stretches =
            stretches(Records::new(Decoded::new(open().map_err(ArchiveError::io(&target))?)), from, gone);
        let form = form(open, &stretches).map_err(ArchiveError::io(&target))?;
        let mut stones = Vec::new();
        for stretch in stretches.iter().filter(|stretch| stretch.gone) {
            stones.push(self.stone(stretch, form, stone).map_err(|error| match error {
                ArchiveError::Io { why, .. } => ArchiveError::io(&target)(why),
                ArchiveError::NoRewrite { why, .. } => no(&why),
                other => other,
            })?);
        }
        let mut copy = Copy { open, stretches: &stretches, stones: stones.into_iter(), from, to, moved };
        replace(self.store(), &target, |output| match form {
            Form::Shared => copy.repacked(output),
            _ => copy.byte_for_byte(output),
        })
        .map_err(ArchiveError::io(&target))
    }

    /// A tombstone as it is put into the file. In an ARC it takes just the
    /// room of the record: an ARC knows its records by their place alone.
    fn stone(
        &mut self,
        stretch: &Stretch,
        form: Form,
        stone: &Tombstone<'_>,
    ) -> Result<Vec<u8>, ArchiveError> {
        let forgotten = Forgotten { id: stretch.id(), kind: &stretch.kind, length: stretch.block };
        let io = ArchiveError::io(self.folder());
        if stretch.arc {
            // Records of one member get a member each: there is room for what it has to say.
            const OWN_MEMBER: u64 = 1024;
            let room = if form == Form::Shared { OWN_MEMBER } else { stretch.length };
            let room = usize::try_from(room).unwrap_or(usize::MAX);
            let fitting = match form {
                Form::Plain => tombstone::in_arc(&forgotten, stone, room),
                _ => tombstone::in_arc_gzip(&forgotten, stone, room),
            };
            let why = "a record is too short to leave room for a tombstone; remove the file whole";
            return fitting.ok_or_else(|| ArchiveError::NoRewrite { file: String::new(), why: why.into() });
        }
        let record = tombstone::in_warc(self.new_id()?, &forgotten, stone)?;
        Ok(match form {
            Form::Plain => record,
            Form::Gzip | Form::Shared => packed(&record).map_err(io)?,
            Form::Zstd => tombstone::zstd_frame(&record),
        })
    }
}

/// How a file packs its records.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Gzip,
    /// Several records in one gzip member: each gets its own.
    Shared,
    Zstd,
}

/// One record's stretch of a file.
struct Stretch {
    offset: u64,
    length: u64,
    gone: bool,
    arc: bool,
    /// [`Head::key`]
    key: String,
    kind: String,
    block: u64,
}

impl Stretch {
    /// The record's own id, or nothing; it is also its key once it has a member of its own.
    fn id(&self) -> &str {
        if self.key.starts_with('#') { "" } else { &self.key }
    }
}

fn stretches(mut records: Records, file: &str, gone: &BTreeSet<(String, u64, String)>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    loop {
        match records.next() {
            Step::End => return stretches,
            Step::Damage(_) => {}
            Step::Record(head) => {
                let key = head.key();
                let length = records.finish().length;
                stretches.push(Stretch {
                    offset: head.offset,
                    length,
                    gone: gone.contains(&(file.to_owned(), head.offset, key.clone())),
                    arc: head.arc,
                    key,
                    kind: head.kind.clone().unwrap_or_default(),
                    block: head.length.unwrap_or(0),
                });
            }
        }
    }
}

fn form(open: &dyn Fn() -> io::Result<Box<dyn Source>>, stretches: &[Stretch]) -> io::Result<Form> {
    let mut head = [0; 2];
    let got = crate::input::sniff::read_up_to(&mut open()?, &mut head)?;
    let shared = stretches.windows(2).any(|pair| pair[0].offset == pair[1].offset);
    Ok(match &head[..got] {
        [0x1f, 0x8b] if shared => Form::Shared,
        [0x1f, 0x8b] => Form::Gzip,
        [0x28, 0xb5] | [0x5d, 0x2a] => Form::Zstd,
        _ => Form::Plain,
    })
}

struct Copy<'a> {
    open: &'a dyn Fn() -> io::Result<Box<dyn Source>>,
    stretches: &'a [Stretch],
    stones: std::vec::IntoIter<Vec<u8>>,
    from: &'a str,
    to: &'a str,
    moved: &'a mut Vec<Moved>,
}

impl Copy<'_> {
    /// Copies what stands in front of the first record (a dictionary) and
    /// every record; bytes that belong to no record are left behind, because
    /// nobody can say that what is forgotten does not stand there.
    fn byte_for_byte(&mut self, output: &mut dyn Output) -> io::Result<()> {
        let mut output = Counted(io::BufWriter::new(output), 0);
        let mut input = BufReader::new((self.open)()?);
        let mut at = self.stretches.first().map_or(0, |first| first.offset);
        io::copy(&mut (&mut input).take(at), &mut output)?;
        let stretches = self.stretches;
        for stretch in stretches {
            io::copy(&mut (&mut input).take(stretch.offset.saturating_sub(at)), &mut io::sink())?;
            let to = output.1;
            if stretch.gone {
                io::copy(&mut (&mut input).take(stretch.length), &mut io::sink())?;
                output.write_all(&self.stones.next().unwrap_or_default())?;
            } else {
                io::copy(&mut (&mut input).take(stretch.length), &mut output)?;
                self.note(stretch, to);
            }
            at = stretch.offset + stretch.length;
        }
        output.0.flush()
    }

    fn repacked(&mut self, output: &mut dyn Output) -> io::Result<()> {
        let mut output = Counted(io::BufWriter::new(output), 0);
        let mut records = Records::new(Decoded::new((self.open)()?));
        let mut stretches = self.stretches.iter();
        loop {
            let head = match records.next() {
                Step::End => break,
                Step::Damage(_) => continue,
                Step::Record(head) => head,
            };
            let Some(stretch) = stretches.next() else { break };
            let to = output.1;
            if stretch.gone {
                output.write_all(&self.stones.next().unwrap_or_default())?;
                continue;
            }
            let builder = flate2::GzBuilder::new().mtime(0).operating_system(255);
            let mut encoder = builder.write(&mut output, flate2::Compression::new(6));
            encoder.write_all(&head.header)?;
            io::copy(&mut records, &mut encoder)?;
            encoder.write_all(b"\r\n\r\n")?;
            encoder.finish()?;
            self.note(stretch, to);
        }
        output.0.flush()
    }

    fn note(&mut self, stretch: &Stretch, offset: u64) {
        let place = |file: &str, offset, id: &str| RecordPlace {
            file: file.to_owned(),
            offset,
            record_id: id.to_owned(),
        };
        let from = place(self.from, stretch.offset, &stretch.key);
        let to = place(self.to, offset, stretch.id());
        if from != to {
            self.moved.push(Moved { from, to });
        }
    }
}

struct Counted<W>(W, u64);

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.0.write(bytes)?;
        self.1 += written as u64;
        Ok(written)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn outer(file: &str) -> &str {
    file.split_once("!/").map_or(file, |(outer, _)| outer)
}

/// The name without the words; a file of ours has none of theirs.
fn fit_name(file: &str, words: &[String]) -> String {
    let lower = file.to_lowercase();
    let shows = words.iter().any(|word| !word.is_empty() && lower.contains(&word.to_lowercase()));
    match Path::new(file).parent() {
        Some(folder) if shows && folder == Path::new(RECEIVED) => {
            format!("{RECEIVED}/{}-forgotten.warc", family(file))
        }
        _ => file.to_owned(),
    }
}
