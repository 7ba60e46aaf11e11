//! What a case shows: plain records for the commands, the interface and the dossier.
//!
//! The field names and their order are the contract of COMMANDS.md; they are
//! built by hand from the domain's types, so that a change there never
//! reaches a pipe or a dossier by accident.

mod claim;
mod decision;
mod document;
mod entity;
mod post;
mod register;

pub use claim::{AgainstRow, ClaimRow, CountRow, EvidenceRow, OriginRow, ToReadClaim, ToReadRow};
pub use decision::{AnswerRow, Changed, Decided, DecisionRow, PairRow, PairSide, ReasonRow, ReplyRow};
pub use document::{
    CaptureRow, CopyRow, DocumentView, HitQuote, HitRow, RestsRow, SearchAnswer, SearchAsk, SourceRow,
    VersionRow,
};
pub use entity::{
    EntityClaim, EntityRow, JoinedRow, MovedClaim, NamesDone, PairDecision, PairQuote, Standing,
    StatementRow, WouldChange,
};
pub use post::{Finding, NameRow, OpenedConflict, StatusRow, VerdictRow};
pub use register::{AskedRow, FoundRow, NearRow, RegisterPage};

use plainsight_model::Complaint;
use serde::{Deserialize, Serialize};

/// A line of `add`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AddRow {
    /// The input as typed.
    pub input: String,
    /// `added`, `known`, `refused`.
    pub status: String,
    /// `cap-…` each.
    pub captures: Vec<String>,
    /// `doc-…` each.
    pub documents: Vec<String>,
    /// What could not be used.
    pub complaints: Vec<Complaint>,
}

/// A line of `run`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageRow {
    /// `read`, `find`, `copies`, `resolve`, `corroborate`, `search`.
    pub stage: String,
    /// How many were done now.
    pub done: usize,
    /// How many were reused.
    pub reused: usize,
    /// How many complaints stand.
    pub complaints: usize,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// Complaints of one cure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplaintGroup {
    /// In words.
    pub what: String,
    /// What to do.
    pub cure: Option<String>,
    /// Document or input, and place.
    pub items: Vec<ComplaintItem>,
}

/// One complaint with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComplaintItem {
    /// `doc-…` or the input's name.
    pub of: String,
    /// Title or name.
    pub name: String,
    /// What is wrong.
    pub what: String,
    /// Where.
    pub place: String,
}

/// A line of `log`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LogRow {
    /// From 1.
    pub number: u64,
    /// RFC 3339.
    pub time: String,
    /// Who.
    pub author: String,
    /// `capture`, `import`, `decision`, …
    pub kind: String,
    /// Hash of the line.
    pub hash: String,
    /// Null once forgotten.
    pub body: Option<serde_json::Value>,
}

impl LogRow {
    /// The id of a decision: the first half of its line's hash.
    pub fn decision_id(&self) -> String {
        format!("dec-{}", self.hash.get(..32).unwrap_or_default())
    }
}

/// The first page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// The case's name.
    pub name: String,
    /// The lens and its version.
    pub lens: String,
    /// Captures.
    pub captures: usize,
    /// Documents.
    pub documents: usize,
    /// Documents that gave text.
    pub read: usize,
    /// Documents by language.
    pub languages: Vec<(String, usize)>,
    /// Posts.
    pub posts: usize,
    /// Host states.
    pub countries: usize,
    /// Claims.
    pub claims: usize,
    /// Claims without a decision.
    pub open_claims: usize,
    /// Quotes that wait for a reader.
    pub unread_quotes: usize,
    /// Pairs in the queue.
    pub pairs: usize,
    /// Entities that claims speak of.
    pub entities: usize,
    /// Registers.
    pub registers: usize,
    /// Posts by verdict word.
    pub verdicts: Vec<(String, usize)>,
    /// Complaints.
    pub complaints: usize,
    /// Decisions to look at again.
    pub waiting_decisions: usize,
    /// Whether something came in after the last run.
    pub stale: bool,
    /// The last decisions.
    pub last_decisions: Vec<DecisionRow>,
}

/// A line of `register list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RegisterView {
    /// `reg-…`.
    pub register: String,
    /// Name.
    pub name: String,
    /// Day.
    pub as_of: Option<String>,
    /// An authority's own.
    pub official: bool,
    /// Nothing missing.
    pub complete: bool,
    /// Rows.
    pub rows: usize,
    /// SHA-256 of the file.
    pub snapshot: String,
}

/// A line of `doctor`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DoctorRow {
    /// What was looked at.
    pub what: String,
    /// Whether it is there and right.
    pub ok: bool,
    /// What was found.
    pub found: String,
    /// How to get it.
    pub cure: Option<String>,
}

/// A line of `check`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckRow {
    /// `quo-…`.
    pub quote: String,
    /// `exact`, `folded`, `missing`.
    pub verdict: String,
}

/// All that a dossier may be built from: built up, never cut down from the case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// The case's name.
    pub name: String,
    /// 32 hex digits.
    pub case_id: String,
    /// Lens and version.
    pub lens: String,
    /// Everything, confirmed or not.
    pub draft: bool,
    /// Number of the last ledger entry that is no publication.
    pub head_number: u64,
    /// Its root hash.
    pub head: String,
    /// Its day, `YYYY-MM-DD`.
    pub day: String,
    /// Posts that have at least one claim in it.
    pub findings: Vec<Finding>,
    /// The claims: confirmed by somebody, or all in a draft.
    pub claims: Vec<ClaimRow>,
    /// Documents that are cited, by id.
    pub documents: Vec<CitedDocument>,
    /// Registers that were asked.
    pub registers: Vec<RegisterView>,
    /// Ids of claims about named persons that somebody marked for publication.
    pub named: Vec<String>,
    /// Entities that were imported and are no persons; only in a draft.
    pub received: Vec<plainsight_resolve::ftm::Entity>,
    /// How many claims are left out.
    pub left_out: usize,
    /// How many documents could not be read, and why, in words.
    pub unread: Vec<ComplaintGroup>,
    /// Who was asked about anything in it, and what they answered.
    pub replies: Vec<ReplyRow>,
}

/// A document as a footnote needs it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CitedDocument {
    /// `doc-…`.
    pub document: String,
    /// Title in its own script.
    pub title: Option<String>,
    /// Author or outlet.
    pub author: Option<String>,
    /// Outlet.
    pub site_name: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// EDTF.
    pub date: Option<String>,
    /// Language.
    pub lang: String,
    /// `Hans`, `Hant`.
    pub script: Option<String>,
    /// Kind.
    pub kind: String,
    /// Every capture.
    pub captures: Vec<CaptureRow>,
}

/// A pair of a list's row and an entity of the case that may be one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct XrefRow {
    /// The row's number in the list, from 1.
    pub row: u64,
    /// The list's own id for it.
    pub id: Option<String>,
    /// Its first name.
    pub name: String,
    /// `pos-…`, `ent-…`, or the id of an imported entity.
    pub entity: String,
    /// The entity's first name.
    pub entity_name: String,
    /// 0 to 1; 0.70 and more counts as yes.
    pub score: f64,
    /// `match` or `review`.
    pub verdict: String,
    /// Slot by slot.
    pub reasons: Vec<ReasonRow>,
}
