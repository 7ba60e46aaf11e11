//! Indexes: recognised and read to their end. What they point at is judged with their archive.

use crate::error::ArchiveError;
use crate::input::decoded::{Decoded, Trouble};
use crate::verify::proofs::{Judgement, NOT_JUDGED};
use crate::verify::verdict::{Fault, Verdict};
use std::path::Path;

/// CDX, CDXJ and ZipNum, plain or in gzip, told by the first lines.
pub(crate) fn index(path: &Path) -> Result<Option<Judgement>, ArchiveError> {
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
}
