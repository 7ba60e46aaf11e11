//! Asks time stamping authorities over a [`Wire`] (RFC 3161, 3.4).

use crate::http::{Ask, ask};
use crate::sign::path::Roots;
use crate::sign::token::Said;
use crate::stamp::error::StampError;
use crate::stamp::request::Request;
use plainsight_model::{Digest, Wire};

/// A token of an authority, just fetched and judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamped {
    /// Who was asked.
    pub address: String,
    /// The authority's answer (`TimeStampResp`) as it came: what a `.tsr` file holds.
    pub token: Vec<u8>,
    /// What it says.
    pub said: Said,
}

/// Asks one authority for a stamp over a SHA-256. `nonce` are random bytes. An
/// answer that is not over this hash and number, or is signed wrongly, is an
/// error; whom to believe is decided by the verifier, not here, so an answer
/// without a way to one of the roots is kept (its `until` is empty then).
///
/// # Errors
/// When it did not answer, refused, or answered something else.
pub fn ask_authority(
    wire: &dyn Wire,
    address: &str,
    digest: Digest,
    nonce: [u8; 8],
    roots: &Roots,
) -> Result<Stamped, StampError> {
    const REPLY: &str = "application/timestamp-reply";
    let request = Request::new(digest, nonce);
    let body = request.der();
    let asked =
        Ask { address, accept: REPLY, body: Some(("application/timestamp-query", &body)), bearer: None };
    let answer = ask(wire, &asked)?;
    if answer.status != 200 {
        return Err(StampError::answer(address, format!("it answered with status {}", answer.status)));
    }
    if answer.media_type != REPLY {
        let why = format!("it answered with “{}” instead of a time stamp", shown(&answer.media_type));
        return Err(StampError::answer(address, why));
    }
    let said = request.judge(&answer.body, roots).map_err(|why| StampError::answer(address, why))?;
    Ok(Stamped { address: address.to_owned(), token: answer.body, said })
}

/// Asks several; one that fails is said and the others go on.
pub fn ask_authorities(
    wire: &dyn Wire,
    addresses: &[String],
    digest: Digest,
    roots: &Roots,
) -> (Vec<Stamped>, Vec<StampError>) {
    let (mut stamped, mut failed) = (Vec::new(), Vec::new());
    for address in addresses {
        match random().and_then(|nonce| ask_authority(wire, address, digest, nonce, roots)) {
            Ok(one) => stamped.push(one),
            Err(why) => failed.push(why),
        }
    }
    (stamped, failed)
}

/// Random bytes of the system.
pub(crate) fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], StampError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(StampError::NoRandom)?;
    Ok(bytes)
}

/// A foreign word, short and without control characters.
fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(60).collect()
}
