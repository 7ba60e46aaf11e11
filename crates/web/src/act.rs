//! What a person does: decide, take back, say who they are, check, run.
//!
//! Every act is a POST that leads back to where it was done (303), so that
//! reload and Back never repeat it.

use crate::desk::Machine;
use crate::labels::frame::S;
use crate::labels::{self, L, Language, say};
use crate::query::Query;
use crate::routes::{Ctx, Reply, lock};
use crate::{DeskError, job, parts, words};
use maud::{Markup, html};
use plainsight_case::views::Decided;
use plainsight_model::Answer;

/// The longest reason kept, in characters.
const REASON: usize = 2000;

/// The last decision, offered for undo until the next one.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    text: String,
    decision: Option<String>,
}

impl Last {
    /// A message with nothing to take back.
    pub(crate) fn note(text: &str) -> Self {
        Self::of(text, None)
    }
    /// A message with what can be taken back.
    pub(crate) fn of(text: &str, decision: Option<String>) -> Self {
        Self { text: text.to_owned(), decision }
    }
}

/// Where a form leads back to: the page it stands on.
pub(crate) fn back(ctx: &Ctx) -> Markup {
    back_at(ctx, "")
}

/// The same, at a place of the page.
pub(crate) fn back_at(ctx: &Ctx, place: &str) -> Markup {
    let here = ctx.query.with("ask", "").on(ctx.path);
    let here = if place.is_empty() { here } else { format!("{here}#{place}") };
    html! { input type="hidden" name="back" value=(here); }
}

/// Stands first in a form of decisions: Enter in one of its fields would press the first button,
/// and whoever types why two names differ would say that they are the same.
pub(crate) fn no_default() -> Markup {
    html! { button disabled hidden {} }
}

/// The `back` of a form as a path below the secret. Anything that could lead
/// elsewhere (`//host`, `..`, a line break) leads to the first page.
pub(crate) fn local(form: &Query) -> String {
    let back = form.get("back");
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_.~?=&%#+-*".contains(c);
    if back.starts_with('/') || back.contains("..") || back.contains("//") || !back.chars().all(plain) {
        return String::new();
    }
    back.to_owned()
}

/// The table of acts.
pub(crate) fn post(ctx: &Ctx, form: &Query) -> Result<Reply, DeskError> {
    let home = Reply::see_other(ctx.to(&local(form)));
    match ctx.path {
        "decide" => decide(ctx, form),
        "undo" => {
            let author = reader(ctx, form);
            let taken = form.get("decision");
            let of_an_undo = ctx.desk().log()?.iter().any(|row| {
                row.body.as_ref().is_some_and(|body| body.get("undo").is_some()) && row.decision_id() == taken
            });
            let reason = if of_an_undo {
                "stands again, said in the interface"
            } else {
                "taken back in the interface"
            };
            let done = ctx.desk().undo(taken, reason, &author)?;
            let mut text = match of_an_undo {
                true => S.stands_again,
                false => S.taken_back,
            }
            .to_owned();
            text += &waits(&done);
            // The undo is an entry like any other, so that it can be taken back too.
            *lock(&ctx.app.last) = Some(Last { text, decision: done.decision });
            Ok(home)
        }
        "ask" => {
            let author = reader(ctx, form);
            let last = crate::replies::post(ctx, form, &author)?;
            *lock(&ctx.app.last) = Some(last);
            Ok(home)
        }
        "reader" => {
            reader(ctx, form);
            Ok(home)
        }
        "language" => {
            if let Some(language) = Language::of(form.get("language")) {
                *lock(&ctx.app.language) = Some(language);
            }
            Ok(home)
        }
        "hide" => {
            *lock(&ctx.app.last) = None;
            Ok(home)
        }
        "verify" => {
            let seal = ctx.desk().verify()?;
            *lock(&ctx.app.seal) = Some((seal, now()));
            Ok(home)
        }
        "run" => {
            if !job::start(ctx.app, job::Task::Run, None) {
                *lock(&ctx.app.last) = Some(Last::note(S.other_work));
            }
            Ok(home)
        }
        "ask-model" | "ask-translator" => {
            reader(ctx, form);
            let machine = if ctx.path == "ask-model" { Machine::Model } else { Machine::Translator };
            let what = form.all("what").map(str::to_owned).collect();
            if !job::start(ctx.app, job::Task::Ask(machine, what), None) {
                *lock(&ctx.app.last) = Some(Last::note(S.other_work));
            }
            Ok(home)
        }
        "stop" => {
            if let Some(job) = lock(&ctx.app.job).as_ref() {
                job.stop();
            }
            Ok(home)
        }
        _ => Ok(Reply::nothing()),
    }
}

/// What is said where a decision found nothing that it rests on, or more than one thing.
fn waits(decided: &Decided) -> String {
    if decided.waiting.is_empty() { String::new() } else { format!(" ({})", S.waits) }
}

pub(crate) fn now() -> String {
    let now = time::OffsetDateTime::now_utc();
    let (date, clock) = (now.date(), now.time());
    format!(
        "{}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
        date.year(),
        u8::from(date.month()),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second()
    )
}

/// The name under a decision: the one of the form, else the one kept.
fn reader(ctx: &Ctx, form: &Query) -> String {
    let given: String = form.get("reader").chars().filter(|c| !c.is_control()).take(80).collect();
    let mut author = lock(&ctx.app.author);
    if !given.trim().is_empty() {
        *author = given.trim().to_owned();
    }
    author.clone()
}

fn answer(word: &str) -> Option<Answer> {
    Some(match word {
        "confirm" => Answer::Confirm,
        "reject" => Answer::Reject,
        "unsure" => Answer::Unsure,
        "read" => Answer::Read,
        "same" => Answer::Same,
        "different" => Answer::Different,
        _ => return None,
    })
}

fn decide(ctx: &Ctx, form: &Query) -> Result<Reply, DeskError> {
    let word = form.get("as");
    let Some(answer) = answer(word) else { return Ok(Reply::nothing()) };
    let what: Vec<String> = form.all("what").map(str::to_owned).collect();
    let author = reader(ctx, form);
    let back = local(form);
    let again = |ask: &str| {
        let (path, query) = back
            .split('#')
            .next()
            .unwrap_or_default()
            .split_once('?')
            .unwrap_or((back.split('#').next().unwrap_or_default(), ""));
        Ok(Reply::see_other(ctx.to(&format!("{}#decide", Query::parse(query).with("ask", ask).on(path)))))
    };
    if author.is_empty() {
        return again("name");
    }
    let mut reason: String = form.get("reason").chars().take(REASON).collect();
    if reason.trim().is_empty() {
        // Whoever rejects a claim or tells two names apart says why; the answer about a quote is its own reason.
        let wants = |word_of: &str, id: &str| word == word_of && what.iter().any(|w| w.starts_with(id));
        if wants("reject", "clm-") || wants("different", "pair-") {
            return again("reason");
        }
        reason = match word {
            "read" => "read in the interface: it says so",
            "reject" => "read in the interface: it does not say so",
            "unsure" if what.iter().all(|id| id.starts_with("quo-")) => "read in the interface: unsure",
            _ => "decided in the interface",
        }
        .to_owned();
    }
    let decided = ctx.desk().decide(&what, answer, reason.trim(), &author)?;
    let said = match (word, what.first().is_some_and(|id| id.starts_with("quo-"))) {
        ("reject", true) => S.marked_not_so.to_owned(),
        ("read", _) => S.marked_read.to_owned(),
        _ => words::sentence(&parts::decided(word)),
    };
    let moved = decided.changed.iter().filter(|change| change.what == "grade").count();
    let template = if moved == 0 { S.done_by } else { labels::form(moved, S.done_by_moved) };
    let text = say(template, &[("done", &said), ("who", &author), ("n", &words::number(moved as u64))]);
    let text = text + &waits(&decided);
    *lock(&ctx.app.last) = Some(Last { text, decision: decided.decision });
    Ok(Reply::see_other(ctx.to(&back)))
}

/// The last decision with its undo, on every page until the next one.
pub(crate) fn toast(ctx: &Ctx) -> Markup {
    let last = lock(&ctx.app.last).clone();
    html! {
        @if let Some(last) = last {
            div class="toast" id="toast" role="region" aria-label=(S.last_decision) {
                span { (last.text) }
                @if let Some(decision) = &last.decision {
                    form method="post" action=(ctx.to("undo")) id="undo" { (back(ctx))
                        input type="hidden" name="decision" value=(decision);
                        button class="btn" { (L.undo) " " kbd { "Ctrl Z" } }
                    }
                }
                form method="post" action=(ctx.to("hide")) { (back(ctx)) button class="btn" { (L.hide) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_never_leads_elsewhere() {
        for (given, kept) in [
            ("claim/clm-1?lang=zh#decide", "claim/clm-1?lang=zh#decide"),
            ("//evil.example", ""),
            ("/evil.example", ""),
            ("a//evil.example", ""),
            ("http://evil.example", ""),
            ("a/../../b", ""),
            ("a\r\nset-cookie: x", ""),
            ("", ""),
        ] {
            let form = Query::parse(&format!("back={}", crate::query::escape(given)));
            assert_eq!(local(&form), kept, "{given:?}");
        }
    }
}
