//! Signatures: public keys, certificate chains, time stamp tokens.
//!
//! Nothing here knows what is signed; a package says what binds what.

pub(crate) mod certificate;
pub(crate) mod public_key;
pub(crate) mod stamp;
