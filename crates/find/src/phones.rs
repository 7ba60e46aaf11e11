//! Telephone numbers: a hand-written finder, checked by the `phonenumber` crate.
//!
//! `+`, `00`, `0086-`, full-width digits, lists, extensions, `(0)`, and country
//! codes that no plan knows. Never dates, years, prices, identity numbers or
//! numbers of a web registration. A national number takes the calling code of a
//! country that the caller names.

use crate::words::{List, list};
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_text::fold_char;

/// A number in a text; code points of that text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phone {
    pub start: usize,
    pub end: usize,
    /// E.164, or `+` and digits; empty where the country is unknown.
    pub key: String,
    pub rule: &'static str,
    /// The digits as written, for a national number that waits for its country.
    pub digits: String,
}

/// Words before a number that make it one, folded.
static LABELS: List = list![
    "电话",
    "热线",
    "手机",
    "致电",
    "拨打",
    "联系方式",
    "传真",
    "tel",
    "telefoon",
    "telefoonnummer",
    "bel",
    "belt",
    "bellen",
    "mobiel",
    "telefono",
    "tlf",
    "tfno",
    "movil",
    "llame",
    "llamar al",
    "phone",
    "telephone",
    "call",
    "mobile",
    "whatsapp",
    "hotline",
    "number",
    "nummer",
    "numero",
    "☎",
    "📞",
    "t",
];

/// What stands before digits that are no telephone number, folded.
static NOT_AFTER: List = list![
    "备",
    "备案号",
    "icp证",
    "icp",
    "身份证号",
    "邮编",
    "qq",
    "isbn",
    "issn",
    "no.",
    "编号",
    "€",
    "$",
    "¥",
    "£",
    "eur",
    "kvk",
    "btw",
    "nif",
    "cif",
    "证号",
    "第"
];

const SEPARATORS: &[char] = &[' ', '-', '–', '‐', '.', '/', '(', ')', '·', '\u{a0}', '—', '－'];

/// Finds numbers. `countries` are asked for a national number, the likeliest first.
pub(crate) fn phones(letters: &[char], countries: &[PlaceRef], gazetteer: &Gazetteer) -> Vec<Phone> {
    let plain: Vec<char> = letters.iter().map(|c| plain(*c)).collect();
    let mut out: Vec<Phone> = Vec::new();
    let mut at = 0;
    while at < plain.len() {
        if !starts(&plain, at) {
            at += 1;
            continue;
        }
        let end = run(&plain, at);
        if let Some(phone) = judge(&plain, at, end, countries, gazetteer, out.last()) {
            out.push(phone);
        }
        at = end.max(at + 1);
    }
    out
}

/// Digits and marks in their plain width.
fn plain(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    let folded = fold_char(c);
    let mut parts = folded.chars();
    match (parts.next(), parts.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

fn starts(plain: &[char], at: usize) -> bool {
    let c = plain[at];
    let before = at.checked_sub(1).map(|k| plain[k]);
    let free =
        before.is_none_or(|b| !(b.is_ascii_alphanumeric() || matches!(b, '_' | '=' | '@' | '%' | '&' | '#')));
    let in_number = before.is_some_and(|b| matches!(b, '.' | ',' | '/' | '-'))
        && at >= 2
        && plain[at - 2].is_ascii_alphanumeric();
    let digit_follows = |k: usize| plain.get(k).is_some_and(char::is_ascii_digit);
    free && !in_number
        && (c.is_ascii_digit()
            || c == '+' && (digit_follows(at + 1) || plain.get(at + 1) == Some(&'('))
            || c == '(' && (digit_follows(at + 1) || plain.get(at + 1) == Some(&'+')))
}

/// Where the run of digits and single separators ends; never more than 40 characters, so that a page
/// of digits stays linear.
fn run(plain: &[char], at: usize) -> usize {
    let mut end = at;
    let mut last_digit = at;
    let mut gap = 0;
    while end < plain.len() && end - at < 40 {
        let c = plain[end];
        if c.is_ascii_digit() {
            gap = 0;
            last_digit = end + 1;
        } else if SEPARATORS.contains(&c) || (c == '+' && end <= at + 1) {
            gap += 1;
            if gap > 3 {
                break;
            }
        } else {
            break;
        }
        end += 1;
    }
    while plain.get(last_digit).is_some_and(char::is_ascii_digit) {
        last_digit += 1;
    }
    last_digit
}

fn judge(
    plain: &[char],
    start: usize,
    end: usize,
    countries: &[PlaceRef],
    gazetteer: &Gazetteer,
    previous: Option<&Phone>,
) -> Option<Phone> {
    let written: String = plain.get(start..end)?.iter().collect();
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 6 || digits.len() > 17 || forbidden(plain, start, end) {
        return None;
    }
    let bare = written.replace("(0)", "");
    let bare_digits: String = bare.chars().filter(char::is_ascii_digit).collect();
    let phone = |key: String, rule| Some(Phone { start, end, key, rule, digits: digits.clone() });
    let leading = written.trim_start_matches('(');
    let international = if leading.starts_with('+') {
        Some(bare_digits.clone())
    } else {
        bare_digits.strip_prefix("00").filter(|rest| !rest.starts_with('0')).map(str::to_owned)
    };
    if let Some(number) = international {
        let (key, rule) = with_code(&number, gazetteer)?;
        return phone(key, rule);
    }
    let labelled = labelled(plain, start) || previous.is_some_and(|p| listed(plain, p.end, start));
    let grouped = written.chars().any(|c| !c.is_ascii_digit());
    let labelled = labelled || grouped && (8..=12).contains(&digits.len()) && labelled_far(plain, start);
    let trunk = digits.starts_with('0') && (8..=12).contains(&digits.len()) && grouped;
    if looks_like_a_date(&written) || !(labelled || trunk && !countries.is_empty()) || digits.len() > 13 {
        return None;
    }
    match countries.iter().find_map(|country| national(&digits, *country, gazetteer)) {
        Some((key, rule)) => phone(key, rule),
        None => phone(String::new(), "phone:national"),
    }
}

/// A number with its country code: by plan, by the gazetteer, or kept as it is.
fn with_code(number: &str, gazetteer: &Gazetteer) -> Option<(String, &'static str)> {
    if !(7..=15).contains(&number.len()) {
        return None;
    }
    // An added state's plan goes before every other: its rows win.
    let own = gazetteer.countries().into_iter().find_map(|country| {
        let place = gazetteer.get(country);
        let code = place.calling_code.as_deref().filter(|code| !code.is_empty())?;
        let rest = number.strip_prefix(code)?;
        (place.country_code.is_none() || !known_code(code)).then(|| {
            let rest = place
                .trunk
                .as_deref()
                .filter(|t| !t.is_empty())
                .and_then(|t| rest.strip_prefix(t))
                .unwrap_or(rest);
            format!("+{code}{rest}")
        })
    });
    if let Some(key) = own {
        return Some((key, "phone:unassigned"));
    }
    match phonenumber::parse(None, format!("+{number}")) {
        Ok(parsed) if parsed.is_valid() => Some((e164(&parsed), "phone:international")),
        Ok(parsed) => {
            // 0086-0591-…: the trunk zero kept after the country code.
            let code = parsed.code().value().to_string();
            let rest = number.strip_prefix(&code).unwrap_or("").trim_start_matches('0');
            let mended = format!("+{code}{rest}");
            match phonenumber::parse(None, &mended) {
                Ok(again) if again.is_valid() => Some((e164(&again), "phone:international")),
                _ => Some((mended, "phone:possible")),
            }
        }
        Err(_) => Some((format!("+{number}"), "phone:unassigned")),
    }
}

/// A national number of a country.
pub(crate) fn national(
    digits: &str,
    country: PlaceRef,
    gazetteer: &Gazetteer,
) -> Option<(String, &'static str)> {
    let place = gazetteer.get(country);
    let id = place
        .country_code
        .as_deref()
        .and_then(|code| code.to_uppercase().parse::<phonenumber::country::Id>().ok());
    if let Some(id) = id
        && let Ok(parsed) = phonenumber::parse(Some(id), digits)
        && parsed.is_valid()
    {
        return Some((e164(&parsed), "phone:national"));
    }
    let code = place.calling_code.as_deref().filter(|code| !code.is_empty())?;
    if known_code(code) {
        return None;
    }
    let rest = place
        .trunk
        .as_deref()
        .filter(|t| !t.is_empty())
        .and_then(|t| digits.strip_prefix(t))
        .unwrap_or(digits);
    Some((format!("+{code}{rest}"), "phone:unassigned"))
}

fn e164(number: &phonenumber::PhoneNumber) -> String {
    number.format().mode(phonenumber::Mode::E164).to_string()
}

/// Whether a plan of the metadata has this country code.
fn known_code(code: &str) -> bool {
    code.parse::<u16>().is_ok_and(|code| phonenumber::metadata::DATABASE.by_code(&code).is_some())
}

/// Whether the two numbers stand in one list: 、 or / or a word for “or” between them.
fn listed(plain: &[char], from: usize, to: usize) -> bool {
    let between: String = plain.get(from..to).unwrap_or(&[]).iter().collect();
    let between = between.trim();
    between.chars().count() <= 5
        && matches!(between, "、" | "/" | "," | ";" | "or" | "of" | "o" | "en" | "y" | "and" | "或" | "和")
}

fn labelled(plain: &[char], start: usize) -> bool {
    let from = start.saturating_sub(18);
    let before: String = plain[from..start].iter().collect::<String>().to_lowercase();
    let before = plainsight_text::fold(&before);
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || ":：.()（-【[".contains(c));
    LABELS.ends(before)
}

/// Nouns for a telephone or its number, folded.
static NOUNS: List = list![
    "telefoon",
    "telefoonnummer",
    "mobiel",
    "nummer",
    "telefono",
    "movil",
    "numero",
    "phone",
    "telephone",
    "mobile",
    "number",
    "电话",
    "热线",
    "手机",
];

/// “el teléfono que figura en la puerta, 965 555 019”: a comma and a few words stand between.
fn labelled_far(plain: &[char], start: usize) -> bool {
    const FAR: usize = 48;
    let from = start.saturating_sub(FAR);
    let before: String = plain[from..start].iter().collect();
    let Some(before) = before.trim_end().strip_suffix([',', '，', ':', '(']) else { return false };
    let clause =
        before.rsplit(|c: char| c.is_ascii_digit() || ".;。；".contains(c)).next().unwrap_or_default();
    NOUNS.within(&plainsight_text::fold(clause))
}

fn forbidden(plain: &[char], start: usize, end: usize) -> bool {
    let after: String = plain[end..(end + 4).min(plain.len())].iter().collect::<String>().to_lowercase();
    let after = after.trim_start();
    if ["号", "元", "€", "%", "km", "万", "萬", "人", "eur", "usd", "年", "㎡", "$", "£", ",", "."]
        .iter()
        .any(|unit| {
            after.strip_prefix(unit).is_some_and(|rest| {
                !matches!(*unit, "," | ".") || rest.starts_with(|c: char| c.is_ascii_digit())
            })
        })
    {
        return true;
    }
    if plain.get(end).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '@' | '_' | '=' | '&')) {
        return true;
    }
    let from = start.saturating_sub(8);
    let before: String = plain[from..start].iter().collect::<String>().to_lowercase();
    let before = plainsight_text::fold(&before);
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == ':' || c == '：');
    NOT_AFTER.iter().any(|word| before.ends_with(word))
}

/// 2018-06-18, 18.06.2018, 2018-2019 and their like.
fn looks_like_a_date(written: &str) -> bool {
    let parts: Vec<&str> = written.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).collect();
    let year = |p: &str| p.len() == 4 && (p.starts_with("19") || p.starts_with("20"));
    let small = |p: &str| p.len() <= 2 && p.parse::<u32>().is_ok_and(|n| (1..=31).contains(&n));
    match parts.as_slice() {
        [a, b, c] | [a, b, c, ..] if year(a) && small(b) && small(c) => true,
        [a, b, c] => small(a) && small(b) && year(c),
        [a, b] => year(a) && year(b),
        [a] => a.len() == 8 && year(&a[..4]) && small(&a[4..6]) && small(&a[6..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_lens::PlaceRow;

    fn found(text: &str, country: &str, gazetteer: &Gazetteer) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let countries: Vec<PlaceRef> = gazetteer.by_key(country).into_iter().collect();
        phones(&letters, &countries, gazetteer).into_iter().map(|p| format!("{} {}", p.rule, p.key)).collect()
    }

    #[test]
    fn numbers_by_example() {
        let gazetteer = Gazetteer::builtin();
        for (text, wanted) in [
            ("联系电话：0086-578-6828110。", vec!["phone:international +865786828110"]),
            ("tel. +31 (0)20 555 01 10", vec!["phone:international +31205550110"]),
            ("００３１２０５５５０１１０", vec!["phone:international +31205550110"]),
            (
                "+31 20 555 01 10 / +31 20 555 01 11",
                vec!["phone:international +31205550110", "phone:international +31205550111"],
            ),
            ("+999 12 345 678", vec!["phone:unassigned +99912345678"]),
            ("2018-06-18 tot 2019-01-01", vec![]),
            ("浙ICP备05012345678号", vec![]),
            ("€ 1 200 300", vec![]),
            ("身份证号 330123199001011234", vec![]),
            ("https://x.example/00312055501101", vec![]),
            ("2018-2019 en 1.085.000", vec![]),
            ("bel 555 0110 22", vec!["phone:national "]),
        ] {
            assert_eq!(found(text, "no such country", gazetteer), wanted, "{text}");
        }
    }

    #[test]
    fn a_state_that_nobody_knows_has_a_plan_too() {
        let row = PlaceRow {
            name: "Veltmark".into(),
            kind: "country".into(),
            calling_code: "997".into(),
            trunk: "0".into(),
            ..PlaceRow::default()
        };
        let gazetteer = Gazetteer::builtin().with_rows(&[row]);
        for text in [
            "Tel. 012 345 678",
            "+997 12 345 678",
            "00997-12345678",
            "+997 (0)12 345 678",
            "(012) 345 678",
            "+997 012 345 678",
        ] {
            assert_eq!(found(text, "Veltmark", &gazetteer), ["phone:unassigned +99712345678"], "{text}");
        }
    }

    #[test]
    fn a_national_number_takes_the_country_that_is_named() {
        let gazetteer = Gazetteer::builtin();
        assert_eq!(found("Telefoon: 020-555 01 10", "nl", gazetteer), ["phone:national +31205550110"]);
        assert_eq!(found("Tel.: 91 555 01 10", "es", gazetteer), ["phone:national +34915550110"]);
        assert_eq!(found("电话:0578-6828110", "cn", gazetteer), ["phone:national +865786828110"]);
    }
}
