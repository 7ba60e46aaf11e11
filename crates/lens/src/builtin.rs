//! The lens that ships inside the program.

use crate::Lens;
use std::sync::OnceLock;

const OVERSEAS_POSTS: [(&str, &[u8]); 5] = [
    ("lens.toml", include_bytes!("../../../lenses/overseas-posts/lens.toml")),
    ("terms.csv", include_bytes!("../../../lenses/overseas-posts/terms.csv")),
    ("sources.csv", include_bytes!("../../../lenses/overseas-posts/sources.csv")),
    ("CHANGELOG.md", include_bytes!("../../../lenses/overseas-posts/CHANGELOG.md")),
    ("README.md", include_bytes!("../../../lenses/overseas-posts/README.md")),
];

/// Gives a lens by name. It is compiled once: a thousand tests ask for it.
pub(crate) fn lens(name: &str) -> Option<Lens> {
    static LENS: OnceLock<Option<Lens>> = OnceLock::new();
    if name != "overseas-posts" {
        return None;
    }
    LENS.get_or_init(|| {
        let files = OVERSEAS_POSTS.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
        Lens::of_files(files.collect()).ok()
    })
    .clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LensFault;

    #[test]
    fn the_built_in_lens_has_no_fault_and_its_files_are_whole() {
        let files: Vec<_> =
            OVERSEAS_POSTS.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
        let faults: Vec<LensFault> = Lens::of_files(files).err().unwrap_or_default();
        assert_eq!(faults, []);
        let lens = lens("overseas-posts").expect("built in");
        assert_eq!(lens.files().len(), 5);
        assert_eq!(lens.terms.iter().filter(|term| term.source != "composition").count(), 1240);
        assert!(lens.terms.len() > 1200);
        assert!(super::lens("no-such-lens").is_none());
        assert_eq!(lens.digest(), lens.with_gazetteer_rows(&[]).digest());
    }

    #[test]
    fn a_lens_folder_is_read_and_every_fault_is_told_at_once() {
        let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lenses/overseas-posts");
        let read = Lens::load(&dir).map_err(|faults| format!("{faults:?}")).expect("no fault");
        assert_eq!(read.digest(), lens("overseas-posts").expect("built in").digest());
        let faults = Lens::load(std::path::Path::new("no/such/folder")).err().unwrap_or_default();
        assert_eq!(faults.len(), 2);
        assert!(faults[0].to_string().starts_with("lens.toml, line 0: cannot be read"));
    }

    #[test]
    fn every_source_that_a_term_names_by_id_stands_in_sources_csv() {
        let lens = lens("overseas-posts").expect("built in");
        let sources = String::from_utf8(lens.files()[2].1.clone()).expect("UTF-8");
        let ids: std::collections::BTreeSet<&str> =
            sources.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
        for term in lens.terms.iter() {
            for word in term.source.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '.')) {
                let parts: Vec<&str> = word.split('-').collect();
                let looks_like_an_id = (2..=3).contains(&parts.len())
                    && (2..=3).contains(&parts[0].len())
                    && parts[0].bytes().all(|b| b.is_ascii_lowercase())
                    && parts[parts.len() - 1].len() == 1
                    && parts[parts.len() - 1].bytes().all(|b| b.is_ascii_digit());
                assert!(!looks_like_an_id || ids.contains(word), "{word} of “{}”", term.term);
            }
        }
        assert!(ids.len() >= 40);
    }
}
