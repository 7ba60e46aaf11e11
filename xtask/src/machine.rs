//! What a Debian-like machine needs for all tests, and how it comes there.

use anyhow::{bail, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program or a part of one that some tests need.
struct Need {
    /// What it is for a reader.
    what: &'static str,
    /// The Debian packages that bring it.
    packages: &'static [&'static str],
    /// Tells whether it is there.
    there: fn() -> bool,
}

const NEEDS: [Need; 8] = [
    Need {
        what: "Chromium and its driver, for the tests of the interface",
        packages: &["chromium", "chromium-driver"],
        there: || runs("chromium", &["--version"]) && runs("chromedriver", &["--version"]),
    },
    Need {
        what: "Tesseract with chi-sim, chi-tra, nld, spa, for pictures",
        packages: &[
            "tesseract-ocr",
            "tesseract-ocr-eng",
            "tesseract-ocr-chi-sim",
            "tesseract-ocr-chi-tra",
            "tesseract-ocr-nld",
            "tesseract-ocr-spa",
        ],
        there: || {
            let languages = said("tesseract", &["--list-langs"]).unwrap_or_default();
            ["chi_sim", "chi_tra", "nld", "spa", "eng"]
                .iter()
                .all(|l| languages.lines().any(|line| line.trim() == *l))
        },
    },
    Need {
        what: "poppler's tools, for PDF",
        packages: &["poppler-utils"],
        there: || found("pdftotext") && found("pdftoppm"),
    },
    Need { what: "ffprobe, for sound and film", packages: &["ffmpeg"], there: || found("ffprobe") },
    Need { what: "the sqlite3 shell", packages: &["sqlite3"], there: || found("sqlite3") },
    Need {
        what: "a font with Han characters, for pictures of pages",
        packages: &["fonts-noto-cjk", "fontconfig"],
        there: || said("fc-list", &[":lang=zh"]).is_some_and(|fonts| !fonts.trim().is_empty()),
    },
    Need {
        what: "Python 3, for the checks of our files by other people's programs",
        packages: &["python3", "python3-venv"],
        there: || runs("python3", &["-c", "import venv, ensurepip"]),
    },
    Need {
        what: "openssl, unzip and gzip, for the same",
        packages: &["openssl", "unzip", "gzip"],
        there: || found("openssl") && found("unzip") && found("gzip"),
    },
];

/// Installs what is missing (as root with apt-get), or says exactly how to.
pub fn prepare() -> anyhow::Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| !(need.there)()).collect();
    if missing.is_empty() {
        println!("everything that the tests use is installed");
        return Ok(());
    }
    for need in &missing {
        println!("missing: {} ({})", need.what, need.packages.join(", "));
    }
    let packages: Vec<&str> = missing.iter().flat_map(|need| need.packages).copied().collect();
    let command = format!("apt-get install -y --no-install-recommends {}", packages.join(" "));
    if !found("apt-get") || said("id", &["-u"]).is_none_or(|id| id.trim() != "0") {
        bail!("install them and run this again (or run it with --no-install):\n\n    sudo {command}\n");
    }
    apt(&["update"])?;
    apt(&[&["install", "-y", "--no-install-recommends"], &packages[..]].concat())?;
    let still: Vec<&str> = missing.iter().filter(|need| !(need.there)()).map(|need| need.what).collect();
    ensure!(still.is_empty(), "installed, but still missing: {}", still.join("; "));
    Ok(())
}

/// Other people's tools that check what we write, each at the version that the tests know.
const ORACLES: [&str; 8] = [
    "warcio==1.8.1",
    "fastwarc==2.0.1",
    "cdxj-indexer==1.5.0",
    "surt==0.3.1",
    "wacz==0.6.0",
    "frictionless==5.21.0",
    "opentimestamps==0.4.5",
    "opentimestamps-client==0.7.2",
];

/// A replay program, in a Python of its own: it brings another `brotli` than
/// the one without which `warcio` is asked.
const REPLAY: [&str; 2] = ["pywb==2.10.0", "setuptools==65.5.0"];

/// The reference for FollowTheMoney, in a Python of its own: it brings much that the others have in other versions.
const FTM: [&str; 1] = ["followthemoney==4.11.2"];

/// The folder of a Python of our own with the oracles in it; the machine's stays as it is.
pub fn python(root: &Path) -> PathBuf {
    root.join("target/python")
}

/// Makes that Python, unless it is there with these versions. Without a
/// network it is only said: the tests that use it then name themselves as not run.
pub fn prepare_oracles(root: &Path) {
    let folder = python(root);
    let marker = folder.join("oracles");
    let wanted = [&ORACLES[..], &REPLAY[..], &FTM[..]].concat().join(" ");
    if std::fs::read_to_string(&marker).is_ok_and(|there| there == wanted) {
        return;
    }
    let path = folder.to_string_lossy().into_owned();
    println!("python3 -m venv {path}, then pip install {wanted} in it");
    let own = folder.join("bin/python3").to_string_lossy().into_owned();
    let install = [&["-m", "pip", "install", "--quiet"], &ORACLES[..]].concat();
    // FastWARC brings the package brotli, with which warcio stops at chunked brotli bodies.
    let without_brotli = ["-m", "pip", "uninstall", "--quiet", "--yes", "brotli"];
    let made = runs("python3", &["-m", "venv", &path])
        && runs(&own, &install)
        && runs(&own, &without_brotli)
        && beside(&folder.join("replay"), &REPLAY)
        && beside(&folder.join("ftm"), &FTM)
        && std::fs::write(&marker, &wanted).is_ok();
    if !made {
        println!("missing: the tools of others could not be installed; their tests will be NOT RUN");
    }
}

/// A Python of its own with these packages.
fn beside(folder: &Path, packages: &[&str]) -> bool {
    let path = folder.to_string_lossy();
    runs("python3", &["-m", "venv", &path])
        && runs(&format!("{path}/bin/python3"), &[&["-m", "pip", "install", "--quiet"], packages].concat())
}

/// Tells whether the oracles are installed, so that a missing one is a fault.
pub fn has_oracles(root: &Path) -> bool {
    python(root).join("oracles").is_file()
}

/// Names what is missing and how to get it, and goes on.
pub fn name_missing() {
    for need in NEEDS.iter().filter(|need| !(need.there)()) {
        println!("missing: {}; apt-get install {}", need.what, need.packages.join(" "));
    }
}

fn apt(arguments: &[&str]) -> anyhow::Result<()> {
    println!("apt-get {}", arguments.join(" "));
    let status = Command::new("apt-get")
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()?;
    ensure!(status.success(), "apt-get {} failed", arguments.first().unwrap_or(&""));
    Ok(())
}

/// What a program printed, if it is there and content.
fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn runs(program: &str, arguments: &[&str]) -> bool {
    said(program, arguments).is_some()
}

/// Tells whether a program lies on the search path.
fn found(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
