//! What follows from each answer about a pair, said before it is taken.
//!
//! What joins is said at once. What moves in claims and grades is weighed as
//! the decision itself would weigh it, with nothing written: at once in a
//! small case, on request in a large one.

use crate::labels::L;
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
    let weigh = |word: &str| {
        let here = ctx.query.with("ask", "").with("if", word).on(&format!("pair/{}", pair.pair));
        html! { a href=(ctx.to(&(here + "#follows"))) { "Weigh what would move" span class="vh" { " if " (word) } } }
    };
    Ok(html! {
        section class="panel" aria-labelledby="n-w" id="follows" tabindex="-1" {
            header { h3 id="n-w" { (L.what_follows) } span class="small quiet" { "said before it is taken; nothing is written yet" } }
            dl class="meta" {
                dt { "If same" } dd {
                    (joined(pair, a, b, post))
                    @match &same {
                        Some(would) => { (effect(ctx, would, "same")) }
                        None if post => { (weigh("same")) " (it takes as long as the decision)." }
                        None => {}
                    }
                }
                dt { "If different" } dd {
                    @match &different {
                        Some(would) if !would.changed.is_empty() => { (effect(ctx, would, "different")) }
                        None if post => { "The two stay apart. " (weigh("different")) "." }
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

/// What an answer moves, claim by claim.
fn effect(ctx: &Ctx, would: &WouldChange, answer: &str) -> Markup {
    html! {
        (sum(would)) " "
        @if !would.claims.is_empty() {
            details open[would.claims.len() <= 8] { summary { "Claim by claim: " (would.claims.len()) }
                table class="cards changed" role="table" { caption class="vh" { "What moves if " (answer) }
                    thead role="rowgroup" { tr role="row" { @for head in [L.claim, "Now", "Then"] { th role="columnheader" scope="col" { (head) } } } }
                    tbody role="rowgroup" { @for row in would.claims.iter().take(SHOWN) { tr role="row" {
                        td role="cell" class="name" { @match &row.claim { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (row.text) } }, None => { (row.text) } } }
                        td role="cell" data-l="Now" { div { (stands(row.now, "not a claim yet")) } }
                        td role="cell" data-l="Then" { div { (stands(row.then, "nothing says it any more")) } }
                    } } }
                }
                @if would.claims.len() > SHOWN { p class="small quiet" { "and " (would.claims.len() - SHOWN) " more" } }
            }
        }
    }
}

/// What moves, in sentences.
fn sum(would: &WouldChange) -> String {
    let mut out = String::new();
    for (count, does) in [(would.posts_gone, "into the other"), (would.posts_new, "a way of its own")] {
        if count > 0 {
            out += &format!("{} {does}. ", words::count(count, "post goes", "posts go"));
        }
    }
    let both = || would.claims.iter().filter_map(|row| row.now.zip(row.then));
    let grades = both().filter(|(now, then)| now.grade != then.grade).count();
    let if_read = both().filter(|(now, then)| now.grade_if_read != then.grade_if_read).count();
    out += &match (grades, if_read) {
        (0, 0) => "No grade moves".to_owned(),
        (0, n) => format!(
            "No grade moves; {} as it would be if read",
            if n == 1 { "one moves".to_owned() } else { format!("{} move", words::number(n as u64)) }
        ),
        (n, _) => words::count(n, "grade moves", "grades move"),
    };
    let others = would.claims.len() - both().count();
    if others > 0 {
        out += &format!("; {}", words::count(others, "claim comes or goes", "claims come or go"));
    }
    out + "."
}

fn stands(standing: Option<Standing>, none: &str) -> Markup {
    html! {
        @match standing {
            None => { span class="quiet" { (none) } }
            Some(s) => { (grade(s.grade, parts::grade_words(s.grade)))
                small { @if s.grade != s.grade_if_read { "would be " (parts::grade_words(s.grade_if_read)) " if read; " } (words::count(s.origins, "origin", "origins")) } }
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
            (0, vec![row(None, at(6, 4)), row(at(1, 1), None)], "No grade moves; 2 claims come or go."),
        ] {
            let would = WouldChange { posts_gone, claims, ..WouldChange::default() };
            assert_eq!(sum(&would), said);
        }
    }
}
