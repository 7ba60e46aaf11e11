//! A name's folded words in Latin letters.

use plainsight_text::fold;

/// Words beyond this number are not compared: no name has more.
const MOST_WORDS: usize = 24;

/// Folded words of a name, Cyrillic in Latin letters, without dots and hyphens.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let latin: String = fold(name).chars().map(romanise).collect::<Vec<_>>().concat();
    let words = latin.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.map(|word| word.replace('\'', "")).filter(|w| !w.is_empty()).take(MOST_WORDS).collect()
}

/// Russian, Ukrainian and Kazakh letters as commonly written in English; other characters stay.
fn romanise(c: char) -> String {
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
        other => return other.to_string(),
    };
    latin.to_owned()
}
