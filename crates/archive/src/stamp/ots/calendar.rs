//! Calendars: servers that collect hashes and have a Bitcoin block commit to
//! them. Asked over a [`Wire`]; only a salted hash leaves the machine.

use crate::http::{Ask, ask};
use crate::stamp::authority::random;
use crate::stamp::error::StampError;
use crate::stamp::ots::judge::{is_sound, names_a_block};
use crate::stamp::ots::ops::Op;
use crate::stamp::ots::proof::{Item, Proof, Tree, Word};
use plainsight_model::{Digest, Wire};

/// The media type of the reference calendars.
const KIND: &str = "application/vnd.opentimestamps.v1";
/// Answers of calendars (reference library).
const MOST_ANSWER: usize = 10_000;
/// Words that are upgraded in one proof.
const MOST_ASKED: usize = 16;

/// A proof that calendars began, and who failed.
#[derive(Debug)]
pub struct Begun {
    /// The proof file.
    pub proof: Vec<u8>,
    /// The calendars that are in it.
    pub calendars: Vec<String>,
    /// What went wrong with others.
    pub failed: Vec<StampError>,
}

/// A proof that was asked after.
#[derive(Debug)]
pub struct Upgraded {
    /// The proof file with what was learnt; none if nothing was.
    pub proof: Option<Vec<u8>>,
    /// Whether a block is named in it now.
    pub is_complete: bool,
    /// What went wrong, or is not there yet.
    pub failed: Vec<StampError>,
}

/// Has calendars begin a proof for a SHA-256. One that fails is said and the
/// others go on; a random salt hides the hash from them.
///
/// # Errors
/// When not one calendar answered, the last one's reason; when the system
/// gives no random numbers.
pub fn begin_proof(wire: &dyn Wire, calendars: &[String], digest: Digest) -> Result<Begun, StampError> {
    let salt: [u8; 16] = random()?;
    let salted = Digest::of(&[&digest.0[..], &salt].concat());
    let (mut tree, mut named, mut failed) = (Tree::default(), Vec::new(), Vec::new());
    for calendar in calendars {
        match submit(wire, calendar, salted) {
            Ok(more) => {
                tree.merge(more);
                named.push(calendar.clone());
            }
            Err(why) => failed.push(why),
        }
    }
    if named.is_empty() {
        let none = || StampError::answer("OpenTimestamps", "no calendar was named");
        return Err(failed.pop().unwrap_or_else(none));
    }
    let tree = Tree::of(Op::Append(salt.to_vec()), Tree::of(Op::Sha256, tree));
    let proof = Proof { hash: Op::Sha256, digest: digest.0.to_vec(), tree };
    let written = readable(&proof).map_err(|why| StampError::answer(&named.join(" "), why))?;
    Ok(Begun { proof: written, calendars: named, failed })
}

/// A proof's bytes. What calendars answered may be deeper or wider than a proof
/// that is read again may be.
fn readable(proof: &Proof) -> Result<Vec<u8>, String> {
    let written = proof.write();
    match Proof::read(&written) {
        Ok(_) => Ok(written),
        Err((_, why)) => Err(why),
    }
}

fn submit(wire: &dyn Wire, calendar: &str, digest: Digest) -> Result<Tree, StampError> {
    let address = format!("{}/digest", calendar.trim_end_matches('/'));
    let body = Some(("application/octet-stream", &digest.0[..]));
    fetch(wire, &Ask { address: &address, accept: KIND, body, bearer: None }, &digest.0)
}

fn fetch(wire: &dyn Wire, asked: &Ask<'_>, message: &[u8]) -> Result<Tree, StampError> {
    let answer = ask(wire, asked)?;
    let no = |why: String| StampError::answer(asked.address, why);
    match answer.status {
        200 if answer.body.len() <= MOST_ANSWER => {}
        200 => return Err(no(format!("an answer of more than {MOST_ANSWER} bytes"))),
        404 => return Err(no("it does not know the hash, or no block has it yet".into())),
        status => return Err(no(format!("it answered with status {status}"))),
    }
    let tree = Tree::read(&answer.body).map_err(|(at, why)| no(format!("at byte {at}: {why}")))?;
    // A calendar's answer has to be about this message: an operation that cannot be done makes it worthless.
    let alone = Proof { hash: Op::Sha256, digest: message.to_vec(), tree };
    if is_sound(&alone) { Ok(alone.tree) } else { Err(no("a proof that contradicts itself".into())) }
}

/// Asks calendars after the blocks that they promised. Only those named in
/// `calendars` are asked: the addresses in a proof are somebody else's words.
///
/// # Errors
/// When the file is no proof.
pub fn upgrade_proof(
    wire: &dyn Wire,
    file: &str,
    proof: &[u8],
    calendars: &[String],
) -> Result<Upgraded, StampError> {
    let mut read = Proof::read(proof).map_err(|(at, why)| StampError::Proof {
        file: file.to_owned(),
        why: format!("at byte {at}: {why}"),
    })?;
    let allowed =
        |uri: &str| calendars.iter().any(|one| one.trim_end_matches('/') == uri.trim_end_matches('/'));
    let mut upgrade = Upgrade { wire, allowed: &allowed, asked: 0, failed: Vec::new() };
    let digest = read.digest.clone();
    upgrade.go(&mut read.tree, &digest);
    let failed = upgrade.failed;
    let written = readable(&read).map_err(|why| StampError::Proof { file: file.to_owned(), why })?;
    let changed = written != proof;
    Ok(Upgraded { proof: changed.then_some(written), is_complete: names_a_block(&read), failed })
}

struct Upgrade<'a> {
    wire: &'a dyn Wire,
    allowed: &'a dyn Fn(&str) -> bool,
    asked: usize,
    failed: Vec<StampError>,
}

impl Upgrade<'_> {
    fn go(&mut self, tree: &mut Tree, message: &[u8]) {
        let mut more = Tree::default();
        for item in &mut tree.items {
            match item {
                Item::Op { op, next, .. } => {
                    if let Ok(message) = op.apply(message) {
                        self.go(next, &message);
                    }
                }
                Item::Word { word: Word::Pending(uri), .. } => more.merge(self.ask(uri, message)),
                Item::Word { .. } => {}
            }
        }
        if !more.items.is_empty() {
            tree.merge(more);
        }
    }

    /// What a calendar knows by now; nothing where it knows nothing.
    fn ask(&mut self, uri: &str, message: &[u8]) -> Tree {
        if !(self.allowed)(uri) {
            let why = "it is named in the proof, but not among the calendars that may be asked";
            self.failed.push(StampError::answer(uri, why));
            return Tree::default();
        }
        self.asked += 1;
        if self.asked > MOST_ASKED {
            return Tree::default();
        }
        let hex = data_encoding::HEXLOWER.encode(message);
        let address = format!("{}/timestamp/{hex}", uri.trim_end_matches('/'));
        let answer =
            fetch(self.wire, &Ask { address: &address, accept: KIND, body: None, bearer: None }, message);
        answer.unwrap_or_else(|why| {
            self.failed.push(why);
            Tree::default()
        })
    }
}
