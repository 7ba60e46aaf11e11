//! Dates, numbers and counts as a person says them.

pub(crate) use plainsight_case::words::{day, number, spelled};

/// `2026-10-02T08:41:07Z` → `2 October 2026, 08:41:07`; what is no moment stays as it is.
pub(crate) fn moment(rfc3339: &str) -> String {
    let Some((date, rest)) = rfc3339.split_once('T') else { return day(rfc3339) };
    let clock: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ':').collect();
    format!("{}, {clock}", day(date))
}

/// `(1, "post", "posts")` → `1 post`.
pub(crate) fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
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
    fn moments_are_said_to_the_second() {
        assert_eq!(moment("2026-10-02T08:41:07Z"), "2 October 2026, 08:41:07");
    }

    #[test]
    fn numbers_have_their_commas() {
        assert_eq!(count(1, "post", "posts"), "1 post");
        assert_eq!(sentence(&spelled(12)), "Twelve");
    }
}
