//! Hashes of a package's files, taken while something else reads them.

use crate::input::raw::Source;
use crate::package::entries::{Package, PackageEntry};
use plainsight_model::Digest;
use sha2::{Digest as _, Sha256};
use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

/// A file of the package as it is.
pub(crate) struct Found {
    pub(crate) hash: Digest,
    pub(crate) bytes: u64,
    pub(crate) crc: u32,
}

/// A source that hashes what is read; one that was read out of order has no hash.
pub(crate) struct Hashed {
    source: Box<dyn Source>,
    pub(crate) state: Rc<RefCell<State>>,
}

/// What a source gave so far.
pub(crate) struct State {
    hash: Sha256,
    crc: crc32fast::Hasher,
    bytes: u64,
    in_order: bool,
}

impl State {
    /// The file as it is, if it was read in order.
    pub(crate) fn found(&self) -> Option<Found> {
        let hash = Digest(self.hash.clone().finalize().into());
        self.in_order.then(|| Found { hash, bytes: self.bytes, crc: self.crc.clone().finalize() })
    }
}

impl Hashed {
    pub(crate) fn new(source: Box<dyn Source>) -> Self {
        let state = State { hash: Sha256::new(), crc: crc32fast::Hasher::new(), bytes: 0, in_order: true };
        Self { source, state: Rc::new(RefCell::new(state)) }
    }
}

impl Read for Hashed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.source.read(buffer)?;
        let mut state = self.state.borrow_mut();
        state.hash.update(&buffer[..got]);
        state.crc.update(&buffer[..got]);
        state.bytes += got as u64;
        Ok(got)
    }
}
impl Source for Hashed {
    fn seek_to(&mut self, at: u64) -> io::Result<bool> {
        self.state.borrow_mut().in_order = false;
        self.source.seek_to(at)
    }
}

/// Reads an entry for its hash alone.
pub(crate) fn hash_entry(package: &Package, entry: &PackageEntry) -> Option<Found> {
    let mut hashed = Hashed::new(package.source(entry).ok()?);
    io::copy(&mut hashed, &mut io::sink()).ok()?;
    let state = hashed.state.borrow();
    state.found()
}
