//! Foreign strings made fit to be shown.
//!
//! Whatever a source, a file name or an address says is text and nothing else.
//! Escaping is maud's work; here is what escaping does not see: characters
//! that turn the reading direction (an address that reads backwards names
//! another host), controls, language tags, and whole paths of a machine.

use maud::{Markup, html};

/// Marks a foreign string with its language and keeps its reading direction to itself.
pub(crate) fn foreign(text: &str, lang: &str) -> Markup {
    html! { bdi lang=(language_tag(lang, None)) { (controls_gone(text)) } }
}

/// Shows a title, name, address or file name; what turns or hides is spelled out.
pub(crate) fn plain(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if turns_or_hides(c) || c.is_control() {
            out.push_str(&format!("[U+{:04X}]", c as u32));
        } else {
            out.push(c);
        }
        out
    })
}

/// A quote stays as it is, but for controls that no HTML may hold.
pub(crate) fn controls_gone(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{FFFD}' } else { c }).collect()
}

/// Bidirectional controls and characters without width.
fn turns_or_hides(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{061C}' | '\u{FEFF}')
}

/// A language tag of letters, digits and hyphens; anything else is `und`.
pub(crate) fn language_tag(lang: &str, script: Option<&str>) -> String {
    let good = |text: &str| {
        (2..=35).contains(&text.len())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && text.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    match script {
        _ if !good(lang) => "und".to_owned(),
        Some(script) if lang == "zh" && good(script) => format!("{lang}-{script}"),
        _ => lang.to_owned(),
    }
}

/// The last part of a path: a dossier never tells where something lay on a machine.
pub(crate) fn file_name(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Pinyin of the Han characters of a text, syllable by syllable; `None` where there are none.
/// The reading is the most frequent one of each character, found by machine.
pub(crate) fn pinyin(text: &str) -> Option<String> {
    use pinyin::ToPinyin;
    let mut out = String::new();
    let mut after_han = false;
    let mut any = false;
    for c in text.chars().take(400) {
        let syllable = plainsight_text::is_han(c).then(|| c.to_pinyin()).flatten();
        match syllable {
            Some(syllable) => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(syllable.with_tone());
                any = true;
                after_han = true;
            }
            None => {
                if after_han && c.is_alphanumeric() {
                    out.push(' ');
                }
                out.push(if c.is_control() { ' ' } else { c });
                after_han = false;
            }
        }
    }
    any.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_address_is_spelled_out() {
        assert_eq!(plain("a\u{202E}moc.live"), "a[U+202E]moc.live");
        assert_eq!(plain("b\u{0}\u{200B}"), "b[U+0000][U+200B]");
        assert_eq!(plain("岚海"), "岚海");
    }

    #[test]
    fn a_language_tag_breaks_out_of_nothing() {
        assert_eq!(language_tag("zh", Some("Hant")), "zh-Hant");
        assert_eq!(language_tag("nl", Some("Hant")), "nl");
        assert_eq!(language_tag("x\" onload=\"", None), "und");
        assert_eq!(language_tag("", None), "und");
    }

    #[test]
    fn a_source_is_named_without_its_folder() {
        for (path, name) in [
            ("a.html", "a.html"),
            ("/home/somebody/a.html", "a.html"),
            ("C:\\x\\a.html", "a.html"),
            ("d/", "d"),
        ] {
            assert_eq!(file_name(path), name);
        }
    }

    #[test]
    fn pinyin_beside_han() {
        assert_eq!(pinyin("岚海").as_deref(), Some("lán hǎi"));
        assert_eq!(pinyin("18日"), Some("18 rì".to_owned()));
        assert_eq!(pinyin("haven"), None);
    }
}
