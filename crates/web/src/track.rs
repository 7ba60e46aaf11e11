//! Dates on one axis: each value one row, its words in text, its days as a mark.

use crate::labels::EN as L;
use crate::words;
use maud::{Markup, html};
use plainsight_case::views::ClaimRow;
use plainsight_text::Edtf;

/// Predicates whose object is a day.
pub(crate) fn dated(predicate: &str) -> bool {
    matches!(predicate, "opened" | "closed")
}

/// The sign of a relation.
pub(crate) fn fit(relation: &str) -> &'static str {
    match relation {
        "compatible" => "same",
        "succession" | "incomparable" => "near",
        "conflict" => "veto",
        _ => "",
    }
}

struct Row {
    date: Edtf,
    relation: String,
    note: String,
}

/// The axis with this claim's value and those of the others; nothing where
/// there is only one.
pub(crate) fn panel(claim: &ClaimRow) -> Markup {
    if !dated(&claim.predicate) {
        return html! {};
    }
    let origins = claim.origins.iter().filter(|o| o.counts).count();
    let own = Row {
        date: match Edtf::parse(&claim.object) {
            Ok(date) => date,
            Err(_) => return html! {},
        },
        relation: "this".to_owned(),
        note: words::count(origins, "origin", "origins"),
    };
    let others = claim.against.iter().filter_map(|other| {
        let date = Edtf::parse(&other.object).ok()?;
        Some(Row { date, relation: other.relation.clone(), note: String::new() })
    });
    let rows: Vec<Row> = std::iter::once(own).chain(others).collect();
    if rows.len() < 2 {
        return html! {};
    }
    let years = |row: &Row| [row.date.first, row.date.last].into_iter().flatten().map(|d| (d.number(), d));
    let all: Vec<i64> = rows.iter().flat_map(years).map(|(n, _)| n).collect();
    let year_of = |number: i64| 1970 + number.div_euclid(365);
    let (Some(low), Some(high)) = (all.iter().min(), all.iter().max()) else { return html! {} };
    let offset = epoch_offset();
    let (from, to) = (year_of(low - offset) - 1, year_of(high - offset) + 1);
    let start = day_number(from);
    let days = (day_number(to + 1) - start).max(1) as f64;
    let x = |number: i64| (number - start) as f64 / days * 1000.0;
    let step = ((to - from) / 8 + 1) as usize;
    let ticks: Vec<i64> = (from..=to).step_by(step).collect();
    html! {
        section class="panel" aria-labelledby="h-ti" { header { h3 id="h-ti" { (L.when_in_words) } span class="small quiet" { "a bar covers every day that the words allow" } }
            ol class="track" {
                li class="axis" aria-hidden="true" { ol { @for year in &ticks { li { (year) } } } }
                @for row in &rows {
                    @let conflict = row.relation == "conflict";
                    li {
                        div { (words::day(row.date.as_str())) small { @if row.relation == "this" { "this claim" } @else { "another claim" } } }
                        svg viewBox="0 0 1000 32" preserveAspectRatio="none" aria-hidden="true" {
                            @for year in &ticks { path class="gl" d=(format!("M{:.1},0V32", x(day_number(*year)))) {} }
                            @match (row.date.first, row.date.last) {
                                (Some(a), Some(b)) if b.number() - a.number() < 7 => { path class=(if conflict { "at out" } else { "at" }) d=(format!("M{:.1},6V26", x(a.number()))) {} }
                                (a, b) => {
                                    @let (left, right) = (a.map_or(0.0, |d| x(d.number())), b.map_or(1000.0, |d| x(d.number())));
                                    @let class = match (conflict, row.date.vague || a.is_none() || b.is_none()) { (true, _) => "out", (_, true) => "about", _ => "span" };
                                    rect class=(class) x=(format!("{left:.1}")) y="9" width=(format!("{:.1}", (right - left).max(2.0))) height="14" {}
                                }
                            }
                        }
                        div { @if row.relation == "this" { small { (row.note) } } @else { span class=(format!("fit {}", fit(&row.relation))) { (row.relation) } } }
                    }
                }
            }
        }
    }
}

/// `Day::number` counts from its own zero; this is 1 January 1970 in it.
fn epoch_offset() -> i64 {
    day_number(1970)
}

fn day_number(year: i64) -> i64 {
    let year = i32::try_from(year).unwrap_or(1970);
    plainsight_text::Day::new(year, 1, 1).map_or(0, |day| day.number())
}
