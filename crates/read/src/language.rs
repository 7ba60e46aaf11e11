//! The language of a text: by its script where that decides, else by whichlang.

mod common;
mod latin;

use plainsight_model::{Lang, Script};
use plainsight_text::{ScriptOf, is_han, script_of};

/// A language with how far it can be trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1, or `und`.
    pub lang: Lang,
    /// For Chinese; `None` where the characters are the same in both.
    pub script: Option<Script>,
    /// `false` for short texts and for languages that whichlang does not know.
    pub sure: bool,
}

/// The most characters that are looked at.
const ENOUGH: usize = 20_000;

/// Tells the language of most of a text.
///
/// ```
/// assert_eq!(plainsight_read::language("De gemeente heeft het bureau gesloten.").lang, "nl");
/// assert_eq!(plainsight_read::language("123").lang, "und");
/// ```
pub fn language(text: &str) -> Language {
    let text: String = text.chars().take(ENOUGH).collect();
    let text = without_addresses(&text);
    let counts = Counts::of(&text);
    let plain = |lang: &str, sure: bool| Language { lang: lang.to_owned(), script: None, sure };
    let (most, letters) = counts.most();
    match most {
        _ if letters == 0 => plain("und", false),
        // A Japanese text without a kana in twenty characters does not occur; a Chinese one may quote some.
        Kind::Han | Kind::Kana if counts.kana * 12 >= counts.han + counts.kana => plain("ja", letters >= 10),
        Kind::Han if letters < 40 && in_japanese_years(&text) => plain("ja", false),
        Kind::Han | Kind::Kana => chinese(&text, counts.han),
        Kind::Hangul => plain("ko", letters >= 4),
        Kind::Arabic if text.chars().any(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ')) => plain("fa", false),
        Kind::Arabic => plain("ar", letters >= 8),
        Kind::Cyrillic if text.chars().any(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ')) => {
            plain("uk", letters >= 8)
        }
        Kind::Cyrillic => plain("ru", letters >= 20),
        Kind::Greek => plain("el", letters >= 4),
        Kind::Hebrew => plain("he", letters >= 4),
        Kind::Thai => plain("th", letters >= 4),
        Kind::Devanagari => plain("hi", letters >= 20),
        Kind::Latin => latin(&text, letters),
    }
}

/// An address is of no language, and may be longer than the sentence around it.
fn without_addresses(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let start = rest[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric()).len();
        let end = rest[at..].find(|c: char| c.is_whitespace() || is_han(c)).map_or(rest.len(), |n| at + n);
        out.push_str(&rest[..start]);
        out.push(' ');
        rest = &rest[end..];
    }
    out.push_str(rest);
    // A text of addresses alone is told by them, if by anything.
    if out.chars().any(char::is_alphabetic) { out } else { text.to_owned() }
}

/// Names of Japanese eras before 年: 令和六年 is written in no Chinese text about itself.
fn in_japanese_years(text: &str) -> bool {
    ["令和", "平成", "昭和", "大正"].iter().any(|era| {
        text.split(era).skip(1).any(|after| {
            let year: String = after.chars().take_while(|c| *c != '年').take(4).collect();
            let number =
                |c: char| c.is_ascii_digit() || "元一二三四五六七八九十０１２３４５６７８９".contains(c);
            !year.is_empty() && year.chars().count() < 4 && year.chars().all(number)
        })
    })
}

fn chinese(text: &str, han: usize) -> Language {
    let script = match script_of(text) {
        ScriptOf::Hans => Some(Script::Hans),
        ScriptOf::Hant => Some(Script::Hant),
        _ => None,
    };
    Language { lang: "zh".to_owned(), script, sure: han >= 4 }
}

/// A text with few of its language's common words is not trusted.
fn latin(text: &str, letters: usize) -> Language {
    let found = latin::tell(text);
    let sure = letters >= 20 && found.words >= 4 && found.common * 10 >= found.words;
    Language { lang: found.lang.to_owned(), script: None, sure }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Latin,
    Han,
    Kana,
    Hangul,
    Arabic,
    Cyrillic,
    Greek,
    Hebrew,
    Thai,
    Devanagari,
}

#[derive(Default)]
struct Counts {
    han: usize,
    kana: usize,
    others: [usize; 8],
}

impl Counts {
    fn of(text: &str) -> Self {
        let mut counts = Self::default();
        for c in text.chars() {
            match c as u32 {
                0x41..=0x5a | 0x61..=0x7a | 0xc0..=0x24f | 0x1e00..=0x1eff => counts.others[0] += 1,
                0x3040..=0x30ff => counts.kana += 1,
                0xac00..=0xd7a3 | 0x1100..=0x11ff => counts.others[1] += 1,
                0x600..=0x6ff | 0x750..=0x77f => counts.others[2] += usize::from(c.is_alphabetic()),
                0x400..=0x52f => counts.others[3] += 1,
                0x370..=0x3ff | 0x1f00..=0x1fff => counts.others[4] += usize::from(c.is_alphabetic()),
                0x590..=0x5ff => counts.others[5] += usize::from(c.is_alphabetic()),
                0xe00..=0xe7f => counts.others[6] += usize::from(c.is_alphabetic()),
                0x900..=0x97f => counts.others[7] += usize::from(c.is_alphabetic()),
                _ => counts.han += usize::from(is_han(c)),
            }
        }
        counts
    }

    /// The kind with most letters. Han, kana and hangul count threefold: a sign is a syllable or a word.
    fn most(&self) -> (Kind, usize) {
        use Kind::{Arabic, Cyrillic, Devanagari, Greek, Han, Hangul, Hebrew, Kana, Latin, Thai};
        let others = [Latin, Hangul, Arabic, Cyrillic, Greek, Hebrew, Thai, Devanagari];
        let weigh = |k: Kind, n: usize| if k == Hangul { n * 3 } else { n };
        let east = (
            if self.han >= self.kana { Han } else { Kana },
            (self.han + self.kana) * 3,
            self.han + self.kana,
        );
        let rest = others.iter().zip(self.others).map(|(k, n)| (*k, weigh(*k, n), n));
        let best = rest.fold(east, |a, b| if b.1 > a.1 { b } else { a });
        (best.0, best.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sentence_of_each() {
        let cases = [
            ("青湾县公安局在河畔路设立警务联络点。", "zh", Some(Script::Hans), true),
            ("青灣縣警務聯絡點設在河畔路。", "zh", Some(Script::Hant), true),
            ("De gemeente heeft het steunpunt aan de Havenlaan gesloten.", "nl", None, true),
            ("El ayuntamiento ha cerrado la oficina de la calle Mayor.", "es", None, true),
            ("The council has closed the office on the quay.", "en", None, true),
            ("警察は昨日その事務所を閉鎖しました。", "ja", None, true),
            ("경찰은 어제 사무실을 폐쇄했다", "ko", None, true),
            ("Полиция закрыла отделение на набережной", "ru", None, true),
            ("Volveré en 15 minutos, antes de las 10:00.", "es", None, true),
            ("Ik ben van 14:00 tot 16:30 weg van het kantoor.", "nl", None, true),
            ("Não há barcos no cais desde ontem.", "pt", None, true),
            ("Das Amt am Hafen ist seit gestern geschlossen.", "de", None, true),
            (
                "Die kantoor by die hawe is nie meer oop nie, want hulle het dit gister gesluit.",
                "af",
                None,
                true,
            ),
            (
                "El ple de Vallfosca ha tancat aquesta oficina del port, però els veïns no ho sabien amb temps.",
                "ca",
                None,
                true,
            ),
            (
                "O concello de Rías Vellas pechou onte a oficina do porto, pero xa non había ninguén nas salas.",
                "gl",
                None,
                true,
            ),
            (
                "请看 https://register.example/search?q=harbour+office+of+the+town+and+more 上的公告。",
                "zh",
                Some(Script::Hans),
                true,
            ),
            ("令和六年八月十五日", "ja", None, false),
            ("Station", "en", None, false),
            ("12 345 — !", "und", None, false),
            ("", "und", None, false),
        ];
        for (text, lang, script, sure) in cases {
            let got = language(text);
            if sure {
                assert_eq!(got, Language { lang: lang.to_owned(), script, sure }, "{text}");
            } else {
                assert!(!got.sure, "{text}");
            }
        }
    }
}
