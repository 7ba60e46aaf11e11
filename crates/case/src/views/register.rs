//! A register with its rows, its other snapshots and what was asked of it.

use super::{ReasonRow, RegisterView, VerdictRow};
use plainsight_model::RegisterRow;
use serde::{Deserialize, Serialize};

/// A register as its page shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterPage {
    /// The register.
    pub view: RegisterView,
    /// `posts`, `companies` or `agents`.
    pub of: String,
    /// The last day it is in force.
    pub until: Option<String>,
    /// The file's name as handed over.
    pub file: String,
    /// How many rows its authority announced, where a column says so.
    pub announced: Option<usize>,
    /// The headings of its rows, those that every register has first.
    pub heads: Vec<String>,
    /// Its rows that answer, all where nothing was asked; the first of very many.
    pub rows: Vec<FoundRow>,
    /// How many rows answer, those that `rows` has no room for among them.
    pub answering: usize,
    /// Other forms of the words that were looked for too.
    pub also: Vec<String>,
    /// Its other snapshots: same name, another day or other bytes, the newest first.
    pub snapshots: Vec<RegisterView>,
    /// Posts that were asked of it.
    pub asked: Vec<AskedRow>,
}

/// A row that answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundRow {
    /// The row.
    pub row: RegisterRow,
    /// Why it answers, where the words themselves do not stand in it.
    pub why: Option<String>,
}

/// A post that was asked of a register, with the rows nearest to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AskedRow {
    /// `pos-…`.
    pub post: String,
    /// Its town, else its name.
    pub name: String,
    /// The name that its sources give it.
    pub called: Option<String>,
    /// The answer.
    pub verdict: VerdictRow,
    /// Rows that share something with it, with what keeps each from being it.
    pub near: Vec<NearRow>,
}

/// A row near a post.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearRow {
    /// The row's number.
    pub row: u64,
    /// Seat, class and address of the row in one line.
    pub shown: String,
    /// Slot by slot.
    pub reasons: Vec<ReasonRow>,
}
