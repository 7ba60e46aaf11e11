//! Judging: copies, posts, claims, grades, verdicts, decisions, over the whole case.
//!
//! Runs again whenever a document, a register or a decision changed; its
//! outputs are replaced as a whole, so that nothing of an older state stays.

use crate::catalog::{Catalog, Kept};
use crate::decisions::{self, Texts};
use crate::error::CaseError;
use crate::found::Found;
use crate::progress::{NoProgress, Progress};
use crate::register_rows::KeptRows;
use crate::views::{ClaimRow, Finding, PairRow, StageRow};
use crate::{machine, replies, rows, same_name, who};
use plainsight_corroborate::{Citation, Copies, CopyInput, DocumentInput, Input, PostInput};
use plainsight_find::Finder;
use plainsight_lens::{Gazetteer, Lens};
use plainsight_model::{
    Capture, Decision, Digest, Document, DocumentId, DocumentKind, Findings, Frame, Judgements, Quote,
    Register,
};
use plainsight_resolve::{DocumentFrames, Posts};
use plainsight_text::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// What judging looks at beside the catalog.
pub struct Judging<'a> {
    /// The lens.
    pub lens: &'a Lens,
    /// Built-in and added places.
    pub gazetteer: &'a Gazetteer,
    /// Registers, by id.
    pub registers: &'a [Register],
    /// Their rows.
    pub register_rows: &'a KeptRows<'a>,
    /// Standing decisions, in the order of the ledger.
    pub decisions: &'a [Decision],
    /// All captures.
    pub captures: &'a [Capture],
}

/// A document with all that judging needs of it.
pub struct Known {
    /// The document.
    pub document: Document,
    /// What was found in it.
    pub findings: Findings,
    /// The quote of each frame.
    pub quotes: Vec<Quote>,
    /// `--site`, where given.
    pub site: Option<String>,
    /// The host of its address.
    pub host: Option<String>,
    /// First capture.
    pub captured: Option<String>,
}

/// What judging gives.
pub struct Judged {
    /// Claims with the decisions about them.
    pub claims: Vec<ClaimRow>,
    /// Posts.
    pub findings: Vec<Finding>,
    /// The queue of pairs.
    pub pairs: Vec<PairRow>,
    /// Decisions that found no place.
    pub waiting: Vec<Decision>,
    /// How many entities there are.
    pub entities: usize,
}

/// Judges everything anew.
pub fn judge(
    catalog: &Catalog,
    judging: &Judging,
    progress: &dyn Progress,
) -> Result<Vec<StageRow>, CaseError> {
    let mut stages = Vec::new();
    let start = Instant::now();
    let (copies, reused) = copies(catalog, judging.captures)?;
    let links = copies.links.len();
    stages.push(stage("copies", if reused { 0 } else { links }, if reused { links } else { 0 }, start));
    keep_copies(catalog, &copies)?;
    let judged = weigh(catalog, judging, &copies, progress, &mut stages)?;
    catalog.together(|| {
        catalog.replace(Kept::Claim, &keyed(judged.claims, |c| &c.claim))?;
        catalog.replace(Kept::Post, &keyed(judged.findings, |f| &f.post))?;
        catalog.replace(Kept::Pair, &keyed(judged.pairs, |p| &p.pair))?;
        let waiting: Vec<_> = judged.waiting.iter().map(decisions::row).collect();
        catalog.replace(Kept::Waiting, &keyed(waiting, |w| &w.decision))?;
        let standing: Vec<_> = judging.decisions.iter().map(decisions::row).collect();
        catalog.replace(Kept::Decision, &keyed(standing, |d| &d.decision))?;
        catalog.set_note("entities", &judged.entities.to_string())
    })?;
    Ok(stages)
}

/// What judging would give, with nothing written: for a decision that is only asked about.
pub fn judge_only(catalog: &Catalog, judging: &Judging) -> Result<Judged, CaseError> {
    let kept = catalog.note("copies")?;
    let copies = match &kept {
        Some(kept) => serde_json::from_str(kept)?,
        None => Copies::default(),
    };
    weigh(catalog, judging, &copies, &NoProgress, &mut Vec::new())
}

fn weigh(
    catalog: &Catalog,
    judging: &Judging,
    copies: &Copies,
    progress: &dyn Progress,
    stages: &mut Vec<StageRow>,
) -> Result<Judged, CaseError> {
    progress.stage("resolve", 0, 1, 0);
    let start = Instant::now();
    let known = load(catalog, judging, copies)?;
    let (judgements, mut waiting) = decisions::judgements(judging.decisions, &InKnown(&known, catalog));
    waiting.extend(machine::waiting(judging.decisions, &InKnown(&known, catalog)));
    let inputs: Vec<DocumentInput> = known.iter().map(Known::input).collect();
    let mut citations: BTreeMap<DocumentId, Vec<Citation>> =
        known.iter().map(|k| (k.document.id, plainsight_corroborate::citations(&k.document))).collect();
    plainsight_corroborate::resolve(&mut citations, &inputs);
    let containment = Containment { gazetteer: judging.gazetteer };
    let errors = plainsight_corroborate::copying_errors(&inputs, copies, &containment, &containment);
    let wrong: BTreeSet<(DocumentId, usize)> = errors.iter().map(|e| (e.document, e.frame)).collect();
    let posts = resolve(&known, &wrong, judging.gazetteer, &judgements, copies);
    let count = posts.posts.len();
    stages.push(stage("resolve", count, 0, start));
    progress.stage("corroborate", 0, count, 0);

    let start = Instant::now();
    let found = Found::new(&known);
    let post_inputs: Vec<PostInput> =
        posts.posts.iter().map(|p| post_input(p, &found, judging.gazetteer)).collect();
    let input = Input {
        lens: &judging.lens.settings.name,
        documents: &inputs,
        posts: &post_inputs,
        copies,
        citations: &citations,
        judgements: &judgements,
        registers: &[],
        agencies: &containment,
        places: &containment,
    };
    let claims = plainsight_corroborate::claims(&input);
    let rows = rows::Rows { judging, found: &found, posts: &posts, inputs: &post_inputs, input: &input };
    let mut claim_rows = rows.claims(&claims);
    waiting.extend(decisions::attach(judging.decisions, &mut claim_rows));
    let findings = rows.findings(&claims, &claim_rows)?;
    waiting.extend(replies::waiting(judging.decisions, &claim_rows, &findings));
    let mut pairs = rows.pairs();
    decisions::answered(judging.decisions, &mut pairs);
    let nodes = who::nodes(&claim_rows);
    let joined = same_name::join(&nodes, judging.decisions);
    let ids: Vec<String> = same_name::entities(&nodes, &joined).into_iter().map(|e| e.entity).collect();
    pairs.extend(same_name::pairs(&nodes, &joined, &ids, judging.gazetteer));
    waiting.extend(joined.waiting);
    stages.push(stage("corroborate", claims.len(), 0, start));
    Ok(Judged { entities: findings.len() + ids.len(), claims: claim_rows, findings, pairs, waiting })
}

fn stage(name: &str, done: usize, reused: usize, start: Instant) -> StageRow {
    StageRow { stage: name.into(), done, reused, complaints: 0, seconds: start.elapsed().as_secs_f64() }
}

fn keyed<T>(rows: Vec<T>, id: impl Fn(&T) -> &String) -> Vec<(String, T)> {
    rows.into_iter().map(|row| (id(&row).clone(), row)).collect()
}

/// Copies over all texts, kept under the digest of the list of texts.
fn copies(catalog: &Catalog, captures: &[Capture]) -> Result<(Copies, bool), CaseError> {
    let documents = catalog.document_keys()?;
    let mut digest = format!("{}\n", plainsight_corroborate::COPIES_VERSION);
    for (id, key, _) in &documents {
        digest.push_str(&format!("{id} {key}\n"));
    }
    let sites = sites(captures);
    for (id, site) in &sites {
        digest.push_str(&format!("{id} {site}\n"));
    }
    let key = Digest::of(digest.as_bytes()).hex();
    if catalog.note("copies key")?.as_deref() == Some(&key)
        && let Some(kept) = catalog.note("copies")?
    {
        return Ok((serde_json::from_str(&kept)?, true));
    }
    let mut inputs = Vec::with_capacity(documents.len());
    for (id, _, _) in &documents {
        let Some((document, _)) = catalog.document(id)? else { continue };
        if document.text.trim().is_empty() {
            continue;
        }
        inputs.push(CopyInput {
            id: id.to_string(),
            site: sites.get(id).cloned(),
            lang: Some(document.lang.clone()),
            date: document.date.clone(),
            ocr: document.kind == DocumentKind::Picture,
            text: document.text,
        });
    }
    let copies = plainsight_corroborate::copies(&inputs);
    catalog.set_note("copies", &serde_json::to_string(&copies)?)?;
    catalog.set_note("copies key", &key)?;
    Ok((copies, false))
}

/// The site of each document: as a person named it, else the host of its address.
fn sites(captures: &[Capture]) -> BTreeMap<DocumentId, String> {
    let mut out = BTreeMap::new();
    for capture in captures {
        if let Some(site) = capture.site.clone().or_else(|| host(&capture.uri)) {
            let kept: &mut String = out.entry(capture.document).or_insert_with(|| site.clone());
            if site < *kept {
                *kept = site;
            }
        }
    }
    out
}

/// The host of an address, without `www.` and port.
pub fn host(uri: &str) -> Option<String> {
    let rest = uri.strip_prefix("http://").or_else(|| uri.strip_prefix("https://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty()).then(|| host.to_owned())
}

fn keep_copies(catalog: &Catalog, copies: &Copies) -> Result<(), CaseError> {
    let mut by_document: BTreeMap<String, Vec<(String, String, f64)>> = BTreeMap::new();
    for link in &copies.links {
        let how = link.how.as_str().to_owned();
        for (of, other) in [(&link.a, &link.b), (&link.b, &link.a)] {
            let rows = by_document.entry(of.clone()).or_default();
            if !rows.iter().any(|(o, h, _)| o == other && *h == how) {
                rows.push((other.clone(), how.clone(), link.score));
            }
        }
    }
    catalog.together(|| catalog.replace(Kept::Copies, &by_document.into_iter().collect::<Vec<_>>()))
}

/// The documents that say anything a lens looks for, and the copies of such.
fn load(catalog: &Catalog, judging: &Judging, copies: &Copies) -> Result<Vec<Known>, CaseError> {
    let mut wanted = BTreeSet::new();
    let mut found: BTreeMap<DocumentId, Findings> = BTreeMap::new();
    for (id, _) in catalog.finding_keys()? {
        let Some(findings) = catalog.findings(&id)? else { continue };
        if !findings.frames.is_empty() {
            wanted.insert(id);
            found.insert(id, findings);
        }
    }
    wanted.extend(machine::documents(judging.decisions));
    for link in &copies.links {
        if let (Ok(a), Ok(b)) = (link.a.parse::<DocumentId>(), link.b.parse::<DocumentId>())
            && (found.contains_key(&a) || found.contains_key(&b))
        {
            wanted.extend([a, b]);
        }
    }
    let mut firsts: BTreeMap<DocumentId, &Capture> = BTreeMap::new();
    for capture in judging.captures {
        let first = firsts.entry(capture.document).or_insert(capture);
        if (&capture.date, capture.id) < (&first.date, first.id) {
            *first = capture;
        }
    }
    let mut out = Vec::new();
    for id in wanted {
        let Some((document, _)) = catalog.document(&id)? else { continue };
        let mut findings = match found.remove(&id) {
            Some(findings) => findings,
            None => catalog.findings(&id)?.unwrap_or_default(),
        };
        let finder = || Finder::new(judging.lens.clone());
        let proposed = machine::frames(judging.decisions, &finder, &document, &findings);
        findings.frames.extend(proposed);
        let capture = firsts.get(&id);
        out.push(Known {
            quotes: frame_quotes(&document, &findings),
            site: capture.and_then(|c| c.site.clone()),
            host: capture.and_then(|c| host(&c.uri)).or_else(|| document.url.as_deref().and_then(host)),
            captured: capture.map(|c| c.date.clone()),
            document,
            findings,
        });
    }
    Ok(out)
}

/// The quote of each frame; a frame whose span leaves the text quotes its first character, so that numbers stay parallel.
fn frame_quotes(document: &Document, findings: &Findings) -> Vec<Quote> {
    let cut = |frame: &Frame| {
        Quote::cut(document.id, &document.text, frame.span)
            .or_else(|| Quote::cut(document.id, &document.text, plainsight_model::Span::new(0, 1)))
    };
    findings.frames.iter().filter_map(cut).collect()
}

impl Known {
    fn input(&self) -> DocumentInput<'_> {
        DocumentInput {
            document: &self.document,
            findings: &self.findings,
            site: self.site.clone(),
            host: self.host.clone(),
            captured: self.captured.clone(),
        }
    }

    /// The publication day, where it is exact.
    pub fn day(&self) -> Option<Day> {
        self.document.date.as_deref().and_then(Day::parse)
    }
}

/// A document's frames that are no copying errors: their numbers, themselves, their quotes.
type KeptFrames = (DocumentId, Option<Day>, Vec<usize>, Vec<Frame>, Vec<Quote>);

/// Merges frames into posts, leaving out those that a copy got wrong.
fn resolve(
    known: &[Known],
    wrong: &BTreeSet<(DocumentId, usize)>,
    gazetteer: &Gazetteer,
    judgements: &Judgements,
    copies: &Copies,
) -> Posts {
    let mut kept: Vec<KeptFrames> = Vec::new();
    for document in known {
        let numbers: Vec<usize> = (0..document.quotes.len().min(document.findings.frames.len()))
            .filter(|n| !wrong.contains(&(document.document.id, *n)))
            .collect();
        let frames = numbers.iter().map(|n| document.findings.frames[*n].clone()).collect();
        let quotes = numbers.iter().map(|n| document.quotes[*n].clone()).collect();
        kept.push((document.document.id, document.day(), numbers, frames, quotes));
    }
    let input: Vec<DocumentFrames> = kept
        .iter()
        .map(|(document, day, _, frames, quotes)| DocumentFrames {
            document: *document,
            day: *day,
            frames,
            quotes,
        })
        .collect();
    let seeds: BTreeMap<DocumentId, DocumentId> = copies
        .clusters
        .iter()
        .filter(|c| c.id != c.cluster)
        .filter_map(|c| Some((c.id.parse().ok()?, c.cluster.parse().ok()?)))
        .collect();
    let mut posts = plainsight_resolve::resolve_posts(&input, gazetteer, judgements, &seeds);
    // Back from the numbers of the kept frames to those of all frames.
    let numbers: BTreeMap<DocumentId, &Vec<usize>> = kept.iter().map(|(id, _, n, _, _)| (*id, n)).collect();
    let back = |refs: &mut Vec<(DocumentId, usize)>| {
        for (document, number) in refs {
            if let Some(old) = numbers.get(document).and_then(|n| n.get(*number)) {
                *number = *old;
            }
        }
    };
    for post in &mut posts.posts {
        back(&mut post.frames);
        back(&mut post.same_error);
    }
    back(&mut posts.loose);
    posts
}

fn post_input(post: &plainsight_resolve::Post, found: &Found, gazetteer: &Gazetteer) -> PostInput {
    let city = post.city.or(post.country).map(|p| gazetteer.get(p).name.clone());
    let operator = post.operators.first().map(|key| found.body_name(key));
    let text = match (operator, city) {
        (Some(operator), Some(city)) => format!("the post of {operator} in {city}"),
        (None, Some(city)) => match post.names.first() {
            Some(name) => format!("the post “{name}” in {city}"),
            None => format!("a post in {city}"),
        },
        (Some(operator), None) => format!("the post of {operator} at an unnamed place"),
        (None, None) => post.names.first().map_or_else(|| "a post".to_owned(), |n| format!("the post “{n}”")),
    };
    let mark = post.operators.first().or(post.phones.first()).or(post.addresses.first());
    let key = format!("{}|{}", post.place, mark.map_or("", String::as_str));
    PostInput { id: post.id, key, text, frames: post.frames.clone() }
}

/// Which agency or place lies in which, by the gazetteer.
struct Containment<'a> {
    gazetteer: &'a Gazetteer,
}

impl plainsight_corroborate::Containment for Containment<'_> {
    fn contains(&self, outer: &str, inner: &str) -> bool {
        if outer == inner {
            return true;
        }
        if outer.contains('|') || inner.contains('|') {
            return plainsight_resolve::compatible(outer, inner, self.gazetteer)
                && self.place_contains(head(outer), head(inner));
        }
        self.place_contains(outer, inner)
    }
}

impl Containment<'_> {
    fn place_contains(&self, outer: &str, inner: &str) -> bool {
        let (Some(outer), Some(inner)) = (self.gazetteer.by_key(outer), self.gazetteer.by_key(inner)) else {
            return false;
        };
        self.gazetteer.chain(inner).contains(&outer)
    }
}

fn head(key: &str) -> &str {
    key.split('|').next().unwrap_or(key)
}

/// Texts of the documents at hand, else of the catalog: a decision may rest on a document without frames.
struct InKnown<'a>(&'a [Known], &'a Catalog);

impl Texts for InKnown<'_> {
    fn text(&self, document: &DocumentId) -> Option<String> {
        if let Some(known) = self.0.iter().find(|k| k.document.id == *document) {
            return Some(known.document.text.clone());
        }
        self.1.document(document).ok().flatten().map(|(document, _)| document.text)
    }
    fn quotes(&self, document: &DocumentId) -> Vec<Quote> {
        self.0.iter().find(|k| k.document.id == *document).map(|k| k.quotes.clone()).unwrap_or_default()
    }
}
