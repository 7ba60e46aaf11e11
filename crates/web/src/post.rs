//! One post: what stands about it, claim by claim, and what registers say.

use crate::labels::L;
use crate::parts::{self, foreign, grade, verdict};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::{DeskError, claim, gloss, map, posts, replies, words};
use maud::{Markup, html};
use plainsight_case::views::{ClaimRow, Finding, VerdictRow};
use serde_json::Value;

/// The page of one post, by its id or by a quote inside it.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let Some(post) = ctx.desk().finding(id)? else { return Ok(shell::missing(ctx, "post", id)) };
    let all = posts::numbered(ctx)?;
    let number = all.iter().find(|(_, other)| other.post == post.post).map_or(0, |(number, _)| *number);
    let mut claims = Vec::new();
    for claim in &post.claims {
        claims.extend(ctx.desk().claim(claim)?);
    }
    let ids: Vec<&str> =
        std::iter::once(post.post.as_str()).chain(claims.iter().map(|claim| claim.claim.as_str())).collect();
    let title = parts::post_title(&post);
    let place = match &post.country {
        Some(country) if *country != title => format!("{title}, {country}"),
        _ => title.clone(),
    };
    let body = html! {
        div class="head" { div {
            p class="small quiet" { a href=(ctx.to("posts")) { (L.posts) } " · " (number) " of " (all.len()) }
            h1 { (place) }
            (names(&post))
        }
        div class="btns" {
            a class="btn" href=(ctx.to(&format!("timeline?post={}", post.post))) { (L.timeline) }
            a class="btn" href=(ctx.to(&format!("network?of={}&steps=2", post.post))) { (L.network) }
        } }
        div class="cols post" {
            div class="stack" {
                (questions(ctx, &claims))
                (slots(ctx, &claims))
                @if let Some(exists) = claims.iter().find(|claim| claim.predicate == "exists") { (claim::origins(ctx, exists)) }
                (proof(ctx, &post)?)
                (replies::of_post(ctx, &ids)?)
                (evidence(ctx, &post))
                (check(ctx, &post))
            }
            aside class="stack" aria-label="About this post" {
                (statuses(ctx, &post))
                (place_on_map(&post, number))
            }
        }
    };
    Ok(shell::page(ctx, &format!("Post: {title}"), Nav::Posts, body))
}

fn names(post: &Finding) -> Markup {
    let first = parts::first_name(post);
    let others: Vec<_> = post.names.iter().filter(|name| Some(*name) != first).collect();
    html! {
        @if let Some(name) = first { p class="q" { (foreign(&name.text, &name.lang)) } (gloss::line(&name.text)) }
        @if !others.is_empty() {
            p { (words::count(others.len(), "other name", "other names")) ": " @for (at, name) in others.iter().enumerate() { @if at > 0 { ", " } (foreign(&name.text, &name.lang)) } }
        }
    }
}

fn questions(ctx: &Ctx, claims: &[ClaimRow]) -> Markup {
    let asked = ["exists", "notified", "consented", "pressure_by"];
    let rows: Vec<&ClaimRow> =
        claims.iter().filter(|claim| asked.contains(&claim.predicate.as_str())).collect();
    html! {
        section class="panel" aria-labelledby="p-3" { header { h2 id="p-3" { (L.three_questions) } }
            table class="cards" role="table" { caption class="vh" { "Existence, consent, pressure" }
                thead role="rowgroup" { tr role="row" { @for head in [L.claim, L.grade, L.rests_on, L.decided] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" data-list { @for claim in &rows { tr role="row" {
                    td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (claim.text) } }
                    td role="cell" data-l=(L.grade) { div { (both(claim)) } }
                    td role="cell" data-l=(L.rests_on) { div { (rests(claim)) } }
                    td role="cell" data-l=(L.decided) { div { (parts::decision(claim.decision.as_ref())) } }
                } } }
            }
            @for (predicates, missing) in [(&["notified", "consented"][..], "Nobody says whether the host state was told or agreed."), (&["pressure_by"][..], "Nobody says that anybody was put under pressure from here.")] {
                @if !rows.iter().any(|claim| predicates.contains(&claim.predicate.as_str())) { p class="small quiet" { (missing) } }
            }
        }
    }
}

/// The grade as a shape, and what reading would make of it.
pub(crate) fn both(claim: &ClaimRow) -> Markup {
    html! {
        (grade(claim.grade, parts::grade_words(claim.grade)))
        @if claim.grade != claim.grade_if_read { small class="quiet" { " would be " (parts::grade_words(claim.grade_if_read)) " if read" } }
    }
}

/// For and against in a few words.
pub(crate) fn rests(claim: &ClaimRow) -> String {
    let counting = claim.origins.iter().filter(|o| o.counts);
    let primary = counting.clone().filter(|o| o.mode == "primary").count();
    let conflicts = claim.against.iter().filter(|a| a.relation == "conflict").count();
    let denied = claim.evidence.iter().any(|e| e.interested_denial);
    let mut out = words::count(counting.count(), "origin", "origins");
    if primary > 0 {
        out += &format!(", {primary} primary");
    }
    if conflicts > 0 {
        out += &format!("; {}", words::count(conflicts, "conflict", "conflicts"));
    }
    if denied {
        out += "; denied by a party";
    }
    out
}

/// A predicate as a column head.
pub(crate) fn slot(predicate: &str) -> &str {
    match predicate {
        "exists" => L.cell_grade_exists,
        "operated_by" => L.operator,
        "hosted_by" => L.host_body,
        "located_at" => L.address,
        "opened" => L.opened,
        "closed" => "Closed",
        "offers" => L.services,
        "headed_by" => L.head_person,
        "awarded" => "Awarded",
        "notified" => "Host state told",
        "consented" => "Host state agreed",
        "listed_in_register" => L.in_register,
        "pressure_by" => "Pressure",
        "attended_by" => "Attended by",
        "count" => "Count",
        other => other,
    }
}

fn slots(ctx: &Ctx, claims: &[ClaimRow]) -> Markup {
    let rows: Vec<&ClaimRow> = claims
        .iter()
        .filter(|c| !matches!(c.predicate.as_str(), "exists" | "notified" | "consented" | "pressure_by"))
        .collect();
    html! {
        section class="panel" aria-labelledby="p-v" {
            header { h2 id="p-v" { (L.what_claimed) } span class="small quiet" { (words::count(claims.len(), "claim", "claims")) } }
            table class="values cards" role="table" { caption class="vh" { "What is claimed about this post" }
                thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (L.slot) } th role="columnheader" scope="col" { (L.value) } th role="columnheader" scope="col" class="num" { (L.origins) } th role="columnheader" scope="col" { (L.grade) } } }
                tbody role="rowgroup" { @for claim in rows { tr role="row" {
                    th role="rowheader" scope="row" { (slot(&claim.predicate)) }
                    td role="cell" data-l=(L.value) { div { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (value(claim)) }
                        @if gloss::has_han(&claim.object) { small lang="zh-Latn-pinyin" { (gloss::pinyin(&claim.object)) } } } }
                    td role="cell" class="num" data-l=(L.origins) { (claim.origins.iter().filter(|o| o.counts).count()) }
                    td role="cell" data-l=(L.grade) { div { (both(claim)) } }
                } } }
            }
        }
    }
}

/// An object as shown: a day in words, a Han name in its own language.
pub(crate) fn value(claim: &ClaimRow) -> Markup {
    match claim.predicate.as_str() {
        "opened" | "closed" => html! { (words::day(&claim.object)) },
        _ => parts::unknown(&claim.object),
    }
}

fn proof(ctx: &Ctx, post: &Finding) -> Result<Markup, DeskError> {
    let registers = ctx.desk().registers()?;
    Ok(html! {
        section class="panel proof" aria-labelledby="p-r" id="proof" {
            header { h2 id="p-r" { (L.register_proof) } span class="small quiet" { (words::count(registers.len(), "register", "registers")) " in this case" } }
            @if post.verdicts.is_empty() { p { (verdict("cannot tell")) " " span class="quiet" { "No register was asked." } } }
            @for row in &post.verdicts {
                @let register = registers.iter().find(|r| Some(&r.register) == row.register.as_ref());
                div class="answer" {
                    p { (verdict(&row.outcome)) " " span class="quiet" {
                        @if let Some(name) = &row.name { "in " (name) }
                        @if let Some(day) = &row.as_of { " as of " (words::day(day)) }
                        @if let Some(register) = register { ", " @if register.official { "official" } @else { "not official" } ", " @if register.complete { "complete" } @else { "not complete" } ", " (words::count(register.rows, "row", "rows")) }
                        ". " } }
                    p class="small" { (row.why) }
                    (proof_of(row))
                    @if let Some(register) = register { p class="xs quiet" { "Snapshot SHA-256 " span class="hash" { (register.snapshot) } } }
                }
            }
            p class="xs quiet" { "This answer is about a list, not about the law. Whether consent was given in another way is a question for the host state." }
        }
    })
}

fn proof_of(row: &VerdictRow) -> Markup {
    let Some(proof) = &row.proof else { return html! {} };
    let asked: Vec<&str> = match proof.get("asked") {
        Some(Value::Array(forms)) => forms.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    html! {
        @if !asked.is_empty() {
            p class="small" { "Asked in " (words::count(asked.len(), "form", "forms")) "; " (proof.get("rows").and_then(Value::as_u64).map_or_else(|| "no".to_owned(), words::number)) " rows answered"
                @if let Some(day) = proof.get("day").and_then(Value::as_str) { ", " (words::day(day)) } "." }
            ol class="forms" { @for form in &asked { li { (parts::unknown(form)) } } }
        } @else if let Value::Object(cells) = proof {
            dl class="meta" { @for (key, cell) in cells {
                @let cell = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
                @if !cell.is_empty() && cell != "null" { dt { (key) } dd { (parts::unknown(&cell)) } }
            } }
        }
    }
}

fn evidence(ctx: &Ctx, post: &Finding) -> Markup {
    html! {
        section class="panel off-paper" aria-labelledby="p-e" { header { h2 id="p-e" { "Where it is said" } span class="small quiet" { (words::count(post.evidence.len(), "quote", "quotes")) " in " (words::count(posts::pages(post), "page", "pages")) } }
            @for row in post.evidence.iter().take(30) { (crate::claim::quote_card(ctx, row, None, &[])) }
            @if post.evidence.len() > 30 { p class="small quiet" { "and " (post.evidence.len() - 30) " more, in its claims" } }
        }
    }
}

/// How somebody who holds this sheet checks it.
fn check(ctx: &Ctx, post: &Finding) -> Markup {
    let (number, head) = ctx.desk().head().unwrap_or_default();
    html! {
        section class="panel" aria-labelledby="p-c" { header { h2 id="p-c" { "How to check it" } }
            p class="small" { "Each quote names its document and its characters. " code { "plainsight check CASE" } " cuts every quote again from the archived bytes, " code { "plainsight verify CASE" } " follows archive and ledger, " code { "plainsight claims CASE --json" } " prints how each grade was walked." }
            p class="xs quiet" { "Post " span class="hash" { (post.post) } "; ledger at entry " (words::number(number)) ", head " span class="hash" { (head) } "." }
        }
    }
}

fn statuses(ctx: &Ctx, post: &Finding) -> Markup {
    let document = |quote: &str| post.evidence.iter().find(|e| e.quote == quote);
    html! {
        section class="panel" aria-labelledby="p-s" { h2 id="p-s" { (L.statuses) }
            @if post.statuses.is_empty() { p class="small quiet" { "No page states one." } }
            ol class="steps" { @for status in &post.statuses { li {
                @match &status.date { Some(date) => { time datetime=[day_only(date)] { (words::day(date)) } }, None => { span { "no day" } } }
                span { (status.word) @if status.withdrawn { ", its source was withdrawn" } @if let Some(row) = document(&status.quote) { " " a href=(ctx.to(&format!("doc/{}?q={}&at={}-{}#c{}-{}", row.document, row.quote, row.start, row.end, row.start, row.end))) { "quote" span class="vh" { " for: " (status.word) } } } }
            } } }
        }
    }
}

/// A `datetime` holds exact days only.
fn day_only(date: &str) -> Option<&str> {
    (date.len() == 10 && date.bytes().all(|b| b.is_ascii_digit() || b == b'-')).then_some(date)
}

fn place_on_map(post: &Finding, number: usize) -> Markup {
    let places = posts::places(&[(number, post.clone())]);
    html! {
        section class="panel off-paper" aria-labelledby="p-m" { h2 id="p-m" { (L.where_it_is) }
            @match map::svg("pm-t", &places, 400.0, 300.0) {
                Some(svg) => { figure { (svg) figcaption { "The centre of the town. Outlines: Natural Earth." } } }
                None => { p class="small quiet" { "The gazetteer does not know the place." } }
            }
            dl class="meta" {
                @if let Some(address) = &post.address { dt { (L.address) } dd { (parts::unknown(address)) } }
                @if let Some(phone) = &post.phone { dt { (L.phone) } dd { (phone) } }
            }
        }
    }
}
