//! Signed notes as C2SP `signed-note` has them: a text, an empty line, and a
//! line for each signature, `— NAME BASE64(key id ‖ signature)`.

use data_encoding::BASE64;
use std::fmt;

/// A note is a few lines. Signatures that outlast quantum computers take 5 kB each.
const MOST_BYTES: usize = 256 * 1024;

/// The standard asks for 16 at least.
const MOST_SIGNATURES: usize = 64;

/// What is wrong with a note or a key, in words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct NoteError {
    /// The line, from 1, or the part.
    pub place: String,
    /// What is wrong and what has to stand there.
    pub what: String,
}

impl NoteError {
    pub(crate) fn new(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { place: place.into(), what: what.into() }
    }
}

/// A signature as it stands in a note; whether it holds, its key says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The key's name.
    pub name: String,
    /// The key's id: the first four bytes of a SHA-256 over name, kind and key.
    pub id: [u8; 4],
    /// The signature's bytes; 64 for Ed25519.
    pub bytes: Vec<u8>,
}

/// A text with the signatures under it; none where nobody signed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What is signed, its last line break with it.
    pub text: String,
    /// In their order.
    pub signatures: Vec<Signature>,
}

impl Note {
    /// Reads a note, or a text without any signature, from foreign bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MOST_BYTES {
            let what = format!("{} bytes are more than a note may have ({MOST_BYTES})", bytes.len());
            return Err(NoteError::new("the whole", what));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| NoteError::new(format!("byte {}", error.valid_up_to()), "not UTF-8"))?;
        let line_of = |at: usize| format!("line {}", text[..at].matches('\n').count() + 1);
        if let Some(at) = text.find(|c: char| c < ' ' && c != '\n') {
            return Err(NoteError::new(line_of(at), "a control character"));
        }
        if text.is_empty() || !text.ends_with('\n') {
            return Err(NoteError::new(line_of(text.len()), "cut: the last line does not end"));
        }
        // A text may hold empty lines; the last one parts it from the signatures.
        let Some(empty) = text.rfind("\n\n") else {
            return Ok(Self { text: text.to_owned(), signatures: Vec::new() });
        };
        let (body, lines) = (&text[..=empty], &text[empty + 2..]);
        let before = body.lines().count() + 2;
        let lines: Vec<&str> = lines.lines().collect();
        if lines.is_empty() || lines.len() > MOST_SIGNATURES {
            let what = format!("{} signatures; 1 to {MOST_SIGNATURES} may stand here", lines.len());
            return Err(NoteError::new(format!("line {before}"), what));
        }
        let signature = |(number, line)| {
            signature(line).ok_or_else(|| {
                let what = "not a signature: an em dash, a name, and base64 of key id and signature";
                NoteError::new(format!("line {}", before + number), what)
            })
        };
        let signatures: Result<_, _> = lines.into_iter().enumerate().map(signature).collect();
        Ok(Self { text: body.to_owned(), signatures: signatures? })
    }
}

fn signature(line: &str) -> Option<Signature> {
    let (name, base64) = line.strip_prefix("— ")?.split_once(' ')?;
    let bytes = BASE64.decode(base64.as_bytes()).ok()?;
    let (id, bytes) = bytes.split_first_chunk::<4>()?;
    let fine = is_name(name) && !bytes.is_empty();
    fine.then(|| Signature { name: name.to_owned(), id: *id, bytes: bytes.to_vec() })
}

/// A key's name is not empty and has no white space, no plus and no control character.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        if !self.signatures.is_empty() {
            f.write_str("\n")?;
        }
        for Signature { name, id, bytes } in &self.signatures {
            writeln!(f, "— {name} {}", BASE64.encode(&[id.as_slice(), bytes].concat()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The example of C2SP `signed-note`; its text has an empty line.
    const POEM: &str = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n\
        ed è subito sera.\n\n— quasimodo.example/salvatore \
        NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";

    #[test]
    fn the_published_example_is_read_and_printed() {
        let note = Note::read(POEM.as_bytes()).expect("a note");
        assert!(note.text.ends_with("\n\ned è subito sera.\n"));
        assert_eq!(note.signatures.len(), 1);
        assert_eq!(note.signatures[0].name, "quasimodo.example/salvatore");
        assert_eq!((note.signatures[0].id, note.signatures[0].bytes.len()), ([0x36, 0x7b, 0xa0, 0x4b], 64));
        assert_eq!(note.to_string(), POEM);
    }

    #[test]
    fn what_is_no_note_is_refused_with_its_place() {
        for (text, place) in [
            (&b""[..], "line 1"),
            (b"zonder einde", "line 1"),
            (b"tekst\n\n", "line 3"),
            (b"tekst\r\n", "line 1"),
            (b"tekst\n\nhandtekening\n", "line 3"),
            (b"tekst\n\n\xe2\x80\x94 naam AAAA\n", "line 3"),
            (b"tekst\n\n\xe2\x80\x94 na+am AAAAAAA=\n", "line 3"),
            (b"tekst\n\n\xe2\x80\x94  AAAAAAA=\n", "line 3"),
            (b"tekst\n\n\xe2\x80\x94 naam AAAAAAA=\n\xe2\x80\x94 naam AAAAAAB=\n", "line 4"),
            (b"\xff\n", "byte 0"),
        ] {
            let error = Note::read(text).expect_err("refused");
            assert_eq!(error.place, place, "{:?}: {error}", String::from_utf8_lossy(text));
        }
        let many = format!("tekst\n\n{}", "— naam AAAAAAA=\n".repeat(65));
        assert!(Note::read(many.as_bytes()).is_err());
        assert!(Note::read(many.trim_end_matches("— naam AAAAAAA=\n").as_bytes()).is_err());
        assert!(Note::read(&[b"a\n".repeat(200_000), b"\n".to_vec()].concat()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_note_that_prints_as_it_stood_or_an_error(
            bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "[a\n—+ 港=]{0,40}", name in "[a-z+ ]{1,4}",
        ) {
            let signed = format!("{text}\n\n— {name} AAAAAAA=\n");
            for bytes in [bytes.as_slice(), text.as_bytes(), signed.as_bytes()] {
                if let Ok(note) = Note::read(bytes) {
                    let printed = note.to_string();
                    prop_assert_eq!(printed.as_bytes(), bytes);
                }
            }
        }
    }
}
