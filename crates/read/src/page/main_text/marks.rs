//! What classes, ids and roles call an element.

use aho_corasick::AhoCorasick;
use dom_query::NodeRef;
use std::sync::LazyLock;

/// How many kinds of mark there are.
pub(crate) const KINDS: usize = 25;

/// Pieces of names by kind. A hyphen stands for any border.
const WORDS: [&str; KINDS] = [
    "nav menu crumb toolbar topbar",
    "foot bottom copyright legal disclaimer",
    "header masthead banner",
    "sidebar side- -side aside rail secondary widget right-col rightcol",
    "comment disqus respond discuss feedback",
    "related recommend similar also- popular trending hot suggest most- latest upsell cross-sell carousel slider swiper readmore read-more more-",
    "share sharing social follow twitter facebook addthis",
    "ad- -ad ads advert sponsor promo affiliate outbrain taboola",
    "modal popup overlay cookie consent gdpr dialog toast alert",
    "login signin sign-in signup register subscri newsletter search cart account wishlist checkout",
    "meta byline author date time info tag categ label credit source publish",
    "content article post entry story text main detail",
    "articlebody article-body entry-content post-content post-body postbody story-body article-content content-body rich-text richtext rte prose markdown trs-editor page-content",
    "product description desc spec feature price sku",
    "review rating testimonial star",
    "list card grid tile item result feed archive collection",
    "pager pagin page-num next prev",
    "caption figure image photo gallery media thumb img",
    "message thread topic forum reply cooked answer question",
    "hidden hide sr-only screen-reader visually collapse noprint d-none",
    "summary lead abstract intro excerpt subtitle standfirst dek hero",
    "faq accordion tab panel toggle",
    "toc table-of-contents",
    "bio about-author author-box authorbox profile user avatar",
    "title headline heading",
];

static FINDER: LazyLock<(AhoCorasick, Vec<usize>)> = LazyLock::new(|| {
    let words = WORDS.iter().enumerate().flat_map(|(kind, words)| words.split(' ').map(move |w| (w, kind)));
    let (words, kinds): (Vec<&str>, Vec<usize>) = words.unzip();
    let finder = AhoCorasick::new(words);
    (finder.expect("a short list of short words"), kinds)
});

/// Class, id and role of an element as words between hyphens: `mainNav top_1` is `-main-nav-top-1-`.
pub(crate) fn words(node: &NodeRef) -> String {
    let mut out = String::new();
    let Some(element) = node.element_ref() else { return out };
    for name in ["class", "id", "itemprop", "role", "itemtype"] {
        let Some(attr) = element.attrs.iter().find(|a| &a.name.local == name) else { continue };
        let value = &attr.value;
        out.push('-');
        let mut before = ' ';
        for c in value.chars().take(200) {
            if c.is_uppercase() && before.is_lowercase() {
                out.push('-');
            }
            match c {
                '_' => out.push('-'),
                c if c.is_whitespace() => out.push('-'),
                c if c.is_ascii() => out.push(c.to_ascii_lowercase()),
                c => out.extend(c.to_lowercase()),
            }
            before = c;
        }
        out.push('-');
    }
    out
}

/// The kinds that such words speak of.
pub(crate) fn kinds(words: &str) -> impl Iterator<Item = usize> + '_ {
    FINDER.0.find_overlapping_iter(words).map(|found| FINDER.1[found.pattern().as_usize()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes_are_split_into_words() {
        let tree = dom_query::Document::from("<div class='mainNav top_1' id=sideBar>x</div>");
        let node = tree.select("div").nodes()[0];
        assert_eq!(words(&node), "-main-nav-top-1--side-bar-");
        let mut kinds: Vec<usize> = kinds("-main-nav-top-1--side-bar-").collect();
        kinds.sort_unstable();
        assert_eq!(kinds, [0, 3, 3, 11]);
    }
}
