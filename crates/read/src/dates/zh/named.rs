//! What Chinese papers name without counting it in days: dates of the moon calendar, the next day, five-year
//! plans, the weekday of a month.

use super::makers::{calendar, month_of, number};
use crate::dates::calendar::Unit;
use crate::dates::value::What;
use plainsight_text::Day;
use regex::Captures;

/// 农历八月十五, 正月初一, 大年三十: a text only. Turning it into a day needs tables of the moon, and a year.
pub(super) fn lunar(_: &Captures) -> Option<What> {
    Some(What::Repeating)
}

/// 次日, 同日: a day that stands somewhere in the text; without it nobody knows which.
pub(super) fn pointed_day(found: &Captures) -> Option<What> {
    let days = i64::from(!matches!(&found["w"], "同日" | "同一天" | "当天"));
    Some(What::Loose(Box::new(What::Days(days))))
}

/// 十三五期间: the five years of a plan. The third began in 1966, and since then each where the last ended.
pub(super) fn plan(found: &Captures) -> Option<What> {
    let start = 1966 + (i32::try_from(number(&found["n"])?).ok()? - 3) * 5;
    (start >= 1966).then_some(())?;
    Some(What::Range(Day::new(start, 1, 1)?, Day::new(start + 5, 1, 1)?))
}

/// 四月的最后一个星期一, 2021年6月第一个周日.
pub(super) fn weekday_of_month(found: &Captures) -> Option<What> {
    let n = if found["n"].starts_with('第') { number(&found["n"])? } else { -1 };
    let day = "一二三四五六日".chars().position(|c| found["w"].starts_with(c)).unwrap_or(6);
    Some(What::NthWeekday(n, day as i64, Box::new(month_of(found)?)))
}

/// 去年的前10天, 2021年前三个月, 6月最后三天.
pub(super) fn ends_of(found: &Captures) -> Option<What> {
    let count = number(&found["n"]).filter(|n| *n > 0)?;
    let unit = super::makers::unit(&found["u"])?;
    let inner = calendar(found)?;
    let first = if &found["e"] == "前" { 1 } else { -1 };
    (first == 1 || count == 1).then(|| What::NthOf(first, count, unit, Box::new(inner)))
}

/// 上旬, 年内: of a month and a year that nobody named.
pub(super) fn unnamed(found: &Captures) -> Option<What> {
    Some(What::Loose(Box::new(match &found["w"] {
        "上旬" => What::Third(Box::new(What::Whole(0, Unit::Month)), 0),
        "中旬" => What::Third(Box::new(What::Whole(0, Unit::Month)), 1),
        "下旬" => What::Third(Box::new(What::Whole(0, Unit::Month)), 2),
        "月内" => What::Whole(0, Unit::Month),
        _ => What::Whole(0, Unit::Year),
    })))
}

/// 7月25日早, 3日晚.
pub(super) fn day_with_part(found: &Captures) -> Option<What> {
    let (from, to) = match &found["p"] {
        "早" | "晨" => (8 * 3600, 12 * 3600),
        _ => (20 * 3600, 86_399),
    };
    Some(What::DayClocks(Box::new(calendar(found)?), from, to, false))
}
