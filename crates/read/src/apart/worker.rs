//! The worker's side: gives everything up, reads one document, answers, ends.

use super::confine;
use super::frame::{get, get_json, put, put_json};
use crate::programs::{Call, Failed, Output, Programs};
use crate::{Source, read_with, unpack};
use plainsight_model::{Complaint, Document, ReadSettings};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// What a worker is asked; the bytes follow in a frame of their own.
#[derive(Serialize, Deserialize)]
pub(crate) struct Task {
    pub media_type: Option<String>,
    pub uri: String,
    pub name: String,
    pub settings: ReadSettings,
}

/// What a worker says.
#[derive(Serialize, Deserialize)]
pub(crate) enum Answer {
    /// Run this program on nothing, on the document itself, or on the bytes that follow in a frame.
    Run { call: Call, ending: Option<String>, whole: bool },
    /// Done.
    Read { document: Box<Document>, complaints: Vec<Complaint> },
}

/// The longest description of a task, and the longest output of a program.
pub(crate) const MOST_WORDS: usize = 64 << 20;

/// Works on one document, from standard input to standard output; with `probe`, tries what a worker must
/// not be able to do and says how that went.
pub fn work(probe: bool) -> ExitCode {
    // From here on nothing can be opened, started or reached.
    let isolation = confine::inner();
    let done = if probe { put_probe(&isolation) } else { read_one() };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn put_probe(isolation: &confine::Isolation) -> io::Result<()> {
    let mut out = io::stdout().lock();
    serde_json::to_writer(&mut out, &confine::probe(isolation))?;
    out.write_all(b"\n")
}

fn read_one() -> io::Result<()> {
    let mut stdin = io::stdin().lock();
    let task: Task = get_json(&mut stdin, MOST_WORDS)?;
    // What is longer is cut by the reader, which complains of it.
    let bytes = get(&mut stdin, unpack::MOST + 1)?;
    let source =
        Source { bytes: &bytes, media_type: task.media_type.as_deref(), uri: &task.uri, name: &task.name };
    let asking = Asking { whole: &bytes, pipes: RefCell::new((stdin, io::stdout().lock())) };
    let (document, complaints) = read_with(&source, &task.settings, &asking);
    let (_, stdout) = &mut *asking.pipes.borrow_mut();
    put_json(stdout, &Answer::Read { document: Box::new(document), complaints })
}

/// Asks the watcher to run programs.
struct Asking<'b, In, Out> {
    whole: &'b [u8],
    pipes: RefCell<(In, Out)>,
}

impl<In: Read, Out: Write> Programs for Asking<'_, In, Out> {
    fn run(&self, call: &Call, input: Option<(&str, &[u8])>) -> Result<Output, Failed> {
        let lost = |why: io::Error| Failed::Refused(format!("the watching process is gone: {why}"));
        let (stdin, stdout) = &mut *self.pipes.borrow_mut();
        let whole = input.is_some_and(|(_, bytes)| std::ptr::eq(bytes, self.whole));
        let ending = input.map(|(ending, _)| ending.to_owned());
        put_json(stdout, &Answer::Run { call: call.clone(), ending, whole }).map_err(lost)?;
        if let Some((_, bytes)) = input.filter(|_| !whole) {
            put(stdout, bytes).map_err(lost)?;
        }
        get_json::<Result<Output, Failed>>(stdin, MOST_WORDS).map_err(lost)?
    }
}
