//! Lists of addresses: one a line, or a CSV with a column `url`; `#` begins a comment.

use crate::add::is_address;

/// A longer file is no list that somebody made.
const MOST_BYTES: usize = 8 << 20;

/// The addresses of a list in their order, each once; none where the file is something else.
pub(crate) fn addresses(bytes: &[u8]) -> Option<Vec<String>> {
    if bytes.len() > MOST_BYTES || bytes.contains(&0) {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let found = lines(text).or_else(|| column(text))?;
    let mut seen = std::collections::BTreeSet::new();
    let once: Vec<String> = found.into_iter().filter(|address| seen.insert(address.clone())).collect();
    (!once.is_empty()).then_some(once)
}

/// Every line that says something is an address.
fn lines(text: &str) -> Option<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| (is_address(line) && !line.contains(char::is_whitespace)).then(|| line.to_owned()))
        .collect()
}

/// The column `url` of a CSV; rows without an address in it are left out.
fn column(text: &str) -> Option<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).comment(Some(b'#')).from_reader(text.as_bytes());
    let at = reader.headers().ok()?.iter().position(|name| name.trim().eq_ignore_ascii_case("url"))?;
    let rows = reader.records().map_while(Result::ok);
    Some(
        rows.filter_map(|row| Some(row.get(at)?.trim().to_owned())).filter(|cell| !cell.is_empty()).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_told_from_other_files() {
        let cases: [(&str, Option<&[&str]>); 8] = [
            (
                "https://a.net/x\n\n# noot\nhttp://b.net/\nhttps://a.net/x\n",
                Some(&["https://a.net/x", "http://b.net/"]),
            ),
            ("\u{feff}https://a.net/x\r\n", Some(&["https://a.net/x"])),
            ("naam,URL\nBlad,https://a.net/x\nLos,\n", Some(&["https://a.net/x"])),
            ("url\nhttps://a.net/een,twee\n", Some(&["https://a.net/een"])),
            ("Beste lezers,\nhttps://a.net/x\n", None),
            ("https://a.net/x en meer\n", None),
            ("naam,plaats\nBlad,Zilverhaven\n", None),
            ("# alleen een noot\n", None),
        ];
        for (text, expected) in cases {
            let found = addresses(text.as_bytes());
            assert_eq!(
                found.as_deref(),
                expected.map(|e| e.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>()).as_deref(),
                "{text:?}"
            );
        }
        assert_eq!(addresses(b"\x00http://a.net/"), None);
        assert_eq!(addresses("https://a.net/\n".repeat(1 << 20).as_bytes()), None);
    }
}
