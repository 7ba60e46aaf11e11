//! What has a date, as rows of one line of time: a row a value of a claim, a row a status.
//!
//! In: posts and claims as a case shows them. Out: rows in the order of posts and days, and what
//! has no date. A pure function: interface, CSV and tests ask the same one.

use crate::views::{ClaimRow, Finding};
use plainsight_text::Edtf;
use std::collections::BTreeMap;

/// A case on a line of time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// By post in the order of the posts, then by first day; what is about no post stands last.
    pub dated: Vec<Dated>,
    /// Claims that give no day, in the order of the claims.
    pub undated: Vec<Undated>,
    /// Claims that a person rejected: they stand on no line of time.
    pub rejected: usize,
}

/// A dated thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// `pos-…` of a post of the case.
    pub post: Option<String>,
    /// A predicate of the lens (`opened`), or a word of the closed list of statuses.
    pub what: String,
    /// Whether it is a status: it has a quote, and no grade of its own.
    pub is_status: bool,
    /// What is said beside the day; empty where the day is all.
    pub value: String,
    /// The day as it is known.
    pub date: Edtf,
    /// How it stands to the best supported value: `conflict`, `compatible`, …; empty for that one.
    pub relation: String,
    /// No other value of the same thing stands.
    pub is_only: bool,
    /// The claim that it leads to; none for a status that no claim's quote states.
    pub claim: Option<String>,
    /// `grade` and `grade_if_read`, for a claim.
    pub grades: Option<(u8, u8)>,
    /// Independent origins, for a claim.
    pub origins: Option<usize>,
    /// Its source was withdrawn.
    pub withdrawn: bool,
}

/// A claim or status without a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undated {
    /// `pos-…` of a post of the case.
    pub post: Option<String>,
    /// A predicate, or a status word.
    pub what: String,
    /// The claim's sentence, or the status word.
    pub text: String,
    /// The claim that it leads to.
    pub claim: Option<String>,
}

/// Lays posts and claims on a line of time.
pub fn timeline(findings: &[Finding], claims: &[ClaimRow]) -> Timeline {
    let places: BTreeMap<&str, usize> =
        findings.iter().enumerate().map(|(at, post)| (post.post.as_str(), at)).collect();
    let is_rejected = |c: &ClaimRow| c.decision.as_ref().is_some_and(|d| d.answer == "reject");
    let standing: Vec<&ClaimRow> = claims.iter().filter(|c| !is_rejected(c)).collect();
    let mut values: BTreeMap<Thing<'_>, Vec<&ClaimRow>> = BTreeMap::new();
    let mut of_posts: BTreeMap<&str, Vec<&ClaimRow>> = BTreeMap::new();
    for claim in &standing {
        values.entry((&claim.subject, &claim.predicate)).or_default().push(claim);
        of_posts.entry(&claim.subject).or_default().push(claim);
    }
    let mut out = Timeline { rejected: claims.len() - standing.len(), ..Timeline::default() };
    for claim in &standing {
        let post = places.contains_key(claim.subject.as_str()).then(|| claim.subject.clone());
        match date_of(claim) {
            Some(date) => {
                let all = values.get(&(claim.subject.as_str(), claim.predicate.as_str()));
                out.dated.push(of_claim(claim, post, date, all.map_or(&[], Vec::as_slice)));
            }
            None => out.undated.push(Undated {
                post,
                what: claim.predicate.clone(),
                text: claim.text.clone(),
                claim: Some(claim.claim.clone()),
            }),
        }
    }
    for finding in findings {
        let mine = of_posts.get(finding.post.as_str()).map_or(&[][..], Vec::as_slice);
        add_statuses(finding, mine, &mut out);
    }
    let place = |row: &Dated| row.post.as_deref().and_then(|post| places.get(post)).copied();
    let day = |row: &Dated| row.date.first.or(row.date.last);
    out.dated.sort_by_key(|row| {
        let place = place(row).unwrap_or(usize::MAX);
        (place, day(row), row.date.last, row.what.clone(), row.value.clone(), row.claim.clone())
    });
    out
}

/// Subject and predicate: claims of one thing give it values.
type Thing<'c> = (&'c str, &'c str);

/// The day of a claim: its object where that is one, else how long it holds or when it was counted.
fn date_of(claim: &ClaimRow) -> Option<Edtf> {
    let own = is_day(claim).then_some(claim.object.as_str());
    let counted = claim.count.as_ref().and_then(|count| count.as_of.as_deref());
    own.or(claim.valid.as_deref()).or(counted).and_then(|text| Edtf::parse(text).ok())
}

fn is_day(claim: &ClaimRow) -> bool {
    matches!(claim.predicate.as_str(), "opened" | "closed")
}

/// `values` are the standing claims of the same subject and predicate, this one among them.
fn of_claim(claim: &ClaimRow, post: Option<String>, date: Edtf, values: &[&ClaimRow]) -> Dated {
    let best = values.iter().max_by_key(|other| weight(other));
    let relation = best
        .filter(|best| best.claim != claim.claim)
        .and_then(|best| claim.against.iter().find(|other| other.claim == best.claim))
        .map_or_else(String::new, |against| against.relation.clone());
    Dated {
        post,
        what: claim.predicate.clone(),
        is_status: false,
        value: value(claim),
        date,
        relation,
        is_only: values.len() < 2,
        claim: Some(claim.claim.clone()),
        grades: Some((claim.grade, claim.grade_if_read)),
        origins: Some(supporting(claim)),
        withdrawn: claim.evidence.iter().any(|e| e.stance == "supports")
            && claim.evidence.iter().filter(|e| e.stance == "supports").all(|e| e.withdrawn),
    }
}

/// What is said beside the day: who counts what, where it is a number.
fn value(claim: &ClaimRow) -> String {
    if claim.count.is_some() {
        let sentence = claim.text.trim_end_matches('.');
        return sentence.rsplit_once(" as of ").map_or(sentence, |(head, _)| head).to_owned();
    }
    if is_day(claim) || claim.object == "yes" { String::new() } else { claim.object.clone() }
}

/// The order of the values of one thing, as the rows of posts choose the best: most origins, then a
/// primary one, then the finer day.
fn weight(claim: &ClaimRow) -> (usize, bool, i64, std::cmp::Reverse<&str>) {
    let primary = claim.origins.iter().any(|o| o.counts && o.mode == "primary");
    let fine = Edtf::parse(&claim.object).ok().and_then(|date| date.days()).map_or(0, |days| -days);
    (supporting(claim), primary, fine, std::cmp::Reverse(&claim.object))
}

/// The origins that count and support it.
fn supporting(claim: &ClaimRow) -> usize {
    let says = |origin: &str| {
        claim.evidence.iter().any(|e| e.stance == "supports" && e.origin.as_deref() == Some(origin))
    };
    claim.origins.iter().filter(|o| o.counts && says(&o.origin)).count()
}

fn add_statuses(finding: &Finding, claims: &[&ClaimRow], out: &mut Timeline) {
    for status in &finding.statuses {
        // That it exists is the claim that a status is about; another one only where that has not its quote.
        let states = |claim: &&&ClaimRow| claim.evidence.iter().any(|e| e.quote == status.quote);
        let claim = claims
            .iter()
            .filter(states)
            .min_by_key(|claim| claim.predicate != "exists")
            .map(|claim| claim.claim.clone());
        let post = Some(finding.post.clone());
        match status.date.as_deref().and_then(|date| Edtf::parse(date).ok()) {
            Some(date) => out.dated.push(Dated {
                post,
                what: status.word.clone(),
                is_status: true,
                value: String::new(),
                date,
                relation: String::new(),
                is_only: true,
                claim,
                grades: None,
                origins: None,
                withdrawn: status.withdrawn,
            }),
            None => out.undated.push(Undated {
                post,
                what: status.word.clone(),
                text: status.word.clone(),
                claim,
            }),
        }
    }
}

impl Dated {
    /// Whether it may be of a day from `from` to `to`; an end that is not given is open.
    pub fn is_within(&self, from: Option<&Edtf>, to: Option<&Edtf>) -> bool {
        let after =
            from.and_then(|from| from.first).is_none_or(|low| self.date.last.is_none_or(|d| d >= low));
        let before = to.and_then(|to| to.last).is_none_or(|high| self.date.first.is_none_or(|d| d <= high));
        after && before
    }

    /// Whether the best supported value of the same thing cannot hold beside it.
    pub fn conflicts(&self) -> bool {
        self.relation == "conflict"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{against, claim, finding, status};

    /// Invented: no such town, office or day exists.
    fn said(rows: &[Dated]) -> Vec<String> {
        let row = |r: &Dated| {
            let post = r.post.as_deref().unwrap_or("-");
            format!("{post} {} {} {}", r.what, r.date, r.relation).trim_end().to_owned()
        };
        rows.iter().map(row).collect()
    }

    #[test]
    fn values_and_statuses_stand_by_post_and_day() {
        let mut first = claim("clm-1", "pos-b", "opened", "2018-06-18");
        first.against = vec![against("clm-2", "conflict")];
        let mut other = claim("clm-2", "pos-b", "opened", "2017");
        other.origins.clear();
        other.against = vec![against("clm-1", "conflict")];
        let mut told = claim("clm-3", "pos-a", "notified", "no");
        told.valid = Some("2022-11/..".into());
        let exists = claim("clm-4", "pos-b", "exists", "yes");
        let mut town = finding("pos-b", "Port Elm");
        town.statuses = vec![
            status("ordered closed", Some("2022-11-01"), "quo-clm-4"),
            status("reported", None, "quo-nowhere"),
        ];
        let line = timeline(&[town, finding("pos-a", "Vell")], &[first, other, told, exists]);
        assert_eq!(
            said(&line.dated),
            [
                "pos-b opened 2017 conflict",
                "pos-b opened 2018-06-18",
                "pos-b ordered closed 2022-11-01",
                "pos-a notified 2022-11/..",
            ]
        );
        let only: Vec<bool> = line.dated.iter().map(|row| row.is_only).collect();
        assert_eq!(only, [false, false, true, true]);
        assert_eq!(line.dated[2].claim.as_deref(), Some("clm-4"), "a status leads to the claim of its quote");
        let undated: Vec<(&str, Option<&str>)> =
            line.undated.iter().map(|row| (row.text.as_str(), row.claim.as_deref())).collect();
        assert_eq!(undated, [("clm-4", Some("clm-4")), ("reported", None)]);
    }

    #[test]
    fn a_rejected_claim_stands_on_no_line_and_is_counted() {
        let mut wrong = claim("clm-1", "pos-a", "opened", "2018");
        wrong.decision = Some(crate::samples::decision("reject"));
        let line = timeline(&[finding("pos-a", "Vell")], &[wrong]);
        assert_eq!((line.dated.len(), line.undated.len(), line.rejected), (0, 0, 1));
    }

    #[test]
    fn a_filter_keeps_every_day_that_may_be_meant() {
        let row = |date: &str| {
            let claims = [claim("clm-1", "pos-a", "opened", date)];
            timeline(&[finding("pos-a", "Vell")], &claims).dated.remove(0)
        };
        let day = |text: &str| Edtf::parse(text).expect("a date");
        for (date, from, to, kept) in [
            ("2018-06", "2018", "2018", true),
            ("2018", "2018-06", "2018-07", true),
            ("2017-12-31", "2018", "2019", false),
            ("../2021-03", "2010", "2011", true),
            ("../2021-03", "2021-04", "2022", false),
            ("2021-03/..", "2025", "2026", true),
        ] {
            assert_eq!(row(date).is_within(Some(&day(from)), Some(&day(to))), kept, "{date}");
        }
        assert!(row("2018").is_within(None, None));
    }

    #[test]
    fn a_count_has_the_day_it_was_counted_and_no_post() {
        let mut count = claim("clm-1", "An office of counting", "count", "46");
        count.count = Some(crate::views::CountRow {
            unit: "posts".into(),
            counter: None,
            definition: None,
            as_of: Some("2022-09".into()),
        });
        count.text = "An office of counting counts 46 posts as of 2022-09.".into();
        let dated = timeline(&[], &[count]).dated;
        assert_eq!(said(&dated), ["- count 2022-09"]);
        assert_eq!(dated[0].value, "An office of counting counts 46 posts");
    }
}
