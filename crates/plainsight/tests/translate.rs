//! Quotes translated by a machine, played by a small server on the loopback device.

#[path = "support/interface.rs"]
mod interface;
#[path = "support/service.rs"]
mod service;
mod support;

use interface::Interface;
use serde_json::{Value, json};
use service::{Server, http};
use std::path::Path;
use std::time::Duration;
use support::{Bench, Ran, small_case};

/// An invented translation; no page of the case has these words.
const WORDS: &str = "On 3 May 2019 the Qieyuan County bureau set up a station (machine words)";

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
        assert!(!String::from_utf8_lossy(&bytes).contains("machine words"), "{} quotes it", file.display());
    }
    bench.run(&["forget", &case, "zh.html", "--reason", "came in by mistake", "--yes"]).exits(0);
    for file in support::files(Path::new(&case)) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("machine words"), "{} keeps it", file.display());
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

#[test]
fn the_interface_says_what_would_leave_before_a_person_sends_it() {
    let bench = Bench::new();
    let plain = small_case(&bench);
    let page = Interface::of(&bench, &plain).send("to-read", None);
    assert!(page.contains("To read") && !page.contains("ask-translator"), "no translator, no button");

    let bench = Bench::new();
    let server = Server::start(vec![chat(WORDS), chat(WORDS), chat(" "), chat(" "), chat(" ")]);
    let case = with_translator(&bench, &server.address, "");
    let quote = quote(&bench, &case);
    let letters = bench.run(&["translate", &case, "--dry-run", "--json", "--allow-private", "127.0.0.1"]);
    let bytes: u64 = letters.lines().iter().map(|row| row["bytes"].as_u64().expect("bytes")).sum();
    let before = judged(&bench, &case);
    let interface = Interface::of(&bench, &case);
    let page = interface.send("to-read", None);
    assert!(page.contains("would go to <code>127.0.0.1</code>"), "{page}");
    let digits: String = page
        .split("would go to <code>127.0.0.1</code> (")
        .nth(1)
        .and_then(|rest| rest.split(" bytes").next())
        .expect("a number")
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    assert_eq!(digits, bytes.to_string(), "what the button says is what the dry run says");
    assert!(server.asked().is_empty(), "a page that is looked at asks nobody");

    // One quote by hand, so that the answer is known; its button stands on the page of the Chinese quotes.
    let page = interface.send("to-read?lang=zh", None);
    assert!(page.contains(&format!("name=\"what\" value=\"{quote}\"")), "{page}");
    interface.send("ask-translator", Some(&format!("what={quote}&reader=Ida&back=to-read")));
    let page = interface.once("to-read", WORDS);
    assert!(page.contains(WORDS) && page.contains("Translated by machine"), "{page}");
    assert!(interface.once("to-read", "was answered").contains("1 question was answered."));
    assert_eq!(server.asked().len(), 1);
    assert_eq!(judged(&bench, &case), before, "machine work moved something");
    let rows = bench.run(&["log", &case, "--json"]).exits(0).lines();
    assert!(rows.iter().any(|row| row["kind"] == json!("proposal") && row["author"] == json!("Ida")));
}
