//! Why something could not be published.

use std::path::PathBuf;

/// One enum for the crate; each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// No claim may be printed.
    #[error(
        "nothing to publish: nobody has confirmed a claim yet ({waiting} wait). Confirm one with `plainsight decide CASE clm-… --as confirm --reason …`, or make a draft with --draft"
    )]
    NothingConfirmed {
        /// How many claims were left out.
        waiting: usize,
    },
    /// The folder holds something else.
    #[error("{out} is there already and is no dossier of this case ({why}); choose another folder")]
    Taken {
        /// The folder.
        out: PathBuf,
        /// What was found there.
        why: String,
    },
    /// The archived bytes of what is cited could not be had.
    #[error("the evidence could not be written: {0}")]
    Evidence(String),
    /// No such format.
    #[error("there is no format “{0}”; there are ftm, csv, geojson, graphml and wacz")]
    NoFormat(String),
    /// A file or folder could not be written.
    #[error("{path} could not be written: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl PublishError {
    /// Names the file beside the system's reason.
    pub(crate) fn io(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }
}
