//! Lists of addresses: one a line, or a CSV with a column `url` (`#` begins a
//! comment); and what sites publish of their own, sitemaps and feeds.

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

/// The addresses that a sitemap, a list of sitemaps, an RSS or Atom feed names, in
/// their order, each once; none where the bytes are something else.
pub(crate) fn published(bytes: &[u8]) -> Option<Vec<String>> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).into_owned();
    let is = |root: &str| head.contains(&format!("<{root}"));
    if !head.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml") && !is("urlset") && !is("rss") {
        return None;
    }
    let text = String::from_utf8_lossy(bytes.get(..bytes.len().min(MOST_BYTES * 8))?).into_owned();
    let found: Vec<String> = if is("urlset") || is("sitemapindex") {
        between(&text, "<loc>", "</loc>").map(plain).collect()
    } else if is("rss") || is("rdf:RDF") {
        let items = text.split("<item").skip(1);
        items.filter_map(|item| between(item, "<link>", "</link>").next()).map(plain).collect()
    } else if is("feed") {
        text.split("<entry").skip(1).filter_map(alternate).collect()
    } else {
        return None;
    };
    let mut seen = std::collections::BTreeSet::new();
    let fit = |address: &String| is_address(address) && seen.insert(address.clone());
    let found: Vec<String> = found.into_iter().filter(fit).collect();
    (!found.is_empty()).then_some(found)
}

fn between<'a>(text: &'a str, open: &'a str, close: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(open).skip(1).filter_map(move |rest| Some(rest.split_once(close)?.0))
}

/// The page that an Atom entry stands for (RFC 4287, 4.2.7.2): the link without `rel`, or the alternate one.
fn alternate(entry: &str) -> Option<String> {
    let links = entry.split("<link").skip(1).filter_map(|rest| Some(rest.split_once('>')?.0));
    let attribute = |link: &str, name: &str| {
        let value = link.split_once(&format!("{name}="))?.1;
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        Some(value[1..].split(quote).next().unwrap_or_default().to_owned())
    };
    let fits = |link: &&str| attribute(link, "rel").is_none_or(|rel| rel == "alternate");
    links.into_iter().find(fits).and_then(|link| attribute(link, "href")).map(|href| plain(&href))
}

/// Text of XML as characters: CDATA, and the five entities that need no declaration.
fn plain(text: &str) -> String {
    let text = text.trim();
    let text =
        text.strip_prefix("<![CDATA[").and_then(|text| text.strip_suffix("]]>")).unwrap_or(text).trim();
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (name, letter)| text.replace(name, letter))
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

    #[test]
    fn sitemaps_and_feeds_name_their_pages() {
        let cases: [(&str, Option<&[&str]>); 7] = [
            (
                "<?xml version='1.0'?><urlset><url><loc> https://a.net/x?a=1&amp;b=2 </loc></url><url><loc>https://a.net/x?a=1&amp;b=2</loc></url></urlset>",
                Some(&["https://a.net/x?a=1&b=2"]),
            ),
            (
                "<?xml version='1.0'?><sitemapindex><sitemap><loc>https://a.net/s.xml</loc></sitemap></sitemapindex>",
                Some(&["https://a.net/s.xml"]),
            ),
            (
                "<rss><channel><link>https://a.net/</link><item><title>x</title><link><![CDATA[https://a.net/een]]></link></item></channel></rss>",
                Some(&["https://a.net/een"]),
            ),
            (
                "<?xml version='1.0'?><feed><link href='https://a.net/'/><entry><link rel='edit' href='https://a.net/e'/><link rel=\"alternate\" href=\"https://a.net/een\"/></entry></feed>",
                Some(&["https://a.net/een"]),
            ),
            ("<?xml version='1.0'?><urlset><url><loc>/etc/passwd</loc></url></urlset>", None),
            ("<html><p>&lt;urlset&gt; is een woord</p></html>", None),
            ("<?xml version='1.0'?><boek/>", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|e| e.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>());
            assert_eq!(published(text.as_bytes()), expected, "{text}");
        }
    }
}
