//! Land: Natural Earth's states, decoded once and cut to what a window shows.

use crate::assets;
use crate::map::{Point, View};
use serde_json::Value;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// How far lines are drawn beyond the edge, so that its own strokes stay unseen.
const MARGIN: f64 = 12.0;

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
pub(crate) fn land(view: &View) -> String {
    let mut path = String::new();
    for ring in rings().iter().flat_map(|ring| whole(ring)) {
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
        let mut before = (0, 0);
        for (at, &(x, y)) in steps.iter().enumerate() {
            // Steps from the point before are half as long to write as places.
            let (dx, dy) = (x - before.0, y - before.1);
            let (letter, apart) = match at {
                0 => ("M", ","),
                1 => ("l", if dy < 0 { "" } else { " " }),
                _ => (if dx < 0 { "" } else { " " }, if dy < 0 { "" } else { " " }),
            };
            let _ = write!(path, "{letter}{}{apart}{}", Half(dx), Half(dy));
            before = (x, y);
        }
        path.push('Z');
    }
    path
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
        let points = || rings().iter().flatten();
        assert!(rings().len() > 1000, "{}", rings().len());
        assert!(points().all(|(lon, lat)| (-180.1..180.1).contains(lon) && (-90.1..90.1).contains(lat)));
        assert!(points().any(|p| p.0 > 179.0) && points().any(|p| p.0 < -179.0));
    }

    #[test]
    fn no_ring_is_a_line_across_the_map() {
        for ring in rings().iter().flat_map(|ring| whole(ring)) {
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
    fn halves_are_written_short() {
        let written: Vec<String> = [-3, -2, -1, 0, 1, 2, 3].map(|n| Half(n).to_string()).to_vec();
        assert_eq!(written, ["-1.5", "-1", "-.5", "0", ".5", "1", "1.5"]);
    }
}
