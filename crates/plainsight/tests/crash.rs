//! The real binary is killed at random moments and loses nothing that it acknowledged;
//! two processes on one case do not meet (rows R1 and R5 of the evidence).
//!
//! Ten runs unless `PLAINSIGHT_CRASHES` says otherwise; `cargo xtask crash` makes 200.
//! `PLAINSIGHT_CRASH_SEED` draws the moments of an earlier run again. All texts are invented.

mod support;

use plainsight_archive::{Archive, ArchiveReader, Resource};
use plainsight_case::Case;
use plainsight_model::{Capture, Digest};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};
use support::{BINARY, Bench, PAGE_NL, PAGE_ZH, copy, kept};

/// More than two batches of `add`, with a received archive between them.
const FILES: usize = 180;

/// A case opens again within this time.
const REOPEN: Duration = Duration::from_secs(5);

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(120);

/// Pseudo-random numbers (SplitMix64), so that a seed gives the same moments.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound.max(1)
    }

    fn moment(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(longest.as_micros() as u64))
    }
}

/// The number in a variable of the environment.
fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} has to be a number, not “{text}”")))
}

/// The number of runs, and the dice with the seed told.
fn runs() -> (u64, Dice) {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let seed = number("PLAINSIGHT_CRASH_SEED").unwrap_or(now.as_nanos() as u64);
    let runs = number("PLAINSIGHT_CRASHES").unwrap_or(10);
    eprintln!("{runs} runs; the same moments again with PLAINSIGHT_CRASH_SEED={seed}");
    (runs, Dice(seed))
}

/// A folder of invented pages and one invented WARC.
fn material(bench: &Bench) -> String {
    for number in 0..FILES {
        let text = format!("Bericht {number} van de verzonnen stad Halvoort. 这是虚构的文字。\n").repeat(20);
        bench.write(&format!("material/{number:03}.txt"), text);
    }
    let mut archive = Archive::create(Path::new(&bench.at("other"))).expect("an archive");
    for number in 0..40 {
        let (bytes, uri) = (format!("Verzonnen pagina {number}"), format!("https://a.example/{number}"));
        let date = "2023-01-02T03:04:05Z";
        let resource = Resource { bytes: bytes.as_bytes(), uri: &uri, media_type: Some("text/plain"), date };
        archive.put(&resource).expect("kept");
    }
    let warc = std::fs::read(bench.at("other/plainsight-00001.warc.gz")).expect("a WARC");
    bench.write("material/090-kept.warc.gz", warc);
    bench.at("material")
}

/// Copies a case, with its folders in which nothing is yet.
fn copy_case(from: &str, to: &str) {
    copy(from, to);
    for folder in ["archive/received", "ledger/bodies"] {
        std::fs::create_dir_all(Path::new(to).join(folder)).expect("a folder");
    }
}

fn start(bench: &Bench, args: &[&str]) -> Child {
    let mut command = bench.command(BINARY);
    command.args(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary starts")
}

/// Waits until the process ends or the time is over; tells whether it is still running.
fn runs_on(child: &mut Child, time: Duration) -> bool {
    let end = Instant::now() + time;
    loop {
        if child.try_wait().expect("its state").is_some() {
            return false;
        }
        match end.checked_duration_since(Instant::now()) {
            None => return true,
            Some(left) => std::thread::sleep(left.min(Duration::from_millis(2))),
        }
    }
}

/// The lines of the chain that are whole: what was acknowledged, and perhaps one step more.
fn lines(case: &str) -> Vec<String> {
    let chain = std::fs::read_to_string(Path::new(case).join("ledger/chain.jsonl")).expect("a chain");
    chain.split_inclusive('\n').filter(|line| line.ends_with('\n')).map(str::to_owned).collect()
}

/// Opens a case after a fall: in time, clean, with every line that was there before,
/// with all payloads that the ledger names, and with nothing to see that it does not name.
#[track_caller]
fn sound(bench: &Bench, case: &str, before: &[String], run: u64) -> Vec<Value> {
    let page = bench.write("page.html", PAGE_NL);
    let begin = Instant::now();
    // It opens the case to write, which repairs it, and adds nothing.
    bench.run(&["add", case, &page, "--dry-run"]).exits(0);
    let took = begin.elapsed();
    assert!(took < REOPEN, "run {run}: opened again after {took:?}");
    let log = bench.run(&["log", case, "--json"]).exits(0).lines();
    assert_eq!(lines(case), before, "run {run}: entries that were on disk");
    assert_eq!(log.len(), before.len(), "run {run}");
    let verified = bench.run(&["verify", case, "--allow-unsigned", "--json"]).exits(0).line();
    assert_eq!(verified["verdict"], "unsigned", "run {run}: {verified}");
    let faults = verified["faults"].as_array().expect("faults");
    let wrong: Vec<_> = faults.iter().filter(|fault| fault["rule"] != "ledger-unnamed").collect();
    assert!(wrong.is_empty(), "run {run}: {wrong:?}");

    let reader = ArchiveReader::new(&Path::new(case).join("archive"));
    let mut named: BTreeMap<String, Digest> = BTreeMap::new();
    for entry in log.iter().filter(|entry| entry["kind"] == "capture") {
        let capture: Capture = serde_json::from_value(entry["body"].clone()).expect("a capture");
        let payload = reader.payload(&capture.place).unwrap_or_else(|why| panic!("run {run}: {why}"));
        assert_eq!(Digest::of(&payload), capture.payload, "run {run}: {}", capture.source);
        named.insert(capture.id.to_string(), capture.payload);
    }
    let received: BTreeSet<&str> = log
        .iter()
        .filter(|entry| entry["kind"] == "import")
        .map(|entry| entry["body"]["source"].as_str().expect("a source"))
        .collect();
    let seen = Case::open_read_only(Path::new(case)).map_err(|why| why.to_string()).expect("opens");
    for source in seen.sources().map_err(|why| why.to_string()).expect("sources") {
        let capture = source.capture;
        let is_named = named.contains_key(&capture.capture) || received.contains(capture.source.as_str());
        assert!(is_named, "run {run}: {} is to be seen and in no entry", capture.source);
        assert!(seen.payload(&capture.document).is_ok_and(|it| it.is_some()), "run {run}: {capture:?}");
    }
    log
}

#[test]
fn add_that_is_killed_loses_nothing_and_is_taken_up_again() {
    let (runs, mut dice) = runs();
    let bench = Bench::new();
    let material = material(&bench);
    let empty = bench.at("empty");
    bench.run(&["new", &empty]).exits(0);
    let (whole, begin) = (bench.at("whole"), Instant::now());
    copy_case(&empty, &whole);
    bench.run(&["add", &whole, &material]).exits(0);
    let longest = begin.elapsed();
    assert_eq!(lines(&whole).len(), FILES + 1, "a line a file, one of them for the WARC");
    let (mut killed, mut between) = (0, 0);
    for run in 0..runs {
        let case = bench.at(&format!("add-{run}"));
        copy_case(&empty, &case);
        let mut child = start(&bench, &["add", &case, &material]);
        // Every other run waits until so many bodies are written, since most of the time is not
        // spent in writing.
        let (entry, mut still) = (dice.below(FILES as u64 + 1), true);
        let body = Path::new(&case).join(format!("ledger/bodies/{entry:06}.json"));
        while still && run % 2 == 1 && entry > 0 && !body.exists() {
            still = runs_on(&mut child, Duration::from_millis(1));
        }
        let moment = if run % 2 == 1 { dice.moment(Duration::from_millis(10)) } else { dice.moment(longest) };
        if still && runs_on(&mut child, moment) {
            child.kill().expect("killed");
            killed += 1;
        }
        child.wait().expect("ended");
        let before = lines(&case);
        between += u64::from(!before.is_empty() && before.len() <= FILES);
        sound(&bench, &case, &before, run);

        bench.run(&["add", &case, &material]).exits(0);
        let after = lines(&case);
        assert!(after.starts_with(&before), "run {run}: the chain only grows");
        let log = sound(&bench, &case, &after, run);
        let mut sources: Vec<&str> =
            log.iter().map(|entry| entry["body"]["source"].as_str().expect("a source")).collect();
        sources.sort_unstable();
        assert_eq!(sources.len(), FILES + 1, "run {run}: each file once");
        sources.dedup();
        assert_eq!(sources.len(), FILES + 1, "run {run}: no file twice");
        std::fs::remove_dir_all(&case).expect("removed");
    }
    eprintln!("{killed} of {runs} were killed while they ran, {between} between two batches");
    assert!(killed > 0 || runs == 0, "no run was killed: the moments come too late");
}

#[test]
fn decisions_that_were_acknowledged_outlive_a_kill() {
    let (runs, mut dice) = runs();
    let bench = Bench::new();
    let template = bench.case("template");
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    let added = bench.run(&["add", &template, &zh, &nl, "--json"]).exits(0).lines();
    let document = added[0]["documents"][0].as_str().expect("a document").to_owned();
    bench.run(&["run", &template]).exits(0);
    let decide = |case: &str, number: u32| {
        let answer = if number.is_multiple_of(2) { "letter=B" } else { "letter=C" };
        let reason = format!("the {number}th look");
        start(&bench, &["decide", case, &document, "--as", answer, "--reason", &reason])
    };
    let (once, begin) = (bench.at("once"), Instant::now());
    copy_case(&template, &once);
    assert!(decide(&once, 0).wait().expect("ended").success());
    let longest = begin.elapsed() * 3;
    for run in 0..runs {
        let case = bench.at(&format!("decide-{run}"));
        copy_case(&template, &case);
        let (end, mut done) = (Instant::now() + dice.moment(longest), 0);
        loop {
            let mut child = decide(&case, done);
            if runs_on(&mut child, end.saturating_duration_since(Instant::now())) {
                child.kill().expect("killed");
                child.wait().expect("ended");
                break;
            }
            assert!(child.wait().expect("ended").success(), "run {run}: decision {done}");
            done += 1;
        }
        let log = sound(&bench, &case, &lines(&case), run);
        let reasons: Vec<&str> = log.iter().filter_map(|entry| entry["body"]["reason"].as_str()).collect();
        let wanted: Vec<String> = (0..done).map(|number| format!("the {number}th look")).collect();
        // The one that was killed may have come through; it is whole then.
        assert!(
            reasons.len() as u32 <= done + 1
                && reasons.starts_with(&wanted.iter().map(String::as_str).collect::<Vec<_>>()),
            "run {run}: {reasons:?}, acknowledged {wanted:?}"
        );
        assert!(decide(&case, done).wait().expect("ended").success(), "run {run}: work goes on");
        std::fs::remove_dir_all(&case).expect("removed");
    }
}

/// The first process waits inside of `add`, at a pipe into which nobody writes.
#[cfg(unix)]
#[test]
fn a_second_process_is_told_and_changes_nothing_and_a_reader_works() {
    let bench = Bench::new();
    let (material, page) = (material(&bench), bench.write("page.html", PAGE_NL));
    let case = bench.at("case");
    bench.run(&["new", &case]).exits(0);
    let pipe = bench.at("pipe");
    let made = bench.command("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo makes a pipe");
    let mut writer = start(&bench, &["add", &case, &material, &pipe]);
    let begin = Instant::now();
    // All but the last batch, which waits for the pipe.
    while lines(&case).len() <= FILES - FILES % 64 {
        assert!(runs_on(&mut writer, Duration::from_millis(20)), "the writer waits");
        assert!(begin.elapsed() < PATIENCE, "the batches come: {}", lines(&case).len());
    }
    // The head of the last batch is written after its lines.
    runs_on(&mut writer, Duration::from_millis(500));
    let before = kept(&case);
    for args in [vec!["add", &case, &page], vec!["run", &case]] {
        let ran = bench.run(&args).exits(1);
        assert!(ran.err.contains("another process is working on"), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{args:?}: {}", ran.out);
    }
    let verified = bench.run(&["verify", &case, "--allow-unsigned", "--json"]).exits(0).line();
    assert_eq!(verified["faults"], serde_json::json!([]), "a reader sees no half of anything");
    assert_eq!(bench.run(&["log", &case, "--json"]).exits(0).lines().len(), lines(&case).len());
    bench.run(&["findings", &case, "--json"]).exits(0);
    assert!(kept(&case) == before, "nothing was written meanwhile");
    writer.kill().expect("killed");
    writer.wait().expect("ended");
    bench.run(&["add", &case, &page]).exits(0);
}
