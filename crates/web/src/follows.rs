//! What follows from each answer about a pair, said before it is taken.
//!
//! What joins is said at once. What moves in claims and grades is weighed as
//! the decision itself would weigh it, with nothing written: at once in a
//! small case, on request in a large one.

use crate::labels::names::S;
use crate::labels::{L, N, say, sentences, show};
use crate::parts::{self, grade};
use crate::routes::Ctx;
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::{EntityRow, PairRow, Standing, WouldChange};
use plainsight_model::Answer;
use std::collections::BTreeSet;

/// Up to so many claims an answer is weighed without being asked to.
const AT_ONCE: usize = 200;
/// Moved claims that are shown.
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
    let small = ctx.counts()?.claims <= AT_ONCE;
    let moved = |answer: Answer, word: &str| {
        let weigh = post && (small || asked == word);
        weigh.then(|| ctx.desk().would_change(std::slice::from_ref(&pair.pair), answer)).transpose()
    };
    let (same, different) = (moved(Answer::Same, "same")?, moved(Answer::Different, "different")?);
    let weigh = |word: &str, answer: &str| {
        let here = ctx.query.with("ask", "").with("if", word).on(&format!("pair/{}", pair.pair));
        html! { a href=(ctx.to(&(here + "#follows"))) { (S.weigh) span class="vh" { ": " (answer) } } }
    };
    Ok(html! {
        section class="panel" aria-labelledby="n-w" id="follows" tabindex="-1" {
            header { h3 id="n-w" { (L.what_follows) } span class="small quiet" { (S.said_before) } }
            dl class="meta" {
                dt { (S.if_same) } dd {
                    (joined(pair, a, b, post))
                    @match &same {
                        Some(would) => { (effect(ctx, would, S.moves_if_same)) }
                        None if post => { (weigh("same", S.if_same)) " (" (S.takes_as_long) ")" }
                        None => {}
                    }
                }
                dt { (S.if_different) } dd {
                    @match &different {
                        Some(would) if !would.changed.is_empty() => { (effect(ctx, would, S.moves_if_different)) }
                        None if post => { (S.stay_apart) " " (weigh("different", S.if_different)) }
                        _ => { (S.nothing_moves) }
                    }
                    " " (S.answers_again)
                }
                dt { (S.if_unsure) } dd { (S.unsure_stays) }
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
    let template = match (post, a.is_some() && b.is_some()) {
        (true, true) => S.become_post_with,
        (true, false) => S.become_post,
        (false, true) => S.become_entity_with,
        (false, false) => S.become_entity,
    };
    html! {
        (show(template, &[
            ("a", &parts::unknown(&pair.a.text)),
            ("b", &parts::unknown(&pair.b.text)),
            ("names", &words::count(names.len(), N.names)),
            ("claims", &words::count(claims.len(), N.claims)),
            ("quotes", &words::count(quotes.len(), N.quotes)),
            ("documents", &words::count(documents.len(), N.documents)),
        ])) " "
        @if !post { (S.compared_lists) }
    }
}

/// What an answer moves, claim by claim.
fn effect(ctx: &Ctx, would: &WouldChange, caption: &str) -> Markup {
    html! {
        (sum(would)) " "
        @if !would.claims.is_empty() {
            details open[would.claims.len() <= 8] { summary { (words::count(would.claims.len(), S.claim_by_claim)) }
                table class="cards changed" role="table" { caption class="vh" { (caption) }
                    thead role="rowgroup" { tr role="row" { @for head in [L.claim, S.now, S.then] { th role="columnheader" scope="col" { (head) } } } }
                    tbody role="rowgroup" { @for row in would.claims.iter().take(SHOWN) { tr role="row" {
                        td role="cell" class="name" { @match &row.claim { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (parts::own(&row.text)) } }, None => { (parts::own(&row.text)) } } }
                        td role="cell" data-l=(S.now) { div { (stands(row.now, S.not_a_claim)) } }
                        td role="cell" data-l=(S.then) { div { (stands(row.then, S.no_longer)) } }
                    } } }
                }
                @if would.claims.len() > SHOWN { p class="small quiet" { (words::count(would.claims.len() - SHOWN, N.more)) } }
            }
        }
    }
}

/// What moves, in sentences.
fn sum(would: &WouldChange) -> String {
    let posts = [(would.posts_gone, S.posts_gone), (would.posts_new, S.posts_new)];
    let mut all: Vec<String> =
        posts.iter().filter(|(n, _)| *n > 0).map(|(n, template)| words::count(*n, template)).collect();
    let both = || would.claims.iter().filter_map(|row| row.now.zip(row.then));
    let grades = both().filter(|(now, then)| now.grade != then.grade).count();
    let if_read = both().filter(|(now, then)| now.grade_if_read != then.grade_if_read).count();
    let moves = match (grades, if_read) {
        (0, 0) => S.no_grade_moves.to_owned(),
        (0, n) => words::count(n, S.if_read_moves),
        (n, _) => words::count(n, S.grades_move),
    };
    all.push(moves + L.full_stop);
    let others = would.claims.len() - both().count();
    if others > 0 {
        all.push(words::count(others, S.claims_come_or_go));
    }
    sentences(&all)
}

fn stands(standing: Option<Standing>, none: &str) -> Markup {
    html! {
        @match standing {
            None => { span class="quiet" { (none) } }
            Some(s) => { (grade(s.grade, parts::grade_words(s.grade)))
                small { @if s.grade != s.grade_if_read { (say(S.would_be_with, &[("then", &parts::grade_words(s.grade_if_read)), ("origins", &words::count(s.origins, N.origins))])) } @else { (words::count(s.origins, N.origins)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_case::views::MovedClaim;

    #[test]
    fn what_moves_is_said_in_words() {
        let at = |grade, grade_if_read| Some(Standing { grade, grade_if_read, origins: 1 });
        let row = |now, then| MovedClaim { claim: None, text: String::new(), now, then };
        for (posts_gone, claims, said) in [
            (0, vec![], "No grade moves."),
            (1, vec![], "1 post goes into the other. No grade moves."),
            (1, vec![row(at(6, 3), at(3, 3))], "1 post goes into the other. 1 grade moves."),
            (0, vec![row(at(6, 3), at(6, 4))], "No grade moves; one moves as it would be if read."),
            (0, vec![row(None, at(6, 4)), row(at(1, 1), None)], "No grade moves. 2 claims come or go."),
        ] {
            let would = WouldChange { posts_gone, claims, ..WouldChange::default() };
            assert_eq!(sum(&would), said);
        }
    }
}
