//! How far a file of ours is whole after a fall of the machine.

use crate::input::decoded::{Decoded, Trouble};
use crate::warc::records::{Records, Step};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Up to where a file of ours holds whole members, if only its tail is torn.
///
/// Damage before the tail is no torn write but a change: nothing is cut off
/// then, `verify` names it.
pub(crate) fn whole_until(path: &Path) -> io::Result<u64> {
    let length = std::fs::metadata(path)?.len();
    let mut records = Records::new(Decoded::open(path)?);
    let is_cut = records.trouble() == Some(&Trouble::Cut);
    if !records.is_known() && (is_cut || length < 18) {
        return Ok(0);
    }
    let mut last_damage = None;
    loop {
        match records.next() {
            Step::Record(_) => last_damage = None,
            Step::Damage(damage) if damage.cut => return Ok(damage.at),
            Step::Damage(damage) => last_damage = last_damage.or(Some(damage.at)),
            Step::End => break,
        }
    }
    match last_damage {
        Some(at) if is_zero_from(path, at.max(length.saturating_sub(ZEROS)))? => Ok(at),
        _ => Ok(length),
    }
}

/// So many zeros end no whole member of ours: it ends in the length of its
/// record (RFC 1952, 2.3.1: four bytes, the lowest first), and none of ours is
/// shorter than 256 bytes. A file system that grows a file before it writes
/// the bytes leaves zeros at the end.
const ZEROS: u64 = 3;

fn is_zero_from(path: &Path, at: u64) -> io::Result<bool> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(at))?;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(true),
            got if buffer[..got].iter().any(|&byte| byte != 0) => return Ok(false),
            _ => {}
        }
    }
}
