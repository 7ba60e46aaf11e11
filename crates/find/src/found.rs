//! What the finders of one block give, before frames are made.

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
        self.others.iter().filter(move |found| found.kind == kind && span.contains(&found.span))
    }
    /// Terms inside a span.
    pub fn terms_in(&self, span: Span) -> impl Iterator<Item = &TermAt> {
        self.terms.iter().filter(move |term| span.contains(&term.span))
    }
    /// Places inside a span.
    pub fn places_in(&self, span: Span) -> impl Iterator<Item = &PlaceAt> {
        self.places.iter().filter(move |place| span.contains(&place.span))
    }
    /// Bodies inside a span.
    pub fn agencies_in(&self, span: Span) -> impl Iterator<Item = &AgencyAt> {
        self.agencies.iter().filter(move |agency| span.contains(&agency.span))
    }
    /// Whether a span is part of the name of an association or of a street.
    pub fn owns(&self, span: Span) -> bool {
        // Mentions stand by position, and few begin so near to each other that they reach the same span.
        const NEAR: usize = 8;
        let next = self.others.partition_point(|other| other.span.start < span.end);
        self.others[..next].iter().rev().take(NEAR).any(|other| {
            matches!(other.kind, MentionKind::Organisation | MentionKind::Address)
                && other.span.overlaps(&span)
        })
    }
    /// A slot of a span.
    pub fn slot(&self, span: Span, key: impl Into<String>) -> Slot {
        Slot { span, text: self.cut(span), key: key.into(), inferred: false }
    }
}

impl Found {
    /// Itself as a slot.
    pub fn slot(&self) -> Slot {
        Slot { span: self.span, text: self.text.clone(), key: self.key.clone(), inferred: self.inferred }
    }
}

/// Whether two spans touch or overlap.
pub(crate) fn gap(a: Span, b: Span) -> usize {
    if a.overlaps(&b) { 0 } else { b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end)) }
}
