//! Markers of a map: joined where they would overlap, named where there is room.

use crate::map::{Place, Point, View};

/// The side of a marker.
pub(crate) const SIDE: f64 = 18.0;
/// The width of a letter, at the size of narrow pages.
const LETTER: f64 = 8.2;

/// A group of posts with its marker, and its name where there is room for one.
pub(crate) struct Marker<'p> {
    pub(crate) at: Point,
    pub(crate) group: Vec<&'p Place>,
    pub(crate) text: String,
    pub(crate) wide: f64,
    pub(crate) name: Option<(Point, &'static str, String)>,
}

/// Left, top, right, bottom.
type Frame = (f64, f64, f64, f64);

/// Markers with their names: to the right, else to the left, above or below, else none, since names
/// over each other can be read by nobody; the table has them all.
pub(crate) fn markers<'p>(places: &'p [Place], view: &View) -> Vec<Marker<'p>> {
    let mut out = grouped(places, view);
    let mut taken: Vec<Frame> = out.iter().map(Marker::frame).collect();
    for (number, marker) in out.iter_mut().enumerate() {
        let name = name_of(&marker.group);
        let (half, (x, y)) = (LETTER * name.chars().count() as f64 / 2.0, marker.at);
        let shadow = if marker.group.len() > 1 { 4.0 } else { 0.0 };
        let side = marker.wide / 2.0 + 6.0 + shadow;
        let tries = [
            ((x + side + half, y), (x + side, y + 4.0), "start"),
            ((x - side - half, y), (x - side, y + 4.0), "end"),
            ((x, y - SIDE - shadow), (x, y - SIDE - shadow + 4.0), "middle"),
            ((x, y + SIDE), (x, y + SIDE + 5.0), "middle"),
        ];
        let fits = |middle: Point| {
            let own = frame(middle, half, 8.0);
            let inside = own.0 >= 0.0 && own.1 >= 0.0 && own.2 <= view.width && own.3 <= view.height;
            let apart = |(at, other): (usize, &Frame)| at == number || !overlap(&own, other);
            inside && taken.iter().enumerate().all(apart)
        };
        if let Some((middle, place, anchor)) = tries.into_iter().find(|(middle, ..)| fits(*middle)) {
            taken.push(frame(middle, half, 8.0));
            marker.name = Some((place, anchor, name));
        }
    }
    out
}

/// One marker a place, and one for all that would overlap, joined until none does.
fn grouped<'p>(places: &'p [Place], view: &View) -> Vec<Marker<'p>> {
    let mut out: Vec<Marker> =
        places.iter().map(|place| Marker::of(view.point(place.lon, place.lat), vec![place])).collect();
    loop {
        let before = out.len();
        let mut joined: Vec<Marker> = Vec::with_capacity(before);
        for marker in out {
            match joined.iter_mut().find(|other| overlap(&other.frame(), &marker.frame())) {
                Some(other) => {
                    let mut group = std::mem::take(&mut other.group);
                    group.extend(marker.group);
                    *other = Marker::of(other.at, group);
                }
                None => joined.push(marker),
            }
        }
        out = joined;
        if out.len() == before {
            return out;
        }
    }
}

impl<'p> Marker<'p> {
    fn of(at: Point, mut group: Vec<&'p Place>) -> Self {
        group.sort_by_key(|place| place.number);
        let text = numbers(&group);
        let wide = SIDE.max(8.0 + 7.0 * text.chars().count() as f64);
        Self { at, group, text, wide, name: None }
    }

    /// What it covers, with the second square that a group has behind the first.
    fn frame(&self) -> Frame {
        frame(self.at, self.wide / 2.0 + 1.0, SIDE / 2.0 + 1.0)
    }
}

fn frame((x, y): Point, half_width: f64, half_height: f64) -> Frame {
    (x - half_width, y - half_height, x + half_width, y + half_height)
}

fn overlap(a: &Frame, b: &Frame) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

fn numbers(group: &[&Place]) -> String {
    match group {
        many if many.len() > 3 => format!("×{}", many.len()),
        _ => group.iter().map(|place| place.number.to_string()).collect::<Vec<_>>().join("·"),
    }
}

/// What a group is called: its towns, as far as there is room.
pub(crate) fn name_of(group: &[&Place]) -> String {
    let mut labels: Vec<&str> = group.iter().map(|place| place.label.as_str()).collect();
    labels.dedup();
    if labels.len() > 2 { format!("{}, {} …", labels[0], labels[1]) } else { labels.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::map::Area;

    fn place(number: usize, lat: f64, lon: f64) -> Place {
        Place { number, label: format!("Town {number}"), outcome: "not listed".into(), lat, lon }
    }

    #[test]
    fn names_never_lie_over_each_other_and_one_without_room_is_left_to_the_table() {
        // Towns of one valley: there is room for some names only.
        let places: Vec<Place> = (0..9)
            .map(|n| place(n, 52.0 + f64::from(n as u8) * 0.45, 5.0 + f64::from(n as u8 % 3) * 0.7))
            .collect();
        let view = View::of(&Area::around(places.iter()), 7.0, 400.0, 400.0);
        let drawn = markers(&places, &view);
        let names: Vec<Frame> = drawn
            .iter()
            .filter_map(|m| m.name.as_ref())
            .map(|((x, y), anchor, name)| {
                let wide = LETTER * name.chars().count() as f64;
                let left = match *anchor {
                    "start" => *x,
                    "end" => x - wide,
                    _ => x - wide / 2.0,
                };
                (left, y - 11.0, left + wide, y + 3.0)
            })
            .collect();
        assert!(names.len() > 4);
        for (at, one) in names.iter().enumerate() {
            assert!(names.iter().skip(at + 1).all(|other| !overlap(one, other)), "{at}");
        }
    }

    #[test]
    fn markers_are_joined_until_none_lies_over_another() {
        let places: Vec<Place> = (1..400)
            .map(|n| place(n, f64::from((n % 37) as u8) * 3.0, f64::from((n * 7 % 101) as u8)))
            .collect();
        let view = View::of(&Area::around(places.iter()), 7.0, 400.0, 400.0);
        let drawn = grouped(&places, &view);
        assert_eq!(drawn.iter().map(|marker| marker.group.len()).sum::<usize>(), places.len());
        assert!(drawn.len() > 10);
        for (at, one) in drawn.iter().enumerate() {
            assert!(drawn.iter().skip(at + 1).all(|other| !overlap(&one.frame(), &other.frame())));
        }
    }
}
