//! A paragraph that is being read: what is seen and what is hidden, with links.

use crate::canon::{Line, Raw};
use plainsight_model::BlockKind;

/// Both lines of a paragraph.
#[derive(Debug, Default)]
pub(crate) struct Para {
    shown: Line,
    hidden: Line,
    links: Vec<(usize, usize, String)>,
}

impl Para {
    pub(crate) fn push(&mut self, text: &str, hidden: bool) {
        if hidden { self.hidden.push(text) } else { self.shown.push(text) }
    }

    /// A line break that stays.
    pub(crate) fn break_line(&mut self) {
        self.shown.mark('\n');
    }

    /// Where a link would begin.
    pub(crate) fn place(&self) -> usize {
        self.shown.next()
    }

    /// A link from a place up to here.
    pub(crate) fn link(&mut self, from: usize, href: &str) {
        if self.shown.count > from && !href.is_empty() {
            self.links.push((from, self.shown.count, href.to_owned()));
        }
    }

    /// Adds another paragraph's text behind this one's, as a cell does.
    pub(crate) fn join(&mut self, other: &Self) {
        let from = self.place();
        let shift = if self.shown.text.is_empty() { 0 } else { from.max(self.shown.count + 1) };
        self.shown.push(" ");
        self.shown.push(&other.shown.text);
        self.hidden.push(" ");
        self.hidden.push(&other.hidden.text);
        // Only where no line break in between was collapsed do the places stay the same.
        if self.shown.count == shift + other.shown.count {
            self.links.extend(other.links.iter().map(|(f, t, h)| (shift + f, shift + t, h.clone())));
        }
    }

    pub(crate) fn shown(&self) -> &str {
        self.shown.text.trim_end_matches('\n')
    }

    pub(crate) fn hidden(&self) -> &str {
        &self.hidden.text
    }

    pub(crate) fn links(&self) -> &[(usize, usize, String)] {
        &self.links
    }

    /// The blocks: what is seen, then what is hidden. `all_hidden` is a paragraph nobody sees.
    pub(crate) fn into_raws(self, kind: BlockKind, path: &str, all_hidden: bool) -> Vec<Raw> {
        let mut shown = Raw::new(kind, path, self.shown());
        shown.hidden = all_hidden;
        shown.links = self.links;
        let mut hidden = Raw::new(kind, path, self.hidden.text);
        hidden.hidden = true;
        [shown, hidden].into_iter().filter(|raw| !raw.text.trim().is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_move_with_their_words() {
        let mut cell = Para::default();
        cell.push("Bel", false);
        let mut more = Para::default();
        let from = more.place();
        more.push("hier", false);
        more.link(from, "https://a.example/");
        more.push(" geheim", true);
        cell.join(&more);
        assert_eq!(cell.shown(), "Bel hier");
        assert_eq!(cell.links(), [(4, 8, "https://a.example/".to_owned())]);
        let raws = cell.into_raws(BlockKind::Paragraph, "p", false);
        assert_eq!(
            raws.iter().map(|r| (r.text.as_str(), r.hidden)).collect::<Vec<_>>(),
            [("Bel hier", false), ("geheim", true)]
        );
    }
}
