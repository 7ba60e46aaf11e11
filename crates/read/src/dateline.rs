//! The day of a letter, a plain text or a poster: a line that is a date and little else.

use crate::dates::dates;
use plainsight_model::Document;
use plainsight_text::{Day, is_han};

/// Blocks looked at from the head and from the foot.
const HEAD: usize = 10;
const FOOT: usize = 5;
/// What may stand beside the date: `Datum:`, `Zeehaven, `.
const BESIDE: usize = 25;

/// Sets the publication day from a dateline, if there is one.
pub(crate) fn set(document: &mut Document) {
    let chars: Vec<char> = document.text.chars().collect();
    let count = document.blocks.len();
    let near = |number: &usize| *number < HEAD || *number + FOOT >= count;
    for number in (0..count).filter(near) {
        let span = document.blocks[number].span;
        let line: String = chars.get(span.start..span.end).into_iter().flatten().collect();
        if let Some(day) = day_of(&line, &document.lang) {
            document.date = Some(day);
            document.date_rule = Some("dateline".to_owned());
            return;
        }
    }
}

fn day_of(line: &str, lang: &str) -> Option<String> {
    let length = line.chars().count();
    if length > 60 {
        return None;
    }
    let found = dates(line, None, Some(lang).filter(|l| *l != "und"));
    let [date] = found.as_slice() else { return None };
    let day = date.edtf.clone().filter(|edtf| edtf.len() == 10 && Day::parse(edtf).is_some())?;
    let rest: String = line.chars().take(date.start).chain(line.chars().skip(date.end)).collect();
    let letters = rest.chars().filter(|c| c.is_alphanumeric()).count();
    // In Chinese a few characters more make a sentence: X年X月X日在某地启用.
    let enough = if line.chars().any(is_han) { 4 } else { BESIDE };
    (letters <= enough && !rest.contains(" is ")).then_some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_a_date_and_little_else() {
        for (line, lang, day) in [
            ("Datum: 1 november 2022", "nl", Some("2022-11-01")),
            ("Halvik, 3 februari 2021", "nl", Some("2021-02-03")),
            ("20 de octubre de 2022", "es", Some("2022-10-20")),
            ("2023年1月12日", "zh", Some("2023-01-12")),
            ("2022年9月3日在某国某城启用", "zh", None),
            ("De post is op 3 februari 2021 in de haven geopend door de politie", "nl", None),
        ] {
            assert_eq!(day_of(line, lang).as_deref(), day, "{line}");
        }
    }
}
