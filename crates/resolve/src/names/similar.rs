//! Latin and Cyrillic names by their words.

use plainsight_text::fold;

/// Words beyond this number are not compared: no name has more.
const MOST_WORDS: usize = 24;

/// Folded words of a name, Cyrillic in Latin letters, without dots and hyphens.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let latin: String = fold(name).chars().map(romanise).collect::<Vec<_>>().concat();
    let words = latin.split(|c: char| !c.is_alphanumeric() && c != '\'');
    words.map(|word| word.replace('\'', "")).filter(|w| !w.is_empty()).take(MOST_WORDS).collect()
}

/// Russian, Ukrainian and Kazakh letters as commonly written in English; other characters stay.
fn romanise(c: char) -> String {
    let latin = match c {
        'а' | 'ә' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ғ' => "g",
        'д' => "d",
        'е' | 'э' | 'є' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' | 'і' | 'ы' | 'ї' => "i",
        'к' | 'қ' => "k",
        'л' => "l",
        'м' => "m",
        'н' | 'ң' => "n",
        'о' | 'ө' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ұ' | 'ү' => "u",
        'ф' => "f",
        'х' | 'һ' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ю' => "yu",
        'я' => "ya",
        'ł' => "l",
        'ø' => "o",
        'đ' => "d",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        other => return other.to_string(),
    };
    latin.to_owned()
}

/// Words that say what kind of company or body it is, not which.
const FORMS: [&str; 58] = [
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
];

/// Titles and particles of persons that may be left out.
const PARTICLES: [&str; 22] = [
    "al", "el", "bin", "ben", "ibn", "abu", "von", "van", "de", "der", "den", "da", "dos", "del", "mr",
    "mrs", "dr", "sir", "jr", "sr", "haji", "prof",
];

/// The chance that two names in one script name the same, by words.
pub(super) fn by_words(a: &str, b: &str, person: bool) -> f64 {
    // L.P. is one form of company, J.P. two initials of a person.
    let body = |name: &str| long_forms(&name.replace('.', ""));
    let (all_a, all_b) = if person { (tokens(a), tokens(b)) } else { (body(a), body(b)) };
    let (joined_a, joined_b) = (all_a.concat(), all_b.concat());
    if joined_a.is_empty() || joined_b.is_empty() {
        return 0.0;
    }
    if joined_a == joined_b {
        return 0.94;
    }
    // A name written in one word.
    if person
        && all_a.len().min(all_b.len()) == 1
        && all_a.len() != all_b.len()
        && joined_a.len().min(joined_b.len()) >= 8
    {
        let whole = ratio(&joined_a, &joined_b);
        if whole >= 0.85 {
            return whole * 0.92;
        }
    }
    let forms = |all: &[String]| -> Vec<&'static str> { all.iter().filter_map(|w| form(w)).collect() };
    let (forms_a, forms_b) = (forms(&all_a), forms(&all_b));
    let other_form =
        !person && !forms_a.is_empty() && !forms_b.is_empty() && !forms_a.iter().any(|f| forms_b.contains(f));
    let by_father = |all: &[String]| all.iter().any(|w| matches!(w.as_str(), "bin" | "ben" | "ibn"));
    let core = |all: &[String]| -> Vec<String> {
        let drop: &[&str] = if person { &PARTICLES } else { &FORMS };
        let kept: Vec<String> =
            all.iter().filter(|w| !drop.contains(&w.as_str())).map(|w| number_word(w)).collect();
        if kept.is_empty() { all.to_vec() } else { kept }
    };
    let (core_a, core_b) = (core(&all_a), core(&all_b));
    let weight = if other_form { 0.72 } else { 1.0 };
    if core_a.concat() == core_b.concat() {
        return 0.93 * weight;
    }
    let (pairs, left_a, left_b) = align(&core_a, &core_b);
    if !person {
        return (bodies(&pairs, &left_a, &left_b, &core_a, &core_b) * weight).min(0.94);
    }
    let score = persons(&core_a, &core_b, &pairs, &left_a, &left_b).min(0.94);
    // The son of Omar is not the Omar who is a son: there the order says who is who.
    let turned = by_father(&all_a)
        && by_father(&all_b)
        && core_a.first() != core_b.first()
        && left_a.is_empty()
        && left_b.is_empty();
    if turned && word(&core_a[0], &core_b[0]) < 0.7 { score * 0.6 } else { score }
}

/// A company's form in its short spelling; forms of one law that say the same are one.
fn form(word: &str) -> Option<&'static str> {
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
fn long_forms(name: &str) -> Vec<String> {
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
        (" sp z oo ", " "),
        (" forty four ", " 44 "),
    ] {
        text = text.replace(long, short);
    }
    text.split_whitespace().map(str::to_owned).collect()
}

/// Short and full given names.
const NICKNAMES: [(&str, &str); 26] = [
    ("ted", "theodore"),
    ("ted", "edward"),
    ("bibi", "benjamin"),
    ("ben", "benjamin"),
    ("bill", "william"),
    ("will", "william"),
    ("bob", "robert"),
    ("rob", "robert"),
    ("dick", "richard"),
    ("jim", "james"),
    ("mike", "michael"),
    ("tony", "anthony"),
    ("liz", "elizabeth"),
    ("joe", "joseph"),
    ("tom", "thomas"),
    ("dan", "daniel"),
    ("dave", "david"),
    ("steve", "steven"),
    ("kate", "katherine"),
    ("pepe", "jose"),
    ("paco", "francisco"),
    ("jan", "johannes"),
    ("kees", "cornelis"),
    ("piet", "pieter"),
    ("sasha", "alexander"),
    ("volodya", "vladimir"),
];

fn number_word(word: &str) -> String {
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

/// A pair of words: their likeness and the length of the longer.
type Pair = (f64, usize);

/// Pairs the words off, the most alike first, in whatever order they stand.
fn align(a: &[String], b: &[String]) -> (Vec<Pair>, Vec<String>, Vec<String>) {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let likeness = word(x, y);
            if likeness >= 0.6 {
                all.push((likeness, i, j));
            }
        }
    }
    // Length and the words themselves break ties, so that the order of the two names changes nothing.
    all.sort_by(|x, y| {
        let text = |t: &(f64, usize, usize)| {
            let (p, q) = (a[t.1].clone(), b[t.2].clone());
            if p <= q { (p, q) } else { (q, p) }
        };
        y.0.total_cmp(&x.0).then_with(|| text(x).cmp(&text(y)))
    });
    let (mut used_a, mut used_b, mut pairs) = (vec![false; a.len()], vec![false; b.len()], Vec::new());
    for (likeness, i, j) in all {
        if !used_a[i] && !used_b[j] {
            (used_a[i], used_b[j]) = (true, true);
            pairs.push((likeness, a[i].chars().count().max(b[j].chars().count())));
        }
    }
    let left = |words: &[String], used: &[bool]| -> Vec<String> {
        words.iter().zip(used).filter(|(_, used)| !**used).map(|(w, _)| w.clone()).collect()
    };
    (pairs, left(a, &used_a), left(b, &used_b))
}

/// The likeness of two words; an initial is like any word that it begins.
fn word(a: &str, b: &str) -> f64 {
    if a == b {
        return 1.0;
    }
    let (short, long) = if a.chars().count() <= b.chars().count() { (a, b) } else { (b, a) };
    if short.chars().count() == 1 && short.chars().all(char::is_alphabetic) {
        return if long.starts_with(short) { 0.85 } else { 0.0 };
    }
    if NICKNAMES.iter().any(|(nick, full)| (*nick, *full) == (short, long)) {
        return 0.9;
    }
    // Numbers are the same or they are not.
    if a.chars().any(|c| c.is_ascii_digit()) || b.chars().any(|c| c.is_ascii_digit()) {
        return 0.0;
    }
    let plain = ratio(a, b);
    // A short word has room for one letter of difference, not for a similar sound.
    if long.chars().count() <= 4 {
        return if plain >= 0.75 { plain } else { 0.0 };
    }
    // Spellings of one sound (Mohammed, Muhammad; Sergei, Sergey).
    let sound = ratio(&sound(a), &sound(b));
    if sound >= 0.99 && plain >= 0.5 {
        plain.max(0.9)
    } else {
        plain.max(sound * 0.92 * f64::from(u8::from(plain >= 0.5)))
    }
}

fn sound(word: &str) -> String {
    let word = word
        .replace("kh", "h")
        .replace("ph", "f")
        .replace("ck", "k")
        .replace("ou", "u")
        .replace("oo", "u")
        .replace('w', "v");
    let mut out = String::new();
    for c in word.chars() {
        let class = match c {
            'y' | 'j' | 'e' => 'i',
            'q' | 'c' => 'k',
            'o' => 'u',
            'z' => 's',
            other => other,
        };
        if !out.ends_with(class) {
            out.push(class);
        }
    }
    out.trim_end_matches(['i', 's', 'a']).to_owned()
}

fn persons(a: &[String], b: &[String], pairs: &[Pair], left_a: &[String], left_b: &[String]) -> f64 {
    if pairs.is_empty() {
        return 0.05;
    }
    let total: usize = pairs.iter().map(|(_, length)| length).sum();
    let mean = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum::<f64>() / total as f64;
    let worst = pairs.iter().map(|(likeness, _)| *likeness).fold(1.0, f64::min);
    let few = a.len().min(b.len());
    if !left_a.is_empty() && !left_b.is_empty() {
        // Both have a name that the other has not: two persons, as a rule.
        let unlike = left_a.iter().chain(left_b).map(|w| w.chars().count()).sum::<usize>();
        let share = 2.0 * total as f64 / (2 * total + unlike) as f64;
        return (mean * share * 0.75).min(0.62);
    }
    let left = left_a.len() + left_b.len();
    let base = mean - 0.4 * (1.0 - worst).max(0.0);
    if few == 1 && left > 0 {
        return base * 0.55;
    }
    base * (1.0 - 0.06 * left as f64)
}

fn bodies(pairs: &[Pair], left_a: &[String], left_b: &[String], a: &[String], b: &[String]) -> f64 {
    let length = |words: &[String]| words.iter().map(|w| w.chars().count()).sum::<usize>() as f64;
    let matched: f64 = pairs.iter().map(|(likeness, length)| likeness * *length as f64).sum();
    let total: f64 =
        matched.max(pairs.iter().map(|(_, l)| *l as f64).sum()) + (length(left_a) + length(left_b)) / 2.0;
    let words = if total > 0.0 { matched / total } else { 0.0 };
    let numbers = |words: &[String]| words.iter().any(|w| w.chars().any(|c| c.is_ascii_digit()));
    let whole = ratio(&a.concat(), &b.concat());
    let score = words.max(whole * 0.92);
    let counted = |words: &[String]| {
        numbers(words) || words.iter().any(|w| matches!(w.as_str(), "i" | "ii" | "iii" | "iv" | "v" | "vi"))
    };
    if left_a.is_empty() != left_b.is_empty() && (counted(left_a) || counted(left_b)) {
        return score * 0.65;
    }
    if !left_a.is_empty() && !left_b.is_empty() {
        return if numbers(left_a) || numbers(left_b) { score * 0.6 } else { score * 0.82 };
    }
    score
}

/// 1 less the edits (with neighbours swapped as one) over the longer length (optimal string alignment).
pub(super) fn ratio(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(200).collect(), b.chars().take(200).collect());
    let longer = a.len().max(b.len());
    if longer == 0 {
        return 1.0;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    1.0 - last[b.len()] as f64 / longer as f64
}
