//! A small Chinese-English dictionary: CC-CEDICT (MDBG and contributors, CC BY-SA 4.0), reduced
//! by `data/make_dictionary.py` to words that the segmenter cuts.

use flate2::read::GzDecoder;
use plainsight_text::fold;
use std::collections::HashMap;
use std::io::Read as _;
use std::sync::OnceLock;

const PACKED: &[u8] = include_bytes!("../../data/dictionary.tsv.gz");

/// Characters of the longest word in it.
pub(super) const LONGEST: usize = 6;

/// A word of the dictionary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The word in simplified characters.
    pub word: &'static str,
    /// Pinyin with tone marks, a space between syllables.
    pub pinyin: &'static str,
    /// Its first senses in English.
    pub sense: &'static str,
}

/// The simplified spelling of a character, where the dictionary has one: 電 is 电. The fold will not do here, since
/// it may stand for a class by its traditional character.
pub(super) fn simplified(c: char) -> char {
    look_up(c.encode_utf8(&mut [0; 4])).and_then(|entry| entry.word.chars().next()).unwrap_or(c)
}

/// Looks a word up in simplified or traditional characters.
pub(super) fn look_up(word: &str) -> Option<Entry> {
    let dictionary = dictionary();
    let line = dictionary.lines.get(word).or_else(|| dictionary.lines.get(&fold(word)))?;
    entry(dictionary.text.get(*line..)?)
}

struct Dictionary {
    text: String,
    /// Where the line of a word begins; under the word as written, and as folded where no other word is written so.
    lines: HashMap<String, usize>,
}

/// Unpacked on the first question; about 10 MB.
fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| {
        let mut text = String::new();
        // The bytes are our own; a damaged build would show in the tests, and no gloss is no fault.
        if GzDecoder::new(PACKED).read_to_string(&mut text).is_err() {
            text.clear();
        }
        let mut lines = HashMap::new();
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
        let words: Vec<(usize, &str)> =
            starts.filter_map(|start| Some((start, text.get(start..)?.split_once('\t')?.0))).collect();
        for (start, word) in &words {
            lines.insert((*word).to_owned(), *start);
        }
        for (start, word) in &words {
            let folded = fold(word);
            if folded != *word {
                lines.entry(folded).or_insert(*start);
            }
        }
        Dictionary { text, lines }
    })
}

fn entry(from: &'static str) -> Option<Entry> {
    let mut cells = from.split('\n').next()?.split('\t');
    Some(Entry { word: cells.next()?, pinyin: cells.next()?, sense: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_scripts() {
        for (asked, word, pinyin, sense) in [
            ("窗口", "窗口", "chuāng kǒu", "window"),
            ("駕駛證", "驾驶证", "jià shǐ zhèng", "driver's license"),
            ("驾驶证", "驾驶证", "jià shǐ zhèng", "driver's license"),
            ("绿", "绿", "lǜ", "green"),
        ] {
            assert_eq!(look_up(asked), Some(Entry { word, pinyin, sense }), "{asked}");
        }
        for (c, plain) in [('電', '电'), ('电', '电'), ('話', '话'), ('當', '当'), ('a', 'a'), ('㐀', '㐀')]
        {
            assert_eq!(simplified(c), plain);
        }
        for none in ["", "安局", "station", "\t", "\n"] {
            assert_eq!(look_up(none), None, "{none:?}");
        }
    }

    #[test]
    fn every_line_is_a_word_with_sound_and_sense() {
        let dictionary = dictionary();
        assert!(dictionary.text.lines().count() > 60_000);
        for line in dictionary.text.lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
            let length = cells[0].chars().count();
            assert!(length <= LONGEST && cells[1].split(' ').count() >= length, "{line}");
        }
    }
}
