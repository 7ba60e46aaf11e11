//! What classes, ids and roles call an element.

use crate::hashed::{HashedMap, mix, more};
use aho_corasick::AhoCorasick;
use dom_query::{Element, NodeRef};
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

/// What the marks of an element say.
#[derive(Clone, Copy, Default)]
pub(crate) struct Said {
    /// The kinds its words speak of, a bit each.
    kinds: u32,
    /// The hash of its words without digits.
    pub hash: u64,
}

impl Said {
    fn of(words: &str) -> Self {
        let undigited = words.bytes().filter(|b| !b.is_ascii_digit());
        Self {
            kinds: kinds(words).fold(0, |all, kind| all | 1 << kind),
            hash: undigited.fold(0, |hash, b| mix(hash, u64::from(b))),
        }
    }

    /// The kinds its words speak of.
    pub(crate) fn kinds(self) -> impl Iterator<Item = usize> {
        (0..KINDS).filter(move |kind| self.kinds >> kind & 1 == 1)
    }
}

/// What the marks of a page's elements said so far: most elements have the marks of another.
#[derive(Default)]
pub(crate) struct Known(HashedMap<Said>);

impl Known {
    pub(crate) fn said(&mut self, node: &NodeRef) -> Said {
        let Some(element) = node.element_ref() else { return Said::default() };
        let key =
            values(&element).fold(0, |key, (name, value)| more(more(key, name.as_bytes()), value.as_bytes()));
        *self.0.entry(key).or_insert_with(|| Said::of(&words(&element)))
    }
}

/// The attributes that name an element, with their values.
fn values(element: &Element) -> impl Iterator<Item = (&'static str, &str)> {
    ["class", "id", "itemprop", "role", "itemtype"].into_iter().filter_map(|name| {
        let attr = element.attrs.iter().find(|attr| &attr.name.local == name)?;
        Some((name, attr.value.as_ref()))
    })
}

/// Class, id and role of an element as words between hyphens: `mainNav top_1` is `-main-nav-top-1-`.
fn words(element: &Element) -> String {
    let mut out = String::new();
    for (_, value) in values(element) {
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
fn kinds(words: &str) -> impl Iterator<Item = usize> + '_ {
    FINDER.0.find_overlapping_iter(words).map(|found| FINDER.1[found.pattern().as_usize()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_classes_are_split_into_words() {
        let tree = dom_query::Document::from("<div class='mainNav top_1' id=sideBar>x</div>");
        let node = tree.select("div").nodes()[0];
        assert_eq!(words(&node.element_ref().expect("an element")), "-main-nav-top-1--side-bar-");
        let mut kinds: Vec<usize> = kinds("-main-nav-top-1--side-bar-").collect();
        kinds.sort_unstable();
        assert_eq!(kinds, [0, 3, 3, 11]);
        let mut known = Known::default();
        for _ in 0..2 {
            assert_eq!(known.said(&node).kinds().collect::<Vec<_>>(), [0, 3, 11]);
        }
    }
}
