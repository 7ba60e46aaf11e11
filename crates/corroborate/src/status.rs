//! Statuses of a post: a closed list, each with its day and quote.

use crate::statements::slots;
use crate::view::View;
use crate::{Input, PostInput};
use plainsight_model::{Frame, Modality, Quote, Side, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A status with its day and quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusRow {
    /// The status.
    pub status: Status,
    /// The day of the act, else of the document, EDTF.
    pub date: Option<String>,
    /// The quote that says so.
    pub quote: Quote,
}

/// Finds the statuses of a post, in the order of the closed list and by day.
/// What is claimed and what is reported is told once, by its earliest quote.
/// Frames that are copying errors should not be among those of the post.
pub fn statuses(input: &Input<'_>, post: &PostInput) -> Vec<StatusRow> {
    let view = View::of_documents(input);
    let mut rows: BTreeMap<(Status, Option<String>), StatusRow> = BTreeMap::new();
    let mut frames = post.frames.clone();
    frames.sort();
    let mut places: Vec<&str> = Vec::new();
    for (id, number) in &frames {
        let Some((document, frame)) = view.frame(id, *number) else { continue };
        places.extend(slots(frame, "place").chain(slots(frame, "name")).map(|s| s.key.as_str()));
        if let Some(status) = status(&view, document, frame) {
            add(&mut rows, &view, document, frame, status);
        }
    }
    for (document, input) in view.documents.iter().enumerate() {
        for frame in input.findings.frames.iter().filter(|f| f.kind == "withdrawal") {
            let mut taken = slots(frame, "place").chain(slots(frame, "name"));
            if taken.any(|s| !s.key.is_empty() && places.contains(&s.key.as_str())) {
                add(&mut rows, &view, document, frame, Status::Withdrawn);
            }
        }
    }
    let mut rows: Vec<StatusRow> = rows.into_values().collect();
    // A status without a day stands last, so that the earliest day is the one told.
    let order = |r: &StatusRow| (place(r.status), r.date.is_none(), r.date.clone(), r.quote.id);
    rows.sort_by_key(order);
    rows.dedup_by(|b, a| {
        a.status == b.status && matches!(a.status, Status::ClaimedByOperator | Status::Reported)
    });
    rows
}

fn place(status: Status) -> usize {
    Status::ALL.iter().position(|s| *s == status).unwrap_or(Status::ALL.len())
}

/// The status that a frame gives a post.
fn status(view: &View<'_>, document: usize, frame: &Frame) -> Option<Status> {
    let side = if frame.voice.speaker.is_some() { frame.voice.side } else { view.documents[document].side() };
    // What persons are charged with is never a status of a post.
    if let Some(status) = frame.status.filter(|s| !matches!(s, Status::Charged | Status::Convicted)) {
        return Some(status);
    }
    match (frame.kind.as_str(), frame.modality) {
        ("post", Modality::Denied) => match side {
            Side::SendingBody | Side::SendingMission => Some(Status::DeniedBySendingState),
            Side::HostBody => Some(Status::DeniedByHostBody),
            _ => None,
        },
        ("post", Modality::Asserted | Modality::Reported) => match side {
            Side::SendingBody => Some(Status::ClaimedByOperator),
            Side::HostState => Some(Status::ConfirmedByHostState),
            _ => Some(Status::Reported),
        },
        _ => None,
    }
}

fn add(
    rows: &mut BTreeMap<(Status, Option<String>), StatusRow>,
    view: &View<'_>,
    document: usize,
    frame: &Frame,
    status: Status,
) {
    let input = view.documents[document];
    let act =
        ["on", "closed"].iter().flat_map(|s| slots(frame, s)).map(|s| s.key.clone()).find(|k| !k.is_empty());
    // What began on a day is told with that day.
    let act = act.map(|day| day.trim_end_matches("/..").to_owned());
    let date = act.or_else(|| input.document.date.clone());
    let Some(quote) = Quote::cut(input.document.id, &input.document.text, frame.span) else { return };
    let row = StatusRow { status, date: date.clone(), quote };
    let kept = rows.entry((status, date)).or_insert_with(|| row.clone());
    if row.quote.id < kept.quote.id {
        *kept = row;
    }
}
