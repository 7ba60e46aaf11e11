//! Commands on a case.

mod bring;
mod cite;
mod decide;
mod demo;
mod fetching;
pub mod id;
mod lists;
mod look;
mod propose;
mod publish;
mod reply;
mod serve;
mod stamp;
mod to_read;
mod translate;
mod work;

pub use bring::{GazetteerArgs, RegisterArgs, gazetteer, register};
pub use cite::{CiteArgs, cite};
pub use decide::{DecideArgs, ForgetArgs, WithdrawArgs, decide, forget, withdraw};
pub use demo::{DemoArgs, demo};
pub use id::{IdArgs, id};
pub use lists::{ImportArgs, XrefArgs, import, xref};
pub use look::{ListArgs, SearchArgs, check, claims, doctor, findings, log, names, search};
pub use propose::{ProposalsArgs, ProposeArgs, proposals, propose};
pub use publish::{ExportArgs, PublishArgs, export, publish};
pub use reply::{ReplyArgs, reply};
pub use serve::{ServeArgs, serve};
pub use stamp::{StampArgs, stamp};
pub use to_read::{ToReadArgs, to_read};
pub use translate::{TranslateArgs, translate};
pub use work::{AddArgs, NewArgs, RunArgs, add, new, run};

use plainsight_archive::PersonKey;
use plainsight_case::Case;
use std::path::{Path, PathBuf};

/// Who works: `PLAINSIGHT_AUTHOR`, else the login name.
pub fn author() -> String {
    ["PLAINSIGHT_AUTHOR", "USER", "LOGNAME", "USERNAME"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .unwrap_or_else(|| "somebody".to_owned())
}

/// Opens a case to work on; whoever has a key signs what they append.
pub fn open(case: &Path) -> anyhow::Result<Case> {
    Ok(Case::open(case)?.with_key(own_key()?))
}

/// The key of whoever works; most have none.
pub fn own_key() -> anyhow::Result<Option<PersonKey>> {
    Ok(id::kept()?.map(|kept| kept.key))
}

/// The user's configuration folder: `PLAINSIGHT_CONFIG`, else the system's own.
pub fn config_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("PLAINSIGHT_CONFIG") {
        return PathBuf::from(folder);
    }
    if let Some(folder) = std::env::var_os("XDG_CONFIG_HOME") {
        return PathBuf::from(folder).join("plainsight");
    }
    if let Some(folder) = std::env::var_os("APPDATA") {
        return PathBuf::from(folder).join("Plainsight");
    }
    std::env::var_os("HOME").map_or_else(|| PathBuf::from("."), PathBuf::from).join(".config/plainsight")
}
