//! Spreadsheets of Office Open XML (XLSX): sheet by sheet, row by row. Formulas are not computed; what
//! the program that saved them last saw is read.

use super::Sink;
use super::package::Package;
use super::rows::{Cell, Row, lay};
use super::serial::Shown;
use super::sheet_styles;
use super::xml::{Event, Tag, Xml};
use crate::canon::Raw;
use plainsight_model::{BlockKind, ComplaintKind};
use std::collections::HashMap;

/// The most strings that cells share.
const STRINGS: usize = 2_000_000;
/// The most sheets.
const SHEETS: usize = 1_000;
/// The most rows of a sheet, as many as Excel has.
const ROWS: usize = 1_048_576;
/// The last column, XFD.
const COLUMNS: usize = 16_384;
/// Ranges of hidden columns that are looked at.
const COLUMN_TAGS: usize = 1_000;

/// Reads the sheets in their order.
pub(crate) fn read(package: &mut Package, main: &str, sink: &mut Sink) {
    let rels = package.rels(main);
    let part = |kind: &str| rels.iter().find(|r| r.kind.ends_with(kind)).map(|r| r.target.clone());
    let strings = part("/sharedStrings").map(|p| shared(package, &p)).unwrap_or_default();
    let styles = part("/styles").map(|p| sheet_styles::read(package, &p)).unwrap_or_default();
    let targets: HashMap<&str, &str> = rels.iter().map(|r| (r.id.as_str(), r.target.as_str())).collect();
    let Some(text) = package.text(main) else { return };
    let mut xml = Xml::new(&text, main);
    let (mut sheets, mut from_1904) = (Vec::new(), false);
    while let Some(event) = xml.next(&mut package.complaints) {
        let Event::Open(tag) = event else { continue };
        match tag.name.as_str() {
            "workbookPr" => from_1904 |= matches!(tag.attr("date1904"), Some("1" | "true")),
            "sheet" if sheets.len() < SHEETS => {
                let target = tag.values("id").find_map(|id| targets.get(id)).map(|t| (*t).to_owned());
                let hidden = tag.attr("state").is_some_and(|s| s != "visible");
                sheets.push((tag.attr("name").unwrap_or("").to_owned(), target, hidden));
            }
            _ => {}
        }
    }
    for (name, target, hidden) in sheets {
        let path = format!("sheet “{name}”");
        let mut heading = Raw::new(BlockKind::Heading, path.clone(), crate::canon::collapse(&name));
        heading.hidden = hidden;
        let mut walk =
            Walk { strings: &strings, styles: &styles, from_1904, path: &path, hidden, ..Walk::default() };
        let Some(target) = target.filter(|t| package.has(t)) else {
            sink.complain(ComplaintKind::Damaged, "a sheet that the workbook names is missing", path);
            continue;
        };
        let rows = walk.part(package, &target);
        let raws = lay(rows);
        // An empty sheet has a name only because programs give one.
        if !raws.is_empty() {
            sink.put(heading);
        }
        raws.into_iter().for_each(|raw| sink.put(raw));
        if sink.is_full() {
            return;
        }
    }
}

/// The strings that cells share, by their place; phonetic readings are left out.
fn shared(package: &mut Package, part: &str) -> Vec<String> {
    let Some(text) = package.text(part) else { return Vec::new() };
    let mut xml = Xml::new(&text, part);
    let (mut out, mut one, mut in_text, mut phonetic) = (Vec::new(), String::new(), false, false);
    while let Some(event) = xml.next(&mut package.complaints) {
        match event {
            Event::Open(tag) if tag.name == "t" => in_text = true,
            Event::Open(tag) if tag.name == "rPh" => phonetic = true,
            Event::Close(name) if name == "rPh" => phonetic = false,
            Event::Close(name) if name == "t" => in_text = false,
            Event::Close(name) if name == "si" => {
                let string = std::mem::take(&mut one);
                if out.len() < STRINGS {
                    out.push(string);
                }
            }
            Event::Text(text) if in_text && !phonetic => one.push_str(&text),
            _ => {}
        }
    }
    out
}

#[derive(Default)]
struct Walk<'w> {
    strings: &'w [String],
    styles: &'w [Shown],
    from_1904: bool,
    path: &'w str,
    hidden: bool,
    /// Whether each column is hidden, up to the last that is.
    hidden_columns: Vec<bool>,
    column_tags: usize,
    row: Option<Row>,
    cell: Option<Open>,
    in_value: bool,
    /// Bytes of text so far; a short string named by a million cells is no short text.
    size: usize,
}

/// A cell that is open.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

impl Walk<'_> {
    fn part(&mut self, package: &mut Package, name: &str) -> Vec<Row> {
        let Some(text) = package.text(name) else { return Vec::new() };
        let mut xml = Xml::new(&text, name);
        let mut rows = Vec::new();
        while let Some(event) = xml.next(&mut package.complaints) {
            match event {
                Event::Open(tag) => self.open(&tag, rows.len()),
                Event::Close(name) => self.close(&name, &mut rows),
                Event::Text(text) => {
                    if let Some(cell) = self.cell.as_mut().filter(|_| self.in_value) {
                        cell.value.push_str(&text);
                    }
                }
            }
            if rows.len() >= ROWS || self.size > super::MOST_TEXT {
                break;
            }
        }
        self.close("c", &mut rows);
        self.close("row", &mut rows);
        rows
    }

    fn open(&mut self, tag: &Tag, count: usize) {
        match tag.name.as_str() {
            "col" if matches!(tag.attr("hidden"), Some("1" | "true")) && self.column_tags < COLUMN_TAGS => {
                self.column_tags += 1;
                let number = |name| tag.attr(name).and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
                let (from, to) = (number("min").saturating_sub(1), number("max").min(COLUMNS));
                if to > self.hidden_columns.len() {
                    self.hidden_columns.resize(to, false);
                }
                self.hidden_columns[..to].iter_mut().skip(from).for_each(|hidden| *hidden = true);
            }
            "row" => {
                let number = tag.attr("r").and_then(|r| r.parse::<usize>().ok()).unwrap_or(count + 1);
                let hidden = self.hidden || matches!(tag.attr("hidden"), Some("1" | "true"));
                self.row =
                    Some(Row { path: format!("{}, row {number}", self.path), hidden, ..Row::default() });
            }
            "c" => {
                let next = self.row.as_ref().and_then(|r| r.cells.last()).map_or(0, |c| c.column + 1);
                self.cell = Some(Open {
                    column: tag.attr("r").and_then(column).unwrap_or(next),
                    kind: tag.attr("t").unwrap_or("n").to_owned(),
                    style: tag.attr("s").and_then(|s| s.parse().ok()).unwrap_or(0),
                    value: String::new(),
                });
            }
            "v" | "t" => self.in_value = true,
            // Phonetic readings and formulas are no values.
            "rPh" | "f" => self.in_value = false,
            _ => {}
        }
    }

    fn close(&mut self, name: &str, rows: &mut Vec<Row>) {
        match name {
            "v" | "t" => self.in_value = false,
            "c" => {
                let (Some(cell), Some(row)) = (self.cell.take(), self.row.as_mut()) else { return };
                let text = match cell.kind.as_str() {
                    "s" => cell.value.trim().parse::<usize>().ok().and_then(|n| self.strings.get(n)).cloned(),
                    "n" => {
                        let shown = self.styles.get(cell.style).copied().unwrap_or(Shown::Number);
                        Some(shown.show(&cell.value, self.from_1904))
                    }
                    "b" => Some(if cell.value.trim() == "1" { "TRUE" } else { "FALSE" }.to_owned()),
                    _ => Some(cell.value),
                };
                let text = text.unwrap_or_default();
                self.size += text.len();
                if self.hidden_columns.get(cell.column) == Some(&true) {
                    // A cell that nobody sees stands in a row of its own.
                    let path = format!("{}, hidden column {}", row.path, cell.column + 1);
                    let cells = vec![Cell::new(cell.column, text)];
                    rows.push(Row { path, hidden: true, cells, ..Row::default() });
                } else {
                    row.cells.push(Cell::new(cell.column, text));
                }
            }
            "row" => rows.extend(self.row.take()),
            _ => {}
        }
    }
}

/// The column of a reference (`BC12` is 54), from 0.
fn column(reference: &str) -> Option<usize> {
    let mut out = 0usize;
    for c in reference.chars().take_while(char::is_ascii_alphabetic).take(4) {
        out = out * 26 + (c.to_ascii_uppercase() as usize - 'A' as usize + 1);
    }
    (1..=COLUMNS).contains(&out).then(|| out - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        for (reference, want) in
            [("A1", Some(0)), ("BC12", Some(54)), ("XFD1", Some(16_383)), ("ZZZZ9", None), ("12", None)]
        {
            assert_eq!(column(reference), want, "{reference}");
        }
    }
}
