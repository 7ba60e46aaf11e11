//! Rule G1, top to bottom, first line that fits (notes on corroboration, 3.3).

use plainsight_model::{Grade, Letter, Mark, Mode, OriginId};
use std::collections::BTreeSet;

/// An origin as rule G1 weighs it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weighed {
    /// The origin.
    pub id: OriginId,
    /// Primary or secondary, by the quotes of the set; a tertiary one never counts.
    pub mode: Mode,
    /// The letter of whose knowledge it is.
    pub letter: Letter,
    /// Its control group: origins of one group count once.
    pub group: Option<String>,
    /// Its marks.
    pub marks: Vec<Mark>,
}

impl Weighed {
    fn has(&self, mark: Mark) -> bool {
        self.marks.contains(&mark)
    }

    fn counts(&self) -> bool {
        self.mode != Mode::Tertiary && self.letter != Letter::E && !self.has(Mark::Withdrawn)
    }
}

/// Walks rule G1 over the origins that support and those that contradict.
///
/// Gives the grade and the lines `S: …`, `P: …`, `C: …`, `line: N condition`.
/// Withdrawn origins and those of letter E may be among them: they do not count.
pub fn g1(support: &[Weighed], contradict: &[Weighed]) -> (Grade, Vec<String>) {
    let s = independent(support);
    let c = independent(contradict);
    let p: Vec<&Weighed> = s.iter().copied().filter(|o| o.mode == Mode::Primary).collect();
    let (grade, condition) = line(&s, &p, &c, support);
    let ids = |name: &str, origins: &[&Weighed]| {
        let mut text = format!("{name}:");
        for origin in origins {
            text.push(' ');
            text.push_str(&origin.id.to_string());
        }
        text
    };
    let trace =
        vec![ids("S", &s), ids("P", &p), ids("C", &c), format!("line: {} {condition}", grade.number())];
    (grade, trace)
}

fn line(s: &[&Weighed], p: &[&Weighed], c: &[&Weighed], all: &[Weighed]) -> (Grade, &'static str) {
    let all_withdrawn = !all.is_empty() && all.iter().all(|o| o.has(Mark::Withdrawn));
    if s.is_empty() && c.is_empty() && !all_withdrawn {
        return (Grade::CannotBeJudged, "S = 0, C = 0, and no origin was withdrawn");
    }
    if c.iter().any(|o| o.has(Mark::Record)) {
        return (Grade::Improbable, "C >= 1 with a record that is official, complete and in force");
    }
    if s.is_empty() && all_withdrawn {
        return (Grade::Improbable, "S = 0 because every origin that supported it was withdrawn");
    }
    if c.len() >= s.len() {
        return (Grade::Doubtful, "C >= S");
    }
    if s.iter().all(|o| o.has(Mark::Disputed)) {
        return (Grade::Doubtful, "every S is a witness marked disputed");
    }
    let best = |o: &&&Weighed| matches!(o.letter, Letter::A | Letter::B | Letter::C);
    if c.is_empty() && s.len() >= 2 && !p.is_empty() && s.iter().any(|o| best(&o)) {
        return (
            Grade::Confirmed,
            "C = 0, S >= 2, P >= 1, different control groups, at least one letter A to C",
        );
    }
    if c.is_empty() && s.len() >= 2 {
        return (Grade::ProbablyTrue, "C = 0 and S >= 2");
    }
    if c.is_empty() && p.iter().any(|o| o.has(Mark::OwnInterest)) {
        return (Grade::ProbablyTrue, "C = 0 and P >= 1 from a party speaking against its own interest");
    }
    if c.is_empty() && p.iter().any(|o| o.letter == Letter::A) {
        return (Grade::ProbablyTrue, "C = 0 and P >= 1 from a letter A record");
    }
    if c.is_empty() { (Grade::PossiblyTrue, "S = 1") } else { (Grade::PossiblyTrue, "S > C >= 1") }
}

/// The origins that count, one of each control group: the primary one, then the best letter, then the smallest id.
fn independent(origins: &[Weighed]) -> Vec<&Weighed> {
    let mut counting: Vec<&Weighed> = origins.iter().filter(|o| o.counts()).collect();
    counting.sort_by_key(|o| (o.mode, o.has(Mark::Disputed), o.letter, o.id));
    let mut groups = BTreeSet::new();
    counting.retain(|o| o.group.as_ref().is_none_or(|g| groups.insert(g.clone())));
    counting.sort_by_key(|o| o.id);
    counting.dedup_by_key(|o| o.id);
    counting
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::DocumentId;
    use proptest::prelude::*;

    /// `P`rimary or `s`econdary, letter, then marks: `!` disputed, `<` against its interest, `#` record, `-` withdrawn, and `@g` for a group.
    fn origin(number: usize, text: &str) -> Weighed {
        let (head, group) = text.split_once('@').map_or((text, None), |(h, g)| (h, Some(g.to_owned())));
        let marks =
            [('!', Mark::Disputed), ('<', Mark::OwnInterest), ('#', Mark::Record), ('-', Mark::Withdrawn)];
        let letters = [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F];
        let document = DocumentId::of_payload(format!("{number}{text}").as_bytes());
        Weighed {
            id: OriginId::of(&[document], None),
            mode: if head.starts_with('P') { Mode::Primary } else { Mode::Secondary },
            letter: letters.into_iter().find(|l| head[1..].starts_with(&l.to_string())).unwrap_or_default(),
            group,
            marks: marks.into_iter().filter(|(c, _)| head.contains(*c)).map(|(_, m)| m).collect(),
        }
    }

    fn grade(support: &[&str], contradict: &[&str]) -> u8 {
        let all = |texts: &[&str]| texts.iter().enumerate().map(|(n, t)| origin(n, t)).collect::<Vec<_>>();
        g1(&all(support), &all(contradict)).0.number()
    }

    #[test]
    fn the_worked_example_row_by_row() {
        for (row, support, contradict, number) in [
            ("A1 fresh: the announcement, a stub", &["sF"][..], &[][..], 3),
            ("A1 judged: the reports that read it have B", &["sB"], &[], 3),
            ("A1 with the announcement captured and read", &["PF"], &[], 3),
            ("A1 with a lease beside it", &["PF", "PB"], &[], 1),
            ("A2 another agency, by way of an NGO", &["sD"], &[], 3),
            ("R1 one stub", &["sB"], &[], 3),
            ("R1 with a quote from the interview", &["sB", "sD"], &[], 2),
            ("R1 if the swap counted", &["sB"], &["sC"], 4),
            ("E1 fresh: stub and minister", &["sF", "sF"], &[], 2),
            ("E1 judged", &["sB", "sA"], &[], 2),
            ("E1 with the announcement read", &["PB", "sA"], &[], 1),
            ("E1 with the minister dependent", &["sB"], &[], 3),
            ("N1 fresh: the ministry's own record", &["PF"], &[], 3),
            ("N1 judged", &["PA"], &[], 2),
            ("N2 judged", &["PA"], &[], 2),
            ("W1 fresh: one witness", &["PF"], &[], 3),
            ("W1 judged: disputed", &["PF!"], &[], 4),
            ("V1 a low-grade copy", &["sE"], &[], 6),
            ("V1 nothing that can be followed", &[], &[], 6),
        ] {
            assert_eq!(grade(support, contradict), number, "{row}");
        }
    }

    #[test]
    fn the_lines_of_the_rule() {
        for (why, support, contradict, number) in [
            ("a record against it", &["PA", "sB"][..], &["PF#"][..], 5),
            ("every origin withdrawn", &["PA-", "sB-"], &[], 5),
            ("one withdrawn of two", &["PF-", "sB"], &[], 3),
            ("withdrawn and letter E", &["PF-", "sE"], &[], 6),
            ("only contradicted", &[], &["sF"], 4),
            ("as many against as for", &["PA", "sB"], &["sF", "PF"], 4),
            ("more for than against", &["PA", "sB"], &["sF"], 3),
            ("no letter, no number 1", &["PF", "PF", "sF"], &[], 2),
            ("D is no letter A to C", &["PD", "sD"], &[], 2),
            ("no primary origin, no number 1", &["sA", "sA"], &[], 2),
            ("one control group counts once", &["PA@g", "sA@g"], &[], 2),
            ("one control group, no letter A", &["PB@g", "sA@g"], &[], 3),
            ("a disputed witness beside another origin", &["PF!", "sF"], &[], 2),
            ("against its own interest", &["PF<"], &[], 2),
            ("a secondary voice against its interest", &["sF<"], &[], 3),
            ("letter E against", &["sF"], &["sE"], 3),
        ] {
            assert_eq!(grade(support, contradict), number, "{why}");
        }
    }

    /// The answer file of the notes: `g1` in `data/case/facts/claims.jsonl`.
    #[test]
    fn the_answer_file_agrees() {
        let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
        let shared = std::env::var("PLAINSIGHT_SHARED").unwrap_or_else(|_| default.to_owned());
        let path = format!("{shared}/data/case/facts/claims.jsonl");
        let Ok(lines) = std::fs::read_to_string(&path) else {
            assert!(std::env::var("CI").is_err(), "{path} is missing: set PLAINSIGHT_SHARED");
            eprintln!("NOT RUN: the_answer_file_agrees: {path} is missing");
            return;
        };
        let mut rows = 0;
        for line in lines.lines() {
            let row: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
            let g1 = &row["g1"];
            if g1.is_null() {
                continue;
            }
            rows += 1;
            let number = |key: &str| g1[key].as_u64().expect("a number") as usize;
            for (state, judged) in [("fresh", false), ("judged", true)] {
                let letter = if judged && !g1["letters"]["A"].is_null() { "A" } else { "F" };
                let disputed = judged && g1["line"].as_str().is_some_and(|l| l.contains("marked disputed"));
                let mark = if disputed { "!" } else { "" };
                let support: Vec<Weighed> = (0..number("S"))
                    .map(|n| origin(n, &format!("{}{letter}{mark}", if n < number("P") { "P" } else { "s" })))
                    .collect();
                let contradict: Vec<Weighed> = (0..number("C")).map(|n| origin(100 + n, "sF")).collect();
                let if_read = super::g1(&support, &contradict).0.number();
                let read = if judged { if_read } else { super::g1(&[], &[]).0.number() };
                let wanted = |key: &str| g1[state][key].as_u64().expect("a grade") as u8;
                assert_eq!((read, if_read), (wanted("grade"), wanted("grade_if_read")), "{row} {state}");
            }
        }
        assert!(rows >= 4, "{rows} rows with g1");
    }

    #[test]
    fn the_trace_can_be_walked_with_a_pencil() {
        let both = [origin(0, "PB"), origin(1, "sF")];
        let (grade, trace) = g1(&both, &[]);
        assert_eq!(grade.number(), 1);
        assert_eq!(trace[0].split(' ').count(), 3, "{}", trace[0]);
        assert_eq!(trace[1], format!("P: {}", both[0].id));
        assert_eq!(trace[2], "C:");
        assert!(trace[3].starts_with("line: 1 C = 0, S >= 2"));
    }

    proptest! {
        #[test]
        fn order_changes_nothing_and_without_letters_there_is_no_number_1(
            texts in prop::collection::vec("[Ps]F[!<-]{0,1}(@[gh]){0,1}", 0..6), split in 0usize..6,
        ) {
            let all: Vec<Weighed> = texts.iter().enumerate().map(|(n, t)| origin(n, t)).collect();
            let (support, contradict) = all.split_at(split.min(all.len()));
            let (grade, trace) = g1(support, contradict);
            prop_assert_ne!(grade.number(), 1);
            let turned: Vec<Weighed> = support.iter().rev().cloned().collect();
            prop_assert_eq!(g1(&turned, contradict), (grade, trace));
        }
    }
}
