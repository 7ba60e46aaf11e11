//! The operations of a proof: what is done to a message to get the next one.

use ripemd::Ripemd160;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// A message is never longer, nor an operation's own bytes (reference library).
pub(crate) const MOST_MESSAGE: usize = 4096;

/// One operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Sha1,
    Ripemd160,
    Sha256,
    /// Known, but not made here: no calendar of Bitcoin uses it.
    Keccak256,
    Append(Vec<u8>),
    Prepend(Vec<u8>),
    Reverse,
    Hexlify,
}

/// Why there is no next message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoMessage {
    /// It would be longer than a message may be.
    TooLong,
    /// The operation is one that is not made here.
    Unknown,
}

impl Op {
    /// An operation without bytes of its own.
    pub(crate) fn unary(tag: u8) -> Option<Self> {
        match tag {
            0x02 => Some(Self::Sha1),
            0x03 => Some(Self::Ripemd160),
            0x08 => Some(Self::Sha256),
            0x67 => Some(Self::Keccak256),
            0xf2 => Some(Self::Reverse),
            0xf3 => Some(Self::Hexlify),
            _ => None,
        }
    }

    /// The length of a hash; none for what is no hash.
    pub(crate) fn hash_length(&self) -> Option<usize> {
        match self {
            Self::Sha1 | Self::Ripemd160 => Some(20),
            Self::Sha256 | Self::Keccak256 => Some(32),
            _ => None,
        }
    }

    /// The next message.
    pub(crate) fn apply(&self, message: &[u8]) -> Result<Vec<u8>, NoMessage> {
        let next = match self {
            Self::Sha1 => Sha1::digest(message).to_vec(),
            Self::Ripemd160 => Ripemd160::digest(message).to_vec(),
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Keccak256 => return Err(NoMessage::Unknown),
            Self::Append(bytes) => [message, bytes].concat(),
            Self::Prepend(bytes) => [bytes, message].concat(),
            Self::Reverse => message.iter().rev().copied().collect(),
            Self::Hexlify => data_encoding::HEXLOWER.encode(message).into_bytes(),
        };
        if next.len() > MOST_MESSAGE { Err(NoMessage::TooLong) } else { Ok(next) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_give_the_next_message() {
        let hex = |op: Op| op.apply(b"abc").map(|next| data_encoding::HEXLOWER.encode(&next));
        // Test vectors of FIPS 180-4 and of RIPEMD-160's authors.
        for (op, next) in [
            (Op::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (Op::Ripemd160, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc"),
            (Op::Sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (Op::Append(b"d".to_vec()), "61626364"),
            (Op::Prepend(b"d".to_vec()), "64616263"),
            (Op::Reverse, "636261"),
            (Op::Hexlify, "363136323633"),
        ] {
            assert_eq!(hex(op.clone()).as_deref(), Ok(next), "{op:?}");
        }
        assert_eq!(hex(Op::Keccak256), Err(NoMessage::Unknown));
        assert_eq!(Op::Hexlify.apply(&[0; 2049]), Err(NoMessage::TooLong));
        assert_eq!(Op::Append(vec![0]).apply(&[0; 4096]), Err(NoMessage::TooLong));
    }
}
