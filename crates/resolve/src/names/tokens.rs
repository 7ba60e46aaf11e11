//! A name's folded words in Latin letters.

use plainsight_text::{fold, is_han};

/// Words beyond this number are not compared: no name has more.
const MOST_WORDS: usize = 24;

/// Signs inside a word that are no part of its letters.
const APOSTROPHES: [char; 5] = ['\'', '`', '´', 'ʻ', 'ʼ'];

/// Folded words of a name, Cyrillic in Latin letters, without dots and hyphens.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut latin = String::with_capacity(name.len());
    for c in fold(name).chars() {
        match romanise(c).filter(|_| !c.is_ascii()) {
            Some(letters) => latin.push_str(letters),
            None => latin.push(c),
        }
    }
    let words = latin.split(|c: char| !c.is_alphanumeric() && !APOSTROPHES.contains(&c));
    // Wade-Giles is also printed with a grave accent or a modifier letter for its apostrophe.
    words.map(|word| word.replace(APOSTROPHES, "")).filter(|w| !w.is_empty()).take(MOST_WORDS).collect()
}

/// Russian, Ukrainian and Kazakh letters as commonly written in English; other characters stay.
fn romanise(c: char) -> Option<&'static str> {
    let latin = match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ы' | 'ї' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        _ => return None,
    };
    Some(latin)
}

/// Two names as they are to be compared: in their own letters where both have the same script,
/// else every script but Han in Latin letters (by `any_ascii`, Cyrillic by [`tokens`]); and
/// whether one of them was so written.
pub(super) fn romanised(a: &str, b: &str) -> (String, String, bool) {
    let (here, there) = (other_letters(a), other_letters(b));
    if here == there {
        return (a.to_owned(), b.to_owned(), false);
    }
    let latin = |name: &str| {
        let mut out = String::with_capacity(name.len());
        for c in name.chars() {
            if foreign(c) {
                out.push_str(any_ascii::any_ascii_char(c));
            } else {
                out.push(c);
            }
        }
        out
    };
    (latin(a), latin(b), true)
}

fn other_letters(name: &str) -> bool {
    name.chars().any(foreign)
}

/// A character of a script other than Latin, Cyrillic and Han.
fn foreign(c: char) -> bool {
    let own = matches!(c, '\u{0}'..='\u{36f}' | '\u{400}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff5e}');
    !own && !is_han(c)
}
