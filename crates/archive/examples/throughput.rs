//! One pass over a file, for `bench/archive`: what it costs beside libdeflate's own inflate.
//!
//! ```text
//! throughput places FILE > PLACES
//! throughput floor FILE PLACES
//! throughput read|verify FILE
//! throughput wacz FILE OUT
//! ```
//!
//! `floor` inflates the members at PLACES with libdeflate and does nothing else;
//! `read` walks over all records and their bytes; `verify` is the whole
//! `plainsight verify`.

use plainsight_archive::{Check, PackageText, PackageWriter, list, verify};
use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [what, file, rest @ ..] = arguments.as_slice() else {
        panic!("throughput places|floor|read|verify|wacz FILE [PLACES|OUT]")
    };
    let path = Path::new(file);
    match what.as_str() {
        "places" => {
            list(path, Check::NoDigests, &mut |row| println!("{}", row.offset)).expect("can be opened");
        }
        "floor" => floor(path, Path::new(rest.first().expect("a file of places"))),
        "read" => {
            let mut rows = 0u64;
            let listing = list(path, Check::NoDigests, &mut |_| rows += 1).expect("can be opened");
            println!("{rows} records, {:?}", listing.end);
        }
        "verify" => {
            let verified = verify(path);
            println!("{}, {} faults", verified.verdict.word(), verified.faults.len());
        }
        "wacz" => {
            let text = PackageText { created: "2022-05-06T07:08:09Z".into(), ..PackageText::default() };
            let out = Path::new(rest.first().expect("a file to write"));
            let mut writer = PackageWriter::create(out, text).expect("can be written");
            writer.warc("data.warc.gz", path).expect("can be read");
            let made = writer.finish(None).expect("can be written");
            println!("{} records, {} indexed, {} pages", made.records, made.indexed, made.pages);
        }
        other => panic!("no measurement is called {other}"),
    }
}

fn floor(path: &Path, places: &Path) {
    let bytes = std::fs::read(path).expect("can be read");
    let places = std::fs::read_to_string(places).expect("can be read");
    let mut starts: Vec<usize> = places.lines().map(|line| line.parse().expect("a place")).collect();
    starts.push(bytes.len());
    let mut decompressor = libdeflater::Decompressor::new();
    let mut out = vec![0; 1 << 20];
    let mut plain = 0u64;
    for member in starts.windows(2) {
        let member = &bytes[member[0]..member[1]];
        loop {
            match decompressor.gzip_decompress(member, &mut out) {
                Ok(got) => {
                    plain += got as u64;
                    break;
                }
                Err(libdeflater::DecompressionError::InsufficientSpace) => out.resize(out.len() * 2, 0),
                Err(error) => panic!("{error}"),
            }
        }
    }
    println!("{} members, {plain} bytes", starts.len() - 1);
}
