//! Entities as a list: who and what the case is about.

use crate::labels::names::S;
use crate::labels::{L, N, say, sentences, show, terms};
use crate::names::Kinds;
use crate::parts::{self, empty, foreign};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::views::EntityRow;
use plainsight_text::fold;
use std::collections::BTreeSet;

/// The kinds in the order of their chips; other kinds follow.
const KINDS: [&str; 5] = ["post", "agency", "organisation", "person", "received"];

/// How many different quotes name it.
pub(crate) fn quotes(entity: &EntityRow) -> usize {
    let said = entity.statements.iter().filter(|s| !s.quote.is_empty());
    said.map(|s| s.quote.as_str()).collect::<BTreeSet<_>>().len()
}

/// How many documents they stand in.
pub(crate) fn documents(entity: &EntityRow) -> usize {
    let said = entity.statements.iter().filter(|s| !s.document.is_empty());
    said.map(|s| s.document.as_str()).collect::<BTreeSet<_>>().len()
}

/// The name to show first.
pub(crate) fn title(entity: &EntityRow) -> &str {
    entity.names.first().map_or(S.without_name, |name| name.text.as_str())
}

/// What it is, in words: of what others made its schema.
pub(crate) fn what(entity: &EntityRow) -> String {
    if entity.received {
        say(S.kind_received, &[("schema", &entity.schema)])
    } else {
        terms::entity(&entity.kind).to_owned()
    }
}

fn chosen(ctx: &Ctx) -> Result<(Vec<EntityRow>, Kinds), DeskError> {
    let all = ctx.desk().entities()?;
    let count = |kind: &str| all.iter().filter(|entity| entity.kind == kind).count();
    let kinds: Kinds =
        KINDS.iter().map(|kind| ((*kind).to_owned(), count(kind))).filter(|(_, n)| *n > 0).collect();
    let about = fold(ctx.query.get("about").trim());
    let several = !ctx.query.get("several").is_empty();
    let mut rows: Vec<EntityRow> = all
        .into_iter()
        .filter(|entity| ctx.query.get("kind").is_empty() || entity.kind == ctx.query.get("kind"))
        .filter(|entity| !several || entity.names.len() > 1)
        .filter(|entity| {
            about.is_empty() || entity.names.iter().any(|name| fold(&name.text).contains(&about))
        })
        .collect();
    let (by, down) = table::sorting(ctx, "-quotes");
    match by {
        "name" => rows.sort_by(|a, b| title(a).cmp(title(b))),
        "kind" => rows.sort_by_key(|e| KINDS.iter().position(|kind| *kind == e.kind)),
        "names" => rows.sort_by_key(|e| e.names.len()),
        "documents" => rows.sort_by_key(documents),
        "claims" => rows.sort_by_key(|e| e.claims.len()),
        _ => rows.sort_by_key(quotes),
    }
    if down {
        rows.reverse();
    }
    Ok((rows, kinds))
}

/// Chips by kind, filters, the table.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (rows, kinds) = chosen(ctx)?;
    let all: usize = kinds.iter().map(|(_, n)| n).sum();
    let body = html! {
        div class="head" { h1 { (L.entities) } p { (sentences(&[words::count(all, N.entities) + L.full_stop, S.person_only.to_owned()])) }
            div class="btns" { a class="btn" href=(ctx.to("names")) { (L.names) } a class="btn" href=(ctx.to(&ctx.query.on("entities.csv"))) { (L.export_csv) } } }
        @if all == 0 {
            (empty(S.entities_empty, S.entities_empty_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else { (filters(ctx, all, &kinds)) (list(ctx, &rows)) }
    };
    Ok(shell::page(ctx, L.entities, Nav::Entities, body))
}

fn filters(ctx: &Ctx, all: usize, kinds: &[(String, usize)]) -> Markup {
    let on = ctx.query.get("kind");
    let chip = |kind: &str| ctx.to(&ctx.query.with("kind", kind).on("entities"));
    html! {
        nav class="chips" aria-label=(S.filter_by_kind) {
            a class="chip" aria-current=[on.is_empty().then_some("true")] href=(chip("")) { (L.all) " " (all) }
            @for (name, count) in kinds { a class="chip" aria-current=[(on == name).then_some("true")] href=(chip(name)) { (words::sentence(terms::entity(name))) " " (count) } }
        }
        form class="filters" aria-label=(L.filters) action=(ctx.to("entities")) {
            @for key in ["kind", "sort"] { @if !ctx.query.get(key).is_empty() { input type="hidden" name=(key) value=(ctx.query.get(key)); } }
            label { (L.name) " " input class="input" name="about" size="16" value=(ctx.query.get("about")); }
            (table::choice("several", L.names, L.any, &[("1".to_owned(), S.more_than_one.to_owned())], ctx.query.get("several")))
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[EntityRow]) -> Markup {
    let columns = [
        Column("name", L.name, ""),
        Column("kind", L.kind, ""),
        Column("names", L.names, "num"),
        Column("quotes", L.quotes, "num"),
        Column("documents", L.documents, "num"),
        Column("claims", L.claims, "num"),
        Column("", L.joined_from, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |entity| entity.entity.clone());
    html! {
        table class="cards" role="table" { caption class="vh" { (table::sorted(ctx, &columns, "-quotes", &words::count(rows.len(), N.entities))) }
            (table::head(ctx, "entities", &columns, "-quotes"))
            tbody role="rowgroup" data-list { @for entity in cut.rows { tr role="row" {
                td role="cell" class="name" { (name(ctx, entity)) }
                td role="cell" data-l=(L.kind) { div { (words::sentence(&what(entity))) } }
                td role="cell" class="num" data-l=(L.names) { (entity.names.len()) }
                td role="cell" class="num" data-l=(L.quotes) { (quotes(entity)) }
                td role="cell" class="num" data-l=(L.documents) { (documents(entity)) }
                td role="cell" class="num" data-l=(L.claims) { (entity.claims.len()) }
                td role="cell" data-l=(L.joined_from) { div { @if !entity.joined.is_empty() { span class="decision d-yes" { (words::count(entity.joined.len(), N.decisions)) } } } }
            } } }
        }
        @if rows.is_empty() { (empty(S.entities_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("entities")) { (L.show_all) } })) }
        (table::pager(ctx, "entities", &cut, ""))
    }
}

/// A name that leads to its page, with pinyin and what else it is called.
fn name(ctx: &Ctx, entity: &EntityRow) -> Markup {
    let others: Vec<_> = entity.names.iter().skip(1).take(3).collect();
    html! {
        a href=(ctx.to(&format!("entity/{}", crate::query::escape(&entity.entity)))) { (parts::unknown(title(entity))) }
        @if gloss::has_han(title(entity)) { small lang="zh-Latn-pinyin" { (gloss::pinyin(title(entity))) } }
        @if !others.is_empty() { small { (show(S.also, &[("names", &html! { @for (at, name) in others.iter().enumerate() { @if at > 0 { ", " } (foreign(&name.text, &name.lang)) } })])) @if entity.names.len() > 4 { " " (words::count(entity.names.len() - 4, N.more)) } } }
    }
}

/// The filtered list, all of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (rows, _) = chosen(ctx)?;
    let heading = [
        "entity",
        "kind",
        "schema",
        "name",
        "other_names",
        "quotes",
        "documents",
        "claims",
        "joined",
        "received",
    ];
    let rows = rows.iter().map(|entity| {
        let others: Vec<&str> = entity.names.iter().skip(1).map(|name| name.text.as_str()).collect();
        vec![
            entity.entity.clone(),
            entity.kind.clone(),
            entity.schema.clone(),
            title(entity).to_owned(),
            others.join(" | "),
            quotes(entity).to_string(),
            documents(entity).to_string(),
            entity.claims.len().to_string(),
            entity.joined.len().to_string(),
            entity.received.to_string(),
        ]
    });
    Ok(Reply::csv("entities.csv", crate::csv::write(&heading, rows)))
}
