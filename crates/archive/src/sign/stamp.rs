//! RFC 3161 time stamps taken apart: an authority's answer (`TimeStampResp`)
//! or a bare token, and what it says (`TSTInfo`). [`crate::sign::token`] judges it.

use crate::sign::cms::{SignedData, algorithm};
use crate::sign::der::{BOOLEAN, INTEGER, MOMENT, NoDer, Node, OCTETS, OID, SEQUENCE};
use crate::sign::public_key::Hash;
use std::time::Duration;
use x509_cert::der::DateTime;
use x509_cert::der::oid::ObjectIdentifier;

/// id-ct-TSTInfo.
pub(crate) const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// SHA-1, by which nothing is proved any more.
pub(crate) const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");

/// The hash that a stamp is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Imprint {
    Known(Hash),
    /// Two files with one SHA-1 can be made.
    Sha1,
    Other(ObjectIdentifier),
}

/// What a time stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Where the imprint stands in the file.
    pub(crate) at: usize,
    pub(crate) algorithm: Imprint,
    pub(crate) imprint: Vec<u8>,
    /// `genTime` in seconds since 1970, its fraction cut off.
    pub(crate) moment: u64,
    /// `genTime` as RFC 3339, its fraction cut off.
    pub(crate) time: String,
    /// How far `genTime` may be off, in microseconds, where that is said.
    pub(crate) accuracy: Option<u64>,
    /// The number of the request, without leading zeros.
    pub(crate) nonce: Option<Vec<u8>>,
    /// Whether it has a critical extension; none is known here.
    pub(crate) extended: bool,
}

/// An answer's status (RFC 3161, 2.4.2) and where its token lies.
pub(crate) struct Answer<'a> {
    pub(crate) status: u32,
    /// What the authority says, in its words.
    pub(crate) text: String,
    /// Bits of PKIFailureInfo that are set.
    pub(crate) failures: Vec<u32>,
    pub(crate) token: Option<Node<'a>>,
}

impl<'a> Answer<'a> {
    /// Reads a `TimeStampResp`, or a bare token as an answer that was granted.
    pub(crate) fn read(der: &'a [u8]) -> Result<Self, NoDer> {
        let whole = Node::only(der, 0)?;
        if whole.tag != SEQUENCE {
            return Err(NoDer::Broken(0, "no RFC 3161 time stamp".into()));
        }
        let mut parts = whole.parts();
        // A bare token is a ContentInfo, which begins with its kind.
        if parts.maybe(OID)?.is_some() {
            return Ok(Self { status: 0, text: String::new(), failures: Vec::new(), token: Some(whole) });
        }
        let mut status = parts.take(SEQUENCE, "status")?.parts();
        let token = parts.maybe(SEQUENCE)?;
        parts.end()?;
        let number = status.take(INTEGER, "status")?.small()?;
        let mut text = String::new();
        if let Some(texts) = status.maybe(SEQUENCE)? {
            for line in texts.parts().all()? {
                text.push_str(&String::from_utf8_lossy(line.content));
            }
        }
        let failures =
            status.maybe(crate::sign::der::BIT_STRING)?.map_or(Vec::new(), |bits| set_bits(bits.content));
        status.end()?;
        Ok(Self { status: number, text: text.chars().take(200).collect(), failures, token })
    }
}

/// The numbers of the bits that are set in a BIT STRING; PKIFailureInfo has 26.
fn set_bits(content: &[u8]) -> Vec<u32> {
    let bytes = content.get(1..).unwrap_or_default().iter().take(4);
    let bits = bytes
        .zip(0u32..)
        .flat_map(|(byte, number)| (0..8).map(move |bit| (byte >> (7 - bit) & 1, number * 8 + bit)));
    bits.filter(|(set, _)| *set == 1).map(|(_, number)| number).collect()
}

impl Stamp {
    /// Reads the TSTInfo of a token.
    pub(crate) fn of(signed: &SignedData<'_>) -> Result<Self, NoDer> {
        let content = &signed.content;
        if signed.kind != TST_INFO {
            return Err(NoDer::Broken(content.at, "what is signed is no time stamp".into()));
        }
        let inside = content.at + content.whole.len() - content.content.len();
        let info = Node::only(content.content, inside)?;
        let mut parts = info.parts();
        let version = parts.take(INTEGER, "version")?;
        if version.small()? != 1 {
            return Err(NoDer::Broken(version.at, "a time stamp of a version that does not exist".into()));
        }
        parts.take(OID, "policy")?;
        let imprint = parts.take(SEQUENCE, "imprint")?;
        parts.take(INTEGER, "serial number")?;
        let moment = parts.take(MOMENT, "moment")?;
        let accuracy = parts.maybe(SEQUENCE)?.map(accuracy).transpose()?;
        parts.maybe(BOOLEAN)?;
        let nonce = parts.maybe(INTEGER)?.map(|nonce| without_zero(nonce.content).to_vec());
        parts.maybe(0xa0)?;
        let extended = parts.maybe(0xa1)?.map_or(Ok(false), has_critical)?;
        parts.end()?;
        let no_moment = || NoDer::Broken(moment.at, "a moment that never was".into());
        let text = std::str::from_utf8(moment.content).map_err(|_| no_moment())?;
        let (seconds, time) = general_time(text).ok_or_else(no_moment)?;
        let mut parts = imprint.parts();
        let kind = algorithm(parts.take(SEQUENCE, "hash algorithm")?)?;
        let hash = parts.take(OCTETS, "hash")?;
        parts.end()?;
        let algorithm = match Hash::of_digest(kind) {
            Some(hash) => Imprint::Known(hash),
            None if kind == SHA1 => Imprint::Sha1,
            None => Imprint::Other(kind),
        };
        if let Imprint::Known(known) = algorithm
            && known.length() != hash.content.len()
        {
            return Err(NoDer::Broken(hash.at, "a hash of another length than its algorithm's".into()));
        }
        let imprint = hash.content.to_vec();
        Ok(Self { at: hash.at, algorithm, imprint, moment: seconds, time, accuracy, nonce, extended })
    }

    /// Whether it is of this text; `None` where its hash cannot be made here.
    pub(crate) fn is_of(&self, text: &[u8]) -> Option<bool> {
        Some(match self.algorithm {
            Imprint::Known(hash) => hash.of(text) == self.imprint,
            Imprint::Sha1 => <sha1::Sha1 as sha1::Digest>::digest(text).as_slice() == self.imprint,
            Imprint::Other(_) => return None,
        })
    }
}

/// A number's digits; the zero that keeps it positive is no digit.
fn without_zero(content: &[u8]) -> &[u8] {
    match content {
        [0, rest @ ..] if !rest.is_empty() => rest,
        _ => content,
    }
}

/// `Accuracy` in microseconds.
fn accuracy(node: Node<'_>) -> Result<u64, NoDer> {
    let mut parts = node.parts();
    let seconds = parts.maybe(INTEGER)?.map_or(Ok(0), |n| n.small())?;
    let millis = parts.maybe(0x80)?.map_or(Ok(0), |n| n.small())?;
    let micros = parts.maybe(0x81)?.map_or(Ok(0), |n| n.small())?;
    parts.end()?;
    Ok(u64::from(seconds) * 1_000_000 + u64::from(millis) * 1000 + u64::from(micros))
}

/// Whether one of the extensions is critical.
fn has_critical(extensions: Node<'_>) -> Result<bool, NoDer> {
    for extension in extensions.parts().all()? {
        let mut parts = extension.parts();
        parts.take(OID, "extension")?;
        if parts.maybe(BOOLEAN)?.is_some_and(|critical| critical.content != [0]) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// `YYYYMMDDhhmmss`, a fraction perhaps, `Z` (RFC 3161, 2.4.2).
fn general_time(text: &str) -> Option<(u64, String)> {
    let digits = text.get(..14).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = text[14..].strip_suffix('Z')?;
    let fraction =
        rest.strip_prefix('.').is_some_and(|f| !f.is_empty() && f.bytes().all(|b| b.is_ascii_digit()));
    if !(rest.is_empty() || fraction) {
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
    let moment: DateTime = format!("{whole}Z").parse().ok()?;
    Some(moment.unix_duration().as_secs())
}

/// The RFC 3339 moment of seconds since 1970; empty for one after the year 9999.
pub(crate) fn moment(seconds: u64) -> String {
    DateTime::from_unix_duration(Duration::from_secs(seconds))
        .map(|moment| moment.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_counted_in_seconds() {
        assert_eq!(seconds("1970-01-01T00:00:01Z"), Some(1));
        assert_eq!(seconds("2022-01-18T19:00:12.5Z"), Some(1_642_532_412));
        assert_eq!(moment(1_642_532_412), "2022-01-18T19:00:12Z");
        for bad in ["2022-02-30T00:00:00Z", "2022-01-18", "2022-01-18T19:00:12+01:00", "银"] {
            assert_eq!(seconds(bad), None, "{bad}");
        }
        let read = |text| general_time(text).map(|(_, time)| time);
        assert_eq!(read("20220118190012Z").as_deref(), Some("2022-01-18T19:00:12Z"));
        assert_eq!(read("20220118190012.25Z").as_deref(), Some("2022-01-18T19:00:12Z"));
        for bad in ["20220118190012", "20220118190012.Z", "20220118190012xZ", "202201181900Z"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn bits_are_numbered_from_the_left() {
        assert_eq!(set_bits(&[7, 0x80]), [0]);
        assert_eq!(set_bits(&[2, 0x20, 0x04]), [2, 13]);
        assert_eq!(set_bits(&[]), [0u32; 0]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(0u8..=255, 0..300)) {
            let token = |der: &[u8]| Answer::read(der).ok()?.token.map(|token| token.whole.to_vec());
            for der in [bytes.clone(), [&[0x30, 0x82, 0, bytes.len() as u8], bytes.as_slice()].concat()] {
                let Some(token) = token(&der) else { continue };
                let signed = Node::only(&token, 0).and_then(SignedData::read);
                let _ = signed.and_then(|signed| Stamp::of(&signed));
            }
            let _ = general_time(&String::from_utf8_lossy(&bytes));
        }
    }
}
