//! What the interface asks of a case: documents, sources, complaints, the first page.

use crate::case::Case;
use crate::catalog::Kept;
use crate::cite::Citation;
use crate::error::CaseError;
use crate::views::{
    CaptureRow, ClaimRow, ComplaintGroup, ComplaintItem, CopyRow, DecisionRow, DocumentView, Finding,
    HitQuote, HitRow, PairRow, RegisterView, RestsRow, SearchAnswer, SearchAsk, SourceRow, VersionRow,
};
use plainsight_lens::Gloss;
use plainsight_model::{Answer, Capture, Complaint, Decision, Document, DocumentId, How, Register};
use plainsight_search::{Group, Query};
use plainsight_text::Chars;
use std::collections::{BTreeMap, BTreeSet};

/// Code points shown before and after the first hit.
const AROUND: usize = 60;

impl Case {
    /// All posts, by id.
    pub fn findings(&self) -> Result<Vec<Finding>, CaseError> {
        self.catalog.kept(Kept::Post)
    }

    /// One post, by its id or that of any quote inside.
    pub fn finding(&self, id: &str) -> Result<Option<Finding>, CaseError> {
        if let Some(found) = self.catalog.kept_one(Kept::Post, id)? {
            return Ok(Some(found));
        }
        let quote = id.replacen("pos-", "quo-", 1);
        Ok(self.findings()?.into_iter().find(|f| f.evidence.iter().any(|e| e.quote == quote)))
    }

    /// All claims, by id.
    pub fn claims(&self) -> Result<Vec<ClaimRow>, CaseError> {
        self.catalog.kept(Kept::Claim)
    }

    /// One claim.
    pub fn claim(&self, id: &str) -> Result<Option<ClaimRow>, CaseError> {
        self.catalog.kept_one(Kept::Claim, id)
    }

    /// The queue of pairs that may be one.
    pub fn names(&self) -> Result<Vec<PairRow>, CaseError> {
        self.catalog.kept(Kept::Pair)
    }

    /// Decisions that found no place after a run.
    pub fn waiting(&self) -> Result<Vec<DecisionRow>, CaseError> {
        self.catalog.kept(Kept::Waiting)
    }

    /// Registers, by id.
    pub fn registers(&self) -> Result<Vec<RegisterView>, CaseError> {
        Ok(self.catalog.registers()?.iter().map(register_view).collect())
    }

    /// Finds words in the documents.
    pub fn search(&self, ask: &SearchAsk) -> Result<SearchAnswer, CaseError> {
        let Some(index) = self.index()? else { return Ok(SearchAnswer::default()) };
        let names: Vec<String> = self.findings()?.into_iter().flat_map(|f| f.names).map(|n| n.text).collect();
        let facet = |name: &str| ask.facets.get(name).cloned();
        let query = Query {
            text: ask.text.clone(),
            substring: ask.substring,
            limit: ask.limit,
            offset: ask.offset,
            lang: facet("lang"),
            site: facet("site"),
            kind: facet("kind"),
            year: facet("year"),
            body: facet("body"),
            place: facet("place"),
            known_names: &names,
        };
        let text =
            |id: &DocumentId| self.catalog.document(id).ok().flatten().map(|(document, _)| document.text);
        let answer = index.search(&query, &text)?;
        let mut hits = Vec::new();
        for hit in answer.hits {
            let quotes: Vec<HitQuote> = hit
                .quotes
                .iter()
                .map(|q| HitQuote { start: q.start, end: q.end, text: q.text.clone() })
                .collect();
            let passage =
                text(&hit.document).map_or((0, String::new()), |text| passage(&text, quotes.first()));
            hits.push(HitRow {
                copies: self.copies_of(&hit.document)?.into_iter().map(|c| c.document).collect(),
                document: hit.document.to_string(),
                title: hit.title,
                lang: hit.lang,
                date: hit.date,
                url: hit.url,
                group: if matches!(hit.group, Group::Word) { "word" } else { "inside" }.to_owned(),
                quotes,
                passage,
            });
        }
        let facets = answer
            .facets
            .into_iter()
            .map(|(name, values)| {
                (name, values.into_iter().map(|(value, count)| (value, count as usize)).collect())
            })
            .collect();
        Ok(SearchAnswer {
            hits,
            total_word: answer.total_word,
            total_inside: answer.total_inside,
            facets,
            also: answer.also,
        })
    }

    /// A document with all that hangs on it.
    pub fn document(&self, id: &str) -> Result<Option<DocumentView>, CaseError> {
        let Ok(id) = id.parse::<DocumentId>() else { return Ok(None) };
        let Some((document, complaints)) = self.catalog.document(&id)? else { return Ok(None) };
        let findings = self.catalog.findings(&id)?.unwrap_or_default();
        let mut rests = Vec::new();
        for claim in self.claims()? {
            for e in claim.evidence.iter().filter(|e| e.document == id.to_string()) {
                rests.push(RestsRow {
                    claim: claim.claim.clone(),
                    text: claim.text.clone(),
                    quote: e.quote.clone(),
                    start: e.start,
                    end: e.end,
                    stance: e.stance.clone(),
                    read: !e.read_by.is_empty(),
                });
            }
        }
        rests.sort_by(|a, b| (a.start, a.end, &a.claim).cmp(&(b.start, b.end, &b.claim)));
        let captures = self.catalog.captures_of(&id)?;
        let footnotes = captures.iter().map(|capture| Citation::of(capture, Some(&document))).collect();
        Ok(Some(DocumentView {
            versions: self.versions_of(&document, &captures)?,
            footnotes,
            document: id.to_string(),
            kind: document.kind,
            title: document.title,
            url: document.url,
            lang: document.lang,
            script: document.script.map(|s| s.as_str().to_owned()),
            date: document.date,
            date_rule: document.date_rule,
            author: document.author,
            site_name: document.site_name,
            encoding: document.encoding,
            encoding_rule: document.encoding_rule,
            reader: document.reader,
            metadata: document.metadata,
            text: document.text,
            blocks: document.blocks,
            mentions: findings.mentions,
            excluded: findings.excluded.into_iter().map(|e| (e.span.start, e.span.end, e.why)).collect(),
            captures: captures.iter().map(capture_row).collect(),
            rests,
            copies: self.copies_of(&id)?,
            complaints,
        }))
    }

    /// What the addresses of a document's captures gave at other times, and what changed in the text.
    fn versions_of(&self, document: &Document, captures: &[Capture]) -> Result<Vec<VersionRow>, CaseError> {
        let mut others: BTreeMap<DocumentId, BTreeSet<String>> = BTreeMap::new();
        let addresses: BTreeSet<&str> =
            captures.iter().map(|c| c.uri.as_str()).filter(|uri| !uri.starts_with("file:")).collect();
        for address in addresses {
            for other in self.catalog.captures_at(address)?.into_iter().filter(|c| c.document != document.id)
            {
                others.entry(other.document).or_default().insert(other.date);
            }
        }
        let mut rows = Vec::new();
        for (id, captured) in others {
            let Some((other, _)) = self.catalog.document(&id)? else { continue };
            let lines = |text: &str| -> Vec<String> {
                text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
            };
            let (here, there) = (lines(&document.text), lines(&other.text));
            let only = |own: &[String], not: &[String]| -> Vec<String> {
                let not: BTreeSet<&String> = not.iter().collect();
                own.iter().filter(|line| !not.contains(line)).cloned().collect()
            };
            rows.push(VersionRow {
                document: id.to_string(),
                captured: captured.into_iter().collect(),
                only_here: only(&here, &there),
                only_there: only(&there, &here),
            });
        }
        rows.sort_by(|a, b| (&a.captured, &a.document).cmp(&(&b.captured, &b.document)));
        Ok(rows)
    }

    fn copies_of(&self, id: &DocumentId) -> Result<Vec<CopyRow>, CaseError> {
        let rows: Vec<(String, String, f64)> =
            self.catalog.kept_one(Kept::Copies, &id.to_string())?.unwrap_or_default();
        rows.into_iter()
            .map(|(document, how, score)| {
                let title = match document.parse() {
                    Ok(id) => self.catalog.document(&id)?.and_then(|(d, _)| d.title),
                    Err(_) => None,
                };
                Ok(CopyRow { document, title, how, score })
            })
            .collect()
    }

    /// Everything that came in, by date and id.
    pub fn sources(&self) -> Result<Vec<SourceRow>, CaseError> {
        let withdrawn = self.withdrawn()?;
        let mut rows = Vec::new();
        for capture in self.catalog.captures()? {
            let read = self.catalog.document(&capture.document)?;
            let (state, complaints) = match &read {
                _ if withdrawn.contains(&capture.document) => ("withdrawn", 0),
                None => ("waiting", 0),
                Some((document, said)) if document.text.trim().is_empty() => ("not read", said.len()),
                Some((_, said)) if said.is_empty() => ("read", 0),
                Some((_, said)) => ("partly read", said.len()),
            };
            rows.push(SourceRow {
                capture: capture_row(&capture),
                title: read.as_ref().and_then(|(d, _)| d.title.clone()),
                lang: read.as_ref().map(|(d, _)| d.lang.clone()),
                kind: read.as_ref().map(|(d, _)| d.kind.as_str().to_owned()),
                state: state.to_owned(),
                complaints,
            });
        }
        rows.sort_by(|a, b| {
            (&a.capture.date, &a.capture.capture).cmp(&(&b.capture.date, &b.capture.capture))
        });
        Ok(rows)
    }

    pub(crate) fn withdrawn(&self) -> Result<BTreeSet<DocumentId>, CaseError> {
        Ok(withdrawn_by(&self.decisions()?))
    }

    /// Complaints, grouped by what cures them.
    pub fn complaints(&self) -> Result<Vec<ComplaintGroup>, CaseError> {
        let mut groups: BTreeMap<(String, Option<String>), Vec<ComplaintItem>> = BTreeMap::new();
        let mut add = |of: String, name: String, complaint: &Complaint| {
            let what = group_words(complaint);
            groups.entry((what, complaint.cure.clone())).or_default().push(ComplaintItem {
                of,
                name,
                what: complaint.what.clone(),
                place: complaint.place.clone(),
            });
        };
        let names: BTreeMap<DocumentId, String> =
            self.catalog.captures()?.into_iter().map(|c| (c.document, c.source)).collect();
        for (id, _, complaints) in self.catalog.document_keys()? {
            for complaint in &complaints {
                add(id.to_string(), names.get(&id).cloned().unwrap_or_default(), complaint);
            }
        }
        for (source, complaints) in self.catalog.input_complaints()? {
            for complaint in &complaints {
                add(source.clone(), source.clone(), complaint);
            }
        }
        Ok(groups.into_iter().map(|((what, cure), items)| ComplaintGroup { what, cure, items }).collect())
    }

    /// A sentence term by term: sound and sense of each.
    pub fn gloss(&self, sentence: &str) -> Gloss {
        self.lens.gloss(sentence)
    }
}

/// A capture as shown.
pub fn capture_row(capture: &Capture) -> CaptureRow {
    CaptureRow {
        capture: capture.id.to_string(),
        document: capture.document.to_string(),
        uri: capture.uri.clone(),
        date: capture.date.clone(),
        sha256: capture.payload.hex(),
        bytes: capture.length,
        media_type: capture.media_type.clone(),
        how: match capture.how {
            How::Imported => "imported".to_owned(),
            How::ReceivedFrom => "received from".to_owned(),
            How::Fetched => "fetched".to_owned(),
        },
        source: capture.source.clone(),
        file: capture.place.file.clone(),
        offset: capture.place.offset,
        record: capture.place.record_id.clone(),
    }
}

/// A register as shown.
pub fn register_view(register: &Register) -> RegisterView {
    RegisterView {
        register: register.id.to_string(),
        name: register.name.clone(),
        as_of: register.as_of.clone(),
        official: register.official,
        complete: register.complete,
        rows: register.rows,
        snapshot: register.snapshot.hex(),
    }
}

/// The documents whose source these decisions say is withdrawn.
pub(crate) fn withdrawn_by(decisions: &[Decision]) -> BTreeSet<DocumentId> {
    let withdrawn = decisions.iter().filter(|decision| matches!(decision.answer, Answer::Withdraw));
    withdrawn.flat_map(|decision| decision.about.iter().filter_map(|id| id.parse().ok())).collect()
}

fn passage(text: &str, hit: Option<&HitQuote>) -> (usize, String) {
    let chars = Chars::new(text);
    let (start, end) = hit.map_or((0, 0), |h| (h.start, h.end));
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(chars.len());
    (from, chars.slice(text, from, to).to_owned())
}

fn group_words(complaint: &Complaint) -> String {
    use plainsight_model::ComplaintKind as Kind;
    match &complaint.kind {
        Kind::MissingProgram(program) => format!("the program {program} is missing"),
        Kind::Damaged => "damaged bytes".to_owned(),
        Kind::Bound => "a bound was reached".to_owned(),
        Kind::NoReader => "no reader for this kind of file".to_owned(),
        Kind::Doubtful => "read, but doubtful".to_owned(),
        Kind::Note => "worth knowing".to_owned(),
    }
}
