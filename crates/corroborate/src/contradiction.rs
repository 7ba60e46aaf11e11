//! How two values of one subject and predicate stand to each other.
//!
//! Half of all contradictions are differences of definition or date (notes on
//! corroboration, 1.5), so those are asked first: incomparable, succession,
//! compatible, denied, and only then conflict.

use crate::gather::Draft;
use crate::input::Input;
use plainsight_model::{Predicate, Relation, Stance};
use plainsight_text::Edtf;
use std::collections::BTreeSet;

/// How `a` and `b` stand; `None` where both may well be so.
pub(crate) fn relation(a: &Draft, b: &Draft, input: &Input<'_>) -> Option<Relation> {
    match a.predicate {
        Predicate::Count => Some(counts(a, b)),
        _ if a.subject.key != b.subject.key => None,
        Predicate::Opened | Predicate::Closed => Some(days(&a.object_key, &b.object_key)),
        Predicate::OperatedBy => {
            let within = |x: &str, y: &str| input.agencies.contains(x, y);
            let meet = within(&a.object_key, &b.object_key) || within(&b.object_key, &a.object_key);
            Some(if meet || said_together(a, b) { Relation::Compatible } else { Relation::Conflict })
        }
        Predicate::LocatedAt => {
            let meet = part_of(&a.object_key, &b.object_key) || said_together(a, b);
            Some(if meet { Relation::Compatible } else { Relation::Conflict })
        }
        Predicate::HeadedBy => Some(Relation::Succession),
        Predicate::Notified | Predicate::Consented => Some(yes_or_no(a, b)),
        Predicate::ListedInRegister => {
            let register = |key: &str| key.rsplit_once('|').map(|(name, _)| name.to_owned());
            (register(&a.object_key) == register(&b.object_key)).then(|| match (&a.valid, &b.valid) {
                (Some(x), Some(y)) if x != y => Relation::Succession,
                _ => Relation::Conflict,
            })
        }
        _ => None,
    }
}

/// Tells whether two EDTF dates may mean one day; equal strings do.
pub(crate) fn days_meet(a: &str, b: &str) -> bool {
    days(a, b) != Relation::Conflict
}

/// Tells whether both have a day, and not the same.
fn apart(a: &Option<String>, b: &Option<String>) -> bool {
    a.as_ref().zip(b.as_ref()).is_some_and(|(a, b)| days(a, b) == Relation::Conflict)
}

fn days(a: &str, b: &str) -> Relation {
    match (Edtf::parse(a), Edtf::parse(b)) {
        (Ok(a), Ok(b)) if a.overlaps(&b) => Relation::Compatible,
        (Ok(_), Ok(_)) => Relation::Conflict,
        _ if a == b => Relation::Compatible,
        _ => Relation::Incomparable,
    }
}

fn yes_or_no(a: &Draft, b: &Draft) -> Relation {
    if apart(&a.valid, &b.valid) {
        return Relation::Succession;
    }
    // A party that says that it did tell is no witness of the other side's files.
    if a.only_parties() || b.only_parties() { Relation::Denied } else { Relation::Conflict }
}

fn counts(a: &Draft, b: &Draft) -> Relation {
    let (Some(x), Some(y)) = (&a.count, &b.count) else { return Relation::Incomparable };
    let (Some(m), Some(n)) = (Bound::read(&a.object_key), Bound::read(&b.object_key)) else {
        return Relation::Incomparable;
    };
    if a.subject.key != b.subject.key || x.definition != y.definition {
        return Relation::Incomparable;
    }
    if apart(&x.as_of, &y.as_of) {
        return Relation::Succession;
    }
    if m.meets(&n) {
        return Relation::Compatible;
    }
    match (&x.as_of, &y.as_of) {
        (Some(_), Some(_)) => Relation::Conflict,
        // Without a day of their own the days on which they were published tell which came later.
        _ if a.first_day.is_some() && b.first_day.is_some() && a.first_day != b.first_day => {
            Relation::Succession
        }
        _ => Relation::Incomparable,
    }
}

/// A number, or a bound: `46`, `>=46`, `<=46`.
struct Bound {
    low: Option<i64>,
    high: Option<i64>,
}

impl Bound {
    fn read(key: &str) -> Option<Self> {
        let number = |text: &str| text.trim_start_matches('=').parse::<i64>().ok();
        if let Some(rest) = key.strip_prefix('>') {
            return Some(Self { low: Some(number(rest)?), high: None });
        }
        if let Some(rest) = key.strip_prefix('<') {
            return Some(Self { low: None, high: Some(number(rest)?) });
        }
        let exact = number(key)?;
        Some(Self { low: Some(exact), high: Some(exact) })
    }

    fn meets(&self, other: &Self) -> bool {
        let above = |low: Option<i64>, high: Option<i64>| low.zip(high).is_some_and(|(l, h)| l > h);
        !above(self.low, other.high) && !above(other.low, self.high)
    }
}

/// Tells whether one frame supports both: two bodies that run a post together.
fn said_together(a: &Draft, b: &Draft) -> bool {
    let frames = |d: &Draft| -> BTreeSet<(usize, usize)> {
        d.items.iter().filter(|i| i.stance == Stance::Supports).map(|i| (i.document, i.frame)).collect()
    };
    !frames(a).is_disjoint(&frames(b))
}

/// Tells whether every word of one address stands in the other.
fn part_of(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    };
    let (x, y) = (words(a), words(b));
    x.is_subset(&y) || y.is_subset(&x) || a.contains(b) || b.contains(a)
}
