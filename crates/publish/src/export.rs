//! Single files for other programs, by the same whitelist as the dossier.

use crate::evidence::{self, Pack};
use crate::whitelist::Printed;
use crate::{FileRow, PublishError, folder, ftm, graph, manifest, map, tables};
use plainsight_case::views::Publication;
use std::path::Path;
use std::str::FromStr;

/// What an export can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// FollowTheMoney: entities as JSON Lines, or statements where the path ends in `.csv`.
    Ftm,
    /// Tables: posts alone where the path ends in `.csv`, else a folder of four.
    Csv,
    /// Posts as points (RFC 7946).
    GeoJson,
    /// Posts, bodies, claims and origins as a graph.
    GraphMl,
    /// The archived bytes of what is cited, as a WACZ.
    Wacz,
}

impl FromStr for Format {
    type Err = PublishError;

    fn from_str(word: &str) -> Result<Self, PublishError> {
        Ok(match word {
            "ftm" => Self::Ftm,
            "csv" => Self::Csv,
            "geojson" => Self::GeoJson,
            "graphml" => Self::GraphMl,
            "wacz" => Self::Wacz,
            other => return Err(PublishError::NoFormat(other.to_owned())),
        })
    }
}

/// Writes an export to `path`. A file that is there is replaced as a whole.
///
/// Fails as [`crate::publish`] does where nothing may be printed. `pack` is
/// asked for [`Format::Wacz`] only.
pub fn export(
    publication: &Publication,
    format: Format,
    path: &Path,
    pack: &mut Pack<'_>,
) -> Result<Vec<FileRow>, PublishError> {
    let printed = Printed::choose(publication)?;
    if format == Format::Wacz {
        return Ok(vec![evidence::put(&printed, path, pack)?.0]);
    }
    let whole_folder = format == Format::Csv && path.extension().is_none_or(|ending| ending != "csv");
    if !whole_folder {
        let text = match format {
            Format::Ftm if path.extension().is_some_and(|ending| ending == "csv") => {
                ftm::statements(&printed)
            }
            Format::Ftm => ftm::with_received(&printed),
            Format::GeoJson => map::geojson(&printed),
            Format::GraphMl => graph::graphml(&printed),
            Format::Csv | Format::Wacz => tables::posts(&printed),
        };
        return Ok(vec![put(path, &text)?]);
    }
    std::fs::create_dir_all(path).map_err(PublishError::io(path))?;
    [
        ("claims.csv", tables::claims(&printed)),
        ("evidence.csv", tables::evidence(&printed)),
        ("origins.csv", tables::origins(&printed)),
        ("posts.csv", tables::posts(&printed)),
    ]
    .into_iter()
    .map(|(name, text)| put(&path.join(name), &text))
    .collect()
}

fn put(path: &Path, text: &str) -> Result<FileRow, PublishError> {
    folder::write_file(path, text.as_bytes())?;
    Ok(FileRow { file: path.display().to_string(), sha256: manifest::sha256(text.as_bytes()) })
}
