//! Registers as a list: what each is and how far it can speak.

use crate::labels::posts::S;
use crate::labels::{L, N, sentences, show, terms};
use crate::parts::empty;
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::RegisterView;
use std::collections::BTreeMap;

/// A register with how many posts were asked of it.
type Asked = (RegisterView, usize);

fn chosen(ctx: &Ctx) -> Result<(usize, Vec<Asked>), DeskError> {
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for finding in ctx.desk().findings()? {
        for register in finding.verdicts.iter().filter_map(|v| v.register.clone()) {
            *asked.entry(register).or_default() += 1;
        }
    }
    let all = ctx.desk().registers()?;
    let total = all.len();
    let yes = |key: &str, value: bool| match ctx.query.get(key) {
        "" => true,
        asked => value == (asked == "yes"),
    };
    let count = |register: &RegisterView| asked.get(&register.register).copied().unwrap_or(0);
    let mut rows: Vec<Asked> = all
        .into_iter()
        .filter(|r| yes("official", r.official) && yes("complete", r.complete))
        .map(|register| (register.clone(), count(&register)))
        .collect();
    let (by, down) = table::sorting(ctx, "name");
    match by {
        "official" => rows.sort_by_key(|(r, _)| !r.official),
        "complete" => rows.sort_by_key(|(r, _)| !r.complete),
        "rows" => rows.sort_by_key(|(r, _)| r.rows),
        "day" => rows.sort_by_key(|(r, _)| r.as_of.clone()),
        "asked" => rows.sort_by_key(|(_, asked)| *asked),
        _ => rows.sort_by(|a, b| (&a.0.name, &a.0.as_of).cmp(&(&b.0.name, &b.0.as_of))),
    }
    if down {
        rows.reverse();
    }
    Ok((total, rows))
}

/// The table, and how to add one.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (total, rows) = chosen(ctx)?;
    let body = html! {
        div class="head" { h1 { (L.registers) } p { (sentences(&[words::count(total, N.registers) + L.full_stop, S.an_answer.to_owned()])) }
            div class="btns" { a class="btn" href=(ctx.to(&ctx.query.on("registers.csv"))) { (L.export_csv) } } }
        @if total == 0 {
            (empty(S.registers_none, S.registers_none_why, html! { code class="pick" { "plainsight register add CASE FILE.csv --official --complete --as-of 2022-11-16" } }))
        } @else {
            (filters(ctx))
            div class="stack" { div { (list(ctx, &rows)) } (how_to_add(None)) }
        }
    };
    Ok(shell::page(ctx, L.registers, Nav::Registers, body))
}

fn filters(ctx: &Ctx) -> Markup {
    let yes_no = [("yes".to_owned(), S.yes.to_owned()), ("no".to_owned(), S.no.to_owned())];
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to("registers")) {
            (table::choice("official", L.official, L.any, &yes_no, ctx.query.get("official")))
            (table::choice("complete", L.complete, L.any, &yes_no, ctx.query.get("complete")))
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[Asked]) -> Markup {
    let columns = [
        Column("name", L.register, ""),
        Column("day", L.as_of, "day"),
        Column("official", L.official, ""),
        Column("complete", L.complete, ""),
        Column("rows", L.rows, "num"),
        Column("asked", S.posts_asked, "num"),
        Column("", L.snapshot, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |(register, _)| register.register.clone());
    html! {
        table class="cards" role="table" { caption class="vh" { (table::sorted(ctx, &columns, "name", &words::count(rows.len(), N.registers))) }
            (table::head(ctx, "registers", &columns, "name"))
            tbody role="rowgroup" data-list { @for (register, asked) in cut.rows { tr role="row" {
                td role="cell" class="name" { a href=(ctx.to(&format!("register/{}", register.register))) { (register.name) } }
                td role="cell" class="day" data-l=(L.as_of) { div { (as_of(register)) } }
                td role="cell" data-l=(L.official) { div { (official(register)) } }
                td role="cell" data-l=(L.complete) { div { (complete(register)) } }
                td role="cell" class="num" data-l=(L.rows) { (words::number(register.rows as u64)) }
                td role="cell" class="num" data-l=(S.posts_asked) { (asked) }
                td role="cell" data-l=(L.snapshot) { div { span class="hash" title=(register.snapshot) { (register.snapshot.get(..16).unwrap_or(&register.snapshot)) "…" } } }
            } } }
        }
        @if rows.is_empty() { (empty(S.registers_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("registers")) { (L.show_all) } })) }
        (table::pager(ctx, "registers", &cut, S.only_official))
    }
}

/// A column of a register as a person reads it.
pub(crate) fn head(column: &str) -> String {
    words::sentence(&terms::column(column).replace('_', " "))
}

/// The day it holds for, in words.
pub(crate) fn as_of(register: &RegisterView) -> String {
    register.as_of.as_deref().map_or_else(|| S.unknown_day.to_owned(), words::day)
}

/// Whose list it is, in words.
pub(crate) fn official(register: &RegisterView) -> &'static str {
    if register.official { S.official } else { S.official_not }
}

/// Whether it says that nothing is missing, in words.
pub(crate) fn complete(register: &RegisterView) -> &'static str {
    if register.complete { S.complete } else { S.complete_not }
}

/// The command that brings a register, or a newer copy of this one.
pub(crate) fn how_to_add(of: Option<&RegisterView>) -> Markup {
    let quoted = |name: &str| format!("'{}'", name.replace('\'', "'\\''"));
    let flags = match of {
        None => " --official --complete".to_owned(),
        Some(register) => {
            let flag = |yes: bool, word: &str| if yes { format!(" --{word}") } else { String::new() };
            format!(
                " --name {}{}{}",
                quoted(&register.name),
                flag(register.official, "official"),
                flag(register.complete, "complete")
            )
        }
    };
    let command = format!("plainsight register add CASE FILE.csv --as-of YYYY-MM-DD{flags}");
    html! {
        section class="panel" aria-labelledby="r-a" { h2 id="r-a" { @if of.is_some() { (L.add_newer) } @else { (S.add_register) } }
            p class="small" { (show(S.terminal, &[("command", &html! { code class="pick" { (command) } })])) }
            p class="small quiet" { (S.kept_as_is) }
        }
    }
}

/// The filtered list, all of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, rows) = chosen(ctx)?;
    let heading = ["register", "name", "as_of", "official", "complete", "rows", "posts_asked", "snapshot"];
    let rows = rows.into_iter().map(|(register, asked)| {
        vec![
            register.register,
            register.name,
            register.as_of.unwrap_or_default(),
            register.official.to_string(),
            register.complete.to_string(),
            register.rows.to_string(),
            asked.to_string(),
            register.snapshot,
        ]
    });
    Ok(Reply::csv("registers.csv", crate::csv::write(&heading, rows)))
}
