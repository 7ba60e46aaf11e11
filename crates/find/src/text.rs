//! The blocks of bare text: a title, headings, items, rows whose cells are parted by tabs or bars.
//!
//! Text that comes without blocks has lost its markup, not its form: what a
//! line is can mostly be told from how it begins and from its neighbours.

use plainsight_model::{Block, BlockKind, Cell, Document, DocumentId, DocumentKind, Span};
use regex::Regex;
use std::sync::LazyLock;

/// The longest title, heading and item label, in characters.
const LONGEST_HEAD: usize = 60;

/// How an item begins.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\s*(?:[-*•·◇◆●○▪►※■□–—]\s*|[①-⑳]|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3}|[甲乙丙丁戊己庚辛]|[a-z])[)）]|\d{1,2}(?:[.．]\s*\D|[、)）])|[a-z]\)\s|[一二三四五六七八九十]{1,3}、)",
    )
    .expect("a pattern of this file, compiled in its tests")
});

/// Chinese numbering that heads a part where little follows.
static PART: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[章节部])")
        .expect("a pattern of this file, compiled in its tests")
});

/// A document of bare text.
pub(crate) fn document_of(text: &str, date: Option<&str>, lang: Option<&str>) -> Document {
    Document {
        id: DocumentId::of_payload(text.as_bytes()),
        kind: DocumentKind::Text,
        url: None,
        title: None,
        text: text.to_owned(),
        blocks: blocks(text),
        date: date.map(|date| date.get(..10).filter(|_| date.contains('T')).unwrap_or(date).to_owned()),
        date_rule: None,
        author: None,
        site_name: None,
        title_site: None,
        lang: lang.unwrap_or("und").to_owned(),
        script: None,
        encoding: None,
        encoding_rule: None,
        reader: "text".to_owned(),
        links: Vec::new(),
        metadata: Vec::new(),
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut lines: Vec<(usize, usize, &str)> = Vec::new();
    let mut at = 0;
    for (number, line) in text.split('\n').enumerate() {
        if !line.trim().is_empty() {
            lines.push((number + 1, at, line));
        }
        at += line.chars().count() + 1;
    }
    let mut out = Vec::with_capacity(lines.len());
    let mut heads: Option<Vec<String>> = None;
    for (index, (number, start, line)) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map(|(.., line)| *line);
        let row = is_row(line);
        let kind = match () {
            () if row => BlockKind::TableRow,
            () if index == 0 && lines.len() > 1 && is_head(line) => BlockKind::Title,
            () if is_part(line) => BlockKind::Heading,
            () if ITEM.is_match(line) => BlockKind::ListItem,
            () if is_head(line) && next.is_some_and(leads) => BlockKind::Heading,
            () => BlockKind::Paragraph,
        };
        let mut cells = Vec::new();
        match row {
            false => heads = None,
            true => {
                let parts = cells_of(line);
                let first = heads.is_none();
                let named = heads.get_or_insert_with(|| header(&parts, next));
                for (column, (from, to, _)) in parts.iter().enumerate() {
                    let header = named.get(column).filter(|name| !first && !name.is_empty()).cloned();
                    cells.push(Cell { span: Span::new(start + from, start + to), header });
                }
            }
        }
        out.push(Block {
            kind,
            span: Span::new(*start, start + line.chars().count()),
            path: number.to_string(),
            speaker: None,
            time: None,
            cells,
            main: true,
            hidden: false,
        });
    }
    out
}

/// Whether a short line before this one is its heading: it begins a list, a table, or says much.
fn leads(next: &str) -> bool {
    is_row(next) || ITEM.is_match(next) || next.trim().chars().count() > LONGEST_HEAD * 2
}

fn is_row(line: &str) -> bool {
    line.trim().contains('\t') || line.matches(BAR).count() >= 2
}

/// What parts the cells of a row in text that was written by hand.
const BAR: &str = " | ";

/// Short, and no sentence.
fn is_head(line: &str) -> bool {
    let line = line.trim();
    line.chars().count() <= LONGEST_HEAD
        && !line.ends_with(['。', '.', '！', '!', '？', ';', '；', ',', '，'])
}

/// A numbered heading; a long one is an item that says something.
fn is_part(line: &str) -> bool {
    PART.is_match(line) && line.trim().chars().count() <= 30 && is_head(line)
}

/// The cells of a row: code points from the line's begin, and their text.
fn cells_of(line: &str) -> Vec<(usize, usize, String)> {
    let mut out = Vec::new();
    let mut at = 0;
    let parting = if line.trim().contains('\t') { "\t" } else { BAR };
    for cell in line.split(parting) {
        let length = cell.chars().count();
        out.push((at, at + length, cell.trim().to_owned()));
        at += length + parting.len();
    }
    out
}

/// The heads of a table's columns: its first row, if it holds no digit and another row follows.
fn header(first: &[(usize, usize, String)], next: Option<&str>) -> Vec<String> {
    let digits = |text: &String| text.chars().any(|c| c.is_ascii_digit());
    // “Stand op 26 mei” heads a column too, beside others that say what they hold.
    let known = || first.iter().filter(|(.., text)| !digits(text) && crate::frames::is_header(text)).count();
    let dated = first.iter().filter(|(.., text)| digits(text)).count();
    let plain = dated == 0 || dated == 1 && known() > 1;
    if plain && next.is_some_and(is_row) {
        first.iter().map(|(.., text)| text.clone()).collect()
    } else {
        vec![String::new(); first.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_they_look_like() {
        let text =
            "银港站点一览\n第一段。\n一、站点\n1.甲站，设在银港。\n名称\t电话\n甲站\t12\n- een\nNa de lijst.";
        let kinds: Vec<&str> = blocks(text).iter().map(|block| block.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "title",
                "paragraph",
                "heading",
                "list-item",
                "table-row",
                "table-row",
                "list-item",
                "paragraph"
            ]
        );
        let rows = blocks(text);
        let heads: Vec<Option<&str>> = rows[5].cells.iter().map(|cell| cell.header.as_deref()).collect();
        assert_eq!(heads, [Some("名称"), Some("电话")]);
        assert!(rows[4].cells.iter().all(|cell| cell.header.is_none()), "the header row itself has none");
        let rows = blocks("Stad | Adres | Tel.\nHalvik | Weg 5 | 12");
        let heads: Vec<Option<&str>> = rows[1].cells.iter().map(|cell| cell.header.as_deref()).collect();
        assert_eq!(heads, [Some("Stad"), Some("Adres"), Some("Tel.")]);
        assert_eq!(blocks("Krant | 3 mei")[0].kind, BlockKind::Paragraph, "one bar makes no row");
        assert_eq!(blocks("één regel").len(), 1);
        assert_eq!(blocks("één regel")[0].kind, BlockKind::Paragraph);
        assert_eq!(blocks("2.5 miljoen mensen").first().map(|b| b.kind), Some(BlockKind::Paragraph));
    }
}
