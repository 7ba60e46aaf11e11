//! The folder of a case: `case.toml`, the copy of the lens, the places of the rest.

use crate::error::{At, CaseError};
use crate::machine::{Service, Translator};
use plainsight_lens::Lens;
use plainsight_model::Digest;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// `case.toml`, which a person may edit.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Settings {
    /// The case's name.
    pub name: String,
    /// 32 hex digits, drawn once.
    pub id: String,
    /// The format of the folder; older ones are read, newer ones refused.
    pub format: u32,
    /// The lens's name.
    pub lens: String,
    /// SHA-256 over the copy of the lens.
    pub lens_digest: String,
    /// Reading.
    #[serde(default)]
    pub read: ReadTable,
    /// A language model that may be asked; nobody is where it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<Service>,
    /// A translator that may be asked for quotes; nobody is where it is not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub translation: Option<Translator>,
}

/// The table `[read]`.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ReadTable {
    /// Tesseract's language names; empty means the built-in list.
    #[serde(default)]
    pub ocr_languages: Vec<String>,
    /// Accounts of public bodies and outlets, whose names stay in chats.
    #[serde(default)]
    pub public_accounts: Vec<String>,
}

/// The format that this version writes.
pub const FORMAT: u32 = 1;

/// Makes the folder with settings and lens.
pub fn create(dir: &Path, name: &str, lens: &str) -> Result<(Settings, Lens), CaseError> {
    if dir.join("case.toml").exists() || dir.read_dir().is_ok_and(|mut d| d.next().is_some()) {
        return Err(CaseError::Exists(dir.to_owned()));
    }
    let lens = find_lens(lens)?;
    fs::create_dir_all(dir).at(dir)?;
    for (file, bytes) in lens.files() {
        let path = dir.join("lens").join(file);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).at(parent)?;
        }
        fs::write(&path, bytes).at(&path)?;
    }
    let settings = Settings {
        name: name.to_owned(),
        id: new_id()?,
        format: FORMAT,
        lens: lens.settings.name.clone(),
        lens_digest: lens.digest().to_string(),
        read: ReadTable::default(),
        model: None,
        translation: None,
    };
    let text = toml::to_string_pretty(&settings)
        .map_err(|e| CaseError::Settings { file: dir.join("case.toml"), why: e.to_string() })?;
    write_durably(&dir.join("case.toml"), text.as_bytes())?;
    Ok((settings, lens))
}

/// Opens settings and lens.
pub fn open(dir: &Path) -> Result<(Settings, Lens), CaseError> {
    let file = dir.join("case.toml");
    let Ok(text) = fs::read_to_string(&file) else { return Err(CaseError::NoCase(dir.to_owned())) };
    let settings: Settings =
        toml::from_str(&text).map_err(|e| CaseError::Settings { file: file.clone(), why: e.to_string() })?;
    if settings.format > FORMAT {
        let why = format!("format {} is newer than this version reads ({FORMAT})", settings.format);
        return Err(CaseError::Settings { file, why });
    }
    let lens = load_lens(&dir.join("lens"))?;
    Ok((settings, lens))
}

fn find_lens(lens: &str) -> Result<Lens, CaseError> {
    if let Some(lens) = Lens::builtin(lens) {
        return Ok(lens);
    }
    let dir = PathBuf::from(lens);
    if dir.join("lens.toml").is_file() { load_lens(&dir) } else { Err(CaseError::NoLens(lens.to_owned())) }
}

fn load_lens(dir: &Path) -> Result<Lens, CaseError> {
    Lens::load(dir).map_err(|faults| {
        CaseError::Lens(faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    })
}

fn new_id() -> Result<String, CaseError> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes)
        .map_err(|e| CaseError::Wrong(format!("the system gave no random bytes: {e}")))?;
    Ok(Digest::of(&bytes).hex()[..32].to_owned())
}

/// Writes a file so that it is whole after a crash: beside, fsync, rename, fsync of the folder.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), CaseError> {
    let beside = path.with_extension("new");
    let mut file = fs::File::create(&beside).at(&beside)?;
    file.write_all(bytes).at(&beside)?;
    file.sync_all().at(&beside)?;
    fs::rename(&beside, path).at(path)?;
    if let Some(parent) = path.parent() {
        fs::File::open(parent).and_then(|d| d.sync_all()).at(parent)?;
    }
    Ok(())
}
