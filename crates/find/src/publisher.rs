//! Whose page or paper a document is: site name, author, letterhead, signature, title.

use crate::found::Passage;
use crate::side::{Sided, sided};
use crate::words::{List, list};
use plainsight_lens::Lens;
use plainsight_model::{Document, Publisher, Side};
use plainsight_text::Day;

/// The longest line that can be a letterhead or a signature, in characters.
const LONGEST: usize = 60;

/// Finds the publisher; a name whose side nobody knows is given only where the page names itself.
pub(crate) fn publisher(
    document: &Document,
    passages: &[Passage],
    lens: &Lens,
    day: Option<Day>,
) -> Option<Publisher> {
    let own = [document.site_name.as_deref(), document.author.as_deref()];
    let mut named: Vec<String> = own.into_iter().flatten().map(|name| name.trim().to_owned()).collect();
    named.retain(|name| !name.is_empty() && name.chars().count() <= 120);
    let first = named.first().cloned();
    let lines: Vec<String> = passages
        .iter()
        .filter(|passage| passage.letters.len() <= LONGEST && passage.block.cells.is_empty())
        .map(|passage| passage.letters.iter().collect::<String>())
        .collect();
    let head = lines.iter().take(3).filter(|line| head_of(line));
    let foot = lines.iter().rev().take(3).filter(|line| head_of(line));
    named.extend(head.cloned());
    named.extend(foot.cloned());
    for name in &named {
        let Sided { key, side } = sided(name, lens, day);
        if side != Side::Unknown {
            return Some(Publisher { text: name.clone(), key, side });
        }
    }
    let name = first?;
    let key = sided(&name, lens, day).key;
    Some(Publisher { text: name, key, side: Side::Unknown })
}

/// Words of a sentence.
static VERBS: List = list![
    "设", "關", "关", "开", "開", "揭", "被", "的", "称", "稱", "在", "said", "says", "zegt", "dice", "is",
    "was", "the", "een", "una", "un", "in"
];

/// A letterhead or signature is a name, not a sentence and not a heading about a post.
fn head_of(line: &str) -> bool {
    let line = line.trim();
    let folded = plainsight_text::fold(line);
    let sentence = line.ends_with(['。', '.', '！', '!', '？', '?', ':', '：']) && !line.ends_with("B.V.");
    !sentence && !VERBS.within(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letterhead_is_no_sentence() {
        assert!(head_of("内政部"));
        assert!(head_of("Ministerie van Buitenlandse Zaken"));
        assert!(!head_of("警方关闭海外警务站"));
        assert!(!head_of("The embassy said so."));
    }
}
