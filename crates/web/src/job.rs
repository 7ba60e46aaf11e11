//! Long work: adding and running, with progress and Stop.
//!
//! It survives a reload because it lives in the process, not in the page;
//! stopping keeps what is done.

use crate::act::Last;
use crate::desk::{Desk, Machine, Watch};
use crate::labels::documents::S;
use crate::labels::machine::S as M;
use crate::labels::publication::S as P;
use crate::labels::{L, N, form, say, sentences, terms};
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
    ended: Option<Ended>,
    refused: Vec<(String, String)>,
}

/// How the work ended; it becomes words where it is shown, in the language of whoever looks.
#[derive(Clone, Default)]
struct Ended {
    /// Inputs added, and inputs that were there before; none where nothing was handed over.
    came: Option<(usize, usize)>,
    how: How,
}

#[derive(Clone, Default)]
enum How {
    /// Stopped before anything was read.
    #[default]
    Stopped,
    /// Stopped after so many steps.
    StoppedAfter(usize),
    /// Documents read, and complaints.
    Read(usize, usize),
    /// The thread did not start.
    NotStarted(String),
    /// Nothing was taken in.
    NothingAdded(String),
    /// The run failed.
    EndedEarly(String),
    /// An answer is in the ledger.
    Answered,
    /// It is not: several files, or none, came for one answer.
    NotOneAnswer,
    /// It is not.
    NotWritten(String),
    /// A machine answered so many questions; the others failed, with the first reason.
    Machine(usize, Vec<String>),
}

impl Ended {
    fn of(how: How) -> Self {
        Self { came: None, how }
    }

    fn words(&self) -> String {
        let came = self.came.map(|(added, known)| {
            let n = words::number(added as u64);
            say(form(added, S.added_known), &[("n", &n), ("known", &known)])
        });
        let how = match &self.how {
            How::Stopped => S.stopped.to_owned(),
            How::StoppedAfter(steps) => words::count(*steps, S.stopped_after),
            How::Read(read, complaints) => {
                let complaints = words::count(*complaints, N.complaints);
                say(
                    form(*read, S.read_now),
                    &[("n", &words::number(*read as u64)), ("complaints", &complaints)],
                )
            }
            How::NotStarted(why) => say(S.could_not_start, &[("why", why)]),
            How::NothingAdded(why) => say(S.nothing_added, &[("why", why)]),
            How::EndedEarly(why) => say(S.run_ended_early, &[("why", why)]),
            How::Answered => P.answer_taken.to_owned(),
            How::NotOneAnswer => P.answer_one.to_owned(),
            How::NotWritten(why) => say(P.not_written, &[("why", why)]),
            How::Machine(answered, failed) => {
                let first = failed.first().map(|why| {
                    let n = words::number(failed.len() as u64);
                    say(form(failed.len(), M.failed_first), &[("n", &n), ("why", why)])
                });
                sentences(&[words::count(*answered, M.answered), first.unwrap_or_default()])
            }
        };
        sentences(&[came.unwrap_or_default(), how])
    }
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
        /// What the pages say when it is done, with what can be taken back.
        said: &'static str,
    },
    /// Asks a machine about documents or quotes.
    Ask(Machine, Vec<String>),
}

/// What was refused, with its reason.
type Refused = Vec<(String, String)>;

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
                Task::Run => run(&*app.desk, &job, None, Vec::new()),
                Task::Add(inputs) => add(&*app.desk, &inputs, &author, &job),
                Task::Ask(machine, what) => {
                    let how = match app.desk.ask_machine(machine, &what, &author, &*job) {
                        Ok(done) => How::Machine(done.answered, done.failed),
                        Err(error) => How::EndedEarly(error.to_string()),
                    };
                    (Ended::of(how), Vec::new())
                }
                Task::Answer { ask, on, files, said } => {
                    (Ended::of(answer(&app, (&ask, &on), &files, &author, said, &job)), Vec::new())
                }
            };
            let mut state = lock(&job.state);
            state.ended = Some(ended);
            state.refused = refused;
            drop(keep);
        }
    });
    if let Err(error) = spawned {
        lock(&job.state).ended = Some(Ended::of(How::NotStarted(error.to_string())));
    }
    true
}

fn add(desk: &dyn Desk, inputs: &[String], author: &str, job: &Job) -> (Ended, Refused) {
    match desk.add(inputs, author, job) {
        Ok(rows) => {
            let of = |word: &str| rows.iter().filter(|row| row.status == word).count();
            let refused = rows.iter().filter(|row| row.status == "refused").map(why).collect();
            run(desk, job, Some((of("added"), of("known"))), refused)
        }
        Err(error) => (Ended::of(How::NothingAdded(error.to_string())), Vec::new()),
    }
}

/// One file is one answer: which of several the party meant nobody here can tell.
fn answer(app: &App, (ask, on): (&str, &str), files: &[String], author: &str, said: &str, job: &Job) -> How {
    let [file] = files else { return How::NotOneAnswer };
    match app.desk.reply_answer(ask, on, Path::new(file), author, job) {
        Ok(done) => {
            *lock(&app.last) = Some(Last::of(said, done.decision));
            How::Answered
        }
        Err(error) => How::NotWritten(error.to_string()),
    }
}

fn run(desk: &dyn Desk, job: &Job, came: Option<(usize, usize)>, refused: Refused) -> (Ended, Refused) {
    if job.cancelled() {
        return (Ended { came, how: How::Stopped }, refused);
    }
    let how = match desk.run(job) {
        Ok(rows) if job.cancelled() => How::StoppedAfter(rows.iter().map(|row| row.done).sum()),
        Ok(rows) => {
            let complaints = rows.iter().map(|row| row.complaints).max().unwrap_or(0);
            let read = rows.iter().find(|row| row.stage == "read").map_or(0, |row| row.done);
            How::Read(read, complaints)
        }
        Err(error) => How::EndedEarly(error.to_string()),
    };
    (Ended { came, how }, refused)
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
                    p { (ended.words()) " " a href=(ctx.to("sources")) { (L.see_sources) } }
                    @if !state.refused.is_empty() {
                        div class="problem" role="group" aria-labelledby="s-jr" {
                            h3 id="s-jr" { (words::count(state.refused.len(), S.inputs_refused)) }
                            p { (S.inputs_refused_why) }
                            ul class="small" { @for (name, what) in &state.refused {
                                li { span class="complaint" { b { (name) } } ": " (what) }
                            } }
                        }
                    }
                } @else {
                    div class="job" {
                        div {
                            b { (say(S.stage_at, &[("stage", &words::sentence(terms::stage(&state.stage))), ("done", &words::number(state.done as u64)), ("all", &words::number(state.of as u64))])) }
                            " " small class="quiet" { (say(S.so_far, &[("complaints", &words::count(state.complaints, N.complaints))])) " " a href=(ctx.to(ctx.path)) { (L.look_again) } }
                        }
                        form method="post" action=(ctx.to("stop")) { (crate::act::back(ctx)) button class="btn" { (L.stop) } }
                        progress max=(state.of.max(1)) value=(state.done) aria-label=(L.long_work) { (state.done) " / " (state.of) }
                    }
                }
            }
        }
    }
}
