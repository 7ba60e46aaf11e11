//! Hostile office documents, mails and saved pages, built here: nothing panics, nothing is slow, nothing
//! comes out of a bomb, and what was left out is complained of.

mod made;

use made::hostile::{KERN, Want, mails, office};
use made::zip;
use plainsight_model::{Complaint, ComplaintKind, Document, ReadSettings};
use plainsight_read::{Source, private_kind, read};
use std::time::{Duration, Instant};

/// Well above what any of these takes, on a machine with much else to do.
const LONG: Duration = Duration::from_secs(30);
fn read_file(name: &str, bytes: &[u8]) -> (Document, Vec<Complaint>) {
    let settings = ReadSettings { programs: false, ..ReadSettings::default() };
    let start = Instant::now();
    let (document, complaints) = read(&Source { bytes, media_type: None, uri: "", name }, &settings);
    assert!(start.elapsed() < LONG, "{name} took {:?}", start.elapsed());
    let chars = document.text.chars().count();
    let mut at = 0;
    for block in &document.blocks {
        assert!(
            block.span.start >= at && block.span.start < block.span.end && block.span.end <= chars,
            "{name}"
        );
        assert!(
            block.cells.iter().all(|c| c.span.start >= block.span.start && c.span.end <= block.span.end),
            "{name}"
        );
        at = block.span.end;
    }
    assert!(document.links.iter().all(|l| l.span.start <= l.span.end && l.span.end <= chars), "{name}");
    assert!(document.text.len() <= 9 << 20, "{name}: {} bytes of text", document.text.len());
    (document, complaints)
}

fn check(name: &str, bytes: &[u8], want: Want) {
    let (document, complaints) = read_file(name, bytes);
    let has = |kind: ComplaintKind| complaints.iter().any(|c| c.kind == kind);
    let has_text = document.text.contains(KERN);
    let right = match want {
        Want::Text => has_text,
        Want::TextAndBound => has_text && has(ComplaintKind::Bound),
        Want::Bound => has(ComplaintKind::Bound),
        Want::Damaged => has(ComplaintKind::Damaged),
        Want::NoReader => has(ComplaintKind::NoReader),
        Want::Nothing => document.text.trim().is_empty(),
    };
    let text: String = document.text.chars().take(80).collect();
    assert!(right, "{name} should give {want:?}: {text:?}, {complaints:?}");
    private_kind(name, bytes);
}

#[test]
fn hostile_office_documents() {
    let files = office();
    for (name, bytes, want) in &files {
        check(name, bytes, *want);
    }
    assert!(!std::path::Path::new("/tmp/plainsight-was-here").exists());
}

#[test]
fn hostile_mails() {
    for (name, bytes, want) in &mails() {
        check(name, bytes, *want);
    }
    assert!(office().len() + mails().len() >= 60);
}

/// SplitMix64, as in the mutants of the fuzz targets: the same row on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % end.max(1) as u64) as usize
    }
}

/// Changes bytes of a file in a few places.
fn change(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(5) {
        let at = numbers.below(bytes.len());
        match numbers.below(5) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << numbers.below(8),
            1 if !bytes.is_empty() => bytes[at] = numbers.below(256) as u8,
            2 => drop(bytes.drain(at..(at + 1 + numbers.below(64)).min(bytes.len()))),
            3 => {
                let part = bytes[at..(at + 1 + numbers.below(64)).min(bytes.len())].to_vec();
                let to = numbers.below(bytes.len());
                bytes.splice(to..to, part);
            }
            4 if numbers.below(8) == 0 => bytes.truncate(at),
            _ => {
                let tokens: [&[u8]; 8] = [
                    b"\xff\xff\xff\xff",
                    b"</w:p>",
                    b"<w:tbl>",
                    b"\r\n\r\n",
                    b"--b1\r\n",
                    b"PK\x01\x02",
                    b"&l;",
                    b"\0\0\0\0",
                ];
                let token = tokens[numbers.below(tokens.len())];
                bytes.splice(at..at, token.iter().copied());
            }
        }
    }
}

/// The members of a package, so that a change reaches the XML behind the packing and its checksum.
fn members(bytes: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok()?;
    let mut out = Vec::new();
    for number in 0..zip.len() {
        let mut member = zip.by_index(number).ok()?;
        let name = member.name().ok()?.into_owned();
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut member, &mut bytes).ok()?;
        out.push((name, bytes));
    }
    Some(out)
}

#[test]
fn two_thousand_mutants() {
    let good = made::all();
    let mut numbers = Numbers(20_190_503);
    let (mut read_text, start) = (0, Instant::now());
    for number in 0..2_000 {
        let (name, bytes) = &good[number % good.len()];
        let mut bytes = bytes.clone();
        match members(&bytes) {
            // Two of three mutants of a package are changed inside.
            Some(mut inside) if number % 3 > 0 => {
                let which = numbers.below(inside.len());
                change(&mut inside[which].1, &mut numbers);
                bytes = zip(&inside.iter().map(|(n, b)| (n.as_str(), b.as_slice())).collect::<Vec<_>>());
            }
            _ => change(&mut bytes, &mut numbers),
        }
        let (document, complaints) = read_file(&format!("mutant {number} of {name}"), &bytes);
        let (again, _) = read_file(name, &bytes);
        assert_eq!(document.text, again.text, "mutant {number} of {name}");
        assert!(
            complaints.iter().all(|c| !c.what.is_empty() && !c.place.is_empty()),
            "mutant {number} of {name}"
        );
        read_text += usize::from(!document.text.is_empty());
    }
    // Mutants that no reader takes would test nothing.
    assert!(read_text > 1_000, "{read_text}");
    assert!(start.elapsed() < Duration::from_secs(240), "{:?}", start.elapsed());
}
