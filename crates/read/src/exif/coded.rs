//! Base64 (RFC 4648) that stands in a text: attachments, parts of saved pages, `data:` addresses.

use super::strip::Unlocated;
use crate::mail::base64;
use std::ops::Range;

/// Shorter runs hold no picture with metadata.
const SHORTEST: usize = 64;
/// What breaks a line inside of it: line breaks, the same in markup and in strings of scripts.
const BREAKS: [&[u8]; 7] = [b"\r\n", b"\n", b"&#10;", b"&#xA;", b"\\r\\n", b"\\n", b"\\\n"];

/// Hands over what each run of base64 in a text says, and writes in its place what comes back.
pub(super) fn replace(text: &[u8], look: &mut dyn FnMut(&[u8]) -> Unlocated) -> Unlocated {
    let mut out = Vec::new();
    let mut done = 0;
    let mut at = 0;
    while at < text.len() {
        let run = run(text, at);
        at = run.at.end.max(at + 1);
        if run.digits.len() < SHORTEST {
            continue;
        }
        match look(&base64(&run.digits)) {
            Unlocated::AsItIs => {}
            Unlocated::Cannot => return Unlocated::Cannot,
            Unlocated::Copy(copy) => {
                out.extend_from_slice(&text[done..run.at.start]);
                run.write(&copy, &mut out);
                done = run.at.end;
            }
        }
    }
    if done == 0 {
        return Unlocated::AsItIs;
    }
    out.extend_from_slice(&text[done..]);
    Unlocated::Copy(out)
}

/// Base64 in a text, with the habits of whoever wrote it.
struct Run<'t> {
    at: Range<usize>,
    digits: Vec<u8>,
    /// Digits of the first line and what stands between lines.
    lines: Option<(usize, &'t [u8])>,
    /// Strings of scripts may have `\/` for `/`.
    escaped: bool,
}

/// The run that begins at a place; it may be empty.
fn run(text: &[u8], start: usize) -> Run<'_> {
    let mut run = Run { at: start..start, digits: Vec::new(), lines: None, escaped: false };
    let mut at = start;
    loop {
        let rest = &text[at..];
        match rest {
            [b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/', ..] => at += 1,
            [b'\\', b'/', ..] => {
                run.escaped = true;
                at += 2;
            }
            [b'=', ..] if !run.digits.is_empty() => {
                run.digits.push(b'=');
                run.at.end = at + rest.iter().take(2).take_while(|b| **b == b'=').count();
                return run;
            }
            _ => {
                let between = between_lines(rest);
                // An empty line ends it: before an attachment there is one, and words before that.
                if run.digits.is_empty() || between == 0 || between_lines(&rest[between..]) > 0 {
                    return run;
                }
                run.lines = run.lines.or(Some((run.digits.len(), &rest[..between])));
                at += between;
                continue;
            }
        }
        run.digits.push(text[at - 1]);
        run.at.end = at;
    }
}

/// The length of a line break with what the next line is set in by.
fn between_lines(rest: &[u8]) -> usize {
    let found = BREAKS.iter().find(|sign| rest.starts_with(sign));
    found.map_or(0, |sign| {
        let set_in = rest[sign.len()..].iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        sign.len() + set_in
    })
}

impl Run<'_> {
    fn write(&self, bytes: &[u8], out: &mut Vec<u8>) {
        for (n, digit) in encode(bytes).into_iter().enumerate() {
            if let Some((width, between)) = self.lines
                && n > 0
                && n % width == 0
            {
                out.extend_from_slice(between);
            }
            if digit == b'/' && self.escaped {
                out.push(b'\\');
            }
            out.push(digit);
        }
    }
}

fn encode(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |n: usize| three.get(n).copied().map_or(0, usize::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        let digits = [18, 12, 6, 0].map(|shift| DIGITS[bits >> shift & 63]);
        out.extend_from_slice(&digits[..=three.len()]);
        out.extend(std::iter::repeat_n(b'=', 3 - three.len()));
    }
    out
}
