//! What a page says about itself, collected in one pass over its tree.

use crate::canon::collapse;
use aho_corasick::AhoCorasick;
use dom_query::{Document, Element, NodeRef};
use memchr::memmem;
use std::sync::LazyLock;

/// The most bytes of one script that are looked at.
const SCRIPT: usize = 1 << 20;

#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Names in lower case with their content, in the page's order.
    pub metas: Vec<(String, String)>,
    pub canonical: Option<String>,
    pub base: Option<String>,
    pub title: Option<String>,
    pub headings: Vec<String>,
    /// Chinese texts that are shown as headings without being `h1`.
    pub shown: Vec<String>,
    /// What WeChat's scripts say of the moment of publication.
    pub script_day: Option<String>,
    /// The bodies of `application/ld+json`.
    pub linked_data: Vec<String>,
    pub times: Vec<Time>,
    /// Short texts of elements whose class or id speaks of a date, an author or a source.
    pub bylines: Vec<Byline>,
    /// The words under pictures.
    pub captions: Vec<Caption>,
    pub lang: Option<String>,
    pub scripts: usize,
    /// So many nodes stand above the deepest.
    pub depth: usize,
}

/// The words under a picture.
#[derive(Debug)]
pub(crate) struct Caption {
    pub text: String,
    /// The picture's address as it stands there.
    pub picture: String,
    /// What made it a caption: `figcaption`, or a class `caption`.
    pub mark: &'static str,
}

/// A `time` element, or one with a machine-readable day.
#[derive(Debug)]
pub(crate) struct Time {
    pub datetime: Option<String>,
    pub text: String,
    /// Class, `itemprop` and `pubdate` of it and its parent, in lower case.
    pub marks: String,
    pub in_article: bool,
}

#[derive(Debug)]
pub(crate) struct Byline {
    pub marks: String,
    pub text: String,
}

impl Facts {
    /// The first content of the first of these names that has one.
    pub(crate) fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|(n, c)| n == name && !c.trim().is_empty()).map(|(_, c)| c.trim())
        })
    }
}

pub(crate) fn collect(tree: &Document) -> Facts {
    let mut facts = Facts { lang: tree.html_root().attr("lang").map(|l| l.to_string()), ..Facts::default() };
    for (node, depth) in nodes(tree) {
        facts.depth = facts.depth.max(depth);
        let Some(name) = node.qual_name_ref() else { continue };
        match name.local.as_ref() {
            "meta" => meta(&node, &mut facts),
            "link" if node.attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                facts.canonical =
                    facts.canonical.take().or_else(|| node.attr("href").map(|h| h.trim().to_owned()));
            }
            "base" => facts.base = facts.base.take().or_else(|| node.attr("href").map(|h| h.to_string())),
            "title" if facts.title.is_none() && node.parent().is_some_and(|p| p.has_name("head")) => {
                facts.title = Some(collapse(&node.text())).filter(|t| !t.is_empty());
            }
            "h1" if facts.headings.len() < 8 => facts.headings.push(collapse(&node.text())),
            "script" => script(&node, &mut facts),
            "time" => time(&node, &mut facts),
            "figcaption" => caption(&node, "figcaption", &mut facts),
            _ => {
                if node.attr("class").is_some_and(|class| class.contains("caption")) {
                    caption(&node, "caption", &mut facts);
                }
                byline(&node, &mut facts);
                shown(&node, &mut facts);
            }
        }
    }
    facts
}

/// All nodes of a page in its order, with how many stand above each.
fn nodes(tree: &Document) -> impl Iterator<Item = (NodeRef<'_>, usize)> {
    std::iter::successors(Some((tree.root(), 0usize)), |(node, depth)| {
        let (mut at, mut depth) = (*node, *depth);
        if let Some(child) = at.first_child() {
            return Some((child, depth + 1));
        }
        loop {
            if let Some(next) = at.next_sibling() {
                return Some((next, depth));
            }
            (at, depth) = (at.parent()?, depth.saturating_sub(1));
        }
    })
}

fn meta(node: &NodeRef, facts: &mut Facts) {
    let Some(content) = node.attr("content") else { return };
    if facts.metas.len() > 500 || content.len() > 20_000 {
        return;
    }
    for key in ["name", "property", "itemprop"] {
        if let Some(name) = node.attr(key) {
            facts.metas.push((name.trim().to_ascii_lowercase(), collapse(&content)));
        }
    }
}

fn script(node: &NodeRef, facts: &mut Facts) {
    facts.scripts += 1;
    if node.attr("type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json"))
        && facts.linked_data.len() < 20
    {
        let text = node.text();
        if text.len() <= SCRIPT {
            facts.linked_data.push(text.to_string());
        }
    }
}

fn time(node: &NodeRef, facts: &mut Facts) {
    if facts.times.len() > 100 {
        return;
    }
    let parent = node.parent();
    let marks = format!(
        "{} {}{}",
        marks(node),
        parent.as_ref().map(marks).unwrap_or_default(),
        if node.has_attr("pubdate") { " pubdate" } else { "" }
    );
    let in_article = node.ancestors_it(Some(12)).any(|a| a.has_name("article") || a.has_name("main"));
    let datetime = node.attr("datetime").or_else(|| node.attr("content")).map(|d| d.trim().to_owned());
    facts.times.push(Time {
        datetime: datetime.filter(|d| !d.is_empty()),
        text: collapse(&node.text()),
        marks,
        in_article,
    });
}

/// `var publish_time = "2019-07-30"`, `var ct = "1564446600"` (seconds since 1970): saved WeChat articles
/// have an empty element for the moment and these in a script.
///
/// Looked for in the page as it came: scripts do not reach the tree.
pub(crate) fn wechat_day(html: &str) -> Option<String> {
    const VAR: &str = "var ";
    // The earlier of these names counts more.
    const NAMES: [&str; 4] = ["publish_time", "createTime", "oriCreateTime", "ct"];
    let value = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix(['"', '\''])?;
        let value = rest.get(..rest.find(['"', '\''])?)?;
        (value.len() <= 20 && value.starts_with(|c: char| c.is_ascii_digit())).then(|| value.to_owned())
    };
    let mut found = NAMES.map(|_| None);
    for at in memmem::find_iter(html.as_bytes(), VAR) {
        let rest = &html[at + VAR.len()..];
        for (name, found) in NAMES.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
            *found = rest.strip_prefix(name).and_then(value);
        }
    }
    found.into_iter().flatten().next()
}

/// The most captions of one page.
const MOST_CAPTIONS: usize = 50;

/// Keeps a caption whose picture stands beside it: in the same figure, or else alone with it in a small element.
fn caption(node: &NodeRef, mark: &'static str, facts: &mut Facts) {
    /// More nodes make an element a part of the page.
    const FEW: usize = 30;
    let Some(parent) = node.parent().filter(|_| facts.captions.len() < MOST_CAPTIONS) else { return };
    let inside: Vec<NodeRef> = parent.descendants_it().take(2 * FEW).collect();
    let pictures: Vec<&NodeRef> = inside.iter().filter(|n| n.has_name("img")).collect();
    let beside = parent.has_name("figure") || inside.len() <= FEW && pictures.len() == 1;
    let Some(picture) = pictures.first().filter(|_| beside) else { return };
    // Pictures that are loaded late have their address elsewhere.
    let address = ["data-src", "data-original", "src"].iter().find_map(|name| picture.attr(name));
    let text = collapse(&node.text());
    if let Some(picture) = address.map(|a| a.trim().to_owned()).filter(|a| !a.is_empty() && !text.is_empty())
    {
        facts.captions.push(Caption { text, picture, mark });
    }
}

/// The most texts that are shown as headings.
const MOST_SHOWN: usize = 12;

/// Keeps a Chinese text that is set as a heading: large letters, a class that says so, `h2`. Old sites have
/// no `h1`, and a title bar with the site's name alone.
fn shown(node: &NodeRef, facts: &mut Facts) {
    if facts.shown.len() >= MOST_SHOWN || !is_shown_as_heading(node) {
        return;
    }
    let mut text = String::new();
    for child in node.descendants_it().take(40).filter(|n| n.is_text()) {
        text.push_str(&child.text());
        if text.len() > 600 {
            return;
        }
    }
    let text = collapse(&text);
    let count = text.chars().count();
    let han = text.chars().filter(|c| plainsight_text::is_han(*c)).count();
    if (4..=80).contains(&count) && han * 2 >= count && facts.shown.last() != Some(&text) {
        facts.shown.push(text);
    }
}

fn is_shown_as_heading(node: &NodeRef) -> bool {
    let Some(element) = node.element_ref() else { return false };
    match element.name.local.as_ref() {
        "h2" | "h3" => return true,
        "font" => {
            let size = value(&element, "size").unwrap_or("").trim();
            if matches!(size, "4" | "5" | "6" | "7" | "+1" | "+2" | "+3" | "+4") {
                return true;
            }
        }
        "td" | "th" | "div" | "p" | "span" | "strong" | "b" | "center" => {}
        _ => return false,
    }
    let named = |marks: &str| {
        marks.split(|c: char| !c.is_ascii_alphanumeric()).any(|mark| {
            matches!(
                mark,
                "bt" | "biaoti"
                    | "title"
                    | "tit"
                    | "wztitle"
                    | "newstitle"
                    | "arttitle"
                    | "contenttitle"
                    | "headline"
            )
        })
    };
    if ["class", "id"]
        .iter()
        .filter_map(|a| value(&element, a))
        .any(|v| v.len() < 80 && named(&v.to_ascii_lowercase()))
    {
        return true;
    }
    value(&element, "style").is_some_and(|style| font_size(style) >= Some(18.0))
}

/// The value of an attribute, where it stands in the tree.
fn value<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|attr| &attr.name.local == name).map(|attr| attr.value.as_ref())
}

/// The `font-size` of a style in pixels.
fn font_size(style: &str) -> Option<f32> {
    let style = style.to_ascii_lowercase();
    let value = style.split("font-size").nth(1)?.trim_start().strip_prefix(':')?.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(value.len());
    let (number, unit) = value.split_at(end);
    let factor = match unit.trim_start().get(..2) {
        Some("px") => 1.0,
        Some("pt") => 4.0 / 3.0,
        Some("em" | "re") => 14.0,
        _ => {
            return value
                .starts_with("x-large")
                .then_some(24.0)
                .or(value.starts_with("xx-large").then_some(32.0));
        }
    };
    number.parse::<f32>().ok().map(|size| size * factor)
}

/// The attributes that say what an element is.
const MARKS: [&str; 4] = ["class", "id", "itemprop", "property"];

/// So many characters of each are looked at.
const MARKED: usize = 200;

/// Class, id and `itemprop` as one string in lower case.
fn marks(node: &NodeRef) -> String {
    let Some(element) = node.element_ref() else { return String::new() };
    let mut out = String::new();
    for mark in MARKS.iter().filter_map(|name| value(&element, name)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(mark.chars().take(MARKED).map(|c| c.to_ascii_lowercase()));
    }
    out
}

/// What marks of dates, authors and sources hold.
static BYLINES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let words = [
        "date",
        "time",
        "publi",
        "posted",
        "pubtime",
        "source",
        "meta",
        "byline",
        "author",
        "info",
        "fecha",
        "datum",
        "submitted",
        "dateline",
        "writer",
        "laiyuan",
        "timestamp",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).expect("a list of constants")
});

fn byline(node: &NodeRef, facts: &mut Facts) {
    let Some(element) = node.element_ref() else { return };
    let has = |name: &str| value(&element, name).is_some();
    if facts.bylines.len() > 200 || !(has("class") || has("id") || has("itemprop")) {
        return;
    }
    if !MARKS.iter().filter_map(|name| value(&element, name)).any(|mark| BYLINES.is_match(mark)) {
        return;
    }
    let marks = marks(node);
    // The words may stand behind what is looked at.
    if !BYLINES.is_match(&marks) {
        return;
    }
    // Only small elements: the text of a whole page under `class="main-info"` is no byline.
    let mut text = String::new();
    for child in node.descendants_it().take(60).filter(|n| n.is_text()) {
        text.push_str(&child.text());
        text.push(' ');
        if text.len() > 800 {
            return;
        }
    }
    let mut text = collapse(&text);
    let dated = marks.contains("publish") || marks.contains("date");
    for attribute in ["content", "title", "datetime", "data-datetime", "data-time"] {
        // A `title` is a date only where the element says that it is one.
        let told = dated || attribute != "title";
        if let Some(value) = node.attr(attribute).filter(|v| told && v.len() < 40) {
            text = format!("{value} {text}");
        }
    }
    if !text.trim().is_empty() && text.chars().count() <= 200 {
        facts.bylines.push(Byline { marks, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> Facts {
        collect(&Document::from(
            format!("<html><head><title>溯岩市公安局</title></head><body>{body}</body></html>").as_str(),
        ))
    }

    #[test]
    fn headings_of_old_sites_are_seen() {
        let body =
            "<table><tr><td class=bt>关于设立联络点的通告</td></tr></table><font size=5>任前公示一览</font>
            <p style='font-size:16pt'>会员大会通知</p><p style='font-size:14px'>普通的一段文字</p>
            <div class=subtitle>不是标题的文字</div><h2>Contact ons</h2>";
        assert_eq!(of(body).shown, ["关于设立联络点的通告", "任前公示一览", "会员大会通知"]);
    }

    #[test]
    fn the_depth_is_that_of_the_tree() {
        // The document, html, head and title stand above the title's text.
        for (body, depth) in [
            ("haven", 4),
            ("<p>een</p><div><p>twee</p></div><p>drie</p>", 5),
            ("<rt>a<rt>b<rt>c", 6),
            ("<svg><td><td><td>x</svg><p>y", 7),
        ] {
            assert_eq!(of(body).depth, depth, "{body}");
        }
    }

    #[test]
    fn scripts_of_wechat_name_the_day() {
        for (script, want) in [
            ("var ct = \"1564446600\"; var publish_time = \"2019-07-30\" || \"\";", Some("2019-07-30")),
            ("var ct='1564446600'", Some("1564446600")),
            ("var count = \"1564446600\"", None),
            ("var ct = \"\"", None),
        ] {
            assert_eq!(wechat_day(&format!("<script>{script}</script>")).as_deref(), want, "{script}");
        }
    }
}
