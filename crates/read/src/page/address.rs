//! What the address of a page says of its day.

use super::months::first_day;
use plainsight_text::Day;
use regex::Regex;
use std::sync::OnceLock;

/// Whether an address is that of a site and of no page in it.
pub(super) fn is_front(address: &str) -> bool {
    address.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').split('/').count() == 1)
}

/// Front pages, handbooks and shops change and are not published on a day; what they show or state is a build or another
/// page's day.
pub(super) fn is_undated(address: &str) -> bool {
    let Some((host, path)) =
        address.split_once("://").map(|(_, rest)| rest.split_once('/').unwrap_or((rest, "")))
    else {
        return false;
    };
    let handbook = |part: &str| {
        matches!(
            part,
            "docs" | "documentation" | "shop" | "store" | "products" | "product" | "collections" | "services"
        )
    };
    path.is_empty() || host.split('.').any(handbook) || path.split(['/', '?']).any(handbook)
}

/// `/2023/05/12/`, `/2023-05-12/`, `/20230512/`, `/2023-05/12/`, `t20230512_`.
pub(super) fn in_address(address: &str) -> Option<Day> {
    static DAY: OnceLock<Regex> = OnceLock::new();
    let pattern = DAY.get_or_init(|| {
        // In `/2003-09/17.htm` the last number is the page's, not the day's.
        Regex::new(r"[/_t-]((?:19|20)\d\d)(?:-([01]\d)/([0-3]\d)(?:/|$)|[/-]?([01]\d)-?([0-3]\d)(?:[/_.-]|$)|/?([01]\d)/([0-3]\d)(?:[/_.-]|$))")
            .expect("the pattern is a constant")
    });
    if !address.starts_with("http") {
        return None;
    }
    static DAY_FIRST: OnceLock<Regex> = OnceLock::new();
    let day_first = DAY_FIRST.get_or_init(|| {
        Regex::new(r"[/_-]([0-3]\d)-([01]\d)-((?:19|20)\d\d)(?:[/_.-]|$)").expect("the pattern is a constant")
    });
    let day = pattern.captures_iter(address).find_map(|c| {
        let part = |one: usize| c.get(one).or(c.get(one + 2)).or(c.get(one + 4)).map_or("", |m| m.as_str());
        first_day(&format!("{}-{}-{}", &c[1], part(2), part(3)))
    });
    day.or_else(|| {
        day_first.captures_iter(address).find_map(|c| first_day(&format!("{}-{}-{}", &c[3], &c[2], &c[1])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_its_day() {
        let cases = [
            ("https://krant.example/2023/05/12/bureau", Some("2023-05-12")),
            ("http://gov.example/art/2019-06/18/content_1.htm", Some("2019-06-18")),
            ("http://gov.example/xw/t20190618_4412.html", Some("2019-06-18")),
            ("https://bond.example/meldingen/29-10-2021", Some("2021-10-29")),
            ("https://krant.example/20231399/x", None),
            ("http://gaj.example/gonggao/2003-09/17.htm", None),
            ("https://krant.example/2023/05/12.html", Some("2023-05-12")),
            ("https://krant.example/2023-05-12.html", Some("2023-05-12")),
            ("https://krant.example/202305/12/", Some("2023-05-12")),
            ("https://krant.example/artikel-2023", None),
        ];
        for (address, want) in cases {
            assert_eq!(in_address(address).map(|d| d.to_string()).as_deref(), want, "{address}");
        }
    }

    #[test]
    fn front_pages_and_handbooks_have_no_day() {
        for (address, undated) in [
            ("https://krant.example/", true),
            ("https://krant.example", true),
            ("https://docs.tool.example/start", true),
            ("https://tool.example/docs/auth", true),
            ("https://winkel.example/products/lamp", true),
            ("https://krant.example/nieuws/bureau", false),
            ("http://gov.example/?id=44", false),
            ("https://krant.example/mydocs-verhaal", false),
        ] {
            assert_eq!(is_undated(address), undated, "{address}");
        }
    }
}
