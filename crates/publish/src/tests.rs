//! The dossier as a stranger meets it.

use crate::sample::{CORVO, QUILL, hostile, publication};
use crate::whitelist::Printed;
use crate::{File, FileRow, Fonts, Format, Pack, PublishError, content, export, manifest, page};
use plainsight_archive::{Archive, PackageText, PackageWriter, PersonKey, Resource, hash_file};
use plainsight_case::Evidence;
use plainsight_case::views::Publication;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A dossier without fonts, so without its PDF.
fn publish(
    publication: &Publication,
    out: &Path,
    key: Option<&PersonKey>,
    pack: &mut Pack<'_>,
) -> Result<Vec<FileRow>, PublishError> {
    crate::publish(publication, out, key, pack, &Fonts::none()).map(|written| written.files)
}

fn files(publication: &Publication) -> BTreeMap<String, String> {
    let printed = Printed::choose(publication).expect("something is confirmed");
    manifest::seal(&printed, content(&printed), Vec::new())
        .into_iter()
        .map(|File { path, bytes }| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// Stands in for the case's archive: a package with a record a document that was asked for.
pub(crate) fn pack(documents: &BTreeSet<&str>, path: &Path) -> Result<Evidence, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut number = 0;
    let ids = move || {
        number += 1;
        [number; 16]
    };
    let mut archive = Archive::create(&folder.path().join("a")).expect("made").with_ids(ids);
    for document in documents {
        let uri = format!("file:///{document}");
        let date = "2031-03-02T08:41:07Z";
        let record = Resource { bytes: document.as_bytes(), uri: &uri, media_type: None, date };
        archive.put(&record).expect("kept");
    }
    let text = PackageText { created: "2031-03-02T08:41:07Z".into(), ..PackageText::default() };
    let mut writer = PackageWriter::create(path, text).expect("begun");
    for file in archive.files().expect("listed") {
        writer.archived(archive.reader(), &file).expect("taken");
    }
    writer.finish(None).expect("written");
    let bytes = std::fs::metadata(path).expect("there").len();
    Ok(Evidence { sha256: hash_file(path).expect("readable"), bytes, complaints: Vec::new() })
}

fn index(publication: &Publication) -> String {
    page::index(&Printed::choose(publication).expect("something is confirmed"))
}

/// The words of a page without its tags.
fn words(html: &str) -> String {
    let mut inside = false;
    html.chars()
        .filter(|c| {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    return false;
                }
                _ => {}
            }
            !inside
        })
        .collect()
}

/// Every tag of a page as written, with its attributes.
fn tags(html: &str) -> Vec<String> {
    html.split('<').skip(1).filter_map(|part| part.split('>').next()).map(str::to_lowercase).collect()
}

#[test]
fn the_page_says_what_stands() {
    let text = words(&index(&publication()));
    for said in [
        "Two posts in Norrhalm and Ostermarra",
        "Chelan city police run a liaison room in Quillstad.",
        "Three pages, two origins:",
        "Not listed in Norrhalm list of missions as of 1 October 2030",
        "The list is official and says that it is complete; it has 412 rows.",
        "Asked under three forms; no rows answered",
        "One form of them not printed: names of persons.",
        "This is about a list, not about the law.",
        "Another value was found: 2028. It conflicts: both cannot be.",
        "The legation knows of no such room.",
        "A denial by a party: printed, not counted",
        "the two cannot be compared",
        "charged of a person",
        "No reply was recorded from Chelan city police: whoever is named here has a right of reply.",
        "Three claims of the case are not printed: nobody has confirmed them.",
        "One claim about named persons is not printed",
        "a picture could not be read: the program tesseract is missing",
        "entry 1,204 of the case’s ledger, of 2 April 2031",
        "Telephone +99555810442, as written in a quote.",
    ] {
        assert!(text.contains(said), "missing: {said}\n{text}");
    }
}

#[test]
fn only_what_was_confirmed_or_marked_is_printed() {
    let all: String = files(&publication()).into_values().collect();
    for never in [
        "Orrin Vask",
        "Unconfirmed",
        "unconfirmed",
        "Nightjar",
        "secret reason",
        "uncited-secret-name",
        "/home/someone",
        "unread-only",
        "read one more quote",
        "grade_if_read",
    ] {
        assert!(!all.contains(never), "{never} is printed");
    }
    let mut named = publication();
    named.named = vec![named.claims[3].claim.clone()];
    assert!(index(&named).contains("Orrin Vask"));
    let mut draft = publication();
    draft.draft = true;
    assert!(index(&draft).contains("Orrin Vask"));
}

#[test]
fn our_own_words_accuse_nobody() {
    let mut quiet = publication();
    for row in quiet.claims.iter_mut().flat_map(|claim| &mut claim.evidence) {
        row.text = "x".to_owned();
    }
    let text = words(&index(&quiet)).to_lowercase();
    for word in ["illegal", "undeclared", "suspect", "exposed", "fake"] {
        assert!(!text.contains(word), "{word}");
    }
    for word in ["charged", "convicted"] {
        for (at, _) in text.match_indices(word) {
            assert!(text[at..].starts_with(&format!("{word} of a person")));
        }
    }
}

#[test]
fn hostile_words_stay_words() {
    let files = files(&hostile());
    let html = &files["DRAFT-index.html"];
    let allowed: BTreeSet<&str> = [
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "link",
        "body",
        "a",
        "p",
        "main",
        "div",
        "b",
        "span",
        "h1",
        "h2",
        "h3",
        "bdi",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "small",
        "section",
        "ul",
        "ol",
        "li",
        "sup",
        "aside",
        "blockquote",
        "footer",
        "dl",
        "dt",
        "dd",
        "cite",
        "code",
    ]
    .into();
    for tag in tags(html) {
        let name = tag.trim_start_matches('/').split_whitespace().next().unwrap_or_default();
        assert!(allowed.contains(name), "<{tag}>");
        for part in tag.split('"').step_by(2) {
            assert!(
                !part.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')),
                "<{tag}>"
            );
            assert!(!part.contains("src") && !part.contains("style="), "<{tag}>");
        }
        assert!(!tag.contains("refresh"), "<{tag}>");
        if let Some(target) = tag.split("href=\"").nth(1) {
            assert!(target.starts_with('#') || target.starts_with("dossier.css"), "<{tag}>");
        }
    }
    assert!(!html.contains('\u{0}') && !html.contains('\u{7}'));
    assert!(html.matches("lang=\"und\"").count() > 3);
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".csv")) {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for record in reader.records() {
            for cell in &record.expect("well formed") {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{path}: {cell}");
            }
        }
    }
    for line in files["data/DRAFT-claims.jsonl"].lines() {
        serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    }
}

#[test]
fn every_mark_leads_to_a_footnote_and_every_statement_has_one() {
    for publication in [publication(), {
        let mut p = publication();
        p.draft = true;
        p
    }] {
        let html = index(&publication);
        let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|part| part.split('"').next()).collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "an id stands twice");
        for target in html.split("href=\"#").skip(1).filter_map(|part| part.split('"').next()) {
            assert!(unique.contains(target), "#{target} leads nowhere");
        }
        for said in html.split("<div class=\"said\"").skip(1) {
            let sentence = said.split("</p>").next().unwrap_or_default();
            assert!(sentence.contains("<sup>"), "without a footnote: {sentence}");
        }
    }
}

#[test]
fn a_draft_says_so_everywhere() {
    let mut draft = publication();
    draft.draft = true;
    let files = files(&draft);
    for (path, text) in &files {
        assert!(
            path.contains("DRAFT-") || ["dossier.css", "dossier.json"].contains(&path.as_str()),
            "{path}"
        );
        if path.ends_with(".html") || path.ends_with(".txt") {
            assert!(text.contains("DRAFT"));
        }
    }
    assert!(files.contains_key("DRAFT-index.html"));
    assert!(!files_of(&publication()).iter().any(|path| path.contains("DRAFT")));
}

fn files_of(publication: &Publication) -> Vec<String> {
    files(publication).into_keys().collect()
}

#[test]
fn the_same_publication_gives_the_same_bytes_in_any_order() {
    let mut turned = publication();
    turned.claims.reverse();
    turned.findings.reverse();
    turned.documents.reverse();
    assert_eq!(files(&publication()), files(&turned));
}

#[test]
fn the_manifest_names_every_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("dossier");
    let rows = publish(&publication(), &out, None, &mut pack).expect("published");
    let manifest: serde_json::Value =
        serde_json::from_slice(&std::fs::read(out.join("dossier.json")).expect("there")).expect("JSON");
    assert_eq!((manifest["format"].as_u64(), manifest["draft"].as_bool()), (Some(1), Some(false)));
    let listed = manifest["files"].as_array().expect("a list");
    assert_eq!(rows.len(), listed.len() + 1);
    for file in listed {
        let bytes = std::fs::read(out.join(file["path"].as_str().expect("a path"))).expect("there");
        assert_eq!(file["sha256"].as_str(), Some(manifest::sha256(&bytes).as_str()));
        assert_eq!(file["bytes"].as_u64(), Some(bytes.len() as u64));
    }
    let txt = std::fs::read_to_string(out.join("VERIFY.txt")).expect("there");
    let hashes = txt.lines().filter(|line| line.len() > 66 && line.as_bytes()[64..66] == *b"  ").count();
    assert_eq!(hashes, listed.len() - 1, "all but itself");
}

#[test]
fn an_earlier_dossier_is_replaced_and_nothing_else_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("dossier");
    publish(&publication(), &out, None, &mut pack).expect("the first");
    let mut draft = publication();
    draft.draft = true;
    publish(&draft, &out, None, &mut pack).expect("replaced");
    assert!(out.join("DRAFT-index.html").exists() && !out.join("index.html").exists());
    assert_eq!(std::fs::read_dir(folder.path()).expect("there").count(), 1, "nothing is left beside it");

    let mut other = publication();
    other.case_id = "0".repeat(32);
    assert!(matches!(publish(&other, &out, None, &mut pack), Err(PublishError::Taken { .. })));
    std::fs::write(out.join("notes.txt"), "mine").expect("written");
    assert!(matches!(publish(&draft, &out, None, &mut pack), Err(PublishError::Taken { .. })));
    assert!(out.join("notes.txt").exists());
    let file = folder.path().join("file");
    std::fs::write(&file, "mine").expect("written");
    assert!(matches!(publish(&draft, &file, None, &mut pack), Err(PublishError::Taken { .. })));
}

#[test]
fn a_key_signs_a_dossier_and_no_draft() {
    let folder = tempfile::tempdir().expect("a folder");
    let (signed, bare) = (folder.path().join("signed"), folder.path().join("bare"));
    let key = PersonKey::draw(Some("corvo")).expect("random");
    let rows = publish(&publication(), &signed, Some(&key), &mut pack).expect("published");
    assert!(rows.iter().any(|row| row.file.ends_with("dossier.sig")));
    publish(&publication(), &bare, None, &mut pack).expect("published");
    let found = plainsight_archive::verify(&signed);
    assert_eq!(found.verdict.word(), "valid", "{:?}", found.faults);
    assert_eq!(plainsight_archive::verify(&bare).verdict.word(), "unsigned");
    // A signature adds two files and changes no other.
    for entry in std::fs::read_dir(&bare).expect("listed").flatten().filter(|entry| entry.path().is_file()) {
        let same = std::fs::read(signed.join(entry.file_name())).expect("there");
        assert!(std::fs::read(entry.path()).expect("there") == same, "{:?}", entry.file_name());
    }
    let added = ["dossier.sig", "dossier.pub"];
    assert!(added.iter().all(|name| signed.join(name).exists() && !bare.join(name).exists()));
    // A page that was changed with its line in the manifest: the signature still tells.
    let page = std::fs::read_to_string(signed.join("index.html")).expect("text");
    let changed = page.replace("</body>", " </body>");
    let manifest = std::fs::read_to_string(signed.join("dossier.json")).expect("text");
    let sha256 = |text: &str| manifest::sha256(text.as_bytes());
    let forged = manifest.replace(&sha256(&page), &sha256(&changed));
    assert_ne!((&changed, &forged), (&page, &manifest));
    std::fs::write(signed.join("index.html"), changed).expect("written");
    std::fs::write(signed.join("dossier.json"), forged).expect("written");
    assert_eq!(plainsight_archive::verify(&signed).verdict.word(), "invalid");
    assert_eq!(plainsight_archive::verify(&signed).faults[0].rule, "dossier-signature");

    let mut draft = publication();
    draft.draft = true;
    publish(&draft, &signed, Some(&key), &mut pack).expect("replaced");
    assert!(added.iter().all(|name| !signed.join(name).exists()));
    assert_eq!(plainsight_archive::verify(&signed).verdict.word(), "unsigned");
}

/// The commands that VERIFY.txt gives for a signature, run as they stand there.
#[test]
fn the_instructions_check_a_signature_with_openssl() {
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        assert!(std::env::var_os("CI").is_none(), "openssl is not on the PATH");
        eprintln!("NOT RUN: the_instructions_check_a_signature_with_openssl: openssl is not installed here");
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("dossier");
    let key = PersonKey::draw(None).expect("random");
    publish(&publication(), &out, Some(&key), &mut pack).expect("published");
    let text = std::fs::read_to_string(out.join("VERIFY.txt")).expect("text");
    let (_, commands) = text.split_once("in dossier.pub:\n\n").expect("the commands");
    let commands: Vec<&str> = commands.lines().take_while(|line| !line.is_empty()).collect();
    let verifies = || {
        let script = commands.join("\n");
        let run = std::process::Command::new("sh").args(["-c", &script]).current_dir(&out).output();
        run.expect("a shell").status.success()
    };
    assert!(verifies());
    let note = std::fs::read_to_string(out.join("dossier.sig")).expect("text");
    std::fs::write(out.join("dossier.sig"), note.replace("sha256:", "sha256:0")).expect("written");
    assert!(!verifies());
}

#[test]
fn without_a_confirmed_claim_nothing_is_published() {
    let mut open = publication();
    open.claims.iter_mut().for_each(|claim| claim.decision = None);
    let folder = tempfile::tempdir().expect("a folder");
    let error = publish(&open, &folder.path().join("d"), None, &mut pack).expect_err("nothing is confirmed");
    assert!(error.to_string().starts_with("nothing to publish: nobody has confirmed a claim yet (9 wait)"));
    assert!(!folder.path().join("d").exists());
    open.draft = true;
    publish(&open, &folder.path().join("d"), None, &mut pack).expect("a draft prints all");
}

#[test]
fn the_map_has_longitude_first() {
    let map: serde_json::Value =
        serde_json::from_str(&files(&publication())["data/posts.geojson"]).expect("JSON");
    assert_eq!(map["features"].as_array().map(Vec::len), Some(1));
    assert_eq!(map["features"][0]["id"], QUILL);
    assert_eq!(map["features"][0]["geometry"]["coordinates"], serde_json::json!([12.5, -33.25]));
}

#[test]
fn exports_follow_the_same_whitelist() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (format, name, rows) in [
        (Format::Ftm, "e.jsonl", 1),
        (Format::GeoJson, "p.geojson", 1),
        (Format::GraphMl, "g.graphml", 1),
        (Format::Csv, "posts.csv", 1),
        (Format::Csv, "tables", 4),
    ] {
        let written = export(&publication(), format, &at(name), &mut pack).expect("written");
        assert_eq!(written.len(), rows);
        for row in written {
            let bytes = std::fs::read(Path::new(&row.file)).expect("there");
            assert_eq!(row.sha256, manifest::sha256(&bytes));
            assert!(!String::from_utf8_lossy(&bytes).contains("Vask"), "{}", row.file);
        }
    }
    let failed = export(&publication(), Format::Wacz, &at("w.wacz"), &mut |_, _| Err("no disk".into()));
    assert!(matches!(failed, Err(PublishError::Evidence(why)) if why == "no disk"));
    assert!(!at("w.wacz").exists());
    // Only documents with a printed quote are asked for.
    let asked = |publication: &Publication| {
        let mut asked = BTreeSet::new();
        let mut note = |documents: &BTreeSet<&str>, path: &Path| {
            asked = documents.iter().map(|document| (*document).to_owned()).collect();
            pack(documents, path)
        };
        export(publication, Format::Wacz, &at("w.wacz"), &mut note).expect("written");
        asked
    };
    let all = asked(&publication());
    let mut one = publication();
    one.claims.iter_mut().skip(1).for_each(|claim| claim.decision = None);
    let few = asked(&one);
    let quoted: BTreeSet<String> = one.claims[0].evidence.iter().map(|row| row.document.clone()).collect();
    assert_eq!(few, quoted);
    assert!(few.is_subset(&all) && few.len() < all.len());
    let graph = std::fs::read_to_string(at("g.graphml")).expect("there");
    assert!(graph.contains(CORVO) && graph.ends_with("</graphml>\n"));
    assert!("ftm".parse::<Format>().is_ok() && "pdf".parse::<Format>().is_err());
}

/// The schemata used here with their properties, as in FollowTheMoney's model 4 (MIT).
const MODEL: [(&str, &[&str]); 5] = [
    (
        "Organization",
        &["name", "alias", "address", "addressEntity", "phone", "country", "status", "sourceUrl"],
    ),
    ("PublicBody", &["name"]),
    ("Address", &["name", "full", "city", "country"]),
    ("UnknownLink", &["subject", "object", "role"]),
    ("Note", &["name", "entity", "summary", "description", "publisher", "sourceUrl"]),
];

#[test]
fn entities_are_valid_and_whole() {
    let text = files(&publication()).remove("data/entities.ftm.jsonl").expect("there");
    let model: BTreeMap<&str, &[&str]> = MODEL.into_iter().collect();
    let rows: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let ids: BTreeSet<&str> = rows.iter().filter_map(|row| row["id"].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    for row in &rows {
        let allowed = model[row["schema"].as_str().expect("a schema")];
        for (property, values) in row["properties"].as_object().expect("an object") {
            assert!(allowed.contains(&property.as_str()), "{property}");
            for value in values.as_array().expect("a list") {
                let value = value.as_str().expect("a string");
                if ["entity", "addressEntity", "subject", "object"].contains(&property.as_str()) {
                    assert!(ids.contains(value), "{value} leads nowhere");
                }
            }
        }
    }
    assert!(ids.contains(QUILL) && ids.contains(CORVO));
}

#[test]
fn the_properties_are_those_of_the_model() {
    let shared = std::env::var("PLAINSIGHT_SHARED").map_or_else(
        |_| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
        std::path::PathBuf::from,
    );
    let Ok(text) = std::fs::read(shared.join("data/names/ftm/model.json")) else {
        assert!(std::env::var_os("CI").is_none(), "FollowTheMoney's model is not in {}", shared.display());
        eprintln!("NOT RUN: the_properties_are_those_of_the_model: no model in {}", shared.display());
        return;
    };
    let model: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
    for (schema, properties) in MODEL {
        let mut known = BTreeSet::new();
        let mut open = vec![schema.to_owned()];
        while let Some(name) = open.pop() {
            let spec = &model["schemata"][&name];
            known.extend(spec["properties"].as_object().into_iter().flat_map(|all| all.keys().cloned()));
            open.extend(
                spec["extends"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter_map(|v| v.as_str())
                    .map(str::to_owned),
            );
        }
        for property in properties {
            assert!(known.contains(*property), "{schema}.{property}");
        }
    }
}

/// Leaves the sample where a browser can look at it: `PLAINSIGHT_KEEP=folder cargo test -p plainsight-publish`.
#[test]
fn the_sample_can_be_kept_for_looking_at() {
    let Some(folder) = std::env::var_os("PLAINSIGHT_KEEP") else { return };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).expect("a folder");
    let mut draft = publication();
    draft.draft = true;
    for (name, one) in [("final", publication()), ("draft", draft), ("hostile", hostile())] {
        publish(&one, &folder.join(name), None, &mut pack).expect("published");
    }
}

/// The interface tells before what is printed after: one rule, counted on both sides.
#[test]
fn what_the_case_says_will_be_printed_is_what_is_printed() {
    let answers = [None, Some("confirm"), Some("publish"), Some("unsure"), Some("reject")];
    for predicate in ["exists", "opened", "headed_by", "attended_by", "count"] {
        for answer in answers {
            let mut whole = publication();
            let mut claim = whole.claims[0].clone();
            claim.predicate = predicate.into();
            let decision = claim.decision.take().expect("the sample decides");
            claim.decision = answer
                .map(|answer| plainsight_case::views::DecisionRow { answer: answer.into(), ..decision });
            // As a case hands it over: confirmed claims, and the marks of their own.
            whole.named = if answer == Some("publish") { vec![claim.claim.clone()] } else { Vec::new() };
            whole.claims = vec![claim.clone()];
            whole.claims.retain(|_| matches!(answer, Some("confirm" | "publish")));
            let printed = Printed::choose(&whole).is_ok();
            let told =
                plainsight_case::dossier::standing(&claim) == plainsight_case::dossier::Standing::Inside;
            assert_eq!(printed, told, "{predicate} {answer:?}");
        }
    }
}
