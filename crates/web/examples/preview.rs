//! Serves the interface over a case of paper: `cargo run -p plainsight-web --example preview`.

#[path = "../tests/paper/mod.rs"]
mod paper;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok());
    let options = plainsight_web::ServeOptions {
        port,
        address_file: std::env::temp_dir().join("plainsight-preview/address.json"),
        new_address: false,
        author: std::env::args().nth(2).unwrap_or_default(),
    };
    let running = plainsight_web::serve(paper::Paper::shared(), options)?;
    println!("{}", running.address);
    running.wait();
    Ok(())
}
