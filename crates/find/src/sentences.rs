//! Cuts a block into sentences: Chinese, Dutch, Spanish and English.

use plainsight_text::is_han;

/// Words that end in a point without ending a sentence, folded, without that point.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "drs", "ir", "ing", "prof", "st", "sr", "sra", "srta", "dhr", "mevr", "mw", "d",
    "no", "nr", "num", "tel", "tlf", "vol", "art", "fig", "approx", "ca", "bijv", "bv", "o.a", "d.w.z",
    "m.b.t", "i.v.m", "p.ej", "ej", "ee", "uu", "pag", "av", "avda", "c", "pl", "etc", "vs", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "okt", "nov", "dec", "gen", "gov", "sen", "rep",
    "min", "inc", "ltd", "co", "s.l", "s.a", "b.v", "n.v", "e.g", "i.e", "u.s", "u.k", "a.m", "p.m", "resp",
    "jl", "ll", "blz",
];

const CLOSING: &[char] = &['”', '"', '’', '\'', '」', '』', '»', ')', '）', '】'];

/// Gives the sentences as ranges of `letters`; white space between them is left out.
pub(crate) fn sentences(letters: &[char]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < letters.len() {
        if ends(letters, at) {
            let mut end = at + 1;
            while end < letters.len()
                && (CLOSING.contains(&letters[end]) || "。！？!?…".contains(letters[end]))
            {
                end += 1;
            }
            push(letters, start, end, &mut out);
            start = end;
            at = end;
        } else {
            at += 1;
        }
    }
    push(letters, start, letters.len(), &mut out);
    out
}

fn push(letters: &[char], mut start: usize, mut end: usize, out: &mut Vec<(usize, usize)>) {
    while start < end && letters[start].is_whitespace() {
        start += 1;
    }
    while end > start && letters[end - 1].is_whitespace() {
        end -= 1;
    }
    if start < end {
        out.push((start, end));
    }
}

fn ends(letters: &[char], at: usize) -> bool {
    match letters[at] {
        '。' | '！' | '？' | '；' | '\n' => true,
        '.' | '!' | '?' => latin_end(letters, at),
        _ => false,
    }
}

fn latin_end(letters: &[char], at: usize) -> bool {
    let mut next = at + 1;
    while letters.get(next).is_some_and(|c| CLOSING.contains(c)) {
        next += 1;
    }
    match letters.get(next) {
        None => return true,
        Some(c) if is_han(*c) => return letters[at] != '.',
        Some(c) if !c.is_whitespace() => return false,
        Some(_) => {}
    }
    let Some(first) = letters[next..].iter().find(|c| !c.is_whitespace()) else { return true };
    if first.is_lowercase() {
        return false;
    }
    letters[at] != '.' || !abbreviated(letters, at)
}

/// Whether the word before the point is an abbreviation or one capital letter (J. Bakker).
fn abbreviated(letters: &[char], at: usize) -> bool {
    let mut from = at;
    // The longest abbreviation has five characters.
    while from > 0 && at - from < 8 && !letters[from - 1].is_whitespace() && letters[from - 1] != '(' {
        from -= 1;
    }
    let word: String = letters[from..at].iter().collect();
    let one_capital = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    one_capital || ABBREVIATIONS.contains(&plainsight_text::fold(&word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        sentences(&letters).into_iter().map(|(a, b)| letters[a..b].iter().collect()).collect()
    }

    #[test]
    fn sentences_by_example() {
        for (text, wanted) in [
            ("站已关闭。“不知情。”他说", vec!["站已关闭。", "“不知情。”", "他说"]),
            (
                "Volgens dhr. Kol is het dicht. Dat klopt.",
                vec!["Volgens dhr. Kol is het dicht.", "Dat klopt."],
            ),
            (
                "Lo dijo la Sra. Ruiz en EE. UU. ayer. Nada más.",
                vec!["Lo dijo la Sra. Ruiz en EE. UU. ayer.", "Nada más."],
            ),
            ("It costs 3.5 euros. J. Smith left.", vec!["It costs 3.5 euros.", "J. Smith left."]),
            ("“It is shut.” said nobody.", vec!["“It is shut.” said nobody."]),
            ("甲设站；乙设站", vec!["甲设站；", "乙设站"]),
            ("", vec![]),
        ] {
            assert_eq!(cut(text), wanted, "{text}");
        }
        assert_eq!(cut(&".".repeat(100_000)).len(), 1);
    }
}
