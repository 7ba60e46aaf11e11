//! The day a page shows to its readers: beside a label, in a byline, near its title, under a notice.

use super::facts::Facts;
use super::months::{all_days, first_day, may_hold_day};
use crate::canon::Raw;
use plainsight_text::Day;
use regex::Regex;
use std::sync::OnceLock;

/// A day after a word that says what it is: 发布时间, geplaatst op, publicado el, posted on.
pub(super) fn labelled(facts: &Facts, blocks: &[Raw], main: &[bool]) -> Option<Day> {
    let last = main.iter().rposition(|m| *m).unwrap_or(blocks.len());
    let shown = blocks.iter().take(last + 12).filter(|b| !b.hidden).map(|b| b.text.as_str());
    let bylines = facts.bylines.iter().map(|b| b.text.as_str());
    bylines.chain(shown).filter(|text| may_hold_day(text)).find_map(|text| {
        let found = label().find(text)?;
        // A release date is a product's, an end date an event's.
        let before = text[..found.start()].trim_end().to_lowercase();
        let other = ["release", "end", "start", "due", "event", "expiry", "last", "delivery", "birth"];
        if other.iter().any(|w| before.ends_with(w)) {
            return None;
        }
        let after: String = text[found.end()..].chars().take(40).collect();
        first_day(&after)
    })
}

fn label() -> &'static Regex {
    static LABEL: OnceLock<Regex> = OnceLock::new();
    LABEL.get_or_init(|| {
        Regex::new(concat!(
            r"(?i)(?:发布|發布|發佈|发表|發表|刊登|登载|添加|录入|上传|更新|创建|提交|发帖|成文|印发)\s?(?:时间|時間|日期|于|於)\s?[:：]?",
            r"|(?:^|[\s\[【(（|])(?:时间|時間|日期)\s?[:：]|发表于|發表於|发布于",
            r"|\b(?:geplaatst|gepubliceerd|published|posted|publicado|publicada|veröffentlicht|publié|erstellt|pubblicato|fecha|datum|date|first published|stand|geschrieben|verfasst|mitteilung|pressemitteilung|persbericht|nota de prensa)\b(?:\s(?:op|on|el|am|le|at|by|il|vom|van|del))?\s?:?"
        ))
        .expect("the pattern is a constant")
    })
}

/// Small elements whose class speaks of a date, one day in each.
pub(super) fn byline(facts: &Facts) -> Option<Day> {
    let named = |m: &str| {
        [
            "publish",
            "pubtime",
            "pubdate",
            "post-date",
            "entry-date",
            "date-published",
            "article-date",
            "article_date",
            "dateline",
        ]
        .iter()
        .any(|w| m.contains(w))
    };
    let dated = |m: &str| {
        ["date", "time", "fecha", "datum", "byline", "source", "meta", "info", "submitted", "posted"]
            .iter()
            .any(|w| m.contains(w))
    };
    // `Written: 7 May / Updated: 9 May`: what stands before the day says what it is.
    let one = |text: &str| {
        let day = first_day(text)?;
        let words: String = text.chars().take_while(|c| !c.is_ascii_digit()).collect();
        (!is_changed(&words)).then_some(day)
    };
    let own = |marks: &str| {
        !is_another(marks)
            && ![
                "teaser", "related", "sidebar", "widget", "recent", "popular", "promo", "carousel",
                "trending",
            ]
            .iter()
            .any(|w| marks.contains(w))
    };
    let first = facts
        .bylines
        .iter()
        .filter(|b| named(&b.marks) && own(&b.marks) && !is_changed(&b.marks))
        .find_map(|b| one(&b.text));
    first.or_else(|| {
        facts
            .bylines
            .iter()
            .filter(|b| dated(&b.marks) && own(&b.marks) && !is_changed(&b.marks))
            .find_map(|b| one(&b.text))
    })
}

/// A short line with one day, within the lines around the first main block.
pub(super) fn near_title(blocks: &[Raw], main: &[bool]) -> Option<Day> {
    let first = main.iter().position(|m| *m)?;
    let around = first.saturating_sub(6)..(first + 5).min(blocks.len());
    let short = blocks[around].iter().filter(|b| !b.hidden && b.text.chars().count() <= 90).find_map(|b| {
        let days = all_days(&b.text);
        (days.len() == 1).then(|| days[0])
    });
    // `01.02.2022 „Der Markt …`: a paragraph that begins with a day in numbers.
    const PARAGRAPHS: usize = 5;
    short.or_else(|| {
        blocks.iter().zip(main).filter(|(b, m)| **m && !b.hidden).take(PARAGRAPHS).find_map(|(b, _)| {
            let head: String = b.text.chars().take(11).collect();
            head.starts_with(|c: char| c.is_ascii_digit()).then(|| first_day(&head)).flatten()
        })
    })
}

/// `Author: Wim Dirkzoon, 29.12.2010, 13:36`: the day in a line about the author.
pub(super) fn author_line(facts: &Facts) -> Option<Day> {
    let lines = facts.bylines.iter().filter(|b| b.marks.contains("author") && !is_another(&b.marks));
    let days: std::collections::BTreeSet<Day> = lines.filter_map(|b| first_day(&b.text)).collect();
    if days.len() == 1 { days.into_iter().next() } else { None }
}

/// A list of other pages: most short lines have a day each, and the days differ.
pub(super) fn is_listing(blocks: &[Raw], main: &[bool]) -> bool {
    /// A page with fewer dated lines may be one article.
    const LEAST: usize = 5;
    let lines =
        blocks.iter().zip(main).filter(|(block, main)| **main && !block.hidden).map(|(block, _)| block);
    let (mut dated, mut all) = (Vec::new(), 0);
    for block in lines {
        all += 1;
        if block.text.chars().count() <= 80
            && let [day] = all_days(&block.text)[..]
        {
            dated.push(day);
        }
    }
    let count = dated.len();
    dated.sort();
    dated.dedup();
    count >= LEAST && count * 2 >= all && dated.len() >= 3
}

/// The day under a notice, beside or below its maker.
pub(super) fn signature(blocks: &[Raw], main: &[bool]) -> Option<Day> {
    /// Lines from the end; contacts and annexes may stand below the signature.
    const NEAR_END: usize = 6;
    let lines: Vec<&Raw> = blocks
        .iter()
        .zip(main)
        .filter(|(block, main)| **main && !block.hidden)
        .map(|(block, _)| block)
        .collect();
    let end = lines.iter().skip(1).rev().take(NEAR_END);
    let day = end.filter_map(|block| crate::dateline::signed(&block.text)).next()?;
    Day::parse(&day)
}

/// Marks of a product's, an event's or a reader's day.
pub(super) fn is_another(marks: &str) -> bool {
    ["release", "comment", "review", "event", "copyright"].iter().any(|w| marks.contains(w))
}

/// Words and marks of a change, not of a publication.
pub(super) fn is_changed(text: &str) -> bool {
    let text = text.to_lowercase();
    let words =
        ["updated", "modified", "revision", "edited", "gewijzigd", "bijgewerkt", "actualizado", "modificado"];
    words.iter().any(|w| text.contains(w)) && !text.contains("publish")
}
