//! A model of the user's own that marks names, by the folder that holds it.

use anyhow::{Context as _, Result, bail};
use plainsight_tagger::{ModelFiles, Tagger, TaggerError};
use serde_json::{Value, json};
use std::path::Path;

/// The largest `model.onnx`, 2 GiB: the form itself cannot hold more.
const MOST_MODEL: u64 = 2 << 30;
/// The largest vocabulary and list of labels, 64 MiB.
const MOST_LIST: u64 = 64 << 20;

/// A model with the name by which its spans are told.
pub struct OwnModel {
    tagger: Tagger,
    name: String,
}

impl OwnModel {
    /// Loads `model.onnx`, `vocab.txt` and `labels.txt` of a folder.
    pub fn load(folder: &Path) -> Result<Self> {
        let why = || format!("the model {} cannot be used", folder.display());
        Self::read(folder).with_context(why)
    }

    fn read(folder: &Path) -> Result<Self> {
        let labels = file(folder, "labels.txt", MOST_LIST)?;
        let vocabulary = file(folder, "vocab.txt", MOST_LIST)?;
        let model = file(folder, "model.onnx", MOST_MODEL)?;
        let tagger = Tagger::new(ModelFiles { model: &model, vocabulary: &vocabulary, labels: &labels })?;
        // `.` and `..` are told by the folder that they mean.
        let whole = std::fs::canonicalize(folder)?;
        let name = whole.file_name().map_or_else(|| "model".to_owned(), |n| n.to_string_lossy().into_owned());
        Ok(Self { tagger, name })
    }

    /// The names that it marks: spans that say which model marked them.
    pub fn names(&self, text: &str) -> Result<Value, TaggerError> {
        let chars = plainsight_text::Chars::new(text);
        let digest = self.tagger.digest().hex();
        let name = |name: &plainsight_find::Name| {
            let (start, end) = (name.span.start, name.span.end);
            json!({
                "kind": name.kind.as_str(), "start": start, "end": end, "text": chars.slice(text, start, end),
                "model": self.name, "sha256": digest,
            })
        };
        Ok(self.tagger.names(text)?.iter().map(name).collect())
    }
}

fn file(folder: &Path, name: &str, most: u64) -> Result<Vec<u8>> {
    let path = folder.join(name);
    let meta = std::fs::metadata(&path);
    let meta = meta.with_context(|| format!("{name} cannot be read; the folder has to hold model.onnx, vocab.txt and labels.txt (docs/models.md)"))?;
    if meta.len() > most {
        bail!("{name} has more than {most} bytes");
    }
    std::fs::read(&path).with_context(|| format!("{name} cannot be read"))
}
