//! Finds terms in a text: rules 1 to 4 of matching.
//!
//! 1 fold both sides; 2 borders and blockers; 3 the longest hit wins over
//! every hit that it overlaps, equal spans stay; 4 a hit inside a longer word
//! of the dictionary is weak at most.

use crate::words::is_word;
use crate::{Gazetteer, MatchMode, Prepared, Strength, Term, TermKind};
use plainsight_text::{Entry, Lexicon, fold, is_han};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The longest dictionary word that is looked for around a hit, in characters.
const LONGEST_WORD: usize = 8;

/// A term in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermMatch {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The number of the term in the lens.
    pub term: usize,
    /// Its strength after all rules.
    pub strength: Strength,
}

/// All terms and forms of a lens, folded.
pub struct Matcher {
    lexicon: Lexicon,
    /// What each string of the lexicon may be, in its order: which term, and which of its forms.
    meant: Vec<(usize, usize)>,
    /// Where those of each string begin in `meant`, and the end.
    starts: Vec<usize>,
}

struct Hit {
    from: usize,
    to: usize,
    /// The code point of the prepared text at `from`.
    start: usize,
    term: usize,
}

impl Matcher {
    /// Compiles the terms.
    pub fn new(terms: &[Term]) -> Self {
        let mut all: Vec<(String, usize, usize)> = Vec::with_capacity(terms.len());
        for (number, term) in terms.iter().enumerate() {
            for (at, form) in forms(term).enumerate() {
                let mut folded = Prepared::text(form);
                if folded.starts_with(' ') || folded.ends_with(' ') {
                    folded = folded.trim().to_owned();
                }
                if !folded.is_empty() {
                    all.push((folded, number, at));
                }
            }
        }
        all.sort_unstable();
        // Of forms of one term that fold alike the first stays.
        all.dedup_by(|b, a| a.0 == b.0 && a.1 == b.1);
        let mut starts: Vec<usize> =
            (0..all.len()).filter(|at| *at == 0 || all[*at].0 != all[*at - 1].0).collect();
        let lexicon = Lexicon::new(starts.iter().map(|at| all[*at].0.as_str()));
        starts.push(all.len());
        Self { lexicon, meant: all.into_iter().map(|(_, term, form)| (term, form)).collect(), starts }
    }

    /// Finds the terms, by position.
    pub fn find(&self, source: &str, terms: &[Term], gazetteer: &Gazetteer) -> Vec<TermMatch> {
        let prepared = Prepared::new(source);
        let span = |hit: &Hit| {
            let length = prepared.text[hit.from..hit.to].chars().count();
            prepared.source(hit.start, hit.start + length)
        };
        // Counted once: a page of one term over and over asks for each of them.
        let letters: OnceCell<Vec<char>> = OnceCell::new();
        let exactly = |hit: &Hit, form: usize| {
            let (start, end) = span(hit);
            let letters = letters.get_or_init(|| source.chars().collect());
            let form = forms(&terms[hit.term]).nth(form);
            letters.get(start..end).zip(form).is_some_and(|(own, form)| own.iter().copied().eq(form.chars()))
        };
        let mut hits = Vec::new();
        self.lexicon.each(&prepared.text, |Entry { number, from, to, start }| {
            for (term, form) in &self.meant[self.starts[number]..self.starts[number + 1]] {
                let hit = Hit { from, to, start, term: *term };
                if counts(&hit, &terms[*term], &prepared.text, |hit| exactly(hit, *form)) {
                    hits.push(hit);
                }
            }
        });
        let mut out: Vec<TermMatch> = longest(hits)
            .into_iter()
            .map(|hit| {
                let (start, end) = span(&hit);
                let strength = after_dictionary(&hit, &terms[hit.term], &prepared.text, gazetteer);
                TermMatch { start, end, term: hit.term, strength }
            })
            .collect();
        out.sort_by_key(|hit| (hit.start, hit.end, hit.term));
        out
    }
}

/// A term and its further forms.
fn forms(term: &Term) -> impl Iterator<Item = &String> {
    std::iter::once(&term.term).chain(&term.forms)
}

/// Rule 2: borders, exact spelling, blockers.
fn counts(hit: &Hit, term: &Term, text: &str, exactly: impl Fn(&Hit) -> bool) -> bool {
    if term.mode != MatchMode::Folded && !(border(text, hit.from, true) && border(text, hit.to, false)) {
        return false;
    }
    if term.mode == MatchMode::Exact && !exactly(hit) {
        return false;
    }
    let own = &text[hit.from..hit.to];
    !term.not_inside.iter().any(|blocker| {
        blocker.match_indices(own).any(|(offset, _)| {
            hit.from
                .checked_sub(offset)
                .is_some_and(|from| text.get(from..).is_some_and(|t| t.starts_with(blocker.as_str())))
        })
    })
}

/// A word border: a neighbour that is no letter or digit, or is Han.
fn border(text: &str, at: usize, before: bool) -> bool {
    let (left, right) = text.split_at(at);
    let neighbour = if before { left.chars().next_back() } else { right.chars().next() };
    neighbour.is_none_or(|c| !c.is_alphanumeric() || is_han(c))
}

/// Rule 3: the longest hit wins over all that it overlaps; of equal length the
/// first; hits of one span all stay.
fn longest(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|hit| (std::cmp::Reverse(hit.to - hit.from), hit.from, hit.term));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    hits.retain(|hit| {
        if taken.get(&hit.from) == Some(&hit.to) {
            return true;
        }
        let before = taken.range(..hit.to).next_back();
        let free = before.is_none_or(|(_, to)| *to <= hit.from);
        if free {
            taken.insert(hit.from, hit.to);
        }
        free
    });
    hits
}

/// Rule 4.
fn after_dictionary(hit: &Hit, term: &Term, text: &str, gazetteer: &Gazetteer) -> Strength {
    let own = &text[hit.from..hit.to];
    if term.strength != Strength::Strong
        || !own.chars().all(is_han)
        || matches!(term.kind, TermKind::Community)
    {
        return term.strength;
    }
    let length = own.chars().count();
    let starts: Vec<usize> = text[..hit.from]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_han(*c))
        .take(LONGEST_WORD.saturating_sub(length))
        .map(|(at, _)| at)
        .collect();
    let ends: Vec<usize> = text[hit.to..]
        .char_indices()
        .take_while(|(_, c)| is_han(*c))
        .take(LONGEST_WORD.saturating_sub(length))
        .map(|(at, c)| hit.to + at + c.len_utf8())
        .collect();
    let inside = |from: usize, to: usize| {
        let word = &text[from..to];
        if word.chars().count() > LONGEST_WORD || !is_word(word) {
            return false;
        }
        let rest = &text[from..hit.from];
        let ends_with_the_hit = to == hit.to;
        !(ends_with_the_hit && (is_word(rest) || !gazetteer.places_named(&fold(rest)).is_empty()))
    };
    let weaker = ends.iter().any(|to| inside(hit.from, *to))
        || starts.iter().any(|from| inside(*from, hit.to) || ends.iter().any(|to| inside(*from, *to)));
    if weaker { Strength::Weak } else { Strength::Strong }
}

#[cfg(test)]
mod tests {
    use crate::Lens;
    use proptest::prelude::*;

    fn terms(text: &str) -> Vec<String> {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        let letters: Vec<char> = text.chars().collect();
        lens.find_terms(text)
            .iter()
            .map(|hit| {
                let exact: String = letters[hit.start..hit.end].iter().collect();
                format!("{} {} {}", lens.terms[hit.term].kind.as_str(), hit.strength.as_str(), exact)
            })
            .collect()
    }

    fn has(text: &str, wanted: &str) {
        assert!(terms(text).iter().any(|term| term == wanted), "{text}: {:?}", terms(text));
    }

    fn lacks(text: &str, unwanted: &str) {
        assert!(!terms(text).iter().any(|term| term == unwanted), "{text}: {:?}", terms(text));
    }

    #[test]
    fn terms_by_example() {
        has("海外警務服務站設在港口", "post_name strong 海外警務服務站");
        has("縣裡的警務(wù)聯(lián)絡(luò)官", "decoy strong 警務(wù)聯(lián)絡(luò)官");
        has("Two secret\n police stations", "post_name_outside strong secret\n police stations");
        has("het overzeese servicestation", "post_name strong overzeese servicestation");
        has("una comisaria clandestina", "post_name_outside strong comisaria clandestina");
        has("MPS中国", "body weak MPS");
    }

    #[test]
    fn the_longest_wins_whatever_the_kinds() {
        assert_eq!(terms("警侨服务窗口"), ["post_name_domestic strong 警侨服务窗口"]);
        lacks("华侨联合会", "body strong 侨联");
        lacks("公安部门", "body strong 公安部");
        lacks("协商会议", "host_body weak 商会");
        lacks("mps", "body weak MPS");
        lacks("the secretpolice stations", "post_name_outside strong secretpolice stations");
    }

    #[test]
    fn a_hit_inside_a_dictionary_word_is_weak_unless_the_word_ends_with_it() {
        has("北京市公安局", "body strong 公安局");
    }

    /// Eight times the text may take eight times as long, and as much again for a loaded machine.
    #[test]
    fn ten_megabytes_of_one_term_are_linear() {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        for unit in ["警务站", "警", "MPS ", "mps ", "secret police station ", "(wù)", "站(zhàn)"] {
            let timed = |bytes: usize| {
                let text = unit.repeat(bytes / unit.len());
                let start = std::time::Instant::now();
                let hits = lens.find_terms(&text).len();
                (start.elapsed(), hits)
            };
            let ((short, few), (long, many)) = (timed(1_250_000), timed(10_000_000));
            assert!(many >= few * 7, "{unit}: {few} hits, then {many}");
            let most = short * 16 + std::time::Duration::from_millis(500);
            assert!(long < most, "{unit}: {short:?} for an eighth, {long:?} for all");
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_spans_inside_it(text in "[\\PC海外警务站侨公安局()a-z ]{0,60}") {
            let lens = Lens::builtin("overseas-posts").expect("built in");
            let length = text.chars().count();
            for hit in lens.find_terms(&text) {
                prop_assert!(hit.start < hit.end && hit.end <= length);
            }
        }
    }
}
