//! zstd frames one by one, with the dictionary that a `.warc.zst` may carry
//! in a leading skippable frame (IIPC draft "zstd compression for WARC").

use crate::input::decoded::{Raw, Trouble};
use ruzstd::decoding::{BlockDecodingStrategy, Dictionary, FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, Read};

const FRAME: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
const DICTIONARY_FRAME: [u8; 4] = [0x5d, 0x2a, 0x4d, 0x18];
/// A dictionary is some 100 KiB; more is no dictionary.
const MOST_DICTIONARY: u64 = 16 * 1024 * 1024;

pub(crate) struct Frames {
    raw: Raw,
    decoder: FrameDecoder,
    start: u64,
}

impl Frames {
    pub(crate) fn begin_with(head: &[u8]) -> bool {
        head == FRAME || head == DICTIONARY_FRAME
    }

    pub(crate) fn new(raw: Raw) -> Result<Self, Trouble> {
        let mut frames = Self { raw, decoder: FrameDecoder::new(), start: 0 };
        if frames.head()? == DICTIONARY_FRAME {
            let dictionary = frames.skippable()?;
            frames.learn(&dictionary)?;
        }
        match frames.next_frame()? {
            true => Ok(frames),
            false => Err(Trouble::Cut),
        }
    }

    pub(crate) fn frame_start(&self) -> u64 {
        self.start
    }

    pub(crate) fn raw_at(&self) -> u64 {
        self.raw.at()
    }

    /// Begins the next frame; `false` at the end of the file.
    pub(crate) fn next_frame(&mut self) -> Result<bool, Trouble> {
        loop {
            self.start = self.raw.at();
            let head = self.head()?;
            if head.is_empty() {
                return Ok(false);
            } else if head == FRAME {
                return match self.decoder.init(&mut self.raw) {
                    Ok(()) => Ok(true),
                    Err(error) => Err(self.why(&error.to_string())),
                };
            } else if head.len() == 4 && head[0] & 0xf0 == 0x50 && head[1..] == DICTIONARY_FRAME[1..] {
                self.skippable()?;
            } else {
                return Err(self.why("no zstd frame begins here"));
            }
        }
    }

    pub(crate) fn go_to(&mut self, at: u64) -> io::Result<bool> {
        Ok(self.raw.seek_to(at)? && matches!(self.next_frame(), Ok(true)))
    }

    fn head(&mut self) -> Result<Vec<u8>, Trouble> {
        self.raw.peek(4).map(<[u8]>::to_vec).map_err(|error| Trouble::Broken(error.to_string()))
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
        let got = (&mut self.raw).take(length).read_to_end(&mut content);
        match got {
            Ok(got) if got as u64 == length => Ok(content),
            Ok(_) => Err(Trouble::Cut),
            Err(error) => Err(Trouble::Broken(error.to_string())),
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

impl Read for Frames {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let step = self.decoder.decode_blocks(&mut self.raw, BlockDecodingStrategy::UptoBlocks(1));
            if let Err(error) = step {
                return Err(match self.why(&error.to_string()) {
                    Trouble::Cut => io::ErrorKind::UnexpectedEof.into(),
                    Trouble::Broken(why) => io::Error::new(io::ErrorKind::InvalidData, why),
                });
            }
        }
        let got = self.decoder.read(buffer)?;
        let claimed = self.decoder.get_checksum_from_data();
        if got == 0 && claimed.is_some() && claimed != self.decoder.get_calculated_checksum() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "the frame's check sum does not agree"));
        }
        Ok(got)
    }
}
