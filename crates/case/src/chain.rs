//! The ledger as a case uses it: kinds by their words, bodies as JSON.

use crate::error::CaseError;
use plainsight_archive::{Entry, EntryKind, Ledger};
use plainsight_model::DecisionId;
use serde_json::Value;
use std::path::Path;

/// The ledger of a case.
pub struct Chain {
    ledger: Ledger,
}

/// An entry with its body, where that still stands.
pub struct Seen {
    /// From 1.
    pub number: u64,
    /// The word of its kind.
    pub kind: String,
    /// The body; `None` once forgotten.
    pub body: Option<Value>,
}

impl Chain {
    /// Makes an empty ledger.
    pub fn create(folder: &Path, case: &str) -> Result<Self, CaseError> {
        Ok(Self { ledger: Ledger::create(folder, case)? })
    }

    /// Opens it to append to.
    pub fn open(folder: &Path) -> Result<Self, CaseError> {
        Ok(Self { ledger: Ledger::open(folder)? })
    }

    /// Opens it to look at.
    pub fn read(folder: &Path) -> Result<Self, CaseError> {
        Ok(Self { ledger: Ledger::read(folder)? })
    }

    /// The ledger itself.
    pub fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    /// The ledger itself, to look at.
    pub fn seen(&self) -> &Ledger {
        &self.ledger
    }

    /// Appends one entry.
    pub fn append(
        &mut self,
        kind: EntryKind,
        author: &str,
        time: &str,
        body: &Value,
    ) -> Result<DecisionId, CaseError> {
        let entry = Entry { kind, author: author.to_owned(), time: time.to_owned(), body: body.clone() };
        Ok(self.ledger.append(entry)?.id())
    }

    /// Appends many with one wait for the disk.
    pub fn append_all(
        &mut self,
        kind: EntryKind,
        author: &str,
        time: &str,
        bodies: &[Value],
    ) -> Result<(), CaseError> {
        let entry = |body: &Value| Entry {
            kind,
            author: author.to_owned(),
            time: time.to_owned(),
            body: body.clone(),
        };
        self.ledger.append_all(bodies.iter().map(entry).collect())?;
        Ok(())
    }

    /// The entries after a number.
    pub fn after(&self, number: u64) -> Result<Vec<Seen>, CaseError> {
        Ok(self
            .ledger
            .entries()
            .iter()
            .filter(|e| e.line.number > number)
            .map(|e| Seen {
                number: e.line.number,
                kind: e.line.kind.as_str().to_owned(),
                body: self.ledger.body(e.line.number),
            })
            .collect())
    }

    /// The bodies of a kind that still stand, with the entries' ids, in the order of the ledger;
    /// one that was said again stands where the first one stood, since a later word wins.
    pub fn bodies(&self, kind: EntryKind) -> Result<Vec<(DecisionId, Value)>, CaseError> {
        let of_kind = self.ledger.entries().iter().filter(|e| e.line.kind == kind);
        let mut bodies: Vec<(u64, DecisionId, Value)> = of_kind
            .filter_map(|e| {
                let body = self.ledger.body(e.line.number)?;
                Some((place_of(&body).unwrap_or(e.line.number), e.id(), body))
            })
            .collect();
        bodies.sort_by_key(|(place, ..)| *place);
        Ok(bodies.into_iter().map(|(_, id, body)| (id, body)).collect())
    }

    /// The number of the last entry that is of none of these kinds; 0 where there is none.
    pub fn last_number_but(&self, kinds: &[EntryKind]) -> u64 {
        self.ledger
            .entries()
            .iter()
            .rev()
            .find(|e| !kinds.contains(&e.line.kind))
            .map_or(0, |e| e.line.number)
    }
}

/// The key under which an entry that was said again keeps the number of the first one.
pub const IN_PLACE_OF: &str = "in_place_of";

/// The number of the entry in whose place a body was said again.
pub fn place_of(body: &Value) -> Option<u64> {
    body.get(IN_PLACE_OF)?.as_u64()
}
