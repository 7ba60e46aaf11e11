//! What readers of another descent keep of a page, as a share of each of our blocks.
//!
//! They give text without places, so a block is asked for by its runs of eight characters.

use crate::canon::Raw;
use crate::hashed::{HashedSet, mix};

/// Characters of a shingle. Shorter blocks are looked for as lines.
const SHINGLE: usize = 8;

/// Deeper pages are not shown to the other reader: it recurses, and its time grows with the square of the depth.
/// No page of the reading set is a quarter as deep.
const DEEPEST: usize = 256;

/// What the Readability family keeps: `dom_smoothie`.
pub(crate) fn smooth(tree: dom_query::Document, depth: usize) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let run = move || {
        let mut reader = dom_smoothie::Readability::with_document(tree, None, Some(config)).ok()?;
        reader.parse().ok().map(|article| article.text_content.to_string())
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).ok().flatten()
}

/// How much of each block a reader kept, from 0 to 1.
pub(crate) fn shares(text: &str, blocks: &[Raw]) -> Vec<f32> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    let mut lines = HashedSet::default();
    for line in text.lines() {
        let start = chars.len();
        squash_into(line, |c| chars.push(c));
        lines.insert(run(&chars[start..]));
    }
    let mut kept = HashedSet::with_capacity_and_hasher(chars.len(), Default::default());
    kept.extend(chars.windows(SHINGLE).map(run));
    let mut share = |block: &Raw| {
        chars.clear();
        squash_into(&block.text, |c| chars.push(c));
        if chars.len() < SHINGLE {
            return f32::from(u8::from(!chars.is_empty() && lines.contains(&run(&chars))));
        }
        let found = chars.windows(SHINGLE).filter(|w| kept.contains(&run(w))).count();
        found as f32 / (chars.len() + 1 - SHINGLE) as f32
    };
    blocks.iter().map(&mut share).collect()
}

/// The hash of a run of characters.
fn run(chars: &[char]) -> u64 {
    chars.iter().fold(0, |hash, c| mix(hash, u64::from(*c)))
}

/// Letters and digits only, in lower case: readers change spaces and marks.
pub(crate) fn squash(text: &str) -> String {
    let mut out = String::new();
    squash_into(text, |c| out.push(c));
    out
}

fn squash_into(text: &str, mut put: impl FnMut(char)) {
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        match c.is_ascii() {
            true => put(c.to_ascii_lowercase()),
            false => c.to_lowercase().for_each(&mut put),
        }
    }
}
