//! Packages signed for a domain: a certificate chain and a time stamp made
//! here with `openssl`, and the attacks on them (6 and 11 of the standing list).
//!
//! The authorities are the test's own. So the honest package is `not checked`:
//! nobody known vouches for its root. What is forged is `invalid`.

mod common;

use common::oracles::tool;
use common::packages::{CREATED, pack, sample};
use data_encoding::BASE64;
use plainsight_archive::{Trust, Verdict, Verified, verify, verify_with};
use serde_json::{Value, json};
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

const DIGEST: &str = "datapackage-digest.json";

const SETTINGS: &str = "
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[leaf]
basicConstraints = critical,CA:FALSE
subjectAltName = DNS:pers.zilverhaven.example
[stamper]
basicConstraints = critical,CA:FALSE
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
crypto_device = builtin
ess_cert_id_alg = sha256
";

/// Authorities of our own, and a domain that they vouch for.
struct Office {
    folder: tempfile::TempDir,
    openssl: PathBuf,
}

impl Office {
    fn open(test: &str) -> Option<Self> {
        let office = Self { openssl: tool(test, "openssl")?, folder: tempfile::tempdir().expect("a folder") };
        std::fs::write(office.path("settings"), SETTINGS).expect("written");
        std::fs::write(office.path("serial"), "01\n").expect("written");
        for (name, curve) in [("root", "P-384"), ("leaf", "P-256"), ("stamper", "P-256"), ("other", "P-256")]
        {
            let parameter = format!("ec_paramgen_curve:{curve}");
            office.run(&[
                "genpkey",
                "-algorithm",
                "EC",
                "-pkeyopt",
                &parameter,
                "-out",
                &format!("{name}.key"),
            ]);
        }
        let subject = ["-subj", "/CN=Kantoor Zilverhaven", "-config", "settings", "-extensions", "root"];
        let root = ["req", "-x509", "-new", "-key", "root.key", "-days", "7300", "-out", "root.pem"];
        office.run(&[&root[..], &subject].concat());
        for name in ["leaf", "stamper"] {
            office.issue(name, "root", name);
        }
        Some(office)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) {
        let output = Command::new(&self.openssl).args(arguments).current_dir(self.folder.path()).output();
        let output = output.expect("openssl starts");
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {why}");
    }

    /// A certificate of `key`, issued with the issuer's key and name, in force today.
    fn issue(&self, key: &str, issuer: &str, extensions: &str) {
        let (own, request, out) = (format!("{key}.key"), format!("{key}.csr"), format!("{key}.pem"));
        let subject = format!("/CN={key}");
        self.run(&["req", "-new", "-key", &own, "-subj", &subject, "-config", "settings", "-out", &request]);
        let (certificate, by) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let head = ["x509", "-req", "-in", &request, "-CA", &certificate, "-CAkey", &by, "-days", "30"];
        let tail = ["-set_serial", "7", "-extfile", "settings", "-extensions", extensions, "-out", &out];
        self.run(&[&head[..], &tail].concat());
    }

    fn sign(&self, text: &str, key: &str) -> String {
        std::fs::write(self.path("text"), text).expect("written");
        self.run(&["dgst", "-sha256", "-sign", &format!("{key}.key"), "-out", "signature", "text"]);
        BASE64.encode(&std::fs::read(self.path("signature")).expect("readable"))
    }

    fn stamp(&self, text: &str) -> String {
        std::fs::write(self.path("stamped"), text).expect("written");
        self.run(&["ts", "-query", "-data", "stamped", "-sha256", "-cert", "-out", "query"]);
        let reply = ["ts", "-reply", "-queryfile", "query", "-config", "settings", "-signer", "stamper.pem"];
        self.run(&[&reply[..], &["-inkey", "stamper.key", "-out", "answer"]].concat());
        BASE64.encode(&std::fs::read(self.path("answer")).expect("readable"))
    }

    fn chain(&self, names: &[&str]) -> String {
        let read =
            |name: &&str| std::fs::read_to_string(self.path(&format!("{name}.pem"))).expect("readable");
        names.iter().map(read).collect()
    }

    /// `signedData` as a signing service writes it.
    fn signed(&self, hash: &str) -> Value {
        let signature = self.sign(hash, "leaf");
        let stamp = self.stamp(&signature);
        json!({
            "hash": hash,
            "created": CREATED,
            "software": "een kantoor",
            "signature": signature,
            "domain": "pers.zilverhaven.example",
            "domainCert": self.chain(&["leaf", "root"]),
            "timeSignature": stamp,
            "timestampCert": self.chain(&["stamper", "root"]),
        })
    }

    /// What we say of a package with that `signedData`, made anew.
    fn judged(&self, change: &dyn Fn(&mut Value)) -> (Verdict, String) {
        let path = self.path("pakket.wacz");
        let warc = sample(self.folder.path());
        pack(&path, &[("data.warc.gz", &warc)], None);
        let entries = read_zip(&path);
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, mut bytes) in entries {
            if name == DIGEST {
                let mut digest: Value = serde_json::from_slice(&bytes).expect("JSON");
                let hash = digest["hash"].as_str().expect("a hash").to_owned();
                let mut signed = self.signed(&hash);
                change(&mut signed);
                digest["signedData"] = signed;
                bytes = digest.to_string().into_bytes();
            }
            let options = zip::write::SimpleFileOptions::default();
            zip.start_file(&name, options.compression_method(zip::CompressionMethod::Stored))
                .expect("in memory");
            zip.write_all(&bytes).expect("in memory");
        }
        std::fs::write(&path, zip.finish().expect("in memory").into_inner()).expect("written");
        let verified = verify(&path);
        let said =
            verified.faults.into_iter().map(|fault| format!("{}: {}\n", fault.rule, fault.what)).collect();
        (verified.verdict, said)
    }
}

fn read_zip(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).expect("opens")).expect("a ZIP");
    let mut entries = Vec::new();
    for number in 0..zip.len() {
        let mut entry = zip.by_index(number).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("readable");
        entries.push((String::from_utf8_lossy(entry.name_raw()).into_owned(), bytes));
    }
    entries
}

#[test]
fn a_domain_that_nobody_known_vouches_for_is_not_checked() {
    let Some(office) = Office::open("a_domain_that_nobody_known_vouches_for_is_not_checked") else { return };
    let (verdict, said) = office.judged(&|_| {});
    assert_eq!(verdict, Verdict::NotChecked, "{said}");
    assert!(said.contains("signed for pers.zilverhaven.example, but its certificate leads to"), "{said}");
}

#[test]
fn forged_domain_signatures_are_invalid() {
    let Some(office) = Office::open("forged_domain_signatures_are_invalid") else { return };
    let other_signature = office.sign("sha256:00", "leaf");
    let foreign_stamp = office.stamp("iets anders");
    let foreign_signature = |hash: &str| office.sign(hash, "other");
    // A leaf that issues: the chain would lead to the root all the same.
    office.issue("other", "leaf", "leaf");
    let through_leaf = office.chain(&["other", "leaf", "root"]);
    // A root that only bears the name.
    let copied =
        ["req", "-x509", "-new", "-key", "other.key", "-days", "30", "-subj", "/CN=Kantoor Zilverhaven"];
    office.run(
        &[&copied[..], &["-config", "settings", "-extensions", "root", "-out", "namesake.pem"]].concat(),
    );
    let under_namesake = office.chain(&["leaf", "namesake"]);
    type Case<'a> = (&'static str, Box<dyn Fn(&mut Value) + 'a>, &'static str);
    let cases: Vec<Case<'_>> = vec![
        (
            "attack 6: the stamp of another file",
            Box::new(move |signed| signed["timeSignature"] = foreign_stamp.clone().into()),
            "the time stamp is of something else than this signature",
        ),
        (
            "a signature of another text",
            Box::new(move |signed| signed["signature"] = other_signature.clone().into()),
            "does not verify under the certificate",
        ),
        (
            "a signature of another key",
            Box::new(move |signed| {
                let hash = signed["hash"].as_str().expect("a hash").to_owned();
                signed["signature"] = foreign_signature(&hash).into();
            }),
            "does not verify under the certificate",
        ),
        (
            "another domain",
            Box::new(|signed| signed["domain"] = "kabinet.zilverhaven.example".into()),
            "the certificate is not for kabinet.zilverhaven.example",
        ),
        ("no domain", Box::new(|signed| signed["domain"] = Value::Null), "names no domain"),
        (
            "attack 11: a moment outside the certificate's time",
            Box::new(|signed| {
                // Without a stamp its own word counts, which lies years before the certificate.
                signed.as_object_mut().expect("an object").remove("timeSignature");
            }),
            "was not in force at that moment",
        ),
        (
            "a chain through a certificate that may not issue",
            Box::new(move |signed| {
                signed["domainCert"] = through_leaf.clone().into();
                let hash = signed["hash"].as_str().expect("a hash").to_owned();
                signed["hash"] = hash.into();
            }),
            "does not verify under the certificate",
        ),
        (
            "a root that only bears the name",
            Box::new(move |signed| signed["domainCert"] = under_namesake.clone().into()),
            "was not issued by",
        ),
        (
            "a chain that is cut",
            Box::new(|signed| {
                let chain = signed["domainCert"].as_str().expect("PEM");
                signed["domainCert"] = chain[..chain.len() - 40].into();
            }),
            "is no PEM",
        ),
        (
            "a stamp that is cut",
            Box::new(|signed| {
                let stamp = BASE64.decode(signed["timeSignature"].as_str().expect("base64").as_bytes());
                let stamp = stamp.expect("base64");
                signed["timeSignature"] = BASE64.encode(&stamp[..stamp.len() - 9]).into();
            }),
            "the time stamp:",
        ),
        (
            "a moment other than the manifest's",
            Box::new(|signed| signed["created"] = "2021-01-01T00:00:00Z".into()),
            "signedData.created is not that of the manifest",
        ),
    ];
    for (name, change, why) in cases {
        let (verdict, said) = office.judged(&*change);
        assert_eq!(verdict, Verdict::Invalid, "{name}: {said}");
        assert!(said.contains(why), "{name}: {said}");
    }
}

#[test]
fn a_leaf_that_issues_is_found_out() {
    let Some(office) = Office::open("a_leaf_that_issues_is_found_out") else { return };
    office.issue("other", "leaf", "leaf");
    let chain = office.chain(&["other", "leaf", "root"]);
    let (verdict, said) = office.judged(&|signed| {
        let hash = signed["hash"].as_str().expect("a hash").to_owned();
        let signature = office.sign(&hash, "other");
        signed["timeSignature"] = office.stamp(&signature).into();
        signed["signature"] = signature.into();
        signed["domainCert"] = chain.clone().into();
    });
    assert_eq!(verdict, Verdict::Invalid, "{said}");
    assert!(said.contains("may not issue certificates"), "{said}");
}

#[test]
fn the_public_package_leads_to_a_known_root_and_openssl_agrees() {
    let test = "the_public_package_leads_to_a_known_root_and_openssl_agrees";
    let (Some(set), Some(openssl)) = (common::set(test), tool(test, "openssl")) else { return };
    let path = set.join("wacz/valid_signed_example_1.wacz");
    let verified = verify(&path);
    assert_eq!(verified.verdict, Verdict::Valid, "{:?}", verified.faults);
    assert!(verified.faults.iter().any(|fault| fault.what.contains("ISRG Root X1")), "{:?}", verified.faults);
    let (_, digest) = read_zip(&path).into_iter().find(|(name, _)| name == DIGEST).expect("there");
    let digest: Value = serde_json::from_slice(&digest).expect("JSON");
    let signed = &digest["signedData"];
    let text = |name: &str| signed[name].as_str().expect("a text").to_owned();
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
    write("domain.pem", text("domainCert").as_bytes());
    write("hash.txt", text("hash").as_bytes());
    write("sig.der", &BASE64.decode(text("signature").as_bytes()).expect("base64"));
    write("sig.b64", text("signature").as_bytes());
    write("t.tsr", &BASE64.decode(text("timeSignature").as_bytes()).expect("base64"));
    write("chain.pem", text("timestampCert").as_bytes());
    // The stamp, by the chain that came with it, taken as roots by this test.
    let trust = Trust::default().with_roots(&folder.path().join("chain.pem")).expect("roots");
    let with_roots = verify_with(&path, &trust);
    assert_eq!(with_roots.verdict, Verdict::Valid, "{:?}", with_roots.faults);
    let stamped =
        |found: &Verified| found.faults.iter().any(|fault| fault.what.contains("whose certificates lead to"));
    assert!(stamped(&with_roots) && !stamped(&verified), "{:?}", with_roots.faults);
    let run = |arguments: &[&str]| {
        Command::new(&openssl).args(arguments).current_dir(folder.path()).output().expect("openssl starts")
    };
    let key = run(&["x509", "-in", "domain.pem", "-pubkey", "-noout"]).stdout;
    write("k.pub", &key);
    let checks = ["dgst", "-sha256", "-verify", "k.pub", "-signature", "sig.der", "hash.txt"];
    assert!(run(&checks).status.success());
    let stamp = [
        "ts",
        "-verify",
        "-in",
        "t.tsr",
        "-data",
        "sig.b64",
        "-CAfile",
        "chain.pem",
        "-untrusted",
        "chain.pem",
    ];
    assert!(run(&[&stamp[..], &["-attime", "1642532412"]].concat()).status.success());
    assert!(!run(&stamp).status.success(), "the authority's certificate has ended");
}
