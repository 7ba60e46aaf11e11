//! Certificate chains (RFC 5280), as far as a signed package needs them.
//!
//! The chain comes with the package and proves only that it hangs together;
//! that its end is worth anything is the verifier's knowledge: the roots here
//! are those that issue the certificates packages are signed with. What is
//! judged is judged at a moment that the caller names, never at today's.

use crate::sign::public_key::{Hash, PublicKey};
use sha2::{Digest as _, Sha256};
use x509_cert::Certificate;
use x509_cert::der::{Decode, Encode, Reader, SliceReader};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{BasicConstraints, SubjectAltName};

/// A chain is some three certificates; more is an attack on time.
const MOST: usize = 10;

/// SHA-256 of the SubjectPublicKeyInfo of the roots that are known: the two of
/// the Internet Security Research Group (Let's Encrypt), by whose certificates
/// `authsign` signs.
const ROOTS: [(&str, &str); 2] = [
    ("ISRG Root X1", "0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3"),
    ("ISRG Root X2", "762195c225586ee6c0237456e2107dc54f1efc21f61a792ebd515913cce68332"),
];

/// One certificate with the bytes that its issuer signed.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) certificate: Certificate,
    /// The whole certificate as it stands.
    pub(crate) der: Vec<u8>,
    signed: Vec<u8>,
}

/// Whether one certificate was issued by another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Issued {
    Yes,
    No,
    /// By an algorithm or key that is not judged here.
    Beyond(String),
}

/// Certificates, the signer's first, each issued by the one behind it.
pub(crate) struct Chain(Vec<Link>);

impl Chain {
    /// Reads certificates in PEM.
    pub(crate) fn read(pem: &str) -> Result<Self, String> {
        let mut links = Vec::new();
        for (number, der) in pem_blocks(pem, "CERTIFICATE").into_iter().enumerate() {
            if number == MOST {
                return Err(format!("a chain of more than {MOST} certificates"));
            }
            let der = der.ok_or_else(|| format!("certificate {} is no PEM", number + 1))?;
            links.push(Link::read(&der).ok_or_else(|| format!("certificate {} cannot be read", number + 1))?);
        }
        if links.is_empty() { Err("no certificate".into()) } else { Ok(Self(links)) }
    }

    /// Its certificates, the signer's first.
    pub(crate) fn into_links(self) -> Vec<Link> {
        self.0
    }

    /// The signer's key.
    pub(crate) fn key(&self) -> Option<PublicKey> {
        self.0[0].key()
    }

    /// Says why the chain does not hang together, or did not at that moment
    /// (seconds since 1970).
    pub(crate) fn broken_at(&self, moment: u64) -> Option<String> {
        for (number, link) in self.0.iter().enumerate() {
            let validity = link.certificate.tbs_certificate().validity();
            let (from, until) =
                (validity.not_before.to_unix_duration(), validity.not_after.to_unix_duration());
            // The root's own dates say nothing: it is known or not.
            let is_end = number > 0 && link.root().is_some();
            if !is_end && !(from.as_secs()..=until.as_secs()).contains(&moment) {
                return Some(format!(
                    "the certificate of {} was not in force at that moment",
                    link.subject()
                ));
            }
            let Some(issuer) = self.0.get(number + 1).filter(|_| !is_end) else { break };
            if !issuer.may_issue() {
                return Some(format!("{} may not issue certificates", issuer.subject()));
            }
            if !link.is_signed_by(issuer) {
                let (one, other) = (link.subject(), issuer.subject());
                return Some(format!("the certificate of {one} was not issued by {other}"));
            }
        }
        None
    }

    /// The known root that it leads to.
    pub(crate) fn root(&self) -> Option<&'static str> {
        self.0.iter().skip(1).find_map(Link::root)
    }

    /// Whom the last certificate names as its issuer.
    pub(crate) fn end(&self) -> String {
        self.0.last().map(|link| link.certificate.tbs_certificate().issuer().to_string()).unwrap_or_default()
    }

    /// Whether the signer's certificate is for the domain.
    pub(crate) fn is_for(&self, domain: &str) -> bool {
        let names = self.0[0].certificate.tbs_certificate().get_extension::<SubjectAltName>();
        let Ok(Some((_, names))) = names else { return false };
        names.0.iter().any(|name| match name {
            GeneralName::DnsName(name) => covers(name.as_ref(), domain),
            _ => false,
        })
    }
}

impl Link {
    pub(crate) fn read(der: &[u8]) -> Option<Self> {
        let certificate = Certificate::from_der(der).ok()?;
        // The bytes as they stand: encoding them anew would verify something else.
        let mut reader = SliceReader::new(der).ok()?;
        let signed = reader.sequence(|inner| {
            let signed = inner.tlv_bytes()?.to_vec();
            while !inner.is_finished() {
                inner.tlv_bytes()?;
            }
            Ok::<_, x509_cert::der::Error>(signed)
        });
        Some(Self { certificate, der: der.to_vec(), signed: signed.ok()? })
    }

    /// From when until when it is in force, in seconds since 1970.
    pub(crate) fn in_force(&self) -> std::ops::RangeInclusive<u64> {
        let validity = self.certificate.tbs_certificate().validity();
        validity.not_before.to_unix_duration().as_secs()..=validity.not_after.to_unix_duration().as_secs()
    }

    fn spki(&self) -> Option<Vec<u8>> {
        self.certificate.tbs_certificate().subject_public_key_info().to_der().ok()
    }

    pub(crate) fn key(&self) -> Option<PublicKey> {
        PublicKey::read(&self.spki()?)
    }

    pub(crate) fn subject(&self) -> String {
        self.certificate.tbs_certificate().subject().to_string()
    }

    fn root(&self) -> Option<&'static str> {
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(self.spki()?));
        ROOTS.iter().find(|(_, known)| *known == hash).map(|(name, _)| *name)
    }

    fn may_issue(&self) -> bool {
        let constraints = self.certificate.tbs_certificate().get_extension::<BasicConstraints>();
        matches!(constraints, Ok(Some((_, BasicConstraints { ca: true, .. }))))
    }

    fn is_signed_by(&self, issuer: &Self) -> bool {
        self.issued_by(issuer) == Issued::Yes
    }

    /// Whether the issuer's name stands in it and the issuer's key signed it.
    pub(crate) fn issued_by(&self, issuer: &Self) -> Issued {
        let algorithm = self.certificate.signature_algorithm();
        let own = self.certificate.tbs_certificate();
        if own.issuer() != issuer.certificate.tbs_certificate().subject() || own.signature() != algorithm {
            return Issued::No;
        }
        let Some(hash) = Hash::of_signature(algorithm.oid) else {
            let (one, oid) = (self.subject(), algorithm.oid);
            return Issued::Beyond(format!(
                "the certificate of {one} is signed by an algorithm ({oid}) that is not judged here"
            ));
        };
        let Some(key) = issuer.key() else {
            let other = issuer.subject();
            return Issued::Beyond(format!("the key of {other} is of a kind that is not judged here"));
        };
        let signature = self.certificate.signature().as_bytes();
        match signature.is_some_and(|signature| key.verifies(hash, &self.signed, signature)) {
            true => Issued::Yes,
            false => Issued::No,
        }
    }
}

/// The DER of each PEM block of a kind; `None` in the place of one that is none.
pub(crate) fn pem_blocks(text: &str, kind: &str) -> Vec<Option<Vec<u8>>> {
    let (begin, end) = (format!("-----BEGIN {kind}-----"), format!("-----END {kind}-----"));
    let mut blocks = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(&begin) {
        rest = &rest[at + begin.len()..];
        let Some(stop) = rest.find(&end) else {
            blocks.push(None);
            break;
        };
        let body: String = rest[..stop].chars().filter(|c| !c.is_ascii_whitespace()).collect();
        blocks.push(data_encoding::BASE64.decode(body.as_bytes()).ok());
        rest = &rest[stop + end.len()..];
    }
    blocks
}

/// Whether a certificate's name is that of the domain; `*.` stands for one label.
fn covers(name: &str, domain: &str) -> bool {
    if name.eq_ignore_ascii_case(domain) {
        return true;
    }
    let rest = domain.split_once('.').map(|(_, rest)| rest).unwrap_or_default();
    name.strip_prefix("*.").is_some_and(|name| rest.contains('.') && name.eq_ignore_ascii_case(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_one_label_and_never_for_a_whole_country() {
        assert!(covers("Zilverhaven.example", "zilverhaven.example"));
        assert!(covers("*.zilverhaven.example", "pers.zilverhaven.example"));
        for (name, domain) in [
            ("*.zilverhaven.example", "a.b.zilverhaven.example"),
            ("*.zilverhaven.example", "zilverhaven.example"),
            ("*.example", "zilverhaven.example"),
            ("zilverhaven.example", "xzilverhaven.example"),
        ] {
            assert!(!covers(name, domain), "{name} for {domain}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,100}", bytes in proptest::collection::vec(0u8..=255, 0..200)) {
            let body = data_encoding::BASE64.encode(&bytes);
            for inner in [text, body] {
                let _ = Chain::read(&format!("-----BEGIN CERTIFICATE-----\n{inner}\n-----END CERTIFICATE-----\n"));
            }
            let _ = Link::read(&bytes);
        }
    }
}
