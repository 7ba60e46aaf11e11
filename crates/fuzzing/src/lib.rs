//! Every parser of foreign bytes as a plain function, for fuzzers and for tests.
//!
//! In: any bytes. Out: nothing; what a parser promises (no panic, offsets that
//! lie in the text, scores that are symmetric) is asserted on the way.
//! Never: part of the program, opens the network, starts a program, keeps a file.
//!
//! A new target is one function in the file of its crate and one line in
//! [`TARGETS`], a folder of that name under `fuzz/seeds/`, and a file of three
//! lines in `fuzz/fuzz_targets/`. `tests/mutants.rs` runs each over its seeds
//! and over mutants of them on every machine; `cargo xtask fuzz TARGET` runs it
//! under libFuzzer for as long as somebody wants.

mod archive;
mod custody;
mod files;
mod finding;
mod mutants;
mod people;
mod reading;
mod resolving;
mod stamping;

pub use mutants::{Mutants, TOKENS, seeds};
pub use stamping::{CALENDAR, NONCE, STAMPED};

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// All targets by name, sorted.
pub const TARGETS: &[(&str, Target)] = &[
    ("archive_arc", archive::arc),
    ("archive_http", archive::http),
    ("archive_index", archive::index_file),
    ("archive_members", archive::members),
    ("archive_package", archive::package),
    ("archive_warc", archive::warc),
    ("case_decisions", people::decisions),
    ("dossier_files", custody::dossier),
    ("find_proposals", finding::proposals),
    ("find_text", finding::text),
    ("ledger_files", custody::ledger),
    ("ledger_note", custody::note),
    ("ledger_proof", custody::proof),
    ("lens_terms", finding::terms),
    ("lens_toml", finding::lens_toml),
    ("read_any", reading::any),
    ("read_charset", reading::charset),
    ("read_chat", reading::chat),
    ("read_dates", reading::dates),
    ("read_mail", reading::mail),
    ("read_notes", reading::notes),
    ("read_office", reading::office),
    ("read_page", reading::page),
    ("read_pdf", reading::pdf),
    ("read_picture", reading::picture),
    ("read_recording", reading::recording),
    ("read_text", reading::text),
    ("resolve_names", resolving::names),
    ("resolve_tables", resolving::tables),
    ("search_query", people::query),
    ("stamp_answer", stamping::answer),
    ("stamp_headers", stamping::headers),
    ("stamp_proof", stamping::proof),
    ("stamp_roots", stamping::roots),
    ("stamp_token", stamping::token),
];

/// A target by its name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}
