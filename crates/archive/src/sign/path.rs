//! From a signer's certificate to a root that the verifier brought (RFC 5280, 6.1).
//!
//! Certificates of the token are only steps on the way; where the way ends is
//! the verifier's knowledge. All is judged at one moment, the token's own.
//! Names, policies and revocation are not judged: a critical constraint on
//! them makes a certificate one that is beyond this module.

use crate::sign::certificate::{Issued, Link, pem_blocks};
use x509_cert::der::oid::{AssociatedOid, ObjectIdentifier};
use x509_cert::ext::pkix::{
    BasicConstraints, CertificatePolicies, ExtendedKeyUsage, KeyUsage, SubjectAltName,
};

/// A chain is some three certificates; more is an attack on time.
const LONGEST: usize = 10;
/// Signatures that are tried for one token.
const MOST_TRIES: usize = 60;
/// A system's own list of roots has some 150.
const MOST_ROOTS: usize = 2000;

/// id-kp-timeStamping.
pub(crate) const TIME_STAMPING: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8");
/// anyExtendedKeyUsage.
const ANY_USE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37.0");

/// The certificates that a verifier trusts; never taken from what is verified.
#[derive(Clone, Debug, Default)]
pub struct Roots {
    pub(crate) links: Vec<Link>,
    /// How many certificates of the file could not be read.
    pub unread: usize,
}

impl Roots {
    /// Reads certificates: any number in PEM, or one in DER.
    ///
    /// # Errors
    /// In words, when not one can be read.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let text = String::from_utf8_lossy(bytes);
        let mut roots = Self::default();
        let blocks = match bytes.first() {
            Some(0x30) => vec![Some(bytes.to_vec())],
            _ => pem_blocks(&text, "CERTIFICATE"),
        };
        for block in blocks.into_iter().take(MOST_ROOTS) {
            match block.and_then(|der| Link::read(&der)) {
                Some(link) => roots.links.push(link),
                None => roots.unread += 1,
            }
        }
        if roots.links.is_empty() {
            return Err("no certificate in it that can be read; give certificates in PEM".into());
        }
        Ok(roots)
    }

    /// Whether none was brought.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }
}

/// A way that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Led {
    /// The root's name.
    pub(crate) root: String,
    /// When the first certificate on it ends, in seconds since 1970.
    pub(crate) until: u64,
}

/// Why there is no way; the later the more is known, and the most is said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoWay {
    /// It ends at nobody whom the verifier trusts.
    Unknown(String),
    /// It may be there, but cannot be judged here.
    Beyond(String),
    /// It breaks a rule.
    Wrong(String),
}

/// Looks for a way from a signer's certificate to a root, at a moment in
/// seconds since 1970.
pub(crate) fn lead(signer: &Link, pool: &[Link], roots: &Roots, moment: u64) -> Result<Led, NoWay> {
    Search { pool, roots: &roots.links, moment, tries: 0 }.from(signer, 0)
}

/// When the first certificate ends on the way that the names in a pool lay
/// out, in seconds since 1970; nothing is said of who trusts them.
pub(crate) fn earliest_end(signer: &Link, pool: &[Link]) -> u64 {
    let (mut link, mut end) = (signer, *signer.in_force().end());
    for _ in 0..LONGEST {
        let issuer = link.certificate.tbs_certificate().issuer();
        let above =
            |other: &&Link| other.certificate.tbs_certificate().subject() == issuer && other.der != link.der;
        let Some(next) = pool.iter().find(above) else { break };
        end = end.min(*next.in_force().end());
        link = next;
    }
    end
}

struct Search<'a> {
    pool: &'a [Link],
    roots: &'a [Link],
    moment: u64,
    tries: usize,
}

impl Search<'_> {
    /// Goes on from a certificate that stands `depth` steps above the signer's.
    fn from(&mut self, link: &Link, depth: usize) -> Result<Led, NoWay> {
        let until = *link.in_force().end();
        if self.roots.iter().any(|root| root.der == link.der) {
            return Ok(Led { root: link.subject(), until });
        }
        let name = link.subject();
        if !link.in_force().contains(&self.moment) {
            return Err(NoWay::Wrong(format!("the certificate of {name} was not in force at that moment")));
        }
        if let Some(oid) = unknown_critical(link) {
            let what =
                format!("the certificate of {name} has a critical extension ({oid}) that is not judged here");
            return Err(NoWay::Beyond(what));
        }
        if depth > 0 {
            may_issue(link, depth)?;
        }
        let issuer = link.certificate.tbs_certificate().issuer();
        let mut no_way =
            NoWay::Unknown(format!("its certificates lead to {issuer}, which is not among the roots given"));
        let (roots, pool) = (self.roots, self.pool);
        for root in roots.iter().filter(|root| root.certificate.tbs_certificate().subject() == issuer) {
            self.tries += 1;
            match link.issued_by(root) {
                Issued::Yes if is_no_issuer(root) => {
                    let what = format!("{issuer} is given as a root, but may not issue certificates");
                    no_way = no_way.max(NoWay::Wrong(what));
                }
                Issued::Yes => {
                    return Ok(Led { root: root.subject(), until: until.min(*root.in_force().end()) });
                }
                Issued::Beyond(what) => no_way = no_way.max(NoWay::Beyond(what)),
                Issued::No => {}
            }
        }
        let above = pool
            .iter()
            .filter(|other| other.certificate.tbs_certificate().subject() == issuer && other.der != link.der);
        for other in above {
            if depth == LONGEST || self.tries >= MOST_TRIES {
                return Err(no_way.max(NoWay::Beyond("too many certificates to try".into())));
            }
            self.tries += 1;
            match link.issued_by(other) {
                Issued::Yes => match self.from(other, depth + 1) {
                    Ok(led) => return Ok(Led { until: led.until.min(until), ..led }),
                    Err(why) => no_way = no_way.max(why),
                },
                Issued::Beyond(what) => no_way = no_way.max(NoWay::Beyond(what)),
                Issued::No => {}
            }
        }
        Err(no_way)
    }
}

/// Whether a certificate may issue others, the one `depth` steps below it included.
fn may_issue(link: &Link, depth: usize) -> Result<(), NoWay> {
    let own = link.certificate.tbs_certificate();
    let name = link.subject();
    let wrong = |what: &str| Err(NoWay::Wrong(format!("{name} {what}")));
    let beyond = || NoWay::Beyond(format!("an extension of the certificate of {name} cannot be read"));
    let constraints = own.get_extension::<BasicConstraints>().map_err(|_| beyond())?;
    match constraints {
        Some((_, BasicConstraints { ca: true, path_len_constraint: Some(most) }))
            if depth - 1 > usize::from(most) =>
        {
            return wrong("has issued a longer chain than it may");
        }
        Some((_, BasicConstraints { ca: true, .. })) => {}
        _ => return wrong("may not issue certificates"),
    }
    let usage = own.get_extension::<KeyUsage>().map_err(|_| beyond())?;
    if usage.is_some_and(|(_, usage)| !usage.key_cert_sign()) {
        return wrong("has a key that is not for signing certificates");
    }
    let uses = own.get_extension::<ExtendedKeyUsage>().map_err(|_| beyond())?;
    if uses.is_some_and(|(_, uses)| !uses.0.iter().any(|used| [TIME_STAMPING, ANY_USE].contains(used))) {
        return wrong("may not issue certificates for time stamps");
    }
    Ok(())
}

/// Whether a root says of itself that it issues nothing. Old roots say nothing at all.
fn is_no_issuer(root: &Link) -> bool {
    let own = root.certificate.tbs_certificate();
    match own.get_extension::<BasicConstraints>() {
        Ok(Some((_, constraints))) => !constraints.ca,
        Ok(None) => own.issuer() != own.subject(),
        Err(_) => true,
    }
}

/// A critical extension that nothing here judges.
fn unknown_critical(link: &Link) -> Option<ObjectIdentifier> {
    const KNOWN: [ObjectIdentifier; 5] = [
        BasicConstraints::OID,
        KeyUsage::OID,
        ExtendedKeyUsage::OID,
        SubjectAltName::OID,
        // Any policy will do: whoever asks has brought none of his own.
        CertificatePolicies::OID,
    ];
    let extensions = link.certificate.tbs_certificate().extensions()?;
    extensions.iter().find(|one| one.critical && !KNOWN.contains(&one.extn_id)).map(|one| one.extn_id)
}
