//! One claim: how many know it independently, who says otherwise, how the
//! grade was walked, and what a person decides.

use crate::act;
use crate::labels::claims::S;
use crate::labels::{L, N, form, say, sentences, show, terms};
use crate::parts::{self, grade};
use crate::post::value;
use crate::routes::{Ctx, Reply, lock};
use crate::shell::{self, Nav};
use crate::track;
use crate::{DeskError, claims, gloss, proposed, words};
use maud::{Markup, html};
use plainsight_case::views::{ClaimRow, EvidenceRow, OriginRow};

/// The page of one claim, with the queue beside it.
pub(crate) fn page(ctx: &Ctx, id: &str) -> Result<Reply, DeskError> {
    let Some(claim) = ctx.desk().claim(id)? else { return Ok(shell::missing(ctx, L.claim, id)) };
    let (total, open, queue) = claims::chosen(ctx)?;
    let at = queue.iter().position(|row| row.claim == claim.claim);
    let body = html! {
        div class="head" { h1 { (L.claims) } p { (claims::sum(total, open)) }
            div class="btns" { a class="btn" href=(ctx.to("claims")) { (L.as_table) } a class="btn" href=(ctx.to(&ctx.query.on("claims.csv"))) { (L.export_csv) } } }
        div class="cols judge" {
            (queue_box(ctx, &queue, at))
            article class="claim stack" aria-labelledby="c-h" {
                (sentence(ctx, &claim, at, queue.len()))
                (track::panel(&claim))
                (columns(ctx, &claim))
                (not_counted(ctx, &claim))
                div class="two" { (origins(ctx, &claim)) (trace(ctx, &claim)) }
                (others(ctx, &claim))
                (bar(ctx, &claim, at.and_then(|at| queue.get(at + 1))))
            }
        }
    };
    Ok(shell::page(ctx, &parts::own_words(&claim.text), Nav::Claims, body))
}

/// The claims around this one, in the order of the list.
fn queue_box(ctx: &Ctx, queue: &[ClaimRow], at: Option<usize>) -> Markup {
    let from = at.unwrap_or(0).saturating_sub(4).min(queue.len().saturating_sub(12));
    html! {
        nav class="queue-box" aria-label=(L.claims) {
            ol class="queue" data-list { @for row in queue.iter().skip(from).take(12) {
                @let here = at.is_some_and(|at| queue[at].claim == row.claim);
                li { a href=(ctx.to(&ctx.query.with("ask", "").on(&format!("claim/{}", row.claim)))) aria-current=[here.then_some("true")] {
                    (parts::own(&row.text)) br;
                    span { (grade(row.grade, parts::grade_words(row.grade)))
                        @match &row.decision { Some(d) => { (say(S.decided_by, &[("done", &parts::decided(&d.answer)), ("who", &d.author)])) }, None => { (L.open) } } }
                } }
            } }
            p class="pager" { span { (words::count(queue.len(), S.in_this_list)) } a href=(ctx.to(&ctx.query.with("ask", "").on("claims"))) { (L.all) } }
        }
    }
}

fn sentence(ctx: &Ctx, claim: &ClaimRow, at: Option<usize>, total: usize) -> Markup {
    let unread: Vec<&EvidenceRow> = waiting(claim);
    html! {
        header {
            p class="small quiet" {
                @if let Some(at) = at { (say(S.claim_of, &[("at", &(at + 1)), ("all", &total)])) " · " }
                @if claim.subject.starts_with("pos-") { a href=(ctx.to(&format!("post/{}", claim.subject))) { (S.its_post) } " · " }
                (terms::predicate(&claim.predicate))
            }
            h2 id="c-h" { (parts::own(&claim.text)) }
            p class="sum" {
                (grade(claim.grade, &parts::both_grades(claim.grade, claim.grade_if_read, claim.unread)))
                span class="quiet small" { (sum(claim))
                    @if claim.grade != claim.grade_if_read && let Some(first) = unread.first() { br; a href=(format!("#{}", first.quote)) { (form(claim.unread, S.read_them)) } } }
            }
            @if let Some(count) = &claim.count {
                p class="small quiet" { (show(S.counts_of, &[("unit", &terms::counted(&count.unit))])) @if let Some(counter) = &count.counter { ", " (show(S.counts_by, &[("counter", &parts::unknown(counter))])) } @if let Some(rule) = &count.definition { ", " (show(S.counts_rule, &[("rule", rule)])) } @if let Some(day) = &count.as_of { ", " (show(S.counts_as_of, &[("day", &words::day(day))])) } "." }
            }
        }
    }
}

fn sum(claim: &ClaimRow) -> String {
    let counting: Vec<&OriginRow> = claim.origins.iter().filter(|o| o.counts).collect();
    let primary = counting.iter().filter(|o| o.mode == "primary").count();
    let pages: usize = claim.origins.iter().map(|o| o.documents.len()).sum();
    let against = claim.against.iter().filter(|a| a.relation == "conflict").count();
    let template = if primary > 0 { S.support_primary } else { S.support };
    let supported = match counting.len() {
        0 => S.none_support.to_owned(),
        n => say(
            form(n, template),
            &[
                ("n", &words::sentence(&words::spelled(n))),
                ("pages", &words::count(pages, N.pages)),
                ("primary", &words::spelled(primary)),
            ],
        ),
    };
    let others = match against {
        0 => S.no_other_value.to_owned(),
        n => words::count(n, S.against_value),
    };
    let denied = claim.evidence.iter().any(|e| e.interested_denial);
    sentences(&[supported, others, if denied { S.denied.to_owned() } else { String::new() }])
}

/// Quotes that would count once somebody has read them.
fn waiting(claim: &ClaimRow) -> Vec<&EvidenceRow> {
    claim.evidence.iter().filter(|e| counts(claim, e) && e.read_by.is_empty()).collect()
}

fn counts(claim: &ClaimRow, row: &EvidenceRow) -> bool {
    let origin = row.origin.as_ref().and_then(|id| claim.origins.iter().find(|o| &o.origin == id));
    !row.rejected
        && !row.withdrawn
        && !row.interested_denial
        && row.stance != "mentions"
        && row.mode != "tertiary"
        && (row.stance == "contradicts" || origin.is_none_or(|o| o.counts))
}

/// One quote an origin in front, its copies folded behind.
fn folded<'c>(claim: &'c ClaimRow, stance: &str) -> Vec<(&'c EvidenceRow, Vec<&'c EvidenceRow>)> {
    let mut out: Vec<(&EvidenceRow, Vec<&EvidenceRow>)> = Vec::new();
    for row in claim.evidence.iter().filter(|e| e.stance == stance && counts(claim, e)) {
        match out.iter_mut().find(|(first, _)| row.origin.is_some() && first.origin == row.origin) {
            Some((_, more)) => more.push(row),
            None => out.push((row, Vec::new())),
        }
    }
    out
}

fn columns(ctx: &Ctx, claim: &ClaimRow) -> Markup {
    let (supports, contradicts) = (folded(claim, "supports"), folded(claim, "contradicts"));
    html! {
        div class="two" {
            section aria-labelledby="h-for" { h3 id="h-for" { (L.for_it) ": " (words::count(supports.len(), N.origins)) }
                @if supports.is_empty() { p class="small quiet" { (S.none_for) } }
                @for (row, copies) in &supports { (quote_card(ctx, row, Some(claim), copies)) }
            }
            section aria-labelledby="h-ag" { h3 id="h-ag" { (L.against) ": " (words::count(contradicts.len(), N.origins)) }
                @if contradicts.is_empty() { p class="small quiet" { (S.none_against) } }
                @for (row, copies) in &contradicts { (quote_card(ctx, row, Some(claim), copies)) }
            }
        }
    }
}

fn not_counted(ctx: &Ctx, claim: &ClaimRow) -> Markup {
    let rows: Vec<&EvidenceRow> = claim.evidence.iter().filter(|e| !counts(claim, e)).collect();
    html! {
        @if !rows.is_empty() {
            section aria-labelledby="h-no" { h3 id="h-no" { (L.not_counted) ": " (words::count(rows.len(), N.quotes)) }
                @for row in rows.iter().take(20) { (quote_card(ctx, row, Some(claim), &[])) }
                @if rows.len() > 20 { p class="small quiet" { (words::count(rows.len() - 20, N.more)) } }
            }
        }
    }
}

fn why_not(claim: &ClaimRow, row: &EvidenceRow) -> &'static str {
    let origin = row.origin.as_ref().and_then(|id| claim.origins.iter().find(|o| &o.origin == id));
    match () {
        () if row.rejected => S.why_rejected,
        () if row.withdrawn => S.why_withdrawn,
        () if row.interested_denial => S.why_denied,
        () if row.stance == "mentions" => S.why_mentions,
        () if row.mode == "tertiary" => S.why_repeats,
        () if origin.is_some_and(|o| o.marks.iter().any(|m| m == "withdrawn")) => S.why_withdrawn,
        () => S.why_origin,
    }
}

/// A quote with who says it, where, and whether a person has read it.
/// `claim`: the claim it stands under, where it can be marked.
pub(crate) fn quote_card(
    ctx: &Ctx,
    row: &EvidenceRow,
    claim: Option<&ClaimRow>,
    copies: &[&EvidenceRow],
) -> Markup {
    let off = claim.is_some_and(|claim| !counts(claim, row));
    let side = match row.stance.as_str() {
        _ if off => "ev off",
        "supports" => "ev for",
        "contradicts" => "ev against",
        _ => "ev off",
    };
    let origin = claim.and_then(|claim| {
        let at = claim.origins.iter().position(|o| Some(&o.origin) == row.origin.as_ref())?;
        Some((at + 1, &claim.origins[at]))
    });
    let place = format!(
        "doc/{}?q={}&at={}-{}#c{}-{}",
        row.document, row.quote, row.start, row.end, row.start, row.end
    );
    let title = row.title.as_deref().unwrap_or(S.page_untitled);
    let heading = html! {
        @if let Some((number, _)) = origin { (words::count(number, S.origin_at)) " · " }
        (terms::mode(&row.mode)) ": " (terms::voice(&row.voice))
        @if off && let Some(claim) = claim { " · " (why_not(claim, row)) }
    };
    html! {
        div class=(side) id=[claim.is_some().then_some(&row.quote)] tabindex=[claim.is_some().then_some("-1")] {
            @if claim.is_some() { h4 { (heading) } } @else { h3 { (heading) } }
            blockquote class="q" lang=(parts::tag(&row.lang, &row.text)) { (row.text) }
            (gloss::beneath(&row.text, &ctx.desk().gloss(&row.text), false))
            (proposed::translation(ctx, &row.quote))
            footer {
                a href=(ctx.to(&place)) lang=(parts::tag(&row.lang, title)) { (title) }
                @if let Some(date) = &row.date { ", " (words::day(date)) }
                ", " (sentences(&[
                    say(S.characters, &[("language", &terms::language(&row.lang)), ("from", &row.start), ("to", &row.end)]),
                    origin.map(|(_, origin)| say(S.source_letter, &[("letter", &origin.letter)])).unwrap_or_default(),
                    if copies.is_empty() { String::new() } else { words::count(copies.len(), S.and_copies) },
                    if row.weighed { S.weighed.to_owned() } else { String::new() },
                    if row.read_by.is_empty() { S.not_read.to_owned() } else { say(S.read_by, &[("who", &row.read_by.join(", "))]) },
                ]))
                (proposed::note(ctx, &row.quote))
            }
            @if claim.is_some() && !row.rejected { (read_buttons(ctx, row)) }
            @if !copies.is_empty() { details { summary { (S.its_copies) } @for copy in copies { (quote_card(ctx, copy, claim, &[])) } } }
        }
    }
}

fn read_buttons(ctx: &Ctx, row: &EvidenceRow) -> Markup {
    html! {
        form method="post" action=(ctx.to("decide")) class="btns" {
            (act::back_at(ctx, &row.quote))
            input type="hidden" name="what" value=(row.quote);
            @if row.read_by.is_empty() { button class="btn" name="as" value="read" { (L.mark_read) } }
            button class="btn link" name="as" value="reject" { (L.not_so) }
        }
    }
}

pub(crate) fn origins(ctx: &Ctx, claim: &ClaimRow) -> Markup {
    let title = |document: &str| {
        claim
            .evidence
            .iter()
            .find(|e| e.document == document)
            .and_then(|e| Some((e.title.clone()?, e.lang.clone())))
    };
    html! {
        section class="panel" aria-labelledby="h-or" { header { h3 id="h-or" { (L.who_knows) } }
            @if claim.origins.is_empty() { p class="small quiet" { (S.nobody_found) } }
            ul class="tree" { @for (at, origin) in claim.origins.iter().enumerate() { li id=(origin.origin) {
                b { (words::count(at + 1, S.origin_at)) " " span class="quiet" { (terms::voice(&origin.voice)) ", " (terms::mode(&origin.mode)) ", " (say(S.letter, &[("letter", &origin.letter)]))
                    @for mark in &origin.marks { ", " (terms::mark(mark)) } @if !origin.counts { ", " (S.does_not_count) } } }
                ul {
                    @for (number, document) in origin.documents.iter().enumerate() { li {
                        a href=(ctx.to(&format!("doc/{document}"))) { @match title(document) { Some((title, lang)) => { span lang=(parts::tag(&lang, &title)) { (title) } }, None => { (document) } } }
                        @if number > 0 || origin.documents.len() == 1 { " " span class="via" { (terms::hangs_on(&origin.how)) } }
                    } }
                    @if origin.documents.is_empty() { li { span class="via" { (terms::hangs_on(&origin.how)) } } }
                }
            } } }
        }
    }
}

/// One walk of the rule: lists of origins by letter, and the line used.
#[derive(Default)]
struct Walk {
    lists: Vec<(String, Vec<String>)>,
    line: Option<u8>,
}

fn walks(trace: &[String]) -> (Walk, Walk) {
    let mut both = [Walk::default(), Walk::default()];
    let mut at = 0;
    for line in trace {
        let (key, rest) = line.split_once(':').unwrap_or((line.as_str(), ""));
        match key.trim() {
            "read" => at = 1,
            "line" => {
                both[at].line = rest.trim().chars().next().and_then(|c| c.to_digit(10)).map(|d| d as u8)
            }
            key => {
                both[at].lists.push((key.to_owned(), rest.split_whitespace().map(str::to_owned).collect()))
            }
        }
    }
    let [found, read] = both;
    (found, read)
}

/// The six lines of rule G1 in the order in which they are asked.
fn rule() -> [(u8, &'static str); 6] {
    [(6, S.rule_6), (5, S.rule_5), (4, S.rule_4), (1, S.rule_1), (2, S.rule_2), (3, S.rule_3)]
}

fn trace(_ctx: &Ctx, claim: &ClaimRow) -> Markup {
    let (found, read) = walks(&claim.trace);
    let meaning = |key: &str| match key {
        "S" => S.trace_for,
        "P" => S.trace_primary,
        "C" => S.trace_against,
        _ => "",
    };
    html! {
        section class="panel" aria-labelledby="h-tr" { header { h3 id="h-tr" { (L.grade_by_rule) } span class="small quiet" { (S.first_line) } }
            @for (name, walk) in [(S.by_read, &read), (S.by_found, &found)] {
                p class="small" { b { (name) } br;
                    @for (key, ids) in &walk.lists { (key) " = " (ids.len()) " " span class="quiet" { (meaning(key)) @if !ids.is_empty() { ": " @for (at, id) in ids.iter().enumerate() { @if at > 0 { ", " }
                        @match claim.origins.iter().position(|o| &o.origin == id) { Some(number) => { a href=(format!("#{id}")) { "o" (number + 1) } }, None => { code { (id.get(..12).unwrap_or(id)) } } } } } } br; } }
            }
            table class="trace" { caption class="vh" { (S.rule_lines) }
                thead { tr { th scope="col" { (L.grade) } th scope="col" { (S.asks_for) } th scope="col" { (S.read_in_trace) } th scope="col" { (S.found) } } }
                tbody { @for (number, asks) in rule() {
                    @let (by_read, by_found) = (read.line == Some(number), found.line == Some(number));
                    tr class=[by_read.then_some("used")] { td { (number) " " span class="vh" { (parts::grade_words(number)) } } td { (asks) } td { @if by_read { (S.here) } @else { "–" } } td { @if by_found { (S.here) } @else { "–" } } }
                } }
            }
            @if !claim.next_step.is_empty() { p class="small" { b { (S.raise) } " " (parts::own(&claim.next_step)) } }
        }
    }
}

fn others(ctx: &Ctx, claim: &ClaimRow) -> Markup {
    html! {
        @if !claim.against.is_empty() {
            section class="panel" aria-labelledby="h-ot" { header { h3 id="h-ot" { (S.said_of_same) } }
                table class="cards" role="table" { caption class="vh" { (S.other_values) }
                    thead role="rowgroup" { tr role="row" { th role="columnheader" scope="col" { (L.value) } th role="columnheader" scope="col" { (L.relation) } } }
                    tbody role="rowgroup" { @for other in &claim.against { tr role="row" {
                        td role="cell" class="name" { a href=(ctx.to(&format!("claim/{}", other.claim))) { @if track::dated(&claim.predicate) { (words::day(&other.object)) } @else { (parts::unknown(&other.object)) } } }
                        td role="cell" data-l=(L.relation) { div { span class=(format!("fit {}", track::fit(&other.relation))) { (terms::relation_why(&other.relation)) } } }
                    } } }
                }
            }
        }
    }
}

fn bar(ctx: &Ctx, claim: &ClaimRow, next: Option<&ClaimRow>) -> Markup {
    let ask = ctx.query.get("ask");
    let nameless = lock(&ctx.app.author).is_empty();
    let stands = match (&claim.decision, ask) {
        (_, "reason") => S.say_why.to_owned(),
        (_, "name") => S.say_who.to_owned(),
        (Some(decision), _) => {
            let reason = if decision.reason.is_empty() {
                String::new()
            } else {
                format!(": “{}”", decision.reason)
            };
            let (done, time) =
                (words::sentence(&parts::decided(&decision.answer)), words::moment(&decision.time));
            say(S.decided_by_at, &[("done", &done), ("who", &decision.author), ("time", &time)]) + &reason
        }
        (None, _) => S.nobody_decided.to_owned(),
    };
    html! {
        form class="decide" id="decide" method="post" action=(ctx.to("decide")) aria-label=(L.decision) {
            (act::no_default())
            (act::back_at(ctx, "decide"))
            input type="hidden" name="what" value=(claim.claim);
            b { (L.decision) }
            @if nameless { label class="vh" for="who" { (L.your_name) } input class="input name" id="who" name="reader" placeholder=(L.your_name) required aria-invalid=[(ask == "name").then_some("true")] autocomplete="off"; }
            label class="vh" for="reason" { (L.reason) }
            input class="input" id="reason" name="reason" data-say=(S.say_why) placeholder=(L.reason_hint) maxlength="2000" autocomplete="off" aria-invalid=[(ask == "reason").then_some("true")] aria-describedby="stands" autofocus[ask == "reason"];
            button class="btn main" name="as" value="confirm" data-key="y" { (L.confirm) " " kbd { "y" } }
            button class="btn" name="as" value="unsure" data-key="h" { (L.unsure) " " kbd { "h" } }
            button class="btn" name="as" value="reject" data-key="n" { (L.reject) " " kbd { "n" } }
            @if let Some(next) = next { a class="btn link" href=(ctx.to(&ctx.query.with("ask", "").on(&format!("claim/{}", next.claim)))) { (S.next_claim) } }
            p id="stands" class="small quiet" { @if claim.decision.is_some() && ask.is_empty() { (parts::decision(claim.decision.as_ref())) " " } (stands) }
        }
        p class="small off-paper" { a href=(ctx.to(&format!("replies?about={}#ask", claim.claim))) { (crate::labels::publication::S.ask_about_it) } }
        @if let Some(decision) = &claim.decision {
            form method="post" action=(ctx.to("undo")) class="small" { (act::back_at(ctx, "decide")) input type="hidden" name="decision" value=(decision.decision); (show(S.object_is, &[("value", &value(claim))])) " " button class="btn link" { (S.undo_decision) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trace_is_read_in_both_halves() {
        let lines =
            ["S: ori-a ori-b", "P: ori-a", "C:", "line: 2 C = 0", "read:", "S:", "P:", "C:", "line: 6 none"];
        let (found, read) = walks(&lines.map(str::to_owned));
        assert_eq!((found.line, read.line), (Some(2), Some(6)));
        assert_eq!(found.lists[0], ("S".to_owned(), vec!["ori-a".to_owned(), "ori-b".to_owned()]));
        assert!(read.lists.iter().all(|(_, ids)| ids.is_empty()));
    }
}
