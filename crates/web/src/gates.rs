//! What an editor does before publishing: each gate with its reason and its way.

use crate::parts;
use crate::routes::Ctx;
use crate::words;
use maud::{Markup, html};
use plainsight_case::dossier::{Gate, Outlook, Unmet};
use std::collections::BTreeMap;

/// Things shown for each gate; the rest is counted.
const EACH: usize = 6;

/// What a gate asks, why, and where it is met.
pub(crate) fn asks(gate: Gate) -> (&'static str, &'static str, &'static str, &'static str) {
    match gate {
        Gate::NothingInside => (
            "Nobody has confirmed a claim",
            "only what a person confirmed is printed; until then publishing stops",
            "claims?open=1",
            "Decide",
        ),
        Gate::Unread => (
            "Printed claims with quotes that nobody has read",
            "a quote counts once a person who reads its language has read it, translation and all",
            "to-read",
            "Read",
        ),
        Gate::Weak => (
            "Printed claims that are doubtful or cannot be judged",
            "a dossier prints the grade over what was read, and this is it",
            "dossier?standing=printed&sort=-grade",
            "See",
        ),
        Gate::Moved => (
            "Printed claims whose grade moved after the yes",
            "what was read, found or withdrawn since weighs otherwise; confirm again, or take it back",
            "claims",
            "Look again",
        ),
        Gate::Judged => (
            "Printed claims whose quotes were judged after the yes",
            "somebody read, set aside or withdrew what they rest on; the grade may have moved since",
            "ledger?kind=decision",
            "Look again",
        ),
        Gate::Withdrawn => (
            "Printed claims that rest on a withdrawn source",
            "they are marked down to the footnote",
            "sources",
            "See",
        ),
        Gate::OneSided => (
            "Printed claims without the value that contradicts them",
            "a reader should see both; confirm the other as said, or reject it with a reason",
            "claims",
            "Decide",
        ),
        Gate::NotAsked => (
            "Named as acting, and not asked",
            "whoever is named as acting has a right of reply; a dossier without it says so",
            "replies#ask",
            "Write down",
        ),
        Gate::ReplyOpen => (
            "Asked, and still with time to answer",
            "an answer that comes later is printed by a new edition",
            "replies",
            "See",
        ),
        Gate::PersonHeldBack => (
            "Confirmed claims about a named person, held back",
            "a person in a public role is printed only with a mark of its own",
            "dossier?standing=names+a+person",
            "See",
        ),
    }
}

/// The gates that are not met, each with what it is about and the way there.
pub(crate) fn panel(ctx: &Ctx, outlook: &Outlook, waiting: usize, stale: bool) -> Markup {
    let mut by: BTreeMap<Gate, Vec<&Unmet>> = BTreeMap::new();
    for unmet in &outlook.unmet {
        by.entry(unmet.gate).or_default().push(unmet);
    }
    let more = [
        (
            usize::from(stale),
            "Something came in after the last run",
            "what it says is in no claim yet",
            "sources",
            "Run",
        ),
        (
            waiting,
            "Decisions to look at again",
            "what they rested on was read anew; they attach to nothing, or to more than one thing",
            "ledger?kind=decision",
            "See",
        ),
    ];
    let open = by.len() + more.iter().filter(|row| row.0 > 0).count();
    let line = |n: usize, what: &str, why: &str, to: &str, verb: &str, items: Markup| {
        html! { li { span class="n" { (words::number(n as u64)) } div { (what) small { (why) } (items) } a class="btn" href=(ctx.to(to)) { (verb) span class="vh" { ": " (what) } } } }
    };
    html! {
        section class="panel" aria-labelledby="d-g" { header { h2 id="d-g" { "Before it is published" } span class="small quiet" { (words::count(open, "gate", "gates")) " not met" } }
            @if open == 0 { p class="small" { "Every gate is met: what is printed was read, both sides stand, and whoever is named was asked." } }
            ul class="todo-list" data-list {
                @for (gate, unmet) in &by {
                    @let (what, why, to, verb) = asks(*gate);
                    @let n = match gate { Gate::NothingInside => unmet.first().map_or(0, |u| u.count), _ => unmet.len() };
                    (line(n, what, why, to, verb, items(ctx, unmet)))
                }
                @for (n, what, why, to, verb) in more { @if n > 0 { (line(n, what, why, to, verb, html! {})) } }
            }
            p class="xs quiet after" { "Only a dossier without any claim stops " code { "plainsight publish" } ". All else is yours to weigh; a dossier says what was not done." }
        }
    }
}

fn items(ctx: &Ctx, unmet: &[&Unmet]) -> Markup {
    html! {
        @if unmet.iter().any(|u| !u.about.is_empty()) {
            ul class="small" {
                @for item in unmet.iter().take(EACH) { li {
                    @match &item.claim { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (item.about) } }, None => { (parts::unknown(&item.about)) } }
                    @match item.gate { Gate::Unread => { ", " (words::count(item.count, "quote", "quotes")) }, Gate::Judged => { ", " (words::count(item.count, "answer", "answers")) " since" }, Gate::Moved => { ", was " (parts::grade_words(u8::try_from(item.count).unwrap_or_default())) }, _ => {} }
                } }
                @if unmet.len() > EACH { li class="quiet" { "and " (unmet.len() - EACH) " more" } }
            }
        }
    }
}
