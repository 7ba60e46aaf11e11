//! Targets of `find` and `lens`: texts with telephone numbers, addresses, counts; tables of a lens.

use plainsight_find::{Finder, sift};
use plainsight_lens::Lens;
use plainsight_model::{Document, Findings, ReadSettings, Span};
use plainsight_read::Source;
use plainsight_text::Chars;
use std::sync::OnceLock;

const LENS: &str = "overseas-posts";

fn finder() -> &'static Finder {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    FINDER.get_or_init(|| Finder::new(Lens::builtin(LENS).expect("it ships with the program")))
}

/// A text with all finders; the first line is its day.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (day, text) = text.split_once('\n').map_or((None, &*text), |(day, rest)| (Some(day), rest));
    let chars = Chars::new(text);
    let found = finder().find_text(text, day, None);
    for mention in &found.mentions {
        let span = mention.span;
        assert!(span.start < span.end && span.end <= chars.len(), "{mention:?}");
        assert_eq!(chars.slice(text, span.start, span.end), mention.text);
    }
    for frame in &found.frames {
        assert!(frame.span.start < frame.span.end && frame.span.end <= chars.len(), "{frame:?}");
        for slot in frame.slots.values().flatten() {
            assert_eq!(chars.slice(text, slot.span.start, slot.span.end), slot.text);
        }
    }
}

/// A page that a language model was asked about. It is invented.
const READ: &str = "茶馆里的客人\n据《晚报》报道，箧垣县公安局的民警每月在哈尔沃的一家茶馆接待侨胞。\n2019年5月3日起，电话0099120555143。";

/// An answer of a language model: what is left of it stands in the page.
pub fn proposals(bytes: &[u8]) {
    static PAGE: OnceLock<(Document, Findings)> = OnceLock::new();
    let (page, findings) = PAGE.get_or_init(|| {
        let source = Source { bytes: READ.as_bytes(), media_type: Some("text/plain"), uri: "", name: "" };
        let settings = ReadSettings { programs: false, ..ReadSettings::default() };
        let (page, _) = plainsight_read::read(&source, &settings);
        let findings = finder().find(&page);
        (page, findings)
    });
    let lens = finder().lens();
    let part = Span::new(0, page.text.chars().count());
    let sifted = sift(lens, page, findings, part, &String::from_utf8_lossy(bytes));
    for proposal in &sifted.kept {
        assert!(part.contains(&proposal.quote) && !proposal.quote.is_empty(), "{proposal:?}");
        let rule =
            lens.settings.frames.iter().find(|rule| rule.kind == proposal.kind).expect("a kind of the lens");
        for (name, span) in &proposal.slots {
            assert!(rule.slots.contains(name) && part.contains(span) && !span.is_empty(), "{proposal:?}");
        }
        assert!(finder().frame_of(page, findings, proposal, "model:x").is_some(), "{proposal:?}");
    }
}

/// A table of terms under the settings of the built-in lens.
pub fn terms(bytes: &[u8]) {
    compile("terms.csv", bytes);
}

/// Settings over a table with two terms.
pub fn lens_toml(bytes: &[u8]) {
    compile("lens.toml", bytes);
}

/// Compiles a lens of which one file is foreign. Faults say what is wrong and what to do.
fn compile(name: &str, bytes: &[u8]) {
    const TERMS: &[u8] =
        b"term,language,script,kind,strength,match,not_inside,forms,state,meaning_en,source\n\
        service station,en,Latn,post,strong,word,,service stations,,service station,general\n\
        \xe6\x9c\x8d\xe5\x8a\xa1\xe7\xab\x99,zh,Hans,post,weak,substring,,,,service station,general\n";
    let builtin = Lens::builtin(LENS).expect("it ships with the program");
    let file = |wanted: &str| match wanted {
        wanted if wanted == name => bytes.to_vec(),
        "terms.csv" => TERMS.to_vec(),
        _ => {
            builtin.files().iter().find(|(known, _)| known == wanted).map(|f| f.1.clone()).unwrap_or_default()
        }
    };
    let files = ["lens.toml", "terms.csv", "sources.csv"].map(|name| (name.to_owned(), file(name)));
    match Lens::of_files(files.to_vec()) {
        Ok(lens) => drop(lens.digest()),
        Err(faults) => {
            assert!(!faults.is_empty(), "a lens that cannot be used says why");
            assert!(faults.iter().all(|fault| !fault.to_string().is_empty()));
        }
    }
}
