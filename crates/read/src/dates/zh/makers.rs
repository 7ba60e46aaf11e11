//! What a match of a Chinese pattern means.

use super::super::calendar::Unit;
use super::super::feast::Feast;
use super::super::value::What;
use plainsight_text::Day;
use regex::Captures;

pub(super) fn calendar(found: &Captures) -> Option<What> {
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
            "今" => 0,
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
        // 110年3月, as Taiwan's papers count without naming the era.
        _ if word("roc").is_some() => Some(1911 + word("roc").and_then(number)? as i32),
        (_, _, Some(y)) => Some(four_digits(number(y)? as i32, y)),
        _ => None,
    };
    (year.is_some() || month.is_some() || day.is_some()).then_some(What::Calendar { year, month, day })
}

/// 去年三月: a part of that year.
pub(super) fn relative_month(years: i64, month: Option<u32>, day: Option<u32>) -> Option<What> {
    let month = month?;
    if day.is_some() {
        return None;
    }
    Some(What::Part(Box::new(What::Whole(years, Unit::Year)), month - 1, month))
}

/// 08年 is 2008, 95年 is 1995.
pub(super) fn four_digits(year: i32, written: &str) -> i32 {
    match written.chars().filter(|c| *c != '年' && !c.is_whitespace()).count() {
        2 if year < 50 => 2000 + year,
        2 => 1900 + year,
        _ => year,
    }
}

/// The year before an era's first year.
pub(super) fn era_start(era: &str) -> i32 {
    match era {
        "民国" => 1911,
        "康熙" => 1661,
        "雍正" => 1722,
        "乾隆" => 1735,
        _ => 1874,
    }
}

pub(super) fn named_day(found: &Captures) -> Option<What> {
    Some(What::Days(match &found["w"] {
        "大前天" => -3,
        "前天" | "前日" => -2,
        "昨天" | "昨日" => -1,
        "今天" | "今日" => 0,
        "明天" | "明日" => 1,
        "后天" | "后日" => 2,
        "大后天" => 3,
        _ => return None,
    }))
}

pub(super) fn offset(word: Option<regex::Match>) -> Option<i64> {
    Some(match word?.as_str().trim_end_matches('个') {
        "上上" => -2,
        "上" => -1,
        "下" => 1,
        "下下" => 2,
        _ => 0,
    })
}

pub(super) fn week_day(found: &Captures) -> Option<What> {
    let day = "一二三四五六日".chars().position(|c| found["w"].starts_with(c)).unwrap_or(6);
    Some(What::Weekday(day as i64, offset(found.name("o"))))
}

pub(super) fn whole(found: &Captures) -> Option<What> {
    Some(What::Whole(offset(found.name("o"))?, unit(&found["u"])?))
}

pub(super) fn unit(word: &str) -> Option<Unit> {
    Some(match word {
        "周末" => Unit::Weekend,
        "周" | "星期" | "礼拜" => Unit::Week,
        "月" => Unit::Month,
        "季度" => Unit::Quarter,
        "年" | "年度" => Unit::Year,
        "天" | "日" => Unit::Day,
        "小时" | "钟头" => Unit::Hour,
        "分钟" => Unit::Minute,
        "秒" | "秒钟" => Unit::Second,
        _ => return None,
    })
}

pub(super) fn many(found: &Captures) -> Option<What> {
    let back = matches!(&found["o"], "过去" | "最近" | "近" | "前" | "之前");
    let n = number(&found["n"])?;
    Some(What::Many(if back { -n } else { n }, unit(&found["u"])?))
}

pub(super) fn away(found: &Captures) -> Option<What> {
    let n = number(&found["n"])?;
    // 2015年前 is "before 2015", 十年前 "ten years ago".
    if &found["u"] == "年" && (n > 100 || found["n"].starts_with('0'))
        || &found["u"] == "月" && !found[0].contains('个')
    {
        return None;
    }
    Some(What::Away(if &found["o"] == "前" { -n } else { n }, unit(&found["u"])?))
}

pub(super) fn length(found: &Captures) -> Option<What> {
    let word = &found["u"];
    let counted = found[0].contains('个');
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
    // 三年半, 一个半小时
    let n = if found.name("half").or(found.name("more")).is_some() { n + 0.5 } else { n };
    Some(What::Length(n * unit(word)?.seconds()))
}

pub(super) fn of_year(found: &Captures) -> Option<What> {
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

pub(super) fn half(found: &Captures) -> Option<What> {
    let first = matches!(&found["h"], "上" | "前");
    Some(What::Part(Box::new(of_year(found)?), if first { 0 } else { 6 }, if first { 6 } else { 12 }))
}

pub(super) fn quarter(found: &Captures) -> Option<What> {
    let n = number(&found["q"])? as u32;
    Some(What::Part(Box::new(of_year(found)?), (n - 1) * 3, n * 3))
}

pub(super) fn decade(found: &Captures) -> Option<What> {
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
    Some(part_of_decade(found, What::Range(Day::new(start, 1, 1)?, Day::new(start + 10, 1, 1)?)))
}

/// 九十年代初, 八十年代中期, 七十年代末.
pub(super) fn part_of_decade(found: &Captures, decade: What) -> What {
    match found.name("p").and_then(|p| p.as_str().chars().next()) {
        Some('初') => What::Third(Box::new(decade), 0),
        Some('中') => What::Third(Box::new(decade), 1),
        Some(_) => What::Third(Box::new(decade), 2),
        None => decade,
    }
}

/// The month of a match: named, or seen from this one.
pub(super) fn month_of(found: &Captures) -> Option<What> {
    match found.name("o") {
        Some(o) => Some(What::Whole(offset(Some(o))?, Unit::Month)),
        None => calendar(found),
    }
}

pub(super) fn week_of(found: &Captures) -> Option<What> {
    let inner = calendar(found)?;
    let n = if found["n"].starts_with('第') { number(&found["n"])? } else { -1 };
    Some(What::WeekOf(n, Box::new(inner)))
}

pub(super) fn part_of_day(found: &Captures) -> Option<What> {
    let (from, to) = match &found["p"] {
        "凌晨" => (0, 6),
        "中午" | "正午" => (11, 13),
        "下午" | "午后" => (12, 16),
        "傍晚" => (16, 20),
        "晚间" | "晚上" | "夜间" | "夜里" | "深夜" | "午夜" | "半夜" => (20, 24),
        "黎明" => (4, 6),
        _ => (8, 12),
    };
    Some(What::Clocks(from * 3600, (to * 3600).min(86_399), false))
}

pub(super) fn many_small(found: &Captures) -> Option<What> {
    let n = if found["n"].is_empty() { 1 } else { number(&found["n"])? };
    let back = matches!(&found["o"], "之前" | "过去" | "最近" | "上");
    Some(What::Many(if back { -n } else { n }, unit(&found["u"])?))
}

pub(super) fn clock(found: &Captures) -> Option<What> {
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
pub(super) fn number(word: &str) -> Option<i64> {
    let digit = |c: char| -> Option<i64> {
        Some(match c {
            '0'..='9' => c as i64 - '0' as i64,
            '０'..='９' => c as i64 - '０' as i64,
            '〇' | '零' | '○' => 0,
            '一' => 1,
            '二' | '两' => 2,
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

/// A feast of a year, or the last and the next one; those of the moon calendar have no day here.
pub(super) fn feast(found: &Captures) -> Option<What> {
    let feast = match &found["f"] {
        "元旦" | "元旦节" | "新年" => "101",
        "情人节" => "214",
        "妇女节" | "三八妇女节" => "308",
        "植树节" => "312",
        "劳动节" | "五一节" | "五一" => "501",
        "青年节" | "五四青年节" => "504",
        "和平纪念日" => "228",
        "愚人节" => "401",
        "护士节" => "512",
        "光棍节" | "双十一" => "1111",
        "双十节" => "1010",
        "万圣夜" => "1031",
        "记者节" => "1108",
        "国家公祭日" => "1213",
        "儿童节" | "六一儿童节" => "601",
        "建军节" => "801",
        "教师节" => "910",
        "国庆节" | "十一国庆节" | "国庆" | "十一" => "1001",
        "万圣节" => "1031",
        "平安夜" => "1224",
        "圣诞节" => "1225",
        "感恩节" => "11/4/3",
        "母亲节" => "5/2/6",
        "父亲节" => "6/3/6",
        "复活节" => "easter+0",
        _ => return Some(What::Repeating),
    };
    let feast = Feast::read(feast)?;
    Some(match calendar(found) {
        Some(What::Calendar { year, .. }) => What::Feast(feast, year),
        Some(What::Whole(n, _)) => What::NearFeast(feast, n),
        _ => What::Feast(feast, None),
    })
}

/// 年底, 2018年初, 上月中旬: the early, middle or late part of a year or month.
pub(super) fn third(found: &Captures) -> Option<What> {
    // 年中 and 年终, behind a year that has its own 年.
    let which = match found["t"].trim_start_matches('年') {
        "初" | "上旬" | "上半月" => 0,
        "中" | "中旬" => 1,
        _ => 2,
    };
    let inner = match found.name("o") {
        Some(o) => {
            let unit = if found[0].contains('周') { Unit::Week } else { Unit::Month };
            What::Whole(offset(Some(o))?, unit)
        }
        None => calendar(found)
            .unwrap_or(What::Whole(0, if found[0].starts_with('月') { Unit::Month } else { Unit::Year })),
    };
    Some(What::Third(Box::new(inner), which))
}

/// 上半周, 下半周.
pub(super) fn half_week(found: &Captures) -> Option<What> {
    let which = if &found["h"] == "上" { 0 } else { 2 };
    Some(What::NthOf(
        if which == 0 { 1 } else { 4 },
        if which == 0 { 3 } else { 4 },
        Unit::Day,
        Box::new(What::Whole(0, Unit::Week)),
    ))
}

/// 2021年的第三个月.
pub(super) fn nth_month(found: &Captures) -> Option<What> {
    let n = number(&found["n"]).filter(|n| (1..=12).contains(n))? as u32;
    Some(What::Part(Box::new(calendar(found)?), n - 1, n))
}

/// A season: no two calendars begin it on one day.
pub(super) fn season(_: &Captures) -> Option<What> {
    Some(What::Repeating)
}

/// 三天内: from now on.
pub(super) fn within(found: &Captures) -> Option<What> {
    let n = number(&found["n"])?;
    // 2019年内 and 12月内 name a year and a month.
    let named = match &found["u"] {
        "年" => n > 100,
        "月" => !found[0].contains('个'),
        _ => false,
    };
    (!named).then(|| Some(What::Many(n, unit(&found["u"])?))).flatten()
}
