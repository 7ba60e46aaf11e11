//! `verify`: says of a file, a package, a case or a dossier whether it is what it claims to be.
//!
//! In a case, `verify` reads these keys of a ledger entry's body, whatever its kind:
//! `place` or `record` (`{file, offset, record_id}`) with `payload` (SHA-256, hex), at the top
//! or under `capture`: the archive has such a record with that payload; `file` or `received`
//! (name relative to `archive/`, under `received/`) with `sha256`: the file is there and has that digest; and of a `forget` entry `entries` (numbers),
//! `records` (WARC-Record-IDs) and `received` (as [`crate::ForgetPlan`] gives them): these may be gone or changed.

use crate::error::ArchiveError;
use crate::input::sniff::{Container, sniff};
use crate::ledger::check::Demands;
use crate::warc::digest::DigestState;
use crate::warc::list::{Check, End, Listing, Row, list};
use plainsight_model::ComplaintKind;
use serde::Serialize;
use std::path::Path;

/// What `verify` answers; the later in this list the worse, and the worst wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Verdict {
    /// Sound, and bound to what makes it so.
    #[serde(rename = "valid")]
    Valid,
    /// Sound, but nobody signed it (packages, dossiers, cases; never a bare WARC).
    #[serde(rename = "unsigned")]
    Unsigned,
    /// Sound as a container, but no record carries a digest.
    #[serde(rename = "no digest")]
    NoDigest,
    /// An index, a proof or a text: nothing to check without its partner.
    #[serde(rename = "not checked")]
    NotChecked,
    /// Cut.
    #[serde(rename = "incomplete")]
    Incomplete,
    /// Something does not agree.
    #[serde(rename = "invalid")]
    Invalid,
    /// Not a form that is known here.
    #[serde(rename = "unknown format")]
    UnknownFormat,
}

impl Verdict {
    /// The word that stands in the JSON and on screens.
    pub fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Unsigned => "unsigned",
            Self::NoDigest => "no digest",
            Self::NotChecked => "not checked",
            Self::Incomplete => "incomplete",
            Self::Invalid => "invalid",
            Self::UnknownFormat => "unknown format",
        }
    }
}

/// Something that does not agree or is odd, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file, line or byte.
    #[serde(rename = "where")]
    pub place: String,
    /// The WARC-Record-ID it is about.
    pub record: Option<String>,
    /// The rule that was broken, one short name each.
    pub rule: String,
    /// What is wrong.
    pub what: String,
    /// What follows for whoever relies on it.
    pub consequence: String,
}

impl Fault {
    pub(crate) fn new(
        place: impl Into<String>,
        rule: &str,
        what: impl Into<String>,
        consequence: &str,
    ) -> Self {
        Self {
            place: place.into(),
            record: None,
            rule: rule.to_owned(),
            what: what.into(),
            consequence: consequence.to_owned(),
        }
    }
}

/// One line of `verify`, keys in the order of COMMANDS.md.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The path as it was given.
    pub path: String,
    /// The worst of what was found.
    pub verdict: Verdict,
    /// What was found.
    pub faults: Vec<Fault>,
}

/// Verifies a file or folder. What cannot be opened is `not checked`, with a fault of rule `unreadable`.
pub fn verify(path: &Path) -> Verified {
    let judged = match std::fs::metadata(path) {
        Err(error) => Err(ArchiveError::io(path)(error)),
        Ok(meta) if meta.is_dir() => crate::verify::folder::verify_folder(path, &Demands::default()),
        Ok(_) => verify_file(path),
    };
    let (verdict, faults) = judged.unwrap_or_else(|error| {
        let fault = Fault::new(".", "unreadable", error.to_string(), "nothing was checked");
        (Verdict::NotChecked, vec![fault])
    });
    let verified = Verified { path: path.to_string_lossy().into_owned(), verdict, faults };
    crate::with_stamps(verified, path, &crate::Trust::default())
}

pub(crate) fn verify_file(path: &Path) -> Result<(Verdict, Vec<Fault>), ArchiveError> {
    match sniff(path).map_err(ArchiveError::io(path))? {
        Container::Warc | Container::Arc => {
            let mut judged = Judged::default();
            let listing = list(path, Check::Digests, &mut |row| judged.row(&row, ""))?;
            let verdict = judged.verdict(&listing);
            Ok((verdict, judged.faults))
        }
        Container::Wacz => crate::package::verify::verify_package(path, &crate::Roots::default()),
        Container::Zip => {
            let fault = Fault::new("byte 0", "format", "a ZIP without datapackage.json", "it is no WACZ");
            Ok((Verdict::UnknownFormat, vec![fault]))
        }
        Container::Gzip | Container::Other => {
            crate::verify::proofs::verify_other(path, &crate::Trust::default())
        }
    }
}

/// Rows of a WARC or ARC, judged.
#[derive(Default)]
pub(crate) struct Judged {
    pub(crate) faults: Vec<Fault>,
    ok: u64,
    failed: u64,
    unchecked: u64,
}

/// A file of a million odd records must not become a million faults in memory.
const MOST_FAULTS: usize = 10_000;

impl Judged {
    pub(crate) fn row(&mut self, row: &Row, file: &str) {
        for state in [row.block, row.payload] {
            match state {
                DigestState::Ok => self.ok += 1,
                DigestState::Failed => self.failed += 1,
                DigestState::Unchecked => self.unchecked += 1,
                DigestState::Absent => {}
            }
        }
        let place = if file.is_empty() {
            format!("byte {}", row.offset)
        } else {
            format!("{file}, byte {}", row.offset)
        };
        for what in &row.complaints {
            if self.faults.len() == MOST_FAULTS {
                return;
            }
            let digest = what.contains("digest does not agree") || what.contains("digest names no");
            let (rule, consequence) = match digest {
                true => ("record-digest", "the record's bytes are not those that were written"),
                false => ("record-form", "none for the bytes: digests and container speak for themselves"),
            };
            let mut fault = Fault::new(place.clone(), rule, what.clone(), consequence);
            fault.record.clone_from(&row.id);
            self.faults.push(fault);
        }
    }

    pub(crate) fn verdict(&mut self, listing: &Listing) -> Verdict {
        self.by_end(listing).max(self.by_digests())
    }

    /// What the container of one file says.
    pub(crate) fn by_end(&mut self, listing: &Listing) -> Verdict {
        for complaint in &listing.complaints {
            let consequence = match complaint.kind {
                ComplaintKind::Note => "none for the bytes: they were read and checked all the same",
                _ => "what stands there cannot be relied on",
            };
            let place = complaint.place.clone();
            self.faults.push(Fault::new(place, "container", complaint.what.clone(), consequence));
        }
        match listing.end {
            End::Whole => Verdict::Valid,
            End::Cut => Verdict::Incomplete,
            End::Damaged => Verdict::Invalid,
            End::Unknown => Verdict::UnknownFormat,
        }
    }

    /// What all digests met so far say.
    pub(crate) fn by_digests(&self) -> Verdict {
        if self.failed > 0 {
            Verdict::Invalid
        } else if self.ok > 0 {
            Verdict::Valid
        } else if self.unchecked > 0 {
            Verdict::NotChecked
        } else {
            Verdict::NoDigest
        }
    }
}
