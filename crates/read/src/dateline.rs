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
        let alone = day_of(&line, &document.lang);
        if let Some(day) = alone.or_else(|| signed(&line).filter(|_| number > 0)) {
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

/// What the name of a Chinese body ends with, or what is written behind it.
const ENDS: [char; 40] = [
    '局', '会', '會', '府', '委', '办', '辦', '部', '组', '組', '队', '隊', '院', '站', '团', '團', '馆',
    '館', '社', '处', '處', '室', '科', '司', '厅', '廳', '校', '学', '學', '所', '心', '啟', '启', '宣',
    '区', '區', '点', '點', '市', '县',
];

/// Whether a line is the name of a Chinese body and nothing else.
pub(crate) fn is_maker(line: &str) -> bool {
    let name = line.trim();
    (3..=30).contains(&name.chars().count()) && is_name(name)
}

fn is_name(name: &str) -> bool {
    const NEVER: [char; 14] =
        ['，', '。', '、', '；', '：', '“', '】', '于', '自', '起', '将', '將', '截', '至'];
    !name.contains(NEVER) && name.ends_with(ENDS)
}

/// The day at the end of a line that names who signed, and says nothing else: 某县公安局 2014年5月19日.
pub(crate) fn signed(line: &str) -> Option<String> {
    /// The longest name of a body, in characters.
    const NAME: usize = 40;
    let trimmed = line.trim().trim_end_matches([')', '）', '。']);
    if !trimmed.chars().any(is_han) || trimmed.chars().count() > NAME + 12 {
        return None;
    }
    let found = dates(trimmed, None, Some("zh"));
    let [date] = found.as_slice() else { return None };
    let day = date.edtf.clone().filter(|edtf| edtf.len() == 10 && Day::parse(edtf).is_some())?;
    let before: String = trimmed.chars().take(date.start).collect();
    let name = before.trim().trim_end_matches(['(', '（', '：', ':', '，', ',']).trim_end();
    let at_end = date.end == trimmed.chars().count();
    (at_end && (name.is_empty() || is_name(name))).then_some(day)
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

    #[test]
    fn a_body_and_the_day_on_which_it_signed() {
        for (line, day) in [
            ("溯岩县公安局 2014年5月19日", Some("2014-05-19")),
            ("奧維利亞溯岩同鄉會謹啟 二○○六年三月十八日", Some("2006-03-18")),
            ("缃溪县侨情调查领导小组（二○一二年五月八日）", Some("2012-05-08")),
            ("２０１０年７月６日", Some("2010-07-06")),
            ("统计截至：2014年12月31日", None),
            ("该站于2014年5月19日在港区成立", None),
            ("溯岩县公安局将于2014年5月19日", None),
            ("电话：0609-555 2014年5月", None),
        ] {
            assert_eq!(signed(line).as_deref(), day, "{line}");
        }
    }
}
