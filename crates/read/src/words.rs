//! Words: jieba without its new-word model for Chinese (it invents words),
//! runs of letters and digits elsewhere, every mark on its own.

use jieba_rs::Jieba;
use plainsight_text::is_han;
use std::sync::OnceLock;

/// Cuts a text into words. Nothing but white space is lost.
///
/// ```
/// assert_eq!(plainsight_read::words("Het bureau, 警务站"), ["Het", "bureau", ",", "警务", "站"]);
/// ```
pub fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for run in text.split_whitespace() {
        if run.chars().any(is_han) {
            out.extend(
                jieba()
                    .cut(run, false)
                    .into_iter()
                    .map(|t| t.word.to_owned())
                    .filter(|w| !w.trim().is_empty()),
            );
        } else {
            cut_letters(run, &mut out);
        }
    }
    out
}

fn jieba() -> &'static Jieba {
    static JIEBA: OnceLock<Jieba> = OnceLock::new();
    JIEBA.get_or_init(Jieba::new)
}

/// As UAX #29 cuts, nearly: an apostrophe between letters, a point or comma between digits stay inside.
fn cut_letters(run: &str, out: &mut Vec<String>) {
    let chars: Vec<char> = run.chars().collect();
    let mut word = String::new();
    for (n, c) in chars.iter().enumerate() {
        let around = |test: fn(char) -> bool| {
            n > 0 && test(chars[n - 1]) && chars.get(n + 1).is_some_and(|c| test(*c))
        };
        let inside = match c {
            '\'' | '’' | '·' => around(char::is_alphabetic),
            '.' | ',' => around(|c| c.is_ascii_digit()),
            _ => c.is_alphanumeric() || *c == '_' || matches!(*c as u32, 0x300..=0x36f),
        };
        if inside {
            word.push(*c);
            continue;
        }
        if !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        out.push(c.to_string());
    }
    if !word.is_empty() {
        out.push(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_four_languages() {
        let cases = [
            ("zo'n 1.250,50 euro!", "zo'n|1.250,50|euro|!"),
            ("¿Dónde está?", "¿|Dónde|está|?"),
            ("公安局在北京市", "公安局|在|北京市"),
            ("", ""),
        ];
        for (text, want) in cases {
            assert_eq!(words(text).join("|"), want);
        }
    }
}
