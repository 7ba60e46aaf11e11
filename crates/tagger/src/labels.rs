//! What a model's tags mean, and the names that a row of them says.

use crate::TaggerError;
use crate::pieces::Piece;
use plainsight_find::{Name, NameKind};
use plainsight_model::Span;

/// Classes of well-known sets of names (CoNLL, OntoNotes, MSRA, Weibo, CLUENER), in small letters.
const CLASSES: [(&str, NameKind); 17] = [
    ("per", NameKind::Person),
    ("person", NameKind::Person),
    ("name", NameKind::Person),
    ("org", NameKind::Body),
    ("organization", NameKind::Body),
    ("organisation", NameKind::Body),
    ("company", NameKind::Body),
    ("government", NameKind::Body),
    ("gov", NameKind::Body),
    ("norp", NameKind::Body),
    ("loc", NameKind::Place),
    ("location", NameKind::Place),
    ("gpe", NameKind::Place),
    ("fac", NameKind::Place),
    ("address", NameKind::Place),
    ("scene", NameKind::Place),
    ("place", NameKind::Place),
];

/// Tags of one model.
pub(crate) struct Labels(Vec<Tag>);

/// A tag: nothing, or a place in a name of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tag {
    /// The class as written; `None` for `O`.
    class: Option<String>,
    /// What a name of the class is of, where the class is known.
    kind: Option<NameKind>,
    /// Whether a name begins with it, whatever stood before.
    begins: bool,
    /// Whether the name ends with it.
    ends: bool,
}

impl Labels {
    /// Reads one tag a line: `O`, or `B`, `I`, `M`, `E`, `L`, `S` or `U`, a `-` or `_`, and a class.
    pub fn read(bytes: &[u8]) -> Result<Self, TaggerError> {
        let text = std::str::from_utf8(bytes).map_err(|_| TaggerError::Labels("it is not UTF-8".into()))?;
        let lines = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end().lines();
        let tags: Result<Vec<Tag>, TaggerError> =
            lines.zip(1..).map(|(line, at)| tag(line.trim(), at)).collect();
        let tags = tags?;
        if tags.iter().all(|tag| tag.kind.is_none()) {
            let known: Vec<&str> = CLASSES.iter().map(|(class, _)| *class).collect();
            let what = format!("no class of it is known; known are {}, in capitals too", known.join(", "));
            return Err(TaggerError::Labels(what));
        }
        Ok(Self(tags))
    }

    /// How many tags there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The names of a text by the tags of its pieces. A word has the tag of its first piece. No name goes over
    /// a line's end, and a class that is not known gives none.
    pub fn names(&self, letters: &[char], pieces: &[Piece], tags: &[usize]) -> Vec<Name> {
        let mut words: Vec<(usize, usize, usize)> = Vec::new();
        for (piece, tag) in pieces.iter().zip(tags) {
            match words.last_mut() {
                Some(word) if !piece.first => word.1 = piece.end,
                _ => words.push((piece.start, piece.end, *tag)),
            }
        }
        let mut out: Vec<Name> = Vec::new();
        let mut open: Option<&str> = None;
        let mut before = 0;
        for (start, end, tag) in words {
            let Some(tag) = self.0.get(tag) else { continue };
            let class = tag.class.as_deref();
            let goes_on =
                class.is_some() && class == open && !tag.begins && !letters[before..start].contains(&'\n');
            match (tag.kind, out.last_mut()) {
                (Some(_), Some(name)) if goes_on => name.span = Span::new(name.span.start, end),
                (Some(kind), _) => out.push(Name { span: Span::new(start, end), kind }),
                (None, _) => {}
            }
            open = class.filter(|_| !tag.ends);
            before = end;
        }
        out
    }
}

fn tag(line: &str, at: usize) -> Result<Tag, TaggerError> {
    // Marks that stand before and behind a text alone are tags of some models.
    if line.eq_ignore_ascii_case("o") || line.starts_with(['[', '<']) {
        return Ok(Tag::default());
    }
    let wrong = || TaggerError::Labels(format!("line {at}, “{line}”, is no tag"));
    let (place, class) = line.split_once(['-', '_']).ok_or_else(wrong)?;
    let (begins, ends) = match place {
        "B" => (true, false),
        "I" | "M" => (false, false),
        "E" | "L" => (false, true),
        "S" | "U" => (true, true),
        _ => return Err(wrong()),
    };
    let small = class.to_lowercase();
    let kind = CLASSES.iter().find(|(known, _)| *known == small).map(|(_, kind)| *kind);
    Ok(Tag { class: Some(class.to_owned()), kind, begins, ends })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that tags say of a text, one tag a word; a word that begins with `+` goes on inside the last.
    fn shown(labels: &str, text: &str, tags: &[&str]) -> Vec<String> {
        let table = Labels::read(labels.as_bytes()).expect("labels");
        let number = |tag: &&str| labels.lines().position(|line| line == *tag).expect("a tag of the list");
        let letters: Vec<char> = text.chars().collect();
        let mut pieces = Vec::new();
        let mut start = 0;
        for word in text.split([' ', '\n', '+']) {
            let end = start + word.chars().count();
            let first = start == 0 || letters[start - 1] != '+';
            pieces.push(Piece { id: 0, start, end, first });
            start = end + 1;
        }
        let tags: Vec<usize> = tags.iter().map(number).collect();
        let name = |name: &Name| {
            let text: String = letters[name.span.start..name.span.end].iter().collect();
            format!("{text}/{}", name.kind.as_str())
        };
        table.names(&letters, &pieces, &tags).iter().map(name).collect()
    }

    #[test]
    fn names_are_read_from_tags() {
        let labels = "O\nB-PER\nI-PER\nB-LOC\nI-LOC\nB-MISC\nI-MISC";
        let tags = ["B-PER", "I-PER", "O", "B-LOC"];
        assert_eq!(shown(labels, "Anna Kolk in Zwolle", &tags), ["Anna Kolk/person", "Zwolle/place"]);
        // Two beginnings are two names; one that begins with an inner tag is a name too.
        assert_eq!(shown(labels, "Anna Bram", &["B-PER", "B-PER"]), ["Anna/person", "Bram/person"]);
        assert_eq!(shown(labels, "Anna Zwolle", &["I-PER", "I-LOC"]), ["Anna/person", "Zwolle/place"]);
        // Not over a line's end; what has a class that we do not know is no name.
        assert_eq!(shown(labels, "Anna\nKolk", &["B-PER", "I-PER"]), ["Anna/person", "Kolk/person"]);
        assert_eq!(shown(labels, "Dutch cup", &["B-MISC", "I-MISC"]), Vec::<String>::new());
        // Of a word in pieces the first one says what it is.
        assert_eq!(shown(labels, "Zwo+lle is", &["B-LOC", "O", "O"]), ["Zwo+lle/place"]);
        let ends = "O\nB_company\nM_company\nE_company\nS_name";
        let tags = ["B_company", "M_company", "E_company", "E_company", "S_name"];
        let names = ["a b c/organisation", "d/organisation", "e/person"];
        assert_eq!(shown(ends, "a b c d e", &tags), names);
    }

    #[test]
    fn what_is_no_list_of_tags_says_so() {
        for bytes in [&b""[..], b"O", b"O\nLABEL_1", b"O\nB-MISC", b"O\n\nB-PER", b"\xff"] {
            let why = Labels::read(bytes).err().expect("no labels").to_string();
            assert!(why.starts_with("labels.txt cannot be used") && why.contains("one tag a line"), "{why}");
        }
    }
}
