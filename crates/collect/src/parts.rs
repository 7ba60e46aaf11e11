//! What a page needs to be looked at: pictures, style sheets, frames.

use crate::Address;
use crate::markup::{attribute, is_named, tags};
use std::collections::BTreeSet;

/// More parts of one page are not taken.
pub const MOST_PARTS: usize = 300;

/// The addresses of the pictures, style sheets and frames that a page names, in
/// the order of the page, each once; at most [`MOST_PARTS`]. What is no http
/// address, carries a password or stands on a blocked port is left out: the
/// page named it, nobody asked for it.
///
/// ```
/// # use plainsight_collect::{Address, parts};
/// let page = Address::typed("https://zilverhaven.org/nieuws/").unwrap();
/// let named = parts(&page, "<img src=a.png><link rel=stylesheet href=/s.css><a href=b.html>");
/// let named: Vec<&str> = named.iter().map(Address::as_str).collect();
/// assert_eq!(named, ["https://zilverhaven.org/nieuws/a.png", "https://zilverhaven.org/s.css"]);
/// ```
pub fn parts(page: &Address, markup: &str) -> Vec<Address> {
    let mut base = None;
    let mut named = Vec::new();
    for tag in tags(markup) {
        if is_named(tag, "base") && base.is_none() {
            base = attribute(tag, "href");
        }
        named.extend(names(tag));
    }
    let base = base.and_then(|base| page.follow(base.as_bytes()).ok());
    resolved(base.as_ref().unwrap_or(page), named.into_iter())
}

/// The addresses that a style sheet names: other sheets, pictures, typefaces.
pub fn parts_of_sheet(sheet: &Address, css: &str) -> Vec<Address> {
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let imports = css.split("@import").skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest.get(1..)?.split(quote).next()
    });
    let bare = |name: &str| name.trim().trim_matches(['"', '\'']).to_owned();
    resolved(sheet, imports.chain(urls).map(bare))
}

fn names(tag: &str) -> Vec<String> {
    let value = |name: &str| attribute(tag, name);
    if is_named(tag, "img") || is_named(tag, "source") {
        let several = value("srcset").unwrap_or_default();
        let several =
            several.split(", ").filter_map(|one| one.split_ascii_whitespace().next().map(str::to_owned));
        // Pages that load their pictures late name them here.
        let late = [value("data-src"), value("data-original")].into_iter().flatten();
        return value("src").into_iter().chain(late).chain(several).collect();
    }
    let icons_and_sheets = ["stylesheet", "icon"];
    if is_named(tag, "link") {
        let rel = value("rel").unwrap_or_default().to_ascii_lowercase();
        let wanted = rel.split_ascii_whitespace().any(|word| icons_and_sheets.contains(&word));
        return value("href").filter(|_| wanted).into_iter().collect();
    }
    if is_named(tag, "iframe") || is_named(tag, "frame") || is_named(tag, "embed") {
        return value("src").into_iter().collect();
    }
    if is_named(tag, "video") {
        return value("poster").into_iter().collect();
    }
    if is_named(tag, "input") {
        let picture = value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("image"));
        return value("src").filter(|_| picture).into_iter().collect();
    }
    value("background").into_iter().collect()
}

fn resolved(base: &Address, named: impl Iterator<Item = String>) -> Vec<Address> {
    let mut seen = BTreeSet::new();
    let addresses =
        named.filter(|name| !name.trim().is_empty()).filter_map(|name| base.follow(name.as_bytes()).ok());
    addresses.filter(|address| seen.insert(address.clone())).take(MOST_PARTS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page() -> Address {
        Address::typed("https://zilverhaven.org/a/b.html").expect("an address")
    }

    #[test]
    fn a_page_names_what_it_shows() {
        let table = [
            ("<img src=x.png>", "https://zilverhaven.org/a/x.png"),
            ("<IMG SRC='//kade.net/x'>", "https://kade.net/x"),
            (
                "<img srcset='s.png 1x, l.png 2x'>",
                "https://zilverhaven.org/a/s.png https://zilverhaven.org/a/l.png",
            ),
            ("<img data-src=x src=x>", "https://zilverhaven.org/a/x"),
            ("<base href=/c/><img src=x>", "https://zilverhaven.org/c/x"),
            ("<link rel='alternate stylesheet' href=x>", "https://zilverhaven.org/a/x"),
            ("<link rel=canonical href=x><link rel=next href=y>", ""),
            ("<frame src=x><iframe src=y>", "https://zilverhaven.org/a/x https://zilverhaven.org/a/y"),
            ("<td background=x>", "https://zilverhaven.org/a/x"),
            ("<input type=image src=x><input src=y>", "https://zilverhaven.org/a/x"),
            ("<video poster=x src=y>", "https://zilverhaven.org/a/x"),
            ("<img src='data:image/png;base64,AA'><img src=''><img src='javascript:x'>", ""),
            ("<img src=http://u:p@kade.net/><img src=http://kade.net:25/>", ""),
            ("<script>'<img src=x>'</script><!-- <img src=x> -->", ""),
        ];
        for (markup, expected) in table {
            let found: Vec<String> = parts(&page(), markup).iter().map(Address::to_string).collect();
            assert_eq!(found.join(" "), expected, "{markup}");
        }
        let many: String = (0..1000).map(|number| format!("<img src={number}>")).collect();
        assert_eq!(parts(&page(), &many).len(), MOST_PARTS);
    }

    #[test]
    fn a_style_sheet_names_what_it_shows() {
        let css = "@import 'a.css'; @import url(\"b.css\"); p { background: url( c.png ) } q { src: url(data:x) } url(";
        let found: Vec<String> = parts_of_sheet(&page(), css).iter().map(Address::to_string).collect();
        let expected = ["a.css", "b.css", "c.png"].map(|name| format!("https://zilverhaven.org/a/{name}"));
        assert_eq!(found, expected);
    }
}
