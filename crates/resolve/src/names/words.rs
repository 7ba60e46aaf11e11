//! Words against words: edits, sound, short names.

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

/// A pair of words: their likeness and the length of the longer.
pub(super) type Pair = (f64, usize);

/// Pairs the words off, the most alike first, in whatever order they stand.
pub(super) fn align(a: &[String], b: &[String], other_script: bool) -> (Vec<Pair>, Vec<String>, Vec<String>) {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let likeness = if other_script { word(x, y).max(transcribed(x, y)) } else { word(x, y) };
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
pub(super) fn word(a: &str, b: &str) -> f64 {
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
    // Words of very different length have more than half their letters changed.
    if short.chars().count() * 5 < long.chars().count() * 2 {
        return 0.0;
    }
    if few_common(short, long) {
        return 0.0;
    }
    // Letters written twice are a spelling, not another name.
    let (a, b) = (once(a), once(b));
    if a == b {
        return 0.96;
    }
    let plain = ratio(&a, &b);
    let (few, many) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    let edits = ((1.0 - plain) * many as f64).round() as usize;
    // Spellings of one sound (Mohammed, Muhammad; Sergei, Sergey).
    if many > 4 && plain >= 0.5 {
        if sound(&a) == sound(&b) {
            return plain.max(0.9);
        }
        let (x, y) = (consonants(&a), consonants(&b));
        if x == y && x.chars().count() >= 3 {
            return plain.max(0.84);
        }
    }
    match (few, edits) {
        // Of short words one letter makes another name as often as a slip.
        (0..=2, _) => 0.0,
        (3..=4, 1) => 0.6,
        (5..=9, 1) | (10.., 1 | 2) => plain,
        // Enough to pair the words off, not to call them one.
        _ if plain >= 0.6 => 0.6,
        _ => 0.0,
    }
}

/// The likeness of a word to the transcription of one from a script that may leave out vowels.
fn transcribed(a: &str, b: &str) -> f64 {
    // Arabic and Hebrew write long vowels with the letters for w and y.
    let bare = |word: &str| consonants(&word.replace(['w', 'y'], ""));
    let (x, y) = (bare(a), bare(b));
    let loose = |word: &str| once(&word.replace(['b', 'f', 'v'], "p").replace('d', "t").replace('g', "k"));
    match x.chars().count().min(y.chars().count()) {
        0 | 1 => 0.0,
        _ if x == y => 0.85,
        _ if loose(&x) == loose(&y) => 0.8,
        _ => 0.0,
    }
}

/// Tells cheaply that fewer than two in five letters of the longer word are in the other.
fn few_common(a: &str, b: &str) -> bool {
    let mut counts = [0i16; 64];
    let at = |c: char| c as usize % 64;
    let longer = b.chars().map(|c| counts[at(c)] += 1).count();
    let common = a.chars().filter(|c| {
        counts[at(*c)] -= 1;
        counts[at(*c)] >= 0
    });
    common.count() * 5 < longer * 2
}

/// The word without a letter that repeats the one before it.
fn once(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The consonants of a word's sound.
fn consonants(word: &str) -> String {
    let vowels = ['a', 'i', 'u'];
    once(&sound(word).chars().filter(|c| !vowels.contains(c)).collect::<String>())
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

/// Letters beyond this number are not compared: no word or name has more.
const MOST_LETTERS: usize = 200;

/// 1 less the edits (with neighbours swapped as one) over the longer length (optimal string alignment).
pub(super) fn ratio(a: &str, b: &str) -> f64 {
    // Words fit in small rows: they cost less to clear than the comparison does.
    if a.len().max(b.len()) < 32 {
        ratio_within::<32>(a, b)
    } else {
        ratio_within::<{ MOST_LETTERS + 1 }>(a, b)
    }
}

/// `ratio` of the first `N - 1` letters.
fn ratio_within<const N: usize>(a: &str, b: &str) -> f64 {
    let (mut left, mut right) = (['\0'; N], ['\0'; N]);
    let fill = |to: &mut [char; N], from: &str| {
        to[1..].iter_mut().zip(from.chars()).map(|(cell, c)| *cell = c).count()
    };
    let (many, more) = (fill(&mut left, a), fill(&mut right, b));
    let longer = many.max(more);
    if longer == 0 {
        return 1.0;
    }
    let (mut before, mut last, mut row) = ([0u8; N], [0u8; N], [0u8; N]);
    last.iter_mut().zip(0..=u8::MAX).for_each(|(cell, j)| *cell = j);
    for i in 1..=many {
        row[0] = last[0] + 1;
        for j in 1..=more {
            let change = last[j - 1] + u8::from(left[i] != right[j]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i] == right[j - 1] && left[i - 1] == right[j] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    1.0 - f64::from(last[more]) / longer as f64
}
