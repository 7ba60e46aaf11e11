//! Rule G1 walked by somebody who has only what is printed: trace and origins.
//! Written from the table of the notes, not from `grade.rs`.

use plainsight_model::{Claim, Letter, Mark, Origin};

/// `grade_if_read` and `grade` of a claim.
pub fn walk(claim: &Claim) -> (u8, u8) {
    let at = claim.trace.iter().position(|line| line == "read:").expect("a line `read:`");
    (number(claim, &claim.trace[..at]), number(claim, &claim.trace[at + 1..]))
}

fn number(claim: &Claim, trace: &[String]) -> u8 {
    let [s, p, c, line] = trace else { panic!("four lines: {trace:?}") };
    let (s, p, c) = (listed(claim, s, "S:"), listed(claim, p, "P:"), listed(claim, c, "C:"));
    assert!(p.iter().all(|o| s.contains(o)), "P is part of S");
    let has = |o: &&Origin, mark: Mark| o.marks.contains(&mark);
    let withdrawn = claim.origins.iter().any(|o| o.marks.contains(&Mark::Withdrawn));
    let good = s.iter().any(|o| matches!(o.letter, Letter::A | Letter::B | Letter::C));
    let found = if s.is_empty() && c.is_empty() && !withdrawn {
        6
    } else if c.iter().any(|o| has(o, Mark::Record)) || s.is_empty() && c.is_empty() {
        5
    } else if c.len() >= s.len() || s.iter().all(|o| has(o, Mark::Disputed)) {
        4
    } else if c.is_empty() && s.len() >= 2 && !p.is_empty() && good {
        1
    } else if c.is_empty()
        && (s.len() >= 2 || p.iter().any(|o| has(o, Mark::OwnInterest) || o.letter == Letter::A))
    {
        2
    } else {
        3
    };
    assert!(line.starts_with(&format!("line: {found} ")), "{line}, by hand {found}");
    found
}

fn listed<'c>(claim: &'c Claim, line: &str, name: &str) -> Vec<&'c Origin> {
    let mut words = line.split(' ');
    assert_eq!(words.next(), Some(name));
    words
        .map(|id| claim.origins.iter().find(|o| o.id.to_string() == id).expect("an origin of the list"))
        .collect()
}
