//! Tokens and answers of an authority, certificates, proofs, headers.

use crate::Put;
use plainsight_archive::{Roots, ask_authority};
use plainsight_fuzzing::{CALENDAR, NONCE, STAMPED};
use plainsight_model::{Digest, Wire, WireError};
use sha2::{Digest as _, Sha256};
use std::path::Path;
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
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1, millisecs:500
crypto_device = builtin
ess_cert_id_alg = sha256
";

pub(crate) fn make(put: &Put<'_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let own = Openssl(folder.path());
    own.write("settings", SETTINGS.as_bytes());
    own.write("serial", b"01\n");
    own.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out root.key");
    own.run("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out klok.key");
    own.run("req -x509 -new -key root.key -days 36500 -subj /CN=Kantoor-Zilverhaven -config settings -extensions root -out root.pem");
    own.run("req -new -key klok.key -subj /CN=Klok-Zilverhaven -config settings -out klok.csr");
    own.run("x509 -req -in klok.csr -CA root.pem -CAkey root.key -days 36500 -set_serial 77 -extfile settings -extensions stamper -out klok.pem");
    own.run("x509 -in root.pem -outform DER -out root.der");
    for name in ["root.pem", "root.der"] {
        put(&format!("stamp_roots/{name}"), &own.read(name));
    }
    // The request is the program's own; the authority gets it from this wire.
    let asked = ask_authority(
        &own,
        "https://tijd.zilverhaven.example/",
        Digest::of(STAMPED),
        NONCE,
        &Roots::default(),
    );
    asked.expect("the authority answers");
    let token = own.read("answer");
    put("stamp_token/answer", &token);
    own.run("ts -reply -in answer -token_out -out bare");
    put("stamp_token/bare", &own.read("bare"));
    put("stamp_token/refused", b"\x30\x09\x30\x07\x02\x01\x02\x03\x02\x05\x20");
    put("stamp_answer/authority", &http("timestamp-reply", &token));
    proofs(put);
}

/// A folder in which `openssl` is called.
struct Openssl<'a>(&'a Path);

impl Openssl<'_> {
    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.0.join(name), bytes).expect("written");
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.0.join(name)).expect("readable")
    }

    fn run(&self, words: &str) {
        let output = Command::new("openssl").args(words.split(' ')).current_dir(self.0).output();
        let output = output.expect("openssl starts");
        assert!(output.status.success(), "openssl {words}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Wire for Openssl<'_> {
    fn exchange(&self, _: &str, request: &[u8]) -> Result<Vec<u8>, WireError> {
        let body = request.windows(4).position(|four| four == b"\r\n\r\n").expect("a request") + 4;
        self.write("query", &request[body..]);
        self.run("ts -reply -queryfile query -config settings -signer klok.pem -inkey klok.key -out answer");
        Ok(http("timestamp-reply", &self.read("answer")))
    }
}

fn http(kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: application/{kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// A word of a proof: its kind, and its payload with its length.
fn word(kind: [u8; 8], payload: &[u8]) -> Vec<u8> {
    [&[0x00][..], &kind, &[payload.len() as u8], payload].concat()
}

fn proofs(put: &Put<'_>) {
    const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01\x08";
    const PENDING: [u8; 8] = [0x83, 0xdf, 0xe3, 0x0d, 0x2e, 0xf9, 0x0c, 0x8e];
    const BITCOIN: [u8; 8] = [0x05, 0x88, 0x96, 0x0d, 0x73, 0xd7, 0x19, 0x01];
    let pending = word(PENDING, &[&[CALENDAR.len() as u8], CALENDAR.as_bytes()].concat());
    let block = word(BITCOIN, &[0x07]);
    let digest = Digest::of(STAMPED).0;
    let whole = |tree: &[&[u8]]| [&[MAGIC, &digest][..], tree].concat().concat();
    // Append a salt, hash; a promise, and beside it a block seven high behind one more hash.
    put("stamp_proof/pending", &whole(&[b"\xf0\x04zout\x08", &pending]));
    put("stamp_proof/block", &whole(&[b"\xf0\x04zout\x08\xff", &pending, b"\xf1\x02zz\x08", &block]));
    put(
        "stamp_proof/odd",
        &whole(&[
            b"\xff\xf2",
            &block,
            b"\xff\xf3\x02",
            &block,
            b"\xff\x67",
            &block,
            b"\x03",
            &word(*b"12345678", b"x"),
        ]),
    );
    let salted = Sha256::digest([&digest[..], b"zout"].concat());
    let root = Sha256::digest([b"zz", &salted[..]].concat());
    let header = mined(&root);
    let hex = data_encoding::HEXLOWER.encode(&header);
    put("stamp_headers/heights", format!("# een eigen net\n7 {hex}\n").as_bytes());
    put("stamp_headers/lines", format!("{hex}\n{hex}\n").as_bytes());
    put("stamp_headers/bytes", &[header, header].concat());
    put(
        "stamp_answer/calendar",
        &http(
            "vnd.opentimestamps.v1",
            &[b"\xf0\x04zout\x08\xff", &pending[..], b"\xf1\x02zz\x08", &block].concat(),
        ),
    );
    put("stamp_answer/chunked", &chunked(&[b"\xf0\x04zout\x08", &pending[..]].concat()));
    put("stamp_answer/none", b"HTTP/1.1 404 Not Found\r\n\r\n");
}

fn chunked(body: &[u8]) -> Vec<u8> {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    [&head[..], format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat()
}

/// A header with this merkle root, its work done for a target so easy that no
/// block of Bitcoin has it: about every second try does.
fn mined(root: &[u8]) -> [u8; 80] {
    let mut header = [0; 80];
    header[0] = 1;
    header[36..68].copy_from_slice(root);
    header[68..72].copy_from_slice(&1_651_820_889u32.to_le_bytes());
    header[72..76].copy_from_slice(&0x207f_ffffu32.to_le_bytes());
    for nonce in 0u32.. {
        header[76..].copy_from_slice(&nonce.to_le_bytes());
        if Sha256::digest(Sha256::digest(header))[31] < 0x70 {
            break;
        }
    }
    header
}
