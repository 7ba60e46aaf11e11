//! The map: Natural Earth's states, drawn by the server, offline.
//!
//! Squares are numbered like the table and shaped by the register's answer;
//! those that would overlap share one. The table beside it holds the same.

use crate::assets;
use crate::parts::verdict_class;
use maud::{Markup, html};
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// A post with a known place.
pub(crate) struct Place {
    pub(crate) number: usize,
    pub(crate) label: String,
    pub(crate) outcome: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

type Point = (f64, f64);
/// How far lines are drawn beyond the edge, so that its own strokes stay unseen.
const MARGIN: f64 = 12.0;
/// The side of a marker.
const SIDE: f64 = 18.0;

/// The window on the earth: equirectangular, true at its middle.
struct View {
    west: f64,
    north: f64,
    scale_x: f64,
    scale_y: f64,
    width: f64,
    height: f64,
}

impl View {
    fn around(places: &[Place], width: f64, height: f64) -> Self {
        let fold = |get: fn(&Place) -> f64| {
            places.iter().map(get).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let (south, north) = fold(|p| p.lat);
        let (west, east) = fold(|p| p.lon);
        let (lat, lon) = ((south + north) / 2.0, (west + east) / 2.0);
        // The narrower the wider a degree of longitude is drawn at the poles.
        let squeeze = lat.to_radians().cos().max(0.2);
        let tall =
            ((north - south) * 1.4).max((east - west) * 1.5 * squeeze * height / width).clamp(7.0, 160.0);
        let scale_y = height / tall;
        let scale_x = scale_y * squeeze;
        Self { west: lon - width / 2.0 / scale_x, north: lat + tall / 2.0, scale_x, scale_y, width, height }
    }

    fn point(&self, lon: f64, lat: f64) -> Point {
        ((lon - self.west) * self.scale_x, (self.north - lat) * self.scale_y)
    }
}

/// Closed rings of longitude and latitude.
fn rings() -> &'static [Vec<Point>] {
    static RINGS: OnceLock<Vec<Vec<Point>>> = OnceLock::new();
    RINGS.get_or_init(|| {
        serde_json::from_str(assets::STATES).map(|topology| decode(&topology)).unwrap_or_default()
    })
}

/// TopoJSON: arcs are shared between neighbours, quantised and written as
/// differences; a negative number is the arc `!n` backwards.
fn decode(topology: &Value) -> Vec<Vec<Point>> {
    let pair = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let transform = &topology["transform"];
    let (Some(scale), Some(move_by)) = (pair(&transform["scale"]), pair(&transform["translate"])) else {
        return Vec::new();
    };
    let empty = Vec::new();
    let list = |value: &'static str| topology[value].as_array().unwrap_or(&empty);
    let arcs: Vec<Vec<Point>> = list("arcs")
        .iter()
        .map(|arc| {
            let (mut x, mut y) = (0.0, 0.0);
            let points = arc.as_array().into_iter().flatten().filter_map(pair);
            points
                .map(|(dx, dy)| {
                    (x, y) = (x + dx, y + dy);
                    (x * scale.0 + move_by.0, y * scale.1 + move_by.1)
                })
                .collect()
        })
        .collect();
    let ring = |parts: &Value| -> Vec<Point> {
        let mut out: Vec<Point> = Vec::new();
        for number in parts.as_array().into_iter().flatten().filter_map(Value::as_i64) {
            let index = usize::try_from(if number < 0 { !number } else { number }).unwrap_or(usize::MAX);
            let Some(arc) = arcs.get(index) else { continue };
            let skip = usize::from(!out.is_empty());
            if number < 0 {
                out.extend(arc.iter().rev().skip(skip));
            } else {
                out.extend(arc.iter().skip(skip));
            }
        }
        out
    };
    let mut rings = Vec::new();
    for state in topology["objects"]["countries"]["geometries"].as_array().into_iter().flatten() {
        let polygons: Vec<&Value> = match state["type"].as_str() {
            Some("Polygon") => vec![&state["arcs"]],
            Some("MultiPolygon") => state["arcs"].as_array().into_iter().flatten().collect(),
            _ => continue,
        };
        for polygon in polygons {
            rings.extend(polygon.as_array().into_iter().flatten().map(ring));
        }
    }
    rings
}

/// Cuts a ring at one side of the window after the other (Sutherland and
/// Hodgman, 1974), so that a page holds only what it shows.
fn clip(ring: Vec<Point>, view: &View) -> Vec<Point> {
    let (low, right, bottom) = (-MARGIN, view.width + MARGIN, view.height + MARGIN);
    type Side = (fn(Point) -> f64, f64, f64);
    let sides: [Side; 4] =
        [(|p| p.0, low, 1.0), (|p| p.0, right, -1.0), (|p| p.1, low, 1.0), (|p| p.1, bottom, -1.0)];
    sides.into_iter().fold(ring, |ring, (axis, edge, sign)| {
        let depth = |p: Point| (axis(p) - edge) * sign;
        let mut out = Vec::with_capacity(ring.len());
        for (at, &here) in ring.iter().enumerate() {
            let before = ring[(at + ring.len() - 1) % ring.len()];
            let (d0, d1) = (depth(before), depth(here));
            if (d0 < 0.0) != (d1 < 0.0) {
                let t = d0 / (d0 - d1);
                out.push((before.0 + (here.0 - before.0) * t, before.1 + (here.1 - before.1) * t));
            }
            if d1 >= 0.0 {
                out.push(here);
            }
        }
        out
    })
}

/// All land in the window as one path, to half a unit.
fn land(view: &View) -> String {
    let mut path = String::new();
    for ring in rings() {
        let drawn: Vec<Point> = ring.iter().map(|(lon, lat)| view.point(*lon, *lat)).collect();
        let drawn = clip(drawn, view);
        let mut last = None;
        let mut steps = Vec::new();
        for (x, y) in drawn {
            let step = ((x * 2.0).round() as i64, (y * 2.0).round() as i64);
            // Steps too small to see only make the page heavy.
            if last.is_none_or(|(a, b): (i64, i64)| (a - step.0).abs() + (b - step.1).abs() > 2) {
                steps.push(step);
                last = Some(step);
            }
        }
        if steps.len() < 4 {
            continue;
        }
        for (at, (x, y)) in steps.iter().enumerate() {
            let letter = match at {
                0 => "M",
                _ => " ",
            };
            let _ = write!(path, "{letter}{},{}", *x as f64 / 2.0, *y as f64 / 2.0);
        }
        path.push('Z');
    }
    path
}

/// Places that would overlap, together.
fn groups<'p>(places: &'p [Place], view: &View) -> Vec<(Point, Vec<&'p Place>)> {
    let mut out: Vec<(Point, Vec<&Place>)> = Vec::new();
    for place in places {
        let at = view.point(place.lon, place.lat);
        let near =
            out.iter_mut().find(|(p, _)| (p.0 - at.0).abs() < SIDE + 2.0 && (p.1 - at.1).abs() < SIDE + 2.0);
        match near {
            Some((_, group)) => group.push(place),
            None => out.push((at, vec![place])),
        }
    }
    out
}

/// The drawing, `None` where no post has a known place.
pub(crate) fn svg(id: &str, places: &[Place], width: f64, height: f64) -> Option<Markup> {
    if places.is_empty() {
        return None;
    }
    let view = View::around(places, width, height);
    let title = match places.len() {
        1 => format!("One post on a map, {}.", places[0].label),
        n => format!("{n} posts on a map. The table holds the same posts."),
    };
    Some(html! {
        svg class="map" viewBox=(format!("0 0 {width} {height}")) role="img" aria-labelledby=(id) {
            title id=(id) { (title) }
            path class="land" d=(land(&view)) {}
            @for (at, group) in groups(places, &view) { (marker(at, &group, width)) }
        }
    })
}

fn marker((x, y): Point, group: &[&Place], width: f64) -> Markup {
    let numbers: Vec<String> = match group {
        [first, .., last] if group.len() > 3 => vec![format!("{}…{}", first.number, last.number)],
        _ => group.iter().map(|place| place.number.to_string()).collect(),
    };
    let text = numbers.join("·");
    let wide = SIDE.max(8.0 + 7.0 * text.chars().count() as f64);
    let left = x - wide / 2.0;
    let mut labels: Vec<&str> = group.iter().map(|place| place.label.as_str()).collect();
    labels.dedup();
    let label =
        if labels.len() > 2 { format!("{}, {} …", labels[0], labels[1]) } else { labels.join(", ") };
    let class = format!("mk {}", verdict_class(&group[0].outcome));
    let round = |v: f64| format!("{:.1}", v);
    // A label that would leave the picture stands on the other side.
    let room = x + wide / 2.0 + 6.0 + 7.0 * label.chars().count() as f64;
    let (label_x, anchor) = if room > width { (left - 5.0, "end") } else { (x + wide / 2.0 + 5.0, "start") };
    html! {
        g {
            title { (text.replace('·', " and ")) " " (label) }
            @if group.len() > 1 {
                rect class=(class) x=(round(left + 4.0)) y=(round(y - SIDE / 2.0 - 4.0)) width=(round(wide)) height=(SIDE) rx="2" {}
            }
            rect class=(class) x=(round(left)) y=(round(y - SIDE / 2.0)) width=(round(wide)) height=(SIDE) rx="2" {}
            text class="mn" x=(round(x)) y=(round(y + 4.0)) { (text) }
            text class="halo" x=(round(label_x)) y=(round(y + 4.0)) text-anchor=(anchor) { (label) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(number: usize, lat: f64, lon: f64) -> Place {
        Place { number, label: format!("Town {number}"), outcome: "not listed".into(), lat, lon }
    }

    #[test]
    fn the_outlines_decode_to_the_whole_earth() {
        let points = || rings().iter().flatten();
        assert!(rings().len() > 1000, "{}", rings().len());
        assert!(points().all(|(lon, lat)| (-180.1..180.1).contains(lon) && (-90.1..90.1).contains(lat)));
        assert!(points().any(|p| p.0 > 179.0) && points().any(|p| p.0 < -179.0));
    }

    #[test]
    fn a_page_holds_only_what_the_window_shows() {
        let drawn = svg("t", &[place(1, 52.0, 5.0), place(2, 40.4, -3.7)], 400.0, 470.0).expect("places");
        let drawn = drawn.into_string();
        assert!(drawn.contains("Town 2") && drawn.contains("class=\"land\""));
        assert!(drawn.len() < 60_000, "{}", drawn.len());
        let world =
            svg("t", &[place(1, 60.0, -150.0), place(2, -40.0, 170.0)], 400.0, 300.0).expect("places");
        assert!(world.into_string().len() < 120_000);
    }

    #[test]
    fn posts_close_together_share_a_marker() {
        let places = [place(1, 52.0, 5.0), place(2, 52.01, 5.01), place(3, 60.0, 20.0)];
        let drawn = svg("t", &places, 400.0, 470.0).expect("places").into_string();
        assert!(drawn.contains(">1·2<"), "{drawn}");
        assert!(svg("t", &[], 400.0, 470.0).is_none());
    }
}
