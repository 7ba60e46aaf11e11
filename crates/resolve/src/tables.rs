//! CSV as people bring it: UTF-8 or GB18030, headings in any order, with a map of headings.

use plainsight_model::{Complaint, ComplaintKind};
use std::collections::BTreeMap;

/// More rows than any register has; what comes after is named in a complaint.
const MOST_ROWS: usize = 2_000_000;

/// A row: its number from 1 (the heading not counted) and its cells by heading.
pub struct TableRow {
    /// Its number in the file.
    pub number: u64,
    /// Heading to cell, both trimmed; headings as the map renames them.
    pub cells: BTreeMap<String, String>,
}

/// Reads a table. `map` is TOML, `ours = "theirs"`; a damaged row is a complaint and the rest goes on.
pub fn read_table(bytes: &[u8], map: Option<&str>) -> (Vec<TableRow>, Vec<Complaint>) {
    let mut complaints = Vec::new();
    let text = decode(bytes, &mut complaints);
    let renames = map.map_or_else(BTreeMap::new, |map| read_map(map, &mut complaints));
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(&text)).from_reader(text.as_bytes());
    let heads: Vec<String> = match reader.headers() {
        Ok(heads) => heads.iter().map(|head| rename(head, &renames)).collect(),
        Err(error) => {
            complaints.push(damaged(format!("the heading cannot be read: {error}"), "line 1".to_owned()));
            return (Vec::new(), complaints);
        }
    };
    for (ours, theirs) in renames.iter().map(|(theirs, ours)| (ours, theirs)) {
        if !heads.contains(ours) {
            complaints.push(note(format!("the map names a column “{theirs}” that the file has not")));
        }
    }
    let mut rows = Vec::new();
    for (at, record) in reader.records().enumerate() {
        if at >= MOST_ROWS {
            complaints.push(Complaint::new(
                ComplaintKind::Bound,
                format!("only the first {MOST_ROWS} rows were read"),
                format!("row {at}"),
            ));
            break;
        }
        let number = at as u64 + 1;
        match record {
            Ok(record) => {
                if record.len() != heads.len() {
                    let what = format!("the row has {} cells under {} headings", record.len(), heads.len());
                    complaints.push(damaged(what, format!("row {number}")));
                }
                let cells = heads.iter().cloned().zip(record.iter().map(|cell| cell.trim().to_owned()));
                rows.push(TableRow { number, cells: cells.filter(|(head, _)| !head.is_empty()).collect() });
            }
            Err(error) => {
                complaints.push(damaged(format!("the row cannot be read: {error}"), format!("row {number}")))
            }
        }
    }
    (rows, complaints)
}

fn decode(bytes: &[u8], complaints: &mut Vec<Complaint>) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let (text, _, wrong) = encoding_rs::GB18030.decode(bytes);
    if wrong {
        complaints.push(
            Complaint::new(
                ComplaintKind::Doubtful,
                "neither UTF-8 nor GB18030: some characters are lost",
                "the whole file",
            )
            .cure("save it as CSV in UTF-8"),
        );
    }
    text.into_owned()
}

/// Theirs to ours.
fn read_map(map: &str, complaints: &mut Vec<Complaint>) -> BTreeMap<String, String> {
    match map.parse::<toml::Table>() {
        Ok(table) => {
            let pair =
                |(ours, theirs): (String, toml::Value)| Some((theirs.as_str()?.trim().to_owned(), ours));
            table.into_iter().filter_map(pair).collect()
        }
        Err(error) => {
            let what = format!("the map is not TOML of the form ours = \"theirs\": {}", error.message());
            complaints.push(damaged(what, "the map".to_owned()));
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
