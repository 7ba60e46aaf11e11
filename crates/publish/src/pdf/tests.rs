//! The paper as a stranger meets it, read by programs that are not ours.

use super::{Fonts, NoPdf};
use crate::sample::{hostile, publication};
use crate::whitelist::Printed;
use crate::{page, paper};
use plainsight_case::views::Publication;
use std::process::Command;

/// Whether this machine has poppler, and fonts for Latin and Han. The build server has both.
fn ready(test: &str, fonts: &Fonts) -> bool {
    let poppler = Command::new("pdftotext").arg("-v").output().is_ok();
    let ready = poppler && fonts.found().1.is_none();
    assert!(ready || std::env::var_os("CI").is_none(), "poppler or fonts are missing");
    if !ready {
        eprintln!("NOT RUN: {test}: poppler or a font for Han is not installed here");
    }
    ready
}

fn printed(publication: &Publication, fonts: &Fonts) -> Result<Vec<u8>, NoPdf> {
    let printed = Printed::choose(publication).expect("something is confirmed");
    paper(&printed, page::index(&printed).as_bytes(), fonts).map(|file| file.bytes)
}

/// What one of poppler's programs says about a PDF.
fn poppler(program: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("dossier.pdf");
    std::fs::write(&path, pdf).expect("written");
    let mut command = Command::new(program);
    command.args(arguments).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let out = command.output().expect("started");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// Where a line ends is the paper's business.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn every_quote_stands_on_paper_as_characters() {
    let fonts = Fonts::installed();
    if !ready("every_quote_stands_on_paper_as_characters", &fonts) {
        return;
    }
    let publication = publication();
    let pdf = printed(&publication, &fonts).expect("a PDF");
    let text = joined(&poppler("pdftotext", &["-enc", "UTF-8", "-raw"], &pdf));
    let html = page::index(&Printed::choose(&publication).expect("confirmed"));
    let quotes = publication.claims.iter().flat_map(|claim| &claim.evidence).filter(|row| !row.rejected);
    let mut found = 0;
    for quote in quotes.filter(|row| html.contains(&row.text)) {
        assert!(text.contains(&joined(&quote.text)), "missing: {}\n{text}", quote.text);
        found += 1;
    }
    assert!(found >= 6);
    for said in [
        "Not listed in Norrhalm list of missions as of 1 October 2030",
        "Asked under three forms; no rows answered",
        "This is about a list, not about the law.",
        "聯絡屋揭牌",
        "Check this dossier",
        "1 /",
    ] {
        assert!(text.contains(&joined(said)), "missing: {said}\n{text}");
    }
    assert!(!text.contains(&joined("Orrin Vask")), "what the page does not hold the paper does not");
}

/// The footer repeats name and day of the page; its numbers, those of lists and “Back” for ↩ are the paper's own.
#[test]
fn the_paper_holds_no_word_that_the_page_does_not() {
    let fonts = Fonts::installed();
    if !ready("the_paper_holds_no_word_that_the_page_does_not", &fonts) {
        return;
    }
    let pdf = printed(&publication(), &fonts).expect("a PDF");
    let page = page::index(&Printed::choose(&publication()).expect("confirmed"));
    let page = joined(&super::tree::parse(&page).expect("our own").text());
    let text = poppler("pdftotext", &["-raw"], &pdf);
    let own =
        |word: &str| ["Back", "/", "·"].contains(&word) || word.trim_end_matches('.').parse::<u32>().is_ok();
    let words: Vec<&str> = text.split_whitespace().filter(|word| !own(word)).collect();
    assert!(words.len() > 400, "{}", words.len());
    for word in words {
        assert!(page.contains(word), "{word} stands on paper only");
    }
}

#[test]
fn it_says_what_it_is() {
    let fonts = Fonts::installed();
    if !ready("it_says_what_it_is", &fonts) {
        return;
    }
    let pdf = printed(&publication(), &fonts).expect("the writer's own check let it pass");
    let info = poppler("pdfinfo", &[], &pdf);
    let row = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name)).unwrap_or_default();
        line.split_once(':').map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
    };
    assert_eq!(row("Title"), "A room above the sailmaker");
    assert_eq!((row("Tagged"), row("JavaScript")), ("yes".into(), "no".into()));
    let meta = poppler("pdfinfo", &["-meta"], &pdf);
    assert!(meta.contains("<pdfaid:part>2</pdfaid:part>"), "{meta}");
    assert!(meta.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{meta}");
    assert!(meta.contains("2031-04-02"), "the day is the case's own: {meta}");
    let tree = poppler("pdfinfo", &["-struct"], &pdf);
    for part in ["H1", "H2", "H3", "Table", "TH", "Link", "Lbl"] {
        assert!(tree.contains(part), "no {part} in the structure");
    }
    let read_aloud = poppler("pdfinfo", &["-struct-text"], &pdf);
    assert!(read_aloud.contains("\"Chelan city police run a liaison room in Quillstad."), "{read_aloud}");
    assert!(info.contains("595.28 x 841.89 pts (A4)"), "{info}");
    // Each link leads to a page that is there: `dossier.html#4`.
    let pages: usize = row("Pages").parse().expect("a number");
    let html = poppler("pdftohtml", &["-xml", "-i", "-stdout"], &pdf);
    let links: Vec<&str> =
        html.split("<a href=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
    assert!(links.len() > 20, "{links:?}");
    for link in links {
        let page: usize = link.split_once(".html#").and_then(|(_, page)| page.parse().ok()).expect(link);
        assert!((1..=pages).contains(&page), "{link}");
    }
    assert!(html.contains("<outline>") && html.contains(">Quillstad, Norrhalm</item>"), "bookmarks");
}

#[test]
fn the_same_case_and_fonts_give_the_same_bytes() {
    let fonts = Fonts::installed();
    if !ready("the_same_case_and_fonts_give_the_same_bytes", &fonts) {
        return;
    }
    let mut turned = publication();
    turned.claims.reverse();
    turned.documents.reverse();
    let one = printed(&publication(), &fonts).expect("a PDF");
    assert!(one == printed(&turned, &Fonts::installed()).expect("a PDF"));
    let mut draft = publication();
    draft.draft = true;
    let draft = printed(&draft, &fonts).expect("a PDF");
    let text = poppler("pdftotext", &["-raw"], &draft);
    for page in text.trim_end_matches('\u{c}').split('\u{c}') {
        assert!(page.contains("DRAFT. Not for publication."), "{page}");
    }
}

#[test]
fn the_manifest_lists_it_and_a_changed_one_is_caught() {
    let fonts = Fonts::installed();
    if !ready("the_manifest_lists_it_and_a_changed_one_is_caught", &fonts) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("dossier");
    let publish = |fonts: &Fonts| {
        crate::publish(&publication(), &out, None, &mut crate::tests::pack, fonts).expect("published")
    };
    let written = publish(&fonts);
    assert!(written.no_pdf.is_none());
    assert!(written.files.iter().any(|row| row.file.ends_with("/dossier.pdf")));
    let manifest = std::fs::read_to_string(out.join("dossier.json")).expect("text");
    let instructions = std::fs::read_to_string(out.join("VERIFY.txt")).expect("text");
    assert!(manifest.contains("\"dossier.pdf\"") && instructions.contains("  dossier.pdf\n"));
    assert_eq!(plainsight_archive::verify(&out).verdict.word(), "unsigned");

    let path = out.join("dossier.pdf");
    let mut bytes = std::fs::read(&path).expect("there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).expect("written");
    let found = plainsight_archive::verify(&out);
    assert_eq!(found.verdict.word(), "invalid");
    assert_eq!(found.faults[0].rule, "dossier-file");

    // On a machine without fonts the dossier is whole without it.
    let written = publish(&Fonts::none());
    assert!(written.no_pdf.is_some() && !path.exists());
    assert_eq!(plainsight_archive::verify(&out).verdict.word(), "unsigned");
}

#[test]
fn hostile_words_stay_words_on_paper() {
    let fonts = Fonts::installed();
    if !ready("hostile_words_stay_words_on_paper", &fonts) {
        return;
    }
    let pdf = printed(&hostile(), &fonts).expect("a PDF");
    let info = poppler("pdfinfo", &[], &pdf);
    assert!(info.contains("JavaScript:      no"), "{info}");
    let text = joined(&poppler("pdftotext", &["-raw"], &pdf));
    assert!(text.contains("<script>alert(1)</script>"));
    // A link leads to a place of the document or nowhere.
    assert!(!pdf.windows(4).any(|word| word == b"/URI"));
}

#[test]
fn without_a_font_the_dossier_says_which_letter_and_what_brings_it() {
    let why = printed(&publication(), &Fonts::none()).expect_err("no font").to_string();
    assert!(why.contains("no font on this machine has") && why.contains("apt-get install"), "{why}");
    let mut private = publication();
    private.claims[0].evidence[0].text.push('\u{E000}');
    let fonts = Fonts::installed();
    if fonts.found().1.is_none() {
        let why = printed(&private, &fonts).expect_err("for private use").to_string();
        assert!(why.contains("U+E000") && why.contains("private use"), "{why}");
    }
    let latin = std::path::Path::new("/usr/share/fonts/truetype/dejavu");
    if latin.exists() {
        let why = printed(&publication(), &Fonts::of_folder(latin)).expect_err("no Han").to_string();
        assert!(why.contains("U+") && why.contains("fonts-noto-cjk"), "{why}");
    }
}
