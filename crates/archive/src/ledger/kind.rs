//! What entries of the ledger are about.

use serde::{Deserialize, Serialize};

/// What an entry is about; the closed list of `plainsight log`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryKind {
    /// Something was captured.
    Capture,
    /// A file was handed over.
    Import,
    /// Something was refused.
    Refusal,
    /// A rule of a robots.txt was met.
    Robots,
    /// A private address was allowed.
    AllowPrivate,
    /// Something was converted.
    Conversion,
    /// A person decided.
    Decision,
    /// A register came in.
    Register,
    /// A gazetteer came in.
    Gazetteer,
    /// A list was laid against the case's entities.
    Xref,
    /// A machine that a person asked proposed something.
    Proposal,
    /// The head was stamped.
    Stamp,
    /// A dossier was published.
    Publication,
    /// Something was forgotten.
    Forget,
    /// The vault was opened.
    Vault,
}

impl EntryKind {
    /// The word that stands in the chain and in `plainsight log`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Capture => "capture",
            Self::Import => "import",
            Self::Refusal => "refusal",
            Self::Robots => "robots",
            Self::AllowPrivate => "allow-private",
            Self::Conversion => "conversion",
            Self::Decision => "decision",
            Self::Register => "register",
            Self::Gazetteer => "gazetteer",
            Self::Xref => "xref",
            Self::Proposal => "proposal",
            Self::Stamp => "stamp",
            Self::Publication => "publication",
            Self::Forget => "forget",
            Self::Vault => "vault",
        }
    }
}
