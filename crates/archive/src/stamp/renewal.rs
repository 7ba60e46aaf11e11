//! Stamps over stamps. A certificate ends; whoever stamps the old token's
//! file before that carries it on under a newer certificate (in the manner of
//! RFC 4998, 5.2, by the simplest rule: the new imprint is the SHA-256 of the
//! old token's file). The data need not be stamped again.

use crate::error::ArchiveError;
use crate::sign::stamp::moment;
use crate::sign::token::Said;
use crate::stamp::file::{judge_one, partner};
use crate::stamp::trust::Trust;
use crate::verify::proofs::{Judgement, read_proof};
use crate::verify::verdict::Fault;
use std::path::{Path, PathBuf};

/// Renewals of one stamp; at one in some years that is more than a century.
const MOST: usize = 50;

/// Stamps are renewed this long before they end: authorities have bad days too.
const AHEAD: u64 = 90 * 24 * 3600;

/// Whether a stamp whose certificates end at `until` has to be stamped over
/// by now; both in seconds since 1970.
pub fn is_renewal_due(until: u64, now: u64) -> bool {
    now.saturating_add(AHEAD) >= until
}

/// Judges a token and, where it renews another one, that one as well, down to
/// the first. Each must have been made before the one below it ended.
pub(crate) fn walk(
    path: &Path,
    raw: &[u8],
    trust: &Trust,
) -> Result<(Judgement, Option<Said>), ArchiveError> {
    // Only the first stamp of the data has to lie in the verifier's span.
    let open = Trust { between: None, ..trust.clone() };
    let asked = |path: &Path| if renewed_by(path).is_some() { &open } else { trust };
    let (mut found, newest) = judge_one(path, raw, asked(path))?;
    let (mut above, mut newer) = (newest.clone(), path.to_owned());
    for _ in 0..MOST {
        let Some(older) = renewed_by(&newer) else { return Ok(((found.verdict, found.faults), newest)) };
        let (below, said) = judge_one(&older, &read_proof(&older)?, asked(&older))?;
        let name = older.file_name().unwrap_or_default().to_string_lossy().into_owned();
        found.verdict = found.verdict.max(below.verdict);
        found.faults.extend(
            below
                .faults
                .into_iter()
                .map(|fault| Fault { place: format!("{name}, {}", fault.place), ..fault }),
        );
        if let (Some(above), Some(until)) = (&above, said.as_ref().and_then(|said| said.until.or(said.ends)))
            && above.moment > until
        {
            let (time, until) = (&above.time, moment(until));
            found.wrong(0, "stamp-renewal", format!("renewed at {time}, after {name} had ended at {until}"));
        }
        (above, newer) = (said, older);
    }
    found.beyond(0, "stamp-renewal", format!("more than {MOST} renewals on top of each other"));
    Ok(((found.verdict, found.faults), newest))
}

/// The token that a token renews; none if it stamps something else.
pub(crate) fn renewed_by(path: &Path) -> Option<PathBuf> {
    partner(path, ".tsr").filter(|older| older.extension().is_some_and(|suffix| suffix == "tsr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renewal_is_due_ninety_days_ahead() {
        const DAY: u64 = 24 * 3600;
        assert!(!is_renewal_due(1000 * DAY, 900 * DAY));
        assert!(is_renewal_due(1000 * DAY, 910 * DAY));
        assert!(is_renewal_due(1000 * DAY, 1001 * DAY));
        assert!(!is_renewal_due(u64::MAX, u64::MAX - AHEAD - 1));
    }
}
