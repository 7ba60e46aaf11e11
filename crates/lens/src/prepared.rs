//! A text made ready for matching, with the way back.

use plainsight_text::{fold_with_map, is_han};

/// The longest syllable of pinyin, `zhuang`.
const SYLLABLE: usize = 6;

/// A folded text in which runs of white space are one space and inserted pinyin is gone.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The text to match in.
    pub text: String,
    /// For each byte of `text` that begins a character, and the end, the
    /// source's code points that made it: first and past the last.
    spans: Vec<(u32, u32)>,
    /// Byte to number of the character.
    numbers: Vec<u32>,
}

impl Prepared {
    /// Prepares a text.
    pub fn new(source: &str) -> Self {
        let folded = fold_with_map(source);
        let letters: Vec<char> = folded.text.chars().collect();
        let original: Vec<char> = source.chars().collect();
        let mut out = Prepared {
            text: String::with_capacity(folded.text.len()),
            spans: Vec::new(),
            numbers: Vec::new(),
        };
        let mut at = 0;
        while at < letters.len() {
            // Copies on hijacked domains insert pinyin after a Han character, 警務(wù)聯(lián)絡:
            // the words are there for a reader and gone for a machine.
            if let Some(past) = pinyin(&letters, at, |k| original.get(folded.map[k] as usize).copied()) {
                at = past;
                continue;
            }
            let c = letters[at];
            let (start, end) = folded.source(at, at + 1);
            if c == ' ' && out.text.ends_with(' ') {
                if let Some(last) = out.spans.last_mut() {
                    last.1 = end as u32;
                }
                at += 1;
                continue;
            }
            out.numbers.extend(std::iter::repeat_n(out.spans.len() as u32, c.len_utf8()));
            out.text.push(c);
            out.spans.push((start as u32, end as u32));
            at += 1;
        }
        out.numbers.push(out.spans.len() as u32);
        out
    }

    /// Gives the code points of the source behind a range of bytes of `text`.
    pub fn source(&self, from: usize, to: usize) -> (usize, usize) {
        let number =
            |byte: usize| self.numbers.get(byte).copied().unwrap_or(self.spans.len() as u32) as usize;
        let (first, past) = (number(from), number(to));
        if past <= first {
            return (0, 0);
        }
        (self.spans[first].0 as usize, self.spans[past - 1].1 as usize)
    }
}

/// Where inserted pinyin at `at` ends, if some stands there.
fn pinyin(letters: &[char], at: usize, original: impl Fn(usize) -> Option<char>) -> Option<usize> {
    if letters[at] != '(' || at == 0 || !is_han(letters[at - 1]) {
        return None;
    }
    let mut k = at + 1;
    while k < letters.len() && letters[k].is_ascii_lowercase() {
        // The fold lowers capitals: (PSB) is an abbreviation, (wu) a syllable.
        if original(k).is_none_or(char::is_uppercase) || k - at > SYLLABLE {
            return None;
        }
        k += 1;
    }
    (k > at + 1 && letters.get(k) == Some(&')')).then_some(k + 1)
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
        ] {
            assert_eq!(Prepared::new(source).text, plainsight_text::fold(text), "{source}");
        }
        let prepared = Prepared::new("甲警務(wù)站 x");
        let at = prepared.text.find('警').expect("there");
        assert_eq!(prepared.source(at, at + "警务站".len()), (1, 8));
        assert_eq!(prepared.source(0, 0), (0, 0));
        assert_eq!(prepared.source(999, 1999), (0, 0));
    }
}
