//! Lines of a column become paragraphs, headings and table rows.

use super::boxes::{Line, append, median};
use crate::canon::Raw;
use crate::office::{Cell, Row, lay_rows};
use crate::plain::join;
use plainsight_model::BlockKind;
use plainsight_text::is_han;

/// A block with what decides whether the next column goes on with it.
#[derive(Debug)]
pub(super) struct Laid {
    pub raw: Raw,
    /// Height of its lines, in points; of a table row 0.
    pub height: f32,
    /// Its last line reaches the right edge and ends no sentence.
    pub open: bool,
    /// Its first line begins at the left edge, as a line in the middle of a paragraph does.
    pub flush: bool,
}

impl Laid {
    /// Whether what the next column begins with belongs to this paragraph.
    pub(super) fn goes_on_in(&self, next: &Self) -> bool {
        let text = |block: &Self| block.raw.kind == BlockKind::Paragraph && block.height > 0.0;
        let alike = (self.height - next.height).abs() < 0.1 * self.height;
        text(self) && text(next) && alike && self.open && next.flush
    }
}

/// Headings are larger than the text by at least this factor.
const LARGER: f32 = 1.15;
/// The longest heading, in characters.
const LONGEST_HEADING: usize = 80;

/// Lays out one column; `body` is the height of a line of the page's running text.
pub(super) fn lay(column: Vec<Line>, path: &str, body: f32) -> Vec<Laid> {
    let mut out = Vec::new();
    let mut text: Vec<Line> = Vec::new();
    let rows = rows_of(column);
    let mut at = 0;
    while at < rows.len() {
        match table_from(&rows[at..]) {
            Some((length, table)) => {
                paragraphs(std::mem::take(&mut text), path, body, &mut out);
                let table = table.into_iter().map(|row| Row { path: path.to_owned(), ..row }).collect();
                out.extend(lay_rows(table).into_iter().map(|raw| Laid {
                    raw,
                    height: 0.0,
                    open: false,
                    flush: false,
                }));
                at += length;
            }
            None => {
                text.extend(one_line(&rows[at]));
                at += 1;
            }
        }
    }
    paragraphs(text, path, body, &mut out);
    out
}

/// Lines on the same height are one row, from left to right.
fn rows_of(column: Vec<Line>) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    for line in column {
        match rows.last_mut() {
            Some(row) if row.iter().any(|own| on_one_height(own, &line)) => row.push(line),
            _ => rows.push(vec![line]),
        }
    }
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows
}

fn on_one_height(a: &Line, b: &Line) -> bool {
    let (small, large) = if a.height() < b.height() { (a, b) } else { (b, a) };
    (large.top..large.bottom).contains(&small.middle())
        && (a.middle() - b.middle()).abs() < 0.4 * large.height()
}

fn one_line(row: &[Line]) -> Option<Line> {
    let (first, rest) = row.split_first()?;
    let mut line = first.clone();
    for cell in rest {
        append(&mut line, cell);
    }
    Some(line)
}

/// A table that begins with the first row: how many rows it takes, and its cells by column.
fn table_from(rows: &[Vec<Line>]) -> Option<(usize, Vec<Row>)> {
    /// A table has so many rows with two cells; where they have three, one less.
    const LEAST: usize = 3;
    let first = rows.first().filter(|row| row.len() >= 2)?;
    // The widest row near the head tells the columns.
    let model = rows.iter().take(4).max_by_key(|row| row.len()).filter(|row| row.len() <= 2 * first.len())?;
    let mut columns: Vec<(f32, f32)> = model.iter().map(|cell| (cell.left, cell.right)).collect();
    let mut length = 0;
    let mut full = 0;
    let mut kept: Vec<(usize, Vec<usize>)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let places: Option<Vec<usize>> = row.iter().map(|cell| place(cell, &columns)).collect();
        let Some(places) = places.filter(|places| places.windows(2).all(|pair| pair[0] < pair[1])) else {
            break;
        };
        let follows = number == 0 || {
            let (above, height) = (&rows[number - 1], row[0].height());
            row[0].top - above[0].bottom < 3.0 * height.max(above[0].height())
        };
        if !follows {
            break;
        }
        for (cell, place) in row.iter().zip(&places) {
            let column = &mut columns[*place];
            *column = (column.0.min(cell.left), column.1.max(cell.right));
        }
        if row.len() >= 2 {
            full += 1;
            length = number + 1;
        }
        kept.push((number, places));
    }
    kept.truncate(length);
    let least = if model.len() >= 3 { LEAST - 1 } else { LEAST };
    if full < least || full * 2 < length {
        return None;
    }
    Some((length, cells(rows, &kept, columns.len())))
}

/// The column that a cell stands in, or next to; none where it spans two.
fn place(cell: &Line, columns: &[(f32, f32)]) -> Option<usize> {
    let shared = |column: &(f32, f32)| cell.right.min(column.1) - cell.left.max(column.0);
    let under = columns.iter().filter(|column| shared(column) > 1.0).count();
    if under > 1 {
        return None;
    }
    let best = columns.iter().enumerate().max_by(|a, b| shared(a.1).total_cmp(&shared(b.1)))?;
    (shared(best.1) > -2.0 * cell.height()).then_some(best.0)
}

/// Cells by row and column. A row with one cell goes on with, or begins, the cell of the nearer row.
fn cells(rows: &[Vec<Line>], kept: &[(usize, Vec<usize>)], width: usize) -> Vec<Row> {
    let full: Vec<usize> =
        kept.iter().filter(|(_, places)| places.len() >= 2).map(|(number, _)| *number).collect();
    let mut texts: Vec<Vec<String>> = vec![vec![String::new(); width]; full.len()];
    for (number, places) in kept {
        let middle = rows[*number][0].middle();
        let far = |nth: &usize| (rows[full[*nth]][0].middle() - middle).abs();
        let Some(nth) = (0..full.len()).min_by(|a, b| far(a).total_cmp(&far(b))) else { continue };
        for (line, place) in rows[*number].iter().zip(places) {
            let cell = &mut texts[nth][*place];
            *cell = if cell.is_empty() { line.text.clone() } else { join(cell, &line.text) };
        }
    }
    let row = |texts: Vec<String>| Row {
        cells: texts.into_iter().enumerate().map(|(column, text)| Cell::new(column, text)).collect(),
        ..Row::default()
    };
    texts.into_iter().map(row).collect()
}

fn paragraphs(lines: Vec<Line>, path: &str, body: f32, out: &mut Vec<Laid>) {
    let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| line.right).fold(f32::NEG_INFINITY, f32::max);
    let step =
        median(lines.windows(2).map(|pair| pair[1].top - pair[0].top).filter(|step| *step > 1.0).collect());
    let mut before: Option<Line> = None;
    for line in lines {
        let larger = line.height() >= LARGER * body;
        let goes_on = before.as_ref().is_some_and(|before| {
            let alike = (before.height() / line.height()).max(line.height() / before.height()) < LARGER;
            let near = line.top - before.top <= 1.5 * step.max(line.height());
            let centred = |l: &Line| ((l.left - left) - (right - l.right)).abs() < l.height();
            let heading = larger && centred(&line) && centred(before);
            let indented = line.left - before.left.min(left + line.height()) > 0.6 * line.height();
            alike && near && (heading || (!indented && is_full(before, &line, right)))
        });
        match out.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.raw.text = join(&last.raw.text, line.text.trim());
                last.open = is_open(&line, right);
            }
            None => {
                let long = line.text.chars().count() > LONGEST_HEADING;
                let kind = if larger && !long { BlockKind::Heading } else { BlockKind::Paragraph };
                out.push(Laid {
                    raw: Raw::new(kind, path, line.text.trim()),
                    height: line.height(),
                    open: is_open(&line, right),
                    flush: line.left - left < 0.6 * line.height(),
                });
            }
        }
        before = Some(line);
    }
}

/// Whether the next line's first word would not have fitted any more.
fn is_full(before: &Line, next: &Line, right: f32) -> bool {
    let wide = next.text.chars().next().is_some_and(is_han) || before.text.chars().last().is_some_and(is_han);
    let first = if wide { 2 } else { next.text.split(' ').next().unwrap_or("").chars().count().max(2) };
    let width = next.width() / next.text.chars().count().max(1) as f32;
    right - before.right < width * (first as f32 + 0.8)
}

fn is_open(line: &Line, right: f32) -> bool {
    let ends = line.text.trim_end().ends_with(['。', '！', '？', '：', '；', '.', '!', '?', ':', '”']);
    !ends && right - line.right < 1.5 * line.height()
}

#[cfg(test)]
mod tests {
    use super::super::boxes::line;
    use super::*;

    fn texts(lines: Vec<Line>) -> Vec<String> {
        let laid = lay(lines, "page 1", 14.0);
        laid.into_iter().map(|l| format!("{:?}: {}", l.raw.kind, l.raw.text)).collect()
    }

    #[test]
    fn indents_and_short_lines_part_paragraphs() {
        let got = texts(vec![
            line(80.0, 140.0, "第一段的第一行有二十个字第一段的第一行"),
            line(60.0, 158.0, "第一段的第二行到此为止。"),
            line(80.0, 176.0, "第二段的第一行有二十个字第二段的第一行"),
            line(60.0, 194.0, "第二段的第二行也有二十多字第二段第二行了"),
            line(60.0, 212.0, "终"),
        ]);
        assert_eq!(
            got,
            [
                "Paragraph: 第一段的第一行有二十个字第一段的第一行第一段的第二行到此为止。",
                "Paragraph: 第二段的第一行有二十个字第二段的第一行第二段的第二行也有二十多字第二段第二行了终"
            ]
        );
    }

    #[test]
    fn cells_stand_under_their_headers_and_long_ones_are_joined() {
        let row = |top: f32, cells: [&str; 3]| {
            cells.iter().zip([40.0, 140.0, 300.0]).map(|(t, x)| line(x, top, t)).collect::<Vec<_>>()
        };
        let got = texts(
            [
                row(100.0, ["城市", "服务点名称", "电话"]),
                row(140.0, ["维兰托", "维兰托橡果站", "0999"]),
                vec![line(140.0, 156.0, "（新址）")],
                row(200.0, ["上丘", "上丘磨坊站", "0998"]),
            ]
            .concat(),
        );
        assert_eq!(
            got,
            [
                "TableRow: 城市\t服务点名称\t电话",
                "TableRow: 维兰托\t维兰托橡果站（新址）\t0999",
                "TableRow: 上丘\t上丘磨坊站\t0998"
            ]
        );
    }
}
