//! SURT keys: an address turned round so that one site's pages sort together.
//!
//! `http://www.Example.org:80/B/?b=2&a=1` becomes `org,example)/b?a=1&b=2`.
//! Every index of the field is keyed this way, so the rules are those that
//! `cdxj-indexer` applies; `tests/oracles.rs` compares the two.

use std::net::Ipv4Addr;

/// The sort key of an address; an address that cannot be taken apart is its own key.
///
/// ```
/// # use plainsight_archive::surt;
/// assert_eq!(surt("https://www.Havenkade.example/Nieuws/?p=2&a=1#x"), "example,havenkade)/nieuws?a=1&p=2");
/// ```
pub fn surt(address: &str) -> String {
    if address.is_empty() {
        return "-".into();
    }
    if address.starts_with("filedesc") {
        return address.to_owned();
    }
    key(address).unwrap_or_else(|| address.to_owned())
}

fn key(address: &str) -> Option<String> {
    let bare: Vec<u8> =
        address.trim_matches(|c: char| c.is_ascii_whitespace() || c == '\x0b').bytes().collect();
    let mut bare: Vec<u8> = bare.into_iter().filter(|byte| !b"\n\r\t".contains(byte)).collect();
    if scheme_end(&bare).is_none() {
        bare.splice(0..0, *b"http://");
    }
    let parts = Parts::read(innermost(&bare))?;
    let massage = parts.scheme != b"dns";
    let host = parts.host.map(|host| canonical_host(&host, massage));
    let path = canonical_path(parts.path, host.is_some());
    let query = parts.query.map(canonical_query).filter(|query| !query.is_empty());
    let default: u16 = match parts.scheme.to_ascii_lowercase().as_slice() {
        b"http" => 80,
        b"https" => 443,
        _ => 0,
    };
    let mut key = Vec::new();
    match host {
        None => key.extend([parts.scheme, b":"].concat()),
        Some(host) => {
            let labels: Vec<&[u8]> = host.split(|&byte| byte == b'.').rev().collect();
            key.extend(labels.join(&b','));
            if let Some(port) = parts.port.filter(|&port| port != default && port != 0) {
                key.extend(format!(":{port}").bytes());
            }
            key.push(b')');
        }
    }
    if path.is_empty() && query.is_some() {
        key.push(b'/');
    }
    key.extend(path);
    if let Some(query) = query {
        key.push(b'?');
        key.extend(query);
    }
    String::from_utf8(key).ok()
}

/// Where a scheme's colon stands.
fn scheme_end(address: &[u8]) -> Option<usize> {
    let end = address.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(byte)))?;
    (address[end] == b':' && address.first().is_some_and(u8::is_ascii_alphabetic)).then_some(end)
}

/// `http://https://site/` is how some pages write `https://site/`.
fn innermost(mut address: &[u8]) -> &[u8] {
    loop {
        let inner = address.strip_prefix(b"http://").or(address.strip_prefix(b"https://"));
        match inner {
            Some(inner) if inner.starts_with(b"http://") || inner.starts_with(b"https://") => address = inner,
            _ => return address,
        }
    }
}

/// An address in its pieces (RFC 2396, appendix B), nothing decoded yet.
struct Parts<'a> {
    scheme: &'a [u8],
    host: Option<Vec<u8>>,
    port: Option<u16>,
    path: &'a [u8],
    query: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    fn read(address: &'a [u8]) -> Option<Self> {
        let end = scheme_end(address)?;
        let (scheme, rest) = (&address[..end], &address[end + 1..]);
        let rest = &rest[..rest.iter().position(|&byte| byte == b'#').unwrap_or(rest.len())];
        let (rest, query) = match rest.iter().position(|&byte| byte == b'?') {
            Some(at) => (&rest[..at], Some(&rest[at + 1..]).filter(|query| !query.is_empty())),
            None => (rest, None),
        };
        let (authority, mut path) = match rest.strip_prefix(b"//") {
            Some(rest) => rest.split_at(rest.iter().position(|&byte| byte == b'/').unwrap_or(rest.len())),
            None => (&b""[..], rest),
        };
        let (mut host, port) = host_and_port(authority)?;
        if host.is_none() && !path.is_empty() && scheme.starts_with(b"http") {
            // `http:////////site/page`
            let from = path.iter().position(|&byte| byte != b'/').unwrap_or(path.len());
            let bare = &path[from..];
            let end = bare.iter().position(|&byte| byte == b'/').unwrap_or(bare.len());
            host = Some(bare[..end].to_vec());
            path = if end < bare.len() { &bare[end..] } else { b"/" };
        }
        Some(Self { scheme, host: host.filter(|host| !host.is_empty()), port, path, query })
    }
}

/// Host in lower case and port; `None` where the port is no number.
fn host_and_port(authority: &[u8]) -> Option<(Option<Vec<u8>>, Option<u16>)> {
    let end = authority.iter().rposition(|&byte| byte != b':').map_or(0, |last| last + 1);
    let authority = &authority[..end];
    let bare = &authority[authority.iter().rposition(|&byte| byte == b'@').map_or(0, |at| at + 1)..];
    let (host, port) = match bare.strip_prefix(b"[") {
        Some(rest) => {
            let end = rest.iter().position(|&byte| byte == b']').unwrap_or(rest.len());
            (&rest[..end], rest.get(end + 1..).unwrap_or_default().strip_prefix(b":"))
        }
        None => match bare.iter().position(|&byte| byte == b':') {
            Some(at) => (&bare[..at], Some(&bare[at + 1..])),
            None => (bare, None),
        },
    };
    let port = match port {
        None | Some([]) => None,
        Some(digits) => Some(std::str::from_utf8(digits).ok()?.parse::<u16>().ok()?),
    };
    let host = Some(host.to_ascii_lowercase()).filter(|host| !host.is_empty());
    Some((host, port))
}

fn canonical_host(host: &[u8], massage: bool) -> Vec<u8> {
    let mut host = unescaped(host);
    if !host.is_ascii()
        && let Ok(text) = std::str::from_utf8(&host)
        && let Ok(ascii) = idna::domain_to_ascii(text)
    {
        host = ascii.into_bytes();
    }
    let mut tidy: Vec<u8> = Vec::new();
    let mut at = 0;
    while at < host.len() {
        tidy.push(host[at]);
        at += if host[at..].starts_with(b"..") { 2 } else { 1 };
    }
    let from = tidy.iter().position(|&byte| byte != b'.').unwrap_or(tidy.len());
    let to = tidy.iter().rposition(|&byte| byte != b'.').map_or(from, |last| last + 1);
    let tidy = &tidy[from..to.max(from)];
    let host = match number_form(tidy) {
        Some(address) => address.to_string().into_bytes(),
        None => escaped(&tidy.to_ascii_lowercase()),
    };
    match www_prefix(&host) {
        Some(length) if massage => host[length..].to_vec(),
        _ => host,
    }
}

/// `www.`, `www2.` and the like at the front.
fn www_prefix(host: &[u8]) -> Option<usize> {
    let rest = host.strip_prefix(b"www")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (rest.get(digits) == Some(&b'.')).then_some(3 + digits + 1)
}

/// An IPv4 address in any of the spellings that `inet_aton` takes, without hexadecimal ones.
fn number_form(host: &[u8]) -> Option<Ipv4Addr> {
    let text = std::str::from_utf8(host).ok()?;
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // Wide numbers are cut to their lower four bytes, as the index of the field does.
        let low =
            text.bytes().fold(0u32, |low, digit| low.wrapping_mul(10).wrapping_add(u32::from(digit - b'0')));
        return Some(Ipv4Addr::from(low));
    }
    let parts: Vec<&str> = text.split('.').collect();
    if !(2..=4).contains(&parts.len()) {
        return None;
    }
    let mut numbers = Vec::new();
    for part in &parts {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let octal = part.len() > 1 && part.starts_with('0');
        numbers.push(u32::from_str_radix(part, if octal { 8 } else { 10 }).ok()?);
    }
    let last = numbers.pop()?;
    let room = 4 - numbers.len() as u32;
    if numbers.iter().any(|&number| number > 255) || u64::from(last) >= 1u64 << (8 * room) {
        return None;
    }
    let high = numbers.iter().enumerate().fold(0, |sum, (at, number)| sum | number << (24 - 8 * at as u32));
    Some(Ipv4Addr::from(high | last))
}

fn canonical_path(path: &[u8], in_site: bool) -> Vec<u8> {
    let path = unescaped(path);
    let path = if in_site { without_dots(&path) } else { path };
    let path = without_path_session(escaped(&path).to_ascii_lowercase());
    match path.strip_suffix(b"/") {
        Some(shorter) if !shorter.is_empty() => shorter.to_vec(),
        _ => path,
    }
}

/// `.`, `..` and empty parts go; a last empty part keeps its slash.
fn without_dots(path: &[u8]) -> Vec<u8> {
    let mut kept: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/').skip(1) {
        match part {
            b"." => {}
            b".." if kept.pop().is_some() => {}
            part => kept.push(part),
        }
    }
    let mut out = b"/".to_vec();
    if let Some((last, before)) = kept.split_last() {
        for part in before.iter().filter(|part| !part.is_empty()) {
            out.extend_from_slice(part);
            out.push(b'/');
        }
        out.extend_from_slice(last);
    }
    out
}

/// ASP.NET puts a session into the path: `/(24 characters)/page.aspx`, or
/// several `x(24 characters)` within one pair of brackets.
fn without_path_session(path: Vec<u8>) -> Vec<u8> {
    for named in [true, false] {
        for at in (0..path.len()).rev().filter(|&at| path[at] == b'(' && at > 0 && path[at - 1] == b'/') {
            if let Some(length) = session(&path[at..], named)
                && let page = &path[at + length..]
                && let Some(end) = find(page, b".aspx")
                && end > 0
                && !page[..end].contains(&b'?')
            {
                return [&path[..at], page].concat();
            }
        }
    }
    path
}

fn session(from: &[u8], named: bool) -> Option<usize> {
    const LENGTH: usize = 24;
    let sign =
        |at: usize| from.get(at..at + LENGTH).is_some_and(|id| id.iter().all(u8::is_ascii_alphanumeric));
    let mut at = 1;
    if named {
        while from.get(at).is_some_and(u8::is_ascii_alphabetic) && from.get(at + 1) == Some(&b'(') {
            if !sign(at + 2) || from.get(at + 2 + LENGTH) != Some(&b')') {
                return None;
            }
            at += 3 + LENGTH;
        }
        if at == 1 {
            return None;
        }
    } else {
        at += if sign(at) { LENGTH } else { return None };
    }
    from[at..].starts_with(b")/").then_some(at + 2)
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn canonical_query(query: &[u8]) -> Vec<u8> {
    let mut query = escaped(&unescaped(query));
    for name in ["jsessionid", "phpsessid", "sid", "aspsessionid", "cfid"] {
        query = without_session(query, name);
    }
    let query = query.to_ascii_lowercase();
    if query.len() <= 1 {
        return query;
    }
    let mut pairs: Vec<(&[u8], Option<&[u8]>)> = query
        .split(|&byte| byte == b'&')
        .map(|pair| match pair.iter().position(|&byte| byte == b'=') {
            Some(at) => (&pair[..at], Some(&pair[at + 1..])),
            None => (pair, None),
        })
        .collect();
    pairs.sort();
    let pairs: Vec<Vec<u8>> = pairs
        .into_iter()
        .map(|(name, value)| value.map_or(name.to_vec(), |value| [name, b"=", value].concat()))
        .collect();
    pairs.join(&b'&')
}

/// Takes the last session id of a kind out, if it ends the query or a `&` follows.
fn without_session(query: Vec<u8>, name: &str) -> Vec<u8> {
    let lower = query.to_ascii_lowercase();
    for at in (0..query.len()).rev() {
        let Some(rest) = lower[at..].strip_prefix(name.as_bytes()) else { continue };
        let Some(length) = session_value(name, rest) else { continue };
        let end = at + name.len() + length;
        match query.get(end) {
            None => return query[..at].to_vec(),
            Some(b'&') => return [&query[..at], &query[end + 1..]].concat(),
            Some(_) => {}
        }
    }
    query
}

/// How long `=value` is behind a session's name.
fn session_value(name: &str, rest: &[u8]) -> Option<usize> {
    let sign = |from: usize, length: usize, fits: fn(&u8) -> bool| {
        rest.get(from..from + length).is_some_and(|value| value.iter().all(fits)).then_some(from + length)
    };
    match name {
        "aspsessionid" => {
            let at = sign(0, 8, u8::is_ascii_alphabetic)?;
            if rest.get(at) != Some(&b'=') {
                return None;
            }
            sign(at + 1, 24, u8::is_ascii_alphabetic)
        }
        "cfid" => {
            let middle = find(rest, b"&cftoken=").filter(|&at| at > 1 && rest[0] == b'=')?;
            if rest[..middle].contains(&b'&') {
                return None;
            }
            let token = rest[middle + 9..].iter().take_while(|&&byte| byte != b'&').count();
            (token > 0).then_some(middle + 9 + token)
        }
        _ if rest.first() == Some(&b'=') => sign(1, 32, u8::is_ascii_alphanumeric),
        _ => None,
    }
}

/// `%41` becomes `A`, and what that makes is looked at again: `%2541` is the
/// same page for the field's indexes. One pass, because an address of a
/// megabyte of `%25` would otherwise take half a million.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        out.push(byte);
        while let [.., b'%', high, low] = out[..]
            && high.is_ascii_hexdigit()
            && low.is_ascii_hexdigit()
        {
            let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
            out.truncate(out.len() - 3);
            out.push(digit(high) << 4 | digit(low));
        }
    }
    out
}

/// Escapes what is no printable ASCII, and `#` and `%`.
fn escaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for &byte in bytes {
        if (0x21..0x7f).contains(&byte) && byte != b'#' && byte != b'%' {
            out.push(byte);
        } else {
            out.extend(format!("%{byte:02X}").bytes());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_the_pages_of_a_site_together() {
        for (address, wanted) in [
            ("http://www.Zilverhaven.example/", "example,zilverhaven)/"),
            ("https://zilverhaven.example", "example,zilverhaven)/"),
            ("http://www3.zilverhaven.example:80/A/B/../C//d/", "example,zilverhaven)/a/c/d"),
            ("http://zilverhaven.example:8080/?", "example,zilverhaven:8080)/"),
            ("https://zilverhaven.example/?b=2&a=1&c#top", "example,zilverhaven)/?a=1&b=2&c"),
            ("http://银港.example/新闻", "example,xn--j6w304f)/%e6%96%b0%e9%97%bb"),
            ("http://zilverhaven.example/a%2541b", "example,zilverhaven)/aab"),
            ("http://3221225985/x", "1,2,0,192)/x"),
            ("http://10.1/", "1,0,0,10)/"),
            ("http://https://zilverhaven.example/x", "example,zilverhaven)/x"),
            ("dns:www.zilverhaven.example", "dns:www.zilverhaven.example"),
            ("urn:pageinfo:https://zilverhaven.example/", "urn:pageinfo:https://zilverhaven.example"),
            ("file:///map/blad.txt", "file:/map/blad.txt"),
            ("filedesc://x.arc", "filedesc://x.arc"),
            (
                "http://zilverhaven.example/(s(abcdefghijklmnopqrstuvwx))/p.aspx",
                "example,zilverhaven)/p.aspx",
            ),
            (
                "http://zilverhaven.example/?x=1&PHPSESSID=0123456789abcdefghijklmnopqrstuv&y=2",
                "example,zilverhaven)/?x=1&y=2",
            ),
            ("http://zilverhaven.example:x/", "http://zilverhaven.example:x/"),
            ("", "-"),
        ] {
            assert_eq!(surt(address), wanted, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_address_makes_it_panic(address in "\\PC{0,60}", tail in "[a-z0-9%:/?&=.#()\\[\\]@-]{0,60}") {
            surt(&address);
            surt(&format!("http://{tail}"));
            surt(&tail);
        }
    }
}
