//! Numbers in words and figures: Han, Latin words of three languages, digits of any width.

use plainsight_text::fold;

/// Reads Han numerals up to ten thousands, such as 二十一, 一百零二, 两, 二〇一八.
pub(crate) fn han(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut digit: Option<u64> = None;
    let mut by_place = true;
    let mut figures: u64 = 0;
    let mut any = false;
    for c in text.chars() {
        any = true;
        if let Some(value) = digit_of(c) {
            digit = Some(value);
            figures = figures.checked_mul(10)?.checked_add(value)?;
            continue;
        }
        by_place = false;
        let unit = match c {
            '十' | '拾' => 10,
            '百' | '佰' => 100,
            '千' | '仟' => 1000,
            '万' | '萬' => 10_000,
            _ => return None,
        };
        if unit == 10_000 {
            total = (total + digit.take().unwrap_or(0)).max(1).checked_mul(unit)?;
        } else {
            total = total.checked_add(digit.take().unwrap_or(1).checked_mul(unit)?)?;
        }
    }
    match (any, by_place) {
        (false, _) => None,
        (_, true) => Some(figures),
        _ => Some(total + digit.unwrap_or(0)),
    }
}

fn digit_of(c: char) -> Option<u64> {
    "〇一二三四五六七八九".chars().position(|d| d == c).map(|d| d as u64).or(match c {
        '零' | '○' => Some(0),
        '两' | '兩' => Some(2),
        _ => None,
    })
}

/// Reads digits with separators of thousands, such as 1,085 and 1.085 and １２.
pub(crate) fn digits(text: &str) -> Option<u64> {
    let plain: String = fold(text).chars().filter(char::is_ascii_digit).collect();
    if plain.is_empty() || plain.len() > 9 { None } else { plain.parse().ok() }
}

/// Reads a number word of Dutch, Spanish or English, folded.
pub(crate) fn word(text: &str) -> Option<u64> {
    const WORDS: &[(&str, u64)] = &[
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("eighty", 80),
        ("ninety", 90),
        ("hundred", 100),
        ("twee", 2),
        ("drie", 3),
        ("vier", 4),
        ("vijf", 5),
        ("zes", 6),
        ("zeven", 7),
        ("acht", 8),
        ("negen", 9),
        ("tien", 10),
        ("elf", 11),
        ("twaalf", 12),
        ("dertien", 13),
        ("veertien", 14),
        ("vijftien", 15),
        ("twintig", 20),
        ("dertig", 30),
        ("veertig", 40),
        ("vijftig", 50),
        ("zestig", 60),
        ("tachtig", 80),
        ("honderd", 100),
        ("dos", 2),
        ("tres", 3),
        ("cuatro", 4),
        ("cinco", 5),
        ("seis", 6),
        ("siete", 7),
        ("ocho", 8),
        ("nueve", 9),
        ("diez", 10),
        ("once", 11),
        ("doce", 12),
        ("trece", 13),
        ("catorce", 14),
        ("quince", 15),
        ("veinte", 20),
        ("treinta", 30),
        ("cuarenta", 40),
        ("cincuenta", 50),
        ("sesenta", 60),
        ("ochenta", 80),
        ("noventa", 90),
        ("cien", 100),
    ];
    WORDS.iter().find(|(name, _)| *name == text).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_example() {
        for (text, value) in [
            ("三十", 30),
            ("二十一", 21),
            ("十", 10),
            ("一百零二", 102),
            ("两", 2),
            ("二〇一八", 2018),
            ("一万二千", 12_000),
        ] {
            assert_eq!(han(text), Some(value), "{text}");
        }
        assert_eq!(han("站"), None);
        assert_eq!(han(&"九".repeat(60)), None);
        assert_eq!(digits("1.085"), Some(1085));
        assert_eq!(digits("３０"), Some(30));
        assert_eq!(word("twaalf"), Some(12));
        assert_eq!(word("doce"), Some(12));
    }
}
