//! Footnotes: every quote once, numbered where it is first needed.

use crate::shown::{controls_gone, file_name, language_tag, pinyin, plain};
use crate::whitelist::Printed;
use crate::words::{day, moment, number};
use maud::{Markup, html};
use plainsight_case::views::{CaptureRow, CitedDocument, EvidenceRow};
use std::collections::BTreeMap;

/// The footnotes of a page, in the order of their first mark.
#[derive(Default)]
pub(crate) struct Notes<'a> {
    rows: Vec<&'a EvidenceRow>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Notes<'a> {
    /// The marks of some quotes: small numbers that lead to the footnotes and back.
    pub(crate) fn marks(&mut self, rows: impl IntoIterator<Item = &'a EvidenceRow>) -> Markup {
        let mut seen = Vec::new();
        for row in rows {
            let (number, first) = self.number(row);
            if !seen.iter().any(|(known, _)| *known == number) {
                seen.push((number, first));
            }
        }
        html! {
            @if !seen.is_empty() {
                sup {
                    @for (number, first) in seen {
                        a href=(format!("#n{number}")) id=[first.then(|| format!("r{number}"))]
                            aria-label=(format!("Footnote {number}")) { (number) }
                        " "
                    }
                }
            }
        }
    }

    /// The number of a quote, and whether this is its first mark.
    fn number(&mut self, row: &'a EvidenceRow) -> (usize, bool) {
        if let Some(number) = self.numbers.get(row.quote.as_str()) {
            return (*number, false);
        }
        self.rows.push(row);
        self.numbers.insert(&row.quote, self.rows.len());
        (self.rows.len(), true)
    }

    /// The list at the end of the page.
    pub(crate) fn list(&self, printed: &Printed<'a>) -> Markup {
        html! {
            ol.notes {
                @for (at, row) in self.rows.iter().enumerate() {
                    (note(at + 1, row, printed))
                }
            }
        }
    }
}

fn note(number: usize, row: &EvidenceRow, printed: &Printed<'_>) -> Markup {
    let document = printed.documents.get(row.document.as_str()).copied();
    let lang = language_tag(&row.lang, document.and_then(|d| d.script.as_deref()));
    html! {
        li id=(format!("n{number}")) {
            p.q lang=(lang) { bdi { (controls_gone(&row.text)) } }
            @if let Some(reading) = lang.starts_with("zh").then(|| pinyin(&row.text)).flatten() {
                p.pinyin lang="zh-Latn-pinyin" { (reading) }
            }
            @if printed.withdrawn.contains(row.document.as_str()) {
                p { b { (if row.withdrawn { "Its source was withdrawn." } else { "Withdrawn by its publisher." }) } }
            }
            p.xs.quiet { (said_by(row)) }
            p.xs.quiet { (source(row, document)) }
            @if let Some(document) = document { @for capture in sorted(document) { (captured(capture)) } }
            p.xs.quiet {
                "Document " span.hash { (plain(&row.document)) } ", quote " span.hash { (plain(&row.quote)) }
                ", characters " (self::number(row.start as u64)) "–" (self::number(row.end as u64)) ". "
                a href=(format!("#r{number}")) aria-label=(format!("Back to the text, footnote {number}")) { "↩" }
            }
        }
    }
}

/// Who speaks, how near to the matter, and whether a person has read it.
fn said_by(row: &EvidenceRow) -> Markup {
    let stance = match row.stance.as_str() {
        "supports" => "It says so",
        "contradicts" => "It says otherwise",
        _ => "It only names it",
    };
    let read = match row.read_by.len() {
        0 if row.proposed_by.is_some() => "not yet read by a person who reads the language".to_owned(),
        0 => "found by machine, not yet read by a person".to_owned(),
        1 => "read by a person who reads the language".to_owned(),
        n => format!("read by {n} persons who read the language"),
    };
    html! {
        (stance) "; voice: " bdi { (plain(&row.voice)) } " (" (plain(&row.mode)) "); " (read) "."
        @if let Some(model) = &row.proposed_by {
            " The sentence was proposed by the language model " bdi { (plain(model)) } " and accepted by a person."
        }
        @if row.weighed {
            " No rule knows this sentence: a post was taken to be there by the weight of all that the page says."
        }
        @if row.interested_denial { " A denial by a party with an interest: printed, not counted." }
    }
}

/// Title, author or outlet, day, file name and address, all as text: nothing here leads outside.
fn source(row: &EvidenceRow, document: Option<&CitedDocument>) -> Markup {
    let Some(document) = document else {
        return html! { bdi { (plain(row.title.as_deref().unwrap_or("Without a title"))) } "." };
    };
    let lang = language_tag(&document.lang, document.script.as_deref());
    let names = names(document);
    let first = sorted(document).into_iter().next();
    let address = document.url.as_deref().or(first.map(|capture| capture.uri.as_str()));
    html! {
        cite lang=(lang) { bdi { (plain(&title(document))) } }
        @for name in names { ", " bdi lang=(lang) { (plain(name)) } }
        @match document.date.as_deref() {
            Some(date) => { ", " (day(date)) }
            None => { ", without a date" }
        }
        ". "
        @if let Some(capture) = first { "File " bdi { (plain(file_name(&capture.source))) } ". " }
        @if let Some(address) = address.filter(|address| !address.starts_with("file:")) {
            "Address " bdi.hash { (plain(address)) } "."
        }
    }
}

/// The title, or what stands for one.
pub(crate) fn title(document: &CitedDocument) -> String {
    match (&document.title, sorted(document).first()) {
        (Some(title), _) => title.clone(),
        (None, Some(capture)) => {
            format!("{} without a title ({})", document.kind, file_name(&capture.source))
        }
        (None, None) => "without a title".to_owned(),
    }
}

/// Author and outlet, each once.
pub(crate) fn names(document: &CitedDocument) -> Vec<&str> {
    let mut names: Vec<&str> =
        [&document.author, &document.site_name].into_iter().flatten().map(String::as_str).collect();
    names.dedup();
    names
}

/// Every capture of a document, the oldest first.
pub(crate) fn sorted(document: &CitedDocument) -> Vec<&CaptureRow> {
    let mut captures: Vec<_> = document.captures.iter().collect();
    captures.sort_by_key(|capture| (&capture.date, &capture.capture));
    captures
}

fn captured(capture: &CaptureRow) -> Markup {
    let how = if capture.how == "imported" { "Imported" } else { "Received as captured" };
    html! {
        p.xs.quiet {
            (how) " " (moment(&capture.date)) ", " (number(capture.bytes)) " bytes, SHA-256 "
            span.hash { (plain(&capture.sha256)) } ". In the case’s archive: file "
            bdi { (plain(file_name(&capture.file))) } ", record at byte " (number(capture.offset)) ", "
            span.hash { (plain(&capture.record)) } "."
        }
    }
}
