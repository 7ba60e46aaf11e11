//! The quotes that wait for somebody who reads their language.

use crate::desk::Machine;
use crate::labels::claims::S;
use crate::labels::machine::S as M;
use crate::labels::{L, say, show, terms};
use crate::parts::{empty, foreign, grade_words};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, act, gloss, machines, proposed, sheet, words};
use maud::{Markup, html};
use plainsight_case::views::{ToReadClaim, ToReadRow};

/// Quotes shown on one page.
const MOST: usize = 30;
/// Claims shown of a quote before the rest is folded: a list of services may bear a dozen.
const FIRST: usize = 4;

fn lang<'c>(ctx: &'c Ctx) -> Option<&'c str> {
    Some(ctx.query.get("lang")).filter(|lang| !lang.is_empty())
}

/// One card a quote; what would move most comes first.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let all = ctx.desk().to_read(None)?;
    let rows = ctx.desk().to_read(lang(ctx))?;
    let mut langs: Vec<&str> = all.iter().map(|row| row.lang.as_str()).collect();
    langs.sort_unstable();
    langs.dedup();
    // Of all that wait nothing is named, so that a button on an old page asks about what waits then.
    let named: Vec<String> = match lang(ctx) {
        Some(_) => rows.iter().map(|row| row.quote.clone()).collect(),
        None => Vec::new(),
    };
    let body = html! {
        div class="head" { h1 { (L.to_read) } p { (sheet::waiting(&rows, lang(ctx))) }
            div class="btns" {
                @for lang in langs { a class="btn" href=(ctx.to(&format!("to-read?lang={}", crate::query::escape(lang)))) { (terms::language(lang)) } }
                a class="btn" href=(ctx.to(&ctx.query.on("to-read.html"))) { (S.as_sheet) }
            }
        }
        @if !rows.is_empty() { (machines::panel(ctx, Machine::Translator, &named)?) }
        @if rows.is_empty() {
            (empty(S.nothing_waits, S.nothing_waits_why, html! { a class="btn main" href=(ctx.to("claims")) { (L.claims) } }))
        } @else {
            div class="stack" data-list { @for row in rows.iter().take(MOST) { (card(ctx, row)) } }
            @if rows.len() > MOST { p class="small quiet" { (words::count(rows.len() - MOST, S.more_wait)) } }
            p class="small quiet" { (show(S.filed_by, &[("command", &html! { code { "plainsight decide CASE --from FILE" } })])) " " (M.senses) }
        }
    };
    Ok(shell::page(ctx, L.to_read, Nav::ToRead, body))
}

fn card(ctx: &Ctx, row: &ToReadRow) -> Markup {
    let place = format!(
        "doc/{}?q={}&at={}-{}#c{}-{}",
        row.document, row.quote, row.start, row.end, row.start, row.end
    );
    let nameless = lock(&ctx.app.author).is_empty();
    let (first, more) = row.claims.split_at(row.claims.len().min(FIRST));
    html! {
        section class="panel" id=(row.quote) tabindex="-1" aria-label=(sheet::short(&row.quote)) {
            p class="small quiet" { code { (sheet::short(&row.quote)) } " · "
                a href=(ctx.to(&place)) { @match &row.title { Some(title) => { (foreign(title, &row.lang)) }, None => { (S.page_untitled) } } }
                @if let Some(date) = &row.date { ", " (words::day(date)) } }
            (sheet::passage(row))
            (gloss::beneath(&row.text, &ctx.desk().gloss(&row.text), false))
            (proposed::translation(ctx, &row.quote))
            @for claim in first { (asked(ctx, claim)) }
            @if !more.is_empty() {
                details { summary { (words::count(more.len(), S.more_rest)) } @for claim in more { (asked(ctx, claim)) } }
            }
            form method="post" action=(ctx.to("decide")) class="btns" {
                (act::back(ctx))
                input type="hidden" name="what" value=(row.quote);
                @if nameless { input class="input name" name="reader" placeholder=(L.your_name) aria-label=(L.your_name) required autocomplete="off"; }
                button class="btn main" name="as" value="read" { (S.it_says_so) }
                button class="btn" name="as" value="reject" { (S.it_does_not) }
                button class="btn" name="as" value="unsure" { (L.unsure) }
            }
        }
    }
}

/// A claim that the quote should support, and what reading it would move.
fn asked(ctx: &Ctx, claim: &ToReadClaim) -> Markup {
    html! {
        p { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (sheet::asked(claim)) }
            @if claim.grade != claim.grade_if_read { " " span class="small quiet" { (say(S.would_be, &[("now", &grade_words(claim.grade)), ("then", &grade_words(claim.grade_if_read))])) } } }
    }
}

/// The sheet that stands alone, to keep, print or send.
pub(crate) fn sheet(ctx: &Ctx) -> Result<Reply, DeskError> {
    let rows = ctx.desk().to_read(lang(ctx))?;
    let name = ctx.counts()?.name;
    let glossed = |text: &str| ctx.desk().gloss(text);
    let page = sheet::reading_sheet(&name, &rows, lang(ctx), &glossed);
    Ok(Reply::file("to-read.html", "text/html; charset=utf-8", page.into_bytes()))
}
