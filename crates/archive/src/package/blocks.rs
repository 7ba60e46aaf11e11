//! A sorted index in gzip members (ZipNum): a reader fetches the summary, then
//! the one member that may hold what it looks for.

use plainsight_model::Digest;
use std::io::{self, Write};

/// Lines in one member, as the field's tools have it.
const LINES: usize = 300;

/// An index in gzip members of [`LINES`] lines, with a summary that leads to each.
pub(crate) struct Blocks<'a> {
    output: &'a mut dyn Write,
    block: String,
    first: String,
    here: usize,
    pub(crate) lines: u64,
    at: u64,
    /// `index.idx`.
    pub(crate) summary: String,
}

impl<'a> Blocks<'a> {
    pub(crate) fn new(output: &'a mut dyn Write) -> Self {
        let summary = "!meta 0 {\"format\": \"cdxj-gzip-1.0\", \"filename\": \"index.cdx.gz\"}\n".to_owned();
        Self { output, block: String::new(), first: String::new(), here: 0, lines: 0, at: 0, summary }
    }

    /// Takes the next line.
    pub(crate) fn push(&mut self, line: &str) -> io::Result<()> {
        if self.here == 0 {
            self.first = line.split('{').next().unwrap_or_default().trim().to_owned();
        }
        self.block.push_str(line);
        self.block.push('\n');
        (self.here, self.lines) = (self.here + 1, self.lines + 1);
        if self.here == LINES { self.flush() } else { Ok(()) }
    }

    /// Writes the member that is begun.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        // A package without a capture has an index all the same, of no lines.
        if self.here == 0 && self.lines > 0 {
            return Ok(());
        }
        let packed = crate::warc::write::packed(self.block.as_bytes())?;
        let length = packed.len() as u64;
        self.output.write_all(&packed)?;
        if self.here > 0 {
            let hash = Digest::of(&packed).hex();
            let (first, at) = (&self.first, self.at);
            self.summary.push_str(&format!(
                "{first} {{\"offset\": {at}, \"length\": {length}, \"digest\": \"sha256:{hash}\"}}\n"
            ));
        }
        self.at += length;
        self.here = 0;
        self.block.clear();
        Ok(())
    }
}
