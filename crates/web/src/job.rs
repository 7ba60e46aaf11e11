//! Long work: adding and running, with progress and Stop.
//!
//! It survives a reload because it lives in the process, not in the page;
//! stopping keeps what is done.

use crate::act::Last;
use crate::desk::{Desk, Watch};
use crate::labels::L;
use crate::routes::{App, Ctx, lock};
use crate::words;
use maud::{Markup, html};
use plainsight_case::views::AddRow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

/// One piece of long work.
#[derive(Default)]
pub(crate) struct Job {
    state: Mutex<State>,
    stop: AtomicBool,
}

#[derive(Clone, Default)]
struct State {
    stage: String,
    done: usize,
    of: usize,
    complaints: usize,
    ended: Option<String>,
    refused: Vec<(String, String)>,
}

impl Watch for Job {
    fn stage(&self, stage: &str, done: usize, of: usize, complaints: usize) {
        let mut state = lock(&self.state);
        state.stage = stage.to_owned();
        (state.done, state.of, state.complaints) = (done, of, complaints);
    }
    fn cancelled(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

impl Job {
    pub(crate) fn running(&self) -> bool {
        lock(&self.state).ended.is_none()
    }
    pub(crate) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What is long about the work.
pub(crate) enum Task {
    /// Reads, finds and judges what is new.
    Run,
    /// Takes files and addresses in, then runs.
    Add(Vec<String>),
    /// Takes in what a party answered to an asking on a day, then runs.
    Answer {
        /// `dec-…` of the asking.
        ask: String,
        /// The day of the answer.
        on: String,
        /// One file.
        files: Vec<String>,
    },
}

/// How it ended: a sentence, and what was refused with its reason.
type Ended = (String, Vec<(String, String)>);

/// Starts a task in a thread of its own; false where another is under way.
/// `keep` is dropped at the end: the folder that the files were put into.
pub(crate) fn start(app: &Arc<App>, task: Task, keep: Option<tempfile::TempDir>) -> bool {
    let mut slot = lock(&app.job);
    if slot.as_ref().is_some_and(|job| job.running()) {
        return false;
    }
    let job = Arc::new(Job::default());
    *slot = Some(Arc::clone(&job));
    let (app, author) = (Arc::clone(app), lock(&app.author).clone());
    let spawned = std::thread::Builder::new().name("job".into()).spawn({
        let job = Arc::clone(&job);
        move || {
            let (ended, refused) = match task {
                Task::Run => run(&*app.desk, &job, String::new(), Vec::new()),
                Task::Add(inputs) => add(&*app.desk, &inputs, &author, &job),
                Task::Answer { ask, on, files } => answer(&app, &ask, &on, &files, &author, &job),
            };
            let mut state = lock(&job.state);
            state.ended = Some(ended);
            state.refused = refused;
            drop(keep);
        }
    });
    if let Err(error) = spawned {
        lock(&job.state).ended = Some(format!("Could not start: {error}"));
    }
    true
}

fn add(desk: &dyn Desk, inputs: &[String], author: &str, job: &Job) -> Ended {
    match desk.add(inputs, author, job) {
        Ok(rows) => {
            let of = |word: &str| rows.iter().filter(|row| row.status == word).count();
            let came = format!(
                "{} added, {} known before. ",
                words::count(of("added"), "input", "inputs"),
                of("known")
            );
            let refused = rows.iter().filter(|row| row.status == "refused").map(why).collect();
            run(desk, job, came, refused)
        }
        Err(error) => (format!("Nothing was added: {error}"), Vec::new()),
    }
}

/// One file is one answer: which of several the party meant nobody here can tell.
fn answer(app: &App, ask: &str, on: &str, files: &[String], author: &str, job: &Job) -> Ended {
    let [file] = files else {
        return ("Nothing was written down: an answer is one file or one text, not both.".into(), Vec::new());
    };
    match app.desk.reply_answer(ask, on, Path::new(file), author, job) {
        Ok(done) => {
            *lock(&app.last) = Some(Last::of("Written down: the party answered", done.decision));
            (
                "The answer is a document of the case now, and stands beside what it answers.".into(),
                Vec::new(),
            )
        }
        Err(error) => (format!("Nothing was written down: {error}"), Vec::new()),
    }
}

fn run(desk: &dyn Desk, job: &Job, came: String, refused: Vec<(String, String)>) -> Ended {
    if job.cancelled() {
        return (format!("{came}Stopped. What was taken in stays; Run goes on from here."), refused);
    }
    let ended = match desk.run(job) {
        Ok(rows) if job.cancelled() => {
            let done: usize = rows.iter().map(|row| row.done).sum();
            format!(
                "{came}Stopped after {}. What was read stays read; Run goes on from here.",
                words::count(done, "step", "steps")
            )
        }
        Ok(rows) => {
            let complaints = rows.iter().map(|row| row.complaints).max().unwrap_or(0);
            let read = rows.iter().find(|row| row.stage == "read").map_or(0, |row| row.done);
            format!(
                "{came}{} read now; {}.",
                words::count(read, "document", "documents"),
                words::count(complaints, "complaint", "complaints")
            )
        }
        Err(error) => format!("{came}The run ended early: {error}. What was done stays done."),
    };
    (ended, refused)
}

/// An address as a whole; of a path the last part alone, as the folder in front is ours.
fn why(row: &AddRow) -> (String, String) {
    let name = match row.input.contains("://") {
        true => row.input.clone(),
        false => row.input.rsplit(['/', '\\']).next().unwrap_or(&row.input).to_owned(),
    };
    let what = row.complaints.first().map_or_else(String::new, |complaint| complaint.what.clone());
    (name, what)
}

/// The panel of the work under way or just ended; empty where there is none.
pub(crate) fn fragment(ctx: &Ctx) -> Markup {
    let job = lock(&ctx.app.job).clone();
    let Some(job) = job else { return html! { div id="job" {} } };
    let state = lock(&job.state).clone();
    let poll = state.ended.is_none().then(|| ctx.to("job"));
    html! {
        div id="job" hx-get=[poll] hx-trigger=[state.ended.is_none().then_some("every 2s")] hx-swap="outerHTML" {
            section class="panel" aria-labelledby="s-j" {
                h2 id="s-j" class="vh" { (L.long_work) }
                @if let Some(ended) = &state.ended {
                    p { (ended) " " a href=(ctx.to("sources")) { (L.see_sources) } }
                    @if !state.refused.is_empty() {
                        div class="problem" role="group" aria-labelledby="s-jr" {
                            h3 id="s-jr" { (words::count(state.refused.len(), "input was not taken", "inputs were not taken")) }
                            p { "All else went in. Nothing of a file that was refused is kept; a refused address stands in the ledger." }
                            ul class="small" { @for (name, what) in &state.refused {
                                li { span class="complaint" { b { (name) } } ": " (what) }
                            } }
                        }
                    }
                } @else {
                    div class="job" {
                        div {
                            b { (words::sentence(stage_words(&state.stage))) ": " (words::number(state.done as u64)) " of " (words::number(state.of as u64)) }
                            " " small class="quiet" { (words::count(state.complaints, "complaint", "complaints")) " so far. You can go on working; what you see is from the last run. " a href=(ctx.to(ctx.path)) { (L.look_again) } }
                        }
                        form method="post" action=(ctx.to("stop")) { (crate::act::back(ctx)) button class="btn" { (L.stop) } }
                        progress max=(state.of.max(1)) value=(state.done) aria-label=(L.long_work) { (state.done) " of " (state.of) }
                    }
                }
            }
        }
    }
}

fn stage_words(stage: &str) -> &str {
    match stage {
        "read" => "reading documents",
        "find" => "looking for mentions",
        "copies" => "comparing copies",
        "resolve" => "joining names",
        "corroborate" => "weighing claims",
        "search" => "building the index",
        "add" | "" => "taking files in",
        other => other,
    }
}
