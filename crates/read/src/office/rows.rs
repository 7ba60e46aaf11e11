//! Rows of a table as blocks, with the header above each cell.

use crate::canon::{Line, Raw};
use plainsight_model::BlockKind;

/// The widest table whose headers are kept, in columns.
const WIDEST: usize = 2000;
/// The longest header cell, in characters; longer ones are text.
const LONGEST_HEADER: usize = 24;

/// A row that was read.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub path: String,
    pub cells: Vec<Cell>,
    /// The format says that it is a header.
    pub is_header: bool,
    pub hidden: bool,
    /// What its cells hold and nobody sees.
    pub hidden_text: String,
}

impl Row {
    /// Adds a cell of text and what it hides.
    pub(crate) fn add(&mut self, cell: Cell, hidden: &str) {
        self.cells.push(cell);
        if !hidden.is_empty() {
            self.hidden_text.push(' ');
            self.hidden_text.push_str(hidden);
        }
    }
}

/// A cell of it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Cell {
    /// Where it stands, from 0.
    pub column: usize,
    /// How many columns it covers.
    pub columns: usize,
    pub text: String,
    pub links: Vec<(usize, usize, String)>,
}

impl Cell {
    pub(crate) fn new(column: usize, text: impl Into<String>) -> Self {
        Self { column, columns: 1, text: text.into(), links: Vec::new() }
    }
}

/// Blocks of the rows, cells parted by a tabulator; rows without a letter or digit are left out.
pub(crate) fn lay(rows: Vec<Row>) -> Vec<Raw> {
    let by_place = header_by_place(&rows);
    let mut headers: Vec<Option<String>> = Vec::new();
    let mut out = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let is_header = row.is_header || Some(number) == by_place;
        let mut line = Line::default();
        let mut hidden = Raw::new(BlockKind::TableRow, row.path.clone(), line_of(&row.hidden_text));
        hidden.hidden = true;
        let mut raw = Raw::new(BlockKind::TableRow, row.path, "");
        raw.hidden = row.hidden;
        for (nth, cell) in row.cells.into_iter().enumerate() {
            if nth > 0 {
                line.mark('\t');
            }
            let start = line.count;
            line.push(&cell.text);
            if is_header {
                for column in cell.column..(cell.column + cell.columns).min(WIDEST) {
                    if headers.len() <= column {
                        headers.resize(column + 1, None);
                    }
                    headers[column] = Some(line_of(&cell.text)).filter(|t| !t.is_empty());
                }
            }
            let header = if is_header { None } else { headers.get(cell.column).cloned().flatten() };
            raw.links.extend(cell.links.into_iter().map(|(f, t, h)| (start + f, start + t, h)));
            raw.cells.push((start, line.count, header));
        }
        raw.text = line.text.trim_end().to_owned();
        if raw.text.chars().any(char::is_alphanumeric) {
            out.push(raw);
        }
        if !hidden.text.is_empty() {
            out.push(hidden);
        }
    }
    out
}

fn line_of(text: &str) -> String {
    crate::canon::collapse(text)
}

/// Lists often mark their header by place alone: the first row that has two cells or more, all of them
/// short and without digits, above two rows or more.
fn header_by_place(rows: &[Row]) -> Option<usize> {
    if rows.iter().any(|r| r.is_header) {
        return None;
    }
    let filled = |row: &Row| row.cells.iter().filter(|c| !c.text.trim().is_empty()).count();
    let first = rows.iter().position(|row| filled(row) >= 2)?;
    let plain = |cell: &Cell| {
        let text = cell.text.trim();
        !text.is_empty()
            && text.chars().count() <= LONGEST_HEADER
            && !text.chars().any(|c| c.is_ascii_digit())
    };
    (rows.len() - first >= 3 && rows[first].cells.iter().all(plain)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Row {
        let cells = cells.iter().enumerate().map(|(column, text)| Cell::new(column, *text)).collect();
        Row { cells, ..Row::default() }
    }

    #[test]
    fn headers_stand_above_their_cells() {
        let raws = lay(vec![
            row(&["站点", "电话"]),
            row(&["一号", "010 1"]),
            row(&["", ""]),
            row(&["二号", "020 2"]),
        ]);
        assert_eq!(
            raws.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(),
            ["站点\t电话", "一号\t010 1", "二号\t020 2"]
        );
        assert_eq!(raws[2].cells[1], (3, 8, Some("电话".to_owned())));
        assert_eq!(raws[0].cells[1].2, None);
    }

    #[test]
    fn numbers_are_no_header() {
        let raws = lay(vec![row(&["1", "2"]), row(&["3", "4"]), row(&["5", "6"])]);
        assert!(raws.iter().flat_map(|r| &r.cells).all(|c| c.2.is_none()));
    }
}
