//! Search: where is it said, in any script.

use crate::gloss;
use crate::labels::documents::S;
use crate::labels::{L, N, say, sentences, terms};
use crate::parts::{empty, site, tag};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::{HitRow, SearchAnswer, SearchAsk};

/// Hits of one page.
const HITS: usize = 20;
/// Hits of an export.
const EXPORT: usize = 5000;
/// Facets in their order.
const FACETS: [&str; 6] = ["lang", "site", "kind", "year", "body", "place"];

fn facet(key: &str) -> &'static str {
    match key {
        "lang" => L.language,
        "site" => S.facet_site,
        "kind" => L.kind,
        "year" => L.published,
        "body" => S.facet_body,
        _ => S.facet_place,
    }
}

/// A value of a facet in words.
fn value<'v>(facet: &str, value: &'v str) -> &'v str {
    match facet {
        "lang" => terms::language(value),
        "kind" => terms::document(value),
        _ => value,
    }
}

fn ask(ctx: &Ctx, limit: usize, offset: usize) -> SearchAsk {
    let facets = FACETS
        .iter()
        .map(|key| ((*key).to_owned(), ctx.query.get(key).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    SearchAsk {
        text: ctx.query.get("q").trim().chars().take(400).collect(),
        substring: !ctx.query.get("inside").is_empty(),
        limit,
        offset,
        facets,
    }
}

/// Hits with facets beside them and the chosen one opened.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let from: usize = ctx.query.get("from").parse().unwrap_or(0).min(100_000);
    let ask = ask(ctx, HITS, from);
    if ask.text.is_empty() {
        let body = html! {
            div class="head" { h1 { (L.search) } }
            (empty(S.where_said, S.search_hint, html! { a class="btn" href=(ctx.to("sources")) { (L.see_sources) } }))
        };
        return Ok(shell::page(ctx, L.search, Nav::Search, body));
    }
    let answer = ctx.desk().search(&ask)?;
    let total = answer.total_word + if ask.substring { answer.total_inside } else { 0 };
    let peek = ctx.query.get("peek");
    let chosen = answer.hits.iter().find(|hit| hit.document == peek).or(answer.hits.first());
    let body = html! {
        div class="head" {
            h1 { (L.search) }
            p role="status" { (words::count(total, S.pages_hold)) }
            div class="btns" { a class="btn" href=(ctx.to(&ctx.query.with("peek", "").on("search.csv"))) { (L.export_csv) } }
        }
        div class="cols find" {
            (facets(ctx, &answer))
            section aria-label=(S.results) {
                (forms(&answer))
                @if answer.hits.is_empty() { (nothing(ctx, &ask, &answer)) }
                ol class="hits" data-list { @for hit in &answer.hits { (line(ctx, hit, chosen)) } }
                @if answer.total_inside > 0 && !ask.substring {
                    p class="small" { a href=(ctx.to(&ctx.query.with("inside", "1").on("search"))) { (words::count(answer.total_inside, S.more_inside)) } }
                }
                (pager(ctx, from, answer.hits.len(), total))
            }
            @if let Some(hit) = chosen { (preview(ctx, hit)?) }
        }
    };
    Ok(shell::page(ctx, &format!("{}: {}", L.search, ask.text), Nav::Search, body))
}

fn forms(answer: &SearchAnswer) -> Markup {
    html! {
        p class="forms" {
            @if answer.also.is_empty() { span class="quiet" { (S.search_as_typed) } }
            @else { span class="quiet" { (L.also_searched) } @for form in &answer.also { " " span lang=(tag("und", form)) { (form) } } }
        }
    }
}

fn facets(ctx: &Ctx, answer: &SearchAnswer) -> Markup {
    html! {
        nav class="facets" aria-label=(L.filters) { details open class="fold" { summary { (L.filters) }
            @for key in FACETS {
                @let chosen = ctx.query.get(key);
                @let values = answer.facets.get(key);
                @if !chosen.is_empty() || values.is_some_and(|v| !v.is_empty()) {
                    div class="facet" { h2 { (facet(key)) }
                        ul {
                            @if !chosen.is_empty() { li { a aria-current="true" href=(ctx.to(&ctx.query.with(key, "").with("from", "").on("search"))) { (value(key, chosen)) " ×" span class="vh" { (S.take_away) } } } }
                            @for (value, count) in values.into_iter().flatten().filter(|(v, _)| v != chosen).take(8) {
                                li { a href=(ctx.to(&ctx.query.with("from", "").with(key, value).on("search"))) { span class="v" lang=[(key == "body" || key == "place").then(|| tag("und", value))] { (self::value(key, value)) } " " span { (words::number(*count as u64)) } } }
                            }
                        }
                        @if let Some(more) = values.map(Vec::len).filter(|n| *n > 8) {
                            details { summary { (words::count(more - 8, S.more_values)) } ul { @for (value, count) in values.into_iter().flatten().skip(8).take(60) { li { a href=(ctx.to(&ctx.query.with("from", "").with(key, value).on("search"))) { span class="v" { (self::value(key, value)) } " " span { (words::number(*count as u64)) } } } } } }
                        }
                    }
                }
            }
        } }
    }
}

fn place(hit: &HitRow) -> String {
    hit.quotes.first().map_or_else(
        || format!("doc/{}", hit.document),
        |q| format!("doc/{}?at={}-{}#c{}-{}", hit.document, q.start, q.end, q.start, q.end),
    )
}

fn line(ctx: &Ctx, hit: &HitRow, chosen: Option<&HitRow>) -> Markup {
    let title = hit
        .title
        .clone()
        .unwrap_or_else(|| hit.url.as_deref().map_or(hit.document.as_str(), site).to_owned());
    let here = chosen.is_some_and(|c| c.document == hit.document);
    let about: Vec<String> = [
        hit.url.as_deref().map(|u| site(u).to_owned()),
        hit.date.as_deref().map(words::day),
        Some(terms::language(&hit.lang).to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        li class=[here.then_some("here")] id=(hit.document) {
            h2 { a href=(ctx.to(&place(hit))) lang=(tag(&hit.lang, &title)) { (title) } }
            (gloss::line(&title))
            (quoted(hit))
            p class="quiet" { (about.join(" · "))
                @if hit.group == "inside" { " · " (S.inside_other) }
                @match hit.copies.len() { 0 => {}, n => { " · " a href=(ctx.to(&format!("doc/{}#copies", hit.document))) { (words::count(n, S.and_copies)) span class="vh" { (say(S.of_title, &[("title", &title)])) } } } }
                span class="to-peek" { " · " a href=(ctx.to(&format!("{}#{}", ctx.query.with("peek", &hit.document).on("search"), hit.document))) { (L.preview) span class="vh" { (say(S.of_title, &[("title", &title)])) } } }
            }
        }
    }
}

/// The passage with the hits marked.
fn quoted(hit: &HitRow) -> Markup {
    let (from, text) = &hit.passage;
    let chars: Vec<char> = text.chars().collect();
    let mut spans: Vec<(usize, usize)> = hit
        .quotes
        .iter()
        .filter_map(|q| Some((q.start.checked_sub(*from)?, q.end.checked_sub(*from)?)))
        .filter(|(start, end)| start < end && *end <= chars.len())
        .collect();
    spans.sort_unstable();
    let cut = |start: usize, end: usize| chars[start..end].iter().collect::<String>();
    let mut at = 0;
    let mut parts: Vec<(bool, String)> = Vec::new();
    for (start, end) in spans {
        if start < at {
            continue;
        }
        parts.push((false, cut(at, start)));
        parts.push((true, cut(start, end)));
        at = end;
    }
    parts.push((false, cut(at, chars.len())));
    html! { p class="q" lang=(tag(&hit.lang, text)) { @for (marked, text) in parts { @if marked { mark { (text) } } @else { (text) } } } }
}

fn nothing(ctx: &Ctx, ask: &SearchAsk, answer: &SearchAnswer) -> Markup {
    let without = ctx.query.with("peek", "").with("from", "");
    html! {
        section class="empty" aria-labelledby="x-0" {
            h2 id="x-0" { (say(if ask.facets.is_empty() { S.no_page_holds } else { S.no_page_holds_filtered }, &[("words", &ask.text)])) }
            @if answer.total_inside > 0 { p class="quiet" { (say(S.inside_other_are, &[("pages", &words::count(answer.total_inside, N.pages))])) } }
            p class="btns" {
                @for key in ask.facets.keys() { a class="btn" href=(ctx.to(&without.with(key, "").on("search"))) { (say(S.without_filter, &[("value", &value(key, &ask.facets[key]))])) } }
                @if answer.total_inside > 0 { a class="btn" href=(ctx.to(&without.with("inside", "1").on("search"))) { (S.also_inside) } }
                a class="btn" href=(ctx.to("sources")) { (L.see_sources) }
            }
        }
    }
}

fn pager(ctx: &Ctx, from: usize, shown: usize, total: usize) -> Markup {
    let at = |from: usize| {
        ctx.to(&ctx
            .query
            .with("peek", "")
            .with("from", &if from == 0 { String::new() } else { from.to_string() })
            .on("search"))
    };
    let (first, last, all) = (from + 1, from + shown, words::number(total as u64));
    let range = say(S.hits_range, &[("from", &first), ("to", &last), ("all", &all)]);
    html! {
        @if shown > 0 { p class="pager" {
            span { (sentences(&[range, S.copies_folded.to_owned()])) }
            span { @if from > 0 { a href=(at(from.saturating_sub(HITS))) { (S.before) } " " } @if from + shown < total { a href=(at(from + HITS)) { (L.next) } } }
        } }
    }
}

fn preview(ctx: &Ctx, hit: &HitRow) -> Result<Markup, DeskError> {
    let view = ctx.desk().document(&hit.document)?;
    let text = &hit.passage.1;
    Ok(html! {
        aside class="peek panel sticky" aria-label=(L.preview) {
            header { h2 { (L.preview) } a class="small" href=(ctx.to(&place(hit))) { (L.open_document) } }
            (quoted(hit))
            div class="stack" {
                (gloss::beneath(text, &ctx.desk().gloss(text), true))
                @if let Some(view) = &view {
                    dl class="meta" {
                        dt { (L.published) } dd { @match &view.date { Some(date) => { (words::day(date)) }, None => { (S.no_day) } } }
                        @if let Some(capture) = view.captures.first() { dt { (L.captured) } dd { (words::moment(&capture.date)) " UTC, " (terms::how(&capture.how)) } }
                        dt { (L.rests_on) } dd { @if view.rests.is_empty() { (S.no_claim) } @else { a href=(ctx.to(&format!("doc/{}#rests", view.document))) { (words::count(view.rests.len(), S.quotes_of_claims)) } } }
                    }
                }
            }
        }
    })
}

/// All hits under the same query.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let answer = ctx.desk().search(&ask(ctx, EXPORT, 0))?;
    let heading =
        ["document", "title", "lang", "date", "url", "group", "start", "end", "text", "passage", "copies"];
    let rows = answer.hits.iter().map(|hit| {
        let quote = hit.quotes.first();
        vec![
            hit.document.clone(),
            hit.title.clone().unwrap_or_default(),
            hit.lang.clone(),
            hit.date.clone().unwrap_or_default(),
            hit.url.clone().unwrap_or_default(),
            hit.group.clone(),
            quote.map(|q| q.start.to_string()).unwrap_or_default(),
            quote.map(|q| q.end.to_string()).unwrap_or_default(),
            quote.map(|q| q.text.clone()).unwrap_or_default(),
            hit.passage.1.clone(),
            hit.copies.join(" | "),
        ]
    });
    Ok(Reply::csv("search.csv", crate::csv::write(&heading, rows)))
}
