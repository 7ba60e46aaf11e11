//! Has others say when a case was as it is.

use crate::case::Case;
use crate::error::CaseError;
use plainsight_archive::{Roots, StampAsk, StampError, Stamps, stamp_case};
use plainsight_model::Wire;

/// Whom to ask, and for what; see [`StampAsk`].
#[derive(Clone, Debug, Default)]
pub struct StampTo {
    /// Addresses of RFC 3161 authorities.
    pub authorities: Vec<String>,
    /// Addresses of OpenTimestamps calendars.
    pub calendars: Vec<String>,
    /// Ask after the blocks that calendars promised.
    pub upgrade: bool,
    /// Stamp over what ends soon.
    pub renew: bool,
    /// Certificates of authorities that are believed; may be empty.
    pub roots: Roots,
}

impl Case {
    /// Stamps the ledger's head, or upgrades or renews the stamps that are
    /// there. Nothing but a hash goes out. Who failed is told in the answer.
    ///
    /// # Errors
    /// When the ledger or its folder cannot be used.
    pub fn stamp(&mut self, wire: &dyn Wire, to: &StampTo, author: &str) -> Result<Stamps, CaseError> {
        let (folder, now) = (self.dir().join("ledger"), self.clock.now());
        let ask = StampAsk {
            authorities: &to.authorities,
            calendars: &to.calendars,
            upgrade: to.upgrade,
            renew: to.renew,
            roots: &to.roots,
            author,
            now: &now,
        };
        stamp_case(&folder, self.chain.ledger(), wire, &ask).map_err(|why| match why {
            StampError::Archive(why) => CaseError::Archive(why),
            other => CaseError::Wrong(other.to_string()),
        })
    }
}
