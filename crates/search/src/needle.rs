//! What a person typed, as the pieces that must all be found.

use crate::grams::is_dense;
use plainsight_text::fold;

/// From this many characters without spaces a piece is a name of its own,
/// whatever the dictionary says about the text around it (COMMANDS.md, `search`).
const ALWAYS_A_WORD: usize = 4;

/// One piece of a query: found as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    /// The folded piece, cut at spaces; in the text there may be several.
    pub parts: Vec<String>,
    /// Every hit counts as a word: four characters or more, or a known name.
    pub always_word: bool,
}

/// Reads a query: pieces between spaces, phrases between quotation marks.
/// Any string is a query; signs around a piece are no part of it.
pub fn needles(query: &str, known_names: &[String]) -> Vec<Needle> {
    let folded = fold(query);
    let sections: Vec<&str> = folded.split(['"', '“', '”', '„']).collect();
    let mut needles: Vec<Needle> = Vec::new();
    for (number, section) in sections.iter().enumerate() {
        // A mark that is never closed is only a sign.
        let phrase = number % 2 == 1 && number + 1 < sections.len();
        let pieces: Vec<&str> = if phrase { vec![section] } else { section.split_whitespace().collect() };
        for piece in pieces {
            let needle = needle(piece, known_names);
            if !needle.parts.is_empty() && !needles.contains(&needle) {
                needles.push(needle);
            }
        }
    }
    needles
}

fn needle(piece: &str, known_names: &[String]) -> Needle {
    let bare = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let parts: Vec<String> = bare.split_whitespace().map(str::to_owned).collect();
    let dense = bare.chars().filter(|c| is_dense(*c)).count();
    let known = || known_names.iter().any(|name| fold(name).trim() == bare);
    let always_word = !parts.is_empty() && (dense >= ALWAYS_A_WORD || known());
    Needle { parts, always_word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(query: &str) -> String {
        let show = |n: Needle| n.parts.join("_") + if n.always_word { "!" } else { "" };
        needles(query, &["罗小月".into()]).into_iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn queries_by_example() {
        for (query, expected) in [
            ("警務", &*fold("警务")),
            ("羅小月", &(fold("罗小月") + "!")),
            ("海外服务 站", &(fold("海外服务") + "! 站")),
            ("\"Het Oude  Bureau\" café", "het_oude_bureau cafe"),
            ("“het oude” x", "het_oude x"),
            ("het \"oude bureau", "het oude bureau"),
            ("(foo AND bar)*", "foo and bar"),
            ("foo foo", "foo"),
            ("l’avenue, 020-555!", "l'avenue 020-555"),
            ("\"\" () ~ * -", ""),
            ("", ""),
        ] {
            assert_eq!(read(query), expected, "{query}");
        }
    }
}
