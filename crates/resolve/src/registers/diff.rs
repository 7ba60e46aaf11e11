//! Two snapshots of a register against each other.

use plainsight_model::RegisterRow;
use std::collections::{BTreeMap, BTreeSet};

/// What says which row it is, not what it says: the day and the numbering change with each snapshot.
const OF_THE_SNAPSHOT: [&str; 2] = ["as_of", "row"];
/// Headings under which lists number what they list for good.
const NUMBERED: [&str; 4] = ["id", "identifier", "number", "wikidata"];
/// What a row without a number is known by, from the coarse to the fine.
const KNOWN_BY: [&str; 8] =
    ["register", "sending_state", "host_state", "category", "class", "name", "seat", "district"];

/// How a row of two snapshots differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowChange {
    /// Its number in the newer snapshot; in the older one where it is gone.
    pub row: u64,
    /// `added`, `gone` or `changed`.
    pub change: &'static str,
    /// Its cells before, `None` where it was not there.
    pub before: Option<BTreeMap<String, String>>,
    /// Its cells after, `None` where it is gone.
    pub after: Option<BTreeMap<String, String>>,
}

/// Rows added, gone and changed from the older snapshot to the newer one: first those gone, then
/// the others in the order of the newer. A row is the same one by the number that the list gives
/// it, else by what it is and where; of several such in their order.
pub fn diff(older: &[RegisterRow], newer: &[RegisterRow]) -> Vec<RowChange> {
    let id = numbered(older, newer);
    let key = |row: &RegisterRow| -> Vec<String> {
        match id {
            Some(head) => vec![row.get(head).to_owned()],
            None => KNOWN_BY.iter().map(|head| row.get(head).to_lowercase()).collect(),
        }
    };
    // Rows that say the same are the same row, wherever it stands; only the rest is searched for.
    let mut same: BTreeMap<Vec<(&str, &str)>, usize> = BTreeMap::new();
    older.iter().for_each(|row| *same.entry(says(row)).or_default() += 1);
    let mut rest = Vec::new();
    for row in newer {
        match same.get_mut(&says(row)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => rest.push(row),
        }
    }
    let mut waiting: BTreeMap<Vec<String>, Vec<&RegisterRow>> = BTreeMap::new();
    // Of equal ones the last ones of the older snapshot are those that found no partner.
    for row in older.iter().rev() {
        if let Some(left) = same.get_mut(&says(row)).filter(|left| **left > 0) {
            *left -= 1;
            waiting.entry(key(row)).or_default().push(row);
        }
    }
    let cells = |row: &RegisterRow| Some(row.cells.clone());
    let mut out: Vec<RowChange> = rest
        .into_iter()
        .map(|row| match waiting.get_mut(&key(row)).and_then(Vec::pop) {
            Some(old) => {
                RowChange { row: row.number, change: "changed", before: cells(old), after: cells(row) }
            }
            None => RowChange { row: row.number, change: "added", before: None, after: cells(row) },
        })
        .collect();
    let gone = waiting.into_values().flatten();
    out.extend(gone.map(|row| RowChange {
        row: row.number,
        change: "gone",
        before: cells(row),
        after: None,
    }));
    out.sort_by_key(|change| (change.change != "gone", change.row));
    out
}

/// What a row says, without what belongs to the snapshot; an empty cell says nothing.
fn says(row: &RegisterRow) -> Vec<(&str, &str)> {
    let cells = row.cells.iter().map(|(head, cell)| (head.as_str(), cell.trim()));
    cells.filter(|(head, cell)| !cell.is_empty() && !OF_THE_SNAPSHOT.contains(head)).collect()
}

/// The heading that numbers every row of both snapshots, each differently.
fn numbered(older: &[RegisterRow], newer: &[RegisterRow]) -> Option<&'static str> {
    let numbers = |rows: &[RegisterRow], head: &str| {
        let all: BTreeSet<&str> = rows.iter().map(|row| row.get(head)).collect();
        !rows.is_empty() && all.len() == rows.len() && !all.contains("")
    };
    NUMBERED.into_iter().find(|head| numbers(older, head) && numbers(newer, head))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of a little list: heading, then a row a line.
    fn rows(text: &str) -> Vec<RegisterRow> {
        let registers =
            crate::read_registers("list.csv", text.as_bytes(), &crate::RegisterOptions::default()).0;
        registers.into_iter().flat_map(|register| register.rows).collect()
    }

    fn shown(older: &str, newer: &str) -> Vec<(u64, &'static str)> {
        diff(&rows(older), &rows(newer)).into_iter().map(|c| (c.row, c.change)).collect()
    }

    #[test]
    fn rows_are_added_gone_or_changed() {
        let old = "as_of,seat,class,address\n2021-01-01,Brackwater,consulate,Quay 1\n2021-01-01,Sandhollow,embassy,Hill 2\n";
        for (newer, changes) in [
            // Another day and another order are no change.
            (
                "as_of,seat,class,address\n2022-01-01,Sandhollow,embassy,Hill 2\n2022-01-01,Brackwater,consulate,Quay 1\n",
                vec![],
            ),
            (
                "seat,class,address\nBrackwater,consulate,Quay 7\nSandhollow,embassy,Hill 2\n",
                vec![(1, "changed")],
            ),
            ("seat,class,address\nSandhollow,embassy,Hill 2\n", vec![(1, "gone")]),
            (
                "seat,class,address\nBrackwater,consulate,Quay 1\nSandhollow,embassy,Hill 2\nMarlow,consulate,Pier 3\n",
                vec![(3, "added")],
            ),
            // Another class is another post.
            (
                "seat,class,address\nBrackwater,embassy,Quay 1\nSandhollow,embassy,Hill 2\n",
                vec![(1, "gone"), (1, "added")],
            ),
        ] {
            assert_eq!(shown(old, newer), changes, "{newer}");
        }
    }

    #[test]
    fn a_number_of_the_list_says_which_row_it_is() {
        let (old, new) = ("id,seat\nq1,Brackwater\nq2,Sandhollow\n", "id,seat\nq2,Marlow\nq3,Brackwater\n");
        assert_eq!(shown(old, new), [(1, "gone"), (1, "changed"), (2, "added")]);
    }

    #[test]
    fn one_of_several_equal_rows_can_go() {
        let (old, new) = ("seat\nBrackwater\nBrackwater\nBrackwater\n", "seat\nBrackwater\n");
        assert_eq!(shown(old, new), [(2, "gone"), (3, "gone")]);
        assert_eq!(shown(new, old), [(2, "added"), (3, "added")]);
        assert_eq!(shown(old, old), []);
    }
}
