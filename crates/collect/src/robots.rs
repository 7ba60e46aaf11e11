//! What a site asks robots to leave alone (RFC 9309).

use memchr::memmem;

/// How much of a robots.txt is read, in octets (RFC 9309, section 2.5: at least 500 KiB).
pub(crate) const MOST_OCTETS: usize = 500 << 10;

/// The rules of one robots.txt that are meant for us.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    allow: bool,
    pattern: Vec<u8>,
    /// The line as it stands, for the record of the decision.
    line: String,
}

impl Rules {
    /// Reads the rules of the groups that name one of these product tokens, or
    /// else of the groups for all (`*`).
    pub fn of(octets: &[u8], products: &[&str]) -> Self {
        let octets = octets.get(..MOST_OCTETS).unwrap_or(octets);
        let octets = octets.strip_prefix(b"\xef\xbb\xbf").unwrap_or(octets);
        let (mut ours, mut all) = (Vec::new(), Vec::new());
        let (mut named, mut everybody, mut any_named, mut in_rules) = (false, false, false, true);
        for line in octets.split(|octet| matches!(octet, b'\n' | b'\r')) {
            let content = line.split(|octet| *octet == b'#').next().unwrap_or_default();
            let Some(colon) = content.iter().position(|octet| *octet == b':') else { continue };
            let (key, value) = content.split_at(colon);
            let value = value.get(1..).unwrap_or_default().trim_ascii();
            match key.trim_ascii().to_ascii_lowercase().as_slice() {
                b"user-agent" => {
                    if in_rules {
                        (named, everybody, in_rules) = (false, false, false);
                    }
                    everybody |= value == b"*";
                    let token: Vec<u8> = value.iter().copied().take_while(is_of_token).collect();
                    let us = products.iter().any(|product| product.as_bytes().eq_ignore_ascii_case(&token));
                    (named, any_named) = (named || us, any_named || us);
                }
                key @ (b"allow" | b"disallow") => {
                    in_rules = true;
                    // An empty pattern matches nothing.
                    if value.is_empty() {
                        continue;
                    }
                    let line = String::from_utf8_lossy(content.trim_ascii()).chars().take(200).collect();
                    let rule = Rule { allow: key == b"allow", pattern: one_spelling(value), line };
                    if everybody {
                        all.push(rule.clone());
                    }
                    if named {
                        ours.push(rule);
                    }
                }
                _ => {}
            }
        }
        Self { rules: if any_named { ours } else { all } }
    }

    /// Whether a path with its query may be fetched, and the line that says so.
    /// The longest pattern wins; of two as long, the one that allows (RFC 9309, section 2.2.2).
    pub fn decide(&self, target: &str) -> (bool, Option<&str>) {
        if target == "/robots.txt" {
            return (true, None);
        }
        let target = one_spelling(target.as_bytes());
        let fits = self.rules.iter().filter(|rule| matches(&rule.pattern, &target));
        let best = fits.max_by_key(|rule| (rule.pattern.len(), rule.allow));
        best.map_or((true, None), |rule| (rule.allow, Some(rule.line.as_str())))
    }
}

/// The letters of a product token (RFC 9309, section 2.2.1).
fn is_of_token(octet: &u8) -> bool {
    octet.is_ascii_alphabetic() || matches!(octet, b'-' | b'_')
}

/// One spelling of what can be percent-encoded: unreserved letters plain, octets beyond ASCII encoded.
fn one_spelling(octets: &[u8]) -> Vec<u8> {
    let mut spelled = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let [first, tail @ ..] = rest {
        let hex = |octet: &u8| char::from(*octet).to_digit(16);
        rest = tail;
        match (first, tail) {
            (b'%', [a, b, after @ ..]) if hex(a).is_some() && hex(b).is_some() => {
                let value = (hex(a).unwrap_or(0) * 16 + hex(b).unwrap_or(0)) as u8;
                if value.is_ascii_alphanumeric() || b"-._~".contains(&value) {
                    spelled.push(value);
                } else {
                    spelled.extend_from_slice(format!("%{value:02X}").as_bytes());
                }
                rest = after;
            }
            (octet, _) if octet.is_ascii() => spelled.push(*octet),
            (octet, _) => spelled.extend_from_slice(format!("%{octet:02X}").as_bytes()),
        }
    }
    spelled
}

/// Whether a pattern fits the beginning of a target; `*` stands for anything,
/// `$` at the end for the end. Each part is looked for once, from left to right,
/// so that no pattern can make us search for long.
fn matches(pattern: &[u8], target: &[u8]) -> bool {
    let (pattern, to_the_end) = match pattern.strip_suffix(b"$") {
        Some(pattern) => (pattern, true),
        None => (pattern, false),
    };
    let mut parts = pattern.split(|octet| *octet == b'*');
    let Some(mut rest) = target.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !to_the_end || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if to_the_end && parts.peek().is_none() {
            return rest.ends_with(part);
        }
        let Some(at) = memmem::find(rest, part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn may(robots: &str, target: &str) -> bool {
        Rules::of(robots.as_bytes(), &["Plainsight"]).decide(target).0
    }

    #[test]
    fn the_longest_pattern_wins() {
        // The rules of the group, the target, whether it may be fetched.
        let table = [
            ("", "/x", true),
            ("Disallow:", "/x", true),
            ("Disallow: /", "/x", false),
            ("Disallow: /", "/robots.txt", true),
            ("Disallow: /a", "/ab", false),
            ("Disallow: /a", "/A", true),
            ("Disallow: /a\nAllow: /ab", "/abc", true),
            ("Allow: /ab\nDisallow: /abc", "/abcd", false),
            ("Disallow: /p\nAllow: /p", "/p", true),
            ("Disallow: /*.pdf$", "/a/b.pdf", false),
            ("Disallow: /*.pdf$", "/a/b.pdf?x", true),
            ("Disallow: /*.pdf$", "/a.pdf/b.pdf", false),
            ("Disallow: /*?", "/a?b", false),
            ("Disallow: /a*b*c", "/axxbyyczz", false),
            ("Disallow: /a*b*c", "/axxcyyb", true),
            ("Disallow: /$", "/", false),
            ("Disallow: /$", "/a", true),
            ("Disallow: *", "/a", false),
            ("Disallow: /a$b", "/a$bc", false),
            ("Disallow: /%E4%BD%A0", "/%e4%bd%a0", false),
            ("Disallow: /你", "/%E4%BD%A0", false),
            ("Disallow: /%7euser", "/~user", false),
            ("Disallow: /a%2fb", "/a/b", true),
            ("Disallow : /a # not here", "/a", false),
            ("disallow:/a", "/a", false),
            ("Sitemap: /a\nDisallow: /a", "/a", false),
        ];
        for (rules, target, expected) in table {
            assert_eq!(may(&format!("User-agent: *\n{rules}"), target), expected, "{rules} on {target}");
            assert_eq!(
                may(&format!("User-agent: plainsight\r\n{rules}"), target),
                expected,
                "{rules} on {target}"
            );
        }
    }

    #[test]
    fn the_groups_that_name_us_count_alone() {
        let robots = "\u{feff}Disallow: /lost\n\
            User-agent: *\nDisallow: /\n\n\
            User-agent: other\nUser-agent: PLAINSIGHT/2.0 (x)\nSitemap: /s\nDisallow: /a\n\
            User-agent: other\nDisallow: /b\n\
            User-agent: plainsight\nAllow: /a/c\n";
        for (target, expected) in [("/x", true), ("/a", false), ("/b", true), ("/a/c", true), ("/lost", true)]
        {
            assert_eq!(may(robots, target), expected, "{target}");
        }
        assert!(!may("User-agent: plainsightbot\nAllow: /\nUser-agent: *\nDisallow: /", "/"));
        assert!(may("User-agent: plainsight\n\nUser-agent: *\nDisallow:", "/"));
    }

    #[test]
    fn the_line_that_decides_is_told() {
        let rules = Rules::of(b"User-agent: *\n Disallow: /a # b", &["Plainsight"]);
        assert_eq!(rules.decide("/ab"), (false, Some("Disallow: /a")));
        assert_eq!(rules.decide("/b"), (true, None));
    }

    #[test]
    fn no_file_makes_us_search_for_long() {
        let stars = format!("User-agent: *\nDisallow: /{}b\n", "a*".repeat(200_000));
        let many = format!("User-agent: *\n{}", "Disallow: /*a*a*a*b\n".repeat(20_000));
        let begun = std::time::Instant::now();
        for robots in [stars, many] {
            assert!(may(&robots, &format!("/{}", "a".repeat(8000))));
        }
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    }

    proptest! {
        #[test]
        fn no_octets_panic(octets in prop::collection::vec(any::<u8>(), 0..200), target in "[/a%*$?é]{0,20}") {
            let robots = [b"User-agent: *\nDisallow: ".as_slice(), &octets].concat();
            Rules::of(&robots, &["Plainsight"]).decide(&target);
        }
    }
}
