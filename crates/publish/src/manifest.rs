//! `dossier.json`, which names every file with its SHA-256, and `VERIFY.txt`,
//! which says how a stranger checks them without Plainsight.

use crate::File;
use crate::whitelist::Printed;
use crate::words::{day, number};
use plainsight_archive::{DOSSIER_KEY, DOSSIER_SIGNATURE, Note, PersonKey, dossier_text};
use plainsight_model::Digest;
use serde::{Deserialize, Serialize};

/// The name that `plainsight verify` looks for; the same in a draft.
pub(crate) const NAME: &str = "dossier.json";

/// What `dossier.json` holds. Version 1; a key is added freely, renamed never.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// 1.
    pub format: u32,
    /// The case's id, 32 hex digits.
    pub case: String,
    /// The case's name.
    pub name: String,
    /// Unconfirmed claims and unmarked names are in it.
    pub draft: bool,
    /// Number of the last ledger entry that is no publication.
    pub head_number: u64,
    /// Its root hash.
    pub head: String,
    /// Its day.
    pub day: String,
    /// Every file but this one, by path.
    pub files: Vec<Listed>,
}

/// A file of a dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Listed {
    /// Inside the dossier, with `/`.
    pub path: String,
    /// 64 lower-case hex digits.
    pub sha256: String,
    /// Length.
    pub bytes: u64,
}

impl Listed {
    fn of(file: &File) -> Self {
        Self { path: file.path.clone(), sha256: sha256(&file.bytes), bytes: file.bytes.len() as u64 }
    }
}

/// SHA-256 as 64 lower-case hex digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Digest::of(bytes).hex()
}

/// Adds the instructions and the manifest; all files by path. `listed` are files
/// that lie in the folder already; they are listed beside the others.
pub(crate) fn seal(printed: &Printed<'_>, mut files: Vec<File>, mut listed: Vec<Listed>) -> Vec<File> {
    listed.extend(files.iter().map(Listed::of));
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    let text = instructions(printed, &listed);
    let text = File { path: printed.file("VERIFY.txt"), bytes: text.into_bytes() };
    listed.push(Listed::of(&text));
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    files.push(text);
    let publication = printed.publication;
    let manifest = Manifest {
        format: 1,
        case: publication.case_id.clone(),
        name: publication.name.clone(),
        draft: publication.draft,
        head_number: publication.head_number,
        head: publication.head.clone(),
        day: publication.day.clone(),
        files: listed,
    };
    // A manifest of strings and numbers always serialises.
    let json = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    files.push(File { path: NAME.to_owned(), bytes: json.into_bytes() });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Adds the signature over the manifest and the public key. They are the two
/// files that the manifest cannot name.
pub(crate) fn sign(case: &str, mut files: Vec<File>, key: &PersonKey) -> Vec<File> {
    let manifest = files.iter().find(|file| file.path == NAME).map(|file| Digest::of(&file.bytes));
    let Some(manifest) = manifest else { return files };
    let text = dossier_text(case, &manifest);
    let note = Note { signatures: vec![key.sign(&text)], text };
    files.push(File { path: DOSSIER_SIGNATURE.to_owned(), bytes: note.to_string().into_bytes() });
    files.push(File { path: DOSSIER_KEY.to_owned(), bytes: format!("{}\n", key.public()).into_bytes() });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// How the signature is checked by hand (C2SP `signed-note`, RFC 8410).
const SIGNING: &str = "Where there is a file dossier.sig, somebody signed dossier.json; leave --allow-unsigned out\n\
    then. Its second line has the SHA-256 of dossier.json. With openssl 3, and files t, s and k\n\
    outside of this folder, this says whether the signature fits the key in dossier.pub:\n\n\
    \x20   head -n 2 dossier.sig > ../t\n\
    \x20   tail -n 1 dossier.sig | cut -d' ' -f3 | base64 -d | tail -c 64 > ../s\n\
    \x20   { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'\n\
    \x20     sed 's/^[^+]*+[^+]*+//' dossier.pub | base64 -d | tail -c 32; } > ../k\n\
    \x20   openssl pkeyutl -verify -pubin -keyform DER -inkey ../k -rawin -in ../t -sigfile ../s\n\n\
    Whose key it is the folder cannot say: get the line of dossier.pub from its owner by another\n\
    way, and compare, or: plainsight verify --key FILE .\n\n";

/// What the PDF is, where there is one.
fn paper(printed: &Printed<'_>, files: &[Listed]) -> String {
    let pdf = printed.file("dossier.pdf");
    if !files.iter().any(|file| file.path == pdf) {
        return String::new();
    }
    let index = printed.file("index.html");
    format!(
        "{pdf} is {index} on paper (PDF/A-2a, which veraPDF checks), in the fonts of the machine\n\
         that made it; where the two differ, {index} is meant.\n\n"
    )
}

fn instructions(printed: &Printed<'_>, files: &[Listed]) -> String {
    let publication = printed.publication;
    let me = printed.file("VERIFY.txt");
    let index = printed.file("index.html");
    let evidence = printed.file("evidence.csv");
    let wacz = printed.file(crate::evidence::NAME);
    let draft = if publication.draft { "DRAFT. Not for publication.\n\n" } else { "" };
    let mut out = format!(
        "{draft}How to check this dossier with common tools\n\
         ===========================================\n\n\
         1. That no file was changed\n\n\
         In this folder, on Linux or macOS (shasum -a 256 in place of sha256sum):\n\n\
         \x20   grep -E '^[0-9a-f]{{64}}  ' {me} | sha256sum -c -\n\n\
         {NAME} lists the same files with their lengths, and this one. With Plainsight:\n\n\
         \x20   plainsight verify --allow-unsigned .\n\n\
         The check shows that the folder is whole. It does not show who made it: compare the\n\
         SHA-256 of {NAME} with one that you got from the makers by another way.\n\n\
         {signing}\
         {paper}\
         2. That a quote stands where a footnote says\n\n\
         Each footnote in {index}, and each line of data/{evidence}, gives the SHA-256 of\n\
         the captured bytes, the moment of capture, the WARC-Record-ID or the place of the\n\
         record in the case's archive, and the characters of the quote. The document's id is\n\
         doc- and the first 32 digits of that SHA-256.\n\n\
         {wacz} holds the captured records themselves, those that are cited and no others.\n\
         It is a WACZ: a ZIP with a WARC, its index and a manifest. Any of these says whether\n\
         it is whole, and shows it (warcio, wacz and pywb are Python packages):\n\n\
         \x20   unzip -t {wacz} && unzip {wacz} -d evidence\n\
         \x20   gzip -t evidence/archive/evidence.warc.gz\n\
         \x20   warcio check -v evidence/archive/evidence.warc.gz\n\
         \x20   wacz validate -f {wacz}\n\
         \x20   warcio index -f offset,warc-type,warc-record-id,warc-target-uri \\\n\
         \x20       evidence/archive/evidence.warc.gz\n\
         \x20   warcio extract --payload evidence/archive/evidence.warc.gz OFFSET | sha256sum\n\n\
         The last prints the SHA-256 of the footnote. A replay program (replayweb.page, pywb)\n\
         opens the package and shows the pages as they were captured.\n\n\
         Characters are counted as Unicode code points of the text that Plainsight reads from\n\
         the page, from 0; the end is the first one that does not belong to the quote. With\n\
         the case, `plainsight check CASE` cuts every quote again out of the archived bytes.\n\n\
         3. That independent sources are counted rightly\n\n\
         data/{origins} lists for each statement which pages hang together and why. Those with\n\
         `counts` true are counted. data/{claims} gives the lines of the rule under `trace`:\n\
         S supporting, P primary, C contradicting, then the line of the rule that was used.\n\n\
         4. That a register was asked rightly\n\n\
         Each verdict gives the SHA-256 of the list as it was asked, the day, and every form\n\
         that was looked for. Get the list from the authority, compare the SHA-256, and look.\n\
         An answer of a register is about a list, not about the law.\n\n\
         5. Where the case stood\n\n\
         Case {case}, entry {head_number} of its ledger, of {day}, head\n\
         {head}\n\
         The head is the root of a Merkle tree over the lines of ledger/chain.jsonl up to that\n\
         entry, as RFC 9162 has it: a leaf is SHA-256 of a byte 00 and the line without its line\n\
         break, a node SHA-256 of a byte 01 and its two children.\n\n\
         SHA-256 of the files\n\
         --------------------\n\n",
        signing = if publication.draft { "Nobody signs a draft.\n\n" } else { SIGNING },
        paper = paper(printed, files),
        origins = printed.file("origins.csv"),
        claims = printed.file("claims.jsonl"),
        case = publication.case_id,
        head_number = number(publication.head_number),
        day = day(&publication.day),
        head = publication.head,
    );
    for file in files {
        out.push_str(&format!("{}  {}\n", file.sha256, file.path));
    }
    out
}
