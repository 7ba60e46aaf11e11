//! EXIF data of pictures: which camera, when, how turned, where. The structure is read by `kamadak-exif`;
//! what counts and how it is said stands here.
//!
//! Names and meanings of the tags are those of Exif 2.32 (CIPA DC-008-2019).

mod coded;
mod inside;
mod place;
mod strip;

pub use inside::without_position;
pub(crate) use place::has_position;
pub use strip::Unlocated;

use crate::canon::collapse;
use ::exif::{Exif, In, Reader, Tag, Value};
use plainsight_model::{Complaint, ComplaintKind, Metadatum, MetadatumKind};

/// The longest value, in characters.
const LONGEST: usize = 300;

/// What a picture says of itself. A position that is none is a complaint.
pub(crate) fn metadata(bytes: &[u8], complaints: &mut Vec<Complaint>) -> Vec<Metadatum> {
    let Some(exif) = read(bytes) else { return Vec::new() };
    let words = |kind, tag: Tag, name: &str| {
        let value = text(&exif, tag)?;
        Some(Metadatum::new(kind, value, format!("EXIF {name}"), "exif"))
    };
    let mut out: Vec<Metadatum> = [
        words(MetadatumKind::Maker, Tag::Make, "Make"),
        words(MetadatumKind::Model, Tag::Model, "Model"),
        words(MetadatumKind::Program, Tag::Software, "Software"),
        words(MetadatumKind::Caption, Tag::ImageDescription, "ImageDescription"),
        taken(&exif),
        turned(&exif),
    ]
    .into_iter()
    .flatten()
    .collect();
    match position(&exif) {
        Some(Ok(position)) => out.push(position),
        Some(Err(())) => complaints.push(Complaint::new(
            ComplaintKind::Doubtful,
            "the picture's EXIF data have a position that is none on earth; it is not shown",
            "EXIF GPSLatitude",
        )),
        None => {}
    }
    out
}

/// How a picture has to be turned to stand upright: 2 to 8 of the tag; `None` where it stands so already.
pub(crate) fn orientation(bytes: &[u8]) -> Option<u8> {
    orientation_of(&read(bytes)?)
}

/// What can be read of the EXIF data; damaged parts are left out.
fn read(bytes: &[u8]) -> Option<Exif> {
    let tiff = place::block(bytes)?.into_owned();
    let read = Reader::new().continue_on_error(true).read_raw(tiff);
    read.or_else(|why| why.distill_partial_result(|_| {})).ok()
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &exif.get_field(tag, In::PRIMARY)?.value else { return None };
    let line = lines.iter().map(|line| collapse(&String::from_utf8_lossy(line))).find(|l| !l.is_empty())?;
    Some(line.chars().take(LONGEST).collect())
}

fn number(exif: &Exif, tag: Tag) -> Option<u32> {
    exif.get_field(tag, In::PRIMARY)?.value.get_uint(0)
}

/// When the shutter opened, else when it was digitised, else when the file was changed; with the distance
/// from UTC where the camera wrote one.
fn taken(exif: &Exif) -> Option<Metadatum> {
    let tags = [
        (Tag::DateTimeOriginal, Tag::OffsetTimeOriginal, "DateTimeOriginal"),
        (Tag::DateTimeDigitized, Tag::OffsetTimeDigitized, "DateTimeDigitized"),
        (Tag::DateTime, Tag::OffsetTime, "DateTime"),
    ];
    tags.into_iter().find_map(|(tag, offset, name)| {
        let moment = moment(&text(exif, tag)?)?;
        let offset = text(exif, offset).filter(|o| is_offset(o)).unwrap_or_default();
        let value = format!("{moment}{offset}");
        Some(Metadatum::new(MetadatumKind::Taken, value, format!("EXIF {name}"), "exif:clock"))
    })
}

/// `2019:06:18 14:03:22` as a day and a time that there are.
fn moment(text: &str) -> Option<String> {
    let (day, clock) = text.split_once(' ')?;
    let day = plainsight_text::Day::parse(&day.replace(':', "-"))?;
    let parts: Vec<u32> = clock.split(':').map(str::parse).collect::<Result<_, _>>().ok()?;
    let [hour @ 0..24, minute @ 0..60, second @ 0..60] = parts[..] else { return None };
    Some(format!("{day} {hour:02}:{minute:02}:{second:02}"))
}

/// `+08:00`.
fn is_offset(text: &str) -> bool {
    text.len() == 6
        && text.starts_with(['+', '-'])
        && text.chars().skip(1).enumerate().all(|(n, c)| if n == 2 { c == ':' } else { c.is_ascii_digit() })
}

fn orientation_of(exif: &Exif) -> Option<u8> {
    u8::try_from(number(exif, Tag::Orientation)?).ok().filter(|n| (2..=8).contains(n))
}

fn turned(exif: &Exif) -> Option<Metadatum> {
    let n = orientation_of(exif)?;
    let value = match n {
        2 => "mirrored",
        3 => "to be turned by 180°",
        4 => "mirrored and to be turned by 180°",
        5 => "mirrored and to be turned by 270° clockwise",
        6 => "to be turned by 90° clockwise",
        7 => "mirrored and to be turned by 90° clockwise",
        _ => "to be turned by 270° clockwise",
    };
    let turned = Metadatum::new(MetadatumKind::Orientation, value, "EXIF Orientation", "exif");
    Some(turned.numbers([f64::from(n)]))
}

/// Where it was taken; `Err` where the numbers are no place on earth.
fn position(exif: &Exif) -> Option<Result<Metadatum, ()>> {
    let latitude = exif.get_field(Tag::GPSLatitude, In::PRIMARY)?;
    let longitude = exif.get_field(Tag::GPSLongitude, In::PRIMARY)?;
    let whole = || {
        let north = degrees(&latitude.value, 90.0)? * sign(exif, Tag::GPSLatitudeRef, "N", "S")?;
        let east = degrees(&longitude.value, 180.0)? * sign(exif, Tag::GPSLongitudeRef, "E", "W")?;
        Some(located(north, east, "EXIF GPSLatitude, GPSLongitude", "exif:gps"))
    };
    Some(whole().ok_or(()))
}

/// A position as metadata: `52°22′12.0″ N, 4°53′42.0″ E`, and in degrees to the millionth (a decimetre).
pub(crate) fn located(north: f64, east: f64, source: &str, rule: &str) -> Metadatum {
    let millionth = |degrees: f64| (degrees * 1e6).round() / 1e6;
    let words = |degrees: f64, positive: &str, negative: &str| {
        // In tenths of a second, so that no 60.0″ is written.
        let tenths = (degrees.abs() * 36_000.0).round() as u64;
        let (d, m, s) = (tenths / 36_000, tenths / 600 % 60, tenths % 600);
        let side = if degrees < 0.0 { negative } else { positive };
        format!("{d}°{m:02}′{:02}.{}″ {side}", s / 10, s % 10)
    };
    let value = format!("{}, {}", words(north, "N", "S"), words(east, "E", "W"));
    Metadatum::new(MetadatumKind::Position, value, source, rule).numbers([millionth(north), millionth(east)])
}

/// Degrees, minutes and seconds as degrees.
fn degrees(value: &Value, most: f64) -> Option<f64> {
    let Value::Rational(parts) = value else { return None };
    let [d, m, s] = parts.as_slice() else { return None };
    let part = |r: &::exif::Rational| (r.denom != 0).then(|| r.to_f64());
    let degrees = part(d)? + part(m)? / 60.0 + part(s)? / 3600.0;
    (degrees <= most).then_some(degrees)
}

fn sign(exif: &Exif, tag: Tag, positive: &str, negative: &str) -> Option<f64> {
    let side = text(exif, tag)?;
    if side == positive {
        Some(1.0)
    } else if side == negative {
        Some(-1.0)
    } else {
        None
    }
}

#[cfg(test)]
pub(crate) mod tests;
