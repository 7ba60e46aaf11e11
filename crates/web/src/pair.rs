//! One pair: the two names with the quotes they stand in, slot by slot, and what follows.

use crate::act;
use crate::entity::source_place;
use crate::follows;
use crate::labels::L;
use crate::names::{self, band, kind, pair_path};
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
                li { a href=(ctx.to(&pair_path(ctx, pair))) aria-current=[(pair.pair == chosen.pair).then_some("true")] { (foreign(&pair.a.text, &pair.a.lang)) " / " (foreign(&pair.b.text, &pair.b.lang)) br; span { (kind(&pair.kind)) " · " (band(pair)) } } }
            } }
            p class="pager" { span { (pairs.len()) " in this list" } a href=(ctx.to(&ctx.query.with("ask", "").with("if", "").with("table", "1").on("names"))) { (L.all) } }
        }
    }
}

fn article(ctx: &Ctx, pairs: &[PairRow], pair: &PairRow, gone: Option<&str>) -> Result<Markup, DeskError> {
    let at = pairs.iter().position(|p| p.pair == pair.pair).unwrap_or(0);
    let (a, b) = (ctx.desk().entity(&pair.a.id)?, ctx.desk().entity(&pair.b.id)?);
    let thing = match pair.kind.as_str() {
        "person" => "person in a public role",
        "agency" | "organisation" => "body",
        _ => "post",
    };
    Ok(html! {
        article class="claim stack" aria-labelledby="n-h" {
            @if let Some(id) = gone { p class="small quiet" { "The pair " code { (id) } " waits no longer: it was " a href=(ctx.to("names?decided=1")) { "decided" } ", or what it rested on was read anew. The next one stands here." } }
            header { p class="small quiet" { "Pair " (at + 1) " of " (pairs.len()) " · " (kind(&pair.kind)) " · " (band(pair)) }
                h2 id="n-h" { @if thing == "post" { "Are these two the same post?" } @else { "Do these two names mean the same " (thing) "?" } } }
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
                @if !rows.is_empty() { (words::count(rows.len(), "quote", "quotes")) " in " (words::count(documents.len(), "document", "documents")) ", " (words::count(claims, "claim", "claims")) " · " }
                a href=(ctx.to(&format!("{path}/{}", side.id))) { "its page" span class="vh" { ": " (side.text) } }
            }
            @for row in rows.iter().take(QUOTES) { (quote(ctx, row)) }
            @if rows.len() > QUOTES { p class="xs quiet" { a href=(ctx.to(&format!("entity/{}", side.id))) { "and " (rows.len() - QUOTES) " more" } } }
            @if rows.is_empty() { p class="small quiet" { "No quote that stands names it now." } }
        }
    }
}

/// A quote with the name marked in it, and the way to its place.
fn quote(ctx: &Ctx, row: &StatementRow) -> Markup {
    html! {
        blockquote class="q" lang=(parts::tag(&row.of_lang, &row.text)) { (marked(&row.text, &row.value)) }
        p class="xs quiet" { a href=(ctx.to(&source_place(row))) { @match &row.title { Some(title) => { (foreign(title, &row.of_lang)) }, None => { "page without a title" } } }
            @if let Some(date) = &row.date { ", " (words::day(date)) } " · " (row.voice) }
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
        0 => "Nothing speaks against it; a rule alone may not say yes.".to_owned(),
        n => format!("{} against it.", words::sentence(&words::count(n, "slot speaks", "slots speak"))),
    };
    html! {
        section class="panel" aria-labelledby="n-s" { header { h3 id="n-s" { (L.slots) } span class="small quiet" { (says) " " (L.score) " " (format!("{:.2}", pair.score)) "; 0.70 and more counts as yes." } }
            table class="slots cards" role="table" { caption class="vh" { (L.slots) }
                thead role="rowgroup" { tr role="row" { @for head in [L.slot, "Left", "Answer", "Right", L.reason] { th role="columnheader" scope="col" { (head) } } } }
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
            th role="rowheader" scope="row" class="quiet" { (words::sentence(&row.slot.replace('_', " "))) }
            td role="cell" data-l="Left" { div { (value(&row.a)) } }
            td role="cell" data-l="Answer" { div { span class=(class) { (row.effect) } } }
            td role="cell" data-l="Right" { div { (value(&row.b)) } }
            td role="cell" data-l=(L.reason) { div { (row.sentence) } }
        }
    }
}

fn bar(ctx: &Ctx, pair: &PairRow, next: Option<&PairRow>) -> Markup {
    let ask = ctx.query.get("ask");
    let nameless = lock(&ctx.app.author).is_empty();
    let stands = match ask {
        "reason" => "Say in a few words why they are different; then press Different again.",
        "name" => "Say who you are: a decision has a name under it.",
        _ => "Nobody has decided. Each answer is an entry of the ledger and can be taken back.",
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
            input class="input" id="reason" name="reason" placeholder="Reason (needed for different)" maxlength="2000" autocomplete="off" aria-invalid=[invalid("reason")] aria-describedby="stands" autofocus[ask == "reason"];
            button class="btn main" name="as" value="same" data-key="y" { (L.same) " " kbd { "y" } }
            button class="btn" name="as" value="unsure" data-key="h" { (L.unsure) " " kbd { "h" } }
            button class="btn" name="as" value="different" data-key="n" { (L.different) " " kbd { "n" } }
            @if let Some(next) = next { a class="btn link" href=(ctx.to(&pair_path(ctx, next))) { "Next pair" } }
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
