//! The map: land and posts, drawn by the server, offline.
//!
//! Squares are numbered like the table and shaped by the register's answer;
//! those that would overlap share one. The table beside it holds the same.

use crate::labels::views::S;
use crate::labels::{say, terms};
use crate::land::outlines;
use crate::markers::{Marker, SIDE, markers, name_of};
use crate::parts::verdict_class;
use maud::{Markup, html};

/// A post with a known place.
pub(crate) struct Place {
    pub(crate) number: usize,
    pub(crate) label: String,
    pub(crate) outcome: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
}

/// Units from the left and from the top.
pub(crate) type Point = (f64, f64);
/// The side of what a pointer must hit; the picture is drawn smaller than its units where it is narrow.
const TARGET: f64 = 30.0;
/// Posts of one marker that are named; the list behind it has all.
const SPOKEN: usize = 4;
/// Degrees from north to south that a picture may show without being mostly sea.
const TALL: f64 = 160.0;
/// The whole earth from west to east, with an edge.
const ROUND: f64 = 372.0;
/// The least: the outlines are too coarse for more.
const LEAST: f64 = 0.4;

/// A part of the earth in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

impl Area {
    /// What holds all places with some land around them.
    pub(crate) fn around<'p>(places: impl Iterator<Item = &'p Place> + Clone) -> Self {
        let fold = |get: fn(&Place) -> f64| {
            places.clone().map(get).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        let ((south, north), (west, east)) = (fold(|p| p.lat), fold(|p| p.lon));
        let (lat, lon) = ((south + north) / 2.0, (west + east) / 2.0);
        let (tall, wide) = ((north - south) * 0.7, (east - west) * 0.75);
        Self { west: lon - wide, south: lat - tall, east: lon + wide, north: lat + tall }
    }

    /// Reads `west,south,east,north`; what is no part of the earth is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split(',').map(|n| n.trim().parse().ok()).collect::<Option<_>>()?;
        let [west, south, east, north] = numbers[..] else { return None };
        let whole = [(west, 360.0), (east, 360.0), (south, 90.0), (north, 90.0)];
        let on_earth = whole.iter().all(|(n, most): &(f64, f64)| n.abs() <= *most);
        (on_earth && west <= east && south <= north).then_some(Self { west, south, east, north })
    }

    /// Tells whether a place lies in it.
    pub(crate) fn holds(&self, (lon, lat): Point) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    /// As `parse` reads it.
    pub(crate) fn write(&self) -> String {
        format!("{:.2},{:.2},{:.2},{:.2}", self.west, self.south, self.east, self.north)
    }

    /// The same size, moved by parts of itself.
    pub(crate) fn moved(&self, east: f64, north: f64) -> Self {
        let (x, y) = ((self.east - self.west) * east, (self.north - self.south) * north);
        // No further than the earth goes.
        let x = x.max(-180.0 - self.west.min(0.0)).min(180.0 - self.east.max(0.0));
        let y = y.max(-90.0 - self.south.min(0.0)).min(90.0 - self.north.max(0.0));
        Self { west: self.west + x, south: self.south + y, east: self.east + x, north: self.north + y }
    }
}

/// The window on the earth: equirectangular, true at its middle.
pub(crate) struct View {
    west: f64,
    north: f64,
    scale_x: f64,
    scale_y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl View {
    /// A picture of `width` by `height` that shows an area, at least `least` degrees of latitude of it.
    pub(crate) fn of(area: &Area, least: f64, width: f64, height: f64) -> Self {
        let (lat, lon) = ((area.south + area.north) / 2.0, (area.west + area.east) / 2.0);
        // The narrower the wider a degree of longitude is drawn at the poles.
        let squeeze = lat.to_radians().cos().max(0.2);
        let tall = (area.north - area.south)
            .max((area.east - area.west) * squeeze * height / width)
            .clamp(least, whole(squeeze * height / width));
        Self::centred(lat, lon, tall, width, height)
    }

    fn centred(lat: f64, lon: f64, tall: f64, width: f64, height: f64) -> Self {
        let squeeze = lat.to_radians().cos().max(0.2);
        let scale_y = height / tall;
        let scale_x = scale_y * squeeze;
        Self { west: lon - width / 2.0 / scale_x, north: lat + tall / 2.0, scale_x, scale_y, width, height }
    }

    /// The same middle, each step twice as near.
    pub(crate) fn nearer(self, steps: i32) -> Self {
        let area = self.area();
        let (lat, lon) = ((area.south + area.north) / 2.0, (area.west + area.east) / 2.0);
        let round = whole(lat.to_radians().cos().max(0.2) * self.height / self.width);
        let tall = ((area.north - area.south) / 2f64.powi(steps)).clamp(LEAST, round);
        Self::centred(lat, lon, tall, self.width, self.height)
    }

    /// What the picture shows.
    pub(crate) fn area(&self) -> Area {
        let (east, south) = (self.west + self.width / self.scale_x, self.north - self.height / self.scale_y);
        Area { west: self.west, south, east, north: self.north }
    }

    /// Whether a place lies in the picture.
    pub(crate) fn shows(&self, lat: f64, lon: f64) -> bool {
        let (x, y) = self.point(lon, lat);
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }

    pub(crate) fn point(&self, lon: f64, lat: f64) -> Point {
        ((lon - self.west) * self.scale_x, (self.north - lat) * self.scale_y)
    }
}

/// The most degrees from north to south: posts may lie all round the earth, and none is cut off.
fn whole(shape: f64) -> f64 {
    TALL.max(ROUND * shape)
}

/// The drawing, `None` where no post has a known place.
pub(crate) fn svg(id: &str, places: &[Place], width: f64, height: f64) -> Option<Markup> {
    if places.is_empty() {
        return None;
    }
    let view = View::of(&Area::around(places.iter()), 7.0, width, height);
    Some(html! {
        svg class="map" viewBox=(format!("0 0 {width} {height}")) role="img" aria-labelledby=(id) {
            title id=(id) { (title(places)) }
            (outlines(&view))
            @for marker in markers(places, &view) { g { title { (marker.text.replace('·', ", ")) " " (name_of(&marker.group)) } (drawn(&marker)) } }
        }
    })
}

/// The same through a window of its own, with a link on each marker.
///
/// It is a group and no image: links inside an image are hidden from whoever cannot see it.
pub(crate) fn linked(id: &str, places: &[Place], view: &View, link: &dyn Fn(&[&Place]) -> String) -> Markup {
    html! {
        svg class="map" viewBox=(format!("0 0 {} {}", view.width, view.height)) role="group" aria-labelledby=(id) {
            title id=(id) { (title(places)) }
            (outlines(view))
            @for marker in markers(places, view) {
                @let (x, y) = marker.at;
                a href=(link(&marker.group)) {
                    title { (spoken(&marker.group)) }
                    rect class="hit" x=(format!("{:.1}", x - TARGET / 2.0)) y=(format!("{:.1}", y - TARGET / 2.0)) width=(TARGET) height=(TARGET) {}
                    (drawn(&marker))
                }
            }
        }
    }
}

fn title(places: &[Place]) -> String {
    match places {
        [] => S.map_none.to_owned(),
        [one] => say(S.map_one, &[("name", &one.label)]),
        many => say(S.map_many, &[("n", &many.len())]),
    }
}

fn spoken(group: &[&Place]) -> String {
    match group {
        [one] => format!("{} {}, {}", one.number, one.label, terms::outcome(&one.outcome)),
        many => {
            let named = many.iter().take(SPOKEN).map(|p| format!("{} {}", p.number, p.label));
            let template = if many.len() > SPOKEN { S.close_together_more } else { S.close_together };
            say(template, &[("n", &many.len()), ("names", &named.collect::<Vec<_>>().join(", "))])
        }
    }
}

fn drawn(marker: &Marker) -> Markup {
    let ((x, y), wide) = (marker.at, marker.wide);
    let left = x - wide / 2.0;
    // Answers that differ have no one shape; the list behind the marker has each.
    let one = marker.group.iter().all(|place| place.outcome == marker.group[0].outcome);
    let class = if one { format!("mk {}", verdict_class(&marker.group[0].outcome)) } else { "mk".to_owned() };
    let round = |v: f64| format!("{:.1}", v);
    html! {
        g {
            @if marker.group.len() > 1 {
                rect class=(class) x=(round(left + 4.0)) y=(round(y - SIDE / 2.0 - 4.0)) width=(round(wide)) height=(SIDE) rx="2" {}
            }
            rect class=(class) x=(round(left)) y=(round(y - SIDE / 2.0)) width=(round(wide)) height=(SIDE) rx="2" {}
            text class="mn" x=(round(x)) y=(round(y + 4.0)) { (marker.text) }
            @if let Some(((x, y), anchor, name)) = &marker.name { text class="halo" x=(round(*x)) y=(round(*y)) text-anchor=(anchor) { (name) } }
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

    #[test]
    fn posts_all_round_the_earth_are_all_in_the_picture() {
        let places =
            [place(1, 43.7, -123.0), place(2, -33.9, 151.2), place(3, 35.7, 179.0), place(4, -27.1, -179.0)];
        for (width, height) in [(400.0, 470.0), (400.0, 320.0), (480.0, 420.0)] {
            let view = View::of(&Area::around(places.iter()), 7.0, width, height);
            assert!(places.iter().all(|p| view.shows(p.lat, p.lon)), "{width} {height}");
        }
    }

    #[test]
    fn an_area_is_read_as_it_is_written_and_nothing_else_is() {
        let area = Area::parse("-3.7,40,5,52.25").expect("an area");
        assert_eq!(area.write(), "-3.70,40.00,5.00,52.25");
        assert_eq!(Area::parse(&area.write()), Some(area));
        for text in ["", "1,2,3", "5,0,4,1", "0,0,0,91", "0,0,nan,1", "0,0,inf,1", "a,b,c,d", "1,2,3,4,5"] {
            assert_eq!(Area::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_step_nearer_halves_what_is_shown_around_the_same_middle() {
        let view = || View::of(&Area::parse("0,40,10,50").expect("an area"), 7.0, 400.0, 400.0);
        let (far, near) = (view().area(), view().nearer(1).area());
        let middle = |area: &Area| (area.west + area.east) / 2.0;
        assert!((middle(&far) - middle(&near)).abs() < 1e-9);
        assert!(((far.north - far.south) / 2.0 - (near.north - near.south)).abs() < 1e-9);
        assert!(view().shows(45.0, 5.0) && !view().shows(60.0, 5.0) && view().nearer(-1).shows(54.0, 5.0));
        let deep = view().nearer(60).area();
        assert!((deep.north - deep.south - LEAST).abs() < 1e-9, "an end is reached");
        let east = far.moved(0.5, 0.0);
        assert!(east.west > far.west && (east.east - east.west - (far.east - far.west)).abs() < 1e-9);
        assert!(far.moved(0.0, 99.0).north <= 90.0);
    }

    #[test]
    fn a_marker_is_a_link_that_can_be_hit_and_says_where_it_leads() {
        let places = [place(1, 52.0, 5.0), place(2, 52.01, 5.01)];
        let view = View::of(&Area::around(places.iter()), 7.0, 400.0, 400.0);
        let drawn = linked("t", &places, &view, &|group| format!("x?n={}", group.len())).into_string();
        assert!(
            drawn.contains("href=\"x?n=2\"") && drawn.contains("2 posts close together: 1 Town 1, 2 Town 2")
        );
        assert!(drawn.contains("role=\"group\"") && !drawn.contains("role=\"img\""));
    }
}
