//! A text made ready for matching, with the way back.

use plainsight_text::{fold, fold_with_map, is_han};

/// The longest syllable of pinyin, `zhuang`.
const SYLLABLE: usize = 6;

/// A folded text in which runs of white space are one space and inserted pinyin is gone.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The text to match in.
    pub text: String,
    /// For each character of `text` the source's code points that made it: first and past the last.
    spans: Vec<(u32, u32)>,
}

impl Prepared {
    /// Prepares a text.
    pub fn new(source: &str) -> Self {
        let folded = fold_with_map(source);
        let mut original: Option<Vec<char>> = None;
        let mut out = Prepared {
            text: String::with_capacity(folded.text.len()),
            spans: Vec::with_capacity(folded.map.len()),
        };
        let mut before = None;
        // Where inserted pinyin ends, in bytes of the fold.
        let mut past = 0;
        for (at, (byte, c)) in folded.text.char_indices().enumerate() {
            let last = before.replace(c);
            if byte < past {
                continue;
            }
            // Copies on hijacked domains insert pinyin after a Han character, 警務(wù)聯(lián)絡:
            // the words are there for a reader and gone for a machine.
            if c == '(' && last.is_some_and(is_han) {
                let original = original.get_or_insert_with(|| source.chars().collect());
                let written = |k: usize| original.get(folded.map[at + k] as usize).copied();
                if let Some(length) = pinyin(&folded.text.as_bytes()[byte..], written) {
                    past = byte + length;
                    continue;
                }
            }
            let (start, end) = folded.source(at, at + 1);
            match out.spans.last_mut().filter(|_| c == ' ' && out.text.ends_with(' ')) {
                Some(run) => run.1 = end as u32,
                None => {
                    out.text.push(c);
                    out.spans.push((start as u32, end as u32));
                }
            }
        }
        out
    }

    /// The text of a prepared string alone.
    pub fn text(source: &str) -> String {
        let folded = fold(source);
        // Most terms have nothing else in them.
        if folded.contains('(') || folded.contains("  ") { Self::new(source).text } else { folded }
    }

    /// Gives the code points of the source behind `start..end` of the characters of `text`.
    pub fn source(&self, start: usize, end: usize) -> (usize, usize) {
        let end = end.min(self.spans.len());
        if end <= start {
            return (0, 0);
        }
        (self.spans[start].0 as usize, self.spans[end - 1].1 as usize)
    }
}

/// How long the inserted pinyin is with which `rest` begins, if it does.
fn pinyin(rest: &[u8], written: impl Fn(usize) -> Option<char>) -> Option<usize> {
    let mut k = 1;
    while rest.get(k).is_some_and(u8::is_ascii_lowercase) {
        // The fold lowers capitals: (PSB) is an abbreviation, (wu) a syllable.
        if written(k).is_none_or(char::is_uppercase) || k > SYLLABLE {
            return None;
        }
        k += 1;
    }
    (k > 1 && rest.get(k) == Some(&b')')).then_some(k + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_and_the_way_back() {
        for (source, text) in [
            ("警務(wù)聯(lián)絡(luò)官", "警务联络官"),
            ("公安局(PSB)", "公安局(psb)"),
            ("police \n\t station", "police station"),
            ("站(abcdefgh)", "站(abcdefgh)"),
            ("站(", "站("),
            ("a\u{3000}\tb", "a b"),
        ] {
            assert_eq!(Prepared::new(source).text, fold(text), "{source}");
            assert_eq!(Prepared::text(source), fold(text), "{source}");
        }
        let prepared = Prepared::new("甲警務(wù)站 x");
        assert_eq!(prepared.source(1, 4), (1, 8));
        assert_eq!(prepared.source(0, 0), (0, 0));
        assert_eq!(prepared.source(999, 1999), (0, 0));
    }
}
