//! A list of names as tables that are searched where they lie, however long the list is.
//!
//! `derived/lists/KEY/` holds for every [`ROWS`] rows `N.names`, which `resolve` makes and reads as a byte
//! slice, and `N.rows`, the rows as JSON lines with where each begins; `done` comes last, with how many
//! rows there are and what could not be used. KEY tells the list and how it was read. All of it can be
//! made again from the list, and is then the same bytes.

use crate::error::{At, CaseError};
use crate::mapped::Mapped;
use plainsight_lens::Gazetteer;
use plainsight_model::{Complaint, Digest};
use plainsight_resolve::names::{IndexBuilder, NameIndex, Scratch};
use plainsight_resolve::{ListRow, NameInput, each_list_row};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Changes whenever the same list would give other tables.
const VERSION: &str = "2";
/// Rows of one table: making it takes about 200 MB, whatever the length of the list.
const ROWS: usize = 200_000;
/// The first digits of a folder's name, which tell the list.
const OF_LIST: usize = 32;

/// The tables of a list.
pub(crate) struct ListTable {
    parts: Vec<Part>,
    scratch: Scratch,
    done: Done,
}

/// What `done` says.
#[derive(Default, Serialize, Deserialize)]
struct Done {
    rows: usize,
    /// The lengths of each table's two files: one that was cut is made again.
    parts: Vec<(usize, usize)>,
    complaints: Vec<Complaint>,
}

struct Part {
    names: Mapped,
    rows: Mapped,
}

/// A row as it is kept beside the table of names.
#[derive(Serialize, Deserialize)]
struct Kept {
    number: u64,
    id: Option<String>,
    schema: Option<String>,
    names: Vec<String>,
    properties: BTreeMap<String, Vec<String>>,
}

impl ListTable {
    /// Opens the tables of a list, or makes them.
    pub fn of(
        derived: &Path,
        list: &[u8],
        map: Option<&str>,
        gazetteer: &Gazetteer,
    ) -> Result<Self, CaseError> {
        let lists = derived.join("lists");
        let of_list = &Digest::of(list).hex()[..OF_LIST];
        let how = format!("{VERSION}\n{}\n{}", gazetteer.digest(), map.unwrap_or(""));
        let folder = lists.join(format!("{of_list}-{}", &Digest::of(how.as_bytes()).hex()[..16]));
        if let Some(table) = Self::open(&folder) {
            return Ok(table);
        }
        std::fs::create_dir_all(&lists).at(&lists)?;
        // Of one list one reading is kept; a half-made folder goes too.
        for old in std::fs::read_dir(&lists).at(&lists)?.flatten() {
            if old.file_name().to_string_lossy().starts_with(of_list) {
                std::fs::remove_dir_all(old.path()).at(&old.path())?;
            }
        }
        let beside = folder.with_extension("new");
        std::fs::create_dir(&beside).at(&beside)?;
        let done = make(&beside, list, map, gazetteer)?;
        if done.rows == 0 {
            // What is no list leaves nothing.
            std::fs::remove_dir_all(&beside).at(&beside)?;
            return Ok(Self { parts: Vec::new(), scratch: Scratch::default(), done });
        }
        std::fs::rename(&beside, &folder).at(&folder)?;
        Self::open(&folder).ok_or_else(|| CaseError::Io {
            path: folder.clone(),
            source: std::io::Error::from(std::io::ErrorKind::InvalidData),
        })
    }

    /// The tables of a folder; `None` where they are not whole.
    fn open(folder: &Path) -> Option<Self> {
        let done: Done = serde_json::from_slice(&std::fs::read(folder.join("done")).ok()?).ok()?;
        let part = |(n, lengths): (usize, &(usize, usize))| {
            let (names, rows) = files(folder, n);
            let part = Part { names: Mapped::open(&names).ok()?, rows: Mapped::open(&rows).ok()? };
            ((part.names.len(), part.rows.len()) == *lengths).then_some(part)
        };
        let parts: Option<Vec<Part>> = done.parts.iter().enumerate().map(part).collect();
        Some(Self { parts: parts?, scratch: Scratch::default(), done })
    }

    /// How many rows the list has.
    pub fn rows(&self) -> usize {
        self.done.rows
    }

    /// What of the list could not be used.
    pub fn complaints(&self) -> &[Complaint] {
        &self.done.complaints
    }

    /// The rows that share most with these names, at most `most` of each table, by their numbers.
    pub fn near(
        &mut self,
        names: &NameInput,
        gazetteer: &Gazetteer,
        most: usize,
    ) -> Result<Vec<ListRow>, CaseError> {
        let mut out = Vec::new();
        for part in &self.parts {
            let index = NameIndex::open(&part.names)?;
            let mut numbers = index.candidates(names, gazetteer, most, &mut self.scratch);
            numbers.sort_unstable();
            out.extend(numbers.into_iter().filter_map(|number| part.row(number as usize)));
        }
        Ok(out)
    }
}

impl Part {
    /// Where each row begins, and where the last one ends: eight bytes each, at the end of the file.
    fn begins(&self) -> Option<&[u8]> {
        let (rest, count) = self.rows.split_last_chunk::<8>()?;
        let size = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_add(1)?.checked_mul(8)?;
        rest.get(rest.len().checked_sub(size)?..)
    }

    fn row(&self, number: usize) -> Option<ListRow> {
        let begins = self.begins()?;
        let at = |n: usize| {
            let bytes = begins.get(8 * n..8 * n + 8)?.try_into().ok()?;
            usize::try_from(u64::from_le_bytes(bytes)).ok()
        };
        let line = self.rows.get(at(number)?..at(number + 1)?)?;
        let kept: Kept = serde_json::from_slice(line).ok()?;
        let names = NameInput { names: kept.names, properties: kept.properties };
        Some(ListRow { number: kept.number, id: kept.id, schema: kept.schema, names })
    }
}

fn files(folder: &Path, part: usize) -> (PathBuf, PathBuf) {
    (folder.join(format!("{part}.names")), folder.join(format!("{part}.rows")))
}

/// Makes the tables of a list in a folder.
fn make(folder: &Path, list: &[u8], map: Option<&str>, gazetteer: &Gazetteer) -> Result<Done, CaseError> {
    let mut done = Done::default();
    let mut filling: Option<Filling> = None;
    let mut failed: Option<CaseError> = None;
    let complaints = each_list_row(list, map, &mut |row| {
        let take = || -> Result<(), CaseError> {
            if let Some(full) = filling.take_if(|part| part.begins.len() > ROWS) {
                done.parts.push(full.close()?);
            }
            let part = match &mut filling {
                Some(part) => part,
                None => filling.insert(Filling::new(folder, done.parts.len(), gazetteer)?),
            };
            done.rows += 1;
            part.add(row)
        };
        if failed.is_none() {
            failed = take().err();
        }
    });
    if let Some(why) = failed {
        return Err(why);
    }
    if let Some(last) = filling {
        done.parts.push(last.close()?);
    }
    done.complaints = complaints;
    let file = folder.join("done");
    std::fs::write(&file, serde_json::to_vec(&done)?).at(&file)?;
    Ok(done)
}

/// A table that is being filled.
struct Filling<'g> {
    names: IndexBuilder<'g>,
    names_file: PathBuf,
    rows: BufWriter<std::fs::File>,
    rows_file: PathBuf,
    /// Where each row begins, and the end of the last.
    begins: Vec<u64>,
}

impl<'g> Filling<'g> {
    fn new(folder: &Path, number: usize, gazetteer: &'g Gazetteer) -> Result<Self, CaseError> {
        let (names_file, rows_file) = files(folder, number);
        let rows = BufWriter::new(std::fs::File::create(&rows_file).at(&rows_file)?);
        Ok(Self { names: IndexBuilder::new(gazetteer), names_file, rows, rows_file, begins: vec![0] })
    }

    fn add(&mut self, row: ListRow) -> Result<(), CaseError> {
        self.names.add(&row.names)?;
        let NameInput { names, properties } = row.names;
        let kept = Kept { number: row.number, id: row.id, schema: row.schema, names, properties };
        let mut line = serde_json::to_vec(&kept)?;
        line.push(b'\n');
        self.begins.push(self.begins.last().copied().unwrap_or(0) + line.len() as u64);
        self.rows.write_all(&line).at(&self.rows_file)
    }

    /// Writes what is left and gives the lengths of the two files.
    fn close(mut self) -> Result<(usize, usize), CaseError> {
        let count = (self.begins.len() - 1) as u64;
        let end = self.begins.last().copied().unwrap_or(0) as usize;
        for number in self.begins.iter().chain([&count]) {
            self.rows.write_all(&number.to_le_bytes()).at(&self.rows_file)?;
        }
        self.rows.flush().at(&self.rows_file)?;
        let names = self.names.finish();
        std::fs::write(&self.names_file, &names).at(&self.names_file)?;
        Ok((names.len(), end + 8 * (self.begins.len() + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    /// Invented names.
    const LIST: &str = "name,id\nAnn Example,a\n,b\nLantern Trading BV,c\n";

    /// The files in a folder with their bytes.
    fn files_under(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|e| e.file_type().is_file());
        files
            .map(|file| {
                let name = file.path().strip_prefix(folder).expect("inside").to_owned();
                (name, std::fs::read(file.path()).expect("a file"))
            })
            .collect()
    }

    fn of(derived: &Path, list: &str, map: Option<&str>) -> ListTable {
        ListTable::of(derived, list.as_bytes(), map, Gazetteer::builtin()).expect("tables")
    }

    #[test]
    fn rows_are_found_again_with_all_they_say() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut table = of(folder.path(), LIST, None);
        assert_eq!((table.rows(), table.complaints().len()), (2, 1));
        let near = table.near(&NameInput::of("Lantern Trading"), Gazetteer::builtin(), 5).expect("rows");
        let shown: Vec<_> = near.iter().map(|row| (row.number, row.id.as_deref(), row.name())).collect();
        assert_eq!(shown, [(3, Some("c"), "Lantern Trading BV")]);
        let lines = "{\"id\":\"x\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Ann Example\"],\"country\":[\"nl\"]}}\n";
        let near =
            of(folder.path(), lines, None).near(&NameInput::of("Ann Example"), Gazetteer::builtin(), 5);
        let row = near.expect("rows").remove(0);
        assert_eq!(
            (row.schema.as_deref(), row.names.properties["country"][0].as_str()),
            (Some("Person"), "nl")
        );
    }

    #[test]
    fn the_same_list_gives_the_same_bytes_and_is_made_once() {
        let (one, two) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
        of(one.path(), LIST, None);
        of(two.path(), LIST, None);
        let made = files_under(one.path());
        assert!(made.len() == 3 && made == files_under(two.path()), "{:?}", made.keys());
        // Another reading of the list takes the place of the first; a table that was cut is made again.
        of(one.path(), LIST, Some("name = \"id\""));
        assert_eq!(files_under(one.path()).len(), 3);
        assert_ne!(files_under(one.path()), made);
        for name in made.keys() {
            let file = two.path().join(name);
            let bytes = std::fs::read(&file).expect("a file");
            std::fs::write(&file, &bytes[..bytes.len() / 2]).expect("cut");
            of(two.path(), LIST, None);
            assert_eq!(files_under(two.path()), made, "{name:?}");
        }
    }
}
