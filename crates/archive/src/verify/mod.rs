//! `verify`: files, packages, cases, dossiers, proofs.

pub(crate) mod dossier;
pub(crate) mod folder;
pub(crate) mod indexes;
pub(crate) mod proofs;
pub(crate) mod verdict;
