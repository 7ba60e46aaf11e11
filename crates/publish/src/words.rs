//! Dates, numbers and closed words as a reader reads them.

pub(crate) use plainsight_case::words::{number, spelled};

/// Says a date; what is no date is shown like any foreign string.
pub(crate) fn day(edtf: &str) -> String {
    plainsight_case::words::day(&crate::shown::plain(edtf))
}

/// Says the dates inside one of our own sentences: `opened on 2018-06-18` is opened on 18 June 2018.
pub(crate) fn dates_said(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let bare = word.trim_end_matches(['.', ',', ';', ':']);
        let dated = bare.len() >= 5 && bare.contains(['-', '~', '?', '%', 'X']) && bare.is_ascii();
        if dated && plainsight_text::Edtf::parse(bare).is_ok() {
            format!("{}{}", day(bare), &word[bare.len()..])
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Says the object of a claim: a day in words, `>=46` as at least 46.
pub(crate) fn value(object: &str) -> String {
    match object.split_at_checked(2) {
        Some((">=", number)) => format!("at least {}", crate::shown::plain(number)),
        Some(("<=", number)) => format!("at most {}", crate::shown::plain(number)),
        _ => day(object),
    }
}

/// Says a moment in RFC 3339 with `Z`: `2 October 2026, 08:41:07 UTC`.
pub(crate) fn moment(rfc3339: &str) -> String {
    match rfc3339.split_once('T') {
        Some((date, clock)) => match clock.strip_suffix('Z') {
            Some(clock) => format!(
                "{}, {} UTC",
                day(date),
                crate::shown::plain(clock.split('.').next().unwrap_or(clock))
            ),
            None => format!("{}, {}", day(date), crate::shown::plain(clock)),
        },
        None => day(rfc3339),
    }
}

/// `(2, "post", "posts")` is `two posts`.
pub(crate) fn counted(n: usize, single: &str, many: &str) -> String {
    format!("{} {}", spelled(n), if n == 1 { single } else { many })
}

/// `["a", "b", "c"]` is `a, b and c`.
pub(crate) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

/// Gives a text a capital and a full stop, as a sentence has them.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let stop = if text.ends_with(['.', '!', '?', '。', '”']) { "" } else { "." };
    format!("{}{}{stop}", first.to_uppercase(), chars.as_str())
}

/// The words of rule G1 for a number; what is no number of it cannot be judged.
pub(crate) fn grade(number: u8) -> &'static str {
    plainsight_model::Grade::from_number(number).unwrap_or(plainsight_model::Grade::CannotBeJudged).words()
}

/// A status of the closed list as printed. `charged` and `convicted` are
/// about persons; said of a post they would accuse a building or a body.
pub(crate) fn status(word: &str) -> String {
    match word {
        "charged" | "convicted" => format!("{word} of a person"),
        other => other.to_owned(),
    }
}

/// What made an origin one, in words.
pub(crate) fn how(word: &str, pages: usize) -> &'static str {
    match word {
        "self" if pages <= 1 => "one page, itself",
        "self" => "pages of one publisher",
        "copy" => "copies of one text",
        "cites" => "they say from whom they have it",
        "stub" => "something that was read and is not held here",
        "translation" => "translations of one text",
        "same_speaker" => "one speaker, quoted by several",
        "decision" => "joined by a decision of a person",
        _ => "joined",
    }
}

/// How another value stands to the one said.
pub(crate) fn relation(word: &str) -> &'static str {
    match word {
        "incomparable" => "counts something else, or is counted by somebody else: the two cannot be compared",
        "succession" => "holds for another day: the one follows the other",
        "compatible" => "fits: the one contains the other",
        "denied" => "is denied by a party",
        "conflict" => "conflicts: both cannot be",
        _ => "stands beside this one",
    }
}

/// The class of the style sheet for a verdict.
pub(crate) fn verdict_class(outcome: &str) -> &'static str {
    match outcome {
        "listed" => "v-listed",
        "not listed" => "v-not",
        "host state says" => "v-says",
        _ => "v-cannot",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_said_to_the_second() {
        assert_eq!(moment("2026-10-02T08:41:07Z"), "2 October 2026, 08:41:07 UTC");
        assert_eq!(moment("2026-10-02T08:41:07.25Z"), "2 October 2026, 08:41:07 UTC");
    }

    #[test]
    fn dates_in_our_own_sentences_are_said() {
        for (text, said) in [
            ("It opened on 2018-06-18.", "It opened on 18 June 2018."),
            ("It closed in 2019~.", "It closed in about 2019."),
            ("An NGO counts at least 46 posts as of 2022.", "An NGO counts at least 46 posts as of 2022."),
            ("It is at Kade 3-5.", "It is at Kade 3-5."),
        ] {
            assert_eq!(dates_said(text), said);
        }
        assert_eq!(
            [">=46", "<=9", "2018-06", "no"].map(value),
            ["at least 46", "at most 9", "June 2018", "no"]
        );
    }

    #[test]
    fn numbers_and_lists() {
        assert_eq!(counted(1, "post", "posts"), "one post");
        assert_eq!(counted(13, "post", "posts"), "13 posts");
        assert_eq!(listed(&["a".into(), "b".into(), "c".into()]), "a, b and c");
        assert_eq!(sentence("it opened"), "It opened.");
    }

    #[test]
    fn charged_and_convicted_are_about_persons() {
        assert_eq!(status("charged"), "charged of a person");
        assert_eq!(status("convicted"), "convicted of a person");
        assert_eq!(status("inquiry ended without charges"), "inquiry ended without charges");
    }
}
