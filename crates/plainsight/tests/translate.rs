//! Quotes translated by a machine, played by a small server on the loopback device.

#[path = "support/service.rs"]
mod service;
mod support;

use serde_json::{Value, json};
use service::{Server, http};
use std::path::Path;
use std::time::Duration;
use support::{Bench, Ran, small_case};

/// An invented translation; no page of the case has these words.
const WORDS: &str = "On 3 May 2019 the Qieyuan County bureau set up a station (machine words 4711)";

fn with_translator(bench: &Bench, address: &str, more: &str) -> String {
    let case = small_case(bench);
    let file = Path::new(&case).join("case.toml");
    let text = std::fs::read_to_string(&file).expect("case.toml");
    let table = format!("\n[translation]\naddress = \"{address}\"\nname = \"small-1\"\n{more}");
    std::fs::write(&file, text + &table).expect("written");
    case
}

/// The Chinese quote that most rests on.
fn quote(bench: &Bench, case: &str) -> String {
    let rows = bench.run(&["to-read", case, "--lang", "zh", "--json"]).exits(0).lines();
    rows[0]["quote"].as_str().expect("an id").to_owned()
}

fn translate(bench: &Bench, case: &str, quote: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["translate", case, quote, "--json", "--allow-private", "127.0.0.1"];
    arguments.extend(more);
    bench.run(&arguments)
}

fn judged(bench: &Bench, case: &str) -> String {
    let list = |what: &str| bench.run(&[what, case, "--json"]).exits(0).out;
    list("findings") + &list("claims")
}

fn chat(words: &str) -> (Vec<u8>, Duration) {
    let answer = json!({"model": "small-1-q4", "choices": [{"message": {"content": words}}]});
    (http("200 OK", &answer.to_string()), Duration::ZERO)
}

#[test]
fn a_translation_stands_beside_its_quote_and_nowhere_else() {
    let bench = Bench::new();
    let server = Server::start(vec![chat(&"far too long ".repeat(2000)), chat(" "), chat(WORDS)]);
    let case = with_translator(&bench, &server.address, "");
    let (quote, before) = (quote(&bench, &case), judged(&bench, &case));
    for why in ["far more than a translation", "no translation"] {
        let row = translate(&bench, &case, &quote, &[]).exits(1).line();
        assert_eq!((&row["status"], &row["text"]), (&json!("failed"), &Value::Null));
        assert!(row["complaints"][0].as_str().is_some_and(|said| said.contains(why)), "{row}");
    }
    let shown = translate(&bench, &case, &quote, &["--dry-run"]).exits(0).line();
    let row = translate(&bench, &case, &quote, &[]).exits(0).line();
    assert_eq!(
        (&row["status"], &row["text"], &row["by"], &row["version"]),
        (&json!("translated"), &json!(WORDS), &json!("small-1"), &json!("small-1-q4"))
    );
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    assert!(asked[2].ends_with(&shown["request"].to_string()), "{}", asked[2]);

    // A rebuild asks nobody, nor does a second question.
    std::fs::remove_dir_all(Path::new(&case).join("derived")).expect("removed");
    bench.run(&["run", &case]).exits(0);
    assert_eq!(translate(&bench, &case, &quote, &[]).exits(0).line()["status"], json!("known"));
    let rows = bench.run(&["to-read", &case, "--json"]).exits(0).lines();
    let of = |row: &&Value| row["quote"] == json!(quote);
    assert_eq!(rows.iter().find(of).expect("it waits")["translation"]["text"], json!(WORDS));
    assert_eq!(judged(&bench, &case), before, "machine work moved something");
    let out = bench.at("dossier");
    bench.run(&["publish", &case, "--out", &out, "--draft"]).exits(0);
    for file in support::files(Path::new(&out)) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("4711"), "{} quotes it", file.display());
    }
    bench.run(&["forget", &case, "zh.html", "--reason", "came in by mistake", "--yes"]).exits(0);
    for file in support::files(Path::new(&case)) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("4711"), "{} keeps it", file.display());
    }
}

#[test]
fn a_translator_of_the_other_form_and_none() {
    let bench = Bench::new();
    let plain = small_case(&bench);
    let ran = bench.run(&["translate", &plain]).exits(1);
    assert!(ran.err.contains("[translation]"), "{}", ran.err);

    let bench = Bench::new();
    let answers = [
        http("200 OK", &json!({"translatedText": WORDS}).to_string()),
        http("400 Bad Request", "{}"),
        http("200 OK", "[]"),
    ];
    let server = Server::start(answers.into_iter().map(|answer| (answer, Duration::ZERO)).collect());
    let case = with_translator(&bench, &server.address, "form = \"libretranslate\"\nto = \"nl\"\n");
    let quote = quote(&bench, &case);
    let row = translate(&bench, &case, &quote, &[]).exits(0).line();
    assert_eq!((&row["text"], &row["to"]), (&json!(WORDS), &json!("nl")));
    assert!(server.asked()[0].starts_with("POST /v1/translate HTTP/1.1\r\n"));
    assert!(
        server.asked()[0].contains("\"source\":\"zh\"") && server.asked()[0].contains("\"target\":\"nl\"")
    );
    for why in ["status 400", "no translation"] {
        let row = translate(&bench, &case, &quote, &["--again"]).exits(1).line();
        assert!(row["complaints"][0].as_str().is_some_and(|said| said.contains(why)), "{row}");
    }
}
