//! Chinese: 2019年6月18日, 二〇一八年六月, 民國111年, 昨日, 上周三, 2018年至2020年.

use super::calendar::Unit;
use super::combine::{Joints, Piece, after, before, join, longest, since, through};
use super::value::What;
use plainsight_text::Day;
use regex::{Captures, Regex, RegexSet};
use std::sync::OnceLock;

type Rule = (Regex, fn(&Captures) -> Option<What>);

pub(crate) fn find(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let grammar = grammar();
    // One pass tells which rules have anything to say.
    for (pattern, make) in grammar.any.matches(text).iter().map(|n| &grammar.rules[n]) {
        // The character after one piece is the character before the next, so a search goes on from there.
        let mut at = 0;
        while let Some(found) = pattern.captures_at(text, at) {
            let Some(range) = found.name("x").or_else(|| found.get(0)) else { break };
            at = range.end().max(at + 1);
            while !text.is_char_boundary(at) {
                at += 1;
            }
            // 18周岁 is an age, 周边 a place.
            let aged = text[range.end()..].starts_with(['岁', '歲', '边', '邊', '围', '圍']);
            if let Some(what) = make(&found).filter(|_| !aged) {
                pieces.push(Piece { start: range.start(), end: range.end(), what });
            }
        }
    }
    join(text, longest(pieces), &grammar.joints)
}

struct Grammar {
    rules: Vec<Rule>,
    /// All rules, in their order.
    any: RegexSet,
    joints: Joints,
}

/// A digit in any of its forms.
const N: &str = "[0-9０-９〇零○一二三四五六七八九十两兩廿卅]";

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| {
        let re = |p: &str| Regex::new(&p.replace("{N}", N)).expect("the pattern is a constant");
        let rules = rules(&re);
        let any = RegexSet::new(rules.iter().map(|(pattern, _)| pattern.as_str()));
        Grammar { any: any.expect("the patterns are constants"), rules, joints: joints(&re) }
    })
}

fn rules(re: &dyn Fn(&str) -> Regex) -> Vec<Rule> {
    let year = r"(?P<y>(?:[0-9０-９]{4}|[一二][〇零○一二三四五六七八九]{3}|[0-9]{2})\s?年|(?P<era>民国|民國|康熙|雍正|乾隆|光绪|光緒)(?P<ey>{N}{1,3}|元)年|(?P<ry>今|去|前|明|后|同)年)";
    let month = r"(?P<m>(?:[0-9０-９]{1,2}|十[一二]?|[一二三四五六七八九])月)份?";
    let day = r"(?P<d>(?:[0-9０-９]{1,2}|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])(?:日|号|號))";
    vec![
        (re(&format!(r"{year}\s?{month}\s?{day}")), calendar as fn(&Captures) -> Option<What>),
        (
            re(&format!(
                r"(?P<x>{year}\s?{month}(?P<d>[一二三]?十[一二三四五六七八九]?))(?:[^一二三四五六七八九十个個日号號月]|$)"
            )),
            calendar,
        ),
        (re(&format!(r"{year}\s?{month}")), calendar),
        (re(&format!(r"{month}\s?{day}")), calendar),
        (
            re(&format!(
                r"(?:^|[^0-9０-９〇一二三四五六七八九十第])(?P<x>{month})(?:[^0-9一二三四五六七八九十]|$)"
            )),
            calendar,
        ),
        (
            re(&format!(
                r"(?:^|[^0-9０-９〇一二三四五六七八九十月年第期届屆])(?P<x>{year})(?:[^级級代度]|$)"
            )),
            calendar,
        ),
        (
            re(
                r"(?:^|[^0-9０-９〇一二三四五六七八九十月年第])(?P<x>(?P<d>(?:[0-9０-９]{1,2}|[一二三]?十[一二三四五六七八九]?)日))(?:[^0-9一二三四五六七八九元均]|$)",
            ),
            calendar,
        ),
        (
            re(
                r"(?:^|[^0-9./-])(?P<x>(?P<y>(?:19|20)[0-9]{2})[-/.](?P<m>[01]?[0-9])[-/.](?P<d>[0-3]?[0-9]))(?:[^0-9]|$)",
            ),
            calendar,
        ),
        (
            re(
                r"(?:^|[^0-9./-])(?P<x>(?P<d>[0-3]?[0-9])[-/.](?P<m>[01]?[0-9])[-/.](?P<y>(?:19|20)[0-9]{2}))(?:[^0-9.]|$)",
            ),
            calendar,
        ),
        (
            re(r"(?:^|[^0-9./:-])(?P<x>(?P<y>(?:19|20)[0-9]{2}))\s?[-－–—~～至到]\s?(?:19|20)?[0-9]{2}\s?年"),
            calendar,
        ),
        (re(r"=\s?(?P<y>(?:19|20)[0-9]{2})"), calendar),
        (
            re(r"[0-9][-~](?P<x>(?P<d>[0-3]?[0-9])/(?P<m>[01]?[0-9])/(?P<y>(?:19|20)[0-9]{2}))(?:[^0-9.]|$)"),
            calendar,
        ),
        (
            re(r"(?P<w>大前天|前天|前日|昨天|昨日|今天|今日|明天|明日|后天|後天|后日|大后天|当日|當日|即日)"),
            named_day,
        ),
        (
            re(
                r"(?P<o>上上个?|上上個|上个?|上個|这个?|這個?|本|下下个?|下下個|下个?|下個)?(?:周|星期|礼拜|禮拜|週)(?P<w>[一二三四五六日天])",
            ),
            week_day,
        ),
        (
            re(
                r"(?P<o>上上个?|上上個|上个?|上個|这个?|這個?|本|下下个?|下下個|下个?|下個)(?P<u>周末|週末|周|週|星期|礼拜|禮拜|月|季度|年度?)",
            ),
            whole,
        ),
        (
            re(
                r"(?P<o>过去|過去|最近|近|前|未来|未來|接下来|今后|后|之前|之后)的?(?P<n>{N}{1,4})(?:个|個)?(?P<u>年|月|周|週|星期|礼拜|天|日|季度)",
            ),
            many,
        ),
        (
            re(
                r"(?P<n>{N}{1,4})\s?(?:个|個)?(?P<u>年|月|周|週|星期|礼拜|天|小时|小時|分钟|分鐘|秒)(?:以|之)?(?P<o>前|后|後)",
            ),
            away,
        ),
        (
            re(
                r"(?P<n>{N}{1,4}|半)\s?(?:个|個)?(?P<u>年|月|周|週|星期|礼拜|天|小时|小時|钟头|鐘頭|分钟|分鐘|秒钟)(?P<half>半)?",
            ),
            length,
        ),
        (
            re(
                r"(?P<y>(?:[0-9０-９]{4}|[一二][〇零○一二三四五六七八九]{3})年|(?P<ry>今|去|前|明)年)?的?(?P<h>上|下|前|后|後)半年",
            ),
            half,
        ),
        (
            re(
                r"(?P<y>(?:[0-9０-９]{4}|[一二][〇零○一二三四五六七八九]{3})年|(?P<ry>今|去|前|明)年)?的?第?(?P<q>[一二三四1-4])季度",
            ),
            quarter,
        ),
        (
            re(
                r"(?P<c>[0-9０-９]{2}|十[一二三四五六七八九]|二十一?)世纪(?P<t>[0-9０-９一二三四五六七八九]?[0十])年代",
            ),
            decade,
        ),
        (re(r"(?P<x>(?P<y>(?:19|20)[0-9]0)年代)"), decade),
        (
            re(
                r"每(?:一|个|個)?(?:周|週|星期|礼拜)[一二三四五六日天]|每(?:天|日|周|週|星期|月|年|季度)|每(?:个|個)(?:星期|月|季度)",
            ),
            |_| Some(What::Repeating),
        ),
        (
            re(&format!(
                r"(?:{year}的?)?(?:{month}的?)?(?P<n>第[一二三四五六1-6]|最后一|最後一)(?:个|個)?(?:周|週|星期)"
            )),
            week_of,
        ),
        (re(r"(?P<p>早间|早晨|早上|清晨|上午|中午|下午|傍晚|晚间|晚上|凌晨)"), part_of_day),
        (
            re(r"(?P<o>之后|之前|过去|未来|最近|上|下)(?P<n>{N}{0,4})个?(?P<u>小时|小時|分钟|分鐘)"),
            many_small,
        ),
        (re(r"(?:目前|现在|現在|此刻)"), |_| Some(What::Now)),
        (
            re(
                r"(?P<p>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|今晚|今早|今晨|夜里)?(?P<h>{N}{1,3})(?:点|點|时|時)(?:(?P<k>半|一刻|三刻)|(?P<mi>{N}{1,3})分?|整|钟)?",
            ),
            clock,
        ),
        (
            re(
                r"(?:^|[^0-9:])(?P<x>(?P<p>凌晨|上午|中午|下午|晚上)?(?P<h>[0-2]?[0-9])[:：](?P<mi>[0-5][0-9])(?:[:：](?P<s>[0-5][0-9]))?(?P<pm>\s?[ap]m)?)(?:[^0-9:]|$)",
            ),
            clock,
        ),
    ]
}

fn joints(re: &dyn Fn(&str) -> Regex) -> Joints {
    Joints {
        to: re(r"^\s?(?:至|到|-|－|–|—|——|~|～|起至|起到)\s?$"),
        from: re(r"(?:自从|自從|从|從|自|由)\s?$"),
        between: re(r"(?:从|從|自)?$"),
        and: re(r"^\s?(?:和|与|與|及|到|至)\s?$"),
        closing: Some(re(r"^(?:之间|之間|期间|期間)")),
        before_piece: vec![(re(r"(?:自从|自從)\s?$"), since as fn(Box<What>) -> What)],
        after_piece: vec![
            (re(r"^(?:或|及|以及|和)(?:之前|以前)"), through_or_before as fn(Box<What>) -> What),
            (re(r"^(?:或|及|以及|和)(?:之后|以后|之後|以後)"), since),
            (re(r"^(?:之前|以前|前)"), before),
            (re(r"^(?:之后|以后|之後|以後|后|後)"), after),
            (re(r"^(?:开始|起|以来|以來|至今)"), since),
        ],
        at: re(r"^[\s,，]?$"),
    }
}

/// 2013年及以前 holds the year; 2015年2月1日或之前 ends with the day.
fn through_or_before(what: Box<What>) -> What {
    through(what)
}

fn calendar(found: &Captures) -> Option<What> {
    let word = |name: &str| found.name(name).map(|m| m.as_str());
    let month = word("m").and_then(number).map(|n| n as u32);
    let day = word("d").and_then(number).map(|n| n as u32);
    if word("m").is_some() && !month.is_some_and(|m| (1..=12).contains(&m))
        || day.is_some_and(|d| !(1..=31).contains(&d))
    {
        return None;
    }
    if let Some(relative) = word("ry") {
        let years = match relative {
            "今" | "同" => 0,
            "去" => -1,
            "前" => -2,
            "明" => 1,
            _ => 2,
        };
        // A day in "last year" cannot be written without the reference: the year alone stays whole.
        return if month.is_none() && day.is_none() {
            Some(What::Whole(years, Unit::Year))
        } else {
            relative_month(years, month, day)
        };
    }
    let year = match (word("era"), word("ey"), word("y")) {
        (Some(era), Some(n), _) => Some(era_start(era) + if n == "元" { 1 } else { number(n)? } as i32),
        (_, _, Some(y)) => Some(four_digits(number(y)? as i32, y)),
        _ => None,
    };
    (year.is_some() || month.is_some() || day.is_some()).then_some(What::Calendar { year, month, day })
}

/// 去年三月: a part of that year.
fn relative_month(years: i64, month: Option<u32>, day: Option<u32>) -> Option<What> {
    let month = month?;
    if day.is_some() {
        return None;
    }
    Some(What::Part(Box::new(What::Whole(years, Unit::Year)), month - 1, month))
}

/// 08年 is 2008, 95年 is 1995.
fn four_digits(year: i32, written: &str) -> i32 {
    match written.chars().filter(|c| *c != '年' && !c.is_whitespace()).count() {
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => year,
    }
}

/// The year before an era's first year.
fn era_start(era: &str) -> i32 {
    match era {
        "民国" | "民國" => 1911,
        "康熙" => 1661,
        "雍正" => 1722,
        "乾隆" => 1735,
        _ => 1874,
    }
}

fn named_day(found: &Captures) -> Option<What> {
    Some(What::Days(match &found["w"] {
        "大前天" => -3,
        "前天" | "前日" => -2,
        "昨天" | "昨日" => -1,
        "今天" | "今日" => 0,
        "明天" | "明日" => 1,
        "后天" | "後天" | "后日" => 2,
        "大后天" => 3,
        _ => return None,
    }))
}

fn offset(word: Option<regex::Match>) -> Option<i64> {
    Some(match word?.as_str().trim_end_matches(['个', '個']) {
        "上上" => -2,
        "上" => -1,
        "下" => 1,
        "下下" => 2,
        _ => 0,
    })
}

fn week_day(found: &Captures) -> Option<What> {
    let day = "一二三四五六日".chars().position(|c| found["w"].starts_with(c)).unwrap_or(6);
    Some(What::Weekday(day as i64, offset(found.name("o"))))
}

fn whole(found: &Captures) -> Option<What> {
    Some(What::Whole(offset(found.name("o"))?, unit(&found["u"])?))
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "周末" | "週末" => Unit::Weekend,
        "周" | "週" | "星期" | "礼拜" | "禮拜" => Unit::Week,
        "月" => Unit::Month,
        "季度" => Unit::Quarter,
        "年" | "年度" => Unit::Year,
        "天" | "日" => Unit::Day,
        "小时" | "小時" | "钟头" | "鐘頭" => Unit::Hour,
        "分钟" | "分鐘" => Unit::Minute,
        "秒" | "秒钟" => Unit::Second,
        _ => return None,
    })
}

fn many(found: &Captures) -> Option<What> {
    let back = matches!(&found["o"], "过去" | "過去" | "最近" | "近" | "前" | "之前");
    let n = number(&found["n"])?;
    Some(What::Many(if back { -n } else { n }, unit(&found["u"])?))
}

fn away(found: &Captures) -> Option<What> {
    let n = number(&found["n"])?;
    // 2015年前 is "before 2015", 十年前 "ten years ago".
    if &found["u"] == "年" && n > 100 || &found["u"] == "月" && !found[0].contains(['个', '個']) {
        return None;
    }
    Some(What::Away(if &found["o"] == "前" { -n } else { n }, unit(&found["u"])?))
}

fn length(found: &Captures) -> Option<What> {
    let word = &found["u"];
    let counted = found[0].contains(['个', '個']);
    let n = if &found["n"] == "半" { 0.5 } else { number(&found["n"])? as f64 };
    // 3月 is March and 08年 a year; three months are 3个月, three years 三年.
    if word == "月" && !counted
        || word == "年" && counted
        || word == "年"
            && (n > 50.0
                || found["n"].starts_with(|c: char| c.is_numeric() && found["n"].len() == 2 && c == '0'))
    {
        return None;
    }
    let n = if found.name("half").is_some() { n + 0.5 } else { n };
    Some(What::Length(n * unit(word)?.seconds()))
}

fn of_year(found: &Captures) -> Option<What> {
    if let Some(relative) = found.name("ry") {
        let years = match relative.as_str() {
            "去" => -1,
            "前" => -2,
            "明" => 1,
            _ => 0,
        };
        return Some(What::Whole(years, Unit::Year));
    }
    match found.name("y") {
        Some(y) => Some(What::Calendar { year: Some(number(y.as_str())? as i32), month: None, day: None }),
        None => Some(What::Whole(0, Unit::Year)),
    }
}

fn half(found: &Captures) -> Option<What> {
    let first = matches!(&found["h"], "上" | "前");
    Some(What::Part(Box::new(of_year(found)?), if first { 0 } else { 6 }, if first { 6 } else { 12 }))
}

fn quarter(found: &Captures) -> Option<What> {
    let n = number(&found["q"])? as u32;
    Some(What::Part(Box::new(of_year(found)?), (n - 1) * 3, n * 3))
}

fn decade(found: &Captures) -> Option<What> {
    let start = match (found.name("c"), found.name("t")) {
        (Some(century), Some(ten)) => {
            let ten = match number(ten.as_str())? {
                n if n < 10 => n * 10,
                n => n,
            };
            (number(century.as_str())? - 1) * 100 + ten
        }
        _ => number(found.name("y")?.as_str())?,
    };
    let start = i32::try_from(start).ok()?;
    Some(What::Range(Day::new(start, 1, 1)?, Day::new(start + 10, 1, 1)?))
}

fn week_of(found: &Captures) -> Option<What> {
    let inner = calendar(found)?;
    let n = if found["n"].starts_with('第') { number(&found["n"])? } else { -1 };
    Some(What::WeekOf(n, Box::new(inner)))
}

fn part_of_day(found: &Captures) -> Option<What> {
    let (from, to) = match &found["p"] {
        "凌晨" => (0, 6),
        "中午" => (11, 13),
        "下午" => (12, 16),
        "傍晚" => (16, 20),
        "晚间" | "晚上" => (20, 24),
        _ => (8, 12),
    };
    Some(What::Clocks(from * 3600, (to * 3600).min(86_399), false))
}

fn many_small(found: &Captures) -> Option<What> {
    let n = if found["n"].is_empty() { 1 } else { number(&found["n"])? };
    let back = matches!(&found["o"], "之前" | "过去" | "最近" | "上");
    Some(What::Many(if back { -n } else { n }, unit(&found["u"])?))
}

fn clock(found: &Captures) -> Option<What> {
    let word = |name: &str| found.name(name).map(|m| m.as_str());
    let mut hour = number(word("h")?)?;
    let minute = match (word("k"), word("mi")) {
        (Some("半"), _) => 30,
        (Some("一刻"), _) => 15,
        (Some(_), _) => 45,
        (_, Some(m)) => number(m)?,
        _ => 0,
    };
    let late = matches!(word("p"), Some("下午" | "傍晚" | "晚上" | "今晚" | "夜里"))
        || word("pm").is_some_and(|p| p.ends_with("pm"));
    if late && hour < 12 {
        hour += 12;
    }
    if hour > 24 || minute > 59 {
        return None;
    }
    let second = word("s").and_then(number).unwrap_or(0);
    let clock = What::Clock(hour % 24 * 3600 + minute * 60 + second, false);
    let today = matches!(word("p"), Some("今晚" | "今早" | "今晨"));
    Some(match clock {
        What::Clock(second, twice) if today => What::Moment(Box::new(What::Days(0)), second, twice),
        other => other,
    })
}

/// Reads digits of any form: 2019, ２０１９, 二〇一九, 十八, 二十, 廿三.
fn number(word: &str) -> Option<i64> {
    let digit = |c: char| -> Option<i64> {
        Some(match c {
            '0'..='9' => c as i64 - '0' as i64,
            '０'..='９' => c as i64 - '０' as i64,
            '〇' | '零' | '○' => 0,
            '一' => 1,
            '二' | '两' | '兩' => 2,
            '三' => 3,
            '四' => 4,
            '五' => 5,
            '六' => 6,
            '七' => 7,
            '八' => 8,
            '九' => 9,
            _ => return None,
        })
    };
    let signs: Vec<char> =
        word.chars().filter(|c| digit(*c).is_some() || matches!(c, '十' | '廿' | '卅')).collect();
    if signs.is_empty() || signs.len() > 6 {
        return None;
    }
    let mut total = 0;
    for (n, c) in signs.iter().enumerate() {
        match c {
            '十' if n == 0 => total = 1,
            // 二十 is 20 and 二十三 is 23: ten shifts what stands before it, and a digit follows or none.
            '十' => {}
            '廿' => total = 2,
            '卅' => total = 3,
            c => total = total * 10 + digit(*c)?,
        }
        if matches!(c, '十' | '廿' | '卅') && n + 1 == signs.len() {
            total *= 10;
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use crate::dates;

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
