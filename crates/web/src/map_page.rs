//! The page Map: where posts are said to be, and the same as a table.
//!
//! `bbox` is a part of the earth, `z` how many steps nearer it is drawn; both
//! cut picture and table alike, as every other filter does.

use crate::labels::posts::S as P;
use crate::labels::views::S;
use crate::labels::{L, N, form, say, sentences};
use crate::map::{self, Area, Place, View};
use crate::parts::{self, empty, grade, main_verdict, verdict};
use crate::posts::{self, Numbered};
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, words};
use maud::{Markup, html};
use plainsight_case::views::Finding;
use std::collections::BTreeMap;

const PATH: &str = "map";
const WIDTH: f64 = 480.0;
const HEIGHT: f64 = 420.0;
/// A marker of several posts opens no smaller part than this, in degrees.
const LEAST: f64 = 0.5;

/// What an address asks the map for.
struct Shown {
    all: Vec<Numbered>,
    /// What filters leave, wherever it is.
    fitting: Vec<Numbered>,
    /// Of these, what the picture shows; or what has no place, where that is asked for.
    rows: Vec<Numbered>,
    /// How many of those that fit have a place.
    placed: usize,
    view: Option<View>,
    /// The claim that a post exists, by post.
    exists: BTreeMap<String, String>,
}

fn shown(ctx: &Ctx) -> Result<Shown, DeskError> {
    let (all, fitting) = posts::chosen(ctx)?;
    let places = posts::places(&fitting);
    let placed = places.len();
    let claims = ctx.desk().claims()?.into_iter().filter(|claim| claim.predicate == "exists");
    let exists = claims.map(|claim| (claim.subject, claim.claim)).collect();
    if is_unplaced(ctx) {
        let rows = fitting.iter().filter(|(_, post)| position(post).is_none()).cloned().collect();
        return Ok(Shown { all, fitting, rows, placed, view: None, exists });
    }
    let asked = Area::parse(ctx.query.get("bbox"));
    let view = (!places.is_empty()).then(|| {
        let (area, least) = match &asked {
            Some(area) => (*area, LEAST),
            None => (Area::around(places.iter()), 7.0),
        };
        View::of(&area, least, WIDTH, HEIGHT).nearer(step(ctx))
    });
    let in_view = |post: &Finding| match (&view, position(post)) {
        (Some(view), Some((lat, lon))) => view.shows(lat, lon),
        _ => false,
    };
    let rows = fitting.iter().filter(|(_, post)| in_view(post)).cloned().collect();
    Ok(Shown { all, fitting, rows, placed, view, exists })
}

fn is_unplaced(ctx: &Ctx) -> bool {
    ctx.query.get("place") == "none"
}

/// Steps nearer than the area asked for; further ones show nothing new.
fn step(ctx: &Ctx) -> i32 {
    ctx.query.get("z").parse::<i32>().unwrap_or(0).clamp(-6, 9)
}

fn position(post: &Finding) -> Option<(f64, f64)> {
    post.position.filter(|(lat, lon)| lat.is_finite() && lon.is_finite())
}

/// Filters, picture, table; what has no place is counted and linked.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let shown = shown(ctx)?;
    let body = html! {
        div class="head" {
            h1 { (L.map) } p { (sum(&shown)) }
            div class="btns" { a class="btn" href="#table" { (L.as_table) } a class="btn" href=(ctx.to(&ctx.query.on("map.csv"))) { (L.export_csv) } }
        }
        @if shown.all.is_empty() {
            (empty(P.posts_none, S.posts_none_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else {
            (posts::chips(ctx, PATH, &shown.all))
            (posts::filters(ctx, PATH, &shown.all))
            (unplaced(ctx, &shown))
            @if shown.fitting.is_empty() {
                (empty(P.posts_no_fit, L.each_filter, html! { a class="btn main" href=(ctx.to(PATH)) { (L.show_all) } }))
            } @else {
                div class="cols over atlas" { (picture(ctx, &shown)) (list(ctx, &shown)) }
            }
        }
    };
    Ok(shell::page(ctx, L.map, Nav::Map, body))
}

fn sum(shown: &Shown) -> String {
    let posts = words::count(shown.fitting.len(), N.posts);
    let template = if shown.rows.len() == shown.placed { S.on_the_map } else { S.on_the_map_shown };
    let (placed, n) = (words::number(shown.placed as u64), words::number(shown.rows.len() as u64));
    say(template, &[("posts", &posts), ("placed", &placed), ("n", &n)])
}

fn unplaced(ctx: &Ctx, shown: &Shown) -> Markup {
    let missing = shown.fitting.len() - shown.placed;
    html! {
        @if is_unplaced(ctx) {
            p class="small" { (S.only_unplaced) " " a href=(ctx.to(&ctx.query.with("place", "").on(PATH))) { (S.back_to_map) } }
        } @else if missing > 0 {
            p class="small quiet" { (words::count(missing, S.no_place)) " "
                a href=(ctx.to(&ctx.query.with("bbox", "").with("z", "").with("place", "none").on(PATH))) { (form(missing, S.list_it)) } }
        }
    }
}

fn picture(ctx: &Ctx, shown: &Shown) -> Markup {
    let mut places = posts::places(&shown.rows);
    places.sort_by_key(|place| place.number);
    let link = |group: &[&Place]| match group {
        [one] => {
            let post = shown.rows.iter().find(|(number, _)| *number == one.number);
            ctx.to(&post.map_or_else(|| PATH.to_owned(), |(_, post)| format!("post/{}", post.post)))
        }
        many => ctx.to(&part_of(ctx, Area::around(many.iter().copied())).on(PATH)),
    };
    html! {
        figure id="map" tabindex="-1" {
            @match &shown.view {
                Some(view) => {
                    (steps(ctx, view))
                    (map::linked("map-t", &places, view, &link))
                    figcaption { (sentences(&[S.map_legend.to_owned(), S.map_towns.to_owned()])) }
                }
                None => { figcaption { (P.no_known_place) } }
            }
        }
    }
}

/// The same filters on another part of the earth.
fn part_of(ctx: &Ctx, area: Area) -> crate::query::Query {
    ctx.query.with("z", "").with("bbox", &area.write())
}

/// In, out, whole, and a half of the picture to each side: links, so that Back works.
fn steps(ctx: &Ctx, view: &View) -> Markup {
    let z = step(ctx);
    let near = |z: i32| ctx.to(&ctx.query.with("z", &z.to_string()).on(PATH));
    let aside = |east: f64, north: f64| ctx.to(&part_of(ctx, view.area().moved(east, north)).on(PATH));
    html! {
        nav class="btns zoom" aria-label=(S.part_of_earth) {
            a class="btn" href=(near(z + 1)) { (S.nearer) }
            a class="btn" href=(near(z - 1)) { (S.farther) }
            a class="btn" href=(ctx.to(&ctx.query.with("bbox", "").with("z", "").on(PATH))) { (S.whole) }
            a class="btn" href=(aside(-0.5, 0.0)) { (S.west) }
            a class="btn" href=(aside(0.5, 0.0)) { (S.east) }
            a class="btn" href=(aside(0.0, 0.5)) { (S.north) }
            a class="btn" href=(aside(0.0, -0.5)) { (S.south) }
        }
    }
}

fn list(ctx: &Ctx, shown: &Shown) -> Markup {
    let columns = [
        Column("number", "№", "pin-cell"),
        Column("post", L.post, ""),
        Column("register", L.in_register, ""),
        Column("exists", L.cell_grade_exists, ""),
    ];
    let cut = table::cut(&shown.rows, ctx.query.get("after"), |(_, post)| post.post.clone());
    html! {
        div id="table" tabindex="-1" {
            @if shown.rows.is_empty() {
                p class="small quiet" { @if is_unplaced(ctx) { (S.all_placed) } @else { (S.none_in_part) } " "
                    a href=(ctx.to(&ctx.query.with("bbox", "").with("z", "").with("place", "").on(PATH))) { (S.show_whole_map) } }
            } @else {
                table class="cards" role="table" {
                    caption class="vh" { (say(S.map_same, &[("posts", &words::count(shown.rows.len(), N.posts))])) }
                    (table::head(ctx, PATH, &columns, "number"))
                    tbody role="rowgroup" data-list { @for (number, post) in cut.rows {
                        @let word = main_verdict(&post.verdicts);
                        tr role="row" {
                            td role="cell" class="pin-cell" { span class=(format!("pin {}", parts::verdict_class(word))) { (number) } }
                            td role="cell" class="name" { (posts::name(ctx, post)) }
                            td role="cell" data-l=(L.in_register) { div { (verdict(word)) } }
                            td role="cell" data-l=(L.cell_grade_exists) { div { (exists(ctx, shown, post)) } }
                        }
                    } }
                }
                (table::pager(ctx, PATH, &cut, ""))
            }
        }
    }
}

/// The grade of its existence, which leads to that claim.
fn exists(ctx: &Ctx, shown: &Shown, post: &Finding) -> Markup {
    let shape = grade(post.grade, parts::grade_words(post.grade));
    html! {
        @match shown.exists.get(&post.post) { Some(claim) => { a href=(ctx.to(&format!("claim/{claim}"))) { (shape) } }, None => { (shape) } }
        @if post.grade != post.grade_if_read { small { (parts::if_read(post.grade_if_read)) } }
    }
}

/// The filtered set, all pages of it.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let heading = [
        "number",
        "post",
        "names",
        "city",
        "country",
        "latitude",
        "longitude",
        "operator",
        "operator_country",
        "register",
        "grade",
        "grade_if_read",
        "claim",
    ];
    let some = |value: &Option<String>| value.clone().unwrap_or_default();
    let Shown { rows, exists, .. } = shown(ctx)?;
    let rows = rows.into_iter().map(|(number, post)| {
        let names: Vec<&str> = post.names.iter().map(|name| name.text.as_str()).collect();
        let (lat, lon) = position(&post)
            .map_or_else(|| (String::new(), String::new()), |(lat, lon)| (lat.to_string(), lon.to_string()));
        vec![
            number.to_string(),
            post.post.clone(),
            names.join(" | "),
            some(&post.city),
            some(&post.country),
            lat,
            lon,
            some(&post.operator),
            some(&post.operator_country),
            main_verdict(&post.verdicts).to_owned(),
            post.grade.to_string(),
            post.grade_if_read.to_string(),
            exists.get(&post.post).cloned().unwrap_or_default(),
        ]
    });
    Ok(Reply::csv("map.csv", crate::csv::write(&heading, rows)))
}
