use super::*;
use proptest::prelude::*;

fn compare(a: &str, b: &str, schema: &str) -> NameMatch {
    let schema = Some(schema).filter(|s| !s.is_empty());
    match_names(&NameInput::of(a), &NameInput::of(b), schema, Gazetteer::builtin())
}

#[test]
fn verdicts_follow_the_rules_of_judgement() {
    for (a, b, schema, verdict, yes) in [
        // Folding-equal, within one script.
        ("青田縣公安局", "青田县公安局", "PublicBody", "match", true),
        // Equal by code across scripts.
        ("青田县公安局", "Qingtian County Public Security Bureau", "PublicBody", "match", true),
        ("青田县公安局", "politie van Qingtian", "PublicBody", "match", true),
        // A slot that differs is a veto.
        ("青田县公安局", "福州市公安局", "PublicBody", "no", false),
        ("南通市公安局", "Nantong Municipal Bureau of State Security", "PublicBody", "no", false),
        ("中国驻荷兰大使馆", "Dutch Embassy in Beijing", "PublicBody", "no", false),
        // A county under its city is a question.
        ("青田县公安局", "丽水市公安局", "PublicBody", "review", false),
        // No place on one side: never more than a question.
        ("荷兰外交部", "Ministerie van Buitenlandse Zaken", "PublicBody", "review", true),
        // Han against Latin is a question whatever the score.
        ("阿姆斯特丹", "Amsterdam", "Address", "review", true),
        ("重庆", "Chungking", "Address", "review", true),
        ("苏州", "宿州", "Address", "no", false),
        ("文若兰", "Wen Ruolan", "Person", "review", true),
        ("文若兰", "Ruolan Wen", "Person", "review", true),
        ("文若兰", "Julia Ruolan Wen", "Person", "review", true),
        ("文若兰", "Wen Ruoyu", "Person", "no", false),
        // The same sound with other characters.
        ("文若兰", "闻若岚", "Person", "no", false),
        ("Maria Jansen", "Jansen, Maria", "Person", "review", true),
        ("Pieter Vos", "Pieter Bakker", "Person", "review", false),
    ] {
        let found = compare(a, b, schema);
        assert_eq!((found.verdict.as_str(), found.score >= YES), (verdict, yes), "{a} | {b}: {found:?}");
        assert!(!found.reasons.is_empty());
    }
}

#[test]
fn an_answer_without_names_has_a_reason_too() {
    let found = match_names(&NameInput::default(), &NameInput::of("x"), None, Gazetteer::builtin());
    assert_eq!((found.verdict, found.reasons.len()), (NameVerdict::No, 1));
}

proptest! {
    #[test]
    fn the_order_of_the_two_changes_neither_score_nor_verdict(a in "[a-cA-C文兰公安局青田县 ]{0,9}", b in "[a-cA-C文兰公安局青田县 ]{0,9}") {
        let (x, y) = (compare(&a, &b, ""), compare(&b, &a, ""));
        prop_assert_eq!((x.score, x.verdict), (y.score, y.verdict));
        prop_assert!((0.0..=1.0).contains(&x.score));
    }

    #[test]
    fn no_string_makes_it_panic(a in "\\PC{0,20}", b in "\\PC{0,20}") {
        let _ = compare(&a, &b, "Person");
        let _ = compare(&a, &b, "Organization");
    }
}

/// F1 at [`YES`] over a set of pairs (`data/names/pairs`); prints what goes wrong where `PAIRS_SHOW` is set.
fn figures(file: &str) -> Option<f64> {
    let root = std::env::var("PLAINSIGHT_SHARED")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared").to_owned());
    let path = std::path::Path::new(&root).join("data/names/pairs").join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "data/names/pairs/{file} is missing under PLAINSIGHT_SHARED ({root})"
        );
        eprintln!("NOT RUN: the_pairs_of_the_shared_sets: data/names/pairs/{file} is missing under {root}");
        return None;
    };
    let properties = |value: &serde_json::Value| -> NameInput {
        match value {
            serde_json::Value::String(name) => NameInput::of(name),
            other => {
                NameInput::of_properties(serde_json::from_value(other.clone()).expect("lists of strings"))
            }
        }
    };
    let (mut tp, mut fp, mut wrong_no) = (0.0, 0.0, 0.0);
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let (a, b) =
            if row["a"].is_null() { (&row["query"], &row["candidate"]) } else { (&row["a"], &row["b"]) };
        let found = match_names(&properties(a), &properties(b), row["schema"].as_str(), Gazetteer::builtin());
        let (yes, gold) = (found.score >= YES, row["match"].as_bool().expect("a label"));
        tp += f64::from(u8::from(yes && gold));
        fp += f64::from(u8::from(yes && !gold));
        wrong_no += f64::from(u8::from(!yes && gold));
        if yes != gold && std::env::var_os("PAIRS_SHOW").is_some() {
            eprintln!("{gold} {:.2} {} {a} | {b}", found.score, row["schema"]);
        }
    }
    let f1 = 2.0 * tp / (2.0 * tp + fp + wrong_no);
    eprintln!("{file}: P={:.3} R={:.3} F1={f1:.3}", tp / (tp + fp), tp / (tp + wrong_no));
    Some(f1)
}

#[test]
fn the_pairs_of_the_shared_sets() {
    for (file, floor) in
        [("domain_pairs.jsonl", 0.95), ("name_bench.jsonl", 0.82), ("entity_checks.jsonl", 0.75)]
    {
        if let Some(f1) = figures(file) {
            assert!(f1 >= floor, "{file}: {f1}");
        }
    }
}
