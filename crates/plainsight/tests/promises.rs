//! What a case promises whoever works with it: derived things can be thrown
//! away, decisions live on, changed bytes are named, forgotten is forgotten,
//! undone is as before, a dossier can be checked, one process works at a time.

mod support;

use plainsight_case::{Case, NoProgress, Reading};
use plainsight_model::{Digest, Document, DocumentId, ReadSettings, Span};
use plainsight_read::Source;
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, OnceLock};
use support::{
    BINARY, Bench, PAGE_NL, PAGE_ZH, copy, files, has, kept, not_run, occurrences, program, strings,
};

/// The bundled example with one confirmed claim, made once.
struct Demo {
    dir: String,
    claim: String,
}

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let bench = Bench::shared("promises");
        let dir = bench.at("demo");
        bench.run(&["demo", "--no-serve", "--dir", &dir]).exits(0);
        let claims = bench.run(&["claims", &dir, "--json"]).exits(0).lines();
        let best = |c: &&Value| c["predicate"] == "exists" && c["grade"].as_u64().is_some_and(|g| g <= 2);
        let claim = claims.iter().find(best).expect("a well supported claim")["claim"]
            .as_str()
            .expect("id")
            .to_owned();
        bench.run(&["decide", &dir, &claim, "--as", "confirm", "--reason", "the quotes say so"]).exits(0);
        Demo { dir, claim }
    })
}

/// A copy of the example's case on a bench.
fn copy_of_demo(bench: &Bench) -> String {
    let dir = bench.at("case");
    copy(&demo().dir, &dir);
    dir
}

/// All that a case says, by name: lists, searches, exports, a draft, the catalog's views.
fn said(bench: &Bench, case: &str, round: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for list in ["findings", "claims", "names", "check"] {
        out.push((list.to_owned(), bench.run(&[list, case, "--json"]).exits(0).out));
    }
    let findings = bench.run(&["findings", case, "--json"]).exits(0).lines();
    let mut queries: Vec<String> =
        findings.iter().filter_map(|f| f["city"].as_str().map(str::to_owned)).collect();
    queries.extend(findings.iter().filter_map(|f| f["names"][0]["text"].as_str().map(str::to_owned)));
    queries.dedup();
    for query in queries.iter().chain([&"警".to_owned()]) {
        let answer = bench.run(&["search", case, query, "--json", "--limit", "50"]).exits(0).out;
        out.push((format!("search {query}"), answer));
    }
    let folder = bench.at(&format!("said-{round}"));
    for format in ["csv", "ftm", "geojson"] {
        let to = format!("{folder}/{format}");
        std::fs::create_dir_all(&folder).expect("a folder");
        bench.run(&["export", case, "--format", format, "--out", &to, "--draft"]).exits(0);
    }
    bench.run(&["publish", case, "--out", &format!("{folder}/dossier"), "--draft"]).exits(0);
    for file in files(Path::new(&folder)) {
        let name = file.strip_prefix(&folder).expect("inside").display().to_string();
        out.push((name, String::from_utf8_lossy(&std::fs::read(&file).expect("a file")).into_owned()));
    }
    out.extend(views(case));
    out
}

/// What the views of the catalog read like in the shell.
fn views(case: &str) -> Vec<(String, String)> {
    let Some(shell) = program("sqlite3") else {
        not_run("the views of the catalog", "the program sqlite3 is missing (apt install sqlite3)");
        return Vec::new();
    };
    let ask = |query: &str| -> Vec<Value> {
        let file = format!("{case}/derived/catalog.sqlite");
        let output = std::process::Command::new(&shell)
            .args(["-json", &file, query])
            .output()
            .expect("the shell runs");
        assert!(output.status.success(), "{query}: {}", String::from_utf8_lossy(&output.stderr));
        if output.stdout.is_empty() {
            Vec::new()
        } else {
            serde_json::from_slice(&output.stdout).expect("JSON")
        }
    };
    let names = ask("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name");
    let names: Vec<&str> = names.iter().map(|n| n["name"].as_str().expect("a name")).collect();
    assert!(names.contains(&"posts") && names.contains(&"claims"), "{names:?}");
    names
        .iter()
        .map(|name| {
            let mut rows: Vec<String> =
                ask(&format!("SELECT * FROM {name}")).iter().map(Value::to_string).collect();
            rows.sort();
            (format!("view {name}"), rows.join("\n"))
        })
        .collect()
}

/// Fails with the name of what differs, not with all its bytes.
#[track_caller]
fn assert_same(before: &[(String, String)], after: &[(String, String)]) {
    let names = |all: &[(String, String)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(before), names(after));
    for ((name, old), (_, new)) in before.iter().zip(after) {
        let first = old.lines().zip(new.lines()).find(|(a, b)| a != b);
        assert!(old == new, "{name} differs: {first:?}");
    }
}

#[test]
fn what_was_derived_can_be_thrown_away_and_comes_back_to_the_byte() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let before = said(&bench, &case, "before");
    assert!(before.iter().any(|(name, text)| name.starts_with("dossier/") && text.contains("DRAFT")));
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived is there");
    bench.run(&["run", &case]).exits(0);
    assert_same(&before, &said(&bench, &case, "after"));

    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let decided = claims.iter().find(|c| c["claim"] == demo().claim.as_str()).expect("the claim");
    assert_eq!(decided["decision"]["answer"], "confirm", "a decision made before is still there");
}

#[test]
fn a_second_demo_is_incremental_says_so_and_costs_little() {
    let Some(bash) = program("bash") else { return not_run("the cost of a second demo", "bash is missing") };
    let bench = Bench::new();
    let dir = bench.at("demo");
    let timed = || {
        let script = "TIMEFORMAT='%U %S'; time \"$0\" \"$@\" 2>/dev/null";
        let mut command = bench.command(bash.to_str().expect("a path"));
        command.args(["-c", script, BINARY, "demo", "--no-serve", "--dir", &dir]).stdin(Stdio::null());
        let output = command.output().expect("bash runs");
        assert!(output.status.success());
        let times = String::from_utf8(output.stderr).expect("text");
        let cpu: f64 = times.split_whitespace().map(|n| n.parse::<f64>().expect("seconds")).sum();
        (cpu, String::from_utf8(output.stdout).expect("text"))
    };
    let (first, _) = timed();
    let log = bench.run(&["log", &dir, "--json"]).out;
    let (second, said) = timed();
    let (third, _) = timed();
    assert!(said.contains("unchanged") || said.contains("reused"), "{said}");
    let again = second.min(third);
    assert!(again <= 0.6 * first, "CPU of the first run {first} s, of the second {again} s");
    assert_eq!(bench.run(&["log", &dir, "--json"]).out, log, "running again adds nothing to the ledger");
    bench.nothing_left();
}

/// Reads like the real readers, with a line of its own before every text, so that every offset moves.
fn shifted(source: &Source, settings: &ReadSettings) -> (Document, Vec<plainsight_model::Complaint>) {
    let (mut document, complaints) = plainsight_read::read(source, settings);
    if document.text.is_empty() {
        return (document, complaints);
    }
    // Different in each document, so that no two share a head line.
    let letters =
        Digest::of(source.bytes).hex().chars().filter(char::is_ascii_alphabetic).collect::<String>();
    let line = format!("{letters}\n");
    let by = line.chars().count();
    let moved = |span: &mut Span| *span = Span::new(span.start + by, span.end + by);
    document.text.insert_str(0, &line);
    for block in &mut document.blocks {
        moved(&mut block.span);
        block.cells.iter_mut().for_each(|cell| moved(&mut cell.span));
    }
    document.links.iter_mut().for_each(|link| moved(&mut link.span));
    (document, complaints)
}

#[test]
fn all_decisions_attach_again_after_a_reader_that_moves_every_offset() {
    let bench = Bench::new();
    let dir = copy_of_demo(&bench);
    let marks = |case: &Case| -> Vec<(String, Vec<String>, Option<String>)> {
        let mut out: Vec<_> = case
            .claims()
            .expect("claims")
            .iter()
            .flat_map(|c| {
                let decision = c.decision.as_ref().map(|d| format!("{} {}", c.predicate, d.answer));
                c.evidence
                    .iter()
                    .map(move |e| (e.quote.clone(), e.read_by.clone(), decision.clone()))
                    .collect::<Vec<_>>()
            })
            .collect();
        out.sort();
        out
    };
    let case = Case::open(Path::new(&dir)).map_err(|e| e.to_string()).expect("the case opens");
    let (before, starts) = (marks(&case), first_start(&case));
    assert!(before.iter().any(|(_, read, _)| !read.is_empty()) && before.iter().any(|(_, _, d)| d.is_some()));
    let reading = Reading {
        reader: Arc::new(shifted),
        version: "a reader that moves every offset".into(),
        settings: ReadSettings::default(),
    };
    let mut case = case.with_reading(reading);
    let stages = case.run(&NoProgress).expect("the run");
    assert!(
        stages.iter().any(|s| s.stage == "read" && s.reused == 0 && s.done > 0),
        "everything was read anew"
    );
    assert!(first_start(&case) > starts, "the offsets did move");
    assert_eq!(marks(&case), before, "read marks and the confirmation stand where they stood");
    let waiting: Vec<String> =
        case.waiting().expect("waiting").into_iter().map(|d| format!("{d:?}")).collect();
    assert!(waiting.is_empty(), "decisions wait: {waiting:?}");
}

/// The smallest offset of any quote.
fn first_start(case: &Case) -> usize {
    case.claims().expect("claims").iter().flat_map(|c| &c.evidence).map(|e| e.start).min().expect("evidence")
}

#[test]
fn verify_names_the_record_of_a_changed_byte() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let sound = bench.run(&["verify", &case]).exits(1).line();
    assert_eq!(
        (&sound["verdict"], sound["faults"].as_array().map(Vec::len)),
        (&Value::from("unsigned"), Some(0))
    );
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    for file in
        files(&Path::new(&case).join("archive")).iter().filter(|f| f.extension().is_some_and(|e| e == "gz"))
    {
        let whole = std::fs::read(file).expect("an archive file");
        let places =
            bench.run(&["warc", "ls", file.to_str().expect("a path"), "--no-digests"]).exits(0).lines();
        for tenth in [2, 5, 8] {
            let mut bytes = whole.clone();
            bytes[whole.len() * tenth / 10] ^= 0x10;
            std::fs::write(file, &bytes).expect("written");
            let line = bench.run(&["verify", &case, "--allow-unsigned"]).exits(1).line();
            assert!(
                ["invalid", "incomplete"].contains(&line["verdict"].as_str().expect("a verdict")),
                "{line}"
            );
            let faults = line["faults"].as_array().expect("faults");
            faults.iter().for_each(|fault| has(fault, "where record rule what consequence"));
            assert!(faults.iter().any(|f| names_the_record(f, whole.len() * tenth / 10, &places)), "{line}");
        }
        std::fs::write(file, &whole).expect("written");
    }
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);

    let ledger = format!("{case}/ledger/chain.jsonl");
    let chain = std::fs::read_to_string(&ledger).expect("the ledger");
    std::fs::write(&ledger, chain.replacen("tester", "tesfer", 1)).expect("written");
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(1);
}

/// By its id, or, where the damage hides the id, by the byte at which it begins.
fn names_the_record(fault: &Value, changed: usize, places: &[Value]) -> bool {
    let record = places.iter().rfind(|p| p["offset"].as_u64().is_some_and(|o| o as usize <= changed));
    let record = record.expect("a record");
    let place = fault["where"].as_str().expect("a place");
    fault["record"] == record["id"] || place.ends_with(&format!(", byte {}", record["offset"]))
}

/// In the name, the title, the author, the text, an address on the web, in Han, a number, and a decision's reason.
const MARKERS: [&str; 8] = [
    "Wispelgroef",
    "Karmozijnpad",
    "Ludwina Osterweyk",
    "dronkelmans",
    "quafferling.example",
    "獬豸鸑鷟鵷鶵",
    "+99120777431",
    "zwijmelkast",
];

fn marked_page() -> String {
    format!(
        "<!doctype html><html lang=nl><head><meta charset=utf-8><title>Post aan het {}</title>\
         <meta name=author content=\"{}\"></head><body><article><h1>Post aan het {}</h1>\
         <p>Verzonnen. Het {} bureau voor openbare veiligheid van Qieyuan opende op 3 mei 2019 een overzees \
         politieservicestation in Halvoort, aan het {} 9, telefoon {}.</p><p>Zie https://{}/post en {}.</p></article></body></html>",
        MARKERS[1], MARKERS[2], MARKERS[1], MARKERS[3], MARKERS[1], MARKERS[6], MARKERS[4], MARKERS[5]
    )
}

/// RFC 4648 base32, upper case, without padding: how archives write digests.
fn base32(hex: &str) -> String {
    let bits: String = hex.chars().map(|c| format!("{:04b}", c.to_digit(16).expect("hex"))).collect();
    let five = |chunk: &[u8]| {
        let text = std::str::from_utf8(chunk).expect("digits");
        let value = usize::from_str_radix(&format!("{text:0<5}"), 2).expect("bits");
        char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[value])
    };
    bits.as_bytes().chunks(5).map(five).collect()
}

/// What may not be found any more: the markers, their digests, the digests of the bytes.
fn needles(payloads: &[&[u8]]) -> Vec<String> {
    let mut out: Vec<String> = MARKERS.iter().map(|m| (*m).to_owned()).collect();
    out.push(MARKERS[6].trim_start_matches('+').to_owned());
    out.push(MARKERS[0].to_lowercase());
    for bytes in MARKERS.iter().map(|m| m.as_bytes()).chain(payloads.iter().copied()) {
        let hex = Digest::of(bytes).hex();
        out.extend([hex[..32].to_owned(), hex.to_uppercase(), base32(&hex), base32(&hex).to_lowercase()]);
    }
    out
}

#[test]
fn forgotten_is_forgotten_in_every_file_and_the_case_stays_sound() {
    let bench = Bench::new();
    let case = bench.case("case");
    let page = marked_page();
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    let marked = bench.write(&format!("inbox/{}.html", MARKERS[0]), &page);
    bench.run(&["add", &case, &zh, &nl]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let before = lists(&bench, &case);
    let documents = strings(&bench.run(&["add", &case, &marked, "--json"]).exits(0).line()["documents"]);
    bench.run(&["run", &case]).exits(0);
    let hits = bench.run(&["search", &case, MARKERS[3], "--json"]).exits(0).lines();
    assert_eq!(hits.len(), 1, "the marker was there to be found");
    decide_about(&bench, &case, &documents[0]);
    let found = occurrences(&case, &needles(&[page.as_bytes()]));
    assert!(found.len() > MARKERS.len(), "the search of this test finds what is there: {found:?}");

    let refused = bench.run(&["forget", &case, &documents[0], "--reason", "came in by mistake"]).exits(2);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    assert_eq!(occurrences(&case, &needles(&[page.as_bytes()])).len(), found.len(), "nothing went yet");

    let args = ["forget", &case, &documents[0], "--reason", "came in by mistake", "--yes", "--json"];
    let forgotten = bench.run(&args).exits(0).line();
    has(&forgotten, "decision changed");
    let left = occurrences(&case, &needles(&[page.as_bytes()]));
    assert!(left.is_empty(), "left behind: {left:#?}");
    let verified = bench.run(&["verify", &case, "--allow-unsigned"]).exits(0).line();
    assert_eq!(verified["verdict"], "unsigned");
    let log = bench.run(&["log", &case, "--json"]).exits(0).lines();
    assert!(log.iter().any(|e| e["body"].is_null()) && log.iter().any(|e| e["kind"] == "forget"));
    assert_eq!(lists(&bench, &case), before, "what rests on other documents is as it was before");
    assert!(bench.run(&["search", &case, MARKERS[3], "--json"]).exits(0).out.is_empty());
    bench.run(&["forget", &case, &documents[0], "--reason", "again", "--yes"]).exits(1);
}

fn lists(bench: &Bench, case: &str) -> (String, String) {
    let list = |what: &str| bench.run(&[what, case, "--json"]).exits(0).out;
    (list("findings"), list("claims"))
}

/// Decisions of each sort about a document; those that rest on other documents too are taken back again.
fn decide_about(bench: &Bench, case: &str, document: &str) {
    let decide = |id: &str, answer: &str, reason: &str| {
        let ran = bench.run(&["decide", case, id, "--as", answer, "--reason", reason, "--json"]).exits(0);
        ran.line()["decision"].as_str().expect("an id").to_owned()
    };
    let claims = bench.run(&["claims", case, "--json"]).exits(0).lines();
    let rests =
        |c: &&Value| c["evidence"].as_array().expect("evidence").iter().any(|e| e["document"] == document);
    let quotes =
        claims.iter().filter(rests).flat_map(|c| c["evidence"].as_array().expect("evidence").clone());
    let quote = quotes
        .filter(|e| e["document"] == document)
        .map(|e| e["quote"].as_str().expect("id").to_owned())
        .next();
    decide(&quote.expect("a quote of the document"), "read", MARKERS[7]);
    decide(document, "letter=B", MARKERS[7]);
    let mut undone = 0;
    for claim in claims.iter().filter(rests) {
        let others =
            claim["evidence"].as_array().expect("evidence").iter().any(|e| e["document"] != document);
        let decision = decide(
            claim["claim"].as_str().expect("id"),
            "confirm",
            if others { "it holds" } else { MARKERS[7] },
        );
        if others {
            bench.run(&["decide", case, "--undo", &decision, "--reason", "too early"]).exits(0);
            undone += 1;
        }
    }
    assert!(undone > 0, "some claim rests on several documents");
    let ran = bench.run(&["withdraw", case, document, "--reason", MARKERS[7]]);
    ran.exits(0);
}

#[test]
fn reasons_that_tell_what_was_forgotten_go_and_their_decisions_stand() {
    let bench = Bench::new();
    let case = bench.case("case");
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    // The same post as in the others, so that claims rest on all three.
    let page = marked_page().replace("+99120777431", "+99120555143");
    let marked = bench.write(&format!("inbox/{}.html", MARKERS[0]), &page);
    bench.run(&["add", &case, &zh, &nl, &marked]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let document = |file: &str| {
        strings(&bench.run(&["add", &case, file, "--json"]).exits(0).line()["documents"])[0].clone()
    };
    let (marked, staying) = (document(&marked), document(&nl));
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let documents = |c: &Value| -> Vec<String> {
        c["evidence"]
            .as_array()
            .expect("evidence")
            .iter()
            .filter(|e| e["stance"] == "supports")
            .map(|e| e["document"].as_str().expect("id").to_owned())
            .collect()
    };
    let shared = claims.iter().find(|c| documents(c).contains(&marked) && documents(c).contains(&staying));
    let shared = shared.expect("a claim that rests on both");
    let shared = shared["claim"].as_str().expect("id").to_owned();
    let quote_of = |document: &str| {
        let evidence = claims.iter().flat_map(|c| c["evidence"].as_array().expect("evidence"));
        evidence.clone().find(|e| e["document"] == document).expect("a quote")["quote"]
            .as_str()
            .expect("id")
            .to_owned()
    };
    let quote = quote_of(&staying);
    let decide = |args: &[&str]| {
        let ran = bench.run(&[&["decide", &case, "--json"], args].concat()).exits(0);
        ran.line()["decision"].as_str().expect("an id").to_owned()
    };
    decide(&[&shared, "--as", "confirm", "--reason", &format!("{} says so too", MARKERS[7])]);
    decide(&[&quote, "--as", "read", "--reason", &format!("see also {} 9, 在{}", MARKERS[1], MARKERS[5])]);
    decide(&[&staying, "--as", "letter=B", "--reason", "the paper saw the door"]);
    // The same reader thought better of it: the order of both counts.
    let other = quote_of(&document(&zh));
    decide(&[&other, "--as", "read", "--reason", &format!("like {}", MARKERS[1])]);
    decide(&[&other, "--as", "reject", "--reason", "it does not say so after all"]);
    let rejected = decide(&[&quote, "--as", "disputed", "--reason", "a slip"]);
    let undo = decide(&["--undo", &rejected, "--reason", &format!("because of {}", MARKERS[0])]);
    assert!(undo.starts_with("dec-"));
    let secret: Vec<String> = [0, 1, 5, 7].map(|n| MARKERS[n].to_owned()).to_vec();
    assert!(
        !occurrences(&format!("{case}/ledger"), &secret).is_empty(),
        "the reasons were there to be found"
    );

    bench.run(&["forget", &case, &marked, "--reason", "came in by mistake", "--yes"]).exits(0);
    assert_eq!(occurrences(&case, &secret), Vec::<String>::new());
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let confirmed: Vec<&Value> = claims.iter().filter(|c| c["decision"]["answer"] == "confirm").collect();
    assert_eq!(confirmed.len(), 1, "the confirmation stands on what stays");
    assert!(confirmed[0]["decision"]["reason"].as_str().is_some_and(|r| r.contains("forgotten")));
    let evidence = |id: &str| {
        let all = claims.iter().flat_map(|c| c["evidence"].as_array().expect("evidence"));
        all.clone().find(|e| e["quote"] == id).expect("the quote").clone()
    };
    assert_eq!(strings(&evidence(&quote)["read_by"]), ["tester"], "the read mark stands");
    assert_eq!(evidence(&other)["rejected"], true, "what was said again stands where it stood");
    let log = bench.run(&["log", &case, "--json"]).exits(0).out;
    assert!(log.contains("the paper saw the door"), "a reason that tells nothing stays");
    let marks = claims.iter().flat_map(|c| c["origins"].as_array().expect("origins"));
    assert!(
        marks.clone().all(|o| !strings(&o["marks"]).contains(&"disputed".to_owned())),
        "what was taken back stays so"
    );
}

#[test]
fn a_record_of_a_web_archive_can_be_forgotten_and_the_others_stay() {
    let bench = Bench::new();
    let case = bench.case("case");
    let page = marked_page();
    let mut warc = Vec::new();
    let address = format!("https://{}/post", MARKERS[4]);
    for (number, (uri, body)) in
        [(address.as_str(), page.as_str()), ("https://paper.example/nl", PAGE_NL)].iter().enumerate()
    {
        let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:10000000-0000-4000-8000-00000000000{number}>\r\n\
             WARC-Date: 2023-04-01T10:00:00Z\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http;msgtype=response\r\n\
             WARC-Payload-Digest: sha256:{}\r\nContent-Length: {}\r\n\r\n",
            base32(&Digest::of(body.as_bytes()).hex()),
            http.len()
        );
        warc.extend(support::gzip(format!("{head}{http}\r\n\r\n").as_bytes()));
    }
    let file = bench.write("crawl.warc.gz", &warc);
    bench.run(&["add", &case, &file]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let document = DocumentId::of_payload(page.as_bytes()).to_string();
    assert!(!occurrences(&case, &needles(&[page.as_bytes()])).is_empty());
    bench.run(&["forget", &case, &document, "--reason", "a private page", "--yes"]).exits(0);
    let left = occurrences(&case, &needles(&[page.as_bytes(), &warc]));
    assert!(left.is_empty(), "left behind: {left:#?}");
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    let hits = bench.run(&["search", &case, "Halvoort", "--json"]).exits(0).lines();
    assert_eq!(hits.len(), 1, "the other record is still read");
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    assert_eq!(bench.run(&["search", &case, "Halvoort", "--json"]).exits(0).lines(), hits);
    bench.run(&["check", &case]).exits(0);
}

#[test]
fn a_whole_web_archive_can_be_forgotten_with_its_name() {
    let bench = Bench::new();
    let case = bench.case("case");
    let page = marked_page();
    let http = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    let head = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:20000000-0000-4000-8000-000000000000>\r\n\
         WARC-Date: 2023-04-01T10:00:00Z\r\nWARC-Target-URI: https://{}/\r\nContent-Type: application/http;msgtype=response\r\n\
         Content-Length: {}\r\n\r\n",
        MARKERS[4],
        http.len()
    );
    let name = format!("{}.warc", MARKERS[0]);
    let warc = format!("{head}{http}\r\n\r\n");
    let file = bench.write(&name, &warc);
    bench.run(&["add", &case, &file]).exits(0);
    bench.run(&["run", &case]).exits(0);
    bench.run(&["forget", &case, &name, "--reason", "came in by mistake", "--yes"]).exits(0);
    let left = occurrences(&case, &needles(&[page.as_bytes(), warc.as_bytes()]));
    assert!(left.is_empty(), "left behind: {left:#?}");
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    bench.run(&["run", &case]).exits(0);
    assert!(bench.run(&["findings", &case, "--json"]).exits(0).out.is_empty());
}

#[test]
fn what_is_undone_is_as_before_to_the_byte() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let before = lists(&bench, &case);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let source = claims.iter().find(|c| c["claim"] == demo().claim.as_str()).expect("the claim")["evidence"]
        [0]["document"]
        .as_str()
        .expect("a document")
        .to_owned();
    let alone = |c: &&Value| c["decision"].is_null() && !claims.iter().any(|o| shares(c, o));
    let other = claims.iter().find(alone).expect("an undecided claim");
    let (other, quote) =
        (other["claim"].as_str().expect("id"), other["evidence"][0]["quote"].as_str().expect("id"));
    for args in [
        vec!["withdraw", &case, &source, "--reason", "the publisher took it back", "--json"],
        vec!["decide", &case, other, "--as", "confirm", "--reason", "it holds", "--json"],
        vec!["decide", &case, quote, "--as", "reject", "--reason", "does not say so", "--json"],
        vec!["decide", &case, other, "--as", "grade=3", "--reason", "my own view", "--json"],
        vec!["decide", &case, &source, "--as", "letter=E", "--reason", "known to invent", "--json"],
    ] {
        let decided = bench.run(&args).exits(0).line();
        let decision = decided["decision"].as_str().expect("an id").to_owned();
        assert_ne!(lists(&bench, &case), before, "{args:?} moved nothing");
        bench.run(&["decide", &case, "--undo", &decision, "--reason", "a slip"]).exits(0);
        assert!(lists(&bench, &case) == before, "{args:?} was not wholly undone");
    }
    let log = bench.run(&["log", &case, "--json"]).exits(0).lines();
    assert!(log.len() >= 10 && log.iter().all(|e| e["body"].is_object()), "the ledger keeps both");
}

/// Two claims of one predicate and object that rest on one sentence.
fn shares(a: &Value, b: &Value) -> bool {
    let quotes = |c: &Value| -> Vec<String> {
        c["evidence"].as_array().expect("evidence").iter().map(|e| e["quote"].to_string()).collect()
    };
    let same = a["predicate"] == b["predicate"] && a["object"] == b["object"];
    same && a["claim"] != b["claim"] && quotes(a).iter().any(|q| quotes(b).contains(q))
}

#[test]
fn every_claim_can_be_confirmed() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let shared = claims.iter().filter(|c| claims.iter().any(|o| shares(c, o)));
    for id in shared.map(|c| c["claim"].as_str().expect("an id")) {
        bench.run(&["decide", &case, id, "--as", "confirm", "--reason", "it holds"]).exits(0);
        let after = bench.run(&["claims", &case, "--json"]).exits(0).lines();
        let claim = after.iter().find(|c| c["claim"] == id).expect("the claim");
        assert_eq!(claim["decision"]["answer"], "confirm", "{id}: {}", claim["text"]);
    }
}

#[test]
fn only_what_was_confirmed_is_published_and_anyone_can_check_it() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let (one, two) = (bench.at("dossier"), bench.at("dossier-again"));
    let log = || bench.run(&["log", &case, "--json"]).exits(0).lines().len();
    let entries = log();
    bench.run(&["publish", &case, "--out", &one]).exits(0);
    assert_eq!(log(), entries + 1);
    bench.run(&["publish", &case, "--out", &two]).exits(0);
    bench.run(&["publish", &case, "--out", &one]).exits(0);
    assert_eq!(log(), entries + 1, "the same content again adds no entry");
    let bytes = |folder: &str| -> Vec<(String, Vec<u8>)> {
        let name = |p: &Path| p.strip_prefix(folder).expect("inside").display().to_string();
        files(Path::new(folder)).iter().map(|p| (name(p), std::fs::read(p).expect("a file"))).collect()
    };
    assert!(bytes(&one) == bytes(&two), "twice the same bytes");
    let verified = bench.run(&["verify", &one, "--allow-unsigned"]).exits(0).line();
    assert_eq!(verified["verdict"], "unsigned");
    bench.run(&["verify", &one]).exits(1);
    for file in files(Path::new(&one)) {
        let whole = std::fs::read(&file).expect("a file");
        let mut changed = whole.clone();
        *changed.last_mut().expect("no file of a dossier is empty") ^= 1;
        std::fs::write(&file, &changed).expect("written");
        bench.run(&["verify", &one, "--allow-unsigned"]).exits(1);
        std::fs::write(&file, &whole).expect("written");
    }
    // A folder that is no dossier is left alone.
    let taken = bench.write("taken/notes.txt", "mine");
    bench.run(&["publish", &case, "--out", &bench.at("taken")]).exits(1);
    assert_eq!(std::fs::read_to_string(taken).expect("still there"), "mine");

    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let confirmed = claims.iter().find(|c| c["claim"] == demo().claim.as_str()).expect("the claim");
    let decision = confirmed["decision"]["decision"].as_str().expect("an id");
    bench.run(&["decide", &case, "--undo", decision, "--reason", "not yet"]).exits(0);
    let nothing = bench.run(&["publish", &case, "--out", &bench.at("nothing")]).exits(1);
    assert!(nothing.err.contains("confirmed"), "{}", nothing.err);
    assert!(!Path::new(&bench.at("nothing")).exists());
    let draft = bench.at("draft");
    bench.run(&["publish", &case, "--out", &draft, "--draft"]).exits(0);
    for file in files(Path::new(&draft)).iter().filter(|f| f.extension().is_some_and(|e| e == "html")) {
        assert!(std::fs::read_to_string(file).expect("a page").contains("DRAFT"), "{file:?}");
    }
    bench.run(&["verify", &draft, "--allow-unsigned"]).exits(0);

    // With a key the same dossier is signed and valid; a draft never is.
    bench.run(&["id", "new"]).exits(0);
    bench.run(&["decide", &case, &demo().claim, "--as", "confirm", "--reason", "now"]).exits(0);
    let entries = log();
    bench.run(&["publish", &case, "--out", &one]).exits(0);
    bench.run(&["publish", &case, "--out", &two]).exits(0);
    assert_eq!(log(), entries + 1, "the same content under the same key adds no entry");
    assert!(bytes(&one) == bytes(&two), "twice the same bytes");
    assert_eq!(bench.run(&["verify", &one]).exits(0).line()["verdict"], "valid");
    // So is the package of what it cites: the same person's other key, named in the ledger.
    let (package, again) = (bench.at("e.wacz"), bench.at("f.wacz"));
    let wacz = |out: &str, more: &[&str]| {
        bench.run(&[&["export", &case, "--format", "wacz", "--out", out, "--json"], more].concat())
    };
    let entries = log();
    wacz(&package, &["--dry-run"]).exits(0);
    assert_eq!(log(), entries);
    let sha256 = wacz(&package, &[]).exits(0).line()["sha256"].clone();
    assert_eq!(wacz(&again, &[]).exits(0).line()["sha256"], sha256);
    assert_eq!(log(), entries + 1, "the same package again adds no entry");
    let mine = bench.write("mine.txt", bench.run(&["id", "show"]).exits(0).out);
    bench.run(&["verify", &package, "--key", &mine]).exits(0);
    let own = bench.run(&["id", "show", "--json"]).exits(0).line();
    let last = bench.run(&["log", &case, "--json"]).exits(0).lines().pop().expect("an entry");
    let named = [&last["body"]["package"], &last["body"]["signed_by"], &last["body"]["package_key"]];
    assert_eq!(named, [&sha256, &own["key"], &own["package_key"]]);
    let stranger = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    for (file, verdict) in
        [(stranger.to_owned(), "not checked"), (format!("{stranger}\npackage key: AAAA\n"), "unsigned")]
    {
        let key = bench.write("theirs.txt", file);
        assert_eq!(bench.run(&["verify", &package, "--key", &key]).exits(1).line()["verdict"], verdict);
    }
    wacz(&again, &["--draft"]).exits(0);
    assert_eq!(bench.run(&["verify", &again, "--allow-unsigned"]).exits(0).line()["verdict"], "unsigned");
    assert_eq!(bench.run(&["verify", &case]).exits(0).line()["verdict"], "valid");
    bench.run(&["publish", &case, "--out", &draft, "--draft"]).exits(0);
    assert_eq!(bench.run(&["verify", &draft]).exits(1).line()["verdict"], "unsigned");
}

#[test]
fn one_process_works_on_a_case_and_others_may_look() {
    let bench = Bench::new();
    let case = copy_of_demo(&bench);
    let page = bench.write("page.html", PAGE_NL);
    let before = kept(&case);
    let held = Case::open(Path::new(&case)).map_err(|e| e.to_string()).expect("the case opens");
    for args in [
        vec!["add", &case, &page],
        vec!["run", &case],
        vec!["withdraw", &case, "page.html", "--reason", "r"],
        vec!["demo", "--no-serve", "--dir", &case],
    ] {
        let ran = bench.run(&args).exits(1);
        assert!(ran.err.contains("another process is working on"), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty());
    }
    assert!(!bench.run(&["findings", &case, "--json"]).exits(0).out.is_empty());
    assert!(!bench.run(&["search", &case, "警", "--substring", "--json"]).exits(0).out.is_empty());
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    assert!(kept(&case) == before, "nothing was written meanwhile");
    drop(held);
    bench.run(&["add", &case, &page]).exits(0);
}

#[test]
fn the_counts_of_the_first_page_are_those_of_the_lists() {
    let bench = Bench::new();
    let dir = copy_of_demo(&bench);
    let case = Case::open_read_only(Path::new(&dir)).map_err(|e| e.to_string()).expect("the case opens");
    let counts = case.overview().expect("counts");
    let (claims, posts) = (case.claims().expect("claims"), case.findings().expect("posts"));
    let sources = case.sources().expect("sources");
    assert_eq!((counts.claims, counts.posts, counts.captures), (claims.len(), posts.len(), sources.len()));
    assert_eq!(counts.open_claims, claims.iter().filter(|c| c.decision.is_none()).count());
    let read: std::collections::BTreeSet<&str> = sources
        .iter()
        .filter(|s| s.state != "not read" && s.state != "waiting")
        .map(|s| s.capture.document.as_str())
        .collect();
    assert_eq!(counts.read, read.len());
    assert_eq!(counts.languages.iter().map(|(_, n)| n).sum::<usize>(), read.len());
    let states: std::collections::BTreeSet<&str> =
        posts.iter().filter_map(|p| p.country.as_deref()).collect();
    assert_eq!(counts.countries, states.len());
    let unread: std::collections::BTreeSet<&str> = claims
        .iter()
        .flat_map(|c| &c.evidence)
        .filter(|e| e.read_by.is_empty() && !e.rejected && e.origin.is_some() && e.stance != "mentions")
        .map(|e| e.quote.as_str())
        .collect();
    assert_eq!(counts.unread_quotes, unread.len());
    let said: usize = case.complaints().expect("complaints").iter().map(|g| g.items.len()).sum();
    assert_eq!(counts.complaints, said);
    for (word, count) in &counts.verdicts {
        assert_eq!(posts.iter().filter(|p| p.verdicts.iter().any(|v| v.outcome == *word)).count(), *count);
    }
}
