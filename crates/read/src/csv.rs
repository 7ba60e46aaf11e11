//! Tables as text (CSV): a block a row, with the header above each cell.

use crate::office::{Cell, Row, Sink, lay_rows};
use crate::{Source, canon, empty, encoding, language};
use plainsight_model::{Complaint, ComplaintKind, Document, DocumentKind};

/// What may part the fields, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The most rows.
const ROWS: usize = 1_000_000;
/// The most fields of a row.
const FIELDS: usize = 16_384;

/// Reads rows; a header is known by its place.
pub(crate) fn read(source: &Source, complaints: &mut Vec<Complaint>) -> Document {
    let decoded = encoding::decode(source.bytes, source.media_type, false, complaints);
    let mut document = empty(DocumentKind::Text, "csv");
    let mut sink = Sink::new();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&decoded.text))
        .from_reader(decoded.text.as_bytes());
    let (mut rows, mut size) = (Vec::new(), 0);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(why) => {
                complaints.push(Complaint::new(
                    ComplaintKind::Damaged,
                    format!("a row cannot be read: {why}"),
                    "table",
                ));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        size += record.as_slice().len();
        // The sink would drop what is too much; here it is not even gathered.
        if rows.len() >= ROWS || size > (16 << 20) {
            let what = format!("the table has more than {ROWS} rows or 16 MiB; the rest was not read");
            complaints.push(Complaint::new(ComplaintKind::Bound, what, format!("line {line}")));
            break;
        }
        let cells = record.iter().take(FIELDS).enumerate().map(|(column, text)| Cell::new(column, text));
        rows.push(Row { path: format!("line {line}"), cells: cells.collect(), ..Row::default() });
    }
    lay_rows(rows).into_iter().for_each(|raw| sink.put(raw));
    let (raws, more) = sink.into_parts();
    complaints.extend(more);
    canon::lay(&mut document, raws);
    document.encoding = Some(decoded.encoding.to_owned());
    document.encoding_rule = Some(decoded.rule.to_owned());
    let found = language(&document.text);
    (document.lang, document.script) = (found.lang, found.script);
    document
}

/// The delimiter that occurs equally often, and most often, in the first lines.
fn delimiter(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    let count = |d: u8| -> (usize, usize) {
        let counts: Vec<usize> = lines.iter().map(|l| l.bytes().filter(|b| *b == d).count()).collect();
        let first = counts.first().copied().unwrap_or(0);
        (counts.iter().filter(|n| **n == first && first > 0).count(), first)
    };
    let mut best = (b',', (0, 0));
    for delimiter in DELIMITERS {
        let found = count(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_headers() {
        let text = "\u{feff}站点;城市;电话\n一号;柳城;010 1\n\"二; 号\";石湾;020 2\n";
        let source = Source { bytes: text.as_bytes(), media_type: None, uri: "", name: "lijst.csv" };
        let document = read(&source, &mut Vec::new());
        assert_eq!(document.text, "站点\t城市\t电话\n一号\t柳城\t010 1\n二; 号\t石湾\t020 2");
        assert_eq!(document.blocks[2].cells[1].header.as_deref(), Some("城市"));
        assert_eq!(document.blocks[2].path, "line 3");
    }
}
