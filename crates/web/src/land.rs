//! Land: Natural Earth's states and what is disputed between them, decoded once and cut to what a window shows.

use crate::assets;
use crate::map::{Area, Point, View};
use maud::{Markup, html};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// How far lines are drawn beyond the edge, so that its own strokes stay unseen.
const MARGIN: f64 = 12.0;

/// Lands whose own borders Natural Earth notes as claimed by another (`NOTE_BRK` of its states).
const CLAIMED: [&str; 6] = ["Kosovo", "N. Cyprus", "Palestine", "Siachen Glacier", "Somaliland", "W. Sahara"];

/// Parts of a border between two states, as drawn, that are a line of control and no agreed border:
/// Crimea (General Assembly resolution 68/262), the Golan (Security Council resolution 497), Kashmir,
/// Aksai Chin and the McMahon line (Natural Earth's notes). The area is west, south, east, north.
const HELD: [(&str, &str, Area); 5] = [
    ("Russia", "Ukraine", Area { west: 32.0, south: 44.0, east: 37.0, north: 47.0 }),
    ("Israel", "Syria", Area { west: 35.0, south: 32.0, east: 37.0, north: 34.0 }),
    ("India", "Pakistan", Area { west: 73.0, south: 32.7, east: 78.0, north: 37.0 }),
    ("China", "India", Area { west: 77.0, south: 32.0, east: 81.0, north: 37.0 }),
    ("China", "India", Area { west: 91.5, south: 26.0, east: 98.0, north: 30.0 }),
];

/// What a map is drawn from.
#[derive(Default)]
struct Earth {
    /// Closed rings of longitude and latitude.
    rings: Vec<Vec<Point>>,
    /// Borders that are disputed, and claims that are no border.
    disputed: Vec<Vec<Point>>,
}

fn earth() -> &'static Earth {
    static EARTH: OnceLock<Earth> = OnceLock::new();
    EARTH.get_or_init(|| {
        let mut earth: Earth =
            serde_json::from_str(assets::STATES).map(|topology| decode(&topology)).unwrap_or_default();
        let claims: BTreeMap<String, Vec<Point>> = serde_json::from_str(assets::DISPUTED).unwrap_or_default();
        earth.disputed.extend(claims.into_values());
        earth
    })
}

/// TopoJSON: arcs are shared between neighbours, quantised and written as
/// differences; a negative number is the arc `!n` backwards.
fn decode(topology: &Value) -> Earth {
    let pair = |value: &Value| Some((value.get(0)?.as_f64()?, value.get(1)?.as_f64()?));
    let transform = &topology["transform"];
    let (Some(scale), Some(move_by)) = (pair(&transform["scale"]), pair(&transform["translate"])) else {
        return Earth::default();
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
    let index =
        |number: i64| usize::try_from(if number < 0 { !number } else { number }).unwrap_or(usize::MAX);
    let numbers = |ring: &Value| -> Vec<i64> {
        ring.as_array().into_iter().flatten().filter_map(Value::as_i64).collect()
    };
    let mut rings = Vec::new();
    // Which states an arc bounds.
    let mut beside: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for state in topology["objects"]["countries"]["geometries"].as_array().into_iter().flatten() {
        let polygons: Vec<&Value> = match state["type"].as_str() {
            Some("Polygon") => vec![&state["arcs"]],
            Some("MultiPolygon") => state["arcs"].as_array().into_iter().flatten().collect(),
            _ => continue,
        };
        let name = state["properties"]["name"].as_str().unwrap_or_default();
        for ring in polygons.into_iter().filter_map(Value::as_array).flatten() {
            let mut points: Vec<Point> = Vec::new();
            for number in numbers(ring) {
                let Some(arc) = arcs.get(index(number)) else { continue };
                beside.entry(index(number)).or_default().push(name);
                let skip = usize::from(!points.is_empty());
                match number < 0 {
                    true => points.extend(arc.iter().rev().skip(skip)),
                    false => points.extend(arc.iter().skip(skip)),
                }
            }
            rings.push(points);
        }
    }
    let mut disputed = Vec::new();
    for (arc, states) in beside.iter().filter_map(|(index, states)| Some((arcs.get(*index)?, states))) {
        if states.len() > 1 && states.iter().any(|state| CLAIMED.contains(state)) {
            disputed.push(arc.clone());
        }
        for (one, other, area) in &HELD {
            if states.contains(one) && states.contains(other) {
                let inside = |p: &Point| area.holds(*p);
                disputed.extend(
                    arc.chunk_by(|a, b| inside(a) == inside(b))
                        .filter(|part| inside(&part[0]))
                        .map(<[Point]>::to_vec),
                );
            }
        }
    }
    Earth { rings, disputed }
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

/// Land in the window, with disputed borders dashed.
pub(crate) fn outlines(view: &View) -> Markup {
    let disputed = disputed(view);
    html! {
        path class="land" d=(land(view)) {}
        @if !disputed.is_empty() {
            // Most lie along the edge of a state, whose line is taken away first.
            path class="gap" d=(disputed) {}
            path class="border disputed" d=(disputed) {}
        }
    }
}

/// All land in the window as one path.
fn land(view: &View) -> String {
    let mut path = String::new();
    for ring in earth().rings.iter().flat_map(|ring| whole(ring)) {
        let drawn: Vec<Point> = ring.iter().map(|(lon, lat)| view.point(*lon, *lat)).collect();
        let steps = steps(&clip(drawn, view));
        if steps.len() >= 4 {
            write(&mut path, &steps);
            path.push('Z');
        }
    }
    path
}

/// The disputed lines that come into the window, as one path.
fn disputed(view: &View) -> String {
    let shown = view.area();
    let mut path = String::new();
    for line in earth().disputed.iter().filter(|line| line.iter().any(|point| shown.holds(*point))) {
        let drawn: Vec<Point> = line.iter().map(|(lon, lat)| view.point(*lon, *lat)).collect();
        let steps = steps(&drawn);
        if steps.len() >= 2 {
            write(&mut path, &steps);
        }
    }
    path
}

/// Points to half a unit, without those too near to the one before to be seen: they only make the page heavy.
fn steps(points: &[Point]) -> Vec<(i64, i64)> {
    let mut steps: Vec<(i64, i64)> = Vec::new();
    for (x, y) in points {
        let step = ((x * 2.0).round() as i64, (y * 2.0).round() as i64);
        if steps.last().is_none_or(|last| (last.0 - step.0).abs() + (last.1 - step.1).abs() > 2) {
            steps.push(step);
        }
    }
    steps
}

/// Adds a line to a path. Steps from the point before are half as long to write as places.
fn write(path: &mut String, steps: &[(i64, i64)]) {
    let mut before = (0, 0);
    for (at, &(x, y)) in steps.iter().enumerate() {
        let (dx, dy) = (x - before.0, y - before.1);
        let (letter, apart) = match at {
            0 => ("M", ","),
            1 => ("l", if dy < 0 { "" } else { " " }),
            _ => (if dx < 0 { "" } else { " " }, if dy < 0 { "" } else { " " }),
        };
        let _ = write!(path, "{letter}{}{apart}{}", Half(dx), Half(dy));
        before = (x, y);
    }
}

/// A ring as it lies on a flat map. One that goes over the 180th meridian would be a line across the
/// whole map: it is drawn on both edges instead, and one around a pole is closed along it.
fn whole(ring: &[Point]) -> Vec<Vec<Point>> {
    let mut flat: Vec<Point> = Vec::with_capacity(ring.len() + 2);
    let mut turn = 0.0;
    for &(lon, lat) in ring {
        if let Some(&(before, _)) = flat.last() {
            let step: f64 = lon + turn - before;
            if step.abs() > 180.0 {
                turn -= 360.0 * step.signum();
            }
        }
        flat.push((lon + turn, lat));
    }
    let (Some(&(first, low)), Some(&(last, _))) = (flat.first(), flat.last()) else { return Vec::new() };
    let around_a_pole = (last - first).abs() > 180.0;
    if !around_a_pole && flat.iter().all(|(lon, _)| lon.abs() <= 180.5) {
        return vec![flat];
    }
    if around_a_pole {
        let pole = 90f64.copysign(low);
        flat.extend([(last, pole), (first, pole)]);
    }
    [-360.0, 0.0, 360.0].map(|shift| flat.iter().map(|(lon, lat)| (lon + shift, *lat)).collect()).to_vec()
}

/// A number of halves as the shortest decimal.
struct Half(i64);

impl std::fmt::Display for Half {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, whole, half) = (if self.0 < 0 { "-" } else { "" }, self.0.abs() / 2, self.0 % 2 != 0);
        match (whole, half) {
            (0, true) => write!(f, "{sign}.5"),
            (whole, true) => write!(f, "{sign}{whole}.5"),
            (whole, false) => write!(f, "{sign}{whole}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_decode_to_the_whole_earth() {
        let points = || earth().rings.iter().flatten();
        assert!(earth().rings.len() > 1000, "{}", earth().rings.len());
        assert!(points().all(|(lon, lat)| (-180.1..180.1).contains(lon) && (-90.1..90.1).contains(lat)));
        assert!(points().any(|p| p.0 > 179.0) && points().any(|p| p.0 < -179.0));
    }

    #[test]
    fn no_ring_is_a_line_across_the_map() {
        for ring in earth().rings.iter().flat_map(|ring| whole(ring)) {
            let far = ring.windows(2).map(|pair| (pair[0].0 - pair[1].0).abs());
            let along_a_pole = ring.iter().any(|(_, lat)| lat.abs() >= 90.0);
            assert!(along_a_pole || far.fold(0.0, f64::max) < 180.0, "{:?}", ring.first());
        }
        let island = [(179.0, 65.0), (-179.0, 66.0), (-179.0, 67.0), (179.0, 67.0), (179.0, 65.0)];
        assert!(whole(&island).contains(&vec![
            (179.0, 65.0),
            (181.0, 66.0),
            (181.0, 67.0),
            (179.0, 67.0),
            (179.0, 65.0)
        ]));
    }

    #[test]
    fn lines_that_are_disputed_are_told_from_borders() {
        let near = |lon: f64, lat: f64| {
            let close = |p: &Point| (p.0 - lon).abs() < 0.3 && (p.1 - lat).abs() < 0.3;
            earth().disputed.iter().flatten().any(close)
        };
        for (what, lon, lat) in [
            ("Crimea", 34.0, 46.1),
            ("Kosovo and Serbia", 21.4, 42.8),
            ("the Green Line of Cyprus", 33.4, 35.1),
            ("Western Sahara and Mauritania", -12.0, 23.4),
            ("Arunachal Pradesh", 93.5, 26.9),
            ("Abkhazia", 41.9, 42.9),
        ] {
            assert!(near(lon, lat), "{what}");
        }
        for (what, lon, lat) in
            [("Russia and Ukraine, north", 34.0, 52.0), ("Netherlands and Germany", 7.0, 52.3)]
        {
            assert!(!near(lon, lat), "{what}");
        }
    }

    #[test]
    fn halves_are_written_short() {
        let written: Vec<String> = [-3, -2, -1, 0, 1, 2, 3].map(|n| Half(n).to_string()).to_vec();
        assert_eq!(written, ["-1.5", "-1", "-.5", "0", ".5", "1", "1.5"]);
    }
}
