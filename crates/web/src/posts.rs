//! Posts: which are claimed, and what a register says.

use crate::labels::frame::S as F;
use crate::labels::posts::S;
use crate::labels::{L, N, say, sentences, terms};
use crate::map::{self, Place};
use crate::parts::{self, empty, foreign, grade, main_verdict, verdict};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::views::Finding;
use std::collections::BTreeSet;

/// A post with its number, which stays whatever is filtered or sorted.
pub(crate) type Numbered = (usize, Finding);

/// All posts with their numbers.
pub(crate) fn numbered(ctx: &Ctx) -> Result<Vec<Numbered>, DeskError> {
    Ok(ctx.desk().findings()?.into_iter().enumerate().map(|(at, finding)| (at + 1, finding)).collect())
}

/// Places of posts for a map.
pub(crate) fn places(posts: &[Numbered]) -> Vec<Place> {
    let place = |(number, post): &Numbered| {
        let (lat, lon) = post.position.filter(|(lat, lon)| lat.is_finite() && lon.is_finite())?;
        Some(Place {
            number: *number,
            label: parts::post_title(post),
            outcome: main_verdict(&post.verdicts).to_owned(),
            lat,
            lon,
        })
    };
    posts.iter().filter_map(place).collect()
}

/// All posts, and those that the address asks for in its order.
pub(crate) fn chosen(ctx: &Ctx) -> Result<(Vec<Numbered>, Vec<Numbered>), DeskError> {
    let all = numbered(ctx)?;
    let fits =
        |key: &str, value: Option<&str>| ctx.query.get(key).is_empty() || value == Some(ctx.query.get(key));
    let mut rows: Vec<Numbered> = all
        .iter()
        .filter(|(_, post)| {
            fits("register", Some(main_verdict(&post.verdicts)))
                && fits("state", post.country.as_deref())
                && fits("operator", post.operator.as_deref())
                && fits("sending", post.operator_country.as_deref())
        })
        .cloned()
        .collect();
    let (by, down) = table::sorting(ctx, "number");
    match by {
        "post" => rows.sort_by_key(|(_, p)| (p.country.clone(), p.city.clone())),
        "operator" => rows.sort_by_key(|(_, p)| p.operator.clone()),
        "opened" => rows.sort_by_key(|(_, p)| (p.opened.is_none(), p.opened.clone())),
        "register" => rows.sort_by_key(|(_, p)| main_verdict(&p.verdicts).to_owned()),
        "exists" => rows.sort_by_key(|(_, p)| (p.grade, p.grade_if_read)),
        "origins" => rows.sort_by_key(|(_, p)| p.origins),
        _ => {}
    }
    if down {
        rows.reverse();
    }
    Ok((all, rows))
}

/// Table and map.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (all, rows) = chosen(ctx)?;
    let states: BTreeSet<&str> = all.iter().filter_map(|(_, p)| p.country.as_deref()).collect();
    let (posts, states) = (words::count(all.len(), N.posts), words::count(states.len(), N.host_states));
    let posts = say(S.posts_in_states, &[("posts", &posts), ("states", &states)]);
    let sum = sentences(&[posts, S.separate_claims.to_owned()]);
    let body = html! {
        div class="head" {
            h1 { (L.posts) } p { (sum) }
            div class="btns" { a class="btn to-map" href="#map" { (L.map) } a class="btn" href=(ctx.to(&ctx.query.on("posts.csv"))) { (L.export_csv) } }
        }
        @if all.is_empty() {
            (empty(S.posts_none, S.posts_none_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else {
            (chips(ctx, "posts", &all))
            (filters(ctx, "posts", &all))
            div class="cols posts" {
                div { (list(ctx, &rows)) }
                figure class="sticky" id="map" tabindex="-1" {
                    @let placed = places(&rows);
                    @match map::svg("map-t", &placed, 400.0, 470.0) {
                        Some(svg) => { (svg) figcaption { (S.map_shared) " "
                            @if placed.len() < rows.len() { (words::sentence(&words::told(rows.len() - placed.len(), S.known_place_not))) " " }
                            (S.map_sides) } }
                        None => { figcaption { (S.no_known_place) } }
                    }
                }
            }
        }
    };
    Ok(shell::page(ctx, L.posts, Nav::Posts, body))
}

/// A chip an answer of the register, each with its count.
pub(crate) fn chips(ctx: &Ctx, path: &str, all: &[Numbered]) -> Markup {
    let on = ctx.query.get("register");
    let count = |word: &str| all.iter().filter(|(_, p)| main_verdict(&p.verdicts) == word).count();
    html! {
        nav class="chips" aria-label=(S.filter_by_answer) {
            a class="chip" aria-current=[on.is_empty().then_some("true")] href=(ctx.to(&ctx.query.with("register", "").on(path))) { (L.all) " " (all.len()) }
            @for word in ["not listed", "host state says", "cannot tell", "listed"] {
                @if count(word) > 0 {
                    a class="chip" aria-current=[(on == word).then_some("true")] href=(ctx.to(&ctx.query.with("register", word).on(path))) { (verdict(word)) " " (count(word)) }
                }
            }
        }
    }
}

/// Filters by host state, operator and the operator's state.
pub(crate) fn filters(ctx: &Ctx, path: &str, all: &[Numbered]) -> Markup {
    let sending = table::distinct(all.iter().filter_map(|(_, p)| p.operator_country.as_deref()));
    let states = table::distinct(all.iter().filter_map(|(_, p)| p.country.as_deref()));
    let operators = table::distinct(all.iter().filter_map(|(_, p)| p.operator.as_deref()));
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to(path)) {
            @if !ctx.query.get("register").is_empty() { input type="hidden" name="register" value=(ctx.query.get("register")); }
            (table::choice("state", L.host_state, L.any, &states, ctx.query.get("state")))
            (table::choice("operator", L.operator, L.any, &operators, ctx.query.get("operator")))
            @if !sending.is_empty() { (table::choice("sending", L.sending_state, L.any, &sending, ctx.query.get("sending"))) }
            button class="btn" { (L.show) }
        }
    }
}

fn list(ctx: &Ctx, rows: &[Numbered]) -> Markup {
    let columns = [
        Column("number", "№", "pin-cell"),
        Column("post", L.post, ""),
        Column("operator", L.operator, ""),
        Column("opened", L.opened, "day"),
        Column("register", L.in_register, ""),
        Column("exists", L.cell_grade_exists, ""),
        Column("origins", L.origins, "num"),
        Column("", L.latest_status, ""),
    ];
    let cut = table::cut(rows, ctx.query.get("after"), |(_, post)| post.post.clone());
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(S.region_table) {
            table class="cards" role="table" {
                caption class="vh" { (table::sorted(ctx, &columns, "number", &words::count(rows.len(), N.posts))) }
                (table::head(ctx, "posts", &columns, "number"))
                tbody role="rowgroup" data-list { @for row in cut.rows { (line(ctx, row)) } }
            }
        }
        @if rows.is_empty() {
            (empty(S.posts_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to("posts")) { (L.show_all) } }))
        }
        (table::pager(ctx, "posts", &cut, ""))
    }
}

fn line(ctx: &Ctx, (number, post): &Numbered) -> Markup {
    let word = main_verdict(&post.verdicts);
    html! {
        tr role="row" id=(format!("post-{number}")) {
            td role="cell" class="pin-cell" { span class=(format!("pin {}", parts::verdict_class(word))) { (number) } }
            td role="cell" class="name" { (name(ctx, post)) }
            td role="cell" data-l=(L.operator) { div { @match &post.operator { Some(operator) => { (parts::unknown(operator)) }, None => { (S.not_stated) } } } }
            td role="cell" class="day" data-l=(L.opened) { div { (opened(post)) } }
            td role="cell" data-l=(L.in_register) { div { (verdict(word)) } }
            td role="cell" data-l=(L.cell_grade_exists) { div { (grade(post.grade, parts::grade_words(post.grade)))
                @if post.grade != post.grade_if_read { small { (parts::if_read(post.grade_if_read)) } } } }
            td role="cell" class="num" data-l=(L.origins) { div { (post.origins) " " small { (words::count(pages(post), F.in_pages)) } } }
            td role="cell" data-l=(L.latest_status) { div { (status(post)) } }
        }
    }
}

/// The name of a post in a list: the link, then its own words with pinyin.
pub(crate) fn name(ctx: &Ctx, post: &Finding) -> Markup {
    html! {
        a href=(ctx.to(&format!("post/{}", post.post))) { (parts::post_title(post)) }
        @if let Some(country) = &post.country { ", " (country) }
        @if let Some(name) = parts::first_name(post) {
            small { (foreign(&name.text, &name.lang)) @if gloss::has_han(&name.text) { " " span lang="zh-Latn-pinyin" { (gloss::pinyin(&name.text)) } } }
        }
    }
}

/// The best supported day, and that others are said.
pub(crate) fn opened(post: &Finding) -> Markup {
    let conflicts: Vec<String> = post
        .opened_conflicts
        .iter()
        .filter(|c| c.relation == "conflict")
        .map(|c| words::day(&c.value))
        .collect();
    html! {
        @match &post.opened { Some(day) => { (words::day(day)) }, None => { (S.not_stated) } }
        @if !conflicts.is_empty() { " " small { (say(S.or_others, &[("days", &conflicts.join(", "))])) } }
    }
}

/// How many documents speak of it.
pub(crate) fn pages(post: &Finding) -> usize {
    post.evidence.iter().map(|e| e.document.as_str()).collect::<BTreeSet<_>>().len()
}

/// The status with the last day, in words.
fn status(post: &Finding) -> String {
    let last = post.statuses.iter().max_by_key(|status| status.date.clone());
    last.map_or_else(
        || S.none.to_owned(),
        |status| match &status.date {
            Some(date) => {
                say(S.status_on, &[("status", &terms::status(&status.word)), ("day", &words::day(date))])
            }
            None => terms::status(&status.word).to_owned(),
        },
    )
}

/// The filtered set, all pages of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (_, rows) = chosen(ctx)?;
    let heading = [
        "number",
        "post",
        "names",
        "country",
        "city",
        "operator",
        "host_body",
        "address",
        "phone",
        "opened",
        "opened_conflicts",
        "register",
        "grade",
        "grade_if_read",
        "origins",
        "latest_status",
    ];
    let some = |value: &Option<String>| value.clone().unwrap_or_default();
    let rows = rows.iter().map(|(number, post)| {
        let names: Vec<&str> = post.names.iter().map(|name| name.text.as_str()).collect();
        let others: Vec<&str> = post.opened_conflicts.iter().map(|c| c.value.as_str()).collect();
        vec![
            number.to_string(),
            post.post.clone(),
            names.join(" | "),
            some(&post.country),
            some(&post.city),
            some(&post.operator),
            some(&post.host_body),
            some(&post.address),
            some(&post.phone),
            some(&post.opened),
            others.join(" | "),
            main_verdict(&post.verdicts).to_owned(),
            post.grade.to_string(),
            post.grade_if_read.to_string(),
            post.origins.to_string(),
            status(post),
        ]
    });
    Ok(Reply::csv("posts.csv", crate::csv::write(&heading, rows)))
}
