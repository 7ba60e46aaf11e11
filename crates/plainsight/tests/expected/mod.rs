//! Runs the example and compares it with `EXPECTED.json`, expectation by expectation.

#![allow(dead_code, reason = "each test file uses its part")]

mod vary;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

pub use vary::{Swap, core, swapped, without_each};

/// The bundled example.
pub fn example_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/overseas-posts")
}

/// What one run of the demo printed.
pub struct Run {
    /// Lines of `findings --json`.
    pub findings: Vec<Value>,
    /// Lines of `claims --json`.
    pub claims: Vec<Value>,
    /// `doc-` to the file or address as EXPECTED.json names it.
    pub files: BTreeMap<String, String>,
    /// The case, until the run is dropped.
    pub dir: tempfile::TempDir,
}

impl Run {
    /// Makes the demo from an example folder.
    pub fn of(example: &Path) -> Self {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let case = dir.path().join("case");
        let demo = binary()
            .args(["demo", "--no-serve", "--json", "--dir"])
            .arg(&case)
            .arg("--example")
            .arg(example)
            .output()
            .expect("the binary runs");
        assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
        let mut run = Self { findings: Vec::new(), claims: Vec::new(), files: BTreeMap::new(), dir };
        run.findings = lines(&["findings"], &case);
        run.claims = lines(&["claims"], &case);
        run.files = files(&case);
        run
    }

    /// The case's folder.
    pub fn case(&self) -> PathBuf {
        self.dir.path().join("case")
    }
}

/// The binary under test, with a configuration folder that is nobody's.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
    command.env("PLAINSIGHT_AUTHOR", "test reader");
    command
}

/// The JSON lines that a command prints about a case.
pub fn lines(words: &[&str], case: &Path) -> Vec<Value> {
    let out = binary().args(words).arg(case).arg("--json").output().expect("the binary runs");
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a JSON line"))
        .collect()
}

/// Documents by the name that the example's files use: the address for a
/// record of the WARC, the path for a loose file.
fn files(case: &Path) -> BTreeMap<String, String> {
    let case = plainsight_case::Case::open_read_only(case).expect("the case opens");
    let sources = case.sources().expect("sources");
    sources
        .into_iter()
        .map(|s| {
            let uri = s.capture.uri.clone();
            let name = if uri.starts_with("http") { uri } else { format!("inbox/{}", s.capture.source) };
            (s.capture.document, name)
        })
        .collect()
}

/// How the comparison went.
#[derive(Default)]
pub struct Outcome {
    /// Expectations that are met.
    pub met: usize,
    /// What is not met, by name, with what came out.
    pub failed: BTreeMap<String, String>,
    /// What needs a program that is missing.
    pub skipped: Vec<String>,
    /// Which test they belong to: none for `EXPECTED.json`, else `delete` or `swap`.
    pub part: &'static str,
}

impl Outcome {
    fn check(&mut self, what: String, expected: &Value, found: &Value) {
        self.expect(what, expected == found, || format!("expected {expected}, found {found}"));
    }

    fn expect(&mut self, what: String, holds: bool, why: impl FnOnce() -> String) {
        if holds {
            self.met += 1;
        } else {
            self.failed.insert(what, why());
        }
    }
}

/// What `OPEN.toml` lists: name and reason.
pub fn open(folder: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(folder.join("OPEN.toml")).expect("OPEN.toml");
    let mut out = BTreeMap::new();
    let mut what = None;
    for line in text.lines().filter(|l| !l.trim_start().starts_with('#')) {
        let value = |name: &str| {
            let rest = line.trim().strip_prefix(name)?.trim_start().strip_prefix('=')?.trim();
            Some(rest.trim_matches('"').replace("\\\"", "\""))
        };
        if let Some(name) = value("what") {
            what = Some(name);
        }
        if let (Some(reason), Some(name)) = (value("reason"), what.clone()) {
            out.insert(name, reason);
            what = None;
        }
    }
    out
}

/// Compares a run with the `EXPECTED.json` of an example folder.
pub fn compare(run: &Run, example: &Path) -> Outcome {
    let text = std::fs::read_to_string(example.join("EXPECTED.json")).expect("EXPECTED.json");
    let expected: Value = serde_json::from_str(&text).expect("EXPECTED.json is JSON");
    let mut outcome = Outcome::default();
    let missing = missing_programs();
    let posts = match_posts(run, &expected);
    for post in list(&expected["posts"]) {
        compare_post(run, post, &posts, &missing, &mut outcome);
    }
    let extra: Vec<&Value> = run
        .findings
        .iter()
        .filter(|f| !posts.values().any(|p| *p == f["post"]))
        .map(|f| &f["names"])
        .collect();
    outcome.expect("posts: no other".into(), extra.is_empty(), || format!("also found: {extra:?}"));
    for claim in list(&expected["claims"]) {
        compare_claim(run, claim, &posts, &missing, &mut outcome);
    }
    for planned in list(&expected["planned"]) {
        let city = &planned["city"];
        let found = run.findings.iter().any(|f| f["city"] == *city);
        outcome.expect(format!("planned[{}]", word(city)), !found, || "is reported as a post".into());
    }
    for count in list(&expected["counts"]) {
        compare_count(run, count, &mut outcome);
    }
    compare_lookalikes(run, &expected, &mut outcome);
    compare_copies(run, &expected, &mut outcome);
    for error in list(&expected["copying_errors"]) {
        compare_copying_error(run, error, &posts, &mut outcome);
    }
    outcome
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn missing_programs() -> BTreeSet<&'static str> {
    let there = |name: &str| plainsight_case::programs().iter().any(|p| p.what == name && p.ok);
    let mut out = BTreeSet::new();
    if !there("tesseract") {
        out.insert("ocr");
    }
    if !there("pdftotext") {
        out.insert("pdf");
    }
    out
}

fn needs<'v>(value: &'v Value, missing: &BTreeSet<&str>) -> Option<&'v str> {
    list(&value["needs"]).iter().filter_map(Value::as_str).find(|need| missing.contains(need))
}

/// Expected posts to found ones: by telephone, else by city and operator.
fn match_posts(run: &Run, expected: &Value) -> BTreeMap<String, Value> {
    let mut out = BTreeMap::new();
    for post in list(&expected["posts"]) {
        let by_phone = run.findings.iter().find(|f| f["phone"] == post["phone"] && !post["phone"].is_null());
        let by_place = || {
            run.findings
                .iter()
                .find(|f| f["city"] == post["city"] && f["operator_ids"] == post["operator_ids"])
        };
        if let Some(found) = by_phone.or_else(by_place) {
            out.insert(word(&post["key"]).to_owned(), found["post"].clone());
        }
    }
    out
}

fn compare_post(
    run: &Run,
    post: &Value,
    posts: &BTreeMap<String, Value>,
    missing: &BTreeSet<&str>,
    outcome: &mut Outcome,
) {
    let key = word(&post["key"]);
    let name = format!("posts[{key}]");
    if let Some(need) = needs(post, missing) {
        outcome.skipped.push(format!("{name} needs {need}"));
        return;
    }
    let found = posts.get(key).and_then(|id| run.findings.iter().find(|f| f["post"] == *id));
    outcome.expect(name.clone(), found.is_some(), || "no such post is found".into());
    let Some(found) = found else { return };
    for field in [
        "country",
        "country_code",
        "city",
        "city_code",
        "operator",
        "operator_ids",
        "host_body",
        "address",
        "phone",
        "opened",
    ] {
        outcome.check(format!("{name}.{field}"), &post[field], &found[field]);
    }
    outcome.check(format!("{name}.opened_conflicts"), &post["opened_conflicts"], &found["opened_conflicts"]);
    for wanted in list(&post["names"]) {
        let there = list(&found["names"]).contains(wanted);
        outcome
            .expect(format!("{name}.names[{}]", word(&wanted["text"])), there, || found["names"].to_string());
    }
    for wanted in list(&post["services"]) {
        let there = list(&found["services"]).contains(wanted);
        outcome.expect(format!("{name}.services[{}]", word(wanted)), there, || found["services"].to_string());
    }
    for wanted in list(&post["statuses"]) {
        let same = |s: &&Value| s["word"] == wanted["word"] && s["date"] == wanted["date"];
        let there = list(&found["statuses"]).iter().any(|s| same(&s));
        outcome.expect(format!("{name}.statuses[{}]", word(&wanted["word"])), there, || {
            list(&found["statuses"])
                .iter()
                .map(|s| format!("{} {}", s["word"], s["date"]))
                .collect::<Vec<_>>()
                .join(", ")
        });
    }
    let verdicts =
        |row: &Value, name: &str| (row[name].clone(), row["as_of"].clone(), row["outcome"].clone());
    let wanted: Vec<_> = list(&post["verdicts"]).iter().map(|v| verdicts(v, "register")).collect();
    let said: Vec<_> = list(&found["verdicts"]).iter().map(|v| verdicts(v, "name")).collect();
    outcome.expect(format!("{name}.verdicts"), wanted == said, || {
        format!("expected {wanted:?}, found {said:?}")
    });
}

fn compare_claim(
    run: &Run,
    claim: &Value,
    posts: &BTreeMap<String, Value>,
    missing: &BTreeSet<&str>,
    outcome: &mut Outcome,
) {
    let (post, predicate) = (word(&claim["post"]), word(&claim["predicate"]));
    let object = &claim["object"];
    let name = match object.as_str() {
        Some(object) => format!("claims[{post} {predicate} {object}]"),
        None => format!("claims[{post} {predicate}]"),
    };
    if let Some(need) = needs(claim, missing) {
        outcome.skipped.push(format!("{name} needs {need}"));
        return;
    }
    let found = find_claim(run, posts.get(post), predicate, object);
    outcome.expect(name.clone(), found.is_some(), || {
        let there: Vec<&Value> = run
            .claims
            .iter()
            .filter(|c| Some(&c["subject"]) == posts.get(post) && c["predicate"] == predicate)
            .map(|c| &c["object"])
            .collect();
        format!("no such claim; there are {there:?}")
    });
    let Some(found) = found else { return };
    for field in ["grade", "grade_if_read"] {
        if !claim[field].is_null() {
            outcome.expect(format!("{name}.{field}"), claim[field] == found[field], || {
                format!("expected {}, found {}; trace {}", claim[field], found[field], found["trace"])
            });
        }
    }
    let wanted = origins(&claim["origins"], |d| d.to_owned());
    let there = origins(&found["origins"], |d| run.files.get(d).cloned().unwrap_or_else(|| d.to_owned()));
    outcome.expect(format!("{name}.origins"), wanted == there, || {
        format!("expected {wanted:?}, found {there:?}")
    });
    for against in list(&claim["against"]) {
        let relation = &against["relation"];
        let there = list(&found["against"]).iter().any(|a| a["relation"] == *relation)
            || (*relation == "denied"
                && list(&found["evidence"]).iter().any(|e| e["stance"] == "contradicts"));
        outcome.expect(format!("{name}.against[{}]", word(relation)), there, || found["against"].to_string());
    }
}

fn find_claim<'r>(run: &'r Run, post: Option<&Value>, predicate: &str, object: &Value) -> Option<&'r Value> {
    run.claims.iter().find(|c| {
        let about = Some(&c["subject"]) == post && c["predicate"] == predicate;
        let same = object.is_null() || c["object"] == *object || same_body(predicate, object, &c["object"]);
        about && same
    })
}

/// A body may be printed by another of its spellings; its post says the code.
fn same_body(predicate: &str, wanted: &Value, found: &Value) -> bool {
    predicate == "operated_by" && plainsight_text::fold(word(wanted)) == plainsight_text::fold(word(found))
}

/// The counting origins as sets of files with their mode.
fn origins(value: &Value, name: impl Fn(&str) -> String) -> BTreeSet<(BTreeSet<String>, String)> {
    list(value)
        .iter()
        .filter(|o| o["counts"] != false)
        .map(|o| {
            let documents = list(&o["documents"]).iter().map(|d| name(word(d))).collect();
            (documents, word(&o["mode"]).to_owned())
        })
        .collect()
}

fn compare_count(run: &Run, count: &Value, outcome: &mut Outcome) {
    let name = format!("counts[{}]", word(&count["key"]));
    let bare = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let value = count["value"].to_string();
    let same_counter = |c: &Value| same_body("operated_by", &count["counter"], &c["count"]["counter"]);
    let candidates = run.claims.iter().filter(|c| {
        c["predicate"] == "count"
            && c["count"]["unit"] == count["unit"]
            && bare(word(&c["object"])) == value
            && (count["counter"].is_null() || same_counter(c) || !word(&c["count"]["counter"]).is_empty())
    });
    // A counter may be printed in another language; of two claims with one value the nearer one is meant.
    let found = candidates.max_by_key(|c| (c["count"]["as_of"] == count["as_of"], same_counter(c)));
    outcome.expect(name.clone(), found.is_some(), || {
        let there: Vec<String> = run
            .claims
            .iter()
            .filter(|c| c["predicate"] == "count")
            .map(|c| format!("{} {} by {}", c["object"], c["count"]["unit"], c["count"]["counter"]))
            .collect();
        format!("no such count; there are {there:?}")
    });
    let Some(found) = found else { return };
    if !count["as_of"].is_null() {
        outcome.check(format!("{name}.as_of"), &count["as_of"], &found["count"]["as_of"]);
    }
    for against in list(&count["against"]) {
        let relation = &against["relation"];
        let there = list(&found["against"]).iter().any(|a| a["relation"] == *relation)
            || (*relation == "denied" && is_denied(run, found));
        outcome.expect(format!("{name}.against[{}]", word(relation)), there, || found["against"].to_string());
    }
}

/// Whether a sentence speaks against a count that is not itself another count.
fn is_denied(run: &Run, claim: &Value) -> bool {
    let others: BTreeSet<&str> = list(&claim["against"])
        .iter()
        .flat_map(|against| run.claims.iter().filter(move |c| c["claim"] == against["claim"]))
        .flat_map(|other| list(&other["evidence"]))
        .filter(|e| e["stance"] == "supports")
        .map(|e| word(&e["quote"]))
        .collect();
    list(&claim["evidence"])
        .iter()
        .any(|e| e["stance"] == "contradicts" && !others.contains(word(&e["quote"])))
}

/// No document that only looks alike supports a post.
fn compare_lookalikes(run: &Run, expected: &Value, outcome: &mut Outcome) {
    for lookalike in list(&expected["lookalikes"]) {
        let file = word(&lookalike["file"]);
        let used: Vec<&Value> = run
            .findings
            .iter()
            .flat_map(|f| list(&f["evidence"]))
            .filter(|e| {
                e["stance"] == "supports" && run.files.get(word(&e["document"])).is_some_and(|f| f == file)
            })
            .map(|e| &e["text"])
            .collect();
        outcome.expect(format!("lookalikes[{file}]"), used.is_empty(), || {
            format!("is evidence of a post: {used:?}")
        });
    }
}

fn compare_copies(run: &Run, expected: &Value, outcome: &mut Outcome) {
    let case = plainsight_case::Case::open_read_only(&run.case()).expect("the case opens");
    for group in list(&expected["copies"]) {
        let group: Vec<&str> = list(group).iter().map(word).collect();
        let id = |file: &str| run.files.iter().find(|(_, f)| f.as_str() == file).map(|(id, _)| id.clone());
        for file in &group[1..] {
            let linked = id(file).is_some_and(|document| {
                let view = case.document(&document).expect("readable").expect("there");
                view.copies.iter().any(|c| {
                    c.how != "partial"
                        && run.files.get(&c.document).is_some_and(|f| group.contains(&f.as_str()))
                })
            });
            outcome.expect(format!("copies[{file}]"), linked, || "is linked to none of its family".into());
        }
    }
}

fn compare_copying_error(run: &Run, error: &Value, posts: &BTreeMap<String, Value>, outcome: &mut Outcome) {
    let post = word(&error["post"]);
    let name = format!("copying_errors[{post}]");
    let found = find_claim(run, posts.get(post), word(&error["predicate"]), &error["object"]);
    let supports = found.is_some_and(|c| list(&c["origins"]).iter().any(|o| o["counts"] == true));
    outcome.expect(name, !supports, || "the swapped fact stands as a claim with an origin".into());
}
