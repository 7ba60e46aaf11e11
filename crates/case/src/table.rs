//! Whether a file that somebody brings is a table at all, before anything is kept of it.

use crate::error::CaseError;
use std::collections::BTreeSet;

/// A table that could be none, with what it was read to.
pub struct Brought<'t> {
    /// The file's name.
    pub file: &'t str,
    /// Its bytes.
    pub bytes: &'t [u8],
    /// The headings under which its rows have cells.
    pub heads: &'t BTreeSet<String>,
    /// How many rows were read.
    pub rows: usize,
}

/// Columns of which a register has at least one: what a post, company or agent is found by.
pub const OF_A_REGISTER: [&str; 9] =
    ["seat", "address", "host_state", "sending_state", "category", "class", "district", "head_title", "name"];

/// Columns of which a gazetteer has at least one.
pub const OF_A_GAZETTEER: [&str; 2] = ["name", "zh_hans"];

/// The first bytes of what is often handed over instead of a CSV, with its name.
const OTHERS: [(&[u8], &str); 6] = [
    (b"PK\x03\x04", "a spreadsheet (xlsx, ods) or another ZIP"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet (xls)"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a packed file (gzip)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
];

/// One lost or control character in so many is no slip of one encoding any more.
const ODD: usize = 20;

impl Brought<'_> {
    /// An error that says what is wrong, where, and what to do, unless the file
    /// is a table with one of these columns and a row.
    pub fn check(&self, columns: &[&str]) -> Result<(), CaseError> {
        let fault = |place: &str, what: String, cure: String| {
            Err(CaseError::Table { file: self.file.to_owned(), place: place.to_owned(), what, cure })
        };
        let save = || "save it as CSV in UTF-8".to_owned();
        if self.bytes.iter().all(u8::is_ascii_whitespace) {
            return fault(
                "byte 0",
                "the file is empty".into(),
                "a heading and at least one row are needed".into(),
            );
        }
        if let Some((_, what)) = OTHERS.iter().find(|(magic, _)| self.bytes.starts_with(magic)) {
            return fault("byte 0", format!("this is {what}, no CSV"), save());
        }
        if let Some(at) = self.bytes.iter().position(|byte| *byte == 0) {
            return fault(&format!("byte {at}"), "a NUL byte; this is no text".into(), save());
        }
        if let Some(at) = odd(self.bytes) {
            return fault(&format!("byte {at}"), "neither UTF-8 nor GB18030; this is no text".into(), save());
        }
        if self.rows == 0 {
            let what = "no row could be read under the heading".to_owned();
            return fault("line 2", what, "a heading and at least one row are needed".into());
        }
        if columns.iter().any(|column| self.heads.contains(*column)) {
            return Ok(());
        }
        let heads: Vec<String> = self.heads.iter().take(8).map(|head| shown(head)).collect();
        let what = match heads.is_empty() {
            true => "no column has a heading".to_owned(),
            false => format!("none of its columns is known here (it has {})", heads.join(", ")),
        };
        let cure =
            format!("name one of {}, or say with --map which of its columns is which", columns.join(", "));
        fault("line 1", what, cure)
    }
}

/// A heading from outside, safe for a terminal.
fn shown(head: &str) -> String {
    let clean: String = head.chars().map(|c| if c.is_control() { '·' } else { c }).take(24).collect();
    format!("“{clean}”")
}

/// The place of the first byte that is no character, where there are too many for a slip.
fn odd(bytes: &[u8]) -> Option<usize> {
    let bad = |c: char| c == '\u{fffd}' || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'));
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => std::borrow::Cow::Borrowed(text),
        Err(_) => encoding_rs::GB18030.decode_without_bom_handling(bytes).0,
    };
    let (mut all, mut odd) = (0, 0);
    for c in text.chars() {
        all += 1;
        odd += usize::from(bad(c));
    }
    if odd * ODD <= all {
        return None;
    }
    let first = std::str::from_utf8(bytes).err().map(|why| why.valid_up_to());
    Some(
        bytes
            .iter()
            .position(|b| *b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r'))
            .into_iter()
            .chain(first)
            .min()
            .unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_refused_with_its_place_and_a_cure() {
        let noise: Vec<u8> = (1..2000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
        let cases: [(&[u8], &[&str], usize, &str); 9] = [
            (b"", &[], 0, "byte 0: the file is empty"),
            (b" \r\n", &[], 0, "byte 0: the file is empty"),
            (b"PK\x03\x04rest", &["PK"], 3, "byte 0: this is a spreadsheet"),
            (b"seat\nHal\0voort\n", &["seat"], 1, "byte 8: a NUL byte"),
            (&noise, &["seat"], 4, "neither UTF-8 nor GB18030"),
            (b"seat\n", &["seat"], 0, "line 2: no row"),
            (b"a,b\x1b[31m\n1,2\n", &["a", "b\u{1b}[31m"], 1, "byte 3"),
            (
                b"colour,shape of it\nred,round\n",
                &["colour", "shape of it"],
                1,
                "line 1: none of its columns is known here (it has “colour”",
            ),
            (b",\n1,2\n", &[], 1, "line 1: no column has a heading"),
        ];
        for (bytes, heads, rows, said) in cases {
            let heads = heads.iter().map(|head| (*head).to_owned()).collect();
            let brought = Brought { file: "list.csv", bytes, heads: &heads, rows };
            let why = brought.check(&OF_A_REGISTER).expect_err(said).to_string();
            assert!(why.starts_with("list.csv, ") && why.contains(said) && why.contains("; "), "{why}");
            assert!(!why.contains('\u{1b}'), "{why:?}");
        }
        let seat = BTreeSet::from(["seat".to_owned()]);
        let (gb, ..) = encoding_rs::GB18030.encode("seat\n哈尔沃\n");
        for bytes in [b"seat\nHalvoort\n".as_slice(), &gb, "\u{feff}seat\n哈尔沃\n".as_bytes()] {
            Brought { file: "list.csv", bytes, heads: &seat, rows: 1 }
                .check(&OF_A_REGISTER)
                .expect("a table");
        }
    }
}
