//! The frame that a site prints around every text: menu, cookie line, footer.
//!
//! A shingle is chrome where three different stories of one site have it. It
//! is counted inside a site, never across sites: a wire story that forty-one
//! papers print is no frame. It is counted by story, not by page: a story
//! that one site prints three times is no frame either. The rule "30% of the
//! captures" of the notes adds nothing to three stories but on sites of five
//! or six pages, where two copies of one story would erase each other.

use super::link::{Candidate, candidates};
use super::set::Set;
use super::shingle::{Text, edge_lines, fingerprints};
use super::star::stars;
use super::{CopyInput, LEAST_PRINTS};
use std::collections::{BTreeMap, HashMap};

/// Stories of one site that must share a shingle.
const STORIES: usize = 3;
/// Pages of one site that are looked at for its frame, spread evenly: among
/// very many, any three share each common phrase of their language.
const MOST_PAGES: usize = 240;
/// Containment of what is left of two texts that makes them one story.
const SAME_STORY: f64 = 0.5;
/// Containment of whole pages, frame and all, that makes them copies.
const COPY_AS_IT_STANDS: f64 = 0.55;
/// The same on a site that a person named, which needs less proof.
const COPY_ON_NAMED_SITE: f64 = 0.8;

/// The frames of all sites.
pub(super) struct Chrome {
    /// The shingles of each frame, sorted.
    frames: Vec<Vec<u32>>,
    /// The frames of each text that stands on a site, as numbers.
    of_text: HashMap<usize, Vec<usize>>,
}

impl Chrome {
    /// Finds the frames.
    pub fn find(inputs: &[&CopyInput]) -> Self {
        let mut chrome = Self { frames: Vec::new(), of_text: HashMap::new() };
        for site in sites(inputs) {
            let step = site.len().div_ceil(MOST_PAGES);
            let pages: Vec<usize> = site.iter().copied().step_by(step).collect();
            if !is_site(&pages, inputs) {
                continue;
            }
            let frame = shared_by_stories(&pages, inputs);
            if !frame.is_empty() {
                site.iter()
                    .for_each(|text| chrome.of_text.entry(*text).or_default().push(chrome.frames.len()));
                chrome.frames.push(frame);
            }
        }
        chrome
    }

    /// Marks the chrome of a text.
    pub fn mark(&self, number: usize, text: &mut Text) {
        for frame in self.of_text.get(&number).into_iter().flatten() {
            text.mark(&self.frames[*frame]);
        }
    }
}

/// Texts of one site: by name where it is known, else by a line at head or tail.
fn sites(inputs: &[&CopyInput]) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut lines: Vec<(u64, usize)> = Vec::new();
    for (number, input) in inputs.iter().enumerate() {
        match input.site.as_deref() {
            Some(site) => named.entry(site).or_default().push(number),
            None => lines.extend(edge_lines(&input.text).into_iter().map(|line| (line, number))),
        }
    }
    lines.sort_unstable();
    let of_line = |same: &[(u64, usize)]| same.iter().map(|line| line.1).collect();
    let apparent = lines.chunk_by(|x, y| x.0 == y.0).filter(|same| same.len() >= STORIES).map(of_line);
    let mut all: Vec<Vec<usize>> =
        named.into_values().filter(|site| site.len() >= STORIES).chain(apparent).collect();
    all.sort();
    all.dedup();
    all
}

/// Tells whether three texts of a group are no copies of each other as they
/// stand. Three reports around one wire story share their first lines too,
/// but they are no site.
fn is_site(group: &[usize], inputs: &[&CopyInput]) -> bool {
    let mut longest_first = group.to_vec();
    longest_first.sort_by_key(|&t| (std::cmp::Reverse(inputs[t].text.len()), t));
    let mut apart: Vec<Set> = Vec::new();
    for text in longest_first {
        let whole = Text::new(&inputs[text].text).clean();
        let copy = if inputs[text].site.is_some() { COPY_ON_NAMED_SITE } else { COPY_AS_IT_STANDS };
        let is_copy =
            |other: &Set| other.shared(&whole) as f64 >= copy * other.len().min(whole.len()).max(1) as f64;
        if !apart.iter().any(is_copy) {
            apart.push(whole);
        }
        if apart.len() == STORIES {
            return true;
        }
    }
    false
}

/// The shingles that three stories of a site share, sorted.
fn shared_by_stories(pages: &[usize], inputs: &[&CopyInput]) -> Vec<u32> {
    let texts: Vec<Text> = pages.iter().map(|page| Text::new(&inputs[*page].text)).collect();
    let stories = stories(pages, &texts, inputs);
    let mut seen: Vec<(u32, usize)> = (texts.iter().zip(&stories))
        .flat_map(|(text, story)| text.hashes.iter().map(|hash| (*hash, *story)))
        .collect();
    seen.sort_unstable();
    seen.dedup();
    seen.chunk_by(|a, b| a.0 == b.0).filter(|s| s.len() >= STORIES).map(|s| s[0].0).collect()
}

/// A story's number for each page of a site, by what is left of it without
/// the lines that several pages have at their edges.
fn stories(pages: &[usize], texts: &[Text], inputs: &[&CopyInput]) -> Vec<usize> {
    let mut frames: HashMap<u64, usize> = HashMap::new();
    for &page in pages {
        edge_lines(&inputs[page].text).into_iter().for_each(|line| *frames.entry(line).or_default() += 1);
    }
    let is_frame = |line: u64| frames.get(&line).is_some_and(|count| *count >= STORIES);
    let mut prints = Vec::new();
    let mut sets = Vec::new();
    for (&page, text) in pages.iter().zip(texts) {
        let mut rest = text.without_lines(&inputs[page].text, &is_frame);
        // A text of which nothing is left has all its lines in common with others: it is compared whole.
        if rest.is_empty() {
            rest.clone_from(&text.hashes);
        }
        prints.push(fingerprints(&rest, &vec![false; rest.len()], |_| 0));
        sets.push(Set::new(rest.into_iter()));
    }
    let lengths: Vec<usize> = sets.iter().map(Set::len).collect();
    let mut edges = Vec::new();
    for Candidate { a, b, .. } in candidates(&lengths, |page| prints[page].clone(), |_, _| LEAST_PRINTS) {
        let (x, y) = (&sets[a as usize], &sets[b as usize]);
        let both = x.shared(y);
        if both as f64 >= SAME_STORY * x.len().min(y.len()) as f64 {
            edges.push((a, b, both as u32));
        }
    }
    let names: Vec<&str> = pages.iter().map(|&page| inputs[page].id.as_str()).collect();
    stars(&edges, &lengths, &names)
}
