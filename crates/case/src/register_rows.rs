//! The registers in the catalog: what each says of itself as one record, its rows in a table of their own
//! with an index over seats and one over addresses. No call holds more rows than it hands on.

use crate::catalog::Catalog;
use crate::error::CaseError;
use crate::tabular::Table;
use plainsight_model::{Register, RegisterId, RegisterRow};
use plainsight_resolve::{RegisterOptions, RegisterRows};
use plainsight_text::fold;
use rusqlite::{OptionalExtension, params};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Headings of a register that say of the whole what its page says on top.
pub(crate) const OF_THE_WHOLE: [&str; 5] = ["register", "as_of", "complete", "official", "announced"];

/// Tables and indexes; the number of a register stands in its rows in place of its long id.
pub(crate) const SQL: &str = "
CREATE TABLE registers_kept(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, json TEXT NOT NULL) STRICT;
CREATE TABLE register_rows(register INTEGER NOT NULL, number INTEGER NOT NULL, seat TEXT NOT NULL, address TEXT NOT NULL,
  said TEXT NOT NULL, cells TEXT NOT NULL, PRIMARY KEY(register, number)) STRICT, WITHOUT ROWID;
CREATE INDEX register_seats ON register_rows(register, seat) WHERE seat <> '';
CREATE INDEX register_addresses ON register_rows(register, address) WHERE address <> '';
CREATE VIEW registers AS SELECT id, json ->> '$.name' AS name, json ->> '$.as_of' AS as_of, json ->> '$.official' AS official,
  json ->> '$.complete' AS complete, json ->> '$.rows' AS rows FROM registers_kept;
";

/// Takes a row of a register; `Break` ends the reading.
type OnRow<'r> = dyn FnMut(RegisterRow) -> ControlFlow<()> + 'r;

impl Catalog {
    /// Keeps the registers of a file, row by row. One that was kept before is replaced.
    pub(crate) fn put_registers(
        &self,
        name: &str,
        bytes: &[u8],
        options: &RegisterOptions,
    ) -> Result<(), CaseError> {
        let mut numbers: BTreeMap<RegisterId, i64> = BTreeMap::new();
        let mut failed: Option<CaseError> = None;
        let table = Table::of(name, bytes, options.map.as_deref());
        let (registers, _) = table.registers(options, &mut |id, row| {
            if failed.is_none() {
                failed = self.put_row(&mut numbers, id, &row).err();
            }
        });
        if let Some(why) = failed {
            return Err(why);
        }
        for register in registers {
            let n = numbers.get(&register.id);
            self.db.execute(
                "INSERT INTO registers_kept VALUES (?, ?, ?)",
                params![n, register.id.to_string(), serde_json::to_string(&register)?],
            )?;
        }
        Ok(())
    }

    fn put_row(
        &self,
        numbers: &mut BTreeMap<RegisterId, i64>,
        id: &RegisterId,
        row: &RegisterRow,
    ) -> Result<(), CaseError> {
        let number = match numbers.get(id) {
            Some(number) => *number,
            None => {
                let number = self.fresh_number(&id.to_string())?;
                numbers.insert(*id, number);
                number
            }
        };
        self.db.prepare_cached("INSERT INTO register_rows VALUES (?, ?, ?, ?, ?, ?)")?.execute(params![
            number,
            row.number as i64,
            row.get("seat"),
            row.get("address"),
            said(row),
            serde_json::to_string(&row.cells)?,
        ])?;
        Ok(())
    }

    /// A number for a register that is about to come in, after what was kept of it has gone.
    fn fresh_number(&self, id: &str) -> Result<i64, CaseError> {
        if let Some(old) = self.number_of(id)? {
            self.db.execute("DELETE FROM register_rows WHERE register = ?", [old])?;
            self.db.execute("DELETE FROM registers_kept WHERE n = ?", [old])?;
        }
        let last: Option<i64> =
            self.db.query_row("SELECT max(register) FROM register_rows", [], |row| row.get(0))?;
        let kept: Option<i64> =
            self.db.query_row("SELECT max(n) FROM registers_kept", [], |row| row.get(0))?;
        Ok(last.max(kept).unwrap_or(0) + 1)
    }

    fn number_of(&self, id: &str) -> Result<Option<i64>, CaseError> {
        let mut statement = self.db.prepare_cached("SELECT n FROM registers_kept WHERE id = ?")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    /// All registers, by id.
    pub(crate) fn registers(&self) -> Result<Vec<Register>, CaseError> {
        let mut statement = self.db.prepare_cached("SELECT json FROM registers_kept ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
        rows.map(|json| Ok(serde_json::from_str(&json?)?)).collect()
    }

    /// One register.
    pub(crate) fn register(&self, id: &str) -> Result<Option<Register>, CaseError> {
        let mut statement = self.db.prepare_cached("SELECT json FROM registers_kept WHERE id = ?")?;
        let json: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }

    /// How many registers there are.
    pub(crate) fn count_registers(&self) -> Result<usize, CaseError> {
        let count: i64 = self.db.query_row("SELECT count(*) FROM registers_kept", [], |row| row.get(0))?;
        Ok(count as usize)
    }

    /// Hands on the rows of a register in their order.
    pub(crate) fn each_register_row(&self, id: &str, each: &mut OnRow) -> Result<(), CaseError> {
        self.rows_where(id, "", None, each)
    }

    /// Hands on the rows in whose cells, folded, one of these words stands, in their order; also some in
    /// which a word goes over from one cell to the next.
    pub(crate) fn register_rows_saying(
        &self,
        id: &str,
        words: &[String],
        each: &mut OnRow,
    ) -> Result<(), CaseError> {
        let any = "AND EXISTS (SELECT 1 FROM json_each(?2) WHERE instr(said, value) > 0)";
        self.rows_where(id, any, Some(&serde_json::to_string(words)?), each)
    }

    /// One row of a register.
    pub(crate) fn register_row(&self, id: &str, number: u64) -> Result<Option<RegisterRow>, CaseError> {
        let mut found = None;
        self.rows_where(id, "AND number = CAST(?2 AS INTEGER)", Some(&number.to_string()), &mut |row| {
            found = Some(row);
            ControlFlow::Break(())
        })?;
        Ok(found)
    }

    fn rows_where(
        &self,
        id: &str,
        which: &str,
        value: Option<&str>,
        each: &mut OnRow,
    ) -> Result<(), CaseError> {
        let Some(register) = self.number_of(id)? else { return Ok(()) };
        let sql =
            format!("SELECT number, cells FROM register_rows WHERE register = ?1 {which} ORDER BY number");
        let mut statement = self.db.prepare_cached(&sql)?;
        let mut rows = match value {
            Some(value) => statement.query(params![register, value])?,
            None => statement.query(params![register])?,
        };
        while let Some(row) = rows.next()? {
            let (number, cells): (i64, String) = (row.get(0)?, row.get(1)?);
            let row = RegisterRow { number: number as u64, cells: serde_json::from_str(&cells)? };
            if each(row).is_break() {
                break;
            }
        }
        Ok(())
    }
}

/// All that a row says of itself, folded, a cell a line.
fn said(row: &RegisterRow) -> String {
    let cells =
        row.cells.iter().filter(|(head, cell)| !cell.is_empty() && !OF_THE_WHOLE.contains(&head.as_str()));
    cells.map(|(_, cell)| fold(cell)).collect::<Vec<_>>().join("\n")
}

/// The rows as judging asks for them. The different seats of a register are read once.
pub(crate) struct KeptRows<'c> {
    catalog: &'c Catalog,
    seats: RefCell<BTreeMap<RegisterId, Vec<String>>>,
}

impl<'c> KeptRows<'c> {
    /// The rows in a catalog.
    pub fn of(catalog: &'c Catalog) -> Self {
        Self { catalog, seats: RefCell::default() }
    }

    fn seats_of(&self, register: &RegisterId) -> Result<Vec<String>, CaseError> {
        let Some(n) = self.catalog.number_of(&register.to_string())? else { return Ok(Vec::new()) };
        let sql = "SELECT DISTINCT seat FROM register_rows WHERE register = ? AND seat <> ''";
        let mut statement = self.catalog.db.prepare_cached(sql)?;
        let seats = statement.query_map([n], |row| row.get(0))?;
        Ok(seats.collect::<Result<_, _>>()?)
    }
}

impl RegisterRows for KeptRows<'_> {
    type Error = CaseError;

    fn at_seats(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), CaseError> {
        let mut kept = self.seats.borrow_mut();
        if !kept.contains_key(register) {
            kept.insert(*register, self.seats_of(register)?);
        }
        let seats = kept.get(register).into_iter().flatten();
        let seats: Vec<&String> = seats.filter(|seat| wanted(seat)).collect();
        if seats.is_empty() {
            return Ok(());
        }
        let which = "AND seat <> '' AND seat IN (SELECT value FROM json_each(?2))";
        self.catalog.rows_where(&register.to_string(), which, Some(&serde_json::to_string(&seats)?), each)
    }

    fn at_addresses(
        &self,
        register: &RegisterId,
        wanted: &dyn Fn(&str) -> bool,
        each: &mut dyn FnMut(RegisterRow) -> ControlFlow<()>,
    ) -> Result<(), CaseError> {
        let id = register.to_string();
        let Some(n) = self.catalog.number_of(&id)? else { return Ok(()) };
        // All that is read of the other rows is the index.
        let sql = "SELECT address, number FROM register_rows WHERE register = ? AND address <> ''";
        let mut statement = self.catalog.db.prepare_cached(sql)?;
        let mut rows = statement.query([n])?;
        let mut numbers: Vec<i64> = Vec::new();
        while let Some(row) = rows.next()? {
            if wanted(row.get_ref(0)?.as_str().unwrap_or_default()) {
                numbers.push(row.get(1)?);
            }
        }
        if numbers.is_empty() {
            return Ok(());
        }
        let which = "AND number IN (SELECT value FROM json_each(?2))";
        self.catalog.rows_where(&id, which, Some(&serde_json::to_string(&numbers)?), each)
    }
}
