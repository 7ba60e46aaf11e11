//! What an interrupted `add` had done already.
//!
//! A line about it lies in `derived/` while it runs: which inputs, and how many
//! entries the ledger had when it began. Nothing else is needed: whatever the
//! ledger says since then was done.

use crate::case::Case;
use crate::error::{At, CaseError};
use plainsight_model::Digest;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The file's name in `derived/`.
const NAME: &str = "adding.json";

/// What an interrupted `add` of the same inputs had done.
#[derive(Default)]
pub(crate) struct Journal {
    path: Option<PathBuf>,
    /// Address as asked → capture and document.
    done: BTreeMap<String, (String, String)>,
}

impl Journal {
    /// Begins one, or goes on with that of the same inputs.
    pub(crate) fn open(case: &Case, inputs: &[String]) -> Result<Self, CaseError> {
        let path = case.dir().join("derived").join(NAME);
        let inputs: Vec<&[u8]> = inputs.iter().map(String::as_bytes).collect();
        let inputs = Digest::of_parts(&inputs).hex();
        let old: Option<Value> =
            std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
        let begun = old.filter(|old| old["inputs"] == json!(inputs)).and_then(|old| old["entries"].as_u64());
        let done = match begun {
            Some(entries) => done_after(case, entries)?,
            None => {
                let entries = case.chain.last_number_but(&[]);
                let line = json!({"inputs": inputs, "entries": entries}).to_string();
                std::fs::write(&path, line).at(&path)?;
                BTreeMap::new()
            }
        };
        Ok(Self { path: Some(path), done })
    }

    /// Capture and document of an address that was fetched before the interruption.
    pub(crate) fn done(&self, asked: &str) -> Option<(String, String)> {
        self.done.get(asked).cloned()
    }

    /// Everything was done. A file that stays only means that nothing is fetched twice for the same inputs.
    pub(crate) fn finish(&self) {
        if let Some(path) = &self.path {
            let _ = std::fs::remove_file(path);
        }
    }
}

fn done_after(case: &Case, entries: u64) -> Result<BTreeMap<String, (String, String)>, CaseError> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let of = |body: &Value| match body.get("revisit") {
        Some(revisit) => {
            Some((text(&revisit["asked"])?, (text(&revisit["capture"])?, text(&revisit["document"])?)))
        }
        None => Some((text(&body["source"])?, (text(&body["id"])?, text(&body["document"])?))),
    };
    let captures = case.chain.after(entries)?.into_iter().filter(|entry| entry.kind == "capture");
    Ok(captures.filter_map(|entry| of(&entry.body?)).collect())
}
