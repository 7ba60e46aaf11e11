//! What follows from each answer about a pair, said before it is taken.
//!
//! What joins is said at once. What moves in claims and grades is weighed as
//! the decision itself would weigh it, with nothing written: at once in a
//! small case, on request in a large one.

use crate::labels::EN as L;
use crate::routes::Ctx;
use crate::{DeskError, parts, words};
use maud::{Markup, html};
use plainsight_case::views::{Changed, EntityRow, PairRow};
use plainsight_model::Answer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Up to so many claims an answer is weighed without being asked to.
const AT_ONCE: usize = 300;
/// Moved things that are shown.
const SHOWN: usize = 40;

/// The three answers with their effects.
pub(crate) fn panel(
    ctx: &Ctx,
    pair: &PairRow,
    a: Option<&EntityRow>,
    b: Option<&EntityRow>,
) -> Result<Markup, DeskError> {
    let post = pair.kind == "post" || pair.kind.is_empty();
    let asked = ctx.query.get("if");
    let weigh = post && (!asked.is_empty() || ctx.counts()?.claims <= AT_ONCE);
    let moved = |answer: Answer| -> Result<Option<Vec<Changed>>, DeskError> {
        let changes = weigh.then(|| ctx.desk().would_change(std::slice::from_ref(&pair.pair), answer));
        changes.transpose()
    };
    let (same, different) = (moved(Answer::Same)?, moved(Answer::Different)?);
    let here = ctx.query.with("ask", "").with("if", "1").on(&format!("pair/{}", pair.pair)) + "#follows";
    Ok(html! {
        section class="panel" aria-labelledby="n-w" id="follows" tabindex="-1" {
            header { h3 id="n-w" { (L.what_follows) } span class="small quiet" { "said before it is taken; nothing is written yet" } }
            dl class="meta" {
                dt { "If same" } dd {
                    (joined(pair, a, b, post))
                    @match &same {
                        Some(changes) => { (effect(ctx, changes, "same")?) }
                        None if post => { " " a href=(ctx.to(&here)) { "Weigh what would move" } }
                        None => {}
                    }
                }
                dt { "If different" } dd {
                    @match &different {
                        Some(changes) if !changes.is_empty() => { (effect(ctx, changes, "different")?) }
                        _ => { "Nothing moves." }
                    }
                    " The pair is not asked again; no rule joins the two while the answer stands."
                }
                dt { "If unsure" } dd { "Nothing moves. That you looked is written down, and the pair stays in the queue." }
            }
        }
    })
}

fn joined(pair: &PairRow, a: Option<&EntityRow>, b: Option<&EntityRow>, post: bool) -> Markup {
    let both = || a.into_iter().chain(b);
    let names: BTreeSet<&str> = both().flat_map(|e| &e.names).map(|n| n.text.as_str()).collect();
    let quotes: BTreeSet<&str> = both().flat_map(|e| &e.statements).map(|s| s.quote.as_str()).collect();
    let documents: BTreeSet<&str> = both().flat_map(|e| &e.statements).map(|s| s.document.as_str()).collect();
    let claims: BTreeSet<&str> = both().flat_map(|e| &e.claims).map(|c| c.claim.as_str()).collect();
    html! {
        (parts::unknown(&pair.a.text)) " and " (parts::unknown(&pair.b.text)) " become one " (if post { "post" } else { "entity" })
        @if a.is_some() && b.is_some() {
            ", with " (words::count(names.len(), "name", "names")) " and " (words::count(claims.len(), "claim", "claims")) " on " (words::count(quotes.len(), "quote", "quotes")) " in " (words::count(documents.len(), "document", "documents"))
        }
        ". "
        @if !post { "Lists are compared with it under all its names. No claim and no grade moves. Splitting them again is one press." }
    }
}

/// What an answer moves, thing by thing.
fn effect(ctx: &Ctx, changes: &[Changed], answer: &str) -> Result<Markup, DeskError> {
    if changes.is_empty() {
        return Ok(html! { "No claim and no grade moves." });
    }
    let names = titles(ctx)?;
    let mut things: BTreeMap<&str, Vec<&Changed>> = BTreeMap::new();
    for change in changes.iter().filter(|c| !c.id.starts_with("quo-")) {
        things.entry(change.id.as_str()).or_default().push(change);
    }
    let grades = changes.iter().filter(|c| c.what == "grade" && !c.before.is_null() && !c.after.is_null());
    let grades = grades.count();
    let gone = |of: &str| {
        let of_kind = things.iter().filter(|(id, _)| id.starts_with(of));
        of_kind.filter(|(_, all)| all.iter().all(|c| c.after.is_null())).count()
    };
    let sum = format!(
        "{} and {} go into others; {}.",
        words::count(gone("pos-"), "post", "posts"),
        words::count(gone("clm-"), "claim", "claims"),
        match grades {
            0 => "no grade of the others moves".to_owned(),
            n => words::count(n, "grade moves", "grades move"),
        }
    );
    Ok(html! {
        (words::sentence(&sum))
        details open[things.len() <= 6] { summary { "What moves, one by one: " (things.len()) }
            table class="cards" role="table" { caption class="vh" { "What moves if " (answer) }
                thead role="rowgroup" { tr role="row" { @for head in [L.what, "Now", "Then"] { th role="columnheader" scope="col" { (head) } } } }
                tbody role="rowgroup" { @for (id, all) in things.iter().take(SHOWN) { tr role="row" {
                    td role="cell" class="name" { @match names.get(*id) { Some((path, title)) => { a href=(ctx.to(path)) { (title) } }, None => { code { (id) } } } }
                    td role="cell" data-l="Now" { div { (state(all, |c| &c.before)) } }
                    td role="cell" data-l="Then" { div { (state(all, |c| &c.after)) } }
                } } }
            }
            @if things.len() > SHOWN { p class="small quiet" { "and " (things.len() - SHOWN) " more" } }
        }
    })
}

/// Claims and posts as they stand now, by id: address and title.
fn titles(ctx: &Ctx) -> Result<BTreeMap<String, (String, String)>, DeskError> {
    let claims = ctx.desk().claims()?.into_iter();
    let mut out: BTreeMap<String, (String, String)> =
        claims.map(|claim| (claim.claim.clone(), (format!("claim/{}", claim.claim), claim.text))).collect();
    for post in ctx.desk().findings()? {
        let title = format!("The post in {}", parts::post_title(&post));
        out.insert(post.post.clone(), (format!("post/{}", post.post), title));
    }
    Ok(out)
}

/// One side of what moves, in words.
fn state(all: &[&Changed], of: impl Fn(&Changed) -> &Value) -> Markup {
    if all.iter().all(|change| of(change).is_null()) {
        return html! { span class="quiet" { "is no thing of its own" } };
    }
    let said: Vec<String> = all.iter().filter_map(|change| said(&change.what, of(change))).collect();
    html! { (said.join(", ")) }
}

fn said(what: &str, value: &Value) -> Option<String> {
    let number = value.as_u64();
    match (what, number) {
        ("grade", Some(n)) => Some(parts::grade_words(n as u8).to_owned()),
        ("grade_if_read", Some(n)) => Some(format!("would be {} if read", parts::grade_words(n as u8))),
        ("origins", Some(n)) => Some(words::count(n as usize, "origin", "origins")),
        ("evidence", Some(n)) => Some(words::count(n as usize, "quote", "quotes")),
        ("withdrawn_quotes", Some(n)) if n > 0 => {
            Some(words::count(n as usize, "quote withdrawn", "quotes withdrawn"))
        }
        ("opened", _) => value.as_str().map(|day| format!("opened {}", words::day(day))),
        ("decision", _) => value.as_str().map(parts::decided),
        ("statuses", _) => value.as_array().map(|all| words::count(all.len(), "status", "statuses")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_moves_is_said_in_words() {
        for (what, value, words) in [
            ("grade", json!(3), Some("possibly true")),
            ("grade_if_read", json!(2), Some("would be probably true if read")),
            ("origins", json!(1), Some("1 origin")),
            ("opened", json!("2019-05-09"), Some("opened 9 May 2019")),
            ("withdrawn_quotes", json!(0), None),
            ("read_by", json!([]), None),
        ] {
            assert_eq!(said(what, &value).as_deref(), words, "{what}");
        }
    }
}
