//! Two snapshots of a register against each other.

use plainsight_model::{Digest, RegisterRow};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

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

/// Goes through the rows of a snapshot in their order, as often as it is called.
pub type Snapshot<'s, E> = dyn Fn(&mut dyn FnMut(RegisterRow)) -> Result<(), E> + 's;

/// Rows added, gone and changed from the older snapshot to the newer one: first those gone, then
/// the others in the order of the newer. A row is the same one by the number that the list gives
/// it, else by what it is and where; of several such in their order.
///
/// Of a row that did not change no more is held than a digest, so that memory grows with what changed and
/// by some 100 bytes a row with what did not. Each snapshot is gone through twice or thrice.
pub fn diff<E>(older: &Snapshot<E>, newer: &Snapshot<E>) -> Result<Vec<RowChange>, E> {
    let id = numbered(older, newer)?;
    let key = |row: &RegisterRow| -> Vec<String> {
        match id {
            Some(head) => vec![row.get(head).to_owned()],
            None => KNOWN_BY.iter().map(|head| row.get(head).to_lowercase()).collect(),
        }
    };
    // Rows that say the same are the same row, wherever it stands; only the rest is searched for.
    let mut same: HashMap<Digest, Same> = HashMap::new();
    older(&mut |row| same.entry(says(&row)).or_default().left += 1)?;
    let mut rest = Vec::new();
    newer(&mut |row| match same.get_mut(&says(&row)).filter(|same| same.left > 0) {
        Some(same) => {
            same.left -= 1;
            same.met += 1;
        }
        None => rest.push(row),
    })?;
    let mut waiting: BTreeMap<Vec<String>, VecDeque<RegisterRow>> = BTreeMap::new();
    // Of equal ones the last ones of the older snapshot are those that found no partner.
    older(&mut |row| match same.get_mut(&says(&row)).filter(|same| same.met > 0) {
        Some(same) => same.met -= 1,
        None => waiting.entry(key(&row)).or_default().push_back(row),
    })?;
    let mut out: Vec<RowChange> = Vec::with_capacity(rest.len());
    for row in rest {
        let old = waiting.get_mut(&key(&row)).and_then(VecDeque::pop_front);
        let change = if old.is_some() { "changed" } else { "added" };
        let before = old.map(|old| old.cells);
        out.push(RowChange { row: row.number, change, before, after: Some(row.cells) });
    }
    let gone = waiting.into_values().flatten();
    out.extend(gone.map(|row| RowChange {
        row: row.number,
        change: "gone",
        before: Some(row.cells),
        after: None,
    }));
    out.sort_by_key(|change| (change.change != "gone", change.row));
    Ok(out)
}

/// Rows of the older snapshot that say one thing.
#[derive(Default)]
struct Same {
    /// How many have no partner yet.
    left: u32,
    /// How many have one.
    met: u32,
}

/// A digest of what a row says, without what belongs to the snapshot; an empty cell says nothing.
fn says(row: &RegisterRow) -> Digest {
    let cells = row.cells.iter().map(|(head, cell)| (head.as_str(), cell.trim()));
    let cells = cells.filter(|(head, cell)| !cell.is_empty() && !OF_THE_SNAPSHOT.contains(head));
    let parts: Vec<&[u8]> = cells.flat_map(|(head, cell)| [head.as_bytes(), cell.as_bytes()]).collect();
    Digest::of_parts(&parts)
}

/// The heading that numbers every row of both snapshots, each differently.
fn numbered<E>(older: &Snapshot<E>, newer: &Snapshot<E>) -> Result<Option<&'static str>, E> {
    let mut heads = NUMBERED.to_vec();
    for snapshot in [older, newer] {
        let mut seen: BTreeMap<&str, HashSet<Digest>> = BTreeMap::new();
        let mut rows = 0;
        snapshot(&mut |row| {
            rows += 1;
            heads.retain(|head| {
                let number = row.get(head);
                !number.is_empty() && seen.entry(head).or_default().insert(Digest::of(number.as_bytes()))
            });
        })?;
        if rows == 0 {
            return Ok(None);
        }
    }
    Ok(heads.first().copied())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    /// Rows of a little list: heading, then a row a line.
    fn rows(text: &str) -> Vec<RegisterRow> {
        let registers =
            crate::read_registers("list.csv", text.as_bytes(), &crate::RegisterOptions::default()).0;
        registers.into_iter().flat_map(|(_, rows)| rows).collect()
    }

    fn shown(older: &'static str, newer: &'static str) -> Vec<(u64, &'static str)> {
        let snapshot = |text: &'static str| {
            move |each: &mut dyn FnMut(RegisterRow)| -> Result<(), Infallible> {
                rows(text).into_iter().for_each(each);
                Ok(())
            }
        };
        let Ok(changes) = diff(&snapshot(older), &snapshot(newer));
        changes.into_iter().map(|c| (c.row, c.change)).collect()
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
