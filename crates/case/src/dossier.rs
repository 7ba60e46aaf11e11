//! What a dossier would print if it were published now, and what a careful editor does before that.
//!
//! In: claims, posts, replies and the ledger as a case shows them. Out: where each claim stands, the
//! gates that are not met, what was published before. A pure function; `publish` prints by the same
//! rule (a test of the program counts both).

use crate::decisions::taken_back;
use crate::views::{ClaimRow, Finding, LogRow, ReplyRow};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Where a claim stands before a publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Confirmed: it is printed.
    Inside,
    /// Confirmed, and about a named person whom nobody marked for publication: not printed.
    NamesPerson,
    /// Nobody has decided.
    Open,
    /// Somebody left it open or rejected it.
    SetAside,
}

impl Standing {
    /// Every standing, the printed ones first.
    pub const ALL: [Self; 4] = [Self::Inside, Self::NamesPerson, Self::Open, Self::SetAside];

    /// The word of lists and addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inside => "printed",
            Self::NamesPerson => "names a person",
            Self::Open => "open",
            Self::SetAside => "set aside",
        }
    }
}

/// Where a claim stands: printed is what somebody confirmed; a holder of a public role needs a mark
/// of its own.
pub fn standing(claim: &ClaimRow) -> Standing {
    let about_a_person = matches!(claim.predicate.as_str(), "headed_by" | "attended_by");
    match claim.decision.as_ref().map(|decision| decision.answer.as_str()) {
        Some("publish") => Standing::Inside,
        Some("confirm") if about_a_person => Standing::NamesPerson,
        Some("confirm") => Standing::Inside,
        Some(_) => Standing::SetAside,
        None => Standing::Open,
    }
}

/// Something that is better done before publishing. None of them stops `publish` but the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gate {
    /// Nothing is confirmed: there is nothing to print.
    NothingInside,
    /// Printed claims rest on quotes that no person has read.
    Unread,
    /// What was read of a printed claim makes it doubtful or worse, or cannot be judged.
    Weak,
    /// A printed claim has another grade now than when it was confirmed.
    Moved,
    /// The same may be so: the entry that confirmed it, an older one, does not say its grade, and
    /// quotes of it were read, set aside or withdrawn since.
    Judged,
    /// A printed claim rests on a withdrawn source.
    Withdrawn,
    /// A value that stands against a printed one is left out.
    OneSided,
    /// A body that a printed claim names as acting was not asked.
    NotAsked,
    /// Somebody was asked, has not answered, and the deadline has not passed.
    ReplyOpen,
    /// A confirmed claim about a named person waits for its own mark.
    PersonHeldBack,
}

/// What a gate is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmet {
    /// Which gate.
    pub gate: Gate,
    /// The claim, where it is about one.
    pub claim: Option<String>,
    /// The claim's sentence, or the party.
    pub about: String,
    /// A number that goes with it: quotes, answers, or the grade that moved.
    pub count: usize,
}

/// A publication that the ledger knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Ledger entry.
    pub number: u64,
    /// RFC 3339.
    pub time: String,
    /// Who.
    pub author: String,
    /// A dossier, or a package of evidence.
    pub is_package: bool,
    /// Everything, confirmed or not.
    pub draft: bool,
    /// SHA-256 of the dossier's manifest or of the package.
    pub digest: String,
    /// The public key that signed it.
    pub signed_by: Option<String>,
    /// The body was forgotten: no more than the line is known.
    pub forgotten: bool,
}

/// A dossier before it is made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Each claim with its standing, in the order of the claims.
    pub claims: Vec<(Standing, ClaimRow)>,
    /// Ids of posts of which something is printed.
    pub posts: Vec<String>,
    /// By gate, then claim.
    pub unmet: Vec<Unmet>,
    /// The last first.
    pub past: Vec<Past>,
}

/// Looks at a case as `publish` would. `today` is `YYYY-MM-DD`, for deadlines.
pub fn outlook(
    claims: &[ClaimRow],
    findings: &[Finding],
    replies: &[ReplyRow],
    log: &[LogRow],
    today: &str,
) -> Outlook {
    let claims: Vec<(Standing, ClaimRow)> = claims.iter().map(|c| (standing(c), c.clone())).collect();
    let inside: Vec<&ClaimRow> =
        claims.iter().filter(|(at, _)| *at == Standing::Inside).map(|(_, claim)| claim).collect();
    let posts: Vec<&Finding> =
        findings.iter().filter(|post| inside.iter().any(|claim| claim.subject == post.post)).collect();
    let mut unmet = Vec::new();
    if inside.is_empty() {
        let waiting = claims.iter().filter(|(at, _)| *at == Standing::Open).count();
        unmet.push(Unmet { gate: Gate::NothingInside, claim: None, about: String::new(), count: waiting });
    }
    let later = Later::of(log);
    let by_id: BTreeMap<&str, &ClaimRow> =
        claims.iter().map(|(_, claim)| (claim.claim.as_str(), claim)).collect();
    for claim in &inside {
        of_claim(claim, &by_id, &later, &mut unmet);
    }
    for (_, claim) in claims.iter().filter(|(at, _)| *at == Standing::NamesPerson) {
        unmet.push(about(Gate::PersonHeldBack, claim, 1));
    }
    of_replies(&inside, &posts, replies, today, &mut unmet);
    unmet.sort();
    unmet.dedup();
    Outlook { posts: posts.iter().map(|post| post.post.clone()).collect(), unmet, past: past(log), claims }
}

fn about(gate: Gate, claim: &ClaimRow, count: usize) -> Unmet {
    Unmet { gate, claim: Some(claim.claim.clone()), about: claim.text.clone(), count }
}

fn of_claim(claim: &ClaimRow, all: &BTreeMap<&str, &ClaimRow>, later: &Later<'_>, unmet: &mut Vec<Unmet>) {
    if claim.unread > 0 {
        unmet.push(about(Gate::Unread, claim, claim.unread));
    }
    if claim.grade >= 4 {
        unmet.push(about(Gate::Weak, claim, usize::from(claim.grade)));
    }
    match later.grade_then(claim) {
        Some(then) if then != claim.grade => unmet.push(about(Gate::Moved, claim, usize::from(then))),
        Some(_) => {}
        None => match later.answers_after(claim) {
            0 => {}
            answers => unmet.push(about(Gate::Judged, claim, answers)),
        },
    }
    let withdrawn = claim.evidence.iter().filter(|e| e.withdrawn).count();
    if withdrawn > 0 {
        unmet.push(about(Gate::Withdrawn, claim, withdrawn));
    }
    let left_out = |id: &str| all.get(id).is_some_and(|other| standing(other) != Standing::Inside);
    let against = claim.against.iter().filter(|a| a.relation == "conflict" && left_out(&a.claim)).count();
    if against > 0 {
        unmet.push(about(Gate::OneSided, claim, against));
    }
}

fn of_replies(
    inside: &[&ClaimRow],
    posts: &[&Finding],
    replies: &[ReplyRow],
    today: &str,
    unmet: &mut Vec<Unmet>,
) {
    let is_in = |id: &str| posts.iter().any(|p| p.post == id) || inside.iter().any(|c| c.claim == id);
    let ours: Vec<&ReplyRow> = replies.iter().filter(|r| r.about.as_deref().is_some_and(is_in)).collect();
    let named: BTreeSet<&str> = inside
        .iter()
        .filter(|claim| matches!(claim.predicate.as_str(), "operated_by" | "hosted_by"))
        .map(|claim| claim.object.as_str())
        .collect();
    for body in named.into_iter().filter(|body| !ours.iter().any(|reply| reply.party == *body)) {
        unmet.push(Unmet { gate: Gate::NotAsked, claim: None, about: body.to_owned(), count: 1 });
    }
    // Past its deadline a silence is an answer that a dossier may print.
    for reply in ours.iter().filter(|r| r.answers.is_empty() && r.until.as_str() >= today) {
        unmet.push(Unmet { gate: Gate::ReplyOpen, claim: None, about: reply.party.clone(), count: 1 });
    }
}

/// Standing decisions of the ledger with what they are about.
struct Later<'l> {
    numbers: BTreeMap<String, u64>,
    /// The grade that a claim had when somebody decided about it.
    grades: BTreeMap<String, u8>,
    about: Vec<(u64, BTreeSet<&'l str>)>,
}

impl<'l> Later<'l> {
    fn of(log: &'l [LogRow]) -> Self {
        let gone = taken_back(log);
        let decisions = log.iter().filter(|row| row.kind == "decision");
        let numbers = decisions.clone().map(|row| (row.decision_id(), row.number)).collect();
        let grades = decisions
            .clone()
            .filter_map(|row| {
                let grade = row.body.as_ref()?.get("grade")?.as_u64()?;
                Some((row.decision_id(), u8::try_from(grade).ok()?))
            })
            .collect();
        let about = decisions
            .filter(|row| !gone.contains(&row.decision_id()))
            .filter_map(|row| {
                let ids = row.body.as_ref()?.get("about")?.as_array()?;
                Some((row.number, ids.iter().filter_map(Value::as_str).collect()))
            })
            .collect();
        Self { numbers, grades, about }
    }

    /// The grade of a claim when it was confirmed; none where the entry does not say it.
    fn grade_then(&self, claim: &ClaimRow) -> Option<u8> {
        self.grades.get(&claim.decision.as_ref()?.decision).copied()
    }

    /// How many answers about its quotes and documents came after the one that confirmed a claim.
    fn answers_after(&self, claim: &ClaimRow) -> usize {
        let decided = claim.decision.as_ref().and_then(|decision| self.numbers.get(&decision.decision));
        let Some(decided) = decided else { return 0 };
        let rests_on: BTreeSet<&str> =
            claim.evidence.iter().flat_map(|e| [e.quote.as_str(), e.document.as_str()]).collect();
        let touches = |ids: &BTreeSet<&str>| !ids.is_disjoint(&rests_on);
        self.about.iter().filter(|(number, ids)| number > decided && touches(ids)).count()
    }
}

fn past(log: &[LogRow]) -> Vec<Past> {
    let rows = log.iter().rev().filter(|row| row.kind == "publication");
    rows.map(|row| {
        let text = |key: &str| row.body.as_ref().and_then(|b| b.get(key)?.as_str().map(str::to_owned));
        let package = text("package");
        Past {
            number: row.number,
            time: row.time.clone(),
            author: row.author.clone(),
            is_package: package.is_some(),
            draft: row.body.as_ref().and_then(|b| b.get("draft")?.as_bool()).unwrap_or(false),
            digest: package.or_else(|| text("manifest")).unwrap_or_default(),
            signed_by: text("signed_by"),
            forgotten: row.body.is_none(),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{against, claim, decision, finding};
    use serde_json::json;

    fn confirmed(id: &str, predicate: &str, object: &str) -> ClaimRow {
        ClaimRow { decision: Some(decision("confirm")), ..claim(id, "pos-a", predicate, object) }
    }

    fn gates(outlook: &Outlook) -> Vec<(Gate, &str)> {
        outlook.unmet.iter().map(|unmet| (unmet.gate, unmet.about.as_str())).collect()
    }

    fn look(claims: &[ClaimRow], replies: &[ReplyRow], log: &[LogRow]) -> Outlook {
        outlook(claims, &[finding("pos-a", "Vell")], replies, log, "2026-11-01")
    }

    /// Invented bodies; nobody of these names exists.
    fn asked(party: &str, until: &str) -> ReplyRow {
        ReplyRow {
            reply: "dec-1".into(),
            party: party.into(),
            about: Some("pos-a".into()),
            about_words: "Vell".into(),
            on: "2026-10-01".into(),
            until: until.into(),
            letter: String::new(),
            author: "Ida Brandt".into(),
            answers: Vec::new(),
            withdrawn: false,
        }
    }

    fn entry(number: u64, kind: &str, body: Value) -> LogRow {
        LogRow {
            number,
            time: "2026-10-02T08:41:07Z".into(),
            author: "Ida Brandt".into(),
            kind: kind.into(),
            hash: format!("{number:032}{:032}", 0),
            body: Some(body),
        }
    }

    #[test]
    fn a_person_needs_a_mark_of_its_own_and_nothing_else_is_printed_unasked() {
        let answered = |predicate: &str, answer: &str| ClaimRow {
            decision: Some(decision(answer)),
            ..claim("clm-1", "pos-a", predicate, "x")
        };
        for (predicate, answer, at) in [
            ("exists", "confirm", Standing::Inside),
            ("exists", "publish", Standing::Inside),
            ("exists", "unsure", Standing::SetAside),
            ("exists", "reject", Standing::SetAside),
            ("headed_by", "confirm", Standing::NamesPerson),
            ("attended_by", "confirm", Standing::NamesPerson),
            ("headed_by", "publish", Standing::Inside),
        ] {
            assert_eq!(standing(&answered(predicate, answer)), at, "{predicate} {answer}");
        }
        assert_eq!(standing(&claim("clm-1", "pos-a", "exists", "yes")), Standing::Open);
    }

    #[test]
    fn an_empty_dossier_says_so_and_asks_nothing_else() {
        let outlook = look(&[claim("clm-1", "pos-a", "operated_by", "Vell police")], &[], &[]);
        assert_eq!(gates(&outlook), [(Gate::NothingInside, "")]);
        assert_eq!((outlook.unmet[0].count, outlook.posts.len()), (1, 0));
    }

    #[test]
    fn what_is_printed_is_looked_at_for_reading_and_for_its_other_side() {
        let mut opened = confirmed("clm-1", "opened", "2018-06-18");
        opened.against = vec![against("clm-2", "conflict"), against("clm-3", "compatible")];
        let mut read = confirmed("clm-4", "exists", "yes");
        (read.unread, read.grade) = (0, 2);
        let outlook = look(&[opened, claim("clm-2", "pos-a", "opened", "2017"), read], &[], &[]);
        assert_eq!(
            gates(&outlook),
            [(Gate::Unread, "clm-1"), (Gate::Weak, "clm-1"), (Gate::OneSided, "clm-1")]
        );
        assert_eq!(outlook.posts, ["pos-a"]);
    }

    #[test]
    fn whoever_is_named_as_acting_is_asked_and_may_still_answer() {
        let mut runs = confirmed("clm-1", "operated_by", "Vell police");
        (runs.unread, runs.grade) = (0, 1);
        let runs = [runs];
        assert_eq!(gates(&look(&runs, &[], &[])), [(Gate::NotAsked, "Vell police")]);
        let open = look(&runs, &[asked("Vell police", "2026-11-01")], &[]);
        assert_eq!(gates(&open), [(Gate::ReplyOpen, "Vell police")]);
        assert_eq!(gates(&look(&runs, &[asked("Vell police", "2026-10-31")], &[])), []);
    }

    #[test]
    fn an_answer_about_a_quote_that_came_after_the_yes_is_counted() {
        let mut exists = confirmed("clm-1", "exists", "yes");
        (exists.unread, exists.grade) = (0, 1);
        let body = |about: &str| json!({"about": [about], "answer": "read"});
        let log = [
            entry(1, "decision", body("quo-clm-1")),
            entry(2, "decision", json!({"about": ["clm-1"], "answer": "confirm"})),
            entry(3, "decision", body("quo-clm-1")),
            entry(4, "decision", body("quo-other")),
            entry(5, "decision", body("doc-1")),
        ];
        exists.decision =
            Some(crate::views::DecisionRow { decision: log[1].decision_id(), ..decision("confirm") });
        let outlook = look(&[exists.clone()], &[], &log);
        assert_eq!((gates(&outlook), outlook.unmet[0].count), (vec![(Gate::Judged, "clm-1")], 2));
        let undo = entry(6, "decision", json!({"undo": log[4].decision_id(), "reason": ""}));
        let undone: Vec<LogRow> = log.iter().cloned().chain([undo]).collect();
        assert_eq!(look(&[exists], &[], &undone).unmet[0].count, 1);
    }

    #[test]
    fn a_grade_that_moved_after_the_yes_is_said_with_what_it_was() {
        for (then, now, unmet) in
            [(1, 1, vec![]), (1, 2, vec![(Gate::Moved, "clm-1")]), (3, 2, vec![(Gate::Moved, "clm-1")])]
        {
            let mut exists = confirmed("clm-1", "exists", "yes");
            (exists.unread, exists.grade) = (0, now);
            let log = [
                entry(1, "decision", json!({"about": ["clm-1"], "answer": "confirm", "grade": then})),
                entry(2, "decision", json!({"about": ["quo-clm-1"], "answer": "read"})),
            ];
            exists.decision =
                Some(crate::views::DecisionRow { decision: log[0].decision_id(), ..decision("confirm") });
            let outlook = look(&[exists], &[], &log);
            assert_eq!(gates(&outlook), unmet, "{then} to {now}");
            assert!(outlook.unmet.iter().all(|u| u.count == then));
        }
    }

    #[test]
    fn earlier_publications_are_told_from_the_ledger_the_last_first() {
        let log = [
            entry(1, "publication", json!({"manifest": "ab", "draft": true})),
            entry(2, "publication", json!({"package": "cd", "draft": false, "signed_by": "ed25519:x"})),
            LogRow { body: None, ..entry(3, "publication", Value::Null) },
        ];
        let past = look(&[], &[], &log).past;
        let told: Vec<_> =
            past.iter().map(|p| (p.number, p.is_package, p.draft, p.digest.as_str(), p.forgotten)).collect();
        assert_eq!(
            told,
            [(3, false, false, "", true), (2, true, false, "cd", false), (1, false, true, "ab", false)]
        );
        assert_eq!(past[1].signed_by.as_deref(), Some("ed25519:x"));
    }
}
