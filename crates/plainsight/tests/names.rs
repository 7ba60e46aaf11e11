//! Do two names mean the same? The queue, the answers, what they move, and what is forgotten with them.

mod support;

use plainsight_case::{Answer, Case};
use serde_json::{Value, json};
use std::path::Path;
use support::{Bench, small_case};

/// The prefecture above the county of the small case, in its own words; all of it is invented.
const PREFECTURE: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8>\
<title>沐舟市公安局海外警侨服务站启用</title></head><body><main><h1>沐舟市公安局海外警侨服务站启用</h1>\
<p>以下内容全属虚构。</p>\
<p>2020年6月8日，沐舟市公安局在布伦马城市利瑟沃设立利瑟沃警侨服务站，地址为Beukenlaan 11，电话0099120555777。</p>\
</main></body></html>";

/// The same prefecture in the town of the small case's post, under another number.
const NEXT_DOOR: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8>\
<title>沐舟市公安局海外警侨服务站启用</title></head><body><main><h1>沐舟市公安局海外警侨服务站启用</h1>\
<p>以下内容全属虚构。</p>\
<p>2021年7月4日，沐舟市公安局在布伦马港口城市哈尔沃设立哈尔沃海外警侨服务站，地址为Havenkade 2，电话0099120559999。</p>\
</main></body></html>";

fn with_page(bench: &Bench, name: &str, page: &str) -> String {
    let case = small_case(bench);
    let page = bench.write(name, page);
    bench.run(&["add", &case, &page]).exits(0);
    bench.run(&["run", &case]).exits(0);
    case
}

fn queue(bench: &Bench, case: &str, kind: &str) -> Vec<Value> {
    let all = bench.run(&["names", case, "--json"]).exits(0).lines();
    all.into_iter().filter(|pair| pair["kind"] == kind).collect()
}

fn decide(bench: &Bench, case: &str, what: &str, answer: &str) -> Value {
    let args = ["decide", case, what, "--as", answer, "--reason", "read side by side", "--json"];
    bench.run(&args).exits(0).line()
}

fn id(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("{key}: {value}")).to_owned()
}

/// The entities that a list of two names meets, with the row.
fn met(bench: &Bench, case: &str) -> Vec<(u64, String)> {
    let list = bench.write("list.csv", "name\n箧垣县公安局\n沐舟市公安局\n");
    let hits = bench.run(&["xref", case, &list, "--json"]).exits(0).lines();
    let sure = hits.iter().filter(|hit| hit["score"].as_f64().is_some_and(|score| score >= 0.9));
    sure.map(|hit| (hit["row"].as_u64().unwrap_or(0), id(hit, "entity"))).collect()
}

#[test]
fn two_bodies_are_joined_by_a_person_alone_and_split_again() {
    let bench = Bench::new();
    let case = with_page(&bench, "prefecture.html", PREFECTURE);
    let pairs = queue(&bench, &case, "agency");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    let pair = id(&pairs[0], "pair");
    let apart = met(&bench, &case);
    assert!(apart.len() == 2 && apart[0].1 != apart[1].1, "{apart:?}");

    let decided = decide(&bench, &case, &pair, "same");
    assert_eq!(decided["changed"], json!([]), "no claim, no grade and no post moves");
    assert_eq!(queue(&bench, &case, "agency").len(), 0);
    let joined = met(&bench, &case);
    assert!(joined.len() == 2 && joined[0].1 == joined[1].1, "one entity under both names: {joined:?}");
    std::fs::remove_dir_all(format!("{case}/derived")).expect("derived");
    bench.run(&["run", &case]).exits(0);
    assert_eq!(met(&bench, &case), joined, "derived anew, it stands as it stood");

    bench.run(&["decide", &case, "--undo", &id(&decided, "decision"), "--reason", "too early"]).exits(0);
    assert_eq!(queue(&bench, &case, "agency"), pairs);
    assert_eq!(met(&bench, &case), apart);
    // What was told apart is not asked again.
    decide(&bench, &case, &pair, "different");
    assert_eq!(queue(&bench, &case, "agency").len(), 0);
    assert_eq!(met(&bench, &case), apart);
}

#[test]
fn what_a_decision_about_two_posts_moves_is_known_before_it_is_taken() {
    let bench = Bench::new();
    let case = with_page(&bench, "next-door.html", NEXT_DOOR);
    let pairs = queue(&bench, &case, "post");
    assert_eq!(pairs.len(), 1, "{pairs:?}");
    let pair = id(&pairs[0], "pair");
    for (answer, word) in [(Answer::Different, "different"), (Answer::Same, "same")] {
        let open = Case::open_read_only(Path::new(&case)).expect("the case");
        let before = open.log().expect("the ledger").len();
        let would = open.would_change(std::slice::from_ref(&pair), &answer).expect("weighed");
        assert_eq!(open.log().expect("the ledger").len(), before, "asking writes nothing");
        let decided = decide(&bench, &case, &pair, word);
        assert_eq!(decided["changed"], serde_json::to_value(&would.changed).expect("JSON"), "{word}");
        let gone = usize::from(word == "same");
        assert_eq!((would.posts_gone, would.posts_new), (gone, 0), "{would:?}");
        assert_eq!(would.claims.is_empty(), word == "different", "{would:?}");
        bench.run(&["decide", &case, "--undo", &id(&decided, "decision"), "--reason", "to see"]).exits(0);
    }
    let findings = || bench.run(&["findings", &case, "--json"]).exits(0).lines().len();
    let two = findings();
    decide(&bench, &case, &pair, "same");
    assert_eq!(findings(), two - 1);
    let done = Case::open_read_only(Path::new(&case)).expect("the case").names_done().expect("done");
    assert_eq!((done.decided.len(), done.decided[0].answer.as_str()), (1, "same"));
}

#[test]
fn names_that_only_a_forgotten_page_wrote_leave_the_ledger_too() {
    let bench = Bench::new();
    let case = with_page(&bench, "prefecture.html", PREFECTURE);
    let pair = id(&queue(&bench, &case, "agency")[0], "pair");
    decide(&bench, &case, &pair, "same");
    let words = ["沐舟市公安局".to_owned()];
    assert!(!support::occurrences(&case, &words).is_empty());
    bench.run(&["forget", &case, "prefecture.html", "--reason", "no business of ours", "--yes"]).exits(0);
    assert_eq!(support::occurrences(&case, &words), Vec::<String>::new());
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    let done = Case::open_read_only(Path::new(&case)).expect("the case").names_done().expect("done");
    assert_eq!(done.decided, [], "half a pair is no question");
}
