//! Posts: what somebody says to be there.

use super::EvidenceRow;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line of `findings`: one post.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `pos-…`.
    pub post: String,
    /// Names as written, with language.
    pub names: Vec<NameRow>,
    /// The host state as the gazetteer names it.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2 in lower case.
    pub country_code: Option<String>,
    /// The city as the gazetteer names it.
    pub city: Option<String>,
    /// Its code, where it has one.
    pub city_code: Option<String>,
    /// The operating body as the best quote names it.
    pub operator: Option<String>,
    /// Division codes of the operators.
    pub operator_ids: Vec<String>,
    /// The state whose body the operator is, as the gazetteer names it.
    #[serde(default)]
    pub operator_country: Option<String>,
    /// The local body that is said to host it.
    pub host_body: Option<String>,
    /// The street address; `null` for a dwelling.
    pub address: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// The best supported opening day, EDTF.
    pub opened: Option<String>,
    /// Every other day found.
    pub opened_conflicts: Vec<OpenedConflict>,
    /// What it offers.
    pub services: Vec<String>,
    /// Statuses with day and quote.
    pub statuses: Vec<StatusRow>,
    /// What each register says.
    pub verdicts: Vec<VerdictRow>,
    /// Ids of its claims.
    pub claims: Vec<String>,
    /// The quotes it rests on.
    pub evidence: Vec<EvidenceRow>,
    /// Independent origins of its existence (those that count).
    pub origins: usize,
    /// `grade` of its existence.
    pub grade: u8,
    /// `grade_if_read` of its existence.
    pub grade_if_read: u8,
    /// Latitude and longitude of the city, where the gazetteer has them.
    pub position: Option<(f64, f64)>,
}

/// A name in its own script.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NameRow {
    /// The name.
    pub text: String,
    /// Its language.
    pub lang: String,
}

/// Another opening day than the best supported one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedConflict {
    /// EDTF.
    pub value: String,
    /// How many independent origins give it.
    pub origins: usize,
    /// How it stands to the best supported day: `compatible` or `conflict`.
    pub relation: String,
}

/// A status with its day and quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRow {
    /// A word of the closed list.
    pub word: String,
    /// EDTF.
    pub date: Option<String>,
    /// `quo-…`.
    pub quote: String,
    /// The source of the quote was withdrawn.
    #[serde(default)]
    pub withdrawn: bool,
}

/// A register's answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VerdictRow {
    /// `reg-…`.
    pub register: Option<String>,
    /// The register's name.
    pub name: Option<String>,
    /// Its day.
    pub as_of: Option<String>,
    /// One of the four verdict words.
    pub outcome: String,
    /// `{asked, snapshot, rows, day}`, a row, or null.
    pub proof: Option<Value>,
    /// Why, in one sentence.
    pub why: String,
}
