//! What goes out of a case to other people and comes back: reading sheets with
//! their answers, questions to a party with its reply; and a source that is
//! withdrawn, with everything that rests on it. All material is invented.

mod support;

use serde_json::Value;
use support::{Bench, PAGE_NL, PAGE_ZH, has, occurrences, strings};

/// A party's answer, as it was received.
const ANSWER: &str = "<!doctype html><html lang=en><head><meta charset=utf-8><title>Answer</title></head><body><main>\
<p>This text is invented. To your question of 4 January 2024: the room at the Lindelaan is a library of our members.</p>\
</main></body></html>";

/// A case with a county bureau's page and a paper's report of the same post.
fn case(bench: &Bench) -> String {
    let case = bench.case("case");
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    bench.run(&["add", &case, &zh, &nl]).exits(0);
    bench.run(&["run", &case]).exits(0);
    case
}

fn list(bench: &Bench, case: &str, what: &str) -> Vec<Value> {
    bench.run(&[what, case, "--json"]).exits(0).lines()
}

/// The bytes of what an undo has to give back.
fn bytes(bench: &Bench, case: &str) -> [String; 2] {
    ["findings", "claims"].map(|what| bench.run(&[what, case, "--json"]).exits(0).out)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// The changes of one kind: what, before, after.
fn changes<'v>(decided: &'v Value, what: &str) -> Vec<&'v Value> {
    decided["changed"].as_array().expect("a list").iter().filter(|c| c["what"] == what).collect()
}

#[test]
fn a_sheet_goes_out_and_its_answers_come_back() {
    let bench = Bench::new();
    let case = case(&bench);
    let sheet = bench.at("sheet.html");
    let rows = bench.run(&["to-read", &case, "--lang", "zh", "--out", &sheet, "--json"]).exits(0).lines();
    assert!(rows.len() >= 2, "{rows:#?}");
    for row in &rows {
        has(row, "quote document title date lang start end before text after claims moves");
        assert_eq!(text(row, "lang"), "zh");
        assert!(!row["claims"].as_array().expect("claims").is_empty());
    }
    let page = std::fs::read_to_string(&sheet).expect("the sheet");
    for said in ["<mark>", "yuán xiàn", "Lindelaan", "☐ says so", "plainsight decide CASE --from FILE"] {
        assert!(page.contains(said), "missing: {said}");
    }
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("://"), "it stands alone");

    let before = bytes(&bench, &case);
    let (one, two) = (text(&rows[0], "quote"), text(&rows[1], "quote"));
    // Numbers as somebody copies them off paper: the short one, in capitals, with a slip beside it.
    let sent = format!(
        "# sent by post\nreader: M. Reader\nlanguage: zh\n\n{} yes\n{} no - it is another town\nquo-ffffff yes\n{} perhaps\n",
        &one[..12],
        two.to_uppercase().replace("QUO", "quo"),
        &one[..12]
    );
    let file = bench.write("answers.txt", sent);
    let dry = bench.run(&["decide", &case, "--from", &file, "--dry-run", "--json"]).exits(1);
    assert!(dry.err.contains("2 answers would be taken"), "{}", dry.err);
    assert_eq!(bytes(&bench, &case), before);

    let ran = bench.run(&["decide", &case, "--from", &file, "--json"]).exits(1);
    for said in
        ["line 7: quo-ffffff is no quote of this case", "line 8: “perhaps” is no answer", "2 answers taken"]
    {
        assert!(ran.err.contains(said), "missing: {said}\n{}", ran.err);
    }
    let decided = ran.line();
    assert!(
        changes(&decided, "read_by")
            .iter()
            .any(|c| c["id"] == one && c["after"] == serde_json::json!(["M. Reader"]))
    );
    assert!(changes(&decided, "rejected").iter().any(|c| c["id"] == two && c["after"] == true));
    let log = list(&bench, &case, "log");
    let said = |quote: &str| {
        let about = serde_json::json!([quote]);
        log.iter().map(|entry| &entry["body"]).find(|body| body["about"] == about).expect("an entry")
    };
    assert_eq!((&said(one)["author"], &said(one)["lang"]), (&"M. Reader".into(), &"zh".into()));
    assert_eq!(said(two)["reason"], "- it is another town");
    let left = bench.run(&["to-read", &case, "--lang", "zh", "--json"]).exits(0).lines();
    assert!(left.iter().all(|row| ![one, two].contains(&text(row, "quote"))), "answered quotes wait no more");

    // The same file again adds nothing.
    bench.run(&["decide", &case, "--from", &file]).exits(1);
    assert_eq!(list(&bench, &case, "log").len(), log.len());
    for (name, bytes, why) in
        [("picture.bin", &b"\xff\xfe\x00"[..], "not UTF-8"), ("nowhere.txt", &b""[..], "cannot be read")]
    {
        let file = if bytes.is_empty() { bench.at(name) } else { bench.write(name, bytes) };
        let ran = bench.run(&["decide", &case, "--from", &file]).exits(1);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    bench.run(&["decide", &case, one, "--from", &file]).exits(2);

    // The sheet was kept as it came, and goes with the page that it is about.
    let note = ["it is another town".to_owned(), one[..12].to_owned()];
    assert!(!occurrences(&case, &note).is_empty());
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    bench.run(&["forget", &case, "zh.html", "--reason", "came in by mistake", "--yes"]).exits(0);
    let left = occurrences(&case, &note);
    assert!(left.is_empty(), "left behind: {left:#?}");
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
}

#[test]
fn a_party_is_asked_and_its_answer_stands_beside_what_it_answers() {
    let bench = Bench::new();
    let case = case(&bench);
    let findings = list(&bench, &case, "findings");
    let post = text(&findings[0], "post").to_owned();
    let exists = list(&bench, &case, "claims")
        .iter()
        .find(|c| c["subject"] == post.as_str() && c["predicate"] == "exists")
        .map(|c| text(c, "claim").to_owned())
        .expect("it exists");
    bench.run(&["decide", &case, &exists, "--as", "confirm", "--reason", "the quotes say so"]).exits(0);
    let dossier = |name: &str| {
        let out = bench.at(name);
        bench.run(&["publish", &case, "--out", &out]).exits(0);
        std::fs::read_to_string(format!("{out}/index.html")).expect("a page")
    };
    assert!(dossier("one").contains("Nobody was asked"));

    let before = bytes(&bench, &case);
    let letter = bench.write("letter.txt", "Invented letter: what is the room at the Lindelaan?");
    let ask =
        ["reply", "ask", &case, "the bureau of Qieyuan", "--about", &post, "--on", "2024-01-04", "--until"];
    for (until, why) in [("2024-01-01", "lies before"), ("soon", "is no day")] {
        let ran = bench.run(&[&ask[..], &[until]].concat()).exits(1);
        assert!(ran.err.contains(why), "{}", ran.err);
    }
    let asked = bench.run(&[&ask[..], &["2024-01-18", "--text", &letter, "--json"]].concat()).exits(0).line();
    let decision = text(&asked, "decision").to_owned();
    assert!(changes(&asked, "reply").iter().any(|c| c["id"] == decision.as_str() && c["after"] == "open"));
    assert_eq!(bytes(&bench, &case), before, "a question moves no claim");
    let row = |answers: usize| {
        let rows = bench.run(&["reply", "list", &case, "--json"]).exits(0).lines();
        let [row] = &rows[..] else { panic!("one question: {rows:?}") };
        assert_eq!((text(row, "party"), text(row, "about")), ("the bureau of Qieyuan", post.as_str()));
        assert_eq!(row["answers"].as_array().expect("a list").len(), answers);
        row.clone()
    };
    row(0);
    let page = dossier("two");
    assert!(page.contains("was asked on 4 January 2024 to answer by 18 January 2024"), "{page}");
    assert!(page.contains("No answer was recorded."));
    assert!(!page.contains("Invented letter"), "what was sent is the case’s own");

    let file = bench.write("answer.html", ANSWER);
    let wrong = bench.run(&["reply", "answer", &case, "dec-00", "--on", "2024-01-17", &file]).exits(1);
    assert!(wrong.err.contains("no question that stands"), "{}", wrong.err);
    let answered = bench
        .run(&["reply", "answer", &case, &decision, "--on", "2024-01-17", &file, "--json"])
        .exits(0)
        .line();
    assert!(changes(&answered, "reply").iter().any(|c| c["after"] == "answered"));
    assert!(text(&row(1)["answers"][0], "text").contains("a library of our members"));
    let page = dossier("three");
    assert!(page.contains("Answer of 17 January 2024") && page.contains("a library of our members"));

    // Derived things can go; the question and the answer stand.
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    row(1);
    // The answer can be forgotten, and the question stands without it.
    bench.run(&["forget", &case, "answer.html", "--reason", "asked for", "--yes"]).exits(0);
    // What was sent repeats words of the answer, so it went; that somebody was asked stays, under a new number.
    let again = row(0);
    assert!(!text(&again, "letter").contains("Lindelaan"), "{again}");
    let undone = bench.run(&["decide", &case, "--undo", text(&again, "reply"), "--json"]).exits(0).line();
    assert!(changes(&undone, "reply").iter().any(|c| c["after"].is_null()));
    assert!(bench.run(&["reply", "list", &case, "--json"]).exits(0).out.is_empty());
}

#[test]
fn a_withdrawn_source_marks_all_that_rests_on_it_down_to_the_footnote() {
    let bench = Bench::new();
    let case = case(&bench);
    let findings = list(&bench, &case, "findings");
    let post = text(&findings[0], "post").to_owned();
    let claims = list(&bench, &case, "claims");
    let exists = claims
        .iter()
        .find(|c| c["predicate"] == "exists")
        .map(|c| text(c, "claim").to_owned())
        .expect("it exists");
    bench.run(&["decide", &case, &exists, "--as", "confirm", "--reason", "the quotes say so"]).exits(0);
    for row in bench.run(&["to-read", &case, "--json"]).exits(0).lines() {
        bench.run(&["decide", &case, text(&row, "quote"), "--as", "read", "--reason", "read"]).exits(0);
    }
    let ask = [
        "reply",
        "ask",
        &case,
        "the bureau",
        "--about",
        &post,
        "--on",
        "2024-01-04",
        "--until",
        "2024-01-18",
        "--json",
    ];
    let asked = bench.run(&ask).exits(0).line();

    let before = bytes(&bench, &case);
    let documents = |case: &str| list(&bench, case, "check").len();
    let quotes = documents(&case);
    let withdrawn = bench
        .run(&["withdraw", &case, "zh.html", "--reason", "the publisher took it back", "--json"])
        .exits(0)
        .line();
    let kinds = ["grade", "grade_if_read", "withdrawn", "footnote", "statuses", "reply", "origins"];
    for kind in kinds {
        assert!(!changes(&withdrawn, kind).is_empty(), "{kind} is not in {withdrawn:#}");
    }
    // Every claim and post that rests on it is named, whether its numbers moved or not.
    let rest = |rows: &[Value], id: &str| -> Vec<String> {
        let zh =
            |row: &&Value| row["evidence"].as_array().expect("evidence").iter().any(|e| e["lang"] == "zh");
        rows.iter().filter(zh).map(|row| text(row, id).to_owned()).collect()
    };
    for id in rest(&claims, "claim").into_iter().chain(rest(&findings, "post")) {
        assert!(changes(&withdrawn, "withdrawn_quotes").iter().any(|c| c["id"] == id.as_str()), "{id}");
    }
    assert!(
        changes(&withdrawn, "footnote").iter().all(|c| c["before"] == "stands" && c["after"] == "withdrawn")
    );
    assert_eq!(changes(&withdrawn, "reply")[0]["id"], asked["decision"]);
    let claim =
        |id: &str| list(&bench, &case, "claims").into_iter().find(|c| c["claim"] == id).expect("it stays");
    let now = claim(&exists);
    let marked: Vec<&Value> =
        now["evidence"].as_array().expect("evidence").iter().filter(|e| e["withdrawn"] == true).collect();
    assert!(!marked.is_empty() && marked.iter().all(|e| e["lang"] == "zh"), "{now:#}");
    assert_eq!(list(&bench, &case, "findings").len(), findings.len(), "nothing is deleted");
    assert_eq!(documents(&case), quotes);
    let statuses = list(&bench, &case, "findings")[0]["statuses"].clone();
    assert!(statuses.as_array().expect("statuses").iter().any(|s| s["withdrawn"] == true), "{statuses}");
    let out = bench.at("dossier");
    bench.run(&["publish", &case, "--out", &out]).exits(0);
    let page = std::fs::read_to_string(format!("{out}/index.html")).expect("a page");
    for said in ["Its source was withdrawn.", "The question rests on a source that was withdrawn since."] {
        assert!(page.contains(said), "missing: {said}");
    }
    let only_zh = |c: &&Value| {
        let rows = c["evidence"].as_array().expect("evidence");
        rows.iter().filter(|e| e["stance"] == "supports").all(|e| e["lang"] == "zh")
    };
    for c in claims.iter().filter(only_zh) {
        let now = claim(text(c, "claim"));
        assert_eq!((&now["grade"], &now["grade_if_read"]), (&5.into(), &5.into()), "{}", now["text"]);
    }
    assert!(bench.run(&["to-read", &case, "--lang", "zh", "--json"]).exits(0).out.is_empty());

    let undone =
        bench.run(&["decide", &case, "--undo", text(&withdrawn, "decision"), "--json"]).exits(0).line();
    assert_eq!(bytes(&bench, &case), before, "undo gives back every byte");
    let moved = |decided: &Value| {
        let ids: Vec<Value> =
            decided["changed"].as_array().expect("a list").iter().map(|c| c["id"].clone()).collect();
        strings(&ids.into())
    };
    assert_eq!(moved(&undone), moved(&withdrawn), "the same things move back");
}

/// A PNG with EXIF data that name a place in the open sea.
fn located(png: &[u8]) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    exif.extend(b"\x04\0\x01\0\x02\0\x02\0\0\0S\0\0\0\x02\0\x05\0\x03\0\0\0\x50\0\0\0");
    exif.extend(b"\x03\0\x02\0\x02\0\0\0W\0\0\0\x04\0\x05\0\x03\0\0\0\x68\0\0\0\0\0\0\0");
    for part in [12_u32, 34, 56, 25, 30, 0] {
        exif.extend([part.to_le_bytes(), 1_u32.to_le_bytes()].concat());
    }
    let chunk = [&b"eXIf"[..], &exif].concat();
    let mut sum = flate2::Crc::new();
    sum.update(&chunk);
    let length = u32::try_from(exif.len()).expect("short").to_be_bytes();
    // The header is the first chunk, and 25 bytes long behind the signature.
    [&png[..33], &length, &chunk, &sum.sum().to_be_bytes(), &png[33..]].concat()
}

#[test]
fn a_photo_goes_out_without_its_place_and_stays_as_it_was() {
    let test = "a_photo_goes_out_without_its_place_and_stays_as_it_was";
    if support::program("tesseract").is_none() {
        return support::not_run(test, "tesseract is not installed");
    }
    let example = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/overseas-posts"));
    let plain = std::fs::read(example.join("inbox/poster.png")).expect("the example has a poster");
    let photo = located(&plain);
    let bench = Bench::new();
    let case = bench.case("case");
    let places = example.join("gazetteer.csv").to_string_lossy().into_owned();
    bench.run(&["gazetteer", "add", &case, &places]).exits(0);
    let file = bench.write("poster.png", &photo);
    bench.run(&["add", &case, &file]).exits(1);
    bench.run(&["add", &case, &file, "--public"]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let read = bench.run(&["read", &file, "--json"]).exits(0).line();
    let position = read["metadata"].as_array().expect("metadata").iter().find(|m| m["kind"] == "position");
    let position = position.expect("the photo says where it was taken");
    has(position, "kind value numbers about source rule");
    assert_eq!(position["value"], "12°34′56.0″ S, 25°30′00.0″ W");

    let out = bench.at("evidence.wacz");
    let ran = bench.run(&["export", &case, "--format", "wacz", "--out", &out, "--draft"]).exits(0);
    assert!(ran.err.contains("handed on as a copy"), "{}", ran.err);
    let mut payloads = Vec::new();
    let limits = plainsight_archive::Limits::default();
    plainsight_archive::captures(out.as_ref(), "evidence", &limits, &mut |record| {
        payloads.push(record.payload)
    })
    .expect("the package opens");
    assert_eq!(payloads.len(), 1, "the poster is cited");
    assert!(!support::contains(&payloads[0], b"eXIf") && payloads[0].len() < photo.len());
    assert!(support::contains(&payloads[0], b"IDAT"));
    let archived: Vec<u8> =
        support::kept(&case).into_iter().flat_map(|(_, bytes)| support::unpacked(&bytes)).collect();
    assert!(support::contains(&archived, &photo), "the archive keeps it byte for byte");
}
