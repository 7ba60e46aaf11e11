//! One statement: a sentence, item or row with its voice and modality.

use super::Page;
use crate::exclusions;
use crate::found::{AgencyAt, Found, Passage, TermAt};
use crate::modality::modality;
use crate::voice::{quoted, voice};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{BlockKind, Frame, MentionKind, Modality, Side, Slot, SlotName, Span, Status, Voice};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// A statement.
pub(crate) struct Unit<'u, 'd> {
    pub passage: &'u Passage<'d>,
    pub span: Span,
    page: &'u Page<'u>,
    /// Most statements bind nothing, and nobody asks who says them.
    said: OnceCell<(Voice, Modality)>,
}

pub(crate) type Slots = BTreeMap<SlotName, Vec<Slot>>;

impl<'u, 'd> Unit<'u, 'd> {
    /// A statement of a passage.
    pub fn new(passage: &'u Passage<'d>, span: Span, page: &'u Page<'u>) -> Self {
        Unit { passage, span, page, said: OnceCell::new() }
    }

    /// The page that it stands on.
    pub fn page(&self) -> &'u Page<'u> {
        self.page
    }

    /// Who says it.
    pub fn voice(&self) -> &Voice {
        &self.said().0
    }

    /// How surely it is said.
    pub fn modality(&self) -> Modality {
        self.said().1
    }

    fn said(&self) -> &(Voice, Modality) {
        self.said.get_or_init(|| said(self.passage, self.span, self.page))
    }

    /// The statement's words.
    pub fn text(&self) -> String {
        self.passage.cut(self.span)
    }

    /// Its terms.
    pub fn terms(&self) -> impl Iterator<Item = &'u TermAt> {
        self.passage.terms_in(self.span)
    }

    /// Its terms of a kind.
    pub fn terms_of(&self, kind: TermKind) -> impl Iterator<Item = &'u TermAt> {
        self.terms().filter(move |term| term.kind == kind)
    }

    /// Whether a strong term that names a post stands in it.
    pub fn strong_post(&self) -> bool {
        self.terms().any(|term| term.kind.is_post() && term.strength == Strength::Strong)
    }

    /// The operators in it.
    pub fn operators(&self) -> impl Iterator<Item = &'u AgencyAt> {
        self.passage.agencies_in(self.span).filter(|agency| agency.operator)
    }

    /// Its addresses; a street without a number and a floor of a building are none that tell of a post.
    pub fn addresses(&self) -> impl Iterator<Item = &'u Found> {
        self.passage.of(MentionKind::Address, self.span).filter(|found| found.numbered())
    }

    /// Whether a body that is no operator acts in it, or an enterprise, a museum, a story: “the embassy has a
    /// second office in X”. A body that only says so does not act.
    pub fn others_act(&self) -> bool {
        let spoken = |span: Span| self.voice().phrase.is_some_and(|phrase| phrase.contains(&span));
        let operators = self.operators().next().is_some();
        self.passage.agencies_in(self.span).any(|agency| !agency.operator && !spoken(agency.span))
            || self.terms_of(TermKind::Body).any(|term| !operators && !spoken(term.span))
            || exclusions::of_others(&plainsight_text::fold(&self.text()))
    }

    /// Makes a frame of this statement.
    pub fn frame(&self, kind: &str, slots: Slots, status: Option<Status>, rule: &str) -> Frame {
        Frame {
            kind: kind.to_owned(),
            span: self.span,
            slots,
            voice: self.voice().clone(),
            modality: self.modality(),
            status,
            rule: rule.to_owned(),
        }
    }

    /// Whose side says it: the one credited, else the page's own.
    pub fn side(&self, page: &Page) -> Side {
        match &self.voice().speaker {
            Some(_) => self.voice().side,
            None => page.publisher.map_or(Side::Unknown, |publisher| publisher.side),
        }
    }

    /// The status that saying a post is there gives it.
    pub fn status(&self, page: &Page) -> Option<Status> {
        match (self.modality(), self.side(page)) {
            (Modality::Denied, Side::SendingMission | Side::SendingBody) => {
                Some(Status::DeniedBySendingState)
            }
            (Modality::Denied, Side::HostBody) => Some(Status::DeniedByHostBody),
            (Modality::Asserted | Modality::Reported, side) => match side {
                Side::SendingBody => Some(Status::ClaimedByOperator),
                Side::HostState => Some(Status::ConfirmedByHostState),
                Side::Outlet | Side::Ngo => Some(Status::Reported),
                _ => None,
            },
            _ => None,
        }
    }

    /// The body that speaks or acts, as a slot: the speaker where it stands in the statement, else a body in it.
    pub fn by(&self, page: &Page) -> Option<Slot> {
        if let (Some(speaker), Some(phrase)) = (&self.voice().speaker, self.voice().phrase) {
            let letters: Vec<char> = self.passage.cut(phrase).chars().collect();
            let wanted: Vec<char> = speaker.chars().collect();
            if let Some(at) =
                letters.windows(wanted.len().max(1)).position(|window| window == wanted.as_slice())
            {
                let span = Span::new(phrase.start + at, phrase.start + at + wanted.len());
                return Some(self.passage.slot(span, self.voice().key.clone().unwrap_or_default()));
            }
        }
        let term = self.terms_of(TermKind::HostStateBody).next();
        if let Some(term) = term {
            return Some(
                self.passage.slot(term.span, plainsight_text::fold(&page.lens.terms[term.number].term)),
            );
        }
        let agency = self.passage.agencies_in(self.span).find(|agency| agency.side == Side::HostState);
        agency.map(|agency| self.passage.slot(agency.span, agency.key.clone()))
    }

    /// The day of an act: the only date of the statement.
    pub fn on(&self) -> Option<Slot> {
        let mut dates = self.passage.of(MentionKind::Date, self.span);
        let first = dates.next()?;
        dates.next().is_none().then(|| first.slot())
    }
}

/// Reads voice and modality of a statement.
fn said(passage: &Passage, span: Span, page: &Page) -> (Voice, Modality) {
    let mut voice = voice(passage, span, page.lens, page.day);
    let kinds: Vec<TermKind> = passage.terms_in(span).map(|term| term.kind).collect();
    let opener = passage.terms_in(span).find(|term| term.kind.is_post()).map(|term| term.span);
    voice.verbatim |= passage.block.kind == BlockKind::Quote;
    voice.verbatim |= voice.speaker.is_some() && opener.is_some_and(|inner| quoted(passage, span, inner));
    let modality = modality(&passage.cut(span), &kinds, voice.phrase.is_some());
    (voice, modality)
}

/// Puts a slot in unless one of the same key is there.
pub(crate) fn put(slots: &mut Slots, name: &str, slot: Slot) {
    let list = slots.entry(name.to_owned()).or_default();
    if list.iter().all(|known| known.key != slot.key) {
        list.push(slot);
    }
}
