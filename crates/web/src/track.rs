//! Dates on one axis: each value one row, its words in text, its days as a mark.

use crate::labels::claims::S as C;
use crate::labels::views::S;
use crate::labels::{L, N, terms};
use crate::words;
use maud::{Markup, html};
use plainsight_case::views::ClaimRow;
use plainsight_text::{Day, Edtf};

/// The units of an axis, which is stretched to whatever width there is.
const WIDTH: f64 = 1000.0;
/// Labels that fit beside each other on a telephone.
const LABELS: u32 = 8;
/// The arrow of a date with one end.
const ARROW: f64 = 70.0;

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

/// Whole years beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Axis {
    from: i32,
    /// Years in front of the last one.
    years: i32,
    /// Years between two labels; `years` is a multiple of it, so that labels and lines agree.
    step: i32,
}

impl Axis {
    /// From the year before the first day to the year after the last one; none without any day.
    pub(crate) fn over<'d>(dates: impl Iterator<Item = &'d Edtf> + Clone) -> Option<Self> {
        let days = dates.flat_map(|date| [date.first, date.last]).flatten().map(|day| day.year);
        let (low, high) = (days.clone().min()?, days.max()?);
        Some(Self::between(low - 1, high + 1))
    }

    /// From the first day of one year to the last of another.
    pub(crate) fn between(from: i32, to: i32) -> Self {
        let years = u32::try_from(to - from + 1).unwrap_or(1).clamp(1, 10_000);
        let step = years.div_ceil(LABELS);
        let whole = years.div_ceil(step) * step;
        Self { from, years: whole as i32, step: step as i32 }
    }

    /// The first and the last year.
    pub(crate) fn years(&self) -> (i32, i32) {
        (self.from, self.from + self.years - 1)
    }

    fn labels(&self) -> impl Iterator<Item = i32> + use<> {
        (self.from..self.from + self.years).step_by(self.step.max(1) as usize)
    }

    /// Where a day begins; what lies outside stands at the edge.
    fn x(&self, day: Day) -> f64 {
        let start = Day::new(day.year, 1, 1).map_or(0, |first| first.number());
        let length = Day::new(day.year, 12, 31).map_or(365, |last| last.number() - start + 1);
        let part = (day.number() - start) as f64 / length as f64;
        ((f64::from(day.year - self.from) + part) / f64::from(self.years) * WIDTH).clamp(0.0, WIDTH)
    }

    /// The years as the first row of a track.
    pub(crate) fn head(&self) -> Markup {
        html! { li class="axis" aria-hidden="true" { ol { @for year in self.labels() { li { (year) } } } } }
    }

    /// A date as a mark: a day is a tick, more is a bar, what is vague has a dashed edge, what has
    /// one end is an arrow, what contradicts is hollow.
    pub(crate) fn mark(&self, date: &Edtf, conflict: bool) -> Markup {
        html! {
            svg viewBox="0 0 1000 32" preserveAspectRatio="none" aria-hidden="true" {
                @for year in self.labels() { @if let Some(day) = Day::new(year, 1, 1) { path class="gl" d=(format!("M{:.1},0V32", self.x(day))) {} } }
                @match (date.first, date.last) {
                    (Some(a), Some(b)) if b.number() - a.number() < 7 && !is_vague(date) => {
                        @if conflict { rect class="out" x=(format!("{:.1}", self.x(a) - 6.0)) y="7" width="12" height="18" {} }
                        @else { path class="at" d=(format!("M{:.1},6V26", self.x(a))) {} }
                    }
                    (Some(a), Some(b)) => {
                        @let class = match (conflict, is_vague(date)) { (true, _) => "out", (_, true) => "about", _ => "span" };
                        @let (left, right) = (self.x(a), self.end(b));
                        rect class=(class) x=(format!("{left:.1}")) y="9" width=(format!("{:.1}", (right - left).max(4.0))) height="14" {}
                    }
                    (None, Some(b)) => { (self.arrow(self.end(b), -1.0, conflict)) }
                    (Some(a), None) => { (self.arrow(self.x(a), 1.0, conflict)) }
                    (None, None) => {}
                }
            }
        }
    }

    /// Where a day ends.
    fn end(&self, day: Day) -> f64 {
        let days = f64::from(self.years) * 365.25;
        (self.x(day) + WIDTH / days).min(WIDTH)
    }

    /// A line at the known end, and an arrow to where the days are open.
    fn arrow(&self, at: f64, towards: f64, conflict: bool) -> Markup {
        let tip = (at + ARROW * towards).clamp(2.0, WIDTH - 2.0);
        let barb = tip - 12.0 * towards;
        let class = if conflict { "open out" } else { "open" };
        html! { path class=(class) d=(format!("M{at:.1},6V26M{at:.1},16H{tip:.1}M{barb:.1},10L{tip:.1},16L{barb:.1},22")) {} }
    }
}

/// About a day, or one of several.
fn is_vague(date: &Edtf) -> bool {
    date.vague || (date.as_str().contains('/') && date.first.is_some() && date.last.is_some())
}

/// What the marks mean; the legend stays on the page.
pub(crate) fn key() -> Markup {
    let bar = |class: &str| html! { rect x="4" y="2" width="28" height="8" class=(class) {} };
    let sign = |drawing: Markup, words: &str| html! { span { svg viewBox="0 0 36 12" aria-hidden="true" { (drawing) } " " (words) } };
    html! {
        p class="key" {
            (sign(html! { path d="M18,0V12" class="k-at" {} }, S.key_day))
            (sign(bar("k-span"), S.key_span))
            (sign(bar("k-about"), S.key_about))
            (sign(html! { path d="M2,6H30M30,0V12M8,2L2,6L8,10" class="k-open" {} }, S.key_open))
            (sign(bar("k-out"), S.key_contradicts))
        }
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
        note: words::count(origins, N.origins),
    };
    let others = claim.against.iter().filter_map(|other| {
        let date = Edtf::parse(&other.object).ok()?;
        Some(Row { date, relation: other.relation.clone(), note: String::new() })
    });
    let rows: Vec<Row> = std::iter::once(own).chain(others).collect();
    if rows.len() < 2 {
        return html! {};
    }
    let Some(axis) = Axis::over(rows.iter().map(|row| &row.date)) else { return html! {} };
    html! {
        section class="panel" aria-labelledby="h-ti" { header { h3 id="h-ti" { (L.when_in_words) } span class="small quiet" { (C.bar_covers) } }
            ol class="track" {
                (axis.head())
                @for row in &rows {
                    li {
                        div { (words::day(row.date.as_str())) small { @if row.relation == "this" { (C.this_claim) } @else { (C.another_claim) } } }
                        (axis.mark(&row.date, row.relation == "conflict"))
                        div { @if row.relation == "this" { small { (row.note) } } @else { span class=(format!("fit {}", fit(&row.relation))) { (terms::relation(&row.relation)) } } }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Edtf {
        Edtf::parse(text).expect("a date")
    }

    #[test]
    fn labels_stand_at_their_lines_however_many_years_there_are() {
        for (from, to, labels) in [
            (2016, 2023, vec![2016, 2017, 2018, 2019, 2020, 2021, 2022, 2023]),
            (2016, 2024, vec![2016, 2018, 2020, 2022, 2024]),
            (1949, 2023, vec![1949, 1959, 1969, 1979, 1989, 1999, 2009, 2019]),
            (2020, 2020, vec![2020]),
        ] {
            let axis = Axis::between(from, to);
            assert_eq!(axis.labels().collect::<Vec<_>>(), labels);
            for (at, year) in axis.labels().enumerate() {
                // Labels are cells of equal width.
                let cell = at as f64 * WIDTH / labels.len() as f64;
                let line = axis.x(Day::new(year, 1, 1).expect("a day"));
                assert!((cell - line).abs() < 1e-6, "{year}: {cell} {line}");
            }
        }
    }

    #[test]
    fn each_kind_of_date_has_its_mark() {
        let axis = Axis::over([date("2016"), date("2023")].iter()).expect("days");
        for (text, conflict, class) in [
            ("2018-06-18", false, "class=\"at\""),
            ("2018-06-18", true, "class=\"out\""),
            ("2018-06", false, "class=\"span\""),
            ("2018", false, "class=\"span\""),
            ("2018", true, "class=\"out\""),
            ("2019~", false, "class=\"about\""),
            ("2021/2022", false, "class=\"about\""),
            ("../2021-03", false, "class=\"open\""),
            ("2021-03/", false, "class=\"open\""),
        ] {
            let drawn = axis.mark(&date(text), conflict).into_string();
            assert!(drawn.contains(class), "{text}: {drawn}");
        }
        let before = axis.mark(&date("../2021-03"), false).into_string();
        let after = axis.mark(&date("2021-03/"), false).into_string();
        assert_ne!(before, after, "an arrow points to where the days are open");
    }

    #[test]
    fn a_date_outside_the_axis_stands_at_its_edge_and_panics_nowhere() {
        let axis = Axis::between(2016, 2018);
        for text in ["0000", "9999", "1999-02-28/..", "../9999-12-31", "2018-12-31"] {
            let drawn = axis.mark(&date(text), false).into_string();
            assert!(!drawn.contains("NaN") && !drawn.contains("width=\"-"), "{text}: {drawn}");
        }
        assert!(Axis::over([].iter()).is_none());
    }
}
