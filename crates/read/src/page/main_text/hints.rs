//! What the words of a short block speak of: rights, sharing, more of the same, and so on.

use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// How many hints there are.
pub(crate) const HINTS: usize = 9;

/// Words of each, over lower case. The last two are prices and days, which have forms of their own, too.
const WORDS: [&str; HINTS] = [
    "© copyright|all rights reserved|版权所有|icp备|alle rechte|derechos reservados|rechten voorbehouden|备案号|許可證|公网安备|网站标识码",
    "share|follow us|tweet|facebook|twitter|instagram|linkedin|whatsapp|teilen|delen|compartir|分享|转发|收藏",
    "read more|related|see also|learn more|view all|see all|show more|load more|more from|you may also|recommended|popular|trending|latest|lees ook|meer |mehr |weiterlesen|auch interess|相关|推荐|更多|热门|阅读全文|上一篇|下一篇|点击",
    "log in|login|sign in|sign up|subscribe|newsletter|register|my account|cart|checkout|anmelden|inloggen|登录|注册|订阅",
    "comment|reply|replies|respond|kommentar|reactie|评论|回复|留言",
    "cookie|privacy|terms of|policy|disclaimer|datenschutz|impressum|免责|声明",
    "source:|editor|来源|责任编辑|责编|编辑：|作者|发布时间|发布日期|字号|打印|关闭窗口|浏览次数|posted|published|updated|written by|photo",
    "usd|add to",
    "ago",
];

/// The hints that have forms of their own.
const PRICE: usize = 7;
const DAY: usize = 8;

static FINDER: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let words = WORDS.iter().enumerate().flat_map(|(hint, words)| words.split('|').map(move |w| (w, hint)));
    let (words, hints): (Vec<&str>, Vec<usize>) = words.unzip();
    let finder = AhoCorasick::new(words);
    (finder.expect("a list of constants"), hints)
});

/// Which hints a text in lower case holds.
pub(crate) fn hints(lower: &str) -> [bool; HINTS] {
    let mut out = [false; HINTS];
    for found in FINDER.0.find_overlapping_iter(lower) {
        out[FINDER.1[found.pattern().as_usize()]] = true;
    }
    out[PRICE] = out[PRICE] || names_a_price(lower);
    out[DAY] = out[DAY] || names_a_day(lower.as_bytes());
    out
}

/// `$ 5`, `€5`, `£5`, `￥5` or `5 €`.
fn names_a_price(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let spaced = |text: &str, test: &dyn Fn(char) -> bool| {
        let text =
            text.strip_prefix(char::is_whitespace).filter(|rest| rest.starts_with(test)).unwrap_or(text);
        text.starts_with(test)
    };
    let before =
        text.match_indices(['$', '€', '£', '￥']).any(|(at, sign)| spaced(&text[at + sign.len()..], &digit));
    before
        || text.match_indices('€').any(|(at, _)| {
            let text = &text[..at];
            text.ends_with(digit)
                || text.strip_suffix(char::is_whitespace).is_some_and(|t| t.ends_with(digit))
        })
}

/// A year of four digits before a month, two digits behind a mark and a digit (`3.05`, `10:30`), or a year from 2000 to 2029.
fn names_a_day(text: &[u8]) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let mark = |at: usize, marks: &[u8]| text.get(at).is_some_and(|b| marks.contains(b));
    let sign = |at: usize| text.get(at..).is_some_and(|rest| rest.starts_with("年".as_bytes()));
    (0..text.len()).filter(|at| digit(*at)).any(|at| {
        let four = digit(at + 1) && digit(at + 2) && digit(at + 3);
        mark(at + 1, b".:/-") && digit(at + 2) && digit(at + 3)
            || four && (text[at..].starts_with(b"20") && mark(at + 2, b"012"))
            || four && (mark(at + 4, b"-/.") && digit(at + 5) || sign(at + 4) && digit(at + 7))
    })
}

/// What a heading opens that is no main text: comments, sharing, more of the same; 0 for none.
pub(crate) fn section(hints: &[bool; HINTS]) -> usize {
    [2, 4, 3, 1, 0].into_iter().find(|n| hints[*n]).map_or(0, |n| n + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use regex::Regex;

    proptest! {
        #[test]
        fn forms_are_those_of_the_expressions(text in "[0-35-9]{0,3}[-0-9 $€£￥年./:\u{a0}a]{0,12}") {
            let price = Regex::new(r"\$\s?[0-9]|€\s?[0-9]|£\s?[0-9]|[0-9]\s?€|￥\s?[0-9]").expect("an expression");
            let day = Regex::new("[0-9]{4}[-/.年][0-9]|[0-9]{1,2}[.:/-][0-9]{2}|20[012][0-9]").expect("an expression");
            prop_assert_eq!(names_a_price(&text), price.is_match(&text));
            prop_assert_eq!(names_a_day(text.as_bytes()), day.is_match(&text));
        }
    }

    #[test]
    fn each_hint_by_a_word() {
        let cases = [
            (0, "© copyright zoutbrug"),
            (1, "分享到"),
            (2, "lees ook dit"),
            (3, "登录"),
            (4, "3 replies"),
            (5, "cookies"),
            (6, "责任编辑：某某"),
            (7, "add to basket"),
            (7, "voor € 5"),
            (8, "two days ago"),
            (8, "2019年6月"),
        ];
        for (hint, text) in cases {
            assert!(hints(text)[hint], "{text}");
        }
        assert_eq!(hints("een gewone zin over de haven"), [false; HINTS]);
    }
}
