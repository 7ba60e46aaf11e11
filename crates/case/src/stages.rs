//! The stages that look at one document at a time: read and find.
//!
//! Threads only move the records; the order in which they finish changes nothing,
//! since each output is kept under its document's id.

use crate::catalog::Catalog;
use crate::error::CaseError;
use crate::progress::Progress;
use crate::views::StageRow;
use plainsight_find::Finder;
use plainsight_model::{
    Capture, Complaint, ComplaintKind, Digest, Document, DocumentId, Findings, ReadSettings,
};
use plainsight_read::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// What reads: the real readers, or in a test one that moves every offset.
pub type Reader = Arc<dyn Fn(&Source, &ReadSettings) -> (Document, Vec<Complaint>) + Send + Sync>;

/// How readers are called and known.
#[derive(Clone)]
pub struct Reading {
    /// The function.
    pub reader: Reader,
    /// Its version: part of the stage's key.
    pub version: String,
    /// What it is told.
    pub settings: ReadSettings,
}

/// Outputs per transaction.
const BATCH: usize = 64;

/// Reads every document that was not read under the same key.
pub fn read(
    catalog: &Catalog,
    captures: &[Capture],
    payload: &dyn Fn(&Capture) -> Result<Vec<u8>, CaseError>,
    reading: &Reading,
    progress: &dyn Progress,
) -> Result<StageRow, CaseError> {
    let start = Instant::now();
    let settings = serde_json::to_vec(&reading.settings)?;
    let first = first_captures(captures);
    let known: BTreeMap<DocumentId, (String, Vec<Complaint>)> =
        catalog.document_keys()?.into_iter().map(|(id, key, complaints)| (id, (key, complaints))).collect();
    let there: BTreeSet<String> = plainsight_read::programs()
        .into_iter()
        .filter(|p| p.version.is_some())
        .map(|p| p.name.to_owned())
        .collect();
    let mut todo = Vec::new();
    let mut complaints = 0;
    for (id, capture) in &first {
        let key = Digest::of_parts(&[
            reading.version.as_bytes(),
            &settings,
            capture.media_type.as_deref().unwrap_or("").as_bytes(),
            capture.uri.as_bytes(),
            capture.source.as_bytes(),
        ])
        .hex();
        match known.get(id) {
            Some((old, said)) if *old == key && !said.iter().any(|c| curable(c, &there)) => {
                complaints += said.len()
            }
            _ => todo.push((*capture, key)),
        }
    }
    let total = first.len();
    let reused = total - todo.len();
    let mut done = 0;
    let work = |(capture, key, bytes): (Capture, String, Result<Vec<u8>, String>)| {
        let (mut document, said) = match bytes {
            Ok(bytes) => read_one(reading, &capture, &bytes),
            Err(why) => nothing(&why),
        };
        document.id = capture.document;
        (key, document, said)
    };
    progress.stage("read", reused, total, complaints);
    let feed = todo.into_iter().map(|(capture, key)| {
        let bytes = payload(capture).map_err(|e| e.to_string());
        (capture.clone(), key, bytes)
    });
    spread(feed, &work, progress, |batch| {
        catalog.together(|| {
            for (key, document, said) in &batch {
                complaints += said.len();
                catalog.put_document(&document.id, key, document, said)?;
            }
            Ok(())
        })?;
        done += batch.len();
        progress.stage("read", reused + done, total, complaints);
        Ok(())
    })?;
    Ok(StageRow { stage: "read".into(), done, reused, complaints, seconds: start.elapsed().as_secs_f64() })
}

/// Finds in every document that was not searched under the same key.
///
/// `finder` is only asked for when there is something to do: loading its
/// dictionaries takes longer than a whole run over a case where nothing changed.
pub fn find<'f>(
    catalog: &Catalog,
    finder: &dyn Fn() -> &'f Finder,
    lens_key: &str,
    progress: &dyn Progress,
) -> Result<StageRow, CaseError> {
    let start = Instant::now();
    let known: BTreeMap<DocumentId, String> = catalog.finding_keys()?.into_iter().collect();
    let mut todo = Vec::new();
    let documents = catalog.document_keys()?;
    let total = documents.len();
    for (id, read_key, _) in documents {
        let key = Digest::of_parts(&[
            plainsight_find::VERSION.as_bytes(),
            lens_key.as_bytes(),
            read_key.as_bytes(),
        ])
        .hex();
        if known.get(&id) != Some(&key) {
            todo.push((id, key));
        }
    }
    let reused = total - todo.len();
    let mut done = 0;
    progress.stage("find", reused, total, 0);
    if todo.is_empty() {
        let seconds = start.elapsed().as_secs_f64();
        return Ok(StageRow { stage: "find".into(), done: 0, reused, complaints: 0, seconds });
    }
    let finder = finder();
    let work = |(key, document): (String, Document)| (document.id, key, guarded_find(finder, &document));
    let feed = todo.into_iter().filter_map(|(id, key)| match catalog.document(&id) {
        Ok(Some((document, _))) => Some((key, document)),
        _ => None,
    });
    spread(feed, &work, progress, |batch| {
        catalog.together(|| {
            for (id, key, findings) in &batch {
                catalog.put_findings(id, key, findings)?;
            }
            Ok(())
        })?;
        done += batch.len();
        progress.stage("find", reused + done, total, 0);
        Ok(())
    })?;
    Ok(StageRow { stage: "find".into(), done, reused, complaints: 0, seconds: start.elapsed().as_secs_f64() })
}

/// The earliest capture of each document.
fn first_captures(captures: &[Capture]) -> BTreeMap<DocumentId, &Capture> {
    let mut first: BTreeMap<DocumentId, &Capture> = BTreeMap::new();
    for capture in captures {
        first
            .entry(capture.document)
            .and_modify(|old| {
                if (&capture.date, capture.id) < (&old.date, old.id) {
                    *old = capture;
                }
            })
            .or_insert(capture);
    }
    first
}

/// Reads one capture. For a file that somebody handed over the address is not known.
pub fn read_one(reading: &Reading, capture: &Capture, bytes: &[u8]) -> (Document, Vec<Complaint>) {
    let name = capture.source.rsplit(['/', '\\']).next().unwrap_or("");
    let uri = if capture.uri.starts_with("file:") { "" } else { capture.uri.as_str() };
    let (document, mut said) =
        guarded(reading, &Source { bytes, media_type: capture.media_type.as_deref(), uri, name });
    // Who sees an empty document has to be told that nothing was overlooked.
    if said.is_empty() && document.text.trim().is_empty() {
        let what = match bytes.iter().all(u8::is_ascii_whitespace) {
            true => "the file is empty",
            false => "no text was found in it",
        };
        said.push(Complaint::new(ComplaintKind::Note, what, "byte 0"));
    }
    (document, said)
}

/// A program that was missing when the complaint was made is there now.
fn curable(complaint: &Complaint, there: &BTreeSet<String>) -> bool {
    matches!(&complaint.kind, ComplaintKind::MissingProgram(program) if there.contains(program))
}

/// One page must not stop a thousand: a reader that panics anyway leaves a complaint.
fn guarded(reading: &Reading, source: &Source) -> (Document, Vec<Complaint>) {
    let read = std::panic::AssertUnwindSafe(|| (reading.reader)(source, &reading.settings));
    std::panic::catch_unwind(read)
        .unwrap_or_else(|_| nothing("the reader stopped in the middle; please report this file"))
}

fn guarded_find(finder: &Finder, document: &Document) -> Findings {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| finder.find(document))).unwrap_or_default()
}

/// A document of which nothing could be read.
fn nothing(why: &str) -> (Document, Vec<Complaint>) {
    let (document, _) = plainsight_read::read(
        &Source { bytes: b"", media_type: Some("text/plain"), uri: "", name: "" },
        &ReadSettings { programs: false, ..ReadSettings::default() },
    );
    (document, vec![Complaint::new(ComplaintKind::Damaged, why, "byte 0")])
}

/// Feeds `work` on all cores and hands the outputs on in batches; stops between two when asked to.
fn spread<In: Send, Out: Send>(
    feed: impl Iterator<Item = In>,
    work: &(dyn Fn(In) -> Out + Sync),
    progress: &dyn Progress,
    mut keep: impl FnMut(Vec<Out>) -> Result<(), CaseError>,
) -> Result<(), CaseError> {
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get).min(8);
    // Few are in flight, so that memory is bounded whatever the input.
    let (to_workers, from_feed) = sync_channel::<In>(workers);
    let (to_keeper, from_workers) = sync_channel::<Out>(workers * 2);
    let from_feed = Mutex::new(from_feed);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            let (to_keeper, from_feed) = (to_keeper.clone(), &from_feed);
            scope.spawn(move || {
                loop {
                    let next = from_feed.lock().ok().and_then(|queue| queue.recv().ok());
                    let Some(input) = next else { break };
                    if to_keeper.send(work(input)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(to_keeper);
        let mut to_workers = Some(to_workers);
        let mut batch = Vec::new();
        let mut result = Ok(());
        let mut feed = feed.fuse();
        let mut pending = 0usize;
        loop {
            if progress.cancelled() {
                result = Err(CaseError::Cancelled);
                break;
            }
            // Keep the workers busy first, then take what they finished.
            match (&to_workers, pending < workers * 2) {
                (Some(sender), true) => match feed.next() {
                    Some(input) => {
                        if sender.send(input).is_ok() {
                            pending += 1;
                        }
                    }
                    None => to_workers = None,
                },
                _ => match from_workers.recv() {
                    Ok(out) => {
                        pending -= 1;
                        batch.push(out);
                        if batch.len() >= BATCH {
                            result = keep(std::mem::take(&mut batch));
                        }
                    }
                    Err(_) => break,
                },
            }
            if result.is_err() {
                break;
            }
        }
        drop(to_workers);
        // What is finished is kept also when a person stopped the rest.
        for out in from_workers {
            batch.push(out);
        }
        if !batch.is_empty() {
            let kept = keep(batch);
            result = result.and(kept);
        }
        result
    })
}
