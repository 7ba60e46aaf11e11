//! Paragraph and character styles of a DOCX: what is a heading, what is hidden.

use super::package::Package;
use super::xml::{Event, Xml};
use plainsight_model::BlockKind;
use std::collections::HashMap;

/// How far a style's bases are followed.
const BASES: usize = 16;
/// The most styles that are kept.
const STYLES: usize = 20_000;

/// Styles by id.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: bool,
    hidden: bool,
}

impl Styles {
    pub(crate) fn of(package: &mut Package, part: &str) -> Self {
        let mut out = Self::default();
        let Some(text) = package.text(part) else { return out };
        let mut xml = Xml::new(&text, part);
        let mut open: Option<(String, Style)> = None;
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(tag) if tag.name == "style" => {
                    open = Some((tag.attr("styleId").unwrap_or("").to_owned(), Style::default()));
                }
                Event::Open(tag) => {
                    let Some((_, style)) = &mut open else { continue };
                    let value = tag.attr("val").unwrap_or("");
                    match tag.name.as_str() {
                        "name" => style.name = value.to_lowercase(),
                        "basedOn" => style.based_on = Some(value.to_owned()),
                        "outlineLvl" => style.outline = value.parse::<u32>().is_ok_and(|n| n < 9),
                        "vanish" | "webHidden" => style.hidden = tag.is_on(),
                        _ => {}
                    }
                }
                Event::Close(name) if name == "style" => {
                    if let Some((id, style)) = open.take()
                        && out.styles.len() < STYLES
                    {
                        out.styles.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// A style and those it is based on.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let mut next = self.styles.get(id);
        std::iter::from_fn(move || {
            let style = next?;
            next = style.based_on.as_ref().and_then(|base| self.styles.get(base));
            Some(style)
        })
        .take(BASES)
    }

    /// What a paragraph of this style is; the names of built-in styles are English in every language.
    pub(crate) fn kind(&self, id: &str) -> BlockKind {
        for style in self.chain(id) {
            let name = style.name.as_str();
            if name == "title" {
                return BlockKind::Title;
            } else if name.starts_with("heading ") || name == "subtitle" || style.outline {
                return BlockKind::Heading;
            } else if name.starts_with("list bullet") || name.starts_with("list number") {
                return BlockKind::ListItem;
            } else if name == "quote" || name == "intense quote" {
                return BlockKind::Quote;
            } else if name == "caption" {
                return BlockKind::Caption;
            }
        }
        BlockKind::Paragraph
    }

    pub(crate) fn is_hidden(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.hidden)
    }
}
