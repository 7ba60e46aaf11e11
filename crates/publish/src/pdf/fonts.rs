//! The fonts of this machine: which are there, and which one draws a character.
//!
//! Nothing is bundled: fonts for Han weigh 20 MB and more, and a machine on
//! which somebody reads Chinese has one. The choice depends on the fonts that
//! are installed and on nothing else, so the same machine draws the same page.

use fontdb::{Database, ID, Source, Stretch, Style, Weight};
use rustybuzz::ttf_parser;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization as _;

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Voice {
    /// Plainsight and the people who work in it.
    Sans,
    /// A source speaking, and running text.
    Serif,
    /// Digests, where each digit is compared.
    Mono,
}

const SERIF: &[&str] = &[
    "Source Serif 4",
    "Source Serif Pro",
    "Noto Serif",
    "Charter",
    "Georgia",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Liberation Serif",
    "DejaVu Serif",
    "Times New Roman",
];
const SANS: &[&str] = &[
    "Source Sans 3",
    "Source Sans Pro",
    "Noto Sans",
    "Segoe UI",
    "Helvetica Neue",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Liberation Sans",
    "DejaVu Sans",
    "Arial",
];
const MONO: &[&str] = &[
    "Source Code Pro",
    "Noto Sans Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
    "Liberation Mono",
    "Noto Sans Mono CJK SC",
];
const HANS: [&[&str]; 2] = [
    &["Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Songti SC", "SimSun"],
    &["Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei"],
];
const HANT: [&[&str]; 2] = [
    &["Source Han Serif TC", "Noto Serif CJK TC", "Noto Serif TC", "Songti TC", "PMingLiU"],
    &["Source Han Sans TC", "Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"],
];
const JAPANESE: [&[&str]; 2] = [
    &["Source Han Serif", "Noto Serif CJK JP", "Noto Serif JP", "Hiragino Mincho ProN", "Yu Mincho"],
    &["Source Han Sans", "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic"],
];
const KOREAN: [&[&str]; 2] = [
    &["Source Han Serif K", "Noto Serif CJK KR", "Noto Serif KR", "Batang"],
    &["Source Han Sans K", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic"],
];

/// The package that brings a font for Han on a Debian-like machine.
const INSTALL_HAN: &str = "apt-get install fonts-noto-cjk";
/// The package that brings fonts for most other scripts.
const INSTALL_OTHERS: &str = "apt-get install fonts-noto-core";
/// The package that brings one for pictures among letters.
const INSTALL_SIGNS: &str = "apt-get install fonts-symbola";

/// The fonts that are installed on a machine.
#[derive(Debug)]
pub struct Fonts {
    database: Database,
    /// Upright faces by family, in the order in which they are tried.
    families: BTreeMap<String, Vec<(u16, ID)>>,
}

impl Fonts {
    /// Looks where the system keeps its fonts; each is read when it is first needed.
    #[must_use]
    pub fn installed() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::of(database)
    }

    /// No fonts: a dossier without its PDF.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Database::new())
    }

    /// The fonts of one folder, and no others.
    #[must_use]
    pub fn of_folder(folder: &std::path::Path) -> Self {
        let mut database = Database::new();
        database.load_fonts_dir(folder);
        Self::of(database)
    }

    fn of(database: Database) -> Self {
        let mut faces: Vec<_> = database
            .faces()
            .filter(|face| face.style == Style::Normal && face.stretch == Stretch::Normal)
            .filter_map(|face| {
                let family = face.families.first()?.0.clone();
                let order = (face.weight.0, face.post_script_name.clone(), path(&face.source), face.index);
                Some((family, order, face.id))
            })
            .collect();
        faces.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut families: BTreeMap<String, Vec<(u16, ID)>> = BTreeMap::new();
        for (family, order, id) in faces {
            families.entry(family).or_default().push((order.0, id));
        }
        Self { database, families }
    }

    /// The fonts that would draw Latin and Han letters, and how to get what is missing.
    #[must_use]
    pub fn found(&self) -> (String, Option<&'static str>) {
        let mut faces = Faces::new(self);
        let mut name = |c: char, lang: &str| {
            let face = faces.choose(&c.to_string(), Voice::Serif, false, lang)?;
            self.database
                .face(faces.loaded.get(face)?.id)
                .map(|face| face.families.first().map_or_else(String::new, |f| f.0.clone()))
        };
        match (name('é', "en"), name('国', "zh-Hans")) {
            (Some(latin), Some(han)) => (format!("{latin} for Latin, {han} for Han"), None),
            (Some(latin), None) => (format!("{latin} for Latin, none for Han"), Some(INSTALL_HAN)),
            (None, Some(han)) => (format!("none for Latin, {han} for Han"), Some(INSTALL_OTHERS)),
            (None, None) => ("no font".to_owned(), Some(INSTALL_HAN)),
        }
    }
}

fn path(source: &Source) -> PathBuf {
    match source {
        Source::File(path) | Source::SharedFile(path, _) => path.clone(),
        Source::Binary(_) => PathBuf::new(),
    }
}

/// How to get a font that has a character.
pub(crate) fn install(text: &str) -> &'static str {
    match () {
        () if text.chars().any(is_wide) => INSTALL_HAN,
        () if text.chars().any(|c| matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}')) => {
            INSTALL_SIGNS
        }
        () => INSTALL_OTHERS,
    }
}

/// What means something on one machine only; no PDF/A may hold it.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// A face that was read.
pub(crate) struct Face {
    id: ID,
    /// The file's bytes; faces of one collection share them.
    pub data: Arc<Vec<u8>>,
    /// Its number in the file.
    pub index: u32,
    /// The same for the writer.
    pub font: krilla::text::Font,
}

/// The faces that a document has used so far.
pub(crate) struct Faces<'f> {
    fonts: &'f Fonts,
    /// By the numbers that `choose` gives.
    pub loaded: Vec<Face>,
    numbers: HashMap<ID, Option<usize>>,
    files: HashMap<PathBuf, Arc<Vec<u8>>>,
    chosen: HashMap<(String, Voice, bool, String), Option<usize>>,
}

impl<'f> Faces<'f> {
    /// None yet.
    pub(crate) fn new(fonts: &'f Fonts) -> Self {
        Self {
            fonts,
            loaded: Vec::new(),
            numbers: HashMap::new(),
            files: HashMap::new(),
            chosen: HashMap::new(),
        }
    }

    /// The face for one letter with its marks; `None` where no font has it.
    pub(crate) fn choose(&mut self, letter: &str, voice: Voice, bold: bool, lang: &str) -> Option<usize> {
        let key = (letter.to_owned(), voice, bold, lang.to_owned());
        if let Some(known) = self.chosen.get(&key) {
            return *known;
        }
        let found = self.search(letter, voice, bold, lang);
        self.chosen.insert(key, found);
        found
    }

    fn search(&mut self, letter: &str, voice: Voice, bold: bool, lang: &str) -> Option<usize> {
        if letter.chars().any(is_private) {
            return None;
        }
        let fonts = self.fonts;
        let all = fonts.families.keys().map(String::as_str);
        for family in order(letter, voice, lang).into_iter().chain(all) {
            let Some(faces) = fonts.families.get(family) else { continue };
            let wanted = if bold { Weight::BOLD.0 } else { Weight::NORMAL.0 };
            let Some((_, id)) = faces.iter().min_by_key(|(weight, _)| weight.abs_diff(wanted)) else {
                continue;
            };
            if !self.has(*id, letter) {
                continue;
            }
            if let Some(number) = self.load(*id) {
                return Some(number);
            }
        }
        None
    }

    /// Whether a face may be embedded, has outlines, and has every character of a letter.
    fn has(&self, id: ID, letter: &str) -> bool {
        let has = |data: &[u8], index: u32| {
            let Ok(face) = ttf_parser::Face::parse(data, index) else { return false };
            let tables = face.tables();
            let drawn = tables.glyf.is_some() || tables.cff.is_some() || tables.cff2.is_some();
            let may = face.permissions() != Some(ttf_parser::Permissions::Restricted);
            drawn && may && covers(&face, letter)
        };
        self.fonts.database.with_face_data(id, has).unwrap_or(false)
    }

    fn load(&mut self, id: ID) -> Option<usize> {
        if let Some(known) = self.numbers.get(&id) {
            return *known;
        }
        let number = self.read(id).map(|face| {
            self.loaded.push(face);
            self.loaded.len() - 1
        });
        self.numbers.insert(id, number);
        number
    }

    fn read(&mut self, id: ID) -> Option<Face> {
        let info = self.fonts.database.face(id)?;
        let file = path(&info.source);
        let data = match self.files.get(&file) {
            Some(data) => data.clone(),
            None => Arc::new(self.fonts.database.with_face_data(id, |data, _| data.to_vec())?),
        };
        self.files.insert(file, data.clone());
        let font = krilla::text::Font::new(data.clone().into(), info.index)?;
        Some(Face { id, data, index: info.index, font })
    }
}

/// The families to try first.
fn order(letter: &str, voice: Voice, lang: &str) -> Vec<&'static str> {
    let of = |list: [&'static [&'static str]; 2]| match voice {
        Voice::Serif => list[0],
        Voice::Sans | Voice::Mono => list[1],
    };
    let east = match lang {
        "ja" => JAPANESE,
        "ko" => KOREAN,
        _ if ["zh-Hant", "zh-TW", "zh-HK", "zh-MO"].iter().any(|tag| lang.starts_with(tag)) => HANT,
        _ => HANS,
    };
    let west = match voice {
        Voice::Serif => SERIF,
        Voice::Sans => SANS,
        Voice::Mono => MONO,
    };
    let is_east = letter.chars().any(is_wide) || is_east_asian(lang);
    let (first, second) = if is_east { (of(east), west) } else { (west, of(east)) };
    first.iter().chain(second).copied().collect()
}

/// Whether a language is written in Han, kana or hangul.
pub(crate) fn is_east_asian(lang: &str) -> bool {
    let is = |tag: &str| lang == tag || lang.starts_with(&format!("{tag}-"));
    (is("zh") && !is("zh-Latn")) || is("ja") || is("ko")
}

/// Han, kana, hangul, and the punctuation and wide forms that go with them.
fn is_wide(c: char) -> bool {
    plainsight_text::is_han(c)
        || matches!(c, '\u{2E80}'..='\u{30FF}' | '\u{3100}'..='\u{31FF}' | '\u{AC00}'..='\u{D7AF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}')
}

/// A letter is there as it is written, or as the one character that its parts make.
fn covers(face: &ttf_parser::Face<'_>, letter: &str) -> bool {
    let all =
        |text: &str| text.chars().all(|c| is_invisible(c) || face.glyph_index(c).is_some_and(|id| id.0 != 0));
    all(letter) || all(&letter.nfc().collect::<String>())
}

/// What shows nothing and needs no glyph.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}
