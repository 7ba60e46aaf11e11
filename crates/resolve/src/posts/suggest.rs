//! Pairs of posts that may be one: a person decides.

use super::{DocumentFrames, Post, PostPair};
use crate::agency::compatible;
use crate::names::{Effect, NameVerdict, Reason};
use plainsight_lens::Gazetteer;
use plainsight_model::{Judgements, PairId, QuoteId};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

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
    // Only posts of one country are compared: by country, not all with all.
    let mut by_country: BTreeMap<Option<_>, Vec<&Post>> = BTreeMap::new();
    for post in posts {
        by_country.entry(post.country).or_default().push(post);
    }
    let mut out = Vec::new();
    for group in by_country.values() {
        for (n, a) in group.iter().enumerate() {
            for b in &group[n + 1..] {
                let (of_a, of_b) = (quotes(a), quotes(b));
                let judged = |p: &QuoteId, q: &QuoteId| of_a.contains(p) && of_b.contains(q);
                if judgements.different.iter().any(|(p, q)| judged(p, q) || judged(q, p)) {
                    continue;
                }
                out.extend(pair(a, b, gazetteer));
            }
        }
    }
    out.sort_by_key(|pair| pair.id);
    out
}

fn pair(a: &Post, b: &Post, gazetteer: &Gazetteer) -> Option<PostPair> {
    let reasons = vec![
        place(a, b),
        keys("operator", &a.operators, &b.operators, |x, y| compatible(x, y, gazetteer)),
        keys("phone", &a.phones, &b.phones, |x, y| x == y),
        keys("address", &a.addresses, &b.addresses, |x, y| x == y),
        keys("name", &folded(&a.names), &folded(&b.names), |x, y| x == y),
    ];
    // One city is the least that two names of a post share, but for a telephone.
    let one_city = reasons[0].effect == Effect::Same;
    let telephone = reasons[2].effect == Effect::Same;
    if !one_city && !telephone && reasons[0].effect != Effect::Empty {
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
    // Two bodies that are known to differ, and nothing else in common, are no question.
    (score >= 0.30).then(|| PostPair {
        id: PairId::of(&a.id.to_string(), &b.id.to_string()),
        a: a.id.min(b.id),
        b: a.id.max(b.id),
        score,
        verdict: NameVerdict::Review,
        reasons,
        would_merge: a.frames.len() + b.frames.len(),
    })
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
