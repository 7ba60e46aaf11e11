//! Makes the seeds of the targets of `archive` anew, under `fuzz/seeds/`:
//!
//! `cargo run -p plainsight-fuzzing --example archive_seeds`
//!
//! All names in them are invented. Keys are drawn and thrown away, so a second
//! run gives other signatures. The tokens are made by `openssl`. The seeds in
//! zstd and LZ4 are those of `crates/archive/tests/seeds`.

mod containers;
mod custody;
mod stamps;

use std::path::{Path, PathBuf};

/// What takes a seed by its name under `fuzz/seeds/`.
pub(crate) type Put<'a> = dyn Fn(&str, &[u8]) + 'a;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let put = |name: &str, bytes: &[u8]| {
        let path: PathBuf = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(&path, bytes).expect("written");
        println!("{name}: {} bytes", bytes.len());
    };
    containers::make(&put);
    custody::make(&put);
    stamps::make(&put);
}
