//! One entity: who it is, by whose words.

use crate::act;
use crate::entities::{documents, quotes, title, what};
use crate::labels::claims::S as C;
use crate::labels::names::S;
use crate::labels::{L, N, say, show, terms};
use crate::pair::marked;
use crate::parts::{self, foreign, grade};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::views::{EntityRow, PairRow, StatementRow};

/// Claims shown; the list of claims has all.
const CLAIMS: usize = 40;

/// Where a value stands, as an address below the secret.
pub(crate) fn source_place(row: &StatementRow) -> String {
    format!("doc/{}?at={}-{}#c{}-{}", row.document, row.start, row.end, row.start, row.end)
}

/// The page of one entity; under `.csv` its rows as a file.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    // Ids that others made may hold any character.
    let id = decoded(id);
    let (id, file) = id.strip_suffix(".csv").map_or((id.as_str(), false), |id| (id, true));
    let Some(entity) = ctx.desk().entity(id)? else { return Ok(shell::missing(ctx, L.entity, id)) };
    let rows = chosen(ctx, &entity);
    if file {
        return Ok(csv(&rows));
    }
    let pairs: Vec<PairRow> = ctx
        .desk()
        .names()?
        .into_iter()
        .filter(|pair| pair.a.id == entity.entity || pair.b.id == entity.entity)
        .collect();
    let body = html! {
        div class="head" { div {
            p class="small quiet" { a href=(ctx.to("entities")) { (L.entities) } " · " (what(&entity)) }
            h1 { (parts::unknown(title(&entity))) }
            (gloss::line(title(&entity)))
            @if entity.names.len() > 1 { p { (words::count(entity.names.len() - 1, N.other_names)) ": " @for (at, name) in entity.names.iter().skip(1).enumerate() { @if at > 0 { ", " } (foreign(&name.text, &name.lang)) } } }
        }
            div class="btns" {
                @if entity.kind == "post" { a class="btn" href=(ctx.to(&format!("post/{}", entity.entity))) { (S.its_post) } }
                a class="btn" href=(ctx.to(&ctx.query.on(&format!("{}.csv", path(&entity))))) { (L.export_csv) }
            }
        }
        div class="stack" {
            @if entity.kind == "person" { p class="small quiet" { (S.any_person) } }
            (values(ctx, &entity, &rows))
            (claims(ctx, &entity))
            (joined(ctx, &entity))
            (near(ctx, &pairs))
            p class="xs quiet" { (show(S.entity_id, &[("id", &html! { span class="hash" { (entity.entity) } }), ("schema", &entity.schema)])) }
        }
    };
    Ok(shell::page(ctx, title(&entity), Nav::Entities, body))
}

fn path(entity: &EntityRow) -> String {
    format!("entity/{}", crate::query::escape(&entity.entity))
}

/// A path segment with its `%` written out.
fn decoded(segment: &str) -> String {
    let plus = segment.replace('+', "%2B");
    form_urlencoded::parse(plus.as_bytes()).next().map(|(key, _)| key.into_owned()).unwrap_or_default()
}

/// The rows that the address asks for, in its order, each with its number in all.
fn chosen<'e>(ctx: &Ctx, entity: &'e EntityRow) -> Vec<(usize, &'e StatementRow)> {
    let property = ctx.query.get("property");
    let rows = entity.statements.iter().enumerate();
    let mut rows: Vec<_> = rows.filter(|(_, row)| property.is_empty() || row.property == property).collect();
    let (by, down) = table::sorting(ctx, "property");
    match by {
        "value" => rows.sort_by(|a, b| a.1.value.cmp(&b.1.value)),
        "source" => rows.sort_by(|a, b| (&a.1.title, a.1.start).cmp(&(&b.1.title, b.1.start))),
        "day" => rows.sort_by(|a, b| a.1.date.cmp(&b.1.date)),
        "said" => rows.sort_by(|a, b| a.1.voice.cmp(&b.1.voice)),
        // Names come first, then the rest by what it is.
        _ => rows.sort_by_key(|(_, row)| (row.property != "name", row.property.clone())),
    }
    if down {
        rows.reverse();
    }
    rows
}

fn values(ctx: &Ctx, entity: &EntityRow, rows: &[(usize, &StatementRow)]) -> Markup {
    let columns = [
        Column("property", L.property, ""),
        Column("value", L.value, ""),
        Column("source", S.where_said, ""),
        Column("day", L.published, "day"),
        Column("said", L.said_by, ""),
    ];
    let path = path(entity);
    let all = table::in_words(entity.statements.iter().map(|s| s.property.as_str()), terms::predicate);
    let cut = table::cut(rows, ctx.query.get("after"), |(number, _)| number.to_string());
    html! {
        section class="panel" aria-labelledby="e-v" { header { h2 id="e-v" { (S.by_whose_words) } span class="small quiet" {
                @if entity.received { (S.made_by_others) } @else { (say(S.quotes_in, &[("quotes", &words::count(quotes(entity), N.quotes)), ("documents", &words::count(documents(entity), N.documents))])) } } }
            @if all.len() > 1 {
                form class="filters" aria-label=(L.filters) action=(ctx.to(&path)) { (table::choice("property", L.property, L.any, &all, ctx.query.get("property"))) button class="btn" { (L.show) } }
            }
            table class="cards said" role="table" { caption class="vh" { (S.one_row) }
                (table::head(ctx, &path, &columns, "property"))
                tbody role="rowgroup" data-list { @for (_, row) in cut.rows { (line(ctx, row)) } }
            }
            (table::pager(ctx, &path, &cut, ""))
        }
    }
}

fn line(ctx: &Ctx, row: &StatementRow) -> Markup {
    let dated = matches!(row.property.as_str(), "opened" | "closed");
    html! {
        tr role="row" {
            td role="cell" data-l=(L.property) { div { (terms::predicate(&row.property)) } }
            td role="cell" data-l=(L.value) { div {
                @if dated { (words::day(&row.value)) } @else { (parts::unknown(&row.value)) }
                @if gloss::has_han(&row.value) { small lang="zh-Latn-pinyin" { (gloss::pinyin(&row.value)) } }
                small { (script(&row.value)) } } }
            td role="cell" data-l=(L.where_it_is) { div {
                @if row.document.is_empty() { span class="quiet" { (S.received_without) } } @else {
                    a href=(ctx.to(&source_place(row))) { @match &row.title { Some(title) => { (foreign(title, &row.of_lang)) }, None => { (C.page_untitled) } } }
                    span class="q" lang=(parts::tag(&row.of_lang, &row.text)) { (marked(&row.text, &row.value)) }
                    @if row.withdrawn { small { span class="complaint" { (C.why_withdrawn) } } }
                } } }
            td role="cell" class="day" data-l=(L.published) { div { @if let Some(date) = &row.date { (words::day(date)) } } }
            td role="cell" data-l=(L.said_by) { div { (terms::voice(&row.voice))
                @if !row.document.is_empty() { small { @if row.read_by.is_empty() { (S.not_read) } @else { (say(S.read_by, &[("who", &row.read_by.join(", "))])) } } } } }
        }
    }
}

/// The script of a value in words.
fn script(text: &str) -> &'static str {
    use plainsight_text::{ScriptOf, script_of};
    match script_of(text) {
        ScriptOf::Hans => S.han_simplified,
        ScriptOf::Hant => S.han_traditional,
        ScriptOf::Han => S.han,
        _ => "",
    }
}

fn claims(ctx: &Ctx, entity: &EntityRow) -> Markup {
    html! {
        section class="panel" aria-labelledby="e-c" { header { h2 id="e-c" { (L.stands_in) } span class="small quiet" { (words::count(entity.claims.len(), N.claims)) } }
            @if entity.claims.is_empty() { p class="small quiet" { (S.no_claim) } }
            @else { table class="cards" role="table" { caption class="vh" { (S.claims_it_stands_in) }
                thead role="rowgroup" { tr role="row" { @for head in [L.claim, L.what, L.post, L.grade] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" { @for claim in entity.claims.iter().take(CLAIMS) { tr role="row" {
                    td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (parts::own(&claim.text)) } }
                    td role="cell" data-l=(L.what) { div { (terms::predicate(&claim.predicate)) } }
                    td role="cell" data-l=(L.post) { div { @if let Some(post) = &claim.post { a href=(ctx.to(&format!("post/{post}"))) { (C.its_post) span class="vh" { ": " (parts::own_words(&claim.text)) } } } } }
                    td role="cell" data-l=(L.grade) { div { (grade(claim.grade, parts::grade_words(claim.grade)))
                        @if claim.grade != claim.grade_if_read { small { (parts::if_read(claim.grade_if_read)) } } } }
                } } }
            } }
            @if entity.claims.len() > CLAIMS { p class="small quiet" { (words::count(entity.claims.len() - CLAIMS, N.more)) } }
        }
    }
}

/// What a person joined, each with its way back.
fn joined(ctx: &Ctx, entity: &EntityRow) -> Markup {
    html! {
        section class="panel" aria-labelledby="e-j" { header { h2 id="e-j" { (L.joined_from) } span class="small quiet" { (S.by_a_person) } }
            @if entity.joined.is_empty() { p class="small quiet" { (S.nobody_joined) } }
            ul class="small" { @for row in &entity.joined { li {
                (show(S.joined_by, &[("a", &parts::unknown(&row.a)), ("b", &parts::unknown(&row.b)), ("who", &row.author), ("time", &words::moment(&row.time))])) @if !row.reason.is_empty() { ": “" (row.reason) "”" } " "
                form method="post" action=(ctx.to("undo")) { (act::back(ctx)) input type="hidden" name="decision" value=(row.decision);
                    button class="btn" { (L.split) span class="vh" { (say(S.split_of, &[("a", &row.a), ("b", &row.b)])) } } }
            } } }
        }
    }
}

/// Pairs of the queue that are about it.
fn near(ctx: &Ctx, pairs: &[PairRow]) -> Markup {
    html! {
        @if !pairs.is_empty() {
            section class="panel" aria-labelledby="e-n" { header { h2 id="e-n" { (S.may_be_same) } span class="small quiet" { (words::count(pairs.len(), N.pairs_wait)) } }
                ul class="small" { @for pair in pairs { li { a href=(ctx.to(&format!("pair/{}", pair.pair))) { (foreign(&pair.a.text, &pair.a.lang)) " / " (foreign(&pair.b.text, &pair.b.lang)) } " " span class="quiet" { (crate::names::near(pair)) } } } }
            }
        }
    }
}

/// The same rows as the table, all of them.
fn csv(rows: &[(usize, &StatementRow)]) -> Reply {
    let heading = [
        "property",
        "value",
        "lang",
        "document",
        "title",
        "date",
        "start",
        "end",
        "quote",
        "text",
        "voice",
        "read_by",
        "claim",
        "withdrawn",
    ];
    let rows = rows.iter().map(|(_, row)| {
        vec![
            row.property.clone(),
            row.value.clone(),
            row.lang.clone(),
            row.document.clone(),
            row.title.clone().unwrap_or_default(),
            row.date.clone().unwrap_or_default(),
            row.start.to_string(),
            row.end.to_string(),
            row.quote.clone(),
            row.text.clone(),
            row.voice.clone(),
            row.read_by.join(" | "),
            row.claim.clone().unwrap_or_default(),
            row.withdrawn.to_string(),
        ]
    });
    Reply::csv("entity.csv", crate::csv::write(&heading, rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_others_come_back_out_of_an_address() {
        for id in ["ent-0a", "NK-abc+d", "a/b?c=d&e", "灯"] {
            assert_eq!(decoded(&crate::query::escape(id)), id);
        }
    }
}
