//! What a process gives up before it meets hostile bytes: limits everywhere on Unix, Landlock and seccomp
//! on Linux. The two profiles of the design: `inner` for our own readers, `tool` for one named program.

use crate::programs;
use serde::{Deserialize, Serialize};
use std::io;
use std::net::{TcpStream, UdpSocket};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

#[cfg(target_os = "linux")]
#[path = "linux.rs"]
mod system;
#[cfg(not(target_os = "linux"))]
#[path = "elsewhere.rs"]
mod system;

/// Address space of a worker: 512 MiB.
const INNER_MEMORY: u64 = 512 << 20;
/// Seconds on the processor; the watcher's clock on the wall is the same for a worker.
const INNER_SECONDS: u64 = 20;
const TOOL_SECONDS: u64 = 60;

/// What this machine does to keep readers of hostile formats to themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Isolation {
    /// Limits on memory, time and files are set.
    pub limits: bool,
    /// Files are shut by Landlock.
    pub landlock: bool,
    /// System calls are shut by seccomp.
    pub seccomp: bool,
    /// A worker tried to reach a network and was refused.
    pub network_refused: bool,
    /// A worker tried to open a file and was refused.
    pub files_refused: bool,
    /// A worker tried to start a program and was refused.
    pub programs_refused: bool,
}

impl Isolation {
    /// Whether everything that was tried was refused.
    pub fn is_whole(&self) -> bool {
        self.limits && self.network_refused && self.files_refused && self.programs_refused
    }
}

/// Starts a worker that tries what it must not be able to do. `None` where none can be started, or where
/// nobody named the program (`isolate`).
pub fn isolation() -> Option<Isolation> {
    let output = Command::new(super::PROGRAM.get()?)
        .args(["read-worker", "--probe"])
        .env_clear()
        .env(super::PIECE.0, super::PIECE.1)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    serde_json::from_slice(&output.stdout).ok()
}

/// Gives up everything that reading does not need.
pub(crate) fn inner() -> Isolation {
    let limits = limits(INNER_MEMORY, INNER_SECONDS, 0);
    let (landlock, seccomp) = system::inner();
    Isolation { limits, landlock, seccomp, ..Isolation::default() }
}

/// Tries what must be refused now.
pub(crate) fn probe(isolation: &Isolation) -> Isolation {
    // A port where nobody listens refuses too, but says so in another way.
    let denied = |result: io::Result<()>| result.is_err_and(|e| e.kind() == io::ErrorKind::PermissionDenied);
    let tcp = denied(TcpStream::connect(("127.0.0.1", 9)).map(drop));
    let udp = denied(UdpSocket::bind(("127.0.0.1", 0)).map(drop));
    let file =
        ["/etc/passwd", "/proc/self/environ", "."].iter().all(|path| std::fs::File::open(path).is_err());
    let program = ["/bin/true", "/proc/self/exe"].iter().all(|path| Command::new(path).spawn().is_err());
    Isolation {
        network_refused: tcp && udp,
        files_refused: file,
        programs_refused: program,
        ..isolation.clone()
    }
}

/// Becomes the program of the first argument with the others, after giving up what it does not need: it
/// may read its own and the system's libraries and data, write in the folder it stands in, and nothing else.
pub fn run_tool(arguments: &[String]) -> ExitCode {
    let Some((program, rest)) = arguments.split_first() else { return ExitCode::from(2) };
    limits(programs::MEMORY, TOOL_SECONDS, programs::WRITTEN);
    system::tool(Path::new(program));
    let mut command = Command::new(program);
    command.args(rest);
    #[cfg(unix)]
    let why = std::os::unix::process::CommandExt::exec(&mut command);
    #[cfg(not(unix))]
    let why = match command.status() {
        Ok(status) => return if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE },
        Err(why) => why,
    };
    eprintln!("{program} cannot be started: {why}");
    ExitCode::FAILURE
}

/// Sets the limits; no core files, which would hold the document.
#[cfg(unix)]
fn limits(memory: u64, seconds: u64, written: u64) -> bool {
    use rlimit::Resource;
    let wanted =
        [(Resource::AS, memory), (Resource::CPU, seconds), (Resource::FSIZE, written), (Resource::CORE, 0)];
    // A limit that is lower already stays.
    wanted.into_iter().fold(true, |all, (resource, most)| {
        let most = resource.get_hard().map_or(most, |hard| hard.min(most));
        resource.set(most, most).is_ok() && all
    })
}

#[cfg(not(unix))]
fn limits(_: u64, _: u64, _: u64) -> bool {
    false
}
