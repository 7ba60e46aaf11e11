//! The frame that a site prints around every text: menu, cookie line, footer.
//!
//! A shingle is chrome where three different stories of one site have it. It
//! is counted inside a site, never across sites: a wire story that forty-one
//! papers print is no frame. It is counted by story, not by page: a story
//! that one site prints three times is no frame either. The rule "30% of the
//! captures" of the notes adds nothing to three stories but on sites of five
//! or six pages, where two copies of one story would erase each other.

use super::link::{Candidate, candidates};
use super::shingle::{Text, edge_lines, fingerprints, shared};
use super::star::stars;
use super::{COPY, CopyInput, WINDOW};
use std::collections::{BTreeMap, HashMap};

/// Stories of one site that must share a shingle.
const STORIES: usize = 3;
/// Containment of what is left of two texts that makes them one story.
const SAME_STORY: f64 = 0.5;
/// Containment of whole pages of a named site, frame and all, that makes them copies.
const COPY_ON_NAMED_SITE: f64 = 0.8;

/// Marks the chrome of every text.
pub(super) fn mark(inputs: &[&CopyInput], texts: &mut [Text]) {
    let sites: Vec<Vec<usize>> = sites(inputs).into_iter().filter(|s| is_site(s, inputs, texts)).collect();
    if sites.is_empty() {
        return;
    }
    let stories = stories(inputs, texts, &sites);
    let mut marked: Vec<(usize, Vec<u32>)> = Vec::new();
    for site in sites {
        let chrome = shared_by_stories(&site, texts, &stories);
        if !chrome.is_empty() {
            marked.extend(site.into_iter().map(|text| (text, chrome.clone())));
        }
    }
    for (text, chrome) in marked {
        let text = &mut texts[text];
        for (hash, flag) in text.hashes.iter().zip(text.chrome.iter_mut()) {
            *flag |= chrome.binary_search(hash).is_ok();
        }
    }
}

/// Texts of one site: by name where it is known, else by a line at head or tail.
fn sites(inputs: &[&CopyInput]) -> Vec<Vec<usize>> {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut apparent: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, input) in inputs.iter().enumerate() {
        match input.site.as_deref() {
            Some(site) => named.entry(site).or_default().push(number),
            None => {
                for line in edge_lines(&input.text) {
                    apparent.entry(line).or_default().push(number);
                }
            }
        }
    }
    let mut all: Vec<Vec<usize>> =
        named.into_values().chain(apparent.into_values()).filter(|site| site.len() >= STORIES).collect();
    all.sort();
    all.dedup();
    all
}

/// Tells whether three texts of a group are no copies of each other as they
/// stand. Three reports around one wire story share their first lines too,
/// but they are no site.
fn is_site(group: &[usize], inputs: &[&CopyInput], texts: &[Text]) -> bool {
    let mut longest_first = group.to_vec();
    longest_first.sort_by_key(|&t| (std::cmp::Reverse(texts[t].hashes.len()), t));
    let mut apart: Vec<Vec<u32>> = Vec::new();
    for text in longest_first {
        let whole = texts[text].clean();
        // A name that a person gave needs less proof.
        let copy = if inputs[text].site.is_some() { COPY_ON_NAMED_SITE } else { COPY };
        let is_copy = |other: &Vec<u32>| {
            shared(other, &whole) as f64 >= copy * other.len().min(whole.len()).max(1) as f64
        };
        if !apart.iter().any(is_copy) {
            apart.push(whole);
        }
        if apart.len() == STORIES {
            return true;
        }
    }
    false
}

/// A story's number for each text that stands on a site, by what is left of
/// it without the lines that several texts have at their edges.
fn stories(inputs: &[&CopyInput], texts: &[Text], sites: &[Vec<usize>]) -> BTreeMap<usize, usize> {
    let mut members: Vec<usize> = sites.iter().flatten().copied().collect();
    members.sort_unstable();
    members.dedup();
    let mut frames: HashMap<String, usize> = HashMap::new();
    for &m in &members {
        for line in edge_lines(&inputs[m].text) {
            *frames.entry(line).or_default() += 1;
        }
    }
    let is_frame = |line: &str| frames.get(line).is_some_and(|count| *count >= STORIES);
    let mut prints = Vec::new();
    let mut sets = Vec::new();
    for &m in &members {
        let mut rest = texts[m].without_lines(&inputs[m].text, &is_frame);
        // A text of which nothing is left has all its lines in common with others: it is compared whole.
        if rest.is_empty() {
            rest.clone_from(&texts[m].hashes);
        }
        prints.push(fingerprints(&rest, &vec![false; rest.len()], WINDOW, |_| 0));
        rest.sort_unstable();
        rest.dedup();
        sets.push(rest);
    }
    let mut edges = Vec::new();
    for Candidate { a, b, .. } in candidates(&prints) {
        let (x, y) = (&sets[a as usize], &sets[b as usize]);
        let both = shared(x, y);
        if both as f64 >= SAME_STORY * x.len().min(y.len()) as f64 {
            edges.push((a, b, both as u32));
        }
    }
    let lengths: Vec<usize> = sets.iter().map(Vec::len).collect();
    let names: Vec<&str> = members.iter().map(|&m| inputs[m].id.as_str()).collect();
    let seeds = stars(&edges, &lengths, &names);
    members.iter().enumerate().map(|(at, &m)| (m, members[seeds[at]])).collect()
}

/// The shingles that three stories of a site share, sorted.
fn shared_by_stories(site: &[usize], texts: &[Text], stories: &BTreeMap<usize, usize>) -> Vec<u32> {
    let mut seen: Vec<(u32, usize)> = Vec::new();
    for text in site {
        let story = stories.get(text).copied().unwrap_or(*text);
        seen.extend(texts[*text].hashes.iter().map(|&hash| (hash, story)));
    }
    seen.sort_unstable();
    seen.dedup();
    seen.chunk_by(|a, b| a.0 == b.0).filter(|s| s.len() >= STORIES).map(|s| s[0].0).collect()
}
