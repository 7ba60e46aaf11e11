//! The canonical text: blocks laid one under the other, with their ranges.

use plainsight_model::{Block, BlockKind, Cell, Document, Link, Span};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A block before it has a place in the text; ranges count its own code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    pub kind: BlockKind,
    pub path: String,
    pub text: String,
    pub links: Vec<(usize, usize, String)>,
    pub cells: Vec<(usize, usize, Option<String>)>,
    pub speaker: Option<String>,
    pub time: Option<String>,
    pub hidden: bool,
}

impl Raw {
    pub(crate) fn new(kind: BlockKind, path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            kind,
            path: path.into(),
            text: text.into(),
            links: Vec::new(),
            cells: Vec::new(),
            speaker: None,
            time: None,
            hidden: false,
        }
    }
}

/// Lays blocks under each other into the document's text, in NFC.
pub(crate) fn lay(document: &mut Document, raws: Vec<Raw>) {
    let mut at = document.text.chars().count();
    for mut raw in raws {
        if raw.text.trim().is_empty() {
            continue;
        }
        if !is_nfc(&raw.text) {
            compose(&mut raw);
        }
        if !document.text.is_empty() {
            document.text.push('\n');
            at += 1;
        }
        let length = raw.text.chars().count();
        let end = at + length;
        document.text.push_str(&raw.text);
        let span = |from: usize, to: usize| Span { start: at + from.min(length), end: at + to.min(length) };
        for (from, to, href) in raw.links {
            document.links.push(Link { span: span(from, to), href });
        }
        let cells = raw.cells.into_iter().map(|(f, t, header)| Cell { span: span(f, t), header }).collect();
        document.blocks.push(Block {
            kind: raw.kind,
            span: Span { start: at, end },
            path: raw.path,
            speaker: raw.speaker,
            time: raw.time,
            cells,
            main: true,
            hidden: raw.hidden,
        });
        at = end;
    }
}

/// Composes a block piece by piece, so that its ranges stay true.
fn compose(raw: &mut Raw) {
    map(raw, |piece| piece.nfc().collect());
}

/// Changes the text between all ends of links and cells, so that these ranges stay true.
pub(crate) fn map(raw: &mut Raw, change: impl Fn(&str) -> String) {
    let mut cuts: Vec<usize> = vec![0];
    cuts.extend(raw.links.iter().flat_map(|l| [l.0, l.1]));
    cuts.extend(raw.cells.iter().flat_map(|c| [c.0, c.1]));
    let chars: Vec<char> = raw.text.chars().collect();
    // A link may reach over the white space that was cut off the end.
    cuts.retain(|cut| *cut < chars.len());
    cuts.push(chars.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut text = String::new();
    let mut moved = std::collections::BTreeMap::new();
    let mut count = 0;
    for pair in cuts.windows(2) {
        moved.insert(pair[0], count);
        let piece: String = chars.get(pair[0]..pair[1]).unwrap_or(&[]).iter().collect();
        let piece = change(&piece);
        count += piece.chars().count();
        text.push_str(&piece);
    }
    moved.insert(chars.len(), count);
    let new = |old: usize| moved.get(&old).copied().unwrap_or(count);
    for (from, to, _) in &mut raw.links {
        (*from, *to) = (new(*from), new(*to));
    }
    for (from, to, _) in &mut raw.cells {
        (*from, *to) = (new(*from), new(*to));
    }
    raw.text = text;
}

/// The blocks of a document as they were before they had a place in its text; the opposite of [`lay`].
pub(crate) fn lift(document: &Document) -> Vec<Raw> {
    let chars: Vec<char> = document.text.chars().collect();
    let mut links = document.links.iter().peekable();
    let mut out = Vec::new();
    for block in &document.blocks {
        let (start, end) = (block.span.start, block.span.end);
        let mut raw = Raw::new(
            block.kind,
            &*block.path,
            chars.get(start..end).unwrap_or(&[]).iter().collect::<String>(),
        );
        while links.peek().is_some_and(|link| link.span.start < start) {
            links.next();
        }
        while let Some(link) = links.next_if(|link| link.span.start < end) {
            raw.links.push((link.span.start - start, link.span.end.min(end) - start, link.href.clone()));
        }
        for cell in &block.cells {
            let place = |at: usize| at.clamp(start, end) - start;
            raw.cells.push((place(cell.span.start), place(cell.span.end), cell.header.clone()));
        }
        raw.speaker.clone_from(&block.speaker);
        raw.time.clone_from(&block.time);
        raw.hidden = block.hidden;
        out.push(raw);
    }
    out
}

/// A line that grows piece by piece with its white space collapsed.
#[derive(Debug, Default)]
pub(crate) struct Line {
    pub text: String,
    /// Code points in `text`.
    pub count: usize,
    space: bool,
}

impl Line {
    /// Adds a piece. Runs of white space become one space, at the ends none.
    pub(crate) fn push(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some(c) = rest.chars().next() {
            // Words of plain letters are most of most pages; each goes over as it is.
            let word = rest.bytes().take_while(u8::is_ascii_graphic).count();
            let (head, tail) = rest.split_at(if word > 0 { word } else { c.len_utf8() });
            rest = tail;
            if c.is_whitespace() {
                self.space = true;
            } else if !is_invisible(c) {
                self.part();
                self.text.push_str(head);
                self.count += if word > 0 { word } else { 1 };
            }
        }
    }

    /// Puts the space that stands between two words.
    fn part(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']) {
            self.put(' ');
        }
        self.space = false;
    }

    /// Adds a line break or tabulator that stays.
    pub(crate) fn mark(&mut self, c: char) {
        if !self.text.is_empty() || c == '\t' {
            self.put(c);
        }
        self.space = false;
    }

    /// Where the next visible character will stand.
    pub(crate) fn next(&self) -> usize {
        self.count + usize::from(self.space && !self.text.is_empty() && !self.text.ends_with(['\n', '\t']))
    }

    fn put(&mut self, c: char) {
        self.text.push(c);
        self.count += 1;
    }
}

/// Collapses the white space of a whole string.
pub(crate) fn collapse(text: &str) -> String {
    let mut line = Line::default();
    line.push(text);
    line.text
}

/// Characters that nobody sees and that would keep terms and telephones from being found.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
        || c.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;
    use plainsight_model::DocumentKind;

    #[test]
    fn ranges_point_at_their_words() {
        let mut document = crate::empty(DocumentKind::Text, "test");
        let mut raw = Raw::new(BlockKind::Paragraph, "p", "Cafe\u{301} op de markt");
        raw.links.push((0, 5, "x".to_owned()));
        lay(&mut document, vec![Raw::new(BlockKind::Heading, "h1", "青湾"), raw]);
        assert_eq!(document.text, "青湾\nCafé op de markt");
        assert_eq!(document.links[0].span, Span { start: 3, end: 7 });
        assert_eq!(document.blocks[1].span, Span { start: 3, end: 19 });
    }

    #[test]
    fn white_space_collapses_and_invisible_characters_go() {
        let mut line = Line::default();
        line.push("  el \n ");
        line.push("pueblo\u{200b}\u{3000}");
        assert_eq!(line.next(), 10);
        line.push("x");
        assert_eq!(line.text, "el pueblo x");
    }
}
