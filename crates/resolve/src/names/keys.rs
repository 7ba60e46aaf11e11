//! Keys by which a name is looked up among millions: what two names share that may be one.
//!
//! A key loses nothing that [`super::match_names`] calls a yes, as far as the developers' sets
//! go (`tests/candidates.rs`); it may bring far too much, which the ranking sorts out.

use super::bodies::core;
use super::foreign::DOTS;
use super::forms::long_forms;
use super::known;
use super::readings::{System, readings, spellings};
use super::said::concepts_of;
use super::similar::beside;
use super::tokens::tokens;
use super::translit::Model;
use crate::agency::parse;
use plainsight_lens::Gazetteer;
use plainsight_text::{fold, is_han};
use std::collections::BTreeSet;

/// Longer names are cut: no name has more characters, and the cost of one name stays bounded.
const LONGEST: usize = 200;
/// Han names up to this length are looked up by how their characters are read.
const LONGEST_READ: usize = 16;
/// Letters that one character is taken for, and whole names that are tried.
const MOST_FORMS: usize = 4;
const MOST_SOUNDS: usize = 12;
/// Consonants of a piece of a name's skeleton.
const PIECE: usize = 4;
/// Skeletons up to this length are cut into shorter pieces too.
const SHORT: usize = 5;
/// Letters that two forms of a word with other endings share at the beginning.
const BEGINNING: usize = 4;
/// Consonants of the longest single word of which one may be wrong.
const MOST_LETTERS: usize = 12;
/// Places of one name, and things that a name says, that are looked up.
const MOST_PLACES: usize = 8;
const MOST_CONCEPTS: usize = 8;
/// The most ways to read a given name that are written out.
const MOST_READINGS: usize = 8;

/// A key: what kind it is and its letters, as a number.
pub(super) type Key = u64;

/// The keys of a name, each once.
pub(super) fn keys(name: &str, gazetteer: &Gazetteer) -> BTreeSet<Key> {
    let mut out = BTreeSet::new();
    let cut: String = name.chars().take(LONGEST).collect();
    let han: Vec<char> = fold(&cut).chars().filter(|c| is_han(*c)).collect();
    let latin = in_latin(&cut);
    let words = tokens(&latin);
    of_words(&words, &mut out);
    for part in beside(&latin) {
        of_whole(part, &mut out);
    }
    if !han.is_empty() {
        of_han(&han, &mut out);
    }
    if cut.contains(DOTS) {
        for part in cut.split(DOTS) {
            let part: Vec<char> = fold(part).chars().filter(|c| is_han(*c)).collect();
            of_han(&part, &mut out);
        }
    }
    for place in gazetteer.named_on(&fold(cut.trim()), None).iter().take(MOST_PLACES) {
        add(&mut out, 'g', &gazetteer.key(*place));
    }
    for number in known::numbers(&cut, gazetteer) {
        add(&mut out, 'k', &number.to_string());
    }
    // Bodies and associations, by what they are and where, in whatever language.
    if let Some(agency) = parse(&cut, None, gazetteer, None) {
        let slots = agency.slots;
        let of_place = [slots.code.as_str(), slots.function.as_str(), slots.organ.as_str()];
        add(&mut out, 'a', &of_place.join("|"));
        add(&mut out, 'a', &of_place[..2].join("|"));
        add(&mut out, 'a', &of_place[1..].join("|"));
    }
    let concepts: Vec<String> = concepts_of(&cut, gazetteer).into_iter().take(MOST_CONCEPTS).collect();
    for (at, one) in concepts.iter().enumerate() {
        add(&mut out, 'c', one);
        for other in &concepts[at + 1..] {
            add(&mut out, 'c', &format!("{one}+{other}"));
        }
    }
    out
}

/// Other scripts than Han in Latin letters; Cyrillic is left to [`tokens`].
fn in_latin(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().map(|c| if is_han(c) { ' ' } else { c }) {
        match c {
            '\u{0}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' => out.push(c),
            c => out.push_str(any_ascii::any_ascii_char(c)),
        }
    }
    out
}

/// The whole name in one word, as written and without what says the kind of body only.
fn of_whole(name: &str, out: &mut BTreeSet<Key>) {
    let as_written = tokens(name);
    let as_body = core(&long_forms(&name.replace('.', "")));
    for words in [&as_written, &as_body] {
        let joined = words.concat();
        add(out, 'w', &joined);
        let whole = skeleton(&joined, true);
        add(out, 'x', &whole);
        // A name of one word has nothing else to be known by where one of its letters is wrong.
        let letters: Vec<char> = whole.chars().collect();
        if words.len() == 1 && (4..=MOST_LETTERS).contains(&letters.len()) {
            for left_out in 0..letters.len() {
                let rest = letters.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| c);
                add(out, 'd', &rest.collect::<String>());
            }
        }
    }
}

fn of_words(words: &[String], out: &mut BTreeSet<Key>) {
    for word in words {
        add(out, 't', word);
        add(out, 's', &skeleton(word, true));
        if word.chars().count() > BEGINNING {
            add(out, 'b', &word.chars().take(BEGINNING).collect::<String>());
        }
    }
    if words.is_empty() {
        return;
    }
    let joined = words.concat();
    add(out, 't', &joined);
    pieces(&skeleton(&joined, false), out);
    // The other order of two parts of a name.
    if let [first @ .., last] = words
        && !first.is_empty()
    {
        pieces(&skeleton(&[last.as_str(), &first.concat()].concat(), false), out);
    }
    if words.len() >= 3 {
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        add(out, 't', &initials);
    }
}

fn of_han(han: &[char], out: &mut BTreeSet<Key>) {
    for pair in han.windows(2) {
        add(out, 'h', &pair.iter().collect::<String>());
    }
    if han.len() == 1 {
        add(out, 'h', &han[0].to_string());
    }
    if han.is_empty() || han.len() > LONGEST_READ {
        return;
    }
    for sound in sounds(han) {
        add(out, 't', &sound);
        add(out, 'x', &skeleton(&sound, true));
        pieces(&skeleton(&sound, false), out);
    }
    if han.len() > 4 {
        return;
    }
    // As a Chinese name: surname and given name, and each syllable in its older spellings.
    for (at, c) in han.iter().enumerate() {
        for form in spellings(*c, at == 0, System::Any) {
            add(out, 't', &form);
            add(out, 's', &skeleton(&form, true));
        }
    }
    for from in 1..han.len().min(3) {
        for given in spelled(&han[from..]) {
            add(out, 't', &given);
        }
        for surname in spelled(&han[..from]) {
            add(out, 't', &surname);
        }
    }
    for whole in spelled(han) {
        add(out, 't', &whole);
    }
}

/// What a foreign name in Han most likely is in Latin letters, and its plain reading.
fn sounds(han: &[char]) -> Vec<String> {
    let model = Model::builtin();
    let mut out = vec![(String::new(), 1.0)];
    for c in han {
        let forms = model.likely(*c, MOST_FORMS);
        let longer = |(so_far, share): &(String, f64)| {
            forms.iter().map(|(form, own)| (format!("{so_far}{form}"), share * own)).collect::<Vec<_>>()
        };
        out = out.iter().flat_map(longer).collect();
        out.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        out.truncate(MOST_SOUNDS);
    }
    let plain: String = han.iter().filter_map(|c| readings(*c, false).into_iter().next()).collect();
    out.into_iter().map(|(sound, _)| sound).chain([plain]).collect()
}

/// The readings of characters one after the other, the commonest first.
fn spelled(han: &[char]) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in han {
        let forms = readings(*c, false);
        let next = |so_far: &String| forms.iter().map(|form| format!("{so_far}{form}")).collect::<Vec<_>>();
        out = out.iter().flat_map(next).take(MOST_READINGS).collect();
    }
    out
}

/// The consonants of a word, those of one place in the mouth as one letter, doubles once.
/// `full` keeps every l and r and leaves h out, as spellings of one language do; without it
/// l and r stay only before a vowel and h is a k, as in Chinese writing of foreign names.
fn skeleton(word: &str, full: bool) -> String {
    let mut out = String::new();
    let letters: Vec<char> = word.chars().collect();
    let at = |n: usize| letters.get(n).copied().unwrap_or(' ');
    let mut last_consonant = None;
    for (n, c) in letters.iter().enumerate() {
        let (before, next) = (if n == 0 { ' ' } else { at(n - 1) }, at(n + 1));
        let class = match c {
            'w' if !full && !is_vowel(next) => continue,
            'b' | 'p' | 'f' | 'v' | 'w' => 'p',
            'c' if matches!(next, 'e' | 'i' | 'h') => 's',
            'g' | 'k' | 'q' | 'c' => 'k',
            't' | 'd' if matches!(next, 's' | 'z') => continue,
            's' | 'z' | 'x' | 'j' => 's',
            'd' | 't' => 't',
            'm' | 'n' => 'n',
            'l' | 'r' if full || is_vowel(next) => 'l',
            'h' if !full && is_vowel(next) && !"sctpkgwrdbz".contains(before) => 'k',
            '0'..='9' => *c,
            c if n == 0 && is_vowel(*c) => 'a',
            c if c.is_ascii_alphabetic() => continue,
            c => *c,
        };
        // A doubled letter is one sound; two with a vowel between are two.
        if last_consonant == Some((n.wrapping_sub(1), class)) && n > 0 {
            last_consonant = Some((n, class));
            continue;
        }
        last_consonant = Some((n, class));
        out.push(class);
    }
    out
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Pieces of a skeleton; a short one is its own piece.
fn pieces(skeleton: &str, out: &mut BTreeSet<Key>) {
    let letters: Vec<char> = skeleton.chars().collect();
    if letters.len() < 2 {
        return;
    }
    if letters.len() <= PIECE {
        add(out, 'p', skeleton);
    }
    // A short name may differ in one of few consonants.
    let length = if letters.len() <= SHORT { (letters.len() - 1).clamp(2, PIECE - 1) } else { PIECE };
    for piece in letters.windows(length) {
        add(out, 'p', &piece.iter().collect::<String>());
    }
    if letters.len() > PIECE && letters.len() <= SHORT {
        letters.windows(PIECE).for_each(|piece| add(out, 'p', &piece.iter().collect::<String>()));
    }
}

/// FNV-1a over kind and letters, stirred so that its upper bits tell as much as the lower ones.
fn add(out: &mut BTreeSet<Key>, kind: char, letters: &str) {
    if letters.is_empty() {
        return;
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in std::iter::once(kind as u8).chain(letters.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    out.insert(hash ^ (hash >> 32));
}
