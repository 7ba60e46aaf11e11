//! What a verifier brings: roots, and the span in which a stamp must lie.

use crate::sign::path::Roots;
use crate::sign::stamp::seconds;
use crate::stamp::ots::headers::Headers;
use std::path::{Path, PathBuf};

/// What proofs of time are judged by. The default is nothing: then forms,
/// hashes and signatures are judged, and whom to believe is left open.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Certificates of the authorities that the verifier believes.
    pub roots: Roots,
    /// Between which moments a stamp must have been made, both included, in
    /// seconds since 1970.
    pub between: Option<(u64, u64)>,
    /// Headers of Bitcoin blocks, by which OpenTimestamps proofs are judged.
    pub headers: Headers,
}

/// Why what a verifier brought cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// A file that cannot be read.
    #[error("{path}: {why}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        why: String,
    },
    /// Moments that are none.
    #[error(
        "“{from}” and “{until}” are no two moments in order; write them as 2022-05-06T07:08:09Z or 2022-05-06"
    )]
    Between {
        /// The first as it was given.
        from: String,
        /// The second.
        until: String,
    },
}

/// A system's own list of roots has some 250 KiB.
const MOST_ROOTS: u64 = 16 * 1024 * 1024;
/// All of Bitcoin's headers together have some 80 MiB.
const MOST_HEADERS: u64 = 256 * 1024 * 1024;

impl Trust {
    /// Whether nothing was brought.
    pub fn is_empty(&self) -> bool {
        self.roots.is_empty() && self.between.is_none() && self.headers.is_empty()
    }

    /// Takes the roots of a file: certificates in PEM, or one in DER.
    ///
    /// # Errors
    /// When the file cannot be read or holds no certificate.
    pub fn with_roots(self, path: &Path) -> Result<Self, TrustError> {
        let bytes = read(path, MOST_ROOTS)?;
        let roots = Roots::read(&bytes).map_err(|why| TrustError::File { path: path.to_owned(), why })?;
        Ok(Self { roots, ..self })
    }

    /// Takes the block headers of a file, in one of the forms of [`Headers::read`].
    ///
    /// # Errors
    /// When the file cannot be read or holds no headers.
    pub fn with_headers(self, path: &Path) -> Result<Self, TrustError> {
        let bytes = read(path, MOST_HEADERS)?;
        let headers = Headers::read(&bytes).map_err(|why| TrustError::File { path: path.to_owned(), why })?;
        Ok(Self { headers, ..self })
    }

    /// Takes the span in which a stamp must lie: RFC 3339 moments in `Z`, or
    /// days, of which the second counts to its end.
    ///
    /// # Errors
    /// When they are no moments, or the second lies before the first.
    pub fn with_between(self, from: &str, until: &str) -> Result<Self, TrustError> {
        let day = |text: &str, time: &str| {
            if text.len() == 10 { format!("{text}T{time}Z") } else { text.to_owned() }
        };
        let span = (seconds(&day(from, "00:00:00")), seconds(&day(until, "23:59:59")));
        match span {
            (Some(first), Some(last)) if first <= last => Ok(Self { between: Some((first, last)), ..self }),
            _ => Err(TrustError::Between { from: from.to_owned(), until: until.to_owned() }),
        }
    }
}

/// A file of the verifier's, up to a bound.
pub(crate) fn read(path: &Path, most: u64) -> Result<Vec<u8>, TrustError> {
    let error = |why: String| TrustError::File { path: path.to_owned(), why };
    let size = std::fs::metadata(path).map_err(|why| error(why.to_string()))?.len();
    if size > most {
        return Err(error(format!("larger than {} MiB; give the file that was meant", most >> 20)));
    }
    std::fs::read(path).map_err(|why| error(why.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_to_their_end() {
        let span =
            |from, until| Trust::default().with_between(from, until).ok().and_then(|trust| trust.between);
        assert_eq!(span("1970-01-01", "1970-01-01"), Some((0, 86_399)));
        assert_eq!(span("1970-01-01T00:00:05Z", "1970-01-01T00:00:06Z"), Some((5, 6)));
        for (from, until) in
            [("1970-01-02", "1970-01-01"), ("gisteren", "1970-01-01"), ("1970-01-01", "1970-02-30")]
        {
            assert_eq!(span(from, until), None, "{from} {until}");
        }
    }
}
