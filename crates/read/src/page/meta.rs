//! Title, author, site and address of a page.

use super::facts::Facts;
use super::main_text::squash;
use super::walk::absolute;
use crate::canon::collapse;

/// The address that relative links start from.
pub(crate) fn base(facts: &Facts, uri: &str) -> Option<url::Url> {
    let page = url::Url::parse(uri).ok().filter(|u| matches!(u.scheme(), "http" | "https"));
    let page = page.or_else(|| facts.canonical.as_deref().and_then(|c| url::Url::parse(c).ok()));
    match (&facts.base, page) {
        (Some(base), Some(page)) => page.join(base).ok().or(Some(page)),
        (Some(base), None) => url::Url::parse(base).ok(),
        (None, page) => page,
    }
}

/// The page's own title: the heading that the title tag repeats, else the Open Graph title, else a
/// heading where the tag names the site alone, else the title tag without the site's name.
pub(crate) fn title(facts: &Facts) -> Option<String> {
    let tag = facts.title.clone().unwrap_or_default();
    let graph = facts.meta(&["og:title", "twitter:title", "articletitle", "dc.title"]).map(collapse);
    let whole = squash(&format!("{tag} {}", graph.as_deref().unwrap_or("")));
    let site = site_name(facts);
    let repeated = |h: &&String| {
        let squashed = squash(h);
        let least = if h.chars().any(plainsight_text::is_han) { 2 } else { 4 };
        squashed.chars().count() >= least && whole.contains(&squashed)
    };
    let heading = facts.headings.iter().find(repeated);
    let own = |h: &&String| site.as_deref() != Some(h.as_str());
    let shown = || facts.shown.iter().filter(own);
    let cleaned = |t: String| without_site(&t, site.as_deref());
    let bar = squash(&tag);
    heading
        .cloned()
        .or_else(|| graph.filter(|t| t.chars().count() >= 2).map(cleaned))
        .or_else(|| shown().find(|h| names_a_paper(h) && !is_beside_longer(h, facts)).cloned())
        .or_else(|| shown().find(repeated).cloned())
        // The tag is the maker's name, and the heading begins with it: 某联谊会 and 某联谊会各地分会通讯录.
        .or_else(|| shown().find(|h| bar.chars().count() >= 4 && squash(h).starts_with(&bar)).cloned())
        .or_else(|| {
            (facts.headings.len() == 1)
                .then(|| facts.headings[0].clone())
                .filter(|h| h.chars().count() >= 6 && tag.is_empty())
        })
        .or_else(|| Some(cleaned(tag.clone())))
        .filter(|t| !t.trim().is_empty())
        .map(|t| t.chars().take(400).collect())
}

/// Whether a heading says what kind of official paper stands under it, with some words about what.
fn names_a_paper(heading: &str) -> bool {
    const LEAST: usize = 9;
    let plain = heading.split(['（', '(']).next().unwrap_or(heading).trim();
    plain.chars().count() >= LEAST && crate::PAPERS.iter().any(|kind| plain.ends_with(kind))
}

/// Whether another heading holds this one and more.
fn is_beside_longer(heading: &str, facts: &Facts) -> bool {
    facts.shown.iter().any(|other| other.len() > heading.len() && other.contains(heading))
}

/// Cuts ` - Site`, `_频道_站点`, ` | Site` off the end.
fn without_site(title: &str, site: Option<&str>) -> String {
    let mut title = title.trim();
    if let Some(site) = site.filter(|s| s.chars().count() >= 2)
        && let Some(head) = title.strip_suffix(site)
    {
        let head = head.trim_end();
        if let Some(cut) = head.strip_suffix(['-', '|', '_', '–', '—', '·', ':', '»']) {
            return cut.trim_end_matches(['-', '_', ' ']).to_owned();
        }
    }
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", "_", "--", "－", "-", "|"] {
        let Some((head, tail)) = title.rsplit_once(separator) else { continue };
        let (head_len, tail_len) = (head.trim().chars().count(), tail.trim().chars().count());
        let spaced = separator.starts_with(' ');
        let han = title.chars().any(plainsight_text::is_han);
        if head_len >= 4 && tail_len <= 40 && (tail_len < head_len || head_len >= 12) && (spaced || han) {
            title = head.trim();
            // Chinese portals chain channel and site: 标题_频道_站点.
            if han && matches!(separator, "_" | "-") {
                while let Some((head, tail)) = title.rsplit_once(separator) {
                    if head.chars().count() < 6 || tail.chars().count() > 10 {
                        break;
                    }
                    title = head.trim();
                }
            }
            break;
        }
    }
    title.to_owned()
}

/// The author as the page names him, or the outlet.
pub(crate) fn author(facts: &Facts) -> Option<String> {
    let named = facts.meta(&[
        "author",
        "article:author",
        "og:article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
    ]);
    named
        .map(str::to_owned)
        .or_else(|| linked(facts, "author"))
        .filter(|a| !a.starts_with("http") && a.chars().count() <= 120 && a.chars().any(char::is_alphabetic))
        .map(|a| a.strip_prefix("By ").or(a.strip_prefix("by ")).unwrap_or(&a).trim().to_owned())
}

/// The site as the page names it.
pub(crate) fn site_name(facts: &Facts) -> Option<String> {
    facts
        .meta(&[
            "og:site_name",
            "sitename",
            "application-name",
            "dc.publisher",
            "dcterms.publisher",
            "publisher",
        ])
        .map(str::to_owned)
        .or_else(|| linked(facts, "publisher"))
        .filter(|s| s.chars().count() <= 80 && !s.starts_with("http"))
}

/// The longest weak site name, in characters.
const LONGEST_SITE: usize = 80;

/// What stands beside the page's own heading in the title bar (`Heading | Site`, `Site - Heading`), where
/// the page names no site in any other way. Only a bar that repeats a heading whole is cut: then a
/// separator inside a heading parts nothing.
pub(crate) fn title_site(facts: &Facts) -> Option<String> {
    let bar = facts.title.as_deref().filter(|_| site_name(facts).is_none())?;
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · ", "_", "－", "｜", "|", "-"] {
        let (head, tail) = (bar.rsplit_once(separator), bar.split_once(separator));
        for (heading, rest) in head.into_iter().chain(tail.map(|(rest, heading)| (heading, rest))) {
            let (heading, rest) = (squash(heading), rest.trim());
            let own = heading.chars().count() >= 2 && facts.headings.iter().any(|h| squash(h) == heading);
            let named = rest.chars().count() <= LONGEST_SITE
                && rest.chars().filter(|c| c.is_alphabetic()).count() >= 2
                && squash(rest) != heading;
            if own && named {
                return Some(rest.to_owned());
            }
        }
    }
    None
}

/// The address that the page gives itself, else the one it was captured from.
pub(crate) fn url(facts: &Facts, uri: &str) -> Option<String> {
    let base = url::Url::parse(uri).ok();
    let own = facts.canonical.as_deref().or_else(|| facts.meta(&["og:url"]));
    own.and_then(|o| absolute(o, &base))
        .filter(|o| o.starts_with("http"))
        .or_else(|| (!uri.is_empty()).then(|| uri.to_owned()))
}

/// `author.name` or `publisher.name` of the first JSON-LD object that has it.
pub(super) fn linked(facts: &Facts, key: &str) -> Option<String> {
    facts.linked_data.iter().find_map(|text| {
        let value: serde_json::Value = serde_json::from_str(text.trim()).ok()?;
        named(&value, key)
    })
}

fn named(value: &serde_json::Value, key: &str) -> Option<String> {
    // serde_json refuses nesting beyond 128, so a queue of nodes is bounded by the text.
    let mut queue = std::collections::VecDeque::from([value]);
    while let Some(value) = queue.pop_front() {
        match value {
            serde_json::Value::Array(items) => queue.extend(items),
            serde_json::Value::Object(map) => {
                let found = map
                    .get(key)
                    .map(|v| if let Some(list) = v.as_array() { list.first().unwrap_or(v) } else { v });
                let name = found.and_then(|v| v.as_str().or_else(|| v.get("name")?.as_str()));
                if let Some(name) = name.filter(|n| !n.trim().is_empty()) {
                    return Some(collapse(name));
                }
                queue.extend(map.values().filter(|v| v.is_array() || v.is_object()));
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_cut_off_the_title() {
        let cases = [
            ("警务站今日启用_本地新闻_青湾网", None, "警务站今日启用"),
            ("Politie opent bureau - De Havenbode", None, "Politie opent bureau"),
            ("La comisaría abre en Río Claro | El Vigía", None, "La comisaría abre en Río Claro"),
            ("Self-help for well-read people", None, "Self-help for well-read people"),
            ("Nieuws: markt open - Havenbode Online", Some("Havenbode Online"), "Nieuws: markt open"),
        ];
        for (title, site, want) in cases {
            assert_eq!(without_site(title, site), want);
        }
    }

    #[test]
    fn the_bar_of_an_old_site_is_no_title() {
        let cases: [(&str, &[&str], &str); 6] = [
            (
                "溯岩市公安局信息网－公告栏",
                &["公告栏", "关于换发居民身份证的通告"],
                "关于换发居民身份证的通告",
            ),
            ("打印预览", &["溯岩分局关于聘任联络员的决定"], "溯岩分局关于聘任联络员的决定"),
            ("莫港聯誼會", &["莫港聯誼會各地分會通訊錄"], "莫港聯誼會各地分會通訊錄"),
            (
                "《溯岩市办法》政策问答 - 政策解读 - 溯岩市人民政府",
                &["《溯岩市办法》政策问答"],
                "《溯岩市办法》政策问答",
            ),
            ("警务站今日启用_本地新闻_青湾网", &["热门推荐", "相关阅读"], "警务站今日启用"),
            ("青湾网", &[], "青湾网"),
        ];
        for (tag, shown, want) in cases {
            let shown = shown.iter().map(|text| (*text).to_owned()).collect();
            let facts = Facts { title: Some(tag.into()), shown, ..Facts::default() };
            assert_eq!(title(&facts).as_deref(), Some(want), "{tag}");
        }
    }

    #[test]
    fn what_stands_beside_the_heading_is_a_weak_site_name() {
        let cases = [
            (
                "Reglas de visita | Ministerio de Puertos",
                "Reglas de visita",
                "",
                Some("Ministerio de Puertos"),
            ),
            ("Gemeente Zoutbrug – Nieuw loket", "Nieuw loket", "", Some("Gemeente Zoutbrug")),
            ("关于站点的通告_溯岩市公安局", "关于站点的通告", "", Some("溯岩市公安局")),
            // A declared name is better; a bar without the heading, or with the heading alone, says nothing.
            ("Nieuw loket - Zoutbrug", "Nieuw loket", "De Veerbode", None),
            ("Nieuw loket - Zoutbrug", "Ander kopje", "", None),
            ("Loket - open - dicht", "Loket - open - dicht", "", None),
            ("Nieuw loket - 2021", "Nieuw loket", "", None),
        ];
        for (title, heading, site, want) in cases {
            let mut facts =
                Facts { title: Some(title.into()), headings: vec![heading.into()], ..Facts::default() };
            if !site.is_empty() {
                facts.metas.push(("og:site_name".into(), site.into()));
            }
            assert_eq!(title_site(&facts).as_deref(), want, "{title}");
        }
    }
}
