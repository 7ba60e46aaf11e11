//! Templates: `{name}` is a place, `|` parts the form for one from the form for many.
//!
//! Words stand in another order in another language, so a page hands over values
//! by name and never joins a sentence out of pieces.

use super::{Language, spoken};
use crate::words;
use maud::{Markup, PreEscaped, Render};
use std::fmt::Display;

/// The form for so many; a template without `|` has one form for all.
pub(crate) fn form(n: usize, template: &str) -> &str {
    match template.split_once('|') {
        Some((one, _)) if n == 1 => one,
        Some((_, many)) => many,
        None => template,
    }
}

/// Fills the places of a template; what has no value is left empty.
pub(crate) fn say(template: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::new();
    for (text, place) in pieces(template) {
        out += text;
        if let Some((_, value)) = values.iter().find(|(name, _)| Some(*name) == place) {
            out += &value.to_string();
        }
    }
    out
}

/// The same where a value may be a link or a shape; text is written as text.
pub(crate) fn show(template: &str, values: &[(&str, &dyn Render)]) -> Markup {
    let mut out = String::new();
    for (text, place) in pieces(template) {
        text.render_to(&mut out);
        if let Some((_, value)) = values.iter().find(|(name, _)| Some(*name) == place) {
            value.render_to(&mut out);
        }
    }
    PreEscaped(out)
}

/// `(1, N.posts)` → `1 post`: the form with its number as `{n}`.
pub(crate) fn count(n: usize, template: &str) -> String {
    say(form(n, template), &[("n", &words::number(n as u64))])
}

/// Sentences beside each other; Chinese leaves no space between them.
pub(crate) fn sentences(all: &[String]) -> String {
    let gap = if spoken() == Language::Chinese { "" } else { " " };
    all.iter().filter(|sentence| !sentence.is_empty()).map(String::as_str).collect::<Vec<_>>().join(gap)
}

/// Each text with the name of the place behind it; the last one has none.
pub(super) fn pieces(template: &str) -> impl Iterator<Item = (&str, Option<&str>)> {
    let mut rest = Some(template);
    std::iter::from_fn(move || {
        let here = rest.take()?;
        let Some((text, (place, behind))) =
            here.split_once('{').and_then(|(text, after)| Some((text, after.split_once('}')?)))
        else {
            return Some((here, None));
        };
        rest = Some(behind);
        Some((text, Some(place)))
    })
}

/// The names of the places of a template, sorted, each once.
#[cfg(test)]
pub(super) fn places(template: &str) -> std::collections::BTreeSet<&str> {
    pieces(template).filter_map(|(_, place)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn places_are_filled_by_name_in_whatever_order_they_stand() {
        let values: [(&str, &dyn Display); 2] = [("a", &1), ("b", &"{a}")];
        for (template, said) in [
            ("{a} of {b}", "1 of {a}"),
            ("{b}: {a}, {a}", "{a}: 1, 1"),
            ("{c}.", "."),
            ("no place", "no place"),
            ("open {", "open {"),
            ("", ""),
        ] {
            assert_eq!(say(template, &values), said, "{template}");
        }
    }

    #[test]
    fn one_and_many_have_their_forms() {
        for (n, template, said) in [
            (1, "{n} post|{n} posts", "1 post"),
            (0, "{n} post|{n} posts", "0 posts"),
            (1204, "{n} post|{n} posts", "1,204 posts"),
            (1, "{n} 个站点", "1 个站点"),
        ] {
            assert_eq!(count(n, template), said);
        }
    }

    #[test]
    fn only_what_is_markup_already_goes_out_as_markup() {
        let shown = show("<{a}> {b}", &[("a", &"<i>"), ("b", &html! { b { "x" } })]);
        assert_eq!(shown.into_string(), "&lt;&lt;i&gt;&gt; <b>x</b>");
    }
}
