//! Names: do two mean the same? The machine asks, a person answers.

use crate::act;
use crate::labels::EN as L;
use crate::parts::{self, empty, foreign};
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::views::{PairRow, PairSide};

/// The first pair, with the queue beside it.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let pairs = ctx.desk().names()?;
    draw(ctx, &pairs, pairs.first())
}

/// One pair; a pair that was decided leaves the queue, so that the next one stands here.
pub(crate) fn pair(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let pairs = ctx.desk().names()?;
    let chosen = pairs.iter().find(|pair| pair.pair == id).or(pairs.first());
    draw(ctx, &pairs, chosen)
}

fn draw(ctx: &Ctx, pairs: &[PairRow], chosen: Option<&PairRow>) -> Result<Reply, DeskError> {
    let body = html! {
        div class="head" { h1 { (L.names) } p { (words::count(pairs.len(), "pair needs", "pairs need")) " a person" }
            div class="btns" { a class="btn" href=(ctx.to("names.csv")) { (L.export_csv) } } }
        @match chosen {
            None => { (empty("No pair waits", "Pairs come here when two names may mean the same and no rule may say so alone: Han against Latin, or a slot that is empty on one side.", html! { a class="btn main" href=(ctx.to("claims?open=1")) { "Open claims" } })) }
            Some(pair) => { div class="cols judge" { (queue(ctx, pairs, pair)) (article(ctx, pairs, pair)) } }
        }
    };
    Ok(shell::page(ctx, L.names, Nav::Names, body))
}

fn queue(ctx: &Ctx, pairs: &[PairRow], chosen: &PairRow) -> Markup {
    let at = pairs.iter().position(|p| p.pair == chosen.pair).unwrap_or(0);
    let from = at.saturating_sub(4).min(pairs.len().saturating_sub(12));
    html! {
        nav class="queue-box" aria-label=(L.pairs) {
            ol class="queue" data-list { @for pair in pairs.iter().skip(from).take(12) {
                li { a href=(ctx.to(&format!("pair/{}", pair.pair))) aria-current=[(pair.pair == chosen.pair).then_some("true")] { (foreign(&pair.a.text, &pair.a.lang)) " / " (foreign(&pair.b.text, &pair.b.lang)) br; span { (format!("{:.2}", pair.score)) ", " (pair.verdict) } } }
            } }
            p class="pager" { span { (pairs.len()) " in all" } }
        }
    }
}

fn article(ctx: &Ctx, pairs: &[PairRow], pair: &PairRow) -> Markup {
    let at = pairs.iter().position(|p| p.pair == pair.pair).unwrap_or(0);
    let nameless = lock(&ctx.app.author).is_empty();
    html! {
        article class="claim stack" aria-labelledby="n-h" {
            header { p class="small quiet" { "Pair " (at + 1) " of " (pairs.len()) } h2 id="n-h" { "Do these two mean the same?" } }
            div class="pair" { (side(ctx, &pair.a)) (side(ctx, &pair.b)) }
            section class="panel" aria-labelledby="n-s" { header { h3 id="n-s" { (L.slots) } span class="small quiet" { (L.score) " " (format!("{:.2}", pair.score)) } }
                table class="slots cards" role="table" { caption class="vh" { (L.slots) }
                    thead role="rowgroup" { tr role="row" { @for head in [L.slot, "Left", "Answer", "Right", L.reason] { th role="columnheader" scope="col" { (head) } } } }
                    tbody role="rowgroup" { @for row in &pair.reasons { tr role="row" {
                        th role="rowheader" scope="row" class="quiet" { (row.slot.replace('_', " ")) }
                        td role="cell" data-l="Left" { div { (parts::unknown(&row.a)) } }
                        td role="cell" data-l="Answer" { span class=(format!("fit {}", match row.effect.as_str() { "same" => "same", "alike" => "near", "veto" => "veto", _ => "" })) { (row.effect) } }
                        td role="cell" data-l="Right" { div { (parts::unknown(&row.b)) } }
                        td role="cell" data-l=(L.reason) { div { (row.sentence) } }
                    } } }
                }
            }
            section class="panel" aria-labelledby="n-w" { header { h3 id="n-w" { (L.what_follows) } } dl class="meta" {
                dt { "If same" } dd { @if pair.would_merge.is_empty() { "Nothing else moves." } @else { (words::count(pair.would_merge.len(), "thing", "things")) " become one." } }
                dt { "If different" } dd { "Nothing moves. The pair is not asked again, unless a document changes." }
            } }
            form class="decide" id="decide" method="post" action=(ctx.to("decide")) aria-label=(L.decision) {
                (act::back_at(ctx, ""))
                input type="hidden" name="what" value=(pair.pair);
                b { (L.decision) }
                @if nameless { label class="vh" for="who" { (L.your_name) } input class="input name" id="who" name="reader" placeholder=(L.your_name) required autocomplete="off"; }
                label class="vh" for="reason" { (L.reason) } input class="input" id="reason" name="reason" placeholder="Note (optional)" maxlength="2000" autocomplete="off";
                button class="btn main" name="as" value="same" data-key="y" { (L.same) " " kbd { "y" } }
                button class="btn" name="as" value="unsure" data-key="h" { (L.unsure) " " kbd { "h" } }
                button class="btn" name="as" value="different" data-key="n" { (L.different) " " kbd { "n" } }
            }
        }
    }
}

fn side(ctx: &Ctx, side: &PairSide) -> Markup {
    html! {
        div {
            p class="big" lang=(parts::tag(&side.lang, &side.text)) { (side.text) }
            (gloss::line(&side.text))
            p class="xs quiet" { (words::language(&side.lang)) @if side.id.starts_with("pos-") { " · " a href=(ctx.to(&format!("post/{}", side.id))) { "its post" } } }
        }
    }
}

/// The queue, all of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let pairs = ctx.desk().names()?;
    let heading = ["pair", "a", "a_text", "b", "b_text", "score", "verdict", "reasons", "would_merge"];
    let rows = pairs.into_iter().map(|pair| {
        let reasons: Vec<String> =
            pair.reasons.iter().map(|r| format!("{}: {}", r.slot, r.sentence)).collect();
        vec![
            pair.pair,
            pair.a.id,
            pair.a.text,
            pair.b.id,
            pair.b.text,
            pair.score.to_string(),
            pair.verdict,
            reasons.join(" | "),
            pair.would_merge.join(" | "),
        ]
    });
    Ok(Reply::csv("names.csv", crate::csv::write(&heading, rows)))
}
