//! Readers of hostile formats in a process of their own, one a document.
//!
//! The program starts itself again as a worker (`plainsight read-worker`),
//! which first gives up network, files, other programs and most of the memory
//! (`confine`), then reads the document from its standard input and answers on
//! its standard output. A worker that crashes, hangs or wants too much is a
//! complaint of that document. It may ask for a program of the closed list in
//! `programs`; the process that watches over it starts that one, again through
//! itself (`plainsight read-tool`), with the program's own files and nothing else.

mod confine;
mod frame;
mod watch;
mod worker;

pub use confine::{Isolation, isolation, run_tool};
pub use worker::work;

use crate::sniff::Kind;
use crate::{Source, empty, programs, read, sniff, unpack};
use plainsight_model::{Complaint, ComplaintKind, Document, DocumentId, DocumentKind, ReadSettings};
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The program that starts itself as a worker.
static PROGRAM: OnceLock<PathBuf> = OnceLock::new();

/// The program's allocator takes a gibibyte of addresses at its start. A worker may have half of that, so
/// that it would get no more when it asks; it takes them in pieces of this size, MiB.
const PIECE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "16MiB");

/// Names this program, so that it can be started again as a worker. Without it everything is read in
/// this process.
pub fn isolate(program: PathBuf) {
    // Said twice, the first stays: it is the same program.
    let _ = PROGRAM.set(program);
}

/// [`read`], with hostile formats in a process of their own.
pub fn read_apart(source: &Source, settings: &ReadSettings) -> (Document, Vec<Complaint>) {
    let Some(program) = PROGRAM.get().filter(|_| is_hostile(source)) else {
        return read(source, settings);
    };
    match watch::read(program, source, settings, &programs::Here) {
        Ok(answer) => answer,
        Err(stopped) => {
            let mut document = empty(DocumentKind::Other, "none");
            document.id = DocumentId::of_payload(source.bytes);
            document.url = Some(source.uri).filter(|uri| !uri.is_empty()).map(str::to_owned);
            let place = [source.name, source.uri].into_iter().find(|name| !name.is_empty());
            let complaint = Complaint::new(stopped.kind, stopped.what, place.unwrap_or("document"));
            (
                document,
                vec![complaint.cure("please report this file; the rest of the case is not touched by it")],
            )
        }
    }
}

/// What a process that was started for a document did not do.
pub(crate) struct Stopped {
    kind: ComplaintKind,
    what: String,
}

/// Formats whose readers take apart more than text. HTML and text have readers that are guarded in place.
fn is_hostile(source: &Source) -> bool {
    let mut ignored = Vec::new();
    let unpacked = unpack::unpack(source, &mut ignored);
    let inner =
        Source { bytes: &unpacked.bytes, name: &unpacked.name, media_type: unpacked.media_type, ..*source };
    matches!(
        sniff::sniff(&inner),
        Kind::Packed | Kind::Mail | Kind::Mhtml | Kind::Pdf | Kind::Picture(_) | Kind::Recording
    )
}

/// This program as what becomes another one; `None` where it is not known.
pub(crate) fn tool() -> Option<Command> {
    let mut command = Command::new(PROGRAM.get()?);
    command.arg("read-tool");
    Some(command)
}
