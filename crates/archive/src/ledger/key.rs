//! Keys of people: Ed25519 (RFC 8032) in the text forms of C2SP `signed-note`.
//!
//! A public key is `NAME+ID+BASE64(01 ‖ key)`, ID being the first four bytes of
//! SHA-256(NAME ‖ 0A ‖ 01 ‖ key) in hex. A secret one is
//! `PRIVATE+KEY+NAME+ID+BASE64(01 ‖ seed)`, as Go's `sumdb/note` writes it.

use crate::error::ArchiveError;
use crate::ledger::note::{Note, NoteError, Signature, is_name};
use crate::package::signature::PackageKey;
use data_encoding::{BASE64, HEXLOWER};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use std::fmt;

/// The kind of a key: Ed25519 over the text as it stands.
const ED25519: u8 = 0x01;

/// A line with a key: 1 KiB leaves room for any name.
const MOST_BYTES: usize = 1024;

/// A person's public key with the name that they gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    key: VerifyingKey,
}

/// What a note's signatures say of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signed {
    /// No signature by this key.
    Not,
    /// A signature that holds.
    Holds,
    /// A signature that names this key and does not hold.
    Fails,
}

impl PublicKey {
    /// Reads the text form.
    pub fn read(text: &str) -> Result<Self, NoteError> {
        let (name, id, key) = parts(text.trim_end(), "public key")?;
        let key = VerifyingKey::from_bytes(&key)
            .map_err(|_| NoteError::new("public key", "its 32 bytes are no point of the curve"))?;
        let key = Self { name: name.to_owned(), key };
        match key.id() == id {
            true => Ok(key),
            false => Err(NoteError::new("public key", "its id is not that of its name and bytes")),
        }
    }

    /// The name that its owner gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// SHA-256(name ‖ 0A ‖ 01 ‖ key), the first four bytes.
    pub fn id(&self) -> [u8; 4] {
        let hash = Sha256::digest([self.name.as_bytes(), b"\n", &[ED25519], self.key.as_bytes()].concat());
        [hash[0], hash[1], hash[2], hash[3]]
    }

    /// Name and id, for people: two keys of one name differ in it.
    pub fn short(&self) -> String {
        format!("{}+{}", self.name, HEXLOWER.encode(&self.id()))
    }

    /// What a note says of this key. One wrong signature outweighs a right one.
    pub fn judge(&self, note: &Note) -> Signed {
        let own = note.signatures.iter().filter(|one| one.name == self.name && one.id == self.id());
        let holds = |one: &Signature| {
            ed25519_dalek::Signature::from_slice(&one.bytes)
                .is_ok_and(|signature| self.key.verify_strict(note.text.as_bytes(), &signature).is_ok())
        };
        own.fold(Signed::Not, |so_far, one| match so_far {
            Signed::Fails => Signed::Fails,
            _ if holds(one) => Signed::Holds,
            _ => Signed::Fails,
        })
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = BASE64.encode(&[&[ED25519], self.key.as_bytes().as_slice()].concat());
        write!(f, "{}+{key}", self.short())
    }
}

/// A person's key. It has no `Debug`; its secret leaves it only through
/// `PersonKey::secret_text`.
#[derive(Clone)]
pub struct PersonKey {
    name: String,
    signing: SigningKey,
}

impl PersonKey {
    /// Draws a new key. Without a name it is called after itself (`key-` and
    /// eight digits): names of people stand in no dossier unless they want so.
    pub fn draw(name: Option<&str>) -> Result<Self, ArchiveError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(ArchiveError::NoRandom)?;
        let signing = SigningKey::from_bytes(&seed);
        let own = HEXLOWER.encode(&Sha256::digest(signing.verifying_key().as_bytes())[..4]);
        let name = name.map_or_else(|| format!("key-{own}"), str::to_owned);
        match is_name(&name) && name.len() <= MOST_BYTES / 4 {
            true => Ok(Self { name, signing }),
            false => Err(ArchiveError::KeyName { name }),
        }
    }

    /// Reads the secret text form.
    pub fn read(text: &str) -> Result<Self, NoteError> {
        let wrong = || NoteError::new("secret key", "does not begin with PRIVATE+KEY+");
        let rest = text.trim_end().strip_prefix("PRIVATE+KEY+").ok_or_else(wrong)?;
        let (name, id, seed) = parts(rest, "secret key")?;
        let key = Self { name: name.to_owned(), signing: SigningKey::from_bytes(&seed) };
        match key.public().id() == id {
            true => Ok(key),
            false => Err(NoteError::new("secret key", "its id is not that of its name and bytes")),
        }
    }

    /// The secret text form, for the file that keeps it and nowhere else.
    pub(crate) fn secret_text(&self) -> String {
        let seed = BASE64.encode(&[&[ED25519], self.signing.as_bytes().as_slice()].concat());
        format!("PRIVATE+KEY+{}+{seed}", self.public().short())
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey { name: self.name.clone(), key: self.signing.verifying_key() }
    }

    /// The key with which this person signs packages, whose standard knows ECDSA alone. It is derived
    /// from the secret half, so that there is one file to keep: HKDF-Expand (RFC 5869) over SHA-256
    /// with the seed as PRK, which is 32 bytes of the system's random numbers.
    pub fn package_key(&self) -> PackageKey {
        let block = |before: &[u8], context: u8, number: u8| {
            let mut mac =
                Hmac::<Sha256>::new_from_slice(self.signing.as_bytes()).expect("HMAC takes any key");
            for part in [before, b"plainsight package key 1", &[context], &[number]] {
                mac.update(part);
            }
            mac.finalize().into_bytes()
        };
        // All but 2^-190 of the values are a key; the next context stands ready for the rest.
        let mut keys = (0..=u8::MAX).filter_map(|context| {
            let first = block(&[], context, 1);
            let second = block(&first, context, 2);
            let mut secret = [0; 48];
            secret[..32].copy_from_slice(&first);
            secret[32..].copy_from_slice(&second[..16]);
            PackageKey::from_secret(&secret)
        });
        keys.next().expect("one of 256 values is below the curve's order")
    }

    /// Signs a text that ends in a line break. The same text gives the same bytes.
    pub fn sign(&self, text: &str) -> Signature {
        let bytes = self.signing.sign(text.as_bytes()).to_bytes().to_vec();
        Signature { name: self.name.clone(), id: self.public().id(), bytes }
    }
}

/// Name, id and 32 bytes of a key's text form.
fn parts<'t>(text: &'t str, what: &str) -> Result<(&'t str, [u8; 4], [u8; 32]), NoteError> {
    let wrong = |why: &str| NoteError::new(what, why);
    if text.len() > MOST_BYTES {
        return Err(wrong("longer than any key"));
    }
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(wrong("not NAME+ID+BASE64"));
    };
    if !is_name(name) {
        return Err(wrong("its name is empty or has white space in it"));
    }
    let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| <[u8; 4]>::try_from(id).ok());
    let id = id.ok_or_else(|| wrong("its id is not eight lower-case hex digits"))?;
    let bytes = BASE64.decode(key.as_bytes()).map_err(|_| wrong("its last part is not base64"))?;
    match bytes.split_first() {
        Some((&ED25519, key)) => {
            let key = key.try_into().map_err(|_| wrong("not 32 bytes of Ed25519"))?;
            Ok((name, id, key))
        }
        _ => Err(wrong("of another kind than Ed25519 (01)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example in the documentation of Go's golang.org/x/mod/sumdb/note,
    /// the implementation that C2SP `signed-note` was written down from.
    const SECRET: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n— PeterNeumann \
        x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn the_published_key_signs_the_published_note() {
        let key = PersonKey::read(SECRET).expect("a key");
        assert_eq!((key.public().to_string().as_str(), key.secret_text().as_str()), (PUBLIC, SECRET));
        let public = PublicKey::read(PUBLIC).expect("a key");
        let note = Note::read(NOTE.as_bytes()).expect("a note");
        assert_eq!(public.judge(&note), Signed::Holds);
        assert_eq!(
            Note { signatures: vec![key.sign(&note.text)], text: note.text.clone() }.to_string(),
            NOTE
        );
        let other = Note::read(NOTE.replace("answer", "question").as_bytes()).expect("a note");
        assert_eq!(public.judge(&other), Signed::Fails);
        let twice = Note { signatures: [note.signatures, other.signatures].concat(), text: other.text };
        assert_eq!(public.judge(&twice), Signed::Fails);
        let stranger = PersonKey::draw(None).expect("random").public();
        assert_eq!(stranger.judge(&twice), Signed::Not);
        assert_eq!(PublicKey::read(&stranger.to_string()), Ok(stranger));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for (text, why) in [
            ("", "not NAME+ID+BASE64"),
            ("naam", "not NAME+ID+BASE64"),
            ("+c74f20a3+ARpc", "its name is empty"),
            ("na am+c74f20a3+ARpc", "its name is empty"),
            ("naam+C74F20A3+ARpc", "eight lower-case"),
            ("naam+c74f20a3+???", "not base64"),
            ("naam+c74f20a3+ARpc", "not 32 bytes"),
            ("naam+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "another kind"),
            ("Peter+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "its id is not"),
        ] {
            let error = PublicKey::read(text).expect_err(text);
            assert!(error.what.contains(why), "{text}: {error}");
        }
        assert!(PublicKey::read(&"a".repeat(5000)).is_err());
        assert!(PersonKey::read(PUBLIC).is_err());
        for name in ["", "Ilse Vonk", "a+b", "a\nb", &"n".repeat(300)] {
            assert!(PersonKey::draw(Some(name)).is_err(), "{name}");
        }
    }
}
