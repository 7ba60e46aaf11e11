//! The page Dossier: what would be printed if it were published now, what an
//! editor does before that, and how to sign, publish and verify.

use crate::labels::publication::S;
use crate::labels::{L, N, say, show, terms};
use crate::parts::{self, grade};
use crate::post::both;
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, act, gates, words};
use maud::{Markup, html};
use plainsight_case::dossier::{Outlook, Past, Standing, outlook};
use plainsight_case::views::ClaimRow;

const PATH: &str = "dossier";

type Row = (Standing, ClaimRow);

fn looked(ctx: &Ctx) -> Result<Outlook, DeskError> {
    let desk = ctx.desk();
    let now = act::now();
    let today = now.get(..10).unwrap_or_default();
    Ok(outlook(&desk.claims()?, &desk.findings()?, &desk.replies()?, &desk.log()?, today))
}

/// The claims that the address asks for, in its order.
fn chosen(ctx: &Ctx, outlook: &Outlook) -> Vec<Row> {
    let asked = ctx.query.get("standing");
    let mut rows: Vec<Row> =
        outlook.claims.iter().filter(|(at, _)| asked.is_empty() || at.word() == asked).cloned().collect();
    let (by, down) = table::sorting(ctx, "standing");
    match by {
        "claim" => rows.sort_by(|a, b| a.1.text.cmp(&b.1.text)),
        "grade" => rows.sort_by_key(|(_, c)| (c.grade, c.grade_if_read)),
        "decided" => rows.sort_by_key(|(_, c)| c.decision.as_ref().map(|d| d.time.clone())),
        _ => rows.sort_by_key(|(at, c)| (*at, c.grade_if_read, c.text.clone())),
    }
    if down {
        rows.reverse();
    }
    rows
}

/// Sentence, gates, claims in and out, commands, earlier publications.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let outlook = looked(ctx)?;
    let counts = ctx.counts()?;
    let rows = chosen(ctx, &outlook);
    let body = html! {
        div class="head" { h1 { (L.dossier) } p { (S.what_a_stranger) }
            div class="btns" { a class="btn" href="#how" { (S.how) } a class="btn" href=(ctx.to(&ctx.query.on("dossier.csv"))) { (L.export_csv) } } }
        p class="lede" { (lede(&outlook)) }
        div class="cols over" {
            div class="stack" {
                (gates::panel(ctx, &outlook, counts.waiting_decisions, counts.stale))
                (claims(ctx, &outlook, &rows))
            }
            div class="stack" {
                (how(ctx))
                (whitelist())
                (past(&outlook.past))
            }
        }
    };
    Ok(shell::page(ctx, L.dossier, Nav::Dossier, body))
}

fn tally(outlook: &Outlook, at: Standing) -> usize {
    outlook.claims.iter().filter(|(standing, _)| *standing == at).count()
}

fn lede(outlook: &Outlook) -> String {
    let (inside, all) = (tally(outlook, Standing::Inside), outlook.claims.len());
    if all == 0 {
        return S.lede_none.to_owned();
    }
    if inside == 0 {
        return say(S.lede_nothing, &[("claims", &words::count(all, N.claims))]);
    }
    let posts = outlook.posts.len();
    let sentence = say(
        if posts == 0 { S.lede_no_post } else { S.lede },
        &[
            ("n", &words::spelled(inside)),
            ("claims", &words::count(all, N.claims)),
            ("posts", &words::count(posts, N.posts)),
        ],
    );
    words::sentence(&sentence)
}

fn claims(ctx: &Ctx, outlook: &Outlook, rows: &[Row]) -> Markup {
    let columns = [
        Column("claim", L.claim, ""),
        Column("standing", L.in_dossier, ""),
        Column("grade", L.grade, ""),
        Column("decided", L.decided, ""),
    ];
    let on = ctx.query.get("standing");
    let cut = table::cut(rows, ctx.query.get("after"), |(_, claim)| claim.claim.clone());
    html! {
        section class="panel" aria-labelledby="d-c" id="claims" { header { h2 id="d-c" { (S.claims_in_out) } span class="small quiet" { (words::count(rows.len(), N.claims)) } }
            nav class="chips" aria-label=(S.filter_by_standing) {
                a class="chip" aria-current=[on.is_empty().then_some("true")] href=(ctx.to(&ctx.query.with("standing", "").on(PATH))) { (L.all) " " (outlook.claims.len()) }
                @for at in Standing::ALL { @let n = tally(outlook, at); @if n > 0 {
                    a class="chip" aria-current=[(on == at.word()).then_some("true")] href=(ctx.to(&ctx.query.with("standing", at.word()).on(PATH))) { (words::sentence(terms::standing(at.word()))) " " (n) }
                } }
            }
            @if rows.is_empty() { p class="small quiet" { (S.no_claim_there) } } @else {
                table class="cards" role="table" {
                    caption class="vh" { (say(S.claims_standing, &[("claims", &words::count(rows.len(), N.claims))])) }
                    (table::head(ctx, PATH, &columns, "standing"))
                    tbody role="rowgroup" data-list { @for (at, claim) in cut.rows { tr role="row" {
                        td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", claim.claim))) { (parts::own(&claim.text)) } }
                        td role="cell" data-l=(L.in_dossier) { div { (standing(*at)) } }
                        td role="cell" data-l=(L.grade) { div { @if *at == Standing::Inside { (grade(claim.grade, parts::grade_words(claim.grade))) small { (S.as_printed) } } @else { (both(claim)) } } }
                        td role="cell" data-l=(L.decided) { div { (parts::decision(claim.decision.as_ref())) @if let Some(decision) = &claim.decision { small { (decision.author) ", " (words::moment(&decision.time)) } } } }
                    } } }
                }
                (table::pager(ctx, PATH, &cut, ""))
            }
        }
    }
}

fn standing(at: Standing) -> Markup {
    html! {
        @match at {
            Standing::Inside => { (S.printed) }
            Standing::NamesPerson => { (S.not_printed) small { (show(S.not_printed_person, &[("mark", &html! { code { "--as publish" } })])) } }
            Standing::Open => { (S.not_printed) small { (S.not_printed_open) } }
            Standing::SetAside => { (S.not_printed) small { (S.not_printed_set_aside) } }
        }
    }
}

/// The commands in their order, to copy.
fn how(ctx: &Ctx) -> Markup {
    let case = quoted(&ctx.desk().folder());
    let signer = ctx.desk().signer();
    let allow = if signer.is_some() { "" } else { "--allow-unsigned " };
    let steps = [
        (S.step_draft, format!("plainsight publish {case} --out draft --draft")),
        (S.step_publish, format!("plainsight publish {case} --out dossier")),
        (S.step_verify, format!("plainsight verify {allow}dossier")),
        (S.step_stamp, format!("plainsight stamp {case} --tsa URL --ots URL")),
        (S.step_person, format!("plainsight decide {case} CLAIM --as publish --reason TEXT")),
        (S.step_wacz, format!("plainsight export {case} --format wacz --out evidence.wacz")),
    ];
    html! {
        section class="panel" aria-labelledby="d-h" id="how" tabindex="-1" { h2 id="d-h" { (S.sign) }
            @match &signer {
                Some(key) => { p class="small" { (show(S.publish_signed, &[("key", &html! { code class="hash" { (key) } })])) } }
                None => { p class="small" { (S.no_key) } p { (to_copy("plainsight id new")) } }
            }
            ol class="commands" { @for (what, command) in &steps { li { span { (what) } (to_copy(command)) } } }
            p class="xs quiet" { (S.run_in_terminal) }
        }
    }
}

/// A command that a press marks whole. Its options are not broken at their dashes.
fn to_copy(command: &str) -> Markup {
    html! {
        code class="pick" { @for (at, word) in command.split(' ').enumerate() {
            @if at > 0 { " " } @if word.starts_with("--") { span { (word) } } @else { (word) }
        } }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '~' | '+');
    if !path.is_empty() && !path.starts_with('-') && path.chars().all(plain) {
        return path.to_owned();
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

fn whitelist() -> Markup {
    html! {
        section class="panel" aria-labelledby="d-w" { h2 id="d-w" { (S.whitelist) }
            p class="small" { (S.whitelist_in) }
            p class="small" { (S.never_in_it) }
        }
    }
}

fn past(past: &[Past]) -> Markup {
    html! {
        section class="panel" aria-labelledby="d-p" { header { h2 id="d-p" { (S.published_so_far) } span class="small quiet" { (words::count(past.len(), N.publications)) } }
            @if past.is_empty() { p class="small quiet" { (S.nothing_published) } }
            ol class="steps" { @for row in past { li {
                time { (words::moment(&row.time)) }
                span {
                    (say(S.past_entry, &[("what", &what(row)), ("who", &row.author), ("n", &words::number(row.number))]))
                    @if !row.digest.is_empty() { br; "SHA-256 " span class="hash" { (row.digest) } }
                    br; @match &row.signed_by { Some(key) => { (show(S.signed_by, &[("key", &html! { span class="hash" { (key) } })])) }, None => { (S.unsigned) } }
                }
            } } }
        }
    }
}

/// What went out.
fn what(row: &Past) -> &'static str {
    match (row.forgotten, row.is_package, row.draft) {
        (true, ..) => S.forgotten,
        (_, true, _) => S.evidence,
        (_, _, true) => S.draft,
        _ => S.dossier,
    }
}

/// Every claim that the filter leaves, with where it stands and which gates ask about it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let outlook = looked(ctx)?;
    let heading = [
        "claim",
        "text",
        "standing",
        "grade",
        "grade_if_read",
        "unread",
        "gates",
        "decision",
        "author",
        "time",
    ];
    let rows = chosen(ctx, &outlook).into_iter().map(|(at, claim)| {
        let gates: Vec<&str> = outlook
            .unmet
            .iter()
            .filter(|unmet| unmet.claim.as_deref() == Some(&claim.claim))
            .map(|unmet| gates::asks(unmet.gate).0)
            .collect();
        let of = |get| crate::csv::decided(&claim, get);
        vec![
            claim.claim.clone(),
            claim.text.clone(),
            at.word().to_owned(),
            claim.grade.to_string(),
            claim.grade_if_read.to_string(),
            claim.unread.to_string(),
            gates.join(" | "),
            of(|d| &d.answer),
            of(|d| &d.author),
            of(|d| &d.time),
        ]
    });
    Ok(Reply::csv("dossier.csv", crate::csv::write(&heading, rows)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_quoted_as_a_shell_needs_it() {
        for (path, shell) in [
            ("mycase", "mycase"),
            ("cases/tea-houses", "cases/tea-houses"),
            ("tea houses", "'tea houses'"),
            ("it's", r"'it'\''s'"),
            ("$(x)", "'$(x)'"),
            ("-rf", "'-rf'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(path), shell);
        }
    }
}
