//! What the pages load, built into the program: nothing comes from afar.

/// A file by its name under `a/`, with its media type.
pub(crate) fn file(name: &str) -> Option<(&'static str, &'static [u8])> {
    Some(match name {
        "plainsight.css" => ("text/css; charset=utf-8", include_bytes!("../../../assets/plainsight.css")),
        "plainsight.js" => {
            ("text/javascript; charset=utf-8", include_bytes!("../../../assets/plainsight.js"))
        }
        "htmx.min.js" => {
            ("text/javascript; charset=utf-8", include_bytes!("../../../assets/vendor/htmx.min.js"))
        }
        _ => return None,
    })
}

/// Natural Earth's states, 1:50 million, as TopoJSON.
pub(crate) const STATES: &str = include_str!("../../../assets/vendor/countries-50m.json");

/// Its disputed borders and claims, thinned: a name each, longitude and latitude.
pub(crate) const DISPUTED: &str = include_str!("../../../assets/vendor/disputed-50m.json");

#[cfg(test)]
mod tests {
    use sha2::{Digest as _, Sha256};

    /// The manifest and the folder say the same, byte for byte.
    #[test]
    fn every_vendored_file_is_the_one_in_the_manifest() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let text = std::fs::read_to_string(root.join("assets/vendor/MANIFEST.toml")).expect("manifest");
        let manifest: toml::Table = text.parse().expect("toml");
        let files = manifest["file"].as_array().expect("files");
        let mut named = vec!["MANIFEST.toml".to_owned()];
        for file in files {
            let get = |key: &str| file[key].as_str().unwrap_or_else(|| panic!("{key} in {file}")).to_owned();
            let bytes = std::fs::read(root.join(get("path"))).expect("vendored file");
            let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
            assert_eq!(digest, get("sha256"), "{}", get("path"));
            for key in ["name", "version", "licence", "source"] {
                assert!(!get(key).is_empty(), "{key} of {}", get("path"));
            }
            named.extend(get("path").strip_prefix("assets/vendor/").map(str::to_owned));
        }
        for entry in std::fs::read_dir(root.join("assets/vendor")).expect("folder") {
            let name = entry.expect("entry").file_name().into_string().expect("name");
            assert!(named.contains(&name), "{name} stands in no manifest");
        }
    }
}
