//! 米兰站, “station Tilburg”: what a post is called for short in a document about
//! such posts, a town abroad with a plain noun of the lens directly beside it.

use crate::exclusions;
use crate::found::{Passage, TermAt};
use crate::words::{List, list};
use plainsight_lens::{Lens, Offices, Strength, TermKind};
use plainsight_model::{BlockKind, Span};
use plainsight_text::is_han;

/// The longest name of a post, in characters: no term further back reaches a place.
const LONGEST: usize = 64;

/// Adds such names to the terms of a document that names posts in full.
pub(crate) fn add(passages: &mut [Passage], lens: &Lens) {
    let all = || passages.iter().flat_map(|passage| &passage.terms);
    let operated = || passages.iter().any(|passage| passage.agencies.iter().any(|agency| agency.operator));
    // Where a body that polices is named, a plain noun for its office says enough.
    let plain = || {
        all().find(|term| term.kind.is_post() || term.kind == TermKind::PostNameNoun).filter(|_| operated())
    };
    let Some(full) = all().find(|term| names_a_post(term)).or_else(plain).cloned() else { return };
    let kind = if full.kind.is_post() { full.kind } else { TermKind::PostName };
    let full = TermAt { kind, strength: Strength::Strong, ..full };
    for passage in passages.iter_mut() {
        let found = of_block(passage, &full, lens);
        passage.terms.extend(found);
        passage.terms.sort_by_key(|term| (term.span.start, term.span.end));
    }
}

fn of_block(passage: &Passage, full: &TermAt, lens: &Lens) -> Vec<TermAt> {
    let offices = &lens.settings.offices;
    let gazetteer = &lens.gazetteer;
    // Terms and places stand by position; a page of a million towns shall not cost their square.
    let taken: Vec<Span> =
        passage.terms.iter().filter(|term| term.kind.is_post()).map(|term| term.span).collect();
    let lookalikes: Vec<Span> = exclusions::in_span(passage, passage.block.span)
        .filter(|term| term.strength != Strength::Context)
        .map(|term| term.span)
        .collect();
    let headline = matches!(passage.block.kind, BlockKind::Title | BlockKind::Heading);
    let mut found: Vec<TermAt> = Vec::new();
    for (at, place) in passage.places.iter().enumerate() {
        let home = || gazetteer.country_of(place.place).is_some_and(|state| gazetteer.has_divisions(state));
        if place.inside || home() {
            continue;
        }
        let name = match place.text.chars().any(is_han) {
            true => han(passage, at, offices),
            false => latin(passage, at, offices, headline),
        };
        let Some(span) = name else { continue };
        let next = taken.partition_point(|other| other.start < span.end);
        let near = taken[..next].iter().rev().take_while(|other| other.start + LONGEST > span.start);
        let known = near.into_iter().any(|other| other.overlaps(&span));
        let free = found.last().is_none_or(|last| last.span.end <= span.start);
        let lookalike = beside_a_lookalike(passage, span, &lookalikes) || of_others(passage, span);
        if !known && free && !lookalike {
            found.push(TermAt { span, text: passage.cut(span), ..full.clone() });
        }
    }
    found
}

/// A talent station or a mediation point in that town is what its own sentence says.
fn beside_a_lookalike(passage: &Passage, span: Span, lookalikes: &[Span]) -> bool {
    let next = passage.sentences.partition_point(|sentence| sentence.end < span.end);
    let Some(sentence) = passage.sentences.get(next) else { return false };
    let first = lookalikes.partition_point(|other| other.start < sentence.start);
    lookalikes.get(first).is_some_and(|other| sentence.contains(other))
}

/// Words between a mission and an office that it only speaks of.
static SPEAKS: List = list![
    "that", "says", "said", "told", "dat", "zegt", "zei", "noemt", "que", "dice", "dijo", "asegura", "称",
    "说", "表示", "否认",
];

/// “The embassy opened another office in X”, “the company has an office in X”: what others have is no post.
fn of_others(passage: &Passage, span: Span) -> bool {
    const NEAR: usize = 24;
    let from = span.start.saturating_sub(NEAR).max(passage.start());
    let before = plainsight_text::fold(&passage.cut(Span::new(from, span.start)));
    let clause = before.rsplit(['.', ';', ':', ',', '。', '，']).next().unwrap_or_default();
    let next = passage.agencies.partition_point(|agency| agency.span.end <= span.start);
    let mission = passage.agencies[..next]
        .last()
        .is_some_and(|agency| agency.slots.function == "mission" && agency.span.end >= from);
    (mission || exclusions::of_others(clause)) && !SPEAKS.within(clause)
}

fn names_a_post(term: &TermAt) -> bool {
    matches!(term.kind, TermKind::PostName | TermKind::PostNameOutside) && term.strength == Strength::Strong
}

/// Behind a noun of one character no word may go on: 米兰点心, 里昂处理, 米兰站台.
const GOES_ON: &str = "心名评評击擊明理分置境在台臺";

/// 意大利米兰站: the town, the country directly before it, and the noun directly behind.
fn han(passage: &Passage, at: usize, offices: &Offices) -> Option<Span> {
    let place = &passage.places[at];
    let rest = &passage.letters[place.span.end - passage.start()..];
    let behind = |noun: &&String| noun.chars().eq(rest.iter().copied().take(noun.chars().count()));
    let Some(noun) = offices.behind.iter().filter(behind).max_by_key(|noun| noun.chars().count()) else {
        return quarter(passage, at, offices);
    };
    let length = noun.chars().count();
    if length == 1 && rest.get(1).is_some_and(|c| GOES_ON.contains(*c)) {
        return None;
    }
    let before = at.checked_sub(1).map(|before| &passage.places[before]);
    let country = before.filter(|other| other.span.end == place.span.start && other.is_country);
    Some(Span::new(country.map_or(place.span.start, |country| country.span.start), place.span.end + length))
}

/// ◇马德里城北站：a part of the town stands between, at the begin of an item.
fn quarter(passage: &Passage, at: usize, offices: &Offices) -> Option<Span> {
    let place = &passage.places[at];
    // Only the first place of a block can stand at its begin.
    if at > 0 {
        return None;
    }
    let before = &passage.letters[..place.span.start - passage.start()];
    let rest = &passage.letters[place.span.end - passage.start()..];
    let inner: String = rest.iter().take_while(|c| is_han(**c)).take(8).collect();
    let length = inner.chars().count();
    let ends = (2..=6).contains(&length) && offices.behind.iter().any(|noun| inner.ends_with(noun.as_str()));
    let bordered = rest.get(length).is_none_or(|c| "：:，、（(　 \t".contains(*c));
    let begins = before.iter().all(|c| !c.is_alphanumeric());
    (begins && ends && bordered).then(|| Span::new(place.span.start, place.span.end + length))
}

/// Words between a noun and its town.
const LINKS: [&str; 6] = ["in", "de", "en", "van", "of", ""];

/// “station Tilburg”, “het punt in Lyon”, “estación de Lisboa”, “Milan desk”. A headline about posts in
/// several towns is no statement about each.
fn latin(passage: &Passage, at: usize, offices: &Offices, headline: bool) -> Option<Span> {
    let place = &passage.places[at];
    let (start, end) = (place.span.start - passage.start(), place.span.end - passage.start());
    let many = if headline { &[][..] } else { &offices.many[..] };
    let nouns = || offices.beside.iter().chain(many).map(|noun| noun.chars().collect::<Vec<char>>());
    let word = |from: usize, to: usize, noun: &[char]| {
        let lower = |c: &char| c.to_lowercase().next().unwrap_or(*c);
        let border = |c: Option<&char>| c.is_none_or(|c| !c.is_alphanumeric());
        let letters = &passage.letters;
        letters[from..to].iter().map(lower).eq(noun.iter().copied())
            && border(from.checked_sub(1).map(|at| &letters[at]))
            && border(letters.get(to))
    };
    let blank = |from: usize| {
        let spaces = passage.letters[..from].iter().rev().take(2).take_while(|c| **c == ' ').count();
        (spaces > 0).then(|| from - spaces)
    };
    for link in LINKS {
        let link: Vec<char> = link.chars().collect();
        let Some(mut to) = blank(start) else { break };
        if !link.is_empty() {
            let Some(from) = to.checked_sub(link.len()).filter(|from| word(*from, to, &link)) else {
                continue;
            };
            let Some(further) = blank(from) else { continue };
            to = further;
        }
        let fits =
            nouns().filter_map(|noun| to.checked_sub(noun.len()).filter(|from| word(*from, to, &noun)));
        if let Some(from) = fits.min() {
            return Some(Span::new(passage.start() + from, place.span.end));
        }
    }
    let joint = passage.letters.get(end).is_some_and(|c| matches!(c, ' ' | '-'));
    let fits = nouns().filter(|noun| joint && end + 1 + noun.len() <= passage.letters.len());
    let behind =
        fits.filter(|noun| word(end + 1, end + 1 + noun.len(), noun)).map(|noun| noun.len()).max()?;
    Some(Span::new(place.span.start, place.span.end + 1 + behind))
}
