//! Where an expression may begin and end: not inside a word, a longer number, an address or a path.

/// No letter or digit touches the piece, and it is not part of a longer number, address or path.
pub(crate) fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().last();
    let mut after = text[end..].chars();
    let (next, second) = (after.next(), after.next());
    let first = text[start..end].chars().next().unwrap_or(' ');
    let last = text[start..end].chars().last().unwrap_or(' ');
    let touches = |a: char, b: char| a.is_alphanumeric() && b.is_alphanumeric();
    if before.is_some_and(|b| {
        touches(b, first)
            || matches!(b, '$' | '@')
            || (first.is_ascii_digit() && matches!(b, '$' | '€' | '£' | '#' | '@' | '_' | '=' | '/' | '+'))
    }) {
        return false;
    }
    if next.is_some_and(|n| touches(last, n) || (last.is_ascii_digit() && matches!(n, '%' | '€' | '°' | '_')))
    {
        return false;
    }
    if end - start == 4
        && text[start..end].bytes().all(|b| b.is_ascii_digit())
        && !years_beside(&text[..start], &text[end..])
    {
        return false;
    }
    // 133-03-03-2020 is a number of a form; 2014-2018 was read as a whole.
    let mut back = text[..start].chars().rev();
    if first.is_ascii_digit() && before == Some('-') && back.nth(1).is_some_and(|c| c.is_ascii_digit()) {
        let run = text[..start - 1].chars().rev().take_while(char::is_ascii_digit).count();
        let head = text[..start - 1].trim_end_matches(|c: char| c.is_ascii_digit());
        let year = text[start..end].chars().take_while(char::is_ascii_digit).count() == 4;
        if !(run == 4 && year && !head.ends_with('-') && years_beside(&text[..start], "")) {
            return false;
        }
    }
    // Nor is +86 2010-2015, nor 2010-2015-86.
    let called = text[..start].trim_end().rsplit(' ').next().is_some_and(|word| {
        word.strip_prefix('+')
            .is_some_and(|code| (1..4).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit()))
    });
    let longer = last.is_ascii_digit()
        && next == Some('-')
        && second.is_some_and(|c| c.is_ascii_digit())
        && text[start..end].contains('-');
    if first.is_ascii_digit() && (called || longer) {
        return false;
    }
    // 192.168.2019.1 and 3,2019 are no dates.
    let number = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let goes_on = last.is_ascii_digit() && matches!(next, Some('.' | ',' | ':' | '/')) && number(second);
    let began = matches!(before, Some('.' | ':')) && number(text[..start].chars().rev().nth(1));
    !(goes_on || first.is_ascii_digit() && began)
}

/// A hyphen joins a year to a year, not to a number: 138-2010-2015 is a telephone.
fn years_beside(before: &str, after: &str) -> bool {
    let left: String =
        before.strip_suffix('-').unwrap_or("").chars().rev().take_while(char::is_ascii_digit).collect();
    let right: String =
        after.strip_prefix('-').unwrap_or("").chars().take_while(char::is_ascii_digit).collect();
    (left.is_empty() || left.len() == 4 && (left.ends_with('1') || left.ends_with('2')))
        && (right.is_empty() || right.len() == 4 && right.starts_with(['1', '2']))
}
