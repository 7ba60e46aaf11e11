//! Who signed a ledger: the public keys and the signed heads in its folder.
//!
//! `keys` has a public key a line. `head.txt` carries the signature of whoever
//! appended last. Where somebody else signed before, that older head stands in
//! `signed/ID.txt`: it still vouches for the entries up to its size.

use crate::case::store::replace_with;
use crate::error::ArchiveError;
use crate::ledger::check::fault;
use crate::ledger::checkpoint::Checkpoint;
use crate::ledger::key::{PublicKey, Signed};
use crate::ledger::log::HEAD;
use crate::ledger::note::{Note, NoteError, Signature};
use crate::verify::verdict::Fault;
use data_encoding::HEXLOWER;
use plainsight_model::{Digest, Store};
use std::io::{self, Read};
use std::path::Path;

/// The public keys of those who signed.
const KEYS: &str = "keys";

/// The folder of older heads, each by the id of the key that signed it.
const SIGNED: &str = "signed";

/// Notes and lists of keys are a few KiB; one byte more is read to tell that there is more.
const MOST_BYTES: u64 = 256 * 1024;

/// A case has a handful of people.
const MOST_KEYS: usize = 1000;

/// Reads a small file of the ledger's folder.
pub(crate) fn read_small(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The keys that a ledger knows; none where it has no list.
pub(crate) fn keys(folder: &Path) -> Result<Vec<PublicKey>, NoteError> {
    let bytes = match read_small(&folder.join(KEYS)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(NoteError::new("the whole", error.to_string())),
        Ok(bytes) => bytes,
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| NoteError::new("the whole", "not UTF-8"))?;
    if bytes.len() as u64 > MOST_BYTES || text.lines().count() > MOST_KEYS {
        return Err(NoteError::new("the whole", format!("more than {MOST_KEYS} keys")));
    }
    let key = |(number, line)| {
        PublicKey::read(line).map_err(|error| NoteError::new(format!("line {}", number + 1), error.what))
    };
    text.lines().enumerate().map(key).collect()
}

/// Puts a key into the list, unless it is there.
pub(crate) fn remember(store: &dyn Store, folder: &Path, key: &PublicKey) -> Result<(), ArchiveError> {
    let path = folder.join(KEYS);
    let wrong = |error: NoteError| ArchiveError::Ledger { path: path.clone(), why: error.to_string() };
    let mut known = keys(folder).map_err(wrong)?;
    if known.contains(key) {
        return Ok(());
    }
    known.push(key.clone());
    let text: String = known.iter().map(|key| format!("{key}\n")).collect();
    replace_with(store, &path, text.as_bytes()).map_err(ArchiveError::io(&path))
}

/// Keeps a head that is about to be replaced for everybody who signed it and
/// does not sign the next one.
pub(crate) fn keep(
    store: &dyn Store,
    folder: &Path,
    note: &Note,
    next: Option<&Signature>,
) -> Result<(), ArchiveError> {
    let goes = |one: &&Signature| next.is_none_or(|next| (&next.name, next.id) != (&one.name, one.id));
    let goes: Vec<&Signature> = note.signatures.iter().filter(goes).collect();
    if goes.is_empty() {
        return Ok(());
    }
    let kept = folder.join(SIGNED);
    if !kept.is_dir() {
        store.make_folder(&kept).map_err(ArchiveError::io(&kept))?;
        store.sync_folder(folder).map_err(ArchiveError::io(folder))?;
    }
    for signature in goes {
        let path = kept.join(format!("{}.txt", HEXLOWER.encode(&signature.id)));
        replace_with(store, &path, note.to_string().as_bytes()).map_err(ArchiveError::io(&path))?;
    }
    Ok(())
}

/// What the signatures of a ledger say.
#[derive(Default)]
pub(crate) struct Signing {
    /// The whole ledger is signed: by the demanded key, else by one that the case knows.
    pub(crate) whole: bool,
    /// What does not agree.
    pub(crate) wrong: Vec<Fault>,
    /// What stays open.
    pub(crate) open: Vec<Fault>,
}

const RULE: &str = "ledger-signature";

/// Judges all signatures of a ledger; `roots[n]` is the root over its first n entries.
pub(crate) fn judge(folder: &Path, roots: &[Digest], demanded: Option<&PublicKey>) -> Signing {
    let mut signing = Signing::default();
    let mut known = keys(folder).unwrap_or_else(|error| {
        let place = format!("ledger/{KEYS}, {}", error.place);
        signing.wrong.push(fault(&place, RULE, error.what));
        Vec::new()
    });
    known.extend(demanded.filter(|key| !known.contains(key)).cloned().into_iter().collect::<Vec<_>>());
    // Who signed how much, the most last.
    let mut signers: Vec<(u64, String)> = Vec::new();
    let mut heads = vec![(format!("ledger/{HEAD}"), folder.join(HEAD))];
    heads.extend(kept_heads(folder));
    for (place, path) in heads {
        let read = read_small(&path).map_err(|error| NoteError::new("the whole", error.to_string()));
        let checkpoint = match read.and_then(|bytes| Checkpoint::read(&bytes)) {
            Ok(checkpoint) => checkpoint,
            // Whoever checks the chain has named the head already.
            Err(_) if path.ends_with(HEAD) => continue,
            Err(error) => {
                signing.wrong.push(fault(&place, "ledger-head", error.to_string()));
                continue;
            }
        };
        if !path.ends_with(HEAD) {
            signing.wrong.extend(earlier(&place, &checkpoint, roots));
        }
        for key in &known {
            match key.judge(&checkpoint.note) {
                Signed::Not => {}
                Signed::Fails => {
                    let what = format!("the signature by {} does not hold", key.short());
                    signing.wrong.push(fault(&place, RULE, what));
                }
                Signed::Holds => {
                    let whole = checkpoint.head.size == roots.len() as u64 - 1;
                    signing.whole |= whole && demanded.is_none_or(|demanded| demanded == key);
                    signers.push((checkpoint.head.size, key.short()));
                }
            }
        }
        let is_known =
            |one: &&Signature| known.iter().any(|key| key.name() == one.name && key.id() == one.id);
        for stranger in checkpoint.note.signatures.iter().filter(|one| !is_known(one)) {
            let id = HEXLOWER.encode(&stranger.id);
            let what = format!("a signature by {}+{id}, whose public key is not at hand", stranger.name);
            signing.open.push(open(&place, what, "it was not judged"));
        }
    }
    signers.sort();
    signing.open.extend(summary(&signers, roots.len() as u64 - 1, demanded, signing.whole));
    signing
}

/// Whether an earlier head is one of the heads that the chain went through.
pub(crate) fn earlier(place: &str, checkpoint: &Checkpoint, roots: &[Digest]) -> Option<Fault> {
    let (size, entries) = (checkpoint.head.size, roots.len() - 1);
    let what = match usize::try_from(size).ok().and_then(|size| roots.get(size)) {
        Some(root) if *root == checkpoint.head.root => return None,
        Some(_) => format!("the first {size} entries are not those of this head: the chain was rewritten"),
        None => format!(
            "this head is over {size} entries, the chain has {entries}: its end is lost, or an older copy of the folder was put back"
        ),
    };
    Some(fault(place, "ledger-extends", what))
}

fn kept_heads(folder: &Path) -> Vec<(String, std::path::PathBuf)> {
    let files = std::fs::read_dir(folder.join(SIGNED)).into_iter().flatten().flatten();
    let named = files.map(|file| (file.file_name().to_string_lossy().into_owned(), file.path()));
    let mut heads: Vec<_> = named
        .filter(|(name, _)| name.ends_with(".txt"))
        .map(|(name, path)| (format!("ledger/{SIGNED}/{name}"), path))
        .collect();
    heads.sort();
    heads.truncate(MOST_KEYS);
    heads
}

/// Who signed what, in a sentence; none where nobody did and nobody asked.
fn summary(
    signers: &[(u64, String)],
    entries: u64,
    demanded: Option<&PublicKey>,
    whole: bool,
) -> Option<Fault> {
    let all: Vec<String> = signers.iter().map(|(size, who)| format!("{who} up to entry {size}")).collect();
    let place = format!("ledger/{HEAD}");
    let signed = if all.is_empty() {
        "signed by nobody known".to_owned()
    } else {
        format!("signed by {}", all.join(", "))
    };
    match demanded {
        Some(_) if whole => None,
        Some(key) => {
            let what = format!("the {entries} entries are not signed by {}; {signed}", key.short());
            Some(open(&place, what, "that the owner of this key stands by the case is not shown"))
        }
        None if all.is_empty() => None,
        None if whole => {
            let consequence =
                "whether a key is that person's the case cannot say: compare it, or verify with --key";
            Some(open(&place, signed, consequence))
        }
        None => {
            Some(open(&place, format!("{signed}; there are {entries}"), "nobody vouches for what came later"))
        }
    }
}

fn open(place: &str, what: impl Into<String>, consequence: &str) -> Fault {
    Fault::new(place, RULE, what, consequence)
}
