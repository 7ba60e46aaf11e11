//! Own records: a speaker who reads from the files of the body he speaks for.
//!
//! An authority that only says what its police found reports it; one that says
//! what stands in its own register, licence or file speaks as the maker of that
//! record, and is primary for it (notes on corroboration, 3.1).

use plainsight_text::fold;
use regex::Regex;
use std::sync::OnceLock;

/// “Our” with a word for a record behind it, in Dutch, Spanish, English and Chinese. Folded before
/// it is compiled, so that either Chinese script may be written here.
const OWN_RECORD: [&str; 4] = [
    r"\b(?:ons|onze|mijn)\s+(?:\p{L}+\s+)?\p{L}*(?:registers?|administraties?|archief|archieven|dossiers?|vergunning|vergunningen|kadaster|bestanden)\b",
    r"\b(?:nuestr[oa]s?|mis?)\s+(?:\p{L}+\s+)?(?:registros?|licencias?|archivos?|expedientes?|actas?|padron|padrones|catastro)\b",
    r"\b(?:our|my)\s+(?:\p{L}+\s+){0,2}(?:registers?|registry|records?|files?|licen[cs]es?|permits?|archives?)\b",
    r"(?:我们|[我本](?:市|局|部|厅|署|处|院|方|馆|会))(?:的)?[^，。；：“”]{0,6}?(?:登记|记录|档案|备案|执照|许可证|名册|底册|卷宗)",
];

/// Tells whether the words say that they rest on a record of whoever speaks.
pub(crate) fn own_record(words: &str) -> bool {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(&fold(&OWN_RECORD.join("|"))).ok());
    pattern.as_ref().is_some_and(|p| p.is_match(&fold(words)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_records_by_example() {
        for (words, own) in [
            ("Volgens ons havenregister is het kantoor in mei geopend", true),
            ("In onze eigen administratie staat het niet", true),
            ("El local abrió en mayo, así consta en nuestra licencia de apertura", true),
            ("Según nuestros archivos, abrió en mayo", true),
            ("According to our own rental records it opened in May", true),
            ("据我局登记，该站于五月开放", true),
            ("根據我們的備案，該站於五月開放", true),
            ("本市登记册上有这一处", true),
            // Told to somebody, found by the police, or the file of another: no record of the speaker.
            ("Het kantoor is nooit bij ons aangemeld", false),
            ("Volgens het register is het kantoor open", false),
            ("Nuestra policía lo visitó y abrió un registro", false),
            ("Our police visited the office and saw its records", false),
            ("我们从未接到通报", false),
        ] {
            assert_eq!(own_record(words), own, "{words}");
        }
    }
}
