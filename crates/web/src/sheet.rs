//! The reading sheet: one page to print or send to somebody who reads the language.
//!
//! It stands alone: its style is inside, it holds no script and loads nothing,
//! and it says itself how the answers are written down and sent back.

use crate::gloss;
use crate::parts::{self, foreign};
use crate::words;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use plainsight_case::Gloss;
use plainsight_case::views::{ToReadClaim, ToReadRow};

/// Seconds that reading one quote takes, for the minutes that are promised.
const SECONDS: usize = 40;
/// Hex digits of a quote's number as printed.
const DIGITS: usize = 8;

const STYLE: &str = include_str!("../../../assets/sheet.css");

/// Writes the sheet. `gloss` tells a sentence term by term.
pub fn reading_sheet(
    case: &str,
    rows: &[ToReadRow],
    lang: Option<&str>,
    gloss: &dyn Fn(&str) -> Gloss,
) -> String {
    let title = format!("To read: {case}");
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { (title) }
                    p { (waiting(rows, lang)) }
                    p { "Read each quote with what stands around it. Does it say what is written under it? Tick one box. What a machine adds (the sounds, the words in English) may be wrong: the characters count. " (gloss::SOURCES) "." }
                    @for (number, row) in rows.iter().enumerate() { (card(number + 1, row, gloss)) }
                    (how_to_answer(rows, lang))
                }
            }
        }
    }
    .into_string()
}

/// `3 quotes, 2 minutes, for somebody who reads Chinese`.
pub(crate) fn waiting(rows: &[ToReadRow], lang: Option<&str>) -> String {
    let whom = match lang {
        Some(lang) => format!("somebody who reads {}", words::language(lang)),
        None => "somebody who reads the language".to_owned(),
    };
    let minutes = (rows.len() * SECONDS).div_ceil(60);
    let quotes = words::count(rows.len(), "quote", "quotes");
    format!("{quotes}, {}, for {whom}", words::count(minutes, "minute", "minutes"))
}

/// The number of a quote as it is written on paper.
pub(crate) fn short(quote: &str) -> &str {
    quote.get(.."quo-".len() + DIGITS).unwrap_or(quote)
}

/// The quote between the sentences around it.
pub(crate) fn passage(row: &ToReadRow) -> Markup {
    html! {
        blockquote class="q" lang=(parts::tag(&row.lang, &row.text)) {
            @if !row.before.is_empty() { span class="around" { (row.before) } " " }
            mark { (row.text) }
            @if !row.after.is_empty() { " " span class="around" { (row.after) } }
        }
    }
}

/// What the quote should say.
pub(crate) fn asked(claim: &ToReadClaim) -> Markup {
    html! { (if claim.stance == "contradicts" { "It should speak against: " } else { "It should say: " }) b { (parts::unknown(&claim.text)) } }
}

fn card(number: usize, row: &ToReadRow, gloss: &dyn Fn(&str) -> Gloss) -> Markup {
    html! {
        section {
            h2 { (number) ". " code { (short(&row.quote)) } }
            p class="quiet" {
                @match &row.title { Some(title) => { (foreign(title, &row.lang)) }, None => { "a page without a title" } }
                @if let Some(date) = &row.date { ", " (words::day(date)) }
            }
            (passage(row))
            (gloss::beneath(&row.text, &gloss(&row.text), true))
            @for claim in &row.claims { p { (asked(claim)) } }
            p class="boxes" { span { "☐ says so" } span { "☐ does not say so" } span { "☐ unsure" } span class="note" { "Note:" } }
        }
    }
}

fn how_to_answer(rows: &[ToReadRow], lang: Option<&str>) -> Markup {
    let mut lines = format!("reader: \nlanguage: {}\n", lang.unwrap_or(""));
    for row in rows {
        lines.push_str(short(&row.quote));
        lines.push_str(" \n");
    }
    html! {
        section {
            h2 { "How to send the answers back" }
            p { "On paper: sign, and hand the sheet back. Or copy these lines into a plain text file, write your name after " code { "reader:" }
                ", and after each number " code { "yes" } " (it says so), " code { "no" } " (it does not) or " code { "unsure" }
                "; whatever follows on the line is kept as your note. A line without an answer is left open; a line that begins with # is not read." }
            pre { (lines) }
            p { "Whoever holds the case takes the file in with " code { "plainsight decide CASE --from FILE" }
                ". Each answer becomes an entry of the case’s ledger with your name, and can be taken back." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_case::{GlossRow, GlossSource};

    #[test]
    fn the_sheet_stands_alone_and_says_what_to_do() {
        let row = ToReadRow {
            quote: "quo-0123456789abcdef0123456789abcdef".into(),
            document: "doc-0".into(),
            title: Some("<b>站</b>".into()),
            date: Some("2018-06".into()),
            lang: "zh".into(),
            start: 3,
            end: 9,
            before: "前一句。".into(),
            text: "服务站成立了。".into(),
            after: "后一句。".into(),
            claims: vec![ToReadClaim {
                claim: "clm-0".into(),
                text: "The post exists.".into(),
                stance: "supports".into(),
                grade: 6,
                grade_if_read: 3,
            }],
            moves: 1,
        };
        let glossed = |text: &str| Gloss {
            rows: vec![GlossRow {
                start: 0,
                end: 3,
                text: text.chars().take(3).collect(),
                pinyin: "fú wù zhàn".into(),
                meaning: "service station".into(),
                source: GlossSource::Lens,
            }],
            cut: false,
        };
        let page = reading_sheet("Invented", &[row], Some("zh"), &glossed);
        for said in [
            "1 quote, 1 minute, for somebody who reads Chinese",
            "<mark>服务站成立了。</mark>",
            "前一句。",
            "后一句。",
            "fú wù zhàn",
            "service station",
            "CC-CEDICT (CC BY-SA 4.0)",
            "The post exists.",
            "☐ says so",
            "quo-01234567 \n",
            "plainsight decide CASE --from FILE",
        ] {
            assert!(page.contains(said), "missing: {said}\n{page}");
        }
        for never in ["<script", "src=", "http://", "https://", "<b>站"] {
            assert!(!page.contains(never), "{never}");
        }
    }
}
