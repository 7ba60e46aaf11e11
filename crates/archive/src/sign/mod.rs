//! Signatures: public keys, certificate chains, time stamp tokens.
//!
//! Nothing here knows what is signed; a package says what binds what.

pub(crate) mod certificate;
pub(crate) mod cms;
pub(crate) mod der;
pub(crate) mod findings;
pub(crate) mod path;
pub(crate) mod public_key;
pub(crate) mod stamp;
pub(crate) mod token;
