//! Values of FollowTheMoney: each type's one way of writing a value.
//!
//! The rules are those of followthemoney 4.11.2 (MIT), type by type; its tables
//! lie in `data/ftm`. What a rule does not accept has no clean form.

use super::{net, stamps, tables};
use std::str::FromStr;
use unicode_normalization::UnicodeNormalization;

/// A type of value; the words are the model's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ValueType {
    /// A postal address in one line.
    Address,
    /// A checksum, taken as it is.
    Checksum,
    /// A country or territory by its code.
    Country,
    /// A day or moment, cut off where nothing more is known.
    Date,
    /// An electronic mail address.
    Email,
    /// The id of another entity.
    Entity,
    /// `male`, `female` or `other`.
    Gender,
    /// Marked-up text.
    Html,
    /// A number that an authority gave.
    Identifier,
    /// An address of the Internet protocol.
    Ip,
    /// JSON in a string.
    Json,
    /// A language by its code of three letters.
    Language,
    /// A media type.
    Mimetype,
    /// A name.
    Name,
    /// A number with or without a unit, taken as it is.
    Number,
    /// A telephone number in E.164.
    Phone,
    /// A short text.
    String,
    /// A long text.
    Text,
    /// A word of the list of topics.
    Topic,
    /// A web address.
    Url,
}

/// The types with their words and the most characters of a value (model 4.11.2).
const TYPES: [(ValueType, &str, usize); 20] = [
    (ValueType::Address, "address", 250),
    (ValueType::Checksum, "checksum", 40),
    (ValueType::Country, "country", 16),
    (ValueType::Date, "date", 32),
    (ValueType::Email, "email", 250),
    (ValueType::Entity, "entity", 200),
    (ValueType::Gender, "gender", 16),
    (ValueType::Html, "html", 65_000),
    (ValueType::Identifier, "identifier", 64),
    (ValueType::Ip, "ip", 64),
    (ValueType::Json, "json", 250),
    (ValueType::Language, "language", 16),
    (ValueType::Mimetype, "mimetype", 250),
    (ValueType::Name, "name", 384),
    (ValueType::Number, "number", 250),
    (ValueType::Phone, "phone", 64),
    (ValueType::String, "string", 1024),
    (ValueType::Text, "text", 65_000),
    (ValueType::Topic, "topic", 64),
    (ValueType::Url, "url", 4096),
];

impl ValueType {
    /// The model's word.
    pub fn as_str(self) -> &'static str {
        TYPES.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, word, _)| word)
    }

    fn most_characters(self) -> usize {
        TYPES.iter().find(|(kind, ..)| *kind == self).map_or(0, |(.., most)| *most)
    }
}

impl FromStr for ValueType {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        TYPES.iter().find(|(_, known, _)| *known == word).map(|(kind, ..)| *kind).ok_or_else(|| {
            let words: Vec<&str> = TYPES.iter().map(|(_, word, _)| *word).collect();
            format!("“{word}” is no type of FollowTheMoney; the types are {}", words.join(", "))
        })
    }
}

/// A value in the one way its type writes it; `None` where the type does not accept it.
pub fn clean(kind: ValueType, raw: &str) -> Option<String> {
    by_type(kind, &sane(raw)?)
}

/// Whether a value can stand as it is: a code is one of the list, a date is one, nothing is empty or too long.
pub fn is_valid(kind: ValueType, raw: &str) -> bool {
    let code = || raw.to_lowercase().trim().to_owned();
    match kind {
        ValueType::Country => tables::is_country(&code()),
        ValueType::Language => tables::is_language(&code()),
        ValueType::Gender => GENDERS.contains(&code().as_str()),
        ValueType::Topic => tables::is_topic(&code()),
        ValueType::Entity => is_entity_id(raw),
        ValueType::Ip => net::ip(raw).is_some(),
        ValueType::Email => net::email(raw).is_some(),
        ValueType::Date => stamps::prefix(raw).is_some(),
        _ => {
            let cleaned = by_type(kind, raw).unwrap_or_default();
            !cleaned.is_empty() && cleaned.chars().count() <= kind.most_characters()
        }
    }
}

const GENDERS: [&str; 3] = ["male", "female", "other"];

fn by_type(kind: ValueType, text: &str) -> Option<String> {
    match kind {
        ValueType::Address => address(text),
        ValueType::Country => tables::country(text),
        ValueType::Date => stamps::prefix(text),
        ValueType::Email => net::email(text),
        ValueType::Entity => is_entity_id(text).then(|| text.to_owned()),
        ValueType::Gender => gender(text),
        ValueType::Ip => net::ip(text),
        ValueType::Language => tables::language(text),
        ValueType::Mimetype => tables::mimetype(text),
        ValueType::Name => Some(squash(strip_quotes(text))).filter(|name| !name.is_empty()),
        ValueType::Phone => phone(text),
        ValueType::Topic => Some(text.to_lowercase().trim().to_owned()).filter(|word| tables::is_topic(word)),
        ValueType::Url => net::url(text),
        ValueType::Checksum
        | ValueType::Html
        | ValueType::Identifier
        | ValueType::Json
        | ValueType::Number
        | ValueType::String
        | ValueType::Text => Some(text.to_owned()),
    }
}

/// Composed (NFC), without invisible and control characters, trimmed; `None` where nothing is left.
pub(super) fn sane(raw: &str) -> Option<String> {
    let text: String = raw.nfc().filter_map(safe).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A character as text keeps it: a curious space is a space, what cannot be seen goes.
fn safe(c: char) -> Option<char> {
    match c {
        '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{0a00}'
        | '\u{1680}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Some(' '),
        '\u{0}'..='\u{8}'
        | '\u{b}'..='\u{c}'
        | '\u{e}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{61c}'
        | '\u{2060}'..='\u{2064}'
        | '\u{ad}'
        | '\u{feff}' => None,
        c => Some(c),
    }
}

/// White space as one space, none at the ends, and no invisible joiners.
fn squash(text: &str) -> String {
    let seen: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' | '\u{2060}'..='\u{2064}'))
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A straight quote at both ends is no part of a name.
fn strip_quotes(text: &str) -> &str {
    let quotes = ['"', '\''];
    text.strip_prefix(quotes).and_then(|rest| rest.strip_suffix(quotes)).unwrap_or(text)
}

fn gender(text: &str) -> Option<String> {
    let word = text.to_lowercase();
    let known = match word.trim() {
        "m" | "man" | "masculin" | "männlich" | "мужской" | "男" => "male",
        "f" | "woman" | "féminin" | "weiblich" | "женский" | "女" => "female",
        "o" | "d" | "divers" => "other",
        other => other,
    };
    GENDERS.contains(&known).then(|| known.to_owned())
}

/// Line ends, tabs, semicolons and what registers write for them are commas.
fn address(text: &str) -> Option<String> {
    let mut line = text.replace("\r\n", ", ");
    for sign in ["\n", "<BR/>", "<BR>", "\t", "ESQ.,", "ESQ,", ";"] {
        line = line.replace(sign, ", ");
    }
    // A comma after a comma, or a full stop after one, says nothing more.
    let mut out = String::with_capacity(line.len());
    let mut rest = line.as_str();
    while let Some(at) = rest.find(',') {
        let after = &rest[at + 1..];
        let mut following = after.char_indices();
        let second = following.next().map(|(_, c)| c);
        let third = second.filter(|c| c.is_whitespace()).and_then(|_| following.next()).map(|(_, c)| c);
        let doubled = |c: Option<char>| matches!(c, Some(',' | '.'));
        out.push_str(&rest[..at]);
        // The longer reading first, as the rule does: a space between belongs to it.
        rest = if doubled(third) {
            out.push_str(", ");
            let space = second.map_or(0, char::len_utf8);
            &after[space + 1..]
        } else if doubled(second) {
            out.push_str(", ");
            &after[1..]
        } else {
            out.push(',');
            after
        };
    }
    out.push_str(rest);
    Some(squash(&out)).filter(|line| !line.is_empty())
}

/// Letters, digits, dots and strokes of ASCII; the first and the last is a letter or digit.
fn is_entity_id(text: &str) -> bool {
    let end = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    end(text.chars().next())
        && end(text.chars().next_back())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

/// More characters than any written number has.
const LONGEST_PHONE: usize = 250;

/// A number that carries its country's code; without one no country is guessed.
fn phone(text: &str) -> Option<String> {
    if text.chars().count() > LONGEST_PHONE {
        return None;
    }
    // Words before it, and a second number after a stroke, are not part of it.
    let begin = text.find(|c| c == '+' || c == '＋' || digit(c).is_some())?;
    let text = text[begin..].strip_prefix(['+', '＋'])?.trim_start_matches(['+', '＋']);
    let text = text.find(['\\', '/']).map_or(text, |at| match text[at + 1..].trim_start().chars().next() {
        Some('x') => &text[..at],
        _ => text,
    });
    let text = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '#');
    // Letters of a keypad stand for digits where there are three of them at least.
    let cut = extension(text).map_or(text, |at| &text[..at]);
    let digits = keypad(cut)?;
    let parsed = phonenumber::parse(None, digits).ok()?;
    let valid = phonenumber::is_valid(&parsed);
    valid.then(|| parsed.format().mode(phonenumber::Mode::E164).to_string())
}

/// Where an extension begins (`ext 5`, `x12`, `;ext=5`, `#5`); only digits may follow it.
fn extension(text: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    [";ext=", "extension", "extn", "ext.", "ext", "x", "#", "int"].iter().find_map(|sign| {
        let at = lower.rfind(sign)?;
        let after = lower[at + sign.len()..].trim_matches([' ', '.', ':', '-', '#', '\u{a0}']);
        let number = !after.is_empty() && after.len() <= 9 && after.chars().all(|c| c.is_ascii_digit());
        // Before it lies a whole number, not the beginning of one.
        let before = lower[..at].chars().filter(char::is_ascii_digit).count() >= 7;
        (number && before).then_some(at)
    })
}

/// A plus and the digits of a number that stood behind one; `None` where something stands in it that no number has.
fn keypad(text: &str) -> Option<String> {
    let mut out = String::from("+");
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    for c in text.chars() {
        match c {
            c if c.is_ascii_alphabetic() && letters >= 3 => out.push(key_of(c)),
            c if c.is_ascii_alphabetic() => {}
            c => match digit(c) {
                Some(digit) => out.push(digit),
                None if is_between(c) => {}
                None => return None,
            },
        }
    }
    Some(out)
}

/// Signs that stand between the digits of a number.
fn is_between(c: char) -> bool {
    matches!(
        c,
        ' ' | '\u{a0}'
            | '\u{ad}'
            | '\u{200b}'
            | '\u{2060}'
            | '\u{3000}'
            | '-'
            | '.'
            | '('
            | ')'
            | '['
            | ']'
            | '/'
            | '~'
            | '*'
            | '\u{2010}'
            ..='\u{2015}'
                | '\u{2212}'
                | 'ー'
                | '－'
                | '／'
                | '．'
                | '（'
                | '）'
                | '［'
                | '］'
                | '\u{2053}'
                | '\u{223c}'
                | '\u{ff5e}'
    )
}

fn digit(c: char) -> Option<char> {
    let value = match c {
        '０'..='９' => c as u32 - '０' as u32,
        '\u{660}'..='\u{669}' => c as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => c as u32 - 0x6f0,
        c => c.to_digit(10)?,
    };
    char::from_digit(value, 10)
}

fn key_of(c: char) -> char {
    match c.to_ascii_lowercase() {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        _ => '9',
    }
}
