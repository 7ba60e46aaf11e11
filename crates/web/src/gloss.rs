//! Nobody gets lost in Han: pinyin, and the lens's senses word by word.

use maud::{Markup, html};
use pinyin::ToPinyin as _;
use plainsight_text::is_han;

/// A longer passage gets its gloss only where a person looks closer.
const GLOSS_BOUND: usize = 400;

/// Han as pinyin with tones, all else as it stands; full-width marks as half.
pub(crate) fn pinyin(text: &str) -> String {
    let mut out = String::new();
    let mut after_syllable = false;
    for c in text.chars() {
        if let Some(syllable) = c.to_pinyin().filter(|_| is_han(c)) {
            if out.ends_with(|c: char| c.is_alphanumeric()) {
                out.push(' ');
            }
            out.push_str(syllable.with_tone());
            after_syllable = true;
            continue;
        }
        let plain = match c {
            '，' | '、' => ", ",
            '。' => ". ",
            '；' => "; ",
            '：' => ": ",
            '（' => " (",
            '）' => ") ",
            '“' | '”' | '「' | '」' | '『' | '』' | '《' | '》' => "\"",
            _ => "",
        };
        if plain.is_empty() {
            if after_syllable && c.is_alphanumeric() {
                out.push(' ');
            }
            out.push(c);
        } else {
            out.push_str(plain);
        }
        after_syllable = false;
    }
    let words: Vec<&str> = out.split_whitespace().collect();
    words.join(" ")
}

/// The pinyin line under a Han text; nothing under any other.
pub(crate) fn line(text: &str) -> Markup {
    html! { @if has_han(text) { span class="pinyin" lang="zh-Latn-pinyin" { (pinyin(text)) } } }
}

/// Tells whether a person without Chinese would be lost.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

/// A word of a passage with its sense, where the lens has one.
#[derive(Debug, PartialEq, Eq)]
struct Word {
    text: String,
    sense: String,
}

/// Cuts a passage at the lens's terms (the longest first) and at marks.
fn words(text: &str, terms: &[(usize, usize, String)]) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut terms: Vec<_> =
        terms.iter().filter(|(start, end, _)| start < end && *end <= chars.len()).collect();
    terms.sort_by_key(|(start, end, _)| (*start, usize::MAX - end));
    let mut out = Vec::new();
    let mut at = 0;
    let mut flush = |from: usize, to: usize| {
        for run in chars[from..to].split(|c| !is_han(*c) && !c.is_alphanumeric()) {
            // Two characters at a time is about a word, and keeps lines short.
            for piece in run.chunks(if run.iter().any(|c| is_han(*c)) { 4 } else { 40 }) {
                out.push(Word { text: piece.iter().collect(), sense: String::new() });
            }
        }
        std::mem::take(&mut out)
    };
    let mut all = Vec::new();
    for (start, end, sense) in terms {
        if *start < at {
            continue;
        }
        all.extend(flush(at, *start));
        all.push(Word { text: chars[*start..*end].iter().collect(), sense: sense.clone() });
        at = *end;
    }
    all.extend(flush(at, chars.len()));
    all
}

/// The gloss of a Han passage: pinyin, Han, sense; by machine.
pub(crate) fn gloss(text: &str, terms: &[(usize, usize, String)], open: bool) -> Markup {
    if !has_han(text) {
        return html! {};
    }
    let short = text.chars().count() <= GLOSS_BOUND;
    html! {
        details open[open] {
            summary { (crate::labels::L.word_by_word) }
            @if short {
                div class="gloss" role="group" aria-label=(crate::labels::documents::S.gloss_by_machine) {
                    @for word in words(text, terms) {
                        span {
                            i lang="zh-Latn-pinyin" { (pinyin(&word.text)) }
                            b lang=(crate::parts::tag("und", &word.text)) { (word.text) }
                            @if !word.sense.is_empty() { em { (word.sense) } }
                        }
                    }
                }
            } @else {
                p class="pinyin" lang="zh-Latn-pinyin" { (pinyin(text)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pinyin_keeps_numbers_and_marks_readable() {
        for (han, said) in [
            ("警侨服务站", "jǐng qiáo fú wù zhàn"),
            ("6月18日，", "6 yuè 18 rì,"),
            ("plain", "plain"),
            ("在A座。", "zài A zuò."),
        ] {
            assert_eq!(pinyin(han), said);
        }
    }

    #[test]
    fn terms_are_kept_whole_and_the_longest_wins() {
        let terms = [(1, 3, "relay".to_owned()), (1, 6, "relay post".to_owned())];
        let cut = words("在警侨服务站，开", &terms);
        let texts: Vec<_> = cut.iter().map(|w| w.text.as_str()).collect();
        assert_eq!(texts, ["在", "警侨服务站", "开"]);
        assert_eq!(cut[1].sense, "relay post");
    }
}
