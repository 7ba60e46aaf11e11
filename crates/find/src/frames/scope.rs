//! What a heading, a caption, a title or a line with a colon says of the rows and items below it.

use super::Page;
use super::award;
use super::memory::inferred;
use super::name;
use super::unit::Unit;
use crate::exclusions;
use crate::found::Passage;
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{BlockKind, Slot};

/// A paragraph of so many characters leads to a list as a whole.
const LONGEST_LEAD: usize = 200;

/// What rows and items inherit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    heading: Level,
    title: Level,
    /// The last place abroad that a heading named.
    pub place: Option<Slot>,
    in_list: bool,
}

/// What one heading says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    /// It names posts.
    pub opens: bool,
    /// It names what looks alike.
    pub excluded: bool,
    pub name: Option<Slot>,
    pub operator: Option<Slot>,
    /// It names what the items below were honoured with: 优秀海外警侨服务站（4个）.
    pub award: Option<Slot>,
}

impl Scope {
    /// Takes a block in before its frames are made.
    pub fn enter(&mut self, passage: &Passage, page: &Page) {
        let item = matches!(passage.block.kind, BlockKind::ListItem | BlockKind::TableRow);
        let was_in_list = std::mem::replace(&mut self.in_list, item);
        match passage.block.kind {
            BlockKind::Title => self.title = level(passage, page),
            BlockKind::Heading | BlockKind::Caption => self.take(passage, page),
            BlockKind::Paragraph if ends_with_a_colon(passage) => self.take(passage, page),
            // A paragraph after a list ends what was said of the list.
            BlockKind::Paragraph | BlockKind::Quote | BlockKind::Message if was_in_list => {
                self.heading.opens = false;
            }
            _ => {}
        }
    }

    fn take(&mut self, passage: &Passage, page: &Page) {
        let new = level(passage, page);
        let place = passage.places.iter().find(|place| !place.inside && page.abroad(place.place));
        let place = place.map(|place| inferred(passage.slot(place.span, place.key.clone())));
        // A heading that only names a country stands under the one about posts.
        let below = !new.opens && !new.excluded && place.is_some() && passage.letters.len() <= 40;
        if !below {
            let operator = new.operator.clone().or_else(|| self.title.operator.clone());
            self.heading = Level { operator, ..new };
        }
        self.place = place;
    }

    /// What is inherited by an item or row; `None` where the heading is not about posts.
    pub fn level(&self) -> Option<&Level> {
        if self.heading.excluded {
            return None;
        }
        if self.heading.opens {
            return Some(&self.heading);
        }
        self.title.opens.then_some(&self.title)
    }

    /// Whether the heading itself, and not only the title, names posts.
    pub fn near(&self) -> bool {
        self.heading.opens && !self.heading.excluded
    }

    /// What the heading says that its items were honoured with.
    pub fn award(&self) -> Option<Slot> {
        self.heading.award.clone()
    }

    /// The operator that headings or title name.
    pub fn operator(&self) -> Option<Slot> {
        self.heading.operator.clone().or_else(|| self.title.operator.clone())
    }
}

pub(super) fn ends_with_a_colon(passage: &Passage) -> bool {
    passage.letters.iter().rev().find(|c| !c.is_whitespace()).is_some_and(|c| matches!(c, ':' | '：'))
}

fn level(passage: &Passage, page: &Page) -> Level {
    // Of a long paragraph only the sentence that ends in the colon speaks of what follows.
    let last = passage.sentences.last().copied().filter(|_| passage.letters.len() > LONGEST_LEAD);
    let unit = Unit::new(passage, last.unwrap_or(passage.block.span), page);
    let operator = unit.operators().last();
    let lifted = operator.is_some()
        || unit.terms().any(|term| term.kind == TermKind::Body && term.strength == Strength::Strong);
    let opener = unit
        .terms()
        .filter(|term| term.kind.is_post())
        .find(|term| term.strength == Strength::Strong || term.strength == Strength::Weak && lifted);
    let excluded = opener.is_none() && exclusions::any(passage, passage.block.span);
    Level {
        opens: opener.is_some(),
        excluded,
        name: opener.map(|term| inferred(name::name(&unit, term))),
        operator: operator.map(|agency| inferred(passage.slot(agency.span, agency.key.clone()))),
        award: award::of_heading(passage).map(inferred),
    }
}
