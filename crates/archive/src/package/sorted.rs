//! Lines in order, however many: what does not fit into memory waits in
//! temporary files that have no name and so leave none behind.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

/// Bytes of lines that are held before they are put aside.
const MOST: usize = 12 * 1024 * 1024;

/// Collects lines; hands them back sorted by their bytes, each once.
pub(crate) struct Sorter {
    lines: Vec<String>,
    held: usize,
    most: usize,
    aside: Vec<File>,
}

impl Default for Sorter {
    fn default() -> Self {
        Self { lines: Vec::new(), held: 0, most: MOST, aside: Vec::new() }
    }
}

impl Sorter {
    /// Takes a line, which must hold no line break.
    pub(crate) fn push(&mut self, line: String) -> io::Result<()> {
        self.held += line.len() + size_of::<String>();
        self.lines.push(line);
        if self.held > self.most { self.put_aside() } else { Ok(()) }
    }

    fn put_aside(&mut self) -> io::Result<()> {
        let mut file = BufWriter::new(tempfile::tempfile()?);
        self.lines.sort_unstable();
        for line in self.lines.drain(..) {
            file.write_all(line.as_bytes())?;
            file.write_all(b"\n")?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.aside.push(file);
        self.held = 0;
        Ok(())
    }

    /// Hands over the lines in order, without their ends.
    pub(crate) fn each(mut self, each: &mut dyn FnMut(&str) -> io::Result<()>) -> io::Result<()> {
        let mut last: Option<String> = None;
        let mut give = |line: String| {
            if last.as_ref() != Some(&line) {
                each(&line)?;
                last = Some(line);
            }
            Ok::<(), io::Error>(())
        };
        if self.aside.is_empty() {
            self.lines.sort_unstable();
            return self.lines.into_iter().try_for_each(give);
        }
        self.put_aside()?;
        let mut runs: Vec<_> = self.aside.into_iter().map(|file| BufReader::new(file).lines()).collect();
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            if let Some(line) = run.next() {
                heads.push(Reverse((line?, number)));
            }
        }
        while let Some(Reverse((line, number))) = heads.pop() {
            give(line)?;
            if let Some(line) = runs[number].next() {
                heads.push(Reverse((line?, number)));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_in_order_and_once_from_disk_as_from_memory() {
        for most in [usize::MAX, 100] {
            let mut sorter = Sorter { most, ..Sorter::default() };
            for number in [5, 1, 4, 1, 3, 5, 9, 2, 6, 80] {
                sorter.push(format!("regel {number}")).expect("kept");
            }
            assert_eq!(most < usize::MAX, !sorter.aside.is_empty());
            let mut seen = Vec::new();
            let taken = sorter.each(&mut |line| {
                seen.push(line.to_owned());
                Ok(())
            });
            taken.expect("read");
            assert_eq!(seen.join(" "), "regel 1 regel 2 regel 3 regel 4 regel 5 regel 6 regel 80 regel 9");
        }
    }
}
