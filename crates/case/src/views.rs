//! What a case shows: plain records for the commands, the interface and the dossier.
//!
//! The field names and their order are the contract of COMMANDS.md; they are
//! built by hand from the domain's types, so that a change there never
//! reaches a pipe or a dossier by accident.

mod entity;
mod register;

pub use entity::{
    EntityClaim, EntityRow, JoinedRow, MovedClaim, NamesDone, PairDecision, PairQuote, Standing,
    StatementRow, WouldChange,
};
pub use register::{AskedRow, FoundRow, NearRow, RegisterPage};

use plainsight_model::{Block, Complaint, DocumentKind, Mention, Metadatum};
use serde::{Deserialize, Serialize};

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
    pub proof: Option<serde_json::Value>,
    /// Why, in one sentence.
    pub why: String,
}

/// A quote with its stance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// `quo-…`.
    pub quote: String,
    /// `doc-…`.
    pub document: String,
    /// Language of the document.
    pub lang: String,
    /// Code points.
    pub start: usize,
    /// Code points, exclusive.
    pub end: usize,
    /// The exact words.
    pub text: String,
    /// `supports`, `contradicts`, `mentions`.
    pub stance: String,
    /// Who says it, in words.
    pub voice: String,
    /// Names of those who read it.
    pub read_by: Vec<String>,
    /// `primary`, `secondary`, `tertiary`.
    pub mode: String,
    /// `ori-…`, or null for what is no origin.
    pub origin: Option<String>,
    /// A person said that it does not say so.
    pub rejected: bool,
    /// A bare denial by a party: printed, not counted.
    pub interested_denial: bool,
    /// Its source was withdrawn: printed, not counted.
    #[serde(default)]
    pub withdrawn: bool,
    /// The document's title.
    pub title: Option<String>,
    /// The document's day, EDTF.
    pub date: Option<String>,
}

impl EvidenceRow {
    /// Would count for a grade once somebody has read it.
    pub fn waits(&self) -> bool {
        let counts = self.origin.is_some() && self.stance != "mentions" && !self.withdrawn;
        counts && !self.rejected && self.read_by.is_empty()
    }
}

/// A line of `claims`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClaimRow {
    /// `clm-…`.
    pub claim: String,
    /// One English sentence.
    pub text: String,
    /// `pos-…`, or the subject's words.
    pub subject: String,
    /// A word of the lens's closed list.
    pub predicate: String,
    /// The object as shown.
    pub object: String,
    /// EDTF.
    pub valid: Option<String>,
    /// For counts.
    pub count: Option<CountRow>,
    /// 1 to 6 over what a person has read.
    pub grade: u8,
    /// 1 to 6 over all that was found.
    pub grade_if_read: u8,
    /// How both were walked.
    pub trace: Vec<String>,
    /// Independent sources.
    pub origins: Vec<OriginRow>,
    /// Other values.
    pub against: Vec<AgainstRow>,
    /// Quotes for, against and merely naming.
    pub evidence: Vec<EvidenceRow>,
    /// The standing decision about this claim.
    pub decision: Option<DecisionRow>,
    /// What would raise the grade, one sentence.
    pub next_step: String,
    /// The words of `grade`.
    pub grade_words: String,
    /// The words of `grade_if_read`.
    pub grade_if_read_words: String,
    /// How many counting quotes still wait for a reader.
    pub unread: usize,
}

/// What a count counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountRow {
    /// Posts, cities, countries.
    pub unit: String,
    /// Who counts.
    pub counter: Option<String>,
    /// The rule of counting.
    pub definition: Option<String>,
    /// EDTF.
    pub as_of: Option<String>,
}

/// An origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OriginRow {
    /// `ori-…`.
    pub origin: String,
    /// `doc-…` each.
    pub documents: Vec<String>,
    /// `self`, `copy`, `cites`, `stub`, `translation`, `same_speaker`, `decision`.
    pub how: String,
    /// Whose knowledge it is.
    pub voice: String,
    /// `primary` or `secondary`.
    pub mode: String,
    /// Whether it counts.
    pub counts: bool,
    /// A to F.
    pub letter: String,
    /// Control group.
    pub group: Option<String>,
    /// `disputed`, `own_interest`, `record`, `withdrawn`.
    pub marks: Vec<String>,
}

/// How another claim stands to this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgainstRow {
    /// `clm-…`.
    pub claim: String,
    /// `incomparable`, `succession`, `compatible`, `denied`, `conflict`.
    pub relation: String,
    /// The other claim's object as shown.
    pub object: String,
}

/// A decision as shown beside what it is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionRow {
    /// `dec-…`.
    pub decision: String,
    /// `confirm`, `reject`, …
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub author: String,
    /// When.
    pub time: String,
}

/// What a decision changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// `dec-…`; null on a dry run.
    pub decision: Option<String>,
    /// What moved.
    pub changed: Vec<Changed>,
    /// Ids of decisions made now that found nothing they rest on, or more than one thing: they
    /// wait to be looked at again.
    pub waiting: Vec<String>,
}

/// One thing that moved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// The id.
    pub id: String,
    /// `grade`, `grade_if_read`, `decision`, `read_by`, `post`, …
    pub what: String,
    /// Before.
    pub before: serde_json::Value,
    /// After.
    pub after: serde_json::Value,
}

/// A line of `to-read`: a quote that waits for somebody who reads its language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToReadRow {
    /// `quo-…`.
    pub quote: String,
    /// `doc-…`.
    pub document: String,
    /// The document's title.
    pub title: Option<String>,
    /// The document's day, EDTF.
    pub date: Option<String>,
    /// Language.
    pub lang: String,
    /// Code points.
    pub start: usize,
    /// Code points, exclusive.
    pub end: usize,
    /// What stands before it, from the sentence before on.
    pub before: String,
    /// The exact words.
    pub text: String,
    /// What stands after it, to the end of the sentence after.
    pub after: String,
    /// What it should say.
    pub claims: Vec<ToReadClaim>,
    /// How many grades could move.
    pub moves: usize,
}

/// A claim that a quote should support or contradict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToReadClaim {
    /// `clm-…`.
    pub claim: String,
    /// Its sentence.
    pub text: String,
    /// `supports` or `contradicts`.
    pub stance: String,
    /// 1 to 6 as it stands.
    pub grade: u8,
    /// 1 to 6 if all its quotes hold.
    pub grade_if_read: u8,
}

/// A party that was asked to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReplyRow {
    /// `dec-…` of the asking.
    pub reply: String,
    /// Whom.
    pub party: String,
    /// `clm-…` or `pos-…` as it stands now; null where nothing rests on its quotes any more.
    pub about: Option<String>,
    /// What it is about, in words.
    pub about_words: String,
    /// The day it was sent.
    pub on: String,
    /// The last day for an answer.
    pub until: String,
    /// The letter's words, where they were kept.
    pub letter: String,
    /// Who wrote it down.
    pub author: String,
    /// What came back, in the order of the days.
    pub answers: Vec<AnswerRow>,
    /// A source that it rests on was withdrawn.
    pub withdrawn: bool,
}

/// An answer of a party.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerRow {
    /// `dec-…`.
    pub answer: String,
    /// The day of the answer.
    pub on: String,
    /// `doc-…` of what was received.
    pub document: String,
    /// Language.
    pub lang: String,
    /// Its words; empty until it was read.
    pub text: String,
    /// The words go on after that.
    pub cut: bool,
    /// How it came in.
    pub capture: Option<CaptureRow>,
}

/// A pair of the queue `names`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairRow {
    /// `pair-…`.
    pub pair: String,
    /// One side.
    pub a: PairSide,
    /// The other.
    pub b: PairSide,
    /// 0 to 1.
    pub score: f64,
    /// `match`, `review`, `no`.
    pub verdict: String,
    /// Slot by slot.
    pub reasons: Vec<ReasonRow>,
    /// What a yes would join.
    pub would_merge: Vec<String>,
    /// What the two are: `post`, `agency`, `organisation`, `person`.
    #[serde(default)]
    pub kind: String,
}

/// One side of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PairSide {
    /// Its id.
    pub id: String,
    /// Its name or words.
    pub text: String,
    /// Language.
    pub lang: String,
    /// The quote it rests on.
    pub quote: String,
}

/// A reason of a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// Which slot.
    pub slot: String,
    /// One side's value.
    pub a: String,
    /// The other's.
    pub b: String,
    /// `same`, `alike`, `veto`, `empty`.
    pub effect: String,
    /// Plain words.
    pub sentence: String,
}

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

/// A line of `search`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HitRow {
    /// `doc-…`.
    pub document: String,
    /// Title in its own script.
    pub title: Option<String>,
    /// Language.
    pub lang: String,
    /// EDTF.
    pub date: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// `word` or `inside`.
    pub group: String,
    /// Where it stands.
    pub quotes: Vec<HitQuote>,
    /// The passage around the first hit: code points of its start, and its text.
    pub passage: (usize, String),
    /// Documents with the same text (the cluster), folded below this hit.
    pub copies: Vec<String>,
}

/// A hit's place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HitQuote {
    /// Code points.
    pub start: usize,
    /// Code points, exclusive.
    pub end: usize,
    /// Exact words.
    pub text: String,
}

/// What a search gave.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SearchAnswer {
    /// The hits asked for.
    pub hits: Vec<HitRow>,
    /// All hits at word borders.
    pub total_word: usize,
    /// All hits inside other words.
    pub total_inside: usize,
    /// Facet name to values with counts.
    pub facets: std::collections::BTreeMap<String, Vec<(String, usize)>>,
    /// Other forms that were searched too.
    pub also: Vec<String>,
}

/// What a search asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchAsk {
    /// The words.
    pub text: String,
    /// Join hits inside other words.
    pub substring: bool,
    /// How many hits.
    pub limit: usize,
    /// From which hit on.
    pub offset: usize,
    /// Facets chosen: `lang`, `site`, `kind`, `year`, `body`, `place`.
    pub facets: std::collections::BTreeMap<String, String>,
}

/// A document as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentView {
    /// `doc-…`.
    pub document: String,
    /// What kind of thing.
    pub kind: DocumentKind,
    /// Title in its own script.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Language.
    pub lang: String,
    /// `Hans`, `Hant`.
    pub script: Option<String>,
    /// EDTF.
    pub date: Option<String>,
    /// Which rule found the day.
    pub date_rule: Option<String>,
    /// Author.
    pub author: Option<String>,
    /// Outlet.
    pub site_name: Option<String>,
    /// Encoding and the step that decided it.
    pub encoding: Option<String>,
    /// The deciding step.
    pub encoding_rule: Option<String>,
    /// Reader and version.
    pub reader: String,
    /// What it says of itself beside its text.
    pub metadata: Vec<Metadatum>,
    /// Canonical text.
    pub text: String,
    /// Its parts.
    pub blocks: Vec<Block>,
    /// All mentions, by position.
    pub mentions: Vec<Mention>,
    /// Spans that exclusions took out.
    pub excluded: Vec<(usize, usize, String)>,
    /// How it came in, each capture.
    pub captures: Vec<CaptureRow>,
    /// Claims that rest on it: id, sentence, the quote's start and end, stance, read.
    pub rests: Vec<RestsRow>,
    /// Copies: document, how, score.
    pub copies: Vec<CopyRow>,
    /// What the same address gave at other times.
    pub versions: Vec<VersionRow>,
    /// The footnote of each capture.
    pub footnotes: Vec<crate::cite::Citation>,
    /// What could not be read.
    pub complaints: Vec<Complaint>,
}

/// What an address gave at another time, beside a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VersionRow {
    /// The other document.
    pub document: String,
    /// The moments of its captures there.
    pub captured: Vec<String>,
    /// Lines of text that stand in this document only.
    pub only_here: Vec<String>,
    /// Lines of text that stand in the other only.
    pub only_there: Vec<String>,
}

/// A claim that rests on a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestsRow {
    /// `clm-…`.
    pub claim: String,
    /// The claim's sentence.
    pub text: String,
    /// `quo-…`.
    pub quote: String,
    /// Code points.
    pub start: usize,
    /// Code points, exclusive.
    pub end: usize,
    /// `supports`, …
    pub stance: String,
    /// Read by a person.
    pub read: bool,
}

/// A copy link.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyRow {
    /// The other document.
    pub document: String,
    /// Its title.
    pub title: Option<String>,
    /// `same_bytes`, `same_text`, `copy`, `partial`.
    pub how: String,
    /// Containment, 0 to 1.
    pub score: f64,
}

/// A capture as shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaptureRow {
    /// `cap-…`.
    pub capture: String,
    /// `doc-…`.
    pub document: String,
    /// Address or `file:///name`.
    pub uri: String,
    /// WARC-Date.
    pub date: String,
    /// Payload SHA-256.
    pub sha256: String,
    /// Payload bytes.
    pub bytes: u64,
    /// Content type as sent.
    pub media_type: Option<String>,
    /// `imported` or `received from`.
    pub how: String,
    /// The input's name.
    pub source: String,
    /// Archive file.
    pub file: String,
    /// Byte offset in it.
    pub offset: u64,
    /// WARC-Record-ID.
    pub record: String,
}

/// A row of the page Sources.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceRow {
    /// The capture.
    pub capture: CaptureRow,
    /// Title, once read.
    pub title: Option<String>,
    /// Language, once read.
    pub lang: Option<String>,
    /// Kind, once read.
    pub kind: Option<String>,
    /// `read`, `partly read`, `not read`, `waiting`, `withdrawn`, `forgotten`.
    pub state: String,
    /// How many complaints.
    pub complaints: usize,
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
