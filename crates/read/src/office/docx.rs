//! Text documents of Office Open XML (DOCX).

use super::Sink;
use super::docx_styles::Styles;
use super::package::{Package, Rel};
use super::para::Para;
use super::rows::{Cell, Row, lay};
use super::xml::{Event, Tag, Xml};
use plainsight_model::{BlockKind, ComplaintKind};
use std::collections::{HashMap, HashSet};

/// Type in half points up to which nobody reads it.
const TINY: u32 = 4;
/// How deep tables and text boxes may stand in each other; deeper ones are read as plain text.
const DEEPEST: usize = 64;

/// Reads the body, then notes, headers and footers, last the comments.
pub(crate) fn read(package: &mut Package, main: &str, sink: &mut Sink) {
    let rels = package.rels(main);
    let part = |kind: &str| -> Vec<String> {
        rels.iter().filter(|r| r.kind.ends_with(kind)).map(|r| r.target.clone()).collect()
    };
    let styles = part("/styles").first().map(|p| Styles::of(package, p)).unwrap_or_default();
    Walk::new(&styles, &rels, "body").part(package, main, sink);
    for (kind, path) in [("/footnotes", "footnotes"), ("/endnotes", "endnotes")] {
        for name in part(kind) {
            let rels = package.rels(&name);
            Walk::new(&styles, &rels, path).part(package, &name, sink);
        }
    }
    // First page, odd and even pages mostly repeat the same lines.
    let mut seen = HashSet::new();
    for (kind, path) in [("/header", "header"), ("/footer", "footer")] {
        for name in part(kind) {
            let rels = package.rels(&name);
            let mut own = Sink::new();
            Walk::new(&styles, &rels, path).part(package, &name, &mut own);
            let (raws, complaints) = own.into_parts();
            raws.into_iter().filter(|raw| seen.insert(raw.text.clone())).for_each(|raw| sink.put(raw));
            sink.complaints.extend(complaints);
        }
    }
    for name in part("/comments") {
        let mut walk = Walk::new(&styles, &[], "comments");
        walk.all_hidden = true;
        walk.part(package, &name, sink);
    }
}

/// A paragraph that is open.
struct Open {
    para: Para,
    kind: BlockKind,
    hidden: bool,
    /// Where its link began, and where that leads.
    link: Option<(usize, String)>,
}

/// What is open around it.
enum Around {
    Table { rows: Vec<Row>, number: usize },
    Row(Row),
    Cell { column: usize, columns: usize, para: Para, shaded: bool },
}

/// What the run says of its letters.
#[derive(Default)]
struct Run {
    hidden: bool,
    white: bool,
    shaded: bool,
}

struct Walk<'w> {
    styles: &'w Styles,
    links: HashMap<&'w str, &'w str>,
    path: &'w str,
    all_hidden: bool,
    paragraphs: Vec<Open>,
    around: Vec<Around>,
    run: Run,
    /// Inside the properties of a paragraph, where a run's properties are those of its mark.
    in_paragraph_properties: bool,
    in_text: bool,
    deleted: usize,
    /// Elements to leave out until this many have closed.
    skip: usize,
    number: usize,
    tables: usize,
}

impl<'w> Walk<'w> {
    fn new(styles: &'w Styles, rels: &'w [Rel], path: &'w str) -> Self {
        let links = rels.iter().filter(|r| r.kind.ends_with("/hyperlink"));
        Self {
            styles,
            links: links.map(|r| (r.id.as_str(), r.target.as_str())).collect(),
            path,
            all_hidden: false,
            paragraphs: Vec::new(),
            around: Vec::new(),
            run: Run::default(),
            in_paragraph_properties: false,
            in_text: false,
            deleted: 0,
            skip: 0,
            number: 0,
            tables: 0,
        }
    }

    fn part(&mut self, package: &mut Package, name: &str, sink: &mut Sink) {
        let Some(text) = package.text(name) else {
            sink.complain(ComplaintKind::Damaged, "a part that the document names is missing", name);
            return;
        };
        let mut xml = Xml::new(&text, name);
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(ref tag) if self.skip > 0 || leaves_out(tag) => self.skip += 1,
                Event::Open(tag) => self.open(&tag),
                Event::Close(_) if self.skip > 0 => self.skip -= 1,
                Event::Close(name) => self.close(&name, sink),
                Event::Text(text) if self.in_text && self.skip == 0 => self.text(&text),
                Event::Text(_) => {}
            }
            if sink.is_full() {
                return;
            }
        }
        // Where the XML breaks off, what was open is closed.
        while !self.paragraphs.is_empty() {
            self.close("p", sink);
        }
        while let Some(around) = self.around.last() {
            let name = match around {
                Around::Table { .. } => "tbl",
                Around::Row(_) => "tr",
                Around::Cell { .. } => "tc",
            };
            self.close(name, sink);
        }
    }

    fn open(&mut self, tag: &Tag) {
        let value = tag.attr("val").unwrap_or("");
        match tag.name.as_str() {
            "p" => self.paragraphs.push(Open {
                para: Para::default(),
                kind: BlockKind::Paragraph,
                hidden: self.all_hidden,
                link: None,
            }),
            "pPr" => self.in_paragraph_properties = true,
            "pStyle" => self.style(value),
            "numPr" => self.set_kind(BlockKind::ListItem),
            "outlineLvl" if value.parse::<u32>().is_ok_and(|n| n < 9) => self.set_kind(BlockKind::Heading),
            "r" => self.run = Run::default(),
            _ if self.in_paragraph_properties => {}
            "rStyle" if self.styles.is_hidden(value) => self.run.hidden = true,
            "vanish" | "webHidden" => self.run.hidden = tag.is_on(),
            "color" => self.run.white = value.eq_ignore_ascii_case("FFFFFF"),
            "sz" if value.parse::<u32>().is_ok_and(|n| n <= TINY) => self.run.hidden = true,
            "shd" => self.shade(tag),
            "highlight" => self.run.shaded = value != "none",
            "t" | "delText" => self.in_text = true,
            "tab" | "ptab" => self.text(" "),
            "br" | "cr" => {
                if let Some(open) = self.paragraphs.last_mut() {
                    open.para.break_line();
                }
            }
            "noBreakHyphen" => self.text("-"),
            "del" | "moveFrom" => self.deleted += 1,
            "hyperlink" => {
                let href = tag.attr("id").and_then(|id| self.links.get(id)).map(|t| (*t).to_owned());
                if let (Some(open), Some(href)) = (self.paragraphs.last_mut(), href) {
                    open.link = Some((open.para.place(), href));
                }
            }
            "tbl" if self.around.len() < DEEPEST => {
                self.tables += 1;
                self.around.push(Around::Table { rows: Vec::new(), number: self.tables });
            }
            "tr" => self.open_row(),
            "tblHeader" if tag.is_on() => {
                if let Some(Around::Row(row)) = self.around.last_mut() {
                    row.is_header = true;
                }
            }
            "tc" => {
                if let Some(Around::Row(row)) = self.around.last() {
                    let column = row.cells.last().map_or(0, |c| c.column + c.columns);
                    self.around.push(Around::Cell {
                        column,
                        columns: 1,
                        para: Para::default(),
                        shaded: false,
                    });
                }
            }
            "gridSpan" => {
                if let Some(Around::Cell { columns, .. }) = self.around.last_mut() {
                    *columns = value.parse().unwrap_or(1).clamp(1, 200);
                }
            }
            _ => {}
        }
    }

    fn open_row(&mut self) {
        let path = match self.around.last() {
            Some(Around::Table { rows, number }) => {
                format!("{}/tbl[{number}]/tr[{}]", self.path, rows.len() + 1)
            }
            _ => return,
        };
        self.around.push(Around::Row(Row { path, hidden: self.all_hidden, ..Row::default() }));
    }

    fn style(&mut self, id: &str) {
        let (kind, hidden) = (self.styles.kind(id), self.styles.is_hidden(id));
        if let Some(open) = self.paragraphs.last_mut() {
            open.hidden |= hidden;
            if open.kind == BlockKind::Paragraph {
                open.kind = kind;
            }
        }
    }

    fn set_kind(&mut self, kind: BlockKind) {
        if let Some(open) = self.paragraphs.last_mut()
            && open.kind == BlockKind::Paragraph
        {
            open.kind = kind;
        }
    }

    /// A ground of some colour, of a run or, outside paragraphs, of a cell.
    fn shade(&mut self, tag: &Tag) {
        let fill = tag.attr("fill").unwrap_or("auto");
        let is_shaded = !fill.eq_ignore_ascii_case("auto") && !fill.eq_ignore_ascii_case("FFFFFF");
        match self.around.last_mut() {
            Some(Around::Cell { shaded, .. }) if self.paragraphs.is_empty() => *shaded |= is_shaded,
            _ => self.run.shaded |= is_shaded,
        }
    }

    fn text(&mut self, text: &str) {
        // A table's style may colour its ground, which is not followed: white letters in a table are seen.
        let white = self.run.white && !self.run.shaded && self.around.is_empty();
        let hidden = self.run.hidden || self.deleted > 0 || white;
        if let Some(open) = self.paragraphs.last_mut() {
            open.para.push(text, hidden);
        }
    }

    fn close(&mut self, name: &str, sink: &mut Sink) {
        match name {
            "pPr" => self.in_paragraph_properties = false,
            "r" => self.run = Run::default(),
            "t" | "delText" => self.in_text = false,
            "del" | "moveFrom" => self.deleted = self.deleted.saturating_sub(1),
            "hyperlink" => {
                if let Some(open) = self.paragraphs.last_mut()
                    && let Some((from, href)) = open.link.take()
                {
                    open.para.link(from, &href);
                }
            }
            "p" => {
                self.in_paragraph_properties = false;
                if let Some(open) = self.paragraphs.pop() {
                    self.close_paragraph(open, sink);
                }
            }
            "tc" => self.close_cell(),
            "tr" => {
                if let Some(Around::Row(row)) = self.around.pop_if(|a| matches!(a, Around::Row(_)))
                    && let Some(Around::Table { rows, .. }) = self.around.last_mut()
                {
                    rows.push(row);
                }
            }
            "tbl" => self.close_table(sink),
            _ => {}
        }
    }

    fn close_paragraph(&mut self, open: Open, sink: &mut Sink) {
        if let Some(Around::Cell { para, .. }) = self.around.last_mut() {
            para.join(&open.para);
            return;
        }
        self.number += 1;
        let path = format!("{}/p[{}]", self.path, self.number);
        open.para.into_raws(open.kind, &path, open.hidden).into_iter().for_each(|raw| sink.put(raw));
    }

    fn close_cell(&mut self) {
        let Some(Around::Cell { column, columns, para, .. }) =
            self.around.pop_if(|a| matches!(a, Around::Cell { .. }))
        else {
            return;
        };
        if let Some(Around::Row(row)) = self.around.last_mut() {
            let mut cell = Cell::new(column, para.shown());
            cell.columns = columns;
            cell.links = para.links().to_vec();
            row.add(cell, para.hidden());
        }
    }

    fn close_table(&mut self, sink: &mut Sink) {
        let Some(Around::Table { rows, .. }) = self.around.pop_if(|a| matches!(a, Around::Table { .. }))
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
        lay(rows).into_iter().for_each(|raw| sink.put(raw));
    }
}

/// The copy for old programs of what was read already, and the lines that part notes from the text.
fn leaves_out(tag: &Tag) -> bool {
    tag.name == "Fallback"
        || (matches!(tag.name.as_str(), "footnote" | "endnote")
            && tag.attr("type").is_some_and(|t| t != "normal"))
}
