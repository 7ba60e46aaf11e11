//! A publication to a dossier and to exports.
//!
//! In: a [`Publication`], the whitelist of a case: its claims with their
//! evidence, the posts they are about, the documents that are cited, the head
//! of the ledger. Out: a folder that a stranger can read and check without
//! this program, and single files for other programs ([`export()`]).
//! What lies in the archive is handed in through [`Pack`].
//! Never: opens a case, an archive or a vault, reads a clock or the network,
//! prints a field that it was not told to print, or cuts something out of a
//! whole: a dossier is built up, word by word.
//!
//! The way through: `whitelist` decides what is printed, `notes` numbers the
//! quotes, `page` and `post` say it in words, `tables`, `lines`, `map`, `ftm`
//! and `graph` say it to programs, `folder` writes it as a whole.
//!
//! The same publication gives the same bytes on every machine.

mod error;
mod evidence;
mod export;
mod folder;
mod ftm;
mod graph;
mod lines;
mod manifest;
mod map;
mod notes;
mod page;
mod pdf;
mod post;
mod said;
mod shown;
mod tables;
mod whitelist;
mod words;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use error::PublishError;
pub use evidence::Pack;
pub use export::{Format, export};
pub use pdf::{Fonts, NoPdf};

use manifest::Listed;
use plainsight_archive::PersonKey;
use plainsight_case::views::Publication;
use serde::Serialize;
use std::path::Path;
use whitelist::Printed;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileRow {
    /// Its path as given, with the part inside the dossier after it.
    pub file: String,
    /// SHA-256 of its bytes, 64 lower-case hex digits.
    pub sha256: String,
}

/// Writes the dossier into the folder `out`.
///
/// `out` must not exist, be empty, or hold an earlier dossier of the same
/// case and nothing else; an earlier one is replaced as a whole. Fails with
/// [`PublishError::NothingConfirmed`] where no claim may be printed, unless it
/// is a draft.
///
/// `pack` writes the archived bytes of what is cited; they lie beside the text.
/// A key signs the dossier, never a draft. Where `fonts` lack a letter the
/// dossier is whole without `dossier.pdf`, and what comes back says why.
pub fn publish(
    publication: &Publication,
    out: &Path,
    key: Option<&PersonKey>,
    pack: &mut Pack<'_>,
    fonts: &Fonts,
) -> Result<Written, PublishError> {
    let printed = Printed::choose(publication)?;
    folder::may_replace(out, &publication.case_id)?;
    let mut rows = Vec::new();
    let mut no_pdf = None;
    folder::write(out, &mut |fresh| {
        let name = printed.file(evidence::NAME);
        let (row, listed) = evidence::put(&printed, &fresh.join(&name), pack)?;
        rows.push(FileRow { file: name.clone(), ..row });
        let mut made = content(&printed);
        match made.first().map(|page| paper(&printed, &page.bytes, fonts)) {
            Some(Ok(paper)) => made.push(paper),
            Some(Err(why)) => no_pdf = Some(why),
            None => {}
        }
        let mut files = manifest::seal(&printed, made, vec![Listed { path: name, ..listed }]);
        if let Some(key) = key.filter(|_| !publication.draft) {
            files = manifest::sign(&publication.case_id, files, key);
        }
        rows.extend(
            files
                .iter()
                .map(|file| FileRow { file: file.path.clone(), sha256: manifest::sha256(&file.bytes) }),
        );
        Ok(files)
    })?;
    rows.sort_by(|a, b| a.file.cmp(&b.file));
    for row in &mut rows {
        row.file = out.join(&row.file).display().to_string();
    }
    Ok(Written { files: rows, no_pdf })
}

/// A file of the dossier before it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// Its path inside the dossier, with `/`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was written.
#[derive(Debug)]
pub struct Written {
    /// Every file, by path.
    pub files: Vec<FileRow>,
    /// Why `dossier.pdf` is not among them.
    pub no_pdf: Option<NoPdf>,
}

/// The page on paper.
fn paper(printed: &Printed<'_>, page: &[u8], fonts: &Fonts) -> Result<File, NoPdf> {
    let publication = printed.publication;
    let about = pdf::About {
        title: shown::plain(&publication.name),
        day: words::day(&publication.day),
        date: &publication.day,
        id: format!("{}-{}", publication.case_id, publication.head_number),
        draft: publication.draft,
    };
    let bytes = pdf::print(&String::from_utf8_lossy(page), &about, fonts)?;
    Ok(File { path: printed.file("dossier.pdf"), bytes })
}

/// Makes all files but the manifest and the instructions for verifying.
fn content(printed: &Printed<'_>) -> Vec<File> {
    let mut files = vec![
        File { path: printed.file("index.html"), bytes: page::index(printed).into_bytes() },
        File { path: "dossier.css".to_owned(), bytes: page::STYLE.as_bytes().to_vec() },
    ];
    let data = [
        ("posts.csv", tables::posts(printed)),
        ("claims.csv", tables::claims(printed)),
        ("evidence.csv", tables::evidence(printed)),
        ("origins.csv", tables::origins(printed)),
        ("posts.geojson", map::geojson(printed)),
        ("entities.ftm.jsonl", ftm::entities(printed)),
        ("claims.jsonl", lines::claims(printed)),
        ("findings.jsonl", lines::findings(printed)),
    ];
    files.extend(
        data.into_iter().map(|(name, text)| File {
            path: format!("data/{}", printed.file(name)),
            bytes: text.into_bytes(),
        }),
    );
    files
}
