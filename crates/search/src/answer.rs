//! Asks the index and verifies what it proposes.

use crate::engine::{Candidate, FACETS, Index, Searcher};
use crate::error::SearchError;
use crate::needle::{Needle, needles};
use crate::verify::{Haystack, Place};
use plainsight_model::DocumentId;
use plainsight_text::is_han;
use std::collections::{BTreeMap, BTreeSet};

/// Documents that are verified for one query. Beyond it the index's own word
/// is taken for the counts, and [`Answer::complete`] says so.
const MOST_VERIFIED: usize = 10_000;

/// Spellings that are told apart in [`Answer::also`].
const MOST_SPELLINGS: usize = 16;

/// What is asked. Every `Some` facet must be one of the document's values.
#[derive(Clone, Debug, Default)]
pub struct Query<'a> {
    /// As typed: words that must all be found, phrases in quotation marks.
    pub text: String,
    /// Hits inside other words stand among the others, also in scripts with spaces.
    pub substring: bool,
    /// The most hits to give.
    pub limit: usize,
    /// Hits to leave out at the head.
    pub offset: usize,
    /// ISO 639-1 or `und`.
    pub lang: Option<String>,
    /// A site.
    pub site: Option<String>,
    /// A kind of document.
    pub kind: Option<String>,
    /// Four digits.
    pub year: Option<String>,
    /// An agency's key.
    pub body: Option<String>,
    /// A place's key.
    pub place: Option<String>,
    /// Names of the case: whoever asks for one finds it as a word wherever it stands.
    pub known_names: &'a [String],
}

/// The documents that answer, those with a hit at word borders first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// From `offset`, at most `limit`.
    pub hits: Vec<Hit>,
    /// Documents of the group `word`, over all pages.
    pub total_word: usize,
    /// Documents of the group `inside`, over all pages.
    pub total_inside: usize,
    /// For `lang`, `site`, `kind`, `year`, `body` and `place` the values of all
    /// documents that answer with their number, most often first.
    pub facets: BTreeMap<String, Vec<(String, u64)>>,
    /// Other spellings in Han characters under which a piece was found, sorted.
    pub also: Vec<String>,
    /// Whether every document was looked at; else the totals are the index's
    /// and hits beyond the first ten thousand are not listed.
    pub complete: bool,
}

/// A document that answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The document.
    pub document: DocumentId,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub lang: String,
    /// Its date, EDTF.
    pub date: Option<String>,
    /// Where it was captured.
    pub url: Option<String>,
    /// At word borders or inside other words.
    pub group: Group,
    /// The places in its text, from the first to the last; none where only the title answers.
    pub quotes: Vec<HitQuote>,
    /// Higher is better; computed from this document and the query alone.
    pub score: f64,
}

/// Whether a hit stands at word borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Every piece is found at word borders.
    Word,
    /// Some piece is found inside other words only (国安 in 中国安全).
    Inside,
}

impl Group {
    /// The word printed under `group`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Inside => "inside",
        }
    }
}

/// A place that answers: code points of the canonical text, end exclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HitQuote {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The exact string.
    pub text: String,
}

impl Index {
    /// Answers a query. `texts` gives the canonical text of a document; one
    /// that gives none can only answer by its title. Any string is a query;
    /// without a letter or digit it finds nothing.
    pub fn search(
        &self,
        query: &Query<'_>,
        texts: &dyn Fn(&DocumentId) -> Option<String>,
    ) -> Result<Answer, SearchError> {
        let needles = needles(&query.text, query.known_names);
        if needles.is_empty() {
            let facets = FACETS.map(|name| (name.to_owned(), Vec::new())).into();
            return Ok(Answer { facets, complete: true, ..Answer::default() });
        }
        let searcher = self.searcher()?;
        let asked = Asked { query, needles, searcher: &searcher, texts };
        let filters = facets(query);
        let mut candidates = searcher.candidates(&asked.needles, &filters, query.substring)?;
        let complete = candidates.len() <= MOST_VERIFIED;
        let mut answer = Answer { complete, ..Answer::default() };
        if !complete {
            // Words first, each group by id: what is left out is at least the lesser part.
            let words: BTreeSet<Candidate> =
                searcher.at_word_borders(&asked.needles, &filters)?.into_iter().collect();
            candidates.sort_by_key(|candidate| (!words.contains(candidate), *candidate));
            let left = candidates.split_off(MOST_VERIFIED);
            answer.total_word = left.iter().filter(|candidate| words.contains(candidate)).count();
            answer.total_inside = left.len() - answer.total_word;
        }
        let ranked = asked.ranked(&candidates, &mut answer)?;
        let found: Vec<Candidate> = ranked.iter().map(|r| r.candidate).collect();
        answer.facets = searcher.facets(&found)?;
        for ranked in ranked.iter().skip(query.offset).take(query.limit) {
            answer.hits.push(asked.hit(ranked)?);
        }
        Ok(answer)
    }
}

struct Asked<'a> {
    query: &'a Query<'a>,
    needles: Vec<Needle>,
    searcher: &'a Searcher,
    texts: &'a dyn Fn(&DocumentId) -> Option<String>,
}

struct Ranked {
    candidate: Candidate,
    group: Group,
    score: f64,
}

impl Asked<'_> {
    /// Verifies the candidates and puts those that hold into order; counts
    /// groups and spellings on the way. Quotes are cut for the shown page only.
    fn ranked(&self, candidates: &[Candidate], answer: &mut Answer) -> Result<Vec<Ranked>, SearchError> {
        let mut ranked = Vec::new();
        let mut spellings = BTreeSet::new();
        for candidate in candidates {
            let Some((group, score)) = self.verify(candidate, &mut spellings)? else { continue };
            match group {
                Group::Word => answer.total_word += 1,
                Group::Inside => answer.total_inside += 1,
            }
            ranked.push(Ranked { candidate: *candidate, group, score });
        }
        let joined = self.query.substring;
        ranked.sort_by(|a, b| {
            let group = if joined { std::cmp::Ordering::Equal } else { a.group.cmp(&b.group) };
            group.then(b.score.total_cmp(&a.score)).then(a.candidate.cmp(&b.candidate))
        });
        answer.also = spellings.into_iter().collect();
        Ok(ranked)
    }

    fn verify(
        &self,
        candidate: &Candidate,
        spellings: &mut BTreeSet<String>,
    ) -> Result<Option<(Group, f64)>, SearchError> {
        let mut text = Haystack::new(&(self.texts)(&candidate.id).unwrap_or_default());
        let mut title: Option<Haystack> = None;
        let mut group = Group::Word;
        let mut score = 0.0;
        for needle in &self.needles {
            let mut places = text.find(needle, self.query.substring);
            self.note_spellings(&text, &places, spellings);
            score += weight(&places, text.len());
            if places.is_empty() || !places.iter().any(|place| place.word) {
                let title = match &mut title {
                    Some(title) => title,
                    none => {
                        none.insert(Haystack::new(&self.searcher.shown(candidate)?.title.unwrap_or_default()))
                    }
                };
                places.extend(title.find(needle, self.query.substring));
            }
            if places.is_empty() {
                return Ok(None);
            }
            if !places.iter().any(|place| place.word) {
                group = Group::Inside;
            }
        }
        Ok(Some((group, score)))
    }

    /// Keeps the spellings in Han characters that nobody typed.
    fn note_spellings(&self, text: &Haystack, places: &[Place], spellings: &mut BTreeSet<String>) {
        for place in places {
            if spellings.len() >= MOST_SPELLINGS {
                return;
            }
            let found = text.slice(place);
            if found.chars().any(is_han) && !self.query.text.contains(&found) {
                spellings.insert(found);
            }
        }
    }

    fn hit(&self, ranked: &Ranked) -> Result<Hit, SearchError> {
        let document = ranked.candidate.id;
        let shown = self.searcher.shown(&ranked.candidate)?;
        let mut text = Haystack::new(&(self.texts)(&document).unwrap_or_default());
        let mut places = BTreeSet::new();
        for needle in &self.needles {
            let found = text.find(needle, self.query.substring);
            // Where the piece stands as a word, its letters inside other words are noise.
            let words_only = !self.query.substring && found.iter().any(|place| place.word);
            places.extend(found.into_iter().filter(|place| place.word || !words_only));
        }
        let quote = |place: &Place| HitQuote { start: place.start, end: place.end, text: text.slice(place) };
        Ok(Hit {
            document,
            title: shown.title,
            lang: shown.lang,
            date: shown.date,
            url: shown.url,
            group: ranked.group,
            quotes: places.iter().map(quote).collect(),
            score: ranked.score,
        })
    }
}

fn facets<'q>(query: &'q Query<'_>) -> Vec<(&'static str, &'q str)> {
    let values = [&query.lang, &query.site, &query.kind, &query.year, &query.body, &query.place];
    let pairs = FACETS.into_iter().zip(values);
    pairs.filter_map(|(name, value)| Some((name, value.as_deref()?))).collect()
}

/// More places count for more, each one less than the one before, and less in
/// a long text (the shape of BM25's term part, with a length of 1,000 as the
/// usual one). No statistics of the collection go in: adding a document must
/// not change the order of two others.
fn weight(places: &[Place], length: usize) -> f64 {
    let count: f64 = places.iter().map(|place| if place.word { 1.0 } else { 0.5 }).sum();
    count * 2.2 / (count + 1.2 * (0.25 + 0.75 * length as f64 / 1000.0))
}
