//! Registers and gazetteers from the bytes of a file.

mod diff;

pub use diff::{RowChange, Snapshot, diff};

use crate::tables::{MOST_ROWS, Said, TableRow, each_row, read_table};
use crate::verdicts::RegisterRows;
use plainsight_lens::PlaceRow;
use plainsight_model::{Complaint, ComplaintKind, Digest, Register, RegisterId, RegisterRow};
use plainsight_text::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::ops::ControlFlow;

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

/// A register with its rows, where they are few enough to be held.
pub type Listed = (Register, Vec<RegisterRow>);

impl RegisterRows for Vec<Listed> {
    type Error = Infallible;

    fn at_seats(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), Infallible> {
        hand_on(self, register, "seat", wanted, each);
        Ok(())
    }

    fn at_addresses(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), Infallible> {
        hand_on(self, register, "address", wanted, each);
        Ok(())
    }
}

/// The rows of a register that `wanted` takes by the cell under a heading.
fn hand_on(
    all: &[Listed],
    register: &RegisterId,
    head: &str,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
) {
    let rows = all.iter().filter(|(listed, _)| listed.id == *register).flat_map(|(_, rows)| rows);
    // Whoever has enough breaks off; nothing else comes back.
    let _ = rows.filter(|row| wanted(row.get(head))).cloned().try_for_each(each);
}

/// Reads the registers of a CSV file with all their rows: one for each (`register`, `as_of`).
/// `official` and `complete` hold where the options or every row say so.
pub fn read_registers(
    file_name: &str,
    bytes: &[u8],
    options: &RegisterOptions,
) -> (Vec<Listed>, Vec<Complaint>) {
    let mut rows: BTreeMap<RegisterId, Vec<RegisterRow>> = BTreeMap::new();
    let map = options.map.as_deref();
    let (registers, complaints) = each_register_row(
        file_name,
        bytes,
        options,
        |each| each_row(bytes, map, MOST_ROWS, each),
        &mut |id, row| rows.entry(*id).or_default().push(row),
    );
    let listed = |register: Register| {
        let rows = rows.remove(&register.id).unwrap_or_default();
        (register, rows)
    };
    (registers.into_iter().map(listed).collect(), complaints)
}

/// Takes a row of a table, and the list to which complaints about it go.
pub type OnRow<'r> = dyn FnMut(TableRow, &mut Said) + 'r;

/// Tells which registers the rows of a file make and hands each row on with the register it belongs to, so
/// that none but the last is held. `rows` goes through the file and gives what it complains of.
pub fn each_register_row(
    file_name: &str,
    bytes: &[u8],
    options: &RegisterOptions,
    rows: impl FnOnce(&mut OnRow) -> Vec<Complaint>,
    each: &mut dyn FnMut(&RegisterId, RegisterRow),
) -> (Vec<Register>, Vec<Complaint>) {
    let mut groups: BTreeMap<(String, Option<String>), Group> = BTreeMap::new();
    let mut of_days = Said::default();
    let mut complaints = rows(&mut |row, _| {
        let cell = |head: &str| row.cells.get(head).map(|c| c.trim()).filter(|c| !c.is_empty());
        let name = cell("register").map(str::to_owned).or_else(|| options.name.clone());
        let name = name.unwrap_or_else(|| file_name.to_owned());
        let as_of = options
            .as_of
            .clone()
            .or_else(|| cell("as_of").and_then(|day| day_of(day, row.number, &mut of_days)));
        let group = groups.entry((name, as_of)).or_insert_with_key(|(name, as_of)| {
            Group::new(RegisterId::of(bytes, name, as_of.as_deref().unwrap_or("")))
        });
        group.take(&row);
        each(&group.id, RegisterRow { number: row.number, cells: row.cells });
    });
    complaints.extend(of_days.finish());
    if groups.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Damaged, "the file has no row", file_name));
    }
    let snapshot = Digest::of(bytes);
    let make = |((name, as_of), group): ((String, Option<String>), Group)| Register {
        id: group.id,
        official: options.official || group.official,
        complete: options.complete || group.complete,
        until: options.until.clone(),
        of: options.of.clone().unwrap_or_else(|| "posts".to_owned()),
        snapshot,
        file: file_name.to_owned(),
        rows: group.rows,
        host_states: group.host_states,
        heads: group.heads,
        announced: group.announced.and_then(|said| said.parse().ok()),
        name,
        as_of,
    };
    (groups.into_iter().map(make).collect(), complaints)
}

/// What the rows of one register say of it as a whole.
struct Group {
    id: RegisterId,
    rows: usize,
    /// Every row says yes; a register that says it of some rows only does not say it of itself.
    official: bool,
    complete: bool,
    host_states: BTreeSet<String>,
    heads: BTreeSet<String>,
    /// The one thing that stands under `announced` in every row.
    announced: Option<String>,
}

impl Group {
    fn new(id: RegisterId) -> Self {
        let (host_states, heads) = (BTreeSet::new(), BTreeSet::new());
        Self { id, rows: 0, official: true, complete: true, host_states, heads, announced: None }
    }

    fn take(&mut self, row: &TableRow) {
        let cell = |head: &str| row.cells.get(head).map_or("", |cell| cell.trim());
        self.official &= yes(cell("official"));
        self.complete &= yes(cell("complete"));
        let announced = cell("announced");
        if self.rows == 0 {
            self.announced = Some(announced.to_owned());
        } else if self.announced.as_deref() != Some(announced) {
            self.announced = None;
        }
        let state = row.cells.get("host_state").map_or("", String::as_str);
        if !self.host_states.contains(state) {
            self.host_states.insert(state.to_owned());
        }
        for (head, text) in &row.cells {
            if !text.trim().is_empty() && !self.heads.contains(head) {
                self.heads.insert(head.clone());
            }
        }
        self.rows += 1;
    }
}

fn yes(cell: &str) -> bool {
    matches!(cell.to_lowercase().as_str(), "true" | "yes" | "y" | "1" | "ja" | "si" | "sí" | "是")
}

fn day_of(text: &str, row: u64, complaints: &mut Said) -> Option<String> {
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
            registers.iter().map(|(r, _)| (r.name.as_str(), r.rows, r.complete, r.official)).collect();
        assert_eq!(shown, [("List of posts", 2, true, false), ("Press list", 1, false, false)]);
        assert_eq!(registers[0].1[0].get("colour"), "blue");
        assert_ne!(registers[0].0.id, registers[1].0.id);
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
            let row = &registers[0].1[0];
            assert_eq!(
                (registers[0].0.name.as_str(), row.get("seat"), row.get("class")),
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
        assert_eq!((registers.len(), registers[0].1.len(), complaints.len()), (1, 9852, 0));
        assert!(!registers[0].0.official && !registers[0].0.complete);
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
