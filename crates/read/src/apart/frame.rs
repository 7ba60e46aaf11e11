//! What goes over the pipes between a worker and its watcher: a length of eight bytes, then as many bytes.

use std::io::{self, Read, Write};

/// Writes one frame.
pub(crate) fn put(to: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    to.write_all(&(bytes.len() as u64).to_le_bytes())?;
    to.write_all(bytes)?;
    to.flush()
}

/// Writes one frame of JSON.
pub(crate) fn put_json(to: &mut impl Write, value: &impl serde::Serialize) -> io::Result<()> {
    put(to, &serde_json::to_vec(value)?)
}

/// Reads one frame of at most `most` bytes.
pub(crate) fn get(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > most as u64 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a frame of {length} bytes")));
    }
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Reads one frame of JSON.
pub(crate) fn get_json<T: serde::de::DeserializeOwned>(from: &mut impl Read, most: usize) -> io::Result<T> {
    Ok(serde_json::from_slice(&get(from, most)?)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_back_and_lies_do_not() {
        let mut pipe = Vec::new();
        put(&mut pipe, "青湾".as_bytes()).expect("memory");
        assert_eq!(get(&mut pipe.as_slice(), 100).expect("whole"), "青湾".as_bytes());
        assert!(get(&mut pipe.as_slice(), 5).is_err());
        assert!(get(&mut &pipe[..9], 100).is_err());
        assert!(get(&mut &u64::MAX.to_le_bytes()[..], 100).is_err());
    }
}
