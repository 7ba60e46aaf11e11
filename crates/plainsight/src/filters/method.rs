//! How to check a path without Plainsight: commands of other people's tools.

use plainsight_archive::{Container, sniff};
use std::path::Path;

/// The method for what lies at `path`: a sentence, then commands, each on a line that begins with
/// four spaces, to be typed as it stands. `docs/evidence.md` has the whole of it.
pub fn method(path: &Path) -> String {
    let at = quoted(path);
    let (what, commands) = match kind(path) {
        Kind::Dossier => (
            "the file VERIFY.txt inside has the steps for this very dossier; in short",
            format!(
                "cd {at} && python3 -c '{DOSSIER}'\n\
                 cd {at} && ls -A\n"
            ),
        ),
        Kind::Case => (
            "the ledger by the script of the project's docs folder, then each web archive",
            format!(
                "python3 docs/verify_ledger.py {at}/ledger\n\
                 for f in {at}/archive/*.warc.gz; do gzip -t \"$f\" && warcio check -v \"$f\" && fastwarc check \"$f\"; done\n"
            ),
        ),
        Kind::Package => (
            "three hashes have to be the same: of the first line, `hash` and, where there is a signature, `signedData.hash` \
             (wacz does not compare the last), and no file stands in the list that the manifest does not name",
            format!(
                "unzip -p {at} datapackage.json | sha256sum\n\
                 unzip -p {at} datapackage-digest.json\n\
                 unzip -l {at}\n\
                 unzip -t {at}\n\
                 wacz validate -f {at}\n"
            ),
        ),
        Kind::Archive => (
            "the container, then every digest; a revisit's payload stands elsewhere and is told as not checked",
            format!("gzip -t {at}\nwarcio check -v {at}\nfastwarc check {at}\nsha256sum {at}\n"),
        ),
        Kind::Plain => ("its digest, against the one that came another way", format!("sha256sum {at}\n")),
    };
    let lines: String = commands.lines().map(|line| format!("    {line}\n")).collect();
    format!("How to check {} without Plainsight: {what}.\n{lines}", path.display())
}

/// Compares each listed file of a dossier with its SHA-256; prints a line a file, and fails at a wrong one.
const DOSSIER: &str = "import hashlib,json,glob; m=json.load(open(glob.glob(\"*dossier.json\")[0])); \
[print(f[\"path\"], hashlib.sha256(open(f[\"path\"],\"rb\").read()).hexdigest()==f[\"sha256\"] or exit(f[\"path\"]+\" was changed\")) for f in m[\"files\"]]";

enum Kind {
    Dossier,
    Case,
    Package,
    Archive,
    Plain,
}

fn kind(path: &Path) -> Kind {
    if path.is_dir() {
        return if path.join("ledger").is_dir() { Kind::Case } else { Kind::Dossier };
    }
    match sniff(path) {
        Ok(Container::Wacz | Container::Zip) => Kind::Package,
        Ok(Container::Warc | Container::Arc) => Kind::Archive,
        _ => Kind::Plain,
    }
}

/// The path as one word of a shell.
fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    match !text.is_empty() && text.chars().all(plain) {
        true => text.into_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_one_word() {
        for (path, word) in [("a/b.wacz", "a/b.wacz"), ("a b", "'a b'"), ("it's; rm", "'it'\\''s; rm'")] {
            assert_eq!(quoted(Path::new(path)), word);
        }
    }
}
