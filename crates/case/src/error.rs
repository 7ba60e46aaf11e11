//! Why something asked of a case could not be done.

use std::path::PathBuf;

/// One enum for the crate; each message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The folder is not a case.
    #[error(
        "{0} is not a case (it has no case.toml). Make one with `plainsight new {0} --lens overseas-posts`"
    )]
    NoCase(PathBuf),
    /// A case would be made where something is.
    #[error("{0} is there already; choose another folder or open it with `plainsight serve {0}`")]
    Exists(PathBuf),
    /// A second process writes to the case.
    #[error("another process is working on {0}; wait until it is done, or stop it")]
    Busy(PathBuf),
    /// `case.toml` cannot be used.
    #[error("{file}: {why}. Correct the line or take the file from a backup")]
    Settings {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No such lens.
    #[error(
        "there is no lens “{0}”; built in is: overseas-posts. A folder with a lens.toml can be named too"
    )]
    NoLens(String),
    /// The lens has faults.
    #[error("the lens cannot be used: {0}")]
    Lens(String),
    /// An id leads nowhere.
    #[error(
        "nothing in this case has the id {0}; `plainsight claims` and `plainsight findings` list the ids"
    )]
    Unknown(String),
    /// An answer does not go with what it is about.
    #[error("{0}")]
    Wrong(String),
    /// A table that somebody brought is none, or not one of this kind.
    #[error("{file}, {place}: {what}; {cure}")]
    Table {
        /// The file's name.
        file: String,
        /// Where in it.
        place: String,
        /// What is wrong.
        what: String,
        /// What to do.
        cure: String,
    },
    /// No language model is set.
    #[error(
        "this case asks no language model, and needs none. To have one read along, add to {0}:\n\n\
         [model]\naddress = \"https://HOST/v1\"\nname = \"NAME OF THE MODEL\"\n\
         key = \"PLAINSIGHT_MODEL_KEY\"\n\n\
         (key: the name of an environment variable, where the service wants one). docs/models.md says what is sent"
    )]
    NoModel(PathBuf),
    /// No translator is set.
    #[error(
        "this case asks no translator, and needs none. To have quotes translated, add to {0}:\n\n\
         [translation]\naddress = \"https://HOST\"\nname = \"NAME\"\nform = \"chat\" or \"libretranslate\"\n\
         key = \"PLAINSIGHT_TRANSLATION_KEY\"\n\n\
         (key: the name of an environment variable, where the service wants one). docs/models.md says what is sent"
    )]
    NoTranslator(PathBuf),
    /// The archive or ledger said no.
    #[error(transparent)]
    Archive(#[from] plainsight_archive::ArchiveError),
    /// The search index said no.
    #[error(transparent)]
    Search(#[from] plainsight_search::SearchError),
    /// The catalog said no; it can be rebuilt.
    #[error(
        "the catalog could not be used ({0}). It is derived: delete the case's derived/ folder and run again"
    )]
    Catalog(#[from] rusqlite::Error),
    /// A derived record could not be read back.
    #[error("a derived record could not be read ({0}). Delete the case's derived/ folder and run again")]
    Derived(#[from] serde_json::Error),
    /// There are more names than a table holds.
    #[error(transparent)]
    Names(#[from] plainsight_resolve::names::IndexError),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A person stopped the work; what was done stays.
    #[error("stopped; what was done is kept, and `plainsight run` goes on from there")]
    Cancelled,
}

/// Names the file in an I/O error.
pub(crate) trait At<T> {
    fn at(self, path: &std::path::Path) -> Result<T, CaseError>;
}

impl<T> At<T> for std::io::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T, CaseError> {
        self.map_err(|source| CaseError::Io { path: path.to_owned(), source })
    }
}
