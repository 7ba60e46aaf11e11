//! Which IP addresses are public.
//!
//! Source: the IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC
//! 6890), the multicast ranges and the parts of IPv6 that IANA has not
//! allocated. Ranges that the registries call globally reachable (AS112, AMT,
//! anycast) are refused too: infrastructure answers there, no page.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

type V4 = (Ipv4Addr, u32, &'static str);
type V6 = (Ipv6Addr, u32, &'static str);

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u32, why: &'static str) -> V4 {
    (Ipv4Addr::new(a, b, c, d), bits, why)
}

const fn v6(a: u16, b: u16, c: u16, d: u16, bits: u32, why: &'static str) -> V6 {
    (Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0), bits, why)
}

const REFUSED_V4: [V4; 18] = [
    v4(0, 0, 0, 0, 8, "this host on this network, 0.0.0.0/8, RFC 791"),
    v4(10, 0, 0, 0, 8, "private, 10.0.0.0/8, RFC 1918"),
    v4(100, 64, 0, 0, 10, "carrier NAT, 100.64.0.0/10, RFC 6598"),
    v4(127, 0, 0, 0, 8, "this machine, 127.0.0.0/8, RFC 1122"),
    v4(169, 254, 0, 0, 16, "link-local, 169.254.0.0/16, RFC 3927"),
    v4(172, 16, 0, 0, 12, "private, 172.16.0.0/12, RFC 1918"),
    v4(192, 0, 0, 0, 24, "protocol assignments, 192.0.0.0/24, RFC 6890"),
    v4(192, 0, 2, 0, 24, "documentation, 192.0.2.0/24, RFC 5737"),
    v4(192, 31, 196, 0, 24, "AS112, 192.31.196.0/24, RFC 7535"),
    v4(192, 52, 193, 0, 24, "AMT, 192.52.193.0/24, RFC 7450"),
    v4(192, 88, 99, 0, 24, "6to4 relays, 192.88.99.0/24, RFC 7526"),
    v4(192, 168, 0, 0, 16, "private, 192.168.0.0/16, RFC 1918"),
    v4(192, 175, 48, 0, 24, "AS112, 192.175.48.0/24, RFC 7534"),
    v4(198, 18, 0, 0, 15, "benchmarking, 198.18.0.0/15, RFC 2544"),
    v4(198, 51, 100, 0, 24, "documentation, 198.51.100.0/24, RFC 5737"),
    v4(203, 0, 113, 0, 24, "documentation, 203.0.113.0/24, RFC 5737"),
    v4(224, 0, 0, 0, 4, "multicast, 224.0.0.0/4, RFC 5771"),
    v4(240, 0, 0, 0, 4, "reserved and broadcast, 240.0.0.0/4, RFC 1112 and 8190"),
];

/// Inside 2000::/3; outside of it nothing is public.
const REFUSED_V6: [V6; 6] = [
    // Teredo (RFC 4380), benchmarking (5180), AMT (7450), AS112 (7535), ORCHID (4843, 7343), DRIP (9374).
    v6(0x2001, 0, 0, 0, 23, "protocol assignments, 2001::/23, RFC 2928"),
    v6(0x2001, 0xdb8, 0, 0, 32, "documentation, 2001:db8::/32, RFC 3849"),
    v6(0x2002, 0, 0, 0, 16, "6to4, 2002::/16, RFC 3056"),
    v6(0x2620, 0x4f, 0x8000, 0, 48, "AS112, 2620:4f:8000::/48, RFC 7534"),
    v6(0x3fff, 0, 0, 0, 20, "documentation, 3fff::/20, RFC 9637"),
    // The test network of old, given back (RFC 3701).
    v6(0x3ffe, 0, 0, 0, 16, "6bone, 3ffe::/16, RFC 3701"),
];

/// Outside 2000::/3, for the words of the refusal; what is not here is "not allocated".
const NAMED_V6: [V6; 11] = [
    (Ipv6Addr::LOCALHOST, 128, "this machine, ::1, RFC 4291"),
    (Ipv6Addr::UNSPECIFIED, 128, "unspecified, ::, RFC 4291"),
    v6(0, 0, 0, 0, 64, "IPv4-compatible or IPv4-translated, ::/64, RFC 4291 and 7915"),
    v6(0x64, 0xff9b, 1, 0, 48, "local NAT64, 64:ff9b:1::/48, RFC 8215"),
    v6(0x100, 0, 0, 0, 64, "discard-only, 100::/64, RFC 6666"),
    v6(0x100, 0, 0, 1, 64, "dummy prefix, 100:0:0:1::/64, RFC 9780"),
    v6(0x5f00, 0, 0, 0, 16, "segment routing, 5f00::/16, RFC 9602"),
    v6(0xfc00, 0, 0, 0, 7, "unique local, fc00::/7, RFC 4193"),
    v6(0xfe80, 0, 0, 0, 10, "link-local, fe80::/10, RFC 4291"),
    v6(0xfec0, 0, 0, 0, 10, "site-local, fec0::/10, RFC 3879"),
    v6(0xff00, 0, 0, 0, 8, "multicast, ff00::/8, RFC 4291"),
];

/// Gives the range that makes an address not public, or `None` for a public one.
///
/// Mapped addresses (RFC 4291, section 2.5.5.2) and those of the well-known
/// NAT64 prefix (RFC 6052) are judged by the IPv4 address inside: behind NAT64
/// every IPv4 host looks so. Other wrappings (6to4, Teredo, compatible,
/// translated) are refused whatever is inside.
pub fn not_public(ip: IpAddr) -> Option<&'static str> {
    match ip {
        IpAddr::V4(ip) => refused_v4(ip),
        IpAddr::V6(ip) => match inside(ip) {
            Some(inner) => refused_v4(inner),
            None => refused_v6(ip),
        },
    }
}

fn refused_v4(ip: Ipv4Addr) -> Option<&'static str> {
    let within = |(base, bits, _): &&V4| (ip.to_bits() ^ base.to_bits()) >> (32 - bits) == 0;
    REFUSED_V4.iter().find(within).map(|(_, _, why)| *why)
}

fn refused_v6(ip: Ipv6Addr) -> Option<&'static str> {
    let within =
        |(base, bits, _): &&V6| (ip.to_bits() ^ base.to_bits()).checked_shr(128 - bits).unwrap_or(0) == 0;
    if let Some((_, _, why)) = REFUSED_V6.iter().chain(&NAMED_V6).find(within) {
        return Some(why);
    }
    (ip.segments()[0] >> 13 != 1).then_some("not allocated, outside 2000::/3, RFC 4291")
}

/// The IPv4 address that a mapped or NAT64 address stands for.
fn inside(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let segments = ip.segments();
    let nat64 = segments[..6] == [0x64, 0xff9b, 0, 0, 0, 0];
    match ip.to_ipv4_mapped() {
        Some(inner) => Some(inner),
        None if nat64 => {
            let [.., a, b, c, d] = ip.octets();
            Some(Ipv4Addr::new(a, b, c, d))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect(text)
    }

    #[test]
    fn each_range_is_refused_at_both_ends_and_its_neighbours_are_not() {
        // First and last address of the range, and a public neighbour below and above, if there is one.
        let table = [
            ("0.0.0.0", "0.255.255.255", None, Some("1.0.0.0")),
            ("10.0.0.0", "10.255.255.255", Some("9.255.255.255"), Some("11.0.0.0")),
            ("100.64.0.0", "100.127.255.255", Some("100.63.255.255"), Some("100.128.0.0")),
            ("127.0.0.0", "127.255.255.255", Some("126.255.255.255"), Some("128.0.0.0")),
            ("169.254.0.0", "169.254.255.255", Some("169.253.255.255"), Some("169.255.0.0")),
            ("172.16.0.0", "172.31.255.255", Some("172.15.255.255"), Some("172.32.0.0")),
            ("192.0.0.0", "192.0.0.255", Some("191.255.255.255"), Some("192.0.1.0")),
            ("192.0.2.0", "192.0.2.255", Some("192.0.1.255"), Some("192.0.3.0")),
            ("192.88.99.0", "192.88.99.255", Some("192.88.98.255"), Some("192.88.100.0")),
            ("192.168.0.0", "192.168.255.255", Some("192.167.255.255"), Some("192.169.0.0")),
            ("198.18.0.0", "198.19.255.255", Some("198.17.255.255"), Some("198.20.0.0")),
            ("198.51.100.0", "198.51.100.255", Some("198.51.99.255"), Some("198.51.101.0")),
            ("203.0.113.0", "203.0.113.255", Some("203.0.112.255"), Some("203.0.114.0")),
            ("224.0.0.0", "255.255.255.255", Some("223.255.255.255"), None),
            ("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", None, Some("2000::")),
            ("2001::", "2001:1ff:ffff::", Some("2000:ffff::"), Some("2001:200::")),
            ("2001:db8::", "2001:db8:ffff::", Some("2001:db7::"), Some("2001:db9::")),
            ("2002::", "2002:ffff::", Some("2001:ffff::"), Some("2003::")),
            ("3fff::", "3fff:fff::", None, Some("3fff:1000::")),
            ("4000::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", Some("3fff:ffff::"), None),
        ];
        for (first, last, below, above) in table {
            assert!(not_public(ip(first)).is_some() && not_public(ip(last)).is_some(), "{first} to {last}");
            for neighbour in [below, above].into_iter().flatten() {
                assert_eq!(not_public(ip(neighbour)), None, "{neighbour}");
            }
        }
    }

    #[test]
    fn wrapped_addresses_are_judged_by_what_is_inside_or_refused() {
        let refused = [
            "::ffff:127.0.0.1",
            "::ffff:10.1.2.3",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::808:808",
            "::127.0.0.1",
            "::8.8.8.8",
            "::ffff:0:8.8.8.8",
            "2002:7f00:1::",
            "2002:808:808::",
            "2001:0:808:808::1",
        ];
        for text in refused {
            assert!(not_public(ip(text)).is_some(), "{text}");
        }
        for text in ["::ffff:9.9.9.9", "64:ff9b::909:909", "2606:4700::1111", "2a00:1450::1"] {
            assert_eq!(not_public(ip(text)), None, "{text}");
        }
    }

    #[test]
    fn a_refusal_names_the_range_that_fits_best() {
        let table = [
            ("::1", "this machine"),
            ("fe80::1", "link-local"),
            ("fd00::1", "unique local"),
            ("fec0::1", "site-local"),
            ("ff02::1", "multicast"),
            ("169.254.169.254", "link-local"),
        ];
        for (text, word) in table {
            assert!(not_public(ip(text)).is_some_and(|why| why.contains(word)), "{text}");
        }
    }
}
