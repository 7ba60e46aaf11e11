//! Programs of others, called with limits: a cleared environment, a private
//! folder, a minute, a bound on memory and on what they write; no network and
//! no files but their own where this program can start itself to see to it
//! (`apart`). A closed list: nothing else is ever started.

use crate::apart;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How long a program may run.
const LONGEST: Duration = Duration::from_secs(60);
/// Address space: 1 GiB.
pub(crate) const MEMORY: u64 = 1 << 30;
/// The largest file it may write: 64 MiB.
pub(crate) const WRITTEN: u64 = 64 << 20;

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
/// The command that installs poppler's tables of Chinese, Japanese and Korean encodings.
const INSTALL_POPPLER_DATA: &str = "apt-get install poppler-data";
/// The command that installs ffprobe.
pub(crate) const INSTALL_FFMPEG: &str = "apt-get install ffmpeg";

/// What a program may be asked. Whoever asks from inside a worker can ask nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Call {
    /// The version of `pdftotext`.
    PdfVersion,
    /// The lines of a PDF with their places, page by page.
    PdfLayout,
    /// The words of one page of a PDF, from 1, drawn by `pdftoppm` and read by `tesseract` in these
    /// languages: what the second program is given is drawn by us, never a picture out of the file.
    PdfPage(u32, String),
    /// The version of `tesseract`.
    OcrVersion,
    /// The languages that `tesseract` reads.
    OcrLanguages,
    /// The words of a picture with their places, in these languages (`chi_sim+eng`).
    Ocr(String),
    /// The version of `ffprobe`.
    ProbeVersion,
    /// What a recording says of itself, as JSON.
    Probe,
}

/// The formats that ffprobe may take a recording for. Left out are lists that name other files and
/// addresses (HLS, DASH, concat), and pictures, which have readers of their own.
const FORMATS: &str = "mov,mp4,matroska,webm,ogg,mp3,wav,flac,aac,amr,amrnb,amrwb,avi,asf,flv,mpegts,mpeg,mpegvideo,caf,aiff,w64";

impl Call {
    fn program(&self) -> &'static str {
        match self {
            Self::PdfVersion | Self::PdfLayout => "pdftotext",
            Self::ProbeVersion | Self::Probe => "ffprobe",
            Self::OcrVersion | Self::OcrLanguages | Self::Ocr(_) | Self::PdfPage(..) => "tesseract",
        }
    }

    fn arguments(&self) -> Vec<&str> {
        match self {
            Self::PdfVersion => vec!["-v"],
            Self::PdfLayout => vec!["-bbox-layout", "-enc", "UTF-8", "-q", INPUT, "-"],
            Self::PdfPage(_, languages) => vec![DRAWN, "stdout", "-l", languages, "tsv"],
            Self::OcrVersion => vec!["--version"],
            Self::OcrLanguages => vec!["--list-langs"],
            Self::Ocr(languages) => vec![INPUT, "stdout", "-l", languages, "tsv"],
            Self::ProbeVersion => vec!["-version"],
            Self::Probe => {
                let quiet = ["-v", "error", "-hide_banner", "-protocol_whitelist", "file"];
                let asked =
                    ["-format_whitelist", FORMATS, "-print_format", "json", "-show_format", "-show_streams"];
                [&quiet[..], &asked, &[INPUT]].concat()
            }
        }
    }

    /// Names of languages hold letters and underscores, and `/` where they are scripts.
    fn is_sound(&self) -> bool {
        let named = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '/')
        };
        match self {
            Self::Ocr(languages) | Self::PdfPage(_, languages) => languages.split('+').all(named),
            _ => true,
        }
    }
}

/// What stands for the file in arguments.
const INPUT: &str = "{input}";

/// The file that a drawn page becomes, beside the input.
const DRAWN: &str = "page.pgm";

/// The longer side of a drawn page, in pixels: A4 at some 200 dots an inch, in which small Han can be
/// told apart; a page that says it is a square mile large costs no more.
const LONGER_SIDE: &str = "2340";

/// Who runs programs for the readers: this process, or the one that watches over it.
pub(crate) trait Programs {
    /// Runs one; `input` is the ending and the bytes of its file.
    fn run(&self, call: &Call, input: Option<(&str, &[u8])>) -> Result<Output, Failed>;
}

/// Programs are started from this process.
pub(crate) struct Here;

impl Programs for Here {
    fn run(&self, call: &Call, input: Option<(&str, &[u8])>) -> Result<Output, Failed> {
        if !call.is_sound() {
            return Err(Failed::Refused("the name of a language is none".to_owned()));
        }
        let workplace = Workplace::new(input)?;
        if let Call::PdfPage(page, _) = call {
            let page = page.to_string();
            let draw =
                ["-f", &page, "-l", &page, "-scale-to", LONGER_SIDE, "-gray", "-singlefile", INPUT, "page"];
            workplace.run("pdftoppm", &draw)?;
        }
        workplace.run(call.program(), &call.arguments())
    }
}

/// The programs that reading can use, with what is installed of them.
pub fn programs() -> Vec<Program> {
    let tesseract = Program {
        name: "tesseract".to_owned(),
        version: version(&Call::OcrVersion),
        languages: ocr_languages(&Here),
        install: INSTALL_TESSERACT.to_owned(),
    };
    let pdftotext = Program {
        name: "pdftotext".to_owned(),
        version: version(&Call::PdfVersion),
        languages: Vec::new(),
        install: INSTALL_POPPLER.to_owned(),
    };
    let ffprobe = Program {
        name: "ffprobe".to_owned(),
        version: version(&Call::ProbeVersion),
        languages: Vec::new(),
        install: INSTALL_FFMPEG.to_owned(),
    };
    vec![pdftotext, poppler_data(), tesseract, ffprobe]
}

/// Poppler's tables of encodings such as GBK-EUC-H: without them Chinese papers whose fonts have no map to
/// Unicode lose letters. No program, so it is looked for where it lies.
fn poppler_data() -> Program {
    let folders = ["/usr/share/poppler", "/usr/local/share/poppler", "/opt/homebrew/share/poppler"];
    let there = folders.iter().any(|folder| Path::new(folder).join("cMap/Adobe-GB1").is_dir());
    Program {
        name: "poppler-data".to_owned(),
        version: there.then(|| "installed".to_owned()),
        languages: Vec::new(),
        install: INSTALL_POPPLER_DATA.to_owned(),
    }
}

/// The languages that the installed Tesseract reads, sorted; empty without it.
pub(crate) fn ocr_languages(programs: &dyn Programs) -> Vec<String> {
    let Ok(output) = programs.run(&Call::OcrLanguages, None) else { return Vec::new() };
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

fn version(call: &Call) -> Option<String> {
    let output = Here.run(call, None).ok()?;
    let line = if output.text.trim().is_empty() { output.errors } else { output.text };
    // `ffprobe version 5.1 Copyright …`; of the others the number is the last word.
    let line = line.lines().next()?;
    let named = line.split_once(" version ").and_then(|(_, rest)| rest.split(' ').next());
    named.or_else(|| line.rsplit(' ').next()).map(str::to_owned)
}

/// Why a program gave nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Failed {
    Missing,
    Slow,
    Refused(String),
}

/// What a program wrote.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Output {
    pub text: String,
    pub errors: String,
}

/// A folder of its own, in which programs run one after the other; gone when it is dropped.
struct Workplace {
    folder: tempfile::TempDir,
    /// What `{input}` stands for; empty where there is no input.
    file: PathBuf,
}

impl Workplace {
    /// `input` is the ending and the bytes of the file.
    fn new(input: Option<(&str, &[u8])>) -> Result<Self, Failed> {
        let folder = tempfile::Builder::new().prefix("plainsight-").tempdir().map_err(refused)?;
        let mut file = PathBuf::new();
        if let Some((ending, bytes)) = input {
            file = folder.path().join(format!("input.{ending}"));
            std::fs::write(&file, bytes).map_err(refused)?;
        }
        Ok(Self { folder, file })
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<Output, Failed> {
        let path = find(program).ok_or(Failed::Missing)?;
        let folder = self.folder.path();
        let file = self.file.to_string_lossy();
        let arguments = arguments.iter().map(|a| if *a == INPUT { file.as_ref() } else { a });
        let (out, err) = (folder.join("out"), folder.join("err"));
        let mut command = start(&path);
        command.args(arguments).current_dir(folder).env_clear();
        for name in ["PATH", "HOME", "TESSDATA_PREFIX"] {
            if let Some(value) = std::env::var_os(name) {
                command.env(name, value);
            }
        }
        // Several threads sum in another order; one thread gives the same text every time.
        command.env("OMP_THREAD_LIMIT", "1").env("LC_ALL", "C.UTF-8").env("TMPDIR", folder);
        command.stdin(Stdio::null());
        command.stdout(std::fs::File::create(&out).map_err(refused)?);
        command.stderr(std::fs::File::create(&err).map_err(refused)?);
        let success = wait(command)?;
        let errors = read_some(&err);
        if !success {
            let why = errors.lines().next().unwrap_or("it ended with an error");
            return Err(Failed::Refused(why.chars().take(200).collect()));
        }
        Ok(Output { text: read_some(&out), errors })
    }
}

fn refused(why: io::Error) -> Failed {
    Failed::Refused(why.to_string())
}

/// What becomes the program: this one, which gives up what the program does not need, or else a shell that
/// at least sets the limits.
fn start(path: &Path) -> Command {
    if let Some(mut command) = apart::tool() {
        command.arg(path);
        return command;
    }
    let limits = format!("ulimit -v {}; ulimit -f {}; exec \"$0\" \"$@\"", MEMORY >> 10, WRITTEN >> 9);
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(limits).arg(path);
    command
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
        let workplace = Workplace::new(None).expect("a folder");
        assert!(matches!(workplace.run("plainsight-has-no-such-program", &[]), Err(Failed::Missing)));
        assert!(matches!(workplace.run("false", &[]), Err(Failed::Refused(_))));
    }

    #[test]
    fn a_program_gets_its_file_and_an_empty_environment() {
        let workplace = Workplace::new(Some(("txt", "青湾".as_bytes()))).expect("a folder");
        let output = workplace.run("cat", &["{input}"]).expect("cat");
        assert_eq!(output.text, "青湾");
        let environment = workplace.run("env", &[]).expect("env").text;
        assert!(!environment.contains("CARGO"), "{environment}");
    }
}
