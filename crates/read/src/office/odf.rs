//! OpenDocument: texts (ODT), spreadsheets (ODS), presentations (ODP). One walk reads them all, since
//! they share their elements.

use super::Sink;
use super::odf_styles::Styles;
use super::package::Package;
use super::para::Para;
use super::rows::{Cell, Row, lay};
use super::xml::{Event, Tag, Xml};
use plainsight_model::{BlockKind, ComplaintKind};

/// The widest row.
const COLUMNS: usize = 16_384;
/// Tables, lists and frames in each other.
const DEEPEST: usize = 64;
/// Spaces that one element may stand for.
const SPACES: usize = 1000;

pub(crate) fn read(package: &mut Package, sink: &mut Sink) {
    let styles = Styles::of(package);
    let part = "content.xml";
    let Some(text) = package.text(part) else {
        sink.complain(ComplaintKind::Damaged, "the text of the document is missing", part);
        return;
    };
    let mut xml = Xml::new(&text, part);
    let mut walk = Walk { styles, ..Walk::default() };
    while let Some(event) = xml.next(&mut package.complaints) {
        match event {
            Event::Open(tag) => walk.open(&tag),
            Event::Close(name) => walk.close(&name, sink),
            Event::Text(text) => walk.text(&text),
        }
        if sink.is_full() {
            return;
        }
    }
    walk.finish(sink);
}

/// A paragraph that is open.
struct Open {
    para: Para,
    kind: BlockKind,
    hidden: bool,
    link: Option<(usize, String)>,
}

/// What is open around it.
enum Around {
    Table { name: String, rows: Vec<Row>, hidden: bool, in_header: bool },
    Cell { para: Para, columns: usize, repeat: usize },
}

#[derive(Default)]
struct Walk {
    styles: Styles,
    paragraphs: Vec<Open>,
    around: Vec<Around>,
    /// For each open element that may hide: whether it does, and whether only letters in a paragraph.
    hiding: Vec<(bool, bool)>,
    /// Inside who made a comment, and when: names that are not kept.
    in_maker: bool,
    in_body: bool,
    lists: usize,
    /// The number of the slide, 0 where there are none.
    slide: usize,
    is_title: bool,
    number: usize,
    tables: usize,
}

/// Elements that hide their content, or have a style that may.
fn may_hide(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "page"
            | "notes"
            | "annotation"
            | "tracked-changes"
            | "hidden-text"
            | "hidden-paragraph"
            | "section"
            | "frame"
    )
}

/// Of these, those that stand inside a paragraph.
fn is_inline(name: &str) -> bool {
    matches!(name, "span" | "annotation" | "hidden-text" | "hidden-paragraph")
}

impl Walk {
    fn hidden(&self) -> bool {
        self.hiding.iter().any(|(hides, _)| *hides)
            || self.around.iter().any(|a| matches!(a, Around::Table { hidden: true, .. }))
    }

    fn hides(&self, tag: &Tag) -> bool {
        match tag.name.as_str() {
            // Notes of a slide and comments beside a text are for who writes it.
            "notes" | "annotation" | "tracked-changes" | "hidden-text" | "hidden-paragraph" => true,
            "section" => tag.attr("display").is_some_and(|d| d == "none"),
            _ => self.styles.is_hidden(tag.attr("style-name")),
        }
    }

    fn open(&mut self, tag: &Tag) {
        if !self.in_body {
            self.styles.open(tag);
            self.in_body = tag.name == "body";
            return;
        }
        if may_hide(&tag.name) {
            let hides = self.hides(tag);
            self.hiding.push((hides, is_inline(&tag.name)));
        }
        let repeated = |name: &str, most: usize| {
            tag.attr(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).clamp(1, most)
        };
        match tag.name.as_str() {
            "p" | "h" => self.paragraphs.push(Open {
                para: Para::default(),
                kind: self.kind(tag),
                hidden: self.styles.is_hidden(tag.attr("style-name")),
                link: None,
            }),
            "list-item" => self.lists += 1,
            "s" => self.text(&" ".repeat(repeated("c", SPACES))),
            "tab" => self.text(" "),
            "line-break" => {
                if let Some(open) = self.paragraphs.last_mut() {
                    open.para.break_line();
                }
            }
            // What shows a hidden text has it as a value.
            "hidden-text" => self.text(tag.attr("string-value").unwrap_or("")),
            "a" => {
                if let (Some(open), Some(href)) = (self.paragraphs.last_mut(), tag.attr("href")) {
                    open.link = Some((open.para.place(), href.to_owned()));
                }
            }
            "page" => self.slide += 1,
            "frame" => self.is_title = matches!(tag.attr("class"), Some("title")),
            "table" if self.around.len() < DEEPEST => {
                self.tables += 1;
                let name = match tag.attr("name") {
                    Some(name) => format!("table “{name}”"),
                    None => format!("table {}", self.tables),
                };
                let hidden = self.styles.is_hidden(tag.attr("style-name"));
                self.around.push(Around::Table { name, rows: Vec::new(), hidden, in_header: false });
            }
            "table-header-rows" => self.set_header(true),
            "table-row" => self.open_row(tag.attr("visibility").is_some_and(|v| v != "visible")),
            "creator" | "date" | "creator-initials" | "initials" => self.in_maker = true,
            "table-cell" | "covered-table-cell" => self.around.push(Around::Cell {
                para: Para::default(),
                columns: repeated("number-columns-spanned", 200),
                repeat: repeated("number-columns-repeated", COLUMNS),
            }),
            _ => {}
        }
    }

    fn kind(&self, tag: &Tag) -> BlockKind {
        let style = tag.attr("style-name").unwrap_or("");
        match tag.name.as_str() {
            "h" => BlockKind::Heading,
            _ if style == "Title" => BlockKind::Title,
            _ if self.is_title => BlockKind::Heading,
            _ if self.lists > 0 => BlockKind::ListItem,
            _ if style == "Quotations" => BlockKind::Quote,
            _ => BlockKind::Paragraph,
        }
    }

    fn set_header(&mut self, on: bool) {
        if let Some(Around::Table { in_header, .. }) = self.around.last_mut() {
            *in_header = on;
        }
    }

    fn open_row(&mut self, collapsed: bool) {
        let row_hidden = collapsed || self.hidden();
        if let Some(Around::Table { name, rows, in_header, .. }) = self.around.last_mut() {
            let path = format!("{name}, row {}", rows.len() + 1);
            rows.push(Row { path, is_header: *in_header, hidden: row_hidden, ..Row::default() });
        }
    }

    fn text(&mut self, text: &str) {
        // What hides whole paragraphs and rows is asked when these close.
        let hidden = self.hiding.iter().any(|(hides, inline)| *hides && *inline);
        if self.in_maker {
            return;
        }
        if let Some(open) = self.paragraphs.last_mut() {
            open.para.push(text, hidden);
        }
    }

    fn close(&mut self, name: &str, sink: &mut Sink) {
        if !self.in_body {
            self.styles.close(name);
            return;
        }
        match name {
            "p" | "h" => self.close_paragraph(sink),
            "list-item" => self.lists = self.lists.saturating_sub(1),
            "a" => {
                if let Some(open) = self.paragraphs.last_mut()
                    && let Some((from, href)) = open.link.take()
                {
                    open.para.link(from, &href);
                }
            }
            "frame" => self.is_title = false,
            "creator" | "date" | "creator-initials" | "initials" => self.in_maker = false,
            "table-header-rows" => self.set_header(false),
            "table-cell" | "covered-table-cell" => self.close_cell(),
            "table" => self.close_table(sink),
            _ => {}
        }
        if may_hide(name) {
            self.hiding.pop();
        }
    }

    fn close_paragraph(&mut self, sink: &mut Sink) {
        let Some(open) = self.paragraphs.pop() else { return };
        if let Some(Around::Cell { para, .. }) = self.around.last_mut() {
            para.join(&open.para);
            return;
        }
        self.number += 1;
        let path = match self.slide {
            0 => format!("body/p[{}]", self.number),
            slide => format!("slide {slide}, p {}", self.number),
        };
        let hidden = open.hidden || self.hidden();
        open.para.into_raws(open.kind, &path, hidden).into_iter().for_each(|raw| sink.put(raw));
    }

    fn close_cell(&mut self) {
        let Some(Around::Cell { para, columns, repeat }) =
            self.around.pop_if(|a| matches!(a, Around::Cell { .. }))
        else {
            return;
        };
        let Some(Around::Table { rows, .. }) = self.around.last_mut() else { return };
        let Some(row) = rows.last_mut() else { return };
        let column = row.cells.last().map_or(0, |c| c.column + c.columns);
        let text = para.shown();
        if text.is_empty() {
            // Sheets end in one empty cell that stands for thousands.
            row.add(Cell { columns: repeat, ..Cell::new(column, "") }, para.hidden());
            return;
        }
        // A repeated cell is said once; who counts cells counts in the sheet.
        let mut cell = Cell::new(column, text);
        cell.columns = columns.max(repeat);
        cell.links = para.links().to_vec();
        row.add(cell, para.hidden());
    }

    fn close_table(&mut self, sink: &mut Sink) {
        let Some(Around::Table { rows, hidden, .. }) =
            self.around.pop_if(|a| matches!(a, Around::Table { .. }))
        else {
            return;
        };
        if let Some(Around::Cell { para, .. }) = self.around.last_mut() {
            for cell in rows.iter().flat_map(|row| &row.cells) {
                para.push(" ", false);
                para.push(&cell.text, false);
            }
            return;
        }
        let hidden = hidden || self.hidden();
        for mut raw in lay(rows) {
            raw.hidden |= hidden;
            sink.put(raw);
        }
    }

    /// Closes what a cut file left open.
    fn finish(&mut self, sink: &mut Sink) {
        while !self.paragraphs.is_empty() {
            self.close_paragraph(sink);
        }
        while let Some(around) = self.around.last() {
            match around {
                Around::Table { .. } => self.close_table(sink),
                Around::Cell { .. } => self.close_cell(),
            }
        }
    }
}
