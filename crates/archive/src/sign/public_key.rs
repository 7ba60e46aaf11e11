//! Public keys out of a SubjectPublicKeyInfo, and the signatures they verify.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs8::DecodePublicKey;
use sha2::{Digest as _, Sha256, Sha384, Sha512};
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoRef;

/// Names of algorithms (RFC 5480, RFC 8017, RFC 5758).
pub(crate) mod oid {
    use super::ObjectIdentifier;

    pub(crate) const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
    pub(crate) const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
    pub(crate) const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
    pub(crate) const RSA_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
    pub(crate) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
    pub(crate) const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
    pub(crate) const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
    pub(crate) const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
    pub(crate) const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
    pub(crate) const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
    pub(crate) const EC_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
    pub(crate) const EC_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
    pub(crate) const EC_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4");
}

/// The hash that a signature is over. SHA-1 and MD5 are left out on purpose:
/// whoever can make two texts with one hash can move a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash of a signature algorithm.
    pub(crate) fn of_signature(algorithm: ObjectIdentifier) -> Option<Self> {
        match algorithm {
            oid::RSA_SHA256 | oid::EC_SHA256 => Some(Self::Sha256),
            oid::RSA_SHA384 | oid::EC_SHA384 => Some(Self::Sha384),
            oid::RSA_SHA512 | oid::EC_SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// The hash of a digest algorithm (RFC 5754).
    pub(crate) fn of_digest(algorithm: ObjectIdentifier) -> Option<Self> {
        match algorithm {
            oid::SHA256 => Some(Self::Sha256),
            oid::SHA384 => Some(Self::Sha384),
            oid::SHA512 => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Its length in bytes.
    pub(crate) fn length(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    pub(crate) fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(bytes).to_vec(),
            Self::Sha384 => Sha384::digest(bytes).to_vec(),
            Self::Sha512 => Sha512::digest(bytes).to_vec(),
        }
    }
}

/// A public key that can verify.
#[derive(Clone, Debug)]
pub(crate) enum PublicKey {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    Rsa(Box<rsa::PublicKey>),
}

impl PublicKey {
    /// Reads the DER of a SubjectPublicKeyInfo.
    pub(crate) fn read(spki: &[u8]) -> Option<Self> {
        let info = SubjectPublicKeyInfoRef::try_from(spki).ok()?;
        let bits = info.subject_public_key.as_bytes()?;
        let curve = || info.algorithm.parameters?.decode_as::<ObjectIdentifier>().ok();
        match info.algorithm.oid {
            oid::EC_KEY if curve() == Some(oid::P256) => {
                p256::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::P256)
            }
            oid::EC_KEY if curve() == Some(oid::P384) => {
                p384::ecdsa::VerifyingKey::from_sec1_bytes(bits).ok().map(Self::P384)
            }
            oid::RSA_KEY => {
                rsa::PublicKey::from_public_key_der(spki).ok().map(|key| Self::Rsa(Box::new(key)))
            }
            _ => None,
        }
    }

    /// How messages call it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::P256(_) => "ECDSA P-256",
            Self::P384(_) => "ECDSA P-384",
            Self::Rsa(_) => "RSA",
        }
    }

    /// Whether it made the signature over the text under the hash. An ECDSA
    /// signature may stand as DER or as its two numbers in a row.
    pub(crate) fn verifies(&self, hash: Hash, text: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::P256(key) => {
                let read = match signature.len() {
                    64 => p256::ecdsa::Signature::from_slice(signature),
                    _ => p256::ecdsa::Signature::from_der(signature),
                };
                read.is_ok_and(|signature| key.verify_prehash(&hash.of(text), &signature).is_ok())
            }
            Self::P384(key) => {
                let read = match signature.len() {
                    96 => p384::ecdsa::Signature::from_slice(signature),
                    _ => p384::ecdsa::Signature::from_der(signature),
                };
                read.is_ok_and(|signature| key.verify_prehash(&hash.of(text), &signature).is_ok())
            }
            Self::Rsa(key) => {
                let Ok(signature) = rsa::pkcs1v15::Signature::try_from(signature) else { return false };
                let key = (**key).clone();
                match hash {
                    Hash::Sha256 => rsa::pkcs1v15::VerifyingKey::<Sha256>::new(key).verify(text, &signature),
                    Hash::Sha384 => rsa::pkcs1v15::VerifyingKey::<Sha384>::new(key).verify(text, &signature),
                    Hash::Sha512 => rsa::pkcs1v15::VerifyingKey::<Sha512>::new(key).verify(text, &signature),
                }
                .is_ok()
            }
        }
    }
}
