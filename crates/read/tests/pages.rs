//! Every ninth page of the reading set: no panic, nothing slow, something read.

use plainsight_model::ReadSettings;
use plainsight_read::{Source, read};
use std::path::PathBuf;
use std::time::{Duration, Instant};

#[test]
fn real_pages_are_read() {
    let folder = std::env::var_os("PLAINSIGHT_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(folder.join("data/reading/pages")) else {
        assert!(std::env::var_os("CI").is_none(), "the reading set is missing: set PLAINSIGHT_SHARED");
        eprintln!("NOT RUN: real_pages_are_read: no data/reading/pages under PLAINSIGHT_SHARED");
        return;
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|e| e.ok().map(|e| e.path())).collect();
    paths.sort();
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    let (mut all, mut with_text) = (0, 0);
    for path in paths.iter().step_by(9) {
        let bytes = std::fs::read(path).expect("the page can be read");
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let start = Instant::now();
        let (document, _) =
            read(&Source { bytes: &bytes, media_type: None, uri: "", name: &name }, &settings);
        // The slowest takes under a second of CPU time; the wall clock of a shared machine shows far more.
        assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
        all += 1;
        with_text += usize::from(document.text.chars().count() > 100);
    }
    assert!(with_text * 20 >= all * 19, "{with_text} of {all} pages gave text");
}
