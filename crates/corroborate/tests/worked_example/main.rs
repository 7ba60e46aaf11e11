//! The worked example of the notes on corroboration, as records handed straight
//! to `corroborate`, with both grades as they were computed there by hand; the
//! same table stands in `docs/grading.md`, and is checked here.

mod pages;
mod pencil;
#[path = "../../src/test_case.rs"]
mod test_case;

use pages::{AMSTERDAM, NEW_YORK, ROTTERDAM, announcement, held, id, irish_times, judged, neighbour};
use plainsight_corroborate::{claims, next_step, statuses};
use plainsight_model::{Claim, Judgements, Predicate, Relation, Stance};
use proptest::prelude::*;
use test_case::{Page, with_case};

fn run(pages: &[Page], judgements: &Judgements) -> Vec<Claim> {
    with_case(&pages.iter().collect::<Vec<_>>(), judgements, claims)
}

/// The claims of a case, fresh and judged.
fn both(pages: &[Page]) -> (Vec<Claim>, Vec<Claim>) {
    let all: Vec<&Page> = pages.iter().collect();
    (run(pages, &Judgements::default()), run(pages, &judged(&all)))
}

fn find<'c>(claims: &'c [Claim], subject: &str, predicate: Predicate, object: &str) -> &'c Claim {
    let is = |c: &&Claim| c.subject.key == subject && c.predicate == predicate && c.object_key == object;
    claims.iter().find(is).unwrap_or_else(|| {
        let all: Vec<&str> = claims.iter().map(|c| c.text.as_str()).collect();
        panic!("no claim {subject} {} {object} among {all:#?}", predicate.as_str())
    })
}

/// S, P and C of the first trace.
fn spc(claim: &Claim) -> (usize, usize, usize) {
    let count = |line: usize| claim.trace[line].split(' ').count() - 1;
    (count(0), count(1), count(2))
}

/// A row of the notes: name, claim, S / P / C, `grade_if_read` of a fresh case, `grade` of a judged one.
type Row = (&'static str, (&'static str, Predicate, &'static str), (usize, usize, usize), u8, u8);

const ROWS: [Row; 13] = [
    ("A1", (AMSTERDAM, Predicate::Opened, "2018-06"), (1, 0, 0), 3, 3),
    ("A1, its agency", (AMSTERDAM, Predicate::OperatedBy, "lishui police"), (1, 0, 0), 3, 3),
    ("A2", (AMSTERDAM, Predicate::OperatedBy, "lishui police/qingtian"), (1, 0, 0), 3, 3),
    ("R1", (ROTTERDAM, Predicate::Opened, "2022"), (1, 0, 0), 3, 3),
    ("R1, its agency", (ROTTERDAM, Predicate::OperatedBy, "fuzhou police"), (1, 0, 0), 3, 3),
    ("E1", (AMSTERDAM, Predicate::Exists, "yes"), (2, 0, 0), 2, 2),
    ("E1, Rotterdam", (ROTTERDAM, Predicate::Exists, "yes"), (2, 0, 0), 2, 2),
    ("N1", (AMSTERDAM, Predicate::Notified, "no"), (1, 1, 0), 3, 2),
    ("N1, Rotterdam", (ROTTERDAM, Predicate::Notified, "no"), (1, 1, 0), 3, 2),
    ("N2", (AMSTERDAM, Predicate::Closed, "2022-11-01"), (1, 1, 0), 3, 2),
    ("N2, Rotterdam", (ROTTERDAM, Predicate::Closed, "2022-11-01"), (1, 1, 0), 3, 2),
    ("W1", (ROTTERDAM, Predicate::PressureBy, "pressed to return"), (1, 1, 0), 3, 4),
    // No predicate is about persons: what a page without an origin is worth is asked of the post that it names.
    ("V1", (NEW_YORK, Predicate::Exists, "yes"), (0, 0, 0), 6, 6),
];

#[test]
fn the_table_of_the_notes_row_by_row() {
    let (fresh, judged) = both(&held());
    for (name, (subject, predicate, object), numbers, if_read, grade) in ROWS {
        let (new, read) =
            (find(&fresh, subject, predicate, object), find(&judged, subject, predicate, object));
        assert_eq!(
            spc(new),
            numbers,
            "{name}: {:?} {:?}",
            new.trace,
            new.origins.iter().map(|o| (&o.voice, o.how, &o.documents)).collect::<Vec<_>>()
        );
        assert_eq!((new.grade.number(), new.grade_if_read.number()), (6, if_read), "{name}, fresh");
        assert_eq!((read.grade.number(), read.grade_if_read.number()), (grade, grade), "{name}, judged");
    }
}

#[test]
fn a1_five_pages_are_one_origin_and_the_announcement_adds_none() {
    let mut pages = held();
    pages.push(irish_times());
    let (fresh, _) = both(&pages);
    let claim = find(&fresh, AMSTERDAM, Predicate::Opened, "2018-06");
    assert_eq!(spc(claim), (1, 0, 0), "2018 contains June 2018");
    let five: std::collections::BTreeSet<_> =
        ["nl-rtl-1", "nl-ftm-1", "nl-nrc-1", "nl-knack-1", "nl-bndestem-1"].map(id).into();
    let supporting: std::collections::BTreeSet<_> =
        claim.evidence.iter().filter(|e| e.stance == Stance::Supports).map(|e| e.quote.document).collect();
    // The reprint copies the day too, and is no more an origin than the others.
    assert!(supporting.is_superset(&five), "{supporting:?}");
    let year = find(&fresh, AMSTERDAM, Predicate::Opened, "2018");
    assert_eq!(relation(claim, year), Some(Relation::Compatible));
    assert!(next_step(claim).contains("would be 3 if"), "{}", next_step(claim));

    let mut captured = held();
    captured.push(announcement());
    let (fresh, judged) = both(&captured);
    let claim = find(&judged, AMSTERDAM, Predicate::Opened, "2018-06");
    assert_eq!((spc(claim), claim.grade.number()), ((1, 1, 0), 3), "still one origin");
    assert_eq!(find(&fresh, AMSTERDAM, Predicate::Opened, "2018-06").grade_if_read.number(), 3);
    // A neighbour does not rest on it: two origins, one primary, and the reports that read the page have a B.
    let mut with = held();
    with.push(neighbour());
    let (_, judged) = both(&with);
    let claim = find(&judged, AMSTERDAM, Predicate::Opened, "2018-06");
    assert_eq!((spc(claim), claim.grade.number()), ((2, 1, 0), 1));
}

#[test]
fn a2_is_a_refinement_and_no_conflict() {
    let (fresh, _) = both(&held());
    let prefecture = find(&fresh, AMSTERDAM, Predicate::OperatedBy, "lishui police");
    let county = find(&fresh, AMSTERDAM, Predicate::OperatedBy, "lishui police/qingtian");
    assert_eq!(relation(prefecture, county), Some(Relation::Compatible));
}

#[test]
fn r1_is_two_only_where_a_person_finds_the_interview_behind_it() {
    let pages = held();
    let mut judgements = judged(&pages.iter().collect::<Vec<_>>());
    for family in ["nl-rtl-1", "nl-ftm-1"] {
        judgements.independent.insert((id("nl-epoch-1"), id(family)));
    }
    let claims = run(&pages, &judgements);
    let claim = find(&claims, ROTTERDAM, Predicate::Opened, "2022");
    assert_eq!((spc(claim).0, claim.grade.number()), (2, 2));
}

#[test]
fn the_swapped_reprint_counts_neither_for_nor_against() {
    let (with, _) = both(&held());
    let mut pages = held();
    pages.retain(|p| p.document.id != id("if-reprint"));
    let (without, _) = both(&pages);
    for (city, right, wrong) in
        [(AMSTERDAM, "lishui police", "fuzhou police"), (ROTTERDAM, "fuzhou police", "lishui police")]
    {
        let claim = find(&with, city, Predicate::OperatedBy, right);
        assert_eq!(spc(claim), spc(find(&without, city, Predicate::OperatedBy, right)));
        assert!(!with.iter().any(|c| c.subject.key == city && c.object_key == wrong), "no claim of its own");
        let mention = claim.evidence.iter().find(|e| e.quote.document == id("if-reprint"));
        assert_eq!(mention.map(|e| e.stance), Some(Stance::Mentions), "kept and shown: a copying error");
    }
}

#[test]
fn e1_becomes_one_with_the_announcement_and_three_if_the_minister_rests_on_the_inquiry() {
    let mut pages = held();
    pages.push(announcement());
    let (_, read) = both(&pages);
    let claim = find(&read, AMSTERDAM, Predicate::Exists, "yes");
    assert_eq!(claim.grade.number(), 1, "{:#?}", claim.trace);
    assert!(spc(claim).1 >= 1);

    let pages = held();
    let mut judgements = judged(&pages.iter().collect::<Vec<_>>());
    for carrier in ["nl-rtl-2", "nl-nrc-2", "nl-nieuws-1", "nl-gelderlander-1"] {
        judgements.dependent.insert((id("nl-rtl-1"), id(carrier)));
    }
    let claims = run(&pages, &judgements);
    let claim = find(&claims, AMSTERDAM, Predicate::Exists, "yes");
    assert_eq!((spc(claim).0, claim.grade.number()), (1, 3), "{:#?}", claim.origins);
}

#[test]
fn d1_is_printed_and_not_counted() {
    let (fresh, _) = both(&held());
    for city in [AMSTERDAM, ROTTERDAM] {
        let claim = find(&fresh, city, Predicate::Exists, "yes");
        let denials: Vec<_> = claim.evidence.iter().filter(|e| e.interested_denial).collect();
        assert_eq!(denials.len(), 1, "{city}");
        assert_eq!((denials[0].quote.document, spc(claim).2), (id("if-embassy"), 0));
    }
}

#[test]
fn n2_is_a_status_with_its_day() {
    let pages = held();
    let rows = with_case(&pages.iter().collect::<Vec<_>>(), &Judgements::default(), |input| {
        let post = input.posts.iter().find(|p| p.key == AMSTERDAM).expect("the post in Amsterdam");
        statuses(input, post)
    });
    let shown: Vec<_> = rows.iter().map(|r| (r.status.as_str(), r.date.as_deref())).collect();
    assert!(shown.contains(&("ordered closed", Some("2022-11-01"))), "{shown:?}");
    assert!(shown.contains(&("denied by sending state", Some("2022-10"))), "{shown:?}");
}

#[test]
fn w1_moves_alone() {
    let pages = held();
    let mut undisputed = judged(&pages.iter().collect::<Vec<_>>());
    let disputed = std::mem::take(&mut undisputed.disputed);
    let before = run(&pages, &undisputed);
    undisputed.disputed = disputed;
    let after = run(&pages, &undisputed);
    let moved: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(a, b)| a.grade != b.grade)
        .map(|(a, _)| a.predicate.as_str())
        .collect();
    assert_eq!(moved, ["pressure_by"]);
}

#[test]
fn counts_stand_beside_each_other() {
    let (fresh, _) = both(&held());
    let count = |object: &str, unit: &str| {
        let is =
            |c: &&Claim| c.object_key == object && c.count.as_ref().is_some_and(|count| count.unit == unit);
        fresh.iter().find(is).unwrap_or_else(|| panic!("no count {object} {unit}"))
    };
    let (c30, c38, c46) = (count("30", "posts"), count("38", "posts"), count(">=46", "posts"));
    let (c54, c102) = (count("54", "posts"), count("102", "posts"));
    for (a, b, how) in [
        (c30, c38, Some(Relation::Succession)),
        (c54, c102, Some(Relation::Succession)),
        (c46, c54, Some(Relation::Incomparable)),
        (c46, c102, Some(Relation::Incomparable)),
        (c38, c54, Some(Relation::Incomparable)),
        (c46, count(">=46", "assistance centres"), None),
    ] {
        assert_eq!(relation(a, b), how, "{} / {}", a.text, b.text);
        assert_eq!(relation(b, a), how);
    }
    assert_eq!(spc(c30), (1, 1, 0), "the operator's own count");
    assert_eq!(spc(c54).0, 1, "one origin however many pages repeat it");
    for c in [c30, c38, c46, c54, c102] {
        assert_eq!(spc(c).2, 0, "{}", c.text);
    }
    // "54 in 21 countries" is a join that no origin holds.
    let ngo = |object: &str| {
        fresh.iter().any(|c| c.subject.key == "count|safeguard defenders|countries" && c.object_key == object)
    };
    assert!(ngo("30") && !ngo("21"));
}

/// The table of `docs/grading.md` holds what the code computes.
#[test]
fn the_numbers_of_the_doc_are_computed() {
    let doc = include_str!("../../../../docs/grading.md");
    let (fresh, judged) = both(&held());
    let mut seen = 0;
    for line in doc.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [claim, numbers, if_read, grade, _] = cells[..] else { continue };
        let name = claim.split(' ').next().unwrap_or_default();
        let Some((_, (subject, predicate, object), ..)) = ROWS.iter().find(|row| row.0 == name) else {
            assert!(["claim", "---"].contains(&name), "a row that ROWS does not know: {line}");
            continue;
        };
        let (new, read) =
            (find(&fresh, subject, *predicate, object), find(&judged, subject, *predicate, object));
        let (s, p, c) = spc(new);
        assert_eq!(numbers, format!("{s} / {p} / {c}"), "{name}");
        assert_eq!(if_read, new.grade_if_read.number().to_string(), "{name}, fresh");
        assert_eq!(grade, read.grade.number().to_string(), "{name}, judged");
        seen += 1;
    }
    assert_eq!(seen, 8, "rows of the worked example");
}

fn relation(claim: &Claim, other: &Claim) -> Option<Relation> {
    claim.against.iter().find(|a| a.claim == other.id).map(|a| a.relation)
}

/// Acceptance test 5: the number redone from what is printed, and what a fresh case may say.
#[test]
fn a_pencil_gets_the_same_two_numbers() {
    let mut pages = held();
    let mut walked = 0;
    for more in [None, Some(announcement()), Some(neighbour())] {
        pages.extend(more);
        let (fresh, judged) = both(&pages);
        for claim in fresh.iter().chain(&judged) {
            let (if_read, grade) = pencil::walk(claim);
            assert_eq!(
                (if_read, grade),
                (claim.grade_if_read.number(), claim.grade.number()),
                "{}: {:#?}",
                claim.text,
                claim.trace
            );
            walked += 1;
        }
        assert!(fresh.iter().all(|c| c.grade.number() == 6), "nobody has read anything");
        assert!(fresh.iter().all(|c| c.grade_if_read.number() > 1), "no letter, no number 1");
    }
    assert!(walked >= 20, "{walked}");
}

#[test]
fn the_records_are_those_of_the_facts() {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let shared = std::env::var("PLAINSIGHT_SHARED").unwrap_or_else(|_| default.to_owned());
    let path = format!("{shared}/data/case/facts/sources.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        assert!(std::env::var("CI").is_err(), "{path} is missing: set PLAINSIGHT_SHARED");
        eprintln!("NOT RUN: the_records_are_those_of_the_facts: {path} is missing");
        return;
    };
    let rows: Vec<serde_json::Value> =
        lines.lines().map(|l| serde_json::from_str(l).expect("a JSON line")).collect();
    for (source, publisher, date, lang, _) in pages::SOURCES {
        let row = rows.iter().find(|r| r["id"] == *source).unwrap_or_else(|| panic!("{source}"));
        let of = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            (of("publisher"), of("date"), of("lang")),
            ((*publisher).into(), (*date).into(), (*lang).into()),
            "{source}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_of_import_changes_nothing(order in Just((0..held().len()).collect::<Vec<_>>()).prop_shuffle()) {
        let mut pages: Vec<Option<Page>> = held().into_iter().map(Some).collect();
        let shuffled: Vec<Page> = order.into_iter().filter_map(|n| pages[n].take()).collect();
        let (fresh, judged) = both(&shuffled);
        let (plain, expected) = both(&held());
        prop_assert_eq!(fresh, plain);
        prop_assert_eq!(judged, expected);
    }
}
