//! Times nobody counts exactly (近年来, 几天前) and times told by the age: 上世纪九十年代, 昨晚.

use super::makers::{number, offset, part_of_decade};
use crate::dates::calendar::Unit;
use crate::dates::value::What;
use plainsight_text::Day;
use regex::Captures;

/// 几天前, 近几年, 这几天: a time without a number has no value. None is made up.
pub(super) fn several(_: &Captures) -> Option<What> {
    Some(What::Repeating)
}

/// 半年前, 半个月后, 两年半前.
pub(super) fn around(found: &Captures) -> Option<What> {
    let n = if &found["o"] == "前" { -1 } else { 1 };
    if found.name("half").is_some() {
        let whole = number(&found["n"])?;
        return Some(if &found["u"] == "年" {
            What::Away(n * (whole * 12 + 6), Unit::Month)
        } else {
            What::Away(n * (whole * 30 + 15), Unit::Day)
        });
    }
    Some(match &found["u"] {
        "年" => What::Away(n * 6, Unit::Month),
        "月" => What::Away(n * 15, Unit::Day),
        "天" => What::Away(n * 12, Unit::Hour),
        "小时" => What::Away(n * 30, Unit::Minute),
        _ => return Some(What::Repeating),
    })
}

/// 上半月, 下半月 of this month.
pub(super) fn named_part(found: &Captures, unit: Unit) -> Option<What> {
    let which = if &found["h"] == "上" { 0 } else { 2 };
    Some(What::Third(Box::new(What::Whole(0, unit)), which))
}

/// 20世纪, 上世纪, 二十世纪末.
pub(super) fn century(found: &Captures) -> Option<What> {
    let whole = match (found.name("c"), found.name("o")) {
        (Some(n), _) => {
            let start = i32::try_from((number(n.as_str())? - 1) * 100).ok()?;
            What::Range(Day::new(start, 1, 1)?, Day::new(start + 100, 1, 1)?)
        }
        (_, o) => What::Whole(offset(o)?, Unit::Century),
    };
    Some(match found.name("t").map(|t| t.as_str()) {
        Some("初") => What::Third(Box::new(whole), 0),
        Some("中叶" | "中期") => What::Third(Box::new(whole), 1),
        Some(_) => What::Third(Box::new(whole), 2),
        None => whole,
    })
}

/// 上世纪九十年代, 九十年代: without a century the one that has just passed.
pub(super) fn numbered_age(found: &Captures) -> Option<What> {
    let ten = match number(&found["t"])? {
        n if n < 10 => n * 10,
        n => n,
    };
    let start = match found.name("o").map(|o| offset(Some(o))) {
        // The centuries of whoever writes now: pages are younger than 2000.
        Some(n) => 2000 + n? * 100 + ten,
        None => 1900 + ten,
    };
    let start = i32::try_from(start).ok()?;
    Some(part_of_decade(found, What::Range(Day::new(start, 1, 1)?, Day::new(start + 10, 1, 1)?)))
}

/// 昨晚, 今早, 明天晚上.
pub(super) fn night(found: &Captures) -> Option<What> {
    let day = match &found["o"] {
        "昨" => -1,
        "今" => 0,
        "明" => 1,
        "前" => -2,
        "后" => 2,
        _ => return Some(What::Repeating),
    };
    let (from, to) = match &found["p"] {
        "凌晨" => (0, 6),
        "早" | "晨" | "早上" | "清晨" => (8, 12),
        _ => (20, 24),
    };
    Some(What::DayClocks(Box::new(What::Days(day)), from * 3600, (to * 3600).min(86_399), false))
}
