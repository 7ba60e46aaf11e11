//! The page Network: which bodies quotes tie to which posts, a step at a time.

use crate::labels::views::S;
use crate::labels::{L, N, say, sentences, show, terms};
use crate::net;
use crate::parts::{self, empty, grade};
use crate::query::escape;
use crate::routes::{Ctx, Reply};
use crate::shell::{self, Nav};
use crate::table::{self, Column};
use crate::{DeskError, gloss, words};
use maud::{Markup, html};
use plainsight_case::network::{Edge, Network, Node, NodeKind, network};

const PATH: &str = "network";
/// Steps beyond which everything that hangs together is shown anyway.
const FAR: usize = 6;

/// What an address asks the network for.
struct Shown {
    whole: Network,
    part: Network,
    /// What was asked for and is there.
    asked: Vec<String>,
    /// What was asked for and is not.
    unknown: Vec<String>,
    steps: usize,
}

fn shown(ctx: &Ctx) -> Result<Shown, DeskError> {
    let desk = ctx.desk();
    let whole = network(&desk.findings()?, &desk.claims()?, &desk.entities()?);
    let (mut asked, mut unknown) = (Vec::new(), Vec::new());
    for of in ctx.query.all("of").filter(|of| !of.is_empty()) {
        match whole.meant(of)[..] {
            [] => unknown.push(of.to_owned()),
            ref keys => asked.extend(keys.iter().map(|key| (*key).to_owned())),
        }
    }
    let steps = ctx.query.get("steps").parse().unwrap_or(1).clamp(1, FAR);
    let of: Vec<&str> = asked.iter().map(String::as_str).collect();
    let mut part = whole.around(&of, steps);
    let kind = ctx.query.get("what");
    if !kind.is_empty() {
        part.edges.retain(|edge| edge.predicate == kind);
        let tied = |node: &Node| part.edges.iter().any(|e| e.post == node.key || e.other == node.key);
        part.nodes.retain(|node| tied(node) || of.iter().any(|of| node.is(of)));
    }
    let (by, down) = table::sorting(ctx, "post");
    let name =
        |key: &str| part.nodes.iter().find(|node| node.key == key).map_or("", |node| node.name.as_str());
    let mut edges = part.edges.clone();
    match by {
        "other" => edges.sort_by_key(|edge| name(&edge.other).to_owned()),
        "what" => edges.sort_by_key(|edge| edge.predicate.clone()),
        "grade" => edges.sort_by_key(|edge| (edge.grade, edge.grade_if_read)),
        "origins" => edges.sort_by_key(|edge| edge.origins),
        _ => edges.sort_by_key(|edge| name(&edge.post).to_owned()),
    }
    if down {
        edges.reverse();
    }
    part.edges = edges;
    Ok(Shown { whole, part, asked, unknown, steps })
}

/// Filters, picture, list.
pub(crate) fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let shown = shown(ctx)?;
    let body = html! {
        div class="head" {
            h1 { (L.network) } p { (sum(&shown)) }
            div class="btns" { a class="btn" href="#table" { (L.as_table) } a class="btn" href=(ctx.to(&ctx.query.on("network.csv"))) { (L.export_csv) } }
        }
        @if shown.whole.edges.is_empty() {
            (empty(S.tied_none, S.tied_none_why, html! { a class="btn main" href=(ctx.to("sources")) { (L.add_files) } }))
        } @else {
            @for of in &shown.unknown {
                p class="small" role="alert" { span class="complaint" { (show(S.called_nothing, &[("words", &parts::unknown(of))])) } " " (S.called_nothing_why) }
            }
            (filters(ctx, &shown))
            p class="small quiet" { (show(S.drawn_persons, &[("claims", &html! { a href=(ctx.to("claims?what=headed_by")) { (S.drawn_persons_link) } })])) }
            @if shown.part.left_out > 0 {
                p class="small" { (words::count(shown.part.left_out, S.left_out)) }
            }
            div class="cols over web" { (picture(ctx, &shown)) (list(ctx, &shown)) }
        }
    };
    Ok(shell::page(ctx, L.network, Nav::Network, body))
}

fn sum(shown: &Shown) -> String {
    let (nodes, edges) = (shown.part.nodes.len(), shown.part.edges.len());
    let whole = shown.whole.edges.len();
    let template = if whole == edges { S.network_sum } else { S.network_sum_of };
    let (nodes, claims) = (words::count(nodes, N.nodes), words::count(edges, N.claims));
    let all = words::number(whole as u64);
    let tied = say(template, &[("nodes", &nodes), ("claims", &claims), ("all", &all)]);
    sentences(&[tied, S.line_is_claim.to_owned()])
}

fn filters(ctx: &Ctx, shown: &Shown) -> Markup {
    let of = ctx.query.get("of");
    let label = |node: &Node| {
        let plate = node.plate.as_ref().map_or_else(String::new, |plate| format!(", {plate}"));
        (node.key.clone(), format!("{}: {}{plate}", terms::node(node.kind.word()), node.name))
    };
    let nodes: Vec<(String, String)> = shown.whole.nodes.iter().map(label).collect();
    let chosen = shown.whole.nodes.iter().find(|node| node.is(of)).map_or("", |node| node.key.as_str());
    let kinds = ["operated_by", "hosted_by", "exists"];
    let kinds = kinds.map(|what| (what.to_owned(), terms::tie_short(what).to_owned())).to_vec();
    let everything: Vec<String> =
        shown.part.nodes.iter().map(|node| format!("of={}", escape(&node.key))).collect();
    let far = ctx.query.with("steps", &(shown.steps + 1).to_string());
    html! {
        form class="filters" aria-label=(L.filters) action=(ctx.to(PATH)) {
            @if nodes.len() > table::CHOICES { (table::words_field("of", L.around, S.hint_name, of)) }
            @else { (table::choice("of", L.around, L.everything, &nodes, chosen)) }
            (table::choice("what", L.what, L.any, &kinds, ctx.query.get("what")))
            @if shown.steps > 1 { input type="hidden" name="steps" value=(shown.steps); }
            button class="btn" { (L.show) }
        }
        @if !shown.asked.is_empty() {
            nav class="chips" aria-label=(S.how_far) {
                span { (words::sentence(&words::told(shown.steps, S.steps_around))) }
                @if shown.steps < FAR { a class="chip" href=(ctx.to(&far.on(PATH))) { (S.step_further) } }
                @if shown.steps > 1 { a class="chip" href=(ctx.to(&ctx.query.with("steps", &(shown.steps - 1).to_string()).on(PATH))) { (S.step_back) } }
                @if everything.len() > shown.asked.len() { a class="chip" href=(ctx.to(&format!("{PATH}?{}", everything.join("&")))) { (S.select_all) } }
                a class="chip" href=(ctx.to(PATH)) { (S.everything) }
            }
        }
    }
}

fn picture(ctx: &Ctx, shown: &Shown) -> Markup {
    let asked: Vec<&str> = shown.asked.iter().map(String::as_str).collect();
    html! {
        figure id="picture" {
            // Names keep their size; where the page is narrow the picture is looked at through a window.
            div class="scroll" tabindex="0" role="region" aria-label=(S.picture) { (net::svg(ctx, &shown.part, &asked)) }
            figcaption { (S.network_legend) }
        }
    }
}

fn list(ctx: &Ctx, shown: &Shown) -> Markup {
    let columns = [
        Column("other", L.body_or_state, ""),
        Column("what", L.what, ""),
        Column("post", L.post, ""),
        Column("grade", L.grade, ""),
        Column("origins", L.origins, "num"),
    ];
    let node = |key: &str| shown.part.nodes.iter().find(|node| node.key == key);
    let cut = table::cut(&shown.part.edges, ctx.query.get("after"), |edge: &Edge| edge.claim.clone());
    let alone: Vec<&Node> = shown
        .part
        .nodes
        .iter()
        .filter(|node| !shown.part.edges.iter().any(|e| e.post == node.key || e.other == node.key))
        .collect();
    html! {
        div id="table" tabindex="-1" {
            table class="cards" role="table" {
                caption class="vh" { (say(S.network_same, &[("claims", &words::count(shown.part.edges.len(), N.claims))])) }
                (table::head(ctx, PATH, &columns, "post"))
                tbody role="rowgroup" data-list { @for edge in cut.rows { tr role="row" {
                    td role="cell" class="name" { @if let Some(node) = node(&edge.other) { (name(ctx, node)) } }
                    td role="cell" data-l=(L.what) { div { a href=(ctx.to(&format!("claim/{}", edge.claim))) { (terms::tie(&edge.predicate)) } } }
                    td role="cell" data-l=(L.post) { div { @if let Some(node) = node(&edge.post) { (name(ctx, node)) small { @if let Some(plate) = &node.plate { (parts::unknown(plate)) ", " } a href=(ctx.to(&format!("post/{}", edge.post))) { (S.its_page) } } } } }
                    td role="cell" data-l=(L.grade) { div { (grade(edge.grade, parts::grade_words(edge.grade))) @if edge.grade != edge.grade_if_read { small { (parts::if_read(edge.grade_if_read)) } } } }
                    td role="cell" class="num" data-l=(L.origins) { div { (edge.origins) } }
                } } }
            }
            (table::pager(ctx, PATH, &cut, ""))
            @if !alone.is_empty() {
                p class="small quiet" { (show(S.tied_to_none, &[("names", &html! { @for (at, node) in alone.iter().take(20).enumerate() { @if at > 0 { ", " } (name(ctx, node)) } @if alone.len() > 20 { " " (words::count(alone.len() - 20, N.more)) } })])) "." }
            }
        }
    }
}

/// A node by its name, as a link to what lies around it.
fn name(ctx: &Ctx, node: &Node) -> Markup {
    let pinyin = node.kind != NodeKind::Post && gloss::has_han(&node.name);
    html! { a href=(net::around(ctx, node)) { (parts::unknown(&node.name)) } @if pinyin { small lang="zh-Latn-pinyin" { (gloss::pinyin(&node.name)) } }
    @if let Some(entity) = &node.entity { small { a href=(ctx.to(&format!("entity/{}", escape(entity)))) { (S.its_page) } } } }
}

/// All claims that the address asks for.
pub(crate) fn csv(ctx: &Ctx) -> Result<Reply, DeskError> {
    let Shown { part, .. } = shown(ctx)?;
    let heading = [
        "kind",
        "name",
        "entity",
        "predicate",
        "post",
        "place",
        "claim",
        "grade",
        "grade_if_read",
        "origins",
    ];
    let node = |key: &str| part.nodes.iter().find(|node| node.key == key);
    let rows = part.edges.iter().map(|edge| {
        let other = node(&edge.other);
        vec![
            other.map_or("", |node| node.kind.word()).to_owned(),
            other.map_or_else(String::new, |node| node.name.clone()),
            other.and_then(|node| node.entity.clone()).unwrap_or_default(),
            edge.predicate.clone(),
            edge.post.clone(),
            node(&edge.post).map_or_else(String::new, |node| node.name.clone()),
            edge.claim.clone(),
            edge.grade.to_string(),
            edge.grade_if_read.to_string(),
            edge.origins.to_string(),
        ]
    });
    Ok(Reply::csv("network.csv", crate::csv::write(&heading, rows)))
}
