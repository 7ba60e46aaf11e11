//! Presentations of Office Open XML (PPTX): slide by slide, then its notes.

use super::Sink;
use super::package::Package;
use super::para::Para;
use super::rows::{Cell, Row, lay};
use super::xml::{Event, Tag, Xml};
use plainsight_model::{BlockKind, ComplaintKind};
use std::collections::HashMap;

/// The most slides.
const SLIDES: usize = 10_000;

/// Reads the slides in the order of the show.
pub(crate) fn read(package: &mut Package, main: &str, sink: &mut Sink) {
    let targets: HashMap<String, String> = package.rels(main).into_iter().map(|r| (r.id, r.target)).collect();
    let Some(text) = package.text(main) else { return };
    let mut xml = Xml::new(&text, main);
    let mut slides = Vec::new();
    while let Some(event) = xml.next(&mut package.complaints) {
        if let Event::Open(tag) = event
            && tag.name == "sldId"
            && slides.len() < SLIDES
        {
            // Two attributes have the local name `id`: the slide's number comes first, the relation second.
            let found = tag.values("id").find_map(|id| targets.get(id));
            slides.extend(found.cloned());
        }
    }
    for (number, slide) in slides.iter().enumerate() {
        if sink.is_full() {
            return;
        }
        let path = format!("slide {}", number + 1);
        let notes = package.rels(slide).into_iter().find(|r| r.kind.ends_with("/notesSlide"));
        if !package.has(slide) {
            sink.complain(ComplaintKind::Damaged, "a slide that the presentation names is missing", path);
            continue;
        }
        Walk::new(&path, false).part(package, slide, sink);
        if let Some(notes) = notes {
            // Who sees the slides does not see them.
            Walk::new(&format!("{path}, notes"), true).part(package, &notes.target, sink);
        }
    }
}

struct Walk<'w> {
    path: &'w str,
    all_hidden: bool,
    is_notes: bool,
    /// What the shape is for: `title`, `body`, `sldNum`, …
    role: String,
    shape_hidden: bool,
    para: Option<(Para, bool)>,
    table: Option<Vec<Row>>,
    cell: Option<Para>,
    in_text: bool,
    skip: usize,
    number: usize,
    tables: usize,
}

impl<'w> Walk<'w> {
    fn new(path: &'w str, hidden: bool) -> Self {
        Self {
            path,
            all_hidden: hidden,
            is_notes: hidden,
            role: String::new(),
            shape_hidden: false,
            para: None,
            table: None,
            cell: None,
            in_text: false,
            skip: 0,
            number: 0,
            tables: 0,
        }
    }

    fn part(&mut self, package: &mut Package, name: &str, sink: &mut Sink) {
        let Some(text) = package.text(name) else { return };
        let mut xml = Xml::new(&text, name);
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(ref tag) if self.skip > 0 || tag.name == "Fallback" => self.skip += 1,
                Event::Open(tag) => self.open(&tag),
                Event::Close(_) if self.skip > 0 => self.skip -= 1,
                Event::Close(name) => self.close(&name, sink),
                Event::Text(text) => {
                    if let Some((para, _)) = self.para.as_mut().filter(|_| self.in_text && self.skip == 0) {
                        para.push(&text, false);
                    }
                }
            }
            if sink.is_full() {
                return;
            }
        }
        for name in ["p", "tc", "tbl"] {
            self.close(name, sink);
        }
    }

    fn open(&mut self, tag: &Tag) {
        match tag.name.as_str() {
            "sld" => self.all_hidden |= matches!(tag.attr("show"), Some("0" | "false")),
            "sp" => (self.role, self.shape_hidden) = (String::new(), false),
            "cNvPr" => self.shape_hidden |= matches!(tag.attr("hidden"), Some("1" | "true")),
            "ph" => self.role = tag.attr("type").unwrap_or("body").to_owned(),
            "p" => self.para = Some((Para::default(), false)),
            "pPr" => {
                if let Some((_, list)) = &mut self.para {
                    *list |= tag.attr("lvl").is_some_and(|l| l != "0");
                }
            }
            "buChar" | "buAutoNum" | "buBlip" => {
                if let Some((_, list)) = &mut self.para {
                    *list = true;
                }
            }
            "t" => self.in_text = true,
            "br" => {
                if let Some((para, _)) = &mut self.para {
                    para.break_line();
                }
            }
            "tbl" => {
                self.tables += 1;
                self.table = Some(Vec::new());
            }
            "tr" => {
                if let Some(rows) = &mut self.table {
                    let path = format!("{}, table {}, row {}", self.path, self.tables, rows.len() + 1);
                    let hidden = self.all_hidden || self.shape_hidden;
                    rows.push(Row { path, hidden, ..Row::default() });
                }
            }
            "tc" => self.cell = Some(Para::default()),
            _ => {}
        }
    }

    fn close(&mut self, name: &str, sink: &mut Sink) {
        match name {
            "t" => self.in_text = false,
            "sp" => (self.role, self.shape_hidden) = (String::new(), false),
            "p" => {
                let Some((para, list)) = self.para.take() else { return };
                match &mut self.cell {
                    Some(cell) => cell.join(&para),
                    None => self.put(para, list, sink),
                }
            }
            "tc" => {
                if let (Some(cell), Some(row)) =
                    (self.cell.take(), self.table.as_mut().and_then(|t| t.last_mut()))
                {
                    row.cells.push(Cell::new(row.cells.len(), cell.shown()));
                }
            }
            "tbl" => lay(self.table.take().unwrap_or_default()).into_iter().for_each(|raw| sink.put(raw)),
            _ => {}
        }
    }

    fn put(&mut self, para: Para, list: bool, sink: &mut Sink) {
        self.number += 1;
        // The number of the slide is no text, nor is the slide's picture beside its notes.
        if self.role == "sldNum" || (self.is_notes && self.role == "sldImg") {
            return;
        }
        let kind = match self.role.as_str() {
            "title" | "ctrTitle" => BlockKind::Heading,
            _ if list => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        let path = format!("{}, p {}", self.path, self.number);
        let hidden = self.all_hidden || self.shape_hidden;
        para.into_raws(kind, &path, hidden).into_iter().for_each(|raw| sink.put(raw));
    }
}
