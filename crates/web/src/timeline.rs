//! The page Timeline: when, in whose words, and what has no date.
//!
//! Twenty groups a page, a group being a post; the table below the picture
//! holds the same rows, and `timeline.csv` those of all pages.

use crate::labels::claims::S as C;
use crate::labels::frame::S as F;
use crate::labels::views::S;
use crate::labels::{L, N, form, say, sentences, terms};
use crate::parts::{self, empty, grade};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::track::{self, Axis};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::timeline::{Dated, Timeline, Undated, timeline};
use plainsight_case::views::Finding;
use plainsight_text::Edtf;
use std::collections::BTreeMap;

const PATH: &str = "timeline";
/// Posts on one page.
const GROUPS: usize = 20;

/// What an address asks the timeline for.
struct Shown {
    line: Timeline,
    /// Town and state of each post, in the order of the posts.
    posts: Vec<(String, String)>,
    titles: BTreeMap<String, Title>,
    /// What filters leave, in the order asked for.
    rows: Vec<Dated>,
    from: Option<Edtf>,
    to: Option<Edtf>,
    /// What was typed as a day and is none.
    wrong: Vec<String>,
}

/// What a post is called here: two may stand in one town.
struct Title {
    place: String,
    operator: Option<String>,
}

fn shown(ctx: &Ctx) -> Result<Shown, DeskError> {
    let findings = ctx.desk().findings()?;
    let line = timeline(&findings, &ctx.desk().claims()?);
    let title = |f: &Finding| Title { place: place(f), operator: f.operator.clone() };
    let titles: BTreeMap<String, Title> = findings.iter().map(|f| (f.post.clone(), title(f))).collect();
    let posts = findings.iter().map(|f| (f.post.clone(), title(f).words())).collect();
    let mut wrong = Vec::new();
    let mut day = |key: &str| match ctx.query.get(key).trim() {
        "" => None,
        text => Edtf::parse(text).map_err(|_| wrong.push(text.to_owned())).ok(),
    };
    let (from, to) = (day("from"), day("to"));
    let (post, what) = (ctx.query.get("post"), ctx.query.get("what"));
    // Grades fall from 1; statuses have none and stand aside where one is asked for.
    let best: Option<u8> = ctx.query.get("grade").parse().ok();
    let like = post.trim().to_lowercase();
    let named = |id: &str| titles.get(id).is_some_and(|t| t.words().to_lowercase().contains(&like));
    let mut rows: Vec<Dated> = line
        .dated
        .iter()
        .filter(|row| post.is_empty() || row.post.as_deref().is_some_and(|id| id == post || named(id)))
        .filter(|row| what.is_empty() || row.what == what)
        .filter(|row| best.is_none_or(|best| row.grades.is_some_and(|(now, _)| now <= best)))
        .filter(|row| row.is_within(from.as_ref(), to.as_ref()))
        .cloned()
        .collect();
    let (by, down) = table::sorting(ctx, "post");
    match by {
        "when" => rows.sort_by_key(|row| (row.date.first.or(row.date.last), row.date.last)),
        "what" => rows.sort_by_key(words_of),
        "grade" => rows.sort_by_key(|row| row.grades.unwrap_or((u8::MAX, u8::MAX))),
        "origins" => rows.sort_by_key(|row| row.origins),
        _ => {}
    }
    if down {
        rows.reverse();
    }
    Ok(Shown { line, posts, titles, rows, from, to, wrong })
}

impl Title {
    fn words(&self) -> String {
        match &self.operator {
            Some(operator) => format!("{} ({operator})", self.place),
            None => self.place.clone(),
        }
    }
}

fn place(finding: &Finding) -> String {
    let title = parts::post_title(finding);
    match &finding.country {
        Some(country) if *country != title => format!("{title}, {country}"),
        _ => title,
    }
}

/// What happened, in words: a predicate as on the page of a post, or a status.
fn words_of(row: &Dated) -> String {
    match row.what.as_str() {
        // Never a post's own.
        "charged" | "convicted" => {
            words::sentence(&say(S.of_a_person, &[("status", &terms::status(&row.what))]))
        }
        what if row.is_status => words::sentence(terms::status(what)),
        what => terms::predicate(what).to_owned(),
    }
}

/// One post of the picture with its rows, in the order in which posts first come.
type Group<'r> = (Option<&'r str>, Vec<&'r Dated>);

fn groups(rows: &[Dated]) -> Vec<Group<'_>> {
    let mut out: Vec<Group> = Vec::new();
    for row in rows {
        match out.iter_mut().find(|(post, _)| *post == row.post.as_deref()) {
            Some((_, group)) => group.push(row),
            None => out.push((row.post.as_deref(), vec![row])),
        }
    }
    out
}

/// Filters, picture, table; what has no date is counted and linked.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let shown = shown(ctx)?;
    let body = html! {
        div class="head" {
            h1 { (L.timeline) } p { (sum(&shown)) }
            div class="btns" { a class="btn" href="#table" { (L.as_table) } a class="btn" href=(ctx.to(&ctx.query.on("timeline.csv"))) { (L.export_csv) } }
        }
        @if shown.line.dated.is_empty() && shown.line.undated.is_empty() {
            (empty(S.dated_none, S.dated_none_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else if !ctx.query.get("undated").is_empty() {
            (undated(ctx, &shown))
        } @else {
            (filters(ctx, &shown))
            @if shown.rows.is_empty() {
                (empty(S.dated_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to(PATH)) { (S.show_everything) } }))
                (without_date(ctx, &shown))
            } @else { (dated(ctx, &shown)) }
        }
    };
    Ok(shell::page(ctx, L.timeline, Nav::Timeline, body))
}

fn sum(shown: &Shown) -> String {
    let (all, some) = (shown.line.dated.len(), shown.rows.len());
    let template = if all == some { S.rows_sum } else { S.rows_sum_shown };
    let (rows, shown) = (words::count(all, N.dated_rows), words::number(some as u64));
    sentences(&[say(template, &[("rows", &rows), ("n", &shown)]), S.mark_covers.to_owned()])
}

fn filters(ctx: &Ctx, shown: &Shown) -> Markup {
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    for row in &shown.line.dated {
        kinds.insert(words_of(row), row.what.clone());
    }
    let kinds: Vec<(String, String)> = kinds.into_iter().map(|(words, what)| (what, words)).collect();
    let grades: Vec<(String, String)> =
        (1..=4).map(|n| (n.to_string(), say(S.or_better, &[("grade", &parts::grade_words(n))]))).collect();
    let field = |name: &str, label: &str, hint: &str| {
        let value = ctx.query.get(name);
        let bad = shown.wrong.iter().any(|text| text == value.trim());
        html! { label { (label) " " input class="input" name=(name) size="10" value=(value) placeholder=(hint) autocomplete="off" aria-invalid=[bad.then_some("true")]; } }
    };
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to(PATH)) {
            @if shown.posts.len() > table::CHOICES { (table::words_field("post", L.post, S.hint_town, ctx.query.get("post"))) }
            @else { (table::choice("post", L.post, S.all_posts, &shown.posts, ctx.query.get("post"))) }
            (table::choice("what", L.what, L.any, &kinds, ctx.query.get("what")))
            (table::choice("grade", L.grade, L.any, &grades, ctx.query.get("grade")))
            (field("from", L.from, "2016-06"))
            (field("to", L.until, "2023-12"))
            button class="btn" { (L.show) }
        }
        @for text in &shown.wrong {
            p class="small" role="alert" { span class="complaint" { (say(S.not_a_day, &[("text", text)])) } " " (S.hint_day) }
        }
    }
}

fn dated(ctx: &Ctx, shown: &Shown) -> Markup {
    let groups = groups(&shown.rows);
    let key = |(post, _): &Group| post.unwrap_or("none").to_owned();
    let after = ctx.query.get("after");
    let before = groups.iter().position(|group| key(group) == after).map_or(0, |at| at + 1);
    let page: Vec<&Group> = groups.iter().skip(before).take(GROUPS).collect();
    let left = groups.len() - before - page.len();
    html! {
        (track::key())
        (picture(ctx, shown, &page))
        (list(ctx, shown, &page))
        p class="pager" {
            span { @if page.len() == groups.len() { (words::count(groups.len(), S.all_posts_shown)) } @else { (say(S.posts_range, &[("from", &(before + 1)), ("to", &(before + page.len())), ("posts", &words::count(groups.len(), N.posts))])) } }
            span {
                @if before > 0 { a href=(ctx.to(&ctx.query.with("after", "").on(PATH))) { (F.first_page) } " " }
                @if left > 0 && let Some(last) = page.last() { a href=(ctx.to(&ctx.query.with("after", &key(last)).on(PATH))) { (words::count(left.min(GROUPS), S.next_posts)) } }
            }
        }
        (without_date(ctx, shown))
    }
}

/// What no line of time can hold, counted and linked.
fn without_date(ctx: &Ctx, shown: &Shown) -> Markup {
    let missing = shown.line.undated.len();
    html! {
        @if missing > 0 {
            p class="small quiet" { (words::count(missing, S.no_date)) " "
                a href=(ctx.to(&format!("{PATH}?undated=1"))) { (form(missing, S.list_it)) } "." }
        }
        @if shown.line.rejected > 0 {
            p class="small quiet" { (words::count(shown.line.rejected, S.rejected)) " " a href=(ctx.to("claims")) { (L.claims) } "." }
        }
    }
}

/// The years that are drawn: those asked for, else those that the rows need.
fn axis(shown: &Shown) -> Option<Axis> {
    let needed = Axis::over(shown.rows.iter().map(|row| &row.date))?;
    let from = shown.from.as_ref().and_then(|date| date.first).map(|day| day.year);
    let to = shown.to.as_ref().and_then(|date| date.last).map(|day| day.year);
    Some(match (from, to) {
        (None, None) => needed,
        (from, to) => {
            let (low, high) = needed.years();
            let low = from.unwrap_or(low);
            Axis::between(low, to.unwrap_or(high).max(low))
        }
    })
}

fn picture(ctx: &Ctx, shown: &Shown, page: &[&Group]) -> Markup {
    let Some(axis) = axis(shown) else { return html! {} };
    html! {
        section class="panel" aria-label=(L.timeline) {
            ol class="track" data-list {
                (axis.head())
                @for (post, rows) in page {
                    li class="band" { (title(ctx, shown, *post)) }
                    @for row in rows {
                        li class="row" {
                            div { a href=(to(ctx, row)) { (words_of(row)) } @if !row.value.is_empty() { small { (parts::unknown(&row.value)) } } }
                            // The words beside it are the link for keys and ears; the mark is the same one for a pointer.
                            a class="mark" href=(to(ctx, row)) tabindex="-1" aria-hidden="true" { (axis.mark(&row.date, row.conflicts() || row.withdrawn)) }
                            div { (words::day(row.date.as_str())) (sign(row)) }
                        }
                    }
                }
            }
        }
    }
}

/// What stands beside the words of a date: that it contradicts, its grade, or that it is a status.
fn sign(row: &Dated) -> Markup {
    html! {
        @if row.withdrawn { small class="complaint" { (C.why_withdrawn) } }
        @if !matches!(row.relation.as_str(), "" | "compatible") { small { span class=(format!("fit {}", track::fit(&row.relation))) { (terms::relation(&row.relation)) } } }
        @if let Some((now, if_read)) = row.grades {
            small { (grade(now, parts::grade_words(now))) } @if now != if_read { small { (say(S.grade_if_read, &[("grade", &parts::grade_words(if_read))])) } }
        } @else { small { (S.status) } }
    }
}

/// The claim that a row leads to; a status whose quote no claim has leads to its post.
fn to(ctx: &Ctx, row: &Dated) -> String {
    match (&row.claim, &row.post) {
        (Some(claim), _) => ctx.to(&format!("claim/{claim}")),
        (None, Some(post)) => ctx.to(&format!("post/{post}")),
        (None, None) => ctx.to("claims"),
    }
}

fn title(ctx: &Ctx, shown: &Shown, post: Option<&str>) -> Markup {
    html! {
        @match post.and_then(|id| Some((id, shown.titles.get(id)?))) {
            Some((id, title)) => {
                a href=(ctx.to(&format!("post/{id}"))) { (title.place) }
                @if let Some(operator) = &title.operator { small { (parts::unknown(operator)) } }
            }
            None => { (S.about_no_post) }
        }
    }
}

fn list(ctx: &Ctx, shown: &Shown, page: &[&Group]) -> Markup {
    let columns = [
        Column("post", L.post, ""),
        Column("what", L.what, ""),
        Column("when", L.day, ""),
        Column("", L.relation_short, ""),
        Column("grade", L.grade, ""),
        Column("origins", L.origins, "num"),
    ];
    // Sorted by anything but the post the rows of a page stand in that order, not by post.
    let on_page: Vec<&Dated> = page.iter().flat_map(|(_, rows)| rows.iter().copied()).collect();
    let rows: Vec<&Dated> = match table::sorting(ctx, "post").0 {
        "post" => on_page,
        _ => shown.rows.iter().filter(|row| on_page.iter().any(|other| std::ptr::eq(*other, *row))).collect(),
    };
    html! {
        section id="table" tabindex="-1" aria-labelledby="t-h" class="below" { h2 id="t-h" { (L.the_same_table) }
            table class="cards" role="table" {
                caption class="vh" { (words::count(rows.len(), S.dated_same)) }
                (table::head(ctx, PATH, &columns, "post"))
                tbody role="rowgroup" { @for row in rows { tr role="row" {
                    td role="cell" class="name" { (title(ctx, shown, row.post.as_deref())) }
                    td role="cell" data-l=(L.what) { div { a href=(to(ctx, row)) { (words_of(row)) } @if !row.value.is_empty() { small { (parts::unknown(&row.value)) } } } }
                    td role="cell" data-l=(L.day) { div { (words::day(row.date.as_str())) } }
                    td role="cell" data-l=(L.relation_short) { div {
                        @if row.withdrawn { small class="complaint" { (C.why_withdrawn) } }
                        @if row.is_status { (S.status) } @else if row.is_only { (S.only_value) } @else if row.relation.is_empty() { (S.best_supported) } @else { span class=(format!("fit {}", track::fit(&row.relation))) { (terms::relation(&row.relation)) } }
                    } }
                    td role="cell" data-l=(L.grade) { div { @if let Some((now, if_read)) = row.grades { (grade(now, parts::grade_words(now))) @if now != if_read { small { (parts::if_read(if_read)) } } } @else { "–" } } }
                    td role="cell" class="num" data-l=(L.origins) { div { @match row.origins { Some(n) => { (n) }, None => { "–" } } } }
                } } }
            }
        }
    }
}

fn undated(ctx: &Ctx, shown: &Shown) -> Markup {
    let rows = &shown.line.undated;
    let number =
        |row: &Undated| rows.iter().position(|other| std::ptr::eq(other, row)).unwrap_or(0).to_string();
    let cut = table::cut(rows, ctx.query.get("after"), number);
    html! {
        p class="small" { (S.gives_no_day) " " a href=(ctx.to(PATH)) { (S.back_to_timeline) } }
        table class="cards" role="table" id="table" tabindex="-1" {
            caption class="vh" { (S.undated) }
            thead role="rowgroup" { tr role="row" { @for head in [L.post, L.what, L.claim] { th role="columnheader" scope="col" { (head) } } } }
            tbody role="rowgroup" data-list { @for row in cut.rows { tr role="row" {
                td role="cell" data-l=(L.post) { div { (title(ctx, shown, row.post.as_deref())) } }
                td role="cell" data-l=(L.what) { div { (terms::predicate(&row.what)) } }
                td role="cell" class="name" { @match &row.claim { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (parts::own(&row.text)) } }, None => { (parts::own(&row.text)) } } }
            } } }
        }
        (table::pager(ctx, PATH, &cut, ""))
    }
}

/// All rows that the filters leave, or what has no date where that is asked for.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let Shown { rows, titles, line, .. } = shown(ctx)?;
    if !ctx.query.get("undated").is_empty() {
        let rows = line.undated.into_iter().map(|row| {
            let place = row.post.as_ref().and_then(|post| titles.get(post)).map(Title::words);
            let some = Option::unwrap_or_default;
            vec![some(row.post), some(place), row.what, row.text, some(row.claim)]
        });
        let heading = ["post", "place", "what", "text", "claim"];
        return Ok(Reply::csv("undated.csv", crate::csv::write(&heading, rows)));
    }
    let heading = [
        "post",
        "place",
        "what",
        "kind",
        "value",
        "edtf",
        "first",
        "last",
        "relation",
        "claim",
        "grade",
        "grade_if_read",
        "origins",
        "withdrawn",
    ];
    let day = |day: Option<plainsight_text::Day>| day.map_or_else(String::new, |day| day.to_string());
    let rows = rows.into_iter().map(|row| {
        let (now, if_read) =
            row.grades.map_or_else(Default::default, |(a, b)| (a.to_string(), b.to_string()));
        vec![
            row.post.clone().unwrap_or_default(),
            row.post.as_ref().and_then(|post| titles.get(post)).map(Title::words).unwrap_or_default(),
            row.what.clone(),
            if row.is_status { "status" } else { "claim" }.to_owned(),
            row.value.clone(),
            row.date.to_string(),
            day(row.date.first),
            day(row.date.last),
            row.relation.clone(),
            row.claim.clone().unwrap_or_default(),
            now,
            if_read,
            row.origins.map_or_else(String::new, |n| n.to_string()),
            if row.withdrawn { "yes" } else { "" }.to_owned(),
        ]
    });
    Ok(Reply::csv("timeline.csv", crate::csv::write(&heading, rows)))
}
