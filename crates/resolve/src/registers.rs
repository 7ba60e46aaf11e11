//! Registers and gazetteers from the bytes of a file.

mod diff;

pub use diff::{RowChange, diff};

use crate::tables::{TableRow, read_table};
use plainsight_lens::PlaceRow;
use plainsight_model::{Complaint, ComplaintKind, Digest, Register, RegisterId, RegisterRow};
use plainsight_text::Day;
use std::collections::BTreeMap;

/// What a person says of a register on the command line; it wins over the file's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegisterOptions {
    /// `--name`.
    pub name: Option<String>,
    /// `--as-of`, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// `--until`, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// `--official`.
    pub official: bool,
    /// `--complete`.
    pub complete: bool,
    /// `--of`: `posts`, `companies` or `agents`.
    pub of: Option<String>,
    /// The text of the `--map` file: TOML, ours = theirs.
    pub map: Option<String>,
}

/// Reads the registers of a CSV file: one for each (`register`, `as_of`).
/// `official` and `complete` hold where the options or every row say so.
pub fn read_registers(
    file_name: &str,
    bytes: &[u8],
    options: &RegisterOptions,
) -> (Vec<Register>, Vec<Complaint>) {
    let (rows, complaints) = read_table(bytes, options.map.as_deref());
    registers_of_rows(file_name, bytes, options, rows, complaints)
}

/// Makes the registers of the rows that the bytes of a file were read to, with what was complained of so far.
pub fn registers_of_rows(
    file_name: &str,
    bytes: &[u8],
    options: &RegisterOptions,
    rows: Vec<TableRow>,
    mut complaints: Vec<Complaint>,
) -> (Vec<Register>, Vec<Complaint>) {
    let mut groups: BTreeMap<(String, Option<String>), Vec<TableRow>> = BTreeMap::new();
    for row in rows {
        let cell = |head: &str| row.cells.get(head).map(|c| c.trim()).filter(|c| !c.is_empty());
        let name = cell("register").map(str::to_owned).or_else(|| options.name.clone());
        let name = name.unwrap_or_else(|| file_name.to_owned());
        let as_of = options
            .as_of
            .clone()
            .or_else(|| cell("as_of").and_then(|day| day_of(day, row.number, &mut complaints)));
        groups.entry((name, as_of)).or_default().push(row);
    }
    if groups.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Damaged, "the file has no row", file_name));
    }
    let snapshot = Digest::of(bytes);
    let make = |((name, as_of), rows): ((String, Option<String>), Vec<TableRow>)| Register {
        id: RegisterId::of(bytes, &name, as_of.as_deref().unwrap_or("")),
        official: options.official || all_say(&rows, "official"),
        complete: options.complete || all_say(&rows, "complete"),
        until: options.until.clone(),
        of: options.of.clone().unwrap_or_else(|| "posts".to_owned()),
        snapshot,
        file: file_name.to_owned(),
        rows: rows.into_iter().map(|row| RegisterRow { number: row.number, cells: row.cells }).collect(),
        name,
        as_of,
    };
    (groups.into_iter().map(make).collect(), complaints)
}

fn day_of(text: &str, row: u64, complaints: &mut Vec<Complaint>) -> Option<String> {
    let day = Day::parse(text).map(|day| day.to_string());
    if day.is_none() {
        let what = format!("“{text}” under as_of is not a day");
        complaints.push(
            Complaint::new(ComplaintKind::Doubtful, what, format!("row {row}"))
                .cure("write it as 2022-11-16, or give --as-of"),
        );
    }
    day
}

/// Every row says yes; a register that says it of some rows only does not say it of itself.
fn all_say(rows: &[TableRow], head: &str) -> bool {
    let yes = |row: &TableRow| {
        let cell = row.cells.get(head).map(|cell| cell.trim().to_lowercase()).unwrap_or_default();
        matches!(cell.as_str(), "true" | "yes" | "y" | "1" | "ja" | "si" | "sí" | "是")
    };
    !rows.is_empty() && rows.iter().all(yes)
}

/// Reads the rows of a gazetteer; `map` is the text of the `--map` file.
pub fn read_gazetteer(bytes: &[u8], map: Option<&str>) -> (Vec<PlaceRow>, Vec<Complaint>) {
    let (rows, mut complaints) = read_table(bytes, map);
    let mut out = Vec::new();
    for row in rows {
        let cell = |head: &str| row.cells.get(head).cloned().unwrap_or_default();
        let place = PlaceRow {
            name: Some(cell("name")).filter(|name| !name.is_empty()).unwrap_or_else(|| cell("zh_hans")),
            zh_hans: cell("zh_hans"),
            zh_hant: cell("zh_hant"),
            kind: cell("kind"),
            country: cell("country"),
            code: cell("code"),
            parent: cell("parent"),
            nl: cell("nl"),
            es: cell("es"),
            former: cell("former"),
            from: cell("from"),
            until: cell("until"),
            lat: cell("lat"),
            lon: cell("lon"),
            calling_code: cell("calling_code"),
            trunk: cell("trunk"),
        };
        if place.name.is_empty() {
            complaints.push(Complaint::new(
                ComplaintKind::Damaged,
                "a place without a name was left out",
                format!("row {}", row.number),
            ));
        } else {
            out.push(place);
        }
    }
    (out, complaints)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "seat,register,as_of,complete,host_state,colour\n\
        Brackwater,List of posts,2022-03-01,yes,Quelland,blue\n\
        Sandhollow,List of posts,2022-03-01,yes,Quelland,\n\
        Brackwater,Press list,2021-01-01,no,Quelland,red\n";

    #[test]
    fn one_file_holds_several_registers_and_keeps_unknown_headings() {
        let (registers, complaints) =
            read_registers("lists.csv", FILE.as_bytes(), &RegisterOptions::default());
        assert!(complaints.is_empty(), "{complaints:?}");
        let shown: Vec<_> =
            registers.iter().map(|r| (r.name.as_str(), r.rows.len(), r.complete, r.official)).collect();
        assert_eq!(shown, [("List of posts", 2, true, false), ("Press list", 1, false, false)]);
        assert_eq!(registers[0].rows[0].get("colour"), "blue");
        assert_ne!(registers[0].id, registers[1].id);
    }

    #[test]
    fn bom_and_gb18030_and_a_map_are_read() {
        let options = RegisterOptions {
            name: Some("使团名册".into()),
            as_of: Some("2022-11-16".into()),
            map: Some("seat = \"城市\"\nclass = \"type\"".into()),
            ..RegisterOptions::default()
        };
        let text = "城市,type\n灯港,embassy\n";
        let (gb, _, _) = encoding_rs::GB18030.encode(text);
        let bom = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for bytes in [gb.as_ref(), bom.as_slice()] {
            let (registers, complaints) = read_registers("x.csv", bytes, &options);
            assert!(complaints.is_empty(), "{complaints:?}");
            let row = &registers[0].rows[0];
            assert_eq!(
                (registers[0].name.as_str(), row.get("seat"), row.get("class")),
                ("使团名册", "灯港", "embassy")
            );
        }
    }

    #[test]
    fn bad_files_are_complaints_and_never_panics() {
        for bytes in
            [&b""[..], b"\xff\xfe\x00", b"a,b\n\"open", b"as_of\nyesterday\n", b",,\n,,\n", &[0u8; 64]]
        {
            let (_, complaints) = read_registers("bad.csv", bytes, &RegisterOptions::default());
            assert!(!complaints.is_empty() || bytes.starts_with(b","), "{bytes:?}");
            let _ = read_gazetteer(bytes, Some("not toml ["));
        }
    }

    #[test]
    fn ten_thousand_rows_come_in_with_a_map() {
        let Some(bytes) = shared("data/case/registers/wikidata-missions-2022-11-16.csv") else { return };
        let options = RegisterOptions {
            as_of: Some("2022-11-16".into()),
            map: Some(
                "sending_state = \"operator\"\nhost_state = \"country\"\nseat = \"city\"\nclass = \"type\""
                    .into(),
            ),
            ..RegisterOptions::default()
        };
        let (registers, complaints) = read_registers("wikidata-missions-2022-11-16.csv", &bytes, &options);
        assert_eq!((registers.len(), registers[0].rows.len(), complaints.len()), (1, 9852, 0));
        assert!(!registers[0].official && !registers[0].complete);
    }

    fn shared(path: &str) -> Option<Vec<u8>> {
        let root = std::env::var("PLAINSIGHT_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
        let found = std::fs::read(std::path::Path::new(&root).join(path)).ok();
        if found.is_none() {
            assert!(std::env::var_os("CI").is_none(), "{path} is missing under PLAINSIGHT_SHARED ({root})");
            eprintln!("NOT RUN: ten_thousand_rows_come_in_with_a_map: {path} is missing under {root}");
        }
        found
    }
}
