//! Claims as a list.

use crate::labels::claims::S;
use crate::labels::{L, N, say, terms};
use crate::parts::{self, empty};
use crate::post::{both, rests};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::ClaimRow;

/// The claims that the address asks for, in its order.
pub(crate) fn chosen(ctx: &Ctx) -> Result<(usize, usize, Vec<ClaimRow>), DeskError> {
    let all = ctx.desk().claims()?;
    let (total, open) = (all.len(), all.iter().filter(|claim| claim.decision.is_none()).count());
    let words = ctx.query.get("about").to_lowercase();
    let mut rows: Vec<ClaimRow> = all
        .into_iter()
        .filter(|claim| ctx.query.get("open").is_empty() || claim.decision.is_none())
        .filter(|claim| ctx.query.get("what").is_empty() || claim.predicate == ctx.query.get("what"))
        .filter(|claim| {
            ctx.query.get("grade").is_empty() || claim.grade.to_string() == ctx.query.get("grade")
        })
        .filter(|claim| {
            words.is_empty()
                || claim.text.to_lowercase().contains(&words)
                || parts::own_words(&claim.text).to_lowercase().contains(&words)
                || claim.object.contains(&words)
        })
        .collect();
    let (by, down) = table::sorting(ctx, "effect");
    match by {
        "claim" => rows.sort_by(|a, b| a.text.cmp(&b.text)),
        "what" => rows.sort_by(|a, b| a.predicate.cmp(&b.predicate)),
        "grade" => rows.sort_by_key(|c| (c.grade, c.grade_if_read)),
        "origins" => rows.sort_by_key(|c| c.origins.iter().filter(|o| o.counts).count()),
        "decided" => rows.sort_by_key(|c| c.decision.as_ref().map(|d| d.time.clone())),
        // What would move a grade comes first: open, unread, and by how far.
        _ => rows.sort_by_key(|c| (c.decision.is_some(), c.grade_if_read as i16 - c.grade as i16)),
    }
    if down {
        rows.reverse();
    }
    Ok((total, open, rows))
}

/// The table of claims.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (total, open, rows) = chosen(ctx)?;
    let body = html! {
        div class="head" {
            h1 { (L.claims) } p { (sum(total, open)) }
            div class="btns" {
                @if ctx.query.get("open").is_empty() { a class="btn" href=(ctx.to(&ctx.query.with("open", "1").on("claims"))) { (S.only_open) } }
                @else { a class="btn" href=(ctx.to(&ctx.query.with("open", "").on("claims"))) { (S.decided_too) } }
                a class="btn" href=(ctx.to(&ctx.query.on("claims.csv"))) { (L.export_csv) }
            }
        }
        @if total == 0 {
            (empty(S.no_claims, S.claims_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else { (filters(ctx)) (list(ctx, &rows)) }
    };
    Ok(shell::page(ctx, L.claims, Nav::Claims, body))
}

/// How many there are, and how many wait.
pub(crate) fn sum(total: usize, open: usize) -> String {
    let (claims, open) = (words::count(total, N.claims), words::number(open as u64));
    say(S.claims_open, &[("claims", &claims), ("open", &open)])
}

fn filters(ctx: &Ctx) -> Markup {
    let what = [
        "exists",
        "operated_by",
        "hosted_by",
        "located_at",
        "opened",
        "closed",
        "offers",
        "headed_by",
        "awarded",
        "notified",
        "consented",
        "pressure_by",
        "attended_by",
        "count",
    ];
    let what: Vec<(String, String)> =
        what.iter().map(|p| ((*p).to_owned(), terms::predicate(p).to_owned())).collect();
    let grades: Vec<(String, String)> =
        (1..=6).map(|n| (n.to_string(), parts::grade_words(n).to_owned())).collect();
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to("claims")) {
            @if !ctx.query.get("open").is_empty() { input type="hidden" name="open" value="1"; }
            (table::choice("what", L.what, L.any, &what, ctx.query.get("what")))
            (table::choice("grade", L.grade, L.any, &grades, ctx.query.get("grade")))
            label { (L.about) " " input class="input" name="about" size="14" value=(ctx.query.get("about")); }
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[ClaimRow]) -> Markup {
    let columns = [
        Column("claim", L.claim, ""),
        Column("what", L.what, ""),
        Column("grade", L.grade, ""),
        Column("origins", L.rests_on, ""),
        Column("decided", L.decided, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |claim| claim.claim.clone());
    html! {
        table class="cards" role="table" {
            caption class="vh" { (table::sorted(ctx, &columns, "effect", &words::count(rows.len(), N.claims))) }
            (table::head(ctx, "claims", &columns, "effect"))
            tbody role="rowgroup" data-list { @for claim in cut.rows { tr role="row" {
                td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (parts::own(&claim.text)) } }
                td role="cell" data-l=(L.what) { div { (terms::predicate(&claim.predicate)) } }
                td role="cell" data-l=(L.grade) { div { (both(claim)) } }
                td role="cell" data-l=(L.rests_on) { div { (rests(claim)) } }
                td role="cell" data-l=(L.decided) { div { (parts::decision(claim.decision.as_ref()))
                    @if let Some(decision) = &claim.decision { small { (decision.author) ", " (words::moment(&decision.time)) } } } }
            } } }
        }
        @if rows.is_empty() { (empty(S.no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("claims")) { (L.show_all) } })) }
        (table::pager(ctx, "claims", &cut, S.effect_first))
    }
}

/// The filtered set, all pages of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, _, rows) = chosen(ctx)?;
    let heading = [
        "claim",
        "text",
        "subject",
        "predicate",
        "object",
        "valid",
        "grade",
        "grade_if_read",
        "origins",
        "unread",
        "decision",
        "reason",
        "author",
        "time",
    ];
    let rows = rows.iter().map(|claim| {
        let of = |get| crate::csv::decided(claim, get);
        vec![
            claim.claim.clone(),
            claim.text.clone(),
            claim.subject.clone(),
            claim.predicate.clone(),
            claim.object.clone(),
            claim.valid.clone().unwrap_or_default(),
            claim.grade.to_string(),
            claim.grade_if_read.to_string(),
            claim.origins.iter().filter(|o| o.counts).count().to_string(),
            claim.unread.to_string(),
            of(|d| &d.answer),
            of(|d| &d.reason),
            of(|d| &d.author),
            of(|d| &d.time),
        ]
    });
    Ok(Reply::csv("claims.csv", crate::csv::write(&heading, rows)))
}
