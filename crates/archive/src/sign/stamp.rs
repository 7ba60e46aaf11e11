//! RFC 3161 time stamps: the answer of an authority, taken apart.
//!
//! What is read here: that an authority granted it, of which hash, at which
//! moment. The authority's own signature is not judged in this version.

use std::ops::Range;

/// id-ct-TSTInfo, 1.2.840.113549.1.9.16.1.4, content octets.
const TST_INFO: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
/// id-signedData, 1.2.840.113549.1.7.2, content octets.
const SIGNED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02";
/// 2.16.840.1.101.3.4.2.1 to .3, content octets without the last.
const SHA2: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02";

/// The hash that a stamp is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Imprint {
    Sha256,
    Sha384,
    Sha512,
}

/// What a time stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) algorithm: Imprint,
    pub(crate) imprint: Vec<u8>,
    /// `genTime` in seconds since 1970.
    pub(crate) moment: u64,
    /// `genTime` as RFC 3339.
    pub(crate) time: String,
}

/// A DER element: its tag and where its content lies.
struct Element {
    tag: u8,
    content: Range<usize>,
}

/// The element at `at`, which ends before `until`.
fn element(der: &[u8], at: usize, until: usize) -> Option<Element> {
    let tag = *der.get(at)?;
    let first = *der.get(at + 1)?;
    let (start, length) = match first {
        0..=0x7f => (at + 2, usize::from(first)),
        0x81..=0x84 => {
            let digits = usize::from(first & 0x7f);
            let bytes = der.get(at + 2..at + 2 + digits)?;
            (at + 2 + digits, bytes.iter().fold(0, |length, &byte| length << 8 | usize::from(byte)))
        }
        _ => return None,
    };
    let end = start.checked_add(length).filter(|&end| end <= until && end <= der.len())?;
    Some(Element { tag, content: start..end })
}

/// The elements inside a stretch, none of them read further.
fn elements(der: &[u8], within: Range<usize>) -> Option<Vec<Element>> {
    const MOST: usize = 64;
    let (mut at, mut found) = (within.start, Vec::new());
    while at < within.end {
        let element = element(der, at, within.end)?;
        at = element.content.end;
        found.push(element);
        if found.len() > MOST {
            return None;
        }
    }
    Some(found)
}

impl Stamp {
    /// Reads an answer (`TimeStampResp`) or a bare token.
    pub(crate) fn read(der: &[u8]) -> Result<Self, &'static str> {
        let malformed = "no RFC 3161 time stamp";
        let whole = element(der, 0, der.len()).filter(|whole| whole.tag == 0x30).ok_or(malformed)?;
        if whole.content.end != der.len() {
            return Err("bytes after the end of the time stamp");
        }
        let parts = elements(der, whole.content.clone()).ok_or(malformed)?;
        let token = match parts.as_slice() {
            // A bare token is a ContentInfo, which begins with its kind.
            [kind, ..] if kind.tag == 0x06 => whole.content,
            [status, rest @ ..] => {
                let granted = elements(der, status.content.clone()).ok_or(malformed)?;
                let granted = granted.first().map(|code| &der[code.content.clone()]);
                if !matches!(granted, Some([0 | 1])) {
                    return Err("the authority did not grant the time stamp");
                }
                rest.first().ok_or("an answer without a token")?.content.clone()
            }
            [] => return Err(malformed),
        };
        Self::of_token(der, token).ok_or(malformed)
    }

    /// ContentInfo → SignedData → EncapsulatedContentInfo → TSTInfo.
    fn of_token(der: &[u8], token: Range<usize>) -> Option<Self> {
        let info = elements(der, token)?;
        let [kind, wrapped, ..] = info.as_slice() else { return None };
        if der[kind.content.clone()] != *SIGNED_DATA {
            return None;
        }
        let signed = element(der, wrapped.content.start, wrapped.content.end)?;
        let signed = elements(der, signed.content)?;
        let content = elements(der, signed.get(2)?.content.clone())?;
        let [kind, wrapped, ..] = content.as_slice() else { return None };
        if der[kind.content.clone()] != *TST_INFO {
            return None;
        }
        let octets = element(der, wrapped.content.start, wrapped.content.end).filter(|e| e.tag == 0x04)?;
        let info = element(der, octets.content.start, octets.content.end)?;
        let info = elements(der, info.content)?;
        let [_version, _policy, imprint, _serial, moment, ..] = info.as_slice() else { return None };
        let imprint = elements(der, imprint.content.clone())?;
        let [algorithm, hash, ..] = imprint.as_slice() else { return None };
        let algorithm = elements(der, algorithm.content.clone())?;
        let algorithm = match der[algorithm.first()?.content.clone()].strip_prefix(SHA2)? {
            [1] => Imprint::Sha256,
            [2] => Imprint::Sha384,
            [3] => Imprint::Sha512,
            _ => return None,
        };
        let text = std::str::from_utf8(&der[moment.content.clone()]).ok().filter(|_| moment.tag == 0x18)?;
        let (moment, time) = general_time(text)?;
        Some(Self { algorithm, imprint: der[hash.content.clone()].to_vec(), moment, time })
    }

    /// Whether it is of this text.
    pub(crate) fn is_of(&self, text: &[u8]) -> bool {
        use crate::sign::public_key::Hash;
        let hash = match self.algorithm {
            Imprint::Sha256 => Hash::Sha256,
            Imprint::Sha384 => Hash::Sha384,
            Imprint::Sha512 => Hash::Sha512,
        };
        hash.of(text) == self.imprint
    }
}

/// `YYYYMMDDhhmmss`, a fraction perhaps, `Z`.
fn general_time(text: &str) -> Option<(u64, String)> {
    let digits = text.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if !text.ends_with('Z') {
        return None;
    }
    let (d, t) = digits.split_at(8);
    let time = format!("{}-{}-{}T{}:{}:{}Z", &d[..4], &d[4..6], &d[6..], &t[..2], &t[2..4], &t[4..]);
    Some((seconds(&time)?, time))
}

/// Seconds since 1970 of an RFC 3339 moment that ends in `Z`, fractions cut off.
pub(crate) fn seconds(time: &str) -> Option<u64> {
    let whole = time.get(..19)?;
    let rest = time.get(19..)?.strip_suffix('Z')?;
    if !(rest.is_empty() || rest.starts_with('.')) {
        return None;
    }
    let moment: x509_cert::der::DateTime = format!("{whole}Z").parse().ok()?;
    Some(moment.unix_duration().as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_in_seconds() {
        assert_eq!(seconds("1970-01-01T00:00:01Z"), Some(1));
        assert_eq!(seconds("2022-01-18T19:00:12.5Z"), Some(1_642_532_412));
        for bad in ["2022-02-30T00:00:00Z", "2022-01-18", "2022-01-18T19:00:12+01:00", "银"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
        assert_eq!(
            general_time("20220118190012Z").map(|(_, time)| time).as_deref(),
            Some("2022-01-18T19:00:12Z")
        );
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
            let _ = Stamp::read(&bytes);
            let _ = Stamp::read(&[&[0x30, 0x82, 0, bytes.len() as u8], bytes.as_slice()].concat());
        }
    }
}
