//! Styles of an OpenDocument file by name: what nobody sees.

use super::package::Package;
use super::xml::{Event, Tag, Xml};
use std::collections::{HashMap, HashSet};

/// The most styles that are kept.
const STYLES: usize = 100_000;
/// How far a style's parents are followed.
const PARENTS: usize = 16;

/// The names of styles that hide what has them.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    hidden: HashSet<String>,
    parents: HashMap<String, String>,
    open: Option<String>,
}

impl Styles {
    /// Of `styles.xml`; those of the content itself are told one by one.
    pub(crate) fn of(package: &mut Package) -> Self {
        let mut out = Self::default();
        let part = "styles.xml";
        let Some(text) = package.text(part) else { return out };
        let mut xml = Xml::new(&text, part);
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(tag) => out.open(&tag),
                Event::Close(name) => out.close(&name),
                Event::Text(_) => {}
            }
        }
        out
    }

    pub(crate) fn open(&mut self, tag: &Tag) {
        if tag.name == "style" {
            self.open = tag.attr("name").map(str::to_owned).filter(|_| self.parents.len() < STYLES);
            if let (Some(name), Some(parent)) = (&self.open, tag.attr("parent-style-name")) {
                self.parents.insert(name.clone(), parent.to_owned());
            }
        } else if let Some(name) = &self.open
            && hides(tag)
            && self.hidden.len() < STYLES
        {
            self.hidden.insert(name.clone());
        }
    }

    pub(crate) fn close(&mut self, name: &str) {
        if name == "style" {
            self.open = None;
        }
    }

    /// Whether the style of this name, or one it comes from, hides.
    pub(crate) fn is_hidden(&self, name: Option<&str>) -> bool {
        let mut next = name;
        for _ in 0..PARENTS {
            let Some(name) = next else { return false };
            if self.hidden.contains(name) {
                return true;
            }
            next = self.parents.get(name).map(String::as_str);
        }
        false
    }
}

/// Text that is not displayed, a table or slide that is not shown, white letters on no ground of their own.
fn hides(tag: &Tag) -> bool {
    match tag.name.as_str() {
        "text-properties" => {
            let white = tag.attr("color").is_some_and(|c| c.eq_ignore_ascii_case("#ffffff"));
            let ground = tag.attr("background-color").is_some_and(|c| c != "transparent");
            tag.attr("display") == Some("none") || (white && !ground)
        }
        "table-properties" => tag.attr("display") == Some("false"),
        "drawing-page-properties" => tag.attr("visibility") == Some("hidden"),
        _ => false,
    }
}
