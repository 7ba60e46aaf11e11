//! The words of a language from its table (`words/*.txt`), and a text as tokens.
//!
//! Classes with a number: `month`, `weekday` (0 Monday), `day` (days from the
//! reference), `num`, `ord`, `dir` (-1 last, 0 this, 1 next), `third` (0 early,
//! 1 middle, 2 late), `open` and `post` (1 before its start, 2 through its end,
//! 3 after its end, 4 from its start), `more` (1 more than, -1 less than),
//! `noon` (second of the day), `decadeword`. `part`, `meal` and `daypart` hold two
//! hours and a day's offset (`20-24-1`: last night); `feast` a month and day, a
//! distance from Easter or the n-th weekday of a month; `unit` the name of a unit.
//! All other classes say only that the word belongs to them.

use super::calendar::Unit;
use super::feast::Feast;
use std::collections::HashMap;

/// Classes of words that stand inside an expression only.
const NEVER_FIRST: [&str; 29] = [
    "near", "beside", "nightto", "onday", "to", "and", "of", "at", "clockat", "gluepart", "modal", "zone",
    "measure", "numbered", "weekof", "beyond", "halfof", "suffix", "oclock", "ago", "hence", "past", "till",
    "post", "per", "doubtful", "tensand", "plus", "minus",
];

/// What a phrase of the table stands for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Sense {
    Number(i64),
    Unit(Unit),
    /// Two hours and the day's distance from the reference, if it names a day.
    Part(i64, i64, Option<i64>),
    Feast(Feast),
}

/// A phrase: the tokens after its first, its class and sense.
type Entry = (Vec<String>, &'static str, Sense);

/// The table of a language.
pub(crate) struct Vocabulary {
    by_first: HashMap<String, usize>,
    /// The phrases that begin with a word.
    entries: Vec<Vec<Entry>>,
    /// In English a month stands before the day in numbers, too.
    pub month_first: bool,
    /// Whether `next` and `last` may follow (`la semana pasada`).
    pub follows: bool,
}

/// A word, a number or a sign of a text; offsets are bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    /// In lower case.
    pub word: String,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Where the vocabulary has the phrases that begin with it, once `Vocabulary::mark` has looked.
    known: Option<usize>,
}

impl Token {
    /// The value of a number written in up to nine digits.
    pub(crate) fn digits(&self) -> Option<i64> {
        let number = self.word.len() < 10 && self.word.bytes().all(|b| b.is_ascii_digit());
        number.then(|| self.word.parse().ok()).flatten()
    }
}

/// Cuts a text into runs of letters, runs of digits and single signs; an empty line is a sign of its own.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let kind = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphabetic() || c == '\u{301}' {
            2
        } else {
            0
        }
    };
    let mut out: Vec<Token> = Vec::new();
    let (mut spaced, mut lines, mut last) = (true, 0, 0);
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            spaced = true;
            lines += usize::from(c == '\n');
            continue;
        }
        if lines > 1 {
            out.push(Token { start: at, end: at, word: "\n".to_owned(), spaced: true, known: None });
        }
        let end = at + c.len_utf8();
        // Some write the opening quotation mark for the apostrophe of `'s avonds`.
        let c = if c == '‘' { '’' } else { c };
        match out.last_mut() {
            Some(token) if !spaced && kind(c) != 0 && kind(c) == last => {
                token.end = end;
                token.word.extend(c.to_lowercase());
            }
            _ => out.push(Token { start: at, end, word: c.to_lowercase().collect(), spaced, known: None }),
        }
        (spaced, lines, last) = (false, 0, kind(c));
    }
    out
}

impl Vocabulary {
    /// Reads a table. Lines that are no entries are left out; the tests below read every line.
    pub(crate) fn read(table: &'static str, month_first: bool) -> Self {
        let mut vocabulary = Self {
            by_first: HashMap::new(),
            entries: Vec::new(),
            month_first,
            follows: table.contains("\ndirfollows"),
        };
        let mut glue = Vec::new();
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let Some((class, sense, phrases)) = entry(line) else { continue };
            for phrase in phrases.split('|').map(str::trim) {
                if class == "glue" {
                    glue.push(phrase);
                }
                vocabulary.add(phrase, class, sense);
            }
        }
        vocabulary.glued(&glue);
        vocabulary
    }

    fn add(&mut self, phrase: &str, class: &'static str, sense: Sense) {
        let mut words = tokens(phrase).into_iter().map(|t| t.word);
        if let Some(first) = words.next() {
            let next = self.entries.len();
            let place = *self.by_first.entry(first).or_insert(next);
            if place == next {
                self.entries.push(Vec::new());
            }
            if let Some(entries) = self.entries.get_mut(place) {
                entries.push((words.collect(), class, sense));
            }
        }
    }

    /// Dutch writes 22 as one word: twee + ën + twintig, tweeëntwintigste; and maandag + ochtend.
    fn glued(&mut self, glue: &[&str]) {
        let mut words = Vec::new();
        for (word, place) in &self.by_first {
            for (rest, class, sense) in &self.entries[*place] {
                if let (true, Sense::Number(n)) = (rest.is_empty() && matches!(*class, "num" | "ord"), sense)
                {
                    words.push((word.clone(), *class, *n));
                }
            }
        }
        for (weekday, n) in self.plain("weekday").into_iter().filter(|_| !glue.is_empty()) {
            let parts = self.plain("part").into_iter().chain(self.plain("gluepart"));
            for (part, hours) in parts {
                if let (Sense::Number(n), Sense::Part(a, b, _)) = (n, hours) {
                    self.add(&format!("{weekday}{part}"), "weekpart", Sense::Part(a, b, Some(n)));
                }
            }
        }
        for joint in glue {
            for (one, _, n) in words.iter().filter(|(_, class, n)| *class == "num" && (1..10).contains(n)) {
                for (ten, class, tens) in words.iter().filter(|(_, _, n)| (20..100).contains(n)) {
                    self.add(&format!("{one}{joint}{ten}"), class, Sense::Number(tens + n));
                }
            }
        }
    }

    /// The phrases of one word of a class that are no short forms.
    fn plain(&self, class: &str) -> Vec<(String, Sense)> {
        let mut out = Vec::new();
        for (word, place) in &self.by_first {
            let own = self.entries[*place].iter().filter(|(rest, c, _)| rest.is_empty() && *c == class);
            out.extend(own.filter(|_| word.chars().count() > 3).map(|(.., sense)| (word.clone(), *sense)));
        }
        out
    }

    /// The longest phrase of a class that begins at a token: the token after it, and its sense.
    pub(crate) fn at(&self, tokens: &[Token], at: usize, class: &str) -> Option<(usize, Sense)> {
        let entries = self.entries.get(tokens.get(at)?.known?)?;
        let fits = |rest: &[String]| {
            rest.iter().enumerate().all(|(n, w)| tokens.get(at + 1 + n).is_some_and(|t| t.word == *w))
        };
        entries
            .iter()
            .filter(|(rest, c, _)| *c == class && fits(rest))
            .map(|(rest, _, sense)| (at + 1 + rest.len(), *sense))
            .max_by_key(|(end, _)| *end)
    }

    /// Looks up each token once.
    pub(crate) fn mark(&self, tokens: &mut [Token]) {
        for token in tokens {
            token.known = self.by_first.get(&token.word).copied();
        }
    }

    /// Whether an expression may begin with the token.
    pub(crate) fn begins(&self, token: &Token) -> bool {
        let entries = token.known.and_then(|place| self.entries.get(place));
        entries.is_some_and(|entries| entries.iter().any(|(_, class, _)| !NEVER_FIRST.contains(class)))
    }
}

/// Class, sense and phrases of a line.
fn entry(line: &'static str) -> Option<(&'static str, Sense, &'static str)> {
    let (head, phrases) = line.split_once(": ")?;
    let (class, value) = head.split_once(' ').unwrap_or((head, "0"));
    let sense = match class {
        "unit" | "lone" => Sense::Unit(Unit::named(value)?),
        "feast" => Sense::Feast(Feast::read(value)?),
        "part" | "gluepart" | "meal" | "daypart" => part(value)?,
        _ => Sense::Number(value.parse().ok()?),
    };
    Some((class, sense, phrases))
}

/// `8-12`, `20-24-1`, `8-12+1`.
fn part(value: &str) -> Option<Sense> {
    let (from, rest) = value.split_once('-')?;
    let cut = rest.find(['-', '+']).unwrap_or(rest.len());
    let day = rest.get(cut..)?;
    let day = if day.is_empty() { None } else { Some(day.parse().ok()?) };
    Some(Sense::Part(from.parse().ok()?, rest.get(..cut)?.parse().ok()?, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_tables_is_an_entry() {
        for table in
            [include_str!("words/en.txt"), include_str!("words/nl.txt"), include_str!("words/es.txt")]
        {
            for line in table.lines().filter(|l| !l.starts_with('#')) {
                assert!(entry(line).is_some(), "{line}");
            }
        }
    }

    #[test]
    fn a_text_is_words_numbers_and_signs() {
        let words = |text| tokens(text).into_iter().map(|t| t.word).collect::<Vec<_>>().join("_");
        let monday = Vocabulary::read(include_str!("words/nl.txt"), false);
        let part = Some((1, Sense::Part(8, 12, Some(0))));
        let mut found = tokens("maandagochtend");
        monday.mark(&mut found);
        assert_eq!(monday.at(&found, 0, "weekpart"), part);
        assert_eq!(words("8am, 's Ochtends\n\nmiércoles"), "8_am_,_'_s_ochtends_\n_miércoles");
        let dutch = Vocabulary::read(include_str!("words/nl.txt"), false);
        for (word, class, n) in [("tweeëntwintig", "num", 22), ("vijfentwintigste", "ord", 25)] {
            let mut found = tokens(word);
            dutch.mark(&mut found);
            assert_eq!(dutch.at(&found, 0, class), Some((1, Sense::Number(n))), "{word}");
        }
    }
}
