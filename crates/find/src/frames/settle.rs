//! An address that a sentence names itself outweighs what it inherits.
//!
//! "The centre at Invented Street 5" after a sentence about another town is in
//! the town where Invented Street 5 was said to be, not in the town named last.

use super::Page;
use super::memory::Memory;
use plainsight_model::{Frame, Modality, Slot};
use std::collections::BTreeMap;

/// Slots that are inherited from the post named last.
const INHERITED: [&str; 3] = ["place", "operator", "name"];

/// Replaces inherited slots of frames with an address of their own by those
/// that stood beside the same address, or takes them out. `posts` is how many the document names.
pub(super) fn settle(frames: &mut [Frame], posts: usize) {
    // Where only one post was named there is no other whose slots it could have inherited.
    if posts < 2 {
        return;
    }
    let mut said: BTreeMap<(String, &str), Slot> = BTreeMap::new();
    for frame in frames.iter() {
        let Some(address) = own(frame, "address") else { continue };
        for name in INHERITED {
            if let Some(slot) = own(frame, name) {
                said.entry((address.key.clone(), name)).or_insert_with(|| slot.clone());
            }
        }
    }
    for frame in frames {
        // A row or item inherits from the heading over it, not from a sentence before it.
        if frame.rule.ends_with("row") || frame.rule.ends_with("item") {
            continue;
        }
        let Some(address) = own(frame, "address").map(|slot| slot.key.clone()) else { continue };
        // "Close the centre in Halvik, the station at Weg 5 and …": the address
        // was said to be in another town, so it belongs to another post.
        let elsewhere = said
            .get(&(address.clone(), "place"))
            .is_some_and(|slot| own(frame, "place").is_some_and(|place| place.key != slot.key));
        if elsewhere {
            frame.slots.remove("address");
            continue;
        }
        for name in INHERITED {
            let inherits = frame.slots.get(name).is_some_and(|fills| fills.iter().all(|slot| slot.inferred));
            if !inherits {
                continue;
            }
            match said.get(&(address.clone(), name)) {
                Some(slot) => {
                    frame.slots.insert(name.to_owned(), vec![Slot { inferred: true, ..slot.clone() }]);
                }
                None if name != "place" => {
                    frame.slots.remove(name);
                }
                None => {}
            }
        }
    }
}

/// Gives the rows and items of a list, and every post on the operator's own page, the only operator that the
/// document names. A sentence about another post may be about anybody's.
pub(super) fn only_operator(frames: &mut [Frame], memory: &Memory, page: &Page) {
    let Some(operator) =
        memory.operator.clone().filter(|slot| page.only_operator.as_ref() == Some(&slot.key))
    else {
        return;
    };
    let own = page.publisher.is_some_and(|publisher| publisher.key == operator.key);
    let sure = |frame: &&mut Frame| {
        let listed = frame.rule.ends_with("row") || frame.rule.ends_with("item");
        frame.kind == "post" && (own || listed) && !frame.slots.contains_key("operator")
    };
    for frame in frames.iter_mut().filter(sure) {
        frame.slots.insert("operator".to_owned(), vec![operator.clone()]);
    }
}

/// Gives the rows and items of a list what was said before it of all of them: what they offer, who keeps them. A row
/// that says so itself has its own.
pub(super) fn listed(frames: &mut [Frame], slot: &str, said: &[Slot]) {
    let bare = |frame: &&mut Frame| {
        let listed = frame.rule.ends_with("row") || frame.rule.ends_with("item");
        let there = frame.kind == "post" && frame.modality != Modality::Denied;
        there && listed && !frame.slots.contains_key(slot)
    };
    if !said.is_empty() {
        for frame in frames.iter_mut().filter(bare) {
            frame.slots.insert(slot.to_owned(), said.to_vec());
        }
    }
}

/// The one fill of a slot that stands in the sentence itself.
fn own<'f>(frame: &'f Frame, name: &str) -> Option<&'f Slot> {
    match frame.slots.get(name)?.as_slice() {
        [slot] if !slot.inferred => Some(slot),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::{Span, Voice};

    fn frame(slots: &[(&str, &str, bool)]) -> Frame {
        let slot =
            |key: &str, inferred| Slot { span: Span::new(0, 1), text: key.into(), key: key.into(), inferred };
        Frame {
            kind: "post".into(),
            span: Span::new(0, 1),
            slots: slots
                .iter()
                .map(|(name, key, inferred)| ((*name).into(), vec![slot(key, *inferred)]))
                .collect(),
            voice: Voice::default(),
            modality: Modality::Asserted,
            status: None,
            rule: "post:sentence".into(),
        }
    }

    #[test]
    fn the_address_brings_its_own_town_and_no_strange_operator() {
        let mut frames = vec![
            frame(&[("address", "weg 5", false), ("place", "Quelland/Torsund", false)]),
            frame(&[
                ("address", "weg 5", false),
                ("place", "Quelland/Halvik", true),
                ("operator", "x", true),
            ]),
        ];
        settle(&mut frames, 2);
        assert_eq!(frames[1].slots["place"][0].key, "Quelland/Torsund");
        assert!(!frames[1].slots.contains_key("operator"));
    }

    #[test]
    fn an_address_is_not_in_two_towns() {
        let mut frames = vec![
            frame(&[("address", "weg 5", false), ("place", "Quelland/Torsund", false)]),
            frame(&[("address", "weg 5", false), ("place", "Quelland/Halvik", false)]),
        ];
        settle(&mut frames, 2);
        assert!(frames[0].slots.contains_key("address"));
        assert!(!frames[1].slots.contains_key("address"));
    }
}
