//! What an editor does before publishing: each gate with its reason and its way.

use crate::labels::frame::S as F;
use crate::labels::publication::S;
use crate::labels::{N, say, show};
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
        Gate::NothingInside => (S.gate_none, S.gate_none_why, "claims?open=1", S.decide),
        Gate::Unread => (S.gate_unread, S.gate_unread_why, "to-read", S.read),
        Gate::Weak => (S.gate_weak, S.gate_weak_why, "dossier?standing=printed&sort=-grade", S.see),
        Gate::Moved => (S.gate_moved, S.gate_moved_why, "claims", S.look_again),
        Gate::Judged => (S.gate_judged, S.gate_judged_why, "ledger?kind=decision", S.look_again),
        Gate::Withdrawn => (S.gate_withdrawn, S.gate_withdrawn_why, "sources", S.see),
        Gate::OneSided => (S.gate_one_sided, S.gate_one_sided_why, "claims", S.decide),
        Gate::NotAsked => (S.gate_not_asked, S.gate_not_asked_why, "replies#ask", S.write_verb),
        Gate::ReplyOpen => (S.gate_reply_open, S.gate_reply_open_why, "replies", S.see),
        Gate::PersonHeldBack => (S.gate_held, S.gate_held_why, "dossier?standing=names+a+person", S.see),
    }
}

/// The gates that are not met, each with what it is about and the way there.
pub(crate) fn panel(ctx: &Ctx, outlook: &Outlook, waiting: usize, stale: bool) -> Markup {
    let mut by: BTreeMap<Gate, Vec<&Unmet>> = BTreeMap::new();
    for unmet in &outlook.unmet {
        by.entry(unmet.gate).or_default().push(unmet);
    }
    let more = [
        (usize::from(stale), S.gate_stale, S.gate_stale_why, "sources", S.run),
        (waiting, F.look_again, F.look_again_why, "ledger?kind=decision", S.see),
    ];
    let open = by.len() + more.iter().filter(|row| row.0 > 0).count();
    let line = |n: usize, what: &str, why: &str, to: &str, verb: &str, items: Markup| {
        html! { li { span class="n" { (words::number(n as u64)) } div { (what) small { (why) } (items) } a class="btn" href=(ctx.to(to)) { (verb) span class="vh" { ": " (what) } } } }
    };
    html! {
        section class="panel" aria-labelledby="d-g" { header { h2 id="d-g" { (S.before) } span class="small quiet" { (words::count(open, N.gates_not_met)) } }
            @if open == 0 { p class="small" { (S.all_met) } }
            ul class="todo-list" data-list {
                @for (gate, unmet) in &by {
                    @let (what, why, to, verb) = asks(*gate);
                    @let n = match gate { Gate::NothingInside => unmet.first().map_or(0, |u| u.count), _ => unmet.len() };
                    (line(n, what, why, to, verb, items(ctx, unmet)))
                }
                @for (n, what, why, to, verb) in more { @if n > 0 { (line(n, what, why, to, verb, html! {})) } }
            }
            p class="xs quiet after" { (show(S.only_empty_stops, &[("command", &html! { code { "plainsight publish" } })])) }
        }
    }
}

fn items(ctx: &Ctx, unmet: &[&Unmet]) -> Markup {
    html! {
        @if unmet.iter().any(|u| !u.about.is_empty()) {
            ul class="small" {
                @for item in unmet.iter().take(EACH) { li {
                    @match &item.claim { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (parts::own(&item.about)) } }, None => { (parts::unknown(&item.about)) } }
                    @match item.gate { Gate::Unread => { ", " (words::count(item.count, N.quotes)) }, Gate::Judged => { ", " (words::count(item.count, N.answers_since)) }, Gate::Moved => { ", " (say(S.grade_was, &[("grade", &parts::grade_words(u8::try_from(item.count).unwrap_or_default()))])) }, _ => {} }
                } }
                @if unmet.len() > EACH { li class="quiet" { (words::count(unmet.len() - EACH, N.more)) } }
            }
        }
    }
}
