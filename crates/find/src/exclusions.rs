//! What looks alike: decoys, rooms at home, schemes of other bodies.

use crate::found::{Passage, TermAt};
use crate::words::{List, list};
use plainsight_lens::{Lens, Strength};
use plainsight_model::{Excluded, Span};

/// Terms in `span` that take out what is said of them; weak ones take out only weak posts.
pub(crate) fn in_span<'p>(passage: &'p Passage, span: Span) -> impl Iterator<Item = &'p TermAt> {
    passage.terms_in(span).filter(|term| term.kind.is_exclusion())
}

/// Whether any exclusion stands in `span`, context ones and those apart that are named to be told apart.
pub(crate) fn any(passage: &Passage, span: Span) -> bool {
    in_span(passage, span).any(|term| term.strength != Strength::Context && !told_apart(passage, span, term))
}

/// Words behind a thing that somebody only names to say that it is another one, folded.
static APART_BEHIND: List = list!["没有关系", "没关系", "无关", "无涉", "是两回事", "不是一回事"];

/// Words before such a thing, folded.
static APART_BEFORE: List = list![
    "nothing to do with",
    "not related to",
    "unrelated to",
    "not to be confused with",
    "niets te maken met",
    "los van",
    "niet te verwarren met",
    "nada que ver con",
    "sin relacion con",
    "no tiene relacion con",
    "no debe confundirse con",
];

/// The farthest that such words stand from the thing, in characters.
const APART: usize = 12;

/// 这个点和联合巡逻没有关系, “it has nothing to do with the joint patrols”: the sentence is about the other thing.
fn told_apart(passage: &Passage, span: Span, term: &TermAt) -> bool {
    let after = Span::new(term.span.end, (term.span.end + APART).min(span.end));
    let before = Span::new(term.span.start.saturating_sub(3 * APART).max(span.start), term.span.start);
    let clause = |text: String| text.split(['。', '，', ',', ';', '；']).next().map(str::to_owned);
    let after = clause(plainsight_text::fold(&passage.cut(after))).unwrap_or_default();
    APART_BEHIND.within(&after) || APART_BEFORE.within(&plainsight_text::fold(&passage.cut(before)))
}

/// Words of enterprises, museums and the like, folded: what a sentence without a post's name says of an office is said of theirs.
static OTHERS: List = list![
    "company",
    "companies",
    "firm",
    "factory",
    "museum",
    "exhibition",
    "film",
    "novel",
    "series",
    "bedrijf",
    "bedrijven",
    "firma",
    "onderneming",
    "fabriek",
    "tentoonstelling",
    "roman",
    "serie",
    "empresa",
    "empresas",
    "compania",
    "fabrica",
    "museo",
    "exposicion",
    "pelicula",
    "novela",
    "公司",
    "企业",
    "博物馆",
    "展览",
    "电影",
    "影片",
    "小说",
];

/// Words with which a review, a museum's page or a programme begins, folded.
static STORIES: List = list![
    "review",
    "film",
    "movie",
    "novel",
    "museum",
    "exhibition",
    "episodes",
    "recensie",
    "roman",
    "speelfilm",
    "tentoonstelling",
    "toneelstuk",
    "resena",
    "pelicula",
    "novela",
    "serie",
    "museo",
    "exposicion",
    "episodios",
    "影评",
    "书评",
    "影片",
    "电影",
    "小说",
    "剧集",
    "博物馆",
    "展览",
];

/// So many blocks say what a page is.
const HEAD: usize = 3;

/// Whether the first blocks of a page say that it is about a story or a museum.
pub(crate) fn tells_a_story(passages: &[Passage]) -> bool {
    const LONGEST: usize = 300;
    let heads = passages.iter().take(HEAD);
    heads
        .map(|passage| passage.letters.iter().take(LONGEST).collect::<String>())
        .any(|text| STORIES.within(&plainsight_text::fold(&text)))
}

/// Whether a folded sentence is about an enterprise, a museum or a story.
pub(crate) fn of_others(folded: &str) -> bool {
    OTHERS.within(folded)
}

/// All spans of a passage that an exclusion takes out.
pub(crate) fn excluded(passage: &Passage, lens: &Lens) -> Vec<Excluded> {
    in_span(passage, passage.block.span)
        .filter(|term| term.strength != Strength::Context)
        .map(|term| {
            let words = lens.settings.exclusions.get(term.kind.as_str()).map_or("excluded", String::as_str);
            let meaning = &lens.terms[term.number].meaning;
            Excluded { span: term.span, why: format!("{}: {words} ({meaning})", term.text) }
        })
        .collect()
}
