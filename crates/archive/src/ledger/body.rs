//! The bodies beside the chain, each with the salt of its commitment.

use crate::error::ArchiveError;
use data_encoding::HEXLOWER;
use hmac::{Hmac, KeyInit, Mac};
use plainsight_model::{Digest, Store};
use sha2::Sha256;
use std::path::Path;

/// The folder of the bodies.
pub(crate) const BODIES: &str = "bodies";

pub(crate) fn body_name(number: u64) -> String {
    format!("{number:06}.json")
}

/// The commitment is over the body's text as it stands here, so that no
/// question of key order or spelling can arise.
pub(crate) fn body_text(salt: &[u8], body: &str) -> String {
    format!("{{\"salt\":\"{}\",\"body\":{body}}}\n", HEXLOWER.encode(salt))
}

pub(crate) fn read_body(text: &str) -> Option<(Vec<u8>, &str)> {
    let rest = text.strip_prefix("{\"salt\":\"")?;
    let salt = HEXLOWER.decode(rest.get(..64)?.as_bytes()).ok()?;
    let body = rest.get(64..)?.strip_prefix("\",\"body\":")?.strip_suffix("}\n")?;
    Some((salt, body))
}

pub(crate) fn random_salt() -> Result<Vec<u8>, ArchiveError> {
    let mut salt = vec![0; 32];
    getrandom::fill(&mut salt).map_err(ArchiveError::NoRandom)?;
    Ok(salt)
}

pub(crate) fn commitment(salt: &[u8], body: &[u8]) -> Digest {
    let mut mac = Hmac::<Sha256>::new_from_slice(salt).expect("HMAC takes a key of any length");
    mac.update(body);
    Digest(mac.finalize().into_bytes().into())
}

pub(crate) fn write_synced(store: &dyn Store, path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    let mut file = store.output(path, true).map_err(ArchiveError::io(path))?;
    file.write_all(bytes).and_then(|()| file.sync()).map_err(ArchiveError::io(path))
}
