//! What people type or hand over: queries, decisions.

use plainsight_case::{answer_word, parse_answer};
use plainsight_model::{Decision, DocumentId, Quote};
use plainsight_search::{Entry, Index, Query};
use std::sync::OnceLock;

/// The text in which queries look.
const TEXT: &str = "2019年5月3日，沐舟市公安局在哈尔沃设立警侨服务站。\nThe service station stands at Lindelaan 14, \
    \"next to the bakery\"; its number is +991 20555143.";

/// A query over an index of one document; every hit is a slice of its text.
pub fn query(bytes: &[u8]) {
    static INDEX: OnceLock<(Index, tempfile::TempDir)> = OnceLock::new();
    let id = DocumentId::of_payload(TEXT.as_bytes());
    let (index, _) = INDEX.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let index = Index::open_or_create(folder.path()).expect("an empty folder takes an index");
        let mut writer = index.writer().expect("a writer");
        let entry = Entry {
            id,
            title: Some("服务站"),
            text: TEXT,
            lang: "zh",
            date: Some("2019-05-03"),
            url: None,
            site: None,
            kind: "text",
            bodies: &[],
            places: &[],
        };
        writer.add(&entry).expect("it is added");
        writer.commit().expect("it is written");
        (index, folder)
    });
    let text = String::from_utf8_lossy(bytes).into_owned();
    let names = ["警侨服务站".to_owned()];
    for substring in [false, true] {
        let query =
            Query { text: text.clone(), substring, limit: 5, known_names: &names, ..Query::default() };
        let Ok(answer) = index.search(&query, &|_| Some(TEXT.to_owned())) else { continue };
        for quote in answer.hits.iter().flat_map(|hit| &hit.quotes) {
            let cut: String = TEXT.chars().skip(quote.start).take(quote.end - quote.start).collect();
            assert_eq!(cut, quote.text, "of the query {text:?}");
        }
    }
}

/// Lines of a ledger or of a file of answers: decisions, or the words after `--as`.
pub fn decisions(bytes: &[u8]) {
    for line in String::from_utf8_lossy(bytes).lines().take(200) {
        if let Ok(answer) = parse_answer(line) {
            assert_eq!(parse_answer(&answer_word(&answer)).as_ref(), Ok(&answer), "{line:?}");
        }
        let Ok(decision) = serde_json::from_str::<Decision>(line) else { continue };
        for quote in &decision.quotes {
            let _ = Quote::find(quote.document, TEXT, &quote.exact, quote.number);
        }
        let again = serde_json::to_string(&decision).expect("what was read can be written");
        assert!(serde_json::from_str::<Decision>(&again).is_ok(), "{again}");
    }
}
