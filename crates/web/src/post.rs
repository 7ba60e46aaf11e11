//! One post: what stands about it, claim by claim, and what registers say.

use crate::labels::frame::S as F;
use crate::labels::posts::S;
use crate::labels::{L, N, form, say, show, terms};
use crate::parts::{self, foreign, grade, verdict};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::{DeskError, claim, gloss, map, posts, registers, replies, words};
use maud::{Markup, html};
use plainsight_case::views::{ClaimRow, Finding, VerdictRow};
use serde_json::Value;

/// The page of one post, by its id or by a quote inside it.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let Some(post) = ctx.desk().finding(id)? else { return Ok(shell::missing(ctx, L.post, id)) };
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
            p class="small quiet" { a href=(ctx.to("posts")) { (L.posts) } " · " (say(S.number_of, &[("n", &number), ("all", &all.len())])) }
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
            aside class="stack" aria-label=(S.about_post) {
                (statuses(ctx, &post))
                (place_on_map(&post, number))
            }
        }
    };
    Ok(shell::page(ctx, &say(S.post_is, &[("name", &title)]), Nav::Posts, body))
}

fn names(post: &Finding) -> Markup {
    let first = parts::first_name(post);
    let others: Vec<_> = post.names.iter().filter(|name| Some(*name) != first).collect();
    html! {
        @if let Some(name) = first { p class="q" { (foreign(&name.text, &name.lang)) } (gloss::line(&name.text)) }
        @if !others.is_empty() {
            p { (words::count(others.len(), N.other_names)) ": " @for (at, name) in others.iter().enumerate() { @if at > 0 { ", " } (foreign(&name.text, &name.lang)) } }
        }
    }
}

fn questions(ctx: &Ctx, claims: &[ClaimRow]) -> Markup {
    let asked = ["exists", "notified", "consented", "pressure_by"];
    let rows: Vec<&ClaimRow> =
        claims.iter().filter(|claim| asked.contains(&claim.predicate.as_str())).collect();
    html! {
        section class="panel" aria-labelledby="p-3" { header { h2 id="p-3" { (L.three_questions) } }
            table class="cards" role="table" { caption class="vh" { (S.three_short) }
                thead role="rowgroup" { tr role="row" { @for head in [L.claim, L.grade, L.rests_on, L.decided] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" data-list { @for claim in &rows { tr role="row" {
                    td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (parts::own(&claim.text)) } }
                    td role="cell" data-l=(L.grade) { div { (both(claim)) } }
                    td role="cell" data-l=(L.rests_on) { div { (rests(claim)) } }
                    td role="cell" data-l=(L.decided) { div { (parts::decision(claim.decision.as_ref())) } }
                } } }
            }
            @for (predicates, missing) in [(&["notified", "consented"][..], S.unsaid_consent), (&["pressure_by"][..], S.unsaid_pressure)] {
                @if !rows.iter().any(|claim| predicates.contains(&claim.predicate.as_str())) { p class="small quiet" { (missing) } }
            }
        }
    }
}

/// The grade as a shape, and what reading would make of it.
pub(crate) fn both(claim: &ClaimRow) -> Markup {
    html! {
        (grade(claim.grade, parts::grade_words(claim.grade)))
        @if claim.grade != claim.grade_if_read { small class="quiet" { " " (parts::if_read(claim.grade_if_read)) } }
    }
}

/// For and against in a few words.
pub(crate) fn rests(claim: &ClaimRow) -> String {
    let counting = claim.origins.iter().filter(|o| o.counts);
    let primary = counting.clone().filter(|o| o.mode == "primary").count();
    let conflicts = claim.against.iter().filter(|a| a.relation == "conflict").count();
    let denied = claim.evidence.iter().any(|e| e.interested_denial);
    let mut out = words::count(counting.count(), N.origins);
    if primary > 0 {
        out = say(S.rests_primary, &[("origins", &out), ("n", &primary)]);
    }
    if conflicts > 0 {
        out = say(
            S.rests_conflicts,
            &[("origins", &out), ("conflicts", &words::count(conflicts, N.conflicts))],
        );
    }
    if denied {
        out = say(S.rests_denied, &[("rests", &out)]);
    }
    out
}

fn slots(ctx: &Ctx, claims: &[ClaimRow]) -> Markup {
    let rows: Vec<&ClaimRow> = claims
        .iter()
        .filter(|c| !matches!(c.predicate.as_str(), "exists" | "notified" | "consented" | "pressure_by"))
        .collect();
    html! {
        section class="panel" aria-labelledby="p-v" {
            header { h2 id="p-v" { (L.what_claimed) } span class="small quiet" { (words::count(claims.len(), N.claims)) } }
            table class="values cards" role="table" { caption class="vh" { (S.what_claimed_post) }
                thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (L.slot) } th role="columnheader" scope="col" { (L.value) } th role="columnheader" scope="col" class="num" { (L.origins) } th role="columnheader" scope="col" { (L.grade) } } }
                tbody role="rowgroup" { @for claim in rows { tr role="row" {
                    th role="rowheader" scope="row" { (terms::predicate(&claim.predicate)) }
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
        // What is claimed by itself, not of a value.
        _ if claim.object == "yes" => html! { (S.yes) },
        _ => parts::unknown(&claim.object),
    }
}

fn proof(ctx: &Ctx, post: &Finding) -> Result<Markup, DeskError> {
    let registers = ctx.desk().registers()?;
    Ok(html! {
        section class="panel proof" aria-labelledby="p-r" id="proof" {
            header { h2 id="p-r" { (L.register_proof) } span class="small quiet" { (words::count(registers.len(), S.in_this_case)) } }
            @if post.verdicts.is_empty() { p { (verdict("cannot tell")) " " span class="quiet" { (S.no_register_asked) } } }
            @for row in &post.verdicts {
                @let register = registers.iter().find(|r| Some(&r.register) == row.register.as_ref());
                div class="answer" {
                    p { (verdict(&row.outcome)) " " span class="quiet" {
                        @if let Some(name) = &row.name {
                            @match &row.as_of {
                                Some(day) => { (say(S.in_register_as_of, &[("name", name), ("day", &words::day(day))])) }
                                None => { (say(S.in_register_name, &[("name", name)])) }
                            }
                        }
                        @if let Some(register) = register { ", " (registers::official(register)) ", " (registers::complete(register)) ", " (words::count(register.rows, N.rows)) }
                        ". " } }
                    p class="small" { (parts::own(&row.why)) }
                    (proof_of(row))
                    @if let Some(register) = register { p class="xs quiet" { (show(S.snapshot_is, &[("hash", &html! { span class="hash" { (register.snapshot) } })])) } }
                }
            }
            p class="xs quiet" { (S.about_list) }
        }
    })
}

fn proof_of(row: &VerdictRow) -> Markup {
    let Some(proof) = &row.proof else { return html! {} };
    let asked: Vec<&str> = match proof.get("asked") {
        Some(Value::Array(forms)) => forms.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let rows = words::number(proof.get("rows").and_then(Value::as_u64).unwrap_or(0));
    let day = proof.get("day").and_then(Value::as_str);
    let template = if day.is_some() { S.asked_forms_on } else { S.asked_forms };
    html! {
        @if !asked.is_empty() {
            p class="small" { (say(form(asked.len(), template), &[("n", &asked.len()), ("rows", &rows), ("day", &day.map(words::day).unwrap_or_default())])) }
            ol class="forms" { @for form in &asked { li { (parts::unknown(form)) } } }
        } @else if let Value::Object(cells) = proof {
            dl class="meta" { @for (key, cell) in cells {
                @let cell = cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
                @if !cell.is_empty() && cell != "null" { dt { (registers::head(key)) } dd { (parts::unknown(&cell)) } }
            } }
        }
    }
}

fn evidence(ctx: &Ctx, post: &Finding) -> Markup {
    html! {
        section class="panel off-paper" aria-labelledby="p-e" { header { h2 id="p-e" { (S.where_said) } span class="small quiet" { (words::count(post.evidence.len(), N.quotes)) " " (words::count(posts::pages(post), F.in_pages)) } }
            @for row in post.evidence.iter().take(30) { (crate::claim::quote_card(ctx, row, None, &[])) }
            @if post.evidence.len() > 30 { p class="small quiet" { (words::count(post.evidence.len() - 30, S.in_its_claims)) } }
        }
    }
}

/// How somebody who holds this sheet checks it.
fn check(ctx: &Ctx, post: &Finding) -> Markup {
    let (number, head) = ctx.desk().head().unwrap_or_default();
    let code = |text: &str| html! { code { (text) } };
    let hash = |text: &str| html! { span class="hash" { (text) } };
    html! {
        section class="panel" aria-labelledby="p-c" { header { h2 id="p-c" { (S.check_how) } }
            p class="small" { (show(S.check_text, &[("check", &code("plainsight check CASE")), ("verify", &code("plainsight verify CASE")), ("claims", &code("plainsight claims CASE --json"))])) }
            p class="xs quiet" { (show(S.post_ledger, &[("id", &hash(&post.post)), ("n", &words::number(number)), ("head", &hash(&head))])) }
        }
    }
}

fn statuses(ctx: &Ctx, post: &Finding) -> Markup {
    let document = |quote: &str| post.evidence.iter().find(|e| e.quote == quote);
    html! {
        section class="panel" aria-labelledby="p-s" { h2 id="p-s" { (L.statuses) }
            @if post.statuses.is_empty() { p class="small quiet" { (S.no_statuses) } }
            ol class="steps" { @for status in &post.statuses { li {
                @match &status.date { Some(date) => { time datetime=[day_only(date)] { (words::day(date)) } }, None => { span { (S.no_day) } } }
                span { @if status.withdrawn { (say(S.source_withdrawn, &[("status", &terms::status(&status.word))])) } @else { (terms::status(&status.word)) } @if let Some(row) = document(&status.quote) { " " a href=(ctx.to(&format!("doc/{}?q={}&at={}-{}#c{}-{}", row.document, row.quote, row.start, row.end, row.start, row.end))) { (S.quote) span class="vh" { (say(S.quote_for, &[("what", &terms::status(&status.word))])) } } } }
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
                Some(svg) => { figure { (svg) figcaption { (S.map_centre) } } }
                None => { p class="small quiet" { (S.town_unknown) } }
            }
            dl class="meta" {
                @if let Some(address) = &post.address { dt { (L.address) } dd { (parts::unknown(address)) } }
                @if let Some(phone) = &post.phone { dt { (L.phone) } dd { (phone) } }
            }
        }
    }
}
