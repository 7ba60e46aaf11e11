//! The frame around every page: rail, search field, dialogs, last decision.

use crate::DeskError;
use crate::act;
use crate::labels::frame::S;
use crate::labels::{self, L, Language, say, show};
use crate::routes::{Ctx, Reply, lock};
use crate::words;
use axum::http::StatusCode;
use maud::{DOCTYPE, Markup, html};

/// The pages of this version; one that does not exist is simply absent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nav {
    Overview,
    Sources,
    Search,
    Names,
    Claims,
    Posts,
    Entities,
    Registers,
    ToRead,
    Network,
    Map,
    Timeline,
    Replies,
    Dossier,
    Ledger,
    Other,
}

/// A whole page.
pub(crate) fn page(ctx: &Ctx, title: &str, nav: Nav, body: Markup) -> Reply {
    Reply::page(whole(ctx, title, nav, body))
}

fn whole(ctx: &Ctx, title: &str, nav: Nav, body: Markup) -> Markup {
    let counts = ctx.counts().unwrap_or_default();
    let item = |at: Nav, path: &str, label: &str, count: Option<usize>, todo: usize| {
        html! {
            li { a href=(ctx.to(path)) aria-current=[(nav == at).then_some("page")] { (label)
                @if todo > 0 { " " span class="todo" { (words::number(todo as u64)) span class="vh" { (labels::form(todo, S.need_a_person)) } } }
                @else if let Some(count) = count { " " span { (words::number(count as u64)) } }
            } }
        }
    };
    html! {
        (DOCTYPE)
        html lang=(labels::spoken().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="htmx-config" content="{\"includeIndicatorCSS\":false}";
                title { (title) " · " (counts.name) " · Plainsight" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href=(ctx.to("a/plainsight.css"));
                script src=(ctx.to("a/plainsight.js")) defer {}
                script src=(ctx.to("a/htmx.min.js")) defer {}
            }
            body class="app" {
                a class="skip" href="#main" { (L.skip) }
                header class="rail" {
                    div class="case" { a href=(ctx.to("")) { b { (counts.name) } } small class="quiet" { (say(S.lens, &[("name", &counts.lens)])) } }
                    a class="btn menu" href="#menu" { (L.menu) }
                    nav id="menu" aria-label=(L.pages) {
                        a class="btn close" href="#main" { (L.close) }
                        ul { (item(Nav::Overview, "", L.overview, None, 0)) }
                        h2 { (L.material) }
                        ul {
                            (item(Nav::Sources, "sources", L.sources, Some(counts.captures), 0))
                            (item(Nav::Search, "search", L.search, None, 0))
                        }
                        h2 { (L.judgement) }
                        ul {
                            (item(Nav::Names, "names", L.names, None, counts.pairs))
                            (item(Nav::Claims, "claims", L.claims, Some(counts.claims), counts.open_claims))
                            (item(Nav::ToRead, "to-read", L.to_read, None, counts.unread_quotes))
                            (item(Nav::Posts, "posts", L.posts, Some(counts.posts), 0))
                            (item(Nav::Entities, "entities", L.entities, Some(counts.entities), 0))
                            (item(Nav::Registers, "registers", L.registers, Some(counts.registers), 0))
                        }
                        h2 { (L.views) }
                        ul {
                            (item(Nav::Network, "network", L.network, None, 0))
                            (item(Nav::Map, "map", L.map, None, 0))
                            (item(Nav::Timeline, "timeline", L.timeline, None, 0))
                        }
                        h2 { (L.publication) }
                        ul { (item(Nav::Replies, "replies", L.replies, None, 0)) (item(Nav::Dossier, "dossier", L.dossier, None, 0)) }
                        h2 { (L.custody) }
                        ul { (item(Nav::Ledger, "ledger", L.ledger, None, 0)) }
                        div class="prefs" {
                            form method="post" action=(ctx.to("reader")) class="reader" {
                                (act::back(ctx))
                                label for="reader-name" { (L.reader) }
                                input class="input" id="reader-name" name="reader" value=(lock(&ctx.app.author)) autocomplete="off" placeholder=(L.your_name);
                                button class="btn" { (L.save) }
                            }
                            form method="post" action=(ctx.to("language")) class="reader" {
                                (act::back(ctx))
                                label for="language" { (L.language) }
                                select id="language" name="language" {
                                    @for language in Language::ALL {
                                        option value=(language.tag()) lang=(language.tag()) selected[language == labels::spoken()] { (language.name()) }
                                    }
                                }
                                button class="btn" { (L.save) }
                            }
                            label class="scripted" { (L.theme) " " select id="theme" { option value="auto" { (S.system) } option value="light" { (S.light) } option value="dark" { (S.dark) } } }
                        }
                    }
                    (seal(ctx))
                }
                div {
                    section class="bar" aria-label=(S.search_and_keys) {
                        form role="search" action=(ctx.to("search")) {
                            label class="field" { span class="vh" { (S.search_case) }
                                input type="search" name="q" value=(if ctx.path == "search" { ctx.query.get("q") } else { "" }) placeholder=(L.search_hint); kbd { "/" } }
                        }
                        div class="tools scripted" {
                            button class="btn" type="button" data-opens="goto" { (L.go_to) " " kbd { "Ctrl K" } }
                            button class="btn" type="button" data-opens="keys" { (L.keys) " " kbd { "?" } }
                        }
                    }
                    main id="main" tabindex="-1" { (body) }
                }
                (keys())
                (go_to(ctx))
                (act::toast(ctx))
                p class="vh" id="live" role="status" {}
            }
        }
    }
}

fn seal(ctx: &Ctx) -> Markup {
    let seal = lock(&ctx.app.seal).clone();
    html! {
        p class="seal" {
            @match seal {
                Some((seal, time)) if seal.intact => { (S.archive_intact) br; (say(S.checked, &[("time", &words::moment(&time))])) }
                Some((_, time)) => { span class="complaint" { (S.archive_not_intact) } br; (say(S.checked, &[("time", &words::moment(&time))])) }
                None => { (S.not_checked) "." br; a href=(ctx.to("ledger")) { (L.verify_now) } }
            }
        }
    }
}

fn keys() -> Markup {
    let rows: [(&[&str], &str); 11] = [
        (&["/"], S.search_case),
        (&["Ctrl", "K"], S.key_go),
        (&["j", "k"], S.key_next),
        (&["Enter"], S.key_open),
        (&["y"], S.key_same),
        (&["h"], S.key_unsure),
        (&["n"], S.key_different),
        (&["Ctrl", "Z"], S.key_back),
        (&["o"], S.key_side),
        (&["g"], S.key_gloss),
        (&["?"], S.key_help),
    ];
    html! {
        dialog id="keys" aria-labelledby="keys-h" {
            header { h2 id="keys-h" { (L.keys) } button class="btn" type="button" data-closes { (L.close) " " kbd { "Esc" } } }
            dl class="keys" { @for (keys, what) in rows { div { dt { @for key in keys { kbd { (key) } } } dd { (what) } } } }
            p class="small" { label { input type="checkbox" id="single-keys" checked; (S.single_keys) } }
        }
    }
}

fn go_to(ctx: &Ctx) -> Markup {
    let pages = [
        ("", L.overview),
        ("sources", L.sources),
        ("search", L.search),
        ("names", L.names),
        ("claims", L.claims),
        ("to-read", L.to_read),
        ("posts", L.posts),
        ("network", L.network),
        ("map", L.map),
        ("timeline", L.timeline),
        ("entities", L.entities),
        ("registers", L.registers),
        ("replies", L.replies),
        ("dossier", L.dossier),
        ("ledger", L.ledger),
    ];
    html! {
        dialog id="goto" aria-labelledby="goto-h" {
            header { h2 id="goto-h" { (L.go_to) } button class="btn" type="button" data-closes { (L.close) " " kbd { "Esc" } } }
            form action=(ctx.to("search")) { label class="field" { span class="vh" { (S.words_to_search) } input type="search" name="q" placeholder=(S.hint_go_to); } }
            ul class="queue" { @for (path, label) in pages { li { a href=(ctx.to(path)) { (say(S.go_here, &[("name", &label)])) } } } }
        }
    }
}

/// What a person sees where something went wrong: what, what still stands, what to do.
pub(crate) fn fault(ctx: &Ctx, fault: &DeskError) -> Reply {
    let (heading, status) = match fault {
        DeskError::Busy(_) => (S.busy, StatusCode::CONFLICT),
        DeskError::Other(_) => (S.did_not_work, StatusCode::INTERNAL_SERVER_ERROR),
    };
    let why = match fault {
        DeskError::Busy(why) => say(S.busy_because, &[("why", why)]),
        DeskError::Other(why) => words::sentence(why),
    };
    let body = html! {
        h1 class="vh" { (heading) }
        section class="problem" role="alert" aria-labelledby="problem-h" {
            h2 id="problem-h" { (heading) }
            p { (why) "." }
            p { (S.nothing_changed) }
            p class="btns" { a class="btn main" href=(ctx.to(ctx.path)) { (S.try_again) } a class="btn" href=(ctx.to("")) { (L.overview) } }
        }
    };
    page(ctx, heading, Nav::Other, body).status(status)
}

/// An id that this case does not hold.
pub(crate) fn missing(ctx: &Ctx, what: &str, id: &str) -> Reply {
    let body = html! {
        h1 class="vh" { (S.not_here) }
        section class="empty" aria-labelledby="x-e" {
            h2 id="x-e" { (say(S.case_holds_none, &[("what", &what.to_lowercase())])) }
            p class="quiet" { (show(S.may_come_from, &[("id", &html! { code { (id) } })])) }
            p class="btns" { a class="btn main" href=(ctx.to("search")) { (L.search) } a class="btn" href=(ctx.to("")) { (L.overview) } }
        }
    };
    page(ctx, S.not_here, Nav::Other, body).status(StatusCode::NOT_FOUND)
}
