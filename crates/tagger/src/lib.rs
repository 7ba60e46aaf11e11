//! Marks names in a text with a model that the user brought.
//!
//! In: the bytes of an ONNX model, of its vocabulary and of its labels; a text. Out: names as spans.
//! Never: reads files, opens the network, ships weights, or lets a span become an entity of a case.
//!
//! What the three files hold is said in `docs/models.md`. The text is cut into pieces of the vocabulary
//! (`pieces.rs`), the model tags them window by window (`runtime.rs`), the tags are read as names (`labels.rs`).

mod labels;
mod pieces;
mod runtime;

use labels::Labels;
use pieces::{Piece, Pieces};
use plainsight_find::Name;
use plainsight_model::Digest;
use runtime::Runtime;

/// Pieces that the model sees at once, without the marks of begin and end. Models of this kind are trained
/// on 512 places at most; half of that keeps one run under some hundred MB for a model of usual size.
const WINDOW: usize = 254;
/// Pieces that two windows share, so that no name is read without its neighbours.
const OVERLAP: usize = 64;

/// The bytes of a model's three files.
#[derive(Clone, Copy, Debug)]
pub struct ModelFiles<'f> {
    /// `model.onnx`.
    pub model: &'f [u8],
    /// `vocab.txt`.
    pub vocabulary: &'f [u8],
    /// `labels.txt`.
    pub labels: &'f [u8],
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TaggerError {
    /// The runtime is not part of this program.
    #[error(
        "this program was built without a runtime for models; build it with the feature: cargo build --release --features onnx"
    )]
    NotBuilt,
    /// The vocabulary is not one.
    #[error(
        "vocab.txt cannot be used: {0}. It holds one token a line, [UNK] among them, in the order of the model's input_ids"
    )]
    Vocabulary(String),
    /// The labels are none.
    #[error(
        "labels.txt cannot be used: {0}. It holds one tag a line, such as O, B-PER, I-PER, in the order of the model's logits"
    )]
    Labels(String),
    /// The model does not load, or asks for what we do not have.
    #[error(
        "model.onnx cannot be used: {0}. Export it for token classification, with input_ids [1, n] of any length n and logits [1, n, labels]; docs/models.md says how"
    )]
    Model(String),
    /// The model failed on a text.
    #[error(
        "the model failed on {pieces} tokens: {why}. Try it in the program that it was exported from; docs/models.md says what is asked of it"
    )]
    Run {
        /// How many tokens it was given.
        pieces: usize,
        /// What the runtime says.
        why: String,
    },
}

/// A model that marks names.
pub struct Tagger {
    pieces: Pieces,
    labels: Labels,
    runtime: Runtime,
    digest: Digest,
}

impl Tagger {
    /// Makes a tagger of a model's files. The digest is SHA-256 over the three, one after another:
    /// `cat model.onnx vocab.txt labels.txt | sha256sum` gives it again.
    pub fn new(files: ModelFiles<'_>) -> Result<Self, TaggerError> {
        let labels = Labels::read(files.labels)?;
        let pieces = Pieces::read(files.vocabulary)?;
        let runtime = Runtime::load(files.model)?;
        let digest = Digest::of(&[files.model, files.vocabulary, files.labels].concat());
        Ok(Self { pieces, labels, runtime, digest })
    }

    /// The digest of the model's files.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The names that the model marks, by position, none over another. Time and memory beside the model's own
    /// grow with the text; the model itself never sees more than one window.
    pub fn names(&self, text: &str) -> Result<Vec<Name>, TaggerError> {
        let letters: Vec<char> = text.chars().collect();
        let pieces = self.pieces.cut(&letters);
        let mut tags = Vec::with_capacity(pieces.len());
        for window in windows(pieces.len()) {
            let seen = self.tags(&pieces[window.from..window.to])?;
            tags.extend_from_slice(&seen[window.keep_from - window.from..window.keep_to - window.from]);
        }
        Ok(self.labels.names(&letters, &pieces, &tags))
    }

    /// The tag of each piece of one window.
    fn tags(&self, pieces: &[Piece]) -> Result<Vec<usize>, TaggerError> {
        let (begin, end) = (self.pieces.begin(), self.pieces.end());
        let ids: Vec<i32> = begin.into_iter().chain(pieces.iter().map(|piece| piece.id)).chain(end).collect();
        let tags = self.runtime.tags(&ids, self.labels.count())?;
        let skip = usize::from(begin.is_some());
        Ok(tags.into_iter().skip(skip).take(pieces.len()).collect())
    }
}

/// What the model sees, and of that what is kept: a tag comes from the window in whose midst it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    from: usize,
    to: usize,
    keep_from: usize,
    keep_to: usize,
}

/// The windows over so many pieces; what they keep covers each piece once.
fn windows(pieces: usize) -> Vec<Window> {
    let mut out = Vec::new();
    let (mut from, mut kept) = (0, 0);
    while kept < pieces {
        let to = pieces.min(from + WINDOW);
        let keep_to = if to == pieces { to } else { to - OVERLAP / 2 };
        out.push(Window { from, to, keep_from: kept, keep_to });
        (kept, from) = (keep_to, to - OVERLAP.min(to));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_keep_each_piece_once_and_from_their_midst() {
        assert_eq!(windows(0), []);
        for pieces in [1, 2, 63, 64, WINDOW - 1, WINDOW, WINDOW + 1, 2 * WINDOW, 10_000] {
            let all = windows(pieces);
            let kept: Vec<usize> = all.iter().flat_map(|w| w.keep_from..w.keep_to).collect();
            assert_eq!(kept, (0..pieces).collect::<Vec<_>>(), "{pieces}");
            for (number, window) in all.iter().enumerate() {
                assert!(window.from <= window.keep_from && window.to - window.from <= WINDOW, "{window:?}");
                let (first, last) = (number == 0, window.to == pieces);
                assert!(first || window.keep_from - window.from >= OVERLAP / 2, "{window:?}");
                assert!(last || window.to - window.keep_to >= OVERLAP / 2, "{window:?}");
            }
        }
    }
}
