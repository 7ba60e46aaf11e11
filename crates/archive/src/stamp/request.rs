//! What is sent to an authority and what comes back (RFC 3161, 2.4): the hash
//! alone leaves the machine.

use crate::sign::der::{BOOLEAN, INTEGER, OCTETS, OID, SEQUENCE, encode};
use crate::sign::findings::WRONG;
use crate::sign::path::Roots;
use crate::sign::public_key::oid;
use crate::sign::stamp::{Answer, Stamp};
use crate::sign::token::{Asked, Partner, Said, judge};
use crate::verify::verdict::Verdict;
use plainsight_model::Digest;

/// A request for a stamp over a SHA-256, with a number of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) digest: Digest,
    nonce: [u8; 8],
}

impl Request {
    /// `nonce` are random bytes: an old answer cannot be passed off for a new one.
    pub(crate) fn new(digest: Digest, nonce: [u8; 8]) -> Self {
        Self { digest, nonce }
    }

    /// The nonce's digits, without leading zeros.
    fn digits(&self) -> &[u8] {
        let from = self.nonce.iter().position(|&byte| byte != 0).unwrap_or(self.nonce.len() - 1);
        &self.nonce[from..]
    }

    /// `TimeStampReq` in DER; asks for the authority's certificate.
    pub(crate) fn der(&self) -> Vec<u8> {
        let algorithm = encode(SEQUENCE, &[&encode(OID, &[oid::SHA256.as_bytes()]), &[0x05, 0x00]]);
        let imprint = encode(SEQUENCE, &[&algorithm, &encode(OCTETS, &[&self.digest.0])]);
        let digits = self.digits();
        // A leading zero keeps the number from being one below zero.
        let sign: &[u8] = if digits.first().is_some_and(|&first| first >= 0x80) { &[0] } else { &[] };
        let nonce = encode(INTEGER, &[sign, digits]);
        encode(SEQUENCE, &[&encode(INTEGER, &[&[1]]), &imprint, &nonce, &encode(BOOLEAN, &[&[0xff]])])
    }

    /// Judges an answer: granted, over this hash, with this number, signed.
    ///
    /// # Errors
    /// In words, when it is not.
    pub(crate) fn judge(&self, answer: &[u8], roots: &Roots) -> Result<Said, String> {
        let read = Answer::read(answer).map_err(|_| "it is no time stamp answer (RFC 3161)")?;
        if read.status > 1 {
            return Err(refusal(&read));
        }
        let of = |stamp: &Stamp| match stamp.imprint == self.digest.0 {
            true => Partner::Agrees,
            false => Partner::Differs,
        };
        let asked =
            Asked { what: "hash", of: &of, nonce: Some(self.digits()), pool: &[], roots, between: None };
        let (found, said) = judge(answer, &asked);
        if found.verdict > Verdict::NotChecked {
            let wrong = found.faults.into_iter().find(|fault| fault.consequence == WRONG);
            return Err(wrong.map(|fault| fault.what).unwrap_or_default());
        }
        said.ok_or_else(|| found.faults.into_iter().map(|fault| fault.what).collect::<Vec<_>>().join("; "))
    }
}

/// Why an authority refused, in words.
fn refusal(answer: &Answer<'_>) -> String {
    let status = match answer.status {
        2 => "it refused",
        3 => "it has not answered yet",
        4 => "it warns that a revocation is near",
        5 => "its certificate was revoked",
        _ => "it answered with a status that does not exist",
    };
    let reason = |bit: &u32| match bit {
        0 => "it does not know the hash algorithm",
        2 => "it does not allow the request",
        5 => "it cannot read the request",
        14 => "its clock is out of order",
        15 => "it does not know the policy",
        16 => "it does not know the extension",
        17 => "it does not know what was asked for besides",
        25 => "it is out of order",
        _ => "for a reason that has no name",
    };
    let mut said = status.to_owned();
    for what in answer.failures.iter().map(reason) {
        said.push_str(": ");
        said.push_str(what);
    }
    let text: String = answer.text.chars().filter(|c| !c.is_control()).collect();
    if text.is_empty() { said } else { format!("{said} (“{text}”)") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_the_bytes_of_the_standard() {
        let hex = |nonce| data_encoding::HEXLOWER.encode(&Request::new(Digest([0xab; 32]), nonce).der());
        let imprint = format!("3031300d060960864801650304020105000420{}", "ab".repeat(32));
        assert_eq!(hex([0, 0, 0, 0, 0, 0, 1, 2]), format!("303d020101{imprint}020201020101ff"));
        assert_eq!(
            hex([0x80, 0, 0, 0, 0, 0, 0, 1]),
            format!("3044020101{imprint}0209008000000000000001{}", "0101ff")
        );
        assert_eq!(hex([0; 8]), format!("303c020101{imprint}0201000101ff"));
    }

    #[test]
    fn refusals_are_put_into_words() {
        // PKIStatus 2, "nee", PKIFailureInfo bit 0.
        let answer = [0x30, 16, 0x30, 14, 0x02, 1, 2, 0x30, 5, 0x0c, 3, b'n', b'e', b'e', 0x03, 2, 7, 0x80];
        let request = Request::new(Digest([0; 32]), [1; 8]);
        let said = request.judge(&answer, &Roots::default());
        assert_eq!(said, Err("it refused: it does not know the hash algorithm (“nee”)".into()));
        assert!(request.judge(b"<html>", &Roots::default()).is_err());
    }
}
