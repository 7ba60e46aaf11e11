//! Names that are read once, for any number of comparisons.
//!
//! What a comparison needs of one name alone (its letters, the row of the table of bodies, its slots as an
//! agency) is found out when it is first asked for and kept. Whoever compares one name with many, or many
//! with many, reads each once.

use super::NameInput;
use super::known;
use super::pair::{has_han, plain, too_long};
use crate::agency::{Agency, parse};
use plainsight_lens::Gazetteer;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The names of one side of a comparison, read by a gazetteer.
pub struct ReadNames<'g> {
    /// The properties that [`super::match_read`] compares part by part.
    pub(super) input: NameInput,
    pub(super) names: Vec<ReadName<'g>>,
    pub(super) gazetteer: &'g Gazetteer,
}

impl<'g> ReadNames<'g> {
    /// Reads the names of one side.
    pub fn of(input: &NameInput, gazetteer: &'g Gazetteer) -> Self {
        let names = input.all_names().iter().map(|name| ReadName::of(name, gazetteer)).collect();
        Self { input: input.clone(), names, gazetteer }
    }
}

/// One name.
pub(super) struct ReadName<'g> {
    /// As it was given, without space around it.
    pub(super) name: String,
    pub(super) han: bool,
    /// Longer than any name.
    pub(super) too_long: bool,
    /// Its folded letters and digits; empty where it is too long.
    pub(super) plain: String,
    known: OnceCell<BTreeSet<usize>>,
    agency: OnceCell<Option<Agency>>,
    pub(super) gazetteer: &'g Gazetteer,
}

impl<'g> ReadName<'g> {
    /// Reads a name as far as every comparison needs it.
    pub(super) fn of(name: &str, gazetteer: &'g Gazetteer) -> Self {
        let name = name.trim();
        let too_long = too_long(name);
        let plain = if too_long { String::new() } else { plain(name) };
        let (known, agency) = (OnceCell::new(), OnceCell::new());
        Self { name: name.to_owned(), han: has_han(name), too_long, plain, known, agency, gazetteer }
    }

    /// The rows of the table of bodies that it may be.
    pub(super) fn known(&self) -> &BTreeSet<usize> {
        self.known.get_or_init(|| known::numbers(&self.name, self.gazetteer))
    }

    /// What it is as an agency.
    pub(super) fn agency(&self) -> Option<&Agency> {
        self.agency.get_or_init(|| parse(&self.name, None, self.gazetteer, None)).as_ref()
    }
}
