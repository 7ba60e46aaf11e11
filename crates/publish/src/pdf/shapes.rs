//! The four shapes of the style sheet: a circle for a grade, a square for a
//! register's answer, a diamond for a decision, a triangle for a complaint.

use super::paint::fill;
use super::style::{ACT, BAD, GOOD, INK, QUIET, WARN};
use super::text::Colour;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder};
use krilla::paint::{Stroke, StrokeDash};
use krilla::surface::Surface;

/// Draws the shape of a class into a square.
pub(super) fn draw(surface: &mut Surface<'_>, class: &str, x: f32, y: f32, size: f32) {
    let has = |word: &str| class.split_whitespace().any(|one| one == word);
    let place = (x + 0.6, y + 0.6, size - 1.2);
    if has("grade") {
        grade(surface, &has, place);
    } else if has("verdict") {
        verdict(surface, &has, place);
    } else if has("decision") {
        let (x, y, s) = place;
        let h = s / 2.0;
        let diamond = polygon(&[(x + h, y), (x + s, y + h), (x + h, y + s), (x, y + h)]);
        shape(surface, diamond, INK, has("d-yes"), false);
    } else {
        let (x, y, s) = place;
        shape(surface, polygon(&[(x + s / 2.0, y), (x + s, y + s), (x, y + s)]), WARN, true, false);
    }
}

fn grade(surface: &mut Surface<'_>, has: &dyn Fn(&str) -> bool, (x, y, size): (f32, f32, f32)) {
    let (colour, part) = match () {
        () if has("g1") => (GOOD, 1.0),
        () if has("g2") => (GOOD, 0.75),
        () if has("g3") => (WARN, 0.5),
        () if has("g4") => (BAD, 0.25),
        () if has("g5") => (BAD, 0.0),
        () => (QUIET, 0.0),
    };
    let (r, middle) = (size / 2.0, (x + size / 2.0, y + size / 2.0));
    // Many short sides are round at this size.
    let on = |share: f32| {
        let angle = share * std::f32::consts::TAU;
        (middle.0 + r * angle.sin(), middle.1 - r * angle.cos())
    };
    let arc = |to: f32| (0..=48).map(|n| on(to * n as f32 / 48.0)).collect::<Vec<_>>();
    if part > 0.0 {
        let mut slice = arc(part);
        slice.push(middle);
        shape(surface, polygon(&slice), colour, true, false);
    }
    shape(surface, polygon(&arc(1.0)), colour, false, has("g6"));
    if has("g5") {
        shape(surface, polygon(&[on(0.375), on(0.875)]), colour, false, false);
    }
}

fn verdict(surface: &mut Surface<'_>, has: &dyn Fn(&str) -> bool, (x, y, s): (f32, f32, f32)) {
    let oblong = |x: f32, y: f32, w: f32, h: f32| polygon(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]);
    let (colour, part) = match () {
        () if has("v-listed") => (GOOD, Some(oblong(x, y, s, s))),
        () if has("v-not") => (WARN, Some(oblong(x, y + s * 0.4, s, s * 0.2))),
        () if has("v-says") => (ACT, Some(oblong(x, y, s / 2.0, s))),
        () => (QUIET, None),
    };
    if let Some(part) = part {
        shape(surface, part, colour, true, false);
    }
    shape(surface, oblong(x, y, s, s), colour, false, has("v-cannot"));
}

fn polygon(points: &[(f32, f32)]) -> Option<Path> {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        if at == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
    }
    path.close();
    path.finish()
}

fn shape(surface: &mut Surface<'_>, path: Option<Path>, colour: Colour, filled: bool, dashed: bool) {
    let Some(path) = path else { return };
    fill(surface, colour);
    if !filled {
        surface.set_fill(None);
        let paint = rgb::Color::new(colour[0], colour[1], colour[2]).into();
        let dash = dashed.then(|| StrokeDash { array: vec![1.4, 1.1], offset: 0.0 });
        surface.set_stroke(Some(Stroke { paint, width: 0.9, dash, ..Stroke::default() }));
    }
    surface.draw_path(&path);
    surface.set_stroke(None);
}
