//! Lists of names that somebody brings: a CSV with a column `name`, or entities of FollowTheMoney.

use crate::ftm::{Entity, read_entities};
use crate::names::NameInput;
use crate::tables::{TableRow, each_row};
use plainsight_model::{Complaint, ComplaintKind};
use std::collections::BTreeMap;

/// Headings whose cells are names, beside those of languages (`name_zh`); one cell may hold several, parted by `;`.
const NAME_HEADS: [&str; 8] =
    ["name", "names", "alias", "aliases", "zh_hans", "zh_hant", "weak_alias", "previous_name"];

/// As many rows as a table of names holds.
const MOST_ROWS: usize = 1 << 24;

/// A row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListRow {
    /// Its number in the file, from 1.
    pub number: u64,
    /// The list's own id.
    pub id: Option<String>,
    /// The schema of FollowTheMoney, where the list says one.
    pub schema: Option<String>,
    /// Its names and what else it says.
    pub names: NameInput,
}

impl ListRow {
    /// Its first name.
    pub fn name(&self) -> &str {
        self.names.names.first().map_or("", String::as_str)
    }
}

/// Hands on the rows of a list, one after the other. Rows without a name are left out with a complaint; a
/// file without any is no list. Of a table none but the last row is held; entities of FollowTheMoney may come
/// in parts that lie far from each other, so they are put together first.
pub fn each_list_row(bytes: &[u8], map: Option<&str>, each: &mut dyn FnMut(ListRow)) -> Vec<Complaint> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    if matches!(first, Some(b'{' | b'[')) || is_statements(text) {
        let (rows, complaints) = of_entities(bytes);
        rows.into_iter().for_each(each);
        return complaints;
    }
    each_row(bytes, map, MOST_ROWS, &mut |row, said| match of_row(&row) {
        Some(row) => each(row),
        None => said.push(
            Complaint::new(
                ComplaintKind::Damaged,
                "a row without a name was left out",
                format!("row {}", row.number),
            )
            .cure("a list needs a column “name”, or --map with name = \"theirs\""),
        ),
    })
}

fn is_statements(text: &[u8]) -> bool {
    let head = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let heads: Vec<&str> = head.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    heads.contains(&"prop")
        && heads.contains(&"value")
        && (heads.contains(&"canonical_id") || heads.contains(&"entity_id"))
}

fn of_entities(bytes: &[u8]) -> (Vec<ListRow>, Vec<Complaint>) {
    let read = read_entities(bytes);
    let row = |entity: &Entity| {
        let names: Vec<String> = entity.names().into_iter().map(str::to_owned).collect();
        let parts = entity.properties.contains_key("lastName");
        (!names.is_empty() || parts).then(|| ListRow {
            number: read.numbers.get(&entity.id).copied().unwrap_or(0),
            id: Some(entity.id.clone()),
            schema: Some(entity.schema.clone()),
            names: NameInput { names, properties: entity.properties.clone() },
        })
    };
    let mut rows: Vec<ListRow> = read.entities.iter().filter_map(row).collect();
    rows.sort_by_key(|row| row.number);
    (rows, read.complaints)
}

fn of_row(row: &TableRow) -> Option<ListRow> {
    let mut names: Vec<String> = Vec::new();
    // `name` first, whatever the order of the columns.
    let mut heads: Vec<(&String, &String)> = row.cells.iter().filter(|(head, _)| is_name(head)).collect();
    heads.sort_by_key(|(head, _)| (head.to_lowercase() != "name", (*head).clone()));
    for (_, cell) in heads {
        for name in cell.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
    }
    let cell = |head: &str| row.cells.get(head).map(|c| c.trim().to_owned()).filter(|c| !c.is_empty());
    (!names.is_empty()).then(|| ListRow {
        number: row.number,
        id: cell("id"),
        schema: cell("schema"),
        names: NameInput { names, properties: BTreeMap::new() },
    })
}

fn is_name(head: &str) -> bool {
    let head = head.to_lowercase();
    NAME_HEADS.contains(&head.as_str())
        || head.strip_prefix("name_").is_some_and(|lang| (2..=7).contains(&lang.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row's number and its names.
    type Shown = (u64, Vec<String>);

    fn read(bytes: &[u8]) -> (Vec<ListRow>, Vec<Complaint>) {
        let mut rows = Vec::new();
        let complaints = each_list_row(bytes, None, &mut |row| rows.push(row));
        (rows, complaints)
    }

    fn shown(bytes: &[u8]) -> Vec<Shown> {
        read(bytes).0.into_iter().map(|row| (row.number, row.names.names)).collect()
    }

    #[test]
    fn lists_come_as_csv_entities_or_statements() {
        let names = |list: &[&str]| list.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let cases: [(&str, Vec<Shown>); 5] = [
            (
                "id,name\n7,Ann Example\n8,Bo Sample\n",
                vec![(1, names(&["Ann Example"])), (2, names(&["Bo Sample"]))],
            ),
            ("alias;Name\nA.E.;Ann Example\n", vec![(1, names(&["Ann Example", "A.E."]))]),
            // The simple table of OpenSanctions.
            (
                "\"id\",\"schema\",\"name\",\"aliases\"\n\"x\",\"Person\",\"Ann Example\",\"A. Example;Annie\"\n",
                vec![(1, names(&["Ann Example", "A. Example", "Annie"]))],
            ),
            (
                "{\"id\":\"z\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Lantern BV\"],\"alias\":[\"Lantern\"]}}\n\
                 {\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann Example\"]}}\n",
                vec![(1, names(&["Lantern BV", "Lantern"])), (2, names(&["Ann Example"]))],
            ),
            (
                "entity_id,schema,prop,value\nx,Company,name,Lantern BV\nx,Company,alias,Lantern\n",
                vec![(1, names(&["Lantern BV", "Lantern"]))],
            ),
        ];
        for (text, rows) in cases {
            assert_eq!(shown(text.as_bytes()), rows, "{text}");
        }
    }

    #[test]
    fn what_is_no_list_gives_complaints_and_no_row() {
        for bytes in [&b""[..], b"colour\nred\n", b"{\"id\":1}", b"[1", b"\xff\xfe", b"name\n\n\"\"\n"] {
            let (rows, complaints) = read(bytes);
            assert!(rows.is_empty(), "{bytes:?}");
            assert!(!complaints.is_empty() || bytes.is_empty() || bytes == b"\xff\xfe", "{bytes:?}");
        }
    }

    #[test]
    fn of_very_many_complaints_the_rest_is_counted() {
        let text = format!("name,note\n{}Ann Example,last\n", ",no name\n".repeat(5_000));
        let (rows, complaints) = read(text.as_bytes());
        assert_eq!((rows.len(), rows[0].number, complaints.len()), (1, 5_001, 1_001));
        assert_eq!(complaints[1_000].what, "and 4000 more complaints");
    }
}
