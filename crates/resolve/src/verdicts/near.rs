//! The rows of a register that come nearest to a post, each with what keeps it from being it.

use super::{PostFacts, RegisterRows, class_of, same_address, same_class, same_seat};
use crate::names::{Effect, Reason};
use plainsight_lens::Gazetteer;
use plainsight_model::{RegisterId, RegisterRow};
use plainsight_text::Day;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// A row near a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Its number.
    pub row: u64,
    /// Seat, class, address, and the day where it closed.
    pub reasons: Vec<Reason>,
}

/// Rows that share the seat or the address with a post, the nearest first, `most` of them.
pub fn near<R: RegisterRows>(
    post: &PostFacts,
    register: &RegisterId,
    rows: &R,
    gazetteer: &Gazetteer,
    most: usize,
) -> Result<Vec<Near>, R::Error> {
    let mut out: BTreeMap<(Reverse<usize>, u64), Near> = BTreeMap::new();
    let mut take = |row: RegisterRow| {
        let reasons = reasons(post, &row, gazetteer);
        let same = reasons.iter().filter(|r| r.effect == Effect::Same).count();
        out.insert((Reverse(same), row.number), Near { row: row.number, reasons });
        if out.len() > most {
            out.pop_last();
        }
        ControlFlow::Continue(())
    };
    rows.at_seats(register, &|seat| same_seat(post, seat, gazetteer), &mut take)?;
    let ours: Vec<(&String, Vec<&str>)> = post.addresses.iter().map(|ours| (ours, numbers(ours))).collect();
    let same = |theirs: &str| {
        ours.iter().any(|(ours, numbers)| may_be(numbers, theirs) && same_address(ours, theirs))
    };
    rows.at_addresses(register, &same, &mut take)?;
    Ok(out.into_values().collect())
}

/// The numbers in an address, in figures.
fn numbers(address: &str) -> Vec<&str> {
    address.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect()
}

/// Whether an address can be one with these numbers, told without folding it: addresses that are one share
/// a number, or have none. Of a million nearly all fail here.
fn may_be(numbers: &[&str], theirs: &str) -> bool {
    numbers.is_empty() || !theirs.is_ascii() || numbers.iter().any(|number| theirs.contains(number))
}

fn reasons(post: &PostFacts, row: &RegisterRow, gazetteer: &Gazetteer) -> Vec<Reason> {
    let city = post.city.map(|city| gazetteer.get(city).name.clone());
    let (seat, theirs) = (row.get("seat"), row.get("address"));
    let mut out = vec![match (&city, seat) {
        (None, _) | (_, "") => {
            slot("seat", city, seat, Effect::Empty, "The seat of at least one is not known.")
        }
        _ if same_seat(post, seat, gazetteer) => slot("seat", city, seat, Effect::Same, "One seat."),
        _ => slot("seat", city, seat, Effect::Veto, "Another seat."),
    }];
    let ours = classes(post);
    let class = format!("{} {}", row.get("category"), row.get("class"));
    out.push(match class.trim() {
        "" => slot("class", ours, "", Effect::Empty, "The row states no class: it takes any."),
        class if same_class(post, row) => slot("class", ours, class, Effect::Same, "One class."),
        class => slot("class", ours, class, Effect::Veto, "Another class of post."),
    });
    let address = post.addresses.first().cloned();
    out.push(match theirs {
        _ if post.addresses.is_empty() || theirs.is_empty() => {
            slot("address", address, theirs, Effect::Empty, "The address of at least one is not known.")
        }
        _ if post.addresses.iter().any(|ours| same_address(ours, theirs)) => {
            slot("address", address, theirs, Effect::Same, "One address.")
        }
        _ => slot("address", address, theirs, Effect::Veto, "Another address."),
    });
    let closed = row.get("closed_on");
    if let Some((closed_on, day)) = Day::parse(closed).zip(post.day)
        && closed_on <= day
    {
        let day = Some(day.to_string());
        out.push(slot("closed", day, closed, Effect::Veto, "The row had closed before the day asked about."));
    }
    out
}

/// The classes that the post's own words name.
fn classes(post: &PostFacts) -> Option<String> {
    let words = post.class_words.iter().chain(&post.names);
    let classes: BTreeSet<&str> = words.filter_map(|word| class_of(word)).collect();
    (!classes.is_empty()).then(|| classes.into_iter().collect::<Vec<_>>().join(", "))
}

fn slot(slot: &str, a: Option<String>, b: &str, effect: Effect, sentence: &str) -> Reason {
    let b = (!b.is_empty()).then(|| b.to_owned());
    Reason { slot: slot.to_owned(), a, b, effect, sentence: sentence.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Places are real, posts are invented.
    #[test]
    fn a_listed_consulate_of_the_same_town_is_near_and_says_why_it_is_not_the_post() {
        let gazetteer = Gazetteer::builtin();
        let city = gazetteer.places_named("amsterdam").first().copied();
        let post = PostFacts {
            country: city.and_then(|city| gazetteer.country_of(city)),
            city,
            addresses: vec!["Lantaarnkade 3".into()],
            names: vec!["警民服务站".into()],
            day: Day::parse("2020-05-01"),
            ..PostFacts::default()
        };
        let file = "seat,class,address,closed_on\n\
            Amsterdam,consulate,Spiegelpad 9,\n\
            Rotterdam,station,Lantaarnkade 3,\n\
            Rotterdam,consulate,Havenweg 1,\n\
            Amsterdam,station,Lantaarnkade 3,2019-01-01\n";
        let (registers, _) =
            crate::read_registers("list.csv", file.as_bytes(), &crate::RegisterOptions::default());
        let Ok(found) = near(&post, &registers[0].0.id, &registers, gazetteer, 10);
        let vetoes = |near: &Near| -> Vec<String> {
            let veto = near.reasons.iter().filter(|r| r.effect == Effect::Veto);
            veto.map(|r| r.slot.clone()).collect()
        };
        let shown: Vec<(u64, Vec<String>)> = found.iter().map(|n| (n.row, vetoes(n))).collect();
        let own = |slots: &[&str]| slots.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            shown,
            [(4, own(&["closed"])), (2, own(&["seat"])), (1, own(&["class", "address"]))],
            "the third row shares nothing"
        );
    }
}
