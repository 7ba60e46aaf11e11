//! One grammar for Dutch, Spanish and English; the words come from tables.

use super::calendar::Unit;
use super::combine::{Joints, Piece, join, longest};
use super::value::What;
use plainsight_text::{Captures, Day, Haystack, Patterns};
use regex::Regex;
use std::ops::Deref;

/// The words of a language. Alternatives of a pattern are parted by `|`; `{N}`,
/// `{U}`, `{M}`, `{W}` stand for numbers, units, months, weekdays.
pub(crate) struct Words {
    pub months: &'static [(&'static str, i64)],
    pub weekdays: &'static [(&'static str, i64)],
    pub days: &'static [(&'static str, i64)],
    pub units: &'static [(&'static str, Unit)],
    pub numbers: &'static [(&'static str, i64)],
    pub ordinals: &'static [(&'static str, i64)],
    /// The article and the ending of a day's number: `the`, `1st`.
    pub article: &'static str,
    pub suffix: &'static str,
    pub of: &'static str,
    pub now: &'static str,
    pub next: &'static str,
    pub last: &'static str,
    pub this: &'static str,
    /// Whether `next` and `last` may follow (`la semana pasada`).
    pub may_follow: bool,
    pub ago: &'static str,
    pub ahead_before: &'static str,
    pub ahead_after: &'static str,
    pub every: &'static str,
    pub repeating: &'static str,
    pub year_word: &'static str,
    pub week_word: &'static str,
    pub quarter: &'static str,
    pub half: &'static str,
    pub decade: &'static str,
    pub morning: &'static str,
    pub evening: &'static str,
    pub clock_word: &'static str,
    pub clock_before: &'static str,
    /// Between and before two hours or two days: `to`, `and`, `from`, `between`.
    pub to: &'static str,
    pub and: &'static str,
    pub from: &'static str,
    pub between: &'static str,
    /// Before an hour: `las`.
    pub the_hour: &'static str,
    /// Parts of a month, week or year.
    pub early: &'static str,
    pub mid: &'static str,
    pub late: &'static str,
    /// Patterns with the hours from and to.
    pub parts_of_day: &'static [(&'static str, (i64, i64))],
    /// The article that belongs to `the last week`; empty where it does not.
    pub own_article: &'static str,
    /// In English a month stands before the day in numbers, too.
    pub month_first: bool,
}

pub(crate) struct Grammar {
    words: Known,
    rules: Vec<Make>,
    patterns: Patterns,
    joints: Joints,
}

type Make = fn(&Known, &Captures) -> Option<What>;

/// The words of a language, with those that are patterns ready to be asked of a whole word.
struct Known {
    words: Words,
    next: Regex,
    last: Regex,
    this: Regex,
    early: Regex,
    mid: Regex,
    morning: Regex,
    evening: Regex,
    parts_of_day: Vec<(Regex, (i64, i64))>,
}

impl Known {
    fn new(words: Words) -> Self {
        let whole =
            |pattern: &str| Regex::new(&format!("(?i)^(?:{pattern})$")).expect("the pattern is a constant");
        Self {
            next: whole(words.next),
            last: whole(words.last),
            this: whole(words.this),
            early: whole(words.early),
            mid: whole(words.mid),
            morning: whole(words.morning),
            evening: whole(words.evening),
            parts_of_day: words.parts_of_day.iter().map(|(p, hours)| (whole(p), *hours)).collect(),
            words,
        }
    }
}

impl Deref for Known {
    type Target = Words;

    fn deref(&self) -> &Words {
        &self.words
    }
}

pub(crate) fn find(text: &str, grammar: &Grammar) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let haystack = Haystack::new(text);
    for (number, pattern) in grammar.patterns.possible(&haystack) {
        let make = grammar.rules[number];
        for found in pattern.captures_iter(&haystack) {
            let Some(range) = found.name("x").or_else(|| found.get(0)) else { continue };
            if stands_alone(text, range.start(), range.end())
                && let Some(what) = make(&grammar.words, &found)
            {
                pieces.push(Piece { start: range.start(), end: range.end(), what });
            }
        }
    }
    join(text, longest(pieces), &grammar.joints)
}

/// No letter or digit touches the piece, and it is not part of a longer number, address or path.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().last();
    let mut after = text[end..].chars();
    let (next, second) = (after.next(), after.next());
    let first = text[start..end].chars().next().unwrap_or(' ');
    let last = text[start..end].chars().last().unwrap_or(' ');
    let touches = |a: char, b: char| a.is_alphanumeric() && b.is_alphanumeric();
    if before.is_some_and(|b| {
        touches(b, first)
            || (first.is_ascii_digit() && matches!(b, '$' | '€' | '£' | '#' | '@' | '_' | '=' | '/' | '+'))
    }) {
        return false;
    }
    if next.is_some_and(|n| touches(last, n) || (last.is_ascii_digit() && matches!(n, '%' | '€' | '°' | '_')))
    {
        return false;
    }
    if end - start == 4
        && text[start..end].bytes().all(|b| b.is_ascii_digit())
        && !years_beside(&text[..start], &text[end..])
    {
        return false;
    }
    // 192.168.2019.1 and 3,2019 are no dates.
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = last.is_ascii_digit() && matches!(next, Some('.' | ',' | ':' | '/')) && number(second);
    let began = matches!(before, Some('.' | ':')) && number(text[..start].chars().rev().nth(1));
    !(goes_on || first.is_ascii_digit() && began)
}

/// A hyphen joins a year to a year, not to a number: 138-2010-2015 is a telephone.
fn years_beside(before: &str, after: &str) -> bool {
    let left: String =
        before.strip_suffix('-').unwrap_or("").chars().rev().take_while(char::is_ascii_digit).collect();
    let right: String =
        after.strip_prefix('-').unwrap_or("").chars().take_while(char::is_ascii_digit).collect();
    (left.is_empty() || left.len() == 4 && (left.ends_with('1') || left.ends_with('2')))
        && (right.is_empty() || right.len() == 4 && right.starts_with(['1', '2']))
}

pub(crate) fn build(words: Words, joints: impl Fn(&dyn Fn(&str) -> Regex) -> Joints) -> Grammar {
    let alternatives = |list: Vec<&str>| {
        let mut list: Vec<String> = list.into_iter().map(regex::escape).collect();
        // The longest first: `sept` before `sep`.
        list.sort_by_key(|w| (std::cmp::Reverse(w.len()), w.clone()));
        list.join("|")
    };
    let names = |list: &'static [(&'static str, i64)]| alternatives(list.iter().map(|w| w.0).collect());
    let fill = |pattern: &str| {
        let number = format!(r"[0-9]{{1,4}}|{}", names(words.numbers));
        let day = format!(r"(?:[0-3]?[0-9])(?:{})?|{}", words.suffix, names(words.ordinals));
        let group = |alternatives: &str| format!("(?:{alternatives})");
        let list = [
            ("{M}", names(words.months)),
            ("{W}", names(words.weekdays)),
            ("{DAYS}", names(words.days)),
            ("{U}", alternatives(words.units.iter().map(|w| w.0).collect())),
            ("{N}", number),
            ("{D}", day),
            ("{O}", names(words.ordinals)),
            ("{art}", words.article.to_owned()),
            ("{own}", words.own_article.to_owned()),
            ("{of}", words.of.to_owned()),
            ("{now}", words.now.to_owned()),
            ("{next}", words.next.to_owned()),
            ("{last}", words.last.to_owned()),
            ("{this}", words.this.to_owned()),
            ("{ago}", words.ago.to_owned()),
            ("{ahead_before}", words.ahead_before.to_owned()),
            ("{ahead_after}", words.ahead_after.to_owned()),
            ("{every}", words.every.to_owned()),
            ("{repeating}", words.repeating.to_owned()),
            ("{year}", words.year_word.to_owned()),
            ("{week}", words.week_word.to_owned()),
            ("{quarter}", words.quarter.to_owned()),
            ("{half}", words.half.to_owned()),
            ("{decade}", words.decade.to_owned()),
            ("{am}", words.morning.to_owned()),
            ("{pm}", words.evening.to_owned()),
            ("{clock}", words.clock_word.to_owned()),
            ("{clock_before}", words.clock_before.to_owned()),
            ("{suffix}", words.suffix.to_owned()),
            ("{to}", words.to.to_owned()),
            ("{and}", words.and.to_owned()),
            ("{from}", words.from.to_owned()),
            ("{between}", words.between.to_owned()),
            ("{the_hour}", words.the_hour.to_owned()),
            ("{early}", words.early.to_owned()),
            ("{mid}", words.mid.to_owned()),
            ("{late}", words.late.to_owned()),
            ("{parts_of_day}", words.parts_of_day.iter().map(|p| p.0).collect::<Vec<_>>().join("|")),
        ];
        list.iter().fold(pattern.to_owned(), |p, (name, value)| p.replace(name, &group(value)))
    };
    let written = |pattern: &str| format!("(?i){}", fill(pattern));
    let joints = joints(&|pattern| Regex::new(&written(pattern)).expect("the pattern is a constant"));
    let (patterns, rules): (Vec<String>, Vec<Make>) =
        rules(&words).into_iter().map(|(pattern, make)| (written(&pattern), make)).unzip();
    let patterns = Patterns::new(patterns.iter().map(String::as_str)).expect("the patterns are constants");
    Grammar { rules, patterns, joints, words: Known::new(words) }
}

fn rules(words: &Words) -> Vec<(String, Make)> {
    let y = r"(?P<y>(?:19|20)[0-9]{2})";
    let w = r"(?:(?:(?:{next}|{this}|{last})\s)?(?:{W})\.?,?\s+(?:{art}\s)?)?";
    let mut out: Vec<(String, Make)> = vec![
        (format!(r"\b(?P<x>{w}(?:{{art}}\s)?(?P<d>{{D}})\.?\s*(?:{{of}}\s)?\s*(?P<m>{{M}})(?:\.?,?\s*(?:(?:{{of}})\s)?(?:{{year}}\s)?{y})?)\b"), calendar),
        (format!(r"\b(?P<x>{w}(?P<m>{{M}})\.?\s*(?:{{art}}\s)?(?P<d>{{D}})(?:,?\s*(?:(?:{{of}})\s)?{y})?)\b"), calendar),
        (format!(r"\b(?P<x>(?P<d>[0-3]?[0-9])[-/.](?P<m>{{M}})\.?(?:[-/.]{y})?)\b"), calendar),
        (format!(r"\b(?P<x>(?P<m>{{M}})[-/](?P<d>[0-3]?[0-9])[-/]{y})\b"), calendar),
        (format!(r"\b(?P<x>{y}[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9]))\b"), calendar),
        (format!(r"\b(?P<x>{w}(?P<a>[0-3]?[0-9])[-/.](?P<b>[0-3]?[0-9])[-/.](?P<yy>(?:19|20)?[0-9]{{2}}))\b"), numeric),
        (format!(r"\b(?P<x>(?P<m>{{M}})\.?,?\s*(?:[-/]|(?:{{of}})\s)?\s*(?:{{year}}\s)?{y})\b"), calendar),
        (format!(r"\b(?P<x>{y}[-/]?\s?(?P<m>{{M}}))\b"), calendar),
        (format!(r"\b(?P<x>{y}[-/](?P<m>{{M}})[-/](?P<d>[0-3]?[0-9]))\b"), calendar),
        (r"\b(?P<x>(?:(?P<w>(?:(?:{next}|{this}|{last})\s)?(?:{W}))\.?,?\s\(?)?(?P<a>[0-3]?[0-9])(?P<by>[-/.])(?P<b>[0-3]?[0-9]))\b".to_owned(), without_year),
        (r"\b(?P<x>(?:{W})\.?,?\s(?:(?:{art}|el)\s)?(?P<d>{D}))(?:[^\p{L}\s0-9:]|\s(?:at|om|a|and|or|of|en|y)\b|\s?$)".to_owned(), calendar),
        (r"\b(?P<o>{next}|{last}|{this})\s(?P<m>{M})\b".to_owned(), relative_month),
        (r"\b(?P<m>{M})\b".to_owned(), month_alone),
        (r"\b(?:in|since|from|until|by|to|last|next|and|between|during)\s(?P<x>May)\b".to_owned(), may),
        (format!(r"\b(?P<x>(?:{{art}}\s)?(?P<d1>[0-3]?[0-9])\s?(?:{{to}})\s?(?:{{art}}\s)?(?P<d>[0-3]?[0-9](?:{{suffix}})?)\s(?:{{of}}\s)?(?P<m>{{M}})(?:\.?,?\s(?:{{of}}\s)?{y})?)\b"), day_range),
        (format!(r"\b(?P<x>(?P<m>{{M}})\.?\s(?P<d1>[0-3]?[0-9])\s?(?:{{to}})\s?(?P<d>[0-3]?[0-9])(?:,?\s{y})?)\b"), day_range),
        (r"\b(?P<w>{W})\.?,?\s(?:(?:{of})\s)?(?:{art}\s)?(?P<o>{next}|{last}|{this})\s{week}\b".to_owned(), day_of_week),
        (r"\b(?P<o>{next}|{last}|{this})\s{week}(?:,|\s-)?\s(?:(?:on|op|el)\s)?(?P<w>{W})\b".to_owned(), day_of_week),
        (format!(r"\b(?P<x>(?:{{own}}\s)?(?P<part>{{early}}|{{mid}}|{{late}})[\s-](?:(?:{{of}})\s)?(?:(?:{{art}})\s)?(?:(?:(?P<o>{{next}}|{{last}}|{{this}})\s)?(?P<u>{{U}})|(?:(?P<m>{{M}})\.?)?,?(?:\s?(?:(?:{{of}})\s)?{y})?))\b"), part_of),
        (r"\b(?P<x>(?:(?:{from}|{between})\s)?(?:{the_hour}\s)?(?P<h>[0-2]?[0-9])(?:[:.](?P<mi>[0-5][0-9]))?(?:\s?(?:{clock}))?(?:\s?(?P<z1>{am}|{pm}))?\s?(?:{to}|{and})\s?(?:{the_hour}\s)?(?P<h2>[0-2]?[0-9])(?:[:.](?P<mi2>[0-5][0-9]))?(?:\s?(?:{clock}))?(?:\s?(?P<z2>{am}|{pm}))?)".to_owned(), clock_range),
        (r"\b(?:(?P<o>{this})\s)?(?P<p>{parts_of_day})\b".to_owned(), part_of_day),
        (r"\b(?P<x>{art}\s(?P<d>[0-3]?[0-9](?:{suffix})))(?:[^\p{L}\s]|\s(?:at|om|a|from|van|and|or|of|en|y)\b|\s?$)".to_owned(), calendar),
        (format!(r"\b(?P<x>{y}-(?P<m>0[1-9]|1[0-2]))\b"), calendar),
        (format!(r"\b(?P<x>(?:(?:{{art}})\s)?(?:{{year}}\s)?{y})\b"), year_alone),
        (r"\b(?P<x>(?:{art}\s)?(?:{decade}\s?)(?:[’']?(?P<t>[0-9]0)|(?P<t4>(?:19|20)[0-9]0))s?)\b".to_owned(), decade),
        (r"\b(?P<x>(?:{art}\s)?(?P<t4>(?:19|20)[0-9]0)[’']?s)\b".to_owned(), decade),
        (r"\b(?P<w>{DAYS})\b".to_owned(), named_day),
        (r"\b(?:{now})\b".to_owned(), |_, _| Some(What::Now)),
        (r"\b(?P<o>{next}|{last}|{this})\s(?P<w>{W})\b".to_owned(), week_day),
        (r"\b(?P<w>{W})\b".to_owned(), week_day),
        (r"\b(?:{own}\s)?(?P<o>{next}|{last}|{this})\s(?P<u>{U})\b".to_owned(), whole),
        (r"\b(?P<o>{next}|{last})\s(?P<n>{N})\s(?P<u>{U})\b".to_owned(), many),
        (r"\b(?P<n>{N})\s(?P<o>{next}|{last})\s(?P<u>{U})\b".to_owned(), many),
        (r"\b(?P<n>{N})\s?(?P<u>{U})\s(?:{ago})\b".to_owned(), |w, c| away(w, c, -1)),
        (r"\b(?:{ahead_before})\s(?P<n>{N})\s?(?P<u>{U})\b".to_owned(), |w, c| away(w, c, 1)),
        (r"\b(?P<n>{N})\s?(?P<u>{U})\s(?:{ahead_after})\b".to_owned(), |w, c| away(w, c, 1)),
        (r"\b(?P<n>{N})\s?(?P<u>{U})\b".to_owned(), length),
        (r"\b(?:{every})\s(?:(?:{N})\s)?(?:{U}|{W}|{M})\b".to_owned(), |_, _| Some(What::Repeating)),
        (r"\b(?:{repeating})\b".to_owned(), |_, _| Some(What::Repeating)),
        (format!(r"\b(?P<x>(?:{{art}}\s)?(?P<n>{{O}}|{{last}})\s(?:{{week}})\s(?:{{of}})\s(?:(?P<m>{{M}})\.?,?\s*(?:(?:{{of}})\s)?)?(?:{y})?)\b"), week_of),
        (format!(r"\b(?P<x>(?:{{week}})\s(?P<n>[0-5]?[0-9])(?:,?\s(?:(?:{{of}})\s)?{y})?)\b"), numbered_week),
        (format!(r"\b(?P<x>(?:{{quarter}})(?P<q>[1-4])(?:[\s-]?(?:(?:{{of}})\s)?{y})?)\b"), quarter),
        (format!(r"\b(?P<x>{y}[\s-]?(?:{{quarter}})(?P<q>[1-4]))\b"), quarter),
        (format!(r"\b(?P<x>(?:{{half}})(?P<h>[12])(?:[\s-]?{y})?)\b"), quarter),
        (format!(r"\b(?P<x>{y}[\s-]?(?:{{half}})(?P<h>[12]))\b"), quarter),
        (r"\b(?P<x>(?:{clock_before}\s)?(?P<h>[0-2]?[0-9])[:.](?P<mi>[0-5][0-9])(?:[:.](?P<s>[0-5][0-9]))?(?:\s?(?P<z>{am}|{pm}))?(?:\s?(?:{clock}))?)".to_owned(), clock),
        (r"\b(?P<x>(?:{clock_before}\s)?(?P<h>[0-2]?[0-9])\s?(?:(?:{clock})\s)?(?P<z>{am}|{pm}))".to_owned(), clock),
        (r"\b(?P<x>(?:{clock_before}\s)?(?P<h>[0-2]?[0-9])\s?(?:{clock}))\b".to_owned(), clock),
    ];
    if words.may_follow {
        out.push((r"\bhace\s(?P<n>{N})\s(?P<u>{U})\b".to_owned(), |w, c| away(w, c, -1)));
        out.push((r"\b(?:{art}\s)?(?P<u>{U})\s(?P<o>{next}|{last})\b".to_owned(), whole));
        out.push((r"\b(?P<w>{W})\s(?P<o>{next}|{last})\b".to_owned(), week_day));
        out.push((r"\b(?:{art}\s)?(?P<n>{N})\s(?P<u>{U})\s(?P<o>{next}|{last})\b".to_owned(), many));
    }
    out
}

fn lookup<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    let word = word.to_lowercase();
    list.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn number(words: &Known, word: &str) -> Option<i64> {
    word.parse().ok().or_else(|| lookup(words.numbers, word)).or_else(|| lookup(words.ordinals, word))
}

fn calendar(words: &Known, found: &Captures) -> Option<What> {
    let year = found.name("y").and_then(|y| y.as_str().parse().ok());
    let month = match found.name("m") {
        Some(m) => Some(
            lookup(words.months, m.as_str())
                .or_else(|| m.as_str().parse().ok())
                .filter(|m| (1..=12).contains(m))? as u32,
        ),
        None => None,
    };
    let day = match found.name("d") {
        Some(d) => {
            let digits: String = d.as_str().chars().take_while(char::is_ascii_digit).collect();
            Some(
                digits
                    .parse()
                    .ok()
                    .or_else(|| lookup(words.ordinals, d.as_str()))
                    .filter(|d| (1..=31).contains(d))? as u32,
            )
        }
        None => None,
    };
    Some(What::Calendar { year, month, day })
}

/// `11/25`, `Friday 7.6`: without a weekday only a slash between numbers of which one has two digits; 24/7 and 1/2 are no days.
fn without_year(words: &Known, found: &Captures) -> Option<What> {
    let part = |name: &str| found[name].parse::<u32>().ok();
    let (a, b) = (part("a")?, part("b")?);
    if found.name("w").is_none() && (&found["by"] != "/" || a < 10 && b < 10 || (a, b) == (24, 7)) {
        return None;
    }
    let ((day, month), other) = if words.month_first { ((b, a), (a, b)) } else { ((a, b), (b, a)) };
    let (day, month) = if (1..=12).contains(&month) { (day, month) } else { other };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(What::Calendar {
        year: None,
        month: Some(month),
        day: Some(day),
    })
}

fn numeric(words: &Known, found: &Captures) -> Option<What> {
    let part = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    let (a, b, year) = (part("a")?, part("b")?, part("yy")?);
    let written = found.name("yy").map_or(0, |m| m.as_str().len());
    let year = match (written, year) {
        (2, y) if y < 40 => 2000 + y,
        (2, y) => 1900 + y,
        (_, y) => y,
    } as i32;
    let (first, second) = if words.month_first { ((b, a), (a, b)) } else { ((a, b), (b, a)) };
    let (day, month) = if first.1 <= 12 { first } else { second };
    // 13-13-2015 and 45.12.99 are numbers of something else.
    Day::new(year, month.clamp(1, 12), 1)?;
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(What::Calendar {
        year: Some(year),
        month: Some(month),
        day: Some(day),
    })
}

/// `may`, `march`, `mar`, `set` and `ago` in lower case are words, too.
fn month_alone(words: &Known, found: &Captures) -> Option<What> {
    let word = found.name("m")?.as_str();
    let month = lookup(words.months, word)? as u32;
    let ambiguous = matches!(word, "march" | "mar" | "set" | "ago")
        || (words.month_first && matches!(word, "may" | "May"));
    (!ambiguous).then_some(What::Calendar { year: None, month: Some(month), day: None })
}

/// `in May`, `since May`: a word before it makes it a month.
fn may(_: &Known, found: &Captures) -> Option<What> {
    (&found["x"] == "May").then_some(What::Calendar { year: None, month: Some(5), day: None })
}

/// `18-19 November`, `18 al 20 de junio de 2019`.
fn day_range(words: &Known, found: &Captures) -> Option<What> {
    let second = calendar(words, found)?;
    let first: u32 = found["d1"].chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()?;
    match second {
        What::Calendar { year, month, day: Some(day) } if (1..day).contains(&first) => {
            Some(What::Between(Box::new(What::Calendar { year, month, day: Some(first) }), Box::new(second)))
        }
        _ => None,
    }
}

/// `tuesday of last week`, `next week Monday`.
fn day_of_week(words: &Known, found: &Captures) -> Option<What> {
    Some(What::Weekday(lookup(words.weekdays, &found["w"])?, Some(direction(words, &found["o"])?)))
}

/// `later this week`, `eind juli`, `a principios de 2000`.
fn part_of(words: &Known, found: &Captures) -> Option<What> {
    let which = if words.early.is_match(&found["part"]) {
        0
    } else if words.mid.is_match(&found["part"]) {
        1
    } else {
        2
    };
    let inner = match found.name("u") {
        Some(u) => {
            let direction = found.name("o").map_or(Some(0), |o| direction(words, o.as_str()))?;
            What::Whole(
                direction,
                lookup(words.units, u.as_str())
                    .filter(|u| matches!(u, Unit::Week | Unit::Month | Unit::Year))?,
            )
        }
        None => calendar(words, found)?,
    };
    (inner != What::Calendar { year: None, month: None, day: None })
        .then(|| What::Third(Box::new(inner), which))
}

/// `from 5 to 6pm`, `entre las 3 y las 4 de la tarde`.
fn clock_range(words: &Known, found: &Captures) -> Option<What> {
    let part = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i64>().ok());
    let second =
        |h: &str, m: &str| part(h).filter(|h| *h <= 24).map(|h| h % 24 * 3600 + part(m).unwrap_or(0) * 60);
    let (mut a, mut b) = (second("h", "mi")?, second("h2", "mi2")?);
    let late = |name: &str| found.name(name).map(|z| words.evening.is_match(z.as_str()));
    let (first, last) = (late("z1"), late("z2"));
    let marked = first.is_some() || last.is_some();
    if last == Some(true) && b < 43_200 {
        b += 43_200;
    }
    if first.or(last) == Some(true) && a < 43_200 && (first.is_some() || a + 43_200 < b) {
        a += 43_200;
    }
    // 2014-2018 and 12-4 are no hours; two hours need a word or a colon.
    // From ten to three passes noon.
    let noon = !marked && b < a && b < 43_200;
    if noon {
        b += 43_200;
    }
    let said = marked
        || found[0].contains(':')
        || found[0].starts_with(char::is_alphabetic) && found[0].contains(char::is_whitespace);
    let twice = !marked && !noon && a < 46_800 && b < 46_800;
    said.then_some(What::Clocks(a, b, twice))
}

fn part_of_day(words: &Known, found: &Captures) -> Option<What> {
    let (_, (a, b)) = words.parts_of_day.iter().find(|(p, _)| p.is_match(&found["p"]))?;
    let clocks = What::Clocks(a * 3600, if *b == 24 { 86_399 } else { b * 3600 }, false);
    match found.name("o") {
        Some(_) => Some(What::DayClocks(
            Box::new(What::Days(0)),
            a * 3600,
            if *b == 24 { 86_399 } else { b * 3600 },
            false,
        )),
        None => Some(clocks),
    }
}

fn relative_month(words: &Known, found: &Captures) -> Option<What> {
    let month = lookup(words.months, &found["m"])? as u32;
    match direction(words, &found["o"])? {
        0 => Some(What::Part(Box::new(What::Whole(0, Unit::Year)), month - 1, month)),
        1 => Some(What::Part(Box::new(What::Whole(1, Unit::Year)), month - 1, month)),
        _ => Some(What::Part(Box::new(What::Whole(-1, Unit::Year)), month - 1, month)),
    }
}

fn year_alone(_: &Known, found: &Captures) -> Option<What> {
    let year: i32 = found["y"].parse().ok()?;
    // 2000 is more often a number than a year; without a word before it years are 1900 to 2099.
    (1900..=2099).contains(&year).then_some(What::Calendar { year: Some(year), month: None, day: None })
}

fn decade(_: &Known, found: &Captures) -> Option<What> {
    let start: i32 = match (found.name("t4"), found.name("t")) {
        (Some(four), _) => four.as_str().parse().ok()?,
        (_, Some(two)) => 1900 + two.as_str().parse::<i32>().ok()?,
        _ => return None,
    };
    Some(What::Range(Day::new(start, 1, 1)?, Day::new(start + 10, 1, 1)?))
}

fn named_day(words: &Known, found: &Captures) -> Option<What> {
    lookup(words.days, &found["w"]).map(What::Days)
}

/// 1 for next, -1 for last, 0 for this.
fn direction(words: &Known, word: &str) -> Option<i64> {
    if words.next.is_match(word) {
        Some(1)
    } else if words.last.is_match(word) {
        Some(-1)
    } else {
        words.this.is_match(word).then_some(0)
    }
}

fn week_day(words: &Known, found: &Captures) -> Option<What> {
    let word = &found["w"];
    let day = lookup(words.weekdays, word)?;
    // `sun`, `sat`, `wed`, `do`, `ma` are words; short forms count beside a date only.
    let weeks = match found.name("o") {
        Some(o) => Some(direction(words, o.as_str())?),
        None if word.chars().count() <= 4 => return None,
        None => None,
    };
    Some(What::Weekday(day, weeks))
}

fn whole(words: &Known, found: &Captures) -> Option<What> {
    let unit = lookup(words.units, &found["u"])?;
    let direction = direction(words, &found["o"])?;
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => None,
        _ => Some(What::Whole(direction, unit)),
    }
}

fn many(words: &Known, found: &Captures) -> Option<What> {
    let n = number(words, &found["n"])?;
    Some(What::Many(n * direction(words, &found["o"])?, lookup(words.units, &found["u"])?))
}

fn away(words: &Known, found: &Captures, sign: i64) -> Option<What> {
    Some(What::Away(number(words, &found["n"])? * sign, lookup(words.units, &found["u"])?))
}

fn length(words: &Known, found: &Captures) -> Option<What> {
    let n = number(words, &found["n"])? as f64;
    Some(What::Length(n * lookup(words.units, &found["u"])?.seconds()))
}

fn week_of(words: &Known, found: &Captures) -> Option<What> {
    let n = lookup(words.ordinals, &found["n"])
        .or_else(|| (direction(words, &found["n"]) == Some(-1)).then_some(-1))?;
    let what = calendar(words, found)?;
    (what != What::Calendar { year: None, month: None, day: None }).then(|| What::WeekOf(n, Box::new(what)))
}

fn numbered_week(_: &Known, found: &Captures) -> Option<What> {
    let n: i64 = found["n"].parse().ok().filter(|n| (1..=53).contains(n))?;
    let year = found.name("y").and_then(|y| y.as_str().parse().ok());
    let year =
        year.map_or(What::Whole(0, Unit::Year), |y| What::Calendar { year: Some(y), month: None, day: None });
    Some(What::WeekOf(n, Box::new(year)))
}

fn quarter(_: &Known, found: &Captures) -> Option<What> {
    let year = found.name("y").and_then(|y| y.as_str().parse().ok());
    let year =
        year.map_or(What::Whole(0, Unit::Year), |y| What::Calendar { year: Some(y), month: None, day: None });
    let part = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
    Some(match (part("q"), part("h")) {
        (Some(q), _) => What::Part(Box::new(year), (q - 1) * 3, q * 3),
        (_, Some(h)) => What::Part(Box::new(year), (h - 1) * 6, h * 6),
        _ => return None,
    })
}

fn clock(words: &Known, found: &Captures) -> Option<What> {
    let part = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<i64>().ok());
    let (mut hour, minute, second) = (part("h")?, part("mi").unwrap_or(0), part("s").unwrap_or(0));
    let zone = found.name("z").map(|m| m.as_str());
    if zone.is_some_and(|z| words.evening.is_match(z)) && hour < 12 {
        hour += 12;
    } else if zone.is_some_and(|z| words.morning.is_match(z)) && hour == 12 {
        hour = 0;
    }
    if hour > 24 {
        return None;
    }
    // A point between two numbers is a clock time only with a word that says so.
    let said = zone.is_some() || found[0].contains(':') || found[0].chars().any(char::is_alphabetic);
    let two_digits = found.name("h").is_some_and(|h| h.as_str().starts_with('0'));
    said.then_some(What::Clock(
        hour % 24 * 3600 + minute * 60 + second,
        zone.is_none() && (1..=12).contains(&hour) && !two_digits,
    ))
}
