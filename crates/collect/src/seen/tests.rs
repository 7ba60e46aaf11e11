//! Walls that are known, and pages that are none. All invented.

use super::*;

const SITE: &str = "https://zilverhaven.org/nieuws/2022/opening";

fn page<'a>(status: u16, title: &'a str, text: &'a str, markup: &'a str) -> Page<'a> {
    Page { asked: SITE, uri: SITE, status, title, text, markup, ..Page::default() }
}

fn sight(page: &Page<'_>) -> Option<Sight> {
    let notices = seen(page);
    assert!(notices.len() < 2);
    notices.first().map(|notice| notice.sight)
}

#[test]
fn walls_are_known_by_status_words_and_code() {
    let recaptcha = "<div class=\"g-recaptcha\"></div>";
    let empty = "<body><div id=\"root\"></div><script src=a.js></script></body>";
    let noscript = "<noscript>Please enable JavaScript.</noscript><script src=a.js></script>";
    // Status, title, text, markup, what it is.
    let table = [
        (401, "", "", "", Sight::LoginWall),
        (200, "Zilverhaven", "请先登录", "", Sight::LoginWall),
        (200, "Zilverhaven", "請先登錄後再查看", "", Sight::LoginWall),
        (200, "Welkom", "Log in om dit artikel te lezen.", "", Sight::LoginWall),
        (200, "Welcome", "E-mail Password", "<input type=\"password\">", Sight::LoginWall),
        (200, "Welkom", "E-mail Wachtwoord", "<INPUT TYPE='password'>", Sight::LoginWall),
        (200, "Welkom", "E-mail Wachtwoord", "<input type=password name=w>", Sight::LoginWall),
        (403, "Attention", "Please wait", recaptcha, Sight::Captcha),
        (200, "Just a moment...", "Checking", "", Sight::Captcha),
        (200, "百度安全验证", "", "", Sight::Captcha),
        (200, "", "请拖动滑块完成拼图", "", Sight::Captcha),
        (200, "", "", recaptcha, Sight::Captcha),
        (429, "", "Please verify you are human.", "", Sight::Captcha),
        (451, "Unavailable", "", "", Sight::GeoBlock),
        (403, "Sorry", "This content is not available in your country.", "", Sight::GeoBlock),
        (200, "", "抱歉，您所在的地區無法觀看此內容", "", Sight::GeoBlock),
        (429, "Too Many Requests", "", "", Sight::Busy),
        (503, "Service Unavailable", "", "", Sight::Busy),
        (200, "404", "", "", Sight::SoftMissing),
        (200, "Pagina niet gevonden | Zilverhaven", "Terug naar de voorpagina", "", Sight::SoftMissing),
        (200, "", "抱歉，您访问的页面不存在", "", Sight::SoftMissing),
        (200, "Página no encontrada", "", "", Sight::SoftMissing),
        (200, "Zilverhaven", "", empty, Sight::EmptyShell),
        (200, "Zilverhaven", "", noscript, Sight::EmptyShell),
        (200, "", "", "<script>window.location.href='/main.html'</script>", Sight::EmptyShell),
        (200, "", "跳转中", "<meta http-equiv=refresh content='0;url=main.html'>", Sight::SendsOn),
    ];
    for (status, title, text, markup, expected) in table {
        assert_eq!(
            sight(&page(status, title, text, markup)),
            Some(expected),
            "{status} {title} {text} {markup}"
        );
    }
}

#[test]
fn a_page_that_shows_what_it_should_is_left_in_peace() {
    let article =
        "The harbour office said on Friday that the page not found on its site was a mistake. ".repeat(20);
    let captcha = "Lezers vragen: waarom moet ik aanklikken dat ik ben geen robot? ".repeat(30);
    let han = "银港同乡会周五举行成立大会，请先登录网站报名。".repeat(20);
    let table = [
        page(200, "Nieuw kantoor geopend", "De burgemeester sprak.", "<p>De burgemeester sprak.</p>"),
        page(200, "Missing pages", &article, "<div class=\"g-recaptcha\"></div><script></script>"),
        page(200, "Page not found: a study", &article, ""),
        page(200, "Robots", &captcha, "<input type=\"password\">"),
        page(200, "成立大会", &han, "<script></script>"),
        page(200, "Peugeot 404 te koop", &article, ""),
        page(200, "", "", ""),
        page(200, "", "", "<script>track()</script>"),
        page(200, "Nieuws", &article, "<meta http-equiv=refresh content='0;url=main.html'>"),
        page(200, "Nieuws", "Kort.", "<meta http-equiv=refresh content=300>"),
        page(404, "Pagina niet gevonden", "Pagina niet gevonden", ""),
        page(500, "Error", "", ""),
        page(304, "", "", ""),
    ];
    for (number, page) in table.iter().enumerate() {
        assert_eq!(seen(page), [], "row {number}");
    }
}

#[test]
fn where_it_leads_tells_too() {
    let table = [
        ("https://windvang.net/a/b", "https://passport.windvang.net/visitor", Some(Sight::LoginWall)),
        ("https://windvang.net/a/b", "https://windvang.net/login.php?next=a", Some(Sight::LoginWall)),
        ("https://windvang.net/login", "https://windvang.net/login/", None),
        ("https://windvang.net/a/b", "https://windvang.net/blogin/logins", None),
        ("https://windvang.net/a/b.html", "https://windvang.net/", Some(Sight::SoftMissing)),
        ("https://windvang.net/a", "https://windvang.net/", None),
        ("https://windvang.net/", "https://windvang.net/", None),
    ];
    for (asked, uri, expected) in table {
        let page = Page { asked, uri, ..page(200, "Windvang", "Welkom bij Windvang.", "") };
        assert_eq!(sight(&page), expected, "{asked} to {uri}");
    }
}

#[test]
fn another_language_than_asked_is_told() {
    let table = [
        ("https://a.net/zh/x", "https://a.net/en/x", None, true),
        ("https://a.net/zh-CN/x", "https://a.net/zh-CN/x", Some("en"), true),
        ("https://a.net/zh-CN/x", "https://a.net/zh-CN/x", Some("zh"), false),
        ("https://a.net/zh/x", "https://a.net/zh_hans/x", None, false),
        ("https://a.net/x", "https://a.net/en/x", Some("en"), false),
        ("https://a.net/ziel/x", "https://a.net/en/x", None, false),
        ("https://a.net/nl/x", "https://a.net/nl/x", None, false),
    ];
    for (asked, uri, lang, told) in table {
        let page = Page { asked, uri, lang, ..page(200, "A title", "Some words of a page.", "") };
        assert_eq!(sight(&page), told.then_some(Sight::OtherLanguage), "{asked} to {uri} in {lang:?}");
    }
}

#[test]
fn headers_tell_and_the_wait_is_named() {
    let fields =
        [("CF-Mitigated".to_owned(), b"challenge".to_vec()), ("retry-after".to_owned(), b"120".to_vec())];
    let busy = Page { fields: &fields[1..], ..page(503, "", "", "") };
    assert!(seen(&busy)[0].what.contains("after 120"));
    assert_eq!(sight(&Page { fields: &fields, ..page(403, "", "", "") }), Some(Sight::Captcha));
}
