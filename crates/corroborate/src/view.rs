//! A case as the stages of this crate look at it: everything sorted and by number.

use crate::{Citation, CopyHow, CopyingError, DocumentInput, Input, copying_errors};
use plainsight_model::{DocumentId, Frame, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The documents by id with what connects them.
pub(crate) struct View<'a> {
    /// What was handed in.
    pub input: &'a Input<'a>,
    /// By id.
    pub documents: Vec<&'a DocumentInput<'a>>,
    /// The cluster of each document; of its own id where it was not compared.
    pub cluster: Vec<String>,
    /// For each document the runs that it shares with others: span here, and which other.
    pub runs: Vec<Vec<(Span, usize)>>,
    /// Frames that are copying errors.
    pub errors: BTreeMap<(DocumentId, usize), CopyingError>,
}

impl<'a> View<'a> {
    /// The documents alone, for whoever looks at one post: copies are not looked at.
    pub fn of_documents(input: &'a Input<'a>) -> Self {
        let mut documents: Vec<&DocumentInput> = input.documents.iter().collect();
        documents.sort_by_key(|d| d.document.id);
        documents.dedup_by_key(|d| d.document.id);
        Self { input, documents, cluster: Vec::new(), runs: Vec::new(), errors: BTreeMap::new() }
    }

    /// Sorts a case; of documents with one id the first counts.
    pub fn new(input: &'a Input<'a>) -> Self {
        let documents = Self::of_documents(input).documents;
        let ids: BTreeMap<String, usize> =
            documents.iter().enumerate().map(|(n, d)| (d.document.id.to_string(), n)).collect();
        let named: BTreeMap<&str, &str> =
            input.copies.clusters.iter().map(|c| (c.id.as_str(), c.cluster.as_str())).collect();
        let cluster =
            ids.keys().map(|id| named.get(id.as_str()).map_or_else(|| id.clone(), |c| (*c).to_owned()));
        let mut by_number = vec![String::new(); documents.len()];
        for (name, number) in cluster.zip(ids.values()) {
            by_number[*number] = name;
        }
        let mut runs = vec![Vec::new(); documents.len()];
        for link in input.copies.links.iter().filter(|l| l.how == CopyHow::Partial) {
            if let (Some(&a), Some(&b)) = (ids.get(&link.a), ids.get(&link.b)) {
                runs[a].push((link.span_a, b));
                runs[b].push((link.span_b, a));
            }
        }
        let errors = copying_errors(input.documents, input.copies, input.agencies, input.places)
            .into_iter()
            .map(|e| ((e.document, e.frame), e))
            .collect();
        Self { input, documents, cluster: by_number, runs, errors }
    }

    /// The number of a document.
    pub fn number(&self, id: &DocumentId) -> Option<usize> {
        self.documents.binary_search_by_key(id, |d| d.document.id).ok()
    }

    /// A frame of a document.
    pub fn frame(&self, id: &DocumentId, frame: usize) -> Option<(usize, &'a Frame)> {
        let number = self.number(id)?;
        Some((number, self.documents[number].findings.frames.get(frame)?))
    }

    /// What a document credits at a span.
    pub fn citations(&self, number: usize, span: Span) -> Vec<&'a Citation> {
        let list = self.input.citations.get(&self.documents[number].document.id);
        list.into_iter().flatten().filter(|c| c.whole_text || c.covers.overlaps(&span)).collect()
    }

    /// A document's name in words: who publishes it, else its title, address or id.
    pub fn name(&self, number: usize) -> String {
        let d = self.documents[number];
        let publisher = d.findings.publisher.as_ref().map(|p| p.text.clone());
        publisher
            .or_else(|| d.document.site_name.clone())
            .or_else(|| d.site.clone())
            .or_else(|| d.document.title.clone())
            .or_else(|| d.host.clone())
            .unwrap_or_else(|| d.document.id.to_string())
    }

    /// Tells whether a person called two documents independent.
    pub fn independent(&self, a: usize, b: usize) -> bool {
        is_pair(&self.input.judgements.independent, self.id(a), self.id(b))
    }

    /// Tells whether a person called two documents dependent.
    pub fn dependent(&self, a: usize, b: usize) -> bool {
        is_pair(&self.input.judgements.dependent, self.id(a), self.id(b))
    }

    /// The id of a document.
    pub fn id(&self, number: usize) -> DocumentId {
        self.documents[number].document.id
    }

    /// The documents that a body published, by its key.
    pub fn published_by(&self, key: &str) -> BTreeSet<usize> {
        (0..self.documents.len())
            .filter(|&n| self.documents[n].findings.publisher.as_ref().is_some_and(|p| p.key == key))
            .collect()
    }
}

fn is_pair(pairs: &BTreeSet<(DocumentId, DocumentId)>, a: DocumentId, b: DocumentId) -> bool {
    pairs.contains(&(a, b)) || pairs.contains(&(b, a))
}
