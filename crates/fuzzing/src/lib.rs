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

mod finding;
mod mutants;
mod people;
mod reading;
mod resolving;

pub use mutants::{Mutants, seeds};

/// What takes the bytes.
pub type Target = fn(&[u8]);

/// All targets by name, sorted.
pub const TARGETS: &[(&str, Target)] = &[
    ("case_decisions", people::decisions),
    ("find_text", finding::text),
    ("lens_terms", finding::terms),
    ("lens_toml", finding::lens_toml),
    ("read_any", reading::any),
    ("read_charset", reading::charset),
    ("read_dates", reading::dates),
    ("read_page", reading::page),
    ("read_text", reading::text),
    ("resolve_names", resolving::names),
    ("resolve_tables", resolving::tables),
    ("search_query", people::query),
];

/// A target by its name.
pub fn target(name: &str) -> Option<Target> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, target)| *target)
}
