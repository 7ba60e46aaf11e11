//! What later sentences may refer back to: the posts named so far.

use super::another::ANOTHER;
use super::unit::Unit;
use super::{Page, places};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{Frame, Modality, Slot, Span};

/// The number of statements after which “the office” refers to nothing any more.
const REACH: usize = 14;

/// The number of statements over which a town is carried to the name of the office in it.
const NEAR: usize = 3;

/// The longest line of a talk, in characters.
const SHORT: usize = 80;

/// A post as later sentences may mean it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Anchor {
    pub name: Option<Slot>,
    pub operator: Option<Slot>,
    pub place: Option<Slot>,
    pub address: Option<Slot>,
}

/// The posts named so far.
#[derive(Default)]
pub(crate) struct Memory {
    /// Those of the last statement that named any.
    pub last: Vec<Anchor>,
    /// All with a place, in order.
    pub all: Vec<Anchor>,
    /// The operators named so far.
    pub operator: Option<Slot>,
    now: usize,
    last_at: usize,
    /// The block of that statement.
    last_block: Option<Span>,
    /// When an exclusion was spoken of last.
    decoy_at: Option<usize>,
    /// The only town abroad of the last statement that spoke of an office without saying whose.
    hinted: Option<(Slot, usize)>,
}

impl Memory {
    /// Takes a statement in. `decoy` tells that it was about something that an exclusion took out:
    /// then “the centre” means that.
    pub fn learn(&mut self, unit: &Unit, made: &[Frame], decoy: bool, page: &Page) {
        self.now += 1;
        let office = unit.terms().any(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun);
        if office
            && !decoy
            && page.operators > 0
            && let Some(town) = places::only_town(unit.passage, unit.span, page)
        {
            self.hinted = Some((town, self.now));
        }
        if let Some(agency) = unit.operators().last() {
            self.operator = Some(inferred(unit.passage.slot(agency.span, agency.key.clone())));
        }
        let anchors: Vec<Anchor> = made.iter().filter(|frame| frame.kind == "post").map(anchor).collect();
        if anchors.is_empty() {
            if decoy {
                self.decoy_at = Some(self.now);
            }
            return;
        }
        for anchor in anchors.iter().filter(|anchor| anchor.place.is_some()) {
            if !self.all.iter().any(|known| same_place(known, anchor)) {
                self.all.push(anchor.clone());
            }
        }
        self.last_at = self.now;
        self.last_block = Some(unit.passage.block.span);
        self.decoy_at = None;
        // One more somewhere else, or one that is only planned, is spoken of in passing.
        let passing = made.iter().all(|frame| {
            frame.rule == ANOTHER || matches!(frame.modality, Modality::Planned | Modality::Denied)
        });
        if !passing || self.last.is_empty() {
            let main = made.iter().filter(|frame| frame.kind == "post" && (passing || frame.rule != ANOTHER));
            self.last = main.map(anchor).collect();
        }
    }

    /// Whether something that an exclusion took out was spoken of just now: then “the centre” means that.
    fn decoy_near(&self) -> bool {
        self.decoy_at.is_some_and(|at| self.now - at < NEAR)
    }

    /// Whether the statement just before this one named several posts.
    pub fn several_just_now(&self) -> bool {
        self.last.len() > 1 && self.now == self.last_at
    }

    /// The one post of the statement just before this one: the next sentence of a block goes on about it.
    pub fn just_before(&self, block: Span) -> Option<&Anchor> {
        let [one] = self.last.as_slice() else { return None };
        let away = self.now - self.last_at;
        // Short lines are a talk: what comes after a question still is about the same.
        let near = away == 0 || away < NEAR && (self.last_block == Some(block) || block.len() <= SHORT);
        (near && one.place.is_some() && !self.decoy_near()).then_some(one)
    }

    /// The only post that was named in a town so far.
    pub fn known(&self, town: &str) -> Option<&Anchor> {
        let mut there =
            self.all.iter().filter(|anchor| anchor.place.as_ref().is_some_and(|place| place.key == town));
        let first = there.next()?;
        there.next().is_none().then_some(first)
    }

    /// The town of an office spoken of just before, for a strong name that stands without one.
    pub fn hint(&self, strength: Strength) -> Option<Slot> {
        let (town, at) = self.hinted.as_ref()?;
        (strength == Strength::Strong && self.all.is_empty() && self.now - at <= NEAR).then(|| town.clone())
    }

    /// The posts that a noun such as “the bureau” means here, if any.
    pub fn referred(&self) -> &[Anchor] {
        let near = self.now.saturating_sub(self.last_at) <= REACH;
        if near && !self.decoy_near() { &self.last } else { &[] }
    }

    /// The name that a short one means: “the station” is the only post named so far whose name ends so.
    pub fn full_name(&self, short: Slot) -> Slot {
        let longer = |name: &Slot| {
            let border = name.key.strip_suffix(short.key.as_str()).and_then(|rest| rest.chars().next_back());
            border.is_some_and(|c| c == ' ' || plainsight_text::is_han(c))
        };
        let mut names: Vec<&Slot> = self.all.iter().filter_map(|anchor| anchor.name.as_ref()).collect();
        names.retain(|name| longer(name));
        names.sort_by(|a, b| a.key.cmp(&b.key));
        names.dedup_by(|a, b| a.key == b.key);
        match names.as_slice() {
            [one] => inferred((*one).clone()),
            _ => short,
        }
    }

    /// Whether any post was named before.
    pub fn knows_posts(&self) -> bool {
        !self.all.is_empty()
    }
}

fn same_place(a: &Anchor, b: &Anchor) -> bool {
    let key = |slot: &Option<Slot>| slot.as_ref().map(|slot| slot.key.clone());
    // Two addresses of one town are two posts.
    key(&a.place) == key(&b.place)
        && (a.address.is_none() || b.address.is_none() || key(&a.address) == key(&b.address))
}

/// The post of a frame, as later sentences may mean it.
pub(super) fn anchor(frame: &Frame) -> Anchor {
    let first = |name: &str| frame.slots.get(name).and_then(|list| list.first()).cloned().map(inferred);
    Anchor {
        name: first("name"),
        operator: first("operator"),
        place: first("place"),
        address: first("address"),
    }
}

/// The slot as it is copied into another statement.
pub(crate) fn inferred(slot: Slot) -> Slot {
    Slot { inferred: true, ..slot }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_means_the_only_longer_one() {
        let slot = |text: &str| Slot {
            span: Span::new(0, 1),
            text: text.into(),
            key: plainsight_text::fold(text),
            inferred: false,
        };
        let memory = |names: &[&str]| Memory {
            all: names.iter().map(|name| Anchor { name: Some(slot(name)), ..Anchor::default() }).collect(),
            ..Memory::default()
        };
        for (known, short, want) in [
            (vec!["盐港海外警务联络点"], "联络点", "盐港海外警务联络点"),
            (vec!["overzees servicepunt"], "servicepunt", "overzees servicepunt"),
            (vec!["centro de servicios policiales"], "oficina", "oficina"),
            (vec!["盐港警务站", "溯岩警务站"], "警务站", "警务站"),
            (vec!["substation"], "station", "station"),
        ] {
            assert_eq!(memory(&known).full_name(slot(short)).text, want, "{short}");
        }
    }
}
