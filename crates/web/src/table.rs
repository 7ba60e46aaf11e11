//! What every list has: sorting by its header, pages of fifty, an address.

use crate::labels::frame::S;
use crate::labels::{L, say};
use crate::routes::Ctx;
use crate::words;
use maud::{Markup, html};

/// Rows of one page.
pub(crate) const ROWS: usize = 50;

/// A column: its key in the address (none: not sorted by), label, class.
pub(crate) struct Column<'c>(pub(crate) &'c str, pub(crate) &'c str, pub(crate) &'c str);

/// The key sorted by, and whether downwards.
pub(crate) fn sorting<'q>(ctx: &'q Ctx, default: &'q str) -> (&'q str, bool) {
    let asked = ctx.query.get("sort");
    let asked = if asked.is_empty() { default } else { asked };
    asked.strip_prefix('-').map_or((asked, false), |key| (key, true))
}

/// The header row; a press sorts, another turns it round.
pub(crate) fn head(ctx: &Ctx, path: &str, columns: &[Column<'_>], default: &str) -> Markup {
    let (by, down) = sorting(ctx, default);
    html! {
        thead role="rowgroup" { tr role="row" {
            @for Column(key, label, class) in columns {
                @let on = !key.is_empty() && *key == by;
                th role="columnheader" scope="col" class=[(!class.is_empty()).then_some(class)]
                    aria-sort=[on.then_some(if down { "descending" } else { "ascending" })] {
                    @if key.is_empty() { (label) } @else {
                        a href=(ctx.to(&ctx.query.with("sort", &if on && !down { format!("-{key}") } else { (*key).to_owned() }).on(path))) {
                            (label) @if on { @if down { " ▾" } @else { " ▴" } }
                        }
                    }
                }
            }
        } }
    }
}

/// What a table holds and by what it is sorted, for its caption.
pub(crate) fn sorted(ctx: &Ctx, columns: &[Column<'_>], default: &str, what: &str) -> String {
    let (by, _) = sorting(ctx, default);
    match columns.iter().find(|Column(key, ..)| *key == by) {
        Some(Column(_, label, _)) => say(S.sorted_by, &[("what", &what), ("column", label)]),
        None => what.to_owned(),
    }
}

/// One page of a list.
pub(crate) struct Cut<'r, T> {
    pub(crate) rows: &'r [T],
    /// How many rows stand before it.
    pub(crate) before: usize,
    pub(crate) total: usize,
    /// The key after which the next page starts.
    pub(crate) next: Option<String>,
}

/// Cuts the page behind the row with the key `after`: a key keeps its place
/// when rows come in above it, which a page number does not.
pub(crate) fn cut<'r, T>(rows: &'r [T], after: &str, key: impl Fn(&T) -> String) -> Cut<'r, T> {
    let before = match after {
        "" => 0,
        after => rows.iter().position(|row| key(row) == after).map_or(0, |at| at + 1),
    };
    let end = (before + ROWS).min(rows.len());
    let next = (end < rows.len()).then(|| key(&rows[end - 1]));
    Cut { rows: &rows[before..end], before, total: rows.len(), next }
}

/// How much is shown, and the way on.
pub(crate) fn pager<T>(ctx: &Ctx, path: &str, cut: &Cut<T>, note: &str) -> Markup {
    let shown = if cut.rows.len() == cut.total {
        say(S.all_shown, &[("n", &words::number(cut.total as u64))])
    } else {
        let (from, to) = (cut.before + 1, cut.before + cut.rows.len());
        say(S.to_of, &[("from", &from), ("to", &to), ("all", &words::number(cut.total as u64))])
    };
    let left = cut.total - cut.before - cut.rows.len();
    html! {
        p class="pager" {
            span { (shown) @if !note.is_empty() { " " (note) } }
            span {
                @if cut.before > 0 { a href=(ctx.to(&ctx.query.with("after", "").on(path))) { (S.first_page) } " " }
                @if let Some(next) = &cut.next {
                    a href=(ctx.to(&ctx.query.with("after", next).on(path))) { (L.next) " " (left.min(ROWS)) }
                }
            }
        }
    }
}

/// A choice in a filter form.
pub(crate) fn choice(
    name: &str,
    label: &str,
    any: &str,
    values: &[(String, String)],
    chosen: &str,
) -> Markup {
    html! {
        label { (label) " "
            select name=(name) {
                option value="" { (any) }
                @for (value, shown) in values { option value=(value) selected[value == chosen] { (shown) } }
            }
        }
    }
}

/// Values that one choice offers; more make a page heavy and are found sooner by typing.
pub(crate) const CHOICES: usize = 200;

/// A field for words, in the place of a choice with too many values.
pub(crate) fn words_field(name: &str, label: &str, hint: &str, value: &str) -> Markup {
    html! { label { (label) " " input class="input" name=(name) size="18" value=(value) placeholder=(hint) autocomplete="off"; } }
}

/// The distinct values of a list, each with its word.
pub(crate) fn in_words<'v>(
    values: impl Iterator<Item = &'v str>,
    word: fn(&str) -> &str,
) -> Vec<(String, String)> {
    let said = |(value, _): (String, String)| (value.clone(), word(&value).to_owned());
    distinct(values).into_iter().map(said).collect()
}

/// The distinct values of a list with themselves as words, sorted.
pub(crate) fn distinct<'v>(values: impl Iterator<Item = &'v str>) -> Vec<(String, String)> {
    let set: std::collections::BTreeSet<&str> = values.filter(|v| !v.is_empty()).collect();
    set.into_iter().map(|v| (v.to_owned(), v.to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_loss() {
        let rows: Vec<u32> = (0..120).collect();
        let mut after = String::new();
        let mut seen = Vec::new();
        loop {
            let page = cut(&rows, &after, u32::to_string);
            seen.extend_from_slice(page.rows);
            match page.next {
                Some(next) => after = next,
                None => break,
            }
        }
        assert_eq!(seen, rows);
        assert_eq!(cut(&rows, "gone", u32::to_string).before, 0);
    }
}
