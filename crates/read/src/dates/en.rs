//! English words for dates.

use super::calendar::Unit;
use super::combine::{Joints, after, before, since, through};
use super::value::What;
use super::western::{Grammar, Words, build};
use std::sync::OnceLock;

pub(crate) fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| {
        build(words(), |re| Joints {
            to: re(r"^\s?(?:to|-|–|—|~|until|till|through|thru)\s?(?:the\s)?$"),
            from: re(r"\b(?:from|during)\s(?:the\s)?$"),
            between: re(r"\b(?:between)\s(?:the\s)?$"),
            and: re(r"^\s(?:and|to)\s(?:the\s)?$"),
            closing: None,
            before_piece: vec![
                (re(r"\b(?:on or )?(?:before|prior to|by|until|till|no later than|as late as|earlier than)\s(?:the\s)?$"), before as fn(Box<What>) -> What),
                (re(r"\b(?:after|later than)\s(?:the\s)?$"), after),
                (re(r"\b(?:since|starting(?: from| on)?|beginning(?: on| in)?|as early as|from)\s(?:the\s)?$"), since),
            ],
            after_piece: vec![
                (re(r"^\s(?:or|and)\s(?:later|after|onwards?)\b"), since),
                (re(r"^\s(?:or|and)\s(?:earlier|before)\b"), through),
                (re(r"^\s(?:onwards?)\b"), since),
            ],
            at: re(r"^,?\s?(?:at\s|@\s|on\s|around\s|of\s)?(?:the\s)?$"),
        })
    })
}

fn words() -> Words {
    Words {
        months: &[
            ("january", 1),
            ("february", 2),
            ("march", 3),
            ("april", 4),
            ("may", 5),
            ("june", 6),
            ("july", 7),
            ("august", 8),
            ("september", 9),
            ("october", 10),
            ("november", 11),
            ("december", 12),
            ("jan", 1),
            ("feb", 2),
            ("mar", 3),
            ("apr", 4),
            ("jun", 6),
            ("jul", 7),
            ("aug", 8),
            ("sept", 9),
            ("sep", 9),
            ("oct", 10),
            ("nov", 11),
            ("dec", 12),
        ],
        weekdays: &[
            ("monday", 0),
            ("tuesday", 1),
            ("wednesday", 2),
            ("thursday", 3),
            ("friday", 4),
            ("saturday", 5),
            ("sunday", 6),
            ("mon", 0),
            ("tues", 1),
            ("tue", 1),
            ("wed", 2),
            ("thurs", 3),
            ("thur", 3),
            ("thu", 3),
            ("fri", 4),
            ("sat", 5),
            ("sun", 6),
        ],
        days: &[
            ("today", 0),
            ("yesterday", -1),
            ("tomorrow", 1),
            ("the day before yesterday", -2),
            ("the day after tomorrow", 2),
            ("day before yesterday", -2),
            ("day after tomorrow", 2),
        ],
        units: &[
            ("second", Unit::Second),
            ("seconds", Unit::Second),
            ("sec", Unit::Second),
            ("minute", Unit::Minute),
            ("minutes", Unit::Minute),
            ("min", Unit::Minute),
            ("mins", Unit::Minute),
            ("hour", Unit::Hour),
            ("hours", Unit::Hour),
            ("hrs", Unit::Hour),
            ("h", Unit::Hour),
            ("day", Unit::Day),
            ("days", Unit::Day),
            ("night", Unit::Day),
            ("nights", Unit::Day),
            ("weekend", Unit::Weekend),
            ("weekends", Unit::Weekend),
            ("week", Unit::Week),
            ("weeks", Unit::Week),
            ("month", Unit::Month),
            ("months", Unit::Month),
            ("quarter", Unit::Quarter),
            ("quarters", Unit::Quarter),
            ("year", Unit::Year),
            ("years", Unit::Year),
            ("decade", Unit::Decade),
            ("decades", Unit::Decade),
        ],
        numbers: &[
            ("a", 1),
            ("an", 1),
            ("one", 1),
            ("two", 2),
            ("three", 3),
            ("four", 4),
            ("five", 5),
            ("six", 6),
            ("seven", 7),
            ("eight", 8),
            ("nine", 9),
            ("ten", 10),
            ("eleven", 11),
            ("twelve", 12),
            ("fifteen", 15),
            ("twenty", 20),
            ("thirty", 30),
            ("forty", 40),
            ("fifty", 50),
            ("several", 3),
            ("a few", 3),
            ("few", 3),
        ],
        ordinals: &[
            ("first", 1),
            ("second", 2),
            ("third", 3),
            ("fourth", 4),
            ("fifth", 5),
            ("sixth", 6),
            ("seventh", 7),
            ("eighth", 8),
            ("ninth", 9),
            ("tenth", 10),
            ("eleventh", 11),
            ("twelfth", 12),
            ("thirteenth", 13),
            ("fourteenth", 14),
            ("fifteenth", 15),
            ("sixteenth", 16),
            ("seventeenth", 17),
            ("eighteenth", 18),
            ("nineteenth", 19),
            ("twentieth", 20),
            ("thirtieth", 30),
            ("1st", 1),
            ("2nd", 2),
            ("3rd", 3),
            ("4th", 4),
        ],
        article: "the",
        suffix: "st|nd|rd|th",
        of: "of|in|on|for",
        now: "now|right now|at the moment|at present|currently",
        next: "next|coming|upcoming|following",
        last: "last|past|previous|preceding",
        this: "this|current|the current",
        may_follow: false,
        ago: "ago|earlier",
        ahead_before: "in|within",
        ahead_after: "from now|later|from today|hence",
        every: "every|each|every other",
        repeating: "daily|weekly|monthly|yearly|annually|biweekly|quarterly|mondays|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays",
        year_word: "the year|year|calendar year",
        week_word: "week|wk",
        quarter: "q",
        half: "h",
        decade: "the",
        morning: r"a\.?\s?m\.?|in the morning|a",
        evening: r"p\.?\s?m\.?|in the afternoon|in the evening|at night|p",
        clock_word: "o'clock|o’clock|oclock",
        clock_before: "around|about",
        to: "to|-|–|until|till|through",
        and: "and",
        from: "from",
        between: "between",
        the_hour: "at",
        early: "early|earlier|earlier in|early in|beginning of|the beginning of|start of|the start of",
        mid: "mid|middle of|the middle of",
        late: "late|later|later in|end of|the end of",
        parts_of_day: &[
            (r"in the morning|in morning|morning", (8, 12)),
            (r"in the afternoon|afternoon", (12, 16)),
            (r"in the evening|evening", (16, 20)),
            (r"at night|night|tonight", (20, 24)),
            (r"lunchtime", (11, 13)),
        ],
        own_article: "the current",
        month_first: true,
    }
}

#[cfg(test)]
mod tests {
    use crate::dates;

    #[test]
    fn expressions_of_reports() {
        let cases = [
            ("It opened on June 18, 2019.", "June 18, 2019", "2019-06-18", Some("2019-06-18")),
            ("closed on 18 June", "18 June", "2022-06-18", Some("2022-06-18")),
            ("running since 2018", "since 2018", "2018-01-01/", Some("2018-01-01/..")),
            ("between 2016 and 2018", "between 2016 and 2018", "2016-01-01/2018-01-01", Some("2016/2018")),
            ("seen last week", "last week", "2022-09-05/2022-09-12", Some("2022-09-05/2022-09-11")),
            ("two days ago they left", "two days ago", "2022-09-10", Some("2022-09-10")),
            ("in June 2019", "June 2019", "2019-06-01/2019-07-01", Some("2019-06")),
        ];
        for (text, words, value, edtf) in cases {
            let got = dates(text, Some("2022-09-12"), Some("en"));
            assert_eq!(got.len(), 1, "{text}: {got:?}");
            assert_eq!(
                (got[0].text.as_str(), got[0].values[0].as_str(), got[0].edtf.as_deref()),
                (words, value, edtf),
                "{text}"
            );
        }
        for text in ["call 020-555 0110", "you may march", "version 10.2019.1", "€2019", "192.168.20.19"] {
            assert!(dates(text, Some("2022-09-12"), Some("en")).is_empty(), "{text}");
        }
    }
}
