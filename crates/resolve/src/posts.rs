//! Frames to posts.

mod atoms;
mod attach;
mod build;
mod merge;
mod suggest;

use crate::names::{NameVerdict, Reason};
use plainsight_lens::{Gazetteer, PlaceRef};
use plainsight_model::{DocumentId, Frame, Judgements, PairId, PostId, Quote};
use plainsight_text::Day;
use std::collections::BTreeMap;

/// The frames of one document with their quotes.
#[derive(Clone, Copy, Debug)]
pub struct DocumentFrames<'a> {
    /// The document.
    pub document: DocumentId,
    /// Its publication day.
    pub day: Option<Day>,
    /// Its frames.
    pub frames: &'a [Frame],
    /// The quote of each frame's span, in the same order.
    pub quotes: &'a [Quote],
}

/// A frame as document and number in that document's frames.
pub type FrameRef = (DocumentId, usize);

/// A post: the frames that speak of one and the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// The smallest quote inside.
    pub id: PostId,
    /// By document and number.
    pub frames: Vec<FrameRef>,
    /// Frames of copies whose operator differs from this post's: an error of the copy, no fact of the post.
    pub same_error: Vec<FrameRef>,
    /// Names as written, the most frequent first.
    pub names: Vec<String>,
    /// The country.
    pub country: Option<PlaceRef>,
    /// The city.
    pub city: Option<PlaceRef>,
    /// The key of the most exact place.
    pub place: String,
    /// Agency keys, sorted.
    pub operators: Vec<String>,
    /// E.164, sorted.
    pub phones: Vec<String>,
    /// Keys, sorted.
    pub addresses: Vec<String>,
}

/// Two posts that may be one, for a person to decide.
#[derive(Clone, Debug, PartialEq)]
pub struct PostPair {
    /// Of the two ids, sorted.
    pub id: PairId,
    /// The smaller id.
    pub a: PostId,
    /// The greater id.
    pub b: PostId,
    /// The chance that they are one.
    pub score: f64,
    /// What the machine may do alone; never `match`, else they were merged.
    pub verdict: NameVerdict,
    /// Slot by slot.
    pub reasons: Vec<Reason>,
    /// Merging them would join this many frames.
    pub would_merge: usize,
}

/// What resolving gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Posts {
    /// By id.
    pub posts: Vec<Post>,
    /// By id.
    pub pairs: Vec<PostPair>,
    /// Frames that belong to no post: counts, and what names neither place, operator nor name.
    pub loose: Vec<FrameRef>,
}

/// Merges frames into posts. The order of `input` changes nothing.
///
/// `copies` says which document is a copy of which: a frame of a copy joins the
/// post of its seed's frame at the same place even where the operator differs.
pub fn resolve_posts(
    input: &[DocumentFrames<'_>],
    gazetteer: &Gazetteer,
    judgements: &Judgements,
    copies: &BTreeMap<DocumentId, DocumentId>,
) -> Posts {
    let frames = atoms::collect(input, gazetteer);
    let mut clusters = merge::Merge::new(&frames.posts, gazetteer, judgements, copies).run();
    let loose = attach::attach(&mut clusters, &frames, gazetteer, copies);
    let posts = build::build(&clusters, &frames.posts, gazetteer);
    let pairs = suggest::suggest(&posts, input, gazetteer, judgements);
    Posts { posts, pairs, loose }
}

#[cfg(test)]
mod tests;
