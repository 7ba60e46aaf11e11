//! Tables that hold data, row by row, with the header above each cell.

use super::walk::{absolute, is_block, is_skipped};
use crate::canon::{Line, Raw};
use dom_query::NodeRef;
use plainsight_model::BlockKind;

/// The longest cell of a data table; longer ones are the columns of a layout.
const LONGEST: usize = 1200;

/// The rows of a data table; `None` where the table only arranges the page.
pub(crate) fn data_rows(table: &NodeRef, base: &Option<url::Url>) -> Option<Vec<Raw>> {
    if table.attr("role").is_some_and(|r| matches!(r.as_ref(), "presentation" | "none")) {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut caption = None;
    for node in table.descendants_it() {
        match node.node_name().as_deref() {
            Some("table") => return None,
            Some("tr") => rows
                .push(Row { cells: Vec::new(), in_head: node.parent().is_some_and(|p| p.has_name("thead")) }),
            Some("caption") => caption = Some(read_cell(&node, base).line.text),
            Some(name @ ("td" | "th")) => {
                let mut cell = read_cell(&node, base);
                if cell.line.count > LONGEST || cell.blocks > 6 {
                    return None;
                }
                cell.is_header = name == "th";
                rows.last_mut()?.cells.push(cell);
            }
            _ => {}
        }
    }
    let wide = rows.iter().filter(|r| r.cells.iter().filter(|c| c.line.count > 0).count() >= 2).count();
    if wide < 2 || wide * 2 < rows.len() {
        return None;
    }
    let mut out = Vec::new();
    if let Some(text) = caption.filter(|c| !c.is_empty()) {
        out.push(Raw::new(BlockKind::Caption, "caption", text));
    }
    out.extend(lay_rows(rows));
    Some(out)
}

struct Row {
    cells: Vec<ReadCell>,
    in_head: bool,
}

#[derive(Default)]
struct ReadCell {
    line: Line,
    links: Vec<(usize, usize, String)>,
    columns: usize,
    rows: usize,
    blocks: usize,
    is_header: bool,
}

/// The text of a cell on one line, walked without recursion.
fn read_cell(cell: &NodeRef, base: &Option<url::Url>) -> ReadCell {
    let number =
        |name: &str| cell.attr(name).and_then(|v| v.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, 200);
    let mut out = ReadCell { columns: number("colspan"), rows: number("rowspan"), ..ReadCell::default() };
    let mut open: Vec<(NodeRef, usize, Option<String>)> = Vec::new();
    let mut next = cell.first_child();
    while let Some(node) = next {
        let name = node.node_name().unwrap_or_default();
        let mut child = None;
        if node.is_text() {
            out.line.push(&node.text());
        } else if node.is_element() && !is_skipped(&name) {
            if is_block(&name) || &*name == "br" {
                out.blocks += usize::from(&*name != "br");
                out.line.push(" ");
            }
            child = node.first_child();
        }
        if child.is_some() {
            let href = if &*name == "a" { node.attr("href").and_then(|h| absolute(&h, base)) } else { None };
            open.push((node, out.line.next(), href));
            next = child;
            continue;
        }
        next = node.next_sibling();
        while next.is_none() {
            let Some((parent, start, href)) = open.pop() else { break };
            if let Some(href) = href
                && out.line.count > start
            {
                out.links.push((start, out.line.count, href));
            }
            if parent.node_name().is_some_and(|n| is_block(&n)) {
                out.line.push(" ");
            }
            next = parent.next_sibling();
        }
    }
    out
}

/// Rows as blocks: cells are parted by a tabulator, as when a table is copied.
fn lay_rows(rows: Vec<Row>) -> Vec<Raw> {
    let first_is_header = header_without_th(&rows);
    let mut headers: Vec<Option<String>> = Vec::new();
    let mut taken: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let all_th = !row.cells.is_empty() && row.cells.iter().all(|c| c.is_header);
        let is_header = row.in_head || all_th || (number == 0 && first_is_header);
        let mut line = Line::default();
        let mut raw = Raw::new(BlockKind::TableRow, format!("tr[{}]", number + 1), "");
        let mut column = 0;
        let mut next_taken: Vec<usize> = taken.iter().map(|n| n.saturating_sub(1)).collect();
        for (nth, cell) in row.cells.into_iter().enumerate() {
            while taken.get(column).is_some_and(|n| *n > 0) {
                column += 1;
            }
            if nth > 0 {
                line.mark('\t');
            }
            let start = line.count;
            line.push(&cell.line.text);
            let header = headers.get(column).cloned().flatten();
            raw.links.extend(cell.links.into_iter().map(|(f, t, h)| (start + f, start + t, h)));
            for covered in column..(column + cell.columns).min(2000) {
                resize(&mut next_taken, covered + 1);
                next_taken[covered] = next_taken[covered].max(cell.rows - 1);
                if is_header && !cell.line.text.is_empty() {
                    while headers.len() <= covered {
                        headers.push(None);
                    }
                    headers[covered] = Some(cell.line.text.clone());
                }
            }
            column += cell.columns;
            raw.cells.push((start, line.count, if is_header { None } else { header }));
        }
        taken = next_taken;
        raw.text = line.text.trim_end().to_owned();
        if raw.text.chars().any(char::is_alphanumeric) {
            out.push(raw);
        }
    }
    out
}

fn resize(list: &mut Vec<usize>, length: usize) {
    if list.len() < length {
        list.resize(length, 0);
    }
}

/// Official lists often mark their header by position alone: a first row of
/// short cells without digits above rows that have some.
fn header_without_th(rows: &[Row]) -> bool {
    let has_th = rows.iter().any(|r| r.in_head || r.cells.iter().all(|c| c.is_header));
    let Some(first) = rows.first() else { return false };
    let plain = |c: &ReadCell| {
        c.line.count > 0 && c.line.count <= 24 && !c.line.text.chars().any(|c| c.is_ascii_digit())
    };
    !has_th && rows.len() >= 3 && first.cells.len() >= 2 && first.cells.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(html: &str) -> Option<Vec<(String, Vec<Option<String>>)>> {
        let tree = dom_query::Document::from(html);
        let table = tree.select("table").nodes().first()?.to_owned();
        Some(
            data_rows(&table, &None)?
                .into_iter()
                .map(|r| (r.text, r.cells.into_iter().map(|c| c.2).collect()))
                .collect(),
        )
    }

    #[test]
    fn headers_stand_above_their_cells() {
        let got = rows("<table><tr><td>站点<td>城市<td>电话<tr><td rowspan=2>一号<td>柳城<td>010 1<tr><td>石湾<td>020 2</table>").expect("data");
        assert_eq!(got[1].0, "一号\t柳城\t010 1");
        assert_eq!(got[1].1, ["站点", "城市", "电话"].map(|h| Some(h.to_owned())));
        assert_eq!(got[2].1, ["城市", "电话"].map(|h| Some(h.to_owned())));
    }

    #[test]
    fn a_layout_table_is_none() {
        assert_eq!(rows("<table><tr><td><table><tr><td>a<td>b</table></table>"), None);
        assert_eq!(rows("<table><tr><td>één cel</table>"), None);
    }
}
