//! The day of publication. The order of evidence follows htmldate's idea
//! (Barbaresi 2020, JOSS 5(51), 2439): what the page states for machines,
//! then what it shows near its title, then its address. No day is an answer.

use super::address::{in_address, is_front, is_undated};
use super::facts::Facts;
use super::hour::{Hour, hour_of};
use super::months::first_day;
use super::shown::{
    author_line, byline, is_another, is_changed, is_listing, labelled, near_title, signature,
};
use crate::canon::Raw;
use plainsight_text::Day;
use std::cell::LazyCell;

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
    let listed = LazyCell::new(|| is_listing(blocks, main));
    let rules: [(&'static str, &dyn Fn() -> Option<Day>); 11] = [
        ("meta", &|| facts.meta(&PUBLISHED).or_else(|| other_meta(facts)).and_then(stated)),
        ("json-ld", &|| linked(facts, "datePublished").or_else(|| linked(facts, "dateCreated"))),
        ("script", &|| facts.script_day.as_deref().and_then(in_beijing)),
        ("url", &|| url.as_deref().and_then(in_address).or_else(|| in_address(uri))),
        ("time", &|| marked_time(facts)),
        ("label", &|| labelled(facts, blocks, main)),
        ("byline", &|| byline(facts).filter(|_| !*listed)),
        ("time", &|| any_time(facts)),
        ("near title", &|| near_title(blocks, main).filter(|_| !*listed)),
        ("signature", &|| signature(blocks, main).filter(|_| !*listed)),
        ("byline", &|| author_line(facts).filter(|_| !*listed)),
    ];
    let (name, day) = rules.iter().find_map(|(name, rule)| rule().map(|day| (*name, day)))?;
    if !matches!(name, "meta" | "json-ld") {
        return Some((day.to_string(), name));
    }
    // Machines state the day in UTC; the page's own day may be the one before or after, where the hour allows it.
    let moment = if name == "meta" { facts.meta(&PUBLISHED) } else { None };
    let hour = moment.map_or(Hour::Unknown, hour_of);
    if !hour.may_be_before() && !hour.may_be_after() {
        return Some((day.to_string(), name));
    }
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

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_front_page_as_the_address_of_every_page_is_not_believed() {
        let metas = [
            ("article:published_time", "2019-11-17T21:18:06+01:00"),
            ("og:url", "https://bond.example/oproep-aan-de-raad/"),
        ];
        let metas = metas.map(|(name, content)| (name.to_owned(), content.to_owned())).to_vec();
        let facts = Facts { metas, canonical: Some("https://bond.example".to_owned()), ..Facts::default() };
        let found = published(&facts, &[], &[], "");
        assert_eq!(found, Some(("2019-11-17".to_owned(), "meta")));
    }

    #[test]
    fn seconds_since_1970() {
        assert_eq!(stated("1684000000").map(|d| d.to_string()).as_deref(), Some("2023-05-13"));
        assert_eq!(stated("12"), None);
    }
}
