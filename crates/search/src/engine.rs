//! Tantivy, and everything that knows it (its API changes names at each minor version).

mod schema;
mod streams;

use crate::error::SearchError;
use crate::grams::{Cut, Pieces, is_dense};
use crate::needle::Needle;
use crate::words::{spelling, words};
use plainsight_model::DocumentId;
use plainsight_text::{fold, fold_with_map};
use schema::{Fields, schema};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use streams::{FoldedPieces, Words};
use tantivy::collector::DocSetCollector;
use tantivy::indexer::IndexWriterOptions;
use tantivy::query::{AllQuery, BooleanQuery, EmptyQuery, PhraseQuery, Query, RegexQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Value as _};
use tantivy::tokenizer::TextAnalyzer;
use tantivy::{DocAddress, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

/// The facets, in the order of the documentation.
pub const FACETS: [&str; 6] = ["lang", "site", "kind", "year", "body", "place"];

/// The file that says which version made the index.
const VERSION_FILE: &str = "plainsight-version";

/// Bytes that each of the two writing threads may hold before it writes them out.
const BUDGET: usize = 30_000_000;

/// A document as the index takes it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The document.
    pub id: DocumentId,
    /// Its title.
    pub title: Option<&'a str>,
    /// Its canonical text.
    pub text: &'a str,
    /// ISO 639-1 or `und`.
    pub lang: &'a str,
    /// EDTF; its first four characters are the year.
    pub date: Option<&'a str>,
    /// Where it was captured.
    pub url: Option<&'a str>,
    /// The site that it belongs to.
    pub site: Option<&'a str>,
    /// `page`, `text`, `chat`, `pdf` or `picture`.
    pub kind: &'a str,
    /// Keys of the agencies that it names.
    pub bodies: &'a [String],
    /// Keys of the places that it names.
    pub places: &'a [String],
}

/// An index in a folder of its own.
pub struct Index {
    inner: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    made_anew: bool,
}

impl Index {
    /// Opens the index in `dir`. One of another [`crate::VERSION`] or with a damaged
    /// file is dropped and made anew, empty ([`Index::made_anew`]). A folder
    /// with anything else in it is refused and left as it is.
    pub fn open_or_create(dir: &Path) -> Result<Self, SearchError> {
        let folder = |source| SearchError::Folder { path: dir.to_owned(), source };
        std::fs::create_dir_all(dir).map_err(folder)?;
        let version = dir.join(VERSION_FILE);
        let known = std::fs::read_to_string(&version).ok();
        if known.as_deref() == Some(crate::VERSION)
            && let Ok(inner) = open_sound(dir)
        {
            return Self::with(inner, false);
        }
        empty(dir, known.is_some())?;
        // The version comes first: a folder that holds it may be emptied again.
        std::fs::write(&version, crate::VERSION).map_err(folder)?;
        let inner = tantivy::Index::create_in_dir(dir, schema()).map_err(step("making the index"))?;
        Self::with(inner, true)
    }

    fn with(inner: tantivy::Index, made_anew: bool) -> Result<Self, SearchError> {
        let tokenizers = inner.tokenizers();
        tokenizers.register("grams", TextAnalyzer::from(FoldedPieces(Cut::Grams)));
        tokenizers.register("chars", TextAnalyzer::from(FoldedPieces(Cut::Chars)));
        tokenizers.register("words", TextAnalyzer::from(Words));
        let fields = Fields::of(&inner.schema()).map_err(step("opening the index"))?;
        let builder = inner.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader = builder.try_into().map_err(step("opening the index"))?;
        Ok(Self { inner, reader, fields, made_anew })
    }

    /// Tells whether the index is empty because it was just made: whatever
    /// was added before must be added again.
    pub fn made_anew(&self) -> bool {
        self.made_anew
    }

    /// Opens the index for writing; at most 60 MB in two threads. One writer at a time.
    pub fn writer(&self) -> Result<Writer, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(2)
            .memory_budget_per_thread(BUDGET)
            .num_merge_threads(1)
            .build();
        let inner = self.inner.writer_with_options(options).map_err(step("opening the index for writing"))?;
        Ok(Writer { inner, fields: self.fields })
    }

    /// The documents in the index, as last committed.
    pub fn documents(&self) -> Result<BTreeSet<DocumentId>, SearchError> {
        let searcher = self.searcher()?;
        Ok(searcher.find(&AllQuery)?.into_iter().map(|candidate| candidate.id).collect())
    }

    /// Looks at what was last committed.
    pub(crate) fn searcher(&self) -> Result<Searcher, SearchError> {
        self.reader.reload().map_err(step("reading the index"))?;
        Ok(Searcher { inner: self.reader.searcher(), fields: self.fields })
    }
}

/// Adds documents and takes them away; nothing counts before [`Writer::commit`].
pub struct Writer {
    inner: IndexWriter,
    fields: Fields,
}

impl Writer {
    /// Adds a document, in place of what the index held of it.
    pub fn add(&mut self, entry: &Entry<'_>) -> Result<(), SearchError> {
        self.remove(&entry.id);
        let fields = &self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.id, entry.id.to_string());
        for part in entry.title.into_iter().chain([entry.text]) {
            let folded = fold_with_map(part);
            let source: Vec<char> = part.chars().collect();
            document.add_text(fields.words, spelling(&source, &folded).into_iter().collect::<String>());
            document.add_text(fields.chars, &folded.text);
            document.add_text(fields.grams, folded.text);
        }
        let year = entry.date.and_then(year);
        for (name, value) in
            [("lang", Some(entry.lang)), ("site", entry.site), ("kind", Some(entry.kind)), ("year", year)]
        {
            if let Some(value) = value {
                document.add_text(fields.facet(name), value);
            }
        }
        for (name, values) in [("body", entry.bodies), ("place", entry.places)] {
            for value in values.iter().collect::<BTreeSet<_>>() {
                document.add_text(fields.facet(name), value);
            }
        }
        for (field, value) in [
            (fields.title, entry.title),
            (fields.date, entry.date),
            (fields.url, entry.url),
            (fields.shown_lang, Some(entry.lang)),
        ] {
            if let Some(value) = value {
                document.add_text(field, value);
            }
        }
        self.inner.add_document(document).map_err(step("adding a document to the index"))?;
        Ok(())
    }

    /// Takes a document away, if it is there.
    pub fn remove(&mut self, id: &DocumentId) {
        self.inner.delete_term(Term::from_field_text(self.fields.id, &id.to_string()));
    }

    /// Makes everything since the last commit count, on disk.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.inner.commit().map_err(step("writing the index"))?;
        Ok(())
    }
}

/// A state of the index that does not change while it is looked at.
pub(crate) struct Searcher {
    inner: tantivy::Searcher,
    fields: Fields,
}

/// A document that may answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    pub id: DocumentId,
    segment: u32,
    number: u32,
}

/// What the index keeps to be shown.
pub(crate) struct Shown {
    pub title: Option<String>,
    pub lang: String,
    pub date: Option<String>,
    pub url: Option<String>,
}

impl Searcher {
    /// Finds every document that may hold all needles and has all facet
    /// values, by id; none that holds them is left out.
    pub fn candidates(
        &self,
        needles: &[Needle],
        facets: &[(&str, &str)],
        substring: bool,
    ) -> Result<Vec<Candidate>, SearchError> {
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for part in needles.iter().flat_map(|needle| &needle.parts) {
            self.part(part, substring, &mut all);
        }
        self.filtered(all, facets)
    }

    /// Those of the candidates that hold a needle as words of the dictionary.
    pub fn at_word_borders(
        &self,
        needles: &[Needle],
        facets: &[(&str, &str)],
    ) -> Result<Vec<Candidate>, SearchError> {
        let mut all: Vec<Box<dyn Query>> = Vec::new();
        for needle in needles.iter().filter(|needle| !needle.always_word) {
            let spelt: Vec<char> = needle.parts.join(" ").chars().collect();
            let folded = fold_with_map(&needle.parts.join(" "));
            let pieces = words(&spelling(&spelt, &folded)).into_iter().enumerate();
            all.push(phrase(
                pieces.map(|(at, word)| (at, self.term(self.fields.words, &fold(&word)))).collect(),
            ));
        }
        self.filtered(all, facets)
    }

    /// Gives what is shown of a document.
    pub fn shown(&self, candidate: &Candidate) -> Result<Shown, SearchError> {
        let address = DocAddress::new(candidate.segment, candidate.number);
        let document: TantivyDocument = self.inner.doc(address).map_err(step("reading the index"))?;
        let text = |field| document.get_first(field).and_then(|v| v.as_str()).map(str::to_owned);
        Ok(Shown {
            title: text(self.fields.title),
            lang: text(self.fields.shown_lang).unwrap_or_default(),
            date: text(self.fields.date),
            url: text(self.fields.url),
        })
    }

    /// Counts the facet values of documents: most often first, then by value.
    pub fn facets(&self, of: &[Candidate]) -> Result<BTreeMap<String, Vec<(String, u64)>>, SearchError> {
        let mut counts = BTreeMap::new();
        for name in FACETS {
            let values = self.values(name, of).map_err(step("counting in the index"))?;
            let mut values: Vec<(String, u64)> = values.into_iter().collect();
            values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            counts.insert(name.to_owned(), values);
        }
        Ok(counts)
    }

    fn values(&self, name: &str, of: &[Candidate]) -> tantivy::Result<BTreeMap<String, u64>> {
        let mut counts = BTreeMap::new();
        for (number, segment) in self.inner.segment_readers().iter().enumerate() {
            let Some(column) = segment.fast_fields().str(name)? else { continue };
            let mut ordinals: HashMap<u64, u64> = HashMap::new();
            for candidate in of.iter().filter(|c| c.segment as usize == number) {
                for ordinal in column.term_ords(candidate.number) {
                    *ordinals.entry(ordinal).or_default() += 1;
                }
            }
            for (ordinal, count) in ordinals {
                let mut value = String::new();
                column.ord_to_str(ordinal, &mut value)?;
                *counts.entry(value).or_default() += count;
            }
        }
        Ok(counts)
    }

    fn filtered(
        &self,
        mut all: Vec<Box<dyn Query>>,
        facets: &[(&str, &str)],
    ) -> Result<Vec<Candidate>, SearchError> {
        for (name, value) in facets {
            all.push(exactly(self.term(self.fields.facet(name), value)));
        }
        if all.is_empty() {
            return self.find(&AllQuery);
        }
        self.find(&BooleanQuery::intersection(all))
    }

    fn find(&self, query: &dyn Query) -> Result<Vec<Candidate>, SearchError> {
        let found = self.inner.search(query, &DocSetCollector).map_err(step("asking the index"))?;
        let mut candidates = self.named(found).map_err(step("asking the index"))?;
        candidates.sort_unstable();
        Ok(candidates)
    }

    fn named(&self, found: impl IntoIterator<Item = DocAddress>) -> tantivy::Result<Vec<Candidate>> {
        let mut columns = Vec::new();
        for segment in self.inner.segment_readers() {
            columns.push(segment.fast_fields().str("id")?);
        }
        let mut candidates = Vec::new();
        for DocAddress { segment_ord: segment, doc_id: number } in found {
            let Some(Some(column)) = columns.get(segment as usize) else { continue };
            let mut text = String::new();
            if let Some(ordinal) = column.term_ords(number).next() {
                column.ord_to_str(ordinal, &mut text)?;
            }
            candidates.extend(text.parse().ok().map(|id| Candidate { id, segment, number }));
        }
        Ok(candidates)
    }

    /// Asks for one part of a needle, run by run. Runs are not joined into one
    /// phrase: at the edges of the part the text's own run may be longer.
    fn part(&self, part: &str, substring: bool, all: &mut Vec<Box<dyn Query>>) {
        let mut run: Vec<(usize, Term)> = Vec::new();
        let mut run_start = 0;
        let pieces: Vec<_> = Pieces::new(part, Cut::Grams).take(LONGEST_PHRASE).collect();
        for (number, piece) in pieces.iter().enumerate() {
            match piece.text.chars().filter(|c| is_dense(*c)).count() {
                0 => all.push(self.word(piece.text, substring)),
                1 => all.push(exactly(self.term(self.fields.chars, piece.text))),
                _ => {
                    if run.is_empty() {
                        run_start = piece.position;
                    }
                    run.push((piece.position - run_start, self.term(self.fields.grams, piece.text)));
                    let next = pieces.get(number + 1).map(|next| next.position);
                    if next != Some(piece.position + 1) {
                        all.push(phrase(std::mem::take(&mut run)));
                    }
                }
            }
        }
    }

    fn word(&self, word: &str, substring: bool) -> Box<dyn Query> {
        if substring {
            // The pieces are letters and digits only: nothing to escape.
            let inside = RegexQuery::from_pattern(&format!(".*{word}.*"), self.fields.grams);
            if let Ok(inside) = inside {
                return Box::new(inside);
            }
        }
        exactly(self.term(self.fields.grams, word))
    }

    fn term(&self, field: Field, text: &str) -> Term {
        Term::from_field_text(field, text)
    }
}

/// Pairs of one part that the index is asked for; the rest is left to verification.
const LONGEST_PHRASE: usize = 64;

fn exactly(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn phrase(mut terms: Vec<(usize, Term)>) -> Box<dyn Query> {
    match terms.len() {
        0 => Box::new(EmptyQuery),
        1 => exactly(terms.remove(0).1),
        _ => Box::new(PhraseQuery::new_with_offset(terms)),
    }
}

fn year(date: &str) -> Option<&str> {
    date.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))
}

/// Opens an index whose files have the checksums that they were written with.
fn open_sound(dir: &Path) -> Result<tantivy::Index, TantivyError> {
    let index = tantivy::Index::open_in_dir(dir)?;
    let same = index.schema() == schema();
    let damaged: Vec<PathBuf> = index.validate_checksum()?.into_iter().collect();
    if same && damaged.is_empty() {
        Ok(index)
    } else {
        Err(TantivyError::SchemaError("damaged or of another version".to_owned()))
    }
}

/// Empties the folder of an index. Anything that is not ours stays: the folder
/// may have been named by mistake.
fn empty(dir: &Path, ours: bool) -> Result<(), SearchError> {
    let folder = |source| SearchError::Folder { path: dir.to_owned(), source };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(folder)? {
        files.push(entry.map_err(folder)?.path());
    }
    if !ours && !files.is_empty() {
        return Err(SearchError::Foreign { path: dir.to_owned() });
    }
    for file in files.iter().filter(|file| file.is_file()) {
        std::fs::remove_file(file).map_err(folder)?;
    }
    Ok(())
}

fn step(step: &'static str) -> impl Fn(TantivyError) -> SearchError {
    move |error| match error {
        TantivyError::LockFailure(..) => SearchError::Busy,
        other => SearchError::Engine { step, why: other.to_string() },
    }
}
