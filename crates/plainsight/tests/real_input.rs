//! Real captures and pages, not only the example: nothing aborts, nothing goes
//! unread in silence, everything can be found again, and no post is invented.
//!
//! All web archives and every sixth page, so that the dev profile stays quick;
//! `bench/whole-way.sh` takes all of them, and reads the pictures too.

mod support;

use plainsight_case::Case;
use plainsight_case::views::SearchAsk;
use serde_json::Value;
use std::path::{Path, PathBuf};
use support::{Bench, files, not_run};

/// Peak memory of one `run`.
const MOST_MEMORY_KB: u64 = 1 << 20;

/// A folder of the sets beside the project.
fn set(test: &str, path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("PLAINSIGHT_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let found = root.join(path);
    if found.exists() {
        return Some(found);
    }
    not_run(test, &format!("{path} is missing under PLAINSIGHT_SHARED"));
    None
}

/// Every `step`th page, at most `most`, copied to the bench.
fn pages(bench: &Bench, from: &Path, step: usize, most: usize) -> String {
    let goal = bench.at("pages");
    std::fs::create_dir_all(&goal).expect("a folder");
    for page in files(from).iter().step_by(step).take(most) {
        std::fs::copy(page, Path::new(&goal).join(page.file_name().expect("a name"))).expect("a copy");
    }
    goal
}

#[test]
fn real_captures_and_pages_go_the_whole_way() {
    let test = "real_captures_and_pages_go_the_whole_way";
    let (Some(warc), Some(reading)) = (set(test, "data/warc"), set(test, "data/reading/pages")) else {
        return;
    };
    let bench = Bench::new();
    let case = bench.at("case");
    let pages = pages(&bench, &reading, 6, usize::MAX);
    bench.run(&["new", &case, "--lens", "overseas-posts"]).exits(0);
    let added = bench.run(&["add", &case, &warc.to_string_lossy(), &pages, "--json"]).exits(0);
    for line in added.lines() {
        assert_eq!(line["status"], "added", "{}: {}", line["input"], line["complaints"]);
    }
    let peak = run_and_weigh(&bench, &case);
    assert!(peak < MOST_MEMORY_KB, "{peak} kB at the peak");

    let findings = bench.run(&["findings", &case, "--json"]).exits(0);
    assert_eq!(findings.out, "", "no page of these tells of a post");
    let case = Case::open_read_only(Path::new(&case)).expect("the case opens");
    let titles = silence_is_nowhere(&case);
    titles_are_found(&case, titles);
}

/// Runs the case and gives the most memory that it held, in kB.
fn run_and_weigh(bench: &Bench, case: &str) -> u64 {
    let mut command = bench.command(support::BINARY);
    // Without OCR: the pictures are buttons and logos, and the time goes to another program.
    command.args(["run", case, "--json"]).env("PATH", "").stdout(std::process::Stdio::null());
    let mut child = command.spawn().expect("the binary starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let held = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = held.and_then(|h| h.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        if let Some(ended) = child.try_wait().expect("a child") {
            assert!(ended.success(), "run ended with {ended}");
            return peak;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// A document without text has a complaint, and every complaint has its place.
/// Gives each document with the longest word of its title.
fn silence_is_nowhere(case: &Case) -> Vec<(String, String)> {
    let mut titles = Vec::new();
    let sources = case.sources().expect("sources");
    assert!(sources.len() > 800, "{} sources", sources.len());
    for source in sources {
        let id = &source.capture.document;
        let view = case.document(id).expect("a look").unwrap_or_else(|| panic!("{id} was not read"));
        if view.text.trim().is_empty() {
            assert!(!view.complaints.is_empty(), "{}: no text and no word about it", source.capture.source);
        }
        for complaint in &view.complaints {
            assert!(!complaint.place.is_empty(), "{}: {}", source.capture.source, complaint.what);
        }
        let word = view.title.as_deref().and_then(longest_word);
        titles.extend(word.map(|word| (view.document.clone(), word)));
    }
    titles.sort();
    titles.dedup();
    titles
}

/// The longest word of a title leads to its page.
fn titles_are_found(case: &Case, titles: Vec<(String, String)>) {
    let step = (titles.len() / 200).max(1);
    let mut lost = Vec::new();
    for (document, word) in titles.iter().step_by(step).take(200) {
        let ask = SearchAsk { text: word.clone(), substring: true, limit: 2_000, ..SearchAsk::default() };
        let answer = case.search(&ask).expect("an answer");
        if !answer.hits.iter().any(|hit| hit.document == *document) {
            lost.push(format!("{document} by {word}"));
        }
    }
    assert!(titles.len() >= 200 && lost.is_empty(), "{} titles; not found: {lost:#?}", titles.len());
}

fn longest_word(title: &str) -> Option<String> {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() >= 2);
    words.max_by_key(|word| word.chars().count()).map(str::to_owned)
}

/// The headings of the mission list in ours.
const MAP: &str =
    "sending_state = \"operator\"\nhost_state = \"country\"\nseat = \"city\"\nclass = \"type\"\n";

#[test]
fn a_list_that_is_neither_official_nor_complete_cannot_tell() {
    let test = "a_list_that_is_neither_official_nor_complete_cannot_tell";
    let Some(list) = set(test, "data/case/registers/wikidata-missions-2022-11-16.csv") else { return };
    let bench = Bench::new();
    let mut list = std::fs::read_to_string(list).expect("the list");
    // The invented host state has to stand in it: a post is asked only of its own state's registers.
    list.push_str("\nYunqi,,embassy,,Brennmark,,Lissewold,,Brennmark,,,,,,,\n");
    let (list, map) = (bench.write("missions.csv", list), bench.write("map.toml", MAP));
    let case = bench.case("case");
    let start = std::time::Instant::now();
    let args =
        ["register", "add", &case, &list, "--as-of", "2022-11-16", "--name", "missions", "--map", &map];
    let added = bench.run(&[&args[..], &["--json"]].concat()).exits(0).line();
    assert!(start.elapsed().as_secs() < 10, "it took {:?}", start.elapsed());
    assert!(added["rows"].as_u64() > Some(9_000), "{added}");
    let page = bench.write("page.html", support::PAGE_ZH);
    bench.run(&["add", &case, &page]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let verdicts: Vec<Value> = bench
        .run(&["findings", &case, "--json"])
        .exits(0)
        .lines()
        .iter()
        .flat_map(|finding| finding["verdicts"].as_array().cloned().unwrap_or_default())
        .collect();
    assert!(!verdicts.is_empty());
    for verdict in verdicts {
        assert_eq!((&verdict["name"], &verdict["outcome"]), (&"missions".into(), &"cannot tell".into()));
        assert_eq!(verdict["proof"], Value::Null, "{verdict}");
    }
}

#[test]
fn two_hundred_other_pages_change_no_finding() {
    let test = "two_hundred_other_pages_change_no_finding";
    let Some(reading) = set(test, "data/reading/pages") else { return };
    let bench = Bench::new();
    let demo = demo(&bench);
    let said = |what: &str| bench.run(&[what, &demo, "--json"]).exits(0).out;
    let before = (said("findings"), said("claims"));
    let pages = pages(&bench, &reading, 6, 200);
    assert_eq!(files(Path::new(&pages)).len(), 200);
    bench.run(&["add", &demo, &pages]).exits(0);
    bench.run(&["run", &demo]).exits(0);
    let after = (said("findings"), said("claims"));
    assert!(!before.0.is_empty() && before.0 == after.0, "findings:\n{}\n\n{}", before.0, after.0);
    assert!(before.1 == after.1, "claims:\n{}\n\n{}", before.1, after.1);
}

/// The bundled example as a case on the bench.
fn demo(bench: &Bench) -> String {
    let goal = bench.at("demo");
    bench.run(&["demo", "--no-serve", "--dir", &goal]).exits(0);
    goal
}
