//! The contract of COMMANDS.md, command by command: named keys, exit codes, what is written and what is not.

mod support;

use serde_json::{Value, json};
use support::{Bench, PAGE_NL, PAGE_ZH, REGISTER, contains, files, has, kept, slice, small_case, strings};

/// Feeds JSON lines to a filter and gives back its lines.
#[track_caller]
fn filter(args: &[&str], lines: &[Value]) -> Vec<Value> {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    Bench::new().feed(args, input.as_bytes()).exits(0).lines()
}

#[test]
fn read_gives_every_key_and_offsets_in_code_points() {
    let bench = Bench::new();
    let page = bench.write("halvoort-1.html", PAGE_ZH);
    let line = bench.run(&["read", &page]).exits(0).line();
    has(
        &line,
        "id path capture url text title date date_rule author lang script encoding encoding_rule reader blocks complaints",
    );
    assert_eq!(line["id"], "halvoort-1");
    assert_eq!((&line["lang"], &line["script"]), (&json!("zh"), &json!("Hans")));
    assert_eq!(line["title"], "箧垣县公安局海外警侨服务站情况");
    let text = line["text"].as_str().expect("a text");
    for block in line["blocks"].as_array().expect("blocks") {
        has(block, "kind start end path speaker");
        let cut = slice(text, &block["start"], &block["end"]);
        assert!(!cut.is_empty() && !cut.contains('\n'), "a block is one line of the text: {cut:?}");
    }
}

#[test]
fn read_takes_paths_and_objects_from_stdin_and_goes_on_after_a_bad_one() {
    let bench = Bench::new();
    let page = bench.write("a.html.gz", support::gzip(PAGE_NL.as_bytes()));
    let object = json!({"id": 7, "path": page, "url": "https://paper.example/a", "colour": "ignored"});
    let input = format!("{page}\n{object}\n{{\"id\":\"x\"}}\n/nowhere/b.html\n{page}\n");
    let lines = bench.feed(&["read", "-"], input.as_bytes()).exits(1).lines();
    assert_eq!(lines.len(), 5, "each line of stdin has its answer");
    assert_eq!((&lines[0]["id"], &lines[1]["id"]), (&json!("a"), &json!(7)));
    assert_eq!(lines[1]["url"], "https://paper.example/a");
    for bad in &lines[2..4] {
        has(bad, "id path error");
    }
    assert_eq!((&lines[3]["id"], &lines[3]["path"]), (&json!("b"), &json!("/nowhere/b.html")));
    assert_eq!(lines[4]["text"], lines[0]["text"], "the rest went on");
}

#[test]
fn read_gives_a_line_for_each_readable_record_of_a_web_archive() {
    let bench = Bench::new();
    let file =
        bench.write("two.warc", warc(&[("https://a.example/1", PAGE_ZH), ("https://a.example/2", PAGE_NL)]));
    let lines = bench.run(&["read", &file]).exits(0).lines();
    assert_eq!(lines.len(), 2);
    for line in &lines {
        assert!(line["id"].as_str().is_some_and(|id| id.starts_with("doc-")), "{line}");
        assert!(line["capture"].is_string());
    }
    assert_eq!(lines[0]["url"], "https://a.example/1");
    assert_ne!(lines[0]["id"], lines[1]["id"]);
}

/// A plain WARC with one response a page.
fn warc(pages: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (number, (uri, page)) in pages.iter().enumerate() {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let head = format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-00000000000{number}>\r\n\
             WARC-Date: 2023-04-0{}T10:00:00Z\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http;msgtype=response\r\n\
             Content-Length: {}\r\n\r\n",
            number + 1,
            body.len()
        );
        out.extend_from_slice(format!("{head}{body}\r\n\r\n").as_bytes());
    }
    out
}

#[test]
fn dates_gives_days_and_says_when_the_year_was_inferred() {
    let lines = filter(
        &["dates"],
        &[
            json!({"id": 1, "text": "😀 Op 3 mei 2019 ging de post open.", "ref": null, "lang": "nl"}),
            json!({"id": "b", "text": "服务站于5月3日启用。", "ref": "2021-06-01", "lang": "zh", "more": [1]}),
            json!({"id": "c", "text": "Abrió el 3 de mayo de 2019.", "ref": "2020-01-01T00:00:00Z"}),
            json!({"id": "d", "text": "nothing here", "ref": null}),
        ],
    );
    let texts =
        ["😀 Op 3 mei 2019 ging de post open.", "服务站于5月3日启用。", "Abrió el 3 de mayo de 2019."];
    for (line, text) in lines.iter().zip(texts) {
        has(line, "id spans");
        let span = &line["spans"][0];
        has(span, "start end text timex values edtf inferred_year");
        assert_eq!(slice(text, &span["start"], &span["end"]), span["text"].as_str().expect("a text"));
    }
    assert_eq!(lines[0]["id"], 1, "the id comes back as it was, a number too");
    assert_eq!(
        (&lines[0]["spans"][0]["edtf"], &lines[0]["spans"][0]["start"]),
        (&json!("2019-05-03"), &json!(5))
    );
    assert_eq!(lines[0]["spans"][0]["inferred_year"], false);
    assert_eq!(
        (&lines[1]["spans"][0]["edtf"], &lines[1]["spans"][0]["inferred_year"]),
        (&json!("2021-05-03"), &json!(true))
    );
    assert_eq!(lines[2]["spans"][0]["values"], json!(["2019-05-03"]));
    assert_eq!(lines[3]["spans"], json!([]), "none is an empty list");
}

#[test]
fn lang_words_and_places_give_their_keys() {
    let lines = filter(
        &["lang"],
        &[
            json!({"id": "s", "text": "箧垣县公安局在哈尔沃设立警侨服务站，为侨胞办理驾驶证换证。"}),
            json!({"id": "t", "text": "篋垣縣公安局在哈爾沃設立警僑服務站，為僑胞辦理駕駛證換證。"}),
            json!({"id": "n", "text": "De buurman zag in de zomer van dat jaar een bord naast de deur."}),
        ],
    );
    let seen: Vec<_> = lines.iter().map(|l| (l["lang"].clone(), l["script"].clone())).collect();
    assert_eq!(
        seen,
        [(json!("zh"), json!("Hans")), (json!("zh"), json!("Hant")), (json!("nl"), Value::Null)]
    );
    lines.iter().for_each(|line| has(line, "id lang script sure"));

    let line = &filter(&["words"], &[json!({"id": 3, "text": "海外服务站 in Halvoort"})])[0];
    assert_eq!(line["id"], 3);
    assert!(strings(&line["words"]).contains(&"Halvoort".to_owned()), "{line}");

    let lines = filter(
        &["places"],
        &[json!({"name": "荷兰"}), json!({"name": "杭州"}), json!({"name": "Qwertzuiop"})],
    );
    lines.iter().for_each(|line| has(line, "name lang code kind parents"));
    assert_eq!((&lines[0]["code"], &lines[0]["kind"]), (&json!("nl"), &json!("country")));
    assert_eq!(lines[1]["code"], "3301");
    assert_eq!((&lines[2]["code"], &lines[2]["kind"]), (&Value::Null, &Value::Null), "unknown is null");
}

#[test]
fn values_are_cleaned_by_their_type_and_a_bad_type_is_answered() {
    let lines = filter(
        &["values"],
        &[
            json!({"id": 1, "type": "country", "input": "Nederland"}),
            json!({"id": 2, "type": "date", "input": "2022-9-6"}),
            json!({"id": 3, "type": "phone", "input": "110"}),
            json!({"id": 4, "type": "number", "input": 12}),
            json!({"id": 5, "type": "name", "input": null}),
        ],
    );
    lines.iter().for_each(|line| has(line, "id clean valid"));
    let seen: Vec<_> = lines.iter().map(|l| (l["clean"].clone(), l["valid"].clone())).collect();
    let none = (Value::Null, json!(false));
    assert_eq!(
        seen,
        [
            (json!("nl"), json!(false)),
            (json!("2022-09-06"), json!(true)),
            none.clone(),
            (json!("12"), json!(true)),
            none
        ]
    );
    let bad = json!({"id": "t", "type": "colour", "input": "red"});
    let line = Bench::new().feed(&["values"], format!("{bad}\n").as_bytes()).exits(1).line();
    assert!(line["error"].as_str().is_some_and(|e| e.contains("colour") && e.contains("country")), "{line}");
}

#[test]
fn find_gives_mentions_frames_and_what_was_left_out() {
    let text = "😀 2019年5月3日，浙江省杭州市公安局在荷兰鹿特丹设立海外警侨服务站，电话0031 10 555 01 43。";
    let line = &filter(
        &["find", "--lens", "overseas-posts"],
        &[json!({"id": "f", "text": text, "date": "2022-01-01"})],
    )[0];
    has(line, "id mentions frames excluded");
    let mentions = line["mentions"].as_array().expect("mentions");
    for mention in mentions {
        has(mention, "id kind start end text key rule");
        assert_eq!(
            slice(text, &mention["start"], &mention["end"]),
            mention["text"].as_str().expect("a text")
        );
    }
    let phone = mentions.iter().find(|m| m["kind"] == "phone").expect("a phone");
    assert_eq!(phone["key"], "+31105550143", "phones are E.164");
    let frames = line["frames"].as_array().expect("frames");
    assert!(frames.iter().any(|f| f["kind"] == "post"), "{line}");
    for frame in frames {
        has(frame, "kind slots voice modality status rule");
        for fill in
            frame["slots"].as_object().expect("slots").values().flat_map(|v| v.as_array().expect("fills"))
        {
            has(fill, "start end text key");
            assert_eq!(slice(text, &fill["start"], &fill["end"]), fill["text"].as_str().expect("a text"));
        }
    }
    let bench = Bench::new();
    let page = bench.write("p.html", PAGE_ZH);
    let line = bench.run(&["find", "--lens", "overseas-posts", &page]).exits(0).line();
    assert_eq!(line["id"], "p", "files go in too");
    bench.run(&["find", "--lens", "nowhere/at-all", &page]).exits(1);
}

#[test]
fn match_is_symmetric_and_always_says_why() {
    let pairs = [
        (json!("箧垣县公安局"), json!("篋垣縣公安局")),
        (json!("箧垣县公安局"), json!("沐舟市交通局")),
        (
            json!({"name": ["Anneke Vrieslander"], "birthDate": ["1970-01-01"]}),
            json!({"name": ["Anneke Vrieslander"]}),
        ),
        (json!({"properties": {"name": ["Stichting Lindehof"]}}), json!("Lindehof")),
    ];
    for (a, b) in pairs {
        let lines = filter(&["match"], &[json!({"id": 1, "a": a, "b": b}), json!({"id": 2, "a": b, "b": a})]);
        for line in &lines {
            has(line, "id score verdict reasons");
            let score = line["score"].as_f64().expect("a score");
            assert!((0.0..=1.0).contains(&score));
            assert_eq!(line["verdict"] == "match", score >= 0.70, "{line}");
            let reasons = line["reasons"].as_array().expect("reasons");
            assert!(!reasons.is_empty(), "never empty");
            reasons.iter().for_each(|reason| has(reason, "slot a b effect sentence"));
        }
        assert_eq!(lines[0]["score"], lines[1]["score"]);
    }
    let same = filter(&["match"], &[json!({"a": "箧垣县公安局", "b": "篋垣縣公安局"})]);
    assert_eq!(same[0]["verdict"], "match");
}

#[test]
fn copies_gives_clusters_and_pairs() {
    let report = "The counter behind the bakery opened on a Tuesday, said the neighbour, who had seen two men carry a sign \
                  upstairs; nobody at the town hall could say who had signed the lease of the rooms, and the caretaker \
                  remembers only that the rent was paid for a full year in advance by a society from another town.";
    let lines = [
        json!({"id": "a", "text": report, "site": "one"}),
        json!({"id": "b", "text": format!("Our paper reports: {report} More tomorrow."), "site": "two"}),
        json!({"id": "c", "text": "A quite different story about the harvest of pears in a wet autumn.", "site": "three"}),
    ];
    let clusters = filter(&["copies"], &lines);
    assert_eq!(clusters.len(), 3);
    clusters.iter().for_each(|line| has(line, "id cluster"));
    assert_eq!(clusters[0]["cluster"], clusters[1]["cluster"]);
    assert_ne!(clusters[0]["cluster"], clusters[2]["cluster"]);
    let pairs = filter(&["copies", "--pairs"], &lines);
    assert!(!pairs.is_empty());
    for pair in &pairs {
        has(pair, "a b how score span_a span_b");
        assert!(["same_bytes", "same_text", "copy", "partial"].contains(&pair["how"].as_str().expect("how")));
        let cut = slice(report, &pair["span_a"][0], &pair["span_a"][1]);
        assert!(cut.contains("caretaker"), "spans are code points of the texts: {cut}");
    }
}

#[test]
fn quote_tells_exact_folded_and_missing() {
    let text = "😀 Het bu\u{ad}reau opende op\n3 mei ２０１９ in Halvoort.";
    let cases = [
        ("in Halvoort", "exact"),
        ("bureau opende op 3 mei 2019", "folded"),
        ("bureau opende op 4 mei 2019", "missing"),
        ("in Halvoort!", "missing"),
    ];
    for (quote, verdict) in cases {
        let line = &filter(&["quote"], &[json!({"id": "q", "text": text, "quote": quote})])[0];
        assert_eq!(line["verdict"], verdict, "{quote}");
        let hits = line["hits"].as_array().expect("hits");
        assert_eq!(hits.is_empty(), verdict == "missing", "{line}");
        if verdict == "exact" {
            assert_eq!(slice(text, &hits[0][0], &hits[0][1]), quote);
        }
    }
}

#[test]
fn a_bad_line_is_answered_and_the_rest_goes_on() {
    for (command, good, _) in good_lines() {
        let mut input = b"{broken\n[1]\n{\"id\":\"no-text\"}\n\xff\xfe\n\n".to_vec();
        input.extend_from_slice(format!("{good}\n").as_bytes());
        let lines = Bench::new().feed(&[command], &input).exits(1).lines();
        assert_eq!(lines.len(), 5, "{command}: {lines:?}");
        for bad in &lines[..4] {
            has(bad, "id path error");
        }
        assert_eq!(lines[2]["id"], "no-text", "{command} keeps the id of a bad line");
        assert_eq!(lines[4]["id"], "ok", "{command}");
    }
}

/// A good line for each filter of texts, with the key that its answer has.
fn good_lines() -> [(&'static str, Value, &'static str); 9] {
    [
        ("dates", json!({"id": "ok", "text": "Op 3 mei 2019 ging hij open.", "ref": null}), "spans"),
        ("lang", json!({"id": "ok", "text": "Het is mooi weer vandaag."}), "lang"),
        ("words", json!({"id": "ok", "text": "mooi weer"}), "words"),
        ("quote", json!({"id": "ok", "text": "mooi weer", "quote": "weer"}), "verdict"),
        ("match", json!({"id": "ok", "a": "x", "b": "y"}), "verdict"),
        ("places", json!({"id": "ok", "name": "荷兰"}), "code"),
        ("values", json!({"id": "ok", "type": "country", "input": "荷兰"}), "clean"),
        ("find", json!({"id": "ok", "text": "mooi weer"}), "mentions"),
        ("copies", json!({"id": "ok", "text": "mooi weer"}), "cluster"),
    ]
}

#[test]
fn filters_of_texts_take_files_and_go_on_after_one_that_is_missing() {
    let bench = Bench::new();
    let missing = bench.at("nowhere.jsonl");
    for (command, good, key) in good_lines() {
        let other = json!({"id": 2, "text": "Weer iets anders.", "quote": "iets", "a": "x", "b": "x", "name": "荷兰",
            "type": "name", "input": "x"});
        // By its first line in one file, by its ending in the other.
        let first = bench.write("first.json", format!("\n{good}\n"));
        let second = bench.write("second.jsonl", format!("{{broken\n{other}"));
        let ran = bench.run(&[command, &first, &missing, &second]).exits(1);
        let mut lines = ran.lines();
        let bad: Vec<Value> = lines
            .extract_if(.., |line| line.get("error").is_some())
            .inspect(|line| has(line, "id path error"))
            .collect();
        let paths: Vec<&Value> = bad.iter().map(|line| &line["path"]).collect();
        assert_eq!(paths, [&json!(missing), &json!(second)], "{command}");
        assert_eq!(bad[0]["id"], "nowhere.jsonl", "{command}");
        assert!(bad[1]["error"].as_str().is_some_and(|e| e.contains("line 1")), "{command}: {}", bad[1]);
        let ids: Vec<&Value> = lines.iter().inspect(|line| has(line, key)).map(|line| &line["id"]).collect();
        let second_id = if command == "copies" { json!("2") } else { json!(2) };
        assert_eq!(ids, [&json!("ok"), &second_id], "{command}");
        bench.run(&[command, &first]).exits(0);
        assert_eq!(
            bench.run(&[command, &first, &bench.at("")]).exits(1).lines().len(),
            2,
            "{command}: a folder"
        );
        let empty = bench.write("empty.jsonl", "\n");
        has(&bench.run(&[command, &empty]).exits(1).line(), "id path error");
    }
}

#[test]
fn a_page_named_to_a_filter_is_read_and_its_text_asked_about() {
    let bench = Bench::new();
    let page = bench.write("post.html", PAGE_NL);
    let chat = bench
        .write("result.json", "{\"name\":\"Kanaal\",\"type\":\"public_channel\",\"id\":1,\"messages\":[]}");
    for (command, key, value) in [
        ("dates", "spans", None),
        ("lang", "lang", Some("nl")),
        ("words", "words", None),
        ("copies", "cluster", None),
    ] {
        let line = bench.run(&[command, &page]).exits(0).line();
        assert_eq!(line["id"], "post", "{command}");
        assert!(value.is_none_or(|value| line[key] == value) && line.get(key).is_some(), "{command}: {line}");
        assert_eq!(
            bench.run(&[command, &chat]).exits(0).line()["id"],
            "result",
            "{command} reads a chat as a file"
        );
    }
    let dates = bench.run(&["dates", &page]).exits(0).line();
    let spans = dates["spans"].as_array().expect("spans");
    // A span that names no day of the calendar has null.
    assert!(spans.iter().any(|span| span["edtf"] == "2019-05-03"), "{spans:?}");
    // Standard input holds lines, paths and objects with a path beside each other.
    let input = format!(
        "{}\n{page}\n{}\n/nowhere/b.html\n{{broken\n",
        json!({"id": 1, "text": "Het is mooi weer vandaag."}),
        json!({"id": 7, "path": page})
    );
    let lines = bench.feed(&["lang", "-"], input.as_bytes()).exits(1).lines();
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!("post"), &json!(7), &json!("b"), &Value::Null]);
    assert!(
        lines[..3].iter().all(|line| line["lang"] == "nl")
            && lines[3..].iter().all(|l| l.get("error").is_some())
    );
    let ran = bench.run(&["match", &page]).exits(1).line();
    assert!(ran["error"].as_str().is_some_and(|e| e.contains("JSON lines")), "{ran}");
}

#[test]
fn warc_ls_and_verify_give_their_keys_and_verdicts() {
    let bench = Bench::new();
    let file =
        bench.write("two.warc", warc(&[("https://a.example/1", PAGE_ZH), ("https://a.example/2", PAGE_NL)]));
    for (args, state) in
        [(vec!["warc", "ls", &file], "absent"), (vec!["warc", "ls", &file, "--no-digests"], "unchecked")]
    {
        let lines = bench.run(&args).exits(0).lines();
        assert_eq!(lines.len(), 2);
        for line in &lines {
            has(line, "offset length type id uri date block payload complaints");
            assert_eq!((&line["block"], &line["payload"]), (&json!(state), &json!(state)));
        }
    }
    let line = bench.run(&["verify", &file]).exits(1).line();
    has(&line, "path verdict faults");
    assert_eq!(line["verdict"], "no digest");
    bench.run(&["verify", &file, "--allow-no-digest"]).exits(0);
    let other = bench.write("letter.txt", "a letter");
    let lines = bench.run(&["verify", &other, &file, "--allow-no-digest"]).exits(1).lines();
    assert_eq!(lines.len(), 2, "one line a path");
    assert_eq!(lines[0]["verdict"], "unknown format");
    bench.run(&["warc", "ls", &bench.at("nowhere.warc")]).exits(1);
}

#[test]
fn a_case_from_nothing_to_findings_gives_every_key() {
    let bench = Bench::new();
    let case = bench.case("case");
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    let register = bench.write("register.csv", REGISTER);

    let line = bench.run(&["register", "add", &case, &register, "--json"]).exits(0).line();
    has(&line, "register rows complaints");
    let id = line["register"].clone();
    let listed = bench.run(&["register", "list", &case, "--json"]).exits(0).line();
    assert_eq!(listed["register"], id);

    let rows = bench.run(&["add", &case, &zh, &nl, "--site", "paper.example", "--json"]).exits(0).lines();
    assert_eq!(rows.len(), 2);
    for (row, input) in rows.iter().zip([&zh, &nl]) {
        has(row, "input status captures documents complaints");
        assert_eq!((&row["input"], &row["status"]), (&json!(input), &json!("added")));
    }
    let again = bench.run(&["add", &case, &zh, "--json"]).exits(0).line();
    assert_eq!((&again["status"], &again["captures"]), (&json!("known"), &rows[0]["captures"]));

    let stages = bench.run(&["run", &case, "--json"]).exits(0).lines();
    stages.iter().for_each(|stage| has(stage, "stage done reused complaints seconds"));
    let read = stages.iter().find(|s| s["stage"] == "read").expect("a stage");
    assert_eq!((&read["done"], &read["reused"]), (&json!(2), &json!(0)));
    let stages = bench.run(&["run", &case, "--json"]).exits(0).lines();
    assert!(stages.iter().all(|s| s["done"] == 0), "{stages:?}");

    let finding = bench.run(&["findings", &case, "--json"]).exits(0).line();
    has(
        &finding,
        "post names country country_code city city_code operator operator_ids host_body address phone opened \
         opened_conflicts services statuses verdicts claims evidence",
    );
    assert_eq!((&finding["city"], &finding["country"]), (&json!("Halvoort"), &json!("Brennmark")));
    assert_eq!((&finding["phone"], &finding["opened"]), (&json!("+99120555143"), &json!("2019-05-03")));
    assert_eq!(finding["operator_ids"], json!(["950112"]));
    finding["evidence"].as_array().expect("evidence").iter().for_each(|e| {
        has(e, "quote document lang start end text stance");
    });
    let verdict = &finding["verdicts"][0];
    has(verdict, "register name as_of outcome proof");
    assert_eq!(verdict["outcome"], "not listed");
    has(&verdict["proof"], "asked snapshot rows day");
    assert_eq!(verdict["proof"]["day"], "2019-05-03");

    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    for claim in &claims {
        has(
            claim,
            "claim text subject predicate object valid count grade grade_if_read trace origins against evidence decision",
        );
        claim["origins"].as_array().expect("origins").iter().for_each(|o| {
            has(o, "origin documents how voice mode counts letter group marks");
        });
        claim["evidence"].as_array().expect("evidence").iter().for_each(|e| {
            has(e, "quote document lang start end text stance voice read_by");
        });
        let trace = strings(&claim["trace"]).join("\n");
        assert!(trace.starts_with("S:") && trace.contains("\nread:\n"), "{trace}");
    }
    let mut ids: Vec<String> =
        claims.iter().map(|c| c["claim"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(strings(&finding["claims"]), ids, "every claim about the post stands in its finding");
    ids.sort();
    assert_eq!(strings(&finding["claims"]), ids, "sorted by id");
    check_offsets(&bench, &case, &finding);
}

/// The quotes of a finding are the very code points that `read` gives of the file.
fn check_offsets(bench: &Bench, case: &str, finding: &Value) {
    let files = bench.run(&["read", &bench.at("zh.html"), &bench.at("nl.html")]).exits(0).lines();
    for e in finding["evidence"].as_array().expect("evidence") {
        let text = files.iter().find(|f| f["lang"] == e["lang"]).expect("the document")["text"]
            .as_str()
            .expect("text");
        assert_eq!(slice(text, &e["start"], &e["end"]), e["text"].as_str().expect("a quote"));
    }
    for row in bench.run(&["check", case, "--json"]).exits(0).lines() {
        has(&row, "quote verdict");
        assert_eq!(row["verdict"], "exact");
    }
}

#[test]
fn search_folds_what_stands_inside_another_word_away() {
    let bench = Bench::new();
    let case = bench.case("case");
    let text = "虚构的报道。云圻国安全条例公布。";
    let page = bench.write("law.txt", format!("{text}\n"));
    let other = bench.write("zh.html", PAGE_ZH);
    bench.run(&["add", &case, &page, &other]).exits(0);
    bench.run(&["run", &case]).exits(0);
    let hits = bench.run(&["search", &case, "警侨服务站", "--json"]).exits(0).lines();
    assert_eq!(hits.len(), 1);
    has(&hits[0], "document title lang date url group quotes");
    assert_eq!(hits[0]["group"], "word");
    let whole = bench.run(&["read", &other]).exits(0).line();
    for quote in hits[0]["quotes"].as_array().expect("quotes") {
        has(quote, "start end text");
        assert_eq!(
            slice(whole["text"].as_str().expect("text"), &quote["start"], &quote["end"]),
            "警侨服务站"
        );
    }
    let inside = bench.run(&["search", &case, "国安", "--json"]).exits(0).lines();
    assert!(inside.iter().all(|hit| hit["group"] == "inside"), "{inside:?}");
    let folded = bench.run(&["search", &case, "国安"]).exits(0).out;
    assert!(folded.contains("--substring") && !folded.contains("doc-"), "{folded}");
    let joined = bench.run(&["search", &case, "国安", "--substring"]).exits(0).out;
    assert!(joined.contains("doc-"), "{joined}");
    assert_eq!(bench.run(&["search", &case, "zzzz"]).exits(0).out.trim(), "nothing found");
    let one = bench.run(&["search", &case, "虚构", "--limit", "1", "--json"]).exits(0).lines();
    assert_eq!(one.len(), 1);
}

#[test]
fn decide_moves_what_it_says_and_the_ledger_tells_it() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let exists = claims.iter().find(|c| c["predicate"] == "exists").expect("the post exists");
    let (claim, post) = (exists["claim"].as_str().expect("id"), exists["subject"].as_str().expect("id"));
    // One document may say it more than once; it says nothing once all its quotes are rejected.
    let evidence = exists["evidence"].as_array().expect("evidence");
    let of_one = evidence.iter().filter(|row| row["document"] == evidence[0]["document"]);
    let quotes: Vec<&str> = of_one.map(|row| row["quote"].as_str().expect("id")).collect();

    let args = ["decide", &case, claim, "--as", "read", "--reason", "I read all of it", "--json"];
    let decided = bench.run(&args).exits(0).line();
    has(&decided, "decision changed");
    let changed = decided["changed"].as_array().expect("changed");
    changed.iter().for_each(|c| has(c, "id what before after"));
    assert!(changed.iter().any(|c| c["id"] == claim && c["what"] == "grade"), "{decided}");
    let decision = decided["decision"].as_str().expect("id").to_owned();
    assert!(decision.starts_with("dec-"));

    let after = claim_line(&bench, &case, claim);
    assert_eq!(after["grade"], after["grade_if_read"]);
    assert_eq!(after["evidence"][0]["read_by"], json!(["tester"]));

    bench
        .run(&[&["decide", &case], &quotes[..], &["--as", "reject", "--reason", "does not say so"]].concat())
        .exits(0);
    let without = claim_line(&bench, &case, claim);
    assert_ne!(without["trace"], after["trace"], "a rejected quote leaves the sets of the rule");

    let by_post =
        bench.run(&["decide", &case, post, "--as", "confirm", "--reason", "two of three hold", "--json"]);
    let by_post = by_post.exits(0).line();
    assert!(
        by_post["changed"].as_array().is_some_and(|c| c.iter().any(|c| c["what"] == "decision")),
        "{by_post}"
    );

    let log = bench.run(&["log", &case, "--json"]).exits(0).lines();
    log.iter().for_each(|entry| has(entry, "number time author kind hash body"));
    let kinds: Vec<&str> = log.iter().map(|e| e["kind"].as_str().expect("a kind")).collect();
    let brought = ["gazetteer", "register", "capture", "capture"];
    assert_eq!(kinds, [&brought[..], &vec!["decision"; 2 + quotes.len()]].concat(), "an entry each");
    assert!(log.iter().all(|e| e["time"].as_str().is_some_and(|t| t.len() == 20 && t.ends_with('Z'))));
    assert_eq!(log[4]["author"], "tester");

    let undone = bench.run(&["decide", &case, "--undo", &decision, "--json"]).exits(0).line();
    assert!(undone["changed"].as_array().is_some_and(|c| !c.is_empty()), "{undone}");
    let why = bench.run(&["decide", &case, "--undo", &decision]).exits(1).err;
    assert!(why.contains("taken back already"), "{why}");

    // An undo is an entry like any other: taken back, the decision stands again; and so on.
    let before = claim_line(&bench, &case, claim);
    let mut last = undone["decision"].as_str().expect("id").to_owned();
    let would = bench.run(&["decide", &case, "--undo", &last, "--dry-run", "--json"]).exits(0).line();
    assert!(would["decision"].is_null() && would.to_string().contains(claim), "{would}");
    for stands in [true, false, true] {
        let ran = bench.run(&["decide", &case, "--undo", &last, "--json"]).exits(0).line();
        has(&ran, "decision changed waiting");
        bench.run(&["decide", &case, "--undo", &last]).exits(1);
        last = ran["decision"].as_str().expect("id").to_owned();
        assert_eq!(claim_line(&bench, &case, claim) == before, !stands);
    }
    let again = claim_line(&bench, &case, claim);
    assert_eq!(again["grade"], without["grade"]);
    let kinds = bench.run(&["log", &case, "--json"]).exits(0).lines();
    assert_eq!(kinds.len(), 10 + quotes.len(), "the ledger only grows: the decisions and four undos");
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    assert_eq!(claim_line(&bench, &case, claim), again, "derived anew, it stands as it stood");
}

#[test]
fn a_dry_run_says_what_a_decision_then_moves() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let claim = claims[0]["claim"].as_str().expect("an id");
    let quote = claims[0]["evidence"][0]["quote"].as_str().expect("an id");
    let letter = bench.write("letter.txt", "Invented letter: is it so?");
    let days = ["--on", "2024-01-04", "--until", "2024-01-18"];
    let ask = ["reply", "ask", &case, "the bureau of Qieyuan", "--about", claim, "--text", &letter];
    bench.run(&[&ask[..], &days].concat()).exits(0);
    for (what, more) in [
        ("decide", &[claim, "--as", "confirm"][..]),
        ("decide", &[quote, "--as", "read"]),
        ("decide", &[quote, "--as", "reject"]),
        ("withdraw", &["zh.html"]),
    ] {
        let ask = |dry: bool| {
            let mut arguments = vec![what, &case];
            arguments.extend(more);
            arguments.extend(["--reason", "to see", "--json"]);
            arguments.extend(dry.then_some("--dry-run"));
            bench.run(&arguments).exits(0).line()
        };
        let (would, did) = (ask(true), ask(false));
        assert!(would["decision"].is_null() && did["changed"].as_array().is_some_and(|c| !c.is_empty()));
        assert_eq!(would["changed"], did["changed"], "{what} {more:?}");
        let decision = did["decision"].as_str().expect("an id");
        bench.run(&["decide", &case, "--undo", decision, "--reason", "seen"]).exits(0);
    }
}

#[cfg(unix)]
#[test]
fn serve_ends_on_the_termination_signal() {
    use std::io::BufRead;
    let bench = Bench::new();
    let case = bench.case("case");
    let mut command = bench.command(support::BINARY);
    command.args(["serve", &case, "--port", "0"]).stdout(std::process::Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut line = String::new();
    std::io::BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("an address");
    assert!(line.starts_with("http://127.0.0.1:"), "{line}");
    let sent = std::process::Command::new("kill").arg(child.id().to_string()).status();
    let start = std::time::Instant::now();
    let ended = loop {
        match child.try_wait().expect("a state") {
            Some(status) => break Some(status),
            None if start.elapsed().as_secs() > 20 => break None,
            None => std::thread::sleep(std::time::Duration::from_millis(50)),
        }
    };
    let _ = child.kill();
    if sent.is_ok_and(|sent| sent.success()) {
        assert_eq!(ended.and_then(|status| status.code()), Some(0), "it ends, and in order");
    }
}

#[test]
fn decide_says_when_a_decision_waits() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let (claim, document) = (
        claims[0]["claim"].as_str().expect("id"),
        claims[0]["evidence"][0]["document"].as_str().expect("id"),
    );
    let placed =
        bench.run(&["decide", &case, claim, "--as", "confirm", "--reason", "r", "--json"]).exits(0).line();
    assert_eq!(placed["waiting"], json!([]));
    // This version attaches no such answer to anything.
    let waits = bench
        .run(&["decide", &case, document, "--as", "charset=big5", "--reason", "r", "--json"])
        .exits(0)
        .line();
    assert_eq!(waits["waiting"], json!([waits["decision"]]));
    let said = bench.run(&["decide", &case, document, "--as", "reader=plain", "--reason", "r"]).exits(0).out;
    assert!(said.contains("waits") && said.contains("kept"), "{said}");
    let doctor = bench.run(&["doctor", &case]).exits(0).out;
    assert!(doctor.contains("2 decisions rest on"), "{doctor}");
}

fn claim_line(bench: &Bench, case: &str, id: &str) -> Value {
    let claims = bench.run(&["claims", case, "--json"]).exits(0).lines();
    claims.into_iter().find(|c| c["claim"] == id).expect("the claim")
}

#[test]
fn names_publish_export_and_doctor_give_their_keys() {
    let bench = Bench::new();
    let case = small_case(&bench);
    // A second post of the same bureau in the same city, with another number: a pair for a person.
    let other = PAGE_NL
        .replace("20555143", "20555977")
        .replace("Lindelaan 14", "Beukenlaan 61")
        .replace("Politiepost", "Post");
    let other = bench.write("other.html", other.replace("3 mei 2019", "9 juni 2020"));
    bench.run(&["add", &case, &other]).exits(0);
    bench.run(&["run", &case]).exits(0);
    for pair in bench.run(&["names", &case, "--json"]).exits(0).lines() {
        has(&pair, "pair a b score verdict reasons would_merge");
        assert!(pair["reasons"].as_array().is_some_and(|r| !r.is_empty()));
    }

    let out = bench.at("draft");
    for line in bench.run(&["publish", &case, "--out", &out, "--draft", "--json"]).exits(0).lines() {
        has(&line, "file sha256");
        assert_eq!(line["sha256"].as_str().map(str::len), Some(64));
    }
    for format in ["ftm", "csv", "geojson", "graphml", "wacz"] {
        let out = bench.at(&format!("export-{format}"));
        let lines = bench
            .run(&["export", &case, "--format", format, "--out", &out, "--draft", "--json"])
            .exits(0)
            .lines();
        assert!(!lines.is_empty());
        lines.iter().for_each(|line| has(line, "file sha256"));
    }
    bench.run(&["export", &case, "--format", "tea", "--out", &bench.at("w")]).exits(2);

    for rows in [bench.run(&["doctor", "--json"]), bench.run(&["doctor", &case, "--json"])] {
        rows.exits(0).lines().iter().for_each(|row| has(row, "what ok found cure"));
    }
}

#[test]
fn a_lens_is_checked_and_tried() {
    let bench = Bench::new();
    let lenses = concat!(env!("CARGO_MANIFEST_DIR"), "/../../lenses");
    for name in ["overseas-posts", "diaspora-levy"] {
        let dir = format!("{lenses}/{name}");
        assert!(bench.run(&["lens", "check", &dir, "--json"]).exits(0).out.is_empty(), "{name}");
        assert!(bench.run(&["lens", "check", &dir]).exits(0).out.contains("no mistake"), "{name}");
    }
    let terms = std::fs::read_to_string(format!("{lenses}/diaspora-levy/terms.csv")).expect("terms");
    let settings = std::fs::read_to_string(format!("{lenses}/diaspora-levy/lens.toml")).expect("settings");
    // A slot that no lens may have, a strength that there is none of: both are told at once, with their lines.
    bench.write("mine/lens.toml", settings.replace("phone = \"phone\"", "phone = \"ethnicity\""));
    bench.write("mine/terms.csv", terms.replacen(",strong,", ",mighty,", 1));
    let dir = bench.at("mine");
    let faults = bench.run(&["lens", "check", &dir, "--json"]).exits(1).lines();
    faults.iter().for_each(|fault| has(fault, "file line what fix"));
    let of = |file: &str| {
        faults.iter().find(|fault| fault["file"] == file).unwrap_or_else(|| panic!("{faults:?}"))
    };
    assert!(
        of("lens.toml")["line"].as_u64() > Some(1) && of("terms.csv")["line"].as_u64() > Some(1),
        "{faults:?}"
    );
    bench.run(&["lens", "check", &bench.at("nowhere"), "--json"]).exits(1);

    let page = bench.write(
        "zaal.txt",
        "Deze tekst is verzonnen.\nHet kantoor voor de herstelbijdrage van de regio Kelbeta, in Eritrea, zit in Rotterdam aan de Zeilnaaldstraat 77.\n",
    );
    let line =
        bench.run(&["lens", "try", &format!("{lenses}/diaspora-levy"), &page, "--json"]).exits(0).line();
    has(&line, "id mentions frames excluded");
    let mentions = line["mentions"].as_array().expect("mentions");
    assert!(mentions.iter().all(|mention| mention.get("term").is_some() && mention.get("rule").is_some()));
    assert!(mentions.iter().any(|mention| mention["term"]["strength"] == "strong"), "{line}");
    let post = &line["frames"][0]["slots"];
    assert_eq!(
        (&post["place"][0]["text"], &post["address"][0]["text"]),
        (&json!("Rotterdam"), &json!("Zeilnaaldstraat 77")),
        "{line}"
    );
    assert!(
        bench.run(&["find", "--lens", "overseas-posts", &page]).exits(0).line()["frames"]
            .as_array()
            .expect("frames")
            .is_empty()
    );
    bench.run(&["lens", "try", &bench.at("nowhere"), &page]).exits(1);
    bench.run(&["lens"]).exits(2);
}

#[test]
fn what_is_not_built_yet_and_wrong_usage_end_with_two() {
    let bench = Bench::new();
    for later in ["watch", "tips"] {
        let ran = bench.run(&[later, "x", "--json"]).exits(2);
        assert!(ran.err.contains("not in this version"), "{later}: {}", ran.err);
        assert!(ran.out.is_empty(), "stdout carries results only");
    }
    let case = bench.case("case");
    let wrong: &[&[&str]] = &[
        &[],
        &["no-such-command"],
        &["add", &case],
        &["read"],
        &["verify"],
        &["search", &case],
        &["run"],
        &["decide", &case, "clm-00"],
        &["decide", &case, "clm-00", "--as", "perhaps", "--reason", "r"],
        &["decide", &case, "clm-00", "--as", "confirm"],
        &["decide", &case, "--as", "confirm", "--reason", "r"],
        &["forget", &case, "doc-00"],
        &["forget", &case, "doc-00", "--reason", "r"],
        &["withdraw", &case, "doc-00"],
        &["register", "add", &case],
        &["register", "diff", "a"],
        &["export", &case, "--format", "csv"],
        &["dates", "--no-such-option"],
    ];
    for args in wrong {
        let ran = bench.run(args).exits(2);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args:?}");
    }
    let impossible: &[&[&str]] = &[
        &["run", &bench.at("nowhere")],
        &["findings", &bench.at("nowhere")],
        &["new", &case],
        &["new", &bench.at("other"), "--lens", "no-such-lens"],
        &["decide", &case, "clm-00", "--as", "confirm", "--reason", "r"],
        &["withdraw", &case, "nothing.html", "--reason", "r"],
        &["register", "add", &case, &bench.at("nowhere.csv")],
        &["gazetteer", "add", &case, &bench.at("nowhere.csv")],
        &["register", "diff", &bench.at("nowhere.csv"), &bench.at("neither.csv")],
        &["register", "diff", &case, "reg-00", "reg-11"],
        &["xref", &case, &bench.at("nowhere.csv")],
        &["import", &case, "ftm", &bench.at("nowhere.jsonl")],
    ];
    for args in impossible {
        let ran = bench.run(args).exits(1);
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args:?}");
    }
    assert!(!std::path::Path::new(&bench.at("nowhere")).exists(), "asking makes no folder");
    bench.run(&["--help"]).exits(0);
    bench.run(&["--version"]).exits(0);
}

#[test]
fn a_dry_run_writes_nothing() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let (page, register) =
        (bench.write("third.txt", "Verzonnen bericht."), bench.write("second.csv", REGISTER));
    let places = bench.write("more.csv", "name,kind,country\nWestmeer,city,Brennmark\n");
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let claim = claims[0]["claim"].as_str().expect("id");
    let confirmed =
        bench.run(&["decide", &case, claim, "--as", "confirm", "--reason", "r", "--json"]).exits(0).line();
    let decision = confirmed["decision"].as_str().expect("id");
    let (before, listed) = (kept(&case), bench.run(&["claims", &case, "--json"]).out);
    let (fresh, out) = (bench.at("fresh"), bench.at("dossier"));
    let dry: &[&[&str]] = &[
        &["new", &fresh, "--dry-run"],
        &["add", &case, &page, "--dry-run", "--json"],
        &["register", "add", &case, &register, "--name", "Other", "--dry-run"],
        &["gazetteer", "add", &case, &places, "--dry-run"],
        &["decide", &case, claim, "--as", "reject", "--reason", "r", "--dry-run"],
        &["decide", &case, "--undo", decision, "--dry-run"],
        &["withdraw", &case, "zh.html", "--reason", "r", "--dry-run"],
        &["forget", &case, "zh.html", "--reason", "r", "--dry-run"],
        &["publish", &case, "--out", &out, "--dry-run"],
        &["export", &case, "--format", "csv", "--out", &out, "--draft", "--dry-run"],
        &["run", &case, "--dry-run"],
    ];
    for args in dry {
        let ran = bench.run(args).exits(0);
        assert!(!ran.out.is_empty(), "it says what it would do: {args:?}");
        assert!(kept(&case) == before, "{args:?} wrote into the case");
    }
    for made in [&fresh, &out] {
        assert!(!std::path::Path::new(made).exists(), "{made}");
    }
    assert_eq!(bench.run(&["claims", &case, "--json"]).out, listed);
}

#[test]
fn stdout_of_a_case_carries_no_path_of_the_machine_and_nothing_stays_behind() {
    let bench = Bench::new();
    let case = small_case(&bench);
    for command in ["findings", "claims", "names", "log"] {
        let ran = bench.run(&[command, &case, "--json"]).exits(0);
        assert!(
            !contains(ran.out.as_bytes(), bench.at("").as_bytes()),
            "{command} names a folder of this machine"
        );
    }
    let folders: Vec<String> =
        files(std::path::Path::new(&bench.at("configuration"))).iter().map(|p| format!("{p:?}")).collect();
    assert!(folders.is_empty(), "nothing asked for a key or an address: {folders:?}");
}
