//! What a page says of itself beside its text: its own address, who publishes it, the numbers under which
//! its site is filed in China, the words under its pictures. Most pages say little of it, and then
//! nothing is the answer.

use super::facts::{Caption, Facts};
use super::meta;
use super::walk::absolute;
use crate::canon::{Raw, collapse};
use crate::dateline::is_maker;
use plainsight_model::{Metadatum, MetadatumKind};
use regex::Regex;
use std::sync::OnceLock;

/// The most rows of one kind.
const MOST: usize = 50;
/// The longest name of a publisher, and the longest words under a picture, in characters.
const LONGEST_NAME: usize = 60;
const LONGEST_CAPTION: usize = 500;
/// The longest line that says who holds the rights, in characters.
const LONGEST_LINE: usize = 300;

/// `main` says of each block whether it is main text: who publishes a site stands at its foot, and an
/// organiser in the text is another's.
pub(crate) fn metadata(
    facts: &Facts,
    blocks: &[Raw],
    main: &[bool],
    base: &Option<url::Url>,
) -> Vec<Metadatum> {
    let mut out: Vec<Metadatum> = address(facts, base).into_iter().collect();
    let foot = main.iter().rposition(|main| *main).map_or(0, |last| last + 1);
    let foot = blocks.get(foot..).unwrap_or(&[]);
    out.extend(stated_publisher(facts));
    out.extend(foot.iter().filter(|b| !b.hidden).filter_map(publisher_at_foot));
    out.extend(blocks.iter().flat_map(filings));
    out.extend(facts.captions.iter().filter_map(|caption| captioned(caption, blocks, base)));
    distinct(out)
}

/// The first of equal rows, and no more than enough of a kind.
fn distinct(rows: Vec<Metadatum>) -> Vec<Metadatum> {
    let mut out: Vec<Metadatum> = Vec::new();
    for row in rows {
        let same = |r: &Metadatum| r.kind == row.kind && r.value == row.value && r.about == row.about;
        if !out.iter().any(same) && out.iter().filter(|r| r.kind == row.kind).count() < MOST {
            out.push(row);
        }
    }
    out
}

fn address(facts: &Facts, base: &Option<url::Url>) -> Option<Metadatum> {
    let row = |href: &str, source: &str, rule: &str| {
        let address = absolute(href, base).filter(|address| address.starts_with("http"))?;
        Some(Metadatum::new(MetadatumKind::Address, address, source, rule))
    };
    let canonical = facts.canonical.as_deref().and_then(|href| row(href, "link canonical", "canonical"));
    canonical.or_else(|| row(facts.meta(&["og:url"])?, "meta og:url", "open-graph"))
}

fn stated_publisher(facts: &Facts) -> Option<Metadatum> {
    let named = ["dc.publisher", "dcterms.publisher", "publisher", "article:publisher"].into_iter().find_map(
        |name| {
            let value = facts.meta(&[name])?;
            is_name(value)
                .then(|| Metadatum::new(MetadatumKind::Publisher, value, format!("meta {name}"), "meta"))
        },
    );
    named.or_else(|| {
        let value = meta::linked(facts, "publisher").filter(|value| is_name(value))?;
        Some(Metadatum::new(MetadatumKind::Publisher, value, "JSON-LD publisher", "linked-data"))
    })
}

fn is_name(value: &str) -> bool {
    let length = value.chars().count();
    (2..=LONGEST_NAME).contains(&length)
        && !value.starts_with("http")
        && value.chars().any(char::is_alphabetic)
}

/// `主办单位：某县人民政府`, `© 2021 Gemeente Zoutbrug`.
fn publisher_at_foot(block: &Raw) -> Option<Metadatum> {
    let row = |value: &str, rule: &str| {
        Metadatum::new(MetadatumKind::Publisher, collapse(value), block.path.clone(), rule)
    };
    let sponsor = pattern(
        &SPONSOR,
        r"(?:主办单位|主辦單位|主办|主辦|主管单位|版权所有|版權所有)\s*[:：©]?\s*([\p{Han}（）()·]{3,40})",
    );
    let held = pattern(
        &RIGHTS,
        r"(?i)(?P<sign>(?:(?:©|\(c\)|copyright)[\s:]*)+)(?P<year>\d{4}(?:\s*[-–—]\s*\d{4})?[\s,.:]*)?(?:by\s+)?(?P<name>[^\d\s.,|©][^.,|©?!]{1,80})",
    );
    if let Some(name) =
        sponsor.captures_iter(&block.text).filter_map(|c| c.get(1)).find(|name| is_maker(name.as_str()))
    {
        return Some(row(name.as_str(), "sponsor"));
    }
    // A line of its own; `Copyright Policy` is a link.
    let found = held.captures(&block.text).filter(|_| block.text.chars().count() <= LONGEST_LINE)?;
    let signed = found.name("year").is_some() || found["sign"].contains('©');
    let name = found.name("name").filter(|_| signed)?.as_str();
    let end = RESERVED.iter().filter_map(|words| name.to_lowercase().find(words)).min();
    // Lower case may be longer or shorter than what it stands for.
    let mut name = name.get(..end.unwrap_or(name.len()))?.trim_end();
    // `Gemeente Zoutbrug - 2020`
    while let Some((head, _)) = name.rsplit_once(' ').filter(|(_, l)| !l.chars().any(char::is_alphabetic)) {
        name = head.trim_end();
    }
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    is_name(name).then(|| row(name, "rights"))
}

/// What goes on behind the name of whoever holds the rights.
const RESERVED: [&str; 6] =
    ["all rights", "alle rechten", "todos los derechos", "版权所有", "版權所有", "保留所有"];

static SPONSOR: OnceLock<Regex> = OnceLock::new();
static RIGHTS: OnceLock<Regex> = OnceLock::new();
static SITE: OnceLock<Regex> = OnceLock::new();
static POLICE: OnceLock<Regex> = OnceLock::new();

fn pattern(place: &'static OnceLock<Regex>, pattern: &str) -> &'static Regex {
    place.get_or_init(|| Regex::new(pattern).expect("the pattern is a constant"))
}

/// The short names of China's provinces, as filing numbers begin.
const PROVINCES: &str =
    "京津冀晋晉蒙辽遼吉黑沪滬苏蘇浙皖闽閩赣贛鲁魯豫鄂湘粤粵桂琼瓊渝川蜀贵貴黔云雲滇藏陕陝秦甘陇隴青宁寧新";

/// `京ICP备05000000号-1`, `沪ICP证000000号` (the ministry's order 33 of 2005: province, kind, number, and the
/// number of the site), `浙公网安备33000000000000号`.
fn filings(block: &Raw) -> Vec<Metadatum> {
    if !block.text.contains(['备', '備', '证', '證']) {
        return Vec::new();
    }
    let site = pattern(
        &SITE,
        &format!(
            r"(?i)([{PROVINCES}])\s*ICP\s*(备|備|证|證)\s*字?\s*(?:第\s*)?([0-9]{{6,10}})\s*[号號]?(?:\s*[-－–—]\s*([0-9]{{1,3}}))?"
        ),
    );
    let police = pattern(
        &POLICE,
        &format!(
            r"([{PROVINCES}])\s*公\s*[网網]\s*安\s*[备備]\s*(?:案号|案號)?\s*([0-9]{{13,14}})\s*[号號]?"
        ),
    );
    let row = |kind, value: String, rule: &str| Metadatum::new(kind, value, block.path.clone(), rule);
    let sites = site.captures_iter(&block.text).map(|found| {
        let of_site = found.get(4).map_or(String::new(), |n| format!("-{}", n.as_str()));
        let value = format!("{}ICP{}{}号{of_site}", &found[1], &found[2], &found[3]);
        row(MetadatumKind::SiteFiling, value, "icp")
    });
    let all_police = police.captures_iter(&block.text).map(|found| {
        row(MetadatumKind::PoliceFiling, format!("{}公网安备{}号", &found[1], &found[2]), "police-filing")
    });
    sites.chain(all_police).take(MOST).collect()
}

/// The words under a picture, with its address.
fn captioned(caption: &Caption, blocks: &[Raw], base: &Option<url::Url>) -> Option<Metadatum> {
    let text: String = caption.text.chars().take(LONGEST_CAPTION).collect();
    let place = blocks.iter().find(|block| block.text.starts_with(&text));
    let place = place.map_or_else(|| caption.mark.to_owned(), |block| block.path.clone());
    let row = Metadatum::new(MetadatumKind::Caption, text, place, caption.mark);
    row.value
        .chars()
        .any(char::is_alphanumeric)
        .then(|| Metadatum { about: absolute(&caption.picture, base), ..row })
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::BlockKind;

    fn block(text: &str) -> Raw {
        Raw::new(BlockKind::Paragraph, "html/body/footer", text)
    }

    fn of(html: &str) -> Vec<String> {
        let tree = dom_query::Document::from(html);
        let facts = super::super::facts::collect(&tree);
        let base = url::Url::parse("https://paper.example/a/").ok();
        let blocks = super::super::walk::walk(&tree, &base).blocks;
        let main: Vec<bool> = blocks.iter().map(|b| !b.path.contains("footer")).collect();
        let rows = metadata(&facts, &blocks, &main, &base);
        rows.iter()
            .map(|m| {
                let about = m.about.as_deref().map_or(String::new(), |about| format!(" of {about}"));
                format!("{}: {}{about} ({}, {})", m.kind.as_str(), m.value, m.source, m.rule)
            })
            .collect()
    }

    #[test]
    fn filing_numbers_are_written_one_way() {
        for (text, want) in [
            ("备案号：京ICP备05000017号-1", &["京ICP备05000017号-1"][..]),
            ("渝 icp 备 2021000042 号", &["渝ICP备2021000042号"]),
            (
                "滬ICP備09000003號－12　浙公网安备 33010000000017号",
                &["滬ICP備09000003号-12", "浙公网安备33010000000017号"],
            ),
            ("粤ICP证000021 京公网安备11000000000001", &["粤ICP证000021号", "京公网安备11000000000001号"]),
            ("ICP备案", &[]),
            ("京ICP备123号", &[]),
            ("某ICP备05000017号", &[]),
            ("本站已备案", &[]),
        ] {
            let values: Vec<String> = filings(&block(text)).into_iter().map(|m| m.value).collect();
            assert_eq!(values, want, "{text}");
        }
    }

    #[test]
    fn who_publishes_stands_at_the_foot() {
        for (text, want) in [
            ("主办单位：泖川市人民政府办公室 承办：泖川市大数据中心", Some("泖川市人民政府办公室")),
            ("版权所有 溯岩县公安局", Some("溯岩县公安局")),
            ("版权所有 违者必究", None),
            ("© 2021 Gemeente Zoutbrug. Alle rechten voorbehouden", Some("Gemeente Zoutbrug")),
            ("Copyright © 2018-2021 Diario El Vigía Todos los derechos reservados", Some("Diario El Vigía")),
            ("© 2021", None),
            ("Copyright 2021, all rights reserved", None),
            ("Copyright Copyright 2019 Diario El Vigía", Some("Diario El Vigía")),
            ("© Gemeente Zoutbrug - 2020", Some("Gemeente Zoutbrug")),
            ("Copyright Policy", None),
            ("under (c) and (d) of the order", None),
            ("Contact | Privacy", None),
        ] {
            assert_eq!(publisher_at_foot(&block(text)).map(|m| m.value).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn each_row_says_where_it_stands() {
        let html = "<html><head><link rel=canonical href='/b'><meta name=publisher content='De Veerbode'></head><body>
            <p>主办单位：溯岩县侨联合会</p>
            <figure><img data-src='een.jpg' src='data:,'><figcaption>Het loket <b>in mei</b></figcaption></figure>
            <div><img src='/twee.png'><p class='wp-caption-text'>De kade</p></div><p class=caption>zonder plaat</p>
            <footer>主办：溯岩县公安局 浙ICP备05000017号</footer></body></html>";
        assert_eq!(
            of(html),
            [
                "address: https://paper.example/b (link canonical, canonical)",
                "publisher: De Veerbode (meta publisher, meta)",
                "publisher: 溯岩县公安局 (html/body/footer[1], sponsor)",
                "site-filing: 浙ICP备05000017号 (html/body/footer[1], icp)",
                "caption: Het loket in mei of https://paper.example/a/een.jpg (html/body/figure[1]/figcaption[1], figcaption)",
                "caption: De kade of https://paper.example/twee.png (html/body/div[1]/p[1], caption)",
            ]
        );
        assert!(of("<p>Het loket is open.</p>").is_empty());
    }
}
