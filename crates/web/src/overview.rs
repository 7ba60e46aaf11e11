//! The first page: what is known, in words, and what needs a person.

use crate::job;
use crate::labels::frame::S;
use crate::labels::{L, N, form, say, sentences, show, terms};
use crate::map;
use crate::parts::{self, empty, grade, main_verdict, verdict};
use crate::posts::{self, Numbered};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::sources::{address_field, drop_zone};
use crate::{DeskError, proposed, words};
use maud::{Markup, html};
use plainsight_case::views::Overview;

/// Findings in a paragraph, work, findings, map, what was read, decisions.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let sum = ctx.counts()?;
    let posts = posts::numbered(ctx)?;
    let proposals = proposed::count_waiting(&ctx.desk().proposals()?);
    let body = if sum.captures == 0 {
        html! {
            h1 class="vh" { (L.overview) }
            (job::fragment(ctx))
            (empty(S.case_is_empty, S.case_is_empty_why, html! { a class="btn main" href="#file" { (L.add_files) } }))
            (address_field(ctx))
            (drop_zone(ctx))
        }
    } else {
        html! {
            h1 class="vh" { (L.overview) }
            p class="lede" { (lede(&sum, &posts)) }
            p class="small quiet" { (read_sentence(&sum)) " " a href=(ctx.to("ledger")) { (S.what_changed) } }
            (address_field(ctx))
            (job::fragment(ctx))
            div class="cols over" {
                div class="stack" { (work(ctx, &sum, proposals)) (findings(ctx, &posts)) (drop_zone(ctx)) }
                div class="stack" { (place(ctx, &posts)) (read(ctx, &sum)) (decided(ctx, &sum)) }
            }
        }
    };
    Ok(shell::page(ctx, L.overview, Nav::Overview, body))
}

fn lede(sum: &Overview, posts: &[Numbered]) -> String {
    if posts.is_empty() {
        return words::count(sum.read, S.no_post);
    }
    let claimed = match (posts.len(), sum.countries) {
        (1, _) => S.one_post.to_owned(),
        (n, 0) => say(S.posts_claimed, &[("posts", &words::spelled(n))]),
        (n, states) => say(
            form(states, S.posts_claimed_in),
            &[("posts", &words::spelled(n)), ("states", &words::spelled(states))],
        ),
    };
    let count = |word: &str| posts.iter().filter(|(_, p)| main_verdict(&p.verdicts) == word).count();
    let answers = [
        ("not listed", S.not_in_register),
        ("host state says", S.host_speaks),
        ("cannot tell", S.cannot_tell),
        ("listed", S.listed),
    ];
    let answered = answers.iter().map(|(word, template)| (count(word), template)).filter(|(n, _)| *n > 0);
    let mut all = vec![words::sentence(&claimed)];
    all.extend(answered.map(|(n, template)| words::sentence(&words::told(n, template))));
    sentences(&all)
}

fn read_sentence(sum: &Overview) -> String {
    let documents = words::count(sum.documents, N.documents);
    let captures = words::count(sum.captures, N.captures);
    let read = words::number(sum.read as u64);
    let gave = say(S.gave_text, &[("documents", &documents), ("captures", &captures), ("read", &read)]);
    sentences(&[gave, if sum.stale { S.new_numbers.to_owned() } else { String::new() }])
}

fn work(ctx: &Ctx, sum: &Overview, proposals: usize) -> Markup {
    let rows = [
        (sum.unread_quotes, S.quotes_wait, S.quotes_wait_why, "to-read", S.read),
        (sum.open_claims, S.claims_open, S.claims_open_why, "claims?open=1", S.decide),
        (sum.pairs, S.name_pairs, S.name_pairs_why, "names", S.decide),
        (proposals, S.proposals_wait, S.proposals_wait_why, "proposals", S.decide),
        (sum.waiting_decisions, S.look_again, S.look_again_why, "ledger?kind=decision", S.see),
        (sum.complaints, L.complaints, S.complaints_why, "sources#complaints", S.see),
    ];
    let things: usize = rows.iter().map(|row| row.0).sum();
    html! {
        section class="panel" aria-labelledby="h-todo" { header { h2 id="h-todo" { (L.needs_person) } span class="small quiet" { (words::count(things, N.things)) } }
            @if things == 0 { p class="quiet" { (S.nothing_waits) } }
            ul class="todo-list" data-list { @for (n, what, why, to, verb) in rows { @if n > 0 {
                li { span class="n" { (words::number(n as u64)) } div { (what) small { (why) } } a class="btn" href=(ctx.to(to)) { (verb) span class="vh" { ": " (what) } } }
            } } }
        }
    }
}

fn findings(ctx: &Ctx, posts: &[Numbered]) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-find" { header { h2 id="h-find" { (L.findings) } a class="small" href=(ctx.to("posts")) { (words::count(posts.len(), S.all_posts)) } }
            @if posts.is_empty() { p class="small quiet" { (S.post_appears) } } @else {
                table class="cards" role="table" { caption class="vh" { (S.first_findings) }
                    thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (L.post) } th role="columnheader" scope="col" class="day" { (L.opened) } th role="columnheader" scope="col" { (L.in_register) } th role="columnheader" scope="col" { (L.cell_grade_exists) } th role="columnheader" scope="col" class="num" { (L.origins) } } }
                    tbody role="rowgroup" data-list { @for (_, post) in posts.iter().take(8) { tr role="row" {
                        td role="cell" class="name" { (posts::name(ctx, post)) }
                        td role="cell" class="day" data-l=(L.opened) { div { (posts::opened(post)) } }
                        td role="cell" data-l=(L.in_register) { div { (verdict(main_verdict(&post.verdicts))) } }
                        td role="cell" data-l=(L.cell_grade_exists) { div { (grade(post.grade, parts::grade_words(post.grade))) } }
                        td role="cell" class="num" data-l=(L.origins) { div { (post.origins) " " small { (words::count(posts::pages(post), S.in_pages)) } } }
                    } } }
                }
            }
        }
    }
}

fn place(ctx: &Ctx, posts: &[Numbered]) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-map" { header { h2 id="h-map" { (L.where_it_is) } a class="small" href=(ctx.to("map")) { (S.map_and_table) } }
            @match map::svg("om-t", &posts::places(posts), 400.0, 320.0) {
                Some(svg) => { figure { (svg) figcaption { (S.map_legend) } } }
                None => { p class="small quiet" { (S.no_place) } }
            }
        }
    }
}

fn read(ctx: &Ctx, sum: &Overview) -> Markup {
    let most = sum.languages.iter().map(|(_, n)| *n).max().unwrap_or(1);
    let unread = sum.documents.saturating_sub(sum.read);
    html! {
        section class="panel" aria-labelledby="h-cov" { header { h2 id="h-cov" { (L.what_was_read) } a class="small" href=(ctx.to("sources")) { (L.sources) } }
            div class="bars" { @for (lang, n) in sum.languages.iter().take(8) {
                span { (terms::language(lang)) } meter min="0" max=(most) value=(n) aria-label=(format!("{}: {}", terms::language(lang), words::count(*n, N.documents))) {} span class="num" { (words::number(*n as u64)) }
            } }
            p class="xs quiet lede-in" { @if unread == 0 { (S.every_gave_text) } @else { (show(S.gave_no_text, &[("documents", &words::count(unread, N.documents)), ("complaints", &html! { a href=(ctx.to("sources#complaints")) { (words::count(sum.complaints, N.complaints)) } })])) "." } }
        }
    }
}

fn decided(ctx: &Ctx, sum: &Overview) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-led" { header { h2 id="h-led" { (L.lately_decided) } a class="small" href=(ctx.to("ledger")) { (L.ledger) } }
            @if sum.last_decisions.is_empty() { p class="small quiet" { (S.nobody_decided) } } @else {
                table { caption class="vh" { (S.last_decisions) } thead class="vh" { tr { th scope="col" { (L.decided) } th scope="col" { (L.reason) } } }
                    tbody { @for row in sum.last_decisions.iter().take(5) { tr { td { (parts::decision(Some(row))) } td { @if row.reason.is_empty() { (S.no_reason) } @else { (row.reason) } small { (row.author) ", " (words::moment(&row.time)) } } } } } }
            }
        }
    }
}
