//! The day of publication. The order of evidence follows htmldate's idea
//! (Barbaresi 2020, JOSS 5(51), 2439): what the page states for machines,
//! then what it shows near its title, then its address. No day is an answer.

use super::facts::Facts;
use super::months::{all_days, first_day};
use crate::canon::Raw;
use plainsight_text::Day;
use regex::Regex;
use std::sync::OnceLock;

const PUBLISHED: [&str; 34] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "date_published",
    "datepublication",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publication-date",
    "publishtime",
    "publish_time",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "article_date_original",
    "originalpublicationdate",
    "article:create_at",
    "apub:time",
    "date",
    "displaydate",
    "timestamp",
    "datecreated",
];
/// The day with the name of the rule that found it.
pub(crate) fn published(
    facts: &Facts,
    blocks: &[Raw],
    main: &[bool],
    uri: &str,
) -> Option<(String, &'static str)> {
    let url = facts.canonical.clone().or_else(|| facts.meta(&["og:url"]).map(str::to_owned));
    // Some sites call their front page the address of every page; another of the addresses says more.
    let own = Some(uri).filter(|u| u.starts_with("http"));
    let said = [own, facts.canonical.as_deref(), facts.meta(&["og:url"])];
    let address = said.into_iter().flatten().find(|a| !is_front(a)).or(own).or(url.as_deref());
    if address.is_some_and(is_undated) {
        return None;
    }
    let listed = is_listing(blocks, main);
    let rules: [(&'static str, &dyn Fn() -> Option<Day>); 11] = [
        ("meta", &|| facts.meta(&PUBLISHED).or_else(|| other_meta(facts)).and_then(stated)),
        ("json-ld", &|| linked(facts, "datePublished").or_else(|| linked(facts, "dateCreated"))),
        ("script", &|| facts.script_day.as_deref().and_then(in_beijing)),
        ("url", &|| url.as_deref().and_then(in_address).or_else(|| in_address(uri))),
        ("time", &|| marked_time(facts)),
        ("label", &|| labelled(facts, blocks, main)),
        ("byline", &|| byline(facts).filter(|_| !listed)),
        ("time", &|| any_time(facts)),
        ("near title", &|| near_title(blocks, main).filter(|_| !listed)),
        ("signature", &|| signature(blocks, main).filter(|_| !listed)),
        ("byline", &|| author_line(facts).filter(|_| !listed)),
    ];
    let (name, day) = rules.iter().find_map(|(name, rule)| rule().map(|day| (*name, day)))?;
    if !matches!(name, "meta" | "json-ld") {
        return Some((day.to_string(), name));
    }
    // Machines state the day in UTC; the page's own day may be the one before or after, where the hour allows it.
    let moment = if name == "meta" { facts.meta(&PUBLISHED) } else { None };
    let hour = moment.map_or(Hour::Unknown, hour_of);
    let before = |shown: &Day| day.number() - shown.number() == 1 && hour.may_be_before();
    let after = |shown: &Day| shown.number() - day.number() == 1 && hour.may_be_after();
    let near = |shown: &Day| before(shown) || after(shown);
    let address_day = url.as_deref().and_then(in_address).or_else(|| in_address(uri));
    let local = match address_day {
        Some(shown) => Some((shown, "url")).filter(|(d, _)| near(d)),
        None => (linked(facts, "datePublished").filter(near).map(|d| (d, "json-ld")))
            .or_else(|| labelled(facts, blocks, main).filter(near).map(|d| (d, "label")))
            .or_else(|| {
                byline(facts).filter(|d| before(d) || hour.is_late() && after(d)).map(|d| (d, "byline"))
            })
            .or_else(|| {
                near_title(blocks, main).filter(|d| hour.is_late() && after(d)).map(|d| (d, "near title"))
            }),
    };
    let (day, name) = local.unwrap_or((day, name));
    Some((day.to_string(), name))
}

/// `shareaholic:article_published_time`: the same word under the name of a tool.
fn other_meta(facts: &Facts) -> Option<&str> {
    let says = |name: &str| {
        ["published_time", "publish_time", "publication_time", "date_published", "datepublished", "pub_date"]
            .iter()
            .any(|end| name.ends_with(end))
    };
    facts
        .metas
        .iter()
        .find(|(name, content)| says(name) && first_day(content).is_some())
        .map(|(_, c)| c.as_str())
}

/// `Author: Wim Dirkzoon, 29.12.2010, 13:36`: the day in a line about the author.
fn author_line(facts: &Facts) -> Option<Day> {
    let lines = facts.bylines.iter().filter(|b| b.marks.contains("author") && !is_another(&b.marks));
    let days: std::collections::BTreeSet<Day> = lines.filter_map(|b| first_day(&b.text)).collect();
    if days.len() == 1 { days.into_iter().next() } else { None }
}

/// The hour of a stated moment, for what day it may have been where the page was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hour {
    /// A day alone, or a moment in a form we do not know.
    Unknown,
    /// With the distance of a place from UTC: the day is that place's.
    Local,
    Utc(u32),
}

impl Hour {
    /// West of Greenwich at most eleven hours are missing.
    fn may_be_before(self) -> bool {
        !matches!(self, Self::Local | Self::Utc(11..))
    }

    /// East of it at most fourteen are gained.
    fn may_be_after(self) -> bool {
        !matches!(self, Self::Local | Self::Utc(..10))
    }

    fn is_late(self) -> bool {
        matches!(self, Self::Utc(16..))
    }
}

fn hour_of(stated: &str) -> Hour {
    static MOMENT: OnceLock<Regex> = OnceLock::new();
    let pattern = MOMENT.get_or_init(|| {
        Regex::new(
            r"\d[T ](\d{2}):\d{2}(?::\d{2}(?:[.:]\d+)?)?\s?(?:(Z|UTC|GMT|\+00:?00)|([+-]\d{2}:?\d{2}))",
        )
        .expect("the pattern is a constant")
    });
    match pattern.captures(stated) {
        Some(found) if found.get(3).is_some() => Hour::Local,
        Some(found) => found[1].parse().map_or(Hour::Unknown, Hour::Utc),
        None => Hour::Unknown,
    }
}

/// Whether an address is that of a site and of no page in it.
fn is_front(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').split('/').count() == 1)
}

/// Front pages, handbooks and shops change and are not published on a day; what they show or state is a build or another
/// page's day.
fn is_undated(address: &str) -> bool {
    let Some((host, path)) =
        address.split_once("://").map(|(_, rest)| rest.split_once('/').unwrap_or((rest, "")))
    else {
        return false;
    };
    let handbook = |part: &str| {
        matches!(
            part,
            "docs" | "documentation" | "shop" | "store" | "products" | "product" | "collections" | "services"
        )
    };
    path.is_empty() || host.split('.').any(handbook) || path.split(['/', '?']).any(handbook)
}

/// Marks of a product's, an event's or a reader's day.
fn is_another(marks: &str) -> bool {
    ["release", "comment", "review", "event", "copyright"].iter().any(|w| marks.contains(w))
}

/// Words and marks of a change, not of a publication.
fn is_changed(text: &str) -> bool {
    let text = text.to_lowercase();
    let words =
        ["updated", "modified", "revision", "edited", "gewijzigd", "bijgewerkt", "actualizado", "modificado"];
    words.iter().any(|w| text.contains(w)) && !text.contains("publish")
}

/// A day that a machine wrote; also seconds or milliseconds since 1970.
fn stated(text: &str) -> Option<Day> {
    first_day(text).or_else(|| {
        let digits = text.trim();
        let number: i64 = digits.parse().ok()?;
        let seconds = match digits.len() {
            10 => number,
            13 => number / 1000,
            _ => return None,
        };
        let days = seconds.div_euclid(86_400);
        day_of(days)
    })
}

/// A day of a Chinese script: a day, or seconds since 1970, which there begin eight hours earlier.
fn in_beijing(text: &str) -> Option<Day> {
    const AHEAD: i64 = 8 * 3600;
    match text.trim().parse::<i64>() {
        Ok(seconds) if text.trim().len() == 10 => day_of((seconds + AHEAD).div_euclid(86_400)),
        _ => first_day(text),
    }
}

/// A list of other pages: most short lines have a day each, and the days differ.
fn is_listing(blocks: &[Raw], main: &[bool]) -> bool {
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
fn signature(blocks: &[Raw], main: &[bool]) -> Option<Day> {
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

fn day_of(days: i64) -> Option<Day> {
    let year = 1970 + i32::try_from(days / 366).ok()?;
    (year..=year + 2)
        .flat_map(|y| (1..=12).flat_map(move |m| (1..=31).filter_map(move |d| Day::new(y, m, d))))
        .find(|d| d.number() == days)
}

/// `"datePublished": "…"` of a JSON-LD script that speaks of an article: shops
/// and services date their pages, too. By pattern, because many of these
/// scripts are broken JSON.
fn linked(facts: &Facts, key: &str) -> Option<Day> {
    let article = |text: &&String| {
        ["Article\"", "Posting\"", "Report\"", "HowTo\"", "Recipe\""].iter().any(|kind| text.contains(kind))
    };
    facts.linked_data.iter().filter(article).find_map(|text| {
        let mut rest = text.as_str();
        while let Some(at) = rest.find(key) {
            rest = &rest[at + key.len()..];
            let value = rest
                .strip_prefix('"')
                .map(str::trim_start)
                .and_then(|r| r.strip_prefix(':'))
                .map(str::trim_start);
            if let Some(value) = value.and_then(|v| v.strip_prefix('"')) {
                let end = value.find('"').unwrap_or(0);
                if let Some(day) = stated(&value[..end]) {
                    return Some(day);
                }
            }
        }
        None
    })
}

/// `time` elements whose class or property says that this is the publication.
fn marked_time(facts: &Facts) -> Option<Day> {
    let says = |marks: &str| {
        [
            "pubdate",
            "publish",
            "entry-date",
            "post-date",
            "date-published",
            "posted",
            "datecreated",
            "created",
            "article-date",
        ]
        .iter()
        .any(|w| marks.contains(w))
    };
    let marked =
        || facts.times.iter().filter(|t| says(&t.marks) && !is_changed(&t.marks) && !is_another(&t.marks));
    let day = |t: &super::facts::Time| stated_or_shown(t.datetime.as_deref(), &t.text);
    // Three days and more beside the article are those of other articles.
    let outside = || {
        let days: std::collections::BTreeSet<Day> = marked().filter_map(day).collect();
        (days.len() < 3).then(|| marked().find_map(day)).flatten()
    };
    marked().filter(|t| t.in_article).find_map(day).or_else(outside)
}

fn any_time(facts: &Facts) -> Option<Day> {
    let times = || facts.times.iter().filter(|t| !is_changed(&t.marks) && !is_another(&t.marks));
    let in_article = times().filter(|t| t.in_article);
    let mut all = in_article.filter_map(|t| stated_or_shown(t.datetime.as_deref(), &t.text));
    let first = all.next();
    first.or_else(|| {
        let days: std::collections::BTreeSet<Day> =
            times().filter_map(|t| stated_or_shown(t.datetime.as_deref(), &t.text)).collect();
        // Several days are a list of other articles.
        if days.len() == 1 { days.into_iter().next() } else { None }
    })
}

fn stated_or_shown(datetime: Option<&str>, text: &str) -> Option<Day> {
    datetime.and_then(stated).or_else(|| first_day(text))
}

/// A day after a word that says what it is: 发布时间, geplaatst op, publicado el, posted on.
fn labelled(facts: &Facts, blocks: &[Raw], main: &[bool]) -> Option<Day> {
    let last = main.iter().rposition(|m| *m).unwrap_or(blocks.len());
    let shown = blocks.iter().take(last + 12).filter(|b| !b.hidden).map(|b| b.text.as_str());
    let bylines = facts.bylines.iter().map(|b| b.text.as_str());
    bylines.chain(shown).find_map(|text| {
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
fn byline(facts: &Facts) -> Option<Day> {
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
fn near_title(blocks: &[Raw], main: &[bool]) -> Option<Day> {
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

/// `/2023/05/12/`, `/2023-05-12/`, `/20230512/`, `/2023-05/12/`, `t20230512_`.
fn in_address(address: &str) -> Option<Day> {
    static DAY: OnceLock<Regex> = OnceLock::new();
    let pattern = DAY.get_or_init(|| {
        // In `/2003-09/17.htm` the last number is the page's, not the day's.
        Regex::new(r"[/_t-]((?:19|20)\d\d)(?:-([01]\d)/([0-3]\d)(?:/|$)|[/-]?([01]\d)-?([0-3]\d)(?:[/_.-]|$)|/?([01]\d)/([0-3]\d)(?:[/_.-]|$))")
            .expect("the pattern is a constant")
    });
    if !address.starts_with("http") {
        return None;
    }
    static DAY_FIRST: OnceLock<Regex> = OnceLock::new();
    let day_first = DAY_FIRST.get_or_init(|| {
        Regex::new(r"[/_-]([0-3]\d)-([01]\d)-((?:19|20)\d\d)(?:[/_.-]|$)").expect("the pattern is a constant")
    });
    let day = pattern.captures_iter(address).find_map(|c| {
        let part = |one: usize| c.get(one).or(c.get(one + 2)).or(c.get(one + 4)).map_or("", |m| m.as_str());
        first_day(&format!("{}-{}-{}", &c[1], part(2), part(3)))
    });
    day.or_else(|| {
        day_first.captures_iter(address).find_map(|c| first_day(&format!("{}-{}-{}", &c[3], &c[2], &c[1])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_day() {
        let cases = [
            ("https://krant.example/2023/05/12/bureau", Some("2023-05-12")),
            ("http://gov.example/art/2019-06/18/content_1.htm", Some("2019-06-18")),
            ("http://gov.example/xw/t20190618_4412.html", Some("2019-06-18")),
            ("https://bond.example/meldingen/29-10-2021", Some("2021-10-29")),
            ("https://krant.example/20231399/x", None),
            ("http://gaj.example/gonggao/2003-09/17.htm", None),
            ("https://krant.example/2023/05/12.html", Some("2023-05-12")),
            ("https://krant.example/2023-05-12.html", Some("2023-05-12")),
            ("https://krant.example/202305/12/", Some("2023-05-12")),
            ("https://krant.example/artikel-2023", None),
        ];
        for (address, want) in cases {
            assert_eq!(in_address(address).map(|d| d.to_string()).as_deref(), want, "{address}");
        }
    }

    #[test]
    fn front_pages_and_handbooks_have_no_day() {
        for (address, undated) in [
            ("https://krant.example/", true),
            ("https://krant.example", true),
            ("https://docs.tool.example/start", true),
            ("https://tool.example/docs/auth", true),
            ("https://winkel.example/products/lamp", true),
            ("https://krant.example/nieuws/bureau", false),
            ("http://gov.example/?id=44", false),
            ("https://krant.example/mydocs-verhaal", false),
        ] {
            assert_eq!(is_undated(address), undated, "{address}");
        }
    }

    #[test]
    fn the_day_of_the_page_wins_over_the_same_night_in_utc() {
        let stated = |time: &str, url: &str| {
            let metas = vec![("article:published_time".to_owned(), time.to_owned())];
            let facts = Facts { metas, canonical: Some(url.to_owned()), ..Facts::default() };
            published(&facts, &[], &[], "")
        };
        let day = |day: &str, rule| Some((day.to_owned(), rule));
        let url = "https://vigia.example/2020/02/17/bureau";
        assert_eq!(stated("2020-02-18T03:10:00Z", url), day("2020-02-17", "url"));
        assert_eq!(stated("2020-02-24T03:10:00Z", url), day("2020-02-24", "meta"));
        assert_eq!(stated("2020-02-24T03:10:00Z", "https://vigia.example/"), None);
    }

    #[test]
    fn seconds_since_1970() {
        assert_eq!(stated("1684000000").map(|d| d.to_string()).as_deref(), Some("2023-05-13"));
        assert_eq!(stated("12"), None);
    }
}
