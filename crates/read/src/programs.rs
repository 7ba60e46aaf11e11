//! Programs of others, called with limits: a cleared environment, a private
//! folder, a minute, a bound on memory and on what they write.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may run.
const LONGEST: Duration = Duration::from_secs(60);
/// Address space in KiB: 2 GiB.
const MEMORY: u64 = 2 << 20;
/// The largest file it may write, in blocks of 512 bytes: 64 MiB.
const WRITTEN: u64 = 128 << 10;

/// A program that reading can use, for `doctor`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The name that is called.
    pub name: String,
    /// The version found; `None` where it is not installed.
    pub version: Option<String>,
    /// Languages it can read, for Tesseract.
    pub languages: Vec<String>,
    /// The command that installs it on a Debian-like machine.
    pub install: String,
}

/// The command that installs Tesseract with the languages of the default settings.
pub(crate) const INSTALL_TESSERACT: &str = "apt-get install tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra tesseract-ocr-nld tesseract-ocr-spa";
/// The command that installs poppler.
pub(crate) const INSTALL_POPPLER: &str = "apt-get install poppler-utils";

/// The programs that reading can use, with what is installed of them.
pub fn programs() -> Vec<Program> {
    let tesseract = Program {
        name: "tesseract".to_owned(),
        version: version("tesseract", "--version"),
        languages: ocr_languages(),
        install: INSTALL_TESSERACT.to_owned(),
    };
    let pdftotext = Program {
        name: "pdftotext".to_owned(),
        version: version("pdftotext", "-v"),
        languages: Vec::new(),
        install: INSTALL_POPPLER.to_owned(),
    };
    vec![pdftotext, tesseract]
}

/// The languages that the installed Tesseract reads, sorted; empty without it.
pub(crate) fn ocr_languages() -> Vec<String> {
    let Ok(output) = run("tesseract", &["--list-langs"], None) else { return Vec::new() };
    let mut languages: Vec<String> = output
        .text
        .lines()
        .skip(1)
        .map(|l| l.trim().to_owned())
        .filter(|l| !l.is_empty() && l != "osd")
        .collect();
    languages.sort();
    languages
}

fn version(program: &str, flag: &str) -> Option<String> {
    let output = run(program, &[flag], None).ok()?;
    let line = if output.text.trim().is_empty() { output.errors } else { output.text };
    line.lines().next().map(|l| l.rsplit(' ').next().unwrap_or(l).to_owned())
}

/// Why a program gave nothing.
#[derive(Debug)]
pub(crate) enum Failed {
    Missing,
    Slow,
    Refused(String),
}

pub(crate) struct Output {
    pub text: String,
    pub errors: String,
}

/// Runs a program in a folder of its own; `input` (ending, bytes) becomes its
/// file, named in `arguments` as `{input}`.
pub(crate) fn run(program: &str, arguments: &[&str], input: Option<(&str, &[u8])>) -> Result<Output, Failed> {
    let path = find(program).ok_or(Failed::Missing)?;
    let refused = |e: io::Error| Failed::Refused(e.to_string());
    let folder = tempfile::Builder::new().prefix("plainsight-").tempdir().map_err(refused)?;
    let mut file = PathBuf::new();
    if let Some((ending, bytes)) = input {
        file = folder.path().join(format!("input.{ending}"));
        std::fs::write(&file, bytes).map_err(refused)?;
    }
    let file = file.to_string_lossy();
    let arguments = arguments.iter().map(|a| if *a == "{input}" { file.as_ref() } else { a });
    // The shell sets the limits for itself and then becomes the program.
    let limits = format!("ulimit -v {MEMORY}; ulimit -f {WRITTEN}; exec \"$0\" \"$@\"");
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(limits).arg(&path).args(arguments).current_dir(folder.path()).env_clear();
    for name in ["PATH", "HOME", "TESSDATA_PREFIX"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    // Several threads sum in another order; one thread gives the same text every time.
    command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C.UTF-8").env("TMPDIR", folder.path());
    command.stdin(Stdio::null());
    command.stdout(std::fs::File::create(&out).map_err(refused)?);
    command.stderr(std::fs::File::create(&err).map_err(refused)?);
    let success = wait(command)?;
    let errors = read_some(&err);
    if !success {
        return Err(Failed::Refused(
            errors.lines().next().unwrap_or("it ended with an error").chars().take(200).collect(),
        ));
    }
    Ok(Output { text: read_some(&out), errors })
}

fn wait(mut command: Command) -> Result<bool, Failed> {
    let mut child = command.spawn().map_err(|e| Failed::Refused(e.to_string()))?;
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.success()),
            Ok(None) if start.elapsed() < LONGEST => std::thread::sleep(Duration::from_millis(5)),
            Ok(None) => {
                // A program that just ended is no error here.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failed::Slow);
            }
            Err(error) => return Err(Failed::Refused(error.to_string())),
        }
    }
}

fn read_some(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned()
}

/// Looks a program up in `PATH`, so that "missing" is told apart from "failed".
fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(program))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_program_is_told_from_a_failing_one() {
        assert!(matches!(run("plainsight-has-no-such-program", &[], None), Err(Failed::Missing)));
        assert!(matches!(run("false", &[], None), Err(Failed::Refused(_))));
    }

    #[test]
    fn a_program_gets_its_file_and_an_empty_environment() {
        let output = run("cat", &["{input}"], Some(("txt", "青湾".as_bytes()))).expect("cat");
        assert_eq!(output.text, "青湾");
        let environment = run("env", &[], None).expect("env").text;
        assert!(!environment.contains("CARGO"), "{environment}");
    }
}
