//! Reads pages with one of the crates that `bench/reading/reading.sh` compares with, and prints a
//! JSON line for each: `readers trafilatura|trafilatura-fast|dom_smoothie FILE…`.

use serde_json::json;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((reader, paths)) = arguments.split_first() else {
        eprintln!("usage: readers trafilatura|trafilatura-fast|dom_smoothie FILE…");
        std::process::exit(2);
    };
    for path in paths {
        let mut html = String::new();
        match std::fs::File::open(path).map(flate2::read::GzDecoder::new) {
            Ok(mut file) => html.push_str(&decoded(&mut file)),
            Err(why) => eprintln!("{path}: {why}"),
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        let read = std::panic::catch_unwind(|| read(reader, &html)).ok().flatten();
        let (text, date) = read.unwrap_or_default();
        println!("{}", json!({"id": name.split('.').next(), "text": text, "date": date}));
    }
}

/// The page's characters: UTF-8 where that fits, else by `charset` in its head, else by `chardetng`.
fn decoded(file: &mut impl std::io::Read) -> String {
    let mut bytes = Vec::new();
    // A damaged end is a page too.
    let _ = file.read_to_end(&mut bytes);
    if let Ok(text) = std::str::from_utf8(&bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'', ' ']);
        rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').next().unwrap_or("")
    });
    let named = label.and_then(|l| encoding_rs::Encoding::for_label(l.as_bytes()));
    let guess = || {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(&bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    };
    named.filter(|n| *n != encoding_rs::UTF_8).unwrap_or_else(guess).decode(&bytes).0.into_owned()
}

fn read(reader: &str, html: &str) -> Option<(String, Option<String>)> {
    if reader == "dom_smoothie" {
        let config =
            dom_smoothie::Config { text_mode: dom_smoothie::TextMode::Formatted, ..Default::default() };
        let article = dom_smoothie::Readability::new(html, None, Some(config)).ok()?.parse().ok()?;
        return Some((article.text_content.to_string(), article.published_time));
    }
    let options =
        trafilatura::Options::default().with_fallback(reader == "trafilatura").with_exclude_comments(true);
    let result = trafilatura::extract(html, &options).ok()?;
    Some((result.content_text, result.metadata.date.map(|d| d.format("%Y-%m-%d").to_string())))
}
