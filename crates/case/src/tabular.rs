//! The file of a register as rows: a CSV as it is, a page or PDF by the rows of its tables as reading
//! it gives them. The same bytes under the same options give the same registers, now and at every run.

use crate::error::CaseError;
use crate::table::{Brought, OF_A_REGISTER};
use plainsight_model::{Complaint, ReadSettings, Register, RegisterId, RegisterRow};
use plainsight_read::Source;
use plainsight_resolve::registers::OnRow;
use plainsight_resolve::tables::{MOST_ROWS, Said, TableRow, each_row, rows_of_document};
use plainsight_resolve::{RegisterOptions, each_register_row};

/// What a register's file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A table of its own.
    Csv,
    /// A page with tables.
    Page,
    /// A PDF with tables.
    Pdf,
}

impl Form {
    /// Told by the first bytes: no table begins with `<` or `%PDF-`.
    pub fn of(bytes: &[u8]) -> Self {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => Self::Page,
            _ if bytes.starts_with(b"%PDF-") => Self::Pdf,
            _ => Self::Csv,
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Page => "text/html",
            Self::Pdf => "application/pdf",
        }
    }
}

/// A register's file, whose rows can be gone through as often as wanted.
pub(crate) struct Table<'t> {
    name: &'t str,
    bytes: &'t [u8],
    map: Option<&'t str>,
    /// The rows of a page or PDF, which is read once; those of a CSV are never held.
    read: Option<(Vec<TableRow>, Vec<Complaint>)>,
}

impl<'t> Table<'t> {
    /// The table in the bytes of a file.
    pub fn of(name: &'t str, bytes: &'t [u8], map: Option<&'t str>) -> Self {
        let read = (Form::of(bytes) != Form::Csv).then(|| {
            let source = Source { bytes, media_type: None, uri: "", name };
            let (document, mut complaints) = plainsight_read::read_apart(&source, &ReadSettings::default());
            let (rows, said) = rows_of_document(&document, map, &OF_A_REGISTER);
            complaints.extend(said);
            (rows, complaints)
        });
        Self { name, bytes, map, read }
    }

    /// Hands on each row and tells what could not be used.
    pub fn each(&self, on_row: &mut OnRow) -> Vec<Complaint> {
        let Some((rows, complaints)) = &self.read else {
            return each_row(self.bytes, self.map, MOST_ROWS, on_row);
        };
        rows.iter().for_each(|row| on_row(row.clone(), &mut Said::default()));
        complaints.clone()
    }

    /// The registers that its rows make; each row is handed on with its register.
    pub fn registers(
        &self,
        options: &RegisterOptions,
        each: &mut dyn FnMut(&RegisterId, RegisterRow),
    ) -> (Vec<Register>, Vec<Complaint>) {
        each_register_row(self.name, self.bytes, options, |on_row| self.each(on_row), each)
    }
}

/// An error that says what is wrong unless the file is a register: a table with a known column, or a page
/// or PDF that has one.
pub(crate) fn check(brought: &Brought, complaints: &[Complaint]) -> Result<(), CaseError> {
    if Form::of(brought.bytes) == Form::Csv {
        return brought.check(&OF_A_REGISTER);
    }
    if brought.rows > 0 {
        return Ok(());
    }
    let first = complaints.first();
    Err(CaseError::Table {
        file: brought.file.to_owned(),
        place: first.map_or_else(|| "its tables".to_owned(), |c| c.place.clone()),
        what: first.map_or_else(|| "no row of a table could be read".to_owned(), |c| c.what.clone()),
        cure: format!(
            "a table needs a heading {}, or say with --map which of its headings is which",
            OF_A_REGISTER.join(", ")
        ),
    })
}
