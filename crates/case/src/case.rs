//! An open case: archive, ledger, catalog, index, lens, in one place.

use crate::catalog::{Catalog, Kept};
use crate::chain::Chain;
use crate::clock::SystemClock;
use crate::decisions;
use crate::error::{At, CaseError};
use crate::folder::{self, Settings};
use crate::judge::{Judging, judge};
use crate::progress::Progress;
use crate::register_rows::KeptRows;
use crate::stages::{self, Reading};
use crate::views::{AddRow, StageRow};
use plainsight_archive::{Archive, ArchiveReader, EntryKind, Limits, PersonKey};
use plainsight_find::Finder;
use plainsight_lens::{Gazetteer, Lens, PlaceRow};
use plainsight_model::{
    Capture, CaptureId, Clock, Complaint, Decision, Digest, DocumentId, How, MentionKind, ReadSettings,
    Register,
};
use plainsight_resolve::RegisterOptions;
use plainsight_resolve::ftm::Entity;
use plainsight_search::{Entry, Index};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// Archived bytes free of transfer and content coding, with their content type as sent.
pub type Payload = (Vec<u8>, Option<String>);

/// One investigation, open.
pub struct Case {
    dir: PathBuf,
    pub(crate) settings: Settings,
    pub(crate) lens: Lens,
    /// `None` where the case was opened to read only.
    pub(crate) archive: Option<Archive>,
    pub(crate) reader: ArchiveReader,
    pub(crate) chain: Chain,
    pub(crate) catalog: Catalog,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) reading: Reading,
    finder: OnceLock<Finder>,
    /// What others made, once somebody asked for it.
    pub(crate) imported: OnceLock<Vec<Entity>>,
}

impl Case {
    /// Makes a case in a folder that is not there or empty; `lens` is a built-in name or a folder.
    pub fn create(dir: &Path, name: &str, lens: &str) -> Result<Self, CaseError> {
        let (settings, lens) = folder::create(dir, name, lens)?;
        let archive = Archive::create(&dir.join("archive"))?;
        let chain = Chain::create(&dir.join("ledger"), &settings.id)?;
        Self::assemble(dir, settings, lens, Some(archive), chain)
    }

    /// Opens a case to work on; a second process gets [`CaseError::Busy`].
    pub fn open(dir: &Path) -> Result<Self, CaseError> {
        let (settings, lens) = folder::open(dir)?;
        let archive = Archive::open(&dir.join("archive")).map_err(|e| busy(dir, e))?;
        let chain = Chain::open(&dir.join("ledger"))?;
        Self::assemble(dir, settings, lens, Some(archive), chain)
    }

    /// Opens a case to look at, also while another process works on it.
    pub fn open_read_only(dir: &Path) -> Result<Self, CaseError> {
        let (settings, lens) = folder::open(dir)?;
        let chain = Chain::read(&dir.join("ledger"))?;
        Self::assemble(dir, settings, lens, None, chain)
    }

    fn assemble(
        dir: &Path,
        settings: Settings,
        lens: Lens,
        archive: Option<Archive>,
        chain: Chain,
    ) -> Result<Self, CaseError> {
        let derived = dir.join("derived");
        std::fs::create_dir_all(&derived).at(&derived)?;
        let file = derived.join("catalog.sqlite");
        let catalog = if archive.is_some() || !file.exists() {
            Catalog::open(&file)?
        } else {
            Catalog::open_to_read(&file)?
        };
        let mut read = ReadSettings {
            public_accounts: settings.read.public_accounts.clone(),
            ..ReadSettings::default()
        };
        if !settings.read.ocr_languages.is_empty() {
            read.ocr_languages = settings.read.ocr_languages.clone();
        }
        let reading = Reading {
            reader: Arc::new(plainsight_read::read_apart),
            version: plainsight_read::VERSION.to_owned(),
            settings: read,
        };
        let mut case = Self {
            reader: ArchiveReader::new(&dir.join("archive")),
            dir: dir.to_owned(),
            settings,
            lens,
            archive,
            chain,
            catalog,
            clock: Box::new(SystemClock),
            reading,
            finder: OnceLock::new(),
            imported: OnceLock::new(),
        };
        case.load_gazetteer()?;
        Ok(case)
    }

    /// Reads with other readers; for tests of what survives them.
    pub fn with_reading(mut self, reading: Reading) -> Self {
        self.reading = reading;
        self
    }

    /// Takes the moment from elsewhere; for tests that compare bytes.
    pub fn with_clock(mut self, clock: Box<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }

    /// Signs the ledger's head with this person's key after each append; without one it stays unsigned.
    pub fn with_key(mut self, key: Option<PersonKey>) -> Self {
        if let Some(key) = key {
            self.chain.ledger().sign_with(key);
        }
        self
    }

    /// The case's name.
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// 32 hex digits, drawn when the case was made.
    pub fn id(&self) -> &str {
        &self.settings.id
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The archive to write to.
    pub(crate) fn archive(&mut self) -> Result<&mut Archive, CaseError> {
        let dir = self.dir.clone();
        self.archive.as_mut().ok_or(CaseError::Busy(dir))
    }

    /// The finder of the lens with the case's gazetteer.
    pub(crate) fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(self.lens.clone()))
    }

    /// Takes a document's archived bytes, with their content type.
    pub fn payload(&self, document: &str) -> Result<Option<Payload>, CaseError> {
        let Ok(id) = document.parse::<DocumentId>() else { return Ok(None) };
        let captures = self.catalog.captures_of(&id)?;
        let Some(capture) = captures.first() else { return Ok(None) };
        Ok(Some((self.reader.payload(&capture.place)?, capture.media_type.clone())))
    }

    /// Standing decisions, in the order of the ledger.
    pub fn decisions(&self) -> Result<Vec<Decision>, CaseError> {
        let entries = self.chain.bodies(EntryKind::Decision)?;
        Ok(decisions::standing(entries))
    }

    /// Tells whether something came in or was decided after the last run.
    pub(crate) fn stale(&self) -> Result<bool, CaseError> {
        Ok(self.catalog.note("ran at")?.as_deref() != Some(&self.relevant_entries()?.to_string()))
    }

    /// The last ledger entry that changes what a run gives; publications, refusals,
    /// proposals, stamps and what may be asked do not.
    pub(crate) fn relevant_entries(&self) -> Result<u64, CaseError> {
        Ok(self.chain.last_number_but(&[
            EntryKind::Publication,
            EntryKind::Refusal,
            EntryKind::Proposal,
            EntryKind::AllowPrivate,
            EntryKind::Stamp,
        ]))
    }

    /// Brings everything derived up to date: reads, finds, judges, indexes what changed.
    pub fn run(&mut self, progress: &dyn Progress) -> Result<Vec<StageRow>, CaseError> {
        self.sync()?;
        self.drop_foreign_documents()?;
        let captures = self.catalog.captures()?;
        let mut stages = Vec::new();
        let reader = &self.reader;
        let payload = |capture: &Capture| Ok(reader.payload(&capture.place)?);
        stages.push(stages::read(&self.catalog, &captures, &payload, &self.reading, progress)?);
        let lens_key = format!("{}{}", self.lens.digest(), self.lens.gazetteer.digest());
        stages.push(stages::find(&self.catalog, &|| self.finder(), &lens_key, progress)?);
        stages.extend(self.judge_if_changed(&captures, progress)?);
        stages.push(self.index_changed(&captures, progress)?);
        self.catalog.set_note("ran at", &self.relevant_entries()?.to_string())?;
        self.catalog.settle()?;
        Ok(stages)
    }

    /// Judges again after a decision.
    pub(crate) fn judge_now(&self, progress: &dyn Progress) -> Result<Vec<StageRow>, CaseError> {
        let captures = self.catalog.captures()?;
        self.judge_if_changed(&captures, progress)
    }

    fn judge_if_changed(
        &self,
        captures: &[Capture],
        progress: &dyn Progress,
    ) -> Result<Vec<StageRow>, CaseError> {
        let decisions = self.decisions()?;
        let registers = self.catalog.registers()?;
        let copies = plainsight_corroborate::COPIES_VERSION;
        let mut key = format!("{VERSION}\n{copies}\n{}\n", self.lens.gazetteer.digest());
        for (id, finding) in self.catalog.finding_keys()? {
            key.push_str(&format!("{id} {finding}\n"));
        }
        for capture in captures {
            key.push_str(&format!("{} {}\n", capture.id, capture.site.as_deref().unwrap_or("")));
        }
        for decision in &decisions {
            key.push_str(&format!("{}\n", decision.id));
        }
        for register in &registers {
            key.push_str(&format!("{} {} {}\n", register.id, register.official, register.complete));
        }
        let key = Digest::of(key.as_bytes()).hex();
        if self.catalog.note("judged key")?.as_deref() == Some(&key) {
            let count = |kind| self.catalog.count(kind);
            let reused = |stage: &str, reused| StageRow {
                stage: stage.into(),
                done: 0,
                reused,
                complaints: 0,
                seconds: 0.0,
            };
            return Ok(vec![
                reused("copies", count(Kept::Copies)?),
                reused("resolve", count(Kept::Post)?),
                reused("corroborate", count(Kept::Claim)?),
            ]);
        }
        let rows = KeptRows::of(&self.catalog);
        let judging = self.judging(&registers, &rows, &decisions, captures);
        let stages = judge(&self.catalog, &judging, progress)?;
        self.catalog.set_note("judged key", &key)?;
        Ok(stages)
    }

    /// What judging looks at, under these decisions.
    pub(crate) fn judging<'c>(
        &'c self,
        registers: &'c [Register],
        register_rows: &'c KeptRows<'c>,
        decisions: &'c [Decision],
        captures: &'c [Capture],
    ) -> Judging<'c> {
        let (lens, gazetteer) = (&self.lens, &self.lens.gazetteer);
        Judging { lens, gazetteer, registers, register_rows, decisions, captures }
    }

    /// The index, where one was made.
    pub(crate) fn index(&self) -> Result<Option<Index>, CaseError> {
        let dir = self.dir.join("derived/index");
        if dir.exists() { Ok(Some(Index::open_or_create(&dir)?)) } else { Ok(None) }
    }

    fn index_changed(&self, captures: &[Capture], progress: &dyn Progress) -> Result<StageRow, CaseError> {
        let start = Instant::now();
        let index = Index::open_or_create(&self.dir.join("derived/index"))?;
        let there = index.documents()?;
        let known: BTreeMap<DocumentId, String> = self.catalog.indexed()?.into_iter().collect();
        let sites: BTreeMap<DocumentId, String> = captures
            .iter()
            .filter_map(|c| Some((c.document, c.site.clone().or_else(|| crate::judge::host(&c.uri))?)))
            .collect();
        let keys: BTreeMap<DocumentId, String> = self.catalog.finding_keys()?.into_iter().collect();
        let todo: Vec<(&DocumentId, &String)> =
            keys.iter().filter(|(id, key)| known.get(id) != Some(key) || !there.contains(id)).collect();
        let gone: BTreeSet<&DocumentId> = there.iter().filter(|id| !keys.contains_key(id)).collect();
        let (done, reused) = (todo.len(), keys.len() - todo.len());
        if !todo.is_empty() || !gone.is_empty() {
            let mut writer = index.writer()?;
            for id in &gone {
                writer.remove(id);
            }
            for (number, (id, _)) in todo.iter().enumerate() {
                if progress.cancelled() {
                    writer.commit()?;
                    return Err(CaseError::Cancelled);
                }
                self.index_one(&mut writer, id, &sites)?;
                if number % 64 == 0 {
                    progress.stage("search", reused + number, keys.len(), 0);
                }
            }
            writer.commit()?;
            self.catalog.together(|| {
                for id in gone {
                    self.catalog.set_indexed(id, None)?;
                }
                for (id, key) in todo {
                    self.catalog.set_indexed(id, Some(key))?;
                }
                Ok(())
            })?;
        }
        progress.stage("search", keys.len(), keys.len(), 0);
        Ok(StageRow {
            stage: "search".into(),
            done,
            reused,
            complaints: 0,
            seconds: start.elapsed().as_secs_f64(),
        })
    }

    fn index_one(
        &self,
        writer: &mut plainsight_search::Writer,
        id: &DocumentId,
        sites: &BTreeMap<DocumentId, String>,
    ) -> Result<(), CaseError> {
        let Some((document, _)) = self.catalog.document(id)? else { return Ok(()) };
        let findings = self.catalog.findings(id)?.unwrap_or_default();
        let keys = |kind: MentionKind| -> Vec<String> {
            let keyed = findings.mentions.iter().filter(|m| m.kind == kind && !m.key.is_empty());
            let shown: BTreeSet<String> = keyed.map(|m| self.shown_key(&m.key)).collect();
            shown.into_iter().collect()
        };
        let site = sites.get(id).cloned().or_else(|| document.url.as_deref().and_then(crate::judge::host));
        writer.add(&Entry {
            id: *id,
            title: document.title.as_deref(),
            text: &document.text,
            lang: &document.lang,
            date: document.date.as_deref(),
            url: document.url.as_deref(),
            site: site.as_deref(),
            kind: document.kind.as_str(),
            bodies: &keys(MentionKind::Agency),
            places: &keys(MentionKind::Place),
        })?;
        Ok(())
    }

    /// A place's or body's key in words, for facets: `Freedonia`, `Port Example public security bureau`.
    fn shown_key(&self, key: &str) -> String {
        let gazetteer = &self.lens.gazetteer;
        let mut parts = key.split('|');
        let place = parts.next().unwrap_or("");
        let place =
            gazetteer.by_key(place).map_or_else(|| place.to_owned(), |p| gazetteer.get(p).name.clone());
        let (_, function, organ) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let organ = if function == organ { "" } else { organ };
        [place.as_str(), function, organ].map(|word| word.replace('-', " ")).join(" ").trim().to_owned()
    }

    /// Brings the catalog up to the ledger: captures, received files, registers.
    pub(crate) fn sync(&mut self) -> Result<(), CaseError> {
        let seen: u64 = self.catalog.note("ledger seen")?.and_then(|n| n.parse().ok()).unwrap_or(0);
        let mut last = seen;
        let entries = self.chain.after(seen)?;
        self.catalog.together(|| {
            for entry in &entries {
                last = last.max(entry.number);
                let Some(body) = &entry.body else { continue };
                match entry.kind.as_str() {
                    "capture" => {
                        if let Ok(capture) = serde_json::from_value::<Capture>(body.clone()) {
                            self.catalog.put_capture(&capture)?;
                        }
                    }
                    "import" => self.sync_import(body)?,
                    "register" => self.sync_registers(body)?,
                    _ => {}
                }
            }
            self.catalog.set_note("ledger seen", &last.to_string())
        })?;
        Ok(())
    }

    /// The records of a received file, as captures "received from".
    fn sync_import(&self, body: &Value) -> Result<(), CaseError> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let (Some(file), Some(source)) = (text("file"), text("source")) else { return Ok(()) };
        let site = text("site");
        // What was forgotten may have turned the file into another one.
        for file in self.reader.heirs(&file)? {
            self.sync_received(&file, &source, site.as_deref(), body)?;
        }
        Ok(())
    }

    fn sync_received(
        &self,
        file: &str,
        source: &str,
        site: Option<&str>,
        body: &Value,
    ) -> Result<(), CaseError> {
        let path = self.dir.join("archive").join(file);
        if !path.exists() {
            return Ok(());
        }
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let day = text("time").unwrap_or_default();
        let mut failed = None;
        let mut odd = Vec::new();
        let complaints = plainsight_archive::captures(&path, file, &Limits::default(), &mut |received| {
            let document = DocumentId::of_payload(&received.payload);
            let date = if received.date.is_empty() { day.clone() } else { received.date.clone() };
            odd.extend(received.complaints.iter().cloned());
            let capture = Capture {
                id: CaptureId::of(&document, &received.uri, &date),
                document,
                payload: Digest::of(&received.payload),
                length: received.payload.len() as u64,
                uri: received.uri,
                date,
                media_type: received.media_type,
                how: How::ReceivedFrom,
                source: source.to_owned(),
                site: site.map(str::to_owned),
                place: received.record,
            };
            if let Err(error) = self.catalog.put_capture(&capture) {
                failed.get_or_insert(error);
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        match complaints {
            Ok(complaints) => odd.extend(complaints),
            Err(error) => {
                odd.push(Complaint::new(plainsight_model::ComplaintKind::Damaged, error.to_string(), file))
            }
        }
        if !odd.is_empty() {
            self.catalog.put_input_complaints(source, &odd)?;
        }
        Ok(())
    }

    /// The registers of a file that was brought.
    fn sync_registers(&self, body: &Value) -> Result<(), CaseError> {
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let flag = |name: &str| body.get(name).and_then(Value::as_bool).unwrap_or(false);
        let Some(capture) =
            body.get("capture").and_then(|c| serde_json::from_value::<Capture>(c.clone()).ok())
        else {
            return Ok(());
        };
        let bytes = self.reader.payload(&capture.place)?;
        let options = RegisterOptions {
            name: text("name"),
            as_of: text("as_of"),
            until: text("until"),
            official: flag("official"),
            complete: flag("complete"),
            of: text("of"),
            map: text("map"),
        };
        self.catalog.put_registers(&capture.source, &bytes, &options)
    }

    /// Rows of all gazetteers that were added, in the order of the ledger.
    pub(crate) fn load_gazetteer(&mut self) -> Result<(), CaseError> {
        let mut rows: Vec<PlaceRow> = Vec::new();
        for (_, body) in self.chain.bodies(EntryKind::Gazetteer)? {
            let Some(capture) =
                body.get("capture").and_then(|c| serde_json::from_value::<Capture>(c.clone()).ok())
            else {
                continue;
            };
            let bytes = self.reader.payload(&capture.place)?;
            let map = body.get("map").and_then(Value::as_str);
            rows.extend(plainsight_resolve::read_gazetteer(&bytes, map).0);
        }
        if !rows.is_empty() {
            self.lens.gazetteer = Gazetteer::builtin().with_rows(&rows);
            self.finder = OnceLock::new();
        }
        Ok(())
    }

    /// Reads bytes as a run would.
    pub(crate) fn read_bytes(&self, capture: &Capture, bytes: &[u8]) -> String {
        stages::read_one(&self.reading, capture, bytes).0.text
    }

    /// Drops documents whose last capture is gone.
    fn drop_foreign_documents(&self) -> Result<(), CaseError> {
        let there: BTreeSet<DocumentId> = self.catalog.captures()?.into_iter().map(|c| c.document).collect();
        let gone: Vec<DocumentId> = self
            .catalog
            .document_keys()?
            .into_iter()
            .map(|(id, _, _)| id)
            .filter(|id| !there.contains(id))
            .collect();
        self.catalog.together(|| gone.iter().try_for_each(|id| self.catalog.drop_document(id)))
    }

    /// Rows for an input that is known or was refused, for `add`.
    pub(crate) fn refused(input: &str, complaint: Complaint) -> AddRow {
        AddRow {
            input: input.to_owned(),
            status: "refused".into(),
            captures: Vec::new(),
            documents: Vec::new(),
            complaints: vec![complaint],
        }
    }
}

/// The version of judging itself: part of its key.
const VERSION: &str = concat!("judge-", env!("CARGO_PKG_VERSION"), "-6");

fn busy(dir: &Path, error: plainsight_archive::ArchiveError) -> CaseError {
    match error {
        plainsight_archive::ArchiveError::Busy { .. } => CaseError::Busy(dir.to_owned()),
        other => other.into(),
    }
}
