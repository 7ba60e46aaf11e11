//! A WARC in another program's archive, looked at with a real browser.

use crate::oracles::tool;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What Chromium makes of `address` as pywb replays it from `warc`; `None`
/// where a tool is not installed, which the test then says. `root` is a new folder.
pub fn shown(test: &str, root: &Path, warc: &str, address: &str) -> Option<String> {
    let manager = tool(test, "wb-manager")?;
    let wayback = tool(test, "wayback")?;
    let chromium = tool(test, "chromium")?;
    std::fs::create_dir(root).expect("made");
    // The page itself at its address, without pywb's frame around it.
    std::fs::write(root.join("config.yaml"), "framed_replay: false\n").expect("written");
    for arguments in [&["init", "zaak"][..], &["add", "zaak", warc][..]] {
        let said = Command::new(&manager).args(arguments).current_dir(root).output().expect("starts");
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    }
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let serving = Command::new(&wayback)
        .args(["-b", "127.0.0.1", "-p", &port.to_string()])
        .current_dir(root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let _serving = Serving(serving);
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(60), "pywb does not answer");
        std::thread::sleep(Duration::from_millis(100));
    }
    let page = format!("http://127.0.0.1:{port}/zaak/20300101000000/{address}");
    let shown = Command::new(&chromium)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .arg("--disable-background-networking")
        .arg(format!("--user-data-dir={}", root.join("profile").display()))
        .args(["--virtual-time-budget=5000", "--dump-dom", &page])
        .output()
        .expect("starts");
    Some(String::from_utf8_lossy(&shown.stdout).into_owned())
}
