//! Replies: who was asked, until when, who answered.

use crate::labels::publication::S;
use crate::labels::{L, N, form, say, show};
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
            h1 { (L.replies) } p { (say(form(total, S.parties_asked), &[("n", &words::number(total as u64)), ("open", &words::number(open as u64))])) }
            @if total > 0 { div class="btns" {
                @if ctx.query.get("open").is_empty() { a class="btn" href=(ctx.to(&ctx.query.with("open", "1").on(PATH))) { (S.only_open) } }
                @else { a class="btn" href=(ctx.to(&ctx.query.with("open", "").on(PATH))) { (S.answered_too) } }
                a class="btn" href=(ctx.to(&ctx.query.on("replies.csv"))) { (L.export_csv) }
            } }
        }
        (job::fragment(ctx))
        @if total == 0 {
            (empty(S.nobody_asked, S.named_right, html! { a class="btn main" href="#ask" { (S.write_down) } }))
        } @else if rows.is_empty() {
            (empty(S.everybody_answered, S.everybody_answered_why, html! { a class="btn main" href=(ctx.to(PATH)) { (S.all_replies) } }))
        } @else { (list(ctx, &rows)?) }
        (ask(ctx)?)
    };
    Ok(shell::page(ctx, L.replies, Nav::Replies, body))
}

fn list(ctx: &Ctx, rows: &[ReplyRow]) -> Result<Markup, DeskError> {
    let columns = [
        Column("party", S.party, ""),
        Column("about", S.about, ""),
        Column("asked", S.asked, ""),
        Column("deadline", S.deadline, ""),
        Column("answer", S.answer, ""),
    ];
    let claims = ctx.desk().claims()?;
    let cut = table::cut(rows, ctx.query.get("after"), |row: &ReplyRow| row.reply.clone());
    Ok(html! {
        table class="cards" role="table" { caption class="vh" { (S.who_was_asked) }
            (table::head(ctx, PATH, &columns, "deadline"))
            tbody role="rowgroup" data-list { @for row in cut.rows { tr role="row" id=(row.reply) {
                td role="cell" class="name" { (parts::unknown(&row.party)) small class="quiet" { code { (row.reply.get(..12).unwrap_or(&row.reply)) } } }
                td role="cell" data-l=(S.about) { div { (about(ctx, row)) } }
                td role="cell" data-l=(S.asked) { div { (words::day(&row.on)) small { (say(S.by, &[("who", &row.author)])) } @if !row.letter.is_empty() { details class="small" { summary { (S.what_was_sent) } blockquote class="q small" { (row.letter) } } } } }
                td role="cell" data-l=(S.deadline) { div { (words::day(&row.until)) @if is_overdue(row) { " " small class="complaint" { (S.overdue) } } } }
                td role="cell" data-l=(S.answer) { div { (answers(ctx, row)) (quoted(ctx, row, &claims)) (answer_form(ctx, row)) } }
            } } }
        }
        (table::pager(ctx, PATH, &cut, S.open_first))
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
            p class="small" { span class="quiet" { (S.quoted_in) }
                @if quoting.is_empty() { (S.quoted_nowhere) }
                @for (at, claim) in quoting.iter().take(5).enumerate() { @if at > 0 { ", " } a href=(ctx.to(&format!("claim/{}", claim.claim))) { (parts::own(&claim.text)) } }
                @if quoting.len() > 5 { ", " (words::count(quoting.len() - 5, N.more)) }
            }
        }
    }
}

/// What came in as a letter, a mail or words.
fn answer_form(ctx: &Ctx, row: &ReplyRow) -> Markup {
    let nameless = lock(&ctx.app.author).is_empty();
    html! {
        details class="small off-paper" { summary { @if row.answers.is_empty() { (S.record_answer) } @else { (S.record_another) } }
            form method="post" action=(ctx.to("add")) enctype="multipart/form-data" class="stack" aria-label=(say(S.answer_of, &[("party", &row.party)])) {
                input type="hidden" name="back" value=(PATH);
                input type="hidden" name="reply" value=(row.reply);
                @if nameless { label { (L.your_name) " " input class="input" name="reader" required autocomplete="off"; } }
                label { (S.came_on) input class="input" type="date" name="on" min=(row.on) required; }
                label { (S.as_file) input class="input" type="file" name="file"; }
                label { (S.or_words) textarea class="input" name="words" rows="3" maxlength="200000" {} }
                p class="quiet" { (S.answer_becomes) }
                p class="btns" { button class="btn main" { (S.write_into) } }
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
            Some(id) => { a href=(ctx.to(&format!("claim/{id}"))) { (parts::own(&row.about_words)) } }
            None => { (parts::own(&row.about_words)) }
        }
        @if row.withdrawn { small class="complaint" { (S.on_withdrawn) } }
    }
}

/// What came back, or that nothing did.
pub(crate) fn answers(ctx: &Ctx, row: &ReplyRow) -> Markup {
    html! {
        @if row.answers.is_empty() { span class="quiet" { (S.no_answer) } }
        @for answer in &row.answers {
            p { (words::day(&answer.on)) ": " a href=(ctx.to(&format!("doc/{}", answer.document))) { (S.answer_link) } }
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
        section class="panel" aria-labelledby="p-a" { header { h2 id="p-a" { (S.who_was_asked) } }
            @if rows.is_empty() { p class="small quiet" { (S.nobody_asked_post) } }
            @for row in &rows {
                p { (show(S.party_asked, &[("party", &parts::unknown(&row.party)), ("day", &words::day(&row.on)), ("until", &words::day(&row.until))])) " "
                    @if row.withdrawn { span class="complaint" { (S.question_withdrawn) } } }
                div class="small" { (answers(ctx, row)) }
            }
            p class="small off-paper" { a href=(ctx.to(&format!("replies?about={}#ask", ids.first().unwrap_or(&"")))) { (S.write_down) } }
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
            section class="panel" id="ask" aria-labelledby="ask-h" { h2 id="ask-h" { (S.write_down) }
                form method="post" action=(ctx.to("ask")) class="stack" {
                    input type="hidden" name="back" value="replies";
                    @if nameless { label { (L.your_name) " " input class="input" name="reader" required autocomplete="off"; } }
                    label { (S.party_word) input class="input" name="party" required maxlength="200" autocomplete="off"; }
                    label { (S.about_word) select name="about" { @if let Some(claim) = &claim { option value=(claim.claim) selected { (parts::own_words(&claim.text)) } } @for post in &posts { option value=(post.post) selected[post.post == about] { (parts::post_title(post)) } } } }
                    label { (S.asked_on) input class="input" type="date" name="on" required; }
                    label { (S.until) input class="input" type="date" name="until" required; }
                    label { (S.letter) textarea class="input" name="letter" rows="4" maxlength="20000" {} }
                    p class="btns" { button class="btn main" { (S.write_into) } }
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
    Ok(act::Last::of(&say(S.written_down, &[("party", &party)]), done.decision))
}
