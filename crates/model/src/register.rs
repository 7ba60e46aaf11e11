//! Registers and their verdicts.

use crate::{Digest, RegisterId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A dated, hashed list of an authority: what it says of itself as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// Bytes, name and as-of as one id.
    pub id: RegisterId,
    /// The column `register`, else `--name`, else the file's name.
    pub name: String,
    /// The day it holds for, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// The last day it is in force, where it says so.
    pub until: Option<String>,
    /// An authority's own list.
    pub official: bool,
    /// Says of itself that nothing is missing.
    pub complete: bool,
    /// What it lists: `posts`, `companies`, `agents`.
    pub of: String,
    /// SHA-256 of the file.
    pub snapshot: Digest,
    /// The file's name as handed over.
    pub file: String,
    /// How many rows it has. The rows themselves lie elsewhere: a register may have millions.
    pub rows: usize,
    /// The host states that its rows name, each once, as written; the empty one where a row names none.
    pub host_states: BTreeSet<String>,
    /// The headings under which anything stands.
    pub heads: BTreeSet<String>,
    /// How many rows the authority itself announces, where every row says the same number.
    pub announced: Option<usize>,
}

/// A row by the headings of COMMANDS.md; unknown headings are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Its number in the file, from 1, the heading not counted.
    pub number: u64,
    /// Heading to cell.
    pub cells: BTreeMap<String, String>,
}

impl RegisterRow {
    /// The cell under `heading`, empty where there is none.
    pub fn get(&self, heading: &str) -> &str {
        self.cells.get(heading).map_or("", String::as_str)
    }
}

/// A register's answer about a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The register asked; `None` where there is none to ask.
    pub register: Option<RegisterId>,
    /// Its name.
    pub name: Option<String>,
    /// Its day.
    pub as_of: Option<String>,
    /// The answer.
    pub outcome: Outcome,
    /// Why, in one sentence.
    pub why: String,
    /// What shows it.
    pub proof: Option<Proof>,
}

/// The verdict words, and no others (DESIGN.md section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    /// It stands there.
    #[serde(rename = "listed")]
    Listed,
    /// It does not stand in a complete, official register in force.
    #[serde(rename = "not listed")]
    NotListed,
    /// No register, incomplete, not official, outside its dates.
    #[serde(rename = "cannot tell")]
    CannotTell,
    /// A claim of the host state.
    #[serde(rename = "host state says")]
    HostStateSays,
}

impl Outcome {
    /// The words.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::NotListed => "not listed",
            Self::CannotTell => "cannot tell",
            Self::HostStateSays => "host state says",
        }
    }
}

/// What shows a verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Proof {
    /// A miss: every form asked, the snapshot, zero rows, the day asked about.
    Miss {
        /// Names and addresses asked.
        asked: Vec<String>,
        /// SHA-256 of the register's file.
        snapshot: Digest,
        /// The day asked about: the post's, else the register's as-of.
        day: Option<String>,
    },
    /// The row.
    Row(RegisterRow),
    /// The quote of a host state's claim.
    Quote(crate::Quote),
}
