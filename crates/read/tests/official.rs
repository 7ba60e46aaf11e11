//! Thirty-five invented Chinese official pages and PDFs against what a person marked in them
//! (`official/README.md`). Prints a line a document and a line a shape (`--nocapture`).

use plainsight_model::{Complaint, Document, ReadSettings, Span};
use plainsight_read::{Source, programs, read};
use plainsight_text::is_han;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use unicode_normalization::UnicodeNormalization as _;

/// What is measured, each a share from 0 to 1.
/// - text: gram F1 of the main text, as the reading set measures it.
/// - order: blocks of the truth that stand in the main text, in their order.
/// - absent: strings of `not` that do not stand in it.
/// - blocks: blocks of the truth that are blocks of the same kind with the same text.
/// - rows: table rows with the same cells and the same header above each.
/// - title, day, encoding: right or not.
/// - facts: language and script, author, number, telephones, number of pages.
/// - told: a document that needs OCR was read, or it is said that it was not.
const MEASURES: [&str; 10] =
    ["text", "order", "absent", "blocks", "rows", "title", "day", "encoding", "facts", "told"];

/// One document's measures, or the means of several; `None` where there is nothing to measure.
type Measured = [Option<f64>; MEASURES.len()];

/// The least mean of each measure over the documents of a shape. A 0 stands where no document of the shape
/// has the measure, or nothing is asked for yet; a floor is raised when the reader has been, never lowered
/// without a reason beside it. `no-font` asks for nothing: it needs poppler's tables of characters.
#[rustfmt::skip]
const FLOORS: [(&str, [f64; MEASURES.len()]); 12] = [
    //               text  order absent blocks rows title day   enc.  facts told
    ("notice",      [0.95, 0.98, 0.62, 0.88, 0.00, 1.00, 1.00, 1.00, 1.00, 0.00]),
    ("article",     [0.94, 0.93, 0.90, 0.78, 0.00, 1.00, 1.00, 1.00, 0.76, 0.00]),
    ("list",        [0.86, 1.00, 0.50, 0.38, 0.00, 1.00, 1.00, 1.00, 1.00, 0.00]),
    ("table",       [0.96, 1.00, 0.67, 1.00, 1.00, 0.65, 0.65, 1.00, 1.00, 0.00]),
    ("directory",   [0.85, 0.83, 0.88, 0.83, 1.00, 1.00, 1.00, 1.00, 1.00, 0.00]),
    ("hidden",      [0.92, 0.79, 0.83, 0.79, 0.00, 1.00, 1.00, 1.00, 1.00, 0.00]),
    ("paper",       [0.96, 0.97, 0.81, 0.66, 1.00, 1.00, 1.00, 0.00, 1.00, 0.00]),
    ("columns",     [1.00, 1.00, 1.00, 0.45, 0.00, 0.48, 0.48, 0.00, 1.00, 0.00]),
    ("paper-table", [1.00, 1.00, 1.00, 0.70, 1.00, 1.00, 1.00, 0.00, 1.00, 0.00]),
    ("scan",        [0.80, 0.59, 0.00, 0.38, 0.00, 0.40, 0.90, 0.00, 0.78, 0.90]),
    ("no-map",      [0.83, 0.57, 0.00, 0.40, 0.00, 0.00, 0.00, 0.00, 0.90, 0.90]),
    ("no-font",     [0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00, 0.00]),
];

/// Below this gram F1 a document that needs OCR counts as not read.
const READ: f64 = 0.8;

/// A line of `truth.jsonl`.
#[derive(Deserialize)]
struct Truth {
    file: String,
    shape: String,
    media_type: Option<String>,
    url: Option<String>,
    title: String,
    date: Option<String>,
    author: Option<String>,
    number: Option<String>,
    phones: Vec<String>,
    encoding: Option<String>,
    lang: String,
    script: Option<String>,
    pages: Option<usize>,
    #[serde(default)]
    ocr: Vec<usize>,
    blocks: Vec<Part>,
    not: Vec<String>,
}

/// A block of the truth.
#[derive(Deserialize)]
struct Part {
    kind: String,
    text: String,
    #[serde(default)]
    cells: Vec<String>,
    headers: Option<Vec<Option<String>>>,
    #[serde(default)]
    may: bool,
}

#[test]
fn official_papers_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/official");
    let asked = |name: &str| ["pdftotext", "tesseract"].contains(&name);
    let absent: Vec<String> =
        programs().into_iter().filter(|p| p.version.is_none() && asked(&p.name)).map(|p| p.name).collect();
    if !absent.is_empty() {
        eprintln!("NOT RUN: the PDFs of official_papers_are_read: {} not installed", absent.join(", "));
    }
    let mut shapes: BTreeMap<String, Vec<Measured>> = BTreeMap::new();
    println!("{:24} {}", "", MEASURES.map(|m| format!("{m:>8}")).concat());
    for truth in truths(&folder) {
        if truth.pages.is_some() && !absent.is_empty() {
            continue;
        }
        let bytes = std::fs::read(folder.join(&truth.file)).expect("each line of truth.jsonl names a file");
        let source = Source {
            bytes: &bytes,
            media_type: truth.media_type.as_deref(),
            uri: truth.url.as_deref().unwrap_or(""),
            name: &truth.file,
        };
        let (document, complaints) = read(&source, &ReadSettings::default());
        let measured = measure(&truth, &document, &complaints);
        show(&truth.file, &measured);
        shapes.entry(truth.shape).or_default().push(measured);
    }
    let mut low = Vec::new();
    for (shape, documents) in &shapes {
        let floors = FLOORS.iter().find(|(name, _)| name == shape).map(|(_, floors)| floors);
        let floors = floors.expect("each shape of truth.jsonl has its floors");
        let means: Measured = std::array::from_fn(|n| {
            let known: Vec<f64> = documents.iter().filter_map(|d| d[n]).collect();
            (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
        });
        show(&format!("= {shape} ({})", documents.len()), &means);
        for ((mean, floor), measure) in means.iter().zip(floors).zip(MEASURES) {
            // A floor is written with two digits.
            if mean.is_some_and(|m| m + 0.005 < *floor) {
                low.push(format!(
                    "{shape}: {measure} is {:.2}, at least {floor:.2} is asked for",
                    mean.unwrap_or(0.0)
                ));
            }
        }
    }
    assert!(low.is_empty(), "{}", low.join("\n"));
}

fn truths(folder: &Path) -> Vec<Truth> {
    let path: PathBuf = folder.join("truth.jsonl");
    let text = std::fs::read_to_string(&path).expect("tests/official/truth.jsonl");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of truth.jsonl")).collect()
}

fn show(name: &str, measured: &Measured) {
    let figure = |m: &Option<f64>| m.map_or(format!("{:>8}", "-"), |m| format!("{m:8.2}"));
    println!("{name:24} {}", measured.iter().map(figure).collect::<String>());
}

/// The measures of one document, in the order of [`MEASURES`].
fn measure(truth: &Truth, document: &Document, complaints: &[Complaint]) -> Measured {
    let letters: Vec<char> = document.text.chars().collect();
    let cut = |span: &Span| letters[span.start..span.end].iter().collect::<String>();
    let read: Vec<_> = document.blocks.iter().filter(|b| b.main && !b.hidden).collect();
    let main = read.iter().map(|b| cut(&b.span)).collect::<Vec<_>>().join("\n");
    let asked: Vec<&Part> = truth.blocks.iter().filter(|b| !b.may).collect();

    let texts = |parts: &[&Part]| parts.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n");
    let whole = texts(&truth.blocks.iter().collect::<Vec<_>>());
    // Whichever is nearer: with what may stand there, or without.
    let text = gram_f1(&main, &texts(&asked)).max(gram_f1(&main, &whole));

    let order = in_order(&asked.iter().map(|p| squash(&p.text)).collect::<Vec<_>>(), &squash(&main));
    let tight = unspaced(&main);
    let absent = share(truth.not.iter().map(|n| !tight.contains(&unspaced(n))));

    let mut found: HashMap<(&str, String), usize> = HashMap::new();
    for block in &read {
        *found.entry((block.kind.as_str(), squash(&cut(&block.span)))).or_default() += 1;
    }
    let blocks = share(asked.iter().map(|p| {
        let left = found.get_mut(&(p.kind.as_str(), squash(&p.text)));
        left.is_some_and(|n| std::mem::replace(n, n.saturating_sub(1)) > 0)
    }));

    let tables: Vec<Vec<(String, String)>> = read
        .iter()
        .map(|b| {
            let cell = |c: &plainsight_model::Cell| {
                (squash(&cut(&c.span)), squash(c.header.as_deref().unwrap_or("")))
            };
            b.cells.iter().map(cell).collect()
        })
        .collect();
    let rows = share(asked.iter().filter(|p| !p.cells.is_empty()).map(|p| {
        let headers = p.headers.as_ref();
        let same = |n: usize, (text, header): &(String, String)| {
            let above = headers.map(|h| squash(h[n].as_deref().unwrap_or("")));
            *text == squash(&p.cells[n]) && above.is_none_or(|above| above == *header)
        };
        tables.iter().any(|r| r.len() == p.cells.len() && r.iter().enumerate().all(|(n, c)| same(n, c)))
    }));

    let title = squash(document.title.as_deref().unwrap_or("")) == squash(&truth.title);
    let day = document.date == truth.date;
    let encoding = truth.encoding.as_ref().map(|e| document.encoding.as_ref() == Some(e));
    let told = (!truth.ocr.is_empty()).then_some(text >= READ || !complaints.is_empty());
    let right = |yes: bool| f64::from(u8::from(yes));
    [
        Some(text),
        order,
        absent,
        blocks,
        rows,
        Some(right(title)),
        Some(right(day)),
        encoding.map(right),
        facts(truth, document, &tight),
        told.map(right),
    ]
}

/// Language with script, author, number, telephones, pages: those that the truth knows.
fn facts(truth: &Truth, document: &Document, main: &str) -> Option<f64> {
    let language =
        document.lang == truth.lang && document.script.map(|s| s.as_str()) == truth.script.as_deref();
    let mut right = vec![language];
    right.extend(truth.author.as_ref().map(|a| document.author.as_ref() == Some(a)));
    right.extend(truth.number.iter().chain(&truth.phones).map(|n| main.contains(&unspaced(n))));
    let page = |path: &str| path.strip_prefix("page ")?.split([',', ' ']).next()?.parse::<usize>().ok();
    let last = document.blocks.iter().filter_map(|b| page(&b.path)).max();
    right.extend(truth.pages.map(|pages| last == Some(pages)));
    share(right.into_iter())
}

fn share(right: impl Iterator<Item = bool>) -> Option<f64> {
    let (mut yes, mut all) = (0usize, 0usize);
    for one in right {
        yes += usize::from(one);
        all += 1;
    }
    (all > 0).then(|| yes as f64 / all as f64)
}

/// Letters and digits alone, compatibility forms made one, in lower case.
fn squash(text: &str) -> String {
    text.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Without spaces, compatibility forms made one: marks count, for `- 1 -` is more than `1`.
fn unspaced(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The share of blocks that stand in the text in their order: the longest rising chain of their places.
fn in_order(blocks: &[String], text: &str) -> Option<f64> {
    // At `n`: the smallest place at which a chain of `n + 1` blocks can end.
    let mut ends: Vec<usize> = Vec::new();
    for block in blocks.iter().filter(|b| !b.is_empty()) {
        // From the last place to the first, so that no chain takes a block twice.
        for (at, _) in text.rmatch_indices(block.as_str()) {
            let n = ends.partition_point(|end| *end < at);
            match ends.get_mut(n) {
                Some(end) => *end = at,
                None => ends.push(at),
            }
        }
    }
    (!blocks.is_empty()).then(|| ends.len() as f64 / blocks.len() as f64)
}

/// F1 over runs of four tokens, as the scorer of the reading set has it.
fn gram_f1(read: &str, truth: &str) -> f64 {
    let (read, truth) = (grams(read), grams(truth));
    let count = |grams: &HashMap<Vec<String>, usize>| grams.values().sum::<usize>() as f64;
    let both: usize = truth.iter().map(|(gram, n)| *n.min(read.get(gram).unwrap_or(&0))).sum();
    let all = count(&read) + count(&truth);
    if all > 0.0 { 2.0 * both as f64 / all } else { 0.0 }
}

fn grams(text: &str) -> HashMap<Vec<String>, usize> {
    let mut out = HashMap::new();
    let tokens = tokens(text);
    for gram in tokens.windows(4.min(tokens.len()).max(1)) {
        *out.entry(gram.to_vec()).or_default() += 1;
    }
    out
}

/// A Han character is a token, and so is any other run of letters and digits.
fn tokens(text: &str) -> Vec<String> {
    let (mut out, mut run) = (Vec::new(), String::new());
    for c in text.nfkc().flat_map(char::to_lowercase).chain([' ']) {
        if c.is_alphanumeric() && !is_han(c) {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out.push(std::mem::take(&mut run));
        }
        if is_han(c) {
            out.push(c.to_string());
        }
    }
    out
}

#[test]
fn the_scorer_knows_right_from_wrong() {
    assert_eq!(tokens("电话：０６08-555 ab"), ["电", "话", "0608", "555", "ab"]);
    assert_eq!(gram_f1("栖澜县公安局", "栖澜县公安局"), 1.0);
    assert_eq!(gram_f1("", "栖澜县公安局"), 0.0);
    assert!(gram_f1("首页 栖澜县公安局", "栖澜县公安局") < 1.0);
    let blocks = ["甲乙", "丙", "丁"].map(str::to_owned);
    assert_eq!(in_order(&blocks, "甲乙丙丁"), Some(1.0));
    assert_eq!(in_order(&blocks, "丙丁甲乙"), Some(2.0 / 3.0));
    assert_eq!(unspaced("- 1 -"), "-1-");
}
