//! The ledger: who did what, and is it intact.

use crate::act;
use crate::labels::frame::S;
use crate::labels::{L, N, form, say, sentences, terms};
use crate::parts::{self, empty};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::LogRow;
use serde_json::Value;

fn chosen(ctx: &Ctx) -> Result<(Vec<LogRow>, Vec<LogRow>), DeskError> {
    let all = ctx.desk().log()?;
    let fits = |key: &str, value: &str| ctx.query.get(key).is_empty() || value == ctx.query.get(key);
    let about = ctx.query.get("about").to_lowercase();
    let mut rows: Vec<LogRow> = all
        .iter()
        .filter(|row| fits("who", &row.author) && fits("kind", &row.kind))
        .filter(|row| row.time.as_str() >= ctx.query.get("from"))
        .filter(|row| {
            about.is_empty()
                || row.body.as_ref().is_some_and(|body| body.to_string().to_lowercase().contains(&about))
        })
        .cloned()
        .collect();
    let (by, down) = table::sorting(ctx, "-when");
    match by {
        "who" => rows.sort_by_key(|r| r.author.clone()),
        "what" => rows.sort_by_key(|r| r.kind.clone()),
        _ => rows.sort_by_key(|r| r.number),
    }
    if down {
        rows.reverse();
    }
    Ok((all, rows))
}

/// Seal and entries.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (all, rows) = chosen(ctx)?;
    let (size, root) = ctx.desk().head()?;
    let since = all.first().map(|row| words::moment(&row.time));
    let entries = match &since {
        Some(time) => {
            say(form(size as usize, S.entries_since), &[("n", &words::number(size)), ("time", time)])
        }
        None => words::count(size as usize, N.entries) + ".",
    };
    let body = html! {
        div class="head" { h1 { (L.ledger) } p { (sentences(&[entries, S.undo_is_entry.to_owned()])) }
            div class="btns" {
                form method="post" action=(ctx.to("verify")) { (act::back(ctx)) button class="btn main" { (L.verify_now) } }
                a class="btn" href=(ctx.to(&ctx.query.on("ledger.csv"))) { (L.export_csv) }
            }
        }
        div class="stack" {
            (seal(ctx, size, &root))
            section aria-labelledby="l-t" { h2 id="l-t" class="vh" { (L.entries) }
                @if all.is_empty() { (empty(S.nothing_happened, S.nothing_happened_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } })) }
                @else { (filters(ctx, &all)) (list(ctx, &all, &rows)) }
            }
        }
    };
    Ok(shell::page(ctx, L.ledger, Nav::Ledger, body))
}

fn seal(ctx: &Ctx, size: u64, root: &str) -> Markup {
    let checked = lock(&ctx.app.seal).clone();
    html! {
        section class="panel" aria-labelledby="l-s" id="seal" tabindex="-1" {
            header {
                h2 id="l-s" { @match &checked {
                    Some((seal, _)) if seal.intact => { (S.archive_is_intact) }
                    Some(_) => { span class="complaint" { (S.archive_is_not) } }
                    None => { (S.not_checked) }
                } }
                @if let Some((_, time)) = &checked { span class="small quiet" { (say(S.checked_utc, &[("time", &words::moment(time))])) } }
            }
            dl class="meta" {
                dt { (L.entries) } dd { (words::number(size)) }
                dt { (S.head) } dd { span class="hash" { (root) } }
                @if let Some((seal, _)) = &checked {
                    @for (what, found) in &seal.lines { dt { (what) } dd { span class=(if seal.intact { "fit same" } else { "fit" }) { (found) } } }
                }
            }
            @if let Some((seal, _)) = checked.as_ref().filter(|(seal, _)| !seal.faults.is_empty()) {
                ul class="small" { @for fault in seal.faults.iter().take(100) { li { span class="complaint" { (fault) } } } }
            }
            @if checked.is_none() { p class="small quiet" { (S.verify_reads) } }
        }
    }
}

fn filters(ctx: &Ctx, all: &[LogRow]) -> Markup {
    let who = table::distinct(all.iter().map(|r| r.author.as_str()));
    let kinds = table::in_words(all.iter().map(|r| r.kind.as_str()), terms::entry);
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to("ledger")) {
            (table::choice("who", L.who, L.everyone, &who, ctx.query.get("who")))
            (table::choice("kind", L.what, L.everything, &kinds, ctx.query.get("kind")))
            label { (L.from) " " input class="input" name="from" size="10" placeholder="2026-10" value=(ctx.query.get("from")); }
            label { (L.about) " " input class="input" name="about" size="16" placeholder=(S.hint_about) value=(ctx.query.get("about")); }
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, all: &[LogRow], rows: &[LogRow]) -> Markup {
    let columns = [
        Column("when", L.when, "day"),
        Column("who", L.who, ""),
        Column("what", L.what, ""),
        Column("", L.about, ""),
        Column("", L.chain, ""),
        Column("", L.undo, ""),
    ];
    let undone = plainsight_case::taken_back(all);
    let cut = table::cut(rows, ctx.query.get("after"), |row| row.number.to_string());
    html! {
        table class="cards" role="table" { caption class="vh" { (table::sorted(ctx, &columns, "-when", &words::count(rows.len(), N.entries))) }
            (table::head(ctx, "ledger", &columns, "-when"))
            tbody role="rowgroup" data-list { @for row in cut.rows {
                @let word = word(row);
                @let open = row.kind == "decision" && row.body.is_some() && !undone.contains(&row.decision_id());
                @let is_undo = row.body.as_ref().is_some_and(|body| body.get("undo").is_some());
                tr role="row" {
                    td role="cell" class="day" data-l=(L.when) { div { time { (words::moment(&row.time)) } } }
                    td role="cell" data-l=(L.who) { div { (row.author) } }
                    td role="cell" data-l=(L.what) { div { @if row.kind == "decision" { span class=(if open && !is_undo { "decision d-yes" } else { "decision" }) { (word) } } @else { (word) } } }
                    td role="cell" data-l=(L.about) { div { (about(ctx, row)) } }
                    td role="cell" data-l=(L.chain) { div { span class="hash" title=(row.hash) { (row.number) " · " (row.hash.get(..8).unwrap_or(&row.hash)) "…" } } }
                    td role="cell" data-l=(L.undo) { div { @if open { form method="post" action=(ctx.to("undo")) { (act::back(ctx)) input type="hidden" name="decision" value=(row.decision_id()); button class="btn link" { @if is_undo { (L.stands_again) } @else { (L.undo) } span class="vh" { (say(S.undo_of, &[("word", &word), ("n", &row.number)])) } } } } } }
                }
            } }
        }
        @if rows.is_empty() { (empty(S.no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("ledger")) { (L.show_all) } })) }
        (table::pager(ctx, "ledger", &cut, ""))
    }
}

fn text<'b>(body: &'b Value, key: &str) -> &'b str {
    body.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn word(row: &LogRow) -> String {
    match &row.body {
        Some(body) if row.kind == "decision" => match body.get("answer") {
            Some(Value::String(answer)) => parts::decided(answer),
            // An answer with a value: `{"letter": "A"}`, `{"asked": {"party": …}}`.
            Some(Value::Object(one)) => one.iter().next().map_or_else(String::new, |(key, value)| {
                let value = match value {
                    Value::Object(fields) => {
                        fields.get("party").and_then(Value::as_str).unwrap_or_default().to_owned()
                    }
                    Value::String(text) => text.clone(),
                    other => other.to_string(),
                };
                parts::decided(&format!("{key}={value}"))
            }),
            _ => terms::answer("undo").to_owned(),
        },
        _ => terms::entry(&row.kind).to_owned(),
    }
}

/// What an entry is about, from the few keys that bodies share.
fn about(ctx: &Ctx, row: &LogRow) -> Markup {
    let Some(body) = &row.body else { return html! { span class="quiet" { (S.forgotten) } } };
    let ids: Vec<&str> =
        body.get("about").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let quotes: Vec<&str> = body
        .get("quotes")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|q| text(q, "exact"))
        .filter(|q| !q.is_empty())
        .collect();
    // A capture's or register's record may lie one level deeper.
    let deeper = body.as_object().into_iter().flat_map(|map| map.values()).filter(|value| value.is_object());
    let named: Vec<&str> = std::iter::once(body)
        .chain(deeper)
        .flat_map(|value| {
            ["source", "name", "input", "uri", "file", "undo", "register"].map(|key| text(value, key))
        })
        .filter(|value| !value.is_empty())
        .collect();
    html! {
        @for (at, id) in ids.iter().take(4).enumerate() { @if at > 0 { ", " } (link(ctx, id)) }
        @if ids.is_empty() { @if let Some(name) = named.first() { (parts::unknown(name)) } @else { span class="quiet" { (brief(body)) } } }
        @if !text(body, "reason").is_empty() { " “" (text(body, "reason")) "”" }
        @if let Some(quote) = quotes.first() { small { (parts::unknown(&quote.chars().take(60).collect::<String>())) @if quotes.len() > 1 { " " (words::count(quotes.len() - 1, N.more)) } } }
    }
}

fn brief(body: &Value) -> String {
    let text = body.to_string();
    if text.chars().count() > 120 { text.chars().take(120).chain(['…']).collect() } else { text }
}

fn link(ctx: &Ctx, id: &str) -> Markup {
    let page = match id.split('-').next() {
        Some("clm") => "claim",
        Some("doc") => "doc",
        Some("pos" | "quo") => "post",
        Some("pair") => "pair",
        _ => return html! { code { (id) } },
    };
    html! { a href=(ctx.to(&format!("{page}/{id}"))) { (id.get(..12).unwrap_or(id)) "…" } }
}

/// The filtered set, all pages of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, rows) = chosen(ctx)?;
    let heading = ["number", "time", "author", "kind", "hash", "body"];
    let rows = rows.into_iter().map(|row| {
        let body = row.body.map(|body| body.to_string()).unwrap_or_default();
        vec![row.number.to_string(), row.time, row.author, row.kind, row.hash, body]
    });
    Ok(Reply::csv("ledger.csv", crate::csv::write(&heading, rows)))
}
