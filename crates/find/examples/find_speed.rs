//! How fast texts are looked through and how fast a lens is ready.
//!
//! `find_speed FOLDER [LANGUAGE]`: reads every page of the folder (`.html`, `.gz` too), keeps
//! those of the language (`zh` unless given) and finds in their texts on one thread, thirty times;
//! the best run counts. A line each for terms alone and for everything.
//! `find_speed --lens TERMS`: a lens of so many invented terms beside the built-in ones, from files to
//! the first hit.

use plainsight_find::Finder;
use plainsight_lens::Lens;
use plainsight_model::{Document, ReadSettings};
use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--lens", terms] => terms.parse().ok().and_then(large_lens),
        [folder] => texts(Path::new(folder), "zh"),
        [folder, language] => texts(Path::new(folder), language),
        _ => None,
    };
    match done {
        Some(()) => ExitCode::SUCCESS,
        None => {
            eprintln!("find_speed FOLDER [LANGUAGE], or find_speed --lens TERMS");
            ExitCode::from(2)
        }
    }
}

fn texts(folder: &Path, language: &str) -> Option<()> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    names.sort();
    let documents: Vec<Document> = names
        .iter()
        .filter_map(|path| {
            let mut bytes = std::fs::read(path).ok()?;
            if path.extension().is_some_and(|ending| ending == "gz") {
                let mut whole = Vec::new();
                flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut whole).ok()?;
                bytes = whole;
            }
            let source =
                plainsight_read::Source { bytes: &bytes, media_type: Some("text/html"), uri: "", name: "" };
            let (document, _) = plainsight_read::read(&source, &ReadSettings::default());
            document.lang.starts_with(language).then_some(document)
        })
        .collect();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let lens = Lens::builtin("overseas-posts")?;
    let terms = best(|| documents.iter().map(|document| lens.find_terms(&document.text).len()).sum());
    let finder = Finder::new(lens);
    let all = best(|| documents.iter().map(|document| finder.find(document).mentions.len()).sum());
    println!("{} documents of {language}, {:.1} MB of text, one thread", documents.len(), bytes as f64 / 1e6);
    for (what, (time, hits)) in [("terms of the lens", terms), ("everything", all)] {
        println!("{what}: {:.1} MB/s, {hits} hits", bytes as f64 / 1e6 / time.as_secs_f64());
    }
    Some(())
}

/// The shortest of thirty runs, with what was counted.
fn best(mut run: impl FnMut() -> usize) -> (Duration, usize) {
    let timed = || {
        let start = Instant::now();
        let hits = run();
        (start.elapsed(), hits)
    };
    std::iter::repeat_with(timed).take(30).min_by_key(|(time, _)| *time).unwrap_or_default()
}

fn large_lens(terms: usize) -> Option<()> {
    let mut files = Lens::builtin("overseas-posts")?.files().to_vec();
    let table = &mut files.iter_mut().find(|file| file.0 == "terms.csv")?.1;
    let mut state = 1_u64;
    for number in 0..terms {
        // Han characters by a linear congruence: invented, most of them without a meaning.
        let term: String = (0..5)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                char::from_u32(0x4E00 + (state >> 33) as u32 % 0x5000).unwrap_or('一')
            })
            .collect();
        table.extend(format!("{term},zh,any,service,context,folded,,,,invented {number},invented\n").bytes());
    }
    let start = Instant::now();
    let lens = Lens::of_files(files).ok()?;
    let ready = start.elapsed();
    println!("{} terms: ready in {:.0} ms", lens.terms.len(), ready.as_secs_f64() * 1e3);
    Some(())
}
