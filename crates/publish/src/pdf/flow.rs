//! The page of the dossier laid out on one long strip of paper.
//!
//! Everything gets its place from the top of the strip; where the strip is cut
//! into pages is decided afterwards (`pages`), by what must not be torn.

use super::fonts::Faces;
use super::pages::Table;
use super::style::{self, INK, LINE, Room};
use super::tags::Tags;
use super::text::{Colour, Look, Missing, Paragraph, Piece, Span};
use super::tree::{Element, Node};
use std::ops::Range;

/// What is drawn, from the top of the strip.
#[derive(Clone, Debug)]
pub(crate) enum Ink {
    /// Glyphs on a base line.
    Text {
        /// What is drawn.
        piece: Piece,
        /// Its look, language, link and leaf.
        span: Span,
        /// The base line.
        base: f32,
    },
    /// A filled oblong.
    Bar {
        /// Its width.
        width: f32,
        /// Its colour.
        colour: Colour,
    },
    /// A shape that says what a word says: the class that draws it on the page.
    Shape(String),
}

/// A thing with its place.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// From the left edge of the paper.
    pub x: f32,
    /// Top and bottom on the strip.
    pub y: Range<f32>,
    /// What is drawn.
    pub ink: Ink,
}

/// What is on the strip, without the means to put more on it.
pub(crate) struct Strip {
    /// In reading order.
    pub placed: Vec<Placed>,
    /// Where ids stand.
    pub anchors: Vec<(String, f32)>,
    /// The structure.
    pub tags: Tags,
}

/// The strip while it is written.
pub(crate) struct Flow<'a, 'f> {
    faces: &'a mut Faces<'f>,
    /// In reading order.
    pub placed: Vec<Placed>,
    /// What is not torn.
    pub keeps: Vec<Range<f32>>,
    /// Where a new page begins.
    pub breaks: Vec<f32>,
    /// Where ids stand.
    pub anchors: Vec<(String, f32)>,
    /// Tables with a row of headings.
    pub tables: Vec<Table>,
    /// Headings: level, words, place.
    pub heads: Vec<(u16, String, f32)>,
    /// The structure.
    pub tags: Tags,
}

/// What a block inherits.
#[derive(Clone)]
pub(crate) struct Context {
    /// Left edge and width.
    pub room: Room,
    /// How its text looks.
    pub look: Look,
    /// A language tag.
    pub lang: String,
    /// The structure element it is in.
    pub tag: usize,
}

impl<'a, 'f> Flow<'a, 'f> {
    /// An empty strip.
    pub(crate) fn new(faces: &'a mut Faces<'f>) -> Self {
        Self {
            faces,
            placed: Vec::new(),
            keeps: Vec::new(),
            breaks: Vec::new(),
            anchors: Vec::new(),
            tables: Vec::new(),
            heads: Vec::new(),
            tags: Tags::default(),
        }
    }

    /// Done.
    pub(crate) fn strip(self) -> Strip {
        Strip { placed: self.placed, anchors: self.anchors, tags: self.tags }
    }

    /// Lays out what stands in an element, one below the other; gives where it ends.
    pub(crate) fn children(&mut self, of: &Element, context: &Context, mut y: f32) -> Result<f32, Missing> {
        let mut line: Vec<&Node> = Vec::new();
        let mut before: Option<&Element> = None;
        for node in &of.children {
            match node {
                Node::Element(element) if style::is_block(element, of) => {
                    y = self.loose(&mut line, context, y)?;
                    y += style::gap(before, element);
                    y = self.block(element, of, context, y)?;
                    before = Some(element);
                }
                other => line.push(other),
            }
        }
        self.loose(&mut line, context, y)
    }

    /// Text between blocks, as a paragraph of its own.
    fn loose(&mut self, nodes: &mut Vec<&Node>, context: &Context, y: f32) -> Result<f32, Missing> {
        let nodes = std::mem::take(nodes);
        let is_blank = |node: &&Node| matches!(node, Node::Text(text) if text.trim().is_empty());
        if nodes.iter().all(is_blank) {
            return Ok(y);
        }
        let holds = self.tags.holds_text(context.tag);
        let tag = if holds { context.tag } else { self.tags.group("p", "", context.tag) };
        self.paragraph(&nodes, &Context { tag, ..context.clone() }, y)
    }

    fn block(
        &mut self,
        element: &Element,
        parent: &Element,
        context: &Context,
        y: f32,
    ) -> Result<f32, Missing> {
        let mut inner = context.clone();
        inner.look = style::look(element, parent, context.look);
        if let Some(lang) = element.get("lang") {
            inner.lang = lang.to_owned();
        }
        if matches!(parent.name.as_str(), "main" | "section") && !style::is_wide(element) {
            inner.room = inner.room.column();
        }
        if element.name == "section" {
            self.breaks.push(y);
        }
        if let Some(id) = element.get("id") {
            self.anchors.push((id.to_owned(), y));
        }
        inner.tag = self.tags.group(&element.name, &element.text(), context.tag);
        match element.name.as_str() {
            "h1" | "h2" | "h3" => self.heading(element, parent, &inner, y),
            "table" => self.table(element, &inner, y),
            "div" if element.has("said") => self.columns(element, &inner, style::SAID, y),
            "div" if element.has("both") => self.columns(element, &inner, style::BOTH, y),
            "div" if element.has("top") => {
                let y = self.children(element, &inner, y)?;
                Ok(self.bar(inner.room.x, inner.room.width, y + 4.0, 1.6, INK) + 6.0)
            }
            "aside" => {
                self.bar(inner.room.x, inner.room.width, y, 0.7, INK);
                let end = self.children(element, &inner, y + 5.0)?;
                self.keeps.push(y..end);
                Ok(end)
            }
            "blockquote" => {
                inner.room = inner.room.indent(9.0);
                let end = self.children(element, &inner, y)?;
                self.tall(context.room.x, y, end, 1.2);
                Ok(end)
            }
            "ul" | "ol" => self.list(element, &inner, y),
            "dd" => {
                inner.room = inner.room.indent(12.0);
                self.children(element, &inner, y)
            }
            _ => self.children(element, &inner, y),
        }
    }

    fn heading(
        &mut self,
        element: &Element,
        parent: &Element,
        context: &Context,
        mut y: f32,
    ) -> Result<f32, Missing> {
        let level = element.name.trim_start_matches('h').parse().unwrap_or(1);
        let top = y;
        if level == 2 && parent.name == "section" {
            y = self.bar(context.room.x, style::FULL, y, 1.6, INK) + 8.0;
        }
        self.heads.push((level, element.text(), y));
        let nodes: Vec<&Node> = element.children.iter().collect();
        let end = self.paragraph(&nodes, context, y)?;
        // With the first lines of what follows.
        self.keeps.push(top..end + 40.0);
        Ok(end)
    }

    /// Blocks beside each other.
    fn columns(
        &mut self,
        of: &Element,
        context: &Context,
        parts: [(f32, f32); 2],
        y: f32,
    ) -> Result<f32, Missing> {
        let mut end = y;
        for (element, (from, width)) in of.elements().zip(parts) {
            let mut inner = context.clone();
            inner.room =
                Room { x: context.room.x + from * context.room.width, width: width * context.room.width };
            end = end.max(self.block(element, of, &inner, y)?);
        }
        Ok(end)
    }

    fn list(&mut self, element: &Element, context: &Context, mut y: f32) -> Result<f32, Missing> {
        let numbered = element.name == "ol";
        let notes = element.has("notes");
        let tree = !element.has("tree") && style::is_branch(element);
        let top = y;
        for (at, item) in element.elements().enumerate() {
            let mut inner = context.clone();
            inner.tag = self.tags.group("li", "", context.tag);
            let begin = y;
            if notes {
                y = self.bar(context.room.x, context.room.width, y, 0.5, LINE) + 6.0;
            }
            if let Some(id) = item.get("id") {
                self.anchors.push((id.to_owned(), y));
            }
            if numbered {
                let tag = self.tags.group("lbl", "", inner.tag);
                let label = Node::Text(if notes { (at + 1).to_string() } else { format!("{}.", at + 1) });
                let look = Look { bold: notes, ..context.look };
                let label_context = Context { tag, look, lang: "en".into(), ..context.clone() };
                self.paragraph(&[&label], &label_context, y)?;
            }
            inner.tag = self.tags.group("lbody", "", inner.tag);
            inner.room = inner.room.indent(match (numbered, notes, tree) {
                (_, true, _) => 26.0,
                (true, ..) => 15.0,
                (.., true) => 10.0,
                _ => 0.0,
            });
            y = if element.has("steps") {
                self.step(item, &inner, y)?
            } else {
                self.children(item, &inner, y)?
            };
            y += if notes { 7.0 } else { style::LIST_GAP };
            if notes || numbered || element.has("tree") {
                self.keeps.push(begin..y);
            }
        }
        if tree {
            self.tall(context.room.x + 2.0, top, y - style::LIST_GAP, 0.7);
        }
        Ok(y)
    }

    /// A day, and what was said on it.
    fn step(&mut self, item: &Element, context: &Context, y: f32) -> Result<f32, Missing> {
        let mut end = y;
        let mut room = Room { width: 84.0, ..context.room };
        for element in item.elements() {
            let node = Node::Element(element.clone());
            let tag = self.tags.group("p", "", context.tag);
            end = end.max(self.paragraph(&[&node], &Context { room, tag, ..context.clone() }, y)?);
            room = Room { x: context.room.x + 92.0, width: context.room.width - 92.0 };
        }
        Ok(end)
    }

    fn table(&mut self, table: &Element, context: &Context, mut y: f32) -> Result<f32, Missing> {
        let mut head: Option<Range<f32>> = None;
        for part in table.elements() {
            let mut group = context.clone();
            group.tag = self.tags.group(&part.name, "", context.tag);
            if part.name == "caption" {
                group.look = style::look(part, table, context.look);
                y = self.children(part, &group, y)? + 3.0;
                continue;
            }
            for row in part.elements() {
                let mut inner = group.clone();
                inner.tag = self.tags.group("tr", "", group.tag);
                let (top, mut end) = (y, y);
                let mut x = context.room.x;
                for (cell, share) in row.elements().zip(style::TABLE) {
                    let width = share * context.room.width;
                    let mut one = inner.clone();
                    one.tag = self.tags.group(&cell.name, "", inner.tag);
                    one.room = Room { x, width: width - 8.0 };
                    one.look = style::look(cell, row, context.look);
                    x += width;
                    end = end.max(self.children(cell, &one, y + 4.0)?);
                }
                y = end + 4.0;
                let (thick, colour) = if part.name == "thead" { (0.9, INK) } else { (0.5, LINE) };
                y = self.bar(context.room.x, context.room.width, y, thick, colour);
                // Headings never stand alone at the foot of a page.
                let from = head.as_ref().filter(|head| head.end == top).map_or(top, |head| head.start);
                self.keeps.push(from..y);
                if part.name == "thead" {
                    head = Some(from..y);
                }
            }
        }
        if let Some(head) = head {
            self.tables.push(Table { head, end: y });
        }
        Ok(y)
    }

    fn bar(&mut self, x: f32, width: f32, y: f32, thick: f32, colour: Colour) -> f32 {
        self.placed.push(Placed { x, y: y..y + thick, ink: Ink::Bar { width, colour } });
        y + thick
    }

    /// A line down the left side, in pieces, so that a page can end between them.
    fn tall(&mut self, x: f32, from: f32, to: f32, width: f32) {
        let mut y = from;
        while y < to {
            let end = (y + 4.0).min(to);
            self.placed.push(Placed { x, y: y..end, ink: Ink::Bar { width, colour: style::EDGE } });
            y = end;
        }
    }

    /// Sets text; a shape that opens it stands in front of all its lines.
    fn paragraph(&mut self, nodes: &[&Node], context: &Context, y: f32) -> Result<f32, Missing> {
        let mut paragraph = Paragraph::default();
        for node in nodes {
            super::inline::gather(node, context, None, &mut paragraph, &mut self.tags);
        }
        super::inline::trim(&mut paragraph);
        if paragraph.text.is_empty() {
            return Ok(y);
        }
        let mut room = context.room;
        let height = context.look.size * style::leading(context.look.voice);
        if let Some(shape) = nodes.iter().find_map(|node| super::inline::shape(node)) {
            let size = context.look.size * 0.8;
            let top = y + (height - size) / 2.0;
            self.placed.push(Placed { x: room.x, y: top..top + size, ink: Ink::Shape(shape) });
            room = room.indent(context.look.size * 1.3);
        }
        let lines = paragraph.lines(room.width, self.faces)?;
        for (at, line) in lines.iter().enumerate() {
            let top = y + at as f32 * height;
            for (id, place) in &paragraph.anchors {
                if line.range.contains(place) {
                    self.anchors.push((id.clone(), top));
                }
            }
            let base = top + height / 2.0 + context.look.size * 0.36;
            for piece in &line.pieces {
                let span = paragraph.spans[piece.span].clone();
                let ink = Ink::Text { piece: piece.clone(), base: base - span.look.rise, span };
                self.placed.push(Placed { x: room.x + piece.x, y: top..top + height, ink });
            }
        }
        let end = y + lines.len() as f32 * height;
        // No single line stands alone at the foot or the head of a page.
        self.keeps.push(y..(y + 2.0 * height).min(end));
        self.keeps.push((end - 2.0 * height).max(y)..end);
        Ok(end)
    }
}
