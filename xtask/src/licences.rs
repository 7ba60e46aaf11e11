//! Licences of all crates that are built in or used for building.

use crate::spdx::{ALLOWED, MPL, offers};
use cargo_metadata::{Metadata, Package};

/// Complains about each crate whose licence leaves no allowed choice.
pub fn check(metadata: &Metadata) -> Vec<String> {
    let mut complaints: Vec<String> = metadata.packages.iter().filter_map(complaint).collect();
    complaints.sort();
    complaints
}

fn complaint(package: &Package) -> Option<String> {
    let name = format!("{} {}", package.name, package.version);
    let Some(licence) = &package.license else {
        return Some(format!("{name} names no licence; find out which it has, or do without it"));
    };
    // Unchanged means: as the registry has it, neither a folder nor a branch of ours.
    let unchanged = package.source.as_ref().is_some_and(|source| source.repr.starts_with("registry+"));
    let allowed = |licence: &str| ALLOWED.contains(&licence) || (unchanged && licence == MPL);
    match offers(licence, &allowed) {
        Ok(true) => None,
        Ok(false) => {
            Some(format!("{name} is under “{licence}”, which offers no allowed choice; do without it"))
        }
        Err(why) => Some(format!("{name}: {why}")),
    }
}
