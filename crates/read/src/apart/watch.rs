//! The watcher's side: starts a worker, answers what it asks, ends it when its time is over.

use super::Stopped;
use super::frame::{get, get_json, put, put_json};
use super::worker::{Answer, Task};
use crate::programs::Programs;
use crate::{Source, unpack};
use plainsight_model::{Complaint, ComplaintKind, Document, ReadSettings};
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a worker may read; the time of programs that it asked for is theirs.
const LONGEST: Duration = Duration::from_secs(20);
/// The longest answer: a document of 8 MiB of text with its blocks, as JSON. A worker that says more has
/// been taken over, and this process stays within its own memory.
const MOST_ANSWER: usize = 48 << 20;
/// The most programs that one document may ask for.
const RUNS: usize = 1000;

/// A worker and when it must be done.
struct Worker {
    child: Mutex<Child>,
    deadline: Mutex<Instant>,
}

/// Reads in a worker of its own.
pub(crate) fn read(
    program: &Path,
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
) -> Result<(Document, Vec<Complaint>), Stopped> {
    read_within(LONGEST, program, source, settings, programs)
}

fn read_within(
    longest: Duration,
    program: &Path,
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
) -> Result<(Document, Vec<Complaint>), Stopped> {
    let mut child = Command::new(program)
        .arg("read-worker")
        .env_clear()
        .env(super::PIECE.0, super::PIECE.1)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| stopped(format!("no process could be started to read it in: {why}")))?;
    let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(stopped("the process to read it in has no pipes".to_owned()));
    };
    let worker =
        Arc::new(Worker { child: Mutex::new(child), deadline: Mutex::new(Instant::now() + longest) });
    let (done, over) = channel::<()>();
    let guard = Arc::clone(&worker);
    let watcher = std::thread::spawn(move || watch(&guard, &over));
    let answer = talk(stdin, stdout, source, settings, programs, &worker);
    drop(done);
    // The watcher only ever ends; whether it was in time it says itself.
    let in_time = watcher.join().unwrap_or(true);
    let mut child = lock(&worker.child);
    let status = ended(&mut child, answer.as_ref().err());
    answer.map_err(|why| {
        if !in_time {
            let what = format!("the file was not read: its reader was stopped after {} s", longest.as_secs());
            return Stopped { kind: ComplaintKind::Bound, what };
        }
        let reason = reason(status, &why);
        stopped(format!("the file was not read: its reader stopped in the middle ({reason})"))
    })
}

/// How the worker ended by itself; one that did not is ended here.
fn ended(child: &mut Child, why: Option<&io::Error>) -> Option<ExitStatus> {
    // Its pipes are closed a moment before it can be asked how it ended.
    if why.is_some_and(|w| matches!(w.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::BrokenPipe)) {
        for _ in 0..100 {
            if let Ok(Some(status)) = child.try_wait() {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
    // One that ended in this moment is no error here.
    let _ = child.kill();
    let _ = child.wait();
    None
}

fn stopped(what: String) -> Stopped {
    Stopped { kind: ComplaintKind::Damaged, what }
}

/// How the worker ended, in words.
fn reason(status: Option<ExitStatus>, why: &io::Error) -> String {
    #[cfg(unix)]
    if let Some(status) = &status
        && let Some(signal) = std::os::unix::process::ExitStatusExt::signal(status)
    {
        // Numbers of POSIX that are the same everywhere.
        return match signal {
            6 => "it gave up; most often it wanted more than 512 MiB of memory".to_owned(),
            11 => "it touched memory that is not its own".to_owned(),
            24 => "it used up its time on the processor".to_owned(),
            _ => format!("signal {signal}"),
        };
    }
    match status {
        Some(status) if !status.success() => format!("{status}"),
        _ => why.to_string(),
    }
}

/// Ends the worker when its time is over; gives whether it was in time.
fn watch(worker: &Worker, over: &Receiver<()>) -> bool {
    loop {
        let left = lock(&worker.deadline).saturating_duration_since(Instant::now());
        if left.is_zero() {
            // One that just ended was in time after all, and then its answer stands.
            let _ = lock(&worker.child).kill();
            return false;
        }
        if !matches!(over.recv_timeout(left), Err(RecvTimeoutError::Timeout)) {
            return true;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Hands the document over and answers until it is read.
fn talk(
    mut stdin: impl Write,
    mut stdout: impl Read,
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
    worker: &Worker,
) -> io::Result<(Document, Vec<Complaint>)> {
    let task = Task {
        media_type: source.media_type.map(str::to_owned),
        uri: source.uri.to_owned(),
        name: source.name.to_owned(),
        settings: settings.clone(),
    };
    put_json(&mut stdin, &task)?;
    put(&mut stdin, &source.bytes[..source.bytes.len().min(unpack::MOST + 1)])?;
    for _ in 0..RUNS {
        match get_json(&mut stdout, MOST_ANSWER)? {
            Answer::Read { document, complaints } => {
                let mut document = *document;
                // Of a longer file the worker saw only the beginning.
                document.id = plainsight_model::DocumentId::of_payload(source.bytes);
                return Ok((document, complaints));
            }
            Answer::Run { call, ending, whole } => {
                let sound =
                    |ending: &String| ending.len() <= 4 && ending.chars().all(|c| c.is_ascii_lowercase());
                let Some(ending) = ending else {
                    put_json(&mut stdin, &paused(worker, || programs.run(&call, None)))?;
                    continue;
                };
                if !sound(&ending) {
                    return Err(io::Error::other("it asked for what no reader asks for"));
                }
                let own = if whole { Vec::new() } else { get(&mut stdout, unpack::MOST + 1)? };
                let bytes = if whole { source.bytes } else { &own };
                put_json(&mut stdin, &paused(worker, || programs.run(&call, Some((&ending, bytes)))))?;
            }
        }
    }
    Err(io::Error::other(format!("it asked for more than {RUNS} programs")))
}

/// Runs a program while the worker's clock stands still.
fn paused<T>(worker: &Worker, run: impl FnOnce() -> T) -> T {
    let left = lock(&worker.deadline).saturating_duration_since(Instant::now());
    *lock(&worker.deadline) = Instant::now() + Duration::from_secs(24 * 3600);
    let out = run();
    *lock(&worker.deadline) = Instant::now() + left;
    out
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::programs::Here;

    /// A worker that is this script.
    fn ask(script: &str) -> Stopped {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("worker");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("written");
        let may_run = std::os::unix::fs::PermissionsExt::from_mode(0o700);
        std::fs::set_permissions(&program, may_run).expect("set");
        let source = Source { bytes: &vec![b'x'; 1 << 20], media_type: None, uri: "", name: "a.docx" };
        let answer = read_within(Duration::from_secs(2), &program, &source, &ReadSettings::default(), &Here);
        answer.expect_err("no worker answers so")
    }

    #[test]
    fn a_worker_that_fails_is_a_complaint() {
        let start = Instant::now();
        for (script, kind, what) in [
            ("exit 3", ComplaintKind::Damaged, "exit status: 3"),
            ("kill -SEGV $$", ComplaintKind::Damaged, "memory that is not its own"),
            ("kill -ABRT $$", ComplaintKind::Damaged, "512 MiB"),
            ("exec sleep 60", ComplaintKind::Bound, "stopped after 2 s"),
            ("cat >/dev/null; exec sleep 60", ComplaintKind::Bound, "stopped after 2 s"),
            // Lengths that lie, and what is no answer.
            (
                "printf '\\377\\377\\377\\377\\377\\377\\377\\377'; cat >/dev/null",
                ComplaintKind::Damaged,
                "a frame of",
            ),
            (
                "printf '\\004\\0\\0\\0\\0\\0\\0\\0nope'; cat >/dev/null",
                ComplaintKind::Damaged,
                "stopped in the middle",
            ),
            ("printf '\\004\\0\\0'; cat >/dev/null", ComplaintKind::Bound, "stopped after 2 s"),
        ] {
            let stopped = ask(script);
            assert!(stopped.kind == kind && stopped.what.contains(what), "{script}: {}", stopped.what);
        }
        assert!(start.elapsed() < Duration::from_secs(50), "{:?}", start.elapsed());
    }
}
