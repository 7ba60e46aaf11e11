//! Indexes, time stamps and the texts they are about: recognised, and read as
//! far as their form goes. What they prove is not judged in this version.

use crate::case::folder::hash_file;
use crate::error::ArchiveError;
use crate::input::decoded::{Decoded, Trouble};
use crate::verify::verdict::{Fault, Verdict};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Proofs and tokens are a few KiB.
const MOST_PROOF: u64 = 4 * 1024 * 1024;

const OTS_MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94";
/// DER of 1.2.840.113549.1.9.16.1.4, id-ct-TSTInfo (RFC 3161).
const TST_INFO: &[u8] = b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";

type Judgement = (Verdict, Vec<Fault>);

/// Judges a file that is neither an archive nor a ZIP.
pub(crate) fn verify_other(path: &Path) -> Result<Judgement, ArchiveError> {
    let mut raw = Vec::new();
    let file = File::open(path).map_err(ArchiveError::io(path))?;
    file.take(MOST_PROOF).read_to_end(&mut raw).map_err(ArchiveError::io(path))?;
    if raw.starts_with(OTS_MAGIC) {
        return verify_ots(path, &raw);
    }
    if let Some(judgement) = time_stamp(&raw) {
        return Ok(judgement);
    }
    if let Some(judgement) = index(path)? {
        return Ok(judgement);
    }
    if beside(path, ".ots").exists() {
        let fault = Fault::new("byte 0", "partner", "the file that the proof beside it stamps", NOT_JUDGED);
        return Ok((Verdict::NotChecked, vec![fault]));
    }
    let (verdict, what) = unknown(path, &raw)?;
    Ok((verdict, vec![Fault::new("byte 0", "format", what, "nothing can be said about it")]))
}

const NOT_JUDGED: &str = "nothing can be checked without its partner";

fn unknown(path: &Path, raw: &[u8]) -> Result<(Verdict, String), ArchiveError> {
    if raw.is_empty() {
        return Ok((Verdict::UnknownFormat, "the file is empty".into()));
    }
    let mut decoded = Decoded::open(path).map_err(ArchiveError::io(path))?;
    let nothing = decoded.peek(1).is_empty();
    Ok(match decoded.trouble() {
        Some(Trouble::Cut) if nothing => (Verdict::Incomplete, "cut before its first byte".into()),
        Some(Trouble::Broken(why)) if nothing => (Verdict::Invalid, format!("damaged: {why}")),
        _ => (Verdict::UnknownFormat, "not WARC, ARC, WACZ, CDX, OpenTimestamps or RFC 3161".into()),
    })
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn verify_ots(path: &Path, raw: &[u8]) -> Result<Judgement, ArchiveError> {
    let wrong = |at: usize, what: String| {
        (Verdict::Invalid, vec![Fault::new(format!("byte {at}"), "proof-form", what, "it proves nothing")])
    };
    let digest = match read_ots(raw) {
        Ok(digest) => digest,
        Err((at, what)) => return Ok(wrong(at, what)),
    };
    let name = path.to_string_lossy().into_owned();
    if let (Some(text), Some(digest)) = (name.strip_suffix(".ots").map(Path::new), digest)
        && text.is_file()
        && hash_file(text)?.0 != digest
    {
        let what = format!("the proof is not of {} beside it", text.display());
        return Ok(wrong(OTS_MAGIC.len() + 2, what));
    }
    let fault = Fault::new("byte 0", "partner", "an OpenTimestamps proof: its form is sound", NOT_JUDGED);
    Ok((Verdict::NotChecked, vec![fault]))
}

/// Walks a proof; gives the SHA-256 it is about, if it is about one. Counting
/// the stamps that are still open replaces recursion, whose depth the file would decide.
fn read_ots(raw: &[u8]) -> Result<Option<[u8; 32]>, (usize, String)> {
    let mut at = OTS_MAGIC.len();
    let version = varint(raw, &mut at)?;
    if version != 1 {
        return Err((OTS_MAGIC.len(), format!("a proof of version {version}, which does not exist")));
    }
    let op = byte(raw, &mut at)?;
    let length = match op {
        0x02 | 0x03 => 20,
        0x08 | 0x67 => 32,
        _ => return Err((at - 1, format!("no hash operation {op:#04x}"))),
    };
    let digest = slice(raw, &mut at, length)?;
    let sha256 = if op == 0x08 { digest.try_into().ok() } else { None };
    let mut open = 1u64;
    while open > 0 {
        let mut tag = byte(raw, &mut at)?;
        let forks = tag == 0xff;
        if forks {
            tag = byte(raw, &mut at)?;
        }
        let goes_on = match tag {
            0x00 => {
                slice(raw, &mut at, 8)?;
                let length = varint(raw, &mut at)?;
                slice(raw, &mut at, usize::try_from(length).unwrap_or(usize::MAX))?;
                false
            }
            0xf0 | 0xf1 => {
                let length = varint(raw, &mut at)?;
                slice(raw, &mut at, usize::try_from(length).unwrap_or(usize::MAX))?;
                true
            }
            0x02 | 0x03 | 0x08 | 0x67 | 0xf2 | 0xf3 => true,
            _ => return Err((at - 1, format!("no operation {tag:#04x}"))),
        };
        open = open + u64::from(forks) + u64::from(goes_on) - 1;
    }
    if at != raw.len() {
        return Err((at, "bytes after the end of the proof".into()));
    }
    Ok(sha256)
}

fn byte(raw: &[u8], at: &mut usize) -> Result<u8, (usize, String)> {
    Ok(slice(raw, at, 1)?[0])
}

fn slice<'a>(raw: &'a [u8], at: &mut usize, length: usize) -> Result<&'a [u8], (usize, String)> {
    let end = at.checked_add(length).filter(|end| *end <= raw.len());
    let end = end.ok_or_else(|| (*at, "the proof ends too early".to_owned()))?;
    let bytes = &raw[*at..end];
    *at = end;
    Ok(bytes)
}

fn varint(raw: &[u8], at: &mut usize) -> Result<u64, (usize, String)> {
    let mut value = 0u64;
    for shift in (0..63).step_by(7) {
        let next = byte(raw, at)?;
        value |= u64::from(next & 0x7f) << shift;
        if next & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err((*at, "a number without an end".into()))
}

/// A DER SEQUENCE that fills the file and holds a TSTInfo.
fn time_stamp(raw: &[u8]) -> Option<Judgement> {
    if raw.first() != Some(&0x30) || !raw.windows(TST_INFO.len()).any(|window| window == TST_INFO) {
        return None;
    }
    let (head, length) = match *raw.get(1)? {
        short @ 0..=0x7f => (2, usize::from(short)),
        long => {
            let digits = usize::from(long & 0x7f);
            let bytes = raw.get(2..2 + digits).filter(|_| (1..=4).contains(&digits))?;
            (2 + digits, bytes.iter().fold(0, |value, &byte| value << 8 | usize::from(byte)))
        }
    };
    let judge =
        |verdict, what: &str| Some((verdict, vec![Fault::new("byte 0", "partner", what, NOT_JUDGED)]));
    match (head + length).cmp(&raw.len()) {
        std::cmp::Ordering::Equal => {
            judge(Verdict::NotChecked, "an RFC 3161 time stamp: its outer form is sound")
        }
        std::cmp::Ordering::Greater => judge(Verdict::Incomplete, "an RFC 3161 time stamp that is cut"),
        std::cmp::Ordering::Less => judge(Verdict::Invalid, "bytes after the end of an RFC 3161 time stamp"),
    }
}

/// CDX, CDXJ and ZipNum, plain or in gzip, told by the first lines.
fn index(path: &Path) -> Result<Option<Judgement>, ArchiveError> {
    let mut decoded = Decoded::open(path).map_err(ArchiveError::io(path))?;
    let head = String::from_utf8_lossy(decoded.peek(16 * 1024)).into_owned();
    let complete = head.rfind('\n').map_or("", |end| &head[..end]);
    let lines: Vec<&str> = complete.lines().take(3).collect();
    if lines.is_empty() || !lines.iter().all(|line| is_index_line(line)) {
        return Ok(None);
    }
    while decoded.next_member() || !decoded.fill().is_empty() {
        let all = decoded.fill().len();
        decoded.consume(all);
    }
    let (verdict, what) = match decoded.trouble() {
        None => (Verdict::NotChecked, "an index".to_owned()),
        Some(Trouble::Cut) => (Verdict::Incomplete, "an index that is cut".to_owned()),
        Some(Trouble::Broken(why)) => (Verdict::Invalid, format!("an index that is damaged: {why}")),
    };
    Ok(Some((verdict, vec![Fault::new("byte 0", "partner", what, NOT_JUDGED)])))
}

fn is_index_line(line: &str) -> bool {
    let trimmed = line.trim_start();
    if trimmed.starts_with("CDX ") || trimmed.starts_with("!meta ") {
        return true;
    }
    let mut parts = line.splitn(3, ' ');
    let (Some(key), Some(time), rest) = (parts.next(), parts.next(), parts.next()) else { return false };
    let digits = |text: &str| text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let stamp = time.split('\t').next().unwrap_or_default();
    let zipnum = digits(stamp) && line.split('\t').count() >= 4;
    let cdxj = digits(time) && rest.is_some_and(|rest| rest.starts_with('{'));
    let cdx = digits(time) && rest.is_some_and(|rest| rest.split(' ').count() >= 5);
    !key.is_empty() && (zipnum || cdxj || cdx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_indexes_are_told() {
        for line in [
            " CDX N b a m s k r M S V g",
            "org,havenkade)/ 20210304050607 {\"url\": \"http://havenkade.org/\"}",
            "org,havenkade)/ 20210304050607 http://havenkade.org/ text/html 200 AAAA - - 10 20 x.warc.gz",
            "org,havenkade)/ 20210304050607\tx\t0\t275\t1",
        ] {
            assert!(is_index_line(line), "{line}");
        }
        for line in ["", "外国语", "een gewone zin met veel woorden erin", "a 20210304 b"] {
            assert!(!is_index_line(line), "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_proof_makes_it_panic(bytes in proptest::collection::vec(0u8..=255, 0..200)) {
            let _ = read_ots(&[OTS_MAGIC, &[1, 8], &[0; 32], &bytes].concat());
            let _ = time_stamp(&[&[0x30, 0x82], bytes.as_slice(), TST_INFO].concat());
        }
    }
}
