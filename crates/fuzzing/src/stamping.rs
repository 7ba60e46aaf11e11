//! Targets of `archive`, its proofs of time: tokens, what authorities and calendars answer, proofs, headers, roots.

use crate::files::{Folder, judged};
use plainsight_archive::{
    Headers, Roots, Trust, ask_authority, begin_proof, upgrade_proof, verify, verify_with,
};
use plainsight_model::{Digest, Wire, WireError};
use std::path::Path;
use std::sync::OnceLock;

/// What the seeds' tokens and proofs are of.
pub const STAMPED: &[u8] = b"Zilverhaven\n";

/// The nonce that the seeds' answers carry back.
pub const NONCE: [u8; 8] = [7; 8];

/// The only calendar that may be asked.
pub const CALENDAR: &str = "https://kalender.zilverhaven.example";

/// The seeds' own authority and headers; nobody trusts them elsewhere.
fn trust() -> &'static Trust {
    static TRUST: OnceLock<Trust> = OnceLock::new();
    TRUST.get_or_init(|| {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
        let trust = Trust::default().with_roots(&seeds.join("stamp_roots/root.pem"));
        let trust = trust.and_then(|trust| trust.with_headers(&seeds.join("stamp_headers/heights")));
        trust.expect("seeds of stamp_roots and stamp_headers")
    })
}

/// A file beside what it is a proof of, judged with nothing brought and with all.
fn beside(name: &str, bytes: &[u8]) {
    let folder = Folder::with(&[("kop", STAMPED), (name, bytes)]);
    let path = folder.path(name);
    let open = verify(&path);
    judged(&open);
    judged(&verify_with(&path, trust()));
    assert_eq!(verify_with(&path, &Trust::default()), open, "nothing brought is nothing");
}

/// A time stamp token or an authority's answer in a file.
pub fn token(bytes: &[u8]) {
    beside("kop.tsr", bytes);
}

/// An OpenTimestamps proof in a file, also asked after while no calendar answers.
pub fn proof(bytes: &[u8]) {
    beside("kop.ots", bytes);
    let upgraded = upgrade_proof(&Says(b"HTTP/1.1 404 Not Found\r\n\r\n"), "kop.ots", bytes, &calendars());
    assert!(upgraded.is_err() || upgraded.is_ok_and(|upgraded| upgraded.proof.is_none()));
}

/// Headers of blocks that somebody brings.
pub fn headers(bytes: &[u8]) {
    match Headers::read(bytes) {
        Ok(headers) => assert!(!headers.is_empty()),
        Err(why) => assert!(!why.is_empty()),
    }
}

/// Certificates that somebody brings.
pub fn roots(bytes: &[u8]) {
    match Roots::read(bytes) {
        Ok(roots) => assert!(!roots.is_empty()),
        Err(why) => assert!(!why.is_empty()),
    }
}

/// What comes over the wire from an authority, and from a calendar.
pub fn answer(bytes: &[u8]) {
    let wire = Says(bytes);
    let digest = Digest::of(STAMPED);
    if let Ok(stamped) =
        ask_authority(&wire, "https://tijd.zilverhaven.example/", digest, NONCE, &trust().roots)
    {
        assert!(!stamped.said.time.is_empty(), "a stamp says when");
        let folder = Folder::with(&[("kop", STAMPED), ("kop.tsr", &stamped.token)]);
        let verified = verify_with(&folder.path("kop.tsr"), trust());
        assert!(verified.verdict <= plainsight_archive::Verdict::NotChecked, "it was taken: {verified:?}");
    }
    let Ok(begun) = begin_proof(&wire, &calendars(), digest) else { return };
    let folder = Folder::with(&[("kop", STAMPED), ("kop.ots", &begun.proof)]);
    let verified = verify(&folder.path("kop.ots"));
    assert!(verified.verdict <= plainsight_archive::Verdict::NotChecked, "it was taken: {verified:?}");
    let Ok(upgraded) = upgrade_proof(&wire, "kop.ots", &begun.proof, &calendars()) else {
        panic!("a proof that was just begun is one");
    };
    if let Some(proof) = upgraded.proof {
        assert!(upgrade_proof(&wire, "kop.ots", &proof, &[]).is_ok(), "what was learnt is a proof again");
    }
}

fn calendars() -> Vec<String> {
    vec![CALENDAR.to_owned()]
}

/// A wire at whose other end always the same is said.
struct Says<'a>(&'a [u8]);

impl Wire for Says<'_> {
    fn exchange(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, WireError> {
        Ok(self.0.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::seed;
    use plainsight_archive::Verdict;

    #[test]
    fn the_seeds_get_to_the_end_of_each_judgement() {
        for (file, target, name, verdict) in [
            ("kop.tsr", "stamp_token", "answer", Verdict::Valid),
            ("kop.tsr", "stamp_token", "bare", Verdict::Valid),
            ("kop.ots", "stamp_proof", "pending", Verdict::NotChecked),
            // Its block is found, and is one of a test network.
            ("kop.ots", "stamp_proof", "block", Verdict::NotChecked),
        ] {
            let folder = Folder::with(&[("kop", STAMPED), (file, &seed(target, name))]);
            let verified = verify_with(&folder.path(file), trust());
            assert_eq!(verified.verdict, verdict, "{name}: {:?}", verified.faults);
            let easy = verified.faults.iter().any(|fault| fault.what.contains("test network"));
            assert_eq!(easy, name == "block", "{:?}", verified.faults);
        }
        let digest = Digest::of(STAMPED);
        let authority = seed("stamp_answer", "authority");
        let asked = ask_authority(
            &Says(&authority),
            "https://tijd.zilverhaven.example/",
            digest,
            NONCE,
            &trust().roots,
        );
        assert!(asked.is_ok_and(|stamped| stamped.said.until.is_some()));
        for name in ["calendar", "chunked"] {
            let begun = begin_proof(&Says(&seed("stamp_answer", name)), &calendars(), digest);
            assert!(begun.is_ok(), "{name}: {begun:?}");
        }
    }
}
