//! Sources: what came in, what was not read, and what cures it.

use crate::act;
use crate::job;
use crate::labels::documents::S;
use crate::labels::{L, N, say, terms};
use crate::parts::{empty, own, site, tag};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::{ComplaintGroup, LogRow, SourceRow};
use std::collections::BTreeMap;

fn chosen(ctx: &Ctx) -> Result<(Vec<SourceRow>, Vec<SourceRow>), DeskError> {
    let all = ctx.desk().sources()?;
    let fits = |key: &str, value: &str| ctx.query.get(key).is_empty() || value == ctx.query.get(key);
    let words = ctx.query.get("file").to_lowercase();
    let mut rows: Vec<SourceRow> = all
        .iter()
        .filter(|row| fits("lang", row.lang.as_deref().unwrap_or_default()))
        .filter(|row| fits("kind", row.kind.as_deref().unwrap_or_default()))
        .filter(|row| match ctx.query.get("state") {
            "complaint" => row.complaints > 0,
            state => state.is_empty() || row.state == state,
        })
        .filter(|row| {
            words.is_empty()
                || [
                    row.capture.uri.as_str(),
                    row.capture.source.as_str(),
                    row.title.as_deref().unwrap_or_default(),
                ]
                .iter()
                .any(|text| text.to_lowercase().contains(&words))
        })
        .cloned()
        .collect();
    let (by, down) = table::sorting(ctx, "-captured");
    match by {
        "document" => rows.sort_by_key(|r| r.title.clone()),
        "how" => rows.sort_by_key(|r| r.capture.how.clone()),
        "bytes" => rows.sort_by_key(|r| r.capture.bytes),
        "state" => rows.sort_by_key(|r| (r.state.clone(), r.complaints)),
        _ => rows.sort_by_key(|r| r.capture.date.clone()),
    }
    if down {
        rows.reverse();
    }
    Ok((all, rows))
}

/// What came in, as a page.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (all, rows) = chosen(ctx)?;
    let complaints = ctx.desk().complaints()?;
    let refusals: Vec<LogRow> = ctx.desk().log()?.into_iter().filter(|row| row.kind == "refusal").collect();
    let read = all.iter().filter(|row| row.state.contains("read") && row.state != "not read").count();
    let items: usize = complaints.iter().map(|group| group.items.len()).sum();
    let body = html! {
        div class="head" { h1 { (L.sources) }
            p { (say(S.captures_read, &[("captures", &words::count(all.len(), N.captures)), ("read", &words::number(read as u64)), ("complaints", &words::count(items, N.complaints))])) }
            div class="btns" { a class="btn" href=(ctx.to(&ctx.query.on("sources.csv"))) { (L.export_csv) } }
        }
        div class="stack" {
            (job::fragment(ctx))
            (address_field(ctx))
            (drop_zone(ctx))
            @if all.is_empty() { (refused(ctx, &refusals)) (empty(S.nothing_came, S.nothing_came_why, html! { a class="btn main" href="#file" { (L.add_files) } })) }
            @else {
                (coverage(ctx, &all))
                @if !complaints.is_empty() { (by_cure(ctx, &complaints, items)) }
                (refused(ctx, &refusals))
                section aria-labelledby="s-t" { h2 id="s-t" class="vh" { (L.captures) } (filters(ctx, &all)) (list(ctx, &rows)) }
            }
        }
    };
    Ok(shell::page(ctx, L.sources, Nav::Sources, body))
}

/// Where an address is pasted, or several, one a line.
pub(crate) fn address_field(ctx: &Ctx) -> Markup {
    html! {
        form class="drop" method="post" action=(ctx.to("add")) enctype="multipart/form-data" aria-label=(L.capture_addresses) {
            (act::back(ctx))
            label for="address" { (L.paste_address) }
            textarea id="address" name="address" rows="1" required autocomplete="off" spellcheck="false" placeholder="https://" {}
            button class="btn main" { (L.capture) }
            p class="xs quiet" { (S.fetched_once) }
        }
    }
}

/// Where files are dropped or chosen; a plain form for whoever has no script.
pub(crate) fn drop_zone(ctx: &Ctx) -> Markup {
    html! {
        form class="drop" method="post" action=(ctx.to("add")) enctype="multipart/form-data" data-drop aria-label=(L.add_files) {
            (act::back(ctx))
            label for="file" { (L.drop_here) }
            input type="file" id="file" name="file" multiple required;
            button class="btn main" { (L.add_files) }
            p class="xs quiet" { (S.drop_why) }
        }
    }
}

fn coverage(ctx: &Ctx, all: &[SourceRow]) -> Markup {
    let mut cells: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for row in all {
        *cells
            .entry(row.lang.as_deref().unwrap_or("und"))
            .or_default()
            .entry(row.kind.as_deref().unwrap_or("not read"))
            .or_default() += 1;
    }
    let kinds: std::collections::BTreeSet<&str> =
        cells.values().flat_map(|row| row.keys().copied()).collect();
    html! {
        section class="panel" aria-labelledby="s-v" { header { h2 id="s-v" { (L.coverage) } span class="small quiet" { (S.by_language) } }
            div class="scroll" tabindex="0" role="region" aria-label=(S.by_language_table) { table { caption class="vh" { (S.by_language) }
                thead { tr { th scope="col" { (L.language) } @for kind in &kinds { th scope="col" class="num" { (terms::document(kind)) } } th scope="col" class="num" { (L.all) } } }
                tbody { @for (lang, row) in &cells { tr { th scope="row" { a href=(ctx.to(&format!("sources?lang={lang}"))) { (terms::language(lang)) } }
                    @for kind in &kinds { td class="num" { (row.get(kind).copied().map_or_else(|| "–".to_owned(), |n| words::number(n as u64))) } }
                    td class="num" { (words::number(row.values().sum::<usize>() as u64)) } } } }
            } }
            form method="post" action=(ctx.to("run")) class="btns" { (act::back(ctx)) button class="btn" { (L.run_now) } span class="small quiet" { (S.run_reads) } }
        }
    }
}

fn by_cure(ctx: &Ctx, groups: &[ComplaintGroup], items: usize) -> Markup {
    html! {
        section class="panel" aria-labelledby="s-c" id="complaints" { header { h2 id="s-c" { (words::count(items, S.by_cure)) } a class="small" href=(ctx.to("sources?state=complaint")) { (S.as_list) } }
            ul class="todo-list" { @for group in groups { li {
                span class="n" { (words::number(group.items.len() as u64)) }
                div { span class="complaint" { (own(&group.what)) } @if let Some(cure) = &group.cure { small { (own(cure)) } }
                    details { summary { (S.which) span class="vh" { ": " (group.what) } } ul class="small" { @for item in group.items.iter().take(50) { li {
                        @if item.of.starts_with("doc-") { a href=(ctx.to(&format!("doc/{}#complaints", item.of))) lang=(tag("und", &item.name)) { (item.name) } } @else { b { (item.name) } }
                        ": " (item.what) @if !item.place.is_empty() { ", " (item.place) }
                    } } @if group.items.len() > 50 { li { (words::count(group.items.len() - 50, N.more)) } } } } }
                span {}
            } } }
        }
    }
}

/// Addresses that somebody asked for and that were not fetched, the last first.
fn refused(ctx: &Ctx, rows: &[LogRow]) -> Markup {
    let text = |row: &LogRow, key: &str| {
        let body = row.body.as_ref();
        body.and_then(|body| body.get(key)?.as_str()).unwrap_or_default().to_owned()
    };
    html! {
        @if !rows.is_empty() {
            section class="panel" aria-labelledby="s-r" { header { h2 id="s-r" { (L.refused) } a class="small" href=(ctx.to("ledger?kind=refusal")) { (words::count(rows.len(), N.addresses)) } }
                ul class="small" data-list { @for row in rows.iter().rev().take(20) { li {
                    b { (text(row, "input")) } ": " (text(row, "why")) " " span class="quiet" { (row.author) ", " (words::moment(&row.time)) }
                } } }
            }
        }
    }
}

fn filters(ctx: &Ctx, all: &[SourceRow]) -> Markup {
    let langs = table::in_words(all.iter().filter_map(|r| r.lang.as_deref()), terms::language);
    let kinds = table::in_words(all.iter().filter_map(|r| r.kind.as_deref()), terms::document);
    let mut states = table::in_words(all.iter().map(|r| r.state.as_str()), terms::state);
    states.push(("complaint".into(), S.with_complaint.into()));
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to("sources")) {
            (table::choice("lang", L.language, L.any, &langs, ctx.query.get("lang")))
            (table::choice("kind", L.kind, L.any, &kinds, ctx.query.get("kind")))
            (table::choice("state", L.state, L.any, &states, ctx.query.get("state")))
            label { (S.site_or_file) input class="input" name="file" size="18" value=(ctx.query.get("file")); }
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[SourceRow]) -> Markup {
    let columns = [
        Column("document", L.document, ""),
        Column("captured", S.captured_utc, "day"),
        Column("how", L.how, ""),
        Column("bytes", L.bytes, "num"),
        Column("state", L.state, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |row| row.capture.capture.clone());
    html! {
        table class="cards" role="table" { caption class="vh" { (table::sorted(ctx, &columns, "-captured", &words::count(rows.len(), N.captures))) }
            (table::head(ctx, "sources", &columns, "-captured"))
            tbody role="rowgroup" data-list { @for row in cut.rows { tr role="row" {
                td role="cell" class="name" {
                    @let title = row.title.clone().unwrap_or_else(|| site(&row.capture.uri).to_owned());
                    a href=(ctx.to(&format!("doc/{}", row.capture.document))) lang=(tag(row.lang.as_deref().unwrap_or("und"), &title)) { (title) }
                    small class="hash" { (row.capture.uri.trim_start_matches("file:///")) }
                }
                td role="cell" class="day" data-l=(L.captured) { div { (words::moment(&row.capture.date)) } }
                td role="cell" data-l=(L.how) { div { (terms::how(&row.capture.how)) small { (row.capture.source) } } }
                td role="cell" class="num" data-l=(L.bytes) { div { (words::number(row.capture.bytes)) } }
                td role="cell" data-l=(L.state) { div { @if row.complaints > 0 { span class="complaint" { (say(S.with_state, &[("state", &terms::state(&row.state)), ("complaints", &words::count(row.complaints, N.complaints))])) } } @else { (terms::state(&row.state)) } } }
            } } }
        }
        @if rows.is_empty() { (empty(S.no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("sources")) { (L.show_all) } })) }
        (table::pager(ctx, "sources", &cut, ""))
    }
}

/// The filtered set, all pages of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, rows) = chosen(ctx)?;
    let heading = [
        "capture",
        "document",
        "title",
        "lang",
        "kind",
        "uri",
        "captured",
        "how",
        "source",
        "bytes",
        "sha256",
        "media_type",
        "file",
        "offset",
        "record",
        "state",
        "complaints",
    ];
    let rows = rows.into_iter().map(|row| {
        let c = row.capture;
        vec![
            c.capture,
            c.document,
            row.title.unwrap_or_default(),
            row.lang.unwrap_or_default(),
            row.kind.unwrap_or_default(),
            c.uri,
            c.date,
            c.how,
            c.source,
            c.bytes.to_string(),
            c.sha256,
            c.media_type.unwrap_or_default(),
            c.file,
            c.offset.to_string(),
            c.record,
            row.state,
            row.complaints.to_string(),
        ]
    });
    Ok(Reply::csv("sources.csv", crate::csv::write(&heading, rows)))
}
