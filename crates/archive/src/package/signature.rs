//! `signedData` of `datapackage-digest.json` (WACZ Signing and Verification 0.1.0).
//!
//! Signed is the text `sha256:…` of the manifest's hash, by ECDSA over SHA-256:
//! with a key that names nobody, or with the key of a domain's certificate and
//! a time stamp over the signature. The standard's steps compare the signed
//! hash with no byte of the package; here it is compared with the manifest.

use crate::package::write::software;
use crate::sign::certificate::Chain;
use crate::sign::findings::WRONG;
use crate::sign::path::Roots;
use crate::sign::public_key::{Hash, PublicKey};
use crate::sign::stamp::{Stamp, seconds};
use crate::sign::token::{self, Asked, Partner};
use crate::verify::verdict::Verdict;
use data_encoding::BASE64;
use p384::ecdsa::SigningKey;
use p384::ecdsa::signature::hazmat::PrehashSigner;
use p384::pkcs8::EncodePublicKey;
use plainsight_model::Digest;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A key of its owner's that signs packages without naming anybody: ECDSA on
/// P-384, the curve that browsers' archivers use. It has no `Debug`.
pub struct PackageKey(SigningKey);

impl PackageKey {
    /// The key of 48 secret bytes; `None` for the few values that are no key.
    /// Whoever calls draws them from the system's random numbers and keeps them.
    pub fn from_secret(secret: &[u8; 48]) -> Option<Self> {
        SigningKey::from_slice(secret).ok().map(Self)
    }

    /// The public key as `publicKey` has it: base64 of its SubjectPublicKeyInfo.
    pub fn public_key(&self) -> String {
        let der = self.0.verifying_key().to_public_key_der().expect("a key on a named curve has a DER form");
        BASE64.encode(der.as_bytes())
    }

    /// `signedData` for a manifest's hash. The same hash gives the same bytes (RFC 6979).
    pub(crate) fn sign(&self, hash: &str, created: &str) -> Value {
        let signature: Result<p384::ecdsa::Signature, _> = self.0.sign_prehash(&Sha256::digest(hash));
        let signature = signature.expect("a hash of 32 bytes is long enough for the curve");
        json!({
            "hash": hash,
            "signature": BASE64.encode(&signature.to_bytes()),
            "publicKey": self.public_key(),
            "created": created,
            "software": software(),
        })
    }
}

/// What a signature is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    /// It holds; the sentences say what stays open.
    Holds(Vec<String>),
    /// It holds, but nobody known vouches for whom it names.
    Unknown(String),
    /// It does not.
    Fails(String),
}

/// Judges `signedData` against the manifest's bytes and the moment it names;
/// its time stamp by the roots that the verifier brought.
pub(crate) fn judge(signed: &Value, manifest: Digest, created: Option<&str>, roots: &Roots) -> Signed {
    match check(signed, manifest, created, roots) {
        Ok(judged) => judged,
        Err(why) => Signed::Fails(why),
    }
}

fn check(signed: &Value, manifest: Digest, created: Option<&str>, roots: &Roots) -> Result<Signed, String> {
    let text = |name: &str| signed[name].as_str().filter(|text| !text.is_empty());
    let hash = text("hash").ok_or("signedData names no hash")?;
    if hash != format!("sha256:{}", manifest.hex()) {
        return Err("signedData.hash is not that of datapackage.json: another manifest was signed".into());
    }
    // The signature covers the hash alone; the moment is covered by the manifest.
    if created.is_some_and(|created| text("created").is_some_and(|own| own != created)) {
        return Err("signedData.created is not that of the manifest".into());
    }
    let signature = text("signature").ok_or("signedData has no signature")?;
    let bytes = BASE64.decode(signature.as_bytes()).map_err(|_| "the signature is no base64")?;
    match (text("domainCert"), text("publicKey")) {
        (Some(chain), _) => {
            let chain = Chain::read(chain).map_err(|why| format!("the domain's certificate: {why}"))?;
            by_domain(signed, hash, signature, &bytes, &chain, roots)
        }
        (None, Some(key)) => {
            let key = BASE64.decode(key.as_bytes()).ok().and_then(|spki| PublicKey::read(&spki));
            let key = key.ok_or("the public key cannot be read")?;
            if !key.verifies(Hash::Sha256, hash.as_bytes(), &bytes) {
                return Err("the signature does not verify under its public key".into());
            }
            let name = key.name();
            Ok(Signed::Holds(vec![format!(
                "signed with an {name} key that names nobody: whoever holds it signed, when is not proved"
            )]))
        }
        (None, None) => Err("a signature without a key".into()),
    }
}

fn by_domain(
    signed: &Value,
    hash: &str,
    signature: &str,
    bytes: &[u8],
    chain: &Chain,
    roots: &Roots,
) -> Result<Signed, String> {
    let text = |name: &str| signed[name].as_str().filter(|text| !text.is_empty());
    let domain = text("domain").ok_or("signedData has a certificate, but names no domain")?;
    let key = chain.key().ok_or("the key of the domain's certificate cannot be read")?;
    if !key.verifies(Hash::Sha256, hash.as_bytes(), bytes) {
        return Err(format!("the signature does not verify under the certificate of {domain}"));
    }
    if !chain.is_for(domain) {
        return Err(format!("the certificate is not for {domain}"));
    }
    if let Some(other) = text("crossSignedCert") {
        let other = Chain::read(other).map_err(|why| format!("the cross-signed certificate: {why}"))?;
        let holds = other.key().is_some_and(|key| key.verifies(Hash::Sha256, hash.as_bytes(), bytes));
        if !holds {
            return Err("the signature does not verify under the cross-signed certificate".into());
        }
    }
    let mut open = Vec::new();
    let moment = match text("timeSignature") {
        Some(stamp) => {
            let der = BASE64.decode(stamp.as_bytes()).map_err(|_| "the time stamp is no base64")?;
            let own = text("timestampCert").map(Chain::read).transpose();
            let own = own.map_err(|why| format!("the time stamp's certificate: {why}"))?;
            // The stamp is over the base64 of the signature, not over its bytes.
            let of = |stamp: &Stamp| match stamp.is_of(signature.as_bytes()) {
                Some(true) => Partner::Agrees,
                Some(false) => Partner::Differs,
                None => Partner::CannotSay("its hash cannot be made here".into()),
            };
            let pool = own.map(Chain::into_links).unwrap_or_default();
            let asked = Asked { what: "signature", of: &of, nonce: None, pool: &pool, roots, between: None };
            let (found, stamp) = token::judge(&der, &asked);
            if found.verdict > Verdict::NotChecked {
                let what =
                    found.faults.into_iter().find(|fault| fault.consequence == WRONG).map(|fault| fault.what);
                return Err(format!("the time stamp: {}", what.unwrap_or_default()));
            }
            open.extend(found.faults.into_iter().map(|fault| fault.what));
            let Some(stamp) = stamp else {
                let why = open.join("; ");
                return Ok(Signed::Unknown(format!(
                    "signed for {domain}, but its time stamp cannot be judged: {why}"
                )));
            };
            stamp.moment
        }
        None => {
            open.push("without a time stamp: when it was signed rests on its own word".into());
            text("created").and_then(seconds).ok_or("signedData names no moment")?
        }
    };
    if let Some(why) = chain.broken_at(moment) {
        return Err(why);
    }
    match chain.root() {
        Some(root) => {
            open.insert(0, format!("signed for {domain}, whose certificate leads to {root}"));
            Ok(Signed::Holds(open))
        }
        None => Ok(Signed::Unknown(format!(
            "signed for {domain}, but its certificate leads to {}, which is not among the roots known here",
            chain.end()
        ))),
    }
}
