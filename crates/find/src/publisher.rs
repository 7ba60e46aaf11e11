//! Whose page or paper a document is: site name, author, letterhead, signature, title.

use crate::found::Passage;
use crate::organisations::organisations;
use crate::side::{Sided, sided};
use crate::words::{List, list};
use plainsight_lens::Lens;
use plainsight_model::{Document, Publisher, Side};
use plainsight_resolve::find_agencies;
use plainsight_text::{Day, Haystack};

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
    let mut named: Vec<String> = own.into_iter().flatten().map(bare).collect();
    named.retain(|name| !name.is_empty() && name.chars().count() <= 120);
    let first = named.first().cloned();
    let lines: Vec<String> = passages
        .iter()
        .filter(|passage| passage.letters.len() <= LONGEST && passage.block.cells.is_empty())
        .map(|passage| passage.letters.iter().collect::<String>())
        .collect();
    let head = lines.iter().take(3).filter(|line| head_of(line));
    let foot = lines.iter().rev().take(3).filter(|line| head_of(line));
    named.extend(head.map(|line| bare(line)));
    named.extend(foot.map(|line| bare(line)));
    // The title bar is the weakest: what stands there may be a section, so it must be a body by its grammar.
    named.extend(document.title_site.iter().filter(|bar| body(bar, lens, day)).cloned());
    for name in &named {
        let Sided { key, side } = sided(name, lens, day);
        if side != Side::Unknown {
            return Some(Publisher { text: name.clone(), key, side });
        }
    }
    let name = first?;
    let key = sided(&name, lens, day).key;
    // A page that names its site and its writer is a paper's, whatever the paper is called.
    let paper = document.site_name.is_some()
        && document.author.as_deref().is_some_and(|author| bare(author) != name)
        || name.ends_with('报');
    let side = if paper { Side::Outlet } else { Side::Unknown };
    Some(Publisher { text: name, key, side })
}

/// Whether a name is a body: most of it reads as an agency or an association.
fn body(name: &str, lens: &Lens, day: Option<Day>) -> bool {
    let length = name.chars().count();
    let agencies = find_agencies(name, &lens.gazetteer, day);
    let agency = agencies.iter().any(|hit| (hit.end - hit.start) * 2 > length);
    let associations = organisations(&Haystack::new(name), &[]);
    agency || associations.iter().any(|one| name[one.start..one.end].chars().count() * 2 > length)
}

/// What stands before a source's name, folded.
const LABELS: [&str; 11] =
    ["来源", "信息来源", "稿源", "作者", "发布", "bron", "fuente", "source", "auteur", "autor", "author"];

/// The name alone: 来源：X gives X.
fn bare(line: &str) -> String {
    let line = line.trim();
    match line.split_once(['：', ':']) {
        Some((label, name)) if is_label(label) => {
            name.trim().split(['|', '｜', '\u{3000}']).next().unwrap_or_default().trim().to_owned()
        }
        _ => line.to_owned(),
    }
}

/// Whether the last word of what stands before a colon is a label: 发布时间：2021-06-20 来源：X has two.
fn is_label(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    LABELS.iter().any(|label| plainsight_text::fold(label) == plainsight_text::fold(last))
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
        assert_eq!(bare("来源：霞港县公安局"), "霞港县公安局");
        assert_eq!(bare("Bron: Zeelandbode"), "Zeelandbode");
        assert!(head_of("内政部"));
        assert!(head_of("Ministerie van Buitenlandse Zaken"));
        assert!(!head_of("警方关闭海外警务站"));
        assert!(!head_of("The embassy said so."));
    }

    #[test]
    fn a_title_bar_names_a_publisher_only_where_it_is_a_body() {
        let lens = Lens::builtin("overseas-posts").expect("built in");
        for (bar, want) in [
            ("Ministry of the Interior", true),
            ("Ministerie van Buitenlandse Zaken", true),
            ("Ministerio del Interior", true),
            ("盐港北岭同乡会", true),
            ("Latest news", false),
            ("Nieuws over de politie", false),
            ("What the Ministry of the Interior said about the long winter of the harbour", false),
            ("2021", false),
        ] {
            assert_eq!(body(bar, &lens, None), want, "{bar}");
        }
    }
}
