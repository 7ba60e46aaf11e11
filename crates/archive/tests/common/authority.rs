//! A time stamping authority of the tests' own, made with `openssl`: nobody
//! trusts it but who is told to.

use super::oracles::tool;
use std::path::{Path, PathBuf};
use std::process::Command;

const SETTINGS: &str = "
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[middle]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
extendedKeyUsage = timeStamping
[middle_for_servers]
basicConstraints = critical,CA:TRUE
extendedKeyUsage = serverAuth
[middle_short]
basicConstraints = critical,CA:TRUE,pathlen:0
[leaf]
basicConstraints = critical,CA:FALSE
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[mild]
extendedKeyUsage = timeStamping
[wide]
extendedKeyUsage = critical,timeStamping,serverAuth
[no_signing]
keyUsage = critical,keyAgreement
extendedKeyUsage = critical,timeStamping
[secret]
extendedKeyUsage = critical,timeStamping
1.2.3.4.5 = critical,ASN1:UTF8String:wat niemand kent
[ca]
default_ca = own_ca
[own_ca]
database = index.txt
new_certs_dir = .
serial = ca_serial
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500
crypto_device = builtin
ess_cert_id_alg = sha256
";

/// A folder with keys, certificates and settings.
pub struct Authority {
    folder: tempfile::TempDir,
    openssl: PathBuf,
}

impl Authority {
    /// A root on RSA with 2048 bits; none where `openssl` is missing and may be.
    pub fn open(test: &str) -> Option<Self> {
        let own = Self { openssl: tool(test, "openssl")?, folder: tempfile::tempdir().expect("a folder") };
        own.write("settings", SETTINGS.as_bytes());
        own.write("serial", b"01\n");
        own.write("ca_serial", b"4D\n");
        own.write("index.txt", b"");
        own.key("root", "rsa");
        own.root("root", "Kantoor Zilverhaven");
        Some(own)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        std::fs::write(self.path(name), bytes).expect("written");
        self.path(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).expect("readable")
    }

    /// Whether `openssl` is content.
    pub fn accepts(&self, arguments: &[&str]) -> bool {
        let output = Command::new(&self.openssl).args(arguments).current_dir(self.folder.path()).output();
        output.expect("openssl starts").status.success()
    }

    pub fn run(&self, arguments: &[&str]) {
        let output = Command::new(&self.openssl).args(arguments).current_dir(self.folder.path()).output();
        let output = output.expect("openssl starts");
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "openssl {arguments:?}: {why}");
    }

    /// A key: `rsa`, `pss`, or the name of a curve.
    pub fn key(&self, name: &str, kind: &str) {
        let out = format!("{name}.key");
        match kind {
            "rsa" => {
                self.run(&["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", &out])
            }
            "pss" => self.run(&[
                "genpkey",
                "-algorithm",
                "RSA-PSS",
                "-pkeyopt",
                "rsa_keygen_bits:2048",
                "-out",
                &out,
            ]),
            curve => {
                let parameter = format!("ec_paramgen_curve:{curve}");
                self.run(&["genpkey", "-algorithm", "EC", "-pkeyopt", &parameter, "-out", &out]);
            }
        }
    }

    /// A certificate that a key gives itself.
    pub fn root(&self, name: &str, subject: &str) {
        let (key, out, subject) = (format!("{name}.key"), format!("{name}.pem"), format!("/CN={subject}"));
        let head = ["req", "-x509", "-new", "-key", &key, "-days", "7300", "-subj", &subject];
        self.run(&[&head[..], &["-config", "settings", "-extensions", "root", "-out", &out]].concat());
    }

    /// A certificate for a key, in force for some days from today (fewer than
    /// none: it is not in force any more).
    pub fn issue(&self, name: &str, issuer: &str, extensions: &str, days: i32) {
        let (key, request, out) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let (subject, days) = (format!("/CN={name}"), days.to_string());
        self.run(&["req", "-new", "-key", &key, "-subj", &subject, "-config", "settings", "-out", &request]);
        let (by, with) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let head = [
            "x509",
            "-req",
            "-in",
            &request,
            "-CA",
            &by,
            "-CAkey",
            &with,
            "-days",
            &days,
            "-set_serial",
            "0xf1e2d3c4b5a69788",
        ];
        self.run(&[&head[..], &["-extfile", "settings", "-extensions", extensions, "-out", &out]].concat());
    }

    /// A certificate that was in force between two moments (`20220101000000Z`).
    pub fn issue_between(&self, name: &str, issuer: &str, extensions: &str, from: &str, until: &str) {
        let (key, request, out) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        let subject = format!("/CN={name}");
        self.run(&["req", "-new", "-key", &key, "-subj", &subject, "-config", "settings", "-out", &request]);
        let (by, with) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        let head = ["ca", "-batch", "-notext", "-config", "settings", "-cert", &by, "-keyfile", &with];
        let span = ["-startdate", from, "-enddate", until, "-extensions", extensions];
        self.run(&[&head[..], &span, &["-in", &request, "-out", &out]].concat());
    }

    /// What an answer says (`TSTInfo`, DER), taken out of it.
    pub fn info(&self, answer: &str) -> Vec<u8> {
        self.run(&["ts", "-reply", "-in", answer, "-token_out", "-out", "token"]);
        self.run(&["cms", "-verify", "-noverify", "-inform", "DER", "-in", "token", "-out", "info"]);
        self.read("info")
    }

    /// A bare token over a `TSTInfo` of the test's own making, signed as
    /// `openssl cms` does; `-cades` has it name its certificate (ESSCertIDv2).
    pub fn sign(&self, info: &[u8], out: &str, signer: &str, more: &[&str]) -> PathBuf {
        self.write("info", info);
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let head = ["cms", "-sign", "-binary", "-nodetach", "-md", "sha256", "-in", "info"];
        let kind = ["-econtent_type", "1.2.840.113549.1.9.16.1.4", "-outform", "DER", "-nosmimecap"];
        self.run(&[&head[..], &kind, &["-signer", &certificate, "-inkey", &key, "-out", out], more].concat());
        self.path(out)
    }

    /// An answer of the authority for a file, as `name.tsr` beside it.
    pub fn stamp(&self, file: &str, signer: &str, settings: &[(&str, &str)]) -> PathBuf {
        self.run(&["ts", "-query", "-data", file, "-sha256", "-cert", "-out", "query"]);
        self.reply(&format!("{file}.tsr"), signer, settings)
    }

    /// Answers what lies in `query`, by changed settings.
    pub fn reply(&self, out: &str, signer: &str, settings: &[(&str, &str)]) -> PathBuf {
        let mut text = SETTINGS.to_owned();
        for (one, other) in settings {
            assert!(text.contains(one), "{one} is a setting");
            text = text.replace(one, other);
        }
        self.write("own", text.as_bytes());
        let (certificate, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let chain = if self.path("chain.pem").exists() { &["-chain", "chain.pem"][..] } else { &[] };
        let reply = ["ts", "-reply", "-queryfile", "query", "-config", "own", "-signer", &certificate];
        self.run(&[&reply[..], chain, &["-inkey", &key, "-out", out]].concat());
        self.path(out)
    }
}

/// A path as text.
pub fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}
