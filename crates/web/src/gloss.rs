//! Nobody gets lost in Han: pinyin, and each term with its sound and sense.

use crate::labels::documents::S;
use crate::labels::machine::S as M;
use maud::{Markup, html};
use pinyin::ToPinyin as _;
use plainsight_case::Gloss;
use plainsight_text::is_han;

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
        if after_syllable && c.is_alphanumeric() {
            out.push(' ');
        }
        push_mark(&mut out, c);
        after_syllable = false;
    }
    squeezed(&out)
}

/// A mark as Latin text has it; any other character as it is.
fn push_mark(out: &mut String, c: char) {
    if matches!(c, '，' | '、' | '。' | '；' | '：' | '）' | '”' | '」' | '』' | '》') {
        out.truncate(out.trim_end().len());
    }
    match c {
        '，' | '、' => out.push_str(", "),
        '。' => out.push_str(". "),
        '；' => out.push_str("; "),
        '：' => out.push_str(": "),
        '（' => out.push_str(" ("),
        '）' => out.push_str(") "),
        '“' | '「' | '『' | '《' => out.push_str(" \""),
        '”' | '」' | '』' | '》' => out.push_str("\" "),
        other => out.push(other),
    }
}

fn squeezed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
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

/// The pinyin of a passage by its words, which know that 重庆 is chóng qìng.
fn sounds(text: &str, gloss: &Gloss) -> String {
    let letters: Vec<char> = text.chars().collect();
    let between = |from: usize, to: usize| letters.get(from..to).unwrap_or_default().iter();
    let (mut out, mut at) = (String::new(), 0);
    for row in &gloss.rows {
        between(at, row.start).for_each(|c| push_mark(&mut out, *c));
        if out.ends_with(char::is_alphanumeric) {
            out.push(' ');
        }
        out.push_str(if row.pinyin.is_empty() { &row.text } else { &row.pinyin });
        at = row.end;
    }
    let rest: String = between(at, letters.len()).collect();
    squeezed(&format!("{out}{}", pinyin(&rest)))
}

/// What stands under a Han passage: its pinyin, and each term with its sense, by machine.
pub(crate) fn beneath(text: &str, gloss: &Gloss, open: bool) -> Markup {
    if gloss.rows.is_empty() {
        return line(text);
    }
    html! {
        span class="pinyin" lang="zh-Latn-pinyin" { (sounds(text, gloss)) }
        details class="words" open[open] {
            summary { (crate::labels::L.word_by_word) }
            div class="gloss" role="group" aria-label=(S.gloss_by_machine) title=(M.senses) {
                @for row in &gloss.rows {
                    span class=(row.source.as_str()) {
                        i lang="zh-Latn-pinyin" { (row.pinyin) }
                        b lang=(crate::parts::tag("und", &row.text)) { (row.text) }
                        @if !row.meaning.is_empty() { em { (row.meaning) } }
                    }
                }
                @if gloss.cut { span { em { (M.rest_in_document) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_case::{GlossRow, GlossSource};

    #[test]
    fn pinyin_keeps_numbers_and_marks_readable() {
        for (han, said) in [
            ("警侨服务站", "jǐng qiáo fú wù zhàn"),
            ("6月18日，", "6 yuè 18 rì,"),
            ("plain", "plain"),
            ("在A座。", "zài A zuò."),
            ("据《晚报》报道“服务站”。", "jù \"wǎn bào\" bào dào \"fú wù zhàn\"."),
        ] {
            assert_eq!(pinyin(han), said);
        }
    }

    #[test]
    fn the_line_reads_by_words_and_keeps_the_marks() {
        let row = |start: usize, end: usize, text: &str, pinyin: &str, meaning: &str| GlossRow {
            start,
            end,
            text: text.into(),
            pinyin: pinyin.into(),
            meaning: meaning.into(),
            source: GlossSource::Dictionary,
        };
        let rows = vec![
            row(0, 2, "重庆", "chóng qìng", "Chongqing"),
            row(3, 6, "服务站", "fú wù zhàn", "<service> station"),
            row(7, 11, "2018", "", ""),
        ];
        let gloss = Gloss { rows, cut: false };
        assert_eq!(sounds("重庆，服务站（2018）。", &gloss), "chóng qìng, fú wù zhàn (2018).");
        let shown = beneath("重庆，服务站（2018）。", &gloss, false).into_string();
        for said in
            ["chóng qìng, fú wù zhàn", "<em>&lt;service&gt; station</em>", "<details class=\"words\">"]
        {
            assert!(shown.contains(said), "missing: {said}\n{shown}");
        }
        assert_eq!(beneath("no Han", &Gloss::default(), true).into_string(), "");
    }
}
