//! Words of companies and bodies: legal forms, numbers, spellings.

use super::tokens::tokens;

/// Words that say what kind of company or body it is, not which.
pub(super) const FORMS: [&str; 59] = [
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "corp",
    "corporation",
    "co",
    "company",
    "llc",
    "llp",
    "plc",
    "gmbh",
    "ag",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "oy",
    "ab",
    "as",
    "kg",
    "ooo",
    "oao",
    "zao",
    "pao",
    "pjsc",
    "ojsc",
    "jsc",
    "cjsc",
    "sro",
    "doo",
    "se",
    "lp",
    "holding",
    "holdings",
    "group",
    "the",
    "of",
    "and",
    "for",
    "de",
    "du",
    "der",
    "und",
    "van",
    "het",
    "la",
    "el",
    "pte",
    "pvt",
    "sdn",
    "bhd",
    "kk",
    "s",
    "a",
    "spzoo",
];

/// A company's form in its short spelling; forms of one law that say the same are one.
pub(super) fn form(word: &str) -> Option<&'static str> {
    Some(match word {
        "ltd" | "limited" => "ltd",
        "inc" | "incorporated" => "inc",
        "lp" => "lp",
        "llc" | "ooo" => "llc",
        "llp" => "llp",
        "plc" => "plc",
        "gmbh" => "gmbh",
        "ag" => "ag",
        "sa" => "sa",
        "sas" => "sas",
        "sarl" => "sarl",
        "srl" => "srl",
        "bv" => "bv",
        "nv" => "nv",
        "jsc" | "ao" | "oao" | "ojsc" | "pjsc" | "pao" => "jsc",
        _ => return None,
    })
}

/// Words of a body's name with long forms of company made short.
pub(super) fn long_forms(name: &str) -> Vec<String> {
    let mut text = format!(" {} ", tokens(name).join(" "));
    for (long, short) in [
        (" aktiengesellschaft ", " ag "),
        (" aktiengeselschaft ", " ag "),
        (" gesellschaft mit beschrankter haftung ", " gmbh "),
        (" joint stock company ", " jsc "),
        (" aktsionernoe obshchestvo ", " jsc "),
        (" societatea cu raspundere limitata ", " srl "),
        (" besloten vennootschap ", " bv "),
        (" naamloze vennootschap ", " nv "),
        (" sociedad anonima ", " sa "),
        (" sp z oo ", " spzoo "),
        (" limited liability company ", " llc "),
        (" united states of america ", " us "),
        (" united states ", " us "),
        (" united kingdom ", " uk "),
    ] {
        if text.contains(long) {
            text = text.replace(long, short);
        }
    }
    numbers(text.split_whitespace().map(str::to_owned).collect())
}

/// One spelling for words that are written in several ways.
pub(super) fn usual_word(word: &str) -> String {
    match word {
        "first" => "1st",
        "second" => "2nd",
        "third" => "3rd",
        "labour" => "labor",
        "international" | "intl" | "internationale" | "internacional" => "international",
        other => other,
    }
    .to_owned()
}

const UNITS: [&str; 19] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// English number words below a hundred as digits, also “forty 4”.
fn numbers(words: Vec<String>) -> Vec<String> {
    let unit = |word: &String| {
        let spelled = UNITS.iter().position(|unit| unit == word).map(|n| n + 1);
        spelled.or_else(|| word.parse().ok().filter(|n| (1..=9).contains(n)))
    };
    let ten = |word: &String| {
        let usual = if word == "fourty" { "forty" } else { word.as_str() };
        TENS.iter().position(|ten| *ten == usual).map(|n| 10 * (n + 2))
    };
    let mut out = Vec::with_capacity(words.len());
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        let number = match ten(&word) {
            Some(tens) => {
                let units = words.peek().and_then(unit).filter(|n| *n < 10);
                if units.is_some() {
                    words.next();
                }
                Some(tens + units.unwrap_or(0))
            }
            None => unit(&word),
        };
        out.push(number.map_or(word, |n| n.to_string()));
    }
    out
}
