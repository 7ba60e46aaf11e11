//! The trail of a fetched page: what the archive and the ledger hold of it beside the page itself.
//!
//! Redirects on the way, the server's robots.txt, the parts that were kept with it: each a record
//! that only the page's own entry names. What robots.txt said of an address, and why an address was
//! refused: entries of their own, which name the address. When the page is forgotten they go too.

use crate::case::Case;
use crate::error::CaseError;
use plainsight_archive::EntryKind;
use plainsight_model::{Capture, RecordPlace};
use serde_json::Value;
use std::collections::BTreeSet;

/// What goes with some forgotten captures.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    /// The records that no entry which stays names.
    pub places: Vec<RecordPlace>,
    /// Numbers of the entries that name an address of the trail.
    pub entries: Vec<u64>,
}

impl Case {
    /// The trail of captures whose own entries are `about`; `staying` are the captures that stay.
    pub(crate) fn trail_of(
        &self,
        gone: &[Capture],
        staying: &[Capture],
        about: &[u64],
    ) -> Result<Trail, CaseError> {
        let own = |captures: &[Capture]| -> BTreeSet<String> {
            let all = captures.iter().flat_map(|c| [c.uri.clone(), c.source.clone()]);
            all.filter(|address| address.contains("://")).collect()
        };
        let mut addresses = own(gone);
        addresses.extend(self.named_by_these_alone(about)?.into_iter().map(|(_, uri)| uri));
        let others = own(staying);
        addresses.retain(|address| !address.is_empty() && !others.contains(address));
        let entries = self.entries_on(&addresses);
        // A refusal keeps records of its own.
        let places = self.named_by_these_alone(&[about, entries.as_slice()].concat())?;
        Ok(Trail { places: places.into_iter().map(|(place, _)| place).collect(), entries })
    }

    /// The records that these entries name and no other does, with their addresses.
    fn named_by_these_alone(&self, entries: &[u64]) -> Result<Vec<(RecordPlace, String)>, CaseError> {
        let ledger = self.chain.seen();
        let (mut going, mut kept) = (BTreeSet::new(), BTreeSet::new());
        for entry in ledger.entries() {
            let number = entry.line.number;
            let Some(body) = ledger.body(number) else { continue };
            names(&body, if entries.contains(&number) { &mut going } else { &mut kept });
        }
        going.retain(|id| !kept.contains(id));
        Ok(self.reader.named(&going)?)
    }

    /// What robots.txt said of these addresses, and why they were refused.
    fn entries_on(&self, addresses: &BTreeSet<String>) -> Vec<u64> {
        let ledger = self.chain.seen();
        let on_them = ledger.entries().iter().filter(|entry| {
            let key = match entry.line.kind {
                EntryKind::Robots => "uri",
                EntryKind::Refusal => "input",
                _ => return false,
            };
            let body = ledger.body(entry.line.number);
            let address = body.as_ref().and_then(|body| body.get(key)).and_then(Value::as_str);
            address.is_some_and(|address| addresses.contains(address))
        });
        on_them.map(|entry| entry.line.number).collect()
    }
}

/// Collects the ids under every `records`, at whatever depth an entry has them.
fn names(body: &Value, into: &mut BTreeSet<String>) {
    match body {
        Value::Object(fields) => {
            for (key, value) in fields {
                match value.as_array().filter(|_| key == "records") {
                    Some(ids) => into.extend(ids.iter().filter_map(Value::as_str).map(str::to_owned)),
                    None => names(value, into),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, into)),
        _ => {}
    }
}
