//! Code points and bytes of one string.

/// Converts between code points and bytes of one string: a table of the byte
/// offset of each code point, 4 bytes each.
#[derive(Clone, Debug)]
pub struct Chars {
    starts: Vec<u32>,
}

impl Chars {
    /// Makes the table. Text beyond 4 GiB is not met: readers bound it far below.
    pub fn new(text: &str) -> Self {
        let mut starts: Vec<u32> = Vec::with_capacity(text.len() / 2 + 1);
        starts.extend(text.char_indices().map(|(at, _)| at as u32));
        starts.push(text.len() as u32);
        Self { starts }
    }

    /// The number of code points.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Tells whether the string is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The byte offset of a code point; the length in bytes for anything past the end.
    pub fn byte(&self, code_point: usize) -> usize {
        self.starts[code_point.min(self.len())] as usize
    }

    /// The code point that a byte belongs to; the number of code points for the end.
    pub fn code_point(&self, byte: usize) -> usize {
        match self.starts.binary_search(&(byte as u32)) {
            Ok(at) => at,
            Err(after) => after.saturating_sub(1),
        }
    }

    /// Cuts `start..end` (code points) out of the string that this table was made from.
    pub fn slice<'t>(&self, text: &'t str, start: usize, end: usize) -> &'t str {
        let (from, to) = (self.byte(start), self.byte(end.max(start)));
        text.get(from..to).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_and_code_points_go_both_ways() {
        let text = "a警é站";
        let chars = Chars::new(text);
        assert_eq!(chars.len(), 4);
        assert_eq!(chars.slice(text, 1, 3), "警é");
        assert_eq!((chars.byte(2), chars.code_point(4), chars.code_point(5)), (4, 2, 2));
        assert_eq!(chars.slice(text, 3, 99), "站");
        assert_eq!(chars.code_point(text.len()), 4);
    }
}
