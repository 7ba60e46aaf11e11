//! The archived bytes of what is printed: which documents, and where they go.

use crate::manifest::Listed;
use crate::whitelist::Printed;
use crate::{FileRow, PublishError};
use plainsight_case::Evidence;
use std::collections::BTreeSet;
use std::path::Path;

/// What the package is called in a dossier.
pub(crate) const NAME: &str = "evidence.wacz";

/// Writes the captures of some documents (`doc-…`) as a package to a path and says
/// what it wrote, or in words why it could not. Whoever has the archive brings it.
pub type Pack<'a> = dyn FnMut(&BTreeSet<&str>, &Path) -> Result<Evidence, String> + 'a;

/// Has the package written.
pub(crate) fn put(
    printed: &Printed<'_>,
    path: &Path,
    pack: &mut Pack<'_>,
) -> Result<(FileRow, Listed), PublishError> {
    let made = pack(&documents(printed), path).map_err(PublishError::Evidence)?;
    let (name, sha256) = (path.display().to_string(), made.sha256.hex());
    let row = FileRow { file: name.clone(), sha256: sha256.clone() };
    Ok((row, Listed { path: name, sha256, bytes: made.bytes }))
}

/// The documents in which a printed quote stands that nobody set aside.
fn documents<'a>(printed: &Printed<'a>) -> BTreeSet<&'a str> {
    let rows = printed.claims.iter().flat_map(|claim| &claim.evidence).filter(|row| !row.rejected);
    rows.map(|row| row.document.as_str()).collect()
}
