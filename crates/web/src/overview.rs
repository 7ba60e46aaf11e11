//! The first page: what is known, in words, and what needs a person.

use crate::job;
use crate::labels::L;
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
            (empty("This case is empty", "Add web pages, WARC or WACZ archives, PDF, pictures of notices. What they say about posts abroad then stands here, each sentence with its quote. `plainsight demo` makes an example case.", html! { a class="btn main" href="#file" { (L.add_files) } }))
            (address_field(ctx))
            (drop_zone(ctx))
        }
    } else {
        html! {
            h1 class="vh" { (L.overview) }
            p class="lede" { (lede(&sum, &posts)) }
            p class="small quiet" { (read_sentence(&sum)) " " a href=(ctx.to("ledger")) { "What changed" } }
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
        return format!(
            "No post is claimed in the {} that were read.",
            words::count(sum.read, "document", "documents")
        );
    }
    let said = |n: usize| words::sentence(&words::spelled(n));
    let states = words::spelled(sum.countries);
    let mut out = match posts.len() {
        1 => "One post is claimed.".to_owned(),
        n => format!(
            "{} posts are claimed in {states} host {}.",
            said(n),
            if sum.countries == 1 { "state" } else { "states" }
        ),
    };
    let count = |word: &str| posts.iter().filter(|(_, p)| main_verdict(&p.verdicts) == word).count();
    // Each sentence with the number at its head or after “for” and “of”.
    type Sentence = (&'static str, fn(&str, bool) -> String);
    let sentences: [Sentence; 4] = [
        ("not listed", |n, one| match one {
            true => format!(" {n} is not in the complete register of its host state."),
            false => format!(" {n} are not in the complete register of their host state."),
        }),
        ("host state says", |n, _| format!(" Of {} the host state itself speaks.", n.to_lowercase())),
        ("cannot tell", |n, _| format!(" For {} no register can tell.", n.to_lowercase())),
        ("listed", |n, one| format!(" {n} {} listed.", if one { "is" } else { "are" })),
    ];
    for (word, sentence) in sentences {
        match count(word) {
            0 => {}
            n => out += &sentence(&said(n), n == 1),
        }
    }
    out
}

fn read_sentence(sum: &Overview) -> String {
    let mut out = format!(
        "{} from {}; {} gave text.",
        words::count(sum.documents, "document", "documents"),
        words::count(sum.captures, "capture", "captures"),
        words::number(sum.read as u64)
    );
    if sum.stale {
        out += " Something came in after the last run: the numbers may change.";
    }
    out
}

fn work(ctx: &Ctx, sum: &Overview, proposals: usize) -> Markup {
    let rows = [
        (
            sum.unread_quotes,
            "Quotes that wait for a reader",
            "would count for a grade once a person who reads the language has read them",
            "to-read",
            "Read",
        ),
        (
            sum.open_claims,
            "Claims without a decision",
            "those that reading would move most come first",
            "claims?open=1",
            "Decide",
        ),
        (sum.pairs, "Name pairs", "do two names mean the same? No rule may say so alone", "names", "Decide"),
        (
            proposals,
            "Proposals by machine",
            "a language model read along; whether the documents say so, a person decides",
            "proposals",
            "Decide",
        ),
        (
            sum.waiting_decisions,
            "Decisions to look at again",
            "what they rested on was read anew; they attach to nothing or to more than one thing",
            "ledger?kind=decision",
            "See",
        ),
        (
            sum.complaints,
            "Complaints",
            "what a reader could not use, with its cure",
            "sources#complaints",
            "See",
        ),
    ];
    let things: usize = rows.iter().map(|row| row.0).sum();
    html! {
        section class="panel" aria-labelledby="h-todo" { header { h2 id="h-todo" { (L.needs_person) } span class="small quiet" { (words::count(things, "thing", "things")) } }
            @if things == 0 { p class="quiet" { "Nothing waits. Everything found was read and decided." } }
            ul class="todo-list" data-list { @for (n, what, why, to, verb) in rows { @if n > 0 {
                li { span class="n" { (words::number(n as u64)) } div { (what) small { (why) } } a class="btn" href=(ctx.to(to)) { (verb) span class="vh" { ": " (what) } } }
            } } }
        }
    }
}

fn findings(ctx: &Ctx, posts: &[Numbered]) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-find" { header { h2 id="h-find" { (L.findings) } a class="small" href=(ctx.to("posts")) { "All " (words::count(posts.len(), "post", "posts")) } }
            @if posts.is_empty() { p class="small quiet" { "A post appears when a document says who runs an office abroad, and where." } } @else {
                table class="cards" role="table" { caption class="vh" { "The first findings" }
                    thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (L.post) } th role="columnheader" scope="col" class="day" { (L.opened) } th role="columnheader" scope="col" { (L.in_register) } th role="columnheader" scope="col" { (L.cell_grade_exists) } th role="columnheader" scope="col" class="num" { (L.origins) } } }
                    tbody role="rowgroup" data-list { @for (_, post) in posts.iter().take(8) { tr role="row" {
                        td role="cell" class="name" { (posts::name(ctx, post)) }
                        td role="cell" class="day" data-l=(L.opened) { div { (posts::opened(post)) } }
                        td role="cell" data-l=(L.in_register) { div { (verdict(main_verdict(&post.verdicts))) } }
                        td role="cell" data-l=(L.cell_grade_exists) { div { (grade(post.grade, parts::grade_words(post.grade))) } }
                        td role="cell" class="num" data-l=(L.origins) { div { (post.origins) " " small { "in " (words::count(posts::pages(post), "page", "pages")) } } }
                    } } }
                }
            }
        }
    }
}

fn place(ctx: &Ctx, posts: &[Numbered]) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-map" { header { h2 id="h-map" { (L.where_it_is) } a class="small" href=(ctx.to("map")) { "Map and table" } }
            @match map::svg("om-t", &posts::places(posts), 400.0, 320.0) {
                Some(svg) => { figure { (svg) figcaption { "Number: row in Posts. Outline: answer of the register. Land: Natural Earth." } } }
                None => { p class="small quiet" { "No post with a place that the gazetteer knows." } }
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
                span { (words::language(lang)) } meter min="0" max=(most) value=(n) aria-label=(format!("{}: {}", words::language(lang), words::count(*n, "document", "documents"))) {} span class="num" { (words::number(*n as u64)) }
            } }
            p class="xs quiet lede-in" { @if unread == 0 { "Every document gave text." } @else { (words::count(unread, "document", "documents")) " gave no text: " a href=(ctx.to("sources#complaints")) { (words::count(sum.complaints, "complaint", "complaints")) } "." } }
        }
    }
}

fn decided(ctx: &Ctx, sum: &Overview) -> Markup {
    html! {
        section class="panel" aria-labelledby="h-led" { header { h2 id="h-led" { (L.lately_decided) } a class="small" href=(ctx.to("ledger")) { (L.ledger) } }
            @if sum.last_decisions.is_empty() { p class="small quiet" { "Nobody has decided anything yet." } } @else {
                table { caption class="vh" { "Last decisions" } thead class="vh" { tr { th scope="col" { (L.decided) } th scope="col" { (L.reason) } } }
                    tbody { @for row in sum.last_decisions.iter().take(5) { tr { td { (parts::decision(Some(row))) } td { @if row.reason.is_empty() { "no reason given" } @else { (row.reason) } small { (row.author) ", " (words::moment(&row.time)) } } } } } }
            }
        }
    }
}
