//! The developers' sets of names, beside the project.

use serde_json::Value;

/// Rows of a set; without the set the test did not run and says so.
pub fn rows(file: &str) -> Option<Vec<Value>> {
    let root = std::env::var("PLAINSIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = std::path::Path::new(&root).join("data/names").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var_os("CI").is_none(), "data/names/{file} is missing; set PLAINSIGHT_SHARED");
        eprintln!("NOT RUN: data/names/{file} is missing beside the project");
        return None;
    };
    Some(text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}
