//! What the finders of one block give, before frames are made.

use crate::addresses::STREET_ALONE;
use crate::buildings::INSIDE;
use plainsight_lens::{PlaceRef, Strength, TermKind};
use plainsight_model::{Block, MentionKind, Side, Slot, Span};
use plainsight_resolve::AgencySlots;

/// A mention of any kind but term, place and agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub kind: MentionKind,
    pub span: Span,
    pub text: String,
    pub key: String,
    pub rule: &'static str,
    /// The year comes from the page's date.
    pub inferred: bool,
}

/// A term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermAt {
    pub span: Span,
    pub text: String,
    pub number: usize,
    pub kind: TermKind,
    pub strength: Strength,
}

/// A place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceAt {
    pub span: Span,
    pub text: String,
    pub place: PlaceRef,
    pub key: String,
    pub country: Option<PlaceRef>,
    /// A whole state.
    pub is_country: bool,
    /// Part of the name of a body, an association or a post's term.
    pub inside: bool,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AgencyAt {
    pub span: Span,
    pub text: String,
    pub key: String,
    pub side: Side,
    pub slots: AgencySlots,
    /// The country of its place.
    pub country: Option<PlaceRef>,
    /// A police or like body of a division: may operate a post.
    pub operator: bool,
}

/// A block with everything that was found in it.
pub(crate) struct Passage<'d> {
    pub block: &'d Block,
    pub letters: Vec<char>,
    /// Sentences as spans of the document.
    pub sentences: Vec<Span>,
    /// These four by their starts: what lies in a sentence is looked up, not looked for.
    pub terms: Vec<TermAt>,
    pub places: Vec<PlaceAt>,
    pub agencies: Vec<AgencyAt>,
    pub others: Vec<Found>,
}

impl Passage<'_> {
    /// The first code point of the block in the document.
    pub fn start(&self) -> usize {
        self.block.span.start
    }
    /// Cuts a span of the document that lies in this block.
    pub fn cut(&self, span: Span) -> String {
        let from = span.start.saturating_sub(self.start()).min(self.letters.len());
        let to = span.end.saturating_sub(self.start()).clamp(from, self.letters.len());
        self.letters[from..to].iter().collect()
    }
    /// Mentions of a kind inside a span.
    pub fn of(&self, kind: MentionKind, span: Span) -> impl Iterator<Item = &Found> {
        within(&self.others, span, |found| found.span).filter(move |found| found.kind == kind)
    }
    /// Terms inside a span.
    pub fn terms_in(&self, span: Span) -> impl Iterator<Item = &TermAt> {
        within(&self.terms, span, |term| term.span)
    }
    /// Places inside a span.
    pub fn places_in(&self, span: Span) -> impl Iterator<Item = &PlaceAt> {
        within(&self.places, span, |place| place.span)
    }
    /// Bodies inside a span.
    pub fn agencies_in(&self, span: Span) -> impl Iterator<Item = &AgencyAt> {
        within(&self.agencies, span, |agency| agency.span)
    }
    /// Whether a span is part of the name of an association or of a street.
    pub fn owns(&self, span: Span) -> bool {
        reaching(&self.others, span, |other| other.span).any(|other| {
            matches!(other.kind, MentionKind::Organisation | MentionKind::Address)
                && other.span.overlaps(&span)
        })
    }
    /// A slot of a span.
    pub fn slot(&self, span: Span, key: impl Into<String>) -> Slot {
        Slot { span, text: self.cut(span), key: key.into(), inferred: false }
    }
}

/// What lies in a span, of a list that is sorted by starts.
fn within<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span + Copy) -> impl Iterator<Item = &T> {
    let from = list.partition_point(|one| of(one).start < span.start);
    let to = list.partition_point(|one| of(one).start < span.end).max(from);
    list[from..to].iter().filter(move |one| span.contains(&of(one)))
}

/// What may reach into a span, of a list that is sorted by starts: few begin so near to each other that they
/// reach the same span.
pub(crate) fn reaching<T>(list: &[T], span: Span, of: impl Fn(&T) -> Span) -> impl Iterator<Item = &T> {
    const NEAR: usize = 8;
    let next = list.partition_point(|one| of(one).start < span.end);
    list[..next].iter().rev().take(NEAR)
}

impl Found {
    /// Of an address: whether it is a street with its number, by which a post is known.
    pub fn numbered(&self) -> bool {
        self.rule != STREET_ALONE && self.rule != INSIDE
    }
    /// Itself as a slot.
    pub fn slot(&self) -> Slot {
        Slot { span: self.span, text: self.text.clone(), key: self.key.clone(), inferred: self.inferred }
    }
}

/// Whether two spans touch or overlap.
pub(crate) fn gap(a: Span, b: Span) -> usize {
    if a.overlaps(&b) { 0 } else { b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end)) }
}
