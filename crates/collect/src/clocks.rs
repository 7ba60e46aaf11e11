//! Two clocks: ours, and the one that a server names.

use std::time::Duration;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, PrimitiveDateTime, UtcOffset};

/// Reads a `Date` field in each of the three forms of RFC 9110, section 5.6.7.
pub(crate) fn http_date(value: &str) -> Option<OffsetDateTime> {
    let today = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    let asctime = format_description!(
        "[weekday repr:short] [month repr:short] [day padding:space] [hour]:[minute]:[second] [year]"
    );
    let value = value.trim();
    let read = PrimitiveDateTime::parse(value, today).or_else(|_| PrimitiveDateTime::parse(value, asctime));
    read.ok().map(PrimitiveDateTime::assume_utc).or_else(|| rfc850(value))
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`; the year is the nearest that does not lie
/// more than 50 years ahead, which for a clock means this century.
fn rfc850(value: &str) -> Option<OffsetDateTime> {
    let (_, rest) = value.split_once(", ")?;
    let form = format_description!("[day]-[month repr:short]-[year] [hour]:[minute]:[second] GMT");
    let (day, month) = (rest.get(..2)?, rest.get(3..6)?);
    let (year, time) = (rest.get(7..9)?, rest.get(9..)?);
    PrimitiveDateTime::parse(&format!("{day}-{month}-20{year}{time}"), form)
        .ok()
        .map(PrimitiveDateTime::assume_utc)
}

/// A moment as RFC 3339 in UTC.
pub(crate) fn rfc3339(moment: OffsetDateTime) -> Option<String> {
    moment.to_offset(UtcOffset::UTC).format(&Rfc3339).ok()
}

/// Seconds by which a server's clock is ahead of ours, which showed `started` so long ago.
pub(crate) fn ahead(server: OffsetDateTime, started: &str, waited: Duration) -> Option<i64> {
    let ours = OffsetDateTime::parse(started, &Rfc3339).ok()?;
    let waited = i64::try_from(waited.as_secs()).ok()?;
    Some(server.unix_timestamp() - ours.unix_timestamp() - waited)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_clock_is_read_in_three_forms() {
        let table = [
            ("Sun, 06 Nov 2022 08:49:37 GMT", Some("2022-11-06T08:49:37Z")),
            ("Sunday, 06-Nov-22 08:49:37 GMT", Some("2022-11-06T08:49:37Z")),
            ("Sun Nov  6 08:49:37 2022", Some("2022-11-06T08:49:37Z")),
            ("2022-11-06", None),
            ("Sun, 31 Feb 2022 08:49:37 GMT", None),
            ("Sün, é", None),
            ("", None),
        ];
        for (value, expected) in table {
            assert_eq!(http_date(value).and_then(rfc3339).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn the_difference_is_the_servers_minus_ours() {
        let server = http_date("Sun, 06 Nov 2022 08:49:37 GMT").expect("a date");
        let ahead = |started| ahead(server, started, Duration::from_secs(2));
        assert_eq!(ahead("2022-11-06T08:49:35Z"), Some(0));
        assert_eq!(ahead("2022-11-06T08:49:00Z"), Some(35));
        assert_eq!(ahead("2022-11-06T09:49:35Z"), Some(-3600));
        assert_eq!(ahead("yesterday"), None);
    }
}
