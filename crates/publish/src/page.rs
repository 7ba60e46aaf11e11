//! The page `index.html`: findings in words, then everything needed to doubt them.
//!
//! The page holds no script, no form, nothing that is loaded from another
//! host, and no link that leads outside; its own policy forbids the rest.

use crate::notes::Notes;
use crate::shown::{language_tag, pinyin, plain};
use crate::whitelist::{Post, Printed, counting};
use crate::words::{counted, day, grade, listed, number, sentence, spelled, verdict_class};
use crate::{post, said};
use maud::{DOCTYPE, Markup, html};
use plainsight_case::views::{ClaimRow, ComplaintGroup};
use std::collections::{BTreeMap, BTreeSet};

/// The one style sheet of the project, and what only the published form needs.
pub(crate) const STYLE: &str = concat!(
    include_str!("../../../assets/plainsight.css"),
    "\n",
    include_str!("../../../assets/dossier.css")
);

/// What a browser may do with the page: show it with its own style sheet.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'none'; base-uri 'none'; form-action 'none'";

/// Writes the page.
pub(crate) fn index(printed: &Printed<'_>) -> String {
    let publication = printed.publication;
    let kind = if publication.draft { "DRAFT dossier" } else { "Dossier" };
    let mut notes = Notes::default();
    let posts: Vec<Markup> =
        printed.posts.iter().map(|one| post::section(one, printed, &mut notes)).collect();
    let counts = counts(printed, &mut notes);
    let others = others(printed, &mut notes);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="referrer" content="no-referrer";
                title { (plain(&publication.name)) " · " (kind) }
                link rel="stylesheet" href="dossier.css";
            }
            body.dossier.draft[publication.draft] {
                a.skip href="#main" { "Skip to the findings" }
                @if publication.draft { p.draft-mark aria-hidden="true" { "DRAFT" } }
                main id="main" {
                    div.top {
                        b { (kind) }
                        span { (day(&publication.day)) }
                        span { "Case " span.hash { (plain(&publication.case_id)) } }
                        a href="#check" { "Check this dossier yourself" }
                    }
                    h1 { bdi { (plain(&publication.name)) } }
                    p.stand { (stand(printed)) }
                    p.by { (by(printed)) }
                    @if publication.draft { (draft_words()) }
                    @for paragraph in summary(printed) { p { (paragraph) } }
                    (table(printed))
                    @for section in posts { (section) }
                    (counts)
                    (others)
                    (left_out(printed))
                    (unread(printed))
                    h2 { "Footnotes" }
                    p.small.quiet { "A quote stands in the language of its source, character by character. This version of the dossier holds no translations. Readings in Latin letters are by machine, one character at a time." }
                    (notes.list(printed))
                    (check(printed))
                    h2 { "Corrections" }
                    p { "None so far. A correction is added here with its date; the old words stay readable." }
                }
            }
        }
    }
    .into_string()
}

fn draft_words() -> Markup {
    html! {
        p.problem { b { "DRAFT." } " Not for publication: it holds claims that nobody has confirmed, and names that nobody has marked for publication." }
    }
}

/// What the dossier is about, in one sentence.
fn stand(printed: &Printed<'_>) -> String {
    let states = host_states(printed);
    let posts = counted(printed.posts.len(), "post", "posts");
    let place = match states.len() {
        0 => String::new(),
        _ if states.len() <= 4 => format!(" in {}", listed(&states)),
        n => format!(" in {} host states", spelled(n)),
    };
    sentence(&format!(
        "{posts}{place}: what was said, by whom, when it was captured, which registers were asked, and how much of it stands on more than one source"
    ))
}

fn host_states(printed: &Printed<'_>) -> Vec<String> {
    let states: BTreeSet<String> =
        printed.posts.iter().filter_map(|post| post.finding.country.as_deref()).map(plain).collect();
    states.into_iter().collect()
}

fn by(printed: &Printed<'_>) -> Markup {
    let publication = printed.publication;
    html! {
        "Made with Plainsight from the case “" bdi { (plain(&publication.name)) } "” with the lens "
        bdi { (plain(&publication.lens)) } ". It stands at entry " (number(publication.head_number))
        " of the case’s ledger, of " (day(&publication.day)) ", head "
        span.hash { (plain(&publication.head)) } "."
    }
}

/// The findings in a few sentences; each number in it can be counted again below.
fn summary(printed: &Printed<'_>) -> Vec<String> {
    let quotes: BTreeSet<&str> =
        printed.claims.iter().flat_map(|claim| &claim.evidence).map(|row| row.quote.as_str()).collect();
    let pages: BTreeSet<&str> =
        printed.claims.iter().flat_map(|claim| &claim.evidence).map(|row| row.document.as_str()).collect();
    let origins: BTreeSet<&str> = printed
        .claims
        .iter()
        .flat_map(|claim| counting(claim))
        .map(|origin| origin.origin.as_str())
        .collect();
    let mut out = vec![format!(
        "{} {} in {} stand behind {}. Where pages copy, translate or quote one another they count once; folded in this way they are {}.",
        sentence(&spelled(quotes.len())).trim_end_matches('.'),
        if quotes.len() == 1 { "quote" } else { "quotes" },
        counted(pages.len(), "page", "pages"),
        counted(printed.claims.len(), "statement", "statements"),
        counted(origins.len(), "independent origin", "independent origins"),
    )];
    let graded = tally(printed.posts.iter().filter_map(|post| post.exists).map(|claim| grade(claim.grade)));
    let silent = printed.posts.iter().filter(|post| post.exists.is_none()).count();
    if !graded.is_empty() {
        let mut words: Vec<String> =
            graded.iter().map(|(word, n)| format!("{} for {}", is(word), spelled(*n))).collect();
        if silent > 0 {
            words.push(format!("is not said here for {}", spelled(silent)));
        }
        out.push(sentence(&format!("That the post exists {}", listed(&words))));
    }
    let answers =
        tally(printed.posts.iter().filter_map(Post::verdict).map(|verdict| verdict.outcome.as_str()));
    if !answers.is_empty() {
        let words: Vec<String> =
            answers.iter().map(|(word, n)| format!("“{}” for {}", plain(word), spelled(*n))).collect();
        out.push(format!(
            "The registers answer {}. A list that does not hold a post says nothing about the law; whether consent was given in another way is a question for the host state.",
            listed(&words)
        ));
    }
    out.push(replied(printed));
    out
}

/// How many were asked about what is printed, and how many answered.
fn replied(printed: &Printed<'_>) -> String {
    let rows: BTreeMap<&str, bool> = printed
        .posts
        .iter()
        .flat_map(|post| post.replies(printed.publication))
        .map(|row| (row.reply.as_str(), !row.answers.is_empty()))
        .collect();
    let answered = rows.values().filter(|answered| **answered).count();
    match (rows.len(), answered) {
        (0, _) => "Nobody was asked, and no reply was recorded in this case: whoever is named here has a right of reply, and an answer will be printed beside what it answers.".to_owned(),
        (asked, 0) => format!("{} asked to answer; no reply was recorded. An answer will be printed beside what it answers.", were(asked)),
        (asked, n) => format!("{} asked to answer; {} did, and what they said is printed beside what it answers.", were(asked), spelled(n)),
    }
}

fn were(asked: usize) -> String {
    let parties = counted(asked, "party", "parties");
    format!("{} {}", sentence(&parties).trim_end_matches('.'), if asked == 1 { "was" } else { "were" })
}

/// The words of a grade after “that the post exists”.
fn is(grade: &str) -> String {
    if grade == "cannot be judged" { grade.to_owned() } else { format!("is {grade}") }
}

/// How often each word occurs, in the order of the words' first use.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut order: Vec<&str> = Vec::new();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        if !order.contains(&word) {
            order.push(word);
        }
        *counts.entry(word).or_default() += 1;
    }
    order.into_iter().map(|word| (word.to_owned(), counts.get(word).copied().unwrap_or(0))).collect()
}

fn table(printed: &Printed<'_>) -> Markup {
    html! {
        @if !printed.posts.is_empty() {
            div.wide {
                h2 { (sentence(&counted(printed.posts.len(), "post", "posts")).trim_end_matches('.')) }
                table.cards role="table" {
                    caption { "By the statements printed in this dossier" }
                    thead role="rowgroup" {
                        tr role="row" {
                            @for heading in ["Post", "Operator", "Opened", "In the register?", "It exists"] {
                                th role="columnheader" scope="col" { (heading) }
                            }
                            th.num role="columnheader" scope="col" { "Origins" }
                        }
                    }
                    tbody role="rowgroup" { @for post in &printed.posts { (table_row(post)) } }
                }
                p.xs.quiet { "Not listed: absent from an official register that calls itself complete. Cannot tell: no such register, or outside its dates. Origins: sources that know it independently; copies count once." }
            }
        }
    }
}

fn table_row(post: &Post<'_>) -> Markup {
    let origins = post.exists.map(|claim| counting(claim).count());
    html! {
        tr role="row" {
            td.name role="cell" {
                a href=(format!("#{}", plain(&post.finding.post))) { (plain(&post.title())) }
                @if let Some(name) = post.finding.names.first() {
                    small lang=(language_tag(&name.lang, None)) { bdi { (plain(&name.text)) } }
                    @if let Some(reading) = name.lang.starts_with("zh").then(|| pinyin(&name.text)).flatten() {
                        small lang="zh-Latn-pinyin" { (reading) }
                    }
                }
            }
            td role="cell" data-l="Operator" { bdi { (plain(post.operator.unwrap_or("not said here"))) } }
            td role="cell" data-l="Opened" { (plain(&post.opened.map_or_else(|| "not said here".to_owned(), day))) }
            td role="cell" data-l="Register" {
                @match post.verdict() {
                    Some(verdict) => { span class=(format!("verdict {}", verdict_class(&verdict.outcome))) { (plain(&verdict.outcome)) } }
                    None => { "not asked" }
                }
            }
            td role="cell" data-l="It exists" {
                @match post.exists {
                    Some(claim) => { span class=(format!("grade g{}", claim.grade.clamp(1, 6))) { (grade(claim.grade)) } }
                    None => { "not said here" }
                }
            }
            td.num role="cell" data-l="Origins" { @match origins { Some(n) => { (n) } None => { "–" } } }
        }
    }
}

/// Numbers of posts, by whose count, and why they cannot be added up.
fn counts<'a>(printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    html! {
        h2 { "How many, by whose count" }
        @for claim in &printed.counts {
            (said::claim(claim, printed, notes))
            @if let Some(rule) = counted_how(claim) { p.small.quiet { (rule) } }
        }
        p {
            "This dossier counts " (counted(printed.posts.len(), "post", "posts"))
            ": places and bodies with at least one statement printed here, as of " (day(&printed.publication.day))
            ". A count by somebody else counts by another rule or on another day, and cannot be compared with it."
        }
    }
}

fn counted_how(claim: &ClaimRow) -> Option<String> {
    let count = claim.count.as_ref()?;
    let mut parts = vec![format!("counted are {}", plain(&count.unit))];
    parts.push(match &count.counter {
        Some(counter) => format!("by {}", plain(counter)),
        None => "by whom is not said".to_owned(),
    });
    parts.push(match &count.definition {
        Some(definition) => format!("by the rule “{}”", plain(definition)),
        None => "by which rule is not said".to_owned(),
    });
    if let Some(as_of) = &count.as_of {
        parts.push(format!("as of {}", day(as_of)));
    }
    Some(sentence(&parts.join(", ")))
}

fn others<'a>(printed: &Printed<'a>, notes: &mut Notes<'a>) -> Markup {
    html! {
        @if !printed.others.is_empty() {
            h2 { "Other statements" }
            @for claim in &printed.others { (said::claim(claim, printed, notes)) }
        }
    }
}

fn left_out(printed: &Printed<'_>) -> Markup {
    let (left_out, persons) = (printed.publication.left_out, printed.persons_held_back);
    html! {
        @if left_out + persons > 0 {
            h2 { "What is left out" }
            @if left_out > 0 {
                p { (sentence(&format!("{} of the case {} not printed: nobody has confirmed {}",
                    counted(left_out, "claim", "claims"), if left_out == 1 { "is" } else { "are" }, if left_out == 1 { "it" } else { "them" }))) }
            }
            @if persons > 0 {
                p { (sentence(&format!("{} about named persons {} not printed: nobody has marked the {} for publication",
                    counted(persons, "claim", "claims"), if persons == 1 { "is" } else { "are" }, if persons == 1 { "name" } else { "names" }))) }
            }
        }
    }
}

/// What was not read. The names of files that are not cited are no part of a dossier.
fn unread(printed: &Printed<'_>) -> Markup {
    let groups = &printed.publication.unread;
    html! {
        h2 { "What was not read" }
        @if groups.is_empty() { p { "Nothing: every document of the case was read." } }
        @else {
            p { "Something may stand there that changes what is said here." }
            ul.plain { @for group in groups {
                li { span.complaint { (plain(&sentence(&format!("{}: {}", counted(group.items.len(), "place", "places"), reasons(group))))) } }
            } }
        }
    }
}

/// The group in words, and what is wrong in it, each thing once.
fn reasons(group: &ComplaintGroup) -> String {
    let whats: BTreeSet<&str> = group.items.iter().map(|item| item.what.as_str()).collect();
    let whats: Vec<&str> = whats.into_iter().filter(|what| *what != group.what).take(5).collect();
    if whats.is_empty() { group.what.clone() } else { format!("{} ({})", group.what, whats.join("; ")) }
}

fn check(printed: &Printed<'_>) -> Markup {
    let publication = printed.publication;
    html! {
        h2 id="check" { "Check this dossier" }
        p { "Each footnote gives the quote’s characters, the page it stands on, the moment of its capture and the SHA-256 of the captured bytes. Whoever holds the case or the same bytes cuts the quote out again at the same place. No account and no network are needed." }
        p { "The file " code { (printed.file("VERIFY.txt")) } " in this folder says how, with common tools, and lists the SHA-256 of every file. With Plainsight: " code { "plainsight verify --allow-unsigned FOLDER" } " (leave the option out where there is a file " code { "dossier.sig" } "). Without a signature the check shows that the folder is whole, not who made it; with one, also that whoever holds the key in " code { "dossier.pub" } " published it." }
        p { "The data of this page stand in the folder " code { "data" } ": tables (CSV), a map (GeoJSON), entities (FollowTheMoney) and JSON Lines." }
        p.small { "Last entry of the ledger that is no publication: " (number(publication.head_number)) ", "
            (day(&publication.day)) ", head " span.hash { (plain(&publication.head)) } }
    }
}
