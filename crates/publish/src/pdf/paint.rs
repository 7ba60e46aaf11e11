//! The pages put into a PDF: what is read, what only adorns, links, marks.

use super::flow::{Ink, Placed, Strip};
use super::fonts::Faces;
use super::pages::Page;
use super::style::{self, BAD, BOTTOM, FULL, LEFT, PAPER, QUIET, TOP};
use super::tags::Tags;
use super::text::{Colour, Look, Missing, Paragraph, Piece, Span};
use super::{About, shapes};
use krilla::Document;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Draws the pages; the structure is filled on the way.
pub(crate) fn pages(
    document: &mut Document,
    strip: Strip,
    pages: &[Page],
    about: &About<'_>,
    faces: &mut Faces<'_>,
) -> Result<Tags, Missing> {
    let Strip { placed, anchors, mut tags } = strip;
    let places: BTreeMap<&str, XyzDestination> =
        anchors.iter().map(|(id, y)| (id.as_str(), destination(pages, *y))).collect();
    for (number, page) in pages.iter().enumerate() {
        // Whole points of the paper's size: never refused.
        let Some(settings) = PageSettings::from_wh(PAPER.0, PAPER.1) else { continue };
        let mut paper = document.start_page_with(settings);
        let mut links = Vec::new();
        let mut surface = paper.surface();
        if about.draft {
            watermark(&mut surface, faces)?;
        }
        let within = |part: &Range<f32>| {
            let part = part.start - 0.01..part.end - 0.01;
            placed.iter().filter(move |one| part.contains(&one.y.start))
        };
        if !page.head.is_empty() {
            // Read aloud it was where the table began.
            adorn(&mut surface, |surface| {
                within(&page.head).for_each(|one| again(surface, one, TOP - page.head.start, faces));
            });
        }
        for one in within(&page.strip) {
            put(&mut surface, one, TOP + page.depth(one.y.start), faces, &mut tags, &mut links);
        }
        let words = format!("{} · {}", about.title, about.day);
        let number = format!("{} / {}", number + 1, pages.len());
        foot(&mut surface, &words, &number, about.draft, faces)?;
        surface.finish();
        for (rect, span) in links {
            let Some((id, called)) = &span.link else { continue };
            let Some(place) = places.get(id.as_str()) else { continue };
            let link = LinkAnnotation::new(rect, Target::Destination(Destination::Xyz(place.clone())));
            let id = paper.add_tagged_annotation(Annotation::new_link(link, Some(called.clone())));
            tags.linked(span.leaf, id);
        }
    }
    Ok(tags)
}

/// Draws a piece of a table's head once more, `by` lower than on the strip.
fn again(surface: &mut Surface<'_>, one: &Placed, by: f32, faces: &Faces<'_>) {
    match &one.ink {
        Ink::Text { piece, span, base } => glyphs(surface, one, piece, span, base + by, faces),
        Ink::Bar { width, colour } => {
            bar(surface, one.x, one.y.start + by, *width, one.y.end - one.y.start, *colour);
        }
        Ink::Shape(class) => shapes::draw(surface, class, one.x, one.y.start + by, one.y.end - one.y.start),
    }
}

fn glyphs(surface: &mut Surface<'_>, one: &Placed, piece: &Piece, span: &Span, base: f32, faces: &Faces<'_>) {
    fill(surface, span.look.colour);
    let font = faces.loaded[piece.face].font.clone();
    surface.draw_glyphs(Point::from_xy(one.x, base), &piece.glyphs, font, &piece.text, span.look.size, false);
}

fn put<'p>(
    surface: &mut Surface<'_>,
    one: &'p Placed,
    top: f32,
    faces: &Faces<'_>,
    tags: &mut Tags,
    links: &mut Vec<(Rect, &'p Span)>,
) {
    match &one.ink {
        Ink::Text { piece, span, base } => {
            let tag = SpanTag::empty().with_lang(language(&span.lang));
            let id = surface.start_tagged(ContentTag::Span(tag));
            tags.drawn(span.leaf, id);
            let base = top + base - one.y.start;
            glyphs(surface, one, piece, span, base, faces);
            surface.end_tagged();
            let height = span.look.size * 1.2;
            if let Some(rect) = Rect::from_xywh(one.x, base - height * 0.8, piece.width.max(1.0), height)
                && span.link.is_some()
            {
                links.push((rect, span));
            }
        }
        Ink::Bar { width, colour } => adorn(surface, |surface| {
            bar(surface, one.x, top, *width, one.y.end - one.y.start, *colour);
        }),
        Ink::Shape(class) => {
            adorn(surface, |surface| shapes::draw(surface, class, one.x, top, one.y.end - one.y.start));
        }
    }
}

/// Where a place of the strip lies on which page.
fn destination(pages: &[Page], y: f32) -> XyzDestination {
    let at = pages.iter().rposition(|page| page.strip.start <= y + 0.01).unwrap_or(0);
    // What stood in the space between two pages stands at the head of the second.
    let past = pages.get(at).is_some_and(|page| y >= page.strip.end);
    let at = if past { (at + 1).min(pages.len() - 1) } else { at };
    let depth = pages.get(at).map_or(0.0, |page| page.depth(y).max(0.0));
    XyzDestination::new(at, Point::from_xy(LEFT, TOP + depth - 8.0))
}

/// The headings as bookmarks, those of the third level inside those of the second.
pub(crate) fn outline(heads: &[(u16, String, f32)], pages: &[Page]) -> Outline {
    let mut nodes: Vec<OutlineNode> = Vec::new();
    for (level, text, y) in heads {
        let node = OutlineNode::new(text.clone(), destination(pages, *y));
        match nodes.last_mut() {
            Some(parent) if *level > 2 => parent.push_child(node),
            _ => nodes.push(node),
        }
    }
    let mut outline = Outline::new();
    nodes.into_iter().for_each(|node| outline.push_child(node));
    outline
}

/// A tag of the form that PDF/A allows; none for the page's own language and for what has no name.
fn language(lang: &str) -> Option<&str> {
    let good = lang.split('-').enumerate().all(|(at, part)| {
        (1..=8).contains(&part.len())
            && part.chars().all(|c| if at == 0 { c.is_ascii_alphabetic() } else { c.is_ascii_alphanumeric() })
    });
    (good && lang != "en" && lang != "und").then_some(lang)
}

fn foot(
    surface: &mut Surface<'_>,
    words: &str,
    number: &str,
    draft: bool,
    faces: &mut Faces<'_>,
) -> Result<(), Missing> {
    let look = Look { voice: super::fonts::Voice::Sans, bold: false, size: 7.4, colour: QUIET, rise: 0.0 };
    let red = Look { bold: true, colour: BAD, ..look };
    let y = PAPER.1 - 38.0;
    let (words, room) = if draft { ("DRAFT. Not for publication.", red) } else { (words, look) };
    adorn(surface, |surface| -> Result<(), Missing> {
        bar(surface, LEFT, y - 13.0, FULL, 0.5, style::LINE);
        string(surface, words, room, LEFT, y, FULL - 60.0, faces)?;
        let width = width(number, look, faces)?;
        string(surface, number, look, LEFT + FULL - width, y, 60.0, faces)
    })
}

/// DRAFT across the page, as the style sheet prints it.
fn watermark(surface: &mut Surface<'_>, faces: &mut Faces<'_>) -> Result<(), Missing> {
    let look = Look {
        voice: super::fonts::Voice::Sans,
        bold: true,
        size: 140.0,
        colour: [0xf3, 0xe6, 0xe3],
        rise: 0.0,
    };
    let width = width("DRAFT", look, faces)?;
    let middle = (PAPER.0 / 2.0, PAPER.1 / 2.0);
    adorn(surface, |surface| {
        surface.push_transform(&Transform::from_rotate_at(-30.0, middle.0, middle.1));
        let done = string(surface, "DRAFT", look, middle.0 - width / 2.0, middle.1 + 50.0, 900.0, faces);
        surface.pop();
        done
    })
}

fn one_line(text: &str, look: Look, width: f32, faces: &mut Faces<'_>) -> Result<super::text::Line, Missing> {
    let span = Span { range: 0..text.len(), look, lang: "en".into(), link: None, leaf: 0 };
    // Foreign as a whole.
    let isolates = std::iter::once(0..text.len()).collect();
    let paragraph = Paragraph { text: text.to_owned(), spans: vec![span], isolates, anchors: Vec::new() };
    Ok(paragraph.lines(width, faces)?.into_iter().next().unwrap_or_default())
}

fn width(text: &str, look: Look, faces: &mut Faces<'_>) -> Result<f32, Missing> {
    Ok(one_line(text, look, f32::INFINITY, faces)?.pieces.iter().map(|piece| piece.width).sum())
}

fn string(
    surface: &mut Surface<'_>,
    text: &str,
    look: Look,
    x: f32,
    y: f32,
    width: f32,
    faces: &mut Faces<'_>,
) -> Result<(), Missing> {
    for piece in one_line(text, look, width, faces)?.pieces {
        fill(surface, look.colour);
        let font = faces.loaded[piece.face].font.clone();
        surface.draw_glyphs(
            Point::from_xy(x + piece.x, y),
            &piece.glyphs,
            font,
            &piece.text,
            look.size,
            false,
        );
    }
    Ok(())
}

/// Draws what is not read aloud.
fn adorn<T>(surface: &mut Surface<'_>, draw: impl FnOnce(&mut Surface<'_>) -> T) -> T {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    let done = draw(surface);
    surface.end_tagged();
    done
}

pub(super) fn fill(surface: &mut Surface<'_>, colour: Colour) {
    let paint = rgb::Color::new(colour[0], colour[1], colour[2]).into();
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::default() }));
}

fn bar(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y, width, height) {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        fill(surface, colour);
        surface.draw_path(&path);
    }
}

/// The height of a page's text.
pub(crate) const HEIGHT: f32 = BOTTOM - TOP;
