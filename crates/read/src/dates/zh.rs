//! Chinese: 2019年6月18日, 二〇一八年六月, 民國111年, 昨日, 上周三, 2018年至2020年.

mod makers;

use self::makers::{
    away, calendar, clock, decade, feast, half, half_week, length, many, many_small, named_day, nth_month,
    part_of_day, quarter, season, third, week_day, week_of, whole, within,
};
use super::combine::{Joints, Piece, after, before, join, longest, since, through};
use super::value::What;
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
        (
            re(&format!(
                r"(?:{year}的?)?(?P<f>元旦|情人节|情人節|妇女节|婦女節|植树节|劳动节|勞動節|青年节|儿童节|兒童節|建军节|教师节|国庆节|國慶節|万圣节|平安夜|圣诞节|聖誕節|感恩节|感恩節|母亲节|父亲节|复活节|春节|春節|端午节|端午節|中秋节|中秋節|清明节|元宵节|除夕|重阳节)"
            )),
            feast,
        ),
        (re(&format!(r"{year}(?:年)?(?P<t>初|底|末)")), third),
        (re(r"(?P<ry>今|去|前|明)年(?:年)?(?P<t>初|底|末)"), third),
        (re(r"(?P<t0>年|月)(?P<t>初|底|末)"), third),
        (re(&format!(r"(?:{year}的?)?{month}的?(?P<t>初|底|末|上旬|中旬|下旬)")), third),
        (re(r"(?P<o>上个?|上個|这个?|這個?|本|下个?|下個)月(?P<t>初|底|末|上旬|中旬|下旬)"), third),
        (re(r"(?P<h>上|下)半(?:周|週)"), half_week),
        (re(&format!(r"{year}的?第(?P<n>{{N}}{{1,2}})(?:个|個)月")), nth_month),
        (re(&format!(r"(?:{year}的?)?(?:春|夏|秋|冬)(?:天|季)")), season),
        (
            re(
                r"(?P<n>{N}{1,4})\s?(?:个|個)?(?P<u>年|月|周|週|星期|天|小时|小時|分钟|分鐘)(?:之|以)?(?:内|內)",
            ),
            within,
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
