//! Dates, numbers and counts as a person says them.

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `2018-06-18` → `18 June 2018`; vague ones stay vague: `about 2019`, `before March 2021`.
pub(crate) fn day(edtf: &str) -> String {
    let dated = |c: char| c.is_ascii_digit() || "-/~?%X.".contains(c);
    if !edtf.starts_with(|c: char| c.is_ascii_digit() || "./".contains(c)) || !edtf.chars().all(dated) {
        return edtf.to_owned();
    }
    match edtf.split_once('/') {
        None => one(edtf),
        Some((from, to)) => match (from.is_empty() || from == "..", to.is_empty() || to == "..") {
            (true, _) => format!("by {}", one(to)),
            (_, true) => format!("from {} on", one(from)),
            _ => format!("{} to {}", one(from), one(to)),
        },
    }
}

fn one(text: &str) -> String {
    let (plain, before) = match text.chars().last() {
        Some('~' | '%') => (&text[..text.len() - 1], "about "),
        Some('?') => (&text[..text.len() - 1], "perhaps "),
        _ => (text, ""),
    };
    let parts: Vec<&str> = plain.split('-').collect();
    let month = |m: &str| m.parse::<usize>().ok().and_then(|m| MONTHS.get(m.wrapping_sub(1)).copied());
    let said = match parts.as_slice() {
        [year] if year.ends_with('X') => format!("the {}0s", year.trim_end_matches('X')),
        [year] => (*year).to_owned(),
        [year, "21"] => format!("spring {year}"),
        [year, "22"] => format!("summer {year}"),
        [year, "23"] => format!("autumn {year}"),
        [year, "24"] => format!("winter {year}"),
        [year, m] => month(m).map_or_else(|| plain.to_owned(), |m| format!("{m} {year}")),
        [year, m, d] => {
            month(m).map_or_else(|| plain.to_owned(), |m| format!("{} {m} {year}", d.trim_start_matches('0')))
        }
        _ => plain.to_owned(),
    };
    format!("{before}{said}")
}

/// `2026-10-02T08:41:07Z` → `2 October 2026, 08:41:07`; what is no moment stays as it is.
pub(crate) fn moment(rfc3339: &str) -> String {
    let Some((date, rest)) = rfc3339.split_once('T') else { return day(rfc3339) };
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    format!("{}, {clock}", day(date))
}

/// `1204` → `1,204`.
pub(crate) fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `(1, "post", "posts")` → `1 post`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// Numbers up to twelve as words, for sentences.
pub(crate) fn spelled(n: usize) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(n).map_or_else(|| number(n as u64), |word| (*word).to_owned())
}

/// Makes the first letter a capital.
pub(crate) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().collect::<String>() + chars.as_str()).unwrap_or_default()
}

/// English names of the languages that the reader tells apart.
pub(crate) fn language(code: &str) -> &str {
    match code {
        "zh" => "Chinese",
        "zh-Hans" => "Chinese, simplified",
        "zh-Hant" => "Chinese, traditional",
        "nl" => "Dutch",
        "es" => "Spanish",
        "en" => "English",
        "de" => "German",
        "fr" => "French",
        "it" => "Italian",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "und" | "" => "not known",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said_as_vaguely_as_they_are_known() {
        for (edtf, said) in [
            ("2018-06-18", "18 June 2018"),
            ("2018-06-01", "1 June 2018"),
            ("2018-06", "June 2018"),
            ("2018", "2018"),
            ("2019~", "about 2019"),
            ("2018-22", "summer 2018"),
            ("../2021-03", "by March 2021"),
            ("2018/2019", "2018 to 2019"),
            ("not a date", "not a date"),
        ] {
            assert_eq!(day(edtf), said, "{edtf}");
        }
        assert_eq!(moment("2026-10-02T08:41:07Z"), "2 October 2026, 08:41:07");
    }

    #[test]
    fn numbers_have_their_commas() {
        assert_eq!([1, 999, 1204, 1_000_000].map(number), ["1", "999", "1,204", "1,000,000"]);
        assert_eq!(count(1, "post", "posts"), "1 post");
        assert_eq!(sentence(&spelled(12)), "Twelve");
    }
}
