//! zstd frames one by one, with the dictionary that a `.warc.zst` may carry
//! in a leading skippable frame (IIPC draft "zstd compression for WARC").

use crate::input::decoded::{Packing, Trouble};
use crate::input::raw::Raw;
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder, StreamingDecoder};
use std::io::{BufRead, Read};

const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// A dictionary is some 100 KiB; more is no dictionary.
const MOST_DICTIONARY: u64 = 16 * 1024 * 1024;

/// The zstd frames of a file.
pub(crate) struct Frames {
    raw: Raw,
    decoder: FrameDecoder,
    start: u64,
    inside: bool,
}

impl Frames {
    pub(crate) fn begin_with(head: &[u8]) -> bool {
        head == FRAME || head == DICTIONARY_FRAME
    }

    pub(crate) fn new(raw: Raw) -> Self {
        Self { raw, decoder: FrameDecoder::new(), start: 0, inside: false }
    }

    /// The content of a skippable frame, which is never more than a dictionary here.
    fn skippable(&mut self) -> Result<Vec<u8>, Trouble> {
        let mut head = [0; 8];
        self.raw.read_exact(&mut head).map_err(|_| Trouble::Cut)?;
        let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
        if length > MOST_DICTIONARY {
            return Err(Trouble::Broken(format!("a skippable frame of {length} bytes is no dictionary")));
        }
        let mut content = Vec::new();
        match (&mut self.raw).take(length).read_to_end(&mut content) {
            Ok(got) if got as u64 == length => Ok(content),
            Ok(_) => Err(Trouble::Cut),
            Err(error) => Err(Trouble::of(&error)),
        }
    }

    fn learn(&mut self, content: &[u8]) -> Result<(), Trouble> {
        let no_dictionary =
            |why: String| Trouble::Broken(format!("the leading dictionary cannot be read: {why}"));
        let mut unpacked = Vec::new();
        let dictionary = if content.starts_with(&FRAME) {
            StreamingDecoder::new(content)
                .map_err(|error| no_dictionary(error.to_string()))?
                .take(MOST_DICTIONARY)
                .read_to_end(&mut unpacked)
                .map_err(|error| no_dictionary(error.to_string()))?;
            unpacked.as_slice()
        } else {
            content
        };
        let dictionary =
            Dictionary::decode_dict(dictionary).map_err(|error| no_dictionary(error.to_string()))?;
        self.decoder.add_dict(dictionary).map_err(|error| no_dictionary(error.to_string()))
    }

    /// The decoder's errors do not tell a cut from damage; the end of the file does.
    fn why(&mut self, error: &str) -> Trouble {
        match self.raw.fill_buf() {
            Ok([]) => Trouble::Cut,
            _ => Trouble::Broken(error.to_owned()),
        }
    }
}

impl Packing for Frames {
    fn read(&mut self, room: &mut [u8]) -> Result<usize, Trouble> {
        if !self.inside {
            return Ok(0);
        }
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let step = self.decoder.decode_blocks(&mut self.raw, BlockDecodingStrategy::UptoBlocks(1));
            if let Err(error) = step {
                return Err(self.why(&error.to_string()));
            }
        }
        let got = self.decoder.read(room).map_err(|error| Trouble::of(&error))?;
        let claimed = self.decoder.get_checksum_from_data();
        if got == 0 && claimed.is_some() && claimed != self.decoder.get_calculated_checksum() {
            return Err(Trouble::Broken("the zstd frame's check sum does not agree".into()));
        }
        Ok(got)
    }

    fn next(&mut self) -> Result<bool, Trouble> {
        self.inside = false;
        loop {
            self.start = self.raw.at();
            let head = self.raw.peek(4).map_err(|error| Trouble::of(&error))?;
            match head {
                [] => return Ok(false),
                head if head.len() < 4 => return Err(Trouble::Cut),
                head if head == FRAME => break,
                // Only the first frame of a file is a dictionary: one further
                // on would change how all that follows is read.
                head if head == DICTIONARY_FRAME && self.start == 0 => {
                    let dictionary = self.skippable()?;
                    self.learn(&dictionary)?;
                }
                [kind, 0x2a, 0x4d, 0x18] if kind & 0xf0 == 0x50 => {
                    self.skippable()?;
                }
                _ => return Err(self.why("no zstd frame begins here")),
            }
        }
        match self.decoder.init(&mut self.raw) {
            Ok(()) => {
                self.inside = true;
                Ok(true)
            }
            Err(error) => Err(self.why(&error.to_string())),
        }
    }

    fn start(&self) -> u64 {
        self.start
    }

    fn raw(&mut self) -> &mut Raw {
        &mut self.raw
    }

    fn raw_at(&self) -> u64 {
        self.raw.at()
    }

    fn magic(&self) -> &'static [u8] {
        &FRAME
    }

    fn name(&self) -> &'static str {
        "zstd frame"
    }
}
