//! What the fuzz targets found, each as the smallest case that showed it.

use plainsight_archive::{ArchiveReader, Check, Limits, captures, list};
use plainsight_model::Digest;
use std::io::Write;

/// Each line of what is no record cost a look at a whole buffer: 64 KiB of line ends took 20 seconds.
#[test]
fn line_ends_without_a_record_cost_no_more_than_their_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.arc");
    let timed = |lines: usize| {
        let mut arc =
            b"filedesc://zilver.arc 0.0.0.0 20220506070809 text/plain 4\n1 0\n\ngeen record\n".to_vec();
        arc.extend(b"-\n".repeat(lines));
        std::fs::write(&path, arc).expect("written");
        // The fastest of some runs: what else the machine does only adds.
        let run = |_| {
            let begun = std::time::Instant::now();
            let listing = list(&path, Check::NoDigests, &mut |_| {}).expect("read");
            assert_eq!((listing.rows, listing.complaints.len()), (1, 1));
            begun.elapsed()
        };
        (0..3).map(run).min().expect("three runs")
    };
    let (few, many) = (timed(4_000), timed(32_000));
    assert!(many < few * 24, "eight times the lines took {few:?} and {many:?}");
}

/// Records without an id in a deflated entry were handed over with a place at which nothing could be found.
#[test]
fn a_record_without_an_id_is_found_again_in_a_deflated_entry() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.wacz");
    let record = |word: &str| {
        format!(
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Target-URI: file:///{word}\r\nContent-Length: {}\r\n\r\n{word}\r\n\r\n",
            word.len()
        )
    };
    let warc = record("havenkade") + &record("银港");
    let hash = Digest::of(warc.as_bytes()).hex();
    let manifest =
        format!("{{\"resources\": [{{\"path\": \"archive/x.warc\", \"hash\": \"sha256:{hash}\"}}]}}");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).expect("made"));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in [("archive/x.warc", &warc), ("datapackage.json", &manifest)] {
        zip.start_file(name, options).expect("in the file");
        zip.write_all(bytes.as_bytes()).expect("in the file");
    }
    zip.finish().expect("in the file");
    let mut seen = Vec::new();
    captures(&path, "x.wacz", &Limits::default(), &mut |one| seen.push(one)).expect("read");
    assert_eq!(seen.len(), 2);
    let reader = ArchiveReader::new(folder.path());
    for one in seen {
        assert_eq!(reader.payload(&one.record).expect("found again"), one.payload);
    }
}
