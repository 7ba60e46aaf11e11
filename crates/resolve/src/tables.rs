//! Tables as people bring them: CSV in UTF-8 or GB18030, headings in any order, with a map of headings;
//! rows of the tables in a page or PDF.

use plainsight_model::{Block, BlockKind, Cell, Complaint, ComplaintKind, Document};
use plainsight_text::Chars;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// More rows than any register has; what comes after is named in a complaint.
pub const MOST_ROWS: usize = 2_000_000;
/// More complaints than anybody reads; further ones are counted.
const MOST_COMPLAINTS: usize = 1_000;
/// How much of a row is shown in a complaint about it, in characters.
const SHOWN: usize = 80;

/// A row: its number from 1 (the heading not counted) and its cells by heading.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its number in the file.
    pub number: u64,
    /// Heading to cell, both trimmed; headings as the map renames them.
    pub cells: BTreeMap<String, String>,
}

/// Reads a table. `map` is TOML, `ours = "theirs"`; a damaged row is a complaint and the rest goes on.
pub fn read_table(bytes: &[u8], map: Option<&str>) -> (Vec<TableRow>, Vec<Complaint>) {
    let mut rows = Vec::new();
    let complaints = each_row(bytes, map, MOST_ROWS, &mut |row, _| rows.push(row));
    (rows, complaints)
}

/// Hands on the first `most` rows of a table, one after the other, so that none but the last is held.
/// Each is handed on with the list to which complaints about it go.
pub fn each_row(
    bytes: &[u8],
    map: Option<&str>,
    most: usize,
    each: &mut dyn FnMut(TableRow, &mut Said),
) -> Vec<Complaint> {
    let mut said = Said::default();
    let text = decode(bytes, &mut said);
    let renames = map.map_or_else(BTreeMap::new, |map| read_map(map, &mut said));
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|head| rename(head, &renames)).collect(),
        Err(error) => {
            said.push(damaged(format!("the heading cannot be read: {error}"), "line 1".to_owned()));
            return said.finish();
        }
    };
    for (ours, theirs) in renames.iter().map(|(theirs, ours)| (ours, theirs)) {
        if !heads.contains(ours) {
            said.push(note(format!("the map names a column “{theirs}” that the file has not")));
        }
    }
    for (at, record) in reader.records().enumerate() {
        if at >= most {
            let what = format!("only the first {most} rows were read");
            said.push(Complaint::new(ComplaintKind::Bound, what, format!("row {at}")));
            break;
        }
        let number = at as u64 + 1;
        match record {
            Ok(record) => {
                if record.len() != heads.len() {
                    let what = format!("the row has {} cells under {} headings", record.len(), heads.len());
                    said.push(damaged(what, format!("row {number}")));
                }
                let cells = heads.iter().cloned().zip(record.iter().map(|cell| cell.trim().to_owned()));
                let cells = cells.filter(|(head, _)| !head.is_empty()).collect();
                each(TableRow { number, cells }, &mut said);
            }
            Err(error) => {
                said.push(damaged(format!("the row cannot be read: {error}"), format!("row {number}")))
            }
        }
    }
    said.finish()
}

/// Complaints as they come; of very many the first are kept and the rest counted, since a list of
/// millions may have millions.
#[derive(Default)]
pub struct Said {
    kept: Vec<Complaint>,
    more: usize,
}

impl Said {
    /// Adds one.
    pub fn push(&mut self, complaint: Complaint) {
        if self.kept.len() < MOST_COMPLAINTS {
            self.kept.push(complaint);
        } else {
            self.more += 1;
        }
    }

    /// All of them, the last one with the number of those that were not kept.
    pub fn finish(mut self) -> Vec<Complaint> {
        if self.more > 0 {
            let what = format!("and {} more complaints", self.more);
            self.kept.push(Complaint::new(ComplaintKind::Bound, what, "the whole file"));
        }
        self.kept
    }
}

/// The rows of the tables of a page or PDF, under the headings that reading it found. A row of another
/// table, which has none of the `wanted` columns, and a row without headings are left out with a complaint.
pub fn rows_of_document(
    document: &Document,
    map: Option<&str>,
    wanted: &[&str],
) -> (Vec<TableRow>, Vec<Complaint>) {
    let mut said = Said::default();
    let renames = map.map_or_else(BTreeMap::new, |map| read_map(map, &mut said));
    let chars = Chars::new(&document.text);
    let mut rows = Vec::new();
    let mut width = 0;
    let of_tables = |block: &&Block| block.kind == BlockKind::TableRow && !block.hidden;
    let all_cells = document.blocks.iter().filter(of_tables).flat_map(|block| &block.cells);
    let headings: BTreeSet<&str> = all_cells.filter_map(|cell| cell.header.as_deref()).collect();
    for block in document.blocks.iter().filter(of_tables) {
        let sound = |cell: &&Cell| cell.span.start <= cell.span.end && cell.span.end <= chars.len();
        let cells: Vec<(Option<&str>, &str)> = (block.cells.iter().filter(sound))
            .map(|cell| {
                let text = chars.slice(&document.text, cell.span.start, cell.span.end).trim();
                (cell.header.as_deref(), text)
            })
            .collect();
        // The row of headings, also where a PDF says it again on the next page.
        if cells.iter().any(|(head, _)| head.is_some())
            && cells.iter().all(|(head, text)| *head == Some(*text))
        {
            continue;
        }
        let named: BTreeMap<String, String> = (cells.iter())
            .filter_map(|(head, text)| Some((rename((*head)?, &renames), (*text).to_owned())))
            .filter(|(head, _)| !head.is_empty())
            .collect();
        if !wanted.iter().any(|column| named.contains_key(*column)) {
            // What stands above other rows as their headings is no row.
            if !cells.iter().all(|(head, text)| head.is_none() && headings.contains(text)) {
                let shown: String = cells.iter().map(|(_, text)| *text).collect::<Vec<_>>().join(" | ");
                let shown: String = shown.chars().take(SHOWN).collect();
                let what = format!("a row under none of the known columns was left out: “{shown}”");
                said.push(damaged(what, block.path.clone()));
            }
            continue;
        }
        let number = rows.len() as u64 + 1;
        width = width.max(cells.len());
        if cells.len() != width {
            let what = format!("the row has {} cells where others have {width}", cells.len());
            said.push(damaged(what, format!("row {number}")));
        }
        rows.push(TableRow { number, cells: named });
        if rows.len() >= MOST_ROWS {
            let what = format!("only the first {MOST_ROWS} rows were read");
            said.push(Complaint::new(ComplaintKind::Bound, what, format!("row {number}")));
            break;
        }
    }
    (rows, said.finish())
}

/// The text of a file; of one in UTF-8 nothing is copied.
fn decode<'b>(bytes: &'b [u8], said: &mut Said) -> Cow<'b, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let (text, _, wrong) = encoding_rs::GB18030.decode(bytes);
    if wrong {
        said.push(
            Complaint::new(
                ComplaintKind::Doubtful,
                "neither UTF-8 nor GB18030: some characters are lost",
                "the whole file",
            )
            .cure("save it as CSV in UTF-8"),
        );
    }
    text
}

/// Theirs to ours.
fn read_map(map: &str, said: &mut Said) -> BTreeMap<String, String> {
    match map.parse::<toml::Table>() {
        Ok(table) => {
            let pair =
                |(ours, theirs): (String, toml::Value)| Some((theirs.as_str()?.trim().to_owned(), ours));
            table.into_iter().filter_map(pair).collect()
        }
        Err(error) => {
            let what = format!("the map is not TOML of the form ours = \"theirs\": {}", error.message());
            said.push(damaged(what, "the map".to_owned()));
            BTreeMap::new()
        }
    }
}

fn rename(head: &str, renames: &BTreeMap<String, String>) -> String {
    let head = head.trim().trim_start_matches('\u{feff}');
    renames.get(head).cloned().unwrap_or_else(|| {
        // Our headings are met in any case; unknown ones stay as they are.
        let lower = head.to_lowercase().replace([' ', '-'], "_");
        if KNOWN.contains(&lower.as_str()) { lower } else { head.to_owned() }
    })
}

/// Our headings (COMMANDS.md, “Files people bring”).
const KNOWN: [&str; 32] = [
    "register",
    "as_of",
    "complete",
    "sending_state",
    "host_state",
    "category",
    "class",
    "seat",
    "address",
    "head_title",
    "recognised_on",
    "closed_on",
    "district",
    "official",
    "row",
    "note",
    "name",
    "zh_hans",
    "zh_hant",
    "kind",
    "country",
    "code",
    "parent",
    "nl",
    "es",
    "former",
    "from",
    "until",
    "lat",
    "lon",
    "calling_code",
    "trunk",
];

/// The sign that parts cells: the commonest of three in the heading.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or("");
    let count = |sign: &u8| line.bytes().filter(|b| b == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn damaged(what: String, place: String) -> Complaint {
    Complaint::new(ComplaintKind::Damaged, what, place)
}

fn note(what: String) -> Complaint {
    Complaint::new(ComplaintKind::Note, what, "the map")
}
