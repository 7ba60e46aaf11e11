//! CMS SignedData (RFC 5652), as far as a time stamp token needs it: one
//! content, one signer, signed attributes.

use crate::sign::der::{INTEGER, NoDer, Node, OCTETS, OID, SEQUENCE, SET};
use x509_cert::der::oid::ObjectIdentifier;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");

/// Certificates in one token; a real one has three.
const MOST_CERTIFICATES: usize = 32;

/// A SignedData with exactly one signer.
pub(crate) struct SignedData<'a> {
    /// What kind of content was signed.
    pub(crate) kind: ObjectIdentifier,
    /// The content's octets.
    pub(crate) content: Node<'a>,
    /// Certificates that came along; nobody vouches for them.
    pub(crate) certificates: Vec<&'a [u8]>,
    pub(crate) signer: Signer<'a>,
}

/// Who signed, and how.
pub(crate) struct Signer<'a> {
    pub(crate) at: usize,
    pub(crate) id: SignerId<'a>,
    /// The hash of the content.
    pub(crate) digest: ObjectIdentifier,
    /// The signed attributes as they stand, if there are any.
    pub(crate) attributes: Option<Node<'a>>,
    pub(crate) algorithm: ObjectIdentifier,
    pub(crate) signature: &'a [u8],
}

/// How a signer's certificate is named (RFC 5652, 5.3).
pub(crate) enum SignerId<'a> {
    /// By its issuer (DER of the Name) and serial number.
    Serial { issuer: &'a [u8], serial: &'a [u8] },
    /// By its SubjectKeyIdentifier.
    Key(&'a [u8]),
}

impl<'a> SignedData<'a> {
    /// Reads a ContentInfo.
    pub(crate) fn read(info: Node<'a>) -> Result<Self, NoDer> {
        let mut parts = info.parts();
        let kind = parts.take(OID, "content type")?;
        if kind.oid()? != SIGNED_DATA {
            return Err(NoDer::Broken(kind.at, "not signed data".into()));
        }
        let wrapped = parts.take(0xa0, "signed data")?;
        parts.end()?;
        let mut parts = wrapped.parts();
        let signed = parts.take(SEQUENCE, "signed data")?;
        parts.end()?;
        Self::inner(signed)
    }

    fn inner(signed: Node<'a>) -> Result<Self, NoDer> {
        let mut parts = signed.parts();
        parts.take(INTEGER, "version")?;
        parts.take(SET, "list of hash algorithms")?;
        let mut content = parts.take(SEQUENCE, "content")?.parts();
        let kind = content.take(OID, "content type")?.oid()?;
        let mut wrapped = content.take(0xa0, "content")?.parts();
        let content = wrapped.take(OCTETS, "content")?;
        wrapped.end()?;
        let mut certificates = Vec::new();
        if let Some(list) = parts.maybe(0xa0)? {
            let all = list.parts().all()?;
            if all.len() > MOST_CERTIFICATES {
                return Err(NoDer::Broken(list.at, format!("more than {MOST_CERTIFICATES} certificates")));
            }
            certificates.extend(all.iter().filter(|node| node.tag == SEQUENCE).map(|node| node.whole));
        }
        parts.maybe(0xa1)?;
        let signers = parts.take(SET, "list of signers")?;
        parts.end()?;
        // A token has no signature but the authority's (RFC 3161, 2.4.2).
        match signers.parts().all()?.as_slice() {
            [signer] if signer.tag == SEQUENCE => {
                Ok(Self { kind, content, certificates, signer: Signer::read(*signer)? })
            }
            all => Err(NoDer::Broken(signers.at, format!("{} signers instead of one", all.len()))),
        }
    }
}

impl<'a> Signer<'a> {
    fn read(signer: Node<'a>) -> Result<Self, NoDer> {
        let mut parts = signer.parts();
        parts.take(INTEGER, "version")?;
        let id = match parts.maybe(0x80)? {
            Some(key) => SignerId::Key(key.content),
            None => {
                let mut name = parts.take(SEQUENCE, "name of the signer")?.parts();
                let issuer = name.take(SEQUENCE, "issuer")?.whole;
                SignerId::Serial { issuer, serial: name.take(INTEGER, "serial number")?.content }
            }
        };
        let digest = algorithm(parts.take(SEQUENCE, "hash algorithm")?)?;
        let attributes = parts.maybe(0xa0)?;
        let algorithm = algorithm(parts.take(SEQUENCE, "signature algorithm")?)?;
        let signature = parts.take(OCTETS, "signature")?.content;
        parts.maybe(0xa1)?;
        parts.end()?;
        Ok(Self { at: signer.at, id, digest, attributes, algorithm, signature })
    }

    /// The values of a signed attribute; empty where there is none. Each
    /// attribute stands once (RFC 5652, 11).
    pub(crate) fn attribute(&self, wanted: ObjectIdentifier) -> Result<Vec<Node<'a>>, NoDer> {
        let mut values: Option<Vec<Node<'a>>> = None;
        for attribute in self.attributes.map_or(Ok(Vec::new()), |all| all.parts().all())? {
            let mut parts = attribute.parts();
            if parts.take(OID, "attribute")?.oid()? != wanted {
                continue;
            }
            if values.is_some() {
                return Err(NoDer::Broken(attribute.at, "an attribute that stands twice".into()));
            }
            values = Some(parts.take(SET, "value of an attribute")?.parts().all()?);
        }
        Ok(values.unwrap_or_default())
    }

    /// The bytes that were signed: the attributes as a SET (RFC 5652, 5.4),
    /// as they stand and, where that is another order, in the order of DER.
    pub(crate) fn signed(&self) -> Result<Vec<Vec<u8>>, NoDer> {
        let Some(attributes) = self.attributes else { return Ok(Vec::new()) };
        let head = attributes.whole.len() - attributes.content.len();
        let set = |content: &[u8]| [&[SET], &attributes.whole[1..head], content].concat();
        let mut sorted: Vec<&[u8]> = attributes.parts().all()?.iter().map(|node| node.whole).collect();
        sorted.sort_unstable();
        let (standing, sorted) = (set(attributes.content), set(&sorted.concat()));
        Ok(if standing == sorted { vec![standing] } else { vec![standing, sorted] })
    }
}

/// The name of an AlgorithmIdentifier.
pub(crate) fn algorithm(node: Node<'_>) -> Result<ObjectIdentifier, NoDer> {
    node.parts().take(OID, "algorithm")?.oid()
}
