//! Pieces found by a grammar, freed of overlaps and joined: ranges, open
//! ranges, a day with its clock time.

use super::value::{Edge, What};
use regex::Regex;

/// A piece of text with what it says; offsets are bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Piece {
    pub start: usize,
    pub end: usize,
    pub what: What,
}

/// Makes an open range of what stands beside a word such as `since`.
pub(crate) type Open = fn(Box<What>) -> What;

/// The words that join pieces in one language; all patterns are anchored.
pub(crate) struct Joints {
    /// Between the two ends of a range: `to`, `tot`, `hasta`, `至`.
    pub to: Regex,
    /// Before the first end: `from`; goes with `to`.
    pub from: Regex,
    /// Before the first end: `between`, with `and` between the ends and `closing` after.
    pub between: Regex,
    pub and: Regex,
    pub closing: Option<Regex>,
    /// Before a piece: what an open range it makes, and from which edge.
    pub before_piece: Vec<(Regex, Open)>,
    /// After a piece.
    pub after_piece: Vec<(Regex, Open)>,
    /// Between a day and a clock time.
    pub at: Regex,
}

pub(crate) fn since(what: Box<What>) -> What {
    What::From(what, Edge::Start)
}
pub(crate) fn after(what: Box<What>) -> What {
    What::From(what, Edge::End)
}
pub(crate) fn before(what: Box<What>) -> What {
    What::Until(what, Edge::Start)
}
pub(crate) fn through(what: Box<What>) -> What {
    What::Until(what, Edge::End)
}

/// The longest piece wins where pieces overlap; the first in the text, then in the grammar, of equals.
pub(crate) fn longest(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by_key(|p| (p.start, std::cmp::Reverse(p.end)));
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        match out.last() {
            Some(last) if piece.start < last.end => {
                if piece.end - piece.start > last.end - last.start && piece.end > last.end {
                    out.pop();
                    out.push(piece);
                }
            }
            _ => out.push(piece),
        }
    }
    out
}

/// Joins neighbours, from left to right.
pub(crate) fn join(text: &str, pieces: Vec<Piece>, joints: &Joints) -> Vec<Piece> {
    let timed = with_clocks(text, pieces, joints);
    let mut out = Vec::new();
    let mut at = 0;
    let mut edge = 0;
    while at < timed.len() {
        let piece = &timed[at];
        let (joined, used) = match timed.get(at + 1).and_then(|next| range(text, edge, piece, next, joints)) {
            Some(range) => (range, 2),
            None => (open(text, edge, piece, joints), 1),
        };
        edge = joined.end;
        out.push(joined);
        at += used;
    }
    out
}

fn with_clocks(text: &str, pieces: Vec<Piece>, joints: &Joints) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        if let Some(last) = out.last_mut() {
            let near = piece.start >= last.end && joints.at.is_match(&text[last.end..piece.start]);
            match (&last.what, &piece.what) {
                (day, What::Clock(second, twice)) if near && is_day(day) => {
                    last.what = What::Moment(Box::new(day.clone()), *second, *twice);
                    last.end = piece.end;
                    continue;
                }
                (What::Clock(second, twice), day) if near && is_day(day) => {
                    last.what = What::Moment(Box::new(day.clone()), *second, *twice);
                    last.end = piece.end;
                    continue;
                }
                (day, What::Clocks(a, b, twice)) if near && is_day(day) => {
                    last.what = What::DayClocks(Box::new(day.clone()), *a, *b, *twice);
                    last.end = piece.end;
                    continue;
                }
                // `tonight at 8`: the part of the day says which eight.
                (What::DayClocks(day, from, _, _), What::Clock(second, _)) if near => {
                    let second = if *from >= 43_200 && *second < 43_200 { second + 43_200 } else { *second };
                    last.what = What::Moment(day.clone(), second, false);
                    last.end = piece.end;
                    continue;
                }
                // 每天上午9点
                (What::Repeating, What::Clock(..) | What::Clocks(..)) if near => {
                    last.end = piece.end;
                    continue;
                }
                // 8天20时
                (What::Length(a), What::Clock(b, _)) if last.end == piece.start => {
                    last.what = What::Length(a + *b as f64);
                    last.end = piece.end;
                    continue;
                }
                (What::Length(a), What::Length(b)) if is_plus(&text[last.end..piece.start]) => {
                    last.what = What::Length(a + b);
                    last.end = piece.end;
                    continue;
                }
                (What::Clocks(a, b, twice), day) if near && is_day(day) => {
                    last.what = What::DayClocks(Box::new(day.clone()), *a, *b, *twice);
                    last.end = piece.end;
                    continue;
                }
                _ => {}
            }
        }
        out.push(piece);
    }
    out
}

/// `1 hour and 30 minutes`, `8天又20小时`.
fn is_plus(gap: &str) -> bool {
    matches!(gap.trim(), "" | "and" | "en" | "y" | "又" | "零") && gap.len() < 6
}

fn is_day(what: &What) -> bool {
    matches!(what, What::Days(_) | What::Weekday(..) | What::Calendar { day: Some(_), .. })
}

fn is_end(what: &What) -> bool {
    !matches!(what, What::Repeating | What::Length(_) | What::Clocks(..) | What::Between(..))
}

fn range(text: &str, edge: usize, a: &Piece, b: &Piece, joints: &Joints) -> Option<Piece> {
    // `昨天5:00-6:00`: the second hour is of the same day.
    if let (What::Moment(day, from, _), What::Clock(to, _)) = (&a.what, &b.what)
        && joints.to.is_match(text.get(a.end..b.start)?)
    {
        let opened = joints.from.find(&text[edge..a.start]);
        let start = opened.filter(|m| !m.is_empty()).map_or(a.start, |m| edge + m.start());
        return Some(Piece { start, end: b.end, what: What::DayClocks(day.clone(), *from, *to, false) });
    }
    if !is_end(&a.what)
        || !is_end(&b.what)
        || matches!(a.what, What::Clock(..)) != matches!(b.what, What::Clock(..))
    {
        return None;
    }
    // The point of `30 Jul.` stands in the gap.
    let gap = text.get(a.end..b.start)?.trim_start_matches('.');
    let head = &text[edge..a.start];
    let tail = &text[b.end..];
    let closing = joints.closing.as_ref().and_then(|c| c.find(tail)).map(|m| m.end());
    let (start, end) = if joints.to.is_match(gap) {
        let before = joints.from.find(head).or_else(|| joints.between.find(head));
        (before.map_or(a.start, |m| edge + m.start()), b.end)
    } else if joints.and.is_match(gap) && (joints.between.is_match(head) || closing.is_some()) {
        (joints.between.find(head).map_or(a.start, |m| edge + m.start()), b.end + closing.unwrap_or(0))
    } else {
        return None;
    };
    let (a, b) =
        (&Piece { what: day_of(&a.what), ..a.clone() }, &Piece { what: day_of(&b.what), ..b.clone() });
    let first = lend_year(&a.what, &b.what);
    let second = match (&a.what, lend_month(&a.what, &b.what)) {
        // 下午五点到六点: the second hour is of the same half of the day.
        (What::Clock(from, _), What::Clock(to, twice))
            if *from >= 43_200 && to + 43_200 > *from && to < 43_200 && bare_hour(text, b) =>
        {
            What::Clock(to + 43_200, twice)
        }
        (_, second) => second,
    };
    Some(Piece { start, end, what: What::Between(Box::new(first), Box::new(second)) })
}

/// 3日夜至4日凌晨: a night is a span of both days.
fn day_of(what: &What) -> What {
    match what {
        What::DayClocks(day, ..) => day.as_ref().clone(),
        other => other.clone(),
    }
}

/// Whether a clock time begins with its number.
fn bare_hour(text: &str, piece: &Piece) -> bool {
    text[piece.start..].starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十两".contains(c))
}

/// `26 June to 28 June 2020`: the year stands once, at the end.
pub(crate) fn lend_year(a: &What, b: &What) -> What {
    match (a, b) {
        (
            What::Calendar { year: None, month, day },
            What::Calendar { year: Some(year), month: other, day: last },
        ) => {
            // November to February 2017 began the year before.
            let earlier = matches!((month, other), (Some(m), Some(o)) if (m, day) > (o, last));
            What::Calendar { year: Some(if earlier { year - 1 } else { *year }), month: *month, day: *day }
        }
        _ => a.clone(),
    }
}

/// `从一月十日到20日`, `2019年3月至5月`: what is missing at the end stands at the beginning.
pub(crate) fn lend_month(a: &What, b: &What) -> What {
    match (a, b) {
        (
            What::Calendar { year, month: Some(month), day: Some(_) },
            What::Calendar { year: None, month: None, day: Some(day) },
        ) => next_month(
            *year,
            *month,
            matches!(a, What::Calendar { day: Some(first), .. } if first > day),
            *day,
        ),
        (
            What::Calendar { year: Some(year), month: Some(m), .. },
            What::Calendar { year: None, month: Some(month), day },
        ) => What::Calendar {
            year: Some(if month < m { year + 1 } else { *year }),
            month: Some(*month),
            day: *day,
        },
        _ => b.clone(),
    }
}

/// A day of the month, or of the one after it: from April 27th to the third.
fn next_month(year: Option<i32>, month: u32, next: bool, day: u32) -> What {
    let (year, month) = match (next, month) {
        (true, 12) => (year.map(|y| y + 1), 1),
        (true, m) => (year, m + 1),
        (false, m) => (year, m),
    };
    What::Calendar { year, month: Some(month), day: Some(day) }
}

fn open(text: &str, edge: usize, piece: &Piece, joints: &Joints) -> Piece {
    if matches!(piece.what, What::Repeating | What::Length(_)) {
        return piece.clone();
    }
    let (head, tail) = (&text[edge..piece.start], &text[piece.end..]);
    if matches!(piece.what, What::Between(..) | What::Clocks(..)) {
        let opened = joints.from.find(head).or_else(|| joints.between.find(head));
        return Piece { start: opened.map_or(piece.start, |m| edge + m.start()), ..piece.clone() };
    }
    for (pattern, make) in &joints.after_piece {
        // In `2010 and before 2018` the second word belongs to the second year.
        let goes_on =
            |found: &regex::Match| tail[found.end()..].trim_start().starts_with(|c: char| c.is_ascii_digit());
        if let Some(found) = pattern.find(tail).filter(|f| !goes_on(f)) {
            let opened = found.as_str().ends_with("开始").then(|| joints.from.find(head)).flatten();
            let start = opened.filter(|m| !m.is_empty()).map_or(piece.start, |m| edge + m.start());
            return Piece { start, end: piece.end + found.end(), what: make(Box::new(piece.what.clone())) };
        }
    }
    for (pattern, make) in &joints.before_piece {
        if let Some(found) = pattern.find(head) {
            return Piece {
                start: edge + found.start(),
                end: piece.end,
                what: make(Box::new(piece.what.clone())),
            };
        }
    }
    piece.clone()
}
