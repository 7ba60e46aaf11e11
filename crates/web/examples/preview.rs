//! Serves the interface over a case folder, or over a case of paper where none is named:
//! `cargo run -p plainsight-web --example preview -- [PORT [READER [CASE]]]`.

#[path = "../tests/paper/mod.rs"]
mod paper;

use std::path::Path;
use std::sync::Arc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let folder = tempfile::tempdir()?;
    let options = plainsight_web::ServeOptions {
        port: arguments.first().and_then(|port| port.parse().ok()),
        address_file: folder.path().join("address.json"),
        new_address: false,
        author: arguments.get(1).cloned().unwrap_or_default(),
    };
    let desk = match arguments.get(2) {
        Some(case) => Arc::new(plainsight_web::CaseDesk::open(Path::new(case))?),
        None => paper::Paper::shared(),
    };
    let running = plainsight_web::serve(desk, options)?;
    println!("{}", running.address);
    running.wait();
    Ok(())
}
