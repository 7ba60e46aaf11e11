//! The quote gate: no quote passes that is not there.
//!
//! A quote of any extractor, model or person is looked for by exact bytes;
//! else after one documented folding (NFKC, line breaks, soft hyphens) that
//! leads back to one contiguous range of the text. There is no fuzzy match: a
//! text that was never printed must not gain a footnote.

use plainsight_model::Span;
use plainsight_text::{Chars, is_han};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What the gate says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GateVerdict {
    /// The exact string is there.
    Exact,
    /// There after NFKC, line breaks and soft hyphens.
    Folded,
    /// Not there: any other changed, absent or added character.
    Missing,
}

impl GateVerdict {
    /// The word printed under `verdict`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Folded => "folded",
            Self::Missing => "missing",
        }
    }
}

/// The gate's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gated {
    /// The verdict.
    pub verdict: GateVerdict,
    /// Every place, in code points of the text; several places are for a person to choose from.
    pub hits: Vec<Span>,
}

/// Looks a quote up in a text.
///
/// ```
/// use plainsight_corroborate::{GateVerdict, quote_gate};
/// assert_eq!(quote_gate("该站于2018年\n成立。", "2018年成立").verdict, GateVerdict::Folded);
/// assert_eq!(quote_gate("该站于2018年成立。", "2019年成立").verdict, GateVerdict::Missing);
/// ```
pub fn quote_gate(text: &str, quote: &str) -> Gated {
    let exact = exact(text, quote);
    if !exact.is_empty() {
        return Gated { verdict: GateVerdict::Exact, hits: exact };
    }
    // A line break is a space between words, and nothing between Han characters.
    for han_joins in [true, false] {
        let hits = folded(text, quote, han_joins);
        if !hits.is_empty() {
            return Gated { verdict: GateVerdict::Folded, hits };
        }
    }
    Gated { verdict: GateVerdict::Missing, hits: Vec::new() }
}

fn exact(text: &str, quote: &str) -> Vec<Span> {
    if quote.trim().is_empty() {
        return Vec::new();
    }
    let chars = Chars::new(text);
    places(text, quote)
        .map(|at| Span::new(chars.code_point(at), chars.code_point(at + quote.len())))
        .collect()
}

/// The byte offsets of all occurrences, overlapping ones too.
fn places<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = usize> + 't {
    let step = part.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(part)?;
        from = at + step;
        Some(at)
    })
}

fn folded(text: &str, quote: &str, han_joins: bool) -> Vec<Span> {
    let (text, quote) = (Plain::new(text, han_joins), Plain::new(quote, han_joins));
    let wanted = quote.text.trim();
    if wanted.is_empty() {
        return Vec::new();
    }
    let chars = Chars::new(&text.text);
    places(&text.text, wanted)
        .filter_map(|at| {
            let (start, end) = (chars.code_point(at), chars.code_point(at + wanted.len()));
            text.source(start, end)
        })
        .collect()
}

/// A text after the gate's folding, with the range of the source behind each character.
struct Plain {
    text: String,
    from: Vec<Span>,
}

impl Plain {
    fn new(source: &str, han_joins: bool) -> Self {
        let chars: Vec<char> = source.chars().collect();
        let mut plain = Self { text: String::new(), from: Vec::new() };
        let mut at = 0;
        while at < chars.len() {
            let end = (at + 1..chars.len()).find(|&n| !continues(chars[at], chars[n])).unwrap_or(chars.len());
            let span = Span::new(at, end);
            if chars[at] == '\u{ad}' {
                // A soft hyphen is only a place where a line may break.
            } else if chars[at].is_whitespace() && chars[at..end].iter().copied().any(is_break) {
                let before = at.checked_sub(1).map(|n| chars[n]);
                let joins = before.is_some_and(is_wide) || chars.get(end).copied().is_some_and(is_wide);
                if !(han_joins && joins) {
                    plain.push(' ', span);
                }
            } else if chars[at].is_whitespace() {
                for n in at..end {
                    plain.push(' ', Span::new(n, n + 1));
                }
            } else {
                for c in chars[at..end].iter().copied().nfkc() {
                    plain.push(c, span);
                }
            }
            at = end;
        }
        plain
    }

    fn push(&mut self, c: char, span: Span) {
        self.text.push(c);
        self.from.push(span);
    }

    /// The range behind `start..end`; `None` where it would cut a character of the source in two.
    fn source(&self, start: usize, end: usize) -> Option<Span> {
        let (first, last) = (*self.from.get(start)?, *self.from.get(end.checked_sub(1)?)?);
        let cuts_head = start.checked_sub(1).and_then(|n| self.from.get(n)) == Some(&first);
        let cuts_tail = self.from.get(end) == Some(&last);
        (!cuts_head && !cuts_tail).then(|| Span::new(first.start, last.end))
    }
}

/// Marks stay with their letter, white space with white space.
fn continues(first: char, next: char) -> bool {
    if first.is_whitespace() { next.is_whitespace() } else { is_combining_mark(next) }
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Han and its full-width punctuation, between which no space belongs.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c as u32, 0x3001..=0x303f | 0xff01..=0xff5e)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_passes_and_what_does_not() {
        use GateVerdict::*;
        for (text, quote, verdict, hits) in [
            ("该站2018年6月成立。", "2018年6月", Exact, vec![(2, 9)]),
            ("甲乙甲乙", "甲乙", Exact, vec![(0, 2), (2, 4)]),
            ("他说：海外\n服务站", "海外服务站", Folded, vec![(3, 9)]),
            ("ｔｅｌ １１０", "tel 110", Folded, vec![(0, 7)]),
            ("de be\u{ad}lang\u{ad}rijke post", "belangrijke", Folded, vec![(3, 16)]),
            ("het bureau\nin Voorbeeld", "bureau in Voorbeeld", Folded, vec![(4, 23)]),
            ("cafe\u{301} abierto", "café", Folded, vec![(0, 5)]),
            ("该站2018年6月成立。", "2018年7月", Missing, vec![]),
            ("海外服务站", "海外警务服务站", Missing, vec![]),
            ("海外服務站", "海外服务站", Missing, vec![]),
            ("Het Bureau", "het bureau", Missing, vec![]),
            ("ﬁets", "iets", Missing, vec![]),
            ("foo\nbar", "foobar", Missing, vec![]),
            ("iets", "", Missing, vec![]),
            ("", "x", Missing, vec![]),
        ] {
            let gated = quote_gate(text, quote);
            let spans: Vec<Span> = hits.into_iter().map(|(s, e)| Span::new(s, e)).collect();
            assert_eq!((gated.verdict, gated.hits), (verdict, spans), "{quote} in {text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]
        #[test]
        fn a_true_quote_passes_and_a_changed_one_never_does(
            text in "[一-龥，。0-9]{30,80}", start in 0usize..20, length in 4usize..10, place in 0usize..4,
        ) {
            let chars: Vec<char> = text.chars().collect();
            let quote: Vec<char> = chars[start..start + length].to_vec();
            let gated = quote_gate(&text, &quote.iter().collect::<String>());
            prop_assert_eq!(gated.verdict, GateVerdict::Exact);
            prop_assert!(gated.hits.contains(&Span::new(start, start + length)));
            let mut changed = quote;
            // A character outside the alphabet of the text can stand nowhere in it.
            changed[place] = '㐀';
            prop_assert_eq!(quote_gate(&text, &changed.iter().collect::<String>()).verdict, GateVerdict::Missing);
        }

        #[test]
        fn nothing_panics(text in "\\PC{0,40}", quote in "\\PC{0,6}") {
            let gated = quote_gate(&text, &quote);
            for hit in gated.hits {
                prop_assert!(hit.end <= text.chars().count() && hit.start < hit.end);
            }
        }
    }
}
