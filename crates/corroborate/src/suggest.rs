//! Translations, as suggestions.
//!
//! Two translations of one story share hardly a shingle, but numbers, dates and
//! names in Latin letters survive. What is rare among all texts weighs more.
//! A suggestion merges nothing: a person agrees first.

use crate::CopyInput;
use plainsight_text::fold;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A text that may be a translation of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The text asked about.
    pub a: String,
    /// The text that may be its translation.
    pub b: String,
    /// 1 for the best of `a`.
    pub rank: usize,
}

/// Suggestions per text.
const MOST: usize = 5;
/// Shared tokens below which nothing is suggested.
const LEAST: usize = 2;
/// A token that stands in more texts than this tells nothing and costs a lot.
const MOST_TEXTS: usize = 500;

/// Suggests for each text those of other languages that share most rare numbers and Latin names.
pub fn suggest(texts: &[CopyInput]) -> Vec<Suggested> {
    let mut order: Vec<&CopyInput> = texts.iter().collect();
    order.sort_by(|a, b| a.id.cmp(&b.id));
    let tokens: Vec<BTreeSet<String>> = order.iter().map(|t| tokens(&t.text)).collect();
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (text, set) in tokens.iter().enumerate() {
        for token in set {
            holders.entry(token).or_default().push(text);
        }
    }
    let mut all = Vec::new();
    for (a, set) in tokens.iter().enumerate() {
        let mut scores: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        for token in set {
            let texts = &holders[token.as_str()];
            if texts.len() > MOST_TEXTS {
                continue;
            }
            let rare = (order.len() as f64 / texts.len() as f64).ln().max(0.05);
            for &b in texts.iter().filter(|b| **b != a && may_translate(order[a], order[**b])) {
                let score = scores.entry(b).or_default();
                *score = (score.0 + rare, score.1 + 1);
            }
        }
        // Long texts share more by chance.
        let weigh = |b: usize, score: f64| score / ((set.len() * tokens[b].len()) as f64).sqrt().max(1.0);
        let mut best: Vec<(f64, usize)> =
            scores.into_iter().filter(|(_, s)| s.1 >= LEAST).map(|(b, s)| (weigh(b, s.0), b)).collect();
        best.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        all.extend(best.into_iter().take(MOST).enumerate().map(|(n, (_, b))| Suggested {
            a: order[a].id.clone(),
            b: order[b].id.clone(),
            rank: n + 1,
        }));
    }
    all
}

/// Texts of one language are no translations of each other; days, where both are known, lie within 14 days.
fn may_translate(a: &CopyInput, b: &CopyInput) -> bool {
    let base = |text: &CopyInput| text.lang.as_deref().map(|l| l.split('-').next().unwrap_or(l).to_owned());
    let languages = base(a).zip(base(b)).is_none_or(|(x, y)| x != y);
    let day =
        |text: &CopyInput| text.date.as_deref().and_then(plainsight_text::Day::parse).map(|d| d.number());
    languages && day(a).zip(day(b)).is_none_or(|(x, y)| (x - y).abs() <= 14)
}

/// Numbers of two digits and more, and words of Latin letters that begin with a capital.
fn tokens(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    // Between Han characters there are no spaces: Latin and Han are parted by hand.
    let parts = |c: char| plainsight_text::is_han(c) || !(c.is_alphanumeric() || c == '.' || c == ',');
    for word in text.split(parts) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        if digits.len() >= 2 {
            all.insert(digits);
        } else if word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() >= 3 {
            all.insert(fold(word));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_find_the_translation() {
        let text = |id: &str, lang: &str, text: &str| CopyInput {
            id: id.into(),
            lang: Some(lang.into()),
            text: text.into(),
            ..CopyInput::default()
        };
        let texts = [
            text("a", "zh", "据Velmora Tandis说，2018年该站办理了314份执照。"),
            text("b", "nl", "Volgens Velmora Tandis gaf de post in 2018 er 314 uit."),
            text("c", "nl", "In 2018 was er een feest in Zandhaven met 77 gasten."),
            text("d", "zh", "Velmora Tandis, 314, 2018."),
        ];
        let found = suggest(&texts);
        assert_eq!(found[0], Suggested { a: "a".into(), b: "b".into(), rank: 1 });
        assert!(!found.iter().any(|s| s.a == "a" && s.b == "d"), "one language");
        assert!(suggest(&[]).is_empty());
    }
}
