//! Finds what a document says: mentions, and frames that bind them.
//!
//! In: a document and a lens. Out: mentions, frames with the sentence that says
//! so, what exclusions took out, and whose page it is.
//! Never: looks at another document, reads a file, opens the network, decides
//! whether something is true, or mentions a person without a public role.
//!
//! One finder, one file. A new finder is one file and one line in `scan.rs`.

mod addresses;
mod buildings;
mod counts;
mod divisions;
mod exclusions;
mod found;
mod frames;
mod local;
mod modality;
mod names;
mod numerals;
mod organisations;
mod people;
mod phones;
mod proposed;
mod publisher;
mod roles;
mod scan;
mod sentences;
mod short_names;
mod side;
mod small_towns;
mod text;
mod towns;
mod voice;
mod words;

pub use frames::{WEIGHED, Weighed};
pub use names::{Name, NameKind, names};
pub use proposed::{PROPOSAL_VERSION, Proposal, Sifted, question, sift};

use found::Passage;
use plainsight_lens::{Gazetteer, Lens, PlaceHit, PlaceRef, TermMatch};
use plainsight_model::{Block, Document, Findings, Frame, Mention, MentionKind, Publisher, Span, TermHit};
use plainsight_text::{Chars, Day, Edtf};
use roles::RoleWords;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The version of all finders together; part of the stage's key.
pub const VERSION: &str = "9";

/// Finds what documents say, by one lens; cheap to clone.
#[derive(Clone)]
pub struct Finder {
    lens: Lens,
    roles: Arc<RoleWords>,
}

impl Finder {
    /// Makes a finder.
    pub fn new(lens: Lens) -> Self {
        let roles = Arc::new(RoleWords::new(&lens));
        Self { lens, roles }
    }

    /// Gives the lens.
    pub fn lens(&self) -> &Lens {
        &self.lens
    }

    /// Finds mentions and frames in a document. Hidden blocks are never found in.
    pub fn find(&self, document: &Document) -> Findings {
        self.with_passages(document, |passages, publisher, written| {
            let (frames, mut excluded) = frames::frames(passages, publisher.as_ref(), &self.lens, written);
            for passage in passages {
                excluded.extend(exclusions::excluded(passage, &self.lens));
            }
            excluded.sort_by(|a, b| (a.span, &a.why).cmp(&(b.span, &b.why)));
            excluded.dedup();
            let mentions = mentions(passages, &frames, &self.lens);
            Findings { mentions, frames, excluded, publisher }
        })
    }

    /// Each town abroad of a page about posts, with what speaks for a post in it: what weights are learned from.
    pub fn weighed(&self, document: &Document) -> Vec<Weighed> {
        self.with_passages(document, |passages, publisher, written| {
            frames::weighed(passages, publisher.as_ref(), &self.lens, written)
        })
    }

    /// The same of bare text, as [`Finder::find_text`] takes it.
    pub fn weighed_text(&self, text: &str, date: Option<&str>, lang: Option<&str>) -> Vec<Weighed> {
        self.weighed(&text::document_of(text, date, lang))
    }

    /// Reads the blocks of a document, and what its day and language are.
    fn with_passages<T>(
        &self,
        document: &Document,
        then: impl FnOnce(&[Passage], Option<Publisher>, (Option<Day>, Option<&str>)) -> T,
    ) -> T {
        let chars = Chars::new(&document.text);
        let day = document.date.as_deref().and_then(day_of);
        let blocks: Vec<&Block> = document.blocks.iter().filter(|block| sound(block, chars.len())).collect();
        let mut setting = scan::Setting {
            lens: &self.lens,
            roles: &self.roles,
            day,
            date: document.date.as_deref(),
            lang: Some(document.lang.as_str()).filter(|lang| !lang.is_empty() && *lang != "und"),
            countries: Vec::new(),
        };
        let texts: Vec<&str> = (blocks.iter())
            .map(|block| chars.slice(&document.text, block.span.start, block.span.end))
            .collect();
        let mut places: Vec<Vec<PlaceHit>> =
            texts.iter().map(|text| self.lens.gazetteer.find(text, day)).collect();
        let terms: Vec<Vec<TermMatch>> = texts.iter().map(|text| self.lens.find_terms(text)).collect();
        small_towns::add(&texts, &mut places, &terms, &self.lens, setting.lang);
        towns::add(&texts, &mut places, &self.lens, day);
        setting.countries = countries(places.iter().flatten(), &self.lens.gazetteer);
        let mut passages: Vec<Passage> = (blocks.into_iter().zip(places).zip(terms))
            .map(|((block, places), terms)| scan::scan(document, &chars, block, (places, terms), &setting))
            .collect();
        local::unplaced(&mut passages, &self.lens);
        local::own_bodies(&mut passages);
        local::plain_bodies(&mut passages, &self.lens);
        local::own_schemes(&mut passages);
        divisions::add(&mut passages, &self.lens);
        short_names::add(&mut passages, &self.lens);
        let publisher = publisher::publisher(document, &passages, &self.lens, day);
        then(&passages, publisher, (day, setting.lang))
    }

    /// Finds in bare text: each line is a block, of the kind that its form tells. `date` is EDTF or a moment, `lang` ISO 639-1.
    pub fn find_text(&self, text: &str, date: Option<&str>, lang: Option<&str>) -> Findings {
        self.find(&text::document_of(text, date, lang))
    }
}

/// A block whose range and cells lie in the text and that is visible. Documents come from a store
/// that somebody may have touched, so nothing is taken for granted.
fn sound(block: &Block, length: usize) -> bool {
    !block.hidden && block.span.start < block.span.end && block.span.end <= length
}

/// The first day that a date may mean.
fn day_of(date: &str) -> Option<Day> {
    Day::parse(date).or_else(|| Edtf::parse(date).ok().and_then(|edtf| edtf.first))
}

/// Countries that the document names, the most named first; ties by the gazetteer's order.
fn countries<'h>(hits: impl Iterator<Item = &'h PlaceHit>, gazetteer: &Gazetteer) -> Vec<PlaceRef> {
    let mut times: BTreeMap<PlaceRef, usize> = BTreeMap::new();
    for hit in hits {
        if let [place] = hit.places.as_slice()
            && let Some(country) = gazetteer.country_of(*place)
        {
            *times.entry(country).or_default() += 1;
        }
    }
    let mut out: Vec<(usize, PlaceRef)> = times.into_iter().map(|(place, n)| (n, place)).collect();
    out.sort_by_key(|(n, place)| (std::cmp::Reverse(*n), *place));
    out.into_iter().map(|(_, place)| place).collect()
}

/// All mentions by position. A telephone that nothing binds to a post or a body loses its key.
fn mentions(passages: &[Passage], frames: &[Frame], lens: &Lens) -> Vec<Mention> {
    let bound: BTreeMap<Span, String> = frames
        .iter()
        .flat_map(|frame| frame.slots.get("phone").into_iter().flatten())
        .map(|slot| (slot.span, slot.key.clone()))
        .collect();
    let mut list: Vec<Mention> = Vec::new();
    for passage in passages {
        for term in &passage.terms {
            let row = &lens.terms[term.number];
            list.push(Mention {
                kind: MentionKind::Term,
                span: term.span,
                text: term.text.clone(),
                key: plainsight_text::fold(&row.term),
                rule: format!("term:{}", term.kind.as_str()),
                term: Some(TermHit {
                    term: row.term.clone(),
                    kind: term.kind.as_str().to_owned(),
                    strength: term.strength.as_str().to_owned(),
                    meaning: row.meaning.clone(),
                }),
            });
        }
        let plain = |kind, span, text: &str, key: &str, rule: &str| Mention {
            kind,
            span,
            text: text.to_owned(),
            key: key.to_owned(),
            rule: rule.to_owned(),
            term: None,
        };
        for place in &passage.places {
            list.push(plain(MentionKind::Place, place.span, &place.text, &place.key, "place:gazetteer"));
        }
        for agency in &passage.agencies {
            list.push(plain(MentionKind::Agency, agency.span, &agency.text, &agency.key, "agency:pattern"));
        }
        for found in &passage.others {
            let mut key = found.key.clone();
            if found.kind == MentionKind::Phone {
                let body_beside = !passage.agencies.is_empty()
                    || passage.others.iter().any(|other| other.kind == MentionKind::Organisation);
                match bound.get(&found.span) {
                    Some(bound) => key.clone_from(bound),
                    None if !body_beside => key.clear(),
                    None => {}
                }
            }
            list.push(plain(found.kind, found.span, &found.text, &key, found.rule));
        }
    }
    list.sort_by(|a, b| (a.span, a.kind, &a.rule, &a.key).cmp(&(b.span, b.kind, &b.rule, &b.key)));
    list.dedup();
    list
}
