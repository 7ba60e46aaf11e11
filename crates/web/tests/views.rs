//! Map, Timeline, Network and Dossier over a case of paper: picture, table and
//! list to keep hold the same, and an address changes all three alike.

mod paper;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use paper::{DOC, EXISTS, HOSTILE, OPENED, POST, Paper};
use plainsight_web::{Desk, router};
use std::sync::Arc;
use tower::ServiceExt as _;

async fn get(page: &str) -> String {
    get_from(Paper::shared(), page).await
}

async fn get_from(desk: Arc<dyn Desk>, page: &str) -> String {
    let (router, inside) = router(desk, 4000, "Ida Brandt").expect("random secrets");
    let uri = format!("/{}/{page}", inside.secret);
    let request = Request::get(uri).header("host", "127.0.0.1:4000").body(Body::empty()).expect("request");
    let response = router.oneshot(request).await.expect("answers");
    assert_eq!(response.status(), StatusCode::OK, "{page}");
    let bytes = to_bytes(response.into_body(), 8 << 20).await.expect("body");
    String::from_utf8_lossy(&bytes).replace(&format!("/{}/", inside.secret), "~/")
}

/// The main part of a page.
fn main_of(page: &str) -> &str {
    page.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).expect("a main part")
}

/// The drawing of a page, empty where it has none.
fn picture_of(page: &str) -> &str {
    main_of(page).split("<svg").nth(1).and_then(|rest| rest.split("</svg>").next()).unwrap_or_default()
}

/// Rows in the body of a page's only table.
fn table_rows(page: &str) -> usize {
    let body = main_of(page).split("<tbody").nth(1).and_then(|rest| rest.split("</tbody>").next());
    body.map_or(0, |body| body.matches("<tr").count())
}

/// Rows of a list to keep, without its heading.
async fn csv_rows(list: &str) -> usize {
    get(list).await.trim_end().split("\r\n").count() - 1
}

#[tokio::test]
async fn a_filter_of_the_map_changes_picture_table_and_list_alike() {
    for (query, posts) in [
        ("", 3),
        ("?register=listed", 1),
        ("?state=Kelvarra", 2),
        ("?state=Kelvarra&register=listed", 0),
        ("?bbox=9,51,10,52", 1),
        ("?bbox=100,0,101,1", 0),
        ("?place=none", 0),
    ] {
        let page = get(&format!("map{query}")).await;
        // Each town of the example stands alone on the map: one link a post.
        let marks = picture_of(&page).matches("<a href=").count();
        assert_eq!(marks, posts, "{query}");
        assert_eq!(table_rows(&page), posts, "{query}");
        assert_eq!(csv_rows(&format!("map.csv{query}")).await, posts, "{query}");
    }
}

#[tokio::test]
async fn nearer_keeps_the_filters_and_further_comes_back() {
    let page = get("map?register=listed&bbox=5,50,15,62&z=1").await;
    for link in [
        "~/map?register=listed&amp;bbox=5%2C50%2C15%2C62&amp;z=2",
        "~/map?register=listed&amp;bbox=5%2C50%2C15%2C62&amp;z=0",
        "\"~/map?register=listed\"",
    ] {
        assert!(page.contains(link), "{link}");
    }
    for broken in [
        "map?bbox=a,b",
        "map?bbox=9,9,1,1&z=zz",
        "map?z=99999999999",
        "map?z=-9",
        "map?bbox=-360,-90,360,90&z=3",
    ] {
        assert!(get(broken).await.contains("class=\"map\""), "{broken}");
    }
}

#[tokio::test]
async fn a_mark_of_the_timeline_leads_to_its_claim_and_the_same_rows_stand_in_table_and_list() {
    for (query, rows) in [
        ("", 4),
        ("?what=opened", 1),
        (&format!("?post={POST}"), 2),
        ("?from=2020", 0),
        ("?from=2019&to=2019-05-09", 1),
        ("?from=yesterday", 4),
        ("?grade=1", 0),
        ("?grade=4", 0),
    ] {
        let page = get(&format!("timeline{query}")).await;
        assert_eq!(main_of(&page).matches("class=\"mark\"").count(), rows, "{query}");
        assert_eq!(table_rows(&page), rows, "{query}");
        assert_eq!(csv_rows(&format!("timeline.csv{query}")).await, rows, "{query}");
    }
    let page = get("timeline?what=opened").await;
    assert!(page.contains(&format!("class=\"mark\" href=\"~/claim/{OPENED}\"")));
    assert!(page.contains("9 May 2019") && page.contains(">2019<"), "the day in words, the year on the axis");
    assert!(get("timeline?from=yesterday").await.contains("“yesterday” is no date that can be read"));
}

#[tokio::test]
async fn what_has_no_date_is_counted_and_listed() {
    let page = get("timeline").await;
    assert!(page.contains("1 claim or status has no date at all") && page.contains("~/timeline?undated=1"));
    let list = get("timeline?undated=1").await;
    assert_eq!((table_rows(&list), csv_rows("timeline.csv?undated=1").await), (1, 1));
    assert!(list.contains(&format!("~/claim/{EXISTS}")));
}

#[tokio::test]
async fn a_line_of_the_network_leads_to_its_claim_and_no_person_is_a_node() {
    let page = get("network").await;
    let picture = picture_of(&page);
    let lines = picture.matches(&format!("href=\"~/claim/{EXISTS}\"")).count();
    assert_eq!((lines, table_rows(&page), csv_rows("network.csv").await), (1, 1, 1));
    assert!(main_of(&page).contains("Persons are never drawn"));
    let around = get(&format!("network?of={POST}")).await;
    assert!(around.contains("nd on") && around.contains("One step further"));
    let all =
        main_of(&around).split("Select all shown").next().and_then(|before| before.rsplit("href=\"").next());
    let all = all.and_then(|rest| rest.split('"').next()).expect("a link").replace("&amp;", "&");
    assert!(all.matches("of=").count() > 1, "each thing shown is asked for: {all}");
    assert!(get(all.trim_start_matches("~/")).await.contains("One step further"));
    assert!(get("network?of=nobody").await.contains("Nothing here is called “nobody”"));
}

#[tokio::test]
async fn a_dossier_is_told_before_it_is_made_with_commands_to_copy() {
    let page = get("dossier").await;
    let main = main_of(&page);
    assert!(main.contains("of 2 claims nobody has confirmed one"));
    assert_eq!((table_rows(&page), csv_rows("dossier.csv").await), (2, 2));
    assert_eq!(table_rows(&get("dossier?standing=printed").await), 0);
    let said: String = main.replace("<span>", "").replace("</span>", "");
    for command in [
        "plainsight id new",
        "plainsight publish CASE --out dossier",
        "plainsight verify --allow-unsigned dossier",
    ] {
        assert!(said.contains(&format!(">{command}<")), "{command}");
    }
}

/// 1,600 posts with 4,800 claims and as many statuses.
#[tokio::test]
async fn many_posts_give_pages_that_stay_small_and_say_what_they_leave_out() {
    for (page, most) in [("map", 150_000), ("timeline", 150_000), ("network", 150_000), ("dossier", 150_000)]
    {
        let start = std::time::Instant::now();
        let drawn = get_from(Paper::many(1600), page).await;
        // A debug build on a busy machine; a page that grew with the square of its rows would take minutes.
        assert!(start.elapsed().as_secs() < 20, "{page}: {:?}", start.elapsed());
        assert!(drawn.len() < most, "{page}: {} bytes", drawn.len());
    }
    let line = get_from(Paper::many(1600), "timeline").await;
    assert!(line.contains("1 to 20 of 1,600 posts") && line.contains("Next 20 posts"));
    let next =
        line.split("~/timeline?after=").nth(1).and_then(|rest| rest.split('"').next()).expect("a next page");
    let second = get_from(Paper::many(1600), &format!("timeline?after={next}")).await;
    assert!(
        second.contains("21 to 40 of 1,600 posts")
            && second.contains("Town 20,")
            && !second.contains("Town 19,")
    );
    let one = get_from(Paper::many(1600), "timeline?post=Town+77%2C").await;
    assert_eq!(
        main_of(&one).matches("class=\"mark\"").count(),
        2,
        "a post is found by words where a choice would be too long"
    );
    let net = get_from(Paper::many(1600), "network").await;
    assert!(
        net.contains("1,500 nodes are left out"),
        "ten bodies, forty states and 1,600 posts, of which 150 are drawn"
    );
}

#[tokio::test]
async fn a_document_shows_what_it_says_of_itself_with_its_place() {
    let page = get(&format!("doc/{DOC}")).await;
    for said in
        ["What it says of itself", "12°34′56.5″ S, 25°30′00.0″ W", "(-12.582361, -25.5)", "EXIF GPSLatitude"]
    {
        assert!(main_of(&page).contains(said), "missing: {said}");
    }
    let hostile = get(&format!("doc/{HOSTILE}")).await;
    assert!(hostile.contains("What it says of itself"));
    assert!(!main_of(&hostile).contains("<script"), "what a page says of itself is text");
}
