//! What readers of another descent keep of a page, as a share of each of our blocks.
//!
//! They give text without places, so a block is asked for by its runs of eight characters.

use crate::canon::Raw;
use std::collections::HashSet;

/// Characters of a shingle. Shorter blocks are looked for as lines.
const SHINGLE: usize = 8;

/// What the Readability family keeps: `dom_smoothie`.
pub(crate) fn smooth(tree: dom_query::Document) -> Option<String> {
    let config = dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
    let run = move || {
        let mut reader = dom_smoothie::Readability::with_document(tree, None, Some(config)).ok()?;
        reader.parse().ok().map(|article| article.text_content.to_string())
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(run)).ok().flatten()
}

/// How much of each block a reader kept, from 0 to 1.
pub(crate) fn shares(text: &str, blocks: &[Raw]) -> Vec<f32> {
    let squashed: Vec<char> = squash(text).chars().collect();
    let kept: HashSet<u64> = shingles(&squashed).collect();
    let lines: HashSet<String> = text.lines().map(squash).filter(|l| !l.is_empty()).collect();
    let share = |block: &Raw| {
        let squashed = squash(&block.text);
        let chars: Vec<char> = squashed.chars().collect();
        if chars.len() < SHINGLE {
            return f32::from(u8::from(lines.contains(&squashed)));
        }
        let found = shingles(&chars).filter(|s| kept.contains(s)).count();
        found as f32 / (chars.len() + 1 - SHINGLE) as f32
    };
    blocks.iter().map(share).collect()
}

fn shingles(chars: &[char]) -> impl Iterator<Item = u64> + '_ {
    chars.windows(SHINGLE).map(|w| {
        w.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, c| {
            (h.rotate_left(5) ^ u64::from(*c as u32)).wrapping_mul(0x517c_c1b7_2722_0a95)
        })
    })
}

/// Letters and digits only, in lower case: readers change spaces and marks.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
