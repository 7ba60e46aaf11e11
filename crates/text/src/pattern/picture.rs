//! The ASCII picture of a character, and of a pattern.

use regex_syntax::hir::{Capture, Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

/// What every other word character looks like: a word character itself.
const WORD: char = '_';
/// What every other character looks like: no word character, no white space.
const MARK: char = '\u{7f}';

/// The picture of a character; it is a word character where the character is one.
pub(super) fn of(c: char) -> char {
    match c {
        c if c.is_ascii() => c,
        c if regex_syntax::try_is_word_character(c).unwrap_or(true) => WORD,
        _ => MARK,
    }
}

/// The picture of a pattern: it matches the picture of whatever the pattern matches. `None` for a pattern
/// without word borders, which needs none, and for one that looks at bytes.
pub(super) fn picture_of(pattern: &str) -> Option<Hir> {
    let words = match regex_syntax::parse(r"\w").ok()?.into_kind() {
        HirKind::Class(Class::Unicode(words)) => words,
        _ => return None,
    };
    let hir = regex_syntax::parse(pattern).ok()?;
    hir.properties().look_set().contains_word_unicode().then(|| drawn(hir, &words))?
}

fn drawn(hir: Hir, words: &ClassUnicode) -> Option<Hir> {
    let all = |list: Vec<Hir>| list.into_iter().map(|hir| drawn(hir, words)).collect::<Option<Vec<Hir>>>();
    Some(match hir.into_kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => {
            let text: String = std::str::from_utf8(&literal.0).ok()?.chars().map(of).collect();
            Hir::literal(text.into_bytes())
        }
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(drawn_class(class, words))),
        HirKind::Class(Class::Bytes(class)) => class.is_ascii().then(|| Hir::class(Class::Bytes(class)))?,
        HirKind::Look(look) => Hir::look(ascii(look)),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            Hir::repetition(Repetition { min, max, greedy, sub: Box::new(drawn(*sub, words)?) })
        }
        // Groups are of no use in a picture.
        HirKind::Capture(Capture { sub, .. }) => drawn(*sub, words)?,
        HirKind::Concat(list) => Hir::concat(all(list)?),
        HirKind::Alternation(list) => Hir::alternation(all(list)?),
    })
}

fn drawn_class(mut class: ClassUnicode, words: &ClassUnicode) -> ClassUnicode {
    let ascii = ClassUnicode::new([ClassUnicodeRange::new('\0', '\u{7f}')]);
    let mut out = class.clone();
    out.intersect(&ascii);
    class.difference(&ascii);
    let mut other_words = class.clone();
    other_words.intersect(words);
    if !other_words.ranges().is_empty() {
        out.push(ClassUnicodeRange::new(WORD, WORD));
    }
    class.difference(words);
    if !class.ranges().is_empty() {
        out.push(ClassUnicodeRange::new(MARK, MARK));
    }
    out
}

/// Word borders of a picture are those of its text.
fn ascii(look: Look) -> Look {
    match look {
        Look::WordUnicode => Look::WordAscii,
        Look::WordUnicodeNegate => Look::WordAsciiNegate,
        Look::WordStartUnicode => Look::WordStartAscii,
        Look::WordEndUnicode => Look::WordEndAscii,
        Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
        Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
        other => other,
    }
}
