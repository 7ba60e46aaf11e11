//! The index as its callers meet it: documents in, queries, hits out.

use plainsight_model::DocumentId;
use plainsight_search::{Answer, Entry, Group, Index, Query, SearchError, VERSION};
use plainsight_text::fold;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Documents that live in memory, as a case would keep them.
#[derive(Default)]
struct Texts(BTreeMap<DocumentId, (String, &'static str)>);

impl Texts {
    fn of(texts: &[(&str, &'static str)]) -> Self {
        let mut all = Self::default();
        for (text, lang) in texts {
            all.0.insert(DocumentId::of_payload(text.as_bytes()), ((*text).to_owned(), lang));
        }
        all
    }

    fn index(&self, dir: &Path) -> Index {
        let index = Index::open_or_create(dir).expect("a folder of our own");
        let mut writer = index.writer().expect("nobody else writes");
        for (id, (text, lang)) in &self.0 {
            writer.add(&entry(*id, text, lang)).expect("added");
        }
        writer.commit().expect("written");
        index
    }

    fn ask(&self, index: &Index, query: &Query<'_>) -> Answer {
        index.search(query, &|id| self.0.get(id).map(|(text, _)| text.clone())).expect("an answer")
    }
}

fn entry<'a>(id: DocumentId, text: &'a str, lang: &'a str) -> Entry<'a> {
    let (title, date, url, site) = (None, Some("2021-06-03"), None, Some("example.test"));
    Entry { id, title, text, lang, date, url, site, kind: "page", bodies: &[], places: &[] }
}

fn query(text: &str) -> Query<'static> {
    Query { text: text.to_owned(), limit: 1000, ..Query::default() }
}

/// Groups and quotes in the order of the answer.
fn show(answer: &Answer) -> String {
    let hit = |hit: &plainsight_search::Hit| {
        let quotes: Vec<&str> = hit.quotes.iter().map(|quote| quote.text.as_str()).collect();
        format!("{}:{}", hit.group.as_str(), quotes.join("+"))
    };
    answer.hits.iter().map(hit).collect::<Vec<_>>().join(" ")
}

fn check(texts: &[(&str, &'static str)], cases: &[(&str, &str)]) {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(texts);
    let index = texts.index(dir.path());
    for (asked, expected) in cases {
        assert_eq!(show(&texts.ask(&index, &query(asked))), *expected, "{asked}");
    }
}

#[test]
fn both_scripts_find_each_other() {
    check(
        &[("青湾市警務聯絡點在北桥開設。", "zh")],
        &[
            ("警务联络点", "word:警務聯絡點"),
            ("警務", "word:警務"),
            ("联络点", "word:聯絡點"),
            ("联络", "inside:聯絡"),
            ("开设 青灣", "word:青湾+開設"),
            ("关闭", ""),
        ],
    );
}

#[test]
fn words_come_before_what_stands_inside_words() {
    check(
        &[("关于中国安全的报告", "zh"), ("他说国安来过。", "zh"), ("中国安全,国安", "zh")],
        &[("国安", "word:国安 word:国安 inside:国安")],
    );
}

#[test]
fn one_character_and_mixed_scripts() {
    check(
        &[("拨打110报警电话", "zh"), ("Het bureau opende in 2018 te Noorddam; één café", "nl")],
        &[
            ("警", "inside:警"),
            ("110", "word:110"),
            ("110报警", "word:110报警"),
            ("BUREAU noorddam", "word:bureau+Noorddam"),
            ("cafe een", "word:één+café"),
            ("\"opende in 2018\"", "word:opende in 2018"),
            ("\"in opende\"", ""),
            ("bure", ""),
        ],
    );
}

#[test]
fn substring_joins_the_groups_and_opens_words() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(&[("Het hoofdbureau", "nl"), ("中国安全", "zh"), ("国安", "zh")]);
    let index = texts.index(dir.path());
    let ask = |text: &str| show(&texts.ask(&index, &Query { substring: true, ..query(text) }));
    assert_eq!(ask("bureau"), "inside:bureau");
    assert_eq!(ask("国安"), "word:国安 inside:国安");
}

#[test]
fn known_names_are_words_wherever_they_stand() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(&[("关于中国安全的报告", "zh")]);
    let index = texts.index(dir.path());
    let names = ["國安".to_owned()];
    let known = Query { known_names: &names, ..query("国安") };
    assert_eq!(show(&texts.ask(&index, &known)), "word:国安");
    assert_eq!(show(&texts.ask(&index, &query("中国安全的"))), "word:中国安全的");
}

#[test]
fn other_spellings_are_named() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(&[("警務處", "zh"), ("警务处", "zh")]);
    let index = texts.index(dir.path());
    let answer = texts.ask(&index, &query("警务"));
    assert_eq!((answer.total_word + answer.total_inside, answer.also), (2, vec!["警務".to_owned()]));
}

#[test]
fn a_title_answers_without_a_quote() {
    let dir = tempfile::tempdir().expect("a folder");
    let index = Index::open_or_create(dir.path()).expect("opened");
    let id = DocumentId::of_payload(b"titled");
    let mut writer = index.writer().expect("nobody else writes");
    writer.add(&Entry { title: Some("海外服务"), ..entry(id, "正文", "zh") }).expect("added");
    writer.commit().expect("written");
    let answer = index.search(&query("海外 正文"), &|_| Some("正文".to_owned())).expect("an answer");
    assert_eq!(show(&answer), "word:正文");
    let answer = index.search(&query("服务"), &|_| None).expect("an answer");
    assert_eq!((show(&answer).as_str(), answer.hits[0].title.as_deref()), ("word:", Some("海外服务")));
}

#[test]
fn facets_count_and_filter() {
    let dir = tempfile::tempdir().expect("a folder");
    let index = Index::open_or_create(dir.path()).expect("opened");
    let mut writer = index.writer().expect("nobody else writes");
    let bodies = ["b:1".to_owned(), "b:2".to_owned(), "b:1".to_owned()];
    for (number, lang) in ["zh", "zh", "nl"].iter().enumerate() {
        let id = DocumentId::of_payload(lang.as_bytes().repeat(number + 1).as_slice());
        let bodies = if number == 0 { &bodies[..] } else { &[] };
        writer.add(&Entry { bodies, ..entry(id, "bureau", lang) }).expect("added");
    }
    writer.commit().expect("written");
    let ask = |q: Query<'_>| index.search(&q, &|_| Some("bureau".to_owned())).expect("an answer");
    let all = ask(query("bureau"));
    assert_eq!(all.facets["lang"], [("zh".to_owned(), 2), ("nl".to_owned(), 1)]);
    assert_eq!(all.facets["body"], [("b:1".to_owned(), 1), ("b:2".to_owned(), 1)]);
    assert_eq!(all.facets["year"], [("2021".to_owned(), 3)]);
    assert_eq!(ask(Query { lang: Some("nl".into()), ..query("bureau") }).total_word, 1);
    assert_eq!(ask(Query { body: Some("b:2".into()), ..query("bureau") }).total_word, 1);
    assert_eq!(ask(Query { year: Some("1999".into()), ..query("bureau") }).total_word, 0);
    let page = ask(Query { offset: 2, limit: 5, ..query("bureau") });
    assert_eq!((page.hits.len(), page.total_word), (1, 3));
}

/// Two hundred names of rare characters, planted between dictionary words.
#[test]
fn rare_names_are_found_two_hundred_times_of_two_hundred() {
    let rare: Vec<char> = "骉彧珅翀旻昶晏瑄璟甯芃茜荻蕤蘅祎禛稷穆筠粲羿翊芮茗".chars().collect();
    let words = ["安全", "服务", "人民", "国家", "公安", "中心", "海外", "工作"];
    let name =
        |n: usize| -> String { [rare[n % 25], rare[n / 25 + 3], rare[(n * 7 + 11) % 25]].iter().collect() };
    let mut texts = Texts::default();
    for n in 0..200 {
        let text = format!("{}{}{}{}", words[n % 8], name(n), words[(n + 3) % 8], words[(n + 5) % 8]);
        texts.0.insert(DocumentId::of_payload(text.as_bytes()), (text, "zh"));
    }
    let dir = tempfile::tempdir().expect("a folder");
    let index = texts.index(dir.path());
    for n in 0..200 {
        let answer = texts.ask(&index, &query(&name(n)));
        let true_hits = texts.0.values().filter(|(text, _)| text.contains(&name(n))).count();
        assert_eq!(answer.total_word + answer.total_inside, true_hits, "{}", name(n));
    }
}

#[test]
fn the_history_of_an_index_changes_no_answer() {
    let texts = Texts::of(&[("国安 een", "zh"), ("中国安全 een twee", "zh"), ("een een een", "nl")]);
    let (fresh, worn) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let fresh = texts.index(fresh.path());
    let index = Index::open_or_create(worn.path()).expect("opened");
    let mut writer = index.writer().expect("nobody else writes");
    let gone = DocumentId::of_payload(b"gone");
    for round in 0..3 {
        writer.add(&entry(gone, "een 国安", "zh")).expect("added");
        for (id, (text, lang)) in texts.0.iter().rev() {
            writer.add(&entry(*id, if round < 2 { "iets anders" } else { text }, lang)).expect("added");
            writer.commit().expect("written");
        }
    }
    writer.remove(&gone);
    writer.commit().expect("written");
    for asked in ["een", "国安", "een twee", "安"] {
        assert_eq!(texts.ask(&fresh, &query(asked)), texts.ask(&index, &query(asked)), "{asked}");
    }
    assert_eq!(
        index.documents().expect("read").into_iter().collect::<Vec<_>>(),
        texts.0.keys().copied().collect::<Vec<_>>()
    );
}

#[test]
fn an_index_of_another_version_or_damaged_is_made_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(&[("het bureau", "nl")]);
    drop(texts.index(dir.path()));
    assert!(!Index::open_or_create(dir.path()).expect("opened").made_anew());

    std::fs::write(dir.path().join("plainsight-version"), "search-0").expect("written");
    let index = Index::open_or_create(dir.path()).expect("opened");
    assert!(index.made_anew() && index.documents().expect("read").is_empty());
    drop(index);

    let index = texts.index(dir.path());
    assert_eq!(texts.ask(&index, &query("bureau")).total_word, 1);
    drop(index);
    let part = |name: &str| {
        std::fs::read_dir(dir.path())
            .expect("listed")
            .flatten()
            .find(|f| f.path().extension().is_some_and(|e| e == name))
    };
    let path = part("term").expect("a file of terms").path();
    let mut bytes = std::fs::read(&path).expect("read");
    bytes[3] ^= 0x55;
    std::fs::write(&path, &bytes).expect("written");
    assert!(Index::open_or_create(dir.path()).expect("opened").made_anew());

    std::fs::write(dir.path().join("meta.json"), "{").expect("written");
    assert!(Index::open_or_create(dir.path()).expect("opened").made_anew());
    assert_eq!(std::fs::read_to_string(dir.path().join("plainsight-version")).expect("read"), VERSION);
}

#[test]
fn a_folder_of_somebody_else_is_left_alone() {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::write(dir.path().join("letter.txt"), "mine").expect("written");
    assert!(matches!(Index::open_or_create(dir.path()), Err(SearchError::Foreign { .. })));
    assert!(dir.path().join("letter.txt").exists());
}

#[test]
fn a_second_writer_is_told_to_wait() {
    let dir = tempfile::tempdir().expect("a folder");
    let index = Index::open_or_create(dir.path()).expect("opened");
    let _first = index.writer().expect("nobody else writes");
    assert!(matches!(index.writer(), Err(SearchError::Busy)));
}

#[test]
fn hostile_queries_are_only_queries() {
    let dir = tempfile::tempdir().expect("a folder");
    let texts = Texts::of(&[("中国安全 het bureau", "zh")]);
    let index = texts.index(dir.path());
    for asked in [
        "\"",
        "\"\"\"",
        "(((",
        "a AND OR NOT",
        "lang:zh",
        "*",
        "?~^2",
        "\\",
        "[a TO b]",
        "\0",
        "\u{202e}x",
        "+-",
        ".*",
        &"国".repeat(10_000),
        &"a ".repeat(5_000),
        &"\"(".repeat(5_000),
        &"国安 中国 ".repeat(1_000),
        &(0..3_000).map(|n| format!("w{n} ")).collect::<String>(),
        "",
        " ",
    ] {
        for substring in [false, true] {
            texts.ask(&index, &Query { substring, ..query(asked) });
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_quote_is_what_was_asked(
        bodies in prop::collection::vec("[中国安全公局警務 a-cé,]{1,40}", 1..6),
        asked in "[中国安全公局警a-c]{1,3}",
    ) {
        let dir = tempfile::tempdir().expect("a folder");
        let mut texts = Texts::default();
        for body in bodies {
            texts.0.insert(DocumentId::of_payload(body.as_bytes()), (body, "zh"));
        }
        let index = texts.index(dir.path());
        let answer = texts.ask(&index, &Query { substring: true, ..query(&asked) });
        for hit in &answer.hits {
            let chars: Vec<char> = texts.0[&hit.document].0.chars().collect();
            for quote in &hit.quotes {
                let cut: String = chars[quote.start..quote.end].iter().collect();
                prop_assert_eq!(&cut, &quote.text);
                prop_assert_eq!(fold(&cut), fold(&asked));
            }
        }
        // The index leaves nothing out that a plain look at all texts finds.
        let plain = texts.0.values().filter(|(text, _)| fold(text).contains(&fold(&asked))).count();
        prop_assert_eq!(answer.hits.len(), plain);
        let words = answer.hits.iter().filter(|hit| hit.group == Group::Word).count();
        prop_assert_eq!(words, answer.total_word);
    }
}
