//! Names: do two mean the same? The machine asks, a person answers.
//!
//! The queue beside the first pair, the same as a table, and what was decided.

use crate::act;
use crate::labels::names::S;
use crate::labels::{L, N, say, sentences, terms};
use crate::parts::{self, empty, foreign};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, pair, words};
use maud::{Markup, html};
use plainsight_case::views::{NamesDone, PairDecision, PairRow};
use plainsight_text::fold;

/// The score from which two names count as the same, though a person has to say so.
const YES: f64 = 0.70;

/// Kinds of what is named, each with how many there are.
pub(crate) type Kinds = Vec<(String, usize)>;

/// How near two names are, as addresses and files say it: a score is no percentage of truth.
fn band(pair: &PairRow) -> &'static str {
    if pair.score >= YES { "probably the same" } else { "may be the same" }
}

/// The same in the words of the reader.
pub(crate) fn near(pair: &PairRow) -> &'static str {
    if pair.score >= YES { S.band_probably } else { S.band_may }
}

/// The pairs that the address asks for, in its order, and how many there are of each kind.
pub(crate) fn chosen(ctx: &Ctx) -> Result<(Vec<PairRow>, Kinds), DeskError> {
    let all = ctx.desk().names()?;
    let kinds = table::distinct(all.iter().map(|pair| pair.kind.as_str()));
    let count = |kind: &str| all.iter().filter(|pair| pair.kind == kind).count();
    let kinds = kinds.into_iter().map(|(kind, _)| (kind.clone(), count(&kind))).collect();
    let fits = |key: &str, value: &str| ctx.query.get(key).is_empty() || ctx.query.get(key) == value;
    let about = fold(ctx.query.get("about").trim());
    let mut rows: Vec<PairRow> = all
        .into_iter()
        .filter(|pair| fits("kind", &pair.kind) && fits("band", band(pair)))
        .filter(|pair| [&pair.a.text, &pair.b.text].iter().any(|text| fold(text).contains(&about)))
        .collect();
    let (by, down) = table::sorting(ctx, "near");
    match by {
        "name" => rows.sort_by(|a, b| (&a.a.text, &a.b.text).cmp(&(&b.a.text, &b.b.text))),
        "kind" => rows.sort_by(|a, b| a.kind.cmp(&b.kind)),
        // The nearest first: there an answer joins or parts most surely.
        _ => rows.sort_by(|a, b| b.score.total_cmp(&a.score)),
    }
    if down {
        rows.reverse();
    }
    Ok((rows, kinds))
}

/// The first pair with the queue beside it; `?table=1` all as a table; `?decided=1` what was decided.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let done = ctx.desk().names_done()?;
    if !ctx.query.get("decided").is_empty() {
        return decided_page(ctx, &done);
    }
    let (rows, kinds) = chosen(ctx)?;
    if ctx.query.get("table").is_empty() {
        return pair::draw(ctx, &rows, &kinds, &done, rows.first(), None);
    }
    let body = html! {
        (head(ctx, &kinds, &done))
        (filters(ctx, &kinds))
        (list(ctx, &rows))
    };
    Ok(shell::page(ctx, L.names, Nav::Names, body))
}

/// Heading, sum and the ways to the other forms of this page.
pub(crate) fn head(ctx: &Ctx, kinds: &[(String, usize)], done: &NamesDone) -> Markup {
    let waiting: usize = kinds.iter().map(|(_, count)| count).sum();
    let query = ctx.query.with("ask", "").with("if", "");
    let on = |key: &str, value: &str| {
        ctx.to(&query.with("table", "").with("decided", "").with(key, value).on("names"))
    };
    html! {
        div class="head" { h1 { (L.names) } p { (sentences(&[words::count(waiting, S.pairs_need), sum(done)])) }
            div class="btns" {
                @if ctx.query.get("table").is_empty() { a class="btn" href=(on("table", "1")) { (L.as_table) } }
                @else { a class="btn" href=(on("table", "")) { (S.one_by_one) } }
                a class="btn" href=(ctx.to("names?decided=1")) { (L.decided) " " (done.decided.len()) }
                a class="btn" href=(ctx.to(&query.with("table", "").with("decided", "").on("names.csv"))) { (L.export_csv) }
            }
        }
    }
}

/// What rules and people answered, in a sentence.
fn sum(done: &NamesDone) -> String {
    sentences(&[
        words::count(done.apart_by_rule, S.by_rule_apart),
        words::count(done.same_by_rule, S.by_rule_same),
        words::count(done.decided.len(), S.by_person),
    ])
}

/// Kinds as chips, then band and words.
pub(crate) fn filters(ctx: &Ctx, kinds: &[(String, usize)]) -> Markup {
    let on = ctx.query.get("kind");
    let query = ctx.query.with("ask", "").with("if", "");
    let all: usize = kinds.iter().map(|(_, count)| count).sum();
    let bands = [("probably the same", S.band_probably), ("may be the same", S.band_may)];
    let bands: Vec<(String, String)> = bands.map(|(key, word)| (key.to_owned(), word.to_owned())).to_vec();
    html! {
        nav class="chips" aria-label=(S.filter_by_kind) {
            a class="chip" aria-current=[on.is_empty().then_some("true")] href=(ctx.to(&query.with("kind", "").on("names"))) { (L.all) " " (all) }
            @for (name, count) in kinds {
                a class="chip" aria-current=[(on == name).then_some("true")] href=(ctx.to(&query.with("kind", name).on("names"))) { (words::sentence(terms::entity(name))) " " (count) }
            }
        }
        form class="filters" aria-label=(L.filters) action=(ctx.to("names")) {
            @for key in ["kind", "table", "sort"] { @if !ctx.query.get(key).is_empty() { input type="hidden" name=(key) value=(ctx.query.get(key)); } }
            (table::choice("band", S.how_near, L.any, &bands, ctx.query.get("band")))
            label { (L.about) " " input class="input" name="about" size="14" value=(ctx.query.get("about")); }
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[PairRow]) -> Markup {
    let columns = [
        Column("name", S.two_names, ""),
        Column("kind", L.kind, ""),
        Column("near", S.how_near, ""),
        Column("", L.reason, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |pair| pair.pair.clone());
    html! {
        table class="cards" role="table" { caption class="vh" { (table::sorted(ctx, &columns, "near", &words::count(rows.len(), N.pairs))) }
            (table::head(ctx, "names", &columns, "near"))
            tbody role="rowgroup" data-list { @for pair in cut.rows { tr role="row" {
                td role="cell" class="name" { a href=(ctx.to(&pair_path(ctx, pair))) { (foreign(&pair.a.text, &pair.a.lang)) " / " (foreign(&pair.b.text, &pair.b.lang)) } }
                td role="cell" data-l=(L.kind) { div { (terms::entity(&pair.kind)) } }
                td role="cell" data-l=(S.how_near) { div { (near(pair)) small { (say(S.score_is, &[("score", &words::hundredths(pair.score))])) } } }
                td role="cell" data-l=(L.reason) { div { @for reason in pair.reasons.iter().filter(|r| r.effect != "empty").take(2) { (parts::own(&reason.sentence)) " " } } }
            } } }
        }
        @if rows.is_empty() { (no_pair(ctx)) }
        (table::pager(ctx, "names", &cut, S.nearest_first))
    }
}

/// The address of a pair under the same filters.
pub(crate) fn pair_path(ctx: &Ctx, pair: &PairRow) -> String {
    let query = ctx.query.with("ask", "").with("if", "").with("table", "").with("decided", "");
    query.on(&format!("pair/{}", pair.pair))
}

/// Why no pair stands here, and what to do.
pub(crate) fn no_pair(ctx: &Ctx) -> Markup {
    let filtered = ["kind", "band", "about"].iter().any(|key| !ctx.query.get(key).is_empty());
    html! {
        @if filtered {
            (empty(S.pairs_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("names")) { (L.show_all) } }))
        } @else {
            (empty(S.pairs_none, S.pairs_none_why, html! { a class="btn main" href=(ctx.to("claims?open=1")) { (S.open_claims) } a class="btn" href=(ctx.to("names?decided=1")) { (S.what_was_decided) } }))
        }
    }
}

/// What people decided, each with its way back.
fn decided_page(ctx: &Ctx, done: &NamesDone) -> Result<Reply, DeskError> {
    let rows = decided_rows(ctx, done);
    let columns = [
        Column("", S.two_names, ""),
        Column("answer", L.decided, ""),
        Column("kind", L.kind, ""),
        Column("who", L.who, ""),
        Column("when", L.when, "day"),
        Column("", L.undo, ""),
    ];
    let cut = table::cut(&rows, ctx.query.get("after"), |row| row.decision.clone());
    let answers = table::in_words(done.decided.iter().map(|d| d.answer.as_str()), terms::answer);
    let body = html! {
        div class="head" { h1 { (S.names_decided) } p { (sum(done)) }
            div class="btns" { a class="btn" href=(ctx.to("names")) { (S.pairs_that_wait) } a class="btn" href=(ctx.to(&ctx.query.on("names.csv"))) { (L.export_csv) } } }
        @if done.decided.is_empty() {
            (empty(S.nobody_decided_pair, S.nobody_decided_pair_why, html! { a class="btn main" href=(ctx.to("names")) { (S.pairs_that_wait) } }))
        } @else {
            form class="filters" aria-label=(L.filters) action=(ctx.to("names")) {
                input type="hidden" name="decided" value="1";
                (table::choice("answer", L.decided, L.any, &answers, ctx.query.get("answer")))
                button class="btn" { (L.show) }
            }
            table class="cards" role="table" { caption class="vh" { (words::count(rows.len(), N.decisions)) }
                (table::head(ctx, "names", &columns, "-when"))
                tbody role="rowgroup" data-list { @for row in cut.rows { (decided_line(ctx, row)) } }
            }
            (table::pager(ctx, "names", &cut, S.undo_is_entry))
        }
    };
    Ok(shell::page(ctx, S.names_decided, Nav::Names, body))
}

fn decided_rows(ctx: &Ctx, done: &NamesDone) -> Vec<PairDecision> {
    let answer = ctx.query.get("answer");
    let mut rows: Vec<PairDecision> =
        done.decided.iter().filter(|d| answer.is_empty() || d.answer == answer).cloned().collect();
    let (by, down) = table::sorting(ctx, "-when");
    match by {
        "answer" => rows.sort_by(|a, b| a.answer.cmp(&b.answer)),
        "kind" => rows.sort_by(|a, b| a.kind.cmp(&b.kind)),
        "who" => rows.sort_by(|a, b| a.author.cmp(&b.author)),
        _ => rows.sort_by(|a, b| a.time.cmp(&b.time)),
    }
    if down {
        rows.reverse();
    }
    rows
}

fn decided_line(ctx: &Ctx, row: &PairDecision) -> Markup {
    html! {
        tr role="row" {
            td role="cell" class="name" {
                @for (at, side) in row.sides.iter().enumerate() {
                    @if at > 0 { " / " }
                    a href=(ctx.to(&format!("doc/{}?q={}", side.document, side.quote))) { (parts::unknown(side.name.as_deref().unwrap_or(&side.text))) }
                }
                @if !row.reason.is_empty() { small { "“" (row.reason) "”" } }
            }
            td role="cell" data-l=(L.decided) { div { span class="decision d-yes" { (parts::decided(&row.answer)) }
                @if row.waits { small class="complaint" { (S.waits_gone) } } } }
            td role="cell" data-l=(L.kind) { div { (terms::entity(&row.kind)) } }
            td role="cell" data-l=(L.who) { div { (row.author) } }
            td role="cell" class="day" data-l=(L.when) { div { (words::moment(&row.time)) } }
            td role="cell" data-l=(L.undo) { form method="post" action=(ctx.to("undo")) { (act::back(ctx)) input type="hidden" name="decision" value=(row.decision);
                button class="btn link" { (L.undo) span class="vh" { (say(S.decided_undo, &[("done", &parts::decided(&row.answer)), ("who", &row.author), ("time", &words::moment(&row.time))])) } } } }
        }
    }
}

/// The filtered queue, or the decisions, all of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    if !ctx.query.get("decided").is_empty() {
        let rows = decided_rows(ctx, &ctx.desk().names_done()?);
        let heading = ["decision", "answer", "kind", "a", "b", "reason", "author", "time", "waits"];
        let side = |row: &PairDecision, at: usize| {
            let side = row.sides.get(at);
            side.map(|s| s.name.clone().unwrap_or_else(|| s.text.clone())).unwrap_or_default()
        };
        let rows = rows.into_iter().map(|row| {
            let (a, b) = (side(&row, 0), side(&row, 1));
            let waits = row.waits.to_string();
            vec![row.decision, row.answer, row.kind, a, b, row.reason, row.author, row.time, waits]
        });
        return Ok(Reply::csv("names-decided.csv", crate::csv::write(&heading, rows)));
    }
    let (pairs, _) = chosen(ctx)?;
    let heading =
        ["pair", "kind", "a", "a_text", "b", "b_text", "score", "verdict", "band", "reasons", "would_merge"];
    let rows = pairs.into_iter().map(|pair| {
        let reasons: Vec<String> =
            pair.reasons.iter().map(|r| format!("{}: {}", r.slot, r.sentence)).collect();
        let band = band(&pair).to_owned();
        vec![
            pair.pair,
            pair.kind,
            pair.a.id,
            pair.a.text,
            pair.b.id,
            pair.b.text,
            pair.score.to_string(),
            pair.verdict,
            band,
            reasons.join(" | "),
            pair.would_merge.join(" | "),
        ]
    });
    Ok(Reply::csv("names.csv", crate::csv::write(&heading, rows)))
}
