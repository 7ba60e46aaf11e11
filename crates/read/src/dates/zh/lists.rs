//! Lists of days: 6月3日、4日和7日, 2021年6月3日、7月4日: what stands once in front goes for those behind it.

use super::super::combine::{Piece, lend_month};
use super::super::value::What;

/// Lends month and year to the days that follow in a list.
pub(super) fn lend(text: &str, mut pieces: Vec<Piece>) -> Vec<Piece> {
    for at in 1..pieces.len() {
        let (Some(before), Some(piece)) = (pieces.get(at - 1), pieces.get(at)) else { continue };
        let gap = text.get(before.end..piece.start).unwrap_or("").trim();
        if !matches!(gap, "、" | "，" | "," | "和" | "与" | "及" | "以及" | "或" | "；") {
            continue;
        }
        let lent = lend_year_on(&before.what, &lend_month(&before.what, &piece.what));
        if let Some(piece) = pieces.get_mut(at) {
            piece.what = lent;
        }
    }
    pieces
}

/// The year in front goes for a day of a month behind it.
fn lend_year_on(a: &What, b: &What) -> What {
    match (a, b) {
        (
            What::Calendar { year: Some(year), month: Some(from), day: Some(_) },
            What::Calendar { year: None, month: Some(month), day: Some(day) },
        ) => What::Calendar {
            year: Some(year + i32::from(month < from)),
            month: Some(*month),
            day: Some(*day),
        },
        _ => b.clone(),
    }
}
