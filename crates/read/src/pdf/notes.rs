//! What somebody wrote on a page with a pen of their own: sticky notes and remarks to marked words, which no
//! page shows until somebody opens them. Text that stands on the page (`FreeText`) poppler draws and reads.

use super::objects::{Objects, Value};
use crate::canon::{Raw, collapse};
use memchr::memmem;
use plainsight_model::{BlockKind, Complaint, ComplaintKind};
use std::collections::{BTreeMap, BTreeSet};

/// Bounds of a tree of pages, and of what is taken from it.
const MOST_PAGES: usize = 10_000;
const MOST_NOTES: usize = 2_000;
const LONGEST: usize = 20_000;

/// Kinds of annotation (ISO 32000-1, 12.5.6) whose contents are what somebody says. Not links, fields of a
/// form, and windows, which show the contents of others.
const SAY: [&str; 15] = [
    "Text",
    "FreeText",
    "Highlight",
    "Underline",
    "StrikeOut",
    "Squiggly",
    "Caret",
    "Stamp",
    "Ink",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "FileAttachment",
];

/// The notes of each page, in its order, hidden as the remarks of a text document are: they are read, and
/// nothing is found in them. `shown` is what stands on each page already, by its number from 1.
pub(super) fn notes(
    bytes: &[u8],
    shown: &BTreeMap<usize, String>,
    complaints: &mut Vec<Complaint>,
) -> Vec<Raw> {
    // Most files have none, and then none of this is looked at.
    if memmem::find(bytes, b"/Annots").is_none() && memmem::find(bytes, b"/ObjStm").is_none() {
        return Vec::new();
    }
    let objects = Objects::of(bytes);
    let mut out: Vec<Raw> = Vec::new();
    for (number, page) in pages(&objects).iter().enumerate() {
        let list = page.get("Annots").and_then(|list| objects.resolve(list));
        let Some(Value::Array(list)) = list else { continue };
        let mut page: Option<String> = None;
        let room = MOST_NOTES.saturating_sub(out.len());
        for text in list.iter().filter_map(|item| said(&objects, item)).take(room) {
            let page =
                page.get_or_insert_with(|| squash(shown.get(&(number + 1)).map_or("", String::as_str)));
            if page.contains(&squash(&text)) {
                continue;
            }
            let raw = Raw::new(BlockKind::Paragraph, format!("page {}, note", number + 1), text);
            out.push(Raw { hidden: true, ..raw });
        }
    }
    if !out.is_empty() && memmem::find(bytes, b"/Encrypt").is_some() {
        let what = "the notes of the PDF are encrypted and were not read";
        complaints.push(Complaint::new(ComplaintKind::Doubtful, what, "document"));
        out.clear();
    }
    out
}

/// Letters and digits of a text, of a page no more than a page has.
fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).take(5 * LONGEST).collect()
}

/// The pages in the order of their tree.
fn pages(objects: &Objects) -> Vec<Value> {
    let mut out = Vec::new();
    let mut seen = BTreeSet::new();
    let root = objects.catalogue().and_then(|catalogue| catalogue.get("Pages").cloned());
    let mut waiting: Vec<Value> = root.into_iter().collect();
    while let Some(next) = waiting.pop().filter(|_| out.len() < MOST_PAGES) {
        if matches!(&next, Value::Other(number) if !seen.insert(*number)) {
            continue;
        }
        let Some(node) = objects.resolve(&next) else { continue };
        match node.get("Kids").and_then(|kids| objects.resolve(kids)) {
            Some(Value::Array(kids)) => waiting.extend(kids.into_iter().rev().take(MOST_PAGES)),
            _ => out.push(node),
        }
    }
    out
}

/// What an annotation says.
fn said(objects: &Objects, item: &Value) -> Option<String> {
    let annotation = objects.resolve(item)?;
    let kind = annotation.get("Subtype")?;
    SAY.iter().any(|name| kind.is_name(name)).then_some(())?;
    let Some(Value::Text(bytes)) = annotation.get("Contents").and_then(|text| objects.resolve(text)) else {
        return None;
    };
    let text: String = collapse(&decoded(&bytes)).chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

/// A text string (ISO 32000-1, 7.9.2.2; UTF-8 since PDF 2.0).
fn decoded(bytes: &[u8]) -> String {
    if let Some(wide) = bytes.strip_prefix(b"\xfe\xff") {
        return encoding_rs::UTF_16BE.decode_without_bom_handling(wide).0.into_owned();
    }
    if let Some(wide) = bytes.strip_prefix(b"\xff\xfe") {
        return encoding_rs::UTF_16LE.decode_without_bom_handling(wide).0.into_owned();
    }
    if let Some(utf8) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return String::from_utf8_lossy(utf8).into_owned();
    }
    bytes.iter().map(|byte| own(*byte)).collect()
}

/// A character of PDFDocEncoding (annex D.2): Latin-1 but for these.
fn own(byte: u8) -> char {
    const FROM_80: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{fffd}', '€',
    ];
    const FROM_18: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    match byte {
        0x18..=0x1f => FROM_18[usize::from(byte - 0x18)],
        0x80..=0xa0 => FROM_80[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn said_in(file: &[u8], shown: &str) -> (Vec<String>, usize) {
        let mut complaints = Vec::new();
        let rows = notes(file, &BTreeMap::from([(2, shown.to_owned())]), &mut complaints);
        assert!(rows.iter().all(|raw| raw.hidden));
        (rows.into_iter().map(|raw| format!("{}: {}", raw.path, raw.text)).collect(), complaints.len())
    }

    const TREE: &str = "1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
        2 0 obj << /Type /Pages /Kids [3 0 R 4 0 R 2 0 R] >> endobj
        3 0 obj << /Type /Page /Parent 2 0 R >> endobj
        4 0 obj << /Type /Page /Annots 9 0 R >> endobj
        9 0 obj [5 0 R 6 0 R 7 0 R 8 0 R << /Subtype /Link /Contents (nergens) >>] endobj\n";

    #[test]
    fn notes_stand_with_their_page() {
        let file = format!(
            "%PDF-1.7\n{TREE}
            5 0 obj << /Subtype /Text /Contents (Klopt \\(dit\\)\\057 wel?\\\n Nee.) % (geen)\n >> endobj
            6 0 obj << /Subtype /Highlight /Contents <FEFF6CE891CA> /QuadPoints [1 2.5 -3 4] >> endobj
            7 0 obj << /Subtype /FreeText /Contents (Staat al op de bladzijde) >> endobj
            8 0 obj << /Subtype /Popup /Parent 5 0 R /Contents (venster) >> endobj"
        );
        let want = vec!["page 2: Klopt (dit)/ wel? Nee.".to_owned(), "page 2: 注释".to_owned()];
        let want: Vec<String> = want.into_iter().map(|row| row.replace("page 2", "page 2, note")).collect();
        assert_eq!(
            said_in(file.as_bytes(), "Hier staat al op de bladzijde Staat al op de bladzijde."),
            (want, 0)
        );
        let locked = format!("{file}\ntrailer << /Encrypt 10 0 R >>");
        assert_eq!(said_in(locked.as_bytes(), ""), (vec![], 1));
    }

    #[test]
    fn packed_objects_are_unpacked_and_the_later_of_two_counts() {
        let annotation = "<< /Subtype /Text /Contents (nieuw) >>";
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        write!(packed, "5 0 {annotation}").expect("memory");
        let packed = packed.finish().expect("memory");
        let mut file = format!(
            "%PDF-1.7\n{TREE}5 0 obj << /Subtype /Text /Contents (oud) >> endobj
            20 0 obj << /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {} >> stream\n",
            packed.len()
        )
        .into_bytes();
        file.extend(packed);
        file.extend(b"\nendstream endobj");
        assert_eq!(said_in(&file, ""), (vec!["page 2, note: nieuw".to_owned()], 0));
    }

    #[test]
    fn hostile_files_end_soon_and_quietly() {
        let deep = format!("1 0 obj {}", "[".repeat(100_000));
        let circle = "1 0 obj << /Type /Catalog /Pages 1 0 R /Kids [1 0 R 1 0 R] /Annots 1 0 R >>".to_owned();
        let many = "1 0 obj << /Type /ObjStm /N 999999999 /First 0 >> stream\n1 0 ".to_owned();
        let open = "1 0 obj << /Type /Catalog /Pages << /Annots [(".to_owned() + &"\\".repeat(1000);
        for text in [deep, circle, many, open, " obj".repeat(10_000), "0 obj".to_owned()] {
            assert_eq!(said_in(format!("/Annots {text}").as_bytes(), "").0.len(), 0);
        }
        let zeros = vec![0; 80 << 20];
        let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        bomb.write_all(&zeros).expect("memory");
        let mut file = b"1 0 obj << /Type /ObjStm /N 9 /First 0 /Filter /FlateDecode >> stream\n".to_vec();
        file.extend(bomb.finish().expect("memory"));
        assert_eq!(said_in(&file, "").0.len(), 0);
    }
}
