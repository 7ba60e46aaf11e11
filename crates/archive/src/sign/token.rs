//! Judges an RFC 3161 token: imprint, nonce, signature over its signed
//! attributes, the certificate they name, and the chain at the token's own time.
//!
//! What is sound but beyond this module (RSA-PSS, P-521, BER, an unknown
//! critical extension) is `not checked` with a sentence, never `invalid`.

use crate::sign::certificate::Link;
use crate::sign::cms::{SignedData, SignerId, algorithm};
use crate::sign::der::{INTEGER, NoDer, Node, OCTETS, OID, SEQUENCE};
use crate::sign::findings::Findings;
use crate::sign::path::{NoWay, Roots, TIME_STAMPING, earliest_end, lead};
use crate::sign::public_key::{Hash, oid};
use crate::sign::stamp::{Answer, Imprint, SHA1, Stamp, TST_INFO, moment};
use x509_cert::der::Encode;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::ext::pkix::{ExtendedKeyUsage, KeyUsage, SubjectKeyIdentifier};

/// Attributes of CMS (RFC 5652, 11) and of ESS (RFC 2634, RFC 5035).
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// What a token is laid against.
pub(crate) struct Asked<'a> {
    /// What it should be of, as messages call it.
    pub(crate) what: &'static str,
    /// Says whether it is of that.
    pub(crate) of: &'a dyn Fn(&Stamp) -> Partner,
    /// The number that the request had, where that is known.
    pub(crate) nonce: Option<&'a [u8]>,
    /// Certificates beside those of the token; nobody vouches for them.
    pub(crate) pool: &'a [Link],
    pub(crate) roots: &'a Roots,
    /// Between which moments it must have been made, in seconds since 1970.
    pub(crate) between: Option<(u64, u64)>,
}

/// Whether a token is of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Partner {
    Agrees,
    Differs,
    /// The file is there, but its hash cannot be made.
    CannotSay(String),
    /// There is no file.
    Missing,
}

/// What a sound token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The name in the authority's certificate; empty where that is unknown.
    pub authority: String,
    /// When it was stamped, RFC 3339, whole seconds.
    pub time: String,
    /// The same in seconds since 1970.
    pub moment: u64,
    /// How far that may be off, in microseconds, where the authority says.
    pub accuracy: Option<u64>,
    /// When the first certificate on the way to a trusted root ends, in
    /// seconds since 1970; none without such a way.
    pub until: Option<u64>,
    /// When the first of the certificates that it brings along for its
    /// authority ends, whoever trusts them; none where it brings none.
    pub ends: Option<u64>,
}

/// Judges an answer or a bare token.
pub(crate) fn judge(der: &[u8], asked: &Asked<'_>) -> (Findings, Option<Said>) {
    let mut found = Findings::default();
    let said = match judge_der(der, asked, &mut found) {
        Ok(said) => said,
        Err(why) => {
            found.no_der("stamp-form", why);
            None
        }
    };
    (found, said)
}

fn judge_der(der: &[u8], asked: &Asked<'_>, found: &mut Findings) -> Result<Option<Said>, NoDer> {
    let answer = Answer::read(der)?;
    let Some(token) = answer.token.filter(|_| answer.status <= 1) else {
        found.wrong(0, "stamp-form", "an answer by which the authority granted no time stamp");
        return Ok(None);
    };
    let signed = SignedData::read(token)?;
    let stamp = Stamp::of(&signed)?;
    judge_partner(&stamp, asked, found);
    if let Some(nonce) = asked.nonce
        && stamp.nonce.as_deref() != Some(nonce)
    {
        found.wrong(stamp.at, "stamp-nonce", "it is no answer to this request: its nonce is another");
    }
    if stamp.extended {
        found.beyond(stamp.at, "stamp-form", "it has a critical extension that is not judged here");
    }
    judge_time(&stamp, asked, found);
    let mut said = Said {
        authority: String::new(),
        time: stamp.time.clone(),
        moment: stamp.moment,
        accuracy: stamp.accuracy,
        until: None,
        ends: None,
    };
    judge_content(&signed, found)?;
    let pool: Vec<Link> = signed.certificates.iter().filter_map(|der| Link::read(der)).collect();
    let pool = [&pool, asked.pool].concat();
    let known = pool.iter().chain(&asked.roots.links);
    let Some(signer) = known.into_iter().find(|link| is_named(link, &signed.signer.id)) else {
        let what = match signed.certificates.len() > pool.len() {
            true => "the authority's certificate cannot be read here",
            false => "the authority's certificate is not in it; give it with the roots",
        };
        found.missing(signed.signer.at, "stamp-certificate", what);
        return Ok(Some(said));
    };
    said.authority = signer.subject();
    said.ends = Some(earliest_end(signer, &pool));
    judge_naming(&signed, signer, found)?;
    judge_purpose(signer, signed.signer.at, found);
    judge_signature(&signed, signer, found)?;
    let at = signed.signer.at;
    match lead(signer, &pool, asked.roots, stamp.moment) {
        Ok(led) => {
            let (name, time, until) = (&said.authority, &said.time, moment(led.until));
            found.note(at, "stamp", format!(
                "stamped at {time}{} by {name}, whose certificates lead to {} and end at {until}; whether one was revoked is not judged",
                off(stamp.accuracy), led.root
            ));
            said.until = Some(led.until);
        }
        Err(NoWay::Unknown(what)) => {
            let (name, time) = (&said.authority, &said.time);
            let roots = if asked.roots.is_empty() { "; no roots were given" } else { "" };
            found.missing(
                at,
                "stamp-chain",
                format!("stamped at {time}{} by {name}, but {what}{roots}", off(stamp.accuracy)),
            );
        }
        Err(NoWay::Beyond(what)) => found.beyond(at, "stamp-chain", what),
        Err(NoWay::Wrong(what)) => found.wrong(at, "stamp-chain", what),
    }
    Ok(Some(said))
}

/// ` (± 1.5 s)`, or nothing where the authority does not say.
fn off(accuracy: Option<u64>) -> String {
    accuracy.map(|micros| format!(" (± {} s)", micros as f64 / 1e6)).unwrap_or_default()
}

fn judge_partner(stamp: &Stamp, asked: &Asked<'_>, found: &mut Findings) {
    const RULE: &str = "stamp-imprint";
    match (asked.of)(stamp) {
        Partner::Agrees => {}
        Partner::Differs => found.wrong(
            stamp.at,
            RULE,
            format!("the time stamp is of something else than this {}", asked.what),
        ),
        Partner::CannotSay(why) => found.beyond(stamp.at, RULE, why),
        Partner::Missing => found.missing(stamp.at, "partner", "the file that it stamps is not beside it"),
    }
    match stamp.algorithm {
        Imprint::Known(_) => {}
        Imprint::Sha1 => {
            found.missing(stamp.at, RULE, "it is of a SHA-1, and two files with one SHA-1 can be made")
        }
        Imprint::Other(oid) => {
            found.beyond(stamp.at, RULE, format!("it is of a hash ({oid}) that is not made here"))
        }
    }
}

/// The whole span in which the stamp may have been made has to lie between the moments.
fn judge_time(stamp: &Stamp, asked: &Asked<'_>, found: &mut Findings) {
    let Some((from, until)) = asked.between else { return };
    let off = stamp.accuracy.unwrap_or(0).div_ceil(1_000_000);
    let (first, last) = (stamp.moment.saturating_sub(off), stamp.moment.saturating_add(off));
    if first < from || last > until {
        let (time, from, until) = (&stamp.time, moment(from), moment(until));
        found.wrong(
            stamp.at,
            "stamp-time",
            format!("stamped at {time}, which is not between {from} and {until}"),
        );
    }
}

/// What the signed attributes say of the content (RFC 5652, 5.4 and 11).
fn judge_content(signed: &SignedData<'_>, found: &mut Findings) -> Result<(), NoDer> {
    const RULE: &str = "stamp-signature";
    let signer = &signed.signer;
    if signer.attributes.is_none() {
        found.wrong(signer.at, RULE, "it has no signed attributes, which every time stamp has");
        return Ok(());
    }
    match signer.attribute(CONTENT_TYPE)?.as_slice() {
        [kind] if kind.tag == OID && kind.oid()? == TST_INFO => {}
        _ => found.wrong(signer.at, RULE, "its signed content type is not that of a time stamp"),
    }
    match (signer.attribute(MESSAGE_DIGEST)?.as_slice(), Hash::of_digest(signer.digest)) {
        ([digest], Some(hash)) if digest.tag == OCTETS => {
            if hash.of(signed.content.content) != digest.content {
                found.wrong(digest.at, RULE, "its content is not the one that was signed");
            }
        }
        ([_], Some(_)) | ([], _) | ([_, _, ..], _) => {
            found.wrong(signer.at, RULE, "it has not exactly one signed digest of its content");
        }
        ([_], None) => {
            let digest = signer.digest;
            found.beyond(
                signer.at,
                RULE,
                format!("its content is signed over a hash ({digest}) that is not judged here"),
            );
        }
    }
    Ok(())
}

fn is_named(link: &Link, id: &SignerId<'_>) -> bool {
    let own = link.certificate.tbs_certificate();
    match id {
        SignerId::Serial { issuer, serial } => {
            own.issuer().to_der().is_ok_and(|name| name == *issuer)
                && own.serial_number().as_bytes() == *serial
        }
        SignerId::Key(key) => {
            let named = own.get_extension::<SubjectKeyIdentifier>();
            matches!(named, Ok(Some((_, named))) if named.0.as_bytes() == *key)
        }
    }
}

/// The signed attribute that names the authority's certificate by its hash:
/// ESSCertID (RFC 2634, SHA-1) or ESSCertIDv2 (RFC 5035, allowed by RFC 5816).
/// Public authorities send both for the sake of old readers; then both have to name it.
fn judge_naming(signed: &SignedData<'_>, signer: &Link, found: &mut Findings) -> Result<(), NoDer> {
    const RULE: &str = "stamp-certificate";
    let at = signed.signer.at;
    let (one, two) =
        (signed.signer.attribute(SIGNING_CERTIFICATE)?, signed.signer.attribute(SIGNING_CERTIFICATE_V2)?);
    let both: Vec<(&Node<'_>, bool)> =
        one.iter().map(|node| (node, false)).chain(two.iter().map(|node| (node, true))).collect();
    if both.is_empty() {
        found.wrong(at, RULE, "no signed attribute names the certificate that it was signed with");
    }
    if one.len() > 1 || two.len() > 1 {
        found.wrong(at, RULE, "a signed attribute names its certificate twice");
    }
    for (attribute, second) in both {
        let mut list = attribute.parts().take(SEQUENCE, "list of certificates")?.parts();
        // The first is the signer's; others would belong to its chain.
        let mut id = list.take(SEQUENCE, "certificate's name")?.parts();
        let named = match (second, id.maybe(SEQUENCE)?) {
            (false, None) => Some(<sha1::Sha1 as sha1::Digest>::digest(&signer.der).to_vec()),
            (true, None) => Some(Hash::Sha256.of(&signer.der)),
            (true, Some(kind)) => match algorithm(kind)? {
                SHA1 => Some(<sha1::Sha1 as sha1::Digest>::digest(&signer.der).to_vec()),
                kind => Hash::of_digest(kind).map(|hash| hash.of(&signer.der)),
            },
            (false, Some(extra)) => return Err(NoDer::Broken(extra.at, "no hash of a certificate".into())),
        };
        let hash = id.take(OCTETS, "hash of a certificate")?;
        match named {
            None => found.beyond(hash.at, RULE, "its certificate is named by a hash that is not made here"),
            Some(own) if own != hash.content => {
                found.wrong(
                    hash.at,
                    RULE,
                    "its signed attribute names another certificate than it was signed with",
                );
            }
            Some(_) => {}
        }
        if let Some(name) = id.maybe(SEQUENCE)?
            && !is_issuer_serial(name, signer)?
        {
            found.wrong(name.at, RULE, "its signed attribute names another issuer or serial number");
        }
    }
    Ok(())
}

/// `IssuerSerial { issuer GeneralNames, serialNumber }` against a certificate.
fn is_issuer_serial(node: Node<'_>, signer: &Link) -> Result<bool, NoDer> {
    let own = signer.certificate.tbs_certificate();
    let mut parts = node.parts();
    let names = parts.take(SEQUENCE, "issuer")?.parts().all()?;
    let serial = parts.take(INTEGER, "serial number")?.content;
    let issuer = own.issuer().to_der().unwrap_or_default();
    // directoryName is [4], with the Name inside.
    let named = names.iter().any(|name| name.tag == 0xa4 && name.content == issuer);
    Ok(named && serial == own.serial_number().as_bytes())
}

/// Its only use is time stamping, said critically (RFC 3161, 2.3).
fn judge_purpose(signer: &Link, at: usize, found: &mut Findings) {
    const RULE: &str = "stamp-certificate";
    let own = signer.certificate.tbs_certificate();
    match own.get_extension::<ExtendedKeyUsage>() {
        Ok(Some((true, uses))) if uses.0.as_slice() == [TIME_STAMPING] => {}
        Ok(Some((false, uses))) if uses.0.as_slice() == [TIME_STAMPING] => {
            found.wrong(at, RULE, "its certificate does not say critically that it is for time stamps");
        }
        Ok(_) => found.wrong(at, RULE, "its certificate is not one for time stamps alone"),
        Err(_) => found.beyond(at, RULE, "what its certificate is for cannot be read"),
    }
    match own.get_extension::<KeyUsage>() {
        Ok(Some((_, usage))) if !(usage.digital_signature() || usage.non_repudiation()) => {
            found.wrong(at, RULE, "its certificate has a key that is not for signing");
        }
        _ => {}
    }
}

fn judge_signature(signed: &SignedData<'_>, link: &Link, found: &mut Findings) -> Result<(), NoDer> {
    const RULE: &str = "stamp-signature";
    let signer = &signed.signer;
    let hash = match signer.algorithm {
        oid::RSA_KEY => Hash::of_digest(signer.digest),
        algorithm => Hash::of_signature(algorithm),
    };
    let (Some(hash), Some(key)) = (hash, link.key()) else {
        let algorithm = signer.algorithm;
        found.beyond(
            signer.at,
            RULE,
            format!("it is signed by an algorithm ({algorithm}) or key that is not judged here"),
        );
        return Ok(());
    };
    if !signer.signed()?.iter().any(|text| key.verifies(hash, text, signer.signature)) {
        found.wrong(
            signer.at,
            RULE,
            format!("its signature does not verify under the certificate of {}", link.subject()),
        );
    }
    Ok(())
}
