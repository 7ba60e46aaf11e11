//! One claim as a reader meets it: the sentence with its footnotes, the grade
//! in the margin, who says so, who says otherwise, and on how many origins it stands.

use crate::notes::{Notes, names};
use crate::shown::{foreign, plain};
use crate::whitelist::{Printed, about_a_person, counting, quotes};
use crate::words::{
    counted, dates_said, day, grade, how, listed, moment, relation, sentence, spelled, value,
};
use maud::{Markup, html};
use plainsight_case::views::{AgainstRow, ClaimRow, EvidenceRow, OriginRow};

/// A claim with everything that stands beside it.
pub(crate) fn claim<'a>(claim: &'a ClaimRow, printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    let supporting: Vec<&EvidenceRow> = quotes(claim, "supports").collect();
    let marks = notes.marks(supporting.iter().copied());
    html! {
        div.said id=(plain(&claim.claim)) {
            div {
                p {
                    (plain(&sentence(&dates_said(&claim.text)))) (marks)
                    @if supporting.is_empty() { " No quote that says so is left: every one was set aside by a reader." }
                }
                @if let Some(valid) = claim.valid.as_deref() { p.small.quiet { "Holds for " (day(valid)) "." } }
                (against(claim, printed, notes))
                (origins(claim, printed))
            }
            (margin(claim))
        }
    }
}

/// The grade in words with its shape, and what stands behind it in one line.
fn margin(claim: &ClaimRow) -> Markup {
    let origins = counting(claim).count();
    let pages = distinct(counting(claim));
    let all: Vec<&EvidenceRow> = quotes(claim, "supports").chain(quotes(claim, "contradicts")).collect();
    let read = all.iter().filter(|row| !row.read_by.is_empty()).count();
    html! {
        aside role="note" aria-label="Grade of this statement" {
            p { span class=(format!("grade g{}", claim.grade.clamp(1, 6))) { (grade(claim.grade)) } }
            p.quiet {
                (sentence(&format!(
                    "{} in {}",
                    counted(origins, "independent origin", "independent origins"),
                    counted(pages, "page", "pages")
                )))
                " "
                (format!("Of {}, {} read by a person.", counted(all.len(), "quote", "quotes"), match read { 0 => "none".to_owned(), n => spelled(n) }))
            }
            @match &claim.decision {
                Some(decision) => {
                    p.quiet { span.decision.d-yes { (decided(&decision.answer)) ", " (day(decision.time.get(..10).unwrap_or(&decision.time))) } }
                }
                None => { p.quiet { span.decision { "not decided by a person" } } }
            }
        }
    }
}

fn decided(answer: &str) -> &'static str {
    match answer {
        "confirm" => "confirmed by a person",
        "reject" => "rejected by a person",
        "unsure" => "a person was unsure",
        "publish" => "marked for publication by a person",
        _ => "judged by a person",
    }
}

/// The two sides beside each other; where nothing speaks against it, that is said.
fn against<'a>(claim: &'a ClaimRow, printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    let denials: Vec<&EvidenceRow> = quotes(claim, "contradicts").collect();
    let hidden = about_a_person(claim) && !printed.publication.draft;
    let (opposed, beside): (Vec<&AgainstRow>, Vec<&AgainstRow>) = claim
        .against
        .iter()
        .filter(|row| !hidden || printed.claim(&row.claim).is_some())
        .partition(|row| matches!(row.relation.as_str(), "conflict" | "denied"));
    let voices = voices(claim);
    let said_for = format!("{}: {}", counted(voices.len(), "voice", "voices"), listed(&voices));
    html! {
        @if denials.is_empty() && opposed.is_empty() {
            p.small.quiet { "No quote in this case speaks against it." }
        } @else {
            div.both {
                blockquote {
                    p.small { b { "For" } }
                    p.small { (sentence(&said_for)) }
                }
                blockquote {
                    p.small { b { "Against" } }
                    @for row in denials { (denial(row, notes)) }
                    @for row in opposed { (other_value(row, printed, notes)) }
                }
            }
        }
        @for row in beside { (other_value(row, printed, notes)) }
    }
}

/// How many pages some origins have together; one page can speak for two.
fn distinct<'a>(origins: impl Iterator<Item = &'a OriginRow>) -> usize {
    origins.flat_map(|origin| &origin.documents).collect::<std::collections::BTreeSet<_>>().len()
}

/// Who says so, each voice once, those of counting origins first.
fn voices(claim: &ClaimRow) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for voice in
        counting(claim).map(|origin| &origin.voice).chain(quotes(claim, "supports").map(|row| &row.voice))
    {
        let voice = plain(voice);
        if !out.contains(&voice) {
            out.push(voice);
        }
    }
    out
}

fn denial<'a>(row: &'a EvidenceRow, notes: &mut Notes<'a>) -> Markup {
    html! {
        p { "“" (foreign(&row.text, &row.lang)) "”" (notes.marks([row])) }
        footer {
            bdi { (plain(&row.voice)) }
            @if let Some(date) = row.date.as_deref() { ", " (day(date)) }
            @if row.interested_denial { ". A denial by a party: printed, not counted" }
            "."
        }
    }
}

fn other_value<'a>(row: &'a AgainstRow, printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    let said = value(&row.object);
    html! {
        p.small {
            @match printed.claim(&row.claim) {
                Some(other) => {
                    "Another value: " a href=(format!("#{}", plain(&row.claim))) { bdi { (said) } }
                    (notes.marks(quotes(other, "supports")))
                    ", " (grade(other.grade)) ". It " (relation(&row.relation)) "."
                }
                None => {
                    "Another value was found: " bdi { (said) } ". It " (relation(&row.relation))
                    ". Nobody has confirmed it, so its quotes are not in this dossier."
                }
            }
        }
    }
}

/// The origins as a list that can be counted by hand.
fn origins(claim: &ClaimRow, printed: &Printed<'_>) -> Markup {
    let pages = distinct(claim.origins.iter());
    let count = counting(claim).count();
    let label = format!("{}, {}", counted(pages, "page", "pages"), counted(count, "origin", "origins"));
    html! {
        @if !claim.origins.is_empty() {
            div.origins {
                p.small { (sentence(&label).trim_end_matches('.')) ":" }
                ul.tree {
                    @for origin in &claim.origins {
                        li {
                            b { bdi { (plain(&origin.voice)) } }
                            span.via { (origin_words(origin, &claim.origins)) }
                            ul {
                                @for document in &origin.documents { li { (page(document, printed)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn origin_words(origin: &OriginRow, all: &[OriginRow]) -> String {
    let mut words = vec![
        plain(&origin.mode),
        how(&origin.how, origin.documents.len()).to_owned(),
        letter(&origin.letter),
    ];
    for mark in &origin.marks {
        words.push(match mark.as_str() {
            "disputed" => "a person marked this witness as disputed".to_owned(),
            "own_interest" => "a party that speaks against its own interest".to_owned(),
            "record" => "an official record, complete and in force".to_owned(),
            "withdrawn" => "withdrawn".to_owned(),
            other => plain(other),
        });
    }
    if !origin.counts {
        words.push("does not count".to_owned());
    }
    let shared = all.iter().filter(|other| other.group == origin.group).count() > 1;
    if let Some(group) = origin.group.as_ref().filter(|_| shared) {
        words.push(format!("under one control with another ({}): they count once", plain(group)));
    }
    words.join("; ")
}

fn letter(letter: &str) -> String {
    if letter == "F" {
        "reliability of the source not judged".to_owned()
    } else {
        format!("reliability of the source: {}", plain(letter))
    }
}

fn page(id: &str, printed: &Printed<'_>) -> Markup {
    let Some(document) = printed.documents.get(id) else {
        return html! { span.hash { (plain(id)) } };
    };
    html! {
        (foreign(&plain(&crate::notes::title(document)), &lang_of(document)))
        @for name in names(document) { ", " (foreign(&plain(name), &lang_of(document))) }
        @if let Some(date) = document.date.as_deref() { ", " (day(date)) }
        @if document.date.is_none() && let Some(first) = crate::notes::sorted(document).first() {
            ", without a date, captured " (moment(&first.date))
        }
    }
}

fn lang_of(document: &plainsight_case::views::CitedDocument) -> String {
    crate::shown::language_tag(&document.lang, document.script.as_deref())
}
