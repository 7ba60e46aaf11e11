//! Bodies of places that no gazetteer has: a name that is written as a division's,
//! directly at the word for the organ. Every gazetteer lacks some division, and
//! a body that cannot be placed is still one that a reader would mark.

use super::grammar::level_word;
use super::heads::heads;
use plainsight_text::{fold, is_han};

/// Signs with which the name of a division ends.
const ENDINGS: &str = "省市县縣区區州旗盟";

/// Characters that belong to no short name of a division: what stands before one.
const STOPS: &str = "在由与與和及是为為于於被将將向对對经經的了把从從据據让讓给給到至称稱说說也有并並等该該本各全我其此某两兩由受即又以按派驻駐来來去可请請非原前新老旧舊每跨省市县縣区區";

/// Names have at least and at most so many characters before their ending.
const NAME: std::ops::RangeInclusive<usize> = 1..=4;

/// A name of a division directly before `end`: where it begins.
///
/// Most names have two characters before the ending; where a border stands
/// further back, up to four.
pub(super) fn han_before(source: &[char], end: usize) -> Option<usize> {
    let ending = end.checked_sub(1)?;
    if !ENDINGS.contains(*source.get(ending)?) {
        return None;
    }
    let plain = |at: usize| source.get(at).is_some_and(|c| is_han(*c) && !STOPS.contains(*c));
    let mut start = ending;
    while start > 0 && ending - start < *NAME.end() && plain(start - 1) {
        start -= 1;
    }
    let length = ending - start;
    let bordered = start == 0 || !is_han(source[start - 1]) || STOPS.contains(source[start - 1]);
    match length {
        0 | 1 => None,
        2..=3 if bordered => Some(start),
        // No border near: the two characters that most names have.
        _ => Some(ending - 2),
    }
}

/// Two characters before 公安 that are no name of a division.
const NO_DIVISIONS: &str = "当地 當地 本地 国内 國內 国外 國外 中国 中國 外国 外國 我国 我國 海外 境外 两地 兩地 三地 异地 異地 外地 各地 地方 全国 全國 全省 全市 全县 各级 各級 三级 四级 县级 市级 省级 协助 協助 配合 联系 聯繫 通知 报告 報告 依托 会同 會同 联合 聯合 有关 有關 相关 相關 所谓 所謂 家乡 家鄉 老家 故乡 原籍 祖籍 户籍 我们 他们 她们 你们 咱们 人民 现役 退役 退休 武装 武裝 边防 邊防 铁路 鐵路 森林 交通 民航 海关 海關 基层 基層 智慧 平安 数字 网上 網上 便民 移动 传统 优秀 原来 以前 现在 政法 司法 法院 检察 税务 工商 城管 消防 军警 国家 國家 公共 社会 治安 新型 冒充 假冒 前往 拨打 打给 委托 委託 代表 作为 成为 属于 需要 可以 通过 通過 包括 如果 因为 所以 关于 根据 按照 认为";

/// A division's name without the word for its kind, directly before `end`: two characters between borders (泖坪公安).
pub(super) fn han_bare_before(source: &[char], end: usize) -> Option<usize> {
    const MORE_STOPS: &str = "个個家位间間听聽嗰喺系係叫找问問去";
    let from = end.checked_sub(2)?;
    let name: String = source.get(from..end)?.iter().collect();
    let plain = |c: &char| is_han(*c) && !STOPS.contains(*c) && !MORE_STOPS.contains(*c);
    let before = from.checked_sub(1).map(|at| source[at]);
    let border = |c: char| !is_han(c) || STOPS.contains(c) || MORE_STOPS.contains(c);
    let word = NO_DIVISIONS.split(' ').any(|word| word == name);
    (source[from..end].iter().all(plain) && before.is_none_or(border) && !word).then_some(from)
}

/// Words that join a Latin name of a body to its place.
const LINKS: [&str; 7] = ["of", "van", "de", "uit", "from", "del", "the"];

/// A capitalised name after a body's word: where it begins and ends (`police of Mingzhou`, `politie van Zhiqiao`);
/// `inside` tells that “in” joins them too.
pub(super) fn latin_after(source: &[char], end: usize, inside: bool) -> Option<(usize, usize)> {
    let mut at = end;
    let mut linked = false;
    for _ in 0..6 {
        let (start, stop) = word_after(source, at)?;
        let word: String = source[start..stop].iter().collect();
        let folded = fold(&word);
        let adjective = heads().adjectives.contains_key(&folded);
        if LINKS.contains(&folded.as_str()) || inside && folded == "in" {
            linked = true;
        } else if adjective {
            // “politie van de Iraanse provincie Mehrzamin”.
        } else if linked && is_name(&word) && !says_kind(&folded) {
            return Some((start, whole_name(source, stop)));
        } else if !says_kind(&folded) {
            return None;
        }
        at = stop;
    }
    None
}

/// Where a name of several words ends: Wadi Zahra, Hà Vân.
fn whole_name(source: &[char], mut stop: usize) -> usize {
    // A third word is a verb's subject or a new sentence more often than a part of the name.
    if let Some((start, end)) = word_after(source, stop) {
        let word: String = source[start..end].iter().collect();
        let folded = fold(&word);
        let plain = !says_kind(&folded) && !heads().adjectives.contains_key(&folded);
        if start == stop + 1 && plain && is_name(&word) {
            stop = end;
        }
    }
    stop
}

/// A capitalised name before a body's word (`Mingzhou Municipal Public Security Bureau`).
pub(super) fn latin_before(source: &[char], start: usize) -> Option<(usize, usize)> {
    let mut at = start;
    for _ in 0..3 {
        let (from, to) = word_before(source, at)?;
        let word: String = source[from..to].iter().collect();
        let folded = fold(&word);
        if says_kind(&folded) {
            at = from;
        } else {
            return is_name(&word).then(|| (first_word(source, from), to));
        }
    }
    None
}

/// Where a name of two words begins (Hà Vân): the first stands inside a sentence, since there every word is small.
fn first_word(source: &[char], from: usize) -> usize {
    let Some((start, end)) = word_before(source, from) else { return from };
    let word: String = source[start..end].iter().collect();
    let opens = start == 0
        || source[..start].iter().rev().find(|c| **c != ' ').is_some_and(|c| ".!?:\n".contains(*c));
    let plain = !says_kind(&fold(&word)) && !heads().adjectives.contains_key(&fold(&word));
    if !opens && end + 1 == from && is_name(&word) && plain { start } else { from }
}

/// Whether a word says what kind of division the name is, or is an article before such a word.
fn says_kind(folded: &str) -> bool {
    level_word(folded).is_some() || ["het", "la", "el", "municipio"].contains(&folded)
}

/// Articles, pronouns and numbers that open a sentence, or a name that a gazetteer has.
const NO_NAMES: [&str; 30] = [
    "de", "la", "le", "el", "in", "en", "we", "he", "it", "no", "al", "my", "our", "their", "your", "its",
    "his", "her", "this", "that", "these", "those", "two", "three", "some", "many", "other", "local",
    "secret", "overseas",
];

/// Capitalised, with small letters behind: no abbreviation.
fn is_name(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase)
        && letters.any(char::is_lowercase)
        && !NO_NAMES.contains(&fold(word).as_str())
}

fn word_after(source: &[char], at: usize) -> Option<(usize, usize)> {
    let mut start = at;
    while source.get(start) == Some(&' ') {
        start += 1;
    }
    let mut stop = start;
    while source.get(stop).is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')) {
        stop += 1;
    }
    (start > at && stop > start).then_some((start, stop))
}

fn word_before(source: &[char], at: usize) -> Option<(usize, usize)> {
    let mut stop = at;
    while stop > 0 && source[stop - 1] == ' ' {
        stop -= 1;
    }
    let mut start = stop;
    while start > 0 && (source[start - 1].is_alphanumeric() || source[start - 1] == '-') {
        start -= 1;
    }
    (stop < at && start < stop).then_some((start, stop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_divisions_by_their_form() {
        for (before, found) in [
            ("霁川市", Some("霁川市")),
            ("经霁川市", Some("霁川市")),
            ("由北岭县", Some("北岭县")),
            ("希望霁川市", Some("霁川市")),
            ("在市", None),
            ("全省", None),
            ("警方", None),
        ] {
            let source: Vec<char> = before.chars().collect();
            let got = han_before(&source, source.len()).map(|at| source[at..].iter().collect::<String>());
            assert_eq!(got.as_deref(), found, "{before}");
        }
        for (text, found) in [
            (" of Mingzhou, a city", Some("Mingzhou")),
            (" van de stad Zhiqiao", Some("Zhiqiao")),
            (" de la provincia de Tingsha", Some("Tingsha")),
            (" van de Iraanse provincie Mehrzamin (", Some("Mehrzamin")),
            (" municipal de Tingsha", Some("Tingsha")),
            (" said that", None),
            (" of our city", None),
            (" de la gobernación de Wadi Zahra (", Some("Wadi Zahra")),
            (" of the province of Hà Vân", Some("Hà Vân")),
        ] {
            let source: Vec<char> = text.chars().collect();
            let got =
                latin_after(&source, 0, false).map(|(from, to)| source[from..to].iter().collect::<String>());
            assert_eq!(got.as_deref(), found, "{text}");
        }
        let source: Vec<char> = "the Mingzhou Municipal Public".chars().collect();
        let got = latin_before(&source, 23).map(|(from, to)| source[from..to].iter().collect::<String>());
        assert_eq!(got.as_deref(), Some("Mingzhou"));
        let source: Vec<char> = "Our ".chars().collect();
        assert_eq!(latin_before(&source, source.len()), None);
        let source: Vec<char> = "read “Hà Vân Provincial ".chars().collect();
        let got =
            latin_before(&source, source.len()).map(|(from, to)| source[from..to].iter().collect::<String>());
        assert_eq!(got.as_deref(), Some("Hà Vân"));
    }
}
