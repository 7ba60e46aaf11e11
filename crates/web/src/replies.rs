//! Replies: who was asked, until when, who answered.

use crate::labels::L;
use crate::parts::{self, empty, foreign};
use crate::query::Query;
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, act, job, words};
use maud::{Markup, html};
use plainsight_case::Asked;
use plainsight_case::views::{ClaimRow, ReplyRow};

const PATH: &str = "replies";

/// The rows that the address asks for, what is overdue first; and how many there are in all.
fn chosen(ctx: &Ctx) -> Result<(usize, Vec<ReplyRow>), DeskError> {
    let mut rows = ctx.desk().replies()?;
    let total = rows.len();
    if !ctx.query.get("open").is_empty() {
        rows.retain(|row| row.answers.is_empty());
    }
    let (by, down) = table::sorting(ctx, "deadline");
    match by {
        "party" => rows.sort_by(|a, b| a.party.cmp(&b.party)),
        "about" => rows.sort_by(|a, b| a.about_words.cmp(&b.about_words)),
        "asked" => rows.sort_by(|a, b| a.on.cmp(&b.on)),
        "answer" => rows.sort_by_key(|row| row.answers.first().map(|answer| answer.on.clone())),
        // In the order of the case: open ones by their deadline, then the rest.
        _ => {}
    }
    if down {
        rows.reverse();
    }
    Ok((total, rows))
}

/// Everybody who was asked; what is overdue comes first.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (total, rows) = chosen(ctx)?;
    let open = rows.iter().filter(|row| row.answers.is_empty()).count();
    let body = html! {
        div class="head" {
            h1 { (L.replies) } p { (words::count(total, "party was asked", "parties were asked")) ", " (words::number(open as u64)) " without an answer" }
            @if total > 0 { div class="btns" {
                @if ctx.query.get("open").is_empty() { a class="btn" href=(ctx.to(&ctx.query.with("open", "1").on(PATH))) { "Only those without an answer" } }
                @else { a class="btn" href=(ctx.to(&ctx.query.with("open", "").on(PATH))) { "Answered ones too" } }
                a class="btn" href=(ctx.to(&ctx.query.on("replies.csv"))) { (L.export_csv) }
            } }
        }
        (job::fragment(ctx))
        @if total == 0 {
            (empty("Nobody was asked yet", "Whoever is named as acting has a right of reply. A dossier without it says so.", html! { a class="btn main" href="#ask" { "Write down who was asked" } }))
        } @else if rows.is_empty() {
            (empty("Everybody answered", "No question waits for an answer.", html! { a class="btn main" href=(ctx.to(PATH)) { "Show all replies" } }))
        } @else { (list(ctx, &rows)?) }
        (ask(ctx)?)
    };
    Ok(shell::page(ctx, L.replies, Nav::Replies, body))
}

fn list(ctx: &Ctx, rows: &[ReplyRow]) -> Result<Markup, DeskError> {
    let columns = [
        Column("party", "Party", ""),
        Column("about", L.about, ""),
        Column("asked", "Asked", ""),
        Column("deadline", "Deadline", ""),
        Column("answer", "Answer", ""),
    ];
    let claims = ctx.desk().claims()?;
    let cut = table::cut(rows, ctx.query.get("after"), |row: &ReplyRow| row.reply.clone());
    Ok(html! {
        table class="cards" role="table" { caption class="vh" { "Who was asked" }
            (table::head(ctx, PATH, &columns, "deadline"))
            tbody role="rowgroup" data-list { @for row in cut.rows { tr role="row" id=(row.reply) {
                td role="cell" class="name" { (parts::unknown(&row.party)) small class="quiet" { code { (row.reply.get(..12).unwrap_or(&row.reply)) } } }
                td role="cell" data-l=(L.about) { div { (about(ctx, row)) } }
                td role="cell" data-l="Asked" { div { (words::day(&row.on)) small { "by " (row.author) } @if !row.letter.is_empty() { details class="small" { summary { "What was sent" } blockquote class="q small" { (row.letter) } } } } }
                td role="cell" data-l="Deadline" { div { (words::day(&row.until)) @if is_overdue(row) { " " small class="complaint" { "overdue" } } } }
                td role="cell" data-l="Answer" { div { (answers(ctx, row)) (quoted(ctx, row, &claims)) (answer_form(ctx, row)) } }
            } } }
        }
        (table::pager(ctx, PATH, &cut, "What is open comes first, by its deadline."))
    })
}

/// Where an answer is quoted: it is printed beside what it answers, and claims may rest on it.
fn quoted(ctx: &Ctx, row: &ReplyRow, claims: &[ClaimRow]) -> Markup {
    let says = |claim: &&ClaimRow| {
        claim.evidence.iter().any(|quote| row.answers.iter().any(|answer| answer.document == quote.document))
    };
    let quoting: Vec<&ClaimRow> = claims.iter().filter(says).collect();
    html! {
        @if !row.answers.is_empty() {
            p class="small" { span class="quiet" { "Quoted in: " }
                @if quoting.is_empty() { "no claim; it is printed beside what it answers." }
                @for (at, claim) in quoting.iter().take(5).enumerate() { @if at > 0 { ", " } a href=(ctx.to(&format!("claim/{}", claim.claim))) { (claim.text) } }
                @if quoting.len() > 5 { " and " (quoting.len() - 5) " more" }
            }
        }
    }
}

/// What came in as a letter, a mail or words.
fn answer_form(ctx: &Ctx, row: &ReplyRow) -> Markup {
    let nameless = lock(&ctx.app.author).is_empty();
    html! {
        details class="small off-paper" { summary { @if row.answers.is_empty() { "Record an answer" } @else { "Record another answer" } }
            form method="post" action=(ctx.to("add")) enctype="multipart/form-data" class="stack" aria-label=(format!("Answer of {}", row.party)) {
                input type="hidden" name="back" value=(PATH);
                input type="hidden" name="reply" value=(row.reply);
                @if nameless { label { (L.your_name) " " input class="input" name="reader" required autocomplete="off"; } }
                label { "Came on " input class="input" type="date" name="on" min=(row.on) required; }
                label { "As a file " input class="input" type="file" name="file"; }
                label { "or its words " textarea class="input" name="words" rows="3" maxlength="200000" {} }
                p class="quiet" { "It becomes a public document of the case and is printed beside what it answers." }
                p class="btns" { button class="btn main" { "Write it into the ledger" } }
            }
        }
    }
}

/// All rows that the address asks for; an answer a line.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, rows) = chosen(ctx)?;
    let heading =
        ["reply", "party", "about", "about_words", "asked", "deadline", "asked_by", "answered", "document"];
    let lines = rows.iter().flat_map(|row| {
        let asked = vec![
            row.reply.clone(),
            row.party.clone(),
            row.about.clone().unwrap_or_default(),
            row.about_words.clone(),
            row.on.clone(),
            row.until.clone(),
            row.author.clone(),
        ];
        let mut came: Vec<[String; 2]> =
            row.answers.iter().map(|answer| [answer.on.clone(), answer.document.clone()]).collect();
        if came.is_empty() {
            came.push(Default::default());
        }
        came.into_iter().map(move |came| [asked.clone(), came.to_vec()].concat())
    });
    Ok(Reply::csv("replies.csv", crate::csv::write(&heading, lines)))
}

fn is_overdue(row: &ReplyRow) -> bool {
    row.answers.is_empty() && row.until.as_str() < act::now().get(..10).unwrap_or_default()
}

fn about(ctx: &Ctx, row: &ReplyRow) -> Markup {
    html! {
        @match row.about.as_deref() {
            Some(id) if id.starts_with("pos-") => { a href=(ctx.to(&format!("post/{id}"))) { (parts::unknown(&row.about_words)) } }
            Some(id) => { a href=(ctx.to(&format!("claim/{id}"))) { (parts::unknown(&row.about_words)) } }
            None => { (row.about_words) }
        }
        @if row.withdrawn { small class="complaint" { "rests on a withdrawn source" } }
    }
}

/// What came back, or that nothing did.
pub(crate) fn answers(ctx: &Ctx, row: &ReplyRow) -> Markup {
    html! {
        @if row.answers.is_empty() { span class="quiet" { "No answer was recorded." } }
        @for answer in &row.answers {
            p { (words::day(&answer.on)) ": " a href=(ctx.to(&format!("doc/{}", answer.document))) { "the answer" } }
            @if !answer.text.is_empty() { blockquote class="q small" { (foreign(&answer.text, &answer.lang)) @if answer.cut { " …" } } }
        }
    }
}

/// Who was asked about one post and its claims, on the page of the post.
pub(crate) fn of_post(ctx: &Ctx, ids: &[&str]) -> Result<Markup, DeskError> {
    let rows: Vec<ReplyRow> = ctx
        .desk()
        .replies()?
        .into_iter()
        .filter(|r| r.about.as_deref().is_some_and(|id| ids.contains(&id)))
        .collect();
    Ok(html! {
        section class="panel" aria-labelledby="p-a" { header { h2 id="p-a" { "Who was asked" } }
            @if rows.is_empty() { p class="small quiet" { "Nobody was asked: whoever is named here has a right of reply." } }
            @for row in &rows {
                p { (parts::unknown(&row.party)) " was asked on " (words::day(&row.on)) ", to answer by " (words::day(&row.until)) ". "
                    @if row.withdrawn { span class="complaint" { "The question rests on a withdrawn source." } } }
                div class="small" { (answers(ctx, row)) }
            }
            p class="small off-paper" { a href=(ctx.to(&format!("replies?about={}#ask", ids.first().unwrap_or(&"")))) { "Write down who was asked" } }
        }
    })
}

fn ask(ctx: &Ctx) -> Result<Markup, DeskError> {
    let posts = ctx.desk().findings()?;
    let nameless = lock(&ctx.app.author).is_empty();
    let about = ctx.query.get("about");
    let claim = if about.starts_with("clm-") { ctx.desk().claim(about)? } else { None };
    Ok(html! {
        @if !posts.is_empty() {
            section class="panel" id="ask" aria-labelledby="ask-h" { h2 id="ask-h" { "Write down who was asked" }
                form method="post" action=(ctx.to("ask")) class="stack" {
                    input type="hidden" name="back" value="replies";
                    @if nameless { label { (L.your_name) " " input class="input" name="reader" required autocomplete="off"; } }
                    label { "Party " input class="input" name="party" required maxlength="200" autocomplete="off"; }
                    label { "About " select name="about" { @if let Some(claim) = &claim { option value=(claim.claim) selected { (claim.text) } } @for post in &posts { option value=(post.post) selected[post.post == about] { (parts::post_title(post)) } } } }
                    label { "Asked on " input class="input" type="date" name="on" required; }
                    label { "To answer by " input class="input" type="date" name="until" required; }
                    label { "What was sent, word for word " textarea class="input" name="letter" rows="4" maxlength="20000" {} }
                    p class="btns" { button class="btn main" { "Write it into the ledger" } }
                }
            }
        }
    })
}

/// Takes the form in.
pub(crate) fn post(ctx: &Ctx, form: &Query, author: &str) -> Result<act::Last, DeskError> {
    let asked = Asked {
        party: form.get("party").trim().to_owned(),
        on: form.get("on").to_owned(),
        until: form.get("until").to_owned(),
    };
    let party = asked.party.clone();
    let done = ctx.desk().reply_ask(asked, form.get("about"), form.get("letter"), author)?;
    Ok(act::Last::of(&format!("Written down: {party} was asked"), done.decision))
}
