//! Binds the loopback, keeps the address, runs until stopped.

use crate::Desk;
use crate::door::{Doors, OneTime, new_secret};
use crate::routes::{App, of};
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::oneshot;

/// How to serve.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// The port asked for; else the kept one, else a free one.
    pub port: Option<u16>,
    /// The file of this case in the user's configuration folder that keeps
    /// secret and port, mode 0600.
    pub address_file: PathBuf,
    /// Replaces the kept secret, so that old bookmarks end.
    pub new_address: bool,
    /// The name that stands under decisions until the reader gives another.
    pub author: String,
}

/// Why the interface could not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The address could not be read or kept.
    #[error("{path}: the interface's address could not be kept: {source}")]
    Address {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        source: std::io::Error,
    },
    /// No port.
    #[error("no free port on 127.0.0.1 from {0} on; name another one with --port")]
    NoPort(u16),
    /// No randomness, threads or sockets.
    #[error("the interface could not start: {0}")]
    Start(String),
}

#[derive(Serialize, Deserialize)]
struct Address {
    secret: String,
    frame: String,
    port: u16,
}

/// A running interface. It ends with [`Running::stop`] or when it is dropped.
pub struct Running {
    /// The lasting address, `http://127.0.0.1:PORT/<secret>/`.
    pub address: String,
    /// An address that works once, for 60 s; the only one that may be given to
    /// another program, because a process list is public.
    pub one_time: String,
    /// A sentence for the person, where the port is not the one expected.
    pub note: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Running {
    /// Stops after the requests under way.
    pub fn stop(mut self) {
        self.end();
    }

    /// Waits for Ctrl+C (or the termination signal), then stops.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }

    /// Tells whether it ended by itself, as after the termination signal.
    pub fn is_over(&self) -> bool {
        self.thread.as_ref().is_none_or(std::thread::JoinHandle::is_finished)
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Serves a case on 127.0.0.1 in threads of its own and returns at once.
pub fn serve(desk: Arc<dyn Desk>, options: ServeOptions) -> Result<Running, ServeError> {
    let start = |what: &dyn std::fmt::Display| ServeError::Start(what.to_string());
    let kept = kept(&options.address_file)?.filter(|_| !options.new_address);
    let kept_port = kept.as_ref().map(|k| k.port).or(port_of(&options.address_file));
    let wanted = options.port.or(kept_port).unwrap_or(0);
    let (listener, port) = bind(wanted)?;
    let note = (wanted != 0 && port != wanted)
        .then(|| format!("Port {wanted} is taken; this time the interface is at port {port}."));
    let random = || new_secret().map_err(|error| start(&error));
    let (secret, frame) = match kept {
        Some(kept) => (kept.secret, kept.frame),
        None => (random()?, random()?),
    };
    // A port that is only taken for the moment does not end the bookmarks.
    let lasting = if wanted == 0 { port } else { wanted };
    keep(&options.address_file, &Address { secret: secret.clone(), frame: frame.clone(), port: lasting })?;
    let token = random()?;
    let doors = Doors { secret, frame, port };
    let address = format!("http://127.0.0.1:{port}/{}/", doors.secret);
    let one_time = format!("http://127.0.0.1:{port}/open/{token}");
    let app = Arc::new(App::new(desk, doors, options.author, Some(OneTime::new(token))));
    listener.set_nonblocking(true).map_err(|error| start(&error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_all()
        .build()
        .map_err(|error| start(&error))?;
    let ending = ending(&runtime).map_err(|error| start(&error))?;
    let (stop, stopped) = oneshot::channel();
    let thread = std::thread::Builder::new()
        .name("interface".into())
        .spawn(move || {
            runtime.block_on(async move {
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                let end = async {
                    tokio::select! { _ = stopped => {}, () = ending => {} }
                };
                tokio::select! {
                    served = axum::serve(listener, of(app)) => {
                        if let Err(error) = served {
                            tracing::error!(%error, "the interface ended");
                        }
                    }
                    () = end => {}
                }
            });
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        })
        .map_err(|error| start(&error))?;
    Ok(Running { address, one_time, note, stop: Some(stop), thread: Some(thread) })
}

/// What ends when a person or the system asks the program to. It listens from
/// this call on, not from the first time it is waited for: a signal between
/// the two would kill the program.
fn ending(runtime: &tokio::runtime::Runtime) -> std::io::Result<impl Future<Output = ()> + Send + use<>> {
    let _inside = runtime.enter();
    #[cfg(unix)]
    let (mut term, mut interrupt) = {
        use tokio::signal::unix::{SignalKind, signal};
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?)
    };
    #[cfg(windows)]
    let (mut term, mut interrupt) =
        (tokio::signal::windows::ctrl_close()?, tokio::signal::windows::ctrl_c()?);
    Ok(async move {
        tokio::select! { _ = term.recv() => {}, _ = interrupt.recv() => {} }
    })
}

/// The port wanted or the next free one of the twenty behind it; 0 is any.
fn bind(wanted: u16) -> Result<(TcpListener, u16), ServeError> {
    for port in wanted..=wanted.saturating_add(20) {
        if let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            && let Ok(address) = listener.local_addr()
        {
            return Ok((listener, address.port()));
        }
        if wanted == 0 {
            break;
        }
    }
    Err(ServeError::NoPort(wanted))
}

fn kept(path: &Path) -> Result<Option<Address>, ServeError> {
    match std::fs::read(path) {
        // A file that was cut short is replaced: a bookmark is not worth a refusal.
        Ok(bytes) => Ok(serde_json::from_slice::<Address>(&bytes).ok().filter(sound)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(ServeError::Address { path: path.to_owned(), source }),
    }
}

fn port_of(path: &Path) -> Option<u16> {
    serde_json::from_slice::<Address>(&std::fs::read(path).ok()?).ok().map(|address| address.port)
}

fn sound(address: &Address) -> bool {
    let hex = |s: &str| s.len() == 32 && s.bytes().all(|b| b.is_ascii_hexdigit());
    hex(&address.secret) && hex(&address.frame) && address.secret != address.frame
}

fn keep(path: &Path, address: &Address) -> Result<(), ServeError> {
    let fault = |source| ServeError::Address { path: path.to_owned(), source };
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(fault)?;
    // A temporary file of this crate is made with mode 0600, so that no other
    // user reads the secret even for a moment.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
    let bytes = serde_json::to_vec(address).map_err(|error| fault(error.into()))?;
    file.write_all(&bytes).and_then(|()| file.as_file().sync_all()).map_err(fault)?;
    file.persist(path).map_err(|error| fault(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;

    fn options(file: &Path) -> ServeOptions {
        ServeOptions {
            port: None,
            address_file: file.to_owned(),
            new_address: false,
            author: "Ida Brandt".into(),
        }
    }

    #[test]
    fn the_address_lives_until_a_new_one_is_asked_for() {
        let folder = tempfile::tempdir().expect("folder");
        let file = folder.path().join("deep/address.json");
        let run = |new_address| {
            let running =
                serve(Paper::shared(), ServeOptions { new_address, ..options(&file) }).expect("serves");
            let address = running.address.clone();
            running.stop();
            address
        };
        let first = run(false);
        assert_eq!(run(false), first);
        let second = run(true);
        let (port, secret) = (
            |a: &str| a.split('/').nth(2).map(str::to_owned),
            |a: &str| a.split('/').nth(3).map(str::to_owned),
        );
        assert_eq!(port(&second), port(&first));
        assert_ne!(secret(&second), secret(&first));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(&file).expect("kept").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_taken_port_gives_the_next_one_and_says_so() {
        let folder = tempfile::tempdir().expect("folder");
        let (taken, port) = bind(0).expect("a port");
        let asked = ServeOptions { port: Some(port), ..options(&folder.path().join("a.json")) };
        let running = serve(Paper::shared(), asked).expect("serves");
        assert!(running.note.as_deref().is_some_and(|note| note.contains(&port.to_string())));
        drop(taken);
    }
}
