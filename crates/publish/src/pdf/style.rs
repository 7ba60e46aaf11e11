//! How the elements of the page look on paper: the style sheet's looks in points.

use super::fonts::Voice;
use super::text::{Colour, Look};
use super::tree::Element;

/// A4, in points.
pub(crate) const PAPER: (f32, f32) = (595.28, 841.89);
/// The left edge of the text.
pub(crate) const LEFT: f32 = 62.0;
/// The first line of a page begins below this.
pub(crate) const TOP: f32 = 58.0;
/// And the last one ends above this.
pub(crate) const BOTTOM: f32 = 778.0;
/// The whole width.
pub(crate) const FULL: f32 = 477.0;
/// The column of running text.
const COLUMN: f32 = 341.0 / FULL;

pub(crate) const INK: Colour = [0x1a, 0x1c, 0x20];
pub(crate) const QUIET: Colour = [0x53, 0x56, 0x5d];
pub(crate) const LINE: Colour = [0xd8, 0xd5, 0xcc];
pub(crate) const EDGE: Colour = [0xa5, 0xa3, 0x9b];
pub(crate) const ACT: Colour = [0x0b, 0x57, 0xa4];
pub(crate) const GOOD: Colour = [0x00, 0x68, 0x7a];
pub(crate) const BAD: Colour = [0x93, 0x28, 0x0f];
pub(crate) const WARN: Colour = [0x86, 0x63, 0x00];

/// A statement and its margin, as shares of the width.
pub(crate) const SAID: [(f32, f32); 2] = [(0.0, COLUMN), (363.0 / FULL, 114.0 / FULL)];
/// The two sides.
pub(crate) const BOTH: [(f32, f32); 2] = [(0.0, 0.47), (0.53, 0.47)];
/// The columns of the table of posts.
pub(crate) const TABLE: [f32; 6] = [0.31, 0.21, 0.13, 0.14, 0.13, 0.08];
/// Between items of a list.
pub(crate) const LIST_GAP: f32 = 2.5;

/// Left edge and width.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// From the left edge of the paper.
    pub x: f32,
    /// How wide.
    pub width: f32,
}

impl Room {
    /// Less some points on the left.
    pub(crate) fn indent(self, by: f32) -> Self {
        Self { x: self.x + by, width: self.width - by }
    }

    /// The column of running text.
    pub(crate) fn column(self) -> Self {
        Self { width: self.width * COLUMN, ..self }
    }
}

/// Running text.
pub(crate) const BODY: Look = Look { voice: Voice::Serif, bold: false, size: 9.8, colour: INK, rise: 0.0 };

/// The height of a line, in sizes of its letters.
pub(crate) fn leading(voice: Voice) -> f32 {
    if voice == Voice::Serif { 1.5 } else { 1.42 }
}

/// Whether an element begins on a line of its own.
pub(crate) fn is_block(element: &Element, parent: &Element) -> bool {
    match element.name.as_str() {
        "small" => parent.name == "td",
        "span" => element.has("via"),
        "a" | "b" | "bdi" | "cite" | "code" | "sup" => false,
        _ => true,
    }
}

/// Whether a part of the page takes the whole width, not the column of running text.
pub(crate) fn is_wide(element: &Element) -> bool {
    element.name == "section" || ["said", "wide", "top", "notes"].iter().any(|class| element.has(class))
}

/// Whether a list hangs on a line, as pages hang on an origin.
pub(crate) fn is_branch(list: &Element) -> bool {
    list.get("class").is_none() && list.name == "ul"
}

/// Inline elements that the style sheet sets apart.
pub(crate) fn stands_apart(element: &Element) -> bool {
    (element.name == "b" && element.text().ends_with("ossier"))
        || (element.name == "span" && element.get("class").is_none())
}

/// The space above a block.
pub(crate) fn gap(before: Option<&Element>, element: &Element) -> f32 {
    let Some(before) = before else { return 0.0 };
    let after_heading = matches!(before.name.as_str(), "h1" | "h2" | "h3");
    match element.name.as_str() {
        "h1" => 14.0,
        "h2" => 24.0,
        "h3" => 14.0,
        _ if after_heading => 5.0,
        "section" | "table" => 6.0,
        "div" if element.has("said") => 16.0,
        "div" if element.has("wide") || element.has("both") => 9.0,
        "div" => 8.0,
        "p" if element.has("by") => 9.0,
        "p" if element.has("small") || element.has("xs") || element.has("pinyin") => 2.5,
        "p" if before.name == "p" && !element.has("line") && !before.has("stand") => 6.0,
        "p" => 4.0,
        "small" => 0.5,
        _ => 3.0,
    }
}

/// How a block's text looks.
pub(crate) fn look(element: &Element, parent: &Element, from: Look) -> Look {
    let sans = |size: f32| Look { voice: Voice::Sans, bold: false, size, ..from };
    let mut look = match element.name.as_str() {
        "h1" => Look { voice: Voice::Serif, bold: true, size: 23.0, ..from },
        "h2" if parent.name == "section" => Look { voice: Voice::Sans, bold: true, size: 15.0, ..from },
        "h2" => Look { voice: Voice::Sans, bold: true, size: 12.5, ..from },
        "h3" => Look { voice: Voice::Sans, bold: true, size: 9.5, ..from },
        "aside" | "ul" if !element.has("names") => sans(8.0),
        "ol" | "dl" | "td" | "small" => sans(8.0),
        "th" => Look { colour: QUIET, ..sans(7.4) },
        "caption" => Look { bold: true, ..sans(8.5) },
        "footer" => Look { colour: QUIET, ..sans(7.4) },
        "blockquote" => Look { size: from.size.min(9.2), ..from },
        "span" if element.has("via") => Look { colour: QUIET, ..sans(7.4) },
        "div" if element.has("top") || element.has("proof") || element.has("origins") => sans(8.2),
        _ => from,
    };
    if element.name == "small" && parent.name == "td" {
        look = Look { colour: QUIET, size: 7.6, ..look };
    }
    if element.name != "p" {
        return look;
    }
    if element.has("stand") {
        look = Look { size: 12.2, colour: QUIET, ..look };
    }
    if element.has("by") || element.has("small") || element.has("line") || element.has("problem") {
        look = sans(8.2);
    }
    if element.has("xs") || element.has("pinyin") {
        look = sans(7.4);
    }
    if element.has("quiet") || element.has("pinyin") || element.has("by") {
        look.colour = QUIET;
    }
    if element.has("problem") {
        look.colour = BAD;
    }
    if element.has("q") {
        look = Look { voice: Voice::Serif, size: 10.2, ..look };
    }
    look
}

/// How characters inside a line look.
pub(crate) fn inline_look(element: &Element, from: Look) -> Look {
    let mut look = match element.name.as_str() {
        "b" | "cite" => Look { bold: true, ..from },
        "sup" => Look { voice: Voice::Sans, size: from.size * 0.68, rise: from.size * 0.34, ..from },
        "a" => Look { colour: ACT, ..from },
        "code" => Look { voice: Voice::Mono, size: from.size * 0.88, ..from },
        _ => from,
    };
    if element.has("hash") {
        look = Look { voice: Voice::Mono, size: from.size * 0.86, ..look };
    }
    if element.has("pinyin") {
        look = Look { voice: Voice::Sans, size: 8.0, colour: QUIET, ..look };
    }
    if element.has("q") {
        look = Look { voice: Voice::Serif, size: 12.0, ..look };
    }
    if element.has("quiet") {
        look.colour = QUIET;
    }
    look
}
