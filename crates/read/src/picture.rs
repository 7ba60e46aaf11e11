//! Pictures through Tesseract: Chinese and Latin are both tried, and the text
//! in which Tesseract has more confidence stays. What the picture says of itself
//! (`exif/`) stands beside it, and a photo that lies on its side is put upright.

mod upright;

use crate::canon::{self, Raw};
use crate::plain::join;
use crate::programs::{Call, Failed, INSTALL_TESSERACT, Output, Programs, ocr_languages};
use crate::{Source, empty, exif, language};
use plainsight_model::{BlockKind, Complaint, ComplaintKind, Document, DocumentKind, ReadSettings};
use plainsight_text::{ScriptOf, is_han, script_of};

/// The ending of pictures that Tesseract does not read.
pub(crate) const HEIC: &str = "heic";

/// Below this mean confidence (of 100) the text is doubtful.
const DOUBTFUL: f64 = 60.0;

pub(crate) fn read(
    source: &Source,
    ending: &str,
    settings: &ReadSettings,
    programs: &dyn Programs,
    complaints: &mut Vec<Complaint>,
) -> Document {
    let mut document = empty(DocumentKind::Picture, "tesseract");
    if source.bytes.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Damaged, "the picture is empty", "byte 0"));
        return document;
    }
    document.metadata = exif::metadata(source.bytes, complaints);
    if ending == HEIC {
        let what = "the letters of the picture were not read: tesseract does not read HEIC and AVIF";
        let complaint = Complaint::new(ComplaintKind::NoReader, what, "document");
        complaints.push(complaint.cure("save it as JPEG or PNG and add that beside it"));
        return document;
    }
    let Some(wanted) = languages(settings, programs, "the picture", complaints) else { return document };
    let read = |call: &dyn Fn(String) -> Call, input: (&str, &[u8])| {
        best(&|languages: &str| programs.run(&call(languages.to_owned()), Some(input)), &wanted)
    };
    let as_it_is = || read(&Call::Ocr, (ending, source.bytes));
    // Tesseract does not look at the orientation, and reads nothing in a picture that lies on its side.
    let reading = match upright::page(source.bytes) {
        Some(page) => read(&|languages| Call::PdfPage(1, languages), ("pdf", &page)).or_else(|_| as_it_is()),
        None => as_it_is(),
    };
    match reading {
        Ok(reading) => finish(&mut document, reading, complaints),
        Err(failed) => complaints.push(not_read(failed, "the picture", "document")),
    }
    document
}

/// The languages of the settings that Tesseract can read here; none, with a complaint that names `what`,
/// where it can read nothing.
pub(crate) fn languages<'s>(
    settings: &'s ReadSettings,
    programs: &dyn Programs,
    what: &str,
    complaints: &mut Vec<Complaint>,
) -> Option<Vec<&'s String>> {
    if !settings.programs {
        let told = format!("{what} was not read: no program may be called");
        complaints.push(missing(&told).cure("allow programs"));
        return None;
    }
    let installed = ocr_languages(programs);
    let (wanted, absent): (Vec<&String>, Vec<&String>) =
        settings.ocr_languages.iter().partition(|language| installed.contains(language));
    if wanted.is_empty() {
        let why = match installed.is_empty() {
            true => "tesseract is not installed",
            false => "none of the languages of the settings is installed for tesseract",
        };
        complaints.push(missing(&format!("{what} was not read: {why}")).cure(INSTALL_TESSERACT));
        return None;
    }
    if !absent.is_empty() {
        let absent: Vec<&str> = absent.into_iter().map(String::as_str).collect();
        let told =
            format!("tesseract does not read {} here; a picture in it is read wrongly", absent.join(", "));
        complaints.push(missing(&told).cure(INSTALL_TESSERACT));
    }
    Some(wanted)
}

fn missing(what: &str) -> Complaint {
    Complaint::new(ComplaintKind::MissingProgram("tesseract".to_owned()), what, "document")
}

/// Why Tesseract gave nothing.
pub(crate) fn not_read(failed: Failed, what: &str, place: &str) -> Complaint {
    match failed {
        Failed::Missing => {
            missing(&format!("{what} was not read: tesseract is not installed")).cure(INSTALL_TESSERACT)
        }
        Failed::Slow => {
            let told = format!("{what} was not read: tesseract took more than a minute and was stopped");
            Complaint::new(ComplaintKind::Bound, told, place)
        }
        Failed::Refused(why) => {
            Complaint::new(ComplaintKind::Damaged, format!("tesseract could not read {what}: {why}"), place)
        }
    }
}

fn finish(document: &mut Document, reading: Reading, complaints: &mut Vec<Complaint>) {
    if reading.raws.is_empty() {
        complaints.push(Complaint::new(ComplaintKind::Note, "no text was seen in the picture", "document"));
    }
    complaints.extend(reading.doubt("document"));
    document.reader = format!("{} ({})", document.reader, reading.languages);
    canon::lay(document, reading.raws);
    let found = language(&document.text);
    document.lang = found.lang;
    document.script = found.script;
}

/// What was seen in a picture.
pub(crate) struct Reading {
    pub languages: String,
    confidence: f64,
    pub raws: Vec<Raw>,
}

impl Reading {
    /// A complaint where the words are unsure.
    pub(crate) fn doubt(&self, place: &str) -> Option<Complaint> {
        let what = format!(
            "the text was read from a picture with a confidence of {:.0} of 100; check it",
            self.confidence
        );
        (!self.raws.is_empty() && self.confidence < DOUBTFUL)
            .then(|| Complaint::new(ComplaintKind::Doubtful, what, place))
    }
}

/// Simplified first; where it sees traditional characters or is unsure, the
/// traditional model; and the Latin languages together.
///
/// `ask` runs Tesseract in some languages (`chi_sim+eng`).
pub(crate) fn best(
    ask: &dyn Fn(&str) -> Result<Output, Failed>,
    wanted: &[&String],
) -> Result<Reading, Failed> {
    let has = |name: &str| wanted.iter().any(|l| *l == name);
    let latin: Vec<&str> = wanted.iter().map(|l| l.as_str()).filter(|l| !l.starts_with("chi_")).collect();
    let english = if has("eng") { "+eng" } else { "" };
    let mut readings = Vec::new();
    if has("chi_sim") {
        readings.push(once(ask, &format!("chi_sim{english}"))?);
    }
    let sure = readings.first().is_some_and(|r| r.confidence > 93.0 && script_of(&all(r)) == ScriptOf::Hans);
    // Where the first model sees no letter at all there is none: layout does not depend on the language,
    // and most pictures of a web page are icons and lines.
    let blank = readings.first().is_some_and(|r| r.raws.is_empty()) && !english.is_empty();
    if has("chi_tra") && !sure && !blank {
        readings.push(once(ask, &format!("chi_tra{english}"))?);
    }
    if !latin.is_empty() && !sure && !blank {
        readings.push(once(ask, &latin.join("+"))?);
    }
    // A Chinese model that saw no Han read a Latin text, and worse than the Latin
    // models do: it loses accents. Else the first of equals wins.
    let latin_text = |r: &Reading| r.languages.starts_with("chi_") && script_of(&all(r)) == ScriptOf::Latin;
    let weight = |r: &Reading| r.confidence - if latin_text(r) { 5.0 } else { 0.0 };
    let best = readings.into_iter().reduce(|a, b| if weight(&b) > weight(&a) + 0.5 { b } else { a });
    best.ok_or_else(|| Failed::Refused("no language to read with".to_owned()))
}

fn all(reading: &Reading) -> String {
    reading.raws.iter().map(|r| r.text.as_str()).collect()
}

fn once(ask: &dyn Fn(&str) -> Result<Output, Failed>, languages: &str) -> Result<Reading, Failed> {
    let output = ask(languages)?;
    let (raws, confidence) = lines(&output.text);
    Ok(Reading { languages: languages.to_owned(), confidence, raws })
}

/// A line as Tesseract sees it.
struct Line<'t> {
    /// Page, block and paragraph.
    paragraph: &'t str,
    /// Page, block, paragraph and line.
    place: &'t str,
    number: usize,
    /// The height of its box, in pixels.
    height: f64,
    text: String,
}

/// The words of Tesseract's table, joined to lines and those to paragraphs; the mean confidence by letters.
fn lines(table: &str) -> (Vec<Raw>, f64) {
    let mut out: Vec<Line> = Vec::new();
    // The box of a line stands in a row of its own before its words, whose boxes are higher than they are.
    let mut height = 0.0;
    let (mut sum, mut letters) = (0.0, 0.0);
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [level, ids @ .., _, _, _, high, confidence, word] = columns.as_slice() else { continue };
        if *level == "4" {
            height = high.parse().unwrap_or(0.0);
        }
        let (word, confidence) = (word.trim(), confidence.parse::<f64>().unwrap_or(-1.0));
        if confidence < 0.0 || word.is_empty() || ids.len() < 4 {
            continue;
        }
        let weight = word
            .chars()
            .filter(|c| c.is_alphanumeric())
            .map(|c| if is_han(c) { 3.0 } else { 1.0 })
            .sum::<f64>();
        sum += confidence * weight;
        letters += weight;
        // Page, block, paragraph, line: everything before the word's number.
        let until = |columns: &[&str]| columns.iter().map(|c| c.len() + 1).sum::<usize>() - 1;
        let (place, paragraph) = (&row[2..until(&columns[..5])], &row[2..until(&columns[..4])]);
        let number = out.len() + 1;
        match out.last_mut() {
            Some(last) if last.place == place => last.text = join(&last.text, word),
            _ => out.push(Line { paragraph, place, number, height, text: word.to_owned() }),
        }
    }
    out.retain(|line| line.text.chars().any(char::is_alphanumeric));
    (paragraphs(&out), if letters > 0.0 { sum / letters } else { 0.0 })
}

/// Joins the lines of one paragraph that are of one size: a heading stands apart, and so does each line of a list.
fn paragraphs(lines: &[Line]) -> Vec<Raw> {
    let mut out: Vec<Raw> = Vec::new();
    for group in lines.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let list = is_list(group);
        for (at, line) in group.iter().enumerate() {
            match out.last_mut() {
                Some(last) if at > 0 && !list && same_size(&group[at - 1], line) => {
                    last.text = join(&last.text, &line.text);
                }
                _ => out.push(Raw::new(BlockKind::Paragraph, format!("line {}", line.number), &*line.text)),
            }
        }
    }
    out
}

/// A Latin line is as high as its letters happen to be, a line of Han always as high as its type.
fn same_size(a: &Line, b: &Line) -> bool {
    let han = |line: &Line| line.text.chars().any(is_han);
    let most = if han(a) && han(b) { 1.15 } else { 1.6 };
    let (low, high) = (a.height.min(b.height), a.height.max(b.height));
    high <= low * most
}

/// Whether lines are entries: two of them begin with a mark or a number, or hold a long number each. Joined,
/// the telephone of one entry would stand beside the name of another.
fn is_list(lines: &[Line]) -> bool {
    let marked = |line: &&Line| {
        let head: String = line.text.chars().take_while(|c| !c.is_whitespace()).take(4).collect();
        let count = head.trim_end_matches(['.', ')', '）', '、', '．', ':']);
        let numbered = count.len() < head.len() && count.chars().all(|c| c.is_ascii_digit());
        head.starts_with(['•', '·', '●', '○', '■', '□', '▪', '★', '*', '-', '–']) || numbered
    };
    let long = |line: &&Line| {
        let mut run = 0;
        line.text.chars().any(|c| {
            run = match c {
                '0'..='9' | '０'..='９' => run + 1,
                ' ' | '-' | '－' | '(' | ')' | '+' | '.' => run,
                _ => 0,
            };
            run >= 7
        })
    };
    lines.iter().filter(marked).count() > 1 || lines.iter().filter(long).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_has_no_spaces() {
        let table = "level\tpage\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t96\t警务\n5\t1\t1\t1\t1\t2\t0\t0\t9\t9\t90\t站\n5\t1\t2\t1\t1\t1\t0\t0\t9\t9\t80\tde\n5\t1\t2\t1\t1\t2\t0\t0\t9\t9\t80\tpost\n4\t1\t1\t1\t3\t0\t0\t0\t9\t9\t-1\t\n";
        let (raws, confidence) = lines(table);
        assert_eq!(raws.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), ["警务站", "de post"]);
        assert!((86.0..90.0).contains(&confidence), "{confidence}");
    }

    /// A table as Tesseract prints it, from paragraph, height and words of each line.
    fn table(lines: &[Row]) -> String {
        let mut out = "level\tpage\n".to_owned();
        for (number, (paragraph, height, text)) in lines.iter().enumerate() {
            let line = number + 1;
            out += &format!("4\t1\t{paragraph}\t1\t{line}\t0\t0\t0\t9\t{height}\t-1\t\n");
            for (at, word) in text.split(' ').enumerate() {
                out += &format!("5\t1\t{paragraph}\t1\t{line}\t{at}\t0\t0\t9\t83\t95\t{word}\n");
            }
        }
        out
    }

    /// Paragraph, height and words of a line.
    type Row = (u32, u32, &'static str);

    #[test]
    fn lines_of_one_paragraph_belong_together() {
        let cases: &[(&[Row], &[&str])] = &[
            (
                &[
                    (1, 70, "通报"),
                    (1, 46, "该联络点由溯岩市公安局设立"),
                    (1, 47, "2021年5月4日启用"),
                    (2, 46, "谢谢"),
                ],
                &["通报", "该联络点由溯岩市公安局设立2021年5月4日启用", "谢谢"],
            ),
            (&[(1, 30, "Het loket is"), (1, 22, "sinds mei open")], &["Het loket is sinds mei open"]),
            (
                &[(1, 30, "Torsund, tel. 020 555 1234"), (1, 30, "Halvik, tel. 030 555 4321")],
                &["Torsund, tel. 020 555 1234", "Halvik, tel. 030 555 4321"],
            ),
            (&[(1, 30, "1. apples"), (1, 30, "2. pears")], &["1. apples", "2. pears"]),
            (&[(1, 30, "• manzanas"), (1, 30, "• peras")], &["• manzanas", "• peras"]),
        ];
        for (rows, want) in cases {
            let (raws, _) = lines(&table(rows));
            assert_eq!(raws.iter().map(|r| r.text.as_str()).collect::<Vec<_>>(), *want);
        }
    }
}
