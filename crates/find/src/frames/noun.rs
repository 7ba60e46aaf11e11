//! Sentences that mean a post by a plain noun: “the bureau in X”, 该站, “dicha oficina”, “both”.

use super::fill::build;
use super::memory::Memory;
use super::name::name;
use super::post::{Base, counted, only_operator};
use super::unit::Unit;
use super::{Page, places};
use crate::found::{PlaceAt, TermAt, gap};
use crate::words::{List, list};
use plainsight_lens::TermKind;
use plainsight_model::{BlockKind, Frame, MentionKind, Modality, Span};
use plainsight_text::{fold, is_han};

/// Words that mean every post named so far, folded.
static EVERY: List = list![
    "两处站点",
    "两站",
    "两处",
    "各站",
    "各站点",
    "这些站",
    "这些站点",
    "上述站点",
    "both",
    "beide",
    "ambos",
    "ambas",
    "these posts",
    "these stations",
    "deze bureaus",
    "deze punten",
    "de kantoren",
    "de bureaus",
    "beide adressen",
    "the offices",
    "both sites",
    "either site",
    "alle punten",
    "all stations",
    "all posts",
    "estos centros",
    "estas oficinas",
    "todas las oficinas",
    "各点",
    "两处均",
    "两地均",
    "所有站点",
];

/// Labels before what all posts of a page offer, folded.
static OFFERS: List = list![
    "办理项目",
    "服务项目",
    "业务范围",
    "受理业务",
    "办理业务",
    "可办业务",
    "可办理",
    "diensten:",
    "wij helpen bij",
    "servicios:",
    "trámites:",
    "services:",
    "services offered",
    "services include",
    "we offer",
    "we help with",
    "服务内容",
    "可提供",
    "提供以下服务",
    "wij bieden",
    "u kunt er terecht voor",
    "servicios ofrecidos",
    "ofrecemos",
    "se tramitan",
];

/// One frame for every post named so far, where the statement means them all and adds something.
pub(super) fn each_of(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    let many = memory.all.len() > 1;
    if !many {
        return Vec::new();
    }
    let folded = fold(&unit.text());
    let noun = || unit.terms().any(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun);
    let every = EVERY.within(&folded) && (noun() || folded.chars().any(is_han) || memory.several_just_now());
    let offers = || OFFERS.within(&folded) && unit.terms_of(TermKind::Service).next().is_some();
    // “54 of these offices” are not those that were named.
    let others = unit.passage.of(MentionKind::Count, unit.span).any(|count| {
        let number: String = count.key.chars().filter(char::is_ascii_digit).collect();
        count.key.ends_with("|posts") && number.parse() != Ok(memory.all.len())
    });
    if !every && !offers() || others {
        return Vec::new();
    }
    let mut out = Vec::new();
    for anchor in &memory.all {
        let base = Base {
            name: anchor.name.clone(),
            operator: anchor.operator.clone(),
            place: anchor.place.clone(),
            rule: "post:coreference",
        };
        out.extend(build(unit, &[], None, &base, page));
    }
    out.retain(|frame| unit.modality() == Modality::Denied || adds(frame));
    out
}

/// What a statement about a known post may add.
const NEW: &[&str] = &["phone", "opened", "closed", "services", "head", "host_body", "award"];

pub(super) fn adds(frame: &Frame) -> bool {
    frame.slots.contains_key("address") || NEW.iter().any(|name| frame.slots.contains_key(*name))
}

/// Endings of post, station, centre, bureau, comisaría, oficina, centro, kantoor in the plural.
const PLURALS: [&str; 12] =
    ["ions", "osts", "ces", "ters", "tres", "aus", "ias", "ones", "inas", "tros", "osten", "oren"];
static MANY: List =
    list!["多个", "多国", "数十", "一些", "若干", "各国", "多处", "等国", "全球", "这些", "此类", "多處"];

/// A plural means posts in general.
pub(super) fn plural(term: &str, unit: &Unit) -> bool {
    let folded = fold(term);
    if folded.chars().any(is_han) {
        return MANY.within(&fold(&unit.text()));
    }
    folded.split_whitespace().any(|word| PLURALS.iter().any(|ending| word.ends_with(ending)))
}

/// Determiners before a noun that means a post already named, folded.
static DEFINITE: List = list![
    "the", "this", "that", "its", "het", "de", "dit", "dat", "deze", "el", "la", "este", "esta", "ese",
    "esa", "dicho", "dicha", "del", "该", "此", "这个", "这家", "这一", "上述", "aquella", "aquel",
];

static BEGINS: List = list![
    "该", "此", "the ", "this ", "el ", "este ", "dicho ", "dicha ", "la ", "esta ", "de ", "deze ", "dit ",
    "het ", "dat ", "die ",
];

/// Sentences that mean a post by a plain noun: “the bureau in X”, 该站, “dicha oficina”.
pub(super) fn by_noun(unit: &Unit, memory: &Memory, page: &Page) -> Vec<Frame> {
    if !memory.knows_posts() || matches!(unit.passage.block.kind, BlockKind::Heading | BlockKind::Title) {
        return Vec::new();
    }
    let each = each_of(unit, memory, page);
    if !each.is_empty() || counted(unit) {
        return each;
    }
    let Some(noun) = unit.terms_of(TermKind::PostNameNoun).find(|term| definite(unit, term)) else {
        return Vec::new();
    };
    // An embassy's office or a company's branch is not the post.
    let owner = unit.passage.terms_in(unit.span).any(|term| {
        term.kind == TermKind::Body && gap(term.span, noun.span) <= 4 && term.span.end <= noun.span.start
    });
    if owner {
        return Vec::new();
    }
    let found = places::of_post(unit, Some(noun.span), page);
    let close: Vec<&PlaceAt> = found.into_iter().filter(|place| gap(place.span, noun.span) <= 6).collect();
    let slot = Some(memory.full_name(name(unit, noun)));
    if !close.is_empty() {
        let operator = only_operator(memory, page);
        return build(
            unit,
            &close,
            None,
            &Base { name: slot, operator, place: None, rule: "post:noun" },
            page,
        );
    }
    let [anchor] = memory.referred() else { return Vec::new() };
    if anchor.place.is_none() {
        return Vec::new();
    }
    let base = Base {
        name: anchor.name.clone(),
        operator: anchor.operator.clone(),
        place: anchor.place.clone(),
        rule: "post:coreference",
    };
    let mut frames = build(unit, &[], None, &base, page);
    // A sentence that adds nothing is no statement about the post.
    frames.retain(|frame| unit.modality() == Modality::Denied || adds(frame));
    frames
}

/// Whether a noun is definite: 该站, “the bureau”, “dicha oficina”.
pub(crate) fn definite(unit: &Unit, noun: &TermAt) -> bool {
    let folded = fold(&noun.text);
    if BEGINS.iter().any(|word| folded.starts_with(word)) {
        return true;
    }
    let from = noun.span.start.saturating_sub(9).max(unit.span.start);
    let before = fold(&unit.passage.cut(Span::new(from, noun.span.start)));
    let before = before.trim_end();
    if folded.chars().any(is_han) {
        return true;
    }
    DEFINITE.ends(before)
}
