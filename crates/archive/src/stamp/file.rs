//! A time stamp token in a file of its own, beside the file that it stamps.

use crate::error::ArchiveError;
use crate::sign::findings::Findings;
use crate::sign::public_key::Hash;
use crate::sign::stamp::{Imprint, Stamp};
use crate::sign::token::{Asked, Partner, Said, judge};
use crate::stamp::trust::Trust;
use crate::verify::proofs::Judgement;
use crate::verify::verdict::{Fault, Verdict};
use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// DER of id-ct-TSTInfo (RFC 3161).
const TST_INFO: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";

/// Judges a file that holds a token or an authority's answer; none if it holds neither.
pub(crate) fn time_stamp(path: &Path, raw: &[u8], trust: &Trust) -> Result<Option<Judgement>, ArchiveError> {
    if raw.first() != Some(&0x30) || !raw.windows(TST_INFO.len()).any(|window| window == TST_INFO) {
        return Ok(None);
    }
    if is_cut(raw) {
        let fault =
            Fault::new("byte 0", "stamp-form", "an RFC 3161 time stamp that is cut", "it proves nothing");
        return Ok(Some((Verdict::Incomplete, vec![fault])));
    }
    Ok(Some(crate::stamp::renewal::walk(path, raw, trust)?.0))
}

/// Judges one token by the file beside it.
pub(crate) fn judge_one(
    path: &Path,
    raw: &[u8],
    trust: &Trust,
) -> Result<(Findings, Option<Said>), ArchiveError> {
    let partner = partner(path, ".tsr");
    let failed = RefCell::new(None);
    let of = |stamp: &Stamp| match &partner {
        None => Partner::Missing,
        Some(file) => of_file(stamp, file).unwrap_or_else(|error| {
            let why = error.to_string();
            failed.replace(Some(error));
            Partner::CannotSay(why)
        }),
    };
    let asked =
        Asked { what: "file", of: &of, nonce: None, pool: &[], roots: &trust.roots, between: trust.between };
    let judged = judge(raw, &asked);
    match failed.into_inner() {
        Some(error) => Err(error),
        None => Ok(judged),
    }
}

/// Whether the outermost element says that it is longer than the file.
fn is_cut(raw: &[u8]) -> bool {
    let (head, length) = match raw.get(1) {
        Some(&short @ 0..=0x7f) => (2, usize::from(short)),
        Some(&long @ 0x81..=0x84) => {
            let digits = usize::from(long & 0x7f);
            let bytes = raw.get(2..2 + digits).unwrap_or_default();
            (2 + digits, bytes.iter().fold(0, |value, &byte| value << 8 | usize::from(byte)))
        }
        _ => return false,
    };
    head + length > raw.len()
}

/// The file that a proof is about: its own name without the suffix, and
/// without a number before it (`head.tsr`, `head.2.tsr`).
pub(crate) fn partner(path: &Path, suffix: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?.strip_suffix(suffix)?;
    let numbered =
        name.rsplit_once('.').filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let names = [Some(name), numbered.map(|(name, _)| name)];
    names.into_iter().flatten().map(|name| path.with_file_name(name)).find(|file| file.is_file())
}

/// Whether a stamp is of a file's bytes.
fn of_file(stamp: &Stamp, path: &Path) -> Result<Partner, ArchiveError> {
    let hash = match stamp.algorithm {
        Imprint::Known(Hash::Sha256) => hashed::<sha2::Sha256>(path)?,
        Imprint::Known(Hash::Sha384) => hashed::<sha2::Sha384>(path)?,
        Imprint::Known(Hash::Sha512) => hashed::<sha2::Sha512>(path)?,
        Imprint::Sha1 => hashed::<sha1::Sha1>(path)?,
        // The judge says so itself.
        Imprint::Other(_) => return Ok(Partner::Agrees),
    };
    Ok(if hash == stamp.imprint { Partner::Agrees } else { Partner::Differs })
}

/// A file's hash, read a piece at a time.
pub(crate) fn hashed<H: sha2::Digest>(path: &Path) -> Result<Vec<u8>, ArchiveError> {
    let mut file = File::open(path).map_err(ArchiveError::io(path))?;
    let (mut hash, mut buffer) = (H::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut buffer).map_err(ArchiveError::io(path))? {
            0 => return Ok(hash.finalize().to_vec()),
            got => hash.update(&buffer[..got]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_partner_is_named_by_the_proof() {
        let folder = tempfile::tempdir().expect("a folder");
        let put = |name: &str| std::fs::write(folder.path().join(name), "x").expect("written");
        put("kop");
        put("kop.1.tsr");
        let found = |name: &str| {
            partner(&folder.path().join(name), ".tsr")
                .map(|p| p.file_name().map(|n| n.to_owned()).unwrap_or_default())
        };
        for (proof, of) in [
            ("kop.tsr", Some("kop")),
            ("kop.12.tsr", Some("kop")),
            ("kop.1.tsr.tsr", Some("kop.1.tsr")),
            ("kop.oud.tsr", None),
            ("anders.tsr", None),
        ] {
            assert_eq!(found(proof), of.map(Into::into), "{proof}");
        }
    }
}
