//! What stands in the place of a forgotten record: type, length, day, reason, who.

use crate::error::ArchiveError;
use crate::warc::head::Head;
use crate::warc::write::{GZIP_HEADER, NewRecord, plain};

/// The header field that marks a tombstone of ours.
pub(crate) const MARK: &str = "Plainsight-Tombstone";

/// The address of a tombstone in an ARC, which has no header fields.
pub(crate) const ARC_ADDRESS: &str = "about:forgotten";

/// What a tombstone says beside type and length.
#[derive(Clone, Copy, Debug)]
pub struct Tombstone<'a> {
    /// The moment, RFC 3339 with `Z`; the tombstone shows its day.
    pub time: &'a str,
    /// Why; it must not say again what is to be forgotten.
    pub reason: &'a str,
    /// Who asked for it.
    pub who: &'a str,
    /// Words that must not stay in the name of a received file that is rewritten.
    pub words: &'a [String],
}

/// What is known of the record that goes.
pub(crate) struct Forgotten<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) length: u64,
}

/// Whether a record is the tombstone of another.
pub(crate) fn is_of(head: &Head, id: &str) -> bool {
    head.fields.get(MARK).is_some() && head.fields.get("WARC-Refers-To") == Some(id)
}

/// Whether a record of an ARC is a tombstone.
pub(crate) fn is_in_arc(head: &Head) -> bool {
    head.arc && head.fields.get("WARC-Target-URI") == Some(ARC_ADDRESS)
}

fn text(forgotten: &Forgotten<'_>, stone: &Tombstone<'_>) -> String {
    let one_line = |text: &str| text.split(char::is_control).collect::<Vec<_>>().join(" ");
    format!(
        "forgotten-type: {}\r\nforgotten-length: {}\r\nforgotten-day: {}\r\nreason: {}\r\nwho: {}\r\n",
        one_line(forgotten.kind),
        forgotten.length,
        stone.time.get(..10).unwrap_or(stone.time),
        one_line(stone.reason),
        one_line(stone.who),
    )
}

/// A `metadata` record that refers to the one that went.
pub(crate) fn in_warc(
    id: String,
    forgotten: &Forgotten<'_>,
    stone: &Tombstone<'_>,
) -> Result<Vec<u8>, ArchiveError> {
    let mut more = vec![(MARK, "1".to_owned())];
    if !forgotten.id.is_empty() {
        more.push(("WARC-Refers-To", forgotten.id.to_owned()));
    }
    plain(&NewRecord {
        kind: "metadata",
        id,
        date: stone.time,
        uri: None,
        media_type: Some("application/warc-fields"),
        more,
        block: text(forgotten, stone).as_bytes(),
    })
}

/// A record of an ARC of exactly `room` bytes; none where they are too few.
pub(crate) fn in_arc(forgotten: &Forgotten<'_>, stone: &Tombstone<'_>, room: usize) -> Option<Vec<u8>> {
    let mut moment: String = stone.time.chars().filter(char::is_ascii_digit).take(14).collect();
    moment.extend(std::iter::repeat_n('0', 14 - moment.len()));
    let line = format!("{ARC_ADDRESS} 0.0.0.0 {moment} text/plain ");
    let left = room.checked_sub(line.len() + 2)?;
    // The length's own digits take room too; at a power of ten one of them is a leading zero.
    let length =
        (1..=19).filter_map(|digits| left.checked_sub(digits).filter(|l| l.to_string().len() <= digits));
    let length = length.max()?;
    let digits = left - length;
    let mut block = text(forgotten, stone);
    let end = (0..=length.min(block.len())).rev().find(|end| block.is_char_boundary(*end))?;
    block.truncate(end);
    block.extend(std::iter::repeat_n(' ', length - end));
    Some(format!("{line}{length:0digits$}\n{block}\n").into_bytes())
}

/// The same as a gzip member of exactly `room` bytes, its content stored
/// (RFC 1951, 3.2.4), so that the length can be chosen.
pub(crate) fn in_arc_gzip(forgotten: &Forgotten<'_>, stone: &Tombstone<'_>, room: usize) -> Option<Vec<u8>> {
    const MOST: usize = 0xffff;
    let content = room.checked_sub(GZIP_HEADER.len() + 8)?;
    let blocks = content.div_ceil(MOST + 5);
    let plain = in_arc(forgotten, stone, content.checked_sub(5 * blocks)?)?;
    let mut member = GZIP_HEADER.to_vec();
    let mut left = plain.as_slice();
    for number in 1..=blocks {
        let (block, rest) = left.split_at(left.len().min(MOST));
        let length = u16::try_from(block.len()).ok()?;
        member.push(u8::from(number == blocks));
        member.extend(length.to_le_bytes());
        member.extend((!length).to_le_bytes());
        member.extend(block);
        left = rest;
    }
    let mut crc = flate2::Crc::new();
    crc.update(&plain);
    member.extend(crc.sum().to_le_bytes());
    member.extend(crc.amount().to_le_bytes());
    Some(member)
}

/// A zstd frame of raw blocks (RFC 8878, 3.1.1): magic, single segment with
/// an eight-byte content size, no check sum.
pub(crate) fn zstd_frame(bytes: &[u8]) -> Vec<u8> {
    const MOST: usize = 128 * 1024;
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0xe0];
    frame.extend((bytes.len() as u64).to_le_bytes());
    let blocks = bytes.chunks(MOST).count();
    for (number, block) in bytes.chunks(MOST).enumerate() {
        let last = u32::from(number + 1 == blocks);
        let header = (block.len() as u32) << 3 | last;
        frame.extend(&header.to_le_bytes()[..3]);
        frame.extend(block);
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_tombstone_in_an_arc_takes_just_the_room_of_the_record() {
        let forgotten = Forgotten { id: "", kind: "response", length: 7 };
        let stone =
            Tombstone { time: "2022-05-06T07:08:09Z", reason: "应要求", who: "Ilse Vonk", words: &[] };
        for room in (60..400).chain(65_500..65_700).chain([131_000, 200_000]) {
            let Some(record) = in_arc(&forgotten, &stone, room) else {
                assert!(room < 64, "{room}");
                continue;
            };
            assert_eq!(record.len(), room);
            let Some(member) = in_arc_gzip(&forgotten, &stone, room) else {
                assert!(room < 87, "{room}");
                continue;
            };
            assert_eq!(member.len(), room);
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(member.as_slice()).read_to_end(&mut plain).expect("a sound member");
            assert!(plain.starts_with(b"about:forgotten 0.0.0.0 20220506070809 text/plain "));
        }
    }

    #[test]
    fn a_frame_by_hand_is_read_by_the_decoder() {
        let bytes = "银港 ".repeat(50_000).into_bytes();
        let mut plain = Vec::new();
        let frame = zstd_frame(&bytes);
        let mut decoder = ruzstd::decoding::StreamingDecoder::new(frame.as_slice()).expect("a frame");
        decoder.read_to_end(&mut plain).expect("sound");
        assert!(plain == bytes);
    }
}
