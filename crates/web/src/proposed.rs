//! What machines made that a person asked: a model's proposals, dashed until somebody accepts them, and translations.

use crate::desk::Machine;
use crate::labels::claims::S as C;
use crate::labels::machine::S;
use crate::labels::{L, form, say, show, terms};
use crate::parts::{empty, foreign};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, act, gloss, machines, words};
use maud::{Markup, html};
use plainsight_case::ProposalRow;
use plainsight_case::views::DocumentView;

/// Proposals shown on one page.
const MOST: usize = 50;

/// All proposals, those that wait first.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let mut rows = ctx.desk().proposals()?;
    rows.sort_by_key(|row| row.state != "waits");
    let body = html! {
        div class="head" { h1 { (S.proposed) } p { (waiting(&rows)) } }
        div class="stack" {
        (machines::panel(ctx, Machine::Model, &[])?)
        @if rows.is_empty() {
            (empty(S.no_machine, S.no_machine_why, html! { a class="btn" href=(ctx.to("claims")) { (L.claims) } }))
        } @else {
            (worth())
            div class="stack" data-list { @for row in rows.iter().take(MOST) { (card(ctx, row)) } }
            @if rows.len() > MOST { p class="small quiet" { (words::count(rows.len() - MOST, C.more_wait)) } }
        }
        }
    };
    Ok(shell::page(ctx, S.proposed, Nav::Other, body))
}

/// Those about a document, beside it; nothing where there are none.
pub(crate) fn beside(ctx: &Ctx, view: &DocumentView) -> Result<Markup, DeskError> {
    let mut rows = ctx.desk().proposals()?;
    rows.retain(|row| row.document == view.document);
    let ask = machines::panel(ctx, Machine::Model, std::slice::from_ref(&view.document))?;
    Ok(html! {
        (ask)
        @if !rows.is_empty() {
            section id="proposals" { h2 { (S.proposed) } (worth())
                @for row in rows.iter().take(MOST) { (card(ctx, row)) } }
        }
    })
}

/// How many wait, for the first page.
pub(crate) fn count_waiting(rows: &[ProposalRow]) -> usize {
    rows.iter().filter(|row| row.state == "waits").count()
}

/// Beside a quote that a model proposed and a person accepted.
pub(crate) fn note(ctx: &Ctx, quote: &str) -> Markup {
    let rows = ctx.desk().proposals().unwrap_or_default();
    let row = rows.iter().find(|row| row.state == "accepted" && row.quote_id == quote);
    html! { @if let Some(row) = row { " " (show(S.proposed_accepted, &[("link", &html! { a href=(ctx.to(&format!("proposals#{}", row.proposal))) { (S.proposed) } }), ("model", &version(row))])) } }
}

/// A translation by machine beside a quote, dashed.
pub(crate) fn translation(ctx: &Ctx, quote: &str) -> Markup {
    let made = ctx.desk().translations().unwrap_or_default();
    let row = made.get(quote).and_then(|row| Some((row, row.text.as_deref()?)));
    html! { @if let Some((row, text)) = row {
        div class="tr machine" { p lang=(row.to) { (text) } footer { (say(S.translated_by, &[("by", &if row.version.is_empty() { row.by.clone() } else { format!("{}, {}", row.by, row.version) })])) } }
    } }
}

fn version(row: &ProposalRow) -> &str {
    if row.version.is_empty() { &row.model } else { &row.version }
}

fn waiting(rows: &[ProposalRow]) -> String {
    let n = count_waiting(rows);
    say(
        form(n, S.proposal_waits),
        &[("n", &words::number(n as u64)), ("all", &words::number(rows.len() as u64))],
    )
}

fn worth() -> Markup {
    html! { p class="small quiet" { (S.worth) " " (S.senses) } }
}

fn card(ctx: &Ctx, row: &ProposalRow) -> Markup {
    let nameless = lock(&ctx.app.author).is_empty();
    html! {
        section class="panel" id=(row.proposal) tabindex="-1" aria-label=(say(S.proposed_kind, &[("kind", &terms::frame(&row.kind))])) {
            div class="tr machine" {
                blockquote class="q" { (foreign(&row.quote.text, "und")) }
                (gloss::beneath(&row.quote.text, &ctx.desk().gloss(&row.quote.text), false))
                dl class="meta" { dt { (L.kind) } dd { (terms::frame(&row.kind)) }
                    @for (name, values) in &row.slots { dt { (terms::slot(name)) } dd { @for (at, value) in values.iter().enumerate() { @if at > 0 { ", " } (foreign(&value.text, "und")) } } } }
                footer { (say(S.by_machine, &[("model", &version(row)), ("time", &words::moment(&row.time))])) " "
                    @match (row.quote.start, row.quote.end) {
                        (Some(start), Some(end)) => { a href=(ctx.to(&format!("doc/{}?at={start}-{end}#c{start}-{end}", row.document))) { (S.in_document) } }
                        _ => { (S.stands_no_more) }
                    }
                    " " b { (state(&row.state)) } }
            }
            @if row.state == "waits" || row.state == "unsure" {
                form method="post" action=(ctx.to("decide")) class="btns" {
                    (act::back_at(ctx, &row.proposal))
                    input type="hidden" name="what" value=(row.proposal);
                    @if nameless { input class="input name" name="reader" placeholder=(L.your_name) aria-label=(L.your_name) required autocomplete="off"; }
                    button class="btn" name="as" value="confirm" { (S.accept) }
                    button class="btn" name="as" value="reject" { (L.reject) }
                }
            }
        }
    }
}

fn state(word: &str) -> &'static str {
    match word {
        "waits" => S.waits,
        "accepted" => S.accepted,
        "rejected" => S.rejected,
        "unsure" => S.unsure,
        _ => S.gone,
    }
}
