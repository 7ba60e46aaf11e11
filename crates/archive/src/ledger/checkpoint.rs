//! The head of a ledger as a checkpoint (C2SP `tlog-checkpoint`): three lines,
//! and under them the signatures of people, as a signed note.

use crate::ledger::note::{Note, NoteError};
use plainsight_model::Digest;

/// What the origin line begins with.
const ORIGIN: &str = "plainsight/";

/// The state of a ledger: how many entries, and the root over them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The case's id; the origin line is `plainsight/` and it.
    pub case: String,
    /// How many entries there are.
    pub size: u64,
    /// The Merkle root over their lines.
    pub root: Digest,
}

impl Head {
    /// The three lines of a checkpoint.
    pub fn checkpoint(&self) -> String {
        format!("{ORIGIN}{}\n{}\n{}\n", self.case, self.size, data_encoding::BASE64.encode(&self.root.0))
    }

    /// Reads the three lines of a checkpoint as this program writes them. The
    /// standard allows more lines; nobody but a signature would guard those.
    pub fn read(text: &str) -> Result<Self, NoteError> {
        let wrong = |line: u8, what: &str| NoteError::new(format!("line {line}"), what);
        let lines: Vec<&str> = text.lines().collect();
        let [origin, size, root] = lines[..] else {
            return Err(NoteError::new("checkpoint", "not three lines: origin, size, root"));
        };
        let case = origin.strip_prefix(ORIGIN).filter(|case| !case.is_empty());
        let case = case.ok_or_else(|| wrong(1, "the origin is not `plainsight/` and a case's id"))?;
        let number: u64 = size.parse().map_err(|_| wrong(2, "not a number of entries"))?;
        let root = data_encoding::BASE64.decode(root.as_bytes()).ok().and_then(|root| root.try_into().ok());
        let root = root.ok_or_else(|| wrong(3, "not base64 of 32 bytes"))?;
        let head = Self { case: case.to_owned(), size: number, root: Digest(root) };
        // `+3` and `003` are numbers too, and would be a second text for one head.
        match head.checkpoint() == text {
            true => Ok(head),
            false => Err(wrong(2, "not spelt as a checkpoint is")),
        }
    }
}

/// A head with the signatures under it; none in a case whose people have no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// What the three lines say.
    pub head: Head,
    /// The lines and their signatures.
    pub note: Note,
}

impl Checkpoint {
    /// Reads a checkpoint, signed or not, from foreign bytes.
    pub fn read(bytes: &[u8]) -> Result<Self, NoteError> {
        let note = Note::read(bytes)?;
        Ok(Self { head: Head::read(&note.text)?, note })
    }

    /// A head that nobody has signed yet.
    pub fn unsigned(head: Head) -> Self {
        let note = Note { text: head.checkpoint(), signatures: Vec::new() };
        Self { head, note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::merkle::leaf;

    #[test]
    fn a_checkpoint_reads_back_and_has_one_spelling() {
        let head = Head { case: "havenkade".into(), size: 3, root: leaf(b"x") };
        let text = head.checkpoint();
        assert_eq!(Head::read(&text), Ok(head));
        for (from, to) in [
            ("\n3\n", "\n03\n"),
            ("\n3\n", "\n+3\n"),
            ("\n3\n", "\n\n3\n"),
            ("\n3\n", "\n99999999999999999999\n"),
            ("=\n", "=\nmore\n"),
            ("=\n", "="),
            ("plainsight/havenkade", "plainsight/"),
            ("plainsight", "anders"),
        ] {
            assert!(Head::read(&text.replace(from, to)).is_err(), "{from:?} {to:?}");
        }
        assert!(Head::read("plainsight/x\n3\nAA==\n").is_err());
    }

    #[test]
    fn a_signed_checkpoint_of_another_log_is_a_note_and_no_head_of_ours() {
        // The example of C2SP tlog-checkpoint.
        let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
            — example.com/behind-the-sofa \
            Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
        assert_eq!(Note::read(text.as_bytes()).expect("a note").to_string(), text);
        let ours = text.replacen("example.com/behind-the-sofa", "plainsight/kade", 1);
        assert_eq!(Checkpoint::read(ours.as_bytes()).expect("a checkpoint").head.size, 20_852_163);
        assert_eq!(Checkpoint::read(text.as_bytes()).expect_err("another log's").place, "line 1");
    }
}
