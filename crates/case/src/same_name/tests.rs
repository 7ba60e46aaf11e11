//! Bodies, persons, places and pages are invented.

use super::*;
use crate::views::{ClaimRow, EvidenceRow};
use crate::who::nodes;
use plainsight_model::{DecisionId, DocumentId, QuoteRef};

fn document(page: &str) -> DocumentId {
    DocumentId::of_payload(page.as_bytes())
}

/// A claim that a page makes in one sentence.
fn claim(predicate: &str, object: &str, page: &str, sentence: &str) -> ClaimRow {
    let quote = QuoteId::of(&document(page), sentence, 0).to_string();
    ClaimRow {
        claim: format!("clm-{predicate}-{object}"),
        text: format!("the post: {predicate} {object}"),
        subject: "pos-1".into(),
        predicate: predicate.into(),
        object: object.into(),
        valid: None,
        count: None,
        grade: 6,
        grade_if_read: 3,
        trace: Vec::new(),
        origins: Vec::new(),
        against: Vec::new(),
        evidence: vec![EvidenceRow {
            quote,
            document: document(page).to_string(),
            lang: "zh".into(),
            start: 0,
            end: sentence.chars().count(),
            text: sentence.into(),
            stance: "supports".into(),
            voice: "the document itself".into(),
            read_by: Vec::new(),
            mode: "primary".into(),
            origin: None,
            rejected: false,
            interested_denial: false,
            withdrawn: false,
            proposed_by: None,
            weighed: false,
            title: None,
            date: None,
        }],
        decision: None,
        next_step: String::new(),
        grade_words: String::new(),
        grade_if_read_words: String::new(),
        unread: 1,
    }
}

fn claims() -> Vec<ClaimRow> {
    vec![
        claim("hosted_by", "灯港茶商联合会", "a", "灯港茶商联合会承办。"),
        claim("hosted_by", "Denggang Tea Traders' Union", "b", "Denggang Tea Traders' Union is host."),
        claim("hosted_by", "灯港茶商总会", "c", "灯港茶商总会承办。"),
        claim("headed_by", "林泊舟", "d", "站长林泊舟说。"),
    ]
}

fn said(number: u8, answer: Answer, a: (&str, &str, &str), b: (&str, &str, &str)) -> Decision {
    let quote = |(_, page, sentence): (&str, &str, &str)| QuoteRef {
        document: document(page),
        exact: sentence.into(),
        number: 0,
    };
    Decision {
        id: DecisionId::of_line(&[number]),
        about: Vec::new(),
        question: format!("name|organisation|{}|{}", a.0, b.0),
        answer,
        quotes: vec![quote(a), quote(b)],
        reason: "invented".into(),
        author: "Ida Brandt".into(),
        time: "2024-01-01T00:00:00Z".into(),
        lang: None,
        grade: None,
    }
}

const UNION: (&str, &str, &str) = ("灯港茶商联合会", "a", "灯港茶商联合会承办。");
const LATIN: (&str, &str, &str) =
    ("Denggang Tea Traders' Union", "b", "Denggang Tea Traders' Union is host.");
const OTHER: (&str, &str, &str) = ("灯港茶商总会", "c", "灯港茶商总会承办。");

fn names(claims: &[ClaimRow], decisions: &[Decision]) -> (Vec<Vec<String>>, usize) {
    let nodes = nodes(claims);
    let joined = join(&nodes, decisions);
    let rows = entities(&nodes, &joined);
    let names = |row: &EntityRow| row.names.iter().map(|name| name.text.clone()).collect();
    let mut all: Vec<Vec<String>> = rows.iter().map(names).collect();
    all.sort();
    (all, joined.waiting.len())
}

#[test]
fn nothing_is_joined_without_a_person_and_an_undo_splits_again() {
    assert_eq!(names(&claims(), &[]).0.len(), 4);
    let (all, waiting) = names(&claims(), &[said(1, Answer::Same, UNION, LATIN)]);
    assert_eq!((all.len(), waiting), (3, 0));
    assert!(all.contains(&vec![UNION.0.to_owned(), LATIN.0.to_owned()]), "Han first: {all:?}");
    assert_eq!(names(&claims(), &[said(1, Answer::Unsure, UNION, LATIN)]).0.len(), 4);
}

#[test]
fn what_was_told_apart_is_not_joined_by_a_way_round() {
    let decisions = [
        said(1, Answer::Different, UNION, OTHER),
        said(2, Answer::Same, UNION, LATIN),
        said(3, Answer::Same, LATIN, OTHER),
    ];
    let (all, waiting) = names(&claims(), &decisions);
    assert_eq!((all.len(), waiting), (3, 1), "the third answer stands against the first: it waits");
    // Without the first the three are one.
    let (all, waiting) = names(&claims(), &decisions[1..]);
    assert_eq!((all.len(), waiting), (2, 0), "{all:?}");
    assert!(all.iter().any(|names| names.len() == 3), "{all:?}");
}

#[test]
fn a_decision_waits_when_its_words_are_gone_and_follows_a_name_that_is_written_anew() {
    let same = said(1, Answer::Same, UNION, LATIN);
    let gone = &claims()[1..];
    assert_eq!(names(gone, std::slice::from_ref(&same)).1, 1);
    // A better reader calls the body by a fuller name in the same sentence.
    let mut renamed = claims();
    renamed[0].object = "灯港茶商联合会总部".into();
    let (all, waiting) = names(&renamed, &[same]);
    assert_eq!((all.len(), waiting), (3, 0), "{all:?}");
}

#[test]
fn two_bodies_of_one_sentence_and_its_head_are_three_entities() {
    let sentence = "灯港市公安局在雾镇设站，雾镇商会承办，站长林泊舟。";
    let all: Vec<ClaimRow> =
        [("operated_by", "灯港市公安局"), ("hosted_by", "雾镇商会"), ("headed_by", "林泊舟")]
            .map(|(predicate, object)| claim(predicate, object, "one", sentence))
            .to_vec();
    let nodes = nodes(&all);
    let rows = entities(&nodes, &join(&nodes, &[]));
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.entity.as_str()).collect();
    let kinds: BTreeSet<&str> = rows.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!((ids.len(), kinds.len()), (3, 3), "{rows:?}");
    assert!(ids.iter().all(|id| id.starts_with("ent-") && id.len() == 36));
}

#[test]
fn who_is_rejected_or_has_no_quote_is_no_entity() {
    let mut all = claims();
    all[3].evidence[0].rejected = true;
    assert_eq!(names(&all, &[]).0.len(), 3, "the person left with the quote");
    let mut denied = claims();
    denied[3].evidence[0].stance = "contradicts".into();
    assert_eq!(names(&denied, &[]).0.len(), 3);
}

#[test]
fn pairs_ask_across_scripts_and_never_what_was_answered() {
    const HAN: (&str, &str, &str) = ("林泊舟", "d", "站长林泊舟说。");
    const PINYIN: (&str, &str, &str) = ("Lin Bozhou", "e", "Lin Bozhou, head of the station, said so.");
    let mut all = claims();
    all.push(claim("headed_by", PINYIN.0, PINYIN.1, PINYIN.2));
    let asked = |decisions: &[Decision]| -> Vec<PairRow> {
        let nodes = nodes(&all);
        let joined = join(&nodes, decisions);
        let ids: Vec<String> = entities(&nodes, &joined).into_iter().map(|e| e.entity).collect();
        pairs(&nodes, &joined, &ids, Gazetteer::builtin())
    };
    let open = asked(&[]);
    let of = |pair: &PairRow| BTreeSet::from([pair.a.text.clone(), pair.b.text.clone()]);
    let both = BTreeSet::from([HAN.0.to_owned(), PINYIN.0.to_owned()]);
    assert!(open.iter().any(|pair| of(pair) == both && pair.kind == "person"), "{open:?}");
    assert!(open.iter().all(|p| !p.reasons.is_empty() && p.verdict == "review"), "{open:?}");
    let unions = BTreeSet::from([UNION.0.to_owned(), OTHER.0.to_owned()]);
    assert!(open.iter().all(|pair| of(pair) != unions), "that they share characters is no question");
    let person = |answer: Answer| {
        let mut decision = said(1, answer, HAN, PINYIN);
        decision.question = format!("name|person|{}|{}", HAN.0, PINYIN.0);
        decision
    };
    for answer in [Answer::Same, Answer::Different] {
        assert!(asked(&[person(answer)]).iter().all(|pair| of(pair) != both));
    }
    assert_eq!(asked(&[person(Answer::Unsure)]), open);
}

#[test]
fn the_question_of_a_pair_holds_its_names_and_comes_back() {
    let side = |text: &str| PairSide {
        id: "ent-1".into(),
        text: text.into(),
        lang: "zh".into(),
        quote: String::new(),
    };
    let pair = PairRow {
        pair: "pair-1".into(),
        a: side("灯|港"),
        b: side("Denggang"),
        score: 0.5,
        verdict: "review".into(),
        reasons: Vec::new(),
        would_merge: Vec::new(),
        kind: "organisation".into(),
    };
    assert_eq!(asked(&question(&pair)), Some(("organisation", "灯/港", "Denggang")));
    assert_eq!(asked("pair"), None);
}
