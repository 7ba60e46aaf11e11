//! What a person typed or a server named, as an address that may be asked for.
//!
//! The rules of spelling are the URL Standard's (crate `url`), so a host has
//! one spelling from here on: `0x7f.1`, `2130706433` and `①27.0.0.1` are `127.0.0.1`.

use crate::Refusal;
use url::{Host, Url};

/// Longer addresses are not asked for; servers commonly stop at 8,000 octets too (RFC 9110, section 4.1).
const LONGEST: usize = 8192;

/// Ports that no page is ever asked on: the URL of a page must not make us
/// speak to a mail server (Fetch Standard, "port blocking").
const BLOCKED_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

/// An http or https address without name, password and fragment.
///
/// ```
/// use plainsight_collect::Address;
/// let address = Address::typed("HTTP://Zilverhaven.org/a b#c").unwrap();
/// assert_eq!(address.as_str(), "http://zilverhaven.org/a%20b");
/// let refused = Address::typed("https://ilse:secret@zilverhaven.org/").unwrap_err();
/// assert!(!refused.to_string().contains("secret"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    url: Url,
}

impl Address {
    /// Reads what a person typed. The refusal never contains a name or password.
    pub fn typed(typed: &str) -> Result<Self, Refusal> {
        let typed = typed.trim();
        if typed.len() > LONGEST {
            let why = format!("it is longer than {LONGEST} octets");
            return Err(Refusal::Unreadable { address: "the address".to_owned(), why });
        }
        Self::checked(Url::parse(typed), typed)
    }

    /// Reads where a server points to: a `Location` (RFC 9110, section 10.2.2) relative to this address.
    pub fn follow(&self, location: &[u8]) -> Result<Self, Refusal> {
        let location = printable(location);
        let location = location.trim();
        if location.len() > LONGEST {
            let why = format!("it is longer than {LONGEST} octets");
            return Err(Refusal::Unreadable { address: "the next address".to_owned(), why });
        }
        Self::checked(self.url.join(location), location)
    }

    fn checked(url: Result<Url, url::ParseError>, typed: &str) -> Result<Self, Refusal> {
        let mut url =
            url.map_err(|why| Refusal::Unreadable { address: without_secrets(typed), why: why.to_string() })?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme { scheme: url.scheme().to_owned() });
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::Credentials { address: without_secrets(typed) });
        }
        let Some(host) = url.host_str().map(str::to_owned) else {
            let why = "it names no host".to_owned();
            return Err(Refusal::Unreadable { address: without_secrets(typed), why });
        };
        if let Some(port) = url.port().filter(|port| BLOCKED_PORTS.contains(port)) {
            return Err(Refusal::BlockedPort { host, port });
        }
        url.set_fragment(None);
        Ok(Self { url })
    }

    /// The address as it is asked for and recorded.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The host as the address has it, IPv6 in brackets.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// The host, as a name or an IP address.
    pub(crate) fn parsed_host(&self) -> Option<Host<&str>> {
        self.url.host()
    }

    /// The port, 80 and 443 by default.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// Whether the way there is encrypted.
    pub fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Scheme, host and port: the reach of one robots.txt (RFC 9309, section 2.3).
    pub fn origin(&self) -> String {
        format!("{}://{}:{}", self.url.scheme(), self.host(), self.port())
    }

    /// Another path of the same origin, without query.
    pub fn with_path(&self, path: &str) -> Self {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(None);
        Self { url }
    }

    /// The target of a request (RFC 9112, section 3.2.1): path and query.
    pub fn target(&self) -> String {
        match self.url.query() {
            Some(query) => format!("{}?{query}", self.url.path()),
            None => self.url.path().to_owned(),
        }
    }

    /// The `Host` field: the port only where it is not the scheme's own.
    pub fn host_field(&self) -> String {
        match self.url.port() {
            Some(port) => format!("{}:{port}", self.host()),
            None => self.host().to_owned(),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An address as it may be written down: without name and password, also when
/// it cannot be read. Whoever keeps a refusal keeps this, never what was typed.
///
/// ```
/// # use plainsight_collect::without_secrets;
/// assert_eq!(without_secrets("ftp://ilse:pw@zilverhaven.org/x"), "ftp://zilverhaven.org/x");
/// assert_eq!(without_secrets("http:ilse:pw@zilverhaven.org/x"), "http:…");
/// assert_eq!(without_secrets("https://zilverhaven.org/@ilse"), "https://zilverhaven.org/@ilse");
/// ```
pub fn without_secrets(typed: &str) -> String {
    // A line break would make two lines of one in whatever it is written to.
    let typed: String = typed.trim().chars().filter(|c| !c.is_control()).collect();
    let typed = typed.as_str();
    if let Ok(url) = Url::parse(typed)
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
    {
        return typed.to_owned();
    }
    // What cannot be read, or has a name in it, loses all up to the last sign
    // that could end one, in each spelling of the sign.
    let at =
        ["@", "＠", "﹫", "%40"].iter().filter_map(|at| typed.rfind(at).map(|from| from + at.len())).max();
    match (typed.split_once(':'), at) {
        // Without its two strokes nobody can tell where a name in it ends.
        (Some((scheme, rest)), _) if !rest.starts_with("//") => format!("{scheme}:…"),
        (Some((scheme, _)), Some(at)) if at > scheme.len() => format!("{scheme}://{}", &typed[at..]),
        (_, Some(at)) => typed[at..].to_owned(),
        (_, None) => typed.to_owned(),
    }
}

/// Octets of a header as text: what is not UTF-8 is percent-encoded octet by octet.
fn printable(octets: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(octets) {
        return text.to_owned();
    }
    let one = |octet: &u8| {
        if octet.is_ascii() { char::from(*octet).to_string() } else { format!("%{octet:02X}") }
    };
    octets.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_has_one_spelling() {
        let table = [
            ("http://2130706433/", "127.0.0.1"),
            ("http://0x7f000001/", "127.0.0.1"),
            ("http://0177.0.0.01/", "127.0.0.1"),
            ("http://0x7f.1/", "127.0.0.1"),
            ("http://127.1./", "127.0.0.1"),
            ("http://１２７．０．０．１/", "127.0.0.1"),
            ("http://127。0。0。1/", "127.0.0.1"),
            ("http:\\\\127.0.0.1\\x", "127.0.0.1"),
            ("http:127.0.0.1", "127.0.0.1"),
            ("h\tttp://127.0.\n0.1/", "127.0.0.1"),
            ("http://[0:0:0:0:0:ffff:127.0.0.1]/", "[::ffff:7f00:1]"),
            ("http://%31%32%37.0.0.1/", "127.0.0.1"),
            ("http://LOCALHOST./", "localhost."),
            ("http://Bürger.example.net/", "xn--brger-kva.example.net"),
        ];
        for (typed, host) in table {
            let address = Address::typed(typed).unwrap_or_else(|why| panic!("{typed}: {why}"));
            assert_eq!(address.host(), host, "{typed}");
        }
    }

    #[test]
    fn what_is_no_page_is_refused_and_no_secret_is_repeated() {
        let table = [
            ("ftp://zilverhaven.org/", "ftp"),
            ("file:///etc/passwd", "file"),
            ("gopher://127.0.0.1:25/x", "gopher"),
            ("javascript:alert(1)", "javascript"),
            ("view-source:http://zilverhaven.org/", "view-source"),
            ("http://", "empty host"),
            ("http://zilverhaven.org:99999/", "port"),
            ("http://[fe80::1%25eth0]/", "IPv6"),
            ("http://zilverhaven.org:25/", "port 25"),
            ("https://zilverhaven.org:6667/", "port 6667"),
            ("http://ilse:Gehe1m@zilverhaven.org/", "name or password"),
            ("http://Gehe1m@zilverhaven.org/", "name or password"),
            ("http://:Gehe1m@zilverhaven.org/", "name or password"),
            ("ftp://ilse:Gehe1m@zilverhaven.org/", "ftp"),
            ("http://ilse:Gehe1m@zilver haven.org/", "zilver haven.org"),
            ("http://ilse:Gehe1m@[::1/", "[::1/"),
            ("http://ilse:Gehe1m＠zilverhaven.org/", "zilverhaven.org"),
            ("http:ilse:Gehe1m@zilverhaven.org", "name or password"),
            ("http:/\\ilse:Gehe1m@zilverhaven.org", "name or password"),
            ("http://a:Gehe1m@b:Gehe1m@zilverhaven.org/", "name or password"),
        ];
        for (typed, expected) in table {
            let why = Address::typed(typed).expect_err(typed);
            let said = format!("{why} {why:?}");
            assert!(said.contains(expected), "{typed}: {said}");
            assert!(!said.contains("Gehe1m") && !said.contains("ilse"), "{typed}: {said}");
        }
    }

    #[test]
    fn what_is_written_down_of_an_address_holds_no_secret() {
        let table = [
            ("https://ilse:Gehe1m@zilverhaven.org/x@y", "https://y"),
            ("https://zilverhaven.org/x@y", "https://zilverhaven.org/x@y"),
            ("http://ilse:Geh/e1m@zilverhaven.org/x", "http://zilverhaven.org/x"),
            ("http://[2001:db8::1]:8080/x", "http://[2001:db8::1]:8080/x"),
            ("http://ilse:Gehe1m@[2001:db8::a]/x", "http://[2001:db8::a]/x"),
            ("javascript:Gehe1m", "javascript:…"),
            ("ilse:Gehe1m@zilverhaven.org", "ilse:…"),
        ];
        for (typed, shown) in table {
            assert_eq!(without_secrets(typed), shown, "{typed}");
        }
    }

    #[test]
    fn a_server_may_point_elsewhere() {
        let from = Address::typed("https://zilverhaven.org/a/b?c#d").expect("an address");
        let table: [(&[u8], &str); 7] = [
            (b"e", "https://zilverhaven.org/a/e"),
            (b"/f#g", "https://zilverhaven.org/f"),
            (b"//kade.net/x", "https://kade.net/x"),
            (b" http://kade.net:8080/x ", "http://kade.net:8080/x"),
            (b"?h", "https://zilverhaven.org/a/b?h"),
            ("/\u{4f60}".as_bytes(), "https://zilverhaven.org/%E4%BD%A0"),
            (b"/\xc4\xe3", "https://zilverhaven.org/%C4%E3"),
        ];
        for (location, to) in table {
            assert_eq!(from.follow(location).expect("an address").as_str(), to);
        }
        assert!(from.follow(b"http://x:y@kade.net/").is_err());
        assert!(from.follow(&vec![b'a'; 10_000]).is_err());
    }

    #[test]
    fn the_request_names_path_and_host() {
        let address = Address::typed("http://kade.net:8080/a?b=1").expect("an address");
        assert_eq!((address.target().as_str(), address.host_field().as_str()), ("/a?b=1", "kade.net:8080"));
        assert_eq!(Address::typed("https://kade.net:443").expect("an address").host_field(), "kade.net");
    }

    proptest::proptest! {
        #[test]
        fn no_secret_is_ever_repeated(
            scheme in "(https?|ftp|x)?:?[/\\\\]{0,3}",
            name in "[a-z:%]{0,4}",
            at in "(@|＠|%40)",
            rest in "[a-z.:/@\\[ ?#%0-9]{0,12}",
        ) {
            let typed = format!("{scheme}{name}:Gehe1m{at}{rest}");
            // A sign of the second or third kind inside a path is part of the path.
            let meant = Url::parse(&typed).is_ok_and(|url| url.has_host() && url.username().is_empty());
            if !meant {
                let said = format!("{} {:?}", without_secrets(&typed), Address::typed(&typed).err());
                proptest::prop_assert!(!said.contains("Gehe1m"), "{typed}: {said}");
            }
        }
    }
}
