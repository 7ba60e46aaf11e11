//! The door: who may come in at all.
//!
//! Other programs of this laptop can serve pages from 127.0.0.1 too, so no
//! cookie is safe here; the secret stands in the path. A page of the web can
//! rebind its name to 127.0.0.1, which only an exact `Host` stops. A page on
//! another local port sends `Sec-Fetch-Site: same-site`, which is refused
//! like `cross-site`. Whoever does not pass learns nothing: 404, empty body.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use std::time::{Duration, Instant};

/// How long the one-time address lives.
pub(crate) const ONE_TIME: Duration = Duration::from_secs(60);

/// The two secrets and the port of a running interface.
#[derive(Clone)]
pub(crate) struct Doors {
    /// In front of every page: 32 hex digits.
    pub(crate) secret: String,
    /// In front of archived bytes, which never stand at the interface's address.
    pub(crate) frame: String,
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
}

/// 128 random bits as hex.
pub(crate) fn new_secret() -> Result<String, getrandom::Error> {
    let mut bits = [0u8; 16];
    getrandom::fill(&mut bits)?;
    Ok(data_encoding::HEXLOWER.encode(&bits))
}

/// Compares without telling by its duration where the two differ.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut differs = u8::from(a.len() != b.len());
    for (x, y) in a.iter().zip(b) {
        differs |= x ^ y;
    }
    std::hint::black_box(differs) == 0
}

/// Tells whether the headers are those of this interface's own pages, of an
/// address typed by hand, or of a program without a browser.
pub(crate) fn admits(method: &Method, headers: &HeaderMap, port: u16) -> bool {
    let mut hosts = headers.get_all("host").iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let names = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    if hosts.next().is_some() || !names.iter().any(|name| name == host) {
        return false;
    }
    let mut sites = headers.get_all("sec-fetch-site").iter();
    let site = sites.next().map_or("none", |site| site.to_str().unwrap_or("?"));
    if sites.next().is_some() || !matches!(site, "same-origin" | "none") {
        return false;
    }
    match *method {
        Method::GET | Method::HEAD => true,
        // Under `no-referrer` a browser writes `null` for the pages' own forms
        // too; what a sandboxed foreign frame posts comes as `cross-site`.
        Method::POST => headers.get("origin").is_none_or(|origin| {
            let own = origin.to_str().is_ok_and(|origin| origin == format!("http://{host}"));
            own || (origin.as_bytes() == b"null" && site == "same-origin")
        }),
        _ => false,
    }
}

/// The token of `serve --open`: it may stand in a process list, so it works
/// once and for a minute.
pub(crate) struct OneTime {
    token: Option<String>,
    since: Instant,
}

impl OneTime {
    pub(crate) fn new(token: String) -> Self {
        Self { token: Some(token), since: Instant::now() }
    }

    /// Tells whether `token` opens; it does so once.
    pub(crate) fn opens(&mut self, token: &str) -> bool {
        let fits = self.token.as_deref().is_some_and(|kept| same(kept, token));
        let fresh = self.since.elapsed() < ONE_TIME;
        if fits || !fresh {
            self.token = None;
        }
        fits && fresh
    }
}

const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const FOREIGN_POLICY: &str =
    "sandbox; default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'";
const NOTHING_ALLOWED: &str = "accelerometer=(), autoplay=(), bluetooth=(), camera=(), display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), microphone=(), midi=(), payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), web-share=(), xr-spatial-tracking=()";

/// The headers of every answer; `foreign` is what somebody else wrote.
pub(crate) fn armour(headers: &mut HeaderMap, foreign: bool) {
    let policy = if foreign { FOREIGN_POLICY } else { PAGE_POLICY };
    for (name, value) in [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", NOTHING_ALLOWED),
        ("x-dns-prefetch-control", "off"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_the_exact_host_and_its_own_pages_come_in() {
        let own_form = [("host", "127.0.0.1:4000"), ("origin", "null"), ("sec-fetch-site", "same-origin")];
        type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], bool);
        let cases: [Case; 13] = [
            ("POST", &own_form, true),
            ("GET", &[("host", "127.0.0.1:4000")], true),
            ("GET", &[("host", "localhost:4000"), ("sec-fetch-site", "none")], true),
            ("GET", &[("host", "127.0.0.1:4001")], false),
            ("GET", &[("host", "127.0.0.1")], false),
            ("GET", &[("host", "rebind.example:4000")], false),
            ("GET", &[], false),
            ("GET", &[("host", "127.0.0.1:4000"), ("sec-fetch-site", "same-site")], false),
            ("GET", &[("host", "127.0.0.1:4000"), ("sec-fetch-site", "cross-site")], false),
            ("POST", &[("host", "127.0.0.1:4000"), ("origin", "http://127.0.0.1:4000")], true),
            ("POST", &[("host", "127.0.0.1:4000"), ("origin", "null")], false),
            ("POST", &[("host", "127.0.0.1:4000"), ("origin", "http://127.0.0.1:5000")], false),
            ("DELETE", &[("host", "127.0.0.1:4000")], false),
        ];
        for (method, pairs, admitted) in cases {
            let pairs: Vec<_> = pairs.iter().map(|(n, v)| (leak(n), leak(v))).collect();
            let method = method.parse().expect("method");
            assert_eq!(admits(&method, &headers(&pairs), 4000), admitted, "{method} {pairs:?}");
        }
    }

    fn leak(text: &str) -> &'static str {
        Box::leak(text.to_owned().into_boxed_str())
    }

    #[test]
    fn a_second_host_line_is_refused() {
        let mut two = headers(&[("host", "127.0.0.1:4000")]);
        two.append("host", HeaderValue::from_static("rebind.example"));
        assert!(!admits(&Method::GET, &two, 4000));
    }

    #[test]
    fn secrets_are_long_different_and_compared_whole() {
        let (a, b) = (new_secret().expect("random"), new_secret().expect("random"));
        assert_eq!((a.len(), a == b), (32, false));
        assert!(same(&a, &a) && !same(&a, &b) && !same(&a, &a[..31]) && !same("", &a));
    }

    #[test]
    fn a_one_time_token_opens_once() {
        let mut door = OneTime::new("abc".into());
        assert!(!door.opens("abd"));
        assert!(door.opens("abc"));
        assert!(!door.opens("abc"));
    }
}
