//! The section of one post: names, statements, the registers' answers, statuses, replies.

use crate::notes::Notes;
use crate::said;
use crate::shown::{foreign, language_tag, pinyin, plain};
use crate::whitelist::{Post, Printed};
use crate::words::{counted, dates_said, day, listed, sentence, status, verdict_class};
use maud::{Markup, html};
use plainsight_case::views::{ClaimRow, RegisterView, ReplyRow, VerdictRow};
use serde_json::Value;

/// Headings with the predicates under them. Existence, consent and pressure
/// are separate claims: losing a witness for one leaves the others.
const PARTS: [(&str, &[&str]); 5] = [
    ("That it is there", &["exists"]),
    (
        "What is said of it",
        &["operated_by", "hosted_by", "located_at", "opened", "closed", "offers", "awarded"],
    ),
    ("Persons in a public role", &["headed_by", "attended_by"]),
    ("What the host state was told and answered", &["notified", "consented", "listed_in_register"]),
    ("Pressure on persons", &["pressure_by"]),
];

/// Whether a predicate has a heading of its own.
fn has_part(predicate: &str) -> bool {
    PARTS.iter().any(|(_, predicates)| predicates.contains(&predicate))
}

/// One post as a section with an address of its own.
pub(crate) fn section<'a>(post: &Post<'a>, printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    html! {
        section.post-part id=(plain(&post.finding.post)) {
            h2 { bdi { (plain(&post.title())) } }
            (names(post))
            @for (heading, predicates) in PARTS {
                (part(heading, post.claims.iter().copied().filter(|c| predicates.contains(&c.predicate.as_str())), printed, notes))
            }
            (part("Other statements", post.claims.iter().copied().filter(|c| !has_part(&c.predicate)), printed, notes))
            @if let Some((phone, row)) = post.phone {
                p.line { "Telephone " bdi { (plain(phone)) } ", as written in a quote." (notes.marks([row])) }
            }
            (statuses(post, notes))
            h3 { "What the registers say" }
            @if post.finding.verdicts.is_empty() { p.line { "No register was asked." } }
            @for verdict in &post.finding.verdicts { (answer(verdict, post, &printed.publication.registers, notes)) }
            (replies(post, printed))
        }
    }
}

/// Every name in its own script, with its reading.
pub(crate) fn names(post: &Post<'_>) -> Markup {
    html! {
        ul.names {
            @for name in &post.finding.names {
                li {
                    bdi.q lang=(language_tag(&name.lang, None)) { (plain(&name.text)) }
                    @if let Some(reading) = name.lang.starts_with("zh").then(|| pinyin(&name.text)).flatten() {
                        " " span.pinyin lang="zh-Latn-pinyin" { (reading) }
                    }
                }
            }
        }
    }
}

fn part<'a>(
    heading: &str,
    claims: impl Iterator<Item = &'a ClaimRow>,
    printed: &Printed<'a>,
    notes: &mut Notes<'a>,
) -> Markup {
    let mut claims = claims.peekable();
    if claims.peek().is_none() {
        return html! {};
    }
    html! {
        h3 { (heading) }
        @for claim in claims { (said::claim(claim, printed, notes)) }
    }
}

fn statuses<'a>(post: &Post<'a>, notes: &mut Notes<'a>) -> Markup {
    html! {
        @if !post.statuses.is_empty() {
            h3 { "Statuses" }
            ul.steps {
                @for (row, quote) in &post.statuses {
                    li {
                        span.quiet { (row.date.as_deref().map_or_else(|| "without a date".to_owned(), day)) }
                        span { (plain(&status(&row.word))) (notes.marks([*quote]))
                            @if row.withdrawn { " " span.quiet { "Its source was withdrawn." } }
                            @if quote.read_by.is_empty() { " " span.quiet { "Found by machine, not yet read by a person." } }
                        }
                    }
                }
            }
        }
    }
}

/// A register's answer with everything needed to ask it again.
fn answer<'a>(
    verdict: &VerdictRow,
    post: &Post<'a>,
    registers: &[RegisterView],
    notes: &mut Notes<'a>,
) -> Markup {
    let name = verdict.name.as_deref().map_or_else(|| "no register".to_owned(), plain);
    let as_of = verdict.as_of.as_deref().map(|date| format!(" as of {}", day(date))).unwrap_or_default();
    let line = match verdict.outcome.as_str() {
        "listed" => format!("Listed in {name}{as_of}"),
        "not listed" => format!("Not listed in {name}{as_of}"),
        "host state says" => "The host state says".to_owned(),
        _ if verdict.name.is_none() => "Cannot tell: no register to ask".to_owned(),
        _ => format!("Cannot tell from {name}{as_of}"),
    };
    let register = registers.iter().find(|r| Some(&r.register) == verdict.register.as_ref());
    html! {
        div.proof {
            p { span class=(format!("verdict {}", verdict_class(&verdict.outcome))) { (line) } }
            p.small { (plain(&dates_said(&sentence(&verdict.why)))) }
            @if let Some(register) = register { p.small { (about(register)) } }
            @if let Some(row) = verdict.proof.as_ref().and_then(|proof| post.quote(proof.get("quote")?.as_str()?)) {
                p { "“" (foreign(&row.text, &row.lang)) "”" (notes.marks([row])) }
            }
            @if let Some(proof) = &verdict.proof { (proof_of(proof, post)) }
            p.small.quiet { "This is about a list, not about the law." }
        }
    }
}

fn about(register: &RegisterView) -> String {
    format!(
        "The list is {} and {}; it has {}.",
        if register.official { "official" } else { "not official" },
        if register.complete { "says that it is complete" } else { "does not say that it is complete" },
        counted(register.rows, "row", "rows"),
    )
}

/// The headings of a register's row that are printed. A head's name is not among them.
const ROW: [(&str, &str); 10] = [
    ("row", "row"),
    ("sending_state", "sending state"),
    ("host_state", "host state"),
    ("category", "category"),
    ("class", "class"),
    ("seat", "seat"),
    ("address", "address"),
    ("district", "district"),
    ("recognised_on", "recognised on"),
    ("closed_on", "closed on"),
];

/// The printed cells of a register's row, heading and value.
pub(crate) fn row_cells(proof: &Value) -> Vec<(&'static str, String)> {
    let cells = proof.get("cells").unwrap_or(proof);
    ROW.iter()
        .filter_map(|(key, label)| {
            let value = cells.get(key).or_else(|| proof.get(key))?;
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (!text.is_empty() && !value.is_null()).then_some((*label, text))
        })
        .collect()
}

/// The forms that a register was asked for; names of persons that stay unprinted are counted only.
pub(crate) fn asked<'v>(proof: &'v Value, post: &Post<'_>) -> (Vec<&'v str>, usize) {
    let all: Vec<&str> = proof
        .get("asked")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let shown: Vec<&str> = all.iter().copied().filter(|form| !post.unnamed.contains(form)).collect();
    let hidden = all.len() - shown.len();
    (shown, hidden)
}

fn proof_of(proof: &Value, post: &Post<'_>) -> Markup {
    let (forms, hidden) = asked(proof, post);
    let text = |key: &str| proof.get(key).and_then(Value::as_str);
    let cells = if forms.is_empty() && hidden == 0 { row_cells(proof) } else { Vec::new() };
    html! {
        @if !forms.is_empty() || hidden > 0 {
            p.small { "Asked under " (counted(forms.len() + hidden, "form", "forms")) "; "
                (counted(proof.get("rows").and_then(Value::as_u64).unwrap_or(0) as usize, "row", "rows")) " answered:" }
            ol.forms { @for form in forms { li { bdi { (plain(form)) } } } }
            @if hidden > 0 {
                p.small.quiet { (sentence(&format!("{} of them not printed: names of persons", counted(hidden, "form", "forms")))) }
            }
        }
        @if !cells.is_empty() {
            p.small { "The row:" }
            dl.meta { @for (label, value) in cells { dt { (label) } dd { bdi { (plain(&value)) } } } }
        }
        @if let Some(date) = text("day") { p.small { "Asked about " (day(date)) "." } }
        @if let Some(snapshot) = text("snapshot") {
            p.xs.quiet { "SHA-256 of the list as it was asked: " span.hash { (plain(snapshot)) } }
        }
    }
}

/// Who was asked, and what they answered; a dossier without an answer says so.
fn replies(post: &Post<'_>, printed: &Printed<'_>) -> Markup {
    let rows: Vec<&ReplyRow> = post.replies(printed.publication).collect();
    let bodies: Vec<String> = [post.operator, post.host_body].into_iter().flatten().map(plain).collect();
    let silent: Vec<String> = bodies
        .into_iter()
        .filter(|body| !rows.iter().any(|row| !row.answers.is_empty() && plain(&row.party) == *body))
        .collect();
    html! {
        h3 { "Replies" }
        @for row in &rows { (reply(row)) }
        @if rows.is_empty() { p.line { "Nobody was asked." } }
        p.line {
            @if silent.is_empty() && rows.iter().all(|row| row.answers.is_empty()) { "No reply was recorded: whoever is named here has a right of reply." }
            @else if !silent.is_empty() { "No reply was recorded from " bdi { (listed(&silent)) } ": whoever is named here has a right of reply." }
        }
    }
}

fn reply(row: &ReplyRow) -> Markup {
    html! {
        div.proof {
            p { bdi { (plain(&row.party)) } " was asked on " (day(&row.on)) " to answer by " (day(&row.until)) ". "
                @if row.answers.is_empty() { "No answer was recorded." }
                @if row.withdrawn { " The question rests on a source that was withdrawn since." } }
            @for answer in &row.answers {
                p.small { "Answer of " (day(&answer.on)) ":" }
                @if answer.text.is_empty() { p.small.quiet { "Its words could not be read." } }
                @else { blockquote { p { (foreign(&answer.text, &answer.lang)) @if answer.cut { " …" } } } }
                p.xs.quiet { "Document " span.hash { (plain(&answer.document)) }
                    @if let Some(capture) = &answer.capture { ", SHA-256 " span.hash { (plain(&capture.sha256)) } } "." }
            }
        }
    }
}
