//! One pair: the two names with the quotes they stand in, slot by slot, and what follows.

use crate::act;
use crate::entity::source_place;
use crate::follows;
use crate::labels::claims::S as C;
use crate::labels::names::S;
use crate::labels::{L, N, say, sentences, show, terms};
use crate::names::{self, near, pair_path};
use crate::parts::{self, foreign};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::views::{EntityRow, NamesDone, PairRow, PairSide, ReasonRow, StatementRow};
use std::collections::BTreeSet;

/// Quotes shown on each side.
const QUOTES: usize = 3;

/// The pair of the address. One that was decided leaves the queue; the next one stands here then.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let (rows, kinds) = names::chosen(ctx)?;
    let done = ctx.desk().names_done()?;
    let here = rows.iter().find(|pair| pair.pair == id);
    let gone = here.is_none().then_some(id);
    draw(ctx, &rows, &kinds, &done, here.or(rows.first()), gone)
}

/// The queue and one of its pairs.
pub(crate) fn draw(
    ctx: &Ctx,
    pairs: &[PairRow],
    kinds: &[(String, usize)],
    done: &NamesDone,
    chosen: Option<&PairRow>,
    gone: Option<&str>,
) -> Result<Reply, DeskError> {
    let body = html! {
        (names::head(ctx, kinds, done))
        @if !kinds.is_empty() { (names::filters(ctx, kinds)) }
        @match chosen {
            None => { (names::no_pair(ctx)) }
            Some(pair) => { div class="cols judge" { (queue(ctx, pairs, pair)) (article(ctx, pairs, pair, gone)?) } }
        }
    };
    Ok(shell::page(ctx, L.names, Nav::Names, body))
}

fn queue(ctx: &Ctx, pairs: &[PairRow], chosen: &PairRow) -> Markup {
    let at = pairs.iter().position(|p| p.pair == chosen.pair).unwrap_or(0);
    let from = at.saturating_sub(4).min(pairs.len().saturating_sub(12));
    html! {
        nav class="queue-box" aria-label=(L.pairs) {
            ol class="queue" data-list { @for pair in pairs.iter().skip(from).take(12) {
                li { a href=(ctx.to(&pair_path(ctx, pair))) aria-current=[(pair.pair == chosen.pair).then_some("true")] { (foreign(&pair.a.text, &pair.a.lang)) " / " (foreign(&pair.b.text, &pair.b.lang)) br; span { (terms::entity(&pair.kind)) " · " (near(pair)) } } }
            } }
            p class="pager" { span { (words::count(pairs.len(), S.of_this_list)) } a href=(ctx.to(&ctx.query.with("ask", "").with("if", "").with("table", "1").on("names"))) { (L.all) } }
        }
    }
}

fn article(ctx: &Ctx, pairs: &[PairRow], pair: &PairRow, gone: Option<&str>) -> Result<Markup, DeskError> {
    let at = pairs.iter().position(|p| p.pair == pair.pair).unwrap_or(0);
    let (a, b) = (ctx.desk().entity(&pair.a.id)?, ctx.desk().entity(&pair.b.id)?);
    let question = match pair.kind.as_str() {
        "person" => S.question_person,
        "agency" | "organisation" => S.question_body,
        _ => S.question_post,
    };
    Ok(html! {
        article class="claim stack" aria-labelledby="n-h" {
            @if let Some(id) = gone { p class="small quiet" { (show(S.gone, &[("id", &html! { code { (id) } }), ("decided", &html! { a href=(ctx.to("names?decided=1")) { (S.gone_decided) } })])) } }
            header { p class="small quiet" { (say(S.pair_at, &[("at", &(at + 1)), ("all", &pairs.len())])) " · " (terms::entity(&pair.kind)) " · " (near(pair)) }
                h2 id="n-h" { (question) } }
            div class="pair" { (side(ctx, pair, &pair.a, a.as_ref())) (side(ctx, pair, &pair.b, b.as_ref())) }
            (slots(pair))
            (follows::panel(ctx, pair, a.as_ref(), b.as_ref())?)
            (bar(ctx, pair, pairs.get(at + 1)))
        }
    })
}

/// The sources of a side that say its name.
fn sources<'e>(side: &PairSide, entity: Option<&'e EntityRow>) -> Vec<&'e StatementRow> {
    let all = entity.map_or(&[][..], |entity| &entity.statements);
    let named = all.iter().filter(|row| row.property == "name");
    let mut rows: Vec<&StatementRow> = named.collect();
    // What the question rests on comes first.
    rows.sort_by_key(|row| row.quote != side.quote);
    rows
}

fn side(ctx: &Ctx, pair: &PairRow, side: &PairSide, entity: Option<&EntityRow>) -> Markup {
    let rows = sources(side, entity);
    let documents: BTreeSet<&str> = rows.iter().map(|row| row.document.as_str()).collect();
    let claims = entity.map_or(0, |entity| entity.claims.len());
    let path = if pair.kind == "post" { "post" } else { "entity" };
    html! {
        div {
            p class="big" lang=(parts::tag(&side.lang, &side.text)) { (side.text) }
            (gloss::line(&side.text))
            p class="small quiet" {
                @if !rows.is_empty() { (say(S.quotes_in, &[("quotes", &words::count(rows.len(), N.quotes)), ("documents", &words::count(documents.len(), N.documents))])) ", " (words::count(claims, N.claims)) " · " }
                a href=(ctx.to(&format!("{path}/{}", side.id))) { (S.its_page) span class="vh" { ": " (side.text) } }
            }
            @for row in rows.iter().take(QUOTES) { (quote(ctx, row)) }
            @if rows.len() > QUOTES { p class="xs quiet" { a href=(ctx.to(&format!("entity/{}", side.id))) { (words::count(rows.len() - QUOTES, N.more)) } } }
            @if rows.is_empty() { p class="small quiet" { (S.no_quote_names) } }
        }
    }
}

/// A quote with the name marked in it, and the way to its place.
fn quote(ctx: &Ctx, row: &StatementRow) -> Markup {
    html! {
        blockquote class="q" lang=(parts::tag(&row.of_lang, &row.text)) { (marked(&row.text, &row.value)) }
        p class="xs quiet" { a href=(ctx.to(&source_place(row))) { @match &row.title { Some(title) => { (foreign(title, &row.of_lang)) }, None => { (C.page_untitled) } } }
            @if let Some(date) = &row.date { ", " (words::day(date)) } " · " (terms::voice(&row.voice)) }
    }
}

/// The words with the first place of `name` marked, where it stands in them.
pub(crate) fn marked(text: &str, name: &str) -> Markup {
    match text.find(name).filter(|_| !name.is_empty()) {
        Some(at) => html! { (text[..at]) mark { (name) } (text[at + name.len()..]) },
        None => html! { (text) },
    }
}

fn slots(pair: &PairRow) -> Markup {
    let vetoes = pair.reasons.iter().filter(|r| r.effect == "veto").count();
    let says = match vetoes {
        0 => S.nothing_against.to_owned(),
        n => words::count(n, S.against_pair),
    };
    let score = say(S.score_yes, &[("score", &words::hundredths(pair.score))]);
    html! {
        section class="panel" aria-labelledby="n-s" { header { h3 id="n-s" { (L.slots) } span class="small quiet" { (sentences(&[says, score])) } }
            table class="slots cards" role="table" { caption class="vh" { (L.slots) }
                thead role="rowgroup" { tr role="row" { @for head in [L.slot, S.left, S.answer, S.right, L.reason] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" { @for row in &pair.reasons { (slot(row)) } }
            }
        }
    }
}

/// One slot of a match, the same on every page.
pub(crate) fn slot(row: &ReasonRow) -> Markup {
    let class = match row.effect.as_str() {
        "same" => "fit same",
        "alike" => "fit near",
        "veto" => "fit veto",
        _ => "fit",
    };
    let value = |text: &str| {
        html! { @if text.is_empty() { "–" } @else { (parts::unknown(text)) @if gloss::has_han(text) { " " span class="quiet" lang="zh-Latn-pinyin" { (gloss::pinyin(text)) } } } }
    };
    html! {
        tr role="row" {
            th role="rowheader" scope="row" class="quiet" { (words::sentence(&terms::slot(&row.slot).replace('_', " "))) }
            td role="cell" data-l=(S.left) { div { (value(&row.a)) } }
            td role="cell" data-l=(S.answer) { div { span class=(class) { (terms::effect(&row.effect)) } } }
            td role="cell" data-l=(S.right) { div { (value(&row.b)) } }
            td role="cell" data-l=(L.reason) { div { (parts::own(&row.sentence)) } }
        }
    }
}

fn bar(ctx: &Ctx, pair: &PairRow, next: Option<&PairRow>) -> Markup {
    let ask = ctx.query.get("ask");
    let nameless = lock(&ctx.app.author).is_empty();
    let stands = match ask {
        "reason" => S.say_why_different,
        "name" => C.say_who,
        _ => S.nobody_decided,
    };
    let invalid = |of: &str| (ask == of).then_some("true");
    html! {
        form class="decide" id="decide" method="post" action=(ctx.to("decide")) aria-label=(L.decision) {
            (act::no_default())
            // The way back is this pair's own address: once it is decided, the next one stands there.
            input type="hidden" name="back" value=(pair_path(ctx, pair));
            input type="hidden" name="what" value=(pair.pair);
            b { (L.decision) }
            @if nameless { label class="vh" for="who" { (L.your_name) } input class="input name" id="who" name="reader" placeholder=(L.your_name) required aria-invalid=[invalid("name")] autocomplete="off"; }
            label class="vh" for="reason" { (L.reason) }
            input class="input" id="reason" name="reason" data-say=(S.say_why_different) placeholder=(S.different_reason) maxlength="2000" autocomplete="off" aria-invalid=[invalid("reason")] aria-describedby="stands" autofocus[ask == "reason"];
            button class="btn main" name="as" value="same" data-key="y" { (L.same) " " kbd { "y" } }
            button class="btn" name="as" value="unsure" data-key="h" { (L.unsure) " " kbd { "h" } }
            button class="btn" name="as" value="different" data-key="n" { (L.different) " " kbd { "n" } }
            @if let Some(next) = next { a class="btn link" href=(ctx.to(&pair_path(ctx, next))) { (S.next_pair) } }
            p id="stands" class="small quiet" { (stands) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_marked_where_it_stands() {
        let shown = |text: &str, name: &str| marked(text, name).into_string();
        assert_eq!(shown("在云砚市公安局。", "云砚市公安局"), "在<mark>云砚市公安局</mark>。");
        assert_eq!(shown("a < b", "zzz"), "a &lt; b");
        assert_eq!(shown("ab", ""), "ab");
    }
}
