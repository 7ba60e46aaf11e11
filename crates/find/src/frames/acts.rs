//! What authorities and operators did about posts: *notified*, *consented*, *reaction*, *pressure*, *award*.

use super::Page;
use super::memory::{Anchor, Memory};
use super::noun::definite;
use super::told::told;
use super::unit::{Slots, Unit, put};
use crate::words::{List, list};
use plainsight_lens::{Strength, TermKind};
use plainsight_model::{Frame, MentionKind, Modality, Side, Status};
use plainsight_text::fold;

static ORDERED: List = list![
    "下令关闭",
    "勒令关闭",
    "责令关闭",
    "要求关闭",
    "要求立即关闭",
    "命令关闭",
    "下令停止",
    "必须关闭",
    "要求其关闭",
    "关闭令",
    "per direct dicht",
    "onmiddellijk dicht",
    "direct dicht",
    "moet dicht",
    "moeten dicht",
    "moet sluiten",
    "moeten sluiten",
    "gelast te sluiten",
    "sluiting gelast",
    "gesloten worden",
    "bevel tot sluiting",
    "opgedragen te sluiten",
    "te sluiten",
    "moeten stoppen",
    "ordeno cerrar",
    "ordeno el cierre",
    "ordena cerrar",
    "ordena el cierre",
    "orden de cierre",
    "ha ordenado el cierre",
    "ha ordenado cerrar",
    "debe cerrar",
    "deben cerrar",
    "exigio el cierre",
    "clausur",
    "ordered to close",
    "ordered the closure",
    "ordered closed",
    "should close",
    "must close",
    "must be closed",
    "ordered to shut",
    "told to close",
    "ordered it to close",
    "ordered it closed",
    "ordered them closed",
    "order to close",
    "closure order",
    "close immediately",
];
static INQUIRY: List = list![
    "展开调查",
    "立案调查",
    "正在调查",
    "启动调查",
    "着手调查",
    "进行调查",
    "接受调查",
    "onderzoek ingesteld",
    "stelt een onderzoek in",
    "doet onderzoek",
    "onderzoekt",
    "laat onderzoeken",
    "onderzoek gestart",
    "onderzoek begonnen",
    "abrio una investigacion",
    "abre una investigacion",
    "ha abierto una investigacion",
    "investiga",
    "investigan",
    "esta investigando",
    "abre diligencias",
    "abierto diligencias",
    "is investigating",
    "are investigating",
    "opened an investigation",
    "opened an inquiry",
    "launched an investigation",
    "launched an inquiry",
    "under investigation",
    "looking into",
    "an inquiry is",
    "began an inquiry",
    "began an investigation",
    "started an inquiry",
];
static NO_CHARGES: List = list![
    "未发现证据",
    "未发现违法",
    "不予起诉",
    "没有提出指控",
    "未提出指控",
    "zonder vervolging",
    "geen vervolging",
    "geen strafbare feiten",
    "geen bewijs van",
    "sin cargos",
    "sin presentar cargos",
    "no hallo pruebas",
    "no encontro pruebas",
    "archivo la investigacion",
    "without charges",
    "no charges",
    "no evidence of illegal",
    "no evidence of any illegal",
    "found no evidence",
];
static CLOSED: List = list![
    "已关闭",
    "已经关闭",
    "已停止",
    "停止运作",
    "停止活动",
    "已撤销",
    "不再运作",
    "is gesloten",
    "zijn gesloten",
    "inmiddels gesloten",
    "gestopt",
    "is dicht",
    "ya no funciona",
    "ha cerrado",
    "han cerrado",
    "ha sido cerrad",
    "cesado",
    "estan cerrad",
    "esta cerrad",
    "has closed",
    "have closed",
    "has been closed",
    "have been closed",
    "is closed",
    "are closed",
    "has ceased",
    "closed for good",
    "no longer operates",
    "has stopped",
];
static CONFIRMED: List = list![
    "证实",
    "确认",
    "bevestigt",
    "bevestigde",
    "bevestigd",
    "confirma",
    "confirmo",
    "confirman",
    "confirmed",
    "confirms"
];
static AUTHORITY: List = list![
    "minister",
    "ministry",
    "ministerie",
    "government",
    "regering",
    "kabinet",
    "gobierno",
    "ministra",
    "ministro",
    "ministerio",
    "police",
    "politie",
    "policia",
    "policía",
    "政府",
    "警方",
    "检方",
    "部长",
    "burgemeester",
    "alcalde",
    "mayor",
    "fiscalia",
    "prosecutors",
    "justitie"
];
static CHARGED: List = list![
    "被控",
    "被起诉",
    "提出起诉",
    "aangeklaagd",
    "in staat van beschuldiging",
    "acusado de",
    "imputado",
    "were charged",
    "was charged",
    "charged with",
    "indicted"
];
static CONVICTED: List = list![
    "认罪",
    "被判",
    "定罪",
    "veroordeeld",
    "bekende schuld",
    "condenado",
    "se declaro culpable",
    "pleaded guilty",
    "convicted",
    "found guilty"
];

/// Whether a folded sentence speaks of an inquiry.
pub(super) fn inquired(folded: &str) -> bool {
    INQUIRY.begins_in(folded)
}

/// First-person accounts of being called or pressed, folded.
static FIRST_PERSON: List = list![
    "me llamaron",
    "me llamo",
    "me presionaron",
    "me dijeron",
    "me amenazaron",
    "werd ik",
    "belden mij",
    "belde mij",
    "mij gebeld",
    "called me",
    "i was called",
    "i was told",
    "told me",
    "pressed me",
    "threatened me",
    "我接到",
    "给我打电话",
    "打电话给我",
    "让我",
    "要我",
    "劝我",
    "威胁我",
    "联系我"
];

/// Makes the frames of acts. `made` are the post frames of the same statement.
pub(crate) fn acts(unit: &Unit, made: &[Frame], memory: &Memory, page: &Page) -> Vec<Frame> {
    let folded = fold(&unit.text());
    let mut out = Vec::new();
    let about = about(unit, made, memory);
    pressure(unit, &about, &mut out, page);
    if about.is_empty() {
        return out;
    }
    for anchor in &about {
        consent(unit, &folded, anchor, &mut out, page);
        reactions(unit, &folded, anchor, &mut out, page);
    }
    award(unit, &about, &mut out, page);
    out
}

/// The posts that a statement is about: its own, else those it refers back to.
pub(crate) fn about(unit: &Unit, made: &[Frame], memory: &Memory) -> Vec<Anchor> {
    let first = |frame: &Frame, name: &str| frame.slots.get(name).and_then(|list| list.first()).cloned();
    let own: Vec<Anchor> = made
        .iter()
        .filter(|frame| frame.kind == "post")
        .map(|frame| Anchor {
            name: first(frame, "name"),
            operator: first(frame, "operator"),
            place: first(frame, "place"),
            address: first(frame, "address"),
        })
        .filter(|anchor| anchor.place.is_some() || anchor.operator.is_some() || anchor.name.is_some())
        .collect();
    if !own.is_empty() {
        return own;
    }
    let folded = fold(&unit.text());
    if BOTH.within(&folded) && memory.all.len() == 2 {
        return memory.all.clone();
    }
    let post = unit.terms().any(|term| term.kind.is_post() && term.strength != Strength::Context)
        || unit.terms_of(TermKind::PostNameNoun).any(|noun| definite(unit, noun));
    let place = unit.passage.places_in(unit.span).find_map(|place| {
        memory.all.iter().find(|anchor| anchor.place.as_ref().is_some_and(|slot| slot.key == place.key))
    });
    match (post, place) {
        (true, Some(anchor)) => vec![anchor.clone()],
        // A sentence about another place refers to nothing named so far.
        (true, None)
            if !unit.passage.places_in(unit.span).any(|place| !place.inside && !place.is_country) =>
        {
            memory.referred().to_vec()
        }
        _ => Vec::new(),
    }
}

static BOTH: List = list![
    "both", "the two", "beide", "de twee", "ambas", "ambos", "las dos", "los dos", "两处", "两个", "两家",
    "两站", "二者"
];

fn slots_of(anchor: &Anchor) -> Slots {
    let mut slots = Slots::new();
    for (name, slot) in [
        ("place", &anchor.place),
        ("operator", &anchor.operator),
        ("name", &anchor.name),
        ("address", &anchor.address),
    ] {
        slot.iter().for_each(|slot| put(&mut slots, name, slot.clone()));
    }
    slots
}

fn with_act(unit: &Unit, anchor: &Anchor, page: &Page) -> Slots {
    let mut slots = slots_of(anchor);
    unit.by(page).into_iter().for_each(|slot| put(&mut slots, "by", slot));
    unit.on().into_iter().for_each(|slot| put(&mut slots, "on", slot));
    slots
}

fn consent(unit: &Unit, folded: &str, anchor: &Anchor, out: &mut Vec<Frame>, page: &Page) {
    for kind in ["notified", "consented"] {
        if let Some(yes) = told(kind, folded) {
            let denied = !yes;
            let mut frame = unit.frame(kind, with_act(unit, anchor, page), None, &format!("{kind}:sentence"));
            frame.modality = if denied { Modality::Denied } else { positive(unit) };
            out.push(frame);
        }
    }
}

/// The modality of what is said, where the denial in the sentence is not of it.
fn positive(unit: &Unit) -> Modality {
    match unit.modality() {
        Modality::Denied if unit.voice().speaker.is_some() => Modality::Reported,
        Modality::Denied => Modality::Asserted,
        other => other,
    }
}

fn reactions(unit: &Unit, folded: &str, anchor: &Anchor, out: &mut Vec<Frame>, page: &Page) {
    let side = unit.side(page);
    let host = side == Side::HostState
        || unit.terms_of(TermKind::HostStateBody).next().is_some()
        || unit.passage.agencies_in(unit.span).any(|agency| agency.side == Side::HostState)
        || AUTHORITY.within(folded);
    let sending = matches!(side, Side::SendingMission | Side::SendingBody);
    let denied = unit.modality() == Modality::Denied;
    let mut statuses = Vec::new();
    let no_charges = NO_CHARGES.begins_in(folded);
    if ORDERED.begins_in(folded) && !sending {
        statuses.push(Status::OrderedClosed);
    } else if sending && !denied && CLOSED.begins_in(folded) {
        statuses.push(Status::ClosedPerSendingState);
    }
    if no_charges {
        statuses.push(Status::InquiryEndedWithoutCharges);
    } else if host && !sending && INQUIRY.begins_in(folded) {
        statuses.push(Status::UnderInquiry);
    }
    if denied && sending {
        statuses.push(Status::DeniedBySendingState);
    } else if denied && side == Side::HostBody {
        statuses.push(Status::DeniedByHostBody);
    }
    if side == Side::HostState && !denied && CONFIRMED.begins_in(folded) {
        statuses.push(Status::ConfirmedByHostState);
    }
    if CONVICTED.begins_in(folded) {
        statuses.push(Status::Convicted);
    } else if CHARGED.begins_in(folded) && !no_charges {
        statuses.push(Status::Charged);
    }
    for status in statuses {
        let mut slots = with_act(unit, anchor, page);
        if status == Status::ClosedPerSendingState {
            unit.on().into_iter().for_each(|slot| put(&mut slots, "closed", slot));
        }
        let mut frame = unit.frame("reaction", slots, Some(status), "reaction:sentence");
        if !matches!(status, Status::DeniedByHostBody | Status::DeniedBySendingState) {
            frame.modality = positive(unit);
        }
        out.push(frame);
    }
}

fn pressure(unit: &Unit, about: &[Anchor], out: &mut Vec<Frame>, page: &Page) {
    let acts: Vec<_> = unit.terms_of(TermKind::Pressure).collect();
    let strong = acts.iter().any(|term| term.strength == Strength::Strong);
    let post = !about.is_empty();
    let body = unit.operators().next().is_some();
    if acts.is_empty() || !(post || strong && body) {
        return;
    }
    let anchors = if about.is_empty() { vec![Anchor::default()] } else { about.to_vec() };
    for anchor in anchors {
        let mut slots = Slots::new();
        for act in &acts {
            put(&mut slots, "act", unit.passage.slot(act.span, page.lens.terms[act.number].sense()));
        }
        for agency in unit.operators() {
            put(&mut slots, "by", unit.passage.slot(agency.span, agency.key.clone()));
        }
        if let Some(name) = &anchor.name {
            put(&mut slots, "by", name.clone());
        }
        anchor.place.iter().for_each(|slot| put(&mut slots, "place", slot.clone()));
        anchor.address.iter().for_each(|slot| put(&mut slots, "address", slot.clone()));
        let mut addresses = unit.passage.of(MentionKind::Address, unit.span);
        if let (Some(one), None) = (addresses.next(), addresses.next()) {
            put(&mut slots, "address", one.slot());
        }
        let mut frame = unit.frame("pressure", slots, None, "pressure:sentence");
        if frame.voice.side == Side::Unknown && FIRST_PERSON.within(&fold(&unit.text())) {
            frame.voice.side = Side::Witness;
        }
        out.push(frame);
    }
}

fn award(unit: &Unit, about: &[Anchor], out: &mut Vec<Frame>, page: &Page) {
    for anchor in about {
        let mut slots = slots_of(anchor);
        for term in unit.terms_of(TermKind::Award) {
            put(&mut slots, "award", unit.passage.slot(term.span, page.lens.terms[term.number].sense()));
        }
        if slots.contains_key("award") {
            unit.on().into_iter().for_each(|slot| put(&mut slots, "on", slot));
            out.push(unit.frame("award", slots, None, "award:sentence"));
        }
    }
}
