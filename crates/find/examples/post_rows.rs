//! What the weights of `frames/weighed.rs` are learned from: each town abroad of a page about posts.
//!
//! `post_rows FOLDER…`: a folder of marked documents (`index.csv`, `docs/`) or of pages (`.html`, `.gz` too), each as it
//! is read and, with all that stands around its text, as bare lines.
//! A JSON line each: file, key, the forms of its name, whether a rule found a post in it, its cues.

use plainsight_find::Finder;
use plainsight_lens::Lens;
use plainsight_model::{Document, ReadSettings};
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(lens) = Lens::builtin("overseas-posts") else { return ExitCode::FAILURE };
    let finder = Finder::new(lens);
    for folder in std::env::args().skip(1) {
        if rows(&finder, Path::new(&folder)).is_none() {
            eprintln!("post_rows: {folder} cannot be read");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn rows(finder: &Finder, folder: &Path) -> Option<()> {
    let index = std::fs::read_to_string(folder.join("index.csv")).ok();
    let days: BTreeMap<&str, &str> = (index.as_deref().unwrap_or_default().lines())
        .filter_map(|line| Some((line.split(',').next()?, line.split(',').nth(1)?)))
        .collect();
    let files = if index.is_some() { folder.join("docs") } else { folder.to_owned() };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(files).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    for file in files {
        let name = file.file_name()?.to_string_lossy().into_owned();
        let mut bytes = std::fs::read(&file).ok()?;
        if name.ends_with(".gz") {
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut plain).ok()?;
            bytes = plain;
        }
        let weighed = match index.is_some() {
            true => {
                finder.weighed_text(std::str::from_utf8(&bytes).ok()?, days.get(name.as_str()).copied(), None)
            }
            false => {
                let mut both = finder.weighed(&page(&bytes));
                both.extend(finder.weighed_text(&bare(&String::from_utf8_lossy(&bytes)), None, None));
                both
            }
        };
        for town in weighed {
            let cues: BTreeMap<&str, f32> = town.cues.iter().map(|(name, value)| (*name, *value)).collect();
            let row = serde_json::json!({
                "folder": folder, "file": name, "key": town.key, "texts": town.texts, "ruled": town.ruled, "cues": cues,
            });
            println!("{row}");
        }
    }
    Some(())
}

fn page(bytes: &[u8]) -> Document {
    let source = plainsight_read::Source { bytes, media_type: Some("text/html"), uri: "", name: "" };
    plainsight_read::read(&source, &ReadSettings::default()).0
}

/// The lines of a page without its tags.
fn bare(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<') {
        out.push_str(part.split_once('>').map_or(part, |(_, text)| text));
        out.push('\n');
    }
    out
}
