//! Claims, their quotes and origins, and what waits for a reader.

use super::DecisionRow;
use serde::{Deserialize, Serialize};

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
    /// The language model that proposed the sentence, where no finder had it; a person accepted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
    /// No rule found it: a post was taken to be there by the weight of all that the page says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub weighed: bool,
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
