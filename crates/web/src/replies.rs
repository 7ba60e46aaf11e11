//! Replies: who was asked, until when, who answered.

use crate::labels::publication::S;
use crate::labels::{L, form, say, show};
use crate::parts::{self, empty, foreign};
use crate::query::Query;
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, act, words};
use maud::{Markup, html};
use plainsight_case::Asked;
use plainsight_case::views::ReplyRow;

/// Everybody who was asked; what is overdue comes first.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let rows = ctx.desk().replies()?;
    let open = rows.iter().filter(|row| row.answers.is_empty()).count();
    let body = html! {
        div class="head" { h1 { (L.replies) } p { (say(form(rows.len(), S.parties_asked), &[("n", &words::number(rows.len() as u64)), ("open", &words::number(open as u64))])) } }
        @if rows.is_empty() {
            (empty(S.nobody_asked, S.named_right, html! { a class="btn main" href="#ask" { (S.write_down) } }))
        } @else {
            table class="cards" role="table" { caption class="vh" { (S.who_was_asked) }
                thead role="rowgroup" { tr role="row" { @for head in [S.party, S.about, S.asked, S.deadline, S.answer] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" data-list { @for row in &rows { tr role="row" id=(row.reply) {
                    td role="cell" class="name" { (parts::unknown(&row.party)) small class="quiet" { code { (row.reply.get(..12).unwrap_or(&row.reply)) } } }
                    td role="cell" data-l=(S.about) { div { (about(ctx, row)) } }
                    td role="cell" data-l=(S.asked) { div { (words::day(&row.on)) small { (say(S.by, &[("who", &row.author)])) } } }
                    td role="cell" data-l=(S.deadline) { div { (words::day(&row.until)) @if is_overdue(row) { small class="complaint" { (S.overdue) } } } }
                    td role="cell" data-l=(S.answer) { div { (answers(ctx, row)) } }
                } } }
            }
            p class="small quiet" { (show(S.answer_comes, &[("command", &html! { code { "plainsight reply answer CASE DEC --on DAY FILE" } })])) }
        }
        (ask(ctx)?)
    };
    Ok(shell::page(ctx, L.replies, Nav::Replies, body))
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
            p class="small off-paper" { a href=(ctx.to("replies#ask")) { (S.write_down) } }
        }
    })
}

fn ask(ctx: &Ctx) -> Result<Markup, DeskError> {
    let posts = ctx.desk().findings()?;
    let nameless = lock(&ctx.app.author).is_empty();
    Ok(html! {
        @if !posts.is_empty() {
            section class="panel" id="ask" aria-labelledby="ask-h" { h2 id="ask-h" { (S.write_down) }
                form method="post" action=(ctx.to("ask")) class="stack" {
                    input type="hidden" name="back" value="replies";
                    @if nameless { label { (L.your_name) " " input class="input" name="reader" required autocomplete="off"; } }
                    label { (S.party_word) input class="input" name="party" required maxlength="200" autocomplete="off"; }
                    label { (S.about_word) select name="about" { @for post in &posts { option value=(post.post) { (parts::post_title(post)) } } } }
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
