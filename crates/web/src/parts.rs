//! Words that are also shapes, and foreign text as nothing but text.

use crate::labels::claims::S as C;
use crate::labels::frame::S;
use crate::labels::{self, L, form, say, terms};
use crate::words;
use maud::{Markup, html};
use plainsight_case::views::{DecisionRow, Finding, NameRow, VerdictRow};
use plainsight_text::{ScriptOf, script_of};

/// The `lang` attribute of a text: fonts, line breaks and speech depend on it.
pub(crate) fn tag(lang: &str, text: &str) -> String {
    let han = match script_of(text) {
        ScriptOf::Hant => "zh-Hant",
        ScriptOf::Hans | ScriptOf::Han => "zh-Hans",
        _ => "",
    };
    match lang {
        "zh" | "zh-Hans" | "zh-Hant" if !han.is_empty() => han.to_owned(),
        "zh" => "zh-Hans".to_owned(),
        "" | "und" if !han.is_empty() => han.to_owned(),
        "" => "und".to_owned(),
        // A Latin headline with a Han name inside keeps its own language.
        other => other.to_owned(),
    }
}

/// Foreign text as a text node with its language.
pub(crate) fn foreign(text: &str, lang: &str) -> Markup {
    html! { span lang=(tag(lang, text)) { (text) } }
}

/// Foreign text whose language nobody noted.
pub(crate) fn unknown(text: &str) -> Markup {
    match han(text) {
        Some(tag) => html! { span lang=(tag) { (text) } },
        None => html! { (text) },
    }
}

/// A sentence that the case itself says, in the language of the page where its template is known; else in
/// English, and marked so for voices that read aloud.
pub(crate) fn own(text: &str) -> Markup {
    match labels::said(text) {
        Some(said) => html! { (said) },
        None => html! { span lang="en" { (text) } },
    }
}

/// The same as text, for titles and options.
pub(crate) fn own_words(text: &str) -> String {
    labels::said(text).map_or_else(|| text.to_owned(), std::borrow::Cow::into_owned)
}

/// The `lang` of text in Han.
pub(crate) fn han(text: &str) -> Option<&'static str> {
    match script_of(text) {
        ScriptOf::Hant => Some("zh-Hant"),
        ScriptOf::Hans | ScriptOf::Han => Some("zh-Hans"),
        _ => None,
    }
}

/// A circle that empties, with its word.
pub(crate) fn grade(number: u8, words: &str) -> Markup {
    html! { span class=(format!("grade g{}", number.clamp(1, 6))) { (words) } }
}

/// The words of a grade by its number.
pub(crate) fn grade_words(number: u8) -> &'static str {
    terms::grade(
        plainsight_model::Grade::from_number(number).map_or("cannot be judged", |grade| grade.words()),
    )
}

/// What a grade would be once its quotes are read.
pub(crate) fn if_read(number: u8) -> String {
    say(C.would_be_if_read, &[("then", &grade_words(number))])
}

/// What both grades say together, in a sentence without the full stop.
pub(crate) fn both_grades(grade: u8, if_read: u8, unread: usize) -> String {
    let (now, then) = (grade_words(grade), grade_words(if_read));
    if grade == if_read {
        return now.to_owned();
    }
    let template = if grade == 6 { C.would_hold_yet } else { C.would_hold };
    say(form(unread, template), &[("now", &now), ("then", &then), ("n", &words::spelled(unread))])
}

/// The class of a verdict word.
pub(crate) fn verdict_class(outcome: &str) -> &'static str {
    match outcome {
        "listed" => "v-listed",
        "not listed" => "v-not",
        "host state says" => "v-says",
        _ => "v-cannot",
    }
}

/// A square with its word.
pub(crate) fn verdict(outcome: &str) -> Markup {
    html! { span class=(format!("verdict {}", verdict_class(outcome))) { (terms::outcome(outcome)) } }
}

/// The one word for a post: what a register says comes before what the host
/// state says, and both before that nothing can tell.
pub(crate) fn main_verdict(verdicts: &[VerdictRow]) -> &str {
    ["listed", "host state says", "not listed"]
        .into_iter()
        .find(|word| verdicts.iter().any(|row| row.outcome == *word))
        .unwrap_or("cannot tell")
}

/// A diamond, full where a person decided.
pub(crate) fn decision(row: Option<&DecisionRow>) -> Markup {
    match row {
        Some(row) => html! { span class="decision d-yes" { (decided(&row.answer)) } },
        None => html! { span class="decision" { (L.open) } },
    }
}

/// An answer as a past participle.
pub(crate) fn decided(answer: &str) -> String {
    let (key, value) = answer.split_once('=').unwrap_or((answer, ""));
    let word = match terms::answer(key) {
        word if word == key => key.replace('-', " "),
        word => word.to_owned(),
    };
    if value.is_empty() { word } else { format!("{word} {value}") }
}

/// What a post is called in lists: its city, else its first name.
pub(crate) fn post_title(finding: &Finding) -> String {
    match (&finding.city, finding.names.first()) {
        (Some(city), _) => city.clone(),
        (None, Some(name)) => name.text.clone(),
        (None, None) => S.post_unnamed.to_owned(),
    }
}

/// The name to show first: Han if there is one, as it stands on the plate.
pub(crate) fn first_name(finding: &Finding) -> Option<&NameRow> {
    finding.names.iter().find(|name| name.lang.starts_with("zh")).or(finding.names.first())
}

/// Site or file of an address, for one line.
pub(crate) fn site(url: &str) -> &str {
    if let Some(file) = url.strip_prefix("file:///") {
        return file;
    }
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// What stands where a list has nothing.
pub(crate) fn empty(heading: &str, why: &str, action: Markup) -> Markup {
    html! {
        section class="empty" aria-labelledby="x-e" {
            h2 id="x-e" { (heading) }
            p class="quiet" { (why) }
            p class="btns" { (action) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_follow_the_script() {
        for (lang, text, tagged) in [
            ("zh", "警務聯絡點", "zh-Hant"),
            ("zh", "警务联络点", "zh-Hans"),
            ("nl", "Op de gevel staat 警侨", "nl"),
            ("und", "警务", "zh-Hans"),
            ("", "plain", "und"),
        ] {
            assert_eq!(tag(lang, text), tagged, "{text}");
        }
    }

    #[test]
    fn both_grades_are_said_in_words() {
        assert_eq!(both_grades(6, 2, 3), "cannot be judged yet; would be probably true if three quotes hold");
        assert_eq!(both_grades(3, 2, 1), "possibly true; would be probably true if one quote holds");
        assert_eq!(both_grades(1, 1, 0), "confirmed");
    }

    #[test]
    fn a_site_is_the_host_or_the_file() {
        assert_eq!(site("https://police.brenholt.example/a?b"), "police.brenholt.example");
        assert_eq!(site("file:///letter.txt"), "letter.txt");
    }
}
