//! Sound and film through ffprobe: what a recording says of itself. Nothing in it is heard or seen.

use crate::canon::collapse;
use crate::programs::{Call, Failed, INSTALL_FFMPEG, Programs};
use crate::{Source, empty, exif};
use plainsight_model::{
    Complaint, ComplaintKind, Document, DocumentKind, Metadatum, MetadatumKind, ReadSettings,
};
use serde_json::{Map, Value};

/// The most streams that are told of, and the longest value in characters.
const MOST_TRACKS: usize = 32;
const LONGEST: usize = 300;

pub(crate) fn read(
    source: &Source,
    settings: &ReadSettings,
    programs: &dyn Programs,
    complaints: &mut Vec<Complaint>,
) -> Document {
    let mut document = empty(DocumentKind::Recording, "ffprobe");
    let missing = |why: &str| {
        let what = format!("what the recording says of itself was not read: {why}");
        Complaint::new(ComplaintKind::MissingProgram("ffprobe".to_owned()), what, "document")
    };
    if source.bytes.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Damaged, "the recording is empty", "byte 0"));
        return document;
    }
    if !settings.programs {
        complaints.push(missing("no program may be called").cure("allow programs"));
        return document;
    }
    let complaint = match programs.run(&Call::Probe, Some(("bin", source.bytes))) {
        Ok(output) => {
            document.metadata = metadata(&output.text);
            document.title =
                document.metadata.iter().find(|m| m.kind == MetadatumKind::Title).map(|m| m.value.clone());
            let what =
                "a recording: nobody has listened to it or watched it here, and its words are not searched";
            Complaint::new(ComplaintKind::Note, what, "document")
        }
        Err(Failed::Missing) => missing("ffprobe is not installed").cure(INSTALL_FFMPEG),
        Err(Failed::Slow) => {
            let what = "ffprobe took more than a minute and was stopped";
            Complaint::new(ComplaintKind::Bound, what, "document")
        }
        Err(Failed::Refused(why)) => Complaint::new(
            ComplaintKind::Damaged,
            format!("ffprobe could not read the recording: {why}"),
            "document",
        ),
    };
    complaints.push(complaint);
    document
}

/// What ffprobe wrote, as metadata: bytes from outside like the recording itself.
pub(crate) fn metadata(output: &str) -> Vec<Metadatum> {
    let Ok(whole) = serde_json::from_str::<Value>(output) else { return Vec::new() };
    let format = whole.get("format").unwrap_or(&Value::Null);
    let mut out = Vec::new();
    if let Some(name) = word(format, "format_long_name").or_else(|| word(format, "format_name")) {
        out.push(Metadatum::new(MetadatumKind::Container, name, "ffprobe format", "ffprobe"));
    }
    if let Some(seconds) = seconds(format) {
        let duration =
            Metadatum::new(MetadatumKind::Duration, length(seconds), "ffprobe duration", "ffprobe");
        out.push(duration.numbers([seconds]));
    }
    out.extend(tags(format));
    let streams = whole.get("streams").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    out.extend(
        streams.iter().take(MOST_TRACKS).enumerate().filter_map(|(number, stream)| track(number, stream)),
    );
    out
}

/// The names under which the formats keep a thing, in lower case; the first that is there counts.
const TAGS: [(MetadatumKind, &[&str]); 5] = [
    (MetadatumKind::Maker, &["com.apple.quicktime.make", "com.android.manufacturer", "make"]),
    (MetadatumKind::Model, &["com.apple.quicktime.model", "com.android.model", "model"]),
    (MetadatumKind::Program, &["com.apple.quicktime.software", "encoder", "encoded_by"]),
    (MetadatumKind::Taken, &["com.apple.quicktime.creationdate", "creation_time", "date"]),
    (MetadatumKind::Title, &["title"]),
];

fn tags(format: &Value) -> Vec<Metadatum> {
    let Some(tags) = format.get("tags").and_then(Value::as_object) else { return Vec::new() };
    let named = |kind: MetadatumKind, names: &[&'static str]| {
        let (name, value) = names.iter().find_map(|name| Some((*name, tag(tags, name)?)))?;
        // What a clock that was never set says.
        let unset =
            kind == MetadatumKind::Taken && (value.starts_with("1904-") || value.starts_with("1970-01-01"));
        (!unset).then(|| Metadatum::new(kind, value, format!("ffprobe tag {name}"), "ffprobe"))
    };
    let mut out: Vec<Metadatum> = TAGS.into_iter().filter_map(|(kind, names)| named(kind, names)).collect();
    let places = ["com.apple.quicktime.location.iso6709", "location", "location-eng"];
    out.extend(places.iter().find_map(|name| {
        let (north, east) = iso6709(&tag(tags, name)?)?;
        Some(exif::located(north, east, &format!("ffprobe tag {name}"), "iso6709"))
    }));
    out
}

fn tag(tags: &Map<String, Value>, name: &str) -> Option<String> {
    let value = tags.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
    said(value)
}

fn word(value: &Value, key: &str) -> Option<String> {
    said(value.get(key)?)
}

fn said(value: &Value) -> Option<String> {
    let text = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string()))?;
    let text: String = collapse(&text).chars().take(LONGEST).collect();
    (!text.is_empty()).then_some(text)
}

fn seconds(format: &Value) -> Option<f64> {
    let seconds: f64 = word(format, "duration")?.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then(|| (seconds * 1000.0).round() / 1000.0)
}

/// `1:02:03`, `0:07`.
fn length(seconds: f64) -> String {
    let whole = seconds.round() as u64;
    let (hours, minutes, seconds) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `video: h264, 1920 × 1080`, `audio: aac, 2 channels, 48000 Hz, nld`.
fn track(number: usize, stream: &Value) -> Option<Metadatum> {
    let kind = word(stream, "codec_type")?;
    let mut parts: Vec<String> = word(stream, "codec_name").into_iter().collect();
    let count = |key: &str| word(stream, key)?.parse::<u32>().ok().filter(|n| *n > 0);
    let size = count("width").zip(count("height"));
    parts.extend(size.map(|(width, height)| format!("{width} × {height}")));
    parts.extend(count("channels").map(|n| format!("{n} {}", if n == 1 { "channel" } else { "channels" })));
    parts.extend(count("sample_rate").map(|n| format!("{n} Hz")));
    let language = stream.get("tags").and_then(Value::as_object).and_then(|tags| tag(tags, "language"));
    parts.extend(language.filter(|language| language != "und"));
    let value = format!("{kind}: {}", parts.join(", "));
    let row = Metadatum::new(MetadatumKind::Track, value, format!("ffprobe stream {number}"), "ffprobe");
    Some(row.numbers(size.map_or(Vec::new(), |(width, height)| vec![f64::from(width), f64::from(height)])))
}

/// Latitude and longitude in degrees: `+52.3701+004.8952/`, `-12.58-025.50+013.2/` (ISO 6709, annex H).
fn iso6709(text: &str) -> Option<(f64, f64)> {
    let signs: Vec<usize> = text.match_indices(['+', '-']).map(|(at, _)| at).collect();
    let [0, second, rest @ ..] = signs.as_slice() else { return None };
    let end = rest.first().copied().or_else(|| text.find(['/', 'C'])).unwrap_or(text.len());
    let number = |part: &str, whole: usize| {
        // More digits before the point are minutes and seconds, which no telephone writes here.
        let digits = part.get(1..)?.split('.').next()?.len();
        (digits == whole).then(|| part.parse::<f64>().ok()).flatten()
    };
    let (north, east) = (number(text.get(..*second)?, 2)?, number(text.get(*second..end)?, 3)?);
    (north.abs() <= 90.0 && east.abs() <= 180.0).then_some((north, east))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ffprobe_says_becomes_rows() {
        let output = r#"{"streams": [
            {"codec_type": "video", "codec_name": "h264", "width": 1920, "height": 1080},
            {"codec_type": "audio", "codec_name": "aac", "channels": 1, "sample_rate": "48000", "tags": {"language": "nld"}},
            {"codec_name": "nothing"}],
            "format": {"format_name": "mov,mp4", "format_long_name": "QuickTime / MOV", "duration": "3723.4999",
            "tags": {"title": " 开幕 ", "creation_time": "2021-03-04T08:09:10.000000Z", "location": "-12.5824-025.5000/", "com.android.version": "11"}}}"#;
        let rows = metadata(output);
        let said: Vec<String> = rows.iter().map(|m| format!("{}: {}", m.kind.as_str(), m.value)).collect();
        let want = [
            "container: QuickTime / MOV",
            "duration: 1:02:04",
            "taken: 2021-03-04T08:09:10.000000Z",
            "title: 开幕",
            "position: 12°34′56.6″ S, 25°30′00.0″ W",
            "track: video: h264, 1920 × 1080",
            "track: audio: aac, 1 channel, 48000 Hz, nld",
        ];
        assert_eq!(said, want);
        assert_eq!(
            (rows[1].numbers.as_slice(), rows[4].numbers.as_slice()),
            (&[3723.5][..], &[-12.5824, -25.5][..])
        );
    }

    #[test]
    fn what_is_no_answer_gives_no_row() {
        for output in
            ["", "{", "[]", "7", r#"{"format": 3, "streams": {}}"#, r#"{"format": {"duration": "nan"}}"#]
        {
            assert_eq!(metadata(output), [], "{output}");
        }
        for (text, want) in [
            ("+52.3701+004.8952/", Some((52.3701, 4.8952))),
            ("-12.58-025.50+013.2/", Some((-12.58, -25.5))),
            ("+95.0+004.0/", None),
            ("+5223+00453/", None),
            ("52.37,4.89", None),
            ("+", None),
        ] {
            assert_eq!(iso6709(text), want, "{text}");
        }
    }
}
