//! One register: its rows, which posts were asked of it, what changed since other copies.

use crate::labels::names::S as M;
use crate::labels::posts::S;
use crate::labels::{L, N, form, say, show, terms};
use crate::pair::slot;
use crate::parts::{self, empty, verdict};
use crate::registers::{as_of, complete, head, how_to_add, official};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::RowChange;
use plainsight_case::views::{AskedRow, FoundRow, NearRow, RegisterPage, RegisterView};
use std::collections::BTreeMap;

/// Posts shown with their answers; the list of posts has all.
const ASKED: usize = 30;
/// Changed rows shown.
const CHANGES: usize = 200;

/// The page of one register; under `.csv` its rows that answer as a file.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let (id, file) = id.strip_suffix(".csv").map_or((id, false), |id| (id, true));
    let Some(register) = ctx.desk().register(id, ctx.query.get("q"))? else {
        return Ok(shell::missing(ctx, L.register, id));
    };
    let rows = sorted(ctx, &register);
    if file {
        return Ok(csv(&register, &rows));
    }
    let view = &register.view;
    let sum = say(
        S.as_of_sum,
        &[
            ("day", &as_of(view)),
            ("official", &official(view)),
            ("complete", &complete(view)),
            ("rows", &rows_held(&register)),
        ],
    );
    let body = html! {
        div class="head" { div { p class="small quiet" { a href=(ctx.to("registers")) { (L.registers) } } h1 { (parts::unknown(&view.name)) } p { (sum) } }
            div class="btns" { a class="btn" href=(ctx.to(&ctx.query.with("against", "").on(&format!("{}.csv", path(&register))))) { (L.export_csv) } } }
        div class="stack" {
            (facts(&register))
            (list(ctx, &register, &rows))
            (asked(ctx, &register))
            (snapshots(ctx, &register)?)
            (how_to_add(Some(view)))
        }
    };
    Ok(shell::page(ctx, &view.name, Nav::Registers, body))
}

fn path(register: &RegisterPage) -> String {
    format!("register/{}", register.view.register)
}

fn sorted<'r>(ctx: &Ctx, register: &'r RegisterPage) -> Vec<&'r FoundRow> {
    let mut rows: Vec<&FoundRow> = register.rows.iter().collect();
    let (by, down) = table::sorting(ctx, "number");
    if by == "number" {
        rows.sort_by_key(|found| found.row.number);
    } else {
        rows.sort_by(|a, b| a.row.get(by).cmp(b.row.get(by)));
    }
    if down {
        rows.reverse();
    }
    rows
}

/// How many rows it has, and of how many that it announces.
fn rows_held(register: &RegisterPage) -> String {
    let rows = register.view.rows;
    match register.announced {
        Some(all) => {
            say(S.announced, &[("n", &words::number(rows as u64)), ("all", &words::number(all as u64))])
        }
        None => words::count(rows, N.rows),
    }
}

fn facts(register: &RegisterPage) -> Markup {
    let view = &register.view;
    html! {
        section class="panel" aria-labelledby="r-f" { h2 id="r-f" { (S.how_far) }
            dl class="meta" {
                dt { (L.as_of) } dd { @match &register.until { Some(until) => { (say(S.how_far_until, &[("day", &as_of(view)), ("until", &words::day(until))])) }, None => { (as_of(view)) } } }
                dt { (L.official) } dd { @if view.official { (S.authority_own) } @else { (S.authority_own_not) } }
                dt { (L.complete) } dd { @if view.complete { (S.missing_nothing) } @else { (S.missing_unsaid) } }
                dt { (L.rows) } dd { (rows_held(register)) "; " (say(S.it_lists, &[("what", &terms::counted(&register.of))])) }
                dt { (S.file) } dd { code { (register.file) } }
                dt { (L.snapshot) } dd { "SHA-256 " span class="hash" { (view.snapshot) } }
            }
        }
    }
}

fn list(ctx: &Ctx, register: &RegisterPage, rows: &[&FoundRow]) -> Markup {
    let heads: Vec<String> = register.heads.iter().map(|name| head(name)).collect();
    let mut columns = vec![Column("number", "№", "num")];
    columns.extend(register.heads.iter().zip(&heads).map(|(key, label)| Column(key, label, "")));
    let path = path(register);
    let cut = table::cut(rows, ctx.query.get("after"), |found| found.row.number.to_string());
    let asked = ctx.query.get("q");
    html! {
        section class="panel" aria-labelledby="r-r" id="rows" { header { h2 id="r-r" { (L.rows) } span class="small quiet" { @if asked.trim().is_empty() { (words::count(register.answering, S.all_n)) } @else { (show(form(register.answering, S.rows_answer), &[("n", &words::number(register.answering as u64)), ("words", &parts::unknown(asked))])) } } }
            form class="filters" aria-label=(S.search_register) action=(ctx.to(&path)) {
                @if !ctx.query.get("sort").is_empty() { input type="hidden" name="sort" value=(ctx.query.get("sort")); }
                label { (S.name_or_word) input class="input" type="search" name="q" size="24" value=(asked); }
                button class="btn" { (L.search) }
                @if !asked.is_empty() { a class="btn link" href=(ctx.to(&ctx.query.with("q", "").on(&path))) { (S.all_rows) } }
            }
            @if !register.also.is_empty() { p class="small quiet" { (L.also_searched) " " @for (at, form) in register.also.iter().enumerate() { @if at > 0 { ", " } (parts::unknown(form)) } } }
            @if register.answering > rows.len() { p class="small quiet" { (say(S.rows_first, &[("n", &words::number(rows.len() as u64))])) } }
            @if rows.is_empty() {
                (empty(S.no_row_answers, S.no_row_answers_why, html! { a class="btn main" href=(ctx.to(&path)) { (S.show_all_rows) } }))
            } @else {
                div class="scroll" tabindex="0" role="region" aria-label=(S.region_rows) {
                    table class="cards" role="table" { caption class="vh" { (words::count(rows.len(), N.rows)) }
                        (table::head(ctx, &path, &columns, "number"))
                        tbody role="rowgroup" data-list { @for found in cut.rows { tr role="row" id=(format!("row-{}", found.row.number)) {
                            td role="cell" class="num" data-l="№" { (found.row.number) @if let Some(why) = &found.why { small { (why) } } }
                            @for (key, label) in register.heads.iter().zip(&heads) { td role="cell" data-l=(label) { div { (parts::unknown(found.row.get(key))) } } }
                        } } }
                    }
                }
                (table::pager(ctx, &path, &cut, ""))
            }
        }
    }
}

fn asked(ctx: &Ctx, register: &RegisterPage) -> Markup {
    html! {
        section class="panel proof" aria-labelledby="r-p" { header { h2 id="r-p" { (S.posts_asked_of) } span class="small quiet" { (words::count(register.asked.len(), N.posts)) } }
            @if register.asked.is_empty() { p class="small quiet" { (S.none_asked) } }
            @for row in register.asked.iter().take(ASKED) { (answer(ctx, row)) }
            @if register.asked.len() > ASKED { p class="small quiet" { (words::count(register.asked.len() - ASKED, S.more_in_posts)) } }
            p class="xs quiet" { (S.an_answer) }
        }
    }
}

fn answer(ctx: &Ctx, row: &AskedRow) -> Markup {
    html! {
        div class="answer" {
            p { (verdict(&row.verdict.outcome)) " " a href=(ctx.to(&format!("post/{}#proof", row.post))) { (show(S.post_in, &[("name", &parts::unknown(&row.name))])) } @if let Some(called) = &row.called { ", " (parts::unknown(called)) } " " span class="small quiet" { (row.verdict.why) } }
            @if row.near.is_empty() { p class="small quiet" { (S.no_neighbour) } }
            @else { details { summary { (L.near) ": " (row.near.len()) span class="vh" { (say(S.near_to, &[("name", &row.name)])) } } @for near in &row.near { (neighbour(near)) } } }
        }
    }
}

fn neighbour(near: &NearRow) -> Markup {
    html! {
        table class="slots cards" role="table" { caption class="small quiet" { (show(S.row_is, &[("n", &near.row), ("row", &parts::unknown(&near.shown))])) }
            thead role="rowgroup" { tr role="row" { @for head in [L.slot, L.post, M.answer, L.row, L.reason] { th role="columnheader" scope="col" { (head) } } } }
            tbody role="rowgroup" { @for reason in &near.reasons { (slot(reason)) } }
        }
    }
}

fn snapshots(ctx: &Ctx, register: &RegisterPage) -> Result<Markup, DeskError> {
    let against = ctx.query.get("against");
    let other = register.snapshots.iter().find(|other| other.register == against);
    let changes = match other {
        Some(other) => Some(compared(ctx, register, other)?),
        None => None,
    };
    let path = path(register);
    Ok(html! {
        section class="panel" aria-labelledby="r-s" id="snapshots" { header { h2 id="r-s" { (S.other_copies) } span class="small quiet" { (register.snapshots.len()) } }
            @if register.snapshots.is_empty() { p class="small quiet" { (S.only_copy) } }
            ul class="small" { @for other in &register.snapshots { li {
                a href=(ctx.to(&format!("register/{}", other.register))) { (say(S.as_of_day, &[("day", &as_of(other))])) } ", " (words::count(other.rows, N.rows)) ", " span class="hash" { (other.snapshot.get(..16).unwrap_or_default()) "…" } " · "
                a href=(ctx.to(&(ctx.query.with("against", &other.register).on(&path) + "#snapshots"))) { (S.what_changed) span class="vh" { (say(S.changed_against, &[("day", &as_of(other))])) } }
            } } }
            @if let (Some(other), Some((changes, newer))) = (other, &changes) { (changed(register, &as_of(other), *newer, changes)) }
        }
    })
}

/// What changed from the older of the two copies to the newer one, and whether this one is the newer.
fn compared(
    ctx: &Ctx,
    register: &RegisterPage,
    other: &RegisterView,
) -> Result<(Vec<RowChange>, bool), DeskError> {
    let (here, there) = (&register.view.register, &other.register);
    let newer = register.view.as_of >= other.as_of;
    let (old, new) = if newer { (there, here) } else { (here, there) };
    Ok((ctx.desk().register_diff(old, new)?, newer))
}

fn changed(register: &RegisterPage, other: &str, newer: bool, changes: &[RowChange]) -> Markup {
    let here = as_of(&register.view);
    let (from, to) = if newer { (other, here.as_str()) } else { (here.as_str(), other) };
    let count = |word: &str| changes.iter().filter(|change| change.change == word).count();
    html! {
        h3 { (say(S.added_gone_changed, &[("from", &from), ("to", &to), ("added", &count("added")), ("gone", &count("gone")), ("changed", &count("changed"))])) }
        @if !changes.is_empty() {
            table class="cards changed" role="table" { caption class="vh" { (S.rows_differ) }
                thead role="rowgroup" { tr role="row" { @for head in [L.row, L.what, S.before, S.after] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" { @for change in changes.iter().take(CHANGES) { tr role="row" {
                    td role="cell" class="num" data-l=(L.row) { (change.row) }
                    td role="cell" data-l=(L.what) { div { (terms::change(change.change)) } }
                    td role="cell" data-l=(S.before) { div { (cells(change.before.as_ref(), change.after.as_ref())) } }
                    td role="cell" data-l=(S.after) { div { (cells(change.after.as_ref(), change.before.as_ref())) } }
                } } }
            }
            @if changes.len() > CHANGES { p class="small quiet" { (show(S.rows_more, &[("n", &words::number((changes.len() - CHANGES) as u64)), ("command", &html! { code { "plainsight register diff CASE OLDER NEWER" } })])) } }
        }
    }
}

/// The cells of one side: where the row is in both copies only those that differ.
fn cells(side: Option<&BTreeMap<String, String>>, other: Option<&BTreeMap<String, String>>) -> Markup {
    let Some(side) = side else { return html! { span class="quiet" { (S.not_there) } } };
    let differs = |(name, cell): &(&String, &String)| match other {
        Some(other) => other.get(*name).map_or("", String::as_str) != cell.as_str() && *name != "as_of",
        None => !cell.is_empty() && !matches!(name.as_str(), "register" | "as_of" | "complete" | "official"),
    };
    let shown: Vec<_> = side.iter().filter(differs).collect();
    html! { @for (at, (name, cell)) in shown.iter().enumerate() { @if at > 0 { "; " } span class="quiet" { (head(name)) ": " } @if cell.is_empty() { (S.cell_empty) } @else { (parts::unknown(cell)) } } }
}

/// The same rows as the table, all of them.
fn csv(register: &RegisterPage, rows: &[&FoundRow]) -> Reply {
    let mut heading = vec!["number"];
    heading.extend(register.heads.iter().map(String::as_str));
    let rows = rows.iter().map(|found| {
        let cells = register.heads.iter().map(|head| found.row.get(head).to_owned());
        std::iter::once(found.row.number.to_string()).chain(cells).collect()
    });
    Reply::csv("register.csv", crate::csv::write(&heading, rows))
}
