//! Documents, their captures, and where words stand in them.

use plainsight_model::{Block, Complaint, DocumentKind, Mention, Metadatum};
use serde::{Deserialize, Serialize};

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
