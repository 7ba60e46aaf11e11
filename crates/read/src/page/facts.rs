//! What a page says about itself, collected in one pass over its tree.

use crate::canon::collapse;
use dom_query::{Document, NodeRef};

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
    /// The bodies of `application/ld+json`.
    pub linked_data: Vec<String>,
    pub times: Vec<Time>,
    /// Short texts of elements whose class or id speaks of a date, an author or a source.
    pub bylines: Vec<Byline>,
    pub lang: Option<String>,
    pub scripts: usize,
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
    for node in tree.root().descendants_it() {
        let Some(name) = node.node_name() else { continue };
        match &*name {
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
            _ => byline(&node, &mut facts),
        }
    }
    facts
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

/// Class, id and `itemprop` as one string in lower case.
fn marks(node: &NodeRef) -> String {
    ["class", "id", "itemprop", "property"]
        .iter()
        .filter_map(|a| node.attr(a))
        .map(|v| v.chars().take(200).collect::<String>().to_ascii_lowercase())
        .collect::<Vec<_>>()
        .join(" ")
}

fn byline(node: &NodeRef, facts: &mut Facts) {
    if facts.bylines.len() > 200
        || !(node.has_attr("class") || node.has_attr("id") || node.has_attr("itemprop"))
    {
        return;
    }
    let marks = marks(node);
    const WORDS: [&str; 17] = [
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
    if !WORDS.iter().any(|w| marks.contains(w)) {
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
