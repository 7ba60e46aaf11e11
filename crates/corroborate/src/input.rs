//! What the stages hand in.

use crate::{Citation, Copies};
use plainsight_model::{Document, DocumentId, Findings, Judgements, PostId, Quote, Side};
use std::collections::BTreeMap;

/// Everything claims are made from.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The lens's name: part of every claim's id.
    pub lens: &'a str,
    /// All documents of the case, in any order.
    pub documents: &'a [DocumentInput<'a>],
    /// The posts that resolving made, in any order.
    pub posts: &'a [PostInput],
    /// What [`crate::copies()`] gave; its ids are the documents' ids as written (`doc-…`).
    pub copies: &'a Copies,
    /// What [`crate::citations`] and [`crate::resolve`] gave, by document.
    pub citations: &'a BTreeMap<DocumentId, Vec<Citation>>,
    /// What people decided.
    pub judgements: &'a Judgements,
    /// What registers say about posts.
    pub registers: &'a [RegisterFact],
    /// Which agency lies under which, by agency key.
    pub agencies: &'a dyn Containment,
    /// Which place lies in which, by place key.
    pub places: &'a dyn Containment,
}

/// A document with what was found in it and where it came from.
#[derive(Clone, Debug)]
pub struct DocumentInput<'a> {
    /// The document.
    pub document: &'a Document,
    /// What the lens found in it.
    pub findings: &'a Findings,
    /// The site as a person named it with `--site`.
    pub site: Option<String>,
    /// The host of the address it was captured from, without `www.`; `None` for files that somebody handed over.
    pub host: Option<String>,
    /// The first day of capture, RFC 3339 or `YYYY-MM-DD`: stands in for a missing date of publication.
    pub captured: Option<String>,
}

/// A post as claims need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostInput {
    /// The post.
    pub id: PostId,
    /// A string that stays the same when a document comes or goes: place, operator, telephone.
    pub key: String,
    /// The words shown, to be followed by a verb: `the post of the Example County police in Port Example`.
    pub text: String,
    /// The frames it was merged from: document and number in its findings.
    pub frames: Vec<(DocumentId, usize)>,
}

/// What a register that is official, complete and in force says about a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterFact {
    /// The post asked about.
    pub post: PostId,
    /// The register's name.
    pub register: String,
    /// It stands there.
    pub listed: bool,
    /// The day that was asked about, EDTF.
    pub day: Option<String>,
    /// Official, complete and in force on that day.
    pub record: bool,
    /// The row, or for a miss the line that says what the register is.
    pub quote: Quote,
}

/// Which keys lie under which.
pub trait Containment {
    /// Tells whether `inner` is `outer` or lies under it. A pair that cannot be compared gives `false`.
    fn contains(&self, outer: &str, inner: &str) -> bool;
}

/// Equal keys, and keys of which one is the head of the other at a `/`
/// (`Freedonia` contains `Freedonia/Port Example`): enough for tests and for
/// callers without a gazetteer.
impl Containment for () {
    fn contains(&self, outer: &str, inner: &str) -> bool {
        outer == inner || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
    }
}

impl DocumentInput<'_> {
    /// The publication day, else the day of capture, as far as it is written `YYYY-MM-DD` or vaguer.
    pub(crate) fn day(&self) -> Option<&str> {
        let captured = self.captured.as_deref().and_then(|c| c.get(..10));
        self.document.date.as_deref().or(captured)
    }

    /// On which side whoever publishes it stands.
    pub(crate) fn side(&self) -> Side {
        self.findings.publisher.as_ref().map_or(Side::Unknown, |p| p.side)
    }

    /// The key of whoever publishes it: the publisher that the page names, else the site, else the host.
    pub(crate) fn group(&self) -> Option<String> {
        let named = self.findings.publisher.as_ref().map(|p| p.key.clone()).filter(|k| !k.is_empty());
        let site = || self.site.as_ref().or(self.document.site_name.as_ref());
        named
            .or_else(|| site().map(|s| plainsight_text::fold(s).trim().to_owned()).filter(|s| !s.is_empty()))
            .or_else(|| self.host.clone())
    }
}
