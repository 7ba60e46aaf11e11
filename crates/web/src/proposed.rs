//! What machines made that a person asked: a model's proposals, dashed until somebody accepts them, and translations.

use crate::labels::L;
use crate::parts::{empty, foreign};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, act, gloss, words};
use maud::{Markup, html};
use plainsight_case::ProposalRow;
use plainsight_case::views::DocumentView;

/// Proposals shown on one page.
const MOST: usize = 50;

const TITLE: &str = "Proposed by a machine";

/// All proposals, those that wait first.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let mut rows = ctx.desk().proposals()?;
    rows.sort_by_key(|row| row.state != "waits");
    let body = html! {
        div class="head" { h1 { (TITLE) } p { (waiting(&rows)) } }
        @if rows.is_empty() {
            (empty("No machine was asked", "A language model reads along only where case.toml names one and somebody runs plainsight propose. docs/models.md says what is sent.", html! { a class="btn" href=(ctx.to("claims")) { (L.claims) } }))
        } @else {
            (worth())
            div class="stack" data-list { @for row in rows.iter().take(MOST) { (card(ctx, row)) } }
            @if rows.len() > MOST { p class="small quiet" { "and " (rows.len() - MOST) " more after these" } }
        }
    };
    Ok(shell::page(ctx, TITLE, Nav::Other, body))
}

/// Those about a document, beside it; nothing where there are none.
pub(crate) fn beside(ctx: &Ctx, view: &DocumentView) -> Result<Markup, DeskError> {
    let mut rows = ctx.desk().proposals()?;
    rows.retain(|row| row.document == view.document);
    Ok(html! {
        @if !rows.is_empty() {
            section id="proposals" { h2 { (TITLE) } (worth())
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
    html! { @if let Some(row) = row { " " a href=(ctx.to(&format!("proposals#{}", row.proposal))) { "Proposed by machine" } " (" (version(row)) "), accepted by a person." } }
}

/// A translation by machine beside a quote, dashed.
pub(crate) fn translation(ctx: &Ctx, quote: &str) -> Markup {
    let made = ctx.desk().translations().unwrap_or_default();
    let row = made.get(quote).and_then(|row| Some((row, row.text.as_deref()?)));
    html! { @if let Some((row, text)) = row {
        div class="tr machine" { p lang=(row.to) { (text) } footer { "Translated by machine: " (row.by) @if !row.version.is_empty() { ", " (row.version) } ". Not evidence: the quote counts." } }
    } }
}

fn version(row: &ProposalRow) -> &str {
    if row.version.is_empty() { &row.model } else { &row.version }
}

fn waiting(rows: &[ProposalRow]) -> String {
    let waiting = words::count(count_waiting(rows), "proposal waits", "proposals wait");
    format!("{waiting} for a person, of {}", rows.len())
}

fn worth() -> Markup {
    html! { p class="small quiet" { "Each sentence stands in its document word for word; whether it says so, a person decides. Until then it counts for nothing, and accepted it is a quote that still has to be read." } }
}

fn card(ctx: &Ctx, row: &ProposalRow) -> Markup {
    let nameless = lock(&ctx.app.author).is_empty();
    html! {
        section class="panel" id=(row.proposal) tabindex="-1" aria-label=(format!("{}, proposed", row.kind)) {
            div class="tr machine" {
                blockquote class="q" { (foreign(&row.quote.text, "und")) }
                (gloss::beneath(&row.quote.text, &ctx.desk().gloss(&row.quote.text), false))
                dl class="meta" { dt { "Kind" } dd { (row.kind) }
                    @for (name, values) in &row.slots { dt { (name.replace('_', " ")) } dd { @for (at, value) in values.iter().enumerate() { @if at > 0 { ", " } (foreign(&value.text, "und")) } } } }
                footer { "By machine: " (version(row)) ", " (words::moment(&row.time)) " UTC. "
                    @match (row.quote.start, row.quote.end) {
                        (Some(start), Some(end)) => { a href=(ctx.to(&format!("doc/{}?at={start}-{end}#c{start}-{end}", row.document))) { "In its document" } }
                        _ => { "The words stand in its document no more." }
                    }
                    " " b { (state(&row.state)) } }
            }
            @if row.state == "waits" || row.state == "unsure" {
                form method="post" action=(ctx.to("decide")) class="btns" {
                    (act::back_at(ctx, &row.proposal))
                    input type="hidden" name="what" value=(row.proposal);
                    @if nameless { input class="input name" name="reader" placeholder=(L.your_name) aria-label=(L.your_name) required autocomplete="off"; }
                    button class="btn" name="as" value="confirm" { "Accept" }
                    button class="btn" name="as" value="reject" { "Reject" }
                }
            }
        }
    }
}

fn state(word: &str) -> &str {
    match word {
        "waits" => "Waits for a person.",
        "accepted" => "Accepted by a person.",
        "rejected" => "Rejected by a person.",
        "unsure" => "A person was unsure.",
        _ => "Its words are gone.",
    }
}
