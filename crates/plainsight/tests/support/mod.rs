//! What the tests of the binary share: a bench whose temporary, working and
//! configuration folders are its own, invented material, and ways to look at
//! what a command left behind.

// Each test binary uses its part.
#![allow(dead_code)]

use serde_json::Value;
use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The binary under test.
pub const BINARY: &str = env!("CARGO_BIN_EXE_plainsight");

/// How a command ended.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Fails unless the exit code is this one.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// The JSON lines of stdout; every line has to be one.
    #[track_caller]
    pub fn lines(&self) -> Vec<Value> {
        let parse = |line: &str| {
            serde_json::from_str(line)
                .unwrap_or_else(|why| panic!("stdout carries results only: {why}: {line}"))
        };
        self.out.lines().map(parse).collect()
    }

    /// The only JSON line.
    #[track_caller]
    pub fn line(&self) -> Value {
        let lines = self.lines();
        assert_eq!(lines.len(), 1, "one line wanted:\n{}\n{}", self.out, self.err);
        lines.into_iter().next().expect("one line")
    }
}

/// A place to run the binary in. After every command it looks whether anything
/// was left in the temporary or the working folder.
pub struct Bench {
    root: PathBuf,
    _kept: Option<tempfile::TempDir>,
}

impl Bench {
    /// A bench that goes away with its test.
    pub fn new() -> Self {
        let kept = tempfile::tempdir().expect("a temporary folder");
        let root = kept.path().canonicalize().expect("a real path");
        Self::prepare(root, Some(kept))
    }

    /// A bench that stays until the next run, for what a whole test binary shares.
    pub fn shared(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = std::fs::remove_dir_all(&root);
        Self::prepare(root, None)
    }

    fn prepare(root: PathBuf, kept: Option<tempfile::TempDir>) -> Self {
        for folder in ["temporary", "working", "configuration"] {
            std::fs::create_dir_all(root.join(folder)).expect("a folder of the bench");
        }
        Self { root, _kept: kept }
    }

    /// A path on the bench.
    pub fn at(&self, name: &str) -> String {
        self.root.join(name).to_str().expect("a path in UTF-8").to_owned()
    }

    /// Writes a file on the bench and says where it is.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.root.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        self.at(name)
    }

    /// The binary with the bench's folders, not yet started.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.root.join("working"))
            .env("TMPDIR", self.root.join("temporary"))
            .env("PLAINSIGHT_CONFIG", self.root.join("configuration"))
            .env("PLAINSIGHT_AUTHOR", "tester")
            .stdin(Stdio::null());
        command
    }

    /// Runs the binary with nothing on stdin.
    #[track_caller]
    pub fn run<S: AsRef<OsStr>>(&self, args: &[S]) -> Ran {
        self.feed(args, b"")
    }

    /// Runs the binary with these bytes on stdin.
    #[track_caller]
    pub fn feed<S: AsRef<OsStr>>(&self, args: &[S], stdin: &[u8]) -> Ran {
        let mut command = self.command(BINARY);
        command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        let bytes = stdin.to_vec();
        // A command that reads nothing closes the pipe early; that is no fault.
        let feeder = std::thread::spawn(move || drop(pipe.write_all(&bytes)));
        let output = child.wait_with_output().expect("the binary ends");
        feeder.join().expect("the feeder ends");
        self.nothing_left();
        Ran {
            code: output.status.code().expect("an exit code, no signal"),
            out: String::from_utf8(output.stdout).expect("stdout in UTF-8"),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Fails when something lies in the temporary or the working folder.
    #[track_caller]
    pub fn nothing_left(&self) {
        for folder in ["temporary", "working"] {
            let left = files(&self.root.join(folder));
            assert!(left.is_empty(), "left in the {folder} folder: {left:?}");
        }
    }

    /// Makes a case that knows the invented places.
    #[track_caller]
    pub fn case(&self, name: &str) -> String {
        let dir = self.at(name);
        let places = self.write("places.csv", PLACES);
        self.run(&["new", &dir, "--lens", "overseas-posts"]).exits(0);
        self.run(&["gazetteer", "add", &dir, &places]).exits(0);
        dir
    }
}

/// An invented sending state with a county, an invented host state with two cities.
pub const PLACES: &str = "\
name,zh_hans,zh_hant,kind,country,code,parent,nl,es,lat,lon,calling_code,trunk
Yunqi,云圻,雲圻,country,Yunqi,,,Yunqi,Yunqi,,,\"996\",0
Lanke,岚柯省,嵐柯省,province,Yunqi,\"95\",,Lanke,Lanke,,,,
Muzhou,沐舟市,沐舟市,prefecture,Yunqi,\"9501\",\"95\",Muzhou,Muzhou,,,,
Qieyuan,箧垣县,篋垣縣,county,Yunqi,\"950112\",\"9501\",Qieyuan,Qieyuan,,,,
Brennmark,布伦马,布倫馬,country,Brennmark,,,Brennmark,Brennmark,,,\"991\",0
Halvoort,哈尔沃,哈爾沃,city,Brennmark,,,Halvoort,Halvoort,-43.20,-27.60,,
Lissewold,利瑟沃,利瑟沃,city,Brennmark,,,Lissewold,Lissewold,-43.75,-28.35,,
";

/// A register of the invented host state.
pub const REGISTER: &str = "\
register,as_of,complete,official,sending_state,host_state,category,class,seat,address,head_title,recognised_on,closed_on,district,row,note
Posts in Brennmark,2023-02-01,true,true,Yunqi,Brennmark,diplomatic,embassy,Lissewold,Beukenlaan 3,ambassador,,,Brennmark,1,
";

/// A county bureau's page: a post with day, address and number.
pub const PAGE_ZH: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8>\
<title>箧垣县公安局海外警侨服务站情况</title></head><body><main><h1>箧垣县公安局海外警侨服务站情况</h1>\
<p>以下内容全属虚构。</p>\
<p>2019年5月3日，箧垣县公安局在布伦马港口城市哈尔沃设立哈尔沃警侨服务站，地址为Lindelaan 14，电话0099120555143。</p>\
<p>服务站为当地侨胞提供驾驶证换证、户籍咨询等服务。</p></main></body></html>";

/// A paper's report of the same post.
pub const PAGE_NL: &str = "<!doctype html><html lang=nl><head><meta charset=utf-8>\
<title>Politiepost van Qieyuan in Halvoort</title></head><body><article><h1>Politiepost van Qieyuan in Halvoort</h1>\
<p>Dit bericht is verzonnen. De krant heeft de deur van het pand zelf gezien, zegt de verslaggever.</p>\
<p>Het bureau voor openbare veiligheid van Qieyuan opende op 3 mei 2019 een overzees politieservicestation in Halvoort, \
aan de Lindelaan 14, telefoon +991 20555143.</p>\
<p>De buurman zag in de zomer van dat jaar een bord naast de deur.</p></article></body></html>";

/// The two pages and the register of the invented states, added and run.
pub fn small_case(bench: &Bench) -> String {
    let case = bench.case("case");
    let register = bench.write("register.csv", REGISTER);
    let (zh, nl) = (bench.write("zh.html", PAGE_ZH), bench.write("nl.html", PAGE_NL));
    bench.run(&["register", "add", &case, &register]).exits(0);
    bench.run(&["add", &case, &zh, &nl]).exits(0);
    bench.run(&["run", &case]).exits(0);
    case
}

/// Copies a folder with all that is in it.
pub fn copy(from: impl AsRef<Path>, to: impl AsRef<Path>) {
    let (from, to) = (from.as_ref(), to.as_ref());
    for file in files(from) {
        let goal = to.join(file.strip_prefix(from).expect("inside"));
        std::fs::create_dir_all(goal.parent().expect("a folder")).expect("a folder");
        std::fs::copy(&file, &goal).expect("a copy");
    }
}

/// Every file of a folder, sorted.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut open, mut out) = (vec![folder.to_owned()], Vec::new());
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
            let entry = entry.expect("an entry");
            match entry.file_type().expect("a type").is_dir() {
                true => open.push(entry.path()),
                false => out.push(entry.path()),
            }
        }
    }
    out.sort();
    out
}

/// What is kept for good in a case, by name: everything but `derived/`.
pub fn kept(case: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let derived = Path::new(case).join("derived");
    files(Path::new(case))
        .into_iter()
        .filter(|path| !path.starts_with(&derived))
        .map(|path| (path.clone(), std::fs::read(&path).expect("a file of the case")))
        .collect()
}

/// Where in a folder one of the strings occurs: in names, in bytes, and in what
/// comes out of every gzip member.
pub fn occurrences(folder: &str, needles: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for path in files(Path::new(folder)) {
        let bytes = std::fs::read(&path).expect("a file");
        let name = path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
        let unpacked = unpacked(&bytes);
        for needle in needles {
            for (layer, hay) in [("name", name.as_bytes()), ("bytes", &bytes), ("unpacked", &unpacked)] {
                if contains(hay, needle.as_bytes()) {
                    out.push(format!("“{needle}” in the {layer} of {name}"));
                }
            }
        }
    }
    out
}

/// What comes out of the gzip members of a file, one after the other.
pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].windows(3).position(|w| w == b"\x1f\x8b\x08") {
        at += next;
        let mut decoder = flate2::bufread::GzDecoder::new(&bytes[at..]);
        let _ = decoder.read_to_end(&mut out);
        at += 3;
    }
    out
}

/// Tells whether the bytes stand in the others.
pub fn contains(hay: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else { return true };
    let mut at = 0;
    while let Some(next) = hay[at..].iter().position(|b| b == first) {
        at += next;
        if hay[at..].starts_with(needle) {
            return true;
        }
        at += 1;
    }
    false
}

/// Packs bytes as one gzip member.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// Packs a head and then a gibibyte of zeros, without ever holding them.
pub fn gzip_bomb(head: &[u8], tail: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(head).expect("memory");
    for _ in 0..1024 {
        encoder.write_all(&[0; 1 << 20]).expect("memory");
    }
    encoder.write_all(tail).expect("memory");
    encoder.finish().expect("memory")
}

/// Fails unless the object has every key of a list with spaces between.
#[track_caller]
pub fn has(value: &Value, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(value.get(key).is_some(), "the key “{key}” is missing in {value}");
    }
}

/// The code points of a text from `start` to before `end`.
pub fn slice(text: &str, start: &Value, end: &Value) -> String {
    let number = |v: &Value| v.as_u64().expect("an offset") as usize;
    text.chars().skip(number(start)).take(number(end) - number(start)).collect()
}

/// The strings of a list.
pub fn strings(value: &Value) -> Vec<String> {
    value.as_array().expect("a list").iter().map(|v| v.as_str().expect("a string").to_owned()).collect()
}

/// Finds an installed program.
pub fn program(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}

/// Says that a test could not run here.
pub fn not_run(test: &str, why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{test} cannot run: {why}");
    eprintln!("NOT RUN: {test}: {why}");
}
