//! A document: what exactly was said, where, captured when.

use crate::gloss;
use crate::labels::documents::S;
use crate::labels::posts::S as P;
use crate::labels::{L, N, say, show, terms};
use crate::parts::{self, empty, foreign, own, site, tag};
use crate::proposed;
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::versions;
use crate::words;
use crate::{DeskError, query};
use maud::{Markup, html};
use plainsight_case::views::DocumentView;
use plainsight_model::{Block, BlockKind, Mention, MentionKind, Metadatum, MetadatumKind};
use plainsight_text::Chars;
use std::collections::{BTreeMap, BTreeSet};

/// Passages of one page.
const PASSAGES: usize = 60;
/// Chrome of a page, kept for search, shown up to here.
const CHROME: usize = 200;

/// The page of one document, at a quote (`?q=quo-…`) or a place (`?at=120-161`).
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let Some(view) = ctx.desk().document(id)? else { return Ok(shell::missing(ctx, L.document, id)) };
    let mark = mark(ctx, &view);
    let title = view.title.clone().unwrap_or_else(|| name_of(&view));
    let proposals = proposed::beside(ctx, &view)?;
    let body = html! {
        (head(ctx, &view, &title))
        div class="cols doc" {
            section aria-label=(L.text) { (legend()) (text(ctx, &view, mark)) }
            (archived(ctx, &view))
            (side(ctx, &view, &proposals))
        }
    };
    Ok(shell::page(ctx, &title, Nav::Other, body))
}

fn name_of(view: &DocumentView) -> String {
    let of_url = view.url.as_deref().map(site).map(str::to_owned);
    of_url
        .or_else(|| view.captures.first().map(|c| c.source.clone()))
        .unwrap_or_else(|| view.document.clone())
}

fn mark(ctx: &Ctx, view: &DocumentView) -> Option<(usize, usize)> {
    let asked = ctx.query.get("q");
    if let Some(row) = view.rests.iter().find(|row| row.quote == asked) {
        return Some((row.start, row.end));
    }
    let (start, end) = ctx.query.get("at").split_once('-')?;
    let (start, end) = (start.parse().ok()?, end.parse().ok()?);
    (start < end).then_some((start, end))
}

fn head(ctx: &Ctx, view: &DocumentView, title: &str) -> Markup {
    let parts: Vec<String> = [
        view.site_name.clone().or(view.author.clone()),
        view.url.as_deref().map(|url| site(url).to_owned()),
        view.date.as_deref().map(words::day),
        Some(terms::language(&view.lang).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        div class="head" {
            div {
                h1 lang=(tag(&view.lang, title)) { (title) }
                (gloss::line(title))
                p { (parts.join(" · ")) }
            }
            div class="btns" { a class="btn" href=(ctx.foreign(&format!("raw/{}", view.document))) download { (L.save_original) } }
        }
        nav class="tabs" aria-label=(S.parts_of) {
            a href="#main" aria-current="true" { (L.text_and_page) }
            a href="#provenance" { (L.provenance) }
            a href="#rests" { (L.rests) " " (view.rests.len()) }
            a href="#copies" { (L.copies) " " (view.copies.len()) }
            a href="#mentions" { (L.mentions) " " (view.mentions.len()) }
            a href="#complaints" { (L.complaints) " " (view.complaints.len()) }
        }
    }
}

fn legend() -> Markup {
    let kinds = ["agency", "organisation", "person", "place", "address", "phone", "date", "count", "term"];
    html! {
        p class="legend" { span class="vh" { (L.kinds_of_mention) }
            @for kind in kinds { span class=(format!("m {kind}")) { (terms::mention(kind)) } " " } }
    }
}

fn text(ctx: &Ctx, view: &DocumentView, mark: Option<(usize, usize)>) -> Markup {
    let chars = Chars::new(&view.text);
    let inside = |block: &&Block| block.span.end <= chars.len() && block.span.start < block.span.end;
    let main: Vec<&Block> = view.blocks.iter().filter(inside).filter(|b| b.main && !b.hidden).collect();
    let rest: Vec<&Block> = view.blocks.iter().filter(inside).filter(|b| !b.main || b.hidden).collect();
    if main.is_empty() && rest.is_empty() {
        return no_text(ctx, view);
    }
    let marked =
        mark.and_then(|(start, _)| main.iter().position(|b| b.span.start <= start && start < b.span.end));
    let asked = ctx.query.get("from").parse().ok().or(marked.map(|at| at / PASSAGES * PASSAGES));
    let from = asked.unwrap_or(0).min(main.len().saturating_sub(1));
    let shown = &main[from.min(main.len())..(from + PASSAGES).min(main.len())];
    let first_han =
        shown.iter().position(|b| gloss::has_han(chars.slice(&view.text, b.span.start, b.span.end)));
    let here = format!("doc/{}", view.document);
    html! {
        @if let Some((start, end)) = mark.filter(|_| marked.is_none()) {
            p class="small quiet" { (say(S.place_outside, &[("from", &start), ("to", &end)])) }
        }
        @for (at, block) in shown.iter().enumerate() {
            (passage(ctx, view, &chars, block, mark, Some(at) == first_han))
        }
        @if main.len() > shown.len() {
            p class="pager" {
                span { (say(S.passages_range, &[("from", &(from + 1)), ("to", &(from + shown.len())), ("all", &main.len())])) }
                span {
                    @if from > 0 { a href=(ctx.to(&ctx.query.with("from", &from.saturating_sub(PASSAGES).to_string()).on(&here))) { (S.before) } " " }
                    @if from + shown.len() < main.len() { a href=(ctx.to(&ctx.query.with("from", &(from + PASSAGES).to_string()).on(&here))) { (L.next) } }
                }
            }
        }
        @if !rest.is_empty() {
            @let open = mark.is_some() && marked.is_none();
            details open[open] { summary { (L.other_text) }
                @for block in rest.iter().take(CHROME) {
                    @if block.hidden { p class="xs quiet" { (S.hidden_on_page) } }
                    (passage_text(ctx, view, &chars, block, mark))
                }
                @if rest.len() > CHROME { p class="small quiet" { (words::count(rest.len() - CHROME, S.more_lines)) } }
            }
        }
    }
}

fn no_text(ctx: &Ctx, view: &DocumentView) -> Markup {
    let why = view.complaints.first().map_or_else(
        || S.no_text_why.to_owned(),
        |complaint| match &complaint.cure {
            Some(cure) => format!("{}. {cure}", complaint.what),
            None => complaint.what.clone(),
        },
    );
    let action = html! { a class="btn main" href=(ctx.foreign(&format!("page/{}", view.document))) { (S.see_as_captured) } };
    empty(S.no_text, &why, action)
}

fn passage(
    ctx: &Ctx,
    view: &DocumentView,
    chars: &Chars,
    block: &Block,
    mark: Option<(usize, usize)>,
    open: bool,
) -> Markup {
    let text = chars.slice(&view.text, block.span.start, block.span.end);
    html! {
        div class="passage" id=(format!("c{}-{}", block.span.start, block.span.end)) {
            @if block.speaker.is_some() || block.time.is_some() {
                p class="xs quiet" { (block.speaker.as_deref().unwrap_or_default()) " " (block.time.as_deref().unwrap_or_default()) }
            }
            (passage_text(ctx, view, chars, block, mark))
            @if gloss::has_han(text) { (gloss::beneath(text, &ctx.desk().gloss(text), open)) }
        }
    }
}

/// One run of a passage: inside one mention or none.
struct Piece<'v> {
    start: usize,
    end: usize,
    mention: Option<&'v Mention>,
}

/// Of overlapping mentions the longest; the others stand in the side list.
fn visible(mentions: &[Mention], start: usize, end: usize) -> Vec<&Mention> {
    let mut inside: Vec<&Mention> = mentions
        .iter()
        .filter(|m| start <= m.span.start && m.span.end <= end && !m.span.is_empty())
        .collect();
    inside.sort_by_key(|m| (usize::MAX - m.span.len(), m.span.start));
    let mut taken: BTreeMap<usize, &Mention> = BTreeMap::new();
    for mention in inside {
        let before = taken.range(..mention.span.end).next_back();
        if before.is_none_or(|(_, other)| other.span.end <= mention.span.start) {
            taken.insert(mention.span.start, mention);
        }
    }
    taken.into_values().collect()
}

fn pieces<'v>(
    mentions: &[&'v Mention],
    start: usize,
    end: usize,
    mark: Option<(usize, usize)>,
) -> Vec<Piece<'v>> {
    let mut cuts: BTreeSet<usize> = [start, end].into();
    for mention in mentions {
        cuts.extend([mention.span.start, mention.span.end]);
    }
    if let Some((from, to)) = mark {
        cuts.extend([from, to].into_iter().filter(|cut| (start..=end).contains(cut)));
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    cuts.windows(2)
        .map(|pair| Piece {
            start: pair[0],
            end: pair[1],
            mention: mentions.iter().copied().find(|m| m.span.start <= pair[0] && pair[1] <= m.span.end),
        })
        .collect()
}

fn passage_text(
    ctx: &Ctx,
    view: &DocumentView,
    chars: &Chars,
    block: &Block,
    mark: Option<(usize, usize)>,
) -> Markup {
    let (start, end) = (block.span.start, block.span.end);
    let text = chars.slice(&view.text, start, end);
    let mentions = visible(&view.mentions, start, end);
    let mark = mark.filter(|(from, to)| *from < end && start < *to);
    let pieces = pieces(&mentions, start, end, mark);
    let in_mark = |piece: &Piece| mark.is_some_and(|(from, to)| from <= piece.start && piece.end <= to);
    let (before, rest): (Vec<_>, Vec<_>) =
        pieces.iter().partition(|p| mark.is_some_and(|(from, _)| p.end <= from) || mark.is_none());
    let (marked, after): (Vec<_>, Vec<_>) = rest.into_iter().partition(|p| in_mark(p));
    let draw = |piece: &Piece| run(ctx, chars.slice(&view.text, piece.start, piece.end), piece.mention);
    let class = match block.kind {
        BlockKind::Title | BlockKind::Heading => "q strong",
        BlockKind::ListItem => "q item",
        _ => "q",
    };
    html! {
        p class=(class) lang=(tag(&view.lang, text)) {
            @for piece in before { (draw(piece)) }
            @if let Some((from, to)) = mark {
                // A passage that is the quote has the anchor already.
                @let whole = from == start && to == end;
                mark id=[(!whole).then(|| format!("c{from}-{to}"))] tabindex="-1" { @for piece in marked { (draw(piece)) } }
            }
            @for piece in after { (draw(piece)) }
        }
    }
}

fn run(ctx: &Ctx, text: &str, mention: Option<&Mention>) -> Markup {
    html! {
        @match mention {
            None => { (text) }
            Some(mention) => {
                a class=(format!("m {}", mention.kind.as_str())) title=(title(mention))
                    href=(ctx.to(&format!("search?q={}", query::escape(&mention.text)))) { (text) }
            }
        }
    }
}

fn title(mention: &Mention) -> String {
    let kind = terms::mention(mention.kind.as_str());
    match (&mention.term, mention.kind) {
        (Some(term), _) if !term.meaning.is_empty() => {
            say(S.kind_means, &[("kind", &kind), ("meaning", &term.meaning)])
        }
        (_, MentionKind::Date) if !mention.key.is_empty() => {
            say(S.date_is, &[("kind", &kind), ("day", &words::day(&mention.key))])
        }
        _ => kind.to_owned(),
    }
}

fn archived(ctx: &Ctx, view: &DocumentView) -> Markup {
    let captured = view.captures.first().map_or_else(String::new, |c| words::moment(&c.date));
    html! {
        section class="archived" aria-label=(S.archived_page) {
            p { (L.archived_inert) @if let Some(url) = &view.url { " " code { (url) } } }
            iframe sandbox="" src=(ctx.foreign(&format!("page/{}", view.document))) title=(say(S.archived_as_of, &[("time", &captured)])) loading="lazy" tabindex="0" {}
        }
    }
}

fn side(ctx: &Ctx, view: &DocumentView, proposals: &Markup) -> Markup {
    html! {
        aside class="side" aria-label=(S.about_document) { div class="stack" {
            section id="provenance" { h2 { (L.provenance) } (provenance(view)) }
            (versions::footnotes(view))
            (versions::versions(ctx, view))
            (rests(ctx, view))
            (proposals)
            (copies(ctx, view))
            (mentions(ctx, view))
            section id="complaints" { h2 { (L.complaints) }
                @if view.complaints.is_empty() { p class="small quiet" { (S.everything_used) } }
                ul class="small" { @for complaint in &view.complaints {
                    li { span class="complaint" { (own(&complaint.what)) } " " span class="quiet" { (own(&complaint.place)) } @if let Some(cure) = &complaint.cure { " " (own(cure)) } }
                } }
                @if !view.excluded.is_empty() {
                    details { summary { (words::count(view.excluded.len(), S.places_left_out)) }
                        ul class="small" { @for (start, end, why) in &view.excluded { li { a href=(ctx.to(&format!("doc/{}?at={start}-{end}#c{start}-{end}", view.document))) { (start) "–" (end) } ": " (why) } } } }
                }
            }
        } }
    }
}

fn provenance(view: &DocumentView) -> Markup {
    html! {
        @for capture in &view.captures {
            dl class="meta" {
                dt { (L.captured) } dd { (words::moment(&capture.date)) " UTC" }
                dt { (L.how) } dd { (terms::how(&capture.how)) " " (capture.source) }
                dt { (L.address) } dd { code { (capture.uri) } }
                dt { (L.bytes) } dd { (words::number(capture.bytes)) @if let Some(media) = &capture.media_type { ", " (media) } "; SHA-256 " span class="hash" { (capture.sha256) } }
                dt { (L.record) } dd { (show(S.in_file_at, &[("record", &html! { code { (capture.record) } }), ("file", &html! { code { (capture.file) } }), ("offset", &words::number(capture.offset))])) }
            }
        }
        dl class="meta" {
            @if let Some(encoding) = &view.encoding { dt { (L.charset) } dd { @match &view.encoding_rule { Some(rule) => { (say(S.decided_by_rule, &[("value", encoding), ("rule", rule)])) }, None => { (encoding) } } } }
            dt { (L.published) } dd {
                @let day = view.date.as_deref().map_or_else(|| S.no_day.to_owned(), words::day);
                @match &view.date_rule { Some(rule) => { (say(S.found_by, &[("day", &day), ("rule", rule)])) }, None => { (day) } }
            }
            dt { (L.reader) } dd { (view.reader) }
        }
        @if !view.metadata.is_empty() {
            h3 { (L.says_of_itself) }
            dl class="meta" { @for row in &view.metadata {
                dt { (terms::metadatum(row.kind.as_str())) }
                dd { (foreign(&row.value, "und")) (numbers(row)) @if let Some(about) = &row.about { " " code { (about) } }
                    " " span class="quiet" { (row.source) } }
            } }
        }
    }
}

/// A position in degrees, as maps take it; of other rows the words say all.
fn numbers(row: &Metadatum) -> String {
    match (row.kind, row.numbers.as_slice()) {
        (MetadatumKind::Position, [north, east]) => format!(" ({north}, {east})"),
        _ => String::new(),
    }
}

fn rests(ctx: &Ctx, view: &DocumentView) -> Markup {
    html! {
        section id="rests" { h2 { (L.rests) }
            @if view.rests.is_empty() { p class="small quiet" { (S.no_claim_rests) } }
            ul class="small" { @for row in &view.rests { li {
                a href=(ctx.to(&format!("claim/{}", row.claim))) { (own(&row.text)) } " "
                span class="quiet" { (terms::stance(&row.stance)) ", " @if row.read { (S.read_by_person) } @else { (S.not_read_yet) } " · "
                    a href=(ctx.to(&format!("doc/{}?q={}#c{}-{}", view.document, row.quote, row.start, row.end))) { (S.see_quote) span class="vh" { (say(P.quote_for, &[("what", &parts::own_words(&row.text))])) } } }
            } } }
        }
    }
}

fn copies(ctx: &Ctx, view: &DocumentView) -> Markup {
    html! {
        section id="copies" { h2 { (L.copies) @if !view.copies.is_empty() { ": " (say(S.one_text, &[("pages", &words::count(view.copies.len() + 1, N.pages))])) } }
            @if view.copies.is_empty() { p class="small quiet" { (S.no_other_text) } } @else {
                ul class="tree small" { li { b { (S.this_page) } ul { @for copy in &view.copies { li {
                    a href=(ctx.to(&format!("doc/{}", copy.document))) { @match &copy.title { Some(title) => { (foreign(title, "und")) }, None => { (copy.document) } } }
                    " " span class="via" { (say(S.parts_shared, &[("how", &terms::copied(&copy.how)), ("n", &format!("{:.0}", copy.score * 100.0))])) }
                } } } } }
            }
        }
    }
}

fn mentions(ctx: &Ctx, view: &DocumentView) -> Markup {
    let mut kinds: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for mention in &view.mentions {
        *kinds.entry(mention.kind.as_str()).or_default().entry(&mention.text).or_default() += 1;
    }
    html! {
        section id="mentions" { h2 { (L.mentions) }
            @if kinds.is_empty() { p class="small quiet" { (S.nothing_known) } }
            @for (kind, texts) in &kinds {
                details { summary { (terms::mention(kind)) " " (texts.len()) }
                    ul class="small" { @for (text, count) in texts { li { a class=(format!("m {kind}")) href=(ctx.to(&format!("search?q={}", query::escape(text)))) { (foreign(text, "und")) } @if *count > 1 { " × " (count) } } } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::Span;

    fn mention(start: usize, end: usize) -> Mention {
        Mention {
            kind: MentionKind::Term,
            span: Span::new(start, end),
            text: String::new(),
            key: String::new(),
            rule: String::new(),
            term: None,
        }
    }

    #[test]
    fn of_overlapping_mentions_the_longest_is_drawn() {
        let all = [mention(0, 3), mention(2, 8), mention(8, 9), mention(4, 5)];
        let spans: Vec<_> = visible(&all, 0, 10).iter().map(|m| (m.span.start, m.span.end)).collect();
        assert_eq!(spans, [(2, 8), (8, 9)]);
    }

    #[test]
    fn pieces_cover_the_passage_whatever_is_marked() {
        let all = [mention(2, 8)];
        for mark in [None, Some((4, 12)), Some((0, 10)), Some((2, 8)), Some((20, 30))] {
            let visible = visible(&all, 0, 10);
            let cut = pieces(&visible, 0, 10, mark);
            assert_eq!(cut.first().map(|p| p.start), Some(0));
            assert_eq!(cut.last().map(|p| p.end), Some(10));
            assert!(cut.windows(2).all(|w| w[0].end == w[1].start), "{mark:?}");
        }
    }
}
