//! Chinese: 2019年6月18日, 二〇一八年六月, 民國111年, 昨日, 上周三, 2018年至2020年.

mod fold;
mod fuzzy;
mod lists;
mod makers;
mod named;
mod rules;

use self::fold::simplified;
use self::rules::{Rule, rules};
use super::combine::{Joints, Piece, after, before, join, longest, since, through};
use super::value::What;
use regex::{Regex, RegexSet, RegexSetBuilder};
use std::sync::OnceLock;

pub(crate) fn find(text: &str) -> Vec<Piece> {
    // One script for the grammar; each sign keeps its length, so the offsets stay.
    let text: &str = &text.chars().map(simplified).collect::<String>();
    let mut pieces = Vec::new();
    let grammar = grammar();
    // One pass tells which rules have anything to say.
    for (pattern, make) in grammar.any.matches(text).iter().map(|n| &grammar.rules[n]) {
        // The character after one piece is the character before the next, so a search goes on from there.
        let mut at = 0;
        while let Some(found) = pattern.get().captures_at(text, at) {
            let Some(range) = found.name("x").or_else(|| found.get(0)) else { break };
            at = range.end().max(at + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            // 18周岁 is an age, 周边 a place.
            let after = &text[range.end()..];
            let aged = after.starts_with(['岁', '边', '围']) || after.starts_with("头条");
            // Of 110年3月 and 一百一十一年 the tail is no year.
            let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
            let cut = match (text[..range.start()].chars().next_back(), text[range.start()..].chars().next())
            {
                (Some(before), Some(first)) => {
                    digit(before) && digit(first)
                        || matches!(before, '百' | '千') && "一二三四五六七八九十".contains(first)
                }
                _ => false,
            };
            if let Some(what) = make(&found).filter(|_| !aged && !cut) {
                pieces.push(Piece { start: range.start(), end: range.end(), what });
            }
        }
    }
    lists::lend(text, join(text, longest(pieces), &grammar.joints))
}

struct Grammar {
    rules: Vec<Rule>,
    /// All rules, in their order.
    any: RegexSet,
    joints: Joints,
}

/// A pattern that is made ready when a text first has something for it: to make all of them takes longer than
/// to read several pages, and few pages need more than a few.
struct Pattern {
    text: String,
    ready: OnceLock<Regex>,
}

impl Pattern {
    fn get(&self) -> &Regex {
        self.ready.get_or_init(|| Regex::new(&self.text).expect("the pattern is a constant"))
    }
}

/// The most memory for the states in which all rules are sought together, in bytes. With less they are thrown
/// away and made again all the time, which takes longer than everything else here.
const STATES: usize = 16 << 20;

/// A digit in any of its forms.
const N: &str = "[0-9０-９〇零○一二三四五六七八九十两廿卅]";

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| {
        let re = |p: &str| Regex::new(&p.replace("{N}", N)).expect("the pattern is a constant");
        let rules = rules(&|p| Pattern { text: p.replace("{N}", N), ready: OnceLock::new() });
        let mut any = RegexSetBuilder::new(rules.iter().map(|(pattern, _)| &pattern.text));
        let any = any.dfa_size_limit(STATES).build();
        Grammar { any: any.expect("the patterns are constants"), rules, joints: joints(&re) }
    })
}

fn joints(re: &dyn Fn(&str) -> Regex) -> Joints {
    Joints {
        to: re(r"^\s?(?:至|到|-|－|–|—|——|~|～|起至|起到)\s?$"),
        from: re(r"(?:自从|从|自|由)\s?$"),
        between: re(r"(?:从|自)\s?$"),
        and: re(r"^\s?(?:和|与|及|到|至)\s?$"),
        closing: Some(re(r"^(?:之间|期间)")),
        before_piece: vec![(re(r"自从\s?$"), since as fn(Box<What>) -> What)],
        after_piece: vec![
            (re(r"^(?:或|及|以及|和)(?:之前|以前)"), through_or_before as fn(Box<What>) -> What),
            (re(r"^(?:或|及|以及|和)(?:之后|以后)"), since),
            (re(r"^(?:之前|以前|前)"), before),
            (re(r"^(?:之后|以后|后)"), after),
            (re(r"^(?:开始|起|以来|至今)"), since),
        ],
        at: re(r"^[\s,，]?$"),
    }
}

/// 2013年及以前 holds the year; 2015年2月1日或之前 ends with the day.
fn through_or_before(what: Box<What>) -> What {
    through(what)
}

#[cfg(test)]
mod tests {
    use crate::dates;

    #[test]
    fn feasts_parts_and_hours() {
        for (text, words, value) in [
            ("2017年国庆节放假", "2017年国庆节", "2017-10-01"),
            ("去年圣诞节", "去年圣诞节", "2021-12-25"),
            ("2018年底启用", "2018年底", "2018-09-01/2019-01-01"),
            ("下半周", "下半周", "2022-09-15/2022-09-19"),
            ("2021年的第三个月", "2021年的第三个月", "2021-03-01/2021-04-01"),
            ("三天内", "三天内", "2022-09-13/2022-09-16"),
            ("从昨天5:00-6:00", "从昨天5:00-6:00", "2022-09-11 05:00:00/2022-09-11 06:00:00"),
        ] {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!((got[0].text.as_str(), got[0].values[0].as_str()), (words, value), "{text}");
        }
        for text in ["李国庆到会", "电话五一二三", "圣诞岛"] {
            assert!(dates(text, Some("2022-09-12"), Some("zh")).is_empty(), "{text}");
        }
    }

    #[test]
    fn fuzzy_times_have_no_value_and_others_have_theirs() {
        // Seen from Monday 12 September 2022; the places are invented.
        for (text, words, value) in [
            ("近年来，青湾县设立了多处站点", "近年来", ""),
            ("几天前，青湾县通报", "几天前", ""),
            ("三個多月以前，青灣縣通報", "三個多月以前", ""),
            ("这几天，站点关闭", "这几天", ""),
            ("半年前成立", "半年前", "2022-03-12"),
            ("两年半前成立", "两年半前", "2020-03-12"),
            ("上世纪九十年代末，青湾县修路", "上世纪九十年代末", "1996-01-01/2000-01-01"),
            ("二十世纪，青湾县修路", "二十世纪", "1900-01-01/2000-01-01"),
            ("昨晚8点，站点关闭", "昨晚8点", "2022-09-11 20:00:00"),
            ("每天上午9点开门", "每天上午9点", ""),
            ("每月15日开会", "每月15日", ""),
            ("下午五点到六点", "下午五点到六点", "17:00:00/18:00:00"),
            ("同年6月启用", "同年6月", ""),
            ("青灣縣110年3月5日公告", "110年3月5日", "2021-03-05"),
            ("还有8天20时", "8天20时", "763200"),
            ("一个半小时后", "一个半小时", "5400"),
            ("12/25放假", "12/25", "2021-12-25"),
            ("上半月启用", "上半月", "2022-09-01/2022-09-16"),
            ("這個週末", "這個週末", "2022-09-17/2022-09-19"),
            ("07年以前", "07年以前", "/2007-01-01"),
        ] {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            let found: Vec<&str> = got.iter().map(|span| span.text.as_str()).collect();
            assert_eq!(found, [words], "{text}");
            assert_eq!(got[0].values.first().map_or("", String::as_str), value, "{text}");
        }
        for text in ["今日头条", "民国一百一十一个村", "1/2"] {
            assert!(dates(text, Some("2022-09-12"), Some("zh")).is_empty(), "{text}");
        }
    }

    #[test]
    fn nights_lists_and_what_papers_name() {
        let cases: [(&str, &[(&str, &str)]); 16] = [
            ("6月3日夜至4日凌晨，站点关闭", &[("6月3日夜至4日凌晨", "2022-06-03/2022-06-04")]),
            ("2021年12月31日晚至1月1日凌晨", &[("2021年12月31日晚至1月1日凌晨", "2021-12-31/2022-01-01")]),
            ("6月3日、4日和7日", &[("6月3日", "2022-06-03"), ("4日", "2022-06-04"), ("7日", "2022-06-07")]),
            ("2021年6月3日、7月4日", &[("2021年6月3日", "2021-06-03"), ("7月4日", "2021-07-04")]),
            ("7月25日晚启用", &[("7月25日晚", "2022-07-25 20:00:00/2022-07-25 23:59:59")]),
            ("四月的最后一个星期一开会", &[("四月的最后一个星期一", "2022-04-25")]),
            ("2021年6月第一个周日", &[("2021年6月第一个周日", "2021-06-06")]),
            ("去年的前10天", &[("去年的前10天", "2021-01-01/2021-01-11")]),
            ("2021年前三季度", &[("2021年前三季度", "2021-01-01/2021-10-01")]),
            ("“十三五”时期", &[("十三五”时期", "2016-01-01/2021-01-01")]),
            ("2021年年中启用", &[("2021年年中", "2021-05-01/2021-09-01")]),
            ("2021-06启用", &[("2021-06", "2021-06-01/2021-07-01")]),
            // The moon's days stay words: nobody here counts them.
            ("2021年農曆八月十五", &[("2021年農曆八月十五", "")]),
            ("正月初一，青湾县", &[("正月初一", "")]),
            ("2021年大年初一", &[("2021年大年初一", "")]),
            ("从2015年起", &[("2015年起", "2015-01-01/")]),
        ];
        for (text, want) in cases {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            let got: Vec<(&str, &str)> =
                got.iter().map(|d| (d.text.as_str(), d.values.first().map_or("", String::as_str))).collect();
            assert_eq!(got, want, "{text}");
        }
        // What only points has no day of its own.
        for text in ["次日关闭", "上旬", "年内启用"] {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            assert!(got.len() == 1 && got[0].edtf.is_none(), "{text}: {got:?}");
        }
        for text in ["不同日期", "年终奖", "3日晚报", "三五个", "每年内部"] {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            let bad =
                |d: &crate::DateSpan| ["同日", "年终", "3日晚", "三五", "年内"].contains(&d.text.as_str());
            assert!(!got.iter().any(bad), "{text}: {got:?}");
        }
    }

    #[test]
    fn expressions_of_official_papers() {
        let cases = [
            ("2019年6月18日挂牌", "2019年6月18日", "2019-06-18", "2019-06-18"),
            ("二〇一八年六月十八日", "二〇一八年六月十八日", "2018-06-18", "2018-06-18"),
            ("２０１９年６月启用", "２０１９年６月", "2019-06-01/2019-07-01", "2019-06"),
            ("民國111年2月15日公告", "民國111年2月15日", "2022-02-15", "2022-02-15"),
            ("自2018年至2020年", "自2018年至2020年", "2018-01-01/2020-01-01", "2018/2020"),
            ("6月18日，警务站启用", "6月18日", "2022-06-18", "2022-06-18"),
            ("昨日通报", "昨日", "2022-09-11", "2022-09-11"),
            ("去年设立", "去年", "2021-01-01/2022-01-01", "2021"),
            ("2019年以前", "2019年以前", "/2019-01-01", "../2019-01-01"),
        ];
        for (text, words, value, edtf) in cases {
            let got = dates(text, Some("2022-09-12"), Some("zh"));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!(
                (got[0].text.as_str(), got[0].values[0].as_str(), got[0].edtf.as_deref()),
                (words, value, Some(edtf)),
                "{text}"
            );
        }
        assert!(dates("6月18日", Some("2022-09-12"), None)[0].inferred_year);
        assert!(dates("服务站电话一二三，第三届，五个", Some("2022-09-12"), Some("zh")).is_empty());
    }
}
