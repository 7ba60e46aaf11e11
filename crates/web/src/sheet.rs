//! The reading sheet: one page to print or send to somebody who reads the language.
//!
//! It stands alone: its style is inside, it holds no script and loads nothing,
//! and it says itself how the answers are written down and sent back.

use crate::gloss;
use crate::labels::claims::S;
use crate::labels::machine::S as M;
use crate::labels::{self, L, N, say, sentences, show, terms};
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
    let title = say(S.to_read, &[("case", &case)]);
    html! {
        (DOCTYPE)
        html lang=(labels::spoken().tag()) {
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
                    p { (sentences(&[S.sheet_how.to_owned(), M.senses.to_owned()])) }
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
    let minutes = words::count((rows.len() * SECONDS).div_ceil(60), N.minutes);
    let quotes = words::count(rows.len(), N.quotes);
    let language = lang.map(terms::language).unwrap_or_default();
    let template = if lang.is_some() { S.waiting_of } else { S.waiting };
    say(template, &[("quotes", &quotes), ("minutes", &minutes), ("language", &language)])
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
    let template = if claim.stance == "contradicts" { S.should_contradict } else { S.should_say };
    show(template, &[("claim", &html! { b { (parts::unknown(&parts::own_words(&claim.text))) } })])
}

fn card(number: usize, row: &ToReadRow, gloss: &dyn Fn(&str) -> Gloss) -> Markup {
    html! {
        section {
            h2 { (number) ". " code { (short(&row.quote)) } }
            p class="quiet" {
                @match &row.title { Some(title) => { (foreign(title, &row.lang)) }, None => { (S.page_untitled) } }
                @if let Some(date) = &row.date { ", " (words::day(date)) }
            }
            (passage(row))
            (gloss::beneath(&row.text, &gloss(&row.text), true))
            @for claim in &row.claims { p { (asked(claim)) } }
            p class="boxes" { span { "☐ " (S.boxes_yes) } span { "☐ " (S.boxes_no) } span { "☐ " (L.unsure.to_lowercase()) } span class="note" { (S.boxes_note) } }
        }
    }
}

fn how_to_answer(rows: &[ToReadRow], lang: Option<&str>) -> Markup {
    let mut lines = format!("reader: \nlanguage: {}\n", lang.unwrap_or(""));
    for row in rows {
        lines.push_str(short(&row.quote));
        lines.push_str(" \n");
    }
    let code = |text: &str| html! { code { (text) } };
    html! {
        section {
            h2 { (S.how_to_send) }
            p { (show(S.sheet_answers, &[("reader", &code("reader:")), ("yes", &code("yes")), ("no", &code("no")), ("unsure", &code("unsure"))])) }
            pre { (lines) }
            p { (show(S.sheet_taken_in, &[("command", &code("plainsight decide CASE --from FILE"))])) }
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
