//! Registers as a list: what each is and how far it can speak.

use crate::labels::L;
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

/// The sentence that stands wherever a register answers.
pub(crate) const NOT_THE_LAW: &str = "An answer is about a list, not about the law. Whether consent was given in another way is a question for the host state.";

/// The table, and how to add one.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (total, rows) = chosen(ctx)?;
    let body = html! {
        div class="head" { h1 { (L.registers) } p { (words::count(total, "register", "registers")) ". " (NOT_THE_LAW) }
            div class="btns" { a class="btn" href=(ctx.to(&ctx.query.on("registers.csv"))) { (L.export_csv) } } }
        @if total == 0 {
            (empty("No register yet", "A register is a dated list of an authority, such as its accredited posts. Without one every post answers “cannot tell”. Bring it as a CSV; the file is kept and hashed like any capture.", html! { code class="pick" { "plainsight register add CASE FILE.csv --official --complete --as-of 2022-11-16" } }))
        } @else {
            (filters(ctx))
            div class="stack" { div { (list(ctx, &rows)) } (how_to_add(None)) }
        }
    };
    Ok(shell::page(ctx, L.registers, Nav::Registers, body))
}

fn filters(ctx: &Ctx) -> Markup {
    let yes_no = [("yes".to_owned(), "yes".to_owned()), ("no".to_owned(), "no".to_owned())];
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
        Column("asked", "Posts asked", "num"),
        Column("", L.snapshot, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |(register, _)| register.register.clone());
    html! {
        table class="cards" role="table" { caption class="vh" { (words::count(rows.len(), "register", "registers")) ", sorted by " (table::sorting(ctx, "name").0) }
            (table::head(ctx, "registers", &columns, "name"))
            tbody role="rowgroup" data-list { @for (register, asked) in cut.rows { tr role="row" {
                td role="cell" class="name" { a href=(ctx.to(&format!("register/{}", register.register))) { (register.name) } }
                td role="cell" class="day" data-l=(L.as_of) { div { (as_of(register)) } }
                td role="cell" data-l=(L.official) { div { (official(register)) } }
                td role="cell" data-l=(L.complete) { div { (complete(register)) } }
                td role="cell" class="num" data-l=(L.rows) { (words::number(register.rows as u64)) }
                td role="cell" class="num" data-l="Posts asked" { (asked) }
                td role="cell" data-l=(L.snapshot) { div { span class="hash" title=(register.snapshot) { (register.snapshot.get(..16).unwrap_or(&register.snapshot)) "…" } } }
            } } }
        }
        @if rows.is_empty() { (empty("No register fits these filters", "Each filter takes registers away; without them all are shown.", html! { a class="btn main" href=(ctx.to("registers")) { "Show all registers" } })) }
        (table::pager(ctx, "registers", &cut, "Only a list that is official, complete and in force can say “not listed”."))
    }
}

/// The day it holds for, in words.
pub(crate) fn as_of(register: &RegisterView) -> String {
    register.as_of.as_deref().map_or_else(|| "an unknown day".to_owned(), words::day)
}

/// Whose list it is, in words.
pub(crate) fn official(register: &RegisterView) -> &'static str {
    if register.official { "official" } else { "not official" }
}

/// Whether it says that nothing is missing, in words.
pub(crate) fn complete(register: &RegisterView) -> &'static str {
    if register.complete { "complete" } else { "not complete" }
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
        section class="panel" aria-labelledby="r-a" { h2 id="r-a" { @if of.is_some() { (L.add_newer) } @else { "Add a register" } }
            p class="small" { "In a terminal, with your own folder, file and day: " code class="pick" { (command) } }
            p class="small quiet" { "The file is kept as it is, dated and hashed, and the adding is an entry of the ledger. Say official only of an authority's own list, and complete only where it says so of itself. Then every post is asked again; the older copy stays." }
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
