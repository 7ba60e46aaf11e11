//! A paragraph: its characters with their looks, shaped and broken into lines.
//!
//! Lines break where Unicode (UAX 14) allows it: between Han characters, and
//! in Latin at spaces; a word that fits no line (a digest) breaks anywhere.
//! What reads from right to left is set so (UAX 9), each foreign string by itself.

use super::fonts::{Faces, Voice, is_east_asian};
use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, UnicodeBuffer};
use std::collections::BTreeSet;
use std::ops::Range;
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation as _;

/// Red, green, blue.
pub(crate) type Colour = [u8; 3];

/// How characters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Look {
    /// Which kind of face.
    pub voice: Voice,
    /// Heavier.
    pub bold: bool,
    /// In points.
    pub size: f32,
    /// The ink.
    pub colour: Colour,
    /// How far above the line it stands, in points.
    pub rise: f32,
}

/// Characters of one look, language and place in the document's structure.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
    /// How they look.
    pub look: Look,
    /// A language tag.
    pub lang: String,
    /// The id that a click leads to, and what the link is called.
    pub link: Option<(String, String)>,
    /// The leaf of the structure tree.
    pub leaf: usize,
}

/// The text of a paragraph before it is set.
#[derive(Clone, Debug, Default)]
pub(crate) struct Paragraph {
    /// Its characters.
    pub text: String,
    /// What covers them, in order, without holes.
    pub spans: Vec<Span>,
    /// Foreign strings, which keep their reading direction to themselves.
    pub isolates: Vec<Range<usize>>,
    /// Ids at places of the text.
    pub anchors: Vec<(String, usize)>,
}

/// A part of a line with one face and look.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// From the line's left edge, in points.
    pub x: f32,
    /// Its width.
    pub width: f32,
    /// The number of its face.
    pub face: usize,
    /// Glyphs whose ranges count bytes of `text`.
    pub glyphs: Vec<KrillaGlyph>,
    /// Its characters.
    pub text: String,
    /// The span it is of.
    pub span: usize,
}

/// A line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Bytes of the paragraph's text.
    pub range: Range<usize>,
    /// From left to right.
    pub pieces: Vec<Piece>,
}

/// A character that no font of this machine has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Missing(pub String);

/// One glyph with everything that breaking and drawing need.
#[derive(Clone)]
struct Set {
    range: Range<usize>,
    glyph: u32,
    /// Advance and offsets, in ems.
    advance: f32,
    offset: (f32, f32),
    run: usize,
}

struct Run {
    face: usize,
    span: usize,
    level: Level,
}

impl Paragraph {
    /// Sets the paragraph in lines of a width.
    pub(crate) fn lines(&self, width: f32, faces: &mut Faces<'_>) -> Result<Vec<Line>, Missing> {
        let levels = self.levels();
        let (runs, mut glyphs) = self.shape(&levels, faces)?;
        // In the order of the text; what runs to the left is turned again when it is drawn.
        glyphs.sort_by_key(|set| set.range.start);
        let size = |set: &Set| self.spans[runs[set.run].span].look.size;
        let breaks = self.breaks();
        let mut lines = Vec::new();
        let (mut start, mut at, mut x) = (0, 0, 0.0);
        let mut last_break = None;
        while let Some(set) = glyphs.get(at) {
            let is_space = self.text[set.range.clone()].trim().is_empty();
            let advance = set.advance * size(set);
            if at > start && breaks.contains(&set.range.start) {
                last_break = Some(at);
            }
            // A space may hang over the edge, and what belongs together stays together.
            let inside = at > start && glyphs[at - 1].range == set.range;
            if x + advance > width && !is_space && !inside && at > start {
                let cut = last_break.unwrap_or(at);
                lines.push(self.line(&glyphs[start..cut], &runs));
                (start, at, x, last_break) = (cut, cut, 0.0, None);
                continue;
            }
            x += advance;
            at += 1;
        }
        if start < glyphs.len() {
            lines.push(self.line(&glyphs[start..], &runs));
        }
        Ok(lines)
    }

    /// Where a line may end: never between a word and the first mark of a footnote.
    fn breaks(&self) -> BTreeSet<usize> {
        let raised =
            |at: usize| self.spans.iter().any(|span| span.look.rise > 0.0 && span.range.contains(&at));
        let allowed = |at: &usize| !raised(*at) || at.checked_sub(1).is_some_and(raised);
        linebreaks(&self.text).map(|(at, _)| at).filter(allowed).collect()
    }

    /// The direction of each byte.
    fn levels(&self) -> Vec<Level> {
        let plain = vec![Level::ltr(); self.text.len()];
        let mut isolated = String::new();
        let mut own = Vec::new();
        for (at, c) in self.text.char_indices() {
            for range in &self.isolates {
                if range.end == at && !range.is_empty() {
                    isolated.push('\u{2069}');
                }
            }
            for range in &self.isolates {
                if range.start == at && !range.is_empty() {
                    isolated.push('\u{2068}');
                }
            }
            own.extend(isolated.len()..isolated.len() + c.len_utf8());
            isolated.push(c);
        }
        let bidi = BidiInfo::new(&isolated, Some(Level::ltr()));
        if !bidi.has_rtl() {
            return plain;
        }
        own.into_iter().map(|at| bidi.levels.get(at).copied().unwrap_or(Level::ltr())).collect()
    }

    fn shape(&self, levels: &[Level], faces: &mut Faces<'_>) -> Result<(Vec<Run>, Vec<Set>), Missing> {
        let (mut runs, mut glyphs) = (Vec::new(), Vec::new());
        for (number, span) in self.spans.iter().enumerate() {
            let text = &self.text[span.range.clone()];
            let mut begun: Option<(usize, Level, usize)> = None;
            for (at, letter) in text.grapheme_indices(true) {
                let level = levels[span.range.start + at];
                let face = faces
                    .choose(letter, span.look.voice, span.look.bold, &span.lang)
                    .ok_or_else(|| Missing(letter.to_owned()))?;
                match begun {
                    Some((known, same, _)) if known == face && same == level => {}
                    _ => {
                        if let Some((face, level, from)) = begun {
                            let range = span.range.start + from..span.range.start + at;
                            self.shape_run(
                                range,
                                Run { face, span: number, level },
                                faces,
                                &mut runs,
                                &mut glyphs,
                            );
                        }
                        begun = Some((face, level, at));
                    }
                }
            }
            if let Some((face, level, from)) = begun {
                let range = span.range.start + from..span.range.end;
                self.shape_run(range, Run { face, span: number, level }, faces, &mut runs, &mut glyphs);
            }
        }
        Ok((runs, glyphs))
    }

    fn shape_run(
        &self,
        range: Range<usize>,
        run: Run,
        faces: &Faces<'_>,
        runs: &mut Vec<Run>,
        glyphs: &mut Vec<Set>,
    ) {
        let face = &faces.loaded[run.face];
        // It was parsed when it was chosen.
        let Some(shaper) = rustybuzz::Face::from_slice(&face.data, face.index) else { return };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&self.text[range.clone()]);
        buffer.guess_segment_properties();
        buffer.set_direction(if run.level.is_rtl() {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        });
        // A font for Han has “ and ’ as wide as a Han character; between Latin words they are narrow.
        let narrow = rustybuzz::Feature::new(rustybuzz::ttf_parser::Tag::from_bytes(b"pwid"), 1, ..);
        let features = if is_east_asian(&self.spans[run.span].lang) { vec![] } else { vec![narrow] };
        let shaped = rustybuzz::shape(&shaper, &features, buffer);
        let em = shaper.units_per_em() as f32;
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        for (info, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let from = info.cluster as usize;
            let next = starts.partition_point(|start| *start <= from);
            let to = starts.get(next).copied().unwrap_or(range.len());
            glyphs.push(Set {
                range: range.start + from..range.start + to,
                glyph: info.glyph_id,
                advance: place.x_advance as f32 / em,
                offset: (place.x_offset as f32 / em, place.y_offset as f32 / em),
                run: runs.len(),
            });
        }
        runs.push(run);
    }

    fn line(&self, glyphs: &[Set], runs: &[Run]) -> Line {
        let mut parts: Vec<Vec<&Set>> = Vec::new();
        for set in glyphs {
            match parts.last_mut() {
                Some(part) if part[0].run == set.run => part.push(set),
                _ => parts.push(vec![set]),
            }
        }
        let levels: Vec<Level> = parts.iter().map(|part| runs[part[0].run].level).collect();
        let mut line = Line {
            range: glyphs.first().map_or(0, |set| set.range.start)
                ..glyphs.iter().map(|set| set.range.end).max().unwrap_or(0),
            pieces: Vec::new(),
        };
        let mut x = 0.0;
        for at in visual(&levels) {
            let mut part = parts[at].clone();
            let run = &runs[part[0].run];
            let size = self.spans[run.span].look.size;
            let from = part.iter().map(|set| set.range.start).min().unwrap_or(0);
            let to = part.iter().map(|set| set.range.end).max().unwrap_or(from);
            if run.level.is_rtl() {
                part.reverse();
            }
            let glyph = |set: &&Set| {
                let range = set.range.start - from..set.range.end - from;
                KrillaGlyph::new(
                    GlyphId::new(set.glyph),
                    set.advance,
                    set.offset.0,
                    set.offset.1,
                    0.0,
                    range,
                    None,
                )
            };
            let width = part.iter().map(|set| set.advance * size).sum();
            line.pieces.push(Piece {
                x,
                width,
                face: run.face,
                glyphs: part.iter().map(glyph).collect(),
                text: self.text[from..to].to_owned(),
                span: run.span,
            });
            x += width;
        }
        line
    }
}

/// The order in which parts of a line stand, from left to right.
fn visual(levels: &[Level]) -> Vec<usize> {
    BidiInfo::reorder_visual(levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(text: &str, isolates: Vec<Range<usize>>) -> Paragraph {
        let look = super::super::style::BODY;
        let span = Span { range: 0..text.len(), look, lang: "en".into(), link: None, leaf: 0 };
        Paragraph { text: text.to_owned(), spans: vec![span], isolates, anchors: Vec::new() }
    }

    #[test]
    fn lines_end_between_han_characters_and_between_words() {
        let parts = |text: &str| {
            let mut from = 0;
            let ends = paragraph(text, Vec::new()).breaks();
            ends.into_iter()
                .map(|to| text[std::mem::replace(&mut from, to)..to].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(parts("岚海港，已设立。"), ["岚", "海", "港，", "已", "设", "立。"]);
        assert_eq!(parts("Kamer boven de zeilmakerij"), ["Kamer ", "boven ", "de ", "zeilmakerij"]);
    }

    #[test]
    fn the_first_mark_of_a_footnote_stays_with_its_word() {
        let mut marked = paragraph("已设立。1 2", Vec::new());
        let at = marked.text.find('1').expect("there");
        marked.spans[0].range = 0..at;
        let look = Look { rise: 3.0, ..marked.spans[0].look };
        marked.spans.push(Span { range: at..marked.text.len(), look, ..marked.spans[0].clone() });
        let breaks = marked.breaks();
        assert!(!breaks.contains(&at) && breaks.contains(&(at + 2)), "{breaks:?}");
    }

    #[test]
    fn a_foreign_string_turns_nothing_but_itself() {
        let text = "It says \u{202E}abc אבג, on 3 May.";
        let (from, to) = (text.find('\u{202E}').expect("there"), text.find(',').expect("there"));
        let isolated = paragraph(text, std::iter::once(from..to).collect()).levels();
        assert!(isolated[from + 3..to].iter().all(|level| level.is_rtl()));
        assert!(isolated[to..].iter().chain(&isolated[..from]).all(|level| level.is_ltr()));
        assert!(paragraph(text, Vec::new()).levels()[to..].iter().any(|level| level.is_rtl()), "the reason");
    }
}
