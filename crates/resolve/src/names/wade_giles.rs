//! Wade-Giles spellings of a syllable of pinyin, without the signs that newspapers leave out.
//!
//! By the table of initials and finals in H. A. Giles, *A Chinese-English Dictionary* (1892, 1912), and
//! the looser forms on passports and visiting cards: sh for hs, tze for tzu.

/// The spellings of a toneless syllable (ü written v), the usual one first; apostrophes are left out:
/// ch'en and chen are one.
pub(super) fn wade_giles(pinyin: &str) -> Vec<String> {
    if let Some((_, forms)) = WHOLE.iter().find(|(syllable, _)| *syllable == pinyin) {
        return forms.split(' ').map(str::to_owned).collect();
    }
    let initial = INITIALS.iter().find(|(from, _)| pinyin.starts_with(from));
    let (from, to) = initial.copied().unwrap_or(("", ""));
    let rest = &pinyin[from.len()..];
    // After j, q, x and y the letter u stands for ü.
    let umlaut = matches!(from, "j" | "q" | "x");
    let last = match (from, rest) {
        ("g" | "k", "ui") => "uei",
        ("g" | "k" | "h" | "sh", "uo") => "uo",
        (_, "uo") => "o",
        ("g" | "k" | "h", "e") => "o",
        (_, "ian") => "ien",
        (_, "ie") => "ieh",
        (_, "ue" | "ve") => "ueh",
        (_, "ong") => "ung",
        (_, "iong") => "iung",
        (_, "v") => "u",
        (_, other) => other,
    };
    let mut out = vec![format!("{to}{last}")];
    if from == "x" {
        out.push(format!("sh{last}"));
    }
    if umlaut && rest.starts_with('u') {
        // ü also written yu: Hsyu, Chyu; and iu.
        out.push(format!("{to}y{last}"));
    }
    if from == "h" && rest == "e" || last == "o" && matches!(from, "g" | "k") {
        out.push(format!("{to}e"));
    }
    out
}

/// Initials that are written otherwise; longer ones first.
const INITIALS: [(&str, &str); 23] = [
    ("zh", "ch"),
    ("ch", "ch"),
    ("sh", "sh"),
    ("b", "p"),
    ("p", "p"),
    ("m", "m"),
    ("f", "f"),
    ("d", "t"),
    ("t", "t"),
    ("n", "n"),
    ("l", "l"),
    ("g", "k"),
    ("k", "k"),
    ("h", "h"),
    ("j", "ch"),
    ("q", "ch"),
    ("x", "hs"),
    ("r", "j"),
    ("z", "ts"),
    ("c", "ts"),
    ("s", "s"),
    ("y", "y"),
    ("w", "w"),
];

/// Syllables that no rule gives.
const WHOLE: [(&str, &str); 15] = [
    ("zhi", "chih chi"),
    ("chi", "chih chi"),
    ("shi", "shih shi"),
    ("ri", "jih"),
    ("zi", "tzu tze tse tsu"),
    ("ci", "tzu tze tse tsu"),
    ("si", "ssu szu sze su"),
    ("yi", "i yi"),
    ("you", "yu yiu"),
    ("yan", "yen yan"),
    ("ye", "yeh ye"),
    ("yue", "yueh yue"),
    ("yong", "yung"),
    ("er", "erh"),
    ("e", "o e"),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of history in the spelling under which they are in English books.
    #[test]
    fn syllables_of_names_in_books() {
        for (pinyin, books) in [
            ("mao ze dong", "mao tse tung"),
            ("zhou en lai", "chou en lai"),
            ("deng xiao ping", "teng hsiao ping"),
            ("zhu de", "chu te"),
            ("hua guo feng", "hua kuo feng"),
            ("jiang jing guo", "chiang ching kuo"),
            ("sima qian", "ssu-ma chien"),
            ("li hong zhang", "li hung chang"),
            ("yuan shi kai", "yuan shih kai"),
            ("zeng guo fan", "tseng kuo fan"),
            ("ci xi", "tzu hsi"),
            ("xu zhi mo", "hsu chih mo"),
            ("he long", "ho lung"),
            ("yan xi shan", "yen hsi shan"),
            ("ye ting", "yeh ting"),
            ("gui lin", "kuei lin"),
            ("ren", "jen"),
            ("jie", "chieh"),
            ("xue", "hsueh"),
            ("lv", "lu"),
        ] {
            let parts = |text: &str| text.replace("sima", "si ma").replace('-', " ");
            for (syllable, form) in parts(pinyin).split(' ').zip(parts(books).split(' ')) {
                assert!(
                    wade_giles(syllable).contains(&form.to_owned()),
                    "{syllable} {form}: {:?}",
                    wade_giles(syllable)
                );
            }
        }
    }
}
