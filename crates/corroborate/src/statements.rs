//! What one frame says about its post, predicate by predicate.

use crate::gather::{Item, is_party};
use plainsight_model::{Frame, Modality, Predicate, Side, Slot, Stance, Status};

/// Slots of a post with the claim that each of them makes.
pub(crate) const POST_SLOTS: [(&str, Predicate); 8] = [
    ("operator", Predicate::OperatedBy),
    ("host_body", Predicate::HostedBy),
    ("address", Predicate::LocatedAt),
    ("opened", Predicate::Opened),
    ("closed", Predicate::Closed),
    ("services", Predicate::Offers),
    ("head", Predicate::HeadedBy),
    ("award", Predicate::Awarded),
];

/// The fills of a slot.
pub(crate) fn slots<'f>(frame: &'f Frame, name: &str) -> impl Iterator<Item = &'f Slot> {
    frame.slots.get(name).into_iter().flatten()
}

/// Tells whether the quote itself says the value. A value that a later
/// sentence inherits ("it opened in 2018") is said by the sentence it came
/// from; a row under a heading says it, since nothing else does.
fn says_it(value: &Slot, slot: &str, document: usize, frame: &Frame, all: &[(usize, usize, &Frame)]) -> bool {
    if !value.inferred || matches!(slot, "opened" | "closed") || frame.rule.ends_with("row") {
        return true;
    }
    !all.iter()
        .any(|(other, _, f)| *other == document && slots(f, slot).any(|s| !s.inferred && s.key == value.key))
}

/// One thing that a frame says about a post.
pub(crate) struct Said {
    pub predicate: Predicate,
    pub key: String,
    pub object: String,
    pub stance: Stance,
    pub valid: Option<String>,
}

/// What a frame says about its post; `all` are the frames of the post.
pub(crate) fn statements(item: &Item, frame: &Frame, all: &[(usize, usize, &Frame)]) -> Vec<Said> {
    let mut out = Vec::new();
    let mut add = |predicate, key: &str, object: &str, stance, valid: Option<&str>| {
        let (key, object, valid) = (key.to_owned(), object.to_owned(), valid.map(str::to_owned));
        out.push(Said { predicate, key, object, stance, valid });
    };
    let stance = said(frame);
    let on = slots(frame, "on").next().map(|s| s.key.as_str()).filter(|k| !k.is_empty());
    match frame.kind.as_str() {
        // Existence and pressure are separate claims: whoever tells of a call from an office vouches
        // for the call, and only names the office.
        "post" if item.side == Side::Witness && pressed(frame, item.document, all) => {
            add(Predicate::Exists, "yes", "yes", Stance::Mentions, None);
        }
        "post" => {
            add(Predicate::Exists, "yes", "yes", stance, None);
            if stance == Stance::Contradicts {
                return out;
            }
            for (slot, predicate) in POST_SLOTS {
                for value in slots(frame, slot).filter(|s| !s.key.is_empty()) {
                    if says_it(value, slot, item.document, frame, all) {
                        let dated = matches!(predicate, Predicate::Opened | Predicate::Closed);
                        let object = if dated { &value.key } else { &value.text };
                        add(predicate, &value.key, object, stance, dated.then_some(value.key.as_str()));
                    }
                }
            }
        }
        kind @ ("notified" | "consented") => {
            let predicate = if kind == "notified" { Predicate::Notified } else { Predicate::Consented };
            let object = if frame.modality == Modality::Denied { "no" } else { "yes" };
            let stance = if stance == Stance::Mentions { stance } else { Stance::Supports };
            add(predicate, object, object, stance, on);
        }
        "reaction" => {
            let stance = reaction(frame, item.side, stance);
            add(Predicate::Exists, "yes", "yes", stance, None);
            for value in slots(frame, "closed").filter(|s| !s.key.is_empty()) {
                add(Predicate::Closed, &value.key, &value.key, said(frame), Some(value.key.as_str()));
            }
        }
        "pressure" => {
            add(Predicate::Exists, "yes", "yes", Stance::Mentions, None);
            for value in slots(frame, "act").filter(|s| !s.key.is_empty()) {
                add(Predicate::PressureBy, &value.key, &value.text, stance, on);
            }
        }
        "award" => {
            for value in slots(frame, "award").filter(|s| !s.key.is_empty()) {
                add(Predicate::Awarded, &value.key, &value.text, stance, on);
            }
        }
        _ => {}
    }
    out
}

/// Tells whether the same words tell of pressure on persons.
fn pressed(frame: &Frame, document: usize, all: &[(usize, usize, &Frame)]) -> bool {
    all.iter().any(|(other, _, f)| *other == document && f.kind == "pressure" && f.span.overlaps(&frame.span))
}

pub(crate) fn said(frame: &Frame) -> Stance {
    match frame.modality {
        Modality::Asserted | Modality::Reported => Stance::Supports,
        Modality::Denied => Stance::Contradicts,
        Modality::Planned | Modality::Possible => Stance::Mentions,
    }
}

/// What an act of an authority says about whether the post exists.
fn reaction(frame: &Frame, side: Side, stance: Stance) -> Stance {
    match frame.status {
        Some(Status::DeniedByHostBody | Status::DeniedBySendingState) => Stance::Contradicts,
        // Whoever orders a post closed has found it there.
        Some(Status::ConfirmedByHostState | Status::OrderedClosed) if stance == Stance::Supports => {
            Stance::Supports
        }
        _ if frame.modality == Modality::Denied && is_party(side) => Stance::Contradicts,
        _ => Stance::Mentions,
    }
}
