//! Web addresses, mail addresses and addresses of the Internet protocol.

use idna::AsciiDenyList;
use idna::uts46::{DnsLength, Hyphens, Uts46};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use unicode_normalization::UnicodeNormalization;

/// The schemes that a web address may have.
const SCHEMES: [&str; 7] = ["http", "https", "ftp", "mailto", "file", "s3", "gs"];

/// An address in its shortest writing.
pub(super) fn ip(text: &str) -> Option<String> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(address.to_string());
    }
    let (address, zone) = match text.split_once('%') {
        Some((_, zone)) if zone.is_empty() || zone.contains('%') => return None,
        Some((address, zone)) => (address, format!("%{zone}")),
        None => (text, String::new()),
    };
    let address: Ipv6Addr = address.parse().ok()?;
    // The reference writes an embedded address of version 4 in hexadecimal like the rest.
    let shown = match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => format!("::ffff:{high:x}:{low:x}"),
        _ => address.to_string(),
    };
    Some(shown + &zone)
}

/// The most characters before the sign.
const LONGEST_LOCAL: usize = 64;

/// A mail address with its host in its own letters, in lower case.
pub(super) fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let (local, host) = text.strip_prefix("mailto:").unwrap_or(text).rsplit_once('@')?;
    let forbidden = |c: char| c.is_whitespace() || "<>()[],;:?@\"".contains(c);
    if local.is_empty() || local.chars().count() > LONGEST_LOCAL || local.contains(forbidden) {
        return None;
    }
    let host = host.trim_end_matches('.').to_lowercase();
    let ascii = Uts46::new()
        .to_ascii(host.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Verify)
        .ok()?;
    let top = ascii.rsplit_once('.')?.1;
    if top.len() < 2 || top.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (shown, sound) = Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::Check);
    // Names of hosts are letters, digits and their marks; signs and pictures are none.
    let letters = shown.chars().all(|c| c.is_alphanumeric() || "-.·״׳・ー".contains(c) || is_mark(c));
    (sound.is_ok() && letters).then(|| format!("{local}@{shown}"))
}

/// A sign that stands on a letter: one that folding with compatibility takes off or that joins.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

/// The parts of a web address as RFC 3986 cuts them.
struct Cut<'t> {
    scheme: String,
    host: &'t str,
    path: &'t str,
    params: &'t str,
    query: &'t str,
    fragment: &'t str,
}

/// A web address with scheme and host; without a scheme it is http.
pub(super) fn url(text: &str) -> Option<String> {
    let text: String = text
        .trim_start_matches(|c: char| c <= ' ')
        .chars()
        .filter(|c| !matches!(c, '\t' | '\r' | '\n'))
        .collect();
    let cut = cut(&text)?;
    if !cut.host.is_empty() {
        return written(&cut);
    }
    // `www.example.org` is a host that forgot its strokes; `mailto:` and `file:` have none to forget.
    if SCHEMES.contains(&cut.scheme.as_str()) || !cut.path.contains('.') || text.starts_with("//") {
        return None;
    }
    let with_host = format!("//{text}");
    written(&self::cut(&with_host)?)
}

fn written(cut: &Cut) -> Option<String> {
    if !is_host(cut.host) {
        return None;
    }
    let scheme = if cut.scheme.is_empty() { "http" } else { &cut.scheme };
    if !SCHEMES.contains(&scheme) {
        return None;
    }
    let path = cut.path.trim();
    let mut out = format!("{scheme}://{}{}", cut.host, if path.is_empty() { "/" } else { path });
    for (sign, part) in [(';', cut.params), ('?', cut.query), ('#', cut.fragment)] {
        if !part.is_empty() {
            out.push(sign);
            out.push_str(part);
        }
    }
    Some(out)
}

fn cut(text: &str) -> Option<Cut<'_>> {
    let named = text.split_once(':').filter(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    let (scheme, rest) = named.map_or((String::new(), text), |(s, rest)| (s.to_lowercase(), rest));
    let (host, rest) = match rest.strip_prefix("//") {
        Some(after) => after.split_at(after.find(['/', '?', '#']).unwrap_or(after.len())),
        None => ("", rest),
    };
    if host.contains('[') != host.contains(']') || hides_a_sign(host) {
        return None;
    }
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    // Parameters belong to the last part of a path, and not every scheme has them.
    let has_params = matches!(scheme.as_str(), "" | "ftp" | "http" | "https");
    let last = path.rfind('/').map_or(0, |at| at + 1);
    let (path, params) = match path[last..].find(';').filter(|_| has_params) {
        Some(at) => (&path[..last + at], &path[last + at + 1..]),
        None => (path, ""),
    };
    Some(Cut { scheme, host, path, params, query, fragment })
}

/// A character whose compatible form is one of the signs that part an address.
fn hides_a_sign(host: &str) -> bool {
    let plain: String = host.chars().filter(|c| !"@:#?".contains(*c)).collect();
    !plain.is_ascii() && plain.nfkc().ne(plain.chars()) && plain.nfkc().any(|c| "/?#@:".contains(c))
}

/// Whether what stands for a host can be one: words that somebody typed are none.
fn is_host(authority: &str) -> bool {
    if authority.contains(char::is_whitespace) {
        return false;
    }
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (name, port) = match host.split_once('[') {
        Some((_, bracketed)) => {
            let (name, after) = bracketed.split_once(']').unwrap_or((bracketed, ""));
            (name, after.strip_prefix(':').unwrap_or(""))
        }
        None => host.split_once(':').unwrap_or((host, "")),
    };
    let port_stands = port.is_empty()
        || port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u32>().is_ok_and(|port| port <= 65_535);
    if !port_stands || name.is_empty() {
        return false;
    }
    let address = name.split_once('%').map_or(name, |(address, _)| address);
    if address.parse::<IpAddr>().is_ok() {
        return true;
    }
    let labels: Vec<&str> = name.trim_end_matches('.').split('.').collect();
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let label = |label: &&str| {
        (1..=63).contains(&label.chars().count())
            && label.chars().all(|c| word(c) || c == '-')
            && label.contains(char::is_alphanumeric)
    };
    let top = labels.last().copied().unwrap_or("");
    labels.iter().all(label)
        && (labels.len() == 1 || top.chars().count() >= 2 && !top.chars().all(char::is_numeric))
}
