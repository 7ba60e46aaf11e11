//! The ledger: an append-only, hash-chained log whose lines show no content.
//!
//! `chain.jsonl` has one line an entry. Its `commitment` is HMAC-SHA-256 of
//! the body under a random salt; body and salt lie in `bodies/NNNNNN.json`.
//! Destroying those two leaves a line that says nothing and can be matched
//! with no guess. `head.txt` is the checkpoint of the last append, signed by
//! whoever appended and has a key: a chain that is shorter has lost entries.

use crate::case::store::{Disk, FolderStore, append, cut, replace_with};
use crate::error::ArchiveError;
use crate::ledger::body::{BODIES, body_name, body_text, commitment, random_salt, read_body, write_synced};
use crate::ledger::checkpoint::{Checkpoint, Head};
use crate::ledger::key::PersonKey;
pub use crate::ledger::kind::EntryKind;
use crate::ledger::merkle::{Tree, leaf};
use crate::ledger::note::Note;
use crate::ledger::proof::{prove_consistency, prove_inclusion};
use crate::ledger::signed;
use plainsight_model::{DecisionId, Digest};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(crate) const CHAIN: &str = "chain.jsonl";
pub(crate) const HEAD: &str = "head.txt";

/// An entry to be appended.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is about.
    pub kind: EntryKind,
    /// Who did it.
    pub author: String,
    /// When, RFC 3339 with `Z`.
    pub time: String,
    /// What was done.
    pub body: Value,
}

/// A line of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// When, RFC 3339 with `Z`.
    pub time: String,
    /// Who did it.
    pub author: String,
    /// What it is about.
    pub kind: EntryKind,
    /// The leaf hash of the line before; null for the first.
    pub previous: Option<Digest>,
    /// HMAC-SHA-256 of the body under its salt.
    pub commitment: Digest,
}

/// A line as it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What it says.
    pub line: Line,
    /// Its text without LF.
    pub text: String,
    /// SHA-256(0x00 ‖ text).
    pub hash: Digest,
}

impl Standing {
    /// The entry as a decision's id.
    pub fn id(&self) -> DecisionId {
        DecisionId::of_line(self.text.as_bytes())
    }
}

/// What was appended.
pub type Appended = Standing;

/// A case's ledger.
pub struct Ledger {
    folder: PathBuf,
    store: Disk,
    case: String,
    entries: Vec<Standing>,
    tree: Tree,
    /// Bytes of the chain that are its entries.
    length: u64,
    /// `head.txt` as it stands.
    note: Note,
    signer: Option<PersonKey>,
}

/// Shows no key.
impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ledger").field("folder", &self.folder).field("size", &self.size()).finish()
    }
}

impl Ledger {
    /// Makes an empty ledger in a new folder, or in one where making it was cut short.
    pub fn create(folder: &Path, case: &str) -> Result<Self, ArchiveError> {
        Self::create_in(folder, case, Arc::new(FolderStore))
    }

    /// As [`Ledger::create`], for tests with a store that fails.
    #[doc(hidden)]
    pub fn create_in(folder: &Path, case: &str, store: Disk) -> Result<Self, ArchiveError> {
        if std::fs::metadata(folder.join(CHAIN)).is_ok_and(|chain| chain.len() > 0) {
            return Err(ArchiveError::Exists { path: folder.to_owned() });
        }
        let bodies = folder.join(BODIES);
        store.make_folder(&bodies).map_err(ArchiveError::io(&bodies))?;
        let head = Head { case: case.to_owned(), size: 0, root: Tree::default().root() };
        let mut ledger = Self::empty(folder, store, Checkpoint::unsigned(head));
        ledger.write_head()?;
        replace_with(&*ledger.store, &folder.join(CHAIN), b"").map_err(ArchiveError::io(folder))?;
        if let Some(above) = folder.parent() {
            ledger.store.sync_folder(above).map_err(ArchiveError::io(above))?;
        }
        Ok(ledger)
    }

    /// Opens a ledger to append to. Whoever calls holds the case's
    /// [`crate::Archive`], whose lock keeps a second process out. Lines after
    /// the head's last that a fall left torn were never acknowledged and are
    /// cut off.
    pub fn open(folder: &Path) -> Result<Self, ArchiveError> {
        Self::open_in(folder, Arc::new(FolderStore))
    }

    /// As [`Ledger::open`], for tests with a store that fails.
    #[doc(hidden)]
    pub fn open_in(folder: &Path, store: Disk) -> Result<Self, ArchiveError> {
        let path = folder.join(CHAIN);
        let chain = std::fs::read(&path).map_err(ArchiveError::io(&path))?;
        let ledger = Self::parse(folder, store, &chain)?;
        if ledger.length < chain.len() as u64 {
            cut(&*ledger.store, &path, ledger.length).map_err(ArchiveError::io(&path))?;
        }
        // A fall may have left names that can be seen and are not durable.
        for folder in [folder.to_owned(), folder.join(BODIES)] {
            ledger.store.sync_folder(&folder).map_err(ArchiveError::io(&folder))?;
        }
        Ok(ledger)
    }

    /// Opens a ledger to look at; changes nothing.
    pub fn read(folder: &Path) -> Result<Self, ArchiveError> {
        let path = folder.join(CHAIN);
        let chain = std::fs::read(&path).map_err(ArchiveError::io(&path))?;
        Self::parse(folder, Arc::new(FolderStore), &chain)
    }

    fn parse(folder: &Path, store: Disk, chain: &[u8]) -> Result<Self, ArchiveError> {
        let path = folder.join(HEAD);
        let head = signed::read_small(&path).map_err(ArchiveError::io(&path))?;
        let wrong = |path: &Path, why: String| ArchiveError::Ledger { path: path.to_owned(), why };
        let checkpoint = Checkpoint::read(&head).map_err(|error| wrong(&path, error.to_string()))?;
        let head = checkpoint.head.clone();
        let path = folder.join(CHAIN);
        let mut ledger = Self::empty(folder, store, checkpoint);
        for line in chain[..whole_lines(chain)].split_inclusive(|&byte| byte == b'\n') {
            let standing = standing(line.strip_suffix(b"\n").unwrap_or(line));
            // An entry is acknowledged once the head is over it. What comes later and is no
            // next line was still on its way to the disk.
            let is_next = standing.as_ref().is_ok_and(|standing| ledger.is_next(&standing.line));
            if ledger.size() >= head.size && !is_next {
                break;
            }
            let at = ledger.size() + 1;
            ledger.take(standing.map_err(|why| wrong(&path, format!("line {at}: {why}")))?);
        }
        // Appending to a chain that lost its end would bury the loss for good.
        if ledger.size() < head.size {
            let why = format!("{} entries, but {HEAD} says {}", ledger.size(), head.size);
            return Err(wrong(&path, why));
        }
        Ok(ledger)
    }

    fn empty(folder: &Path, store: Disk, checkpoint: Checkpoint) -> Self {
        Self {
            folder: folder.to_owned(),
            store,
            case: checkpoint.head.case,
            entries: Vec::new(),
            tree: Tree::default(),
            length: 0,
            note: checkpoint.note,
            signer: None,
        }
    }

    /// Signs every head from now on, beginning with the next append.
    pub fn sign_with(&mut self, key: PersonKey) {
        self.signer = Some(key);
    }

    fn is_next(&self, line: &Line) -> bool {
        line.number == self.size() + 1 && line.previous == self.entries.last().map(|last| last.hash)
    }

    fn take(&mut self, standing: Standing) {
        self.length += standing.text.len() as u64 + 1;
        self.tree.push(standing.hash);
        self.entries.push(standing);
    }

    /// Appends one entry; it is safe when this returns.
    pub fn append(&mut self, entry: Entry) -> Result<Appended, ArchiveError> {
        let appended = self.append_all(vec![entry])?;
        Ok(appended.into_iter().next().expect("one entry gives one line"))
    }

    /// Appends many with one wait for the disk; all are safe when this returns.
    pub fn append_all(&mut self, entries: Vec<Entry>) -> Result<Vec<Appended>, ArchiveError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        self.drop_torn()?;
        let bodies = self.folder.join(BODIES);
        let mut added: Vec<Standing> = Vec::new();
        let mut text = String::new();
        for entry in entries {
            let number = self.size() + added.len() as u64 + 1;
            let (salt, body) = (random_salt()?, entry.body.to_string());
            let path = bodies.join(body_name(number));
            write_synced(&*self.store, &path, body_text(&salt, &body).as_bytes())?;
            let previous = added.last().or(self.entries.last()).map(|last| last.hash);
            let Entry { kind, author, time, .. } = entry;
            let commitment = commitment(&salt, body.as_bytes());
            let line = Line { number, time, author, kind, previous, commitment };
            let written = serde_json::to_string(&line).expect("a line holds only text and numbers");
            text.push_str(&written);
            text.push('\n');
            added.push(Standing { line, hash: leaf(written.as_bytes()), text: written });
        }
        self.store.sync_folder(&bodies).map_err(ArchiveError::io(&bodies))?;
        let path = self.folder.join(CHAIN);
        append(&*self.store, &path, self.length, text.as_bytes()).map_err(ArchiveError::io(&path))?;
        for standing in &added {
            self.take(standing.clone());
        }
        self.write_head()?;
        Ok(added)
    }

    /// Cuts off what an append left behind that failed and could not even be taken back.
    fn drop_torn(&self) -> Result<(), ArchiveError> {
        let path = self.folder.join(CHAIN);
        let length = std::fs::metadata(&path).map_err(ArchiveError::io(&path))?.len();
        if length < self.length {
            let why = format!("{length} bytes, but {} were written: its end is lost", self.length);
            return Err(ArchiveError::Ledger { path, why });
        }
        if length > self.length {
            cut(&*self.store, &path, self.length).map_err(ArchiveError::io(&path))?;
        }
        Ok(())
    }

    /// First the key and what others signed, then the head: a fall in between
    /// leaves no signature that nobody knows and loses none.
    fn write_head(&mut self) -> Result<(), ArchiveError> {
        let path = self.folder.join(HEAD);
        let text = self.head().checkpoint();
        let signature = self.signer.as_ref().map(|key| key.sign(&text));
        if let Some(key) = &self.signer {
            signed::remember(&*self.store, &self.folder, &key.public())?;
        }
        signed::keep(&*self.store, &self.folder, &self.note, signature.as_ref())?;
        self.note = Note { text, signatures: signature.into_iter().collect() };
        replace_with(&*self.store, &path, self.note.to_string().as_bytes()).map_err(ArchiveError::io(&path))
    }

    /// All entries in order.
    pub fn entries(&self) -> &[Standing] {
        &self.entries
    }

    /// How many entries there are.
    pub fn size(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The case's id.
    pub fn case(&self) -> &str {
        &self.case
    }

    /// Size and root now.
    pub fn head(&self) -> Head {
        Head { case: self.case.clone(), size: self.size(), root: self.tree.root() }
    }

    /// Size and root as they were after so many entries.
    pub fn head_at(&self, size: u64) -> Head {
        let mut tree = Tree::default();
        let size = size.min(self.size());
        for standing in &self.entries[..usize::try_from(size).unwrap_or(self.entries.len())] {
            tree.push(standing.hash);
        }
        Head { case: self.case.clone(), size, root: tree.root() }
    }

    /// The hashes that lead from an entry, counted from 1, to the root of
    /// [`Ledger::head`]; see [`crate::includes`]. `None` where there is no such entry.
    pub fn prove_entry(&self, number: u64) -> Option<Vec<Digest>> {
        prove_inclusion(&self.leaves(), number.checked_sub(1)?)
    }

    /// The hashes that lead from the head after `old` entries to
    /// [`Ledger::head`]; see [`crate::extends`]. `None` where there are fewer entries.
    pub fn prove_extends(&self, old: u64) -> Option<Vec<Digest>> {
        prove_consistency(&self.leaves(), old)
    }

    fn leaves(&self) -> Vec<Digest> {
        self.entries.iter().map(|entry| entry.hash).collect()
    }

    /// The body of an entry; none once it was forgotten, or where it does not
    /// agree with its commitment.
    pub fn body(&self, number: u64) -> Option<Value> {
        let standing = self.entries.get(usize::try_from(number.checked_sub(1)?).ok()?)?;
        let text = std::fs::read_to_string(self.folder.join(BODIES).join(body_name(number))).ok()?;
        let (salt, body) = read_body(&text)?;
        if commitment(&salt, body.as_bytes()) != standing.line.commitment {
            return None;
        }
        serde_json::from_str(body).ok()
    }

    /// Destroys the bodies and salts of entries. A `forget` entry has to name
    /// them first, else [`Ledger::check`] reports them.
    pub fn destroy(&mut self, numbers: &[u64]) -> Result<(), ArchiveError> {
        let bodies = self.folder.join(BODIES);
        for &number in numbers {
            let path = bodies.join(body_name(number));
            match self.store.remove(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(ArchiveError::io(&path)(error));
                }
                _ => {}
            }
        }
        self.store.sync_folder(&bodies).map_err(ArchiveError::io(&bodies))
    }
}

pub(crate) fn standing(text: &[u8]) -> Result<Standing, String> {
    let line: Line = serde_json::from_slice(text).map_err(|error| error.to_string())?;
    let text = String::from_utf8(text.to_vec()).map_err(|error| error.to_string())?;
    // A second spelling of the same line would be a second leaf for one entry.
    if serde_json::to_string(&line).ok().as_deref() != Some(text.as_str()) {
        return Err("not spelt as it was written".into());
    }
    Ok(Standing { hash: leaf(text.as_bytes()), line, text })
}

pub(crate) fn whole_lines(chain: &[u8]) -> usize {
    chain.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1)
}
