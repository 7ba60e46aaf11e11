//! Files that are neither an archive nor a ZIP: proofs, tokens, indexes, and
//! the texts that a proof beside them is about.

use crate::error::ArchiveError;
use crate::input::decoded::{Decoded, Trouble};
use crate::stamp::ots::judge::verify_ots;
use crate::stamp::ots::proof::MAGIC;
use crate::stamp::trust::Trust;
use crate::verify::indexes::index;
use crate::verify::verdict::{Fault, Verdict};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Proofs and tokens are a few KiB.
const MOST_PROOF: u64 = 4 * 1024 * 1024;

pub(crate) type Judgement = (Verdict, Vec<Fault>);

/// Judges a file that is neither an archive nor a ZIP, by what the verifier brought.
pub(crate) fn verify_other(path: &Path, trust: &Trust) -> Result<Judgement, ArchiveError> {
    let raw = read_proof(path)?;
    if raw.starts_with(MAGIC) {
        return verify_ots(path, &raw, trust);
    }
    if let Some(judgement) = crate::stamp::file::time_stamp(path, &raw, trust)? {
        return Ok(judgement);
    }
    if let Some(judgement) = index(path)? {
        return Ok(judgement);
    }
    if let Some(what) = partner_of(path) {
        return Ok((Verdict::NotChecked, vec![Fault::new("byte 0", "partner", what, NOT_JUDGED)]));
    }
    let (verdict, what) = unknown(path, &raw)?;
    Ok((verdict, vec![Fault::new("byte 0", "format", what, "nothing can be said about it")]))
}

/// The bytes of a proof; of a larger file its beginning.
pub(crate) fn read_proof(path: &Path) -> Result<Vec<u8>, ArchiveError> {
    let mut raw = Vec::new();
    let file = File::open(path).map_err(ArchiveError::io(path))?;
    file.take(MOST_PROOF).read_to_end(&mut raw).map_err(ArchiveError::io(path))?;
    Ok(raw)
}

/// What a file is that has a proof beside it.
fn partner_of(path: &Path) -> Option<&'static str> {
    let kinds = [
        (".ots", "the file that the proof beside it stamps"),
        (".tsr", "the file that the token beside it stamps"),
    ];
    kinds.into_iter().find(|(suffix, _)| beside(path, suffix).exists()).map(|(_, what)| what)
}

pub(crate) const NOT_JUDGED: &str = "nothing can be checked without its partner";

fn unknown(path: &Path, raw: &[u8]) -> Result<(Verdict, String), ArchiveError> {
    if raw.is_empty() {
        return Ok((Verdict::UnknownFormat, "the file is empty".into()));
    }
    let mut decoded = Decoded::open(path).map_err(ArchiveError::io(path))?;
    let nothing = decoded.peek(1).is_empty();
    Ok(match decoded.trouble() {
        Some(Trouble::Cut) if nothing => (Verdict::Incomplete, "cut before its first byte".into()),
        Some(Trouble::Broken(why)) if nothing => (Verdict::Invalid, format!("damaged: {why}")),
        _ => (Verdict::UnknownFormat, "not WARC, ARC, WACZ, CDX, OpenTimestamps or RFC 3161".into()),
    })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
