//! Judges a proof: every operation is done again, and every word of a block is
//! laid against the headers that the verifier brought.

use crate::case::folder::hash_file;
use crate::error::ArchiveError;
use crate::sign::findings::Findings;
use crate::sign::stamp::moment;
use crate::stamp::file::{hashed, partner};
use crate::stamp::ots::headers::Block;
use crate::stamp::ots::ops::{NoMessage, Op};
use crate::stamp::ots::proof::{Item, Proof, Tree, Word};
use crate::stamp::trust::Trust;
use crate::verify::proofs::Judgement;
use crate::verify::verdict::Verdict;
use std::path::Path;

const RULE: &str = "proof-block";

/// Judges the proof in a file.
pub(crate) fn verify_ots(path: &Path, raw: &[u8], trust: &Trust) -> Result<Judgement, ArchiveError> {
    let mut found = Findings::default();
    match Proof::read(raw) {
        Err((at, what)) => found.wrong(at, "proof-form", what),
        Ok(proof) => {
            match partner(path, ".ots") {
                None => found.missing(0, "partner", "the file that it stamps is not beside it"),
                Some(file) => match file_digest(&proof.hash, &file)? {
                    Some(digest) if digest == proof.digest => {}
                    Some(_) => found.wrong(
                        0,
                        "proof-form",
                        format!("the proof is not of {} beside it", file.display()),
                    ),
                    None => found.beyond(0, "proof-form", "it is of a Keccak-256, which is not made here"),
                },
            }
            judge(&proof, trust, &mut found);
        }
    }
    Ok((found.verdict, found.faults))
}

/// The hash of a file as the proof wants it; none for one that is not made here.
fn file_digest(hash: &Op, path: &Path) -> Result<Option<Vec<u8>>, ArchiveError> {
    Ok(match hash {
        Op::Sha256 => Some(hash_file(path)?.0.to_vec()),
        Op::Sha1 => Some(hashed::<sha1::Sha1>(path)?),
        Op::Ripemd160 => Some(hashed::<ripemd::Ripemd160>(path)?),
        _ => None,
    })
}

/// What a walk through a proof brought to light.
#[derive(Default)]
struct Walk {
    /// Words with their place and the message they are about.
    words: Vec<(usize, Word, Vec<u8>)>,
    /// Operations that gave no message.
    failed: Vec<(usize, NoMessage)>,
}

impl Walk {
    fn go(&mut self, tree: &Tree, message: &[u8]) {
        for item in &tree.items {
            match item {
                Item::Word { at, word, .. } => self.words.push((*at, word.clone(), message.to_vec())),
                Item::Op { at, op, next, .. } => match op.apply(message) {
                    Ok(message) => self.go(next, &message),
                    Err(why) => self.failed.push((*at, why)),
                },
            }
        }
    }
}

/// A proof needs one block that agrees: a second word that does not, or that
/// cannot be looked up, takes nothing from it and is only named.
pub(crate) fn judge(proof: &Proof, trust: &Trust, found: &mut Findings) {
    if matches!(proof.hash, Op::Sha1) {
        found.missing(0, "proof-form", "it is of a SHA-1, and two files with one SHA-1 can be made");
    }
    let mut walk = Walk::default();
    walk.go(&proof.tree, &proof.digest);
    let mut rest = Findings::default();
    for (at, why) in walk.failed {
        match why {
            NoMessage::TooLong => {
                found.wrong(at, "proof-form", "an operation whose result is longer than any may be")
            }
            NoMessage::Unknown => rest.beyond(at, RULE, "an operation (Keccak-256) that is not made here"),
        }
    }
    let mut proved = false;
    for (at, word, message) in &walk.words {
        proved |= judge_word(*at, word, message, trust, found, &mut rest);
    }
    if !proved {
        found.verdict = found.verdict.max(rest.verdict);
        found.faults.append(&mut rest.faults);
        return;
    }
    for fault in rest.faults {
        // What is left open elsewhere in it is not needed any more.
        let consequence = "none: another block proves it".into();
        found.faults.push(crate::verify::verdict::Fault { consequence, ..fault });
    }
}

fn judge_word(
    at: usize,
    word: &Word,
    message: &[u8],
    trust: &Trust,
    found: &mut Findings,
    rest: &mut Findings,
) -> bool {
    let height = match word {
        Word::Bitcoin(height) => *height,
        Word::Pending(uri) => {
            rest.missing(
                at,
                RULE,
                format!("{uri} has promised a block and not named it yet; upgrade the proof later"),
            );
            return false;
        }
        Word::Litecoin(height) => {
            rest.beyond(at, RULE, format!("block {height} of Litecoin, which is not judged here"));
            return false;
        }
        Word::Other(_) => {
            rest.beyond(at, RULE, "the word of somebody who is not known here");
            return false;
        }
    };
    let mut reversed = message.to_vec();
    reversed.reverse();
    let root = data_encoding::HEXLOWER.encode(&reversed);
    match trust.headers.ask(height, message) {
        _ if message.len() != 32 => rest.wrong(at, RULE, format!("no merkle root of block {height}: it has not 32 bytes")),
        Block::Agrees { time, hash } => {
            if let Some((from, until)) = trust.between.filter(|(from, until)| time < *from || time > *until) {
                let (time, from, until) = (moment(time), moment(from), moment(until));
                found.wrong(at, "stamp-time", format!("block {height} is of {time}, which is not between {from} and {until}"));
            } else {
                let time = moment(time);
                found.note(at, "proof-block", format!("there before {time}, give or take two hours: block {height} of Bitcoin ({hash}) commits to it"));
            }
            return true;
        }
        Block::Differs => rest.wrong(at, RULE, format!("block {height} of Bitcoin does not have the merkle root {root}")),
        Block::NoWork => rest.wrong(at, RULE, format!("the header given for block {height} has not the work that it claims")),
        Block::TooEasy { time } => {
            let time = moment(time);
            rest.beyond(at, RULE, format!("a block of {time} agrees, but its target is easier than any of Bitcoin's: a test network's"));
        }
        Block::Missing => rest.missing(at, RULE, format!("compare by hand or give the header: block {height} of Bitcoin has to have the merkle root {root}")),
    }
    false
}

/// Whether a proof holds a block's word; the block itself is not looked at.
pub(crate) fn names_a_block(proof: &Proof) -> bool {
    let mut walk = Walk::default();
    walk.go(&proof.tree, &proof.digest);
    walk.words.iter().any(|(_, word, _)| matches!(word, Word::Bitcoin(_)))
}

/// The verdict of a proof over a known hash, for those who just made it.
pub(crate) fn is_sound(proof: &Proof) -> bool {
    let mut found = Findings::default();
    judge(proof, &Trust::default(), &mut found);
    found.verdict <= Verdict::NotChecked
}
