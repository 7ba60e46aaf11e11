//! Pairs of posts that may be one: a person decides.
//!
//! Only pairs that share something which tells posts apart are a question: a telephone, an address,
//! a name of their own, or the operator in one city. One city alone is none: a large one has dozens.

use super::{DocumentFrames, Post, PostPair};
use crate::agency::compatible;
use crate::names::{Effect, NameVerdict, Reason};
use plainsight_lens::Gazetteer;
use plainsight_model::{Judgements, PairId, QuoteId};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A name that more posts bear says what kind of office they are (“service station”), not which.
const MOST_BEARERS: usize = 3;
/// Pairs less likely than this are not asked about: two bodies that are known to differ, say.
const LEAST: f64 = 0.30;

pub(super) fn suggest(
    posts: &[Post],
    input: &[DocumentFrames<'_>],
    gazetteer: &Gazetteer,
    judgements: &Judgements,
) -> Vec<PostPair> {
    let documents: BTreeMap<_, _> = input.iter().map(|d| (d.document, d.quotes)).collect();
    let quotes = |post: &Post| -> BTreeSet<QuoteId> {
        let of = |frame: &super::FrameRef| Some(documents.get(&frame.0)?.get(frame.1)?.id);
        post.frames.iter().filter_map(of).collect()
    };
    let told_apart = |a: &Post, b: &Post| {
        let (of_a, of_b) = (quotes(a), quotes(b));
        let judged = |p: &QuoteId, q: &QuoteId| of_a.contains(p) && of_b.contains(q);
        judgements.different.iter().any(|(p, q)| judged(p, q) || judged(q, p))
    };
    let bearers = bearers(posts);
    // Only posts of one country are compared: by country, not all with all.
    let mut by_country: BTreeMap<Option<_>, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        by_country.entry(post.country).or_default().push(post);
    }
    let mut out = Vec::new();
    for group in by_country.values() {
        for (n, a) in group.iter().enumerate() {
            for b in &group[n + 1..] {
                out.extend(pair(a, b, &bearers, gazetteer).filter(|_| !told_apart(a, b)));
            }
        }
    }
    out.sort_by_key(|pair| pair.id);
    out
}

/// How many posts bear each name, folded.
fn bearers(posts: &[Post]) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for name in posts.iter().flat_map(|post| folded(&post.names).into_iter().collect::<BTreeSet<_>>()) {
        *out.entry(name).or_insert(0) += 1;
    }
    out
}

fn pair(a: &Post, b: &Post, bearers: &BTreeMap<String, usize>, gazetteer: &Gazetteer) -> Option<PostPair> {
    let reasons = vec![
        place(a, b),
        keys("operator", &a.operators, &b.operators, |x, y| compatible(x, y, gazetteer)),
        keys("phone", &a.phones, &b.phones, |x, y| x == y),
        keys("address", &a.addresses, &b.addresses, |x, y| x == y),
        name(a, b, bearers),
    ];
    let [place, operator, phone, address, name] = [0, 1, 2, 3, 4].map(|n: usize| reasons[n].effect);
    // Elsewhere than in one city only a telephone leads from one post to another.
    let elsewhere = place == Effect::Veto;
    let one_operator = matches!(operator, Effect::Same | Effect::Alike) && place == Effect::Same;
    let one_name = name == Effect::Same && operator != Effect::Veto;
    let shared = address == Effect::Same || one_operator || one_name;
    if phone != Effect::Same && (elsewhere || !shared) {
        return None;
    }
    let weight = |reason: &Reason| match (reason.slot.as_str(), reason.effect) {
        ("phone", Effect::Same) => 0.4,
        ("address", Effect::Same) => 0.3,
        ("operator", Effect::Same | Effect::Alike) => 0.25,
        ("name", Effect::Same) => 0.15,
        ("place", Effect::Same) => 0.1,
        ("place", Effect::Veto) => -0.3,
        ("operator", Effect::Veto) => -0.2,
        ("phone", Effect::Veto) => -0.1,
        _ => 0.0,
    };
    let score: f64 = (0.35 + reasons.iter().map(weight).sum::<f64>()).clamp(0.0, 0.95);
    let score = (score * 100.0).round() / 100.0;
    (score >= LEAST).then(|| PostPair {
        id: PairId::of(&a.id.to_string(), &b.id.to_string()),
        a: a.id.min(b.id),
        b: a.id.max(b.id),
        score,
        verdict: NameVerdict::Review,
        reasons,
        would_merge: a.frames.len() + b.frames.len(),
    })
}

/// A name that both bear; one that many posts bear is named, and tells nothing.
fn name(a: &Post, b: &Post, bearers: &BTreeMap<String, usize>) -> Reason {
    let (of_a, of_b) = (folded(&a.names), folded(&b.names));
    let count = |name: &String| bearers.get(name).copied().unwrap_or(0);
    let shared = of_a.iter().filter(|name| of_b.contains(name)).min_by_key(|name| (count(name), *name));
    let mut reason = keys("name", &of_a, &of_b, |x, y| x == y);
    if let Some(common) = shared.filter(|name| count(name) > MOST_BEARERS) {
        reason.effect = Effect::Empty;
        reason.sentence =
            format!("Both are called “{common}”, as {} posts are: a kind, no name.", count(common));
    }
    reason
}

fn place(a: &Post, b: &Post) -> Reason {
    let (effect, sentence) = if a.place == b.place && a.city.is_some() {
        (Effect::Same, "Both are in one city.")
    } else if a.city.is_none() || b.city.is_none() {
        (Effect::Empty, "Of one of them only the country is known.")
    } else {
        (Effect::Veto, "They are in different cities.")
    };
    Reason {
        slot: "place".to_owned(),
        a: Some(a.place.clone()),
        b: Some(b.place.clone()),
        effect,
        sentence: sentence.to_owned(),
    }
}

fn keys(slot: &str, a: &[String], b: &[String], alike: impl Fn(&str, &str) -> bool) -> Reason {
    let show = |keys: &[String]| (!keys.is_empty()).then(|| keys.join(", "));
    let (effect, sentence) = if a.is_empty() || b.is_empty() {
        (Effect::Empty, format!("The {slot} of at least one is not known."))
    } else if a.iter().any(|x| b.contains(x)) {
        (Effect::Same, format!("They share a value of {slot}."))
    } else if a.iter().any(|x| b.iter().any(|y| alike(x, y))) {
        (Effect::Alike, format!("The values of {slot} may be of one body: the one lies under the other."))
    } else {
        (Effect::Veto, format!("They have different values of {slot}."))
    };
    Reason { slot: slot.to_owned(), a: show(a), b: show(b), effect, sentence }
}

fn folded(names: &[String]) -> Vec<String> {
    names.iter().map(|name| fold(name)).collect()
}
