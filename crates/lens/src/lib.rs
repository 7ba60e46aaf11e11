//! A lens: packaged expertise as data, compiled.
//!
//! In: a lens folder (or the one built into the program) and rows of a gazetteer.
//! Out: terms that match folded text, slots and frames, places.
//! Never: knows what a document is, reads a page, or opens the network.

mod builtin;
mod fault;
mod gazetteer;
mod gloss;
mod matcher;
mod prepared;
mod settings;
mod terms;
mod words;

pub use fault::LensFault;
pub use gazetteer::*;
pub use gloss::{Gloss, GlossRow, GlossSource};
pub use matcher::{Matcher, TermMatch};
pub use prepared::Prepared;
pub use settings::{Composition, FrameRule, Offices, RegisterRules, Roles, Sending, Settings};
pub use terms::{MatchMode, Strength, Term, TermKind};
pub use words::{COUNTED, WordHit, is_word, words_in};

use plainsight_model::Digest;
use std::path::Path;
use std::sync::Arc;

/// The names of the files that make a lens, in the order of its digest.
pub const FILES: [&str; 5] = ["lens.toml", "terms.csv", "sources.csv", "CHANGELOG.md", "README.md"];

/// A compiled lens; cheap to clone.
#[derive(Clone)]
pub struct Lens {
    /// What `lens.toml` says.
    pub settings: Arc<Settings>,
    /// The rows of `terms.csv`, in order, then the composed names.
    pub terms: Arc<Vec<Term>>,
    /// Finds the terms in a text.
    pub matcher: Arc<Matcher>,
    /// Places: the built-in tables and what a case added.
    pub gazetteer: Gazetteer,
    files: Arc<Vec<(String, Vec<u8>)>>,
}

impl Lens {
    /// Gives a lens that ships with Plainsight, by name.
    pub fn builtin(name: &str) -> Option<Lens> {
        builtin::lens(name)
    }

    /// Reads a lens folder. All faults are given at once, so that a newsroom mends them in one go.
    pub fn load(dir: &Path) -> Result<Lens, Vec<LensFault>> {
        let mut files = Vec::new();
        let mut faults = Vec::new();
        for name in FILES {
            match std::fs::read(dir.join(name)) {
                Ok(bytes) => files.push((name.to_owned(), bytes)),
                Err(_) if matches!(name, "CHANGELOG.md" | "README.md" | "sources.csv") => {}
                Err(why) => faults.push(LensFault::new(
                    name,
                    0,
                    format!("cannot be read: {why}"),
                    "put the file into the lens folder",
                )),
            }
        }
        if faults.is_empty() { Lens::of_files(files) } else { Err(faults) }
    }

    /// Compiles a lens from its files.
    pub fn of_files(files: Vec<(String, Vec<u8>)>) -> Result<Lens, Vec<LensFault>> {
        let bytes = |name: &str| files.iter().find(|file| file.0 == name).map_or(&[][..], |file| &file.1);
        let (settings, mut faults) = settings::read(bytes("lens.toml"));
        let (mut terms, term_faults) = terms::read(bytes("terms.csv"));
        faults.extend(term_faults);
        if let Some(settings) = &settings {
            faults.extend(terms::compose(&settings.compositions, &mut terms));
        }
        let Some(settings) = settings.filter(|_| faults.is_empty()) else { return Err(faults) };
        let matcher = Matcher::new(&terms);
        Ok(Lens {
            settings: Arc::new(settings),
            terms: Arc::new(terms),
            matcher: Arc::new(matcher),
            gazetteer: Gazetteer::builtin().clone(),
            files: Arc::new(files),
        })
    }

    /// Gives the lens with rows of a gazetteer added; they win over the built-in tables.
    pub fn with_gazetteer_rows(&self, rows: &[PlaceRow]) -> Lens {
        Lens { gazetteer: self.gazetteer.with_rows(rows), ..self.clone() }
    }

    /// Gives the files byte for byte, to be copied into a case.
    pub fn files(&self) -> &[(String, Vec<u8>)] {
        &self.files
    }

    /// Gives the digest of the files (names and bytes) and of the gazetteer.
    pub fn digest(&self) -> Digest {
        let gazetteer = self.gazetteer.digest();
        let mut parts: Vec<&[u8]> = Vec::new();
        for (name, bytes) in self.files.iter() {
            parts.push(name.as_bytes());
            parts.push(bytes);
        }
        parts.push(gazetteer.as_bytes());
        Digest::of_parts(&parts)
    }

    /// Finds terms in a text, by position, by all rules of matching but those that need a frame.
    pub fn find_terms(&self, text: &str) -> Vec<TermMatch> {
        self.matcher.find(text, &self.terms, &self.gazetteer)
    }
}
